//! When two names are one entity's (rule 4): spelling is folded, legal forms are dropped, known aliases are followed. Shared
//! acronyms and near names never merge anything, and digits are part of the name.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::{
    UnicodeNormalization,
    char::{decompose_compatible, is_combining_mark},
};

/// The folded form of a name: small letters without marks, Latin, words apart by one space, no punctuation.
/// "ПриватБанк" → "pryvatbank", "Électricité de France S.A." → "electricite de france sa".
pub(crate) fn fold(name: &str) -> String {
    let mut folding = Folding { out: String::with_capacity(name.len()), gap: false, start: true };
    // Composed first, because й and ї are letters of their own: taken apart they would lose the mark that makes them so.
    if name.is_ascii() {
        name.bytes().for_each(|byte| folding.take_ascii(byte));
    } else if name.chars().all(is_composed) {
        name.chars().for_each(|c| folding.take(c));
    } else {
        name.nfc().for_each(|c| folding.take(c));
    }
    folding.out
}

/// Whether a character is of the scripts and marks that most names are written in, of which none composes with others.
fn is_composed(c: char) -> bool {
    matches!(c, ..'\u{300}' | '\u{400}'..'\u{483}' | '\u{48a}'..'\u{500}' | '\u{2010}'..'\u{2028}')
}

/// A name while it is folded.
struct Folding {
    out: String,
    /// Whether something stands between the last letter and the next.
    gap: bool,
    /// Whether the next letter begins a word.
    start: bool,
}

impl Folding {
    fn take(&mut self, c: char) {
        if let Some(ascii) = u8::try_from(c).ok().filter(u8::is_ascii) {
            self.take_ascii(ascii);
        } else if let Some(latin) = latin(c, self.start) {
            self.begin_letter();
            self.out.push_str(latin);
        } else {
            decompose_compatible(c, |part| self.take_part(part));
        }
    }

    fn take_ascii(&mut self, ascii: u8) {
        if ascii.is_ascii_alphanumeric() {
            self.begin_letter();
            self.out.push(char::from(ascii.to_ascii_lowercase()));
        } else if !matches!(ascii, b'.' | b'\'' | b'"') {
            (self.gap, self.start) = (true, true);
        }
    }

    /// Takes a character that is taken apart no further.
    fn take_part(&mut self, part: char) {
        if part.is_alphanumeric() {
            self.begin_letter();
            match part {
                'ß' => self.out.push_str("ss"),
                'ø' | 'Ø' => self.out.push('o'),
                'ł' | 'Ł' => self.out.push('l'),
                'æ' | 'Æ' => self.out.push_str("ae"),
                'œ' | 'Œ' => self.out.push_str("oe"),
                'đ' | 'Đ' => self.out.push('d'),
                part => self.out.extend(part.to_lowercase()),
            }
        } else if !matches!(part, '.' | '\'' | '’' | 'ʼ' | '"' | '«' | '»' | '“' | '”' | '„')
            && !is_combining_mark(part)
        {
            (self.gap, self.start) = (true, true);
        }
    }

    fn begin_letter(&mut self) {
        if self.gap && !self.out.is_empty() {
            self.out.push(' ');
        }
        (self.gap, self.start) = (false, false);
    }
}

/// The Latin letters of a Cyrillic one by the Ukrainian national table of 2010; letters that only Russian has follow its usual
/// English spelling. At the start of a word some letters are written otherwise.
fn latin(c: char, start: bool) -> Option<&'static str> {
    if !matches!(c, '\u{400}'..'\u{500}') {
        return None;
    }
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
        let key = self.bare(&fold(name)).to_owned();
        if key.is_empty() {
            return;
        }
        self.written.entry(key.clone()).or_insert_with(|| name.to_owned());
        for form in std::iter::once(name).chain(forms) {
            let folded = fold(form);
            let folded = self.bare(&folded);
            if folded.is_empty() || self.shared.contains(folded) {
                continue;
            }
            match self.known.get(folded) {
                Some(other) if *other != key => {
                    // The entity that bears the form as its own name keeps it.
                    if *other != folded {
                        self.known.remove(folded);
                        if folded == key {
                            self.known.insert(folded.to_owned(), key.clone());
                        } else {
                            self.shared.insert(folded.to_owned());
                        }
                    }
                }
                _ => {
                    self.known.insert(folded.to_owned(), key.clone());
                }
            }
        }
    }

    /// Teaches a country's code and a name of it, folded.
    pub(crate) fn add_country(&mut self, code: &str, folded: String) {
        if !self.codes.contains(code) {
            self.codes.insert(code.to_owned());
        }
        self.known.insert(folded, code.to_owned());
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
        let folded = fold(&out);
        let words: Vec<&str> = self.bare(&folded).split(' ').filter(|word| !self.small_words.contains(*word)).collect();
        words.join(" ")
    }

    /// A folded name without the legal forms at its end, or at its start where a name follows.
    pub(crate) fn bare<'n>(&self, folded: &'n str) -> &'n str {
        let mut name = folded;
        while let (Some((before, last)), Some((first, behind))) = (name.rsplit_once(' '), name.split_once(' ')) {
            let front = before.rsplit_once(' ').map(|(front, _)| front);
            name = match front.filter(|front| self.legal_forms.contains(&name[front.len() + 1..])) {
                Some(front) => front,
                None if self.legal_forms.contains(last) => before,
                None if self.legal_forms.contains(first) => behind,
                None => break,
            };
        }
        name
    }

    /// The key of the entity that a name names: a known one's, else the folded name itself. Of the other forms that the document
    /// uses for it only full names help: an acronym alone merges nobody.
    pub(crate) fn resolve(&self, name: &str, forms: &[String]) -> String {
        if self.is_country(name) {
            return name.to_owned();
        }
        let folded = fold(name);
        let own = self.bare(&folded);
        if let Some(key) = self.known.get(own) {
            return key.clone();
        }
        let known = forms.iter().filter(|form| !is_acronym(form) && form.chars().any(char::is_whitespace));
        for form in known {
            if let Some(key) = self.known.get(self.bare(&fold(form))) {
                return key.clone();
            }
        }
        own.to_owned()
    }

    /// Whether the knowledge holds the name.
    pub(crate) fn is_known(&self, name: &str) -> bool {
        self.is_country(name) || self.known.contains_key(self.bare(&fold(name)))
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
