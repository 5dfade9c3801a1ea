use std::{fmt, io};

/// Why an input gave no document, where, and what can be done.
#[derive(Debug)]
pub struct Error {
    place: String,
    problem: Problem,
}

/// What is wrong with an input.
#[derive(Debug)]
pub(crate) enum Problem {
    Unreadable(io::Error),
    Empty,
    Binary,
    Named(&'static str),
    TooLarge { bytes: Option<u64>, bytes_max: u64 },
    BrokenUtf8 { byte: usize, line: usize },
    NoCharset,
    NoJson(String),
    NoText,
    Html,
}

impl Error {
    pub(crate) fn new(place: impl Into<String>, problem: Problem) -> Self {
        Self { place: place.into(), problem }
    }

    /// The file, or the file and line, that it is about.
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
        match &self.problem {
            Problem::Unreadable(error) => match error.kind() {
                io::ErrorKind::NotFound => f.write_str("no such file or folder; check the path"),
                io::ErrorKind::PermissionDenied => f.write_str("may not be read; check its permissions"),
                _ => write!(f, "cannot be read: {error}"),
            },
            Problem::Empty => f.write_str("is empty; there is nothing to read in it"),
            Problem::Binary => f.write_str("is no text but binary data; convert it to text first"),
            Problem::Named(sort) => write!(f, "is {sort}, not text; convert it to text first"),
            Problem::TooLarge { bytes: Some(bytes), bytes_max } => write!(
                f,
                "is too large for one document: {} MB, the limit is {} MB; split it, or give its articles as JSONL",
                megabytes(*bytes),
                megabytes(*bytes_max)
            ),
            Problem::TooLarge { bytes: None, bytes_max } => write!(
                f,
                "is too large for one document: the limit is {} MB; split it, or give its articles as JSONL",
                megabytes(*bytes_max)
            ),
            Problem::BrokenUtf8 { byte, line } => {
                write!(f, "is broken UTF-8: byte {byte} (line {line}) belongs to no character; save it again as UTF-8")
            }
            Problem::NoCharset => f.write_str("is in no character set that could be told; save it again as UTF-8"),
            Problem::NoJson(message) => write!(f, "is no JSON document: {message}; each line must hold one object"),
            Problem::NoText => f.write_str("holds no text: a document needs a \"text\" that is not blank"),
            Problem::Html => f.write_str("is HTML, which is not read yet; give its text instead"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            Problem::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}
