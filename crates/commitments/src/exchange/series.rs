//! The series of `rates.csv`: found by their headers, their rows read only when asked for.

use jiff::civil::Date;
use pledgebook_lexicon::{DataFile, Error};
use pledgebook_mentions::Currency;
use rust_decimal::Decimal;
use std::ops::Range;

/// Length of "2025-09-12".
const DAY_BYTES: usize = 10;

/// One publisher's rates: a header and its rows, one a banking day, in rising order.
#[derive(Debug, Clone)]
pub(super) struct Series {
    /// The short name that rates are cited by.
    pub source: String,
    /// Who publishes it, and where.
    pub note: String,
    /// The currency that all others are told against.
    pub anchor: Currency,
    /// Whether figures count units of a currency for one of the anchor, rather than units of the anchor for one of it.
    pub per_anchor: bool,
    /// The columns after the day.
    pub currencies: Vec<Currency>,
    /// Line of the first row, from 1.
    pub first_line: usize,
    /// Bytes of the rows in the file.
    rows: Range<usize>,
}

/// Where a currency stands in a row.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    /// The currency that the others are told against: always one.
    Anchor,
    /// The field of this number, the day being number 0.
    Field(usize),
}

/// Finds the series of a file. Only comments and headers are looked at.
pub(super) fn split(file: &DataFile) -> Result<Vec<Series>, Error> {
    let text = file.text();
    let mut all: Vec<Series> = Vec::new();
    let mut source: Option<(String, String)> = None;
    let (mut at, mut line_number) = (0, 0);
    while at < text.len() {
        line_number += 1;
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length + 1);
        let line = text[at..end].trim_end();
        if line.starts_with(|c: char| c.is_ascii_digit()) {
            let Some(series) = all.last_mut().filter(|_| source.is_none()) else {
                return Err(Error::data(
                    file.path(),
                    line_number,
                    "a row of rates before any header ('per EUR,USD,…')",
                ));
            };
            // Rows are many and comments are few: the next comment ends the rows.
            let rows_end = text[at..].find("\n#").map_or(text.len(), |length| at + length + 1);
            series.rows = at..rows_end;
            series.first_line = line_number;
            line_number += text.as_bytes()[at..rows_end].iter().filter(|byte| **byte == b'\n').count() - 1;
            at = rows_end;
            continue;
        }
        at = end;
        if let Some(told) = line.strip_prefix("# source ") {
            let (short, note) = told.split_once(':').unwrap_or((told, ""));
            source = Some((short.trim().to_owned(), note.trim().to_owned()));
        } else if !line.is_empty() && !line.starts_with('#') {
            let (source, note) = source.take().ok_or_else(|| {
                Error::data(file.path(), line_number, "a header without '# source NAME: …' before it")
            })?;
            let wrong = |what: &str| Error::data(file.path(), line_number, what);
            let mut cells = line.split(',').map(str::trim);
            let (direction, anchor) = cells.next().and_then(|cell| cell.split_once(' ')).unwrap_or_default();
            let per_anchor = match direction {
                "per" => true,
                "in" => false,
                _ => return Err(wrong("a header begins with 'per EUR' or 'in UAH'")),
            };
            let currency =
                |code: &str| Currency::new(code).ok_or_else(|| wrong(&format!("'{code}' is no ISO 4217 code")));
            let anchor = currency(anchor)?;
            let currencies = cells.map(currency).collect::<Result<Vec<_>, _>>()?;
            all.push(Series {
                source,
                note,
                anchor,
                per_anchor,
                currencies,
                first_line: line_number + 1,
                rows: end..end,
            });
        }
    }
    Ok(all)
}

impl Series {
    /// The column of a currency, if the series has one.
    pub fn column(&self, currency: Currency) -> Option<Column> {
        if currency == self.anchor {
            return Some(Column::Anchor);
        }
        self.currencies.iter().position(|other| *other == currency).map(|index| Column::Field(index + 1))
    }

    /// The figure of a column in a row; `None` where the cell is empty or no positive number.
    pub fn figure(&self, row: &str, column: Column) -> Option<Decimal> {
        match column {
            Column::Anchor => Some(Decimal::ONE),
            Column::Field(index) => {
                row.split(',').nth(index)?.trim().parse().ok().filter(|figure: &Decimal| *figure > Decimal::ZERO)
            }
        }
    }

    /// The rows from the last one on or before `day` backwards, each with its day.
    pub fn rows_back<'t>(&self, text: &'t str, day: Date) -> impl Iterator<Item = (Date, &'t str)> {
        let rows = &text[self.rows.clone()];
        let mut end = after(rows, day.to_string().as_bytes());
        std::iter::from_fn(move || {
            let line_end = end.checked_sub(1)?;
            let start = line_start(rows.as_bytes(), line_end);
            let row = rows.get(start..end)?.trim_end();
            end = start;
            Some((row.get(..DAY_BYTES)?.parse().ok()?, row))
        })
    }

    /// All rows with their line numbers.
    pub fn lines<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
        let first = self.first_line;
        text[self.rows.clone()].lines().enumerate().map(move |(index, line)| (first + index, line))
    }

    /// The first and the last day.
    pub fn days(&self, text: &str) -> Option<(Date, Date)> {
        let rows = &text[self.rows.clone()];
        let day = |line: &str| line.get(..DAY_BYTES)?.parse().ok();
        Some((day(rows)?, day(rows.trim_end().rsplit('\n').next()?)?))
    }
}

/// The byte after the last row whose day is not after `day`, by halving.
fn after(rows: &str, day: &[u8]) -> usize {
    let bytes = rows.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let start = line_start(bytes, low + (high - low) / 2);
        let end =
            bytes[start..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| start + length + 1);
        if bytes[start..end].get(..DAY_BYTES).is_some_and(|key| key <= day) {
            low = end;
        } else {
            high = start;
        }
    }
    low
}

/// Where the line that holds the byte `at` begins.
fn line_start(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |index| index + 1)
}
