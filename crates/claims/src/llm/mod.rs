//! The second reader: a language model is asked for claims, and what it answers is kept only where the text bears it out.
//!
//! Nothing here touches a network. [`Instructions`] say what is sent to a chat-completions endpoint, [`Answer`] is what came back, and a
//! [`Checker`] makes claims of it: evidence that stands letter for letter in the text, figures and dates that our own recogniser reads in
//! that evidence, names that the text uses. What a model says is never trusted: neither where a claim stands, nor how sure it is.

mod answer;
mod check;
mod doubt;
mod instructions;
mod parts;
mod plain;
mod schema;
mod slots;

pub use answer::{Answer, Tokens, Unusable};
pub use check::{Checked, Checker, Dropped};
pub use doubt::Doubt;
pub use instructions::Instructions;
pub use parts::{TooLong, parts};

/// What the names of models' readings begin with.
const PREFIX: &str = "llm:";

/// The name that the readings of a model have in ledgers and claims: `llm:MODEL@VERSION`, the version being that of the program that
/// asked and checked.
pub fn reader_name(model: &str) -> String {
    format!("{PREFIX}{model}@{}", env!("CARGO_PKG_VERSION"))
}

/// Whether a reading of this name is a model's: it cannot be derived again, only checked.
pub fn is_model(reader: &str) -> bool {
    reader.starts_with(PREFIX)
}

/// Whether it is a model's that the present version checked.
pub fn is_of_this_version(reader: &str) -> bool {
    is_model(reader) && reader.rsplit_once('@').is_some_and(|(_, version)| version == env!("CARGO_PKG_VERSION"))
}
