//! The words of time of one language, as `languages/<code>/date.toml` lists them, and what each may mean.

use super::calendar::{Part, Unit};
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Habits, Phrases, Vocabulary};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a word or phrase may mean in a time. A phrase can mean several things; the grammar asks for the one that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// 1 to 12; `sure` unless it has a life outside the calendar ("may", "mars", "sec").
    Month {
        month: u8,
        sure: bool,
    },
    /// 0 is Monday.
    Weekday {
        day: u8,
        sure: bool,
    },
    /// An index into the language's seasons.
    Season {
        index: u8,
        sure: bool,
    },
    /// A unit of the calendar; in the plural it is no certain one ("in the coming weeks").
    Unit {
        unit: Unit,
        sure: bool,
        plural: bool,
    },
    Count(u8),
    Ordinal(u8),
    /// What turns digits into an ordinal: "st", "er", "º".
    OrdinalEnding,
    /// Written-out thousands and hundreds of a year: "two thousand" is 2000.
    YearBase(i16),
    /// Up to the anchor within a period: "earlier this year".
    Earlier,
    /// From the anchor on within a period: "later this year".
    Later,
    /// A phrase that looks like a time and is none: "guten Morgen".
    NotThis,
    /// Days from the anchor: "yesterday" is -1.
    RelativeDay(i8),
    /// Years from the anchor's, in one word.
    RelativeYear(i8),
    /// A feast: a fixed month and day, or so many days from Easter Sunday.
    Feast(Feast),
    /// Follows a weekday and puts it so many weeks later: "en huit" is 1.
    WeeksOn(u8),
    /// Units from the one that holds the anchor: "last" is -1.
    Shift(i8),
    Part(Part),
    /// The letter of "Q3".
    QuarterCode,
    /// The letter of "H1".
    HalfCode,
    Of,
    The,
    And,
    To,
    From,
    Between,
    Since,
    /// Opens a period without an end: "starting", "à partir de".
    Starting,
    By,
    Until,
    Before,
    After,
    /// Follows a point and opens it to the end of time: "onwards", "or later".
    Onward,
    /// Makes a weekday or a unit a repeated one, which is no time: "every Wednesday".
    Every,
    /// Stands before a length and puts its end after the anchor: "in two weeks".
    Hence,
    /// Follows a length with the same meaning: "two weeks from now".
    HenceAfter,
    /// Stands before a length and puts its end before the anchor: "il y a deux ans".
    Ago,
    /// Follows a length with the same meaning: "two years ago".
    AgoAfter,
    /// Stands before a length that begins with the anchor: "within nine months".
    Within,
    /// Stands before the number of a decade: "années", "the".
    DecadeBefore,
    /// Follows it: "s", "er Jahre".
    DecadeAfter,
    /// Stands before a year: "the year", "Jahr".
    YearBefore,
    /// Follows it: "року".
    YearAfter,
    /// A preposition that makes a four-digit number a year: "in", "en".
    In,
    /// Stands before a time of day.
    At,
    /// Follows the hours of a time of day: "h", "Uhr".
    Hour,
}

/// Sets of words, as bits: what a token may be is asked before any rule is tried on it.
pub mod mask {
    pub const DIGITS: u64 = 1;
    pub const MONTH: u64 = 1 << 1;
    pub const WEEKDAY: u64 = 1 << 2;
    pub const SEASON: u64 = 1 << 3;
    pub const UNIT: u64 = 1 << 4;
    pub const NUMBER: u64 = 1 << 5;
    pub const ORDINAL: u64 = 1 << 6;
    pub const YEAR: u64 = 1 << 7;
    pub const RELATIVE_DAY: u64 = 1 << 8;
    pub const FEAST: u64 = 1 << 9;
    pub const SHIFT: u64 = 1 << 10;
    pub const PART: u64 = 1 << 11;
    pub const CODE: u64 = 1 << 12;
    pub const DECADE: u64 = 1 << 13;
    pub const BOUND: u64 = 1 << 14;
    pub const LENGTH: u64 = 1 << 15;
    pub const JOINER: u64 = 1 << 16;
    pub const THE: u64 = 1 << 17;
    pub const IN: u64 = 1 << 18;
    pub const NOT_THIS: u64 = 1 << 19;
    pub const BETWEEN: u64 = 1 << 20;
    /// What a time may begin with; the words below only join or end something.
    pub const OPENERS: u64 = (1 << 21) - 1;
    pub const ORDINAL_ENDING: u64 = 1 << 21;
    pub const WEEKS_ON: u64 = 1 << 22;
    pub const OF: u64 = 1 << 23;
    pub const AND: u64 = 1 << 24;
    pub const ONWARD: u64 = 1 << 25;
    pub const EVERY: u64 = 1 << 26;
    pub const AFTER_LENGTH: u64 = 1 << 27;
    pub const DECADE_AFTER: u64 = 1 << 28;
    pub const YEAR_AFTER: u64 = 1 << 29;
    pub const AT: u64 = 1 << 30;
    pub const HOUR: u64 = 1 << 31;
    pub const WEEKEND: u64 = 1 << 32;
    /// Months, weekdays and seasons that have no life outside the calendar.
    pub const SURE: u64 = 1 << 33;
    /// What the end of a range may be told by.
    pub const POINT: u64 = DIGITS
        | MONTH
        | WEEKDAY
        | SEASON
        | UNIT
        | NUMBER
        | ORDINAL
        | YEAR
        | RELATIVE_DAY
        | FEAST
        | SHIFT
        | PART
        | CODE
        | DECADE;
    /// One of these makes a time of a unit of the calendar; without them "a part of the year" is none.
    pub const BESIDE_UNIT: u64 = POINT & !UNIT | NOT_THIS | WEEKEND;
    /// One of these makes a time of a word that is not surely a season: "fall", "été".
    pub const BESIDE_SEASON: u64 = BESIDE_UNIT & !SEASON | SURE | BOUND | LENGTH | JOINER | BETWEEN | IN | THE;
}

impl Word {
    /// The set it belongs to.
    #[inline]
    pub fn mask(self) -> u64 {
        match self {
            Self::Month { sure, .. } => mask::MONTH | if sure { mask::SURE } else { 0 },
            Self::Weekday { sure, .. } => mask::WEEKDAY | if sure { mask::SURE } else { 0 },
            Self::Season { sure, .. } => mask::SEASON | if sure { mask::SURE } else { 0 },
            Self::Unit { unit: Unit::Weekend, .. } => mask::UNIT | mask::WEEKEND,
            Self::Unit { .. } => mask::UNIT,
            Self::Count(_) => mask::NUMBER,
            Self::Ordinal(_) => mask::ORDINAL,
            Self::YearBase(_) | Self::YearBefore => mask::YEAR,
            Self::RelativeDay(_) | Self::RelativeYear(_) => mask::RELATIVE_DAY,
            Self::Feast(_) => mask::FEAST,
            Self::Shift(_) => mask::SHIFT,
            Self::Part(_) | Self::Earlier | Self::Later => mask::PART,
            Self::QuarterCode | Self::HalfCode => mask::CODE,
            Self::DecadeBefore => mask::DECADE,
            Self::Since | Self::Starting | Self::From => mask::BOUND,
            Self::By | Self::Until => mask::BOUND | mask::JOINER,
            Self::Before | Self::After => mask::BOUND,
            Self::Between => mask::BETWEEN,
            Self::To => mask::JOINER,
            Self::Hence | Self::Ago | Self::Within => mask::LENGTH,
            Self::The => mask::THE,
            Self::In => mask::IN,
            Self::NotThis => mask::NOT_THIS,
            Self::OrdinalEnding => mask::ORDINAL_ENDING,
            Self::WeeksOn(_) => mask::WEEKS_ON,
            Self::Of => mask::OF,
            Self::And => mask::AND,
            Self::Onward => mask::ONWARD,
            Self::Every => mask::EVERY,
            Self::HenceAfter | Self::AgoAfter => mask::AFTER_LENGTH,
            Self::DecadeAfter => mask::DECADE_AFTER,
            Self::YearAfter => mask::YEAR_AFTER,
            Self::At => mask::AT,
            Self::Hour => mask::HOUR,
        }
    }
}

/// When a feast is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feast {
    /// Month and day.
    Fixed(u8, u8),
    /// Days from the Easter Sunday of the churches that reckon by the Gregorian calendar.
    Easter(i8),
    /// Days from the Easter Sunday of the churches that reckon by the Julian calendar.
    OrthodoxEaster(i8),
}

/// A season's days: from the first to the day after the last, as (month, day).
#[derive(Debug, Clone, Copy)]
pub struct Season {
    pub from: (u8, u8),
    pub to: (u8, u8),
}

/// The compiled words of a language.
#[derive(Debug, Default)]
pub struct Words {
    /// Every word of time.
    pub all: Phrases<Word>,
    /// The words that a time cannot do without: months, days, units.
    pub cores: Phrases<()>,
    /// The words before the number of a decade.
    pub decades: Phrases<()>,
    /// Words that tell whether a clause is about the future (`true`) or the past.
    pub tense: Phrases<bool>,
    pub seasons: Vec<Season>,
    /// Whether "3/4" is the third of April.
    pub day_first: bool,
    /// Whether "3." is an ordinal.
    pub ordinal_stop: bool,
    /// Whether a year needs no preposition: "Die Produktion soll 2030 beginnen".
    pub bare_years: bool,
    /// Whether "next Friday" is the Friday of next week rather than the coming one.
    pub next_weekday_in_next_week: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Listed {
    day_first: bool,
    next_weekday_in_next_week: bool,
    months: Vec<Vec<String>>,
    months_unsure: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    weekdays_unsure: Vec<Vec<String>>,
    seasons: Vec<ListedSeason>,
    numbers: Vec<Vec<String>>,
    ordinals: Vec<Vec<String>>,
    ordinal_endings: Vec<String>,
    years: BTreeMap<String, Vec<String>>,
    units: Units,
    units_plural: Units,
    units_unsure: Units,
    relative_days: BTreeMap<String, Vec<String>>,
    relative_years: BTreeMap<String, Vec<String>>,
    bare_years: bool,
    shifts: BTreeMap<String, Vec<String>>,
    parts: Parts,
    codes: Codes,
    join: Join,
    place: Place,
    length: Lengths,
    decade: Around,
    year: Around,
    clock: Clock,
    tense: Tense,
    not_this: Vec<String>,
    weeks_on: BTreeMap<String, Vec<String>>,
    feasts: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ListedSeason {
    words: Vec<String>,
    unsure: Vec<String>,
    from: String,
    to: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Units {
    day: Vec<String>,
    weekend: Vec<String>,
    week: Vec<String>,
    fortnight: Vec<String>,
    month: Vec<String>,
    quarter: Vec<String>,
    half: Vec<String>,
    year: Vec<String>,
    decade: Vec<String>,
    century: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Parts {
    start: Vec<String>,
    middle: Vec<String>,
    end: Vec<String>,
    earlier: Vec<String>,
    later: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Codes {
    quarter: Vec<String>,
    half: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Join {
    of: Vec<String>,
    the: Vec<String>,
    and: Vec<String>,
    to: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Place {
    r#in: Vec<String>,
    from: Vec<String>,
    between: Vec<String>,
    since: Vec<String>,
    starting: Vec<String>,
    by: Vec<String>,
    until: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    onward: Vec<String>,
    every: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Lengths {
    hence: Vec<String>,
    hence_after: Vec<String>,
    ago: Vec<String>,
    ago_after: Vec<String>,
    within: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Around {
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Clock {
    at: Vec<String>,
    hour: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Tense {
    future: Vec<String>,
    past: Vec<String>,
}

const FILE: &str = "date.toml";

/// Month and day of "MM-DD".
fn month_and_day(text: &str) -> Option<(u8, u8)> {
    let (month, day) = text.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

impl Feast {
    fn parse(text: &str) -> Option<Self> {
        let by = |text: &str| if text.is_empty() { Some(0) } else { text.parse().ok() };
        if let Some(days) = text.strip_prefix("easter") {
            return Some(Self::Easter(by(days)?));
        }
        if let Some(days) = text.strip_prefix("orthodox") {
            return Some(Self::OrthodoxEaster(by(days)?));
        }
        month_and_day(text).map(|(month, day)| Self::Fixed(month, day))
    }
}

impl Words {
    pub fn compile(data: &Data, code: &str, habits: &Habits, vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        let Some(file) = data.language_file(code, FILE) else { return Ok(Self::default()) };
        let listed: Listed = file.parse()?;
        let wrong = |what: &str| Error::file(file.path(), what);
        let mut words = Self {
            day_first: listed.day_first,
            ordinal_stop: habits.ordinal_stop,
            bare_years: listed.bare_years,
            next_weekday_in_next_week: listed.next_weekday_in_next_week,
            all: Phrases::with_inner_words(vocabulary),
            ..Self::default()
        };
        let mut add = |phrases: &[String], word: Word, core: bool| {
            for phrase in phrases {
                words.all.insert(vocabulary, habits, phrase, word);
                if core {
                    words.cores.insert(vocabulary, habits, phrase, ());
                }
            }
        };
        for (lists, sure) in [(&listed.months, true), (&listed.months_unsure, false)] {
            if lists.len() > 12 {
                return Err(wrong("lists more than 12 months"));
            }
            for (list, month) in lists.iter().zip(1..) {
                add(list, Word::Month { month, sure }, true);
            }
        }
        for (lists, sure) in [(&listed.weekdays, true), (&listed.weekdays_unsure, false)] {
            if lists.len() > 7 {
                return Err(wrong("lists more than 7 days of the week"));
            }
            for (list, day) in lists.iter().zip(0..) {
                add(list, Word::Weekday { day, sure }, true);
            }
        }
        for (index, season) in (0..).zip(&listed.seasons) {
            add(&season.words, Word::Season { index, sure: true }, true);
            add(&season.unsure, Word::Season { index, sure: false }, true);
        }
        for (list, number) in listed.numbers.iter().zip(1..=200) {
            add(list, Word::Count(number), false);
        }
        for (list, number) in listed.ordinals.iter().zip(1..=100) {
            add(list, Word::Ordinal(number), false);
        }
        for (year, list) in &listed.years {
            let year = year.parse().map_err(|_| wrong(&format!("years: '{year}' is no year")))?;
            add(list, Word::YearBase(year), true);
        }
        for (units, sure, plural) in
            [(&listed.units, true, false), (&listed.units_plural, true, true), (&listed.units_unsure, false, false)]
        {
            for (list, unit) in [
                (&units.day, Unit::Day),
                (&units.weekend, Unit::Weekend),
                (&units.week, Unit::Week),
                (&units.fortnight, Unit::Fortnight),
                (&units.month, Unit::Month),
                (&units.quarter, Unit::Quarter),
                (&units.half, Unit::Half),
                (&units.year, Unit::Year),
                (&units.decade, Unit::Decade),
                (&units.century, Unit::Century),
            ] {
                add(list, Word::Unit { unit, sure, plural }, true);
            }
        }
        for (days, list) in &listed.relative_days {
            let days = days.parse().map_err(|_| wrong(&format!("relative_days: '{days}' is no number")))?;
            add(list, Word::RelativeDay(days), true);
        }
        for (weeks, list) in &listed.weeks_on {
            let weeks = weeks.parse().map_err(|_| wrong(&format!("weeks_on: '{weeks}' is no number")))?;
            add(list, Word::WeeksOn(weeks), false);
        }
        for (day, list) in &listed.feasts {
            let feast = Feast::parse(day)
                .ok_or_else(|| wrong(&format!("feasts: '{day}' is neither MM-DD nor easter+N nor orthodox+N")))?;
            add(list, Word::Feast(feast), true);
        }
        for (years, list) in &listed.relative_years {
            let years = years.parse().map_err(|_| wrong(&format!("relative_years: '{years}' is no number")))?;
            add(list, Word::RelativeYear(years), true);
        }
        for (by, list) in &listed.shifts {
            let by = by.parse().map_err(|_| wrong(&format!("shifts: '{by}' is no number")))?;
            add(list, Word::Shift(by), false);
        }
        for (list, word) in [
            (&listed.ordinal_endings, Word::OrdinalEnding),
            (&listed.parts.start, Word::Part(Part::Start)),
            (&listed.parts.middle, Word::Part(Part::Middle)),
            (&listed.parts.end, Word::Part(Part::End)),
            (&listed.parts.earlier, Word::Earlier),
            (&listed.parts.later, Word::Later),
            (&listed.not_this, Word::NotThis),
            (&listed.codes.quarter, Word::QuarterCode),
            (&listed.codes.half, Word::HalfCode),
            (&listed.join.of, Word::Of),
            (&listed.join.the, Word::The),
            (&listed.join.and, Word::And),
            (&listed.join.to, Word::To),
            (&listed.place.r#in, Word::In),
            (&listed.place.from, Word::From),
            (&listed.place.between, Word::Between),
            (&listed.place.since, Word::Since),
            (&listed.place.starting, Word::Starting),
            (&listed.place.by, Word::By),
            (&listed.place.until, Word::Until),
            (&listed.place.before, Word::Before),
            (&listed.place.after, Word::After),
            (&listed.place.onward, Word::Onward),
            (&listed.place.every, Word::Every),
            (&listed.length.hence, Word::Hence),
            (&listed.length.hence_after, Word::HenceAfter),
            (&listed.length.ago, Word::Ago),
            (&listed.length.ago_after, Word::AgoAfter),
            (&listed.length.within, Word::Within),
            (&listed.decade.before, Word::DecadeBefore),
            (&listed.decade.after, Word::DecadeAfter),
            (&listed.year.before, Word::YearBefore),
            (&listed.year.after, Word::YearAfter),
            (&listed.clock.at, Word::At),
            (&listed.clock.hour, Word::Hour),
        ] {
            add(list, word, false);
        }
        for phrase in &listed.decade.before {
            words.decades.insert(vocabulary, habits, phrase, ());
        }
        for (list, future) in [(&listed.tense.future, true), (&listed.tense.past, false)] {
            for phrase in list {
                words.tense.insert(vocabulary, habits, phrase, future);
            }
        }
        for season in &listed.seasons {
            let (Some(from), Some(to)) = (month_and_day(&season.from), month_and_day(&season.to)) else {
                return Err(wrong("seasons: 'from' and 'to' are written MM-DD"));
            };
            words.seasons.push(Season { from, to });
        }
        Ok(words)
    }
}
