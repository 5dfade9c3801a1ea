//! What near-duplicate texts share: a sample of their runs of five words.

use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Words in a run.
const RUN: usize = 5;
/// One run in so many is kept.
const SAMPLE: u64 = 8;
/// Runs kept of one document, so that a long one costs no more than a dozen pages.
const KEPT_MAX: usize = 512;
/// Below this many shared samples nothing is said about two texts: any two share a phrase.
const SHARED_MIN: usize = 4;

/// A sample of a text's five-word runs: those whose hash is divisible by eight, so that the sample of a shortened copy lies
/// inside the original's. JSON has it as hexadecimal digits, eight a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Signature(Vec<u32>);

impl Signature {
    /// The signature of a text. Case, spaces and punctuation make no difference.
    pub fn of(text: &str) -> Self {
        let mut kept = Vec::new();
        let mut run = [0u64; RUN];
        let mut words = 0usize;
        let mut word = 0u64;
        let mut rest = text;
        loop {
            let mut take =
                |lower: char| word = (word.rotate_left(5) ^ u64::from(lower)).wrapping_mul(0x517c_c1b7_2722_0a95);
            let letters = rest.bytes().take_while(u8::is_ascii_alphanumeric);
            let count = letters.map(|letter| take(letter.to_ascii_lowercase().into())).count();
            let mut behind = rest[count..].chars();
            let next = behind.next();
            rest = behind.as_str();
            if let Some(letter) = next.filter(|c| !c.is_ascii() && c.is_alphanumeric()) {
                letter.to_lowercase().for_each(take);
            } else if word != 0 {
                run[words % RUN] = word;
                words += 1;
                word = 0;
                if words >= RUN {
                    let mut hash = 0u64;
                    for back in 0..RUN {
                        hash =
                            (hash.rotate_left(7) ^ run[(words - 1 - back) % RUN]).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                    }
                    hash ^= hash >> 32;
                    if hash.is_multiple_of(SAMPLE) {
                        kept.push((hash >> 3) as u32);
                    }
                }
            }
            if next.is_none() {
                break;
            }
        }
        kept.sort_unstable();
        kept.dedup();
        kept.truncate(KEPT_MAX);
        Self(kept)
    }

    /// Whether one text carries the other's: at least half of the shorter one's runs stand in the longer one.
    pub fn is_copy(&self, other: &Self) -> bool {
        let (short, long) = if self.0.len() <= other.0.len() { (&self.0, &other.0) } else { (&other.0, &self.0) };
        let enough = SHARED_MIN.max(short.len().div_ceil(2));
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
    fn a_signature_survives_its_written_forms() {
        let signature = Signature::of(&article(3, 300));
        assert_eq!(Signature::from_bytes(&signature.to_bytes()), signature);
        assert_eq!(Signature::try_from(String::from(signature.clone())), Ok(signature));
    }
}
