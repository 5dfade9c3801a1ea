//! How well reading generalises: `cargo run --release -p xtask -- generalisation`.
//!
//! F1 on the documents that rules were developed on, beside that on documents they never saw.

use crate::{
    errors,
    gold::{self, GoldDocument, KINDS},
};
use anyhow::Result;
use pledgebook_answers::eval::{Claims, Count, Report};
use serde_json::Value;
use std::{collections::HashMap, path::Path};

/// The parts of the gold set, from those that rules know to those they never saw.
const PARTS: [&str; 3] = ["train", "dev", "fresh"];

/// Reads the whole gold set and prints F1 by language, kind and part.
pub fn run(root: &Path) -> Result<()> {
    let gold = gold::load(&root.join("gold"))?;
    let mut reports = Vec::new();
    for part in PARTS {
        let documents: Vec<&GoldDocument> = gold.iter().filter(|document| document.part == part).collect();
        let annotated: Vec<Claims> =
            documents.iter().map(|document| claims(document, &document.record.claims)).collect();
        let read: HashMap<String, Claims> = documents
            .iter()
            .zip(errors::read(&documents)?)
            .map(|(document, read)| {
                let read: Vec<Value> = read.into_iter().map(Value::Object).collect();
                (document.record.id.clone(), claims(document, &read))
            })
            .collect();
        reports.push(Report::new(&annotated, |id| read.get(id)));
    }
    println!("F1 (claims annotated); the gap is that between train and the worse of the others, in points\n");
    println!("| language | kind | {} | gap |\n|---|---|{}--:|", PARTS.join(" | "), "--:|".repeat(PARTS.len()));
    for language in reports[0].languages() {
        for kind in KINDS.into_iter().chain(["micro"]) {
            let counts: Vec<Count> = reports.iter().map(|report| report.count(language, kind)).collect();
            let cells: Vec<String> = counts.iter().map(|count| format!("{:.3} ({})", count.f1(), count.gold)).collect();
            let worst =
                counts.iter().skip(1).filter(|count| count.gold > 0).map(|count| count.f1()).fold(1.0, f64::min);
            println!(
                "| {language} | {kind} | {} | {:.0} |",
                cells.join(" | "),
                (counts[0].f1() - worst).max(0.0) * 100.0
            );
        }
    }
    println!("\nInvented pledges in documents that hold none:");
    for (part, report) in PARTS.iter().zip(&reports) {
        let without: Vec<&str> = gold
            .iter()
            .filter(|document| document.part == *part)
            .filter(|document| {
                document.record.claims.iter().all(|claim| claim["kind"] != "pledge" || gold::is_optional(claim))
            })
            .map(|document| document.record.id.as_str())
            .collect();
        let invented = report.faults.iter().filter(|fault| {
            !fault.missed && fault.claim["kind"] == "pledge" && without.contains(&fault.document.as_str())
        });
        println!("- {part}: {} in {} documents", invented.count(), without.len());
    }
    println!("\nPromises and accords invented in ordinary news:");
    for part in PARTS {
        let articles = gold::ordinary(&root.join("gold").join(part))?;
        if !articles.is_empty() {
            println!("- {part}: {}", invented_in_ordinary(articles)?);
        }
    }
    Ok(())
}

/// Counts what is read in articles that hold neither promises nor accords.
fn invented_in_ordinary(articles: Vec<(String, String)>) -> Result<String> {
    let documents: Vec<GoldDocument> =
        articles.into_iter().map(|(lang, text)| GoldDocument::ordinary(lang, text)).collect();
    let read = errors::read(&documents.iter().collect::<Vec<_>>())?;
    let count = |kind: &str| read.iter().flatten().filter(|claim| claim["kind"] == kind).count();
    Ok(format!("{} pledges and {} agreements in {} articles", count("pledge"), count("agreement"), documents.len()))
}

fn claims(document: &GoldDocument, claims: &[Value]) -> Claims {
    Claims {
        id: document.record.id.clone(),
        lang: Some(document.record.lang.clone()),
        published: document.record.published.clone(),
        publisher: None,
        claims: claims.iter().filter_map(|claim| claim.as_object().cloned()).collect(),
    }
}
