//! Periods of the calendar and moving between them.

use crate::Day;
use jiff::{Span, civil::Date};

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

/// A stretch of days, each edge as exact as the text tells it: 2025 to 2026, 2025-09 to 2025-10, 2025-09-14 to 2025-09-15.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day, month or year.
    pub from: Day,
    /// The one after the last.
    pub to: Day,
}

/// The part of a period that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Start,
    Middle,
    End,
}

impl Period {
    /// A day, a month or a year.
    pub fn of(day: Day) -> Option<Self> {
        Some(Self { from: day, to: day.next()? })
    }

    pub fn day(date: Date) -> Option<Self> {
        Self::of(Day::of(date))
    }

    pub fn month(year: i16, month: u8) -> Option<Self> {
        Self::of(Day { year, month: Some(month), day: None })
    }

    pub fn year(year: i16) -> Option<Self> {
        Self::of(Day { year, month: None, day: None })
    }

    fn years(from: i16, count: i16) -> Option<Self> {
        let year = |year| Day { year, month: None, day: None };
        Some(Self { from: year(from), to: year(from.checked_add(count)?) })
    }

    /// `count` months of a year from the zero-based `index`-th group of as many on.
    pub fn months(year: i16, index: u8, count: u8) -> Option<Self> {
        let from = Day { year, month: Some(index * count + 1), day: None };
        from.first()?;
        let next = (index + 1) * count + 1;
        let to = if next > 12 {
            Day { year: year + 1, month: Some(1), day: None }
        } else {
            Day { month: Some(next), ..from }
        };
        Some(Self { from, to })
    }

    pub fn dates(from: Date, to: Date) -> Self {
        Self { from: Day::of(from), to: Day::of(to) }
    }

    pub fn first(self) -> Option<Date> {
        self.from.first()
    }

    pub fn end(self) -> Option<Date> {
        self.to.first()
    }

    /// The unit it is exactly one of, if it is one that a single [`Day`] can tell.
    pub fn single(self) -> Option<Day> {
        (self.from.next() == Some(self.to)).then_some(self.from)
    }

    /// The unit of the calendar that holds `date`.
    pub fn holding(unit: Unit, date: Date) -> Option<Self> {
        let (year, month) = (date.year(), date.month() as u8);
        match unit {
            Unit::Day => Self::day(date),
            Unit::Week | Unit::Fortnight => {
                let monday = monday(date)?;
                Some(Self::dates(monday, add(monday, Unit::Week, if unit == Unit::Week { 1 } else { 2 })?))
            }
            Unit::Weekend => {
                let monday = monday(date)?;
                Some(Self::dates(add(monday, Unit::Day, 5)?, add(monday, Unit::Day, 7)?))
            }
            Unit::Month => Self::month(year, month),
            Unit::Quarter => Self::months(year, (month - 1) / 3, 3),
            Unit::Half => Self::months(year, (month - 1) / 6, 6),
            Unit::Year => Self::year(year),
            Unit::Decade => Self::years(year.div_euclid(10) * 10, 10),
            Unit::Century => Self::years(year.div_euclid(100) * 100, 100),
        }
    }

    /// The `count` units from the `skip`-th after (or before) the one that holds `date` on.
    pub fn run(unit: Unit, date: Date, skip: i32, count: i32) -> Option<Self> {
        let first = Self::holding(unit, add(Self::holding(unit, date)?.first()?, unit, skip)?)?;
        let last = Self::holding(unit, add(first.first()?, unit, count - 1)?)?;
        Some(Self { from: first.from, to: last.to })
    }

    /// Its beginning, middle or end: thirds of a year, a half or a month by the calendar, the usual days of a week.
    pub fn part(self, part: Part) -> Option<Self> {
        let (first, end) = (self.first()?, self.end()?);
        let days = (end - first).get_days();
        let months = (i32::from(end.year()) - i32::from(first.year())) * 12 + i32::from(end.month() - first.month());
        let whole_months = first.day() == 1 && end.day() == 1;
        let cut = |third: i32| -> Option<Day> {
            if whole_months && months >= 120 {
                let year = first.year() + (months / 12 * third / 3) as i16;
                return Some(Day { year, month: None, day: None });
            }
            if whole_months && months >= 3 {
                let day = Day::of(add(first, Unit::Month, months * third / 3)?);
                return Some(Day { day: None, ..day });
            }
            let days = match days {
                // A week starts with three days and ends with three; its middle is Wednesday and Thursday.
                7 => [0, 2, 4][third as usize],
                28..=31 => third * 10,
                _ => days * third / 3,
            };
            Some(Day::of(add(first, Unit::Day, days)?))
        };
        Some(match part {
            // A weekend has no thirds: it starts with its first day and ends with its last.
            Part::Start if days < 3 => Self { from: self.from, to: Day::of(add(first, Unit::Day, 1)?) },
            Part::Middle if days < 3 => self,
            Part::End if days < 3 => Self { from: Day::of(add(end, Unit::Day, -1)?), to: self.to },
            Part::Start if days == 7 => Self { from: self.from, to: Day::of(add(first, Unit::Day, 3)?) },
            Part::Start => Self { from: self.from, to: cut(1)? },
            Part::Middle => Self { from: cut(1)?, to: cut(2)? },
            Part::End => Self { from: cut(2)?, to: self.to },
        })
    }
}

/// The Monday of a date's week.
pub fn monday(date: Date) -> Option<Date> {
    add(date, Unit::Day, -i32::from(date.weekday().to_monday_zero_offset()))
}

/// `date` moved by `count` units; the day is cut to the month's last where needed.
pub fn add(date: Date, unit: Unit, count: i32) -> Option<Date> {
    let count = i64::from(count);
    let span = match unit {
        Unit::Day => Span::new().try_days(count),
        Unit::Week | Unit::Weekend => Span::new().try_weeks(count),
        Unit::Fortnight => Span::new().try_weeks(count * 2),
        Unit::Month => Span::new().try_months(count),
        Unit::Quarter => Span::new().try_months(count * 3),
        Unit::Half => Span::new().try_months(count * 6),
        Unit::Year => Span::new().try_years(count),
        Unit::Decade => Span::new().try_years(count * 10),
        Unit::Century => Span::new().try_years(count * 100),
    };
    date.checked_add(span.ok()?).ok()
}

/// Easter Sunday, by the Gregorian reckoning of Meeus, Jones and Butcher or by the Julian one of Meeus.
pub fn easter(year: i16, julian: bool) -> Option<Date> {
    let y = i32::from(year);
    if julian {
        let (a, b, c) = (y % 4, y % 7, y % 19);
        let d = (19 * c + 15) % 30;
        let e = (2 * a + 4 * b - d + 34) % 7;
        let number = d + e + 114;
        let date = Date::new(year, (number / 31) as i8, (number % 31 + 1) as i8).ok()?;
        // The Julian calendar lags 13 days from 1900 to 2099.
        return add(date, Unit::Day, 13);
    }
    let a = y % 19;
    let (b, c) = (y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let number = h + l - 7 * m + 114;
    Date::new(year, (number / 31) as i8, (number % 31 + 1) as i8).ok()
}
