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
#[derive(Debug, Default)]
pub(super) struct Places(Vec<Place>);

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
        let last = Place {
            cue: cues.len() as u32,
            sentence: sentences.len() as u32,
            clause: clauses.len().saturating_sub(1) as u32,
            ..Place::default()
        };
        let mut places = vec![last; text.tokens().len() + 1];
        let (mut from, mut until) = (0, 0);
        for (number, sentence) in sentences.iter().enumerate() {
            for place in places.get_mut(from..sentence.tokens.end).into_iter().flatten() {
                place.sentence = number as u32;
            }
            from = sentence.tokens.end;
        }
        for (number, clause) in clauses.iter().enumerate() {
            for place in places.get_mut(until..clause.end).into_iter().flatten() {
                place.clause = number as u32;
            }
            until = clause.end;
        }
        let mut next = 0;
        for (number, cue) in cues.iter().enumerate() {
            for place in places.get_mut(next..cue.start + 1).into_iter().flatten() {
                place.cue = number as u32;
            }
            next = next.max(cue.start + 1);
        }
        // Of two that end at one token the later one stands, as it is the nearer.
        for cue in cues.iter().filter(|cue| cue.cue.is_mark() && cue.end - cue.start <= MARK_TOKENS_MAX) {
            if let Some(place) = places.get_mut(cue.end) {
                place.mark_before = Some(cue.cue);
            }
        }
        // What begins at a token is counted there first, then added up over all tokens before each.
        for name in names {
            if let Some(place) = places.get_mut(name.start) {
                place.names += 1;
            }
        }
        for mention in mentions.iter().filter(|mention| mention.value.kind() == Kind::Money) {
            if let Some(place) = places.get_mut(mention.tokens.start) {
                place.sums += 1;
            }
        }
        let source = text.source().as_bytes();
        for (place, token) in places.iter_mut().zip(text.tokens()) {
            let comma = token.end == token.start + 1 && source.get(token.start as usize) == Some(&b',');
            place.commas = u32::from(comma);
        }
        let mut before = (0, 0, 0);
        for place in &mut places {
            let here = (place.names, place.sums, place.commas);
            (place.names, place.sums, place.commas) = before;
            before = (before.0 + here.0, before.1 + here.1, before.2 + here.2);
        }
        Self(places)
    }

    /// What lies at a token, or behind the last one.
    pub(super) fn at(&self, token: usize) -> Place {
        self.0.get(token).or(self.0.last()).copied().unwrap_or_default()
    }
}
