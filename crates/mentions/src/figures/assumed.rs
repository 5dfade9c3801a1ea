//! Sums whose currency their own words do not tell: "$40 million" where many have dollars, "27 to 29 million" of nothing. What else the
//! text tells decides: its other sums, and the countries of its names.

use super::{Tables, restated};
use crate::{Currency, Mention, Mentions, Money, NameType, Value, names};
use pledgebook_text::Text;
use smallvec::SmallVec;
use std::{cmp::Reverse, ops::Range};

/// A sum whose currency is assumed.
#[derive(Debug, Clone, Copy)]
pub struct Assumed {
    /// Its first token.
    pub(super) start: usize,
    /// The noun or sign that several currencies share; none where it names no money at all.
    pub(super) noun: Option<u16>,
}

impl Assumed {
    /// Whether it names no money at all.
    fn names_none(&self) -> bool {
        self.noun.is_none()
    }
}

/// How many names the place in a dateline is worth.
const DATELINE: u32 = 4;
/// How many names more must speak for another currency than for the one told before.
const MORE_THAN_TOLD: u32 = 8;

/// How many names of a text are of countries with a currency.
#[derive(Debug, Default)]
pub(super) struct Homes(SmallVec<[(Currency, u32); 8]>);

impl Homes {
    /// Of the names of a text; `money` gives the currency of a country by its ISO code. Adjectives tell where somebody is from, and little
    /// of where a text plays.
    fn new(mentions: &Mentions, money: impl Fn(&str) -> Option<Currency>) -> Self {
        let mut homes = Self::default();
        for mention in &mentions.list {
            let Value::Name(name) = &mention.value else { continue };
            if name.anaphor || name.adjective && name.sort == NameType::Country {
                continue;
            }
            let country = mentions.entities.get(name.entity).and_then(|entity| entity.country.as_deref());
            let Some(currency) = country.and_then(&money) else { continue };
            let count = if mention.rule == names::DATELINE { DATELINE } else { 1 };
            match homes.0.iter_mut().find(|(known, _)| *known == currency) {
                Some((_, names)) => *names += count,
                None => homes.0.push((currency, count)),
            }
        }
        homes
    }

    /// How many names speak for a currency.
    pub(super) fn of(&self, currency: Currency) -> u32 {
        self.0.iter().find(|(known, _)| *known == currency).map_or(0, |(_, names)| *names)
    }

    /// The currency that most speak for, with their number; of two as often named the first.
    pub(super) fn most(&self) -> Option<(Currency, u32)> {
        self.0.iter().rev().max_by_key(|(_, names)| *names).copied()
    }

    /// The currency of a sum without any: the one told before, unless far more names speak for another.
    fn or_told(&self, told: Option<Currency>) -> Option<Currency> {
        let speaks = |(_, names): &(Currency, u32)| told.is_none_or(|told| *names >= self.of(told) + MORE_THAN_TOLD);
        self.most().filter(speaks).map(|(currency, _)| currency).or(told)
    }
}

/// The sums among the mentions of a text, each with what is assumed of it.
fn sums<'m>(
    mentions: &'m mut [Mention],
    mut assumed: &'m [Assumed],
) -> impl Iterator<Item = (Range<usize>, &'m mut Money, Option<&'m Assumed>)> {
    mentions.iter_mut().filter_map(move |mention| {
        let Value::Money(money) = &mut mention.value else { return None };
        let start = mention.tokens.start;
        assumed = &assumed[assumed.partition_point(|sum| sum.start < start)..];
        Some((mention.tokens.clone(), money, assumed.first().filter(|sum| sum.start == start)))
    })
}

/// Tells the currencies of assumed sums again, once the names of their text are known; `money` gives the currency of a country by its
/// ISO code. What names count for was chosen by the sums of pledges in `gold/train`: of 2,200 with a noun that currencies share some 50
/// stay wrong (141 by the countries that the text names), of 2,300 that name no money some 130 (292 by the other sums).
pub fn settle(
    text: &Text<'_>,
    tables: &Tables,
    assumed: &[Assumed],
    mentions: &mut Mentions,
    money: impl Fn(&str) -> Option<Currency>,
) {
    if assumed.is_empty() {
        return;
    }
    let homes = Homes::new(mentions, money);
    let plain = sums(&mut mentions.list, assumed).filter(|(.., assumed)| assumed.is_none());
    let own: SmallVec<[Currency; 8]> = plain.filter_map(|(_, money, _)| money.currency).collect();
    for (_, money, assumed) in sums(&mut mentions.list, assumed) {
        if let Some(noun) = assumed.and_then(|assumed| assumed.noun) {
            money.currency = tables.currencies.at_home(noun, money.currency, &homes, &own);
        }
    }
    inherit(text, tables, &mut mentions.list, assumed, &homes);
}

/// Gives figures like "27 to 29 million" the currency told before them in their sentence; else the one told last in their block, or
/// the one that the text tells most of its money in (of two as frequent, the one told first), unless far more names speak for another.
pub(super) fn inherit(text: &Text<'_>, tables: &Tables, mentions: &mut [Mention], assumed: &[Assumed], homes: &Homes) {
    if !assumed.iter().any(Assumed::names_none) {
        return;
    }
    let mut told: SmallVec<[(Currency, usize, usize); 8]> = SmallVec::new();
    let mut near: SmallVec<[Option<(Currency, bool)>; 8]> = SmallVec::new();
    let (mut end, mut last) = (None, None);
    for (at, (tokens, money, assumed)) in sums(mentions, assumed).enumerate() {
        // What is only told again in another currency says nothing about the currency of the text.
        let again = end.replace(tokens.end).is_some_and(|end| restated::links(text, tables, end, tokens.start));
        let sentence = text.sentence_of(tokens.start);
        let block = text.sentences().get(sentence).map(|sentence| sentence.block);
        if assumed.is_some_and(Assumed::names_none) {
            let here = last.filter(|(_, _, there)| *there == block);
            near.push(here.map(|(currency, before, _)| (currency, before == sentence)));
            continue;
        }
        let Some(currency) = money.currency.filter(|_| !again) else { continue };
        last = Some((currency, sentence, block));
        match told.iter_mut().find(|(known, ..)| *known == currency) {
            Some((_, count, _)) => *count += 1,
            None => told.push((currency, 1, at)),
        }
    }
    // The first one told wins a tie: conversions come second.
    let most = told.iter().max_by_key(|(_, count, first)| (*count, Reverse(*first))).map(|(currency, ..)| *currency);
    let open = sums(mentions, assumed).filter(|(.., assumed)| assumed.is_some_and(Assumed::names_none));
    for ((_, money, _), near) in open.zip(near) {
        money.currency = match near {
            Some((currency, true)) => Some(currency),
            near => homes.or_told(near.map(|(currency, _)| currency).or(most)),
        };
    }
}
