//! Markdown: its marks are blanked, so that offsets into the file hold, and its structure becomes blocks.

use crate::{Block, Document, Role, blocks, words::Words};
use std::ops::Range;

/// Makes a document of Markdown text with optional front matter.
pub(crate) fn read(id: String, mut text: String, words: &Words) -> Document {
    let front = front_matter(&text);
    let fields = front.clone().map(|range| text[range].to_owned());
    let body_start = front.map_or(0, |range| text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1));
    let lines = lines(&text, body_start);
    let mut blanker = Blanker::default();
    for line in lines.iter().filter(|line| line.sort != Sort::Code) {
        blanker.inline(&text, line.span.clone());
    }
    // Only characters of the same number of bytes were put in, so this is UTF-8 still.
    if let Some(Ok(blanked)) = blanker.out.map(String::from_utf8) {
        text = blanked;
    }
    let mut document = Document::uncut(id, text);
    if let Some(fields) = fields {
        document.take_front_matter(&fields);
    }
    let built = build(document.text(), &lines, document.title.as_deref(), words);
    document.set_blocks(built);
    document
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Blank,
    Heading(usize),
    Item,
    Code,
    Text,
}

#[derive(Debug)]
struct Line {
    span: Range<usize>,
    sort: Sort,
}

fn front_matter(text: &str) -> Option<Range<usize>> {
    let start = text.find('\n')? + 1;
    if text[..start].trim_end() != "---" {
        return None;
    }
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(start..at);
        }
        at += line.len();
    }
    None
}

/// How many bytes a line has, about, blank ones among them: so much room is asked for at once.
const BYTES_OF_A_LINE: usize = 64;

fn lines(text: &str, start: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::with_capacity(text.len() / BYTES_OF_A_LINE);
    let (mut at, mut fenced) = (start, false);
    for line in text[start..].split_inclusive('\n') {
        let ended = line.trim_end();
        let trimmed = ended.trim_start();
        let from = at + (ended.len() - trimmed.len());
        at += line.len();
        let quoted = trimmed.trim_start_matches(['>', ' ']);
        let fence = trimmed.starts_with("```") || trimmed.starts_with("~~~");
        let hashes = quoted.bytes().take_while(|byte| *byte == b'#').count();
        let underline = !trimmed.is_empty() && trimmed.bytes().all(|byte| byte == b'=' || byte == b'-');
        let sort = match () {
            () if fence || fenced => Sort::Code,
            () if quoted.is_empty() => Sort::Blank,
            () if (1..=6).contains(&hashes) && quoted[hashes..].starts_with(' ') => Sort::Heading(hashes),
            () if underline && trimmed.len() > 1 => {
                let level = if trimmed.starts_with('=') { 1 } else { 2 };
                if let Some(last) = lines.last_mut().filter(|last| last.sort == Sort::Text) {
                    last.sort = Sort::Heading(level);
                }
                Sort::Blank
            }
            () if blocks::is_item(quoted) || quoted.starts_with("+ ") => Sort::Item,
            () => Sort::Text,
        };
        fenced ^= fence;
        lines.push(Line { span: from..from + trimmed.len(), sort });
    }
    lines
}

/// Joins lines to blocks: what stands on without a blank line belongs to the paragraph or item before.
fn build(text: &str, lines: &[Line], title: Option<&str>, words: &Words) -> Vec<Block> {
    let mut built: Vec<Block> = Vec::with_capacity(lines.len() / 2);
    let mut open = false;
    let mut headed = false;
    for line in lines {
        let ended = text[line.span.clone()].trim_end();
        let trimmed = ended.trim_start();
        if trimmed.is_empty() {
            open = false;
            continue;
        }
        let start = line.span.start + (ended.len() - trimmed.len());
        let span = start..start + trimmed.len();
        let role = match line.sort {
            Sort::Heading(1) if !headed && title.is_none_or(|title| title == trimmed) => Role::Title,
            Sort::Heading(_) => Role::Heading,
            Sort::Item => Role::Item,
            Sort::Code => Role::Aside,
            Sort::Blank | Sort::Text => Role::Body,
        };
        headed |= role == Role::Title;
        match built.last_mut() {
            Some(last) if open && role == Role::Body => last.span.end = span.end,
            _ => built.push(Block { span, role }),
        }
        open = matches!(role, Role::Body | Role::Item);
    }
    // The furniture of a page stands in Markdown made from pages as well.
    let whole = blocks::of(text, title, words);
    for block in &mut built {
        let Ok(same) = whole.binary_search_by_key(&block.span.start, |other| other.span.start) else { continue };
        let same = &whole[same];
        let aside = same.span == block.span && matches!(same.role, Role::Aside | Role::Byline);
        if aside && block.role != Role::Title {
            block.role = same.role;
        }
    }
    if title.is_none() && !built.iter().any(|block| block.role == Role::Title) {
        let headline = whole.iter().find(|block| block.role == Role::Title);
        if let Some(block) = built.iter_mut().find(|block| headline.is_some_and(|other| other.span == block.span)) {
            block.role = Role::Title;
        }
    }
    built
}

/// What a mark of Markdown may begin with inside a line.
const fn is_special(byte: u8) -> bool {
    matches!(byte, b'[' | b'!' | b'*' | b'`' | b'_' | b'~' | b'<' | b'\\')
}

/// Blanks marks with spaces of their own width.
#[derive(Default)]
struct Blanker {
    /// The text with its marks blanked; most texts have none.
    out: Option<Vec<u8>>,
}

impl Blanker {
    fn blank(&mut self, text: &str, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let out = self.out.get_or_insert_with(|| text.as_bytes().to_vec());
        for (offset, c) in text[range.clone()].char_indices() {
            let space = match c.len_utf8() {
                _ if c == '\n' => continue,
                1 => " ",
                2 => "\u{a0}",
                3 => "\u{2003}",
                _ => continue,
            };
            let at = range.start + offset;
            out[at..at + space.len()].copy_from_slice(space.as_bytes());
        }
    }

    /// Heading signs, quotes, emphasis, links and images of one line.
    fn inline(&mut self, text: &str, span: Range<usize>) {
        let line = &text[span.clone()];
        let signs = line.len() - line.trim_start_matches(['>', '#', ' ']).len();
        self.blank(text, span.start..span.start + signs);
        let mut at = signs;
        // Without leaving early, so that many bytes are looked at at once: most lines have no mark.
        if !line.bytes().fold(false, |found, byte| found | is_special(byte)) {
            return;
        }
        while let Some(plain) =
            line.as_bytes().get(at..).and_then(|rest| rest.iter().position(|byte| is_special(*byte)))
        {
            at += plain;
            let rest = &line[at..];
            let step = match rest.as_bytes()[0] {
                b'[' | b'!' => self.link(text, span.start + at, rest),
                b'*' | b'`' | b'_' | b'~' => self.emphasis(text, span.start + at, line, at),
                b'<' => match rest.find('>') {
                    Some(end) if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') => {
                        self.blank(text, span.start + at..span.start + at + end + 1);
                        end + 1
                    }
                    _ => 1,
                },
                b'\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => {
                    self.blank(text, span.start + at..span.start + at + 1);
                    2
                }
                _ => rest.chars().next().map_or(1, char::len_utf8),
            };
            at += step;
        }
    }

    /// `[words](address)` keeps its words, an image nothing.
    fn link(&mut self, text: &str, start: usize, rest: &str) -> usize {
        let image = rest.starts_with("![");
        if !image && !rest.starts_with('[') {
            return 1;
        }
        let open = usize::from(image);
        let Some(close) = rest.find("](") else { return 1 };
        if rest[open + 1..close].contains(['[', ']']) {
            return 1;
        }
        let Some(end) = rest[close..].find(')').map(|end| close + end + 1) else { return 1 };
        if image {
            self.blank(text, start..start + end);
            return end;
        }
        self.blank(text, start..start + 1);
        self.blank(text, start + close..start + end);
        // The words may hold emphasis.
        1
    }

    fn emphasis(&mut self, text: &str, start: usize, line: &str, at: usize) -> usize {
        let mark = line.as_bytes()[at];
        let len = line[at..].bytes().take_while(|byte| *byte == mark).count();
        let outer =
            |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation() || "«»“”’„".contains(c));
        let (before, after) = (line[..at].chars().next_back(), line[at + len..].chars().next());
        let inner = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let opens = outer(before) && inner(after);
        let closes = inner(before) && outer(after);
        // A lone star is a sign of its own; underscores and tildes inside words are letters.
        if (opens || closes) && len <= 3 && !(mark == b'~' && len == 1) {
            self.blank(text, start..start + len);
        }
        len
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pledgebook_lexicon::Data;

    #[test]
    fn marks_go_and_offsets_stay() {
        let source = "---\ntitle: \"A deal\"\npublished: 2025-09-14\nlang: en\n---\n# A deal\n\n**BlackRock** plans [£500 \
                      million](https://example.org/été) for *data centres*\nin Britain.\n\n- First\n- Second\n  line\n\n> quoted \
                      2 * 3\n\n```\ncode\n```\n";
        let words = Words::load(&Data::embedded()).expect("data");
        let document = read("a".into(), source.into(), &words);
        assert_eq!(document.title.as_deref(), Some("A deal"));
        assert_eq!(document.published.as_deref(), Some("2025-09-14"));
        let text = document.text();
        assert_eq!(text.len(), source.len());
        assert_eq!(text.chars().count(), source.chars().count());
        assert_eq!(text.find("£500"), source.find("£500"));
        let blocks: Vec<(Role, String)> = document
            .blocks()
            .iter()
            .map(|block| (block.role, text[block.span.clone()].split_whitespace().collect::<Vec<_>>().join(" ")))
            .collect();
        assert_eq!(
            blocks,
            [
                (Role::Title, "A deal".to_owned()),
                (Role::Body, "BlackRock plans £500 million for data centres in Britain.".to_owned()),
                (Role::Item, "- First".to_owned()),
                (Role::Item, "- Second line".to_owned()),
                (Role::Body, "quoted 2 * 3".to_owned()),
                (Role::Aside, "```".to_owned()),
                (Role::Aside, "code".to_owned()),
                (Role::Aside, "```".to_owned()),
            ]
        );
    }
}
