//! The ledger as its users see it.

mod answers;
mod article;
mod faults;
mod order;
