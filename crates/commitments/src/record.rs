//! One document as reconciliation sees it.

use pledgebook_claims::Claim;
use serde::{Deserialize, Serialize};

/// The short name of a claim: 16 hexadecimal digits that depend on its document and on what it asserts, not on the rule that
/// read it. The claim known earliest gives its commitment its id, so any claim's id leads to its commitment, for ever.
pub type ClaimId = String;

/// A document with its claims.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// The document's id.
    pub id: String,
    /// Day of publication, ISO 8601; a time behind the day is left unread.
    pub published: Option<String>,
    /// The day on which it was read, ISO 8601: when it was known, where it has no day of publication.
    pub read: String,
    /// The outlet.
    pub publisher: Option<String>,
    /// Where it was.
    pub url: Option<String>,
    /// Language code.
    pub lang: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// What near-duplicate texts share; empty where the text is not at hand.
    #[serde(default)]
    pub signature: crate::Signature,
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
}

impl DocumentRecord {
    /// The day on which the document was known: published, else read.
    pub fn known(&self) -> &str {
        let day = self.published.as_deref().unwrap_or(&self.read);
        day.get(..10).unwrap_or(day)
    }
}

/// The id of a claim of a document. `nth` counts the claims of the document that assert the very same in the very same words.
pub fn claim_id(document: &str, claim: &Claim, nth: usize) -> ClaimId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(document.as_bytes());
    hasher.update(&[0]);
    let bare = Claim { rule: String::new(), confidence: 0.0, reasons: Vec::new(), ..claim.clone() };
    if let Ok(json) = serde_json::to_vec(&bare) {
        hasher.update(&json);
    }
    hasher.update(&(nth as u64).to_le_bytes());
    hasher.finalize().to_hex()[..16].to_owned()
}
