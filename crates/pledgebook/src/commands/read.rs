//! `read`: documents to claims, shown and, if asked, added to a ledger.

use crate::{
    arguments::{Format, Read},
    documents,
    ledgers::{self, Books},
    llm,
    output::{self, ASIDE, Failures, HEADING, JsonWriter, clean, counted},
    readers::{DocumentReader, ReadDocument, Readers, Remarks},
};
use anyhow::Result;
use pledgebook_answers::{Amounts, ClaimTable, confidence, in_one_line, one_line};
use pledgebook_claims::{Claim, DocumentClaims};
use pledgebook_commitments::Knowledge;
use pledgebook_document::Opener;
use pledgebook_ledger::{Appended, Entry};
use pledgebook_lexicon::Data;
use std::{collections::BTreeMap, io::Write, process::ExitCode, time::Instant};

pub fn run(arguments: &Read, data: &Data) -> Result<ExitCode> {
    let started = Instant::now();
    let opener = Opener::new(data)?;
    let readers = Readers::new(data.clone())?.explaining(arguments.explain);
    let books = Books::new(match arguments.ledger.as_deref().filter(|_| !arguments.dry_run) {
        Some(path) => Some(ledgers::create(path, data)?),
        None => None,
    });
    llm::with_reader(&arguments.reader, readers, &books, data, |reader, together| {
        enter(arguments, data, &opener, reader, &books, together, started)
    })
}

/// Reads the inputs with a reader, shows what it found, and enters it in the books if they are kept.
fn enter(
    arguments: &Read,
    data: &Data,
    opener: &Opener,
    reader: &dyn DocumentReader,
    books: &Books,
    together: usize,
    started: Instant,
) -> Result<ExitCode> {
    let today = today();
    let knowledge = books.knowledge()?;
    let mut sheet = Sheet::new(arguments, data)?;
    let mut tally = Tally::default();
    let failures = documents::each(
        opener,
        &arguments.inputs,
        arguments.quiet,
        together,
        |documents| {
            let read = reader.read_each(documents)?.into_iter();
            match &knowledge {
                Some(knowledge) => read.map(|read| Taken::entered(read, &today, knowledge, arguments.quiet)).collect(),
                None => Ok(read.map(Taken::Shown).collect()),
            }
        },
        |batch, failures| {
            let mut read = Vec::with_capacity(batch.len());
            let (mut entries, mut shown) = (Vec::new(), Vec::new());
            for taken in batch {
                match taken {
                    Taken::Shown(document) => read.push(document),
                    Taken::Entered(entry, claims, remarks) => {
                        entries.push(entry);
                        shown.push((claims, remarks));
                    }
                }
            }
            tally.append(books.with(|ledger| ledger.accept(&entries))?.unwrap_or_default());
            read.extend(entries.into_iter().zip(shown).map(|(entry, (claims, remarks))| ReadDocument {
                document: entry.document,
                claims,
                reader: entry.rules,
                remarks,
            }));
            for document in &read {
                tally.count(document);
                let (id, remarks) = (&document.document.id, &document.remarks);
                if let Some(why) = &remarks.not_read {
                    failures.not_read(id, why);
                }
                if let Some(why) = &remarks.fallback {
                    failures.fell_back(id, why);
                }
                sheet.push(document)?;
            }
            sheet.flush()
        },
    );
    // What was accepted is joined even where the run ends early.
    tally.appended.touched = books.with(|ledger| ledger.settle())?.unwrap_or_default();
    let failures = failures?;
    sheet.finish()?;
    if !arguments.quiet {
        tally.report(arguments, &failures, started);
        reader.report().iter().for_each(output::note);
    }
    Ok(failures.exit_code())
}

/// A document that was read: to be shown, or to be entered in the ledger and then shown with its claims.
enum Taken {
    Shown(ReadDocument),
    Entered(Entry, Vec<Claim>, Remarks),
}

impl Taken {
    /// A document to be entered, made ready by the thread that read it: the ledger has one writer. Nobody asks for the claims afterwards
    /// where the run is quiet.
    fn entered(read: ReadDocument, today: &str, knowledge: &Knowledge, quiet: bool) -> Result<Self> {
        let ReadDocument { document, claims, reader, remarks } = read;
        let entry = Entry::new(document, &claims, today, &reader, knowledge)?;
        Ok(Self::Entered(entry, if quiet { Vec::new() } else { claims }, remarks))
    }
}

/// The day of reading, on which everything without a day of publication is known.
pub fn today() -> String {
    jiff::Timestamp::now().to_string().get(..10).unwrap_or_default().to_owned()
}

/// The line of `read --format jsonl` for a document.
pub fn record(read: &ReadDocument) -> DocumentClaims {
    let document = &read.document;
    DocumentClaims {
        id: document.id.clone(),
        lang: document.lang.clone(),
        published: document.published.clone(),
        publisher: document.publisher.clone(),
        url: document.url.clone(),
        claims: read.claims.clone(),
    }
}

/// Where what was found is printed.
enum Sheet<W: Write> {
    Nothing,
    Table { out: W, amounts: Amounts, explain: bool },
    Json(JsonWriter<W>),
    Csv(Box<ClaimTable<W>>),
}

impl Sheet<Box<dyn Write + Send>> {
    fn new(arguments: &Read, data: &Data) -> Result<Self> {
        if arguments.quiet {
            return Ok(Self::Nothing);
        }
        let out: Box<dyn Write + Send> = Box::new(output::stdout());
        Ok(match arguments.format {
            Format::Table => Self::Table { out, amounts: Amounts::load(data)?, explain: arguments.explain },
            Format::Json | Format::Jsonl => Self::Json(JsonWriter::new(out, arguments.format)),
            Format::Csv => Self::Csv(Box::new(ClaimTable::new(out)?)),
        })
    }
}

impl<W: Write> Sheet<W> {
    fn push(&mut self, read: &ReadDocument) -> Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Table { out, amounts, explain } => table(out, amounts, *explain, read),
            Self::Json(writer) => writer.push(&record(read)),
            Self::Csv(table) => Ok(table.push(&record(read))?),
        }
    }

    fn flush(&mut self) -> Result<()> {
        match self {
            Self::Table { out, .. } => Ok(out.flush()?),
            _ => Ok(()),
        }
    }

    fn finish(self) -> Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Table { mut out, .. } => Ok(out.flush()?),
            Self::Json(writer) => writer.finish(),
            Self::Csv(table) => Ok(table.finish()?),
        }
    }
}

/// One document for people: what it is, then a line for each claim.
fn table(out: &mut impl Write, amounts: &Amounts, explain: bool, read: &ReadDocument) -> Result<()> {
    let document = &read.document;
    let known = [&document.published, &document.publisher, &document.lang];
    let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
    writeln!(out, "{HEADING}{}{HEADING:#}  {}", document.id, known.join(" · "))?;
    if let Some(title) = &document.title {
        writeln!(out, "  {}", one_line(title))?;
    }
    for claim in &read.claims {
        writeln!(out, "  {HEADING}{:13}{HEADING:#} {}", claim.body.kind(), in_one_line(claim, amounts))?;
        if explain {
            explained(out, claim)?;
        }
    }
    if read.claims.is_empty() && read.remarks.not_read.is_none() {
        writeln!(out, "  {ASIDE}no claims{ASIDE:#}")?;
    }
    for dropped in read.remarks.dropped.iter().filter(|_| explain) {
        writeln!(out, "  {ASIDE}dropped, {}: “{}”{ASIDE:#}", dropped.doubt, clean(&dropped.evidence))?;
    }
    writeln!(out)?;
    Ok(())
}

/// Where a claim stands and what gave each slot.
fn explained(out: &mut impl Write, claim: &Claim) -> Result<()> {
    let [start, end] = claim.span;
    writeln!(out, "    {ASIDE}“{}”{ASIDE:#}", one_line(&claim.evidence))?;
    let confidence = confidence(claim.confidence);
    writeln!(out, "    {ASIDE}characters {start} to {end} · {} · {confidence}{ASIDE:#}", claim.rule)?;
    for reason in &claim.reasons {
        writeln!(out, "      {:12} {}  {ASIDE}{}{ASIDE:#}", reason.slot, one_line(&reason.words), reason.rule)?;
    }
    Ok(())
}

/// What a run read and added.
#[derive(Default)]
struct Tally {
    documents: usize,
    languages: BTreeMap<String, usize>,
    kinds: BTreeMap<&'static str, usize>,
    appended: Appended,
}

impl Tally {
    fn count(&mut self, read: &ReadDocument) {
        self.documents += 1;
        *self.languages.entry(read.document.lang.clone().unwrap_or_else(|| "?".to_owned())).or_default() += 1;
        for claim in &read.claims {
            *self.kinds.entry(claim.body.kind()).or_default() += 1;
        }
    }

    fn append(&mut self, appended: Appended) {
        let all = &mut self.appended;
        all.documents += appended.documents;
        all.versions += appended.versions;
        all.repeated += appended.repeated;
        all.reread += appended.reread;
        all.claims += appended.claims;
    }

    fn report(&self, arguments: &Read, failures: &Failures, started: Instant) {
        let languages: Vec<String> = self.languages.iter().map(|(code, count)| format!("{count} {code}")).collect();
        let claims: usize = self.kinds.values().sum();
        let kinds: Vec<String> = self.kinds.iter().map(|(kind, count)| counted(*count, kind)).collect();
        let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
        output::note(format_args!(
            "Read {} ({}) in {}: {}{kinds}.",
            counted(self.documents, "document"),
            languages.join(", "),
            duration(started),
            counted(claims, "claim"),
        ));
        if failures.count() > 0 {
            output::note(format_args!("{} failed; each is named above.", counted(failures.count(), "input")));
        }
        if failures.fallbacks() > 0 {
            let count = counted(failures.fallbacks(), "document");
            output::note(format_args!("{count} read by the rules instead; each is named above."));
        }
        let Some(path) = &arguments.ledger else { return };
        if arguments.dry_run {
            output::note(format_args!("{} was left as it is.", path.display()));
            return;
        }
        let Appended { documents, versions, repeated, reread, claims, touched } = self.appended;
        let mut parts = vec![counted(documents, "new document"), counted(claims, "new claim")];
        for (count, what) in [(versions, "new version"), (reread, "new reading"), (repeated, "document known already")]
        {
            if count > 0 {
                parts.push(if what.ends_with("already") {
                    format!("{count} known already")
                } else {
                    counted(count, what)
                });
            }
        }
        output::note(format_args!(
            "{}: {}; {} touched.",
            path.display(),
            parts.join(", "),
            counted(touched, "commitment or agreement")
        ));
    }
}

/// A time span for people.
pub fn duration(started: Instant) -> String {
    let elapsed = started.elapsed();
    match elapsed.as_millis() {
        0..10_000 => format!("{} ms", elapsed.as_millis()),
        _ => format!("{:.1} s", elapsed.as_secs_f64()),
    }
}
