//! Times told from the anchor: "yesterday", "next week", "the last three years".

use super::{
    calendar::{Period, Unit, add},
    lattice::{Parsed, Window},
    lengths::{Count, length},
    resolve::{Base, Point, Told},
    whole::Whole,
    words::{Word, mask},
};
use jiff::civil::Date;

impl Window<'_> {
    pub(super) fn relative_day(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let (days, end) = self.take(self.skip(at, Word::The), mask::RELATIVE_DAY, |word| {
            if let Word::RelativeDay(days) = word { Some(days) } else { None }
        })?;
        let period = Period::day(add(anchor?, Unit::Day, days.into())?)?;
        Some((Point::new(Base::Fixed { period, relative: true }, "<relative day>"), end))
    }

    /// "last year" in one word.
    pub(super) fn relative_year(&self, at: usize) -> Parsed<i8> {
        self.take(at, mask::RELATIVE_DAY, |word| if let Word::RelativeYear(by) = word { Some(by) } else { None })
    }

    pub(super) fn shift(&self, at: usize) -> Parsed<i8> {
        self.take(at, mask::SHIFT, |word| if let Word::Shift(by) = word { Some(by) } else { None })
    }

    /// One or more words that move a unit: "this coming", "ce", "el próximo". The last but "this" tells by how much.
    pub(super) fn shifts(&self, at: usize) -> Parsed<(i8, bool)> {
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

    /// "next week", "la semaine prochaine", "this weekend".
    pub(super) fn shifted_unit(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
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
                mask::WEEKDAY,
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

    /// "next year", "l'an dernier", "the year".
    pub(super) fn shifted_year(&self, at: usize, anchor: Option<Date>) -> Parsed<i16> {
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

    /// "the next four years", "les 3 prochains mois", "los tres meses que vienen".
    pub(super) fn counted(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
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

    /// "the coming weeks", "les derniers mois": before or after the anchor, nobody says how far.
    pub(super) fn vague_run(&self, at: usize, anchor: Option<Date>) -> Parsed<Whole> {
        let plural = |at: usize| {
            self.take(at, mask::UNIT, |word| {
                if let Word::Unit { sure: true, plural: true, .. } = word { Some(()) } else { None }
            })
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
}
