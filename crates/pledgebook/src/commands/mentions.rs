//! `mentions`: what documents mention, and nothing made of it.

use crate::{
    arguments::{Format, Mentions},
    documents, output,
    output::{ASIDE, HEADING, JsonWriter, WrongUse},
    readers::Readers,
};
use anyhow::{Result, bail};
use pledgebook_answers::{Amounts, mention_in_one_line, one_line};
use pledgebook_document::{Document, Opener};
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Kinds, Mention, Mentions as Found, Step, record};
use pledgebook_text::Text;
use serde_json::Value;
use std::{fmt::Write as _, io::Write, process::ExitCode};

pub fn run(arguments: &Mentions, data: &Data) -> Result<ExitCode> {
    if arguments.format == Format::Csv {
        bail!(WrongUse("mentions are printed as table, json or jsonl".to_owned()));
    }
    let (opener, readers, amounts) = (Opener::new(data)?, Readers::new(data.clone())?, Amounts::load(data)?);
    let asked = match arguments.kind.as_slice() {
        [] => Kinds::ALL,
        kinds => kinds.iter().fold(Kinds::NONE, |kinds, kind| kinds.with(*kind)),
    };
    let mut sheet = match arguments.format {
        Format::Table => Sheet::Table(output::stdout()),
        format => Sheet::Json(JsonWriter::new(output::stdout(), format)),
    };
    let failures = documents::each(
        &opener,
        &arguments.inputs,
        true,
        documents::together(),
        |documents| {
            let print = |mut document: Document| {
                let printed = readers.mentions(&mut document, asked, |reader, text, found| {
                    let explain = |mention: &Mention| arguments.explain.then(|| reader.explain(text, mention));
                    match arguments.format {
                        Format::Table => Printed::Table(table(text, found, &amounts, explain)),
                        _ => Printed::Json(records(text, found, explain)),
                    }
                })?;
                Ok((document.id, document.lang, printed))
            };
            documents.into_iter().map(print).collect()
        },
        |batch, failures| {
            for (id, lang, printed) in batch {
                let printed = printed.unwrap_or_else(|why| {
                    failures.not_read(&id, &why);
                    Printed::Json(Vec::new())
                });
                match (&mut sheet, printed) {
                    (Sheet::Json(json), Printed::Json(mentions)) => {
                        json.push(&serde_json::json!({ "id": id, "lang": lang, "mentions": mentions }))?;
                    }
                    (Sheet::Table(out), Printed::Table(lines)) => writeln!(out, "{HEADING}{id}{HEADING:#}\n{lines}")?,
                    _ => {}
                }
            }
            Ok(())
        },
    )?;
    match sheet {
        Sheet::Json(json) => json.finish()?,
        Sheet::Table(mut out) => out.flush()?,
    }
    Ok(failures.exit_code())
}

enum Sheet<W: Write> {
    Table(W),
    Json(JsonWriter<W>),
}

enum Printed {
    Table(String),
    Json(Vec<serde_json::Value>),
}

fn table(text: &Text<'_>, found: &Found, amounts: &Amounts, explain: impl Fn(&Mention) -> Option<Step>) -> String {
    let mut lines = String::new();
    for mention in &found.list {
        let [kind, words, meaning] = mention_in_one_line(text.document(), mention, amounts);
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "  {kind:7} {words}  {ASIDE}={ASIDE:#} {meaning}");
        if let Some(step) = explain(mention) {
            let _ = writeln!(lines, "          {ASIDE}{}{ASIDE:#}", step.rule);
            branches(&mut lines, text, &step.steps, "          ");
        }
    }
    lines
}

/// The parts of a rule, each on its line behind the branch that it hangs on.
fn branches(lines: &mut String, text: &Text<'_>, steps: &[Step], trunk: &str) {
    for (index, step) in steps.iter().enumerate() {
        let last = index + 1 == steps.len();
        let (fork, on) = if last { ("└ ", "  ") } else { ("├ ", "│ ") };
        let words = one_line(&text.source()[step.bytes.clone()]);
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{trunk}{fork}{words}  {ASIDE}{}{ASIDE:#}", step.rule);
        branches(lines, text, &step.steps, &format!("{trunk}{on}"));
    }
}

/// Mentions as JSON; with the rules behind each in `steps` where they are asked.
fn records(text: &Text<'_>, found: &Found, explain: impl Fn(&Mention) -> Option<Step>) -> Vec<Value> {
    let mut records = record::records(text, &found.list);
    for (record, mention) in records.iter_mut().zip(&found.list) {
        if let Some(step) = explain(mention) {
            record["steps"] = step.steps.iter().map(|step| told(text, step)).collect();
        }
    }
    records
}

fn told(text: &Text<'_>, step: &Step) -> Value {
    let steps: Vec<Value> = step.steps.iter().map(|step| told(text, step)).collect();
    serde_json::json!({ "text": &text.source()[step.bytes.clone()], "rule": step.rule, "steps": steps })
}
