//! The ledger as its users see it.

mod answers;
mod article;
mod crash;
mod faults;
mod order;
