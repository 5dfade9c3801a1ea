//! Taking documents in: one transaction a batch, everything or nothing.

use super::Sqlite;
use crate::{Appended, Error, NewDocument};
use pledgebook_commitments::{DocumentRecord, Sighting, sight};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

/// The 64 bits of an id that is written as 16 hexadecimal digits.
pub(super) fn bits(id: &str) -> i64 {
    u64::from_str_radix(id, 16).unwrap_or_default().cast_signed()
}

/// The 16 hexadecimal digits of an id.
pub(super) fn digits(id: i64) -> String {
    format!("{:016x}", id.cast_unsigned())
}

/// The number that a block is stored under.
pub(super) fn block_number(name: &str) -> i64 {
    let hash = blake3::hash(name.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    i64::from_le_bytes(bytes)
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

impl NewDocument {
    /// The document as reconciliation sees it.
    pub(super) fn record(&self) -> DocumentRecord {
        DocumentRecord {
            id: self.document.id.clone(),
            published: self.document.published.clone(),
            read: self.read.clone(),
            publisher: self.document.publisher.clone(),
            url: self.document.url.clone(),
            lang: self.document.lang.clone(),
            title: self.document.title.clone(),
            signature: self.signature.clone(),
            claims: self.claims.clone(),
        }
    }
}

impl Sqlite {
    pub(super) fn accept_batch(&mut self, batch: &[NewDocument]) -> Result<Appended, Error> {
        let path = self.path.clone();
        let failed = |error| Error::sqlite(&path, error);
        let mut appended = Appended::default();
        let knowledge = std::sync::Arc::clone(&self.knowledge);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        for document in batch {
            accept(&transaction, document, &knowledge, &mut appended).map_err(failed)?;
        }
        transaction.commit().map_err(failed)?;
        Ok(appended)
    }
}

fn accept(
    transaction: &Transaction<'_>,
    new: &NewDocument,
    knowledge: &pledgebook_commitments::Knowledge,
    appended: &mut Appended,
) -> rusqlite::Result<()> {
    let id = &new.document.id;
    let there: Option<i64> = transaction
        .prepare_cached("SELECT number FROM document WHERE id = ?1 AND hash = ?2")?
        .query_row(params![id, new.hash], |row| row.get(0))
        .optional()?;
    let document = match there {
        Some(number) => {
            let read: bool = transaction
                .prepare_cached("SELECT 1 FROM reading WHERE document = ?1 AND rules = ?2")?
                .exists(params![number, new.rules])?;
            if read {
                appended.repeated += 1;
                return Ok(());
            }
            appended.reread += 1;
            number
        }
        None => {
            let version: i64 = transaction
                .prepare_cached("SELECT coalesce(max(version), 0) + 1 FROM document WHERE id = ?1")?
                .query_row([id], |row| row.get(0))?;
            if version == 1 {
                appended.documents += 1
            } else {
                appended.versions += 1
            }
            insert_document(transaction, new, version)?
        }
    };
    transaction
        .prepare_cached("INSERT INTO reading (document, rules, day) VALUES (?1, ?2, ?3)")?
        .execute(params![document, new.rules, new.read])?;
    let reading = transaction.last_insert_rowid();
    let mut content = blake3::Hasher::new();
    content.update(&new.hash);
    let sightings = sight(&new.record(), knowledge);
    let mut insert = transaction.prepare_cached(
        "INSERT INTO claim (id, reading, document, kind, block, json, context) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut claims = Vec::with_capacity(sightings.len());
    for sighting in &sightings {
        let json = json(&sighting.claim)?;
        content.update(json.as_bytes());
        let block = sighting.block();
        let number = block.as_deref().map(block_number);
        insert.execute(params![
            bits(&sighting.id),
            reading,
            document,
            sighting.claim.body.kind(),
            number,
            json,
            json_of_context(sighting)?
        ])?;
        if let (Some(name), Some(number)) = (block, number) {
            transaction
                .prepare_cached("INSERT OR IGNORE INTO block (hash, name) VALUES (?1, ?2)")?
                .execute(params![number, name])?;
            claims.push((number, transaction.last_insert_rowid()));
        }
    }
    appended.claims += sightings.len();
    log(transaction, "reading", &format!("{id} {}", new.rules), content.finalize().as_bytes())?;
    count(transaction, id)
}

fn insert_document(transaction: &Transaction<'_>, new: &NewDocument, version: i64) -> rusqlite::Result<i64> {
    let document = &new.document;
    let blocks: Vec<(&str, usize, usize)> =
        document.blocks().iter().map(|block| (block.role.word(), block.span.start, block.span.end)).collect();
    let known = document.published.as_deref().unwrap_or(&new.read);
    transaction
        .prepare_cached(
            "INSERT INTO document (id, version, hash, title, published, modified, known, read, publisher, author, url, lang,
                                   text, blocks, signature)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .execute(params![
            document.id,
            version,
            new.hash,
            document.title,
            document.published,
            document.modified,
            known.get(..10).unwrap_or(known),
            new.read,
            document.publisher,
            document.author,
            document.url,
            document.lang,
            document.text(),
            json(&blocks)?,
            new.signature.to_bytes(),
        ])?;
    let number = transaction.last_insert_rowid();
    transaction
        .prepare_cached("INSERT INTO text_search (rowid, title, text) VALUES (?1, ?2, ?3)")?
        .execute(params![number, document.title, document.text()])?;
    Ok(number)
}

/// Settles which version and which reading of a document count, whatever order they came in: the text changed last, read by the
/// newest rules. The blocks of claims that come or go are marked.
fn count(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<()> {
    let latest: i64 = transaction
        .prepare_cached(
            "SELECT number FROM document WHERE id = ?1
             ORDER BY coalesce(modified, published, read) DESC, read DESC, hash DESC LIMIT 1",
        )?
        .query_row([id], |row| row.get(0))?;
    let readings: Vec<(i64, String)> = transaction
        .prepare_cached("SELECT number, rules FROM reading WHERE document = ?1")?
        .query_map([latest], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let Some(newest) = readings.iter().max_by_key(|(_, rules)| version_key(rules)).map(|(number, _)| *number) else {
        return Ok(());
    };
    let counted: Vec<(i64, i64)> = transaction
        .prepare_cached(
            "SELECT c.document, c.reading FROM counted c JOIN document d ON d.number = c.document WHERE d.id = ?1",
        )?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    if counted == [(latest, newest)] {
        return Ok(());
    }
    for (document, reading) in counted {
        transaction.prepare_cached("DELETE FROM counted WHERE document = ?1")?.execute([document])?;
        mark(transaction, reading)?;
        transaction
            .prepare_cached(
                "DELETE FROM block_claim WHERE (block, claim) IN
                 (SELECT block, number FROM claim WHERE reading = ?1 AND document = ?2 AND block IS NOT NULL)",
            )?
            .execute([reading, document])?;
    }
    transaction.prepare_cached("INSERT INTO counted (document, reading) VALUES (?1, ?2)")?.execute([latest, newest])?;
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO block_claim (block, claim)
             SELECT block, number FROM claim WHERE document = ?1 AND reading = ?2 AND block IS NOT NULL",
        )?
        .execute([latest, newest])?;
    mark(transaction, newest)
}

/// Marks the blocks of a reading's claims.
fn mark(transaction: &Transaction<'_>, reading: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO dirty (block)
             SELECT block FROM claim
             WHERE document = (SELECT document FROM reading WHERE number = ?1) AND reading = ?1 AND block IS NOT NULL",
        )?
        .execute([reading])?;
    Ok(())
}

/// Adds an entry to the chain.
pub(super) fn log(
    transaction: &Transaction<'_>,
    kind: &str,
    subject: &str,
    content: &[u8; 32],
) -> rusqlite::Result<()> {
    let before: Option<Vec<u8>> = transaction
        .prepare_cached("SELECT hash FROM log ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let hash = chained(before.as_deref().unwrap_or_default(), kind, subject, content);
    transaction
        .prepare_cached("INSERT INTO log (kind, subject, content, hash) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![kind, subject, content, hash])?;
    Ok(())
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
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn json_of_context(sighting: &Sighting) -> rusqlite::Result<String> {
    json(&sighting.context)
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
