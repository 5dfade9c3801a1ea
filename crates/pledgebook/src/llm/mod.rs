//! The reader that asks a language model, with the rules to fall back on.

mod endpoint;
mod tally;

use crate::{
    arguments::{Reader as Arguments, ReaderKind},
    documents,
    ledgers::Books,
    output::WrongUse,
    readers::{DocumentReader, RULES, ReadDocument, Readers, Remarks},
};
use anyhow::Result;
use endpoint::{Asked, Endpoint};
use pledgebook_claims::llm::{Checked, Checker, Instructions, parts, reader_name};
use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_text::Text;
use serde_json::Value;
use std::{
    mem::ManuallyDrop,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};
use tally::Tally;

/// Documents in a row for which the endpoint fails before it is left alone for the rest of the run.
const FAILURES_MAX: u32 = 5;

/// Does something with the reader that a command line asks for; `run` is also told how many inputs to work on together.
///
/// # Errors
/// When the command line makes no sense, and what `run` fails with.
pub fn with_reader<R: Send>(
    arguments: &Arguments,
    readers: Readers,
    books: &Books,
    data: &Data,
    run: impl FnOnce(&dyn DocumentReader, usize) -> Result<R> + Send,
) -> Result<R> {
    if arguments.reader == ReaderKind::Rules {
        if arguments.endpoint.is_some() || arguments.model.is_some() {
            return Err(WrongUse("--endpoint and --model are for --reader llm".to_owned()).into());
        }
        // The program ends behind this: giving back the tables piece by piece would take as long as reading an article.
        return run(&*ManuallyDrop::new(readers), documents::together());
    }
    let reader = ModelReader::new(arguments, readers, books, data)?;
    let at_once = usize::from(arguments.at_once);
    // Answers are waited for, not worked for; and what was paid for is soon written down.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(at_once).build()?;
    pool.install(|| run(&reader, 4 * at_once))
}

/// Reads documents by asking a language model for their claims; where it fails, by the rules.
struct ModelReader<'b> {
    readers: Readers,
    instructions: Instructions,
    endpoint: Endpoint,
    model: String,
    temperature: f64,
    /// What its readings are called.
    name: String,
    /// The ledger that remembers what was asked before.
    books: &'b Books,
    failures: AtomicU32,
    tally: Mutex<Tally>,
}

impl<'b> ModelReader<'b> {
    /// A reader as the command line asks for it. Nothing is sent yet.
    fn new(arguments: &Arguments, readers: Readers, books: &'b Books, data: &Data) -> Result<Self> {
        let model = arguments.model.clone().unwrap_or_default();
        if model.is_empty() || model.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(WrongUse("the name of a model has no spaces and is not empty".to_owned()).into());
        }
        Ok(Self {
            readers,
            instructions: Instructions::load(data)?,
            endpoint: Endpoint::new(arguments)?,
            temperature: arguments.temperature,
            name: reader_name(&model),
            model,
            books,
            failures: AtomicU32::new(0),
            tally: Mutex::new(Tally::new(arguments.price_in, arguments.price_out)),
        })
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the model proposes for all parts of a document, or why it proposes nothing.
    fn ask(&self, text: &Text<'_>) -> Result<Result<Vec<Value>, String>> {
        if self.failures.load(Ordering::Relaxed) >= FAILURES_MAX {
            let address = self.endpoint.address();
            return Ok(Err(format!(
                "{address} failed for {FAILURES_MAX} documents in a row and is not asked any more"
            )));
        }
        let parts = match parts(text) {
            Ok(parts) => parts,
            Err(too_long) => return Ok(Err(too_long.to_string())),
        };
        let mut proposals = Vec::new();
        for part in &parts {
            let request = self.instructions.request(&self.model, self.temperature, text.document(), part);
            let answer = match self.endpoint.ask(&request)? {
                Asked::Answered(answer) => answer,
                Asked::Failed(why) => {
                    self.failures.fetch_add(1, Ordering::Relaxed);
                    return Ok(Err(why));
                }
            };
            self.failures.store(0, Ordering::Relaxed);
            self.tally().answered(answer.tokens);
            match answer.claims {
                Ok(claims) => proposals.extend(claims),
                Err(unusable) => return Ok(Err(self.endpoint.shown(&unusable.to_string()))),
            }
        }
        Ok(Ok(proposals))
    }
}

impl DocumentReader for ModelReader<'_> {
    fn read(&self, document: Document) -> Result<ReadDocument> {
        let mut document = document;
        let reader = match self.readers.reader_of(&mut document)? {
            Ok(reader) => reader,
            Err(not_read) => return Ok(ReadDocument::not_read(document, not_read)),
        };
        // The rules cost nothing beside a request: they give the mentions to check by, and the claims where the model gives none.
        let reading = reader.read(&document);
        if document.published.is_none() {
            document.published = reading.published.map(|day| day.to_string());
        }
        if let Some(claims) = self.books.reading(&document, &self.name)? {
            self.tally().remembered += 1;
            return Ok(ReadDocument::new(document, claims, self.name.clone()));
        }
        let text = reader.text(&document);
        let (checked, failure) = match self.ask(&text)? {
            Ok(proposals) => {
                let checker = Checker::new(&text, &reading.mentions, self.instructions.domains());
                let checked = checker.read(&proposals, &self.name);
                self.tally().checked(&checked);
                // Whoever wrote into the text "there is nothing to report" is not to make its promises disappear.
                let failure = checked.claims.is_empty() && !reading.claims.is_empty();
                (checked, failure.then(|| "the model found nothing that the text bears out".to_owned()))
            }
            Err(why) => (Checked::default(), Some(why)),
        };
        let (claims, name) = match failure {
            Some(_) => (reading.claims, RULES.to_owned()),
            None => (checked.claims, self.name.clone()),
        };
        let remarks = Remarks { fallback: failure, dropped: checked.dropped, not_read: None };
        Ok(ReadDocument { remarks, ..ReadDocument::new(document, claims, name) })
    }

    fn report(&self) -> Vec<String> {
        self.tally().report(&self.name, self.endpoint.repeated())
    }
}
