//! Names of people, organisations, countries, places and instruments, and who is who among them inside a document.

mod anaphora;
mod bearers;
mod entities;
mod lexicon;
mod marks;
pub mod measure;
mod nouns;
mod runs;
mod sorts;
mod spelling;

pub use entities::{Entities, Entity};
pub use lexicon::Tables;

use crate::Mention;
use pledgebook_text::Text;

/// Appends the names of a text to `mentions` and returns their bearers.
pub fn read(text: &Text<'_>, tables: &Tables, mentions: &mut Vec<Mention>) -> Entities {
    let mut marks = marks::Marks::new(text, tables);
    let runs = runs::cut(text, &mut marks, tables);
    let first = mentions.len();
    let entities = bearers::name(text, &marks, tables, &runs, mentions);
    anaphora::resolve(text, &marks, tables, first, &entities, mentions);
    entities
}
