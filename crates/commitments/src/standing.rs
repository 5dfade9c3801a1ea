//! Where a promise stands after each claim: its sum, stage, origins and status, and on what its sources differ (rules 6 to 14).
//!
//! Claims are taken one by one in the order of knowing; the standing after those known by a day is the standing as of that day.

use crate::join::says_so;
use crate::money::{Comparison, Ruler};
use crate::origin::Origins;
use crate::sighting::Sighting;
use crate::wording::coarseness;
use crate::{Bounds, ClaimRelation, MoneyRelation, Stage, Status};
use jiff::civil::Date;
use pledgebook_claims::{AgreementStage, AmountRole, Body, Novelty, PledgeStage};
use pledgebook_mentions::{Money, Qualifier};
use rust_decimal::Decimal;

/// A claim with what joining found out about it.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) sighting: Box<Sighting>,
    pub(crate) why: String,
    pub(crate) adds: bool,
}

/// Two figures that differ.
#[derive(Debug, Clone)]
pub(crate) struct Difference {
    /// Indexes of the claims.
    pub(crate) between: [usize; 2],
    pub(crate) found: Comparison,
    /// Why the later one replaces the earlier one, where it does.
    pub(crate) revised: Option<&'static str>,
}

/// Where a promise stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    pub(crate) taken: usize,
    /// The claim whose figure stands for the promise.
    pub(crate) figure: Option<usize>,
    /// Figures that cannot hold beside it, of claims that nothing has replaced.
    contested: Vec<usize>,
    /// Sums that come on top.
    increments: Vec<usize>,
    /// Plain sums and totals that are still good.
    sums: Vec<usize>,
    /// Claims that call their sum the total.
    totals: Vec<usize>,
    pub(crate) differences: Vec<Difference>,
    revised: bool,
    pub(crate) stage: Option<Stage>,
    stage_day: String,
    pub(crate) relations: Vec<ClaimRelation>,
    origins: Origins,
    pub(crate) envelope: bool,
    /// First day of publication: the day whose rates figures are compared at.
    pub(crate) rate_day: Option<Date>,
}

fn money(sighting: &Sighting) -> Option<Money> {
    match &sighting.claim.body {
        Body::Pledge(pledge) => pledge.money,
        Body::Agreement(agreement) => agreement.money,
        _ => None,
    }
}

pub(crate) fn figures(sighting: &Sighting) -> Vec<Money> {
    match &sighting.claim.body {
        Body::Pledge(pledge) => pledge.money.iter().chain(&pledge.restated).copied().collect(),
        Body::Agreement(agreement) => agreement.money.into_iter().collect(),
        _ => Vec::new(),
    }
}

fn role(sighting: &Sighting) -> Option<AmountRole> {
    match &sighting.claim.body {
        Body::Pledge(pledge) => pledge.amount_role,
        _ => None,
    }
}

/// How much a figure tells: a bound, a restatement and finer digits tell more than a round flat figure.
fn worth(sighting: &Sighting) -> (bool, bool, bool) {
    let figures = figures(sighting);
    let Some(first) = figures.first() else { return (false, false, false) };
    let bound = matches!(first.qualifier, Qualifier::UpTo | Qualifier::Range) || figures.len() > 1;
    (first.qualifier != Qualifier::Vague, first.currency.is_some(), bound)
}

/// Whether a later figure stands better for a promise than an earlier one that it agrees with. Between two currencies the one
/// told first stays: more digits in another currency are more likely a conversion.
fn is_better(earlier: &Sighting, later: &Sighting) -> bool {
    let finer = match (money(earlier), money(later)) {
        (Some(a), Some(b)) => a.currency == b.currency && coarseness(&b) < coarseness(&a),
        _ => false,
    };
    worth(later) > worth(earlier) || worth(later) == worth(earlier) && finer
}

impl Standing {
    /// Takes the next claim. `all` are the promise's claims in the order of knowing.
    pub(crate) fn take(&mut self, all: &[Told], ruler: &Ruler<'_>) {
        let index = self.taken;
        let Some(told) = all.get(index) else { return };
        self.taken += 1;
        let sighting = &told.sighting;
        if let Some(day) = sighting.origin.day() {
            self.rate_day = Some(self.rate_day.map_or(day, |known: Date| known.min(day)));
        }
        self.envelope |= role(sighting) == Some(AmountRole::Envelope);
        self.origins.take(all, index);
        // How far the sum before an increment has come says nothing about the increment.
        if !(told.adds && restated(sighting)) {
            self.take_stage(sighting);
        }
        let mut relation =
            if money(sighting).is_some() { self.take_money(all, index, ruler) } else { ClaimRelation::Supports };
        if matches!(
            self.claim_stage(sighting),
            Some(Stage::Pledge(PledgeStage::Withdrawn) | Stage::Agreement(AgreementStage::Ended))
        ) {
            relation = ClaimRelation::Withdraws;
        }
        self.relations.push(relation);
    }

    fn claim_stage(&self, sighting: &Sighting) -> Option<Stage> {
        match &sighting.claim.body {
            Body::Pledge(pledge) => pledge.stage.map(Stage::Pledge),
            Body::Agreement(agreement) => agreement.stage.map(Stage::Agreement),
            _ => None,
        }
    }

    fn take_stage(&mut self, sighting: &Sighting) {
        let Some(stage) = self.claim_stage(sighting) else { return };
        // A look back ("signed in September") tells of a day before the present stage, and takes nothing back.
        let day = holds(sighting).unwrap_or(&sighting.origin.known);
        let later = sighting.origin.known > self.stage_day && *day > *self.stage_day;
        if self.stage.is_none_or(|current| moves(current, stage, later)) {
            self.stage = Some(stage);
            self.stage_day.clone_from(&sighting.origin.known);
        }
    }

    fn take_money(&mut self, all: &[Told], index: usize, ruler: &Ruler<'_>) -> ClaimRelation {
        let own = figures(&all[index].sighting);
        let agrees = |standing: &Self, other: usize| {
            ruler.compare(&figures(&all[other].sighting), &own, standing.rate_day).is_some_and(|found| found.agrees())
        };
        if role(&all[index].sighting) == Some(AmountRole::Increment) {
            if !self.increments.iter().any(|other| agrees(self, *other)) {
                self.increments.push(index);
            }
            return ClaimRelation::Adds;
        }
        if role(&all[index].sighting) == Some(AmountRole::TotalToDate) {
            self.totals.push(index);
        }
        let Some(current) = self.figure else {
            self.figure = Some(index);
            self.sums.push(index);
            return if self.increments.is_empty() { ClaimRelation::Supports } else { ClaimRelation::Adds };
        };
        let (earlier, later) = (&all[current].sighting, &all[index].sighting);
        let Some(mut found) = ruler.compare(&figures(earlier), &own, self.rate_day) else {
            return ClaimRelation::Supports;
        };
        // An outlet converts at the rate of its own day.
        let own_day = later.origin.day();
        if found.contradicts() && found.rate.is_some() && own_day.is_some() {
            found = ruler.compare(&figures(earlier), &own, own_day).filter(Comparison::agrees).unwrap_or(found);
        }
        let other_document = earlier.origin.document != later.origin.document;
        let difference = |revised| Difference { between: [current, index], found: found.clone(), revised };
        if found.relation == MoneyRelation::Equal {
            if is_better(earlier, later) {
                self.figure = Some(index);
            }
            return ClaimRelation::Supports;
        }
        if !found.contradicts() {
            if other_document {
                let told = difference(None);
                self.note(told);
            }
            let vague = |sighting: &Sighting| money(sighting).is_some_and(|money| money.qualifier == Qualifier::Vague);
            if vague(earlier) && !vague(later) || found.agrees() && is_better(earlier, later) {
                self.figure = Some(index);
                self.sums.push(index);
            }
            return ClaimRelation::Supports;
        }
        if let Some(other) = self.sums.iter().copied().find(|other| *other != current && agrees(self, *other)) {
            return if self.contested.contains(&other) { ClaimRelation::Contradicts } else { ClaimRelation::Supports };
        }
        if all[index].adds || !self.increments.is_empty() {
            self.sums.push(index);
            let larger = larger(&own, &figures(earlier));
            if larger {
                self.figure = Some(index);
            }
            return ClaimRelation::Adds;
        }
        if let Some(reason) = revises(earlier, later) {
            let told = difference(Some(reason));
            self.note(told);
            self.revised = true;
            self.contested.clear();
            self.sums.clear();
            self.sums.push(index);
            self.figure = Some(index);
            return ClaimRelation::Revises;
        }
        // What the article itself calls the older figure is no rival of the present one.
        if restated(later) && !restated(earlier) && earlier.origin.known == later.origin.known {
            return ClaimRelation::Supports;
        }
        let told = difference(None);
        self.note(told);
        self.sums.push(index);
        self.contested.push(index);
        ClaimRelation::Contradicts
    }

    /// Keeps a difference once for each pair of figures.
    fn note(&mut self, difference: Difference) {
        let known = self.differences.iter().any(|known| {
            known.found.figures == difference.found.figures && known.revised.is_some() == difference.revised.is_some()
        });
        if !known {
            self.differences.push(difference);
        }
    }

    /// The sum as low and high: one figure's own bounds; from the lowest to the highest where sources contradict each other;
    /// increments added to what they come on top of (rules 7 and 8).
    pub(crate) fn bounds(&self, all: &[Told], ruler: &Ruler<'_>) -> Option<Bounds> {
        let figure = self.figure.or(self.increments.first().copied())?;
        let stated = money(&all[figure].sighting)?;
        let in_own = |index: usize| -> Option<Money> {
            let candidates = figures(&all[index].sighting);
            let same = candidates.iter().find(|money| money.currency == stated.currency).copied();
            same.or_else(|| Some(ruler.convert(candidates.first()?, stated.currency?, self.rate_day?)?.0))
        };
        let (mut low, mut high) = (stated.min, stated.max);
        for other in self.contested.iter().filter_map(|index| in_own(*index)) {
            low = low.zip(other.min).map(|(low, min)| low.min(min));
            high = high.zip(other.max).map(|(high, max)| high.max(max));
        }
        if !self.increments.is_empty() {
            let added: Vec<Decimal> = self
                .increments
                .iter()
                .filter(|index| **index != figure)
                .filter_map(|index| value(&in_own(*index)?))
                .collect();
            let added: Decimal = added.into_iter().sum();
            let own = value(&stated)?;
            let sums: Vec<Decimal> = self.sums.iter().filter_map(|index| value(&in_own(*index)?)).collect();
            // One source that calls the sum the total is enough.
            let is_total = self
                .totals
                .iter()
                .any(|index| *index == figure || in_own(*index).and_then(|money| value(&money)) == Some(own))
                || sums.iter().any(|base| base + added == own)
                || self.figure.is_none();
            if self.figure.is_none() {
                let whole = own + added;
                (low, high) = (low.map(|_| whole), high.map(|_| whole));
            } else if !is_total {
                // A sum smaller than its increment cannot hold it; a larger one may be the total of both.
                if own < added {
                    low = low.map(|low| low + added);
                }
                high = high.map(|high| high + added);
            }
        }
        let tidy = |value: Option<Decimal>| value.map(|value| value.normalize());
        Some(Bounds { low: tidy(low), high: tidy(high), currency: stated.currency })
    }

    /// What the sources add up to.
    pub(crate) fn status(&self) -> Status {
        let taken_back =
            matches!(self.stage, Some(Stage::Pledge(PledgeStage::Withdrawn) | Stage::Agreement(AgreementStage::Ended)));
        if taken_back {
            Status::Withdrawn
        } else if !self.contested.is_empty() {
            Status::Conflicting
        } else if self.revised {
            Status::Revised
        } else if self.origins.count() > 1 {
            Status::Corroborated
        } else {
            Status::Reported
        }
    }

    /// Whether sources differ in more than the currency that they tell a sum in.
    pub(crate) fn differs(&self) -> bool {
        self.differences
            .iter()
            .any(|difference| difference.revised.is_some() || difference.found.relation > MoneyRelation::Restated)
    }

    /// The origins' chains, the earliest first.
    pub(crate) fn origins(&self, all: &[Told]) -> Vec<Vec<String>> {
        let shown = |members: Vec<usize>| {
            // A copy that names its agency tells more than one that does not.
            let named = members.iter().find(|member| !all[**member].sighting.context.sources.is_empty());
            let shown = named.or(members.first());
            shown.map(|member| crate::origin::chain(&all[*member].sighting)).unwrap_or_default()
        };
        self.origins.members().map(shown).collect()
    }

    /// Claims whose figures still count: neither replaced nor increments.
    pub(crate) fn standing_figures(&self, all: &[Told]) -> Vec<usize> {
        let replaced_before = self
            .differences
            .iter()
            .filter(|difference| difference.revised.is_some())
            .map(|difference| difference.between[1])
            .max();
        (replaced_before.unwrap_or(0)..self.taken)
            .filter(|index| money(&all[*index].sighting).is_some() && !self.increments.contains(index))
            .collect()
    }
}

fn value(money: &Money) -> Option<Decimal> {
    money.max.or(money.min)
}

fn larger(a: &[Money], b: &[Money]) -> bool {
    a.iter().any(|a| b.iter().any(|b| a.currency == b.currency && value(a).zip(value(b)).is_some_and(|(a, b)| a > b)))
}

fn restated(sighting: &Sighting) -> bool {
    matches!(&sighting.claim.body, Body::Pledge(pledge) if pledge.novelty == Some(Novelty::Restated))
}

/// Why a later figure replaces an earlier one (rule 12); `None` where it only differs.
fn revises(earlier: &Sighting, later: &Sighting) -> Option<&'static str> {
    if let Body::Pledge(pledge) = &later.claim.body
        && says_so(pledge.novelty, pledge.amount_role, pledge.stage)
    {
        return Some("its text says that the promise has changed");
    }
    if restated(earlier) && !restated(later) && earlier.origin.document == later.origin.document {
        return Some("its text tells the earlier figure as what was promised before");
    }
    let follows = later.origin.known > earlier.origin.known && later.origin.document != earlier.origin.document;
    (follows && crate::origin::key(earlier) == crate::origin::key(later)).then_some("the same origin tells it later")
}

/// The day on which the stage that a claim tells came about, where it tells one: that of a signing to come is not it.
pub(crate) fn holds(sighting: &Sighting) -> Option<&str> {
    use AgreementStage::{Negotiating, Proposed, ToBeSigned};
    match &sighting.claim.body {
        Body::Agreement(agreement) if !matches!(agreement.stage, Some(Proposed | Negotiating | ToBeSigned)) => {
            agreement.date.as_deref()
        }
        _ => None,
    }
}

/// Whether a stage that is told moves the one that is known (rule 14).
pub(crate) fn moves(current: Stage, told: Stage, later: bool) -> bool {
    match (current, told) {
        (Stage::Pledge(current), Stage::Pledge(told)) => {
            use PledgeStage::{Contracted, Delivered, Paused, UnderWay, Withdrawn};
            match (current, told) {
                (Withdrawn, told) => later && matches!(told, UnderWay | Delivered | Contracted),
                (Paused, told) => told == Withdrawn || later && matches!(told, UnderWay | Delivered | Contracted),
                (_, Paused | Withdrawn) => true,
                (current, told) => told > current,
            }
        }
        (Stage::Agreement(current), Stage::Agreement(told)) => {
            use AgreementStage::{Ended, InForce, Paused, Signed};
            match (current, told) {
                (Ended, told) => later && matches!(told, Signed | InForce),
                (Paused, told) => told == Ended || later && matches!(told, Signed | InForce),
                (_, Paused | Ended) => true,
                (current, told) => told > current,
            }
        }
        _ => false,
    }
}
