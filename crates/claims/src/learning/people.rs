//! The candidates for claims about people: who holds which office, says what, takes part in what, sits where.

use super::SlotChoice;
use crate::Reader;
use pledgebook_document::Document;

/// An office whose own phrase does not say what it is of.
#[derive(Debug, Clone)]
pub struct Office {
    /// Every name of the person.
    pub person: Vec<String>,
    /// `[start, end)` of the passage, in characters of the text.
    pub span: [usize; 2],
    /// Of whom it may be.
    pub organisation: Vec<SlotChoice>,
}

/// Somebody who may take part in something.
#[derive(Debug, Clone)]
pub struct Participant {
    /// Every name of those who take part.
    pub who: Vec<String>,
    /// `[start, end)` of the sentence, in characters.
    pub span: [usize; 2],
    /// Whether it is a claim at all.
    pub gate: Vec<String>,
    /// Where it may be.
    pub place: Vec<SlotChoice>,
}

/// A place that may be that of somebody's seat.
#[derive(Debug, Clone)]
pub struct Seat {
    /// Every name of the place.
    pub place: Vec<String>,
    /// `[start, end)` of the sentence, in characters.
    pub span: [usize; 2],
    /// Whether it is a claim at all.
    pub gate: Vec<String>,
    /// Whose it may be.
    pub who: Vec<SlotChoice>,
}

/// Words that may be somebody's.
#[derive(Debug, Clone)]
pub struct Utterance {
    /// The words.
    pub quote: String,
    /// `[start, end)` of the passage, in characters.
    pub span: [usize; 2],
    /// Whether it is a claim at all.
    pub gate: Vec<String>,
    /// Whose they may be.
    pub speaker: Vec<SlotChoice>,
}

/// The candidates of a document.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Of roles' organisations.
    pub holders: Vec<Office>,
    /// Of participations.
    pub participations: Vec<Participant>,
    /// Of presences.
    pub presences: Vec<Seat>,
    /// Of statements.
    pub statements: Vec<Utterance>,
}

/// Sees a document as a learner does.
pub fn see(reader: &Reader, document: &Document) -> People {
    reader.see_people(document)
}
