//! Closing the books: joining the claims that came or went, and writing down what came of it.

use super::Sqlite;
use super::accept::order_index;
use super::arrivals::{Arrival, Documents, Told, stored_sighting};
use super::derived::{Draft, Unit, UnitClaim, finished, unit_threads};
use super::write::Pen;
use crate::Error;
use crate::numbers::{bits, block_number};
use pledgebook_commitments::{Brief, Knowledge, Place, Reconciler, Rulings, Sighting, Thread};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, mpsc};

/// Units on their way between the thread that reads and writes and the one that joins.
const QUEUED_MAX: usize = 64;
/// Units below this number are joined where they are read.
const UNITS_ALONE_MAX: usize = 32;

/// What has changed since the books were closed last.
#[derive(Default)]
struct Changes {
    /// Claims that came, by block.
    arrived: BTreeMap<i64, Vec<Arrival>>,
    /// Claims that went, by block.
    gone: FxHashMap<i64, FxHashSet<i64>>,
    /// Blocks that decisions concern.
    decided: FxHashSet<i64>,
}

impl Sqlite {
    pub(super) fn settle_pending(&mut self) -> Result<usize, Error> {
        let path = self.path.clone();
        let failed = |error| Error::sqlite(&path, error);
        let any = "SELECT EXISTS (SELECT 1 FROM pending) OR EXISTS (SELECT 1 FROM dirty)";
        let any: bool = self
            .connection
            .prepare_cached(any)
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(failed)?;
        if !any {
            return Ok(0);
        }
        let knowledge = Arc::clone(&self.knowledge);
        // Where a reading counts no more, what was decided about its claims holds for those in their place.
        let mut links = self.links().map_err(failed)?;
        let mut before = FxHashMap::default();
        if !self.rulings.is_empty() && pending(&self.connection).map_err(failed)?.iter().any(|(_, counts)| !counts) {
            self.rulings = self.load_rulings()?;
            before = std::mem::replace(&mut links, self.links().map_err(failed)?);
        }
        // Taken out: whatever happens to the transaction, the file knows what is still to be joined.
        let mut arrivals = std::mem::take(&mut self.arrivals);
        let texts = std::mem::take(&mut self.texts);
        let rulings = &self.rulings;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let mut settle = || -> rusqlite::Result<usize> {
            let mut documents = Documents::default();
            let reconciler = Reconciler::new(&knowledge, rulings);
            let mut changes = Changes::default();
            for (reading, counts) in pending(&transaction)? {
                for arrival in arrivals.take(&transaction, &mut documents, &knowledge, reading)? {
                    if counts {
                        changes.arrived.entry(arrival.block).or_default().push(arrival);
                    } else {
                        changes.gone.entry(arrival.block).or_default().insert(arrival.number);
                    }
                }
            }
            let mut statement = transaction.prepare("SELECT block FROM dirty")?;
            changes.decided = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            drop(statement);
            let mut blocks: Vec<i64> = changes.arrived.keys().chain(changes.gone.keys()).copied().collect();
            blocks.extend(&changes.decided);
            let apart: FxHashSet<i64> =
                blocks.iter().filter_map(|block| before.get(block)).flatten().copied().collect();
            for block in apart.into_iter().filter(|block| links.get(block) != before.get(block)) {
                changes.decided.insert(block);
                blocks.push(block);
            }
            let units = units(blocks, &links);
            let touched =
                Settling { transaction: &transaction, knowledge: &knowledge, rulings, documents, reconciler, changes }
                    .run(units)?;
            transaction.execute("DELETE FROM pending", [])?;
            transaction.execute("DELETE FROM dirty", [])?;
            Ok(touched)
        };
        let touched = settle().map_err(failed)?;
        let many = order_index(&transaction, texts).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        if many {
            // Else one of the next documents carries all of it over to the file. Where that fails, it still does.
            let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(PASSIVE)");
        }
        Ok(touched)
    }

    /// Blocks that decisions tie together: a block to all of those it must be joined with.
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
                let numbers: Vec<i64> = self
                    .connection
                    .prepare_cached("SELECT number FROM claim WHERE id = ?1")?
                    .query_map([bits(&id)], |row| row.get(0))?
                    .collect::<Result<_, _>>()?;
                for number in numbers {
                    if let Some(sighting) = stored_sighting(&self.connection, &mut documents, number)? {
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

/// Readings that are marked, each with whether it counts.
fn pending(connection: &Connection) -> rusqlite::Result<Vec<(i64, bool)>> {
    connection
        .prepare_cached(
            "SELECT p.reading, EXISTS (SELECT 1 FROM reading r JOIN counted n ON n.document = r.document
                                       WHERE r.number = p.reading AND n.reading = p.reading)
             FROM pending p ORDER BY p.reading",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
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

/// Sets of blocks that are joined together, each once, in the order of the blocks.
fn units(mut blocks: Vec<i64>, links: &FxHashMap<i64, Vec<i64>>) -> Vec<Vec<i64>> {
    blocks.sort_unstable();
    blocks.dedup();
    let mut seen: FxHashSet<i64> = FxHashSet::default();
    let mut units = Vec::new();
    for block in blocks {
        if seen.contains(&block) {
            continue;
        }
        let unit = links.get(&block).cloned().unwrap_or_else(|| vec![block]);
        seen.extend(unit.iter().copied());
        units.push(unit);
    }
    units
}

struct Settling<'t, 'k> {
    transaction: &'t Transaction<'t>,
    knowledge: &'k Knowledge,
    rulings: &'k Rulings,
    documents: Documents,
    reconciler: Reconciler<'k>,
    changes: Changes,
}

impl Settling<'_, '_> {
    /// Joins units and writes what changed. This thread reads and writes; where there is much, another one joins meanwhile.
    fn run(mut self, units: Vec<Vec<i64>>) -> rusqlite::Result<usize> {
        let mut pen = Pen::new(self.transaction, self.knowledge)?;
        if units.len() <= UNITS_ALONE_MAX {
            for blocks in units {
                let mut unit = self.load(blocks)?;
                let drafts = unit_threads(&self.reconciler, &mut unit);
                self.write(&mut pen, unit, drafts)?;
            }
            return pen.finish();
        }
        let (knowledge, rulings) = (self.knowledge, self.rulings);
        std::thread::scope(|scope| {
            let (to_join, units_in) = mpsc::sync_channel::<Unit>(QUEUED_MAX);
            let (to_write, drafts_in) = mpsc::channel::<(Unit, Vec<Draft>)>();
            scope.spawn(move || {
                let reconciler = Reconciler::new(knowledge, rulings);
                for mut unit in units_in {
                    let drafts = unit_threads(&reconciler, &mut unit);
                    if to_write.send((unit, drafts)).is_err() {
                        return;
                    }
                }
            });
            for blocks in units {
                let unit = self.load(blocks)?;
                // The joining thread ends only when this one hangs up.
                if to_join.send(unit).is_err() {
                    break;
                }
                while let Ok((unit, drafts)) = drafts_in.try_recv() {
                    self.write(&mut pen, unit, drafts)?;
                }
            }
            drop(to_join);
            for (unit, drafts) in drafts_in {
                self.write(&mut pen, unit, drafts)?;
            }
            pen.finish()
        })
    }

    /// The claims of blocks: those that were joined before, without those that went, and those that came.
    fn load(&mut self, blocks: Vec<i64>) -> rusqlite::Result<Unit> {
        let mut unit = Unit {
            claims: Vec::new(),
            gone: Vec::new(),
            names: Vec::new(),
            whole: blocks.len() > 1,
            old: false,
            briefs: Vec::new(),
            blocks,
        };
        for block in &unit.blocks {
            let gone = self.changes.gone.remove(block).unwrap_or_default();
            unit.whole |= self.changes.decided.contains(block);
            let mut statement = self
                .transaction
                .prepare_cached("SELECT claim, thread, turn, firm, brief FROM joined WHERE block = ?1")?;
            let mut rows = statement.query([block])?;
            while let Some(row) = rows.next()? {
                unit.old = true;
                let number: i64 = row.get(0)?;
                if gone.contains(&number) {
                    unit.gone.push((*block, number));
                    unit.whole = true;
                    continue;
                }
                let thread: Option<i64> = row.get(1)?;
                let (turn, firm) = (row.get(2)?, row.get(3)?);
                let place = thread.map(|id| Place { thread: id.cast_unsigned(), turn, firm });
                let stored = row.get_ref(4)?.as_blob().unwrap_or_default();
                let brief = Brief::id_in(stored).map(|id| {
                    unit.whole |= self.reconciler.concerns(id);
                    unit.briefs.extend(stored);
                    unit.briefs.len() - stored.len()..unit.briefs.len()
                });
                unit.whole |= place.is_none() || brief.is_none();
                unit.claims.push(UnitClaim { number, block: *block, brief, place, is_new: false, told: Told::Stored });
            }
            let arrived = self.changes.arrived.remove(block).unwrap_or_default();
            if unit.claims.last().is_none_or(|claim| claim.block != *block) {
                unit.names.extend(arrived.first().map(|arrival| (*block, arrival.block_name())));
            }
            for arrival in arrived {
                let brief = Brief::id_in(arrival.brief()).map(|id| {
                    unit.whole |= self.reconciler.concerns(id);
                    unit.briefs.extend(arrival.brief());
                    unit.briefs.len() - arrival.brief().len()..unit.briefs.len()
                });
                unit.claims.push(UnitClaim {
                    number: arrival.number,
                    block: *block,
                    brief,
                    place: None,
                    is_new: true,
                    told: arrival.told,
                });
            }
        }
        if unit.whole {
            self.read_all(&mut unit, |claim| claim.brief.is_none())?;
        }
        Ok(unit)
    }

    /// Reads the claims of a unit from the file, and makes the briefs of some anew.
    fn read_all(&mut self, unit: &mut Unit, anew: impl Fn(&UnitClaim) -> bool) -> rusqlite::Result<()> {
        for claim in unit.claims.iter_mut().filter(|claim| !claim.told.is_at_hand()) {
            let sighting = stored_sighting(self.transaction, &mut self.documents, claim.number)?;
            if anew(claim) {
                let sighting = sighting.as_ref();
                claim.brief = sighting.and_then(|sighting| written(sighting, self.knowledge, &mut unit.briefs));
                claim.is_new = true;
            }
            claim.told = sighting.map_or(Told::Stored, Told::Read);
        }
        Ok(())
    }

    /// Writes the threads of a unit, those that need older claims once these are read.
    fn write(&mut self, pen: &mut Pen<'_>, mut unit: Unit, mut drafts: Vec<Draft>) -> rusqlite::Result<()> {
        if drafts.iter().any(|draft| matches!(draft, Draft::Unread)) {
            unit.whole = true;
            self.read_all(&mut unit, |_| true)?;
            drafts = unit_threads(&self.reconciler, &mut unit);
        }
        let mut derived = Vec::with_capacity(drafts.len());
        for draft in drafts {
            match draft {
                Draft::Ready(ready) => derived.push(*ready),
                Draft::Unread => {}
                Draft::Regrouped(group) => {
                    let mut reasons: FxHashMap<i64, (String, bool)> = FxHashMap::default();
                    let mut asked: FxHashSet<u64> = FxHashSet::default();
                    let (mut parts, mut members) = (Vec::with_capacity(group.len()), Vec::with_capacity(group.len()));
                    for one in group {
                        let claim = &mut unit.claims[one.index];
                        let sighting = match claim.told.take() {
                            Some(sighting) => Some(sighting),
                            None => stored_sighting(self.transaction, &mut self.documents, claim.number)?,
                        };
                        if let (None, Some(place)) = (&one.why, claim.place)
                            && asked.insert(place.thread)
                        {
                            reasons.extend(stored_reasons(self.transaction, "id", place.thread.cast_signed())?);
                        }
                        if let Some(sighting) = sighting {
                            let (why, adds) = one.why.or_else(|| reasons.remove(&claim.number)).unwrap_or_default();
                            parts.push((sighting, why, adds));
                            members.push((one.index, one.place));
                        }
                    }
                    derived.push(finished(&self.reconciler, Thread::of_parts(parts), members, &unit));
                }
            }
        }
        pen.write(&unit, &derived)
    }
}

/// Writes the brief of a claim behind others, and says where.
fn written(sighting: &Sighting, knowledge: &Knowledge, briefs: &mut Vec<u8>) -> Option<Range<usize>> {
    let start = briefs.len();
    Brief::of(sighting, knowledge)?.write(briefs);
    Some(start..briefs.len())
}

/// The claims of the stored thread whose column, its number or its id, has a value: each with why it was joined, and whether its
/// sum adds to the others'.
fn stored_reasons(connection: &Connection, column: &str, value: i64) -> rusqlite::Result<Vec<(i64, (String, bool))>> {
    let stored: Option<String> = connection
        .prepare_cached(&format!("SELECT members FROM thread WHERE {column} = ?1"))?
        .query_row([value], |row| row.get(0))
        .optional()?;
    let members: Vec<(i64, bool, String)> = serde_json::from_str(&stored.unwrap_or_default()).unwrap_or_default();
    Ok(members.into_iter().map(|(claim, adds, why)| (claim, (why, adds))).collect())
}

/// A thread as it was joined.
pub(super) fn stored_thread(
    connection: &Connection,
    reconciler: &Reconciler<'_>,
    thread: i64,
) -> rusqlite::Result<Thread> {
    let mut documents = Documents::default();
    let mut parts = Vec::new();
    for (number, (why, adds)) in stored_reasons(connection, "number", thread)? {
        let sighting = stored_sighting(connection, &mut documents, number)?;
        let decided = sighting.and_then(|sighting| reconciler.decided(*sighting));
        parts.extend(decided.map(|sighting| (Box::new(sighting), why, adds)));
    }
    Ok(Thread::of_parts(parts))
}
