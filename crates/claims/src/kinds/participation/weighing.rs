//! What tells whether a passage counts as a participation.

use super::Found;
use crate::{
    features::{Words, part},
    model::{Part, Sink},
    speech::Speech,
};
use pledgebook_mentions::{Kind, NameType};

/// The features of a candidate.
pub(super) fn features(speech: &Speech<'_>, found: &Found, sink: &mut impl Sink) {
    let analysis = speech.analysis;
    let text = analysis.text;
    let Some(sentence) = text.sentences().get(found.sentence) else { return };
    let rule = found.rule.word;
    sink.add(("rule", rule));
    let sort = |entity: u32| match speech.actors.named(entity).map(|actor| actor.name.sort) {
        Some(NameType::Person) => part!("person"),
        Some(NameType::Organisation) => part!("body"),
        _ => part!("country"),
    };
    let first = found.who.first().map_or(part!("nobody"), |(entity, _)| sort(*entity));
    sink.add(("first", first));
    sink.add(("first", rule, first));
    let count = Part::new(["0", "1", "2", "3"].get(found.who.len()).copied().unwrap_or("many"));
    sink.add(("count", count));
    sink.add(("count", rule, count));
    sink.add(("block", text.role_of(sentence).word()));
    sink.add(("block", rule, text.role_of(sentence).word()));
    if found.sentence < 3 {
        sink.add(&["lead"]);
    }
    let named = found.event != found.cue;
    sink.add(("event", rule, if named { part!("named") } else { part!("cue") }));
    let capital = text.tokens().get(found.event.clone()).is_some_and(|tokens| tokens.iter().any(|t| t.shape.capital()));
    if capital {
        sink.add(("capital", if named { part!("named") } else { part!("cue") }));
    }
    let inside = speech.actors.within(sentence.tokens.clone());
    let ground = |sort: NameType| inside.iter().any(|actor| actor.name.sort == sort && !actor.name.adjective);
    let place = match (ground(NameType::Place), ground(NameType::Country)) {
        (true, _) => part!("town"),
        (_, true) => part!("country"),
        _ => part!("none"),
    };
    sink.add(("place", place));
    sink.add(("place", rule, place));
    let mentions = &analysis.mentions;
    let from = mentions.partition_point(|mention| mention.tokens.start < sentence.tokens.start);
    let here = || mentions[from..].iter().take_while(|mention| mention.tokens.start < sentence.tokens.end);
    for (kind, name) in [(Kind::Money, "money"), (Kind::Time, "time"), (Kind::Quote, "quote")] {
        if here().any(|mention| mention.value.kind() == kind) {
            sink.add(&[name]);
            sink.add((name, rule));
        }
    }
    if speech.attribution.quotes.iter().any(|quote| quote.contains(&found.cue.start)) {
        sink.add(&["quoted"]);
    }
    let persons = inside.iter().filter(|actor| actor.is_person()).count();
    sink.add(("persons", ["0", "1", "2", "3"].get(persons).copied().unwrap_or("many")));
    if let Some((_, tokens)) = found.who.first() {
        let gap = if tokens.end <= found.cue.start {
            found.cue.start - tokens.end
        } else {
            tokens.start.saturating_sub(found.cue.end)
        };
        let side = if tokens.start < found.cue.start { part!("before") } else { part!("after") };
        let near = match gap {
            0..=2 => part!("near"),
            3..=6 => part!("some"),
            7..=12 => part!("far"),
            _ => part!("away"),
        };
        sink.add(("gap", side, near));
        sink.add(("gap", rule, side, near));
        if tokens.start <= sentence.tokens.start + 2 {
            sink.add(("leads", rule));
        }
    }
    let office = found.who.iter().any(|(who, _)| speech.roles.held.iter().any(|held| held.entity == *who));
    sink.add(("office", rule, if office { part!("yes") } else { part!("no") }));
    let frames = &speech.attribution.frames;
    let start = frames.partition_point(|frame| frame.sentence < found.sentence);
    let mut frames = frames[start..].iter().take_while(|frame| frame.sentence == found.sentence);
    if frames.clone().next().is_some() {
        sink.add(("says", rule));
    }
    if frames.any(|frame| frame.content.contains(&found.cue.start)) {
        sink.add(("told", rule));
    }
    for cue in analysis.cues_in(sentence.tokens.clone()).iter().filter(|cue| !cue.cue.is_mark()) {
        sink.add(("cue", cue.cue.part()));
    }
    sink.share(&analysis.shared, Words::OfEvent.at(found.sentence), |sink| {
        analysis.stems_and_concepts(sentence.tokens.clone(), |stem| sink.add(("sentence", stem)));
    });
    analysis.stems_and_concepts(found.cue.clone(), |stem| sink.add(("cue word", stem)));
    let near = found.cue.start.saturating_sub(2)..found.cue.end + 2;
    for cue in analysis.cues_in(near).iter().filter(|cue| !cue.cue.is_mark()) {
        sink.add(("near", cue.cue.part()));
    }
}
