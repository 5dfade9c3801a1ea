//! Things that are counted: jobs, aircraft, megawatts.

use super::{
    amount::Amount,
    data::ThingFile,
    numeral::{Numeral, is_hyphen},
};
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Habits, Phrases, Text, Token, TokenKind, Vocabulary};
use rust_decimal::Decimal;
use std::{ops::Range, sync::Arc};

/// Compiled units of a language.
#[derive(Debug, Default)]
pub(super) struct Things {
    units: Phrases<Unit>,
    per: Phrases<Arc<str>>,
    each: Phrases<Arc<str>>,
    stops: Phrases<()>,
    not_after: Phrases<()>,
    words_between_max: usize,
}

#[derive(Debug, Clone)]
struct Unit {
    name: Arc<str>,
    /// A measure is not counted by an article: "a kilometre away".
    measure: bool,
}

impl Things {
    pub(super) fn compile(
        data: &Data,
        code: &str,
        habits: &Habits,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, Error> {
        let file: ThingFile = data.language_table(code, "thing.toml")?;
        let mut this = Self { words_between_max: file.words_between_max, ..Self::default() };
        for (table, measure) in [(&file.units, false), (&file.measures, true)] {
            for (unit, forms) in table {
                let name: Arc<str> = unit.as_str().into();
                for form in forms.iter() {
                    this.units.insert(vocabulary, habits, form, Unit { name: name.clone(), measure });
                }
            }
        }
        for (table, phrases) in [(&file.per, &mut this.per), (&file.each, &mut this.each)] {
            for (period, forms) in table {
                let period: Arc<str> = period.as_str().into();
                for form in forms.iter() {
                    phrases.insert(vocabulary, habits, form, period.clone());
                }
            }
        }
        for form in &file.stops {
            this.stops.insert(vocabulary, habits, form, ());
        }
        for form in &file.not_after {
            this.not_after.insert(vocabulary, habits, form, ());
        }
        Ok(this)
    }

    /// The unit that an amount counts, as an English singular, and the token after it. `next` is where the next figure begins.
    pub(super) fn unit(
        &self,
        text: &Text<'_>,
        amount: &Amount,
        next: usize,
        sentence: &Range<usize>,
    ) -> Option<(String, usize)> {
        if amount.percent.is_some() || amount.fraction || amount.low.is_sign_negative() {
            return None;
        }
        if self.is_of_a_name(text, amount.start, sentence.start) {
            return None;
        }
        let tokens = text.tokens();
        let mut at = amount.end;
        let mut each = None;
        let mut passed = 0;
        while at < sentence.end && at < next.max(amount.end + 1) {
            let token = &tokens[at];
            if let Some(found) = self.units.longest_in(text, at, sentence.end) {
                let unit = &found.values[0];
                // "500 Millionen nachgeschossen": nouns have a capital.
                let capital = || tokens[at..at + found.len].iter().any(|token| token.shape.capital());
                let noun = !text.habits().capital_nouns || unit.measure || capital();
                if !noun || unit.measure && (amount.first.article || passed > 1) {
                    return None;
                }
                // A figure that looks like a year counts nothing at a distance.
                if amount.first.yearlike() && !amount.range && passed > 0 {
                    return None;
                }
                let end = at + found.len;
                let (period, end) = match each {
                    Some(period) => (Some(period), end),
                    None => self.period(text, end, sentence.end),
                };
                let before = self.each_before(text, amount.start, sentence.start);
                return Some((
                    match period.or(before) {
                        Some(period) => format!("{} per {period}", unit.name),
                        None => unit.name.to_string(),
                    },
                    end,
                ));
            }
            if let Some(found) = self.each.longest_in(text, at, sentence.end) {
                each = Some(found.values[0].clone());
                at += found.len;
                continue;
            }
            let hyphen = token.kind == TokenKind::Mark && matches!(text.form(at), "-" | "‐" | "‑");
            if hyphen && token.shape.glued() {
                at += 1;
                continue;
            }
            if passed < self.words_between_max
                && let Some(end) = designation(text, at, sentence.end)
            {
                passed += 1;
                at = end;
                continue;
            }
            // "18 Leopard 2 tanks": figures before the next one that counts are parts of names.
            if token.kind == TokenKind::Number && passed > 0 {
                at += 1;
                continue;
            }
            if token.kind != TokenKind::Word
                || passed == self.words_between_max
                || self.stops.longest_in(text, at, sentence.end).is_some()
            {
                return None;
            }
            if passed == 0
                && token.shape.glued()
                && at == amount.end
                && text.form(at).chars().count() > 1
                && tokens[at - 1].kind == TokenKind::Number
            {
                return None;
            }
            passed += 1;
            at += 1;
        }
        None
    }

    /// Whether a unit is written at a token.
    pub(super) fn is_unit(&self, text: &Text<'_>, at: usize, end: usize) -> bool {
        self.units.longest_in(text, at, end).is_some()
    }

    /// "a year" right after a unit, or after one or two words more.
    fn period(&self, text: &Text<'_>, at: usize, end: usize) -> (Option<Arc<str>>, usize) {
        for start in at..end.min(at + 4) {
            // "30 jobs within a year", "30 addetti entro l'anno" tell until when, and no rate.
            let until = |start: usize| start > at && self.stops.longest_in(text, start - 1, start).is_some();
            if let Some(found) = self.per.longest_in(text, start, end).filter(|_| !until(start)) {
                return (Some(found.values[0].clone()), start + found.len);
            }
            if text.tokens()[start].kind != TokenKind::Word {
                break;
            }
        }
        (None, at)
    }

    /// Whether a number is part of the name before it and counts nothing: "Article 5", "Leopard 2". `first` is the sentence's first token.
    pub(super) fn is_of_a_name(&self, text: &Text<'_>, number: usize, first: usize) -> bool {
        (first.max(number.saturating_sub(2))..number)
            .any(|start| super::amount::whole(&self.not_after, text, start, number).is_some())
    }

    /// "annual", "jährlich", up to three tokens before the figure.
    fn each_before(&self, text: &Text<'_>, at: usize, first: usize) -> Option<Arc<str>> {
        if self.each.is_empty() {
            return None;
        }
        (first.max(at.saturating_sub(4))..at)
            .find_map(|start| self.each.longest_in(text, start, at))
            .map(|found| found.values[0].clone())
    }
}

/// The end of the designation that starts at a token: the token after "F-35", "A320".
pub(crate) fn designation(text: &Text<'_>, at: usize, end: usize) -> Option<usize> {
    let tokens = text.tokens().get(at..end)?;
    let digits = |token: &Token| token.kind == TokenKind::Number && token.shape.glued();
    match tokens {
        [word, number, ..] if word.kind == TokenKind::Word && digits(number) => Some(at + 2),
        [word, hyphen, number, ..] if word.kind == TokenKind::Word && hyphen.shape.glued() && digits(number) => {
            is_hyphen(text, at + 1).then_some(at + 3)
        }
        _ => None,
    }
}

/// Whether a numeral is a number by itself, not part of a name or code ("A380", "180ml", "4th").
pub(super) fn stands_alone(text: &Text<'_>, numeral: &Numeral, sentence: &Range<usize>) -> bool {
    if !numeral.digits {
        return true;
    }
    let tokens = text.tokens();
    let glued_word = |at: usize| {
        at < sentence.end
            && tokens[at].shape.glued()
            && (tokens[at].kind == TokenKind::Word || matches!(text.form(at), "º" | "ª" | "°"))
    };
    if glued_word(numeral.end) {
        return false;
    }
    if numeral.start == sentence.start || !tokens[numeral.start].shape.glued() {
        return true;
    }
    tokens[numeral.start - 1].kind != TokenKind::Word
        || tokens[numeral.start - 1].shape.all_capitals()
            && numeral.value >= Decimal::TEN
            && text.form(numeral.start - 1).len() == 3
}
