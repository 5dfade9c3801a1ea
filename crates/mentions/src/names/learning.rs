//! What names are learnt from: annotated texts, as the clues that the weights will see, with the answers.

use super::{
    Tables,
    around::Around,
    bearers, clues,
    lexicon::Class,
    marks::Marks,
    measure::{self, Wanted, key},
    runs,
};
use crate::NameType;
use pledgebook_lexicon::linear::FeatureNames;
use pledgebook_text::{Text, TokenKind, fold::fold};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Clues of one document with their answers.
#[derive(Debug, Default)]
pub struct Lessons {
    /// Words with a weak capital, and whether they belong to a name.
    pub words: Vec<(Vec<String>, bool)>,
    /// Names, and the sorts that they may be of.
    pub sorts: Vec<(Vec<String>, Vec<NameType>)>,
}

/// The names of an annotated document as they are taught: [`measure::wanted`] asks what may count, this what is likely.
pub fn taught(document: &Value) -> Vec<Wanted> {
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

/// The words that a text writes small, folded.
pub fn small_words(text: &Text<'_>) -> impl Iterator<Item = String> {
    let small = text.tokens().iter().filter(|token| token.kind == TokenKind::Word && !token.shape.capital());
    small.map(|token| fold(token.of(text.source())))
}

/// What a document teaches; `tables` are wanted [unlearnt](crate::Tables::unlearnt). `names` are those that its annotation gives, with their sorts; `small` the words that any document
/// writes small. Of words that no annotation speaks of, those that the rules take for names teach nothing.
pub fn lessons(text: &Text<'_>, tables: &super::super::Tables, names: &[Wanted], small: &BTreeSet<String>) -> Lessons {
    let tables = &tables.names;
    let mut marks = Marks::new(text, tables);
    let runs = runs::cut(text, &mut marks, tables, &Around::new(text, &tables.views));
    let mut lessons = Lessons::default();
    let named = named(text, names, &marks, tables);
    let mut read = vec![false; text.tokens().len()];
    runs.iter().flat_map(|run| run.tokens.clone()).for_each(|at| read[at] = true);
    for at in 0..text.tokens().len() {
        let (token, mark) = (&text.tokens()[at], marks.of(at));
        if token.kind != TokenKind::Word || !mark.weak || mark.stem == 0 || marks.hit(at).is_some() {
            continue;
        }
        let answer = if named[at] {
            true
        } else if tables.capital_nouns {
            if read[at] {
                continue;
            }
            false
        } else if marks.is_strong(at) && !marks.is_small(at) && !mark.class.any(Class::COMMON) {
            true
        } else if small.contains(&fold(text.form(at))) || is_alone(text, &marks, at) {
            false
        } else {
            continue;
        };
        let mut told = clues::Told { text, marks: &marks, names: FeatureNames::default() };
        let sentence = &text.sentences()[text.sentence_of(at)].tokens;
        clues::of_word(text, &marks, tables, sentence, at, &mut told);
        lessons.words.push((told.names.0, answer));
    }
    let mut sorts: HashMap<String, &Wanted> = HashMap::new();
    for name in names {
        for form in &name.forms {
            sorts.insert(key(form), name);
        }
    }
    for (written, clues) in bearers::clues_to_sorts(text, &marks, tables, &runs) {
        if let Some(name) = sorts.get(&key(&written))
            && !name.sorts.contains(&NameType::Country)
        {
            lessons.sorts.push((clues, name.sorts.iter().copied().collect()));
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
                    *named |= marks.of(at).stem != 0 && !plain;
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
