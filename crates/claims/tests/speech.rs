//! The corpora of offices, utterances, events, seats, accords and promises:
//! `languages/<code>/corpus/{role,statement,participation,presence,attribution,agreement,pledge}.md`.
//! Each `-` line is a text of its own; the `=` line after a group tells the slots that one of its claims must have, `slot: value`,
//! parted by `;`, and names of a list by `,`; money is `qualifier figure currency`, or `vague`. Under "Not this" a text must give no claim of the file's kind.

use pledgebook_claims::{
    Reader,
    learning::corpus::{Corpus, Line},
};
use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use serde_json::Value;
use std::{error::Error, fs, path::Path};

/// File name of a corpus and the kind of claim that it is about.
const CORPORA: [(&str, &str); 7] = [
    ("role", "role"),
    ("statement", "statement"),
    ("participation", "participation"),
    ("presence", "presence"),
    ("attribution", "statement"),
    ("agreement", "agreement"),
    ("pledge", "pledge"),
];

#[test]
fn corpora_of_people_and_what_they_say() -> Result<(), Box<dyn Error>> {
    let Told { read, failures } = told("")?;
    assert!(read > 0, "no corpus was found");
    assert!(failures.is_empty(), "{} of {read}:\n{}", failures.len(), failures.join("\n"));
    Ok(())
}

/// The many lines under `corpus/wide/`, one construction each, are read right but for a few in a hundred.
#[test]
fn wide_lines_are_read() -> Result<(), Box<dyn Error>> {
    let Told { read, failures } = told("wide/")?;
    assert!(read > 1000 && failures.len() * 50 <= read, "{} of {read}:\n{}", failures.len(), failures.join("\n"));
    Ok(())
}

/// Lines that are not read right yet stand under `corpus/open/`; most of them are still not, else they belong under `corpus/wide/`.
#[test]
fn open_lines_are_open() -> Result<(), Box<dyn Error>> {
    let Told { read, failures } = told("open/")?;
    assert!(failures.len() * 10 >= read * 9, "{} of {read} are; move the others to corpus/wide/", failures.len());
    Ok(())
}

/// How many lines were read, and which of them wrongly.
struct Told {
    read: usize,
    failures: Vec<String>,
}

/// Reads the lines of all corpora of a folder.
fn told(folder: &str) -> Result<Told, Box<dyn Error>> {
    let data = Data::embedded();
    let mut failures = Vec::new();
    let mut read = 0;
    for code in data.languages() {
        let reader = Reader::new(&data, code)?;
        for (name, kind) in CORPORA {
            let path = format!("../../languages/{code}/corpus/{folder}{name}.md");
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            let Ok(corpus) = fs::read_to_string(&path) else { continue };
            let Corpus { lines, open } = Corpus::of(&corpus);
            for Line { text, slots } in lines {
                read += 1;
                let claims = claims(&reader, text, kind)?;
                match slots {
                    None if !claims.is_empty() => {
                        failures.push(format!("{code}/{name}: nothing expected in '{text}', read {claims:?}"));
                    }
                    Some(slots) if !claims.iter().any(|claim| fits(claim, &slots)) => {
                        failures.push(format!("{code}/{name}: '{text}' → {slots:?}, read {claims:?}"));
                    }
                    _ => {}
                }
            }
            assert!(open.is_empty(), "{}: a group without '='", path.display());
        }
    }
    Ok(Told { read, failures })
}

/// The claims of a kind that a text gives, as JSON; each quotes its evidence letter for letter at its span.
fn claims(reader: &Reader, text: &str, kind: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let document = Document::from_text("corpus", text);
    let mut found = Vec::new();
    for claim in reader.read(&document).claims {
        let [start, end] = claim.span;
        let quoted: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(quoted, claim.evidence, "the span of a claim quotes its evidence");
        let value = serde_json::to_value(&claim)?;
        if value["kind"] == kind {
            found.push(value);
        }
    }
    Ok(found)
}

/// Whether a claim has the slots told.
fn fits(claim: &Value, slots: &[(&str, &str)]) -> bool {
    slots.iter().all(|&(slot, value)| match &claim[slot] {
        Value::Array(list) => {
            let names: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            names == value.split(',').map(str::trim).filter(|name| !name.is_empty()).collect::<Vec<_>>()
        }
        Value::String(text) => text == value,
        Value::Bool(yes) => yes.to_string() == value,
        Value::Object(money) => {
            let figure = [&money["max"], &money["min"]].into_iter().find(|bound| !bound.is_null());
            let told = [Some(&money["qualifier"]), figure, Some(&money["currency"])];
            let told: Vec<String> = told.into_iter().flatten().map(|part| part.to_string().replace('"', "")).collect();
            if told[0] == "vague" { value == "vague" } else { told.join(" ") == value }
        }
        _ => value.is_empty(),
    })
}
