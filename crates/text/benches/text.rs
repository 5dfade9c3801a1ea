//! Throughput of cutting text to tokens and sentences, per language.

use divan::{Bencher, counter::BytesCount};
use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_text::{Habits, Text, Vocabulary};

const PROSE: &[(&str, &str)] = &[
    (
        "en",
        "The government said on Tuesday that the company would invest £1.5 billion in three new data centres near Leeds. ",
    ),
    (
        "fr",
        "Le gouvernement a annoncé mardi que l’entreprise investirait 1,5 milliard d’euros dans trois centres de données près de Lille. ",
    ),
    (
        "de",
        "Die Regierung teilte am Dienstag mit, dass der Konzern 1,5 Milliarden Euro in drei Rechenzentren bei Leipzig stecken werde. ",
    ),
    (
        "uk",
        "Уряд повідомив у вівторок, що компанія інвестує 1,5 мільярда євро у три центри обробки даних поблизу Львова. ",
    ),
];

fn main() {
    divan::main();
}

#[divan::bench(args = PROSE.iter().map(|(code, _)| *code))]
fn tokens_and_sentences(bencher: Bencher, code: &str) {
    let line = PROSE.iter().find(|(other, _)| *other == code).map_or("", |(_, line)| line);
    let document = Document::from_text("bench", line.repeat(200));
    let habits = Habits::load(&Data::embedded(), code).expect("habits");
    let mut vocabulary = Vocabulary::new();
    for word in ["government", "invest*", "annonc*", "milliard", "regierung", "уряд", "інвест*", "*centre"] {
        vocabulary.add(word);
    }
    vocabulary.seal();
    bencher
        .counter(BytesCount::new(document.text().len()))
        .bench(|| Text::new(divan::black_box(&document), &habits, &vocabulary).tokens().len());
}
