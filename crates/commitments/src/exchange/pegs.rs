//! Currencies that are fixed to another, from `pegs.toml`.

use jiff::civil::Date;
use pledgebook_mentions::Currency;
use rust_decimal::Decimal;
use serde::Deserialize;

/// A currency may be fixed to one that is fixed itself, but not in a ring.
const CHAIN_MAX: usize = 3;

/// One currency fixed to another for some time.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Peg {
    pub currency: Currency,
    pub anchor: Currency,
    /// Units of the currency for one unit of the anchor.
    pub rate: Decimal,
    /// First day, may be partial ("1986").
    since: String,
    /// Last day, may be partial.
    until: Option<String>,
    source: String,
}

impl Peg {
    /// How a rate tells where it has this from.
    pub fn told(&self) -> String {
        format!("{} {} = 1 {} ({})", self.rate.normalize(), self.currency, self.anchor, self.source)
    }

    fn holds(&self, day: &str) -> bool {
        // A partial day sorts before every full day in it, and covers all of them as an end.
        self.since.as_str() <= day && self.until.as_deref().is_none_or(|last| day <= last || day.starts_with(last))
    }
}

/// All pegs.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Pegs {
    #[serde(default, rename = "peg")]
    all: Vec<Peg>,
}

impl Pegs {
    /// The currency that one hangs on in the end on a day, with the pegs in between.
    pub fn resolve(&self, currency: Currency, day: Date) -> (Currency, Vec<&Peg>) {
        let day = day.to_string();
        let (mut base, mut pegs) = (currency, Vec::new());
        while let Some(peg) = self.all.iter().find(|peg| peg.currency == base && peg.holds(&day)) {
            if pegs.len() == CHAIN_MAX {
                return (currency, Vec::new());
            }
            base = peg.anchor;
            pegs.push(peg);
        }
        (base, pegs)
    }

    pub fn all(&self) -> &[Peg] {
        &self.all
    }
}
