//! `mentions`: what documents mention, and nothing made of it.

use crate::{
    arguments::{Format, Mentions},
    documents, output,
    output::{ASIDE, HEADING, JsonWriter, WrongUse},
    readers::Readers,
};
use anyhow::{Result, bail};
use pledgebook_answers::{Amounts, mention_in_one_line};
use pledgebook_document::Opener;
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Kinds, Mentions as Found, record};
use pledgebook_text::Text;
use std::{fmt::Write as _, io::Write, process::ExitCode};

pub fn run(arguments: &Mentions) -> Result<ExitCode> {
    if arguments.format == Format::Csv {
        bail!(WrongUse("mentions are printed as table, json or jsonl".to_owned()));
    }
    let data = Data::embedded();
    let (opener, readers, amounts) = (Opener::new(&data)?, Readers::new(data.clone())?, Amounts::load(&data)?);
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
        |mut document| {
            let printed = readers.mentions(&mut document, asked, |text, found| match arguments.format {
                Format::Table => Printed::Table(table(text, found, &amounts, arguments.explain)),
                _ => Printed::Json(record::records(text, &found.list)),
            })?;
            Ok((document.id, document.lang, printed))
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

fn table(text: &Text<'_>, found: &Found, amounts: &Amounts, explain: bool) -> String {
    let mut lines = String::new();
    for mention in &found.list {
        let [kind, words, meaning] = mention_in_one_line(text.document(), mention, amounts);
        let rule = if explain { format!("  {ASIDE}{}{ASIDE:#}", mention.rule) } else { String::new() };
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "  {kind:7} {words}  {ASIDE}={ASIDE:#} {meaning}{rule}");
    }
    lines
}
