//! Generators of the repository, and checks of what is kept in it by hand.
//!
//!     cargo run -p xtask -- gold                                 check the gold set and count it
//!     cargo run --release -p xtask -- train-claims gold/train [--unmeasured]  learn the weights of claim readers
//!     cargo run --release -p xtask -- train-names gold/train [--unmeasured]  learn the weights of name reading; then train-claims anew
//!     cargo run -p xtask -- coverage                             write COVERAGE.md
//!     cargo run -p xtask -- cli                                  write docs/cli.md
//!     cargo run -p xtask -- corpus FOLDER [COUNT [ARTICLES]]     write articles to time reading on, 10,000 unless told otherwise, like those of a folder
//!     cargo run --release -p xtask -- errors [--detail] [PART…]  what reading gets wrong, by class
//!     cargo run --release -p xtask -- ledger [--detail] [STORY…]  the stories' ledgers as our own reading gives them, against the expected ones
//!     cargo run --release -p xtask -- generalisation              F1 on train, dev and fresh documents side by side
//!     cargo run --release -p xtask -- reliability [--write] [PART…]  how often claims of each confidence are right

mod corpus;
mod coverage;
mod errors;
mod generalisation;
mod gold;
mod ledger;
mod reference;
mod reliability;
mod train;
mod train_names;

use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let command = std::env::args().nth(1);
    match command.as_deref() {
        Some("gold") => {
            let gold = gold::load(&root().join("gold"))?;
            let mut faults = gold::faults(&gold);
            faults.extend(gold::faults(&gold::load_second(&root().join("gold"))?));
            faults.iter().for_each(|fault| eprintln!("{fault}"));
            print!("{}", gold::count(&gold));
            if !faults.is_empty() {
                bail!("{} faults in gold/", faults.len());
            }
            Ok(())
        }
        Some("coverage") => {
            std::fs::write(root().join("COVERAGE.md"), coverage::markdown(&root())?)?;
            Ok(())
        }
        Some("cli") => Ok(std::fs::write(root().join("docs/cli.md"), reference::markdown())?),
        Some("corpus") => {
            let mut rest = std::env::args().skip(2);
            let Some(folder) = rest.next() else { bail!("corpus FOLDER [COUNT [ARTICLES]]") };
            let count = rest.next().map_or(Ok(10_000), |count| count.parse())?;
            let articles = rest.next().map_or_else(|| root().join("crates/pledgebook/demo"), PathBuf::from);
            corpus::write(&articles, Path::new(&folder), count)
        }
        Some(task @ ("train-claims" | "train-names")) => {
            let (options, folders): (Vec<String>, Vec<String>) =
                std::env::args().skip(2).partition(|argument| argument.starts_with("--"));
            let gold = folders.first().map_or_else(|| root().join("gold/train"), PathBuf::from);
            let train = if task == "train-names" { train_names::run } else { train::run };
            train(&gold, &root().join("knowledge/weights"), !options.iter().any(|option| option == "--unmeasured"))
        }
        Some("generalisation") => generalisation::run(&root()),
        Some("reliability") => reliability::run(&root(), &std::env::args().skip(2).collect::<Vec<_>>()),
        Some("ledger") => ledger::run(&root(), &std::env::args().skip(2).collect::<Vec<_>>()),
        Some("errors") => errors::run(&root(), &std::env::args().skip(2).collect::<Vec<_>>()),
        _ => {
            bail!(
                "one of: gold, coverage, cli, corpus, train-claims, train-names, errors, ledger, generalisation, reliability"
            )
        }
    }
}

/// The root of the repository: where it is run, if that is one, else where it was built.
pub fn root() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    if here.join("languages").is_dir() && here.join("knowledge").is_dir() {
        return here;
    }
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
