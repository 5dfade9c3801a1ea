//! Questions to a ledger: `commitments`, `agreements`, `conflicts`, `documents`, `show`.

use crate::{
    arguments::{Agreements, Commitments, Conflicts, Documents, Format, Question, Selection, Show},
    ledgers, output,
    output::{ASIDE, HEADING, JsonWriter, MARK, WARNING, WrongUse},
    readers::Readers,
};
use anyhow::{Result, bail};
use pledgebook_answers::{
    Amounts, Explanation, Styles, agreement_csv, agreement_table, commitment_csv, commitment_table, difference_csv,
    difference_list, differences, document_csv, document_table, in_currency,
};
use pledgebook_claims::{AgreementStage, Body, Claim, PledgeStage};
use pledgebook_commitments::{Agreement, AsOf, Bounds, ClaimView, Commitment, Compared, Knowledge, Status, Subject};
use pledgebook_ledger::{Filter, Ledger};
use pledgebook_lexicon::Data;
use serde::Serialize;
use std::{collections::HashMap, io::Write, process::ExitCode};

pub fn commitments(arguments: &Commitments, data: &Data) -> Result<ExitCode> {
    let Asked { ledger, amounts, exchange } = Asked::new(&arguments.question, data)?;
    let stages = values(&arguments.selection.stage, "stage of a commitment", PledgeStage::ALL, PledgeStage::word)?;
    let filter = Filter { stage: stages, ..filter(&arguments.question, &arguments.selection)? };
    let found = ledger.commitments(&filter)?;
    let mut out = output::stdout();
    let beside = |commitment: &Commitment| exchange.of(commitment.money.as_ref(), &commitment.first_known);
    match arguments.question.format {
        Format::Table if found.is_empty() => output::note("No commitments are known that fit."),
        Format::Table => write!(out, "{}", commitment_table(&found, &amounts, beside))?,
        Format::Csv => commitment_csv(&mut out, &found, beside)?,
        Format::Json | Format::Jsonl => {
            return json(&found, arguments.question.format, |found| exchange.beside(found, beside(found)));
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

pub fn agreements(arguments: &Agreements, data: &Data) -> Result<ExitCode> {
    let Asked { ledger, amounts, exchange } = Asked::new(&arguments.question, data)?;
    let stages =
        values(&arguments.selection.stage, "stage of an agreement", AgreementStage::ALL, AgreementStage::word)?;
    let filter = Filter { agreement_stage: stages, ..filter(&arguments.question, &arguments.selection)? };
    let found = ledger.agreements(&filter)?;
    let mut out = output::stdout();
    let beside = |agreement: &Agreement| exchange.of(agreement.money.as_ref(), &agreement.first_known);
    match arguments.question.format {
        Format::Table if found.is_empty() => output::note("No agreements are known that fit."),
        Format::Table => write!(out, "{}", agreement_table(&found, &amounts, beside))?,
        Format::Csv => agreement_csv(&mut out, &found, beside)?,
        Format::Json | Format::Jsonl => {
            return json(&found, arguments.question.format, |found| exchange.beside(found, beside(found)));
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

pub fn conflicts(arguments: &Conflicts, data: &Data) -> Result<ExitCode> {
    let Asked { ledger, .. } = Asked::new(&arguments.question, data)?;
    let filter = Filter { as_of: as_of(&arguments.question), ..Filter::differing() };
    let (commitments, agreements) = (ledger.commitments(&filter)?, ledger.agreements(&filter)?);
    let found = differences(&commitments, &agreements);
    let mut out = output::stdout();
    match arguments.question.format {
        Format::Table if found.is_empty() => output::note("There is no point on which sources differ."),
        Format::Table => write!(out, "{}", difference_list(&found))?,
        Format::Csv => difference_csv(&mut out, &found)?,
        Format::Json | Format::Jsonl => {
            return json(&found, arguments.question.format, |found| Ok(serde_json::to_value(found)?));
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

pub fn documents(arguments: &Documents, data: &Data) -> Result<ExitCode> {
    let ledger = ledgers::open(&arguments.ledger, data)?;
    let found = ledger.documents()?;
    let mut out = output::stdout();
    match arguments.format {
        Format::Table if found.is_empty() => output::note("The ledger holds no documents."),
        Format::Table => write!(out, "{}", document_table(&found))?,
        Format::Csv => document_csv(&mut out, &found)?,
        Format::Json | Format::Jsonl => {
            return json(&found, arguments.format, |found| Ok(serde_json::to_value(found)?));
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

pub fn show(arguments: &Show, data: &Data) -> Result<ExitCode> {
    let Asked { ledger, amounts, exchange } = Asked::new(&arguments.question, data)?;
    let subject = ledger.show(&arguments.id, &as_of(&arguments.question))?;
    let beside = match &subject {
        Subject::Commitment(commitment) => exchange.of(commitment.money.as_ref(), &commitment.first_known),
        Subject::Agreement(agreement) => exchange.of(agreement.money.as_ref(), &agreement.first_known),
    };
    let mut out = output::stdout();
    match arguments.question.format {
        Format::Table => {
            let styles = Styles { heading: HEADING, mark: MARK, aside: ASIDE, warning: WARNING };
            let readers = Readers::new(data.clone())?.explaining(true);
            let mut rereading = Rereading { ledger: ledger.as_ref(), readers, claims: HashMap::new() };
            let explanation = Explanation { amounts: &amounts, styles, beside };
            explanation.write(&mut out, &subject, &mut |claim| rereading.marks(claim))?;
        }
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &exchange.beside(&subject, beside)?)?;
            writeln!(out)?;
        }
        Format::Jsonl => {
            serde_json::to_writer(&mut out, &exchange.beside(&subject, beside)?)?;
            writeln!(out)?;
        }
        Format::Csv => match &subject {
            Subject::Commitment(commitment) => {
                commitment_csv(&mut out, std::slice::from_ref(&**commitment), |_| beside.clone())?;
            }
            Subject::Agreement(agreement) => {
                agreement_csv(&mut out, std::slice::from_ref(&**agreement), |_| beside.clone())?;
            }
        },
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// What a question needs to be answered.
struct Asked {
    ledger: Box<dyn Ledger + Send>,
    amounts: Amounts,
    exchange: Exchange,
}

impl Asked {
    fn new(question: &Question, data: &Data) -> Result<Self> {
        let ledger = ledgers::open(&question.ledger, data)?;
        let knowledge = question.currency.map(|_| Knowledge::load(data)).transpose()?;
        let exchange = Exchange { currency: question.currency, knowledge };
        Ok(Self { ledger, amounts: Amounts::load(data)?, exchange })
    }
}

/// The currency that amounts are asked for in.
struct Exchange {
    currency: Option<pledgebook_mentions::Currency>,
    knowledge: Option<Knowledge>,
}

impl Exchange {
    fn of(&self, money: Option<&Bounds>, day: &str) -> Option<Compared> {
        in_currency(money?, day, self.currency?, self.knowledge.as_ref()?.rates())
    }

    /// A value as JSON, with the converted sum where one was asked for; null where there is no rate.
    fn beside(&self, value: &impl Serialize, converted: Option<Compared>) -> Result<serde_json::Value> {
        let mut json = serde_json::to_value(value)?;
        if let (Some(_), Some(object)) = (self.currency, json.as_object_mut()) {
            object.insert("converted".to_owned(), serde_json::to_value(converted)?);
        }
        Ok(json)
    }
}

/// Documents read again, for the words that their claims' slots were read from.
struct Rereading<'l> {
    ledger: &'l (dyn Ledger + Send),
    readers: Readers,
    claims: HashMap<String, Vec<Claim>>,
}

impl Rereading<'_> {
    /// The words of a claim's sentence that gave its figure, its stage and its source. None where today's rules read otherwise.
    fn marks(&mut self, view: &ClaimView) -> Vec<String> {
        if !self.claims.contains_key(&view.document) {
            let stored = self.ledger.document(&view.document).ok();
            let read = stored.and_then(|stored| self.readers.read(stored.document).ok());
            self.claims.insert(view.document.clone(), read.map_or_else(Vec::new, |read| read.claims));
        }
        let claims = self.claims.get(&view.document).into_iter().flatten();
        let same = claims.filter(|claim| {
            // One sentence can hold several promises: each is marked by its own figure.
            let money = match &claim.body {
                Body::Pledge(pledge) => pledge.money.as_ref(),
                Body::Agreement(agreement) => agreement.money.as_ref(),
                _ => None,
            };
            claim.span == view.span && claim.body.kind() == view.kind && money == view.money.as_ref()
        });
        same.flat_map(|claim| &claim.reasons)
            .filter(|reason| matches!(&*reason.slot, "money" | "restated" | "things" | "stage" | "until" | "sources"))
            .map(|reason| reason.words.clone())
            .collect()
    }
}

fn as_of(question: &Question) -> AsOf {
    AsOf { known: question.as_of.clone(), held: None }
}

pub fn filter(question: &Question, selection: &Selection) -> Result<Filter> {
    Ok(Filter {
        by: selection.by.clone(),
        place: selection.place.clone(),
        domain: selection.domain.clone(),
        status: values(&selection.status, "status", Status::ALL, Status::word)?,
        document: selection.document.clone(),
        as_of: as_of(question),
        limit: selection.limit,
        ..Filter::default()
    })
}

/// The values of a vocabulary that a user named; spaces and hyphens serve for underscores.
pub fn values<T: Copy>(named: &[String], what: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Result<Vec<T>> {
    named
        .iter()
        .map(|name| {
            let name = name.trim().to_lowercase().replace([' ', '-'], "_");
            let Some(value) = all.iter().find(|value| word(**value) == name) else {
                let known: Vec<&str> = all.iter().map(|value| word(*value)).collect();
                bail!(WrongUse(format!("'{name}' is no {what}; one of: {}", known.join(", "))));
            };
            Ok(*value)
        })
        .collect()
}

fn json<T>(found: &[T], format: Format, value: impl Fn(&T) -> Result<serde_json::Value>) -> Result<ExitCode> {
    let mut writer = JsonWriter::new(output::stdout(), format);
    for item in found {
        writer.push(&value(item)?)?;
    }
    writer.finish()?;
    Ok(ExitCode::SUCCESS)
}
