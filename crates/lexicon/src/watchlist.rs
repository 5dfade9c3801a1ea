//! A user's own list of whom to look out for: FollowTheMoney entities as JSON lines, or a table with commas.

use crate::{Data, DataFile, Error};
use serde::Deserialize;

/// Somebody or something on a watch-list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watched {
    /// The list's own id; may be empty.
    pub id: String,
    /// Its usual name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// ISO 3166-1 code of its country, in capitals.
    pub country: Option<String>,
    /// What it is.
    pub sort: WatchedSort,
}

/// What a watch-list may hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum WatchedSort {
    /// A company, public body or other organisation.
    #[default]
    Organisation,
    /// A human being.
    Person,
}

/// A FollowTheMoney entity, as far as it is used.
#[derive(Debug, Deserialize)]
struct FtmEntity {
    #[serde(default)]
    id: String,
    schema: String,
    #[serde(default)]
    properties: FtmProperties,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FtmProperties {
    name: Vec<String>,
    alias: Vec<String>,
    #[serde(rename = "previousName")]
    previous_name: Vec<String>,
    abbreviation: Vec<String>,
    country: Vec<String>,
    jurisdiction: Vec<String>,
    nationality: Vec<String>,
}

/// A row of a table. Aliases are parted by semicolons.
#[derive(Debug, Deserialize)]
struct Row {
    name: String,
    #[serde(default)]
    aliases: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    id: String,
    #[serde(default)]
    schema: String,
}

impl Data {
    /// Everybody on the watch-lists of the user's folder of knowledge: its files `watchlist/*.json`, `*.jsonl` and `*.csv`. Entities
    /// that can promise nothing (addresses, payments …) are passed over.
    ///
    /// # Errors
    /// Names the file, the line and what is wrong there.
    pub fn watchlist(&self) -> Result<Vec<Watched>, Error> {
        let mut all = Vec::new();
        for (path, file) in self.overlay.range("knowledge/watchlist/".to_owned()..) {
            if !path.starts_with("knowledge/watchlist/") {
                break;
            }
            match path.rsplit('.').next() {
                Some("json" | "jsonl" | "ijson") => read_ftm(file, &mut all)?,
                Some("csv") => read_table(file, &mut all)?,
                _ => {}
            }
        }
        Ok(all)
    }
}

fn read_ftm(file: &DataFile, all: &mut Vec<Watched>) -> Result<(), Error> {
    for (number, line) in file.text().lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let entity: FtmEntity =
            serde_json::from_str(line).map_err(|error| Error::data(file.path(), number + 1, &error.to_string()))?;
        let Some(sort) = sort_of(&entity.schema) else { continue };
        let FtmProperties { name, alias, previous_name, abbreviation, country, jurisdiction, nationality } =
            entity.properties;
        let mut names = name.into_iter().chain(alias).chain(previous_name).chain(abbreviation);
        let Some(name) = names.next() else { continue };
        let country = jurisdiction.into_iter().chain(country).chain(nationality).next();
        all.push(Watched { id: entity.id, name, aliases: names.collect(), country: country.and_then(code), sort });
    }
    Ok(())
}

fn read_table(file: &DataFile, all: &mut Vec<Watched>) -> Result<(), Error> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(file.text().as_bytes());
    for row in reader.deserialize::<Row>() {
        let row = row.map_err(|error| {
            let line = error.position().map_or(1, |position| position.line() as usize);
            Error::data(file.path(), line, &error.to_string())
        })?;
        let Some(sort) = sort_of(&row.schema).filter(|_| !row.name.is_empty()) else { continue };
        let aliases = row.aliases.split(';').map(str::trim).filter(|alias| !alias.is_empty()).map(str::to_owned);
        all.push(Watched { id: row.id, name: row.name, aliases: aliases.collect(), country: code(row.country), sort });
    }
    Ok(())
}

fn sort_of(schema: &str) -> Option<WatchedSort> {
    match schema {
        "Person" => Some(WatchedSort::Person),
        "" | "Company" | "Organization" | "PublicBody" | "LegalEntity" => Some(WatchedSort::Organisation),
        _ => None,
    }
}

/// A country's code in capitals; codes of other lengths ("gb-sct", "eu-…") begin with it.
fn code(country: String) -> Option<String> {
    let code = country.get(..2)?.to_ascii_uppercase();
    code.bytes().all(|byte| byte.is_ascii_uppercase()).then_some(code)
}
