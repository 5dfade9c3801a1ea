//! Sentences of real news style in every language, and the invariants of tokens.

use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_text::{Habits, Identified, Identifier, Text, Vocabulary};
use proptest::prelude::*;
use std::{error::Error, fs, path::Path};

fn sentences(code: &str, source: &str) -> Vec<String> {
    let document = Document::from_text("t", source);
    let habits = Habits::load(&Data::embedded(), code).expect("habits");
    let mut vocabulary = Vocabulary::new();
    vocabulary.seal();
    let text = Text::new(&document, &habits, &vocabulary);
    text.sentences().iter().map(|sentence| text.slice(sentence.tokens.clone()).to_owned()).collect()
}

fn check(code: &str, expected: &[&str]) {
    assert_eq!(sentences(code, &expected.join(" ")), expected, "language {code}");
}

#[test]
fn stops_of_abbreviations_initials_and_ordinals_end_nothing() {
    check(
        "en",
        &[
            "Mr. Ford met the U.S. envoy, J. P. Osei, at Acme Corp. on Monday.",
            "He paid $1.5 million.",
            "\"No.\"",
            "It left the U.S.",
            "The rest is in No. 5.",
        ],
    );
    check("fr", &["M. Dupont a vu Mme. Martin mardi.", "« C’est fait. »", "Il part."]);
    check("de", &["Am 3. Mai flossen 1,5 Mrd. Euro an die Dr. Oetker KG.", "Das war 2021.", "Dann kam z.B. Intel."]);
    check("es", &["El Sr. Pérez viajó a EE. UU. con 3.000 millones.", "¿Y ahora?", "Nada."]);
    check("it", &["L'on. Rossi ha visto il sig. Bianchi.", "Poi più nulla."]);
    check("uk", &["Уряд виділив 500 млн. грн на вул. Хрещатик.", "Це все."]);
}

#[test]
fn a_stop_of_some_abbreviations_ends_a_sentence_where_a_word_begins_one() {
    check("uk", &["Уряд виділив 500 млн.", "Гроші підуть на школи.", "Ще 20 млн. дол. дасть ЄБРР."]);
    check("it", &["La regione dà 20 mln.", "Il resto arriva da Roma."]);
    check("de", &["Die Stadt zahlt 20 Mio.", "Der Bund gibt 30 Mio. Euro.", "Mehr nicht."]);
}

#[test]
fn a_missing_space_after_the_stop_still_ends_a_sentence() {
    assert_eq!(sentences("fr", "et l’infrastructure.Liz Kendall a dit oui.").len(), 2);
    assert_eq!(sentences("en", "See Booking.com today.").len(), 1);
}

#[test]
fn lines_are_blocks_and_end_sentences() {
    assert_eq!(sentences("en", "A headline without stop\nThe text begins").len(), 2);
}

#[test]
fn what_goes_on_without_a_stop_is_cut_somewhere() {
    let list = "Ann Lee, ".repeat(2_000);
    assert!(sentences("en", &list).iter().all(|sentence| sentence.split(' ').count() <= 400));
}

#[test]
fn languages_are_told_apart() {
    let identifier = Identifier::new(&Data::embedded()).expect("identifier");
    for (code, text) in [
        ("fr", "Le Royaume-Uni et les États-Unis vont signer un accord majeur."),
        ("en", "The two governments will sign a major agreement next week."),
        ("es", "El Gobierno anunció una inversión de mil millones de euros."),
        ("de", "Die Bundesregierung will die neue Fabrik mit Milliarden fördern."),
        ("it", "Il governo ha annunciato un nuovo accordo con l'azienda."),
        ("uk", "Уряд України підписав угоду про фінансування на п'ять років."),
    ] {
        assert_eq!(identifier.identify(text), Identified::Supported(code));
    }
    assert_eq!(
        identifier.identify("Правительство подписало новое соглашение о сотрудничестве"),
        Identified::Unsupported("rus")
    );
    assert_eq!(identifier.identify("12 345"), Identified::Unknown);
}

/// The first bytes of an article are enough ([`pledgebook_text::LOOKED_AT`]).
#[test]
fn articles_of_the_gold_set_are_told_apart() -> Result<(), Box<dyn Error>> {
    let data = Data::embedded();
    let identifier = Identifier::new(&data)?;
    for code in data.languages() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gold/train").join(code);
        let mut articles = 0;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let told = identifier.identify(&fs::read_to_string(&path)?);
            assert_eq!(told, Identified::Supported(code), "{}", path.display());
            articles += 1;
        }
        assert!(articles > 300, "{code}: {articles}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_ordered_tokens_on_character_boundaries_in_exactly_one_sentence(source in any::<String>()) {
        let document = Document::from_text("t", source.clone());
        let habits = Habits::load(&Data::embedded(), "fr").expect("habits");
        let mut vocabulary = Vocabulary::new();
        vocabulary.seal();
        let text = Text::new(&document, &habits, &vocabulary);
        let mut end = 0;
        for token in text.tokens() {
            prop_assert!(token.start >= end && token.start < token.end);
            prop_assert!(source.get(token.start as usize..token.end as usize).is_some());
            end = token.end;
        }
        let mut next = 0;
        for sentence in text.sentences() {
            prop_assert_eq!(sentence.tokens.start, next);
            prop_assert!(sentence.tokens.end > next);
            next = sentence.tokens.end;
        }
        prop_assert_eq!(next, text.tokens().len());
    }
}
