//! Titles in a text: a head word, what belongs to it on both sides, and what it is of.

use super::tables::{Sort, TITLES, Word, Words};
use crate::actors::Actors;
use pledgebook_mentions::NameType;
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

/// Words before a head that are looked through for the start of its title.
const BEFORE_MAX: usize = 5;
/// Words after a head that its complement may have.
const AFTER_MAX: usize = 12;

/// One title with its surroundings, before it is known whose it is.
#[derive(Debug, Clone)]
pub(crate) struct Title {
    /// The words of the title, without marks of the past and without what it is of.
    pub words: Range<usize>,
    /// Everything from the article or the organisation before to the organisation after.
    pub span: Range<usize>,
    /// Its head word.
    pub head: usize,
    pub sort: Sort,
    /// The entry of the data file that its head stands in.
    pub entry: u16,
    pub former: bool,
    /// Whether several persons share it.
    pub plural: bool,
    /// Whether an article, a possessive or a holder stands before it, so that "the head, Name" is one phrase.
    pub definite: bool,
    /// Whether a possessive points to somebody mentioned before.
    pub its: bool,
    /// The name it is of: the first token of an organisation, a country or a place in its span.
    pub of: Option<usize>,
    /// The words of what it is of, where that has no name: "the valley's water users".
    pub of_words: Option<Range<usize>>,
}

/// Finds the titles of one sentence, in order and apart.
pub(crate) fn read(
    text: &Text<'_>,
    actors: &Actors<'_>,
    words: &Words<'_>,
    sentence: &Range<usize>,
    titles: &mut Vec<Title>,
) {
    let mut at = sentence.start;
    while let Some((here, len, word)) = words.next(at, sentence.end, TITLES) {
        at = here;
        let in_person =
            || actors.at(at).is_some_and(|actor| actor.is_person() && !actor.name.anaphor && actor.tokens.start != at);
        if text.tokens()[at].kind != TokenKind::Word || in_person() || inside_name(actors, at, len) {
            at += 1;
            continue;
        }
        let floor = titles.last().map_or(sentence.start, |last: &Title| last.span.end.max(sentence.start));
        let title = around(text, actors, words, floor..sentence.end, at..at + len, word);
        at = title.span.end.max(at + len);
        titles.push(title);
    }
}

/// Whether a title's words are only part of an organisation's or a place's name: "Council of Ministers".
fn inside_name(actors: &Actors<'_>, at: usize, len: usize) -> bool {
    actors.at(at).is_some_and(|actor| {
        !actor.is_person() && !actor.name.anaphor && (actor.tokens.start < at || actor.tokens.end > at + len)
    })
}

fn around(
    text: &Text<'_>,
    actors: &Actors<'_>,
    words: &Words<'_>,
    room: Range<usize>,
    head: Range<usize>,
    word: Word,
) -> Title {
    let (sort, entry, plural) = match word {
        Word::Title { sort, entry, plural } => (sort, entry, plural),
        _ => (Sort::Expert, 0, false),
    };
    let mut title = Title {
        words: head.clone(),
        span: head.clone(),
        head: head.start,
        sort,
        entry,
        former: false,
        plural,
        definite: false,
        its: false,
        of: None,
        of_words: None,
    };
    leftward(text, actors, words, room.start, &mut title);
    rightward(text, actors, words, room.end, &mut title);
    title
}

/// The token before `at`, past a possessive ending or a hyphen that glues a holder to the head: "Nvidia's", "Nvidia-Chef".
fn past_joint(text: &Text<'_>, at: usize, floor: usize) -> usize {
    let Some(before) = at.checked_sub(1).filter(|before| *before >= floor) else { return at };
    let form = text.form(before);
    let joint = form.starts_with(['\'', '’']) && form.len() <= 4 && text.tokens()[before].shape.glued()
        || text.tokens()[at].shape.glued() && matches!(form, "-" | "‑" | "‐");
    if joint { before } else { at }
}

fn leftward(text: &Text<'_>, actors: &Actors<'_>, words: &Words<'_>, floor: usize, title: &mut Title) {
    let mut at = title.words.start;
    let mut loose = at;
    for _ in 0..BEFORE_MAX {
        let joint = past_joint(text, at, floor);
        if let Some(actor) = actors.until(joint).filter(|actor| actor.tokens.start >= floor) {
            // "Nvidia's chief", "Nvidia CEO", "British counterpart": the holder ends the title on this side.
            if actor.is_person() {
                if joint < at {
                    title.definite = true;
                    title.span.start = actor.tokens.start;
                    title.words.start = at;
                }
                return;
            }
            if joint == at && actor.name.sort == NameType::Country && title.sort == Sort::Counterpart {
                title.of = Some(actor.tokens.start);
                at = actor.tokens.start;
                loose = at;
                title.span.start = at;
                continue;
            }
            if words.grammar.without_articles && loose != at {
                // Where nothing marks the start of a noun phrase, only words known to belong to titles do.
                title.words.start = loose;
                title.span.start = loose;
                return;
            }
            title.words.start = at;
            title.of = Some(actor.tokens.start);
            title.span.start = actor.tokens.start;
            title.definite = true;
            return;
        }
        let Some(before) = at.checked_sub(1).filter(|before| *before >= floor) else {
            title.words.start = loose;
            title.span.start = loose;
            return;
        };
        let token = &text.tokens()[before];
        // Phrases that end right before: only single words and hyphened ones are asked for on this side.
        let is = |word: Word| {
            (1..=3).any(|len| before + 1 >= floor + len && words.len(before + 1 - len, before + 1, word) == len)
        };
        if token.kind == TokenKind::Mark && words.len(before.saturating_sub(1), before + 1, Word::Former) == 2 {
            title.former = true;
            title.words.start = at;
            title.span.start = before - 1;
            at = before - 1;
            loose = at;
            continue;
        }
        if is(Word::Former) {
            title.former = true;
            title.words.start = at;
            title.span.start = before;
            // The article may still stand before it.
            if before > floor
                && (words.len(before - 1, before, Word::Article) == 1 || words.len(before - 1, before, Word::Its) == 1)
            {
                title.definite = true;
                title.its |= words.len(before - 1, before, Word::Its) == 1;
                title.span.start = before - 1;
            }
            return;
        }
        if is(Word::Its) {
            title.its = true;
            title.definite = true;
            title.words.start = at;
            title.span.start = before;
            return;
        }
        if is(Word::Article) {
            title.definite = true;
            title.words.start = at;
            title.span.start = before;
            return;
        }
        if token.kind != TokenKind::Word || is(Word::Stop) || is(Word::Of) || is(Word::And) {
            title.words.start = loose;
            title.span.start = loose;
            return;
        }
        at = before;
        if is(Word::Before) || token.shape.capital() && at > floor {
            loose = at;
        }
    }
    title.words.start = loose;
    title.span.start = loose;
}

fn rightward(text: &Text<'_>, actors: &Actors<'_>, words: &Words<'_>, ceiling: usize, title: &mut Title) {
    let ceiling = ceiling.min(title.words.end + AFTER_MAX);
    let mut at = title.words.end;
    let is = |at: usize, word: Word| words.len(at, ceiling, word);
    // Adjectives, also of a country.
    while at < ceiling {
        let len = is(at, Word::After);
        if len > 0 {
            at += len;
        } else if let Some(country) =
            actors.from(at).filter(|actor| actor.name.sort == NameType::Country && !text.tokens()[at].shape.capital())
        {
            title.of = title.of.or(Some(at));
            at = country.tokens.end;
        } else {
            break;
        }
    }
    title.words.end = at;
    title.span.end = at;
    let mut bare = words.grammar.bare_complement;
    loop {
        let of = is(at, Word::Of);
        if at >= ceiling || of == 0 && !bare {
            return;
        }
        let bare_here = of == 0;
        bare = false;
        let mut next = at + of;
        loop {
            let skipped = is(next, Word::Article).max(is(next, Word::Its));
            if skipped > 0 && actors.from(next).is_none() {
                title.its |= is(next, Word::Its) > 0;
                next += skipped;
            } else if next < ceiling && matches!(text.form(next), "«" | "“" | "„" | "\"") {
                next += 1;
            } else {
                break;
            }
        }
        if bare_here && next < ceiling && text.tokens()[next].kind != TokenKind::Word {
            return;
        }
        // Common nouns up to the name: "du syndicat Santé-Auge", "of the state Commerce Department".
        let mut end = next;
        let mut holder = None;
        while end < ceiling {
            if let Some(actor) = actors.from(end) {
                if !actor.is_person() {
                    holder = Some((end, actor.tokens.end));
                }
                break;
            }
            let token = &text.tokens()[end];
            let joins = matches!(title.sort, Sort::Government | Sort::Local | Sort::Region)
                && (is(end, Word::And) > 0
                    || is(end, Word::Of) > 0
                    || is(end, Word::Article) > 0
                    || text.form(end) == ",")
                && end + 1 < ceiling
                && (text.tokens()[end + 1].shape.capital() && text.form(end) != ","
                    || is(end + 1, Word::Article) > 0
                    || is(end + 1, Word::Of) > 0
                    || text.form(end) == "," && listed(text, words, end, ceiling));
            if joins && actors.from(end + 1).is_none_or(|actor| !actor.is_person()) {
                end += 1;
                continue;
            }
            if token.kind != TokenKind::Word
                && !(token.shape.glued() && matches!(text.form(end), "-" | "’" | "'"))
                && !matches!(text.form(end), "«" | "“" | "„" | "\"")
                || is(end, Word::Of) > 0
                || is(end, Word::And) > 0
                || is(end, Word::Stop) > 0
                || is(end, Word::Is) > 0
                || is(end, Word::Who) > 0
                || is(end, Word::Whom) > 0
                || is(end, Word::Honorific) > 0
                || is(end, Word::Holds) > 0
                || end > next + 7
            {
                break;
            }
            end += 1;
        }
        match holder {
            Some((start, stop)) if start <= next + 4 || title.sort == Sort::Government => {
                let place_in_field = title.sort == Sort::Government && start > next + 4;
                title.of = title.of.or(Some(start));
                title.span.end = stop;
                if start < stop && stop < ceiling && matches!(text.form(stop), "»" | "”" | "“" | "\"") {
                    title.span.end = stop + 1;
                }
                if place_in_field {
                    title.words.end = start;
                } else if next < start && (text.tokens()[next].shape.capital() || is(next, Word::Field) > 0) {
                    // "ministra de Trabajo de España": the field stands before whose it is.
                    let links = |at: &usize| is(*at, Word::Of).max(is(*at, Word::Article)) == 0;
                    let field = (next..start).rev().find(links).map_or(next, |last| last + 1);
                    if field < start {
                        title.words.end = field;
                    }
                }
                return;
            }
            _ if end > next => {
                // A field of work is part of the title: "of Finance", "de l'Économie".
                if bare_here
                    && actors.from(end).is_none_or(|actor| !actor.is_person())
                    && !ends_here(text, end, ceiling)
                {
                    return;
                }
                let field = is(next, Word::Field) > 0;
                if matches!(title.sort, Sort::Government | Sort::Local | Sort::Region | Sort::Counterpart) || field {
                    title.words.end = end;
                } else if title.of.is_none() && title.of_words.is_none() {
                    title.of_words = Some(next..end);
                }
                title.span.end = end;
                at = end;
            }
            _ => return,
        }
    }
}

/// Whether a comma is followed by more capitalised words and then "and": "for Tourism, Sport and Major Events".
fn listed(text: &Text<'_>, words: &Words<'_>, comma: usize, ceiling: usize) -> bool {
    let mut at = comma + 1;
    let mut count = 0;
    while at < ceiling && count < 8 {
        if words.len(at, ceiling, Word::And) > 0 {
            return count > 0 && at + 1 < ceiling;
        }
        let token = &text.tokens()[at];
        let small = words.len(at, ceiling, Word::Of).max(words.len(at, ceiling, Word::Article));
        if small == 0 && !(token.kind == TokenKind::Word && token.shape.capital()) && text.form(at) != "," {
            return false;
        }
        at += small.max(1);
        count += 1;
    }
    false
}

fn ends_here(text: &Text<'_>, at: usize, ceiling: usize) -> bool {
    at >= ceiling || matches!(text.form(at), "," | "." | ";" | ")" | ":")
}
