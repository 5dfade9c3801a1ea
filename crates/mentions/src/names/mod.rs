//! Names of people, organisations, countries, places and instruments, and who is who among them inside a document.

mod entities;

pub use entities::{Entities, Entity};

use crate::Mention;
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Habits, Text, Vocabulary};

/// Compiled data of this module.
#[derive(Debug)]
pub struct Tables {}

impl Tables {
    pub fn compile(_data: &Data, _code: &str, _habits: &Habits, _vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        Ok(Self {})
    }
}

/// Appends the names of a text to `mentions` and returns their bearers.
pub fn read(_text: &Text<'_>, _tables: &Tables, _mentions: &mut Vec<Mention>) -> Entities {
    Entities::default()
}
