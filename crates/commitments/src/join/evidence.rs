//! What speaks for two claims being of one promise.

use crate::Knowledge;
use crate::entity::is_code;
use crate::money::Comparison;
use crate::sighting::UNION;
use std::borrow::Cow;

/// A place of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot<'b> {
    pub(crate) key: Cow<'b, str>,
    pub(crate) country: Option<Cow<'b, str>>,
    /// Whether it is nothing but the country that the pledger is of, which news tells of promises anywhere.
    pub(crate) is_home: bool,
    is_country: bool,
}

impl<'b> Spot<'b> {
    pub(crate) fn new(place: &str, homes: &[&str], knowledge: &Knowledge) -> Self {
        let (key, country) = knowledge.place(place);
        let is_home = homes.contains(&&*key);
        Self::of_parts(key.into(), country.map(Cow::from), is_home)
    }

    pub(crate) fn of_parts(key: Cow<'b, str>, country: Option<Cow<'b, str>>, is_home: bool) -> Self {
        let is_country = is_code(&key);
        Self { key, country, is_home, is_country }
    }

    pub(crate) fn is_country(&self) -> bool {
        self.is_country
    }
}

/// What speaks for a claim being of a commitment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Evidence {
    /// How much; what is enough depends on what there is to compare.
    pub(crate) score: i32,
    pub(crate) place: bool,
    pub(crate) purpose: bool,
    pub(crate) money: Option<Comparison>,
    /// The claim's sum comes on top of the others', or is the total of them.
    pub(crate) adds: bool,
    /// An agreement's name is the same.
    pub(crate) named: bool,
    /// Two towns are told: within one article these are two promises, whatever the figures.
    pub(crate) two_towns: bool,
    /// Days between the claim and the nearest news of the commitment.
    pub(crate) apart: i32,
}

/// How two sets of places stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Places {
    /// One place at least is the same town or site.
    SameSpot,
    /// The same country, or a town and its country.
    SameCountry,
    /// One side tells none.
    Untold,
    /// It is not known whether one lies in the other.
    Open,
    /// One side tells only the country that the pledger is of.
    Home,
    /// Two towns, of one country or of none that is known.
    Towns,
    /// They cannot be of one place.
    Apart,
}

pub(crate) fn places(a: &[Spot<'_>], b: &[&Spot<'_>]) -> Places {
    if a.is_empty() || b.is_empty() {
        return Places::Untold;
    }
    let mut best = Places::Apart;
    for x in a {
        for y in b {
            let found = if x.key == y.key || alike(x, y) {
                if x.is_country() { Places::SameCountry } else { Places::SameSpot }
            } else if x.is_country() || y.is_country() {
                match (&x.country, &y.country) {
                    (Some(x), Some(y)) if x == y => Places::SameCountry,
                    // A union of countries may or may not mean the one.
                    (Some(x), Some(y)) if &**x == UNION || &**y == UNION => Places::Open,
                    (Some(_), Some(_)) => Places::Apart,
                    _ => Places::Open,
                }
            } else if x.country.is_none() || y.country.is_none() || x.country == y.country {
                Places::Towns
            } else {
                Places::Apart
            };
            best = best.min_by_nearness(found);
        }
    }
    // A town of no known country, told with one, lies in it and not in another.
    if !matches!(best, Places::SameSpot | Places::SameCountry) {
        let apart = |x: &str, y: &str| x != y && x != UNION && y != UNION;
        let mut pairs = countries(a).flat_map(|x| countries(b.iter().copied()).map(move |y| (x, y))).peekable();
        if pairs.peek().is_some() && pairs.all(|(x, y)| apart(x, y)) {
            best = Places::Apart;
        }
    }
    // Two towns of one country, told with it, are still two towns.
    let is_town = |spot: &Spot<'_>| !spot.is_country();
    if best == Places::SameCountry && a.iter().any(is_town) && b.iter().copied().any(is_town) {
        return Places::Towns;
    }
    let is_home = |spot: &Spot<'_>| spot.is_home;
    let home = a.iter().all(is_home) || b.iter().copied().all(is_home);
    if best == Places::Apart && home { Places::Home } else { best }
}

fn countries<'s>(spots: impl IntoIterator<Item = &'s Spot<'s>>) -> impl Iterator<Item = &'s str> {
    spots.into_iter().filter_map(|spot| spot.country.as_deref())
}

impl Places {
    fn min_by_nearness(self, other: Self) -> Self {
        let rank = |places| match places {
            Self::SameSpot => 0,
            Self::SameCountry => 1,
            Self::Untold => 2,
            Self::Open => 3,
            Self::Home => 4,
            Self::Towns => 5,
            Self::Apart => 6,
        };
        if rank(other) < rank(self) { other } else { self }
    }
}

/// Letters that spellings of one name begin with.
const SHARED_MIN: usize = 5;

/// Whether two names of towns are spellings of one in two languages: the same beginning, and nearly as long.
fn alike(a: &Spot<'_>, b: &Spot<'_>) -> bool {
    // Most names begin otherwise, which shows before their letters are counted.
    let begins = |spot: &'_ Spot<'_>| spot.key.as_bytes().first_chunk::<SHARED_MIN>().copied();
    if begins(a).is_none() || begins(a) != begins(b) {
        return false;
    }
    if a.is_country() || b.is_country() || a.key.chars().any(|c| c.is_ascii_digit()) || a.key.contains(' ') {
        return false;
    }
    let shared = a.key.chars().zip(b.key.chars()).take_while(|(x, y)| x == y).count();
    let (short, long) =
        (a.key.chars().count().min(b.key.chars().count()), a.key.chars().count().max(b.key.chars().count()));
    shared >= SHARED_MIN && shared + 2 >= short && long - short <= 2
}
