//! Decisions: taken, listed, carried over; the blocks that they concern are marked and joined anew.

use super::Sqlite;
use super::accept::{json, log};
use super::threads::range;
use crate::Error;
use crate::numbers::{bits, digits};
use pledgebook_claims::Claim;
use pledgebook_commitments::{Act, AsOf, Decision, Rulings, Subject};
use rusqlite::{TransactionBehavior, params};
use rustc_hash::FxHashSet;

impl Sqlite {
    pub(super) fn load_rulings(&self) -> Result<Rulings, Error> {
        Ok(Rulings::new(&self.follow(self.list_decisions()?)?, &self.knowledge))
    }

    pub(super) fn list_decisions(&self) -> Result<Vec<Decision>, Error> {
        let rows: Vec<String> = self
            .connection
            .prepare_cached("SELECT json FROM decision ORDER BY time, id")
            .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
            .map_err(self.failed())?;
        rows.iter()
            .map(|row| serde_json::from_str(row))
            .collect::<Result<_, _>>()
            .map_err(|error| Error::Damaged { path: self.path.clone(), what: format!("a decision: {error}") })
    }

    pub(super) fn take_decision(
        &mut self,
        author: &str,
        time: &str,
        reason: &str,
        act: Act,
    ) -> Result<Decision, Error> {
        let act = self.complete(act)?;
        let decision = Decision::new(author, time, reason, act);
        self.take_decisions(std::slice::from_ref(&decision))?;
        Ok(decision)
    }

    pub(super) fn take_decisions(&mut self, decisions: &[Decision]) -> Result<usize, Error> {
        let path = self.path.clone();
        let failed = |error| Error::sqlite(&path, error);
        let before = self.links().map_err(failed)?;
        let mut followed = self.list_decisions()?;
        followed.extend_from_slice(decisions);
        let followed = self.follow(followed)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let mut fresh = Vec::new();
        for decision in decisions {
            let stored = json(decision).map_err(failed)?;
            let added = transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO decision (id, author, time, reason, json) VALUES (?1, ?2, ?3, ?4, ?5)",
                )
                .and_then(|mut insert| {
                    insert.execute(params![decision.id, decision.author, decision.time, decision.reason, stored])
                })
                .map_err(failed)?;
            if added > 0 {
                log(&transaction, "decision", &decision.id, blake3::hash(stored.as_bytes()).as_bytes())
                    .map_err(failed)?;
                fresh.push(decision);
            }
        }
        if fresh.is_empty() {
            return Ok(0);
        }
        let count = fresh.len();
        // The blocks of what was decided, and of what an undone decision had decided.
        let mut acts: Vec<Act> = fresh.iter().map(|decision| decision.act.clone()).collect();
        let fresh_ids: FxHashSet<&String> = fresh.iter().map(|decision| &decision.id).collect();
        acts.extend(followed.iter().filter(|other| fresh_ids.contains(&other.id)).map(|other| other.act.clone()));
        let all: Vec<Decision> = transaction
            .prepare("SELECT json FROM decision")
            .and_then(|mut statement| {
                statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()
            })
            .map_err(failed)?
            .iter()
            .filter_map(|row| serde_json::from_str(row).ok())
            .collect();
        let mut at = 0;
        while let Some(act) = acts.get(at).cloned() {
            if let Act::Undo { decision } = &act {
                let undone = all.iter().chain(&followed).filter(|other| other.id == *decision);
                acts.extend(undone.map(|other| other.act.clone()));
            }
            at += 1;
        }
        let mut marked: FxHashSet<i64> = FxHashSet::default();
        for act in &acts {
            for claim in act.claims() {
                let blocks: Vec<i64> = transaction
                    .prepare_cached("SELECT block FROM claim WHERE id = ?1")
                    .and_then(|mut statement| statement.query_map([bits(claim)], |row| row.get(0))?.collect())
                    .map_err(failed)?;
                marked.extend(blocks);
            }
            if let Act::SameName { name, other } | Act::NotSameName { name, other } = act {
                let keys: Vec<String> =
                    [name, other].iter().map(|name| Rulings::default().entity(name, &self.knowledge)).collect();
                let names: Vec<(i64, String)> = transaction
                    .prepare_cached("SELECT hash, name FROM block")
                    .and_then(|mut statement| statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
                    .map_err(failed)?;
                marked.extend(
                    names
                        .iter()
                        .filter(|(_, name)| {
                            name.split_once('/')
                                .is_some_and(|(_, all)| all.split('+').any(|key| keys.iter().any(|k| k == key)))
                        })
                        .map(|(hash, _)| *hash),
                );
            }
        }
        let tied: Vec<i64> = marked.iter().filter_map(|block| before.get(block)).flatten().copied().collect();
        marked.extend(tied);
        for block in marked {
            transaction
                .prepare_cached("INSERT OR IGNORE INTO dirty (block) VALUES (?1)")
                .and_then(|mut insert| insert.execute([block]))
                .map_err(failed)?;
        }
        transaction.commit().map_err(failed)?;
        self.rulings = self.load_rulings()?;
        self.settle_pending()?;
        Ok(count)
    }

    /// Ids in full, names that are there, slots that exist; what a split leaves behind.
    fn complete(&self, act: Act) -> Result<Act, Error> {
        let claim = |id: String| self.claim_id(&id);
        Ok(match act {
            Act::Accept { claim: id } => Act::Accept { claim: claim(id)? },
            Act::Reject { claim: id } => Act::Reject { claim: claim(id)? },
            Act::Correct { claim: id, slot, value } => {
                let id = claim(id)?;
                self.check_slot(&id, &slot, &value)?;
                Act::Correct { claim: id, slot, value }
            }
            Act::Same { claim: id, other } => Act::Same { claim: claim(id)?, other: claim(other)? },
            Act::NotSame { claim: id, other } => Act::NotSame { claim: claim(id)?, other: claim(other)? },
            Act::Split { claims, .. } => {
                let claims: Vec<String> = claims.into_iter().map(claim).collect::<Result<_, _>>()?;
                let Some(first) = claims.first() else {
                    return Err(Error::Invalid("a split needs at least one claim".to_owned()));
                };
                let all: Vec<String> = match self.show_subject(first, &AsOf::default())? {
                    Subject::Commitment(commitment) => commitment.claims_ids(),
                    Subject::Agreement(agreement) => agreement.claims.iter().map(|claim| claim.id.clone()).collect(),
                };
                let from: Vec<String> = all.into_iter().filter(|id| !claims.contains(id)).collect();
                if from.is_empty() {
                    return Err(Error::Invalid("these are all of its claims: nothing would be left".to_owned()));
                }
                Act::Split { claims, from }
            }
            Act::Undo { decision } => {
                let found: Vec<String> = self
                    .list_decisions()?
                    .into_iter()
                    .map(|decision| decision.id)
                    .filter(|id| id.starts_with(&decision))
                    .collect();
                match found.as_slice() {
                    [] => return Err(Error::Unknown { id: decision }),
                    [id] => Act::Undo { decision: id.clone() },
                    several => {
                        return Err(Error::Ambiguous { id: decision, count: several.len(), some: several.to_vec() });
                    }
                }
            }
            Act::SameName { .. } | Act::NotSameName { .. } => act,
        })
    }

    /// The full id of the claim whose id begins so.
    fn claim_id(&self, prefix: &str) -> Result<String, Error> {
        let unknown = || Error::Unknown { id: prefix.to_owned() };
        let (low, high) = range(prefix).ok_or_else(unknown)?;
        let found: Vec<i64> = self
            .connection
            .prepare_cached("SELECT DISTINCT id FROM claim WHERE id BETWEEN ?1 AND ?2 LIMIT 1000")
            .and_then(|mut statement| statement.query_map([low, high], |row| row.get(0))?.collect())
            .map_err(self.failed())?;
        match found.as_slice() {
            [] => Err(unknown()),
            [id] => Ok(digits(*id)),
            several => {
                // The id of a commitment is that of a claim, so a beginning that only one commitment has is enough.
                let threads: Vec<i64> = self
                    .connection
                    .prepare_cached("SELECT id FROM thread WHERE id BETWEEN ?1 AND ?2 LIMIT 2")
                    .and_then(|mut statement| statement.query_map([low, high], |row| row.get(0))?.collect())
                    .map_err(self.failed())?;
                if let [id] = threads.as_slice() {
                    return Ok(digits(*id));
                }
                let some = several.iter().take(8).map(|id| digits(*id)).collect();
                Err(Error::Ambiguous { id: prefix.to_owned(), count: several.len(), some })
            }
        }
    }

    fn check_slot(&self, id: &str, slot: &str, value: &serde_json::Value) -> Result<(), Error> {
        let json: String = self
            .connection
            .prepare_cached("SELECT json FROM claim WHERE id = ?1 LIMIT 1")
            .and_then(|mut statement| statement.query_row([bits(id)], |row| row.get(0)))
            .map_err(self.failed())?;
        let wrong = |why: String| Error::Invalid(format!("claim {id} cannot have '{slot}' = {value}: {why}"));
        let mut record: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&json).map_err(|error| wrong(error.to_string()))?;
        if matches!(slot, "kind" | "evidence" | "span") {
            return Err(wrong("this is what the claim stands on".to_owned()));
        }
        record.insert(slot.to_owned(), value.clone());
        let corrected: Claim =
            serde_json::from_value(serde_json::Value::Object(record)).map_err(|error| wrong(error.to_string()))?;
        let written = serde_json::to_value(&corrected).map_err(|error| wrong(error.to_string()))?;
        if written.get(slot).is_none() && !value.is_null() && *value != serde_json::Value::Bool(false) {
            return Err(wrong("a claim of this kind has no such slot".to_owned()));
        }
        Ok(())
    }
}
