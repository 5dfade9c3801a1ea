//! What words are by themselves, whatever stands behind them: told for all words of the vocabulary once, since most tokens are no more.

use super::lexicon::{Class, Entry, What};
use pledgebook_text::{Known, Phrases, Token, Vocabulary, WordId};

/// What a word, or a pattern that words fit, is by itself.
#[derive(Debug, Clone, Copy, Default)]
struct Own {
    /// However it is written.
    class: Class,
    /// Where it has a capital.
    capital: Class,
    /// Whether a phrase that it is asks for more: capitals throughout, or it is a known name.
    more: bool,
    /// The bits of the words that longer phrases have behind it.
    next: u64,
}

/// What the words of a vocabulary are by themselves.
#[derive(Debug)]
pub struct Alone(Box<[Own]>);

impl Alone {
    /// Of phrases over the words of a sealed vocabulary.
    pub fn new(phrases: &Phrases<Entry>, vocabulary: &Vocabulary) -> Self {
        let own = |id: WordId| {
            let mut own = Own::default();
            if !vocabulary.opens(Known { word: id, tail: WordId::UNKNOWN }).meets(phrases.openers()) {
                return own;
            }
            for word in vocabulary.chain_of(id) {
                let Some((found, longer)) = phrases.alone(word) else { continue };
                own.next |= longer;
                for entry in found.values {
                    match entry.what {
                        What::Words(_) if entry.loud => own.more = true,
                        What::Words(class) if entry.capital => own.capital |= class,
                        What::Words(class) => own.class |= class,
                        _ => own.more = true,
                    }
                }
            }
            own
        };
        Self(vocabulary.ids().map(own).collect())
    }

    /// The classes of a token by itself, and whether phrases that begin with it may tell more; `next` tells the bits of the word behind it.
    #[inline]
    pub fn of(&self, token: &Token, next: impl FnOnce() -> u64) -> (Class, bool) {
        const NOTHING: Own = Own { class: Class::NONE, capital: Class::NONE, more: false, next: 0 };
        let own = |id: WordId| self.0.get(id.index()).unwrap_or(&NOTHING);
        let mut all = *own(token.known.word);
        // Hardly a word has an ending that is listed.
        if token.known.tail != WordId::UNKNOWN {
            let tail = own(token.known.tail);
            all.class |= tail.class;
            all.capital |= tail.capital;
            all.more |= tail.more;
            all.next |= tail.next;
        }
        let class = if token.shape.capital() { all.class | all.capital } else { all.class };
        (class, all.more || all.next != 0 && all.next & next() != 0)
    }
}
