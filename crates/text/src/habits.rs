use crate::{prepared::Prepared, sentences::Abbreviations};
use pledgebook_lexicon::{Data, Error};
use serde::Deserialize;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/prepared.rs"));

/// The abbreviations of a language, ready to ask.
#[derive(Debug, Clone, Default)]
pub struct KnownAbbreviations(OnceLock<Abbreviations>);

/// The writing habits of a language, as `languages/<code>/language.toml` gives them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Habits {
    /// English name of the language, for people.
    pub name: String,
    /// Words cut off after their apostrophe: "l'accord" is "l'" and "accord".
    pub elisions: Vec<String>,
    /// Endings cut off before their apostrophe: "Nvidia's" is "Nvidia" and "'s".
    pub enclitics: Vec<String>,
    /// Words whose full stop does not end a sentence, without the stop.
    pub abbreviations: Vec<String>,
    /// Abbreviations only before a figure ("No. 5"); elsewhere the stop ends a sentence.
    pub number_abbreviations: Vec<String>,
    /// Abbreviations whose stop also ends a sentence, where a word follows that begins one: "for 20 mln. The money …".
    pub closing_abbreviations: Vec<String>,
    /// Small words that, with a capital after initials ("in the U.S. The"), begin a sentence.
    pub openers: Vec<String>,
    /// Whether common nouns have a capital.
    pub capital_nouns: bool,
    /// Whether no clause opens within a sentence but behind a comma or another mark.
    pub comma_before_clauses: bool,
    /// Endings of verbs that no noun has which is counted: "35 млн дають" counts nothing.
    pub verb_endings: Vec<String>,
    /// Endings of verbs that tell what "we" do, where no pronoun needs to.
    pub we_endings: Vec<String>,
    /// Whether "3." before a word is an ordinal and no end of a sentence.
    pub ordinal_stop: bool,
    /// Articles, written small, whose noun is no subject: "dem", "des".
    pub oblique_articles: Vec<String>,
    /// Endings of names and nouns that are no subjects: "-ові", "-ою".
    pub oblique_endings: Vec<String>,
    /// The abbreviations folded and sorted, made when they are first asked for.
    #[serde(skip)]
    pub known_abbreviations: KnownAbbreviations,
    /// The phrases of data files as these habits cut them, where the program has them ready.
    #[serde(skip)]
    pub prepared: Prepared,
    /// Letters that only this language of the supported ones uses; a text that has them is in it.
    pub own_letters: String,
}

impl Habits {
    /// Loads the habits of a language.
    ///
    /// # Errors
    /// When the data file is wrong, with file and line.
    pub fn load(data: &Data, code: &str) -> Result<Self, Error> {
        let Some(file) = data.language_file(code, "language.toml") else { return Ok(Self::default()) };
        let habits: Self = file.parse()?;
        // Phrases were cut by the embedded habits; a user's may differ.
        let ready = PREPARED.iter().find(|(known, ..)| file.is_embedded() && *known == code);
        Ok(Self {
            prepared: ready.map_or_else(Prepared::default, |(_, bytes, text)| Prepared::unpack(bytes, text)),
            ..habits
        })
    }

    pub(crate) fn known_abbreviations(&self) -> &Abbreviations {
        self.known_abbreviations.0.get_or_init(|| Abbreviations::new(self))
    }
}
