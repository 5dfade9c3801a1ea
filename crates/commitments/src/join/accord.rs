//! Whether an agreement that a claim tells of is one that is known.

use super::evidence::Evidence;
use super::{Entry, Growing, best_comparison};
use crate::entity::fold;
use crate::money::Ruler;
use crate::sighting::Sighting;
use jiff::civil::Date;
use pledgebook_claims::{Agreement, AgreementStage, Body};

const ENOUGH: i32 = 3;

fn agreement(sighting: &Sighting) -> Option<&Agreement> {
    match &sighting.claim.body {
        Body::Agreement(agreement) => Some(agreement),
        _ => None,
    }
}

/// How well an agreement fits that of a cluster.
pub(super) fn fit(entry: &Entry<'_>, growing: &Growing, sightings: &[Sighting], ruler: &Ruler<'_>) -> Option<Evidence> {
    let own = agreement(entry.sighting)?;
    let others = || growing.cluster.members.iter().map(|member| &sightings[member.index]);
    let mut score = 0;
    let name = others().filter_map(|other| names(own, entry.sighting, agreement(other)?, other)).max();
    score += name.unwrap_or(0);
    let shared = own.domains.iter().any(|domain| growing.domains.contains(domain));
    if shared {
        score += 2;
    } else if !own.domains.is_empty() && !growing.domains.is_empty() {
        score -= 2;
    }
    let follows = follows_up(own);
    // Claims without a name come close to the first of them, so that one accord does not lead on to the next for ever.
    let age =
        entry.day.zip(growing.first).and_then(|(day, first)| first.until(day).ok()).map_or(0, |span| span.get_days());
    let concluded =
        |stage| matches!(stage, Some(AgreementStage::Agreed | AgreementStage::Signed | AgreementStage::InForce));
    let was_concluded = others().filter_map(agreement).any(|other| concluded(other.stage));
    // A look back tells the day of the accord that it means.
    let looks_back = was_concluded
        && own.date.as_deref().is_some_and(|date| {
            growing.first.into_iter().chain(growing.last).any(|day| day.to_string().starts_with(date))
        });
    if age > 400 && name.is_none_or(|name| name <= 0) && !follows && !looks_back {
        score -= 3;
    }
    score += match gap(entry.day, growing) {
        _ if looks_back => 3,
        None => 1,
        Some(..=45) => 3,
        Some(46..=200) => 2,
        Some(201..=800) if follows || name.is_some_and(|name| name > 0) => 1,
        Some(201..=800) => -1,
        Some(_) if name.is_some_and(|name| name > 0) => 0,
        Some(_) => -4,
    };
    // What nobody was known to have concluded is hardly in force.
    if own.stage == Some(AgreementStage::InForce) && !was_concluded {
        score -= 1;
    }
    // Two days of signing are two agreements.
    let signed = |agreement: &Agreement| match (agreement.stage, &agreement.date) {
        (Some(AgreementStage::Signed), Some(date)) => date.parse::<Date>().ok(),
        _ => None,
    };
    if let Some(day) = signed(own) {
        for other in others().filter_map(agreement).filter_map(signed) {
            score += if other == day { 2 } else { -3 };
        }
    }
    let money = best_comparison(entry, growing, ruler);
    if let Some(found) = &money {
        score += if found.agrees() { 3 } else { -1 };
    }
    (score >= ENOUGH).then_some(Evidence {
        score,
        place: false,
        purpose: shared,
        money,
        adds: false,
        named: name.is_some_and(|name| name > 0),
    })
}

/// Whether a stage is one that comes long after the news of an accord.
fn follows_up(agreement: &Agreement) -> bool {
    matches!(agreement.stage, Some(AgreementStage::Paused | AgreementStage::Ended | AgreementStage::InForce))
}

/// What two names say: the same is proof, different ones in one language are disproof, in two languages nothing.
fn names(own: &Agreement, own_claim: &Sighting, other: &Agreement, other_claim: &Sighting) -> Option<i32> {
    let (a, b) = (fold(own.name.as_deref()?), fold(other.name.as_deref()?));
    if a == b {
        return Some(5);
    }
    let words = |name: &str| name.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (words(&a), words(&b));
    let digits = |words: &[String]| {
        words.iter().filter(|word| word.chars().any(|c| c.is_ascii_digit())).cloned().collect::<Vec<_>>()
    };
    if digits(&a) != digits(&b) {
        return Some(-8);
    }
    let shared = a.iter().filter(|word| b.contains(word)).count();
    // More than the common noun of such names: "accord", "deal".
    if 2 * shared > a.len().min(b.len()) {
        return Some(3);
    }
    Some(if own_claim.origin.lang == other_claim.origin.lang { -6 } else { 0 })
}

fn gap(day: Option<Date>, growing: &Growing) -> Option<i32> {
    let (day, first, last) = (day?, growing.first?, growing.last?);
    let days = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
    Some(if day > last {
        days(last, day)
    } else if day < first {
        days(day, first)
    } else {
        0
    })
}

/// Whether two claims of one document can be of one agreement: what is still to be signed is not what already holds.
pub(super) fn beside(entry: &Entry<'_>, other: &Entry<'_>) -> bool {
    use AgreementStage::{Agreed, InForce, Negotiating, Proposed, Signed, ToBeSigned};
    let (Some(own), Some(their)) = (agreement(entry.sighting), agreement(other.sighting)) else { return false };
    let ahead = |stage| matches!(stage, Some(Proposed | Negotiating | ToBeSigned));
    let done = |stage| matches!(stage, Some(Agreed | Signed | InForce));
    let crossed = ahead(own.stage) && done(their.stage) || done(own.stage) && ahead(their.stage);
    let shared = own.domains.is_empty()
        || their.domains.is_empty()
        || own.domains.iter().any(|domain| their.domains.contains(domain));
    let named = own.name.is_some() && own.name == their.name;
    shared && (named || !crossed)
}
