//! Closing the books: joining the claims of blocks that changed, and writing down what came of it.

use super::Sqlite;
use super::accept::{bits, block_number, json};
use crate::Error;
use pledgebook_claims::Claim;
use pledgebook_commitments::{AsOf, Context, Knowledge, Origin, Reconciler, Rulings, Sighting, Signature, Thread};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Arc, mpsc};

/// Documents whose particulars are kept at hand while blocks are read.
const DOCUMENTS_KEPT_MAX: usize = 100_000;
/// Units on their way between the thread that reads and writes and those that join.
const QUEUED_MAX: usize = 64;
/// Units below this number are joined where they are read.
const UNITS_ALONE_MAX: usize = 32;

/// Claims of blocks as stored, before they are parsed.
struct Unit {
    blocks: Vec<i64>,
    rows: Vec<Row>,
}

struct Row {
    number: i64,
    id: i64,
    json: String,
    context: String,
    origin: Arc<Origin>,
}

/// A thread with what is to be written of it.
struct Derived {
    thread: Thread,
    digest: [u8; 32],
    /// Numbers of its claims.
    members: Vec<i64>,
}

/// The particulars of documents that were read lately.
#[derive(Default)]
pub(super) struct Documents(FxHashMap<i64, Arc<Origin>>);

impl Documents {
    fn get(&mut self, connection: &Connection, number: i64) -> rusqlite::Result<Arc<Origin>> {
        if let Some(known) = self.0.get(&number) {
            return Ok(Arc::clone(known));
        }
        let origin = connection
            .prepare_cached("SELECT id, published, known, publisher, lang, signature FROM document WHERE number = ?1")?
            .query_row([number], |row| {
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
        self.0.insert(number, Arc::clone(&origin));
        Ok(origin)
    }
}

impl Sqlite {
    pub(super) fn settle_dirty(&mut self) -> Result<usize, Error> {
        let path = self.path.clone();
        let failed = |error| Error::sqlite(&path, error);
        let any: bool = self
            .connection
            .prepare_cached("SELECT 1 FROM dirty LIMIT 1")
            .and_then(|mut statement| statement.exists([]))
            .map_err(failed)?;
        if !any {
            return Ok(0);
        }
        let knowledge = Arc::clone(&self.knowledge);
        let links = self.links().map_err(failed)?;
        let rulings = &self.rulings;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let dirty: Vec<i64> = transaction
            .prepare("SELECT block FROM dirty ORDER BY block")
            .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
            .map_err(failed)?;
        let units = units(&dirty, &links);
        let touched = settle_units(&transaction, units, rulings, &knowledge).map_err(failed)?;
        transaction.execute("DELETE FROM dirty", []).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(touched)
    }

    /// Blocks that decisions tie together: a block to the smallest of those it must be joined with.
    pub(super) fn links(&self) -> rusqlite::Result<FxHashMap<i64, Vec<i64>>> {
        let mut groups: Vec<Vec<i64>> = Vec::new();
        if self.rulings.is_empty() {
            return Ok(FxHashMap::default());
        }
        let reconciler = Reconciler::new(&self.knowledge, &self.rulings);
        let mut documents = Documents::default();
        for claims in self.rulings.tied_claims() {
            let mut blocks = Vec::new();
            for id in claims {
                for row in claim_rows(&self.connection, &mut documents, "c.id = ?1", bits(&id))? {
                    if let Some(sighting) = parse(&row) {
                        blocks.extend(reconciler.blocks(&sighting).iter().map(|name| block_number(name)));
                    }
                }
            }
            groups.push(blocks);
        }
        if self.rulings.has_names() {
            let mut by_decided: FxHashMap<String, Vec<i64>> = FxHashMap::default();
            let mut statement = self.connection.prepare("SELECT hash, name FROM block")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let name: String = row.get(1)?;
                by_decided.entry(self.rulings.decided_name(&name)).or_default().push(row.get(0)?);
            }
            groups.extend(by_decided.into_values().filter(|blocks| blocks.len() > 1));
        }
        Ok(closure(groups))
    }
}

/// Groups that share a block become one; each block leads to all blocks of its group.
fn closure(groups: Vec<Vec<i64>>) -> FxHashMap<i64, Vec<i64>> {
    let mut home: FxHashMap<i64, usize> = FxHashMap::default();
    let mut merged: Vec<Vec<i64>> = Vec::new();
    for group in groups {
        let mut homes: Vec<usize> = group.iter().filter_map(|block| home.get(block)).copied().collect();
        homes.sort_unstable();
        homes.dedup();
        let mut all = group;
        for at in homes {
            all.append(&mut merged[at]);
        }
        all.sort_unstable();
        all.dedup();
        for block in &all {
            home.insert(*block, merged.len());
        }
        merged.push(all);
    }
    home.into_iter().map(|(block, at)| (block, merged[at].clone())).collect()
}

/// Sets of blocks that are joined together, each once.
fn units(dirty: &[i64], links: &FxHashMap<i64, Vec<i64>>) -> Vec<Vec<i64>> {
    let mut seen: FxHashSet<i64> = FxHashSet::default();
    let mut units = Vec::new();
    for block in dirty {
        if seen.contains(block) {
            continue;
        }
        let unit = links.get(block).cloned().unwrap_or_else(|| vec![*block]);
        seen.extend(unit.iter().copied());
        units.push(unit);
    }
    units
}

/// Joins units and writes what changed. The thread that holds the transaction reads and writes; another one joins meanwhile.
fn settle_units(
    transaction: &Transaction<'_>,
    units: Vec<Vec<i64>>,
    rulings: &Rulings,
    knowledge: &Knowledge,
) -> rusqlite::Result<usize> {
    let mut documents = Documents::default();
    let mut touched = 0;
    let reconciler = Reconciler::new(knowledge, rulings);
    if units.len() <= UNITS_ALONE_MAX {
        for blocks in units {
            let unit = load(transaction, &mut documents, blocks)?;
            let derived = derive(&reconciler, &unit);
            touched += write(transaction, &unit.blocks, &derived, &reconciler, knowledge)?;
        }
        return Ok(touched);
    }
    std::thread::scope(|scope| {
        let (to_join, units_in) = mpsc::sync_channel::<Unit>(QUEUED_MAX);
        let (to_write, derived_in) = mpsc::channel::<(Vec<i64>, Vec<Derived>)>();
        scope.spawn(move || {
            let reconciler = Reconciler::new(knowledge, rulings);
            for unit in units_in {
                let derived = derive(&reconciler, &unit);
                if to_write.send((unit.blocks, derived)).is_err() {
                    return;
                }
            }
        });
        for blocks in units {
            let unit = load(transaction, &mut documents, blocks)?;
            // The joining thread ends only when this one hangs up.
            if to_join.send(unit).is_err() {
                break;
            }
            while let Ok((blocks, derived)) = derived_in.try_recv() {
                touched += write(transaction, &blocks, &derived, &reconciler, knowledge)?;
            }
        }
        drop(to_join);
        for (blocks, derived) in derived_in {
            touched += write(transaction, &blocks, &derived, &reconciler, knowledge)?;
        }
        Ok(touched)
    })
}

fn load(connection: &Connection, documents: &mut Documents, blocks: Vec<i64>) -> rusqlite::Result<Unit> {
    let mut rows = Vec::new();
    for block in &blocks {
        rows.extend(block_rows(connection, documents, *block)?);
    }
    Ok(Unit { blocks, rows })
}

fn block_rows(connection: &Connection, documents: &mut Documents, block: i64) -> rusqlite::Result<Vec<Row>> {
    let sql = "SELECT c.number, c.id, c.document, c.json, c.context
               FROM block_claim b JOIN claim c ON c.number = b.claim WHERE b.block = ?1";
    rows(connection, documents, sql, block)
}

/// The claims that count of a condition with one parameter.
fn claim_rows(
    connection: &Connection,
    documents: &mut Documents,
    condition: &str,
    value: i64,
) -> rusqlite::Result<Vec<Row>> {
    let sql = format!(
        "SELECT c.number, c.id, c.document, c.json, c.context
         FROM claim c JOIN block_claim b ON b.block = c.block AND b.claim = c.number WHERE {condition}"
    );
    rows(connection, documents, &sql, value)
}

fn rows(connection: &Connection, documents: &mut Documents, sql: &str, value: i64) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = statement.query([value])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let document: i64 = row.get(2)?;
        rows.push(Row {
            number: row.get(0)?,
            id: row.get(1)?,
            json: row.get(3)?,
            context: row.get(4)?,
            origin: documents.get(connection, document)?,
        });
    }
    Ok(rows)
}

/// A thread as it was joined.
pub(super) fn stored_thread(
    connection: &Connection,
    reconciler: &Reconciler<'_>,
    thread: i64,
) -> rusqlite::Result<Thread> {
    let sql = "SELECT c.number, c.id, c.document, c.json, c.context
               FROM member m JOIN claim c ON c.number = m.claim WHERE m.thread = ?1 ORDER BY m.position";
    let members = rows(connection, &mut Documents::default(), sql, thread)?;
    let reasons: Vec<(String, bool)> = connection
        .prepare_cached("SELECT why, adds FROM member WHERE thread = ?1 ORDER BY position")?
        .query_map([thread], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let parts = members
        .iter()
        .zip(reasons)
        .filter_map(|(row, (why, adds))| Some((reconciler.decided(parse(row)?)?, why, adds)));
    Ok(Thread::of_parts(parts.collect()))
}

/// A stored claim as reconciliation sees it. What cannot be parsed was not written by this program; `verify` names it.
fn parse(row: &Row) -> Option<Sighting> {
    let claim: Claim = serde_json::from_str(&row.json).ok()?;
    let context: Context = serde_json::from_str(&row.context).ok()?;
    Some(Sighting { id: super::accept::digits(row.id), claim, context, origin: Arc::clone(&row.origin) })
}

fn derive(reconciler: &Reconciler<'_>, unit: &Unit) -> Vec<Derived> {
    let numbers: FxHashMap<String, i64> =
        unit.rows.iter().map(|row| (super::accept::digits(row.id), row.number)).collect();
    let threads = reconciler.threads(unit.rows.iter().filter_map(parse).collect());
    threads
        .into_iter()
        .map(|thread| {
            let members: Vec<i64> = thread.claims().filter_map(|claim| numbers.get(&claim.id)).copied().collect();
            let mut digest = blake3::Hasher::new();
            for member in &members {
                digest.update(&member.to_le_bytes());
            }
            // What a thread is follows from its claims, why they were joined, and what was decided about them.
            for (why, _) in thread.reasons() {
                digest.update(why.as_bytes());
            }
            digest.update(reconciler.decisions_about(&thread).as_bytes());
            Derived { thread, digest: *digest.finalize().as_bytes(), members }
        })
        .collect()
}

/// Writes the threads of a unit in place of those that were there; what has not changed is left alone. Gives how many have.
fn write(
    transaction: &Transaction<'_>,
    blocks: &[i64],
    derived: &[Derived],
    reconciler: &Reconciler<'_>,
    knowledge: &Knowledge,
) -> rusqlite::Result<usize> {
    let mut before: FxHashMap<i64, (i64, Vec<u8>)> = FxHashMap::default();
    for block in blocks {
        let mut statement = transaction.prepare_cached("SELECT id, number, digest FROM thread WHERE block = ?1")?;
        let mut rows = statement.query([block])?;
        while let Some(row) = rows.next()? {
            before.insert(row.get(0)?, (row.get(1)?, row.get(2)?));
        }
    }
    let mut touched = 0;
    let mut fresh = Vec::new();
    for one in derived {
        match before.remove(&bits(one.thread.id())) {
            Some((_, digest)) if digest == one.digest => {}
            Some((number, _)) => {
                erase(transaction, number)?;
                fresh.push(one);
            }
            None => fresh.push(one),
        }
    }
    for (number, _) in before.into_values() {
        erase(transaction, number)?;
        touched += 1;
    }
    touched += fresh.len();
    let block = blocks.first().copied().unwrap_or_default();
    for one in fresh {
        insert(transaction, block, one, reconciler, knowledge)?;
    }
    Ok(touched)
}

fn erase(transaction: &Transaction<'_>, thread: i64) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM facet WHERE thread = ?1",
        "DELETE FROM tie WHERE thread = ?1",
        "DELETE FROM state WHERE thread = ?1",
        "DELETE FROM member WHERE thread = ?1",
        "DELETE FROM thread WHERE number = ?1",
    ] {
        transaction.prepare_cached(sql)?.execute([thread])?;
    }
    Ok(())
}

fn insert(
    transaction: &Transaction<'_>,
    block: i64,
    one: &Derived,
    reconciler: &Reconciler<'_>,
    knowledge: &Knowledge,
) -> rusqlite::Result<()> {
    let summaries = reconciler.summaries(&one.thread);
    let kind = i64::from(one.thread.is_agreement());
    transaction
        .prepare_cached("INSERT INTO thread (id, kind, block, digest) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![bits(one.thread.id()), kind, block, one.digest])?;
    let thread = transaction.last_insert_rowid();
    let mut member = transaction
        .prepare_cached("INSERT INTO member (thread, position, claim, adds, why) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (position, (claim, (why, adds))) in (0i64..).zip(one.members.iter().zip(one.thread.reasons())) {
        member.execute(params![thread, position, claim, adds, why])?;
    }
    let mut state = transaction.prepare_cached(
        "INSERT INTO state (thread, known_from, known_to, kind, parties, place, domains, stage, status, low, high, currency,
                            rate_day, envelope, differs, first_known, last_known, confidence, claims)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?;
    let mut facets: Vec<(&str, String)> = Vec::new();
    for (at, summary) in summaries.iter().enumerate() {
        let until = summaries.get(at + 1).map_or("9999", |next| next.from.as_str());
        let money = summary.money;
        state.execute(params![
            thread,
            summary.from,
            until,
            kind,
            json(&summary.by)?,
            json(&summary.place)?,
            json(&summary.domains)?,
            summary.stage.map(|stage| stage.to_string()),
            summary.status.word(),
            money.and_then(|money| money.low).map(|low| low.to_string()),
            money.and_then(|money| money.high).map(|high| high.to_string()),
            money.and_then(|money| money.currency).map(|currency| currency.to_string()),
            summary.rate_day,
            summary.envelope,
            summary.differs,
            summary.first_known,
            summary.last_known,
            f64::from(summary.confidence),
            i64::try_from(summary.claims).unwrap_or(i64::MAX),
        ])?;
        facets.extend(summary.keys.iter().map(|key| ("by", key.clone())));
        facets
            .extend(summary.place.iter().chain(&summary.countries).map(|place| ("place", knowledge.place_key(place))));
        facets.extend(summary.domains.iter().map(|domain| ("domain", domain.clone())));
    }
    facets.sort_unstable();
    facets.dedup();
    let mut facet =
        transaction.prepare_cached("INSERT OR IGNORE INTO facet (sort, value, thread) VALUES (?1, ?2, ?3)")?;
    for (sort, value) in facets {
        facet.execute(params![sort, value, thread])?;
    }
    let now = AsOf::default();
    let mut tie =
        transaction.prepare_cached("INSERT OR IGNORE INTO tie (sort, claim, thread, known) VALUES (?1, ?2, ?3, ?4)")?;
    if !one.thread.wholes(&now).is_empty() || !one.thread.under(&now).is_empty() {
        for claim in one.thread.claims() {
            for (sort, targets) in [(0, &claim.context.wholes), (1, &claim.context.under)] {
                for target in targets {
                    tie.execute(params![sort, bits(target), thread, claim.origin.known])?;
                }
            }
        }
    }
    Ok(())
}
