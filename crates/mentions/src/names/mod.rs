//! Names of people, organisations, countries, places and instruments, and who is who among them inside a document.

mod anaphora;
mod around;
mod bearers;
mod clues;
mod doubts;
mod entities;
mod extents;
mod heads;
pub mod learning;
mod lexicon;
mod marks;
pub mod measure;
mod nouns;
mod parts;
mod runs;
mod sorts;
mod spelling;
mod stems;

pub use entities::{Entities, Entity};
pub use lexicon::Tables;

use crate::Mention;
use pledgebook_text::Text;

/// Whether a text is made of common nouns only: a group told by what it is ("Kritiker", "three lenders"), not by its name.
pub fn is_common(text: &Text<'_>, tables: &crate::Tables) -> bool {
    use lexicon::Class;
    const PLAIN: Class = Class(
        Class::COMMON.0
            | Class::FUNCTION.0
            | Class::ROLE.0
            | Class::ROLES.0
            | Class::PEOPLE.0
            | Class::COMPANY.0
            | Class::COMPANIES.0
            | Class::GOVERNMENT.0
            | Class::GOVERNMENTS.0
            | Class::SITE.0
            | Class::LAND.0
            | Class::NATIONS.0
            | Class::ARTICLE.0
            | Class::DEFINITE.0
            | Class::TWO.0
            | Class::LINK.0
            | Class::AND.0,
    );
    let marks = marks::Marks::new(text, &tables.names);
    let plain = |at: usize| marks.class(at).any(PLAIN) || !text.tokens()[at].shape.capital();
    !text.tokens().is_empty() && (0..text.tokens().len()).all(|at| marks.hit(at).is_none() && plain(at))
}

/// Appends the names of a text to `mentions` and returns their bearers.
pub fn read(text: &Text<'_>, tables: &Tables, mentions: &mut Vec<Mention>) -> Entities {
    let mut marks = marks::Marks::new(text, tables);
    let around = around::Around::new(text, &tables.views);
    let runs = runs::cut(text, &mut marks, tables, &around);
    let first = mentions.len();
    let mut entities = bearers::name(text, &marks, tables, &around, &runs, mentions);
    anaphora::resolve(text, &marks, tables, first, &mut entities, mentions);
    entities
}
