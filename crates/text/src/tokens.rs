//! Tokens: words, numbers, marks, with what their writing tells.

use crate::{
    Habits,
    cutter::{Cutter, Shape, TokenKind},
    fold::{fold_first_into, fold_into},
    token_set::TokenSet,
    vocabulary::{Known, TableSet, Vocabulary},
};

/// One token; offsets are bytes of the document's text.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The word or patterns it is known as.
    pub known: Known,
    /// The tables that may hold a phrase which begins here.
    pub opens: TableSet,
    /// What it is made of.
    pub kind: TokenKind,
    /// How it is written.
    pub shape: Shape,
    /// Its first four bytes, the first of them lowest, zeros where it has fewer: most tokens are told apart by them.
    pub head: u32,
}

impl Token {
    /// Its text in `source`.
    #[inline]
    pub fn of<'s>(&self, source: &'s str) -> &'s str {
        &source[self.start as usize..self.end as usize]
    }

    /// Whether it is this one mark or symbol.
    #[inline]
    pub fn is(&self, source: &str, mark: &str) -> bool {
        self.kind != TokenKind::Word && self.of(source) == mark
    }
}

/// The words with a capital as they are folded to be looked up, in the order of their tokens: names ask for them again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Folds {
    /// One after the other.
    text: String,
    ends: Vec<u32>,
}

/// How many bytes of a text there are to a word with a capital, about, and how many of these such words have.
const BYTES_TO_A_CAPITAL: usize = 32;
const CAPITAL_BYTES: usize = 8;

impl Folds {
    /// With room for the words of a text of so many bytes.
    pub fn with_room(bytes: usize) -> Self {
        let words = bytes / BYTES_TO_A_CAPITAL;
        Self { text: String::with_capacity(words * CAPITAL_BYTES), ends: Vec::with_capacity(words) }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn get(&self, number: usize) -> &str {
        let from = number.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.ends.get(number).and_then(|end| self.text.get(from..*end as usize)).unwrap_or_default()
    }

    /// Notes that a word with a capital was folded behind the others.
    fn keep(&mut self) {
        self.ends.push(self.text.len() as u32);
    }
}

/// The tokens of a text while it is cut.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tokens {
    pub list: Vec<Token>,
    pub folds: Folds,
    /// Those that are no plain words.
    pub others: TokenSet,
    /// The words with a capital.
    pub capitals: TokenSet,
}

impl Tokens {
    /// With room for those of a text of so many bytes.
    pub fn with_room(bytes: usize) -> Self {
        let tokens = bytes / BYTES_OF_A_TOKEN;
        Self {
            list: Vec::with_capacity(tokens),
            folds: Folds::with_room(bytes),
            others: TokenSet::with_room(tokens),
            capitals: TokenSet::with_room(tokens),
        }
    }
}

/// How many bytes there are to a token, about.
const BYTES_OF_A_TOKEN: usize = 5;

/// Cuts `source[from..to]` into tokens and appends them to `tokens`. Nothing is allocated per token.
pub fn tokenize(
    source: &str,
    from: usize,
    to: usize,
    habits: &Habits,
    vocabulary: &Vocabulary,
    tokens: &mut Vec<Token>,
) {
    let mut all = Tokens { list: std::mem::take(tokens), ..Tokens::default() };
    cut(&source[..to], from, habits, vocabulary, &mut all);
    *tokens = all.list;
}

/// Cuts `source` from a place on.
pub(crate) fn cut(source: &str, from: usize, habits: &Habits, vocabulary: &Vocabulary, tokens: &mut Tokens) {
    let mut cutter = Cutter::new(source, from, habits);
    while let Some(blank) = cutter.blank() {
        let start = cutter.at;
        let (known, kind, shape) = if let Some((end, capital)) = cutter.plain_word() {
            cutter.at = end;
            if capital {
                let first = tokens.folds.text.len();
                fold_first_into(&source[start..end], &mut tokens.folds.text);
                tokens.folds.keep();
                tokens.capitals.insert(tokens.list.len());
                (vocabulary.find(&tokens.folds.text.as_bytes()[first..]), TokenKind::Word, blank | Shape::CAPITAL)
            } else {
                (vocabulary.find(&source.as_bytes()[start..end]), TokenKind::Word, blank)
            }
        } else {
            let Some((kind, shape)) = cutter.other(blank) else { break };
            tokens.others.insert(tokens.list.len());
            let form = &source.as_bytes()[start..cutter.at];
            let known = match kind {
                TokenKind::Address => Known::default(),
                TokenKind::Mark | TokenKind::Symbol => vocabulary.find_mark(form),
                TokenKind::Number => vocabulary.find(form),
                TokenKind::Word => {
                    let folds = &mut tokens.folds;
                    let first = folds.text.len();
                    fold_into(&source[start..cutter.at], &mut folds.text);
                    let known = vocabulary.find(&folds.text.as_bytes()[first..]);
                    if shape & Shape::CAPITAL != 0 {
                        folds.keep();
                    } else {
                        folds.text.truncate(first);
                    }
                    if shape & (Shape::CAPITAL | Shape::INNER_CAPITAL) != 0 {
                        tokens.capitals.insert(tokens.list.len());
                    }
                    known
                }
            };
            (known, kind, shape)
        };
        tokens.list.push(Token {
            start: start as u32,
            end: cutter.at as u32,
            known,
            opens: match kind {
                TokenKind::Number => vocabulary.opens(known).with(TableSet::NUMBERS),
                _ => vocabulary.opens(known),
            },
            kind,
            shape: Shape(shape),
            head: head(&source.as_bytes()[start..], cutter.at - start),
        });
    }
}

/// What [`Token::head`] is of a word that is the first `len` bytes of some.
#[inline]
pub fn head(rest: &[u8], len: usize) -> u32 {
    match rest.first_chunk() {
        Some(four) => u32::from_le_bytes(*four) & u32::MAX >> (u32::BITS - 8 * len.clamp(1, 4) as u32),
        None => rest[..len].iter().rev().fold(0, |head, byte| head << 8 | u32::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(source: &str, habits: &Habits) -> Vec<String> {
        let mut tokens = Vec::new();
        tokenize(source, 0, source.len(), habits, &Vocabulary::new(), &mut tokens);
        tokens.iter().map(|token| token.of(source).to_owned()).collect()
    }

    #[test]
    fn a_block_begins_a_line_wherever_it_lies() {
        let mut vocabulary = Vocabulary::new();
        vocabulary.seal();
        let mut tokens = Vec::new();
        tokenize("One.Two", 4, 7, &Habits::default(), &vocabulary, &mut tokens);
        assert!(tokens[0].shape.line_start() && !tokens[0].shape.glued());
    }

    #[test]
    fn words_numbers_and_marks_are_cut_as_the_language_writes() {
        let elided = Habits { elisions: vec!["l".into(), "d".into()], ..Habits::default() };
        assert_eq!(
            cut("L’accord d'OpenAI aujourd’hui.", &elided),
            ["L’", "accord", "d'", "OpenAI", "aujourd’hui", "."]
        );
        let possessive = Habits { enclitics: vec!["s".into()], ..Habits::default() };
        assert_eq!(cut("Nvidia's U.S. arm won't", &possessive), ["Nvidia", "'s", "U.S.", "arm", "won't"]);
        let plain = Habits::default();
        assert_eq!(cut("USD34.6m 1.234,56 €600m", &plain), ["USD", "34.6", "m", "1.234,56", "€", "600", "m"]);
        assert_eq!(cut("п’ять Royaume-Uni", &plain), ["п’ять", "Royaume", "-", "Uni"]);
        assert_eq!(
            cut("see www.example.org/a, or a.b@c.org.", &plain),
            ["see", "www.example.org/a", ",", "or", "a.b@c.org", "."]
        );
    }

    #[test]
    fn writing_is_told() {
        let source = "OpenAI EU und\nNvidia-Chef";
        let mut tokens = Vec::new();
        tokenize(source, 0, source.len(), &Habits::default(), &Vocabulary::new(), &mut tokens);
        assert!(tokens[0].shape.inner_capital() && tokens[0].shape.capital());
        assert!(tokens[1].shape.all_capitals());
        assert!(!tokens[2].shape.capital());
        assert!(tokens[3].shape.line_start() && tokens[4].shape.glued());
    }
}
