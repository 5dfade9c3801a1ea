//! Fields: which domain words stand near a claim, and which of them it is about.

mod weighing;

pub use weighing::{choose, features, fields};

use crate::{
    analysis::{DomainAt, Sentence, cues_that},
    words::{self, Entries, Meaning, Wording},
};
use pledgebook_lexicon::{
    Data, Error,
    linear::{Joint, Numbered, number_of},
};
use serde::Deserialize;
use std::{collections::BTreeMap, ops::Range};

/// The field of a claim whose words name none of the list.
const OTHER: &str = "other";

/// The list of fields, and what tells which of them a claim is about.
#[derive(Debug, Default)]
pub struct Domains {
    names: Vec<String>,
    /// What [`number_of`] makes of each name.
    numbers: Vec<u64>,
    /// The one of a claim whose words name none of the list.
    other: Option<u8>,
    /// Which of the fields named a claim is about.
    pub(crate) weights: Joint<1>,
}

/// How a document names a field.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// Its number in the list of domains.
    pub domain: u8,
    /// How often.
    pub count: usize,
    /// How often in sentences that speak of an accord.
    pub accords: usize,
    /// Whether the headline or the first sentence does.
    pub leads: bool,
    /// The first token that does.
    pub first: usize,
}

/// The fields that a document names, in the order in which they first are.
pub fn told(sentences: &[Sentence], domains: &[DomainAt]) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| !sentence.domains.is_empty()) {
        let accords = usize::from(sentence.set.meets(cues_that!(|cue| cue.is_accord())));
        for at in &domains[sentence.domains.clone()] {
            match told.iter_mut().find(|known| known.domain == at.domain) {
                Some(known) => {
                    known.count += 1;
                    known.accords += accords;
                }
                None => told.push(Told { domain: at.domain, count: 1, accords, leads: number == 0, first: at.start }),
            }
        }
    }
    told
}

/// Marks the fields named in a run of tokens.
pub fn mark(wording: &Wording<'_>, tokens: &Range<usize>, found: &mut Vec<DomainAt>) {
    let mut next = tokens.start;
    for start in wording.fields(tokens.clone()) {
        if start < next {
            continue;
        }
        let names = |meaning| matches!(meaning, Meaning::Field(_));
        let Some(phrase) = words::longest(wording.at(start), tokens.end, names) else { continue };
        for meaning in &phrase.sense.meanings {
            if let Meaning::Field(domain) = *meaning {
                found.push(DomainAt { start, domain });
            }
        }
        next = phrase.end();
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    domains: Vec<String>,
}

impl Domains {
    /// Compiles `knowledge/domains.toml`, and adds the words of the language's `domain.toml` to the tree. Words of a field that is not in the list are left
    /// out, so that a user's shorter list works with the words of this repository.
    ///
    /// # Errors
    /// When a data file is wrong.
    pub fn compile(data: &Data, code: &str, entries: &mut Entries<'_>) -> Result<Self, Error> {
        let names = data.knowledge_table::<Table>("domains.toml")?.domains;
        let numbers = names.iter().map(|name| number_of(name)).collect();
        let weights = Joint::load(data, ["domains"])?.keeping(weighing::GROUPS);
        let mut domains = Self { names, numbers, other: None, weights };
        domains.other = domains.number(OTHER);
        for (key, words) in data.language_table::<BTreeMap<String, Vec<String>>>(code, "domain.toml")? {
            let Some(number) = domains.number(&key) else { continue };
            for word in &words {
                entries.add(word, Meaning::Field(number));
            }
        }
        Ok(domains)
    }

    /// The number of a field in the list.
    pub fn number(&self, name: &str) -> Option<u8> {
        self.names.iter().position(|known| known == name).and_then(|number| u8::try_from(number).ok())
    }

    /// The name of a field as part of features.
    pub fn part(&self, domain: u8) -> Numbered<'_> {
        match self.numbers.get(domain as usize) {
            Some(number) => Numbered::known(self.name(domain), *number),
            None => Numbered::new(self.name(domain)),
        }
    }

    /// The name of a field.
    pub fn name(&self, domain: u8) -> &str {
        self.names.get(domain as usize).map_or("other", String::as_str)
    }
}
