//! Presences: an organisation opens, expands, has or closes a seat, a site or an office in a place.

mod tables;

pub use tables::Tables;

use crate::{
    Body, Change, Claim, Presence,
    actors::Actor,
    speech::{Speech, reason},
};
use pledgebook_document::Role as BlockRole;
use pledgebook_text::{Text, TokenKind};
use smallvec::SmallVec;
use std::ops::Range;
use tables::Word;

/// Tokens between a verb and the seat that it opens or closes.
const SEAT_MAX: usize = 9;
/// Tokens between a seat and its place.
const PLACE_MAX: usize = 8;
/// Tokens between "employs" and the place.
const STAFF_MAX: usize = 10;
/// Tokens between a phrase such as "is based in" and the place.
const DIRECT_MAX: usize = 4;

struct Found<'a> {
    who: SmallVec<[&'a Actor<'a>; 2]>,
    place: SmallVec<[&'a Actor<'a>; 2]>,
    change: Change,
    cue: Range<usize>,
    span: Range<usize>,
    rule: &'static str,
    confidence: f32,
}

/// Reads the presences of a document.
pub fn claims(speech: &Speech<'_>, tables: &Tables) -> Vec<Claim> {
    let text = speech.analysis.text;
    let mut found: Vec<Found<'_>> = Vec::new();
    for sentence in text.sentences() {
        if text.role_of(sentence) == BlockRole::Byline {
            continue;
        }
        Reader { speech, text, tables, sentence: sentence.tokens.clone() }.read(&mut found);
    }
    let mut claims: Vec<Claim> = Vec::new();
    for found in found {
        let claim = claim(speech, &found);
        let repeats = claims.iter().any(|known| match (&known.body, &claim.body) {
            (Body::Presence(known), Body::Presence(new)) => {
                known.who == new.who && new.place.iter().all(|place| known.place.contains(place))
            }
            _ => false,
        });
        if !repeats {
            claims.push(claim);
        }
    }
    claims
}

struct Reader<'a> {
    speech: &'a Speech<'a>,
    text: &'a Text<'a>,
    tables: &'a Tables,
    sentence: Range<usize>,
}

impl<'a> Reader<'a> {
    fn form(&self, at: usize) -> &str {
        if self.sentence.contains(&at) { self.text.form(at) } else { "" }
    }

    fn read(&self, found: &mut Vec<Found<'a>>) {
        let mut at = self.sentence.start;
        while at < self.sentence.end {
            let next = self.speech.actors.at(at).is_none().then(|| self.cue(at)).flatten();
            let Some((cue, seat, word)) = next else {
                at += 1;
                continue;
            };
            at = cue.end;
            let (change, rule, confidence) = match word {
                Word::Verb(change) => (change, "presence/verb-seat@1", 0.65),
                Word::Place(change) => (change, "presence/verb-place@1", 0.7),
                Word::Staff(change) => (change, "presence/staff-place@1", 0.55),
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
            if who.is_empty() {
                continue;
            }
            let last = place.iter().map(|place| place.tokens.end).max().unwrap_or(cue.end);
            let first = who.iter().map(|who| who.tokens.start).min().unwrap_or(cue.start);
            let start =
                if self.sentence.contains(&first) { first.min(cue.start).min(seat.start) } else { self.sentence.start };
            found.push(Found { who, place, change, cue, span: start..last.max(seat.end), rule, confidence });
        }
    }

    /// What tells a presence at a token: a verb with its seat, else a phrase that a place follows.
    fn cue(&self, at: usize) -> Option<(Range<usize>, Range<usize>, Word)> {
        let find = |fits: fn(Word) -> bool| self.tables.find(self.text, at, self.sentence.end, fits);
        if let Some((len, word)) = find(|word| matches!(word, Word::Verb(_)))
            && let Some(seat) = self.seat(&(at..at + len))
        {
            // "has opened an office": the second verb tells what happens.
            let changes = |at: usize| {
                let word = self.tables.find(self.text, at, self.sentence.end, |word| matches!(word, Word::Verb(_)));
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
        let is_seat = |at: usize| {
            let len = self.tables.len(self.text, at, self.sentence.end, Word::Seat);
            (len > 0).then_some(at..at + len)
        };
        let stops = |at: usize| {
            matches!(self.form(at), ";" | ":" | "." | "(")
                || self.tables.len(self.text, at, self.sentence.end, Word::Stop) > 0
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
            if matches!(self.form(at), ";" | ":" | ".")
                || self.tables.len(self.text, at, self.sentence.end, Word::Stop) > 0
            {
                break;
            }
            let deed = self
                .tables
                .find(self.text, at, self.sentence.end, |word| matches!(word, Word::Place(_) | Word::Verb(_)));
            if at > from && deed.is_some() && self.speech.actors.at(at).is_none() {
                break;
            }
            match self.speech.actors.from(at) {
                Some(actor) if actor.is_ground() && !actor.name.adjective => {
                    places.push(actor);
                    end = actor.tokens.end;
                    open = 4;
                    at = end;
                    // Only "," and "and" join a further place; "in Houston, Texas" is one.
                    let and = self.tables.len(self.text, at, self.sentence.end, Word::And);
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
        for actor in before.iter().rev() {
            if holders.is_empty() {
                if actor.is_organisation() {
                    holders.push(actor);
                }
                continue;
            }
            let first = holders[0];
            let gap = actor.tokens.end..first.tokens.start;
            let joined = gap.len() <= 2
                && gap
                    .clone()
                    .any(|at| self.form(at) == "," || self.tables.len(self.text, at, self.sentence.end, Word::And) > 0);
            if !(joined && actor.is_organisation()) {
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

fn claim(speech: &Speech<'_>, found: &Found<'_>) -> Claim {
    let text = speech.analysis.text;
    let names = |actors: &[&Actor<'_>]| {
        let mut names: Vec<String> = Vec::new();
        for actor in actors {
            if !names.contains(&actor.name.canonical) {
                names.push(actor.name.canonical.clone());
            }
        }
        names
    };
    let mut span = found.span.clone();
    while span.end > span.start && text.tokens()[span.end - 1].kind == TokenKind::Mark {
        span.end -= 1;
    }
    let (evidence, place) = speech.passage(text.bytes(span));
    let sentence = text.sentences().get(text.sentence_of(found.cue.start));
    let sources = sentence.map_or_else(Vec::new, |sentence| {
        let own: SmallVec<[u32; 2]> = found.who.iter().map(|actor| actor.name.entity).collect();
        speech.sources_at(&sentence.tokens, &own)
    });
    let mut reasons = vec![reason("change", found.rule, text.slice(found.cue.clone()))];
    reasons.extend(found.who.iter().map(|actor| reason("who", found.rule, text.slice(actor.tokens.clone()))));
    reasons.extend(found.place.iter().map(|actor| reason("place", found.rule, text.slice(actor.tokens.clone()))));
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
        rule: found.rule.to_owned(),
        confidence: found.confidence,
        reasons,
    }
}
