//! Adding up, comparing, deciding on and looking after a ledger.

use crate::{
    NO_LEDGER,
    arguments::{Backup, Compact, Decide, Decisions, Diff, Format, Releases, Search, Sums, Verify},
    commands::ask,
    ledgers,
    output::{self, JsonWriter, WARNING, WrongUse, counted},
    readers::{RULES, Readers},
};
use anyhow::{Context, Result};
use pledgebook_answers::{Amounts, PlainTable, document_csv, document_table, short_id, shortened};
use pledgebook_claims::{
    PledgeStage,
    llm::{self, Checker, Instructions},
};
use pledgebook_commitments::{Bounds, Decision};
use pledgebook_ledger::{Filter, Proof, StoredDocument, SumFilter};
use pledgebook_lexicon::{Data, Error as LexiconError};
use pledgebook_mentions::Kinds;
use serde::Serialize;
use std::{env, fs, io::Write, process::ExitCode};

pub fn sums(arguments: &Sums, data: &Data) -> Result<ExitCode> {
    let ledger = ledgers::open(&arguments.question.ledger, data)?;
    let stage = ask::values(&arguments.selection.stage, "stage of a commitment", PledgeStage::ALL, PledgeStage::word)?;
    let filter = Filter { stage, ..ask::filter(&arguments.question, &arguments.selection)? };
    let question = SumFilter { filter, by: arguments.each.into(), currency: arguments.question.currency };
    let sums = ledger.sums(&question)?;
    let amounts = Amounts::load(data)?;
    print(&sums, arguments.question.format, |sums| {
        let mut table = PlainTable::new(["SUM OF", "AMOUNT", "COMMITMENTS", "LEFT OUT"]);
        for sum in sums {
            let bounds = Bounds { low: Some(sum.low), high: Some(sum.high), currency: sum.currency };
            let open = if sum.open { " or more" } else { "" };
            let left_out: Vec<String> = sum
                .left_out
                .iter()
                .map(|removal| format!("{} {}", removal.commitments.len(), removal.reason))
                .collect();
            let of = if sum.of.is_empty() { "all" } else { &sum.of };
            let amount = format!("{}{open}", amounts.bounds(&bounds));
            table.push([of.to_owned(), amount, sum.commitments.to_string(), left_out.join("; ")]);
        }
        table
    })
}

pub fn diff(arguments: &Diff, data: &Data) -> Result<ExitCode> {
    let ledger = ledgers::open(&arguments.book.ledger, data)?;
    let diff = ledger.diff(&arguments.from, &arguments.to)?;
    print(&diff.changes, arguments.format, |changes| {
        let mut table = PlainTable::new(["ID", "WHO", "WHAT", "BEFORE", "AFTER"]);
        for change in changes {
            let by = change.by.join(", ");
            if change.new {
                let new = format!("new {}", change.kind);
                table.push([short_id(&change.id).to_owned(), by.clone(), new, String::new(), String::new()]);
            }
            for slot in change.slots.iter().filter(|_| !change.new) {
                let told = |value: &serde_json::Value| match value {
                    serde_json::Value::Null => "–".to_owned(),
                    serde_json::Value::String(word) => word.clone(),
                    value => shortened(&value.to_string(), 60),
                };
                let id = short_id(&change.id).to_owned();
                table.push([id, by.clone(), slot.slot.clone(), told(&slot.before), told(&slot.after)]);
            }
        }
        table
    })
}

pub fn search(arguments: &Search, data: &Data) -> Result<ExitCode> {
    let ledger = ledgers::open(&arguments.book.ledger, data)?;
    let found = ledger.search(&arguments.words.join(" "), arguments.limit)?;
    let mut out = output::stdout();
    match arguments.format {
        Format::Table if found.is_empty() => output::note("No document holds all these words."),
        Format::Table => write!(out, "{}", document_table(&found))?,
        Format::Csv => document_csv(&mut out, &found)?,
        format => return json(&found, format),
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

pub fn decide(arguments: Decide, data: &Data) -> Result<ExitCode> {
    let (act, by) = arguments.what.into_act();
    let author = author(by.author)?;
    let mut ledger = ledgers::change(&by.book.ledger, data)?;
    let decision = ledger.decide(&author, &now(), &by.reason, act)?;
    tell(&decision);
    Ok(ExitCode::SUCCESS)
}

/// Who decides: as the command line says, else the user.
pub fn author(named: Option<String>) -> Result<String> {
    let author = named.or_else(|| env::var("USER").ok()).filter(|name| !name.trim().is_empty());
    author.ok_or_else(|| WrongUse("say who decides with --author".to_owned()).into())
}

/// Names a decision that was made, and how it is undone.
pub fn tell(decision: &Decision) {
    output::note(format_args!(
        "Decision {} by {}; `pledgebook decide undo {}` takes it back.",
        short_id(&decision.id),
        decision.author,
        short_id(&decision.id)
    ));
}

pub fn decisions(arguments: &Decisions, data: &Data) -> Result<ExitCode> {
    if let Some(path) = &arguments.import {
        let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let decisions: Vec<Decision> = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(index, line)| {
                serde_json::from_str(line).with_context(|| format!("{}:{}: is no decision", path.display(), index + 1))
            })
            .collect::<Result<_>>()?;
        let new = ledgers::change(&arguments.book.ledger, data)?.import(&decisions)?;
        output::note(format_args!("{} taken over, {new} of them new.", counted(decisions.len(), "decision")));
        return Ok(ExitCode::SUCCESS);
    }
    let decisions = ledgers::open(&arguments.book.ledger, data)?.decisions()?;
    print(&decisions, arguments.format, |decisions| {
        let mut table = PlainTable::new(["ID", "TIME", "AUTHOR", "DECISION", "REASON"]);
        for decision in decisions {
            let act = serde_json::to_value(&decision.act).unwrap_or_default();
            let about: Vec<String> = act
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, value)| match value {
                    serde_json::Value::String(word) if key == "act" => word.replace('_', " "),
                    serde_json::Value::String(word) => short_id(word).to_owned(),
                    value => value.to_string(),
                })
                .collect();
            let time = decision.time.get(..16).unwrap_or(&decision.time).replace('T', " ");
            let id = short_id(&decision.id).to_owned();
            table.push([id, time, decision.author.clone(), about.join(" "), decision.reason.clone()]);
        }
        table
    })
}

pub fn releases(arguments: &Releases, data: &Data) -> Result<ExitCode> {
    let releases = match &arguments.make {
        Some(note) => vec![ledgers::change(&arguments.book.ledger, data)?.release(&now(), note)?],
        None => ledgers::open(&arguments.book.ledger, data)?.releases()?,
    };
    print(&releases, arguments.format, |releases| {
        let mut table =
            PlainTable::new(["RELEASE", "TIME", "DOCUMENTS", "CLAIMS", "COMMITMENTS", "AGREEMENTS", "HASH", "NOTE"]);
        for release in releases {
            let [documents, claims, commitments, agreements] = release.counts.map(|count| count.to_string());
            let time = release.time.get(..16).unwrap_or(&release.time).replace('T', " ");
            let (number, hash, note) = (release.number.to_string(), release.hash.clone(), release.note.clone());
            table.push([number, time, documents, claims, commitments, agreements, hash, note]);
        }
        table
    })
}

pub fn verify(arguments: &Verify, data: &Data) -> Result<ExitCode> {
    let ledger = ledgers::open(&arguments.book.ledger, data)?;
    let readers = Readers::new(data.clone())?;
    let instructions = Instructions::load(data)?;
    let mut failed = None;
    let found = ledger.verify(&mut |stored| {
        prove(stored, &readers, &instructions).unwrap_or_else(|error| {
            failed = Some(error);
            Proof::Unproved
        })
    })?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    for fault in &found.faults {
        output::note(format_args!("{WARNING}fault:{WARNING:#} {fault}"));
    }
    output::note(format_args!(
        "{}: {} read again, {} compared, {} derived again, {} of the log checked; {}.",
        arguments.book.ledger.display(),
        counted(found.documents, "document"),
        counted(found.claims, "claim"),
        counted(found.derived, "commitment or agreement"),
        if found.log == 1 { "1 entry".to_owned() } else { format!("{} entries", found.log) },
        if found.faults.is_empty() { "everything follows".to_owned() } else { counted(found.faults.len(), "fault") },
    ));
    if found.checked > 0 {
        output::note(format_args!(
            "{} read by a language model: that cannot be read again, so evidence, figures, dates and names were held against the text.",
            counted(found.checked, "document")
        ));
    }
    if found.unproved > 0 {
        output::note(format_args!(
            "{} read by another version: only the evidence was looked for; read them again to have them proved.",
            counted(found.unproved, "document")
        ));
    }
    Ok(ExitCode::from(if found.faults.is_empty() { 0 } else { NO_LEDGER }))
}

/// Holds the claims of a stored document against its text, as far as what read it allows.
fn prove(stored: &StoredDocument, readers: &Readers, instructions: &Instructions) -> Result<Proof, LexiconError> {
    let rules = &stored.row.rules;
    let mut document = stored.document.clone();
    if rules == RULES {
        return Ok(Proof::Again(readers.read(document)?.claims));
    }
    if !llm::is_of_this_version(rules) {
        return Ok(Proof::Unproved);
    }
    let astray = readers.mentions(&mut document, Kinds::ALL, |_, text, mentions| {
        let checker = Checker::new(text, mentions, instructions.domains());
        stored.claims.iter().filter(|claim| !checker.holds(claim)).cloned().collect()
    })?;
    Ok(Proof::Checked(astray.unwrap_or_else(|_| stored.claims.clone())))
}

pub fn backup(arguments: &Backup, data: &Data) -> Result<ExitCode> {
    ledgers::open(&arguments.book.ledger, data)?.backup(&arguments.to)?;
    output::note(format_args!("{} is a copy of {}.", arguments.to.display(), arguments.book.ledger.display()));
    Ok(ExitCode::SUCCESS)
}

pub fn compact(arguments: &Compact, data: &Data) -> Result<ExitCode> {
    let [before, after] = ledgers::change(&arguments.book.ledger, data)?.compact()?;
    output::note(format_args!("{}: {before} bytes before, {after} now.", arguments.book.ledger.display()));
    Ok(ExitCode::SUCCESS)
}

/// The moment, ISO 8601.
pub fn now() -> String {
    // Always six digits: texts of one length sort as times do, also for two decisions of one second.
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

pub fn print<T: Serialize>(found: &[T], format: Format, table: impl FnOnce(&[T]) -> PlainTable) -> Result<ExitCode> {
    let mut out = output::stdout();
    match format {
        Format::Table if found.is_empty() => output::note("There is none."),
        Format::Table => write!(out, "{}", table(found))?,
        Format::Csv => table(found).write_csv(&mut out)?,
        format => return json(found, format),
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

pub fn json<T: Serialize>(found: &[T], format: Format) -> Result<ExitCode> {
    let mut writer = JsonWriter::new(output::stdout(), format);
    for item in found {
        writer.push(item)?;
    }
    writer.finish()?;
    Ok(ExitCode::SUCCESS)
}
