//! The words of time in a stretch of tokens, looked up once and asked many times.

use super::{
    resolve::Point,
    words::{Word, Words, mask},
};
use pledgebook_text::{Text, Token, TokenKind};
use smallvec::SmallVec;
use std::cell::RefCell;

/// How many tokens before a month, day or unit may belong to its mention.
const REACH_BACK: usize = 9;
/// And how many after.
const REACH_ON: usize = 24;

/// What was read and the position after it.
pub type Parsed<T> = Option<(T, usize)>;

/// What may stand at each token of a window of one sentence. Reused from window to window, so that none allocates.
#[derive(Debug, Default)]
pub struct Lattice {
    first: usize,
    offsets: Vec<u32>,
    entries: Vec<(Word, u8)>,
    masks: Vec<u32>,
    /// Whether a word or dash stands in the window that may join the ends of a range.
    joined: bool,
    /// The points read so far, by where they start.
    points: RefCell<Vec<Option<Parsed<Point>>>>,
}

impl Lattice {
    /// Looks up the tokens around `core` that may belong to its mention: back to `free`, on to the sentence's `end`, as far as
    /// words of time, digits and marks stand side by side. Gives the first of them.
    pub fn fill(&mut self, text: &Text<'_>, words: &Words, free: usize, core: usize, end: usize) -> usize {
        self.first = free.max(core.saturating_sub(REACH_BACK));
        self.offsets.clear();
        self.entries.clear();
        self.masks.clear();
        self.joined = false;
        let end = end.min(core + REACH_ON);
        let tokens = &text.tokens()[..end];
        let mut first = self.first;
        // One past the last token that a phrase so far covers.
        let mut covered = self.first;
        let mut at = self.first;
        while at < end {
            let before = self.entries.len();
            self.offsets.push(before as u32);
            words.all.each_at(text.vocabulary(), tokens, at, |found| {
                covered = covered.max(at + found.len);
                self.entries.extend(found.values.iter().map(|word| (*word, found.len as u8)));
            });
            let mask = match tokens[at].kind {
                TokenKind::Number => mask::DIGITS,
                TokenKind::Mark | TokenKind::Symbol if is_range_mark(text.form(at)) => mask::JOINER,
                _ => 0,
            };
            let mask = self.entries[before..].iter().fold(mask, |mask, (word, _)| mask | word.mask());
            self.joined |= mask & (mask::JOINER | mask::BETWEEN) != 0;
            self.masks.push(mask);
            let linked = covered > at || tokens[at].kind != TokenKind::Word;
            at += 1;
            if !linked && at <= core {
                first = at;
            } else if !linked {
                break;
            }
        }
        self.offsets.push(self.entries.len() as u32);
        let points = self.points.get_mut();
        points.clear();
        points.resize(self.offsets.len(), None);
        first
    }

    /// The point that starts at `token`, read once.
    pub fn point(&self, token: usize, read: impl FnOnce() -> Parsed<Point>) -> Parsed<Point> {
        let index = token.checked_sub(self.first).filter(|index| *index + 1 < self.offsets.len())?;
        if let Some(known) = self.points.borrow()[index] {
            return known;
        }
        let point = read();
        self.points.borrow_mut()[index] = Some(point);
        point
    }

    /// What the words at `token` may be.
    pub fn mask(&self, token: usize) -> u32 {
        token.checked_sub(self.first).and_then(|index| self.masks.get(index)).copied().unwrap_or(0)
    }

    /// Whether a range may stand in the window.
    pub fn may_hold_range(&self) -> bool {
        self.joined
    }

    fn at(&self, token: usize) -> &[(Word, u8)] {
        let Some(index) = token.checked_sub(self.first) else { return &[] };
        match (self.offsets.get(index), self.offsets.get(index + 1)) {
            (Some(from), Some(to)) => &self.entries[*from as usize..*to as usize],
            _ => &[],
        }
    }
}

/// One window of a sentence, with the questions that the grammar asks of its tokens. Positions are token indexes; every
/// answer that consumes something gives the position after it.
pub struct Window<'w> {
    pub text: &'w Text<'w>,
    pub words: &'w Words,
    pub lattice: &'w Lattice,
    /// One past the mention before, or the sentence's first token.
    pub free: usize,
    /// First token of the sentence.
    pub start: usize,
    /// One past the last token of the sentence.
    pub sentence_end: usize,
}

impl<'w> Window<'w> {
    pub fn token(&self, at: usize) -> Option<&'w Token> {
        if at < self.sentence_end { self.text.tokens().get(at) } else { None }
    }

    pub fn form(&self, at: usize) -> &'w str {
        if at < self.sentence_end { self.text.form(at) } else { "" }
    }

    /// What the words at `at`, or after an article or preposition there, may be.
    pub fn opening(&self, at: usize) -> u32 {
        let mask = self.lattice.mask(at);
        let behind = |mask: u32, word: Word, bit: u32, at: usize| {
            if mask & bit == 0 { None } else { self.eat(at, word) }
        };
        let the = behind(mask, Word::The, mask::THE, at).map_or(0, |end| self.lattice.mask(end));
        let within = behind(mask, Word::In, mask::IN, at).map_or(0, |end| {
            let inner = self.lattice.mask(end);
            inner | behind(inner, Word::The, mask::THE, end).map_or(0, |end| self.lattice.mask(end))
        });
        mask | the | within
    }

    /// The longest word at `at` that `want` takes.
    pub fn take<T>(&self, at: usize, mut want: impl FnMut(Word) -> Option<T>) -> Option<(T, usize)> {
        let mut best: Option<(T, usize)> = None;
        for (word, len) in self.lattice.at(at) {
            let end = at + *len as usize;
            if best.as_ref().is_none_or(|(_, longest)| end > *longest)
                && let Some(value) = want(*word)
            {
                best = Some((value, end));
            }
        }
        best
    }

    /// Every reading of the words at `at`, for where the longest need not be the right one.
    pub fn readings(&self, at: usize) -> SmallVec<[(Word, usize); 8]> {
        self.lattice.at(at).iter().map(|(word, len)| (*word, at + *len as usize)).collect()
    }

    pub fn eat(&self, at: usize, word: Word) -> Option<usize> {
        self.take(at, |found| (found == word).then_some(())).map(|(_, end)| end)
    }

    /// Past `word`, where it stands there.
    pub fn skip(&self, at: usize, word: Word) -> usize {
        self.eat(at, word).unwrap_or(at)
    }

    /// Past a mark, where it stands there.
    pub fn mark(&self, at: usize, marks: &str) -> Option<usize> {
        let token = self.token(at)?;
        let form = self.form(at);
        (matches!(token.kind, TokenKind::Mark | TokenKind::Symbol) && form.chars().count() == 1 && marks.contains(form))
            .then_some(at + 1)
    }

    pub fn glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.shape.glued())
    }

    /// Past the stop of an abbreviation or ordinal.
    pub fn stop(&self, at: usize) -> usize {
        if self.glued(at) && self.form(at) == "." { at + 1 } else { at }
    }

    /// A token of one to `digits` digits and nothing else.
    pub fn digits(&self, at: usize, digits: usize) -> Option<u32> {
        let form = self.form(at);
        (self.token(at)?.kind == TokenKind::Number
            && form.len() <= digits
            && form.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| form.parse().ok())?
    }

    /// Whether nothing that counts follows: the end of the sentence or a mark that closes something.
    pub fn closes(&self, at: usize) -> bool {
        at >= self.sentence_end
            || self.text.tokens()[at].kind == TokenKind::Mark
                && matches!(self.text.form(at), "." | "," | ";" | ":" | ")" | "!" | "?" | "…" | "»" | "”" | "\"")
                && (at + 1 >= self.sentence_end
                    || !self.text.tokens()[at + 1].shape.glued()
                    || self.text.form(at) != ",")
    }

    /// Whether the sentence holds at most one word beside the tokens `start..end`: a heading, a table cell, a note.
    pub fn alone(&self, start: usize, end: usize) -> bool {
        self.beside(start, end).nth(1).is_none()
    }

    /// Whether the sentence holds no word beside the tokens `start..end`.
    pub fn quite_alone(&self, start: usize, end: usize) -> bool {
        self.beside(start, end).next().is_none()
    }

    fn beside(&self, start: usize, end: usize) -> impl Iterator<Item = &'w Token> {
        let tokens = self.text.tokens();
        let before = tokens[self.start..start].iter();
        let after = tokens[end.min(self.sentence_end)..self.sentence_end].iter();
        before.chain(after).filter(|token| token.kind != TokenKind::Mark)
    }
}

/// Whether a mark may stand between the ends of a range.
fn is_range_mark(form: &str) -> bool {
    matches!(form, "-" | "–" | "—" | "−" | "~" | "‑" | "/")
}
