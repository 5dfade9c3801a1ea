//! Fields: which domain words stand near a claim, and which of them it is about.

mod weighing;

pub use weighing::{choose, features, fields};

use crate::analysis::DomainAt;
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Habits, Phrases, Text, Vocabulary};
use serde::Deserialize;
use std::{collections::BTreeMap, ops::Range};

/// The list of fields, and the words of one language that name them.
#[derive(Debug, Default)]
pub struct Domains {
    names: Vec<String>,
    phrases: Phrases<u8>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    domains: Vec<String>,
}

impl Domains {
    /// Compiles `knowledge/domains.toml` with the language's `domain.toml`. Words of a field that is not in the list are left
    /// out, so that a user's shorter list works with the words of this repository.
    ///
    /// # Errors
    /// When a data file is wrong.
    pub fn compile(data: &Data, code: &str, habits: &Habits, vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        let names = data.knowledge_table::<Table>("domains.toml")?.domains;
        let mut phrases = Phrases::new();
        for (key, words) in data.language_table::<BTreeMap<String, Vec<String>>>(code, "domain.toml")? {
            let Some(index) = names.iter().position(|name| *name == key).and_then(|i| u8::try_from(i).ok()) else {
                continue;
            };
            for word in &words {
                phrases.insert(vocabulary, habits, word, index);
            }
        }
        Ok(Self { names, phrases })
    }

    /// Marks the fields named in a run of tokens.
    pub fn mark(&self, text: &Text<'_>, tokens: Range<usize>, found: &mut Vec<DomainAt>) {
        let mut at = tokens.start;
        while at < tokens.end {
            match self.phrases.longest_in(text, at, tokens.end) {
                Some(phrase) => {
                    found.extend(phrase.values.iter().map(|domain| DomainAt { start: at, domain: *domain }));
                    at += phrase.len;
                }
                None => at += 1,
            }
        }
    }

    /// The number of a field in the list.
    pub fn number(&self, name: &str) -> Option<u8> {
        self.names.iter().position(|known| known == name).and_then(|number| u8::try_from(number).ok())
    }

    /// The name of a field.
    pub fn name(&self, domain: u8) -> &str {
        self.names.get(domain as usize).map_or("other", String::as_str)
    }
}
