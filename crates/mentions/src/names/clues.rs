//! What learnt weights look at: how a word is built, what stands around it, what the text shows of it elsewhere.

use super::{
    around::{Around, Side},
    bearers::SORTS,
    lexicon::{Class, How, Tables, What},
    marks::Marks,
    runs::Run,
    sorts::Points,
};
use pledgebook_lexicon::linear::{Feature, FeatureNames, JointScorer, Part, Sink};
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

/// Takes clues; those that a token gives to all that it stands near come together.
pub trait Clues: Sink {
    /// What the token at `at` is, which stands on a side.
    fn near(&mut self, at: usize, side: Side);
}

/// Clues by their names, for learning.
pub struct Told<'a, 't> {
    pub text: &'a Text<'t>,
    pub marks: &'a Marks,
    pub names: FeatureNames,
}

impl Sink for Told<'_, '_> {
    fn add(&mut self, feature: impl Feature) {
        self.names.add(feature);
    }
}

impl Clues for Told<'_, '_> {
    fn near(&mut self, at: usize, side: Side) {
        let mut neighbour = FeatureNames::default();
        of_neighbour(self.text, self.marks, at, &mut neighbour);
        self.names.0.extend(neighbour.0.into_iter().map(|name| format!("{}|{name}", side.key())));
    }
}

/// Clues to a decision between `N` classes as what they count for.
pub struct Weighed<'a, 't, const N: usize> {
    pub text: &'a Text<'t>,
    pub marks: &'a Marks,
    pub around: &'a Around<'a>,
    pub scorer: JointScorer<'a, N>,
}

impl<const N: usize> Sink for Weighed<'_, '_, N> {
    #[inline(always)]
    fn add(&mut self, feature: impl Feature) {
        self.scorer.add(feature);
    }
}

impl Clues for Weighed<'_, '_, 1> {
    fn near(&mut self, at: usize, side: Side) {
        self.scorer.sums[0] += self.around.of_word(self.text, self.marks, at, side);
    }
}

impl Clues for Weighed<'_, '_, { SORTS.len() }> {
    fn near(&mut self, at: usize, side: Side) {
        let sums = self.around.of_name(self.text, self.marks, at, side);
        self.scorer.sums.iter_mut().zip(sums).for_each(|(sum, near)| *sum += near);
    }
}

/// Clues to whether the word at `at` belongs to a name.
pub fn of_word(
    text: &Text<'_>,
    marks: &Marks,
    tables: &Tables,
    sentence: &Range<usize>,
    at: usize,
    sink: &mut impl Clues,
) {
    let tokens = text.tokens();
    let word = marks.folded(text, at);
    sink.add(&["bias"]);
    // What the texts that were learnt from have as ordinary words: see `learning::Ordinary`.
    sink.add(&["word", &word]);
    for length in 1..=4 {
        if let Some(end) = last(&word, length) {
            sink.add(&["ends", end]);
        }
    }
    if let Some(start) = first(&word, 3) {
        sink.add(&["starts", start]);
    }
    sink.add(("long", number(word.chars().count().min(12) as i32)));
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
    } else if marks.of(at).cell {
        "cell"
    } else if at == sentence.start {
        "first"
    } else {
        "inside"
    };
    let place = Part::new(place);
    sink.add(("shape", shape, place));
    for key in marks.class(at).keys() {
        sink.add(("is", key));
    }
    if marks.is_small(at) {
        sink.add(&["small elsewhere"]);
    }
    if text.vocabulary().is_small(tokens[at].known) {
        sink.add(&["small in lists"]);
    }
    // Buttons, rubrics and menus are short and have no stop.
    let words = number(sentence.len().min(5) as i32);
    let last = &tokens[sentence.end - 1];
    let stopped = last.kind == TokenKind::Mark && matches!(text.form(sentence.end - 1), "." | "!" | "?" | "…");
    let end = Part::new(if stopped { "stopped" } else { "open" });
    sink.add(("sentence", end, words));
    sink.add(("sentence", end, place));
    // Among words that all have capitals, what stands near tells less.
    if !marks.of(at).loud {
        let own = kind(text, marks, at);
        let before = if at > sentence.start { kind(text, marks, at - 1) } else { OUTSIDE };
        let behind = if at + 1 < sentence.end { kind(text, marks, at + 1) } else { OUTSIDE };
        sink.add(("fits", before, own, behind));
        sink.add(("fits before", own, behind));
        sink.add(("fits behind", before, own));
    }
    if tables.capital_nouns {
        if marks.is_strong(at) {
            sink.add(&["strong elsewhere"]);
        }
        sink.add(("sum", number(marks.sum(at).clamp(-9, 9))));
        sink.add(("points", number(super::nouns::points(text, marks, tables, sentence, at, at + 1).clamp(-6, 9))));
    }
    if at > sentence.start {
        sink.near(at - 1, Side::Before);
    }
    if at > sentence.start + 1 {
        sink.near(at - 2, Side::BeforeThat);
    }
    if at + 1 < sentence.end {
        sink.near(at + 1, Side::Behind);
        if at == sentence.start {
            sink.near(at + 1, Side::BehindFirst);
        }
    }
    if at + 2 < sentence.end {
        sink.near(at + 2, Side::BehindThat);
    }
}

const OUTSIDE: Part = Part::new("nothing");

/// What a token is, in a word: few enough that it can be learnt which may stand together.
fn kind(text: &Text<'_>, marks: &Marks, at: usize) -> Part {
    const NOUNS: Class = Class(
        Class::COMMON.0 | Class::COMPANY.0 | Class::COMPANIES.0 | Class::SITE.0 | Class::ACCORD.0 | Class::PORTFOLIO.0,
    );
    const OFFICES: Class = Class(Class::ROLE.0 | Class::ROLES.0 | Class::PEOPLE.0 | Class::HONORIFIC.0);
    const PLACING: Class = Class(Class::PREPOSITION.0 | Class::IN.0 | Class::LINK.0 | Class::AT.0 | Class::BETWEEN.0);
    let token = &text.tokens()[at];
    let class = marks.class(at);
    let word = token.kind == TokenKind::Word;
    let capital = word && token.shape.capital();
    if !capital {
        return if token.kind == TokenKind::Number {
            const { Part::new("number") }
        } else if !word {
            const { Part::new("mark") }
        } else if marks.hit(at).is_some() {
            const { Part::new("adjective") }
        } else if class.any(Class::DEFINITE | Class::ARTICLE) {
            const { Part::new("article") }
        } else if class.any(PLACING) {
            const { Part::new("preposition") }
        } else {
            const { Part::new("small") }
        };
    }
    if marks.hit(at).is_some() {
        const { Part::new("known") }
    } else if class.any(Class::FIRST) {
        const { Part::new("first name") }
    } else if class.any(OFFICES) {
        const { Part::new("office") }
    } else if class.any(NOUNS) {
        const { Part::new("noun") }
    } else if class.any(Class::FUNCTION) {
        const { Part::new("function") }
    } else if token.shape.all_capitals() {
        const { Part::new("acronym") }
    } else if class == Class::NONE {
        const { Part::new("unlisted") }
    } else {
        const { Part::new("listed") }
    }
}

/// Clues of a name's own words to its sort.
pub fn of_name(text: &Text<'_>, marks: &Marks, tables: &Tables, run: &Run, points: &Points, sink: &mut impl Sink) {
    sink.add(&["bias"]);
    let mut words = 0;
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
        let folded = marks.folded(text, at);
        let place = Part::new(if at == run.core.start {
            "first"
        } else if at + 1 == run.core.end {
            "last"
        } else {
            "middle"
        });
        sink.add(("word", place, &*folded));
        for length in 1..=4 {
            if let Some(end) = last(&folded, length) {
                sink.add(("ends", place, end));
            }
        }
        if let Some(start) = first(&folded, 3) {
            sink.add(("starts", place, start));
        }
        for key in marks.class(at).keys() {
            sink.add(("is", place, key));
        }
        let shape = token.shape;
        let surname = || tables.surname_starts.iter().any(|start| text.form(at).starts_with(start.as_str()));
        if shape.all_capitals() || shape.inner_capital() && !surname() {
            sink.add(("capitals", place));
        }
    }
    sink.add(("words", number(words.min(5))));
    let (a, b) = (points.person - points.organisation, points.place - points.organisation);
    sink.add(("person", number(a.clamp(-8, 8))));
    sink.add(("place", number(b.clamp(-8, 8))));
    sink.add(("instrument", number((points.instrument - points.organisation).clamp(-6, 6))));
    for key in run.head.keys() {
        sink.add(("head", key));
    }
}

/// Clues of what stands around one mention of a name to its sort.
pub fn of_surroundings(text: &Text<'_>, run: &Run, sink: &mut impl Clues) {
    let sentence = &text.sentences()[run.sentence].tokens;
    let (start, end) = (run.tokens.start, run.tokens.end);
    if start > sentence.start {
        sink.near(start - 1, Side::Before);
    } else {
        sink.add(&["opens"]);
        // "GEORGE TOWN: …", "NASHVILLE, Tenn. — …"
        if text.tokens()[start].shape.all_capitals() && end < sentence.end && text.tokens()[end].kind != TokenKind::Word
        {
            sink.add(&["dateline"]);
        }
    }
    if start > sentence.start + 1 {
        sink.near(start - 2, Side::BeforeThat);
    }
    if end < sentence.end {
        sink.near(end, Side::Behind);
    }
    if end + 1 < sentence.end {
        sink.near(end + 1, Side::BehindThat);
    }
    if run.quoted {
        sink.add(&["quoted"]);
    }
}

/// Clues of a token to whatever it stands near.
pub fn of_neighbour(text: &Text<'_>, marks: &Marks, at: usize, sink: &mut impl Sink) {
    let token = &text.tokens()[at];
    if let Some(hit) = marks.hit(at) {
        let kind = match hit.what {
            What::Country(_, How::Adjective) => "adjective",
            What::Country(..) => "country",
            What::Bearer(_) => "known",
            What::Words(_) => "words",
        };
        sink.add(&["known", kind]);
    }
    match token.kind {
        TokenKind::Word => {
            let folded = marks.folded(text, at);
            let capital = Part::new(if token.shape.capital() { "capital" } else { "small" });
            sink.add((capital,));
            if !token.shape.capital() {
                sink.add(&["word", &folded]);
            }
            if let Some(end) = last(&folded, 2) {
                sink.add((capital, end));
            }
            for key in marks.class(at).keys() {
                sink.add(("is", key));
            }
        }
        TokenKind::Number => sink.add(&["number"]),
        // Weights are kept in a file with commas between cells.
        _ => sink.add(&["mark", if text.form(at) == "," { "comma" } else { text.form(at) }]),
    }
}

fn last(word: &str, letters: usize) -> Option<&str> {
    word.char_indices().rev().nth(letters - 1).map(|(at, _)| &word[at..])
}

fn first(word: &str, letters: usize) -> Option<&str> {
    word.char_indices().nth(letters).map(|(at, _)| &word[..at])
}

/// Small numbers as parts of clues.
fn number(n: i32) -> Part {
    const PARTS: [Part; 22] = [
        Part::new("-9"),
        Part::new("-8"),
        Part::new("-7"),
        Part::new("-6"),
        Part::new("-5"),
        Part::new("-4"),
        Part::new("-3"),
        Part::new("-2"),
        Part::new("-1"),
        Part::new("0"),
        Part::new("1"),
        Part::new("2"),
        Part::new("3"),
        Part::new("4"),
        Part::new("5"),
        Part::new("6"),
        Part::new("7"),
        Part::new("8"),
        Part::new("9"),
        Part::new("10"),
        Part::new("11"),
        Part::new("12"),
    ];
    PARTS[(n.clamp(-9, 12) + 9) as usize]
}
