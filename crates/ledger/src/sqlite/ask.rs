//! Documents: listing, showing, searching.

use super::Sqlite;
use super::arrivals::each_claim;
use crate::entry::content_hash;
use crate::{DocumentRow, Error, StoredDocument};
use pledgebook_claims::Claim;
use pledgebook_document::{Block, Document, Role};
use rusqlite::{OptionalExtension, Row, params};

const COLUMNS: &str =
    "d.id, d.version, d.title, d.published, d.read, d.publisher, d.url, d.lang, lower(hex(d.hash)), r.rules,
                       r.claims, d.number, r.number";
const TABLES: &str = "counted n JOIN document d ON d.number = n.document JOIN reading r ON r.number = n.reading";

fn document_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        version: row.get(1)?,
        title: row.get(2)?,
        published: row.get(3)?,
        read: row.get(4)?,
        publisher: row.get(5)?,
        url: row.get(6)?,
        lang: row.get(7)?,
        hash: row.get(8)?,
        rules: row.get(9)?,
        claims: usize::try_from(row.get::<_, i64>(10)?).unwrap_or_default(),
    })
}

impl Sqlite {
    pub(super) fn list_documents(&self) -> Result<Vec<DocumentRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} ORDER BY d.known, d.id");
        self.connection
            .prepare(&sql)
            .and_then(|mut statement| statement.query_map([], document_row)?.collect())
            .map_err(self.failed())
    }

    pub(super) fn search_documents(&self, words: &str, limit: usize) -> Result<Vec<DocumentRow>, Error> {
        // Cut as the index cuts its texts, for it keeps no places of words and can find no phrase; each word in quotes, so that
        // whatever is typed is looked for and not parsed.
        let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let query: Vec<String> = words.map(|word| format!("\"{word}\"")).collect();
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} JOIN text_search ON text_search.rowid = d.number
             WHERE text_search MATCH ?1 ORDER BY rank, d.number LIMIT ?2"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.connection
            .prepare_cached(&sql)
            .and_then(|mut statement| {
                statement.query_map(rusqlite::params![query.join(" "), limit], document_row)?.collect()
            })
            .map_err(self.failed())
    }

    pub(super) fn stored_document(&self, id: &str) -> Result<StoredDocument, Error> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE d.id = ?1");
        let found = self
            .connection
            .prepare_cached(&sql)
            .and_then(|mut statement| {
                statement.query_row([id], |row| Ok((document_row(row)?, row.get(11)?, row.get(12)?))).optional()
            })
            .map_err(self.failed())?;
        let Some((row, document, reading)) = found else { return Err(Error::Unknown { id: id.to_owned() }) };
        self.stored(row, document, reading)
    }

    /// Every document that counts, one after the other.
    pub(super) fn each_document(&self, mut each: impl FnMut(StoredDocument) -> Result<(), Error>) -> Result<(), Error> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} ORDER BY d.number");
        let failed = self.failed();
        let rows: Vec<(DocumentRow, i64, i64)> = self
            .connection
            .prepare(&sql)
            .and_then(|mut statement| {
                statement.query_map([], |row| Ok((document_row(row)?, row.get(11)?, row.get(12)?)))?.collect()
            })
            .map_err(failed)?;
        for (row, document, reading) in rows {
            each(self.stored(row, document, reading)?)?;
        }
        Ok(())
    }

    pub(super) fn stored_reading(&self, document: &Document, rules: &str) -> Result<Option<Vec<Claim>>, Error> {
        let reading = self
            .connection
            .prepare_cached(
                "SELECT r.number FROM document d JOIN reading r ON r.document = d.number
                 WHERE d.id = ?1 AND d.hash = ?2 AND r.rules = ?3",
            )
            .and_then(|mut statement| {
                statement.query_row(params![document.id, content_hash(document), rules], |row| row.get(0)).optional()
            })
            .map_err(self.failed())?;
        reading.map(|reading| self.claims_in(reading, &document.id)).transpose()
    }

    /// The claims of a reading of a document, in the order of the text.
    fn claims_in(&self, reading: i64, document: &str) -> Result<Vec<Claim>, Error> {
        let mut claims: Vec<serde_json::Result<Claim>> = Vec::new();
        each_claim(&self.connection, reading, |_, json, _| {
            claims.push(serde_json::from_str(json));
            Ok(())
        })
        .map_err(self.failed())?;
        claims.into_iter().collect::<Result<_, _>>().map_err(|error| Error::Damaged {
            path: self.path.clone(),
            what: format!("a claim of document {document}: {error}"),
        })
    }

    fn stored(&self, row: DocumentRow, document: i64, reading: i64) -> Result<StoredDocument, Error> {
        let failed = self.failed();
        let damaged = |what: String| Error::Damaged { path: self.path.clone(), what };
        let (text, blocks, modified, author): (String, String, Option<String>, Option<String>) = self
            .connection
            .prepare_cached("SELECT text, blocks, modified, author FROM document WHERE number = ?1")
            .and_then(|mut statement| {
                statement.query_row([document], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            })
            .map_err(&failed)?;
        let claims = self.claims_in(reading, &row.id)?;
        let blocks: Vec<(String, usize, usize)> = serde_json::from_str(&blocks)
            .map_err(|error| damaged(format!("the blocks of document {}: {error}", row.id)))?;
        let mut made = Document::from_text(row.id.clone(), text);
        let blocks: Vec<Block> = blocks
            .into_iter()
            .filter_map(|(role, start, end)| Some(Block { span: start..end, role: role_of(&role)? }))
            .filter(|block| made.text().get(block.span.clone()).is_some())
            .collect();
        made.set_blocks(blocks);
        made.title.clone_from(&row.title);
        made.published.clone_from(&row.published);
        made.publisher.clone_from(&row.publisher);
        made.url.clone_from(&row.url);
        made.lang.clone_from(&row.lang);
        made.modified = modified;
        made.author = author;
        Ok(StoredDocument { row, document: made, claims })
    }
}

fn role_of(word: &str) -> Option<Role> {
    [Role::Title, Role::Byline, Role::Heading, Role::Body, Role::Item, Role::Aside]
        .into_iter()
        .find(|role| role.word() == word)
}
