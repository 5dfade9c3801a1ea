//! Names of people, organisations, countries, places and instruments, and who is who among them inside a document.

mod alone;
mod anaphora;
mod around;
mod bearers;
mod clues;
mod doubts;
mod entities;
mod extents;
mod heads;
mod lands;
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
mod tallies;
mod towns;

pub use entities::{Entities, Entity};
pub use lexicon::Tables;

use crate::{Mention, Mentions, Value};
use pledgebook_text::Text;

/// The rule of a name that tells where a text was written.
pub const DATELINE: &str = "<dateline>";

/// Whether a text tells somebody by what they are ("Kritiker", "US companies", "economist from Warsaw") and not by a name.
pub fn is_common(text: &Text<'_>, tables: &crate::Tables) -> bool {
    use lexicon::{Class, What};
    const OFFICES: Class = Class(Class::ROLE.0 | Class::ROLES.0 | Class::PEOPLE.0);
    const GROUPS: Class = Class(Class::ROLES.0 | Class::COMPANIES.0 | Class::NATIONS.0);
    const PLAIN: Class = Class(
        OFFICES.0
            | GROUPS.0
            | Class::COMMON.0
            | Class::FUNCTION.0
            | Class::COMPANY.0
            | Class::GOVERNMENT.0
            | Class::GOVERNMENTS.0
            | Class::SITE.0
            | Class::LAND.0
            | Class::ARTICLE.0
            | Class::DEFINITE.0
            | Class::TWO.0
            | Class::LINK.0
            | Class::AND.0,
    );
    let marks = marks::Marks::new(text, &tables.names);
    let end = text.tokens().len();
    let capital = |at: usize| text.tokens()[at].shape.capital();
    let named = |at: usize| marks.hit(at).map(|hit| hit.what);
    if end > 0 && (0..end).all(|at| named(at).is_none() && (marks.class(at).any(PLAIN) || !capital(at))) {
        return true;
    }
    // "US companies", "American tech giants": behind a country only small words, the last of them for a group.
    let country = marks.hit(0).filter(|hit| matches!(hit.what, What::Country(..))).map_or(0, |hit| hit.tokens.end);
    if country > 0 && country < end && (country..end).all(|at| !capital(at)) && marks.class(end - 1).any(GROUPS) {
        return true;
    }
    // "economist from Warsaw", "experts whom «Prostir» asked": an office or people, small words, and only behind them a name.
    marks.class(0).any(OFFICES)
        && !marks.class(0).any(Class::BODY | Class::COMPANY)
        && named(0).is_none()
        && !tables.names.capital_nouns
        && end > 2
        && !capital(1)
        && (2..end).any(capital)
}

/// Drops what stands inside a sum: nobody is named by "300 million US dollars" and "$17.8 Million".
fn drop_moneys(runs: &mut Vec<runs::Run>, mentions: &[Mention]) {
    let mut moneys = mentions.iter().filter(|mention| matches!(mention.value, Value::Money(_))).peekable();
    runs.retain(|run| {
        while moneys.next_if(|money| money.tokens.end <= run.tokens.start).is_some() {}
        moneys.peek().is_none_or(|money| money.tokens.start > run.tokens.start || run.tokens.end > money.tokens.end)
    });
}

/// Appends the names of each text to its mentions, with their bearers: step by step for all texts.
pub fn read_each<'t, 'd: 't>(texts: impl Iterator<Item = &'t Text<'d>> + Clone, tables: &Tables, all: &mut [Mentions]) {
    let moneys: Vec<_> = all.iter().map(|mentions| lands::moneys(&mentions.list, tables)).collect();
    let mut marks: Vec<_> = texts.clone().map(|text| marks::Marks::new(text, tables)).collect();
    let arounds: Vec<_> = texts.clone().map(|text| around::Around::new(text, &tables.views)).collect();
    let cut = texts.clone().zip(&mut marks).zip(&arounds);
    let mut runs: Vec<_> = cut.map(|((text, marks), around)| runs::cut(text, marks, tables, around)).collect();
    for (runs, mentions) in runs.iter_mut().zip(all.iter()) {
        drop_moneys(runs, &mentions.list);
    }
    let firsts: Vec<usize> = all.iter().map(|mentions| mentions.list.len()).collect();
    for (at, (text, Mentions { list, entities })) in texts.clone().zip(all.iter_mut()).enumerate() {
        *entities = bearers::name(text, &marks[at], tables, &arounds[at], &runs[at], &moneys[at], list);
    }
    for (at, (text, Mentions { list, entities })) in texts.zip(all).enumerate() {
        anaphora::resolve(text, &marks[at], tables, &moneys[at], firsts[at], entities, list);
    }
}
