use super::{ARTICLE, folder, run, run_with};
use std::{fs, path::Path};

#[test]
fn jsonl_is_the_documented_form() {
    let folder = folder();
    let run = run(folder.path(), &["read", "good.txt", "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let line: serde_json::Value = serde_json::from_str(&run.stdout).expect("one JSON object a line");
    let keys: Vec<&String> = line.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["id", "lang", "published", "publisher", "url", "claims"]);
    assert_eq!((line["id"].as_str(), line["lang"].as_str()), (Some("good"), Some("en")));
    for claim in line["claims"].as_array().expect("claims") {
        let (start, end) = (claim["span"][0].as_u64().expect("start"), claim["span"][1].as_u64().expect("end"));
        let quoted: String = ARTICLE.chars().skip(start as usize).take((end - start) as usize).collect();
        assert_eq!(claim["evidence"], quoted, "the span quotes the evidence letter for letter");
    }
}

#[test]
fn documents_come_in_the_order_of_the_inputs_whatever_core_reads_them() {
    let folder = folder();
    let lines: String = (0..1_500)
        .map(|n| format!("{{\"id\": {n}, \"text\": {:?}, \"published\": \"2025-09-01\"}}\n", ARTICLE.repeat(n % 7 + 1)))
        .collect();
    let run = run_with(folder.path(), &["read", "-", "good.txt", "--format", "jsonl"], &lines);
    let ids: Vec<String> = run
        .stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["id"].as_str().expect("id").to_owned()
        })
        .collect();
    let expected: Vec<String> = (0..1_500).map(|n| n.to_string()).chain(["good".to_owned()]).collect();
    assert_eq!(ids, expected);
}

#[test]
fn what_documents_do_not_say_can_be_given() {
    let folder = folder();
    fs::write(folder.path().join("note.md"), "---\npublished: 2024-02-03\n---\nThe firm will build a plant.\n")
        .expect("written");
    fs::write(folder.path().join("bare.txt"), "The firm will build a plant.\n").expect("written");
    let arguments = ["read", "note.md", "bare.txt", "--published", "2025-01-02", "--lang", "en", "--format", "jsonl"];
    let run = run(folder.path(), &arguments);
    let days: Vec<String> = run
        .stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).expect("JSON")["published"]
                .as_str()
                .expect("day")
                .to_owned()
        })
        .collect();
    assert_eq!(days, ["2024-02-03", "2025-01-02"]);
}

#[test]
fn every_format_is_printed() {
    let folder = folder();
    for (format, start) in
        [("table", "good  "), ("json", "[\n{\"id\":\"good\""), ("jsonl", "{\"id\":\"good\""), ("csv", "document,")]
    {
        let run = run(folder.path(), &["read", "good.txt", "--format", format]);
        assert!(run.stdout.starts_with(start), "{format}: {}", run.stdout);
    }
    assert_eq!(run(folder.path(), &["read", "good.txt", "--quiet"]).stdout, "");
    let said = "\"We will build it here,\" said Anna Holm, chief executive of Northgate Energy.";
    let explained = run_with(folder.path(), &["read", "-", "--explain", "--lang", "en"], said).stdout;
    assert!(explained.contains("confidence") && explained.contains("Anna Holm"), "{explained}");
}

#[test]
fn mentions_are_printed_by_kind() {
    let folder = folder();
    let run = run_with(
        folder.path(),
        &["mentions", "-", "--kind", "money,time", "--format", "jsonl"],
        "{\"id\": \"x\", \"lang\": \"en\", \"text\": \"Up to £500 million by 2030.\", \"reference_date\": \"2025-09-14T00:00:00\"}",
    );
    let line: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let kinds: Vec<&str> =
        line["mentions"].as_array().expect("list").iter().filter_map(|m| m["kind"].as_str()).collect();
    assert_eq!(kinds, ["money", "time"], "{}", run.stdout);
    assert_eq!(line["mentions"][0]["max"], 500_000_000);
    assert_eq!(line["mentions"][0]["qualifier"], "up_to");
}

#[test]
fn the_rules_behind_a_mention_are_a_tree() {
    let folder = folder();
    let said = "Sie zahlen bis zu 2,5 Milliarden Euro, zwischen 30 und 50 Millionen davon im Mai 2026.";
    let run = run_with(folder.path(), &["mentions", "-", "--lang", "de", "--kind", "money,time", "--explain"], said);
    let wanted = [
        "  money   2,5 Milliarden Euro  = up to €2.5bn",
        "          <number> <currency>",
        "          ├ bis zu  up_to",
        "          ├ 2,5 Milliarden  <digits> <scale> = 2500000000",
        "          │ ├ 2,5  <digits>",
        "          │ └ Milliarden  times 1000000000",
        "          └ Euro  currency EUR",
        "  money   30 und 50 Millionen  = €30–50m",
        "          <number> <scale>",
        "          └ 30 und 50 Millionen  <number> to <number>",
        "            ├ 30  <digits> = 30",
        "            └ 50 Millionen  <digits> <scale> = 50000000",
        "              ├ 50  <digits>",
        "              └ Millionen  times 1000000",
        "  time    im Mai 2026  = 2026-05",
        "          <month> <year>",
        "          ├ Mai  month",
        "          └ 2026  <digits>",
    ];
    let printed: Vec<&str> = run.stdout.lines().skip(1).filter(|line| !line.is_empty()).collect();
    assert_eq!(printed, wanted, "{}", run.stderr);
}

#[test]
fn eval_reads_annotated_documents_beside_their_texts() {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gold/fresh");
    let run = run(&gold, &["eval", "."]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.starts_with("-- all\n"), "{}", run.stdout);
    assert!(run.stdout.contains("-- uk\n") && run.stdout.contains("-- slots of matched claims"), "{}", run.stdout);
}
