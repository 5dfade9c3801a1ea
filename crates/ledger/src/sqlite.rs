//! The ledger in one SQLite file: WAL, one writer, any number of readers.

mod accept;
mod arrivals;
mod ask;
mod basis;
mod decide;
mod derived;
mod history;
mod keep;
mod rows;
mod settle;
mod succession;
mod sums;
mod threads;
mod verify;
mod write;

use crate::{
    Appended, Diff, DocumentRow, Entry, Error, Filter, Ledger, NewDocument, Proof, Release, StoredDocument, Sum,
    SumFilter, Verification,
};
use pledgebook_claims::Claim;
use pledgebook_commitments::{Act, Agreement, AsOf, Commitment, Decision, Knowledge, Rulings, Subject};
use pledgebook_document::Document;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use arrivals::Arrivals;

/// What says that a SQLite file is a ledger: "PLBK".
const APPLICATION_ID: i64 = 0x504c_424b;
/// The version of the schema.
const VERSION: i64 = 5;
/// How long a writer waits for another one, in milliseconds.
const BUSY_MS_MAX: u64 = 5_000;
/// Bytes of a page of a new ledger. A page costs about the same to write whatever its size; with larger ones than these a document that
/// comes alone takes longer.
const PAGE: i64 = 8_192;
/// Bytes that are written beside the file before they are carried over to it. Fewer make every few documents wait for it.
const LOG_BYTES_MAX: i64 = 64 << 20;
/// Statements that are kept compiled; more than there are.
const STATEMENTS_KEPT_MAX: usize = 128;
const SCHEMA: &str = include_str!("sqlite/schema.sql");
const DROP_VIEWS: &str = include_str!("sqlite/drop_views.sql");
/// What brings a ledger of each earlier version to the present schema, beside its views: before and after it.
const FROM: [[&str; 2]; 4] = [FROM_1, FROM_2, FROM_2, FROM_2];
const FROM_1: [&str; 2] = [include_str!("sqlite/from_1.sql"), include_str!("sqlite/from_1_rows.sql")];
const FROM_2: [&str; 2] = [include_str!("sqlite/from_2.sql"), include_str!("sqlite/from_2_rows.sql")];

/// A ledger in one SQLite file, or in memory.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
    knowledge: Arc<Knowledge>,
    rulings: Rulings,
    /// What was taken in and not joined yet.
    arrivals: Arrivals,
    /// How many texts were taken in since the books were closed last.
    texts: usize,
}

impl Sqlite {
    /// Opens a ledger for reading and writing, and makes it where there is none.
    ///
    /// # Errors
    /// [`Error::NotALedger`], [`Error::NewerVersion`], [`Error::Locked`], [`Error::ReadOnly`], [`Error::Unreadable`].
    pub fn create(path: &Path, knowledge: Arc<Knowledge>) -> Result<Self, Error> {
        let connection = Connection::open(path).map_err(|error| Error::sqlite(path, error))?;
        let mut ledger = Self::check(connection, path, knowledge)?;
        ledger.settle()?;
        Ok(ledger)
    }

    /// Opens a ledger that is there; it can be read while another process writes it. Books that an interrupted run left open are
    /// closed first, where the file can be written.
    ///
    /// # Errors
    /// [`Error::NoLedger`], and those of [`Sqlite::create`].
    pub fn open(path: &Path, knowledge: Arc<Knowledge>) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::NoLedger { path: path.to_owned() });
        }
        let writable = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, writable)
            .or_else(|_| {
                Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            })
            .map_err(|error| Error::sqlite(path, error))?;
        let mut ledger = Self::check(connection, path, knowledge)?;
        match ledger.settle() {
            // Whoever writes just now will close the books; until then they read as they were before.
            Err(Error::Locked { .. } | Error::ReadOnly { .. }) => Ok(ledger),
            settled => settled.map(|_| ledger),
        }
    }

    /// A ledger that is gone when it is dropped: for reading without keeping, and for tests.
    ///
    /// # Errors
    /// When memory cannot be had.
    pub fn in_memory(knowledge: Arc<Knowledge>) -> Result<Self, Error> {
        let path = PathBuf::from(":memory:");
        let connection = Connection::open_in_memory().map_err(|error| Error::sqlite(&path, error))?;
        Self::check(connection, &path, knowledge)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long to wait for another writer before giving up, in milliseconds.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn wait_ms(&mut self, ms: u64) -> Result<(), Error> {
        self.connection.busy_timeout(Duration::from_millis(ms)).map_err(self.failed())
    }

    /// How large the file may grow, in pages of the store; for quotas, and to see what a full disk does.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn limit_pages(&mut self, pages: u32) -> Result<(), Error> {
        self.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).map_err(self.failed())
    }

    /// Finds out what the file is, makes the tables in an empty one, and loads the decisions.
    fn check(connection: Connection, path: &Path, knowledge: Arc<Knowledge>) -> Result<Self, Error> {
        let failed = |error| Error::sqlite(path, error);
        connection.busy_timeout(Duration::from_millis(BUSY_MS_MAX)).map_err(failed)?;
        let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
        let application = pragma("application_id").map_err(failed)?;
        let version = pragma("user_version").map_err(failed)?;
        let empty = connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))
            .map_err(failed)?
            == 0;
        if application != APPLICATION_ID && !(empty && application == 0 && version == 0) {
            return Err(Error::NotALedger { path: path.to_owned() });
        }
        if version > VERSION {
            return Err(Error::NewerVersion { path: path.to_owned(), found: version, known: VERSION });
        }
        if !connection.is_readonly("main").map_err(failed)? {
            if empty {
                connection.pragma_update(None, "page_size", PAGE).map_err(failed)?;
            }
            connection.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
            connection.pragma_update(None, "synchronous", "NORMAL").map_err(failed)?;
            let pages = LOG_BYTES_MAX / pragma("page_size").map_err(failed)?;
            connection.pragma_update(None, "wal_autocheckpoint", pages).map_err(failed)?;
        }
        // Rows refer to rows that are written beside them; `verify` proves that they do.
        connection.pragma_update(None, "foreign_keys", false).map_err(failed)?;
        // Plans do not depend on the values asked for, so a statement is compiled once.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT_MAX);
        connection.pragma_update(None, "cache_size", -65_536).map_err(failed)?;
        connection.pragma_update(None, "temp_store", "MEMORY").map_err(failed)?;
        if empty || version < VERSION {
            let earlier = usize::try_from(version - 1).ok().and_then(|at| FROM.get(at)).filter(|_| !empty);
            let [before, after] = earlier.copied().unwrap_or([""; 2]);
            connection
                .execute_batch(&format!(
                    "BEGIN IMMEDIATE;\nPRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {VERSION};\n\
                     {DROP_VIEWS}\n{before}\n{SCHEMA}\n{after}\nCOMMIT;"
                ))
                .map_err(failed)?;
        }
        let mut ledger = Self {
            connection,
            path: path.to_owned(),
            knowledge,
            rulings: Rulings::default(),
            arrivals: Arrivals::default(),
            texts: 0,
        };
        ledger.rulings = ledger.load_rulings()?;
        ledger.rebase()?;
        Ok(ledger)
    }

    fn failed(&self) -> impl Fn(rusqlite::Error) -> Error + '_ {
        |error| Error::sqlite(&self.path, error)
    }
}

impl Ledger for Sqlite {
    fn append(&mut self, batch: &[NewDocument]) -> Result<Appended, Error> {
        let entries: Vec<Entry> = batch.iter().map(|new| Entry::of(new, &self.knowledge)).collect::<Result<_, _>>()?;
        let mut appended = self.accept(&entries)?;
        appended.touched = self.settle()?;
        Ok(appended)
    }

    fn accept(&mut self, batch: &[Entry]) -> Result<Appended, Error> {
        self.accept_batch(batch)
    }

    fn knowledge(&self) -> Arc<Knowledge> {
        Arc::clone(&self.knowledge)
    }

    fn settle(&mut self) -> Result<usize, Error> {
        self.settle_pending()
    }

    fn commitments(&self, filter: &Filter) -> Result<Vec<Commitment>, Error> {
        self.list_commitments(filter)
    }

    fn agreements(&self, filter: &Filter) -> Result<Vec<Agreement>, Error> {
        self.list_agreements(filter)
    }

    fn show(&self, id: &str, as_of: &AsOf) -> Result<Subject, Error> {
        self.show_subject(id, as_of)
    }

    fn documents(&self) -> Result<Vec<DocumentRow>, Error> {
        self.list_documents()
    }

    fn document(&self, id: &str) -> Result<StoredDocument, Error> {
        self.stored_document(id)
    }

    fn reading(&self, document: &Document, rules: &str) -> Result<Option<Vec<Claim>>, Error> {
        self.stored_reading(document, rules)
    }

    fn search(&self, words: &str, limit: usize) -> Result<Vec<DocumentRow>, Error> {
        self.search_documents(words, limit)
    }

    fn sums(&self, filter: &SumFilter) -> Result<Vec<Sum>, Error> {
        self.add_up(filter)
    }

    fn diff(&self, from: &str, to: &str) -> Result<Diff, Error> {
        self.changes(from, to)
    }

    fn decide(&mut self, author: &str, time: &str, reason: &str, act: Act) -> Result<Decision, Error> {
        self.take_decision(author, time, reason, act)
    }

    fn decisions(&self) -> Result<Vec<Decision>, Error> {
        self.list_decisions()
    }

    fn import(&mut self, decisions: &[Decision]) -> Result<usize, Error> {
        self.take_decisions(decisions)
    }

    fn release(&mut self, time: &str, note: &str) -> Result<Release, Error> {
        self.make_release(time, note)
    }

    fn releases(&self) -> Result<Vec<Release>, Error> {
        self.list_releases()
    }

    fn verify(&self, prove: &mut dyn FnMut(&StoredDocument) -> Proof) -> Result<Verification, Error> {
        self.verify_all(prove)
    }

    fn backup(&self, to: &Path) -> Result<(), Error> {
        self.back_up(to)
    }

    fn compact(&mut self) -> Result<[u64; 2], Error> {
        self.make_compact()
    }
}
