//! Backup and compaction.

use super::Sqlite;
use crate::Error;
use std::path::Path;

impl Sqlite {
    pub(super) fn back_up(&self, to: &Path) -> Result<(), Error> {
        if to.exists() {
            return Err(Error::Invalid(format!("{} is there already; name another file for the backup", to.display())));
        }
        let target = to.to_string_lossy();
        self.connection.execute("VACUUM INTO ?1", [target.as_ref()]).map_err(|error| Error::sqlite(to, error))?;
        Ok(())
    }

    pub(super) fn make_compact(&mut self) -> Result<[u64; 2], Error> {
        self.settle_pending()?;
        let size = || std::fs::metadata(&self.path).map_or(0, |file| file.len());
        let failed = self.failed();
        self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").map_err(&failed)?;
        let before = size();
        self.connection
            .execute_batch(
                "INSERT INTO text_search (text_search) VALUES ('optimize'); ANALYZE; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)",
            )
            .map_err(&failed)?;
        Ok([before, size()])
    }
}
