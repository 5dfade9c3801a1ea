//! The words of one language that claims are read with: those of all kinds stand in one tree, so that a text is walked once.

mod alone;

use crate::{
    analysis::Cue,
    attribution,
    kinds::{participation, presence, role},
};
use alone::Alone;
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Found, Habits, Phrases, Text, Vocabulary};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::{marker::PhantomData, ops::Range, sync::OnceLock};

/// What a phrase tells one of those who read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
        Self { habits, vocabulary, phrases: Phrases::with_room(habits) }
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
    /// By the places of phrases in the tree: which sense each has.
    numbers: Vec<u32>,
    senses: Vec<Sense>,
    /// What words are by themselves, told when the first text is read.
    alone: OnceLock<Alone>,
    offices: role::Grammar,
    tellings: attribution::Grammar,
    events: participation::Grammar,
}

/// What a phrase means to all tables, in one piece. Most phrases share theirs with many others, so that few senses are looked at again
/// and again.
#[derive(Debug)]
pub struct Sense {
    /// In the order of the data files.
    pub meanings: SmallVec<[Meaning; 2]>,
    /// The cues among them, each once.
    pub cues: SmallVec<[Cue; 8]>,
    classes: Classes,
    searches: Searches,
}

/// What words a phrase is, or the phrases that begin at a token are: a bit for each class of words of each table.
type Classes = u64;

/// Which searches look for words: of each table that tells of people [`SEARCHES`] bits, and one for fields.
type Searches = u32;

/// How many searches a table may have.
const SEARCHES: u32 = 4;
/// How many classes of words each table has that tells of people.
const SHARES: [u32; 4] =
    [role::Word::CLASSES, attribution::Word::CLASSES, participation::Word::CLASSES, presence::Word::CLASSES];

/// The first bit of a table that tells of people, or of what lies behind all of them.
const fn first_of(table: usize) -> u32 {
    if table == 0 { 0 } else { first_of(table - 1) + SHARES[table - 1] }
}

/// The other tables.
pub const CUES: Classes = 1 << first_of(SHARES.len());
pub const SPLITS: Classes = CUES << 1;
const FIELDS: Classes = CUES << 2;
const FIELD_SEARCH: Searches = 1 << (SHARES.len() as u32 * SEARCHES);

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
        Meaning::Cue(_) | Meaning::Split(_) => 0,
        Meaning::Field(_) => FIELD_SEARCH,
        Meaning::Office(word) => of_searches::<role::Word>(word.sought()),
        Meaning::Telling(word) => of_searches::<attribution::Word>(word.sought()),
        Meaning::Event(word) => of_searches::<participation::Word>(word.sought()),
        Meaning::Seat(word) => of_searches::<presence::Word>(word.sought()),
    }
}

#[inline]
fn of_class<W: Word>(word: W) -> Classes {
    1 << (word.class() + const { first_of(W::TABLE) })
}

#[inline]
fn of_searches<W: Word>(sought: u8) -> Searches {
    Searches::from(sought) << (W::TABLE as u32 * SEARCHES)
}

#[inline]
fn of_table<W: Word>() -> Classes {
    const { ((1 << W::CLASSES) - 1) << first_of(W::TABLE) }
}

impl Sense {
    fn new(meanings: &[Meaning]) -> Self {
        let mut cues: SmallVec<[Cue; 8]> = SmallVec::new();
        for meaning in meanings {
            if let Meaning::Cue(cue) = *meaning
                && !cues.contains(&cue)
            {
                cues.push(cue);
            }
        }
        Self {
            meanings: meanings.into(),
            cues,
            classes: meanings.iter().fold(0, |all, meaning| all | classes(meaning)),
            searches: meanings.iter().fold(0, |all, meaning| all | searches(meaning)),
        }
    }
}

/// A phrase in a text.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'t> {
    at: u32,
    tokens: u32,
    /// What it means to all tables.
    pub sense: &'t Sense,
}

impl Placed<'_> {
    /// Its first token.
    #[inline]
    pub fn start(&self) -> usize {
        self.at as usize
    }

    /// How many tokens it covers.
    #[inline]
    pub fn tokens(&self) -> usize {
        self.tokens as usize
    }

    /// One past its last token.
    #[inline]
    pub fn end(&self) -> usize {
        self.start() + self.tokens()
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
        if longest.is_none_or(|longest| phrase.tokens > longest.tokens)
            && phrase.sense.meanings.iter().any(|meaning| fits(*meaning))
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
    /// The tokens at which a search may find something.
    heads: Vec<Head>,
    /// What begins at every token, and at one behind the last.
    tokens: Vec<Begun>,
    /// The tokens at which cues may begin.
    cued: Vec<u32>,
    sentences: Vec<Told>,
}

/// What a sentence has.
#[derive(Debug, Clone, Copy)]
struct Told {
    /// The searches that may find something in it.
    searches: Searches,
    /// Where its tokens that begin cues end among those of the text.
    cued: u32,
}

/// What begins at a token.
#[derive(Debug, Clone, Copy)]
struct Begun {
    /// The classes of the phrases.
    classes: Classes,
    /// The place of the first of them, or of a later token's.
    phrase: u32,
    /// The place of its head, or of a later token's.
    head: u32,
}

/// A token at which searches may find something.
#[derive(Debug, Clone, Copy)]
struct Head {
    at: u32,
    searches: Searches,
}

impl Tree {
    fn new(
        phrases: Phrases<Meaning>,
        offices: role::Grammar,
        tellings: attribution::Grammar,
        events: participation::Grammar,
    ) -> Self {
        let mut senses = vec![Sense::new(&[])];
        let mut known: FxHashMap<&[Meaning], u32> = FxHashMap::from_iter([(&[][..], 0)]);
        let (mut numbers, mut last) = (Vec::new(), 0);
        for meanings in phrases.values() {
            // The forms of a phrase lie one behind the other, mostly.
            let next = senses.len() as u32;
            if *senses[last as usize].meanings != *meanings {
                last = *known.entry(meanings).or_insert(next);
            }
            if last == next {
                senses.push(Sense::new(meanings));
            }
            numbers.push(last);
        }
        Self { phrases, numbers, senses, alone: OnceLock::new(), offices, tellings, events }
    }

    /// The phrases of all tables.
    pub fn phrases(&self) -> &Phrases<Meaning> {
        &self.phrases
    }

    /// Finds all of these words in a text.
    pub fn lay<'t>(&'t self, text: &Text<'_>) -> Wording<'t> {
        let (vocabulary, all) = (text.vocabulary(), text.tokens());
        let alone = self.alone.get_or_init(|| Alone::new(self, vocabulary));
        let count = all.len();
        let mut wording = Wording {
            tree: self,
            phrases: Vec::with_capacity(count),
            heads: Vec::with_capacity(count / 4),
            tokens: Vec::with_capacity(count + 1),
            cued: Vec::with_capacity(count / 3),
            sentences: Vec::with_capacity(text.sentences().len()),
        };
        let Wording { phrases, heads, tokens, cued, sentences, .. } = &mut wording;
        for sentence in text.sentences() {
            let mut told = 0;
            for at in sentence.tokens.clone() {
                let mut begun = Begun { classes: 0, phrase: phrases.len() as u32, head: heads.len() as u32 };
                let token = &all[at];
                if !self.phrases.may_begin(token) {
                    tokens.push(begun);
                    continue;
                }
                let first = phrases.len();
                let next = || all.get(at + 1).map_or(0, |next| vocabulary.bits(next.known));
                let placed = |len: usize, number: u32| Placed {
                    at: at as u32,
                    tokens: len as u32,
                    sense: &self.senses[number as usize],
                };
                match alone.senses(token, next) {
                    Some(senses) => {
                        for number in senses {
                            phrases.push(placed(1, *number));
                        }
                    }
                    None => self.phrases.each_at(vocabulary, all, at, |found: Found<'_, Meaning>| {
                        phrases.push(placed(found.len, self.numbers[found.place]));
                    }),
                }
                let mut searches = 0;
                for Placed { sense, .. } in &phrases[first..] {
                    begun.classes |= sense.classes;
                    searches |= sense.searches;
                }
                tokens.push(begun);
                if searches != 0 {
                    heads.push(Head { at: at as u32, searches });
                    told |= searches;
                }
                if begun.classes & (CUES | SPLITS) != 0 {
                    cued.push(at as u32);
                }
            }
            sentences.push(Told { searches: told, cued: cued.len() as u32 });
        }
        tokens.push(Begun { classes: 0, phrase: phrases.len() as u32, head: heads.len() as u32 });
        wording
    }
}

impl<'t> Wording<'t> {
    /// The phrases that begin at a token.
    #[inline]
    pub fn at(&self, token: usize) -> &[Placed<'t>] {
        match self.tokens.get(token..) {
            Some([here, next, ..]) => &self.phrases[here.phrase as usize..next.phrase as usize],
            _ => &[],
        }
    }

    /// Whether a phrase of some classes begins at a token.
    #[inline]
    pub fn is_of(&self, token: usize, classes: Classes) -> bool {
        self.tokens.get(token).is_some_and(|here| here.classes & classes != 0)
    }

    /// The heads from a token on.
    #[inline]
    fn heads_from(&self, token: usize) -> &[Head] {
        self.tokens.get(token).map_or(&[], |here| &self.heads[here.head as usize..])
    }

    /// The tokens of a sentence at which cues may begin.
    pub fn cued(&self, sentence: usize) -> impl Iterator<Item = usize> {
        let end = |sentence: usize| self.sentences.get(sentence).map_or(0, |told| told.cued as usize);
        self.cued[sentence.checked_sub(1).map_or(0, end)..end(sentence)].iter().map(|at| *at as usize)
    }

    /// Whether fields may be named in a sentence.
    pub fn tells_fields(&self, sentence: usize) -> bool {
        self.sentences.get(sentence).is_some_and(|told| told.searches & FIELD_SEARCH != 0)
    }

    /// The tokens of a run at which fields may be named.
    pub fn fields(&self, tokens: Range<usize>) -> impl Iterator<Item = usize> {
        let here = self.heads_from(tokens.start).iter().take_while(move |head| (head.at as usize) < tokens.end);
        here.filter(|head| head.searches & FIELD_SEARCH != 0).map(|head| head.at as usize)
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
    /// The number of the table among those that tell of people.
    const TABLE: usize;
    /// How many classes its words have.
    const CLASSES: u32;

    /// What a phrase means to this table, if anything.
    fn of(meaning: Meaning) -> Option<Self>;

    /// The number of its class, below [`Self::CLASSES`]: words of one class differ in what goes with it at most.
    fn class(self) -> u32;

    /// The searches through a whole sentence that look for it, one bit for each of at most [`SEARCHES`]. Other words only stand around those.
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
        self.wording.sentences.get(sentence).is_some_and(|told| told.searches & of_searches::<W>(sought) != 0)
    }

    /// The longest phrase at token `at`, before `end`, whose word fits: its length in tokens and the word.
    #[inline]
    pub fn find(&self, at: usize, end: usize, fits: impl Fn(W) -> bool) -> Option<(usize, W)> {
        if !self.wording.is_of(at, of_table::<W>()) {
            return None;
        }
        let word = |phrase: &Placed<'_>| {
            phrase.sense.meanings.iter().filter_map(|meaning| W::of(*meaning)).find(|word| fits(*word))
        };
        let phrase = longest(self.wording.at(at), end, |meaning| W::of(meaning).is_some_and(&fits))?;
        Some((phrase.tokens(), word(phrase)?))
    }

    /// The same for the first token from `at` on at which a search finds something: that token, the length and the word.
    pub fn next(&self, at: usize, end: usize, sought: u8) -> Option<(usize, usize, W)> {
        self.next_fit(at, end, sought, |_| true)
    }

    fn next_fit(&self, at: usize, end: usize, sought: u8, fits: impl Fn(W) -> bool) -> Option<(usize, usize, W)> {
        let searches = of_searches::<W>(sought);
        for head in self.wording.heads_from(at) {
            let at = head.at as usize;
            if at >= end {
                break;
            }
            if head.searches & searches != 0
                && let Some((len, word)) = self.find(at, end, |word| word.sought() & sought != 0 && fits(word))
            {
                return Some((at, len, word));
            }
        }
        None
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
