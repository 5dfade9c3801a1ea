//! The words of one language that claims are read with: those of all kinds stand in one tree, so that a text is walked once.

use crate::{
    analysis::Cue,
    attribution,
    kinds::{participation, presence, role},
};
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Habits, Laid, Phrases, Text, Vocabulary};
use std::ops::Range;

/// What a phrase tells one of those who read.
#[derive(Debug, Clone, Copy)]
pub enum Meaning {
    /// What is done, and how far it has come.
    Cue(Cue),
    /// The first half of such a phrase, by its place in the list of those.
    Split(u16),
    /// A field, by its place in the list of domains.
    Field(u8),
    /// Who holds what office.
    Office(role::Word),
    /// Who says what.
    Telling(attribution::Word),
    /// Who takes part in what.
    Event(participation::Word),
    /// Who sits where.
    Seat(presence::Word),
}

/// The tree while data files are read into it.
#[derive(Debug)]
pub struct Entries<'c> {
    /// How the language writes words.
    pub habits: &'c Habits,
    /// The words of the language; whoever has it sealed does so after the last entry.
    pub vocabulary: &'c mut Vocabulary,
    phrases: Phrases<Meaning>,
}

impl<'c> Entries<'c> {
    /// A tree without phrases.
    pub fn new(habits: &'c Habits, vocabulary: &'c mut Vocabulary) -> Self {
        Self { habits, vocabulary, phrases: Phrases::new() }
    }

    /// Adds every form of a phrase.
    pub fn add(&mut self, phrase: &str, meaning: Meaning) {
        self.phrases.insert(self.vocabulary, self.habits, phrase, meaning);
    }

    /// Adds the words that tell of people, and gives the tree with them and all that was added before.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn finish(mut self, data: &Data, code: &str) -> Result<Tree, Error> {
        let offices = role::Grammar::compile(data, code, &mut self)?;
        let tellings = attribution::Grammar::compile(data, code, &mut self)?;
        let events = participation::Grammar::compile(data, code, &mut self)?;
        presence::compile(data, code, &mut self)?;
        Ok(Tree { phrases: self.phrases, offices, tellings, events })
    }
}

/// The compiled words of all tables, with the grammar that some tables tell beside them.
#[derive(Debug)]
pub struct Tree {
    phrases: Phrases<Meaning>,
    offices: role::Grammar,
    tellings: attribution::Grammar,
    events: participation::Grammar,
}

/// A phrase in a text.
#[derive(Debug, Clone, Copy)]
pub struct Placed<W> {
    /// Its first token.
    pub at: usize,
    /// How many tokens it covers.
    pub len: usize,
    /// What it tells.
    pub word: W,
}

/// The words of a text, by who asks for them.
#[derive(Debug)]
pub struct Wording {
    pub cues: Vec<Placed<Cue>>,
    /// Of phrases of one length that begin at one token the first one counts.
    pub splits: Vec<Placed<u16>>,
    /// The same of fields.
    pub fields: Vec<Placed<u8>>,
    pub offices: role::Words,
    pub tellings: attribution::Words,
    pub events: participation::Words,
    pub seats: presence::Words,
}

impl Tree {
    /// The phrases of all tables.
    pub fn phrases(&self) -> &Phrases<Meaning> {
        &self.phrases
    }

    /// Finds all of these words in a text.
    pub fn lay(&self, text: &Text<'_>) -> Wording {
        let tokens = text.tokens();
        let mut wording = Wording {
            cues: Vec::with_capacity(tokens.len()),
            splits: Vec::new(),
            fields: Vec::new(),
            offices: Words::new(tokens.len(), self.offices),
            tellings: Words::new(tokens.len(), self.tellings),
            events: Words::new(tokens.len(), self.events),
            seats: Words::new(tokens.len(), ()),
        };
        for sentence in text.sentences() {
            for at in sentence.tokens.clone() {
                self.phrases.each_at(text.vocabulary(), tokens, at, |phrase| {
                    wording.add(at, phrase.len, phrase.values);
                });
            }
            wording.end_sentence();
        }
        wording.seal();
        wording
    }
}

impl Wording {
    /// Adds what a phrase means.
    fn add(&mut self, at: usize, len: usize, meanings: &[Meaning]) {
        let Self { cues, splits, fields, offices, tellings, events, seats } = self;
        let (splits_before, fields_before) = (splits.len(), fields.len());
        for meaning in meanings {
            match *meaning {
                Meaning::Cue(cue) => cues.push(Placed { at, len, word: cue }),
                Meaning::Split(split) if !has(&splits[..splits_before], at, len) => {
                    splits.push(Placed { at, len, word: split });
                }
                Meaning::Field(field) if !has(&fields[..fields_before], at, len) => {
                    fields.push(Placed { at, len, word: field });
                }
                Meaning::Split(_) | Meaning::Field(_) => {}
                Meaning::Office(word) => offices.add(at, len, word),
                Meaning::Telling(word) => tellings.add(at, len, word),
                Meaning::Event(word) => events.add(at, len, word),
                Meaning::Seat(word) => seats.add(at, len, word),
            }
        }
    }

    fn end_sentence(&mut self) {
        let Self { offices, tellings, events, seats, .. } = self;
        offices.end_sentence();
        tellings.end_sentence();
        events.end_sentence();
        seats.end_sentence();
    }

    fn seal(&mut self) {
        let Self { offices, tellings, events, seats, .. } = self;
        offices.laid.seal();
        tellings.laid.seal();
        events.laid.seal();
        seats.laid.seal();
    }
}

/// Whether a phrase of a length was found at a token, the last one looked at.
fn has<W>(placed: &[Placed<W>], at: usize, len: usize) -> bool {
    placed.iter().rev().take_while(|phrase| phrase.at == at).any(|phrase| phrase.len == len)
}

/// The phrases that begin in a run of tokens.
pub fn within<'p, W>(placed: &'p [Placed<W>], tokens: &Range<usize>) -> &'p [Placed<W>] {
    let from = placed.partition_point(|phrase| phrase.at < tokens.start);
    let len = placed[from..].partition_point(|phrase| phrase.at < tokens.end);
    &placed[from..from + len]
}

/// The phrases that begin at a token or behind it, where few begin before it.
#[inline]
pub fn from<W>(mut placed: &[Placed<W>], at: usize) -> &[Placed<W>] {
    while let [first, rest @ ..] = placed
        && first.at < at
    {
        placed = rest;
    }
    placed
}

/// A word of a table that tells of people.
pub trait Word: Copy + PartialEq {
    /// The searches through a whole sentence that look for it, one bit for each. Other words only stand around those.
    fn sought(self) -> u8;
}

/// The words of one table in a text, with the grammar that the table tells beside them.
#[derive(Debug)]
pub struct Words<W, G = ()> {
    laid: Laid<W>,
    /// The tokens at which a search finds something, and which ones do.
    heads: Vec<(usize, u8)>,
    /// For every sentence the searches that find something.
    sought: Vec<u8>,
    /// The same for the sentence that is being laid.
    here: u8,
    /// Habits of the language that rules for these words ask for.
    pub grammar: G,
}

impl<W: Word, G> Words<W, G> {
    fn new(tokens: usize, grammar: G) -> Self {
        Self { laid: Laid::new(tokens), heads: Vec::new(), sought: Vec::new(), here: 0, grammar }
    }

    #[inline]
    fn add(&mut self, at: usize, len: usize, word: W) {
        let sought = word.sought();
        if sought != 0 {
            self.heads.push((at, sought));
            self.here |= sought;
        }
        self.laid.add(at, len, word);
    }

    fn end_sentence(&mut self) {
        self.sought.push(std::mem::take(&mut self.here));
    }

    /// Whether a sentence has a word that one of some searches looks for.
    pub fn tells(&self, sentence: usize, sought: u8) -> bool {
        self.sought.get(sentence).is_some_and(|here| here & sought != 0)
    }

    /// The longest phrase at token `at`, before `end`, whose word fits: its length in tokens and the word.
    pub fn find(&self, at: usize, end: usize, fits: impl Fn(W) -> bool) -> Option<(usize, W)> {
        self.laid.longest(at, end, fits)
    }

    /// The same for the first token from `at` on at which a search finds something: that token, the length and the word.
    pub fn next(&self, at: usize, end: usize, sought: u8) -> Option<(usize, usize, W)> {
        let from = self.heads.partition_point(|(head, _)| *head < at);
        let mut heads =
            self.heads[from..].iter().take_while(|(head, _)| *head < end).filter(|(_, found)| found & sought != 0);
        heads.find_map(|(head, _)| {
            let (len, word) = self.find(*head, end, |word| word.sought() & sought != 0)?;
            Some((*head, len, word))
        })
    }

    /// The same for every token of a run.
    pub fn all<'w>(
        &'w self,
        tokens: Range<usize>,
        fits: impl Fn(W) -> bool + Copy + 'w,
    ) -> impl Iterator<Item = (usize, usize, W)> + 'w {
        self.laid.all(tokens, fits)
    }

    /// How many tokens a phrase of this word covers at token `at`; 0 where there is none.
    pub fn len(&self, at: usize, end: usize, word: W) -> usize {
        self.find(at, end, |found| found == word).map_or(0, |(len, _)| len)
    }
}
