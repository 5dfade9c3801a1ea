//! A mention as JSON: what `mentions --format jsonl` prints.

use crate::{Mention, Qualifier, Value, When};
use pledgebook_text::Text;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

/// Turns byte offsets, asked in rising order, into character offsets.
#[derive(Debug)]
pub struct Characters<'s> {
    source: &'s str,
    byte: usize,
    characters: usize,
}

impl<'s> Characters<'s> {
    /// Counts in `source`.
    pub fn of(source: &'s str) -> Self {
        Self { source, byte: 0, characters: 0 }
    }

    /// The number of characters before a byte; an earlier byte than the last one asked starts the count anew.
    pub fn before(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.characters) = (0, 0);
        }
        self.characters += self.source[self.byte..byte].chars().count();
        self.byte = byte;
        self.characters
    }
}

/// The mentions of a text as JSON objects, each with `kind`, `start` and `end` (characters, end exclusive), `text`, `rule` and
/// what its sort has: money `min`, `max`, `currency`, `qualifier`; a number `value`, or `min` and `max`; a thing the bounds
/// with its `unit`; a time `date`, or `from` and `to`, and `length`; a name `name` and `type`.
pub fn records(text: &Text<'_>, mentions: &[Mention]) -> Vec<Json> {
    let mut characters = Characters::of(text.source());
    mentions.iter().map(|mention| record(text, mention, &mut characters)).collect()
}

fn record(text: &Text<'_>, mention: &Mention, characters: &mut Characters<'_>) -> Json {
    let mut out = Map::new();
    let start = characters.before(mention.bytes.start);
    let end = characters.before(mention.bytes.end);
    out.insert("kind".into(), json!(mention.value.kind()));
    out.insert("start".into(), json!(start));
    out.insert("end".into(), json!(end));
    out.insert("text".into(), json!(&text.source()[mention.bytes.clone()]));
    let mut bounds = |min: Option<Decimal>, max: Option<Decimal>, qualifier: Qualifier| {
        out.insert("min".into(), decimal(min));
        out.insert("max".into(), decimal(max));
        out.insert("qualifier".into(), json!(qualifier));
    };
    match &mention.value {
        Value::Number(number) => {
            match (number.min, number.max) {
                (Some(min), Some(max)) if min != max => bounds(Some(min), Some(max), number.qualifier),
                (min, max) => {
                    out.insert("value".into(), decimal(min.or(max)));
                    out.insert("qualifier".into(), json!(number.qualifier));
                }
            }
            if number.percent {
                out.insert("percent".into(), json!(true));
            }
        }
        Value::Money(money) => {
            bounds(money.min, money.max, money.qualifier);
            out.insert("currency".into(), json!(money.currency));
            if let Some(precision) = money.precision {
                out.insert("precision".into(), decimal(Some(precision)));
            }
        }
        Value::Thing(thing) => {
            bounds(thing.min, thing.max, thing.qualifier);
            out.insert("unit".into(), json!(thing.unit));
        }
        Value::Time(time) => {
            match time.when {
                When::At(day) => {
                    // A month or a year is the period from its first day to the next one's.
                    if day.day.is_some() {
                        out.insert("date".into(), json!(day.to_string()));
                    } else {
                        let (from, to) = time.days();
                        out.insert("date".into(), json!(day.to_string()));
                        out.insert("from".into(), json!(from.map(|day| day.to_string())));
                        out.insert("to".into(), json!(to.map(|day| day.to_string())));
                    }
                }
                When::Span { .. } => {
                    let (from, to) = time.days();
                    out.insert("from".into(), json!(from.map(|day| day.to_string())));
                    out.insert("to".into(), json!(to.map(|day| day.to_string())));
                }
                When::Unplaced => {}
            }
            if let Some(length) = time.length {
                out.insert("length".into(), json!(length.to_string()));
            }
            if let Some(anchor) = time.anchor {
                out.insert("anchor".into(), json!(anchor.to_string()));
            }
        }
        Value::Name(name) => {
            out.insert("name".into(), json!(&*name.canonical));
            out.insert("type".into(), json!(name.sort));
            out.insert("entity".into(), json!(name.entity));
        }
        Value::Quote(quote) => {
            out.insert("quote".into(), json!(&text.source()[quote.inner.clone()]));
        }
    }
    out.insert("rule".into(), json!(mention.rule));
    Json::Object(out)
}

/// An exact decimal as a JSON number, without trailing zeros.
fn decimal(value: Option<Decimal>) -> Json {
    value.and_then(|value| value.normalize().to_string().parse().ok().map(Json::Number)).unwrap_or(Json::Null)
}
