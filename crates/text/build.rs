//! Expands and cuts the phrases of the embedded data files into words, as every start would have to.
#[path = "src/cutter.rs"]
#[allow(dead_code, unused_imports, reason = "what texts alone are cut by is not called here")]
mod cutter;
#[path = "src/fold.rs"]
#[allow(dead_code, reason = "what texts alone are folded by is not called here")]
mod fold;
#[path = "src/listed.rs"]
mod listed;
#[path = "src/prepared.rs"]
mod prepared;

use pledgebook_lexicon::{Data, each_form};
use prepared::Packed;
use serde::Deserialize;
use std::{env, error::Error, fmt::Write as _, fs, path::Path};

/// What of a language's habits tells where words begin and end.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Habits {
    elisions: Vec<String>,
    enclitics: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let data = Data::embedded();
    let mut rows = String::new();
    for code in data.languages() {
        let habits: Habits = data.language_table(code, "language.toml")?;
        let mut packed = Packed::default();
        for file in data.files_of(code) {
            each_string(&file.parse()?, &mut |text| add(&mut packed, text, &habits));
        }
        let (bytes, text) = (format!("{out}/{code}.phrases"), format!("{out}/{code}.words"));
        fs::write(&bytes, packed.pack())?;
        fs::write(&text, &packed.text)?;
        writeln!(rows, "    ({code:?}, include_bytes!({bytes:?}), include_str!({text:?})),")?;
    }
    let code = format!("static PREPARED: &[(&str, &[u8], &str)] = &[\n{rows}];\n");
    fs::write(Path::new(&out).join("prepared.rs"), code)?;
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src");
    Ok(())
}

/// Gives every string of a table, keys and values: which of them are phrases only the tables' readers know.
fn each_string(value: &serde_json::Value, each: &mut dyn FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => each(text),
        serde_json::Value::Array(values) => values.iter().for_each(|value| each_string(value, each)),
        serde_json::Value::Object(values) => values.iter().for_each(|(key, value)| {
            each(key);
            each_string(value, each);
        }),
        _ => {}
    }
}

/// Adds a string as a phrase, or what files write in one string: several phrases, or the two halves of one. Several are no phrase
/// together: its forms would be all combinations of theirs.
fn add(packed: &mut Packed, text: &str, habits: &Habits) {
    let halves = text.split_once(" * ").map(|(first, _)| first);
    let whole = (!text.contains(';')).then_some(text);
    for phrase in text.split(';').map(str::trim).chain(halves).chain(whole) {
        let mut forms = Vec::new();
        each_form(phrase, &mut |form| {
            let mut words = Vec::new();
            cutter::each_phrase_form(form, habits, |word| words.push(word.to_owned()));
            forms.push(words);
        });
        packed.add(phrase, &forms);
    }
}
