//! Evidence: the words that a claim stands on, letter for letter.

use crate::{analysis::Analysis, candidate::Candidate};
use std::ops::Range;

/// Sentences up to this many tokens are evidence as a whole; longer ones are cut to the clauses that matter.
const SENTENCE_TOKENS_MAX: usize = 45;

/// The tokens of the sentence of a candidate, or of those clauses of it that hold the candidate and the mentions it needs. A needed
/// mention of the sentence right before is taken in with its whole sentence.
pub fn around(analysis: &Analysis<'_>, candidate: &Candidate, needed: impl Iterator<Item = usize>) -> Range<usize> {
    let Some(sentence) = analysis.sentences.get(candidate.sentence) else { return 0..0 };
    let mut first = candidate.anchor.start;
    let mut last = candidate.anchor.end.saturating_sub(1).max(first);
    if let Some(deed) = candidate.deed {
        first = first.min(deed.start);
        last = last.max(deed.end - 1);
    }
    for mention in needed {
        let Some(mention) = analysis.mentions.get(mention) else { continue };
        if sentence.tokens.contains(&mention.tokens.start) {
            first = first.min(mention.tokens.start);
            last = last.max(mention.tokens.end.saturating_sub(1)).min(sentence.tokens.end.saturating_sub(1));
        }
    }
    if sentence.tokens.len() <= SENTENCE_TOKENS_MAX {
        sentence.tokens.clone()
    } else {
        let from = analysis.clauses.get(analysis.clause_of(first)).map_or(first, |clause| clause.start);
        let to = analysis.clauses.get(analysis.clause_of(last)).map_or(last + 1, |clause| clause.end);
        from.max(sentence.tokens.start)..to.min(sentence.tokens.end)
    }
}
