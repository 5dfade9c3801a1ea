//! What learnt weights look at: how a word is built, what stands around it, what the text shows of it elsewhere.

use super::{
    lexicon::{How, Tables, What},
    marks::Marks,
    runs::Run,
    sorts::Points,
};
use pledgebook_lexicon::linear::Sink;
use pledgebook_text::{Text, TokenKind, fold::fold_into};
use std::ops::Range;

/// Clues to whether the word at `at` belongs to a name.
pub fn of_word(
    text: &Text<'_>,
    marks: &Marks,
    tables: &Tables,
    sentence: &Range<usize>,
    at: usize,
    sink: &mut impl Sink,
) {
    let tokens = text.tokens();
    let mut word = String::with_capacity(32);
    fold_into(text.form(at), &mut word);
    sink.add(&["bias"]);
    for length in 1..=4 {
        if let Some(end) = last(&word, length) {
            sink.add(&["ends", end]);
        }
    }
    if let Some(start) = first(&word, 3) {
        sink.add(&["starts", start]);
    }
    sink.add(&["long", number(word.chars().count().min(12) as i32)]);
    let shape = tokens[at].shape;
    let shape = if shape.all_capitals() {
        "capitals"
    } else if shape.inner_capital() {
        "inner"
    } else {
        "plain"
    };
    let place = if marks.of(at).loud {
        "loud"
    } else if at == sentence.start {
        "first"
    } else {
        "inside"
    };
    sink.add(&["shape", shape, place]);
    for key in marks.class(at).keys() {
        sink.add(&["is", key]);
    }
    if marks.is_small(at) {
        sink.add(&["small elsewhere"]);
    }
    if tables.capital_nouns {
        if marks.is_strong(at) {
            sink.add(&["strong elsewhere"]);
        }
        sink.add(&["sum", number(marks.sum(at).clamp(-9, 9))]);
        sink.add(&["points", number(super::nouns::points(text, marks, tables, sentence, at, at + 1).clamp(-6, 9))]);
    }
    if at > sentence.start {
        around(text, marks, at - 1, "before", sink);
    }
    if at > sentence.start + 1 {
        around(text, marks, at - 2, "before that", sink);
    }
    if at + 1 < sentence.end {
        around(text, marks, at + 1, "behind", sink);
        if at == sentence.start {
            around(text, marks, at + 1, "behind the first", sink);
        }
    }
    if at + 2 < sentence.end {
        around(text, marks, at + 2, "behind that", sink);
    }
}

/// Clues of a name's own words to its sort.
pub fn of_name(text: &Text<'_>, marks: &Marks, run: &Run, points: &Points, sink: &mut impl Sink) {
    sink.add(&["bias"]);
    let mut words = 0;
    let mut folded = String::with_capacity(32);
    for at in run.core.clone() {
        let token = &text.tokens()[at];
        if token.kind != TokenKind::Word {
            let kind = match text.form(at) {
                _ if token.kind == TokenKind::Number => "number",
                "," => "comma",
                mark => mark,
            };
            sink.add(&["holds", kind]);
            continue;
        }
        words += i32::from(token.shape.capital());
        folded.clear();
        fold_into(text.form(at), &mut folded);
        let place = if at == run.core.start {
            "first"
        } else if at + 1 == run.core.end {
            "last"
        } else {
            "middle"
        };
        sink.add(&["word", place, &folded]);
        for length in 1..=4 {
            if let Some(end) = last(&folded, length) {
                sink.add(&["ends", place, end]);
            }
        }
        if let Some(start) = first(&folded, 3) {
            sink.add(&["starts", place, start]);
        }
        for key in marks.class(at).keys() {
            sink.add(&["is", place, key]);
        }
        let shape = token.shape;
        if shape.all_capitals() || shape.inner_capital() {
            sink.add(&["capitals", place]);
        }
    }
    sink.add(&["words", number(words.min(5))]);
    let (a, b) = (points.person - points.organisation, points.place - points.organisation);
    sink.add(&["person", number(a.clamp(-8, 8))]);
    sink.add(&["place", number(b.clamp(-8, 8))]);
    sink.add(&["instrument", number((points.instrument - points.organisation).clamp(-6, 6))]);
    for key in run.head.keys() {
        sink.add(&["head", key]);
    }
}

/// Clues of what stands around one mention of a name to its sort.
pub fn of_surroundings(text: &Text<'_>, marks: &Marks, run: &Run, sink: &mut impl Sink) {
    let sentence = &text.sentences()[run.sentence].tokens;
    let (start, end) = (run.tokens.start, run.tokens.end);
    if start > sentence.start {
        around(text, marks, start - 1, "before", sink);
    } else {
        sink.add(&["opens"]);
    }
    if start > sentence.start + 1 {
        around(text, marks, start - 2, "before that", sink);
    }
    if end < sentence.end {
        around(text, marks, end, "behind", sink);
    }
    if end + 1 < sentence.end {
        around(text, marks, end + 1, "behind that", sink);
    }
    if run.quoted {
        sink.add(&["quoted"]);
    }
}

fn around(text: &Text<'_>, marks: &Marks, at: usize, side: &str, sink: &mut impl Sink) {
    let token = &text.tokens()[at];
    if let Some(hit) = marks.hit(at) {
        let kind = match hit.what {
            What::Country(_, How::Adjective) => "adjective",
            What::Country(..) => "country",
            What::Bearer(_) => "known",
            What::Words(_) => "words",
        };
        sink.add(&[side, "known", kind]);
    }
    match token.kind {
        TokenKind::Word => {
            let mut folded = String::with_capacity(32);
            fold_into(text.form(at), &mut folded);
            let capital = if token.shape.capital() { "capital" } else { "small" };
            sink.add(&[side, capital]);
            if !token.shape.capital() {
                sink.add(&[side, "word", &folded]);
            }
            if let Some(end) = last(&folded, 2) {
                sink.add(&[side, capital, end]);
            }
            for key in marks.class(at).keys() {
                sink.add(&[side, "is", key]);
            }
        }
        TokenKind::Number => sink.add(&[side, "number"]),
        // Weights are kept in a file with commas between cells.
        _ => sink.add(&[side, "mark", if text.form(at) == "," { "comma" } else { text.form(at) }]),
    }
}

fn last(word: &str, letters: usize) -> Option<&str> {
    word.char_indices().rev().nth(letters - 1).map(|(at, _)| &word[at..])
}

fn first(word: &str, letters: usize) -> Option<&str> {
    word.char_indices().nth(letters).map(|(at, _)| &word[..at])
}

/// Small numbers as text, for names of clues.
fn number(n: i32) -> &'static str {
    const TEXT: [&str; 22] = [
        "-9", "-8", "-7", "-6", "-5", "-4", "-3", "-2", "-1", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
        "11", "12",
    ];
    TEXT[(n.clamp(-9, 12) + 9) as usize]
}
