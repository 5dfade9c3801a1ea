//! Frames: one utterance or view each, with its holder, the words that tell it, and what is said.

mod views;

use super::{
    Chain, Source,
    tables::{FRAMES, Sort, Word, Words},
    voices::{Voice, Who},
};
use crate::actors::Actors;
use pledgebook_text::{Text, TokenKind, fold::is_hyphen};
use std::ops::Range;

/// Tokens between a verb and the word that opens what is said: "told an earnings briefing that".
const TO_THAT_MAX: usize = 10;
/// Tokens that may follow a speaker at the end of a sentence: "said on a call on Tuesday".
const AFTER_MAX: usize = 12;
/// Tokens after a verb and its speaker up to the comma that ends an aside: "…, said Name yesterday, …".
const ASIDE_MAX: usize = 3;
/// Sentences back to the last speaker with whom a verb without a subject goes on.
const DROPPED_SENTENCES_MAX: usize = 2;
/// Sentences back to the last speaker that a pronoun may stand for.
const PRONOUN_SENTENCES_MAX: usize = 4;

/// How a frame is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody says something.
    Said,
    /// Somebody denounces, doubts, demands something.
    Judged,
    /// A paper shows something.
    Shown,
    /// "According to".
    According,
    /// "citing", without a verb of saying.
    Cited,
}

/// Who says what in one place.
#[derive(Debug, Clone)]
pub struct Frame {
    /// How it is told.
    pub kind: Kind,
    /// The sentence.
    pub sentence: usize,
    /// The verb or preposition.
    pub cue: Range<usize>,
    /// Who says it, with its place in the text.
    pub speaker: Source,
    /// The whole phrase of the speaker.
    pub phrase: Range<usize>,
    /// Whether the speaker is human.
    pub person: bool,
    /// Whom the speaker has it from, nearest first.
    pub relayed: Chain,
    /// The words said; empty where only a quotation elsewhere or a noun tells them.
    pub content: Range<usize>,
    /// What the speaker answers for.
    pub covers: Range<usize>,
    /// Whether a word such as "that" or a colon opens the words said, or they stand before the verb.
    pub opened: bool,
}

impl Frame {
    /// The chain of sources, outermost first.
    pub fn chain(&self) -> impl Iterator<Item = &Source> {
        std::iter::once(&self.speaker).chain(&self.relayed)
    }
}

pub(super) fn read(
    text: &Text<'_>,
    actors: &Actors<'_>,
    words: Words<'_>,
    voices: &[Voice],
    quotes: &[Range<usize>],
) -> Vec<Frame> {
    let mut frames = Vec::new();
    for (index, sentence) in text.sentences().iter().enumerate() {
        if !words.tells(index, FRAMES) {
            continue;
        }
        let from = voices.partition_point(|voice| voice.span.start < sentence.tokens.start);
        let to = voices.partition_point(|voice| voice.span.start < sentence.tokens.end);
        let reader = Reader {
            text,
            actors,
            words,
            voices: &voices[from..to],
            earlier: &voices[..from],
            quotes,
            index,
            sentence: sentence.tokens.clone(),
        };
        reader.read(&mut frames);
    }
    frames
}

struct Reader<'a, 'd, 'm> {
    text: &'a Text<'d>,
    actors: &'a Actors<'m>,
    words: Words<'a>,
    voices: &'a [Voice],
    earlier: &'a [Voice],
    quotes: &'a [Range<usize>],
    index: usize,
    sentence: Range<usize>,
}

impl Reader<'_, '_, '_> {
    fn len(&self, at: usize, word: Word) -> usize {
        self.words.len(at, self.sentence.end, word)
    }

    fn form(&self, at: usize) -> &str {
        if self.sentence.contains(&at) { self.text.form(at) } else { "" }
    }

    /// The mark at a token; empty where a word stands.
    fn mark(&self, at: usize) -> &str {
        let token = self.text.tokens().get(at).filter(|token| token.kind != TokenKind::Word);
        token.map_or("", |_| self.form(at))
    }

    /// The quotation that covers a token.
    fn quote_at(&self, token: usize) -> Option<&Range<usize>> {
        let next = self.quotes.partition_point(|quote| quote.end <= token);
        self.quotes.get(next).filter(|quote| quote.start <= token)
    }

    /// The end of the sentence without its closing marks.
    fn end(&self) -> usize {
        let mut end = self.sentence.end;
        while end > self.sentence.start
            && matches!(self.text.form(end - 1), "." | "!" | "?" | "…" | "..." | ";")
            && self.text.tokens()[end - 1].kind == TokenKind::Mark
        {
            end -= 1;
        }
        end
    }

    fn read(&self, frames: &mut Vec<Frame>) {
        let mut at = self.sentence.start;
        while let Some((here, len, word)) = self.words.next(at, self.sentence.end, FRAMES) {
            at = here;
            // Telling parts inside a quotation are between dashes; the rest of it is no attribution of ours.
            if self.quote_at(at).is_some_and(|quote| !self.aside(at, quote)) {
                at += 1;
                continue;
            }
            let cue = at..at + len;
            let step = match word {
                // A preposition that is also part of a name is none.
                _ if self.actors.at(at).is_some_and(|actor| !actor.name.anaphor) => None,
                // "d'après-midi"
                Word::According | Word::Citing if self.goes_on(cue.end) => None,
                Word::Citing if self.cites(&cue, frames) => Some(len),
                Word::Verb(sort) => self.verb(cue.clone(), sort, frames).map(|frame| {
                    frames.push(frame);
                    len
                }),
                Word::According | Word::Citing => self.according(cue.clone(), frames).map(|frame| {
                    frames.push(frame);
                    len
                }),
                Word::OwnView => self.own_view(cue.clone(), frames).map(|frame| {
                    frames.push(frame);
                    len
                }),
                Word::AccordingAfter => self.according_after(cue.clone(), frames).map(|frame| {
                    frames.push(frame);
                    len
                }),
                Word::View => self.view(cue.clone(), frames).map(|frame| {
                    frames.push(frame);
                    len
                }),
                _ => None,
            };
            at += step.unwrap_or(1);
        }
    }

    /// Whether the word before a token goes on behind a hyphen.
    fn goes_on(&self, at: usize) -> bool {
        let token = self.text.tokens().get(at);
        token.is_some_and(|token| token.shape.glued()) && self.text.form(at).starts_with(is_hyphen)
    }

    /// Whether a token inside a quotation stands between dashes that interrupt it: «Words, – said somebody. – More».
    fn aside(&self, token: usize, quote: &Range<usize>) -> bool {
        let dash =
            |at: usize| matches!(self.text.form(at), "—" | "–" | "―" | "-") && !self.text.tokens()[at].shape.glued();
        let open = (quote.start + 1..token).rev().take(4).find(|at| dash(*at));
        open.is_some_and(|open| matches!(self.text.form(open - 1), "," | "!" | "?" | "…" | "."))
    }

    fn verb(&self, cue: Range<usize>, sort: Sort, frames: &[Frame]) -> Option<Frame> {
        let mut start = cue.start;
        // Back over auxiliaries and the like.
        for _ in 0..4 {
            let len = (1..=3).find(|len| {
                start >= self.sentence.start + len
                    && self.words.len(start - len, start, Word::Aux) == *len
                    && self.actors.at(start - 1).is_none()
            });
            match len {
                Some(len) if self.voice_until(start).is_none() => start -= len,
                _ => break,
            }
        }
        let before = start.checked_sub(1).map_or("", |at| self.form(at));
        let free_left =
            start == self.sentence.start || matches!(before, "," | "—" | "–" | "-" | ";" | ":") || is_closing(before);
        let follows = self.voice_from(cue.end);
        let (voice, inverted) = match follows {
            Some(voice) if free_left && sort != Sort::Address => (voice, true),
            _ => match self.voice_before(start, &cue) {
                Some(voice) => (voice, false),
                None => {
                    match follows.filter(|_| sort != Sort::Address && (start == self.sentence.start || before == ",")) {
                        Some(voice) => (voice, true),
                        None => return self.continued(cue, sort, start, frames),
                    }
                }
            },
        };
        if sort == Sort::Show && voice.who != Who::Paper {
            return None;
        }
        let mut from = start.min(voice.span.start);
        let to = if inverted { voice.span.end.max(cue.end) } else { cue.end };
        // An article before a name belongs to the speaker's phrase.
        if from > self.sentence.start
            && from == voice.span.start
            && self.text.tokens()[from - 1].kind == TokenKind::Word
            && !self.text.tokens()[from - 1].shape.capital()
            && self.text.form(from - 1).chars().count() <= 3
            && (from - 1 == self.sentence.start
                || matches!(self.form(from - 2), "," | "—" | "–")
                || is_closing(self.form(from - 2)))
        {
            from -= 1;
        }
        // "the builder, Name, told": a common noun in front of the name is no part of what is said.
        if !inverted
            && from == voice.span.start
            && from > self.sentence.start + 2
            && self.form(from - 1) == ","
            && let Some(comma) = (from.saturating_sub(5)..from - 1).rev().find(|at| self.form(*at) == ",")
            && (comma + 1..from - 1).all(|at| {
                let token = &self.text.tokens()[at];
                token.kind == TokenKind::Word && !token.shape.capital()
            })
        {
            from = comma + 1;
        }
        let speaker = self.source(voice, frames)?;
        let (mut content, mut covers, mut opened) = self.content(from, to, &cue, sort, inverted);
        let mut sort = sort;
        // "demanded": where no words said follow, the verb itself tells what is demanded.
        if content.is_empty() && sort == Sort::Report && self.judges(&cue) {
            sort = Sort::Judge;
            (content, covers, opened) = self.content(from, to, &cue, sort, inverted);
        }
        Some(Frame {
            kind: match sort {
                Sort::Say | Sort::Report | Sort::Address => Kind::Said,
                Sort::Judge => Kind::Judged,
                Sort::Show => Kind::Shown,
            },
            sentence: self.index,
            cue,
            phrase: voice.span.clone(),
            person: voice.person,
            speaker,
            relayed: Chain::new(),
            content,
            covers,
            opened,
        })
    }

    /// Whether a verb is also one that is itself part of what is told.
    fn judges(&self, cue: &Range<usize>) -> bool {
        let judge = |word| word == Word::Verb(Sort::Judge);
        self.words.find(cue.start, self.sentence.end, judge).is_some_and(|(len, _)| len == cue.len())
    }

    /// A verb without a subject of its own that goes on from the last speaker of the sentence: ", adding that".
    fn continued(&self, cue: Range<usize>, sort: Sort, start: usize, frames: &[Frame]) -> Option<Frame> {
        if sort == Sort::Show {
            return None;
        }
        let same = frames.last().filter(|last| last.sentence == self.index && last.kind != Kind::Cited);
        let last = same.or_else(|| {
            let before = start.checked_sub(1).map_or("", |at| self.form(at));
            let quoted =
                is_closing(before) || before == "," && start.checked_sub(2).is_some_and(|at| is_closing(self.form(at)));
            let alone = start == self.sentence.start || quoted;
            let spoke = frames.iter().rev().find(|frame| frame.speaker.entity.is_some());
            spoke.filter(|last| {
                let near = last.sentence + DROPPED_SENTENCES_MAX + usize::from(quoted) >= self.index;
                self.words.grammar.dropped_subject && alone && near
            })
        })?;
        let phrase = if last.sentence == self.index { last.phrase.clone() } else { cue.clone() };
        let (mut content, mut covers, mut opened) = self.content(start, cue.end, &cue, sort, false);
        let mut sort = sort;
        if content.is_empty() && sort == Sort::Report && self.judges(&cue) {
            sort = Sort::Judge;
            (content, covers, opened) = self.content(start, cue.end, &cue, sort, false);
        }
        if content.is_empty() || !opened && sort != Sort::Judge {
            return None;
        }
        Some(Frame {
            kind: if sort == Sort::Judge { Kind::Judged } else { Kind::Said },
            sentence: self.index,
            cue,
            phrase,
            person: last.person,
            speaker: last.speaker.clone(),
            relayed: Chain::new(),
            content,
            covers,
            opened,
        })
    }

    /// What is said: its words, what the speaker answers for, and whether it is opened by a word or stands before the verb.
    fn content(
        &self,
        from: usize,
        to: usize,
        cue: &Range<usize>,
        sort: Sort,
        inverted: bool,
    ) -> (Range<usize>, Range<usize>, bool) {
        let end = self.end();
        let stop = self.clause_end(to, end);
        let that =
            (to..end.min(to + TO_THAT_MAX)).find(|at| self.len(*at, Word::That) > 0 && self.quote_at(*at).is_none());
        let colon = (to..end.min(to + TO_THAT_MAX * 2)).find(|at| self.mark(*at) == ":");
        let start_of_clause = self.clause_start(from);
        let before_mark = from.checked_sub(1).map_or("", |at| self.form(at));
        let closes = matches!(before_mark, "," | "—" | "–" | "-") || is_closing(before_mark);
        let before = start_of_clause..if closes { from - 1 } else { from };
        let comma = (to..end).find(|at| matches!(self.mark(*at), "," | ";"));
        let rest_ends = comma.unwrap_or(end).min(end);
        let that = that.filter(|that| comma.is_none_or(|comma| *that <= comma + 1));
        if sort == Sort::Judge {
            let has_before = closes && inverted && before.len() >= 3;
            if has_before && that.is_none() {
                return (before.clone(), before, true);
            }
            return (cue.start..stop, cue.start..stop, true);
        }
        if let Some(that) = that {
            let start = that + self.len(that, Word::That);
            return (start..self.clause_end(start, end), start..end, true);
        }
        if let Some(colon) = colon.filter(|colon| comma.is_none_or(|comma| *colon < comma + 8)) {
            return (colon + 1..end, colon + 1..end, true);
        }
        let short = rest_ends.saturating_sub(to) <= AFTER_MAX;
        let adverbial = rest_ends == to || inverted || self.is_adverbial(to) || self.voice_from(to).is_some();
        // "The plant, said Name, will open in May": what goes on after the aside, where that is longer.
        if closes
            && inverted
            && rest_ends.saturating_sub(to) <= ASIDE_MAX
            && let Some(comma) = comma.filter(|at| self.form(*at) == ",")
            && self.clause_end(comma + 1, end).saturating_sub(comma + 1) > before.len()
            && self.quote_at(comma + 1).is_none()
        {
            let rest = comma + 1..self.clause_end(comma + 1, end);
            return (rest.clone(), start_of_clause..end, true);
        }
        let told = inverted || before.len() > stop.saturating_sub(to);
        if closes && before.len() >= 3 && short && adverbial && told {
            return (before.clone(), before, true);
        }
        if matches!(sort, Sort::Say | Sort::Address) {
            let mut start = to;
            // "said on Thursday it would": past one short circumstance.
            if self.is_adverbial(start) && start + 1 < stop && !self.is_adverbial(start + 1) {
                start += 2;
            }
            if stop.saturating_sub(start) >= 3 {
                return (start..stop, to..end, false);
            }
        }
        (to..to, to..end, false)
    }

    fn is_adverbial(&self, at: usize) -> bool {
        self.len(at, Word::Adverb) > 0 || matches!(self.form(at), "(" | "—" | "–")
    }

    /// Where what is said ends: before the next speaker of the sentence or a semicolon.
    fn clause_end(&self, from: usize, end: usize) -> usize {
        let mut at = from;
        while at < end {
            if let Some(quote) = self.quote_at(at) {
                at = quote.end;
                continue;
            }
            match self.mark(at) {
                ";" => return at,
                "," if at > from + 2 => {
                    let next = at + 1;
                    let cue = self.words.find(next, self.sentence.end, |word| {
                        matches!(word, Word::According | Word::Citing | Word::Verb(Sort::Say | Sort::Report))
                    });
                    let speaks = self.voices.iter().any(|voice| {
                        voice.span.start >= next
                            && voice.span.start <= next + 2
                            && self
                                .words
                                .find(voice.span.end, self.sentence.end, |word| {
                                    matches!(word, Word::Verb(Sort::Say | Sort::Report | Sort::Address | Sort::Judge))
                                })
                                .is_some()
                    });
                    if cue.is_some() || speaks {
                        return at;
                    }
                }
                _ if at > from + 1 && self.len(at, Word::And) > 0 => {
                    let next = at + self.len(at, Word::And);
                    let verb = |at: usize| {
                        let verb =
                            |word| matches!(word, Word::Verb(Sort::Say | Sort::Report | Sort::Address | Sort::Judge));
                        self.words.find(at, self.sentence.end, verb).map(|(len, _)| at + len)
                    };
                    let opens = |at: usize| self.len(at, Word::That) > 0 || self.form(at) == ":";
                    if verb(next).is_some_and(opens) || verb(next + self.len(next, Word::Aux)).is_some_and(opens) {
                        return at;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        end
    }

    /// Where the words before a closing attribution begin: at the start of the sentence, past a semicolon and opening marks.
    fn clause_start(&self, to: usize) -> usize {
        let mut start = self.sentence.start;
        for at in self.sentence.start..to {
            if self.mark(at) == ";" {
                start = at + 1;
            }
        }
        while start < to && matches!(self.form(start), "—" | "–" | "-" | "•" | "→") {
            start += 1;
        }
        start
    }

    fn voice_from(&self, at: usize) -> Option<&Voice> {
        self.voices.iter().find(|voice| {
            voice.span.start == at
                || voice.span.start > at
                    && voice.span.start <= at + 2
                    && (at..voice.span.start).all(|at| {
                        let token = &self.text.tokens()[at];
                        token.kind == TokenKind::Word && !token.shape.capital()
                    })
                    && self.len(voice.span.start - 1, Word::Preposition) == 0
        })
    }

    fn voice_until(&self, end: usize) -> Option<&Voice> {
        self.voices.iter().find(|voice| voice.span.end == end)
    }

    /// The subject before a verb: next to it, or with an apposition between commas or brackets in between.
    fn voice_before(&self, start: usize, cue: &Range<usize>) -> Option<&Voice> {
        let closes_aside = start.checked_sub(1).is_some_and(|at| self.form(at) == ",");
        let mut nearest = None;
        for voice in self.voices.iter().rev().filter(|voice| voice.span.end <= cue.start) {
            if self.quote_at(voice.span.start).is_some_and(|quote| !self.aside(voice.span.start, quote)) {
                continue;
            }
            // A party or a house in brackets after a name is no subject.
            if voice.span.start > self.sentence.start && self.form(voice.span.start - 1) == "(" {
                continue;
            }
            let mut end = voice.span.end;
            if closes_aside && voice.person && voice.words.end < end && self.form(voice.words.end) == "," {
                end = voice.words.end;
            }
            if self.form(end) == "(" {
                let close = (end..start).find(|at| self.form(*at) == ")");
                end = close.map_or(end, |close| close + 1);
            }
            if closes_aside {
                // "X, who controls Y, says": the one before the aside speaks.
                let whole = nearest.is_some_and(|near: &Voice| near.person && self.form(near.span.start - 1) == ",");
                if end + 1 < start && self.form(end) == "," && !whole {
                    return Some(voice);
                }
                nearest = nearest.or((end + 1 == start).then_some(voice));
                // "Name, head of X for Central Italy, recalled": the person, not the last name of the aside.
                let deed = (end..start)
                    .any(|at| self.words.find(at, self.sentence.end, |word| matches!(word, Word::Verb(_))).is_some());
                if voice.person && !deed && nearest.is_some_and(|near| !near.person) && start - end <= 14 {
                    return Some(voice);
                }
                continue;
            }
            let gap = end..start.max(end);
            let small = gap.len() <= 3
                && gap.clone().all(|at| {
                    let token = &self.text.tokens()[at];
                    token.kind == TokenKind::Word && !token.shape.capital() || self.form(at) == "-"
                });
            let who = gap.len() <= 2 && gap.clone().next().is_some_and(|at| self.form(at) == ",");
            if gap.is_empty() || small || who {
                return Some(voice);
            }
            nearest = None;
            break;
        }
        nearest
    }

    fn source(&self, voice: &Voice, frames: &[Frame]) -> Option<Source> {
        let entity = match voice.who {
            Who::Named(entity) => Some(entity),
            Who::Pronoun => Some(self.antecedent(voice, frames)?),
            // "the minister", whose title no name bears: the last speaker, if it was just before.
            Who::Unnamed if voice.definite && voice.person && voice.for_entity.is_none() => frames
                .iter()
                .rev()
                .find(|frame| frame.person && frame.speaker.entity.is_some())
                .filter(|frame| frame.sentence + PRONOUN_SENTENCES_MAX >= self.index)
                .and_then(|frame| frame.speaker.entity),
            Who::Unnamed | Who::Paper => None,
        };
        Some(Source { words: voice.words.clone(), entity, for_entity: voice.for_entity })
    }

    /// Whom a pronoun stands for: the last speaker, or somebody named since who leads a sentence.
    fn antecedent(&self, pronoun: &Voice, frames: &[Frame]) -> Option<u32> {
        let spoke = frames
            .iter()
            .rev()
            .find(|frame| frame.speaker.entity.is_some() && frame.person == pronoun.person)
            .filter(|frame| frame.sentence + PRONOUN_SENTENCES_MAX >= self.index);
        let since = spoke.map_or(0, |frame| frame.cue.start);
        let here = self.voices.iter().filter(|voice| voice.span.end <= pronoun.span.start);
        let named = self.earlier.iter().chain(here).rev().take_while(|voice| voice.span.start > since).find(|voice| {
            voice.person == pronoun.person
                && matches!(voice.who, Who::Named(_))
                && self.quote_at(voice.span.start).is_none()
        });
        match (named.map(|voice| voice.who), spoke) {
            (Some(Who::Named(entity)), _) => Some(entity),
            (_, Some(frame)) => frame.speaker.entity,
            _ => None,
        }
    }
}

fn is_closing(form: &str) -> bool {
    matches!(form, "\"" | "”" | "»" | "“" | "’" | "‘" | "›" | "'" | "«")
}

fn is_stop(form: &str) -> bool {
    matches!(form, "," | ";" | ":" | "." | "(" | ")" | "—" | "–" | "\"" | "«" | "»")
}
