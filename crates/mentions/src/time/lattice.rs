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
/// How many tokens rules look at before the first that belongs to a mention.
const LOOK_BACK: usize = 2;

/// What was read and the position after it.
pub type Parsed<T> = Option<(T, usize)>;

/// What is asked of a token again and again.
#[derive(Debug, Clone, Copy)]
struct Cell {
    /// The sets of its words.
    mask: u64,
    /// Its words, as places of `entries`.
    from: u32,
    to: u32,
    /// Its value where it is digits and nothing else; [`NO_DIGITS`] elsewhere.
    digits: u32,
    /// How many bytes it has, of which more than a few are as good as many.
    width: u8,
    glued: bool,
    /// The mark or symbol that it is; [`NO_SIGN`] where it is none.
    sign: char,
}

const NO_DIGITS: u32 = u32::MAX;
const NO_SIGN: char = '\0';

impl Cell {
    /// What the writing of a token tells.
    fn of(token: &Token, form: &str) -> Self {
        let number =
            token.kind == TokenKind::Number && form.len() < 10 && form.bytes().all(|byte| byte.is_ascii_digit());
        let value = |form: &str| form.bytes().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'));
        let one = |form: &str| form.chars().next().filter(|c| c.len_utf8() == form.len());
        Self {
            mask: if token.kind == TokenKind::Number { mask::DIGITS } else { 0 },
            from: 0,
            to: 0,
            digits: if number { value(form) } else { NO_DIGITS },
            width: form.len().min(255) as u8,
            glued: token.shape.glued(),
            sign: match token.kind {
                TokenKind::Mark | TokenKind::Symbol => one(form).unwrap_or(NO_SIGN),
                _ => NO_SIGN,
            },
        }
    }
}

/// What may stand at each token of a window of one sentence. Reused from window to window, so that none allocates.
#[derive(Debug)]
pub struct Lattice {
    first: usize,
    cells: Vec<Cell>,
    entries: Vec<(Word, u8)>,
    /// The sets of all its words.
    all: u64,
    /// Whether a point, a word or mark that joins two, and another point stand in it one after the other.
    range: bool,
    /// The points read so far, by where they start.
    points: RefCell<Vec<Option<Parsed<Point>>>>,
}

impl Lattice {
    /// An empty one, with room for any window.
    pub fn new() -> Self {
        const WINDOW: usize = REACH_BACK + LOOK_BACK + REACH_ON;
        Self {
            first: 0,
            cells: Vec::with_capacity(WINDOW),
            entries: Vec::with_capacity(WINDOW),
            all: 0,
            range: false,
            points: RefCell::new(Vec::with_capacity(WINDOW)),
        }
    }

    /// Looks up the tokens around `core` that may belong to its mention: back to `free`, on to the sentence's `end`, as far as
    /// words of time, digits and marks stand side by side. Gives the first of them.
    pub fn fill(&mut self, text: &Text<'_>, words: &Words, free: usize, core: usize, end: usize) -> usize {
        let back = free.max(core.saturating_sub(REACH_BACK));
        let linked = |token: &Token| token.kind != TokenKind::Word || words.all.may_hold(token);
        let before = text.tokens()[back..core].iter().rev().take_while(|token| linked(token)).count();
        self.first = back.max((core - before).saturating_sub(LOOK_BACK));
        self.cells.clear();
        self.entries.clear();
        self.all = 0;
        let end = end.min(core + REACH_ON);
        let tokens = &text.tokens()[..end];
        let mut first = self.first;
        // One past the last token that a phrase so far covers.
        let mut covered = self.first;
        let mut at = self.first;
        while at < end {
            let from = self.entries.len();
            words.all.each_at(text.vocabulary(), tokens, at, |found| {
                covered = covered.max(at + found.len);
                self.entries.extend(found.values.iter().map(|word| (*word, found.len as u8)));
            });
            let mut cell = Cell::of(&tokens[at], text.form(at));
            (cell.from, cell.to) = (from as u32, self.entries.len() as u32);
            if is_range_mark(cell.sign) {
                cell.mask |= mask::JOINER;
            }
            cell.mask = self.entries[from..].iter().fold(cell.mask, |mask, (word, _)| mask | word.mask());
            self.all |= cell.mask;
            self.cells.push(cell);
            let linked = covered > at || tokens[at].kind != TokenKind::Word;
            at += 1;
            if !linked && at <= core {
                first = at;
            } else if !linked {
                break;
            }
        }
        self.range = self.all & (mask::JOINER | mask::BETWEEN) != 0 && self.joins();
        let points = self.points.get_mut();
        points.clear();
        points.resize_with(self.cells.len(), || None);
        first
    }

    /// The point that starts at `token`, read once.
    pub fn point(&self, token: usize, read: impl FnOnce() -> Parsed<Point>) -> Parsed<Point> {
        let index = token.checked_sub(self.first).filter(|index| *index < self.cells.len())?;
        if let Some(known) = self.points.borrow()[index] {
            return known;
        }
        let point = read();
        self.points.borrow_mut()[index] = Some(point);
        point
    }

    #[inline]
    fn cell(&self, token: usize) -> Option<&Cell> {
        self.cells.get(token.wrapping_sub(self.first))
    }

    /// What the words at `token` may be.
    #[inline]
    pub fn mask(&self, token: usize) -> u64 {
        self.cell(token).map_or(0, |cell| cell.mask)
    }

    /// Whether a range may stand in the window.
    pub fn may_hold_range(&self) -> bool {
        self.range
    }

    fn joins(&self) -> bool {
        let joiner = mask::JOINER | if self.all & mask::BETWEEN == 0 { 0 } else { mask::AND };
        let mut cells = self.cells.iter();
        let mut next = |set: u64| cells.any(|cell| cell.mask & set != 0);
        next(mask::POINT) && next(joiner) && next(mask::POINT)
    }

    /// Whether the window holds a word of a set.
    #[inline]
    pub fn holds(&self, set: u64) -> bool {
        self.all & set != 0
    }

    /// Whether the window holds more than words that are no time by themselves.
    fn may_hold_time(&self) -> bool {
        self.all & if self.all & mask::SEASON == 0 { mask::BESIDE_UNIT } else { mask::BESIDE_SEASON } != 0
    }

    fn at(&self, token: usize) -> &[(Word, u8)] {
        self.cell(token).map_or(&[], |cell| &self.entries[cell.from as usize..cell.to as usize])
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

    /// Whether there may be a time in the window; `first` is its first token. A heading of one word may be one.
    pub fn may_hold_time(&self, first: usize) -> bool {
        self.lattice.may_hold_time() || self.alone(first, self.lattice.first + self.lattice.cells.len())
    }

    /// What the words at `at`, or after an article or preposition there, may be.
    pub fn opening(&self, at: usize) -> u64 {
        let mask = self.lattice.mask(at);
        let behind = |mask: u64, word: Word, bit: u64, at: usize| {
            if mask & bit == 0 { None } else { self.eat(at, word) }
        };
        let the = behind(mask, Word::The, mask::THE, at).map_or(0, |end| self.lattice.mask(end));
        let within = behind(mask, Word::In, mask::IN, at).map_or(0, |end| {
            let inner = self.lattice.mask(end);
            inner | behind(inner, Word::The, mask::THE, end).map_or(0, |end| self.lattice.mask(end))
        });
        mask | the | within
    }

    /// The longest word at `at` that `want` takes; `among` holds the sets of all that it takes.
    #[inline]
    pub fn take<T>(&self, at: usize, among: u64, want: impl FnMut(Word) -> Option<T>) -> Option<(T, usize)> {
        if self.lattice.mask(at) & among == 0 { None } else { self.longest(at, want) }
    }

    fn longest<T>(&self, at: usize, mut want: impl FnMut(Word) -> Option<T>) -> Option<(T, usize)> {
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

    #[inline]
    pub fn eat(&self, at: usize, word: Word) -> Option<usize> {
        self.take(at, word.mask(), |found| (found == word).then_some(())).map(|(_, end)| end)
    }

    /// Past `word`, where it stands there.
    pub fn skip(&self, at: usize, word: Word) -> usize {
        self.eat(at, word).unwrap_or(at)
    }

    /// What the writing of the token at `at` tells.
    #[inline]
    fn written(&self, at: usize) -> Option<Cell> {
        match self.lattice.cell(at) {
            Some(cell) => Some(*cell),
            None => self.token(at).map(|token| Cell::of(token, self.text.form(at))),
        }
    }

    /// The mark or symbol at `at`, where it is one character.
    #[inline]
    pub fn sign(&self, at: usize) -> char {
        self.written(at).map_or(NO_SIGN, |cell| cell.sign)
    }

    /// Past a mark, where it stands there.
    #[inline]
    pub fn mark(&self, at: usize, marks: &str) -> Option<usize> {
        let sign = self.sign(at);
        (sign != NO_SIGN && marks.contains(sign)).then_some(at + 1)
    }

    #[inline]
    pub fn glued(&self, at: usize) -> bool {
        self.written(at).is_some_and(|cell| cell.glued)
    }

    /// Past the stop of an abbreviation or ordinal.
    pub fn stop(&self, at: usize) -> usize {
        if self.sign(at) == '.' && self.glued(at) { at + 1 } else { at }
    }

    /// A token of one to `digits` digits and nothing else; a caller asks for nine at most.
    #[inline]
    pub fn digits(&self, at: usize, digits: u8) -> Option<u32> {
        let cell = self.written(at)?;
        (cell.digits != NO_DIGITS && cell.width <= digits).then_some(cell.digits)
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
fn is_range_mark(sign: char) -> bool {
    matches!(sign, '-' | '–' | '—' | '−' | '~' | '‑' | '/')
}
