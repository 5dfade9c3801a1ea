//! The compiled `presence.toml` of a language.

use crate::{
    Change,
    words::{self, Entries, Meaning},
};
use pledgebook_lexicon::{Data, Error};
use serde::Deserialize;

/// `languages/<code>/presence.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    /// Nouns for seats.
    seat: Seats,
    /// Verbs that need a seat as object or subject, by what happens to it.
    verb: Changes,
    /// Phrases that a place follows, without a seat: "is based in", "s'installe à".
    place: Changes,
    /// Phrases that people, shops or the like stand between and a place: "employs … in".
    staff: Changes,
    /// Words that begin another clause.
    stops: Vec<String>,
    and: Vec<String>,
}

/// Nouns for seats by what is done there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Seats {
    /// "headquarters"
    head: Vec<String>,
    /// "office", "branch"
    office: Vec<String>,
    /// "plant", "mine"
    works: Vec<String>,
    /// "shop", "clinic"
    shop: Vec<String>,
    /// "lab", "campus"
    lab: Vec<String>,
    /// "site", "presence", "subsidiary"
    other: Vec<String>,
}

/// What is done at a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Seat {
    Head,
    Office,
    Works,
    Shop,
    Lab,
    Other,
}

impl Seat {
    /// The name that learnt weights use.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Office => "office",
            Self::Works => "works",
            Self::Shop => "shop",
            Self::Lab => "lab",
            Self::Other => "other",
        }
    }
}

/// Phrases by what happens to a presence.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Changes {
    opens: Vec<String>,
    expands: Vec<String>,
    has: Vec<String>,
    closes: Vec<String>,
}

impl Changes {
    fn each(&self) -> [(Change, &[String]); 4] {
        [
            (Change::Opens, &self.opens),
            (Change::Expands, &self.expands),
            (Change::Has, &self.has),
            (Change::Closes, &self.closes),
        ]
    }
}

/// What a word of `presence.toml` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    Seat(Seat),
    Verb(Change),
    Place(Change),
    Staff(Change),
    Stop,
    And,
}

/// What is looked for in every sentence: what tells a presence in a place, what tells that the sentence speaks of a seat, and the verbs
/// that tell something only where it does ("has").
pub(super) const PLACES: u8 = 1;
pub(super) const SEATS: u8 = 2;
pub(super) const VERBS: u8 = 4;
/// All that tells what happens.
pub(super) const DEEDS: u8 = PLACES | VERBS;

impl words::Word for Word {
    const TABLE: usize = 3;
    const CLASSES: u32 = 6;

    #[inline]
    fn of(meaning: Meaning) -> Option<Self> {
        match meaning {
            Meaning::Seat(word) => Some(word),
            _ => None,
        }
    }

    #[inline]
    fn class(self) -> u32 {
        match self {
            Self::Seat(_) => 0,
            Self::Verb(_) => 1,
            Self::Place(_) => 2,
            Self::Staff(_) => 3,
            Self::Stop => 4,
            Self::And => 5,
        }
    }

    #[inline]
    fn sought(self) -> u8 {
        match self {
            Self::Verb(_) => VERBS,
            Self::Place(_) => PLACES,
            Self::Staff(_) => PLACES | SEATS,
            Self::Seat(_) => SEATS,
            Self::Stop | Self::And => 0,
        }
    }
}

/// Adds a language's words to the tree.
///
/// # Errors
/// When the data file is wrong, with file and line.
pub fn compile(data: &Data, code: &str, entries: &mut Entries<'_>) -> Result<(), Error> {
    let file: File = data.language_table(code, "presence.toml")?;
    let mut add = |list: &[String], word: Word| {
        for phrase in list {
            entries.add(phrase, Meaning::Seat(word));
        }
    };
    let Seats { head, office, works, shop, lab, other } = &file.seat;
    for (seat, list) in [
        (Seat::Head, head),
        (Seat::Office, office),
        (Seat::Works, works),
        (Seat::Shop, shop),
        (Seat::Lab, lab),
        (Seat::Other, other),
    ] {
        add(list, Word::Seat(seat));
    }
    for (change, list) in file.verb.each() {
        add(list, Word::Verb(change));
    }
    for (change, list) in file.place.each() {
        add(list, Word::Place(change));
    }
    for (change, list) in file.staff.each() {
        add(list, Word::Staff(change));
    }
    add(&file.stops, Word::Stop);
    add(&file.and, Word::And);
    Ok(())
}

/// These words in one text.
pub type Words<'w> = words::Words<'w, Word>;
