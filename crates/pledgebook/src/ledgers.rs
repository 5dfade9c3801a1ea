//! Ledgers by the name of their file.

use crate::{demo, readers::Readers};
use anyhow::Result;
use pledgebook_commitments::Knowledge;
use pledgebook_document::Opener;
use pledgebook_ledger::{Ledger, Sqlite};
use pledgebook_lexicon::Data;
use std::{path::Path, sync::Arc};

/// The name of the ledger of the bundled articles, which is made anew whenever it is asked; a file of that name goes first.
const DEMO: &str = "demo";

/// Opens a ledger for adding to it, and makes it where there is none.
pub fn create(path: &Path, data: &Data) -> Result<Box<dyn Ledger + Send>> {
    Ok(Box::new(Sqlite::create(path, knowledge(data)?)?))
}

/// Opens a ledger that is there, for adding to it.
pub fn change(path: &Path, data: &Data) -> Result<Box<dyn Ledger + Send>> {
    if !path.exists() {
        return Err(pledgebook_ledger::Error::NoLedger { path: path.to_owned() }.into());
    }
    create(path, data)
}

/// Opens a ledger that is there, for asking it.
pub fn open(path: &Path, data: &Data) -> Result<Box<dyn Ledger + Send>> {
    if path.as_os_str() == DEMO && !path.exists() {
        let mut ledger = in_memory(data)?;
        demo::enter(&Opener::new(data)?, &Readers::new(data.clone())?, ledger.as_mut())?;
        return Ok(ledger);
    }
    Ok(Box::new(Sqlite::open(path, knowledge(data)?)?))
}

/// A ledger that is gone when it is dropped.
pub fn in_memory(data: &Data) -> Result<Box<dyn Ledger + Send>> {
    Ok(Box::new(Sqlite::in_memory(knowledge(data)?)?))
}

fn knowledge(data: &Data) -> Result<Arc<Knowledge>> {
    Ok(Arc::new(Knowledge::load(data)?))
}
