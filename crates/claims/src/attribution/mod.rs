//! Who the text says it has something from: verbs of saying with their subjects, "according to", "citing", and chains of them.

mod frames;
mod tables;
mod voices;

pub use frames::{Frame, Kind};
pub use tables::{Grammar, Word, Words};
pub use voices::{Voice, Who};

use crate::{actors::Actors, analysis::Analysis, kinds::role::Roles};
use pledgebook_mentions::{Mention, NameType, Value};
use pledgebook_text::Text;
use smallvec::SmallVec;
use std::ops::Range;

/// All attributions of a document.
#[derive(Debug, Default)]
pub struct Attribution {
    /// Who says what, in the order of the text.
    pub frames: Vec<Frame>,
    /// Who can say something, in the order of the text.
    pub voices: Vec<Voice>,
    /// The outermost quotations, as token ranges with their marks, in the order of the text.
    pub quotes: Vec<Range<usize>>,
}

impl Attribution {
    /// Finds who says what in a document.
    pub fn read(analysis: &Analysis<'_>, mentions: &[Mention], actors: &Actors<'_>, roles: &Roles) -> Self {
        let (text, words) = (analysis.text, analysis.words.tellings());
        let mut quotes: Vec<Range<usize>> = Vec::new();
        for mention in mentions {
            if matches!(mention.value, Value::Quote(_))
                && quotes.last().is_none_or(|last| last.end <= mention.tokens.start)
            {
                quotes.push(mention.tokens.clone());
            }
        }
        let voices = voices::read(text, actors, roles, &words, &analysis.words.offices());
        let frames = frames::read(text, actors, words, &voices, &quotes);
        Self { frames, voices, quotes }
    }

    /// The frames whose words cover most of a run of tokens, or that a run of tokens tells whole.
    pub fn frames_at(&self, tokens: &Range<usize>) -> impl Iterator<Item = &Frame> {
        let tokens = tokens.clone();
        self.frames.iter().filter(move |frame| {
            let common = frame.covers.end.min(tokens.end).saturating_sub(frame.covers.start.max(tokens.start));
            common * 2 > tokens.len().min(frame.covers.len().max(1)) && common * 3 > tokens.len()
        })
    }

    /// Who the text says it has a passage from, outermost first; empty where it speaks for itself. `pledgers` are the entities
    /// that the passage is about: their own heads, speakers and papers are no source of it.
    pub fn sources_at(
        &self,
        text: &Text<'_>,
        actors: &Actors<'_>,
        roles: &Roles,
        tokens: &Range<usize>,
        pledgers: &[u32],
    ) -> Vec<String> {
        let mut sources = Vec::new();
        for frame in self.frames_at(tokens) {
            for source in frame.chain() {
                if self.is_own(actors, roles, source, pledgers) {
                    continue;
                }
                let words = source_words(text, actors, source);
                if !words.is_empty() && !sources.contains(&words) {
                    sources.push(words);
                }
            }
        }
        sources
    }

    /// Whether a source is the pledger itself or somebody who holds an office there.
    fn is_own(&self, actors: &Actors<'_>, roles: &Roles, source: &Source, pledgers: &[u32]) -> bool {
        let entity = match source.entity {
            Some(entity) => entity,
            None => return source.for_entity.is_some_and(|entity| pledgers.contains(&entity)),
        };
        pledgers.contains(&entity)
            || roles.held.iter().filter(|held| held.entity == entity).any(|held| {
                held.of.and_then(|token| actors.at(token)).is_some_and(|of| pledgers.contains(&of.name.entity))
            })
    }
}

/// One link of a chain of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The words of the text.
    pub words: Range<usize>,
    /// Who it is, where the document names it.
    pub entity: Option<u32>,
    /// For whom an unnamed one speaks.
    pub for_entity: Option<u32>,
}

/// Links of a chain, outermost first.
pub type Chain = SmallVec<[Source; 2]>;

/// A source as claims list it: its name, or the text's words.
pub fn source_words(text: &Text<'_>, actors: &Actors<'_>, source: &Source) -> String {
    let name = source.entity.and_then(|entity| actors.named(entity)).map(|actor| actor.name);
    match name {
        // A ministry that stands for its country is told by its own words.
        Some(name) if name.sort != NameType::Country => str::to_owned(&name.canonical),
        _ => text.slice(source.words.clone()).trim_matches(['"', '“', '”', '«', '»', ' ']).to_owned(),
    }
}
