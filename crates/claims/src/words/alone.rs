//! What words mean by themselves, whatever stands behind them: told for all words of the vocabulary once, since most tokens begin no
//! longer phrase, and their patterns need not be followed.

use super::Tree;
use pledgebook_text::{Known, Token, Vocabulary, WordId};

/// What a word, or a pattern that words fit, means by itself.
#[derive(Debug, Clone, Copy, Default)]
struct Own {
    /// The bits of the words that longer phrases have behind it.
    next: u64,
    /// Where its senses begin among those of all words.
    first: u32,
    /// How many it has.
    count: u32,
}

/// What the words of a vocabulary mean by themselves.
#[derive(Debug)]
pub(super) struct Alone {
    words: Box<[Own]>,
    /// The numbers of senses, those of the most specific pattern of a word first.
    senses: Vec<u32>,
}

impl Alone {
    /// By the phrases of a tree over the words of a sealed vocabulary.
    pub(super) fn new(tree: &Tree, vocabulary: &Vocabulary) -> Self {
        let mut senses = Vec::new();
        let mut own = |id: WordId| {
            let mut own = Own { first: senses.len() as u32, ..Own::default() };
            if !vocabulary.opens(Known { word: id, tail: WordId::UNKNOWN }).meets(tree.phrases.openers()) {
                return own;
            }
            for (found, longer) in vocabulary.chain_of(id).filter_map(|word| tree.phrases.alone(word)) {
                own.next |= longer;
                if !found.values.is_empty() {
                    senses.push(tree.numbers[found.place]);
                    own.count += 1;
                }
            }
            own
        };
        let words = vocabulary.ids().map(&mut own).collect();
        Self { words, senses }
    }

    /// The numbers of the senses that a token has by itself; none where a longer phrase may begin with it, or its ending means
    /// something: hardly a word has one that is listed. `next` tells the bits of the word behind it.
    #[inline]
    pub(super) fn senses(&self, token: &Token, next: impl FnOnce() -> u64) -> Option<&[u32]> {
        let own = self.words.get(token.known.word.index())?;
        if token.known.tail != WordId::UNKNOWN || own.next != 0 && own.next & next() != 0 {
            return None;
        }
        self.senses.get(own.first as usize..(own.first + own.count) as usize)
    }
}
