//! Paragraphs to blocks: which of them are the article, and which the page around it.
//!
//! Precision comes first: what is not surely furniture of the page stays text.

use crate::{
    Block, Role,
    paragraphs::{self, Paragraph},
    words::{Sort, Words, fold_into, has_letters},
};
use std::ops::Range;

/// Longest paragraph, in bytes, that can be furniture; Cyrillic letters take two.
const FURNITURE_BYTES_MAX: usize = 600;
/// Longest headline, in characters.
const TITLE_CHARS_MAX: usize = 200;
/// Longest line of a list of teasers, in characters.
const TEASER_CHARS_MAX: usize = 140;
/// How many paragraphs from the top a byline stands in.
const TOP: usize = 8;

/// Cuts a text into blocks. `title` is the headline where it is known.
pub(crate) fn of(text: &str, title: Option<&str>, words: &Words) -> Vec<Block> {
    let paragraphs = paragraphs::cut(text);
    let mut reader = Reader {
        text,
        words,
        folded: String::with_capacity(FURNITURE_BYTES_MAX),
        teasers: Teasers::None,
        comments: false,
    };
    let languages = reader.language_menu(&paragraphs);
    let mut blocks: Vec<Block> = Vec::with_capacity(paragraphs.len());
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let role =
            if languages.contains(&index) { Role::Aside } else { reader.role(index, paragraph, paragraphs.len()) };
        let span = if role == Role::Aside { paragraph.span.clone() } else { reader.without_cut(&paragraph.span) };
        blocks.push(Block { span, role });
    }
    reader.headline(&mut blocks, title);
    blocks
}

/// Whether a line begins as an item of a list does.
pub(crate) fn is_item(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('•' | '▪' | '●' | '■' | '◦' | '‣' | '✔' | '✘' | '✓' | '►' | '▸' | '·') => true,
        Some('-' | '–' | '—' | '*') => chars.next() == Some(' '),
        Some(c) if c.is_ascii_digit() => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            line.len() - rest.len() <= 2
                && (rest.starts_with(") ") || rest.starts_with(". ") || rest.starts_with('\u{fe0f}'))
        }
        _ => false,
    }
}

/// Whether the lines that are read now are headlines of other articles.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Teasers {
    None,
    /// After the head of the list, which a blank line may follow.
    Head,
    Item,
}

struct Reader<'t> {
    text: &'t str,
    words: &'t Words,
    folded: String,
    teasers: Teasers,
    comments: bool,
}

impl Reader<'_> {
    fn role(&mut self, index: usize, paragraph: &Paragraph, count: usize) -> Role {
        let text = self.text;
        let line = &text[paragraph.span.clone()];
        if self.comments {
            return Role::Aside;
        }
        if line.len() > FURNITURE_BYTES_MAX {
            self.teasers = Teasers::None;
            return Role::Body;
        }
        if self.is_teased(line, paragraph.after_blank) {
            return Role::Aside;
        }
        let core = undecorated(line);
        if !has_letters(core) {
            return if core.contains(|c: char| c.is_ascii_digit()) { Role::Body } else { Role::Aside };
        }
        if let Some(role) = self.by_words(index, core, count) {
            return role;
        }
        if let Some(role) = self.row(line) {
            return role;
        }
        if is_item(line) {
            return Role::Item;
        }
        if index > 0 && index < TOP && is_dateline(line) && !is_labelled(line) {
            return Role::Byline;
        }
        if index > 0 && is_title_like(line) && line.chars().count() <= TEASER_CHARS_MAX && !line.contains(['|', ':']) {
            return Role::Heading;
        }
        Role::Body
    }

    /// Whether a line belongs to a list of other articles' headlines.
    fn is_teased(&mut self, line: &str, after_blank: bool) -> bool {
        let goes_on = match self.teasers {
            Teasers::None => false,
            Teasers::Head => true,
            Teasers::Item => !after_blank,
        };
        let stops = || line.ends_with(['.', '…', ';', ':']) || line.chars().count() > TEASER_CHARS_MAX;
        self.teasers = if goes_on && !stops() { Teasers::Item } else { Teasers::None };
        self.teasers == Teasers::Item
    }

    /// What the words that a line begins with, or holds, make of it.
    fn by_words(&mut self, index: usize, core: &str, count: usize) -> Option<Role> {
        // Such notices stand above or below everything else; looking for them everywhere costs more than the rest of this.
        let outer = index < 4 || index + 6 > count;
        if !outer && !core.starts_with('©') && !self.words.may_start(core, &mut self.folded) {
            return None;
        }
        fold_into(core, &mut self.folded);
        let folded = self.folded.as_str();
        if outer && self.words.asks_for_cookies(folded) {
            return Some(Role::Aside);
        }
        for found in self.words.at_start(folded) {
            let after = folded[found.len..].trim_start();
            let alone = !has_letters(after);
            let set_off = after.starts_with([':', '|', '>', '▸', '›', '»', '→', ']', '–', '—', '-']);
            let open = found.words > 1 && index > 0 && !ends_sentence(core);
            let role = match found.sort {
                Sort::Teaser if alone => {
                    self.teasers = Teasers::Head;
                    Some(Role::Aside)
                }
                Sort::Teaser if set_off || open => Some(Role::Aside),
                Sort::Advert if alone || set_off || open || found.words > 3 => Some(Role::Aside),
                // "– Publicité" style set-offs are common; a sentence that begins with the words is not.
                Sort::Subscription if found.words > 1 || alone || (set_off && !ends_sentence(core)) => {
                    Some(Role::Aside)
                }
                Sort::Share | Sort::Cut if alone && !after.contains('%') => Some(Role::Aside),
                Sort::Source if alone => Some(Role::Aside),
                Sort::Comments if alone && index * 2 > count => {
                    self.comments = true;
                    Some(Role::Aside)
                }
                Sort::Closer if core.len() < 240 && index + 4 > count => Some(Role::Aside),
                Sort::Copyright if core.len() < 160 => Some(Role::Aside),
                Sort::Credit if set_off && is_credit(after) => Some(Role::Aside),
                Sort::Byline
                    if (index > 0 && index < TOP || index + 2 > count) && is_byline(core, found.len, alone) =>
                {
                    Some(Role::Byline)
                }
                Sort::Dated if index < TOP && core.len() < 160 && is_dateline(core) => Some(Role::Byline),
                Sort::Kicker if alone && index < 3 => Some(Role::Heading),
                _ => None,
            };
            if role.is_some() {
                return role;
            }
        }
        (core.starts_with('©') && core.len() < 160).then_some(Role::Aside)
    }

    /// What a row of short pieces is: a menu, a share bar, a trail of pages.
    fn row(&mut self, line: &str) -> Option<Role> {
        // The last piece is a sentence's end, and no row has one.
        let ends = line.strip_suffix('.').is_some_and(|line| line.ends_with(char::is_alphabetic));
        if ends || !may_be_parted(line) {
            return None;
        }
        let mut found: Vec<&str> = Vec::new();
        for piece in pieces(line) {
            if piece.ends_with('.') || piece.split_whitespace().nth(6).is_some() {
                return None;
            }
            found.push(piece);
        }
        let pieces = found;
        if pieces.len() < 2 {
            return None;
        }
        let mut wholly = |piece: &str, sorts: &[Sort]| {
            fold_into(undecorated(piece), &mut self.folded);
            // "27 comments", "2 min read": the figure may stand first.
            let words = self.folded.trim_start_matches(|c: char| !c.is_alphabetic());
            self.words.is_wholly(words, sorts)
        };
        let buttons = pieces.iter().filter(|piece| wholly(piece, &[Sort::Share])).count();
        let menu = pieces.iter().filter(|piece| wholly(piece, &[Sort::Menu, Sort::Home, Sort::Language])).count();
        let trail = line.matches(['›', '→']).count() + line.matches(" > ").count();
        let money = line.contains(['€', '$', '£', '%']);
        if (wholly(pieces[0], &[Sort::Home]) && trail + line.matches(" / ").count() > 0)
            || (trail > 1 && !money && !line.contains('|'))
        {
            return Some(Role::Aside);
        }
        let known = buttons + menu;
        let sign = line.contains(['☰', '≡']);
        let plain = pieces.len() >= 3 && !line.contains(|c: char| c.is_ascii_digit());
        if !(buttons > 0 || menu > 1 || sign || menu == 1 && plain && known * 4 >= pieces.len()) {
            return None;
        }
        // A share bar may hold the day and the author: not for claims, but for the document.
        Some(if has_day(line) { Role::Byline } else { Role::Aside })
    }

    /// The paragraphs that are rows of languages, as "• En • Es • De".
    fn language_menu(&mut self, paragraphs: &[Paragraph]) -> Range<usize> {
        let mut run = 0..0;
        for (index, paragraph) in paragraphs.iter().enumerate().take(40) {
            let line = &self.text[paragraph.span.clone()];
            let all = line.len() < 80
                && has_letters(line)
                && line.split(|c: char| !c.is_alphabetic()).filter(|piece| !piece.is_empty()).all(|piece| {
                    fold_into(piece, &mut self.folded);
                    self.words.is_wholly(&self.folded, &[Sort::Language])
                });
            let pieces = || line.split(|c: char| !c.is_alphabetic()).filter(|piece| !piece.is_empty()).count();
            match all {
                true if run.end == index && !run.is_empty() => run.end = index + 1,
                true if run.len() < 3 => {
                    run = index..index + 1;
                    if pieces() >= 3 {
                        return run;
                    }
                }
                _ => {}
            }
        }
        if run.len() >= 3 { run } else { 0..0 }
    }

    /// A paragraph without the mark and the words that say that it was cut off: "… Read more", "[…]".
    fn without_cut(&mut self, span: &Range<usize>) -> Range<usize> {
        let line = &self.text[span.clone()];
        let bare = line.trim_end_matches([']', ')', '>', '»', '›', '→', ' ', '\u{a0}']);
        // Only what follows an ellipsis is a cut for sure.
        let Some((tail_start, dots)) = last_ellipsis(bare) else { return span.clone() };
        let tail = &bare[tail_start..];
        let after = tail[dots..].trim_start_matches(['…', '.', ']', ')', ' ', '\u{a0}', '[', '(', '>', '»']);
        fold_into(after, &mut self.folded);
        let is_cut = self.words.cut_at_end(&self.folded).is_some_and(|len| len == self.folded.len());
        let bracketed = after.is_empty() && line.ends_with(']');
        if !is_cut && !bracketed {
            return span.clone();
        }
        let kept = line[..tail_start + dots].trim_end_matches(['[', '(', ' ', '\u{a0}']);
        span.start..span.start + kept.len()
    }

    /// Makes the headline of the first paragraph that looks like one, or of the one that is the given title.
    fn headline(&mut self, blocks: &mut [Block], title: Option<&str>) {
        if let Some(title) = title.map(str::trim) {
            if let Some(block) = blocks.iter_mut().take(TOP).find(|block| self.text[block.span.clone()].trim() == title)
            {
                block.role = Role::Title;
            }
            return;
        }
        let mut kicker = None;
        for index in 0..blocks.len().min(TOP) {
            let line = &self.text[blocks[index].span.clone()];
            match blocks[index].role {
                Role::Body | Role::Heading if is_title_like(line) => {
                    fold_into(line, &mut self.folded);
                    let short = line.split_whitespace().count() <= 3 && line.chars().all(|c| !c.is_lowercase());
                    // A caption above the headline is none.
                    if self.words.at_start(&self.folded).any(|found| found.sort == Sort::Credit) && line.contains(':') {
                        continue;
                    }
                    if kicker.is_none() && (short || self.words.is_wholly(&self.folded, &[Sort::Kicker])) {
                        kicker = Some(index);
                        continue;
                    }
                    blocks[index].role = Role::Title;
                    return;
                }
                Role::Aside | Role::Byline | Role::Heading => {}
                Role::Title | Role::Item | Role::Body => break,
            }
        }
        if let Some(kicker) = kicker {
            blocks[kicker].role = Role::Title;
        }
    }
}

/// How many characters at the end of a line may tell that it was cut off.
const TAIL_CHARS: usize = 41;

/// Where the last characters of a line begin, and where among them its last ellipsis stands, one of one character before one of
/// three.
fn last_ellipsis(line: &str) -> Option<(usize, usize)> {
    let bytes = line.as_bytes();
    // Most lines have neither two stops in a row nor what an ellipsis ends with. Without leaving early, so that many bytes are
    // looked at at once.
    let near = &bytes[bytes.len().saturating_sub(TAIL_CHARS * 4)..];
    let pairs = near.iter().zip(near.get(1..).unwrap_or_default());
    if !pairs
        .fold(false, |found, (one, next)| found | (*next == b'.' && *one == b'.') | (*one == 0x80 && *next == 0xa6))
    {
        return None;
    }
    let (mut at, mut chars) = (bytes.len(), 0);
    let (mut one, mut three) = (None, None);
    while at > 0 && chars < TAIL_CHARS {
        at -= 1;
        chars += usize::from(line.is_char_boundary(at));
        match bytes[at] {
            b'.' if three.is_none() && bytes[at..].starts_with(b"...") => three = Some(at),
            0xe2 if one.is_none() && bytes[at..].starts_with("…".as_bytes()) => one = Some(at),
            _ => {}
        }
    }
    one.or(three).map(|dots| (at, dots - at))
}

/// What a byte may be in a row, so that most are passed by.
const MAY_PART: [bool; 256] = {
    let mut parts = [false; 256];
    let mut at = 0;
    while at < 256 {
        parts[at] = matches!(at as u8, b'|' | b'[' | b']' | b'\t' | b' ' | 0xc2 | 0xe2 | 0xf0..);
        at += 1;
    }
    parts
};

/// Whether there may be one of the signs in a line that hold the pieces of a row apart; most lines have none.
fn may_be_parted(line: &str) -> bool {
    let bytes = line.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        if !MAY_PART[usize::from(*byte)] {
            return false;
        }
        let next = |by: usize| bytes.get(at + by).copied().unwrap_or(0);
        match byte {
            b'|' | b'[' | b']' | b'\t' => true,
            b' ' => match next(1) {
                b' ' => true,
                b'>' | b'/' => next(2) == b' ',
                _ => false,
            },
            // '·' and '»'
            0xc2 => matches!(next(1), 0xb7 | 0xbb),
            // Dashes, quotation marks, the ellipsis and signs of money are common and part nothing.
            0xe2 => !matches!((next(1), next(2)), (0x80, 0x90..=0xa1 | 0xa6) | (0x82, _)),
            0xf0.. => true,
            _ => false,
        }
    })
}

/// The pieces of a row: what bars, bullets, arrows, slashes and wide gaps hold apart.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '•', '·', '›', '»', '→', '≡', '☰', '[', ']', '\t', '▶', '♥', '👁', '💬'])
        .flat_map(|piece| piece.split("  "))
        .flat_map(|piece| piece.split(" > "))
        .flat_map(|piece| piece.split(" / "))
        .map(str::trim)
        .filter(|piece| has_letters(piece))
}

/// A line without the marks around it: "+++ Newsletter … +++", ">> Read also … <<", "[Anzeige]", "- - - ADS - - -".
fn undecorated(line: &str) -> &str {
    line.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '>' | '<' | '»' | '«' | '›' | '‹' | '+' | '*' | '=' | '_' | '-' | '–' | '—' | '[' | '(' | '•' | '|')
            || matches!(c, '→' | '▸' | '►' | '▶' | '☰' | '≡' | '#' | '\u{fe0f}' | '\u{2190}'..='\u{21ff}' | '\u{25a0}'..='\u{27bf}')
            || ('\u{1f000}'..='\u{1faff}').contains(&c)
    })
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '»', ')', '’', '“']).ends_with(['.', '…', '!', '?'])
}

/// Whether a line could be a headline: short, and no full stop at its end.
fn is_title_like(line: &str) -> bool {
    let unquoted = line.trim_end_matches(['"', '“', '”', '»', '’', ' ', '\u{a0}', '\u{202f}']);
    !unquoted.ends_with('.')
        && !line.ends_with([';', ',', ':', '…'])
        && (2..=TITLE_CHARS_MAX).contains(&line.chars().take(TITLE_CHARS_MAX + 1).count())
        && has_letters(line)
}

/// What follows "Photo:" in a mere credit: few words, no sentence, hardly a small word among them.
fn is_credit(after: &str) -> bool {
    let words = after.split_whitespace().count();
    words <= 7 && !after.contains(". ")
}

/// Whether what follows a word such as "by" is a name, as far as its writing tells.
fn is_byline(core: &str, cue_len: usize, alone: bool) -> bool {
    if alone {
        return core.len() < 80;
    }
    // The cue's length is in folded bytes, which are those of the line but for rare letters; a name starts with a capital.
    let name = core.get(cue_len..).unwrap_or_default().trim_start_matches([':', ' ', '\u{a0}', '.']);
    let words = name.split_whitespace().count();
    core.chars().count() < 140 && words <= 16 && name.starts_with(char::is_uppercase) && !ends_sentence(core)
}

/// A short line with a year or a time of day in it, and no sentence.
fn is_dateline(line: &str) -> bool {
    // No line of so many bytes has as few characters.
    line.len() <= 4 * 140
        && !ends_sentence(line)
        && line.bytes().any(|byte| byte.is_ascii_digit())
        && line.split_whitespace().nth(12).is_none()
        && line.chars().nth(140).is_none()
        && has_day(line)
}

/// Whether there is a year or a time of day in it.
fn has_day(line: &str) -> bool {
    let mut runs = line.split(|c: char| !c.is_ascii_digit());
    let year = runs.any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")));
    let time = line.as_bytes().windows(5).any(|five| {
        let digits = [0, 1, 3, 4].iter().all(|at| five[*at].is_ascii_digit());
        digits && five[2] == b':' && (five[0], five[1]) < (b'2', b'4') && five[3] < b'6'
    });
    year || time
}

/// Whether a line is a label with its value: "Volume: 640 million".
fn is_labelled(line: &str) -> bool {
    line.contains(": ")
}
