//! Commands that add up, compare, decide on and look after a ledger.

use super::{DEFAULT_LEDGER, Format, Question, Selection, day};
use clap::{Args, Subcommand, ValueEnum, ValueHint};
use pledgebook_commitments::Act;
use pledgebook_ledger::SumBy;
use std::path::PathBuf;

/// Which ledger.
#[derive(Debug, Args)]
pub struct Book {
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = DEFAULT_LEDGER, value_hint = ValueHint::FilePath)]
    pub ledger: PathBuf,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook sums --each place --currency EUR\n  pledgebook sums --domain ai --stage announced\n\nA sum is a \
                  low and a high figure. An envelope is never added to its parts; what was left out is told with the reason."
)]
pub struct Sums {
    /// One sum for each …
    #[arg(long, value_enum, default_value_t)]
    pub each: Each,
    #[command(flatten)]
    pub question: Question,
    #[command(flatten)]
    pub selection: Selection,
}

/// What sums are told apart by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Each {
    /// One sum of all
    #[default]
    All,
    /// Pledger
    Pledger,
    /// Place
    Place,
    /// Field
    Domain,
    /// Stage
    Stage,
    /// Year in which it was first known
    Year,
}

impl From<Each> for SumBy {
    fn from(each: Each) -> Self {
        match each {
            Each::All => Self::All,
            Each::Pledger => Self::Pledger,
            Each::Place => Self::Place,
            Each::Domain => Self::Domain,
            Each::Stage => Self::Stage,
            Each::Year => Self::Year,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  pledgebook diff --from 2025-09-14 --to 2025-09-18")]
pub struct Diff {
    /// The earlier day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub from: String,
    /// The later day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub to: String,
    #[command(flatten)]
    pub book: Book,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  pledgebook search 'data centres'")]
pub struct Search {
    /// Words that a document's text or a claim's sentence must hold, all of them
    #[arg(required = true)]
    pub words: Vec<String>,
    /// At most so many documents
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub limit: usize,
    #[command(flatten)]
    pub book: Book,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook decide reject 51c0 --reason 'the sum is that of last year'\n  pledgebook decide correct 51c0 stage \
                  '\"announced\"' --reason 'see the release'\n  pledgebook decide same 51c0 7f3a --reason 'one plant, two names'\n  pledgebook \
                  decide undo 9e11 --reason 'it was right after all'\n\nClaims are named by the ids that `show` prints, or by their beginnings. \
                  Nothing is deleted: a decision is added, and can be undone by another one."
)]
pub struct Decide {
    /// What is decided
    #[command(subcommand)]
    pub what: What,
}

/// Who decides why.
#[derive(Debug, Args)]
pub struct By {
    /// Why, in a sentence
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who decides; without it, the name you are logged in with
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    #[command(flatten)]
    pub book: Book,
}

/// What can be decided.
#[derive(Debug, Subcommand)]
pub enum What {
    /// The claim is read rightly
    Accept {
        /// The claim
        claim: String,
        #[command(flatten)]
        by: By,
    },
    /// The claim is read wrongly and counts nowhere
    Reject {
        /// The claim
        claim: String,
        #[command(flatten)]
        by: By,
    },
    /// A slot of the claim has another value than was read
    Correct {
        /// The claim
        claim: String,
        /// The slot, as `read --format jsonl` names it
        slot: String,
        /// Its value as JSON; what is no JSON is taken as a word
        value: String,
        #[command(flatten)]
        by: By,
    },
    /// Two claims tell of one commitment, or of one agreement
    Same {
        /// One claim
        claim: String,
        /// The other
        other: String,
        #[command(flatten)]
        by: By,
    },
    /// Two claims tell of different ones
    NotSame {
        /// One claim
        claim: String,
        /// The other
        other: String,
        #[command(flatten)]
        by: By,
    },
    /// The claims make a commitment of their own
    Split {
        /// The claims that leave
        #[arg(required = true)]
        claims: Vec<String>,
        #[command(flatten)]
        by: By,
    },
    /// Two names are one entity
    SameName {
        /// One name
        name: String,
        /// The other
        other: String,
        #[command(flatten)]
        by: By,
    },
    /// Two names are two entities
    NotSameName {
        /// One name
        name: String,
        /// The other
        other: String,
        #[command(flatten)]
        by: By,
    },
    /// An earlier decision holds no more
    Undo {
        /// The decision
        decision: String,
        #[command(flatten)]
        by: By,
    },
}

impl What {
    /// The decision, and who makes it why.
    pub fn into_act(self) -> (Act, By) {
        match self {
            Self::Accept { claim, by } => (Act::Accept { claim }, by),
            Self::Reject { claim, by } => (Act::Reject { claim }, by),
            Self::Correct { claim, slot, value, by } => {
                let value = serde_json::from_str(&value).unwrap_or(serde_json::Value::String(value));
                (Act::Correct { claim, slot, value }, by)
            }
            Self::Same { claim, other, by } => (Act::Same { claim, other }, by),
            Self::NotSame { claim, other, by } => (Act::NotSame { claim, other }, by),
            Self::Split { claims, by } => (Act::Split { claims, from: Vec::new() }, by),
            Self::SameName { name, other, by } => (Act::SameName { name, other }, by),
            Self::NotSameName { name, other, by } => (Act::NotSameName { name, other }, by),
            Self::Undo { decision, by } => (Act::Undo { decision }, by),
        }
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook entities --limit 20\n  pledgebook entities show BlackRock\n  pledgebook entities merge \
                        'Kyivstar' 'VEON Ukraine' --reason 'renamed'\n  pledgebook entities split 'ABC' 'Atlantic Bridge Company'"
)]
pub struct Entities {
    /// What to do; without it, the list
    #[command(subcommand)]
    pub command: Option<EntitiesCommand>,
    /// The ledger
    #[arg(long, global = true, value_name = "FILE", default_value = DEFAULT_LEDGER, value_hint = ValueHint::FilePath)]
    pub ledger: PathBuf,
    /// How to print
    #[arg(long, global = true, value_enum, default_value_t)]
    pub format: Format,
    /// At most so many
    #[arg(long, global = true, value_name = "COUNT")]
    pub limit: Option<usize>,
}

/// What can be done with entities.
#[derive(Debug, Subcommand)]
pub enum EntitiesCommand {
    /// Lists them, those that most claims name first
    List,
    /// Shows one: its names, what joined them, and near names that are others'
    Show {
        /// One of its names
        name: String,
    },
    /// Decides that two names are one entity
    Merge(NamePair),
    /// Decides that two names are two entities
    Split(NamePair),
}

/// Two names, and who decides about them why.
#[derive(Debug, Args)]
pub struct NamePair {
    /// One name
    pub name: String,
    /// The other
    pub other: String,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    /// Who decides; without it, the name of the user
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook decisions --format jsonl > decisions.jsonl\n  pledgebook decisions --import decisions.jsonl"
)]
pub struct Decisions {
    /// Take over the decisions of a file that `--format jsonl` printed; those known already change nothing
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub import: Option<PathBuf>,
    #[command(flatten)]
    pub book: Book,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  pledgebook releases --make 'as cited in the report of May'\n  pledgebook releases"
)]
pub struct Releases {
    /// Make a release of what is known now, with this note
    #[arg(long, value_name = "NOTE")]
    pub make: Option<String>,
    #[command(flatten)]
    pub book: Book,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  pledgebook verify --ledger pledgebook.db\n\nEnds with 3 when something does not follow, each named on stderr."
)]
pub struct Verify {
    #[command(flatten)]
    pub book: Book,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  pledgebook backup pledgebook-2025-09.db")]
pub struct Backup {
    /// The copy; it must not be there yet
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub to: PathBuf,
    #[command(flatten)]
    pub book: Book,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  pledgebook compact")]
pub struct Compact {
    #[command(flatten)]
    pub book: Book,
}
