//! One benchmark for each stage of reading and each language, on the articles of `gold/train`: `cargo bench -p pledgebook`.
//! The figures are bytes of articles a second; a round reads all articles of the language.

use divan::{Bencher, counter::BytesCount};
use pledgebook_claims::Reader;
use pledgebook_commitments::Knowledge;
use pledgebook_document::{Document, Opener};
use pledgebook_ledger::{Ledger, NewDocument, Sqlite};
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Kind, Kinds};
use std::{fs, sync::Arc};

fn main() {
    divan::main();
}

fn languages() -> Vec<&'static str> {
    Data::embedded().languages()
}

/// The articles of a language, as they stand in the gold set.
fn articles(language: &str) -> Vec<String> {
    let folder = format!("{}/../../gold/train/{language}", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

fn bytes(articles: &[String]) -> BytesCount {
    BytesCount::new(articles.iter().map(String::len).sum::<usize>())
}

fn documents(language: &str) -> Vec<Document> {
    let opener = opener();
    let document = |article: String| {
        let mut document = opener.text("bench", article);
        document.published = Some("2025-09-17".to_owned());
        document
    };
    articles(language).into_iter().map(document).collect()
}

fn opener() -> Opener {
    Opener::new(&Data::embedded()).expect("the data in the tree is right")
}

fn reader(language: &str) -> Reader {
    Reader::new(&Data::embedded(), language).expect("the data in the tree is right")
}

/// Times reading the mentions of some kinds.
fn mentions(bencher: Bencher, language: &str, kinds: Kinds) {
    let (reader, documents) = (reader(language), documents(language));
    let texts: Vec<_> = documents.iter().map(|document| reader.text(document)).collect();
    bencher
        .counter(bytes(&articles(language)))
        .bench(|| texts.iter().map(|text| reader.mentions(text, kinds).list.len()).sum::<usize>());
}

#[divan::bench(args = languages())]
fn a_document(bencher: Bencher, language: &str) {
    let (opener, articles) = (opener(), articles(language));
    let read = || articles.iter().map(|article| opener.text("bench", article.as_str()).blocks().len()).sum::<usize>();
    bencher.counter(bytes(&articles)).bench(read);
}

#[divan::bench(args = languages())]
fn b_text(bencher: Bencher, language: &str) {
    let (reader, documents) = (reader(language), documents(language));
    let read = || documents.iter().map(|document| reader.text(document).tokens().len()).sum::<usize>();
    bencher.counter(bytes(&articles(language))).bench(read);
}

#[divan::bench(args = languages())]
fn c_figures(bencher: Bencher, language: &str) {
    mentions(bencher, language, Kinds::NONE.with(Kind::Money).with(Kind::Number).with(Kind::Thing));
}

#[divan::bench(args = languages())]
fn c_times(bencher: Bencher, language: &str) {
    mentions(bencher, language, Kinds::NONE.with(Kind::Time));
}

#[divan::bench(args = languages())]
fn c_names(bencher: Bencher, language: &str) {
    mentions(bencher, language, Kinds::NONE.with(Kind::Name));
}

#[divan::bench(args = languages())]
fn d_claims(bencher: Bencher, language: &str) {
    let (reader, documents) = (reader(language), documents(language));
    let texts: Vec<_> = documents.iter().map(|document| reader.text(document)).collect();
    let read: Vec<_> = texts.iter().map(|text| (text, reader.mentions(text, Kinds::ALL))).collect();
    let claims = || read.iter().map(|(text, mentions)| reader.claims(text, mentions).len()).sum::<usize>();
    bencher.counter(bytes(&articles(language))).bench(claims);
}

#[divan::bench(args = languages())]
fn e_whole_reading(bencher: Bencher, language: &str) {
    let (reader, opener, articles) = (reader(language), opener(), articles(language));
    let read = || {
        articles.iter().map(|article| reader.read(&opener.text("bench", article.as_str())).claims.len()).sum::<usize>()
    };
    bencher.counter(bytes(&articles)).bench(read);
}

#[divan::bench(args = languages(), sample_count = 20)]
fn f_compile_data(bencher: Bencher, language: &str) {
    bencher.bench(|| reader(language));
}

/// A batch of 100 documents into an empty ledger in memory, joined.
#[divan::bench(args = languages(), sample_count = 10)]
fn g_ledger_append_100(bencher: Bencher, language: &str) {
    let (reader, documents) = (reader(language), documents(language));
    let knowledge = Arc::new(Knowledge::load(&Data::embedded()).expect("the data in the tree is right"));
    let batch: Vec<NewDocument> = (0..100)
        .zip(documents.iter().cycle())
        .map(|(number, document)| {
            let claims = reader.read(document).claims;
            let mut document = Document::from_text(number.to_string(), format!("{number} {}", document.text()));
            document.published = Some(format!("2025-09-{:02}", 1 + number % 28));
            NewDocument::new(document, claims, "2025-09-30", "bench")
        })
        .collect();
    bencher
        .with_inputs(|| Sqlite::in_memory(knowledge.clone()).expect("memory can be had"))
        .bench_values(|mut ledger| ledger.append(&batch).expect("it is taken in"));
}
