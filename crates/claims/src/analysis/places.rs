//! What lies at each token, found once: features ask it of the same tokens for every candidate and every name.

use super::{Cue, CueAt, Sentence};
use pledgebook_mentions::{Kind, Mention};
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
    /// Whether a sum starts here.
    pub(super) money: bool,
}

/// The places of all tokens, and one behind the last.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<Place>);

impl Places {
    /// Of `tokens` tokens. Sentences, clauses and cues are in the order of the text.
    pub(super) fn new(
        tokens: usize,
        sentences: &[Sentence],
        clauses: &[Range<usize>],
        cues: &[CueAt],
        mentions: &[Mention],
    ) -> Self {
        let (mut cue, mut sentence, mut clause) = (0, 0, 0);
        let mut places: Vec<Place> = (0..=tokens)
            .map(|at| {
                while cues.get(cue).is_some_and(|cue| cue.start < at) {
                    cue += 1;
                }
                while sentences.get(sentence).is_some_and(|sentence| sentence.tokens.end <= at) {
                    sentence += 1;
                }
                while clause + 1 < clauses.len() && clauses[clause].end <= at {
                    clause += 1;
                }
                Place { cue: cue as u32, sentence: sentence as u32, clause: clause as u32, ..Place::default() }
            })
            .collect();
        // Of two that end at one token the later one stands, as it is the nearer.
        for cue in cues.iter().filter(|cue| cue.cue.is_mark() && cue.end - cue.start <= MARK_TOKENS_MAX) {
            if let Some(place) = places.get_mut(cue.end) {
                place.mark_before = Some(cue.cue);
            }
        }
        for mention in mentions.iter().filter(|mention| mention.value.kind() == Kind::Money) {
            if let Some(place) = places.get_mut(mention.tokens.start) {
                place.money = true;
            }
        }
        Self(places)
    }

    /// What lies at a token, or behind the last one.
    pub(super) fn at(&self, token: usize) -> Place {
        self.0.get(token).or(self.0.last()).copied().unwrap_or_default()
    }
}
