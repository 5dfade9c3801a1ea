//! Any order, batching, repetition: the same ledger (rule 2).

use crate::article::{article, entries, knowledge, ledger, newsroom, pledge, record};
use pledgebook_commitments::{AsOf, reconcile, synthetic};
use pledgebook_document::Document;
use pledgebook_ledger::{Filter, Ledger, NewDocument, Proof, Sort, Sqlite};
use proptest::prelude::*;
use std::sync::OnceLock;

/// Everything that a ledger says, as text.
fn said(ledger: &Sqlite, as_of: &AsOf) -> String {
    let filter = Filter { sort: Sort::Id, as_of: as_of.clone(), ..Filter::default() };
    let commitments = ledger.commitments(&filter).unwrap();
    let agreements = ledger.agreements(&filter).unwrap();
    serde_json::to_string_pretty(&(commitments, agreements)).unwrap()
}

/// What a full rebuild from nothing says.
fn rebuilt(documents: &[NewDocument], as_of: &AsOf) -> String {
    let records: Vec<_> = documents.iter().map(record).collect();
    let books = reconcile(&records, &[], &knowledge(), as_of);
    serde_json::to_string_pretty(&(books.commitments, books.agreements)).unwrap()
}

#[test]
fn the_ledger_says_what_a_full_rebuild_says() {
    let documents = newsroom();
    let mut ledger = ledger();
    for document in &documents {
        ledger.append(std::slice::from_ref(document)).unwrap();
    }
    for known in [None, Some("2025-09-17".to_owned()), Some("2025-10-01".to_owned())] {
        let as_of = AsOf { known, held: None };
        assert_eq!(said(&ledger, &as_of), rebuilt(&documents, &as_of), "as of {as_of:?}");
    }
}

#[test]
fn reading_twice_changes_nothing() {
    let documents = newsroom();
    let mut ledger = ledger();
    let first = ledger.append(&documents).unwrap();
    let before = said(&ledger, &AsOf::default());
    let second = ledger.append(&documents).unwrap();
    assert_eq!((first.documents, first.repeated), (documents.len(), 0));
    assert_eq!((second.documents, second.claims, second.touched, second.repeated), (0, 0, 0, documents.len()));
    assert_eq!(before, said(&ledger, &AsOf::default()));
}

#[test]
fn another_text_under_one_id_is_a_version_in_any_order() {
    let mut old =
        article("x", "2025-05-01", "Daily", &[pledge("Acme Steel", "FR", "manufacturing", 100, "EUR", "planned")]);
    let mut new =
        article("x", "2025-05-01", "Daily", &[pledge("Acme Steel", "FR", "manufacturing", 130, "EUR", "planned")]);
    old.document.modified = Some("2025-05-01".into());
    new.document.modified = Some("2025-05-02".into());
    let remade = |new: &NewDocument| NewDocument::new(new.document.clone(), new.claims.clone(), &new.read, &new.rules);
    let (old, new) = (remade(&old), remade(&new));
    let mut said_in = Vec::new();
    for documents in [[old.clone(), new.clone()], [new, old]] {
        let mut ledger = ledger();
        let appended = ledger.append(&documents).unwrap();
        assert_eq!((appended.documents, appended.versions), (1, 1));
        said_in.push(said(&ledger, &AsOf::default()));
    }
    assert!(said_in[0].contains("130000000") && !said_in[0].contains("100000000"));
    assert_eq!(said_in[0], said_in[1]);
}

#[test]
fn a_newer_version_of_the_rules_replaces_the_older_reading_in_any_order() {
    let old =
        article("x", "2025-05-01", "Daily", &[pledge("Acme Steel", "FR", "manufacturing", 100, "EUR", "planned")]);
    let mut claims = old.claims.clone();
    claims.clear();
    let newer = NewDocument::new(old.document.clone(), claims, "2026-02-01", "rules@10");
    let older = NewDocument { rules: "rules@9".into(), ..old };
    for documents in [[older.clone(), newer.clone()], [newer, older]] {
        let mut ledger = ledger();
        let appended = ledger.append(&documents).unwrap();
        assert_eq!((appended.documents, appended.reread), (1, 1));
        assert!(ledger.commitments(&Filter::default()).unwrap().is_empty());
    }
}

/// Somebody asked for a model's reading, and may have paid for it: reading with newer rules does not put it aside.
#[test]
fn a_model_s_reading_counts_before_that_of_rules_and_the_last_asked_before_others_in_any_order() {
    let reading = |millions, reader: &str, day: &str| {
        let mut told = pledge("Acme Steel", "FR", "manufacturing", millions, "EUR", "planned");
        told["evidence"] = "Acme Steel will invest.".into();
        let NewDocument { document, claims, .. } = article("x", "2025-05-01", "Daily", &[told]);
        NewDocument::new(document, claims, day, reader)
    };
    let rules = reading(100, "rules@99", "2026-03-01");
    let (first, last) = (reading(120, "llm:z@0.1.0", "2026-02-01"), reading(130, "llm:a@0.1.0", "2026-02-02"));
    for documents in [[&rules, &first, &last], [&last, &rules, &first], [&first, &last, &rules]] {
        let mut ledger = ledger();
        for document in documents {
            ledger.append(std::slice::from_ref(document)).unwrap();
        }
        assert!(said(&ledger, &AsOf::default()).contains("130000000"));
        let known = |rules: &str| ledger.reading(&first.document, rules).unwrap().map(|claims| claims.len());
        assert_eq!([known("llm:z@0.1.0"), known("rules@99"), known("llm:b@0.1.0")], [Some(1), Some(1), None]);
    }
}

/// Crowded blocks, joined a document or a few at a time in an order that has nothing to do with their days: places that were
/// kept and places that were taken anew add up to what joining all at once gives.
#[test]
fn crowded_blocks_joined_bit_by_bit_are_joined_as_one() {
    for seed in 0..6 {
        let mut documents: Vec<NewDocument> = synthetic::news(500, seed, knowledge().rates())
            .map(|article| {
                let mut document = Document::from_text(article.record.id, article.text);
                document.published = article.record.published;
                document.publisher = article.record.publisher;
                document.lang = article.record.lang;
                NewDocument::new(document, article.record.claims, &article.record.read, "synthetic@1")
            })
            .collect();
        documents.sort_by_cached_key(|new| *blake3::hash(new.document.text().as_bytes()).as_bytes());
        let mut ledger = ledger();
        for batch in documents.chunks(1 + (seed as usize * 7) % 40) {
            ledger.append(batch).unwrap();
        }
        assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new(), "seed {seed}");
        assert_eq!(said(&ledger, &AsOf::default()), rebuilt(&documents, &AsOf::default()), "seed {seed}");
    }
}

/// How many schedules are tried: 10,000, or as many as `PLEDGEBOOK_SCHEDULES` says. A failing one is printed in full.
fn schedules() -> u32 {
    std::env::var("PLEDGEBOOK_SCHEDULES").ok().and_then(|count| count.parse().ok()).unwrap_or(10_000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(schedules()))]

    /// Documents in any order, cut into any batches, some of them twice, books closed after each or left open.
    #[test]
    fn invariant_3_any_order_and_batching_gives_the_same_bytes(
        order in Just((0..newsroom().len()).collect::<Vec<_>>()).prop_shuffle(),
        cuts in prop::collection::vec((1usize..4, any::<bool>()), 1..12),
        again in prop::collection::vec(0..newsroom().len(), 0..4),
    ) {
        static REBUILT: OnceLock<String> = OnceLock::new();
        let documents = newsroom();
        let mut ledger = ledger();
        let mut queue: Vec<&NewDocument> = order.iter().chain(&again).map(|at| &documents[*at]).collect();
        let mut cuts = cuts.into_iter().cycle();
        while !queue.is_empty() {
            let (count, open) = cuts.next().unwrap();
            let batch: Vec<NewDocument> = queue.drain(..count.min(queue.len())).cloned().collect();
            if open { ledger.accept(&entries(&batch)).unwrap(); } else { ledger.append(&batch).unwrap(); }
        }
        ledger.settle().unwrap();
        let rebuilt = REBUILT.get_or_init(|| rebuilt(&documents, &AsOf::default()));
        prop_assert_eq!(&said(&ledger, &AsOf::default()), rebuilt);
    }
}
