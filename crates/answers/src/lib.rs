//! What people and tools get out of claims and ledgers: tables, JSON, CSV, explanations, scores. Decides nothing.

mod amount;
mod books;
mod claim;
mod claim_table;
pub mod eval;
mod explanation;
mod mention;
mod plain_table;

pub use amount::{Amounts, thing};
pub use books::{
    Difference, agreement_csv, agreement_label, agreement_table, amount, commitment_amount, commitment_csv,
    commitment_label, commitment_table, difference_csv, difference_list, differences, document_csv, document_table,
    history, in_currency, short_id, subject_id,
};
pub use claim::{confidence, in_one_line, one_line, shortened, spaced, words};
pub use claim_table::ClaimTable;
pub use explanation::{Explanation, Styles};
pub use mention::mention_in_one_line;
pub use plain_table::PlainTable;

/// The word that JSON uses for a value of a vocabulary.
fn word_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
