//! The ledger that our own reading gives, against the one that annotated claims give: `cargo run --release -p xtask -- ledger
//! [--detail] [STORY…]`.
//!
//! For every story the same texts are taken twice: with their annotated claims, and with the claims that the reader finds in them.
//! Read claims are paired with annotated ones as the scorer pairs them. What is then lost is told apart: reading's share (claims
//! that were not read, or that nobody annotated) and joining's (claims that were read, and stand with others than they should).

use crate::gold;
use anyhow::{Context, Result};
use pledgebook_answers::eval::{self, Slots};
use pledgebook_claims::{Claim, Reader};
use pledgebook_commitments::{AsOf, Books, ClaimId, ClaimView, DocumentRecord, Knowledge, Signature, reconcile, sight};
use pledgebook_document::{Document, Opener};
use pledgebook_lexicon::Data;
use serde::Deserialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// One line of annotated documents, with what stories need of it.
#[derive(Deserialize)]
struct Line {
    id: String,
    lang: String,
    published: Option<String>,
    publisher: Option<String>,
    #[serde(default)]
    group: Option<String>,
    claims: Vec<Value>,
}

/// A document of a story with its text.
struct Told {
    line: Line,
    text: String,
}

/// Reads all stories, or the asked ones, and prints how their ledgers compare.
pub fn run(root: &Path, arguments: &[String]) -> Result<()> {
    let detail = arguments.iter().any(|argument| argument == "--detail");
    let asked: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let gold = annotated(&root.join("gold"))?;
    let mut desk = Desk::new()?;
    let head = "| story | claims | read | invented | pairs P | pairs R | pairs F1 | subjects | found | unread | lost in joining | split off | of invented claims |";
    println!("{head}\n|---|{}", "--:|".repeat(12));
    let mut totals: BTreeMap<&str, Figures> = BTreeMap::new();
    for name in gold::sorted(&root.join("stories"))? {
        let folder = root.join("stories").join(&name);
        let wanted = asked.is_empty() || asked.iter().any(|asked| name.contains(asked.as_str()));
        let Ok(story) = fs::read_to_string(folder.join("story.md")) else { continue };
        if !wanted {
            continue;
        }
        let groups: Vec<&str> =
            story.lines().filter_map(|line| line.strip_prefix("gold: ")).flat_map(|line| line.split(' ')).collect();
        let of_group = |told: &&Told| told.line.group.as_deref().is_some_and(|group| groups.contains(&group));
        let own = own(&folder)?;
        let documents: Vec<&Told> = gold.iter().filter(of_group).chain(&own).collect();
        let (figures, lines) = desk.compare(&documents)?;
        println!("| {name} {}", figures.row());
        if detail {
            lines.iter().for_each(|line| println!("    {line}"));
        }
        let sort = if documents.iter().any(|told| told.line.id.contains("-dev-")) {
            "of gold/dev"
        } else if own.is_empty() {
            "of gold/train"
        } else {
            "of our own"
        };
        totals.entry(sort).or_default().add(&figures);
        totals.entry("stories").or_default().add(&figures);
    }
    for (sort, figures) in totals {
        println!("| **{sort}** {}", figures.row());
    }
    Ok(())
}

/// The annotated documents of `gold/` that stories may be of.
fn annotated(folder: &Path) -> Result<Vec<Told>> {
    let mut all = Vec::new();
    for part in ["dev", "train"] {
        let folder = folder.join(part);
        for file in gold::sorted(&folder)?.into_iter().filter(|name| name.ends_with(".jsonl")) {
            all.extend(lines(&folder.join(&file), |line| {
                let number = line.id.rsplit('-').next().unwrap_or_default();
                folder.join(&line.lang).join(format!("{number}.txt"))
            })?);
        }
    }
    Ok(all)
}

/// A story's own documents.
fn own(folder: &Path) -> Result<Vec<Told>> {
    let path = folder.join("claims.jsonl");
    if path.exists() { lines(&path, |line| folder.join(format!("{}.txt", line.id))) } else { Ok(Vec::new()) }
}

fn lines(path: &Path, text: impl Fn(&Line) -> std::path::PathBuf) -> Result<Vec<Told>> {
    let lines = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let told = lines.lines().filter(|line| !line.is_empty()).map(|line| {
        let line: Line = serde_json::from_str(line).with_context(|| path.display().to_string())?;
        let path = text(&line);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok(Told { line, text })
    });
    told.collect()
}

/// How two ledgers compare.
#[derive(Default)]
struct Figures {
    claims: usize,
    read: usize,
    invented: usize,
    /// Pairs of claims in one subject: by annotation, by reading, by both.
    pairs: [usize; 3],
    subjects: usize,
    found: usize,
    unread: usize,
    lost: usize,
    split: usize,
    idle: usize,
}

impl Figures {
    fn add(&mut self, other: &Self) {
        self.claims += other.claims;
        self.read += other.read;
        self.invented += other.invented;
        (0..3).for_each(|at| self.pairs[at] += other.pairs[at]);
        self.subjects += other.subjects;
        self.found += other.found;
        self.unread += other.unread;
        self.lost += other.lost;
        self.split += other.split;
        self.idle += other.idle;
    }

    fn row(&self) -> String {
        let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        let [expected, read, both] = self.pairs;
        let (precision, recall) = (share(both, read), share(both, expected));
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        format!(
            "| {} | {} | {} | {precision:.3} | {recall:.3} | {f1:.3} | {} | {} | {} | {} | {} | {} |",
            self.claims,
            self.read,
            self.invented,
            self.subjects,
            self.found,
            self.unread,
            self.lost,
            self.split,
            self.idle
        )
    }
}

/// What one subject of a ledger is: its name, and its claims.
struct Subject {
    name: String,
    claims: Vec<ClaimId>,
}

/// Readers, made once for each language.
struct Desk {
    data: Data,
    opener: Opener,
    readers: BTreeMap<String, Reader>,
    knowledge: Knowledge,
}

impl Desk {
    fn new() -> Result<Self> {
        let data = Data::embedded();
        let (opener, knowledge) = (Opener::new(&data)?, Knowledge::load(&data)?);
        Ok(Self { data, opener, readers: BTreeMap::new(), knowledge })
    }

    fn read(&mut self, told: &Told) -> Result<Vec<Claim>> {
        let lang = &told.line.lang;
        if !self.readers.contains_key(lang) {
            self.readers.insert(lang.clone(), Reader::new(&self.data, lang)?);
        }
        let mut document: Document = self.opener.text(&told.line.id, told.text.clone());
        if told.line.published.is_some() {
            document.published.clone_from(&told.line.published);
        }
        Ok(self.readers[lang].read(&document).claims)
    }

    /// Compares the two ledgers of some documents; also says what differs, a line each.
    fn compare(&mut self, documents: &[&Told]) -> Result<(Figures, Vec<String>)> {
        let (mut right, mut ours) = (Vec::new(), Vec::new());
        // What was read as what.
        let mut pairs: Vec<(ClaimId, ClaimId)> = Vec::new();
        let mut figures = Figures::default();
        for told in documents {
            let annotated: Vec<Slots> =
                told.line.claims.iter().filter_map(|claim| claim.as_object().cloned()).collect();
            let gold: Vec<Claim> = told
                .line
                .claims
                .iter()
                .map(Claim::deserialize)
                .collect::<Result<_, _>>()
                .context(told.line.id.clone())?;
            let read = self.read(told)?;
            let slots: Vec<Value> = read.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
            let slots: Vec<Slots> = slots.iter().filter_map(|claim| claim.as_object().cloned()).collect();
            let of_use = |claim: &Claim| matches!(claim.body.kind(), "pledge" | "agreement");
            let found = eval::pair(&annotated, &slots.iter().collect::<Vec<_>>());
            let optional = |index: usize| gold::is_optional(&told.line.claims[index]);
            figures.claims += (0..gold.len()).filter(|index| of_use(&gold[*index]) && !optional(*index)).count();
            figures.read += found.iter().filter(|(a, _)| of_use(&gold[*a]) && !optional(*a)).count();
            let paired: BTreeSet<usize> = found.iter().map(|(_, b)| *b).collect();
            figures.invented +=
                read.iter().enumerate().filter(|(index, claim)| of_use(claim) && !paired.contains(index)).count();
            let used: Vec<(usize, usize)> = found.into_iter().filter(|(a, _)| of_use(&gold[*a])).collect();
            let (gold, read) = (self.record(told, gold), self.record(told, read));
            let ids =
                |record: &DocumentRecord| sight(record, &self.knowledge).into_iter().map(|seen| seen.id).collect();
            let (gold_ids, read_ids): (Vec<ClaimId>, Vec<ClaimId>) = (ids(&gold), ids(&read));
            pairs.extend(used.into_iter().map(|(a, b)| (gold_ids[a].clone(), read_ids[b].clone())));
            right.push(gold);
            ours.push(read);
        }
        let books = |records: &[DocumentRecord]| subjects(&reconcile(records, &[], &self.knowledge, &AsOf::default()));
        let (right, ours) = (books(&right), books(&ours));
        let lines = weigh(&right, &ours, &pairs, &mut figures);
        Ok((figures, lines))
    }

    fn record(&self, told: &Told, claims: Vec<Claim>) -> DocumentRecord {
        DocumentRecord {
            id: told.line.id.clone(),
            published: told.line.published.clone(),
            read: "2026-01-15".into(),
            publisher: told.line.publisher.clone(),
            url: None,
            lang: Some(told.line.lang.clone()),
            title: None,
            signature: Signature::of(&told.text),
            claims,
        }
    }
}

/// The commitments and agreements of a ledger.
fn subjects(books: &Books) -> Vec<Subject> {
    let key = |view: &ClaimView| view.id.clone();
    let commitments = books.commitments.iter().map(|commitment| {
        let sum = commitment.money.map_or_else(String::new, |money| {
            let end = |end: Option<_>| end.map_or_else(|| "–".to_owned(), |end| format!("{end}"));
            let currency = money.currency.map_or_else(String::new, |currency| currency.to_string());
            format!(", {currency} {} to {}", end(money.low), end(money.high))
        });
        Subject {
            name: format!("{} in {}{sum}", commitment.by.join(" + "), commitment.place.join(", ")),
            claims: commitment.claims.iter().map(key).collect(),
        }
    });
    let agreements = books.agreements.iter().map(|agreement| Subject {
        name: format!("accord of {} {}", agreement.parties.join(", "), agreement.name.as_deref().unwrap_or_default()),
        claims: agreement.claims.iter().map(key).collect(),
    });
    commitments.chain(agreements).collect()
}

/// Counts pairs and subjects that are alike in both ledgers, and says what differs.
fn weigh(right: &[Subject], ours: &[Subject], pairs: &[(ClaimId, ClaimId)], figures: &mut Figures) -> Vec<String> {
    fn home(subjects: &[Subject]) -> BTreeMap<&ClaimId, usize> {
        let all =
            subjects.iter().enumerate().flat_map(|(at, subject)| subject.claims.iter().map(move |claim| (claim, at)));
        all.collect()
    }
    let (right_home, our_home) = (home(right), home(ours));
    let mut together: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (a, b) in pairs {
        if let (Some(a), Some(b)) = (right_home.get(a), our_home.get(b)) {
            *together.entry((*a, *b)).or_default() += 1;
        }
    }
    let ties = |count: usize| count * count.saturating_sub(1) / 2;
    let sums = |side: fn(&(usize, usize)) -> usize| {
        let mut sums: BTreeMap<usize, usize> = BTreeMap::new();
        together.iter().for_each(|(at, count)| *sums.entry(side(at)).or_default() += count);
        sums
    };
    let (expected, read) = (sums(|at| at.0), sums(|at| at.1));
    figures.pairs[0] += expected.values().map(|count| ties(*count)).sum::<usize>();
    figures.pairs[1] += read.values().map(|count| ties(*count)).sum::<usize>();
    figures.pairs[2] += together.values().map(|count| ties(*count)).sum::<usize>();
    // One to one, the greatest overlap first.
    let mut overlaps: Vec<(usize, (usize, usize))> = together.iter().map(|(at, count)| (*count, *at)).collect();
    overlaps.sort_by_key(|(count, at)| (std::cmp::Reverse(*count), *at));
    let (mut taken_right, mut taken_ours) = (BTreeSet::new(), BTreeSet::new());
    for (_, (a, b)) in overlaps {
        if !taken_right.contains(&a) && !taken_ours.contains(&b) {
            taken_right.insert(a);
            taken_ours.insert(b);
        }
    }
    let mut lines = Vec::new();
    figures.subjects += right.len();
    figures.found += taken_right.len();
    for (at, subject) in right.iter().enumerate().filter(|(at, _)| !taken_right.contains(at)) {
        if expected.contains_key(&at) {
            figures.lost += 1;
            lines.push(format!("lost in joining: {}", subject.name));
        } else {
            figures.unread += 1;
            lines.push(format!("unread: {}", subject.name));
        }
    }
    for (at, subject) in ours.iter().enumerate().filter(|(at, _)| !taken_ours.contains(at)) {
        if read.contains_key(&at) {
            figures.split += 1;
            let from = together.keys().filter(|(_, b)| *b == at).map(|(a, _)| right[*a].name.as_str());
            lines.push(format!("split off: {}, of {}", subject.name, from.collect::<Vec<_>>().join("; ")));
        } else {
            figures.idle += 1;
            lines.push(format!("of invented claims: {}", subject.name));
        }
    }
    lines
}
