//! What people and tools get out of claims and ledgers: tables, JSON, CSV, explanations, scores. Decides nothing.

mod amount;
mod claim;
mod claim_table;
pub mod eval;
mod mention;

pub use amount::{Amounts, thing};
pub use claim::{in_one_line, one_line, shortened, spaced, words};
pub use claim_table::ClaimTable;
pub use mention::{mention_in_one_line, mentions_to_json};

/// The word that JSON uses for a value of a vocabulary.
fn word_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
