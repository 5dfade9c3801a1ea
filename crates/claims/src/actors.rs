//! Who a token stands for: the names of a document by token, and what else the document calls them.

use pledgebook_mentions::{Entities, Entity, Mentions, Name, NameType, Value};
use pledgebook_text::Text;
use std::{collections::BTreeMap, ops::Range};

/// The names of a document, ready to be asked by token. Of names inside one another the outermost counts.
#[derive(Debug)]
pub struct Actors<'m> {
    entities: &'m Entities,
    names: Vec<Actor<'m>>,
    /// For every token, and one behind the last: how many names begin before it.
    before: Vec<u32>,
    /// For every entity: one more than the place in `names` of its first name that is no anaphor, else of its first; else 0.
    first: Vec<u32>,
}

/// One name in its place.
#[derive(Debug, Clone)]
pub struct Actor<'m> {
    /// The tokens of the name.
    pub tokens: Range<usize>,
    /// What it names.
    pub name: &'m Name,
}

impl Actor<'_> {
    /// Whether it is a human being.
    pub fn is_person(&self) -> bool {
        self.name.sort == NameType::Person
    }

    /// Whether it is an organisation, named or by an anaphor.
    pub fn is_organisation(&self) -> bool {
        self.name.sort == NameType::Organisation
    }

    /// Whether it can say something: a person, an organisation, or a country that stands for its government.
    pub fn speaks(&self) -> bool {
        match self.name.sort {
            NameType::Person | NameType::Organisation | NameType::Country => true,
            NameType::Place | NameType::Instrument => false,
        }
    }

    /// Whether something can happen there.
    pub fn is_ground(&self) -> bool {
        matches!(self.name.sort, NameType::Country | NameType::Place)
    }
}

impl<'m> Actors<'m> {
    /// Indexes the names among `mentions`.
    pub fn new(text: &Text<'_>, mentions: &'m Mentions) -> Self {
        let mut names: Vec<Actor<'m>> = Vec::new();
        let mut before: Vec<u32> = Vec::with_capacity(text.tokens().len() + 1);
        let mut first = vec![0; mentions.entities.len()];
        for mention in &mentions.list {
            let Value::Name(name) = &mention.value else { continue };
            let tokens = mention.tokens.clone();
            if names.last().is_some_and(|last| last.tokens.end > tokens.start) || tokens.is_empty() {
                continue;
            }
            names.push(Actor { tokens: tokens.clone(), name });
            let number = names.len() as u32;
            if let Some(first) = first.get_mut(name.entity as usize) {
                let known = (*first as usize).checked_sub(1).map(|known: usize| names[known].name);
                if known.is_none_or(|known| known.anaphor && !name.anaphor) {
                    *first = number;
                }
            }
            before.resize(tokens.start + 1, number - 1);
        }
        before.resize(text.tokens().len() + 1, names.len() as u32);
        Self { entities: &mentions.entities, names, before, first }
    }

    /// The bearer of a number.
    pub fn entity(&self, number: u32) -> Option<&'m Entity> {
        self.entities.get(number)
    }

    /// All names, in the order of the text.
    pub fn all(&self) -> &[Actor<'m>] {
        &self.names
    }

    /// The first name of an entity.
    #[inline]
    pub fn named(&self, entity: u32) -> Option<&Actor<'m>> {
        self.names.get((*self.first.get(entity as usize)? as usize).checked_sub(1)?)
    }

    /// The name that covers a token.
    #[inline]
    pub fn at(&self, token: usize) -> Option<&Actor<'m>> {
        let number = *self.before.get(token + 1)?;
        self.names.get((number as usize).checked_sub(1)?).filter(|actor| actor.tokens.end > token)
    }

    /// The name that begins at a token.
    #[inline]
    pub fn from(&self, token: usize) -> Option<&Actor<'m>> {
        self.at(token).filter(|actor| actor.tokens.start == token)
    }

    /// The first name that begins at a token or behind it.
    pub fn next(&self, token: usize) -> Option<&Actor<'m>> {
        self.names.get(self.begun(token))
    }

    /// The name that ends right before a token.
    #[inline]
    pub fn until(&self, token: usize) -> Option<&Actor<'m>> {
        self.at(token.checked_sub(1)?).filter(|actor| actor.tokens.end == token)
    }

    /// The names that lie inside a run of tokens.
    #[inline]
    pub fn within(&self, tokens: Range<usize>) -> &[Actor<'m>] {
        let (from, to) = (self.begun(tokens.start), self.begun(tokens.end));
        let to = if to > 0 && self.names[to - 1].tokens.end > tokens.end { to - 1 } else { to };
        self.names.get(from..to).unwrap_or_default()
    }

    /// How many names begin before a token.
    #[inline]
    fn begun(&self, token: usize) -> usize {
        self.before.get(token).map_or(self.names.len(), |number| *number as usize)
    }

    /// The last name before a token that fits.
    pub fn last_before(&self, token: usize, fits: impl Fn(&Actor<'m>) -> bool) -> Option<&Actor<'m>> {
        let begun = self.begun(token);
        let end = if begun > 0 && self.names[begun - 1].tokens.end > token { begun - 1 } else { begun };
        self.names[..end].iter().rev().find(|actor| fits(actor))
    }

    /// Every name among `entities` that has other forms in the document, with these forms.
    pub fn aliases(&self, entities: impl IntoIterator<Item = u32>) -> BTreeMap<String, Vec<String>> {
        let mut aliases = BTreeMap::new();
        for entity in entities.into_iter().filter_map(|entity| self.entities.get(entity)) {
            let forms: Vec<String> = entity.aliases().map(str::to_owned).collect();
            if !forms.is_empty() {
                aliases.insert(str::to_owned(&entity.canonical), forms);
            }
        }
        aliases
    }

    /// Every name of an entity: the canonical one, then the forms that the document uses.
    pub fn forms(&self, entity: u32) -> impl Iterator<Item = String> + use<'m> {
        let entity = self.entities.get(entity);
        entity.into_iter().flat_map(|entity| entity.names().map(str::to_owned))
    }

    /// Whether knowledge has a bearer.
    pub fn is_known(&self, entity: u32) -> bool {
        self.entities.get(entity).is_some_and(|entity| entity.listed)
    }
}
