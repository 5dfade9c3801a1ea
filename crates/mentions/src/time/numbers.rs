//! Numbers inside times: counts, ordinals, days of the month, years.

use super::{
    lattice::{Parsed, Window},
    words::{Word, mask},
};

impl Window<'_> {
    /// A number of things: digits, or a word below a hundred or so.
    pub(super) fn number(&self, at: usize) -> Parsed<u32> {
        if let Some(number) = self.digits(at, 3) {
            return (number > 0).then_some((number, at + 1));
        }
        self.take(at, mask::NUMBER, |word| if let Word::Count(number) = word { Some(u32::from(number)) } else { None })
    }

    /// An ordinal: a word, or digits with an ending.
    pub(super) fn ordinal(&self, at: usize) -> Parsed<u8> {
        if let Some(number) = self.digits(at, 3).filter(|number| (1..=100).contains(number)) {
            let number = number as u8;
            // "15-го", "1.º": a mark may stand between.
            let ending = self.mark(at + 1, "-‑.").filter(|_| self.glued(at + 1)).unwrap_or(at + 1);
            for ending in [at + 1, ending] {
                if self.glued(ending)
                    && let Some(end) = self.eat(ending, Word::OrdinalEnding)
                {
                    return Some((number, end));
                }
            }
            if self.words.ordinal_stop && self.stop(at + 1) > at + 1 {
                return Some((number, at + 2));
            }
            return None;
        }
        self.take(at, mask::ORDINAL, |word| if let Word::Ordinal(number) = word { Some(number) } else { None })
    }

    /// The number of a day in its month.
    pub(super) fn day_number(&self, at: usize) -> Parsed<u8> {
        let (number, end) =
            self.ordinal(at).or_else(|| self.digits(at, 2).map(|number| (number as u8, at + 1))).or_else(|| {
                self.take(at, mask::NUMBER, |word| if let Word::Count(number) = word { Some(number) } else { None })
            })?;
        (1..=31).contains(&number).then_some((number, end))
    }

    /// A year of four digits or in words, with the words that belong to it.
    pub(super) fn year(&self, at: usize) -> Parsed<i16> {
        let start = self.eat(self.skip(at, Word::The), Word::YearBefore).unwrap_or(at);
        let start = if start > at { self.skip(self.skip(start, Word::Of), Word::The) } else { at };
        let (year, end) = self.bare_year(start).or_else(|| self.year_in_words(start))?;
        Some((year, self.year_end(end)))
    }

    pub(super) fn year_end(&self, end: usize) -> usize {
        self.eat(end, Word::YearAfter).map_or(end, |end| if end + 1 < self.sentence_end { self.stop(end) } else { end })
    }

    pub(super) fn bare_year(&self, at: usize) -> Parsed<i16> {
        let year = self.digits(at, 4).filter(|_| self.form(at).len() == 4)? as i16;
        // "2030-го": an ending may hang on it.
        let ending = self.mark(at + 1, "-‑").filter(|end| self.glued(at + 1) && self.glued(*end));
        let end = ending.and_then(|end| self.eat(end, Word::OrdinalEnding)).unwrap_or(at + 1);
        (1900..=2100).contains(&year).then_some((year, end))
    }

    /// "nineteen ninety-six", "dos mil veintisiete".
    pub(super) fn year_in_words(&self, at: usize) -> Parsed<i16> {
        let count = |at| {
            self.take(
                at,
                mask::NUMBER,
                |word| if let Word::Count(number) = word { Some(i16::from(number)) } else { None },
            )
        };
        if let Some((base, end)) =
            self.take(at, mask::YEAR, |word| if let Word::YearBase(year) = word { Some(year) } else { None })
        {
            let rest = count(self.skip(end, Word::And)).filter(|(rest, _)| *rest < 100);
            let (year, end) = rest.map_or((base, end), |(rest, end)| (base + rest, end));
            return (1900..=2100).contains(&year).then_some((year, end));
        }
        let (hundreds, end) = count(at).filter(|(hundreds, _)| matches!(hundreds, 19 | 20))?;
        let (rest, end) = count(end).filter(|(rest, _)| (10..100).contains(rest))?;
        Some((hundreds * 100 + rest, end))
    }

    /// A year that follows a month or a quarter: "2025", ", 2025", "of 2025", "-2025".
    pub(super) fn year_after(&self, at: usize) -> Parsed<i16> {
        let glue = |at: usize| self.mark(at, "-/‑").filter(|end| self.glued(at) && self.glued(*end));
        let comma = self.mark(at, ",");
        let of = self.eat(at, Word::Of).or_else(|| self.eat(at, Word::In));
        [Some(at), comma, of, glue(at)].into_iter().flatten().find_map(|start| self.year(start))
    }
}

/// The year that two digits mean.
pub fn century_of(year: i16) -> i16 {
    if year < 50 { 2000 + year } else { 1900 + year }
}
