//! The words of time in a stretch of tokens, looked up once and asked many times.

use super::words::{Word, Words};
use pledgebook_text::{Text, Token, TokenKind};
use smallvec::SmallVec;

/// What may stand at each token of a window of one sentence. Reused from window to window, so that none allocates.
#[derive(Debug, Default)]
pub struct Lattice {
    first: usize,
    offsets: Vec<u32>,
    entries: Vec<(Word, u8)>,
}

impl Lattice {
    /// Looks up the tokens `first..end`; phrases may not go past `end`.
    pub fn fill(&mut self, text: &Text<'_>, words: &Words, first: usize, end: usize) {
        self.first = first;
        self.offsets.clear();
        self.entries.clear();
        let tokens = &text.tokens()[..end];
        for at in first..end {
            self.offsets.push(self.entries.len() as u32);
            words.all.each_at(text.vocabulary(), tokens, at, |found| {
                self.entries.extend(found.values.iter().map(|word| (*word, found.len as u8)));
            });
        }
        self.offsets.push(self.entries.len() as u32);
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
    /// One past the last token that may be read.
    pub end: usize,
    /// One past the last token of the sentence.
    pub sentence_end: usize,
}

impl<'w> Window<'w> {
    pub fn token(&self, at: usize) -> Option<&'w Token> {
        if at < self.end { self.text.tokens().get(at) } else { None }
    }

    pub fn form(&self, at: usize) -> &'w str {
        if at < self.end { self.text.form(at) } else { "" }
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
    pub fn readings(&self, at: usize) -> SmallVec<[(Word, usize); 4]> {
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

    /// Whether the sentence holds little more than the tokens `start..end`: a heading, a table cell, a note.
    pub fn alone(&self, start: usize, end: usize) -> bool {
        let words = |from: usize, to: usize| {
            self.text.tokens()[from..to].iter().filter(|token| !matches!(token.kind, TokenKind::Mark)).count()
        };
        words(self.start, start) + words(end.min(self.sentence_end), self.sentence_end) <= 1
    }
}
