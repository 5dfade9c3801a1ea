//! What can go wrong with a ledger, each in one sentence that says what, where and what to do.

use std::path::{Path, PathBuf};

/// What can go wrong with a ledger.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is something else.
    #[error("{} is not a ledger; name another file with --ledger", .path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
    },
    /// There is no such file.
    #[error("there is no ledger at {}; `pledgebook read --ledger` makes one", .path.display())]
    NoLedger {
        /// The file.
        path: PathBuf,
    },
    /// A newer pledgebook wrote it.
    #[error("{} was written by a newer pledgebook (ledger version {found}, this one knows {known}); update pledgebook", .path.display())]
    NewerVersion {
        /// The file.
        path: PathBuf,
        /// The file's version.
        found: i64,
        /// The newest version that this build knows.
        known: i64,
    },
    /// Somebody else writes.
    #[error("{} is being written by another process; nothing of this batch was added, try again when it is done", .path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// No space left.
    #[error("the disk that holds {} is full; nothing of this batch was added, what was there before is intact", .path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The file can be read but not written.
    #[error("{} cannot be written; check its permissions and those of its folder", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be opened.
    #[error("{} cannot be opened: {why}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The file's pages or contents are broken.
    #[error("{} is damaged ({what}); restore a backup, or run `pledgebook verify` to see what is whole", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// An id or its beginning that names nothing.
    #[error("nothing in the ledger has an id that begins with '{id}'")]
    Unknown {
        /// What was asked for.
        id: String,
    },
    /// The beginning of several ids.
    #[error("'{id}' begins {count} ids; give more of it: {}", .some.join(", "))]
    Ambiguous {
        /// What was asked for.
        id: String,
        /// How many ids begin so.
        count: usize,
        /// A few of them.
        some: Vec<String>,
    },
    /// A decision or question that makes no sense.
    #[error("{0}")]
    Invalid(String),
    /// Anything else that the store says.
    #[error("{}: {source}", .path.display())]
    Store {
        /// The file.
        path: PathBuf,
        /// What the store says.
        source: rusqlite::Error,
    },
}

impl Error {
    /// The error of a ledger at `path` that SQLite reports.
    pub(crate) fn sqlite(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotALedger { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Unreadable { path, why: source.to_string() }
            }
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, what: source.to_string() },
            _ => Self::Store { path, source },
        }
    }
}
