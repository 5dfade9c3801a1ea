//! Decisions in force, in the form that joining asks for them.

use crate::decision::in_force;
use crate::entity::fold;
use crate::sighting::{Sighting, core, ground};
use crate::{Act, ClaimId, Decision, Knowledge};
use pledgebook_claims::{Body, Claim};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Decisions in force. Made once for a set of decisions, used for any number of blocks.
#[derive(Debug, Default)]
pub struct Rulings {
    rejected: FxHashSet<ClaimId>,
    corrected: FxHashMap<ClaimId, Vec<(String, serde_json::Value)>>,
    same: FxHashMap<ClaimId, Vec<ClaimId>>,
    not_same: FxHashMap<ClaimId, Vec<ClaimId>>,
    /// Key of an entity to the smallest key of those it is the same as.
    same_names: BTreeMap<String, String>,
    /// How entities that names were decided to be are written: as the decision's first name.
    written: BTreeMap<String, String>,
    /// Folded names that are entities of their own, whatever the knowledge says.
    own_names: FxHashSet<String>,
    /// What was decided about each claim, for showing.
    about: FxHashMap<ClaimId, Vec<Act>>,
}

impl Rulings {
    /// The decisions that hold of `decisions`, whatever order they are in.
    pub fn new(decisions: &[Decision], knowledge: &Knowledge) -> Self {
        let mut rulings = Self::default();
        for decision in in_force(decisions) {
            rulings.take(&decision.act, knowledge);
        }
        rulings
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.about.is_empty() && self.same_names.is_empty() && self.own_names.is_empty()
    }

    fn take(&mut self, act: &Act, knowledge: &Knowledge) {
        let mut note = |ids: &[&String]| {
            for id in ids {
                self.about.entry((*id).clone()).or_default().push(act.clone());
            }
        };
        match act {
            Act::Accept { claim } => {
                note(&[claim]);
                self.rejected.remove(claim);
            }
            Act::Reject { claim } => {
                note(&[claim]);
                self.rejected.insert(claim.clone());
            }
            Act::Correct { claim, slot, value } => {
                note(&[claim]);
                self.corrected.entry(claim.clone()).or_default().push((slot.clone(), value.clone()));
            }
            Act::Same { claim, other } => {
                note(&[claim, other]);
                link(&mut self.same, claim, other);
                cut(&mut self.not_same, claim, other);
            }
            Act::NotSame { claim, other } => {
                note(&[claim, other]);
                link(&mut self.not_same, claim, other);
                cut(&mut self.same, claim, other);
            }
            Act::Split { claims, from } => {
                note(&claims.iter().collect::<Vec<_>>());
                for claim in claims {
                    for other in from {
                        link(&mut self.not_same, claim, other);
                        cut(&mut self.same, claim, other);
                    }
                }
                for pair in claims.windows(2) {
                    link(&mut self.same, &pair[0], &pair[1]);
                }
            }
            Act::SameName { name, other } => {
                for name in [name, other] {
                    self.own_names.remove(&fold(name));
                }
                let (a, b) = (knowledge.names.resolve(name, &[]), knowledge.names.resolve(other, &[]));
                let (a, b) = (self.key(&a), self.key(&b));
                let (small, large) = if a < b { (a, b) } else { (b, a) };
                if small != large {
                    for target in self.same_names.values_mut().filter(|target| **target == large) {
                        target.clone_from(&small);
                    }
                    self.same_names.insert(large, small.clone());
                    self.written.insert(small, name.clone());
                }
            }
            Act::NotSameName { name, other } => {
                // The name that the knowledge follows to another entity is the one that becomes its own.
                for name in [name, other] {
                    if knowledge.names.resolve(name, &[]) != fold(name) {
                        self.own_names.insert(fold(name));
                    }
                }
            }
            Act::Undo { .. } => {}
        }
    }

    fn key(&self, key: &str) -> String {
        self.same_names.get(key).map_or_else(|| key.to_owned(), Clone::clone)
    }

    /// The key of the entity that a name names.
    pub fn entity(&self, name: &str, knowledge: &Knowledge) -> String {
        if self.own_names.contains(&fold(name)) { fold(name) } else { self.key(&knowledge.names.resolve(name, &[])) }
    }

    /// Claims whose blocks must be joined together, in groups.
    pub fn tied_claims(&self) -> Vec<Vec<ClaimId>> {
        let pairs = self.same.iter().filter(|(_, others)| !others.is_empty());
        let pairs = pairs.map(|(claim, others)| std::iter::once(claim).chain(others).cloned().collect());
        let mut groups: Vec<Vec<ClaimId>> =
            pairs.chain(self.corrected.keys().map(|claim| vec![claim.clone()])).collect();
        groups.sort();
        groups
    }

    /// Whether any two names were decided to be one.
    pub fn has_names(&self) -> bool {
        !self.same_names.is_empty()
    }

    /// The name of a block after decisions about names: blocks with one name are joined together.
    pub fn decided_name(&self, block: &str) -> String {
        let Some((sort, keys)) = block.split_once('/') else { return block.to_owned() };
        if keys.contains('>') {
            return block.to_owned();
        }
        let mut keys: Vec<String> = keys.split('+').map(|key| self.key(key)).collect();
        keys.sort();
        keys.dedup();
        format!("{sort}/{}", keys.join("+"))
    }

    /// Whether the claim counts nowhere.
    pub fn is_rejected(&self, claim: &str) -> bool {
        self.rejected.contains(claim)
    }

    /// Whether a decision concerns a claim, or any name.
    pub(crate) fn concern(&self, claim: &str) -> bool {
        self.about.contains_key(claim) || !self.same_names.is_empty() || !self.own_names.is_empty()
    }

    /// What was decided about a claim.
    pub(crate) fn about(&self, claim: &str) -> &[Act] {
        self.about.get(claim).map_or(&[], Vec::as_slice)
    }

    /// Claims that a claim is the same as.
    pub(crate) fn same_as(&self, claim: &str) -> &[ClaimId] {
        self.same.get(claim).map_or(&[], Vec::as_slice)
    }

    /// Claims that a claim is not the same as.
    pub(crate) fn not_same_as(&self, claim: &str) -> &[ClaimId] {
        self.not_same.get(claim).map_or(&[], Vec::as_slice)
    }

    /// The sighting as decided: slots corrected, names merged or kept apart. `None` when it was rejected.
    pub(crate) fn apply(&self, sighting: Sighting, knowledge: &Knowledge) -> Option<Sighting> {
        if self.is_empty() {
            return Some(sighting);
        }
        if self.is_rejected(&sighting.id) {
            return None;
        }
        let mut sighting = sighting;
        if let Some(slots) = self.corrected.get(&sighting.id)
            && let Some(claim) = correct(&sighting.claim, slots)
        {
            sighting.claim = claim;
            if slots.iter().any(|(slot, _)| slot == "by" || slot == "parties") {
                let names = names_of(&sighting.claim);
                sighting.context.by = names.iter().map(|name| knowledge.names.resolve(name, &[])).collect();
                sighting.context.written = names.to_vec();
                let first = sighting.context.by.first().cloned().unwrap_or_default();
                sighting.context.core = core(&sighting.claim, &sighting.context.by, first);
            }
            sighting.context.ground = ground(&sighting.claim, sighting.context.keys(), knowledge);
        }
        if !self.own_names.is_empty() {
            let own: Vec<String> = names_of(&sighting.claim).iter().map(|name| fold(name)).collect();
            for (folded, name) in own.iter().zip(names_of(&sighting.claim).to_vec()) {
                if self.own_names.contains(folded) {
                    let known = knowledge.names.resolve(&name, &[]);
                    for (key, written) in sighting.context.by.iter_mut().zip(&mut sighting.context.written) {
                        if *key == known {
                            key.clone_from(folded);
                            written.clone_from(&name);
                        }
                    }
                    for key in sighting.context.core.iter_mut().filter(|key| **key == known) {
                        key.clone_from(folded);
                    }
                }
            }
        }
        for (key, written) in sighting.context.by.iter_mut().zip(&mut sighting.context.written) {
            *key = self.key(key);
            if let Some(name) = self.written.get(key) {
                written.clone_from(name);
            }
        }
        let mut pairs: Vec<_> = sighting.context.by.drain(..).zip(sighting.context.written.drain(..)).collect();
        pairs.sort();
        pairs.dedup_by(|a, b| a.0 == b.0);
        (sighting.context.by, sighting.context.written) = pairs.into_iter().unzip();
        sighting.context.core.iter_mut().for_each(|key| *key = self.key(key));
        sighting.context.core.sort();
        sighting.context.core.dedup();
        Some(sighting)
    }

    /// The blocks that must be reconciled together with the block of a claim because of decisions: the block that the decided
    /// claim falls into, and the claims that it is decided to be the same as.
    pub(crate) fn decided_block(&self, sighting: Sighting, knowledge: &Knowledge) -> Option<String> {
        self.apply(sighting, knowledge)?.block()
    }
}

fn link(pairs: &mut FxHashMap<ClaimId, Vec<ClaimId>>, a: &str, b: &str) {
    for (from, to) in [(a, b), (b, a)] {
        let others = pairs.entry(from.to_owned()).or_default();
        if !others.iter().any(|other| other == to) {
            others.push(to.to_owned());
        }
    }
}

fn cut(pairs: &mut FxHashMap<ClaimId, Vec<ClaimId>>, a: &str, b: &str) {
    for (from, to) in [(a, b), (b, a)] {
        if let Some(others) = pairs.get_mut(from) {
            others.retain(|other| other != to);
        }
    }
}

fn names_of(claim: &Claim) -> &[String] {
    match &claim.body {
        Body::Pledge(pledge) => &pledge.by,
        Body::Agreement(agreement) => &agreement.parties,
        _ => &[],
    }
}

/// The claim with slots replaced; `None` where a value does not fit its slot.
pub(crate) fn correct(claim: &Claim, slots: &[(String, serde_json::Value)]) -> Option<Claim> {
    let serde_json::Value::Object(mut record) = serde_json::to_value(claim).ok()? else { return None };
    for (slot, value) in slots {
        record.insert(slot.clone(), value.clone());
    }
    Claim::deserialize(serde_json::Value::Object(record)).ok()
}
