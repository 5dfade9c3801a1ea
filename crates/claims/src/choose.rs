//! Choosing who or where fills a slot, by learnt weights.

use crate::{
    analysis::{Analysis, Cue, NameAt, bearers},
    candidate::{Candidate, Likely},
    features::{self, Choice, Fact, Scene, Seat, Side, Traits},
    model::{Joint, Sums, points},
};
use pledgebook_lexicon::{Data, Error};
use pledgebook_mentions::{Name, NameType};
use smallvec::SmallVec;

/// Who fills a slot, and how sure that is.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// The mentions, into [`Analysis::mentions`], in the order of the text; empty for nobody.
    pub mentions: SmallVec<[usize; 2]>,
    /// 0 to 1.
    pub probability: f32,
}

/// A slot that names fill by learnt weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Who pledges.
    By,
    /// Where, or for whom.
    Place,
    /// Who makes an accord.
    Party,
}

impl Slot {
    /// Who or what can fill it.
    pub fn takes(self, sort: NameType) -> bool {
        match self {
            Self::By | Self::Party => sort != NameType::Instrument,
            Self::Place => !matches!(sort, NameType::Instrument | NameType::Person),
        }
    }

    /// Who fills the slot where a name is chosen for it: a chief executive promises for the firm.
    pub fn bearers(self, analysis: &Analysis<'_>, name: &Name) -> SmallVec<[u32; 2]> {
        match self {
            Self::By => analysis.acting(name).collect(),
            Self::Party | Self::Place => bearers(name).collect(),
        }
    }

    /// The first of them.
    fn bearer(self, analysis: &Analysis<'_>, name: &NameAt) -> u32 {
        let house = match self {
            Self::By => analysis.houses.get(name.entity as usize).copied().flatten(),
            Self::Party | Self::Place => None,
        };
        house.unwrap_or(name.entity)
    }
}

/// The weights of each slot, in the order of [`Slot`].
const FILES: [&str; 3] = ["pledge_by", "pledge_place", "agreement_party"];

/// The learnt weights for all slots: they look at the same features of the same names.
#[derive(Debug)]
pub struct Slots {
    weights: Joint<3>,
}

impl Slots {
    /// Loads the weights.
    ///
    /// # Errors
    /// When a weights file is wrong.
    pub fn load(data: &Data) -> Result<Self, Error> {
        Ok(Self { weights: Joint::load(data, FILES)?.keeping(features::PEOPLE) })
    }
}

/// Weighs who fills the slots of the candidates of one document.
#[derive(Debug)]
pub struct Chooser<'a> {
    analysis: &'a Analysis<'a>,
    slots: &'a Slots,
    /// For every name what is known of it whatever the candidate; found when it is first looked at.
    names: Vec<Option<Known>>,
}

/// A name with what its own features count for.
#[derive(Debug, Clone, Copy)]
struct Known {
    traits: Traits,
    /// Features of the name alone, and with those of the words around it.
    alone: [Option<Sums<3>>; 2],
    sides: [Option<Sums<3>>; Side::COUNT],
}

/// Those who may fill the slots of a candidate, with what their features count for.
#[derive(Debug)]
pub struct Options<'a> {
    analysis: &'a Analysis<'a>,
    slots: &'a Slots,
    choices: Vec<(Choice, Sums<3>)>,
}

/// A candidate with those who may fill its slots.
#[derive(Debug)]
pub struct Weighed<'a> {
    /// The passage, and how sure it is.
    pub likely: Likely,
    /// Who or where may be meant.
    pub options: Options<'a>,
}

/// One of the choices for a slot.
#[derive(Clone, Copy)]
struct Scored<'a> {
    side: Side,
    name: Option<&'a NameAt>,
    entity: Option<u32>,
    /// Its score, then its share of the probability, as a multiple of that of the best.
    share: f32,
}

impl<'a> Chooser<'a> {
    /// For one document.
    pub fn new(analysis: &'a Analysis<'a>, slots: &'a Slots) -> Self {
        Self { analysis, slots, names: Vec::new() }
    }

    /// Weighs everybody who may fill a slot of some candidates. It is done for all candidates at once, as it takes the most code and
    /// weights of all that is done for one.
    pub fn weigh_each(&mut self, candidates: Vec<Likely>) -> Vec<Weighed<'a>> {
        let weighed = |likely: Likely| Weighed { options: self.weigh(&likely.candidate), likely };
        candidates.into_iter().map(weighed).collect()
    }

    /// The same for one candidate.
    fn weigh(&mut self, candidate: &Candidate) -> Options<'a> {
        let Self { analysis, slots, .. } = *self;
        self.names.resize(analysis.names.len(), None);
        let scene = Scene::new(analysis, candidate);
        let mut looks = [None; Side::COUNT];
        let choices = features::choices(analysis, candidate, |sort| sort != NameType::Instrument);
        let choices =
            choices.iter().map(|choice| (*choice, self.sums(candidate, &scene, &mut looks, choice))).collect();
        Options { analysis, slots, choices }
    }

    /// What the features of a choice count for. `looks` holds those of the candidate that looks on each side.
    fn sums(
        &mut self,
        candidate: &Candidate,
        scene: &Scene,
        looks: &mut [Option<Sums<3>>; Side::COUNT],
        choice: &Choice,
    ) -> Sums<3> {
        let Self { analysis, slots: Slots { weights: joint, .. }, .. } = *self;
        let mut scorer = joint.scorer();
        let Some((known, name)) = choice.name.and_then(|at| Some((self.names.get_mut(at)?, analysis.names.get(at)?)))
        else {
            features::of_nobody(analysis, candidate, scene, &mut scorer);
            return scorer.sums();
        };
        let Known { traits, alone, sides } = known.get_or_insert_with(|| Known {
            traits: Traits::new(analysis, name),
            alone: [None; 2],
            sides: [None; Side::COUNT],
        });
        let sides = sides[choice.side as usize].get_or_insert_with(|| {
            let stands = choice.side != Side::Document;
            let alone = alone[usize::from(stands)].get_or_insert_with(|| {
                let mut scorer = joint.scorer();
                features::of_name(analysis, name, traits, &mut scorer);
                if stands {
                    features::of_surroundings(analysis, name, traits, &mut scorer);
                }
                scorer.sums()
            });
            let mut scorer = joint.scorer();
            scorer.add_sums(alone);
            features::of_side(analysis, name, traits, choice.side, &mut scorer);
            scorer.sums()
        });
        let look = looks[choice.side as usize].get_or_insert_with(|| {
            let mut scorer = joint.scorer();
            features::of_candidate(analysis, candidate, scene, choice.side, &mut scorer);
            if !choice.side.is_here() {
                features::of_elsewhere(analysis, candidate, &mut scorer);
            }
            scorer.sums()
        });
        scorer.add_sums(sides);
        scorer.add_sums(look);
        features::of_pair(analysis, candidate, scene, choice, traits, &mut scorer);
        scorer.sums()
    }
}

impl Options<'_> {
    /// The most probable choice, with those that are named in one breath with it; `others` are the mentions that fill another slot.
    pub fn choose(&self, slot: Slot, others: &[usize]) -> Chosen {
        let analysis = self.analysis;
        let country = |entity: u32| analysis.entity(entity).and_then(|entity| entity.country.as_deref());
        let others: SmallVec<[u32; 4]> =
            others.iter().filter_map(|mention| analysis.name(*mention)).map(|name| name.entity).collect();
        let taken = others.first().map(|taken| (*taken, country(*taken)));
        let mut scored: SmallVec<[Scored<'_>; 16]> = SmallVec::new();
        let mut top = f32::NEG_INFINITY;
        for (choice, sums) in &self.choices {
            let name = choice.named(analysis);
            if name.is_some_and(|name| !slot.takes(name.sort)) {
                continue;
            }
            let entity = name.map(|name| slot.bearer(analysis, name));
            // A body that does something is not where it does it.
            let own = entity.is_some_and(|entity| others.contains(&entity));
            if own && slot == Slot::Place && name.is_some_and(|name| name.sort == NameType::Organisation) {
                continue;
            }
            let beside = taken.map_or(0, |(taken, home)| {
                let (mut scorer, sort) = (self.slots.weights.scorer(), name.map(|name| name.sort));
                features::of_taken(entity == Some(taken), sort, entity.and_then(country), home, &mut scorer);
                scorer.sums()[slot as usize]
            });
            let score = points(sums[slot as usize] + beside);
            top = top.max(score);
            scored.push(Scored { side: choice.side, name, entity, share: score });
        }
        let mut all = 0.0;
        for Scored { share, .. } in &mut scored {
            *share = (*share - top).exp();
            all += *share;
        }
        let Scored { side, name, entity, .. } = scored[best(&scored)];
        let mentions = match name {
            Some(name) if name.sort == NameType::Person && entity != Some(name.entity) => {
                let own = || {
                    let houses =
                        analysis.name(name.mention).map(|name| slot.bearers(analysis, name)).unwrap_or_default();
                    houses.iter().filter_map(|house| analysis.namings.get(*house as usize)?.mention).collect()
                };
                listed(analysis, name.mention, |sort| slot.takes(sort))
                    .and_then(|(names, place)| houses(analysis, &names, place + 1))
                    .unwrap_or_else(own)
            }
            Some(name) if side == Side::Document => SmallVec::from_slice(&[name.mention]),
            Some(name) => coordinated(analysis, name.mention, |sort| slot.takes(sort)),
            None => SmallVec::new(),
        };
        // Whoever of those told in one breath is meant, all of them are chosen.
        let named: SmallVec<[u32; 4]> =
            mentions.iter().filter_map(|mention| analysis.name(*mention)).map(|name| name.entity).collect();
        let right = |entity: Option<u32>| entity.map_or(mentions.is_empty(), |entity| named.contains(&entity));
        let same: f32 = scored.iter().filter(|scored| right(scored.entity)).map(|scored| scored.share).sum();
        Chosen { mentions, probability: same / all }
    }

    /// Every name that may fill a slot, with what tells it from the others; nobody is left out.
    pub fn seats(&self, slot: Slot) -> impl Iterator<Item = (&Choice, Seat)> {
        self.choices.iter().filter_map(move |(choice, sums)| {
            let name = choice.named(self.analysis).filter(|name| slot.takes(name.sort))?;
            Some((choice, Seat::new(self.analysis, name, choice.side, sums[slot as usize])))
        })
    }
}

/// The choice that fills a slot: whoever has the greatest share of all, all names together; where the candidate's own sentence names it, the
/// likeliest name there, for others that it is listed with elsewhere need not be meant, else where the share of one name is greatest.
fn best(scored: &[Scored<'_>]) -> usize {
    let whole = |one: &Scored<'_>| {
        let same = scored.iter().filter(|other| other.entity == one.entity);
        same.map(|same| same.share).sum::<f32>()
    };
    let mut best = (0, (0.0, false, 0.0));
    for (at, one) in scored.iter().enumerate() {
        let rank = (whole(one), one.side.is_here(), one.share);
        if rank > best.1 {
            best = (at, rank);
        }
    }
    best.0
}

/// The names that stand in one enumeration with a mention: "Nvidia and OpenAI", "A, B and C".
pub fn coordinated(analysis: &Analysis<'_>, mention: usize, wanted: impl Fn(NameType) -> bool) -> SmallVec<[usize; 2]> {
    let alone = SmallVec::from_slice(&[mention]);
    let Some((names, place)) = listed(analysis, mention, wanted) else { return alone };
    if let Some(houses) = houses(analysis, &names, place) {
        return houses;
    }
    // "in Leeds, and Barclays will …": where something stands is not listed with who does something there.
    let sort = |name: usize| analysis.name(name).map(|name| name.sort);
    let acts = matches!(sort(mention), Some(NameType::Organisation | NameType::Person));
    let stands = |name: usize| {
        matches!(sort(name), Some(NameType::Place | NameType::Country))
            && analysis.mark_before(analysis.mentions[name].tokens.start) == Some(Cue::MarkPlace)
    };
    let (mut first, mut last, mut and) = (place, place, false);
    while first > 0 && !(acts && stands(names[first - 1])) && joined(analysis, names[first - 1], names[first], &mut and)
    {
        first -= 1;
    }
    while last + 1 < names.len() && joined(analysis, names[last], names[last + 1], &mut and) {
        last += 1;
    }
    if and { SmallVec::from_slice(&names[first..=last]) } else { alone }
}

/// The names of a mention's sentence that may be enumerated with it, and its place among them; nothing where no "and" is.
fn listed(
    analysis: &Analysis<'_>,
    mention: usize,
    wanted: impl Fn(NameType) -> bool,
) -> Option<(SmallVec<[usize; 16]>, usize)> {
    let sentence = analysis.sentence_of(analysis.mentions.get(mention)?.tokens.start);
    if !analysis.sentences.get(sentence)?.set.has(Cue::MarkAnd) {
        return None;
    }
    let names: SmallVec<[usize; 16]> =
        analysis.named(sentence).iter().filter(|name| wanted(name.sort)).map(|name| name.mention).collect();
    let place = names.iter().position(|name| *name == mention)?;
    Some((names, place))
}

/// The houses of people in one enumeration, where the name at `place` is one of them: "A of Nvidia and B, of OpenAI".
fn houses(analysis: &Analysis<'_>, names: &[usize], place: usize) -> Option<SmallVec<[usize; 2]>> {
    let sort = |at: usize| names.get(at).and_then(|name| analysis.name(*name)).map(|name| name.sort);
    let is_house = |at: usize| {
        let person = at.checked_sub(1).filter(|person| sort(*person) == Some(NameType::Person));
        let (Some(person), Some(NameType::Organisation)) = (person, sort(at)) else { return false };
        let between = analysis.mentions[names[person]].tokens.end..analysis.mentions[names[at]].tokens.start;
        // "A, of Nvidia"
        between.len() <= 2 && analysis.has_cue(between, Cue::MarkOf)
    };
    if !is_house(place) {
        return None;
    }
    let (mut first, mut last, mut and) = (place, place, false);
    while first >= 3 && is_house(first - 2) && joined(analysis, names[first - 2], names[first - 1], &mut and) {
        first -= 2;
    }
    while is_house(last + 2) && joined(analysis, names[last], names[last + 1], &mut and) {
        last += 2;
    }
    and.then(|| (first..=last).step_by(2).map(|at| names[at]).collect())
}

/// Whether only a comma or "and", with articles, stands between two names; notes an "and".
fn joined(analysis: &Analysis<'_>, left: usize, right: usize, and: &mut bool) -> bool {
    let between = analysis.mentions[left].tokens.end..analysis.mentions[right].tokens.start;
    if between.is_empty() || between.len() > 5 {
        return false;
    }
    let mut links = false;
    for token in between {
        let class = analysis.cues_in(token..token + 1).iter().find(|cue| cue.cue.is_mark()).map(|cue| cue.cue);
        match class {
            Some(Cue::MarkAnd) => {
                links = true;
                *and = true;
            }
            Some(Cue::MarkDeterminer) => {}
            _ if analysis.is_mark(token, ",") => links = true,
            _ => return false,
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::{Chooser, FILES, Scored, Slot, Slots, best, coordinated};
    use crate::{
        Reader,
        features::{self, Scene, Side},
        kinds::pledge,
        model::Joint,
    };
    use pledgebook_document::Document;
    use pledgebook_lexicon::{Data, Error};
    use pledgebook_mentions::NameType;

    /// What is added up once for many candidates gives what learning saw: all features of each choice, one by one.
    #[test]
    fn sums_are_those_of_all_features() -> Result<(), Error> {
        let data = Data::embedded();
        let slots = Slots::load(&data)?;
        let each = Joint::load(&data, FILES)?;
        let reader = Reader::new(&data, "en")?;
        let text = "Northvolt will invest $5 billion in a plant in Texas, said its chief, Peter Carlsson. \
                    The Swedish company, backed by Siemens and BMW, promised 3,000 jobs in Austin; the state of Texas \
                    lends it €200 million. France and Italy are to build a line for €3 billion. \
                    They will also pay $70 million to Siemens, which supplies 40 trains.";
        let looked_at = reader.with_analysis(&Document::from_text("sums", text), |analysis, _| {
            let mut chooser = Chooser::new(analysis, &slots);
            let mut looked_at = 0;
            for candidate in pledge::candidates(analysis) {
                let scene = Scene::new(analysis, &candidate);
                for (choice, sums) in chooser.weigh(&candidate).choices {
                    let mut scorer = each.scorer();
                    features::all(analysis, &candidate, &scene, &choice, &mut scorer);
                    assert_eq!(scorer.sums(), sums, "{choice:?} of {candidate:?}");
                    looked_at += 1;
                }
            }
            looked_at
        });
        assert!(looked_at > 20, "{looked_at} choices");
        Ok(())
    }

    #[test]
    fn many_names_of_one_count_together() {
        let scored = |entity, share| Scored { side: Side::Left, name: None, entity, share };
        let all = [scored(Some(1), 0.4), scored(Some(2), 0.25), scored(None, 0.1), scored(Some(2), 0.3)];
        assert_eq!(best(&all), 3);
        assert_eq!(best(&all[..3]), 0);
    }

    #[test]
    fn whom_its_own_sentence_names_is_meant_as_it_is_named_there() {
        let scored = |entity, side, share| Scored { side, name: None, entity: Some(entity), share };
        let all = [scored(1, Side::Previous, 0.5), scored(1, Side::Left, 0.2), scored(2, Side::Right, 0.3)];
        assert_eq!(best(&all), 1);
        assert_eq!(best(&all[..1]), 0);
    }

    #[test]
    fn those_told_in_one_breath_are_as_sure_together_as_one_alone() -> Result<(), Error> {
        let data = Data::embedded();
        let slots = Slots::load(&data)?;
        let reader = Reader::new(&data, "en")?;
        let sure = |text: &str| {
            reader.with_analysis(&Document::from_text("sure", text), |analysis, _| {
                let mut chooser = Chooser::new(analysis, &slots);
                let found = pledge::candidates(analysis);
                let by = found.first().map(|candidate| chooser.weigh(candidate).choose(Slot::By, &[]));
                by.map(|by| (by.mentions.len(), by.probability)).unwrap_or_default()
            })
        };
        let (one, alone) = sure("Siemens will invest $5 billion in a plant in Texas.");
        let (two, together) = sure("Siemens and BMW will invest $5 billion in a plant in Texas.");
        assert_eq!((one, two), (1, 2));
        assert!(together > 0.9 * alone, "{together} of both, {alone} of one");
        Ok(())
    }

    #[test]
    fn the_houses_of_people_in_one_enumeration_stand_together() -> Result<(), Error> {
        let data = Data::embedded();
        let reader = Reader::new(&data, "en")?;
        let houses = |text: &str, of: &str| {
            reader.with_analysis(&Document::from_text("houses", text), |analysis, _| {
                let written =
                    |mention: usize| analysis.text.slice(analysis.mentions[mention].tokens.clone()).to_owned();
                let named = (0..analysis.mentions.len()).filter(|at| analysis.name(*at).is_some());
                let mut all = named.filter(|at| written(*at) == of).map(|at| {
                    coordinated(analysis, at, |sort| sort != NameType::Instrument)
                        .iter()
                        .map(|at| written(*at))
                        .collect::<Vec<_>>()
                });
                all.next_back().unwrap_or_default()
            })
        };
        let text = "The guests were Jensen Huang of Nvidia and Sam Altman of OpenAI.";
        assert_eq!(houses(text, "OpenAI"), ["Nvidia", "OpenAI"]);
        assert_eq!(houses(text, "Nvidia"), ["Nvidia", "OpenAI"]);
        assert_eq!(houses("Norvane builds in Leeds, and Barclays promised more.", "Barclays"), ["Barclays"]);
        assert_eq!(houses("Jensen Huang of Nvidia met the head of OpenAI.", "OpenAI"), ["OpenAI"]);
        Ok(())
    }
}
