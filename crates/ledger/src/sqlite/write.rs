//! Writing threads in place of those that were there.

use super::accept::json;
use super::derived::{Derived, Unit};
use super::rows::Rows;
use pledgebook_commitments::{Knowledge, Origin, Place, Summary};
use rusqlite::{OptionalExtension, Transaction, params};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// Facets and parts kept back to be written in their order, which is much faster than as they come.
const KEPT_BACK_MAX: usize = 500_000;

/// Facets that are written at a time.
const FACETS_TOGETHER: usize = 16;

/// What writes threads; it must be finished.
pub(super) struct Pen<'t> {
    transaction: &'t Transaction<'t>,
    knowledge: &'t Knowledge,
    /// Numbers of words met so far.
    words: FxHashMap<&'static str, FxHashMap<String, i64>>,
    facets: Vec<(i64, i64)>,
    /// Claims and the threads that are part of them, with the documents that say so.
    parts: Vec<(i64, i64, Arc<Origin>)>,
    joined: Rows<'t>,
    states: Rows<'t>,
    facet_rows: Rows<'t>,
    touched: usize,
}

/// What a thread was from one day to the next.
struct State<'d> {
    thread: i64,
    kind: i64,
    until: &'d str,
    /// What lists show of it, as JSON.
    listed: [Rc<str>; 3],
    /// Its sum from and to, as exact decimals.
    bounds: Rc<[Option<String>; 2]>,
    summary: &'d Summary,
}

impl<'t> Pen<'t> {
    pub(super) fn new(transaction: &'t Transaction<'t>, knowledge: &'t Knowledge) -> rusqlite::Result<Self> {
        const JOINED: &str = "INSERT OR REPLACE INTO joined (block, claim, thread, turn, firm, brief)";
        const STATE: &str =
            "INSERT INTO state (thread, known_from, known_to, kind, parties, place, domains, stage, status, low,
                                                high, currency, rate_day, envelope, differs, first_known, last_known,
                                                confidence, claims)";
        Ok(Self {
            transaction,
            knowledge,
            words: FxHashMap::default(),
            facets: Vec::new(),
            parts: Vec::new(),
            joined: Rows::new(transaction, JOINED, 6)?,
            states: Rows::new(transaction, STATE, 19)?,
            facet_rows: Rows::together(transaction, "INSERT OR IGNORE INTO facet (word, thread)", 2, FACETS_TOGETHER)?,
            touched: 0,
        })
    }

    /// Writes what is left. Gives how many threads came up, changed or went.
    pub(super) fn finish(mut self) -> rusqlite::Result<usize> {
        self.write_kept_back()?;
        Ok(self.touched)
    }

    /// Writes the threads of a unit that changed in place of those that were there.
    pub(super) fn write(&mut self, unit: &Unit, derived: &[Derived]) -> rusqlite::Result<()> {
        let mut before = self.before(unit, derived)?;
        let home = unit.blocks.first().copied().unwrap_or_default();
        let mut places: Vec<Option<Place>> = vec![None; unit.claims.len()];
        let mut written: Vec<(i64, &Derived)> = Vec::new();
        for one in derived {
            match before.remove(&one.id) {
                Some((_, digest)) if digest[..] == one.digest[..] => {}
                Some((number, _)) => {
                    self.clear(number)?;
                    written.push((self.insert(Some(number), home, one, unit)?, one));
                }
                None => written.push((self.insert(None, home, one, unit)?, one)),
            }
            for (index, place) in &one.members {
                // Where a decision brought claims together, the place tells the thread that it brought them to.
                places[*index] = Some(Place { thread: one.id.cast_unsigned(), ..*place });
            }
        }
        for (number, _) in before.into_values() {
            self.clear(number)?;
            self.transaction.prepare_cached("DELETE FROM thread WHERE number = ?1")?.execute([number])?;
            self.touched += 1;
        }
        self.insert_states(&written)?;
        let stands = unit.claims.iter().zip(places);
        let (new, old): (Vec<_>, Vec<_>) = stands.partition(|(claim, _)| claim.is_new);
        let columns = |place: &Option<Place>| match place {
            Some(place) => (Some(place.thread.cast_signed()), place.turn, place.firm),
            None => (None, 0, false),
        };
        self.joined.write(&new, |values, (claim, place)| {
            let (thread, turn, firm) = columns(place);
            values.set(claim.block)?;
            values.set(claim.number)?;
            values.set(thread)?;
            values.set(turn)?;
            values.set(firm)?;
            values.set(unit.brief(claim).unwrap_or_default())
        })?;
        let mut update = self
            .transaction
            .prepare_cached("UPDATE joined SET thread = ?3, turn = ?4, firm = ?5 WHERE block = ?1 AND claim = ?2")?;
        for (claim, place) in old {
            if (place.is_some() || unit.whole) && place != claim.place {
                let (thread, turn, firm) = columns(&place);
                update.execute(params![claim.block, claim.number, thread, turn, firm])?;
            }
        }
        for gone in &unit.gone {
            let delete = "DELETE FROM joined WHERE block = ?1 AND claim = ?2";
            self.transaction.prepare_cached(delete)?.execute([gone.0, gone.1])?;
        }
        for (number, name) in &unit.names {
            self.transaction
                .prepare_cached("INSERT OR IGNORE INTO block (hash, name) VALUES (?1, ?2)")?
                .execute(params![number, name])?;
        }
        Ok(())
    }

    /// The stored threads that the derived ones take the place of: id to number and digest.
    fn before(&self, unit: &Unit, derived: &[Derived]) -> rusqlite::Result<FxHashMap<i64, (i64, Vec<u8>)>> {
        let mut before: FxHashMap<i64, (i64, Vec<u8>)> = FxHashMap::default();
        if unit.whole {
            for block in &unit.blocks {
                let mut statement =
                    self.transaction.prepare_cached("SELECT id, number, digest FROM thread WHERE block = ?1")?;
                let mut rows = statement.query([block])?;
                while let Some(row) = rows.next()? {
                    before.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
                }
            }
        } else if unit.old {
            let members = derived.iter().flat_map(|one| &one.members);
            let old: FxHashSet<u64> =
                members.filter_map(|(index, _)| Some(unit.claims[*index].place?.thread)).collect();
            for id in old {
                let found = self
                    .transaction
                    .prepare_cached("SELECT id, number, digest FROM thread WHERE id = ?1")?
                    .query_row([id.cast_signed()], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))
                    .optional()?;
                before.extend(found);
            }
        }
        Ok(before)
    }

    /// Takes out what a thread is found and listed by.
    fn clear(&mut self, thread: i64) -> rusqlite::Result<()> {
        let facets: Option<String> = self
            .transaction
            .prepare_cached("SELECT facets FROM thread WHERE number = ?1")?
            .query_row([thread], |row| row.get(0))
            .optional()?;
        let words: Vec<i64> = serde_json::from_str(&facets.unwrap_or_default()).unwrap_or_default();
        for word in words {
            self.transaction
                .prepare_cached("DELETE FROM facet WHERE word = ?1 AND thread = ?2")?
                .execute([word, thread])?;
        }
        for sql in ["DELETE FROM part WHERE thread = ?1", "DELETE FROM state WHERE thread = ?1"] {
            self.transaction.prepare_cached(sql)?.execute([thread])?;
        }
        Ok(())
    }

    /// Writes a thread, but for its states, under its number where it had one; gives the number.
    fn insert(&mut self, number: Option<i64>, home: i64, one: &Derived, unit: &Unit) -> rusqlite::Result<i64> {
        self.touched += 1;
        let mut facets: Vec<(&'static str, Cow<'_, str>)> = Vec::new();
        let mut listed: Option<&Summary> = None;
        for summary in &one.summaries {
            let same = |before: &Summary| before.keys == summary.keys && lists(before) == lists(summary);
            if listed.replace(summary).is_some_and(same) {
                continue;
            }
            facets.extend(summary.keys.iter().map(|key| ("by", Cow::Borrowed(key.as_str()))));
            facets.extend(
                summary
                    .place
                    .iter()
                    .chain(&summary.countries)
                    .map(|place| ("place", Cow::Owned(self.knowledge.place_key(place)))),
            );
            facets.extend(summary.domains.iter().map(|domain| ("domain", Cow::Borrowed(domain.as_str()))));
        }
        facets.sort_unstable();
        facets.dedup();
        let words: Vec<i64> =
            facets.into_iter().map(|(sort, value)| self.word(sort, &value)).collect::<Result<_, _>>()?;
        let members: Vec<(i64, bool, &str)> = one
            .members
            .iter()
            .zip(&one.reasons)
            .map(|((index, _), (why, adds))| (unit.claims[*index].number, *adds, why.as_str()))
            .collect();
        let kind = i64::from(one.is_agreement);
        let (words_json, members) = (json(&words)?, json(&members)?);
        let thread = match number {
            Some(number) => {
                self.transaction
                    .prepare_cached(
                        "UPDATE thread SET block = ?2, digest = ?3, facets = ?4, members = ?5 WHERE number = ?1",
                    )?
                    .execute(params![number, home, one.digest, words_json, members])?;
                number
            }
            None => {
                self.transaction
                    .prepare_cached(
                        "INSERT INTO thread (id, kind, block, digest, facets, members) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    )?
                    .execute(params![one.id, kind, home, one.digest, words_json, members])?;
                self.transaction.last_insert_rowid()
            }
        };
        self.facets.extend(words.into_iter().map(|word| (word, thread)));
        self.parts.extend(one.wholes.iter().map(|(whole, origin)| (*whole, thread, Arc::clone(origin))));
        if self.facets.len() + self.parts.len() > KEPT_BACK_MAX {
            self.write_kept_back()?;
        }
        Ok(thread)
    }

    /// Writes what threads were from one day to the next, each under its number.
    fn insert_states(&mut self, threads: &[(i64, &Derived)]) -> rusqlite::Result<()> {
        let mut rows: Vec<State<'_>> = Vec::new();
        for (thread, one) in threads {
            let mut until = one.summaries.iter().skip(1).map(|next| next.from.as_str());
            // Most of what lists show stays from one day to the next.
            let mut before: Option<&Summary> = None;
            for summary in &one.summaries {
                let same = |nth: usize| before.filter(|before| lists(before)[nth] == lists(summary)[nth]);
                let listed = |nth: usize| -> rusqlite::Result<Rc<str>> {
                    Ok(match (same(nth), rows.last()) {
                        (Some(_), Some(last)) => Rc::clone(&last.listed[nth]),
                        _ => json(lists(summary)[nth])?.into(),
                    })
                };
                let listed = [listed(0)?, listed(1)?, listed(2)?];
                let bounds = match (before.filter(|before| digits(before) == digits(summary)), rows.last()) {
                    (Some(_), Some(last)) => Rc::clone(&last.bounds),
                    _ => Rc::new(bounds(summary).map(|bound| bound.map(|bound| bound.to_string()))),
                };
                let kind = i64::from(one.is_agreement);
                let until = until.next().unwrap_or("9999");
                rows.push(State { thread: *thread, kind, until, listed, bounds, summary });
                before = Some(summary);
            }
        }
        self.states.write(&rows, |values, State { thread, kind, until, listed, bounds, summary }| {
            values.set(thread)?;
            values.set(&summary.from)?;
            values.set(until)?;
            values.set(kind)?;
            listed.iter().try_for_each(|list| values.set(list))?;
            values.set(summary.stage.map(|stage| stage.word()))?;
            values.set(summary.status.word())?;
            bounds.iter().try_for_each(|bound| values.set(bound))?;
            values.set(
                summary.money.as_ref().and_then(|money| money.currency.as_ref()).map(|currency| currency.code()),
            )?;
            values.set(&summary.rate_day)?;
            values.set(summary.envelope)?;
            values.set(summary.differs)?;
            values.set(&summary.first_known)?;
            values.set(&summary.last_known)?;
            values.set(f64::from(summary.confidence))?;
            values.set(i64::try_from(summary.claims).unwrap_or(i64::MAX))
        })
    }

    /// The number of a word, new ones being added.
    fn word(&mut self, sort: &'static str, value: &str) -> rusqlite::Result<i64> {
        if let Some(number) = self.words.get(sort).and_then(|words| words.get(value)) {
            return Ok(*number);
        }
        let known: Option<i64> = self
            .transaction
            .prepare_cached("SELECT number FROM word WHERE sort = ?1 AND value = ?2")?
            .query_row(params![sort, value], |row| row.get(0))
            .optional()?;
        let number = match known {
            Some(number) => number,
            None => {
                self.transaction
                    .prepare_cached("INSERT INTO word (sort, value) VALUES (?1, ?2)")?
                    .execute(params![sort, value])?;
                self.transaction.last_insert_rowid()
            }
        };
        self.words.entry(sort).or_default().insert(value.to_owned(), number);
        Ok(number)
    }

    fn write_kept_back(&mut self) -> rusqlite::Result<()> {
        // In the order in which they come, the first of a kind is the one that was known first.
        self.parts.sort_by_key(|(whole, thread, _)| (*whole, *thread));
        self.parts.dedup_by_key(|(whole, thread, _)| (*whole, *thread));
        let mut part =
            self.transaction.prepare_cached("INSERT OR IGNORE INTO part (whole, thread, known) VALUES (?1, ?2, ?3)")?;
        for (whole, thread, origin) in self.parts.drain(..) {
            part.execute(params![whole, thread, origin.known])?;
        }
        self.facets.sort_unstable();
        self.facet_rows.write(&self.facets, |values, (word, thread)| {
            values.set(word)?;
            values.set(thread)
        })?;
        self.facets.clear();
        Ok(())
    }
}

/// What lists show of a thread as JSON.
fn lists(summary: &Summary) -> [&Vec<String>; 3] {
    [&summary.by, &summary.place, &summary.domains]
}

/// The sum of a thread from and to.
fn bounds(summary: &Summary) -> [Option<Decimal>; 2] {
    summary.money.map_or([None; 2], |money| [money.low, money.high])
}

/// What tells whether two sums are written alike: equal ones may differ in the zeros behind their points.
fn digits(summary: &Summary) -> [Option<[u8; 16]>; 2] {
    bounds(summary).map(|bound| bound.map(|bound| bound.serialize()))
}
