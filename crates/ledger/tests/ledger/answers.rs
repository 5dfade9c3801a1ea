//! Lists, sums, decisions, histories.

use crate::article::{article, ledger, newsroom, pledge};
use pledgebook_commitments::{Act, AsOf, MoneyRelation, Status, Subject};
use pledgebook_ledger::{Error, Filter, Ledger, NewDocument, Proof, Sqlite, SumBy, SumFilter};
use pledgebook_mentions::Currency;
use serde_json::json;

fn filled() -> Sqlite {
    let mut ledger = ledger();
    ledger.append(&newsroom()).unwrap();
    ledger
}

fn of(by: &str) -> Filter {
    Filter { by: vec![by.to_owned()], ..Filter::default() }
}

#[test]
fn each_pledgers_promise_is_one_commitment() {
    let ledger = filled();
    for (by, low, high, currency) in [
        ("Microsoft", Some("30000000000"), Some("30000000000"), "USD"),
        ("CoreWeave", Some("2500000000"), Some("2500000000"), "GBP"),
        ("Intel", Some("30000000000"), Some("30000000000"), "EUR"),
    ] {
        let list = ledger.commitments(&of(by)).unwrap();
        assert_eq!(list.len(), 1, "{by}: {list:#?}");
        let money = list[0].money.unwrap();
        let told = |value: Option<rust_decimal::Decimal>| value.map(|value| value.to_string());
        assert_eq!((told(money.low).as_deref(), told(money.high).as_deref()), (low, high), "{by}");
        assert_eq!(money.currency, Currency::new(currency));
    }
    let microsoft = &ledger.commitments(&of("Microsoft")).unwrap()[0];
    assert_eq!(microsoft.status, Status::Corroborated);
    assert_eq!(microsoft.conflicts[0].relation, MoneyRelation::Restated);
    assert_eq!(ledger.commitments(&of("Intel")).unwrap()[0].status, Status::Withdrawn);
}

#[test]
fn filters_and_as_of() {
    let ledger = filled();
    let count = |filter: Filter| ledger.commitments(&filter).unwrap().len();
    assert_eq!(count(Filter { domain: vec!["semiconductors".into()], ..Filter::default() }), 1);
    assert_eq!(count(Filter { place: vec!["GB".into()], ..Filter::default() }), count(Filter::default()) - 1);
    assert_eq!(count(Filter { status: vec![Status::Withdrawn], ..Filter::default() }), 1);
    assert_eq!(count(Filter { document: Some("a4".into()), ..Filter::default() }), 3);
    assert_eq!(count(Filter { limit: Some(2), ..Filter::default() }), 2);
    let then = AsOf { known: Some("2024-01-01".into()), held: None };
    let list = ledger.commitments(&Filter { as_of: then, ..Filter::default() }).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!(
        (list[0].by[0].as_str(), list[0].status, list[0].stage.unwrap().word()),
        ("Intel", Status::Reported, "contracted")
    );
}

#[test]
fn an_agreement_has_its_stages_on_their_days_and_its_pledges_beneath() {
    let ledger = filled();
    let list = ledger.agreements(&Filter::default()).unwrap();
    assert_eq!(list.len(), 1, "{list:#?}");
    let steps: Vec<(String, &str)> =
        list[0].stages.iter().map(|step| (step.stage.to_string(), step.day.as_str())).collect();
    let told: Vec<(&str, &str)> = steps.iter().map(|(stage, day)| (stage.as_str(), *day)).collect();
    assert_eq!(told, [("to_be_signed", "2025-09-17"), ("signed", "2025-09-18"), ("paused", "2025-12-16")]);
    assert_eq!(list[0].stage.unwrap().word(), "paused");
    assert_eq!(list[0].commitments.len(), 2);
}

#[test]
fn rule_08_sums_count_nothing_twice() {
    let ledger = filled();
    let sums = ledger
        .sums(&SumFilter {
            filter: Filter { place: vec!["GB".into()], ..Filter::default() },
            by: SumBy::All,
            currency: Currency::new("GBP"),
        })
        .unwrap();
    let [sum] = sums.as_slice() else { panic!("{sums:#?}") };
    assert_eq!(sum.left_out.len(), 1, "{sum:#?}");
    assert_eq!(sum.left_out[0].reason, "a sum over other commitments");
    // 90bn + 2.5bn + 0.5bn, Microsoft's 30bn dollars at the rate of its first day, Google's from its lowest to its highest figure.
    assert_eq!(sum.commitments, 5);
    assert!(sum.low > 119_000_000_000i64.into() && sum.high < 125_000_000_000i64.into(), "{sum:#?}");
    assert!(sum.low < sum.high);
}

#[test]
fn rule_15_decisions_are_taken_and_undone() {
    let mut ledger = filled();
    let before = serde_json::to_string(&ledger.commitments(&Filter::default()).unwrap()).unwrap();
    let coreweave = ledger.commitments(&of("CoreWeave")).unwrap().remove(0);
    let last = coreweave.claims.last().unwrap().id.clone();
    let acts = [
        Act::Reject { claim: last.clone() },
        Act::Split { claims: vec![last.clone()], from: Vec::new() },
        Act::Correct { claim: last.clone(), slot: "stage".into(), value: "delivered".into() },
        Act::Correct { claim: last.clone(), slot: "by".into(), value: serde_json::json!(["Nscale"]) },
        Act::NotSame { claim: coreweave.id.clone(), other: last.clone() },
        Act::SameName { name: "CoreWeave".into(), other: "Nscale".into() },
    ];
    for (at, act) in acts.into_iter().enumerate() {
        let time = format!("2026-01-15T10:0{at}:00Z");
        let decision = ledger.decide("an analyst", &time, "a test", act.clone()).unwrap();
        assert_ne!(before, serde_json::to_string(&ledger.commitments(&Filter::default()).unwrap()).unwrap(), "{act:?}");
        ledger
            .decide(
                "an analyst",
                &format!("2026-01-15T10:0{at}:30Z"),
                "undone",
                Act::Undo { decision: decision.id[..6].into() },
            )
            .unwrap();
        assert_eq!(before, serde_json::to_string(&ledger.commitments(&Filter::default()).unwrap()).unwrap(), "{act:?}");
    }
    let mut other = filled();
    let decisions = ledger.decisions().unwrap();
    assert_eq!(other.import(&decisions).unwrap(), 12);
    assert_eq!(other.import(&decisions).unwrap(), 0);
    assert!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults.is_empty());
}

#[test]
fn rule_15_decisions_hold_for_what_newer_rules_read_in_the_same_words() {
    let told = |id: &str, day: &str, by: &str, millions: i64| {
        article(id, day, id, &[pledge(by, "GB", "ai", millions, "GBP", "announced")])
    };
    let (old, other) = (told("a", "2025-09-14", "Northwind", 100), told("b", "2025-09-15", "Southgate", 300));
    // Newer rules read another stage in the same words, so that the claim has another id.
    let newer = |old: &NewDocument| {
        let mut value = serde_json::to_value(&old.claims[0]).unwrap();
        value["stage"] = json!("contracted");
        NewDocument::new(old.document.clone(), vec![serde_json::from_value(value).unwrap()], "2026-02-01", "rules@2")
    };
    // How many commitments are left, and what was decided.
    type Decided = (usize, fn(&str, &str) -> Act);
    let acts: [Decided; 3] = [
        (1, |a, _| Act::Reject { claim: a.into() }),
        (2, |a, _| Act::Correct { claim: a.into(), slot: "place".into(), value: json!(["FR"]) }),
        (1, |a, b| Act::Same { claim: a.into(), other: b.into() }),
    ];
    for (left, act) in acts {
        let mut ledger = ledger();
        ledger.append(&[old.clone(), other.clone()]).unwrap();
        let books = ledger.commitments(&Filter::default()).unwrap();
        let id = |by: &str| books.iter().find(|one| one.by == [by]).unwrap().id.clone();
        let (a, b) = (id("Northwind"), id("Southgate"));
        let decision = ledger.decide("an analyst", "2026-01-15T10:00:00Z", "a test", act(&a, &b)).unwrap();
        let faults = |ledger: &Sqlite| ledger.verify(&mut |_| Proof::Unproved).unwrap().faults;
        // What is decided before a newer reading, and what is decided after it, come to the same.
        ledger.append(&[newer(&old)]).unwrap();
        assert_eq!(faults(&ledger), Vec::<String>::new());
        let mut fresh = crate::article::ledger();
        fresh.append(&[newer(&old), other.clone()]).unwrap();
        let undecided = fresh.commitments(&Filter::default()).unwrap();
        let moved = undecided.iter().find(|one| one.by == ["Northwind"]).unwrap().id.clone();
        assert_ne!(moved, a);
        fresh.decide("an analyst", "2026-01-15T10:00:00Z", "a test", act(&moved, &b)).unwrap();
        let told = |ledger: &Sqlite| {
            let all = ledger.commitments(&Filter::default()).unwrap();
            all.iter()
                .map(|one| (one.id.clone(), one.by.clone(), one.place.clone(), one.claims.len()))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(&ledger), told(&fresh));
        assert_eq!(told(&ledger).len(), left);
        assert_eq!(told(&ledger).iter().any(|one| one.2 == ["FR"]), left == 2);
        ledger.append(&[newer(&other)]).unwrap();
        assert_eq!(faults(&ledger), Vec::<String>::new());
        ledger.decide("an analyst", "2026-01-16T10:00:00Z", "undone", Act::Undo { decision: decision.id }).unwrap();
        assert_eq!(faults(&ledger), Vec::<String>::new());
        assert_eq!(ledger.commitments(&Filter::default()).unwrap().len(), 2);
    }
}

#[test]
fn rule_04_decisions_about_names_last() {
    let mut ledger = ledger();
    ledger
        .append(&[
            article(
                "x",
                "2025-05-01",
                "Daily",
                &[pledge("Hüttenwerke Saar", "DE", "manufacturing", 700, "EUR", "planned")],
            ),
            article(
                "y",
                "2025-05-02",
                "Weekly",
                &[pledge("Saar Steelworks", "DE", "manufacturing", 700, "EUR", "planned")],
            ),
        ])
        .unwrap();
    assert_eq!(ledger.commitments(&Filter::default()).unwrap().len(), 2);
    let same = Act::SameName { name: "Hüttenwerke Saar".into(), other: "Saar Steelworks".into() };
    ledger.decide("an analyst", "2026-01-15T10:00:00Z", "its English name", same).unwrap();
    assert_eq!(ledger.commitments(&Filter::default()).unwrap().len(), 1);
    let later = article(
        "z",
        "2025-05-03",
        "Monthly",
        &[pledge("Saar Steelworks", "DE", "manufacturing", 700, "EUR", "announced")],
    );
    ledger.append(&[later]).unwrap();
    let list = ledger.commitments(&of("Saar Steelworks")).unwrap();
    assert_eq!((list.len(), list[0].claims.len()), (1, 3));
    assert!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults.is_empty());
}

#[test]
fn ids_are_found_by_their_beginning_and_by_any_claim() {
    let ledger = filled();
    let coreweave = ledger.commitments(&of("CoreWeave")).unwrap().remove(0);
    for claim in &coreweave.claims {
        let Subject::Commitment(shown) = ledger.show(&claim.id, &AsOf::default()).unwrap() else { panic!() };
        assert_eq!(*shown, coreweave);
    }
    assert!(matches!(ledger.show("", &AsOf::default()), Err(Error::Unknown { .. })));
    assert!(matches!(ledger.show("zz", &AsOf::default()), Err(Error::Unknown { .. })));
}

#[test]
fn documents_are_listed_found_and_given_back() {
    let ledger = filled();
    assert_eq!(ledger.documents().unwrap().len(), 10);
    let found = ledger.search("coreweave invest", 10).unwrap();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(ledger.search("\"AND OR (", 10).unwrap().is_empty());
    let stored = ledger.document("a4").unwrap();
    let whole = newsroom().remove(3);
    assert_eq!(stored.document, whole.document);
    assert_eq!(stored.claims.len(), whole.claims.len());
    assert!(matches!(ledger.document("nothing"), Err(Error::Unknown { .. })));
}

#[test]
fn what_changed_between_two_days() {
    let ledger = filled();
    let diff = ledger.diff("2025-09-18", "2026-01-01").unwrap();
    let accord = diff.changes.iter().find(|change| change.kind == "agreement").unwrap();
    let stage = accord.slots.iter().find(|slot| slot.slot == "stage").unwrap();
    assert_eq!((stage.before.as_str(), stage.after.as_str(), accord.new), (Some("signed"), Some("paused"), false));
    assert!(diff.changes.iter().any(|change| change.new && change.by == ["Blackstone"]));
    assert!(ledger.diff("2026-01-01", "2026-01-01").unwrap().changes.is_empty());
}

#[test]
fn releases_are_numbered_and_their_hash_depends_on_contents_alone() {
    let mut first = filled();
    let mut second = ledger();
    for document in newsroom().iter().rev() {
        second.append(std::slice::from_ref(document)).unwrap();
    }
    let a = first.release("2026-01-15T12:00:00Z", "first").unwrap();
    let b = second.release("2026-01-16T12:00:00Z", "the same").unwrap();
    assert_eq!((a.number, &a.hash, a.counts), (1, &b.hash, b.counts));
    assert_eq!(first.release("2026-01-17T12:00:00Z", "second").unwrap().number, 2);
    assert_eq!(first.releases().unwrap().len(), 2);
}
