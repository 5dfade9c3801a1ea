//! Clauses: the stretches of a sentence that a colon, a dash, a semicolon or an opening word sets apart.

use crate::{Text, TokenKind};
use std::ops::Range;

/// Cuts the tokens of a sentence into clauses and appends them to `clauses`; every token is in exactly one.
///
/// `openers` are the tokens, in order, at which a clause may open ("which", "while"), as the language's data says. A comma before an opening
/// word stays with the clause that it ends. Brackets do not cut: what they hold belongs to what they follow.
pub fn cut_clauses(text: &Text<'_>, sentence: Range<usize>, openers: &[usize], clauses: &mut Vec<Range<usize>>) {
    let tokens = text.tokens();
    let is_word = |at: usize| tokens[at].kind == TokenKind::Word;
    let separators = text.others().within(sentence.start..sentence.end.max(1) - 1);
    let separators =
        separators.filter(|at| !is_word(*at) && may_separate(text.first_byte(*at)) && separates(text.form(*at)));
    let mut openers = openers.iter().copied().filter(|at| sentence.contains(at) && is_word(*at)).peekable();
    let mut start = sentence.start;
    let mut cut = |at: usize| {
        if at > start {
            clauses.push(start..at);
            start = at;
        }
    };
    for end in separators.map(|at| at + 1).chain([sentence.end]) {
        while let Some(opener) = openers.next_if(|at| *at < end) {
            cut(opener);
        }
        cut(end);
    }
}

/// Whether a mark that begins with a byte may cut: most do not.
fn may_separate(first: u8) -> bool {
    matches!(first, b':' | b';' | b'|' | 0xc2 | 0xe2)
}

fn separates(mark: &str) -> bool {
    matches!(mark, ":" | ";" | "–" | "—" | "|" | "•" | "·")
}
