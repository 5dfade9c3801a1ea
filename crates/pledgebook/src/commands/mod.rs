mod completions;
mod eval;
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
        _ => anyhow::bail!("this command comes with the ledger"),
    }
}
