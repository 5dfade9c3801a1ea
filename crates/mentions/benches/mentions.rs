//! Throughput of reading figures and times in news text, per language: the annotated texts of `gold/train`, already cut to tokens.
//!
//! `cargo bench -p pledgebook-mentions`; one core, the bytes of the text a second, and how often memory is asked for while
//! reading (columns of `alloc`): a few times for the lists of results, never for a token.

use divan::{AllocProfiler, Bencher, counter::BytesCount};
use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Kind, Kinds, Tables, read};
use pledgebook_text::{Habits, Text, Vocabulary};
use std::{fs, path::PathBuf};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The articles of a language, one after the other.
fn news(code: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../gold/train").join(code);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("gold/train").flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).unwrap_or_default() + "\n\n").collect()
}

fn bench(bencher: Bencher<'_, '_>, code: &str, kinds: Kinds) {
    let data = Data::embedded();
    let habits = Habits::load(&data, code).expect("language.toml is right");
    let mut vocabulary = Vocabulary::new();
    let tables = Tables::compile(&data, code, &habits, &mut vocabulary).expect("the data files are right");
    vocabulary.seal();
    let document = Document::from_text("bench", news(code));
    let text = Text::new(&document, &habits, &vocabulary);
    let today = "2026-01-15".parse().ok();
    bencher
        .counter(BytesCount::new(document.text().len()))
        .bench_local(|| read(divan::black_box(&text), &tables, today, kinds).list.len());
}

#[divan::bench(args = Data::embedded().languages())]
fn figures(bencher: Bencher<'_, '_>, code: &str) {
    bench(bencher, code, Kinds::NONE.with(Kind::Money).with(Kind::Thing).with(Kind::Number));
}

#[divan::bench(args = Data::embedded().languages())]
fn times(bencher: Bencher<'_, '_>, code: &str) {
    bench(bencher, code, Kinds::NONE.with(Kind::Time));
}

#[divan::bench(args = Data::embedded().languages())]
fn figures_and_times(bencher: Bencher<'_, '_>, code: &str) {
    bench(bencher, code, Kinds::NONE.with(Kind::Money).with(Kind::Thing).with(Kind::Number).with(Kind::Time));
}
