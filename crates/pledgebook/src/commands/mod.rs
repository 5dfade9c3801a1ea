mod ask;
mod completions;
mod demo;
mod eval;
mod keep;
mod mentions;
mod rates;
mod read;

use crate::arguments::Command;
use anyhow::Result;
use std::process::ExitCode;

/// Runs one command.
pub fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Mentions(arguments) => mentions::run(&arguments),
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Rates(arguments) => rates::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Commitments(arguments) => ask::commitments(&arguments),
        Command::Agreements(arguments) => ask::agreements(&arguments),
        Command::Show(arguments) => ask::show(&arguments),
        Command::Conflicts(arguments) => ask::conflicts(&arguments),
        Command::Documents(arguments) => ask::documents(&arguments),
        Command::Sums(arguments) => keep::sums(&arguments),
        Command::Diff(arguments) => keep::diff(&arguments),
        Command::Search(arguments) => keep::search(&arguments),
        Command::Decide(arguments) => keep::decide(arguments),
        Command::Decisions(arguments) => keep::decisions(&arguments),
        Command::Releases(arguments) => keep::releases(&arguments),
        Command::Verify(arguments) => keep::verify(&arguments),
        Command::Backup(arguments) => keep::backup(&arguments),
        Command::Compact(arguments) => keep::compact(&arguments),
    }
}
