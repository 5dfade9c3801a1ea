//! Names among nouns, in languages that write both with a capital.

use super::{
    lexicon::{Class, Tables},
    marks::Marks,
};
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

/// What speaks for the words `at..end` being a name (above 0) or common nouns (below).
pub fn points(text: &Text<'_>, marks: &Marks, tables: &Tables, sentence: &Range<usize>, at: usize, end: usize) -> i32 {
    let tokens = text.tokens();
    let shape = tokens[at].shape;
    let class = marks.class(at);
    let mut points = 0;
    if class.any(Class::FIRST) {
        points += 3;
    }
    if (shape.inner_capital() || shape.all_capitals()) && !marks.of(at).loud {
        points += 3;
    }
    // Two words with capitals in a row are rarely two nouns.
    points += match (at..end).filter(|i| tokens[*i].kind == TokenKind::Word && tokens[*i].shape.capital()).count() {
        1 => 0,
        _ => 2,
    };
    if at > sentence.start {
        let quoted = usize::from(at - 1 > sentence.start && matches!(text.form(at - 1), "«" | "„" | "“" | "‚" | "»"));
        let before = marks.class(at - 1 - quoted);
        let token = &tokens[at - 1 - quoted];
        let small = token.kind == TokenKind::Word && !token.shape.capital();
        if before.any(Class::HONORIFIC | Class::ROLE | Class::COMPANY | Class::SITE | Class::PEOPLE)
            || before.any(Class::FIRST) && token.shape.capital()
        {
            points += 3;
        } else if before.any(Class::DEFINITE | Class::ARTICLE) {
            points -= if shape.inner_capital() || shape.all_capitals() { 0 } else { 3 };
        } else if before.any(Class::IN) {
            points += 2;
        } else if before.any(Class::LINK | Class::PREPOSITION | Class::BETWEEN) {
            points += 1;
        } else if token.kind == TokenKind::Number {
            points -= 4;
        } else if small
            && !before.any(Class::FUNCTION | Class::VERB | Class::SAY | Class::AND)
            && text.form(at - 1).len() > 3
            && tables.adjective_endings.iter().any(|ending| text.form(at - 1).ends_with(ending.as_str()))
        {
            // "neuer Eigentümer": an adjective.
            points -= 3;
        }
    }
    if end < sentence.end {
        let class = marks.class(end);
        if class.any(Class::SAY) {
            points += 2;
        } else if class.any(Class::VERB) {
            points += 1 + i32::from(at == sentence.start);
        }
        if text.form(end) == "-" && marks.class(end + 1).any(Class::ROLE | Class::COMPANY | Class::COMMON) {
            points += 3;
        }
        // "Siemens Werk", "Ägyptens Schnellbahn": a genitive before its noun.
        if marks.class(end).any(Class::COMMON | Class::COMPANY | Class::ROLE) && tokens[end].shape.capital() {
            points += 1;
        }
    }
    points
}
