//! Views: "according to", "citing", "in his view", and whom they belong to.

use super::{Frame, Kind, PRONOUN_SENTENCES_MAX, Reader, is_stop};
use crate::attribution::{Chain, Source, Who, tables::Word};
use std::ops::Range;

impl Reader<'_, '_, '_> {
    /// The phrase of a source that stands right after a preposition.
    fn source_after(&self, at: usize, frames: &[Frame]) -> Option<(Source, Range<usize>, bool)> {
        let near = self.voices.iter().find(|voice| {
            voice.span.end > at
                && voice.span.start <= at + 5
                && (at..voice.span.start).all(|at| !is_stop(self.form(at)))
        });
        if let Some(voice) = near
            && let Some(source) = self.source(voice, frames)
        {
            return Some((source, voice.span.start.min(at).max(at)..voice.span.end, voice.person));
        }
        let end = (at..self.end().min(at + 9)).find(|at| is_stop(self.form(*at))).unwrap_or(self.end().min(at + 9));
        (end > at).then_some((Source { words: at..end, entity: None, for_entity: None }, at..end, false))
    }

    /// "In his view": the last speaker's.
    pub(super) fn own_view(&self, cue: Range<usize>, frames: &[Frame]) -> Option<Frame> {
        let spoke = frames.iter().rev().find(|frame| frame.speaker.entity.is_some());
        let last = spoke.filter(|frame| frame.sentence + PRONOUN_SENTENCES_MAX >= self.index)?;
        self.view_of(cue.clone(), frames, (last.speaker.clone(), cue.end..cue.end, last.person))
    }

    pub(super) fn according(&self, cue: Range<usize>, frames: &[Frame]) -> Option<Frame> {
        let source = self.source_after(cue.end, frames)?;
        self.view_of(cue, frames, source)
    }

    fn view_of(&self, cue: Range<usize>, frames: &[Frame], source: (Source, Range<usize>, bool)) -> Option<Frame> {
        let (speaker, phrase, person) = source;
        let mut relayed = Chain::new();
        let mut last = phrase.end;
        let and = self.len(last, Word::And);
        if and > 0
            && self.voice_from(last + and).is_some()
            && let Some((second, span, _)) = self.source_after(last + and, frames)
        {
            last = span.end;
            relayed.push(second);
        }
        let end = self.end();
        let start = self.clause_start(cue.start);
        let content = if cue.start <= start + 2 {
            let comma = |from: usize, reach: usize| (from..end.min(from + reach)).find(|at| self.form(*at) == ",");
            let from = match comma(last, 6) {
                // Past a relative clause about the source.
                Some(first) if self.len(first + 1, Word::That) > 0 => comma(first + 1, 25).unwrap_or(first) + 1,
                Some(first) => first + 1,
                None => last,
            };
            from..self.clause_end(from, end)
        } else {
            let to = if self.form(cue.start - 1) == "," { cue.start - 1 } else { cue.start };
            let rest = if self.form(last) == "," { last + 1..end } else { last..last };
            if rest.len() > to - start { rest } else { start..to }
        };
        Some(Frame {
            kind: Kind::According,
            sentence: self.index,
            cue,
            phrase: phrase.start..last,
            person,
            speaker,
            relayed,
            content,
            covers: start..end,
            opened: true,
        })
    }

    pub(super) fn according_after(&self, cue: Range<usize>, frames: &[Frame]) -> Option<Frame> {
        let voice = self.voice_until(cue.start)?;
        let speaker = self.source(voice, frames)?;
        let (start, end) = (self.clause_start(voice.span.start), self.end());
        let from = if self.form(cue.end) == "," { cue.end + 1 } else { cue.end };
        let content = if voice.span.start <= start + 3 { from..end } else { start..voice.span.start };
        Some(Frame {
            kind: Kind::According,
            sentence: self.index,
            cue,
            phrase: voice.span.clone(),
            person: voice.person,
            speaker,
            relayed: Chain::new(),
            content,
            covers: start..end,
            opened: true,
        })
    }

    /// "For Name, …" at the start of a sentence: a view of a person.
    pub(super) fn view(&self, cue: Range<usize>, frames: &[Frame]) -> Option<Frame> {
        if cue.start > self.clause_start(cue.start) + 1 {
            return None;
        }
        let voice = self.voice_from(cue.end).filter(|voice| voice.person && matches!(voice.who, Who::Named(_)))?;
        let speaker = self.source(voice, frames)?;
        let end = self.end();
        let comma = (voice.span.end..end.min(voice.span.end + 12)).rev().find(|at| self.form(*at) == ",");
        let from = match comma {
            Some(comma) if self.form(voice.span.end) == "," => comma + 1,
            _ => voice.span.end,
        };
        Some(Frame {
            kind: Kind::According,
            sentence: self.index,
            cue,
            phrase: voice.span.clone(),
            person: true,
            speaker,
            relayed: Chain::new(),
            content: from..self.clause_end(from, end),
            covers: from..end,
            opened: true,
        })
    }

    /// Gives the source after "citing" to the frame before it in the sentence; says whether there was one.
    pub(super) fn cites(&self, cue: &Range<usize>, frames: &mut [Frame]) -> bool {
        let Some((source, _, _)) = self.source_after(cue.end, frames) else { return false };
        let Some(last) = frames.last_mut().filter(|last| last.sentence == self.index) else { return false };
        if last.cue.start == cue.start {
            return false;
        }
        last.relayed.push(source);
        true
    }
}
