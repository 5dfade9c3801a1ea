//! The bearers of names over a whole ledger, each with its names and what joined them.

use crate::{Clue, Decision, Knowledge, Naming, Resolver, entity::is_code};
use pledgebook_claims::{Body, Claim};
use pledgebook_mentions::NameType;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody or something that claims name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bearer {
    /// Its usual name: as the knowledge has it, else the one that most claims use.
    pub name: String,
    /// What it is, where a slot tells.
    pub sort: Option<NameType>,
    /// Whether the knowledge has it.
    pub known: bool,
    /// How many claims name it.
    pub claims: usize,
    /// Ids of the documents that name it.
    pub documents: Vec<String>,
    /// The names that claims give it and how many do, the most used first.
    pub names: Vec<(String, usize)>,
    /// What the texts themselves write.
    pub forms: Vec<String>,
    /// What joined two of its names.
    pub joined: Vec<Joined>,
}

/// Two names and what was found when they were compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Joined {
    /// One name.
    pub name: String,
    /// The other.
    pub other: String,
    /// What tells; absent where a decision joined them.
    pub clue: Option<Clue>,
}

/// Gathers the bearers of the names in claims. `claims` come with the id of their document.
#[derive(Debug, Default)]
pub struct Bearers {
    /// Per naming: its claims, and the documents that hold it.
    seen: BTreeMap<Naming, (usize, BTreeSet<String>)>,
}

impl Bearers {
    /// Takes the names of a claim.
    pub fn add(&mut self, document: &str, claim: &Claim) {
        let mut slots: Vec<(&str, Option<NameType>)> = Vec::new();
        match &claim.body {
            Body::Pledge(pledge) => {
                slots.extend(pledge.by.iter().map(|name| (name.as_str(), None)));
                slots.extend(pledge.place.iter().map(|name| (name.as_str(), Some(NameType::Place))));
            }
            Body::Agreement(agreement) => slots.extend(agreement.parties.iter().map(|name| (name.as_str(), None))),
            Body::Participation(part) => {
                slots.extend(part.who.iter().map(|name| (name.as_str(), None)));
                slots.extend(part.place.iter().map(|name| (name.as_str(), Some(NameType::Place))));
            }
            Body::Role(role) => {
                slots.push((&role.person, Some(NameType::Person)));
                slots.extend(role.organisation.iter().map(|name| (name.as_str(), None)));
            }
            Body::Presence(presence) => {
                slots.extend(presence.who.iter().map(|name| (name.as_str(), None)));
                slots.extend(presence.place.iter().map(|name| (name.as_str(), Some(NameType::Place))));
            }
            Body::Statement(statement) => slots.extend(statement.speaker.iter().map(|name| (name.as_str(), None))),
        }
        for (name, sort) in slots.into_iter().filter(|(name, _)| name.starts_with(char::is_uppercase)) {
            let code = is_code(name);
            let naming = Naming {
                name: name.to_owned(),
                forms: if code { Vec::new() } else { claim.aliases.get(name).cloned().unwrap_or_default() },
                sort: if code { Some(NameType::Country) } else { sort },
                country: None,
            };
            let (claims, documents) = self.seen.entry(naming).or_default();
            *claims += 1;
            documents.insert(document.to_owned());
        }
    }

    /// The bearers, those that most claims name first.
    pub fn list(&self, knowledge: &Knowledge, decisions: &[Decision]) -> Vec<Bearer> {
        let mut resolver = Resolver::with_decisions(knowledge, decisions);
        let numbers: Vec<u32> = self.seen.keys().map(|naming| resolver.add(naming)).collect();
        let mut groups: BTreeMap<u32, Vec<&Naming>> = BTreeMap::new();
        for (naming, number) in self.seen.keys().zip(numbers) {
            groups.entry(resolver.bearer(number)).or_default().push(naming);
        }
        let mut bearers: Vec<Bearer> = groups.values().map(|names| self.bearer(names, knowledge)).collect();
        bearers.sort_by(|a, b| (b.claims, &a.name, a.sort).cmp(&(a.claims, &b.name, b.sort)));
        bearers
    }

    fn bearer(&self, namings: &[&Naming], knowledge: &Knowledge) -> Bearer {
        let (mut claims, mut documents, mut forms) = (0, BTreeSet::new(), BTreeSet::new());
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for naming in namings {
            let (count, of) = &self.seen[*naming];
            claims += count;
            documents.extend(of.iter().cloned());
            forms.extend(naming.forms.iter().cloned());
            *counts.entry(&naming.name).or_default() += count;
        }
        let mut names: Vec<(String, usize)> =
            counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        names.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        let written = namings.iter().find_map(|naming| knowledge.usual_name(&naming.name));
        let first = names.first().map(|(name, _)| name.clone()).unwrap_or_default();
        let mut joined: Vec<Joined> = Vec::new();
        for (at, naming) in namings.iter().enumerate() {
            for other in namings.iter().skip(at + 1).filter(|other| other.name != naming.name) {
                let clue = knowledge.compare(naming, other);
                let joins = Joined { name: naming.name.clone(), other: other.name.clone(), clue: Some(clue) };
                if clue.joins() && !joined.contains(&joins) {
                    joined.push(joins);
                }
            }
        }
        // Names that nothing but a decision joins.
        for (name, _) in &names {
            if names.len() > 1 && !joined.iter().any(|pair| pair.name == *name || pair.other == *name) {
                let other = names.iter().find(|(other, _)| other != name).map(|(other, _)| other.clone());
                joined.push(Joined { name: name.clone(), other: other.unwrap_or_default(), clue: None });
            }
        }
        Bearer {
            known: written.is_some(),
            name: written.unwrap_or(first),
            sort: namings.iter().find_map(|naming| naming.sort),
            claims,
            documents: documents.into_iter().collect(),
            names,
            forms: forms.into_iter().collect(),
            joined,
        }
    }
}

/// Other bearers whose names are near, and why they are others all the same.
pub fn near<'b>(bearer: &Bearer, all: &'b [Bearer], knowledge: &Knowledge) -> Vec<(&'b Bearer, Clue)> {
    let naming =
        |bearer: &Bearer| Naming { sort: bearer.sort, forms: bearer.forms.clone(), ..Naming::new(&bearer.name) };
    let own = naming(bearer);
    let word = own.name.split(' ').next().unwrap_or_default().to_lowercase();
    all.iter()
        .filter(|other| *other != bearer && other.name.to_lowercase().split(' ').any(|part| part == word))
        .map(|other| (other, knowledge.compare(&own, &naming(other))))
        .filter(|(_, clue)| !clue.joins())
        .collect()
}
