use crate::Habits;
use pledgebook_lexicon::{Data, Error};

/// A language found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identified {
    /// One that has a folder in `languages/`.
    Supported(&'static str),
    /// Another one, by its ISO 639-3 code; such a text is stored but not read.
    Unsupported(&'static str),
    /// Too little text to tell.
    Unknown,
}

/// How much of a text is looked at, in bytes: every article of the gold set is told right from so many (`tests/sentences.rs`), and from 300 as well.
pub const LOOKED_AT: usize = 400;

/// So many bytes of the beginning, and as many behind them, are enough where they are in the same language: of 37,000 pairs of such stretches
/// of the gold set none was told wrong so, and all but 55 were told (measured 2026-11).
const STRETCH: usize = 112;

/// With fewer letters no language is told.
const LETTERS_MIN: usize = 8;

/// Tells languages apart. Made once from the data, asked for every document.
#[derive(Debug, Clone)]
pub struct Identifier {
    languages: Vec<&'static str>,
    own_letters: Vec<(&'static str, OwnLetters)>,
}

/// The letters that only one language has.
#[derive(Debug, Clone)]
struct OwnLetters {
    letters: Vec<char>,
    /// The bytes that they begin with, each once.
    firsts: Vec<u8>,
}

impl OwnLetters {
    fn new(letters: &str) -> Self {
        let mut firsts: Vec<u8> = letters.chars().map(|c| c.encode_utf8(&mut [0; 4]).as_bytes()[0]).collect();
        firsts.sort_unstable();
        firsts.dedup();
        Self { letters: letters.chars().collect(), firsts }
    }
}

impl Identifier {
    /// Learns which languages have a folder, and which of them have letters of their own.
    ///
    /// # Errors
    /// When a `language.toml` is wrong.
    pub fn new(data: &Data) -> Result<Self, Error> {
        let languages = data.languages();
        let mut own_letters = Vec::new();
        for code in &languages {
            let letters = Habits::load(data, code)?.own_letters;
            if !letters.is_empty() {
                own_letters.push((*code, OwnLetters::new(&letters)));
            }
        }
        Ok(Self { languages, own_letters })
    }

    /// Tells the language of a text.
    ///
    /// A language that lists `own_letters` is chosen when enough of the letters are its own; the rest is left to whichlang,
    /// which takes Ukrainian for Russian (measured 2026-11: 57 of 60 headlines right in this order).
    pub fn identify(&self, text: &str) -> Identified {
        let text = beginning(text, LOOKED_AT);
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        if letters().nth(LETTERS_MIN - 1).is_none() {
            return Identified::Unknown;
        }
        for (code, own) in &self.own_letters {
            // Most texts have nothing that begins as such a letter does.
            if !own.firsts.iter().any(|first| text.as_bytes().contains(first)) {
                continue;
            }
            let found = text.chars().filter(|c| !c.is_ascii() && own.letters.contains(c)).count();
            // Prose in such a language has several of its own letters in 100; one in 100 is already no borrowed name.
            if found * 100 >= letters().count() {
                return Identified::Supported(code);
            }
        }
        let found = detect(text);
        let two = two_letters(found);
        match self.languages.iter().find(|code| Some(**code) == two) {
            Some(code) => Identified::Supported(code),
            None => Identified::Unsupported(found.three_letter_code()),
        }
    }
}

/// The first bytes of a text, not more than `len`.
fn beginning(text: &str, len: usize) -> &str {
    let mut end = text.len().min(len);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The language of a text by two stretches of it, or where these differ by all of it.
fn detect(text: &str) -> whichlang::Lang {
    let first = beginning(text, STRETCH);
    let second = beginning(&text[first.len()..], STRETCH);
    if first.len() + second.len() < text.len() {
        let found = whichlang::detect_language(first);
        if found == whichlang::detect_language(second) {
            return found;
        }
    }
    whichlang::detect_language(text)
}

fn two_letters(lang: whichlang::Lang) -> Option<&'static str> {
    // ISO 639-3 to 639-1 for what whichlang tells apart.
    Some(match lang.three_letter_code() {
        "ara" => "ar",
        "cmn" => "zh",
        "deu" => "de",
        "eng" => "en",
        "fra" => "fr",
        "hin" => "hi",
        "ita" => "it",
        "jpn" => "ja",
        "kor" => "ko",
        "nld" => "nl",
        "por" => "pt",
        "rus" => "ru",
        "spa" => "es",
        "swe" => "sv",
        "tur" => "tr",
        "vie" => "vi",
        _ => return None,
    })
}
