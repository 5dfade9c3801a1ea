//! What reconciliation knows of the world beside the claims.

use pledgebook_lexicon::{Data, Error};

/// Names of one entity, places within places, outlets and agencies, rates of exchange. Made once, shared by any number of
/// threads.
#[derive(Debug, Default)]
pub struct Knowledge {}

impl Knowledge {
    /// Compiles the files of `knowledge/`.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn load(_data: &Data) -> Result<Self, Error> {
        Ok(Self {})
    }
}
