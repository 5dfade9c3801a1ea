//! Decimals and powers that are not written as plain digits: "point seven five", ".77", "1e9".

use super::{
    numeral::{Numeral, Parts, Reader},
    tally::Build,
    words::Word,
};
use pledgebook_text::TokenKind;
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// Decimals after a word for the mark: "zero three", "fifty", "77".
    pub(super) fn decimals(&mut self, at: usize, end: usize) -> Option<(Decimal, usize)> {
        let mut q = at;
        let mut zeros = 0u32;
        while let Some((Word::Add { value, .. }, len)) = self.word(q, end)
            && value.is_zero()
        {
            zeros += 1;
            q += len;
        }
        let mut build = Build::new(self.words.counting.units_first);
        let mut parts = Parts::new();
        let mut place = Decimal::ONE;
        while q < end {
            if build.is_empty() && self.text.tokens()[q].kind == TokenKind::Number {
                let form = self.text.form(q);
                let digits: i64 = form.parse().ok()?;
                return Some((Decimal::try_new(digits, form.len() as u32 + zeros).ok()?, q + 1));
            }
            let Some(next) = self.parts(q, end, &mut parts) else { break };
            let hyphen = self.is_hyphen(next, end);
            let done = match parts.as_slice() {
                [Word::Add { value, room }] => build.add(*value, *room),
                [Word::Times { value }] if *value <= Decimal::ONE_THOUSAND => build.times(*value),
                [_] => false,
                _ => self.compound(&parts, &mut build, &mut place),
            };
            if !done {
                break;
            }
            q = next;
            if hyphen
                || matches!(self.word(q, end), Some((Word::Joiner, _)) if self.words.counting.joins_tens && build.room() == Some(Decimal::TEN))
            {
                q += 1;
            }
        }
        let value = build.total()?;
        let digits = value.trunc().to_string().len() as u32;
        let value = i64::try_from(value).ok()?;
        Some((Decimal::try_new(value, digits + zeros).ok()?, q))
    }

    /// "e10" and "^23" written onto a figure.
    pub(super) fn power(&self, base: Decimal, at: usize, end: usize) -> Option<(Decimal, usize)> {
        let form = |at: usize| (at < end && self.glued(at)).then(|| self.text.form(at));
        let ten = match form(at)? {
            "e" | "E" => true,
            "^" => false,
            _ => return None,
        };
        let mut q = at + 1;
        let mut negative = false;
        while let Some(sign @ ("+" | "-")) = form(q) {
            negative ^= sign == "-";
            q += 1;
        }
        let exponent: u32 = form(q)?.parse().ok().filter(|exponent| *exponent <= 64)?;
        let (base, factor) = if ten { (base, Decimal::TEN) } else { (Decimal::ONE, base) };
        let mut power = Decimal::ONE;
        for _ in 0..exponent {
            power = power.checked_mul(factor)?;
        }
        let value = if negative { base.checked_div(power)? } else { base.checked_mul(power)? };
        Some((value, q + 1))
    }

    /// ".77" and ",08": decimals without a whole part.
    pub(super) fn bare_decimals(&mut self, at: usize, end: usize) -> Option<Numeral> {
        let form = self.text.form(at + 1);
        let digits: i64 = form.parse().ok()?;
        let mut value = Decimal::try_new(digits, u32::try_from(form.len()).ok()?).ok()?;
        let mut place = Decimal::new(1, form.len() as u32);
        let (mut scale, mut last) = (Decimal::ONE, at + 2);
        if let Some((glued, used)) = self.glued_scale(last, end) {
            value = value.checked_mul(glued)?;
            place *= glued;
            (scale, last) = (glued, used);
        }
        Some(Numeral { digits: true, parted: true, ..Numeral::mere(at..last, value, place, scale) })
    }
}
