//! `agreement`: two or more parties make, will make or have made an accord.

mod candidates;

pub use candidates::candidates;

use crate::{
    Agreement, AgreementStage, Body, Claim,
    analysis::{Analysis, Cue, Lexicon},
    candidate::{Candidate, Likely},
    choose::{Options, Slot, Weighed, coordinated},
    domains, evidence,
    features::{self, Choice, DocumentView, Round, Seat},
    model::Joint,
    naming::Names,
    speech::Speech,
};
use pledgebook_lexicon::{Data, Error};
use pledgebook_mentions::{Name, NameType, Time, Value, When};
use smallvec::SmallVec;

/// The learnt weights that decide about agreements.
#[derive(Debug, Default)]
pub struct Models {
    /// Whether a passage tells an accord.
    pub gate: Joint<1>,
    /// Who of those who may be its parties is one.
    pub round: Joint<1>,
    /// How far it has come.
    pub stage: Joint<{ AgreementStage::ALL.len() }>,
}

impl Models {
    /// Loads the weights.
    ///
    /// # Errors
    /// When a weights file is wrong.
    pub fn load(data: &Data) -> Result<Self, Error> {
        let gate = Joint::load(data, ["agreement"])?.keeping(features::GATE);
        let stage = Joint::of_classes(data, "agreement_stage")?.keeping(features::STAGE);
        let round = Joint::load(data, ["agreement_round"])?.keeping(features::ROUND);
        Ok(Self { gate, round, stage })
    }
}

/// From which probability on one is a party for sure, and a firm that the sentence does not name no bystander of two states.
const BYSTANDER_MAX: f32 = 0.6;

/// From which probability on two parties that a sentence names leave no room for others that it does not name: of 100 accords that are found
/// 33 have exactly their parties so (29 without), and F1, cross-validated, is .654 (.658).
const SURE_PARTY_MIN: f32 = 0.95;

/// From which probability on a town that the sentence does not name is a third party of an accord: F1, cross-validated, is .660 (.662 from
/// 0.4 on, .657 from 0.6 on).
const TOWN_MIN: f32 = 0.45;

/// The least confidence of an accord. F1 on `gold/train`, cross-validated, is alike from 0.3 to 0.45: an accord that nobody
/// made is worse than one missed.
const SURE_MIN: f32 = 0.34;

/// Room for so many who may be parties: most sentences and those around them name no more.
const PARTIES_ROOM: usize = 16;

/// A party with its probability.
struct Party {
    entity: u32,
    mention: usize,
    probability: f32,
}

/// An accord that was read.
struct Known {
    parties: Vec<u32>,
    /// Those of them beyond two that its sentence does not name and that are no sure parties.
    doubtful: Vec<u32>,
    stage: Option<AgreementStage>,
    /// Its sentence, into [`Analysis::sentences`].
    sentence: usize,
    /// Its place in the list of claims.
    claim: usize,
}

/// The candidates that are accords by what tells it of them alone, in the order of the text.
pub fn likely(analysis: &Analysis<'_>, models: &Models, view: &DocumentView) -> Vec<Likely> {
    // Its parties can make an accord no surer.
    let least = models.gate.threshold(0).max(SURE_MIN);
    let likely = candidates(analysis).into_iter().map(|candidate| {
        let mut scorer = models.gate.scorer();
        features::gate(analysis, &candidate, view, &mut scorer);
        Likely { candidate, probability: scorer.probability() }
    });
    likely.filter(|likely| likely.probability >= least).collect()
}

/// Reads the agreements of a document out of those that may be some, and appends them to `claims`.
pub fn read(
    analysis: &Analysis<'_>,
    lexicon: &Lexicon,
    models: &Models,
    weighed: Vec<Weighed<'_>>,
    speech: &Speech<'_>,
    claims: &mut Vec<Claim>,
) {
    let mut known: Vec<Known> = Vec::new();
    for Weighed { likely: Likely { candidate, probability }, options } in weighed {
        let told_here: SmallVec<[u32; 8]> =
            analysis.names_of(candidate.sentence).flat_map(|(_, _, name)| crate::analysis::bearers(name)).collect();
        let parties = signed_for(analysis, speech, parties(analysis, models, &options));
        let parties = told_parties(analysis, &told_here, parties);
        let Some(second) = parties.get(1) else { continue };
        // Words that leave it open are an accord where two parties are sure, and none where they are not.
        let sure = probability * second.probability.sqrt();
        if sure < SURE_MIN {
            continue;
        }
        let stage = stage(analysis, models, &candidate);
        let entities: Vec<u32> = parties.iter().map(|party| party.entity).collect();
        // An accord whose parties were named before is spoken of again: "this partnership will be signed …". Those who are parties most
        // surely must be the same: others who stand beside two accords do not make them one.
        let here = |entity: &u32| told_here.contains(entity);
        let is_sure = |party: &&Party| party.probability >= BYSTANDER_MAX && here(&party.entity);
        let named = parties.iter().filter(is_sure).count();
        // Whom only this sentence names beside another party has an accord of its own, and is no third party of one told before.
        let own = |known: &Known, entity: &u32| named > 1 && here(entity) && known.doubtful.contains(entity);
        let is_open = |known: &Known| known.stage == stage || named < 2 && is_one_making(known.stage, stage);
        let told = known.iter().find(|known| {
            is_open(known)
                && entities.iter().take(2).all(|entity| known.parties.contains(entity) && !own(known, entity))
        });
        // A sentence that names no sure party speaks of the accord before.
        let shared = |known: &&Known| is_open(known) && entities.iter().any(|entity| known.parties.contains(entity));
        let told = told.or_else(|| known.iter().rev().find(shared).filter(|_| named == 0));
        if let Some(told) = told {
            // Who tells of it may be named only where it is spoken of again.
            if let Some(first) = claims.get_mut(told.claim).filter(|first| first.sources.is_empty()) {
                let sentence =
                    analysis.sentences.get(candidate.sentence).map_or(0..0, |sentence| sentence.tokens.clone());
                first.sources = speech.sources_at(&sentence, &entities);
            }
            continue;
        }
        for known in &mut known {
            let (parted, kept): (Vec<u32>, Vec<u32>) = known.parties.iter().partition(|entity| own(known, entity));
            if parted.is_empty() {
                continue;
            }
            if let Some(Body::Agreement(agreement)) = claims.get_mut(known.claim).map(|claim| &mut claim.body) {
                let named = |party: &String| {
                    parted
                        .iter()
                        .any(|entity| analysis.entity(*entity).is_some_and(|known| *known.canonical == **party))
                };
                agreement.parties.retain(|party| !named(party));
            }
            known.parties = kept;
        }
        let doubtful = parties.iter().skip(2).filter(|party| party.probability < BYSTANDER_MAX && !here(&party.entity));
        let doubtful = doubtful.map(|party| party.entity).collect();
        known.push(Known { parties: entities, doubtful, stage, sentence: candidate.sentence, claim: claims.len() });
        let fields = domains::choose(analysis, lexicon, &candidate);
        claims.push(claim(analysis, fields, speech, &candidate, &parties, stage, sure));
    }
    if let [only] = known.as_slice()
        && let Some(claim) = claims.get_mut(only.claim).filter(|claim| claim.sources.is_empty())
    {
        claim.sources = told_by(analysis, speech, only);
    }
}

/// The outlet that a later sentence has what it says of the only accord of a document from: "According to Bloomberg, the accord aims at …".
/// Such a sentence is no accord of its own; one that names others than the parties may be about another.
fn told_by(analysis: &Analysis<'_>, speech: &Speech<'_>, accord: &Known) -> Vec<String> {
    let outlets: Vec<u32> =
        analysis.names.iter().map(|name| name.entity).filter(|entity| analysis.is_outlet(*entity)).collect();
    if outlets.is_empty() {
        return Vec::new();
    }
    let is_deal =
        |cue: Cue| matches!(cue, Cue::AccordMemorandum | Cue::AccordTreaty | Cue::AccordDeal | Cue::AccordPartnership);
    let takes_part = |sort: NameType| matches!(sort, NameType::Country | NameType::Organisation);
    let speaks_of_it = |candidate: &Candidate| {
        let names = analysis.named(candidate.sentence);
        candidate.sentence > accord.sentence
            && candidate.deed.is_some_and(|deed| is_deal(deed.cue))
            && names.iter().any(|name| outlets.contains(&name.entity))
            && names.iter().all(|name| {
                !takes_part(name.sort) || outlets.contains(&name.entity) || accord.parties.contains(&name.entity)
            })
    };
    let is_outlet = |source: &String| {
        outlets.iter().filter_map(|outlet| analysis.entity(*outlet)).any(|outlet| *outlet.canonical == **source)
    };
    let sources = |candidate: Candidate| {
        let tokens = &analysis.sentences[candidate.sentence].tokens;
        Some(speech.sources_at(tokens, &accord.parties)).filter(|sources| sources.iter().any(is_outlet))
    };
    candidates(analysis).into_iter().filter(speaks_of_it).find_map(sources).unwrap_or_default()
}

/// Whom those who sign hold an office of, in their place: "Minister Rolf Lenk and his Polish colleague" are two countries.
fn signed_for(analysis: &Analysis<'_>, speech: &Speech<'_>, parties: Vec<Party>) -> Vec<Party> {
    let is_person = |entity: u32| analysis.entity(entity).is_some_and(|known| known.sort == NameType::Person);
    let body = |person: u32| {
        let held = speech.roles.held.iter().find(|held| held.entity == person && !held.former && held.of.is_some())?;
        let name = analysis.names.iter().find(|name| Some(name.start) == held.of)?;
        Some((name.entity, name.mention))
    };
    let mut told: Vec<Party> = Vec::with_capacity(parties.len());
    for mut party in parties {
        if is_person(party.entity)
            && let Some((entity, mention)) = body(party.entity)
        {
            (party.entity, party.mention) = (entity, mention);
        }
        enlist(&mut told, party);
    }
    told
}

/// Adds a party to others, once.
fn enlist(all: &mut Vec<Party>, party: Party) {
    match all.iter_mut().find(|known| known.entity == party.entity) {
        Some(known) => known.probability = known.probability.max(party.probability),
        None => all.push(party),
    }
}

/// The parties that an accord is told with. Where two states make it, firms that only the rest of the document names are bystanders
/// more often than not, and always where its own sentence names the two. `here` are those that this sentence names, by name or by what
/// stands for it.
fn told_parties(analysis: &Analysis<'_>, here: &[u32], mut parties: Vec<Party>) -> Vec<Party> {
    let sort = |party: &Party| analysis.entity(party.entity).map(|entity| entity.sort);
    let is_state = |party: &Party| sort(party) == Some(NameType::Country);
    let is_town = |party: &Party| sort(party) == Some(NameType::Place);
    let here = |party: &Party| here.contains(&party.entity);
    // A town that is named elsewhere is more often where one of the two surest parties works.
    let others = parties.split_off(parties.len().min(2));
    parties.extend(others.into_iter().filter(|party| !is_town(party) || here(party) || party.probability >= TOWN_MIN));
    if parties.iter().filter(|party| is_state(party) && here(party)).count() >= 2 {
        parties.retain(|party| is_state(party) || here(party));
    }
    let is_sure = |party: &Party| party.probability >= SURE_PARTY_MIN;
    if parties.iter().filter(|party| here(party) && is_sure(party)).count() >= 2 {
        parties.retain(|party| here(party) || is_sure(party));
    }
    if parties.iter().take(2).all(is_state) {
        parties.retain(|party| is_state(party) || party.probability >= BYSTANDER_MAX || here(party));
    }
    parties
}

/// Whether two stages, the second told later, can be of one accord without more having happened: on its way to the signature, and in
/// talks while it is halted.
fn is_one_making(a: Option<AgreementStage>, b: Option<AgreementStage>) -> bool {
    use AgreementStage::{Agreed, Negotiating, Paused, Proposed, Signed, ToBeSigned};
    let open = |stage| matches!(stage, Some(Proposed | Negotiating | Agreed | ToBeSigned | Signed));
    open(a) && open(b) || a == Some(Paused) && b == Some(Negotiating)
}

/// How far an accord has come: by learnt weights, but for a halt that its clause tells ("has paused the deal signed in September"), which
/// undoes whatever was signed before and is told too seldom to be learnt.
fn stage(analysis: &Analysis<'_>, models: &Models, candidate: &Candidate) -> Option<AgreementStage> {
    let step = features::step(analysis, candidate).filter(|step| candidate.clause.contains(&step.start));
    match step.map(|step| step.cue) {
        Some(Cue::DealPaused) => return Some(AgreementStage::Paused),
        Some(Cue::DealEnded) => return Some(AgreementStage::Ended),
        _ => {}
    }
    let mut scorer = models.stage.scorer();
    features::stage(analysis, candidate, &mut scorer);
    AgreementStage::ALL.get(scorer.best()).copied().filter(|_| !models.stage.is_empty())
}

/// Those who are parties by the weights, the surest first; names in one enumeration with a party are parties.
fn parties(analysis: &Analysis<'_>, models: &Models, options: &Options<'_>) -> Vec<Party> {
    let mut all: Vec<Party> = Vec::with_capacity(PARTIES_ROOM);
    let mut add = |mention: usize, name: &Name, probability: f32| {
        for entity in crate::analysis::bearers(name) {
            enlist(&mut all, Party { entity, mention, probability });
        }
    };
    let threshold = models.round.threshold(0);
    let (choices, seats): (Vec<&Choice>, Vec<Seat>) = options.seats(Slot::Party).unzip();
    let round = Round::new(&seats);
    for (seat, choice) in choices.into_iter().enumerate() {
        let Some((at, name)) = choice.named(analysis).and_then(|at| Some((at.mention, analysis.name(at.mention)?)))
        else {
            continue;
        };
        let mut scorer = models.round.scorer();
        round.features(seat, &mut scorer);
        let probability = scorer.probability();
        add(at, name, probability);
        if choice.side.is_here() && probability >= threshold {
            for other in coordinated(analysis, at, |sort| Slot::Party.takes(sort)) {
                if let Some(name) = analysis.name(other) {
                    add(other, name, threshold);
                }
            }
        }
    }
    all.retain(|party| party.probability >= threshold);
    all.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.mention.cmp(&b.mention)));
    all
}

fn claim(
    analysis: &Analysis<'_>,
    domains: Vec<String>,
    speech: &Speech<'_>,
    candidate: &Candidate,
    parties: &[Party],
    stage: Option<AgreementStage>,
    probability: f32,
) -> Claim {
    let mut names = Names::new(analysis);
    let mut mentions: Vec<usize> = parties.iter().map(|party| party.mention).collect();
    mentions.sort_unstable();
    let sentence = analysis.sentences.get(candidate.sentence);
    let instrument = analysis.names_of(candidate.sentence).find(|(_, _, name)| name.sort == NameType::Instrument);
    let money = sentence.and_then(|sentence| sentence.mentions.clone().find_map(|m| analysis.money(m)).copied());
    let date = sentence.and_then(|sentence| {
        analysis.mentions[sentence.mentions.clone()].iter().find_map(|mention| match &mention.value {
            Value::Time(Time { when: When::At(day), .. }) => Some(day.to_string()),
            _ => None,
        })
    });
    let agreement = Agreement {
        parties: names.of(&mentions, "parties"),
        name: instrument.map(|(_, _, name)| str::to_owned(&name.canonical)),
        domains,
        stage,
        money,
        date,
    };
    if let Some(deed) = candidate.deed {
        names.because("stage", deed.cue.word(), &(deed.start..deed.end));
    }
    let tokens = evidence::around(analysis, candidate, mentions.into_iter());
    let bytes = analysis.text.bytes(tokens.clone());
    let entities: Vec<u32> = parties.iter().map(|party| party.entity).collect();
    Claim {
        body: Body::Agreement(agreement),
        evidence: analysis.text.source()[bytes.clone()].to_owned(),
        span: analysis.characters(&bytes),
        sources: speech.sources_at(&tokens, &entities),
        aliases: names.aliases,
        rule: rule(candidate).into(),
        confidence: probability,
        reasons: names.reasons,
    }
}

/// What words tell an accord, as rules are named.
fn rule(candidate: &Candidate) -> &'static str {
    match candidate.deed.map(|deed| deed.cue) {
        Some(cue) if cue.is_step() => "agreement/deal@1",
        Some(cue) if cue.is_verb() => "agreement/verb@1",
        Some(cue) if cue.is_deed() => "agreement/noun@1",
        _ => "agreement/accord@1",
    }
}
