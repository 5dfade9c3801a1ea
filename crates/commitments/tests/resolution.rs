//! Who is who, on pairs of names: `cargo test -p pledgebook-commitments --test resolution -- --nocapture` prints the figures.

use pledgebook_commitments::{Knowledge, Naming, Resolver};
use pledgebook_lexicon::Data;
use pledgebook_mentions::NameType;
use std::collections::BTreeMap;

struct Pair {
    group: String,
    same: bool,
    names: [Naming; 2],
}

fn pairs() -> Vec<Pair> {
    let mut reader = csv::Reader::from_reader(include_str!("data/entity_pairs.csv").as_bytes());
    let naming = |cells: &[&str]| Naming {
        name: cells[0].to_owned(),
        forms: cells[1].split(';').filter(|form| !form.is_empty()).map(str::to_owned).collect(),
        sort: sort(cells[2]),
        country: Some(cells[3].to_owned()).filter(|country| !country.is_empty()),
    };
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row of the pairs");
            let cells: Vec<&str> = record.iter().collect();
            Pair {
                group: cells[0].to_owned(),
                same: cells[2] == "same",
                names: [naming(&cells[3..7]), naming(&cells[7..11])],
            }
        })
        .collect()
}

fn sort(word: &str) -> Option<NameType> {
    Some(match word {
        "person" => NameType::Person,
        "organisation" => NameType::Organisation,
        "place" => NameType::Place,
        "country" => NameType::Country,
        "instrument" => NameType::Instrument,
        _ => return None,
    })
}

#[test]
fn names_of_one_bearer_are_told_from_others() {
    let knowledge = Knowledge::load(&Data::embedded()).expect("the embedded data is right");
    let pairs = pairs();
    assert!(pairs.len() >= 600, "{} pairs", pairs.len());
    // By group: joined rightly, joined wrongly, left apart wrongly, left apart rightly.
    let mut groups: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for pair in &pairs {
        let [a, b] = &pair.names;
        let clue = knowledge.compare(a, b);
        assert_eq!(clue, knowledge.compare(b, a), "{} and {} compare alike both ways", a.name, b.name);
        let joined = clue.joins();
        let outcome = match (joined, pair.same) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        };
        groups.entry(&pair.group).or_default()[outcome] += 1;
        if joined != pair.same {
            wrong.push(format!("{}: {} ~ {}: {}", pair.group, a.name, b.name, clue.told()));
        }
        // Gathering finds what comparing says, but where there is nothing at all to tell two mentions apart by.
        if a == b {
            continue;
        }
        let mut resolver = Resolver::new(&knowledge);
        let (first, second) = (resolver.add(a), resolver.add(b));
        assert_eq!(resolver.bearer(first) == resolver.bearer(second), joined, "{} and {}", a.name, b.name);
    }
    let mut all = [0; 4];
    for (group, counts) in &groups {
        println!("{group:16} {}", figures(*counts));
        all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    println!("{:16} {}", "all", figures(all));
    wrong.iter().for_each(|line| println!("  {line}"));
    assert_eq!(groups["digits"][1], 0, "names that differ in digits never merge");
    assert_eq!(groups["acronym"][1], 0, "a shared acronym merges nobody");
    let [right, invented, missed, _] = all;
    let f1 = 2.0 * right as f64 / (2 * right + invented + missed) as f64;
    assert!(f1 >= 0.95, "F1 {f1:.3}");
}

fn figures([right, invented, missed, apart]: [usize; 4]) -> String {
    let f1 = 2.0 * right as f64 / (2 * right + invented + missed).max(1) as f64;
    format!("joined rightly {right:3}, wrongly {invented:2}; apart rightly {apart:3}, wrongly {missed:2}; F1 {f1:.3}")
}

#[test]
fn gathering_does_not_depend_on_order() {
    let knowledge = Knowledge::load(&Data::embedded()).expect("the embedded data is right");
    let names: Vec<Naming> = pairs().into_iter().flat_map(|pair| pair.names).collect();
    let groups = |order: &[usize]| {
        let mut resolver = Resolver::new(&knowledge);
        let numbers: Vec<(usize, u32)> = order.iter().map(|at| (*at, resolver.add(&names[*at]))).collect();
        let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, number) in numbers {
            groups.entry(resolver.bearer(number)).or_default().push(at);
        }
        let mut groups: Vec<Vec<usize>> = groups
            .into_values()
            .map(|mut group| {
                group.sort_unstable();
                group
            })
            .collect();
        groups.sort();
        groups
    };
    let forward: Vec<usize> = (0..names.len()).collect();
    let backward: Vec<usize> = (0..names.len()).rev().collect();
    assert_eq!(groups(&forward), groups(&backward));
}
