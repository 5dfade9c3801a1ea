//! How well claims are joined, against the truth of synthetic news. `JOINING_SHOW=20` prints pairs that were joined or parted wrongly,
//! `JOINING_CLAIMS=100000` takes so many claims.
#![cfg(feature = "synthetic")]
#![allow(clippy::unwrap_used)] // Nothing but tests: a failure is told by its panic.

use pledgebook_commitments::{Knowledge, Reconciler, Rulings, Sighting, joins, sight, synthetic};
use pledgebook_lexicon::Data;
use std::collections::BTreeMap;

const SEED: u64 = 7;

fn told(sighting: &Sighting) -> String {
    let claim = serde_json::to_value(&sighting.claim).unwrap();
    let slot = |name: &str| claim.get(name).map_or_else(String::new, ToString::to_string);
    format!(
        "{} {:?} by {} at {} for {} {} {} {} {} {} until {}",
        claim["rule"],
        sighting.origin.published,
        slot("by"),
        slot("place"),
        slot("domains"),
        slot("action"),
        slot("money"),
        slot("stage"),
        slot("amount_role"),
        slot("novelty"),
        slot("until")
    )
}

#[test]
fn synthetic_claims_are_joined_as_they_were_made() {
    let knowledge = Knowledge::load(&Data::embedded()).unwrap();
    let rulings = Rulings::default();
    let claims = std::env::var("JOINING_CLAIMS").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000);
    let sightings: Vec<Sighting> = synthetic::news(claims, SEED, knowledge.rates())
        .flat_map(|article| sight(&article.record, &knowledge))
        .filter(|sighting| joins(&sighting.claim))
        .collect();
    let threads = Reconciler::new(&knowledge, &rulings).threads(sightings);
    let truth = |sighting: &Sighting| -> u64 {
        sighting.claim.rule.trim_start_matches("synthetic/").trim_end_matches("@1").parse().unwrap()
    };
    let mut pairs = Vec::new();
    let mut homes: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut show = std::env::var("JOINING_SHOW").ok().and_then(|count| count.parse::<usize>().ok()).unwrap_or_default();
    let (mut merged, mut parted) = (0, 0);
    for (at, thread) in threads.iter().enumerate() {
        let claims: Vec<&Sighting> = thread.claims().collect();
        for claim in &claims {
            pairs.push((truth(claim), at as u64));
            let home = homes.entry(truth(claim)).or_default();
            if !home.contains(&at) {
                home.push(at);
            }
        }
        if let Some(other) = claims.iter().find(|claim| truth(claim) != truth(claims[0])) {
            merged += 1;
            if show > 0 && merged % 7 == 0 {
                show -= 1;
                println!("MERGED\n  {}\n  {}", told(claims[0]), told(other));
            }
        }
    }
    for home in homes.values().filter(|home| home.len() > 1) {
        parted += 1;
        if show > 0 && parted % 7 == 0 {
            show -= 1;
            println!("PARTED");
            for at in home {
                println!("  {}", told(threads[*at].claims().next().unwrap()));
            }
        }
    }
    let [pairwise, b_cubed] = synthetic::quality(&pairs);
    println!(
        "{} claims, {} promises, {} threads: {merged} merged, {parted} parted; pairwise F1 {pairwise:.4}, B-cubed F1 {b_cubed:.4}",
        pairs.len(),
        homes.len(),
        threads.len()
    );
    assert!(pairwise >= 0.97 && b_cubed >= 0.97, "seed {SEED}: pairwise F1 {pairwise:.4}, B-cubed F1 {b_cubed:.4}");
}
