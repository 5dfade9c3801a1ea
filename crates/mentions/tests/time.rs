//! The corpora of time mentions: every phrasing of `languages/*/corpus/time.md` means what it is listed under.

mod language;

use jiff::civil::Date;
use language::Language;
use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Day, Kind, Kinds, Time, Value, When, published_day, read};
use pledgebook_text::Text;
use proptest::prelude::*;
use std::{fmt::Write as _, fs, path::PathBuf, sync::OnceLock};

impl Language {
    /// The times of a text, each as the corpora write it.
    fn times(&self, text: &str, today: Option<Date>) -> Vec<String> {
        let document = Document::from_text("corpus", text);
        let text = Text::new(&document, &self.habits, &self.vocabulary);
        let mentions = read(&text, &self.tables, today, Kinds::NONE.with(Kind::Time)).list;
        mentions
            .iter()
            .filter_map(|mention| match &mention.value {
                Value::Time(time) => Some(written(time)),
                _ => None,
            })
            .collect()
    }

    fn published(&self, text: &str) -> Option<Date> {
        let document = Document::from_text("head", text);
        published_day(&Text::new(&document, &self.habits, &self.vocabulary), &self.tables)
    }
}

/// "2025-09-14", "2025..2029", "..2031", "P4Y", "2027..2031 P4Y".
fn written(time: &Time) -> String {
    let edge = |day: Option<Day>| day.map_or(String::new(), |day| day.to_string());
    let mut out = match time.when {
        When::At(day) => day.to_string(),
        When::Span { from, to } => format!("{}..{}", edge(from), edge(to)),
        When::Unplaced => String::new(),
    };
    if let Some(length) = time.length {
        let gap = if out.is_empty() { "" } else { " " };
        write!(out, "{gap}{length}").expect("writing to a string");
    }
    out
}

fn corpora() -> Vec<(String, String)> {
    let languages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../languages");
    Data::embedded()
        .languages()
        .into_iter()
        .map(|code| {
            let path = languages.join(code).join("corpus/time.md");
            (code.to_owned(), fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        })
        .collect()
}

/// The day that a corpus is read on, its phrasings with what they mean, and those that are no time.
fn parse(corpus: &str) -> (Date, Vec<(String, String)>, Vec<String>) {
    let heading = corpus.lines().next().unwrap_or_default();
    let today =
        heading.rsplit("today = ").next().and_then(|day| day.trim().parse().ok()).expect("a heading with a day");
    let (mut pairs, mut phrases, mut not_this) = (Vec::new(), Vec::new(), false);
    for line in corpus.lines().skip(1) {
        if let Some(title) = line.strip_prefix("## ") {
            not_this = title == "Not this";
        } else if let Some(phrase) = line.strip_prefix("- ") {
            phrases.push(phrase.to_owned());
        } else if let Some(value) = line.strip_prefix("= ") {
            pairs.extend(phrases.drain(..).map(|phrase| (phrase, value.trim().to_owned())));
        }
    }
    assert!(not_this, "a corpus ends with what is no time");
    (today, pairs, phrases)
}

#[test]
fn every_phrasing_means_what_its_corpus_says() {
    let mut wrong = String::new();
    for (code, corpus) in corpora() {
        let language = Language::new(&code);
        let (today, pairs, not_this) = parse(&corpus);
        assert!(pairs.len() >= 120, "{code} has {} phrasings of time, fewer than 120", pairs.len());
        for (phrase, value) in pairs {
            let times = language.times(&phrase, Some(today));
            if times != [value.as_str()] {
                writeln!(wrong, "{code}: {phrase} = {value}, read as {}", times.join(" and ")).expect("writing");
            }
        }
        for phrase in not_this {
            let times = language.times(&phrase, Some(today));
            if !times.is_empty() {
                writeln!(wrong, "{code}: {phrase} is no time, read as {}", times.join(" and ")).expect("writing");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_day_of_publication_is_found_in_the_head() {
    let day = |text: &str| Some(text.parse::<Date>().expect("a day"));
    for (code, head, published) in [
        (
            "fr",
            "Un accord historique\n\nChas Pravdy - 14 septembre 2025 04:28\n\nLe Royaume-Uni et les États-Unis signent.",
            day("2025-09-14"),
        ),
        ("fr", "Titre\n\nNantes, le 3 mars 2026, de notre correspondant.", day("2026-03-03")),
        ("en", "A deal\nPublished 3 March 2025\nThe firm will invest.", day("2025-03-03")),
        ("en", "Abu Dhabi, UAE; 17 January 2025: The company said it would build.", day("2025-01-17")),
        ("de", "Ein Vertrag\nPubliziert: 7.11.2025, 18:22 Uhr\nDie Firma baut.", day("2025-11-07")),
        ("es", "Por Equipo | Domingo 21 de diciembre, 2025 | 11:42", day("2025-12-21")),
        ("uk", "Київ, 10 вересня 2025 року. Компанія підписала угоду.", day("2025-09-10")),
        // No year, or a date that the story tells, is none of publication.
        ("en", "LONDON, Sept 14 (Agency) - Norway will buy five frigates.", None),
        (
            "en",
            "The company that was founded by two brothers in a small town in the north of the country opened its first factory there on 3 March 1961.",
            None,
        ),
    ] {
        assert_eq!(Language::new(code).published(head), published, "{code}: {head}");
    }
}

#[test]
fn relative_times_need_an_anchor_and_keep_it() {
    let english = Language::new("en");
    assert!(english.times("The minister said on Tuesday, next week or in May.", None).is_empty());
    let document = Document::from_text("anchor", "By 2030 or next week.");
    let text = Text::new(&document, &english.habits, &english.vocabulary);
    let today: Date = "2026-01-15".parse().expect("a day");
    let anchors: Vec<Option<Date>> = read(&text, &english.tables, Some(today), Kinds::NONE.with(Kind::Time))
        .list
        .iter()
        .filter_map(|mention| match &mention.value {
            Value::Time(time) => Some(time.anchor),
            _ => None,
        })
        .collect();
    assert_eq!(anchors, [None, Some(today)]);
}

#[test]
fn edges_are_told_as_exactly_as_the_text_tells_them() {
    let day = |year, month, day| Day { year, month, day };
    let time = |when| Time { when, length: None, named: None, anchor: None };
    let by_2030 = time(When::Span { from: None, to: Some(day(2031, None, None)) });
    assert_eq!(by_2030.until(), Some(day(2030, None, None)));
    assert_eq!(by_2030.days(), (None, "2031-01-01".parse().ok()));
    let may = time(When::At(day(2025, Some(5), None)));
    assert_eq!(may.days(), ("2025-05-01".parse().ok(), "2025-06-01".parse().ok()));
    assert_eq!((may.since(), may.until()), (may.until(), Some(day(2025, Some(5), None))));
    let march = time(When::Span { from: None, to: Some(day(2029, Some(4), Some(1))) });
    assert_eq!(march.until(), Some(day(2029, Some(3), Some(31))));
}

/// The languages with the words of their corpora, loaded once for all properties.
fn languages() -> &'static Vec<(String, Language, Vec<String>)> {
    static LANGUAGES: OnceLock<Vec<(String, Language, Vec<String>)>> = OnceLock::new();
    LANGUAGES.get_or_init(|| {
        corpora()
            .into_iter()
            .map(|(code, corpus)| {
                let mut words: Vec<String> = corpus.split_whitespace().map(str::to_owned).collect();
                words.sort_unstable();
                words.dedup();
                let language = Language::new(&code);
                (code, language, words)
            })
            .collect()
    })
}

/// Reads a text and checks that every mention covers a run of its own tokens, in order and apart.
fn spans_hold(language: &Language, text: &str, today: Option<Date>) {
    let document = Document::from_text("soup", text);
    let text = Text::new(&document, &language.habits, &language.vocabulary);
    let mut last = 0;
    for mention in read(&text, &language.tables, today, Kinds::NONE.with(Kind::Time)).list {
        assert!(mention.tokens.start < mention.tokens.end && mention.tokens.start >= last);
        assert_eq!(mention.bytes, text.bytes(mention.tokens.clone()));
        assert_eq!(&text.source()[mention.bytes.clone()], text.slice(mention.tokens.clone()));
        if let Value::Time(time) = &mention.value {
            if let (Some(from), Some(to)) = time.days() {
                assert!(from < to, "{}", text.slice(mention.tokens.clone()));
            }
            assert!(time.anchor.is_none() || today.is_some());
        }
        last = mention.tokens.end;
    }
    let _ = published_day(&text, &language.tables);
}

/// How the languages of the house write a day: a pattern with the day, the name of the month and the year.
const WRITTEN: [(&str, &str, [&str; 12]); 6] = [
    (
        "de",
        "am {d}. {m} {y}",
        [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
    ),
    (
        "en",
        "on {d} {m} {y}",
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    ),
    (
        "es",
        "el {d} de {m} de {y}",
        [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
    ),
    (
        "fr",
        "le {d} {m} {y}",
        [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
    ),
    (
        "it",
        "il {d} {m} {y}",
        [
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ],
    ),
    (
        "uk",
        "{d} {m} {y} року",
        [
            "січня",
            "лютого",
            "березня",
            "квітня",
            "травня",
            "червня",
            "липня",
            "серпня",
            "вересня",
            "жовтня",
            "листопада",
            "грудня",
        ],
    ),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,80}", day in -3_000_000i32..3_000_000) {
        let today = Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(day.clamp(-700_000, 2_900_000))).ok();
        for (_, language, _) in languages() {
            spans_hold(language, &text, today);
        }
    }

    #[test]
    fn words_of_time_in_any_order_are_read_without_panic(
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0usize..6), 0..30),
        today in prop::option::of(0i32..40_000),
    ) {
        let today = today.and_then(|days| Date::constant(1970, 1, 1).checked_add(jiff::Span::new().days(days)).ok());
        for (_, language, words) in languages() {
            let mut text = String::new();
            for (pick, gap) in &picks {
                text.push_str(pick.get::<String>(words));
                text.push_str([" ", " ", " ", "-", ", ", ""][*gap]);
            }
            spans_hold(language, &text, today);
        }
    }

    #[test]
    fn a_day_written_in_a_language_is_read_back(year in 1990i16..2060, ordinal in 1i16..366) {
        let date = Date::constant(2001, 1, 1).with().year(year).build().and_then(|first| {
            first.checked_add(jiff::Span::new().days(ordinal - 1))
        }).expect("a day");
        for (code, pattern, months) in WRITTEN {
            let (_, language, _) = languages().iter().find(|(known, ..)| known == code).expect("a language of the house");
            let long = pattern
                .replace("{d}", &date.day().to_string())
                .replace("{m}", months[date.month() as usize - 1])
                .replace("{y}", &date.year().to_string());
            for text in [long, date.to_string()] {
                prop_assert_eq!(language.times(&text, None), [date.to_string()], "{}: {}", code, text);
            }
        }
    }
}
