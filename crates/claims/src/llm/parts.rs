//! Long documents are asked about in parts, each of whole sentences; menus and the like are not sent.

use pledgebook_text::Text;
use std::fmt;

/// The most that one request holds, in bytes; a sentence that is longer is asked about alone.
const PART_BYTES_MAX: usize = 16_000;
/// The most parts of a document that are asked about, so that no document can cost without end.
const PARTS_MAX: usize = 32;

/// A document that would take too many requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the document is too long: at most {} KB are asked about", PARTS_MAX * PART_BYTES_MAX / 1_000)
    }
}

impl std::error::Error for TooLong {}

/// The texts that a model is shown, in the order of the document. Paragraphs are parted by a blank line; what stands between two
/// sentences of one paragraph is kept letter for letter.
///
/// # Errors
/// When there would be too many.
pub fn parts(text: &Text<'_>) -> Result<Vec<String>, TooLong> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut before: Option<(usize, usize)> = None;
    let mut length = 0;
    for sentence in text.sentences() {
        let bytes = text.bytes(sentence.tokens.clone());
        length += bytes.len();
        if length > PARTS_MAX * PART_BYTES_MAX {
            return Err(TooLong);
        }
        if !part.is_empty() && part.len() + bytes.len() > PART_BYTES_MAX {
            parts.push(std::mem::take(&mut part));
        }
        if !part.is_empty() {
            let between = before.filter(|(block, _)| *block == sentence.block);
            part.push_str(between.and_then(|(_, end)| text.source().get(end..bytes.start)).unwrap_or("\n\n"));
        }
        part.push_str(&text.source()[bytes.clone()]);
        before = Some((sentence.block, bytes.end));
    }
    if !part.is_empty() {
        parts.push(part);
    }
    Ok(parts)
}
