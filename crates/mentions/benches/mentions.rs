//! Throughput of reading figures: `cargo bench -p pledgebook-mentions --bench mentions`.

use divan::{Bencher, counter::BytesCount};
use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Kind, Kinds, Tables, read};
use pledgebook_text::{Habits, Text, Vocabulary};

fn main() {
    divan::main();
}

/// An article's worth of the language's own corpus sentences in running text.
fn article(code: &str) -> String {
    let path = format!("{}/../../languages/{code}/corpus/money.md", env!("CARGO_MANIFEST_DIR"));
    let corpus = std::fs::read_to_string(path).unwrap_or_default();
    let sentences: Vec<&str> = corpus.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    sentences.join(". ")
}

#[divan::bench(args = Data::embedded().languages())]
fn figures(bencher: Bencher<'_, '_>, code: &str) {
    let data = Data::embedded();
    let Ok(habits) = Habits::load(&data, code) else { return };
    let mut vocabulary = Vocabulary::new();
    let Ok(tables) = Tables::compile(&data, code, &habits, &mut vocabulary) else { return };
    vocabulary.seal();
    let document = Document::from_text("bench", article(code));
    let text = Text::new(&document, &habits, &vocabulary);
    let kinds = Kinds::NONE.with(Kind::Money).with(Kind::Thing).with(Kind::Number);
    bencher.counter(BytesCount::of_str(text.source())).bench_local(|| read(&text, &tables, None, kinds));
}
