//! The scorer against figures that another implementation of the same rules printed.

use pledgebook_answers::eval::{Claims, Report};
use serde_json::Value;
use std::{fs, path::Path, process::Command};

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn load(part: &str) -> Vec<Claims> {
    let mut paths: Vec<_> = fs::read_dir(root().join("gold").join(part))
        .expect("gold is in the tree")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    paths.sort();
    let lines = paths.iter().map(|path| fs::read_to_string(path).expect("gold is UTF-8"));
    lines
        .flat_map(|text| {
            text.lines().map(|line| serde_json::from_str(line).expect("gold is JSON")).collect::<Vec<Claims>>()
        })
        .collect()
}

/// Readings that are wrong in many ways, the same each time: claims left out, doubled, without aliases, with other values.
fn spoilt(gold: &[Claims]) -> Vec<Claims> {
    let mut state = 11usize;
    let mut chance = |of: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33).is_multiple_of(of)
    };
    let mut read = gold.to_vec();
    for document in &mut read {
        let extra = document.claims.first().cloned().filter(|_| chance(2));
        document.claims.retain(|_| !chance(5));
        document.claims.extend(extra);
        for claim in &mut document.claims {
            claim.remove("alt");
            if chance(2) {
                claim.remove("aliases");
            }
            for (slot, value) in claim.iter_mut().filter(|(slot, _)| *slot != "kind" && *slot != "aliases") {
                if !chance(8) {
                    continue;
                }
                match value {
                    Value::String(text) => *text = text.chars().take(text.chars().count() / 2).collect(),
                    Value::Array(values) => drop((!values.is_empty()).then(|| values.remove(0))),
                    Value::Object(_) => *value = Value::Null,
                    Value::Null if slot != "money" => *value = Value::String("x".to_owned()),
                    _ => {}
                }
            }
        }
    }
    read
}

fn report(gold: &[Claims], read: &[Claims]) -> Report {
    Report::new(gold, |id| read.iter().find(|document| document.id == id))
}

#[test]
fn a_perfect_reading_has_full_marks_and_no_reading_none() {
    let gold = load("dev");
    let perfect = report(&gold, &gold);
    assert_eq!(perfect.count("all", "micro").f1(), 1.0);
    assert!(perfect.faults.is_empty());
    let nothing = report(&gold, &[]);
    assert_eq!((nothing.count("all", "micro").recall(), nothing.count("all", "micro").read), (0.0, 0));
}

#[test]
fn each_rule_of_matching_counts_as_documented() {
    let gold: Claims = serde_json::from_value(serde_json::json!({"id": "d", "lang": "fr", "claims": [
        {"kind": "pledge", "by": ["BlackRock"], "place": ["GB"], "stage": "considered", "evidence": "a b c d", "sources": [],
         "money": {"min": null, "max": 500000000, "currency": "GBP", "qualifier": "up_to"},
         "restated": [{"min": 678000000, "max": 678000000, "currency": "USD", "qualifier": "about"}]},
        {"kind": "agreement", "parties": ["GB", "US"], "evidence": "e f", "stage": "agreed", "sources": []},
        {"kind": "role", "person": "Liz Kendall", "title": "ministre de la Science", "organisation": "GB", "evidence": "g h"},
        {"kind": "statement", "speaker": "Kyiv", "quote": "one two three four", "evidence": "i j",
         "aliases": {"Kyiv": ["Київ"]}},
        {"kind": "presence", "who": ["Anthropic"], "place": ["London"], "evidence": "k l",
         "alt": [{"slot": "optional", "value": true}]},
    ]}))
    .expect("claims");
    let read: Claims = serde_json::from_value(serde_json::json!({"id": "d", "claims": [
        // The restated figure within one per cent is the same money; the stage is another one.
        {"kind": "pledge", "by": ["BlackRock Inc."], "place": ["GB", "US"], "stage": "planned", "evidence": "z", "sources": [],
         "money": {"min": 675000000, "max": 675000000, "currency": "USD", "qualifier": "exact"}},
        // Two parties are needed.
        {"kind": "agreement", "parties": ["GB", "FR"], "evidence": "e f", "stage": "signed"},
        {"kind": "role", "person": "Kendall", "title": "ministre de la Santé", "organisation": null, "evidence": "g h"},
        {"kind": "statement", "speaker": "Київ", "quote": "two three four five", "evidence": "i j"},
        // An optional claim neither helps nor hurts.
        {"kind": "presence", "who": ["Anthropic"], "place": ["London"], "evidence": "k l"},
        {"kind": "dream", "who": ["Nobody"]},
    ]}))
    .expect("claims");
    let report = report(&[gold], &[read]);
    let counts = ["pledge", "agreement", "role", "statement", "presence", "micro"].map(|kind| {
        let count = report.count("fr", kind);
        (count.gold, count.read, count.right)
    });
    assert_eq!(counts, [(1, 1, 1), (1, 1, 0), (1, 1, 1), (1, 1, 1), (0, 0, 0), (4, 4, 3)]);
    let slots: Vec<(&str, f64)> = report.slots().collect();
    assert!(slots.contains(&("pledge.stage", 0.0)) && slots.contains(&("pledge.place", 1.0)), "{slots:?}");
    assert_eq!(report.faults.len(), 2);
}

#[test]
fn parties_are_right_where_all_and_nobody_else_are_listed() {
    let claims = |parties: &[&str]| -> Claims {
        let claim = serde_json::json!({"kind": "agreement", "parties": parties, "evidence": "e f", "stage": "agreed"});
        serde_json::from_value(serde_json::json!({"id": "d", "lang": "en", "claims": [claim]})).expect("claims")
    };
    for (listed, right) in [(&["US", "GB"][..], 1.0), (&["GB", "US", "OpenAI"], 0.0), (&["GB", "US", "FR"], 0.0)] {
        let report = report(&[claims(&["GB", "US"])], &[claims(listed)]);
        let slots: Vec<(&str, f64)> = report.slots().collect();
        assert_eq!(report.count("en", "agreement").right, 1, "{listed:?}");
        assert!(slots.contains(&("agreement.parties", right)), "{listed:?}: {slots:?}");
    }
}

#[test]
fn figures_are_those_of_the_reference_scorer() {
    let gold = load("dev");
    let read = spoilt(&gold);
    let figures = report(&gold, &read).to_string();
    // The reference does not look at whole lists of parties.
    let figures: String = figures.split_inclusive('\n').filter(|line| !line.contains("agreement.parties")).collect();
    let scorer = root().join("../shared/score/score_claims.py");
    if !scorer.is_file() {
        println!("skipped: the reference scorer is not here");
        return;
    }
    let path = std::env::temp_dir().join(format!("pledgebook-eval-{}.jsonl", std::process::id()));
    let lines: Vec<String> = read
        .iter()
        .map(|document| serde_json::json!({ "id": document.id, "claims": document.claims }).to_string())
        .collect();
    fs::write(&path, lines.join("\n")).expect("written");
    let mut command = Command::new("python3");
    command.arg(scorer);
    for code in ["de", "en", "es", "fr", "it", "uk"] {
        command.arg(root().join(format!("gold/dev/{code}.jsonl")));
    }
    let Ok(output) = command.arg("--pred").arg(&path).output() else {
        println!("skipped: there is no python3");
        return;
    };
    fs::remove_file(&path).expect("removed");
    assert_eq!(figures, String::from_utf8_lossy(&output.stdout), "{}", String::from_utf8_lossy(&output.stderr));
}
