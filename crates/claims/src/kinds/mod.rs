//! One folder for each kind of claim.

pub mod agreement;
pub mod pledge;
pub mod role;
pub mod statement;
