//! Files that central banks publish, read and merged into the rates.

use super::Rates;
use jiff::civil::Date;
use pledgebook_lexicon::{DataFile, Error};
use pledgebook_mentions::Currency;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// One published figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quotation {
    /// The day it holds for.
    pub day: Date,
    /// The currency told against the series' anchor.
    pub currency: Currency,
    /// As published, for one unit.
    pub figure: Decimal,
}

/// A figure that a file tells otherwise than the rates at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// The figure at hand.
    pub known: Quotation,
    /// What the file says.
    pub told: Decimal,
}

/// What merging a file did.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The rates with those of the file. Where the two differ the file's figure stands.
    pub rates: Rates,
    /// How many figures are new.
    pub added: usize,
    /// How many were known already.
    pub known: usize,
    /// Those that differ, in order.
    pub changed: Vec<Changed>,
}

/// A kind of file: who publishes it and how its figures are told.
struct Publisher {
    source: &'static str,
    note: &'static str,
    header: &'static str,
}

const ECB: Publisher = Publisher {
    source: "ECB",
    note: "European Central Bank, euro foreign exchange reference rates, https://www.ecb.europa.eu/stats/eurofxref/",
    header: "per EUR",
};

const NBU: Publisher = Publisher {
    source: "NBU",
    note: "National Bank of Ukraine, official exchange rates of the hryvnia, https://bank.gov.ua/",
    header: "in UAH",
};

/// A record of the JSON that the National Bank of Ukraine gives for a day (`rate` for one unit) and for a range of days
/// (`rate` for `units` units).
#[derive(Deserialize)]
struct NbuRecord {
    cc: Currency,
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    rate: Decimal,
    exchangedate: String,
    #[serde(default)]
    units: Option<u32>,
}

impl Rates {
    /// Merges a file as a central bank publishes it: the European Central Bank's CSV (`eurofxref-hist.csv`), the National Bank of
    /// Ukraine's JSON array or CSV. The form is told by the content. `path` is for messages.
    ///
    /// # Errors
    /// When the file has none of these forms or one of its figures is wrong, with the line; nothing is merged then.
    pub fn merge(&self, path: &str, text: &str) -> Result<Merged, Error> {
        let text = text.trim_start_matches('\u{feff}');
        let (publisher, quotations) = if text.trim_start().starts_with('[') {
            (NBU, nbu_json(path, text)?)
        } else if text.starts_with("Date,") {
            (ECB, ecb_csv(path, text)?)
        } else {
            (NBU, nbu_csv(path, text)?)
        };
        self.merge_quotations(&publisher, &quotations)
    }

    fn merge_quotations(&self, publisher: &Publisher, quotations: &[Quotation]) -> Result<Merged, Error> {
        let (mut added, mut known, mut changed) = (0, 0, Vec::new());
        let text = self.file.text();
        let at_hand = self.series.iter().find(|series| series.source == publisher.source);
        let mut columns: Vec<Currency> = at_hand.map(|series| series.currencies.clone()).unwrap_or_default();
        let fresh: BTreeSet<Currency> = quotations.iter().map(|quotation| quotation.currency).collect();
        columns.extend(fresh.into_iter().filter(|currency| !columns.contains(currency)).collect::<Vec<_>>());
        // Cells keep the letters they were published with ("1.60"), so that what is not touched does not change.
        let mut rows: BTreeMap<Date, BTreeMap<Currency, String>> = BTreeMap::new();
        if let Some(series) = at_hand {
            for (_, line) in series.lines(text) {
                let mut cells = line.split(',');
                let Some(day) = cells.next().and_then(|cell| cell.parse().ok()) else { continue };
                let row = rows.entry(day).or_default();
                row.extend(
                    series
                        .currencies
                        .iter()
                        .copied()
                        .zip(cells.map(str::to_owned))
                        .filter(|(_, cell)| !cell.is_empty()),
                );
            }
        }
        for quotation in quotations {
            let row = rows.entry(quotation.day).or_default();
            let before = row.get(&quotation.currency).and_then(|cell| cell.parse::<Decimal>().ok());
            match before {
                Some(figure) if figure == quotation.figure => known += 1,
                Some(figure) => {
                    changed.push(Changed { known: Quotation { figure, ..*quotation }, told: quotation.figure })
                }
                None => added += 1,
            }
            if before != Some(quotation.figure) {
                row.insert(quotation.currency, quotation.figure.to_string());
            }
        }
        let mut section = format!("# source {}: {}\n{}", publisher.source, publisher.note, publisher.header);
        columns.iter().for_each(|currency| section.push_str(&format!(",{currency}")));
        section.push('\n');
        for (day, row) in &rows {
            let mut line = day.to_string();
            for currency in &columns {
                line.push(',');
                line.push_str(row.get(currency).map_or("", String::as_str));
            }
            let _ = writeln!(section, "{}", line.trim_end_matches(','));
        }
        let marker = format!("# source {}:", publisher.source);
        let text = match text.find(&marker) {
            Some(start) => {
                let end = text[start + 1..].find("\n# source ").map_or(text.len(), |length| start + length + 2);
                format!("{}{section}{}", &text[..start], &text[end..])
            }
            None => format!("{text}{section}"),
        };
        let rates = Self::new(DataFile::new(self.file.path().to_owned(), text), self.pegs.clone())?;
        Ok(Merged { rates, added, known, changed })
    }
}

/// `Date,USD,JPY,…` and rows in either order of days; "N/A" where there is no rate.
fn ecb_csv(path: &str, text: &str) -> Result<Vec<Quotation>, Error> {
    let rows = rows(path, text, b',')?;
    let mut quotations = Vec::new();
    let Some(((_, header), rows)) = rows.split_first() else { return Ok(quotations) };
    for (line, row) in rows {
        let wrong = |what: &str| Error::data(path, *line, what);
        let day = row.get(0).and_then(|cell| cell.parse().ok());
        let day = day.ok_or_else(|| wrong("no day (YYYY-MM-DD) at its begin"))?;
        for (code, cell) in header.iter().zip(row).skip(1).filter(|(_, cell)| !matches!(*cell, "" | "N/A")) {
            let currency = Currency::new(code).ok_or_else(|| wrong(&format!("'{code}' is no ISO 4217 code")))?;
            let figure = positive(cell).ok_or_else(|| wrong(&format!("'{cell}' is no rate of {currency}")))?;
            quotations.push(Quotation { day, currency, figure });
        }
    }
    Ok(quotations)
}

/// The rows of a table with their line numbers; those that are blank are left out.
fn rows(path: &str, text: &str, separator: u8) -> Result<Vec<(usize, csv::StringRecord)>, Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| Error::file(path, &error.to_string()))?;
        let line = row.position().map_or(1, |position| usize::try_from(position.line()).unwrap_or(usize::MAX));
        rows.push((line, row));
    }
    Ok(rows)
}

fn nbu_json(path: &str, text: &str) -> Result<Vec<Quotation>, Error> {
    let records: Vec<NbuRecord> =
        serde_json::from_str(text).map_err(|error| Error::data(path, error.line(), &error.to_string()))?;
    records
        .iter()
        .map(|record| {
            let wrong = |what: &str| Error::file(path, &format!("{} of {}: {what}", record.cc, record.exchangedate));
            let day = dotted_day(&record.exchangedate).ok_or_else(|| wrong("the day is not DD.MM.YYYY"))?;
            let figure = per_unit(record.rate, record.units.unwrap_or(1)).ok_or_else(|| wrong("no positive rate"))?;
            Ok(Quotation { day, currency: record.cc, figure })
        })
        .collect()
}

/// A table whose rows hold, among cells of other sorts, a day (DD.MM.YYYY), a currency's code, a count of units right after it, and
/// the rate in the last cell. Headings are not read, so that the language of the export does not matter.
fn nbu_csv(path: &str, text: &str) -> Result<Vec<Quotation>, Error> {
    let separator = if text.lines().next().is_some_and(|line| line.contains(';')) { b';' } else { b',' };
    let mut quotations = Vec::new();
    for (index, (line, row)) in rows(path, text, separator)?.iter().enumerate() {
        let day = row.iter().find_map(dotted_day);
        let code = row.iter().enumerate().find_map(|(at, cell)| Currency::new(cell).map(|currency| (at, currency)));
        let (Some(day), Some((at, currency))) = (day, code) else {
            if index == 0 {
                continue;
            }
            let what = "no day (DD.MM.YYYY) and currency code, as the National Bank of Ukraine's files have";
            return Err(Error::data(path, *line, what));
        };
        let units = row.get(at + 1).and_then(|cell| cell.parse().ok());
        let rate = row.iter().next_back().and_then(|cell| positive(&cell.replace(',', ".")));
        let figure = rate
            .zip(units)
            .and_then(|(rate, units)| per_unit(rate, units))
            .ok_or_else(|| Error::data(path, *line, "no count of units after the code, or no rate in the last cell"))?;
        quotations.push(Quotation { day, currency, figure });
    }
    if quotations.is_empty() {
        let what = "no rates in a form that is known: the European Central Bank's CSV, the National Bank of Ukraine's JSON or CSV";
        return Err(Error::file(path, what));
    }
    Ok(quotations)
}

fn positive(cell: &str) -> Option<Decimal> {
    cell.parse().ok().filter(|figure: &Decimal| *figure > Decimal::ZERO)
}

fn per_unit(rate: Decimal, units: u32) -> Option<Decimal> {
    let figure = rate.checked_div(Decimal::from(units))?;
    (figure > Decimal::ZERO).then(|| figure.normalize())
}

/// "18.09.2026"
fn dotted_day(cell: &str) -> Option<Date> {
    let mut parts = cell.splitn(3, '.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
