//! Numbers, money and things.

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

pub fn read(_text: &Text<'_>, _tables: &Tables, _kinds: crate::Kinds, _mentions: &mut Vec<Mention>) {}
