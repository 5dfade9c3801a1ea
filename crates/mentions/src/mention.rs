use crate::Entity;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::{fmt, ops::Range, sync::Arc};

/// One mention: a run of tokens that means something, and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The tokens it covers, indexes into [`pledgebook_text::Text::tokens`].
    pub tokens: Range<usize>,
    /// The bytes it covers in the document's text.
    pub bytes: Range<usize>,
    /// What it means.
    pub value: Value,
    /// The rule that read it, named by what it matches: `<number> <scale> <currency>`.
    pub rule: &'static str,
}

/// What a mention means.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A bare number.
    Number(Number),
    /// An amount of money.
    Money(Money),
    /// A count of things.
    Thing(Thing),
    /// A day, a period or a duration.
    Time(Time),
    /// A person, organisation, place or instrument.
    Name(Name),
    /// Words in quotation marks.
    Quote(Quote),
}

/// The sorts of mention, for asking for some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// [`Value::Number`]
    Number,
    /// [`Value::Money`]
    Money,
    /// [`Value::Thing`]
    Thing,
    /// [`Value::Time`]
    Time,
    /// [`Value::Name`]
    Name,
    /// [`Value::Quote`]
    Quote,
}

impl Value {
    /// Its sort.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Number(_) => Kind::Number,
            Self::Money(_) => Kind::Money,
            Self::Thing(_) => Kind::Thing,
            Self::Time(_) => Kind::Time,
            Self::Name(_) => Kind::Name,
            Self::Quote(_) => Kind::Quote,
        }
    }
}

/// How firmly a figure is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// As stated.
    Exact,
    /// "around"
    About,
    /// A ceiling; no lower figure.
    UpTo,
    /// A floor; no upper figure.
    AtLeast,
    /// From one figure to another.
    Range,
    /// "billions of": the order of magnitude as floor.
    Vague,
}

impl Qualifier {
    /// Every value.
    pub const ALL: [Self; 6] = [Self::Exact, Self::About, Self::UpTo, Self::AtLeast, Self::Range, Self::Vague];

    /// The word that JSON and learnt weights use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::UpTo => "up_to",
            Self::AtLeast => "at_least",
            Self::Range => "range",
            Self::Vague => "vague",
        }
    }
}

/// An ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency of a three-letter code in capitals.
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::new(&code).ok_or_else(|| serde::de::Error::custom(format!("'{code}' is no ISO 4217 code")))
    }
}

/// A bare number, as bounds: equal where it is one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Lower bound.
    pub min: Option<Decimal>,
    /// Upper bound.
    pub max: Option<Decimal>,
    /// How firmly it is stated.
    pub qualifier: Qualifier,
    /// Whether it is a share of a hundred.
    pub percent: bool,
}

/// A figure in JSON: a number with all of its digits.
mod exact {
    use rust_decimal::Decimal;
    pub(super) use rust_decimal::serde::arbitrary_precision_option::deserialize;
    use rust_decimal::serde::arbitrary_precision_option::serialize as serialize_any;

    pub(super) fn serialize<S: serde::Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        // Most figures are whole and of few digits, which are written without a text in between.
        let whole = value.filter(|value| value.scale() == 0 && value.is_sign_positive());
        match whole.and_then(|value| u64::try_from(value.mantissa()).ok()) {
            Some(digits) => serializer.serialize_some(&digits),
            None => serialize_any(value, serializer),
        }
    }
}

/// An amount of money, as `claims.md` writes it: exact decimals in whole units of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Lower bound; absent for a ceiling.
    #[serde(with = "exact")]
    pub min: Option<Decimal>,
    /// Upper bound; absent for a floor.
    #[serde(with = "exact")]
    pub max: Option<Decimal>,
    /// Absent only where the text names none for such sums.
    pub currency: Option<Currency>,
    /// How firmly it is stated.
    pub qualifier: Qualifier,
    /// The place of the last stated digit: 1000000 for "£500 million".
    #[serde(default, with = "exact", skip_serializing_if = "Option::is_none")]
    pub precision: Option<Decimal>,
}

/// A count of things promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// Lower bound.
    #[serde(with = "exact")]
    pub min: Option<Decimal>,
    /// Upper bound.
    #[serde(with = "exact")]
    pub max: Option<Decimal>,
    /// How firmly it is stated.
    pub qualifier: Qualifier,
    /// English singular: "job", "GPU", "MW", "vehicle per year".
    pub unit: String,
}

/// A calendar day or less: "2025", "2025-09", "2025-09-14".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// Year of the common era.
    pub year: i16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; only with a month.
    pub day: Option<u8>,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// A time that the text tells, resolved against the day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// When it is.
    pub when: When,
    /// How long it is, where the text says so: "four years", "over the next four years", "within 18 months".
    pub length: Option<Length>,
    /// The month or year that its words name, where they tell less than days: 2027 of "spring 2027", 2026-12 of "by Christmas",
    /// 2025 of "mid-2025".
    pub named: Option<Day>,
    /// The day it is told from, where it cannot be understood without: "Tuesday", "next week", "in May".
    pub anchor: Option<Date>,
}

/// When a [`Time`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// One point, as exact as the text tells it: "14 September 2025", "in May", "2030".
    At(Day),
    /// From a first day (or month, or year) to the first one after; open where the text leaves it so: "since 2021" has no
    /// `to`, "by 2030" no `from` and 2031 as `to`.
    Span {
        /// First day.
        from: Option<Day>,
        /// First day after the period.
        to: Option<Day>,
    },
    /// Nowhere: a mere length of time, "four years".
    Unplaced,
}

impl Time {
    /// The first day and the first day after, where they are known.
    pub fn days(&self) -> (Option<Date>, Option<Date>) {
        match self.when {
            When::At(day) => (day.first(), day.next().and_then(|next| next.first())),
            When::Span { from, to } => (from.and_then(|day| day.first()), to.and_then(|day| day.first())),
            When::Unplaced => (None, None),
        }
    }

    /// The last point that belongs to it, as exact as told: "by 2030" and "2025-2030" give 2030, "by the end of March" 2026-03,
    /// "by spring 2027" 2027.
    pub fn until(&self) -> Option<Day> {
        match self.when {
            When::At(_) | When::Span { to: Some(_), .. } if self.named.is_some() => self.named,
            When::At(day) => Some(day),
            When::Span { to, .. } => to?.previous(),
            When::Unplaced => None,
        }
    }

    /// The first point that belongs to it, as exact as told.
    pub fn since(&self) -> Option<Day> {
        match self.when {
            When::At(day) => Some(day),
            When::Span { from, .. } => from,
            When::Unplaced => None,
        }
    }
}

impl Day {
    /// A calendar day.
    pub fn of(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month() as u8), day: Some(date.day() as u8) }
    }

    /// The first calendar day in it.
    pub fn first(self) -> Option<Date> {
        Date::new(self.year, self.month.unwrap_or(1) as i8, self.day.unwrap_or(1) as i8).ok()
    }

    /// The day, month or year after it.
    pub fn next(self) -> Option<Self> {
        self.beside(1, Date::tomorrow)
    }

    /// The day, month or year before it.
    pub fn previous(self) -> Option<Self> {
        self.beside(-1, Date::yesterday)
    }

    /// The month or year that is `by` away, or the day that `day` tells, where the calendar has both.
    fn beside(self, by: i32, day: impl Fn(Date) -> Result<Date, jiff::Error>) -> Option<Self> {
        let first = self.first()?;
        if self.day.is_some() {
            return day(first).ok().map(Self::of);
        }
        let months = i32::from(self.year) * 12 + i32::from(self.month.unwrap_or(1)) - 1;
        let months = months + by * if self.month.is_some() { 1 } else { 12 };
        let (year, month) = (i16::try_from(months.div_euclid(12)).ok()?, months.rem_euclid(12) as u8 + 1);
        let moved = Self { year, month: self.month.and(Some(month)), day: None };
        moved.first().map(|_| moved)
    }
}

/// A length of time as the text counts it; shown as ISO 8601 ("P4Y", "P18M").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Length {
    /// Years.
    pub years: u16,
    /// Months.
    pub months: u16,
    /// Weeks.
    pub weeks: u16,
    /// Days.
    pub days: u16,
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // ISO 8601 mixes weeks with no other unit.
        let (weeks, days) = match self {
            Self { years: 0, months: 0, days: 0, weeks } => (*weeks, 0),
            _ => (0, u32::from(self.days) + 7 * u32::from(self.weeks)),
        };
        f.write_str("P")?;
        for (count, sign) in
            [(u32::from(self.years), 'Y'), (u32::from(self.months), 'M'), (u32::from(weeks), 'W'), (days, 'D')]
        {
            if count > 0 {
                write!(f, "{count}{sign}")?;
            }
        }
        if *self == Self::default() { f.write_str("0D") } else { Ok(()) }
    }
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameType {
    /// A human being.
    Person,
    /// A company, ministry, agency, bank, university, association.
    Organisation,
    /// A country or the European Union: known by its ISO code.
    Country,
    /// A town, region, site.
    Place,
    /// A named accord, plan, fund, act, programme.
    Instrument,
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What it names.
    pub sort: NameType,
    /// The fullest form the document gives, in Latin script, without legal form; for countries the ISO code.
    pub canonical: Arc<str>,
    /// Which names of the document are the same: equal numbers, one entity, listed in [`crate::Entities`].
    pub entity: u32,
    /// Further bearers where the mention stands for several: "the two countries", "these executives".
    pub also: SmallVec<[u32; 2]>,
    /// Whether it stands for its bearer without naming it: "the company", "he", "the two countries".
    pub anaphor: bool,
    /// Whether the country is named by its capital, its government or a seat of power ("Londres", "the White House").
    pub seat: bool,
    /// Whether the country is named by an adjective or as the origin of somebody: "British", "aus deutscher Hand".
    pub adjective: bool,
}

impl Name {
    /// The name of a bearer, told by a form of its own.
    pub(crate) fn of(entity: &Entity, number: u32) -> Self {
        Self {
            sort: entity.sort,
            canonical: Arc::clone(&entity.canonical),
            entity: number,
            also: SmallVec::new(),
            anaphor: false,
            seat: false,
            adjective: false,
        }
    }
}

/// Words in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The bytes between the marks.
    pub inner: Range<usize>,
}

/// A set of [`Kind`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// Every kind.
    pub const ALL: Self = Self(u8::MAX);
    /// No kind.
    pub const NONE: Self = Self(0);

    /// The set with one more kind.
    #[must_use]
    pub const fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }

    /// Whether a kind is in the set.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }
}
