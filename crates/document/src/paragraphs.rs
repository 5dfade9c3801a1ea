//! Lines to paragraphs: text set in columns has a break at every line's end, other text only between paragraphs.

use std::ops::Range;

/// A paragraph before it is known what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Bytes of the text, without white space around.
    pub span: Range<usize>,
    /// Whether a blank line, or the text's start, stands before it.
    pub after_blank: bool,
}

/// Columns that mail and wire text is set in, in characters.
const COLUMNS: Range<usize> = 40..101;

/// Cuts a text into paragraphs.
pub(crate) fn cut(text: &str) -> Vec<Paragraph> {
    let lines = lines(text);
    let Some(width) = column_width(text, &lines) else { return lines };
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len() / 3);
    let mut before: Option<&Paragraph> = None;
    for line in &lines {
        match (paragraphs.last_mut(), before) {
            (Some(paragraph), Some(last)) if !line.after_blank && is_wrapped(text, last, line, width) => {
                paragraph.span.end = line.span.end;
            }
            _ => paragraphs.push(line.clone()),
        }
        before = Some(line);
    }
    paragraphs
}

fn lines(text: &str) -> Vec<Paragraph> {
    let mut lines = Vec::with_capacity(16);
    let (mut start, mut after_blank) = (0, true);
    let rare = may_have_rare_breaks(text.as_bytes());
    while start < text.len() {
        let line = &text[start..line_end(text.as_bytes(), start, rare)];
        let ended = line.trim_end();
        let trimmed = ended.trim_start();
        if trimmed.is_empty() {
            // The second half of "\r\n" is no blank line.
            after_blank |= line != "\n" || !text[..start].ends_with('\r');
        } else {
            let from = start + (ended.len() - trimmed.len());
            lines.push(Paragraph { span: from..from + trimmed.len(), after_blank });
            after_blank = false;
        }
        start += line.len();
    }
    lines
}

/// One past the line break that ends the line which starts at `start`: "\n", "\r", and where the text has them the rare ones.
fn line_end(bytes: &[u8], start: usize, rare: bool) -> usize {
    let rest = &bytes[start..];
    let end = memchr::memchr2(b'\n', b'\r', rest).map_or(bytes.len(), |at| start + at + 1);
    if !rare {
        return end;
    }
    let broken = (start..end).find_map(|at| match bytes[at] {
        b'\x0c' => Some(at + 1),
        0xc2 if bytes.get(at + 1) == Some(&0x85) => Some(at + 2),
        0xe2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])) => Some(at + 3),
        _ => None,
    });
    broken.unwrap_or(end)
}

/// Whether a text may have line breaks other than "\n" and "\r": "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"; sure where it says no.
fn may_have_rare_breaks(bytes: &[u8]) -> bool {
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    // Without leaving early, so that many bytes are looked at at once.
    pairs.fold(bytes.last() == Some(&b'\x0c'), |found, (one, next)| {
        found | (*one == b'\x0c') | (*one == 0xc2 && *next == 0x85) | (*one == 0x80 && matches!(*next, 0xa8 | 0xa9))
    })
}

/// The width of the columns that the text is set in, if it is: then nearly every line that another one follows has no room
/// for that one's first word, and some go on in small letters.
fn column_width(text: &str, lines: &[Paragraph]) -> Option<usize> {
    let mut width = 0;
    for line in lines {
        // A line of more bytes than four columns' worth is no column, whatever its letters.
        if line.span.len() > 4 * COLUMNS.end {
            return None;
        }
        width = width.max(text[line.span.clone()].chars().count());
        if width >= COLUMNS.end {
            return None;
        }
    }
    if !COLUMNS.contains(&width) {
        return None;
    }
    let (mut pairs, mut wrapped, mut small) = (0usize, 0usize, 0usize);
    for pair in lines.windows(2).filter(|pair| !pair[1].after_blank) {
        pairs += 1;
        if is_wrapped(text, &pair[0], &pair[1], width) {
            wrapped += 1;
            small += usize::from(text[pair[1].span.clone()].starts_with(char::is_lowercase));
        }
    }
    (wrapped >= 3 && wrapped * 10 >= pairs * 6 && small * 5 >= wrapped * 2).then_some(width)
}

fn is_wrapped(text: &str, line: &Paragraph, next: &Paragraph, width: usize) -> bool {
    let first_word = text[next.span.clone()].split_whitespace().next().unwrap_or_default();
    let room = text[line.span.clone()].chars().count() + 1 + first_word.chars().count();
    room > width && !super::blocks::is_item(&text[next.span.clone()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        cut(text).into_iter().map(|paragraph| text[paragraph.span].replace('\n', "/")).collect()
    }

    #[test]
    fn text_in_columns_is_joined() {
        let wire = "LONDON (Northgate) - Norway will buy at least five frigates\n\
                    made in Glasgow for 10 billion pounds, the ministry said on\n\
                    Sunday.\n\
                    It is the largest order of its kind ever, and the yard will\n\
                    hire two thousand people for it.\n\nThe end.\n";
        assert_eq!(texts(wire).len(), 3);
        assert!(texts(wire)[0].ends_with("said on/Sunday."));
    }

    #[test]
    fn lines_of_their_own_stay_apart() {
        let page = "A title\r\nFirst paragraph, which is long enough to be told from a column of text, or so one hopes, and \
                    goes on for a while.\r\nSecond paragraph.\r\n\r\nThird.";
        assert_eq!(texts(page).len(), 4);
        let list = "Outlay: Rs 91,000 crore for the plant\nPromoter: Tata Electronics of Mumbai\nWhat: fifty thousand wafers \
                    a month\nWhere: Dholera in Gujarat, to the west\n";
        assert_eq!(texts(list).len(), 4);
        assert_eq!(texts("a\u{c}b\u{85}c\u{2028}d\re\u{2029}"), ["a", "b", "c", "d", "e"]);
        assert!(!cut("a\r\nb")[1].after_blank);
        assert!(cut("a\r\n\r\nb")[1].after_blank);
    }
}
