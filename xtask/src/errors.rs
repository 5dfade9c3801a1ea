//! What reading gets wrong in annotated documents, by class: `cargo run --release -p xtask -- errors [--detail] [PART…]`.
//!
//! A claim that was missed and one that was invented in the same passage are one error: the slot that keeps them apart.

use crate::gold::{self, GoldDocument};
use anyhow::Result;
use pledgebook_answers::eval::{self, Slots};
use pledgebook_claims::Reader;
use pledgebook_document::{Document, Opener};
use pledgebook_lexicon::Data;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

/// How much of the words two passages must share to tell of one claim.
const SAME_PASSAGE: f64 = 0.4;

/// One error and where it is.
struct Found {
    class: String,
    lang: String,
    detail: String,
}

/// Reads the asked parts of the gold set (all but `train` when none is named) and prints the classes of errors, the largest first.
pub fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let detail = arguments.iter().any(|argument| argument == "--detail");
    let parts: BTreeSet<&str> =
        arguments.iter().map(String::as_str).filter(|argument| !argument.starts_with("--")).collect();
    let gold = gold::load(&root.join("gold"))?;
    let asked = gold.iter().filter(|document| {
        if parts.is_empty() { document.part != "train" } else { parts.contains(document.part.as_str()) }
    });
    let found = errors(&asked.collect::<Vec<_>>())?;
    print!("{}", table(&found));
    if detail {
        for error in &found {
            println!("{}: {}", error.class, error.detail);
        }
    }
    Ok(())
}

/// Reads annotated documents as the command line would: blocks found, the day of publication given.
pub fn read(documents: &[&GoldDocument]) -> Result<Vec<Vec<Slots>>> {
    let data = Data::embedded();
    let opener = Opener::new(&data)?;
    let mut readers: BTreeMap<&str, Reader> = BTreeMap::new();
    let mut all = Vec::new();
    for gold in documents {
        let lang = gold.record.lang.as_str();
        if !readers.contains_key(lang) {
            readers.insert(lang, Reader::new(&data, lang)?);
        }
        let mut document: Document = opener.text(&gold.record.id, gold.text.clone().unwrap_or_default());
        if gold.record.published.is_some() {
            document.published.clone_from(&gold.record.published);
        }
        let claims = readers[lang].read(&document).claims;
        let slots = claims.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>()?;
        all.push(slots.into_iter().filter_map(|claim| claim.as_object().cloned()).collect());
    }
    Ok(all)
}

fn errors(documents: &[&GoldDocument]) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for (document, read) in documents.iter().zip(read(documents)?) {
        let annotated: Vec<Slots> =
            document.record.claims.iter().filter_map(|claim| claim.as_object().cloned()).collect();
        let read: Vec<&Slots> = read.iter().collect();
        let pairs = eval::pair(&annotated, &read);
        let mut add = |class: String, detail: String| {
            found.push(Found {
                class,
                lang: document.record.lang.clone(),
                detail: format!("{}: {detail}", document.record.id),
            });
        };
        for (gold_index, read_index) in &pairs {
            let (gold, read) = (&annotated[*gold_index], read[*read_index]);
            let kind = text(gold, "kind");
            for slot in eval::slots_of(kind).iter().filter(|slot| !eval::slot_is_right(gold, read, slot)) {
                let (right, wrong) = (told(gold, slot), told(read, slot));
                let class = if *slot == "stage" {
                    format!("{kind}: stage {right} read as {wrong}")
                } else {
                    format!("{kind}: {slot} wrong")
                };
                add(class, format!("{right} / {wrong} “{}”", text(gold, "evidence")));
            }
        }
        let missed: Vec<&Slots> = (0..annotated.len())
            .filter(|index| !pairs.iter().any(|(gold, _)| gold == index))
            .map(|index| &annotated[index])
            .filter(|claim| !gold::is_optional(&Value::Object((*claim).clone())))
            .collect();
        let mut invented: Vec<&Slots> = (0..read.len())
            .filter(|index| !pairs.iter().any(|(_, read)| read == index))
            .map(|index| read[index])
            .collect();
        for gold in missed {
            let kind = text(gold, "kind");
            let same = |read: &&Slots| text(read, "kind") == kind && same_passage(gold, read);
            match invented.iter().position(same) {
                Some(index) => {
                    let read = invented.remove(index);
                    let slot = differing(gold, read);
                    add(
                        format!("{kind}: {slot} wrong"),
                        format!("{} / {} “{}”", told(gold, slot), told(read, slot), text(gold, "evidence")),
                    );
                }
                None => add(format!("{}: not read", sort(gold)), format!("{} “{}”", who(gold), text(gold, "evidence"))),
            }
        }
        for read in invented {
            add(
                format!("{}: invented", sort(read)),
                format!("{} [{}] “{}”", who(read), text(read, "rule"), text(read, "evidence")),
            );
        }
    }
    Ok(found)
}

fn same_passage(gold: &Slots, read: &Slots) -> bool {
    let words = |claim| text(claim, "evidence").split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>();
    let (gold, read) = (words(gold), words(read));
    let shared = gold.intersection(&read).count();
    shared as f64 >= SAME_PASSAGE * gold.len().min(read.len()).max(1) as f64
}

/// The slot that keeps two claims of one passage apart.
fn differing<'k>(gold: &Slots, read: &Slots) -> &'k str {
    let candidates: &[&str] = match text(gold, "kind") {
        "pledge" => &["money", "by"],
        "agreement" => &["parties"],
        "participation" => &["who"],
        "role" => &["person", "title"],
        "presence" => &["who", "place"],
        _ => &["speaker", "quote"],
    };
    let differs = |slot: &&&str| {
        if **slot == "money" {
            let figure = |claim: &Slots| {
                let money = claim.get("money").filter(|money| !money.is_null());
                money.map(|money| (money["min"].as_f64(), money["max"].as_f64(), money["currency"].to_string()))
            };
            figure(gold) != figure(read)
        } else {
            !eval::slot_is_right(gold, read, slot)
        }
    };
    candidates.iter().find(differs).unwrap_or(&candidates[0])
}

fn text<'c>(claim: &'c Slots, slot: &str) -> &'c str {
    claim.get(slot).and_then(Value::as_str).unwrap_or_default()
}

/// A slot in a word or two.
fn told(claim: &Slots, slot: &str) -> String {
    let value =
        if slot == "qualifier" { &claim["money"]["qualifier"] } else { claim.get(slot).unwrap_or(&Value::Null) };
    match value {
        Value::Null => "–".to_owned(),
        Value::String(word) => word.clone(),
        Value::Array(items) if items.is_empty() => "–".to_owned(),
        Value::Array(items) => items
            .iter()
            .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    }
}

/// The kind, and of a pledge whether it has a sum.
fn sort(claim: &Slots) -> &str {
    match text(claim, "kind") {
        "pledge" if claim.get("money").is_some_and(|money| !money.is_null()) => "pledge with a sum",
        "pledge" => "pledge without a sum",
        kind => kind,
    }
}

fn who(claim: &Slots) -> String {
    ["by", "parties", "who", "person", "speaker"]
        .iter()
        .find(|slot| claim.contains_key(**slot))
        .map_or_else(String::new, |slot| told(claim, slot))
}

/// Classes with their counts, all languages and each, the largest first.
fn table(found: &[Found]) -> String {
    let languages: BTreeSet<&str> = found.iter().map(|error| error.lang.as_str()).collect();
    let mut classes: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for error in found {
        *classes.entry(&error.class).or_default().entry(&error.lang).or_default() += 1;
    }
    let mut rows: Vec<_> =
        classes.into_iter().map(|(class, counts)| (counts.values().sum::<usize>(), class, counts)).collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    let heads: Vec<&str> = languages.iter().copied().collect();
    let mut page = format!("| class | all | {} |\n|---|{}\n", heads.join(" | "), "--:|".repeat(languages.len() + 1));
    for (all, class, counts) in rows {
        let _ = write!(page, "| {class} | {all} |");
        for language in &languages {
            let _ = write!(page, " {} |", counts.get(language).copied().unwrap_or_default());
        }
        page.push('\n');
    }
    page
}
