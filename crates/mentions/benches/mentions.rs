//! Throughput of reading figures, times and names, article by article, on one core, in bytes of the text a second.
//!
//! `cargo bench -p pledgebook-mentions`. Each language is read twice: `news` is ordinary news (`gold/dev/ordinary`), `pledges` the
//! annotated articles (`gold/train`), which hold about three times as many figures and days a line. `figures`, `times` and
//! `figures_and_times` read articles that are cut to tokens and sentences already, `tokens` does that cutting, and
//! `from_plain_text` both: from an article in memory to the list of its mentions, sorted, each with its span, value and rule.
//! `names` reads names from cut text as well: which words are names, of what sort, and who is who. Quotes, and what blocks an article
//! has, are not in any of them. The columns of `alloc` tell how often memory is asked
//! for: a few times an article for lists of results, the names of counted units and the tokens' own list, never for a token.

use divan::{AllocProfiler, Bencher, counter::BytesCount};
use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Kind, Kinds, Tables, read};
use pledgebook_text::{Habits, Text, Vocabulary};
use std::{fmt, fs, path::PathBuf};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The articles of one language in one folder.
struct Articles {
    code: String,
    /// What they are, and their folder from the project's root.
    sort: (&'static str, &'static str),
}

impl fmt::Display for Articles {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.code, self.sort.0)
    }
}

impl Articles {
    fn all() -> impl Iterator<Item = Self> {
        let sorts = [("news", "gold/dev/ordinary"), ("pledges", "gold/train")];
        let languages = Data::embedded().languages();
        languages.into_iter().flat_map(move |code| sorts.map(|sort| Self { code: code.to_owned(), sort }))
    }

    fn read(&self) -> Vec<Document> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(self.sort.1).join(&self.code);
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
        files.sort();
        files.iter().map(|file| Document::from_text("bench", fs::read_to_string(file).expect("UTF-8"))).collect()
    }
}

/// What is measured.
#[derive(Clone, Copy)]
struct Scope {
    /// Whether cutting to tokens and sentences is measured.
    cut: bool,
    kinds: Kinds,
}

fn bench(bencher: Bencher<'_, '_>, articles: &Articles, scope: Scope) {
    let data = Data::embedded();
    let habits = Habits::load(&data, &articles.code).expect("language.toml is right");
    let mut vocabulary = Vocabulary::new();
    let tables = Tables::compile(&data, &articles.code, &habits, &mut vocabulary).expect("the data files are right");
    vocabulary.seal();
    let documents = articles.read();
    let cut = |document| Text::new(divan::black_box(document), &habits, &vocabulary);
    let find = |text: &Text<'_>| read(text, &tables, "2026-01-15".parse().ok(), scope.kinds).list.len();
    let bytes = documents.iter().map(|document| document.text().len()).sum::<usize>();
    let bencher = bencher.counter(BytesCount::new(bytes));
    if scope.cut {
        bencher.bench_local(|| documents.iter().map(|document| find(&cut(document))).sum::<usize>());
    } else {
        let texts: Vec<Text<'_>> = documents.iter().map(cut).collect();
        bencher.bench_local(|| divan::black_box(&texts).iter().map(find).sum::<usize>());
    }
}

fn all_figures() -> Kinds {
    Kinds::NONE.with(Kind::Money).with(Kind::Thing).with(Kind::Number)
}

#[divan::bench(args = Articles::all())]
fn tokens(bencher: Bencher<'_, '_>, articles: &Articles) {
    bench(bencher, articles, Scope { cut: true, kinds: Kinds::NONE });
}

#[divan::bench(args = Articles::all())]
fn figures(bencher: Bencher<'_, '_>, articles: &Articles) {
    bench(bencher, articles, Scope { cut: false, kinds: all_figures() });
}

#[divan::bench(args = Articles::all())]
fn times(bencher: Bencher<'_, '_>, articles: &Articles) {
    bench(bencher, articles, Scope { cut: false, kinds: Kinds::NONE.with(Kind::Time) });
}

#[divan::bench(args = Articles::all())]
fn figures_and_times(bencher: Bencher<'_, '_>, articles: &Articles) {
    bench(bencher, articles, Scope { cut: false, kinds: all_figures().with(Kind::Time) });
}

#[divan::bench(args = Articles::all())]
fn from_plain_text(bencher: Bencher<'_, '_>, articles: &Articles) {
    bench(bencher, articles, Scope { cut: true, kinds: all_figures().with(Kind::Time) });
}

#[divan::bench(args = Articles::all())]
fn names(bencher: Bencher<'_, '_>, articles: &Articles) {
    bench(bencher, articles, Scope { cut: false, kinds: Kinds::NONE.with(Kind::Name) });
}
