//! Amounts of money written out in a language, so that reading them gives the amount again.

use super::{
    data::{MoneyFile, NumberFile, WritingTable},
    words::number,
};
use crate::{Currency, Money, Qualifier};
use pledgebook_lexicon::{Data, Error};
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// Writes amounts of money as newspapers of one language do: "environ 2,5 milliards d'euros".
///
/// What it writes, [`crate::read`] reads as the same bounds, currency and qualifier. The words are data:
/// `[writing]` in `languages/<code>/money.toml`.
///
/// ```
/// use pledgebook_lexicon::Data;
/// use pledgebook_mentions::{Currency, Money, MoneyWriter, Qualifier};
///
/// let french = MoneyWriter::load(&Data::embedded(), "fr")?;
/// let max = Some(500_000_000.into());
/// let money = Money { min: None, max, currency: Currency::new("GBP"), qualifier: Qualifier::UpTo, precision: None };
/// assert_eq!(french.money(&money).as_deref(), Some("jusqu'à 500 millions de livres sterling"));
/// # Ok::<(), pledgebook_lexicon::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct MoneyWriter {
    decimal: char,
    group: char,
    /// Largest first: how many times each multiplies, for one and for more.
    scales: Vec<(Decimal, String, String)>,
    /// Orders of magnitude, each with its place for the currency.
    vague: Vec<(Decimal, String)>,
    words: WritingTable,
}

/// How many decimals a figure before a scale word shows; with more, the amount is written in digits.
const SCALED_DECIMALS_MAX: u32 = 2;

impl MoneyWriter {
    /// The writer of a language; one that writes nothing where the language has no `[writing]`.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn load(data: &Data, code: &str) -> Result<Self, Error> {
        let digits: NumberFile = data.language_table(code, "number.toml")?;
        let money: MoneyFile = data.language_table(code, "money.toml")?;
        let source = data.language_file(code, "money.toml");
        let mut scales = Vec::new();
        for (key, [one, more]) in &money.writing.scales {
            scales.push((number(key, source.as_ref())?, one.clone(), more.clone()));
        }
        scales.sort_by_key(|(scale, ..)| std::cmp::Reverse(*scale));
        let mut vague = Vec::new();
        for (key, pattern) in &money.writing.vague {
            vague.push((number(key, source.as_ref())?, pattern.clone()));
        }
        let group = digits.digits.written_group.unwrap_or(digits.digits.group);
        Ok(Self { decimal: digits.digits.decimal, group, scales, vague, words: money.writing })
    }

    /// An amount in words and figures; `None` where it has no bound, its currency is not known, or the language has no words. A vague amount that is no order
    /// of magnitude of its own ("dozens") is written as a floor.
    pub fn money(&self, money: &Money) -> Option<String> {
        let currency = money.currency.filter(|_| !self.words.sum.is_empty())?;
        let words = &self.words;
        let place = money.precision;
        let one = |pattern: &str, value: Decimal| pattern.replace("{sum}", &self.sum(value, place, currency));
        Some(match (money.qualifier, money.min, money.max) {
            (Qualifier::Vague, Some(min), _) => match self.vague.iter().find(|(order, _)| *order == min) {
                Some((_, pattern)) => pattern.replace("{currency}", self.name(&currency, true)),
                None => one(&words.at_least, min),
            },
            (Qualifier::About, Some(value), _) => one(&words.about, value),
            (_, None, Some(max)) => one(&words.up_to, max),
            (_, Some(min), None) => one(&words.at_least, min),
            (_, Some(min), Some(max)) if min == max => self.sum(min, place, currency),
            (_, Some(min), Some(max)) => self.range(min, max, place, currency),
            (_, None, None) => return None,
        })
    }

    /// From one sum to another; the unit once where both have it.
    fn range(&self, min: Decimal, max: Decimal, place: Option<Decimal>, currency: Currency) -> String {
        let low = match (self.scaled(min, place), self.scaled(max, place)) {
            (Some((figure, scale)), Some((_, other))) if scale == other => self.figure(figure),
            _ => self.sum(min, place, currency),
        };
        self.words.range.replace("{low}", &low).replace("{high}", &self.sum(max, place, currency))
    }

    /// "2,5 milliards d'euros"
    fn sum(&self, value: Decimal, place: Option<Decimal>, currency: Currency) -> String {
        let Some((figure, scale)) = self.scaled(value, place) else {
            let sum = self.words.sum.replace("{figure}", &self.figure(value));
            return sum.replace("{currency}", self.name(&currency, false));
        };
        let (_, one, more) = &self.scales[scale];
        let word = if figure.trunc() <= Decimal::ONE { one } else { more };
        let sum = self.words.scaled.replace("{figure}", &self.figure(figure)).replace("{scale}", word);
        sum.replace("{currency}", self.name(&currency, true))
    }

    /// The figure before a scale word, and which scale, where the amount is written with one: with as many decimals as its
    /// precision asks for, and no fewer than it has.
    fn scaled(&self, value: Decimal, place: Option<Decimal>) -> Option<(Decimal, usize)> {
        let scale = self.scales.iter().position(|(scale, ..)| value >= *scale)?;
        let mut figure = value.checked_div(self.scales[scale].0)?.normalize();
        if let Some(stated) = place.and_then(|place| place.checked_div(self.scales[scale].0)) {
            let decimals = stated.normalize().scale();
            if decimals > SCALED_DECIMALS_MAX {
                return None;
            }
            if decimals > figure.scale() {
                figure.rescale(decimals);
            }
        }
        let exact = figure.checked_mul(self.scales[scale].0) == Some(value);
        (exact && figure.scale() <= SCALED_DECIMALS_MAX).then_some((figure, scale))
    }

    /// Digits with the language's marks.
    fn figure(&self, value: Decimal) -> String {
        let plain = value.to_string();
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut out = String::with_capacity(plain.len() + plain.len() / 2);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                out.push(self.group);
            }
            out.push(digit);
        }
        if !decimals.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(out, "{}{decimals}", self.decimal);
        }
        out
    }

    /// The currency's name behind a figure or behind a scale word; its code where the language has no name for it here.
    fn name<'s>(&'s self, currency: &'s Currency, behind_scale: bool) -> &'s str {
        match self.words.currencies.get(currency.code()) {
            Some(forms) => &forms[usize::from(behind_scale)],
            None => currency.code(),
        }
    }
}
