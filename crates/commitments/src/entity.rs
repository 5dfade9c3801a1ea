//! When two names are one entity's (rule 4): spelling is folded, legal forms are dropped, known aliases are followed. Shared
//! acronyms and near names never merge anything, and digits are part of the name.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The folded form of a name: small letters without marks, Latin, words apart by one space, no punctuation.
/// "ПриватБанк" → "pryvatbank", "Électricité de France S.A." → "electricite de france sa".
pub(crate) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut gap = false;
    if name.is_ascii() {
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(char::from(byte.to_ascii_lowercase()));
            } else if !matches!(byte, b'.' | b'\'' | b'"') {
                gap = true;
            }
        }
        return out;
    }
    let mut start = true;
    // Composed first, because й and ї are letters of their own: taken apart they would lose the mark that makes them so.
    for c in name.nfc() {
        if let Some(latin) = latin(c, start) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            start = false;
            out.push_str(latin);
            continue;
        }
        for part in std::iter::once(c).nfkd() {
            if part.is_alphanumeric() {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                start = false;
                match part {
                    'ß' => out.push_str("ss"),
                    'ø' | 'Ø' => out.push('o'),
                    'ł' | 'Ł' => out.push('l'),
                    'æ' | 'Æ' => out.push_str("ae"),
                    'œ' | 'Œ' => out.push_str("oe"),
                    'đ' | 'Đ' => out.push('d'),
                    part => out.extend(part.to_lowercase()),
                }
            } else if !is_combining_mark(part)
                && !matches!(part, '.' | '\'' | '’' | 'ʼ' | '"' | '«' | '»' | '“' | '”' | '„')
            {
                gap = true;
                start = true;
            }
        }
    }
    out
}

/// The Latin letters of a Cyrillic one by the Ukrainian national table of 2010; letters that only Russian has follow its usual
/// English spelling. At the start of a word some letters are written otherwise.
fn latin(c: char, start: bool) -> Option<&'static str> {
    let small = c.to_lowercase().next()?;
    Some(match small {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "h",
        'ґ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'є' if start => "ye",
        'є' => "ie",
        'ж' => "zh",
        'з' => "z",
        'и' | 'ы' => "y",
        'і' => "i",
        'ї' if start => "yi",
        'ї' => "i",
        'й' if start => "y",
        'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' if start => "yu",
        'ю' => "iu",
        'я' if start => "ya",
        'я' => "ia",
        'ё' => "e",
        'ь' | 'ъ' => "",
        _ => return None,
    })
}

/// Whether a name is a short form made of capitals: shared by too many to prove anything.
pub(crate) fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters <= 5 && letters > 0 && name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
}

/// Whether a name is an ISO 3166-1 code, as claims write countries and the European Union.
pub(crate) fn is_code(name: &str) -> bool {
    name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Aliases of known entities, and the words that a name keeps or loses without becoming another's.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Folded alias to the entity's key; an alias that two entities share is in `shared` instead.
    known: FxHashMap<String, String>,
    shared: FxHashSet<String>,
    /// ISO codes of countries: other names of two capitals are firms'.
    codes: FxHashSet<String>,
    /// How a key is written for people.
    written: FxHashMap<String, String>,
    legal_forms: FxHashSet<String>,
    /// Articles and words for "and", folded.
    small_words: FxHashSet<String>,
}

impl Names {
    /// Teaches an entity's name and its other forms. A form that another entity has too proves nothing any more.
    pub(crate) fn add<'a>(&mut self, name: &'a str, forms: impl IntoIterator<Item = &'a str>) {
        let key = self.bare(&fold(name));
        if key.is_empty() {
            return;
        }
        self.written.entry(key.clone()).or_insert_with(|| name.to_owned());
        for form in std::iter::once(name).chain(forms) {
            let folded = self.bare(&fold(form));
            if folded.is_empty() || self.shared.contains(&folded) {
                continue;
            }
            match self.known.get(&folded) {
                Some(other) if *other != key => {
                    // The entity that bears the form as its own name keeps it.
                    if *other != folded {
                        self.known.remove(&folded);
                        if folded == key {
                            self.known.insert(folded, key.clone());
                        } else {
                            self.shared.insert(folded);
                        }
                    }
                }
                _ => {
                    self.known.insert(folded, key.clone());
                }
            }
        }
    }

    /// Teaches a country's code and its English name.
    pub(crate) fn add_country(&mut self, code: &str, name: &str) {
        self.codes.insert(code.to_owned());
        self.known.insert(fold(name), code.to_owned());
    }

    /// The code that a folded word of two letters is.
    pub(crate) fn code(&self, folded: &str) -> Option<&str> {
        if folded.len() != 2 {
            return None;
        }
        self.codes.get(&folded.to_ascii_uppercase()).map(String::as_str)
    }

    pub(crate) fn is_country(&self, name: &str) -> bool {
        is_code(name) && (self.codes.is_empty() || self.codes.contains(name))
    }

    /// Teaches the legal forms that names lose: "plc", "S.p.A.".
    pub(crate) fn add_legal_form(&mut self, form: &str) {
        self.legal_forms.insert(fold(form));
    }

    /// Teaches a word that names have or lack: "the", "and", "et".
    pub(crate) fn add_small_word(&mut self, word: &str) {
        self.small_words.insert(fold(word));
    }

    /// A name as it was written without the legal form behind its last blank.
    pub(crate) fn without_legal_form<'n>(&self, name: &'n str) -> &'n str {
        match name.rsplit_once(' ') {
            Some((start, last)) if self.legal_forms.contains(&fold(last)) => start.trim_end_matches(','),
            _ => name,
        }
    }

    /// A folded name without legal forms and small words, umlauts written out: "Müller & Söhne", "Mueller und Soehne" are alike.
    pub(crate) fn loose(&self, name: &str) -> String {
        let mut out = String::with_capacity(name.len());
        for c in name.nfc() {
            match c {
                'ä' | 'Ä' => out.push_str("ae"),
                'ö' | 'Ö' => out.push_str("oe"),
                'ü' | 'Ü' => out.push_str("ue"),
                c => out.push(c),
            }
        }
        let folded = self.bare(&fold(&out));
        let words: Vec<&str> = folded.split(' ').filter(|word| !self.small_words.contains(*word)).collect();
        words.join(" ")
    }

    /// A folded name without the legal forms at its end, or at its start where a name follows.
    pub(crate) fn bare(&self, folded: &str) -> String {
        let mut words: Vec<&str> = folded.split(' ').collect();
        while words.len() > 1 {
            let pair = words[words.len() - 2..].join(" ");
            if words.len() > 2 && self.legal_forms.contains(&pair) {
                words.truncate(words.len() - 2);
            } else if words.last().is_some_and(|word| self.legal_forms.contains(*word)) {
                words.pop();
            } else if words.first().is_some_and(|word| self.legal_forms.contains(*word)) {
                words.remove(0);
            } else {
                break;
            }
        }
        words.join(" ")
    }

    /// The key of the entity that a name names: a known one's, else the folded name itself. Of the other forms that the document
    /// uses for it only full names help: an acronym alone merges nobody.
    pub(crate) fn resolve(&self, name: &str, forms: &[String]) -> String {
        if self.is_country(name) {
            return name.to_owned();
        }
        let own = self.bare(&fold(name));
        if let Some(key) = self.known.get(&own) {
            return key.clone();
        }
        let known = forms.iter().filter(|form| !is_acronym(form) && form.chars().any(char::is_whitespace));
        for form in known {
            if let Some(key) = self.known.get(&self.bare(&fold(form))) {
                return key.clone();
            }
        }
        own
    }

    /// Whether the knowledge holds the name.
    pub(crate) fn is_known(&self, name: &str) -> bool {
        self.is_country(name) || self.known.contains_key(&self.bare(&fold(name)))
    }

    /// How the entity of a key is written; `None` where only the text's own form is known.
    pub(crate) fn written(&self, key: &str) -> Option<&str> {
        self.written.get(key).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold_and_letters_and_digits_stay() {
        assert_eq!(fold("Électricité de France"), "electricite de france");
        assert_eq!(fold("Київстар"), "kyivstar");
        assert_eq!(fold("Юрій Їжакевич"), "yurii yizhakevych");
        assert_eq!(fold("U.S. Steel"), "us steel");
        assert_eq!(fold(" O'Neill & \"Sons\", Ltd."), fold(" O’Neill & “Sons”, Ltd."));
        assert_ne!(fold("Fund II"), fold("Fund III"));
        assert_ne!(fold("Sizewell B"), fold("Sizewell C"));
    }

    #[test]
    fn rule_04_aliases_merge_and_acronyms_do_not() {
        let mut names = Names::default();
        for form in ["Corp.", "Corporation", "plc", "S.p.A.", "AG"] {
            names.add_legal_form(form);
        }
        names.add("Nvidia", ["NVIDIA Corporation"]);
        names.add("Brenner Bank", ["BBX"]);
        names.add("Bodan Bau", ["BBX"]);
        assert_eq!(names.resolve("NVIDIA Corp.", &[]), names.resolve("Nvidia", &[]));
        assert_eq!(names.resolve("Nvidia Corporation", &[]), "nvidia");
        assert_eq!(names.resolve("BBX", &[]), "bbx", "a form that two entities share is nobody's");
        assert_eq!(names.resolve("Brenn Beton", &["BBX".into()]), "brenn beton");
        assert_ne!(names.resolve("Fonds 2", &[]), names.resolve("Fonds 3", &[]));
        assert_eq!(names.resolve("Gruber Holz AG", &[]), "gruber holz");
    }
}
