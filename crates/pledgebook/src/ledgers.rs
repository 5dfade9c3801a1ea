//! Ledgers by the name of their file.

use anyhow::Result;
use pledgebook_ledger::Ledger;
use pledgebook_lexicon::Data;
use std::path::Path;

/// Opens a ledger for adding to it, and makes it where there is none.
pub fn create(path: &Path, _data: &Data) -> Result<Box<dyn Ledger + Send>> {
    anyhow::bail!("{}: the ledger is not built yet", path.display())
}
