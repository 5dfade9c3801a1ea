//! Points and periods: how the words of time combine. The orders of all languages are tried alike; what a word is, the
//! language's data says.

use super::{
    calendar::{Period, Unit, add, monday},
    lattice::{Parsed, Window},
    resolve::{Base, Point},
    words::{Word, mask},
};
use jiff::civil::Date;
use pledgebook_text::TokenKind;

impl Window<'_> {
    /// A point or period, as far as its own words tell it.
    pub(super) fn point(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        self.lattice.point(at, || self.read_point(at, anchor))
    }

    pub(super) fn read_point(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        use mask::{
            CODE, DECADE, DECADE_AFTER, DIGITS, FEAST, MONTH, NUMBER, ORDINAL, PART, RELATIVE_DAY, SEASON, SHIFT, UNIT,
            WEEKDAY, YEAR,
        };
        const ANY: u64 = u64::MAX;
        let may = self.opening(at);
        let mut best: Parsed<Point> = None;
        // A rule is tried where the words at `at` may begin what it reads, and the window holds what it cannot do without.
        let mut longest = |begins: u64, beside: u64, read: &dyn Fn() -> Parsed<Point>| {
            if may & begins != 0
                && self.lattice.holds(beside)
                && let Some(next) = read()
                && best.as_ref().is_none_or(|(_, end)| next.1 > *end)
            {
                best = Some(next);
            }
        };
        let dated = if self.words.ordinal_stop { ANY } else { WEEKDAY | MONTH | UNIT };
        longest(PART, ANY, &|| self.part_of(at, anchor));
        longest(CODE | DIGITS | ORDINAL | SHIFT, CODE | UNIT, &|| self.quarter(at, anchor));
        longest(ORDINAL | DIGITS | SHIFT, UNIT | WEEKDAY, &|| self.nth_of(at, anchor));
        longest(SHIFT | WEEKDAY | MONTH | ORDINAL | NUMBER | DIGITS, dated, &|| self.day_point(at, anchor));
        longest(DIGITS | SHIFT, DIGITS, &|| self.numeric(at));
        longest(SHIFT | NUMBER | DIGITS, SHIFT, &|| self.counted(at, anchor));
        longest(SHIFT | UNIT | RELATIVE_DAY, UNIT | RELATIVE_DAY, &|| self.shifted_unit(at, anchor));
        longest(RELATIVE_DAY, ANY, &|| self.relative_day(at, anchor));
        longest(SHIFT | MONTH | SEASON | UNIT, MONTH | SEASON, &|| self.month_or_season(at, anchor));
        longest(DECADE | DIGITS, DECADE | DECADE_AFTER, &|| self.decade(at));
        longest(UNIT, ANY, &|| self.week_of(at, anchor));
        longest(SHIFT | FEAST, FEAST, &|| self.feast(at, anchor));
        longest(DIGITS | YEAR | NUMBER, ANY, &|| self.sure_year(at));
        best
    }

    /// A year where nothing but its four digits says so; the caller knows that a year is due.
    pub(super) fn sure_year(&self, at: usize) -> Parsed<Point> {
        let (year, end) = self.year(at)?;
        let sure = !self.counts_something(end);
        Some((Point { year: Some(year), sure, ..Point::new(Base::Year, "<year>") }, end))
    }

    /// Whether what follows four digits makes them a number: a unit, a sign of money or per cent, a glued mark.
    pub(super) fn counts_something(&self, at: usize) -> bool {
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
    pub(super) fn part_of(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let start = self.skip(self.skip(at, Word::In), Word::The);
        if let Some((later, end)) = self.take(start, mask::PART, |word| match word {
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
        let (part, end) =
            self.take(start, mask::PART, |word| if let Word::Part(part) = word { Some(part) } else { None })?;
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
    pub(super) fn quarter(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let code = |at: usize| -> Parsed<Base> {
            let is_half = match self.take(at, mask::CODE, |word| match word {
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
        let ((unit, sure), end) = self.take(end, mask::UNIT, |word| {
            if let Word::Unit { unit, sure, .. } = word { Some((unit, sure)) } else { None }
        })?;
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

    /// "the first week of October", "the last day of 2025", "third Tuesday of September", "the 9th month of next year".
    pub(super) fn nth_of(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
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
        let (what, end) = self.take(end, mask::UNIT | mask::WEEKDAY, |word| match word {
            Word::Unit { unit, sure: true, .. } => Some(What::Unit(unit)),
            Word::Weekday { day, .. } => Some(What::Weekday(day)),
            _ => None,
        })?;
        // "the third Tuesday after Christmas"
        if let (What::Weekday(day), Some(after)) = (&what, self.eat(end, Word::After))
            && nth > 0
            && let Some((outer, end)) = self.feast(after, anchor).or_else(|| self.day_point(after, anchor))
        {
            let told = outer.resolve(self, (at, end), anchor)?;
            let of = told.period.end()?;
            let offset = (i32::from(*day) - i32::from(of.weekday().to_monday_zero_offset())).rem_euclid(7);
            let period = Period::day(add(of, Unit::Day, offset + 7 * (nth - 1))?)?;
            let base = Base::Fixed { period, relative: told.relative };
            return Some((Point::new(base, "<nth> <weekday> after <day>"), end));
        }
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
            // A week belongs to the year that holds its Thursday, as ISO 8601 has it; the first week of a month but January is
            // its first whole one.
            What::Unit(Unit::Week) => {
                let thursday = |date: Date| add(monday(date)?, Unit::Day, 3);
                let of_month = matches!(outer.base, Base::Month(2..=12));
                let ahead = thursday(first)? < first || of_month && monday(first)? < first;
                let first_monday = monday(if ahead { add(first, Unit::Day, 7)? } else { first })?;
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

    /// "May", "in May 2025", "next March", "l'automne 2028", "en septembre dernier".
    pub(super) fn month_or_season(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let start = self.skip(at, Word::The);
        let (shift, start) = self.shifts(start).map_or((None, start), |(shift, end)| (Some(shift), end));
        // "au mois de mars"
        let start = self
            .unit(start)
            .and_then(|(unit, end)| (unit == Unit::Month).then(|| self.eat(end, Word::Of))?)
            .filter(|at| self.month(*at).is_some())
            .unwrap_or(start);
        let (mut point, end) = match self.month(start) {
            Some(((month, sure), end)) => (Point { sure, ..Point::new(Base::Month(month), "<month> <year>") }, end),
            None => {
                let ((index, sure), end) = self.take(start, mask::SEASON, |word| {
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

    /// "Christmas", "Easter 2026", "last Easter".
    pub(super) fn feast(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let start = self.skip(at, Word::The);
        let (shift, start) = self.shifts(start).map_or((None, start), |(shift, end)| (Some(shift), end));
        let (feast, end) =
            self.take(start, mask::FEAST, |word| if let Word::Feast(feast) = word { Some(feast) } else { None })?;
        let point = Point { shift, ..Point::new(Base::Feast(feast), "<feast> <year>") };
        if let Some((year, end)) = self.month_of_year(end, anchor) {
            return Some((Point { year: Some(year), relative: true, ..point }, end));
        }
        if let Some((year, end)) = self.year_after(end) {
            return Some((Point { year: Some(year), ..point }, end));
        }
        Some((point, end))
    }

    /// "the 1990s", "les années 90", "2030er Jahre".
    pub(super) fn decade(&self, at: usize) -> Parsed<Point> {
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

    /// "the week of 6 October", "week 31 of last year".
    pub(super) fn week_of(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let (unit, end) = self.unit(self.skip(at, Word::The))?;
        (unit == Unit::Week).then_some(())?;
        if let Some(of) = self.eat(end, Word::Of).or_else(|| self.eat(end, Word::Starting)) {
            let (point, end) = self.day_point(of, anchor)?;
            let told = point.resolve(self, (at, end), anchor)?;
            // A week is named by its first day; a Sunday is the eve of its Monday.
            let first = told.period.first()?;
            let from = if monday(first)? == add(first, Unit::Day, -6)? { add(first, Unit::Day, 1)? } else { first };
            let period = Period::holding(Unit::Week, from)?;
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
}
