//! Throughput of reading figures and times in news text, per language: the annotated articles of `gold/train`, one after the other.
//!
//! `cargo bench -p pledgebook-mentions`; one core, the bytes of the text a second. `figures`, `times` and `figures_and_times` read a
//! text that is cut to tokens and sentences already, `tokens` does that cutting, and `from_plain_text` both: from a string in memory
//! to the list of mentions, sorted, each with its span, value and rule. Names and quotes, and what blocks an article has, are not
//! in any of them. The columns of `alloc` tell how often memory is asked for: some hundred times for lists of results, the names of
//! counted units and the tokens' own list, never for a token.

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

/// What is measured.
#[derive(Clone, Copy)]
struct Scope {
    /// Whether cutting to tokens and sentences is measured.
    cut: bool,
    kinds: Kinds,
}

fn bench(bencher: Bencher<'_, '_>, code: &str, scope: Scope) {
    let data = Data::embedded();
    let habits = Habits::load(&data, code).expect("language.toml is right");
    let mut vocabulary = Vocabulary::new();
    let tables = Tables::compile(&data, code, &habits, &mut vocabulary).expect("the data files are right");
    vocabulary.seal();
    let document = Document::from_text("bench", news(code));
    let cut = || Text::new(divan::black_box(&document), &habits, &vocabulary);
    let find = |text: &Text<'_>| read(text, &tables, "2026-01-15".parse().ok(), scope.kinds).list.len();
    let bencher = bencher.counter(BytesCount::new(document.text().len()));
    if scope.cut {
        bencher.bench_local(|| find(&cut()));
    } else {
        let text = cut();
        bencher.bench_local(|| find(divan::black_box(&text)));
    }
}

fn all_figures() -> Kinds {
    Kinds::NONE.with(Kind::Money).with(Kind::Thing).with(Kind::Number)
}

#[divan::bench(args = Data::embedded().languages())]
fn tokens(bencher: Bencher<'_, '_>, code: &str) {
    bench(bencher, code, Scope { cut: true, kinds: Kinds::NONE });
}

#[divan::bench(args = Data::embedded().languages())]
fn figures(bencher: Bencher<'_, '_>, code: &str) {
    bench(bencher, code, Scope { cut: false, kinds: all_figures() });
}

#[divan::bench(args = Data::embedded().languages())]
fn times(bencher: Bencher<'_, '_>, code: &str) {
    bench(bencher, code, Scope { cut: false, kinds: Kinds::NONE.with(Kind::Time) });
}

#[divan::bench(args = Data::embedded().languages())]
fn figures_and_times(bencher: Bencher<'_, '_>, code: &str) {
    bench(bencher, code, Scope { cut: false, kinds: all_figures().with(Kind::Time) });
}

#[divan::bench(args = Data::embedded().languages())]
fn from_plain_text(bencher: Bencher<'_, '_>, code: &str) {
    bench(bencher, code, Scope { cut: true, kinds: all_figures().with(Kind::Time) });
}
