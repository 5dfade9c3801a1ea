//! What the words of a time were taken for.

use super::{Tables, words::Word};
use crate::explain::Step;
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

/// The words of a mention: of several readings of one, the longest, and of those the first that the data has.
pub fn explain(text: &Text<'_>, tables: &Tables, tokens: Range<usize>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        let (role, len) = match tables.words.all.longest_in(text, at, tokens.end) {
            Some(found) => (found.values.first().map_or("", |word| role(*word)), found.len),
            None if text.tokens()[at].kind == TokenKind::Number => ("<digits>", 1),
            None => ("", 1),
        };
        if !role.is_empty() {
            steps.push(Step::new(text, role, at..at + len, Vec::new()));
        }
        at += len;
    }
    steps
}

fn role(word: Word) -> &'static str {
    match word {
        Word::Month { .. } => "month",
        Word::Weekday { .. } => "weekday",
        Word::Season { .. } => "season",
        Word::Unit { .. } => "unit",
        Word::Count(_) => "number",
        Word::Ordinal(_) => "ordinal",
        Word::OrdinalEnding => "ordinal ending",
        Word::YearBase(_) | Word::YearBefore | Word::YearAfter => "year",
        Word::Earlier => "up to the anchor",
        Word::Later => "from the anchor on",
        Word::NotThis => "",
        Word::RelativeDay(_) | Word::RelativeYear(_) => "from the anchor",
        Word::Feast(_) => "feast",
        Word::WeeksOn(_) => "weeks on",
        Word::Shift(by) if by < 0 => "before the anchor's",
        Word::Shift(0) => "the anchor's",
        Word::Shift(_) => "after the anchor's",
        Word::Part(_) => "part",
        Word::QuarterCode => "quarter",
        Word::HalfCode => "half",
        Word::Of | Word::The | Word::And | Word::At | Word::In => "",
        Word::To => "to",
        Word::From => "from",
        Word::Between => "between",
        Word::Since => "since",
        Word::Starting => "starting",
        Word::By => "by",
        Word::Until => "until",
        Word::Before => "before",
        Word::After => "after",
        Word::Onward => "onward",
        Word::Every => "every",
        Word::Hence | Word::HenceAfter => "from the anchor on",
        Word::Ago | Word::AgoAfter => "ago",
        Word::Within => "within",
        Word::DecadeBefore | Word::DecadeAfter => "decade",
        Word::Hour => "hour",
    }
}
