//! Sentences about figures, for people. The product speaks English; what a text says is quoted as it stands.

use crate::money::{Bound, Comparison, Side, last_place};
use crate::{MoneyRelation, Rate};
use jiff::civil::Date;
use pledgebook_mentions::{Money, Qualifier};
use rust_decimal::Decimal;

const SCALES: [(u32, &str); 4] = [(12, "trillion"), (9, "billion"), (6, "million"), (3, "thousand")];

/// "500 million", "4.25 billion", "120,000" is "120 thousand".
pub(crate) fn figure(value: Decimal) -> String {
    // Whole figures of few digits, which most are, are cut without division of decimals.
    let digits = u64::try_from(value.mantissa()).ok().filter(|_| value.scale() == 0);
    if let Some(digits) = digits {
        let scale = SCALES.iter().find(|(power, _)| digits >= 10u64.pow(*power));
        let Some((power, word)) = scale else { return digits.to_string() };
        let unit = 10u64.pow(*power);
        let mut text = format!("{}.{:0width$}", digits / unit, digits % unit, width = *power as usize);
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
        text.extend([" ", word]);
        return text;
    }
    for (power, word) in SCALES {
        let unit = Decimal::from(10i64.pow(power));
        if value.abs() >= unit {
            return format!("{} {word}", (value / unit).normalize());
        }
    }
    value.normalize().to_string()
}

/// "up to GBP 500 million".
pub(crate) fn amount(money: &Money) -> String {
    let code = money.currency.map_or_else(String::new, |currency| format!("{currency} "));
    let told = |value: Option<Decimal>| format!("{code}{}", figure(value.unwrap_or_default()));
    match money.qualifier {
        Qualifier::Exact => told(money.max.or(money.min)),
        Qualifier::About => format!("about {}", told(money.max.or(money.min))),
        Qualifier::UpTo => format!("up to {}", told(money.max)),
        Qualifier::AtLeast => format!("at least {}", told(money.min)),
        Qualifier::Vague => format!("{} or a multiple of it", told(money.min)),
        Qualifier::Range => {
            format!("{code}{} to {}", figure(money.min.unwrap_or_default()), figure(money.max.unwrap_or_default()))
        }
    }
}

/// "12 September 2025".
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// "hundred million" of 100000000.
fn place(value: Decimal) -> String {
    let text = figure(value);
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
        return sentence(&format!("{second_own}, {}, replaces {first_own}, {}: {reason}", amount(b), amount(a)));
    }
    if found.relation == MoneyRelation::Contradictory {
        let converted = found.rate.as_ref().and_then(|rate| rate.convert(a.max.or(a.min)?));
        let converted = converted.map_or_else(String::new, |value| {
            let code = b.currency.map_or_else(String::new, |currency| format!("{currency} "));
            let value = value.round_sf(3).unwrap_or(value);
            let rate = found.rate.as_ref().map(|found| rate(found, a, b)).unwrap_or_default();
            format!(" (that is {code}{} at {rate})", figure(value))
        });
        return sentence(&format!(
            "{first_own} is {}{converted}, {second_own} is {}; they cannot both hold",
            amount(a),
            amount(b)
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
        (MoneyRelation::Restated, _) => format!("{at}{} and {} are one sum", amount(a), amount(b)),
        (MoneyRelation::Equal, _) => format!("{at}the two are equal"),
        (MoneyRelation::Bounded, _) if dropped.is_some() => format!("{at}the two agree otherwise"),
        _ => format!("{at}{} leaves room for {}", amount(a), amount(b)),
    };
    sentence(&dropped.map_or_else(|| agree.clone(), |dropped| format!("{dropped}; {agree}")))
}

/// Why a claim was joined: "same pledger, place and purpose; GBP 500 million is USD 677.1 million at 1.3542 …, which rounds to
/// USD 700 million".
pub(crate) fn joined(place: bool, purpose: bool, money: Option<&Comparison>, adds: bool, who: &str) -> String {
    let mut same = vec![who];
    if place {
        same.push("place");
    }
    if purpose {
        same.push("purpose");
    }
    let same = match same.as_slice() {
        [one] => format!("same {one}"),
        [rest @ .., last] => format!("same {} and {last}", rest.join(", ")),
        [] => String::new(),
    };
    let Some(found) = money else { return sentence(&format!("{same}, near in time")) };
    let (a, b) = (&found.figures.0, &found.figures.1);
    if adds {
        return sentence(&format!("{same}; {} and {} add up as an increment and a total", amount(a), amount(b)));
    }
    let converted = found.rate.as_ref().and_then(|found| {
        let value = found.convert(a.max.or(a.min)?)?;
        let code = b.currency?;
        Some(format!("{} is {code} {} at {}", amount(a), figure(value.round_sf(4)?), rate(found, a, b)))
    });
    let tail = match found.relation {
        MoneyRelation::Equal => format!("both state {}", amount(b)),
        MoneyRelation::Restated if converted.is_none() => format!("both state {} and {}", amount(a), amount(b)),
        MoneyRelation::Contradictory => {
            format!("the figures differ, {} and {}, as of one promise told twice", amount(a), amount(b))
        }
        relation => {
            let told = converted.unwrap_or_else(|| amount(a));
            match relation {
                MoneyRelation::Rounded => format!("{told}, which rounds to {}", amount(b)),
                MoneyRelation::Restated => format!("{told}, which {} restates", amount(b)),
                _ => format!("{told}, which leaves room for {}", amount(b)),
            }
        }
    };
    sentence(&format!("{same}; {tail}"))
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
            assert_eq!(figure(value.parse().unwrap()), told);
        }
        assert_eq!(place(Decimal::from(100_000_000)), "hundred million");
        assert_eq!(place(Decimal::from(10_000_000_000i64)), "ten billion");
        assert_eq!(possessive("Reuters"), "Reuters'");
    }
}
