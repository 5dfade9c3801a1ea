//! Who is who across documents and languages: whether two names are one bearer's, and why.
//!
//! A name joins another by what both are written as (spelling, legal forms, articles and "and" aside), by what the knowledge or
//! the documents themselves say they are also called, or because one is the other in another alphabet. Never by a shared acronym
//! or a near name alone, and never across different digits (rule 4).

use crate::{
    Act, Decision, Knowledge,
    decision::in_force,
    entity::{fold, is_acronym},
    sound::{Reading, is_cyrillic, sound},
};
use pledgebook_mentions::NameType;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

/// A name as a document, or all that is known of a bearer, gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Naming {
    /// The name, in any alphabet.
    pub name: String,
    /// What else the same document calls it.
    pub forms: Vec<String>,
    /// What it is, where that is known.
    pub sort: Option<NameType>,
    /// ISO code of its country, where that is known.
    pub country: Option<String>,
}

impl Naming {
    /// A name of which nothing else is known.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// What was found when two names were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Clue {
    /// The knowledge has both under one entry.
    KnownAsOne,
    /// The knowledge has them under two entries.
    KnownApart,
    /// Equal but for marks, case and legal form.
    SameSpelling,
    /// Equal but for articles, "and", or umlauts written out.
    SmallWords,
    /// One document calls its bearer by both.
    CalledBoth,
    /// The same words in another order.
    OtherOrder,
    /// One is the other in another alphabet.
    OtherAlphabet,
    /// A shared acronym, which proves nothing.
    SharedAcronym,
    /// One holds the other, which proves nothing: "Siemens", "Siemens Energy".
    PartOfTheOther,
    /// Digits, numerals or single letters differ: "Fund II", "Fund III".
    OtherDigits,
    /// A person and a place, a country and a firm.
    OtherSort,
    /// Bodies of two countries.
    OtherCountry,
    /// Nothing in common that counts.
    Unlike,
}

impl Clue {
    /// Whether names with this in common are one bearer's.
    pub fn joins(self) -> bool {
        use Clue::{CalledBoth, KnownAsOne, OtherAlphabet, OtherOrder, SameSpelling, SmallWords};
        matches!(self, KnownAsOne | SameSpelling | SmallWords | CalledBoth | OtherOrder | OtherAlphabet)
    }

    /// The clue in words.
    pub fn told(self) -> &'static str {
        match self {
            Self::KnownAsOne => "the knowledge lists both as one",
            Self::KnownApart => "the knowledge lists them as two",
            Self::SameSpelling => "the same but for marks, case and legal form",
            Self::SmallWords => "the same but for small words or umlauts written out",
            Self::CalledBoth => "one document uses both for it",
            Self::OtherOrder => "the same words in another order",
            Self::OtherAlphabet => "the same name in another alphabet",
            Self::SharedAcronym => "an acronym in common, which proves nothing",
            Self::PartOfTheOther => "one holds the other, which proves nothing",
            Self::OtherDigits => "other digits",
            Self::OtherSort => "a bearer of another sort",
            Self::OtherCountry => "a body of another country",
            Self::Unlike => "nothing in common that counts",
        }
    }
}

/// A name made ready for comparing.
#[derive(Debug, Clone)]
struct Profile {
    /// Key of the knowledge, or the folded name.
    key: String,
    known: bool,
    acronym: bool,
    /// Folded: the name, then the names in full (several words with a capital) that its document gives.
    spellings: Vec<String>,
    /// Folded: forms of several words of which only the first has a capital; "Le groupe" is one of them.
    phrases: Vec<String>,
    /// Folded forms of any kind.
    called: Vec<String>,
    /// The name without small words.
    loose: String,
    digits: String,
    cyrillic: bool,
    sounds: Vec<String>,
    sort: Option<NameType>,
    country: Option<String>,
}

impl Knowledge {
    fn profile(&self, naming: &Naming) -> Profile {
        let place = naming.sort == Some(NameType::Place);
        let mut key = self.names.resolve(&naming.name, &naming.forms);
        let mut known = self.names.is_known(&naming.name) || key != self.names.bare(&fold(&naming.name));
        if place || (!known && self.is_place(&naming.name) && naming.sort.is_none()) {
            known = self.is_place(&naming.name);
            key = format!("place {}", self.place_key(&naming.name));
        }
        // "ABC (Atlantic Bridge Company)" is not the ABC that the knowledge has.
        let mut full = naming.forms.iter().filter(|form| !is_acronym(form) && form.contains(' ')).peekable();
        if known && is_acronym(&naming.name) && full.peek().is_some() {
            known = full.any(|form| self.names.is_known(form) && self.names.resolve(form, &[]) == key);
        }
        let bare = self.names.bare(&fold(&naming.name)).to_owned();
        let mut spellings = vec![bare.clone()];
        let (mut phrases, mut called) = (Vec::new(), Vec::new());
        let mut sounds = Vec::new();
        let mut cyrillic = is_cyrillic(&naming.name);
        for form in &naming.forms {
            let folded = self.names.bare(&fold(form)).to_owned();
            match form.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count() {
                _ if is_acronym(form) || !form.contains(' ') => {}
                2.. => spellings.push(folded.clone()),
                1 if form.starts_with(char::is_uppercase) => phrases.push(folded.clone()),
                _ => {}
            }
            called.push(folded);
            cyrillic |= is_cyrillic(form);
        }
        let mut hear = |form: &str| {
            for reading in [Reading::Western, Reading::German] {
                let heard = sound(self.names.without_legal_form(form), reading);
                if heard.bytes().filter(u8::is_ascii_lowercase).count() >= 4 && !sounds.contains(&heard) {
                    sounds.push(heard);
                }
            }
        };
        hear(&naming.name);
        naming.forms.iter().filter(|form| is_cyrillic(form)).for_each(|form| hear(form));
        Profile {
            acronym: is_acronym(&naming.name) && !self.names.is_country(&naming.name),
            loose: self.names.loose(&naming.name),
            digits: digits(&bare),
            key,
            known,
            spellings,
            phrases,
            called,
            cyrillic,
            sounds,
            sort: naming.sort,
            country: naming.country.clone(),
        }
    }

    /// Whether two names are one bearer's, with what tells.
    pub fn compare(&self, a: &Naming, b: &Naming) -> Clue {
        compare(&self.profile(a), &self.profile(b))
    }
}

fn compare(a: &Profile, b: &Profile) -> Clue {
    if let (Some(one), Some(other)) = (a.sort, b.sort)
        && one != other
    {
        return Clue::OtherSort;
    }
    let person = a.sort == Some(NameType::Person);
    if let (Some(one), Some(other)) = (&a.country, &b.country)
        && one != other
        && !person
    {
        return Clue::OtherCountry;
    }
    if a.known && b.known {
        return if a.key == b.key { Clue::KnownAsOne } else { Clue::KnownApart };
    }
    if a.digits != b.digits {
        return Clue::OtherDigits;
    }
    // The full names that their documents give, apart from the name itself where that is an acronym.
    let full = |profile: &Profile| profile.spellings[usize::from(profile.acronym)..].to_vec();
    let (full_a, full_b) = (full(a), full(b));
    let named_by = |one: &Profile, other: &Profile| !one.acronym && other.phrases.contains(&one.spellings[0]);
    let called_both = full_a.iter().any(|form| full_b.contains(form)) || named_by(a, b) || named_by(b, a);
    if a.acronym || b.acronym {
        if called_both {
            return Clue::CalledBoth;
        }
        // "Emirates Water and Electricity Company (EWEC)": the document itself says what it is short for.
        let says = |long: &Profile, short: &Profile| {
            !long.acronym
                && short.acronym
                && long.called.contains(&short.spellings[0])
                && short.called.is_empty()
                && long.country.is_some()
                && long.country == short.country
        };
        if says(a, b) || says(b, a) {
            return Clue::CalledBoth;
        }
        return if a.spellings[0] == b.spellings[0] { Clue::SharedAcronym } else { Clue::Unlike };
    }
    if a.spellings[0] == b.spellings[0] {
        return Clue::SameSpelling;
    }
    if called_both {
        return Clue::CalledBoth;
    }
    if a.loose == b.loose && !a.loose.is_empty() {
        return Clue::SmallWords;
    }
    let words = |profile: &Profile| {
        let mut words: Vec<String> = profile.spellings[0].split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    let several = a.spellings[0].contains(' ');
    if several && a.sort.is_none_or(|sort| sort == NameType::Person) && words(a) == words(b) {
        return Clue::OtherOrder;
    }
    // A sound says enough for a full name, or for a long word, and only where an alphabet was left.
    let alike = a.sounds.iter().any(|sound| b.sounds.contains(sound) && (sound.contains(' ') || sound.len() >= 5));
    if a.cyrillic != b.cyrillic && alike {
        return Clue::OtherAlphabet;
    }
    let (short, long) = if a.spellings[0].len() < b.spellings[0].len() {
        (&a.spellings[0], &b.spellings[0])
    } else {
        (&b.spellings[0], &a.spellings[0])
    };
    let holds =
        long.split(' ').collect::<Vec<_>>().windows(short.split(' ').count()).any(|part| part.join(" ") == *short);
    if holds { Clue::PartOfTheOther } else { Clue::Unlike }
}

/// Numbers, numerals and single letters of a folded name.
fn digits(folded: &str) -> String {
    const NUMERALS: &[&str] = &["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv"];
    let words: Vec<&str> = folded.split(' ').collect();
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        let number: String = word.chars().filter(char::is_ascii_digit).collect();
        let alone = at > 0 && at + 1 == words.len() && word.chars().count() == 1;
        if !number.is_empty() {
            out.push_str(&number);
            out.push(' ');
        } else if NUMERALS.contains(word) || alone {
            out.push_str(word);
            out.push(' ');
        }
    }
    out
}

/// Gathers the names of any number of documents to bearers. What comes out does not depend on the order of what goes in, but for
/// names that more than 64 others could be joined with by one and the same clue.
#[derive(Debug)]
pub struct Resolver<'k> {
    knowledge: &'k Knowledge,
    /// Names that are written and placed alike are compared once.
    seen: FxHashMap<u64, u32>,
    profiles: Vec<Profile>,
    parents: Vec<u32>,
    /// Candidates by what they could have in common.
    blocks: FxHashMap<u64, Vec<u32>>,
    /// Folded names that were decided to be two bearers', in either order.
    apart: FxHashSet<(String, String)>,
    /// Folded names that were decided to be one bearer's.
    together: Vec<(String, String)>,
}

/// A block with more names tells nothing, and would make this slow.
const BLOCK_MAX: usize = 64;

impl<'k> Resolver<'k> {
    /// One that knows nobody yet.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        Self {
            knowledge,
            seen: FxHashMap::default(),
            profiles: Vec::new(),
            parents: Vec::new(),
            blocks: FxHashMap::default(),
            apart: FxHashSet::default(),
            together: Vec::new(),
        }
    }

    /// One that follows decisions about names; later ones go before earlier ones, and undone ones count no more.
    pub fn with_decisions(knowledge: &'k Knowledge, decisions: &[Decision]) -> Self {
        let mut resolver = Self::new(knowledge);
        for decision in in_force(decisions) {
            match &decision.act {
                Act::SameName { name, other } => {
                    let (a, b) = (resolver.folded(name), resolver.folded(other));
                    resolver.apart.remove(&(a.clone(), b.clone()));
                    resolver.apart.remove(&(b.clone(), a.clone()));
                    resolver.together.push((a, b));
                }
                Act::NotSameName { name, other } => {
                    let (a, b) = (resolver.folded(name), resolver.folded(other));
                    resolver.together.retain(|pair| *pair != (a.clone(), b.clone()) && *pair != (b.clone(), a.clone()));
                    resolver.apart.insert((b.clone(), a.clone()));
                    resolver.apart.insert((a, b));
                }
                _ => {}
            }
        }
        resolver
    }

    fn folded(&self, name: &str) -> String {
        self.knowledge.names.bare(&fold(name)).to_owned()
    }

    fn joined(&self, a: &Profile, b: &Profile) -> bool {
        let decided_apart =
            !self.apart.is_empty() && self.apart.contains(&(a.spellings[0].clone(), b.spellings[0].clone()));
        let decided = |(one, other): &(String, String)| {
            let names = [&a.spellings[0], &b.spellings[0]];
            names == [one, other] || names == [other, one]
        };
        !decided_apart && (compare(a, b).joins() || self.together.iter().any(decided))
    }

    /// Takes a name; equal numbers name equal bearers once all are taken, after [`Resolver::bearer`].
    pub fn add(&mut self, naming: &Naming) -> u32 {
        let hash = hashed(naming);
        if let Some(number) = self.seen.get(&hash) {
            return *number;
        }
        let profile = self.knowledge.profile(naming);
        let number = self.profiles.len() as u32;
        self.seen.insert(hash, number);
        self.parents.push(number);
        for block in self.blocks_of(&profile) {
            let same = self.blocks.get(&block).map_or(&[][..], Vec::as_slice);
            let joined: Vec<u32> =
                same.iter().copied().filter(|other| self.joined(&profile, &self.profiles[*other as usize])).collect();
            for other in joined {
                let (a, b) = (root(&mut self.parents, number), root(&mut self.parents, other));
                self.parents[a.max(b) as usize] = a.min(b);
            }
            let same = self.blocks.entry(block).or_default();
            if same.len() < BLOCK_MAX {
                same.push(number);
            }
        }
        self.profiles.push(profile);
        number
    }

    /// What a name could share with others, the names that were decided to be its bearer's included.
    fn blocks_of(&self, profile: &Profile) -> Vec<u64> {
        let mut blocks = blocks(profile);
        for (at, (one, other)) in self.together.iter().enumerate() {
            if profile.spellings[0] == *one || profile.spellings[0] == *other {
                blocks.push(hashed(&("decided", at)));
            }
        }
        blocks
    }

    /// The bearer of a number that [`Resolver::add`] gave.
    pub fn bearer(&mut self, number: u32) -> u32 {
        root(&mut self.parents, number)
    }

    /// The bearer of a name, where one is known; nothing is added.
    pub fn look_up(&mut self, naming: &Naming) -> Option<u32> {
        if let Some(number) = self.seen.get(&hashed(naming)).copied() {
            return Some(self.bearer(number));
        }
        let profile = self.knowledge.profile(naming);
        let candidates = self.blocks_of(&profile).into_iter().filter_map(|block| self.blocks.get(&block)).flatten();
        let found = candidates.copied().find(|other| self.joined(&profile, &self.profiles[*other as usize]));
        found.map(|number| self.bearer(number))
    }

    /// How many different names were taken.
    pub fn len(&self) -> usize {
        self.profiles.len()
    }

    /// Whether none was taken.
    pub fn is_empty(&self) -> bool {
        self.profiles.is_empty()
    }
}

/// What names that could be one have in common, each as a number: names without any of it are never compared.
fn blocks(profile: &Profile) -> Vec<u64> {
    let mut out = vec![hashed(&("key", &profile.key))];
    let full = &profile.spellings[usize::from(profile.acronym)..];
    out.extend(full.iter().chain(&profile.phrases).map(|form| hashed(&("full", form))));
    if !profile.acronym {
        out.push(hashed(&("loose", &profile.loose)));
        let mut words: Vec<&str> = profile.spellings[0].split(' ').collect();
        if words.len() > 1 {
            words.sort_unstable();
            out.push(hashed(&("words", words)));
        }
    }
    out.extend(profile.sounds.iter().map(|sound| hashed(&("sound", sound))));
    if profile.country.is_some() {
        let short = profile.called.iter().chain(profile.acronym.then_some(&profile.spellings[0]));
        out.extend(short.map(|form| hashed(&("short", &profile.country, form))));
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn root(parents: &mut [u32], mut number: u32) -> u32 {
    while parents[number as usize] != number {
        let above = parents[parents[number as usize] as usize];
        parents[number as usize] = above;
        number = above;
    }
    number
}

fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
