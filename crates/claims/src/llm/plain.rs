//! A text as models copy it: they write any blank as a space and any apostrophe as they like, and leave out what cannot be seen. What is
//! found so is quoted as the text has it.

use pledgebook_text::fold::is_apostrophe;
use std::ops::Range;

/// A text with plain blanks and apostrophes, and the way back to what it was.
#[derive(Debug)]
pub struct Plain<'t> {
    source: &'t str,
    text: String,
    /// Where the two run apart: a byte of the plain text, and the byte of the source that stands for it.
    shifts: Vec<(usize, usize)>,
}

impl<'t> Plain<'t> {
    pub fn of(source: &'t str) -> Self {
        let mut plain = Self { source, text: String::with_capacity(source.len()), shifts: Vec::new() };
        let mut expected = 0;
        for (at, c) in source.char_indices() {
            let Some(written) = written(c, plain.text.ends_with(' ')) else { continue };
            let here = plain.text.len();
            if at != expected {
                plain.shifts.push((here, at));
            }
            plain.text.push(written);
            // The next character follows on where both are as long.
            expected = if written == c { at + c.len_utf8() } else { usize::MAX };
        }
        plain
    }

    /// Where these words stand in the source.
    pub fn places(&self, words: &str) -> impl Iterator<Item = Range<usize>> + use<'_> {
        let mut wanted = String::with_capacity(words.len());
        for c in words.trim().chars() {
            wanted.extend(written(c, wanted.ends_with(' ')));
        }
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = from + self.text[from..].find(&wanted).filter(|_| !wanted.is_empty())?;
            from = start + self.text[start..].chars().next()?.len_utf8();
            let last = start + wanted.char_indices().next_back()?.0;
            let end = self.source_at(last);
            Some(self.source_at(start)..end + self.source[end..].chars().next()?.len_utf8())
        })
    }

    fn source_at(&self, plain: usize) -> usize {
        let before = self.shifts.partition_point(|(at, _)| *at <= plain);
        let (at, source) = before.checked_sub(1).map_or((0, 0), |last| self.shifts[last]);
        source + (plain - at)
    }
}

/// What a character is in plain text: of blanks in a row, the first.
fn written(c: char, after_blank: bool) -> Option<char> {
    match c {
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' => None,
        c if c.is_whitespace() => (!after_blank).then_some(' '),
        c if is_apostrophe(c) => Some('\''),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::Plain;

    #[test]
    fn words_are_found_and_quoted_as_the_text_has_them() {
        let source = "L’été\u{a0}: «\u{202f}l'avion\u{202f}», dit-il à\r\n  Gör\u{ad}litz. L'été : fin\u{301}.";
        let plain = Plain::of(source);
        let found = |words: &str| plain.places(words).map(|bytes| &source[bytes]).collect::<Vec<_>>();
        assert_eq!(found("L'été :"), ["L’été\u{a0}:", "L'été :"]);
        assert_eq!(found(" dit-il à Görlitz. "), ["dit-il à\r\n  Gör\u{ad}litz."]);
        assert_eq!(found("« l’avion »"), ["«\u{202f}l'avion\u{202f}»"]);
        assert_eq!(found("L’ete").len() + found("").len() + found(" ").len() + found("fin.").len(), 0);
        for (from, _) in source.char_indices() {
            for (to, c) in source[from..].char_indices().map(|(at, c)| (from + at + c.len_utf8(), c)) {
                let words = &source[from..to];
                let seen = |c: char| !c.is_whitespace() && c != '\u{ad}';
                if words.starts_with(seen) && seen(c) {
                    assert!(plain.places(words).any(|bytes| bytes == (from..to)), "{words}");
                }
            }
        }
    }
}
