//! What the command line understands.

mod keep;
mod reader;

pub use keep::{
    Backup, Compact, Decide, Decisions, Diff, Entities, EntitiesCommand, NamePair, Releases, Search, Sums, Verify,
};
pub use reader::{Reader, ReaderKind};

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use pledgebook_mentions::{Currency, Kind};
use std::path::PathBuf;

/// The ledger that is asked where none is named.
pub const DEFAULT_LEDGER: &str = "pledgebook.db";

const EXIT_CODES: &str = "Exit codes: 0 all read · 1 some inputs failed, or a language model did and the rules read for it, each named \
                          on stderr · 2 wrong use · 3 the ledger could not be used";

/// Reads the news and keeps the books on what governments and companies promise each other: who, how much, to whom, by when,
/// according to whom, and whether the sources agree.
///
/// Works offline, but where a command names an address; every answer cites its sentence.
#[derive(Debug, Parser)]
#[command(name = "pledgebook", version, propagate_version = true, max_term_width = 120, after_help = EXIT_CODES)]
#[command(arg_required_else_help = true)]
pub struct Arguments {
    /// Use the files of this folder instead of those of the same name in the program's `knowledge/`, and its watch-lists
    /// (`watchlist/*.json`, `*.jsonl`, `*.csv`)
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub knowledge: Option<PathBuf>,
    /// Use the files of this folder (`<code>/<file>.toml`) instead of those of the same name in the program's `languages/`
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub languages: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Shows what a newcomer gets: bundled articles, read and entered in a ledger
    Demo(Demo),
    /// Reads documents, shows the claims found in them, and adds them to a ledger if asked to
    Read(Read),
    /// Reads only what documents mention: money, numbers, things, times, names, quotes
    Mentions(Mentions),
    /// Lists the commitments of a ledger
    Commitments(Commitments),
    /// Lists the agreements of a ledger
    Agreements(Agreements),
    /// Shows one commitment or agreement with its claims, their sentences and origins
    Show(Show),
    /// Lists the points on which sources differ
    Conflicts(Conflicts),
    /// Lists the documents of a ledger
    Documents(Documents),
    /// Adds commitments up, as low and high figures, with what was left out and why
    Sums(Sums),
    /// Shows what changed in what was known between two days
    Diff(Diff),
    /// Finds documents by their words
    Search(Search),
    /// Lists who and what claims name, shows why names are one bearer's, and decides that they are or are not
    Entities(Entities),
    /// Decides on a claim: accept, reject, correct, join, part; nothing is deleted, everything can be undone
    Decide(Decide),
    /// Lists decisions, or takes over those of another ledger
    Decisions(Decisions),
    /// Lists releases, or makes one: a numbered snapshot that can be cited and checked
    Releases(Releases),
    /// Proves that every stored claim and commitment follows from the stored documents
    Verify(Verify),
    /// Copies a ledger, while others read it
    Backup(Backup),
    /// Gives back unused space of a ledger
    Compact(Compact),
    /// Measures how well claims are read, against annotated documents
    Eval(Eval),
    /// Shows, checks and updates exchange rates
    Rates(Rates),
    /// Prints completions for a shell
    Completions(Completions),
}

/// How to print.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// One JSON value
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a head line
    Csv,
}

/// Where documents come from.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files (.txt, .md, .jsonl), folders, or `-` for standard input
    #[arg(required = true, value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,
    /// Day of publication of documents that do not give their own (YYYY-MM-DD)
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub published: Option<String>,
    /// Language of documents that do not give their own (a code such as `fr`); without it, the text tells
    #[arg(long, value_name = "CODE")]
    pub lang: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook demo\n  pledgebook demo --ledger demo.db   keeps the ledger, to look into it"
)]
pub struct Demo {
    /// Keep the ledger in this file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub ledger: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  pledgebook read article.txt\n  pledgebook read news/ --ledger pledgebook.db\n  \
                        pledgebook read feed.jsonl --format jsonl > claims.jsonl\n  cat article.md | pledgebook read - --explain\n  \
                        pledgebook read news/ --reader llm --endpoint http://localhost:8080/v1 --model NAME\n\nThe key of an endpoint is \
                        taken from the environment variable PLEDGEBOOK_LLM_KEY. A key that is refused ends the run with 2; where the \
                        endpoint fails for a document, the rules read it and the run ends with 1.")]
pub struct Read {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Add the documents and their claims to this ledger, made where there is none
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub ledger: Option<PathBuf>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Show which rule and which words gave each slot
    #[arg(long)]
    pub explain: bool,
    /// Read and show, but leave the ledger as it is
    #[arg(long)]
    pub dry_run: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
    #[command(flatten, next_help_heading = "Reader")]
    pub reader: Reader,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook mentions article.txt\n  echo 'up to £500 million by 2030' | pledgebook mentions - \
                        --lang en\n  pledgebook mentions cases.jsonl --kind money,time --format jsonl"
)]
pub struct Mentions {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Only these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    pub kind: Vec<Kind>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Show the rules behind each mention as a tree
    #[arg(long)]
    pub explain: bool,
}

/// Which ledger, as of when, and how to print what it says.
#[derive(Debug, Args)]
pub struct Question {
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = DEFAULT_LEDGER, value_hint = ValueHint::FilePath)]
    pub ledger: PathBuf,
    /// Answer with what was known on this day (YYYY-MM-DD)
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub as_of: Option<String>,
    /// Show amounts in this currency too, at the rate of each commitment's day
    #[arg(long, value_name = "CODE", value_parser = currency)]
    pub currency: Option<Currency>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook commitments --by BlackRock --place GB\n  pledgebook commitments --as-of 2025-09-16 \
                        --format json\n  pledgebook commitments --status conflicting --currency EUR"
)]
pub struct Commitments {
    #[command(flatten)]
    pub question: Question,
    #[command(flatten)]
    pub selection: Selection,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook agreements --by GB,US\n  pledgebook agreements --stage signed --format csv"
)]
pub struct Agreements {
    #[command(flatten)]
    pub question: Question,
    #[command(flatten)]
    pub selection: Selection,
}

/// Which commitments or agreements.
#[derive(Debug, Args)]
pub struct Selection {
    /// Only of these pledgers or parties, in any spelling
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub by: Vec<String>,
    /// Only in these places (ISO codes or names)
    #[arg(long, value_name = "PLACE", value_delimiter = ',')]
    pub place: Vec<String>,
    /// Only in these fields (ai, semiconductors …)
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub domain: Vec<String>,
    /// Only in these stages (planned, signed …)
    #[arg(long, value_name = "STAGE", value_delimiter = ',')]
    pub stage: Vec<String>,
    /// Only with these statuses (reported, corroborated, conflicting, revised, withdrawn)
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub status: Vec<String>,
    /// Only told by this document
    #[arg(long, value_name = "ID")]
    pub document: Option<String>,
    /// At most so many
    #[arg(long, value_name = "COUNT")]
    pub limit: Option<usize>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  pledgebook show 7f3a\n  pledgebook show 7f3a --format json --as-of 2025-09-16")]
pub struct Show {
    /// The id, or its beginning
    pub id: String,
    #[command(flatten)]
    pub question: Question,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  pledgebook conflicts --ledger pledgebook.db")]
pub struct Conflicts {
    #[command(flatten)]
    pub question: Question,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  pledgebook documents --format csv")]
pub struct Documents {
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = DEFAULT_LEDGER, value_hint = ValueHint::FilePath)]
    pub ledger: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook eval gold/dev\n  pledgebook eval gold/dev/fr.jsonl --detail\n  pledgebook eval \
                        gold/dev --read claims.jsonl\n  pledgebook eval gold/dev --reader llm --endpoint http://localhost:8080/v1 \
                        --model NAME"
)]
pub struct Eval {
    /// Files of annotated documents, or folders of them; the texts stand beside them as `<lang>/NN.txt` or `<id>.txt`
    #[arg(required = true, value_name = "GOLD", value_hint = ValueHint::AnyPath)]
    pub gold: Vec<PathBuf>,
    /// Measure these claims (what `read --format jsonl` prints) instead of reading the texts
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with_all = ["endpoint", "model"])]
    pub read: Option<PathBuf>,
    /// List what was missed and what was invented
    #[arg(long)]
    pub detail: bool,
    /// Print the figures as JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten, next_help_heading = "Reader")]
    pub reader: Reader,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook rates\n  pledgebook rates show GBP USD --on 2025-09-12\n  pledgebook rates check\n  \
                        pledgebook rates update eurofxref-hist.csv --knowledge my-knowledge"
)]
pub struct Rates {
    /// What to do with them; without it, what is known
    #[command(subcommand)]
    pub command: Option<RatesCommand>,
}

/// What can be done with exchange rates.
#[derive(Debug, Subcommand)]
pub enum RatesCommand {
    /// Shows what is known, or what one currency was worth in another on a day
    Show(RatesShow),
    /// Looks for gaps, wrong figures and large moves
    #[command(after_help = "Exit code 1 when a figure is wrong; large moves are listed, for they may be true.")]
    Check,
    /// Merges a file that a central bank publishes into the rates.csv of the folder that --knowledge names
    Update(RatesUpdate),
}

#[derive(Debug, Default, Args)]
#[command(after_help = "A rate is of the banking day asked for, or of the last one in the week before it.")]
pub struct RatesShow {
    /// What one unit of this currency …
    #[arg(value_name = "FROM", value_parser = currency, requires = "to")]
    pub from: Option<Currency>,
    /// … was worth in this one
    #[arg(value_name = "TO", value_parser = currency)]
    pub to: Option<Currency>,
    /// On this day (YYYY-MM-DD); without it, on the last day with rates
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub on: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Files: the European Central Bank's eurofxref-hist.csv (unpacked); the National Bank of Ukraine's JSON or CSV, of a day or \
                  of many.\n\nExamples:\n  pledgebook rates update eurofxref-hist.csv --knowledge my-knowledge\n  pledgebook rates \
                  update nbu.json --knowledge my-knowledge --dry-run\n  pledgebook rates update \
                  https://bank.gov.ua/NBUStatService/v1/statdirectory/exchange?json --knowledge mine"
)]
pub struct RatesUpdate {
    /// The file, or the address to fetch it from (https://…)
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Take the file's figure where the rates at hand have another
    #[arg(long)]
    pub replace: bool,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  pledgebook completions bash > ~/.local/share/bash-completion/completions/pledgebook"
)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

fn day(text: &str) -> Result<String, String> {
    text.parse::<jiff::civil::Date>()
        .map(|day| day.to_string())
        .map_err(|_| "a day is written year-month-day, as 2025-09-14".to_owned())
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::new(&text.to_ascii_uppercase()).ok_or_else(|| "a currency is three letters, as EUR".to_owned())
}

fn kind(text: &str) -> Result<Kind, String> {
    let kinds = [
        ("money", Kind::Money),
        ("number", Kind::Number),
        ("time", Kind::Time),
        ("thing", Kind::Thing),
        ("name", Kind::Name),
        ("quote", Kind::Quote),
    ];
    let found = kinds.iter().find(|(word, _)| *word == text).map(|(_, kind)| *kind);
    found.ok_or_else(|| format!("one of: {}", kinds.map(|(word, _)| word).join(", ")))
}
