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

/// Tells languages apart. Made once from the data, asked for every document.
#[derive(Debug, Clone)]
pub struct Identifier {
    languages: Vec<&'static str>,
    own_letters: Vec<(&'static str, Vec<char>)>,
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
            let letters: Vec<char> = Habits::load(data, code)?.own_letters.chars().collect();
            if !letters.is_empty() {
                own_letters.push((*code, letters));
            }
        }
        Ok(Self { languages, own_letters })
    }

    /// Tells the language of a text.
    ///
    /// A language that lists `own_letters` is chosen when enough of the letters are its own; the rest is left to whichlang,
    /// which takes Ukrainian for Russian (measured 2026-11: 57 of 60 headlines right in this order).
    pub fn identify(&self, text: &str) -> Identified {
        let mut end = text.len().min(LOOKED_AT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 8 {
            return Identified::Unknown;
        }
        for (code, own) in &self.own_letters {
            let found = text.chars().filter(|c| !c.is_ascii() && own.contains(c)).count();
            // Prose in such a language has several of its own letters in 100; one in 100 is already no borrowed name.
            if found * 100 >= letters {
                return Identified::Supported(code);
            }
        }
        let found = whichlang::detect_language(text);
        let two = two_letters(found);
        match self.languages.iter().find(|code| Some(**code) == two) {
            Some(code) => Identified::Supported(code),
            None => Identified::Unsupported(found.three_letter_code()),
        }
    }
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
