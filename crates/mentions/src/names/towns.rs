//! The towns that a text names, and which of them "the town" and "the council" are.

use super::Entities;
use crate::{Mention, NameType, Value};
use pledgebook_text::Text;
use smallvec::SmallVec;

/// So often named, a town is what the text is about; more often tells no more.
const TOLD_MAX: usize = 4;
/// How many times of being named it is worth that the paragraph has named it last.
const IN_PARAGRAPH: usize = 2;
/// The same for standing in the headline.
const IN_HEADLINE: usize = 2;

/// A town, or another place that is no region.
#[derive(Debug, Clone, Copy)]
struct Town {
    entity: u32,
    /// How often the text names it, with what else speaks for it wherever it is asked for.
    points: usize,
    /// The paragraph that has named it last so far.
    last: Option<usize>,
}

/// The towns of a text, by their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Towns(SmallVec<[Town; 8]>);

impl Towns {
    /// Of the bearers of a text and their names in its order.
    pub fn new(text: &Text<'_>, entities: &Entities, names: &[Mention]) -> Self {
        let towns = entities.iter().filter(|(_, entity)| entity.sort == NameType::Place && !entity.region);
        let mut towns: SmallVec<[Town; 8]> = towns.map(|(entity, _)| Town { entity, points: 0, last: None }).collect();
        let headline = text.sentences().first().map_or(0, |sentence| sentence.tokens.end);
        let mut heads: SmallVec<[u32; 4]> = SmallVec::new();
        for mention in names {
            let Value::Name(name) = &mention.value else { continue };
            if let Ok(at) = towns.binary_search_by_key(&name.entity, |town| town.entity) {
                towns[at].points = (towns[at].points + 1).min(TOLD_MAX);
                if mention.tokens.start < headline {
                    heads.push(name.entity);
                }
            }
        }
        for town in &mut towns {
            // Of places that no list has, many are streets and halls.
            let known = entities.get(town.entity).is_some_and(|entity| entity.listed);
            town.points += usize::from(known);
            if heads.contains(&town.entity) {
                town.points += IN_HEADLINE;
            }
        }
        Self(towns)
    }

    /// Notes that a paragraph names a town.
    pub fn meet(&mut self, entity: u32, paragraph: usize) {
        if let Ok(at) = self.0.binary_search_by_key(&entity, |town| town.entity) {
            self.0[at].last = Some(paragraph);
        }
    }

    /// The town that a paragraph speaks of without a name: that of the text rather than one told by the way.
    pub fn meant(&self, paragraph: usize) -> Option<u32> {
        let points = |town: &&Town| town.points + if town.last == Some(paragraph) { IN_PARAGRAPH } else { 0 };
        self.0.iter().rev().max_by_key(points).map(|town| town.entity)
    }
}
