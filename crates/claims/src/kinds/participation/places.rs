//! Where people take part in something: the places named around are weighed against one another.

use super::Found;
use crate::{
    actors::Actor,
    analysis::Cue,
    features::part,
    learning::SlotChoice,
    model::{FeatureNames, Model, Sink},
    speech::Speech,
};
use pledgebook_mentions::NameType;

/// Places before and after a sentence that are weighed.
const BACK_MAX: usize = 5;
const AHEAD_MAX: usize = 2;

/// The likeliest place, or none.
pub(super) fn choose<'s>(speech: &'s Speech<'_>, found: &Found, model: &Model) -> Option<&'s Actor<'s>> {
    let mut best: Option<(i32, Option<&'s Actor<'s>>)> = None;
    for option in options(speech, found) {
        let mut scorer = model.scorer();
        features(speech, found, option, &mut scorer);
        let sum = scorer.sums()[0];
        if best.is_none_or(|(score, _)| sum > score) {
            best = Some((sum, option));
        }
    }
    best.and_then(|(_, place)| place)
}

/// The possible places, seen by a learner.
pub(super) fn choices(speech: &Speech<'_>, found: &Found) -> Vec<SlotChoice> {
    let choice = |option: Option<&Actor<'_>>| {
        let mut sink = FeatureNames::default();
        features(speech, found, option, &mut sink);
        let entity = option.map(|place| place.name.entity);
        let names = entity.into_iter().flat_map(|entity| speech.actors.forms(entity)).collect();
        SlotChoice { names, entity, features: sink.0, ..SlotChoice::default() }
    };
    options(speech, found).into_iter().map(choice).collect()
}

fn options<'s>(speech: &'s Speech<'_>, found: &Found) -> Vec<Option<&'s Actor<'s>>> {
    let mut options: Vec<Option<&'s Actor<'s>>> = Vec::new();
    let mut add = |actor: &'s Actor<'s>| {
        let known = options.iter().flatten().any(|known| known.name.entity == actor.name.entity);
        let takes_part = found.who.iter().any(|(who, _)| *who == actor.name.entity);
        if actor.is_ground() && !actor.name.adjective && !known && !takes_part {
            options.push(Some(actor));
        }
    };
    let all = speech.actors.all();
    let tokens = speech.analysis.text.sentences().get(found.sentence).map_or(0..0, |sentence| sentence.tokens.clone());
    let start = all.partition_point(|actor| actor.tokens.start < tokens.start);
    let end = all.partition_point(|actor| actor.tokens.start < tokens.end);
    all[start..end].iter().for_each(&mut add);
    all[..start].iter().rev().filter(|actor| actor.is_ground()).take(BACK_MAX).for_each(&mut add);
    all[end..].iter().filter(|actor| actor.is_ground()).take(AHEAD_MAX).for_each(&mut add);
    all.iter().filter(|actor| actor.is_ground()).take(2).for_each(&mut add);
    options.push(None);
    options
}

fn features(speech: &Speech<'_>, found: &Found, option: Option<&Actor<'_>>, sink: &mut impl Sink) {
    let text = speech.analysis.text;
    let rule = found.rule.word;
    let Some(place) = option else {
        sink.add(&["none"]);
        sink.add(("none", rule));
        return;
    };
    let region = speech.actors.entity(place.name.entity).is_some_and(|entity| entity.region);
    let sort = match place.name.sort {
        NameType::Country if place.name.seat => part!("capital"),
        NameType::Country => part!("country"),
        _ if region => part!("region"),
        _ => part!("town"),
    };
    let at = speech.analysis.sentence_of(place.tokens.start);
    let where_ = if at < found.sentence {
        match found.sentence - at {
            1 => part!("back1"),
            2 | 3 => part!("back3"),
            _ => part!("back9"),
        }
    } else if at > found.sentence {
        part!("ahead")
    } else if place.tokens.start >= found.event.end {
        match place.tokens.start - found.event.end {
            0..=2 => part!("touches"),
            3..=6 => part!("near"),
            _ => part!("after"),
        }
    } else if found.event.contains(&place.tokens.start) {
        part!("event")
    } else {
        part!("before")
    };
    sink.add(&[sort]);
    sink.add((sort, where_));
    sink.add((rule, where_));
    let mark = match speech.analysis.mark_before(place.tokens.start) {
        Some(Cue::MarkPlace) => part!("in"),
        Some(Cue::MarkGoal) => part!("to"),
        Some(Cue::MarkOf) => part!("of"),
        Some(_) => part!("other"),
        None => part!("none"),
    };
    sink.add(("mark", mark));
    sink.add(("mark", sort, where_, mark));
    if at == 0 || at == 1 {
        sink.add(("lead", sort));
    }
    let sentence = text.sentences().get(at).map_or(0, |sentence| sentence.tokens.start);
    if place.tokens.start <= sentence + 1 {
        sink.add(("opens", sort, where_));
    }
    // Offices that the text itself places: what weights have chosen is no ground to learn weights from.
    let titled = speech.roles.held.iter().any(|held| !held.guessed && held.of == Some(place.tokens.start));
    if titled {
        sink.add(("office", where_));
    }
    if place.name.anaphor {
        sink.add(("anaphor", where_));
    }
}
