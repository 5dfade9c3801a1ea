//! How well claims were read: predicted claims against annotated ones, by the rules of the gold set.
//!
//! | kind | a predicted claim counts as an annotated one when it has |
//! |---|---|
//! | pledge | a pledger in common and the same money (figures within 1 %, in either currency); without money, evidence that overlaps |
//! | agreement | two parties in common, or all where there are fewer |
//! | participation | somebody in common |
//! | role | the person, and the organisation or the title |
//! | presence | who and where |
//! | statement | the speaker and half of the words |

mod judged;
mod matching;
mod names;

pub use judged::{JUDGED_NAMES, judged_names};
pub use matching::{pair, slot_is_right};
pub use names::same_name;

use serde::Deserialize;
use serde_json::{Map, Value};
use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

/// A claim as JSON: annotated ones have alternatives that [`pledgebook_claims::Claim`] does not keep.
pub type Slots = Map<String, Value>;

/// The kinds of claim in the order of reports.
const KINDS: [&str; 6] = ["pledge", "agreement", "participation", "role", "presence", "statement"];

/// The slots that are looked at in matched claims of a kind.
pub fn slots_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "pledge" => &["stage", "place", "domains", "qualifier", "sources", "until"],
        "agreement" => &["parties", "stage", "domains", "sources", "name"],
        "participation" => &["place"],
        "role" => &["title", "organisation"],
        "presence" => &["change"],
        _ => &[],
    }
}

/// A document with its claims, annotated or read.
#[derive(Debug, Clone, Deserialize)]
pub struct Claims {
    /// The document's id.
    pub id: String,
    /// Language code; annotated documents have one.
    #[serde(default)]
    pub lang: Option<String>,
    /// Day of publication.
    #[serde(default)]
    pub published: Option<String>,
    /// The outlet.
    #[serde(default)]
    pub publisher: Option<String>,
    /// The claims.
    #[serde(default)]
    pub claims: Vec<Map<String, Value>>,
}

/// How many claims there were, were read, and were read rightly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Annotated.
    pub gold: usize,
    /// Read.
    pub read: usize,
    /// Both.
    pub right: usize,
}

impl Count {
    /// Share of read claims that are right.
    pub fn precision(self) -> f64 {
        share(self.right, self.read)
    }

    /// Share of annotated claims that were read.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }

    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.read += other.read;
        self.right += other.right;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A claim that was missed or invented.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The document.
    pub document: String,
    /// Annotated but not read; else read but not annotated.
    pub missed: bool,
    /// The claim.
    pub claim: Map<String, Value>,
}

/// Figures of a comparison.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// By language (`all` for all of them), then by kind (`micro` for all of them).
    counts: BTreeMap<String, BTreeMap<&'static str, Count>>,
    /// By `kind.slot`: how many were right, of how many.
    slots: BTreeMap<String, (usize, usize)>,
    /// What was missed and invented, by document.
    pub faults: Vec<Fault>,
}

impl Report {
    /// Compares documents with what was read in them; a document that was not read has no claims.
    pub fn new<'r>(gold: &[Claims], read: impl Fn(&str) -> Option<&'r Claims>) -> Self {
        let mut report = Self::default();
        for document in gold {
            let claims = read(&document.id).map_or(&[][..], |read| &read.claims);
            report.add(document, claims);
        }
        report
    }

    fn add(&mut self, gold: &Claims, read: &[Slots]) {
        let read: Vec<&Slots> = read.iter().filter(|claim| KINDS.contains(&kind_of(claim))).collect();
        let pairs = pair(&gold.claims, &read);
        let optional: Vec<bool> = gold.claims.iter().map(is_optional).collect();
        let by_gold: BTreeMap<usize, usize> = pairs.iter().copied().collect();
        let by_read: BTreeMap<usize, usize> = pairs.iter().map(|(gold, read)| (*read, *gold)).collect();
        for place in ["all", gold.lang.as_deref().unwrap_or("?")] {
            let kinds = self.counts.entry(place.to_owned()).or_default();
            for (index, claim) in gold.claims.iter().enumerate().filter(|(index, _)| !optional[*index]) {
                let Some(kind) = known_kind(claim) else { continue };
                let count = kinds.entry(kind).or_default();
                count.gold += 1;
                count.right += usize::from(by_gold.contains_key(&index));
            }
            for (index, claim) in read.iter().enumerate() {
                // A reading of an optional claim neither helps nor hurts.
                if by_read.get(&index).is_some_and(|gold| optional[*gold]) {
                    continue;
                }
                if let Some(kind) = known_kind(claim) {
                    kinds.entry(kind).or_default().read += 1;
                }
            }
        }
        for (gold_index, read_index) in &pairs {
            let (annotated, read) = (&gold.claims[*gold_index], read[*read_index]);
            for slot in slots_of(kind_of(annotated)) {
                let (right, all) = self.slots.entry(format!("{}.{slot}", kind_of(annotated))).or_default();
                *right += usize::from(slot_is_right(annotated, read, slot));
                *all += 1;
            }
        }
        let fault = |missed, claim: &Slots| Fault { document: gold.id.clone(), missed, claim: claim.clone() };
        for (index, claim) in gold.claims.iter().enumerate() {
            if !optional[index] && !by_gold.contains_key(&index) {
                self.faults.push(fault(true, claim));
            }
        }
        for (index, claim) in read.iter().enumerate().filter(|(index, _)| !by_read.contains_key(index)) {
            let _ = index;
            self.faults.push(fault(false, claim));
        }
    }

    /// The figures of a language (`all` for all of them) and a kind (`micro` for all of them).
    pub fn count(&self, language: &str, kind: &str) -> Count {
        let Some(kinds) = self.counts.get(language) else { return Count::default() };
        if kind != "micro" {
            return kinds.get(kind).copied().unwrap_or_default();
        }
        let mut micro = Count::default();
        kinds.values().for_each(|count| micro.add(*count));
        micro
    }

    /// The languages with figures; `all` stands first.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        let others = self.counts.keys().map(String::as_str).filter(|language| *language != "all");
        ["all"].into_iter().filter(|all| self.counts.contains_key(*all)).chain(others)
    }

    /// The kinds that are told of a language: those annotated or read, then `micro`.
    fn rows(&self, language: &str) -> impl Iterator<Item = (&'static str, Count)> {
        let kinds = KINDS.into_iter().map(move |kind| (kind, self.count(language, kind)));
        let told: Vec<_> = kinds.filter(|(_, count)| count.gold + count.read > 0).collect();
        told.into_iter().chain([("micro", self.count(language, "micro"))])
    }

    /// The slots of matched claims: name, share of right ones.
    pub fn slots(&self) -> impl Iterator<Item = (&str, f64)> {
        self.slots.iter().map(|(slot, (right, all))| (slot.as_str(), share(*right, *all)))
    }

    /// The report as JSON: `scores` by language and kind as `[precision, recall, F1, annotated]`, `slots` by name.
    pub fn to_json(&self) -> Value {
        let scores: Map<String, Value> = self
            .languages()
            .map(|language| {
                let kinds: Map<String, Value> = self
                    .rows(language)
                    .map(|(kind, c)| (kind.to_owned(), serde_json::json!([c.precision(), c.recall(), c.f1(), c.gold])))
                    .collect();
                (language.to_owned(), Value::Object(kinds))
            })
            .collect();
        let slots: Map<String, Value> = self.slots().map(|(slot, share)| (slot.to_owned(), share.into())).collect();
        serde_json::json!({ "scores": scores, "slots": slots })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for language in self.languages() {
            writeln!(f, "-- {language}")?;
            for (kind, count) in self.rows(language) {
                writeln!(
                    f,
                    "   {kind:14} P {:.3}  R {:.3}  F1 {:.3}  (gold {})",
                    count.precision(),
                    count.recall(),
                    count.f1(),
                    count.gold
                )?;
            }
        }
        writeln!(f, "-- slots of matched claims")?;
        for (slot, share) in self.slots() {
            writeln!(f, "   {slot:26} {share:.3}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = String::new();
        for slot in ["by", "parties", "who", "person", "speaker", "organisation", "title", "place", "change"] {
            match self.claim.get(slot) {
                Some(Value::String(value)) => write!(told, " {slot}: {value};")?,
                Some(Value::Array(values)) if !values.is_empty() => {
                    let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
                    write!(told, " {slot}: {};", values.join(", "))?;
                }
                _ => {}
            }
        }
        if let Some(money) = self.claim.get("money").filter(|money| !money.is_null()) {
            let part = |key: &str| match money.get(key) {
                Some(Value::String(value)) => value.clone(),
                Some(Value::Null) | None => "–".to_owned(),
                Some(value) => value.to_string(),
            };
            write!(told, " money: {} {} to {} ({});", part("currency"), part("min"), part("max"), part("qualifier"))?;
        }
        let word = if self.missed { "missed  " } else { "invented" };
        let evidence = self.claim.get("evidence").and_then(Value::as_str).unwrap_or_default();
        let evidence: String = evidence.chars().take(140).collect();
        write!(f, "{word} {} {}:{told} “{evidence}”", self.document, kind_of(&self.claim))
    }
}

pub(crate) fn kind_of(claim: &Slots) -> &str {
    claim.get("kind").and_then(Value::as_str).unwrap_or_default()
}

fn known_kind(claim: &Slots) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| *kind == kind_of(claim))
}

/// Whether annotators say that it may be read or not.
fn is_optional(claim: &Slots) -> bool {
    let alternatives = claim.get("alt").and_then(Value::as_array);
    alternatives.into_iter().flatten().any(|alternative| alternative["slot"] == "optional")
}
