//! Reads the documents of a gold folder and prints their claims, one document a line:
//! `cargo run --release -p pledgebook-claims --example read -- gold/dev . fr en > pred.jsonl`, where `.` is the folder whose
//! `knowledge/` and `languages/` replace the embedded ones, so that words and newly learnt weights can be tried without a build.

use pledgebook_claims::{DocumentClaims, Reader};
use pledgebook_document::Opener;
use pledgebook_lexicon::Data;
use std::{error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("a folder of gold documents")?;
    let root = arguments.next().ok_or("a folder with knowledge/ and languages/")?;
    let root = Path::new(&root);
    let asked: Vec<String> = arguments.collect();
    let data = Data::embedded().with_knowledge(&root.join("knowledge"))?.with_languages(&root.join("languages"))?;
    let opener = Opener::new(&data)?;
    for lang in data.languages() {
        if !asked.is_empty() && !asked.iter().any(|code| code == lang) {
            continue;
        }
        let Ok(lines) = fs::read_to_string(Path::new(&folder).join(format!("{lang}.jsonl"))) else { continue };
        let reader = Reader::new(&data, lang)?;
        for line in lines.lines() {
            let gold: DocumentClaims = serde_json::from_str(line)?;
            let number = gold.id.rsplit('-').next().unwrap_or_default();
            let path = Path::new(&folder).join(lang).join(format!("{number}.txt"));
            let mut document = opener.text(gold.id.clone(), fs::read_to_string(path)?);
            document.published = gold.published.clone();
            let claims = reader.read(&document).claims;
            println!("{}", serde_json::to_string(&DocumentClaims { claims, ..gold })?);
        }
    }
    Ok(())
}
