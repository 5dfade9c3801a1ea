//! Decisions about claims of readings that count no more: they hold for the claims that have come in their place.

use super::Sqlite;
use crate::Error;
use crate::numbers::{bits, digits};
use pledgebook_commitments::{ClaimId, Decision};
use rusqlite::params;
use rustc_hash::{FxHashMap, FxHashSet};

/// What is looked at of a claim to find its successor: its id, the place and the words of its evidence, and the text's number.
struct Trace {
    id: i64,
    document: i64,
    span: [i64; 2],
    evidence: String,
}

impl Sqlite {
    /// Decisions with the claims that they hold for now: a claim of a reading that counts no more is followed to the claim of the same
    /// kind that the reading in its place found in the same words, or nearest to them.
    pub(super) fn follow(&self, decisions: Vec<Decision>) -> Result<Vec<Decision>, Error> {
        let about: FxHashSet<&String> = decisions.iter().flat_map(|decision| decision.act.claims()).collect();
        let mut successors: FxHashMap<ClaimId, ClaimId> = FxHashMap::default();
        for id in about {
            if let Some(successor) = self.successor(bits(id)).map_err(self.failed())? {
                successors.insert(id.clone(), digits(successor));
            }
        }
        if successors.is_empty() {
            return Ok(decisions);
        }
        let follow = |decision: Decision| {
            let act = decision.act.on(|id| successors.get(id).cloned());
            Decision { act, ..decision }
        };
        Ok(decisions.into_iter().map(follow).collect())
    }

    /// The claim that has come in the place of one; `None` for a claim that counts, and where nothing came.
    fn successor(&self, id: i64) -> rusqlite::Result<Option<i64>> {
        const COUNTS: &str = "EXISTS (SELECT 1 FROM counted n WHERE n.reading = r.number)";
        let trace = "c.id, d.number, c.json ->> '$.span[0]', c.json ->> '$.span[1]', c.json ->> '$.evidence'";
        let from = "FROM claim c JOIN reading r ON r.number = c.number >> 20 JOIN document d ON d.number = r.document";
        let own: Option<(Trace, String, String, bool)> = self
            .connection
            .prepare_cached(&format!(
                "SELECT {trace}, d.id, c.kind, {COUNTS} AS counts {from} WHERE c.id = ?1 ORDER BY counts DESC"
            ))?
            .query_map([id], |row| Ok((traced(row)?, row.get(5)?, row.get(6)?, row.get(7)?)))?
            .next()
            .transpose()?;
        let Some((own, document, kind, false)) = own else { return Ok(None) };
        let sql = format!(
            "SELECT {trace} FROM document d JOIN counted n ON n.document = d.number JOIN reading r ON r.number = n.reading
             JOIN claim c ON c.number BETWEEN r.number << 20 AND ((r.number + 1) << 20) - 1
             WHERE d.id = ?1 AND c.kind = ?2 ORDER BY c.number"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let others: Vec<Trace> = statement.query_map(params![document, kind], traced)?.collect::<Result<_, _>>()?;
        let mut best: Option<(i64, i64)> = None;
        for other in &others {
            let near = nearness(&own, other);
            if near > 0 && best.is_none_or(|(known, _)| near > known) {
                best = Some((near, other.id));
            }
        }
        Ok(best.map(|(_, id)| id))
    }
}

fn traced(row: &rusqlite::Row<'_>) -> rusqlite::Result<Trace> {
    Ok(Trace { id: row.get(0)?, document: row.get(1)?, span: [row.get(2)?, row.get(3)?], evidence: row.get(4)? })
}

/// How near two claims stand: the same words are nearest, then the share of the wider place that both cover, in thousandths; 0 below a
/// half, and where the texts differ.
fn nearness(own: &Trace, other: &Trace) -> i64 {
    const SAME_WORDS: i64 = 2000;
    if own.evidence == other.evidence {
        // Of two in the same words the one at the same place.
        return SAME_WORDS + i64::from(own.span == other.span);
    }
    if own.document != other.document {
        return 0;
    }
    let both = own.span[1].min(other.span[1]) - own.span[0].max(other.span[0]);
    let wider = (own.span[1] - own.span[0]).max(other.span[1] - other.span[0]).max(1);
    let share = 1000 * both.max(0) / wider;
    if share >= 500 { share } else { 0 }
}
