//! Language and knowledge data: the files of `languages/<code>/` and `knowledge/`, embedded in the binary, parsed into
//! typed tables, and replaceable by a folder of the user's.
//!
//! No language is named in code: [`Data::languages`] lists the folders that exist.

mod error;
pub mod linear;
mod patterns;
mod watchlist;

pub use error::Error;
use linear::Sheet;
pub use patterns::{each_form, expand};
pub use watchlist::{Watched, WatchedSort};

use serde::de::DeserializeOwned;
use std::{borrow::Cow, collections::BTreeMap, path::Path};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// A file that is part of the program.
struct Embedded {
    path: &'static str,
    text: &'static str,
    /// The same as JSON, of a TOML file.
    json: Option<&'static str>,
}

/// One data file: its path as the repository spells it (`languages/xx/money.toml`) and its text.
#[derive(Debug, Clone)]
pub struct DataFile {
    path: String,
    text: Cow<'static, str>,
    json: Option<&'static str>,
}

impl DataFile {
    /// A file made by hand, for tests and tools.
    pub fn new(path: impl Into<String>, text: impl Into<Cow<'static, str>>) -> Self {
        Self { path: path.into(), text: text.into(), json: None }
    }

    /// The path that messages name.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether it is a table that is part of the program, and no user's.
    pub fn is_embedded(&self) -> bool {
        self.json.is_some()
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Parses TOML into a typed table.
    ///
    /// # Errors
    /// Names the file, the line and what is wrong there.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Error> {
        // What the JSON does not fit, the TOML does not either, and tells the line.
        if let Some(table) = self.json.and_then(|json| serde_json::from_str(json).ok()) {
            return Ok(table);
        }
        toml::from_str(&self.text).map_err(|error| {
            let line = error.span().map_or(1, |span| 1 + self.text[..span.start].matches('\n').count());
            Error::data(&self.path, line, error.message())
        })
    }
}

impl From<&Embedded> for DataFile {
    fn from(&Embedded { path, text, json }: &Embedded) -> Self {
        Self { path: path.to_owned(), text: Cow::Borrowed(text), json }
    }
}

/// The data that reading works with: what is embedded, overlaid by a user's folders.
#[derive(Debug, Clone, Default)]
pub struct Data {
    overlay: BTreeMap<String, DataFile>,
}

impl Data {
    /// The data embedded at build time.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// Replaces or adds `knowledge/` files by those of the same name in `folder`.
    ///
    /// # Errors
    /// When the folder or one of its files cannot be read as UTF-8 text.
    pub fn with_knowledge(mut self, folder: &Path) -> Result<Self, Error> {
        self.overlay_folder(folder, "knowledge")?;
        Ok(self)
    }

    /// Replaces or adds files of `languages/<code>/` by those of the same name in `folder/<code>/`. Languages without an embedded
    /// folder stay unknown.
    ///
    /// # Errors
    /// When the folder or one of its files cannot be read as UTF-8 text.
    pub fn with_languages(mut self, folder: &Path) -> Result<Self, Error> {
        self.overlay_folder(folder, "languages")?;
        Ok(self)
    }

    /// Lays the files of a folder, and of those in it, over the embedded ones under `prefix`.
    fn overlay_folder(&mut self, folder: &Path, prefix: &str) -> Result<(), Error> {
        let unreadable = |path: &Path, error: std::io::Error| Error::unreadable(&path.display().to_string(), &error);
        for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
            let path = entry.map_err(|error| unreadable(folder, error))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let name = format!("{prefix}/{name}");
            if path.is_dir() {
                self.overlay_folder(&path, &name)?;
                continue;
            }
            let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
            self.overlay.insert(name, DataFile::new(path.display().to_string(), text));
        }
        Ok(())
    }

    /// The codes of the languages that have a folder, in alphabetical order.
    pub fn languages(&self) -> Vec<&'static str> {
        let mut codes: Vec<&'static str> = EMBEDDED
            .iter()
            .filter_map(|file| file.path.strip_prefix("languages/")?.strip_suffix("/language.toml"))
            .collect();
        codes.sort_unstable();
        codes
    }

    /// The embedded files that a language is read with: its own, and those of `knowledge/`.
    pub fn files_of(&self, code: &str) -> impl Iterator<Item = DataFile> {
        let own = format!("languages/{code}/");
        let tables = EMBEDDED.iter().filter(|file| file.json.is_some());
        tables
            .filter(move |file| file.path.starts_with(&own) || file.path.starts_with("knowledge/"))
            .map(DataFile::from)
    }

    /// A file of one language, such as `money.toml`; `None` is a hole in the language's coverage.
    pub fn language_file(&self, code: &str, name: &str) -> Option<DataFile> {
        self.file(&format!("languages/{code}/{name}"))
    }

    /// A file of `knowledge/`, such as `countries.toml`.
    pub fn knowledge_file(&self, name: &str) -> Option<DataFile> {
        self.file(&format!("knowledge/{name}"))
    }

    /// A language's file parsed, or the type's default where the language has none.
    ///
    /// # Errors
    /// As [`DataFile::parse`].
    pub fn language_table<T: DeserializeOwned + Default>(&self, code: &str, name: &str) -> Result<T, Error> {
        self.language_file(code, name).map_or_else(|| Ok(T::default()), |file| file.parse())
    }

    /// A knowledge file parsed, or the type's default where there is none.
    ///
    /// # Errors
    /// As [`DataFile::parse`].
    pub fn knowledge_table<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, Error> {
        self.knowledge_file(name).map_or_else(|| Ok(T::default()), |file| file.parse())
    }

    /// The weights of `knowledge/weights/<name>.csv`; a missing file is a model that takes nothing.
    pub(crate) fn sheet(&self, name: &str) -> Result<Sheet, Error> {
        let path = format!("knowledge/weights/{name}.csv");
        if let Some(file) = self.overlay.get(&path) {
            return Sheet::parse(file.text()).map_err(|(line, reason)| Error::data(file.path(), line, &reason));
        }
        let Ok(index) = WEIGHTS.binary_search_by_key(&path.as_str(), |(name, _)| name) else {
            return Ok(Sheet::empty());
        };
        let sheet = WEIGHTS.get(index).and_then(|(_, packed)| Sheet::unpack(packed));
        sheet.ok_or_else(|| Error::file(&path, "was packed wrongly when the program was built"))
    }

    fn file(&self, path: &str) -> Option<DataFile> {
        if let Some(file) = self.overlay.get(path) {
            return Some(file.clone());
        }
        let index = EMBEDDED.binary_search_by_key(&path, |file| file.path).ok()?;
        EMBEDDED.get(index).map(DataFile::from)
    }
}
