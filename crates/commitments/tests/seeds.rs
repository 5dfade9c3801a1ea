//! The two founding documents: one commitment of BlackRock's, joined from both.
#![allow(clippy::unwrap_used)] // Nothing but tests: a failure is told by its panic.

use pledgebook_claims::DocumentClaims;
use pledgebook_commitments::{AsOf, Books, DocumentRecord, Knowledge, MoneyRelation, Status, reconcile};
use pledgebook_lexicon::Data;
use std::path::Path;

/// The founding documents' claims; `None` where they are not at hand.
fn founding() -> Option<Vec<DocumentRecord>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/gold/seeds.jsonl");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared is not there");
        return None;
    };
    let records = text.lines().map(|line| {
        let document: DocumentClaims = serde_json::from_str(line).unwrap();
        DocumentRecord {
            id: document.id,
            published: document.published,
            read: "2026-11-21".into(),
            publisher: document.publisher,
            url: document.url,
            lang: document.lang,
            claims: document.claims,
            ..DocumentRecord::default()
        }
    });
    Some(records.collect())
}

fn books(records: &[DocumentRecord]) -> Books {
    let knowledge = Knowledge::load(&Data::embedded()).unwrap();
    reconcile(records, &[], &knowledge, &AsOf::default())
}

#[test]
fn one_commitment_of_blackrock_from_both_documents() {
    let Some(records) = founding() else { return };
    let books = books(&records);
    let of = |name: &str| books.commitments.iter().filter(|c| c.by.iter().any(|by| by == name)).collect::<Vec<_>>();
    let [blackrock] = of("BlackRock")[..] else { panic!("BlackRock has {} commitments", of("BlackRock").len()) };
    assert_eq!(blackrock.claims.len(), 2);
    assert_eq!(blackrock.origins, [vec!["Bloomberg", "sources gouvernementales"], vec!["Reuters"]]);
    assert_eq!(blackrock.stage.unwrap().word(), "planned");
    assert_eq!(blackrock.stages.len(), 2, "both stages are shown");
    assert_eq!(blackrock.status, Status::Corroborated);
    let [conflict] = &blackrock.conflicts[..] else { panic!("{:?}", blackrock.conflicts) };
    assert_eq!(conflict.relation, MoneyRelation::Rounded);
    assert_eq!(
        conflict.why,
        "Reuters' figure drops the 'up to' of Bloomberg's; at 1.35421 USD/GBP of 12 September 2025 (ECB) \
         the two agree to the nearest hundred million"
    );
    let money = blackrock.money.unwrap();
    assert_eq!((money.low, money.high.unwrap().to_string()), (None, "500000000".into()));
    let compared = blackrock.compared.as_ref().unwrap();
    assert_eq!((compared.rate_day.as_str(), compared.rate_source.as_str()), ("2025-09-12", "ECB"));
    let [nvidia] = of("Nvidia")[..] else { panic!() };
    assert_eq!(nvidia.by, ["Nvidia", "OpenAI"]);
    let [coreweave] = of("CoreWeave")[..] else { panic!() };
    assert!(coreweave.money.is_none());
    let accord = books.agreements.iter().find(|agreement| agreement.name.is_none()).unwrap();
    assert_eq!(accord.parties, ["GB", "US"]);
    assert_eq!(accord.claims.len(), 2);
    assert_eq!(accord.domains, ["ai", "quantum", "semiconductors", "telecoms"]);
    assert!(accord.commitments.contains(&blackrock.id));
    assert!(accord.delegation.contains(&"Sam Altman".to_owned()));
    assert_eq!(books.agreements.len(), 2, "the action plans are an agreement of their own");
}

#[test]
fn any_order_gives_the_same_books() {
    let Some(mut records) = founding() else { return };
    let forwards = books(&records);
    records.reverse();
    records.push(records[0].clone());
    assert_eq!(serde_json::to_string(&forwards).unwrap(), serde_json::to_string(&books(&records)).unwrap());
}
