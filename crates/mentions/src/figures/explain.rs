//! The parts that a figure was put together from.

use super::{Finder, Tables, amount::Amount, numeral::Numeral, words::Word};
use crate::{Mention, Value, explain::Step};
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

pub fn explain(text: &Text<'_>, tables: &Tables, mention: &Mention) -> Vec<Step> {
    let Some(sentence) = text.sentences().get(text.sentence_of(mention.tokens.start)) else { return Vec::new() };
    let sentence = sentence.tokens.clone();
    let mut finder = Finder::new(text, tables);
    finder.find(sentence.clone());
    let holds = |amount: &&Amount| amount.start <= mention.tokens.start && mention.tokens.start < amount.end;
    let Some(amount) = finder.amounts.iter().find(holds).copied() else { return Vec::new() };
    let figure = amount.first.start..amount.last.map_or(amount.first.end, |last| last.end);
    let mut steps = Vec::new();
    let qualified = tables.qualifiers.found(text, &tables.ranges, &amount, mention.tokens.end, &sentence);
    if let Some((qualifier, words)) = qualified.filter(|_| !amount.vague && !amount.range) {
        steps.push(Step::new(text, qualifier.word(), words, Vec::new()));
    }
    let unit = |steps: &mut Vec<Step>, tokens: Range<usize>| {
        if !tokens.is_empty() {
            steps.push(Step::new(text, unit_of(&mention.value), tokens, Vec::new()));
        }
    };
    unit(&mut steps, mention.tokens.start..figure.start);
    match amount.last.filter(|last| last.start < mention.tokens.end) {
        Some(last) => {
            let parts = vec![finder.figure(&amount.first), finder.figure(&last)];
            steps.push(Step::new(text, "<number> to <number>", figure.clone(), parts));
        }
        None => steps.push(finder.figure(&amount.first)),
    }
    unit(&mut steps, figure.end.min(mention.tokens.end)..mention.tokens.end);
    steps.sort_by_key(|step| step.bytes.start);
    steps
}

impl Finder<'_, '_> {
    /// A numeral and the words of counting that it is made of.
    fn figure(&self, numeral: &Numeral) -> Step {
        let text = self.reader.text;
        let mut words = Vec::new();
        let mut at = numeral.start;
        while at < numeral.end {
            let (rule, len) = match self.reader.glued_scale(at, numeral.end) {
                Some((scale, end)) if at > numeral.start => (format!("times {}", scale.normalize()), end - at),
                _ if text.tokens()[at].kind == TokenKind::Number => ("<digits>".to_owned(), 1),
                _ => match self.reader.word(at, numeral.end) {
                    Some((word, len)) => (role(word), len),
                    None => (String::new(), 1),
                },
            };
            if !rule.is_empty() {
                words.push(Step::new(text, rule, at..at + len, Vec::new()));
            }
            at += len;
        }
        let digits = text.tokens()[numeral.start].kind == TokenKind::Number;
        let rule = match (numeral.vague, digits, words.len()) {
            (true, ..) => "<order of magnitude>",
            (_, true, 0 | 1) => "<digits>",
            (_, true, _) => "<digits> <scale>",
            _ => "<number words>",
        };
        let words = if words.len() > 1 { words } else { Vec::new() };
        Step::new(text, format!("{rule} = {}", numeral.value.normalize()), numeral.start..numeral.end, words)
    }
}

fn unit_of(value: &Value) -> String {
    match value {
        Value::Money(money) => match money.currency {
            Some(currency) => format!("currency {currency}"),
            None => "<sum>".to_owned(),
        },
        Value::Thing(thing) => format!("unit {}", thing.unit),
        _ => "percent".to_owned(),
    }
}

/// What a word does in a number.
fn role(word: Word) -> String {
    match word {
        Word::Add { value, .. } => format!("plus {}", value.normalize()),
        Word::Times { value } | Word::Vague { value, .. } | Word::Collective { value } => {
            format!("times {}", value.normalize())
        }
        Word::Places { digits } => format!("{digits} digits"),
        Word::Fraction { value } => format!("part {}", value.round_dp(4).normalize()),
        Word::Few => "several".to_owned(),
        Word::Article => "article".to_owned(),
        Word::Joiner => "and".to_owned(),
        Word::Point => "point".to_owned(),
        Word::Minus => "minus".to_owned(),
        Word::Over => "out of".to_owned(),
        Word::Percent => "percent".to_owned(),
        Word::Compound => "compound".to_owned(),
        Word::Ordinal | Word::Link | Word::Pronoun => String::new(),
    }
}
