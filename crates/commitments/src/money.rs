//! How two figures stand to each other (rules 5 to 7), with exact decimals and the reference rate of the day.

use crate::{MoneyRelation, Rate, Rates};
use jiff::civil::Date;
use pledgebook_mentions::{Currency, Money, Qualifier};
use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::sync::Arc;

/// Rounding explains a difference of less than one part in so many; "£1bn" is no rounding of £1.4bn.
const ROUNDED_PART: i64 = 10;
/// "Billions" may be this many times their floor.
const VAGUE_SPAN: i64 = 1000;

/// Sums of which the larger is more than so many times the smaller are told apart at a glance: well beyond what rounding explains.
const FAR: f64 = 1.2;
/// Converted sums from here on may be too large for an exact decimal.
const GLANCED_MAX: f64 = 1e27;
/// Rates that a ruler keeps.
const KEPT_MAX: usize = 100_000;

/// Dollars from which on hardly two promises of one pledger in one season are of the same sum.
const GREAT_USD: i64 = 1_000_000_000;

/// Compares figures at the rates of their days.
pub(crate) struct Ruler<'k> {
    rates: &'k Rates,
    /// What was asked for so far.
    known: RefCell<FxHashMap<Asked, Option<Known>>>,
    /// What was asked for last, which is mostly what is asked for next.
    last: Cell<Option<(Asked, Option<Worth>)>>,
}

/// What one unit of a currency is worth in another, exactly and to fifteen digits.
#[derive(Clone, Copy)]
struct Worth {
    exact: Decimal,
    about: f64,
}

/// The rate from a currency to another on a day.
type Asked = (Currency, Currency, Date);
/// A rate that was looked up.
type Known = (Worth, Arc<Rate>);

/// What became of a bound between two figures that agree otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// "up to"
    Ceiling,
    /// "at least"
    Floor,
}

/// How two figures stand to each other.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Comparison {
    pub(crate) relation: MoneyRelation,
    /// The bound that one side states and the other drops.
    pub(crate) dropped: Option<(Bound, Side)>,
    /// Whether one figure only lies inside what the other leaves open: no proof that they are one.
    pub(crate) loose: bool,
    /// The place to which they agree.
    pub(crate) place: Option<Decimal>,
    /// The rate that they were compared at.
    pub(crate) rate: Option<Arc<Rate>>,
    /// Which figures were compared: the first, then the second in the first's own currency or as converted.
    pub(crate) figures: (Money, Money),
}

/// Which of two figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    First,
    Second,
}

impl Comparison {
    /// Whether the figures may be of one promise on the strength of the figures alone.
    pub(crate) fn agrees(&self) -> bool {
        agrees(self.loose, self.relation)
    }

    pub(crate) fn contradicts(&self) -> bool {
        self.relation == MoneyRelation::Contradictory
    }
}

fn agrees(loose: bool, relation: MoneyRelation) -> bool {
    !loose && relation < MoneyRelation::Revised
}

/// How two figures stand to each other, before it is written down which they were: most comparisons are thrown away.
#[derive(Clone, Copy)]
struct Found {
    relation: MoneyRelation,
    dropped: Option<(Bound, Side)>,
    loose: bool,
    place: Option<Decimal>,
}

impl Found {
    /// Sums that have nothing to do with each other, which most are.
    const APART: Self = Self { relation: MoneyRelation::Contradictory, dropped: None, loose: false, place: None };

    fn agrees(&self) -> bool {
        agrees(self.loose, self.relation)
    }

    /// Whether nothing can be better.
    fn is_equal(&self) -> bool {
        self.agrees() && self.relation == MoneyRelation::Equal
    }

    /// The better, the smaller.
    fn rank(&self) -> (bool, bool, MoneyRelation) {
        (self.relation == MoneyRelation::Contradictory, self.loose, self.relation)
    }
}

/// What two sums with their restatements were found to be, and by which of their figures.
struct Pair {
    found: Found,
    at: (usize, usize),
    /// The rate that they were compared at.
    asked: Option<Asked>,
}

/// Two figures as whole numbers of the finer one's last place, where that is surely possible: these compare much faster.
fn whole(a: Decimal, b: Decimal) -> Option<(i128, i128)> {
    const DIGITS_MAX: u32 = 9;
    const MANTISSA_MAX: u128 = 1 << 90;
    let (x, y) = (a.mantissa(), b.mantissa());
    if a.scale() == b.scale() {
        return Some((x, y));
    }
    let apart = a.scale().abs_diff(b.scale());
    if apart > DIGITS_MAX || x.unsigned_abs() > MANTISSA_MAX || y.unsigned_abs() > MANTISSA_MAX {
        return None;
    }
    let factor = i128::from(10u64.pow(apart));
    Some(if a.scale() < b.scale() { (x * factor, y) } else { (x, y * factor) })
}

/// The order of two figures.
fn order(a: Decimal, b: Decimal) -> Ordering {
    whole(a, b).map_or_else(|| a.cmp(&b), |(a, b)| a.cmp(&b))
}

/// Whether rounding may explain the difference of two figures, the smaller one first.
fn is_near(small: Decimal, large: Decimal) -> bool {
    if let Some((small, large)) = whole(small, large) {
        // Of 120 bits at most, so that nothing overflows.
        return (large - small) * i128::from(ROUNDED_PART) < large;
    }
    (large - small).checked_mul(Decimal::from(ROUNDED_PART)).is_some_and(|difference| difference < large)
}

/// About how much a figure is, to fifteen digits; `None` for what is hardly ever told.
fn glance(value: Decimal) -> Option<f64> {
    let digits = u64::try_from(value.mantissa()).ok()? as f64;
    match value.scale() {
        0 => Some(digits),
        scale => Some(digits / 10u64.checked_pow(scale)? as f64),
    }
}

/// About from where to where a sum reaches.
fn extent(money: &Money) -> Option<[f64; 2]> {
    if money.qualifier == Qualifier::Vague {
        return None;
    }
    let low = money.min.map_or(Some(0.0), glance)?;
    let high = money.max.map_or(Some(f64::INFINITY), glance)?;
    (low <= high).then_some([low, high])
}

/// Whether two sums are so far from each other that they contradict, however they are compared.
fn is_far(a: [f64; 2], b: [f64; 2]) -> bool {
    a[1] * FAR < b[0] || b[1] * FAR < a[0]
}

/// The digits of a figure before its last zeros, as a number, and how many zeros these are.
fn without_zeros(value: Decimal) -> (u128, u32) {
    let mut rest = value.mantissa().unsigned_abs();
    let mut zeros = 0;
    // Nearly every sum fits in 64 bits, which divide much faster.
    if let Ok(mut small) = u64::try_from(rest) {
        while small > 0 && small.is_multiple_of(10) {
            small /= 10;
            zeros += 1;
        }
        return (small.into(), zeros);
    }
    while rest.is_multiple_of(10) {
        rest /= 10;
        zeros += 1;
    }
    (rest, zeros)
}

/// Whether a figure is told in more than one digit.
pub(crate) fn is_fine(money: &Money) -> bool {
    without_zeros(money.max.or(money.min).unwrap_or_default()).0 >= 10
}

/// The place of the last digit of a figure that is not zero: 100000000 for 700 million, 10000000 for 4.25 billion.
pub(crate) fn last_place(value: Decimal) -> Decimal {
    let value = value.normalize();
    if value.is_zero() || value.scale() > 0 {
        return Decimal::ONE;
    }
    let (_, zeros) = without_zeros(value);
    Decimal::try_from_i128_with_scale(10i128.pow(zeros), 0).unwrap_or(Decimal::MAX)
}

fn round(value: Decimal, place: Decimal) -> Decimal {
    (value / place).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero) * place
}

/// Whether two figures agree, and to which place: equal, or equal at the coarser of their two precisions.
fn agree(a: Decimal, b: Decimal, places: [&Money; 2]) -> Option<Decimal> {
    let (small, large) = match order(a, b) {
        Ordering::Equal => return Some(Decimal::ZERO),
        Ordering::Less => (a, b),
        Ordering::Greater => (b, a),
    };
    if !is_near(small, large) {
        return None;
    }
    let place = place_of(places[0]).max(place_of(places[1]));
    (round(a, place) == round(b, place)).then_some(place)
}

/// The figure of a sum that is told by one figure.
fn point(money: &Money) -> Option<Decimal> {
    match money.qualifier {
        Qualifier::Range => None,
        _ => money.max.or(money.min),
    }
}

impl<'k> Ruler<'k> {
    pub(crate) fn new(rates: &'k Rates) -> Self {
        Self { rates, known: RefCell::default(), last: Cell::new(None) }
    }

    /// The rate of a day; `None`: not compared.
    pub(crate) fn rate(&self, from: Currency, to: Currency, day: Date) -> Option<Arc<Rate>> {
        self.known((from, to, day), |(_, rate)| Arc::clone(rate))
    }

    /// What one unit is worth by the rate of a day.
    fn worth(&self, asked: Asked) -> Option<Worth> {
        match self.last.get() {
            Some((last, worth)) if last == asked => worth,
            _ => {
                let worth = self.known(asked, |(worth, _)| *worth);
                self.last.set(Some((asked, worth)));
                worth
            }
        }
    }

    /// What is wanted of a rate.
    fn known<T>(&self, asked: Asked, wanted: impl Fn(&Known) -> T) -> Option<T> {
        let (from, to, day) = asked;
        let look_up = || {
            let rate = self.rates.remembered(from, to, day)?;
            Some((Worth { exact: rate.rate, about: glance(rate.rate).unwrap_or(f64::NAN) }, rate))
        };
        let mut known = self.known.borrow_mut();
        if known.len() >= KEPT_MAX {
            known.clear();
        }
        known.entry(asked).or_insert_with(look_up).as_ref().map(wanted)
    }

    /// Whether a sum is so great that few others are the same.
    pub(crate) fn is_great(&self, money: &Money, day: Option<Date>) -> bool {
        let Some((usd, day)) = Currency::new("USD").zip(day) else { return false };
        let in_usd = if money.currency == Some(usd) {
            point(money)
        } else {
            let worth = money.currency.and_then(|currency| self.worth((currency, usd, day)));
            point(money).zip(worth).and_then(|(value, worth)| value.checked_mul(worth.exact))
        };
        in_usd.is_some_and(|value| value >= Decimal::from(GREAT_USD))
    }

    /// A sum in another currency at the rate of a day.
    pub(crate) fn convert(&self, money: &Money, to: Currency, day: Date) -> Option<(Money, Arc<Rate>)> {
        let rate = self.rate(money.currency?, to, day)?;
        Some((converted(money, to, |value| rate.convert(value))?, rate))
    }

    /// Compares a sum with another, each with its restatements. What was told first is compared with what was told first, at the
    /// rate of the day where the currencies differ; restatements help where they make the two agree, or where there is no rate.
    /// `None` where neither helps: not compared.
    pub(crate) fn compare(&self, a: &[Money], b: &[Money], day: Option<Date>) -> Option<Comparison> {
        self.told(self.pair(a, b, day)?, a, b)
    }

    /// The best comparison of a sum with any of several, each with its restatements; the first among equals.
    pub(crate) fn best(&self, sums: &[&[Money]], own: &[Money], day: Option<Date>) -> Option<Comparison> {
        let mut best: Option<(Pair, &[Money])> = None;
        for sum in sums.iter().copied() {
            let Some(pair) = self.pair(sum, own, day) else { continue };
            if best.as_ref().is_none_or(|(best, _)| pair.found.rank() < best.found.rank()) {
                let is_equal = pair.found.is_equal();
                best = Some((pair, sum));
                if is_equal {
                    break;
                }
            }
        }
        let (pair, sum) = best?;
        self.told(pair, sum, own)
    }

    /// What was found out about two sums with their restatements.
    fn told(&self, pair: Pair, a: &[Money], b: &[Money]) -> Option<Comparison> {
        let Found { relation, dropped, loose, place } = pair.found;
        let figures = (*a.get(pair.at.0)?, *b.get(pair.at.1)?);
        let rate = pair.asked.and_then(|(from, to, day)| self.rate(from, to, day));
        Some(Comparison { relation, dropped, loose, place, rate, figures })
    }

    fn pair(&self, a: &[Money], b: &[Money], day: Option<Date>) -> Option<Pair> {
        let (first, second) = (a.first()?, b.first()?);
        let one_currency =
            |a: &Money, b: &Money| a.currency == b.currency || a.currency.is_none() || b.currency.is_none();
        let stated = if one_currency(first, second) {
            Some((compare_in_one(first, second, [first, second]), None))
        } else {
            self.compare_across(first, second, day).map(|(found, asked)| (found, Some(asked)))
        };
        if let Some((found, asked)) = stated
            && (found.is_equal() || a.len() + b.len() == 2)
        {
            return Some(Pair { found, at: (0, 0), asked });
        }
        let mut best: Option<(Found, (usize, usize))> = None;
        for (i, one) in a.iter().enumerate() {
            for (j, other) in b.iter().enumerate() {
                if i + j == 0 || !one_currency(one, other) {
                    continue;
                }
                let mut found = compare_in_one(one, other, [one, other]);
                // What one side only restates is what the other was told first: the same sum in another currency.
                if found.relation == MoneyRelation::Equal && (i > 0) != (j > 0) {
                    found.relation = MoneyRelation::Restated;
                }
                // A restatement stands under the bound of what it restates.
                found.dropped = found.dropped.or_else(|| dropped(first.qualifier, second.qualifier));
                if best.as_ref().is_none_or(|(best, _)| found.rank() < best.rank()) {
                    best = Some((found, (i, j)));
                }
            }
        }
        let (found, at, asked) = match (stated, best) {
            (Some((stated, asked)), Some((restated, _))) if restated.agrees() && stated.agrees() => {
                (Found { relation: stated.relation.min(restated.relation), ..stated }, (0, 0), asked)
            }
            (Some((stated, _)), Some((restated, at))) if restated.rank() < stated.rank() => (restated, at, None),
            (Some((stated, asked)), _) => (stated, (0, 0), asked),
            (None, restated) => restated.map(|(found, at)| (found, at, None))?,
        };
        Some(Pair { found, at, asked })
    }

    /// Compares sums of two currencies at the rate of a day.
    fn compare_across(&self, first: &Money, second: &Money, day: Option<Date>) -> Option<(Found, Asked)> {
        let to = second.currency?;
        let asked = (first.currency?, to, day?);
        let worth = self.worth(asked)?;
        if let (Some(a), Some(b)) = (extent(first), extent(second)) {
            let a = a.map(|end| end * worth.about);
            if a.iter().all(|end| *end < GLANCED_MAX || end.is_infinite()) && is_far(a, b) {
                return Some((Found::APART, asked));
            }
        }
        let converted = converted(first, to, |value| value.checked_mul(worth.exact))?;
        let mut found = compare_in_one(&converted, second, [first, second]);
        if matches!(found.relation, MoneyRelation::Equal | MoneyRelation::Rounded) {
            // A sum that converts to the other's first two digits was told again; a coarser agreement is rounding.
            let two = |value: Option<Decimal>| value.and_then(|value| value.round_sf(2));
            found.relation = if two(point(&converted)) == two(point(second)) {
                if found.dropped.is_some() { MoneyRelation::Bounded } else { MoneyRelation::Restated }
            } else {
                MoneyRelation::Rounded
            };
        }
        Some((found, asked))
    }
}

/// A sum in another currency; `None` where it is too large for an exact decimal.
fn converted(money: &Money, to: Currency, convert: impl Fn(Decimal) -> Option<Decimal>) -> Option<Money> {
    let (min, max) = (money.min.map(&convert), money.max.map(&convert));
    if min == Some(None) || max == Some(None) {
        return None;
    }
    Some(Money { min: min.flatten(), max: max.flatten(), currency: Some(to), ..*money })
}

fn place_of(money: &Money) -> Decimal {
    money.max.or(money.min).map_or(Decimal::ONE, last_place)
}

fn bound(qualifier: Qualifier) -> Option<Bound> {
    match qualifier {
        Qualifier::UpTo => Some(Bound::Ceiling),
        Qualifier::AtLeast => Some(Bound::Floor),
        _ => None,
    }
}

/// The bound that one of two figures states and the other does not, and which one drops it.
fn dropped(a: Qualifier, b: Qualifier) -> Option<(Bound, Side)> {
    match (bound(a), bound(b)) {
        (Some(bound), None) if b != Qualifier::Range => Some((bound, Side::Second)),
        (None, Some(bound)) if a != Qualifier::Range => Some((bound, Side::First)),
        _ => None,
    }
}

/// Compares two sums of one currency. `told` are the figures as they were told, which have the places that they were rounded to.
fn compare_in_one(a: &Money, b: &Money, told: [&Money; 2]) -> Found {
    use Qualifier::{Range, Vague};
    if let (Some(x), Some(y)) = (extent(a), extent(b))
        && is_far(x, y)
    {
        return Found::APART;
    }
    let found = |relation, dropped, loose, place: Option<Decimal>| Found {
        relation,
        dropped,
        loose,
        place: place.filter(|place| !place.is_zero()),
    };
    if a.qualifier == Vague || b.qualifier == Vague {
        let (vague, other) = if a.qualifier == Vague { (a, b) } else { (b, a) };
        let floor = vague.min.unwrap_or_default();
        let figure = other.max.or(other.min).unwrap_or_default();
        if other.qualifier == Vague && figure == floor {
            return found(MoneyRelation::Equal, None, true, None);
        }
        let ceiling = floor.checked_mul(Decimal::from(VAGUE_SPAN)).unwrap_or(Decimal::MAX);
        let inside = figure >= floor && figure < ceiling || other.qualifier == Vague;
        return found(if inside { MoneyRelation::Bounded } else { MoneyRelation::Contradictory }, None, true, None);
    }
    if let (Some(x), Some(y)) = (point(a), point(b)) {
        let dropped = dropped(a.qualifier, b.qualifier);
        if let Some(place) = agree(x, y, told) {
            let relation = if !place.is_zero() {
                MoneyRelation::Rounded
            } else if dropped.is_some() || bound(a.qualifier) != bound(b.qualifier) {
                MoneyRelation::Bounded
            } else {
                MoneyRelation::Equal
            };
            return found(relation, dropped, false, Some(place));
        }
    } else if (a.min, a.max) == (b.min, b.max) {
        return found(MoneyRelation::Equal, None, false, None);
    }
    // Ends that touch by rounding are one figure: "30 to 50 billion" and "up to 50 billion".
    for (x, y) in [(a.max, b.max), (a.min, b.min)] {
        if let (Some(x), Some(y)) = (x, y)
            && (a.qualifier == Range || b.qualifier == Range)
            && agree(x, y, told).is_some()
        {
            return found(MoneyRelation::Bounded, None, false, None);
        }
    }
    let low = |money: &Money| money.min.unwrap_or(Decimal::ZERO);
    let high = |money: &Money| money.max.unwrap_or(Decimal::MAX);
    if order(low(a), high(b)).is_le() && order(low(b), high(a)).is_le() {
        let narrow = a.qualifier == Range || b.qualifier == Range;
        found(MoneyRelation::Bounded, None, !narrow, None)
    } else {
        Found::APART
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pledgebook_lexicon::Data;

    fn money(text: &str) -> Money {
        let (qualifier, rest) = text.split_once(' ').unwrap();
        let (code, figures) = rest.split_once(' ').unwrap();
        let (low, high) = figures.split_once("..").unwrap_or((figures, figures));
        let figure = |text: &str| text.parse::<Decimal>().ok().map(|millions| millions * Decimal::from(1_000_000));
        let (qualifier, min, max) = match qualifier {
            "=" => (Qualifier::Exact, figure(low), figure(high)),
            "~" => (Qualifier::About, figure(low), figure(high)),
            "<" => (Qualifier::UpTo, None, figure(high)),
            ">" => (Qualifier::AtLeast, figure(low), None),
            "-" => (Qualifier::Range, figure(low), figure(high)),
            _ => (Qualifier::Vague, figure(low), None),
        };
        Money { min, max, currency: Currency::new(code), qualifier, precision: None }
    }

    #[test]
    fn rule_06_relations_between_figures() {
        use MoneyRelation::*;
        let rates = Rates::embedded(&Data::embedded()).unwrap();
        let ruler = Ruler::new(&rates);
        let day = "2025-09-14".parse().ok();
        let table: &[(&str, &str, MoneyRelation, bool)] = &[
            ("= GBP 500", "= GBP 500", Equal, false),
            ("= USD 678", "= USD 700", Rounded, false),
            ("< GBP 500", "= USD 700", Rounded, false),
            ("= GBP 22000", "= USD 30000", Restated, false),
            ("= GBP 5000", "= USD 6800", Restated, false),
            ("< GBP 500", "= GBP 500", Bounded, false),
            ("< GBP 500", "= GBP 300", Bounded, true),
            ("< GBP 500", "= GBP 600", Contradictory, false),
            ("> EUR 1000", "= EUR 1200", Bounded, true),
            ("> EUR 1000", "= EUR 900", Contradictory, false),
            ("- EUR 30000..50000", "= EUR 40000", Bounded, false),
            ("- EUR 30000..50000", "< EUR 50000", Bounded, false),
            ("- EUR 30000..50000", "= EUR 60000", Contradictory, false),
            ("? USD 1000", "= USD 30000", Bounded, true),
            ("? USD 1000", "= USD 300", Contradictory, true),
            ("= EUR 1000", "= EUR 1400", Contradictory, false),
            ("= EUR 412", "= EUR 195", Contradictory, false),
            ("= EUR 4250", "= EUR 4300", Rounded, false),
        ];
        for (a, b, relation, loose) in table {
            for (a, b) in [(a, b), (b, a)] {
                let found = ruler.compare(&[money(a)], &[money(b)], day).unwrap();
                assert_eq!((found.relation, found.loose), (*relation, *loose), "{a} against {b}");
            }
        }
    }

    #[test]
    fn rule_05_no_rate_means_not_compared() {
        let rates = Rates::embedded(&Data::embedded()).unwrap();
        let ruler = Ruler::new(&rates);
        assert!(ruler.compare(&[money("= GBP 1")], &[money("= USD 1")], "1970-01-01".parse().ok()).is_none());
        assert!(ruler.compare(&[money("= GBP 1")], &[money("= USD 1")], None).is_none());
    }

    #[test]
    fn the_last_place_of_a_figure() {
        for (value, place) in [
            ("700000000", "100000000"),
            ("4250000000", "10000000"),
            ("1.5", "1"),
            ("0", "1"),
            ("7", "1"),
            ("50000000000000000000000", "10000000000000000000000"),
        ] {
            assert_eq!(last_place(value.parse().unwrap()), place.parse().unwrap());
        }
    }
}
