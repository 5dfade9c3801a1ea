//! Statements: somebody is quoted, in quotation marks or in indirect speech.

mod speakers;
mod weighing;

use crate::{
    Body, Claim, Reason, Statement,
    actors::Actor,
    attribution::{Frame, Kind, Source, Voice, Who, source_words},
    learning::SlotChoice,
    model::{FeatureNames, Model},
    speech::{Rule, Speech, rule},
};
use pledgebook_document::Role as BlockRole;
use pledgebook_lexicon::{Data, Error};
use pledgebook_mentions::{Mention, Value};
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

/// Tokens of a verb that no list holds between a quotation and its speaker: «Words», grince Name.
const UNLISTED_MAX: usize = 4;
/// Words that indirect speech must have to be worth a claim.
const WORDS_MIN: usize = 3;

/// Learnt weights: which passages count as statements, and whose they are.
#[derive(Debug)]
pub struct Models {
    gate: Model,
    speaker: Model,
}

impl Models {
    /// Loads the weights.
    ///
    /// # Errors
    /// When a file of weights is wrong, with file and line.
    pub fn load(data: &Data) -> Result<Self, Error> {
        Ok(Self { gate: Model::load(data, ["statement"])?, speaker: Model::load(data, ["statement_speaker"])? })
    }
}

/// A statement found, before it is a claim.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub speaker: Source,
    /// Bytes of the words, in pieces where telling parts stand between.
    pieces: Vec<Range<usize>>,
    evidence: Range<usize>,
    rule: Rule,
    cue: Range<usize>,
    relayed: Vec<Source>,
    /// Whether the words stand in quotation marks.
    direct: bool,
    /// The frame that tells it.
    frame: Option<usize>,
    /// The tokens of the passage.
    tokens: Range<usize>,
    /// The last token of the passage, for telling whether the next quotation goes on from it.
    until: usize,
}

/// The least confidence of a statement: F1 on `gold/train`, cross-validated, is .80 from 0.32 to 0.5, and one that nobody made is worse
/// than one missed.
const SURE_MIN: f32 = 0.48;

/// Reads the statements of a document.
pub fn claims(speech: &Speech<'_>, models: &Models) -> Vec<Claim> {
    let reader = Reader { speech, text: speech.analysis.text, mentions: &speech.analysis.mentions };
    let found = reader.candidates();
    let mut taken: Vec<(f32, Found)> = Vec::new();
    for index in 0..found.len() {
        let mut scorer = models.gate.scorer();
        reader.features(&found, index, &mut scorer);
        let probability = scorer.probability();
        if probability < models.gate.threshold(0).max(SURE_MIN) {
            continue;
        }
        let mut next = found[index].clone();
        if let Some(speaker) = reader.choose_speaker(&found, index, &models.speaker) {
            next.speaker = speaker;
        }
        // Of two readings of the same words the likelier stays.
        match taken.iter_mut().find(|(_, known)| known.repeats(&next)) {
            Some((known, found)) if *known < probability => (*known, *found) = (probability, next),
            Some(_) => {}
            None => taken.push((probability, next)),
        }
    }
    taken.into_iter().filter_map(|(probability, found)| reader.claim(found, probability)).collect()
}

/// Lets `look` see every candidate with its words, its place, the features of the gate and its possible speakers.
pub(crate) fn see(speech: &Speech<'_>, mut look: impl FnMut(&str, [usize; 2], Vec<String>, Vec<SlotChoice>)) {
    let reader = Reader { speech, text: speech.analysis.text, mentions: &speech.analysis.mentions };
    let found = reader.candidates();
    for index in 0..found.len() {
        let mut gate = FeatureNames::default();
        reader.features(&found, index, &mut gate);
        let span = speech.analysis.characters(&found[index].evidence);
        look(&reader.quoted(&found[index]), span, gate.0, reader.speaker_choices(&found, index));
    }
}

impl Found {
    /// Whether most of the shorter one's words are also the other's.
    fn repeats(&self, other: &Self) -> bool {
        let length = |found: &Self| found.pieces.iter().map(Range::len).sum::<usize>();
        let common: usize = self
            .pieces
            .iter()
            .flat_map(|own| other.pieces.iter().map(move |theirs| (own, theirs)))
            .map(|(own, theirs)| own.end.min(theirs.end).saturating_sub(own.start.max(theirs.start)))
            .sum();
        common * 2 > length(self).min(length(other))
    }
}

pub(crate) struct Reader<'a> {
    speech: &'a Speech<'a>,
    text: &'a Text<'a>,
    mentions: &'a [Mention],
}

impl<'a> Reader<'a> {
    /// Everything that may be a statement, in the order of the text.
    fn candidates(&self) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut used = vec![false; self.speech.attribution.frames.len()];
        for quote in &self.speech.attribution.quotes {
            self.direct(quote, &mut used, &mut found);
        }
        for (index, used) in used.iter().enumerate() {
            if !used {
                found.extend(self.indirect(index));
            }
        }
        found.sort_by_key(|found| (found.evidence.start, found.evidence.end));
        found
    }

    fn form(&self, at: usize) -> &str {
        if at < self.text.tokens().len() { self.text.form(at) } else { "" }
    }

    fn words(&self, tokens: &Range<usize>) -> usize {
        let tokens = self.text.tokens().get(tokens.clone()).unwrap_or_default();
        tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number)).count()
    }

    fn is_title(&self, token: usize) -> bool {
        let text = self.text;
        text.sentences()
            .get(self.speech.analysis.sentence_of(token))
            .is_some_and(|sentence| text.role_of(sentence) == BlockRole::Title)
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
        let first = self.speech.analysis.sentence_of(quote.start);
        let last = self.speech.analysis.sentence_of(quote.end - 1);
        let after = if self.form(quote.end) == "," { quote.end + 1 } else { quote.end };
        let sentences = first..=last;
        let near = frames.iter().enumerate().filter(|(_, frame)| sentences.contains(&frame.sentence));
        let mut fragment = None;
        let mut choice: Option<(usize, Rule)> = None;
        for (index, frame) in near {
            let start = frame.cue.start.min(frame.phrase.start);
            let closes = start >= quote.end && start <= after + 3;
            let opens = frame.content.start <= quote.start
                && quote.start <= frame.content.start + 1
                && frame.content.end <= quote.end + 1;
            let colon = frame.content.contains(&quote.start) && self.form(quote.start.saturating_sub(1)) == ":";
            let aside = start > quote.start && start < quote.end;
            if closes || aside {
                choice = Some((index, rule!("statement/quote-speaker@1")));
                break;
            }
            if (opens || colon) && choice.is_none() {
                choice = Some((index, rule!("statement/speaker-quote@1")));
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
                    && self.speech.analysis.sentence_of(last.until.saturating_sub(1)) == first
            });
            if let Some(last) = goes_on {
                last.pieces.push(inner);
                last.evidence.end = last.evidence.end.max(text.bytes(span.clone()).end);
                last.until = span.end;
                last.tokens.end = last.tokens.end.max(span.end);
                return;
            }
            found.push(self.found(quote, index, span, rule));
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
            found.push(self.spoken(quote, speaker, span, rule!("statement/quote-name@1")));
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
            if let Some((voice, speaker)) = speaker {
                let span = voice.span.start..quote.end;
                let rule = if colon { rule!("statement/name-colon-quote@1") } else { rule!("statement/name-quote@1") };
                found.push(self.spoken(quote, speaker, span, rule));
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
            last.direct
                && last.until <= quote.start
                && self.speech.analysis.sentence_of(last.until.saturating_sub(1)) + 1 >= first
        });
        if let Some(previous) = goes_on {
            let same_block = sentences[self.speech.analysis.sentence_of(previous.until - 1)].block == block;
            if same_block && previous.rule == rule!("statement/quote-speaker@1") {
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
            found.push(self.spoken(quote, speaker, quote.clone(), rule!("statement/quote-goes-on@1")));
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
            found.push(self.spoken(quote, speaker, voice.span.start..quote.end, rule!("statement/quote-after-name@1")));
            return;
        }
        if let Some(speaker) = found.last().map(|last| last.speaker.clone()) {
            found.push(self.spoken(quote, speaker, quote.clone(), rule!("statement/quote-alone@1")));
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

    fn source(&self, voice: &Voice, found: &[Found]) -> Option<Source> {
        let entity = match voice.who {
            Who::Named(entity) => Some(entity),
            Who::Pronoun => Some(found.last()?.speaker.entity?),
            Who::Unnamed => None,
            Who::Paper => return None,
        };
        Some(Source { words: voice.words.clone(), entity, for_entity: voice.for_entity })
    }

    fn found(&self, quote: &Range<usize>, frame: usize, span: Range<usize>, rule: Rule) -> Found {
        let told = &self.speech.attribution.frames[frame];
        Found {
            relayed: told.relayed.to_vec(),
            cue: told.cue.clone(),
            frame: Some(frame),
            ..self.spoken(quote, told.speaker.clone(), span, rule)
        }
    }

    fn spoken(&self, quote: &Range<usize>, speaker: Source, span: Range<usize>, rule: Rule) -> Found {
        Found {
            speaker,
            pieces: vec![self.inner(quote)],
            until: span.end,
            evidence: self.text.bytes(span.clone()),
            rule,
            cue: quote.start..quote.start,
            relayed: Vec::new(),
            direct: true,
            frame: None,
            tokens: span,
        }
    }

    fn indirect(&self, index: usize) -> Option<Found> {
        let text = self.text;
        let frame: &Frame = &self.speech.attribution.frames[index];
        let content = self.trimmed(frame.content.clone());
        if self.words(&content) < WORDS_MIN || self.is_title(frame.cue.start) {
            return None;
        }
        frame.speaker.entity.or(frame.speaker.for_entity)?;
        let rule = match frame.kind {
            Kind::Said if frame.opened => rule!("statement/said-that@1"),
            Kind::Said => rule!("statement/said@1"),
            Kind::Judged => rule!("statement/judged@1"),
            Kind::According => rule!("statement/according@1"),
            Kind::Shown | Kind::Cited => return None,
        };
        let span = content.start.min(frame.cue.start).min(frame.phrase.start)
            ..content.end.max(frame.cue.end).max(frame.phrase.end);
        Some(Found {
            speaker: frame.speaker.clone(),
            pieces: vec![text.bytes(content)],
            until: span.end,
            evidence: text.bytes(span.clone()),
            rule,
            cue: frame.cue.clone(),
            relayed: frame.relayed.to_vec(),
            direct: false,
            frame: Some(index),
            tokens: span,
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

    /// The words of a statement.
    fn quoted(&self, found: &Found) -> String {
        let source = self.text.source();
        let pieces: Vec<&str> = found.pieces.iter().filter_map(|piece| source.get(piece.clone())).collect();
        pieces.join(" […] ")
    }

    fn claim(&self, found: Found, confidence: f32) -> Option<Claim> {
        let (text, actors) = (self.text, &self.speech.actors);
        let quote = self.quoted(&found);
        let named = found.speaker.entity.or(found.speaker.for_entity).and_then(|entity| actors.named(entity));
        let words = source_words(text, actors, &found.speaker);
        let speaker = named.map_or_else(|| words.clone(), |actor| str::to_owned(&actor.name.canonical));
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
        let because = |slot, tokens: &Range<usize>| Reason::new(slot, found.rule.name, text.slice(tokens.clone()));
        let reasons = self
            .speech
            .analysis
            .because(|| vec![because("speaker", &found.speaker.words), because("quote", &found.cue)]);
        Some(Claim {
            aliases: actors.aliases(named.map(|actor| actor.name.entity)),
            body: Body::Statement(Statement { speaker: Some(speaker), quote }),
            evidence,
            span,
            sources,
            rule: found.rule.name.into(),
            confidence,
            reasons,
        })
    }
}
