use crate::Claim;
use jiff::civil::Date;
use pledgebook_document::Document;
use pledgebook_lexicon::{Data, Error};
use pledgebook_mentions::{Kinds, Mentions, Tables};
use pledgebook_text::{Habits, Text, Vocabulary};

/// Reads the documents of one language. Made once, used for any number of documents, from any number of threads.
#[derive(Debug)]
pub struct Reader {
    habits: Habits,
    vocabulary: Vocabulary,
    tables: Tables,
}

/// What was read in one document.
#[derive(Debug, Default)]
pub struct Reading {
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// The mentions that the claims were made of, and the bearers of the names among them.
    pub mentions: Mentions,
}

impl Reader {
    /// Compiles the data of a language.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn new(data: &Data, code: &str) -> Result<Self, Error> {
        let habits = Habits::load(data, code)?;
        let mut vocabulary = Vocabulary::new();
        let tables = Tables::compile(data, code, &habits, &mut vocabulary)?;
        vocabulary.seal();
        Ok(Self { habits, vocabulary, tables })
    }

    /// Reads a document: a pure function of its text, its day of publication and the compiled data.
    pub fn read(&self, document: &Document) -> Reading {
        let text = Text::new(document, &self.habits, &self.vocabulary);
        let anchor = document.published.as_deref().and_then(|day| day.get(..10)?.parse::<Date>().ok());
        let mentions = pledgebook_mentions::read(&text, &self.tables, anchor, Kinds::ALL);
        Reading { claims: Vec::new(), mentions }
    }
}
