//! `mentions`: what documents mention, and nothing made of it.

use crate::{
    arguments::{Format, Mentions},
    documents, output,
    output::{ASIDE, HEADING, JsonWriter, WrongUse},
    readers::Readers,
};
use anyhow::{Result, bail};
use pledgebook_answers::{Amounts, mention_in_one_line, mentions_to_json};
use pledgebook_document::{Document, Opener};
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Kinds, Mentions as Found};
use std::{io::Write, process::ExitCode};

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
    let mut out = output::stdout();
    let mut json = (arguments.format != Format::Table).then(|| JsonWriter::new(&mut out, arguments.format));
    let mut lines = Vec::new();
    let failures = documents::each(
        &opener,
        &arguments.inputs,
        true,
        |mut document| {
            let found = readers.mentions(&mut document, asked)?;
            Ok((document, found))
        },
        |batch, failures| {
            for (document, found) in batch {
                let found = found.unwrap_or_else(|why| {
                    failures.not_read(&document.id, &why);
                    Found::default()
                });
                match &mut json {
                    Some(json) => json.push(&mentions_to_json(&document, &found, arguments.explain))?,
                    None => table(&mut lines, &document, &found, &amounts, arguments.explain)?,
                }
            }
            Ok(())
        },
    )?;
    if let Some(json) = json {
        json.finish()?;
    }
    out.write_all(&lines)?;
    out.flush()?;
    Ok(failures.exit_code())
}

fn table(out: &mut Vec<u8>, document: &Document, found: &Found, amounts: &Amounts, explain: bool) -> Result<()> {
    writeln!(out, "{HEADING}{}{HEADING:#}", document.id)?;
    for mention in &found.list {
        let [kind, words, meaning] = mention_in_one_line(document, mention, amounts);
        let rule = if explain { format!("  {ASIDE}{}{ASIDE:#}", mention.rule) } else { String::new() };
        writeln!(out, "  {kind:7} {words}  {ASIDE}={ASIDE:#} {meaning}{rule}")?;
    }
    writeln!(out)?;
    Ok(())
}
