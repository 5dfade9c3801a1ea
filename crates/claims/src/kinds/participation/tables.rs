//! The compiled `participation.toml` of a language.

use crate::words::{self, Entries, Meaning};
use pledgebook_lexicon::{Data, Error};
use serde::Deserialize;
use std::ops::Range;

/// `languages/<code>/participation.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    /// Whether "visit" is followed by its guest in the genitive, without a preposition.
    bare_genitive: bool,
    /// Nouns for meetings that people go to: "summit", "ceremony".
    events: Vec<String>,
    /// Nouns for visits, which have a guest: "visit of X".
    visits: Vec<String>,
    /// Verbs whose subject takes part, where an event or a place is named with them: "attended".
    attend: Vec<String>,
    /// Phrases whose subject takes part in something whatever else is said: "made the trip".
    went: Vec<String>,
    /// Verbs whose subject and object both take part: "met".
    meet: Vec<String>,
    /// Phrases before those who look on: "in the presence of".
    presence: Vec<String>,
    /// Phrases before those who come along: "accompanied by".
    accompany: Vec<String>,
    /// Prepositions, with their articles, between somebody who acts or speaks and an event: "at the".
    at: Vec<String>,
    /// Nouns for groups that travel: "delegation".
    delegations: Vec<String>,
    /// Words before the members of a group: "including".
    including: Vec<String>,
    /// Prepositions between a visit and its guest: "of".
    of: Vec<String>,
    articles: Vec<String>,
    and: Vec<String>,
}

/// What a word of `participation.toml` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    Event,
    Visit,
    Attend,
    Went,
    Meet,
    Presence,
    Accompany,
    Delegation,
    At,
    Including,
    Of,
    Article,
    And,
}

/// What is looked for in every sentence: events, and words for taking part.
pub(super) const CUES: u8 = 1;

impl words::Word for Word {
    const TABLE: usize = 2;
    const CLASSES: u32 = Self::And as u32 + 1;

    #[inline]
    fn of(meaning: Meaning) -> Option<Self> {
        match meaning {
            Meaning::Event(word) => Some(word),
            _ => None,
        }
    }

    #[inline]
    fn class(self) -> u32 {
        self as u32
    }

    #[inline]
    fn sought(self) -> u8 {
        match self {
            Self::Article | Self::And | Self::Of | Self::At | Self::Including => 0,
            _ => CUES,
        }
    }
}

/// Habits of the language that this table tells.
#[derive(Debug, Default, Clone, Copy)]
pub struct Grammar {
    pub bare_genitive: bool,
}

impl Grammar {
    /// Adds a language's words to the tree, and tells its habits.
    ///
    /// # Errors
    /// When the data file is wrong, with file and line.
    pub fn compile(data: &Data, code: &str, entries: &mut Entries<'_>) -> Result<Self, Error> {
        let file: File = data.language_table(code, "participation.toml")?;
        let mut add = |list: &[String], word: Word| {
            for phrase in list {
                entries.add(phrase, Meaning::Event(word));
            }
        };
        // A delegation is a group before it is an event.
        add(&file.delegations, Word::Delegation);
        add(&file.events, Word::Event);
        add(&file.visits, Word::Event);
        add(&file.visits, Word::Visit);
        add(&file.attend, Word::Attend);
        add(&file.went, Word::Went);
        add(&file.meet, Word::Meet);
        add(&file.presence, Word::Presence);
        add(&file.accompany, Word::Accompany);
        add(&file.at, Word::At);
        add(&file.including, Word::Including);
        add(&file.of, Word::Of);
        add(&file.articles, Word::Article);
        add(&file.and, Word::And);
        Ok(Self { bare_genitive: file.bare_genitive })
    }
}

/// These words in one text.
pub type Words<'w> = words::Words<'w, Word, Grammar>;

impl Words<'_> {
    /// Whether an event is one that has a guest.
    pub(super) fn is_visit(&self, event: &Range<usize>, end: usize) -> bool {
        self.len(event.start, end, Word::Visit) > 0
    }
}
