//! What learnt weights look at: how a word is built, what stands around it, what the text shows of it elsewhere.

use super::{
    around::{Around, Side},
    bearers::SORTS,
    lexicon::{Class, How, Tables, What},
    marks::Marks,
    runs::Run,
    sorts::Points,
    tallies::{Counter, Few, Tells},
};
use pledgebook_lexicon::linear::{Feature, FeatureNames, Part, Sink};
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

/// Takes clues, of which those of `F` are few; those that a token gives to all that it stands near come together.
pub trait Clues<F>: Tells<F> {
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

impl<F: Few> Tells<F> for Told<'_, '_> {
    fn few(&mut self, clue: F) {
        self.names.few(clue);
    }
}

impl<F: Few> Clues<F> for Told<'_, '_> {
    fn near(&mut self, at: usize, side: Side) {
        let mut neighbour = FeatureNames::default();
        of_neighbour(self.text, self.marks, at, &mut neighbour);
        self.names.0.extend(neighbour.0.into_iter().map(|name| format!("{}|{name}", side.key())));
    }
}

/// Clues to a decision between `N` classes as what they count for.
pub struct Weighed<'a, 't, F, const N: usize> {
    pub text: &'a Text<'t>,
    pub marks: &'a Marks,
    pub around: &'a Around<'a>,
    pub counter: Counter<'a, F, N>,
}

impl<F, const N: usize> Sink for Weighed<'_, '_, F, N> {
    #[inline(always)]
    fn add(&mut self, feature: impl Feature) {
        self.counter.add(feature);
    }
}

impl<F: Few, const N: usize> Tells<F> for Weighed<'_, '_, F, N> {
    #[inline(always)]
    fn few(&mut self, clue: F) {
        self.counter.few(clue);
    }
}

impl Clues<OfWord> for Weighed<'_, '_, OfWord, 1> {
    fn near(&mut self, at: usize, side: Side) {
        self.counter.add_sums(&[self.around.of_word(self.text, self.marks, at, side)]);
    }
}

impl Clues<OfName> for Weighed<'_, '_, OfName, { SORTS.len() }> {
    fn near(&mut self, at: usize, side: Side) {
        self.counter.add_sums(&self.around.of_name(self.text, self.marks, at, side));
    }
}

/// The clues to a word of which there are few.
#[derive(Debug, Clone, Copy)]
pub enum OfWord {
    Bias,
    /// How many letters it has, 12 at most.
    Long(usize),
    /// Of [`SHAPES`] and [`PLACES`].
    Shape(usize, usize),
    /// A class by its number.
    Is(usize),
    SmallElsewhere,
    SmallInLists,
    /// Whether its sentence ends with a stop, and how many tokens that has, 5 at most.
    Sentence(bool, usize),
    /// Whether its sentence ends with a stop, and the place in it, of [`PLACES`].
    Stands(bool, usize),
    /// What stands before it, what it is and what stands behind it, of [`KINDS`].
    Fits(usize, usize, usize),
    StrongElsewhere,
    /// From -9 to 9.
    Sum(i32),
    /// From -6 to 9.
    Points(i32),
}

const SHAPES: [Part; 3] = [Part::new("capitals"), Part::new("inner"), Part::new("plain")];
const PLACES: [Part; 4] = [Part::new("loud"), Part::new("cell"), Part::new("first"), Part::new("inside")];
const LONG: usize = 12;
const WORDS: usize = 5;

impl OfWord {
    const SHAPE: usize = 4 + LONG + 1;
    const IS: usize = Self::SHAPE + SHAPES.len() * PLACES.len();
    const SENTENCE: usize = Self::IS + Class::KEYS.len();
    const STANDS: usize = Self::SENTENCE + 2 * (WORDS + 1);
    const SUM: usize = Self::STANDS + 2 * PLACES.len();
    const POINTS: usize = Self::SUM + 19;
    const FITS: usize = Self::POINTS + 16;
}

/// Whether a sentence ends with a stop.
fn end(stopped: bool) -> Part {
    if stopped { const { Part::new("stopped") } } else { const { Part::new("open") } }
}

impl Few for OfWord {
    const COUNT: usize = Self::FITS + KINDS.len() * KINDS.len() * KINDS.len();

    fn all() -> impl Iterator<Item = Self> {
        let pairs = |a: usize, b: usize| (0..a).flat_map(move |a| (0..b).map(move |b| (a, b)));
        let kinds = 0..KINDS.len();
        [Self::Bias, Self::SmallElsewhere, Self::SmallInLists, Self::StrongElsewhere]
            .into_iter()
            .chain((0..=LONG).map(Self::Long))
            .chain(pairs(SHAPES.len(), PLACES.len()).map(|(shape, place)| Self::Shape(shape, place)))
            .chain((0..Class::KEYS.len()).map(Self::Is))
            .chain(pairs(2, WORDS + 1).map(|(stopped, words)| Self::Sentence(stopped == 1, words)))
            .chain(pairs(2, PLACES.len()).map(|(stopped, place)| Self::Stands(stopped == 1, place)))
            .chain((-9..=9).map(Self::Sum))
            .chain((-6..=9).map(Self::Points))
            .chain(kinds.flat_map(move |own| {
                pairs(KINDS.len(), KINDS.len()).map(move |(before, behind)| Self::Fits(before, own, behind))
            }))
    }

    #[inline(always)]
    fn number(self) -> usize {
        match self {
            Self::Bias => 0,
            Self::SmallElsewhere => 1,
            Self::SmallInLists => 2,
            Self::StrongElsewhere => 3,
            Self::Long(letters) => 4 + letters,
            Self::Shape(shape, place) => Self::SHAPE + shape * PLACES.len() + place,
            Self::Is(class) => Self::IS + class,
            Self::Sentence(stopped, words) => Self::SENTENCE + usize::from(stopped) * (WORDS + 1) + words,
            Self::Stands(stopped, place) => Self::STANDS + usize::from(stopped) * PLACES.len() + place,
            Self::Sum(sum) => Self::SUM + (sum + 9) as usize,
            Self::Points(points) => Self::POINTS + (points + 6) as usize,
            Self::Fits(before, own, behind) => Self::FITS + (before * KINDS.len() + own) * KINDS.len() + behind,
        }
    }

    fn tell(self, sink: &mut impl Sink) {
        match self {
            Self::Bias => sink.add(&["bias"]),
            Self::Long(letters) => sink.add(("long", number(letters as i32))),
            Self::Shape(shape, place) => sink.add(("shape", SHAPES[shape], PLACES[place])),
            Self::Is(class) => sink.add(("is", Class::KEYS[class])),
            Self::SmallElsewhere => sink.add(&["small elsewhere"]),
            Self::SmallInLists => sink.add(&["small in lists"]),
            Self::Sentence(stopped, words) => sink.add(("sentence", end(stopped), number(words as i32))),
            Self::Stands(stopped, place) => sink.add(("sentence", end(stopped), PLACES[place])),
            Self::Fits(before, own, behind) => {
                let [before, own, behind] = [before, own, behind].map(|kind| KINDS[kind]);
                sink.add(("fits", before, own, behind));
                sink.add(("fits before", own, behind));
                sink.add(("fits behind", before, own));
            }
            Self::StrongElsewhere => sink.add(&["strong elsewhere"]),
            Self::Sum(sum) => sink.add(("sum", number(sum))),
            Self::Points(points) => sink.add(("points", number(points))),
        }
    }
}

/// Clues to whether the word at `at` belongs to a name.
pub fn of_word(
    text: &Text<'_>,
    marks: &Marks,
    tables: &Tables,
    sentence: &Range<usize>,
    at: usize,
    sink: &mut impl Clues<OfWord>,
) {
    let tokens = text.tokens();
    let word = marks.folded(text, at);
    sink.few(OfWord::Bias);
    // What the texts that were learnt from have as ordinary words: see `learning::Ordinary`.
    sink.add(&["word", &word]);
    for end in endings(&word, 4) {
        sink.add(&["ends", end]);
    }
    if let Some(start) = first(&word, 3) {
        sink.add(&["starts", start]);
    }
    sink.few(OfWord::Long(word.chars().count().min(LONG)));
    let shape = tokens[at].shape;
    let shape = if shape.all_capitals() {
        0
    } else if shape.inner_capital() {
        1
    } else {
        2
    };
    let place = if marks.of(at).loud {
        0
    } else if marks.of(at).cell {
        1
    } else if at == sentence.start {
        2
    } else {
        3
    };
    sink.few(OfWord::Shape(shape, place));
    for class in marks.class(at).numbers() {
        sink.few(OfWord::Is(class));
    }
    if marks.is_small(at) {
        sink.few(OfWord::SmallElsewhere);
    }
    if text.vocabulary().is_small(tokens[at].known) {
        sink.few(OfWord::SmallInLists);
    }
    // Buttons, rubrics and menus are short and have no stop.
    let last = &tokens[sentence.end - 1];
    let stopped = last.kind == TokenKind::Mark && matches!(text.form(sentence.end - 1), "." | "!" | "?" | "…");
    sink.few(OfWord::Sentence(stopped, sentence.len().min(WORDS)));
    sink.few(OfWord::Stands(stopped, place));
    // "Pagoclick. La fintech …": whom a rubric of one word names is told again behind it.
    if sentence.len() == 2 && stopped && marks.class(sentence.end).any(Class::DEFINITE) {
        marks.class(sentence.end + 1).numbers().for_each(|class| sink.add(("then", Class::KEYS[class])));
    }
    // Among words that all have capitals, what stands near tells less.
    if !marks.of(at).loud {
        let own = kind(text, marks, at);
        let before = if at > sentence.start { kind(text, marks, at - 1) } else { Kind::Outside };
        let behind = if at + 1 < sentence.end { kind(text, marks, at + 1) } else { Kind::Outside };
        sink.few(OfWord::Fits(before as usize, own as usize, behind as usize));
    }
    if tables.capital_nouns {
        if marks.is_strong(at) {
            sink.few(OfWord::StrongElsewhere);
        }
        sink.few(OfWord::Sum(marks.sum(at).clamp(-9, 9)));
        let points = marks.points(text, tables, sentence, at);
        sink.few(OfWord::Points(points.clamp(-6, 9)));
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

/// What a token may be: few enough that it can be learnt which may stand together.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Of another sentence.
    Outside,
    Number,
    Mark,
    Adjective,
    Article,
    Preposition,
    Small,
    Known,
    FirstName,
    Office,
    Noun,
    Function,
    Acronym,
    Unlisted,
    Listed,
}

/// Their names, in their order.
const KINDS: [Part; 15] = [
    Part::new("nothing"),
    Part::new("number"),
    Part::new("mark"),
    Part::new("adjective"),
    Part::new("article"),
    Part::new("preposition"),
    Part::new("small"),
    Part::new("known"),
    Part::new("first name"),
    Part::new("office"),
    Part::new("noun"),
    Part::new("function"),
    Part::new("acronym"),
    Part::new("unlisted"),
    Part::new("listed"),
];

/// What a token is.
fn kind(text: &Text<'_>, marks: &Marks, at: usize) -> Kind {
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
            Kind::Number
        } else if !word {
            Kind::Mark
        } else if marks.hit(at).is_some() {
            Kind::Adjective
        } else if class.any(Class::DEFINITE | Class::ARTICLE) {
            Kind::Article
        } else if class.any(PLACING) {
            Kind::Preposition
        } else {
            Kind::Small
        };
    }
    if marks.hit(at).is_some() {
        Kind::Known
    } else if class.any(Class::FIRST) {
        Kind::FirstName
    } else if class.any(OFFICES) {
        Kind::Office
    } else if class.any(NOUNS) {
        Kind::Noun
    } else if class.any(Class::FUNCTION) {
        Kind::Function
    } else if token.shape.all_capitals() {
        Kind::Acronym
    } else if class == Class::NONE {
        Kind::Unlisted
    } else {
        Kind::Listed
    }
}

/// The clues to the sort of a name of which there are few.
#[derive(Debug, Clone, Copy)]
pub enum OfName {
    Bias,
    /// How many words with a capital it has, 5 at most.
    Words(usize),
    /// By how much more speaks for a person than for an organisation, from -8 to 8.
    Person(i32),
    /// The same of a place.
    Place(i32),
    /// The same of an instrument, from -6 to 6.
    Instrument(i32),
    /// A word of capitals, at a place of [`SPOTS`].
    Capitals(usize),
    /// The class of what the name begins with, by its number.
    Head(usize),
    /// A word at a place of [`SPOTS`], and a class of it by its number.
    Is(usize, usize),
}

/// Where in a name a word stands.
const SPOTS: [Part; 3] = [Part::new("first"), Part::new("last"), Part::new("middle")];

impl OfName {
    const PERSON: usize = 2 + WORDS;
    const PLACE: usize = Self::PERSON + 17;
    const INSTRUMENT: usize = Self::PLACE + 17;
    const CAPITALS: usize = Self::INSTRUMENT + 13;
    const HEAD: usize = Self::CAPITALS + SPOTS.len();
    const IS: usize = Self::HEAD + Class::KEYS.len();
}

impl Few for OfName {
    const COUNT: usize = Self::IS + SPOTS.len() * Class::KEYS.len();

    fn all() -> impl Iterator<Item = Self> {
        let classes = 0..Class::KEYS.len();
        std::iter::once(Self::Bias)
            .chain((0..=WORDS).map(Self::Words))
            .chain((-8..=8).map(Self::Person))
            .chain((-8..=8).map(Self::Place))
            .chain((-6..=6).map(Self::Instrument))
            .chain((0..SPOTS.len()).map(Self::Capitals))
            .chain(classes.clone().map(Self::Head))
            .chain((0..SPOTS.len()).flat_map(move |spot| classes.clone().map(move |class| Self::Is(spot, class))))
    }

    #[inline(always)]
    fn number(self) -> usize {
        match self {
            Self::Bias => 0,
            Self::Words(words) => 1 + words,
            Self::Person(points) => Self::PERSON + (points + 8) as usize,
            Self::Place(points) => Self::PLACE + (points + 8) as usize,
            Self::Instrument(points) => Self::INSTRUMENT + (points + 6) as usize,
            Self::Capitals(spot) => Self::CAPITALS + spot,
            Self::Head(class) => Self::HEAD + class,
            Self::Is(spot, class) => Self::IS + spot * Class::KEYS.len() + class,
        }
    }

    fn tell(self, sink: &mut impl Sink) {
        match self {
            Self::Bias => sink.add(&["bias"]),
            Self::Words(words) => sink.add(("words", number(words as i32))),
            Self::Person(points) => sink.add(("person", number(points))),
            Self::Place(points) => sink.add(("place", number(points))),
            Self::Instrument(points) => sink.add(("instrument", number(points))),
            Self::Capitals(spot) => sink.add(("capitals", SPOTS[spot])),
            Self::Head(class) => sink.add(("head", Class::KEYS[class])),
            Self::Is(spot, class) => sink.add(("is", SPOTS[spot], Class::KEYS[class])),
        }
    }
}

/// Clues of a name's own words to its sort.
pub fn of_name(
    text: &Text<'_>,
    marks: &Marks,
    tables: &Tables,
    run: &Run,
    points: &Points,
    sink: &mut impl Tells<OfName>,
) {
    sink.few(OfName::Bias);
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
        words += usize::from(token.shape.capital());
        let folded = marks.folded(text, at);
        let spot = if at == run.core.start {
            0
        } else if at + 1 == run.core.end {
            1
        } else {
            2
        };
        let place = SPOTS[spot];
        sink.add(("word", place, &*folded));
        for end in endings(&folded, 4) {
            sink.add(("ends", place, end));
        }
        if let Some(start) = first(&folded, 3) {
            sink.add(("starts", place, start));
        }
        for class in marks.class(at).numbers() {
            sink.few(OfName::Is(spot, class));
        }
        let shape = token.shape;
        let surname = || tables.surname_starts.iter().any(|start| text.form(at).starts_with(start.as_str()));
        if shape.all_capitals() || shape.inner_capital() && !surname() {
            sink.few(OfName::Capitals(spot));
        }
    }
    sink.few(OfName::Words(words.min(WORDS)));
    let (a, b) = (points.person - points.organisation, points.place - points.organisation);
    sink.few(OfName::Person(a.clamp(-8, 8)));
    sink.few(OfName::Place(b.clamp(-8, 8)));
    sink.few(OfName::Instrument((points.instrument - points.organisation).clamp(-6, 6)));
    for class in run.head.numbers() {
        sink.few(OfName::Head(class));
    }
}

/// Clues of what stands around one mention of a name to its sort.
pub fn of_surroundings(text: &Text<'_>, run: &Run, sink: &mut impl Clues<OfName>) {
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

/// The clues of a token to whatever it stands near of which there are few.
#[derive(Debug, Clone, Copy)]
pub enum Beside {
    Number,
    /// A word, and whether it has a capital.
    Word(bool),
    /// A known name, of [`NAMED`].
    Known(usize),
    /// A class by its number.
    Is(usize),
}

/// What a known name may be.
const NAMED: [Part; 4] = [Part::new("adjective"), Part::new("country"), Part::new("known"), Part::new("words")];

impl Beside {
    const IS: usize = 3 + NAMED.len();
}

fn case(capital: bool) -> Part {
    if capital { const { Part::new("capital") } } else { const { Part::new("small") } }
}

impl Few for Beside {
    const COUNT: usize = Self::IS + Class::KEYS.len();

    fn all() -> impl Iterator<Item = Self> {
        [Self::Number, Self::Word(false), Self::Word(true)]
            .into_iter()
            .chain((0..NAMED.len()).map(Self::Known))
            .chain((0..Class::KEYS.len()).map(Self::Is))
    }

    #[inline(always)]
    fn number(self) -> usize {
        match self {
            Self::Number => 0,
            Self::Word(capital) => 1 + usize::from(capital),
            Self::Known(kind) => 3 + kind,
            Self::Is(class) => Self::IS + class,
        }
    }

    fn tell(self, sink: &mut impl Sink) {
        match self {
            Self::Number => sink.add(&["number"]),
            Self::Word(capital) => sink.add((case(capital),)),
            Self::Known(kind) => sink.add(("known", NAMED[kind])),
            Self::Is(class) => sink.add(("is", Class::KEYS[class])),
        }
    }
}

/// Clues of a token to whatever it stands near.
pub fn of_neighbour(text: &Text<'_>, marks: &Marks, at: usize, sink: &mut impl Tells<Beside>) {
    of_known(marks, at, sink);
    of_form(text, marks, at, sink);
    of_classes(text, marks, at, sink);
}

/// What of a token's clues its place in the text tells: whether it begins a known name.
pub fn of_known(marks: &Marks, at: usize, sink: &mut impl Tells<Beside>) {
    if let Some(hit) = marks.hit(at) {
        sink.few(Beside::Known(match hit.what {
            What::Country(_, How::Adjective) | What::Adjective(_) => 0,
            What::Country(..) => 1,
            What::Bearer(_) => 2,
            What::Words(_) => 3,
        }));
    }
}

/// What of them its form tells.
fn of_form(text: &Text<'_>, marks: &Marks, at: usize, sink: &mut impl Tells<Beside>) {
    let token = &text.tokens()[at];
    match token.kind {
        TokenKind::Word => of_word_form(&marks.folded(text, at), token.shape.capital(), sink),
        TokenKind::Number => sink.few(Beside::Number),
        _ => of_mark_form(text.form(at), sink),
    }
}

/// What a folded word tells of its form.
pub fn of_word_form(folded: &str, capital: bool, sink: &mut impl Tells<Beside>) {
    sink.few(Beside::Word(capital));
    if !capital {
        sink.add(&["word", folded]);
    }
    if let Some(end) = endings(folded, 2).nth(1) {
        sink.add((case(capital), end));
    }
}

/// The same of a mark. Weights are kept in a file with commas between cells.
pub fn of_mark_form(mark: &str, sink: &mut impl Sink) {
    sink.add(&["mark", if mark == "," { "comma" } else { mark }]);
}

/// What of them its classes tell.
pub fn of_classes(text: &Text<'_>, marks: &Marks, at: usize, sink: &mut impl Tells<Beside>) {
    if text.tokens()[at].kind == TokenKind::Word {
        for class in marks.class(at).numbers() {
            sink.few(Beside::Is(class));
        }
    }
}

/// The last letters of a word: one, two and so on.
fn endings(word: &str, letters_max: usize) -> impl Iterator<Item = &str> {
    word.char_indices().rev().take(letters_max).map(|(at, _)| &word[at..])
}

fn first(word: &str, letters: usize) -> Option<&str> {
    let start = word.as_bytes().get(..letters).filter(|start| start.is_ascii() && word.len() > letters);
    if start.is_some() {
        return word.get(..letters);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers<F: Few>() -> Vec<usize> {
        let mut numbers: Vec<usize> = F::all().map(F::number).collect();
        numbers.sort_unstable();
        numbers
    }

    #[test]
    fn each_of_few_clues_has_a_number_of_its_own() {
        assert!(numbers::<OfWord>().into_iter().eq(0..OfWord::COUNT));
        assert!(numbers::<OfName>().into_iter().eq(0..OfName::COUNT));
        assert!(numbers::<Beside>().into_iter().eq(0..Beside::COUNT));
    }
}
