//! What tells whether a passage counts as a statement.

use super::{Found, Reader};
use crate::{analysis::Cue, attribution::Kind, features::part, model::Sink};
use pledgebook_mentions::{Kind as MentionKind, NameType, Value};

/// How many words make a statement a long one.
const LONG: usize = 25;

impl Reader<'_> {
    /// The features of a candidate among all of its document.
    pub(super) fn features(&self, found: &[Found], index: usize, sink: &mut impl Sink) {
        let own = &found[index];
        let text = self.text;
        let rule = own.rule.word;
        sink.add(("rule", rule));
        let entity = own.speaker.entity.or(own.speaker.for_entity);
        let named = entity.and_then(|entity| self.speech.actors.named(entity));
        let sort = match named.map(|actor| actor.name.sort) {
            Some(NameType::Person) => part!("person"),
            // "According to Reuters" mostly tells who hands something on.
            Some(NameType::Organisation) if entity.is_some_and(|entity| self.speech.analysis.is_outlet(entity)) => {
                part!("outlet")
            }
            Some(NameType::Organisation) => part!("body"),
            Some(_) => part!("country"),
            None => part!("unnamed"),
        };
        let speaks =
            if own.speaker.entity.is_none() && own.speaker.for_entity.is_some() { part!("proxy") } else { sort };
        let human = self.is_human(&own.speaker);
        sink.add(("speaker", speaks));
        sink.add(("speaker", rule, speaks));
        sink.add(("human", rule, if human { part!("yes") } else { part!("no") }));
        let first = own.pieces.first().map_or(0..0, Clone::clone);
        let content =
            own.frame.map_or(own.tokens.clone(), |frame| self.speech.attribution.frames[frame].content.clone());
        let words: usize = own
            .pieces
            .iter()
            .filter_map(|piece| text.source().get(piece.clone()))
            .map(|piece| piece.split_whitespace().take(LONG).count())
            .sum();
        let length = match words {
            ..3 => part!("2"),
            3..5 => part!("4"),
            5..8 => part!("7"),
            8..14 => part!("13"),
            14..LONG => part!("24"),
            _ => part!("more"),
        };
        sink.add(("words", rule, length));
        sink.add(("words", if own.direct { part!("direct") } else { part!("indirect") }, length));
        sink.add(("pieces", if own.pieces.len() > 1 { part!("many") } else { part!("one") }));
        let sentence = self.speech.analysis.sentence_of(own.tokens.start);
        if let Some(sentence) = text.sentences().get(sentence) {
            sink.add(("block", text.role_of(sentence).word()));
        }
        sink.add((
            "place",
            rule,
            match sentence {
                0 => part!("first"),
                1..3 => part!("lead"),
                _ => part!("body"),
            },
        ));
        let quotes = &self.speech.attribution.quotes;
        let fragment =
            !own.direct && quotes.iter().any(|quote| quote.start >= content.start && quote.end <= content.end);
        if fragment {
            sink.add(&["fragment"]);
            sink.add(("fragment", rule));
        }
        let inside = !own.direct && quotes.iter().any(|quote| quote.contains(&own.cue.start));
        if inside {
            sink.add(&["inside"]);
        }
        let from = self.mentions.partition_point(|mention| mention.tokens.start < content.start);
        let within = || self.mentions[from..].iter().take_while(|mention| mention.tokens.start < content.end);
        for (kind, name) in [(MentionKind::Money, "money"), (MentionKind::Thing, "thing")] {
            if within().any(|mention| mention.value.kind() == kind) {
                sink.add((name, if own.direct { part!("direct") } else { rule }));
                sink.add((name, if own.direct { part!("direct") } else { speaks }));
            }
        }
        let speech = if own.direct { part!("direct") } else { part!("indirect") };
        for token in content.clone() {
            sink.add(("stem", speech, self.speech.analysis.sense(token)));
        }
        if let Some(frame) = own.frame {
            for token in self.speech.attribution.frames[frame].cue.clone() {
                sink.add(("cue stem", self.speech.analysis.sense(token)));
            }
        }
        if !own.direct {
            let cues = self.speech.analysis.cues_in(content.clone());
            let deed = cues.iter().any(|cue| cue.cue.is_deed());
            let ahead =
                cues.iter().any(|cue| matches!(cue.cue, Cue::ModeFuture | Cue::StagePlanned | Cue::StageAnnounced));
            let does = match (deed, ahead) {
                (true, true) => part!("will"),
                (true, false) => part!("does"),
                (false, true) => part!("ahead"),
                (false, false) => part!("none"),
            };
            sink.add(("deed", does));
            sink.add(("deed", rule, does));
            sink.add(("deed", speaks, does));
            for cue in cues {
                sink.add(("cue", cue.cue.part()));
            }
            let own_name = entity.is_some_and(|entity| {
                within().any(|mention| match &mention.value {
                    Value::Name(name) => name.entity == entity,
                    _ => false,
                })
            });
            if own_name {
                sink.add(("self", rule));
            }
        }
        if let Some(frame) = own.frame {
            let frame = &self.speech.attribution.frames[frame];
            let cues = self.speech.analysis.cues_in(frame.cue.clone());
            for cue in cues {
                sink.add(("verb", cue.cue.part()));
                sink.add(("verb", if own.direct { part!("direct") } else { part!("indirect") }, cue.cue.part()));
            }
            let side = if frame.phrase.start < frame.cue.start { part!("subject") } else { part!("inverted") };
            sink.add(("order", rule, side));
            if frame.content.start < frame.cue.start {
                sink.add(("closing", rule));
            }
            let after = self.form(frame.cue.end);
            if !own.direct && frame.kind == Kind::Judged {
                let next = match frame.content.end.saturating_sub(frame.cue.end) {
                    ..2 => part!("1"),
                    2..4 => part!("3"),
                    4..8 => part!("7"),
                    _ => part!("more"),
                };
                sink.add(("object", next));
                if self.speech.actors.from(frame.cue.end).is_some() {
                    sink.add(&["object.name"]);
                }
            }
            if after == ":" {
                sink.add(("colon", rule));
            }
            if frame.cue.start > 0 && self.negated(frame.cue.start) {
                sink.add(("negated", rule));
            }
            let gap = if frame.phrase.start < frame.cue.start {
                frame.cue.start.saturating_sub(frame.phrase.end)
            } else {
                frame.phrase.start.saturating_sub(frame.cue.end)
            };
            sink.add((
                "gap",
                rule,
                match gap {
                    0 => part!("0"),
                    1 => part!("1"),
                    2..4 => part!("3"),
                    4..8 => part!("7"),
                    _ => part!("more"),
                },
            ));
        }
        let source = text.source();
        let said = source.get(first).unwrap_or_default();
        if said.ends_with('?') {
            sink.add(("question", rule));
        }
        let capital = said.chars().next().is_some_and(char::is_uppercase);
        sink.add(("capital", rule, if capital { part!("yes") } else { part!("no") }));
        if own.direct {
            let ends = said.ends_with(['.', '!', '?', '…']);
            sink.add(("ends", rule, if ends { part!("yes") } else { part!("no") }));
        }
        let covers = |other: &Found| other.tokens.start <= own.tokens.start && own.tokens.end <= other.tokens.end;
        let overlapping = found.iter().enumerate().filter(|(at, other)| {
            *at != index && other.tokens.start < own.tokens.end && own.tokens.start < other.tokens.end
        });
        for (_, other) in overlapping {
            let mode = if other.direct { part!("direct") } else { part!("indirect") };
            sink.add(("meets", rule, mode, if covers(other) { part!("inside") } else { part!("across") }));
        }
        let spoke =
            found.iter().filter(|other| other.speaker.entity.is_some() && other.speaker.entity == own.speaker.entity);
        let spoken = match spoke.count() {
            ..2 => part!("1"),
            2 => part!("2"),
            3..5 => part!("4"),
            _ => part!("more"),
        };
        sink.add(("spoken", spoken));
        sink.add(("spoken", speaks, spoken));
    }

    /// Whether a negation stands among the two tokens before a verb.
    fn negated(&self, cue: usize) -> bool {
        let cues = self.speech.analysis.cues_in(cue.saturating_sub(2)..cue + 1);
        cues.iter().any(|cue| cue.cue == Cue::ModeNegation)
    }
}
