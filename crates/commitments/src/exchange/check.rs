//! Whether the rates can be true: order, gaps, figures, jumps.

use super::{Rates, series::Column};
use jiff::civil::Date;
use pledgebook_mentions::Currency;
use rust_decimal::Decimal;
use std::fmt;

/// Banks are closed for at most this long.
const GAP_DAYS_MAX: i32 = 7;

/// A move from one banking day to the next that a person should look at, in percent.
const JUMP_PERCENT: i64 = 7;

/// Something in the rates that is wrong or wants a look, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Line of the file, from 1.
    pub line: usize,
    /// The series.
    pub source: String,
    /// What it is.
    pub what: Doubtful,
}

/// The sorts of [`Doubt`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubtful {
    /// A row that does not begin with a day.
    NoDay,
    /// A day that is not after the one in the row before it.
    Order(Date),
    /// More than a week without rates.
    Gap(Date, Date),
    /// A cell that is neither empty nor a positive number.
    Figure(Currency, String),
    /// More cells than the header has.
    Width,
    /// A large move from one row to the next: both figures. True ones happen.
    Jump(Currency, Decimal, Decimal),
    /// A peg with a rate that is no positive number, or whose anchor has no rates.
    Peg(Currency),
}

impl Doubt {
    /// Whether it is a fault, rather than something to look at.
    pub fn is_fault(&self) -> bool {
        !matches!(self.what, Doubtful::Jump(..))
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            Doubtful::Peg(currency) => return write!(f, "pegs.toml: {currency} hangs on nothing that has rates"),
            _ => write!(f, "rates.csv:{}: {}: ", self.line, self.source)?,
        }
        match &self.what {
            Doubtful::NoDay => f.write_str("the row does not begin with a day (YYYY-MM-DD)"),
            Doubtful::Order(day) => write!(f, "{day} is not after the day before it"),
            Doubtful::Gap(from, to) => write!(f, "no rates between {from} and {to}"),
            Doubtful::Figure(currency, cell) => write!(f, "'{cell}' is no rate of {currency}"),
            Doubtful::Width => f.write_str("more cells than the header has"),
            Doubtful::Jump(currency, from, to) => write!(f, "{currency} moved from {from} to {to}"),
            Doubtful::Peg(_) => Ok(()),
        }
    }
}

impl Rates {
    /// Reads every figure and tells what is wrong (faults) or worth a look (jumps), in the order of the file.
    pub fn check(&self) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        for series in &self.series {
            let mut last: Option<Date> = None;
            let mut figures: Vec<Option<Decimal>> = vec![None; series.currencies.len()];
            for (line, row) in series.lines(self.file.text()) {
                let mut doubt = |what| doubts.push(Doubt { line, source: series.source.clone(), what });
                let Some(day) = row.split(',').next().and_then(|cell| cell.parse::<Date>().ok()) else {
                    doubt(Doubtful::NoDay);
                    continue;
                };
                match last {
                    Some(before) if day <= before => doubt(Doubtful::Order(day)),
                    Some(before) if (day - before).get_days() > GAP_DAYS_MAX => doubt(Doubtful::Gap(before, day)),
                    _ => {}
                }
                last = Some(day);
                let cells = row.split(',').skip(1);
                if cells.clone().count() > series.currencies.len() {
                    doubt(Doubtful::Width);
                }
                for (index, (cell, currency)) in cells.zip(&series.currencies).enumerate() {
                    let figure = series.figure(row, Column::Field(index + 1));
                    if figure.is_none() && !cell.trim().is_empty() {
                        doubt(Doubtful::Figure(*currency, cell.to_owned()));
                    }
                    if let (Some(before), Some(now)) = (figures[index], figure)
                        && (now - before).abs() * Decimal::ONE_HUNDRED > before * Decimal::from(JUMP_PERCENT)
                    {
                        doubt(Doubtful::Jump(*currency, before, now));
                    }
                    figures[index] = figure.or(figures[index]);
                }
            }
        }
        for peg in self.pegs.all() {
            let (base, _) = self.pegs.resolve(peg.anchor, Date::MAX);
            if peg.rate <= Decimal::ZERO || !self.series.iter().any(|series| series.column(base).is_some()) {
                doubts.push(Doubt { line: 0, source: String::new(), what: Doubtful::Peg(peg.currency) });
            }
        }
        doubts
    }
}
