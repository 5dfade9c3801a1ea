//! Gathers a million names of two hundred thousand bearers: `cargo bench -p pledgebook-commitments --bench who_is_who`.
//! Prints how long it took, how long one look-up takes, and the most memory used.

use pledgebook_commitments::{Knowledge, Naming, Resolver};
use pledgebook_lexicon::Data;
use std::{collections::HashSet, hint::black_box, time::Instant};

const MENTIONS: usize = 1_000_000;
const BEARERS: usize = 200_000;
const SYLLABLES: [&str; 24] = [
    "bar", "dun", "kel", "mor", "tav", "sen", "lir", "vok", "gan", "pel", "rus", "hol", "nim", "cor", "zel", "fen",
    "dra", "mik", "ost", "bri", "wen", "sol", "har", "tem",
];
const TRADES: [&str; 8] = ["Energy", "Steel", "Cells", "Logistics", "Foods", "Motors", "Chemicals", "Systems"];
const LEGAL: [&str; 4] = ["plc", "AG", "S.p.A.", "Inc."];

fn main() {
    let knowledge = match Knowledge::load(&Data::embedded()) {
        Ok(knowledge) => knowledge,
        Err(error) => return eprintln!("{error}"),
    };
    let mut state = 7u64;
    let mut next = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mentions: Vec<(usize, Naming)> = (0..MENTIONS)
        .map(|at| {
            // Every bearer once, then those that the news likes more often than others.
            let bearer = if at < BEARERS { at } else { next(BEARERS).min(next(BEARERS)) };
            (bearer, mention(bearer, next(6)))
        })
        .collect();
    let started = Instant::now();
    let mut resolver = Resolver::new(&knowledge);
    let numbers: Vec<u32> = mentions.iter().map(|(_, naming)| resolver.add(naming)).collect();
    let found: HashSet<u32> = numbers.iter().map(|number| resolver.bearer(*number)).collect();
    let took = started.elapsed();
    // How many mentions came to the bearer of the first mention of theirs.
    let mut first = vec![u32::MAX; BEARERS];
    let mut right = 0;
    for ((bearer, _), number) in mentions.iter().zip(&numbers) {
        let number = resolver.bearer(*number);
        if first[*bearer] == u32::MAX {
            first[*bearer] = number;
        }
        right += usize::from(first[*bearer] == number);
    }
    println!(
        "{MENTIONS} mentions of {BEARERS} bearers gathered to {} in {:.1} s; {:.1} % with their bearer",
        found.len(),
        took.as_secs_f64(),
        100.0 * right as f64 / MENTIONS as f64
    );
    let started = Instant::now();
    let asked = 10_000;
    for (_, naming) in mentions.iter().step_by(MENTIONS / asked) {
        black_box(resolver.look_up(&Naming { name: naming.name.to_uppercase(), ..Naming::default() }));
    }
    println!(
        "one look-up of a spelling not seen before: {:.4} ms",
        started.elapsed().as_secs_f64() * 1e3 / asked as f64
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find(|line| line.starts_with("VmHWM")) {
        println!("most memory: {}", peak.trim_start_matches("VmHWM:").trim());
    }
}

fn mention(bearer: usize, way: usize) -> Naming {
    let mut rest = bearer;
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word[..1].make_ascii_uppercase();
    let trade = TRADES[bearer % TRADES.len()];
    let name = format!("{word} {trade}");
    match way {
        0 => Naming::new(&format!("{name} {}", LEGAL[bearer % LEGAL.len()])),
        1 => Naming::new(&name.to_uppercase()),
        2 => Naming { forms: vec![word, format!("the {trade} group")], ..Naming::new(&name) },
        _ => Naming::new(&name),
    }
}
