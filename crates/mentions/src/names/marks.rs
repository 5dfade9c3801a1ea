//! What is known about every token before names are cut out: its classes, known names that begin at it, and how firmly its
//! capital speaks for a name.

use super::{
    anaphora,
    lexicon::{Class, Tables, What},
    runs,
};
use pledgebook_text::{
    Text, Token, TokenKind, TokenSet,
    fold::{fold, is_folded},
    head,
};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};
use std::{borrow::Cow, hash::Hasher, ops::Range};

/// What is known about one token.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mark {
    pub class: Class,
    /// 1 + the place in [`Marks::hits`] of the known name that begins here; 0 is none.
    hit: u32,
    /// Whether the capital may come from its place: first word of a sentence, headline, noun of a language that writes them so.
    pub weak: bool,
    /// Whether it stands in a headline with capitals throughout.
    pub loud: bool,
    /// Whether that is a line in capital letters, where an acronym looks like any word.
    pub shouted: bool,
    /// Whether a gap of several blanks stands before or behind, as in menus and tables.
    pub cell: bool,
    /// Of a word with a capital, whether it ends with an apostrophe: "L'", "D'".
    pub elided: bool,
    /// What speaks for its being a name where nouns have a capital; [`UNWEIGHED`] until it is asked for or where words around it have changed.
    points: i8,
    /// The place of a word with a capital in [`Marks::capitals`]; 0 for others.
    capital: u32,
}

/// A word with a capital.
#[derive(Debug, Clone, Copy, Default)]
struct Capital {
    /// Its token.
    at: u32,
    /// The place of its stem in [`Marks::stems`].
    shown: u32,
    /// The hash of its folded stem, which is never 0.
    stem: u64,
}

/// What the text shows of a stem that it writes with a capital.
#[derive(Debug, Clone, Copy, Default)]
struct Shown {
    /// Somewhere the capital is not owed to its place.
    strong: bool,
    /// There it stands without a hyphen before or behind.
    alone: bool,
    /// Somewhere the capital may come from its place.
    weak: bool,
    /// Somewhere it is written small, where it is also weak.
    small: bool,
    /// What speaks for and against its being a name, where nouns have a capital too.
    sum: Option<i32>,
    /// Of its first letters, as [`start`] tells it.
    start: u16,
}

/// A known name.
#[derive(Debug, Clone)]
pub struct Hit {
    pub tokens: Range<usize>,
    pub what: What,
}

/// The marks of a text.
#[derive(Debug, Default)]
pub struct Marks {
    list: Vec<Mark>,
    hits: Vec<Hit>,
    /// The words with a capital in the order of the text; the first stands for all others.
    capitals: Vec<Capital>,
    /// What the text shows of each stem; the first is of none.
    stems: Vec<Shown>,
    /// The tokens at which names may begin.
    named: TokenSet,
    /// The tokens at which phrases may begin that stand for a name.
    asked: TokenSet,
}

impl Marks {
    pub fn new(text: &Text<'_>, tables: &Tables) -> Self {
        let (tokens, source, vocabulary) = (text.tokens(), text.source(), text.vocabulary());
        let capitals = 1 + text.capitals();
        let mut marks = Self {
            list: vec![Mark { points: UNWEIGHED, ..Mark::default() }; tokens.len()],
            hits: Vec::with_capacity(tokens.len() / 12),
            capitals: Vec::with_capacity(capitals),
            stems: Vec::with_capacity(capitals),
            named: text.capital_words().clone(),
            asked: TokenSet::with_room(tokens.len()),
        };
        marks.capitals.push(Capital::default());
        marks.stems.push(Shown::default());
        let mut places: FxHashMap<u64, u32> = FxHashMap::with_capacity_and_hasher(capitals, FxBuildHasher);
        let mut open_until = 0;
        let (alone, kept) = (tables.alone(vocabulary), tables.stems.kept());
        for (at, token) in tokens.iter().enumerate() {
            if tables.phrases.may_begin(token) {
                let next = || tokens.get(at + 1).map_or(0, |next| vocabulary.bits(next.known));
                let (class, more) = alone.of(token, next);
                marks.list[at].class |= class;
                if more
                    && let Some((len, what)) = marks.known_at(text, tables, at)
                    && (at >= open_until || at + len > open_until)
                {
                    marks.hits.push(Hit { tokens: at..at + len, what });
                    marks.list[at].hit = marks.hits.len() as u32;
                    open_until = open_until.max(at + len);
                }
            }
        }
        for at in text.capital_words().within(0..tokens.len()) {
            let token = &tokens[at];
            let (form, mark) = (token.of(source), &mut marks.list[at]);
            // The last byte tells most others.
            mark.elided = matches!(form.as_bytes().last(), Some(b'\'' | 0x99)) && form.ends_with(['\'', '’']);
            if token.shape.capital() {
                let number = marks.capitals.len();
                let cut = tables.stems.cut(text.folded_capital(number - 1));
                let stem = hash(cut);
                let next = marks.stems.len() as u32;
                let shown = *places.entry(stem).or_insert(next);
                if shown == next {
                    marks.stems.push(Shown { start: start(head(cut.as_bytes(), cut.len()), kept), ..Shown::default() });
                }
                mark.capital = number as u32;
                marks.capitals.push(Capital { at: at as u32, shown, stem });
            }
        }
        marks.weigh(text, tables, &places);
        marks.note(text, anaphora::asks(tables));
        marks
    }

    /// Notes the tokens at which names may begin, and those at which a phrase may begin that stands for a name.
    fn note(&mut self, text: &Text<'_>, asks: Class) {
        let either = runs::OPENS_NAME | asks;
        for (at, mark) in self.list.iter().enumerate() {
            // Most tokens are neither.
            if mark.hit == 0 && !mark.class.any(either) {
                continue;
            }
            if mark.hit != 0 || mark.class.any(runs::OPENS_NAME) {
                self.named.insert(at);
            }
            if mark.class.any(asks) {
                self.asked.insert(at);
            }
        }
        for at in text.others().within(0..self.list.len()) {
            if text.tokens()[at].kind != TokenKind::Word && runs::may_quote(text.first_byte(at)) {
                self.named.insert(at);
            }
        }
    }

    /// The first of a run of tokens at which a name may begin, as far as its own writing and classes tell.
    #[inline]
    pub fn first_named(&self, tokens: Range<usize>) -> Option<usize> {
        self.named.first_in(tokens)
    }

    /// The first of a run of tokens at which a phrase may begin that stands for a name.
    #[inline]
    pub fn first_asked(&self, tokens: Range<usize>) -> Option<usize> {
        self.asked.first_in(tokens)
    }

    /// The longest known name that begins at a token; the classes of all phrases there are noted.
    fn known_at(&mut self, text: &Text<'_>, tables: &Tables, at: usize) -> Option<(usize, What)> {
        let (tokens, capital) = (text.tokens(), text.tokens()[at].shape.capital());
        let mut best: Option<(usize, What)> = None;
        tables.phrases.each_at(text.vocabulary(), tokens, at, |found| {
            for entry in found.values {
                if entry.capital && !capital || entry.loud && is_small(text, at) {
                    continue;
                }
                // "Львівська політехніка": where no article stands before it, a body's own name begins with such an adjective.
                if matches!(entry.what, What::Adjective(_)) && tables.articleless && capital {
                    continue;
                }
                match entry.what {
                    What::Words(class) => {
                        self.list[at..at + found.len].iter_mut().for_each(|mark| mark.class |= class);
                    }
                    what if best.is_none_or(|(len, _)| found.len > len) => best = Some((found.len, what)),
                    _ => {}
                }
            }
        });
        best
    }

    /// Tells weak capitals from strong ones and gathers what the text shows of both.
    fn weigh(&mut self, text: &Text<'_>, tables: &Tables, places: &FxHashMap<u64, u32>) {
        let mut first = 1;
        for sentence in text.sentences() {
            let range = sentence.tokens.clone();
            let inside = self.capitals[first..].iter().take_while(|word| (word.at as usize) < range.end).count();
            let capitals = first..first + inside;
            first = capitals.end;
            self.weigh_sentence(text, tables, range, capitals);
        }
        if tables.capital_nouns {
            self.weigh_nouns(text, tables);
        } else {
            self.find_small(text, tables, places);
        }
    }

    /// The same for a sentence; `capitals` are the places of its words with a capital.
    fn weigh_sentence(&mut self, text: &Text<'_>, tables: &Tables, range: Range<usize>, capitals: Range<usize>) {
        let (tokens, source) = (text.tokens(), text.source());
        // A headline has no full stop; a sentence full of names has one, and one full of nouns is none where these have a capital.
        let stopped = tables.capital_nouns || range.end > range.start && tokens[range.end - 1].of(source) == ".";
        let (title, shouted) = is_title_case(tokens, &range, &self.capitals[capitals.clone()], stopped);
        if !title {
            self.free_calendar(text, tables, &range, capitals);
        }
        let (mut opening, mut numbered, mut dated) = (true, true, true);
        // Where a token begins that stands next to the one before.
        let mut near = u32::MAX;
        for (at, token) in range.clone().zip(&tokens[range.clone()]) {
            let gap = token.start > near;
            near = token.end + 1;
            if gap && is_apart(text, at) {
                opening |= tokens[at - 1].kind != TokenKind::Word || tokens[at - 1].shape.capital();
                self.list[at - 1].cell = true;
                self.list[at].cell = true;
            }
            match token.kind {
                TokenKind::Word => {
                    let weak = opening || title || tables.capital_nouns;
                    (opening, numbered) = (false, false);
                    dated = dated && (token.shape.capital() || self.list[at].class.any(Class::FUNCTION));
                    if !(weak || token.shape.capital()) {
                        // Nothing is said of a word without a capital.
                        continue;
                    }
                    let mark = &mut self.list[at];
                    (mark.weak, mark.loud, mark.shouted) = (weak, title, shouted);
                    if title {
                        self.hide_small(tokens, at);
                    }
                    if token.shape.capital() {
                        self.show(text, at, title);
                    }
                }
                // Behind the hour or the number of an item a sentence begins.
                TokenKind::Number => opening &= numbered,
                // So it may behind a colon, an opening quote or what parts the cells of a line.
                // Stops and commas, as most of them are, do neither.
                _ if matches!(text.first_byte(at), b'.' | b',') => {}
                _ => {
                    let mark = token.of(source).chars().next().unwrap_or_default();
                    opening |= matches!(mark, ':' | '«' | '“' | '„' | '"' | '•' | '¿' | '¡')
                        || matches!(mark, '·' | '|' | '▪' | '▸' | '→' | '›' | '✔' | '■' | '☰' | '▶' | '●' | '>');
                    // Behind where and when a text was written it begins: "ROME, 4 March (ANSA) – Prices …".
                    opening |=
                        dated && at < range.start + DATELINE && !token.shape.glued() && matches!(mark, '-' | '–' | '—');
                }
            }
        }
    }

    /// "EN UN TERMINAL": among capitals a small word is no acronym.
    fn hide_small(&mut self, tokens: &[Token], at: usize) {
        let loud = |at: usize| tokens.get(at).is_some_and(|t| t.shape.all_capitals() && t.end - t.start > 3);
        if tokens[at].shape.all_capitals()
            && self.list[at].class.any(Class::FUNCTION | Class::ARTICLE | Class::LINK | Class::IN)
            && self.hit(at).is_some_and(|hit| hit.tokens.len() == 1)
            && (loud(at + 1) || at > 0 && loud(at - 1))
        {
            self.list[at].hit = 0;
        }
    }

    /// Notes what a word with a capital shows of its stem.
    fn show(&mut self, text: &Text<'_>, at: usize, title: bool) {
        let (tokens, mark) = (text.tokens(), &self.list[at]);
        let shown = &mut self.stems[self.capitals[mark.capital as usize].shown as usize];
        shown.weak |= mark.weak;
        if (!mark.weak || tokens[at].shape.inner_capital() && !title)
            && !mark.class.any(Class::FUNCTION | Class::DEFINITE)
        {
            shown.strong = true;
            let hyphen = |at: usize| at < tokens.len() && text.first_byte(at) == b'-';
            shown.alone |= !(hyphen(at + 1) || tokens[at].shape.glued() && at > 0 && hyphen(at - 1));
        }
    }

    /// Lets months be parts of names where their capital says so: "March Networks", "Mars Incorporated"; alone, where months have none ("selon
    /// Avril").
    fn free_calendar(&mut self, text: &Text<'_>, tables: &Tables, sentence: &Range<usize>, capitals: Range<usize>) {
        const OPENS_DATE: Class = Class(Class::IN.0 | Class::LINK.0 | Class::PREPOSITION.0 | Class::AND.0);
        let tokens = text.tokens();
        let word = |at: usize| tokens.get(at).filter(|token| sentence.contains(&at) && token.kind == TokenKind::Word);
        for capital in capitals {
            let at = self.capitals[capital].at as usize;
            let class = self.list[at].class;
            if !class.any(Class::CALENDAR) {
                continue;
            }
            let before = at.checked_sub(1).filter(|before| word(*before).is_some());
            let next = self.class(at + 1);
            let goes_on = word(at + 1).is_some_and(|token| token.shape.capital())
                && !next.any(Class::FUNCTION | Class::HONORIFIC | Class::ROLE)
                && (!tables.capital_nouns || next.any(Class::LEGAL))
                && before.is_none_or(|before| !self.class(before).any(OPENS_DATE) || tokens[before].shape.capital());
            let alone = tables.small_words && before.is_some() && !tokens[at].shape.all_capitals();
            if goes_on || alone {
                self.list[at].class = class & !Class::FUNCTION;
            }
        }
    }

    /// Notes which of the weak stems the text also writes small.
    fn find_small(&mut self, text: &Text<'_>, tables: &Tables, places: &FxHashMap<u64, u32>) {
        // Beginnings of weak stems, which most small words do not share.
        let mut starts = [0u64; STARTS / 64];
        for shown in self.stems.iter().filter(|shown| shown.weak) {
            starts[shown.start as usize / 64] |= 1 << (shown.start % 64);
        }
        let kept = tables.stems.kept();
        for token in text.tokens() {
            if token.kind != TokenKind::Word || token.shape.capital() {
                continue;
            }
            let start = start(token.head, kept);
            if starts[start as usize / 64] >> (start % 64) & 1 == 0 {
                continue;
            }
            if let Some(place) = places.get(&hash(tables.stems.cut(token.of(text.source())))) {
                let shown = &mut self.stems[*place as usize];
                shown.small |= shown.weak;
            }
        }
    }

    /// Adds up what speaks for and against every word with a capital being a name.
    fn weigh_nouns(&mut self, text: &Text<'_>, tables: &Tables) {
        const LISTED: Class = Class(
            Class::COMMON.0
                | Class::FUNCTION.0
                | Class::ROLE.0
                | Class::COMPANY.0
                | Class::SITE.0
                | Class::ACCORD.0
                | Class::BODY.0
                | Class::GOVERNMENT.0
                | Class::PEOPLE.0
                | Class::DEFINITE.0
                | Class::ARTICLE.0,
        );
        for sentence in text.sentences() {
            for at in sentence.tokens.clone() {
                let mark = self.list[at];
                if mark.capital != 0 && !mark.class.any(LISTED) {
                    let points = super::nouns::points(text, self, tables, &sentence.tokens, at, at + 1);
                    self.list[at].points = i8::try_from(points).unwrap_or(UNWEIGHED);
                    let shown = self.capitals[mark.capital as usize].shown;
                    *self.stems[shown as usize].sum.get_or_insert(0) += points;
                }
            }
        }
        for shown in &mut self.stems {
            shown.strong |= shown.sum.is_some_and(|points| points >= 3);
        }
    }

    /// The mark of a token; past the end, nothing is known.
    #[inline]
    pub fn of(&self, at: usize) -> Mark {
        self.list.get(at).copied().unwrap_or_default()
    }

    #[inline]
    pub fn class(&self, at: usize) -> Class {
        self.list.get(at).map_or(Class::NONE, |mark| mark.class)
    }

    /// Whether a word with a capital ends with an apostrophe: "L'", "D'".
    #[inline]
    pub fn is_elided(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|mark| mark.elided)
    }

    /// Adds a class that reading itself found out.
    pub fn add(&mut self, at: usize, class: Class) {
        if let Some(mark) = self.list.get_mut(at) {
            mark.class |= class;
        }
        // Points look two words back and ahead.
        self.list[at.saturating_sub(2)..].iter_mut().take(5).for_each(|mark| mark.points = UNWEIGHED);
    }

    /// What speaks for a word being a name (above 0) or a common noun (below), by the words around it.
    pub fn points(&self, text: &Text<'_>, tables: &Tables, sentence: &Range<usize>, at: usize) -> i32 {
        match self.of(at).points {
            UNWEIGHED => super::nouns::points(text, self, tables, sentence, at, at + 1),
            points => i32::from(points),
        }
    }

    /// The known name that begins at a token.
    #[inline]
    pub fn hit(&self, at: usize) -> Option<&Hit> {
        self.hits.get((self.list.get(at)?.hit as usize).checked_sub(1)?)
    }

    /// Takes away the known name that begins at a token; gives what [restores](Self::restore) it.
    pub fn hide(&mut self, at: usize) -> u32 {
        self.list.get_mut(at).map_or(0, |mark| std::mem::take(&mut mark.hit))
    }

    /// Puts back the known name that was taken away at a token.
    pub fn restore(&mut self, at: usize, hidden: u32) {
        if let Some(mark) = self.list.get_mut(at) {
            mark.hit = hidden;
        }
    }

    /// A word as lists and weights know it.
    #[inline]
    pub fn folded<'a>(&'a self, text: &'a Text<'_>, at: usize) -> Cow<'a, str> {
        let capital = self.list.get(at).and_then(|mark| mark.capital.checked_sub(1));
        if let Some(number) = capital {
            return Cow::Borrowed(text.folded_capital(number as usize));
        }
        let form = text.form(at);
        if is_folded(form) { Cow::Borrowed(form) } else { Cow::Owned(fold(form)) }
    }

    /// A word's place among those with a capital.
    #[inline]
    fn capital(&self, at: usize) -> Capital {
        self.capitals[self.list.get(at).map_or(0, |mark| mark.capital as usize)]
    }

    /// The hash of a word's folded stem, for words with a capital; else 0.
    #[inline]
    pub fn stem(&self, at: usize) -> u64 {
        self.capital(at).stem
    }

    /// What the text shows of the word at a token.
    #[inline]
    fn shown(&self, at: usize) -> Shown {
        self.stems[self.capital(at).shown as usize]
    }

    /// Whether the text elsewhere shows a word to be a name.
    pub fn is_strong(&self, at: usize) -> bool {
        self.shown(at).strong
    }

    /// Whether a word also stands in the text as a name of its own.
    pub fn stands_alone(&self, at: usize) -> bool {
        self.shown(at).alone
    }

    /// What the whole text says for and against a noun being a name.
    pub fn sum(&self, at: usize) -> i32 {
        self.shown(at).sum.unwrap_or(0)
    }

    /// Whether the text also writes a word small.
    pub fn is_small(&self, at: usize) -> bool {
        self.shown(at).small
    }
}

/// Of [`Mark::points`]: not added up.
const UNWEIGHED: i8 = i8::MIN;

/// How many tokens at most stand before the dash that closes a dateline.
const DATELINE: usize = 12;

/// Whether a gap of several blanks stands before a token, as between the columns of a line.
#[inline(always)]
pub fn is_apart(text: &Text<'_>, at: usize) -> bool {
    let (before, token) = (&text.tokens()[at - 1], &text.tokens()[at]);
    token.start > before.end + 1
        && text.source()[before.end as usize..token.start as usize].bytes().all(|byte| byte == b' ')
}

/// Whether a word has a small letter: no acronym.
fn is_small(text: &Text<'_>, at: usize) -> bool {
    text.form(at).chars().any(char::is_lowercase)
}

/// Whether a line writes most of its words with a capital, as a headline may, and whether it is one in capital letters.
fn is_title_case(tokens: &[Token], line: &Range<usize>, capitals: &[Capital], stopped: bool) -> (bool, bool) {
    let counts = |token: &Token| token.kind == TokenKind::Word && token.end - token.start >= 4;
    let words = || capitals.iter().map(|word| &tokens[word.at as usize]).filter(|token| counts(token));
    let (capital, all) = (words().count(), words().filter(|token| token.shape.all_capitals()).count());
    // Most sentences need no more to be told.
    if all == 0 && (stopped || capital == 0) {
        return (false, false);
    }
    let long = tokens[line.clone()].iter().filter(|token| counts(token)).count();
    let shouted = if long < 3 { long > 0 && all == long } else { all * 2 > long };
    (shouted || long >= 3 && capital * 10 >= long * 8 && !stopped, shouted)
}

/// How many beginnings of words are told apart.
const STARTS: usize = 1024;

/// A number below [`STARTS`] of the first four bytes of a word, of which the [kept](super::stems::Stems::kept) bits count.
#[inline]
fn start(four: u32, kept: u32) -> u16 {
    ((four & kept).wrapping_mul(0x9e37_79b1) >> (u32::BITS - STARTS.ilog2())) as u16
}

pub fn hash(folded: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(folded.as_bytes());
    hasher.finish() | 1
}
