//! The words of the page around an article, from `languages/*/page.toml`.

use pledgebook_lexicon::{Data, Error, expand};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// What the beginning of a line, or a whole line, says about the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Sort {
    Language,
    Home,
    Menu,
    Share,
    Teaser,
    Advert,
    Subscription,
    Credit,
    Byline,
    Dated,
    Closer,
    Cut,
    Source,
    Comments,
    Copyright,
    Kicker,
}

/// `page.toml` of one language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PageFile {
    languages: Vec<String>,
    home: Vec<String>,
    menu: Vec<String>,
    share: Vec<String>,
    teasers: Vec<String>,
    adverts: Vec<String>,
    cookies: Vec<String>,
    subscriptions: Vec<String>,
    credits: Vec<String>,
    bylines: Vec<String>,
    dated: Vec<String>,
    closers: Vec<String>,
    cuts: Vec<String>,
    sources: Vec<String>,
    comments: Vec<String>,
    copyright: Vec<String>,
    kickers: Vec<String>,
}

/// A cue: the words after its first one, and what it says.
#[derive(Debug)]
struct Cue {
    rest: Box<str>,
    words: usize,
    sort: Sort,
}

/// The page words of all languages together, since menus mix languages.
#[derive(Debug, Default)]
pub(crate) struct Words {
    by_first: FxHashMap<Box<str>, Vec<Cue>>,
    cookies: Vec<String>,
    /// The four bytes from each of the first four places of those phrases on, with the phrase and the place, in order; and the
    /// same as a set, so that a line is gone through once for all of them.
    cookie_places: Vec<([u8; 4], usize, usize)>,
    cookie_fours: Fours,
    cuts: Vec<String>,
}

/// Four bytes that stand in phrases, as a set of bits; it may hold a few more than were put in.
#[derive(Debug)]
struct Fours(Box<[u64; 256]>);

impl Default for Fours {
    fn default() -> Self {
        Self(Box::new([0; 256]))
    }
}

impl Fours {
    fn place(four: [u8; 4]) -> (usize, u64) {
        let spread = u32::from_le_bytes(four).wrapping_mul(0x9e37_79b1) >> 18;
        (spread as usize / 64, 1 << (spread % 64))
    }

    fn insert(&mut self, four: [u8; 4]) {
        let (word, bit) = Self::place(four);
        self.0[word] |= bit;
    }

    #[inline]
    fn has(&self, four: [u8; 4]) -> bool {
        let (word, bit) = Self::place(four);
        self.0[word] & bit != 0
    }
}

/// How many bytes a phrase has at least that every fourth place of a text is asked for: then four of its bytes stand at one.
const FOURS_BYTES_MIN: usize = 7;

/// A cue found at the beginning of a folded line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub sort: Sort,
    /// Bytes of the folded line.
    pub len: usize,
    pub words: usize,
}

impl Words {
    /// Compiles the page words of every language.
    pub fn load(data: &Data) -> Result<Self, Error> {
        let mut words = Self::default();
        for code in data.languages() {
            let file: PageFile = data.language_table(code, "page.toml")?;
            for (list, sort) in [
                (&file.languages, Sort::Language),
                (&file.home, Sort::Home),
                (&file.menu, Sort::Menu),
                (&file.share, Sort::Share),
                (&file.teasers, Sort::Teaser),
                (&file.adverts, Sort::Advert),
                (&file.subscriptions, Sort::Subscription),
                (&file.credits, Sort::Credit),
                (&file.bylines, Sort::Byline),
                (&file.dated, Sort::Dated),
                (&file.closers, Sort::Closer),
                (&file.cuts, Sort::Cut),
                (&file.sources, Sort::Source),
                (&file.comments, Sort::Comments),
                (&file.copyright, Sort::Copyright),
                (&file.kickers, Sort::Kicker),
            ] {
                list.iter().flat_map(|phrase| expand(phrase)).for_each(|phrase| words.add(&phrase, sort));
            }
            words.cookies.extend(folded_all(&file.cookies));
            words.cuts.extend(folded_all(&file.cuts));
        }
        // A phrase of fewer bytes would ask for nothing.
        words.cookies.retain(|phrase| phrase.len() >= FOURS_BYTES_MIN);
        for (index, phrase) in words.cookies.iter().enumerate() {
            let fours = phrase.as_bytes().windows(4).filter_map(|four| four.first_chunk()).enumerate().take(4);
            for (place, four) in fours {
                words.cookie_fours.insert(*four);
                words.cookie_places.push((*four, index, place));
            }
        }
        words.cookie_places.sort_unstable();
        words.cuts.sort_by_key(|cut| std::cmp::Reverse(cut.len()));
        for cues in words.by_first.values_mut() {
            cues.sort_by_key(|cue| (std::cmp::Reverse(cue.rest.len()), cue.sort));
        }
        Ok(words)
    }

    fn add(&mut self, phrase: &str, sort: Sort) {
        let folded = fold(phrase);
        let (first, rest) = cut_word(&folded);
        let cue = Cue { rest: rest.into(), words: folded.split(' ').count(), sort };
        self.by_first.entry(first.into()).or_default().push(cue);
    }

    /// Every cue that a folded line begins with, the longest first.
    pub fn at_start<'w>(&'w self, folded: &'w str) -> impl Iterator<Item = Found> + 'w {
        let (first, rest) = cut_word(folded);
        self.by_first.get(first).into_iter().flatten().filter_map(move |cue| {
            let after = rest.strip_prefix(&*cue.rest)?;
            let ends = !after.starts_with(|c: char| c.is_alphanumeric());
            ends.then_some(Found { sort: cue.sort, len: folded.len() - after.len(), words: cue.words })
        })
    }

    /// Whether a folded piece of a line is one of these words and nothing else but figures and marks.
    pub fn is_wholly(&self, folded: &str, sorts: &[Sort]) -> bool {
        self.at_start(folded).any(|found| sorts.contains(&found.sort) && !has_letters(&folded[found.len..]))
    }

    /// Whether a cue may stand at the beginning of a line; `folded` is for the line's first word.
    pub fn may_start(&self, line: &str, folded: &mut String) -> bool {
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'\'' | b'-');
        let plain = line.bytes().position(|byte| !part(&byte));
        if let Some(end) = plain.filter(|end| matches!(line.as_bytes()[*end], b' '..b'`' | b'{'..=b'~')) {
            fold_into(&line[..end], folded);
            return self.by_first.contains_key(folded.as_str());
        }
        let mut end = line.len().min(FIRST_WORD_BYTES_MAX);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        fold_into(&line[..end], folded);
        let (first, rest) = cut_word(folded);
        // A word that is cut off may be any.
        rest.is_empty() || self.by_first.contains_key(first)
    }

    /// Whether a folded line asks for consent to cookies.
    pub fn asks_for_cookies(&self, folded: &str) -> bool {
        let bytes = folded.as_bytes();
        let holds = |four: [u8; 4], at: usize| {
            let first = self.cookie_places.partition_point(|(other, ..)| *other < four);
            self.cookie_places[first..].iter().take_while(|(other, ..)| *other == four).any(|(_, phrase, place)| {
                at.checked_sub(*place).is_some_and(|start| bytes[start..].starts_with(self.cookies[*phrase].as_bytes()))
            })
        };
        let mut fours = bytes.chunks_exact(4).filter_map(|four| four.first_chunk()).enumerate();
        fours.any(|(index, four)| self.cookie_fours.has(*four) && holds(*four, index * 4))
    }

    /// The cut that a folded text ends with: how many of its bytes.
    pub fn cut_at_end(&self, folded: &str) -> Option<usize> {
        self.cuts.iter().find(|cut| folded.ends_with(cut.as_str())).map(|cut| cut.len())
    }
}

fn folded_all(phrases: &[String]) -> impl Iterator<Item = String> {
    phrases.iter().flat_map(|phrase| expand(phrase)).map(|phrase| fold(&phrase))
}

/// The first word with what follows it, from the first character that is no part of a word.
fn cut_word(folded: &str) -> (&str, &str) {
    let ends = |c: char| !(is_letter(c) || c.is_numeric() || matches!(c, '\'' | '-'));
    folded.split_at(folded.find(ends).unwrap_or(folded.len()))
}

/// Whether there is a letter in it.
pub(crate) fn has_letters(text: &str) -> bool {
    text.contains(is_letter)
}

/// Whether a character is a letter, told at once for those that news of the supported languages uses.
fn is_letter(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphabetic(),
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'Ѐ'..='џ' => true,
        c => c.is_alphabetic(),
    }
}

/// Case, apostrophes and spaces folded; for lines, not for paragraphs.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// How many bytes of a line are looked at for its first word.
const FIRST_WORD_BYTES_MAX: usize = 48;

/// What folding does to a byte of ASCII, or where a wide character begins with it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fold {
    Keep,
    Small,
    Space,
    Wide,
    Other,
}

const FOLDS: [Fold; 256] = {
    let mut folds = [Fold::Other; 256];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        folds[at] = match byte {
            b' ' => Fold::Space,
            b'`' => Fold::Other,
            byte if byte.is_ascii_uppercase() => Fold::Small,
            byte if byte.is_ascii_graphic() => Fold::Keep,
            _ => Fold::Other,
        };
        at += 1;
    }
    (folds[0xc3], folds[0xd0], folds[0xd1]) = (Fold::Wide, Fold::Wide, Fold::Wide);
    folds
};

/// How many bytes at the beginning of a text are the same when folded, but for capitals of ASCII. `after_space` is whether a
/// space there would be one too many.
fn kept_len(bytes: &[u8], after_space: bool) -> usize {
    let mut at = 0;
    let mut space = after_space;
    loop {
        while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
            let kept = kept_of_eight(u64::from_le_bytes(*eight), space);
            if kept > 0 {
                at += kept;
                space = bytes[at - 1] == b' ';
            }
            if kept < 8 {
                break;
            }
        }
        let Some(byte) = bytes.get(at) else { return at };
        let width = match FOLDS[usize::from(*byte)] {
            Fold::Keep | Fold::Small => 1,
            Fold::Space if !space => {
                space = true;
                at += 1;
                continue;
            }
            // Small letters of two bytes.
            Fold::Wide => match (byte, bytes.get(at + 1)) {
                (0xc3, Some(0x9f..=0xb6 | 0xb8..=0xbf)) | (0xd0, Some(0xb0..=0xbf)) | (0xd1, Some(0x80..=0x9f)) => 2,
                _ => return at,
            },
            _ => return at,
        };
        space = false;
        at += width;
    }
}

/// How many of eight bytes, from the lowest on, are kept so: those of ASCII that [`FOLDS`] keeps, makes small or takes as the only space.
#[inline]
fn kept_of_eight(eight: u64, after_space: bool) -> usize {
    const fn each(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    const TOP: u64 = each(0x80);
    // The top bit of each byte, where it is of ASCII, tells whether it is another than the one named.
    let low = eight & !TOP;
    let other = |byte: u8| (low ^ each(byte)) + each(0x7f);
    let spaces = !other(b' ') & TOP;
    let from_space = low + each(0x80 - b' ');
    let plain =
        from_space & other(0x7f) & other(b'`') & !eight & !(spaces & (spaces << 8 | u64::from(after_space) << 7));
    (!plain & TOP).trailing_zeros() as usize / 8
}

/// As [`fold`], into a buffer that is cleared first.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    out.clear();
    out.reserve(text.len());
    let mut rest = text;
    loop {
        let (kept, more) = rest.split_at(kept_len(rest.as_bytes(), matches!(out.as_bytes().last(), None | Some(b' '))));
        let from = out.len();
        out.push_str(kept);
        if let Some(kept) = out.get_mut(from..) {
            kept.make_ascii_lowercase();
        }
        let mut chars = more.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            'а'..='я' | 'ѐ'..='џ' | 'ґ' | 'ß'..='ö' | 'ø'..='ÿ' => out.push(c),
            'А'..='Я' | 'À'..='Ö' | 'Ø'..='Þ' => out.extend(char::from_u32(c as u32 + 0x20)),
            '’' | 'ʼ' | '‘' | '`' | '´' => out.push('\''),
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            c if c.is_whitespace() => {
                if !matches!(out.as_bytes().last(), None | Some(b' ')) {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    while out.as_bytes().last() == Some(&b' ') {
        out.pop();
    }
}
