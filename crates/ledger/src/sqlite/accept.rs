//! Taking documents in: one transaction a batch, everything or nothing.

use super::Sqlite;
use super::arrivals::Arrivals;
use super::rows::Rows;
use crate::{Appended, Entry, Error};
use pledgebook_claims::llm::is_model;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, OptionalExtension, ToSql, Transaction, TransactionBehavior, params};
use std::sync::Arc;

/// Claims waiting to be joined, at which the books are closed in the middle of a run, so that memory does not grow with it.
const ARRIVALS_MAX: usize = 250_000;
/// Texts after which the search index is merged. After each, merging would cost more than what it merges.
const MERGED_TEXTS: i64 = 4;
/// Bytes of text that fill a page of the search index; each text fills one at least.
const INDEX_PAGE: i64 = 3_000;
/// Pages of the search index that are merged for each page that is added: as many as keep it in order at a million texts.
const MERGED_PAGES: i64 = 5;
/// Texts of a run that are many if they are also one in so many of all, so that merging them costs little beside entering them.
const MANY_TEXTS: usize = 64;
const SHARE_OF_MANY: usize = 8;
/// Bytes that most of what is written as JSON has room in.
const JSON_USUAL: usize = 256;
/// Bits of a claim's number that are its place in its reading.
const PLACE_BITS: u32 = 20;

/// The numbers that the claims of a reading have.
pub(super) fn claims_of(reading: i64) -> [i64; 2] {
    [reading << PLACE_BITS, ((reading + 1) << PLACE_BITS) - 1]
}

/// The reading that a claim's number is of.
pub(super) fn reading_of(claim: i64) -> i64 {
    claim >> PLACE_BITS
}

/// Versions of rules in their order: runs of digits count as numbers, so that 10 comes after 9.
fn version_key(rules: &str) -> Vec<(u64, String)> {
    let mut key = Vec::new();
    let mut rest = rules;
    while !rest.is_empty() {
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (text, tail) = rest.split_at(words);
        let figures = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let (number, tail) = tail.split_at(figures);
        key.push((number.parse().unwrap_or_default(), text.to_owned()));
        rest = tail;
    }
    key
}

impl Sqlite {
    pub(super) fn accept_batch(&mut self, batch: &[Entry]) -> Result<Appended, Error> {
        let path = self.path.clone();
        let failed = |error| Error::sqlite(&path, error);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let mut texts = Vec::new();
        let mut intake = Intake::new(&transaction).map_err(failed)?;
        for entry in batch {
            texts.extend(intake.accept(entry).map_err(failed)?.map(|number| (number, entry)));
        }
        let (appended, arrivals) = intake.finish();
        // The search index writes itself out before every statement of several rows; coming last it does so once a batch.
        let run = self.texts + texts.len();
        index_texts(&transaction, &texts, run).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        self.arrivals.extend(arrivals);
        self.texts = run;
        if self.arrivals.count() > ARRIVALS_MAX {
            self.settle_pending()?;
        }
        Ok(appended)
    }
}

/// What takes the documents of a batch in, by statements that are made ready once for all of them.
struct Intake<'t> {
    transaction: &'t Transaction<'t>,
    versions: CachedStatement<'t>,
    documents: Rows<'t>,
    readings: Rows<'t>,
    claims: Rows<'t>,
    counted: Rows<'t>,
    pending: Rows<'t>,
    log: Log<'t>,
    appended: Appended,
    arrivals: Arrivals,
    /// Room for what a reading's row holds of its claims.
    aside: Vec<u8>,
}

impl<'t> Intake<'t> {
    fn new(transaction: &'t Transaction<'t>) -> rusqlite::Result<Self> {
        const DOCUMENT: &str =
            "INSERT INTO document (id, version, hash, title, published, modified, known, read, publisher, author, url, lang,
                                   text, blocks, signature)";
        const READING: &str = "INSERT INTO reading (document, rules, day, claims, aside)";
        const CLAIM: &str = "INSERT INTO claim (number, id, kind, block, json, context)";
        Ok(Self {
            transaction,
            versions: transaction.prepare_cached("SELECT number, hash = ?2 FROM document WHERE id = ?1")?,
            documents: Rows::new(transaction, DOCUMENT, 15)?,
            readings: Rows::new(transaction, READING, 5)?,
            claims: Rows::new(transaction, CLAIM, 6)?,
            counted: Rows::new(transaction, "INSERT INTO counted (document, reading)", 2)?,
            pending: Rows::new(transaction, "INSERT OR IGNORE INTO pending (reading)", 1)?,
            log: Log::open(transaction)?,
            appended: Appended::default(),
            arrivals: Arrivals::default(),
            aside: Vec::new(),
        })
    }

    /// What was taken in.
    fn finish(self) -> (Appended, Arrivals) {
        (self.appended, self.arrivals)
    }

    /// Takes one document in; gives its number where its text is new.
    fn accept(&mut self, new: &Entry) -> rusqlite::Result<Option<i64>> {
        let id = &new.document.id;
        let versions: Vec<(i64, bool)> = self
            .versions
            .query_map(params![id, new.hash], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let there = versions.iter().find(|(_, same)| *same).map(|(number, _)| *number);
        let document = match there {
            Some(number) => {
                let read: bool = self
                    .transaction
                    .prepare_cached("SELECT 1 FROM reading WHERE document = ?1 AND rules = ?2")?
                    .exists(params![number, new.rules])?;
                if read {
                    self.appended.repeated += 1;
                    return Ok(None);
                }
                self.appended.reread += 1;
                number
            }
            None => {
                if versions.is_empty() {
                    self.appended.documents += 1
                } else {
                    self.appended.versions += 1
                }
                self.insert_document(new, versions.len() + 1)?
            }
        };
        let reading = self.insert_reading(document, new)?;
        self.appended.claims += new.claims.len();
        if versions.is_empty() {
            self.begin_to_count(document, reading)?;
        } else {
            self.count(id)?;
        }
        Ok(there.is_none().then_some(document))
    }

    /// Adds a reading with its claims, and says so in the log.
    fn insert_reading(&mut self, document: i64, new: &Entry) -> rusqlite::Result<i64> {
        write_aside(&mut self.aside, new)?;
        self.readings.write(&[&self.aside], |values, aside| {
            values.set(document)?;
            values.set(&new.rules)?;
            values.set(&new.read)?;
            values.set(new.claims.len() as i64)?;
            values.set(Json(aside))
        })?;
        let reading = self.transaction.last_insert_rowid();
        for (number, claim) in (claims_of(reading)[0]..).zip(&new.claims) {
            let Some(joins) = &claim.joins else { continue };
            self.claims.write(&[claim], |values, claim| {
                values.set(number)?;
                values.set(claim.id)?;
                values.set(claim.kind)?;
                values.set(joins.block)?;
                values.set(Json(new.claim(claim)))?;
                values.set(Json(new.context(joins)))
            })?;
        }
        self.arrivals.add(reading, Arc::clone(&new.waiting));
        self.log.add("reading", &format!("{} {}", new.document.id, new.rules), &new.content)?;
        Ok(reading)
    }

    fn insert_document(&mut self, new: &Entry, version: usize) -> rusqlite::Result<i64> {
        let document = &new.document;
        let blocks: Vec<(&str, usize, usize)> =
            document.blocks().iter().map(|block| (block.role.word(), block.span.start, block.span.end)).collect();
        let blocks = json(&blocks)?;
        let known = document.published.as_deref().unwrap_or(&new.read);
        self.documents.write(&[document], |values, document| {
            values.set(&document.id)?;
            values.set(version as i64)?;
            values.set(new.hash)?;
            values.set(&document.title)?;
            values.set(&document.published)?;
            values.set(&document.modified)?;
            values.set(known.get(..10).unwrap_or(known))?;
            values.set(&new.read)?;
            values.set(&document.publisher)?;
            values.set(&document.author)?;
            values.set(&document.url)?;
            values.set(&document.lang)?;
            values.set(document.text())?;
            values.set(&blocks)?;
            values.set(new.signature().to_bytes())
        })?;
        Ok(self.transaction.last_insert_rowid())
    }

    /// Settles which version and which reading of a document count, whatever order they came in: the text changed last, read by the
    /// highest in rank. Readings that come to count or cease to are marked.
    fn count(&mut self, id: &str) -> rusqlite::Result<()> {
        let latest: i64 = self
            .transaction
            .prepare_cached(
                "SELECT number FROM document WHERE id = ?1
                 ORDER BY coalesce(modified, published, read) DESC, read DESC, hash DESC LIMIT 1",
            )?
            .query_row([id], |row| row.get(0))?;
        let readings: Vec<(i64, String, String)> = self
            .transaction
            .prepare_cached("SELECT number, rules, day FROM reading WHERE document = ?1")?
            .query_map([latest], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let Some((newest, ..)) = readings.into_iter().max_by_key(|(_, rules, day)| rank(rules, day)) else {
            return Ok(());
        };
        let counted: Vec<(i64, i64)> = self
            .transaction
            .prepare_cached(
                "SELECT c.document, c.reading FROM document d JOIN counted c ON c.document = d.number WHERE d.id = ?1",
            )?
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        if counted == [(latest, newest)] {
            return Ok(());
        }
        for (document, reading) in counted {
            self.transaction.prepare_cached("DELETE FROM counted WHERE document = ?1")?.execute([document])?;
            self.mark(reading)?;
        }
        self.begin_to_count(latest, newest)
    }

    /// Writes down which reading of a document counts from now on.
    fn begin_to_count(&mut self, document: i64, reading: i64) -> rusqlite::Result<()> {
        self.counted.write(&[(document, reading)], |values, (document, reading)| {
            values.set(document)?;
            values.set(reading)
        })?;
        self.mark(reading)
    }

    /// Marks a reading whose claims are to be joined, or taken out.
    fn mark(&mut self, reading: i64) -> rusqlite::Result<()> {
        self.pending.write(&[reading], |values, reading| values.set(reading))
    }
}

/// Writes the claims of a reading that are of kinds that never join, as the reading's row holds them.
fn write_aside(aside: &mut Vec<u8>, new: &Entry) -> rusqlite::Result<()> {
    aside.clear();
    aside.push(b'[');
    for (place, claim) in new.claims.iter().enumerate().filter(|(_, claim)| claim.joins.is_none()) {
        if aside.len() > 1 {
            aside.push(b',');
        }
        write_json(aside, &(place, claim.id))?;
        // The claim is JSON already and comes third.
        aside.pop();
        aside.push(b',');
        aside.extend_from_slice(new.claim(claim));
        aside.push(b']');
    }
    aside.push(b']');
    Ok(())
}

/// Adds texts to the search index, with which a run has brought `run` texts.
fn index_texts(transaction: &Transaction<'_>, texts: &[(i64, &Entry)], run: usize) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached("INSERT INTO text_search (rowid, title, text) VALUES (?1, ?2, ?3)")?;
    for (number, new) in texts {
        insert.execute(params![number, new.document.title, new.document.text()])?;
    }
    match texts {
        [] => Ok(()),
        // The run ends with putting all of it in order at once.
        _ if are_many(transaction, run)? => Ok(()),
        [(first, _), .., (last, _)] | [(first @ last, _)] => merge_index(transaction, *first, *last),
    }
}

/// Puts the search index in order where a run has brought many texts: what it leaves unmerged would else be merged all at once, when
/// one of the next documents comes. Gives whether it was many.
pub(super) fn order_index(transaction: &Transaction<'_>, texts: usize) -> rusqlite::Result<bool> {
    let many = are_many(transaction, texts)?;
    if many {
        transaction.execute("INSERT INTO text_search (text_search) VALUES ('optimize')", [])?;
    }
    Ok(many)
}

/// Whether so many texts of a run are many beside all that there are.
fn are_many(transaction: &Transaction<'_>, texts: usize) -> rusqlite::Result<bool> {
    let all: i64 =
        transaction.prepare_cached("SELECT coalesce(max(number), 0) FROM document")?.query_row([], |row| row.get(0))?;
    Ok(texts >= MANY_TEXTS && texts * SHARE_OF_MANY >= usize::try_from(all).unwrap_or(usize::MAX))
}

/// Merges as much of the search index as the texts of these numbers call for, and those before them that were left for later.
fn merge_index(transaction: &Transaction<'_>, first: i64, last: i64) -> rusqlite::Result<()> {
    let [after, until] = [first - 1, last].map(|number| number / MERGED_TEXTS * MERGED_TEXTS);
    if after == until {
        return Ok(());
    }
    let bytes: i64 = transaction
        .prepare_cached("SELECT total(octet_length(text)) FROM document WHERE number > ?1 AND number <= ?2")?
        .query_row([after, until], |row| row.get::<_, f64>(0).map(|bytes| bytes as i64))?;
    let pages = MERGED_PAGES * (until - after).max(bytes / INDEX_PAGE);
    transaction.prepare_cached("INSERT INTO text_search (text_search, rank) VALUES ('merge', ?1)")?.execute([pages])?;
    Ok(())
}

/// What of two readings of a text counts: a language model's, which somebody asked for and may have paid for, before that of rules;
/// of several models', the one that was asked last; else the newest version's.
fn rank(rules: &str, day: &str) -> (bool, String, Vec<(u64, String)>) {
    let model = is_model(rules);
    (model, if model { day.to_owned() } else { String::new() }, version_key(rules))
}

/// Adds an entry to the log.
pub(super) fn log(
    transaction: &Transaction<'_>,
    kind: &str,
    subject: &str,
    content: &[u8; 32],
) -> rusqlite::Result<()> {
    Log::open(transaction)?.add(kind, subject, content)
}

/// The end of the log, which entries are added to.
struct Log<'t> {
    rows: Rows<'t>,
    /// The hash of the last entry; empty where there is none.
    last: Vec<u8>,
}

impl<'t> Log<'t> {
    /// The log as a transaction that may write finds it: nobody else adds to it meanwhile.
    fn open(transaction: &'t Transaction<'t>) -> rusqlite::Result<Self> {
        let last = transaction
            .prepare_cached("SELECT hash FROM log ORDER BY number DESC LIMIT 1")?
            .query_row([], |row| row.get(0))
            .optional()?
            .unwrap_or_default();
        Ok(Self { rows: Rows::new(transaction, "INSERT INTO log (kind, subject, content, hash)", 4)?, last })
    }

    /// Adds an entry to the chain.
    fn add(&mut self, kind: &str, subject: &str, content: &[u8; 32]) -> rusqlite::Result<()> {
        let hash = chained(&self.last, kind, subject, content);
        self.rows.write(&[(kind, subject)], |values, (kind, subject)| {
            values.set(kind)?;
            values.set(subject)?;
            values.set(content)?;
            values.set(hash)
        })?;
        self.last = hash.to_vec();
        Ok(())
    }
}

/// The hash of an entry of the log.
pub(super) fn chained(before: &[u8], kind: &str, subject: &str, content: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in [before, kind.as_bytes(), subject.as_bytes(), content] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

pub(super) fn json<T: serde::Serialize + ?Sized>(value: &T) -> rusqlite::Result<String> {
    let mut text = Vec::with_capacity(JSON_USUAL);
    write_json(&mut text, value)?;
    String::from_utf8(text).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn write_json<T: serde::Serialize + ?Sized>(into: &mut Vec<u8>, value: &T) -> rusqlite::Result<()> {
    serde_json::to_writer(into, value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

/// Text that was just written as JSON: SQLite takes it without asking again whether its bytes are letters.
#[derive(Clone, Copy)]
struct Json<'b>(&'b [u8]);

impl ToSql for Json<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::version_key;

    #[test]
    fn versions_are_ordered_as_numbers() {
        assert!(version_key("0.10.0") > version_key("0.9.1"));
        assert!(version_key("rules@2") > version_key("rules@1"));
    }
}
