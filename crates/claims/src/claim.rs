//! The six kinds of claim and their slots, as `claims.md` names them.

use pledgebook_mentions::{Money, Thing};
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

/// What one passage of one document asserts. Born with its evidence, never edited.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// What is asserted.
    pub body: Body,
    /// The clause or sentence, letter for letter.
    pub evidence: String,
    /// `[start, end)` of the evidence, in characters of the document's text.
    pub span: [usize; 2],
    /// Who the text says it has this from, outermost first.
    pub sources: Vec<String>,
    /// Every name in a slot with the other forms that the document uses for it.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// The name of the rule that read it, with its version: `pledge/active@1`.
    pub rule: Cow<'static, str>,
    /// 0 to 1, calibrated.
    pub confidence: f32,
    /// Why each slot has its value, where a reader was asked for it; not part of the claim's identity.
    pub reasons: Vec<Reason>,
}

/// Which rule and which words gave a slot its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The slot, as `claims.md` names it.
    pub slot: Cow<'static, str>,
    /// The rule, named by what it matches.
    pub rule: Cow<'static, str>,
    /// The words, letter for letter.
    pub words: String,
}

impl Reason {
    /// Why a slot has its value.
    pub(crate) fn new(slot: &'static str, rule: &'static str, words: &str) -> Self {
        Self { slot: slot.into(), rule: rule.into(), words: words.to_owned() }
    }
}

/// The kind of a claim with the slots of that kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Somebody undertakes, or is said to intend, something.
    Pledge(Pledge),
    /// Parties make, will make or have made an accord.
    Agreement(Agreement),
    /// Somebody takes part in an event.
    Participation(Participation),
    /// A named person holds a title.
    Role(Role),
    /// An organisation opens, expands, has or closes a presence.
    Presence(Presence),
    /// Somebody is quoted.
    Statement(Statement),
}

impl Body {
    /// The kind's name in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pledge(_) => "pledge",
            Self::Agreement(_) => "agreement",
            Self::Participation(_) => "participation",
            Self::Role(_) => "role",
            Self::Presence(_) => "presence",
            Self::Statement(_) => "statement",
        }
    }
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $(#[doc = $word] #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in the order of `claims.md`.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that data and JSON use.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

vocabulary! {
    /// What a pledger undertakes to do.
    Action {
        Invest = "invest", Lend = "lend", Grant = "grant", Guarantee = "guarantee", Buy = "buy", Acquire = "acquire",
        Build = "build", Hire = "hire", Supply = "supply", Other = "other",
    }
}
vocabulary! {
    /// How far a pledge has come.
    PledgeStage {
        Considered = "considered", Planned = "planned", Announced = "announced", Contracted = "contracted",
        UnderWay = "under_way", Delivered = "delivered", Paused = "paused", Withdrawn = "withdrawn",
    }
}
vocabulary! {
    /// How far an agreement has come.
    AgreementStage {
        Proposed = "proposed", Negotiating = "negotiating", Agreed = "agreed", ToBeSigned = "to_be_signed", Signed = "signed",
        InForce = "in_force", Paused = "paused", Ended = "ended",
    }
}
vocabulary! {
    /// What a sum is a sum of.
    AmountRole {
        Increment = "increment", TotalToDate = "total_to_date", Envelope = "envelope", Component = "component",
        Estimate = "estimate",
    }
}
vocabulary! {
    /// Whether a promise was made before.
    Novelty { New = "new", Extension = "extension", Restated = "restated" }
}
vocabulary! {
    /// What happens to a presence.
    Change { Opens = "opens", Expands = "expands", Has = "has", Closes = "closes" }
}

/// Slots of a pledge.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pledge {
    /// Pledgers; empty when nobody is named.
    pub by: Vec<String>,
    /// What is undertaken.
    pub action: Option<Action>,
    /// Where, or for whom.
    pub place: Vec<String>,
    /// Fields, by the words of `knowledge/domains.toml`.
    pub domains: Vec<String>,
    /// The sum.
    pub money: Option<Money>,
    /// The same sum in other currencies.
    pub restated: Vec<Money>,
    /// What is counted.
    pub things: Vec<Thing>,
    /// Begin, ISO 8601, may be partial.
    pub from: Option<String>,
    /// End, ISO 8601, may be partial.
    pub until: Option<String>,
    /// Length of time without an end date, ISO 8601 ("P4Y").
    pub over: Option<String>,
    /// How far it has come.
    pub stage: Option<PledgeStage>,
    /// Whether the text calls the sum a total.
    pub total: bool,
    /// What the sum is a sum of.
    pub amount_role: Option<AmountRole>,
    /// Whether it was promised before.
    pub novelty: Option<Novelty>,
    /// The package that it is part of.
    pub part_of: Option<String>,
}

/// Slots of an agreement.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Agreement {
    /// Who makes it.
    pub parties: Vec<String>,
    /// Its proper name.
    pub name: Option<String>,
    /// Its fields.
    pub domains: Vec<String>,
    /// How far it has come.
    pub stage: Option<AgreementStage>,
    /// What it is worth.
    pub money: Option<Money>,
    /// When, ISO 8601, may be partial.
    pub date: Option<String>,
}

/// Slots of a participation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Participation {
    /// Who takes part.
    pub who: Vec<String>,
    /// In what, in the text's words.
    pub event: Option<String>,
    /// Where.
    pub place: Vec<String>,
}

/// Slots of a role.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Role {
    /// The person.
    pub person: String,
    /// The title, in the text's words.
    pub title: Option<String>,
    /// Where the title is held.
    pub organisation: Option<String>,
    /// Whether it is a former office.
    pub former: bool,
}

/// Slots of a presence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Presence {
    /// Which organisations.
    pub who: Vec<String>,
    /// Where.
    pub place: Vec<String>,
    /// What happens to it.
    pub change: Option<Change>,
}

/// Slots of a statement.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statement {
    /// Who is quoted.
    pub speaker: Option<String>,
    /// The words, letter for letter.
    pub quote: String,
}
