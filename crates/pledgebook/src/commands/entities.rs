//! `entities`: who and what the claims of a ledger name.

use crate::{
    arguments::{Entities, EntitiesCommand, Format, NamePair},
    commands::keep,
    ledgers, output,
    output::{ASIDE, HEADING, WrongUse},
};
use anyhow::Result;
use pledgebook_answers::{PlainTable, short_id, shortened};
use pledgebook_commitments::{Act, Bearer, Bearers, Clue, Knowledge, near};
use pledgebook_ledger::Ledger;
use pledgebook_lexicon::Data;
use serde::Serialize;
use std::{io::Write, process::ExitCode};

/// Near names shown at most.
const NEAR_MAX: usize = 12;

pub fn run(arguments: &Entities, data: &Data) -> Result<ExitCode> {
    match &arguments.command {
        None | Some(EntitiesCommand::List) => list(arguments, data),
        Some(EntitiesCommand::Show { name }) => show(name, arguments, data),
        Some(EntitiesCommand::Merge(pair)) => {
            let act = Act::SameName { name: pair.name.clone(), other: pair.other.clone() };
            decide(pair, act, arguments, data)
        }
        Some(EntitiesCommand::Split(pair)) => {
            let act = Act::NotSameName { name: pair.name.clone(), other: pair.other.clone() };
            decide(pair, act, arguments, data)
        }
    }
}

fn decide(pair: &NamePair, act: Act, arguments: &Entities, data: &Data) -> Result<ExitCode> {
    let mut ledger = ledgers::change(&arguments.ledger, data)?;
    let author = keep::author(pair.author.clone())?;
    let decision = ledger.decide(&author, &keep::now(), &pair.reason, act)?;
    keep::tell(&decision);
    Ok(ExitCode::SUCCESS)
}

fn gathered(ledger: &dyn Ledger, knowledge: &Knowledge) -> Result<Vec<Bearer>> {
    let mut bearers = Bearers::default();
    for row in ledger.documents()? {
        let stored = ledger.document(&row.id)?;
        stored.claims.iter().for_each(|claim| bearers.add(&row.id, claim));
    }
    Ok(bearers.list(knowledge, &ledger.decisions()?))
}

fn list(arguments: &Entities, data: &Data) -> Result<ExitCode> {
    let knowledge = Knowledge::load(data)?;
    let ledger = ledgers::open(&arguments.ledger, data)?;
    let mut bearers = gathered(ledger.as_ref(), &knowledge)?;
    bearers.truncate(arguments.limit.unwrap_or(usize::MAX));
    keep::print(&bearers, arguments.format, |bearers| {
        let mut table = PlainTable::new(["NAME", "SORT", "CLAIMS", "DOCUMENTS", "ALSO"]);
        for bearer in bearers {
            let also: Vec<&str> =
                bearer.names.iter().map(|(name, _)| name.as_str()).filter(|name| *name != bearer.name).collect();
            let (claims, documents) = (bearer.claims.to_string(), bearer.documents.len().to_string());
            table.push([bearer.name.clone(), sort(bearer), claims, documents, shortened(&also.join(", "), 60)]);
        }
        table
    })
}

/// One bearer with what is near it, for `--format json`.
#[derive(Serialize)]
struct Shown<'b> {
    #[serde(flatten)]
    bearer: &'b Bearer,
    near: Vec<Near<'b>>,
}

#[derive(Serialize)]
struct Near<'b> {
    name: &'b str,
    clue: Clue,
}

fn show(name: &str, arguments: &Entities, data: &Data) -> Result<ExitCode> {
    let knowledge = Knowledge::load(data)?;
    let ledger = ledgers::open(&arguments.ledger, data)?;
    let bearers = gathered(ledger.as_ref(), &knowledge)?;
    let wanted = knowledge.usual_name(name).unwrap_or_else(|| name.to_owned()).to_lowercase();
    let found: Vec<&Bearer> = bearers
        .iter()
        .filter(|bearer| {
            let names = bearer.names.iter().map(|(name, _)| name).chain(&bearer.forms).chain([&bearer.name]);
            names.map(|name| name.to_lowercase()).any(|other| other == wanted || other == name.to_lowercase())
        })
        .collect();
    if found.is_empty() {
        return Err(WrongUse(format!("no claim names '{name}'; `pledgebook entities` lists who is named")).into());
    }
    let shown: Vec<Shown> = found
        .iter()
        .map(|bearer| Shown {
            bearer,
            near: near(bearer, &bearers, &knowledge)
                .into_iter()
                .take(NEAR_MAX)
                .map(|(other, clue)| Near { name: &other.name, clue })
                .collect(),
        })
        .collect();
    if arguments.format != Format::Table {
        return keep::json(&shown, arguments.format);
    }
    let mut out = output::stdout();
    for Shown { bearer, near } in &shown {
        let known = if bearer.known { ", known" } else { "" };
        writeln!(out, "{HEADING}{}{HEADING:#} {ASIDE}({}{known}){ASIDE:#}", bearer.name, sort(bearer))?;
        let documents: Vec<&str> = bearer.documents.iter().map(|id| short_id(id)).collect();
        writeln!(out, "  {} claims in {}", bearer.claims, shortened(&documents.join(", "), 100))?;
        for (name, claims) in &bearer.names {
            writeln!(out, "  named {name} by {claims}")?;
        }
        if !bearer.forms.is_empty() {
            writeln!(out, "  written {}", shortened(&bearer.forms.join(", "), 160))?;
        }
        for joined in &bearer.joined {
            let why = joined.clue.map_or("decided to be one", Clue::told);
            writeln!(out, "  one: {} = {}: {why}", joined.name, joined.other)?;
        }
        for Near { name, clue } in near {
            writeln!(out, "  {ASIDE}other: {name}: {}{ASIDE:#}", clue.told())?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn sort(bearer: &Bearer) -> String {
    let word = bearer.sort.and_then(|sort| serde_json::to_value(sort).ok());
    word.as_ref().and_then(|word| word.as_str()).unwrap_or("–").to_owned()
}
