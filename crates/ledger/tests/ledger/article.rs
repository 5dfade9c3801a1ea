//! Articles made by hand for tests: text and claims side by side.

use pledgebook_claims::Claim;
use pledgebook_commitments::{DocumentRecord, Knowledge, Signature};
use pledgebook_document::Document;
use pledgebook_ledger::{Entry, NewDocument, Sqlite};
use pledgebook_lexicon::Data;
use serde_json::{Value, json};
use std::sync::{Arc, OnceLock};

/// The knowledge that all tests share.
pub fn knowledge() -> Arc<Knowledge> {
    static KNOWLEDGE: OnceLock<Arc<Knowledge>> = OnceLock::new();
    Arc::clone(KNOWLEDGE.get_or_init(|| Arc::new(Knowledge::load(&Data::embedded()).unwrap())))
}

pub fn ledger() -> Sqlite {
    Sqlite::in_memory(knowledge()).unwrap()
}

/// A document of the given claims, each told in its evidence; the text is the evidences one after the other.
pub fn article(id: &str, published: &str, publisher: &str, claims: &[Value]) -> NewDocument {
    let mut text = String::new();
    let mut read = Vec::new();
    for claim in claims {
        let mut claim = claim.clone();
        let evidence = claim["evidence"].as_str().unwrap_or("Somebody told it.").to_owned();
        let start = text.chars().count();
        text.push_str(&evidence);
        claim["span"] = json!([start, text.chars().count()]);
        claim["evidence"] = json!(evidence);
        text.push('\n');
        read.push(serde_json::from_value::<Claim>(claim).unwrap());
    }
    let mut document = Document::from_text(id, text);
    document.published = Some(published.to_owned()).filter(|day| !day.is_empty());
    document.publisher = Some(publisher.to_owned()).filter(|name| !name.is_empty());
    document.lang = Some("en".to_owned());
    NewDocument::new(document, read, "2026-01-15", "rules@1")
}

/// A pledge of money by one pledger.
pub fn pledge(by: &str, place: &str, domain: &str, millions: i64, currency: &str, stage: &str) -> Value {
    let figure = millions * 1_000_000;
    json!({"kind": "pledge", "by": [by], "place": [place], "domains": [domain], "action": "invest", "stage": stage,
           "money": {"min": figure, "max": figure, "currency": currency, "qualifier": "exact"},
           "evidence": format!("{by} will invest {currency} {millions} million in {domain} in {place}.")})
}

/// Documents made ready to be written down.
pub fn entries(batch: &[NewDocument]) -> Vec<Entry> {
    batch.iter().map(|new| Entry::of(new, &knowledge()).unwrap()).collect()
}

/// The document as reconciliation sees it.
pub fn record(new: &NewDocument) -> DocumentRecord {
    DocumentRecord {
        id: new.document.id.clone(),
        published: new.document.published.clone(),
        read: new.read.clone(),
        publisher: new.document.publisher.clone(),
        url: None,
        lang: new.document.lang.clone(),
        title: None,
        signature: Signature::of(new.document.text()),
        claims: new.claims.clone(),
    }
}

/// A few documents that agree, differ, revise and contradict each other.
pub fn newsroom() -> Vec<NewDocument> {
    static NEWSROOM: OnceLock<Vec<NewDocument>> = OnceLock::new();
    NEWSROOM.get_or_init(written).clone()
}

fn written() -> Vec<NewDocument> {
    let mut extra = pledge("CoreWeave", "GB", "cloud", 1500, "GBP", "announced");
    extra["amount_role"] = json!("increment");
    extra["novelty"] = json!("extension");
    let mut part = pledge("Blackstone", "GB", "data_centres", 90_000, "GBP", "announced");
    part["amount_role"] = json!("component");
    let envelope = json!({"kind": "pledge", "by": ["US companies"], "place": ["GB"], "domains": [], "action": "invest",
        "amount_role": "envelope", "total": true, "stage": "announced",
        "money": {"min": 150_000_000_000i64, "max": 150_000_000_000i64, "currency": "GBP", "qualifier": "exact"},
        "evidence": "US companies will invest GBP 150 billion."});
    let accord = |stage: &str, date: Option<&str>| {
        json!({"kind": "agreement", "parties": ["GB", "US"], "name": "Technology Prosperity Deal", "domains": ["ai", "quantum"],
               "stage": stage, "date": date, "evidence": format!("The two countries' deal: {stage}.")})
    };
    let mut withdrawn = pledge("Intel", "Magdeburg", "semiconductors", 30_000, "EUR", "withdrawn");
    withdrawn["money"] = Value::Null;
    vec![
        article("a1", "2025-09-10", "Morning Post", &[pledge("Microsoft", "GB", "ai", 30_000, "USD", "announced")]),
        article(
            "a2",
            "2025-09-17",
            "Le Soir",
            &[pledge("Microsoft", "GB", "ai", 22_000, "GBP", "announced"), accord("to_be_signed", None)],
        ),
        article(
            "a3",
            "2025-09-18",
            "Evening News",
            &[
                pledge("CoreWeave", "GB", "cloud", 1000, "GBP", "under_way"),
                extra.clone(),
                accord("signed", Some("2025-09-18")),
            ],
        ),
        article(
            "a4",
            "2025-09-19",
            "Harbour Wire",
            &[pledge("CoreWeave", "GB", "cloud", 2500, "GBP", "announced"), envelope, part],
        ),
        article(
            "a5",
            "2025-12-16",
            "Evening News",
            &[accord("paused", None), pledge("Google", "GB", "ai", 5000, "GBP", "announced")],
        ),
        article("a6", "2025-09-16", "Morning Post", &[pledge("Google", "GB", "ai", 6800, "USD", "announced")]),
        article("a7", "2025-09-20", "Harbour Wire", &[pledge("Google", "GB", "ai", 7500, "GBP", "announced")]),
        article(
            "a8",
            "2023-06-19",
            "Elbe-Kurier",
            &[pledge("Intel", "Magdeburg", "semiconductors", 30_000, "EUR", "contracted")],
        ),
        article("a9", "2025-07-25", "Elbe-Kurier", &[withdrawn]),
        article(
            "b1",
            "",
            "",
            &[
                pledge("Nscale", "GB", "ai", 500, "GBP", "planned"),
                pledge("Google", "GB", "ai", 5000, "GBP", "planned"),
            ],
        ),
    ]
}
