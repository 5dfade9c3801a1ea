//! What learning needs to see: every candidate of a document with the features of each decision about it, before any weight
//! is applied. `xtask train-claims` compares them with gold claims and learns the weights.

pub mod corpus;
pub mod people;

use crate::{
    Reader,
    analysis::{Analysis, Lexicon},
    candidate::Candidate,
    choose::Slot,
    domains, evidence,
    features::{self, DocumentView, Round, Scene},
    kinds::{agreement, pledge},
    model::FeatureNames,
};
pub use crate::{candidate::Basis, features::Seat};
use pledgebook_document::Document;
use pledgebook_mentions::{Money, NameType};

/// One who might fill a slot.
#[derive(Debug, Clone, Default)]
pub struct SlotChoice {
    /// Every form of each bearer, the canonical one first; empty for nobody.
    pub names: Vec<String>,
    /// Number of the first bearer.
    pub entity: Option<u32>,
    /// Its sort and its country.
    pub land: Option<(NameType, Option<String>)>,
    /// The features of the choice.
    pub features: Vec<String>,
    /// What tells a name from the others that may fill the slot; its features count for nothing yet.
    pub seat: Option<Seat>,
}

impl SlotChoice {
    /// Adds what is seen of it beside the one that another slot has.
    pub fn beside(&mut self, taken: &Self, same: bool) {
        let mut sink = FeatureNames::default();
        let sort = self.land.as_ref().map(|(sort, _)| *sort);
        features::of_taken(same, sort, self.country(), taken.country(), &mut sink);
        self.features.extend(sink.0);
    }

    fn country(&self) -> Option<&str> {
        self.land.as_ref()?.1.as_deref()
    }
}

/// A candidate for a claim, seen by a learner.
#[derive(Debug, Clone)]
pub struct Seen {
    /// `money`, `things`, `cue` or `accord`.
    pub basis: Basis,
    /// Sums of the candidate, restated ones included.
    pub money: Vec<Money>,
    /// The words it stands on, with a nearby name or without.
    pub evidence: String,
    /// `[start, end)` of its sentence, in characters of the text.
    pub span: [usize; 2],
    /// `[start, end)` of its figure or cue, in characters.
    pub anchor: [usize; 2],
    /// Whether it is a claim at all.
    pub gate: Vec<String>,
    /// Who.
    pub by: Vec<SlotChoice>,
    /// Where, or for whom.
    pub place: Vec<SlotChoice>,
    /// How far.
    pub stage: Vec<String>,
    /// Every field that it may be about, with its features.
    pub domains: Vec<(String, Vec<String>)>,
}

/// The candidates of a document.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// Of pledges.
    pub pledges: Vec<Seen>,
    /// Of agreements.
    pub agreements: Vec<Seen>,
}

/// Sees a document as a learner does.
pub fn see(reader: &Reader, document: &Document) -> Candidates {
    reader.with_analysis(document, |analysis, lexicon| {
        let view = DocumentView::new(analysis);
        let pledges = pledge::candidates(analysis)
            .iter()
            .map(|candidate| seen(analysis, lexicon, &view, candidate, Slot::By))
            .collect();
        let agreements = agreement::candidates(analysis)
            .iter()
            .map(|candidate| seen(analysis, lexicon, &view, candidate, Slot::Party))
            .collect();
        Candidates { pledges, agreements }
    })
}

fn seen(analysis: &Analysis<'_>, lexicon: &Lexicon, view: &DocumentView, candidate: &Candidate, who: Slot) -> Seen {
    let mut gate = FeatureNames::default();
    features::gate(analysis, candidate, view, &mut gate);
    let mut stage = FeatureNames::default();
    features::stage(analysis, candidate, &mut stage);
    let fields = domains::fields(analysis, lexicon, candidate);
    let domains = (0..fields.list.len())
        .map(|index| {
            let mut sink = FeatureNames::default();
            domains::features(analysis, lexicon, candidate, &fields, index, &mut sink);
            (lexicon.domains.name(fields.list[index].domain).to_owned(), sink.0)
        })
        .collect();
    let money = candidate.money.iter().chain(&candidate.restated).filter_map(|m| analysis.money(*m)).copied().collect();
    let bytes = analysis.text.bytes(evidence::around(analysis, candidate, std::iter::empty()));
    let sentence =
        analysis.sentences.get(candidate.sentence).map(|sentence| sentence.tokens.clone()).unwrap_or_default();
    Seen {
        basis: candidate.basis,
        money,
        evidence: analysis.text.source()[bytes].to_owned(),
        span: analysis.characters(&analysis.text.bytes(sentence)),
        anchor: analysis.characters(&analysis.text.bytes(candidate.anchor.clone())),
        gate: gate.0,
        by: options(analysis, candidate, who),
        place: options(analysis, candidate, Slot::Place),
        stage: stage.0,
        domains,
    }
}

fn options(analysis: &Analysis<'_>, candidate: &Candidate, slot: Slot) -> Vec<SlotChoice> {
    let scene = Scene::new(analysis, candidate);
    features::choices(analysis, candidate, |sort| slot.takes(sort))
        .iter()
        .map(|choice| {
            let mut sink = FeatureNames::default();
            features::all(analysis, candidate, &scene, choice, &mut sink);
            let name = choice.named(analysis).and_then(|at| analysis.name(at.mention));
            let bearers = name.map(|name| slot.bearers(analysis, name)).unwrap_or_default();
            let entity = bearers.first().copied();
            let names = bearers
                .into_iter()
                .filter_map(|number| analysis.entity(number))
                .flat_map(|entity| entity.names().map(str::to_owned))
                .collect();
            let country = entity
                .and_then(|number| analysis.entity(number))
                .and_then(|entity| entity.country.as_deref().map(str::to_owned));
            let land = name.map(|name| (name.sort, country));
            let seat = choice.named(analysis).map(|at| Seat::new(analysis, at, choice.side, 0));
            SlotChoice { names, entity, land, features: sink.0, seat }
        })
        .collect()
}

/// The features of each of those who may be parties of one accord, among the others.
pub fn round(seats: &[Seat]) -> Vec<Vec<String>> {
    let round = Round::new(seats);
    let features = |seat| {
        let mut sink = FeatureNames::default();
        round.features(seat, &mut sink);
        sink.0
    };
    (0..seats.len()).map(features).collect()
}
