//! Learns what counts as a statement, a participation or a presence, whose it is, and what an office is of.

use super::{
    FOLDS, PULL,
    gold_claim::{Gold, choice, is_one_of},
    labels::Gate,
    learner::{Choice, Learner},
};
use anyhow::Result;
use pledgebook_claims::learning::corpus::{Corpus, Line};
use pledgebook_claims::learning::people::People;
use serde_json::{Value, json};
use std::{collections::HashMap, fmt::Write as _, fs, path::Path};

/// A document's decisions about people.
#[derive(Clone, Default)]
pub struct Labelled {
    /// Its group; none for lines of a corpus, which are always learnt from and never measured on.
    fold: Option<usize>,
    /// How often its gates are learnt from.
    pub weight: usize,
    gates: [Vec<Gate>; 3],
    /// Gold claims of the kind of each gate that count.
    wanted: [usize; 3],
    picks: [Vec<Choice>; 4],
}

/// How many sentences of documents a line of a corpus of people stands for.
const PEOPLE_WEIGHT: usize = 4;

/// The folders of a language's corpora, with whether their lines stand for many of their form: the corpora themselves, then the many lines
/// that cover a construction each, and those of them that are not read right yet.
const FOLDERS: [(&str, bool); 3] = [("", true), ("wide/", false), ("open/", false)];

/// A line of a corpus as a document of its own, with the one claim that it must or must not give.
pub struct Taught {
    /// The text.
    pub text: String,
    /// The same as an annotated document.
    pub gold: Value,
    /// How often it is learnt from.
    pub weight: usize,
}
/// What the gates and the choices decide, as their files are called.
const GATES: [&str; 3] = ["statement", "participation", "presence"];
const PICKS: [&str; 4] = ["role_holder", "statement_speaker", "presence_who", "participation_place"];

/// The share of words that two pieces of text have in common.
fn overlap(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let mut left: HashMap<&str, usize> = HashMap::new();
    a.iter().for_each(|word| *left.entry(word).or_default() += 1);
    let mut common = 0;
    for word in &b {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    2.0 * f64::from(common) / (a.len() + b.len()).max(1) as f64
}

/// Gives each candidate its label: true for the first that fits a gold claim that counts, open for others that fit one or fit an
/// optional one.
fn label(golds: &[&Gold<'_>], fits: &[Vec<(usize, f64)>]) -> Vec<Option<bool>> {
    let mut labels: Vec<Option<bool>> =
        fits.iter().map(|fits| if fits.is_empty() { Some(false) } else { None }).collect();
    for (index, gold) in golds.iter().enumerate() {
        let best = fits
            .iter()
            .enumerate()
            .filter_map(|(at, fits)| Some((at, fits.iter().find(|(gold, _)| *gold == index)?.1)))
            .filter(|(at, _)| labels[*at].is_none())
            .fold(
                None,
                |best: Option<(usize, f64)>, next| {
                    if best.is_none_or(|best| next.1 > best.1) { Some(next) } else { best }
                },
            );
        if let Some((at, _)) = best.filter(|_| !gold.optional) {
            labels[at] = Some(true);
        }
    }
    labels
}

/// The lines of a language's corpora of people.
pub fn corpora(root: &Path, lang: &str) -> Vec<Taught> {
    GATES.iter().flat_map(|kind| corpus(root, lang, kind, PEOPLE_WEIGHT)).collect()
}

/// The lines of the corpora of one kind of claim; `weight` is how many sentences of documents one that stands for many stands for.
pub fn corpus(root: &Path, lang: &str, kind: &str, weight: usize) -> Vec<Taught> {
    let mut taught = Vec::new();
    for (folder, many) in FOLDERS {
        let Ok(file) = fs::read_to_string(root.join(format!("languages/{lang}/corpus/{folder}{kind}.md"))) else {
            continue;
        };
        taught.extend(Corpus::of(&file).lines.into_iter().map(|Line { text, slots }| {
            let claims: Vec<Value> = slots.into_iter().map(|slots| claim(kind, text, &slots)).collect();
            Taught { text: text.to_owned(), gold: json!({ "claims": claims }), weight: if many { weight } else { 1 } }
        }));
    }
    taught
}

/// A claim with the slots that a line of a corpus tells.
fn claim(kind: &str, text: &str, slots: &[(&str, &str)]) -> Value {
    let mut claim = json!({ "kind": kind, "evidence": text });
    for (slot, value) in slots {
        claim[*slot] = match *slot {
            "by" | "who" | "place" | "parties" | "domains" => value.split(',').map(str::trim).collect(),
            _ => Value::from(*value),
        };
    }
    claim
}

/// Compares what a document shows of its people with its gold claims.
pub fn compare(gold: &Value, text: &str, seen: People, fold: Option<usize>) -> Labelled {
    let golds = Gold::all(gold, text);
    let of = |kind: &str| golds.iter().filter(|gold| gold.claim["kind"] == kind).collect::<Vec<_>>();
    let mut labelled = Labelled { fold, weight: 1, ..Labelled::default() };

    for office in &seen.holders {
        let roles = of("role");
        let fits =
            roles.iter().find(|gold| gold.overlaps(office.span) && is_one_of(&gold.names("person"), &office.person));
        if let Some(gold) = fits {
            let nobody = gold.readings("organisation").into_iter().any(Value::is_null);
            labelled.picks[0].extend(choice(&gold.names("organisation"), nobody, &office.organisation));
        }
    }

    let statements = of("statement");
    let mut fits: Vec<Vec<(usize, f64)>> = Vec::new();
    for said in &seen.statements {
        let mut own = Vec::new();
        for (index, gold) in statements.iter().enumerate() {
            let readings = gold.readings("quote").into_iter().filter_map(Value::as_str);
            let common = readings.map(|quote| overlap(quote, &said.quote)).fold(0.0, f64::max);
            let names = gold.names("speaker");
            if common >= 0.5 {
                labelled.picks[1].extend(choice(&names, false, &said.speaker));
                if said.speaker.iter().any(|option| is_one_of(&names, &option.names)) {
                    own.push((index, common));
                }
            }
        }
        fits.push(own);
    }
    let labels = label(&statements, &fits);
    let gates = seen.statements.into_iter().zip(labels);
    labelled.gates[0] = gates.map(|(seen, label)| Gate { features: seen.gate, label }).collect();
    labelled.wanted[0] = statements.iter().filter(|gold| !gold.optional).count();

    let participations = of("participation");
    let fits: Vec<Vec<(usize, f64)>> = seen
        .participations
        .iter()
        .map(|seen| {
            let here = participations.iter().enumerate().filter(|(_, gold)| gold.overlaps(seen.span));
            here.filter(|(_, gold)| is_one_of(&gold.names("who"), &seen.who)).map(|(index, _)| (index, 1.0)).collect()
        })
        .collect();
    for (seen, fits) in seen.participations.iter().zip(&fits) {
        if let Some(gold) = fits.first().map(|(gold, _)| participations[*gold]) {
            let nowhere = gold.readings("place").into_iter().any(|place| place.as_array().is_some_and(Vec::is_empty));
            labelled.picks[3].extend(choice(&gold.names("place"), nowhere, &seen.place));
        }
    }
    let labels = label(&participations, &fits);
    let gates = seen.participations.into_iter().zip(labels);
    labelled.gates[1] = gates.map(|(seen, label)| Gate { features: seen.gate, label }).collect();
    labelled.wanted[1] = participations.iter().filter(|gold| !gold.optional).count();

    let presences = of("presence");
    let mut fits: Vec<Vec<(usize, f64)>> = Vec::new();
    for seat in &seen.presences {
        let mut own = Vec::new();
        for (index, gold) in presences.iter().enumerate() {
            let who = gold.names("who");
            let holder = seat.who.iter().any(|option| is_one_of(&who, &option.names));
            if holder && is_one_of(&gold.names("place"), &seat.place) {
                let here = gold.overlaps(seat.span);
                if here {
                    labelled.picks[2].extend(choice(&who, false, &seat.who));
                }
                own.push((index, if here { 1.0 } else { 0.5 }));
            }
        }
        fits.push(own);
    }
    let labels = label(&presences, &fits);
    let gates = seen.presences.into_iter().zip(labels);
    labelled.gates[2] = gates.map(|(seen, label)| Gate { features: seen.gate, label }).collect();
    labelled.wanted[2] = presences.iter().filter(|gold| !gold.optional).count();
    labelled
}

/// Learns all decisions, writes their weights, and tells how well they come out on documents held out.
pub fn learn(documents: &[Labelled], out: &Path) -> Result<String> {
    let mut told = String::new();
    for (row, name) in GATES.iter().enumerate() {
        let train = |keep: &dyn Fn(&Labelled) -> bool| {
            let examples = documents
                .iter()
                .filter(|document| keep(document))
                .flat_map(|document| std::iter::repeat_n(document, document.weight))
                .flat_map(|document| &document.gates[row]);
            Learner::binary(examples.filter_map(|gate| Some((gate.features.as_slice(), gate.label?))).collect(), PULL)
        };
        let mut held: Vec<(f64, bool)> = Vec::new();
        for fold in 0..FOLDS {
            let learner = train(&|document| document.fold.is_none_or(|own| own % FOLDS != fold));
            let out_of = documents.iter().filter(|document| document.fold.is_some_and(|own| own % FOLDS == fold));
            let gates = out_of.flat_map(|document| &document.gates[row]);
            held.extend(gates.filter_map(|gate| Some((learner.probability(&gate.features), gate.label?))));
        }
        let wanted: usize =
            documents.iter().filter(|document| document.fold.is_some()).map(|document| document.wanted[row]).sum();
        let mut learner = train(&|_| true);
        let (threshold, precision, recall, f1) = best_threshold(&mut held, wanted);
        learner.threshold = threshold;
        writeln!(
            told,
            "  {name:18} P {precision:.3}  R {recall:.3}  F1 {f1:.3}  (of {wanted}, {} seen, from {threshold})",
            held.iter().filter(|(_, label)| *label).count()
        )?;
        fs::write(out.join(format!("{name}.csv")), learner.csv("train-claims"))?;
    }
    for (row, name) in PICKS.iter().enumerate() {
        let train = |keep: &dyn Fn(&Labelled) -> bool| {
            let choices = documents.iter().filter(|document| keep(document)).flat_map(|document| &document.picks[row]);
            Learner::ranker(&choices.collect::<Vec<_>>(), PULL)
        };
        let (mut right, mut first, mut all) = (0, 0, 0);
        for fold in 0..FOLDS {
            let learner = train(&|document| document.fold.is_none_or(|own| own % FOLDS != fold));
            let out_of = documents.iter().filter(|document| document.fold.is_some_and(|own| own % FOLDS == fold));
            for choice in out_of.flat_map(|document| &document.picks[row]) {
                right += usize::from(choice.right[learner.best(choice)]);
                first += usize::from(choice.right.first() == Some(&true));
                all += 1;
            }
        }
        let share = |part: usize| part as f64 / all.max(1) as f64;
        writeln!(told, "  {name:18} {:.3}  (of {all}; the first, {:.3})", share(right), share(first))?;
        fs::write(out.join(format!("{name}.csv")), train(&|_| true).csv("train-claims"))?;
    }
    Ok(told)
}

/// How much F1 may be below the best for the sake of what is found.
const F1_SLACK: f64 = 0.01;

/// The lowest probability from which taking candidates gives an F1 close to the best, in steps of a hundredth, with what it gives.
fn best_threshold(held: &mut [(f64, bool)], wanted: usize) -> (f64, f64, f64, f64) {
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    let steps = (10..90).map(|step| {
        let threshold = f64::from(step) / 100.0;
        let taken = held.iter().filter(|(probability, _)| *probability >= threshold);
        let (right, all) = taken.fold((0, 0), |(right, all), (_, label)| (right + usize::from(*label), all + 1));
        (threshold, share(right, all), share(right, wanted), share(2 * right, wanted + all))
    });
    let steps: Vec<_> = steps.collect();
    let best = steps.iter().map(|(.., f1)| *f1).fold(0.0, f64::max);
    steps.into_iter().find(|(.., f1)| *f1 >= best - F1_SLACK).unwrap_or((0.5, 0.0, 0.0, 0.0))
}
