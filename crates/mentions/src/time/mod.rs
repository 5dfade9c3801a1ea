//! Days, periods and durations.
//!
//! `words` holds what each word may mean and `lattice` looks a stretch of tokens up once; `numbers`, `lengths`, `dates`,
//! `numeric`, `relative` and `points` read its parts, `whole` puts mentions together, `resolve` finds the day, `calendar` does
//! the arithmetic. No file here knows a word of any language.

mod calendar;
mod dates;
mod explain;
mod lattice;
mod lengths;
mod numbers;
mod numeric;
mod points;
mod relative;
mod resolve;
mod whole;
mod words;

pub use explain::explain;

use crate::{Mention, Time, Value, When};
use jiff::civil::Date;
use lattice::{Lattice, Window};
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Habits, TableSet, Text, Token, TokenKind, Vocabulary};
use whole::Whole;
use words::{Word, Words, mask};

/// Compiled data of this module.
#[derive(Debug)]
pub struct Tables {
    words: Words,
}

impl Tables {
    pub fn compile(data: &Data, code: &str, habits: &Habits, vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        Ok(Self { words: Words::compile(data, code, habits, vocabulary)? })
    }
}

/// Appends the times of a text, told from the day `anchor` where they need one.
///
/// Returns the tokens of times that cannot be told without an anchor ("March 30"), where there is none.
pub fn read(
    text: &Text<'_>,
    tables: &Tables,
    anchor: Option<Date>,
    mentions: &mut Vec<Mention>,
) -> Vec<std::ops::Range<usize>> {
    let (mut lattice, mut untold) = (Lattice::new(), Vec::new());
    for sentence in text.sentences() {
        let untold = anchor.is_none().then_some(&mut untold);
        read_sentence(text, &tables.words, anchor, sentence.tokens.clone(), &mut lattice, mentions, untold);
    }
    untold
}

/// A day that stands in for an anchor, to see whether there is a time at all.
const ANY_DAY: Date = Date::constant(2000, 1, 1);

fn read_sentence(
    text: &Text<'_>,
    words: &Words,
    anchor: Option<Date>,
    sentence: std::ops::Range<usize>,
    lattice: &mut Lattice,
    mentions: &mut Vec<Mention>,
    mut untold: Option<&mut Vec<std::ops::Range<usize>>>,
) {
    let tokens = &text.tokens()[..sentence.end];
    let mut free = sentence.start;
    let mut core = sentence.start;
    // Most tokens are passed by at the price of a comparison.
    let may_be_core = words.cores.openers().with(TableSet::NUMBERS);
    while let Some(next) = tokens[core..].iter().position(|token| token.opens.meets(may_be_core)) {
        core += next;
        if !is_core(text, words, core, sentence.end) {
            core += 1;
            continue;
        }
        let first = lattice.fill(text, words, free, core, sentence.end);
        let window = Window { free, text, words, lattice, start: sentence.start, sentence_end: sentence.end };
        if !window.may_hold_time(first) {
            core += 1;
            continue;
        }
        if let Some(past) = (first..=core).find_map(|start| {
            if lattice.mask(start) & mask::NOT_THIS == 0 {
                None
            } else {
                window.eat(start, Word::NotThis).filter(|end| *end > core)
            }
        }) {
            core = past;
            continue;
        }
        let found = (first..=core).find_map(|start| {
            let ((whole, rule), end) = window.whole(start, anchor)?;
            (end > core).then_some((start, whole, rule, end))
        });
        match found {
            Some((start, whole, rule, end)) if !inside_word(text, start, end) => {
                mentions.push(Mention {
                    tokens: start..end,
                    bytes: text.bytes(start..end),
                    value: Value::Time(time(whole, anchor)),
                    rule,
                });
                free = end;
                core = end;
            }
            found => {
                if let Some(untold) = untold.as_deref_mut().filter(|_| found.is_none()) {
                    let told = |start| Some((start, window.whole(start, Some(ANY_DAY))?.1));
                    let span = (first..=core).filter_map(told).find(|(_, end)| *end > core);
                    untold.extend(span.map(|(start, end)| start..end));
                }
                core += 1;
            }
        }
        debug_assert!(tokens.len() >= core);
    }
}

/// Whether a time may hold on to this token: a word that no time goes without, or digits that may be a year or a date.
fn is_core(text: &Text<'_>, words: &Words, at: usize, end: usize) -> bool {
    let token = &text.tokens()[at];
    match token.kind {
        TokenKind::Word => words.cores.longest_in(text, at, end).is_some(),
        TokenKind::Number => {
            let form = text.form(at).as_bytes();
            let next = text.tokens().get(at + 1).filter(|_| at + 1 < end);
            let first = |next: &Token| text.source().as_bytes()[next.start as usize];
            let dotted = || numeric::may_be_date(form);
            match form.len() {
                4 => matches!(form[0], b'1' | b'2') && form.iter().all(u8::is_ascii_digit) || dotted(),
                8 => form.iter().all(u8::is_ascii_digit) || dotted(),
                // A day, or a decade: only before a mark or at the end.
                1 | 2 => {
                    let round = form.ends_with(b"0");
                    matches!(next.map(first), None | Some(b'/' | b'-' | b'.' | b',' | b';' | b')'))
                        || round && next.is_none_or(|next| next.kind == TokenKind::Mark)
                        || round && follows_decade(text, words, at)
                }
                3..=10 => dotted(),
                _ => false,
            }
        }
        _ => false,
    }
}

/// Whether a word that opens decades stands before a token, with a mark between at most.
fn follows_decade(text: &Text<'_>, words: &Words, at: usize) -> bool {
    (at.saturating_sub(DECADE_TOKENS_MAX + 1)..at).any(|start| {
        let mut found = false;
        words.decades.each_at(text.vocabulary(), text.tokens(), start, |before| {
            found |= (at - 1..=at).contains(&(start + before.len));
        });
        found
    })
}

/// Whether a mention begins or ends in the middle of something written as one: "A-2025", "2025-X7", "+33-2025".
fn inside_word(text: &Text<'_>, start: usize, end: usize) -> bool {
    let tokens = text.tokens();
    let joins = |at: usize| matches!(text.form(at), "-" | "_" | "/" | "@" | "#" | "+" | "$" | "€" | "£");
    let before = start > 0 && tokens[start].shape.glued() && {
        let previous = &tokens[start - 1];
        match previous.kind {
            TokenKind::Word => tokens[start].kind == TokenKind::Number,
            TokenKind::Number => tokens[start].kind == TokenKind::Number,
            _ => joins(start - 1) && tokens[start - 1].shape.glued() && tokens[start].kind == TokenKind::Number,
        }
    };
    let after = tokens.get(end).is_some_and(|next| {
        next.shape.glued()
            && tokens[end - 1].kind == TokenKind::Number
            && match next.kind {
                TokenKind::Word | TokenKind::Symbol => !next.shape.line_start() && !text.form(end).starts_with('\''),
                TokenKind::Mark => {
                    joins(end)
                        && tokens
                            .get(end + 1)
                            .is_some_and(|after| after.shape.glued() && after.kind == TokenKind::Number)
                }
                _ => false,
            }
    });
    before || after
}

fn time(whole: Whole, anchor: Option<Date>) -> Time {
    let (when, told) = match whole {
        Whole::Told(told) => (told.at(), Some(told)),
        Whole::From(told) => (When::Span { from: Some(told.period.from), to: None }, Some(told)),
        Whole::To(told) => (When::Span { from: None, to: Some(told.period.to) }, Some(told)),
        Whole::Length(length) => return Time { when: When::Unplaced, length: Some(length), named: None, anchor: None },
    };
    Time {
        when,
        length: told.and_then(|told| told.length),
        named: told.and_then(|told| told.named),
        anchor: anchor.filter(|_| told.is_some_and(|told| told.relative)),
    }
}

/// How many tokens the words before the number of a decade can have.
const DECADE_TOKENS_MAX: usize = 4;

/// How many blocks at the head of a document may tell its day, how many tokens a line of them may have beside the date, and
/// how many may stand before the date of a dateline.
const HEAD_BLOCKS: usize = 8;
const BYLINE_TOKENS: usize = 16;
const DATELINE_TOKENS: usize = 6;

/// The day of publication as the head of a document tells it: a line of its own ("Chas Pravdy - 14 septembre 2025 04:28",
/// "Published 3 March 2025") or a dateline ("Nantes, le 3 mars 2026, …"). Only whole dates count.
pub fn published_day(text: &Text<'_>, tables: &Tables) -> Option<Date> {
    let mut lattice = Lattice::new();
    let mut found = Vec::new();
    let sentences = text.sentences();
    for (index, sentence) in sentences.iter().enumerate().take_while(|(_, sentence)| sentence.block < HEAD_BLOCKS) {
        let opens_block = index == 0 || sentences[index - 1].block != sentence.block;
        let closes_block = sentences.get(index + 1).is_none_or(|next| next.block != sentence.block);
        if !opens_block {
            continue;
        }
        found.clear();
        read_sentence(text, &tables.words, None, sentence.tokens.clone(), &mut lattice, &mut found, None);
        for mention in &found {
            let Value::Time(Time { when: When::At(day), .. }) = mention.value else { continue };
            let dateline = mention.tokens.start - sentence.tokens.start < DATELINE_TOKENS;
            let byline = closes_block && sentence.tokens.len() - mention.tokens.len() <= BYLINE_TOKENS;
            if day.day.is_some() && (dateline || byline) {
                return day.first();
            }
        }
    }
    None
}
