//! Numbers, money and things.
//!
//! A sentence is read in steps: numerals ([`numeral`]), their units before and behind ([`amount`]), ranges and shared units
//! ([`range`]), what qualifies them ([`qualifier`]), what they count ([`thing`]); then each becomes the mention it is.

mod amount;
mod assumed;
mod currency;
mod data;
mod decimals;
mod digits;
mod explain;
mod fraction;
mod magnitude;
mod numeral;
mod qualifier;
mod range;
mod restated;
mod tally;
mod thing;
mod words;
mod writing;

pub use assumed::{Assumed, settle};
pub use explain::explain;
pub use restated::restated;
pub(crate) use thing::designation;
pub use writing::MoneyWriter;

use crate::{Currency, Kind, Kinds, Mention, Money, Number, Qualifier, Value};
use amount::Amount;
use assumed::Homes;
use currency::{Currencies, Local, Unit};
use data::{MoneyFile, NumberFile};
use digits::Style;
use numeral::{Numeral, Reader};
use pledgebook_lexicon::{Data, Error};
use pledgebook_text::{Habits, Phrases, TableSet, Text, TokenKind, Vocabulary};
use qualifier::Qualifiers;
use range::Ranges;
use rust_decimal::Decimal;
use std::ops::Range;
use thing::Things;
use words::{Word, Words};

/// Compiled data of this module.
#[derive(Debug)]
pub struct Tables {
    style: Style,
    words: Words,
    ranges: Ranges,
    qualifiers: Qualifiers,
    currencies: Currencies,
    things: Things,
    money_links: Phrases<()>,
    not_codes: Phrases<()>,
    minor_marks: Phrases<()>,
    ellipsis: Phrases<()>,
    counted_with: Phrases<()>,
    counted_names: Vec<String>,
    restates: Phrases<()>,
}

impl Tables {
    pub fn compile(data: &Data, code: &str, habits: &Habits, vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        let mut number: NumberFile = data.language_table(code, "number.toml")?;
        let source = data.language_file(code, "number.toml");
        let money: MoneyFile = data.language_table(code, "money.toml")?;
        let mut set = |forms: &[String]| {
            let mut phrases = Phrases::new();
            for form in forms {
                phrases.insert(vocabulary, habits, form, ());
            }
            phrases
        };
        let money_links = set(&money.links);
        let not_codes = set(&money.not_codes);
        let minor_marks = set(&money.minor_marks);
        let ellipsis = set(&money.ellipsis);
        let counted_with = set(&money.counted_with);
        let restates = set(&money.restates);
        let ranges = Ranges::compile(&number.range, habits, vocabulary);
        let qualifiers = Qualifiers::compile(&number.qualifiers, habits, vocabulary);
        Ok(Self {
            style: Style { decimal: number.digits.decimal, group: number.digits.group, mixed: number.digits.mixed },
            words: Words::compile(&mut number, source.as_ref(), habits, vocabulary)?,
            ranges,
            qualifiers,
            currencies: Currencies::compile(data, &money, habits, vocabulary)?,
            things: Things::compile(data, code, habits, vocabulary)?,
            money_links,
            not_codes,
            minor_marks,
            ellipsis,
            counted_with,
            counted_names: money.counted_names.clone(),
            restates,
        })
    }
}

/// Reads the figures of a text, and returns the sums whose currency is assumed; `kinds` says which sorts are wanted.
pub fn read(text: &Text<'_>, tables: &Tables, kinds: Kinds, mentions: &mut Vec<Mention>) -> Vec<Assumed> {
    let first = mentions.len();
    let mut finder = Finder::new(text, tables);
    for sentence in text.sentences() {
        finder.find(sentence.tokens.clone());
        finder.tell(sentence.tokens.clone(), kinds, mentions);
    }
    assumed::inherit(text, tables, &mut mentions[first..], &finder.assumed, &Homes::default());
    finder.assumed
}

/// How many amounts few sentences exceed: room for so many is asked for once a text.
const AMOUNTS_OF_A_SENTENCE: usize = 8;

/// What a token may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Figure,
    /// An article, which counts one where something counted follows.
    Article,
    /// "One" of so many tokens, with nothing around it that could make more of it.
    One(usize),
    /// No figure; that many tokens are passed.
    Nothing(usize),
}

fn is_number(text: &Text<'_>, at: usize) -> bool {
    text.tokens().get(at).is_some_and(|token| token.kind == TokenKind::Number)
}

struct Finder<'t, 'd> {
    reader: Reader<'t, 'd>,
    tables: &'t Tables,
    local: Option<Local>,
    amounts: Vec<Amount>,
    assumed: Vec<Assumed>,
}

impl<'t, 'd> Finder<'t, 'd> {
    fn new(text: &'t Text<'d>, tables: &'t Tables) -> Self {
        let style = Style::of(text.source(), text.tokens(), tables.style);
        let reader = Reader { text, words: &tables.words, style, folded: String::new() };
        let amounts = Vec::with_capacity(AMOUNTS_OF_A_SENTENCE);
        Self { reader, tables, local: None, amounts, assumed: Vec::new() }
    }

    /// Collects the amounts of a sentence.
    fn find(&mut self, sentence: Range<usize>) {
        self.amounts.clear();
        let text = self.reader.text;
        let tokens = &text.tokens()[..sentence.end];
        let mut at = sentence.start;
        let mut taken = sentence.start;
        // Most tokens are passed by at the price of a comparison.
        let may_start = self.tables.words.openers.openers().with(TableSet::NUMBERS);
        while at < sentence.end {
            let Some(next) = tokens[at..].iter().position(|token| token.opens.meets(may_start)) else { break };
            let from = at;
            at += next;
            // The sign of a figure stands before it, a mark of decimals perhaps between.
            if tokens[at].kind == TokenKind::Number
                && let Some(sign) = (at.saturating_sub(2).max(from)..at).find(|sign| self.signs(*sign))
            {
                at = sign;
            }
            let starts = match tokens[at].kind {
                TokenKind::Number => Start::Figure,
                TokenKind::Word => self.word_starts(at, &sentence),
                TokenKind::Mark | TokenKind::Symbol if self.signs(at) => Start::Figure,
                _ => Start::Nothing(1),
            };
            let numeral = match starts {
                Start::Nothing(len) => {
                    at += len;
                    continue;
                }
                Start::One(len) => {
                    self.amounts.push(Amount::of(Numeral::mere(
                        at..at + len,
                        Decimal::ONE,
                        Decimal::ONE,
                        Decimal::ONE,
                    )));
                    at += len;
                    taken = at;
                    continue;
                }
                Start::Figure | Start::Article => self.reader.read(at, sentence.end),
            };
            match numeral.map(|numeral| self.told_twice(numeral, sentence.end)) {
                Some(numeral) => {
                    let amount = self.amount(numeral, taken, sentence.end);
                    taken = amount.end;
                    at = amount.percent.unwrap_or(amount.end).max(at + 1);
                    self.amounts.push(amount);
                }
                None => match (starts == Start::Article).then(|| self.one_and_cents(at, taken, sentence.end)).flatten()
                {
                    Some(amount) => {
                        (taken, at) = (amount.end, amount.end);
                        self.amounts.push(amount);
                    }
                    None => at += 1,
                },
            }
        }
        if self.amounts.len() > 1 {
            range::join(text, &self.tables.ranges, &self.tables.currencies, &mut self.amounts, sentence.start);
        }
    }

    /// Whether the token is digits of a designation and counts nothing: those of "F-35" and "A320", but not those of "EUR-50", "R50" and
    /// "twenty-5".
    fn designates(&self, at: usize) -> bool {
        let text = self.reader.text;
        let begins = |before: &usize| thing::designation(text, at - before, at + 1) == Some(at + 1);
        let Some(before) = (1..=at.min(2)).find(begins) else { return false };
        let (word, hyphen) = (at - before, before == 2);
        let letters = text.form(word).chars().count();
        // A letter with a hyphen is no currency, and three capitals right before digits may be one that no list has.
        let money = self.tables.currencies.signs.longest_in(text, word, at).is_some() && !(hyphen && letters == 1)
            || !hyphen && letters == 3 && text.tokens()[word].shape.all_capitals();
        let counts = self.reader.word(word, at).is_some_and(|(word, _)| !matches!(word, Word::Article));
        !money && !counts
    }

    /// What a known word may begin, asked once for each, before anything is tried on it.
    fn word_starts(&self, at: usize, sentence: &Range<usize>) -> Start {
        let text = self.reader.text;
        match self.reader.word(at, sentence.end) {
            None => Start::Nothing(1),
            Some((word, _)) if !word.opens() => Start::Nothing(1),
            Some((Word::Pronoun, len)) => Start::Nothing(len),
            // "half" of something that is no number.
            Some((Word::Fraction { .. }, len))
                if !self.reader.is_hyphen(at + len, sentence.end)
                    && self.reader.word(at + len, sentence.end).is_none() =>
            {
                Start::Nothing(1)
            }
            // "au moins" takes nothing away.
            Some((Word::Minus, _)) if self.tables.qualifiers.ends(text, sentence.start, at) => Start::Nothing(1),
            Some((Word::Article, len)) => {
                let next = at + len;
                let counts = next < sentence.end
                    && !self.designates(next)
                    && (text.tokens()[next].kind != TokenKind::Word
                        || self.reader.word(next, sentence.end).is_some()
                        || self.tables.currencies.signs.longest_in(text, next, sentence.end).is_some());
                if counts { Start::Article } else { Start::Nothing(1) }
            }
            Some((Word::Add { value, .. }, len)) if self.is_bare_one(value, at..at + len, sentence) => Start::One(len),
            Some(_) => Start::Figure,
        }
    }

    /// Whether a number word is a "one" that is an article as well, before a word and with no sign of money near it.
    fn is_bare_one(&self, value: Decimal, word: Range<usize>, sentence: &Range<usize>) -> bool {
        let (tables, tokens) = (self.tables, self.reader.text.tokens());
        let signs = &tables.currencies.signs;
        let from = sentence.start.max(word.start.saturating_sub(amount::SIGN_TOKENS_MAX));
        tables.words.counting.silent_one
            && value == Decimal::ONE
            && word.end < sentence.end
            && tokens[word.end].kind == TokenKind::Word
            && !tables.words.phrases.may_begin(&tokens[word.end])
            && !tables.money_links.may_begin(&tokens[word.end])
            && !signs.may_begin(&tokens[word.end])
            && !tokens[from..word.start].iter().any(|token| signs.may_begin(token))
    }

    /// Whether a mark may begin a figure: "-5", "- 5" on a line of its own, ".77", "-,08".
    fn signs(&self, at: usize) -> bool {
        let text = self.reader.text;
        let tokens = text.tokens();
        let figure = |at: usize| is_number(text, at) && tokens[at].shape.glued();
        match text.form(at) {
            "." | "," => figure(at + 1),
            "-" | "−" | "–" => {
                figure(at + 1)
                    || tokens[at].shape.line_start() && is_number(text, at + 1)
                    || figure(at + 2) && tokens[at + 1].shape.glued() && matches!(text.form(at + 1), "." | ",")
            }
            _ => false,
        }
    }

    /// Takes in the same figure told again in brackets, as contracts do: "45 (forty-five)".
    fn told_twice(&mut self, numeral: Numeral, end: usize) -> Numeral {
        let opens = |at: usize, mark: &str| at < end && self.reader.text.form(at) == mark;
        if !opens(numeral.end, "(") || numeral.end + 1 >= end {
            return numeral;
        }
        match self.reader.read(numeral.end + 1, end) {
            Some(again)
                if again.value == numeral.value
                    && again.digits != numeral.digits
                    && again.end < end
                    && self.reader.text.form(again.end) == ")" =>
            {
                Numeral { end: again.end + 1, ..numeral }
            }
            _ => numeral,
        }
    }

    /// "a dollar and 42 cents": an article counts one where cents follow.
    fn one_and_cents(&mut self, at: usize, taken: usize, end: usize) -> Option<Amount> {
        let numeral = self.reader.article(at, end)?;
        let amount = self.amount(numeral, taken, end);
        (amount.unit.is_some() && amount.place < Decimal::ONE).then_some(amount)
    }

    /// Makes mentions of the amounts of a sentence.
    fn tell(&mut self, sentence: Range<usize>, kinds: Kinds, mentions: &mut Vec<Mention>) {
        let amounts = std::mem::take(&mut self.amounts);
        for (index, amount) in amounts.iter().enumerate() {
            let counts = |amount: &Amount| {
                !self.designates(amount.start)
                    && !self.tables.things.is_of_a_name(self.reader.text, amount.start, sentence.start)
            };
            let next = amounts[index + 1..].iter().find(|next| counts(next)).map_or(sentence.end, |next| next.start);
            let things = kinds.has(Kind::Thing) && counts(amount);
            let money = kinds.has(Kind::Money);
            // "380 milioni nelle officine" are no workshops, "un milione e 157 mila famiglie" are households.
            let sum = !self.tables.counted_with.is_empty() && self.ends_in_scale(amount);
            let told = money && self.money(amount, sentence.clone(), mentions)
                || money && sum && self.ellipsis(amount, sentence.clone(), mentions)
                || things && self.thing(amount, next, sentence.clone(), mentions)
                || money && !sum && self.ellipsis(amount, sentence.clone(), mentions);
            if !told && kinds.has(Kind::Number) {
                self.number(amount, &sentence, mentions);
            }
        }
        self.amounts = amounts;
    }

    /// The currency of a unit; `before` are the tokens of the sentence before its amount.
    fn currency(&mut self, unit: Unit, before: Range<usize>) -> Option<Currency> {
        let text = self.reader.text;
        let currencies = &self.tables.currencies;
        if let Unit::Noun(_) = unit {
            let local = self.local.get_or_insert_with(|| currencies.local(text));
            return currencies.resolve(unit, local, before);
        }
        currencies.resolve(unit, &mut Local::default(), before)
    }

    fn money(&mut self, amount: &Amount, sentence: Range<usize>, mentions: &mut Vec<Mention>) -> bool {
        let (currency, rule, noun) = match amount.unit {
            Some(unit) => (self.currency(unit, sentence.start..amount.start), amount.rule(), unit.noun()),
            None if amount.sum => (None, "<sum>", None),
            None => return false,
        };
        if amount.unit.is_none() || noun.is_some() {
            self.assumed.push(Assumed { start: amount.start, noun });
        }
        self.push_money(amount, currency, rule, &sentence, mentions);
        true
    }

    /// "27 to 29 million", where nothing follows that they could count.
    fn ellipsis(&mut self, amount: &Amount, sentence: Range<usize>, mentions: &mut Vec<Mention>) -> bool {
        let text = self.reader.text;
        if amount.fraction || amount.percent.is_some() || self.is_model(amount) {
            return false;
        }
        let ends = amount.end >= sentence.end
            || matches!(text.tokens()[amount.end].kind, TokenKind::Mark)
                && !matches!(text.form(amount.end), "-" | "‐" | "‑")
            || self.tables.ellipsis.longest_in(text, amount.end, sentence.end).is_some()
            || self.counts_nothing(amount.end, sentence.end);
        if !ends
            || amount.scale.max(if amount.first.digits { Decimal::ONE } else { amount.low }) < Decimal::from(1_000_000)
        {
            return false;
        }
        self.assumed.push(Assumed { start: amount.start, noun: None });
        self.push_money(amount, None, "<number> <scale>", &sentence, mentions);
        true
    }

    /// Whether a figure is part of the name of a model, and its letter no million: "A400M", "C-390M".
    fn is_model(&self, amount: &Amount) -> bool {
        let (text, last) = (self.reader.text, amount.end - 1);
        self.designates(amount.start) && text.tokens()[last].shape.capital() && text.form(last).len() == 1
    }

    /// Whether the last word of a figure is one for millions, or a part of them.
    fn ends_in_scale(&self, amount: &Amount) -> bool {
        let last = self.reader.word(amount.end - 1, amount.end);
        matches!(last, Some((Word::Times { value } | Word::Vague { value, .. }, _)) if value >= Decimal::from(1_000_000))
            || matches!(last, Some((Word::Fraction { .. }, _)))
    }

    /// Whether a word follows that no millions can count: nothing links the two ("80 milioni stanziati"), a name of no people is linked
    /// ("300 millions d'Ottawa"), or it is no noun.
    fn counts_nothing(&self, at: usize, end: usize) -> bool {
        let (text, tables) = (self.reader.text, self.tables);
        let is_word = |at: usize| at < end && text.tokens()[at].kind == TokenKind::Word;
        if !is_word(at) {
            return false;
        }
        if tables.counted_with.is_empty() {
            return text.ends_as_verb(at) || text.is_no_noun(at);
        }
        let Some(link) = tables.counted_with.longest_in(text, at, end) else { return true };
        let name = at + link.len;
        let people = |ending: &String| text.form(name).ends_with(ending.as_str());
        is_word(name)
            && text.tokens()[name].shape.capital()
            && !tables.counted_names.iter().any(people)
            && !tables.things.is_unit(text, name, end)
    }

    fn push_money(
        &self,
        amount: &Amount,
        currency: Option<Currency>,
        rule: &'static str,
        sentence: &Range<usize>,
        mentions: &mut Vec<Mention>,
    ) {
        let text = self.reader.text;
        let (min, max, qualifier) =
            self.tables.qualifiers.bounds(text, &self.tables.ranges, amount, amount.end, sentence);
        let money = Money { min, max, currency, qualifier, precision: Some(amount.place.normalize()) };
        mentions.push(Mention {
            tokens: amount.start..amount.end,
            bytes: text.bytes(amount.start..amount.end),
            value: Value::Money(money),
            rule,
        });
    }

    fn thing(&mut self, amount: &Amount, next: usize, sentence: Range<usize>, mentions: &mut Vec<Mention>) -> bool {
        let text = self.reader.text;
        let Some((unit, end)) = self.tables.things.unit(text, amount, next, &sentence) else { return false };
        let (min, max, qualifier) = self.tables.qualifiers.bounds(text, &self.tables.ranges, amount, end, &sentence);
        mentions.push(Mention {
            tokens: amount.start..end,
            bytes: text.bytes(amount.start..end),
            value: Value::Thing(crate::Thing { min, max, qualifier, unit }),
            rule: "<number> <unit>",
        });
        true
    }

    fn number(&mut self, amount: &Amount, sentence: &Range<usize>, mentions: &mut Vec<Mention>) {
        let text = self.reader.text;
        if let Some(percent) = amount.percent {
            let (min, max, qualifier) =
                self.tables.qualifiers.bounds(text, &self.tables.ranges, amount, percent, sentence);
            mentions.push(Mention {
                tokens: amount.start..percent,
                bytes: text.bytes(amount.start..percent),
                value: Value::Number(Number { min, max, qualifier, percent: true }),
                rule: "<number> percent",
            });
            return;
        }
        for numeral in [Some(amount.first), amount.last].into_iter().flatten() {
            if numeral.article || !thing::stands_alone(text, &numeral, sentence) {
                continue;
            }
            let one = !numeral.digits && numeral.value == Decimal::ONE && numeral.end - numeral.start == 1;
            if one && self.tables.words.counting.silent_one && sentence.len() > 1 {
                continue;
            }
            let qualifier = if numeral.vague { Qualifier::Vague } else { Qualifier::Exact };
            let max = (!numeral.vague).then_some(numeral.value);
            mentions.push(Mention {
                tokens: numeral.start..numeral.end,
                bytes: text.bytes(numeral.start..numeral.end),
                value: Value::Number(Number { min: Some(numeral.value), max, qualifier, percent: false }),
                rule: if numeral.digits { "<digits>" } else { "<number words>" },
            });
        }
    }
}
