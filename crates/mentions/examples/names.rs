//! Prints the names of annotated documents and how many of the wanted ones were found:
//! `cargo run -p pledgebook-mentions --example names -- gold/dev en [--show] [--why] [--local] [id …]`
//! (`--why`: where a missed name stands; `--local`: with the data of this folder, unbuilt); or the names marked in a corpus such as
//! `languages/en/corpus/named.md`, when that is named in place of the folder

use pledgebook_document::Document;
use pledgebook_lexicon::Data;
use pledgebook_mentions::{
    Kind, Kinds, NameType, Tables, Value,
    names::{is_common, learning, measure},
    read,
};
use pledgebook_text::{Habits, Text, Vocabulary};
use std::{error::Error, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (folder, code) = (args.next().unwrap_or_default(), args.next().unwrap_or_default());
    let rest: Vec<String> = args.collect();
    let show = rest.iter().any(|arg| arg == "--show");
    let ids: Vec<&String> = rest.iter().filter(|arg| !arg.starts_with("--")).collect();
    let mut data = Data::embedded();
    if rest.iter().any(|arg| arg == "--local") {
        data = data.with_languages(Path::new("languages"))?.with_knowledge(Path::new("knowledge"))?;
    }
    let started = std::time::Instant::now();
    let habits = Habits::load(&data, &code)?;
    let mut vocabulary = Vocabulary::new();
    let tables = Tables::compile(&data, &code, &habits, &mut vocabulary)?;
    vocabulary.seal();
    eprintln!("compiled in {:?}", started.elapsed());
    if folder.ends_with(".md") {
        return marked(&std::fs::read_to_string(&folder)?, &habits, &vocabulary, &tables);
    }
    let (mut reading, mut bytes) = (std::time::Duration::ZERO, 0);
    let (mut wanted, mut found, mut bearers, mut mistaken, mut unjudged) = (0, 0, 0, 0, 0);
    for line in std::fs::read_to_string(Path::new(&folder).join(format!("{code}.jsonl")))?.lines() {
        let gold: serde_json::Value = serde_json::from_str(line)?;
        let id = gold["id"].as_str().unwrap_or_default();
        let number = id.rsplit('-').next().unwrap_or_default();
        if !ids.is_empty() && !ids.iter().any(|asked| *asked == number) {
            continue;
        }
        let source = std::fs::read_to_string(Path::new(&folder).join(&code).join(format!("{number}.txt")))?;
        let document = Document::from_text(id, source);
        let text = Text::new(&document, &habits, &vocabulary);
        let started = std::time::Instant::now();
        let mentions = read(&text, &tables, None, Kinds::NONE.with(Kind::Name));
        reading += started.elapsed();
        bytes += text.source().len();
        let mut names = measure::wanted(&gold);
        // Groups without a name, which a language with capital nouns writes like names.
        names.retain(|name| {
            let common = |form: &String| {
                let document = Document::from_text(id, form.as_str());
                is_common(&Text::new(&document, &habits, &vocabulary), &tables)
            };
            name.sorts.contains(&NameType::Country) || !name.forms.iter().all(common)
        });
        let measured = measure::measure(&names, &mentions.entities);
        println!("== {id}: {} of {} found", measured.found, measured.wanted);
        if show {
            for (number, entity) in mentions.entities.iter() {
                println!("   {number} {:?} {} {:?}", entity.sort, entity.canonical, entity.forms);
            }
            for mention in &mentions.list {
                if let Value::Name(name) = &mention.value
                    && name.anaphor
                {
                    let who: Vec<&str> = std::iter::once(name.entity)
                        .chain(name.also.iter().copied())
                        .filter_map(|number| mentions.entities.get(number))
                        .map(|entity| &*entity.canonical)
                        .collect();
                    println!("   … {} = {}", text.slice(mention.tokens.clone()), who.join(", "));
                }
            }
        }
        if rest.iter().any(|arg| arg == "--why") {
            for missed in &measured.missed {
                why(&text, &mentions.list, names.iter().find(|wanted| wanted.name == missed.name));
            }
        }
        if !measured.missed.is_empty() {
            let missed: Vec<String> = measured
                .missed
                .iter()
                .map(|missed| match missed.read_as {
                    Some(sort) => format!("{} (as {sort:?})", missed.name),
                    None => missed.name.clone(),
                })
                .collect();
            println!("   MISSED {}", missed.join(" | "));
        }
        let others: Vec<String> = measured.unjudged.iter().map(|(sort, name)| format!("{sort:?}:{name}")).collect();
        println!("   unjudged {}", others.join(" | "));
        wanted += measured.wanted;
        found += measured.found;
        bearers += measured.read;
        mistaken += measured.mistaken;
        unjudged += measured.unjudged.len();
    }
    println!(
        "recall {:.3} ({found} of {wanted}), {bearers} bearers, {mistaken} of another sort, {unjudged} unjudged",
        found as f64 / wanted.max(1) as f64
    );
    eprintln!("{:.1} MB/s of name reading", bytes as f64 / 1e6 / reading.as_secs_f64());
    Ok(())
}

/// Prints what is missed and what is too much in lines whose names are marked; countries are not.
fn marked(corpus: &str, habits: &Habits, vocabulary: &Vocabulary, tables: &Tables) -> Result<(), Box<dyn Error>> {
    let (mut wanted, mut found, mut others) = (0, 0, 0);
    for (source, answers) in learning::marked(corpus)? {
        let document = Document::from_text("marked", source);
        let text = Text::new(&document, habits, vocabulary);
        let entities = read(&text, tables, None, Kinds::NONE.with(Kind::Name)).entities;
        let measured = measure::measure(&answers.names, &entities);
        let invented: Vec<String> = measured
            .unjudged
            .iter()
            .filter(|(sort, _)| *sort != NameType::Country)
            .map(|(sort, name)| format!("{sort:?} {name}"))
            .collect();
        (wanted, found, others) = (wanted + measured.wanted, found + measured.found, others + invented.len());
        if measured.missed.is_empty() && invented.is_empty() {
            continue;
        }
        println!("{}", document.text());
        for missed in &measured.missed {
            let sort = missed.read_as.map(|sort| format!(" (as {sort:?})")).unwrap_or_default();
            println!("   lacks {}{sort}", missed.name);
        }
        invented.iter().for_each(|name| println!("   invents {name}"));
    }
    println!("marked: recall {:.3} ({found} of {wanted}), {others} invented", found as f64 / wanted.max(1) as f64);
    Ok(())
}

/// Prints where a missed name stands, and the names that were read there.
fn why(text: &Text<'_>, mentions: &[pledgebook_mentions::Mention], wanted: Option<&measure::Wanted>) {
    let Some(wanted) = wanted else { return };
    for form in wanted.forms.iter().filter(|form| form.len() > 1) {
        let Some(start) = text.source().find(form.as_str()) else { continue };
        let end = start + form.len();
        let near = |at: usize, by: isize| {
            let mut at = (at as isize + by).clamp(0, text.source().len() as isize) as usize;
            while !text.source().is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let around = text.source()[near(start, -40)..near(end, 30)].replace('\n', " ");
        let read: Vec<String> = mentions
            .iter()
            .filter(|mention| mention.bytes.start < end && start < mention.bytes.end)
            .filter_map(|mention| match &mention.value {
                Value::Name(name) => Some(format!("{:?} {}", name.sort, text.slice(mention.tokens.clone()))),
                _ => None,
            })
            .collect();
        println!("   ? {} [{form}] …{around}… read {}", wanted.name, read.join(" + "));
    }
}
