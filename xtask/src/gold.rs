//! The gold set: whether every claim stands in its text, and how many there are.

use anyhow::{Context, Result};
use pledgebook_claims::{Body, Claim};
use serde::Deserialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

/// The kinds of claim, in the order of the documentation.
pub const KINDS: [&str; 6] = ["pledge", "agreement", "participation", "role", "presence", "statement"];

/// Stands between the parts of a quote that is interrupted.
const INTERRUPTION: &str = " […] ";

/// One annotated document.
#[derive(Debug)]
pub struct GoldDocument {
    /// `train`, `dev` or `fresh`.
    pub part: String,
    /// The document's id, language and claims.
    pub record: Record,
    /// The text that the claims stand in; `None` when its file is missing.
    pub text: Option<String>,
}

impl GoldDocument {
    /// An article of ordinary news.
    pub fn ordinary(lang: String, text: String) -> Self {
        let record = Record { lang, ..Record::default() };
        Self { part: String::new(), record, text: Some(text) }
    }
}

/// A line of a gold file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// `<lang>-<part>-<number>`
    pub id: String,
    /// Language code.
    pub lang: String,
    /// Day of publication.
    pub published: Option<String>,
    #[serde(rename = "publisher")]
    _publisher: Option<String>,
    #[serde(rename = "url")]
    _url: Option<String>,
    #[serde(rename = "group")]
    _group: Option<String>,
    /// As JSON, for what [`Claim`] does not keep: alternatives.
    pub claims: Vec<Value>,
}

/// Reads all parts of the gold set, in a fixed order.
pub fn load(folder: &Path) -> Result<Vec<GoldDocument>> {
    let mut documents = Vec::new();
    for part in sorted(folder)?.into_iter().filter(|name| folder.join(name).is_dir()) {
        let part_folder = folder.join(&part);
        for file in sorted(&part_folder)?.into_iter().filter(|name| name.ends_with(".jsonl")) {
            documents.extend(lines_of(&part_folder.join(&file), &part_folder, &part)?);
        }
    }
    Ok(documents)
}

/// Reads what a second reader annotated in the texts of `fresh`.
pub fn load_second(folder: &Path) -> Result<Vec<GoldDocument>> {
    lines_of(&folder.join("fresh_second.jsonl"), &folder.join("fresh"), "fresh_second")
}

/// Reads a file of gold claims with the texts that stand in a folder.
fn lines_of(path: &Path, texts: &Path, part: &str) -> Result<Vec<GoldDocument>> {
    let lines = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let document = |(index, line): (usize, &str)| {
        let record: Record = serde_json::from_str(line).with_context(|| format!("{}:{}", path.display(), index + 1))?;
        let number = record.id.rsplit('-').next().unwrap_or_default();
        let text = fs::read_to_string(texts.join(&record.lang).join(format!("{number}.txt"))).ok();
        Ok(GoldDocument { part: part.to_owned(), record, text })
    };
    lines.lines().enumerate().map(document).collect()
}

/// The ordinary news of a part of the gold set, in a fixed order: language and text of articles in which nobody promises anything
/// and no accord is told. Nothing else is annotated in them.
pub fn ordinary(part: &Path) -> Result<Vec<(String, String)>> {
    let folder = part.join("ordinary");
    let mut articles = Vec::new();
    for lang in if folder.is_dir() { sorted(&folder)? } else { Vec::new() } {
        for name in sorted(&folder.join(&lang))? {
            let path = folder.join(&lang).join(name);
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            articles.push((lang.clone(), text));
        }
    }
    Ok(articles)
}

/// The names in a folder, in order.
pub fn sorted(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// What is wrong in the gold set, one sentence each.
pub fn faults(documents: &[GoldDocument]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for document in documents {
        let record = &document.record;
        let mut fault = |what: String| faults.push(format!("{}: {what}", record.id));
        if !ids.insert(&record.id) {
            fault("the id is used twice".to_owned());
        }
        if record.published.as_ref().is_some_and(|day| !is_day(day)) {
            fault("published is no day".to_owned());
        }
        let Some(text) = &document.text else {
            fault("its text is missing".to_owned());
            continue;
        };
        for value in &record.claims {
            match Claim::deserialize(value) {
                Ok(claim) => claim_faults(&claim, value, text, &mut fault),
                Err(error) => fault(error.to_string()),
            }
        }
    }
    faults
}

fn claim_faults(claim: &Claim, value: &Value, text: &str, fault: &mut impl FnMut(String)) {
    let evidence = &claim.evidence;
    if evidence.is_empty() || !text.contains(evidence.as_str()) {
        fault(format!("the evidence is not in the text: {evidence}"));
    }
    if let Body::Statement(statement) = &claim.body
        && !stands_in_order(&statement.quote, text)
    {
        fault(format!("the quote is not in the text: {}", statement.quote));
    }
    for form in claim.aliases.values().flatten().filter(|form| !text.contains(form.as_str())) {
        fault(format!("the alias is not in the text: {form}"));
    }
    let kind = claim.body.kind();
    for alternative in value["alt"].as_array().into_iter().flatten() {
        let slot = alternative["slot"].as_str().unwrap_or_default();
        if slot == "optional" {
            continue;
        }
        // The alternative must be a claim as good as the first reading.
        let mut other = value.clone();
        other[slot] = alternative["value"].clone();
        match Claim::deserialize(&other) {
            Ok(other) if serde_json::to_value(&other).is_ok_and(|json| json.get(slot).is_some()) || optional(slot) => {
                if let Body::Statement(statement) = &other.body
                    && !stands_in_order(&statement.quote, text)
                {
                    fault(format!("the other quote is not in the text: {}", statement.quote));
                }
            }
            Ok(_) => fault(format!("'{slot}' is no slot of a {kind}: {evidence}")),
            Err(error) => fault(format!("{error}: {evidence}")),
        }
    }
}

/// Slots that are left out of the JSON when they do not apply.
fn optional(slot: &str) -> bool {
    matches!(slot, "from" | "over" | "total" | "amount_role" | "novelty" | "part_of" | "former")
}

/// Whether every part of a quote stands letter for letter in the text, each after the one before it.
fn stands_in_order(quote: &str, text: &str) -> bool {
    let mut rest = text;
    !quote.is_empty()
        && quote.split(INTERRUPTION).all(|part| {
            rest.find(part).is_some_and(|at| {
                rest = &rest[at + part.len()..];
                true
            })
        })
}

fn is_day(day: &str) -> bool {
    day.len() == 10 && day.char_indices().all(|(at, c)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() })
}

/// Whether gold marks a claim as neither missed nor invented.
pub fn is_optional(claim: &Value) -> bool {
    claim["alt"].as_array().into_iter().flatten().any(|alt| alt["slot"] == "optional" && alt["value"] == true)
}

/// A Markdown table of parts and languages with their documents and claims.
pub fn count(documents: &[GoldDocument]) -> String {
    let mut rows: BTreeMap<(&str, &str), (usize, usize, [usize; 6])> = BTreeMap::new();
    for document in documents {
        let row = rows.entry((&document.part, &document.record.lang)).or_default();
        row.0 += 1;
        for claim in &document.record.claims {
            row.1 += usize::from(is_optional(claim));
            if let Some(kind) = KINDS.iter().position(|kind| claim["kind"] == *kind) {
                row.2[kind] += 1;
            }
        }
    }
    let mut table = format!("| part | language | documents | {} | claims | optional |\n", KINDS.join(" | "));
    table.push_str(&format!("|---|---|{}\n", "--:|".repeat(KINDS.len() + 3)));
    for ((part, lang), (documents, optional, kinds)) in rows {
        let _ = write!(table, "| {part} | {lang} | {documents} |");
        kinds.iter().for_each(|count| {
            let _ = write!(table, " {count} |");
        });
        let _ = writeln!(table, " {} | {optional} |", kinds.iter().sum::<usize>());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gold_claim_stands_letter_for_letter_in_its_text() {
        let gold = load(&crate::root().join("gold")).expect("gold set");
        assert!(gold.len() >= 264);
        let faults = faults(&gold);
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn what_the_second_reader_found_stands_in_the_texts() {
        let second = load_second(&crate::root().join("gold")).expect("the second annotation");
        assert_eq!(second.len(), 59);
        let faults = faults(&second);
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn an_interrupted_quote_stands_in_its_parts_and_in_order() {
        let text = "“We looked,” she said. “None could match.”";
        assert!(stands_in_order("We looked, […] None could match.", text));
        assert!(!stands_in_order("None could match. […] We looked,", text));
        assert!(!stands_in_order("We looked at", text));
        assert!(!stands_in_order("", text));
    }
}
