//! A passage that might make a claim, and the words that it stands on.

use crate::{
    analysis::{Analysis, CueAt},
    features::Deed,
};
use smallvec::SmallVec;
use std::ops::Range;

/// What a candidate is built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A sum.
    Money,
    /// A count of things, no sum.
    Things,
    /// A cue alone.
    Cue,
    /// A word for an accord, or for making one.
    Accord,
}

/// A passage that might make a claim.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What it is built on.
    pub basis: Basis,
    /// The tokens of the sum, the first count or the cue.
    pub anchor: Range<usize>,
    /// Its sentence, into [`Analysis::sentences`].
    pub sentence: usize,
    /// The tokens of its clause.
    pub clause: Range<usize>,
    /// The sum, into [`Analysis::mentions`].
    pub money: Option<usize>,
    /// The same sum told again in other currencies.
    pub restated: SmallVec<[usize; 1]>,
    /// Counts of things.
    pub things: SmallVec<[usize; 2]>,
    /// The words that say what is done: the nearest that weighs.
    pub deed: Option<CueAt>,
    /// For counts told beside a sum: that sum, which they belong to if they are no promise of their own.
    pub beside: Option<usize>,
    /// Whether it has the deed of that sum, whose claim tells its counts: it is a promise of its own where the sum is none.
    pub shares: bool,
}

/// A candidate that makes a claim by what tells it of the candidate alone, whoever may be meant.
#[derive(Debug, Clone)]
pub struct Likely {
    /// The passage.
    pub candidate: Candidate,
    /// How sure it is, 0 to 1.
    pub probability: f32,
}

impl Candidate {
    /// A candidate on an anchor, with its clause.
    pub fn new(
        analysis: &Analysis<'_>,
        basis: Basis,
        sentence: usize,
        anchor: Range<usize>,
        deed: Option<CueAt>,
    ) -> Self {
        let clause = analysis.clauses.get(analysis.clause_of(anchor.start)).cloned().unwrap_or_default();
        let (money, restated, things) = (None, SmallVec::new(), SmallVec::new());
        Self { basis, anchor, sentence, clause, money, restated, things, deed, beside: None, shares: false }
    }

    /// The class of the deed, for features.
    #[inline]
    pub fn class(&self) -> Deed {
        self.deed.map(|deed| deed.cue).into()
    }
}

/// Tokens between two runs.
#[inline]
pub fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}
