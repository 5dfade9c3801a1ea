//! Presences: an organisation opens, expands, has or closes a seat, a site or an office in a place.

mod tables;
mod weighing;

pub use tables::{Word, Words, compile};

use crate::{
    Body, Change, Claim, Presence, Reason,
    actors::Actor,
    analysis::Cue,
    learning::SlotChoice,
    model::{FeatureNames, Model},
    speech::{Rule, Speech, rule},
};
use pledgebook_document::Role as BlockRole;
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Text, TokenKind};
use smallvec::SmallVec;
use std::ops::Range;
use tables::{DEEDS, PLACES, SEATS, Seat};

/// Tokens between a verb and the seat that it opens or closes.
const SEAT_MAX: usize = 9;
/// Tokens between a seat and its place.
const PLACE_MAX: usize = 8;
/// Tokens between "employs" and the place.
const STAFF_MAX: usize = 10;
/// Tokens between a seat or its place and the verb that tells what happens to it.
const VERB_MAX: usize = 10;
/// Tokens between a phrase such as "is based in" and the place.
const DIRECT_MAX: usize = 4;

/// The least confidence of a presence: F1 on `gold/train`, cross-validated, is alike from 0.28 to 0.48; a presence that nobody told is worse
/// than one missed.
const SURE_MIN: f32 = 0.34;

/// Learnt weights: which seats count as presences, and whose they are.
#[derive(Debug)]
pub struct Models {
    gate: Model,
    who: Model,
}

impl Models {
    /// Loads the weights.
    ///
    /// # Errors
    /// When a file of weights is wrong, with file and line.
    pub fn load(data: &Data) -> Result<Self, Error> {
        Ok(Self { gate: Model::load(data, ["presence"])?, who: Model::load(data, ["presence_who"])? })
    }
}

struct Found<'a> {
    who: SmallVec<[&'a Actor<'a>; 2]>,
    place: SmallVec<[&'a Actor<'a>; 2]>,
    change: Change,
    cue: Range<usize>,
    span: Range<usize>,
    rule: Rule,
}

/// Reads the presences of a document.
pub fn claims(speech: &Speech<'_>, models: &Models) -> Vec<Claim> {
    let mut taken: Vec<(f32, Found<'_>)> = Vec::new();
    for mut next in candidates(speech) {
        let reader = Reader::of(speech, &next);
        let mut scorer = models.gate.scorer();
        reader.features(&next, &mut scorer);
        let probability = scorer.probability();
        if probability < models.gate.threshold(0).max(SURE_MIN) {
            continue;
        }
        if let Some(who) = reader.choose(&next, &models.who) {
            next.hold(who);
        }
        if next.who.is_empty() {
            continue;
        }
        let repeats = |known: &Found<'_>| {
            known.who.iter().any(|who| next.who.iter().any(|other| other.name.entity == who.name.entity))
                && next.place.iter().all(|place| known.place.iter().any(|other| other.name.entity == place.name.entity))
        };
        match taken.iter_mut().find(|(_, known)| repeats(known)) {
            Some((known, found)) if *known < probability => (*known, *found) = (probability, next),
            Some(_) => {}
            None => taken.push((probability, next)),
        }
    }
    taken.iter().map(|(probability, found)| claim(speech, found, *probability)).collect()
}

/// Lets `look` see every candidate with its places, its sentence in characters, the features of the gate and its possible
/// holders.
pub(crate) fn see(speech: &Speech<'_>, mut look: impl FnMut(Vec<String>, [usize; 2], Vec<String>, Vec<SlotChoice>)) {
    for found in candidates(speech) {
        let reader = Reader::of(speech, &found);
        let mut gate = FeatureNames::default();
        reader.features(&found, &mut gate);
        let span = speech.analysis.characters(&speech.analysis.text.bytes(reader.sentence.clone()));
        let place = found.place.iter().flat_map(|place| speech.actors.forms(place.name.entity)).collect();
        let who = reader.options(&found).into_iter().map(|who| {
            let mut features = FeatureNames::default();
            reader.who_features(&found, who, &mut features);
            let names = speech.actors.forms(who.name.entity).collect();
            SlotChoice { names, entity: Some(who.name.entity), features: features.0, ..SlotChoice::default() }
        });
        look(place, span, gate.0, who.collect());
    }
}

/// Everything that may be a presence, in the order of the text.
fn candidates<'a>(speech: &'a Speech<'a>) -> Vec<Found<'a>> {
    let (text, words) = (speech.analysis.text, speech.analysis.words.seats());
    let mut found: Vec<Found<'a>> = Vec::new();
    for (index, sentence) in text.sentences().iter().enumerate() {
        if !words.tells(index, PLACES | SEATS) || text.role_of(sentence) == BlockRole::Byline {
            continue;
        }
        let reader = Reader { speech, text, words, sentence: sentence.tokens.clone() };
        let first = found.len();
        if words.tells(index, SEATS) {
            reader.read(DEEDS, &mut found);
            reader.near_seats(first, &mut found);
        } else {
            reader.read(PLACES, &mut found);
        }
    }
    found
}

impl<'a> Found<'a> {
    /// Gives the seat to another holder, unless it is one of those listed together.
    fn hold(&mut self, who: &'a Actor<'a>) {
        if !self.who.iter().any(|known| known.name.entity == who.name.entity) {
            self.who.clear();
            self.who.push(who);
            self.span.start = self.span.start.min(self.cue.start);
        }
    }
}

struct Reader<'a> {
    speech: &'a Speech<'a>,
    text: &'a Text<'a>,
    words: Words<'a>,
    sentence: Range<usize>,
}

impl<'a> Reader<'a> {
    /// The reader of a candidate's sentence.
    fn of(speech: &'a Speech<'a>, found: &Found<'_>) -> Self {
        let (text, words) = (speech.analysis.text, speech.analysis.words.seats());
        let at = found.place.first().map_or(found.cue.start, |place| place.tokens.start);
        let sentence =
            text.sentences().get(speech.analysis.sentence_of(at)).map_or(0..0, |sentence| sentence.tokens.clone());
        Self { speech, text, words, sentence }
    }

    /// The seat noun at a token: its length and what is done there.
    fn seat_at(&self, at: usize) -> Option<(usize, Seat)> {
        let found = self.words.find(at, self.sentence.end, |word| matches!(word, Word::Seat(_)));
        found.and_then(|(len, word)| match word {
            Word::Seat(seat) => Some((len, seat)),
            _ => None,
        })
    }

    /// Places of a sentence that speaks of a seat, other than those of the candidates from `first` on.
    fn near_seats(&self, first: usize, found: &mut Vec<Found<'a>>) {
        let Some((seat, ..)) = self.words.next(self.sentence.start, self.sentence.end, SEATS) else { return };
        let mut at = self.sentence.start;
        while let Some(ground) = self.speech.actors.next(at) {
            at = ground.tokens.start;
            if at >= self.sentence.end {
                break;
            }
            if !self.is_place(ground) {
                at += 1;
                continue;
            }
            let mut place = self.places(at, 1);
            if place.is_empty() {
                place.push(ground);
            }
            at = place.last().map_or(ground, |last| *last).tokens.end;
            let known = found[first..].iter().any(|known| {
                known.place.iter().any(|known| place.iter().any(|place| place.tokens.start == known.tokens.start))
            });
            if known {
                continue;
            }
            let here = ground.tokens.clone();
            let cue = self.seat_near(&here).map_or(seat..seat + 1, |(seat, ..)| seat);
            let change = self.verb_near(&cue, &here).map_or(Change::Has, |(change, _)| change);
            let who = self.holders(&cue, &cue, false, &place);
            let span = cue.start.min(here.start)..cue.end.max(at);
            found.push(Found { who, place, change, cue, span, rule: rule!("presence/seat-near-place@1") });
        }
    }

    /// Whether something stands there: a place, or a name nobody knows that a preposition of place opens.
    fn is_place(&self, actor: &Actor<'_>) -> bool {
        let unknown = || {
            !actor.name.anaphor
                && !self.speech.actors.is_known(actor.name.entity)
                && self.speech.analysis.mark_before(actor.tokens.start) == Some(Cue::MarkPlace)
        };
        actor.is_ground() && !actor.name.adjective || unknown()
    }

    /// The seat noun nearest to a place, how many tokens stand between, and what is done there.
    fn seat_near(&self, place: &Range<usize>) -> Option<(Range<usize>, usize, Seat)> {
        let seats = self.words.all(self.sentence.clone(), SEATS, |word| matches!(word, Word::Seat(_)));
        let seats = seats.filter_map(|(at, len, word)| {
            let Word::Seat(seat) = word else { return None };
            let gap = if at >= place.end { at - place.end } else { place.start.saturating_sub(at + len) };
            Some((at..at + len, gap, seat))
        });
        seats.min_by_key(|(seat, gap, _)| (*gap, seat.start))
    }

    /// The verb that tells what happens to a seat in a place: the nearest to either, and how far it stands.
    fn verb_near(&self, seat: &Range<usize>, place: &Range<usize>) -> Option<(Change, usize)> {
        let fits = |word| matches!(word, Word::Verb(change) | Word::Place(change) if change != Change::Has);
        let verbs = self.words.all(self.sentence.clone(), DEEDS, fits).filter_map(|(at, _, word)| {
            let (Word::Verb(change) | Word::Place(change)) = word else { return None };
            let gap = at.abs_diff(seat.start).min(at.abs_diff(place.start));
            Some((change, gap))
        });
        verbs.min_by_key(|(_, gap)| *gap).filter(|(_, gap)| *gap <= VERB_MAX)
    }

    fn form(&self, at: usize) -> &str {
        if self.sentence.contains(&at) { self.text.form(at) } else { "" }
    }

    fn read(&self, deeds: u8, found: &mut Vec<Found<'a>>) {
        let mut at = self.sentence.start;
        while let Some((here, ..)) = self.words.next(at, self.sentence.end, deeds) {
            at = here;
            let next = self.speech.actors.at(at).is_none().then(|| self.cue(at)).flatten();
            let Some((cue, seat, word)) = next else {
                at += 1;
                continue;
            };
            at = cue.end;
            let (change, rule) = match word {
                Word::Verb(change) => (change, rule!("presence/verb-seat@1")),
                Word::Place(change) => (change, rule!("presence/verb-place@1")),
                Word::Staff(change) => (change, rule!("presence/staff-place@1")),
                _ => continue,
            };
            let reach = match word {
                Word::Place(_) => DIRECT_MAX,
                Word::Staff(_) => STAFF_MAX,
                _ => PLACE_MAX,
            };
            let from = seat.end.max(if seat.start < cue.start { cue.end } else { seat.end });
            let mut place = self.places(from, reach);
            if place.is_empty() && seat.start < cue.start {
                place = self.places(seat.end, PLACE_MAX);
            }
            if place.is_empty() {
                continue;
            }
            let passive = seat.start < cue.start;
            let who = self.holders(&cue, &seat, passive, &place);
            let last = place.iter().map(|place| place.tokens.end).max().unwrap_or(cue.end);
            let first = who.iter().map(|who| who.tokens.start).min().unwrap_or(cue.start);
            let start =
                if self.sentence.contains(&first) { first.min(cue.start).min(seat.start) } else { self.sentence.start };
            found.push(Found { who, place, change, cue, span: start..last.max(seat.end), rule });
        }
    }

    /// What tells a presence at a token: a verb with its seat, else a phrase that a place follows.
    fn cue(&self, at: usize) -> Option<(Range<usize>, Range<usize>, Word)> {
        let find = |fits: fn(Word) -> bool| self.words.find(at, self.sentence.end, fits);
        if let Some((len, word)) = find(|word| matches!(word, Word::Verb(_)))
            && let Some(seat) = self.seat(&(at..at + len))
        {
            // "has opened an office": the second verb tells what happens.
            let changes = |at: usize| {
                let word = self.words.find(at, self.sentence.end, |word| matches!(word, Word::Verb(_)));
                word.is_some_and(|(_, word)| word != Word::Verb(Change::Has))
            };
            if word != Word::Verb(Change::Has) || !(at + len..seat.start).any(changes) {
                return Some((at..at + len, seat, word));
            }
        }
        let (len, word) = find(|word| matches!(word, Word::Place(_) | Word::Staff(_)))?;
        Some((at..at + len, at..at + len, word))
    }

    /// The seat that a verb is about: after it, or before it as its subject.
    fn seat(&self, cue: &Range<usize>) -> Option<Range<usize>> {
        let is_seat = |at: usize| self.seat_at(at).map(|(len, _)| at..at + len);
        let stops = |at: usize| {
            matches!(self.form(at), ";" | ":" | "." | "(") || self.words.len(at, self.sentence.end, Word::Stop) > 0
        };
        for at in cue.end..self.sentence.end.min(cue.end + SEAT_MAX) {
            if stops(at) {
                break;
            }
            if let Some(seat) = is_seat(at) {
                return Some(seat);
            }
        }
        let floor = self.sentence.start.max(cue.start.saturating_sub(SEAT_MAX));
        (floor..cue.start).rev().take_while(|at| !stops(*at)).find_map(is_seat)
    }

    /// The places from a token on: the first within reach, and those listed with it.
    fn places(&self, from: usize, reach: usize) -> SmallVec<[&'a Actor<'a>; 2]> {
        let mut places = SmallVec::new();
        let mut end = from;
        let mut open = reach;
        let mut at = from;
        while at < self.sentence.end && at < end + open {
            if matches!(self.form(at), ";" | ":" | ".") || self.words.len(at, self.sentence.end, Word::Stop) > 0 {
                break;
            }
            let deed = self.words.find(at, self.sentence.end, |word| matches!(word, Word::Place(_) | Word::Verb(_)));
            if at > from && deed.is_some() && self.speech.actors.at(at).is_none() {
                break;
            }
            match self.speech.actors.from(at) {
                Some(actor)
                    if self.is_place(actor)
                        || !places.is_empty()
                            && !self.speech.actors.is_known(actor.name.entity)
                            && self.ends_item(actor.tokens.end) =>
                {
                    places.push(actor);
                    end = actor.tokens.end;
                    open = 4;
                    at = end;
                    // Only "," and "and" join a further place; "in Houston, Texas" is one.
                    let and = self.words.len(at, self.sentence.end, Word::And);
                    if and == 0 && self.form(at) != "," {
                        break;
                    }
                }
                Some(actor) => at = actor.tokens.end,
                None => at += 1,
            }
        }
        places
    }

    /// Whether an item of a list ends before a token: "in Brno, Gyula and Lienz.", not "in Brno, Gyula has …".
    fn ends_item(&self, at: usize) -> bool {
        self.words.len(at, self.sentence.end, Word::And) > 0 || matches!(self.form(at), "" | "," | "." | ";" | ")")
    }

    /// Whose presence it is: the subject, or the owner in the seat's phrase, or whom the text spoke of last.
    fn holders(
        &self,
        cue: &Range<usize>,
        seat: &Range<usize>,
        passive: bool,
        place: &[&'a Actor<'a>],
    ) -> SmallVec<[&'a Actor<'a>; 2]> {
        let mut holders: SmallVec<[&'a Actor<'a>; 2]> = SmallVec::new();
        let actors = &self.speech.actors;
        let to = if passive { seat.start } else { cue.start };
        let before = actors.within(self.sentence.start..to);
        // "Ford, Bosch and Siemens" are listed; in "says Ford, Siemens" nothing joins them.
        let mut listed = false;
        for actor in before.iter().rev() {
            if holders.is_empty() {
                if actor.is_organisation() {
                    holders.push(actor);
                }
                continue;
            }
            let first = holders[0];
            let gap = actor.tokens.end..first.tokens.start;
            listed |= gap.clone().any(|at| self.words.len(at, self.sentence.end, Word::And) > 0);
            if !(listed && gap.len() <= 2 && actor.is_organisation()) {
                break;
            }
            holders.insert(0, actor);
        }
        if holders.is_empty() {
            let last = place.last().map_or(seat.end, |place| place.tokens.end);
            let owner = actors.within(seat.start..last).iter().find(|actor| actor.is_organisation());
            holders.extend(owner);
        }
        if holders.is_empty() {
            holders.extend(actors.last_before(self.sentence.start, Actor::is_organisation));
        }
        holders
    }
}

fn claim(speech: &Speech<'_>, found: &Found<'_>, confidence: f32) -> Claim {
    let text = speech.analysis.text;
    let names = |actors: &[&Actor<'_>]| {
        let mut names: Vec<String> = Vec::new();
        for actor in actors {
            if !names.iter().any(|name| **name == *actor.name.canonical) {
                names.push(str::to_owned(&actor.name.canonical));
            }
        }
        names
    };
    let mut span = found.span.clone();
    while span.end > span.start && text.tokens()[span.end - 1].kind == TokenKind::Mark {
        span.end -= 1;
    }
    let (evidence, place) = speech.passage(text.bytes(span));
    let sentence = text.sentences().get(speech.analysis.sentence_of(found.cue.start));
    let sources = sentence.map_or_else(Vec::new, |sentence| {
        let own: SmallVec<[u32; 2]> = found.who.iter().map(|actor| actor.name.entity).collect();
        speech.sources_at(&sentence.tokens, &own)
    });
    let because = |slot, tokens: &Range<usize>| Reason::new(slot, found.rule.name, text.slice(tokens.clone()));
    let reasons = speech.analysis.because(|| {
        let mut reasons = vec![because("change", &found.cue)];
        reasons.extend(found.who.iter().map(|actor| because("who", &actor.tokens)));
        reasons.extend(found.place.iter().map(|actor| because("place", &actor.tokens)));
        reasons
    });
    let entities = found.who.iter().chain(&found.place).map(|actor| actor.name.entity);
    Claim {
        aliases: speech.actors.aliases(entities),
        body: Body::Presence(Presence {
            who: names(&found.who),
            place: names(&found.place),
            change: Some(found.change),
        }),
        evidence,
        span: place,
        sources,
        rule: found.rule.name.into(),
        confidence,
        reasons,
    }
}
