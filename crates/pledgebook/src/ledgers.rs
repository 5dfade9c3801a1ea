//! Ledgers by the name of their file.

use crate::{demo, readers::Readers};
use anyhow::Result;
use pledgebook_claims::Claim;
use pledgebook_commitments::Knowledge;
use pledgebook_document::{Document, Opener};
use pledgebook_ledger::{Error, Ledger, Sqlite};
use pledgebook_lexicon::Data;
use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

/// The name of the ledger of the bundled articles, which is made anew whenever it is asked; a file of that name goes first.
const DEMO: &str = "demo";

/// The ledger of a run, if it keeps one: the threads that read may ask it while another one writes.
pub struct Books(Option<Mutex<Box<dyn Ledger + Send>>>);

impl Books {
    /// The books of a run that keeps this ledger.
    pub fn new(ledger: Option<Box<dyn Ledger + Send>>) -> Self {
        Self(ledger.map(Mutex::new))
    }

    /// Does something with the ledger, if there is one.
    pub fn with<R>(&self, act: impl FnOnce(&mut dyn Ledger) -> Result<R, Error>) -> Result<Option<R>, Error> {
        let Some(ledger) = &self.0 else { return Ok(None) };
        act(ledger.lock().unwrap_or_else(PoisonError::into_inner).as_mut()).map(Some)
    }

    /// What entries are made ready with, if there is a ledger.
    pub fn knowledge(&self) -> Result<Option<Arc<Knowledge>>, Error> {
        self.with(|ledger| Ok(ledger.knowledge()))
    }

    /// The claims that a reader of this name found in this very document before.
    pub fn reading(&self, document: &Document, reader: &str) -> Result<Option<Vec<Claim>>, Error> {
        Ok(self.with(|ledger| ledger.reading(document, reader))?.flatten())
    }
}

/// Opens a ledger for adding to it, and makes it where there is none.
pub fn create(path: &Path, data: &Data) -> Result<Box<dyn Ledger + Send>> {
    Ok(Box::new(Sqlite::create(path, knowledge(data)?)?))
}

/// Opens a ledger that is there, for adding to it.
pub fn change(path: &Path, data: &Data) -> Result<Box<dyn Ledger + Send>> {
    if !path.exists() {
        return Err(Error::NoLedger { path: path.to_owned() }.into());
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
