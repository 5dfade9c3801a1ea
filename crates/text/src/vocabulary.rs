//! The words that some data file knows, numbered once, so that reading compares numbers and never strings.

use crate::{
    forms::{FIRST, Forms, LAST, Patterns},
    listed::{Listed, Sort},
    prepared::Prepared,
};

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

/// The bit of [`TableSet::NUMBERS`]; those below it are for tables.
const NUMBERS_BIT: u32 = u64::BITS - 1;

/// The phrase tables that may hold a phrase which begins with a word: one bit for each table, so that a token which begins none
/// is passed by at the price of one comparison. More tables than bits share them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TableSet(u64);

impl TableSet {
    /// What every token of digits is in, though no phrase begins with it: who looks for figures asks one question of a token.
    pub const NUMBERS: Self = Self(1 << NUMBERS_BIT);

    /// The tables of both.
    #[inline]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a table of one set is in the other.
    #[inline]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What is known of a word or pattern.
#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    /// The tables with a phrase that begins with it; once sealed, or with a pattern that it fits.
    opens: TableSet,
    /// The next longest pattern that it fits.
    parent: WordId,
    /// The longest ending it fits.
    tail: WordId,
    /// The bits of the word and of the patterns of its kind that it fits, once sealed.
    bits: u64,
}

/// Known words of one language. Words are added while data files are compiled; [`Vocabulary::seal`] then links every word to
/// the patterns it fits.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    words: Forms,
    beginnings: Patterns,
    endings: Patterns,
    /// By id.
    entries: Vec<Entry>,
    /// By id: whether some data file writes the word small.
    small: Vec<bool>,
    tables: u32,
    /// The phrases that words were last added from by their numbers there, and what these are here.
    prepared: Prepared,
    prepared_ids: Vec<WordId>,
    /// What the marks of ASCII are known as, which are a sixth of all tokens.
    marks: Box<[Known; 128]>,
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
            words: Forms::default(),
            beginnings: Patterns::default(),
            endings: Patterns::default(),
            entries: vec![Entry::default()],
            small: vec![false],
            tables: 0,
            prepared: Prepared::default(),
            prepared_ids: Vec::new(),
            marks: Box::new([Known::default(); 128]),
        }
    }

    /// The id of a single word or pattern of a data file: `form`, `beginning*` or `*ending`.
    pub fn add(&mut self, form: &str) -> WordId {
        self.add_listed(&Listed::of(form))
    }

    fn add_listed(&mut self, listed: &Listed<'_>) -> WordId {
        let next = WordId(self.entries.len() as u32);
        let table = match listed.sort {
            Sort::Word => &mut self.words,
            Sort::Beginning => &mut self.beginnings.forms,
            Sort::Ending => &mut self.endings.forms,
        };
        let id = table.get_or_insert(&listed.folded, next);
        if id == next {
            self.entries.push(Entry::default());
            self.small.push(false);
        }
        self.small[id.index()] |= listed.small;
        id
    }

    /// The id of a word of prepared phrases.
    pub(crate) fn add_prepared(&mut self, prepared: &Prepared, number: usize) -> WordId {
        if !self.prepared.is(prepared) {
            let words = prepared.words();
            (self.prepared, self.prepared_ids) = (*prepared, vec![WordId::UNKNOWN; words]);
            self.entries.reserve(words);
            self.small.reserve(words);
            // Some stand in phrases that nobody reads: room for all could double the table.
            self.words.reserve(words - words / 8, prepared.bytes());
        }
        if self.prepared_ids[number] == WordId::UNKNOWN {
            self.prepared_ids[number] = self.add_listed(&prepared.word(number));
        }
        self.prepared_ids[number]
    }

    /// A number for a table of phrases over these words.
    pub(crate) fn add_table(&mut self) -> TableSet {
        let table = TableSet(1 << (self.tables % NUMBERS_BIT));
        self.tables += 1;
        table
    }

    /// Notes that a phrase of a table begins with a word.
    pub(crate) fn open(&mut self, id: WordId, table: TableSet) {
        self.entries[id.index()].opens.0 |= table.0;
    }

    /// Links words and patterns; call once after the last word was added.
    pub fn seal(&mut self) {
        self.prepared_ids = Vec::new();
        self.beginnings.seal(FIRST);
        self.endings.seal(LAST);
        let words: Vec<(WordId, Known)> =
            self.words.iter().map(|(form, id)| (id, self.fit(form.as_bytes(), form.len()))).collect();
        let beginnings: Vec<(WordId, WordId)> = self
            .beginnings
            .forms
            .iter()
            .map(|(form, id)| (id, self.beginning(form.as_bytes(), form.len() - 1)))
            .collect();
        let endings: Vec<(WordId, WordId)> =
            self.endings.forms.iter().map(|(form, id)| (id, self.ending(form.as_bytes(), form.len() - 1))).collect();
        for (id, known) in words {
            let entry = &mut self.entries[id.index()];
            (entry.parent, entry.tail) = (known.word, known.tail);
        }
        for (id, parent) in beginnings.into_iter().chain(endings) {
            self.entries[id.index()].parent = parent;
        }
        // A pattern has a longer form than the one it fits itself, so that following its parents comes to an end.
        let opens: Vec<TableSet> = (0..self.entries.len() as u32)
            .map(|id| self.opens_of(Known { word: WordId(id), tail: WordId::UNKNOWN }))
            .collect();
        let bits: Vec<u64> = self.ids().map(|id| self.chain_of(id).fold(0, |bits, id| bits | id.bit())).collect();
        for (entry, (opens, bits)) in self.entries.iter_mut().zip(opens.into_iter().zip(bits)) {
            (entry.opens, entry.bits) = (opens, bits);
        }
        for byte in 0..128u8 {
            self.marks[usize::from(byte)] = self.find(&[byte]);
        }
    }

    fn opens_of(&self, known: Known) -> TableSet {
        self.chain(known).fold(TableSet::default(), |set, id| TableSet(set.0 | self.entries[id.index()].opens.0))
    }

    /// The tables that may hold a phrase which begins with a word known so; call it on a sealed vocabulary.
    #[inline]
    pub fn opens(&self, known: Known) -> TableSet {
        TableSet(self.entries[known.word.index()].opens.0 | self.entries[known.tail.index()].opens.0)
    }

    /// The bits of all words and patterns that a word known so is, one of 64 for each; call it on a sealed vocabulary.
    #[inline]
    pub fn bits(&self, known: Known) -> u64 {
        self.entries[known.word.index()].bits | self.entries[known.tail.index()].bits
    }

    /// Whether a data file has a word, and writes it small: such a word is seldom a name.
    #[inline]
    pub fn is_small(&self, known: Known) -> bool {
        self.small[known.word.index()]
    }

    /// The words that some data file has, folded; no patterns.
    pub fn words(&self) -> impl Iterator<Item = (&str, WordId)> {
        self.words.iter()
    }

    /// What a folded form is known as.
    pub fn look_up(&self, folded: &str) -> Known {
        self.find(folded.as_bytes())
    }

    /// The same for the bytes of a form.
    #[inline]
    pub(crate) fn find(&self, folded: &[u8]) -> Known {
        match self.words.get(folded) {
            Some(id) => Known { word: id, tail: self.entries[id.index()].tail },
            None => self.fit(folded, folded.len()),
        }
    }

    /// The same for a mark or symbol.
    #[inline]
    pub(crate) fn find_mark(&self, mark: &[u8]) -> Known {
        match mark {
            [byte] if byte.is_ascii() => self.marks[usize::from(*byte)],
            _ => self.find(mark),
        }
    }

    /// The word and every pattern it fits, most specific first.
    #[inline]
    pub fn chain(&self, known: Known) -> impl Iterator<Item = WordId> + '_ {
        let Known { mut word, mut tail } = known;
        std::iter::from_fn(move || {
            if word == WordId::UNKNOWN {
                word = std::mem::take(&mut tail);
            }
            let next = if word == WordId::UNKNOWN { return None } else { self.parent(word) };
            Some(std::mem::replace(&mut word, next))
        })
    }

    /// A word or pattern and the patterns of its kind that it fits, most specific first.
    #[inline]
    pub fn chain_of(&self, id: WordId) -> impl Iterator<Item = WordId> + '_ {
        std::iter::successors((id != WordId::UNKNOWN).then_some(id), |id| {
            let parent = self.parent(*id);
            (parent != WordId::UNKNOWN).then_some(parent)
        })
    }

    /// All words and patterns, the unknown word first, in the order of their places in tables.
    pub fn ids(&self) -> impl Iterator<Item = WordId> {
        (0..self.entries.len() as u32).map(WordId)
    }

    /// The next longest pattern that a word or pattern fits.
    #[inline]
    pub(crate) fn parent(&self, id: WordId) -> WordId {
        self.entries[id.index()].parent
    }

    /// How many words and patterns there are, the unknown word included.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no word was added.
    pub fn is_empty(&self) -> bool {
        self.entries.len() == 1
    }

    fn fit(&self, form: &[u8], longest: usize) -> Known {
        Known { word: self.beginning(form, longest), tail: self.ending(form, longest) }
    }

    /// The longest `beginning*` that a form fits.
    #[inline]
    fn beginning(&self, form: &[u8], longest: usize) -> WordId {
        self.beginnings
            .lengths(form, FIRST, longest)
            .find_map(|length| self.beginnings.forms.get(&form[..length]))
            .unwrap_or_default()
    }

    /// The longest `*ending` that a form fits.
    #[inline]
    fn ending(&self, form: &[u8], longest: usize) -> WordId {
        self.endings
            .lengths(form, LAST, longest)
            .find_map(|length| self.endings.forms.get(&form[form.len() - length..]))
            .unwrap_or_default()
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
