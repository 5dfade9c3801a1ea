//! Points, lengths and ranges: how the words of time combine. The orders of all languages are tried alike; what a word is,
//! the language's data says.

use super::{
    calendar::{Part, Period, Unit, add, monday},
    lattice::Window,
    resolve::{Base, Point, Told},
    words::{Word, mask},
};
use crate::Length;
use jiff::civil::Date;
use pledgebook_text::TokenKind;

/// A number of units.
#[derive(Debug, Clone, Copy)]
pub struct Count {
    pub number: u32,
    pub unit: Unit,
    pub length: Length,
    /// Whether the number is an article or the word for one: "a year" is rarely a length.
    pub article: bool,
}

pub type Parsed<T> = Option<(T, usize)>;

impl Window<'_> {
    // ---- numbers ----

    /// A number of things: digits, or a word below a hundred or so.
    pub fn number(&self, at: usize) -> Parsed<u32> {
        if let Some(number) = self.digits(at, 3) {
            return (number > 0).then_some((number, at + 1));
        }
        self.take(at, |word| if let Word::Count(number) = word { Some(u32::from(number)) } else { None })
    }

    /// An ordinal: a word, or digits with an ending.
    fn ordinal(&self, at: usize) -> Parsed<u8> {
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
        self.take(at, |word| if let Word::Ordinal(number) = word { Some(number) } else { None })
    }

    /// The number of a day in its month.
    fn day_number(&self, at: usize) -> Parsed<u8> {
        let (number, end) = self
            .ordinal(at)
            .or_else(|| self.digits(at, 2).map(|number| (number as u8, at + 1)))
            .or_else(|| self.take(at, |word| if let Word::Count(number) = word { Some(number) } else { None }))?;
        (1..=31).contains(&number).then_some((number, end))
    }

    /// A year of four digits or in words, with the words that belong to it.
    pub fn year(&self, at: usize) -> Parsed<i16> {
        let start = self.eat(self.skip(at, Word::The), Word::YearBefore).unwrap_or(at);
        let start = if start > at { self.skip(self.skip(start, Word::Of), Word::The) } else { at };
        let (year, end) = self.bare_year(start).or_else(|| self.year_in_words(start))?;
        Some((year, self.year_end(end)))
    }

    fn year_end(&self, end: usize) -> usize {
        self.eat(end, Word::YearAfter).map_or(end, |end| if end + 1 < self.sentence_end { self.stop(end) } else { end })
    }

    fn bare_year(&self, at: usize) -> Parsed<i16> {
        let year = self.digits(at, 4).filter(|_| self.form(at).len() == 4)? as i16;
        // "2030-го": an ending may hang on it.
        let ending = self.mark(at + 1, "-‑").filter(|end| self.glued(at + 1) && self.glued(*end));
        let end = ending.and_then(|end| self.eat(end, Word::OrdinalEnding)).unwrap_or(at + 1);
        (1900..=2100).contains(&year).then_some((year, end))
    }

    /// "nineteen ninety-six", "dos mil veintisiete".
    fn year_in_words(&self, at: usize) -> Parsed<i16> {
        let count =
            |at| self.take(at, |word| if let Word::Count(number) = word { Some(i16::from(number)) } else { None });
        if let Some((base, end)) = self.take(at, |word| if let Word::YearBase(year) = word { Some(year) } else { None })
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
    pub fn year_after(&self, at: usize) -> Parsed<i16> {
        let glue = |at: usize| self.mark(at, "-/‑").filter(|end| self.glued(at) && self.glued(*end));
        let comma = self.mark(at, ",");
        let of = self.eat(at, Word::Of).or_else(|| self.eat(at, Word::In));
        [Some(at), comma, of, glue(at)].into_iter().flatten().find_map(|start| self.year(start))
    }

    // ---- lengths ----

    fn unit(&self, at: usize) -> Parsed<Unit> {
        self.take(at, |word| if let Word::Unit { unit, sure: true, .. } = word { Some(unit) } else { None })
    }

    /// A unit in the singular.
    fn one_unit(&self, at: usize) -> Parsed<Unit> {
        self.take(at, |word| if let Word::Unit { unit, sure: true, plural: false } = word { Some(unit) } else { None })
    }

    /// "the coming weeks", "les derniers mois": before or after the anchor, nobody says how far.
    pub fn vague_run(&self, at: usize, anchor: Option<Date>) -> Parsed<Whole> {
        let plural = |at: usize| {
            self.take(at, |word| if let Word::Unit { sure: true, plural: true, .. } = word { Some(()) } else { None })
        };
        let start = self.skip(self.skip(at, Word::In), Word::The);
        let (by, end) = match self.shift(start) {
            Some((by, end)) => (by, plural(end)?.1),
            None => self.shift(plural(start)?.1)?,
        };
        let today = Period::day(anchor?)?;
        match by {
            1.. => Some((
                Whole::From(Told { named: None, period: Period::day(today.end()?)?, relative: true, length: None }),
                end,
            )),
            ..=-1 => Some((
                Whole::To(Told {
                    named: None,
                    period: Period::day(add(anchor?, Unit::Day, -1)?)?,
                    relative: true,
                    length: None,
                }),
                end,
            )),
            0 => None,
        }
    }

    fn any_unit(&self, at: usize) -> Parsed<Unit> {
        self.take(at, |word| if let Word::Unit { unit, .. } = word { Some(unit) } else { None })
    }

    fn shift(&self, at: usize) -> Parsed<i8> {
        self.take(at, |word| if let Word::Shift(by) = word { Some(by) } else { None })
    }

    /// "four years", "2 weeks and 2 days".
    pub fn count(&self, at: usize) -> Parsed<Count> {
        let (number, end) = self.number(at)?;
        let article = number == 1 && self.digits(at, 1).is_none();
        let end = self.mark(end, "-‑").filter(|_| self.glued(end)).unwrap_or(end);
        let (unit, mut end) = self.unit(end)?;
        let mut length = length(number, unit)?;
        // "2 weeks and 2 days": smaller units may follow.
        let mut smallest = unit;
        while let Some((number, next)) = self.eat(end, Word::And).and_then(|end| self.number(end))
            && let Some((unit, next)) = self.unit(next)
            && unit < smallest
            && let Some(more) = self::length(number, unit)
        {
            smallest = unit;
            length = Length {
                years: length.years.saturating_add(more.years),
                months: length.months.saturating_add(more.months),
                weeks: length.weeks.saturating_add(more.weeks),
                days: length.days.saturating_add(more.days),
            };
            end = next;
        }
        Some((Count { number, unit, length, article }, self.stop_of_unit(end)))
    }

    fn stop_of_unit(&self, at: usize) -> usize {
        // "р." and the like keep their stop unless it ends the sentence.
        if at + 1 < self.sentence_end && self.stop(at) > at { at + 1 } else { at }
    }

    // ---- points ----

    /// A point or period, as far as its own words tell it.
    pub fn point(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        self.lattice.point(at, || self.read_point(at, anchor))
    }

    fn read_point(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        use mask::{
            CODE, DECADE, DIGITS, FEAST, MONTH, NUMBER, ORDINAL, PART, RELATIVE_DAY, SEASON, SHIFT, UNIT, WEEKDAY, YEAR,
        };
        let may = self.opening(at);
        let mut best: Parsed<Point> = None;
        let mut longest = |needs: u32, read: &dyn Fn() -> Parsed<Point>| {
            if may & needs != 0
                && let Some(next) = read()
                && best.as_ref().is_none_or(|(_, end)| next.1 > *end)
            {
                best = Some(next);
            }
        };
        longest(PART, &|| self.part_of(at, anchor));
        longest(ORDINAL | DIGITS | SHIFT, &|| self.nth_of(at, anchor));
        longest(SHIFT | WEEKDAY | MONTH | ORDINAL | NUMBER | DIGITS, &|| self.day_point(at, anchor));
        longest(DIGITS | SHIFT, &|| self.numeric(at));
        longest(CODE | DIGITS | ORDINAL | SHIFT, &|| self.quarter(at, anchor));
        longest(SHIFT | NUMBER | DIGITS, &|| self.counted(at, anchor));
        longest(SHIFT | UNIT | RELATIVE_DAY, &|| self.shifted_unit(at, anchor));
        longest(RELATIVE_DAY, &|| self.relative_day(at, anchor));
        longest(SHIFT | MONTH | SEASON | UNIT, &|| self.month_or_season(at, anchor));
        longest(DECADE | DIGITS, &|| self.decade(at));
        longest(UNIT, &|| self.week_of(at, anchor));
        longest(SHIFT | FEAST, &|| self.feast(at, anchor));
        longest(DIGITS | YEAR | NUMBER, &|| self.sure_year(at));
        best
    }

    /// A year where nothing but its four digits says so; the caller knows that a year is due.
    fn sure_year(&self, at: usize) -> Parsed<Point> {
        let (year, end) = self.year(at)?;
        let sure = !self.counts_something(end);
        Some((Point { year: Some(year), sure, ..Point::new(Base::Year, "<year>") }, end))
    }

    /// Whether what follows four digits makes them a number: a unit, a sign of money or per cent, a glued mark.
    fn counts_something(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        match token.kind {
            TokenKind::Symbol => true,
            TokenKind::Mark => token.shape.glued() && matches!(self.form(at), "-" | "/" | ":" | "@" | "_" | "#"),
            TokenKind::Number => true,
            TokenKind::Word => token.shape.glued() || self.any_unit(at).is_some(),
            TokenKind::Address => false,
        }
    }

    /// "early 2026", "the end of March", "en fin d'année", "mid-November".
    fn part_of(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let start = self.skip(self.skip(at, Word::In), Word::The);
        if let Some((later, end)) = self.take(start, |word| match word {
            Word::Earlier => Some(false),
            Word::Later => Some(true),
            _ => None,
        }) {
            let inner =
                self.skip(self.eat(end, Word::Of).or_else(|| self.eat(end, Word::In)).unwrap_or(end), Word::The);
            let (whole, end) = self.shifted_unit(inner, anchor).or_else(|| {
                let (unit, end) = self.one_unit(inner).filter(|(unit, _)| *unit >= Unit::Week && inner > end)?;
                Some((Point::shifted(unit, 0, anchor)?, end))
            })?;
            let Base::Fixed { period, .. } = whole.base else { return None };
            let anchor = anchor.filter(|anchor| period.first() <= Some(*anchor) && Some(*anchor) < period.end())?;
            let today = crate::Day::of(anchor);
            let period = if later { Period { from: today, ..period } } else { Period { to: today, ..period } };
            (period.first() < period.end()).then_some(())?;
            return Some((Point::new(Base::Fixed { period, relative: true }, "<earlier or later> <unit>"), end));
        }
        let (part, end) = self.take(start, |word| if let Word::Part(part) = word { Some(part) } else { None })?;
        let end = self.mark(end, "-‑").unwrap_or(end);
        // "start in" is a verb's, "start of" a part's.
        let of = self.eat(end, Word::Of).filter(|_| self.eat(end, Word::In).is_none()).unwrap_or(end);
        let inner = self.skip(of, Word::The);
        // "fin du mois de mars": a word for the unit may stand before its name.
        let named = self
            .any_unit(inner)
            .map(|(_, end)| self.skip(end, Word::Of))
            .filter(|end| self.month_or_season(*end, anchor).is_some());
        let whole = |at: usize| -> Parsed<Point> {
            let (unit, end) = self.unit(at)?;
            let (shift, end) = self.shift(end).unwrap_or((0, end));
            (unit >= Unit::Week).then_some(())?;
            Some((Point::shifted(unit, shift, anchor)?, end))
        };
        let found = [
            named.and_then(|at| self.month_or_season(at, anchor)),
            self.month_or_season(inner, anchor),
            self.quarter(inner, anchor),
            self.shifted_unit(inner, anchor),
            self.decade(inner),
            self.sure_year(inner),
            whole(inner),
        ];
        let (mut point, end) =
            found.into_iter().flatten().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        point.part.is_none().then_some(())?;
        point.part = Some(part);
        point.sure = true;
        point.rule = "<part> <period>";
        Some((point, end))
    }

    /// "the third quarter of 2025", "Q3 2025", "2025 H1".
    fn quarter(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let code = |at: usize| -> Parsed<Base> {
            let is_half = match self.take(at, |word| match word {
                Word::QuarterCode => Some(false),
                Word::HalfCode => Some(true),
                _ => None,
            }) {
                Some((is_half, end)) if self.glued(end) => (is_half, end),
                _ => return None,
            };
            let number = self.digits(is_half.1, 1)? as u8;
            let base = match is_half.0 {
                false if (1..=4).contains(&number) => Base::Quarter(number),
                true if (1..=2).contains(&number) => Base::Half(number),
                _ => return None,
            };
            Some((base, is_half.1 + 1))
        };
        let start = self.skip(at, Word::The);
        if let Some((base, end)) = code(start) {
            let (year, end) = self.year_after(end).map_or((None, end), |(year, end)| (Some(year), end));
            let sure = year.is_some() || self.token(start).is_some_and(|token| token.shape.capital());
            return Some((Point { year, sure, ..Point::new(base, "<quarter> <year>") }, end));
        }
        if let Some((year, end)) = self.bare_year(start) {
            let next = self.mark(end, "-‑").filter(|_| self.glued(end)).unwrap_or(end);
            let (base, end) = code(next)?;
            return Some((Point { year: Some(year), ..Point::new(base, "<year> <quarter>") }, end));
        }
        let (number, end) =
            self.ordinal(start).or_else(|| self.shift(start).and_then(|(by, end)| (by == -1).then_some((0, end))))?;
        let ((unit, sure), end) =
            self.take(end, |word| if let Word::Unit { unit, sure, .. } = word { Some((unit, sure)) } else { None })?;
        let base = match (unit, number) {
            (Unit::Quarter, 1..=4) => Base::Quarter(number),
            (Unit::Half, 1..=2) => Base::Half(number),
            (Unit::Century, 15..=22) => {
                let period = Period::holding(Unit::Century, Date::new(i16::from(number) * 100 - 50, 1, 1).ok()?)?;
                return Some((Point::new(Base::Fixed { period, relative: false }, "<ordinal> <century>"), end));
            }
            _ => return None,
        };
        if let Some((year, end)) = self.year_after(end) {
            return Some((Point { year: Some(year), ..Point::new(base, "<ordinal> <quarter> <year>") }, end));
        }
        let of = self.skip(self.eat(end, Word::Of).or_else(|| self.eat(end, Word::In)).unwrap_or(end), Word::The);
        if let Some((year, end)) = self.shifted_year(of, anchor) {
            return Some((
                Point { year: Some(year), relative: true, ..Point::new(base, "<ordinal> <quarter> <year>") },
                end,
            ));
        }
        // "half" alone is half of anything; "the third quarter" is one of the year.
        sure.then_some((Point { sure, ..Point::new(base, "<ordinal> <quarter>") }, end))
    }

    /// "next year", "l'an dernier", "the year".
    fn shifted_year(&self, at: usize, anchor: Option<Date>) -> Parsed<i16> {
        let anchor = anchor?;
        if let Some((by, end)) = self.relative_year(at) {
            return Some((anchor.year() + i16::from(by), end));
        }
        let is_year = |at: usize| self.unit(at).filter(|(unit, _)| *unit == Unit::Year);
        if let Some((by, end)) = self.shift(at)
            && let Some((_, end)) = is_year(end)
        {
            return Some((anchor.year() + i16::from(by), end));
        }
        let (_, end) = is_year(at)?;
        let (by, end) = self.shift(end).unwrap_or((0, end));
        Some((anchor.year() + i16::from(by), end))
    }

    /// "next week", "la semaine prochaine", "this weekend".
    fn shifted_unit(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let start = self.skip(at, Word::The);
        if let Some((by, end)) = self.relative_year(start) {
            // "last year in August", said in one word
            let month = self.skip(end, Word::In);
            if let Some((point, end)) = self.month_or_season(month, anchor).filter(|(point, _)| point.year.is_none()) {
                let year = anchor?.year() + i16::from(by);
                return Some((Point { year: Some(year), relative: true, sure: true, ..point }, end));
            }
            return Some((Point::shifted(Unit::Year, by, anchor)?, end));
        }
        let (by, unit, end) = match self.shifts(start) {
            Some(((by, _), end)) => {
                let (unit, end) = self.one_unit(self.skip(end, Word::Of))?;
                (by, unit, end)
            }
            None => {
                let (unit, end) = self.one_unit(start)?;
                match self.shift(self.skip(end, Word::The)) {
                    Some((by, end)) => (by, unit, end),
                    None if unit == Unit::Weekend
                        && (start > at || self.lattice.mask(at.wrapping_sub(1)) & mask::IN != 0) =>
                    {
                        (0, unit, end)
                    }
                    None => return None,
                }
            }
        };
        if unit == Unit::Week
            && let Some((weekday, after)) = self.take(
                self.skip(self.mark(end, ",-").or_else(|| self.eat(end, Word::Of)).unwrap_or(end), Word::In),
                |word| {
                    if let Word::Weekday { day, sure: true } = word { Some(day) } else { None }
                },
            )
        {
            // "next week on Tuesday"
            let day = add(Period::run(unit, anchor?, by.into(), 1)?.first()?, Unit::Day, weekday.into())?;
            let period = Period::day(day)?;
            return Some((Point::new(Base::Fixed { period, relative: true }, "<next week> <weekday>"), after));
        }
        Some((Point::shifted(unit, by, anchor)?, end))
    }

    /// "last year" in one word.
    fn relative_year(&self, at: usize) -> Parsed<i8> {
        self.take(at, |word| if let Word::RelativeYear(by) = word { Some(by) } else { None })
    }

    /// One or more words that move a unit: "this coming", "ce", "el próximo". The last but "this" tells by how much.
    fn shifts(&self, at: usize) -> Parsed<(i8, bool)> {
        let (mut by, mut end) = self.shift(at)?;
        let mut this = by == 0;
        while let Some((next, after)) = self.shift(end) {
            if next != 0 {
                by = next;
            }
            this |= next == 0;
            end = after;
        }
        Some(((by, this), end))
    }

    /// "the next four years", "les 3 prochains mois", "los tres meses que vienen".
    fn counted(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let anchor = anchor?;
        let start = self.skip(at, Word::The);
        let (by, count, end) = if let Some((by, end)) = self.shift(start) {
            let (count, end) = self.count(end)?;
            (by, count, end)
        } else {
            let (number, end) = self.number(start)?;
            if let Some((by, end)) = self.shift(end)
                && let Some((unit, end)) = self.unit(end)
            {
                (by, Count { number, unit, length: length(number, unit)?, article: false }, end)
            } else {
                let (count, end) = self.count(start)?;
                let (by, end) = self.shift(end)?;
                (by, count, end)
            }
        };
        let number = i32::try_from(count.number).ok()?;
        let period = match by {
            1.. => Period::run(count.unit, anchor, 1, number)?,
            ..=-1 => Period::run(count.unit, anchor, -number, number)?,
            0 => return None,
        };
        let point = Point {
            length: Some(count.length),
            ..Point::new(Base::Fixed { period, relative: true }, "<next> <number> <unit>")
        };
        Some((point, end))
    }

    fn relative_day(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let (days, end) =
            self.take(
                self.skip(at, Word::The),
                |word| {
                    if let Word::RelativeDay(days) = word { Some(days) } else { None }
                },
            )?;
        let period = Period::day(add(anchor?, Unit::Day, days.into())?)?;
        Some((Point::new(Base::Fixed { period, relative: true }, "<relative day>"), end))
    }

    /// "Christmas", "Easter 2026", "last Easter".
    fn feast(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let start = self.skip(at, Word::The);
        let (shift, start) = self.shifts(start).map_or((None, start), |(shift, end)| (Some(shift), end));
        let (feast, end) = self.take(start, |word| if let Word::Feast(feast) = word { Some(feast) } else { None })?;
        let point = Point { shift, ..Point::new(Base::Feast(feast), "<feast> <year>") };
        if let Some((year, end)) = self.month_of_year(end, anchor) {
            return Some((Point { year: Some(year), relative: true, ..point }, end));
        }
        if let Some((year, end)) = self.year_after(end) {
            return Some((Point { year: Some(year), ..point }, end));
        }
        Some((point, end))
    }

    fn month(&self, at: usize) -> Parsed<(u8, bool)> {
        let (month, end) =
            self.take(at, |word| if let Word::Month { month, sure } = word { Some((month, sure)) } else { None })?;
        // An abbreviation keeps its stop; the last stop is the sentence's.
        Some((month, if end + 1 < self.sentence_end { self.stop(end) } else { end }))
    }

    /// "May", "in May 2025", "next March", "l'automne 2028", "en septembre dernier".
    pub fn month_or_season(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let start = self.skip(at, Word::The);
        let (shift, start) = self.shifts(start).map_or((None, start), |(shift, end)| (Some(shift), end));
        // "au mois de mars"
        let start = self
            .unit(start)
            .and_then(|(unit, end)| (unit == Unit::Month).then(|| self.eat(end, Word::Of))?)
            .filter(|at| self.month(*at).is_some())
            .unwrap_or(start);
        let (mut point, end) =
            match self.month(start) {
                Some(((month, sure), end)) => (Point { sure, ..Point::new(Base::Month(month), "<month> <year>") }, end),
                None => {
                    let ((index, sure), end) = self.take(start, |word| {
                        if let Word::Season { index, sure } = word { Some((index, sure)) } else { None }
                    })?;
                    (Point { sure, ..Point::new(Base::Season(index), "<season> <year>") }, end)
                }
            };
        if let Some(shift) = shift {
            point.shift = Some(shift);
            point.sure = true;
            if shift.0 == 0
                && let Some((year, end)) = self.year_after(end)
            {
                return Some((Point { year: Some(year), shift: None, ..point }, end));
            }
            return Some((point, end));
        }
        if let Some((year, end)) = self.year_after(end) {
            return Some((Point { year: Some(year), sure: true, ..point }, end));
        }
        // "in the spring of last year"
        if let Some((year, end)) = self.month_of_year(end, anchor) {
            return Some((Point { year: Some(year), relative: true, sure: true, ..point }, end));
        }
        if let Some((shift, end)) = self.shifts(end).filter(|((by, _), _)| *by != 0) {
            // "March next year" is no "next March".
            if self.unit(end).is_none() {
                return Some((Point { shift: Some(shift), sure: true, ..point }, end));
            }
        }
        Some((point, end))
    }

    /// "March of next year", "septembre de l'année prochaine": resolved where the anchor is known.
    fn month_of_year(&self, end: usize, anchor: Option<Date>) -> Parsed<i16> {
        let of = self.eat(end, Word::Of).or_else(|| self.eat(end, Word::In)).unwrap_or(end);
        let (year, end) = self.shifted_year(self.skip(of, Word::The), anchor)?;
        Some((year, end))
    }

    /// "Tuesday", "mardi 3 mai", "14 September 2025", "May 5th", "next Friday", "lunes de la próxima semana".
    fn day_point(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let start = self.skip(at, Word::The);
        let (shift, start) = self.shifts(start).map_or((None, start), |(shift, end)| (Some(shift), end));
        let weekday =
            self.take(start, |word| if let Word::Weekday { day, sure } = word { Some((day, sure)) } else { None });
        let Some(((weekday, sure), end)) = weekday else {
            let (mut point, end) = self.day_and_month(start, anchor)?;
            point.shift = shift.or(point.shift);
            return Some((point, end));
        };
        let stop = self.stop(end);
        // "Tuesday, 3 May", "mardi 3", "el martes, el día 11"
        let after = self.mark(stop, ",-(").unwrap_or(stop);
        for date in [after, stop] {
            let date = self.skip(date, Word::The);
            if let Some((point, end)) = self.day_and_month(date, anchor).or_else(|| self.numeric(date)) {
                let end = self.mark(end, ")").filter(|_| self.form(stop) == "(").unwrap_or(end);
                return Some((Point { weekday: Some(weekday), sure: true, shift: None, ..point }, end));
            }
        }
        let day_at = self.skip(stop, Word::The);
        if let Some((day, end)) = self.day_number(day_at)
            && (day_at > stop || self.digits(day_at, 2).is_some() || self.ordinal(day_at).is_some())
            && !self.is_clock(day_at)
            && self.number_stands_alone(end)
        {
            return Some((Point { weekday: Some(weekday), ..Point::new(Base::Day(day), "<weekday> <day>") }, end));
        }
        let mut point = Point { sure, shift, ..Point::new(Base::Weekday(weekday), "<weekday>") };
        if let Some((by, _)) = shift {
            point.sure = true;
            // "este miércoles pasado"
            return Some(match self.shifts(stop).filter(|_| by == 0) {
                Some(((by, _), end)) if self.unit(end).is_none() => (Point { shift: Some((by, true)), ..point }, end),
                _ => (point, end),
            });
        }
        // "lundi en huit", "Mittwoch in zwei Wochen"
        let weeks = self
            .take(stop, |word| if let Word::WeeksOn(weeks) = word { Some(i32::from(weeks)) } else { None })
            .or_else(|| {
                let (count, end) = self.count(self.eat(stop, Word::Hence)?)?;
                (count.unit == Unit::Week && count.number < 9).then_some((count.number as i32, end))
            });
        if let (Some((weeks, end)), Some(anchor)) = (weeks, anchor) {
            let ahead = (i32::from(weekday) - i32::from(anchor.weekday().to_monday_zero_offset())).rem_euclid(7);
            let period = Period::day(add(anchor, Unit::Day, ahead + 7 * weeks)?)?;
            return Some((Point::new(Base::Fixed { period, relative: true }, "<weekday> in <weeks>"), end));
        }
        // "mercredi de la semaine prochaine", "wednesday next week"
        let of = self.skip(self.eat(stop, Word::Of).or_else(|| self.eat(stop, Word::In)).unwrap_or(stop), Word::The);
        if let Some((week, end)) = self.shifted_unit(of, anchor)
            && let Base::Fixed { period, .. } = week.base
            && (period.end()? - period.first()?).get_days() == 7
        {
            let day = add(monday(period.first()?)?, Unit::Day, weekday.into())?;
            let period = Period::day(day)?;
            return Some((Point::new(Base::Fixed { period, relative: true }, "<weekday> of <next week>"), end));
        }
        if let Some((shift, end)) = self.shifts(self.skip(stop, Word::The)).filter(|((by, _), _)| *by != 0)
            && self.unit(end).is_none()
        {
            return Some((Point { shift: Some(shift), sure: true, rule: "<weekday> <next>", ..point }, end));
        }
        Some((point, if sure { end } else { stop }))
    }

    /// Whether digits are the hours of a time of day.
    fn is_clock(&self, at: usize) -> bool {
        self.form(at + 1) == ":" && self.glued(at + 1)
            || self.eat(at + 1, Word::Hour).is_some()
            || self.form(at).contains([':', '.'])
    }

    /// Whether a number counts nothing: what follows it is a mark, the sentence's end or a word that data knows as no unit.
    fn number_stands_alone(&self, at: usize) -> bool {
        match self.token(at) {
            None => true,
            Some(token) => match token.kind {
                TokenKind::Mark => true,
                TokenKind::Word => self.any_unit(at).is_none() && !token.shape.glued(),
                _ => false,
            },
        }
    }

    /// "14 September 2025", "September 14th, 2025", "the 15th of May", "2025/Sep/23", "5 May next year".
    fn day_and_month(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let joined = |at: usize| {
            self.mark(at, "-/‑")
                .filter(|end| self.glued(at) && self.glued(*end))
                .or_else(|| self.eat(at, Word::Of))
                .unwrap_or(at)
        };
        // Year first: "2025/Sep/23".
        if let Some((year, end)) = self.bare_year(at)
            && let Some(month_at) = self.mark(end, "-/").filter(|_| self.glued(end))
        {
            let day_first = self.digits(month_at, 2).and_then(|day| Some((day as u8, self.mark(month_at + 1, "-/")?)));
            let (month, day, end) = match day_first {
                Some((day, month_at)) => {
                    let ((month, _), end) = self.month(month_at)?;
                    (month, day, end)
                }
                None => {
                    let ((month, _), end) = self.month(month_at)?;
                    let day_at = self.mark(end, "-/")?;
                    (month, self.digits(day_at, 2)? as u8, day_at + 1)
                }
            };
            return Some((Point { year: Some(year), ..Point::date(month, day)? }, end));
        }
        if let Some((day, end)) = self.day_number(at)
            && let Some(((month, _), end)) = self.month(self.skip(joined(end), Word::The)).or_else(|| {
                // "23-2020-septembre" and "the 15th of the month of May"
                let (unit, end) = self.unit(self.skip(joined(end), Word::The))?;
                (unit == Unit::Month).then_some(())?;
                self.month(self.eat(end, Word::Of)?)
            })
        {
            return Some(self.with_year(Point::date(month, day)?, (at, end), anchor));
        }
        if let Some(((month, sure), end)) = self.month(at) {
            let day_at = self
                .mark(end, "-/‑,")
                .filter(|day| self.glued(end) && (self.glued(*day) || self.form(end) == ","))
                .unwrap_or(end);
            let day_at = self.skip(day_at, Word::The);
            // "September-2020-23"
            let (day, end) = self.day_number(day_at).filter(|(day, end)| {
                // "en septembre un accord": an article is no day.
                (*day > 1 || self.digits(day_at, 2).is_some() || self.ordinal(day_at).is_some())
                    && (sure || self.token(at).is_some_and(|token| token.shape.capital()))
                    && !self.is_clock(day_at)
                    && self.token(*end).is_none_or(|token| !(token.kind == TokenKind::Symbol && token.shape.glued()))
            })?;
            return Some(self.with_year(Point::date(month, day)?, (at, end), anchor));
        }
        // "the 20th of next month"
        let (day, end) = self.day_number(at)?;
        let of = self.eat(end, Word::Of).or_else(|| self.ordinal(at).map(|_| end))?;
        let (by, end) = self.shift(self.skip(of, Word::The))?;
        let (unit, end) = self.unit(end)?;
        (unit == Unit::Month).then_some(())?;
        let month = add(Period::holding(Unit::Month, anchor?)?.first()?, Unit::Month, by.into())?;
        let period = Period::day(Date::new(month.year(), month.month(), day as i8).ok()?)?;
        Some((Point::new(Base::Fixed { period, relative: true }, "<day> of <next month>"), end))
    }

    /// Adds the year that follows a day and month, and the time of day.
    fn with_year(&self, point: Point, (start, end): (usize, usize), anchor: Option<Date>) -> (Point, usize) {
        if let Some((year, end)) = self.year_after(end) {
            return (Point { year: Some(year), ..point }, end);
        }
        if let Some(weekday_at) = self.mark(end, ",")
            && let Some((weekday, end)) =
                self.take(weekday_at, |word| if let Word::Weekday { day, .. } = word { Some(day) } else { None })
            && self.closes(end)
        {
            return (Point { weekday: Some(weekday), ..point }, end);
        }
        if let Some((year, end)) = self.month_of_year(end, anchor) {
            return (Point { year: Some(year), relative: true, ..point }, end);
        }
        if let Some((shift, end)) = self.shifts(end).filter(|((by, _), end)| *by != 0 && self.unit(*end).is_none()) {
            return (Point { shift: Some(shift), ..point }, end);
        }
        // "14th April 15": two digits are a year only where the sentence ends with them.
        if let Some(year) = self.digits(end, 2).filter(|_| self.form(end).len() == 2 && self.alone(start, end + 1)) {
            return (Point { year: Some(century_of(year as i16)), ..point }, end + 1);
        }
        (point, end)
    }

    /// "the first week of October", "the last day of 2025", "third Tuesday of September", "the 9th month of next year".
    fn nth_of(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        enum What {
            Unit(Unit),
            Weekday(u8),
        }
        let start = self.skip(at, Word::The);
        let (nth, end) = self
            .ordinal(start)
            .map(|(nth, end)| (i32::from(nth), end))
            .or_else(|| self.shift(start).and_then(|(by, end)| (by == -1).then_some((-1, end))))?;
        let (count, end) = self.number(end).map_or((1, end), |(count, end)| (count as i32, end));
        let (what, end) = self.take(end, |word| match word {
            Word::Unit { unit, sure: true, .. } => Some(What::Unit(unit)),
            Word::Weekday { day, .. } => Some(What::Weekday(day)),
            _ => None,
        })?;
        let of = self.eat(end, Word::Of).or_else(|| self.eat(end, Word::In)).unwrap_or(end);
        let inner = self.skip(of, Word::The);
        let whole = |at: usize| -> Parsed<Point> {
            let (unit, end) = self.unit(at).filter(|(unit, _)| of > end && *unit >= Unit::Month)?;
            Some((Point::shifted(unit, 0, anchor)?, end))
        };
        let (outer, end) = [
            self.month_or_season(inner, anchor),
            self.quarter(inner, anchor),
            self.shifted_unit(inner, anchor),
            whole(inner),
            self.sure_year(inner),
        ]
        .into_iter()
        .flatten()
        .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        (outer.sure || of > end).then_some(())?;
        let told = outer.resolve(self, (at, end), anchor)?;
        let (first, last) = (told.period.first()?, told.period.end()?);
        let period = match what {
            What::Weekday(day) => {
                let of = if nth > 0 { first } else { add(last, Unit::Day, -7)? };
                let offset = (i32::from(day) - i32::from(of.weekday().to_monday_zero_offset())).rem_euclid(7);
                Period::day(add(of, Unit::Day, offset + 7 * (nth.max(1) - 1))?)?
            }
            // A week belongs to the month or year that holds its Thursday, as ISO 8601 has it.
            What::Unit(Unit::Week) => {
                let thursday = |date: Date| add(monday(date)?, Unit::Day, 3);
                let first_monday = monday(if thursday(first)? < first { add(first, Unit::Day, 7)? } else { first })?;
                let last_monday = monday(if thursday(add(last, Unit::Day, -1)?)? >= last {
                    add(last, Unit::Day, -8)?
                } else {
                    add(last, Unit::Day, -1)?
                })?;
                let from = if nth > 0 {
                    add(first_monday, Unit::Week, nth - 1)?
                } else {
                    add(last_monday, Unit::Week, 1 - count)?
                };
                Period::dates(from, add(from, Unit::Week, count)?)
            }
            What::Unit(
                unit @ (Unit::Day | Unit::Fortnight | Unit::Month | Unit::Quarter | Unit::Half | Unit::Year),
            ) => {
                if unit == Unit::Fortnight {
                    // Half a month: to the 14th, from the 15th.
                    let middle = add(first, Unit::Day, 14)?;
                    if nth == 1 { Period::dates(first, middle) } else { Period::dates(middle, last) }
                } else if nth > 0 {
                    Period::run(unit, first, nth - 1, count)?
                } else {
                    Period::run(unit, add(last, Unit::Day, -1)?, 1 - count, count)?
                }
            }
            What::Unit(_) => return None,
        };
        (period.first()? >= add(first, Unit::Day, -7)? && period.first()? < last).then_some(())?;
        Some((Point::new(Base::Fixed { period, relative: told.relative }, "<nth> <unit> of <period>"), end))
    }

    /// "the week of 6 October", "week 31 of last year".
    fn week_of(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let (unit, end) = self.unit(self.skip(at, Word::The))?;
        (unit == Unit::Week).then_some(())?;
        if let Some(of) = self.eat(end, Word::Of).or_else(|| self.eat(end, Word::Starting)) {
            let (point, end) = self.day_point(of, anchor)?;
            let told = point.resolve(self, (at, end), anchor)?;
            let period = Period::holding(Unit::Week, told.period.first()?)?;
            return Some((Point::new(Base::Fixed { period, relative: told.relative }, "<week> of <date>"), end));
        }
        let number = self.digits(end, 2).filter(|number| (1..=53).contains(number))? as i32;
        let of = self.eat(end + 1, Word::Of).or_else(|| self.eat(end + 1, Word::In));
        let year_at = self.skip(of.unwrap_or(end + 1), Word::The);
        let (year, relative, end) = match (self.year(year_at), self.shifted_year(year_at, anchor)) {
            (Some((year, end)), _) => (year, false, end),
            (None, Some((year, end))) => (year, true, end),
            (None, None) if of.is_none() => (anchor?.year(), true, end + 1),
            _ => return None,
        };
        let from = add(monday(Date::new(year, 1, 4).ok()?)?, Unit::Week, number - 1)?;
        let period = Period::dates(from, add(from, Unit::Week, 1)?);
        Some((Point { sure: of.is_some(), ..Point::new(Base::Fixed { period, relative }, "<week> <number>") }, end))
    }

    /// "the 1990s", "les années 90", "2030er Jahre".
    fn decade(&self, at: usize) -> Parsed<Point> {
        let opened = self.eat(self.skip(at, Word::The), Word::DecadeBefore);
        let start = opened.unwrap_or(at);
        let start = self.mark(start, "'’‘").filter(|_| opened.is_some()).unwrap_or(start);
        let (number, end) = match self.digits(start, 4) {
            Some(number) => (number, start + 1),
            None if opened.is_some() => self.number(start)?,
            None => return None,
        };
        let closed = self.eat(self.mark(end, "-‑'’").filter(|_| self.glued(end)).unwrap_or(end), Word::DecadeAfter);
        let year = match number {
            1900..=2090 if number % 10 == 0 => number as i16,
            10 | 20 => 2000 + number as i16,
            30..=90 if number % 10 == 0 => 1900 + number as i16,
            _ => return None,
        };
        (opened.is_some() && (closed.is_some() || number >= 30)
            || closed.is_some() && opened.is_some() | (number >= 1900))
            .then_some(())?;
        let period = Period::holding(Unit::Decade, Date::new(year, 1, 1).ok()?)?;
        Some((Point::new(Base::Fixed { period, relative: false }, "<decade>"), closed.unwrap_or(end)))
    }

    /// "15.02.2025", "3/3/2015", "2025-09-14", "22/04".
    pub fn numeric(&self, at: usize) -> Parsed<Point> {
        let at = self.skip(at, Word::The);
        let (shift, at) = self.shifts(at).map_or((None, at), |(shift, end)| (Some(shift), end));
        let mut fields = [(0u32, 0usize); 3];
        let mut count = 0;
        let mut end = at;
        let mut separator = None;
        let form = self.form(at);
        (self.token(at)?.kind == TokenKind::Number).then_some(())?;
        if form.contains('.') {
            for field in form.split('.') {
                *fields.get_mut(count)? = (field.parse().ok().filter(|_| field.len() <= 4)?, field.len());
                count += 1;
            }
            separator = Some(".");
            end = at + 1;
            if self.stop(end) > end && count == 2 && end + 1 < self.sentence_end {
                end += 1;
            }
        } else {
            loop {
                fields[count] = (self.digits(end, 8)?, self.form(end).len());
                count += 1;
                end += 1;
                if count == 3 {
                    break;
                }
                // "le 17 02 2014", where nothing else stands.
                if self.digits(end, 4).is_some() && matches!(separator, None | Some(" ")) && self.spaced_alone(at, end)
                {
                    separator = Some(" ");
                    continue;
                }
                if !self.token(end).is_some_and(|token| token.kind == TokenKind::Mark) {
                    break;
                }
                let mark = self.form(end);
                if !matches!(mark, "/" | "-") || separator.is_some_and(|first| first != mark) {
                    break;
                }
                let glued = self.glued(end) && self.glued(end + 1);
                if !glued && !self.alone(at, end + 2) || self.digits(end + 1, 4).is_none() {
                    break;
                }
                separator = Some(mark);
                end += 1;
            }
        }
        // A further digit or separator makes it a phone number, an address, a score sheet.
        if self.glued(end)
            && matches!(self.form(end), "-" | "/" | ":" | "%" | "°")
            && !(separator == Some("/") && self.form(end) == "-")
            && self.form(end + 1).starts_with(|c: char| c.is_ascii_digit())
            && count < 3
        {
            return None;
        }
        if at > self.start
            && self.glued(at)
            && matches!(self.text.form(at - 1), "-" | "/" | "+" | "#")
            && !(separator == Some("/") && self.text.form(at - 1) == "-")
            && self.text.form(at.saturating_sub(2)).starts_with(|c: char| c.is_ascii_digit())
            && count < 3
        {
            return None;
        }
        let day_and_month = |first: u32, second: u32| -> Option<Point> {
            let (day, month) = if self.words.day_first { (first, second) } else { (second, first) };
            let swapped = || Point::date(day as u8, month as u8).filter(|_| separator != Some(" "));
            Point::date(month as u8, day as u8).or_else(swapped)
        };
        let [(a, a_len), (b, b_len), (c, c_len)] = fields;
        let point = match count {
            1 if a_len == 8 => {
                let point =
                    Point { year: Some((a / 10000) as i16), ..Point::date((a / 100 % 100) as u8, (a % 100) as u8)? };
                (1900..2100).contains(&(a / 10000)).then_some(point)?
            }
            3 if a_len == 4 && b_len <= 2 && c_len <= 2 => {
                Point { year: Some(a as i16), ..Point::date(b as u8, c as u8)? }
            }
            3 if a_len <= 2 && b_len <= 2 && c_len == 4 => Point { year: Some(c as i16), ..day_and_month(a, b)? },
            3 if a_len <= 2 && b_len <= 2 && c_len == 2 => {
                Point { year: Some(century_of(c as i16)), sure: separator != Some("-"), ..day_and_month(a, b)? }
            }
            2 if a_len == 4 && b_len <= 2 && separator == Some("-") && (1..=12).contains(&b) => {
                Point { year: Some(a as i16), ..Point::new(Base::Month(b as u8), "<year>-<month>") }
            }
            2 if a_len <= 2 && b_len == 4 && (1..=12).contains(&a) => Point {
                year: Some(b as i16),
                sure: separator == Some("/"),
                ..Point::new(Base::Month(a as u8), "<month>/<year>")
            },
            2 if a_len <= 2 && b_len <= 2 => {
                // "2.6" is a number before anything it could count.
                if separator == Some(".") && !self.closes(end) && (!self.words.day_first || b_len < 2) {
                    return None;
                }
                Point { sure: false, ..day_and_month(a, b)? }
            }
            _ => return None,
        };
        if point.year.is_some_and(|year| !(1900..=2100).contains(&year)) {
            return None;
        }
        let sure = point.sure || shift.is_some();
        Some((Point { shift, sure, rule: "<numeric date>", ..point }, self.year_end(end)))
    }
}

impl Window<'_> {
    /// Whether from `at` on there are only numbers, of which the one at `last` is one of three, and nothing before.
    fn spaced_alone(&self, at: usize, last: usize) -> bool {
        let numbers = (last..self.sentence_end.min(at + 4)).take_while(|at| self.digits(*at, 4).is_some()).count();
        self.words.day_first && self.alone(at, last + numbers) && self.closes(last + numbers)
    }
}

/// The year that two digits mean.
pub fn century_of(year: i16) -> i16 {
    if year < 50 { 2000 + year } else { 1900 + year }
}

/// `number` units as a length.
pub fn length(number: u32, unit: Unit) -> Option<Length> {
    let times = |by: u32| u16::try_from(number.checked_mul(by)?).ok();
    Some(match unit {
        Unit::Day => Length { days: times(1)?, ..Length::default() },
        Unit::Week => Length { weeks: times(1)?, ..Length::default() },
        Unit::Fortnight => Length { weeks: times(2)?, ..Length::default() },
        Unit::Month => Length { months: times(1)?, ..Length::default() },
        Unit::Quarter => Length { months: times(3)?, ..Length::default() },
        Unit::Half => Length { months: times(6)?, ..Length::default() },
        Unit::Year => Length { years: times(1)?, ..Length::default() },
        Unit::Decade => Length { years: times(10)?, ..Length::default() },
        Unit::Century => Length { years: times(100)?, ..Length::default() },
        Unit::Weekend => return None,
    })
}

/// The day at the far end of a length that starts (or, with `back`, ends) at `date`.
pub fn at_length(date: Date, length: Length, back: bool) -> Option<Date> {
    let sign = if back { -1 } else { 1 };
    let months = i32::from(length.years) * 12 + i32::from(length.months);
    let days = i32::from(length.weeks) * 7 + i32::from(length.days);
    add(add(date, Unit::Month, sign * months)?, Unit::Day, sign * days)
}

/// What a whole mention says, before it is told to the world.
#[derive(Debug, Clone, Copy)]
pub enum Whole {
    Told(Told),
    From(Told),
    To(Told),
    Length(Length),
}

/// A part of a unit, or the whole of it.
pub fn cut(period: Period, part: Option<Part>) -> Option<Period> {
    part.map_or(Some(period), |part| period.part(part))
}
