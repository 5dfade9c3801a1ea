//! When a claim that was read counts as an annotated one.

use super::{
    Slots, kind_of,
    names::{Name, common, overlap, same_bearer},
};
use serde_json::Value;

/// Pairs annotated and read claims one to one, the best fits first. Gives indexes.
pub fn pair(gold: &[Slots], read: &[&Slots]) -> Vec<(usize, usize)> {
    let mut found: Vec<(f64, usize, usize)> = Vec::new();
    for (i, annotated) in gold.iter().enumerate() {
        for (j, read) in read.iter().enumerate() {
            let fit = fit(annotated, read);
            if fit > 0.0 {
                found.push((fit, i, j));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    let (mut used_gold, mut used_read) = (vec![false; gold.len()], vec![false; read.len()]);
    let mut pairs = Vec::new();
    for (_, i, j) in found {
        if !used_gold[i] && !used_read[j] {
            (used_gold[i], used_read[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs
}

/// How well a claim fits an annotated one; 0 is not at all.
fn fit(gold: &Slots, read: &Slots) -> f64 {
    let kind = kind_of(gold);
    if kind != kind_of(read) {
        return 0.0;
    }
    let near = overlap(text(gold, "evidence"), text(read, "evidence"));
    match kind {
        "pledge" => pledge(gold, read, near),
        "agreement" => {
            let parties = names(read, "parties");
            let fits = readings(gold, "parties").any(|reading| {
                let gold = reading.names(gold);
                let need = gold.len().min(2);
                need > 0 && common(&gold, &parties) >= need
            });
            if fits { 1.0 + near } else { 0.0 }
        }
        "participation" => {
            let (gold, read) = (names(gold, "who"), names(read, "who"));
            let hits = common(&gold, &read);
            if hits == 0 { 0.0 } else { hits as f64 / gold.len().max(read.len()).max(1) as f64 + near }
        }
        "role" => {
            let right = any_same(gold, read, "person")
                && (any_same(gold, read, "organisation")
                    || readings(gold, "title").any(|title| overlap(string(title.value), text(read, "title")) >= 0.5));
            if right { 1.0 + near } else { 0.0 }
        }
        "presence" => {
            let place = names(read, "place");
            let right = common(&names(gold, "who"), &names(read, "who")) > 0
                && readings(gold, "place").any(|reading| common(&reading.names(gold), &place) > 0);
            if right { 1.0 + near } else { 0.0 }
        }
        "statement" => {
            let said = readings(gold, "quote")
                .map(|quote| overlap(string(quote.value), text(read, "quote")))
                .fold(0.0, f64::max);
            if any_same(gold, read, "speaker") && said >= 0.5 { 1.0 + said } else { 0.0 }
        }
        _ => 0.0,
    }
}

fn pledge(gold: &Slots, read: &Slots, near: f64) -> f64 {
    let by = names(read, "by");
    let named = !list(gold.get("by").unwrap_or(&Value::Null)).is_empty();
    if named && !readings(gold, "by").any(|reading| common(&reading.names(gold), &by) > 0) {
        return 0.0;
    }
    let restated = |claim| list(slot(claim, "restated"));
    let (gold_restated, read_restated) = (restated(gold), restated(read));
    let told: Vec<&Value> = std::iter::once(slot(read, "money")).chain(read_restated.iter()).collect();
    let same = readings(gold, "money")
        .map(|reading| reading.value)
        .chain(gold_restated.iter())
        .any(|gold| told.iter().any(|read| gold.is_null() == read.is_null() && same_money(gold, read)));
    if !same || is_empty(slot(gold, "money")) && near < 0.3 { 0.0 } else { 1.0 + near }
}

fn same_money(gold: &Value, read: &Value) -> bool {
    if is_empty(gold) || is_empty(read) {
        return is_empty(gold) && is_empty(read);
    }
    if gold["currency"] != read["currency"] {
        return false;
    }
    let figure = |money: &Value, bound: &str| money[bound].as_f64();
    if gold["qualifier"] == "vague" || read["qualifier"] == "vague" {
        return gold["qualifier"] == read["qualifier"] && same_figure(figure(gold, "min"), figure(read, "min"));
    }
    let figures =
        |money: &Value| -> Vec<f64> { ["min", "max"].iter().filter_map(|bound| figure(money, bound)).collect() };
    let (g, p) = (figures(gold), figures(read));
    let highest = |figures: &[f64]| figures.iter().copied().reduce(f64::max);
    let lowest = |figures: &[f64]| figures.iter().copied().reduce(f64::min);
    !g.is_empty() && !p.is_empty() && same_figure(highest(&g), highest(&p)) && same_figure(lowest(&g), lowest(&p))
}

/// Within 1 %. Scores are figures about amounts, no amounts: binary floats serve.
fn same_figure(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 0.01 * a.abs().max(b.abs()).max(1e-9),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Whether a slot of a matched claim is right by any accepted reading. Parties are right where all of them are named and nobody else:
/// accords match by two of them.
pub fn slot_is_right(gold: &Slots, read: &Slots, name: &str) -> bool {
    if name == "qualifier" {
        return slot(gold, "money").get(name) == slot(read, "money").get(name);
    }
    let other = slot(read, name);
    if name == "parties" {
        let listed = names_of(other, read);
        return readings(gold, name).any(|reading| {
            let parties = reading.names(gold);
            common(&parties, &listed) == parties.len() && common(&listed, &parties) == listed.len()
        });
    }
    readings(gold, name).any(|reading| {
        let value = reading.value;
        if value.is_array() || other.is_array() {
            let (a, b) = (reading.names(gold), names_of(other, read));
            return a.is_empty() && b.is_empty() || common(&a, &b) > 0;
        }
        let (a, b) = (string(value), string(other));
        value == other
            || matches!((a, b), ("agreed", "signed") | ("signed", "agreed"))
            || !a.is_empty()
                && !b.is_empty()
                && (same_bearer(reading.name(gold), name_of(b, read)) || overlap(a, b) >= 0.5)
    })
}

fn any_same(gold: &Slots, read: &Slots, name: &str) -> bool {
    let other = name_of(text(read, name), read);
    readings(gold, name).any(|reading| same_bearer(reading.name(gold), other))
}

/// An annotated value of a slot, or an accepted alternative to it. Alternatives do not answer to the claim's aliases.
#[derive(Clone, Copy)]
struct Reading<'c> {
    value: &'c Value,
    aliased: bool,
}

impl<'c> Reading<'c> {
    fn names(self, claim: &'c Slots) -> Vec<Name<'c>> {
        if self.aliased {
            return names_of(self.value, claim);
        }
        list(self.value).iter().map(|value| Name::plain(string(value))).collect()
    }

    fn name(self, claim: &'c Slots) -> Name<'c> {
        if self.aliased { name_of(string(self.value), claim) } else { Name::plain(string(self.value)) }
    }
}

fn readings<'c>(gold: &'c Slots, name: &'c str) -> impl Iterator<Item = Reading<'c>> {
    let alternatives = gold.get("alt").and_then(Value::as_array).into_iter().flatten();
    let alternatives = alternatives.filter(move |alternative| alternative["slot"] == name);
    let first = Reading { value: slot(gold, name), aliased: true };
    std::iter::once(first)
        .chain(alternatives.map(|alternative| Reading { value: &alternative["value"], aliased: false }))
}

fn slot<'c>(claim: &'c Slots, name: &str) -> &'c Value {
    claim.get(name).unwrap_or(&Value::Null)
}

fn text<'c>(claim: &'c Slots, name: &str) -> &'c str {
    string(slot(claim, name))
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty)
}

fn list(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        Value::Null => &[],
        value => std::slice::from_ref(value),
    }
}

fn names<'c>(claim: &'c Slots, name: &str) -> Vec<Name<'c>> {
    names_of(slot(claim, name), claim)
}

fn names_of<'c>(value: &'c Value, claim: &'c Slots) -> Vec<Name<'c>> {
    list(value).iter().map(|value| name_of(string(value), claim)).collect()
}

/// A name with the forms that its claim gives it.
fn name_of<'c>(name: &'c str, claim: &'c Slots) -> Name<'c> {
    let forms = claim.get("aliases").and_then(|aliases| aliases.get(name)).and_then(Value::as_array);
    Name { name, forms: forms.map_or(&[], Vec::as_slice) }
}
