//! What lies at each token, found once: features ask it of the same tokens for every candidate and every name.

use super::{Cue, CueAt, NameAt, Sentence};
use pledgebook_mentions::{Kind, Mention};
use pledgebook_text::Text;
use smallvec::SmallVec;
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
        let tokens = text.tokens();
        let source = text.source().as_bytes();
        let sums: SmallVec<[usize; 32]> =
            mentions.iter().filter(|m| m.value.kind() == Kind::Money).map(|m| m.tokens.start).collect();
        // For each list the token at which the count of its members goes up next.
        let end = |number: u32| sentences.get(number as usize).map_or(usize::MAX, |sentence| sentence.tokens.end);
        let clause_end = |number: u32| match clauses.get(number as usize) {
            Some(clause) if (number as usize) + 1 < clauses.len() => clause.end,
            _ => usize::MAX,
        };
        let cue_start = |number: u32| cues.get(number as usize).map_or(usize::MAX, |cue| cue.start);
        let name_start = |number: u32| names.get(number as usize).map_or(usize::MAX, |name| name.start);
        let sum_start = |number: u32| sums.get(number as usize).copied().unwrap_or(usize::MAX);
        let (mut sentence, mut clause) = (end(0), clause_end(0));
        let (mut cue, mut name, mut sum) = (cue_start(0), name_start(0), sum_start(0));
        let mut places = Vec::with_capacity(tokens.len() + 1);
        let mut place = Place::default();
        for (at, token) in tokens.iter().enumerate() {
            while sentence <= at {
                place.sentence += 1;
                sentence = end(place.sentence);
            }
            while clause <= at {
                place.clause += 1;
                clause = clause_end(place.clause);
            }
            places.push(place);
            while cue <= at {
                place.cue += 1;
                cue = cue_start(place.cue);
            }
            while name <= at {
                place.names += 1;
                name = name_start(place.names);
            }
            while sum <= at {
                place.sums += 1;
                sum = sum_start(place.sums);
            }
            let comma = token.end == token.start + 1 && source.get(token.start as usize) == Some(&b',');
            place.commas += u32::from(comma);
        }
        place.sentence = sentences.len() as u32;
        place.clause = clauses.len().saturating_sub(1) as u32;
        place.cue = cues.len() as u32;
        places.push(place);
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
