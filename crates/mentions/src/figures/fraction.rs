//! Parts of one: "three quarters", "half a billion", "3/4", "one out of three".

use super::{
    numeral::{Parts, Reader},
    tally::{Build, Joined},
    words::Word,
};
use pledgebook_text::TokenKind;
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// "and a half", "and three quarters", "et demi": from the token after the joiner.
    pub(super) fn joined_fraction(
        &mut self,
        build: &mut Build,
        joined: Joined,
        after_point: bool,
        at: usize,
        end: usize,
    ) -> Option<usize> {
        if joined != Joined::And
            || build.is_empty()
            || build.total()?.fract() != Decimal::ZERO && build.scale() == Decimal::ONE
        {
            return None;
        }
        let mut q = at;
        let mut count = Decimal::ONE;
        let units = !after_point && self.words.counting.joins_units && build.room() == Some(Decimal::TEN);
        match self.word(q, end) {
            Some((Word::Article, len)) => q += len,
            Some((Word::Add { value, .. }, _)) if units && value < Decimal::TEN && value > Decimal::ZERO => {
                return None;
            }
            Some((Word::Add { value, .. }, len)) => {
                (count, q) = (value, q + len);
                // "fifty-four hundredths"
                if value >= Decimal::from(20)
                    && self.is_hyphen(q, end)
                    && let Some((Word::Add { value: units, .. }, len)) = self.word(q + 1, end)
                {
                    (count, q) = (value + units, q + 1 + len);
                }
            }
            Some((Word::Fraction { .. }, _)) => {}
            None if self.text.tokens()[q].kind == TokenKind::Number => {
                // "-1 e 4/5"
                let read = self.style.read(self.text.source(), self.text.tokens(), q, end)?;
                let (value, used) = self.slash(q, q + read.tokens, end)?;
                return build.add_fraction(value).then_some(used);
            }
            _ => return None,
        }
        if self.is_hyphen(q, end) {
            q += 1;
        }
        let Some((Word::Fraction { value }, len)) = self.word(q, end) else { return None };
        q += len;
        let value = value * count;
        // "one billion and a half million"
        if let Some((Word::Times { value: scale } | Word::Vague { value: scale, sum: false }, len)) = self.word(q, end)
            && build.scale() > scale
        {
            return build.add(value * scale, Decimal::ZERO).then_some(q + len);
        }
        build.add_fraction(value).then_some(q)
    }

    /// A fraction word: after a figure it multiplies ("three quarters"), alone it stands before a scale ("half a billion").
    pub(super) fn fraction(
        &mut self,
        build: &mut Build,
        value: Decimal,
        joined: Joined,
        article: bool,
        used: &mut usize,
        end: usize,
    ) -> bool {
        let alone = build.is_empty();
        if joined == Joined::And {
            return false;
        }
        let whole =
            if alone { value } else { build.total().unwrap_or(Decimal::ONE).checked_mul(value).unwrap_or(value) };
        let mut q = *used;
        // "of a", "d'un", "-"
        let mut linked = false;
        while q < end {
            if self.is_hyphen(q, end) {
                q += 1;
                continue;
            }
            match self.word(q, end) {
                Some((Word::Link, len)) => (q, linked) = (q + len, true),
                Some((Word::Article, len)) => q += len,
                Some((Word::Add { value, .. }, len)) if linked && value == Decimal::ONE => q += len,
                _ => break,
            }
        }
        if let Some((
            Word::Times { value: scale } | Word::Collective { value: scale } | Word::Vague { value: scale, sum: false },
            len,
        )) = self.word(q, end)
        {
            build.set(whole);
            *used = q + len;
            return build.times(scale);
        }
        if alone && !article {
            return false;
        }
        build.set(whole);
        true
    }

    pub(super) fn denominator(&mut self, at: usize, end: usize) -> Option<(Decimal, usize)> {
        let numeral = (at < end).then(|| self.read(at, end)).flatten()?;
        Some((numeral.value, numeral.end))
    }

    /// "3/4" after its numerator's tokens `from..to`; the value replaces the numerator's.
    pub(super) fn slash(&self, from: usize, to: usize, end: usize) -> Option<(Decimal, usize)> {
        let tokens = self.text.tokens();
        let plain = |at: usize| {
            let form = self.text.form(at);
            (form.len() <= 3 && form.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| form.parse::<u32>().ok())
                .flatten()
        };
        if to + 1 >= end || to != from + 1 || !self.glued(to) || !self.glued(to + 1) || self.text.form(to) != "/" {
            return None;
        }
        // A second stroke makes it a day.
        let another = |at: usize| at < tokens.len() && self.text.form(at) == "/" && self.glued(at);
        if another(to + 2) || from > 0 && another(from - 1) && self.glued(from) {
            return None;
        }
        let (numerator, denominator) = (plain(from)?, plain(to + 1)?);
        (numerator < denominator && denominator <= 100).then_some(())?;
        Some((Decimal::from(numerator) / Decimal::from(denominator), to + 2))
    }

    /// The denominator that several words tell: 25 of "one twenty-fifth", 105 of "one one hundred fifth"; and the token after.
    /// Only behind a numerator, since "twenty-fifth" alone counts nothing.
    pub(super) fn ordinal_denominator(&self, build: &Build, at: usize, end: usize) -> Option<(Decimal, usize)> {
        let numerator = build.total()?;
        // Where units join tens by a word of their own, tens before a fraction word belong to the numerator.
        let apart = self.words.counting.joins_units;
        if apart || numerator < Decimal::ONE || numerator >= Decimal::ONE_THOUSAND {
            return None;
        }
        let mut q = at;
        let mut below = Decimal::ZERO;
        if let Some((Word::Add { value: figure, .. }, one)) = self.word(q, end)
            && let Some((Word::Times { value: hundreds }, hundred)) = self.word(q + one, end)
            && figure == Decimal::ONE
            && hundreds == Decimal::ONE_HUNDRED
        {
            (below, q) = (Decimal::ONE_HUNDRED, q + one + hundred);
            if let Some((Word::Joiner, len)) = self.word(q, end) {
                q += len;
            }
        }
        if let Some((Word::Add { value, room }, len)) = self.word(q, end)
            && room == Decimal::TEN
        {
            (below, q) = (below + value, q + len);
            q += usize::from(self.is_hyphen(q, end));
        }
        let Some((Word::Fraction { value }, len)) = self.word(q, end) else { return None };
        let last = Decimal::ONE.checked_div(value)?.round();
        // The last word is a unit: "thirds", not "hundredths".
        let unit = last < Decimal::TEN && last > Decimal::TWO && (Decimal::ONE / last - value).is_zero();
        (unit && !below.is_zero()).then_some((below + last, q + len))
    }

    /// The denominator that one word tells behind its numerator: 200 of "tres doscientosavos", 2000 of "tres dosmilésimos".
    pub(super) fn compound_denominator(&self, parts: &Parts) -> Option<Decimal> {
        let (last, numbers) = parts.split_last()?;
        let numbers: Parts = numbers.into();
        let (mut below, mut place) = (Build::new(self.words.counting.units_first), Decimal::ONE);
        if numbers.is_empty() || !self.compound(&numbers, &mut below, &mut place) {
            return None;
        }
        let total = below.total().filter(|total| *total > Decimal::ONE)?;
        match last {
            Word::Ordinal => Some(total),
            Word::Fraction { value } if *value <= Decimal::new(1, 3) => total.checked_div(*value),
            _ => None,
        }
    }
}
