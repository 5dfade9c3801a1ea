//! Phrases of a data file compiled to a tree over word numbers: one array look-up decides that no phrase starts at a token.

use crate::{
    Habits, Text, Token,
    cutter::each_phrase_form,
    vocabulary::{Known, TableSet, Vocabulary, WordId},
};
use smallvec::SmallVec;

/// A table from phrases to values of a caller's type.
///
/// A phrase is what a data file holds: words as they are printed, `{a,b}` for alternatives, `word*` and `*word` for open
/// endings and beginnings.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    /// Its number in the vocabulary, from the first phrase on.
    table: TableSet,
    /// A second number, for the words that stand in its phrases behind the first; of a table that is asked for them.
    inner: Option<TableSet>,
    /// For every word where a phrase that begins with it goes on.
    first: Vec<Step>,
    nodes: Vec<Node<T>>,
}

/// Where a word leads: enough to pass by what is no phrase and what no longer one goes on from, without a look at the node.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    /// The node that the word leads to, and [`Step::PHRASE`]; 0 is none.
    node: u32,
    /// The bits of the words that longer phrases have behind it, folded to half as many.
    words: u32,
}

impl Step {
    /// Of [`Step::node`]: what ends here is a phrase.
    const PHRASE: u32 = 1 << 31;

    #[inline]
    fn node(self) -> usize {
        (self.node & !Self::PHRASE) as usize
    }
}

/// Bits of words, folded to half as many.
#[inline]
fn folded(bits: u64) -> u32 {
    (bits | bits >> 32) as u32
}

/// A phrase while its words are read.
#[derive(Clone, Copy, Default)]
struct Path {
    /// The node before the last word, and the place of that word's step there; of the first word the tree's root and the word.
    before: usize,
    place: usize,
    /// The node that the words lead to; 0 where there is none yet.
    node: usize,
}

/// A place in the tree: what the words up to it mean, and where further words lead, ordered by word.
#[derive(Debug, Clone)]
struct Node<T> {
    values: SmallVec<[T; 1]>,
    /// One bit for each word of `steps`, by its last six bits: most words that lead nowhere are told by it.
    words: u64,
    steps: Vec<(WordId, Step)>,
}

impl<T> Default for Node<T> {
    fn default() -> Self {
        Self { values: SmallVec::new(), words: 0, steps: Vec::new() }
    }
}

/// A phrase found: how many tokens it covers, and the values that data files gave it.
#[derive(Debug, Clone, Copy)]
pub struct Found<'p, T> {
    /// The place of the phrase among [`Phrases::values`].
    pub place: usize,
    /// Tokens covered, at least 1.
    pub len: usize,
    /// One value for each entry that has this phrase.
    pub values: &'p [T],
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { table: TableSet::default(), inner: None, first: Vec::new(), nodes: vec![Node::default()] }
    }
}

impl<T> Phrases<T> {
    /// A table without phrases.
    pub fn new() -> Self {
        Self::default()
    }

    /// A table without phrases, with room for about as many as a language's files have words: a table that grew to them would copy
    /// itself time and again. Room that stays empty is never touched.
    pub fn with_room(habits: &Habits) -> Self {
        let mut table = Self::default();
        table.first.reserve(habits.prepared.words());
        table.nodes.reserve(habits.prepared.words());
        table
    }

    /// A table without phrases that tells of any word whether a phrase may hold it ([`Phrases::may_hold`]).
    pub fn with_inner_words(vocabulary: &mut Vocabulary) -> Self {
        Self { inner: Some(vocabulary.add_table()), ..Self::default() }
    }

    /// Adds every form of a phrase, each with a clone of `value`.
    pub fn insert(&mut self, vocabulary: &mut Vocabulary, habits: &Habits, phrase: &str, value: T)
    where
        T: Clone,
    {
        if self.table == TableSet::default() {
            self.table = vocabulary.add_table();
        }
        let mut path = Path::default();
        if let Some(steps) = habits.prepared.steps(phrase) {
            for step in steps {
                let id = vocabulary.add_prepared(&habits.prepared, step.word);
                self.word(vocabulary, &mut path, id);
                if step.ends_form {
                    self.end(std::mem::take(&mut path), value.clone());
                }
            }
            return;
        }
        pledgebook_lexicon::each_form(phrase, &mut |form| {
            each_phrase_form(form, habits, |word| {
                let id = vocabulary.add(word);
                self.word(vocabulary, &mut path, id);
            });
            if path.node != 0 {
                self.end(std::mem::take(&mut path), value.clone());
            }
        });
    }

    /// Goes on from the words of a path by one more.
    fn word(&mut self, vocabulary: &mut Vocabulary, path: &mut Path, id: WordId) {
        let next = self.nodes.len();
        let new = Step { node: next as u32, words: 0 };
        if path.node == 0 {
            vocabulary.open(id, self.table);
            if self.first.len() <= id.index() {
                self.first.resize(id.index() + 1, Step::default());
            }
            let step = &mut self.first[id.index()];
            if step.node == 0 {
                *step = new;
            }
            *path = Path { before: 0, place: id.index(), node: step.node() };
        } else {
            if let Some(inner) = self.inner {
                vocabulary.open(id, inner);
            }
            self.step_to(*path).words |= folded(id.bit());
            let Node { steps, words, .. } = &mut self.nodes[path.node];
            *words |= id.bit();
            let place = steps.binary_search_by_key(&id, |(word, _)| *word).unwrap_or_else(|place| {
                steps.insert(place, (id, new));
                place
            });
            *path = Path { before: path.node, place, node: steps[place].1.node() };
        }
        if path.node == next {
            self.nodes.push(Node::default());
        }
    }

    /// The last step of a path.
    fn step_to(&mut self, path: Path) -> &mut Step {
        if path.before == 0 { &mut self.first[path.place] } else { &mut self.nodes[path.before].steps[path.place].1 }
    }

    /// Gives the phrase that a path leads to a value.
    fn end(&mut self, path: Path, value: T) {
        self.nodes[path.node].values.push(value);
        self.step_to(path).node |= Step::PHRASE;
    }

    /// The longest phrase that starts at token `at` of `tokens`.
    #[inline]
    pub fn longest_at<'p>(&'p self, vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> Option<Found<'p, T>> {
        let mut best = None;
        self.each_at(vocabulary, tokens, at, |found| {
            if best.as_ref().is_none_or(|best: &Found<'p, T>| found.len > best.len) {
                best = Some(found);
            }
        });
        best
    }

    /// The values of every phrase, by its place in the tree; none for a beginning that is no phrase.
    pub fn values(&self) -> impl Iterator<Item = &[T]> {
        self.nodes.iter().map(|node| node.values.as_slice())
    }

    /// The phrase that a word or pattern is alone, without values where it is only the beginning of others, and the
    /// [bits](Vocabulary::bits) of the words that longer ones have behind it; `None` where none begins.
    pub fn alone(&self, word: WordId) -> Option<(Found<'_, T>, u64)> {
        let step = self.first.get(word.index()).filter(|step| step.node != 0)?;
        let place = step.node();
        let Node { values, words, .. } = &self.nodes[place];
        Some((Found { place, len: 1, values }, *words))
    }

    /// Calls `found` for every phrase that starts at token `at`, in no particular order of length.
    #[inline]
    pub fn each_at<'p>(
        &'p self,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        at: usize,
        mut found: impl FnMut(Found<'p, T>),
    ) {
        if tokens.get(at).is_some_and(|token| self.may_begin(token)) {
            self.walk(vocabulary, tokens, at, &mut found);
        }
    }

    #[inline]
    fn walk<'p>(&'p self, vocabulary: &Vocabulary, tokens: &[Token], at: usize, found: &mut impl FnMut(Found<'p, T>)) {
        let Known { word, tail } = tokens[at].known;
        self.begin(vocabulary, tokens, at, word, found);
        // Hardly a word fits a pattern.
        let parent = vocabulary.parent(word);
        if parent != WordId::UNKNOWN || tail != WordId::UNKNOWN {
            for id in vocabulary.chain(Known { word: parent, tail }) {
                self.begin(vocabulary, tokens, at, id, found);
            }
        }
    }

    /// The phrases that begin at a token with what it is known as.
    #[inline(never)]
    fn begin<'p>(
        &'p self,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        at: usize,
        id: WordId,
        found: &mut impl FnMut(Found<'p, T>),
    ) {
        if let Some(step) = self.first.get(id.index()) {
            self.follow(vocabulary, tokens, at, 1, *step, found);
        }
    }

    /// The phrases that begin at a token with so many words, of which the last takes a step.
    #[inline(always)]
    fn follow<'p>(
        &'p self,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        at: usize,
        len: usize,
        step: Step,
        found: &mut impl FnMut(Found<'p, T>),
    ) {
        let place = step.node();
        if step.node & Step::PHRASE != 0 {
            found(Found { place, len, values: &self.nodes[place].values });
        }
        if step.words != 0
            && let Some(token) = tokens.get(at + len)
            && step.words & folded(vocabulary.bits(token.known)) != 0
        {
            self.descend(vocabulary, tokens, at, len, place, found);
        }
    }

    /// The phrases that go on from a node.
    #[inline(never)]
    fn descend<'p>(
        &'p self,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        at: usize,
        len: usize,
        node: usize,
        found: &mut impl FnMut(Found<'p, T>),
    ) {
        let Node { words, steps, .. } = &self.nodes[node];
        for id in vocabulary.chain(tokens[at + len].known) {
            if words & id.bit() != 0
                && let Ok(next) = steps.binary_search_by_key(&id, |(word, _)| *word)
            {
                self.follow(vocabulary, tokens, at, len + 1, steps[next].1, found);
            }
        }
    }

    /// The longest phrase of `text` at token `at`, not looking past token `end`.
    #[inline]
    pub fn longest_in<'p>(&'p self, text: &Text<'_>, at: usize, end: usize) -> Option<Found<'p, T>> {
        self.longest_at(text.vocabulary(), &text.tokens()[..end.min(text.tokens().len())], at)
    }

    /// What a token is in that a phrase of this table may begin with.
    #[inline]
    pub fn openers(&self) -> TableSet {
        self.table
    }

    /// Whether a phrase may begin with a token: quickly told, and sure where it is not.
    #[inline]
    pub fn may_begin(&self, token: &Token) -> bool {
        token.opens.meets(self.table)
    }

    /// Whether a token may stand anywhere in a phrase: quickly told, and sure where it is not. Only a table made by
    /// [`Phrases::with_inner_words`] knows more than the beginnings.
    #[inline]
    pub fn may_hold(&self, token: &Token) -> bool {
        self.may_begin(token) || self.inner.is_some_and(|inner| token.opens.meets(inner))
    }

    /// Whether the table has no phrase.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pledgebook_document::Document;
    use pledgebook_lexicon::Data;

    #[test]
    fn a_table_with_inner_words_tells_what_no_phrase_holds() {
        let habits = Habits::load(&Data::embedded(), "en").expect("language.toml is right");
        let mut vocabulary = Vocabulary::new();
        let mut table = Phrases::with_inner_words(&mut vocabulary);
        table.insert(&mut vocabulary, &habits, "end of quarter*", ());
        vocabulary.seal();
        let document = Document::from_text("test", "Before end of quarters, ends");
        let text = Text::new(&document, &habits, &vocabulary);
        let held = |of: fn(&Phrases<()>, &Token) -> bool| {
            let tokens = text.tokens().iter().enumerate();
            tokens.filter(|(_, token)| of(&table, token)).map(|(at, _)| text.form(at)).collect::<Vec<_>>()
        };
        assert_eq!(held(Phrases::may_hold), ["end", "of", "quarters"]);
        assert_eq!(held(Phrases::may_begin), ["end"]);
    }
}
