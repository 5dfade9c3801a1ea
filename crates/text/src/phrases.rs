//! Phrases of a data file compiled to a tree over word numbers: one array look-up decides that no phrase starts at a token.

use crate::{
    Habits, Text, Token,
    cutter::each_phrase_form,
    vocabulary::{TableSet, Vocabulary, WordId},
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
    /// For every word the node that a phrase beginning with it leads to; 0 is none.
    first: Vec<u32>,
    nodes: Vec<Node<T>>,
}

/// A place in the tree: what the words up to it mean, and where further words lead, ordered by word.
#[derive(Debug, Clone)]
struct Node<T> {
    values: SmallVec<[T; 1]>,
    /// One bit for each word of `steps`, by its last six bits: most words that lead nowhere are told by it.
    words: u64,
    steps: Vec<(WordId, u32)>,
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
        let mut node = 0;
        if let Some(steps) = habits.prepared.steps(phrase) {
            for step in steps {
                let id = vocabulary.add_prepared(&habits.prepared, step.word);
                node = self.word(vocabulary, node, id);
                if step.ends_form {
                    self.nodes[std::mem::take(&mut node) as usize].values.push(value.clone());
                }
            }
            return;
        }
        pledgebook_lexicon::each_form(phrase, &mut |form| {
            each_phrase_form(form, habits, |word| {
                let id = vocabulary.add(word);
                node = self.word(vocabulary, node, id);
            });
            if node != 0 {
                self.nodes[std::mem::take(&mut node) as usize].values.push(value.clone());
            }
        });
    }

    /// Adds a word behind those that lead to a node, and gives the node that it leads to.
    fn word(&mut self, vocabulary: &mut Vocabulary, node: u32, id: WordId) -> u32 {
        if node == 0 {
            vocabulary.open(id, self.table);
        } else if let Some(inner) = self.inner {
            vocabulary.open(id, inner);
        }
        self.step_or_add(node, id)
    }

    fn step_or_add(&mut self, node: u32, id: WordId) -> u32 {
        let next = self.nodes.len() as u32;
        let target = if node == 0 {
            if self.first.len() <= id.index() {
                self.first.resize(id.index() + 1, 0);
            }
            let slot = &mut self.first[id.index()];
            if *slot == 0 {
                *slot = next;
            }
            *slot
        } else {
            let Node { steps, words, .. } = &mut self.nodes[node as usize];
            *words |= id.bit();
            match steps.binary_search_by_key(&id, |(word, _)| *word) {
                Ok(at) => steps[at].1,
                Err(at) => {
                    steps.insert(at, (id, next));
                    next
                }
            }
        };
        if target == next {
            self.nodes.push(Node::default());
        }
        target
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
        let node = self.first.get(word.index()).filter(|node| **node != 0)?;
        let place = *node as usize;
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

    fn walk<'p>(&'p self, vocabulary: &Vocabulary, tokens: &[Token], at: usize, found: &mut impl FnMut(Found<'p, T>)) {
        let next = || tokens.get(at + 1).map_or(0, |token| vocabulary.bits(token.known));
        for id in vocabulary.chain(tokens[at].known) {
            let number = self.first.get(id.index()).copied().unwrap_or(0);
            if number == 0 {
                continue;
            }
            let node = &self.nodes[number as usize];
            if node.words != 0 && node.words & next() != 0 {
                self.descend(vocabulary, tokens, at, 1, number, found);
            } else if !node.values.is_empty() {
                found(Found { place: number as usize, len: 1, values: &node.values });
            }
        }
    }

    fn descend<'p>(
        &'p self,
        vocabulary: &Vocabulary,
        tokens: &[Token],
        at: usize,
        len: usize,
        node: u32,
        found: &mut impl FnMut(Found<'p, T>),
    ) {
        let Node { values, words, steps } = &self.nodes[node as usize];
        if !values.is_empty() {
            found(Found { place: node as usize, len, values });
        }
        let Some(token) = tokens.get(at + len).filter(|token| words & vocabulary.bits(token.known) != 0) else {
            return;
        };
        for id in vocabulary.chain(token.known) {
            if words & id.bit() != 0
                && let Ok(step) = steps.binary_search_by_key(&id, |(word, _)| *word)
            {
                self.descend(vocabulary, tokens, at, len + 1, steps[step].1, found);
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
