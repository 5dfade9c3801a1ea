use std::fmt;

/// What is wrong with a data file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    path: String,
    line: Option<usize>,
    what: String,
}

impl Error {
    /// Wrong content at a line (1-based) of a data file.
    pub fn data(path: &str, line: usize, what: &str) -> Self {
        Self { path: path.to_owned(), line: Some(line), what: what.trim().replace('\n', "; ") }
    }

    /// Wrong content of a data file where no line is known.
    pub fn file(path: &str, what: &str) -> Self {
        Self { path: path.to_owned(), line: None, what: what.to_owned() }
    }

    /// A file or folder that cannot be read.
    pub fn unreadable(path: &str, error: &std::io::Error) -> Self {
        Self { path: path.to_owned(), line: None, what: format!("cannot be read: {error}") }
    }

    /// The file that is wrong.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.what),
            None => write!(f, "{}: {}", self.path, self.what),
        }
    }
}

impl std::error::Error for Error {}
