//! Two figures that are one range, and figures that share the unit of the last.

use super::{
    amount::{Amount, whole},
    currency::Currencies,
    data::RangeTable,
};
use pledgebook_text::{Habits, Phrases, Text, Vocabulary};
use rust_decimal::Decimal;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joiner {
    /// "between"
    Opener,
    /// "and", after an opener
    Opened,
    /// "to"
    To,
    /// "and", "or"
    List,
}

/// How many tokens may join two figures.
const JOINER_TOKENS_MAX: usize = 4;

/// How many tokens before a figure a verb may stand that makes two figures a change and no range.
const CHANGE_TOKENS_MAX: usize = 12;

/// Compiled words of ranges.
#[derive(Debug, Default)]
pub(super) struct Ranges {
    joiners: Phrases<Joiner>,
    changes: Phrases<()>,
}

impl Ranges {
    pub(super) fn compile(table: &RangeTable, habits: &Habits, vocabulary: &mut Vocabulary) -> Self {
        let mut this = Self::default();
        for (forms, joiner) in [
            (&table.openers, Joiner::Opener),
            (&table.opened, Joiner::Opened),
            (&table.joiners, Joiner::To),
            (&table.lists, Joiner::List),
        ] {
            for form in forms {
                this.joiners.insert(vocabulary, habits, form, joiner);
            }
        }
        for form in &table.changes {
            this.changes.insert(vocabulary, habits, form, ());
        }
        this
    }

    fn is(&self, text: &Text<'_>, start: usize, end: usize, joiner: Joiner) -> bool {
        start < end
            && end - start <= JOINER_TOKENS_MAX
            && whole(&self.joiners, text, start, end).is_some_and(|values| values.contains(&joiner))
    }

    /// Whether "between" stands right before a figure.
    fn opens(&self, text: &Text<'_>, sentence: usize, at: usize) -> bool {
        (sentence.max(at.saturating_sub(3))..at).any(|start| self.is(text, start, at, Joiner::Opener))
    }

    /// Whether a verb of change stands in the words before a figure.
    pub(super) fn changes(&self, text: &Text<'_>, sentence: usize, at: usize) -> bool {
        !self.changes.is_empty()
            && (sentence.max(at.saturating_sub(CHANGE_TOKENS_MAX))..at)
                .any(|start| self.changes.longest_in(text, start, at).is_some())
    }
}

/// Joins the amounts of a sentence that starts at token `sentence`.
pub(super) fn join(
    text: &Text<'_>,
    ranges: &Ranges,
    currencies: &Currencies,
    amounts: &mut Vec<Amount>,
    sentence: usize,
) {
    let mut at = amounts.len() - 1;
    while at > 0 {
        at -= 1;
        let gap = amounts[at].percent.unwrap_or(amounts[at].end)..amounts[at + 1].start;
        // Most figures stand too far apart for any word between them.
        if gap.is_empty() || gap.len() > JOINER_TOKENS_MAX {
            continue;
        }
        let (mut one, other) = (amounts[at], amounts[at + 1]);
        if one.vague || other.vague || one.range || other.end <= other.start {
            continue;
        }
        let opened = ranges.opens(text, sentence, one.start);
        let dash = gap.len() == 1 && matches!(text.form(gap.start), "-" | "–" | "—" | "‑" | "‐" | "−");
        let to = ranges.is(text, gap.start, gap.end, Joiner::To);
        let and = opened && ranges.is(text, gap.start, gap.end, Joiner::Opened);
        let list = ranges.is(text, gap.start, gap.end, Joiner::List);
        if !(dash || to || and || list) || one.percent.is_some() != other.percent.is_some() && one.percent.is_some() {
            continue;
        }
        // Units: one is missing, or both are the same.
        let unit = match (one.unit, other.unit) {
            (Some(left), Some(right)) if left == right => Some(left),
            (Some(left), Some(right)) if currencies.may_mean(left, right) => Some(right),
            (Some(left), Some(right)) if currencies.may_mean(right, left) => Some(left),
            (None, right) => right,
            (Some(left), None) if one.before || dash => Some(left),
            _ => continue,
        };
        let shares = one.scale == Decimal::ONE
            && other.scale > Decimal::ONE
            && one.first.figure() < Decimal::ONE_THOUSAND.max(other.first.figure())
            && !one.first.yearlike()
            && (one.unit.is_none() || one.before);
        let share = |one: &mut Amount| -> bool {
            let (Some(low), Some(place)) = (one.low.checked_mul(other.scale), one.place.checked_mul(other.scale))
            else {
                return false;
            };
            (one.low, one.high, one.place, one.scale) = (low, low, place, other.scale);
            true
        };
        if list && !and {
            // "$1.5 and $2 billion": each is its own amount with the last one's unit.
            if unit.is_some() && shares && !other.range && share(&mut one) {
                one.before |= one.unit.is_some();
                one.unit = unit;
                amounts[at] = one;
            } else if one.unit.is_none()
                && unit.is_some()
                && one.scale > Decimal::ONE
                && other.scale == one.scale
                && !one.first.yearlike()
            {
                amounts[at].unit = unit;
            }
            continue;
        }
        if other.range || one.first.yearlike() && other.first.yearlike() {
            continue;
        }
        // Bare figures with a hyphen between are anything: scores, numbers of laws, telephones.
        let anything = unit.is_none() && other.scale == Decimal::ONE && other.percent.is_none();
        if dash && anything {
            let apart = !text.tokens()[gap.start].shape.glued() || text.form(gap.start) == "–";
            let chained = at > 0 && amounts[at - 1].end + 1 == one.start
                || amounts.get(at + 2).is_some_and(|next| next.start == other.end + 1)
                || one.first.end < text.tokens().len() && one.first.yearlike();
            if chained || apart && text.form(gap.start) != "–" {
                continue;
            }
        }
        if to && !opened && ranges.changes(text, sentence, one.start) {
            if shares && one.unit.is_none() && unit.is_some() {
                share(&mut one);
                one.unit = unit;
                amounts[at] = one;
            } else if one.unit.is_none() && unit.is_some() && one.scale > Decimal::ONE {
                amounts[at].unit = unit;
            }
            continue;
        }
        if shares && !share(&mut one) {
            continue;
        }
        if one.low >= other.high || one.low.is_sign_negative() {
            continue;
        }
        let joined = Amount {
            start: one.start,
            end: other.end,
            low: one.low,
            high: other.high,
            place: one.place.min(other.place),
            scale: other.scale,
            unit,
            before: one.before && other.unit.is_none() || other.before,
            percent: other.percent,
            vague: false,
            about: one.about || other.about,
            sum: other.sum,
            range: true,
            fraction: false,
            first: one.first,
            last: Some(other.first),
        };
        amounts[at] = joined;
        amounts.remove(at + 1);
    }
}
