//! Sentences about figures, for people. The product speaks English; what a text says is quoted as it stands.

use crate::money::{Bound, Comparison, Side, last_place};
use crate::{MoneyRelation, Rate};
use jiff::civil::Date;
use pledgebook_mentions::{Money, Qualifier};
use rust_decimal::Decimal;
use std::fmt::{self, Display, Write as _};

/// Bytes that most sentences on why a claim was joined have room in.
const JOINED_USUAL: usize = 128;

const SCALES: [(u32, &str); 4] = [(12, "trillion"), (9, "billion"), (6, "million"), (3, "thousand")];

/// "500 million", "4.25 billion", "120,000" is "120 thousand".
struct Figure(Decimal);

impl Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value) = *self;
        // Whole figures of few digits, which most are, are cut without division of decimals.
        let digits = u64::try_from(value.mantissa()).ok().filter(|_| value.scale() == 0);
        if let Some(digits) = digits {
            let scale = SCALES.iter().find(|(power, _)| digits >= 10u64.pow(*power));
            let Some((power, word)) = scale else { return digits.fmt(out) };
            let (mut rest, mut width) = (digits % 10u64.pow(*power), *power as usize);
            (digits / 10u64.pow(*power)).fmt(out)?;
            if rest > 0 {
                while rest.is_multiple_of(10) {
                    (rest, width) = (rest / 10, width - 1);
                }
                write!(out, ".{rest:0width$}")?;
            }
            return write!(out, " {word}");
        }
        for (power, word) in SCALES {
            let unit = Decimal::from(10i64.pow(power));
            if value.abs() >= unit {
                return write!(out, "{} {word}", (value / unit).normalize());
            }
        }
        value.normalize().fmt(out)
    }
}

/// "up to GBP 500 million".
struct Amount<'m>(&'m Money);

impl Display for Amount<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(money) = self;
        let (before, value) = match money.qualifier {
            Qualifier::Exact => ("", money.max.or(money.min)),
            Qualifier::About => ("about ", money.max.or(money.min)),
            Qualifier::UpTo => ("up to ", money.max),
            Qualifier::AtLeast => ("at least ", money.min),
            Qualifier::Vague | Qualifier::Range => ("", money.min),
        };
        out.write_str(before)?;
        if let Some(currency) = &money.currency {
            out.write_str(currency.code())?;
            out.write_str(" ")?;
        }
        Figure(value.unwrap_or_default()).fmt(out)?;
        match money.qualifier {
            Qualifier::Vague => out.write_str(" or a multiple of it"),
            Qualifier::Range => write!(out, " to {}", Figure(money.max.unwrap_or_default())),
            _ => Ok(()),
        }
    }
}

/// "12 September 2025".
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// "hundred million" of 100000000.
fn place(value: Decimal) -> String {
    let text = Figure(value).to_string();
    match text.split_once(' ') {
        Some(("1", word)) => word.to_owned(),
        Some(("10", word)) => format!("ten {word}"),
        Some(("100", word)) => format!("hundred {word}"),
        _ => match text.as_str() {
            "1" => "unit".to_owned(),
            "10" => "ten".to_owned(),
            "100" => "hundred".to_owned(),
            _ => text,
        },
    }
}

fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

/// "1.3542 USD/GBP of 12 September 2025 (ECB)".
pub(crate) fn rate(rate: &Rate, a: &Money, b: &Money) -> String {
    let code = |money: &Money| money.currency.map_or_else(String::new, |currency| currency.to_string());
    format!("{} {}/{} of {} ({})", rate.rate.normalize(), code(b), code(a), day(rate.day), rate.source)
}

/// One sentence on how the figures of two origins stand to each other. Two names alike are told apart by their order.
pub(crate) fn difference(found: &Comparison, first: &str, second: &str, revised: Option<&str>) -> String {
    let (a, b) = (&found.figures.0, &found.figures.1);
    let (first_own, second_own) = if first == second {
        ("the earlier figure".to_owned(), "the later figure".to_owned())
    } else {
        (format!("{} figure", possessive(first)), format!("{} figure", possessive(second)))
    };
    let at = found.rate.as_ref().map(|found| format!("at {} ", rate(found, a, b))).unwrap_or_default();
    if let Some(reason) = revised {
        return sentence(&format!("{second_own}, {}, replaces {first_own}, {}: {reason}", Amount(b), Amount(a)));
    }
    if found.relation == MoneyRelation::Contradictory {
        let converted = found.rate.as_ref().and_then(|rate| rate.convert(a.max.or(a.min)?));
        let converted = converted.map_or_else(String::new, |value| {
            let code = b.currency.map_or_else(String::new, |currency| format!("{currency} "));
            let value = value.round_sf(3).unwrap_or(value);
            let rate = found.rate.as_ref().map(|found| rate(found, a, b)).unwrap_or_default();
            format!(" (that is {code}{} at {rate})", Figure(value))
        });
        return sentence(&format!(
            "{first_own} is {}{converted}, {second_own} is {}; they cannot both hold",
            Amount(a),
            Amount(b)
        ));
    }
    let dropped = found.dropped.map(|(bound, side)| {
        let words = match bound {
            Bound::Ceiling => "up to",
            Bound::Floor => "at least",
        };
        let (loose, strict) = if side == Side::First { (&first_own, second) } else { (&second_own, first) };
        let strict = if first == second { "the other".to_owned() } else { possessive(strict) };
        format!("{loose} drops the '{words}' of {strict}")
    });
    let agree = match (found.relation, found.place) {
        (MoneyRelation::Rounded, Some(found)) => format!("{at}the two agree to the nearest {}", place(found)),
        (MoneyRelation::Restated, _) => format!("{at}{} and {} are one sum", Amount(a), Amount(b)),
        (MoneyRelation::Equal, _) => format!("{at}the two are equal"),
        (MoneyRelation::Bounded, _) if dropped.is_some() => format!("{at}the two agree otherwise"),
        _ => format!("{at}{} leaves room for {}", Amount(a), Amount(b)),
    };
    sentence(&dropped.map_or_else(|| agree.clone(), |dropped| format!("{dropped}; {agree}")))
}

/// Why a claim was joined: "same pledger, place and purpose; GBP 500 million is USD 677.1 million at 1.3542 …, which rounds to
/// USD 700 million".
pub(crate) fn joined(place: bool, purpose: bool, money: Option<&Comparison>, adds: bool, who: &str) -> String {
    let also = match (place, purpose) {
        (false, false) => "",
        (true, false) => " and place",
        (false, true) => " and purpose",
        (true, true) => ", place and purpose",
    };
    let mut text = String::with_capacity(JOINED_USUAL);
    text.extend(["Same ", who, also]);
    // Writing to a String cannot fail.
    let _ = match money {
        Some(found) if adds => {
            let (a, b) = (Amount(&found.figures.0), Amount(&found.figures.1));
            write!(text, "; {a} and {b} add up as an increment and a total")
        }
        Some(found) => write!(text, "; {}", OneSum(found)),
        None => text.write_str(", near in time"),
    };
    text
}

/// What two figures of one promise have to do with each other.
struct OneSum<'c>(&'c Comparison);

impl Display for OneSum<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(found) = self;
        let (first, second) = &found.figures;
        let (a, b) = (Amount(first), Amount(second));
        let converted = found.rate.as_ref().and_then(|rate| {
            let value = rate.convert(first.max.or(first.min)?)?;
            Some((second.currency?, Figure(value.round_sf(4)?), rate))
        });
        match found.relation {
            MoneyRelation::Equal => return write!(out, "both state {b}"),
            MoneyRelation::Restated if converted.is_none() => return write!(out, "both state {a} and {b}"),
            MoneyRelation::Contradictory => {
                return write!(out, "the figures differ, {a} and {b}, as of one promise told twice");
            }
            _ => a.fmt(out)?,
        }
        if let Some((code, value, found)) = &converted {
            write!(out, " is {code} {value} at {}", rate(found, first, second))?;
        }
        match found.relation {
            MoneyRelation::Rounded => write!(out, ", which rounds to {b}"),
            MoneyRelation::Restated => write!(out, ", which {b} restates"),
            _ => write!(out, ", which leaves room for {b}"),
        }
    }
}

/// A text as a sentence: a capital at the start, nothing at the end.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let mut told = String::with_capacity(text.len());
    told.extend(chars.next().into_iter().flat_map(char::to_uppercase));
    told.push_str(chars.as_str());
    told
}

/// How finely a figure is told: fewer places are better.
pub(crate) fn coarseness(money: &Money) -> Decimal {
    money.max.or(money.min).map_or(Decimal::MAX, last_place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_as_newspapers_tell_them() {
        for (value, told) in [
            ("500000000", "500 million"),
            ("4250000000", "4.25 billion"),
            ("120000", "120 thousand"),
            ("7", "7"),
            ("1.50", "1.5"),
        ] {
            assert_eq!(Figure(value.parse().unwrap()).to_string(), told);
        }
        assert_eq!(place(Decimal::from(100_000_000)), "hundred million");
        assert_eq!(place(Decimal::from(10_000_000_000i64)), "ten billion");
        assert_eq!(possessive("Reuters"), "Reuters'");
    }
}
