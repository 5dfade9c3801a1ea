//! `demo`: what a newcomer gets in one screen.

use crate::{
    arguments::Demo,
    commands::read::duration,
    demo, ledgers,
    output::{self, ASIDE, HEADING, WARNING, counted},
    readers::Readers,
};
use anyhow::Result;
use pledgebook_answers::{Amounts, agreement_label, commitment_table, differences, history, short_id, shortened};
use pledgebook_commitments::{Agreement, Commitment, MoneyRelation};
use pledgebook_document::Opener;
use pledgebook_ledger::{Filter, Sort};
use pledgebook_lexicon::Data;
use pledgebook_text::Habits;
use std::{collections::BTreeMap, io::Write, process::ExitCode, time::Instant};

/// How many commitments fit on the screen beside the rest.
const ROWS_MAX: usize = 12;

pub fn run(arguments: &Demo, data: &Data) -> Result<ExitCode> {
    let started = Instant::now();
    let (opener, readers) = (Opener::new(data)?, Readers::new(data.clone())?);
    let mut ledger = match &arguments.ledger {
        Some(path) => ledgers::create(path, data)?,
        None => ledgers::in_memory(data)?,
    };
    let read = demo::enter(&opener, &readers, ledger.as_mut())?;
    let filter = Filter { sort: Sort::Earliest, ..Filter::default() };
    let (commitments, agreements) = (ledger.commitments(&filter)?, ledger.agreements(&filter)?);
    let elapsed = duration(started);

    let mut languages = BTreeMap::<String, usize>::new();
    for article in &read {
        let code = article.document.lang.clone().unwrap_or_default();
        *languages.entry(Habits::load(data, &code)?.name).or_default() += 1;
    }
    let mut languages: Vec<(String, usize)> = languages.into_iter().collect();
    languages.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let languages: Vec<String> = languages.into_iter().map(|(name, count)| format!("{count} {name}")).collect();
    let differing = differences(&commitments, &agreements);
    let mut out = output::stdout();
    writeln!(
        out,
        "Read {} ({}) in {elapsed}: {}, {}, {}, {} on which sources differ.\n",
        counted(read.len(), "article"),
        languages.join(", "),
        counted(read.iter().map(|article| article.claims.len()).sum(), "claim"),
        counted(agreements.len(), "agreement"),
        counted(commitments.len(), "commitment"),
        counted(differing.len(), "point"),
    )?;
    for agreement in &agreements {
        write_agreement(&mut out, agreement)?;
    }
    write_commitments(&mut out, data, &commitments)?;
    for difference in
        differing.iter().filter(|difference| difference.conflict.relation >= MoneyRelation::Rounded).take(3)
    {
        let (relation, why) = (difference.conflict.relation.word(), &difference.conflict.why);
        writeln!(out, "{WARNING}{relation}{WARNING:#} {}: {why}", short_id(difference.id))?;
    }
    let name = arguments.ledger.as_ref().map_or("demo".to_owned(), |path| path.display().to_string());
    let example = differing
        .iter()
        .map(|difference| difference.id.as_str())
        .chain(commitments.iter().map(|commitment| commitment.id.as_str()))
        .next()
        .map_or(String::new(), |id| format!("pledgebook show {} --ledger {name} · ", short_id(id)));
    writeln!(
        out,
        "\n{HEADING}Next:{HEADING:#} {example}pledgebook conflicts --ledger {name} · pledgebook read YOUR-FILE"
    )?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn write_agreement(out: &mut impl Write, agreement: &Agreement) -> Result<()> {
    writeln!(out, "{HEADING}AGREEMENT{HEADING:#}  {}  {}", short_id(&agreement.id), agreement_label(agreement))?;
    let origins: Vec<String> = agreement.origins.iter().map(|chain| chain.join(" ← ")).collect();
    writeln!(out, "           {}", history(agreement))?;
    writeln!(
        out,
        "           {ASIDE}{}: {}{ASIDE:#}\n",
        counted(origins.len(), "independent origin"),
        shortened(&origins.join("; "), 100)
    )?;
    Ok(())
}

fn write_commitments(out: &mut impl Write, data: &Data, commitments: &[Commitment]) -> Result<()> {
    let shown = &commitments[..commitments.len().min(ROWS_MAX)];
    write!(out, "{}", commitment_table(shown, &Amounts::load(data)?, |_| None))?;
    if commitments.len() > shown.len() {
        writeln!(out, "{ASIDE}… and {} more{ASIDE:#}", commitments.len() - shown.len())?;
    }
    writeln!(out)?;
    Ok(())
}
