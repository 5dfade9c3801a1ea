//! A document as a ledger writes it down. Made by the thread that read it, while its claims are at hand: what is left of them then is a few
//! pieces of memory instead of hundreds.

use crate::numbers::{bits, block_number};
use crate::waiting::Waiting;
use crate::{Error, NewDocument};
use pledgebook_claims::Claim;
use pledgebook_commitments::{Knowledge, Origin, Signature, see};
use pledgebook_document::Document;
use std::ops::Range;
use std::sync::Arc;

/// A document and its claims, made ready to be written down.
#[derive(Debug)]
pub struct Entry {
    /// The document.
    pub document: Document,
    /// Name and version of what read it.
    pub rules: String,
    pub(crate) read: String,
    /// blake3 of the text and of what is told about it.
    pub(crate) hash: [u8; 32],
    /// blake3 of that and of the claims, for the log.
    pub(crate) content: [u8; 32],
    pub(crate) claims: Vec<Entered>,
    /// The claims as documented, one behind the other, and behind each of those that join its context: JSON.
    json: Vec<u8>,
    /// Those of the claims that join.
    pub(crate) waiting: Arc<Waiting>,
}

/// A claim that is written down.
#[derive(Debug)]
pub(crate) struct Entered {
    pub(crate) id: i64,
    pub(crate) kind: &'static str,
    json: Range<usize>,
    pub(crate) joins: Option<Joins>,
}

/// What is written down of a claim that joins.
#[derive(Debug)]
pub(crate) struct Joins {
    pub(crate) block: i64,
    context: Range<usize>,
}

impl Entry {
    /// Makes ready a document that was read on `read` (ISO 8601 day) by `rules`, with its claims in the order of the text, for a ledger that
    /// has this knowledge ([`crate::Ledger::knowledge`]).
    ///
    /// # Errors
    /// [`Error::Invalid`] where a claim cannot be written as JSON.
    pub fn new(
        document: Document,
        claims: &[Claim],
        read: &str,
        rules: &str,
        knowledge: &Knowledge,
    ) -> Result<Self, Error> {
        let published = document.published.as_deref().map(|day| day.get(..10).unwrap_or(day).to_owned());
        let origin = Arc::new(Origin {
            document: document.id.clone(),
            known: published.clone().unwrap_or_else(|| read.get(..10).unwrap_or(read).to_owned()),
            published,
            publisher: document.publisher.clone(),
            lang: document.lang.clone(),
            signature: Signature::of(document.text()),
        });
        let (mut json, seen) = see(&origin.document, &origin.known, claims, knowledge);
        let hash = content_hash(&document);
        let content = *blake3::Hasher::new().update(&hash).update(&json).finalize().as_bytes();
        let mut waiting = Waiting::new(origin);
        let mut entered = Vec::with_capacity(seen.len());
        for (place, seen) in seen.iter().enumerate() {
            let joins = match seen.block() {
                Some(name) => {
                    let (block, start) = (block_number(&name), json.len());
                    serde_json::to_writer(&mut json, &seen.context)
                        .map_err(|error| Error::Invalid(error.to_string()))?;
                    waiting.add(place, (block, &name), seen, knowledge);
                    Some(Joins { block, context: start..json.len() })
                }
                None => None,
            };
            let (id, kind) = (bits(&seen.id), seen.claim.body.kind());
            entered.push(Entered { id, kind, json: seen.json.clone(), joins });
        }
        Ok(Self {
            document,
            rules: rules.to_owned(),
            read: read.to_owned(),
            hash,
            content,
            claims: entered,
            json,
            waiting: Arc::new(waiting),
        })
    }

    /// Makes ready a document that is kept with its claims.
    ///
    /// # Errors
    /// As [`Entry::new`].
    pub fn of(new: &NewDocument, knowledge: &Knowledge) -> Result<Self, Error> {
        Self::new(new.document.clone(), &new.claims, &new.read, &new.rules, knowledge)
    }

    /// A claim as documented: JSON.
    pub(crate) fn claim(&self, claim: &Entered) -> &[u8] {
        &self.json[claim.json.clone()]
    }

    /// The context of a claim that joins: JSON.
    pub(crate) fn context(&self, joins: &Joins) -> &[u8] {
        &self.json[joins.context.clone()]
    }

    /// The near-duplicate signature.
    pub(crate) fn signature(&self) -> &Signature {
        &self.waiting.origin.signature
    }
}

/// The hash that says whether a document is there already: of its text and of what is told about it, but not of the day on which it
/// is read.
pub(crate) fn content_hash(document: &Document) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let about = [
        &document.title,
        &document.published,
        &document.modified,
        &document.publisher,
        &document.author,
        &document.url,
        &document.lang,
    ];
    for part in about.into_iter().map(Option::as_deref).chain([Some(document.text())]) {
        // What is not told differs from what is told to be empty.
        hasher.update(&part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
        hasher.update(part.unwrap_or_default().as_bytes());
    }
    *hasher.finalize().as_bytes()
}
