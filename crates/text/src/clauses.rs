//! Clauses: the stretches of a sentence that a colon, a dash, a semicolon or an opening word sets apart.

use crate::{Text, TokenKind};
use std::ops::Range;

/// Cuts the tokens of a sentence into clauses and appends them to `clauses`; every token is in exactly one.
///
/// `openers` are the tokens, in order, at which a clause may open ("which", "while"), as the language's data says. A comma before an opening
/// word stays with the clause that it ends. Brackets do not cut: what they hold belongs to what they follow.
pub fn cut_clauses(text: &Text<'_>, sentence: Range<usize>, openers: &[usize], clauses: &mut Vec<Range<usize>>) {
    let mut openers = openers;
    let mut start = sentence.start;
    for (at, token) in text.tokens()[sentence.clone()].iter().enumerate() {
        let at = sentence.start + at;
        let mut opens = false;
        while let [next, rest @ ..] = openers
            && *next <= at
        {
            (opens, openers) = (true, rest);
        }
        if token.kind == TokenKind::Word {
            if opens && at > start {
                clauses.push(start..at);
                start = at;
            }
        } else if at + 1 < sentence.end && may_separate(text.first_byte(at)) && separates(text.form(at)) {
            clauses.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < sentence.end {
        clauses.push(start..sentence.end);
    }
}

/// Whether a mark that begins with a byte may cut: most do not.
fn may_separate(first: u8) -> bool {
    matches!(first, b':' | b';' | b'|' | 0xc2 | 0xe2)
}

fn separates(mark: &str) -> bool {
    matches!(mark, ":" | ";" | "–" | "—" | "|" | "•" | "·")
}
