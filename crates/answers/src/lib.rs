//! What people and tools get out of claims and ledgers: tables, JSON, CSV, explanations, scores. Decides nothing.

pub mod eval;
