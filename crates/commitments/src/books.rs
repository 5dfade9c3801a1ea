//! All claims to all commitments and agreements.

use crate::sighting::{joins, sight};
use crate::thread::Thread;
use crate::{Agreement, AsOf, ClaimId, Commitment, Decision, DocumentRecord, Knowledge, Reconciler, Rulings};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// What a set of claims and decisions adds up to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Books {
    /// Commitments, by id.
    pub commitments: Vec<Commitment>,
    /// Agreements, by id.
    pub agreements: Vec<Agreement>,
}

/// Joins the claims of documents to commitments and agreements. The order of documents and decisions makes no difference, and
/// neither does a document that is there twice.
pub fn reconcile(documents: &[DocumentRecord], decisions: &[Decision], knowledge: &Knowledge, as_of: &AsOf) -> Books {
    let rulings = Rulings::new(decisions, knowledge);
    let reconciler = Reconciler::new(knowledge, &rulings);
    let known = |document: &&DocumentRecord| as_of.known.as_deref().is_none_or(|day| document.known() <= day);
    let now = documents.iter().map(DocumentRecord::known).max().unwrap_or_default();
    let sightings = documents
        .iter()
        .filter(known)
        .flat_map(|document| sight(document, knowledge))
        .filter(|sighting| joins(&sighting.claim))
        .collect();
    let threads = reconciler.threads(sightings);
    books(&reconciler, &threads, as_of, now)
}

/// The commitments and agreements of threads, with the ties between them.
pub fn books(reconciler: &Reconciler<'_>, threads: &[Thread], as_of: &AsOf, now: &str) -> Books {
    let mut home: FxHashMap<&str, &str> = FxHashMap::default();
    for thread in threads {
        for claim in thread.claims() {
            home.insert(&claim.id, thread.id());
        }
    }
    let resolve = |own: &str, claims: Vec<ClaimId>| {
        let mut ids: Vec<ClaimId> = claims
            .iter()
            .filter_map(|claim| home.get(claim.as_str()))
            .filter(|id| **id != own)
            .map(|id| (*id).to_owned())
            .collect();
        ids.sort();
        ids.dedup();
        ids
    };
    let mut books = Books::default();
    let mut under: FxHashMap<ClaimId, Vec<ClaimId>> = FxHashMap::default();
    let mut parts: FxHashMap<ClaimId, Vec<ClaimId>> = FxHashMap::default();
    for thread in threads {
        if let Some(mut commitment) = reconciler.commitment(thread, as_of, now) {
            commitment.part_of = resolve(thread.id(), commitment.part_of);
            for whole in &commitment.part_of {
                parts.entry(whole.clone()).or_default().push(commitment.id.clone());
            }
            for agreement in resolve(thread.id(), thread.under(as_of)) {
                under.entry(agreement).or_default().push(commitment.id.clone());
            }
            books.commitments.push(commitment);
        } else if let Some(agreement) = reconciler.agreement(thread, as_of, now) {
            books.agreements.push(agreement);
        }
    }
    for commitment in &mut books.commitments {
        commitment.parts = parts.remove(&commitment.id).unwrap_or_default();
    }
    for agreement in &mut books.agreements {
        agreement.commitments = under.remove(&agreement.id).unwrap_or_default();
    }
    books.commitments.sort_by(|a, b| a.id.cmp(&b.id));
    books.agreements.sort_by(|a, b| a.id.cmp(&b.id));
    books
}
