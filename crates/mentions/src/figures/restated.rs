//! Amounts told again in another currency.

use super::Tables;
use crate::{Mention, Qualifier, Value};
use pledgebook_text::Text;

/// Pairs of money mentions, as indexes into `mentions`, of which the second tells the first again in another currency:
/// "£500m ($678m)", "8 milliards d'euros, soit environ 9,4 milliards de dollars".
///
/// `mentions` must be in the order of the text, as [`crate::read`] gives them.
pub fn restated(text: &Text<'_>, tables: &crate::Tables, mentions: &[Mention]) -> Vec<(usize, usize)> {
    pairs(text, &tables.figures, mentions)
}

fn pairs(text: &Text<'_>, tables: &Tables, mentions: &[Mention]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut last: Option<usize> = None;
    for (at, mention) in mentions.iter().enumerate() {
        let Value::Money(money) = &mention.value else { continue };
        if let Some(before) = last
            && let Value::Money(told) = &mentions[before].value
            && told.currency != money.currency
            && money.currency.is_some()
            && money.qualifier != Qualifier::Vague
            && links(text, tables, mentions[before].tokens.end, mention.tokens.start)
        {
            // "£5m ($6m, €5.5m)": both tell the first again.
            let of = pairs.iter().find(|(_, again)| *again == before).map_or(before, |(of, _)| *of);
            pairs.push((of, at));
        }
        last = Some(at);
    }
    pairs
}

/// Whether what stands between two amounts says that they are one.
pub(super) fn links(text: &Text<'_>, tables: &Tables, from: usize, to: usize) -> bool {
    if from >= to || to - from > 8 || text.sentence_of(from) != text.sentence_of(to) {
        return false;
    }
    let opens = |at: usize| {
        matches!(text.form(at), "(" | "[" | "/" | "=" | "≈" | "~") || tables.restates.longest_in(text, at, to).is_some()
    };
    // Nothing but a comma or a closing bracket may come before the sign of restating.
    let mut at = from;
    while at < to && matches!(text.form(at), "," | ")" | "-" | "–") {
        at += 1;
    }
    at < to && (opens(at) || at > from && text.form(from) == "," && at + 1 == to)
}
