//! Amounts as people write them: "up to £500m", "$30–50bn", "billions of euros" never as a midpoint.

use pledgebook_commitments::Bounds;
use pledgebook_lexicon::{Data, Error};
use pledgebook_mentions::{Currency, Money, Qualifier, Thing};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Writes amounts, with the signs of currencies that have one of their own.
#[derive(Debug, Clone, Default)]
pub struct Amounts {
    signs: BTreeMap<String, String>,
}

/// The file of signs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SignFile {
    sign: BTreeMap<String, String>,
}

impl Amounts {
    /// Learns the signs of `knowledge/signs.toml`.
    ///
    /// # Errors
    /// When the file is wrong, with file and line.
    pub fn load(data: &Data) -> Result<Self, Error> {
        let file: SignFile = data.knowledge_table("signs.toml")?;
        Ok(Self { signs: file.sign })
    }

    /// An amount as a text states it.
    pub fn money(&self, money: &Money) -> String {
        let figure = |value| self.figure(value, money.currency);
        match (money.qualifier, money.min, money.max) {
            (Qualifier::Vague, Some(min), _) => self.vague(min, money.currency),
            (Qualifier::About, Some(min), _) => format!("~{}", figure(min)),
            (_, None, Some(max)) => format!("up to {}", figure(max)),
            (_, Some(min), None) => format!("at least {}", figure(min)),
            (_, Some(min), Some(max)) => self.range(min, max, money.currency),
            (_, None, None) => "not said".to_owned(),
        }
    }

    /// A sum of a commitment.
    pub fn bounds(&self, bounds: &Bounds) -> String {
        match (bounds.low, bounds.high) {
            (None, Some(high)) => format!("up to {}", self.figure(high, bounds.currency)),
            (Some(low), None) => format!("at least {}", self.figure(low, bounds.currency)),
            (Some(low), Some(high)) => self.range(low, high, bounds.currency),
            (None, None) => "not said".to_owned(),
        }
    }

    /// A converted sum for people: no more digits than the rate it was converted at can carry.
    pub fn rounded(&self, bounds: &Bounds) -> Bounds {
        const DIGITS: u32 = 3;
        let rounded = |figure: Decimal| figure.round_sf(DIGITS).unwrap_or(figure);
        Bounds { low: bounds.low.map(rounded), high: bounds.high.map(rounded), currency: bounds.currency }
    }

    /// Low to high; one figure where they are equal.
    pub fn range(&self, low: Decimal, high: Decimal, currency: Option<Currency>) -> String {
        if low == high {
            return self.figure(low, currency);
        }
        let (short_low, short_high) = (short(low), short(high));
        // "$678–700m": the unit once where both have it.
        let unit = |text: &str| text.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned();
        let (low_unit, high_unit) = (unit(&short_low), unit(&short_high));
        let low = if low_unit == high_unit { short_low.trim_end_matches(low_unit.as_str()) } else { &short_low };
        self.with_currency(&format!("{low}–{short_high}"), currency)
    }

    /// One figure with its currency.
    pub fn figure(&self, value: Decimal, currency: Option<Currency>) -> String {
        self.with_currency(&short(value), currency)
    }

    fn vague(&self, floor: Decimal, currency: Option<Currency>) -> String {
        let unit = currency.map_or(String::new(), |currency| format!(" of {currency}"));
        for (scale, name) in
            [(TRILLION, "trillions"), (BILLION, "billions"), (MILLION, "millions"), (THOUSAND, "thousands")]
        {
            let times = floor / Decimal::from(scale);
            if times >= Decimal::ONE {
                let size = match () {
                    () if times >= Decimal::ONE_HUNDRED => "hundreds of ",
                    () if times >= Decimal::TEN => "tens of ",
                    () => "",
                };
                return format!("{size}{name}{unit}");
            }
        }
        format!("at least {}", self.figure(floor, currency))
    }

    fn with_currency(&self, figure: &str, currency: Option<Currency>) -> String {
        match currency {
            None => figure.to_owned(),
            Some(currency) => match self.signs.get(currency.code()) {
                Some(sign) => format!("{sign}{figure}"),
                None => format!("{currency} {figure}"),
            },
        }
    }
}

/// A count of things: "up to 1,500 jobs".
pub fn thing(thing: &Thing) -> String {
    let figure = match (thing.qualifier, thing.min, thing.max) {
        (Qualifier::About, Some(min), _) => format!("~{}", short(min)),
        (Qualifier::Vague, Some(min), _) | (_, Some(min), None) => format!("at least {}", short(min)),
        (_, None, Some(max)) => format!("up to {}", short(max)),
        (_, Some(min), Some(max)) if min == max => short(min),
        (_, Some(min), Some(max)) => format!("{}–{}", short(min), short(max)),
        (_, None, None) => return thing.unit.clone(),
    };
    format!("{figure} {}", thing.unit)
}

const THOUSAND: u64 = 1_000;
const MILLION: u64 = 1_000_000;
const BILLION: u64 = 1_000_000_000;
const TRILLION: u64 = 1_000_000_000_000;

/// A figure with its scale, exact: every digit that was stated is kept.
fn short(value: Decimal) -> String {
    for (scale, unit) in [(TRILLION, "tn"), (BILLION, "bn"), (MILLION, "m")] {
        let scale = Decimal::from(scale);
        if value.abs() >= scale {
            let scaled = (value / scale).normalize();
            // A quotient of a power of ten is exact unless the figure has 28 digits.
            return format!("{}{unit}", grouped(scaled));
        }
    }
    grouped(value.normalize())
}

/// Digits in groups of three before the point.
fn grouped(value: Decimal) -> String {
    let text = value.to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(min: Option<i64>, max: Option<i64>, qualifier: Qualifier) -> Money {
        let currency = Currency::new("GBP");
        Money { min: min.map(Decimal::from), max: max.map(Decimal::from), currency, qualifier, precision: None }
    }

    #[test]
    fn amounts_keep_every_digit_and_no_midpoint() {
        let mut amounts = Amounts::default();
        for (min, max, qualifier, expected) in [
            (Some(500_000_000), Some(500_000_000), Qualifier::Exact, "GBP 500m"),
            (None, Some(500_000_000), Qualifier::UpTo, "up to GBP 500m"),
            (Some(1_500_000_000), None, Qualifier::AtLeast, "at least GBP 1.5bn"),
            (Some(30_000_000_000), Some(50_000_000_000), Qualifier::Range, "GBP 30–50bn"),
            (Some(900_000_000), Some(1_000_000_000), Qualifier::Range, "GBP 900m–1bn"),
            (Some(678_000_000), Some(678_000_000), Qualifier::About, "~GBP 678m"),
            (Some(1_000_000_000), None, Qualifier::Vague, "billions of GBP"),
            (Some(100_000_000), None, Qualifier::Vague, "hundreds of millions of GBP"),
            (Some(12_345_678), Some(12_345_678), Qualifier::Exact, "GBP 12.345678m"),
            (Some(38_650), Some(38_650), Qualifier::Exact, "GBP 38,650"),
        ] {
            assert_eq!(amounts.money(&money(min, max, qualifier)), expected);
        }
        amounts.signs.insert("GBP".to_owned(), "£".to_owned());
        assert_eq!(amounts.money(&money(Some(22), Some(22), Qualifier::Exact)), "£22");
    }
}
