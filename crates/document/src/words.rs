//! The words of the page around an article, from `languages/*/page.toml`.

use pledgebook_lexicon::{Data, Error, expand};
use serde::Deserialize;
use std::collections::HashMap;

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
    by_first: HashMap<Box<str>, Vec<Cue>>,
    cookies: Vec<String>,
    /// How all those phrases begin, so that a line is gone through once for all of them.
    cookie_starts: Starts,
    cuts: Vec<String>,
}

/// The first four bytes of phrases, as a set of bits; it may hold a few more than were put in.
#[derive(Debug)]
struct Starts(Box<[u64; 256]>);

impl Default for Starts {
    fn default() -> Self {
        Self(Box::new([0; 256]))
    }
}

impl Starts {
    fn place(start: [u8; 4]) -> (usize, u64) {
        let spread = u32::from_le_bytes(start).wrapping_mul(0x9e37_79b1) >> 18;
        (spread as usize / 64, 1 << (spread % 64))
    }

    fn insert(&mut self, start: [u8; 4]) {
        let (word, bit) = Self::place(start);
        self.0[word] |= bit;
    }

    fn has(&self, start: [u8; 4]) -> bool {
        let (word, bit) = Self::place(start);
        self.0[word] & bit != 0
    }
}

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
        words.cookies.retain(|phrase| phrase.len() >= 4);
        for start in words.cookies.iter().filter_map(|phrase| phrase.as_bytes().first_chunk()) {
            words.cookie_starts.insert(*start);
        }
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

    /// Whether a folded line asks for consent to cookies.
    pub fn asks_for_cookies(&self, folded: &str) -> bool {
        let bytes = folded.as_bytes();
        (0..bytes.len()).any(|at| {
            bytes[at..].first_chunk().is_some_and(|start| self.cookie_starts.has(*start))
                && self.cookies.iter().any(|phrase| bytes[at..].starts_with(phrase.as_bytes()))
        })
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
    folded.split_at(folded.find(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-').unwrap_or(folded.len()))
}

/// Whether there is a letter in it.
pub(crate) fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphabetic)
}

/// Case, apostrophes and spaces folded; for lines, not for paragraphs.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// How many bytes at the beginning of a text only differ from their folded form by their case: letters, marks and single spaces
/// of ASCII. `after_space` is whether a space here would be one too many.
fn plain_len(text: &str, after_space: bool) -> usize {
    let mut space = after_space;
    let stops = |byte: &u8| {
        let doubled = std::mem::replace(&mut space, *byte == b' ') && *byte == b' ';
        doubled || *byte == b'`' || !(byte.is_ascii_graphic() || *byte == b' ')
    };
    text.as_bytes().iter().position(stops).unwrap_or(text.len())
}

/// As [`fold`], into a buffer that is cleared first.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    out.clear();
    out.reserve(text.len());
    let mut rest = text;
    loop {
        let (plain, more) = rest.split_at(plain_len(rest, out.is_empty() || out.ends_with(' ')));
        let start = out.len();
        out.push_str(plain);
        if let Some(folded) = out.get_mut(start..) {
            folded.make_ascii_lowercase();
        }
        let mut chars = more.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            'а'..='я' | 'ѐ'..='џ' | 'ґ' | 'ß'..='ö' | 'ø'..='ÿ' => out.push(c),
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
    while out.ends_with(' ') {
        out.pop();
    }
}
