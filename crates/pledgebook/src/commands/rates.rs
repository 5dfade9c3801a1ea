//! `rates`: shows, checks and updates exchange rates.

use crate::{
    SOME_FAILED,
    arguments::{Format, Rates as Arguments, RatesCommand, RatesShow, RatesUpdate},
    http::{Address, Client},
    output::{self, ASIDE, JsonWriter, WARNING, WrongUse},
};
use anyhow::{Context, Result, anyhow, bail};
use jiff::civil::Date;
use pledgebook_commitments::{Merged, Rates};
use pledgebook_lexicon::Data;
use pledgebook_mentions::Currency;
use serde_json::json;
use std::{fs, io::Write, path::Path, process::ExitCode, time::Duration};

/// The file that a user's folder of knowledge keeps rates in.
const FILE: &str = "rates.csv";
/// How long a central bank may take to answer, how often it is asked again, and how much it may send.
const TIMEOUT: Duration = Duration::from_secs(60);
const RETRIES: u32 = 2;
const BYTES_MAX: u64 = 64 << 20;

pub fn run(arguments: &Arguments, data: &Data, knowledge: Option<&Path>) -> Result<ExitCode> {
    match &arguments.command {
        None => show(&RatesShow::default(), data),
        Some(RatesCommand::Show(arguments)) => show(arguments, data),
        Some(RatesCommand::Check) => check(data),
        Some(RatesCommand::Update(arguments)) => update(arguments, data, knowledge),
    }
}

fn show(arguments: &RatesShow, data: &Data) -> Result<ExitCode> {
    let rates = Rates::embedded(data)?;
    match (arguments.from, arguments.to) {
        (Some(from), Some(to)) => show_rate(&rates, from, to, arguments),
        _ => show_coverage(&rates, arguments.format),
    }
}

fn show_rate(rates: &Rates, from: Currency, to: Currency, arguments: &RatesShow) -> Result<ExitCode> {
    let last = rates.coverage().iter().filter_map(|series| series.days).map(|(_, last)| last).max();
    let day: Date = match &arguments.on {
        Some(day) => day.parse().context("no day")?,
        None => last.context("there are no rates at all")?,
    };
    let Some(rate) = rates.rate(from, to, day) else {
        output::note(format_args!("no rate of {from} in {to} is known for {day} or the week before it"));
        return Ok(ExitCode::from(SOME_FAILED));
    };
    let mut out = output::stdout();
    match arguments.format {
        Format::Table => {
            let source = if rate.source.is_empty() { String::new() } else { format!(", {}", rate.source) };
            writeln!(out, "1 {from} = {} {to} {ASIDE}({}{source}){ASIDE:#}", rate.rate, rate.day)?;
        }
        Format::Csv => {
            writeln!(out, "from,to,rate,day,source\n{from},{to},{},{},\"{}\"", rate.rate, rate.day, rate.source)?;
        }
        Format::Json | Format::Jsonl => writeln!(
            out,
            "{}",
            json!({"from": from, "to": to, "rate": rate.rate.to_string(), "day": rate.day.to_string(), "source": rate.source})
        )?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn show_coverage(rates: &Rates, format: Format) -> Result<ExitCode> {
    let mut out = output::stdout();
    match format {
        Format::Table => {
            for series in rates.coverage() {
                let days = series.days.map_or("no rates".to_owned(), |(first, last)| format!("{first} to {last}"));
                let codes: Vec<String> = series.currencies.iter().map(ToString::to_string).collect();
                writeln!(
                    out,
                    "{}  {days}, against {}\n  {}\n  {ASIDE}{}{ASIDE:#}",
                    series.source,
                    series.anchor,
                    codes.join(" "),
                    series.note
                )?;
            }
            writeln!(out, "\nFixed rates")?;
            for (_, _, told) in rates.pegs() {
                writeln!(out, "  {told}")?;
            }
        }
        Format::Csv => {
            writeln!(out, "source,anchor,first,last,currencies")?;
            for series in rates.coverage() {
                let (first, last) =
                    series.days.map_or_else(Default::default, |(first, last)| (first.to_string(), last.to_string()));
                writeln!(out, "{},{},{first},{last},{}", series.source, series.anchor, series.currencies.len())?;
            }
        }
        Format::Json | Format::Jsonl => {
            let mut writer = JsonWriter::new(&mut out, format);
            for series in rates.coverage() {
                let (first, last) =
                    series.days.map_or_else(Default::default, |(first, last)| (first.to_string(), last.to_string()));
                writer.push(&json!({
                    "source": series.source, "note": series.note, "anchor": series.anchor, "first": first, "last": last,
                    "currencies": series.currencies,
                }))?;
            }
            writer.finish()?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn check(data: &Data) -> Result<ExitCode> {
    let doubts = Rates::embedded(data)?.check();
    let faults = doubts.iter().filter(|doubt| doubt.is_fault()).count();
    let mut out = output::stdout();
    for doubt in &doubts {
        let word = if doubt.is_fault() { "wrong" } else { "look at" };
        writeln!(out, "{WARNING}{word}{WARNING:#}  {doubt}")?;
    }
    writeln!(out, "{faults} wrong, {} large moves to look at", doubts.len() - faults)?;
    out.flush()?;
    Ok(ExitCode::from(if faults == 0 { 0 } else { SOME_FAILED }))
}

fn update(arguments: &RatesUpdate, data: &Data, knowledge: Option<&Path>) -> Result<ExitCode> {
    let Some(folder) = knowledge else {
        return Err(WrongUse("say with --knowledge which folder's rates.csv is made or updated".to_owned()).into());
    };
    let rates = Rates::embedded(data)?;
    let (place, bytes) = take(&arguments.file)?;
    let text = String::from_utf8(bytes).with_context(|| format!("{place} is no UTF-8 text"))?;
    let merged = rates.merge(&place, &text)?;
    let faults: Vec<String> =
        merged.rates.check().iter().filter(|doubt| doubt.is_fault()).map(ToString::to_string).collect();
    if !faults.is_empty() {
        bail!("nothing was changed; with {place} the rates would be wrong: {}", faults.join("; "));
    }
    tell(&merged)?;
    if !merged.changed.is_empty() && !arguments.replace {
        bail!("nothing was changed: {place} and the rates at hand differ, as listed (--replace takes the file's)");
    }
    if !arguments.dry_run {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        write(&folder.join(FILE), merged.rates.file().text())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What a file holds, or what stands at an address, and how messages name it.
fn take(file: &Path) -> Result<(String, Vec<u8>)> {
    let place = file.display().to_string();
    if !place.contains("://") {
        let bytes = fs::read(file).with_context(|| format!("{place} cannot be read"))?;
        return Ok((place, bytes));
    }
    let client = Client::new(Address::new(&place)?, None, TIMEOUT, RETRIES, BYTES_MAX);
    let bytes = client.get().map_err(|failure| anyhow!("{} {failure}", client.address()))?;
    if bytes.starts_with(b"PK") {
        bail!("{} is a ZIP archive; unpack it and name the file in it", client.address());
    }
    Ok((client.address().to_string(), bytes))
}

fn tell(merged: &Merged) -> Result<()> {
    let mut out = output::stdout();
    for changed in &merged.changed {
        let known = changed.known;
        writeln!(
            out,
            "{WARNING}differs{WARNING:#}  {} {}: {} at hand, {} in the file",
            known.day, known.currency, known.figure, changed.told
        )?;
    }
    writeln!(out, "{} new, {} known, {} different", merged.added, merged.known, merged.changed.len())?;
    out.flush()?;
    Ok(())
}

/// Writes beside the file and puts it in its place at once, so that no half of it is ever read.
fn write(path: &Path, text: &str) -> Result<()> {
    let half = path.with_extension("csv.new");
    fs::write(&half, text).with_context(|| format!("{} cannot be written", half.display()))?;
    fs::rename(&half, path).with_context(|| format!("{} cannot be written", path.display()))
}
