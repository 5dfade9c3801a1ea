//! The ledger's rules 1 to 15, a test for each: claims in, what they add up to out.
#![allow(clippy::unwrap_used)] // Nothing but tests: a failure is told by its panic.

use pledgebook_claims::{Claim, PledgeStage};
use pledgebook_commitments::{
    Act, AsOf, Books, ClaimRelation, Commitment, Decision, DocumentRecord, Knowledge, MoneyRelation, Signature, Stage,
    Status, reconcile,
};
use pledgebook_lexicon::Data;
use serde_json::{Value, json};
use std::sync::OnceLock;

fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| Knowledge::load(&Data::embedded()).unwrap())
}

/// A document of one outlet with its claims, each in a sentence of its own.
fn document(id: &str, published: &str, publisher: &str, claims: &[Value]) -> DocumentRecord {
    let claims = claims.iter().enumerate().map(|(at, claim)| {
        let mut claim = claim.clone();
        claim["span"] = json!([at * 100, at * 100 + 90]);
        claim["evidence"] = json!(format!("sentence {at} of {id}"));
        serde_json::from_value::<Claim>(claim).unwrap()
    });
    DocumentRecord {
        id: id.into(),
        published: Some(published.to_owned()).filter(|day| !day.is_empty()),
        read: "2026-01-15".into(),
        publisher: Some(publisher.to_owned()).filter(|name| !name.is_empty()),
        lang: Some("en".into()),
        claims: claims.collect(),
        ..DocumentRecord::default()
    }
}

/// "up_to GBP 500", in millions.
fn money(told: &str) -> Value {
    let parts: Vec<&str> = told.split(' ').collect();
    let [qualifier, currency, millions] = parts[..] else { panic!("{told}") };
    let figure = millions.parse::<i64>().unwrap() * 1_000_000;
    let (min, max) = match qualifier {
        "up_to" => (Value::Null, json!(figure)),
        "at_least" | "vague" => (json!(figure), Value::Null),
        _ => (json!(figure), json!(figure)),
    };
    json!({"min": min, "max": max, "currency": currency, "qualifier": qualifier})
}

fn pledge(by: &str, told: &str) -> Value {
    let money = if told.is_empty() { Value::Null } else { money(told) };
    json!({"kind": "pledge", "by": [by], "place": ["GB"], "domains": ["data_centres"], "action": "invest", "stage": "announced",
           "money": money})
}

fn with(mut claim: Value, slots: Value) -> Value {
    for (slot, value) in slots.as_object().unwrap() {
        claim[slot] = value.clone();
    }
    claim
}

fn books(documents: &[DocumentRecord]) -> Books {
    reconcile(documents, &[], knowledge(), &AsOf::default())
}

fn as_of(documents: &[DocumentRecord], day: &str) -> Books {
    reconcile(documents, &[], knowledge(), &AsOf { known: Some(day.into()), held: None })
}

fn one(documents: &[DocumentRecord]) -> Commitment {
    let mut books = books(documents);
    assert_eq!(books.commitments.len(), 1, "{:#?}", books.commitments);
    books.commitments.remove(0)
}

fn bounds(commitment: &Commitment) -> (String, String) {
    let told = |value: Option<rust_decimal::Decimal>| {
        value.map_or_else(
            || "-".into(),
            |value| (value / rust_decimal::Decimal::from(1_000_000)).normalize().to_string(),
        )
    };
    let money = commitment.money.unwrap();
    (told(money.low), told(money.high))
}

fn pair(low: &str, high: &str) -> (String, String) {
    (low.into(), high.into())
}

#[test]
fn rule_01_claims_support_a_commitment_and_none_is_rewritten_or_lost() {
    let documents = [
        document("a", "2025-09-14", "Post", &[pledge("Northwind", "exact GBP 500")]),
        document("b", "2025-09-15", "Herald", &[pledge("Northwind", "about GBP 500")]),
    ];
    let commitment = one(&documents);
    assert_eq!(commitment.claims.len(), 2);
    for (view, document) in commitment.claims.iter().zip(&documents) {
        assert_eq!(view.evidence, document.claims[0].evidence);
        assert_eq!(
            serde_json::to_value(view.money).unwrap()["qualifier"],
            serde_json::to_value(&document.claims[0]).unwrap()["money"]["qualifier"]
        );
    }
}

#[test]
fn rule_02_order_and_repetition_change_nothing_and_old_ids_lead_on() {
    let mut documents = vec![
        document(
            "a",
            "2025-09-14",
            "Post",
            &[pledge("Northwind", "exact GBP 500"), pledge("Southgate", "exact GBP 70")],
        ),
        document("b", "2025-09-15", "Herald", &[pledge("Northwind", "up_to USD 680")]),
        document("c", "2025-11-01", "Courier", &[pledge("Northwind", "exact GBP 500")]),
    ];
    let forwards = serde_json::to_string(&books(&documents)).unwrap();
    documents.reverse();
    documents.push(documents[0].clone());
    assert_eq!(forwards, serde_json::to_string(&books(&documents)).unwrap());
    // A document dated earlier moves the id to its claim; the old id is that of a claim of the same commitment.
    let before = books(&documents).commitments.iter().find(|c| c.by == ["Northwind"]).unwrap().id.clone();
    documents.push(document("0", "2025-09-01", "Gazette", &[pledge("Northwind", "exact GBP 500")]));
    let after = books(&documents);
    let after = after.commitments.iter().find(|c| c.by == ["Northwind"]).unwrap();
    assert_ne!(before, after.id);
    assert!(after.claims.iter().any(|claim| claim.id == before));
}

#[test]
fn rule_03_equal_figures_do_not_make_one_promise_and_different_ones_do_not_make_two() {
    let leeds = with(pledge("Northwind", "exact GBP 100"), json!({"place": ["Leeds"]}));
    let hull = with(pledge("Northwind", "exact GBP 100"), json!({"place": ["Hull"]}));
    let other = pledge("Southgate", "exact GBP 100");
    let books = books(&[document("a", "2025-09-14", "Post", &[leeds, hull, other])]);
    assert_eq!(books.commitments.len(), 3);
    let commitment = one(&[
        document("a", "2025-09-14", "Post", &[pledge("Northwind", "exact GBP 100")]),
        document("b", "2025-09-15", "Herald", &[pledge("Northwind", "exact GBP 120")]),
    ]);
    assert_eq!(commitment.status, Status::Conflicting);
}

#[test]
fn rule_03_no_promise_leads_on_to_the_next() {
    // Common sums for other purposes, a floor far below a sum, and later years: each is a promise of its own.
    let told = |id: &str, day: &str, sum: &str, domain: &str| {
        document(id, day, id, &[with(pledge("Northwind", sum), json!({"domains": [domain]}))])
    };
    let books = books(&[
        told("a", "2018-01-18", "exact GBP 20", "health"),
        told("b", "2018-08-18", "at_least GBP 20", "defence"),
        told("c", "2018-09-25", "exact GBP 11000", "defence"),
        told("d", "2021-03-04", "exact GBP 20", "cloud"),
        told("e", "2021-09-30", "", "cloud"),
    ]);
    assert_eq!(books.commitments.len(), 5, "{:#?}", books.commitments);
    // What looks back is of the promise that it looks back to, however late.
    let delivered = with(pledge("Northwind", "exact GBP 20"), json!({"domains": ["health"], "stage": "delivered"}));
    let commitment =
        one(&[told("a", "2018-01-18", "exact GBP 20", "health"), document("b", "2020-03-01", "b", &[delivered])]);
    assert_eq!(commitment.claims.len(), 2);
}

#[test]
fn rule_03_a_town_of_no_known_country_lies_in_the_one_told_with_it() {
    let told = |id: &str, day: &str, place: &[&str]| {
        document(id, day, id, &[with(pledge("Northwind", "exact USD 150"), json!({"place": place}))])
    };
    let books =
        books(&[told("a", "2021-06-11", &["GB", "Kenvarstad"]), told("b", "2021-06-12", &["CA", "Morquistad"])]);
    assert_eq!(books.commitments.len(), 2);
}

#[test]
fn rule_03_of_two_promises_alike_a_mention_is_of_the_nearer() {
    let commitments = books(&[
        document("a", "2024-01-10", "Post", &[pledge("Northwind", "exact GBP 30")]),
        document("b", "2024-02-20", "Herald", &[pledge("Northwind", "exact GBP 500")]),
        document("c", "2024-02-21", "Courier", &[pledge("Northwind", "")]),
    ])
    .commitments;
    let [first, second] = &commitments[..] else { panic!("{commitments:#?}") };
    assert_eq!((first.claims.len(), second.claims.len()), (1, 2));
}

#[test]
fn rule_04_known_aliases_merge_and_near_names_and_digits_do_not() {
    let merged = one(&[
        document("a", "2025-09-14", "Post", &[pledge("Nvidia", "exact GBP 500")]),
        document("b", "2025-09-15", "Herald", &[pledge("NVIDIA Corporation", "exact GBP 500")]),
    ]);
    assert_eq!(merged.by, ["Nvidia"]);
    for (a, b) in [("Fonds Avenir 2", "Fonds Avenir 3"), ("BKW Energie", "BKW Energia"), ("ABX", "Alpine Bank Xanten")]
    {
        let books = books(&[
            document("a", "2025-09-14", "Post", &[pledge(a, "exact GBP 500")]),
            document("b", "2025-09-15", "Herald", &[pledge(b, "exact GBP 500")]),
        ]);
        assert_eq!(books.commitments.len(), 2, "{a} and {b}");
    }
}

#[test]
fn rule_05_the_rate_of_the_day_is_kept_with_its_day_and_source() {
    let commitment = one(&[
        document("a", "2025-09-14", "Post", &[pledge("Northwind", "exact GBP 500")]),
        document("b", "2025-09-20", "Herald", &[pledge("Northwind", "exact USD 700")]),
    ]);
    let compared = commitment.compared.unwrap();
    assert_eq!((compared.rate_day.as_str(), compared.rate_source.as_str()), ("2025-09-12", "ECB"));
    assert_eq!(compared.rate, "1.35421");
    assert_eq!(compared.low.unwrap().to_string(), "677105000");
    // Without a rate figures are not compared: no conflict, and no agreement either.
    let books = books(&[
        document("a", "1990-09-14", "Post", &[pledge("Northwind", "exact GBP 500")]),
        document("b", "1990-09-15", "Herald", &[pledge("Northwind", "exact USD 700")]),
    ]);
    assert!(books.commitments.iter().all(|c| c.compared.is_none() && c.conflicts.is_empty()));
}

#[test]
fn rule_06_relations_of_figures_are_named() {
    for (a, b, relation) in [
        ("exact GBP 500", "exact USD 700", Some(MoneyRelation::Rounded)),
        ("exact GBP 22000", "exact USD 30000", Some(MoneyRelation::Restated)),
        ("up_to GBP 500", "exact GBP 500", Some(MoneyRelation::Bounded)),
        ("exact GBP 678", "exact GBP 700", Some(MoneyRelation::Rounded)),
        ("exact GBP 500", "exact GBP 620", Some(MoneyRelation::Contradictory)),
        ("exact GBP 500", "exact GBP 500", None),
    ] {
        let commitment = one(&[
            document("a", "2025-09-14", "Post", &[pledge("Northwind", a)]),
            document("b", "2025-09-15", "Herald", &[pledge("Northwind", b)]),
        ]);
        assert_eq!(commitment.conflicts.first().map(|conflict| conflict.relation), relation, "{a} and {b}");
    }
}

#[test]
fn rule_07_a_ceiling_has_no_low_and_a_floor_no_high_and_there_is_no_midpoint() {
    for (told, expected) in [
        ("up_to GBP 500", pair("-", "500")),
        ("at_least GBP 500", pair("500", "-")),
        ("vague GBP 1000", pair("1000", "-")),
        ("exact GBP 500", pair("500", "500")),
    ] {
        assert_eq!(
            bounds(&one(&[document("a", "2025-09-14", "Post", &[pledge("Northwind", told)])])),
            expected,
            "{told}"
        );
    }
    let contested = one(&[
        document("a", "2025-09-14", "Post", &[pledge("Northwind", "exact GBP 500")]),
        document("b", "2025-09-15", "Herald", &[pledge("Northwind", "exact GBP 620")]),
    ]);
    assert_eq!(bounds(&contested), pair("500", "620"));
}

#[test]
fn rule_08_increment_and_total_agree_in_any_order() {
    let increment =
        with(pledge("Northwind", "exact GBP 1500"), json!({"amount_role": "increment", "novelty": "extension"}));
    let base = with(pledge("Northwind", "exact GBP 1000"), json!({"novelty": "restated"}));
    let total = with(pledge("Northwind", "exact GBP 2500"), json!({}));
    for (first, second) in [
        (vec![base.clone(), increment.clone()], vec![total.clone()]),
        (vec![increment.clone(), base.clone()], vec![total.clone()]),
        (vec![total.clone()], vec![base, increment]),
    ] {
        let commitment =
            one(&[document("a", "2025-09-14", "Post", &first), document("b", "2025-09-20", "Herald", &second)]);
        assert_eq!(bounds(&commitment), pair("2500", "2500"));
        assert!(commitment.conflicts.iter().all(|conflict| conflict.relation != MoneyRelation::Contradictory));
    }
}

#[test]
fn rule_08_a_later_larger_figure_of_one_origin_replaces_the_earlier_one() {
    let commitment = one(&[
        document("a", "2025-02-01", "Post", &[pledge("Northwind", "exact GBP 100")]),
        document("b", "2025-03-10", "Post", &[pledge("Northwind", "exact GBP 150")]),
    ]);
    assert_eq!(bounds(&commitment), pair("150", "150"));
    assert_eq!(commitment.status, Status::Revised);
}

#[test]
fn rule_08_envelopes_stand_apart_from_their_parts() {
    let envelope = with(
        pledge("US companies", "exact GBP 150000"),
        json!({"amount_role": "envelope", "total": true, "domains": []}),
    );
    let part = with(pledge("Southgate", "exact GBP 90000"), json!({"amount_role": "component"}));
    let books = books(&[document("a", "2025-09-18", "Post", &[envelope, part])]);
    let [a, b] = &books.commitments[..] else { panic!("{:#?}", books.commitments) };
    let (whole, part) = if a.envelope { (a, b) } else { (b, a) };
    assert!(whole.envelope && !part.envelope && whole.by.is_empty());
    assert_eq!((&part.part_of, &whole.parts), (&vec![whole.id.clone()], &vec![part.id.clone()]));
}

#[test]
fn rule_09_a_promise_over_years_is_one_sum_with_its_years() {
    let spread = with(pledge("Northwind", "exact GBP 500"), json!({"over": "P4Y", "from": "2025", "until": "2028"}));
    let commitment = one(&[document("a", "2025-09-18", "Post", &[spread])]);
    assert_eq!(bounds(&commitment), pair("500", "500"));
    assert_eq!((commitment.over.as_deref(), commitment.until.as_deref()), (Some("P4Y"), Some("2028")));
    // The Union and its members are separate.
    let books =
        books(&[document("a", "2025-09-18", "Post", &[pledge("EU", "exact EUR 500"), pledge("FR", "exact EUR 500")])]);
    assert_eq!(books.commitments.len(), 2);
}

#[test]
fn rule_10_the_last_named_source_is_the_origin() {
    let sourced = |sources: Value| with(pledge("Northwind", "exact GBP 500"), json!({"sources": sources}));
    let commitment = one(&[
        document("a", "2025-09-14", "Post", &[sourced(json!(["Reuters", "Sky News"]))]),
        document("b", "2025-09-14", "Herald", &[sourced(json!(["Sky News"]))]),
        document("c", "2025-09-15", "Sky News", &[sourced(json!([]))]),
    ]);
    assert_eq!(commitment.origins, [["Reuters", "Sky News"]]);
    assert_eq!(commitment.claims[0].origin, ["Post", "Reuters", "Sky News"]);
    assert_eq!(commitment.status, Status::Reported);
}

#[test]
fn rule_10_near_duplicate_texts_are_one_origin() {
    let text: String = (0..400).map(|at| format!("word{} ", at * at % 377)).collect();
    let mut a = document("a", "2025-09-14", "Post", &[pledge("Northwind", "exact GBP 500")]);
    let mut b = document("b", "2025-09-15", "Herald", &[pledge("Northwind", "exact GBP 500")]);
    assert_eq!(one(&[a.clone(), b.clone()]).origins.len(), 2);
    a.signature = Signature::of(&text);
    b.signature = Signature::of(&text[..text.len() * 2 / 3]);
    assert_eq!(one(&[a, b]).origins.len(), 1);
}

#[test]
fn rule_11_repeats_inside_a_document_are_no_corroboration() {
    let again = [
        pledge("Northwind", "exact GBP 500"),
        pledge("Northwind", "exact GBP 500"),
        pledge("Northwind", "about GBP 500"),
    ];
    let commitment = one(&[document("a", "2025-09-14", "Post", &again)]);
    assert_eq!((commitment.claims.len(), commitment.origins.len(), commitment.status), (3, 1, Status::Reported));
}

#[test]
fn rule_12_status_says_what_sources_add_up_to() {
    let first = document("a", "2025-09-14", "Post", &[pledge("Northwind", "exact GBP 500")]);
    let status =
        |publisher: &str, claim: Value| one(&[first.clone(), document("b", "2025-09-20", publisher, &[claim])]).status;
    assert_eq!(one(std::slice::from_ref(&first)).status, Status::Reported);
    assert_eq!(status("Herald", pledge("Northwind", "exact GBP 500")), Status::Corroborated);
    assert_eq!(status("Herald", pledge("Northwind", "exact GBP 600")), Status::Conflicting);
    assert_eq!(status("Post", pledge("Northwind", "exact GBP 600")), Status::Revised);
    let extended = with(pledge("Northwind", "exact GBP 600"), json!({"novelty": "extension"}));
    assert_eq!(status("Herald", extended), Status::Revised);
    let withdrawn = with(pledge("Northwind", ""), json!({"stage": "withdrawn"}));
    assert_eq!(status("Herald", withdrawn.clone()), Status::Withdrawn);
    let commitment = one(&[first.clone(), document("b", "2025-09-20", "Herald", &[withdrawn])]);
    assert_eq!(commitment.claims[1].relation, ClaimRelation::Withdraws);
}

#[test]
fn rule_13_as_of_a_day_answers_what_was_known_then() {
    let early = [
        document(
            "a",
            "2025-09-14",
            "Post",
            &[with(pledge("Northwind", "up_to GBP 500"), json!({"stage": "considered"}))],
        ),
        document("b", "2025-09-15", "Herald", &[pledge("Northwind", "exact USD 700")]),
    ];
    let then = serde_json::to_string(&as_of(&early, "2025-09-15")).unwrap();
    let mut all = early.to_vec();
    all.push(document(
        "c",
        "2025-10-01",
        "Herald",
        &[with(pledge("Northwind", "exact GBP 800"), json!({"novelty": "extension"}))],
    ));
    all.push(document("d", "2025-12-01", "Post", &[with(pledge("Northwind", ""), json!({"stage": "withdrawn"}))]));
    assert_eq!(then, serde_json::to_string(&as_of(&all, "2025-09-15")).unwrap());
    assert!(as_of(&all, "2025-09-13").commitments.is_empty());
    assert_eq!(as_of(&all, "2025-10-02").commitments[0].status, Status::Revised);
    // The world's clock: what was known of the signing, as of a day before it.
    let accord = |stage: &str, date: &str| json!({"kind": "agreement", "parties": ["GB", "US"], "domains": ["ai"], "stage": stage, "date": date});
    let told = [
        document("a", "2025-09-14", "Post", &[accord("to_be_signed", "2025-09-14")]),
        document("b", "2025-09-20", "Post", &[accord("signed", "2025-09-18")]),
    ];
    let held = reconcile(&told, &[], knowledge(), &AsOf { known: None, held: Some("2025-09-16".into()) });
    assert_eq!(held.agreements[0].stage.unwrap().word(), "to_be_signed");
}

#[test]
fn rule_14_stages_only_move_by_claims_and_silence_is_only_stale() {
    let at = |stage: &str| with(pledge("Northwind", "exact GBP 500"), json!({"stage": stage}));
    let mut documents = vec![
        document("a", "2020-01-10", "Post", &[at("announced")]),
        document("b", "2020-01-12", "Herald", &[at("considered")]),
        document("c", "2020-03-01", "Post", &[at("contracted")]),
    ];
    let commitment = one(&documents);
    assert_eq!(commitment.stage, Some(PledgeStage::Contracted));
    assert_eq!(commitment.stages.len(), 3);
    assert!(!commitment.stale);
    documents.push(document("z", "2025-01-01", "Courier", &[pledge("Southgate", "exact GBP 7")]));
    let books = books(&documents);
    let old = books.commitments.iter().find(|commitment| commitment.by == ["Northwind"]).unwrap();
    assert!(old.stale && old.stage == Some(PledgeStage::Contracted));
    documents.push(document("d", "2020-06-01", "Post", &[at("paused")]));
    documents.push(document("e", "2020-06-02", "Herald", &[at("announced")]));
    let paused = reconcile(&documents, &[], knowledge(), &AsOf { known: Some("2020-07-01".into()), held: None });
    assert_eq!(paused.commitments[0].stage, Some(PledgeStage::Paused), "old news does not resume what was paused");
    documents.push(document("f", "2020-09-01", "Post", &[at("under_way")]));
    let resumed = reconcile(&documents, &[], knowledge(), &AsOf { known: Some("2020-10-01".into()), held: None });
    assert_eq!(resumed.commitments[0].stage, Some(PledgeStage::UnderWay));
    assert_eq!(resumed.commitments[0].stages.last().unwrap().stage, Stage::Pledge(PledgeStage::UnderWay));
}

#[test]
fn rule_15_a_rejected_reading_counts_nowhere_until_the_decision_is_undone() {
    let documents = [
        document("a", "2025-09-14", "Post", &[pledge("Northwind", "exact GBP 500")]),
        document("b", "2025-09-15", "Herald", &[pledge("Northwind", "exact GBP 620")]),
    ];
    let before = books(&documents);
    let wrong = before.commitments[0].claims[1].id.clone();
    let reject = Decision::new("an analyst", "2026-01-15T10:00:00Z", "misread", Act::Reject { claim: wrong });
    let undo =
        Decision::new("another", "2026-01-15T11:00:00Z", "read rightly", Act::Undo { decision: reject.id.clone() });
    let redo = Decision::new("an analyst", "2026-01-15T12:00:00Z", "no", Act::Undo { decision: undo.id.clone() });
    let with = |decisions: &[Decision]| reconcile(&documents, decisions, knowledge(), &AsOf::default());
    assert_eq!(with(std::slice::from_ref(&reject)).commitments[0].status, Status::Reported);
    assert_eq!(with(&[undo.clone(), reject.clone()]), before);
    assert_eq!(with(&[redo, undo, reject]).commitments[0].claims.len(), 1);
}

fn accord(parties: &[&str], stage: &str, slots: Value) -> Value {
    with(json!({"kind": "agreement", "parties": parties, "domains": ["ai"], "stage": stage}), slots)
}

#[test]
fn rule_03_an_accord_of_states_is_theirs_whoever_is_named_with_them() {
    let told = [
        document("a", "2025-09-14", "Post", &[accord(&["GB", "US"], "to_be_signed", json!({}))]),
        document("b", "2025-09-15", "Herald", &[accord(&["London", "Washington"], "to_be_signed", json!({}))]),
        document("c", "2025-09-16", "Courier", &[accord(&["Google", "GB", "US"], "to_be_signed", json!({}))]),
        document("d", "2025-09-18", "Gazette", &[accord(&["Keir Starmer", "Donald Trump"], "signed", json!({}))]),
        document(
            "e",
            "2025-09-18",
            "Echo",
            &[
                accord(&["the two countries"], "signed", json!({})),
                accord(&["US", "GB"], "signed", json!({"domains": ["other"]})),
            ],
        ),
        document("f", "2025-12-16", "Echo", &[accord(&["White House", "GB"], "paused", json!({"domains": ["other"]}))]),
    ];
    let books = books(&told);
    let [accord] = &books.agreements[..] else { panic!("{:#?}", books.agreements) };
    assert_eq!(accord.parties, ["GB", "US"], "who is named beside the parties once is none");
    assert_eq!(accord.claims.len(), 7);
}

#[test]
fn rule_03_what_is_still_to_be_signed_is_not_what_was_signed_last_year() {
    let books = books(&[
        document("a", "2024-05-14", "Post", &[accord(&["GB", "US"], "signed", json!({}))]),
        document("b", "2024-10-20", "Herald", &[accord(&["GB", "US"], "to_be_signed", json!({}))]),
    ]);
    assert_eq!(books.agreements.len(), 2);
}

#[test]
fn rule_03_a_capital_among_firms_is_a_town_and_one_party_alone_proves_little() {
    let books = books(&[
        document("a", "2025-09-14", "Post", &[accord(&["London", "Northwind"], "signed", json!({}))]),
        document("b", "2025-09-15", "Herald", &[accord(&["GB", "Northwind"], "signed", json!({}))]),
        document("c", "2025-09-15", "Courier", &[accord(&["GB"], "signed", json!({"domains": []}))]),
        document("d", "2025-09-16", "Gazette", &[accord(&["GB"], "signed", json!({"domains": []}))]),
    ]);
    assert_eq!(books.agreements.len(), 4);
}

#[test]
fn rule_03_the_pledgers_own_country_is_no_other_place() {
    let told = |id: &str, day: &str, place: &str, sum: &str| {
        document(id, day, id, &[with(pledge("Microsoft", sum), json!({"place": [place]}))])
    };
    let commitment =
        one(&[told("a", "2025-09-16", "GB", "exact USD 30000"), told("b", "2025-09-17", "US", "exact GBP 22000")]);
    assert_eq!(commitment.claims.len(), 2);
    // Another figure, or another country, is another promise.
    for (place, sum) in [("US", "exact USD 40000"), ("FR", "exact USD 30000")] {
        let books = books(&[told("a", "2025-09-16", "GB", "exact USD 30000"), told("b", "2025-09-17", place, sum)]);
        assert_eq!(books.commitments.len(), 2, "{place} {sum}");
    }
}

#[test]
fn rule_04_a_group_of_firms_of_a_country_is_nobody() {
    let package = |by: &str| with(pledge(by, "exact GBP 31000"), json!({"amount_role": "envelope", "domains": []}));
    let commitment = one(&[
        document("a", "2025-09-18", "Post", &[package("American companies")]),
        document("b", "2025-09-18", "Herald", &[package("Amerikanische Unternehmen")]),
        document("c", "2025-09-19", "Courier", &[package("американські компанії")]),
    ]);
    assert!(commitment.by.is_empty() && commitment.envelope);
    let firm = one(&[document("a", "2025-09-18", "Post", &[pledge("American Airlines", "exact GBP 31")])]);
    assert_eq!(firm.by, ["American Airlines"]);
}

#[test]
fn rule_08_a_sum_that_one_source_calls_the_total_holds_the_increment() {
    let increment = with(pledge("Northwind", "exact GBP 1500"), json!({"amount_role": "increment"}));
    let total = with(pledge("Northwind", "exact GBP 2500"), json!({"amount_role": "total_to_date"}));
    let plain = |told: &str| pledge("Northwind", told);
    let commitment = one(&[
        document("a", "2025-09-17", "Post", &[increment]),
        document("b", "2025-09-18", "Herald", &[plain("exact GBP 2500")]),
        // Neither is called what it is; that they come to the total says it.
        document("c", "2025-09-18", "Courier", &[plain("exact GBP 1500"), plain("exact GBP 1000")]),
        document("d", "2025-09-19", "Gazette", &[total]),
    ]);
    assert_eq!(bounds(&commitment), pair("2500", "2500"));
}

#[test]
fn rule_14_a_look_back_takes_no_stage_back_and_no_stage_is_listed_twice() {
    let books = books(&[
        document("a", "2025-09-14", "Post", &[accord(&["GB", "US"], "to_be_signed", json!({"date": "2025-09-18"}))]),
        document("b", "2025-09-15", "Post", &[accord(&["GB", "US"], "to_be_signed", json!({"date": "2025-09-11"}))]),
        document("c", "2025-09-18", "Post", &[accord(&["GB", "US"], "signed", json!({"date": "2025-09-18"}))]),
        document("d", "2025-12-16", "Post", &[accord(&["GB", "US"], "paused", json!({}))]),
        document("e", "2025-12-17", "Echo", &[accord(&["GB", "US"], "signed", json!({"date": "2025-09"}))]),
        document("f", "2025-12-18", "Herald", &[accord(&["GB", "US"], "agreed", json!({"date": "2025-09"}))]),
    ]);
    let [accord] = &books.agreements[..] else { panic!("{:#?}", books.agreements) };
    let steps: Vec<_> =
        accord.stages.iter().map(|step| (step.stage.word(), step.day.as_str(), step.holds.as_deref())).collect();
    assert_eq!(
        steps,
        [
            ("to_be_signed", "2025-09-14", None),
            ("signed", "2025-09-18", Some("2025-09-18")),
            ("paused", "2025-12-16", None)
        ]
    );
    assert_eq!(accord.stage.unwrap().word(), "paused");
}

#[test]
fn rule_10_a_translated_reprint_is_one_origin() {
    let told = |id: &str, lang: &str, text: &str| DocumentRecord {
        lang: Some(lang.into()),
        signature: Signature::of(text),
        ..document(id, "2025-09-14", id, &[pledge("Northwind", "exact GBP 500")])
    };
    let english = "Northwind will invest £500 million, or $678 million, from 2026 to 2029. It has 1,250 staff, 14 sites and 3.5 million \
                   clients; sales rose 7.2 percent to £9.1 billion in 2024.";
    let spanish = "Northwind invertirá 500 millones de libras (678 millones de dólares) entre 2026 y 2029. Tiene 1.250 empleados, 14 sedes y \
                   3,5 millones de clientes; sus ventas crecieron un 7,2 % hasta 9.100 millones de libras en 2024.";
    let own = "In 2029 Northwind, which sold for £9.1 billion in 2024, will have put £500 million into 14 new sites. Its 1,250 staff were told on \
               Monday; 3.5 million clients will see no change. That is $678 million.";
    let origins = |documents: &[DocumentRecord]| one(documents).origins.len();
    assert_eq!(origins(&[told("Post", "en", english), told("El Espigón", "es", spanish)]), 1);
    assert_eq!(origins(&[told("Post", "en", english), told("Le Quai", "fr", own)]), 2);
}

#[test]
fn rule_14_a_halt_told_with_the_date_of_its_deal_came_when_it_was_told() {
    let told = |halted: &str, date: &str| {
        let books = books(&[
            document("a", "2025-09-18", "Post", &[accord(&["GB", "US"], "signed", json!({}))]),
            document("b", "2025-12-16", "Herald", &[accord(&["GB", "US"], halted, json!({"date": date}))]),
        ]);
        let [accord] = &books.agreements[..] else { panic!("{:#?}", books.agreements) };
        let last = accord.stages.last().unwrap();
        (last.stage.word().to_owned(), last.day.clone(), last.holds.clone())
    };
    let halt = |stage: &str, holds: Option<&str>| (stage.to_owned(), "2025-12-16".to_owned(), holds.map(str::to_owned));
    assert_eq!(told("paused", "2025-09"), halt("paused", None));
    assert_eq!(told("ended", "2025-09-18"), halt("ended", None));
    assert_eq!(told("paused", "2025-11"), halt("paused", Some("2025-11")));
    assert_eq!(told("ended", "2025-09-29"), halt("ended", Some("2025-09-29")));
}

#[test]
fn rule_03_a_joint_promise_is_also_told_by_its_first_pledger_alone() {
    let by = |by: &[&str], told: &str| with(pledge(by[0], told), json!({"by": by}));
    let post = document("a", "2025-09-14", "Post", &[by(&["Southgate", "Northwind"], "exact GBP 620")]);
    let joined = one(&[
        post.clone(),
        document("b", "2025-09-15", "Herald", &[by(&["Southgate"], "exact GBP 620")]),
        document(
            "c",
            "2025-09-16",
            "Courier",
            &[by(&["Southgate", "Northwind"], "exact GBP 620"), by(&["Northwind"], "exact GBP 620")],
        ),
    ]);
    assert_eq!(joined.by, ["Northwind", "Southgate"]);
    assert_eq!(joined.claims.len(), 4);
    for other in ["exact GBP 480", "about GBP 600", ""] {
        let apart = books(&[post.clone(), document("b", "2025-09-15", "Herald", &[by(&["Southgate"], other)])]);
        assert_eq!(apart.commitments.len(), 2, "{other}");
    }
    let second = books(&[post, document("b", "2025-11-30", "Herald", &[by(&["Northwind"], "exact GBP 620")])]);
    assert_eq!(second.commitments.len(), 2, "another's sum is another's");
}

#[test]
fn rule_03_firms_agree_whether_or_not_a_state_is_named_with_them() {
    let books = books(&[
        document("a", "2025-09-14", "Post", &[accord(&["FR", "Northwind", "Southgate"], "signed", json!({}))]),
        document("b", "2025-09-16", "Herald", &[accord(&["Northwind", "Southgate"], "signed", json!({}))]),
        document("c", "2025-09-18", "Courier", &[accord(&["Northwind", "Southgate"], "paused", json!({}))]),
        document("d", "2025-09-18", "Courier", &[accord(&["FR", "Northwind"], "signed", json!({}))]),
    ]);
    let [joint, other] = &books.agreements[..] else { panic!("{:#?}", books.agreements) };
    let [joint, other] = if joint.claims.len() > 1 { [joint, other] } else { [other, joint] };
    assert_eq!(
        (joint.parties.as_slice(), joint.claims.len()),
        (["Northwind".to_owned(), "Southgate".into()].as_slice(), 3)
    );
    assert_eq!(other.parties, ["FR", "Northwind"]);
}
