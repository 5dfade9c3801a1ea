//! Who may fill a slot of a candidate, and what the names of its sentence are to it.

use super::part;
use crate::{
    analysis::{Analysis, Cue, NameAt, bearers},
    candidate::{Basis, Candidate},
    model::Part,
};
use pledgebook_mentions::NameType;
use smallvec::SmallVec;
use std::ops::Range;

/// Somebody or somewhere that may fill a slot of a candidate.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The name, into [`Analysis::names`]; none is "nobody".
    pub name: Option<usize>,
    /// Where it stands.
    pub side: Side,
    /// Sentences before the candidate's; none where it is known from the whole document only.
    pub back: Option<usize>,
}

impl Choice {
    /// The name in its place.
    pub fn named<'a>(&self, analysis: &'a Analysis<'_>) -> Option<&'a NameAt> {
        analysis.names.get(self.name?)
    }
}

/// Where a choice stands, seen from the candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before it, in its sentence.
    Left,
    /// Behind it, in its sentence.
    Right,
    /// In the sentence before.
    Previous,
    /// In a sentence before that.
    Earlier,
    /// It is known from the whole document only.
    Document,
}

impl Side {
    /// How many sides there are.
    pub const COUNT: usize = 5;

    /// The side as part of features.
    pub fn part(self) -> Part {
        match self {
            Self::Left => part!("left"),
            Self::Right => part!("right"),
            Self::Previous => part!("previous"),
            Self::Earlier => part!("earlier"),
            Self::Document => part!("document"),
        }
    }
}

/// How far back names are looked for.
const SENTENCES_BACK: usize = 3;
/// How many of the most named are always looked at.
const SALIENT: usize = 3;
/// The same for accords: one party may be named once at the head of an article, and told by "with" ever after.
const SALIENT_FOR_ACCORDS: usize = 6;

/// Everybody who may fill a slot: the names of the sentence and of those before it, the most named of the document, and nobody.
pub fn choices(analysis: &Analysis<'_>, candidate: &Candidate, wanted: impl Fn(NameType) -> bool) -> Vec<Choice> {
    let mut choices = Vec::with_capacity(16);
    choices.push(Choice { name: None, side: Side::Document, back: None });
    for back in 0..=SENTENCES_BACK.min(candidate.sentence) {
        let sentence = candidate.sentence - back;
        let first = analysis.sentences.get(sentence).map_or(0, |sentence| sentence.names.start);
        for (number, name) in analysis.named(sentence).iter().enumerate() {
            if wanted(name.sort) && name.acts {
                let side = match back {
                    0 if name.end <= candidate.anchor.start => Side::Left,
                    0 => Side::Right,
                    1 => Side::Previous,
                    _ => Side::Earlier,
                };
                choices.push(Choice { name: Some(first + number), side, back: Some(back) });
            }
        }
    }
    let salient = if candidate.basis == Basis::Accord { SALIENT_FOR_ACCORDS } else { SALIENT };
    for entity in analysis.salient.iter().take(salient) {
        let Some(name) = analysis.namings.get(*entity as usize).and_then(|naming| naming.name) else { continue };
        if analysis.names.get(name).is_some_and(|name| wanted(name.sort) && name.acts) {
            choices.push(Choice { name: Some(name), side: Side::Document, back: None });
        }
    }
    choices
}

/// A candidate among the names of its sentence: what is the same for all of them, found once.
#[derive(Debug)]
pub struct Scene {
    /// Where what is done is told: the deed, else the anchor.
    pub hinge: usize,
    /// The clause of the hinge.
    pub clause: Range<usize>,
    /// The first name of that clause that can be a subject.
    pub first: Option<usize>,
    /// The last one of those before the hinge.
    pub nearest: Option<usize>,
    /// The last name before the anchor that can be a subject.
    pub last: Option<usize>,
    /// For a relative clause: the name right before it.
    pub antecedent: Option<usize>,
    /// Whether the sentence has a pronoun.
    pub pronoun: bool,
    /// How many names it has.
    pub names: usize,
    /// How many of them are organisations.
    pub organisations: usize,
    /// Whose the people are that can be its subjects.
    pub houses: SmallVec<[u32; 2]>,
}

impl Scene {
    /// Looks through the names of a candidate's sentence.
    pub fn new(analysis: &Analysis<'_>, candidate: &Candidate) -> Self {
        let hinge = candidate.deed.map_or(candidate.anchor.start, |deed| deed.start);
        let clause = analysis.clauses.get(analysis.clause_of(hinge)).cloned().unwrap_or_default();
        let relative = analysis.has_cue(clause.start..clause.start + 1, Cue::MarkRelative);
        let sentence = analysis.sentences.get(candidate.sentence);
        let names = sentence.map_or(0..0, |sentence| sentence.names.clone());
        let mut scene = Self {
            hinge,
            first: None,
            nearest: None,
            last: None,
            antecedent: None,
            pronoun: sentence.is_some_and(|sentence| sentence.set.has(Cue::MarkPronoun)),
            names: names.len(),
            organisations: 0,
            houses: SmallVec::new(),
            clause,
        };
        for (number, name) in names.clone().zip(&analysis.names[names]) {
            let inside = scene.clause.contains(&name.start);
            if name.bare && inside {
                scene.first = scene.first.or(Some(number));
            }
            if name.bare && inside && name.start < hinge {
                scene.nearest = Some(number);
            }
            if name.bare && name.start < candidate.anchor.start {
                scene.last = Some(number);
            }
            if relative && name.start < scene.clause.start {
                scene.antecedent = Some(number);
            }
            scene.organisations += usize::from(name.sort == NameType::Organisation);
            if name.sort == NameType::Person && name.bare && name.start < hinge {
                let people = analysis.name(name.mention).into_iter().flat_map(bearers);
                scene.houses.extend(people.filter_map(|person| *analysis.houses.get(person as usize)?));
            }
        }
        scene
    }
}
