//! How two figures stand to each other (rules 5 to 7), with exact decimals and the reference rate of the day.

use crate::{MoneyRelation, Rate, Rates};
use jiff::civil::Date;
use pledgebook_mentions::{Currency, Money, Qualifier};
use rust_decimal::{Decimal, RoundingStrategy};
use std::sync::Arc;

/// Rounding explains a difference of less than one part in so many; "£1bn" is no rounding of £1.4bn.
const ROUNDED_PART: i64 = 10;
/// "Billions" may be this many times their floor.
const VAGUE_SPAN: i64 = 1000;

/// Compares figures at the rates of their days.
pub(crate) struct Ruler<'k> {
    rates: &'k Rates,
}

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
        !self.loose && self.relation < MoneyRelation::Revised
    }

    /// The better, the smaller.
    pub(crate) fn rank(&self) -> (bool, bool, MoneyRelation) {
        (self.contradicts(), self.loose, self.relation)
    }

    pub(crate) fn contradicts(&self) -> bool {
        self.relation == MoneyRelation::Contradictory
    }
}

/// The place of the last digit of a figure that is not zero: 100000000 for 700 million, 10000000 for 4.25 billion.
pub(crate) fn last_place(value: Decimal) -> Decimal {
    let value = value.normalize();
    if value.is_zero() || value.scale() > 0 {
        return Decimal::ONE;
    }
    let mut rest = value.mantissa().unsigned_abs();
    let mut zeros = 0;
    // Nearly every sum fits in 64 bits, which divide much faster.
    if let Ok(mut small) = u64::try_from(rest) {
        while small.is_multiple_of(10) {
            small /= 10;
            zeros += 1;
        }
    } else {
        while rest.is_multiple_of(10) {
            rest /= 10;
            zeros += 1;
        }
    }
    Decimal::try_from_i128_with_scale(10i128.pow(zeros), 0).unwrap_or(Decimal::MAX)
}

fn round(value: Decimal, place: Decimal) -> Decimal {
    (value / place).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero) * place
}

/// Whether two figures agree, and to which place: equal, or equal at the coarser of their two precisions.
fn agree(a: Decimal, b: Decimal, places: (Decimal, Decimal)) -> Option<Decimal> {
    if a == b {
        return Some(Decimal::ZERO);
    }
    let place = places.0.max(places.1);
    let (small, large) = (a.min(b), a.max(b));
    let near = (large - small).checked_mul(Decimal::from(ROUNDED_PART))? < large;
    (near && round(a, place) == round(b, place)).then_some(place)
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
        Self { rates }
    }

    /// The rate of a day; `None`: not compared.
    pub(crate) fn rate(&self, from: Currency, to: Currency, day: Date) -> Option<Arc<Rate>> {
        self.rates.remembered(from, to, day)
    }

    /// A sum in another currency at the rate of a day.
    pub(crate) fn convert(&self, money: &Money, to: Currency, day: Date) -> Option<(Money, Arc<Rate>)> {
        let rate = self.rate(money.currency?, to, day)?;
        let min = money.min.map(|min| rate.convert(min));
        let max = money.max.map(|max| rate.convert(max));
        if min == Some(None) || max == Some(None) {
            return None;
        }
        Some((Money { min: min.flatten(), max: max.flatten(), currency: Some(to), ..*money }, rate))
    }

    /// Compares a sum with another, each with its restatements. What was told first is compared with what was told first, at the
    /// rate of the day where the currencies differ; restatements help where they make the two agree, or where there is no rate.
    /// `None` where neither helps: not compared.
    pub(crate) fn compare(&self, a: &[Money], b: &[Money], day: Option<Date>) -> Option<Comparison> {
        let (first, second) = (a.first()?, b.first()?);
        let one_currency =
            |a: &Money, b: &Money| a.currency == b.currency || a.currency.is_none() || b.currency.is_none();
        let stated = if one_currency(first, second) {
            Some(compare_in_one(first, second))
        } else {
            self.compare_across(first, second, day)
        };
        let mut best: Option<Comparison> = None;
        for (i, one) in a.iter().enumerate() {
            for (j, other) in b.iter().enumerate() {
                if i + j == 0 || !one_currency(one, other) {
                    continue;
                }
                let mut found = compare_in_one(one, other);
                // What one side only restates is what the other was told first: the same sum in another currency.
                if found.relation == MoneyRelation::Equal && (i > 0) != (j > 0) {
                    found.relation = MoneyRelation::Restated;
                }
                // A restatement stands under the bound of what it restates.
                found.dropped = found.dropped.or_else(|| dropped(first.qualifier, second.qualifier));
                if best.as_ref().is_none_or(|best| found.rank() < best.rank()) {
                    best = Some(found);
                }
            }
        }
        match (stated, best) {
            (Some(stated), Some(restated)) if restated.agrees() && stated.agrees() => {
                Some(Comparison { relation: stated.relation.min(restated.relation), ..stated })
            }
            (Some(stated), Some(restated)) => Some(if restated.rank() < stated.rank() { restated } else { stated }),
            (stated, restated) => stated.or(restated),
        }
    }

    /// Compares sums of two currencies at the rate of a day.
    fn compare_across(&self, first: &Money, second: &Money, day: Option<Date>) -> Option<Comparison> {
        let (converted, rate) = self.convert(first, second.currency?, day?)?;
        let mut found = compare_at_places(&converted, second, (place_of(first), place_of(second)));
        found.figures = (*first, *second);
        found.rate = Some(rate);
        if matches!(found.relation, MoneyRelation::Equal | MoneyRelation::Rounded) {
            // A sum that converts to the other's first two digits was told again; a coarser agreement is rounding.
            let two = |value: Option<Decimal>| value.and_then(|value| value.round_sf(2));
            found.relation = if two(point(&converted)) == two(point(second)) {
                if found.dropped.is_some() { MoneyRelation::Bounded } else { MoneyRelation::Restated }
            } else {
                MoneyRelation::Rounded
            };
        }
        Some(found)
    }
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

/// Compares two sums of one currency.
fn compare_in_one(a: &Money, b: &Money) -> Comparison {
    compare_at_places(a, b, (place_of(a), place_of(b)))
}

fn compare_at_places(a: &Money, b: &Money, places: (Decimal, Decimal)) -> Comparison {
    use Qualifier::{Range, Vague};
    let found = |relation, dropped, loose, place: Option<Decimal>| Comparison {
        relation,
        dropped,
        loose,
        place: place.filter(|place| !place.is_zero()),
        rate: None,
        figures: (*a, *b),
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
        if let Some(place) = agree(x, y, places) {
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
            && agree(x, y, places).is_some()
        {
            return found(MoneyRelation::Bounded, None, false, None);
        }
    }
    let low = |money: &Money| money.min.unwrap_or(Decimal::ZERO);
    let high = |money: &Money| money.max.unwrap_or(Decimal::MAX);
    if low(a) <= high(b) && low(b) <= high(a) {
        let narrow = a.qualifier == Range || b.qualifier == Range;
        found(MoneyRelation::Bounded, None, !narrow, None)
    } else {
        found(MoneyRelation::Contradictory, None, false, None)
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
