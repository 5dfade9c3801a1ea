//! A mention in one line.

use crate::{Amounts, one_line, spaced, thing, word_of};
use pledgebook_document::Document;
use pledgebook_mentions::{Mention, Name, Number, Time, Value};
use rust_decimal::Decimal;

/// A mention for people: its words, and what they mean.
pub fn mention_in_one_line(document: &Document, mention: &Mention, amounts: &Amounts) -> [String; 3] {
    let words = one_line(&document.text()[mention.bytes.clone()]);
    let meaning = match &mention.value {
        Value::Money(money) => amounts.money(money),
        Value::Number(number) => figure(number),
        Value::Thing(counted) => thing(counted),
        Value::Time(time) => {
            let length = time.length.map(|length| length.to_string());
            [Some(told(time)).filter(|told| !told.is_empty()), length]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ")
        }
        Value::Name(name) => named(name),
        Value::Quote(_) => String::new(),
    };
    [word_of(&mention.value.kind()), words, meaning]
}

fn named(name: &Name) -> String {
    let sort = spaced(&word_of(&name.sort));
    let anaphor = if name.anaphor { ", by another word" } else { "" };
    format!("{} ({sort}{anaphor})", name.canonical)
}

fn figure(number: &Number) -> String {
    let sign = if number.percent { " %" } else { "" };
    let one = |value: Decimal| format!("{}{sign}", value.normalize());
    match (number.min, number.max) {
        (Some(min), Some(max)) if min == max => one(min),
        (Some(min), Some(max)) => format!("{}–{}", min.normalize(), one(max)),
        (Some(min), None) => format!("at least {}", one(min)),
        (None, Some(max)) => format!("up to {}", one(max)),
        (None, None) => String::new(),
    }
}

/// A time as exact as the text tells it: "2025-09", "2025-09-14 to 2025-09-16", "since 2021", "by 2030".
fn told(time: &Time) -> String {
    match (time.since(), time.until()) {
        (Some(since), Some(until)) if since == until => since.to_string(),
        (Some(since), Some(until)) => format!("{since} to {until}"),
        (Some(since), None) => format!("since {since}"),
        (None, Some(until)) => format!("by {until}"),
        (None, None) => String::new(),
    }
}
