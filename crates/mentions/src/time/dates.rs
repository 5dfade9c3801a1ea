//! Days and months: "Tuesday", "14 September 2025", "the 20th of next month".

use super::{
    calendar::{Period, Unit, add, monday},
    lattice::{Parsed, Window},
    numbers::century_of,
    resolve::{Base, Point},
    words::{Word, mask},
};
use jiff::civil::Date;
use pledgebook_text::TokenKind;

impl Window<'_> {
    pub(super) fn month(&self, at: usize) -> Parsed<(u8, bool)> {
        let (month, end) = self.take(at, mask::MONTH, |word| {
            if let Word::Month { month, sure } = word { Some((month, sure)) } else { None }
        })?;
        // An abbreviation keeps its stop; the last stop is the sentence's.
        Some((month, if end + 1 < self.sentence_end { self.stop(end) } else { end }))
    }

    /// "Tuesday", "mardi 3 mai", "14 September 2025", "May 5th", "next Friday", "lunes de la próxima semana".
    pub(super) fn day_point(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
        let start = self.skip(at, Word::The);
        let (shift, start) = self.shifts(start).map_or((None, start), |(shift, end)| (Some(shift), end));
        let weekday = self.take(start, mask::WEEKDAY, |word| {
            if let Word::Weekday { day, sure } = word { Some((day, sure)) } else { None }
        });
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
        let weeks =
            self.take(stop, mask::WEEKS_ON, |word| {
                if let Word::WeeksOn(weeks) = word { Some(i32::from(weeks)) } else { None }
            })
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
    pub(super) fn is_clock(&self, at: usize) -> bool {
        self.sign(at + 1) == ':' && self.glued(at + 1)
            || self.eat(at + 1, Word::Hour).is_some()
            || self.form(at).contains([':', '.'])
    }

    /// Whether a number counts nothing: what follows it is a mark, the sentence's end or a word that data knows as no unit.
    pub(super) fn number_stands_alone(&self, at: usize) -> bool {
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
    pub(super) fn day_and_month(&self, at: usize, anchor: Option<Date>) -> Parsed<Point> {
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
                    && (sure
                        || self.token(at).is_some_and(|token| token.shape.capital())
                        || self.year_after(*end).is_some())
                    && !self.is_clock(day_at)
                    && self.token(*end).is_none_or(|token| !(token.kind == TokenKind::Symbol && token.shape.glued()))
            })?;
            return Some(self.with_year(Point::date(month, day)?, (at, end), anchor));
        }
        // "am siebten vierten": two ordinals are a day and its month where ordinals are written with a stop.
        if self.words.ordinal_stop
            && let Some((day, month_at)) = self.ordinal(at)
            && let Some((month, end)) = self.ordinal(month_at)
            && month <= 12
            && self.token(end).is_none_or(|next| next.kind != TokenKind::Word || !next.shape.capital())
        {
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

    /// "March of next year", "septembre de l'année prochaine": resolved where the anchor is known.
    pub(super) fn month_of_year(&self, end: usize, anchor: Option<Date>) -> Parsed<i16> {
        let of = self.eat(end, Word::Of).or_else(|| self.eat(end, Word::In)).unwrap_or(end);
        let (year, end) = self.shifted_year(self.skip(of, Word::The), anchor)?;
        Some((year, end))
    }

    /// Adds the year that follows a day and month, and the time of day.
    pub(super) fn with_year(&self, point: Point, (start, end): (usize, usize), anchor: Option<Date>) -> (Point, usize) {
        if let Some((year, end)) = self.year_after(end) {
            return (Point { year: Some(year), ..point }, end);
        }
        if let Some(weekday_at) = self.mark(end, ",")
            && let Some((weekday, end)) = self.take(weekday_at, mask::WEEKDAY, |word| {
                if let Word::Weekday { day, .. } = word { Some(day) } else { None }
            })
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
}
