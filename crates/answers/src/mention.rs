//! Mentions as JSON and in one line.

use crate::{Amounts, one_line, spaced, thing, word_of};
use pledgebook_document::Document;
use pledgebook_mentions::{Mention, Mentions, Name, Number, Time, Value};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

/// The line of `mentions --format jsonl` for a document: its mentions with `start` and `end` in characters of its text, end
/// exclusive.
pub fn mentions_to_json(document: &Document, mentions: &Mentions, explain: bool) -> Json {
    let text = document.text();
    // Mentions stand in the order of their beginnings; characters are counted on from the one before.
    let (mut at, mut chars) = (0, 0);
    let list: Vec<Json> = mentions
        .list
        .iter()
        .map(|mention| {
            if mention.bytes.start < at {
                (at, chars) = (0, 0);
            }
            chars += text[at..mention.bytes.start].chars().count();
            at = mention.bytes.start;
            let words = &text[mention.bytes.clone()];
            let mut object = Map::new();
            object.insert("kind".to_owned(), Json::from(word_of(&mention.value.kind())));
            object.insert("start".to_owned(), Json::from(chars));
            object.insert("end".to_owned(), Json::from(chars + words.chars().count()));
            object.insert("text".to_owned(), Json::from(words));
            slots(&mention.value, document, &mut object);
            if explain {
                object.insert("rule".to_owned(), Json::from(mention.rule));
            }
            Json::Object(object)
        })
        .collect();
    json!({ "id": document.id, "lang": document.lang, "mentions": list })
}

fn slots(value: &Value, document: &Document, object: &mut Map<String, Json>) {
    let mut put = |key: &str, value: Json| {
        object.insert(key.to_owned(), value);
    };
    match value {
        Value::Money(money) => {
            put("min", decimal(money.min));
            put("max", decimal(money.max));
            put("currency", json!(money.currency));
            put("qualifier", json!(money.qualifier));
            put("precision", decimal(money.precision));
        }
        Value::Number(number) => {
            match (number.min, number.max) {
                (Some(min), Some(max)) if min == max => put("value", decimal(Some(min))),
                (min, max) => {
                    put("min", decimal(min));
                    put("max", decimal(max));
                }
            }
            put("qualifier", json!(number.qualifier));
            if number.percent {
                put("percent", Json::Bool(true));
            }
        }
        Value::Thing(thing) => {
            put("min", decimal(thing.min));
            put("max", decimal(thing.max));
            put("qualifier", json!(thing.qualifier));
            put("unit", json!(thing.unit));
        }
        Value::Time(time) => {
            let (from, to) = time.days();
            let told = told(time);
            if let (Some(from), Some(to)) = (from, to)
                && from.tomorrow().is_ok_and(|next| next == to)
            {
                put("date", json!(from.to_string()));
            } else if from.is_some() || to.is_some() {
                put("from", json!(from.map(|day| day.to_string())));
                put("to", json!(to.map(|day| day.to_string())));
            }
            put("value", json!(told));
            if let Some(length) = time.length {
                put("length", json!(length.to_string()));
            }
            if let Some(anchor) = time.anchor {
                put("anchor", json!(anchor.to_string()));
            }
        }
        Value::Name(name) => {
            put("type", json!(name.sort));
            put("name", json!(name.canonical));
            put("entity", json!(name.entity));
            if name.anaphor {
                put("anaphor", Json::Bool(true));
            }
        }
        Value::Quote(quote) => put("quote", json!(document.text()[quote.inner.clone()])),
    }
}

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

fn decimal(value: Option<Decimal>) -> Json {
    // With arbitrary precision, JSON numbers keep every digit.
    value.map_or(Json::Null, |value| value.normalize().to_string().parse().map_or(Json::Null, Json::Number))
}
