//! `pledge`: somebody undertakes, or is said to intend, to spend, build, buy, hire or supply something.

mod candidates;
pub mod slots;

pub use candidates::candidates;

use crate::{
    Body, Claim, Pledge, PledgeStage,
    analysis::{Analysis, Cue, Lexicon, Sentence, bearers},
    candidate::{Basis, Candidate, Likely},
    choose::{Chosen, Options, Slot, Weighed},
    domains, evidence,
    features::{self, DocumentView},
    model::{Joint, probability},
    naming::Names,
    speech::Speech,
};
use pledgebook_lexicon::{Data, Error};

/// The learnt weights that decide about pledges.
#[derive(Debug, Default)]
pub struct Models {
    /// Whether a sum, a count, a cue is a promise.
    pub money: Joint<1>,
    /// The same for counts of things.
    pub things: Joint<1>,
    /// The same for cues without figure.
    pub cue: Joint<1>,
    /// How far it has come.
    pub stage: Joint<{ PledgeStage::ALL.len() }>,
}

impl Models {
    /// Loads the weights.
    ///
    /// # Errors
    /// When a weights file is wrong.
    pub fn load(data: &Data) -> Result<Self, Error> {
        let gate = |name: &str| Ok::<_, Error>(Joint::load(data, [name])?.keeping(features::GATE));
        Ok(Self {
            money: gate("pledge_money")?,
            things: gate("pledge_things")?,
            cue: gate("pledge_cue")?,
            stage: Joint::of_classes(data, "pledge_stage")?.keeping(features::STAGE),
        })
    }

    /// The weights for candidates of one basis.
    pub fn gate(&self, basis: Basis) -> &Joint<1> {
        match basis {
            Basis::Money => &self.money,
            Basis::Things => &self.things,
            Basis::Cue | Basis::Accord => &self.cue,
        }
    }
}

/// Probability from which a sum told without any figure is taken for a promise.
const VAGUE_SUM: f32 = 0.3;

/// The least confidence of a promise: F1 on `gold/train`, cross-validated, is alike up to 0.32 (.564), and
/// a promise that nobody made is worse than one missed.
const RIGHT_MIN: f32 = 0.3;
/// The same for one without a sum: F1 is .48 here and .49 at 0.32, where more are invented in documents that hold none.
const RIGHT_MIN_WITHOUT_SUM: f32 = 0.4;

/// So few promises of a whole article are none unless one of them is sure: of 303 documents of `gold/train` without any, cross-validated,
/// 41 promises are read without this rule and 18 with it, and F1 of all documents is .614 either way.
const FEW: usize = 2;
/// What the surest of so few needs.
const SURE_AMONG_FEW: f32 = 0.65;
/// So many sentences make a whole article; a few lines may tell one promise in any words.
const ARTICLE_SENTENCES_MIN: usize = 8;

/// The candidates that are promises by what tells it of them alone, in the order of the text.
pub fn likely(analysis: &Analysis<'_>, models: &Models, view: &DocumentView) -> Vec<Likely> {
    let candidates = candidates(analysis);
    let mut found: Vec<Likely> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let sum = candidate.beside.and_then(|sum| found.iter().position(|f| f.candidate.money == Some(sum)));
        if candidate.shares && sum.is_some() {
            continue;
        }
        let gate = models.gate(candidate.basis);
        let mut scorer = gate.scorer();
        features::gate(analysis, &candidate, view, &mut scorer);
        // "Massive investments" are a sum without a figure: half a reason, where a bare verb is a smaller one.
        let vague = candidate.basis == Basis::Cue
            && candidate.deed.is_some_and(|deed| deed.cue.is_verb())
            && analysis.has_cue(candidate.clause.clone(), Cue::VagueSum);
        let threshold = if vague { gate.threshold(0).min(VAGUE_SUM) } else { gate.threshold(0) };
        let probability = probability(scorer.sums()[0]);
        if probability < threshold {
            // Counts that are no promise of their own belong to the sum beside them.
            if let Some(sum) = sum.and_then(|sum| found.get_mut(sum)) {
                sum.candidate.things.extend(candidate.things);
            }
            continue;
        }
        // Whose it is can make it no surer, and nothing else hangs on a cue without a figure.
        if candidate.basis == Basis::Cue && probability < RIGHT_MIN_WITHOUT_SUM {
            continue;
        }
        found.push(Likely { candidate, probability });
    }
    found
}

/// Reads the pledges of a document out of those that may be some, and appends them to `claims`.
pub fn read(
    analysis: &Analysis<'_>,
    lexicon: &Lexicon,
    models: &Models,
    weighed: Vec<Weighed<'_>>,
    speech: &Speech<'_>,
    claims: &mut Vec<Claim>,
) {
    let found = |Weighed { likely, options }| {
        let Likely { candidate, probability } = likely;
        Found { by: options.choose(Slot::By, &[]), candidate, options, probability }
    };
    let mut found: Vec<Found<'_>> = weighed.into_iter().map(found).collect();
    share_out(analysis, &mut found);
    join_counts(analysis, &mut found);
    found.retain(|found| {
        found.confidence() >= if found.candidate.basis == Basis::Money { RIGHT_MIN } else { RIGHT_MIN_WITHOUT_SUM }
    });
    let kept: Vec<usize> = (0..found.len()).filter(|index| !is_repeated(analysis, &found, *index)).collect();
    // Who answers a question promises in words that are never sure.
    let is_article = !analysis.dialogue && analysis.sentences.len() >= ARTICLE_SENTENCES_MIN;
    if is_article && kept.len() <= FEW && kept.iter().all(|index| found[*index].confidence() < SURE_AMONG_FEW) {
        return;
    }
    for index in kept {
        claims.push(claim(analysis, lexicon, models, speech, &found[index]));
    }
}

/// Gives each of several pledgers the sum in its place of the list: "A and B will invest 2 and 3 billion respectively".
fn share_out(analysis: &Analysis<'_>, found: &mut [Found<'_>]) {
    let mut at = 0;
    while at < found.len() {
        let (sentence, pledgers) = (found[at].candidate.sentence, found[at].by.mentions.clone());
        let same = |found: &&Found<'_>| {
            let Candidate { sentence: other, basis, .. } = found.candidate;
            other == sentence && basis == Basis::Money && found.by.mentions == pledgers
        };
        let sums = found[at..].iter().take_while(same).count();
        let told = |of: &Sentence| of.set.has(Cue::MarkRespectively);
        if sums > 1 && sums == pledgers.len() && analysis.sentences.get(sentence).is_some_and(told) {
            for (found, pledger) in found[at..].iter_mut().zip(pledgers) {
                found.by.mentions = [pledger].into_iter().collect();
            }
        }
        at += sums.max(1);
    }
}

/// Makes one promise of counts that one deed of one pledger tells: "will build a hall of 9,000 square metres".
fn join_counts(analysis: &Analysis<'_>, found: &mut Vec<Found<'_>>) {
    let mut at = 0;
    while at < found.len() {
        let (before, rest) = found.split_at_mut(at);
        let this = &rest[0];
        let deed = |of: &Candidate| of.deed.map(|deed| deed.start).filter(|_| of.basis == Basis::Things);
        let same = |that: &&mut Found<'_>| {
            that.candidate.sentence == this.candidate.sentence
                && deed(&that.candidate).is_some()
                && deed(&that.candidate) == deed(&this.candidate)
                && that.entity(analysis) == this.entity(analysis)
        };
        if let Some(first) = before.iter_mut().find(same) {
            first.candidate.things.extend(this.candidate.things.iter().copied());
            found.remove(at);
        } else {
            at += 1;
        }
    }
}

/// A candidate taken for a promise.
struct Found<'a> {
    candidate: Candidate,
    by: Chosen,
    options: Options<'a>,
    probability: f32,
}

impl Found<'_> {
    /// How sure it is that it is a promise, and whose.
    fn confidence(&self) -> f32 {
        self.probability * self.by.probability
    }

    fn entity(&self, analysis: &Analysis<'_>) -> Option<u32> {
        self.by.mentions.first().and_then(|mention| analysis.name(*mention)).map(|name| name.entity)
    }
}

/// Whether another candidate tells the same sum of the same pledger (a headline before its text, a later mention again), or, without a
/// figure, a surer one of the sentence what the same pledger does.
fn is_repeated(analysis: &Analysis<'_>, found: &[Found<'_>], index: usize) -> bool {
    let this = &found[index];
    if this.candidate.basis == Basis::Cue {
        return found.iter().enumerate().any(|(other, that)| {
            other != index
                && that.candidate.sentence == this.candidate.sentence
                && that.candidate.basis != Basis::Money
                && that.entity(analysis) == this.entity(analysis)
                && (that.confidence(), index) > (this.confidence(), other)
        });
    }
    let Some(money) = this.candidate.money.and_then(|mention| analysis.money(mention)) else { return false };
    let headline = analysis.is_headline(this.candidate.sentence);
    found.iter().enumerate().any(|(other, that)| {
        if other == index || that.candidate.sentence == this.candidate.sentence {
            return false;
        }
        let same = that
            .candidate
            .money
            .iter()
            .chain(&that.candidate.restated)
            .filter_map(|mention| analysis.money(*mention))
            .any(|m| {
                m.currency == money.currency
                    && (m.min == money.min && m.max == money.max || m.max.or(m.min) == money.max.or(money.min))
            });
        if !same {
            return false;
        }
        if headline {
            return !analysis.is_headline(that.candidate.sentence);
        }
        let (a, b) = (this.entity(analysis), that.entity(analysis));
        other < index && !analysis.is_headline(that.candidate.sentence) && (a == b || a.is_none() || b.is_none())
    })
}

fn claim(analysis: &Analysis<'_>, lexicon: &Lexicon, models: &Models, speech: &Speech<'_>, found: &Found<'_>) -> Claim {
    let candidate = &found.candidate;
    let place = found.options.choose(Slot::Place, &found.by.mentions);
    let mut scorer = models.stage.scorer();
    features::stage(analysis, candidate, &mut scorer);
    let stage = PledgeStage::ALL.get(scorer.best()).copied().filter(|_| !models.stage.is_empty());
    let mut names = Names::new(analysis);
    let mut pledge = Pledge {
        by: names.of(&found.by.mentions, "by"),
        place: names.of(&place.mentions, "place"),
        stage,
        domains: domains::choose(analysis, lexicon, candidate),
        money: candidate.money.and_then(|mention| analysis.money(mention)).copied(),
        restated: candidate.restated.iter().filter_map(|mention| analysis.money(*mention)).copied().collect(),
        things: candidate.things.iter().filter_map(|mention| analysis.thing(*mention)).cloned().collect(),
        ..Pledge::default()
    };
    if let Some(deed) = candidate.deed {
        pledge.action = slots::action(deed.cue);
        names.because("action", deed.cue.word(), &(deed.start..deed.end));
    }
    if let Some(money) = candidate.money.and_then(|mention| analysis.mentions.get(mention)) {
        names.because("money", money.rule, &money.tokens);
    }
    slots::times(analysis, candidate, &mut pledge);
    slots::amount(analysis, candidate, &mut pledge);
    let needed = found.by.mentions.iter().chain(candidate.things.iter());
    let tokens = evidence::around(analysis, candidate, needed.copied());
    let bytes = analysis.text.bytes(tokens.clone());
    let pledgers: Vec<u32> = found.by.mentions.iter().filter_map(|m| analysis.name(*m)).flat_map(bearers).collect();
    Claim {
        body: Body::Pledge(pledge),
        evidence: analysis.text.source()[bytes.clone()].to_owned(),
        span: analysis.characters(&bytes),
        sources: speech.sources_at(&tokens, &pledgers),
        aliases: names.aliases,
        rule: rule(candidate).into(),
        confidence: found.confidence(),
        reasons: names.reasons,
    }
}

/// The shape of the passage, as rules are named.
fn rule(candidate: &Candidate) -> &'static str {
    let before = candidate.deed.is_some_and(|deed| deed.start < candidate.anchor.start);
    match (candidate.basis, candidate.deed) {
        (_, None) => "pledge/figure@1",
        (Basis::Cue, Some(_)) => "pledge/cue@1",
        (_, Some(deed)) if deed.cue.word().starts_with("noun") => "pledge/nominal@1",
        (_, Some(_)) if before => "pledge/active@1",
        (_, Some(_)) => "pledge/inverted@1",
    }
}
