//! The append-only ledger of documents, claims and decisions: what was read, what was decided, and what follows from both.
//!
//! [`Ledger`] is what a store does; [`Sqlite`] does it in one file.

mod ask;
mod entry;
mod error;
mod numbers;
mod sqlite;
mod store;
mod waiting;

pub use ask::{
    Appended, Change, ChangedSlot, Diff, DocumentRow, Filter, Release, Removal, Sort, Sum, SumBy, SumFilter,
    Verification,
};
pub use entry::Entry;
pub use error::Error;
pub use sqlite::Sqlite;
pub use store::{Ledger, NewDocument, Proof, StoredDocument};
