//! What says how firmly a figure stands: "about", "up to", "or more".

use super::{
    amount::{Amount, whole},
    data::QualifierTable,
    range::Ranges,
};
use crate::Qualifier;
use pledgebook_text::{Habits, Phrases, Text, TokenKind, Vocabulary};
use rust_decimal::Decimal;
use std::ops::Range;

/// Compiled phrases of qualification.
#[derive(Debug, Default)]
pub(super) struct Qualifiers {
    before: Phrases<Qualifier>,
    after: Phrases<Qualifier>,
    between: Phrases<()>,
    /// "über" after "Kredit".
    worth: Phrases<()>,
    sums: Phrases<()>,
}

/// How many tokens a qualifying phrase can have.
const PHRASE_TOKENS_MAX: usize = 6;

impl Qualifiers {
    pub(super) fn compile(table: &QualifierTable, habits: &Habits, vocabulary: &mut Vocabulary) -> Self {
        let mut this = Self::default();
        for (sides, qualifier) in [
            (&table.about, Qualifier::About),
            (&table.up_to, Qualifier::UpTo),
            (&table.at_least, Qualifier::AtLeast),
            (&table.exact, Qualifier::Exact),
        ] {
            for form in &sides.before {
                this.before.insert(vocabulary, habits, form, qualifier);
            }
            for form in &sides.after {
                this.after.insert(vocabulary, habits, form, qualifier);
            }
        }
        for (forms, phrases) in [
            (&table.between, &mut this.between),
            (&table.worth.words, &mut this.worth),
            (&table.worth.after, &mut this.sums),
        ] {
            for form in forms {
                phrases.insert(vocabulary, habits, form, ());
            }
        }
        this
    }

    /// Lower and upper bound of an amount and its qualifier; `end` is where its unit ends.
    pub(super) fn bounds(
        &self,
        text: &Text<'_>,
        ranges: &Ranges,
        amount: &Amount,
        end: usize,
        sentence: &Range<usize>,
    ) -> (Option<Decimal>, Option<Decimal>, Qualifier) {
        if amount.vague {
            return (Some(amount.low), None, Qualifier::Vague);
        }
        if amount.range {
            return (Some(amount.low), Some(amount.high), Qualifier::Range);
        }
        let found = self.found(text, ranges, amount, end, sentence).map(|(qualifier, _)| qualifier);
        let about = if amount.about { Qualifier::About } else { Qualifier::Exact };
        match found.unwrap_or(about) {
            Qualifier::UpTo => (None, Some(amount.high), Qualifier::UpTo),
            Qualifier::AtLeast => (Some(amount.low), None, Qualifier::AtLeast),
            other => (Some(amount.low), Some(amount.high), other),
        }
    }

    /// What qualifies an amount whose unit ends at `end`, and the tokens that say so.
    pub(super) fn found(
        &self,
        text: &Text<'_>,
        ranges: &Ranges,
        amount: &Amount,
        end: usize,
        sentence: &Range<usize>,
    ) -> Option<(Qualifier, Range<usize>)> {
        self.before(text, ranges, amount.start, sentence.start).or_else(|| self.after(text, end, sentence.end))
    }

    /// Whether the word at a token ends a qualifying phrase: "au moins", which takes nothing away.
    pub(super) fn ends(&self, text: &Text<'_>, first: usize, at: usize) -> bool {
        (first.max(at.saturating_sub(3))..at).any(|start| {
            self.before.longest_in(text, start, text.tokens().len()).is_some_and(|found| start + found.len > at)
        })
    }

    /// The firmest of the qualifying phrases that stand right before a token.
    fn before(&self, text: &Text<'_>, ranges: &Ranges, at: usize, first: usize) -> Option<(Qualifier, Range<usize>)> {
        let mut found: Option<(Qualifier, Range<usize>)> = None;
        let mut at = at;
        let mut skipped = 0;
        loop {
            let lowest = first.max(at.saturating_sub(PHRASE_TOKENS_MAX));
            let longest = (lowest..at).find_map(|start| Some((start, *whole(&self.before, text, start, at)?.first()?)));
            if let Some((start, value)) = longest {
                // "rose to 97 million": a bare "to" after a verb of change is no ceiling.
                if value == Qualifier::UpTo && at - start == 1 && ranges.changes(text, first, start) {
                    return found;
                }
                if start > first
                    && whole(&self.worth, text, start, at).is_some()
                    && whole(&self.sums, text, start - 1, start).is_some()
                {
                    return found;
                }
                // A bound outweighs "about": "up to around 5".
                let firmer = matches!(value, Qualifier::UpTo | Qualifier::AtLeast);
                if found.as_ref().is_none_or(|(known, _)| firmer && *known == Qualifier::About) {
                    found = Some((value, start..at));
                }
                at = start;
                continue;
            }
            if skipped == 2 || at == first {
                return found;
            }
            // An article or an opening bracket may stand between.
            let previous = at - 1;
            let passes = whole(&self.between, text, previous, at).is_some()
                || matches!(text.form(previous), "\"" | "«" | "“" | "„")
                    && text.tokens()[previous].kind == TokenKind::Mark;
            if !passes {
                return found;
            }
            at = previous;
            skipped += 1;
        }
    }

    fn after(&self, text: &Text<'_>, at: usize, end: usize) -> Option<(Qualifier, Range<usize>)> {
        let bracket = at < end && text.form(at) == "(";
        for at in at..end.min(at + 2) {
            if let Some(found) = self.after.longest_in(text, at, end) {
                // "13 Mrd. Dollar (ca. 12 Mrd. Euro)": what stands before the next figure is the next figure's.
                let past = at + found.len;
                let next = text.tokens().get(past).filter(|_| past < end).map(|next| next.kind);
                let another = matches!(next, Some(TokenKind::Number | TokenKind::Symbol))
                    && !matches!(text.form(past), "%" | "+");
                let closed = !bracket || past < end && text.form(past) == ")";
                return (!another && closed).then_some((*found.values.first()?, at..past));
            }
            // "(maximum)", "75 000, tout au plus"
            if !matches!(text.form(at), "(" | ",") {
                return None;
            }
        }
        None
    }
}
