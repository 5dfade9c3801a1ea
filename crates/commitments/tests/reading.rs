//! Story 0048 as our own reader reads it: eighteen articles on one deal, and what of their ledger holds without any annotation.
//! What does not hold by the reader's fault stands in `story.md`; joining must stand what the reader still gets wrong.
#![allow(clippy::unwrap_used)] // Nothing but tests: a failure is told by its panic.

use pledgebook_claims::{DocumentClaims, Reader};
use pledgebook_commitments::{AsOf, Books, Commitment, DocumentRecord, Knowledge, Signature, reconcile};
use pledgebook_document::Opener;
use pledgebook_lexicon::Data;
use std::collections::BTreeMap;
use std::path::Path;

fn read(story: &str) -> Books {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories").join(story);
    let data = Data::embedded();
    let (opener, knowledge) = (Opener::new(&data).unwrap(), Knowledge::load(&data).unwrap());
    let mut readers: BTreeMap<String, Reader> = BTreeMap::new();
    let annotated = std::fs::read_to_string(folder.join("claims.jsonl")).unwrap();
    let documents = annotated.lines().map(|line| {
        let told: DocumentClaims = serde_json::from_str(line).unwrap();
        let text = std::fs::read_to_string(folder.join(format!("{}.txt", told.id))).unwrap();
        let lang = told.lang.clone().unwrap();
        let reader = readers.entry(lang.clone()).or_insert_with(|| Reader::new(&data, &lang).unwrap());
        let mut document = opener.text(&told.id, text.clone());
        document.published.clone_from(&told.published);
        DocumentRecord {
            id: told.id,
            published: told.published,
            read: "2026-01-15".into(),
            publisher: told.publisher,
            lang: told.lang,
            signature: Signature::of(&text),
            claims: reader.read(&document).claims,
            ..DocumentRecord::default()
        }
    });
    reconcile(&documents.collect::<Vec<_>>(), &[], &knowledge, &AsOf::default())
}

/// Commitments of a pledger in which a claim tells one of these sums: millions and currency.
fn telling<'b>(books: &'b Books, by: &str, sums: &[(&str, i64)]) -> Vec<&'b Commitment> {
    let tells = |commitment: &&Commitment| {
        commitment.claims.iter().filter_map(|claim| claim.money).any(|money| {
            let told = money.max.or(money.min);
            sums.iter().any(|(currency, millions)| {
                money.currency.is_some_and(|own| own.code() == *currency)
                    && told == Some(rust_decimal::Decimal::from(millions * 1_000_000))
            })
        })
    };
    books.commitments.iter().filter(|commitment| commitment.by == [by]).filter(tells).collect()
}

#[test]
fn story_0048_as_it_is_read() {
    let books = read("0048-one-deal-in-18-documents");
    let [accord] = &books.agreements[..] else {
        panic!("{:?}", books.agreements.iter().map(|accord| &accord.parties).collect::<Vec<_>>())
    };
    assert_eq!(accord.parties, ["GB", "US"]);
    let stages: Vec<(&str, &str)> = accord.stages.iter().map(|step| (step.day.as_str(), step.stage.word())).collect();
    assert_eq!(stages, [("2025-09-14", "to_be_signed"), ("2025-09-18", "signed"), ("2025-12-16", "paused")]);
    assert_eq!(accord.stages[1].holds.as_deref(), Some("2025-09-18"));
    assert_eq!(accord.last_known, "2025-12-18", "the news of the pause is of the same accord");
    for (by, sums, told) in [
        ("Microsoft", &[("USD", 30_000), ("GBP", 22_000)][..], 9),
        ("Google", &[("GBP", 5_000), ("USD", 6_800)], 7),
        ("CoreWeave", &[("GBP", 1_500), ("GBP", 2_500), ("GBP", 1_000)], 8),
        ("BlackRock", &[("GBP", 500), ("USD", 700)], 2),
    ] {
        let [commitment] = telling(&books, by, sums)[..] else { panic!("{by} has more than one commitment, or none") };
        assert!(commitment.claims.len() >= told, "{by}: {} claims", commitment.claims.len());
        assert!(commitment.conflicts.iter().all(|conflict| conflict.relation.word() != "contradictory"), "{by}");
    }
    let millions = |commitment: &Commitment| {
        let money = commitment.money.unwrap();
        [money.low, money.high].map(|end| end.map(|end| (end / rust_decimal::Decimal::from(1_000_000)).to_string()))
    };
    let [coreweave] = telling(&books, "CoreWeave", &[("GBP", 1_500)])[..] else { panic!() };
    assert_eq!(
        millions(coreweave),
        [Some("2500".into()), Some("2500".into())],
        "an increment and the total that it gives"
    );
    // A package and its parts, and two packages, never share a commitment.
    for commitment in &books.commitments {
        let told = |millions: i64| {
            let figure = rust_decimal::Decimal::from(millions * 1_000_000);
            commitment
                .claims
                .iter()
                .filter_map(|claim| claim.money)
                .any(|money| money.max.or(money.min) == Some(figure))
        };
        assert!([150_000, 90_000, 31_000, 22_000].iter().filter(|sum| told(**sum)).count() < 2, "{:?}", commitment.by);
    }
}
