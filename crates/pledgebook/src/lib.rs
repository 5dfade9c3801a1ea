//! The command line of pledgebook. Exit codes: 0 all read, 1 some inputs failed, or were read by the rules because a language model
//! failed (each named on stderr), 2 wrong use, 3 the ledger could not be used.

mod arguments;
mod commands;
mod demo;
mod documents;
mod http;
mod ledgers;
mod llm;
mod output;
mod readers;

pub use readers::{DocumentReader, NotRead, ReadDocument, Readers, Remarks};

use arguments::Arguments;
use clap::{CommandFactory, Parser};
use std::{ffi::OsString, io, process::ExitCode};

/// Some inputs failed; each was named on stderr.
const SOME_FAILED: u8 = 1;
/// The command line asks for something that makes no sense.
const WRONG_USE: u8 = 2;
/// The ledger could not be used.
const NO_LEDGER: u8 = 3;

/// Runs a command line, the program's name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help that a closed pipe does not take is no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { WRONG_USE } else { 0 });
        }
    };
    match commands::run(arguments) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            ExitCode::from(exit_code(&error))
        }
    }
}

/// The definition of the command line, for the reference and for completions.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Whoever read the output has read enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

fn exit_code(error: &anyhow::Error) -> u8 {
    use pledgebook_ledger::Error as Ledger;
    match error.chain().find_map(|cause| cause.downcast_ref::<Ledger>()) {
        Some(Ledger::Unknown { .. } | Ledger::Ambiguous { .. } | Ledger::Invalid(_)) => WRONG_USE,
        Some(_) => NO_LEDGER,
        None if error.downcast_ref::<output::WrongUse>().is_some() => WRONG_USE,
        None => SOME_FAILED,
    }
}
