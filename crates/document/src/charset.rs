//! Bytes to text: which character set it is, and whether it is text at all.

use crate::error::Problem;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much is looked at to tell binary data from text.
const LOOKED_AT: usize = 8_192;

/// Decodes a whole document. A byte order mark decides, then valid UTF-8, then what the letters look like.
///
/// Text that is UTF-8 but for some bytes is refused rather than read as another character set or mended in silence.
pub(crate) fn decode(mut bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    if let Some(sort) = named_format(&bytes) {
        return Err(Problem::Named(sort));
    }
    if let Some((encoding, mark_len)) = Encoding::for_bom(&bytes) {
        if encoding != UTF_8 {
            return checked(encoding, &bytes[mark_len..]);
        }
        bytes.drain(..mark_len);
    } else if let Some(encoding) = unmarked_utf16(&bytes) {
        return checked(encoding, &bytes);
    }
    if memchr::memchr(0, &bytes[..bytes.len().min(LOOKED_AT)]).is_some() {
        return Err(Problem::Binary);
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => legacy(error.as_bytes(), error.utf8_error().valid_up_to())?,
    };
    if has_controls(&text) {
        return Err(Problem::Binary);
    }
    if text.trim().is_empty() { Err(Problem::Empty) } else { Ok(text) }
}

/// What well-known files that are no text begin with.
fn named_format(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\x1f\x8b", "gzip data"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"GIF8", "an image"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x7fELF", "a program"),
        (b"\xd0\xcf\x11\xe0", "an office document"),
    ];
    FORMATS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, name)| *name)
}

/// UTF-16 without its mark shows by zeros in every other byte.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT) & !1];
    memchr::memchr(0, looked_at)?;
    let zeros = |offset: usize| looked_at.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), looked_at.len() / 2);
    // Spaces and line breaks have a zero byte in any script; text has one in ten at least.
    match (even, odd) {
        (0, odd) if odd > 0 && odd * 10 >= pairs => Some(UTF_16LE),
        (even, 0) if even > 0 && even * 10 >= pairs => Some(UTF_16BE),
        _ => None,
    }
}

fn checked(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Problem> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    match () {
        () if had_errors => Err(Problem::NoCharset),
        () if has_controls(&text) => Err(Problem::Binary),
        () if text.trim().is_empty() => Err(Problem::Empty),
        () => Ok(text.into_owned()),
    }
}

/// Text that is not valid UTF-8: damaged UTF-8, an older character set, or no text.
fn legacy(bytes: &[u8], valid_up_to: usize) -> Result<String, Problem> {
    let (mut multibyte, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        multibyte += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // Letters of an older character set hardly ever make a valid sequence of UTF-8 by chance.
    if multibyte > broken {
        let line = 1 + bytes[..valid_up_to].iter().filter(|byte| **byte == b'\n').count();
        return Err(Problem::BrokenUtf8 { byte: valid_up_to + 1, line });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors { Err(Problem::NoCharset) } else { Ok(text.into_owned()) }
}

/// More control characters than text ever has.
fn has_controls(text: &str) -> bool {
    // Most texts have none at all: neither of one byte, nor of the two that begin with 0xc2.
    let bytes = &text.as_bytes()[..text.len().min(4 * LOOKED_AT)];
    let one = |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t' | b'\x0c') || byte == 0x7f;
    let two = |(first, second): (&u8, &u8)| *first == 0xc2 && *second < 0xa0;
    // Without leaving early, so that many bytes are looked at in one instruction.
    let any = |found: bool, control: bool| found | control;
    let next = bytes.get(1..).unwrap_or_default();
    if !bytes.iter().map(|byte| one(*byte)).fold(false, any) && !bytes.iter().zip(next).map(two).fold(false, any) {
        return false;
    }
    let looked_at = text.chars().take(LOOKED_AT);
    let (mut all, mut controls) = (0usize, 0usize);
    for c in looked_at {
        all += 1;
        controls += usize::from(c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}'));
    }
    controls * 100 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "L’État a annoncé hier un effort de 500 millions d’euros à Besançon, où l’usine emploie déjà.";
    const UKRAINIAN: &str = "Уряд виділить п'ять мільярдів гривень на житло, повідомила пресслужба міністерства.";

    #[test]
    fn every_usual_character_set_is_told() {
        let sets = [encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1251, UTF_8];
        for (text, sets) in [(FRENCH, [sets[0], sets[2]]), (UKRAINIAN, [sets[1], sets[2]])] {
            for set in sets {
                let (bytes, _, unmappable) = set.encode(text);
                assert!(!unmappable);
                assert_eq!(decode(bytes.into_owned()).ok().as_deref(), Some(text), "{}", set.name());
            }
            for (mark, big) in [(Some([0xff, 0xfe]), false), (Some([0xfe, 0xff]), true), (None, false), (None, true)] {
                let mut bytes: Vec<u8> = mark.into_iter().flatten().collect();
                bytes.extend(
                    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }),
                );
                assert_eq!(decode(bytes).ok().as_deref(), Some(text));
            }
            let marked = format!("\u{feff}{text}");
            assert_eq!(decode(marked.into_bytes()).ok().as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert!(matches!(decode(Vec::new()), Err(Problem::Empty)));
        assert!(matches!(decode(b" \n\t".to_vec()), Err(Problem::Empty)));
        assert!(matches!(decode(b"\x7fELF\x02\x01".to_vec()), Err(Problem::Named("a program"))));
        assert!(matches!(decode((0..=255).cycle().take(4_000).collect()), Err(Problem::Binary)));
        let mut broken = FRENCH.as_bytes().to_vec();
        broken.insert(20, 0xff);
        assert!(matches!(decode(broken), Err(Problem::BrokenUtf8 { line: 1, .. })));
    }
}
