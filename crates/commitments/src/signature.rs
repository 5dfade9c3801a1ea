//! What near-duplicate texts share: a sample of their runs of five words; and what translations share: their runs of figures.

use pledgebook_text::fold::small;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Words in a run.
const RUN: usize = 5;
/// One run in so many is kept.
const SAMPLE: u64 = 8;
/// Runs kept of one document, so that a long one costs no more than a dozen pages.
const KEPT_MAX: usize = 512;
/// Marks runs of figures among the runs.
const OF_FIGURES: u32 = 1 << 31;
/// Figures in a run: a translation tells them in the order of its original.
const FIGURES: usize = 3;
/// Runs of figures kept of one document.
const FIGURES_KEPT_MAX: usize = 256;
/// Below this many shared runs of figures nothing is said about two texts: any two of one event share some.
const FIGURES_SHARED_MIN: usize = 5;
/// Below this many shared samples nothing is said about two texts: any two share a phrase.
const SHARED_MIN: usize = 4;

/// What each byte of ASCII is in a text: a small letter or a digit, 0 for what parts words.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() {
            letters[at] = byte.to_ascii_lowercase();
        }
        at += 1;
    }
    letters
};

/// How many bytes of a text there are at least to a run of words that is kept, about: so much room is asked for at once.
const BYTES_OF_A_RUN: usize = 32;

/// Whether a character is a mark or space that texts are full of: no letter, which is told at once.
fn is_common_mark(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}' | '\u{a0}' | '«' | '»' | '€')
}

/// The runs of words that are kept, while a text is gone through.
#[derive(Default)]
struct Runs {
    /// The last words, the latest first.
    words: [u64; RUN],
    count: usize,
    kept: Vec<u32>,
}

/// A word's hash with one more letter.
#[inline]
fn with(word: u64, letter: u64) -> u64 {
    (word.rotate_left(5) ^ letter).wrapping_mul(0x517c_c1b7_2722_0a95)
}

impl Runs {
    /// Takes the hash of a word; 0 is none.
    fn take(&mut self, word: u64) {
        if word == 0 {
            return;
        }
        let [first, second, third, fourth, _] = self.words;
        self.words = [word, first, second, third, fourth];
        self.count += 1;
        if self.count < RUN {
            return;
        }
        let mut hash = 0u64;
        for word in self.words {
            hash = (hash.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        hash ^= hash >> 32;
        if hash.is_multiple_of(SAMPLE) {
            self.kept.push((hash >> 3) as u32 & !OF_FIGURES);
        }
    }
}

/// A sample of a text's five-word runs: those whose hash is divisible by eight, so that the sample of a shortened copy lies
/// inside the original's. JSON has it as hexadecimal digits, eight a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Signature(Vec<u32>);

impl Signature {
    /// The signature of a text. Case, spaces and punctuation make no difference.
    pub fn of(text: &str) -> Self {
        let mut runs = Runs { kept: Vec::with_capacity(text.len() / BYTES_OF_A_RUN), ..Runs::default() };
        let (mut at, mut word) = (0, 0);
        loop {
            let letters = text.as_bytes()[at..].iter().map(|byte| LETTERS[usize::from(*byte)]);
            for letter in letters.take_while(|letter| *letter != 0) {
                word = with(word, letter.into());
                at += 1;
            }
            let Some(c) = text[at..].chars().next() else { break };
            at += c.len_utf8();
            if c.is_ascii() || is_common_mark(c) {
                runs.take(std::mem::take(&mut word));
            } else if let Some(letter) = small(c) {
                word = with(word, letter.into());
            } else if c.is_alphanumeric() {
                word = c.to_lowercase().fold(word, |word, letter| with(word, letter.into()));
            } else {
                runs.take(std::mem::take(&mut word));
            }
        }
        runs.take(word);
        let mut kept = runs.kept;
        kept.sort_unstable();
        kept.dedup();
        kept.truncate(KEPT_MAX);
        add_figures(text, &mut kept);
        Self(kept)
    }

    /// The runs of words, and those of figures.
    fn parts(&self) -> (&[u32], &[u32]) {
        self.0.split_at(self.0.partition_point(|run| !Self::is_of_figures(*run)))
    }

    /// Whether two texts of two languages tell the same figures in the same order: two thirds of the shorter one's runs of figures
    /// stand in the longer one.
    pub fn is_translation(&self, other: &Self) -> bool {
        let (own, their) = (self.parts().1, other.parts().1);
        share(own, their, of_a_translation(own.len().min(their.len())))
    }

    /// Whether one text carries the other's: at least half of the shorter one's runs stand in the longer one.
    pub fn is_copy(&self, other: &Self) -> bool {
        let (own, their) = (self.parts().0, other.parts().0);
        share(own, their, of_a_copy(own.len().min(their.len())))
    }

    /// What tells most unlike texts apart at a glance.
    pub(crate) fn sketch(&self) -> Sketch {
        let (words, figures) = self.parts();
        Sketch { words: Bits::of(words), figures: Bits::of(figures) }
    }

    /// Whether a run is one of figures.
    pub(crate) fn is_of_figures(run: u32) -> bool {
        run & OF_FIGURES != 0
    }

    /// Whether nothing is known of the text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The runs' hashes, ascending.
    pub fn runs(&self) -> &[u32] {
        &self.0
    }

    /// The signature as stored: four bytes a run, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|run| run.to_le_bytes()).collect()
    }

    /// The signature of stored bytes; a cut end is left out.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.as_chunks::<4>().0.iter().map(|run| u32::from_le_bytes(*run)).collect())
    }
}

/// How many runs a copy shares with its original, of the shorter one's.
fn of_a_copy(runs: usize) -> usize {
    SHARED_MIN.max(runs.div_ceil(2))
}

/// How many runs of figures a translation shares with its original, of the shorter one's.
fn of_a_translation(runs: usize) -> usize {
    FIGURES_SHARED_MIN.max((2 * runs).div_ceil(3))
}

/// A signature in a few words of memory: sure where it says that two texts are neither copies nor translations.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sketch {
    words: Bits,
    figures: Bits,
}

impl Sketch {
    /// Whether one may carry the other's text.
    pub fn may_be_copy(&self, other: &Self) -> bool {
        self.words.may_share(&other.words, of_a_copy) || self.figures.may_share(&other.figures, of_a_translation)
    }

    /// Whether texts that share no more than so many runs of words and of figures, the shorter one having no fewer than so many, may
    /// be copies or translations.
    pub fn may_share(shared: [usize; 2], runs: [usize; 2]) -> bool {
        shared[0] >= of_a_copy(runs[0]) || shared[1] >= of_a_translation(runs[1])
    }

    /// How many runs of words and of figures the text has.
    pub fn runs(&self) -> [usize; 2] {
        [self.words.runs, self.figures.runs]
    }
}

/// One bit of 256 for each run.
#[derive(Debug, Clone, Copy)]
struct Bits {
    bits: [u64; 4],
    runs: usize,
}

impl Bits {
    fn of(runs: &[u32]) -> Self {
        let mut bits = [0; 4];
        runs.iter().for_each(|run| bits[(run >> 6 & 3) as usize] |= 1 << (run & 63));
        Self { bits, runs: runs.len() }
    }

    /// Whether the shorter one may have `enough` of its runs in the longer one: each bit that only it has is a run of its own.
    fn may_share(&self, other: &Self, enough: fn(usize) -> usize) -> bool {
        let (short, long) = if self.runs <= other.runs { (self, other) } else { (other, self) };
        let own: u32 = short.bits.iter().zip(long.bits).map(|(short, long)| (short & !long).count_ones()).sum();
        enough(short.runs) + own as usize <= short.runs
    }
}

/// Whether two ascending lists have so many runs in common.
fn share(a: &[u32], b: &[u32], enough: usize) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (mut at, mut shared) = (0, 0usize);
    for (nth, run) in short.iter().enumerate() {
        // Most texts have next to nothing in common, which shows half-way.
        if shared + (short.len() - nth) < enough {
            return false;
        }
        while long.get(at).is_some_and(|other| other < run) {
            at += 1;
        }
        shared += usize::from(long.get(at) == Some(run));
    }
    shared >= enough
}

/// Where the first digit stands. Most of a text has none, which is seen eight bytes at a time.
fn next_digit(bytes: &[u8]) -> Option<usize> {
    const fn each(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    let (words, rest) = bytes.as_chunks();
    for (nth, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let low = word & each(0x7f);
        // The highest bit of each byte is set where it is a digit.
        let digits = (low + each(0x80 - b'0')) & !(low + each(0x7f - b'9')) & !word & each(0x80);
        if digits != 0 {
            return Some(8 * nth + digits.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(u8::is_ascii_digit).map(|at| bytes.len() - rest.len() + at)
}

/// Adds the runs of a text's figures, ascending. Of a figure only the digits before its last zeros count, without separators: "1.500
/// millones" is "1.5 billion".
fn add_figures(text: &str, runs: &mut Vec<u32>) {
    let bytes = text.as_bytes();
    let words = runs.len();
    // The last figures, the latest last; 0 where there was none yet.
    let mut last = [0; FIGURES];
    let mut at = 0;
    while let Some(start) = next_digit(&bytes[at..]) {
        at += start;
        let (mut value, mut zeros) = (0u64, 0u32);
        loop {
            let digit = bytes.get(at).filter(|byte| byte.is_ascii_digit());
            if let Some(digit) = digit {
                if *digit == b'0' {
                    zeros += 1;
                } else {
                    for _ in 0..zeros {
                        value = value.wrapping_mul(10);
                    }
                    zeros = 0;
                    value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
                }
                at += 1;
                continue;
            }
            let rest = text.get(at..).unwrap_or_default();
            let mark = rest.chars().next().filter(|c| matches!(c, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{202f}'));
            match mark.map(char::len_utf8).filter(|width| rest.as_bytes().get(*width).is_some_and(u8::is_ascii_digit)) {
                Some(width) => at += width,
                None => break,
            }
        }
        if value > 0 {
            last = [last[1], last[2], value];
            if last[0] > 0 {
                let mix = |hash: u64, value: &u64| (hash.rotate_left(9) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                runs.push((last.iter().fold(0, mix) >> 32) as u32 | OF_FIGURES);
            }
        }
    }
    runs[words..].sort_unstable();
    runs.dedup();
    runs.truncate(words + FIGURES_KEPT_MAX);
}

impl From<Signature> for String {
    fn from(signature: Signature) -> Self {
        let mut text = String::with_capacity(signature.0.len() * 8);
        for run in signature.0 {
            // Writing to a String cannot fail.
            let _ = write!(text, "{run:08x}");
        }
        text
    }
}

impl TryFrom<String> for Signature {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.as_bytes()
            .chunks(8)
            .map(|digits| std::str::from_utf8(digits).ok().and_then(|digits| u32::from_str_radix(digits, 16).ok()))
            .collect::<Option<Vec<u32>>>()
            .map(Self)
            .ok_or_else(|| "a signature is hexadecimal digits, eight a run".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Signature;

    fn article(seed: u64, words: usize) -> String {
        let mut state = seed;
        let mut text = String::new();
        for _ in 0..words {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push_str(&format!("word{} ", (state >> 40) % 5000));
        }
        text
    }

    #[test]
    fn a_shortened_copy_is_a_copy_and_another_text_is_not() {
        let original = article(1, 500);
        let half: String = original.split_inclusive(' ').take(220).collect();
        let signature = Signature::of(&original);
        assert!(signature.is_copy(&Signature::of(&original.to_uppercase().replace(' ', " ,  "))));
        assert!(signature.is_copy(&Signature::of(&half)));
        assert!(!signature.is_copy(&Signature::of(&article(2, 500))));
        assert!(!Signature::of("too short").is_copy(&Signature::of("too short")));
    }

    #[test]
    fn a_sketch_never_parts_a_copy_from_its_original() {
        let letter = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(u32::from('a') + digit)).unwrap_or(c);
        let texts: Vec<String> =
            (1..9).map(|seed| article(seed, 120 * seed as usize).chars().map(letter).collect()).collect();
        let (mut copies, mut unlike) = (0, 0);
        for one in &texts {
            for other in texts.iter().map(String::as_str).chain([&one[..one.len() / 2], &one[one.len() / 3..]]) {
                let (one, other) = (Signature::of(one), Signature::of(other));
                let may = one.sketch().may_be_copy(&other.sketch());
                assert!(may || !one.is_copy(&other));
                copies += usize::from(one.is_copy(&other));
                unlike += usize::from(!may);
            }
        }
        assert!(copies >= 16 && unlike >= 40, "{copies} copies, {unlike} told apart");
    }

    #[test]
    fn rule_10_a_translation_tells_the_same_figures_in_the_same_order() {
        let told = |figures: &[&str], words: &str| -> Signature {
            Signature::of(&figures.iter().map(|figure| format!("{words} {figure} ")).collect::<String>())
        };
        let english = ["1.5 billion", "2.5", "30", "2028", "£22bn", "8,250", "18", "September 2025", "31", "150"];
        let spanish =
            ["1.500 millones", "2.500", "30.000", "2028", "22.000", "8.250", "18", "2025", "31.000", "150.000"];
        let other = ["150", "31", "8,250", "30", "2028", "2.5", "22", "1.5", "2025", "18"];
        let original = told(&english, "it is said that");
        assert!(original.is_translation(&told(&spanish, "se dice que")));
        assert!(!original.is_copy(&told(&spanish, "se dice que")));
        assert!(!original.is_translation(&told(&other, "on dit que")));
        assert!(!told(&english[..5], "so").is_translation(&told(&spanish[..5], "y")));
    }

    #[test]
    fn a_signature_survives_its_written_forms() {
        let signature = Signature::of(&article(3, 300));
        assert_eq!(Signature::from_bytes(&signature.to_bytes()), signature);
        assert_eq!(Signature::try_from(String::from(signature.clone())), Ok(signature));
    }
}
