//! The slots of a pledge that words near it fill.

use crate::{
    Action, AmountRole, Novelty, Pledge,
    analysis::{Analysis, Cue, CueAt},
    candidate::{Candidate, gap},
};
use pledgebook_mentions::{Time, Value, When};
use smallvec::SmallVec;

/// The action of a deed.
pub fn action(deed: Cue) -> Option<Action> {
    Some(match deed {
        Cue::VerbInvest | Cue::NounInvest | Cue::NounFunding => Action::Invest,
        Cue::VerbLend | Cue::NounLend => Action::Lend,
        Cue::VerbGrant | Cue::NounGrant => Action::Grant,
        Cue::VerbGuarantee | Cue::NounGuarantee => Action::Guarantee,
        Cue::VerbBuy | Cue::NounBuy | Cue::VerbSell => Action::Buy,
        Cue::VerbAcquire | Cue::NounAcquire => Action::Acquire,
        Cue::VerbBuild | Cue::NounBuild | Cue::NounProject => Action::Build,
        Cue::VerbHire | Cue::NounHire => Action::Hire,
        Cue::VerbSupply | Cue::NounSupply => Action::Supply,
        _ => return None,
    })
}

/// `from`, `until` and `over`, of the times of the clause, else of the sentence.
pub fn times(analysis: &Analysis<'_>, candidate: &Candidate, pledge: &mut Pledge) {
    let Some(sentence) = analysis.sentences.get(candidate.sentence) else { return };
    let mut near: SmallVec<[(usize, &Time); 4]> = analysis.mentions[sentence.mentions.clone()]
        .iter()
        .filter_map(|mention| match &mention.value {
            Value::Time(time) => {
                let apart = if candidate.clause.contains(&mention.tokens.start) { 0 } else { 30 };
                Some((apart + gap(&mention.tokens, &candidate.anchor), time))
            }
            _ => None,
        })
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    for (distance, time) in near {
        if distance > 40 {
            break;
        }
        time_slot(time, pledge);
    }
}

fn time_slot(time: &Time, pledge: &mut Pledge) {
    match (&time.when, &time.length) {
        (When::Unplaced, Some(length)) => {
            pledge.over.get_or_insert_with(|| length.to_string());
        }
        (When::Span { from, to: Some(_) }, _) if pledge.until.is_none() => {
            pledge.until = time.until().map(|day| day.to_string());
            pledge.from = from.map(|day| day.to_string());
        }
        _ => {}
    }
}

/// `amount_role`, `total` and `novelty`, of the words around the figure.
pub fn amount(analysis: &Analysis<'_>, candidate: &Candidate, pledge: &mut Pledge) {
    let anchor = &candidate.anchor;
    let window = anchor.start.saturating_sub(8).max(candidate.clause.start)..(anchor.end + 6).min(candidate.clause.end);
    let tells = |cue: &&CueAt| (Cue::AmountIncrement..=Cue::NoveltyRestated).contains(&cue.cue);
    let cues = analysis.cues_in(window).iter().filter(tells);
    let mut cues: SmallVec<[(usize, Cue); 4]> = cues.map(|cue| (gap(&(cue.start..cue.end), anchor), cue.cue)).collect();
    cues.sort_unstable();
    for (_, cue) in cues {
        let role = match cue {
            Cue::AmountIncrement => Some(AmountRole::Increment),
            Cue::AmountTotal => Some(AmountRole::TotalToDate),
            Cue::AmountEnvelope => Some(AmountRole::Envelope),
            Cue::AmountComponent => Some(AmountRole::Component),
            Cue::AmountEstimate => Some(AmountRole::Estimate),
            _ => None,
        };
        if pledge.money.is_some() && pledge.amount_role.is_none() {
            pledge.amount_role = role;
            pledge.total |= matches!(role, Some(AmountRole::Envelope | AmountRole::TotalToDate));
        }
        let novelty = match cue {
            Cue::NoveltyExtension => Some(Novelty::Extension),
            Cue::NoveltyRestated => Some(Novelty::Restated),
            _ => None,
        };
        pledge.novelty = pledge.novelty.or(novelty);
    }
}
