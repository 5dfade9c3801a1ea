//! What joining a unit of blocks gives, ready to be written.

use super::arrivals::Told;
use crate::numbers::bits;
use pledgebook_commitments::{Brief, Origin, Place, Reconciler, Regrouped, Summary, Thread};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// Blocks that are joined together, with their claims.
pub(super) struct Unit {
    pub(super) blocks: Vec<i64>,
    pub(super) claims: Vec<UnitClaim>,
    /// Claims that were joined before and count no more: block and number.
    pub(super) gone: Vec<(i64, i64)>,
    /// Blocks without any claim so far, with their names.
    pub(super) names: Vec<(i64, String)>,
    /// Whether all of it is joined anew; what every claim tells is at hand then.
    pub(super) whole: bool,
    /// Whether any of its claims was joined before.
    pub(super) old: bool,
    /// The briefs of its claims as they are stored, one behind the other: most are only glanced at.
    pub(super) briefs: Vec<u8>,
}

impl Unit {
    /// The brief of a claim.
    pub(super) fn brief(&self, claim: &UnitClaim) -> Option<&[u8]> {
        self.briefs.get(claim.brief.clone()?)
    }
}

/// A claim of a unit.
pub(super) struct UnitClaim {
    pub(super) number: i64,
    pub(super) block: i64,
    /// Where its brief stands among those of the unit; `None` where it was written in another form.
    pub(super) brief: Option<Range<usize>>,
    /// Where it stands so far.
    pub(super) place: Option<Place>,
    /// Whether it is not written down as joined.
    pub(super) is_new: bool,
    pub(super) told: Told,
}

/// A thread that may still lack older claims.
pub(super) enum Draft {
    Ready(Box<Derived>),
    /// Some of its claims, or why they were joined, are to be read from the file.
    Regrouped(Vec<Regrouped>),
    /// A stored brief cannot be read, so that all claims of the unit are to be read and joined anew.
    Unread,
}

/// What is to be written of a thread. Its claims are not: they are dropped where they were made.
pub(super) struct Derived {
    pub(super) id: i64,
    pub(super) is_agreement: bool,
    /// Why each claim was joined, and whether its sum adds to the others'.
    pub(super) reasons: Vec<(String, bool)>,
    /// Claims that it is part of, each with the document that says so.
    pub(super) wholes: Vec<(i64, Arc<Origin>)>,
    pub(super) digest: [u8; 32],
    pub(super) summaries: Vec<Summary>,
    /// Its claims, by index in the unit, and where they stand.
    pub(super) members: Vec<(usize, Place)>,
}

/// Joins a unit: all of it, or what its new claims change.
pub(super) fn unit_threads(reconciler: &Reconciler<'_>, unit: &mut Unit) -> Vec<Draft> {
    if unit.whole {
        return whole(reconciler, unit);
    }
    let claims: Vec<(&[u8], Option<Place>)> =
        unit.claims.iter().filter_map(|claim| Some((unit.brief(claim)?, claim.place))).collect();
    let Some(groups) = reconciler.rejoin(&claims) else { return vec![Draft::Unread] };
    let drafts = groups.into_iter().map(|group| {
        let at_hand = |one: &Regrouped| one.why.is_some() && unit.claims[one.index].told.is_at_hand();
        if !group.iter().all(at_hand) {
            return Draft::Regrouped(group);
        }
        let (mut parts, mut members) = (Vec::with_capacity(group.len()), Vec::with_capacity(group.len()));
        for one in group {
            let (why, adds) = one.why.unwrap_or_default();
            parts.extend(unit.claims[one.index].told.take().map(|sighting| (sighting, why, adds)));
            members.push((one.index, one.place));
        }
        Draft::Ready(Box::new(finished(reconciler, Thread::of_parts(parts), members, unit)))
    });
    drafts.collect()
}

/// Joins all of a unit, of which what every claim tells is at hand.
fn whole(reconciler: &Reconciler<'_>, unit: &mut Unit) -> Vec<Draft> {
    let sightings = unit.claims.iter_mut().filter_map(|claim| claim.told.take().map(|sighting| *sighting)).collect();
    let id = |claim: &UnitClaim| Brief::id_in(unit.brief(claim)?);
    let indexes: FxHashMap<u64, usize> =
        unit.claims.iter().enumerate().filter_map(|(at, claim)| Some((id(claim)?, at))).collect();
    let threads = reconciler.threads(sightings).into_iter().map(|thread| {
        let places = thread.claims().zip(thread.places());
        let members = places
            .filter_map(|(claim, place)| Some((*indexes.get(&bits(&claim.id).cast_unsigned())?, *place)))
            .collect();
        Draft::Ready(Box::new(finished(reconciler, thread, members, unit)))
    });
    threads.collect()
}

/// What is to be written of a thread.
pub(super) fn finished(
    reconciler: &Reconciler<'_>,
    thread: Thread,
    members: Vec<(usize, Place)>,
    unit: &Unit,
) -> Derived {
    let mut digest = blake3::Hasher::new();
    for (index, _) in &members {
        digest.update(&unit.claims[*index].number.to_le_bytes());
    }
    // What a thread is follows from its claims, why they were joined, and what was decided about them.
    for (why, _) in thread.reasons() {
        digest.update(why.as_bytes());
    }
    digest.update(reconciler.decisions_about(&thread).as_bytes());
    let wholes = thread
        .claims()
        .flat_map(|claim| claim.context.wholes.iter().map(|whole| (bits(whole), Arc::clone(&claim.origin))));
    Derived {
        id: bits(thread.id()),
        is_agreement: thread.is_agreement(),
        wholes: wholes.collect(),
        digest: *digest.finalize().as_bytes(),
        summaries: reconciler.summaries(&thread),
        members,
        reasons: thread.into_reasons(),
    }
}
