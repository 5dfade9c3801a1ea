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

/// Appends the folded form of `word` to `out`.
pub fn fold_into(word: &str, out: &mut String) {
    if word.is_ascii() {
        let start = out.len();
        out.push_str(word);
        if let Some(folded) = out.get_mut(start..) {
            folded.make_ascii_lowercase();
        }
        if word.bytes().any(|byte| byte == b'`') {
            let folded = out.split_off(start).replace('`', "'");
            out.push_str(&folded);
        }
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

/// Whether a word is surely its own folded form; quickly told.
pub fn is_folded(word: &str) -> bool {
    let folded = |c| matches!(c, '\0'..='@' | '['..='_' | '{'..='\u{7f}' | 'a'..='z' | 'а'..='я' | 'ѐ'..='џ' | 'ґ' | 'ß'..='ö' | 'ø'..='ÿ');
    word.chars().all(folded)
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
    use super::fold;

    #[test]
    fn folding_joins_spellings_and_keeps_letters() {
        assert_eq!(fold("L’Accord"), "l'accord");
        assert_eq!(fold("п’ять"), fold("п'ять"));
        assert_eq!(fold("E\u{301}tat"), "état");
        assert_ne!(fold("año"), fold("ano"));
    }
}
