//! Roles: a named person holds a title. Titles are found by their head words; a title goes to the person beside it.

mod holders;
mod tables;
mod titles;

pub(crate) use holders::HOLDERS;
pub use tables::{Grammar, Sort, Word, Words};

use crate::{
    Body, Claim, Reason, Role,
    actors::{Actor, Actors},
    analysis::Analysis,
    learning::{SlotChoice, people::Office},
    model::{FeatureNames, Model},
    speech::Speech,
};
use pledgebook_document::Role as BlockRole;
use pledgebook_mentions::NameType;
use pledgebook_text::{Text, TokenKind};
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};
use std::ops::Range;
use tables::{GROUPS, TITLES, VERBS};
use titles::Title;

/// Bytes of initials that are written as one word.
const INITIALS_BYTES_MAX: u32 = 2;

/// One person's office as one passage tells it.
#[derive(Debug, Clone)]
pub struct Held {
    /// The first token of the person's name.
    pub person: usize,
    /// The person, as [`pledgebook_mentions::Name::entity`] numbers it.
    pub entity: u32,
    /// The words of the title; empty where the text gives only the organisation.
    pub title: Range<usize>,
    /// The first token of the name that the title is of.
    pub of: Option<usize>,
    /// The country that the title is of, where only other names of the document tell of it.
    pub of_country: Option<String>,
    /// What the title is of, where that has no name.
    pub of_words: Option<Range<usize>>,
    /// Whether these words were taken for it; they stay among the options that learning sees.
    pub worded: bool,
    /// Whether the text does not say what the title is of, and the nearest name was taken.
    pub guessed: bool,
    /// Whether a possessive before the title points to somebody mentioned before.
    pub its: bool,
    /// Whether an article, a possessive or a holder stands before the title.
    pub definite: bool,
    /// Whether it is no more than a form of address.
    pub rank: bool,
    /// Whether the office is past.
    pub former: bool,
    /// The whole passage.
    pub span: Range<usize>,
    /// What kind of office it is.
    pub sort: Sort,
    entry: u16,
    rule: &'static str,
    confidence: f32,
}

/// A title without a name beside it, which stands for somebody named elsewhere, or for nobody named.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The passage: article, title, and what it is of.
    pub span: Range<usize>,
    /// What kind of office it is.
    pub sort: Sort,
    /// The first token of the name that the title is of.
    pub of: Option<usize>,
    /// The person it stands for, where the document names one with this title.
    pub entity: Option<u32>,
}

/// All roles of a document, and the titles that stand alone.
#[derive(Debug, Default)]
pub struct Roles {
    /// Who holds what, in the order of the text; repeats included.
    pub held: Vec<Held>,
    /// Titles without a name.
    pub bearers: Vec<Bearer>,
}

/// Reads the roles of a document.
pub(crate) fn read(analysis: &Analysis<'_>, actors: &Actors<'_>, holder: &Model) -> Roles {
    let (text, words) = (analysis.text, analysis.words.offices());
    let mut roles = Roles::default();
    let mut titles = Vec::new();
    let mut free = Vec::new();
    for (index, sentence) in text.sentences().iter().enumerate() {
        titles.clear();
        let tokens = sentence.tokens.clone();
        if words.tells(index, TITLES) {
            titles::read(text, actors, &words, &tokens, &mut titles);
        }
        let taken = Reader { text, actors, words, index, sentence: tokens }.assign(&titles, &mut roles.held);
        free.extend(titles.drain(..).zip(taken).filter(|(_, taken)| !taken).map(|(title, _)| title));
    }
    for held in &mut roles.held {
        held.guessed = held.of.is_none() && !held.title.is_empty();
    }
    if roles.held.iter().any(|held| held.guessed) {
        let view = holders::View::new(analysis, actors, &roles.held);
        let chosen: Vec<_> = roles.held.iter().map(|held| held.guessed.then(|| view.choose(held, holder))).collect();
        for (held, chosen) in roles.held.iter_mut().zip(chosen) {
            if let Some(chosen) = chosen {
                held.of = chosen.of;
                held.of_country = chosen.country;
                held.worded = chosen.words;
            }
        }
    }
    roles.bearers = free
        .into_iter()
        .map(|title| Bearer {
            entity: bearer(actors, &roles.held, &title),
            span: title.span,
            sort: title.sort,
            of: title.of,
        })
        .collect();
    roles
}

/// The person that a title alone stands for: the last one before it who holds this title, else the first one after.
fn bearer(actors: &Actors<'_>, held: &[Held], title: &Title) -> Option<u32> {
    let of = |token: Option<usize>| token.and_then(|token| actors.at(token)).map(|actor| actor.name.entity);
    let fits = |held: &&Held| {
        held.entry == title.entry && (title.of.is_none() || of(held.of).is_none() || of(held.of) == of(title.of))
    };
    let before = held.partition_point(|held| held.span.start < title.span.start);
    let kin = |held: &&Held| held.sort == title.sort && title.sort == Sort::Government && title.of.is_none();
    held[..before]
        .iter()
        .rev()
        .find(fits)
        .or_else(|| held[before..].iter().find(fits).filter(|_| title.definite))
        .or_else(|| held[..before].iter().rev().find(kin).filter(|_| title.definite))
        .map(|held| held.entity)
}

/// Gives the titles of one sentence to the persons in it.
struct Reader<'a, 'd, 'm> {
    text: &'a Text<'d>,
    actors: &'a Actors<'m>,
    words: Words<'a>,
    index: usize,
    sentence: Range<usize>,
}

impl Reader<'_, '_, '_> {
    fn len(&self, at: usize, word: Word) -> usize {
        self.words.len(at, self.sentence.end, word)
    }

    fn form(&self, at: usize) -> &str {
        if self.sentence.contains(&at) { self.text.form(at) } else { "" }
    }

    fn assign(&self, titles: &[Title], held: &mut Vec<Held>) -> SmallVec<[bool; 8]> {
        let mut taken: SmallVec<[bool; 8]> = smallvec![false; titles.len()];
        let mut named: SmallVec<[usize; 8]> = SmallVec::new();
        for index in 0..titles.len() {
            if taken[index] {
                continue;
            }
            let title = &titles[index];
            if self.respectively(title, &mut named, held) {
                taken[index] = true;
                continue;
            }
            let before = self.person_before(title);
            // "La vicepresidenta segunda y ministra de Trabajo, Ana Lit": one article for both.
            let shares = index > 0 && titles[index - 1].definite && self.joined(&titles[index - 1], title);
            let after = self.person_after(title, shares);
            let before_free = before.filter(|person| !named.contains(person));
            // "Corvane said …, its finance chief, Name": a possessive points back, and a full name wins over a single word.
            let before_free = match (before_free, after) {
                (Some(person), Some((next, true))) if title.its || self.words(person) == 1 && self.words(next) > 1 => {
                    named.push(person);
                    None
                }
                (kept, _) => kept,
            };
            let choice = match (before_free, after) {
                (_, Some((person, false))) if before.is_none() => Some((person, "role/title-name@1", 0.92, true)),
                (Some(person), Some((_, true))) => Some((person, "role/name-apposition@1", 0.85, false)),
                (Some(person), None) => Some((person, "role/name-apposition@1", 0.9, false)),
                (_, Some((person, false))) => Some((person, "role/title-name@1", 0.9, true)),
                (None, Some((person, true))) => Some((person, "role/title-comma-name@1", 0.88, true)),
                (None, None) => before.map(|person| (person, "role/name-second-title@1", 0.8, false)),
            };
            let Some((person, rule, confidence, follows)) = choice else { continue };
            taken[index] = true;
            named.push(person);
            self.hold(title, person, rule, confidence, held);
            // "co-founder and chief of X, Name" and "Name, co-founder and chief of X": one person, two titles.
            if follows && index > 0 && !taken[index - 1] && self.joined(&titles[index - 1], title) {
                taken[index - 1] = true;
                self.hold(&titles[index - 1], person, "role/two-titles-name@1", 0.8, held);
            }
            if !follows && index + 1 < titles.len() && self.joined(title, &titles[index + 1]) {
                taken[index + 1] = self.person_after(&titles[index + 1], false).is_none();
                if taken[index + 1] {
                    self.hold(&titles[index + 1], person, "role/name-two-titles@1", 0.8, held);
                }
            }
            // "their chiefs, Name and Name".
            if follows {
                self.coordinated(title, person, &mut named, held);
            }
        }
        if self.words.tells(self.index, VERBS) {
            self.by_verb(held);
        }
        self.by_organisation(&named, held);
        taken
    }

    /// "The foreign ministers of Norway and Poland, Espen Lund and Adam Nowak": as many holders as bodies, each of the one in its place.
    fn respectively(&self, title: &Title, named: &mut SmallVec<[usize; 8]>, held: &mut Vec<Held>) -> bool {
        let Some(first) = title.of else { return false };
        let bodies = self.enumerated(first, |actor| !actor.is_person());
        let Some(last) = bodies.last().filter(|_| bodies.len() > 1) else { return false };
        let mut at = last.tokens.end;
        at += usize::from(matches!(self.form(at), "," | ":"));
        let people = self.enumerated(at, |actor| self.may_be_person(actor));
        if people.len() != bodies.len() || people.iter().any(|person| named.contains(&person.tokens.start)) {
            return false;
        }
        for (person, body) in people.iter().zip(&bodies) {
            let own = Title { of: Some(body.tokens.start), of_words: None, ..title.clone() };
            named.push(person.tokens.start);
            self.hold(&own, person.tokens.start, "role/titles-names@1", 0.85, held);
        }
        true
    }

    /// The name that begins at a token and those behind it that commas and "and" join to it.
    fn enumerated(&self, mut at: usize, fits: impl Fn(&Actor<'_>) -> bool) -> SmallVec<[&Actor<'_>; 4]> {
        let mut all: SmallVec<[&Actor<'_>; 4]> = SmallVec::new();
        let mut last = false;
        while let Some(next) = self.actors.from(at).filter(|actor| fits(actor)) {
            all.push(next);
            let joint = self.over_joint(next.tokens.end).filter(|_| !last);
            let Some((past, and)) = joint else { break };
            (at, last) = (past, and);
            // "de Norvège et de Pologne", "of the bank and of the fund"
            for word in [Word::Of, Word::Article] {
                at += self.len(at, word);
            }
        }
        all
    }

    /// Steps over the comma or "and" between two names of a list, and tells whether it is "and".
    fn over_joint(&self, at: usize) -> Option<(usize, bool)> {
        match self.len(at, Word::And) {
            0 => (self.form(at) == ",").then_some((at + 1, false)),
            and => Some((at + and, true)),
        }
    }

    /// How many words a name has.
    fn words(&self, name: usize) -> usize {
        self.actors.at(name).map_or(0, |actor| actor.tokens.len())
    }

    /// Whether only "and" stands between two titles.
    fn joined(&self, first: &Title, second: &Title) -> bool {
        let len = self.len(first.span.end, Word::And);
        let gap = first.span.end + len;
        len > 0
            && (gap == second.span.start
                || self.len(gap, Word::Now) > 0 && gap + self.len(gap, Word::Now) == second.span.start)
    }

    /// The person that a title follows in apposition: "Name, the chief", "Name (chief", "Name is the chief".
    fn person_before(&self, title: &Title) -> Option<usize> {
        // A verb that looks like a title has an object: "Name, juge l'environnement".
        let object = self.len(title.words.end, Word::Article);
        if !title.definite && object > 0 && title.words.end == title.span.end {
            return None;
        }
        let mut at = title.span.start;
        for _ in 0..3 {
            let stepped = (1..=3).find(|len| {
                at >= self.sentence.start + len
                    && (self.words.len(at - len, at, Word::Now) == *len
                        || self.words.len(at - len, at, Word::Article) == *len)
            });
            match stepped {
                Some(len) => at -= len,
                None => break,
            }
        }
        let mark = at.checked_sub(1).filter(|mark| *mark >= self.sentence.start)?;
        match self.form(mark) {
            "," => {
                let mut end = mark;
                // An age or a party between name and title: "Name (SPD), Minister", "Name, 52, chief".
                if self.form(end.saturating_sub(1)) == ")" {
                    end = (self.sentence.start..end).rev().take(6).find(|at| self.form(*at) == "(")?;
                } else if end >= self.sentence.start + 2 && self.form(end - 1).bytes().all(|byte| byte.is_ascii_digit())
                {
                    end -= 1;
                    if self.form(end.saturating_sub(1)) == "," {
                        end -= 1;
                    }
                }
                self.person_until(end)
            }
            "(" | "—" | "–" | "-" => self.person_until(mark),
            _ => {
                let len = (1..=3)
                    .find(|len| at >= self.sentence.start + len && self.words.len(at - len, at, Word::Is) == *len)?;
                self.person_until(at - len)
            }
        }
    }

    fn person_until(&self, end: usize) -> Option<usize> {
        self.actors.until(end).filter(|actor| actor.is_person() && !actor.name.anaphor).map(|actor| actor.tokens.start)
    }

    /// Whether a name after a title can be a human being: one, or two or more capitalised words that nobody knows as something else.
    fn may_be_person(&self, actor: &Actor<'_>) -> bool {
        if actor.is_person() || actor.name.anaphor {
            return actor.is_person() && !actor.name.anaphor;
        }
        let tokens = &self.text.tokens()[actor.tokens.clone()];
        let words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
        actor.name.sort != NameType::Country
            && (2..=4).contains(&words.clone().count())
            && words.enumerate().all(|(place, token)| {
                // "MA Momen": initials may be written without stops.
                let initials = || place == 0 && token.end - token.start <= INITIALS_BYTES_MAX;
                token.shape.capital() && (!token.shape.all_capitals() || initials())
            })
            && !self.actors.is_known(actor.name.entity)
    }

    /// The person that follows a title, and whether a comma stands between; `shares`: the article before another title is also its own.
    fn person_after(&self, title: &Title, shares: bool) -> Option<(usize, bool)> {
        let mut at = title.span.end;
        let mut comma = false;
        if matches!(self.form(at), "," | ":") {
            comma = true;
            at += 1;
        }
        // "chief of X since 2021, Name".
        if !comma
            && let Some(stop) = (at..self.sentence.end.min(at + 4)).find(|at| self.form(*at) == ",")
            && self.text.tokens()[stop - 1].kind == TokenKind::Number
        {
            comma = true;
            at = stop + 1;
        }
        if matches!(self.form(at), "(") {
            at = (at..self.sentence.end.min(at + 6)).find(|at| self.form(*at) == ")")? + 1;
            if self.form(at) == "," {
                comma = true;
                at += 1;
            }
        }
        while self.actors.from(at).is_none() {
            let len = self.len(at, Word::Honorific);
            if len == 0 {
                break;
            }
            at += len;
            if self.form(at) == "." {
                at += 1;
            }
        }
        let person = self.actors.from(at).filter(|actor| self.may_be_person(actor))?;
        let anchored = shares || title.definite || title.of.is_some() || title.span.start == self.sentence.start;
        (!comma || anchored).then_some((person.tokens.start, comma))
    }

    fn hold(&self, title: &Title, person: usize, rule: &'static str, confidence: f32, held: &mut Vec<Held>) {
        let Some(actor) = self.actors.at(person) else { return };
        let mut of = title.of;
        let mut span = title.span.start.min(actor.tokens.start)..title.span.end.max(actor.tokens.end);
        if of.is_none() && span.end == actor.tokens.end {
            // "the economist Name, of the Institute".
            if let Some((holder, end)) = self.holder_after(actor.tokens.end) {
                of = Some(holder);
                span.end = end;
            }
        }
        held.push(Held {
            person: actor.tokens.start,
            entity: actor.name.entity,
            title: title.words.clone(),
            of,
            of_country: None,
            of_words: title.of_words.clone().or_else(|| self.compound(title)).filter(|_| of.is_none()),
            worded: true,
            guessed: false,
            its: title.its,
            definite: title.definite,
            rank: !title.definite && title.of.is_none() && self.len(title.head, Word::Honorific) == title.words.len(),
            former: title.former,
            span,
            sort: title.sort,
            entry: title.entry,
            rule,
            confidence,
        });
    }

    /// The name that a hyphen glues to a title, where nothing else of the document knows it as one: "Nordwerk-Chef".
    fn compound(&self, title: &Title) -> Option<Range<usize>> {
        let hyphen = title.words.start.checked_sub(1).filter(|at| *at > self.sentence.start)?;
        let before = &self.text.tokens()[hyphen - 1];
        let glued = matches!(self.form(hyphen), "-" | "‑" | "‐")
            && self.text.tokens()[hyphen].shape.glued()
            && self.text.tokens()[title.words.start].shape.glued();
        (glued && before.kind == TokenKind::Word && before.shape.capital()).then_some(hyphen - 1..hyphen)
    }

    /// "Name of X", "Name, de l'institut X": the organisation that follows a person, and where it ends.
    fn holder_after(&self, person_end: usize) -> Option<(usize, usize)> {
        let mut at = person_end;
        if self.form(at) == "," {
            at += 1;
        }
        let of = self.len(at, Word::Of);
        if of == 0 {
            return None;
        }
        at += of;
        for step in 0..6 {
            if let Some(actor) = self.actors.from(at) {
                return (!actor.is_person() && !actor.name.anaphor).then_some((at, actor.tokens.end));
            }
            let article = self.len(at, Word::Article);
            let small = self.sentence.contains(&at)
                && (article > 0 || self.len(at, Word::Of) > 0 || !self.text.tokens()[at].shape.capital())
                && !matches!(self.form(at), "," | "." | ";" | ":");
            if !small || step == 5 {
                return None;
            }
            at += 1;
        }
        None
    }

    fn coordinated(&self, title: &Title, person: usize, named: &mut SmallVec<[usize; 8]>, held: &mut Vec<Held>) {
        let Some(mut end) = self.actors.at(person).map(|actor| actor.tokens.end) else { return };
        loop {
            let Some((at, and)) = self.over_joint(end) else { return };
            let Some(next) = self.actors.from(at).filter(|actor| actor.is_person()) else { return };
            let plural = and || self.len(next.tokens.end, Word::And) > 0;
            if !plural || named.contains(&next.tokens.start) || self.holder_after(next.tokens.end).is_some() {
                return;
            }
            // Only a title in the plural is shared, which the next name's lacking one of its own tells well enough.
            if self.form(next.tokens.end) == "," && !and {
                return;
            }
            if !title.plural {
                return;
            }
            named.push(next.tokens.start);
            self.hold(title, next.tokens.start, "role/titles-names@1", 0.75, held);
            end = next.tokens.end;
        }
    }

    /// "Name, who runs X" and "X, que dirige Name".
    fn by_verb(&self, held: &mut Vec<Held>) {
        let mut at = self.sentence.start;
        while let Some((here, len, _)) = self.words.next(at, self.sentence.end, VERBS) {
            at = here;
            if self.actors.at(at).is_some() {
                at += 1;
                continue;
            }
            if let Some(found) = self.verb(at..at + len) {
                held.push(found);
            }
            at += len;
        }
    }

    fn verb(&self, verb: Range<usize>) -> Option<Held> {
        let before = |word: Word| {
            (1..=2).find(|len| {
                verb.start >= self.sentence.start + len && self.words.len(verb.start - len, verb.start, word) == *len
            })
        };
        let (person, of, span) = if let Some(len) = before(Word::Who) {
            let mut end = verb.start - len;
            if self.form(end.checked_sub(1)?) == "," {
                end -= 1;
            }
            match self.person_until(end) {
                Some(person) => {
                    let of = self.organisation_from(verb.end)?;
                    (person, of, person..self.actors.at(of)?.tokens.end)
                }
                None => self.led_by(end, &verb)?,
            }
        } else if let Some(len) = before(Word::Whom) {
            let mut end = verb.start - len;
            if self.form(end.checked_sub(1)?) == "," {
                end -= 1;
            }
            self.led_by(end, &verb)?
        } else {
            let person = self.person_until(verb.start)?;
            let of = self.organisation_from(verb.end)?;
            (person, of, person..self.actors.at(of)?.tokens.end)
        };
        let actor = self.actors.at(person)?;
        Some(Held {
            person,
            entity: actor.name.entity,
            title: verb,
            of: Some(of),
            of_country: None,
            of_words: None,
            worded: false,
            guessed: false,
            its: false,
            definite: false,
            rank: false,
            former: false,
            span,
            sort: Sort::Executive,
            entry: u16::MAX,
            rule: "role/name-leads@1",
            confidence: 0.75,
        })
    }

    /// "X, que dirige toujours Name": the organisation that ends before `end`, and the person right after the verb.
    fn led_by(&self, end: usize, verb: &Range<usize>) -> Option<(usize, usize, Range<usize>)> {
        let of = self
            .actors
            .last_before(end, |actor| actor.is_organisation() && actor.tokens.start >= self.sentence.start)?;
        let person = (verb.end..self.sentence.end.min(verb.end + 5))
            .find_map(|at| self.actors.from(at).filter(|actor| actor.is_person()))?;
        Some((person.tokens.start, of.tokens.start, of.tokens.start..person.tokens.end))
    }

    /// The organisation whose noun phrase begins at a token.
    fn organisation_from(&self, mut at: usize) -> Option<usize> {
        for _ in 0..4 {
            if let Some(actor) = self.actors.from(at) {
                return (actor.is_organisation()).then_some(at);
            }
            if !self.sentence.contains(&at) || matches!(self.form(at), "," | "." | ";" | ":") {
                return None;
            }
            at += 1;
        }
        None
    }

    /// "executives, among them Name of X and Name of Y": the plural noun before names their title.
    fn by_organisation(&self, named: &[usize], held: &mut Vec<Held>) {
        let speaks = self.words.tells(self.index, GROUPS);
        let group = speaks.then(|| self.words.next(self.sentence.start, self.sentence.end, GROUPS)).flatten();
        let group = group.map(|(group, ..)| group);
        for person in self.actors.within(self.sentence.clone()) {
            let start = person.tokens.start;
            if !person.is_person() || person.name.anaphor || named.contains(&start) {
                continue;
            }
            if held.iter().rev().take(8).any(|held| held.person == start) {
                continue;
            }
            let found = match self.holder_after(person.tokens.end) {
                Some((of, end)) => Some((of, start..end)),
                None => self.owner_before(start).map(|of| (of, of..person.tokens.end)),
            };
            let Some((of, span)) = found else { continue };
            let title =
                group.filter(|group| *group < start).map_or(0..0, |group| group..group + self.len(group, Word::Group));
            // "Trump en visite à Londres": without a title a place is where somebody is, not what somebody is of.
            let body = self.actors.at(of).is_some_and(|actor| actor.name.sort == NameType::Organisation);
            if title.is_empty() && !body {
                continue;
            }
            held.push(Held {
                person: start,
                entity: person.name.entity,
                title,
                of: Some(of),
                of_country: None,
                of_words: None,
                worded: false,
                guessed: false,
                its: false,
                definite: false,
                rank: false,
                former: false,
                span,
                sort: Sort::Executive,
                entry: u16::MAX,
                rule: "role/name-of-organisation@1",
                confidence: if group.is_some() { 0.7 } else { 0.45 },
            });
        }
    }

    /// "Nvidia's Jensen Huang".
    fn owner_before(&self, person: usize) -> Option<usize> {
        let joint = person.checked_sub(1).filter(|joint| *joint > self.sentence.start)?;
        let form = self.form(joint);
        if !(form.starts_with(['\'', '’']) && form.chars().count() <= 2 && self.text.tokens()[joint].shape.glued()) {
            return None;
        }
        self.actors
            .until(joint)
            .filter(|actor| actor.is_organisation() && !actor.name.anaphor)
            .map(|actor| actor.tokens.start)
    }
}

/// The offices that their own phrases do not place, with those who may be what each is of.
pub(crate) fn see(speech: &Speech<'_>) -> Vec<Office> {
    let Speech { actors, roles, .. } = speech;
    let view = holders::View::new(speech.analysis, actors, &roles.held);
    let options = |held: &Held| {
        let option = |holder: holders::Holder| {
            let mut features = FeatureNames::default();
            view.features(held, &holder, &mut features);
            let names = if holder.words {
                held.of_words.iter().map(|words| speech.analysis.text.slice(words.clone()).to_owned()).collect()
            } else if let Some(country) = &holder.country {
                vec![country.clone()]
            } else {
                holder.entity.into_iter().flat_map(|entity| actors.forms(entity)).collect()
            };
            SlotChoice { names, entity: holder.entity, features: features.0, ..SlotChoice::default() }
        };
        view.options(held).into_iter().map(option).collect()
    };
    let guessed = roles.held.iter().filter(|held| held.guessed);
    guessed
        .map(|held| Office {
            person: actors.forms(held.entity).collect(),
            span: speech.analysis.characters(&speech.analysis.text.bytes(held.span.clone())),
            organisation: options(held),
        })
        .collect()
}

/// An office as claims are told apart: the entry of its title, and of whom it is.
type Place = (u16, Option<u32>);

/// The roles as claims, each office once.
pub fn claims(speech: &Speech<'_>) -> Vec<Claim> {
    let Speech { actors, roles, .. } = speech;
    let text = speech.analysis.text;
    let mut claims = Vec::new();
    let mut titled = vec![false; speech.analysis.entities.len()];
    for held in roles.held.iter().filter(|held| !held.rank) {
        if let Some(titled) = titled.get_mut(held.entity as usize) {
            *titled = true;
        }
    }
    let mut known: FxHashMap<u32, SmallVec<[Place; 2]>> = FxHashMap::default();
    for held in &roles.held {
        let Some(person) = actors.at(held.person) else { continue };
        let of = held.of.and_then(|token| actors.at(token));
        // A single word is seldom a person but where an office of state makes it one: "King Charles".
        let single = person.tokens.len() == 1 && !person.name.canonical.contains(' ');
        if single && !matches!(held.sort, Sort::Government | Sort::Local | Sort::Region) {
            continue;
        }
        if held.rank && titled.get(held.entity as usize) == Some(&true) {
            continue;
        }
        let office = (held.entry, of.map(|of| of.name.entity));
        let offices = known.entry(held.entity).or_default();
        let repeats = offices
            .iter()
            .any(|(entry, of)| *entry == office.0 && office.0 != u16::MAX || of.is_some() && *of == office.1);
        if repeats {
            continue;
        }
        offices.push(office);
        let role = text.block_of(&text.sentences()[text.sentence_of(held.person)]).role;
        let (evidence, span) = speech.passage(text.bytes(held.span.clone()));
        let title = (!held.title.is_empty()).then(|| text.slice(held.title.clone()).to_owned());
        // Where the text does not say where the office is held, knowledge of the person goes before the nearest name.
        let office = actors
            .entity(held.entity)
            .filter(|_| held.guessed)
            .and_then(|entity| entity.organisation.as_deref().map(str::to_owned));
        let of = of.filter(|_| office.is_none());
        let organisation = office
            .or_else(|| of.map(|of| str::to_owned(&of.name.canonical)))
            .or_else(|| held.of_country.clone())
            .or_else(|| held.of_words.clone().filter(|_| held.worded).map(|words| text.slice(words).to_owned()));
        let reasons = speech.analysis.because(|| {
            let because = |slot, words: &str| Reason::new(slot, held.rule, words);
            let mut reasons = vec![because("person", text.slice(person.tokens.clone()))];
            reasons.extend(title.as_deref().map(|title| because("title", title)));
            reasons.extend(of.map(|of| because("organisation", text.slice(of.tokens.clone()))));
            reasons
        });
        claims.push(Claim {
            aliases: actors.aliases([Some(held.entity), of.map(|of| of.name.entity)].into_iter().flatten()),
            body: Body::Role(Role {
                person: str::to_owned(&person.name.canonical),
                title,
                organisation,
                former: held.former,
            }),
            evidence,
            span,
            sources: Vec::new(),
            rule: held.rule.into(),
            confidence: if role == BlockRole::Title { held.confidence - 0.1 } else { held.confidence },
            reasons,
        });
    }
    claims
}
