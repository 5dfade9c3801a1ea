//! What groups of features come to, kept for all documents. Where features hang on a few facts only, they are looked up once for each
//! combination of these; from then on one place of an array tells their sum.

use std::sync::OnceLock;

/// A place for every combination of the facts of every group.
#[derive(Debug, Clone)]
pub(super) struct Kept<S>(Box<[OnceLock<S>]>);

impl<S> Default for Kept<S> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<S> Kept<S> {
    /// So many places, in which nothing is yet.
    pub(super) fn new(places: usize) -> Self {
        Self((0..places).map(|_| OnceLock::new()).collect())
    }

    /// What is kept at a place.
    #[inline(always)]
    pub(super) fn get(&self, place: usize) -> Option<&S> {
        self.0.get(place)?.get()
    }

    /// Keeps a sum, if there is such a place.
    pub(super) fn keep(&self, place: usize, sum: S) {
        if let Some(empty) = self.0.get(place) {
            // Whoever was here first has kept the same.
            let _ = empty.set(sum);
        }
    }
}
