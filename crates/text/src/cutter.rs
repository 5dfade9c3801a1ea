//! Where words, numbers and marks begin and end. The build script cuts the phrases of data files with the same code.

use crate::{
    Habits,
    fold::{is_apostrophe, is_hyphen},
};
use std::borrow::Cow;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes that belong to them; initials with their stops ("U.S.").
    Word,
    /// Digits with inner separators: "1.234,56", "14", "½".
    Number,
    /// A mark of punctuation, one character (a row of stops is one token).
    Mark,
    /// A currency sign or any other symbol, one character.
    Symbol,
    /// An address of the web or of mail, whole.
    Address,
}

/// How a token is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shape(pub(crate) u8);

impl Shape {
    pub(crate) const CAPITAL: u8 = 1;
    const ALL_CAPITALS: u8 = 2;
    pub(crate) const INNER_CAPITAL: u8 = 4;
    const GLUED: u8 = 8;
    const LINE_START: u8 = 16;
    const INITIALS: u8 = 32;

    /// First letter is a capital.
    #[inline]
    pub fn capital(self) -> bool {
        self.0 & Self::CAPITAL != 0
    }
    /// Two or more letters, all capitals.
    #[inline]
    pub fn all_capitals(self) -> bool {
        self.0 & Self::ALL_CAPITALS != 0
    }
    /// A capital after a small letter: "OpenAI", "eBay".
    #[inline]
    pub fn inner_capital(self) -> bool {
        self.0 & Self::INNER_CAPITAL != 0
    }
    /// No white space stands before it.
    #[inline]
    pub fn glued(self) -> bool {
        self.0 & Self::GLUED != 0
    }
    /// A line break stands before it.
    #[inline]
    pub fn line_start(self) -> bool {
        self.0 & Self::LINE_START != 0
    }
    /// Letters with a stop each: "U.S."
    #[inline]
    pub fn initials(self) -> bool {
        self.0 & Self::INITIALS != 0
    }
}

/// The forms of a phrase of a data file, cut as texts are; `*` stays with the word it opens.
pub(crate) fn each_phrase_form(phrase: &str, habits: &Habits, mut each: impl FnMut(&str)) {
    // Most phrases of the long lists are one name.
    if !phrase.is_empty() && phrase.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return each(phrase);
    }
    let mut last: Option<Cow<'_, str>> = None;
    let mut cutter = Cutter::new(phrase, 0, habits);
    let mut star_before = false;
    while let Some(piece) = cutter.next() {
        let form = &phrase[piece.start..piece.end];
        let glued = piece.shape.glued() && piece.start > 0;
        if form == "*" {
            match &mut last {
                Some(last) if glued && !star_before => last.to_mut().push('*'),
                _ => star_before = true,
            }
            continue;
        }
        // A phrase may end with an elision ("d'") or begin with an enclitic ("'s"), which texts never show alone.
        if let Some(last) = last.as_mut().filter(|_| glued) {
            let elided =
                form.chars().all(is_apostrophe) && habits.elisions.iter().any(|elision| same_folded(elision, last));
            let enclitic = last.chars().all(is_apostrophe) && habits.enclitics.iter().any(|enclitic| enclitic == form);
            if elided || enclitic {
                last.to_mut().push_str(form);
                continue;
            }
        }
        let form = if std::mem::take(&mut star_before) { format!("*{form}").into() } else { form.into() };
        if let Some(done) = last.replace(form) {
            each(&done);
        }
    }
    if let Some(done) = last {
        each(&done);
    }
}

struct Piece {
    start: usize,
    end: usize,
    shape: Shape,
}

/// What a byte may be, as bits.
const SMALL: u8 = 1;
const CAPITAL: u8 = 2;
/// Ends a word that it follows.
const ENDS: u8 = 4;
/// Begins a token.
const GRAPHIC: u8 = 8;
/// May begin an address of the web.
const WEB: u8 = 16;

/// What each byte may be; those of wider characters are nothing here.
const BYTES: [u8; 256] = {
    let mut bytes = [0; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        let letter = byte.is_ascii_alphabetic();
        bytes[at] = if byte.is_ascii_lowercase() { SMALL } else { 0 }
            | if byte.is_ascii_uppercase() { CAPITAL } else { 0 }
            // An apostrophe may stand inside a word, and a stop inside initials.
            | if letter || matches!(byte, b'\'' | b'`' | b'.') { 0 } else { ENDS }
            | if byte.is_ascii_graphic() { GRAPHIC } else { 0 }
            | if matches!(byte, b'h' | b'H' | b'w' | b'W') { WEB } else { 0 };
        at += 1;
    }
    bytes
};

/// Cuts a text from one token to the next.
pub(crate) struct Cutter<'s> {
    source: &'s str,
    /// Where cutting began: the first token of a block stands at a line's start, wherever the block lies.
    from: usize,
    /// Where the next token is looked for.
    pub at: usize,
    habits: &'s Habits,
    /// Whether there may be an address of mail in what is cut.
    has_mail: bool,
}

impl<'s> Cutter<'s> {
    pub fn new(source: &'s str, from: usize, habits: &'s Habits) -> Self {
        Self { source, from, at: from, habits, has_mail: source.as_bytes()[from..].contains(&b'@') }
    }

    #[inline]
    fn peek(&self) -> Option<char> {
        let rest = self.source.as_bytes().get(self.at)?;
        if rest.is_ascii() { Some(*rest as char) } else { self.source[self.at..].chars().next() }
    }

    fn next(&mut self) -> Option<Piece> {
        let blank = self.blank()?;
        let start = self.at;
        let shape = match self.plain_word() {
            Some((end, capital)) => {
                self.at = end;
                blank | if capital { Shape::CAPITAL } else { 0 }
            }
            None => self.other(blank)?.1,
        };
        Some(Piece { start, end: self.at, shape: Shape(shape) })
    }

    /// Moves past white space to the next token, and says what of its shape that tells.
    #[inline(always)]
    pub fn blank(&mut self) -> Option<u8> {
        let bytes = self.source.as_bytes();
        let glued = if self.at == self.from { Shape::LINE_START } else { Shape::GLUED };
        let first = *bytes.get(self.at)?;
        if BYTES[usize::from(first)] & GRAPHIC != 0 {
            return Some(glued);
        }
        if first == b' '
            && glued == Shape::GLUED
            && let Some(next) = bytes.get(self.at + 1)
            && BYTES[usize::from(*next)] & GRAPHIC != 0
        {
            self.at += 1;
            return Some(0);
        }
        self.wide_blank(glued)
    }

    /// The same for any white space.
    #[inline(never)]
    fn wide_blank(&mut self, mut shape: u8) -> Option<u8> {
        loop {
            let c = self.peek()?;
            if c == '\n' || c == '\r' {
                shape = Shape::LINE_START;
            } else if !is_blank(c) {
                return Some(shape);
            } else if shape == Shape::GLUED {
                shape = 0;
            }
            self.at += c.len_utf8();
        }
    }

    /// The end of a word that is nothing but small letters, the first of which may be a capital, and whether it is; for most
    /// words this is all there is to them.
    #[inline(always)]
    pub fn plain_word(&self) -> Option<(usize, bool)> {
        let bytes = self.source.as_bytes();
        let first = BYTES[usize::from(*bytes.get(self.at)?)];
        let capital = if first & CAPITAL != 0 { 1 } else { wide_capital(bytes, self.at) };
        let end = small_letters(bytes, self.at + capital);
        let ends = match bytes.get(end) {
            None => true,
            Some(byte) => BYTES[usize::from(*byte)] & ENDS != 0 || self.ends_word(end),
        };
        let plain = end > self.at && ends && !self.has_mail && (first & WEB == 0 || !self.may_be_web());
        plain.then_some((end, capital > 0))
    }

    /// Whether the stop or the wide character at `at` ends the word before it for sure.
    #[inline(never)]
    fn ends_word(&self, at: usize) -> bool {
        let bytes = self.source.as_bytes();
        let next = |by: usize| bytes.get(at + by).copied().unwrap_or(0);
        match bytes[at] {
            // Initials have stops.
            b'.' => at - self.at > 2,
            // Spaces, quotation marks, dashes and signs of money.
            0xc2 => matches!(next(1), 0xa0 | 0xab | 0xbb),
            0xe2 => matches!((next(1), next(2)), (0x80, 0x93 | 0x94 | 0x9c | 0x9d | 0xa6 | 0xaf) | (0x82, 0xac)),
            _ => false,
        }
    }

    /// Whether what begins here goes on as an address of the web does.
    fn may_be_web(&self) -> bool {
        let next = self.source.as_bytes().get(self.at + 1).map_or(0, u8::to_ascii_lowercase);
        matches!(next, b't' | b'w')
    }

    /// The token that stands here, where it is no plain word.
    #[inline(never)]
    pub fn other(&mut self, mut shape: u8) -> Option<(TokenKind, u8)> {
        let first = self.peek()?;
        let start = self.at;
        let kind = if is_letter(first) {
            let address = if first.is_ascii() { self.address() } else { None };
            if let Some(end) = address {
                self.at = end;
                TokenKind::Address
            } else {
                shape |= self.word();
                TokenKind::Word
            }
        } else if is_apostrophe(first) && shape & Shape::GLUED != 0 && self.is_enclitic(start + first.len_utf8()) {
            self.at += first.len_utf8();
            shape |= self.word() & Shape::INITIALS;
            TokenKind::Word
        } else if first.is_ascii_digit() {
            self.number();
            TokenKind::Number
        } else if first.is_ascii() {
            self.at += 1;
            while first == '.' && self.peek() == Some('.') {
                self.at += 1;
            }
            if is_mark(first) { TokenKind::Mark } else { TokenKind::Symbol }
        } else {
            self.at += first.len_utf8();
            match first {
                _ if first.is_numeric() => TokenKind::Number,
                _ if is_mark(first) => TokenKind::Mark,
                _ => TokenKind::Symbol,
            }
        };
        Some((kind, shape))
    }

    /// Moves past a word and returns how it is written.
    fn word(&mut self) -> u8 {
        let start = self.at;
        let (mut letters, mut capitals, mut inner, mut last_small) = (0usize, 0usize, false, false);
        let mut first_capital = false;
        let mut shape = 0;
        let bytes = self.source.as_bytes();
        loop {
            while let Some(width) = small_letter(bytes, self.at) {
                letters += 1;
                last_small = true;
                self.at += width;
            }
            let Some(c) = self.peek() else { break };
            if is_letter(c) {
                let capital = is_capital(c);
                if letters == 0 {
                    first_capital = capital;
                }
                inner |= capital && last_small;
                capitals += usize::from(capital);
                last_small = !capital;
                letters += 1;
                self.at += c.len_utf8();
            } else if is_joined(c) {
                self.at += c.len_utf8();
            } else if is_apostrophe(c) && self.source[self.at + c.len_utf8()..].starts_with(is_letter) {
                let after = self.at + c.len_utf8();
                if self.is_elision(&self.source[start..self.at]) {
                    self.at = after;
                    break;
                }
                if self.is_enclitic(after) {
                    break;
                }
                if self.at == start {
                    break;
                }
                self.at = after;
            } else {
                if c == '.' && letters == 1 && self.initials() {
                    shape |= Shape::INITIALS;
                }
                break;
            }
        }
        if first_capital {
            shape |= Shape::CAPITAL;
        }
        if capitals == letters && letters > 1 {
            shape |= Shape::ALL_CAPITALS;
        }
        if inner {
            shape |= Shape::INNER_CAPITAL;
        }
        shape
    }

    /// At the stop after a single letter: takes "U.S." or "п.п." whole, and says whether it did.
    fn initials(&mut self) -> bool {
        let mut end = self.at + 1;
        let mut pairs = 1;
        loop {
            let mut rest = self.source[end..].chars();
            match (rest.next(), rest.next()) {
                (Some(letter), Some('.')) if is_letter(letter) => {
                    end += letter.len_utf8() + 1;
                    pairs += 1;
                }
                _ => break,
            }
        }
        let whole = pairs > 1 && !self.source[end..].starts_with(is_letter);
        if whole {
            self.at = end;
        }
        whole
    }

    fn is_elision(&self, before: &str) -> bool {
        self.habits.elisions.iter().any(|elision| same_folded(elision, before))
    }

    fn is_enclitic(&self, after: usize) -> bool {
        self.habits.enclitics.iter().any(|enclitic| {
            let end = after + enclitic.len();
            self.source.get(after..end).is_some_and(|form| form.eq_ignore_ascii_case(enclitic))
                && !self.source[end..].starts_with(is_letter)
        })
    }

    fn number(&mut self) {
        let bytes = self.source.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        loop {
            while digit(self.at) {
                self.at += 1;
            }
            let separator = match self.peek() {
                Some(c @ ('.' | ',' | '\'' | '’' | '٬')) => c.len_utf8(),
                _ => 0,
            };
            if separator > 0 && digit(self.at + separator) {
                self.at += separator;
            } else {
                break;
            }
        }
    }

    /// The end of a web or mail address that starts here.
    fn address(&self) -> Option<usize> {
        let rest = &self.source[self.at..];
        let bytes = rest.as_bytes();
        let web = matches!(bytes.first(), Some(b'h' | b'H' | b'w' | b'W'))
            && ["http://", "https://", "www."]
                .iter()
                .any(|start| rest.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)));
        let blank = || rest.find(|c: char| is_blank(c) || matches!(c, '\n' | '\r' | '<' | '>' | '"' | '»' | '”'));
        let end = if web {
            blank().unwrap_or(rest.len())
        } else if !self.has_mail {
            return None;
        } else {
            // Mail: letters, digits and ._-+ up to an @ that a letter or digit follows.
            let local = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+');
            let at = bytes.iter().position(|byte| !local(byte))?;
            if bytes[at] != b'@' || !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
                return None;
            }
            blank().unwrap_or(rest.len())
        };
        Some(self.at + rest[..end].trim_end_matches(['.', ',', ';', ':', ')', '!', '?']).len())
    }
}

/// How many bytes the letter at `at` has, where it is a capital of two bytes of the alphabets that news of the supported
/// languages uses; else 0.
#[inline]
fn wide_capital(bytes: &[u8], at: usize) -> usize {
    let next = || bytes.get(at + 1).copied().unwrap_or(0);
    match bytes[at] {
        0xc3 if matches!(next(), 0x80..=0x96 | 0x98..=0x9e) => 2,
        0xd0 if matches!(next(), 0x80..=0xaf) => 2,
        _ => 0,
    }
}

/// One past the last of the small letters that stand from `at` on, as [`small_letter`] tells them.
#[inline]
fn small_letters(bytes: &[u8], mut at: usize) -> usize {
    loop {
        while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            let small = small_ascii(u64::from_le_bytes(*eight));
            at += small;
            if small < 8 {
                break;
            }
        }
        match bytes.get(at) {
            Some(byte) if BYTES[usize::from(*byte)] & SMALL != 0 => at += 1,
            Some(0xc3 | 0xd0 | 0xd1) => {
                let before = at;
                while let Some(2) = small_letter(bytes, at) {
                    at += 2;
                }
                if at == before {
                    return at;
                }
            }
            _ => return at,
        }
    }
}

/// How many of eight bytes, from the lowest on, are small letters of ASCII.
#[inline]
fn small_ascii(eight: u64) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let low = eight & (EACH * 0x7f);
    // The top bit of each byte: at least 'a', and not beyond 'z'.
    let from_a = low + EACH * (0x80 - b'a' as u64);
    let past_z = low + EACH * (0x7f - b'z' as u64);
    let others = !(from_a & !past_z & !eight) & (EACH * 0x80);
    others.trailing_zeros() as usize / 8
}

/// How many bytes the letter at `at` has, where it is a small one of the alphabets that news of the supported languages uses;
/// a quick answer for most letters of a text.
#[inline]
fn small_letter(bytes: &[u8], at: usize) -> Option<usize> {
    let next = || bytes.get(at + 1).copied().unwrap_or(0);
    match *bytes.get(at)? {
        b'a'..=b'z' => Some(1),
        0xc3 if matches!(next(), 0x9f..=0xb6 | 0xb8..=0xbf) => Some(2),
        0xd0 if matches!(next(), 0xb0..=0xbf) => Some(2),
        0xd1 if matches!(next(), 0x80..=0x9f) => Some(2),
        _ => None,
    }
}

fn same_folded(listed: &str, form: &str) -> bool {
    listed.len() == form.len()
        && (listed.eq_ignore_ascii_case(form) || listed.chars().eq(form.chars().flat_map(char::to_lowercase)))
}

fn is_blank(c: char) -> bool {
    c == ' ' || (c != '\n' && c != '\r' && (c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')))
}

fn is_letter(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphabetic(),
        'ª' | 'º' | '×' | '÷' | '\u{2000}'..='\u{206f}' => false,
        'À'..='ɏ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' => true,
        c => c.is_alphabetic(),
    }
}

fn is_capital(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_uppercase(),
        'а'..='џ' => false,
        'Ѐ'..='Я' => true,
        c => c.is_uppercase(),
    }
}

/// Characters inside a word that are no letters: combining marks and soft hyphens.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200d}')
}

fn is_mark(c: char) -> bool {
    if c.is_ascii() {
        return matches!(
            c,
            '!' | '"'
                | '\''
                | '('
                | ')'
                | ','
                | '-'
                | '.'
                | '/'
                | ':'
                | ';'
                | '?'
                | '['
                | ']'
                | '{'
                | '}'
                | '`'
                | '*'
                | '_'
                | '&'
                | '#'
                | '|'
                | '\\'
                | '@'
        );
    }
    is_hyphen(c)
        || is_apostrophe(c)
        || matches!(
            c,
            '\u{2012}'
                ..='\u{2015}'
                    | '…'
                    | '«'
                    | '»'
                    | '“'
                    | '”'
                    | '„'
                    | '‟'
                    | '‚'
                    | '‹'
                    | '›'
                    | '¿'
                    | '¡'
                    | '•'
                    | '·'
                    | '‣'
                    | '▪'
                    | '●'
                    | '■'
                    | '§'
                    | '¶'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms_of(phrase: &str, habits: &Habits) -> Vec<String> {
        let mut forms = Vec::new();
        each_phrase_form(phrase, habits, |form| forms.push(form.to_owned()));
        forms
    }

    #[test]
    fn a_phrase_may_end_with_an_elision_or_begin_with_an_enclitic() {
        let habits = Habits { elisions: vec!["d".into()], enclitics: vec!["s".into()], ..Habits::default() };
        assert_eq!(forms_of("à partir d'", &habits), ["à", "partir", "d'"]);
        assert_eq!(forms_of("'s time", &habits), ["'s", "time"]);
    }

    #[test]
    fn a_phrase_keeps_its_stars() {
        assert_eq!(forms_of("investi* en *fabrik", &Habits::default()), ["investi*", "en", "*fabrik"]);
    }
}
