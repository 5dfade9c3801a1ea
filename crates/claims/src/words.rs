//! The words of one language that claims are read with: those of all kinds stand in one tree, so that a text is walked once.

use crate::{
    analysis::Cue,
    attribution,
    kinds::{participation, presence, role},
};
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Found, Habits, Phrases, Text, Vocabulary};
use std::{marker::PhantomData, ops::Range};

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
        Ok(Tree::new(self.phrases, offices, tellings, events))
    }
}

/// The compiled words of all tables, with the grammar that some tables tell beside them.
#[derive(Debug)]
pub struct Tree {
    phrases: Phrases<Meaning>,
    /// By the places of phrases in the tree.
    classes: Vec<(Classes, Searches)>,
    offices: role::Grammar,
    tellings: attribution::Grammar,
    events: participation::Grammar,
}

/// What words a phrase is, or the phrases that begin at a token are: a bit for each class of words of each table.
type Classes = u128;

/// Which searches look for words: of each table that tells of people as many bits as [`Word::sought`] has.
type Searches = u32;

/// How many bits each table has that tells of people, for its classes of words.
const SHARE: usize = 20;
/// The other tables, behind those four.
pub const CUES: Classes = 1 << (4 * SHARE);
pub const SPLITS: Classes = CUES << 1;
pub const FIELDS: Classes = CUES << 2;

fn classes(meaning: &Meaning) -> Classes {
    match *meaning {
        Meaning::Cue(_) => CUES,
        Meaning::Split(_) => SPLITS,
        Meaning::Field(_) => FIELDS,
        Meaning::Office(word) => of_class(word),
        Meaning::Telling(word) => of_class(word),
        Meaning::Event(word) => of_class(word),
        Meaning::Seat(word) => of_class(word),
    }
}

fn searches(meaning: &Meaning) -> Searches {
    match *meaning {
        Meaning::Cue(_) | Meaning::Split(_) | Meaning::Field(_) => 0,
        Meaning::Office(word) => of_searches::<role::Word>(word.sought()),
        Meaning::Telling(word) => of_searches::<attribution::Word>(word.sought()),
        Meaning::Event(word) => of_searches::<participation::Word>(word.sought()),
        Meaning::Seat(word) => of_searches::<presence::Word>(word.sought()),
    }
}

#[inline]
fn of_class<W: Word>(word: W) -> Classes {
    1 << (word.class() as usize + W::TABLE * SHARE)
}

#[inline]
fn of_searches<W: Word>(sought: u8) -> Searches {
    Searches::from(sought) << (W::TABLE as u32 * u8::BITS)
}

#[inline]
fn of_table<W: Word>() -> Classes {
    ((1 << SHARE) - 1) << (W::TABLE * SHARE)
}

/// A phrase in a text.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'t> {
    /// Its first token.
    pub at: usize,
    /// How many tokens it covers.
    pub len: usize,
    /// What it means to all tables.
    pub meanings: &'t [Meaning],
}

impl Placed<'_> {
    /// One past its last token.
    #[inline]
    pub fn end(&self) -> usize {
        self.at + self.len
    }
}

/// The longest of some phrases that means something that fits and ends before a token; of equals the first.
pub fn longest<'p, 't>(
    phrases: &'p [Placed<'t>],
    end: usize,
    fits: impl Fn(Meaning) -> bool,
) -> Option<&'p Placed<'t>> {
    let mut longest: Option<&Placed<'_>> = None;
    for phrase in phrases.iter().filter(|phrase| phrase.end() <= end) {
        if longest.is_none_or(|longest| phrase.len > longest.len)
            && phrase.meanings.iter().any(|meaning| fits(*meaning))
        {
            longest = Some(phrase);
        }
    }
    longest
}

/// The words of a text.
#[derive(Debug)]
pub struct Wording<'t> {
    tree: &'t Tree,
    phrases: Vec<Placed<'t>>,
    /// For every token, and one behind the last, the place in `phrases` of the first that begins there.
    from: Vec<u32>,
    /// For every token the classes of the phrases that begin there.
    tokens: Vec<Classes>,
    /// For every token the searches that look for them.
    searches: Vec<Searches>,
    /// The same for every sentence.
    sentences: Vec<Searches>,
}

impl Tree {
    fn new(
        phrases: Phrases<Meaning>,
        offices: role::Grammar,
        tellings: attribution::Grammar,
        events: participation::Grammar,
    ) -> Self {
        let of = |meanings: &[Meaning]| {
            meanings.iter().fold((0, 0), |(all, sought), meaning| (all | classes(meaning), sought | searches(meaning)))
        };
        let classes = phrases.values().map(of).collect();
        Self { phrases, classes, offices, tellings, events }
    }

    /// The phrases of all tables.
    pub fn phrases(&self) -> &Phrases<Meaning> {
        &self.phrases
    }

    /// Finds all of these words in a text.
    pub fn lay<'t>(&'t self, text: &Text<'_>) -> Wording<'t> {
        let count = text.tokens().len();
        let mut wording = Wording {
            tree: self,
            phrases: Vec::with_capacity(count),
            from: Vec::with_capacity(count + 1),
            tokens: Vec::with_capacity(count),
            searches: Vec::with_capacity(count),
            sentences: Vec::with_capacity(text.sentences().len()),
        };
        let Wording { phrases, from, tokens, searches, sentences, .. } = &mut wording;
        for sentence in text.sentences() {
            let mut all = 0;
            for at in sentence.tokens.clone() {
                from.push(phrases.len() as u32);
                let (mut here, mut sought) = (0, 0);
                self.phrases.each_at(text.vocabulary(), text.tokens(), at, |Found { place, len, values }| {
                    let (classes, searches) = self.classes[place];
                    here |= classes;
                    sought |= searches;
                    phrases.push(Placed { at, len, meanings: values });
                });
                tokens.push(here);
                searches.push(sought);
                all |= sought;
            }
            sentences.push(all);
        }
        from.push(phrases.len() as u32);
        wording
    }
}

impl<'t> Wording<'t> {
    /// The phrases that begin at a token.
    #[inline]
    pub fn at(&self, token: usize) -> &[Placed<'t>] {
        match (self.from.get(token), self.from.get(token + 1)) {
            (Some(from), Some(to)) => &self.phrases[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// Whether a phrase of some classes begins at a token.
    #[inline]
    pub fn is_of(&self, token: usize, classes: Classes) -> bool {
        self.tokens.get(token).is_some_and(|here| here & classes != 0)
    }

    /// The words that tell of offices.
    pub fn offices(&self) -> role::Words<'_> {
        Words::new(self, self.tree.offices)
    }

    /// The words that tell who says what.
    pub fn tellings(&self) -> attribution::Words<'_> {
        Words::new(self, self.tree.tellings)
    }

    /// The words that tell who takes part in what.
    pub fn events(&self) -> participation::Words<'_> {
        Words::new(self, self.tree.events)
    }

    /// The words that tell who sits where.
    pub fn seats(&self) -> presence::Words<'_> {
        Words::new(self, ())
    }
}

/// A word of a table that tells of people.
pub trait Word: Copy + PartialEq {
    /// The number of the table, below 4.
    const TABLE: usize;

    /// What a phrase means to this table, if anything.
    fn of(meaning: Meaning) -> Option<Self>;

    /// The number of its class, below 20: words of one class differ in what goes with it at most.
    fn class(self) -> u32;

    /// The searches through a whole sentence that look for it, one bit for each. Other words only stand around those.
    fn sought(self) -> u8;
}

/// The words of one table in a text, with the grammar that the table tells beside them.
#[derive(Debug, Clone, Copy)]
pub struct Words<'w, W, G = ()> {
    wording: &'w Wording<'w>,
    /// Habits of the language that rules for these words ask for.
    pub grammar: G,
    table: PhantomData<W>,
}

impl<'w, W: Word, G> Words<'w, W, G> {
    fn new(wording: &'w Wording<'_>, grammar: G) -> Self {
        Self { wording, grammar, table: PhantomData }
    }

    /// Whether a sentence has a word that one of some searches looks for.
    pub fn tells(&self, sentence: usize, sought: u8) -> bool {
        self.wording.sentences.get(sentence).is_some_and(|here| here & of_searches::<W>(sought) != 0)
    }

    /// The longest phrase at token `at`, before `end`, whose word fits: its length in tokens and the word.
    #[inline]
    pub fn find(&self, at: usize, end: usize, fits: impl Fn(W) -> bool) -> Option<(usize, W)> {
        if !self.wording.is_of(at, of_table::<W>()) {
            return None;
        }
        let word =
            |phrase: &Placed<'_>| phrase.meanings.iter().filter_map(|meaning| W::of(*meaning)).find(|word| fits(*word));
        let phrase = longest(self.wording.at(at), end, |meaning| W::of(meaning).is_some_and(&fits))?;
        Some((phrase.len, word(phrase)?))
    }

    /// The same for the first token from `at` on at which a search finds something: that token, the length and the word.
    pub fn next(&self, at: usize, end: usize, sought: u8) -> Option<(usize, usize, W)> {
        self.next_fit(at, end, sought, |_| true)
    }

    fn next_fit(&self, at: usize, end: usize, sought: u8, fits: impl Fn(W) -> bool) -> Option<(usize, usize, W)> {
        let searches = of_searches::<W>(sought);
        let mut head = at;
        loop {
            head += self.wording.searches.get(head..end)?.iter().position(|here| here & searches != 0)?;
            if let Some((len, word)) = self.find(head, end, |word| word.sought() & sought != 0 && fits(word)) {
                return Some((head, len, word));
            }
            head += 1;
        }
    }

    /// The same for every token of a run at which a search finds a word that fits.
    pub fn all(
        &self,
        tokens: Range<usize>,
        sought: u8,
        fits: impl Fn(W) -> bool + Copy,
    ) -> impl Iterator<Item = (usize, usize, W)> {
        let mut at = tokens.start;
        std::iter::from_fn(move || {
            let found = self.next_fit(at, tokens.end, sought, fits)?;
            at = found.0 + 1;
            Some(found)
        })
    }

    /// How many tokens a phrase of this word covers at token `at`; 0 where there is none.
    // Inlined where the word is known, most answers are one comparison.
    #[inline(always)]
    pub fn len(&self, at: usize, end: usize, word: W) -> usize {
        if self.wording.is_of(at, of_class(word)) { self.len_of(at, end, word) } else { 0 }
    }

    fn len_of(&self, at: usize, end: usize, word: W) -> usize {
        self.find(at, end, |found| found == word).map_or(0, |(len, _)| len)
    }
}
