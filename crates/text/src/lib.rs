//! Documents to tokens and sentences.
//!
//! ```
//! use pledgebook_document::Document;
//! use pledgebook_lexicon::Data;
//! use pledgebook_text::{Habits, Text, Vocabulary};
//!
//! let document = Document::from_text("note", "The accord was signed. It holds.");
//! let habits = Habits::load(&Data::embedded(), "en")?;
//! let mut vocabulary = Vocabulary::new();
//! vocabulary.seal();
//! let text = Text::new(&document, &habits, &vocabulary);
//! assert_eq!(text.sentences().len(), 2);
//! # Ok::<(), pledgebook_lexicon::Error>(())
//! ```

mod clauses;
mod cutter;
pub mod fold;
mod forms;
mod habits;
mod identify;
mod listed;
mod phrases;
mod prepared;
mod sentences;
mod token_set;
mod tokens;
mod vocabulary;

pub use clauses::cut_clauses;
pub use cutter::{Shape, TokenKind};
pub use habits::{Habits, KnownAbbreviations};
pub use identify::{Identified, Identifier, LOOKED_AT};
pub use phrases::{Found, Phrases};
pub use prepared::Prepared;
pub use sentences::Sentence;
pub use token_set::TokenSet;
pub use tokens::{Token, head, tokenize};
pub use vocabulary::{Known, TableSet, Vocabulary, WordId};

use pledgebook_document::{Block, Document, Role};
use std::ops::Range;
use tokens::Tokens;

/// A document cut into tokens and sentences. Borrowed from the document and from compiled data; holds no text itself.
#[derive(Debug)]
pub struct Text<'d> {
    document: &'d Document,
    vocabulary: &'d Vocabulary,
    habits: &'d Habits,
    tokens: Tokens,
    sentences: Vec<Sentence>,
}

/// How many bytes a sentence has, about: so much room is asked for at once.
const BYTES_OF_A_SENTENCE: usize = 80;

impl<'d> Text<'d> {
    /// Cuts every block that is part of the article; menus and the like get neither tokens nor sentences.
    pub fn new(document: &'d Document, habits: &'d Habits, vocabulary: &'d Vocabulary) -> Self {
        let source = document.text();
        let abbreviations = habits.known_abbreviations();
        let mut tokens = Tokens::with_room(source.len());
        let mut cut = Vec::with_capacity(source.len() / BYTES_OF_A_SENTENCE);
        for (index, block) in document.blocks().iter().enumerate().filter(|(_, block)| block.role.is_read()) {
            let first = tokens.list.len();
            tokens::cut(&source[..block.span.end], block.span.start, habits, vocabulary, &mut tokens);
            sentences::cut(source, &tokens, first..tokens.list.len(), index, habits, abbreviations, &mut cut);
        }
        Self { document, vocabulary, habits, tokens, sentences: cut }
    }

    /// The document's whole text, which all byte offsets are in.
    #[inline]
    pub fn source(&self) -> &'d str {
        self.document.text()
    }

    /// The document.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// The words that compiled data knows.
    #[inline]
    pub fn vocabulary(&self) -> &'d Vocabulary {
        self.vocabulary
    }

    /// The language's habits.
    pub fn habits(&self) -> &'d Habits {
        self.habits
    }

    /// All tokens, in order.
    #[inline]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens.list
    }

    /// The tokens that are no plain words: figures and marks, and words with more than small letters behind the first.
    #[inline]
    pub fn others(&self) -> &TokenSet {
        &self.tokens.others
    }

    /// The words with a capital, be it the first letter or an inner one.
    #[inline]
    pub fn capital_words(&self) -> &TokenSet {
        &self.tokens.capitals
    }

    /// All sentences, in order; every token is in exactly one.
    #[inline]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The text of one token.
    #[inline]
    pub fn form(&self, token: usize) -> &'d str {
        self.tokens.list[token].of(self.source())
    }

    /// How many words have a capital.
    #[inline]
    pub fn capitals(&self) -> usize {
        self.tokens.folds.len()
    }

    /// The folded form of a word with a capital, by its number among them.
    #[inline]
    pub fn folded_capital(&self, number: usize) -> &str {
        self.tokens.folds.get(number)
    }

    /// The first byte of one token, which tells most apart.
    #[inline]
    pub fn first_byte(&self, token: usize) -> u8 {
        self.tokens.list[token].head as u8
    }

    /// The bytes that a run of tokens covers.
    #[inline]
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match (
            self.tokens.list.get(tokens.start),
            tokens.end.checked_sub(1).and_then(|last| self.tokens.list.get(last)),
        ) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// The text that a run of tokens covers.
    #[inline]
    pub fn slice(&self, tokens: Range<usize>) -> &'d str {
        &self.source()[self.bytes(tokens)]
    }

    /// Whether a word ends as verbs do and nothing that is counted.
    pub fn ends_as_verb(&self, token: usize) -> bool {
        let word = self.form(token);
        self.habits().verb_endings.iter().any(|ending| word.len() > ending.len() && word.ends_with(ending.as_str()))
    }

    /// Whether a word is neither a noun nor stands before one, where nouns have a capital: "mit 85 Millionen beteiligen".
    pub fn is_no_noun(&self, token: usize) -> bool {
        let capital = |at: usize| self.tokens().get(at).is_some_and(|token| token.shape.capital());
        self.habits().capital_nouns && !capital(token) && !capital(token + 1)
    }

    /// The sentence that holds a token, as its index.
    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.tokens.end <= token)
    }

    /// The block that a sentence stands in.
    pub fn block_of(&self, sentence: &Sentence) -> &Block {
        &self.document.blocks()[sentence.block]
    }

    /// What part of the article a sentence belongs to.
    pub fn role_of(&self, sentence: &Sentence) -> Role {
        self.block_of(sentence).role
    }
}
