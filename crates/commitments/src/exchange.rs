//! Exchange rates: what one currency was worth in another on a day, according to whom.
//!
//! The figures are those of `knowledge/rates.csv` (published reference rates, one row a banking day) and
//! `knowledge/pegs.toml` (currencies fixed to another). Two currencies of one series are crossed in it; currencies of two
//! series meet in the euro or the dollar. Where no rate was published in the week before the day there is none: never a guess.

mod check;
mod import;
mod pegs;
mod series;

pub use check::{Doubt, Doubtful};
pub use import::{Changed, Merged, Quotation};

use jiff::{ToSpan, civil::Date};
use pegs::{Peg, Pegs};
use pledgebook_lexicon::{Data, DataFile, Error};
use pledgebook_mentions::Currency;
use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::FxHashMap;
use series::Series;
use std::sync::{Arc, Mutex};

/// A rate holds for at most this many days after it was published.
const AGE_DAYS_MAX: i64 = 7;

/// A rate that two published figures give by division keeps this many digits, about as many as they have themselves.
const SIGNIFICANT_DIGITS: u32 = 6;

/// Rates that are remembered: some ten megabytes.
const REMEMBERED_MAX: usize = 200_000;

/// Currencies in which those of two different series meet, in the order they are tried.
const HUBS: [&str; 2] = ["EUR", "USD"];

/// What one unit of a currency was worth in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Units of the currency asked for, for one unit of the other. As published where it was published in this direction;
    /// a quotient is rounded half-even to six significant digits.
    pub rate: Decimal,
    /// The banking day the figures are of: the day asked for, or the last one before it.
    pub day: Date,
    /// Who published the figures: "ECB", or "ECB; 3.75 SAR = 1 USD (Saudi Central Bank)". Empty for a currency in itself.
    pub source: String,
}

impl Rate {
    /// An amount in the other currency; `None` when it is too large for an exact decimal.
    pub fn convert(&self, amount: Decimal) -> Option<Decimal> {
        amount.checked_mul(self.rate).map(|converted| converted.normalize())
    }
}

/// The exchange rates that are known. Cheap to make (nothing but the headers is parsed) and cheap to ask.
#[derive(Debug, Clone)]
pub struct Rates {
    file: DataFile,
    series: Vec<Series>,
    pegs: Pegs,
    /// What was asked for lately, for all clones and threads.
    looked_up: LookedUp,
}

type LookedUp = Arc<Mutex<FxHashMap<(Currency, Currency, Date), Option<Arc<Rate>>>>>;

/// A published figure on the way from one currency to another: `to / from`, both told against the same third.
struct Leg<'r> {
    from: Decimal,
    to: Decimal,
    day: Option<Date>,
    source: Option<&'r str>,
}

impl Rates {
    /// The rates of `knowledge/rates.csv` and `knowledge/pegs.toml`, as embedded or as the user's folder replaces them.
    ///
    /// # Errors
    /// When a header of `rates.csv` or any line of `pegs.toml` is wrong, with file and line. Wrong figures further down are found by
    /// [`Rates::check`]; a look-up passes them over.
    pub fn embedded(data: &Data) -> Result<Self, Error> {
        let file = data.knowledge_file("rates.csv").unwrap_or_else(|| DataFile::new("knowledge/rates.csv", ""));
        Self::new(file, data.knowledge_table("pegs.toml")?)
    }

    fn new(file: DataFile, pegs: Pegs) -> Result<Self, Error> {
        let series = series::split(&file)?;
        Ok(Self { file, series, pegs, looked_up: Arc::default() })
    }

    /// What one unit of `from` was worth in `to` on a day, or on the last banking day of the week before it.
    pub fn rate(&self, from: Currency, to: Currency, day: Date) -> Option<Rate> {
        if from == to {
            return Some(Rate { rate: Decimal::ONE, day, source: String::new() });
        }
        let (from_base, from_pegs) = self.pegs.resolve(from, day);
        let (to_base, to_pegs) = self.pegs.resolve(to, day);
        let mut legs = self.legs(from_base, to_base, day)?;
        legs.extend(from_pegs.iter().map(|peg| Leg { from: peg.rate, to: Decimal::ONE, day: None, source: None }));
        legs.extend(to_pegs.iter().map(|peg| Leg { from: Decimal::ONE, to: peg.rate, day: None, source: None }));
        let (mut above, mut below) = (Decimal::ONE, Decimal::ONE);
        for leg in &legs {
            above = above.checked_mul(leg.to)?;
            below = below.checked_mul(leg.from)?;
        }
        let rate = if below == Decimal::ONE {
            above
        } else {
            above
                .checked_div(below)?
                .round_sf_with_strategy(SIGNIFICANT_DIGITS, RoundingStrategy::MidpointNearestEven)?
        };
        let mut sources: Vec<String> = Vec::new();
        let published = legs.iter().filter_map(|leg| leg.source.map(str::to_owned));
        for source in published.chain(from_pegs.iter().chain(&to_pegs).map(|peg| peg.told())) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        let day = legs.iter().filter_map(|leg| leg.day).min().unwrap_or(day);
        Some(Rate { rate: rate.normalize(), day, source: sources.join("; ") })
    }

    /// [`Rates::rate`], remembered: joining asks for the same days again and again.
    pub(crate) fn remembered(&self, from: Currency, to: Currency, day: Date) -> Option<Arc<Rate>> {
        let key = (from, to, day);
        let ask = || self.rate(from, to, day).map(Arc::new);
        // A thread that panicked while it held the lock left nothing half done.
        let mut known = self.looked_up.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.len() >= REMEMBERED_MAX {
            known.clear();
        }
        known.entry(key).or_insert_with(ask).clone()
    }

    /// The way from one unpegged currency to another: nothing, one series, or two that meet in a hub.
    fn legs(&self, from: Currency, to: Currency, day: Date) -> Option<Vec<Leg<'_>>> {
        if from == to {
            return Some(Vec::new());
        }
        if let Some(leg) = self.leg(from, to, day) {
            return Some(vec![leg]);
        }
        HUBS.iter().filter_map(|hub| Currency::new(hub)).filter(|hub| *hub != from && *hub != to).find_map(|hub| {
            let (first, second) = (self.leg(from, hub, day)?, self.leg(hub, to, day)?);
            Some(vec![first, second])
        })
    }

    /// The figures of the first series that has both currencies on one day of the week that ends with `day`.
    fn leg(&self, from: Currency, to: Currency, day: Date) -> Option<Leg<'_>> {
        self.series.iter().find_map(|series| {
            let (from_column, to_column) = (series.column(from)?, series.column(to)?);
            let first = day.checked_sub(AGE_DAYS_MAX.days()).ok()?;
            series.rows_back(self.file.text(), day).take_while(|(row_day, _)| *row_day >= first).find_map(
                |(row_day, row)| {
                    let (from, to) = (series.figure(row, from_column)?, series.figure(row, to_column)?);
                    // What counts units of the anchor grows with the worth of the currency, what counts its own units falls.
                    let (from, to) = if series.per_anchor { (from, to) } else { (to, from) };
                    Some(Leg { from, to, day: Some(row_day), source: Some(series.source.as_str()) })
                },
            )
        })
    }

    /// The data file with its text, as `rates update` writes it.
    pub fn file(&self) -> &DataFile {
        &self.file
    }

    /// What is known: for every series its source with a note, its first and last day, and its currencies.
    pub fn coverage(&self) -> Vec<Coverage> {
        self.series
            .iter()
            .map(|series| Coverage {
                source: series.source.clone(),
                note: series.note.clone(),
                anchor: series.anchor,
                days: series.days(self.file.text()),
                currencies: series.currencies.clone(),
            })
            .collect()
    }

    /// Every currency that is fixed to another: itself, its anchor, and how it is told.
    pub fn pegs(&self) -> impl Iterator<Item = (Currency, Currency, String)> + '_ {
        self.pegs.all().iter().map(|peg: &Peg| (peg.currency, peg.anchor, peg.told()))
    }
}

/// What one series of rates covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The short name that rates are cited by.
    pub source: String,
    /// Who publishes it, and where.
    pub note: String,
    /// The currency that all others are told against.
    pub anchor: Currency,
    /// First and last day; `None` for a series without rows.
    pub days: Option<(Date, Date)>,
    /// The currencies that have a column.
    pub currencies: Vec<Currency>,
}

#[cfg(test)]
mod tests;
