//! Sums without counting anything twice (rules 7 to 9).

use super::Sqlite;
use crate::numbers::digits;
use crate::{Error, Removal, Sum, SumBy, SumFilter};
use jiff::civil::Date;
use pledgebook_mentions::Currency;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Claims less sure than this are for review, not for totals. Zero is a claim that nobody has weighed.
const CONFIDENCE_MIN: f64 = 0.35;

const NO_SUM: &str = "no sum is stated";
const ENVELOPE: &str = "a sum over other commitments";
const PART: &str = "part of a commitment that is counted";
const WITHDRAWN: &str = "withdrawn";
const NO_CURRENCY: &str = "no currency is stated";
const NO_RATE: &str = "no exchange rate of that day is known";
const NO_YEAR: &str = "the year in which it was first known is not known";
const UNSURE: &str = "read with too little confidence; accept it to count it";

struct Item {
    thread: i64,
    id: i64,
    low: Option<Decimal>,
    high: Option<Decimal>,
    currency: Option<Currency>,
    rate_day: String,
    groups: Vec<String>,
    why_not: Option<&'static str>,
}

#[derive(Default)]
struct Total {
    low: Decimal,
    high: Decimal,
    open: bool,
    commitments: usize,
}

/// Commitments that were left out, by reason.
type Reasons = BTreeMap<&'static str, Vec<String>>;

impl Sqlite {
    pub(super) fn add_up(&self, filter: &SumFilter) -> Result<Vec<Sum>, Error> {
        let items = self.items(filter).map_err(self.failed())?;
        let mut totals: BTreeMap<(String, Option<Currency>), Total> = BTreeMap::new();
        let mut left_out: BTreeMap<(String, Option<Currency>), Reasons> = BTreeMap::new();
        let mut rates: FxHashMap<(Currency, String), Option<Decimal>> = FxHashMap::default();
        for item in &items {
            let (value, currency) = match (item.why_not, filter.currency) {
                (Some(reason), target) => (Err(reason), target.or(item.currency)),
                (None, None) => (Ok((item.low, item.high)), item.currency),
                (None, Some(target)) => (self.converted(item, target, &mut rates), Some(target)),
            };
            for group in &item.groups {
                let key = (group.clone(), currency);
                match value {
                    Ok((low, high)) => {
                        let total = totals.entry(key).or_default();
                        // A ceiling promises nothing for certain; a floor has no upper end.
                        total.low += low.unwrap_or_default();
                        total.high += high.or(low).unwrap_or_default();
                        total.open |= high.is_none();
                        total.commitments += 1;
                    }
                    Err(reason) => {
                        left_out.entry(key).or_default().entry(reason).or_default().push(digits(item.id));
                    }
                }
            }
        }
        let mut keys: Vec<_> = totals.keys().chain(left_out.keys()).cloned().collect();
        keys.sort();
        keys.dedup();
        Ok(keys
            .into_iter()
            .map(|key| {
                let total = totals.remove(&key).unwrap_or_default();
                let removed = left_out.remove(&key).unwrap_or_default();
                let left_out = removed.into_iter().map(|(reason, mut commitments)| {
                    commitments.sort();
                    Removal { reason: reason.to_owned(), commitments }
                });
                Sum {
                    of: key.0,
                    currency: key.1,
                    low: total.low.normalize(),
                    high: total.high.normalize(),
                    open: total.open,
                    commitments: total.commitments,
                    left_out: left_out.collect(),
                }
            })
            .collect())
    }

    fn converted(
        &self,
        item: &Item,
        target: Currency,
        rates: &mut FxHashMap<(Currency, String), Option<Decimal>>,
    ) -> Result<(Option<Decimal>, Option<Decimal>), &'static str> {
        let currency = item.currency.ok_or(NO_CURRENCY)?;
        let rate = rates.entry((currency, item.rate_day.clone())).or_insert_with(|| {
            let day: Date = item.rate_day.parse().ok()?;
            Some(self.knowledge.rates().rate(currency, target, day)?.rate)
        });
        let rate = rate.ok_or(NO_RATE)?;
        let convert = |value: Option<Decimal>| match value {
            Some(value) => value.checked_mul(rate).map(Some).ok_or(NO_RATE),
            None => Ok(None),
        };
        Ok((convert(item.low)?, convert(item.high)?))
    }

    fn items(&self, filter: &SumFilter) -> rusqlite::Result<Vec<Item>> {
        let condition = self.condition(&filter.filter, 0)?;
        let group = match filter.by {
            SumBy::All => "'[\"\"]'",
            SumBy::Pledger => "s.parties",
            SumBy::Place => "s.place",
            SumBy::Domain => "s.domains",
            SumBy::Stage => "json_array(s.stage)",
            SumBy::Year => "json_array(substr(s.first_known, 1, 4))",
        };
        let columns = format!(
            "s.thread, t.id, s.low, s.high, s.currency, s.rate_day, s.envelope, s.status, s.confidence, {group}"
        );
        let mut items = Vec::new();
        condition.each_state(&self.connection, &columns, "", |row| {
            let figure = |index: usize| -> rusqlite::Result<Option<Decimal>> {
                Ok(row.get_ref(index)?.as_str_or_null()?.and_then(|text| text.parse().ok()))
            };
            let (low, high) = (figure(2)?, figure(3)?);
            let confidence: f64 = row.get(8)?;
            let why_not = if row.get(6)? {
                Some(ENVELOPE)
            } else if low.is_none() && high.is_none() {
                Some(NO_SUM)
            } else if row.get_ref(7)?.as_str()? == "withdrawn" {
                Some(WITHDRAWN)
            } else if confidence > 0.0 && confidence < CONFIDENCE_MIN {
                Some(UNSURE)
            } else {
                None
            };
            let groups = row.get_ref(9)?.as_str()?;
            let mut groups: Vec<Option<String>> = serde_json::from_str(groups).unwrap_or_default();
            // A promise of two pledgers, or for two places, is one sum: it counts for them together, not for each.
            let together = matches!(filter.by, SumBy::Pledger | SumBy::Place | SumBy::Domain) && groups.len() > 1;
            let groups = if together {
                groups.sort();
                vec![groups.into_iter().flatten().collect::<Vec<_>>().join(" + ")]
            } else if groups.is_empty() {
                vec![String::new()]
            } else {
                groups.into_iter().map(Option::unwrap_or_default).collect()
            };
            let currency = row.get_ref(4)?.as_str_or_null()?.and_then(Currency::new);
            let rate_day: String = row.get(5)?;
            let why_not = if filter.by == SumBy::Year && rate_day.is_empty() { Some(NO_YEAR) } else { why_not };
            items.push(Item { thread: row.get(0)?, id: row.get(1)?, low, high, currency, rate_day, groups, why_not });
            Ok(())
        })?;
        self.leave_out_parts(&mut items, filter.filter.as_of.known.as_deref())?;
        Ok(items)
    }

    /// A part is left out where the sum that it is part of is counted.
    fn leave_out_parts(&self, items: &mut [Item], known: Option<&str>) -> rusqlite::Result<()> {
        let counted: FxHashSet<i64> =
            items.iter().filter(|item| item.why_not.is_none()).map(|item| item.thread).collect();
        let mut statement = self.connection.prepare_cached(
            "SELECT t.number FROM part p JOIN claim c ON c.id = p.whole
             JOIN joined j ON j.block = c.block AND j.claim = c.number JOIN thread t ON t.id = j.thread
             WHERE p.thread = ?1 AND p.known <= ?2",
        )?;
        for item in items.iter_mut().filter(|item| item.why_not.is_none()) {
            let wholes =
                statement.query_map(rusqlite::params![item.thread, known.unwrap_or("9999")], |row| row.get(0))?;
            for whole in wholes {
                let whole: i64 = whole?;
                if whole != item.thread && counted.contains(&whole) {
                    item.why_not = Some(PART);
                }
            }
        }
        Ok(())
    }
}
