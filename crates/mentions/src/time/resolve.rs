//! From what the words say to days of the calendar: the year of "in May", the Tuesday that is meant.

use super::{
    calendar::{Part, Period, Unit, add, easter, monday},
    lattice::Window,
    words::Feast,
};
use crate::{Day, Length};
use jiff::civil::Date;
use pledgebook_text::TokenKind;

/// A point or period as far as its own words tell it.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    pub base: Base,
    pub year: Option<i16>,
    pub weekday: Option<u8>,
    pub part: Option<Part>,
    /// "next", "last" or "this" beside it, and whether "this" stands there too.
    pub shift: Option<(i8, bool)>,
    /// The length in its words: "the next four years".
    pub length: Option<Length>,
    /// Whether the words are a time for sure; else something around must say so.
    pub sure: bool,
    /// Whether its year was told from the anchor.
    pub relative: bool,
    /// Whether it lies ahead whatever the tense: "by Christmas".
    pub ahead: bool,
    pub rule: &'static str,
}

/// What a point names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    Year,
    Half(u8),
    Quarter(u8),
    Season(u8),
    Feast(Feast),
    Month(u8),
    Date {
        month: u8,
        day: u8,
    },
    /// A day of a month that is not said.
    Day(u8),
    Weekday(u8),
    Fixed {
        period: Period,
        relative: bool,
    },
}

/// A point resolved.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    pub period: Period,
    /// The month or year that the words name, where the period is none.
    pub named: Option<Day>,
    pub relative: bool,
    pub length: Option<Length>,
}

/// What the words around say about past and future.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    Past,
    Future,
    /// A sentence that does not say.
    Unsaid,
    /// No sentence at all: a heading, a table cell, a note. Such times lie ahead, as in a diary.
    Alone,
}

/// How many tokens on either side are asked for tense.
const TENSE_REACH: usize = 14;

impl Point {
    pub fn new(base: Base, rule: &'static str) -> Self {
        Self {
            base,
            year: None,
            weekday: None,
            part: None,
            shift: None,
            length: None,
            sure: true,
            relative: false,
            ahead: false,
            rule,
        }
    }

    pub fn date(month: u8, day: u8) -> Option<Self> {
        // 2024 is a leap year, so that 29 February passes.
        Date::new(2024, month as i8, day as i8).ok()?;
        Some(Self::new(Base::Date { month, day }, "<day> <month> <year>"))
    }

    pub fn shifted(unit: Unit, by: i8, anchor: Option<Date>) -> Option<Self> {
        let period = Period::run(unit, anchor?, by.into(), 1)?;
        Some(Self::new(Base::Fixed { period, relative: true }, "<next> <unit>"))
    }

    pub fn resolve(&self, window: &Window<'_>, span: (usize, usize), anchor: Option<Date>) -> Option<Told> {
        let tense = || if self.ahead { Tense::Future } else { window.tense(span) };
        let in_year = |year: i16| self.in_year(window, year);
        let (period, relative) = match (self.base, self.year) {
            (Base::Fixed { period, relative }, _) => (period, relative),
            (Base::Day(day), _) => (Period::day(self.day_of_month(day, anchor?, tense)?)?, true),
            (Base::Weekday(day), _) => (Period::day(self.day_of_week(day, window, anchor?, tense)?)?, true),
            (_, Some(year)) => (in_year(year)?, self.relative),
            (_, None) => (self.year_by_context(window, anchor?, tense)?, true),
        };
        let named = self.named(period);
        Some(Told {
            period: self.part.map_or(Some(period), |part| period.part(part))?,
            named,
            relative,
            length: self.length,
        })
    }

    /// The month or year that its words name.
    fn named(&self, period: Period) -> Option<Day> {
        let last = period.to.previous()?;
        let whole = period.single();
        match self.base {
            Base::Year | Base::Half(_) | Base::Quarter(_) | Base::Season(_) => {
                Some(Day { month: None, day: None, ..last })
            }
            Base::Month(_) => Some(Day { day: None, ..last }),
            Base::Feast(_) => Some(Day { day: None, ..last }),
            Base::Fixed { .. } if whole.is_some_and(|day| day.day.is_some()) => None,
            Base::Fixed { .. } if whole.is_some() => whole,
            Base::Fixed { .. } if last.day.is_some() && self.length.is_none() => Some(Day { day: None, ..last }),
            Base::Date { .. } | Base::Day(_) | Base::Weekday(_) | Base::Fixed { .. } => None,
        }
        // A plain month or year names itself.
        .filter(|named| self.part.is_some() || whole != Some(*named))
    }

    fn in_year(&self, window: &Window<'_>, year: i16) -> Option<Period> {
        match self.base {
            Base::Year => Period::year(year),
            Base::Half(half) => Period::months(year, half - 1, 6),
            Base::Quarter(quarter) => Period::months(year, quarter - 1, 3),
            Base::Month(month) => Period::month(year, month),
            Base::Date { month, day } => Period::day(Date::new(year, month as i8, day as i8).ok()?),
            Base::Feast(feast) => Period::day(match feast {
                Feast::Fixed(month, day) => Date::new(year, month as i8, day as i8).ok()?,
                Feast::Easter(days) => add(easter(year, false)?, Unit::Day, days.into())?,
                Feast::OrthodoxEaster(days) => add(easter(year, true)?, Unit::Day, days.into())?,
            }),
            Base::Season(index) => {
                let season = window.words.seasons.get(index as usize)?;
                let from = Date::new(year, season.from.0 as i8, season.from.1 as i8).ok()?;
                let to = Date::new(year, season.to.0 as i8, season.to.1 as i8).ok()?;
                Some(Period::dates(from, if to > from { to } else { add(to, Unit::Year, 1)? }))
            }
            Base::Day(_) | Base::Weekday(_) | Base::Fixed { .. } => None,
        }
    }

    /// The year of a month, day, quarter or season that stands without one.
    fn year_by_context(&self, window: &Window<'_>, anchor: Date, tense: impl Fn() -> Tense) -> Option<Period> {
        let year = anchor.year();
        let at = |year: i16| {
            let period = self.in_year(window, year)?;
            // "Monday, 4 November": the weekday picks the year where one near fits.
            Some(period)
        };
        let fits = |period: &Period| {
            self.weekday.is_none_or(|day| {
                period.first().is_some_and(|first| first.weekday().to_monday_zero_offset() == day as i8)
            })
        };
        let coming = |strict: bool| {
            (year - 1..=year + 8).filter_map(at).find(|period| {
                if strict {
                    period.first().is_some_and(|first| first > anchor)
                } else {
                    period.end().is_some_and(|end| end > anchor)
                }
            })
        };
        let gone = |strict: bool| {
            (year - 8..=year).rev().filter_map(at).find(|period| {
                if strict {
                    period.end().is_some_and(|end| end <= anchor)
                } else {
                    period.first().is_some_and(|first| first <= anchor)
                }
            })
        };
        if let Some((by, _)) = self.shift {
            return match by {
                1 => coming(true),
                2.. => self.in_year(window, coming(true)?.from.year + i16::from(by) - 1),
                ..=-1 => gone(true),
                0 => coming(false)
                    .filter(|period| period.first().is_some_and(|first| first <= anchor))
                    .or_else(|| at(year)),
            };
        }
        if self.weekday.is_some()
            && let Some(period) = [0, 1, -1].into_iter().filter_map(|by| at(year + by)).find(fits)
        {
            return Some(period);
        }
        // Whatever the words around say, a time far off on one side and near on the other is the near one.
        let far = |told: Option<Period>, other: Option<Period>| {
            let days = |period: Period| Some((period.first()? - anchor).get_days().abs());
            match (told.and_then(days), other.and_then(days)) {
                (Some(told_days), Some(other_days)) if told_days > 270 && other_days < 95 => other,
                _ => told,
            }
        };
        match tense() {
            Tense::Past => far(gone(false), coming(false)),
            Tense::Future if self.ahead => coming(false),
            Tense::Future => far(coming(false), gone(false)),
            // A dateline is a few days old at most.
            Tense::Alone => {
                let recent = |period: &Period| period.first().is_some_and(|first| (anchor - first).get_days() < 8);
                gone(false)
                    .filter(|period| period.single().is_some_and(|day| day.day.is_some()) && recent(period))
                    .or_else(|| coming(false))
            }
            Tense::Unsaid => {
                // The same year, unless the one before or after is much nearer.
                let Some(same) = at(year) else { return coming(false) };
                let days = (same.first()? - anchor).get_days();
                if days > 270 {
                    gone(false)
                } else if days < -200 {
                    coming(false)
                } else {
                    Some(same)
                }
            }
        }
    }

    fn day_of_month(&self, day: u8, anchor: Date, tense: impl Fn() -> Tense) -> Option<Date> {
        let month = Period::holding(Unit::Month, anchor)?.first()?;
        let at = |by: i32| {
            let month = add(month, Unit::Month, by)?;
            let date = Date::new(month.year(), month.month(), day as i8).ok()?;
            let fits = self.weekday.is_none_or(|weekday| date.weekday().to_monday_zero_offset() == weekday as i8);
            fits.then_some(date)
        };
        if self.weekday.is_some() {
            return [0, 1, -1].into_iter().chain(2..=14).find_map(at);
        }
        match tense() {
            Tense::Past => (-2..=0).rev().filter_map(at).find(|date| *date <= anchor),
            Tense::Future | Tense::Alone | Tense::Unsaid => (0..=2).filter_map(at).find(|date| *date >= anchor),
        }
    }

    fn day_of_week(&self, day: u8, window: &Window<'_>, anchor: Date, tense: impl Fn() -> Tense) -> Option<Date> {
        let today = anchor.weekday().to_monday_zero_offset();
        let ahead = (i32::from(day) - i32::from(today)).rem_euclid(7);
        let coming = || add(anchor, Unit::Day, if ahead == 0 { 7 } else { ahead });
        let gone = |strict: bool| add(anchor, Unit::Day, if ahead == 0 && !strict { 0 } else { ahead - 7 });
        match self.shift {
            Some((1.., false)) if window.words.next_weekday_in_next_week => {
                add(monday(anchor)?, Unit::Day, 7 + i32::from(day))
            }
            Some((by @ 1.., _)) => add(coming()?, Unit::Day, 7 * (i32::from(by) - 1)),
            Some((..=-1, _)) => gone(true),
            Some((0, _)) | None => match tense() {
                Tense::Past => gone(false),
                Tense::Unsaid if self.shift.is_none() => gone(false),
                _ if ahead == 0 && self.shift.is_some() => Some(anchor),
                _ => coming(),
            },
        }
    }
}

impl Told {
    pub fn at(self) -> crate::When {
        match self.period.single() {
            Some(day) => crate::When::At(day),
            None => crate::When::Span { from: Some(self.period.from), to: Some(self.period.to) },
        }
    }

    /// A day; a month for what is told by years, for "two years ago" is no day; a year for what is told by decades.
    pub fn near(date: Date, unit: Unit, length: Length) -> Option<Self> {
        let period =
            if unit >= Unit::Year { Period::of(Day { day: None, ..Day::of(date) })? } else { Period::day(date)? };
        Some(Self { period, named: None, relative: true, length: Some(length) })
    }
}

impl Window<'_> {
    /// What the words around `span` say about past and future: the nearest word that says something decides; a comma makes it
    /// farther.
    pub fn tense(&self, span: (usize, usize)) -> Tense {
        let tokens = self.text.tokens();
        let told = |at: usize| -> Option<Tense> {
            let mut tense = None;
            self.words.tense.each_at(self.text.vocabulary(), &tokens[..self.sentence_end], at, |found| {
                let future = found.values.contains(&true) || tense == Some(Tense::Future);
                tense = Some(if future { Tense::Future } else { Tense::Past });
            });
            tense
        };
        let mut nearest: Option<(usize, usize, Tense)> = None;
        let mut ask = |at: usize, distance: usize| {
            if nearest.is_none_or(|(best, ..)| distance < best)
                && let Some(tense) = told(at)
            {
                nearest = Some((distance, at, tense));
            }
        };
        let is_comma = |at: usize| tokens[at].kind == TokenKind::Mark && self.text.form(at) == ",";
        let mut distance = 0;
        for at in (self.start.max(span.0.saturating_sub(TENSE_REACH))..span.0).rev() {
            distance += if is_comma(at) { 4 } else { 1 };
            ask(at, distance);
        }
        let mut distance = 1;
        for at in span.1..self.sentence_end.min(span.1 + TENSE_REACH) {
            distance += if is_comma(at) { 4 } else { 1 };
            ask(at, distance);
        }
        match nearest {
            // "will be signed": a participle takes the tense of the auxiliary before it.
            Some((_, at, Tense::Past)) => {
                let auxiliary = (self.start.max(at.saturating_sub(3))..at)
                    .rev()
                    .take_while(|at| !is_comma(*at))
                    .any(|at| told(at) == Some(Tense::Future));
                if auxiliary { Tense::Future } else { Tense::Past }
            }
            Some((_, _, tense)) => tense,
            None if self.alone(span.0, span.1) => Tense::Alone,
            None => Tense::Unsaid,
        }
    }
}
