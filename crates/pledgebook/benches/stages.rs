//! One benchmark for each stage of reading, on text assembled from the bundled articles: `cargo bench -p pledgebook`.

use divan::{Bencher, counter::BytesCount};
use pledgebook_claims::Reader;
use pledgebook_commitments::Knowledge;
use pledgebook_document::{Document, Opener};
use pledgebook_ledger::{Ledger, NewDocument, Sqlite};
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Kind, Kinds};
use std::sync::Arc;

/// The languages of the bundled articles, with those in each.
const ARTICLES: [(&str, &[&str]); 2] = [
    (
        "fr",
        &[
            include_str!("../demo/1-londres-washington.md"),
            include_str!("../demo/2-technologies-visite.md"),
            include_str!("../demo/4-milliards.md"),
            include_str!("../demo/6-apres-la-signature.md"),
        ],
    ),
    ("en", &[include_str!("../demo/3-chip-chiefs.md"), include_str!("../demo/5-signed-at-chequers.md")]),
];
const LANGUAGES: [&str; 2] = ["fr", "en"];
/// About the length of a news article.
const ARTICLE_BYTES: usize = 3_000;

fn main() {
    divan::main();
}

/// The articles' text without front matter, one after the other, to the length of an article.
fn text(language: &str) -> String {
    let articles = ARTICLES.iter().find(|(code, _)| *code == language).map_or(&[][..], |(_, articles)| *articles);
    let bodies: Vec<&str> = articles.iter().filter_map(|article| article.splitn(3, "---").nth(2)).collect();
    let mut text = String::new();
    for body in bodies.iter().cycle().take(8 * bodies.len()) {
        text.push_str(body);
        if text.len() > ARTICLE_BYTES {
            break;
        }
    }
    text
}

fn document(language: &str) -> Document {
    let mut document = opener().text("bench", text(language));
    document.published = Some("2025-09-17".to_owned());
    document.lang = Some(language.to_owned());
    document
}

fn opener() -> Opener {
    Opener::new(&Data::embedded()).expect("the data in the tree is right")
}

fn reader(language: &str) -> Reader {
    Reader::new(&Data::embedded(), language).expect("the data in the tree is right")
}

#[divan::bench(args = LANGUAGES)]
fn a_document(bencher: Bencher, language: &str) {
    let (opener, text) = (opener(), text(language));
    bencher.counter(BytesCount::of_str(&text)).bench(|| opener.text("bench", text.as_str()));
}

#[divan::bench(args = LANGUAGES)]
fn b_text(bencher: Bencher, language: &str) {
    let (reader, document) = (reader(language), document(language));
    bencher.counter(BytesCount::of_str(document.text())).bench(|| reader.text(&document).tokens().len());
}

#[divan::bench(args = LANGUAGES)]
fn c_figures(bencher: Bencher, language: &str) {
    let (reader, document) = (reader(language), document(language));
    let kinds = Kinds::NONE.with(Kind::Money).with(Kind::Number).with(Kind::Thing);
    let text = reader.text(&document);
    bencher.counter(BytesCount::of_str(document.text())).bench(|| reader.mentions(&text, kinds));
}

#[divan::bench(args = LANGUAGES)]
fn c_times(bencher: Bencher, language: &str) {
    let (reader, document) = (reader(language), document(language));
    let text = reader.text(&document);
    bencher.counter(BytesCount::of_str(document.text())).bench(|| reader.mentions(&text, Kinds::NONE.with(Kind::Time)));
}

#[divan::bench(args = LANGUAGES)]
fn c_names(bencher: Bencher, language: &str) {
    let (reader, document) = (reader(language), document(language));
    let text = reader.text(&document);
    bencher.counter(BytesCount::of_str(document.text())).bench(|| reader.mentions(&text, Kinds::NONE.with(Kind::Name)));
}

#[divan::bench(args = LANGUAGES)]
fn d_claims(bencher: Bencher, language: &str) {
    let (reader, document) = (reader(language), document(language));
    let text = reader.text(&document);
    let mentions = reader.mentions(&text, Kinds::ALL);
    bencher.counter(BytesCount::of_str(document.text())).bench(|| reader.claims(&text, &mentions));
}

#[divan::bench(args = LANGUAGES)]
fn e_whole_reading(bencher: Bencher, language: &str) {
    let (reader, opener, text) = (reader(language), opener(), text(language));
    bencher.counter(BytesCount::of_str(&text)).bench(|| reader.read(&opener.text("bench", text.as_str())));
}

#[divan::bench(args = LANGUAGES, sample_count = 20)]
fn f_compile_data(bencher: Bencher, language: &str) {
    bencher.bench(|| reader(language));
}

/// A batch of 100 documents into an empty ledger in memory, joined.
#[divan::bench(args = LANGUAGES, sample_count = 10)]
fn g_ledger_append_100(bencher: Bencher, language: &str) {
    let (reader, document) = (reader(language), document(language));
    let claims = reader.read(&document).claims;
    let knowledge = Arc::new(Knowledge::load(&Data::embedded()).expect("the data in the tree is right"));
    let batch: Vec<NewDocument> = (0..100)
        .map(|number| {
            let mut document = Document::from_text(number.to_string(), format!("{number} {}", document.text()));
            document.published = Some(format!("2025-09-{:02}", 1 + number % 28));
            NewDocument::new(document, claims.clone(), "2025-09-30", "bench")
        })
        .collect();
    bencher
        .with_inputs(|| Sqlite::in_memory(knowledge.clone()).expect("memory can be had"))
        .bench_values(|mut ledger| ledger.append(&batch).expect("it is taken in"));
}
