//! Listing and showing commitments and agreements.

use super::Sqlite;
use super::settle::stored_thread;
use crate::numbers::{bits, digits};
use crate::{Error, Filter, Sort};
use pledgebook_commitments::{Agreement, AsOf, ClaimId, Commitment, Reconciler, Subject};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Ids that an ambiguous beginning is answered with.
const SOME_IDS: usize = 8;

/// A question to the states of threads, as SQL.
pub(super) struct Condition {
    sql: String,
    values: Vec<Value>,
    /// The only threads that it is asked of, by number.
    threads: Option<Vec<i64>>,
}

impl Condition {
    /// Runs a query on `state s JOIN thread t` with what it selects, and gives each row. `order` is how all of them are ordered and
    /// cut where nothing else names the threads; those that are named come by number.
    pub(super) fn each_state(
        self,
        connection: &Connection,
        columns: &str,
        order: &str,
        mut each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let Self { sql, mut values, threads } = self;
        let end = if threads.is_some() { "AND s.thread = ?" } else { order };
        let sql = format!("SELECT {columns} FROM state s JOIN thread t ON t.number = s.thread WHERE {sql} {end}");
        let mut statement = connection.prepare_cached(&sql)?;
        let Some(threads) = threads else {
            let mut rows = statement.query(rusqlite::params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                each(row)?;
            }
            return Ok(());
        };
        values.push(Value::Null);
        let last = values.len();
        for (at, value) in values.iter().enumerate() {
            statement.raw_bind_parameter(at + 1, value)?;
        }
        for thread in threads {
            statement.raw_bind_parameter(last, thread)?;
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                each(row)?;
            }
        }
        Ok(())
    }
}

impl Sqlite {
    /// The states of a filter: a condition on `state s`.
    pub(super) fn condition(&self, filter: &Filter, kind: i64) -> rusqlite::Result<Condition> {
        let mut sql = String::from("s.kind = ?");
        let mut values = vec![Value::from(kind)];
        match &filter.as_of.known {
            None => sql.push_str(" AND s.known_to = '9999'"),
            Some(day) => {
                sql.push_str(" AND s.known_from <= ? AND s.known_to > ?");
                values.extend([Value::from(day.clone()), Value::from(day.clone())]);
            }
        }
        let mut any_of = |column: &str, words: Vec<String>| {
            if !words.is_empty() {
                sql.push_str(&format!(" AND {column} IN ({})", vec!["?"; words.len()].join(", ")));
                values.extend(words.into_iter().map(Value::from));
            }
        };
        any_of("s.status", filter.status.iter().map(|status| status.word().to_owned()).collect());
        let stages = if kind == 0 {
            filter.stage.iter().map(|stage| stage.word().to_owned()).collect()
        } else {
            filter.agreement_stage.iter().map(|stage| stage.word().to_owned()).collect()
        };
        // Stages as of the world's clock are not those that are stored; they are looked at one by one.
        if filter.as_of.held.is_none() {
            any_of("s.stage", stages);
        }
        if filter.differing {
            sql.push_str(" AND s.differs");
        }
        let facets = [
            ("by", self.keys(&filter.by)?),
            ("place", filter.place.iter().map(|place| self.knowledge.place_key(place)).collect()),
            ("domain", filter.domain.clone()),
        ];
        let mut threads: Option<Vec<i64>> = None;
        for (sort, words) in facets {
            if !words.is_empty() {
                let found = self.with_words(sort, &words)?;
                threads = Some(match threads {
                    None => found,
                    Some(others) => others.into_iter().filter(|one| found.binary_search(one).is_ok()).collect(),
                });
            }
        }
        if let Some(document) = &filter.document {
            sql.push_str(
                " AND s.thread IN (SELECT t.number FROM document d JOIN counted n ON n.document = d.number
                                   JOIN claim c ON c.number >= n.reading << 20 AND c.number < n.reading + 1 << 20
                                   JOIN joined j ON j.block = c.block AND j.claim = c.number
                                   JOIN thread t ON t.id = j.thread WHERE d.id = ?)",
            );
            values.push(Value::from(document.clone()));
        }
        if threads.is_some() {
            // Else all states of the kind are looked through for every thread that is named.
            sql.insert(0, '+');
        }
        Ok(Condition { sql, values, threads })
    }

    /// The threads that have any of the words, by number.
    fn with_words(&self, sort: &str, words: &[String]) -> rusqlite::Result<Vec<i64>> {
        let mut threads: Vec<i64> = Vec::new();
        let mut statement = self.connection.prepare_cached(
            "SELECT f.thread FROM word w JOIN facet f ON f.word = w.number WHERE w.sort = ?1 AND w.value = ?2",
        )?;
        for word in words {
            for thread in statement.query_map([sort, word], |row| row.get(0))? {
                threads.push(thread?);
            }
        }
        threads.sort_unstable();
        threads.dedup();
        Ok(threads)
    }

    /// Keys of the entities that names name: the key itself where the ledger has it, else those that hold it as whole words.
    fn keys(&self, names: &[String]) -> rusqlite::Result<Vec<String>> {
        let mut keys = Vec::new();
        for name in names {
            let key = self.rulings.entity(name, &self.knowledge);
            let known = self
                .connection
                .prepare_cached("SELECT 1 FROM word WHERE sort = 'by' AND value = ?1")?
                .exists([&key])?;
            if !known {
                let like = format!("% {key} %");
                let mut statement = self
                    .connection
                    .prepare_cached("SELECT value FROM word WHERE sort = 'by' AND ' ' || value || ' ' LIKE ?1")?;
                let found = statement.query_map([like], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
                keys.extend(found);
            }
            keys.push(key);
        }
        Ok(keys)
    }

    fn thread_numbers(&self, filter: &Filter, kind: i64) -> rusqlite::Result<Vec<i64>> {
        let (key, falling) = match filter.sort {
            Sort::Latest => ("s.last_known", "DESC"),
            Sort::Earliest => ("s.first_known", ""),
            Sort::Name => ("s.parties", ""),
            Sort::Id => ("''", ""),
        };
        let order = filter.limit.map_or_else(String::new, |limit| {
            format!("ORDER BY {key} {falling}, t.id < 0, t.id LIMIT {}", limit.saturating_add(filter.offset))
        });
        let mut found: Vec<(String, u64, i64)> = Vec::new();
        let condition = self.condition(filter, kind)?;
        condition.each_state(&self.connection, &format!("{key}, t.id, s.thread"), &order, |row| {
            found.push((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned(), row.get(2)?));
            Ok(())
        })?;
        found.sort_unstable_by(|a, b| {
            let keys = if filter.sort == Sort::Latest { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) };
            keys.then(a.1.cmp(&b.1))
        });
        let numbers = found.into_iter().map(|(_, _, number)| number).skip(filter.offset);
        Ok(numbers.take(filter.limit.unwrap_or(usize::MAX)).collect())
    }

    pub(super) fn list_commitments(&self, filter: &Filter) -> Result<Vec<Commitment>, Error> {
        let now = self.now()?;
        let numbers = self.thread_numbers(filter, 0).map_err(self.failed())?;
        let mut list = Vec::with_capacity(numbers.len());
        for number in numbers {
            if let Some(Subject::Commitment(commitment)) = self.subject(number, &filter.as_of, &now)?
                && (filter.stage.is_empty() || commitment.stage.is_some_and(|stage| filter.stage.contains(&stage)))
            {
                list.push(*commitment);
            }
        }
        Ok(list)
    }

    pub(super) fn list_agreements(&self, filter: &Filter) -> Result<Vec<Agreement>, Error> {
        let now = self.now()?;
        let numbers = self.thread_numbers(filter, 1).map_err(self.failed())?;
        let mut list = Vec::with_capacity(numbers.len());
        for number in numbers {
            if let Some(Subject::Agreement(agreement)) = self.subject(number, &filter.as_of, &now)?
                && (filter.agreement_stage.is_empty()
                    || agreement.stage.is_some_and(|stage| filter.agreement_stage.contains(&stage)))
            {
                list.push(*agreement);
            }
        }
        Ok(list)
    }

    pub(super) fn show_subject(&self, id: &str, as_of: &AsOf) -> Result<Subject, Error> {
        let thread = self.thread_of(id)?;
        let now = self.now()?;
        self.subject(thread, as_of, &now)?.ok_or_else(|| Error::Unknown { id: id.to_owned() })
    }

    /// The thread whose id begins so, else the one that a claim whose id begins so is of.
    pub(super) fn thread_of(&self, id: &str) -> Result<i64, Error> {
        let unknown = || Error::Unknown { id: id.to_owned() };
        let (low, high) = range(id).ok_or_else(unknown)?;
        let find = |sql: &str| -> rusqlite::Result<Vec<(i64, i64)>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            statement.query_map([low, high], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let by_thread = "SELECT number, id FROM thread WHERE id BETWEEN ?1 AND ?2 LIMIT 1000";
        let by_claim = "SELECT DISTINCT t.number, t.id FROM claim c
                        JOIN joined j ON j.block = c.block AND j.claim = c.number JOIN thread t ON t.id = j.thread
                        WHERE c.id BETWEEN ?1 AND ?2 AND c.block IS NOT NULL LIMIT 1000";
        for sql in [by_thread, by_claim] {
            let found = find(sql).map_err(self.failed())?;
            match found.as_slice() {
                [] => {}
                [(number, _)] => return Ok(*number),
                several => {
                    let some = several.iter().take(SOME_IDS).map(|(_, id)| digits(*id)).collect();
                    return Err(Error::Ambiguous { id: id.to_owned(), count: several.len(), some });
                }
            }
        }
        self.forwarded(low, high).map_err(self.failed())?.ok_or_else(unknown)
    }

    /// The thread of the claim that a newer reading has in place of an older claim: of the same kind, in the same words.
    fn forwarded(&self, low: i64, high: i64) -> rusqlite::Result<Option<i64>> {
        self.connection
            .prepare_cached(
                "SELECT t.number FROM claim old JOIN reading r ON r.number = old.number >> 20
                 JOIN document d ON d.number = r.document
                 JOIN document e ON e.id = d.id JOIN counted n ON n.document = e.number
                 JOIN claim new ON new.number >= n.reading << 20 AND new.number < n.reading + 1 << 20
                                   AND new.kind = old.kind
                 JOIN joined j ON j.block = new.block AND j.claim = new.number JOIN thread t ON t.id = j.thread
                 WHERE old.id BETWEEN ?1 AND ?2 AND old.block IS NOT NULL
                   AND (new.json ->> '$.span[0]') < (old.json ->> '$.span[1]')
                   AND (new.json ->> '$.span[1]') > (old.json ->> '$.span[0]')
                 ORDER BY new.json -> '$.by' = old.json -> '$.by' DESC, new.number LIMIT 1",
            )?
            .query_row([low, high], |row| row.get(0))
            .optional()
    }

    /// The last day that the ledger knows of.
    pub(super) fn now(&self) -> Result<String, Error> {
        let now: Option<String> = self
            .connection
            .prepare_cached("SELECT max(known) FROM document")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(self.failed())?;
        Ok(now.unwrap_or_default())
    }

    /// A commitment or agreement with its ties; `None` where it was not known by the day.
    pub(super) fn subject(&self, number: i64, as_of: &AsOf, now: &str) -> Result<Option<Subject>, Error> {
        let failed = self.failed();
        let reconciler = Reconciler::new(&self.knowledge, &self.rulings);
        let thread = stored_thread(&self.connection, &reconciler, number).map_err(&failed)?;
        if let Some(mut commitment) = reconciler.commitment(&thread, as_of, now) {
            let part_of = std::mem::take(&mut commitment.part_of);
            commitment.part_of = self.homes(number, &part_of, as_of).map_err(&failed)?;
            commitment.parts = self.parts(number, &commitment.claims_ids(), as_of).map_err(&failed)?;
            return Ok(Some(Subject::Commitment(Box::new(commitment))));
        }
        if let Some(mut agreement) = reconciler.agreement(&thread, as_of, now) {
            let claims: Vec<ClaimId> = agreement.claims.iter().map(|claim| claim.id.clone()).collect();
            agreement.commitments = self.told_under(number, &claims).map_err(&failed)?;
            return Ok(Some(Subject::Agreement(Box::new(agreement))));
        }
        Ok(None)
    }

    /// The ids of the threads that claims are of, but for one's own, as far as both were known by the day.
    fn homes(&self, own: i64, claims: &[ClaimId], as_of: &AsOf) -> rusqlite::Result<Vec<ClaimId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT t.id FROM claim c JOIN joined j ON j.block = c.block AND j.claim = c.number
             JOIN thread t ON t.id = j.thread JOIN reading r ON r.number = c.number >> 20
             JOIN document d ON d.number = r.document
             WHERE c.id = ?1 AND c.block IS NOT NULL AND t.number <> ?2 AND d.known <= ?3",
        )?;
        let day = as_of.known.as_deref().unwrap_or("9999");
        let mut ids = Vec::new();
        for claim in claims {
            for id in statement.query_map(params![bits(claim), own, day], |row| row.get(0))? {
                ids.push(digits(id?));
            }
        }
        ids.sort();
        ids.dedup();
        Ok(ids)
    }

    /// The ids of the threads that are part of claims, but for one's own.
    fn parts(&self, own: i64, claims: &[ClaimId], as_of: &AsOf) -> rusqlite::Result<Vec<ClaimId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT t.id FROM part p JOIN thread t ON t.number = p.thread
             WHERE p.whole = ?1 AND p.known <= ?2 AND t.number <> ?3",
        )?;
        let day = as_of.known.as_deref().unwrap_or("9999");
        let mut ids = Vec::new();
        for claim in claims {
            for id in statement.query_map(params![bits(claim), day, own], |row| row.get(0))? {
                ids.push(digits(id?));
            }
        }
        ids.sort();
        ids.dedup();
        Ok(ids)
    }

    /// The ids of the threads, but for one's own, whose claims are told under an agreement's claims: by the same document, and so known
    /// on the same day. Their own readings say so, which spares writing it down a second time.
    fn told_under(&self, own: i64, claims: &[ClaimId]) -> rusqlite::Result<Vec<ClaimId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT t.id FROM claim c
             JOIN claim told ON told.number >= c.number >> 20 << 20 AND told.number < (c.number >> 20) + 1 << 20
             JOIN joined j ON j.block = told.block AND j.claim = told.number JOIN thread t ON t.id = j.thread
             WHERE c.id = ?1 AND told.kind = 'pledge' AND instr(told.context, ?2) AND instr(told.context ->> '$.under', ?2) AND t.number <> ?3",
        )?;
        let mut ids = Vec::new();
        for claim in claims {
            for id in statement.query_map(params![bits(claim), claim, own], |row| row.get(0))? {
                ids.push(id?);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(in_words(ids))
    }
}

/// Ids as they are written, in that order.
fn in_words(ids: Vec<i64>) -> Vec<ClaimId> {
    let mut words: Vec<ClaimId> = ids.into_iter().map(digits).collect();
    words.sort();
    words
}

/// The ids, as stored, that a beginning covers.
pub(super) fn range(prefix: &str) -> Option<(i64, i64)> {
    if prefix.is_empty() || prefix.len() > 16 || !prefix.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let low = u64::from_str_radix(&format!("{prefix:0<16}"), 16).ok()?;
    let high = u64::from_str_radix(&format!("{prefix:f<16}"), 16).ok()?;
    Some((low.cast_signed(), high.cast_signed()))
}
