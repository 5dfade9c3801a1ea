//! How well names are read, measured on annotated documents.

use super::Entities;
use crate::NameType;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A name that an annotated document gives, with its accepted forms and sorts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// As the annotation lists it.
    pub name: String,
    /// That and every other form that the annotation accepts.
    pub forms: BTreeSet<String>,
    /// What it may be.
    pub sorts: BTreeSet<NameType>,
}

/// A name that was not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// As the annotation lists it.
    pub name: String,
    /// What it was taken for, where it was found as something else.
    pub read_as: Option<NameType>,
}

/// What reading one document found of what was wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measured {
    /// How many names the annotation has.
    pub wanted: usize,
    /// Those found with their right sort.
    pub found: usize,
    /// Those not found, or found as something else.
    pub missed: Vec<Missed>,
    /// How many bearers were read.
    pub read: usize,
    /// Bearers that the annotation has with another sort.
    pub mistaken: usize,
    /// Bearers that the annotation does not have: right or wrong, it cannot tell.
    pub unjudged: Vec<(NameType, String)>,
}

/// The names in the slots of a document's claims: `by`, `parties`, `who`, `person`, `speaker`, `organisation`, `place`.
///
/// `document` is a line of a gold file. Groups without a name ("US companies" in small letters) are left out.
pub fn wanted(document: &Value) -> Vec<Wanted> {
    let mut all: BTreeMap<String, Wanted> = BTreeMap::new();
    for claim in document["claims"].as_array().into_iter().flatten() {
        let aliases = &claim["aliases"];
        let slots: &[(&str, &[NameType])] = &[
            ("by", &[NameType::Organisation, NameType::Person, NameType::Place]),
            ("parties", &[NameType::Organisation, NameType::Person, NameType::Place]),
            ("who", &[NameType::Organisation, NameType::Person, NameType::Place]),
            ("person", &[NameType::Person]),
            ("speaker", &[NameType::Person, NameType::Organisation]),
            ("organisation", &[NameType::Organisation, NameType::Place, NameType::Instrument]),
            ("place", &[NameType::Place, NameType::Organisation]),
        ];
        for (slot, sorts) in slots {
            let names = match &claim[*slot] {
                Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
                Value::String(one) => vec![one.as_str()],
                _ => Vec::new(),
            };
            for name in
                names.into_iter().filter(|name| name.starts_with(char::is_uppercase) || aliases.get(name).is_some())
            {
                let forms = aliases[name].as_array().into_iter().flatten().filter_map(Value::as_str);
                let named = std::iter::once(name).chain(forms.clone()).any(|form| form.chars().any(char::is_uppercase));
                if !named {
                    continue;
                }
                let wanted = all.entry(name.to_owned()).or_insert_with(|| Wanted {
                    name: name.to_owned(),
                    forms: BTreeSet::new(),
                    sorts: BTreeSet::new(),
                });
                wanted.forms.insert(name.to_owned());
                wanted.forms.extend(forms.map(str::to_owned));
                if name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_uppercase()) {
                    wanted.sorts.insert(NameType::Country);
                } else {
                    wanted.sorts.extend(sorts.iter().copied());
                }
            }
        }
    }
    let mut list: Vec<Wanted> = all.into_values().collect();
    // A person's slot says more than one that anybody may fill.
    for wanted in &mut list {
        if wanted.sorts.len() > 1 && wanted.sorts.contains(&NameType::Country) {
            wanted.sorts = BTreeSet::from([NameType::Country]);
        }
    }
    list
}

/// Compares the bearers read in a document with those that are wanted.
pub fn measure(wanted: &[Wanted], entities: &Entities) -> Measured {
    let mut measured = Measured { wanted: wanted.len(), read: entities.len(), ..Measured::default() };
    let keys: Vec<BTreeSet<String>> =
        wanted.iter().map(|name| name.forms.iter().map(|form| key(form)).collect()).collect();
    let read: Vec<(NameType, BTreeSet<String>, &str)> = entities
        .iter()
        .map(|(_, entity)| {
            let forms = entity.names().map(key).collect();
            (entity.sort, forms, &*entity.canonical)
        })
        .collect();
    for (name, keys) in wanted.iter().zip(&keys) {
        let same: Vec<NameType> =
            read.iter().filter(|(_, forms, _)| !forms.is_disjoint(keys)).map(|(sort, ..)| *sort).collect();
        if same.iter().any(|sort| name.sorts.contains(sort)) {
            measured.found += 1;
        } else {
            measured.missed.push(Missed { name: name.name.clone(), read_as: same.first().copied() });
        }
    }
    for (sort, forms, canonical) in &read {
        let same: Vec<usize> = (0..wanted.len()).filter(|at| !keys[*at].is_disjoint(forms)).collect();
        if same.is_empty() {
            measured.unjudged.push((*sort, (*canonical).to_owned()));
        } else if !same.iter().any(|at| wanted[*at].sorts.contains(sort)) {
            measured.mistaken += 1;
        }
    }
    measured
}

/// A name for comparing: small letters, no marks, no legal forms and articles.
pub(super) fn key(name: &str) -> String {
    const IDLE: &[&str] = &[
        "inc",
        "corp",
        "corporation",
        "plc",
        "ltd",
        "limited",
        "llc",
        "sa",
        "ag",
        "se",
        "gmbh",
        "spa",
        "nv",
        "bv",
        "co",
        "company",
        "group",
        "groupe",
        "holding",
        "the",
        "le",
        "la",
        "les",
        "l",
        "der",
        "die",
        "das",
        "il",
        "el",
        "los",
        "d",
    ];
    let folded = pledgebook_text::fold::fold(name);
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let kept: Vec<&str> = words().filter(|word| !IDLE.contains(word)).collect();
    if kept.is_empty() { words().collect::<Vec<_>>().join(" ") } else { kept.join(" ") }
}
