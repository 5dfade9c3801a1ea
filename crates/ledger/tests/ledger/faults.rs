//! What goes wrong, and what is left then.

use crate::article::{article, entries, knowledge, newsroom, pledge};
use pledgebook_commitments::Knowledge;
use pledgebook_ledger::{Error, Filter, Ledger, NewDocument, Proof, Sqlite};
use pledgebook_lexicon::Data;
use rusqlite::Connection;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

#[test]
fn a_file_that_is_no_ledger_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "Dear diary, today I did not keep any books. ".repeat(100)).unwrap();
    let other = folder.path().join("other.sqlite");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    for path in [&text, &other] {
        let before = std::fs::read(path).unwrap();
        let error = Sqlite::create(path, knowledge()).unwrap_err();
        assert!(matches!(error, Error::NotALedger { .. }), "{error}");
        assert!(error.to_string().contains("is not a ledger"));
        assert_eq!(before, std::fs::read(path).unwrap());
    }
    let missing = folder.path().join("missing.ledger");
    assert!(matches!(Sqlite::open(&missing, knowledge()).unwrap_err(), Error::NoLedger { .. }));
    assert!(!missing.exists());
}

#[test]
fn a_ledger_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    drop(Sqlite::create(&path, knowledge()).unwrap());
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let error = Sqlite::create(&path, knowledge()).unwrap_err();
    assert!(matches!(error, Error::NewerVersion { found: 99, .. }), "{error}");
}

#[test]
fn a_ledger_of_version_1_is_brought_to_the_present_one() {
    let folder = tempfile::tempdir().unwrap();
    let (path, old) = (folder.path().join("l.ledger"), folder.path().join("old.ledger"));
    let mut ledger = Sqlite::create(&path, knowledge()).unwrap();
    ledger.append(&newsroom()).unwrap();
    let before = (ledger.commitments(&Filter::default()).unwrap(), ledger.agreements(&Filter::default()).unwrap());
    drop(ledger);
    let connection = Connection::open(&old).unwrap();
    connection.execute_batch(include_str!("version_1.sql")).unwrap();
    connection.execute("ATTACH ?1 AS present", [path.to_str().unwrap()]).unwrap();
    connection
        .execute_batch(
            "INSERT INTO document SELECT * FROM present.document;
             INSERT INTO log SELECT * FROM present.log;
             INSERT INTO counted SELECT * FROM present.counted;
             INSERT INTO reading SELECT number, document, rules, day FROM present.reading;
             INSERT INTO claim (id, reading, document, kind, block, json, context)
               SELECT c.id, r.number, r.document, c.kind, c.block, c.json, coalesce(c.context, '{}')
               FROM present.claim c JOIN present.reading r ON r.number = c.number >> 20 ORDER BY c.number;
             INSERT INTO text_search (text_search) VALUES ('rebuild');
             PRAGMA application_id = 0x504c424b; PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(connection);
    let ledger = Sqlite::open(&old, knowledge()).unwrap();
    let after = (ledger.commitments(&Filter::default()).unwrap(), ledger.agreements(&Filter::default()).unwrap());
    assert_eq!(before, after);
    assert_eq!(ledger.search("coreweave invest", 10).unwrap().len(), 2);
    assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new());
}

/// A document with claims of kinds that join and of kinds that never do.
fn mixed() -> NewDocument {
    let quote = "one\n[two] \"three\"";
    article(
        "mixed",
        "2025-05-01",
        "Daily",
        &[
            json!({"kind": "statement", "speaker": "Jo Ek", "quote": quote, "evidence": format!("“{quote}”, says Jo Ek.")}),
            pledge("Acme Steel", "FR", "manufacturing", 100, "EUR", "planned"),
            json!({"kind": "role", "person": "Jo Ek", "title": "head", "organisation": "Acme Steel",
                   "evidence": "Jo Ek is the head."}),
        ],
    )
}

/// Makes a ledger of this version one of an earlier version by what undoes the changes since; gives all that it said.
fn earlier(path: &Path, undo: &str) -> String {
    let mut ledger = Sqlite::create(path, knowledge()).unwrap();
    ledger.append(&newsroom()).unwrap();
    ledger.append(&[mixed()]).unwrap();
    let said = said(&ledger);
    drop(ledger);
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(include_str!("to_version_4.sql")).unwrap();
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM claim WHERE block IS NULL"), 2);
    assert!(
        count("SELECT count(*) FROM tie WHERE sort = 0") > 0 && count("SELECT count(*) FROM tie WHERE sort = 1") > 0
    );
    connection.execute_batch(undo).unwrap();
    said
}

/// All that a ledger lists and holds.
fn said(ledger: &Sqlite) -> String {
    let documents = ledger.documents().unwrap();
    let claims: Vec<_> = documents.iter().map(|row| ledger.document(&row.id).unwrap().claims).collect();
    let filter = Filter::default();
    format!("{:#?}", (documents, claims, ledger.commitments(&filter).unwrap(), ledger.agreements(&filter).unwrap()))
}

#[test]
fn a_ledger_of_version_2_is_brought_to_the_present_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    let before = earlier(&path, "DROP TABLE basis; PRAGMA user_version = 2;");
    let ledger = Sqlite::open(&path, knowledge()).unwrap();
    assert_eq!(before, said(&ledger));
    assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_ledger_of_version_3_is_brought_to_the_present_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    let undo = "INSERT INTO text_search (text_search, rank) VALUES ('automerge', 4); PRAGMA user_version = 3;";
    let before = earlier(&path, undo);
    let ledger = Sqlite::open(&path, knowledge()).unwrap();
    let automerge = "SELECT v FROM text_search_config WHERE k = 'automerge'";
    let connection = Connection::open(&path).unwrap();
    assert_eq!(connection.query_row(automerge, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    assert_eq!(ledger.search("coreweave invest", 10).unwrap().len(), 2);
    assert_eq!(before, said(&ledger));
    assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_ledger_of_version_4_is_brought_to_the_present_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    let before = earlier(&path, "");
    let mut ledger = Sqlite::open(&path, knowledge()).unwrap();
    assert_eq!(before, said(&ledger));
    let told: i64 = Connection::open(&path)
        .unwrap()
        .query_row("SELECT count(*) FROM claims WHERE document = 'mixed' AND evidence LIKE '%Jo Ek%'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(told, 2);
    assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new());
    // What was there is known again, and what comes is entered beside it.
    let again = ledger.append(&newsroom()).unwrap();
    assert_eq!((again.repeated, again.touched), (newsroom().len(), 0));
    ledger
        .append(&[article(
            "new",
            "2025-05-02",
            "Daily",
            &[pledge("Acme Steel", "FR", "manufacturing", 100, "EUR", "planned")],
        )])
        .unwrap();
    assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new());
}

/// A document of sixty words, eight of which it shares with the next but seven.
fn wordy(number: usize) -> NewDocument {
    let words: String = (0..60).map(|word| format!("word{} ", number * 7 + word)).collect();
    let document = pledgebook_document::Document::from_text(format!("d{number}"), words);
    NewDocument::new(document, Vec::new(), "2026-01-15", "test@1")
}

/// The parts that the search index of a ledger consists of.
fn parts(path: &Path) -> i64 {
    Connection::open(path)
        .unwrap()
        .query_row("SELECT count(DISTINCT segid) FROM text_search_idx", [], |row| row.get(0))
        .unwrap()
}

#[test]
fn the_search_index_is_merged_as_it_grows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    let mut ledger = Sqlite::create(&path, knowledge()).unwrap();
    for number in 0..300 {
        ledger.append(&[wordy(number)]).unwrap();
    }
    assert_eq!(ledger.search("word2100", 10).unwrap().len(), 8);
    assert!(parts(&path) < 16, "{} parts", parts(&path));
}

#[test]
fn a_run_of_many_texts_leaves_the_search_index_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    let mut ledger = Sqlite::create(&path, knowledge()).unwrap();
    let documents: Vec<NewDocument> = (0..301).map(wordy).collect();
    for batch in documents[..300].chunks(30) {
        ledger.accept(&entries(batch)).unwrap();
    }
    assert!(parts(&path) > 1);
    ledger.settle().unwrap();
    assert_eq!(parts(&path), 1);
    ledger.append(&documents[300..]).unwrap();
    assert_eq!(parts(&path), 2);
    assert_eq!(ledger.search("word2100", 10).unwrap().len(), 9);
}

#[test]
fn briefs_that_cannot_be_read_are_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    // Of another form, and cut short behind what a glance sees.
    for (nth, damage) in ["x'00'", "substr(brief, 1, length(brief) - 1)"].into_iter().enumerate() {
        let path = folder.path().join(format!("{nth}.ledger"));
        let mut ledger = Sqlite::create(&path, knowledge()).unwrap();
        let news =
            |id: &str, day: &str| article(id, day, id, &[pledge("Zorblax", "GB", "ai", 731, "GBP", "announced")]);
        ledger.append(&[news("a", "2025-09-14"), news("b", "2025-09-15")]).unwrap();
        Connection::open(&path).unwrap().execute(&format!("UPDATE joined SET brief = {damage}"), []).unwrap();
        ledger.append(&[news("c", "2025-09-16")]).unwrap();
        assert_eq!(ledger.commitments(&Filter::default()).unwrap()[0].claims.len(), 3);
        assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new());
    }
}

/// The shared knowledge and one more firm, with two names.
fn more_knowledge(folder: &std::path::Path) -> Arc<Knowledge> {
    let known = Data::embedded().knowledge_file("organisations.toml").unwrap();
    let more = format!("{}\n\"Zorblax\" = {{ country = \"CH\", forms = [\"Ostwerk Holdings\"] }}\n", known.text());
    std::fs::write(folder.join("organisations.toml"), more).unwrap();
    Arc::new(Knowledge::load(&Data::embedded().with_knowledge(folder).unwrap()).unwrap())
}

#[test]
fn rule_02_a_ledger_follows_its_knowledge() {
    let folder = tempfile::tempdir().unwrap();
    let (path, fresh) = (folder.path().join("l.ledger"), folder.path().join("fresh.ledger"));
    let data = folder.path().join("knowledge");
    std::fs::create_dir(&data).unwrap();
    let mut news = newsroom();
    news.push(article("z1", "2025-09-16", "Post", &[pledge("Zorblax", "GB", "ai", 731, "GBP", "announced")]));
    news.push(article("z2", "2025-09-17", "Echo", &[pledge("Ostwerk Holdings", "GB", "ai", 731, "GBP", "announced")]));
    let mut ledger = Sqlite::create(&path, knowledge()).unwrap();
    ledger.append(&news).unwrap();
    let books = |ledger: &Sqlite| {
        (ledger.commitments(&Filter::default()).unwrap(), ledger.agreements(&Filter::default()).unwrap())
    };
    let before = books(&ledger);
    drop(ledger);
    let more = more_knowledge(&data);
    let mut anew = Sqlite::create(&fresh, Arc::clone(&more)).unwrap();
    anew.append(&news).unwrap();
    let ledger = Sqlite::open(&path, Arc::clone(&more)).unwrap();
    assert_eq!(books(&ledger), books(&anew), "the same as if it had been known from the first");
    assert_eq!(books(&ledger).0.len() + 1, before.0.len(), "two names of one firm make one promise");
    assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new());
    drop(ledger);
    let ledger = Sqlite::open(&path, knowledge()).unwrap();
    assert_eq!(books(&ledger), before, "what is known no more parts them again");
    assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_second_writer_is_told_so_and_readers_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    let mut ledger = Sqlite::create(&path, knowledge()).unwrap();
    ledger.append(&newsroom()[..3]).unwrap();
    ledger.wait_ms(50).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = ledger.append(&newsroom()).unwrap_err();
    assert!(matches!(error, Error::Locked { .. }), "{error}");
    let reader = Sqlite::open(&path, knowledge()).unwrap();
    assert_eq!(reader.documents().unwrap().len(), 3);
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(ledger.append(&newsroom()).unwrap().documents, newsroom().len() - 3);
}

#[test]
fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    let mut ledger = Sqlite::create(&path, knowledge()).unwrap();
    ledger.append(&newsroom()[..3]).unwrap();
    let before = ledger.commitments(&Filter::default()).unwrap();
    ledger.limit_pages(1).unwrap();
    // More than finds room in the pages that are there.
    let news: Vec<NewDocument> = newsroom().into_iter().chain((0..100).map(wordy)).collect();
    let error = ledger.append(&news).unwrap_err();
    assert!(matches!(error, Error::DiskFull { .. }), "{error}");
    assert_eq!(before, ledger.commitments(&Filter::default()).unwrap());
    ledger.limit_pages(u32::MAX - 1).unwrap();
    ledger.append(&news).unwrap();
    assert!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults.is_empty());
}

#[test]
fn verify_finds_what_was_tampered_with() {
    for (change, fault) in [
        (
            "UPDATE document SET text = replace(text, 'invest', 'divest') WHERE id = 'a4'",
            "is not the one that was read",
        ),
        ("UPDATE claim SET json = replace(json, '1500000000', '2500000000')", "not those that the log says"),
        ("UPDATE reading SET aside = replace(aside, 'the head', 'ahead')", "not those that the log says"),
        ("UPDATE reading SET aside = 'no JSON' WHERE aside <> '[]'", "not those that the log says"),
        ("UPDATE log SET subject = 'x' WHERE number = 2", "does not follow from the one before it"),
        ("DELETE FROM thread WHERE number = 1", "are missing"),
        (
            "DELETE FROM joined WHERE thread = (SELECT id FROM thread WHERE number = 2)",
            "does not follow from the stored claims",
        ),
        ("UPDATE thread SET members = '[]' WHERE number = 2", "does not follow from the stored claims"),
        ("UPDATE state SET high = '1' WHERE high IS NOT NULL", "does not follow from the stored claims"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("l.ledger");
        let mut ledger = Sqlite::create(&path, knowledge()).unwrap();
        ledger.append(&newsroom()).unwrap();
        ledger.append(&[mixed()]).unwrap();
        assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new());
        Connection::open(&path).unwrap().execute_batch(change).unwrap();
        let found = ledger.verify(&mut |_| Proof::Unproved).unwrap();
        assert!(found.faults.iter().any(|told| told.contains(fault)), "{change}: {:?}", found.faults);
    }
}

#[test]
fn verify_tells_what_was_read_again_what_was_checked_and_what_was_neither() {
    let mut ledger = Sqlite::in_memory(knowledge()).unwrap();
    ledger.append(&newsroom()).unwrap();
    let count = newsroom().len();
    let again = ledger.verify(&mut |stored| Proof::Again(stored.claims.clone())).unwrap();
    assert_eq!(([again.documents, again.checked, again.unproved], again.faults.len()), ([count, 0, 0], 0));
    let other = ledger.verify(&mut |_| Proof::Again(Vec::new())).unwrap();
    assert!(other.faults[0].ends_with("reading it again gives other claims than are stored"), "{:?}", other.faults);
    let checked = ledger.verify(&mut |_| Proof::Checked(Vec::new())).unwrap();
    assert_eq!(([checked.documents, checked.checked, checked.unproved], checked.faults.len()), ([0, count, 0], 0));
    let astray = ledger.verify(&mut |stored| Proof::Checked(stored.claims.clone())).unwrap();
    assert!(astray.faults[0].contains("its text does not bear out the pledge at "), "{:?}", astray.faults);
    assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().unproved, count);
}

#[test]
fn a_backup_is_a_ledger_and_compacting_changes_no_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.ledger");
    let mut ledger = Sqlite::create(&path, knowledge()).unwrap();
    ledger.append(&newsroom()).unwrap();
    let before = ledger.commitments(&Filter::default()).unwrap();
    let copy = folder.path().join("copy.ledger");
    ledger.backup(&copy).unwrap();
    assert!(ledger.backup(&copy).is_err());
    let [_, after] = ledger.compact().unwrap();
    assert!(after > 0);
    assert_eq!(before, ledger.commitments(&Filter::default()).unwrap());
    assert_eq!(before, Sqlite::open(&copy, knowledge()).unwrap().commitments(&Filter::default()).unwrap());
}
