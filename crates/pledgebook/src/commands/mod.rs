mod ask;
mod completions;
mod demo;
mod entities;
mod eval;
mod eval_names;
mod keep;
mod mentions;
mod rates;
mod read;

use crate::arguments::{Arguments, Command, RatesCommand};
use anyhow::Result;
use pledgebook_lexicon::Data;
use std::process::ExitCode;

/// Runs one command with the data that the command line asks for.
pub fn run(arguments: Arguments) -> Result<ExitCode> {
    let knowledge = arguments.knowledge.as_deref();
    let data = &data(&arguments)?;
    match arguments.command {
        Command::Read(arguments) => read::run(&arguments, data),
        Command::Mentions(arguments) => mentions::run(&arguments, data),
        Command::Eval(arguments) => eval::run(&arguments, data),
        Command::Rates(arguments) => rates::run(&arguments, data, knowledge),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments, data),
        Command::Commitments(arguments) => ask::commitments(&arguments, data),
        Command::Agreements(arguments) => ask::agreements(&arguments, data),
        Command::Show(arguments) => ask::show(&arguments, data),
        Command::Conflicts(arguments) => ask::conflicts(&arguments, data),
        Command::Documents(arguments) => ask::documents(&arguments, data),
        Command::Sums(arguments) => keep::sums(&arguments, data),
        Command::Diff(arguments) => keep::diff(&arguments, data),
        Command::Search(arguments) => keep::search(&arguments, data),
        Command::Entities(arguments) => entities::run(&arguments, data),
        Command::Decide(arguments) => keep::decide(arguments, data),
        Command::Decisions(arguments) => keep::decisions(&arguments, data),
        Command::Releases(arguments) => keep::releases(&arguments, data),
        Command::Verify(arguments) => keep::verify(&arguments, data),
        Command::Backup(arguments) => keep::backup(&arguments, data),
        Command::Compact(arguments) => keep::compact(&arguments, data),
    }
}

/// The embedded data under the folders that the command line names.
fn data(arguments: &Arguments) -> Result<Data> {
    let mut data = Data::embedded();
    // The folder of `rates update` may be one that it is to make.
    let makes =
        matches!(&arguments.command, Command::Rates(rates) if matches!(rates.command, Some(RatesCommand::Update(_))));
    if let Some(folder) = arguments.knowledge.as_deref().filter(|folder| !makes || folder.is_dir()) {
        data = data.with_knowledge(folder)?;
    }
    if let Some(folder) = &arguments.languages {
        data = data.with_languages(folder)?;
    }
    Ok(data)
}
