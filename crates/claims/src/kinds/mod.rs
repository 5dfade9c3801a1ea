//! One folder for each kind of claim.

pub mod agreement;
pub mod participation;
pub mod pledge;
pub mod presence;
pub mod role;
pub mod statement;
