//! The command line as a user sees it.

mod bad_input;
mod endpoint;
mod entities;
mod ledgers;
mod llm;
mod rates;
mod reading;

use assert_cmd::Command;
use std::{fs, path::Path};

fn pledgebook() -> Command {
    let mut command = Command::cargo_bin("pledgebook").expect("the binary is built with its tests");
    command.env("NO_COLOR", "1").env_remove("COLUMNS").env_remove("PLEDGEBOOK_LLM_KEY");
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    command
}

/// What a run printed and how it ended, with the folder's name left out.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    run_with(folder, arguments, "")
}

fn run_with(folder: &Path, arguments: &[&str], stdin: &str) -> Run {
    output_of(pledgebook().current_dir(folder).args(arguments).write_stdin(stdin))
}

fn output_of(command: &mut Command) -> Run {
    let output = command.output().expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it prints UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

impl Run {
    /// The lines of stderr, without those that tell times.
    fn errors(&self) -> Vec<&str> {
        self.stderr.lines().filter(|line| !line.starts_with("Read ")).collect()
    }
}

const ARTICLE: &str = "Norway picks British frigates\n\nLONDON, Aug 31, 2025 (Northgate) - Norway will buy at least five Type 26 frigates \
                       made by BAE Systems in Glasgow for 10 billion pounds, Britain's Ministry of Defence said.\n";

/// A folder with an article that can be read.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("good.txt"), ARTICLE).expect("it can be written");
    folder
}
