//! What comes out: commitments and agreements with everything beneath, as `ledger.md` writes them.

use crate::{Act, ClaimId};
use pledgebook_claims::{Action, AgreementStage, PledgeStage};
use pledgebook_mentions::{Currency, Money, Thing};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One promise in the world, with the claims that support it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// The id of its earliest-known claim.
    pub id: ClaimId,
    /// Pledgers; empty where no source names one.
    pub by: Vec<String>,
    /// Where, or for whom.
    pub place: Vec<String>,
    /// Fields.
    pub domains: Vec<String>,
    /// What is undertaken.
    pub action: Option<Action>,
    /// The sum, as low and high in the currency that it was stated in.
    pub money: Option<Bounds>,
    /// The figures of all sources side by side in another currency; absent where they were stated in one, or no rate is known.
    pub compared: Option<Compared>,
    /// What is counted.
    pub things: Vec<Thing>,
    /// Begin, ISO 8601, may be partial.
    pub from: Option<String>,
    /// End, ISO 8601, may be partial.
    pub until: Option<String>,
    /// Length of time, ISO 8601.
    pub over: Option<String>,
    /// The strongest stage stated, or the latest where it was paused or withdrawn.
    pub stage: Option<PledgeStage>,
    /// Every stage stated, by day.
    pub stages: Vec<StageStep>,
    /// What its sources add up to.
    pub status: Status,
    /// Whether it is a sum over other pledges: never added to its parts.
    pub envelope: bool,
    /// No news for two years before the day that the question is asked as of. Not the same as withdrawn.
    pub stale: bool,
    /// Independent origins, each with its chain as the text tells it.
    pub origins: Vec<Vec<String>>,
    /// Commitments that this one is a part of.
    pub part_of: Vec<ClaimId>,
    /// Commitments that are part of this one.
    pub parts: Vec<ClaimId>,
    /// The first day on which it was known.
    pub first_known: String,
    /// The last day on which something was told of it.
    pub last_known: String,
    /// Where its sources differ, and how.
    pub conflicts: Vec<Conflict>,
    /// The claims, by day.
    pub claims: Vec<ClaimView>,
}

impl Commitment {
    /// The ids of its claims, by day.
    pub fn claims_ids(&self) -> Vec<ClaimId> {
        self.claims.iter().map(|claim| claim.id.clone()).collect()
    }
}

/// One accord between parties, with the claims that tell of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The id of its earliest-known claim.
    pub id: ClaimId,
    /// Who makes it.
    pub parties: Vec<String>,
    /// Its proper name.
    pub name: Option<String>,
    /// Its fields.
    pub domains: Vec<String>,
    /// The furthest stage reached, or the latest where it was paused or ended.
    pub stage: Option<AgreementStage>,
    /// Every stage stated, by day.
    pub stages: Vec<StageStep>,
    /// What it is worth.
    pub money: Option<Bounds>,
    /// The figures of all sources in another currency.
    pub compared: Option<Compared>,
    /// When it was or will be made, ISO 8601, may be partial.
    pub date: Option<String>,
    /// What its sources add up to.
    pub status: Status,
    /// No news for two years.
    pub stale: bool,
    /// Independent origins.
    pub origins: Vec<Vec<String>>,
    /// The first day on which it was known.
    pub first_known: String,
    /// The last day on which something was told of it.
    pub last_known: String,
    /// Where its sources differ, and how.
    pub conflicts: Vec<Conflict>,
    /// People and bodies that the same documents name as taking part.
    pub delegation: Vec<String>,
    /// Commitments told together with it.
    pub commitments: Vec<ClaimId>,
    /// The claims, by day.
    pub claims: Vec<ClaimView>,
}

/// A commitment or an agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Subject {
    /// A commitment.
    Commitment(Box<Commitment>),
    /// An agreement.
    Agreement(Box<Agreement>),
}

/// A sum as low and high: both where it is one figure, one where it is a ceiling or a floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Lowest figure; absent under a ceiling.
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    pub low: Option<Decimal>,
    /// Highest figure; absent over a floor.
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    pub high: Option<Decimal>,
    /// Absent where no source names one.
    pub currency: Option<Currency>,
}

/// Figures in different currencies laid side by side in one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The currency they are laid out in.
    pub currency: Currency,
    /// Units of it for one unit of the commitment's own currency, as a decimal string.
    pub rate: String,
    /// The day of the rate.
    pub rate_day: String,
    /// Who published the rate.
    pub rate_source: String,
    /// Lowest figure of any source.
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    pub low: Option<Decimal>,
    /// Highest figure of any source.
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    pub high: Option<Decimal>,
}

/// What a stage is the stage of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Stage {
    /// Of a pledge.
    Pledge(PledgeStage),
    /// Of an agreement.
    Agreement(AgreementStage),
}

impl Stage {
    /// The word that data and JSON use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pledge(stage) => stage.word(),
            Self::Agreement(stage) => stage.word(),
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pledge(stage) => stage.fmt(f),
            Self::Agreement(stage) => stage.fmt(f),
        }
    }
}

/// A stage that somebody stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageStep {
    /// The stage.
    pub stage: Stage,
    /// When it was known to hold.
    pub day: String,
    /// When it holds in the world, where told; ISO 8601, may be partial.
    pub holds: Option<String>,
    /// Who said so.
    pub claim: ClaimId,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$inner])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that JSON and tables use.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

words! {
    /// What the sources of a commitment add up to (rule 12).
    Status {
        /// One origin.
        Reported = "reported",
        /// Two independent origins or more.
        Corroborated = "corroborated",
        /// Figures that cannot both hold.
        Conflicting = "conflicting",
        /// A later claim says that the promise has changed.
        Revised = "revised",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}
words! {
    /// How two figures for one promise stand to each other (rule 6), the mildest first.
    MoneyRelation {
        /// The same figure.
        Equal = "equal",
        /// The same sum told in another currency.
        Restated = "restated",
        /// Equal at the coarser of the two precisions.
        Rounded = "rounded",
        /// One lies inside the bound that the other states.
        Bounded = "bounded",
        /// The later one says that it replaces the earlier one.
        Revised = "revised",
        /// They cannot both hold.
        Contradictory = "contradictory",
    }
}
words! {
    /// What a claim does for its commitment.
    ClaimRelation {
        /// It says the same.
        Supports = "supports",
        /// It states a further sum on top of another.
        Adds = "adds",
        /// It changes what was known.
        Revises = "revises",
        /// It states a figure that cannot hold beside the others.
        Contradicts = "contradicts",
        /// It takes the promise back.
        Withdraws = "withdraws",
    }
}

/// A point on which sources differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// How the figures stand to each other.
    pub relation: MoneyRelation,
    /// One plain sentence.
    pub why: String,
    /// The claims that differ.
    pub claims: [ClaimId; 2],
}

/// A claim as it stands under its commitment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClaimView {
    /// The claim's id.
    pub id: ClaimId,
    /// The document it was read in.
    pub document: String,
    /// The day on which it was known.
    pub day: String,
    /// Its kind.
    pub kind: String,
    /// The sum it states.
    pub money: Option<Money>,
    /// The same sum in other currencies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restated: Vec<Money>,
    /// The stage it states.
    pub stage: Option<Stage>,
    /// The sentence.
    pub evidence: String,
    /// Where the sentence stands, in characters of the document's text.
    pub span: [usize; 2],
    /// Outlet ← agency ← official, outermost first; the last is the origin.
    pub origin: Vec<String>,
    /// What the claim does for the commitment.
    pub relation: ClaimRelation,
    /// Why it was joined, in one plain sentence.
    pub why: String,
    /// How sure the reader was, 0 to 1.
    pub confidence: f32,
    /// What humans decided about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Act>,
}

/// The moment that a question is asked as of, on both clocks; `None` is now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    /// Only what was known by this day, ISO 8601.
    pub known: Option<String>,
    /// Only what held in the world by this day, ISO 8601.
    pub held: Option<String>,
}
