//! The ledger as its users see it.
#![allow(clippy::unwrap_used)] // Nothing but tests: a failure is told by its panic.

mod answers;
mod article;
mod crash;
mod faults;
mod order;
