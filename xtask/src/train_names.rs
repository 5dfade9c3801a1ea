//! Learns the weights of name reading from gold documents and from the corpora `languages/<code>/corpus/named.md`:
//! `cargo run --release -p xtask -- train-names GOLD_DIR [--unmeasured]`.
//!
//! Two decisions for each language: whether a word whose capital proves nothing belongs to a name, and of what sort a name is.
//! Deterministic, as `train-claims` is, which must be run after it. Prints the figures on documents held out by groups.

use crate::train::learner::Learner;
use anyhow::{Context, Result};
use pledgebook_answers::eval::{JUDGED_NAMES, judged_names};
use pledgebook_document::{Document, Opener};
use pledgebook_lexicon::Data;
use pledgebook_mentions::{
    NameType, Tables,
    names::learning::{self, Answers, Judged, Lessons, Ordinary},
};
use pledgebook_text::{Habits, Text, Vocabulary};
use serde_json::Value;
use std::{collections::HashMap, fmt::Write as _, fs, path::Path};

const FOLDS: usize = 5;
/// From which likelihood on a word belongs to a name.
const THRESHOLD: f64 = 0.65;
/// The same among nouns with capitals, which are harder to tell from names.
const NOUN_THRESHOLD: f64 = 0.50;
/// How often a sentence with marked names is learnt from: every name in it is marked, and most are in no list.
const MARKED_WEIGHT: usize = 2;
/// How strongly weights are pulled to zero; chosen by the figures on documents held out.
const PULL_OF_WORDS: f64 = 3.0;
const PULL_OF_SORTS: f64 = 8.0;
/// The sorts in the order that reading expects.
const SORTS: [(NameType, &str); 4] = [
    (NameType::Organisation, "organisation"),
    (NameType::Person, "person"),
    (NameType::Place, "place"),
    (NameType::Instrument, "instrument"),
];

/// What one document teaches, and in which fold it is held out.
struct Taught {
    lessons: Lessons,
    /// None for what is always learnt from: the corpora.
    fold: Option<usize>,
    /// Whether it is a list of names, which teaches least.
    listed: bool,
    capital_nouns: bool,
}

/// Learns from `gold` (a folder of `<lang>.jsonl` with `<lang>/NN.txt` beside) and writes the weights into `out`; `measured`: also tells
/// how well documents that are held out are read.
pub fn run(gold: &Path, out: &Path, measured: bool) -> Result<()> {
    let root = crate::root();
    let data = Data::embedded().with_knowledge(&root.join("knowledge"))?.with_languages(&root.join("languages"))?;
    let opener = Opener::new(&data)?;
    let judged = judged(&gold.join("..").join(JUDGED_NAMES))?;
    let everyday = crate::gold::ordinary(gold)?;
    let mut languages: Vec<(&str, Vec<Taught>)> = Vec::new();
    let mut ordinary = Vec::new();
    for code in data.languages() {
        let path = gold.join(format!("{code}.jsonl"));
        let Ok(lines) = fs::read_to_string(&path) else { continue };
        let mut documents: Vec<(Answers, Document, Option<usize>)> = Vec::new();
        let mut groups: Vec<String> = Vec::new();
        for line in lines.lines() {
            let gold_document: Value = serde_json::from_str(line).with_context(|| path.display().to_string())?;
            let id = gold_document["id"].as_str().unwrap_or_default().to_owned();
            let number = id.rsplit('-').next().unwrap_or_default();
            let text = fs::read_to_string(gold.join(code).join(format!("{number}.txt")))?;
            let group = gold_document["group"].as_str().unwrap_or(&id).to_owned();
            let fold = groups.iter().position(|known| *known == group).unwrap_or_else(|| {
                groups.push(group);
                groups.len() - 1
            });
            let judged = judged.get(&id).map_or(&[][..], Vec::as_slice);
            documents.push((Answers::new(&gold_document, judged), opener.text(id, text), Some(fold)));
        }
        for _ in 0..MARKED_WEIGHT {
            let marked = corpus(&root, code)?.into_iter();
            documents.extend(marked.map(|(text, answers)| (answers, opener.text(code, text), None)));
        }
        let everyday =
            everyday.iter().filter(|(of, _)| of == code).map(|(of, text)| opener.text(of.clone(), text.clone()));
        let (taught, words) = teach(&data, code, &documents, everyday)?;
        languages.push((code, taught));
        ordinary.push(words);
    }
    for ((code, taught), ordinary) in languages.iter().zip(&ordinary) {
        let others: Vec<&Taught> =
            languages.iter().filter(|(other, _)| other != code).flat_map(|(_, taught)| taught).collect();
        if measured {
            println!("{code}, held out: {}", held_out(taught, &others));
        }
        let (naming, sorting) = learn(&taught.iter().collect::<Vec<_>>(), &others);
        fs::write(
            out.join(format!("names_{code}.csv")),
            naming.csv("train-names") + &weights_of_words(&naming, ordinary),
        )?;
        fs::write(out.join(format!("name_sorts_{code}.csv")), sorting.csv("train-names"))?;
    }
    Ok(())
}

/// How well documents are read whose group nothing was learnt from.
fn held_out(taught: &[Taught], others: &[&Taught]) -> String {
    let mut words = Counts::default();
    let mut sorts = (0, 0);
    for fold in 0..FOLDS {
        let (held, rest): (Vec<&Taught>, Vec<&Taught>) =
            taught.iter().partition(|t| t.fold.is_some_and(|of| of % FOLDS == fold));
        let (naming, sorting) = learn(&rest, others);
        for taught in held {
            for (clues, answer) in &taught.lessons.words {
                words.add(naming.probability(clues) >= naming.threshold, *answer);
            }
            for (clues, allowed) in &taught.lessons.sorts {
                let class = sorting.class(clues);
                sorts.0 += usize::from(SORTS.iter().any(|(sort, word)| *word == class && allowed.contains(sort)));
                sorts.1 += 1;
            }
        }
    }
    let share = sorts.0 as f64 / sorts.1.max(1) as f64;
    format!("words {words}  sorts {share:.3} (of {})", sorts.1)
}

/// Names that were judged beside the annotations, by document.
fn judged(path: &Path) -> Result<HashMap<String, Vec<Judged>>> {
    let Ok(file) = fs::read_to_string(path) else { return Ok(HashMap::new()) };
    judged_names(&file).with_context(|| path.display().to_string())
}

/// The texts of a language whose names are marked.
fn corpus(root: &Path, code: &str) -> Result<Vec<(String, Answers)>> {
    let path = root.join("languages").join(code).join("corpus/named.md");
    let Ok(corpus) = fs::read_to_string(&path) else { return Ok(Vec::new()) };
    learning::marked(&corpus).map_err(|line| anyhow::anyhow!("{}: no sort of name in '{line}'", path.display()))
}

fn teach(
    data: &Data,
    code: &str,
    documents: &[(Answers, Document, Option<usize>)],
    everyday: impl Iterator<Item = Document>,
) -> Result<(Vec<Taught>, Ordinary)> {
    let habits = Habits::load(data, code)?;
    let mut vocabulary = Vocabulary::new();
    let tables = Tables::compile(data, code, &habits, &mut vocabulary)?.unlearnt();
    vocabulary.seal();
    let capital_nouns = tables.capital_nouns();
    let mut ordinary = Ordinary::default();
    for (answers, document, _) in documents {
        let text = Text::new(document, &habits, &vocabulary);
        ordinary.add(&Ordinary::of(&text, &tables, &answers.names));
    }
    for document in everyday {
        ordinary.add(&Ordinary::small(&Text::new(&document, &habits, &vocabulary)));
    }
    let teach = |(answers, document, fold): &(Answers, Document, Option<usize>)| Taught {
        lessons: learning::lessons(&Text::new(document, &habits, &vocabulary), &tables, answers, &ordinary),
        fold: *fold,
        listed: false,
        capital_nouns,
    };
    let mut taught: Vec<Taught> = documents.iter().map(teach).collect();
    // A list of names shows how those of each sort are built, and nothing of what stands around them.
    let listed = (Answers::default(), Document::from_text(code, listed(data, &habits)?), None);
    let lessons = Lessons { words: Vec::new(), ..teach(&listed).lessons };
    taught.push(Taught { lessons, fold: None, listed: true, capital_nouns });
    Ok((taught, ordinary))
}

/// The names that knowledge has, one a paragraph; in a language with a script of its own those that it spells.
fn listed(data: &Data, habits: &Habits) -> Result<String> {
    let foreign = |form: &&str| form.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
    let mut list = String::new();
    for file in ["organisations.toml", "places.toml", "people.toml"] {
        let names: toml::Table = data.knowledge_table(file)?;
        for (name, fact) in &names {
            let forms = fact.get("forms").and_then(toml::Value::as_array);
            let mut spelt = forms.into_iter().flatten().filter_map(toml::Value::as_str).filter(foreign);
            let form = if habits.own_letters.is_empty() { Some(name.as_str()) } else { spelt.next() };
            // Of "Рівн{е,ого,ому}" the first alternative is the base form.
            let form = form.map(|form| match form.split_once('{') {
                Some((stem, endings)) => {
                    format!("{stem}{}", endings.split([',', '}']).next().unwrap_or_default())
                }
                None => form.to_owned(),
            });
            form.iter().for_each(|form| _ = write!(list, "{form}\n\n"));
        }
    }
    Ok(list)
}

/// Learns one language's weights from its documents, and what names have in common from those of the others. Whether a word is a
/// name is another question where nouns have capitals, so there only sorts are shared.
fn learn(own: &[&Taught], others: &[&Taught]) -> (Learner, Learner) {
    let nouns = |taught: &&&Taught| taught.capital_nouns == own.first().is_some_and(|own| own.capital_nouns);
    let words = own.iter().chain(own).chain(others.iter().filter(nouns)).flat_map(|taught| &taught.lessons.words);
    let mut naming = Learner::binary(words.map(|(clues, answer)| (clues.as_slice(), *answer)).collect(), PULL_OF_WORDS);
    // A name that is missed costs more than one too many: what acts is chosen among names later.
    naming.threshold = if own.first().is_some_and(|own| own.capital_nouns) { NOUN_THRESHOLD } else { THRESHOLD };
    let word = |sort: &NameType| SORTS.iter().find(|(other, _)| other == sort).map(|(_, word)| (*word).to_owned());
    let told = |taught: &&&Taught| !taught.listed;
    let sorts: Vec<(&[String], Vec<String>)> = own
        .iter()
        .chain(own.iter().filter(told))
        .chain(others.iter().filter(told))
        .flat_map(|taught| &taught.lessons.sorts)
        .map(|(clues, allowed)| (clues.as_slice(), allowed.iter().filter_map(word).collect()))
        .collect();
    let examples = sorts.iter().map(|(clues, allowed)| (*clues, allowed.as_slice())).collect();
    (naming, Learner::classes(SORTS.iter().map(|(_, word)| (*word).to_owned()).collect(), examples, PULL_OF_SORTS))
}

/// The weights of ordinary words: what was learnt of all words like them.
fn weights_of_words(naming: &Learner, ordinary: &Ordinary) -> String {
    let mut out = String::new();
    for (word, clues) in ordinary.words().filter(|(word, _)| !word.contains([',', '"', '|'])) {
        let weight: f64 = clues.into_iter().map(|clue| naming.weight(clue)).sum();
        if weight.abs() >= 0.02 {
            let _ = writeln!(out, "word|{word},{weight:.2}");
        }
    }
    out
}

/// Counts of right and wrong decisions.
#[derive(Default)]
struct Counts {
    taken_rightly: usize,
    taken_wrongly: usize,
    left_wrongly: usize,
}

impl Counts {
    fn add(&mut self, taken: bool, right: bool) {
        match (taken, right) {
            (true, true) => self.taken_rightly += 1,
            (true, false) => self.taken_wrongly += 1,
            (false, true) => self.left_wrongly += 1,
            (false, false) => {}
        }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
        let right = self.taken_rightly;
        let (p, r) = (share(right, right + self.taken_wrongly), share(right, right + self.left_wrongly));
        write!(f, "P {p:.3}  R {r:.3}  (of {})", right + self.left_wrongly)
    }
}
