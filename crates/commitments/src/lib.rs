//! Claims joined to commitments and agreements: a pure function of the set of claims, decisions and knowledge.
//!
//! ```text
//! DocumentRecord (one article, its claims) ─┐
//! Decision (a human's word)                 ├─ reconcile ─► Books: commitments, agreements
//! Knowledge (aliases, places, rates)        ┘
//! ```
//!
//! Claims fall into *blocks* (same pledger, or same parties); blocks never look at each other, so a new document touches only
//! the blocks of its claims, and reconciling those gives the same bytes as reconciling everything.

mod bearers;
mod books;
mod brief;
mod decision;
mod entity;
mod exchange;
mod join;
mod knowledge;
mod money;
mod origin;
mod packed;
mod record;
mod resolution;
mod rulings;
mod sighting;
mod signature;
mod sound;
mod standing;
#[cfg(feature = "synthetic")]
pub mod synthetic;
mod thread;
mod view;
mod waiting;
mod wording;

pub use bearers::{Bearer, Bearers, Joined, near};
pub use books::{Books, books, reconcile};
pub use brief::Brief;
pub use decision::{Act, Decision};
pub use exchange::{Changed, Coverage, Doubt, Doubtful, Merged, Quotation, Rate, Rates};
pub use join::Place;
pub use knowledge::Knowledge;
pub use record::{ClaimId, DocumentRecord};
pub use resolution::{Clue, Naming, Resolver};
pub use rulings::Rulings;
pub use sighting::{Context, Origin, Seen, Sighting, joins, see, sight};
pub use signature::Signature;
pub use thread::{Reconciler, Regrouped, Summary, Thread};
pub use view::{
    Agreement, AsOf, Bounds, ClaimRelation, ClaimView, Commitment, Compared, Conflict, MoneyRelation, Stage, StageStep,
    Status, Subject,
};
