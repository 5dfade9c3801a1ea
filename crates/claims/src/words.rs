//! The words of one table, found once in a text, as rules for people ask for them.

use pledgebook_text::Laid;
use std::ops::Range;

/// These words in one text, with the grammar that the table tells beside them.
#[derive(Debug)]
pub struct Words<W, G = ()> {
    laid: Laid<W>,
    /// Habits of the language that rules for these words ask for.
    pub grammar: G,
}

impl<W: Copy + PartialEq, G> Words<W, G> {
    /// The words of a table as they stand in a text.
    pub fn new(laid: Laid<W>, grammar: G) -> Self {
        Self { laid, grammar }
    }

    /// The longest phrase at token `at`, before `end`, whose word fits: its length in tokens and the word.
    pub fn find(&self, at: usize, end: usize, fits: impl Fn(W) -> bool) -> Option<(usize, W)> {
        self.laid.longest(at, end, fits)
    }

    /// The same for the first token from `at` on: that token, the length and the word.
    pub fn next(&self, at: usize, end: usize, fits: impl Fn(W) -> bool) -> Option<(usize, usize, W)> {
        self.laid.next(at, end, fits)
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
