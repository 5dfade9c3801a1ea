//! What a document looks like to claim readers: sentences with their clauses, cues and mentions, and who is named how often.

mod cues;
mod elision;
mod grounds;
mod names;
mod places;

pub(crate) use cues::cues_that;
pub use cues::{Cue, Cues};
pub use elision::SHAPES;
pub use grounds::Ground;
pub use names::NameAt;

use crate::{
    Reason,
    concepts::Concepts,
    domains::{self, Domains, Told},
    words::{Entries, Tree, Wording},
};
use places::{Counted, Places};
use pledgebook_document::Role;
use pledgebook_lexicon::{
    Data, Error,
    linear::{Numbered, Part, Shared, Word, number_of},
};
use pledgebook_mentions::{Entities, Entity, Mention, Mentions, Money, Name, NameType, Thing, Value};
use pledgebook_text::{
    Habits, Text, TokenKind, Vocabulary, cut_clauses,
    fold::{fold, fold_into},
};
use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    ops::Range,
};

/// The compiled words of one language that claims are read with.
#[derive(Debug)]
pub struct Lexicon {
    words: Tree,
    cues: cues::Table,
    pub(crate) domains: Domains,
    concepts: Concepts,
}

impl Lexicon {
    /// Compiles a language's data, adding its words to `vocabulary`; the caller seals the vocabulary afterwards.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn compile(data: &Data, code: &str, habits: &Habits, vocabulary: &mut Vocabulary) -> Result<Self, Error> {
        let mut entries = Entries::new(habits, vocabulary);
        let cues = cues::Table::compile(data, code, &mut entries)?;
        let domains = Domains::compile(data, code, &mut entries)?;
        Ok(Self { words: entries.finish(data, code)?, cues, domains, concepts: Concepts::compile(data, code)? })
    }
}

/// A cue in the text.
#[derive(Debug, Clone, Copy)]
pub struct CueAt {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// Its class.
    pub cue: Cue,
}

/// A field of `knowledge/domains.toml` named in the text.
#[derive(Debug, Clone, Copy)]
pub struct DomainAt {
    /// First token.
    pub start: usize,
    /// Its place in the list of domains.
    pub domain: u8,
}

/// A sentence as claim readers see it; ranges index the lists of [`Analysis`].
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Into [`Analysis::cues`].
    pub cues: Range<usize>,
    /// Into [`Analysis::mentions`]: those that start in it.
    pub mentions: Range<usize>,
    /// Into [`Analysis::names`].
    pub names: Range<usize>,
    /// Into [`Analysis::domains`].
    pub domains: Range<usize>,
    /// The classes of all its cues.
    pub set: Cues,
    /// What part of the article it belongs to.
    pub role: Role,
    /// The first sentence of its block: a paragraph, a line of a list or table.
    pub block: usize,
    /// The first sentence of the blocks that no empty line parts from it: a list, a record told line by line.
    pub stanza: usize,
}

/// How a document names one of its entities.
#[derive(Debug, Clone, Copy, Default)]
pub struct Naming {
    /// Its first mention that is no anaphor, into [`Analysis::mentions`].
    pub mention: Option<usize>,
    /// The same, into [`Analysis::names`].
    pub name: Option<usize>,
    /// How often it is named, anaphors included.
    pub count: usize,
    /// Whether the headline or the first sentences name it.
    pub leads: bool,
}

/// A document made ready for claim readers.
#[derive(Debug)]
pub struct Analysis<'a> {
    /// The tokens and sentences.
    pub text: &'a Text<'a>,
    /// The mentions, in the order of the text; sums that leave out their currency have it again.
    pub mentions: Cow<'a, [Mention]>,
    /// The words that claims are read with.
    pub words: Wording<'a>,
    /// The sentences, in the order of the text.
    pub sentences: Vec<Sentence>,
    /// The clauses of all sentences, as token ranges.
    pub clauses: Vec<Range<usize>>,
    /// The cues of all sentences, ordered by first token.
    pub cues: Vec<CueAt>,
    /// The names, in the order of the text.
    pub names: Vec<NameAt>,
    /// The fields named, ordered by token.
    pub domains: Vec<DomainAt>,
    /// How the document names each of them.
    pub told: Vec<Told>,
    /// The bearers of the names.
    pub entities: &'a Entities,
    /// How each of them is named, by its number.
    pub namings: Vec<Naming>,
    /// How each of them is used as a place, by its number.
    pub grounds: Vec<Ground>,
    /// The country that most of what it names belongs to, by its code.
    pub home: Option<&'a str>,
    /// Whose each of them is, if it is a person told with an organisation, by its number.
    pub houses: Vec<Option<u32>>,
    /// Whether each of them is the house of somebody, by its number.
    pub hosts: Vec<bool>,
    /// Whether somebody is asked and answers.
    pub dialogue: bool,
    /// Entity numbers, the most often named first.
    pub salient: Vec<u32>,
    /// Whether claims tell why their slots have their values.
    pub explains: bool,
    /// The words of the text as parts of features: what [`number_of`] makes of each, 0 until it is asked for.
    forms: Vec<Cell<u64>>,
    /// The same of their stems.
    stems: Vec<Cell<u64>>,
    /// The same of their concepts; [`NO_CONCEPT`] where they have none.
    meant: Vec<Cell<u64>>,
    concepts: &'a Concepts,
    /// Of each sentence whether whoever speaks tells of his own, once it was asked for.
    ours: Vec<Cell<Option<bool>>>,
    /// The word whose concept is looked up, folded.
    folded: RefCell<String>,
    /// What the words of each sentence count for.
    pub shared: Shared,
    /// Characters before every [`CHARACTER_STEP`]th byte.
    characters: Vec<u32>,
    places: Places,
}

/// How many paragraphs of a dialogue end with a question.
const QUESTIONS_MIN: usize = 3;

/// How many bytes lie between two entries of the table that turns bytes into characters.
const CHARACTER_STEP: usize = 128;

impl<'a> Analysis<'a> {
    /// Marks cues, fields and clauses in one pass over the tokens, and counts who is named.
    pub fn new(text: &'a Text<'a>, mentions: &'a Mentions, lexicon: &'a Lexicon) -> Self {
        let Mentions { list: mentions, entities } = mentions;
        let tokens = text.tokens();
        let mut analysis = Self {
            text,
            mentions: Cow::Borrowed(mentions),
            words: lexicon.words.lay(text),
            sentences: Vec::with_capacity(text.sentences().len()),
            clauses: Vec::with_capacity(text.sentences().len() * 2),
            cues: Vec::with_capacity(tokens.len() / 3),
            names: Vec::with_capacity(mentions.len()),
            domains: Vec::new(),
            told: Vec::new(),
            entities,
            namings: vec![Naming::default(); entities.len()],
            grounds: Vec::new(),
            home: None,
            houses: Vec::new(),
            hosts: Vec::new(),
            dialogue: false,
            salient: Vec::new(),
            explains: false,
            forms: vec![Cell::new(0); tokens.len()],
            stems: vec![Cell::new(0); tokens.len()],
            meant: vec![Cell::new(0); tokens.len()],
            concepts: &lexicon.concepts,
            ours: vec![Cell::new(None); text.sentences().len()],
            folded: RefCell::default(),
            shared: Shared::default(),
            characters: Vec::new(),
            places: Places::default(),
        };
        let mut mention = 0;
        let mut openers: Vec<usize> = Vec::new();
        let (mut block, mut stanza) = (0, 0);
        for (number, sentence) in text.sentences().iter().enumerate() {
            if let Some(before) = number.checked_sub(1).and_then(|before| text.sentences().get(before))
                && before.block != sentence.block
            {
                block = number;
                let between = text.block_of(before).span.end..text.block_of(sentence).span.start;
                let lines = text.source().as_bytes().get(between).unwrap_or_default();
                if lines.iter().filter(|byte| **byte == b'\n').count() > 1 {
                    stanza = number;
                }
            }
            let cues_start = analysis.cues.len();
            let Analysis { words, cues, .. } = &mut analysis;
            let set = lexicon.cues.mark(text, &lexicon.words, words, number, &sentence.tokens, cues);
            let domains_start = analysis.domains.len();
            if analysis.words.tells_fields(number) {
                domains::mark(&analysis.words, &sentence.tokens, &mut analysis.domains);
            }
            let apart = |at: usize| at > sentence.tokens.start && tokens[at - 1].kind != TokenKind::Word;
            openers.clear();
            for cue in &analysis.cues[cues_start..] {
                let opens = matches!(cue.cue, Cue::MarkRelative | Cue::MarkSubordinate);
                // "…, der", "…, in der": behind no mark it is an article or a preposition.
                if opens
                    && (!text.habits().comma_before_clauses || apart(cue.start) || apart(cue.start.saturating_sub(1)))
                {
                    openers.push(cue.start);
                }
            }
            cut_clauses(text, sentence.tokens.clone(), &openers, &mut analysis.clauses);
            while mentions.get(mention).is_some_and(|m| m.tokens.start < sentence.tokens.start) {
                mention += 1;
            }
            let mentions_start = mention;
            while mentions.get(mention).is_some_and(|m| m.tokens.start < sentence.tokens.end) {
                mention += 1;
            }
            analysis.sentences.push(Sentence {
                tokens: sentence.tokens.clone(),
                cues: cues_start..analysis.cues.len(),
                mentions: mentions_start..mention,
                names: 0..0,
                domains: domains_start..analysis.domains.len(),
                set,
                role: text.role_of(sentence),
                block,
                stanza,
            });
        }
        if let Some(restored) = elision::restore(text, mentions, &analysis.cues) {
            analysis.mentions = Cow::Owned(restored);
        }
        analysis.count_entities();
        analysis.count_characters();
        analysis.told = domains::told(&analysis.sentences, &analysis.domains);
        analysis.list_names();
        let Self { sentences, clauses, cues, names, mentions, .. } = &analysis;
        analysis.places = Places::new(text, sentences, clauses, cues, names, mentions);
        analysis.mark_names();
        analysis.find_houses();
        analysis.find_dialogue();
        analysis.find_grounds();
        analysis.find_home();
        analysis
    }

    /// Why a claim's slots have their values, if that is to be told.
    pub fn because(&self, reasons: impl FnOnce() -> Vec<Reason>) -> Vec<Reason> {
        if self.explains { reasons() } else { Vec::new() }
    }

    fn count_entities(&mut self) {
        let lead = self.sentences.iter().take(2).map(|sentence| sentence.mentions.end).max().unwrap_or(0);
        for (index, mention) in self.mentions.iter().enumerate() {
            if let Some(stand_in) = stand_in(&mention.value) {
                self.stems[mention.tokens.clone()].iter().for_each(|stem| stem.set(stand_in.number()));
                self.meant[mention.tokens.clone()].iter().for_each(|concept| concept.set(NO_CONCEPT));
            }
            let Value::Name(name) = &mention.value else { continue };
            for entity in bearers(name) {
                let Some(naming) = self.namings.get_mut(entity as usize) else { continue };
                naming.count += 1;
                naming.leads |= index < lead;
                if naming.mention.is_none() && !name.anaphor {
                    naming.mention = Some(index);
                }
            }
        }
        let namings = &self.namings;
        self.salient = (0u32..).take(namings.len()).filter(|id| namings[*id as usize].mention.is_some()).collect();
        self.salient.sort_by_key(|id| (std::cmp::Reverse(namings[*id as usize].count), namings[*id as usize].mention));
    }

    fn count_characters(&mut self) {
        let bytes = self.text.source().as_bytes();
        self.characters.reserve(bytes.len() / CHARACTER_STEP + 1);
        let mut count = 0u32;
        for chunk in bytes.chunks(CHARACTER_STEP) {
            self.characters.push(count);
            count += starts(chunk);
        }
    }

    /// Whether a sentence is a headline, given as such or by its place and its missing stop.
    pub fn is_headline(&self, sentence: usize) -> bool {
        let Some(at) = self.sentences.get(sentence) else { return false };
        let last = || at.tokens.end.checked_sub(1);
        match at.role {
            Role::Title | Role::Heading => true,
            _ => {
                sentence == 0
                    && last()
                        .is_some_and(|last| !matches!(self.text.form(last), "." | "!" | "?" | "…" | "»" | "”" | "\""))
            }
        }
    }

    /// A range of bytes as characters of the document's text.
    pub fn characters(&self, bytes: &Range<usize>) -> [usize; 2] {
        let source = self.text.source().as_bytes();
        let at = |byte: usize| {
            let step = (byte / CHARACTER_STEP).min(self.characters.len().saturating_sub(1));
            let before = self.characters.get(step).copied().unwrap_or(0);
            (before + starts(source.get(step * CHARACTER_STEP..byte).unwrap_or_default())) as usize
        };
        [at(bytes.start), at(bytes.end)]
    }

    /// The sentence that holds a token.
    #[inline]
    pub fn sentence_of(&self, token: usize) -> usize {
        self.places.count(Counted::Sentences, token)
    }

    /// The clause that holds a token, into [`Analysis::clauses`].
    #[inline]
    pub fn clause_of(&self, token: usize) -> usize {
        self.places.count(Counted::Clauses, token)
    }

    /// Those of what is counted that start in a run of tokens; none in one that ends before it starts.
    #[inline]
    fn counted(&self, tokens: Range<usize>, of: Counted) -> Range<usize> {
        let (from, to) = (self.places.count(of, tokens.start), self.places.count(of, tokens.end));
        from..to.max(from)
    }

    /// The cues of a sentence.
    pub fn cues_of(&self, sentence: usize) -> &[CueAt] {
        self.sentences.get(sentence).map_or(&[], |sentence| &self.cues[sentence.cues.clone()])
    }

    /// The cues that start in a run of tokens.
    #[inline]
    pub fn cues_in(&self, tokens: Range<usize>) -> &[CueAt] {
        &self.cues[self.counted(tokens, Counted::Cues)]
    }

    /// Whether a cue of a class starts in a run of tokens.
    pub fn has_cue(&self, tokens: Range<usize>, class: Cue) -> bool {
        self.cues_in(tokens).iter().any(|cue| cue.cue == class)
    }

    /// The class of the small word that ends right before `token`, if any.
    #[inline]
    pub fn mark_before(&self, token: usize) -> Option<Cue> {
        self.places.mark_before(token)
    }

    /// The names that start in a sentence, with their place in [`Analysis::mentions`].
    pub fn names_of(&self, sentence: usize) -> impl DoubleEndedIterator<Item = (usize, &Mention, &Name)> {
        let range = self.sentences.get(sentence).map_or(0..0, |sentence| sentence.mentions.clone());
        self.mentions[range.clone()].iter().zip(range).filter_map(|(mention, index)| match &mention.value {
            Value::Name(name) => Some((index, mention, name)),
            _ => None,
        })
    }

    /// The name of a mention, if it is one.
    #[inline]
    pub fn name(&self, mention: usize) -> Option<&Name> {
        match &self.mentions.get(mention)?.value {
            Value::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The bearer of a name.
    pub fn entity(&self, number: u32) -> Option<&Entity> {
        self.entities.get(number)
    }

    /// Whether a bearer is known as a news agency or outlet.
    pub fn is_outlet(&self, number: u32) -> bool {
        self.entity(number).is_some_and(|entity| entity.outlet)
    }

    /// Whether a run of tokens is no more than one word for a field, written as names are: "AI". "Commerzbank" is more than that.
    pub fn is_field(&self, tokens: &Range<usize>) -> bool {
        if !self.text.tokens().get(tokens.start).is_some_and(|token| token.shape.all_capitals()) {
            return false;
        }
        let at = self.domains.partition_point(|domain| domain.start < tokens.start);
        tokens.len() == 1 && self.domains.get(at).is_some_and(|domain| domain.start == tokens.start)
    }

    /// The money of a mention, if it is one.
    pub fn money(&self, mention: usize) -> Option<&Money> {
        match &self.mentions.get(mention)?.value {
            Value::Money(money) => Some(money),
            _ => None,
        }
    }

    /// The things of a mention, if it is one.
    pub fn thing(&self, mention: usize) -> Option<&Thing> {
        match &self.mentions.get(mention)?.value {
            Value::Thing(thing) => Some(thing),
            _ => None,
        }
    }

    /// Whether a sum starts in a run of tokens.
    pub fn has_sum(&self, tokens: Range<usize>) -> bool {
        self.sums_in(tokens) > 0
    }

    /// How many sums start in a run of tokens; none in one that ends before it starts.
    #[inline]
    pub fn sums_in(&self, tokens: Range<usize>) -> usize {
        self.places.sums_in(&tokens)
    }

    /// Whether a comma stands in a run of tokens.
    #[inline]
    pub fn has_comma(&self, tokens: Range<usize>) -> bool {
        let (all, source) = (self.text.tokens(), self.text.source().as_bytes());
        let run = all.get(tokens.start..tokens.end.min(all.len())).unwrap_or_default();
        run.iter().any(|token| token.end == token.start + 1 && source.get(token.start as usize) == Some(&b','))
    }

    /// A token as part of features; empty past the last one.
    #[inline]
    pub fn form(&self, token: usize) -> Form<'_> {
        let number = number_at(&self.forms, token, || spelt(self.text, token));
        Form { text: self.text, token, number }
    }

    /// The beginning of a token as part of features, by which the forms of a word are alike; what belongs to a name, a sum or a time is told
    /// by what it is, and all other figures are alike.
    #[inline]
    pub fn stem(&self, token: usize) -> Stem<'_> {
        let number = number_at(&self.stems, token, || beginning(self.text, token));
        Stem { text: self.text, token, number, concepts: None }
    }

    /// What a token means as part of features, whatever its language; nothing for what belongs to a name, a sum or a time, and for words without
    /// a concept.
    #[inline]
    pub fn concept(&self, token: usize) -> Option<Stem<'_>> {
        let known = self.meant.get(token)?;
        if known.get() == 0 {
            known.set(self.look_up(token));
        }
        let number = known.get();
        (number != NO_CONCEPT).then_some(Stem { text: self.text, token, number, concepts: Some(self.concepts) })
    }

    /// Whether whoever speaks in a sentence tells of himself and his own: "we", "our", a verb's ending.
    pub fn is_ours(&self, sentence: usize) -> bool {
        let Some(known) = self.ours.get(sentence) else { return false };
        let ours = known.get().unwrap_or_else(|| self.tells_ours(sentence));
        known.set(Some(ours));
        ours
    }

    fn tells_ours(&self, sentence: usize) -> bool {
        const OURS: [u64; 3] = [number_of("~we"), number_of("~our"), number_of("~I")];
        let Some(sentence) = self.sentences.get(sentence) else { return false };
        let endings = &self.text.habits().we_endings;
        sentence.tokens.clone().any(|token| {
            let form = self.text.form(token);
            self.concept(token).is_some_and(|concept| OURS.contains(&concept.number))
                || endings.iter().any(|ending| form.ends_with(ending.as_str()))
        })
    }

    /// Finds whether paragraphs end with questions.
    fn find_dialogue(&mut self) {
        let last = |at: usize| self.sentences.get(at + 1).is_none_or(|next| next.block == at + 1);
        let asks = |(at, sentence): &(usize, &Sentence)| {
            sentence.tokens.end.checked_sub(1).is_some_and(|end| self.is_mark(end, "?")) && last(*at)
        };
        self.dialogue = self.sentences.iter().enumerate().filter(asks).take(QUESTIONS_MIN).count() == QUESTIONS_MIN;
    }

    /// Its concept, or its stem where it has none.
    #[inline]
    pub fn sense(&self, token: usize) -> Stem<'_> {
        self.concept(token).unwrap_or_else(|| self.stem(token))
    }

    /// The stem of each token, and its concept if it has one.
    #[inline]
    pub fn stems_and_concepts(&self, tokens: Range<usize>, mut each: impl FnMut(Stem<'_>)) {
        for token in tokens {
            each(self.stem(token));
            if let Some(concept) = self.concept(token) {
                each(concept);
            }
        }
    }

    fn look_up(&self, token: usize) -> u64 {
        let mut folded = self.folded.borrow_mut();
        folded.clear();
        fold_into(spelt(self.text, token), &mut folded);
        self.concepts.of(&folded).map_or(NO_CONCEPT, |concept| concept.number())
    }

    /// Whether a token is this mark.
    pub fn is_mark(&self, token: usize, mark: &str) -> bool {
        self.text.tokens().get(token).is_some_and(|t| t.kind != TokenKind::Word) && self.text.form(token) == mark
    }
}

/// The number of the word of a token as part of features, kept once it was asked for; that of nothing past the last one.
#[inline(always)]
fn number_at<'w>(numbers: &[Cell<u64>], token: usize, word: impl FnOnce() -> &'w str) -> u64 {
    let Some(known) = numbers.get(token) else { return const { number_of("") } };
    if known.get() == 0 {
        known.set(number_of(word()));
    }
    known.get()
}

/// A word of the text as part of features.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    text: &'a Text<'a>,
    token: usize,
    number: u64,
}

impl Word for Form<'_> {
    #[inline(always)]
    fn number(&self) -> u64 {
        self.number
    }

    fn text(&self) -> &str {
        spelt(self.text, self.token)
    }
}

/// What stands for a word without a concept; no concept has that number.
const NO_CONCEPT: u64 = u64::MAX;

/// The beginning of a word of the text, or its concept, as part of features.
#[derive(Debug, Clone, Copy)]
pub struct Stem<'a> {
    text: &'a Text<'a>,
    token: usize,
    number: u64,
    /// Where its concept is found, if that is what it is.
    concepts: Option<&'a Concepts>,
}

impl Word for Stem<'_> {
    #[inline(always)]
    fn number(&self) -> u64 {
        self.number
    }

    fn text(&self) -> &str {
        if let Some(concepts) = self.concepts {
            return concepts.of(&fold(spelt(self.text, self.token))).map_or("", Numbered::word);
        }
        let stand_in = STAND_INS.iter().find(|stand_in| stand_in.number() == self.number);
        stand_in.map_or_else(|| beginning(self.text, self.token), |stand_in| stand_in.word())
    }
}

/// What stands for the tokens of a name by its sort, of a sum and of a time as parts of features.
const STAND_INS: [Part; 7] = [
    Part::new("organisation"),
    Part::new("person"),
    Part::new("country"),
    Part::new("place"),
    Part::new("instrument"),
    Part::new("money"),
    Part::new("time"),
];

/// What stands for the tokens of a mention; nothing for those of nouns that stand for a name, which tell more themselves.
fn stand_in(value: &Value) -> Option<Part> {
    let [organisation, person, country, place, instrument, money, time] = STAND_INS;
    match value {
        Value::Name(name) if name.anaphor => None,
        Value::Name(name) => Some(match name.sort {
            NameType::Organisation => organisation,
            NameType::Person => person,
            NameType::Country => country,
            NameType::Place => place,
            NameType::Instrument => instrument,
        }),
        Value::Money(_) => Some(money),
        Value::Time(_) => Some(time),
        _ => None,
    }
}

/// How many letters a stem has: from four to six, promises and accords held out are told alike.
const STEM_LETTERS: usize = 5;

/// The beginning of a token as part of a feature's name; that of every figure is "0".
fn beginning<'a>(text: &'a Text<'_>, token: usize) -> &'a str {
    let form = spelt(text, token);
    if form.starts_with(|first: char| first.is_ascii_digit()) {
        return "0";
    }
    &form[..form.char_indices().nth(STEM_LETTERS).map_or(form.len(), |(end, _)| end)]
}

/// A token as part of a feature's name; marks that files of weights use are spelt out.
fn spelt<'a>(text: &'a Text<'_>, token: usize) -> &'a str {
    match text.tokens().get(token).map(|at| (at.kind, text.form(token))) {
        None => "",
        Some((TokenKind::Word, form)) => form,
        Some((_, ",")) => "comma",
        Some((_, "|")) => "bar",
        Some((_, form)) if form.bytes().any(|byte| matches!(byte, b',' | b'|' | b'\n')) => "",
        Some((_, form)) => form,
    }
}

/// How many characters begin among some bytes, which are [`CHARACTER_STEP`] at most.
fn starts(bytes: &[u8]) -> u32 {
    // In bytes, sixteen of them are added up at once.
    u32::from(bytes.iter().map(|byte| u8::from(*byte & 0xC0 != 0x80)).sum::<u8>())
}

/// Everybody that a name stands for.
pub fn bearers(name: &Name) -> impl Iterator<Item = u32> {
    std::iter::once(name.entity).chain(name.also.iter().copied())
}

#[cfg(test)]
mod tests {
    use crate::Reader;
    use pledgebook_document::Opener;
    use pledgebook_lexicon::Data;

    fn clauses(lang: &str, text: &str) -> Vec<String> {
        let data = Data::embedded();
        let reader = Reader::new(&data, lang).expect("data of the language");
        let document = Opener::new(&data).expect("page words").text("t", text);
        reader.with_analysis(&document, |analysis, _| {
            analysis.clauses.iter().map(|clause| analysis.text.slice(clause.clone()).to_owned()).collect()
        })
    }

    #[test]
    fn articles_open_no_clause_where_clauses_have_their_comma() {
        assert_eq!(
            clauses(
                "de",
                "Norvane und die Stadt Erfurt bauen seit dem Herbst eine Fabrik, in der bald 200 Menschen arbeiten."
            ),
            ["Norvane und die Stadt Erfurt bauen seit dem Herbst eine Fabrik, in", "der bald 200 Menschen arbeiten."]
        );
        assert_eq!(
            clauses("en", "Norvane builds a plant which will employ 200 people."),
            ["Norvane builds a plant", "which will employ 200 people."]
        );
    }
}
