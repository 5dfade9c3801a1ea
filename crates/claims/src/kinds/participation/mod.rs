//! Participations: who takes part in which visit, summit, signing, ceremony, delegation.

mod places;
mod tables;
mod weighing;

pub use tables::{Grammar, Word, Words};

use crate::{
    Body, Claim, Participation, Reason,
    actors::Actor,
    attribution::{Frame, Kind, Voice, Who},
    learning::people::Participant,
    model::{FeatureNames, Model},
    speech::{Rule, Speech, rule},
};
use pledgebook_document::Role as BlockRole;
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Text, TokenKind};
use smallvec::SmallVec;
use std::ops::Range;
use tables::CUES;

/// Tokens between a cue and the first of those who take part.
const NEAR_MAX: usize = 6;
/// Tokens between two of those who take part, besides commas and "and".
const LIST_GAP_MAX: usize = 3;

/// Somebody who takes part: the entity and the tokens that name it.
type Part = (u32, Range<usize>);
type Parts = SmallVec<[Part; 4]>;

/// Learnt weights: which passages count as participations, and where they are.
#[derive(Debug)]
pub struct Models {
    gate: Model,
    place: Model,
}

impl Models {
    /// Loads the weights.
    ///
    /// # Errors
    /// When a file of weights is wrong, with file and line.
    pub fn load(data: &Data) -> Result<Self, Error> {
        Ok(Self { gate: Model::load(data, ["participation"])?, place: Model::load(data, ["participation_place"])? })
    }
}

struct Found {
    who: Parts,
    event: Range<usize>,
    cue: Range<usize>,
    rule: Rule,
    sentence: usize,
}

/// Reads the participations of a document.
pub fn claims(speech: &Speech<'_>, models: &Models) -> Vec<Claim> {
    let text = speech.analysis.text;
    let mut found: Vec<(f32, Found)> = Vec::new();
    for candidate in candidates(speech) {
        let mut scorer = models.gate.scorer();
        weighing::features(speech, &candidate, &mut scorer);
        let probability = scorer.probability();
        if probability >= models.gate.threshold(0) {
            found.push((probability, candidate));
        }
    }
    merge(&mut found);
    // The headline's participation is told again below it, in more words.
    let heads = |found: &Found| {
        text.sentences().get(found.sentence).is_some_and(|sentence| {
            text.role_of(sentence) == BlockRole::Title
                || found.sentence == 0 && sentence.tokens.end - sentence.tokens.start < 30
        })
    };
    let told: SmallVec<[u32; 16]> = found
        .iter()
        .filter(|(_, found)| !heads(found))
        .flat_map(|(_, found)| found.who.iter().map(|(who, _)| *who))
        .collect();
    found.retain(|(_, found)| !heads(found) || !found.who.iter().any(|(who, _)| told.contains(who)));
    let grounded = found.into_iter().map(|(probability, found)| {
        let ground = places::choose(speech, &found, &models.place);
        (probability, found, ground)
    });
    together(grounded).into_iter().filter_map(|(sure, found, ground)| claim(speech, found, sure, ground)).collect()
}

/// A participation, how sure it is, and where it is.
type Grounded<'s> = (f32, Found, Option<&'s Actor<'s>>);

/// Makes one participation of those that a sentence tells of one place: "X received Y in Rome, accompanied by Z".
fn together<'s>(found: impl Iterator<Item = Grounded<'s>>) -> Vec<Grounded<'s>> {
    let mut kept: Vec<Grounded<'s>> = Vec::new();
    for (probability, next, ground) in found {
        let place = |ground: Option<&Actor<'_>>| ground.map(|ground| ground.name.entity);
        let mut beside = kept.iter_mut().rev().take_while(|(_, other, _)| other.sentence == next.sentence);
        let Some((sure, known, _)) = beside.find(|(_, _, there)| place(*there) == place(ground)) else {
            kept.push((probability, next, ground));
            continue;
        };
        let others: Parts = next.who.into_iter().filter(|(who, _)| who_lacks(&known.who, *who)).collect();
        known.who.extend(others);
        known.who.sort_by_key(|(_, tokens)| tokens.start);
        *sure = sure.max(probability);
    }
    kept
}

/// Lets `look` see every candidate.
pub(crate) fn see(speech: &Speech<'_>, mut look: impl FnMut(Participant)) {
    for found in candidates(speech) {
        let mut gate = FeatureNames::default();
        weighing::features(speech, &found, &mut gate);
        let text = speech.analysis.text;
        let sentence = text.sentences().get(found.sentence).map_or(0..0, |sentence| sentence.tokens.clone());
        let who = found.who.iter().flat_map(|(who, _)| speech.actors.forms(*who)).collect();
        let span = speech.analysis.characters(&text.bytes(sentence));
        look(Participant { who, span, gate: gate.0, place: places::choices(speech, &found) });
    }
}

/// Everything that may be a participation, in the order of the text.
fn candidates(speech: &Speech<'_>) -> Vec<Found> {
    let (text, words) = (speech.analysis.text, speech.analysis.words.events());
    let mut found: Vec<Found> = Vec::new();
    for (index, sentence) in text.sentences().iter().enumerate() {
        if !words.tells(index, CUES) {
            continue;
        }
        let from = speech.attribution.voices.partition_point(|voice| voice.span.start < sentence.tokens.start);
        let to = speech.attribution.voices.partition_point(|voice| voice.span.start < sentence.tokens.end);
        let reader = Reader {
            speech,
            text,
            words,
            voices: &speech.attribution.voices[from..to],
            index,
            sentence: sentence.tokens.clone(),
        };
        reader.read(&mut found);
    }
    found
}

/// Of participations of one sentence that share somebody, the one with more people stays.
fn merge(found: &mut Vec<(f32, Found)>) {
    let mut kept: Vec<(f32, Found)> = Vec::with_capacity(found.len());
    for (probability, next) in found.drain(..) {
        let shares = |(_, other): &&mut (f32, Found)| {
            other.sentence == next.sentence
                && next.who.iter().any(|(who, _)| other.who.iter().any(|(known, _)| known == who))
        };
        match kept.iter_mut().rev().take(4).find(shares) {
            Some((known, kept)) if next.who.len() > kept.who.len() => {
                (*known, *kept) = (known.max(probability), next);
            }
            Some((known, _)) => *known = known.max(probability),
            None => kept.push((probability, next)),
        }
    }
    *found = kept;
}

struct Reader<'a> {
    speech: &'a Speech<'a>,
    text: &'a Text<'a>,
    words: Words<'a>,
    voices: &'a [Voice],
    index: usize,
    sentence: Range<usize>,
}

impl Reader<'_> {
    fn len(&self, at: usize, word: Word) -> usize {
        self.words.len(at, self.sentence.end, word)
    }

    fn form(&self, at: usize) -> &str {
        if self.sentence.contains(&at) { self.text.form(at) } else { "" }
    }

    fn read(&self, found: &mut Vec<Found>) {
        let mut event: Option<Range<usize>> = None;
        let mut cues: SmallVec<[(Range<usize>, Word); 8]> = SmallVec::new();
        let mut at = self.sentence.start;
        while let Some((here, len, word)) = self.words.next(at, self.sentence.end, CUES) {
            at = here;
            if self.speech.actors.at(at).is_some_and(|actor| actor.is_person()) {
                at += 1;
                continue;
            }
            if word == Word::Event {
                event = event.or(Some(at..at + len));
            }
            cues.push((at..at + len, word));
            at += len;
        }
        for (cue, word) in &cues {
            let (who, rule) = match word {
                Word::Presence => (self.listed_from(cue.end), rule!("participation/in-presence-of@1")),
                Word::Went => (self.subjects(cue), rule!("participation/went@1")),
                Word::Attend => (self.subjects(cue), rule!("participation/attends@1")),
                Word::Meet => {
                    let mut who = self.subjects(cue);
                    let others = self.listed_from(cue.end);
                    if who.is_empty() {
                        continue;
                    }
                    let others = others.into_iter().filter(|(entity, _)| who_lacks(&who, *entity)).collect::<Parts>();
                    who.extend(others);
                    (who, rule!("participation/meets@1"))
                }
                Word::Accompany => {
                    let mut who = self.listed_from(cue.end);
                    if who.is_empty() {
                        who = self.listed_after_including(cue.end);
                    }
                    (who, rule!("participation/accompanied-by@1"))
                }
                Word::Delegation => (self.listed_after_including(cue.end), rule!("participation/delegation-with@1")),
                Word::Event => (self.guest(cue), rule!("participation/visit-of@1")),
                _ => continue,
            };
            if who.is_empty() {
                continue;
            }
            let event = match word {
                Word::Event | Word::Delegation => cue.clone(),
                _ => event.clone().unwrap_or_else(|| cue.clone()),
            };
            found.push(Found { who, event, cue: cue.clone(), rule, sentence: self.index });
        }
        self.after_colon(event.as_ref(), found);
        self.beside(&cues, event.as_ref(), found);
        for (cue, word) in &cues {
            if *word == Word::Event && self.is_at(cue) {
                self.acts_at(cue, found);
            }
        }
    }

    /// Whoever a sentence names first beside a word for an event or for taking part, where no pattern gives anybody.
    fn beside(&self, cues: &[(Range<usize>, Word)], event: Option<&Range<usize>>, found: &mut Vec<Found>) {
        let here = found.iter().rev().take_while(|found| found.sentence == self.index);
        let told: Parts = here.flat_map(|found| found.who.iter().cloned()).collect();
        let Some((cue, word)) = cues.first() else { return };
        let quoted = |at: usize| self.speech.attribution.quotes.iter().any(|quote| quote.contains(&at));
        let free = self.voices.iter().find(|voice| {
            (voice.person || event.is_some())
                && !quoted(voice.span.start)
                && self.part(voice).is_some_and(|(entity, _)| who_lacks(&told, entity))
        });
        let Some(first) = free else { return };
        let mut who = self.listed_from(first.words.start);
        who.retain(|(entity, _)| who_lacks(&told, *entity));
        if who.is_empty() {
            who.extend(self.part(first));
        }
        let event = event.unwrap_or(cue).clone();
        let rule = match word {
            Word::Event | Word::Delegation => rule!("participation/name-beside-event@1"),
            _ => rule!("participation/name-beside-verb@1"),
        };
        found.push(Found { who, event, cue: cue.clone(), rule, sentence: self.index });
    }

    /// Whether a preposition of place or time stands before an event, with at most one adjective between: "at the annual forum".
    fn is_at(&self, event: &Range<usize>) -> bool {
        (1..=5).any(|back| {
            let Some(from) = event.start.checked_sub(back).filter(|from| *from >= self.sentence.start) else {
                return false;
            };
            let len = self.len(from, Word::At);
            len > 0 && from + len <= event.start && from + len + 1 >= event.start
        })
    }

    /// "Name unveiled the plan at the summit", "…, said Name at the forum": who acts or speaks at an event takes part in it.
    fn acts_at(&self, event: &Range<usize>, found: &mut Vec<Found>) {
        let quoted = self.speech.attribution.quotes.iter().any(|quote| quote.contains(&event.start));
        let frames = &self.speech.attribution.frames;
        let from = frames.partition_point(|frame| frame.sentence < self.index);
        let here = frames[from..].iter().take_while(|frame| frame.sentence == self.index);
        let inside = |frame: &Frame| frame.content.contains(&event.start);
        let speaker = here.clone().find(|frame| frame.person && frame.kind == Kind::Said && !inside(frame));
        let told = here.clone().any(inside);
        let who: Parts = if quoted {
            return;
        } else if let Some(entity) = speaker.and_then(|frame| frame.speaker.entity) {
            [(entity, speaker.map_or(0..0, |frame| frame.phrase.clone()))].into_iter().collect()
        } else if told {
            return;
        } else {
            let first = self.voices.first().filter(|voice| voice.span.start <= self.sentence.start + 8);
            let Some(first) = first.filter(|voice| voice.span.end <= event.start) else { return };
            let listed = self.listed_from(first.words.start);
            if listed.is_empty() { self.part(first).into_iter().collect() } else { listed }
        };
        if !who.is_empty() {
            let rule = rule!("participation/acts-at-event@1");
            let cue = event.clone();
            found.push(Found { who, event: cue.clone(), cue, rule, sentence: self.index });
        }
    }

    /// "On stage at the closing: the minister, X, and Y": those listed after a colon take part in the event before it.
    fn after_colon(&self, event: Option<&Range<usize>>, found: &mut Vec<Found>) {
        let Some(event) = event else { return };
        let Some(colon) = (event.end..self.sentence.end).find(|at| self.form(*at) == ":") else { return };
        let who = self.listed_from(colon + 1);
        if who.len() > 1 {
            let cue = event.clone();
            let rule = rule!("participation/event-colon-names@1");
            found.push(Found { who, event: cue.clone(), cue, rule, sentence: self.index });
        }
    }

    /// Who takes part; agencies and papers tell of it.
    fn part(&self, voice: &Voice) -> Option<Part> {
        match voice.who {
            Who::Named(entity) if !self.speech.analysis.is_outlet(entity) => Some((entity, voice.span.clone())),
            Who::Named(_) | Who::Pronoun | Who::Unnamed | Who::Paper => None,
        }
    }

    /// Whether only small words and a comma lie between two tokens.
    fn is_gap(&self, gap: Range<usize>) -> bool {
        let mut words = 0;
        gap.clone().all(|at| {
            let token = &self.text.tokens()[at];
            let joins = self.len(at, Word::And) > 0 || self.len(at, Word::Article) > 0 || self.len(at, Word::Of) > 0;
            words += usize::from(!joins && token.kind == TokenKind::Word);
            joins
                || self.form(at) == ","
                || token.kind == TokenKind::Word && !token.shape.capital() && words <= LIST_GAP_MAX
        })
    }

    /// The people listed right after a token: "X, chief of Y, and Z".
    fn listed_from(&self, at: usize) -> Parts {
        let mut parts = Parts::new();
        let mut end = at;
        for voice in self.voices.iter().filter(|voice| voice.words.start >= at) {
            let gap = end..voice.span.start.max(end);
            let near = if parts.is_empty() {
                gap.len() <= NEAR_MAX && self.is_gap(gap.clone())
            } else {
                self.joins(gap.clone())
            };
            if !near {
                break;
            }
            let Some(part) = self.part(voice) else { break };
            if !voice.person && parts.is_empty() {
                // An organisation or a country in front of its head: "Nvidia's chief".
                end = voice.span.end;
                continue;
            }
            end = voice.span.end;
            if who_lacks(&parts, part.0) {
                parts.push(part);
            }
        }
        parts
    }

    /// Whether a gap between two names of a list holds a comma or "and", and little else.
    fn joins(&self, gap: Range<usize>) -> bool {
        let joined = gap.clone().any(|at| self.form(at) == "," || self.len(at, Word::And) > 0);
        joined && self.is_gap(gap)
    }

    /// The people after "including", "led by" and the like.
    fn listed_after_including(&self, from: usize) -> Parts {
        let opens = (from..self.sentence.end).find(|at| self.len(*at, Word::Including) > 0);
        opens.map_or_else(Parts::new, |at| self.listed_apart(at + self.len(at, Word::Including)))
    }

    /// As [`Self::listed_from`], but appositions of any length may stand between the names.
    fn listed_apart(&self, at: usize) -> Parts {
        let mut parts = Parts::new();
        for voice in self.voices.iter().filter(|voice| voice.words.start >= at && voice.person) {
            if let Some(part) = self.part(voice)
                && who_lacks(&parts, part.0)
            {
                parts.push(part);
            }
        }
        parts
    }

    /// The people who are the subject of a verb: those listed before it, or right after it where it comes first.
    fn subjects(&self, cue: &Range<usize>) -> Parts {
        let mut parts = Parts::new();
        let mut start = cue.start;
        for voice in self.voices.iter().rev().filter(|voice| voice.span.end <= cue.start) {
            let gap = voice.span.end..start.max(voice.span.end);
            let fits = if parts.is_empty() {
                gap.len() <= NEAR_MAX
                    && gap.clone().all(|at| !matches!(self.form(at), ";" | ":" | "." | "\"" | "»" | "”"))
            } else {
                self.joins(gap)
            };
            if !fits {
                break;
            }
            let Some(part) = self.part(voice) else { break };
            start = voice.span.start;
            if who_lacks(&parts, part.0) {
                parts.insert(0, part);
            }
        }
        if parts.is_empty() { self.listed_from(cue.end) } else { parts }
    }

    /// Whose visit it is: "the visit of X", "la visite du président X", "X's visit".
    fn guest(&self, event: &Range<usize>) -> Parts {
        if !self.words.is_visit(event, self.sentence.end) {
            return Parts::new();
        }
        for at in event.end..(event.end + 3).min(self.sentence.end) {
            if self.len(at, Word::Of) > 0 {
                return self.listed_from(at);
            }
            if self.text.tokens()[at].kind != TokenKind::Word {
                break;
            }
        }
        if self.words.grammar.bare_genitive {
            return self.listed_from(event.end);
        }
        let owner = self.voices.iter().rev().find(|voice| voice.span.end <= event.start && voice.person);
        let owns = owner.filter(|voice| {
            let joint = self.form(voice.span.end);
            joint.starts_with(['\'', '’']) && voice.span.end + 4 >= event.start
        });
        owns.and_then(|voice| self.part(voice)).into_iter().collect()
    }
}

fn who_lacks(parts: &Parts, entity: u32) -> bool {
    parts.iter().all(|(known, _)| *known != entity)
}

fn claim(speech: &Speech<'_>, found: Found, confidence: f32, ground: Option<&Actor<'_>>) -> Option<Claim> {
    let text = speech.analysis.text;
    let sentence = text.sentences().get(found.sentence)?;
    let names = |parts: &Parts| -> Vec<String> {
        parts
            .iter()
            .filter_map(|(entity, _)| speech.actors.named(*entity))
            .map(|actor| str::to_owned(&actor.name.canonical))
            .collect()
    };
    let who = names(&found.who);
    let place: Vec<String> = ground.iter().map(|actor| str::to_owned(&actor.name.canonical)).collect();
    let (evidence, span) = speech.passage(text.bytes(sentence.tokens.clone()));
    let event = text.slice(found.event.clone()).to_owned();
    let because = |slot, tokens: &Range<usize>| Reason::new(slot, found.rule.name, text.slice(tokens.clone()));
    let reasons = speech.analysis.because(|| {
        let mut reasons = vec![because("event", &found.event)];
        reasons.extend(found.who.iter().map(|(_, span)| because("who", span)));
        reasons.extend(ground.map(|ground| because("place", &ground.tokens)));
        reasons
    });
    let entities = found.who.iter().map(|(entity, _)| *entity).chain(ground.map(|actor| actor.name.entity));
    Some(Claim {
        aliases: speech.actors.aliases(entities),
        body: Body::Participation(Participation { who, event: Some(event), place }),
        evidence,
        span,
        sources: speech.sources_at(&sentence.tokens, &[]),
        rule: found.rule.name.into(),
        confidence,
        reasons,
    })
    .filter(|_| found.cue.start < found.cue.end)
}
