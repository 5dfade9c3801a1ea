//! The words that some data file knows, numbered once, so that reading compares numbers and never strings.

use crate::fold::fold;
use rustc_hash::FxHashMap;

/// The number of a known word, or of a pattern (`invest*`, `*fabrik`) that an unlisted word fits. 0 is an unknown word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct WordId(u32);

impl WordId {
    /// A word that no data file knows.
    pub const UNKNOWN: Self = Self(0);

    /// Its place in tables that are indexed by word.
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// One bit of 64 for each word.
    pub(crate) fn bit(self) -> u64 {
        1 << (self.0 % u64::BITS)
    }
}

/// What a token's form is known as: by itself or its beginning, and by its ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Known {
    /// The word itself, or the longest `beginning*` it fits.
    pub word: WordId,
    /// The longest `*ending` it fits.
    pub tail: WordId,
}

/// The phrase tables that may hold a phrase which begins with a word: one bit for each table, so that a token which begins none
/// is passed by at the price of one comparison. More tables than bits share them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TableSet(u64);

impl TableSet {
    /// Whether a table of one set is in the other.
    #[inline]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Known words of one language. Words are added while data files are compiled; [`Vocabulary::seal`] then links every word to
/// the patterns it fits.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    words: FxHashMap<Box<str>, WordId>,
    beginnings: FxHashMap<Box<str>, WordId>,
    endings: FxHashMap<Box<str>, WordId>,
    /// For every id: the next longest pattern that the word or pattern fits.
    parents: Vec<WordId>,
    tails: Vec<WordId>,
    /// For every id: the tables with a phrase that begins with it; once sealed, or with a pattern that it fits.
    opens: Vec<TableSet>,
    tables: u32,
    beginning_lengths: Lengths,
    ending_lengths: Lengths,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self::new()
    }
}

impl Vocabulary {
    /// A vocabulary without words.
    pub fn new() -> Self {
        Self {
            words: FxHashMap::default(),
            beginnings: FxHashMap::default(),
            endings: FxHashMap::default(),
            parents: vec![WordId::UNKNOWN],
            tails: vec![WordId::UNKNOWN],
            opens: vec![TableSet::default()],
            tables: 0,
            beginning_lengths: Lengths::default(),
            ending_lengths: Lengths::default(),
        }
    }

    /// The id of a single word or pattern of a data file: `form`, `beginning*` or `*ending`.
    pub fn add(&mut self, form: &str) -> WordId {
        let next = WordId(self.parents.len() as u32);
        let (table, form) = match (form.strip_suffix('*'), form.strip_prefix('*')) {
            (Some(beginning), _) if !beginning.is_empty() => (&mut self.beginnings, fold(beginning)),
            (_, Some(ending)) if !ending.is_empty() => (&mut self.endings, fold(ending)),
            _ => (&mut self.words, fold(form)),
        };
        let id = *table.entry(form.into_boxed_str()).or_insert(next);
        if id == next {
            self.parents.push(WordId::UNKNOWN);
            self.tails.push(WordId::UNKNOWN);
            self.opens.push(TableSet::default());
        }
        id
    }

    /// A number for a table of phrases over these words.
    pub(crate) fn add_table(&mut self) -> TableSet {
        let table = TableSet(1 << (self.tables % u64::BITS));
        self.tables += 1;
        table
    }

    /// Notes that a phrase of a table begins with a word.
    pub(crate) fn open(&mut self, id: WordId, table: TableSet) {
        self.opens[id.index()].0 |= table.0;
    }

    /// Links words and patterns; call once after the last word was added.
    pub fn seal(&mut self) {
        self.beginning_lengths = self.beginnings.keys().map(|form| form.len()).collect();
        self.ending_lengths = self.endings.keys().map(|form| form.len()).collect();
        let words: Vec<(WordId, Known)> =
            self.words.iter().map(|(form, id)| (*id, self.fit(form, form.len()))).collect();
        let beginnings: Vec<(WordId, WordId)> =
            self.beginnings.iter().map(|(form, id)| (*id, self.fit(form, form.len() - 1).word)).collect();
        let endings: Vec<(WordId, WordId)> =
            self.endings.iter().map(|(form, id)| (*id, self.ending(form, form.len() - 1))).collect();
        for (id, known) in words {
            self.parents[id.index()] = known.word;
            self.tails[id.index()] = known.tail;
        }
        for (id, parent) in beginnings.into_iter().chain(endings) {
            self.parents[id.index()] = parent;
        }
        // A pattern has a longer form than the one it fits itself, so that following its parents comes to an end.
        let opens =
            (0..self.opens.len() as u32).map(|id| self.opens_of(Known { word: WordId(id), tail: WordId::UNKNOWN }));
        self.opens = opens.collect();
    }

    fn opens_of(&self, known: Known) -> TableSet {
        self.chain(known).fold(TableSet::default(), |set, id| TableSet(set.0 | self.opens[id.index()].0))
    }

    /// The tables that may hold a phrase which begins with a word known so; call it on a sealed vocabulary.
    #[inline]
    pub fn opens(&self, known: Known) -> TableSet {
        TableSet(self.opens[known.word.index()].0 | self.opens[known.tail.index()].0)
    }

    /// What a folded form is known as.
    pub fn look_up(&self, folded: &str) -> Known {
        if let Some(id) = self.words.get(folded) {
            return Known { word: *id, tail: self.tails[id.index()] };
        }
        self.fit(folded, folded.len())
    }

    /// The word and every pattern it fits, most specific first.
    #[inline]
    pub fn chain(&self, known: Known) -> impl Iterator<Item = WordId> + '_ {
        let up = |start: WordId| {
            std::iter::successors((start != WordId::UNKNOWN).then_some(start), |id| {
                let parent = self.parents[id.index()];
                (parent != WordId::UNKNOWN).then_some(parent)
            })
        };
        up(known.word).chain(up(known.tail))
    }

    /// The next longest pattern that a word or pattern fits.
    #[inline]
    pub(crate) fn parent(&self, id: WordId) -> WordId {
        self.parents[id.index()]
    }

    /// How many words and patterns there are, the unknown word included.
    pub fn len(&self) -> usize {
        self.parents.len()
    }

    /// Whether no word was added.
    pub fn is_empty(&self) -> bool {
        self.parents.len() == 1
    }

    fn fit(&self, form: &str, longest: usize) -> Known {
        let word = self
            .beginning_lengths
            .downward(longest)
            .find_map(|length| form.get(..length).and_then(|start| self.beginnings.get(start)))
            .copied()
            .unwrap_or_default();
        Known { word, tail: self.ending(form, longest) }
    }

    fn ending(&self, form: &str, longest: usize) -> WordId {
        self.ending_lengths
            .downward(longest)
            .find_map(|length| form.get(form.len() - length..).and_then(|end| self.endings.get(end)))
            .copied()
            .unwrap_or_default()
    }
}

/// The byte lengths of patterns, as a set of bits: a look-up tries only lengths that exist.
#[derive(Debug, Clone, Copy, Default)]
struct Lengths(u64);

impl FromIterator<usize> for Lengths {
    fn from_iter<I: IntoIterator<Item = usize>>(lengths: I) -> Self {
        Self(lengths.into_iter().fold(0, |bits, length| bits | 1 << length.min(63)))
    }
}

impl Lengths {
    fn downward(self, longest: usize) -> impl Iterator<Item = usize> {
        let mut bits = self.0 & (u64::MAX >> (63 - longest.min(63)));
        std::iter::from_fn(move || {
            let top = 63usize.checked_sub(bits.leading_zeros() as usize)?;
            bits &= !(1 << top);
            Some(top)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_by_itself_and_by_every_pattern_it_fits() {
        let mut vocabulary = Vocabulary::new();
        let exact = vocabulary.add("Investir");
        let long = vocabulary.add("investi*");
        let short = vocabulary.add("in*");
        let tail = vocabulary.add("*fabrik");
        vocabulary.seal();
        let chain = |form: &str| vocabulary.chain(vocabulary.look_up(form)).collect::<Vec<_>>();
        assert_eq!(chain("investir"), [exact, long, short]);
        assert_eq!(chain("investissement"), [long, short]);
        assert_eq!(chain("chipfabrik"), [tail]);
        assert_eq!(chain("autre"), []);
    }
}
