//! Stories: what several articles add up to, as text. `stories/NNNN-name/` holds `story.md` (what it shows, and which annotated
//! documents of `gold/` it is of, or articles of its own with their claims) and `ledger.txt`, the ledger that they must give.
//!
//! `BLESS=1 cargo test -p pledgebook-commitments --test stories` writes the ledgers anew; read what changed before committing it.
#![allow(clippy::unwrap_used)] // Nothing but tests: a failure is told by its panic.

use pledgebook_claims::DocumentClaims;
use pledgebook_commitments::{AsOf, Bounds, DocumentRecord, Knowledge, Signature, reconcile};
use pledgebook_lexicon::Data;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn lines(path: &Path) -> Vec<DocumentClaims> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The annotated documents of a group of `gold/`.
fn group(name: &str) -> Vec<DocumentClaims> {
    let mut found = Vec::new();
    for part in ["dev", "train"] {
        let Ok(folder) = std::fs::read_dir(root().join("gold").join(part)) else { continue };
        let mut files: Vec<PathBuf> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "jsonl")) {
            let text = std::fs::read_to_string(file).unwrap();
            let wanted = text.lines().filter(|line| {
                serde_json::from_str::<serde_json::Value>(line).is_ok_and(|value| value["group"] == name)
            });
            found.extend(wanted.map(|line| serde_json::from_str::<DocumentClaims>(line).unwrap()));
        }
    }
    found
}

/// The documents of a story: those of the groups that `story.md` names, and its own.
fn documents(folder: &Path) -> Vec<DocumentRecord> {
    let story = std::fs::read_to_string(folder.join("story.md")).unwrap();
    let groups = story.lines().filter_map(|line| line.strip_prefix("gold: "));
    let mut all: Vec<DocumentClaims> = groups.flat_map(|names| names.split(' ')).flat_map(group).collect();
    all.extend(lines(&folder.join("claims.jsonl")));
    assert!(!all.is_empty(), "{} has no documents", folder.display());
    let record = |document: DocumentClaims| {
        let text = std::fs::read_to_string(folder.join(format!("{}.txt", document.id))).unwrap_or_default();
        for claim in document.claims.iter().filter(|_| !text.is_empty()) {
            assert!(
                text.contains(&claim.evidence),
                "{}: {} does not say: {}",
                folder.display(),
                document.id,
                claim.evidence
            );
        }
        DocumentRecord {
            id: document.id,
            published: document.published,
            read: "2026-01-15".into(),
            publisher: document.publisher,
            url: document.url,
            lang: document.lang,
            title: None,
            signature: Signature::of(&text),
            claims: document.claims,
        }
    };
    all.into_iter().map(record).collect()
}

fn bounds(money: Option<Bounds>) -> String {
    let Some(money) = money else { return "no sum".into() };
    let code = money.currency.map_or_else(String::new, |currency| format!("{currency} "));
    match (money.low, money.high) {
        (Some(low), Some(high)) if low == high => format!("{code}{low}"),
        (Some(low), Some(high)) => format!("{code}{low} to {high}"),
        (None, Some(high)) => format!("up to {code}{high}"),
        (Some(low), None) => format!("at least {code}{low}"),
        (None, None) => "no sum".into(),
    }
}

fn origins(origins: &[Vec<String>]) -> String {
    origins.iter().map(|chain| chain.join(" ← ")).collect::<Vec<_>>().join(" | ")
}

fn told(documents: &[DocumentRecord], knowledge: &Knowledge) -> String {
    let books = reconcile(documents, &[], knowledge, &AsOf::default());
    let name = |id: &String| {
        let commitment = books.commitments.iter().find(|commitment| commitment.id == *id);
        commitment.map_or_else(String::new, |commitment| {
            format!(
                "{}, {}",
                if commitment.by.is_empty() { "nobody named".into() } else { commitment.by.join(" + ") },
                bounds(commitment.money)
            )
        })
    };
    let mut blocks: Vec<(String, String)> = Vec::new();
    for commitment in &books.commitments {
        let by = if commitment.by.is_empty() { "nobody named".to_owned() } else { commitment.by.join(" + ") };
        let mut text = format!(
            "COMMITMENT  {by} · {} · {} · {}\n  {} · {}",
            commitment.place.join(", "),
            commitment.domains.join(", "),
            bounds(commitment.money),
            commitment.stage.map_or("no stage", |stage| stage.word()),
            commitment.status
        );
        if commitment.envelope {
            text.push_str(" · envelope");
        }
        writeln!(text, " · {}", origins(&commitment.origins)).unwrap();
        for whole in &commitment.part_of {
            writeln!(text, "  part of {}", name(whole)).unwrap();
        }
        for thing in &commitment.things {
            writeln!(text, "  {} {}", thing.max.or(thing.min).unwrap_or_default().normalize(), thing.unit).unwrap();
        }
        for conflict in &commitment.conflicts {
            writeln!(text, "  {}: {}", conflict.relation, conflict.why).unwrap();
        }
        for claim in &commitment.claims {
            let stage = claim.stage.map_or_else(String::new, |stage| stage.to_string());
            writeln!(text, "  - {} {} [{stage}] {}: {}", claim.day, claim.document, claim.relation, claim.why).unwrap();
        }
        blocks.push((format!("1 {by} {} {text}", commitment.first_known), text));
    }
    for agreement in &books.agreements {
        let mut text = format!(
            "AGREEMENT  {} · {} · {}\n  {} · {} · {}\n",
            agreement.parties.join(" · "),
            agreement.name.as_deref().unwrap_or("without a name"),
            agreement.domains.join(", "),
            agreement.stage.map_or("no stage", |stage| stage.word()),
            agreement.status,
            origins(&agreement.origins)
        );
        for step in &agreement.stages {
            writeln!(
                text,
                "  {} {}{}",
                step.day,
                step.stage,
                step.holds.as_deref().map_or_else(String::new, |day| format!(" (of {day})"))
            )
            .unwrap();
        }
        if !agreement.delegation.is_empty() {
            writeln!(text, "  with {}", agreement.delegation.join(", ")).unwrap();
        }
        let mut beneath: Vec<String> = agreement.commitments.iter().map(name).collect();
        beneath.sort();
        for commitment in beneath {
            writeln!(text, "  commitment: {commitment}").unwrap();
        }
        for claim in &agreement.claims {
            writeln!(text, "  - {} {}: {}", claim.day, claim.document, claim.why).unwrap();
        }
        blocks.push((format!("0 {} {text}", agreement.first_known), text));
    }
    blocks.sort();
    blocks.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
}

#[test]
fn stories_give_the_ledgers_written_beside_them() {
    let knowledge = Knowledge::load(&Data::embedded()).unwrap();
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root().join("stories"))
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("story.md").exists())
        .collect();
    folders.sort();
    assert!(!folders.is_empty());
    let mut stale = Vec::new();
    for folder in folders {
        let mut documents = documents(&folder);
        let told_once = told(&documents, &knowledge);
        documents.reverse();
        assert_eq!(
            told_once,
            told(&documents, &knowledge),
            "{}: the order of articles must not matter",
            folder.display()
        );
        let path = folder.join("ledger.txt");
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &told_once).unwrap();
        } else if expected != told_once {
            let differs = expected.lines().zip(told_once.lines()).find(|(a, b)| a != b);
            stale.push(format!("{}: {differs:?}", folder.display()));
        }
    }
    assert!(stale.is_empty(), "{}", stale.join("\n"));
}
