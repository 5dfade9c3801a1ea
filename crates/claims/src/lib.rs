//! Claims: what one passage of one document asserts.

mod actors;
mod analysis;
mod attribution;
mod candidate;
mod choose;
mod claim;
mod concepts;
mod domains;
mod evidence;
mod features;
mod kinds;
pub mod learning;
pub mod llm;
mod naming;
mod offices;
mod reader;
mod record;
mod speech;
mod words;

use pledgebook_lexicon::linear as model;

pub use claim::{
    Action, Agreement, AgreementStage, AmountRole, Body, Change, Claim, Novelty, Participation, Pledge, PledgeStage,
    Presence, Reason, Role, Statement,
};
pub use reader::{Reader, Reading};
pub use record::DocumentClaims;
