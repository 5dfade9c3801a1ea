//! Statements: somebody is quoted, in quotation marks or in indirect speech.

use crate::{
    Body, Claim, Statement,
    actors::Actor,
    analysis::{Cue, CueAt},
    attribution::{Frame, Kind, Source, Voice, Who, source_words},
    speech::{Speech, reason},
};
use pledgebook_document::Role as BlockRole;
use pledgebook_mentions::{Kind as MentionKind, Mention, Value};
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

/// Tokens of a verb that no list holds between a quotation and its speaker: «Words», grince Name.
const UNLISTED_MAX: usize = 4;
/// Words that indirect speech must have to be worth a claim.
const WORDS_MIN: usize = 3;

/// A statement found, before it is a claim.
#[derive(Debug, Clone)]
struct Found {
    speaker: Source,
    /// Bytes of the words, in pieces where telling parts stand between.
    pieces: Vec<Range<usize>>,
    evidence: Range<usize>,
    rule: &'static str,
    confidence: f32,
    cue: Range<usize>,
    relayed: Vec<Source>,
    /// Whether the words stand in quotation marks.
    direct: bool,
    /// The last token of the passage, for telling whether the next quotation goes on from it.
    until: usize,
}

/// Reads the statements of a document. `told` are the spans of claims of other kinds: indirect speech that only repeats them is
/// left out.
pub fn claims(speech: &Speech<'_>, told: &[[usize; 2]]) -> Vec<Claim> {
    let reader = Reader { speech, text: speech.analysis.text, mentions: speech.analysis.mentions, told };
    let mut found: Vec<Found> = Vec::new();
    let mut used = vec![false; speech.attribution.frames.len()];
    for quote in &speech.attribution.quotes {
        reader.direct(quote, &mut used, &mut found);
    }
    for (frame, used) in speech.attribution.frames.iter().zip(&used) {
        if !used {
            found.extend(reader.indirect(frame));
        }
    }
    found.sort_by_key(|found| (found.evidence.start, found.evidence.end));
    found.into_iter().filter_map(|found| reader.claim(found)).collect()
}

struct Reader<'a> {
    speech: &'a Speech<'a>,
    text: &'a Text<'a>,
    mentions: &'a [Mention],
    told: &'a [[usize; 2]],
}

impl<'a> Reader<'a> {
    fn form(&self, at: usize) -> &str {
        if at < self.text.tokens().len() { self.text.form(at) } else { "" }
    }

    fn words(&self, tokens: &Range<usize>) -> usize {
        let tokens = self.text.tokens().get(tokens.clone()).unwrap_or_default();
        tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number)).count()
    }

    fn is_title(&self, token: usize) -> bool {
        let text = self.text;
        text.sentences().get(text.sentence_of(token)).is_some_and(|sentence| text.role_of(sentence) == BlockRole::Title)
    }

    /// The bytes between the marks of a quotation, without a comma at their end.
    fn inner(&self, quote: &Range<usize>) -> Range<usize> {
        let inner = self.bytes_inside(quote);
        let words = self.text.source().get(inner.clone()).unwrap_or_default();
        inner.start..inner.start + words.trim_end_matches([',', ' ']).len()
    }

    /// The bytes between the marks of a quotation.
    fn bytes_inside(&self, quote: &Range<usize>) -> Range<usize> {
        let from = self.mentions.partition_point(|mention| mention.tokens.start < quote.start);
        let inner = self.mentions[from..].iter().find_map(|mention| match &mention.value {
            Value::Quote(inner) if mention.tokens == *quote => Some(inner.inner.clone()),
            _ => None,
        });
        inner.unwrap_or_else(|| self.text.bytes(quote.clone()))
    }

    fn direct(&self, quote: &Range<usize>, used: &mut [bool], found: &mut Vec<Found>) {
        let text = self.text;
        if self.is_title(quote.start) || self.words(quote) < 2 {
            return;
        }
        let frames = &self.speech.attribution.frames;
        let first = text.sentence_of(quote.start);
        let last = text.sentence_of(quote.end - 1);
        let after = if self.form(quote.end) == "," { quote.end + 1 } else { quote.end };
        let sentences = first..=last;
        let near = frames.iter().enumerate().filter(|(_, frame)| sentences.contains(&frame.sentence));
        let mut fragment = None;
        let mut choice: Option<(usize, &'static str)> = None;
        for (index, frame) in near {
            let start = frame.cue.start.min(frame.phrase.start);
            let closes = start >= quote.end && start <= after + 3;
            let opens = frame.content.start <= quote.start
                && quote.start <= frame.content.start + 1
                && frame.content.end <= quote.end + 1;
            let colon = frame.content.contains(&quote.start) && self.form(quote.start.saturating_sub(1)) == ":";
            let aside = start > quote.start && start < quote.end;
            if closes || aside {
                choice = Some((index, "statement/quote-speaker@1"));
                break;
            }
            if (opens || colon) && choice.is_none() {
                choice = Some((index, "statement/speaker-quote@1"));
                continue;
            }
            if frame.content.contains(&quote.start) && frame.content.contains(&(quote.end - 1)) {
                fragment = Some(index);
            }
        }
        if let Some((index, rule)) = choice {
            used[index] = true;
            let frame = &frames[index];
            let span = quote.start.min(frame.cue.start).min(frame.phrase.start)
                ..quote.end.max(frame.cue.end).max(frame.phrase.end);
            // A second quotation of the same sentence goes on from the first.
            let inner = self.inner(quote);
            let goes_on = found.last_mut().filter(|last| {
                last.direct
                    && last.speaker.entity.is_some()
                    && last.speaker.entity == frame.speaker.entity
                    && last.until <= quote.start
                    && text.sentence_of(last.until.saturating_sub(1)) == first
            });
            if let Some(last) = goes_on {
                last.pieces.push(inner);
                last.evidence.end = last.evidence.end.max(text.bytes(span.clone()).end);
                last.until = span.end;
                return;
            }
            found.push(self.found(quote, frame.speaker.clone(), span, rule, 0.9, frame));
            return;
        }
        if fragment.is_some() {
            return;
        }
        let sentence = &text.sentences()[first].tokens;
        let voices = &self.speech.attribution.voices;
        let inner = text.source().get(self.bytes_inside(quote)).unwrap_or_default();
        let closed = after > quote.end
            || matches!(self.form(quote.end), "—" | "–" | "-")
            || inner.ends_with([',', '.', '!', '?', '…']);
        let follows = if closed { self.unlisted(after, text.sentences()[last].tokens.end) } else { None };
        if let Some((voice, speaker)) = follows {
            let span = quote.start..voice.span.end;
            found.push(self.spoken(quote, speaker, span, "statement/quote-name@1", 0.8));
            return;
        }
        let whole = sentence.start >= quote.start.saturating_sub(1);
        if !whole {
            // "Name … : «Words»", or a subject and a quotation as part of its sentence.
            let colon = self.form(quote.start - 1) == ":";
            let mut before = voices
                .iter()
                .filter(|voice| voice.span.start >= sentence.start && voice.span.end <= quote.start)
                .filter_map(|voice| Some((voice, self.source(voice, found)?)));
            let speaker = before
                .clone()
                .find(|(voice, speaker)| voice.person && speaker.entity.is_some())
                .or_else(|| before.next().filter(|(_, speaker)| colon || speaker.entity.is_some()));
            if let Some((voice, speaker)) = speaker
                && (colon || self.words(quote) >= 4 && self.is_human(&speaker))
            {
                let span = voice.span.start..quote.end;
                let (rule, confidence) =
                    if colon { ("statement/name-colon-quote@1", 0.8) } else { ("statement/name-quote@1", 0.5) };
                found.push(self.spoken(quote, speaker, span, rule, confidence));
                return;
            }
            if !colon {
                return;
            }
        }
        // A quotation that stands alone: it goes on from the one before, or from the last person named.
        let sentences = text.sentences();
        let block = sentences[first].block;
        let goes_on = found.last().filter(|last| {
            last.direct && last.until <= quote.start && text.sentence_of(last.until.saturating_sub(1)) + 1 >= first
        });
        if let Some(previous) = goes_on {
            let same_block = sentences[text.sentence_of(previous.until - 1)].block == block;
            if same_block && previous.rule == "statement/quote-speaker@1" {
                let inner = self.inner(quote);
                let until = quote.end;
                if let Some(last) = found.last_mut() {
                    last.pieces.push(inner.clone());
                    last.evidence.end = text.bytes(quote.clone()).end;
                    last.until = until;
                }
                return;
            }
            let speaker = previous.speaker.clone();
            found.push(self.spoken(quote, speaker, quote.clone(), "statement/quote-goes-on@1", 0.7));
            return;
        }
        let previous = first.checked_sub(1).map(|previous| sentences[previous].tokens.clone());
        let named = previous.and_then(|previous| {
            let mut inside = voices.iter().rev().filter(|voice| {
                previous.contains(&voice.span.start) && voice.person && matches!(voice.who, Who::Named(_))
            });
            inside.find_map(|voice| Some((voice, self.source(voice, found)?)))
        });
        if let Some((voice, speaker)) = named {
            found.push(self.spoken(quote, speaker, voice.span.start..quote.end, "statement/quote-after-name@1", 0.6));
        }
    }

    /// A speaker right after a quotation with a verb that no list holds.
    fn unlisted(&self, after: usize, end: usize) -> Option<(&Voice, Source)> {
        let voice = self.speech.attribution.voices.iter().find(|voice| voice.span.start >= after)?;
        let gap = after..voice.span.start;
        let small = gap.len() <= UNLISTED_MAX
            && voice.span.end <= end
            && gap.clone().all(|at| {
                let token = &self.text.tokens()[at];
                token.kind == TokenKind::Word && !token.shape.capital()
                    || matches!(self.form(at), "—" | "–" | "-" | ",")
            });
        let speaker = self.source(voice, &[])?;
        (small && self.is_human(&speaker)).then_some((voice, speaker))
    }

    /// Whether a speaker is a human being whom the document names.
    fn is_human(&self, speaker: &Source) -> bool {
        let Some(entity) = speaker.entity else { return false };
        self.speech.actors.named(entity).is_some_and(Actor::is_person)
            || self.speech.roles.held.iter().any(|held| held.entity == entity && !held.title.is_empty())
    }

    /// Whether words tell what somebody does or will do with money or things: a pledge told in indirect speech.
    fn tells_deed(&self, tokens: &Range<usize>, human: bool) -> bool {
        let cues = self.speech.analysis.cues_in(tokens.clone());
        let deed = cues.iter().any(|cue| cue.cue.is_deed());
        let ahead = |cue: &CueAt| matches!(cue.cue, Cue::ModeFuture | Cue::StagePlanned | Cue::StageAnnounced);
        deed && (!human || cues.iter().any(ahead))
    }

    fn source(&self, voice: &Voice, found: &[Found]) -> Option<Source> {
        let entity = match voice.who {
            Who::Named(entity) => Some(entity),
            Who::Pronoun => Some(found.last()?.speaker.entity?),
            Who::Unnamed => None,
            Who::Paper => return None,
        };
        Some(Source { words: voice.words.clone(), entity, for_entity: voice.for_entity })
    }

    fn found(
        &self,
        quote: &Range<usize>,
        speaker: Source,
        span: Range<usize>,
        rule: &'static str,
        confidence: f32,
        frame: &Frame,
    ) -> Found {
        Found {
            relayed: frame.relayed.to_vec(),
            cue: frame.cue.clone(),
            ..self.spoken(quote, speaker, span, rule, confidence)
        }
    }

    fn spoken(
        &self,
        quote: &Range<usize>,
        speaker: Source,
        span: Range<usize>,
        rule: &'static str,
        confidence: f32,
    ) -> Found {
        Found {
            speaker,
            pieces: vec![self.inner(quote)],
            until: span.end,
            evidence: self.text.bytes(span),
            rule,
            confidence,
            cue: quote.start..quote.start,
            relayed: Vec::new(),
            direct: true,
        }
    }

    fn indirect(&self, frame: &Frame) -> Option<Found> {
        let text = self.text;
        let content = self.trimmed(frame.content.clone());
        if self.words(&content) < WORDS_MIN || self.is_title(frame.cue.start) {
            return None;
        }
        frame.speaker.entity.or(frame.speaker.for_entity)?;
        let fragment =
            self.speech.attribution.quotes.iter().any(|quote| quote.start >= content.start && quote.end <= content.end);
        let [start, end] = self.speech.analysis.characters(&text.bytes(content.clone()));
        let repeats =
            self.told.iter().any(|told| told[1].min(end).saturating_sub(told[0].max(start)) * 2 > end - start);
        let from = self.mentions.partition_point(|mention| mention.tokens.start < content.start);
        let money = self.mentions[from..]
            .iter()
            .take_while(|mention| mention.tokens.start < content.end)
            .any(|mention| mention.value.kind() == MentionKind::Money);
        let human = self.is_human(&frame.speaker);
        let plain = match frame.kind {
            Kind::Said => frame.opened || human,
            Kind::According => human,
            _ => true,
        };
        let retold = repeats || money || frame.kind != Kind::Judged && self.tells_deed(&content, human);
        if !plain || retold && !fragment {
            return None;
        }
        let (rule, confidence) = match frame.kind {
            Kind::Said if frame.opened => ("statement/said-that@1", 0.7),
            Kind::Said => ("statement/said@1", 0.6),
            Kind::Judged => ("statement/judged@1", 0.55),
            Kind::According => ("statement/according@1", 0.5),
            Kind::Shown | Kind::Cited => return None,
        };
        let span = content.start.min(frame.cue.start).min(frame.phrase.start)
            ..content.end.max(frame.cue.end).max(frame.phrase.end);
        Some(Found {
            speaker: frame.speaker.clone(),
            pieces: vec![text.bytes(content)],
            until: span.end,
            evidence: text.bytes(span),
            rule,
            confidence,
            cue: frame.cue.clone(),
            relayed: frame.relayed.to_vec(),
            direct: false,
        })
    }

    /// A run of tokens without marks at its ends.
    fn trimmed(&self, mut tokens: Range<usize>) -> Range<usize> {
        while tokens.start < tokens.end && matches!(self.form(tokens.start), "," | ":" | ";" | "—" | "–" | "." | "-")
        {
            tokens.start += 1;
        }
        while tokens.start < tokens.end && matches!(self.form(tokens.end - 1), "," | ":" | ";" | "—" | "–" | ".") {
            tokens.end -= 1;
        }
        tokens
    }

    fn claim(&self, found: Found) -> Option<Claim> {
        let (text, actors) = (self.text, &self.speech.actors);
        let source = text.source();
        let pieces: Vec<&str> = found.pieces.iter().filter_map(|piece| source.get(piece.clone())).collect();
        let quote = pieces.join(" […] ");
        let named = found.speaker.entity.or(found.speaker.for_entity).and_then(|entity| actors.named(entity));
        let words = source_words(text, actors, &found.speaker);
        let speaker = named.map_or_else(|| words.clone(), |actor| actor.name.canonical.clone());
        if speaker.is_empty() || quote.is_empty() {
            return None;
        }
        let mut sources = vec![if found.speaker.entity.is_some() { speaker.clone() } else { words }];
        for relayed in &found.relayed {
            let words = source_words(text, actors, relayed);
            if !sources.contains(&words) {
                sources.push(words);
            }
        }
        let (evidence, span) = self.speech.passage(found.evidence.clone());
        let reasons = vec![
            reason("speaker", found.rule, text.slice(found.speaker.words.clone())),
            reason("quote", found.rule, text.slice(found.cue.clone())),
        ];
        Some(Claim {
            aliases: actors.aliases(named.map(|actor| actor.name.entity)),
            body: Body::Statement(Statement { speaker: Some(speaker), quote }),
            evidence,
            span,
            sources,
            rule: found.rule.to_owned(),
            confidence: found.confidence,
            reasons,
        })
    }
}
