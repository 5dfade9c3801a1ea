//! Story 0048 with claims as imperfect reading leaves them: each sort of imperfection in turn, in half of the claims, for many
//! seeds. What belongs together must stay together, whatever slot is wrong.
#![allow(clippy::unwrap_used)] // Nothing but tests: a failure is told by its panic.

use pledgebook_claims::{Claim, DocumentClaims};
use pledgebook_commitments::{AsOf, DocumentRecord, Knowledge, reconcile};
use pledgebook_lexicon::Data;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

const SEEDS: u64 = 20;

/// Pseudo-random numbers that are the same everywhere.
struct Dice(u64);

impl Dice {
    fn pick(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn one<'w>(&mut self, of: &[&'w str]) -> &'w str {
        of[self.pick(of.len())]
    }
}

/// One sort of imperfection: changes the JSON of a claim.
type Harm = fn(&mut Value, &mut Dice);

const PLEDGES: &str = "pledge";
const ACCORDS: &str = "agreement";

/// Name, kind of claim, how many of a hundred pairs must stay together, what is done.
const HARMS: &[(&str, &str, usize, Harm)] = &[
    ("place missing", PLEDGES, 98, |claim, _| claim["place"] = json!([])),
    ("place of the pledger", PLEDGES, 87, |claim, _| claim["place"] = json!(["US"])),
    ("both places", PLEDGES, 100, |claim, _| claim["place"] = json!(["GB", "US"])),
    ("a town", PLEDGES, 92, |claim, dice| {
        claim["place"] = json!([dice.one(&["London", "Loughton", "Waltham Cross", "Windsor"])]);
    }),
    ("fields missing", PLEDGES, 100, |claim, _| claim["domains"] = json!([])),
    ("fields wrong", PLEDGES, 100, |claim, dice| {
        claim["domains"] = json!([dice.one(&["other", "manufacturing", "quantum", "nuclear", "trade"])]);
    }),
    ("role missing", PLEDGES, 90, |claim, _| {
        claim["amount_role"] = Value::Null;
        claim["novelty"] = Value::Null;
    }),
    ("role wrong", PLEDGES, 100, |claim, dice| {
        claim["amount_role"] = json!(dice.one(&["total_to_date", "component", "increment", "estimate"]));
    }),
    ("action wrong", PLEDGES, 100, |claim, dice| {
        claim["action"] = json!(dice.one(&["other", "build", "grant", "buy"]));
    }),
    ("stage wrong", PLEDGES, 100, |claim, dice| {
        claim["stage"] = json!(dice.one(&["planned", "considered", "contracted", "under_way"]));
    }),
    ("qualifier wrong", PLEDGES, 95, |claim, dice| {
        if !claim["money"].is_null() {
            match dice.pick(3) {
                0 => claim["money"]["qualifier"] = json!("about"),
                1 => {
                    claim["money"]["qualifier"] = json!("up_to");
                    claim["money"]["min"] = Value::Null;
                }
                _ => {
                    claim["money"]["qualifier"] = json!("at_least");
                    claim["money"]["min"] = claim["money"]["max"].clone();
                    claim["money"]["max"] = Value::Null;
                }
            }
        }
    }),
    ("sum missing", PLEDGES, 95, |claim, _| {
        claim["money"] = Value::Null;
        claim["restated"] = json!([]);
    }),
    ("legal form", PLEDGES, 98, |claim, _| {
        if let Some(by) = claim["by"].as_array().and_then(|by| by.first()).and_then(Value::as_str) {
            claim["by"] = json!([format!("{by} Inc.")]);
        }
    }),
    ("party missing", ACCORDS, 96, |claim, dice| claim["parties"] = json!([dice.one(&["US", "GB"])])),
    ("parties unnamed", ACCORDS, 96, |claim, dice| {
        claim["parties"] = json!([dice.one(&["les deux pays", "both sides", "beide Länder"])]);
    }),
    ("parties too many", ACCORDS, 78, |claim, dice| {
        claim["parties"] = json!(["GB", "US", dice.one(&["Google", "Nvidia", "Technology Prosperity Deal", "JP"])]);
    }),
    ("leaders", ACCORDS, 100, |claim, _| claim["parties"] = json!(["Keir Starmer", "Donald Trump"])),
    ("capitals", ACCORDS, 100, |claim, _| claim["parties"] = json!(["Londres", "Washington"])),
    ("accord fields wrong", ACCORDS, 62, |claim, dice| {
        claim["domains"] = json!([dice.one(&["other", "manufacturing", "data_centres", "trade"])]);
    }),
    ("accord fields missing", ACCORDS, 100, |claim, _| claim["domains"] = json!([])),
    ("accord dates wrong", ACCORDS, 100, |claim, dice| {
        claim["date"] = json!(dice.one(&["2025-09-11", "2025-09", "2025-09-25", "2025-10-02"]));
    }),
    ("accord stage wrong", ACCORDS, 100, |claim, dice| {
        claim["stage"] = json!(dice.one(&["agreed", "signed", "to_be_signed", "negotiating"]));
    }),
];

fn story() -> Vec<DocumentClaims> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories/0048-one-deal-in-18-documents/claims.jsonl");
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The subject of each claim, by document and place in the text.
fn homes(documents: &[DocumentClaims], knowledge: &Knowledge) -> BTreeMap<(String, [usize; 2]), String> {
    let records: Vec<DocumentRecord> = documents
        .iter()
        .map(|document| DocumentRecord {
            id: document.id.clone(),
            published: document.published.clone(),
            read: "2026-01-15".into(),
            publisher: document.publisher.clone(),
            lang: document.lang.clone(),
            claims: document.claims.clone(),
            ..DocumentRecord::default()
        })
        .collect();
    let books = reconcile(&records, &[], knowledge, &AsOf::default());
    let commitments = books.commitments.iter().map(|subject| (&subject.id, &subject.claims));
    let agreements = books.agreements.iter().map(|subject| (&subject.id, &subject.claims));
    let mut homes = BTreeMap::new();
    for (id, claims) in commitments.chain(agreements) {
        for claim in claims {
            homes.insert((claim.document.clone(), claim.span), id.clone());
        }
    }
    homes
}

/// Pairs of claims of a kind: together by truth, together as found, both.
fn pairs(truth: &[&String], found: &[&String]) -> [usize; 3] {
    let mut counts = [0; 3];
    for a in 0..truth.len() {
        for b in a + 1..truth.len() {
            let (right, ours) = (truth[a] == truth[b], found[a] == found[b]);
            counts[0] += usize::from(right);
            counts[1] += usize::from(ours);
            counts[2] += usize::from(right && ours);
        }
    }
    counts
}

#[test]
fn rule_03_no_wrong_slot_parts_a_promise() {
    let knowledge = Knowledge::load(&Data::embedded()).unwrap();
    let right = story();
    let truth = homes(&right, &knowledge);
    for (name, kind, least, harm) in HARMS {
        let mut counts = [0; 3];
        for seed in 0..SEEDS {
            let mut dice = Dice(seed * 77 + 5);
            let mut harmed = right.clone();
            for claim in harmed.iter_mut().flat_map(|document| &mut document.claims) {
                if claim.body.kind() == *kind && dice.pick(2) == 0 {
                    let mut value = serde_json::to_value(&*claim).unwrap();
                    harm(&mut value, &mut dice);
                    *claim = serde_json::from_value::<Claim>(value).unwrap();
                }
            }
            let found = homes(&harmed, &knowledge);
            let of_kind = right.iter().flat_map(|document| {
                let claims = document.claims.iter().filter(|claim| claim.body.kind() == *kind);
                claims.map(|claim| (document.id.clone(), claim.span))
            });
            let keys: Vec<_> = of_kind.collect();
            let of = |homes: &'_ BTreeMap<_, String>| keys.iter().map(|key| homes[key].clone()).collect::<Vec<_>>();
            let (truth, found) = (of(&truth), of(&found));
            let added = pairs(&truth.iter().collect::<Vec<_>>(), &found.iter().collect::<Vec<_>>());
            (0..3).for_each(|at| counts[at] += added[at]);
        }
        let share = |at: usize| counts[2] as f64 / counts[at] as f64;
        println!("{name:24} precision {:.3} recall {:.3}", share(1), share(0));
        assert!(share(1) >= 0.99, "{name}: {:.3} of the pairs that are joined belong together", share(1));
        assert!(100 * counts[2] >= least * counts[0], "{name}: {:.3} of the pairs stay together", share(0));
    }
}
