//! Numbers, money and things: the corpora of every language, and properties that hold for any text.

use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Kind, Kinds, Mention, Qualifier, Tables, Value, read};
use pledgebook_text::{Habits, Text, Vocabulary};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::{fmt::Write, path::PathBuf, sync::OnceLock};

struct Language {
    code: &'static str,
    habits: Habits,
    vocabulary: Vocabulary,
    tables: Tables,
}

fn languages() -> &'static [Language] {
    static LANGUAGES: OnceLock<Vec<Language>> = OnceLock::new();
    LANGUAGES.get_or_init(|| {
        let data = Data::embedded();
        data.languages()
            .into_iter()
            .map(|code| {
                let habits = Habits::load(&data, code).unwrap_or_else(|error| panic!("{code}: {error}"));
                let mut vocabulary = Vocabulary::new();
                let tables = Tables::compile(&data, code, &habits, &mut vocabulary)
                    .unwrap_or_else(|error| panic!("{code}: {error}"));
                vocabulary.seal();
                Language { code, habits, vocabulary, tables }
            })
            .collect()
    })
}

fn mentions(language: &Language, source: &str, kinds: Kinds) -> Vec<Mention> {
    let document = Document::from_text("case", source);
    let text = Text::new(&document, &language.habits, &language.vocabulary);
    read(&text, &language.tables, None, kinds).list
}

/// A figure as corpora write it: `about EUR 500`, `EUR 30..50`, `20%`, `12 train`.
fn told(value: &Value) -> String {
    let (min, max, qualifier, before, after) = match value {
        Value::Number(number) => {
            (number.min, number.max, number.qualifier, String::new(), if number.percent { "%" } else { "" }.to_owned())
        }
        Value::Money(money) => {
            let currency = money.currency.map_or("none".to_owned(), |currency| currency.to_string());
            (money.min, money.max, money.qualifier, format!("{currency} "), String::new())
        }
        Value::Thing(thing) => (thing.min, thing.max, thing.qualifier, String::new(), format!(" {}", thing.unit)),
        other => return format!("{:?}", other.kind()),
    };
    let word = match qualifier {
        Qualifier::Exact | Qualifier::Range => "",
        Qualifier::About => "about ",
        Qualifier::UpTo => "up_to ",
        Qualifier::AtLeast => "at_least ",
        Qualifier::Vague => "vague ",
    };
    let figure = match (min, max) {
        (Some(min), Some(max)) if min != max => format!("{}..{}", min.normalize(), max.normalize()),
        (min, max) => min.or(max).map_or(String::new(), |value| value.normalize().to_string()),
    };
    format!("{word}{before}{figure}{after}")
}

/// Reads every phrase of a corpus and lists those that are not read as the corpus says.
fn check(sort: &str, kind: Kind) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../languages");
    let mut wrong = String::new();
    let mut phrases = 0;
    for language in languages() {
        let path = root.join(language.code).join("corpus").join(format!("{sort}.md"));
        let corpus = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let (forbidden, groups) = {
            let (groups, forbidden) = corpus.split_once("## Not this").unwrap_or((&corpus, ""));
            (forbidden, groups)
        };
        let mut group: Vec<&str> = Vec::new();
        for line in groups.lines() {
            if let Some(phrase) = line.strip_prefix("- ") {
                group.push(phrase);
            } else if let Some(wanted) = line.strip_prefix("= ") {
                for phrase in group.drain(..) {
                    phrases += 1;
                    let found: Vec<String> = mentions(language, phrase, Kinds::NONE.with(kind))
                        .iter()
                        .map(|mention| told(&mention.value))
                        .collect();
                    if !found.iter().any(|found| found == wanted) {
                        writeln!(wrong, "{} '{phrase}': wanted {wanted}, read {found:?}", language.code)
                            .expect("writing to a string");
                    }
                }
            }
        }
        for phrase in forbidden.lines().filter_map(|line| line.strip_prefix("- ")) {
            let found = mentions(language, phrase, Kinds::NONE.with(kind));
            if !found.is_empty() {
                writeln!(wrong, "{} '{phrase}': read {}", language.code, told(&found[0].value))
                    .expect("writing to a string");
            }
        }
    }
    assert!(phrases > 0, "no {sort} corpus was found");
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn money_is_read_as_the_corpora_say() {
    check("money", Kind::Money);
}

#[test]
fn numbers_are_read_as_the_corpora_say() {
    check("number", Kind::Number);
}

#[test]
fn things_are_read_as_the_corpora_say() {
    check("thing", Kind::Thing);
}

#[test]
fn a_document_about_a_country_means_its_dollar() {
    let english = languages().iter().find(|language| language.code == "en").unwrap();
    let found = mentions(english, "Canada and Ontario will each put $5 million into it, Ottawa said.", Kinds::ALL);
    let money: Vec<String> = found.iter().filter(|m| m.value.kind() == Kind::Money).map(|m| told(&m.value)).collect();
    assert_eq!(money, ["CAD 5000000"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_every_span_round_trips(source in "(\\PC|[0-9 .,$€£-]|million|mille|und|milliards|мільйон){0,60}") {
        for language in languages() {
            let document = Document::from_text("any", source.as_str());
            let text = Text::new(&document, &language.habits, &language.vocabulary);
            let kinds = Kinds::NONE.with(Kind::Money).with(Kind::Number).with(Kind::Thing);
            for mention in read(&text, &language.tables, None, kinds).list {
                prop_assert!(!mention.tokens.is_empty());
                prop_assert_eq!(&mention.bytes, &text.bytes(mention.tokens.clone()));
                prop_assert!(text.source().get(mention.bytes.clone()).is_some());
            }
        }
    }

    #[test]
    fn an_amount_in_digits_reads_back(units in 1u64..2_000_000_000, cents in 0u32..100) {
        for language in languages() {
            // The patterns of the corpora's languages differ in their marks alone.
            let mark = if language.code == "en" { '.' } else { ',' };
            let source = format!("EUR {units}{mark}{cents:02}");
            let found = mentions(language, &source, Kinds::NONE.with(Kind::Money));
            let wanted = Decimal::from(units) + Decimal::new(i64::from(cents), 2);
            prop_assert_eq!(found.len(), 1, "{} {}", language.code, source);
            prop_assert_eq!(told(&found[0].value), format!("EUR {}", wanted.normalize()));
        }
    }
}
