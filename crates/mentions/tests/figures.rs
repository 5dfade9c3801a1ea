//! Numbers, money and things: the corpora of every language, and properties that hold for any text.

use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Currency, Kind, Kinds, Mention, Money, MoneyWriter, Qualifier, Tables, Value, read};
use pledgebook_text::{Habits, Text, Vocabulary};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::{fmt::Write, path::PathBuf, sync::OnceLock};

struct Language {
    code: &'static str,
    habits: Habits,
    vocabulary: Vocabulary,
    tables: Tables,
    writer: MoneyWriter,
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
                let writer = MoneyWriter::load(&data, code).unwrap_or_else(|error| panic!("{code}: {error}"));
                Language { code, habits, vocabulary, tables, writer }
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

#[test]
fn a_sum_without_currency_has_the_one_told_last_in_its_paragraph() {
    let english = languages().iter().find(|language| language.code == "en").unwrap();
    let text = "The bank lends $5 million and $6 million.\n\nThe city adds €7 million, then 8 million.\n\nNext come 9 million.";
    let found = mentions(english, text, Kinds::NONE.with(Kind::Money));
    let money: Vec<String> = found.iter().map(|mention| told(&mention.value)).collect();
    assert_eq!(money, ["USD 5000000", "USD 6000000", "EUR 7000000", "EUR 8000000", "USD 9000000"]);
}

/// Amounts as news tells them: of any size, round or to the cent.
fn figures() -> impl Strategy<Value = Decimal> {
    (1i64..1_000_000, 0u32..10, 0u32..4).prop_map(|(digits, zeros, decimals)| {
        let figure = Decimal::new(digits, decimals.min(2)) * Decimal::from(10i64.pow(zeros));
        figure.normalize()
    })
}

/// Any currency of the data, those with names in every language more often.
fn currencies() -> impl Strategy<Value = Currency> {
    let codes = include_str!("../../../knowledge/currencies.toml");
    let all: Vec<Currency> =
        codes.lines().filter_map(|line| Currency::new(line.strip_prefix("code = \"")?.strip_suffix('"')?)).collect();
    let common: Vec<Currency> = ["EUR", "USD", "GBP", "UAH", "CHF", "JPY", "CNY", "CAD"]
        .iter()
        .filter_map(|code| Currency::new(code))
        .collect();
    prop_oneof![proptest::sample::select(common), proptest::sample::select(all)]
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
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..120), tail in "[0-9 .,:/%$€-]{0,30}") {
        let source = String::from_utf8_lossy(&bytes).into_owned() + &tail;
        for language in languages() {
            let document = Document::from_text("bytes", source.as_str());
            let text = Text::new(&document, &language.habits, &language.vocabulary);
            for mention in read(&text, &language.tables, "2026-01-15".parse().ok(), Kinds::ALL).list {
                prop_assert_eq!(&mention.bytes, &text.bytes(mention.tokens.clone()));
                prop_assert!(text.source().get(mention.bytes.clone()).is_some_and(|words| !words.is_empty()));
            }
        }
    }

    #[test]
    fn an_amount_written_in_a_language_reads_back_as_the_amount(
        figure in figures(),
        times in 2u32..900,
        order in 3u32..12,
        currency in currencies(),
        sort in 0usize..6,
    ) {
        let higher = figure.checked_mul(Decimal::from(times)).map(|more| more / Decimal::ONE_HUNDRED + figure);
        let (min, max, qualifier) = match sort {
            0 => (Some(figure), Some(figure), Qualifier::Exact),
            1 => (Some(figure), Some(figure), Qualifier::About),
            2 => (None, Some(figure), Qualifier::UpTo),
            3 => (Some(figure), None, Qualifier::AtLeast),
            4 => (Some(figure), higher.map(|higher| higher.round_dp(2)), Qualifier::Range),
            _ => (Some(Decimal::from(10u64.pow(order))), None, Qualifier::Vague),
        };
        for language in languages() {
            let writer = &language.writer;
            let money = Money { min, max, currency: Some(currency), qualifier, precision: None };
            let Some(written) = writer.money(&money) else {
                return Err(TestCaseError::fail(format!("{} writes nothing", language.code)));
            };
            let found = mentions(language, &written, Kinds::NONE.with(Kind::Money));
            let read: Vec<&Money> = found.iter().filter_map(|mention| match &mention.value {
                Value::Money(money) => Some(money),
                _ => None,
            }).collect();
            prop_assert_eq!(read.len(), 1, "{} {:?}", language.code, written);
            let back = (read[0].min, read[0].max, read[0].currency);
            prop_assert_eq!(back, (min, max, Some(currency)), "{} {:?}", language.code, &written);
            // A vague amount that the language has no word for is written as the floor that it is.
            let floor = qualifier == Qualifier::Vague && read[0].qualifier == Qualifier::AtLeast;
            prop_assert!(floor || read[0].qualifier == qualifier, "{} {:?}", language.code, written);
        }
    }
}
