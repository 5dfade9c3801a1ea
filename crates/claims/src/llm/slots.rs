//! The slots of one proposed claim, held against the document: what our own recogniser reads there takes the place of what the model
//! says.

use super::{check::Checker, doubt::Doubt};
use crate::Reason;
use pledgebook_mentions::{Day, Mention, Money, Thing, Time, Value};
use rust_decimal::Decimal;
use std::{collections::BTreeMap, ops::Range};

/// The slots of one claim while they are checked.
pub(super) struct Slots<'c> {
    checker: &'c Checker<'c>,
    evidence: &'c Range<usize>,
    /// {name: other forms in the document}
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Which words bear a figure out.
    pub reasons: Vec<Reason>,
    /// Slots that lost a value.
    pub left_out: Vec<&'static str>,
}

impl<'c> Slots<'c> {
    pub fn new(checker: &'c Checker<'c>, evidence: &'c Range<usize>) -> Self {
        Self { checker, evidence, aliases: BTreeMap::new(), reasons: Vec::new(), left_out: Vec::new() }
    }

    /// A name that the text uses, as claims write its bearer; words that are nobody's name stay as they are.
    pub fn name(&mut self, given: &str) -> Option<String> {
        let Some(entity) = self.checker.entity(given) else {
            // Two capitals would be taken for a country that the text does not name: "IT" is no Italy.
            let is_code = given.len() == 2 && given.bytes().all(|byte| byte.is_ascii_uppercase());
            let words = self.checker.words(given).filter(|_| !is_code)?;
            // Written with another apostrophe, it may be somebody's name all the same.
            return if words == given { Some(words.to_owned()) } else { self.name(words) };
        };
        let forms: Vec<String> = entity.aliases().map(str::to_owned).collect();
        if !forms.is_empty() {
            self.aliases.insert(str::to_owned(&entity.canonical), forms);
        }
        Some(str::to_owned(&entity.canonical))
    }

    /// Names without which a claim would be another's: all of them, each once.
    pub fn names(&mut self, given: &[String]) -> Result<Vec<String>, Doubt> {
        let mut names = Vec::with_capacity(given.len());
        for name in given {
            let name = self.name(name).ok_or(Doubt::Name)?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// Names that a claim can do without: those that the text uses.
    pub fn known_names(&mut self, slot: &'static str, given: &[String]) -> Vec<String> {
        let mut names = Vec::with_capacity(given.len());
        for name in given {
            match self.name(name) {
                Some(name) if names.contains(&name) => {}
                Some(name) => names.push(name),
                None => self.left_out.push(slot),
            }
        }
        names
    }

    /// Words of the text.
    pub fn words(&mut self, slot: &'static str, given: Option<&str>) -> Option<String> {
        let given = given.filter(|given| !given.trim().is_empty())?;
        let words = self.checker.words(given);
        if words.is_none() {
            self.left_out.push(slot);
        }
        words.map(str::to_owned)
    }

    /// An amount of the evidence with the same figures and currency.
    pub fn money(&mut self, slot: &'static str, given: &Money) -> Result<Money, Doubt> {
        let wanted = figures(given.min, given.max);
        let found = self.mention(slot, |value| match value {
            Value::Money(money)
                if figures(money.min, money.max) == wanted
                    && (money.currency == given.currency || given.currency.is_none()) =>
            {
                Some((*money, (money.min, money.max, money.qualifier) == (given.min, given.max, given.qualifier)))
            }
            _ => None,
        });
        found.ok_or(Doubt::Figure)
    }

    /// Counts of the evidence. One thing that we do not count, "a plant", is no figure: it is left out.
    pub fn things(&mut self, given: &[Thing]) -> Result<Vec<Thing>, Doubt> {
        let mut things = Vec::with_capacity(given.len());
        for thing in given {
            match self.thing(thing) {
                Some(thing) => things.push(thing),
                None if figures(thing.min, thing.max) == Some((Decimal::ONE, Decimal::ONE)) => {
                    self.left_out.push("things")
                }
                None => return Err(Doubt::Figure),
            }
        }
        Ok(things)
    }

    /// A count of the evidence with the same figures. Where we know the figure but not what it counts, the unit has to stand there.
    fn thing(&mut self, given: &Thing) -> Option<Thing> {
        let wanted = figures(given.min, given.max);
        let unit = given.unit.trim();
        let unit_stands = !unit.is_empty() && self.checker.text.source()[self.evidence.clone()].contains(unit);
        self.mention("things", |value| match value {
            Value::Thing(thing) if figures(thing.min, thing.max) == wanted => {
                Some((thing.clone(), thing.unit == unit && thing.qualifier == given.qualifier))
            }
            Value::Number(number) if !number.percent && unit_stands && figures(number.min, number.max) == wanted => {
                let (min, max, qualifier) = (number.min, number.max, number.qualifier);
                Some((Thing { min, max, qualifier, unit: unit.to_owned() }, qualifier == given.qualifier))
            }
            _ => None,
        })
    }

    /// A day, month or year of the evidence: where we read it more or less exactly than the model, it is ours.
    pub fn day(&mut self, slot: &'static str, given: Option<&str>) -> Result<Option<String>, Doubt> {
        let Some(given) = given.map(str::trim).filter(|day| !day.is_empty()) else { return Ok(None) };
        let ends: &[fn(&Time) -> Option<Day>] = match slot {
            "from" => &[Time::since],
            "until" => &[Time::until],
            _ => &[Time::until, Time::since],
        };
        let found = self.mention(slot, |value| match value {
            Value::Time(time) => {
                let days = ends.iter().filter_map(|end| end(time)).map(|day| day.to_string());
                let days: Vec<String> = days.filter(|day| is_same_day(day, given)).collect();
                let exact = days.iter().any(|day| day == given);
                let day = if exact { Some(given.to_owned()) } else { days.into_iter().next() };
                day.map(|day| (day, exact))
            }
            _ => None,
        });
        found.map(Some).ok_or(Doubt::Time)
    }

    /// A length of time of the evidence.
    pub fn length(&mut self, given: Option<&str>) -> Result<Option<String>, Doubt> {
        let Some(given) = given.map(str::trim).filter(|length| !length.is_empty()) else { return Ok(None) };
        let wanted = months_and_days(given).ok_or(Doubt::Time)?;
        let found = self.mention("over", |value| match value {
            Value::Time(time) => {
                let length = time.length.map(|length| length.to_string());
                let length = length.filter(|length| months_and_days(length) == Some(wanted))?;
                let exact = length == given;
                Some((length, exact))
            }
            _ => None,
        });
        found.map(Some).ok_or(Doubt::Time)
    }

    /// What a mention of the evidence says that fits: the first that fits exactly, else the first that does at all, so that a value
    /// that was taken is found again. The slot remembers its words.
    fn mention<T>(&mut self, slot: &'static str, fits: impl Fn(&Value) -> Option<(T, bool)>) -> Option<T> {
        let mut best: Option<(&Mention, T)> = None;
        for mention in self.checker.mentions_in(self.evidence) {
            match fits(&mention.value) {
                Some((found, true)) => {
                    best = Some((mention, found));
                    break;
                }
                Some((found, false)) if best.is_none() => best = Some((mention, found)),
                _ => {}
            }
        }
        let (mention, found) = best?;
        let words = self.checker.text.source()[mention.bytes.clone()].to_owned();
        self.reasons.push(Reason { slot: slot.into(), rule: mention.rule.into(), words });
        Some(found)
    }
}

/// The figures that bounds are stated with: which of them is a ceiling or a floor is for our own recogniser to say.
fn figures(min: Option<Decimal>, max: Option<Decimal>) -> Option<(Decimal, Decimal)> {
    Some((min.or(max)?, max.or(min)?))
}

/// Whether one day is the other, or the month or year that it lies in.
fn is_same_day(ours: &str, given: &str) -> bool {
    matches!(given.len(), 4 | 7 | 10) && (ours.starts_with(given) || given.starts_with(ours))
}

/// A length of time of ISO 8601 as months and days.
fn months_and_days(length: &str) -> Option<(u32, u32)> {
    let (mut months, mut days) = (0_u32, 0_u32);
    let mut rest = length.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    while !rest.is_empty() {
        let (count, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let count: u32 = count.parse().ok()?;
        let mut units = after.chars();
        match units.next()? {
            'Y' => months = months.checked_add(count.checked_mul(12)?)?,
            'M' => months = months.checked_add(count)?,
            'W' => days = days.checked_add(count.checked_mul(7)?)?,
            'D' => days = days.checked_add(count)?,
            _ => return None,
        }
        rest = units.as_str();
    }
    Some((months, days))
}
