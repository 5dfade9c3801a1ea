//! Claims on their way into threads: those that were just taken in, and those that are read from the file.

use super::accept::{claims_of, reading_of};
use crate::numbers::digits;
use crate::waiting::{Waiter, Waiting};
use pledgebook_claims::Claim;
use pledgebook_commitments::{Context, Knowledge, Origin, Seen, Sighting, Signature};
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::Arc;

/// Documents whose particulars are kept at hand while claims are read.
const DOCUMENTS_KEPT_MAX: usize = 100_000;

/// A claim that is to be joined.
#[derive(Debug)]
pub(super) struct Arrival {
    pub(super) number: i64,
    pub(super) block: i64,
    of: Arc<Waiting>,
    name: Range<usize>,
    brief: Range<usize>,
    pub(super) told: Told,
}

impl Arrival {
    /// The claim of a reading that waits at a place among its others.
    fn new(of: &Arc<Waiting>, nth: usize, reading: i64) -> Self {
        let Waiter { place, block, name, brief, told } = of.get(nth);
        let told = Told::Packed { of: Arc::clone(of), at: told };
        Self { number: claims_of(reading)[0] + place as i64, block, of: Arc::clone(of), name, brief, told }
    }

    /// The name of its block.
    pub(super) fn block_name(&self) -> String {
        String::from_utf8_lossy(self.of.part(&self.name)).into_owned()
    }

    /// Its brief as it is stored.
    pub(super) fn brief(&self) -> &[u8] {
        self.of.part(&self.brief)
    }
}

/// What is known of a claim beside its brief.
#[derive(Debug)]
pub(super) enum Told {
    /// What the file holds.
    Stored,
    /// What waits to be unpacked.
    Packed { of: Arc<Waiting>, at: Range<usize> },
    /// All of it.
    Read(Box<Sighting>),
}

impl Told {
    /// Whether it need not be read from the file.
    pub(super) fn is_at_hand(&self) -> bool {
        !matches!(self, Self::Stored)
    }

    /// What is at hand, which is gone then.
    pub(super) fn take(&mut self) -> Option<Box<Sighting>> {
        match std::mem::replace(self, Self::Stored) {
            Self::Stored => None,
            Self::Packed { of, at } => Sighting::unpack(of.part(&at), &of.origin).map(Box::new),
            Self::Read(sighting) => Some(sighting),
        }
    }
}

/// Claims that were taken in and not joined yet, by reading. Only a copy of what the file holds: a reading that is not here is
/// read from there.
#[derive(Debug, Default)]
pub(super) struct Arrivals {
    by_reading: FxHashMap<i64, Arc<Waiting>>,
    count: usize,
}

impl Arrivals {
    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn add(&mut self, reading: i64, waiting: Arc<Waiting>) {
        self.count += waiting.len();
        self.by_reading.insert(reading, waiting);
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
        knowledge: &Knowledge,
        reading: i64,
    ) -> rusqlite::Result<impl Iterator<Item = Arrival>> {
        let waiting = match self.by_reading.remove(&reading) {
            Some(waiting) => waiting,
            None => Arc::new(stored_waiting(connection, documents, knowledge, reading)?),
        };
        Ok((0..waiting.len()).map(move |nth| Arrival::new(&waiting, nth, reading)))
    }
}

/// The claims of a reading that join, as the file holds them.
fn stored_waiting(
    connection: &Connection,
    documents: &mut Documents,
    knowledge: &Knowledge,
    reading: i64,
) -> rusqlite::Result<Waiting> {
    let mut waiting = Waiting::new(documents.get(connection, reading)?);
    let sql = "SELECT number, id, json, context, block FROM claim WHERE number BETWEEN ?1 AND ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(claims_of(reading))?;
    while let Some(row) = rows.next()? {
        let (number, block): (i64, i64) = (row.get(0)?, row.get(4)?);
        let place = usize::try_from(number - claims_of(reading)[0]).unwrap_or_default();
        if let Some(sighting) = sighting(connection, documents, row)? {
            let Sighting { id, claim, context, .. } = *sighting;
            let seen = Seen { id, claim: &claim, json: 0..0, context };
            let name = seen.block().unwrap_or_default();
            waiting.add(place, (block, &name), &seen, knowledge);
        }
    }
    Ok(waiting)
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
