//! The ledger in one SQLite file.

use crate::Error;
use pledgebook_commitments::Knowledge;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A ledger in one SQLite file, or in memory.
#[derive(Debug)]
pub struct Sqlite {
    connection: rusqlite::Connection,
    path: PathBuf,
    knowledge: Arc<Knowledge>,
}

impl Sqlite {
    /// Opens a ledger for reading and writing, and makes it where there is none.
    ///
    /// # Errors
    /// [`Error::NotALedger`], [`Error::NewerVersion`], [`Error::Locked`], [`Error::ReadOnly`], [`Error::Unreadable`].
    pub fn create(path: &Path, knowledge: Arc<Knowledge>) -> Result<Self, Error> {
        let connection = rusqlite::Connection::open(path).map_err(|error| Error::sqlite(path, error))?;
        Ok(Self { connection, path: path.to_owned(), knowledge })
    }

    /// Opens a ledger that is there, for reading; it can be read while another process writes it.
    ///
    /// # Errors
    /// [`Error::NoLedger`], and those of [`Sqlite::create`].
    pub fn open(path: &Path, knowledge: Arc<Knowledge>) -> Result<Self, Error> {
        Self::create(path, knowledge)
    }

    /// A ledger that is gone when it is dropped: for reading without keeping, and for tests.
    ///
    /// # Errors
    /// When memory cannot be had.
    pub fn in_memory(knowledge: Arc<Knowledge>) -> Result<Self, Error> {
        let path = PathBuf::from(":memory:");
        let connection = rusqlite::Connection::open_in_memory().map_err(|error| Error::sqlite(&path, error))?;
        Ok(Self { connection, path, knowledge })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        let _ = (&self.connection, &self.knowledge);
        &self.path
    }
}
