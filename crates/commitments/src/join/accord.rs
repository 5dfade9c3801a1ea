//! Whether an agreement that a claim tells of is one that is known.

use super::evidence::Evidence;
use super::{Growing, best_comparison, push_new};
use crate::brief::{AccordName, Brief, BriefAgreement};
use crate::money::Ruler;
use jiff::civil::Date;
use pledgebook_claims::AgreementStage;

const ENOUGH: i32 = 3;

/// What the claims of an agreement tell of it.
#[derive(Default)]
pub(super) struct Told {
    /// Names, each with the language that it is in.
    names: Vec<(AccordName, Option<Box<str>>)>,
    /// Whether anybody told that it was concluded.
    concluded: bool,
    /// Days of signing, as often as they are told.
    signed: Vec<Date>,
}

impl Told {
    pub(super) fn take(&mut self, agreement: &BriefAgreement, lang: Option<&str>) {
        if let Some(name) = &agreement.name {
            push_new(&mut self.names, &(name.clone(), lang.map(Box::from)));
        }
        self.concluded |=
            matches!(agreement.stage, Some(AgreementStage::Agreed | AgreementStage::Signed | AgreementStage::InForce));
        self.signed.extend(signing_day(agreement));
    }
}

fn signing_day(agreement: &BriefAgreement) -> Option<Date> {
    match (agreement.stage, &agreement.date) {
        (Some(AgreementStage::Signed), Some(date)) => date.parse().ok(),
        _ => None,
    }
}

/// How well an agreement fits that of a cluster.
pub(super) fn fit(brief: &Brief, own: &BriefAgreement, growing: &Growing, ruler: &Ruler<'_>) -> Option<Evidence> {
    let told = &growing.accord;
    let mut score = 0;
    let name = own.name.as_ref().and_then(|name| {
        let others = told.names.iter();
        others.map(|(other, lang)| names(&name.folded, &other.folded, brief.lang == *lang)).max()
    });
    score += name.unwrap_or(0);
    let shared = brief.domains.iter().any(|domain| growing.domains.contains(domain));
    if shared {
        score += 2;
    } else if !brief.domains.is_empty() && !growing.domains.is_empty() {
        score -= 2;
    }
    let follows = follows_up(own);
    // Claims without a name come close to the first of them, so that one accord does not lead on to the next for ever.
    let age =
        brief.day.zip(growing.first).and_then(|(day, first)| first.until(day).ok()).map_or(0, |span| span.get_days());
    // A look back tells the day of the accord that it means.
    let looks_back = told.concluded
        && own.date.as_deref().is_some_and(|date| {
            growing.first.into_iter().chain(growing.last).any(|day| day.to_string().starts_with(date))
        });
    if age > 400 && name.is_none_or(|name| name <= 0) && !follows && !looks_back {
        score -= 3;
    }
    score += match gap(brief.day, growing) {
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
    if own.stage == Some(AgreementStage::InForce) && !told.concluded {
        score -= 1;
    }
    // Two days of signing are two agreements.
    if let Some(day) = signing_day(own) {
        score += told.signed.iter().map(|other| if *other == day { 2 } else { -3 }).sum::<i32>();
    }
    let money = best_comparison(brief, growing, ruler);
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
fn follows_up(agreement: &BriefAgreement) -> bool {
    matches!(agreement.stage, Some(AgreementStage::Paused | AgreementStage::Ended | AgreementStage::InForce))
}

/// What two folded names say: the same is proof, different ones in one language are disproof, in two languages nothing.
fn names(own: &str, other: &str, one_language: bool) -> i32 {
    if own == other {
        return 5;
    }
    let digits = |name: &'_ str| -> Vec<String> {
        let words = name.split(' ').filter(|word| word.chars().any(|c| c.is_ascii_digit()));
        words.map(str::to_owned).collect()
    };
    if digits(own) != digits(other) {
        return -8;
    }
    let shared = own.split(' ').filter(|word| other.split(' ').any(|theirs| theirs == *word)).count();
    // More than the common noun of such names: "accord", "deal".
    if 2 * shared > own.split(' ').count().min(other.split(' ').count()) {
        return 3;
    }
    if one_language { -6 } else { 0 }
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
pub(super) fn beside(brief: &Brief, own: &BriefAgreement, other: &Brief, their: &BriefAgreement) -> bool {
    use AgreementStage::{Agreed, InForce, Negotiating, Proposed, Signed, ToBeSigned};
    let ahead = |stage| matches!(stage, Some(Proposed | Negotiating | ToBeSigned));
    let done = |stage| matches!(stage, Some(Agreed | Signed | InForce));
    let crossed = ahead(own.stage) && done(their.stage) || done(own.stage) && ahead(their.stage);
    let shared = brief.domains.is_empty()
        || other.domains.is_empty()
        || brief.domains.iter().any(|domain| other.domains.contains(domain));
    let written = |agreement: &'_ BriefAgreement| agreement.name.as_ref().map(|name| name.written.clone());
    let named = own.name.is_some() && written(own) == written(their);
    shared && (named || !crossed)
}
