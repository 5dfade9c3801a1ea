//! The base form of a name, in Latin script.

use super::lexicon::{Tables, Transliteration};
use std::borrow::Cow;

/// Writes `form` in Latin letters where the language has a table for it; each word's first letter may be written otherwise.
pub fn latin<'f>(form: &'f str, tables: &Tables) -> Cow<'f, str> {
    let table = &tables.transliteration;
    if table.letters.is_empty() {
        return form.into();
    }
    let mut out = String::with_capacity(form.len());
    let mut initial = true;
    let mut skip = 0;
    for (at, c) in form.char_indices() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let small = small(c);
        let found = if let Some(latin) = pair(&form[at..], small, table) {
            skip = 1;
            Some(latin)
        } else {
            table.initial.get(&small).filter(|_| initial).or_else(|| table.letters.get(&small))
        };
        match found {
            Some(latin) if c != small && c.is_uppercase() => {
                let mut letters = latin.chars();
                out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                // "ЩА" is "SHCHA", "Ща" is "Shcha".
                if form[at + c.len_utf8()..].chars().next().is_some_and(char::is_uppercase) {
                    out.extend(letters.flat_map(char::to_uppercase));
                } else {
                    out.push_str(letters.as_str());
                }
            }
            Some(latin) => out.push_str(latin),
            None => out.push(c),
        }
        initial = !is_letter(c) && !matches!(c, '\'' | '’' | 'ʼ');
    }
    out.into()
}

/// The small letter of a letter, told at once for those that names have most.
fn small(c: char) -> char {
    match c {
        'а'..='я' | 'a'..='z' | ' ' => c,
        'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Whether a character is a letter, told at once for those that names have most.
fn is_letter(c: char) -> bool {
    matches!(c, 'А'..='я' | 'a'..='z' | 'A'..='Z') || c != ' ' && c.is_alphabetic()
}

/// What two letters at the beginning of `rest`, the first of them `small` where it is small, are written as together.
fn pair<'t>(rest: &str, small: char, table: &'t Transliteration) -> Option<&'t String> {
    let two = || rest.chars().take(2).flat_map(char::to_lowercase);
    let mut pairs = table.pairs.iter().filter(|(pair, _)| pair.starts_with(small));
    pairs.find(|(pair, _)| two().eq(pair.chars())).map(|(_, latin)| latin)
}

/// One word's base form by the language's pairs of endings, tried in order.
pub fn base(word: &str, tables: &Tables) -> String {
    let last = word.as_bytes().last();
    for [inflected, base] in &tables.inflection.base {
        if inflected.as_bytes().last() == last
            && let Some(stem) = word.strip_suffix(inflected.as_str())
            && stem.chars().count() >= tables.inflection.stem_min
        {
            return format!("{stem}{base}");
        }
    }
    word.to_owned()
}

/// The text of a name with single blanks and without a stop at its end.
pub fn tidy(form: &str) -> Cow<'_, str> {
    // Most names have nothing to tidy: no blanks but single ones inside, and no character that may be another blank or a soft hyphen.
    let plain = |byte: u8| byte.is_ascii_graphic() || matches!(byte, 0x80..0xc0 | 0xc3..0xe1);
    let mut blank = true;
    let tidied = form.bytes().all(|byte| {
        let fits = plain(byte) || byte == b' ' && !blank;
        blank = byte == b' ';
        fits
    });
    if tidied && !blank {
        return form.into();
    }
    let mut out = String::with_capacity(form.len());
    for word in form.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| *c != '\u{ad}'));
    }
    out.into()
}

/// A name in capital letters as it is written elsewhere: "RICHMOND", "FORT WORTH"; `None` where a word is no more than a few letters, which
/// may be its short form, or has a small one.
pub fn quiet(name: &str) -> Option<String> {
    const LETTERS_MIN: usize = 4;
    let mut out = String::with_capacity(name.len());
    for word in name.split_inclusive([' ', '-']) {
        let letters = word.trim_end_matches([' ', '-']);
        if letters.chars().count() < LETTERS_MIN || !letters.chars().all(char::is_uppercase) {
            return None;
        }
        let mut characters = word.chars();
        out.extend(characters.next());
        out.extend(characters.flat_map(char::to_lowercase));
    }
    Some(out).filter(|out| !out.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{quiet, tidy};

    #[test]
    fn capitals_of_a_dateline_are_no_part_of_its_town() {
        for (name, wanted) in [
            ("RICHMOND", Some("Richmond")),
            ("FORT WORTH", Some("Fort Worth")),
            ("SAINT-NAZAIRE", Some("Saint-Nazaire")),
            ("KLM", None),
            ("PORT Talbot", None),
            ("", None),
        ] {
            assert_eq!(quiet(name).as_deref(), wanted, "{name}");
        }
    }

    #[test]
    fn a_tidy_name_has_single_blanks_and_no_soft_hyphens() {
        for (form, tidied) in [
            ("Électricité de France", "Électricité de France"),
            ("Stadt\u{a0}Linz", "Stadt Linz"),
            ("Bau\u{ad}haus", "Bauhaus"),
            ("North  Sea\nGas", "North Sea Gas"),
            (" Oslo ", "Oslo"),
            ("", ""),
        ] {
            assert_eq!(tidy(form), tidied);
        }
    }
}
