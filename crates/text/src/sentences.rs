//! Sentences: runs of tokens, cut at stops that end something.

use crate::{Habits, Token, TokenKind, fold::fold, tokens::Tokens};
use rustc_hash::FxHashSet;
use std::{borrow::Cow, ops::Range};

/// Longest sentence, in tokens. What is longer is no sentence (a table, a list of names without a stop) and is cut here, so that
/// no rule that compares the words of a sentence with one another can take long.
const SENTENCE_TOKENS_MAX: usize = 400;

/// The longest word of other than the plainest letters that is looked up as an abbreviation.
const FORM_BYTES_MAX: usize = 24;

/// One sentence, heading or list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The block of the document that it stands in.
    pub block: usize,
}

/// Folded abbreviations of a language, ready to ask.
#[derive(Debug, Clone, Default)]
pub(crate) struct Abbreviations {
    anywhere: FxHashSet<String>,
    before_numbers: FxHashSet<String>,
    closing: FxHashSet<String>,
    openers: FxHashSet<String>,
    /// The bytes of the longest of all.
    longest: usize,
}

impl Abbreviations {
    pub(crate) fn new(habits: &Habits) -> Self {
        let folded = |words: &[String]| words.iter().map(|word| fold(word.trim_end_matches('.'))).collect();
        let mut this = Self {
            anywhere: folded(&habits.abbreviations),
            before_numbers: folded(&habits.number_abbreviations),
            closing: folded(&habits.closing_abbreviations),
            openers: folded(&habits.openers),
            longest: 0,
        };
        let all = [&this.anywhere, &this.before_numbers, &this.openers];
        this.longest = all.into_iter().flatten().map(String::len).max().unwrap_or(0);
        this
    }

    /// The folded form of a word that is short enough to be listed; most are their own.
    fn short<'f>(&self, form: &'f str) -> Option<Cow<'f, str>> {
        if form.len() > if form.is_ascii() { self.longest } else { FORM_BYTES_MAX } {
            return None;
        }
        let small = form.bytes().all(|byte| byte.is_ascii_lowercase());
        Some(if small { Cow::Borrowed(form) } else { Cow::Owned(fold(form)) })
    }

    fn has(&self, form: &str, follower: TokenKind) -> bool {
        self.short(form).is_some_and(|form| {
            self.anywhere.contains(&*form) || follower == TokenKind::Number && self.before_numbers.contains(&*form)
        })
    }

    /// Whether a sentence may end with the stop of an abbreviation.
    fn closes(&self, form: &str) -> bool {
        self.short(form).is_some_and(|form| self.closing.contains(&*form))
    }

    fn opens(&self, form: &str) -> bool {
        self.short(form).is_some_and(|form| self.openers.contains(&*form))
    }
}

/// Cuts the tokens `range` of a block into sentences.
pub(crate) fn cut(
    source: &str,
    Tokens { list: tokens, others, .. }: &Tokens,
    range: Range<usize>,
    block: usize,
    habits: &Habits,
    abbreviations: &Abbreviations,
    sentences: &mut Vec<Sentence>,
) {
    let mut start = range.start;
    let mut at = range.start;
    while at < range.end {
        let limit = range.end.min(start + SENTENCE_TOKENS_MAX);
        let tells = |token: &Token| token.shape.initials() || may_end(token);
        // No plain word ends one.
        at = others.within(at..limit).find(|at| tells(&tokens[*at])).unwrap_or(limit);
        if at == limit {
            if at < range.end {
                sentences.push(Sentence { tokens: start..at, block });
                start = at;
            }
        } else if tokens[at].shape.initials() {
            at += 1;
            // Initials keep their last stop, so only a small word with a capital shows that a sentence ended with them.
            if at < range.end && tokens[at].shape.capital() && abbreviations.opens(tokens[at].of(source)) {
                sentences.push(Sentence { tokens: start..at, block });
                start = at;
            }
        } else if ends_here(source, tokens, start, at, range.end, habits, abbreviations) {
            let mut end = at + 1;
            while end < range.end && tokens[end].shape.glued() && is_closing(tokens[end].of(source)) {
                end += 1;
            }
            // French sets its closing quote apart.
            if end < range.end && tokens[end].of(source) == "»" {
                end += 1;
            }
            sentences.push(Sentence { tokens: start..end, block });
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    if start < range.end {
        sentences.push(Sentence { tokens: start..range.end, block });
    }
}

/// Whether a sentence may end with a token, by its kind and first byte; most end none.
#[inline]
fn may_end(token: &Token) -> bool {
    token.kind == TokenKind::Mark && matches!(token.head as u8, b'.' | b'!' | b'?' | 0xe2)
}

fn is_closing(form: &str) -> bool {
    matches!(form, "\"" | "”" | "’" | "»" | "“" | ")" | "]" | "'" | "!" | "?" | "…" | "." | "‘" | "›")
}

fn is_opening(form: &str) -> bool {
    matches!(form, "\"" | "“" | "«" | "„" | "(" | "[" | "‘" | "'" | "¿" | "¡" | "–" | "—" | "-" | "•" | "‹" | "‚" | "»")
}

fn ends_here(
    source: &str,
    tokens: &[Token],
    start: usize,
    at: usize,
    end: usize,
    habits: &Habits,
    abbreviations: &Abbreviations,
) -> bool {
    let mark = tokens[at].of(source);
    if !(matches!(mark, "!" | "?" | "…") || mark.starts_with('.')) {
        return false;
    }
    // What follows, past closing marks: a sentence starts with a capital, a digit or an opening mark.
    let mut next = at + 1;
    while next < end && tokens[next].shape.glued() && is_closing(tokens[next].of(source)) {
        next += 1;
    }
    let Some(follower) = tokens.get(next).filter(|_| next < end) else { return true };
    let glued = follower.shape.glued();
    let starts = match follower.kind {
        TokenKind::Word => follower.shape.capital(),
        TokenKind::Number => !glued,
        TokenKind::Mark => !glued && is_opening(follower.of(source)),
        TokenKind::Symbol | TokenKind::Address => !glued,
    };
    if !starts {
        return false;
    }
    if mark != "." {
        return !glued || mark.len() == 1;
    }
    let Some(before) = at.checked_sub(1).filter(|before| *before >= start).map(|before| &tokens[before]) else {
        return false;
    };
    let form = before.of(source);
    let stop_glued = tokens[at].shape.glued();
    // "14. – 15. Oktober": a dash between two numbers joins them.
    if before.kind == TokenKind::Number
        && matches!(follower.of(source), "-" | "–" | "—")
        && tokens.get(next + 1).is_some_and(|after| next + 1 < end && after.kind == TokenKind::Number)
    {
        return false;
    }
    match before.kind {
        TokenKind::Word if stop_glued => {
            let letters = form.chars().count();
            if glued {
                // "infrastructure.Liz": a missing space, unless it is an address or a name with a stop.
                return letters >= 3
                    && form.chars().all(char::is_lowercase)
                    && follower.shape.capital()
                    && !follower.shape.inner_capital()
                    && follower.end - follower.start > 1;
            }
            let initial = letters == 1 && before.shape.capital();
            // Where nouns have capitals, "20 Mio. Euro" goes on.
            let begins = || {
                follower.kind == TokenKind::Word
                    && !follower.shape.all_capitals()
                    && (!habits.capital_nouns || abbreviations.opens(follower.of(source)))
            };
            if abbreviations.closes(form) && begins() {
                return true;
            }
            !(initial || abbreviations.has(form, follower.kind) && (follower.kind != TokenKind::Mark || letters <= 4))
        }
        TokenKind::Number if habits.ordinal_stop && stop_glued => {
            // "am 3. Mai": up to two digits and a stop is an ordinal; a year or a sum is not.
            form.len() > 2 || !form.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => !glued,
    }
}
