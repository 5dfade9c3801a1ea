//! What changed between two days, and releases.

use super::Sqlite;
use super::accept::{json, log};
use crate::numbers::digits;
use crate::{Change, ChangedSlot, Diff, Error, Filter, Release, Sort};
use pledgebook_commitments::AsOf;
use rusqlite::{TransactionBehavior, params};
use serde_json::Value;

/// Slots whose change is news, with the columns of `state` that hold them. Those of JSON are compared as JSON.
const SLOTS: [(&str, &str, bool); 9] = [
    ("stage", "stage", false),
    ("status", "status", false),
    ("low", "low", false),
    ("high", "high", false),
    ("currency", "currency", false),
    ("place", "place", true),
    ("domains", "domains", true),
    ("last_known", "last_known", false),
    ("claims", "claims", false),
];

impl Sqlite {
    pub(super) fn changes(&self, from: &str, to: &str) -> Result<Diff, Error> {
        let (from, to) = if from <= to { (from, to) } else { (to, from) };
        let columns = |state: &str| SLOTS.map(|(_, column, _)| format!("{state}.{column}")).join(", ");
        let sql = format!(
            "SELECT t.id, b.kind, b.parties, a.thread, {}, {}
             FROM state b JOIN thread t ON t.number = b.thread
             LEFT JOIN state a ON a.thread = b.thread AND a.known_from <= ?1 AND a.known_to > ?1
             WHERE b.known_from <= ?2 AND b.known_to > ?2 AND b.known_from > ?1
             ORDER BY t.id < 0, t.id",
            columns("b"),
            columns("a")
        );
        let mut diff = Diff { from: from.to_owned(), to: to.to_owned(), changes: Vec::new() };
        let fill = |diff: &mut Diff| -> rusqlite::Result<()> {
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query([from, to])?;
            while let Some(row) = rows.next()? {
                let new = row.get::<_, Option<i64>>(3)?.is_none();
                let mut slots = Vec::new();
                for (at, (slot, _, is_json)) in SLOTS.iter().enumerate() {
                    let value = |index: usize| -> rusqlite::Result<Value> {
                        Ok(match row.get_ref(index)? {
                            rusqlite::types::ValueRef::Integer(number) => Value::from(number),
                            rusqlite::types::ValueRef::Text(text) => {
                                let text = String::from_utf8_lossy(text);
                                if *is_json {
                                    serde_json::from_str(&text).unwrap_or_default()
                                } else {
                                    Value::from(text)
                                }
                            }
                            _ => Value::Null,
                        })
                    };
                    let (after, before) = (value(4 + at)?, value(4 + SLOTS.len() + at)?);
                    if before != after {
                        slots.push(ChangedSlot { slot: (*slot).to_owned(), before, after });
                    }
                }
                let parties: String = row.get(2)?;
                diff.changes.push(Change {
                    id: digits(row.get(0)?),
                    kind: if row.get::<_, i64>(1)? == 0 { "commitment" } else { "agreement" }.to_owned(),
                    by: serde_json::from_str(&parties).unwrap_or_default(),
                    new,
                    slots,
                });
            }
            Ok(())
        };
        fill(&mut diff).map_err(self.failed())?;
        Ok(diff)
    }

    pub(super) fn make_release(&mut self, time: &str, note: &str) -> Result<Release, Error> {
        self.settle_pending()?;
        let known = self.now()?;
        let (counts, hash) = self.contents(&known)?;
        let path = self.path.clone();
        let failed = |error| Error::sqlite(&path, error);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let head: Option<String> = transaction
            .query_row("SELECT lower(hex(hash)) FROM log ORDER BY number DESC LIMIT 1", [], |row| row.get(0))
            .map(Some)
            .or_else(|error| if error == rusqlite::Error::QueryReturnedNoRows { Ok(None) } else { Err(error) })
            .map_err(failed)?;
        let number: i64 = transaction
            .query_row("SELECT coalesce(max(number), 0) + 1 FROM release", [], |row| row.get(0))
            .map_err(failed)?;
        let release = Release {
            number,
            time: time.to_owned(),
            note: note.to_owned(),
            counts,
            hash,
            log: head.unwrap_or_default(),
        };
        let stored = json(&release).map_err(failed)?;
        transaction
            .execute(
                "INSERT INTO release (number, time, note, known, json) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![number, time, note, known, stored],
            )
            .map_err(failed)?;
        log(&transaction, "release", &number.to_string(), blake3::hash(stored.as_bytes()).as_bytes())
            .map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(release)
    }

    pub(super) fn list_releases(&self) -> Result<Vec<Release>, Error> {
        let rows: Vec<String> = self
            .connection
            .prepare_cached("SELECT json FROM release ORDER BY number")
            .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
            .map_err(self.failed())?;
        rows.iter()
            .map(|row| serde_json::from_str(row))
            .collect::<Result<_, _>>()
            .map_err(|error| Error::Damaged { path: self.path.clone(), what: format!("a release: {error}") })
    }

    /// How much the ledger holds, and the hash of all that follows from it as of a day.
    pub(super) fn contents(&self, known: &str) -> Result<([usize; 4], String), Error> {
        let as_of = AsOf { known: Some(known.to_owned()), held: None };
        let filter = Filter { as_of, sort: Sort::Id, ..Filter::default() };
        let commitments = self.list_commitments(&filter)?;
        let agreements = self.list_agreements(&filter)?;
        let count = |sql: &str| -> Result<usize, Error> {
            let count: i64 = self.connection.query_row(sql, [], |row| row.get(0)).map_err(self.failed())?;
            Ok(usize::try_from(count).unwrap_or_default())
        };
        let documents = count("SELECT count(*) FROM counted")?;
        let claims = count("SELECT coalesce(sum(r.claims), 0) FROM reading r JOIN counted n ON n.reading = r.number")?;
        let mut hasher = blake3::Hasher::new();
        let damaged = |error: serde_json::Error| Error::Damaged { path: self.path.clone(), what: error.to_string() };
        for commitment in &commitments {
            hasher.update(&serde_json::to_vec(commitment).map_err(damaged)?);
        }
        for agreement in &agreements {
            hasher.update(&serde_json::to_vec(agreement).map_err(damaged)?);
        }
        Ok(([documents, claims, commitments.len(), agreements.len()], hasher.finalize().to_hex().to_string()))
    }
}
