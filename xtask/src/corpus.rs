//! A folder of articles of about 3 KB, all different, to time reading and the ledger on.

use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

/// About the length of a news article.
const ARTICLE_BYTES: usize = 3_000;
/// Articles in one folder: file systems are slow with more.
const IN_FOLDER: usize = 1_000;

/// Names in the bundled articles that are replaced by made-up ones.
const REPLACED: [&str; 7] = ["BlackRock", "CoreWeave", "Microsoft", "Google", "Nvidia", "OpenAI", "Salesforce"];
const BEGINNINGS: [&str; 12] =
    ["Alder", "Brack", "Corv", "Dunm", "Elst", "Fenn", "Gar", "Hollen", "Ister", "Kest", "Lund", "Mar"];
const MIDDLES: [&str; 10] = ["an", "el", "or", "is", "am", "ur", "ex", "on", "av", "il"];
const ENDINGS: [&str; 10] = ["tech", "dale", "ford", "corp", "wick", "mont", "stra", "berg", "via", "nova"];

/// Writes `count` articles below `folder`, the same for the same count: the texts of `articles` in turn, with other names and figures.
pub fn write(articles: &Path, folder: &Path, count: usize) -> Result<()> {
    let mut bodies: Vec<(Option<String>, String)> = Vec::new();
    let entries = fs::read_dir(articles).with_context(|| format!("{} cannot be read", articles.display()))?;
    let mut paths: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    paths.sort();
    ensure!(!paths.is_empty(), "{} holds no articles: name a folder of text files", articles.display());
    for path in paths {
        let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
        bodies.push(match text.strip_prefix("---").and_then(|rest| rest.split_once("---")) {
            Some((front, body)) => {
                (front.lines().find(|line| line.starts_with("lang: ")).map(str::to_owned), plain(body))
            }
            None => (None, plain(&text)),
        });
    }
    let mut random = Random(1);
    for number in 0..count {
        let below = folder.join(format!("{:03}", number / IN_FOLDER));
        fs::create_dir_all(&below)?;
        let (lang, first) = &bodies[number % bodies.len()];
        let mut text = first.clone();
        // Further paragraphs in the same language, as long as they bring it nearer to the length of an article.
        'more: loop {
            let (other, body) = &bodies[random.below(bodies.len())];
            for paragraph in body.split("\n\n").skip(1).filter(|_| other == lang) {
                if text.len() + paragraph.len() / 2 >= ARTICLE_BYTES {
                    break 'more;
                }
                text.push_str("\n\n");
                text.push_str(paragraph);
            }
        }
        let day = format!("2025-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28));
        let lang = lang.as_ref().map(|line| format!("{line}\n")).unwrap_or_default();
        let article = format!("---\n{lang}published: {day}\n---\n{}\n", varied(&text, &mut random));
        fs::write(below.join(format!("{number:06}.md")), article)?;
    }
    Ok(())
}

/// The text without signs for headings.
fn plain(body: &str) -> String {
    body.trim().replace("# ", "")
}

/// The text with other names and other figures.
fn varied(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for name in REPLACED {
        let other = format!(
            "{}{}{}",
            BEGINNINGS[random.below(BEGINNINGS.len())],
            MIDDLES[random.below(MIDDLES.len())],
            ENDINGS[random.below(ENDINGS.len())]
        );
        text = text.replace(name, &other);
    }
    // Single digits and the first of longer figures; a year keeps its century.
    let mut out = String::with_capacity(text.len());
    let mut in_figure = false;
    for c in text.chars() {
        let changes = c.is_ascii_digit() && c != '0' && !in_figure && c != '2';
        out.push(if changes { char::from(b'3' + random.below(7) as u8) } else { c });
        in_figure = c.is_ascii_digit();
    }
    out
}

/// Numbers that only look random, so that the corpus is the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}
