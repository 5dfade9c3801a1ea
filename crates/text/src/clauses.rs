//! Clauses: the stretches of a sentence that a colon, a dash, a semicolon or an opening word sets apart.

use crate::{Text, TokenKind};
use std::ops::Range;

/// Cuts the tokens of a sentence into clauses and appends them to `clauses`; every token is in exactly one.
///
/// `opens` tells whether a clause opens at a token ("which", "while"), as the language's data says. A comma before an opening
/// word stays with the clause that it ends. Brackets do not cut: what they hold belongs to what they follow.
pub fn cut_clauses(
    text: &Text<'_>,
    sentence: Range<usize>,
    mut opens: impl FnMut(usize) -> bool,
    clauses: &mut Vec<Range<usize>>,
) {
    let mut start = sentence.start;
    for at in sentence.clone() {
        let token = &text.tokens()[at];
        if at > start && token.kind == TokenKind::Word && opens(at) {
            clauses.push(start..at);
            start = at;
        } else if token.kind != TokenKind::Word && at + 1 < sentence.end && separates(text.form(at)) {
            clauses.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < sentence.end {
        clauses.push(start..sentence.end);
    }
}

fn separates(mark: &str) -> bool {
    matches!(mark, ":" | ";" | "–" | "—" | "|" | "•" | "·")
}
