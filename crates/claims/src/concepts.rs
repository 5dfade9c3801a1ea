//! What words mean beside all lists of cues: concepts that the words of all languages share, so that what is learnt from the texts of one
//! language counts in those of the others. Compiled from `languages/<code>/concept.toml`.

use pledgebook_lexicon::{
    Data, Error,
    linear::{Numbered, number_of},
};
use rustc_hash::FxHashMap;
use std::{cmp::Reverse, collections::BTreeMap, ops::Range};

/// By how many letters at its beginning, or at its end, a word is looked up; its other letters are compared.
const LETTERS: usize = 4;

/// The concepts of a language's words.
#[derive(Debug, Default)]
pub struct Concepts {
    /// As features name them, each with its number.
    list: Vec<(String, u64)>,
    patterns: Vec<Pattern>,
    /// What the patterns ask for beside the letters that are looked up, one after the other.
    rests: String,
    /// By the number of their first letters, or of their last: the patterns, the longest first.
    beginnings: FxHashMap<u64, Range<u32>>,
    ends: FxHashMap<u64, Range<u32>>,
}

/// A word, or what it begins or ends with.
#[derive(Debug)]
struct Pattern {
    /// The number of the letters that are looked up.
    key: u64,
    /// Into [`Concepts::rests`].
    rest: Range<u32>,
    /// Whether a word may go on behind it, or before where it is an end.
    open: bool,
    concept: u16,
}

impl Concepts {
    /// Compiles the words of a language; a language without the file has none.
    ///
    /// # Errors
    /// When the file is wrong.
    pub fn compile(data: &Data, code: &str) -> Result<Self, Error> {
        let mut concepts = Self::default();
        let (mut beginnings, mut ends) = (Vec::new(), Vec::new());
        for (name, words) in data.language_table::<BTreeMap<String, String>>(code, "concept.toml")? {
            let concept = concepts.list.len() as u16;
            // So marked, a concept is no beginning of a word.
            let name = format!("~{name}");
            let number = number_of(&name);
            concepts.list.push((name, number));
            for word in words.split(';') {
                let (patterns, open, looked_up, rest) = if let Some(end) = word.strip_prefix('*') {
                    let (rest, last) = end.split_at(before_last(end));
                    (&mut ends, true, last, rest)
                } else {
                    let begins = word.strip_suffix('*');
                    let (first, rest) = begins.unwrap_or(word).split_at(behind_first(begins.unwrap_or(word)));
                    (&mut beginnings, begins.is_some(), first, rest)
                };
                let from = concepts.rests.len() as u32;
                concepts.rests.push_str(rest);
                let rest = from..concepts.rests.len() as u32;
                patterns.push(Pattern { key: number_of(looked_up), rest, open, concept });
            }
        }
        concepts.beginnings = concepts.keep(beginnings);
        concepts.ends = concepts.keep(ends);
        Ok(concepts)
    }

    /// Keeps patterns in their order, and tells where those of each key are.
    fn keep(&mut self, mut patterns: Vec<Pattern>) -> FxHashMap<u64, Range<u32>> {
        patterns.sort_by_key(|pattern| (pattern.key, Reverse(pattern.rest.len()), pattern.open));
        let mut places: FxHashMap<u64, Range<u32>> = FxHashMap::default();
        for (pattern, at) in patterns.iter().zip(self.patterns.len() as u32..) {
            places.entry(pattern.key).or_insert(at..at).end = at + 1;
        }
        self.patterns.extend(patterns);
        places
    }

    /// The concept of a folded word: that of the longest pattern, one by its beginning before one by its end.
    pub fn of(&self, word: &str) -> Option<Numbered<'_>> {
        let (first, rest) = word.split_at(behind_first(word));
        let begins = |pattern: &&Pattern| {
            if pattern.open { rest.starts_with(self.rest(pattern)) } else { rest == self.rest(pattern) }
        };
        let found = self.patterns_at(&self.beginnings, first).iter().find(begins).or_else(|| {
            let (rest, last) = word.split_at(before_last(word));
            self.patterns_at(&self.ends, last).iter().find(|pattern| rest.ends_with(self.rest(pattern)))
        })?;
        let (name, number) = self.list.get(found.concept as usize)?;
        Some(Numbered::known(name, *number))
    }

    fn patterns_at(&self, places: &FxHashMap<u64, Range<u32>>, looked_up: &str) -> &[Pattern] {
        if places.is_empty() {
            return &[];
        }
        let place = places.get(&number_of(looked_up)).cloned().unwrap_or_default();
        self.patterns.get(place.start as usize..place.end as usize).unwrap_or_default()
    }

    fn rest(&self, pattern: &Pattern) -> &str {
        self.rests.get(pattern.rest.start as usize..pattern.rest.end as usize).unwrap_or_default()
    }
}

/// Where the first letters end.
fn behind_first(word: &str) -> usize {
    word.char_indices().nth(LETTERS).map_or(word.len(), |(at, _)| at)
}

/// Where the last letters begin.
fn before_last(word: &str) -> usize {
    word.char_indices().rev().nth(LETTERS - 1).map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::Concepts;
    use pledgebook_lexicon::{Data, Error as LexiconError};
    use std::{
        collections::{BTreeMap, BTreeSet, HashMap},
        error::Error,
        fs,
    };

    fn concept(concepts: &Concepts, word: &str) -> Option<String> {
        concepts.of(word).map(|concept| concept.word().to_owned())
    }

    #[test]
    fn words_of_all_languages_share_concepts() -> Result<(), LexiconError> {
        let data = Data::embedded();
        for (lang, word) in [
            ("de", "fabriken"),
            ("en", "factory"),
            ("es", "fábrica"),
            ("fr", "usines"),
            ("it", "fabbrica"),
            ("uk", "заводу"),
        ] {
            let concepts = Concepts::compile(&data, lang)?;
            assert_eq!(concept(&concepts, word).as_deref(), Some("~factory"), "{lang} {word}");
            assert_eq!(concept(&concepts, "xyzxyz"), None);
        }
        Ok(())
    }

    #[test]
    fn the_longest_pattern_wins_and_ends_come_last() -> Result<(), Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let own = folder.path().join("de");
        fs::create_dir(&own)?;
        let words = "promise = \"zusage;zusag*\"\nplant = \"*werk;werk*\"\nworker = \"werktät*\"\nwith = \"mit\"\n";
        fs::write(own.join("concept.toml"), words)?;
        let data = Data::embedded().with_languages(folder.path())?;
        let concepts = Concepts::compile(&data, "de")?;
        for (word, expected) in [
            ("zusage", Some("~promise")),
            ("zusagte", Some("~promise")),
            ("kraftwerk", Some("~plant")),
            ("werkstor", Some("~plant")),
            ("werktätige", Some("~worker")),
            ("mit", Some("~with")),
            ("mitte", None),
            ("zusa", None),
        ] {
            assert_eq!(concept(&concepts, word).as_deref(), expected, "{word}");
        }
        Ok(())
    }

    #[test]
    fn no_pattern_stands_twice_and_most_concepts_have_words_in_most_languages() -> Result<(), LexiconError> {
        let data = Data::embedded();
        let mut known: HashMap<String, usize> = HashMap::new();
        let languages = data.languages();
        for lang in &languages {
            let table: BTreeMap<String, String> = data.language_table(lang, "concept.toml")?;
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            for word in table.values().flat_map(|words| words.split(';')) {
                assert!(seen.insert(word), "{lang}: {word} stands twice");
                assert!(!word.contains('*') || word.chars().count() > 4, "{lang}: {word} is too short for a star");
            }
            table.into_keys().for_each(|name| *known.entry(name).or_default() += 1);
        }
        let shared = known.values().filter(|count| **count + 1 >= languages.len()).count();
        assert!(shared * 10 >= known.len() * 9, "{shared} of {} concepts are shared", known.len());
        Ok(())
    }
}
