//! Claims: what one passage of one document asserts.

mod claim;
mod reader;
mod record;

pub use claim::{
    Action, Agreement, AgreementStage, AmountRole, Body, Change, Claim, Novelty, Participation, Pledge, PledgeStage,
    Presence, Reason, Role, Statement,
};
pub use reader::{Reader, Reading};
pub use record::DocumentClaims;
