//! Reads recogniser cases (JSONL with `id`, `lang`, `text`, `reference_date`) on standard input and prints their mentions.
//!
//! `cargo run --release -p pledgebook-mentions --example spec -- --kind money,number < cases.jsonl`

use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_mentions::{Kind, Kinds, Tables, read, record};
use pledgebook_text::{Habits, Text, Vocabulary};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    io::{BufRead, Write},
};

struct Language {
    habits: Habits,
    vocabulary: Vocabulary,
    tables: Tables,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let kinds = kinds(std::env::args().skip(1).collect())?;
    let data = Data::embedded();
    let mut languages: HashMap<String, Language> = HashMap::new();
    for code in data.languages() {
        let habits = Habits::load(&data, code)?;
        let mut vocabulary = Vocabulary::new();
        let tables = Tables::compile(&data, code, &habits, &mut vocabulary)?;
        vocabulary.seal();
        languages.insert(code.to_owned(), Language { habits, vocabulary, tables });
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let field = |name: &str| case[name].as_str().unwrap_or_default();
        let Some(language) = languages.get(field("lang")) else { continue };
        let anchor = field("reference_date").get(..10).and_then(|day| day.parse().ok());
        let document = Document::from_text(field("id"), field("text"));
        let text = Text::new(&document, &language.habits, &language.vocabulary);
        let mentions = read(&text, &language.tables, anchor, kinds);
        let records = record::records(&text, &mentions.list);
        writeln!(out, "{}", json!({ "id": case["id"], "mentions": records }))?;
    }
    Ok(())
}

fn kinds(args: Vec<String>) -> Result<Kinds, String> {
    let Some(at) = args.iter().position(|arg| arg == "--kind") else { return Ok(Kinds::ALL) };
    let names = args.get(at + 1).ok_or("--kind needs a list such as money,number")?;
    names.split(',').try_fold(Kinds::NONE, |kinds, name| {
        let kind: Kind = serde_json::from_value(json!(name)).map_err(|_| format!("'{name}' is no kind of mention"))?;
        Ok(kinds.with(kind))
    })
}
