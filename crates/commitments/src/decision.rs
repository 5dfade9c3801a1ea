//! What humans decide about claims: appended, never edited, undone by another decision.

use serde::{Deserialize, Serialize};

/// A decision with its author, time and reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What names it: hash of its content, 16 hexadecimal digits.
    pub id: String,
    /// Who decided.
    pub author: String,
    /// When, ISO 8601 with time.
    pub time: String,
    /// Why, in the author's words.
    pub reason: String,
    /// What was decided.
    #[serde(flatten)]
    pub act: Act,
}

/// What can be decided. Claims are named by [`crate::ClaimId`]; a commitment by the id of any of its claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// The claim is read rightly, whatever its confidence.
    Accept {
        /// The claim.
        claim: String,
    },
    /// The claim is read wrongly and counts nowhere.
    Reject {
        /// The claim.
        claim: String,
    },
    /// A slot of the claim has another value than was read.
    Correct {
        /// The claim.
        claim: String,
        /// The slot, as `claims.md` names it.
        slot: String,
        /// Its value, as `claims.md` writes it.
        value: serde_json::Value,
    },
    /// Two claims support one commitment, or one agreement.
    Same {
        /// One claim.
        claim: String,
        /// The other.
        other: String,
    },
    /// Two claims support different commitments.
    NotSame {
        /// One claim.
        claim: String,
        /// The other.
        other: String,
    },
    /// The claims make a commitment of their own.
    Split {
        /// The claims that leave.
        claims: Vec<String>,
        /// The claims that stay: those that they were joined with when it was decided.
        #[serde(default)]
        from: Vec<String>,
    },
    /// Two names are one entity.
    SameName {
        /// One name.
        name: String,
        /// The other.
        other: String,
    },
    /// Two names are two entities, whatever the knowledge says.
    NotSameName {
        /// One name.
        name: String,
        /// The other.
        other: String,
    },
    /// An earlier decision holds no more.
    Undo {
        /// The decision that is undone.
        decision: String,
    },
}

impl Decision {
    /// A decision with the id that its content gives it.
    pub fn new(author: &str, time: &str, reason: &str, act: Act) -> Self {
        let mut decision = Self {
            id: String::new(),
            author: author.to_owned(),
            time: time.to_owned(),
            reason: reason.to_owned(),
            act,
        };
        let json = serde_json::to_vec(&decision).unwrap_or_default();
        decision.id = blake3::hash(&json).to_hex()[..16].to_owned();
        decision
    }
}

impl Act {
    /// The claims that it is about.
    pub fn claims(&self) -> Vec<&String> {
        match self {
            Self::Accept { claim } | Self::Reject { claim } | Self::Correct { claim, .. } => vec![claim],
            Self::Same { claim, other } | Self::NotSame { claim, other } => vec![claim, other],
            Self::Split { claims, from } => claims.iter().chain(from).collect(),
            Self::SameName { .. } | Self::NotSameName { .. } | Self::Undo { .. } => Vec::new(),
        }
    }

    /// The act with other claims in the place of those that it is about.
    pub fn on(mut self, other: impl Fn(&str) -> Option<String>) -> Self {
        let change = |id: &mut String| {
            if let Some(other) = other(id) {
                *id = other;
            }
        };
        match &mut self {
            Self::Accept { claim } | Self::Reject { claim } | Self::Correct { claim, .. } => change(claim),
            Self::Same { claim, other } | Self::NotSame { claim, other } => {
                change(claim);
                change(other);
            }
            Self::Split { claims, from } => claims.iter_mut().chain(from).for_each(change),
            Self::SameName { .. } | Self::NotSameName { .. } | Self::Undo { .. } => {}
        }
        self
    }
}

/// The decisions that hold, each once, in an order of their own: those undone are left out, and so are the undoings.
/// An undoing can itself be undone.
pub(crate) fn in_force(decisions: &[Decision]) -> Vec<&Decision> {
    let mut all: Vec<&Decision> = decisions.iter().collect();
    all.sort_by(|a, b| (&a.time, &a.id).cmp(&(&b.time, &b.id)));
    all.dedup_by(|a, b| a.id == b.id);
    // An undoing is always later than what it undoes, so going backwards each one is known to hold or not before it counts.
    let mut undone = std::collections::BTreeSet::new();
    let mut holding = Vec::new();
    for decision in all.into_iter().rev() {
        if undone.contains(decision.id.as_str()) {
            continue;
        }
        match &decision.act {
            Act::Undo { decision } => {
                undone.insert(decision.as_str());
            }
            _ => holding.push(decision),
        }
    }
    holding.reverse();
    holding
}
