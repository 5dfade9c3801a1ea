//! Whether a pledge is of a promise that is known.

use super::evidence::{Evidence, Places, Spot, places};
use super::{Growing, NEWS_DAYS, best_comparison, says_so};
use crate::MoneyRelation;
use crate::brief::{Brief, BriefPledge, BriefThing};
use crate::money::{Comparison, Ruler, is_fine};
use pledgebook_claims::{Action, AmountRole, Novelty, PledgeStage};
use pledgebook_mentions::{Money, Qualifier};
use rust_decimal::Decimal;

/// Enough where the figures agree.
const ENOUGH_WITH_MONEY: i32 = 4;
/// What the same figure in more than one digit is worth; nothing that money tells is worth more.
const SAME_FIGURE: i32 = 5;
/// Enough where there is no figure on one side.
const ENOUGH_WITHOUT_MONEY: i32 = 5;
/// Enough where later news, without a figure, tells what became of a promise.
const ENOUGH_TO_FOLLOW: i32 = 4;
/// Enough where the figures differ and nothing in the words says why.
const ENOUGH_AGAINST_MONEY: i32 = 6;
/// Enough where the figures agree and the places are no nearer than a country.
const ENOUGH_IN_COUNTRY: i32 = 6;
/// Days after which what does not look back is measured from the first news.
const NEW_DAYS: i32 = 250;
/// Days after which a country's name alone, without a figure, ties nothing to a promise that does not look back.
const MENTIONED_DAYS: i32 = 150;
/// "At least" and "up to" leave room for a figure so many times as large.
const ROOM: i64 = 3;

/// How well a pledge fits the promise of a cluster; `None` where it is another.
pub(super) fn fit(
    brief: &Brief<'_>,
    own: &BriefPledge<'_>,
    growing: &Growing<'_>,
    ruler: &Ruler<'_>,
) -> Option<Evidence> {
    // Most claims of a crowded block tell no figure, or meet none.
    let has_figures = !brief.figures.is_empty() && !growing.figures.is_empty();
    let same_who = growing.who.contains(&brief.who);
    if !has_figures && !same_who {
        return None;
    }
    let place = places(&brief.spots, &growing.spots);
    if place == Places::Apart {
        return None;
    }
    let domains = domains_fit(&brief.domains, &growing.domains);
    // Where one names another's partners too, nothing but the same sum for the same tells that the promise is the joint one.
    if !same_who && domains == Fit::Apart {
        return None;
    }
    let unnamed = brief.parties == 0;
    let same_spot = place == Places::SameSpot;
    let time = time_score(brief.day_number, growing, own, same_spot);
    let things = things_fit(&own.things, &growing.things);
    let great = |figure: &Money| ruler.is_great(figure, brief.day);
    // Most pairs of towns are told apart before any figure is compared.
    if place == Places::Towns
        && !(time > 1 && domains != Fit::Apart && brief.figures.first().is_some_and(great))
        && !is_total(brief, own, growing)
    {
        return None;
    }
    let same_action = own.action.is_some() && growing.actions.contains(&own.action);
    let other_action = own.action.is_some_and(|action| {
        growing.actions.iter().all(|other| other.is_some_and(|other| class(other) != class(action)))
    });
    let mut score = time + things;
    score += match place {
        Places::SameSpot => 3,
        Places::SameCountry => 2,
        Places::Untold | Places::Open | Places::Home | Places::Towns => 0,
        Places::Apart => return None,
    };
    score += match domains {
        Fit::Same => 2,
        Fit::Open => 0,
        Fit::Apart => -2,
    };
    score += i32::from(same_action) - 2 * i32::from(other_action);
    score += horizon(own, growing);
    // Where not even a figure that agrees would be enough, none is compared.
    let least = if has_figures { ENOUGH_WITH_MONEY - SAME_FIGURE } else { ENOUGH_TO_FOLLOW };
    if score < least {
        return None;
    }
    let money = if has_figures { best_comparison(brief, growing, ruler) } else { None };
    if !same_who {
        let one_sum = |found: &Comparison| {
            let same = found.relation < MoneyRelation::Rounded || found.dropped.is_some();
            found.agrees()
                && same
                && found.relation != MoneyRelation::Rounded
                && (time > 1 || is_fine(&found.figures.0))
        };
        if !money.as_ref().is_some_and(one_sum) {
            return None;
        }
    }
    let evidence = |score, money, adds| Evidence {
        score,
        place: matches!(place, Places::SameSpot | Places::SameCountry),
        purpose: domains == Fit::Same || things > 0,
        money,
        adds,
        named: false,
        two_towns: place == Places::Towns,
        apart: apart(brief.day_number, growing),
    };
    let role = own.role;
    // Where the places speak against it, only a figure that hardly any other promise has speaks for it.
    if matches!(place, Places::Home | Places::Towns) {
        let proves = |found: &Comparison| {
            let exactly = found.agrees() && found.relation != MoneyRelation::Rounded;
            let sure = match place {
                Places::Home => {
                    exactly && (great(&found.figures.0) || is_fine(&found.figures.0))
                        || found.agrees() && time > 1 && domains == Fit::Same
                }
                _ => exactly && great(&found.figures.0) && time > 1 && domains != Fit::Apart,
            };
            sure || is_total(brief, own, growing)
        };
        if !money.as_ref().is_some_and(proves) {
            return None;
        }
    }
    if let Some(found) = &money {
        if found.agrees() {
            // A rounded figure is shared by more promises than an exact one, and a round one by more than one of many digits.
            score += match found.relation {
                MoneyRelation::Rounded => 3,
                _ if is_fine(&found.figures.0) => SAME_FIGURE,
                _ => 4,
            };
            // A common figure, told of a country for another purpose, is another promise's.
            let figures = [&found.figures.0, &found.figures.1];
            let rare = time > 1 && (same_action || figures.into_iter().any(is_fine))
                || time > 0 && same_action && great(&found.figures.0);
            if domains == Fit::Apart && !same_spot && !rare {
                return None;
            }
            let common = matches!(place, Places::SameCountry | Places::Home) && !(time > 0 && great(&found.figures.0));
            let enough = if common { ENOUGH_IN_COUNTRY } else { ENOUGH_WITH_MONEY };
            return (score >= enough).then(|| evidence(score, money, false));
        }
        if is_total(brief, own, growing) {
            return (score + 4 >= ENOUGH_WITH_MONEY).then(|| evidence(score + 4, money, true));
        }
        // "A further 1.5 billion" and "2.5 billion in total" speak of one another, whatever else is told.
        let on_top = |role| role == Some(AmountRole::Increment);
        let completes =
            on_top(role) && growing.total || role == Some(AmountRole::TotalToDate) && !growing.increments.is_empty();
        if completes && time > 1 && !unnamed && !growing.envelope {
            return (score >= 1).then(|| evidence(score, money, true));
        }
        // An envelope is never one of the things inside it.
        if unnamed || growing.envelope || role == Some(AmountRole::Envelope) || role == Some(AmountRole::Component) {
            return None;
        }
        if found.loose && !found.contradicts() {
            if place == Places::Open {
                return None;
            }
            let vague = found.figures.0.qualifier == Qualifier::Vague || found.figures.1.qualifier == Qualifier::Vague;
            if !vague && !same_spot && ratio(found).is_none_or(|ratio| ratio > Decimal::from(ROOM)) {
                return None;
            }
            let enough = if vague { ENOUGH_WITHOUT_MONEY } else { ENOUGH_WITHOUT_MONEY + 1 };
            return (score >= enough).then(|| evidence(score, money, false));
        }
        let before = own.novelty == Some(Novelty::Restated);
        if on_top(role) || !growing.increments.is_empty() && (before || larger(brief, growing)) {
            let placed = place != Places::Open && (place != Places::Untold || time > 1);
            let enough = placed && domains != Fit::Apart && score >= 3;
            return enough.then(|| evidence(score, money, true));
        }
        let revises = says_so(own.novelty, role, own.stage);
        let ratio = ratio(found);
        let near = if place == Places::SameSpot { Decimal::from(3) } else { Decimal::new(16, 1) };
        let specific = place == Places::SameSpot || domains == Fit::Same && time > 0;
        let enough = if revises { ENOUGH_WITHOUT_MONEY } else { ENOUGH_AGAINST_MONEY };
        let allowed = own.novelty != Some(Novelty::New)
            && specific
            && (revises || ratio.is_some_and(|ratio| ratio <= near) && (place == Places::SameSpot || time > 1));
        return (allowed && score >= enough).then(|| evidence(score, money, false));
    }
    let late = age(brief.day_number, growing) > MENTIONED_DAYS && apart(brief.day_number, growing) > 0;
    if late && !same_spot && !looks_back(own) {
        return None;
    }
    if unnamed && !brief.figures.is_empty() && !growing.figures.is_empty() {
        return None;
    }
    // Figures that could not be compared for want of a rate speak neither for nor against.
    if unnamed && things <= 0 {
        return None;
    }
    // A town that may or may not lie in a country is told of the same promise where all else is, within weeks of its first
    // news, and where no other town is told of it: else one promise would lead on to the next.
    if place == Places::Open {
        let fresh =
            growing.days.zip(brief.day_number).is_some_and(|([first, _], day)| (day - first).abs() <= NEWS_DAYS);
        let is_town = |spot: &Spot<'_>| !spot.is_country();
        let one_town = !(brief.spots.iter().any(is_town) && growing.spots.iter().copied().any(is_town));
        if !(fresh && one_town && domains == Fit::Same && same_action) {
            return None;
        }
    }
    // A bare mention without a purpose is of the promise that was just told of the same place.
    let fresh = domains == Fit::Open && same_action && time > 1 && place != Places::Untold;
    // So is later news of what became of it, though it does not say again what it was for.
    let follows = domains == Fit::Open && same_action && time > 0 && follows_up(own);
    let follows = follows && matches!(place, Places::SameSpot | Places::SameCountry);
    let purpose = domains == Fit::Same
        || things > 0
        || fresh
        || follows
        || brief.domains.is_empty() && growing.domains.is_empty();
    let enough = if follows { ENOUGH_TO_FOLLOW } else { ENOUGH_WITHOUT_MONEY };
    (score >= enough && purpose).then(|| evidence(score, None, false))
}

/// Whether two pledges of one document can be of one promise: one article tells a promise twice in the same figures, or once
/// with and once without them, or as what was there and what comes on top. `adds_up`: the first completes a total that is known;
/// `adds`: it was found to come on top of the others.
pub(super) fn beside<'b>(
    (brief, own): (&Brief<'b>, &BriefPledge<'b>),
    (other, their): (&Brief<'b>, &BriefPledge<'b>),
    (adds_up, adds): (bool, bool),
    ruler: &Ruler<'_>,
) -> bool {
    let day = brief.day.or(other.day);
    let relate =
        |pledge: &BriefPledge<'_>| matches!(pledge.role, Some(AmountRole::Increment | AmountRole::TotalToDate));
    let units_apart = !own.things.is_empty()
        && !their.things.is_empty()
        && !own.things.iter().any(|thing| their.things.iter().any(|other| other == thing));
    if units_apart {
        return false;
    }
    match ruler.compare(&brief.figures, &other.figures, day) {
        Some(found) if found.agrees() => true,
        Some(found) if found.contradicts() => {
            adds_up || relate(own) || relate(their) || changes(own, their) || changes(their, own)
        }
        Some(found) => {
            let vague = |money: &Money| money.qualifier == Qualifier::Vague;
            adds && (adds_up || relate(own) || relate(their)) || vague(&found.figures.0) || vague(&found.figures.1)
        }
        // A sum and a bare mention are one promise where they are told of one place and one purpose.
        None => {
            let counted = own.things.is_empty() != their.things.is_empty()
                && brief.figures.is_empty() != other.figures.is_empty();
            !counted && brief.spots == other.spots
        }
    }
}

/// Whether one pledge tells the older figure that the other, in the same article, changes.
fn changes(old: &BriefPledge<'_>, new: &BriefPledge<'_>) -> bool {
    old.novelty == Some(Novelty::Restated) && says_so(new.novelty, new.role, new.stage)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Same,
    Open,
    Apart,
}

fn domains_fit(own: &[&str], others: &[&str]) -> Fit {
    if own.is_empty() || others.is_empty() {
        return Fit::Open;
    }
    if own.iter().any(|domain| others.contains(domain)) { Fit::Same } else { Fit::Apart }
}

/// What counted things say: the same count of the same thing is worth a figure.
fn things_fit(own: &[BriefThing<'_>], others: &[BriefThing<'_>]) -> i32 {
    let mut best = 0;
    for thing in others {
        for mine in own {
            if mine.unit == thing.unit {
                let same = mine.max.or(mine.min) == thing.max.or(thing.min);
                best = best.max(if same { 3 } else { 1 });
            }
        }
    }
    if !others.is_empty() && !own.is_empty() && best == 0 { -2 } else { best }
}

/// Days between a claim and the last news of a promise, or the first where it is earlier.
fn apart(day: Option<i32>, growing: &Growing<'_>) -> i32 {
    let (Some(day), Some([first, last])) = (day, growing.days) else { return 0 };
    (day - last).max(first - day).max(0)
}

/// Days between the first news of a promise and a claim.
fn age(day: Option<i32>, growing: &Growing<'_>) -> i32 {
    day.zip(growing.days).map_or(0, |(day, [first, _])| day - first)
}

/// How near in time: news of a promise comes close together, and later news of it says what became of it.
fn time_score(day: Option<i32>, growing: &Growing<'_>, own: &BriefPledge<'_>, same_spot: bool) -> i32 {
    if day.is_none() || growing.days.is_none() {
        return 1;
    }
    let follows = follows_up(own);
    let age = age(day, growing);
    // What does not look back is measured from the first news, unless it is of one town: else a promise that is told of for long
    // leads on to the next.
    let gap = if age > NEW_DAYS && !same_spot && !looks_back(own) { age } else { apart(day, growing) };
    match gap {
        ..=45 => 2,
        46..=200 => 1,
        201..=400 => 0,
        401..=1100 if follows => 0,
        401..=1100 => -2,
        _ if follows => -2,
        _ => -5,
    }
}

/// Whether a pledge tells what became of an older promise, or changes it.
fn looks_back(own: &BriefPledge<'_>) -> bool {
    follows_up(own) || says_so(own.novelty, own.role, own.stage)
}

/// Whether a pledge tells what became of an older promise.
fn follows_up(own: &BriefPledge<'_>) -> bool {
    use PledgeStage::{Delivered, Paused, UnderWay, Withdrawn};
    matches!(own.stage, Some(Withdrawn | Paused | UnderWay | Delivered)) || own.novelty == Some(Novelty::Restated)
}

/// The same end speaks for one promise, another end against.
fn horizon(own: &BriefPledge<'_>, growing: &Growing<'_>) -> i32 {
    match own.until {
        Some(year) if growing.until.contains(&year) => 1,
        Some(_) if !growing.until.is_empty() => -1,
        _ => 0,
    }
}

/// Actions that one promise may be told as.
fn class(action: Action) -> u8 {
    match action {
        Action::Invest | Action::Build | Action::Other => 0,
        Action::Lend => 1,
        Action::Grant => 2,
        Action::Guarantee => 3,
        Action::Buy | Action::Supply => 4,
        Action::Acquire => 5,
        Action::Hire => 6,
    }
}

fn ratio(found: &Comparison) -> Option<Decimal> {
    let value = |money: &Money| money.max.or(money.min);
    let (mut a, b) = (value(&found.figures.0)?, value(&found.figures.1)?);
    if let Some(rate) = &found.rate {
        a = rate.convert(a)?;
    }
    let (small, large) = (a.min(b), a.max(b));
    if small.is_zero() { None } else { large.checked_div(small) }
}

fn value_in(money: &Money, like: &Money) -> Option<Decimal> {
    (money.currency == like.currency).then(|| money.max.or(money.min)).flatten()
}

/// Whether the claim's figure is larger than a cluster's increments: what is larger may be the total of them.
fn larger(brief: &Brief<'_>, growing: &Growing<'_>) -> bool {
    brief.figures.iter().any(|own| {
        growing.increments.iter().any(|increment| {
            value_in(own, increment)
                .zip(increment.max.or(increment.min))
                .is_some_and(|(own, increment)| own > increment)
        })
    })
}

/// Whether the claim's figure is what an increment and the sum before it come to, or completes such a total (rule 8).
pub(super) fn is_total(brief: &Brief<'_>, pledge: &BriefPledge<'_>, growing: &Growing<'_>) -> bool {
    let Some(own) = brief.figures.first() else { return false };
    let Some(value) = own.max.or(own.min) else { return false };
    let adds = pledge.role == Some(AmountRole::Increment);
    if growing.sums.is_empty() || !adds && growing.increments.is_empty() {
        return false;
    }
    let figures = |list: &[Money]| list.iter().filter_map(|money| value_in(money, own)).collect::<Vec<_>>();
    let (bases, increments) = (figures(&growing.sums), figures(&growing.increments));
    if adds {
        // Two sums are known already, and the increment is the step between them.
        return bases.iter().any(|base| bases.iter().any(|total| base + value == *total));
    }
    increments.iter().any(|increment| bases.iter().any(|base| base + increment == value || value + increment == *base))
}
