//! Lengths of time: a number and a unit.

use super::{
    calendar::{Unit, add},
    lattice::{Parsed, Window},
    words::{Word, mask},
};
use crate::Length;
use jiff::civil::Date;

/// A number of units.
#[derive(Debug, Clone, Copy)]
pub struct Count {
    pub number: u32,
    pub unit: Unit,
    pub length: Length,
    /// Whether the number is an article or the word for one: "a year" is rarely a length.
    pub article: bool,
}

impl Window<'_> {
    pub(super) fn unit(&self, at: usize) -> Parsed<Unit> {
        self.take(at, mask::UNIT, |word| if let Word::Unit { unit, sure: true, .. } = word { Some(unit) } else { None })
    }

    /// A unit in the singular.
    pub(super) fn one_unit(&self, at: usize) -> Parsed<Unit> {
        self.take(at, mask::UNIT, |word| {
            if let Word::Unit { unit, sure: true, plural: false } = word { Some(unit) } else { None }
        })
    }

    pub(super) fn any_unit(&self, at: usize) -> Parsed<Unit> {
        self.take(at, mask::UNIT, |word| if let Word::Unit { unit, .. } = word { Some(unit) } else { None })
    }

    /// "four years", "2 weeks and 2 days".
    pub(super) fn count(&self, at: usize) -> Parsed<Count> {
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

    pub(super) fn stop_of_unit(&self, at: usize) -> usize {
        // "р." and the like keep their stop unless it ends the sentence.
        if at + 1 < self.sentence_end && self.stop(at) > at { at + 1 } else { at }
    }
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
