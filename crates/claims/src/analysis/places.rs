//! What lies at each token, found once: features ask it of the same tokens for every candidate and every name.

use super::{Cue, CueAt, NameAt, Sentence};
use pledgebook_mentions::{Kind, Mention};
use pledgebook_text::Text;
use std::ops::Range;

/// Longest small word before a name, in tokens: "in front of the".
const MARK_TOKENS_MAX: usize = 4;

/// What lies at one token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// How many cues start before it.
    pub(super) cue: u32,
    /// The sentence that holds it; past the last token, the number of sentences.
    pub(super) sentence: u32,
    /// The clause that holds it; past the last token, the last one.
    pub(super) clause: u32,
    /// The class of the small word that ends right before it.
    pub(super) mark_before: Option<Cue>,
    /// How many names start before it, as features see them.
    pub(super) names: u32,
    /// How many sums start before it.
    pub(super) sums: u32,
    /// How many commas stand before it.
    pub(super) commas: u32,
}

/// The places of all tokens, and one behind the last.
#[derive(Debug)]
pub(super) struct Places(Vec<Place>);

impl Default for Places {
    fn default() -> Self {
        Self(vec![Place::default()])
    }
}

impl Places {
    /// Of all tokens of a text. Sentences, clauses, cues, names and mentions are in the order of the text.
    pub(super) fn new(
        text: &Text<'_>,
        sentences: &[Sentence],
        clauses: &[Range<usize>],
        cues: &[CueAt],
        names: &[NameAt],
        mentions: &[Mention],
    ) -> Self {
        let source = text.source().as_bytes();
        let mut places = vec![Place::default(); text.tokens().len() + 1];
        // First what is new at each token, which is then added up.
        let mut add = |token: usize, count: fn(&mut Place) -> &mut u32| {
            if let Some(place) = places.get_mut(token) {
                *count(place) += 1;
            }
        };
        sentences.iter().for_each(|sentence| add(sentence.tokens.end, |place| &mut place.sentence));
        clauses.iter().rev().skip(1).for_each(|clause| add(clause.end, |place| &mut place.clause));
        cues.iter().for_each(|cue| add(cue.start + 1, |place| &mut place.cue));
        names.iter().for_each(|name| add(name.start + 1, |place| &mut place.names));
        let sums = mentions.iter().filter(|mention| mention.value.kind() == Kind::Money);
        sums.for_each(|sum| add(sum.tokens.start + 1, |place| &mut place.sums));
        let (mut before, mut comma) = (Place::default(), false);
        for (at, place) in places.iter_mut().enumerate() {
            place.sentence += before.sentence;
            place.clause += before.clause;
            place.cue += before.cue;
            place.names += before.names;
            place.sums += before.sums;
            place.commas = before.commas + u32::from(comma);
            comma = text
                .tokens()
                .get(at)
                .is_some_and(|token| token.end == token.start + 1 && source.get(token.start as usize) == Some(&b','));
            before = *place;
        }
        // Of two that end at one token the later one stands, as it is the nearer.
        for cue in cues.iter().filter(|cue| cue.cue.is_mark() && cue.end - cue.start <= MARK_TOKENS_MAX) {
            if let Some(place) = places.get_mut(cue.end) {
                place.mark_before = Some(cue.cue);
            }
        }
        Self(places)
    }

    /// What lies at a token, or behind the last one.
    #[inline]
    pub(super) fn at(&self, token: usize) -> &Place {
        &self.0[token.min(self.0.len() - 1)]
    }
}
