//! The claims of a reading that wait to be joined, in few bytes.

use pledgebook_commitments::{Brief, Knowledge, Origin, Seen};
use std::ops::Range;
use std::sync::Arc;

/// The claims of a reading that are to be joined, all of them in one piece: their names of blocks, briefs and what is told of them later
/// stand one behind the other.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) origin: Arc<Origin>,
    claims: Vec<Waits>,
    bytes: Vec<u8>,
}

/// A claim that waits: its place in the reading, its block, and where its three parts end.
#[derive(Debug)]
struct Waits {
    place: usize,
    block: i64,
    ends: [usize; 3],
}

/// A claim that waits, by where its parts stand in the bytes.
pub(crate) struct Waiter {
    /// Its place in the reading.
    pub(crate) place: usize,
    /// The number of its block.
    pub(crate) block: i64,
    /// The name of its block.
    pub(crate) name: Range<usize>,
    /// Its brief.
    pub(crate) brief: Range<usize>,
    /// What is told of it.
    pub(crate) told: Range<usize>,
}

impl Waiting {
    pub(crate) fn new(origin: Arc<Origin>) -> Self {
        Self { origin, claims: Vec::new(), bytes: Vec::new() }
    }

    /// Adds the claim at a place of the reading, of a block that has a number and a name.
    pub(crate) fn add(&mut self, place: usize, (block, name): (i64, &str), seen: &Seen<'_>, knowledge: &Knowledge) {
        self.bytes.extend_from_slice(name.as_bytes());
        let named = self.bytes.len();
        if let Some(brief) = Brief::of_seen(seen, &self.origin, knowledge) {
            brief.write(&mut self.bytes);
        }
        let briefed = self.bytes.len();
        seen.pack(&mut self.bytes);
        self.claims.push(Waits { place, block, ends: [named, briefed, self.bytes.len()] });
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.claims.len()
    }

    /// One of them.
    pub(crate) fn get(&self, nth: usize) -> Waiter {
        let start = nth.checked_sub(1).map_or(0, |before| self.claims[before].ends[2]);
        let Waits { place, block, ends: [named, briefed, end] } = self.claims[nth];
        Waiter { place, block, name: start..named, brief: named..briefed, told: briefed..end }
    }

    /// The bytes of a part.
    pub(crate) fn part(&self, at: &Range<usize>) -> &[u8] {
        &self.bytes[at.clone()]
    }
}
