//! Whose words a statement's are: those named around it are weighed against one another.

use super::{Found, Reader};
use crate::{
    attribution::{Source, Voice, Who, source_words},
    features::part,
    kinds::role::Sort as Office,
    learning::SlotChoice,
    model::{FeatureNames, Model, Part, Sink},
};
use pledgebook_mentions::NameType;
use std::ops::Range;

/// Sentences before a statement whose people are weighed.
const SENTENCES_BACK: usize = 3;
/// Those weighed for one statement.
const OPTIONS_MAX: usize = 14;

impl Reader<'_> {
    /// The likeliest speaker of a statement.
    pub(super) fn choose_speaker(&self, found: &[Found], index: usize, model: &Model) -> Option<Source> {
        let mut best: Option<(i32, Source)> = None;
        let how = self.telling(&found[index]);
        for option in self.speakers(found, index) {
            let mut scorer = model.scorer();
            self.speaker_features(found, index, how, &option, &mut scorer);
            let sum = scorer.sums()[0];
            if best.as_ref().is_none_or(|(score, _)| sum > *score) {
                best = Some((sum, option));
            }
        }
        best.map(|(_, source)| source)
    }

    /// The possible speakers of a statement, seen by a learner.
    pub(super) fn speaker_choices(&self, found: &[Found], index: usize) -> Vec<SlotChoice> {
        let actors = &self.speech.actors;
        let how = self.telling(&found[index]);
        let choice = |option: Source| {
            let mut features = FeatureNames::default();
            self.speaker_features(found, index, how, &option, &mut features);
            let entity = option.entity.or(option.for_entity);
            let names = match entity {
                Some(entity) => actors.forms(entity).collect(),
                None => vec![source_words(self.text, actors, &option)],
            };
            SlotChoice { names, entity, features: features.0, ..SlotChoice::default() }
        };
        self.speakers(found, index).into_iter().map(choice).collect()
    }

    /// Those who may have said it, the one that the rule found first.
    fn speakers(&self, found: &[Found], index: usize) -> Vec<Source> {
        let own = &found[index];
        let mut options = vec![own.speaker.clone()];
        let mut add = |source: Source| {
            if options.len() < OPTIONS_MAX && !options.iter().any(|known| known.entity == source.entity) {
                options.push(source);
            }
        };
        let named = |voice: &Voice| match voice.who {
            Who::Named(entity) => {
                Some(Source { words: voice.words.clone(), entity: Some(entity), for_entity: voice.for_entity })
            }
            Who::Pronoun | Who::Unnamed | Who::Paper => None,
        };
        let voices = &self.speech.attribution.voices;
        let sentences = self.text.sentences();
        let last = self.speech.analysis.sentence_of(own.tokens.end.saturating_sub(1));
        let from = voices.partition_point(|voice| voice.span.start < own.tokens.start);
        let until = sentences.get(last).map_or(0, |sentence| sentence.tokens.end);
        for voice in voices[from..].iter().take_while(|voice| voice.span.start < until) {
            named(voice).into_iter().for_each(&mut add);
        }
        let floor = sentences
            .get(self.speech.analysis.sentence_of(own.tokens.start).saturating_sub(SENTENCES_BACK))
            .map_or(0, |sentence| sentence.tokens.start);
        for voice in voices[..from].iter().rev().take_while(|voice| voice.span.start >= floor) {
            named(voice).into_iter().for_each(&mut add);
        }
        for earlier in found[..index].iter().rev().take(3).filter(|earlier| earlier.speaker.entity.is_some()) {
            add(earlier.speaker.clone());
        }
        // A title alone may be that of anybody who holds such an office.
        if own.speaker.entity.is_none()
            && let Some(bearer) = self.bearer_sort(&own.speaker.words)
        {
            for held in self.speech.roles.held.iter().filter(|held| held.sort == bearer) {
                add(Source { words: held.person..held.person + 1, entity: Some(held.entity), for_entity: None });
            }
        }
        options
    }

    fn bearer_sort(&self, words: &Range<usize>) -> Option<Office> {
        let bearers = &self.speech.roles.bearers;
        bearers.iter().find(|bearer| bearer.span == *words).map(|bearer| bearer.sort)
    }

    /// What tells whether somebody is the speaker of a passage that is told so.
    fn speaker_features(&self, found: &[Found], index: usize, how: Part, option: &Source, sink: &mut impl Sink) {
        let own = &found[index];
        let rule = own.rule.word;
        let mode = if own.direct { part!("direct") } else { part!("indirect") };
        let chosen = option.entity == own.speaker.entity;
        let first = if chosen { part!("first") } else { part!("other") };
        sink.add(("rule", rule, how, first));
        sink.add(("how", how, first));
        let Some(entity) = option.entity else {
            sink.add(("unnamed", mode));
            sink.add(("unnamed", rule));
            return;
        };
        let sort = match self.speech.actors.named(entity).map(|actor| actor.name.sort) {
            Some(NameType::Person) => part!("person"),
            Some(NameType::Organisation) => part!("body"),
            _ => part!("country"),
        };
        sink.add(("sort", mode, sort));
        sink.add(("sort", rule, sort));
        sink.add(("sort", how, sort, first));
        let sentence = self.speech.analysis.sentence_of(own.cue.start);
        let nearest = self
            .speech
            .attribution
            .voices
            .iter()
            .filter(|voice| matches!(voice.who, Who::Named(who) if who == entity))
            .min_by_key(|voice| voice.span.start.abs_diff(own.cue.start));
        if let Some(voice) = nearest {
            let gap = if voice.span.end <= own.cue.start {
                own.cue.start - voice.span.end
            } else {
                voice.span.start.saturating_sub(own.cue.end)
            };
            let side = if voice.span.start < own.cue.start { part!("before") } else { part!("after") };
            let at = self.speech.analysis.sentence_of(voice.span.start);
            let near = match at.abs_diff(sentence) {
                0 if gap <= 1 => part!("touches"),
                0 if gap <= 3 => part!("near"),
                0 => part!("same"),
                1 => part!("next"),
                2 | 3 => part!("some"),
                _ => part!("far"),
            };
            sink.add(("place", mode, side, near));
            sink.add(("place", sort, side, near));
            sink.add(("place", how, sort, side, near));
            let start = self.text.sentences().get(at).map_or(0, |sentence| sentence.tokens.start);
            if voice.span.start <= start + 1 {
                sink.add(("leads", mode, if at == sentence { part!("here") } else { part!("there") }));
                sink.add(("leads", how, sort, if at == sentence { part!("here") } else { part!("there") }));
            }
            if self.speech.attribution.quotes.iter().any(|quote| quote.contains(&voice.span.start)) {
                sink.add(("quoted", mode));
            }
            let content = own.frame.map_or(0..0, |frame| self.speech.attribution.frames[frame].content.clone());
            if !own.direct && content.contains(&voice.span.start) {
                sink.add(("told", how));
            }
            if voice.words.len() < voice.span.len() {
                sink.add(("titled", mode, near));
            }
        }
        let earlier = &found[..index];
        if let Some(last) = earlier.iter().rposition(|earlier| earlier.speaker.entity == Some(entity)) {
            let order = if last + 1 == index { part!("last") } else { part!("earlier") };
            sink.add(("spoke", mode, order));
            sink.add(("spoke", rule, order));
            sink.add(("spoke", how, order));
        }
        if self.speech.roles.held.iter().any(|held| held.entity == entity) {
            sink.add(("office", mode));
        }
        if let Some(bearer) = self.bearer_sort(&own.speaker.words) {
            let holds = self.speech.roles.held.iter().any(|held| held.entity == entity && held.sort == bearer);
            sink.add(("bearer", bearer.part(), if holds { part!("holds") } else { part!("lacks") }));
        }
    }

    /// In what words the passage names its speaker.
    fn telling(&self, own: &Found) -> Part {
        let Some(frame) = own.frame else { return part!("none") };
        let frame = &self.speech.attribution.frames[frame];
        let voices = &self.speech.attribution.voices;
        let from = voices.partition_point(|voice| voice.span.start < frame.phrase.start);
        match voices.get(from).filter(|voice| voice.span.start == frame.phrase.start).map(|voice| voice.who) {
            Some(Who::Pronoun) => part!("pronoun"),
            Some(Who::Unnamed) => part!("unnamed"),
            Some(Who::Paper) => part!("paper"),
            Some(Who::Named(_)) => {
                if self.speech.actors.at(frame.speaker.words.start).is_some_and(|actor| actor.name.anaphor) {
                    part!("anaphor")
                } else if self.bearer_sort(&frame.speaker.words).is_some() {
                    part!("title")
                } else {
                    part!("name")
                }
            }
            None => part!("dropped"),
        }
    }
}
