//! What data says about names: classes of words, and names that are known.

use super::{
    alone::Alone,
    around::Views,
    bearers::SORTS,
    clues::{OfName, OfWord},
    stems::Stems,
    tallies::Tally,
};
use crate::{Currency, NameType};
use pledgebook_lexicon::{
    Data, Error, WatchedSort,
    linear::{Column, Joint, Part},
};
use pledgebook_text::{Habits, Phrases, Vocabulary, fold::fold};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

/// A set of word classes; `name.toml` lists the words of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Class(pub u64);

macro_rules! classes {
    ($($constant:ident = $key:literal),+ $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($constant),+ }

        impl Class {
            $(#[doc = $key] pub const $constant: Self = Self(1 << Number::$constant as u64);)+

            fn of_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$constant),)+ _ => None }
            }

            /// The keys of all classes, by their numbers.
            pub const KEYS: &[Part] = &[$(Part::new($key)),+];
        }
    };
}

// The keys of `[words]` in name.toml. What each holds is told there.
classes! {
    HONORIFIC = "honorifics", ROLE = "roles", COMPANY = "companies", BODY = "bodies", GOVERNMENT = "governments",
    SITE = "sites", ACCORD = "accords", TAIL = "tails", LEGAL = "legal_forms", LINK = "links", PARTICLE = "particles",
    DEFINITE = "definite", ARTICLE = "articles", AND = "and", IN = "inside", AT = "staff_of", SAY = "saying",
    FIRST = "first_names", COMMON = "common", HE = "he", IT = "it", THEY = "they", VERB = "verbs", TWO = "two",
    LAND = "countries", BASED = "based", BETWEEN = "between", PORTFOLIO = "portfolios", PEOPLE = "people",
    SITE_TAIL = "site_tails", ACCORD_TAIL = "accord_tails", IMPERSONAL = "impersonal", COMPANIES = "companies_many",
    ROLES = "roles_many", FORMER = "former", KNOWN = "-known", USED = "-used", SURNAME = "surname_endings",
    TOWN = "town_endings", FIRM = "firm_endings", PREPOSITION = "prepositions", WHO = "persons_after",
    QUALITY = "body_adjectives", NATIONS = "countries_many", GOVERNMENTS = "governments_many", OFFICE = "firm_offices", FUNCTION = "function",
    SHORTENED = "shortened", CONTRACTED = "contracted", GENERIC = "generic", TERRITORY = "territories", MUNICIPALITY = "municipalities", OPENER = "openers", KIND = "kinds", MINISTER = "ministers", ORDINARY = "ordinary", LOCAL = "local_offices",
    DEGREE = "post_nominals", WHOSE = "body_genitives", PURPOSE = "purposes", PROVINCE = "provinces", CALENDAR = "calendar",
}

impl Class {
    pub const NONE: Self = Self(0);
    /// Words for who governs a town or a region; many languages give them a capital where they stand for one: "la Ville".
    pub const AUTHORITY: Self = Self(Self::TERRITORY.0 | Self::MUNICIPALITY.0);

    /// The numbers of the classes in the set.
    #[inline]
    pub fn numbers(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let number = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            (number < u64::BITS).then_some(number as usize)
        })
    }

    /// Whether it shares a class with another set.
    #[inline]
    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Class {
    type Output = Self;
    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl std::ops::BitAnd for Class {
    type Output = Self;
    #[inline]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl std::ops::Not for Class {
    type Output = Self;
    #[inline]
    fn not(self) -> Self {
        Self(!self.0)
    }
}

impl std::ops::BitOrAssign for Class {
    #[inline]
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// How a country is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Name,
    Capital,
    Seat,
    Adjective,
}

/// What a phrase of the data says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Words(Class),
    Country(u16, How),
    Bearer(u32),
    /// The adjective of a place below the state.
    Adjective(u32),
}

/// An entry; a phrase printed with a capital counts only where the text has one too.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub what: What,
    pub capital: bool,
    /// Printed in capitals only, as acronyms are.
    pub loud: bool,
}

/// A country as `knowledge/countries.toml` knows it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Country {
    pub name: String,
    pub capital: String,
    pub eu: bool,
    pub currency: String,
}

/// How many countries may have a currency that still tells whose it is: Switzerland's is Liechtenstein's too.
const CURRENCY_COUNTRIES_MAX: usize = 2;

/// Somebody or something of `knowledge/`.
#[derive(Debug)]
pub struct Bearer {
    pub sort: NameType,
    pub name: Arc<str>,
    pub country: Option<Arc<str>>,
    pub organisation: Option<Arc<str>>,
    pub outlet: bool,
    /// Whether it has a government of its own below the state.
    pub region: bool,
    /// The region that a place lies in.
    pub within: Option<Arc<str>>,
}

/// How a language spells a country's names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CountryWords {
    name: Vec<String>,
    adjective: Vec<String>,
    capital: Vec<String>,
    seat: Vec<String>,
    /// The country whose seats stand for this one where a text is set here: "der Bund" in Vienna.
    seats_of: Option<String>,
}

/// An entry of organisations.toml, places.toml, people.toml or agencies.toml; which fields are used differs by file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Fact {
    forms: Vec<String>,
    country: Option<String>,
    kind: Option<String>,
    office: Option<String>,
    organisation: Option<String>,
    from: Option<String>,
    to: Option<String>,
    within: Option<String>,
}

/// How a language restores the form that a dictionary lists.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Inflection {
    /// What a place's name takes on to say whose: "Zürichs".
    pub genitive: String,
    /// What it takes on to become an adjective: "Grazer".
    pub adjective: String,
    /// Endings cut off to compare two forms of a name.
    pub endings: Vec<String>,
    /// Shortest stem that endings are cut from, in letters.
    pub stem_min: usize,
    /// Pairs of an inflected ending and its base form, tried in order.
    pub base: Vec<[String; 2]>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct NameFile {
    /// Whether nouns are definite without an article.
    articleless: bool,
    /// Whether names of bodies hold small nouns: "Caisse d'épargne".
    small_words: bool,
    /// Whether names of firms stand in quotation marks.
    quoted_names: bool,
    /// The country that most news in the language are from, where one is.
    usual_country: String,
    /// Beginnings of surnames with another capital inside: "Mc", "O'".
    surname_starts: Vec<String>,
    /// Endings that adjectives have before a noun.
    adjective_endings: Vec<String>,
    inflection: Inflection,
    /// For each place in a list the words that tell it, parted by semicolons: "first;former".
    turns: Vec<String>,
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct GivenNames {
    names: Vec<String>,
}

/// Letters of another script and how Latin writes them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Transliteration {
    pub letters: FxHashMap<char, String>,
    /// At the beginning of a word.
    pub initial: FxHashMap<char, String>,
    /// Two letters at once.
    pub pairs: FxHashMap<String, String>,
}

/// Compiled data of this module.
#[derive(Debug)]
pub struct Tables {
    pub(super) phrases: Phrases<Entry>,
    /// Made when the first text is read: not before is the vocabulary whole.
    alone: OnceLock<Alone>,
    pub(super) codes: Vec<Arc<str>>,
    /// Countries whose governments are called like another's, with that one: "der Bund" of Austria.
    pub(super) namesakes: Vec<(u16, u16)>,
    pub(super) countries: Vec<Country>,
    /// The countries of the currencies that hardly another has, by currency.
    pub(super) own_moneys: Vec<(Currency, Vec<u16>)>,
    /// The country of the list that is a union of others: no member itself, with its seat in a member's capital.
    union: Option<usize>,
    pub(super) bearers: Vec<Bearer>,
    /// The bearers that are regions with a government of their own, by name.
    pub(super) regions: FxHashMap<Arc<str>, u32>,
    pub(crate) capital_nouns: bool,
    pub(super) articleless: bool,
    pub(super) small_words: bool,
    pub(super) inflection: Inflection,
    pub(super) stems: Stems,
    pub(super) transliteration: Transliteration,
    /// Beginnings of surnames that write another capital inside.
    pub(super) surname_starts: Vec<String>,
    /// Endings of adjectives before a noun.
    pub(super) adjective_endings: Vec<String>,
    /// Whether names of firms stand in quotation marks.
    pub(super) quoted_names: bool,
    /// The country that most news in the language are from; empty where they are from several.
    pub(super) usual_country: String,
    /// The place in a list that a word tells, folded: "former" 0, "second" 1.
    pub(super) turns: FxHashMap<String, usize>,
    /// Learnt: whether a word with a weak capital belongs to a name.
    pub(super) naming: Joint<1>,
    pub(super) naming_few: Tally<OfWord, 1>,
    /// Learnt: what sort of name.
    pub(super) sorting: Joint<{ SORTS.len() }>,
    pub(super) sorting_few: Tally<OfName, { SORTS.len() }>,
    /// What both make of the words around.
    pub(super) views: Views,
}

impl Tables {
    /// The money of a country, by its ISO code.
    pub fn money(&self, code: &str) -> Option<Currency> {
        let at = self.codes.binary_search_by(|other| (**other).cmp(code)).ok()?;
        Currency::new(&self.countries.get(at)?.currency)
    }

    /// What the words of the vocabulary, that all texts are cut by, are by themselves.
    pub(super) fn alone(&self, vocabulary: &Vocabulary) -> &Alone {
        self.alone.get_or_init(|| Alone::new(&self.phrases, vocabulary))
    }

    /// The union of states that has its seat in the capital of a member.
    pub(super) fn union_of(&self, member: &Country) -> Option<usize> {
        self.union.filter(|union| self.countries[*union].capital == member.capital)
    }

    /// Whether a code is that of the union of states.
    pub(super) fn is_union(&self, code: &str) -> bool {
        self.union.is_some_and(|union| *self.codes[union] == *code)
    }

    /// The same without learnt weights, as they are learnt.
    pub fn unlearnt(mut self) -> Self {
        (self.naming, self.naming_few) = (Joint::default(), Tally::default());
        (self.sorting, self.sorting_few) = (Joint::default(), Tally::default());
        self.views = Views::default();
        self
    }

    /// Compiles a language's words for names with what `knowledge/` knows.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn compile(data: &Data, code: &str, habits: &Habits, vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        let file: NameFile = data.language_table(code, "name.toml")?;
        let mut phrases = Phrases::with_room(habits);
        let mut insert = |form: &str, what: What| {
            // Forms in another script than the language's own never meet a text.
            if habits.own_letters.is_empty() && form.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}')) {
                return;
            }
            let capital = form.trim_start_matches(['{', '*']).chars().next().is_some_and(char::is_uppercase);
            let letters = || form.chars().filter(|c| c.is_alphabetic());
            // Most forms are told by their second letter.
            let loud = letters().all(char::is_uppercase) && letters().count() > 1;
            phrases.insert(vocabulary, habits, form, Entry { what, capital, loud });
        };
        for (key, lists) in &file.words {
            let mut class = Class::of_key(key)
                .ok_or_else(|| Error::file(&format!("languages/{code}/name.toml"), &format!("unknown list '{key}'")))?;
            if class == Class::CALENDAR {
                class |= Class::FUNCTION;
            }
            // One line of a list may hold several phrases, parted by semicolons.
            for line in lists {
                for form in line.split(';').map(str::trim).filter(|form| !form.is_empty()) {
                    insert(form, What::Words(class));
                }
            }
        }
        let given: GivenNames = data.knowledge_table("given_names.toml")?;
        for form in given.names.iter().flat_map(|line| line.split(';')) {
            insert(form, What::Words(Class::FIRST));
        }
        let facts: BTreeMap<String, Country> = data.knowledge_table("countries.toml")?;
        let mut users: BTreeMap<Currency, Vec<u16>> = BTreeMap::new();
        for (code, country) in (0..).zip(facts.values()) {
            Currency::new(&country.currency).into_iter().for_each(|money| users.entry(money).or_default().push(code));
        }
        users.retain(|_, users| users.len() <= CURRENCY_COUNTRIES_MAX);
        let words: BTreeMap<String, CountryWords> = data.language_table(code, "country.toml")?;
        let (codes, countries): (Vec<Arc<str>>, Vec<Country>) =
            facts.into_iter().map(|(code, country)| (code.into(), country)).unzip();
        let is_code = |code: &String| codes.binary_search_by(|other| (**other).cmp(code)).is_ok();
        let mut namesakes = Vec::new();
        for (name, forms) in &words {
            let Ok(index) = codes.binary_search_by(|code| (**code).cmp(name)) else {
                let what = format!("'{name}' is no code of knowledge/countries.toml");
                return Err(Error::file(&format!("languages/{code}/country.toml"), &what));
            };
            for (how, list) in [
                (How::Name, &forms.name),
                (How::Adjective, &forms.adjective),
                (How::Capital, &forms.capital),
                (How::Seat, &forms.seat),
            ] {
                list.iter().for_each(|form| insert(form, What::Country(index as u16, how)));
            }
            let other = forms.seats_of.as_ref();
            let other = other.and_then(|other| codes.binary_search_by(|code| (**code).cmp(other)).ok());
            namesakes.extend(other.map(|other| (index as u16, other as u16)));
        }
        let regions: BTreeMap<String, Vec<String>> = data.language_table(code, "region.toml")?;
        let mut bearers = Vec::new();
        for (name, sort) in [
            ("organisations.toml", NameType::Organisation),
            ("agencies.toml", NameType::Organisation),
            ("places.toml", NameType::Place),
            ("people.toml", NameType::Person),
        ] {
            let facts: BTreeMap<String, Fact> = data.knowledge_table(name)?;
            for (name, fact) in facts {
                let number = bearers.len() as u32;
                insert(&name, What::Bearer(number));
                fact.forms.iter().for_each(|form| insert(form, What::Bearer(number)));
                if sort == NameType::Place {
                    let plain = |form: &&String| form.chars().all(char::is_alphabetic);
                    for form in std::iter::once(&name).chain(&fact.forms).filter(plain) {
                        let Inflection { genitive, adjective, .. } = &file.inflection;
                        if !genitive.is_empty() && !form.ends_with(['s', 'x', 'z', 'ß']) {
                            insert(&format!("{form}{genitive}"), What::Bearer(number));
                        }
                        if !adjective.is_empty() && !form.ends_with(['a', 'e', 'i', 'o', 'r', 'u']) {
                            insert(&format!("{form}{adjective}"), What::Adjective(number));
                        }
                    }
                    for form in regions.get(&name).into_iter().flatten() {
                        insert(form, What::Adjective(number));
                    }
                }
                let sort = if fact.kind.as_deref() == Some("instrument") { NameType::Instrument } else { sort };
                let region = fact.kind.as_deref() == Some("region");
                let outlet = matches!(fact.kind.as_deref(), Some("agency" | "outlet"));
                // Who holds an office of state is at home there.
                let home = fact.organisation.clone().filter(is_code);
                bearers.push(Bearer {
                    sort,
                    name: name.into(),
                    country: fact.country.or(home).map(Into::into),
                    organisation: fact.organisation.map(Into::into),
                    outlet,
                    region,
                    within: fact.within.map(Into::into),
                });
            }
        }
        for watched in data.watchlist()? {
            let number = bearers.len() as u32;
            // What data files use as marks of patterns stands for nothing in a name.
            let plain = |form: &&String| !form.is_empty() && !form.contains(['{', '}', '*', ';']);
            std::iter::once(&watched.name)
                .chain(&watched.aliases)
                .filter(plain)
                .for_each(|form| insert(form, What::Bearer(number)));
            let sort = match watched.sort {
                WatchedSort::Person => NameType::Person,
                WatchedSort::Organisation => NameType::Organisation,
            };
            let country = watched.country.filter(is_code).map(Into::into);
            bearers.push(Bearer {
                sort,
                name: watched.name.into(),
                country,
                organisation: None,
                outlet: false,
                region: false,
                within: None,
            });
        }
        let is_seat_of_a_member =
            |capital: &String| countries.iter().any(|other| other.eu && other.capital == *capital);
        let union = countries.iter().position(|country| !country.eu && is_seat_of_a_member(&country.capital));
        let regions = (0..).zip(&bearers).filter(|(_, bearer)| bearer.region);
        let regions = regions.map(|(number, bearer)| (Arc::clone(&bearer.name), number)).collect();
        let (names, sorts) = (format!("names_{code}"), format!("name_sorts_{code}"));
        let naming = Joint::load(data, [&names])?;
        let sorting =
            Joint::of_columns(data, std::array::from_fn(|class| Column { name: &sorts, class, first: None }))?;
        Ok(Self {
            phrases,
            alone: OnceLock::new(),
            codes,
            countries,
            own_moneys: users.into_iter().collect(),
            union,
            regions,
            namesakes,
            bearers,
            capital_nouns: habits.capital_nouns,
            articleless: file.articleless,
            small_words: file.small_words,
            stems: Stems::new(
                file.inflection.endings.iter().map(|ending| fold(ending)).collect(),
                file.inflection.stem_min,
            ),
            inflection: file.inflection,
            transliteration: data.language_table(code, "transliteration.toml")?,
            quoted_names: file.quoted_names,
            usual_country: file.usual_country,
            surname_starts: file.surname_starts,
            turns: (0..)
                .zip(&file.turns)
                .flat_map(|(turn, words)| words.split(';').map(move |word| (fold(word.trim()), turn)))
                .collect(),
            adjective_endings: file.adjective_endings,
            naming_few: Tally::new(&naming),
            naming,
            sorting_few: Tally::new(&sorting),
            sorting,
            views: Views::load(data, &names, &sorts)?,
        })
    }
}
