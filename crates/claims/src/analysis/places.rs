//! What lies at each token, found once: features ask it of the same tokens for every candidate and every name.

use super::{Cue, CueAt, NameAt, Sentence};
use pledgebook_mentions::{Kind, Mention};
use pledgebook_text::Text;
use std::ops::Range;

/// Longest small word before a name, in tokens: "in front of the".
const MARK_TOKENS_MAX: usize = 4;

/// What is counted up to a token.
#[derive(Debug, Clone, Copy)]
pub(super) enum Counted {
    /// Cues that start before it.
    Cues,
    /// Sentences that end before it or with it: the one that holds it; past the last token, the number of sentences.
    Sentences,
    /// Clauses but for the last that do: the one that holds it; past the last token, the last one.
    Clauses,
    /// Names that start before it, as features see them.
    Names,
}

/// How many things are counted.
const COUNTED: usize = Counted::Names as usize + 1;

/// What is counted up to each token, and what lies there.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Of all tokens, and of one behind the last.
    counts: Vec<[u32; COUNTED]>,
    /// The class of the small word that ends right before each of them.
    marks: Vec<Option<Cue>>,
    /// The first tokens of the sums, which are few.
    sums: Vec<usize>,
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
        let mut counts = vec![[0; COUNTED]; text.tokens().len() + 1];
        // First what is new at each token, which is then added up.
        let mut add = |token: usize, counted: Counted| {
            if let Some(counts) = counts.get_mut(token) {
                counts[counted as usize] += 1;
            }
        };
        sentences.iter().for_each(|sentence| add(sentence.tokens.end, Counted::Sentences));
        clauses.iter().rev().skip(1).for_each(|clause| add(clause.end, Counted::Clauses));
        cues.iter().for_each(|cue| add(cue.start + 1, Counted::Cues));
        names.iter().for_each(|name| add(name.start + 1, Counted::Names));
        let mut before = [0; COUNTED];
        for counts in &mut counts {
            for counted in 0..COUNTED {
                counts[counted] += before[counted];
            }
            before = *counts;
        }
        let sums = mentions.iter().filter(|mention| mention.value.kind() == Kind::Money);
        let sums = sums.map(|sum| sum.tokens.start).collect();
        let mut marks = vec![None; counts.len()];
        // Of two that end at one token the later one stands, as it is the nearer.
        for cue in cues.iter().filter(|cue| cue.cue.is_mark() && cue.end - cue.start <= MARK_TOKENS_MAX) {
            if let Some(mark) = marks.get_mut(cue.end) {
                *mark = Some(cue.cue);
            }
        }
        Self { counts, marks, sums }
    }

    /// How many there are up to a token, or up to the end.
    #[inline]
    pub(super) fn count(&self, of: Counted, token: usize) -> usize {
        self.counts.get(token).or(self.counts.last()).map_or(0, |counts| counts[of as usize] as usize)
    }

    /// How many sums start in a run of tokens; none in one that ends before it starts.
    #[inline]
    pub(super) fn sums_in(&self, tokens: &Range<usize>) -> usize {
        let before = |token: usize| self.sums.partition_point(|sum| *sum < token);
        before(tokens.end).saturating_sub(before(tokens.start))
    }

    /// The class of the small word that ends right before a token.
    #[inline]
    pub(super) fn mark_before(&self, token: usize) -> Option<Cue> {
        self.marks.get(token).or(self.marks.last()).copied().flatten()
    }
}
