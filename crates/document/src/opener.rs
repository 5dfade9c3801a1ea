use crate::{
    Document, blocks, charset,
    error::{Error, Problem},
    input::{Input, Source},
    markdown,
    record::Record,
    words::Words,
};
use pledgebook_lexicon::Data;
use std::{fs::File, io::Read, path::Path};

/// How a document's bytes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, with optional front matter.
    Markdown,
}

/// Makes documents of bytes. Made once, used from any number of threads.
#[derive(Debug)]
pub struct Opener {
    words: Words,
    document_bytes_max: u64,
}

impl Opener {
    /// Size that no document may exceed, unless told otherwise: 64 MB, several hundred novels.
    pub const DOCUMENT_BYTES_MAX: u64 = 64 << 20;

    /// Compiles the page words of all languages.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn new(data: &Data) -> Result<Self, pledgebook_lexicon::Error> {
        Ok(Self { words: Words::load(data)?, document_bytes_max: Self::DOCUMENT_BYTES_MAX })
    }

    /// The same with another limit of size, in bytes.
    #[must_use]
    pub fn with_document_bytes_max(mut self, bytes: u64) -> Self {
        self.document_bytes_max = bytes;
        self
    }

    /// Opens one input that [`Inputs`](crate::Inputs) found.
    ///
    /// # Errors
    /// Says which input, what is wrong with it and what can be done.
    pub fn open(&self, input: Input) -> Result<Document, Error> {
        let Input { id, place, source } = input;
        let opened = match source {
            Source::File(path, format) => self.read_file(&path).and_then(|bytes| self.bytes(&id, bytes, format)),
            Source::Bytes(bytes, format) => self.bytes(&id, bytes, format),
            Source::Line(line) => self.line(id, &line),
        };
        opened.map_err(|problem| Error::new(place, problem))
    }

    /// A document of plain text that is decoded already.
    pub fn text(&self, id: impl Into<String>, text: impl Into<String>) -> Document {
        let mut document = Document::uncut(id.into(), text.into());
        let built = blocks::of(document.text(), None, &self.words);
        document.set_blocks(built);
        document.find_title();
        document
    }

    /// A document of Markdown that is decoded already, with optional front matter.
    pub fn markdown(&self, id: impl Into<String>, text: impl Into<String>) -> Document {
        let mut document = markdown::read(id.into(), text.into(), &self.words);
        document.find_title();
        document
    }

    fn bytes(&self, id: &str, bytes: Vec<u8>, format: Format) -> Result<Document, Problem> {
        let text = charset::decode(bytes)?;
        Ok(match format {
            Format::Text => self.text(id, text),
            Format::Markdown => self.markdown(id, text),
        })
    }

    fn line(&self, id: String, line: &[u8]) -> Result<Document, Problem> {
        let record = Record::parse(line)?;
        let id = record.id().unwrap_or(id);
        let mut document = Document::uncut(id, record.text.unwrap_or_default());
        document.title = given(record.title);
        document.published = given(record.published);
        document.modified = given(record.modified);
        document.publisher = given(record.publisher);
        document.author = given(record.author);
        document.url = given(record.url);
        document.lang = given(record.lang);
        let built = blocks::of(document.text(), document.title.as_deref(), &self.words);
        document.set_blocks(built);
        document.find_title();
        Ok(document)
    }

    /// Reads a whole file, but no more than a document may have.
    fn read_file(&self, path: &Path) -> Result<Vec<u8>, Problem> {
        let file = File::open(path).map_err(Problem::Unreadable)?;
        let bytes_max = self.document_bytes_max;
        let size = file.metadata().map_err(Problem::Unreadable)?.len();
        if size > bytes_max {
            return Err(Problem::TooLarge { bytes: Some(size), bytes_max });
        }
        let mut bytes = Vec::with_capacity(size as usize + 1);
        // A pipe has no size, and a file may grow while it is read.
        file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(Problem::Unreadable)?;
        if bytes.len() as u64 > bytes_max {
            return Err(Problem::TooLarge { bytes: None, bytes_max });
        }
        Ok(bytes)
    }

    pub(crate) fn document_bytes_max(&self) -> u64 {
        self.document_bytes_max
    }
}

/// A field that says something.
fn given(field: Option<String>) -> Option<String> {
    field.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}
