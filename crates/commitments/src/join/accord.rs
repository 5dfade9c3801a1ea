//! Whether an agreement that a claim tells of is one that is known.

use super::evidence::Evidence;
use super::{Growing, best_comparison, push_new};
use crate::brief::{AccordName, Brief, BriefAgreement};
use crate::money::Ruler;
use jiff::civil::Date;
use pledgebook_claims::AgreementStage;

const ENOUGH: i32 = 3;
/// Enough where one party is named, and where none is: so many accords have that in common.
const ENOUGH_OF_ONE: i32 = 5;
const ENOUGH_OF_NONE: i32 = 6;
/// Characters of a date that names a day.
const FULL_DATE: usize = 10;
/// Days by which "on Thursday" may be misread: two days of signing so near each other disprove nothing.
const MISREAD_DAYS: i32 = 10;
/// Days after which an accord that is still to be signed is another than the one that was concluded.
const TO_SIGN_DAYS: i32 = 120;

/// What the claims of an agreement tell of it.
#[derive(Default)]
pub(super) struct Told<'a> {
    /// Names, each with the language that it is in.
    names: Vec<(&'a AccordName<'a>, Option<&'a str>)>,
    /// Whether anybody told that it was concluded.
    concluded: bool,
    /// Days of signing.
    signed: Vec<Date>,
    /// Days that are told of it, whatever for.
    dates: Vec<&'a str>,
}

impl<'a> Told<'a> {
    pub(super) fn take(&mut self, agreement: &'a BriefAgreement<'a>, lang: Option<&'a str>) {
        if let Some(name) = &agreement.name {
            push_new(&mut self.names, (name, lang));
        }
        self.concluded |=
            matches!(agreement.stage, Some(AgreementStage::Agreed | AgreementStage::Signed | AgreementStage::InForce));
        signing_day(agreement).iter().for_each(|day| push_new(&mut self.signed, *day));
        agreement.date.iter().filter(|date| date.len() == FULL_DATE).for_each(|date| push_new(&mut self.dates, date));
    }
}

fn signing_day(agreement: &BriefAgreement<'_>) -> Option<Date> {
    match (agreement.stage, &agreement.date) {
        (Some(AgreementStage::Signed), Some(date)) => date.parse().ok(),
        _ => None,
    }
}

/// Year, month and day of a date, as far as it tells them.
fn parts(date: &str) -> Option<(i16, Option<i8>, Option<i8>)> {
    let mut parts = date.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut next = || parts.next().map(str::parse).transpose().ok();
    Some((year, next()?, next()?)).filter(|_| parts.next().is_none())
}

/// Whether a day is the one, or of the month or year, that a date tells.
fn is_of(day: Date, (year, month, own): (i16, Option<i8>, Option<i8>)) -> bool {
    day.year() == year && month.is_none_or(|month| day.month() == month) && own.is_none_or(|own| day.day() == own)
}

/// How well an agreement fits that of a cluster.
pub(super) fn fit(
    brief: &Brief<'_>,
    own: &BriefAgreement<'_>,
    growing: &Growing<'_>,
    ruler: &Ruler<'_>,
) -> Option<Evidence> {
    let told = &growing.accord;
    let mut score = 0;
    let name = own.name.as_ref().and_then(|name| {
        let others = told.names.iter();
        others.map(|(other, lang)| names(&name.folded, &other.folded, brief.lang == *lang)).max()
    });
    score += name.unwrap_or(0);
    let shared = brief.domains.iter().any(|domain| growing.domains.contains(domain));
    let follows = follows_up(own);
    // Claims without a name come close to the first of them, so that one accord does not lead on to the next for ever.
    let age =
        brief.day.zip(growing.first).and_then(|(day, first)| first.until(day).ok()).map_or(0, |span| span.get_days());
    // A look back tells the day of the accord that it means.
    let looks_back = told.concluded
        && own.date.and_then(parts).is_some_and(|date| {
            let mut known = growing.first.into_iter().chain(growing.last).chain(told.signed.iter().copied());
            known.any(|day| is_of(day, date))
        });
    if shared {
        score += 2;
    } else if !brief.domains.is_empty() && !growing.domains.is_empty() && !looks_back {
        score -= 2;
    }
    if age > 400 && name.is_none_or(|name| name <= 0) && !follows && !looks_back {
        score -= 3;
    }
    score += match gap(brief.day, growing) {
        _ if looks_back => 3,
        None => 1,
        Some(..=45) => 3,
        // What becomes of an accord is told without saying again what it is about.
        Some(46..=200) if follows => 3,
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
    // What is still to be signed is not what was concluded before.
    if own.stage == Some(AgreementStage::ToBeSigned)
        && told.concluded
        && age > TO_SIGN_DAYS
        && name.is_none_or(|name| name <= 0)
    {
        score -= 3;
    }
    // Two days of signing are two agreements.
    if own.date.as_ref().is_some_and(|date| told.dates.contains(date)) {
        score += 2;
    } else if let Some(day) = signing_day(own) {
        let apart = |other: &Date| other.until(day).map_or(i32::MAX, |span| span.get_days().abs());
        if told.signed.iter().map(apart).min().is_some_and(|days| days > MISREAD_DAYS) {
            score -= 3;
        }
    }
    let money = best_comparison(brief, growing, ruler);
    if let Some(found) = &money {
        score += if found.agrees() { 3 } else { -1 };
    }
    let enough = match brief.parties {
        0 => ENOUGH_OF_NONE,
        1 => ENOUGH_OF_ONE,
        _ => ENOUGH,
    };
    (score >= enough).then_some(Evidence {
        score,
        place: false,
        purpose: shared,
        money,
        adds: false,
        named: name.is_some_and(|name| name > 0),
        two_towns: false,
        apart: gap(brief.day, growing).unwrap_or(0),
    })
}

/// Whether a stage is one that comes long after the news of an accord.
fn follows_up(agreement: &BriefAgreement<'_>) -> bool {
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

fn gap(day: Option<Date>, growing: &Growing<'_>) -> Option<i32> {
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
pub(super) fn beside(
    brief: &Brief<'_>,
    own: &BriefAgreement<'_>,
    other: &Brief<'_>,
    their: &BriefAgreement<'_>,
) -> bool {
    use AgreementStage::{Agreed, InForce, Negotiating, Proposed, Signed, ToBeSigned};
    let ahead = |stage| matches!(stage, Some(Proposed | Negotiating | ToBeSigned));
    let done = |stage| matches!(stage, Some(Agreed | Signed | InForce));
    let crossed = ahead(own.stage) && done(their.stage) || done(own.stage) && ahead(their.stage);
    let shared = brief.domains.is_empty()
        || other.domains.is_empty()
        || brief.domains.iter().any(|domain| other.domains.contains(domain));
    let named = own.name.as_ref().zip(their.name.as_ref()).is_some_and(|(own, their)| own.written == their.written);
    // An article of the day tells in its headline what is to come and in its text what has come; both say what it is about.
    let same =
        brief.domains.iter().any(|domain| other.domains.contains(domain)) && own.date.is_none() == their.date.is_none();
    shared && (named || !crossed || same)
}
