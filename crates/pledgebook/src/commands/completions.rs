use crate::{arguments::Completions, output};
use anyhow::Result;
use std::{io::Write, process::ExitCode};

pub fn run(arguments: &Completions) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut crate::command(), "pledgebook", &mut script);
    let mut out = output::stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
