//! Folding: what makes two spellings the same word. Case, apostrophes, hyphens and composition are folded; letters never
//! are ("año" is not "ano").

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether a character is any of the apostrophes that texts use inside words.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘' | '`' | '´' | 'ʹ' | '＇')
}

/// Whether a character is a hyphen that joins parts of a word; dashes between clauses are not.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Appends the folded form of a word of small letters, of which the first may be a capital.
pub(crate) fn fold_first_into(word: &str, out: &mut String) {
    if !word.starts_with(|first: char| first.is_ascii()) {
        return fold_into(word, out);
    }
    let from = out.len();
    out.push_str(word);
    if let Some(first) = out.get_mut(from..=from) {
        first.make_ascii_lowercase();
    }
}

/// Appends the folded form of `word` to `out`.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        if let Some(folded) = out.get_mut(start..) {
            folded.make_ascii_lowercase();
        }
        if word.bytes().fold(false, |found, byte| found | (byte == b'`')) {
            let folded = out.split_off(start).replace('`', "'");
            out.push_str(&folded);
        }
        return;
    }
    // Most words have no capital but the first letter.
    let mut chars = word.chars();
    if let Some(small) = chars.next().and_then(small)
        && is_folded(chars.as_str())
    {
        out.push(small);
        out.push_str(chars.as_str());
        return;
    }
    let composed;
    let word = if word.chars().all(is_composed) || is_nfc_quick(word.chars()) == IsNormalized::Yes {
        word
    } else {
        composed = word.nfc().collect::<String>();
        &composed
    };
    for c in word.chars() {
        match c {
            c if c.is_ascii() => out.push(if c == '`' { '\'' } else { c.to_ascii_lowercase() }),
            'а'..='я' | 'ѐ'..='џ' | 'ґ' | 'ß'..='ö' | 'ø'..='ÿ' => out.push(c),
            'А'..='Я' | 'À'..='Ö' | 'Ø'..='Þ' => out.extend(char::from_u32(c as u32 + 0x20)),
            'Ѐ'..='Џ' => out.extend(char::from_u32(c as u32 + 0x50)),
            c if is_apostrophe(c) => out.push('\''),
            c if is_hyphen(c) => out.push('-'),
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' => {}
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// A letter or mark as folding makes it, where that is quickly told.
#[inline]
pub fn small(c: char) -> Option<char> {
    match c {
        '`' => None,
        c if c.is_ascii() => Some(c.to_ascii_lowercase()),
        'а'..='я' | 'ѐ'..='џ' | 'ґ' | 'ß'..='ö' | 'ø'..='ÿ' => Some(c),
        'А'..='Я' | 'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(c as u32 + 0x20),
        'Ѐ'..='Џ' => char::from_u32(c as u32 + 0x50),
        _ => None,
    }
}

/// Whether a word is surely its own folded form; quickly told: small letters of ASCII, of Latin with two bytes and of Cyrillic, digits and
/// marks of ASCII.
pub fn is_folded(word: &str) -> bool {
    let mut bytes = word.bytes();
    while let Some(byte) = bytes.next() {
        let folded = match byte {
            0..0x80 => !byte.is_ascii_uppercase() && byte != b'`',
            0xc3 => matches!(bytes.next(), Some(0x9f..=0xb6 | 0xb8..=0xbf)),
            0xd0 => matches!(bytes.next(), Some(0xb0..=0xbf)),
            0xd1 => matches!(bytes.next(), Some(0x80..=0x9f)),
            0xd2 => bytes.next() == Some(0x91),
            _ => false,
        };
        if !folded {
            return false;
        }
    }
    true
}

/// Whether a character is its own composed form whatever follows in the scripts that news of the supported languages uses;
/// a quick answer that spares most words the full check.
fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{400}'..='\u{52f}' | '\u{2010}'..='\u{201f}')
}

/// The folded form of `word` as a string of its own; for loading data, not for hot paths.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::{fold, is_folded};

    #[test]
    fn a_word_is_told_to_be_folded_only_where_it_is() {
        for word in [
            "straße",
            "ґанок",
            "їжак",
            "ѐ",
            "año",
            "3,5",
            "l'eau",
            "Straße",
            "Ґанок",
            "ЇЖАК",
            "É",
            "`",
            "’",
            "a\u{ad}b",
            "e\u{301}",
            "ł",
        ] {
            assert!(!is_folded(word) || fold(word) == word, "{word}");
        }
        assert!(["straße", "ґанок", "їжак", "año", "l'eau"].iter().all(|word| is_folded(word)));
        assert_eq!(["Été", "Їжак", "Ґанок", "ЇЖАК", "Õ", "Ý"].map(fold), ["été", "їжак", "ґанок", "їжак", "õ", "ý"]);
    }

    #[test]
    fn folding_joins_spellings_and_keeps_letters() {
        assert_eq!(fold("L’Accord"), "l'accord");
        assert_eq!(fold("п’ять"), fold("п'ять"));
        assert_eq!(fold("E\u{301}tat"), "état");
        assert_ne!(fold("año"), fold("ano"));
    }
}
