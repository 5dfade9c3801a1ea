//! Mentions: what a text names, counts, pays and dates, each with its span and the rule that read it.

mod explain;
mod figures;
mod mention;
pub mod names;
mod quotes;
pub mod record;
mod time;

pub use explain::{Step, explain};
pub use figures::{MoneyWriter, restated};
pub use mention::{
    Currency, Day, Kind, Kinds, Length, Mention, Money, Name, NameType, Number, Qualifier, Quote, Thing, Time, Value,
    When,
};
pub use names::{Entities, Entity};

use jiff::civil::Date;
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Habits, Text, Vocabulary};
use std::ops::Range;

/// The compiled data of one language that mentions are read with.
#[derive(Debug)]
pub struct Tables {
    figures: figures::Tables,
    time: time::Tables,
    names: names::Tables,
    quotes: quotes::Tables,
}

impl Tables {
    /// Compiles a language's data, adding its words to `vocabulary`; the caller seals the vocabulary afterwards.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn compile(data: &Data, code: &str, habits: &Habits, vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        Ok(Self {
            figures: figures::Tables::compile(data, code, habits, vocabulary)?,
            time: time::Tables::compile(data, code, habits, vocabulary)?,
            names: names::Tables::compile(data, code, habits, vocabulary)?,
            quotes: quotes::Tables::compile(data, code, habits, vocabulary)?,
        })
    }
}

impl Tables {
    /// The same without the learnt weights for names, as those are learnt.
    pub fn unlearnt(self) -> Self {
        Self { names: self.names.unlearnt(), ..self }
    }

    /// Whether the language gives common nouns a capital.
    pub fn capital_nouns(&self) -> bool {
        self.names.capital_nouns
    }
}

/// What a text mentions, and the bearers of its names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mentions {
    /// The mentions in the order of the text; of two that begin together the longer one first.
    pub list: Vec<Mention>,
    /// The people, organisations, countries, places and instruments that the names in `list` name.
    pub entities: Entities,
}

/// How many tokens news has to a mention, about: so much room is asked for at once.
const TOKENS_OF_A_MENTION: usize = 5;

/// Reads the mentions of the asked kinds. `anchor` is the day that "Tuesday" and "next week" are told from, usually the day of
/// publication; without it such times are left out.
pub fn read(text: &Text<'_>, tables: &Tables, anchor: Option<Date>, kinds: Kinds) -> Mentions {
    read_each(&[(text, anchor)], tables, kinds).pop().unwrap_or_default()
}

/// Reads the mentions of several texts, each with its anchor: what [`read`] gives for each. Every kind is read in all of them before the
/// next, so that its code and tables are fetched once.
pub fn read_each(texts: &[(&Text<'_>, Option<Date>)], tables: &Tables, kinds: Kinds) -> Vec<Mentions> {
    let room = |text: &Text<'_>| Vec::with_capacity(text.tokens().len() / TOKENS_OF_A_MENTION);
    let mut all: Vec<Mentions> =
        texts.iter().map(|(text, _)| Mentions { list: room(text), entities: Entities::default() }).collect();
    let mut assumed = Vec::with_capacity(texts.len());
    if kinds.has(Kind::Number) || kinds.has(Kind::Money) || kinds.has(Kind::Thing) {
        let read = texts.iter().zip(&mut all);
        assumed.extend(read.map(|((text, _), all)| figures::read(text, &tables.figures, kinds, &mut all.list)));
    }
    if kinds.has(Kind::Time) {
        for ((text, anchor), mentions) in texts.iter().zip(&mut all) {
            let figures = mentions.list.len();
            let untold = time::read(text, &tables.time, *anchor, &mut mentions.list);
            part(&mut mentions.list, figures);
            // The 30 of "March 30" counts nothing, whatever year it is.
            mentions.list.retain(|mention| {
                let inside = |time: &Range<usize>| time.start <= mention.tokens.start && mention.tokens.end <= time.end;
                untold.is_empty() || !matches!(mention.value, Value::Number(_)) || !untold.iter().any(inside)
            });
        }
    }
    if kinds.has(Kind::Quote) {
        for ((text, _), mentions) in texts.iter().zip(&mut all) {
            quotes::read(text, &tables.quotes, &mut mentions.list);
        }
    }
    if kinds.has(Kind::Name) {
        names::read_each(texts.iter().map(|(text, _)| *text), &tables.names, &mut all);
        for (((text, _), mentions), assumed) in texts.iter().zip(&mut all).zip(&assumed) {
            figures::settle(text, &tables.figures, assumed, mentions, |code| tables.names.money(code));
        }
    }
    for mentions in &mut all {
        mentions.list.sort_by_cached_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
    }
    all
}

/// Parts figures, the first `figures` of the mentions, from the times behind them where both claim a word: the longer one keeps
/// it, and a time keeps it before a bare number ("2025").
fn part(mentions: &mut Vec<Mention>, figures: usize) {
    let (amounts, times) = mentions.split_at(figures);
    let mut dropped = vec![false; mentions.len()];
    let mut first = 0;
    for (index, time) in times.iter().enumerate() {
        while first < figures && amounts[first].tokens.end <= time.tokens.start {
            first += 1;
        }
        for (at, amount) in amounts.iter().enumerate().skip(first) {
            if amount.tokens.start >= time.tokens.end {
                break;
            }
            let bare = matches!(amount.value, Value::Number(_));
            let loses = if bare || time.tokens.len() > amount.tokens.len() { at } else { figures + index };
            dropped[loses] = true;
        }
    }
    let mut dropped = dropped.into_iter();
    mentions.retain(|_| !dropped.next().unwrap_or(false));
}

/// The day of publication as the head of the text tells it, for documents that give none: a byline ("Published 3 March 2025")
/// or a dateline ("Nantes, le 3 mars 2026, …"). Only whole dates count, so nothing is guessed.
pub fn published_day(text: &Text<'_>, tables: &Tables) -> Option<Date> {
    time::published_day(text, &tables.time)
}
