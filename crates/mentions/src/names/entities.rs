use crate::NameType;
use smallvec::SmallVec;
use std::sync::Arc;

/// The bearers of a document's names. Their numbers are places in the list: [`crate::Name::entity`] and
/// [`crate::Name::also`] are looked up here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entities {
    list: Vec<Entity>,
}

/// How many forms are noted of one bearer, so that no text makes this slow.
const FORMS_MAX: usize = 64;

/// One bearer of names inside one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub sort: NameType,
    /// The fullest form the document gives, in Latin script and base form, without legal form; for countries the ISO code.
    pub canonical: Arc<str>,
    /// The forms that the text uses, letter for letter, each once, in the order of the text; no anaphors ("the company").
    pub forms: SmallVec<[Arc<str>; 2]>,
    /// Whether knowledge lists it, under its canonical name ([`Entity::known`]).
    pub listed: bool,
    /// ISO code of its country, where knowledge or the text tells it ("the French chipmaker X").
    pub country: Option<Arc<str>>,
    /// Where knowledge has a person in office: a name or an ISO code.
    pub organisation: Option<Arc<str>>,
    /// Whether knowledge has it as a news agency or outlet.
    pub outlet: bool,
    /// Whether knowledge has it as a region with a government of its own below the state.
    pub region: bool,
    /// The region that knowledge has a place in.
    pub within: Option<Arc<str>>,
}

impl Entity {
    /// One of whom no list knows anything, and the text has told no form yet.
    pub(super) fn unlisted(sort: NameType, canonical: impl Into<Arc<str>>) -> Self {
        Self {
            sort,
            canonical: canonical.into(),
            forms: SmallVec::new(),
            listed: false,
            country: None,
            organisation: None,
            outlet: false,
            region: false,
            within: None,
        }
    }

    /// One that knowledge lists by a name, of which the text has told no form yet.
    pub(super) fn listed(sort: NameType, name: impl Into<Arc<str>>) -> Self {
        Self { listed: true, ..Self::unlisted(sort, name) }
    }

    /// A country, by its ISO code.
    pub(super) fn state(code: &Arc<str>) -> Self {
        Self { country: Some(Arc::clone(code)), ..Self::listed(NameType::Country, Arc::clone(code)) }
    }

    /// Its key in `knowledge/`, where it is known there: an ISO code, or the name that heads its entry.
    pub fn known(&self) -> Option<&str> {
        self.listed.then_some(&*self.canonical)
    }

    /// All its names: the canonical one, then the forms that the text uses.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.canonical).chain(self.forms.iter().map(|form| &**form))
    }

    /// Notes a form that the text uses.
    pub(super) fn write(&mut self, written: &str) {
        if !self.forms.iter().any(|form| **form == *written) && self.forms.len() < FORMS_MAX {
            // Most names are written as they are listed.
            let canonical = Some(&self.canonical).filter(|canonical| ***canonical == *written);
            self.forms.push(canonical.map_or_else(|| written.into(), Arc::clone));
        }
    }

    /// The forms of the text other than the canonical one, as a claim's `aliases` want them; none for countries.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        let listed = self.sort != NameType::Country;
        self.forms.iter().map(|form| &**form).filter(move |form| listed && *form != &*self.canonical)
    }
}

impl Entities {
    /// A list in the order of their numbers.
    pub fn new(list: Vec<Entity>) -> Self {
        Self { list }
    }

    /// Adds one and returns its number.
    pub(super) fn add(&mut self, entity: Entity) -> u32 {
        self.list.push(entity);
        self.list.len() as u32 - 1
    }

    /// Notes a form that the text uses for a bearer, which comes back.
    pub(super) fn write(&mut self, number: u32, written: &str) -> Option<&Entity> {
        let entity = self.list.get_mut(number as usize)?;
        entity.write(written);
        Some(entity)
    }

    /// The bearer with a number.
    pub fn get(&self, number: u32) -> Option<&Entity> {
        self.list.get(number as usize)
    }

    /// All bearers with their numbers, in the order of their first mention.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Entity)> {
        (0..).zip(&self.list)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
