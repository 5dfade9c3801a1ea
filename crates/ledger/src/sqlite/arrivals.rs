//! Claims on their way into threads: those that were just taken in, and those that are read from the file.

use super::accept::{claims_of, digits, reading_of};
use pledgebook_claims::Claim;
use pledgebook_commitments::{Context, Origin, Sighting, Signature};
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Documents whose particulars are kept at hand while claims are read.
const DOCUMENTS_KEPT_MAX: usize = 100_000;

/// A claim that is to be joined.
#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) number: i64,
    pub(super) block: i64,
    pub(super) sighting: Box<Sighting>,
}

/// Claims that were taken in and not joined yet, by reading. Only a copy of what the file holds: a reading that is not here is
/// read from there.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    by_reading: FxHashMap<i64, Vec<Arrival>>,
    count: usize,
}

impl Arrivals {
    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn add(&mut self, reading: i64, arrivals: Vec<Arrival>) {
        self.count += arrivals.len();
        self.by_reading.insert(reading, arrivals);
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.count += other.count;
        self.by_reading.extend(other.by_reading);
    }

    /// The claims of a reading that join.
    pub(super) fn take(
        &mut self,
        connection: &Connection,
        documents: &mut Documents,
        reading: i64,
    ) -> rusqlite::Result<Vec<Arrival>> {
        if let Some(arrivals) = self.by_reading.remove(&reading) {
            return Ok(arrivals);
        }
        let sql = "SELECT number, id, json, context, block FROM claim WHERE number BETWEEN ?1 AND ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(claims_of(reading))?;
        let mut arrivals = Vec::new();
        while let Some(row) = rows.next()? {
            let (number, block) = (row.get(0)?, row.get(4)?);
            let sighting = sighting(connection, documents, row)?;
            arrivals.extend(sighting.map(|sighting| Arrival { number, block, sighting }));
        }
        Ok(arrivals)
    }
}

/// The particulars of documents that were read lately, by reading.
#[derive(Default)]
pub(super) struct Documents(FxHashMap<i64, Arc<Origin>>);

impl Documents {
    fn get(&mut self, connection: &Connection, reading: i64) -> rusqlite::Result<Arc<Origin>> {
        if let Some(known) = self.0.get(&reading) {
            return Ok(Arc::clone(known));
        }
        let origin = connection
            .prepare_cached(
                "SELECT d.id, d.published, d.known, d.publisher, d.lang, d.signature
                 FROM reading r JOIN document d ON d.number = r.document WHERE r.number = ?1",
            )?
            .query_row([reading], |row| {
                let published: Option<String> = row.get(1)?;
                Ok(Arc::new(Origin {
                    document: row.get(0)?,
                    published: published.map(|day| day.get(..10).unwrap_or(&day).to_owned()),
                    known: row.get(2)?,
                    publisher: row.get(3)?,
                    lang: row.get(4)?,
                    signature: Signature::from_bytes(row.get_ref(5)?.as_blob().unwrap_or_default()),
                }))
            })?;
        if self.0.len() >= DOCUMENTS_KEPT_MAX {
            self.0.clear();
        }
        self.0.insert(reading, Arc::clone(&origin));
        Ok(origin)
    }
}

/// Gives every claim of a reading in the order of the text: its number, its JSON, and its block if it is of a kind that joins.
pub(super) fn each_claim(
    connection: &Connection,
    reading: i64,
    mut each: impl FnMut(i64, &str, Option<i64>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT number, json, block FROM claim WHERE number BETWEEN ?1 AND ?2
         UNION ALL
         SELECT ?1 + (a.value ->> 0), a.value -> 2, NULL
         FROM reading r, json_each(iif(json_valid(r.aside), r.aside, '[]')) a WHERE r.number = ?3
         ORDER BY 1",
    )?;
    let [first, last] = claims_of(reading);
    let mut rows = statement.query([first, last, reading])?;
    while let Some(row) = rows.next()? {
        each(row.get(0)?, row.get_ref(1)?.as_str().unwrap_or_default(), row.get(2)?)?;
    }
    Ok(())
}

/// The claim of a number; `None` where there is none, or none that can be read.
pub(super) fn stored_sighting(
    connection: &Connection,
    documents: &mut Documents,
    number: i64,
) -> rusqlite::Result<Option<Box<Sighting>>> {
    let mut statement = connection.prepare_cached("SELECT number, id, json, context FROM claim WHERE number = ?1")?;
    let mut rows = statement.query([number])?;
    match rows.next()? {
        Some(row) => sighting(connection, documents, row),
        None => Ok(None),
    }
}

/// A stored claim (number, id, json, context) as reconciliation sees it. What cannot be parsed was not written by this program;
/// `verify` names it.
fn sighting(
    connection: &Connection,
    documents: &mut Documents,
    row: &Row<'_>,
) -> rusqlite::Result<Option<Box<Sighting>>> {
    let parsed = || -> Option<(Claim, Context)> {
        let claim = serde_json::from_str(row.get_ref(2).ok()?.as_str().ok()?).ok()?;
        let context = serde_json::from_str(row.get_ref(3).ok()?.as_str().ok()?).ok()?;
        Some((claim, context))
    };
    let Some((claim, context)) = parsed() else { return Ok(None) };
    let origin = documents.get(connection, reading_of(row.get(0)?))?;
    Ok(Some(Box::new(Sighting { id: digits(row.get(1)?), claim, context, origin })))
}
