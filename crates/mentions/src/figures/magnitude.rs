//! Orders of magnitude that stand for a figure: "hundreds of millions", "several billion".

use super::{
    numeral::{Numeral, Reader},
    words::Word,
};
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// Orders of magnitude: "hundreds of millions", "several billion", "a three-digit million sum".
    pub(super) fn vague(&mut self, at: usize, end: usize) -> Option<Numeral> {
        let mut q = at;
        let mut value = Decimal::ONE;
        let mut sum = false;
        let (mut told, mut scaled) = (false, false);
        while q < end {
            let Some((word, len)) = self.word(q, end) else {
                if told && self.is_hyphen(q, end) {
                    q += 1;
                    continue;
                }
                break;
            };
            match word {
                Word::Few if !scaled => told = true,
                Word::Places { digits } if !scaled => {
                    told = true;
                    value = Decimal::from(10i64.checked_pow(digits.checked_sub(1)?)?);
                }
                Word::Vague { value: scale, sum: is_sum } => {
                    value = value.checked_mul(scale)?;
                    (told, scaled, sum) = (true, true, sum || is_sum);
                }
                Word::Times { value: scale } if told => {
                    value = value.checked_mul(scale)?;
                    scaled = true;
                }
                Word::Collective { value: scale } if told => {
                    value = value.checked_mul(scale)?;
                    scaled = true;
                }
                Word::Article if !told => {}
                Word::Link if told => {
                    // Only a link between two orders of magnitude belongs to the figure.
                    match self.word(q + len, end) {
                        Some((Word::Vague { .. } | Word::Times { .. } | Word::Collective { .. }, _)) => {}
                        _ => break,
                    }
                }
                _ => break,
            }
            q += len;
        }
        while q > at && (self.is_hyphen(q - 1, end)) {
            q -= 1;
        }
        (scaled && told).then_some(Numeral {
            start: at,
            end: q,
            value,
            place: value,
            scale: value,
            vague: true,
            about: false,
            sum,
            article: false,
            digits: false,
            parted: false,
            fraction: false,
        })
    }
}
