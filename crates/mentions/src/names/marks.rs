//! What is known about every token before names are cut out: its classes, known names that begin at it, and how firmly its
//! capital speaks for a name.

use super::lexicon::{Class, Tables, What};
use pledgebook_text::{Text, Token, TokenKind, fold::fold_into};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::{hash::Hasher, ops::Range};

/// What is known about one token.
#[derive(Debug, Clone, Copy, Default)]
pub struct Mark {
    pub class: Class,
    /// Of the folded stem, for words with a capital; else 0.
    pub stem: u64,
    /// 1 + the place in [`Marks::hits`] of the known name that begins here; 0 is none.
    hit: u32,
    /// Whether the capital may come from its place: first word of a sentence, headline, noun of a language that writes them so.
    pub weak: bool,
    /// Whether it stands in a headline with capitals throughout.
    pub loud: bool,
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
    /// Stems with a capital that is not owed to their place.
    strong: FxHashSet<u64>,
    /// Those that also stand without a hyphen before or behind.
    alone: FxHashSet<u64>,
    /// Stems of weak words that the text also writes small.
    small: FxHashSet<u64>,
    /// What speaks for and against stems being names, where nouns have a capital too.
    sums: FxHashMap<u64, i32>,
}

impl Marks {
    pub fn new(text: &Text<'_>, tables: &Tables) -> Self {
        let tokens = text.tokens();
        let mut marks = Self { list: vec![Mark::default(); tokens.len()], ..Self::default() };
        let mut folded = String::with_capacity(64);
        let mut open_until = 0;
        for at in 0..tokens.len() {
            let token = &tokens[at];
            let mut best: Option<(usize, What)> = None;
            tables.phrases.each_at(text.vocabulary(), tokens, at, |found| {
                for entry in found.values {
                    if entry.capital && !token.shape.capital() || entry.loud && is_small(text, at) {
                        continue;
                    }
                    match entry.what {
                        What::Words(class) => {
                            marks.list[at..at + found.len].iter_mut().for_each(|mark| mark.class |= class);
                        }
                        what if best.is_none_or(|(len, _)| found.len > len) => best = Some((found.len, what)),
                        _ => {}
                    }
                }
            });
            if let Some((len, what)) = best
                && (at >= open_until || at + len > open_until)
            {
                marks.hits.push(Hit { tokens: at..at + len, what });
                marks.list[at].hit = marks.hits.len() as u32;
                open_until = open_until.max(at + len);
            }
            if token.kind == TokenKind::Word && token.shape.capital() {
                folded.clear();
                fold_into(token.of(text.source()), &mut folded);
                marks.list[at].stem = hash(stem(&folded, tables));
            }
        }
        marks.weigh(text, tables);
        marks
    }

    /// Tells weak capitals from strong ones and gathers what the text shows of both.
    fn weigh(&mut self, text: &Text<'_>, tables: &Tables) {
        let (tokens, source) = (text.tokens(), text.source());
        for sentence in text.sentences() {
            let range = sentence.tokens.clone();
            let title = is_title_case(&tokens[range.clone()], &self.list[range.clone()]);
            let mut opening = true;
            for at in range {
                let token = &tokens[at];
                match token.kind {
                    TokenKind::Word => {
                        self.list[at].loud = title;
                        self.list[at].weak = opening || title || tables.capital_nouns;
                        opening = false;
                    }
                    TokenKind::Number => opening = false,
                    // A colon, an opening quote or a dash may be followed by a sentence of its own.
                    _ => opening |= matches!(token.of(source), ":" | "«" | "“" | "„" | "\"" | "•" | "¿" | "¡"),
                }
                let mark = &self.list[at];
                if mark.stem != 0
                    && (!mark.weak || token.shape.inner_capital() && !title)
                    && !mark.class.any(Class::FUNCTION | Class::DEFINITE)
                {
                    self.strong.insert(mark.stem);
                    let hyphen = |at: usize| tokens.get(at).is_some_and(|t| t.of(source) == "-");
                    if !(hyphen(at + 1) || token.shape.glued() && at > 0 && hyphen(at - 1)) {
                        self.alone.insert(mark.stem);
                    }
                }
            }
        }
        let weak: FxHashSet<u64> =
            self.list.iter().filter(|mark| mark.weak && mark.stem != 0).map(|m| m.stem).collect();
        if tables.capital_nouns {
            self.weigh_nouns(text, tables);
            return;
        }
        if weak.is_empty() {
            return;
        }
        for token in tokens.iter().filter(|token| token.kind == TokenKind::Word && !token.shape.capital()) {
            let stem = hash(stem(token.of(source), tables));
            if weak.contains(&stem) {
                self.small.insert(stem);
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
        let mut sums: FxHashMap<u64, i32> = FxHashMap::default();
        for at in 0..self.list.len() {
            let mark = self.list[at];
            if mark.stem != 0 && !mark.class.any(LISTED) {
                *sums.entry(mark.stem).or_default() += super::nouns::points(text, self, tables, at, at + 1);
            }
        }
        self.strong.extend(sums.iter().filter(|(_, points)| **points >= 3).map(|(stem, _)| *stem));
        self.sums = sums;
    }

    /// The mark of a token; past the end, nothing is known.
    pub fn of(&self, at: usize) -> Mark {
        self.list.get(at).copied().unwrap_or_default()
    }

    pub fn class(&self, at: usize) -> Class {
        self.of(at).class
    }

    /// Adds a class that reading itself found out.
    pub fn add(&mut self, at: usize, class: Class) {
        if let Some(mark) = self.list.get_mut(at) {
            mark.class |= class;
        }
    }

    /// The known name that begins at a token.
    pub fn hit(&self, at: usize) -> Option<&Hit> {
        self.hits.get((self.of(at).hit as usize).checked_sub(1)?)
    }

    /// Whether the text elsewhere shows a word to be a name.
    pub fn is_strong(&self, at: usize) -> bool {
        self.strong.contains(&self.of(at).stem)
    }

    /// Whether a word also stands in the text as a name of its own.
    pub fn stands_alone(&self, at: usize) -> bool {
        self.alone.contains(&self.of(at).stem)
    }

    /// What the whole text says for and against a noun being a name.
    pub fn sum(&self, at: usize) -> i32 {
        self.sums.get(&self.of(at).stem).copied().unwrap_or(0)
    }

    /// Whether the text also writes a word small.
    pub fn is_small(&self, at: usize) -> bool {
        self.small.contains(&self.of(at).stem)
    }
}

/// Whether a word has a small letter: no acronym.
fn is_small(text: &Text<'_>, at: usize) -> bool {
    text.form(at).chars().any(char::is_lowercase)
}

/// A headline that writes most of its words with a capital, or a line in capitals.
fn is_title_case(tokens: &[Token], marks: &[Mark]) -> bool {
    let (mut long, mut capital, mut all) = (0, 0, 0);
    for (token, _) in tokens.iter().zip(marks).filter(|(t, _)| t.kind == TokenKind::Word && t.end - t.start >= 4) {
        long += 1;
        capital += usize::from(token.shape.capital());
        all += usize::from(token.shape.all_capitals());
    }
    long >= 3 && (capital * 10 >= long * 8 || all * 2 > long) || long > 0 && long < 3 && all == long
}

/// A folded word without the endings that its language adds for case.
pub fn stem<'w>(folded: &'w str, tables: &Tables) -> &'w str {
    if tables.inflection.endings.is_empty() {
        return folded;
    }
    let last = folded.as_bytes().last();
    for ending in &tables.inflection.endings {
        // Most endings differ in their last letter, which is told without comparing the rest.
        if ending.as_bytes().last() == last
            && let Some(stem) = folded.strip_suffix(ending.as_str())
            && stem.chars().count() >= tables.inflection.stem_min
        {
            return stem;
        }
    }
    folded
}

pub fn hash(folded: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(folded.as_bytes());
    hasher.finish() | 1
}
