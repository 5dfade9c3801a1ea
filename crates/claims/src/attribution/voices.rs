//! Voices: the noun phrases of a text that can say something: names with their titles, titles alone, pronouns, sources
//! without a name, papers.

use super::tables::{VOICES, Word, Words};
use crate::{
    actors::Actors,
    kinds::role::{Roles, Sort as Office, Words as Offices},
};
use pledgebook_mentions::NameType;
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

/// Whom a voice belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody that the document names, as [`pledgebook_mentions::Name::entity`] numbers it.
    Named(u32),
    /// A pronoun; whom it stands for depends on who spoke before.
    Pronoun,
    /// Nobody named: the words say all that is known.
    Unnamed,
    /// A paper.
    Paper,
}

/// One noun phrase that can say something.
#[derive(Debug, Clone)]
pub struct Voice {
    /// The whole phrase, with titles and appositions.
    pub span: Range<usize>,
    /// The words that name the source: the name, or the phrase where there is none.
    pub words: Range<usize>,
    /// Whom it belongs to.
    pub who: Who,
    /// Whether it is a human being or human beings.
    pub person: bool,
    /// For somebody who speaks for another: for whom.
    pub for_entity: Option<u32>,
    /// Whether a title alone may stand for somebody mentioned before, as in a language without articles.
    pub definite: bool,
}

/// Words of an unnamed source's phrase after its noun: "people briefed on the plans".
const TAIL_MAX: usize = 9;

/// All voices of a document, in the order of the text; of those that overlap the larger stays.
pub(crate) fn read(
    text: &Text<'_>,
    actors: &Actors<'_>,
    roles: &Roles,
    words: &Words<'_>,
    offices: &Offices<'_>,
) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    let entity = |token: Option<usize>| token.and_then(|token| actors.at(token)).map(|actor| actor.name.entity);
    let mut held = roles.held.iter().peekable();
    let mut bearers = roles.bearers.iter().peekable();
    for (index, sentence) in text.sentences().iter().enumerate() {
        let tokens = sentence.tokens.clone();
        let first = voices.len();
        while let Some(role) = held.next_if(|held| held.person < tokens.end) {
            let Some(person) = actors.at(role.person) else { continue };
            let known = voices[first..].iter_mut().find(|voice| voice.words == person.tokens);
            if let Some(voice) = known {
                voice.span = voice.span.start.min(role.span.start)..voice.span.end.max(role.span.end);
                continue;
            }
            let address = offices.address_until(tokens.start, role.span.start);
            voices.push(Voice {
                span: role.span.start - address..role.span.end,
                words: person.tokens.clone(),
                who: Who::Named(role.entity),
                person: true,
                for_entity: None,
                definite: false,
            });
        }
        while let Some(bearer) = bearers.next_if(|bearer| bearer.span.start < tokens.end) {
            let speaks_for = (bearer.sort == Office::Spokesperson).then(|| entity(bearer.of)).flatten();
            let who = bearer.entity.map_or(Who::Unnamed, Who::Named);
            voices.push(Voice {
                span: bearer.span.clone(),
                words: bearer.span.clone(),
                who,
                person: true,
                for_entity: speaks_for,
                definite: offices.grammar.without_articles,
            });
        }
        for actor in actors.within(tokens.clone()) {
            let inside = voices[first..].iter().any(|voice| overlap(&voice.span, &actor.tokens));
            if inside || !actor.speaks() || actor.name.sort == NameType::Country && !actor.name.seat {
                continue;
            }
            let mut start = actor.tokens.start;
            if actor.is_person() {
                start -= offices.address_until(tokens.start, start);
            }
            voices.push(Voice {
                span: start..actor.tokens.end,
                words: actor.tokens.clone(),
                who: Who::Named(actor.name.entity),
                person: actor.is_person(),
                for_entity: None,
                definite: false,
            });
        }
        let mut at = if words.tells(index, VOICES) { tokens.start } else { tokens.end };
        while let Some((start, len, word)) = words.next(at, tokens.end, VOICES) {
            let here = start..start + len;
            at = here.end;
            let taken = voices[first..].iter().any(|voice| overlap(&voice.span, &here));
            if taken || actors.at(here.start).is_some() {
                continue;
            }
            match word {
                Word::Anonymous | Word::Document => {
                    let span = phrase(text, actors, words, &tokens, here.clone());
                    let end = span.end;
                    // "the union X": the noun only tells what the name is.
                    let named = voices[first..].iter_mut().find(|voice| voice.span.start == here.end);
                    if let Some(voice) = named.filter(|voice| matches!(voice.who, Who::Named(_))) {
                        voice.span.start = span.start;
                        continue;
                    }
                    // A name inside the phrase belongs to it: "an official of the Ministry".
                    voices.retain(|voice| voice.span.start < here.start || voice.span.start >= end || voice.person);
                    let paper = word == Word::Document;
                    let who = if paper { Who::Paper } else { Who::Unnamed };
                    voices.push(Voice {
                        span: span.clone(),
                        words: span,
                        who,
                        person: !paper,
                        for_entity: None,
                        definite: false,
                    });
                }
                _ => voices.push(Voice {
                    span: here.clone(),
                    words: here,
                    who: Who::Pronoun,
                    person: word != Word::They,
                    for_entity: None,
                    definite: false,
                }),
            }
        }
        voices[first..].sort_by_key(|voice| voice.span.start);
    }
    voices
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The phrase around an unnamed source's noun: "two people briefed on the plans".
fn phrase(
    text: &Text<'_>,
    actors: &Actors<'_>,
    words: &Words<'_>,
    sentence: &Range<usize>,
    noun: Range<usize>,
) -> Range<usize> {
    let mut start = noun.start;
    while start > sentence.start && noun.start - start < 4 {
        let before = &text.tokens()[start - 1];
        let small = before.kind == TokenKind::Word && !before.shape.capital() || before.kind == TokenKind::Number;
        let first = start - 1 == sentence.start && before.kind == TokenKind::Word;
        let stops = [Word::According, Word::Citing, Word::View, Word::That, Word::Aux, Word::Adverb]
            .iter()
            .any(|word| words.len(start - 1, start, *word) == 1)
            || words.find(start - 1, start, |word| matches!(word, Word::Verb(_))).is_some()
            || cites(words, sentence.start, start);
        if stops || !(small || first) {
            break;
        }
        start -= 1;
    }
    let mut end = noun.end;
    while end < sentence.end && end - noun.end < TAIL_MAX {
        let token = &text.tokens()[end];
        let verb = words.find(end, sentence.end, |word| matches!(word, Word::Verb(_) | Word::That)).is_some();
        let stops = matches!(token.kind, TokenKind::Mark)
            && !(token.shape.glued() && matches!(text.form(end), "-" | "'" | "’"));
        if stops || verb || words.len(end, sentence.end, Word::Aux) > 0 && !is_small_before_name(actors, end) {
            break;
        }
        end += 1;
    }
    start..end
}

fn is_small_before_name(actors: &Actors<'_>, at: usize) -> bool {
    actors.from(at + 1).is_some()
}

/// Whether a longer phrase that brings a source ends right before a token.
fn cites(words: &Words<'_>, floor: usize, end: usize) -> bool {
    (2..=4).any(|len| {
        end >= floor + len && [Word::According, Word::Citing].iter().any(|word| words.len(end - len, end, *word) == len)
    })
}
