//! What names are learnt from: annotated texts, as the clues that the weights will see, with the answers.

use super::{
    Tables,
    around::Around,
    bearers, clues,
    lexicon::{Class, What},
    marks::Marks,
    measure::{self, Wanted, key},
    runs,
};
use crate::NameType;
use pledgebook_lexicon::linear::FeatureNames;
use pledgebook_text::{Text, TokenKind, fold::fold};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Clues of one document with their answers.
#[derive(Debug, Default)]
pub struct Lessons {
    /// Words with a weak capital, and whether they belong to a name.
    pub words: Vec<(Vec<String>, bool)>,
    /// Names, and the sorts that they may be of.
    pub sorts: Vec<(Vec<String>, Vec<NameType>)>,
}

/// Words of documents that are ordinary ones, and in how many documents.
#[derive(Debug, Clone, Default)]
pub struct Ordinary {
    /// Those written small.
    small: BTreeMap<String, usize>,
    /// Where nouns have a capital, those that no annotation takes for a name.
    nouns: BTreeMap<String, usize>,
}

/// What is learnt of words by how many other documents, at least, have them as ordinary ones, becomes a weight of each such word.
const SMALL: [(usize, &str); 2] = [(1, "small somewhere"), (3, "small often")];
const NOUNS: [(usize, &str); 2] = [(1, "noun somewhere"), (3, "noun often")];

impl Ordinary {
    /// The words of one document.
    pub fn of(text: &Text<'_>, tables: &super::super::Tables, names: &[Wanted]) -> Self {
        let tables = &tables.names;
        let marks = Marks::new(text, tables);
        let named = named(text, names, &marks, tables);
        let mut words = Self::default();
        for sentence in text.sentences() {
            for at in sentence.tokens.clone() {
                let token = &text.tokens()[at];
                if token.kind != TokenKind::Word {
                    continue;
                }
                let noun = tables.capital_nouns && at > sentence.tokens.start && !named[at] && marks.hit(at).is_none();
                if !token.shape.capital() {
                    words.small.insert(fold(text.form(at)), 1);
                } else if noun && !marks.is_strong(at) && !marks.class(at).any(Class::FIRST) {
                    words.nouns.insert(fold(text.form(at)), 1);
                }
            }
        }
        words
    }

    /// The words of a document without annotations: those written small.
    pub fn small(text: &Text<'_>) -> Self {
        let small = text.tokens().iter().filter(|token| token.kind == TokenKind::Word && !token.shape.capital());
        Self { small: small.map(|token| (fold(token.of(text.source())), 1)).collect(), nouns: BTreeMap::new() }
    }

    /// Adds those of another document.
    pub fn add(&mut self, other: &Self) {
        for (all, words) in [(&mut self.small, &other.small), (&mut self.nouns, &other.nouns)] {
            words.iter().for_each(|(word, count)| *all.entry(word.clone()).or_default() += count);
        }
    }

    /// The clues to a word; the document that `own` is of counts for nothing.
    fn clues<'s>(&'s self, word: &'s str, own: &'s Self) -> impl Iterator<Item = &'static str> + 's {
        let lists = [(&self.small, &own.small, SMALL), (&self.nouns, &own.nouns, NOUNS)];
        lists.into_iter().flat_map(move |(all, own, clues)| {
            let others = all.get(word).map_or(0, |count| count - own.get(word).unwrap_or(&0));
            clues.into_iter().filter(move |(least, _)| others >= *least).map(|(_, clue)| clue)
        })
    }

    /// Every word with the clues to it, as a document sees it that has it too: what is learnt from documents is as true of them as of others.
    pub fn words(&self) -> impl Iterator<Item = (&str, Vec<&'static str>)> {
        let once = |words: &BTreeMap<String, usize>| words.keys().map(|word| (word.clone(), 1)).collect();
        let own = Self { small: once(&self.small), nouns: once(&self.nouns) };
        let all: BTreeSet<&str> = self.small.keys().chain(self.nouns.keys()).map(String::as_str).collect();
        all.into_iter().map(move |word| (word, self.clues(word, &own).collect()))
    }
}

/// A name that reading once found in a document whose annotation does not speak of it, as a reader judged it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What it was taken for.
    pub sort: NameType,
    /// The name.
    pub name: String,
    /// Whether it is a name of that sort.
    pub right: bool,
}

/// What teachers say of the names of a document.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// The names and their sorts.
    pub names: Vec<Wanted>,
    /// Words, as [`fold`] makes them, that were taken for names and are none.
    pub none: BTreeSet<String>,
    /// Whether every name is told, so that any other word is none.
    pub complete: bool,
}

/// The texts of a corpus `languages/<code>/corpus/named.md` with the names that are marked in them.
///
/// Each `-` line is a text of its own; "[Leaseline](organisation)" marks a name with its sort.
///
/// # Errors
/// The line where a name's sort is none.
pub fn marked(corpus: &str) -> Result<Vec<(String, Answers)>, String> {
    corpus
        .lines()
        .filter_map(|line| line.strip_prefix("- "))
        .map(|line| of_line(line).ok_or_else(|| line.to_owned()))
        .collect()
}

fn of_line(line: &str) -> Option<(String, Answers)> {
    let mut text = String::with_capacity(line.len());
    let mut names: Vec<Wanted> = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let (name, after) = after.split_once("](")?;
        let (sort, after) = after.split_once(')')?;
        let sort = serde_json::from_value(Value::String(sort.to_owned())).ok()?;
        text.push_str(before);
        text.push_str(name);
        names.push(Wanted {
            name: name.to_owned(),
            forms: BTreeSet::from([name.to_owned()]),
            sorts: BTreeSet::from([sort]),
        });
        rest = after;
    }
    text.push_str(rest);
    Some((text, Answers { names, none: BTreeSet::new(), complete: true }))
}

impl Answers {
    /// Those of an annotation and of what was judged beside it.
    pub fn new(document: &Value, judged: &[Judged]) -> Self {
        let mut names = taught(document);
        for other in judged.iter().filter(|other| other.right) {
            if !names.iter().any(|name| name.forms.contains(&other.name)) {
                names.push(Wanted {
                    name: other.name.clone(),
                    forms: BTreeSet::from([other.name.clone()]),
                    sorts: BTreeSet::from([other.sort]),
                });
            }
        }
        // A name of another sort or of one more word is a name all the same.
        let held: BTreeSet<String> = names.iter().flat_map(|name| &name.forms).flat_map(|form| words(form)).collect();
        let wrong = judged.iter().filter(|other| !other.right).map(|other| fold(&other.name));
        let none = wrong.filter(|word| !word.contains(' ') && !held.contains(word)).collect();
        Self { names, none, complete: false }
    }
}

/// The names of an annotated document as they are taught: [`measure::wanted`] asks what may count, this what is likely.
fn taught(document: &Value) -> Vec<Wanted> {
    let mut names = measure::wanted(document);
    let slots = |slots: &[&str], name: &str| {
        let mut claims = document["claims"].as_array().into_iter().flatten();
        claims.any(|claim| {
            slots.iter().any(|slot| match &claim[*slot] {
                Value::Array(list) => list.iter().any(|other| other == name),
                other => other == name,
            })
        })
    };
    for name in &mut names {
        if name.sorts.contains(&NameType::Country) {
            continue;
        }
        let place = slots(&["place"], &name.name);
        let acts = slots(&["by", "parties", "organisation"], &name.name);
        let sorts: &[NameType] = if slots(&["person"], &name.name) {
            &[NameType::Person]
        } else if place && !acts {
            &[NameType::Place]
        } else if place {
            &[NameType::Place, NameType::Organisation]
        } else if acts {
            &[NameType::Organisation]
        } else {
            &[NameType::Organisation, NameType::Person]
        };
        name.sorts = sorts.iter().copied().collect();
    }
    for claim in document["claims"].as_array().into_iter().flatten().filter(|claim| claim["kind"] == "agreement") {
        let Some(name) = claim["name"].as_str().filter(|name| name.starts_with(char::is_uppercase)) else { continue };
        if !names.iter().any(|other| other.name == name) {
            let aliases = claim["aliases"][name].as_array().into_iter().flatten().filter_map(Value::as_str);
            names.push(Wanted {
                name: name.to_owned(),
                forms: aliases.chain([name]).map(str::to_owned).collect(),
                sorts: BTreeSet::from([NameType::Instrument]),
            });
        }
    }
    names
}

/// What a document teaches; `tables` are wanted [unlearnt](crate::Tables::unlearnt); `ordinary` are the words of all documents. Of words that no annotation speaks of, those that the rules take for names teach nothing.
pub fn lessons(text: &Text<'_>, tables: &super::super::Tables, answers: &Answers, ordinary: &Ordinary) -> Lessons {
    let names = answers.names.as_slice();
    let own = Ordinary::of(text, tables, names);
    let tables = &tables.names;
    let mut marks = Marks::new(text, tables);
    let runs = runs::cut(text, &mut marks, tables, &Around::new(text, &tables.views));
    let mut lessons = Lessons::default();
    let named = named(text, names, &marks, tables);
    let mut read = vec![false; text.tokens().len()];
    runs.iter().flat_map(|run| run.tokens.clone()).for_each(|at| read[at] = true);
    for at in 0..text.tokens().len() {
        let (token, mark) = (&text.tokens()[at], marks.of(at));
        if token.kind != TokenKind::Word || !mark.weak || marks.stem(at) == 0 {
            continue;
        }
        let known = marks.hit(at).map(|hit| hit.what);
        let word = fold(text.form(at));
        let answer = if named[at] || matches!(known, Some(What::Bearer(_))) {
            true
        } else if known.is_some() {
            continue;
        } else if answers.complete || answers.none.contains(&word) {
            false
        } else if tables.capital_nouns {
            if read[at] && ordinary.clues(&word, &own).next().is_none() {
                continue;
            }
            false
        } else if marks.is_strong(at) && !marks.is_small(at) && !mark.class.any(Class::COMMON) {
            true
        } else if ordinary.small.contains_key(&word) || is_alone(text, &marks, at) {
            false
        } else {
            continue;
        };
        // A known name teaches how one looks that is in no list.
        let hidden = marks.hide(at);
        let mut told = clues::Told { text, marks: &marks, names: FeatureNames::default() };
        let sentence = &text.sentences()[text.sentence_of(at)].tokens;
        clues::of_word(text, &marks, tables, sentence, at, &mut told);
        let mut clues = told.names.0;
        marks.restore(at, hidden);
        clues.extend(ordinary.clues(&word, &own).map(str::to_owned));
        lessons.words.push((clues, answer));
    }
    let mut sorts: HashMap<String, &Wanted> = HashMap::new();
    for name in names {
        for form in &name.forms {
            sorts.insert(key(form), name);
        }
    }
    for example in bearers::clues_to_sorts(text, &marks, tables, &runs) {
        if let Some(sort) = example.known {
            lessons.sorts.push((example.clues, vec![sort]));
        } else if let Some(name) = sorts.get(&key(&example.written))
            && !name.sorts.contains(&NameType::Country)
        {
            lessons.sorts.push((example.clues, name.sorts.iter().copied().collect()));
        }
    }
    lessons
}

/// Whether a word with a weak capital that no annotation speaks of stands alone: most such words are ordinary ones that the texts
/// happen to write small nowhere. Beside another capital it may be half of a name.
fn is_alone(text: &Text<'_>, marks: &Marks, at: usize) -> bool {
    let capital =
        |at: usize| text.tokens().get(at).is_some_and(|next| next.kind == TokenKind::Word && next.shape.capital());
    let mark = marks.of(at);
    !mark.loud && !marks.is_strong(at) && !mark.class.any(Class::FIRST) && !capital(at + 1)
}

/// Which words belong to an annotated name.
fn named(text: &Text<'_>, names: &[Wanted], marks: &Marks, tables: &Tables) -> Vec<bool> {
    let mut named = vec![false; text.tokens().len()];
    let starts: HashMap<u32, usize> = text.tokens().iter().enumerate().map(|(at, token)| (token.start, at)).collect();
    for name in names {
        let own: BTreeSet<String> = words(&name.name).collect();
        for form in &name.forms {
            // "Konzern" is an alias of many a firm and no name: a single noun counts where it is like the name itself.
            let like = words(form).any(|word| own.iter().any(|other| alike(&word, other)));
            let several = form.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count() > 1;
            if !form.starts_with(char::is_uppercase) || tables.capital_nouns && !like && !several {
                continue;
            }
            for (start, _) in text.source().match_indices(form.as_str()) {
                let Some(first) = starts.get(&(start as u32)) else { continue };
                let end = (start + form.len()) as u32;
                for (at, named) in named.iter_mut().enumerate().skip(*first) {
                    if text.tokens()[at].end > end {
                        break;
                    }
                    let plain = marks.class(at).any(Class::ROLE | Class::ROLES | Class::FUNCTION | Class::HONORIFIC);
                    *named |= marks.stem(at) != 0 && !plain;
                }
            }
        }
    }
    named
}

fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1).map(fold)
}

fn alike(a: &str, b: &str) -> bool {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() >= 3 || a == b
}
