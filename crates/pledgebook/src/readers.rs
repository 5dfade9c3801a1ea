//! One reader for each language, made when the first document in it comes.

use anyhow::Result as Outcome;
use pledgebook_claims::{Claim, Reader, Reading, llm::Dropped};
use pledgebook_document::Document;
use pledgebook_lexicon::{Data, Error};
use pledgebook_mentions::names::measure::{self, Measured, Wanted};
use pledgebook_mentions::{Kind, Kinds, Mentions, NameType};
use pledgebook_text::{Identified, Identifier, LOOKED_AT, Text};
use std::{fmt, sync::OnceLock};

/// Version of the rules: it changes with every release that reads otherwise, so that older readings can be told.
pub const RULES: &str = concat!("rules@", env!("CARGO_PKG_VERSION"));

/// Readers of all languages. Shared by any number of threads.
#[derive(Debug)]
pub struct Readers {
    data: Data,
    identifier: Identifier,
    languages: Vec<(&'static str, OnceLock<Result<Reader, Error>>)>,
    explains: bool,
}

/// A document with its language and day, and what was read in it.
#[derive(Debug)]
pub struct ReadDocument {
    /// The document; its language and day of publication are set where the text tells them.
    pub document: Document,
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// The name of what read it, as ledgers keep it.
    pub reader: String,
    /// What there is to say about the reading.
    pub remarks: Remarks,
}

/// What there is to say about the reading of a document.
#[derive(Debug, Default)]
pub struct Remarks {
    /// Why it was not read.
    pub not_read: Option<NotRead>,
    /// Why the rules read it, where a language model should have.
    pub fallback: Option<String>,
    /// What a language model said in vain.
    pub dropped: Vec<Dropped>,
}

impl ReadDocument {
    /// A document with the claims that a reader found.
    pub fn new(document: Document, claims: Vec<Claim>, reader: String) -> Self {
        Self { document, claims, reader, remarks: Remarks::default() }
    }

    /// A document that is kept without claims.
    pub fn not_read(document: Document, why: NotRead) -> Self {
        let remarks = Remarks { not_read: Some(why), ..Remarks::default() };
        Self { remarks, ..Self::new(document, Vec::new(), RULES.to_owned()) }
    }
}

/// What reads documents: the rules, or something else that gives claims as they do. Shared by any number of threads.
pub trait DocumentReader: Sync {
    /// Reads a document.
    ///
    /// # Errors
    /// When no other document could be read either.
    fn read(&self, document: Document) -> Outcome<ReadDocument>;

    /// Reads several documents, whose order stays.
    ///
    /// # Errors
    /// As [`DocumentReader::read`].
    fn read_each(&self, documents: Vec<Document>) -> Outcome<Vec<ReadDocument>> {
        documents.into_iter().map(|document| self.read(document)).collect()
    }

    /// What there is to say about a run, in lines.
    fn report(&self) -> Vec<String> {
        Vec::new()
    }
}

impl DocumentReader for Readers {
    fn read(&self, document: Document) -> Outcome<ReadDocument> {
        Ok(self.read(document)?)
    }

    fn read_each(&self, documents: Vec<Document>) -> Outcome<Vec<ReadDocument>> {
        Ok(self.read_each(documents)?)
    }
}

/// Why a document was kept but not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRead {
    /// It is in a language without a folder.
    Language {
        /// Its code.
        found: String,
        /// The languages that are read.
        known: Vec<&'static str>,
    },
    /// Its text does not tell its language.
    TooShort,
}

impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Language { found, known } => write!(
                f,
                "is in a language that is not read ({found}); it is kept without claims. Read are: {}",
                known.join(", ")
            ),
            Self::TooShort => f.write_str("is too short to tell its language; name it with --lang"),
        }
    }
}

impl Readers {
    /// Readers over a data set.
    ///
    /// # Errors
    /// When a `language.toml` is wrong, with file and line.
    pub fn new(data: Data) -> Result<Self, Error> {
        let identifier = Identifier::new(&data)?;
        let languages = data.languages().into_iter().map(|code| (code, OnceLock::new())).collect();
        Ok(Self { data, identifier, languages, explains: false })
    }

    /// The same, telling with each claim why its slots have their values, or not.
    #[must_use]
    pub fn explaining(self, explains: bool) -> Self {
        Self { explains, ..self }
    }

    /// Reads a document's claims.
    ///
    /// # Errors
    /// When the data of its language is wrong, with file and line.
    pub fn read(&self, mut document: Document) -> Result<ReadDocument, Error> {
        let reader = match self.reader_of(&mut document)? {
            Ok(reader) => reader,
            Err(not_read) => return Ok(ReadDocument::not_read(document, not_read)),
        };
        let reading = reader.read(&document);
        if document.published.is_none() {
            document.published = reading.published.map(|day| day.to_string());
        }
        Ok(ReadDocument::new(document, reading.claims, RULES.to_owned()))
    }

    /// Reads several documents, whose order stays: what [`Readers::read`] gives for each.
    ///
    /// # Errors
    /// When the data of one of their languages is wrong, with file and line.
    pub fn read_each(&self, mut documents: Vec<Document>) -> Result<Vec<ReadDocument>, Error> {
        let readers: Vec<Result<&Reader, NotRead>> =
            documents.iter_mut().map(|document| self.reader_of(document)).collect::<Result<_, _>>()?;
        let mut readings: Vec<Option<Reading>> = documents.iter().map(|_| None).collect();
        for (at, reader) in readers.iter().enumerate() {
            let Ok(reader) = reader else { continue };
            if readings[at].is_some() {
                continue;
            }
            let same = |other: &usize| matches!(readers[*other], Ok(other) if std::ptr::eq(other, *reader));
            let alike: Vec<usize> = (at..documents.len()).filter(same).collect();
            let texts: Vec<&Document> = alike.iter().map(|at| &documents[*at]).collect();
            for (at, reading) in alike.iter().zip(reader.read_each(&texts)) {
                readings[*at] = Some(reading);
            }
        }
        let read = documents.into_iter().zip(readers).zip(readings).map(|((mut document, reader), reading)| {
            let reading = match reader {
                Ok(_) => reading.unwrap_or_default(),
                Err(not_read) => return ReadDocument::not_read(document, not_read),
            };
            if document.published.is_none() {
                document.published = reading.published.map(|day| day.to_string());
            }
            ReadDocument::new(document, reading.claims, RULES.to_owned())
        });
        Ok(read.collect())
    }

    /// Reads a document's mentions and gives what `look` makes of them.
    ///
    /// # Errors
    /// When the data of its language is wrong, with file and line.
    pub fn mentions<R>(
        &self,
        document: &mut Document,
        kinds: Kinds,
        look: impl FnOnce(&Reader, &Text<'_>, &Mentions) -> R,
    ) -> Result<Result<R, NotRead>, Error> {
        Ok(self.reader_of(document)?.map(|reader| {
            let text = reader.text(document);
            look(reader, &text, &reader.mentions(&text, kinds))
        }))
    }

    /// Reads a document's names and compares them with those that are wanted; groups without a name are left out of these.
    ///
    /// # Errors
    /// When the data of its language is wrong, with file and line.
    pub fn measure_names(
        &self,
        document: &mut Document,
        wanted: &mut Vec<Wanted>,
    ) -> Result<Result<Measured, NotRead>, Error> {
        Ok(self.reader_of(document)?.map(|reader| {
            // "IN" is a word and a country's code.
            wanted.retain(|name| {
                name.sorts.contains(&NameType::Country) || !name.forms.iter().all(|form| reader.is_common(form))
            });
            let text = reader.text(document);
            measure::measure(wanted, &reader.mentions(&text, Kinds::NONE.with(Kind::Name)).entities)
        }))
    }

    /// The reader of a document's language, which is told from the text where it is not given.
    pub(crate) fn reader_of(&self, document: &mut Document) -> Result<Result<&Reader, NotRead>, Error> {
        let code = match &document.lang {
            // "pt-BR" is Portuguese.
            Some(given) => given.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase(),
            None => match self.identifier.identify(&sample(document)) {
                Identified::Supported(code) => code.to_owned(),
                Identified::Unsupported(code) => code.to_owned(),
                Identified::Unknown => return Ok(Err(NotRead::TooShort)),
            },
        };
        let Some((known, reader)) = self.languages.iter().find(|(known, _)| *known == code) else {
            let known = self.languages.iter().map(|(code, _)| *code).collect();
            document.lang.get_or_insert(code.clone());
            return Ok(Err(NotRead::Language { found: code, known }));
        };
        document.lang = Some(code);
        match reader.get_or_init(|| Ok(Reader::new(&self.data, known)?.explaining(self.explains))) {
            Ok(reader) => Ok(Ok(reader)),
            Err(error) => Err(error.clone()),
        }
    }
}

/// The beginning of the article itself: menus around it may be in other languages.
fn sample(document: &Document) -> String {
    let mut sample = String::with_capacity(2 * LOOKED_AT);
    for block in document.blocks().iter().filter(|block| block.role.is_read()) {
        sample.push_str(&document.text()[block.span.clone()]);
        sample.push('\n');
        if sample.len() > LOOKED_AT {
            break;
        }
    }
    sample
}
