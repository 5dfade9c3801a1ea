//! What the books were joined by: where the knowledge or the rules of joining are others than the last time, all claims are joined anew.

use super::Sqlite;
use super::accept::json;
use super::arrivals::each_claim;
use crate::Error;
use crate::numbers::block_number;
use pledgebook_claims::Claim;
use pledgebook_commitments::{Knowledge, Signature, see};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

/// Tables that hold nothing but what follows from claims, decisions and knowledge.
const DERIVED: [&str; 8] = ["block", "pending", "dirty", "joined", "thread", "state", "facet", "part"];

impl Sqlite {
    /// Makes the claims of a ledger that was joined by other knowledge wait to be joined by this. A file that cannot be written, or
    /// that somebody else writes, reads as it was joined.
    pub(super) fn rebase(&mut self) -> Result<(), Error> {
        let path = self.path.clone();
        let failed = |error| Error::sqlite(&path, error);
        let now = self.knowledge.fingerprint().map_err(|error| Error::Invalid(error.to_string()))?;
        if joined_by(&self.connection).map_err(failed)? == Some(now)
            || self.connection.is_readonly("main").map_err(failed)?
        {
            return Ok(());
        }
        let transaction =
            match self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed) {
                Err(Error::Locked { .. }) => return Ok(()),
                transaction => transaction?,
            };
        // Another process may have been here first.
        if joined_by(&transaction).map_err(failed)? != Some(now) {
            rejoin(&transaction, &self.knowledge, now).map_err(failed)?;
        }
        transaction.commit().map_err(failed)
    }
}

/// What the books were joined by; `None` for an empty ledger, and for one that does not say.
fn joined_by(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection.query_row("SELECT knowledge FROM basis", [], |row| row.get(0)).optional()
}

/// Signs all texts and sees all claims again, and marks every reading that counts.
fn rejoin(transaction: &Transaction<'_>, knowledge: &Knowledge, now: i64) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM basis", [])?;
    transaction.execute("INSERT INTO basis (knowledge) VALUES (?1)", [now])?;
    if !transaction.prepare("SELECT 1 FROM reading")?.exists([])? {
        return Ok(());
    }
    for table in DERIVED {
        transaction.execute(&format!("DELETE FROM {table}"), [])?;
    }
    let readings: Vec<(i64, String, String)> = transaction
        .prepare("SELECT r.number, d.id, d.known FROM reading r JOIN document d ON d.number = r.document")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut signatures = transaction.prepare("SELECT number, text, signature FROM document")?;
    let mut sign = transaction.prepare("UPDATE document SET signature = ?2 WHERE number = ?1")?;
    let mut rows = signatures.query([])?;
    while let Some(row) = rows.next()? {
        let signature = Signature::of(row.get_ref(1)?.as_str()?).to_bytes();
        if signature != row.get_ref(2)?.as_blob()? {
            sign.execute(params![row.get::<_, i64>(0)?, signature])?;
        }
    }
    let mut select = transaction.prepare("SELECT context FROM claim WHERE number = ?1")?;
    let mut update = transaction.prepare("UPDATE claim SET block = ?2, context = ?3 WHERE number = ?1")?;
    for (reading, document, known) in readings {
        let mut stored: Vec<(i64, Option<i64>)> = Vec::new();
        let mut claims: Vec<Claim> = Vec::new();
        each_claim(transaction, reading, |number, json, block| {
            // What cannot be parsed was not written by this program; `verify` names it.
            if let Ok(claim) = serde_json::from_str(json) {
                claims.push(claim);
                stored.push((number, block));
            }
            Ok(())
        })?;
        for (seen, (number, old_block)) in see(&document, &known, &claims, knowledge).1.iter().zip(stored) {
            let Some(block) = seen.block().as_deref().map(block_number) else { continue };
            let context = json(&seen.context)?;
            let old_context: Option<String> = select.query_row([number], |row| row.get(0)).optional()?;
            if (Some(block), Some(&context)) != (old_block, old_context.as_ref()) {
                update.execute(params![number, block, context])?;
            }
        }
    }
    transaction.execute("INSERT INTO pending (reading) SELECT reading FROM counted", [])?;
    Ok(())
}
