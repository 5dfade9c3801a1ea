//! `entities` and watch-lists as a user sees them. All names are invented.

use super::run;
use std::fs;

fn column(text: &str, name: &str) -> Option<String> {
    text.lines().find(|line| line.starts_with(name)).map(str::to_owned)
}

#[test]
fn entities_are_listed_shown_merged_and_parted_again() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("a.txt"),
        "Halden Shipping said on Monday it would invest £20 million in Larne.\n\nNorwegian-owned Halden Lines will invest \
         £30 million in Larne.\n",
    )
    .expect("written");
    let read = ["read", "a.txt", "--lang", "en", "--published", "2025-03-01", "--ledger", "l.db", "--quiet"];
    assert_eq!(run(folder.path(), &read).code, Some(0));
    let list = run(folder.path(), &["entities", "--ledger", "l.db"]).stdout;
    assert!(column(&list, "Halden Shipping").is_some() && column(&list, "Halden Lines").is_some(), "{list}");
    let shown = run(folder.path(), &["entities", "show", "Halden Shipping", "--ledger", "l.db"]).stdout;
    assert!(shown.contains("other: Halden Lines"), "{shown}");
    let merge = [
        "entities",
        "merge",
        "Halden Shipping",
        "Halden Lines",
        "--ledger",
        "l.db",
        "--author",
        "me",
        "--reason",
        "renamed",
    ];
    let merged = run(folder.path(), &merge);
    assert_eq!(merged.code, Some(0), "{}", merged.stderr);
    let list = run(folder.path(), &["entities", "--ledger", "l.db", "--format", "json"]).stdout;
    let bearers: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    let halden: Vec<&serde_json::Value> = bearers
        .as_array()
        .expect("a list")
        .iter()
        .filter(|bearer| bearer["name"].as_str().is_some_and(|name| name.starts_with("Halden")))
        .collect();
    assert_eq!(halden.len(), 1, "{list}");
    assert_eq!(halden[0]["names"].as_array().map(Vec::len), Some(2));
    let split = ["entities", "split", "Halden Lines", "Halden Shipping", "--ledger", "l.db", "--author", "me"];
    assert_eq!(run(folder.path(), &split).code, Some(0));
    let list = run(folder.path(), &["entities", "--ledger", "l.db"]).stdout;
    assert!(column(&list, "Halden Shipping").is_some() && column(&list, "Halden Lines").is_some(), "{list}");
    let nobody = run(folder.path(), &["entities", "show", "Nobody At All", "--ledger", "l.db"]);
    assert_eq!(nobody.code, Some(2));
}

#[test]
fn a_watch_list_is_known_by_its_aliases() {
    let folder = tempfile::tempdir().expect("a folder");
    let lists = folder.path().join("mine/watchlist");
    fs::create_dir_all(&lists).expect("made");
    fs::write(
        lists.join("ftm.jsonl"),
        "{\"id\":\"q1\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Wexcombe Steel\"],\"alias\":[\"WXS Metals\"],\"jurisdiction\":[\"gb\"]}}\n\
         {\"id\":\"q2\",\"schema\":\"Address\",\"properties\":{\"name\":[\"High Street\"]}}\n",
    )
    .expect("written");
    fs::write(lists.join("own.csv"), "name,aliases,country,id\nTorvik Cells,TVK Batteries; Torvik Celler,NO,7\n")
        .expect("written");
    fs::write(folder.path().join("a.txt"), "WXS Metals and Torvik Celler signed an agreement on Monday.\n")
        .expect("written");
    let mentions = ["mentions", "a.txt", "--lang", "en", "--kind", "name", "--format", "json"];
    let plain = run(folder.path(), &mentions).stdout;
    assert!(!plain.contains("Wexcombe Steel"), "{plain}");
    let known = run(folder.path(), &[&mentions[..], &["--knowledge", "mine"]].concat());
    assert!(
        known.stdout.contains("Wexcombe Steel") && known.stdout.contains("Torvik Cells"),
        "{}{}",
        known.stdout,
        known.stderr
    );
    fs::write(lists.join("bad.jsonl"), "{\n").expect("written");
    let bad = run(folder.path(), &[&mentions[..], &["--knowledge", "mine"]].concat());
    assert!(bad.code != Some(0) && bad.stderr.contains("bad.jsonl:1"), "{}", bad.stderr);
}
