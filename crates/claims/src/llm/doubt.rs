//! Why what a model says is not taken.

use std::fmt;

/// Why a proposed claim is no claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Doubt {
    /// It has not the form that was asked for.
    Form,
    /// Its evidence does not stand in the text.
    Evidence,
    /// Its evidence is less than a clause or more than three sentences.
    Extent,
    /// An amount or a count is not read in its evidence.
    Figure,
    /// A date or a length of time is not read in its evidence.
    Time,
    /// Its bearer is not named in the text.
    Name,
    /// Its quotation does not stand in the text.
    Quote,
    /// What its kind cannot do without is missing.
    Empty,
    /// Another claim says the same of the same words.
    Repeated,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "not of the form asked for",
            Self::Evidence => "evidence not in the text letter for letter",
            Self::Extent => "evidence no clause or sentence",
            Self::Figure => "figure not read in the evidence",
            Self::Time => "date not read in the evidence",
            Self::Name => "name not in the text",
            Self::Quote => "quotation not in the text letter for letter",
            Self::Empty => "nothing said",
            Self::Repeated => "said twice",
        })
    }
}
