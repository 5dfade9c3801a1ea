//! Who may fill a slot of a candidate, and what the names of its sentence are to it.

use super::facts::facts;
use crate::{
    analysis::{Analysis, Cue, CueAt, NameAt, Sentence, bearers},
    candidate::{Basis, Candidate},
};
use pledgebook_mentions::{NameType, names::DATELINE};
use smallvec::SmallVec;
use std::ops::Range;

/// Somebody or somewhere that may fill a slot of a candidate.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The name, into [`Analysis::names`]; none is "nobody".
    pub name: Option<usize>,
    /// Where it stands.
    pub side: Side,
}

impl Choice {
    /// The name in its place.
    pub fn named<'a>(&self, analysis: &'a Analysis<'_>) -> Option<&'a NameAt> {
        analysis.names.get(self.name?)
    }
}

facts! {
    /// Where a choice stands, seen from the candidate.
    Side {
        /// Before it, in its sentence.
        Left = "left",
        /// Behind it, in its sentence.
        Right = "right",
        /// In the sentence before.
        Previous = "previous",
        /// In a sentence before that.
        Earlier = "earlier",
        /// It is known from the whole document only.
        Document = "document",
    }
}

impl Side {
    /// Whether it is the candidate's own sentence.
    #[inline]
    pub fn is_here(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }
}

/// All that may fill a slot of one candidate.
pub type Choices = SmallVec<[Choice; 24]>;

/// How far back names are looked for.
const SENTENCES_BACK: usize = 3;
/// How many of the most named are always looked at.
const SALIENT: usize = 3;
/// The same for accords: one party may be named once at the head of an article, and told by "with" ever after.
const SALIENT_FOR_ACCORDS: usize = 6;

/// Everybody who may fill a slot: the names of the sentence, of those before it and of the heads of its paragraph or list, the most named of
/// the document, and nobody.
pub fn choices(analysis: &Analysis<'_>, candidate: &Candidate, wanted: impl Fn(NameType) -> bool) -> Choices {
    let mut choices = Choices::new();
    choices.push(Choice { name: None, side: Side::Document });
    // An accord of "the Swiss and the Dutch groups" may be one of their countries for who reads no names of theirs.
    let is_accord = candidate.basis == Basis::Accord;
    let here = candidate.sentence;
    let heads = if is_accord { SmallVec::new() } else { heads(analysis, here) };
    for sentence in (0..=SENTENCES_BACK.min(here)).map(|back| here - back).chain(heads) {
        let first = analysis.sentences.get(sentence).map_or(0, |sentence| sentence.names.start);
        for (number, name) in analysis.named(sentence).iter().enumerate() {
            // Where an article was written tells nothing of who makes an accord.
            let is_dateline = || analysis.mentions.get(name.mention).is_some_and(|mention| mention.rule == DATELINE);
            if wanted(name.sort) && name.acts && if is_accord { !is_dateline() } else { !name.inside } {
                let side = match here - sentence {
                    0 if name.end <= candidate.anchor.start => Side::Left,
                    0 => Side::Right,
                    1 => Side::Previous,
                    _ => Side::Earlier,
                };
                choices.push(Choice { name: Some(first + number), side });
            }
        }
    }
    let salient = if is_accord { SALIENT_FOR_ACCORDS } else { SALIENT };
    for entity in analysis.salient.iter().take(salient) {
        let Some(name) = analysis.namings.get(*entity as usize).and_then(|naming| naming.name) else { continue };
        if analysis.names.get(name).is_some_and(|name| wanted(name.sort) && name.acts) {
            choices.push(Choice { name: Some(name), side: Side::Document });
        }
    }
    choices
}

/// The sentences that may tell what a paragraph, list or record is about and stand too far back to be looked at anyway: its first ones, and
/// the last one above it.
fn heads(analysis: &Analysis<'_>, here: usize) -> SmallVec<[usize; 4]> {
    let mut heads = SmallVec::new();
    let Some(Sentence { block, stanza, .. }) = analysis.sentences.get(here) else { return heads };
    for head in [*block, *stanza, stanza + 1, stanza.saturating_sub(1)] {
        if head + SENTENCES_BACK < here && !heads.contains(&head) {
            heads.push(head);
        }
    }
    heads
}

/// How many tokens behind a sum a clause about it may open.
const RELATIVE_TOKENS_MAX: usize = 4;
/// How many tokens behind its verb a subject is looked for.
const BEHIND_TOKENS_MAX: usize = 6;

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
    /// The name right behind the verb, where a possible subject stands before it: "UniCredit finances Enel with 50 million".
    pub object: Option<usize>,
    /// The last name before the anchor that can be a subject.
    pub last: Option<usize>,
    /// For a relative clause: the name right before it.
    pub antecedent: Option<usize>,
    /// Whether the clause tells who gets something, and not who gives it.
    pub receives: bool,
    /// Whether the sentence has a pronoun.
    pub pronoun: bool,
    /// How many names it has.
    pub names: usize,
    /// How many of them are organisations.
    pub organisations: usize,
    /// Whose the people are that can be its subjects.
    pub houses: SmallVec<[u32; 2]>,
    /// The names that can be subjects and are no places, in the order of the sentence.
    pub subjects: SmallVec<[usize; 8]>,
    /// What stands between the sum before the anchor and the one behind it.
    pub own: Range<usize>,
    /// How sums and names follow on one another in a sentence with several sums.
    pub order: Option<Order>,
    /// The subject of a relative clause about the anchor: "the 250 million that Saxony has promised".
    pub subject_of_relative: Option<usize>,
    /// A subject behind the verb of its clause where the anchor stands before it: "65 million will be paid by", "paga il gruppo".
    pub subject_behind: Option<usize>,
}

facts! {
    /// How sums and names follow on one another in a sentence that tells several sums.
    Order {
        /// "Spain pays 130 million, India 15"
        NamesFirst = "names first",
        /// "180 from the region, 90 from the state"
        SumsFirst = "sums first",
        /// Names stand on both sides of the first sum.
        Both = "both",
        /// Nobody is named beside the first sum.
        Neither = "neither",
    }
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
            object: None,
            last: None,
            antecedent: None,
            receives: sentence.is_some_and(|sentence| sentence.set.has(Cue::VerbReceive))
                && analysis.has_cue(clause.clone(), Cue::VerbReceive),
            pronoun: sentence.is_some_and(|sentence| sentence.set.has(Cue::MarkPronoun)),
            names: names.len(),
            organisations: 0,
            houses: SmallVec::new(),
            subjects: SmallVec::new(),
            own: 0..usize::MAX,
            order: None,
            subject_of_relative: None,
            subject_behind: None,
            clause,
        };
        scene.part_sums(analysis, candidate);
        for (number, name) in names.clone().zip(&analysis.names[names]) {
            let inside = scene.clause.contains(&name.start);
            if name.bare && name.acts && name.sort != NameType::Place {
                scene.subjects.push(number);
            }
            if name.bare && inside {
                scene.first = scene.first.or(Some(number));
            }
            if name.bare && inside && name.start < hinge {
                scene.nearest = Some(number);
            }
            let behind = |deed: &CueAt| deed.cue.is_verb() && name.start == deed.end;
            if name.bare && name.start < candidate.anchor.start {
                if inside && scene.nearest.is_some() && candidate.deed.as_ref().is_some_and(behind) {
                    scene.object = Some(number);
                } else {
                    scene.last = Some(number);
                }
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
        scene.find_subjects_behind(analysis, candidate);
        scene
    }

    /// Finds what belongs to the anchor alone among several sums.
    fn part_sums(&mut self, analysis: &Analysis<'_>, candidate: &Candidate) {
        let Some(sentence) = analysis.sentences.get(candidate.sentence) else { return };
        let anchor = &candidate.anchor;
        let sums = || {
            let sums = sentence.mentions.clone().filter(|mention| analysis.money(*mention).is_some());
            sums.filter_map(|mention| analysis.mentions.get(mention)).map(|sum| sum.tokens.clone())
        };
        let before = sums().take_while(|sum| sum.end <= anchor.start).last();
        let behind = sums().find(|sum| sum.start >= anchor.end);
        self.own =
            before.map_or(sentence.tokens.start, |sum| sum.end)..behind.map_or(sentence.tokens.end, |sum| sum.start);
        let mut first = sums();
        let (Some(sum), Some(next)) = (first.next(), first.next()) else { return };
        let names = |tokens: Range<usize>| {
            analysis
                .names_in(tokens)
                .iter()
                .any(|name| name.bare || matches!(name.mark, Some(Cue::MarkFrom | Cue::MarkOf | Cue::MarkAgent)))
        };
        self.order = Some(match (names(sentence.tokens.start..sum.start), names(sum.end..next.start)) {
            (true, false) => Order::NamesFirst,
            (false, true) => Order::SumsFirst,
            (true, true) => Order::Both,
            (false, false) => Order::Neither,
        });
    }

    /// Finds who does it where the anchor is told before.
    fn find_subjects_behind(&mut self, analysis: &Analysis<'_>, candidate: &Candidate) {
        let anchor = &candidate.anchor;
        let opens = analysis.cues_in(anchor.end..anchor.end + RELATIVE_TOKENS_MAX);
        let first_bare = |tokens: Range<usize>| {
            let names = analysis.names_in(tokens.clone());
            let at = names.iter().position(|name| name.bare && name.sentence == candidate.sentence)?;
            Some((analysis.places_of_names(tokens).start + at, names[at].start))
        };
        if let Some(relative) = opens.iter().find(|cue| cue.cue == Cue::MarkRelative) {
            let clause = analysis.clauses.get(analysis.clause_of(relative.start)).cloned().unwrap_or_default();
            self.subject_of_relative = first_bare(relative.end..clause.end).map(|(number, _)| number);
        }
        if let Some(deed) = candidate.deed.filter(|deed| deed.cue.is_verb() && deed.start >= anchor.end) {
            let near = first_bare(deed.end..deed.end + BEHIND_TOKENS_MAX);
            self.subject_behind = near.map(|(number, _)| number);
        }
    }
}
