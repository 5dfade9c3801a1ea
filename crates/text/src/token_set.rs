//! Sets of tokens: who looks for a few of them need not go through all.

use std::ops::Range;

/// A set of tokens of a text, a bit for each.
#[derive(Debug, Clone, Default)]
pub struct TokenSet(Vec<u64>);

impl TokenSet {
    /// An empty set with room for the tokens of a text.
    pub fn with_room(tokens: usize) -> Self {
        Self(Vec::with_capacity(tokens / 64 + 1))
    }

    /// Adds a token.
    #[inline]
    pub fn insert(&mut self, token: usize) {
        let place = token / 64;
        if place >= self.0.len() {
            self.0.resize(place + 1, 0);
        }
        self.0[place] |= 1 << (token % 64);
    }

    /// The first of a run of tokens that is in the set.
    #[inline]
    pub fn first_in(&self, tokens: Range<usize>) -> Option<usize> {
        let mut place = tokens.start / 64;
        let mut bits = self.0.get(place)? & u64::MAX << (tokens.start % 64);
        while bits == 0 {
            place += 1;
            if place * 64 >= tokens.end {
                return None;
            }
            bits = *self.0.get(place)?;
        }
        Some(place * 64 + bits.trailing_zeros() as usize).filter(|token| *token < tokens.end)
    }

    /// Those of a run of tokens that are in the set, in order.
    #[inline]
    pub fn within(&self, mut tokens: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        std::iter::from_fn(move || {
            let first = self.first_in(tokens.clone())?;
            tokens.start = first + 1;
            Some(first)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::TokenSet;

    #[test]
    fn a_set_gives_what_was_put_in_in_order() {
        let mut set = TokenSet::default();
        for token in [0, 3, 63, 64, 200] {
            set.insert(token);
        }
        assert_eq!(set.within(0..1_000).collect::<Vec<_>>(), [0, 3, 63, 64, 200]);
        assert_eq!(set.within(1..64).collect::<Vec<_>>(), [3, 63]);
        assert_eq!(set.within(64..200).collect::<Vec<_>>(), [64]);
        assert_eq!((set.first_in(201..1_000), set.first_in(4..4), set.first_in(9_000..9_100)), (None, None, None));
    }
}
