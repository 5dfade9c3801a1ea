//! The words of counting, compiled; and compounds cut into them.

use super::data::{ByNumber, CountingTable, NumberFile};
use pledgebook_lexicon::{DataFile, Error, expand};
use pledgebook_text::{Habits, Phrases, Vocabulary, fold::fold};
use rust_decimal::Decimal;
use smallvec::SmallVec;
use std::str::FromStr;

/// What a word does in a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Word {
    /// Is added; as much as `room` may be added to it.
    Add { value: Decimal, room: Decimal },
    /// Multiplies what stands before it.
    Times { value: Decimal },
    /// The same, of round counts: "dozen".
    Collective { value: Decimal },
    /// An order of magnitude: "billions".
    Vague { value: Decimal, sum: bool },
    /// How many digits the figure has.
    Places { digits: u32 },
    /// A part: a half.
    Fraction { value: Decimal },
    /// "several"
    Few,
    /// "a"
    Article,
    /// "and"
    Joiner,
    /// "of"
    Link,
    /// "point"
    Point,
    /// "minus"
    Minus,
    /// "out of"
    Over,
    /// "percent"
    Percent,
    /// The ending of a compound that makes it a denominator: "avos".
    Ordinal,
    /// "the one": no number.
    Pronoun,
    /// May begin a number that is written as one word.
    Compound,
}

impl Word {
    /// Whether a figure may begin with it.
    pub(super) fn opens(self) -> bool {
        !matches!(self, Self::Joiner | Self::Link | Self::Point | Self::Over | Self::Percent | Self::Ordinal)
    }
}

/// Compiled number words of a language.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) phrases: Phrases<Word>,
    /// Those of them that a figure may begin with: "of" and "and" are everywhere, and begin none.
    pub(super) openers: Phrases<()>,
    /// Scales that count only when written onto a figure.
    pub(super) glued: Phrases<Decimal>,
    /// What tells that the figure before it has the language's own marks.
    pub(super) own_style: Phrases<()>,
    pub(super) counting: CountingTable,
    /// Parts of compounds by their first byte, the longest first.
    morphs: Vec<(Box<str>, Word)>,
}

impl Words {
    pub(super) fn compile(
        file: &mut NumberFile,
        source: Option<&DataFile>,
        habits: &Habits,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, Error> {
        let mut words = Self { counting: std::mem::take(&mut file.counting), ..Self::default() };
        let rooms = &file.rooms;
        words.add(&file.words, source, habits, vocabulary, |value, key| {
            let room = rooms.get(key).map_or_else(|| room_of(value), |room| Decimal::from(*room));
            Some(Word::Add { value, room })
        })?;
        // A form that is both, "milliards", is read as the vague one, which multiplies as well after a figure.
        words.add(&file.vague, source, habits, vocabulary, |value, _| Some(Word::Vague { value, sum: false }))?;
        words.add(&file.scales, source, habits, vocabulary, |value, _| Some(Word::Times { value }))?;
        words.add(&file.collectives, source, habits, vocabulary, |value, _| Some(Word::Collective { value }))?;
        words.add(&file.sums, source, habits, vocabulary, |value, _| Some(Word::Vague { value, sum: true }))?;
        words.add(&file.places, source, habits, vocabulary, |value, _| {
            Some(Word::Places { digits: u32::try_from(value).ok()? })
        })?;
        words.add(&file.fractions, source, habits, vocabulary, |value, _| Some(Word::Fraction { value }))?;
        for (forms, word) in [
            (&file.few, Word::Few),
            (&file.articles, Word::Article),
            (&file.joiners, Word::Joiner),
            (&file.links, Word::Link),
            (&file.points, Word::Point),
            (&file.minus, Word::Minus),
            (&file.over, Word::Over),
            (&file.percent, Word::Percent),
            (&file.pronouns, Word::Pronoun),
        ] {
            for form in forms {
                words.insert(form, word, habits, vocabulary);
            }
        }
        for form in &file.own_style {
            words.own_style.insert(vocabulary, habits, form, ());
        }
        for (key, forms) in &file.glued {
            let value = number(key, source)?;
            for form in forms.iter() {
                words.glued.insert(vocabulary, habits, form, value);
            }
        }
        if words.counting.compounds {
            let endings = file.ordinal_endings.iter().flat_map(|ending| expand(ending));
            let joiners = file.compound_joiners.iter().map(|form| (fold(form).into_boxed_str(), Word::Joiner));
            words.morphs.extend(joiners);
            words.morphs.extend(endings.map(|ending| (fold(&ending).into_boxed_str(), Word::Ordinal)));
            let beginnings: Vec<String> = words
                .morphs
                .iter()
                .filter(|(_, word)| !matches!(word, Word::Joiner | Word::Ordinal))
                .map(|(form, _)| format!("{form}*"))
                .collect();
            for beginning in beginnings {
                words.phrases.insert(vocabulary, habits, &beginning, Word::Compound);
                words.openers.insert(vocabulary, habits, &beginning, ());
            }
            words.morphs.sort_by_key(|(form, _)| (form.bytes().next(), std::cmp::Reverse(form.len())));
        } else {
            words.morphs.clear();
        }
        Ok(words)
    }

    fn add(
        &mut self,
        table: &ByNumber,
        source: Option<&DataFile>,
        habits: &Habits,
        vocabulary: &mut Vocabulary,
        word: impl Fn(Decimal, &str) -> Option<Word>,
    ) -> Result<(), Error> {
        for (key, forms) in table {
            let word = word(number(key, source)?, key).ok_or_else(|| wrong(key, source))?;
            for form in forms.iter() {
                self.insert(form, word, habits, vocabulary);
            }
        }
        Ok(())
    }

    fn insert(&mut self, form: &str, word: Word, habits: &Habits, vocabulary: &mut Vocabulary) {
        self.phrases.insert(vocabulary, habits, form, word);
        if word.opens() {
            self.openers.insert(vocabulary, habits, form, ());
        }
        let part = matches!(
            word,
            Word::Add { .. } | Word::Times { .. } | Word::Fraction { .. } | Word::Joiner | Word::Vague { .. }
        );
        if self.counting.compounds && part {
            self.morphs.extend(
                expand(form)
                    .into_iter()
                    .filter(|form| form.chars().all(char::is_alphabetic))
                    .map(|form| (fold(&form).into_boxed_str(), word)),
            );
        }
    }

    /// Cuts a folded word into number words, if it is made of nothing else.
    pub(super) fn cut(&self, folded: &str, parts: &mut SmallVec<[Word; 12]>) -> bool {
        let Some(first) = folded.bytes().next() else { return !parts.is_empty() };
        if parts.len() == 12 {
            return false;
        }
        let from = self.morphs.partition_point(|(form, _)| form.bytes().next() < Some(first));
        for (form, word) in self.morphs[from..].iter().take_while(|(form, _)| form.bytes().next() == Some(first)) {
            if let Some(rest) = folded.strip_prefix(&**form) {
                parts.push(*word);
                if self.cut(rest, parts) {
                    return true;
                }
                parts.pop();
            }
        }
        false
    }
}

/// What the decimal system lets be added to a number word: 10 to twenty, 100 to three hundred, nothing to five.
fn room_of(value: Decimal) -> Decimal {
    let mut room = Decimal::ONE;
    while !value.is_zero() && (value % (room * Decimal::TEN)).is_zero() {
        room *= Decimal::TEN;
    }
    // Ten itself takes nothing: "ten five" are two numbers.
    if room == Decimal::ONE || value == Decimal::TEN { Decimal::ZERO } else { room }
}

/// A key of a table: "12", "1.5", "2/3".
pub(super) fn number(key: &str, source: Option<&DataFile>) -> Result<Decimal, Error> {
    let (numerator, denominator) = key.split_once('/').unwrap_or((key, "1"));
    let parse = |text: &str| Decimal::from_str(text).ok();
    parse(numerator)
        .zip(parse(denominator))
        .and_then(|(numerator, denominator)| numerator.checked_div(denominator))
        .ok_or_else(|| wrong(key, source))
}

fn wrong(key: &str, source: Option<&DataFile>) -> Error {
    let what = format!("'{key}' is no number that can stand here");
    match source {
        Some(file) => {
            let line = file.text().lines().position(|line| line.trim_start_matches('"').starts_with(key));
            Error::data(file.path(), line.map_or(1, |line| line + 1), &what)
        }
        None => Error::file("number.toml", &what),
    }
}
