//! Proving that everything follows from what was read.

use super::Sqlite;
use super::accept::{chained, json};
use super::arrivals::each_claim;
use crate::numbers::{bits, digits};
use crate::{Error, Proof, StoredDocument, Verification};
use pledgebook_claims::Claim;
use pledgebook_commitments::{AsOf, Brief, DocumentRecord, Place, Reconciler, Signature, Thread, books, joins, sight};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

/// Faults that are told in full; more are counted.
const FAULTS_MAX: usize = 100;

impl Sqlite {
    pub(super) fn verify_all(&self, prove: &mut dyn FnMut(&StoredDocument) -> Proof) -> Result<Verification, Error> {
        let mut found = Verification::default();
        self.verify_file(&mut found)?;
        self.verify_log(&mut found)?;
        let mut sightings = Vec::new();
        self.each_document(|stored| {
            found.claims += stored.claims.len();
            let id = &stored.row.id;
            for claim in &stored.claims {
                let length = claim.span[1].saturating_sub(claim.span[0]);
                let quoted: String = stored.document.text().chars().skip(claim.span[0]).take(length).collect();
                if quoted != claim.evidence {
                    found.faults.push(format!(
                        "document {id}: the evidence of a {} does not stand at {} to {}",
                        claim.body.kind(),
                        claim.span[0],
                        claim.span[1]
                    ));
                }
            }
            match prove(&stored) {
                Proof::Again(claims) => {
                    found.documents += 1;
                    if written(&claims) != written(&stored.claims) {
                        found
                            .faults
                            .push(format!("document {id}: reading it again gives other claims than are stored"));
                    }
                }
                Proof::Checked(claims) => {
                    found.checked += 1;
                    found.faults.extend(claims.iter().map(|claim| {
                        let [start, end] = claim.span;
                        format!(
                            "document {id}: its text does not bear out the {} at {start} to {end}",
                            claim.body.kind()
                        )
                    }));
                }
                Proof::Unproved => found.unproved += 1,
            }
            let record = DocumentRecord {
                id: stored.row.id.clone(),
                published: stored.row.published.clone(),
                read: stored.row.read.clone(),
                publisher: stored.row.publisher.clone(),
                url: stored.row.url.clone(),
                lang: stored.row.lang.clone(),
                title: stored.row.title.clone(),
                signature: Signature::of(stored.document.text()),
                claims: stored.claims,
            };
            sightings.extend(sight(&record, &self.knowledge).into_iter().filter(|sighting| joins(&sighting.claim)));
            Ok(())
        })?;
        self.verify_books(sightings, &mut found)?;
        let told = found.faults.len();
        if told > FAULTS_MAX {
            found.faults.truncate(FAULTS_MAX);
            found.faults.push(format!("and {} more", told - FAULTS_MAX));
        }
        Ok(found)
    }

    fn verify_file(&self, found: &mut Verification) -> Result<(), Error> {
        let check: String =
            self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(self.failed())?;
        if check != "ok" {
            found.faults.push(format!("the file is damaged: {check}"));
        }
        Ok(())
    }

    /// Walks the chain of hashes, and checks that what the log says was added is what is there.
    fn verify_log(&self, found: &mut Verification) -> Result<(), Error> {
        let failed = self.failed();
        let mut walk = || -> rusqlite::Result<()> {
            let mut statement =
                self.connection.prepare("SELECT number, kind, subject, content, hash FROM log ORDER BY number")?;
            let mut rows = statement.query([])?;
            let mut before: Vec<u8> = Vec::new();
            let mut logged: FxHashSet<(String, Vec<u8>)> = FxHashSet::default();
            while let Some(row) = rows.next()? {
                found.log += 1;
                logged.insert((row.get::<_, String>(2)?, row.get::<_, Vec<u8>>(3)?));
                let number: i64 = row.get(0)?;
                let (kind, subject): (String, String) = (row.get(1)?, row.get(2)?);
                let (content, hash): (Vec<u8>, Vec<u8>) = (row.get(3)?, row.get(4)?);
                if chained(&before, &kind, &subject, &content)[..] != hash[..] {
                    found.faults.push(format!("entry {number} of the log does not follow from the one before it"));
                }
                before = hash;
            }
            let mut contents = self.connection.prepare(
                "SELECT d.id, r.rules, d.hash, r.number FROM reading r JOIN document d ON d.number = r.document",
            )?;
            let mut rows = contents.query([])?;
            while let Some(row) = rows.next()? {
                let (id, rules): (String, String) = (row.get(0)?, row.get(1)?);
                let hash: Vec<u8> = row.get(2)?;
                let reading: i64 = row.get(3)?;
                let mut content = blake3::Hasher::new();
                content.update(&hash);
                each_claim(&self.connection, reading, |_, json, _| {
                    content.update(json.as_bytes());
                    Ok(())
                })?;
                if !logged.contains(&(format!("{id} {rules}"), content.finalize().as_bytes().to_vec())) {
                    found.faults.push(format!("document {id}: its claims are not those that the log says were added"));
                }
            }
            Ok(())
        };
        walk().map_err(failed)?;
        self.each_document(|stored| {
            let hash = crate::entry::content_hash(&stored.document);
            let told: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            if told != stored.row.hash {
                found.faults.push(format!("document {}: its text is not the one that was read", stored.row.id));
            }
            Ok(())
        })
    }

    /// Joins everything again and compares it with what is written down.
    fn verify_books(
        &self,
        sightings: Vec<pledgebook_commitments::Sighting>,
        found: &mut Verification,
    ) -> Result<(), Error> {
        let reconciler = Reconciler::new(&self.knowledge, &self.rulings);
        let mut briefs: FxHashMap<i64, Vec<u8>> = FxHashMap::default();
        for sighting in &sightings {
            if let Some(brief) = Brief::of(sighting, &self.knowledge) {
                let mut written = Vec::new();
                brief.write(&mut written);
                briefs.insert(bits(&sighting.id), written);
            }
        }
        let threads = reconciler.threads(sightings);
        self.verify_joined(briefs, &threads, found).map_err(self.failed())?;
        let as_of = AsOf::default();
        let now = self.now()?;
        for thread in &threads {
            if !self.is_written(&reconciler, thread).map_err(self.failed())? {
                found
                    .faults
                    .push(format!("{}: what lists say of it does not follow from the stored claims", thread.id()));
            }
        }
        let derived = books(&reconciler, &threads, &as_of, &now);
        found.derived = derived.commitments.len() + derived.agreements.len();
        let mut known = 0;
        let written_ids: Vec<i64> = self
            .connection
            .prepare("SELECT number FROM thread ORDER BY number")
            .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
            .map_err(self.failed())?;
        for number in written_ids {
            let id: i64 = self
                .connection
                .query_row("SELECT id FROM thread WHERE number = ?1", [number], |row| row.get(0))
                .map_err(self.failed())?;
            let id = digits(id);
            let stored = self.subject(number, &as_of, &now)?;
            let same = match &stored {
                Some(pledgebook_commitments::Subject::Commitment(commitment)) => derived
                    .commitments
                    .binary_search_by(|other| other.id.cmp(&id))
                    .is_ok_and(|at| derived.commitments[at] == **commitment),
                Some(pledgebook_commitments::Subject::Agreement(agreement)) => derived
                    .agreements
                    .binary_search_by(|other| other.id.cmp(&id))
                    .is_ok_and(|at| derived.agreements[at] == **agreement),
                None => false,
            };
            if same {
                known += 1;
            } else {
                found.faults.push(format!("{id} does not follow from the stored claims"));
            }
        }
        if known < found.derived {
            found.faults.push(format!(
                "{} of {} commitments and agreements are missing",
                found.derived - known,
                found.derived
            ));
        }
        Ok(())
    }
}

impl Sqlite {
    /// Checks that every claim that counts is written down where joining puts it, with what joining compares of it.
    fn verify_joined(
        &self,
        mut briefs: FxHashMap<i64, Vec<u8>>,
        threads: &[Thread],
        found: &mut Verification,
    ) -> rusqlite::Result<()> {
        let mut homes: FxHashMap<i64, (i64, &Place)> = FxHashMap::default();
        for thread in threads {
            let id = bits(thread.id());
            homes.extend(thread.claims().map(|claim| bits(&claim.id)).zip(thread.places().iter().map(|at| (id, at))));
        }
        let mut statement = self.connection.prepare(
            "SELECT c.id, j.thread, j.turn, j.firm, j.brief FROM joined j
             LEFT JOIN claim c ON c.number = j.claim AND c.block = j.block",
        )?;
        let mut rows = statement.query([])?;
        let mut astray = 0;
        while let Some(row) = rows.next()? {
            let claim: i64 = row.get::<_, Option<i64>>(0)?.unwrap_or_default();
            let (turn, firm): (u32, bool) = (row.get(2)?, row.get(3)?);
            let stands = match (row.get::<_, Option<i64>>(1)?, homes.get(&claim)) {
                (Some(thread), Some((home, place))) => thread == *home && turn == place.turn && firm == place.firm,
                (None, None) => true,
                _ => false,
            };
            let stored = row.get_ref(4)?.as_blob().unwrap_or_default();
            astray += usize::from(!stands || briefs.remove(&claim).is_none_or(|brief| brief != stored));
        }
        astray += briefs.len();
        if astray > 0 {
            found.faults.push(format!("where {astray} claims were joined does not follow from the stored claims"));
        }
        Ok(())
    }

    /// Whether the states and members of a thread are written down as they follow.
    fn is_written(&self, reconciler: &Reconciler<'_>, thread: &Thread) -> rusqlite::Result<bool> {
        let id = crate::numbers::bits(thread.id());
        let mut states = self.connection.prepare_cached(
            "SELECT s.known_from, s.parties, s.place, s.domains, s.stage, s.status, s.low, s.high, s.currency, s.claims,
                    json_array_length(t.members)
             FROM thread t JOIN state s ON s.thread = t.number WHERE t.id = ?1 ORDER BY s.known_from",
        )?;
        let mut rows = states.query([id])?;
        let told = |value: Option<Decimal>| value.map(|value| value.to_string());
        for summary in reconciler.summaries(thread) {
            let Some(row) = rows.next()? else { return Ok(false) };
            let text = |index: usize| row.get::<_, Option<String>>(index);
            let money = summary.money;
            let same = text(0)?.as_deref() == Some(summary.from.as_str())
                && text(1)? == Some(json(&summary.by)?)
                && text(2)? == Some(json(&summary.place)?)
                && text(3)? == Some(json(&summary.domains)?)
                && text(4)? == summary.stage.map(|stage| stage.to_string())
                && text(5)?.as_deref() == Some(summary.status.word())
                && text(6)? == told(money.and_then(|money| money.low))
                && text(7)? == told(money.and_then(|money| money.high))
                && text(8)? == money.and_then(|money| money.currency).map(|currency| currency.to_string())
                && row.get::<_, i64>(9)? == i64::try_from(summary.claims).unwrap_or(i64::MAX)
                && row.get::<_, i64>(10)? == i64::try_from(thread.claims().count()).unwrap_or(i64::MAX);
            if !same {
                return Ok(false);
            }
        }
        Ok(rows.next()?.is_none())
    }
}

fn written(claims: &[Claim]) -> Vec<Option<String>> {
    claims.iter().map(|claim| serde_json::to_string(claim).ok()).collect()
}
