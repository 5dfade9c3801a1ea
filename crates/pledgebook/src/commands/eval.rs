//! `eval`: reads annotated documents and says how well.

use crate::{
    arguments::{Eval, ReaderKind},
    commands::{eval_names, read::record},
    ledgers::Books,
    llm,
    output::{self, Failures},
    readers::{ReadDocument, Readers},
};
use anyhow::{Context, Result, bail};
use pledgebook_answers::eval::{Claims, Report};
use pledgebook_commitments::Knowledge;
use pledgebook_document::Opener;
use pledgebook_lexicon::Data;
use rayon::prelude::*;
use std::{
    collections::HashMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

pub fn run(arguments: &Eval, data: &Data) -> Result<ExitCode> {
    let mut gold = Vec::new();
    let mut texts = Vec::new();
    for path in files(&arguments.gold)? {
        for document in load(&path)? {
            texts.push(text_of(&path, &document));
            gold.push(document);
        }
    }
    let mut failures = Failures::default();
    let read = match &arguments.read {
        Some(path) => load(path)?,
        None => read(arguments, &gold, &texts, data, &mut failures)?,
    };
    let by_id: HashMap<&str, &Claims> = read.iter().map(|document| (document.id.as_str(), document)).collect();
    let report = Report::new(&gold, |id| by_id.get(id).copied());
    let mut out = output::stdout();
    if arguments.detail {
        for fault in &report.faults {
            writeln!(out, "{fault}")?;
        }
    }
    if arguments.json {
        writeln!(out, "{}", report.to_json())?;
    } else {
        write!(out, "{report}")?;
        // Claims read elsewhere say nothing about names.
        if arguments.read.is_none() && arguments.reader.reader == ReaderKind::Rules {
            let (opener, readers) = (Opener::new(data)?, Readers::new(data.clone())?);
            let names = eval_names::measure(&gold, &texts, &opener, &readers, &Knowledge::load(data)?)?;
            write!(out, "{names}")?;
        }
    }
    out.flush()?;
    Ok(failures.exit_code())
}

/// The named files, and the `.jsonl` files of the named folders.
fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).with_context(|| path.display().to_string())?;
        let mut found: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
            .collect();
        if found.is_empty() {
            bail!("{} holds no .jsonl file of annotated documents", path.display());
        }
        found.sort();
        files.extend(found);
    }
    Ok(files)
}

fn load(path: &Path) -> Result<Vec<Claims>> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("{}:{}: is no document with claims", path.display(), index + 1))
        })
        .collect()
}

/// Where the text of an annotated document stands: beside its file as `<lang>/NN.txt` or `<id>.txt`, or in a folder of the file's
/// name.
fn text_of(gold: &Path, document: &Claims) -> Option<PathBuf> {
    let folder = gold.parent().unwrap_or(Path::new("."));
    let stem = gold.file_stem().unwrap_or_default();
    let number = document.id.rsplit('-').next().unwrap_or_default();
    let own = format!("{}.txt", document.id);
    let places = [
        folder.join(document.lang.as_deref().unwrap_or_default()).join(format!("{number}.txt")),
        folder.join(&own),
        folder.join(stem).join(&own),
        folder.join("..").join(stem).join(&own),
    ];
    places.into_iter().find(|place| place.is_file())
}

/// Reads the texts with what the annotations know about the documents, apart from the claims.
fn read(
    arguments: &Eval,
    gold: &[Claims],
    texts: &[Option<PathBuf>],
    data: &Data,
    failures: &mut Failures,
) -> Result<Vec<Claims>> {
    let (opener, readers) = (Opener::new(data)?, Readers::new(data.clone())?);
    let mut missing = 0;
    for (document, _) in gold.iter().zip(texts).filter(|(_, text)| text.is_none()) {
        missing += 1;
        output::note(format_args!("{}: its text is not beside the annotations; it counts as unread", document.id));
    }
    if missing == gold.len() {
        bail!("there is no text for any annotated document");
    }
    let (read, report) = llm::with_reader(&arguments.reader, readers, &Books::new(None), data, |reader, _| {
        let texts = gold.par_iter().zip(texts).filter_map(|(gold, path)| Some((gold, path.as_ref()?)));
        let read = texts.map(|(gold, path)| {
            let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
            let mut document = opener.text(gold.id.as_str(), text);
            document.lang.clone_from(&gold.lang);
            document.published.clone_from(&gold.published);
            document.publisher.clone_from(&gold.publisher);
            reader.read(document)
        });
        Ok((read.collect::<Result<Vec<ReadDocument>>>()?, reader.report()))
    })?;
    for document in &read {
        if let Some(why) = &document.remarks.fallback {
            failures.fell_back(&document.document.id, why);
        }
    }
    report.iter().for_each(output::note);
    read.iter().map(|read| Ok(serde_json::from_value(serde_json::to_value(record(read))?)?)).collect()
}
