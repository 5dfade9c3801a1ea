//! Which currency a sum means that its own words leave open, where the names of its text are known.

mod language;

use language::Language;
use pledgebook_document::Document;
use pledgebook_mentions::{Kind, Kinds, Value, read};
use pledgebook_text::Text;

/// The sums of a text with their currencies, "-" for none.
fn sums(code: &str, source: &str, kinds: Kinds) -> Vec<String> {
    let Language { habits, vocabulary, tables } = Language::new(code);
    let document = Document::from_text("test", source);
    let text = Text::new(&document, &habits, &vocabulary);
    let mentions = read(&text, &tables, None, kinds);
    let sums = mentions.list.iter().filter_map(|mention| match &mention.value {
        Value::Money(money) => Some(money.currency.map_or_else(|| "-".to_owned(), |currency| currency.to_string())),
        _ => None,
    });
    sums.collect()
}

const FIGURES: Kinds = Kinds::NONE.with(Kind::Money);
const ALL: Kinds = FIGURES.with(Kind::Name);

#[test]
fn a_shared_sign_is_the_money_of_where_the_text_plays() {
    for (code, text, currency) in [
        ("en", "WINNIPEG — The city of Winnipeg will spend $40 million on buses. Toronto bought some in May.", "CAD"),
        ("en", "CHICAGO — The city of Chicago will spend $40 million on buses. Toronto bought some in May.", "USD"),
        ("es", "MEDELLÍN – La alcaldía de Medellín pondrá $90.000 millones. Cali y Bogotá no ponen nada.", "COP"),
        ("fr", "CASABLANCA – Rabat et Casablanca mettront 4 millions de dirhams dans le projet.", "MAD"),
    ] {
        assert_eq!(sums(code, text, ALL), [currency], "{code}: {text}");
    }
}

#[test]
fn one_country_among_many_does_not_change_the_worlds_money() {
    let text = "GENEVA — Donors met in Geneva and Zurich. Berlin, Paris, Rome and Madrid came, and so did Tokyo. \
                Vancouver sent nobody. The fund is to hold $640 million.";
    assert_eq!(sums("en", text, ALL), ["USD"]);
}

#[test]
fn a_sum_without_currency_is_money_of_where_the_text_plays() {
    for (code, text, currencies) in [
        ("it", "NARNI – Narni e Terni hanno promesso 25 milioni per lo stadio.", &["EUR"][..]),
        ("uk", "Львів і Тернопіль дадуть 88 мільйонів на новий корпус.", &["UAH"]),
        // What the sentence itself has told goes before.
        (
            "it",
            "ROMA – Roma e Milano: il fondo darà 30 milioni di dollari, poi 25 milioni per lo stadio.",
            &["USD", "USD"],
        ),
    ] {
        assert_eq!(sums(code, text, ALL), currencies, "{code}: {text}");
    }
}

#[test]
fn without_names_the_countries_that_are_named_tell() {
    let text = "Canada pays $40 million. Canada has the money, says Canada.";
    assert_eq!(sums("en", text, FIGURES), ["CAD"]);
    assert_eq!(sums("it", "Narni e Terni hanno promesso 25 milioni per lo stadio.", FIGURES), ["-"]);
}
