//! The names of a document as claim readers compare them: what is asked of the same name for many candidates, found once and
//! held close together.

use super::{Analysis, Cue, CueAt, bearers, places::Counted};
use pledgebook_document::Role;
use pledgebook_mentions::{Kind, Mention, Name, NameType, Value};
use pledgebook_text::TokenKind;
use smallvec::SmallVec;
use std::ops::Range;

/// A name in its place.
#[derive(Debug, Clone, Copy)]
pub struct NameAt {
    /// Into [`Analysis::mentions`].
    pub mention: usize,
    /// Its first token.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// Its sentence, into [`Analysis::sentences`].
    pub sentence: usize,
    /// Its bearer.
    pub entity: u32,
    /// What it names.
    pub sort: NameType,
    /// The class of the small word before it, past its article.
    pub mark: Option<Cue>,
    /// Whether no preposition stands before it, and no article or ending speaks against it: it can be a subject.
    pub bare: bool,
    /// Whether its article or its ending says that it is no subject.
    pub oblique: bool,
    /// Whether it is the first such name of its sentence.
    pub first_bare: bool,
    /// Whether it can have a part in a promise: authors, news agencies and papers only tell of them, and "AI" is a field.
    pub acts: bool,
    /// Whether it only says which noun stands for an organisation: "the Chinese manufacturer" promises something, and China does not.
    pub inside: bool,
}

/// How many words or adjectives may introduce a name behind its preposition.
const INTRODUCTION_WORDS_MAX: usize = 3;

/// How many words may stand between an article and the name that it belongs to.
const PHRASE_WORDS_MAX: usize = 4;
/// Marks between the cells of a row of a table that is told as text.
const CELL_MARKS: [&str; 2] = ["|", "·"];
/// How many tokens behind who says something the medium begins in which it is said.
const MEDIUM_TOKENS_MAX: usize = 6;
/// How many tokens a dateline has at most, before how many its place begins, and how many words have no capital.
const DATELINE_TOKENS_MAX: usize = 20;
const DATELINE_PLACE_TOKENS_MAX: usize = 5;
const DATELINE_SMALL_WORDS_MAX: usize = 2;
/// How many tokens may stand between a person and the organisation that it is told with.
const HOUSE_TOKENS_MAX: usize = 6;

impl Analysis<'_> {
    /// Lists the names of all sentences, before anything around them is known.
    pub(super) fn list_names(&mut self) {
        for number in 0..self.sentences.len() {
            let from = self.names.len();
            let byline = self.sentences[number].role == Role::Byline;
            let dateline = self.dateline_end(number);
            for mention in self.sentences[number].mentions.clone() {
                let Some(name) = self.name(mention) else { continue };
                let tokens = &self.mentions[mention].tokens;
                let inside = name.adjective
                    && self.names[from..].iter().any(|other| other.end >= tokens.end && self.stands_for(other));
                // "Ferrolux → Westgrain | $3.1bn": money goes the way of the arrow.
                let target = tokens.start.checked_sub(1).is_some_and(|before| self.text.form(before) == "→");
                // "Jane Holt (Labour)", "Saab (Sweden)": what a bracket says of somebody else acts nowhere.
                let said = self.names[from..].last().is_some_and(|other| other.end + 1 == tokens.start)
                    && self.text.form(tokens.start - 1) == "("
                    && self.text.tokens().get(tokens.end).is_some_and(|token| token.is(self.text.source(), ")"));
                let told = !byline && !target && !said && tokens.start >= dateline;
                let acts = told && !self.is_outlet(name.entity) && !self.is_field(tokens);
                let (start, end, entity, sort) = (tokens.start, tokens.end, name.entity, name.sort);
                let (mark, bare, first_bare, sentence) = (None, !name.adjective, false, number);
                let oblique = false;
                self.names.push(NameAt {
                    mention,
                    start,
                    end,
                    sentence,
                    entity,
                    sort,
                    mark,
                    bare,
                    oblique,
                    first_bare,
                    acts,
                    inside,
                });
            }
            self.sentences[number].names = from..self.names.len();
            if self.is_row_label(number) {
                self.names[from].acts = false;
            }
        }
        for entity in 0..self.namings.len() {
            self.namings[entity].name = self.namings[entity].mention.and_then(|mention| self.name_of(mention));
        }
    }

    /// Where the dateline of a sentence ends, if it opens with one: where, when and by whom it was told, before a dash. Nobody named there acts.
    fn dateline_end(&self, sentence: usize) -> usize {
        let sentences = self.text.sentences();
        let own = &sentences[sentence];
        let from = own.tokens.start;
        if sentence > 0 && sentences[sentence - 1].block == own.block {
            return from;
        }
        let tokens = self.text.tokens();
        let to = own.tokens.end.min(from + DATELINE_TOKENS_MAX);
        let glued = |at: usize| tokens.get(at).is_some_and(|token| token.shape.glued());
        let is_dash = |at: usize| matches!(self.text.form(at), "-" | "–" | "—" | "--");
        // "(Dow Jones)--", "(EFE).- ", "/PRNewswire/ -- "
        let closes = |at: &usize| is_dash(*at) && (!glued(*at) || !glued(at + 1) || is_dash(at + 1));
        let Some(dash) = (from..to).find(closes) else { return from };
        let head = from..dash;
        let inside = |mention: &Mention| head.contains(&mention.tokens.start);
        let mentions = || self.mentions[self.sentences[sentence].mentions.clone()].iter().take_while(|m| inside(m));
        // "In Leeds on Monday Norvane – a maker of cells – …" is none.
        let is_place = |mention: &Mention| match &mention.value {
            Value::Name(name) => {
                matches!(name.sort, NameType::Place | NameType::Country)
                    && mention.tokens.start < from + DATELINE_PLACE_TOKENS_MAX
                    && matches!(self.text.form(mention.tokens.end), "," | "(")
            }
            _ => false,
        };
        let times: SmallVec<[Range<usize>; 2]> =
            mentions().filter(|mention| mention.value.kind() == Kind::Time).map(|time| time.tokens.clone()).collect();
        let said = |open: &str, close: &str| {
            let mut marks =
                head.clone().filter(|at| matches!(self.text.form(*at), form if form == open || form == close));
            marks.next().is_some_and(|at| self.text.form(at) == open)
                && marks.next_back().is_some_and(|at| dash - at <= 2)
        };
        let small = head.clone().filter(|at| {
            let token = &tokens[*at];
            token.kind == TokenKind::Word && !token.shape.capital() && !times.iter().any(|time| time.contains(at))
        });
        let written = mentions().any(is_place) && small.count() <= DATELINE_SMALL_WORDS_MAX;
        let dated = times.last().is_some_and(|time| (dash.saturating_sub(1)..=dash).contains(&time.end));
        if written && (dated || said("(", ")") || said("/", "/")) { dash + 1 } else { from }
    }

    /// Whether the first name of a sentence only says what a row of a table is about: "KENYA | Pwani Rail Leasing | KSh3.1bn" is the firm's.
    fn is_row_label(&self, sentence: usize) -> bool {
        let Some(row) = self.sentences.get(sentence) else { return false };
        let [label, others @ ..] = &self.names[row.names.clone()] else { return false };
        let parts = |at: usize| CELL_MARKS.contains(&self.text.form(at));
        let money = self.mentions[row.mentions.clone()].iter().find(|mention| mention.value.kind() == Kind::Money);
        let before_sums = row.tokens.start..money.map_or(row.tokens.end, |money| money.tokens.start);
        matches!(label.sort, NameType::Country | NameType::Place)
            && label.start == row.tokens.start
            && label.end < row.tokens.end
            && parts(label.end)
            && others.iter().any(|name| {
                let opens = |at: usize| parts(at) || self.text.form(at) == ":";
                name.sort == NameType::Organisation && before_sums.contains(&name.start) && opens(name.start - 1)
            })
    }

    /// Whether a noun stands for an organisation there.
    fn stands_for(&self, name: &NameAt) -> bool {
        name.sort == NameType::Organisation && self.name(name.mention).is_some_and(|name| name.anaphor)
    }

    /// Tells what stands before each name.
    pub(super) fn mark_names(&mut self) {
        let mut subject_of = None;
        for number in 0..self.names.len() {
            let sentence = self.names[number].sentence;
            let mark = self.mark_of(number);
            let oblique = self.is_oblique(&self.names[number], mark);
            let NameAt { start, end, sort, .. } = self.names[number];
            // "Кличко повідомив у Telegram", "у Facebook написала": where somebody says something does nothing, but "заявили в Siemens" is Siemens' word.
            let before = start.saturating_sub(MEDIUM_TOKENS_MAX)..start;
            let said = |tokens: Range<usize>| self.has_cue(tokens, Cue::ReportVerb);
            let told = || self.names_in(before.clone()).iter().any(|name| name.sort == NameType::Person);
            let medium = mark == Some(Cue::MarkPlace)
                && sort == NameType::Organisation
                && (said(before.clone()) && told() || said(end..end + 1));
            let name = &mut self.names[number];
            name.acts &= !medium;
            name.mark = mark;
            name.oblique = oblique;
            name.bare &= !oblique
                && matches!(
                    mark,
                    None | Some(
                        Cue::MarkDeterminer
                            | Cue::MarkAnd
                            | Cue::MarkSubordinate
                            | Cue::MarkRelative
                            | Cue::MarkOr
                            | Cue::MarkPronoun
                    )
                );
            if name.bare && subject_of != Some(sentence) {
                subject_of = Some(sentence);
                name.first_bare = true;
            }
        }
    }

    /// The class of the small word before a name. It stands before what introduces the name too: "by the Swedish group Saab", "alla tedesca
    /// Siemens", "a la compañía Celnova".
    fn mark_of(&self, number: usize) -> Option<Cue> {
        let NameAt { start, sentence, .. } = self.names[number];
        let own = self.mark_of_phrase(start);
        if !matches!(own, None | Some(Cue::MarkPronoun)) {
            return own;
        }
        let cues = self.cues_of(sentence);
        let adjective = |at: usize| {
            let before = number.checked_sub(1).and_then(|before| self.names.get(before))?;
            (before.end == at && self.name(before.mention).is_some_and(|name| name.adjective)).then_some(before.start)
        };
        // A noun that would stand for somebody named before, were no name behind it.
        let noun = |at: usize| {
            let stands = |cue: &&CueAt| cue.end == at && cue.cue == Cue::MarkPronoun && cue.end - cue.start > 1;
            cues.iter().take_while(|cue| cue.start < at).find(stands).map(|cue| cue.start)
        };
        let word = |at: usize| {
            let before = at.checked_sub(1).filter(|before| self.sentences[sentence].tokens.contains(before))?;
            let plain = self.text.tokens()[before].kind == TokenKind::Word
                && !cues.iter().take_while(|cue| cue.start <= before).any(|cue| before < cue.end)
                && !self.mentions[self.sentences[sentence].mentions.clone()]
                    .iter()
                    .take_while(|mention| mention.tokens.start <= before)
                    .any(|mention| before < mention.tokens.end);
            plain.then_some(before)
        };
        let mut at = start;
        for _ in 0..INTRODUCTION_WORDS_MAX {
            if !matches!(self.mark_before(at), None | Some(Cue::MarkPronoun)) {
                break;
            }
            let Some(before) = adjective(at).or_else(|| noun(at)).or_else(|| word(at)) else { break };
            at = before;
        }
        let mark = self.mark_of_phrase(at);
        let oblique = matches!(
            mark,
            Some(Cue::MarkAgent | Cue::MarkFrom | Cue::MarkGoal | Cue::MarkWith | Cue::MarkOf | Cue::MarkBetween)
        );
        if oblique { mark } else { own }
    }

    /// The class of the small word before a phrase, past its article.
    fn mark_of_phrase(&self, start: usize) -> Option<Cue> {
        match self.mark_before(start) {
            Some(Cue::MarkDeterminer) => self.mark_before(start - 1).or(Some(Cue::MarkDeterminer)),
            other => other,
        }
    }

    /// Whether the article of a name's phrase or the ending of the name says that it is no subject: "dem Konzern", "den Norwegern",
    /// "Україні". What stands behind its head shows no case of its own: "уряд Норвегії".
    fn is_oblique(&self, name: &NameAt, mark: Option<Cue>) -> bool {
        let habits = self.text.habits();
        if !habits.oblique_articles.is_empty()
            && let Some(article) = self.article(name)
        {
            let form = self.text.form(article).to_lowercase();
            return habits.oblique_articles.contains(&form);
        }
        let last = self.text.form(name.end.saturating_sub(1));
        mark != Some(Cue::MarkPronoun) && habits.oblique_endings.iter().any(|ending| last.ends_with(ending.as_str()))
    }

    /// The article of the phrase that a name belongs to: one of its own, "dem Unternehmen", or one before it, "dem schwedischen Konzern Northvolt".
    fn article(&self, name: &NameAt) -> Option<usize> {
        let first = self.sentences.get(name.sentence)?.tokens.start;
        for at in (first.max(name.start.saturating_sub(PHRASE_WORDS_MAX))..=name.start).rev() {
            if self.text.tokens()[at].kind != TokenKind::Word {
                return None;
            }
            if self.has_cue(at..at + 1, Cue::MarkDeterminer) {
                return Some(at);
            }
            let parts = |cue: Cue| cue.is_mark() || cue.is_verb() || cue == Cue::ReportVerb;
            if at < name.start && self.cues_in(at..at + 1).iter().any(|cue| parts(cue.cue)) {
                return None;
            }
        }
        None
    }

    /// Tells for whom each person stands: the organisation told with it, as in "Nvidia's chief executive Jensen Huang", "Sam Altman,
    /// head of OpenAI".
    pub(super) fn find_houses(&mut self) {
        self.houses = vec![None; self.entities.len()];
        for pair in self.names.windows(2) {
            let [one, other] = pair else { continue };
            let (person, house) = match (one.sort, other.sort) {
                (NameType::Person, NameType::Organisation) => (one, other),
                (NameType::Organisation, NameType::Person) => (other, one),
                _ => continue,
            };
            let between = one.end..other.start;
            let apart = between.len() > HOUSE_TOKENS_MAX
                || one.sentence != other.sentence
                || !house.acts
                || self.name(person.mention).is_some_and(|name| name.anaphor)
                || self.cues_in(between).iter().any(|cue| {
                    cue.cue.is_verb()
                        || matches!(cue.cue, Cue::ReportVerb | Cue::MarkAnd | Cue::MarkWith | Cue::MarkRelative)
                });
            if let Some(known) = self.houses.get_mut(person.entity as usize).filter(|known| known.is_none() && !apart) {
                *known = Some(house.entity);
            }
        }
        self.hosts = vec![false; self.entities.len()];
        for house in self.houses.iter().flatten() {
            if let Some(hosts) = self.hosts.get_mut(*house as usize) {
                *hosts = true;
            }
        }
    }

    /// For whom the bearers of a name act: people for their house, anybody else for itself.
    pub fn acting<'n>(&'n self, name: &'n Name) -> impl Iterator<Item = u32> + 'n {
        bearers(name).map(|entity| self.houses.get(entity as usize).copied().flatten().unwrap_or(entity))
    }

    /// The names of a sentence.
    pub fn named(&self, sentence: usize) -> &[NameAt] {
        self.sentences.get(sentence).map_or(&[], |sentence| &self.names[sentence.names.clone()])
    }

    /// The names that start in a run of tokens.
    pub fn names_in(&self, tokens: Range<usize>) -> &[NameAt] {
        &self.names[self.places_of_names(tokens)]
    }

    /// Where the names that start in a run of tokens stand in [`Analysis::names`].
    pub fn places_of_names(&self, tokens: Range<usize>) -> Range<usize> {
        self.counted(tokens, Counted::Names)
    }

    /// The place of a mention in [`Analysis::names`], if it is a name.
    fn name_of(&self, mention: usize) -> Option<usize> {
        self.names.binary_search_by_key(&mention, |name| name.mention).ok()
    }
}
