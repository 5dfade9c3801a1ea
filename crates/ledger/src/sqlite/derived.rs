//! What joining a unit of blocks gives, ready to be written.

use pledgebook_commitments::{Brief, Place, Reconciler, Regrouped, Sighting, Summary, Thread};
use rustc_hash::FxHashMap;

/// Blocks that are joined together, with their claims.
pub(super) struct Unit {
    pub(super) blocks: Vec<i64>,
    pub(super) claims: Vec<UnitClaim>,
    /// Claims that were joined before and count no more: block and number.
    pub(super) gone: Vec<(i64, i64)>,
    /// Blocks without any claim so far, with their names.
    pub(super) names: Vec<(i64, String)>,
    /// Whether all of it is joined anew; every claim has its sighting then.
    pub(super) whole: bool,
    /// Whether any of its claims was joined before.
    pub(super) old: bool,
}

/// A claim of a unit.
pub(super) struct UnitClaim {
    pub(super) number: i64,
    pub(super) block: i64,
    /// `None` where it was written in another form.
    pub(super) brief: Option<Brief>,
    /// Where it stands so far.
    pub(super) place: Option<Place>,
    /// Whether it is not written down as joined.
    pub(super) is_new: bool,
    pub(super) sighting: Option<Box<Sighting>>,
}

/// A thread that may still lack older claims.
pub(super) enum Draft {
    Ready(Box<Derived>),
    /// Some of its claims, or why they were joined, are to be read from the file.
    Regrouped(Vec<Regrouped>),
}

/// A thread with what is to be written of it.
pub(super) struct Derived {
    pub(super) thread: Thread,
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
    let claims: Vec<(&Brief, Option<Place>)> =
        unit.claims.iter().filter_map(|claim| Some((claim.brief.as_ref()?, claim.place))).collect();
    let groups = reconciler.rejoin(&claims);
    let drafts = groups.into_iter().map(|group| {
        let at_hand = |one: &Regrouped| one.why.is_some() && unit.claims[one.index].sighting.is_some();
        if !group.iter().all(at_hand) {
            return Draft::Regrouped(group);
        }
        let (mut parts, mut members) = (Vec::with_capacity(group.len()), Vec::with_capacity(group.len()));
        for one in group {
            let (why, adds) = one.why.unwrap_or_default();
            parts.extend(unit.claims[one.index].sighting.take().map(|sighting| (sighting, why, adds)));
            members.push((one.index, one.place));
        }
        Draft::Ready(Box::new(finished(reconciler, Thread::of_parts(parts), members, unit)))
    });
    drafts.collect()
}

fn whole(reconciler: &Reconciler<'_>, unit: &mut Unit) -> Vec<Draft> {
    let sightings =
        unit.claims.iter_mut().filter_map(|claim| claim.sighting.take().map(|sighting| *sighting)).collect();
    let indexes: FxHashMap<String, usize> =
        unit.claims.iter().enumerate().filter_map(|(at, claim)| Some((claim.brief.as_ref()?.id(), at))).collect();
    let threads = reconciler.threads(sightings).into_iter().map(|thread| {
        let places = thread.claims().zip(thread.places());
        let members = places.filter_map(|(claim, place)| Some((*indexes.get(&claim.id)?, *place))).collect();
        Draft::Ready(Box::new(finished(reconciler, thread, members, unit)))
    });
    threads.collect()
}

/// A thread with what is to be written of it.
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
    let summaries = reconciler.summaries(&thread);
    Derived { thread, digest: *digest.finalize().as_bytes(), summaries, members }
}
