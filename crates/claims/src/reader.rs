use crate::{
    Claim,
    analysis::{Analysis, Lexicon},
    choose::{Chooser, Slots},
    features::DocumentView,
    kinds::{agreement, pledge},
    learning::people::People,
    offices,
    speech::{self, Speech},
};
use jiff::civil::Date;
use pledgebook_document::Document;
use pledgebook_lexicon::{Data, Error};
use pledgebook_mentions::{Kinds, Mention, Mentions, Step, Tables};
use pledgebook_text::{Habits, Text, Vocabulary};

/// Reads the documents of one language. Made once, used for any number of documents, from any number of threads.
#[derive(Debug)]
pub struct Reader {
    habits: Habits,
    vocabulary: Vocabulary,
    tables: Tables,
    lexicon: Lexicon,
    people: speech::Models,
    slots: Slots,
    pledge: pledge::Models,
    agreement: agreement::Models,
    explains: bool,
}

/// What was read in one document.
#[derive(Debug, Default)]
pub struct Reading {
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// The mentions that the claims were made of, and the bearers of the names among them.
    pub mentions: Mentions,
    /// The day that "Tuesday" and "next week" were told from: the document's day of publication, given or found in its head.
    pub published: Option<Date>,
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
        let lexicon = Lexicon::compile(data, code, &habits, &mut vocabulary)?;
        vocabulary.seal();
        let people = speech::Models::load(data)?;
        let slots = Slots::load(data)?;
        let (pledge, agreement) = (pledge::Models::load(data)?, agreement::Models::load(data)?);
        Ok(Self { habits, vocabulary, tables, lexicon, people, slots, pledge, agreement, explains: false })
    }

    /// The same, telling with each claim why its slots have their values, or not.
    #[must_use]
    pub fn explaining(self, explains: bool) -> Self {
        Self { explains, ..self }
    }

    /// Reads a document: a pure function of its text, its day of publication and the compiled data.
    pub fn read(&self, document: &Document) -> Reading {
        self.read_each(&[document]).pop().unwrap_or_default()
    }

    /// Reads several documents: what [`Reader::read`] gives for each. Every step is taken for all of them before the next, so that its
    /// code and tables are fetched once.
    pub fn read_each(&self, documents: &[&Document]) -> Vec<Reading> {
        let texts: Vec<Text<'_>> = documents.iter().map(|document| self.text(document)).collect();
        let dated: Vec<(&Text<'_>, Option<Date>)> =
            texts.iter().map(|text| (text, self.published(text.document(), text))).collect();
        let mentions = pledgebook_mentions::read_each(&dated, &self.tables, Kinds::ALL);
        let claims = self.claims_each(texts.iter().zip(&mentions));
        let read = claims.into_iter().zip(mentions).zip(&dated);
        read.map(|((claims, mentions), (_, published))| Reading { claims, mentions, published: *published }).collect()
    }

    /// Cuts a document into tokens and sentences.
    pub fn text<'d>(&'d self, document: &'d Document) -> Text<'d> {
        Text::new(document, &self.habits, &self.vocabulary)
    }

    /// Reads the claims of a text out of its mentions, in the order of the text.
    pub fn claims(&self, text: &Text<'_>, mentions: &Mentions) -> Vec<Claim> {
        self.claims_each([(text, mentions)]).pop().unwrap_or_default()
    }

    /// Reads the claims of several texts, step by step for all of them.
    fn claims_each<'t, 'd: 't>(
        &self,
        texts: impl IntoIterator<Item = (&'t Text<'d>, &'t Mentions)>,
    ) -> Vec<Vec<Claim>> {
        let analyses = texts.into_iter().map(|(text, mentions)| {
            let mut analysis = Analysis::new(text, mentions, &self.lexicon);
            analysis.explains = self.explains;
            (analysis, mentions)
        });
        let analyses: Vec<(Analysis<'_>, &Mentions)> = analyses.collect();
        let speeches = Speech::of_each(analyses.iter().map(|(analysis, mentions)| (analysis, *mentions)), &self.people);
        let mut all = self.deals(&speeches);
        speech::read(&speeches, &self.people, &mut all);
        for claims in &mut all {
            offices::speak_for_bodies(claims, self.explains);
            // Claims are large: only their spans are moved about, and each claim once.
            claims.sort_by_cached_key(|claim| claim.span);
        }
        all
    }

    /// The promises and accords of texts, step by step for all of them.
    fn deals(&self, speeches: &[Speech<'_>]) -> Vec<Vec<Claim>> {
        let analyses = || speeches.iter().map(|speech| speech.analysis);
        let views: Vec<DocumentView> = analyses().map(DocumentView::new).collect();
        let promises: Vec<_> =
            analyses().zip(&views).map(|(analysis, view)| pledge::likely(analysis, &self.pledge, view)).collect();
        let accords: Vec<_> =
            analyses().zip(&views).map(|(analysis, view)| agreement::likely(analysis, &self.agreement, view)).collect();
        let weighed = analyses().zip(promises).zip(accords).map(|((analysis, promises), accords)| {
            let mut chooser = Chooser::new(analysis, &self.slots);
            (chooser.weigh_each(promises), chooser.weigh_each(accords))
        });
        let (promises, accords): (Vec<_>, Vec<_>) = weighed.unzip();
        let mut all: Vec<Vec<Claim>> = speeches.iter().map(|_| Vec::new()).collect();
        for ((speech, promises), claims) in speeches.iter().zip(promises).zip(&mut all) {
            pledge::read(speech.analysis, &self.lexicon, &self.pledge, promises, speech, claims);
        }
        for ((speech, accords), claims) in speeches.iter().zip(accords).zip(&mut all) {
            agreement::read(speech.analysis, &self.lexicon, &self.agreement, accords, speech, claims);
        }
        all
    }

    /// Lets `look` see what claims are read from.
    pub(crate) fn with_analysis<R>(&self, document: &Document, look: impl FnOnce(&Analysis<'_>, &Lexicon) -> R) -> R {
        let text = Text::new(document, &self.habits, &self.vocabulary);
        let mentions = pledgebook_mentions::read(&text, &self.tables, self.published(document, &text), Kinds::ALL);
        look(&Analysis::new(&text, &mentions, &self.lexicon), &self.lexicon)
    }

    /// Lets a learner see the candidates for claims about people.
    pub(crate) fn see_people(&self, document: &Document) -> People {
        let text = Text::new(document, &self.habits, &self.vocabulary);
        let mentions = pledgebook_mentions::read(&text, &self.tables, self.published(document, &text), Kinds::ALL);
        let analysis = Analysis::new(&text, &mentions, &self.lexicon);
        let speeches = Speech::of_each(std::iter::once((&analysis, &mentions)), &self.people);
        speeches.first().map(Speech::see).unwrap_or_default()
    }

    /// Whether words are common nouns only, and name nobody.
    pub fn is_common(&self, words: &str) -> bool {
        let document = Document::from_text("", words);
        pledgebook_mentions::names::is_common(&self.text(&document), &self.tables)
    }

    /// Reads only the mentions of the asked kinds.
    pub fn mentions(&self, text: &Text<'_>, kinds: Kinds) -> Mentions {
        pledgebook_mentions::read(text, &self.tables, self.published(text.document(), text), kinds)
    }

    /// How a mention came about: the rules behind it, as a tree. `mention` must be one that this reader gave for this text.
    pub fn explain(&self, text: &Text<'_>, mention: &Mention) -> Step {
        pledgebook_mentions::explain(text, &self.tables, mention)
    }

    /// The day of publication: as given, else as the document's head tells it.
    fn published(&self, document: &Document, text: &Text<'_>) -> Option<Date> {
        let given = document.published.as_deref().and_then(|day| day.get(..10)?.parse::<Date>().ok());
        given.or_else(|| pledgebook_mentions::published_day(text, &self.tables))
    }
}
