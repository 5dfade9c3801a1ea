//! A process that is killed while it reads: nothing that it accepted is lost, nothing is doubled.

use crate::article::{article, entries, knowledge, pledge};
use pledgebook_ledger::{Ledger, NewDocument, Proof, Sqlite};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PLACE: &str = "PLEDGEBOOK_CRASH_FOLDER";
/// More than are written before the process is killed.
const DOCUMENTS: usize = 4_000;
/// Kills that one ledger lives through before the next is begun, so that proving it stays quick.
const ROUNDS: u64 = 20;

/// How often the process is killed: 20 times, or as often as `PLEDGEBOOK_KILLS` says (500 in `.ci/run`).
fn kills() -> u64 {
    std::env::var("PLEDGEBOOK_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(20)
}

fn news(number: usize) -> NewDocument {
    let by = ["Northwind", "Southgate", "Eastmoor"][number % 3];
    let millions = 100 + (number % 7) as i64;
    let day = format!("2025-{:02}-{:02}", 1 + number % 12, 1 + number % 28);
    article(&format!("n{number}"), &day, "Post", &[pledge(by, "GB", "energy", millions, "GBP", "announced")])
}

/// The process that is killed: it notes each document after the ledger has accepted it. Some are joined at once, some left open.
#[test]
fn writes_until_it_is_killed() {
    let Ok(folder) = std::env::var(PLACE) else { return };
    let folder = Path::new(&folder);
    let mut ledger = Sqlite::create(&folder.join("l.ledger"), knowledge()).unwrap();
    let mut accepted = std::fs::OpenOptions::new().append(true).create(true).open(folder.join("accepted")).unwrap();
    let known = std::fs::read_to_string(folder.join("accepted")).unwrap().lines().count();
    // The last ones again: what is there already changes nothing.
    for number in known.saturating_sub(5)..DOCUMENTS {
        if number % 3 == 0 {
            ledger.accept(&entries(&[news(number)])).unwrap();
        } else {
            ledger.append(&[news(number)]).unwrap();
        }
        // In one write: a kill between two would leave half a name.
        accepted.write_all(format!("n{number}\n").as_bytes()).unwrap();
    }
}

#[test]
fn killed_at_any_point_it_loses_and_doubles_nothing() {
    let mut folder = tempfile::tempdir().unwrap();
    for round in 0..kills() {
        if round % ROUNDS == 0 {
            folder = tempfile::tempdir().unwrap();
        }
        let (path, accepted) = (folder.path().join("l.ledger"), folder.path().join("accepted"));
        let told = || std::fs::metadata(&accepted).map_or(0, |file| file.len());
        let before = told();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["crash::writes_until_it_is_killed", "--exact", "--test-threads=1"])
            .env(PLACE, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Every tenth is killed wherever it is, opening the ledger perhaps; the others once they write.
        let start = Instant::now();
        while round % 10 != 0 && told() == before && start.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(round * 7_919 % 30_000));
        child.kill().unwrap();
        child.wait().unwrap();
        if !path.exists() {
            continue;
        }
        let Ok(ledger) = Sqlite::create(&path, knowledge()) else {
            panic!("round {round}: the ledger cannot be opened")
        };
        let documents: Vec<String> = ledger.documents().unwrap().into_iter().map(|row| row.id).collect();
        let distinct: BTreeSet<&String> = documents.iter().collect();
        assert_eq!(distinct.len(), documents.len(), "round {round}: a document is there twice");
        let accepted = std::fs::read_to_string(&accepted).unwrap_or_default();
        for id in accepted.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
            assert!(distinct.contains(&id.to_owned()), "round {round}: {id} was accepted and is lost");
        }
        assert_eq!(ledger.verify(&mut |_| Proof::Unproved).unwrap().faults, Vec::<String>::new(), "round {round}");
    }
}
