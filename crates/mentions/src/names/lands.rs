//! The countries that a text names, and whose government it speaks of where it tells none.

use super::{Entities, Tables};
use crate::{Mention, NameType, Value};
use smallvec::SmallVec;

/// So many of a country's places and bodies tell that a text is set there; more of them tell no more.
const THERE_MAX: usize = 6;
/// The same for names of the country that stand like a subject.
const SUBJECTS_MAX: usize = 3;
/// How many of its places and bodies the country's own money is worth.
pub(super) const OWN_MONEY: usize = 2;
/// How many of them a name in the same sentence, or the one before, is worth.
const BESIDE: usize = 2;
/// Sentences that a name of the country may lie back and still be near.
const NEAR_SENTENCES: usize = 3;

/// A country of a text.
#[derive(Debug, Clone, Copy)]
struct Land {
    entity: u32,
    /// How many of the text's places, bodies and people are its own, with what its own money is worth.
    there: usize,
    /// How often it has been named like a subject so far.
    subjects: usize,
    /// The sentence that has named it last.
    last: Option<usize>,
    /// Whether it is a union of states: nobody calls it "the government".
    union: bool,
}

/// The countries of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Lands(Vec<Land>);

impl Lands {
    /// Of the bearers of a text; `moneys` are the countries whose own money it tells.
    pub fn new(entities: &Entities, tables: &Tables, moneys: &[u16]) -> Self {
        let countries = entities.iter().filter(|(_, entity)| entity.sort == NameType::Country);
        Self(
            countries
                .map(|(entity, country)| {
                    let own = |other: &super::Entity| {
                        other.sort != NameType::Country
                            && other.country.is_some()
                            && other.country.as_deref() == country.known()
                    };
                    let paid = |code: &u16| country.known() == tables.codes.get(usize::from(*code)).map(|code| &**code);
                    let there = entities.iter().filter(|(_, other)| own(other)).count();
                    let money = if moneys.iter().any(paid) { OWN_MONEY } else { 0 };
                    let union = country.known().is_some_and(|code| tables.is_union(code));
                    Land { entity, there: there.min(THERE_MAX) + money, subjects: 0, last: None, union }
                })
                .collect(),
        )
    }

    /// Notes that a sentence names a country.
    pub fn meet(&mut self, entity: u32, sentence: usize, subject: bool) {
        if let Some(land) = self.0.iter_mut().find(|land| land.entity == entity) {
            land.subjects += usize::from(subject);
            land.last = Some(sentence);
        }
    }

    /// The country that the text is set in, with what tells it: most of the places and bodies are there.
    pub fn home(&self) -> Option<(u32, usize)> {
        let first_of_most = self.0.iter().rev().max_by_key(|land| land.there)?;
        Some((first_of_most.entity, first_of_most.there))
    }

    /// The country whose government a sentence speaks of: the text's own rather than the one named last.
    pub fn governed(&self, sentence: usize) -> Option<u32> {
        let points = |land: &&Land| {
            let near = match land.last.map(|last| sentence - last) {
                Some(0..=1) => BESIDE,
                Some(2..=NEAR_SENTENCES) => BESIDE / 2,
                _ => 0,
            };
            land.there + land.subjects.min(SUBJECTS_MAX) + near
        };
        self.0.iter().rev().filter(|land| !land.union).max_by_key(points).map(|land| land.entity)
    }
}

/// The countries whose own money a text tells: of dollars and euros, which many have, it tells nothing.
pub(super) fn moneys(mentions: &[Mention], tables: &Tables) -> SmallVec<[u16; 4]> {
    let mut codes = SmallVec::new();
    for mention in mentions {
        let Value::Money(money) = &mention.value else { continue };
        let Some(currency) = money.currency else { continue };
        let Ok(at) = tables.own_moneys.binary_search_by_key(&currency, |(own, _)| *own) else { continue };
        let users = &tables.own_moneys[at].1;
        if !users.first().is_none_or(|code| codes.contains(code)) {
            codes.extend(users.iter().copied());
        }
    }
    codes
}
