//! When two names are the same for scoring: accents, case, legal forms and small words aside, one holds the other.

use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words that make no difference between names. They belong to the scoring rules of the gold set, not to a language.
const LEFT_OUT: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "plc",
    "ltd",
    "limited",
    "llc",
    "sa",
    "ag",
    "se",
    "gmbh",
    "spa",
    "nv",
    "bv",
    "co",
    "company",
    "group",
    "groupe",
    "holding",
    "the",
    "le",
    "la",
    "les",
    "der",
    "die",
    "das",
    "il",
    "el",
    "los",
    "de",
    "du",
    "of",
];

/// A name with the other forms that its document uses for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name<'c> {
    pub name: &'c str,
    pub forms: &'c [Value],
}

impl<'c> Name<'c> {
    pub fn plain(name: &'c str) -> Self {
        Self { name, forms: &[] }
    }

    fn form_names(self) -> impl Iterator<Item = Name<'c>> {
        self.forms.iter().filter_map(Value::as_str).map(Name::plain)
    }
}

pub(crate) fn same_bearer(a: Name<'_>, b: Name<'_>) -> bool {
    a.form_names().any(|form| same_bearer(form, b))
        || b.form_names().any(|form| same_bearer(Name::plain(a.name), form))
        || same_name(a.name, b.name)
}

/// Whether two written names are the same: accents, case, legal forms and small words aside, one holds the other word for word.
pub fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (key(a), key(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long
        || short.concat().chars().count() > 2 && long.windows(short.len()).any(|window| window == short.as_slice())
}

fn key(name: &str) -> Vec<String> {
    let plain: String = casefold(name.nfkd()).filter(|c| !is_combining_mark(*c)).collect();
    let all = words_of(&plain);
    let telling: Vec<String> = all.iter().filter(|word| !LEFT_OUT.contains(&word.as_str())).cloned().collect();
    if telling.is_empty() { all } else { telling }
}

/// How many of the names of `a` are also in `b`.
pub(crate) fn common(a: &[Name<'_>], b: &[Name<'_>]) -> usize {
    a.iter().filter(|x| b.iter().any(|y| same_bearer(**x, *y))).count()
}

/// Token F1 of two pieces of text.
pub(crate) fn overlap(a: &str, b: &str) -> f64 {
    let fold = |text: &str| words_of(&casefold(text.chars()).collect::<String>());
    let (a, b) = (fold(a), fold(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut left = std::collections::HashMap::<&str, usize>::new();
    a.iter().for_each(|word| *left.entry(word).or_default() += 1);
    let mut hits = 0usize;
    for word in &b {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            hits += 1;
        }
    }
    2.0 * hits as f64 / (a.len() + b.len()) as f64
}

fn casefold(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    text.flat_map(char::to_lowercase).flat_map(|c| {
        let (first, second) = match c {
            'ß' => ('s', Some('s')),
            'ς' => ('σ', None),
            c => (c, None),
        };
        std::iter::once(first).chain(second)
    })
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_the_same_but_for_forms_and_accents() {
        let same = |a, b| same_bearer(Name::plain(a), Name::plain(b));
        assert!(same("Nvidia Corp.", "NVIDIA"));
        assert!(same("Élysée", "l'Elysee"));
        assert!(same("Siemens Mobility", "Siemens"));
        assert!(!same("GB", "Great Britain"));
        assert!(!same("", "x"));
        let forms = [json!("Київ")];
        assert!(same_bearer(Name { name: "Kyiv", forms: &forms }, Name::plain("Київ")));
        assert!((overlap("a b c", "B c d") - 2.0 / 3.0).abs() < 1e-12);
    }
}
