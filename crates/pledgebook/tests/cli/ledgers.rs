use super::{ARTICLE, folder, run};
use std::fs;

#[test]
fn the_demo_fits_a_screen_and_its_next_steps_work() {
    let folder = folder();
    let demo = run(folder.path(), &["demo"]);
    assert_eq!(demo.code, Some(0), "{}", demo.stderr);
    assert!(demo.stdout.lines().count() <= 40, "{}", demo.stdout);
    assert!(demo.stdout.starts_with("Read 6 articles (4 French, 2 English) in "), "{}", demo.stdout);
    for step in ["conflicts", "commitments", "agreements", "documents"] {
        let next = run(folder.path(), &[step, "--ledger", "demo"]);
        assert_eq!(next.code, Some(0), "{step}: {}", next.stderr);
    }
    assert!(fs::read_dir(folder.path()).expect("read").count() == 1, "the demo leaves no file behind");
}

#[test]
fn reading_the_same_again_changes_nothing() {
    let folder = folder();
    let read = ["read", "good.txt", "--ledger", "l.db", "--format", "jsonl"];
    let first = run(folder.path(), &read);
    assert!(first.stderr.contains("l.db: 1 new document"), "{}", first.stderr);
    let ask = ["commitments", "--ledger", "l.db", "--format", "json"];
    let before = run(folder.path(), &ask).stdout;
    let second = run(folder.path(), &read);
    assert!(
        second.stderr.contains("0 new documents") && second.stderr.contains("1 known already"),
        "{}",
        second.stderr
    );
    assert_eq!(run(folder.path(), &ask).stdout, before);
}

#[test]
fn a_dry_run_leaves_no_ledger() {
    let folder = folder();
    let dry = run(folder.path(), &["read", "good.txt", "--ledger", "l.db", "--dry-run"]);
    assert_eq!(dry.code, Some(0), "{}", dry.stderr);
    assert!(!folder.path().join("l.db").exists());
}

#[test]
fn a_ledger_answers_as_of_a_day() {
    let folder = folder();
    for (id, day) in [("early", "2025-01-05"), ("late", "2025-06-05")] {
        let text = format!("---\npublished: {day}\n---\n# A deal for {id}\n\n{ARTICLE}");
        fs::write(folder.path().join(format!("{id}.md")), text).expect("written");
    }
    let read = run(folder.path(), &["read", "early.md", "late.md", "--ledger", "l.db", "--quiet"]);
    assert_eq!(read.code, Some(0), "{}", read.stderr);
    let known =
        |day: &str| run(folder.path(), &["commitments", "--ledger", "l.db", "--as-of", day, "--format", "json"]).stdout;
    assert_eq!(known("2024-12-31"), "[]\n");
}

#[test]
fn a_ledger_can_be_searched_verified_copied_and_released() {
    let folder = folder();
    run(folder.path(), &["read", "good.txt", "--ledger", "l.db", "--quiet"]);
    let ask = |arguments: &[&str]| {
        let run = run(folder.path(), &[arguments, &["--ledger", "l.db"]].concat());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        run
    };
    let found = ask(&["search", "Type-26 \"frigates\" BAE", "--format", "csv"]).stdout;
    assert!(found.contains("\ngood,"), "{found}");
    assert!(ask(&["search", "submarines"]).stdout.is_empty());
    assert!(ask(&["verify"]).stderr.contains("everything follows"));
    ask(&["sums", "--each", "pledger", "--currency", "EUR"]);
    ask(&["diff", "--from", "2024-01-01", "--to", "2025-12-31", "--format", "json"]);
    let release = ask(&["releases", "--make", "first", "--format", "jsonl"]).stdout;
    assert_eq!(ask(&["releases", "--format", "jsonl"]).stdout, release);
    ask(&["compact"]);
    ask(&["backup", "copy.db"]);
    let documents = ask(&["documents", "--format", "json"]).stdout;
    let copied = run(folder.path(), &["documents", "--ledger", "copy.db", "--format", "json"]);
    assert_eq!(copied.stdout, documents, "{}", copied.stderr);
}
