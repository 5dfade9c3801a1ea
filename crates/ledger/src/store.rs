//! What a store of ledgers does.

use crate::{Appended, Diff, DocumentRow, Entry, Error, Filter, Release, Sum, SumFilter, Verification};
use pledgebook_claims::Claim;
use pledgebook_commitments::{Act, Agreement, AsOf, Commitment, Decision, Knowledge, Subject};
use pledgebook_document::Document;
use std::path::Path;
use std::sync::Arc;

/// A document with its claims, to be appended.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// The document.
    pub document: Document,
    /// Day on which it is read, ISO 8601.
    pub read: String,
    /// Name and version of what read it, `rules@…` or `llm:…@…`: another makes another reading.
    pub rules: String,
    /// Its claims, in the order of the text.
    pub claims: Vec<Claim>,
}

impl NewDocument {
    /// A document read on `read` (ISO 8601 day) by `rules`.
    pub fn new(document: Document, claims: Vec<Claim>, read: &str, rules: &str) -> Self {
        Self { document, read: read.to_owned(), rules: rules.to_owned(), claims }
    }
}

/// A document as the ledger holds it, with the claims of its latest reading.
#[derive(Debug, Clone)]
pub struct StoredDocument {
    /// What lists show of it.
    pub row: DocumentRow,
    /// The document as it was read: text, blocks and what was known about it.
    pub document: Document,
    /// The claims that count.
    pub claims: Vec<Claim>,
}

/// How the claims of a stored document can be held against its text. That their evidence stands in it is checked whatever the proof.
#[derive(Debug, Clone, PartialEq)]
pub enum Proof {
    /// The rules that read it are the present ones: what they read again.
    Again(Vec<Claim>),
    /// A language model read it, which cannot be repeated: the claims whose figures, dates and names do not follow from the text.
    Checked(Vec<Claim>),
    /// Another version read it: nothing more can be said.
    Unproved,
}

/// A ledger: it takes documents, claims and decisions, forgets none of them, and answers from what follows of them.
pub trait Ledger {
    /// Appends documents with their claims: all of the batch or nothing. What is there already changes nothing.
    ///
    /// # Errors
    /// [`Error::Locked`], [`Error::DiskFull`], [`Error::ReadOnly`]: the ledger is as it was before.
    fn append(&mut self, batch: &[NewDocument]) -> Result<Appended, Error>;

    /// Takes documents in as [`Ledger::append`] does, but leaves the books open: lists may answer as before until
    /// [`Ledger::settle`] closes them. For long runs, where joining once is cheaper than joining after each batch. An
    /// interrupted run loses nothing: the books are closed when the ledger is opened next.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    fn accept(&mut self, batch: &[Entry]) -> Result<Appended, Error>;

    /// What entries of this ledger are made ready with.
    fn knowledge(&self) -> Arc<Knowledge>;

    /// Closes the books: joins what was taken in since they were closed last. Gives the number of commitments and agreements
    /// that came up, changed or went.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    fn settle(&mut self) -> Result<usize, Error>;

    /// The commitments of a filter.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn commitments(&self, filter: &Filter) -> Result<Vec<Commitment>, Error>;

    /// The agreements of a filter.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn agreements(&self, filter: &Filter) -> Result<Vec<Agreement>, Error>;

    /// The commitment or agreement whose id, or one of whose claims' ids, begins with `id`.
    ///
    /// # Errors
    /// [`Error::Unknown`] and [`Error::Ambiguous`].
    fn show(&self, id: &str, as_of: &AsOf) -> Result<Subject, Error>;

    /// The documents, by day and id.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn documents(&self) -> Result<Vec<DocumentRow>, Error>;

    /// One document with its text, in its latest version.
    ///
    /// # Errors
    /// [`Error::Unknown`].
    fn document(&self, id: &str) -> Result<StoredDocument, Error>;

    /// The claims that a reader of this name and version found in this very document, if it has read it.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn reading(&self, document: &Document, rules: &str) -> Result<Option<Vec<Claim>>, Error>;

    /// Documents whose text or claims' evidence hold all the words, the best first.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn search(&self, words: &str, limit: usize) -> Result<Vec<DocumentRow>, Error>;

    /// Sums of commitments.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn sums(&self, filter: &SumFilter) -> Result<Vec<Sum>, Error>;

    /// What changed in what we knew between two days.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn diff(&self, from: &str, to: &str) -> Result<Diff, Error>;

    /// Appends a decision. Ids in it may be beginnings of ids.
    ///
    /// # Errors
    /// [`Error::Unknown`], [`Error::Ambiguous`], [`Error::Invalid`], and those of [`Ledger::append`].
    fn decide(&mut self, author: &str, time: &str, reason: &str, act: Act) -> Result<Decision, Error>;

    /// Every decision, those undone and the undoings included, by time. Serialised one a line, they can be carried over.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn decisions(&self) -> Result<Vec<Decision>, Error>;

    /// Appends the decisions of another ledger; those known already change nothing. Gives the number of new ones.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    fn import(&mut self, decisions: &[Decision]) -> Result<usize, Error>;

    /// Makes a release of what is known now.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    fn release(&mut self, time: &str, note: &str) -> Result<Release, Error>;

    /// The releases, by number.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    fn releases(&self) -> Result<Vec<Release>, Error>;

    /// Proves that everything follows: has `prove` hold the claims of every stored document against its text, derives every
    /// commitment and agreement again from the claims, and walks the log's chain of hashes.
    ///
    /// # Errors
    /// When the ledger cannot be read; what does not follow is no error but a fault in the answer.
    fn verify(&self, prove: &mut dyn FnMut(&StoredDocument) -> Proof) -> Result<Verification, Error>;

    /// Copies the ledger to another file, while others read it.
    ///
    /// # Errors
    /// When the file is there already or cannot be written.
    fn backup(&self, to: &Path) -> Result<(), Error>;

    /// Gives back unused space and puts the search index in order. Gives the bytes before and after.
    ///
    /// # Errors
    /// As [`Ledger::append`].
    fn compact(&mut self) -> Result<[u64; 2], Error>;
}
