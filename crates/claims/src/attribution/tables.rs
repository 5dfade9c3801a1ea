//! The compiled `attribution.toml` of a language.

use crate::words::{self, Entries, Meaning};
use pledgebook_lexicon::{Data, Error};
use serde::Deserialize;

/// `languages/<code>/attribution.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    /// What opens the words of indirect speech: "that".
    that: Vec<String>,
    /// Prepositions before a source: "according to".
    according: Vec<String>,
    /// Phrases for the view of the last speaker: "in his view".
    own_view: Vec<String>,
    /// Postpositions after a source: "zufolge".
    according_after: Vec<String>,
    /// Prepositions before the holder of a view: "for", at the start of a sentence.
    view: Vec<String>,
    /// What brings a source further up: "citing", "carried by".
    citing: Vec<String>,
    /// Words that open what circumstances an utterance was made in: "on", "late".
    adverbs: Vec<String>,
    /// Prepositions, after which no subject comes.
    prepositions: Vec<String>,
    /// Small words between a speaker and the verb: auxiliaries, negations, pronouns.
    aux: Vec<String>,
    /// Pronouns for a speaker.
    masculine: Vec<String>,
    feminine: Vec<String>,
    they: Vec<String>,
    /// Nouns for sources without a name.
    anonymous: Vec<String>,
    /// Nouns that stand for a person mentioned before: "the businessman".
    stand_ins: Vec<String>,
    /// Nouns for what is read: "filing".
    documents: Vec<String>,
    /// "and" between sources.
    and: Vec<String>,
    /// Whether a verb needs no subject when it goes on with the last speaker: "Dice que".
    dropped_subject: bool,
    /// Verbs of saying.
    verb: Vec<Verb>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verb {
    words: Vec<String>,
    sort: Sort,
}

/// What a verb does with what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Opens or closes the words said, which may follow without a word that opens them: "said".
    Say,
    /// Opens or closes the words said by "that", a colon or a quotation: "explained".
    Report,
    /// As [`Sort::Report`], with the hearer after it: "told".
    Address,
    /// Is itself part of what is told: "denounces", "doubts".
    Judge,
    /// What papers do: "shows", "lists".
    Show,
}

/// What a word of `attribution.toml` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    That,
    According,
    AccordingAfter,
    OwnView,
    View,
    Citing,
    Adverb,
    Preposition,
    Aux,
    Masculine,
    Feminine,
    They,
    And,
    Anonymous,
    StandIn,
    Document,
    Verb(Sort),
}

/// What is looked for in every sentence: words that tell what somebody says, and words for somebody who can say something.
pub(super) const FRAMES: u8 = 1;
pub(super) const VOICES: u8 = 2;

impl words::Word for Word {
    const TABLE: usize = 1;
    const CLASSES: u32 = 17;

    #[inline]
    fn of(meaning: Meaning) -> Option<Self> {
        match meaning {
            Meaning::Telling(word) => Some(word),
            _ => None,
        }
    }

    #[inline]
    fn class(self) -> u32 {
        match self {
            Self::That => 0,
            Self::According => 1,
            Self::AccordingAfter => 2,
            Self::OwnView => 3,
            Self::View => 4,
            Self::Citing => 5,
            Self::Adverb => 6,
            Self::Preposition => 7,
            Self::Aux => 8,
            Self::Masculine => 9,
            Self::Feminine => 10,
            Self::They => 11,
            Self::And => 12,
            Self::Anonymous => 13,
            Self::StandIn => 14,
            Self::Document => 15,
            Self::Verb(_) => 16,
        }
    }

    #[inline]
    fn sought(self) -> u8 {
        match self {
            Self::Verb(_) | Self::According | Self::AccordingAfter | Self::OwnView | Self::Citing | Self::View => {
                FRAMES
            }
            Self::Masculine | Self::Feminine | Self::They | Self::Anonymous | Self::Document => VOICES,
            Self::That | Self::Adverb | Self::Preposition | Self::Aux | Self::And | Self::StandIn => 0,
        }
    }
}

/// Habits of the language that this table tells.
#[derive(Debug, Default, Clone, Copy)]
pub struct Grammar {
    pub dropped_subject: bool,
}

impl Grammar {
    /// Adds a language's words to the tree, and tells its habits.
    ///
    /// # Errors
    /// When the data file is wrong, with file and line.
    pub fn compile(data: &Data, code: &str, entries: &mut Entries<'_>) -> Result<Self, Error> {
        let file: File = data.language_table(code, "attribution.toml")?;
        let mut add = |list: &[String], word: Word| {
            for phrase in list {
                entries.add(phrase, Meaning::Telling(word));
            }
        };
        add(&file.that, Word::That);
        add(&file.according, Word::According);
        add(&file.according_after, Word::AccordingAfter);
        add(&file.own_view, Word::OwnView);
        add(&file.view, Word::View);
        add(&file.citing, Word::Citing);
        add(&file.adverbs, Word::Adverb);
        add(&file.prepositions, Word::Preposition);
        add(&file.aux, Word::Aux);
        add(&file.masculine, Word::Masculine);
        add(&file.feminine, Word::Feminine);
        add(&file.they, Word::They);
        add(&file.and, Word::And);
        add(&file.anonymous, Word::Anonymous);
        add(&file.stand_ins, Word::StandIn);
        add(&file.documents, Word::Document);
        for verb in &file.verb {
            add(&verb.words, Word::Verb(verb.sort));
        }
        Ok(Self { dropped_subject: file.dropped_subject })
    }
}

/// These words in one text.
pub type Words<'w> = words::Words<'w, Word, Grammar>;
