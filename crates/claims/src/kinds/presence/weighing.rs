//! What tells whether a seat in a place counts as a presence, and whose it is.

use super::{
    Found, Reader,
    tables::{PLACES, VERBS, Word},
};
use crate::{
    Change,
    actors::Actor,
    analysis::Cue,
    features::{Words, part},
    model::{Model, Part, Sink},
};
use pledgebook_mentions::{Kind, NameType};

/// Organisations before a seat, and after it, that are weighed as its holder.
const BACK_MAX: usize = 6;
const AHEAD_MAX: usize = 3;

fn gap(tokens: usize) -> Part {
    match tokens {
        0 => part!("0"),
        1 => part!("1"),
        2 => part!("2"),
        3 | 4 => part!("4"),
        5..=8 => part!("8"),
        _ => part!("far"),
    }
}

impl<'a> Reader<'a> {
    /// The features of a candidate.
    pub(super) fn features(&self, found: &Found<'_>, sink: &mut impl Sink) {
        let rule = found.rule.word;
        let change = Part::new(found.change.word());
        sink.add(("rule", rule));
        sink.add(("change", change));
        sink.add(("change", rule, change));
        let Some(place) = found.place.first() else { return };
        let region = self.speech.actors.entity(place.name.entity).is_some_and(|entity| entity.region);
        let sort = match place.name.sort {
            NameType::Country if place.name.seat => part!("capital"),
            NameType::Country => part!("country"),
            NameType::Organisation | NameType::Person | NameType::Instrument => part!("name"),
            _ if region => part!("region"),
            _ => part!("town"),
        };
        sink.add(("place", sort));
        sink.add(("place", rule, sort));
        sink.add(("place", change, sort));
        if found.place.len() > 1 {
            sink.add(&["places"]);
        }
        if place.name.anaphor {
            sink.add(&["anaphor"]);
        }
        if let Some((seat, between, class)) = self.seat_near(&place.tokens) {
            let side = if seat.start < place.tokens.start { part!("before") } else { part!("after") };
            let class = Part::new(class.word());
            sink.add(("seat", class));
            sink.add(("seat", class, sort));
            sink.add(("seat", class, change));
            sink.add(("seat", side, gap(between)));
            sink.add(("seat", side, gap(between), change));
            sink.add(("seat", class, side, gap(between)));
            let middle = seat.end.min(place.tokens.end)..place.tokens.start.max(seat.start);
            let crosses = middle.clone().any(|at| matches!(self.form(at), "," | ";" | ":" | "("));
            sink.add(("middle", side, if crosses { part!("marks") } else { part!("none") }));
            let names = self.speech.actors.within(middle.clone());
            for name in names {
                sink.add(("between", side, if name.is_organisation() { part!("body") } else { part!("name") }));
            }
            for cue in self.speech.analysis.cues_in(middle).iter().filter(|cue| !cue.cue.is_mark()) {
                sink.add(("between", cue.cue.part()));
            }
        } else {
            sink.add(&["seat", "none"]);
        }
        for (name, sought) in [("verb", VERBS), ("direct", PLACES), ("staff", PLACES)] {
            let fits = |found| match found {
                Word::Verb(change) => change != Change::Has,
                Word::Place(_) => name == "direct",
                Word::Staff(_) => name == "staff",
                _ => false,
            };
            let nearest = self
                .words
                .all(self.sentence.clone(), sought, fits)
                .filter_map(|(at, len, word)| {
                    let (Word::Verb(change) | Word::Place(change) | Word::Staff(change)) = word else { return None };
                    let before = at < place.tokens.start;
                    let between =
                        if before { place.tokens.start.saturating_sub(at + len) } else { at - place.tokens.start };
                    Some((between, before, change))
                })
                .min_by_key(|(between, before, _)| (*between, *before));
            if let Some((between, before, change)) = nearest {
                let side = if before { part!("before") } else { part!("after") };
                sink.add((name, side, gap(between)));
                sink.add((name, change.word(), side, gap(between)));
            } else {
                sink.add((name, "none"));
            }
        }
        let sentence = self.speech.analysis.sentence_of(self.sentence.start);
        if let Some(block) = self.text.sentences().get(sentence) {
            let role = Part::new(self.text.role_of(block).word());
            sink.add(("block", role));
            sink.add(("block", role, change));
        }
        if sentence == 0 {
            sink.add(&["lead"]);
        }
        if place.tokens.start <= self.sentence.start + 1 {
            sink.add(&["opens"]);
        }
        let mentions = &self.speech.analysis.mentions;
        let from = mentions.partition_point(|mention| mention.tokens.start < self.sentence.start);
        let here = || mentions[from..].iter().take_while(|mention| mention.tokens.start < self.sentence.end);
        for (kind, name) in [(Kind::Money, "money"), (Kind::Thing, "thing"), (Kind::Time, "time")] {
            if here().any(|mention| mention.value.kind() == kind) {
                sink.add((name, change));
            }
        }
        let analysis = self.speech.analysis;
        let clause = analysis.clauses.get(analysis.clause_of(place.tokens.start)).cloned().unwrap_or_default();
        for cue in analysis.cues_in(clause).iter().filter(|cue| !cue.cue.is_mark()) {
            sink.add(("clause", cue.cue.part()));
        }
        let all = analysis.cues_in(self.sentence.clone());
        for wanted in [Cue::ModeFuture, Cue::ModePossible, Cue::ModeNegation, Cue::ModeCondition, Cue::StagePlanned] {
            if all.iter().any(|cue| cue.cue == wanted) {
                sink.add(("sentence", wanted.word(), change));
            }
        }
        sink.share(&analysis.shared, Words::OfSeat.at(analysis.sentence_of(self.sentence.start)), |sink| {
            self.sentence.clone().for_each(|token| sink.add(("stem", analysis.sense(token))));
        });
        let before = place.tokens.start.checked_sub(1);
        let mark = before.and_then(|before| analysis.cues_in(before..before + 1).iter().find(|cue| cue.cue.is_mark()));
        sink.add(("preposition", mark.map_or(part!("none"), |cue| cue.cue.part())));
        let who = found.who.first();
        let held = match who {
            None => part!("nobody"),
            Some(who) if self.sentence.contains(&who.tokens.start) && who.name.anaphor => part!("anaphor"),
            Some(who) if self.sentence.contains(&who.tokens.start) => part!("here"),
            Some(_) => part!("earlier"),
        };
        sink.add(("holder", held));
        sink.add(("holder", rule, held));
        if who.is_some_and(|who| self.speech.actors.entity(who.name.entity).is_some_and(|entity| entity.outlet)) {
            sink.add(&["holder", "outlet"]);
        }
    }

    /// The likeliest holder of a seat.
    pub(super) fn choose(&self, found: &Found<'a>, model: &Model) -> Option<&'a Actor<'a>> {
        let mut best: Option<(i32, &'a Actor<'a>)> = None;
        for who in self.options(found) {
            let mut scorer = model.scorer();
            self.who_features(found, who, &mut scorer);
            let sum = scorer.sums()[0];
            if best.is_none_or(|(score, _)| sum > score) {
                best = Some((sum, who));
            }
        }
        best.map(|(_, who)| who)
    }

    /// Those whose seat it may be, each once, the one that the rule found first.
    pub(super) fn options(&self, found: &Found<'a>) -> Vec<&'a Actor<'a>> {
        let mut options: Vec<&'a Actor<'a>> = Vec::new();
        let mut add = |actor: &'a Actor<'a>| {
            if actor.is_organisation() && !options.iter().any(|known| known.name.entity == actor.name.entity) {
                options.push(actor);
            }
        };
        found.who.iter().for_each(|who| add(who));
        let all = self.speech.actors.all();
        let until = all.partition_point(|actor| actor.tokens.start < self.sentence.end);
        let start = all.partition_point(|actor| actor.tokens.start < self.sentence.start);
        all[start..until].iter().for_each(&mut add);
        all[..start].iter().rev().filter(|actor| actor.is_organisation()).take(BACK_MAX).for_each(&mut add);
        all[until..].iter().filter(|actor| actor.is_organisation()).take(AHEAD_MAX).for_each(&mut add);
        let salient = self.speech.analysis.salient.iter().filter_map(|entity| self.speech.actors.named(*entity));
        salient.filter(|actor| actor.is_organisation()).take(1).for_each(&mut add);
        options
    }

    /// What tells whether a seat is somebody's.
    pub(super) fn who_features(&self, found: &Found<'_>, who: &Actor<'_>, sink: &mut impl Sink) {
        let rule = found.rule.word;
        let entity = who.name.entity;
        let first = found.who.iter().any(|known| known.name.entity == entity);
        sink.add(("rule", rule, if first { part!("first") } else { part!("other") }));
        let known = self.speech.actors.entity(entity);
        let class = match known {
            Some(known) if known.outlet => part!("outlet"),
            Some(known) if known.listed => part!("known"),
            _ => part!("body"),
        };
        sink.add(("class", class));
        let analysis = self.speech.analysis;
        if let Some(rank) = analysis.salient.iter().filter(|id| self.is_body(**id)).position(|id| *id == entity) {
            let rank = Part::new(["top", "second", "third"].get(rank).copied().unwrap_or("low"));
            sink.add(("salient", rank));
            sink.add(("salient", class, rank));
        }
        let Some(place) = found.place.first() else { return };
        let home = self.speech.analysis.sentence_of(self.sentence.start);
        let at = self.speech.analysis.sentence_of(who.tokens.start);
        let where_ = if at > home {
            part!("ahead")
        } else if at < home {
            match home - at {
                1 => part!("back1"),
                2 | 3 => part!("back3"),
                _ => part!("back9"),
            }
        } else if who.tokens.start > place.tokens.start {
            part!("right")
        } else {
            part!("left")
        };
        sink.add(("where", where_));
        sink.add(("where", rule, where_));
        if who.name.anaphor {
            sink.add(("anaphor", where_));
        }
        let sentence = self.text.sentences().get(at).map_or(0, |sentence| sentence.tokens.start);
        if who.tokens.start <= sentence + 1 {
            sink.add(("subject", where_));
        }
        if at == home {
            let between = if who.tokens.start < place.tokens.start {
                place.tokens.start.saturating_sub(who.tokens.end)
            } else {
                who.tokens.start.saturating_sub(place.tokens.end)
            };
            sink.add(("gap", where_, gap(between)));
            let same = analysis.clause_of(who.tokens.start) == analysis.clause_of(place.tokens.start);
            sink.add(("clause", where_, if same { part!("same") } else { part!("other") }));
            let seat = &found.cue;
            let near = if who.tokens.end <= seat.start {
                seat.start - who.tokens.end
            } else {
                who.tokens.start.saturating_sub(seat.end)
            };
            let side = if who.tokens.start < seat.start { part!("before") } else { part!("after") };
            sink.add(("seat", side, gap(near)));
            let nearer = self.speech.actors.within(self.sentence.clone()).iter().any(|other| {
                other.is_organisation()
                    && other.name.entity != entity
                    && other.tokens.start < place.tokens.start
                    && other.tokens.start > who.tokens.start
            });
            if where_.word() == "left" {
                sink.add(("nearer", if nearer { part!("another") } else { part!("none") }));
            }
            let before = who.tokens.start.checked_sub(1);
            let mark =
                before.and_then(|before| analysis.cues_in(before..before + 1).iter().find(|cue| cue.cue.is_mark()));
            sink.add(("preposition", where_, mark.map_or(part!("none"), |cue| cue.cue.part())));
        }
    }

    fn is_body(&self, entity: u32) -> bool {
        self.speech.actors.named(entity).is_some_and(Actor::is_organisation)
    }
}
