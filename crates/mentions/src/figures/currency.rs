//! Names and signs of currencies, and which one an ambiguous name means.

use super::{
    assumed::Homes,
    data::{CurrencyFile, MoneyFile},
};
use crate::Currency;
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Habits, Phrases, Text, Token, TokenKind, Vocabulary};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::ops::Range;

/// What a name or sign of money means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// One currency.
    Code(Currency),
    /// Any currency of a noun: "dollar".
    Noun(u16),
    /// Hundredths of a currency, which another name in the text may replace.
    Minor(Currency),
}

impl Unit {
    /// The noun, where several currencies share it.
    pub(super) fn noun(self) -> Option<u16> {
        match self {
            Self::Noun(noun) => Some(noun),
            Self::Code(_) | Self::Minor(_) => None,
        }
    }
}

/// A name or sign in the data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    pub(super) unit: Unit,
    /// Counts only when written onto its figure or in one piece.
    pub(super) glued: bool,
    /// How many times its name multiplies: 1000000 in "MEUR".
    pub(super) scale: u32,
    /// How its letters must be written.
    pub(super) letters: Letters,
}

/// How the letters of a name or sign must be written to count: "LE" is Egyptian money, "le" is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    Any,
    Capital,
    AllCapitals,
}

impl Letters {
    /// Whether tokens are written so.
    pub(super) fn fit(self, tokens: &[Token]) -> bool {
        let word = |token: &Token| token.kind == TokenKind::Word;
        match self {
            Self::Any => true,
            Self::Capital => tokens.first().is_none_or(|token| token.shape.capital() || !word(token)),
            // One capital is no word in capitals, but written as asked.
            Self::AllCapitals => tokens.iter().all(|token| {
                !word(token) || token.shape.all_capitals() || token.shape.capital() && token.end - token.start == 1
            }),
        }
    }

    /// What a sign's own writing asks for.
    fn of(sign: &str) -> Self {
        let letters: String = sign.chars().filter(|c| c.is_alphabetic()).collect();
        match letters.as_str() {
            "" => Self::Any,
            letters if letters.len() > 1 && letters.chars().all(char::is_uppercase) => Self::AllCapitals,
            _ if letters.len() < sign.trim_end_matches('.').len() => Self::Any,
            letters if letters.starts_with(char::is_uppercase) => Self::Capital,
            _ => Self::Any,
        }
    }
}

/// Compiled currencies of a language.
#[derive(Debug, Default)]
pub(super) struct Currencies {
    pub(super) signs: Phrases<Sign>,
    /// Words that name a country whose money shares its noun.
    countries: Phrases<Place>,
    /// The numbers of the countries whose press writes in this language.
    own_press: Vec<u16>,
    /// For each noun: the default, and the currencies it may mean, with their countries.
    nouns: Vec<Noun>,
}

/// A word that names a country.
#[derive(Debug, Clone, Copy)]
struct Place {
    country: u16,
    weight: u32,
    letters: Letters,
}

#[derive(Debug, Default)]
struct Noun {
    /// The one currency that bears it.
    only: Option<Currency>,
    /// The noun that a shared sign stands for behind its figure: "440 M$" are dollars also where "$440" are pesos.
    behind: Option<u16>,
    default: Option<Currency>,
    /// The default is money all over the world, so that only a country's own press means another by the bare noun.
    worldwide: bool,
    /// Currency by country number.
    by_country: Vec<(u16, Currency)>,
}

impl Noun {
    /// The money of the country named last among some tokens, of those whose money bears the noun: "Denmark (30 million crowns),
    /// Norway (20 million crowns)". What is money all over the world is not told by a country's name alone.
    fn of_the_last_named(&self, local: &Local, tokens: Range<usize>) -> Option<Currency> {
        if self.worldwide || self.by_country.len() < 2 {
            return None;
        }
        let until = local.named.partition_point(|(at, _)| (*at as usize) < tokens.end);
        let named = local.named[..until].iter().rev().take_while(|(at, _)| *at as usize >= tokens.start);
        let mut codes = named.filter_map(|(_, country)| self.by_country.iter().find(|(own, _)| own == country));
        codes.next().map(|(_, code)| *code)
    }
}

impl Currencies {
    pub(super) fn compile(
        data: &Data,
        file: &MoneyFile,
        habits: &Habits,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, Error> {
        let known: CurrencyFile = data.knowledge_table("currencies.toml")?;
        let wrong = |code: &str| Error::file("currencies.toml", &format!("'{code}' is no ISO 4217 code"));
        let mut this = Self::default();
        let mut nouns: FxHashMap<&str, u16> = FxHashMap::default();
        let mut countries: FxHashMap<&str, u16> = FxHashMap::default();
        for entry in &known.currency {
            let code = Currency::new(&entry.code).ok_or_else(|| wrong(&entry.code))?;
            let mut add = |form: &str, glued: bool, scale: u32, letters: Letters| {
                this.signs.insert(vocabulary, habits, form, Sign { unit: Unit::Code(code), glued, scale, letters });
            };
            add(&entry.code, false, 1, Letters::AllCapitals);
            for (letter, scale) in [("k", 1_000), ("m", 1_000_000), ("bn", 1_000_000_000)] {
                add(&format!("{letter}{}", entry.code), false, scale, Letters::Capital);
            }
            for sign in &entry.signs {
                // One letter before a sign is no article only when written onto it: "A$", "N$".
                let letter = sign.chars().count() == 2 && sign.starts_with(char::is_alphabetic);
                add(sign, letter && !sign.ends_with(char::is_alphabetic), 1, Letters::of(sign));
            }
            for sign in &entry.glued_signs {
                add(sign, true, 1, Letters::Any);
            }
            let Some(noun) = entry.noun.as_deref() else { continue };
            let number = *nouns.entry(noun).or_insert_with(|| {
                this.nouns.push(Noun::default());
                (this.nouns.len() - 1) as u16
            });
            let unshared = known.currency.iter().filter(|other| other.noun == entry.noun).count() == 1;
            this.nouns[number as usize].only = unshared.then_some(code);
            for country in &entry.countries {
                let next = countries.len() as u16;
                let country = *countries.entry(country).or_insert(next);
                this.nouns[number as usize].by_country.push((country, code));
            }
            let Some(adjective) = entry.countries.first().and_then(|country| file.adjectives.get(country)) else {
                continue;
            };
            let Some(forms) = file.nouns.get(noun) else { continue };
            for noun in forms.iter() {
                for adjective in adjective.iter() {
                    for form in [format!("{noun} {adjective}"), format!("{adjective} {noun}")] {
                        let sign = Sign { unit: Unit::Code(code), glued: false, scale: 1, letters: Letters::Any };
                        this.signs.insert(vocabulary, habits, &form, sign);
                    }
                }
            }
        }
        for (noun, number) in &nouns {
            let entry = &mut this.nouns[*number as usize];
            entry.default = match known.defaults.get(*noun) {
                Some(code) => Some(Currency::new(code).ok_or_else(|| wrong(code))?),
                None => entry.only,
            };
            entry.worldwide = known.worldwide.iter().any(|wide| wide == noun);
            let unit = entry.only.map_or(Unit::Noun(*number), Unit::Code);
            let sign = Sign { unit, glued: false, scale: 1, letters: Letters::Any };
            for form in file.nouns.get(*noun).into_iter().flat_map(|forms| forms.iter()) {
                this.signs.insert(vocabulary, habits, form, sign);
            }
        }
        // A sign that several nouns share is a noun of its own, which means any of theirs.
        for (sign, shared) in &file.shared_signs {
            let numbers: Vec<u16> = shared.iter().filter_map(|noun| nouns.get(noun).copied()).collect();
            let Some(first) = numbers.first() else { continue };
            let unit = match this.nouns[*first as usize].only {
                Some(code) if numbers.len() == 1 => Unit::Code(code),
                _ => {
                    let by_country =
                        numbers.iter().flat_map(|number| this.nouns[*number as usize].by_country.clone()).collect();
                    let Noun { default, worldwide, .. } = this.nouns[*first as usize];
                    this.nouns.push(Noun { only: None, default, worldwide, by_country, behind: Some(*first) });
                    Unit::Noun((this.nouns.len() - 1) as u16)
                }
            };
            this.signs.insert(
                vocabulary,
                habits,
                sign,
                Sign { unit, glued: false, scale: 1, letters: Letters::of(sign) },
            );
        }
        for (code, forms) in &file.names {
            let unit = Unit::Code(Currency::new(code).ok_or_else(|| wrong(code))?);
            for form in forms.iter() {
                this.signs.insert(
                    vocabulary,
                    habits,
                    form,
                    Sign { unit, glued: false, scale: 1, letters: Letters::Any },
                );
            }
        }
        for (code, scales) in &file.scaled {
            let unit = Unit::Code(Currency::new(code).ok_or_else(|| wrong(code))?);
            for (scale, forms) in scales {
                let scale = scale.parse().map_err(|_| Error::file("money.toml", &format!("'{scale}' is no scale")))?;
                for form in forms.iter() {
                    let letters = Letters::of(form);
                    this.signs.insert(vocabulary, habits, form, Sign { unit, glued: false, scale, letters });
                }
            }
        }
        for (code, forms) in &file.minor {
            let unit = Unit::Minor(Currency::new(code).ok_or_else(|| wrong(code))?);
            for form in forms.iter() {
                this.signs.insert(
                    vocabulary,
                    habits,
                    form,
                    Sign { unit, glued: false, scale: 1, letters: Letters::Any },
                );
            }
        }
        this.own_press = file.own_press.iter().filter_map(|country| countries.get(country.as_str()).copied()).collect();
        for (code, number) in &countries {
            for table in [&file.adjectives, &file.countries] {
                // A name tells more of where a text plays than an adjective.
                let weight = if std::ptr::eq(table, &file.countries) { 2 } else { 1 };
                for form in table.get(*code).into_iter().flat_map(|forms| forms.iter()) {
                    let place = Place { country: *number, weight, letters: Letters::of(form) };
                    this.countries.insert(vocabulary, habits, form, place);
                }
            }
        }
        Ok(this)
    }

    /// The currency of a unit of an amount in a text: `local` holds what the text tells of each noun, `before` are the tokens of
    /// the sentence before the amount.
    pub(super) fn resolve(&self, unit: Unit, local: &mut Local, before: Range<usize>) -> Option<Currency> {
        match unit {
            Unit::Code(code) | Unit::Minor(code) => Some(code),
            Unit::Noun(noun) => {
                if let Some(code) = self.nouns[noun as usize].of_the_last_named(local, before) {
                    return Some(code);
                }
                let known = local.known.iter().find(|(number, _)| *number == noun).map(|(_, code)| *code);
                let own = known.unwrap_or_else(|| {
                    let own = self.own(&self.nouns[noun as usize], local);
                    local.known.push((noun, own));
                    own
                });
                own.or(self.nouns[noun as usize].default)
            }
        }
    }

    /// The currency that a noun means where the names of the text are of countries with some currencies: `told` by the countries that it
    /// names, `own` are those that it gives a sign of their own.
    pub(super) fn at_home(
        &self,
        noun: u16,
        told: Option<Currency>,
        homes: &Homes,
        own: &[Currency],
    ) -> Option<Currency> {
        let Noun { default, worldwide, by_country, .. } = &self.nouns[noun as usize];
        if !worldwide {
            let told_names = told.map_or(0, |told| homes.of(told) + 1);
            let names = |code: &Currency| homes.of(*code);
            let most = by_country.iter().map(|(_, code)| *code).rev().max_by_key(names);
            return most.filter(|code| homes.of(*code) > told_names).or(told);
        }
        // Money of all the world gives way only to that of a country that the text names more of, and half as much of as of any other.
        let Some(default) = *default else { return told };
        let marked = if own.contains(&default) { MARKED } else { 0 };
        let all = homes.most().map_or(0, |(_, names)| names);
        let press = by_country.iter().rev().filter(|(country, _)| self.own_press.contains(country));
        let other = press.map(|(_, code)| *code).filter(|code| *code != default).max_by_key(|code| homes.of(*code));
        let names = other.map_or(0, |other| homes.of(other));
        let is_home = names > 0 && names * 2 >= all && names + marked > homes.of(default);
        other.filter(|_| is_home).or(Some(default))
    }

    /// What a sign means behind its figure.
    pub(super) fn behind(&self, unit: Unit) -> Unit {
        match unit {
            Unit::Noun(noun) => self.nouns[noun as usize].behind.map_or(unit, Unit::Noun),
            unit => unit,
        }
    }

    /// Whether a currency is one that a noun may mean.
    pub(super) fn may_mean(&self, unit: Unit, other: Unit) -> bool {
        match (unit, other) {
            (Unit::Noun(noun), Unit::Code(code)) => {
                self.nouns[noun as usize].by_country.iter().any(|(_, possible)| *possible == code)
            }
            (Unit::Noun(one), Unit::Noun(other)) => {
                let codes = |noun: u16| self.nouns[noun as usize].by_country.iter().map(|(_, code)| *code);
                one == other || codes(one).any(|code| codes(other).any(|possible| possible == code))
            }
            (one, other) => one == other,
        }
    }

    /// What a text tells of the countries whose money shares a noun.
    pub(super) fn local(&self, text: &Text<'_>) -> Local {
        let tokens = text.tokens();
        let mut local = Local { named: Vec::with_capacity(tokens.len() / TOKENS_OF_A_COUNTRY), ..Local::default() };
        for (at, token) in tokens.iter().enumerate() {
            if self.countries.may_begin(token)
                && let Some(found) = self.countries.longest_at(text.vocabulary(), tokens, at)
                && let place = found.values[0]
                && place.letters.fit(&tokens[at..at + found.len])
            {
                local.named.push((at as u32, place.country));
                match local.countries.iter_mut().find(|(country, _)| *country == place.country) {
                    Some((_, count)) => *count += place.weight,
                    None => local.countries.push((place.country, place.weight)),
                }
            }
        }
        // A text that marks one dollar as such means another by the bare sign.
        local.marked = if local.countries.is_empty() { None } else { self.marked(text) };
        local
    }

    /// Which currency an ambiguous noun means in a text: that of the country it is about, when one is named clearly more often
    /// than the others that use the noun.
    fn own(&self, noun: &Noun, local: &Local) -> Option<Currency> {
        if noun.by_country.len() < 2 || local.countries.is_empty() {
            return None;
        }
        let mut sums: SmallVec<[(Currency, u32); 8]> = SmallVec::new();
        for (country, code) in &noun.by_country {
            let own = Some(*code) == noun.default || self.own_press.contains(country);
            if local.marked == Some(*code) || noun.worldwide && !own {
                continue;
            }
            let count = local.countries.iter().find(|(named, _)| named == country).map_or(0, |(_, count)| *count);
            match sums.iter_mut().find(|(known, _)| known == code) {
                Some((_, sum)) => *sum += count,
                None => sums.push((*code, count)),
            }
        }
        sums.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        // The default stands unless another country is named, and the default's own not as often.
        let count_min = if local.marked.is_some() || !noun.worldwide { 1 } else { 3 };
        let (code, count) = sums.first()?;
        (*count >= count_min && sums.get(1).is_none_or(|(_, second)| count > second)).then_some(*code)
    }
}

impl Currencies {
    /// The default dollar where a text writes it out as "US$".
    fn marked(&self, text: &Text<'_>) -> Option<Currency> {
        let tokens = text.tokens();
        let others = text.others().within(1..tokens.len());
        others.filter(|at| tokens[*at].kind == TokenKind::Symbol && tokens[at - 1].shape.all_capitals()).find_map(
            |at| {
                let found = self.signs.longest_in(text, at - 1, at + 1).filter(|found| found.len == 2)?;
                let Unit::Code(code) = found.values[0].unit else { return None };
                self.nouns.iter().any(|noun| noun.behind.is_some() && noun.default == Some(code)).then_some(code)
            },
        )
    }
}

/// How many names a text's own sign for the default ("US$") is worth against it where the bare sign stands.
const MARKED: u32 = 2;

/// How many tokens news has to a name of such a country, about: so much room is asked for at once.
const TOKENS_OF_A_COUNTRY: usize = 16;

/// What a text tells of the currencies that share a noun.
#[derive(Debug, Default)]
pub(super) struct Local {
    /// How often each country is named whose money shares its noun; adjectives count half.
    countries: SmallVec<[(u16, u32); 8]>,
    /// Where each is named, in the order of the text.
    named: Vec<(u32, u16)>,
    /// The default dollar, where the text writes it out.
    marked: Option<Currency>,
    /// The meanings of nouns asked so far; none is the default's.
    known: SmallVec<[(u16, Option<Currency>); 4]>,
}
