//! One document as reconciliation sees it.

use pledgebook_claims::Claim;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::ops::Range;

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

/// What JSON says of a claim's reader in its id: nothing, so that a better rule leaves the id as it is.
const NO_READER: &str = r#","rule":"","confidence":0.0}"#;

const RULE_SLOT: &[u8] = br#","rule":"#;

/// The id of 64 bits. Every claim has one, so that it is written digit by digit and not by a formatter.
pub(crate) fn claim_id(bits: u64) -> ClaimId {
    let mut id = String::with_capacity(16);
    id.extend((0..16).rev().map(|nth| char::from(b"0123456789abcdef"[(bits >> (4 * nth) & 15) as usize])));
    id
}

/// The 64 bits of an id; `None` for what is none.
pub(crate) fn claim_bits(id: &str) -> Option<u64> {
    u64::from_str_radix(id, 16).ok()
}

/// A document's claims as the bytes of their JSON, one behind the other, and each one's id and place there. The id is of the document
/// and of what the claim asserts; of claims that assert the very same in the very same words, it is also of how many came before.
pub(crate) fn written(document: &str, claims: &[Claim]) -> (Vec<u8>, Vec<(ClaimId, Range<usize>)>) {
    let mut seen: FxHashMap<[u8; 8], u64> = FxHashMap::default();
    let (mut all, mut bytes) = (Vec::new(), Vec::new());
    bytes.extend_from_slice(document.as_bytes());
    bytes.push(0);
    let asserted_from = bytes.len();
    let ids = claims.iter().map(|claim| {
        let start = all.len();
        if serde_json::to_writer(&mut all, claim).is_err() {
            all.truncate(start);
        }
        let json = &all[start..];
        // Within a string a quote is escaped, so nothing but the slot itself reads like this.
        let asserted = rule_slot(json).map_or(json, |at| &json[..at]);
        bytes.truncate(asserted_from);
        for part in [asserted, NO_READER.as_bytes(), &[0; 8]] {
            bytes.extend_from_slice(part);
        }
        let first = short_hash(&bytes);
        let nth = seen.entry(first).or_insert(0);
        let id = if *nth == 0 {
            first
        } else {
            let end = bytes.len() - 8;
            bytes[end..].copy_from_slice(&nth.to_le_bytes());
            short_hash(&bytes)
        };
        *nth += 1;
        (claim_id(u64::from_be_bytes(id)), start..all.len())
    });
    let ids = ids.collect();
    (all, ids)
}

/// Where the slot of the rule begins, which is near the end.
fn rule_slot(json: &[u8]) -> Option<usize> {
    json.windows(RULE_SLOT.len()).rposition(|window| window == RULE_SLOT)
}

fn short_hash(bytes: &[u8]) -> [u8; 8] {
    let mut short = [0; 8];
    short.copy_from_slice(&blake3::hash(bytes).as_bytes()[..8]);
    short
}

#[cfg(test)]
mod tests {
    use super::written;
    use pledgebook_claims::Claim;

    #[test]
    fn an_id_depends_on_what_is_asserted_and_not_on_who_read_it() {
        let claim = |text: &str| serde_json::from_str::<Claim>(text).unwrap();
        let told = r#"{"kind": "statement", "speaker": null, "quote": "a,\"rule\":b", "evidence": "x,", "span": [0, 2],
                       "rule": "one@1", "confidence": 0.5}"#;
        let first = claim(told);
        let again = claim(&told.replace("one@1", "two,\\\"rule\\\":@2").replace("0.5", "0.25"));
        let other = claim(&told.replace("[0, 2]", "[1, 3]"));
        let ids: Vec<String> =
            written("d", &[first.clone(), again, other, first]).1.into_iter().map(|(id, _)| id).collect();
        let alone = |claim: &Claim| written("d", std::slice::from_ref(claim)).1.remove(0).0;
        assert_eq!(alone(&claim(told)), ids[0]);
        assert_eq!(alone(&claim(&told.replace("one@1", "three"))), ids[0]);
        assert!(ids[1] != ids[0] && ids[2] != ids[0] && ids[3] != ids[1], "{ids:?}");
        let mut hasher = blake3::Hasher::new();
        let bare = Claim { rule: "".into(), confidence: 0.0, ..claim(told) };
        hasher.update(b"d\0").update(&serde_json::to_vec(&bare).unwrap()).update(&[0; 8]);
        assert_eq!(ids[0], hasher.finalize().to_hex()[..16]);
    }
}
