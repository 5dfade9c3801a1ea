//! All claims to all commitments and agreements.

use crate::{Agreement, AsOf, Commitment, Decision, DocumentRecord, Knowledge};
use serde::{Deserialize, Serialize};

/// What a set of claims and decisions adds up to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Books {
    /// Commitments, by id.
    pub commitments: Vec<Commitment>,
    /// Agreements, by id.
    pub agreements: Vec<Agreement>,
}

/// Joins the claims of documents to commitments and agreements. The order of documents and decisions makes no difference.
pub fn reconcile(documents: &[DocumentRecord], decisions: &[Decision], knowledge: &Knowledge, as_of: &AsOf) -> Books {
    let _ = (documents, decisions, knowledge, as_of);
    Books::default()
}
