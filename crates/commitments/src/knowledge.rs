//! What reconciliation knows of the world beside the claims.

use crate::Rates;
use crate::entity::{Names, fold, is_code};
use pledgebook_lexicon::{Data, Error, each_form, expand};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The version of the rules of joining: another number, and stored claims are joined anew.
const JOINING: u32 = 5;
/// The files of `knowledge/` that joining looks at, and those of each language.
const FILES: [&str; 7] =
    ["agencies.toml", "countries.toml", "organisations.toml", "pegs.toml", "people.toml", "places.toml", "rates.csv"];
const LANGUAGE_FILES: [&str; 2] = ["country.toml", "name.toml"];

/// Names of one entity, places within places, outlets and agencies, rates of exchange. Made once, shared by any number of
/// threads.
#[derive(Debug)]
pub struct Knowledge {
    /// What all the rest was made of.
    data: Data,
    pub(crate) names: Names,
    rates: Rates,
    /// Folded name of a place to the key that it is compared by and the ISO code of its country.
    places: FxHashMap<String, (String, Option<String>)>,
    /// Folded name, capital or seat of power to the code of its country.
    states: FxHashMap<String, String>,
    /// Adjectives of countries, and nouns for firms: together they name nobody.
    adjectives: Forms,
    firms: Forms,
    /// Key of a known organisation to the country that it is of.
    homes: FxHashMap<String, String>,
    /// Keys of agencies and outlets: whom a whole story can be from.
    outlets: FxHashSet<String>,
    /// Key of a person to the offices held: organisation, first day, first day after.
    offices: FxHashMap<String, Vec<Office>>,
}

/// Folded words with what they say, of which some stand for all that begin or end so.
#[derive(Debug, Default)]
struct Forms {
    whole: FxHashMap<String, String>,
    beginnings: FxHashMap<String, String>,
    endings: FxHashMap<String, String>,
}

impl Forms {
    /// Takes a form as the languages' tables write it: `{a,b}` are alternatives, `*` is any beginning or ending.
    fn take(&mut self, form: &str, says: &str) {
        each_form(form, &mut |form| {
            let folded = fold(form);
            if folded.is_empty() {
                return;
            }
            let forms = match (form.starts_with('*'), form.ends_with('*')) {
                (true, _) => &mut self.endings,
                (_, true) => &mut self.beginnings,
                _ => &mut self.whole,
            };
            forms.entry(folded).or_insert_with(|| says.to_owned());
        });
    }

    fn get(&self, word: &str) -> Option<&str> {
        let cut = |at: &usize| word.is_char_boundary(*at);
        let begins = || (1..=word.len()).rev().filter(cut).find_map(|at| self.beginnings.get(&word[..at]));
        let ends = || (0..word.len()).filter(cut).find_map(|at| self.endings.get(&word[at..]));
        let found = self.whole.get(word).or_else(begins).or_else(ends);
        found.map(String::as_str)
    }
}

#[derive(Debug)]
struct Office {
    organisation: String,
    from: String,
    to: Option<String>,
}

/// An entry of `organisations.toml`, `people.toml`, `agencies.toml`, `places.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Known {
    country: Option<String>,
    forms: Vec<String>,
    organisation: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// An entry of `countries.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Country {
    name: String,
    capital: Option<String>,
}

/// What is taken of a language's `name.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct LanguageNames {
    words: NameWords,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NameWords {
    legal_forms: Vec<String>,
    definite: Vec<String>,
    and: Vec<String>,
    companies: Vec<String>,
    companies_many: Vec<String>,
}

/// How a language spells a country, its capital and the seat of its government.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CountryWords {
    name: Vec<String>,
    adjective: Vec<String>,
    capital: Vec<String>,
    seat: Vec<String>,
}

impl Knowledge {
    /// Compiles the files of `knowledge/`, and the legal forms that languages know.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn load(data: &Data) -> Result<Self, Error> {
        let mut knowledge = Self {
            data: data.clone(),
            names: Names::default(),
            rates: Rates::embedded(data)?,
            places: FxHashMap::default(),
            states: FxHashMap::default(),
            adjectives: Forms::default(),
            firms: Forms::default(),
            homes: FxHashMap::default(),
            outlets: FxHashSet::default(),
            offices: FxHashMap::default(),
        };
        for language in data.languages() {
            let names: LanguageNames = data.language_table(language, "name.toml")?;
            for form in names.words.legal_forms.iter().flat_map(|line| line.split(';')).flat_map(expand) {
                knowledge.names.add_legal_form(form.trim());
            }
            for word in names.words.definite.iter().chain(&names.words.and).flat_map(|line| line.split(';')) {
                knowledge.names.add_small_word(word.trim());
            }
            let firms = names.words.companies.iter().chain(&names.words.companies_many);
            firms.flat_map(|line| line.split(';')).for_each(|form| knowledge.firms.take(form.trim(), ""));
        }
        let countries: BTreeMap<String, Country> = data.knowledge_table("countries.toml")?;
        for (code, country) in &countries {
            knowledge.names.add_country(code, fold(&country.name));
            if let Some(capital) = country.capital.as_deref().map(fold) {
                knowledge.places.insert(capital.clone(), (capital.clone(), Some(code.clone())));
                knowledge.states.insert(capital, code.clone());
            }
        }
        for language in data.languages() {
            for (code, words) in &data.language_table::<BTreeMap<String, CountryWords>>(language, "country.toml")? {
                let each_plain = |forms: &[String], take: &mut dyn FnMut(String)| {
                    let plain = forms.iter().filter(|form| !form.contains('*'));
                    plain.for_each(|form| each_form(form, &mut |form| take(fold(form))));
                };
                words.adjective.iter().for_each(|form| knowledge.adjectives.take(form, code));
                each_plain(&words.name, &mut |name| {
                    knowledge.states.entry(name.clone()).or_insert_with(|| code.clone());
                    knowledge.names.add_country(code, name);
                });
                let capital = countries.get(code).and_then(|country| country.capital.as_deref()).map(fold);
                each_plain(&words.capital, &mut |name| {
                    knowledge.states.entry(name.clone()).or_insert_with(|| code.clone());
                    if let Some(capital) = &capital {
                        knowledge.places.entry(name).or_insert_with(|| (capital.clone(), Some(code.clone())));
                    }
                });
                each_plain(&words.seat, &mut |name| {
                    knowledge.states.entry(name).or_insert_with(|| code.clone());
                });
            }
        }
        for (name, known) in &data.knowledge_table::<BTreeMap<String, Known>>("places.toml")? {
            let key = fold(name);
            for form in std::iter::once(name).chain(&known.forms) {
                each_form(form, &mut |form| {
                    knowledge.places.insert(fold(form), (key.clone(), known.country.clone()));
                });
            }
        }
        for file in ["organisations.toml", "agencies.toml", "people.toml"] {
            for (name, known) in &data.knowledge_table::<BTreeMap<String, Known>>(file)? {
                let forms: Vec<String> = known.forms.iter().flat_map(|form| expand(form)).collect();
                knowledge.names.add(name, forms.iter().map(String::as_str));
                let key = knowledge.names.resolve(name, &[]);
                if file == "agencies.toml" {
                    knowledge.outlets.insert(key.clone());
                }
                if let Some(country) = &known.country {
                    knowledge.homes.insert(key.clone(), country.clone());
                }
                if let (Some(organisation), Some(from)) = (&known.organisation, &known.from) {
                    let office =
                        Office { organisation: organisation.clone(), from: from.clone(), to: known.to.clone() };
                    knowledge.offices.entry(key).or_default().push(office);
                }
            }
        }
        for watched in data.watchlist()? {
            knowledge.names.add(&watched.name, watched.aliases.iter().map(String::as_str));
        }
        Ok(knowledge)
    }

    /// What joining depends on beside claims and decisions, in 64 bits: the files that it looks at, and the version of its rules.
    ///
    /// # Errors
    /// When a watch-list cannot be read.
    pub fn fingerprint(&self) -> Result<i64, Error> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&JOINING.to_le_bytes());
        let of_languages = self
            .data
            .languages()
            .into_iter()
            .flat_map(|code| LANGUAGE_FILES.iter().map(move |name| self.data.language_file(code, name)));
        for file in FILES.iter().map(|name| self.data.knowledge_file(name)).chain(of_languages) {
            let text = file.as_ref().map_or("", |file| file.text());
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        for watched in self.data.watchlist()? {
            for name in std::iter::once(&watched.name).chain(&watched.aliases) {
                hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
            }
        }
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        Ok(i64::from_le_bytes(bytes))
    }

    /// The rates of exchange.
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// The country that a place lies in, where known; a code is its own country.
    pub(crate) fn country(&self, place: &str) -> Option<String> {
        self.place(place).1
    }

    /// What a place is compared and looked up by: a code as it stands, a known place's usual name, else the name folded.
    pub fn place_key(&self, place: &str) -> String {
        self.place(place).0
    }

    /// The key of a place and the country that it lies in.
    pub(crate) fn place(&self, place: &str) -> (String, Option<String>) {
        if is_code(place) {
            return (place.to_owned(), Some(place.to_owned()));
        }
        let folded = fold(place);
        self.places.get(&folded).cloned().unwrap_or((folded, None))
    }

    /// How a known bearer is usually written; `None` for those that the knowledge does not have. Countries are their codes.
    pub fn usual_name(&self, name: &str) -> Option<String> {
        let key = self.names.resolve(name, &[]);
        if is_code(&key) { Some(key) } else { self.names.written(&key).map(str::to_owned) }
    }

    /// Whether a place is known.
    pub fn is_place(&self, name: &str) -> bool {
        self.places.contains_key(&fold(name))
    }

    /// The country of firms that nobody names: "American companies", "Amerikanische Unternehmen", "entreprises américaines".
    pub(crate) fn group(&self, name: &str) -> Option<&str> {
        if !name.contains(' ') {
            return None;
        }
        let folded = fold(name);
        let mut country = None;
        for word in folded.split(' ') {
            if self.firms.get(word).is_some() {
                continue;
            }
            let code = self.adjectives.get(word).or_else(|| self.names.code(word))?;
            if country.replace(code).is_some() {
                return None;
            }
        }
        country.filter(|_| !self.names.is_known(name))
    }

    /// The country that a capital or a seat of power speaks for where states deal with each other.
    pub(crate) fn state(&self, name: &str) -> Option<&str> {
        self.states.get(&fold(name)).map(String::as_str)
    }

    /// The country that a known organisation is of.
    pub(crate) fn home(&self, key: &str) -> Option<&str> {
        self.homes.get(key).map(String::as_str)
    }

    /// Whether a source is an agency or outlet.
    pub(crate) fn is_outlet(&self, name: &str) -> bool {
        self.outlets.contains(&self.names.resolve(name, &[]))
    }

    /// The organisation or country whose office a person held on a day.
    pub(crate) fn office(&self, person: &str, day: &str) -> Option<&str> {
        let offices = self.offices.get(&self.names.resolve(person, &[]))?;
        let held = |office: &&Office| office.from.as_str() <= day && office.to.as_deref().is_none_or(|to| day < to);
        offices.iter().find(held).map(|office| office.organisation.as_str())
    }
}
