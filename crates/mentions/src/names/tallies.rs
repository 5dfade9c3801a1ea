//! Clues of which there are few: what each counts for is added up when weights are loaded, and not for every word of a text.

use pledgebook_lexicon::linear::{FeatureNames, Joint, JointScorer, Sink, Sums};
use std::marker::PhantomData;

/// A clue of which there are few.
pub trait Few: Copy {
    /// How many there are.
    const COUNT: usize;
    /// Every one.
    fn all() -> impl Iterator<Item = Self>;
    /// A number of its own, below [`Few::COUNT`].
    fn number(self) -> usize;
    /// The features that it is.
    fn tell(self, sink: &mut impl Sink);
}

/// Takes clues of which there are few beside others.
pub trait Tells<F>: Sink {
    fn few(&mut self, clue: F);
}

impl<F: Few> Tells<F> for FeatureNames {
    fn few(&mut self, clue: F) {
        clue.tell(self);
    }
}

/// What every one of few clues counts for.
#[derive(Debug)]
pub struct Tally<F, const N: usize> {
    sums: Box<[Sums<N>]>,
    of: PhantomData<fn(F)>,
}

impl<F, const N: usize> Default for Tally<F, N> {
    fn default() -> Self {
        Self { sums: Box::default(), of: PhantomData }
    }
}

impl<F: Few, const N: usize> Tally<F, N> {
    pub fn new(weights: &Joint<N>) -> Self {
        let mut sums = vec![[0; N]; F::COUNT].into_boxed_slice();
        for clue in F::all() {
            let mut scorer = weights.scorer();
            clue.tell(&mut scorer);
            sums[clue.number()] = scorer.sums();
        }
        Self { sums, of: PhantomData }
    }
}

/// Adds up what clues count for.
pub struct Counter<'w, F, const N: usize> {
    few: &'w Tally<F, N>,
    scorer: JointScorer<'w, N>,
}

impl<'w, F, const N: usize> Counter<'w, F, N> {
    pub fn new(weights: &'w Joint<N>, few: &'w Tally<F, N>) -> Self {
        Self { few, scorer: weights.scorer() }
    }

    /// Adds what was added up elsewhere.
    #[inline(always)]
    pub fn add_sums(&mut self, sums: &Sums<N>) {
        self.scorer.add_sums(sums);
    }

    /// What was added up.
    pub fn sums(&self) -> Sums<N> {
        self.scorer.sums()
    }
}

impl<F, const N: usize> Sink for Counter<'_, F, N> {
    #[inline(always)]
    fn add(&mut self, feature: impl pledgebook_lexicon::linear::Feature) {
        self.scorer.add(feature);
    }
}

impl<F: Few, const N: usize> Tells<F> for Counter<'_, F, N> {
    #[inline(always)]
    fn few(&mut self, clue: F) {
        let few = self.few;
        if let Some(sums) = few.sums.get(clue.number()) {
            self.add_sums(sums);
        }
    }
}
