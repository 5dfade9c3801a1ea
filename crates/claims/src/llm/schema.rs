//! The form that answers must have, as a JSON schema: the claims of `claims.md`, without what only we know (span, rule, confidence).
//!
//! Strict schemas want every property required and no others; what a claim lacks is null or empty.

use crate::{Action, AgreementStage, AmountRole, Change, Novelty, PledgeStage};
use pledgebook_mentions::Qualifier;
use serde_json::{Map, Value, json};

/// The schema of a whole answer.
pub fn answer(domains: &[String]) -> Value {
    let domains = list(json!({"type": "string", "enum": domains}));
    let kinds = [
        kind(
            "pledge",
            [
                ("by", names()),
                ("action", nullable(Action::ALL.iter().map(|word| word.word()))),
                ("place", names()),
                ("domains", domains.clone()),
                ("money", money_or_null()),
                ("restated", list(money())),
                ("things", list(thing())),
                ("from", text_or_null()),
                ("until", text_or_null()),
                ("over", text_or_null()),
                ("stage", nullable(PledgeStage::ALL.iter().map(|word| word.word()))),
                ("total", json!({"type": "boolean"})),
                ("amount_role", nullable(AmountRole::ALL.iter().map(|word| word.word()))),
                ("novelty", nullable(Novelty::ALL.iter().map(|word| word.word()))),
                ("part_of", text_or_null()),
            ],
        ),
        kind(
            "agreement",
            [
                ("parties", names()),
                ("name", text_or_null()),
                ("domains", domains),
                ("stage", nullable(AgreementStage::ALL.iter().map(|word| word.word()))),
                ("money", money_or_null()),
                ("date", text_or_null()),
            ],
        ),
        kind("participation", [("who", names()), ("event", text_or_null()), ("place", names())]),
        kind(
            "role",
            [
                ("person", text()),
                ("title", text_or_null()),
                ("organisation", text_or_null()),
                ("former", json!({"type": "boolean"})),
            ],
        ),
        kind(
            "presence",
            [("who", names()), ("place", names()), ("change", nullable(Change::ALL.iter().map(|word| word.word())))],
        ),
        kind("statement", [("speaker", text_or_null()), ("quote", text())]),
    ];
    object([("claims", list(json!({"anyOf": kinds})))])
}

fn kind<const N: usize>(name: &str, slots: [(&str, Value); N]) -> Value {
    let head = [("kind", json!({"type": "string", "enum": [name]})), ("evidence", text())];
    object(head.into_iter().chain(slots).chain([("sources", names())]))
}

fn object<'a>(properties: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let properties: Map<String, Value> =
        properties.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    let required: Vec<&String> = properties.keys().collect();
    json!({"type": "object", "required": required, "additionalProperties": false, "properties": properties})
}

fn list(items: Value) -> Value {
    json!({"type": "array", "items": items})
}

fn text() -> Value {
    json!({"type": "string"})
}

fn text_or_null() -> Value {
    json!({"type": ["string", "null"]})
}

fn names() -> Value {
    list(text())
}

fn nullable<'a>(words: impl Iterator<Item = &'a str>) -> Value {
    let words: Vec<Option<&str>> = words.map(Some).chain([None]).collect();
    json!({"type": ["string", "null"], "enum": words})
}

fn bounds(last: (&str, Value)) -> Value {
    let figure = json!({"type": ["number", "null"]});
    let qualifier = json!({"type": "string", "enum": Qualifier::ALL});
    object([("min", figure.clone()), ("max", figure), ("qualifier", qualifier), last])
}

fn money() -> Value {
    bounds(("currency", text_or_null()))
}

fn money_or_null() -> Value {
    json!({"anyOf": [money(), {"type": "null"}]})
}

fn thing() -> Value {
    bounds(("unit", text()))
}
