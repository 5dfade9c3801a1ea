//! Questions to a ledger and their answers.

use pledgebook_claims::{AgreementStage, PledgeStage};
use pledgebook_commitments::{AsOf, Status};
use pledgebook_mentions::Currency;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What an append did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appended {
    /// Documents that were not there before.
    pub documents: usize,
    /// Documents whose id was there with another text: kept as a new version.
    pub versions: usize,
    /// Documents that were there already, letter for letter, read by the same reader: nothing changed.
    pub repeated: usize,
    /// Documents that were there and were now read by another reader, or another version of it: both readings stay, one counts.
    pub reread: usize,
    /// Claims added.
    pub claims: usize,
    /// Commitments and agreements that came up, changed or went.
    pub touched: usize,
}

/// Which commitments or agreements to list. Empty asks for all; several words of one filter mean any of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Names of pledgers or parties, in any spelling that the knowledge or the ledger knows.
    pub by: Vec<String>,
    /// ISO codes or names of places; a country holds the towns known to lie in it.
    pub place: Vec<String>,
    /// Domains.
    pub domain: Vec<String>,
    /// Stages of pledges (commitments only).
    pub stage: Vec<PledgeStage>,
    /// Stages of agreements (agreements only).
    pub agreement_stage: Vec<AgreementStage>,
    /// What sources add up to.
    pub status: Vec<Status>,
    /// Only those whose sources differ.
    pub differing: bool,
    /// Only those whose claims stand in this document.
    pub document: Option<String>,
    /// On which day the question is asked.
    pub as_of: AsOf,
    /// How to order them.
    pub sort: Sort,
    /// How many at most; `None` for all.
    pub limit: Option<usize>,
    /// How many to leave out first.
    pub offset: usize,
}

/// The order of a list; ties fall back to the id, so that any two lists are in the same order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Agreements' and commitments' news first: by last day known, latest first.
    #[default]
    Latest,
    /// By first day known, earliest first.
    Earliest,
    /// By pledger's or party's name.
    Name,
    /// By id.
    Id,
}

/// A document of the ledger, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// Its id.
    pub id: String,
    /// 1 for the first text under this id, 2 for the next …
    pub version: i64,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Day on which it was read.
    pub read: String,
    /// The outlet.
    pub publisher: Option<String>,
    /// Where it was.
    pub url: Option<String>,
    /// Language code.
    pub lang: Option<String>,
    /// blake3 of the text and of what is told about it, hexadecimal.
    pub hash: String,
    /// How many claims count of it.
    pub claims: usize,
    /// Name and version of what read it: of the reading that counts.
    pub rules: String,
}

/// Which commitments to add up, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumFilter {
    /// Which commitments.
    pub filter: Filter,
    /// One sum for each of what.
    pub by: SumBy,
    /// In which currency; `None`: one sum for each currency, unconverted.
    pub currency: Option<Currency>,
}

/// What sums are told apart by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SumBy {
    /// One sum of all.
    #[default]
    All,
    /// Pledger.
    Pledger,
    /// Place.
    Place,
    /// Domain.
    Domain,
    /// Stage.
    Stage,
    /// Year in which it was first known.
    Year,
}

/// A sum with what was left out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// What it is the sum of: a pledger, a place …; empty for all.
    pub of: String,
    /// The currency.
    pub currency: Option<Currency>,
    /// Sum of lowest figures; a ceiling counts nothing here.
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    pub low: Decimal,
    /// Sum of highest figures; a floor counts as its floor here, so the sum is open above where `open` says so.
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    pub high: Decimal,
    /// Whether a floor is in it, so that the true sum may be higher than `high`.
    pub open: bool,
    /// Commitments that were added.
    pub commitments: usize,
    /// Commitments of the selection that were not, by reason.
    pub left_out: Vec<Removal>,
}

/// Why commitments were left out of a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// One plain phrase.
    pub reason: String,
    /// Which.
    pub commitments: Vec<String>,
}

/// What changed in what we knew between two days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff {
    /// The earlier day.
    pub from: String,
    /// The later day.
    pub to: String,
    /// What changed, by id.
    pub changes: Vec<Change>,
}

/// How one commitment or agreement changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its id.
    pub id: String,
    /// "commitment" or "agreement".
    pub kind: String,
    /// Pledgers or parties.
    pub by: Vec<String>,
    /// Whether it was not known before.
    pub new: bool,
    /// The slots that read differently.
    pub slots: Vec<ChangedSlot>,
}

/// A slot that reads differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedSlot {
    /// The slot.
    pub slot: String,
    /// What it read before, as JSON; null where it was not known.
    pub before: serde_json::Value,
    /// What it reads now.
    pub after: serde_json::Value,
}

/// A numbered snapshot that can be cited and checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// 1, 2, 3 …
    pub number: i64,
    /// When it was made, ISO 8601.
    pub time: String,
    /// What its maker says about it.
    pub note: String,
    /// How many documents, claims, commitments and agreements it holds.
    pub counts: [usize; 4],
    /// blake3 of all commitments and agreements as JSON, in the order of their ids.
    pub hash: String,
    /// The head of the log at that moment.
    pub log: String,
}

/// What a verification found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// Documents read again by the rules.
    pub documents: usize,
    /// Documents that a language model read: their claims were held against the text.
    pub checked: usize,
    /// Documents read by another version: of their claims only the evidence was looked for.
    pub unproved: usize,
    /// Claims compared.
    pub claims: usize,
    /// Commitments and agreements derived again.
    pub derived: usize,
    /// Entries of the log checked.
    pub log: usize,
    /// What does not follow, each in one sentence; empty when all is well.
    pub faults: Vec<String>,
}

impl Filter {
    /// The filter of one relation's conflicts, for callers that list conflicts by sort.
    pub fn differing() -> Self {
        Self { differing: true, ..Self::default() }
    }
}
