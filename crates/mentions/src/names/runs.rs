//! Runs of tokens that may be names, cut by capitals, links, particles and known names.

use super::{
    around::Around,
    lexicon::{Class, How, Tables, What},
    marks::{Hit, Marks},
};
use crate::figures::designation;
use pledgebook_text::{Text, TokenKind};
use std::{cell::Cell, ops::Range};

/// What knowledge says a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Country(u16, How),
    Bearer(u32),
    /// A place below the state by its adjective.
    Adjective(u32),
}

impl Known {
    pub fn of(what: &What) -> Option<Self> {
        match what {
            What::Country(code, how) => Some(Self::Country(*code, *how)),
            What::Bearer(number) => Some(Self::Bearer(*number)),
            What::Adjective(number) => Some(Self::Adjective(*number)),
            What::Words(_) => None,
        }
    }
}

/// A run of tokens that may be a name.
#[derive(Debug, Clone)]
pub struct Run {
    pub tokens: Range<usize>,
    /// The tokens without legal form.
    pub core: Range<usize>,
    pub sentence: usize,
    pub known: Option<Known>,
    /// Whether it begins with a word that names a kind of body: "Bank of …".
    pub head: Class,
    /// Whether it is surely a place: by who governs it, which is no part of the core, or as where a text was written.
    pub placed: bool,
    /// Whether it stands in quotation marks of its own.
    pub quoted: bool,
    pub rule: &'static str,
}

/// Cuts the runs of a text, in order.
pub fn cut(text: &Text<'_>, marks: &mut Marks, tables: &Tables, around: &Around<'_>) -> Vec<Run> {
    let mut runs = Vec::with_capacity(text.tokens().len() / 12);
    let mut cutter = Cutter {
        text,
        marks,
        tables,
        around,
        sentence: 0,
        end: 0,
        start: 0,
        likely: vec![Cell::new(f32::NAN); text.tokens().len()],
    };
    for (index, sentence) in text.sentences().iter().enumerate() {
        (cutter.sentence, cutter.start, cutter.end) = (index, sentence.tokens.start, sentence.tokens.end);
        let mut at = sentence.tokens.start;
        while let Some(named) = cutter.marks.first_named(at..sentence.tokens.end) {
            at = if cutter.opens_nothing(named) { named + 1 } else { cutter.step(named, &mut runs).max(named + 1) };
        }
    }
    runs
}

/// Words with which a name may begin that has no capital there.
pub(super) const OPENS_NAME: Class = Class(Class::ROLE.0 | Class::GOVERNMENT.0 | Class::BODY.0);

/// Whether a mark may be a quotation mark, which opens names, by its first byte.
#[inline]
pub(super) fn may_quote(first: u8) -> bool {
    matches!(first, b'"' | 0xc2 | 0xe2)
}

/// Words that stop a name even with a capital.
pub(super) const STOPS: Class = Class(
    Class::HONORIFIC.0
        | Class::ROLE.0
        | Class::FUNCTION.0
        | Class::USED.0
        | Class::ROLES.0
        | Class::HE.0
        | Class::IT.0
        | Class::THEY.0,
);
/// From which likelihood on a noun's own class is outweighed.
pub(super) const SURE: f32 = 0.8;
pub(super) const HEADS: Class = Class(Class::BODY.0 | Class::GOVERNMENT.0 | Class::SITE.0 | Class::ACCORD.0);

/// Who governs a country or a region.
const STATES: Class = Class(Class::GOVERNMENT.0 | Class::TERRITORY.0);

pub(super) struct Cutter<'a, 't> {
    pub text: &'a Text<'t>,
    pub marks: &'a mut Marks,
    pub tables: &'a Tables,
    pub around: &'a Around<'a>,
    pub sentence: usize,
    pub start: usize,
    pub end: usize,
    /// How likely each word with a weak capital belongs to a name; no number where nobody has asked yet.
    pub likely: Vec<Cell<f32>>,
}

impl Cutter<'_, '_> {
    /// Whether a token is a word without capitals with which no name begins, or a mark, as most are.
    fn opens_nothing(&self, at: usize) -> bool {
        let token = &self.text.tokens()[at];
        let plain = match token.kind {
            TokenKind::Word => {
                !token.shape.capital() && !token.shape.inner_capital() && !self.marks.class(at).any(OPENS_NAME)
            }
            _ => !may_quote(self.text.first_byte(at)),
        };
        (plain || self.is_loud_verb(at)) && self.marks.hit(at).is_none()
    }

    /// Whether a token is a verb that has a capital since the whole headline has: "Saudi Fund Is Said to Pause".
    pub(super) fn is_loud_verb(&self, at: usize) -> bool {
        let class = self.marks.class(at);
        self.marks.of(at).loud
            && class.any(Class::VERB | Class::SAY)
            && !class.any(Class::FIRST | Class::TAIL | HEADS | Class::LEGAL | Class::PORTFOLIO | Class::ACCORD_TAIL)
    }

    /// Marks a word as no name of its own.
    pub(super) fn use_up(&mut self, at: usize) {
        self.marks.add(at, Class::USED);
        self.around.forget(at);
        // What stands around a word speaks for or against it.
        self.likely[at.saturating_sub(2)..].iter().take(5).for_each(|likely| likely.set(f32::NAN));
    }

    #[inline]
    pub(super) fn form(&self, at: usize) -> &str {
        if at < self.end { self.text.form(at) } else { "" }
    }

    #[inline]
    pub(super) fn is_word(&self, at: usize) -> bool {
        at < self.end && self.text.tokens()[at].kind == TokenKind::Word
    }

    #[inline]
    pub(super) fn capital(&self, at: usize) -> bool {
        self.is_word(at) && {
            let shape = self.text.tokens()[at].shape;
            (shape.capital() || shape.inner_capital()) && !self.marks.is_elided(at)
        }
    }

    /// "Sant'Elmo"
    pub(super) fn is_elided_name(&self, at: usize) -> bool {
        self.marks.is_elided(at)
            && self.is_word(at)
            && self.class(at).any(Class::OPENER)
            && self.text.tokens()[at].shape.capital()
            && self.capital(at + 1)
    }

    #[inline]
    pub(super) fn glued(&self, at: usize) -> bool {
        at < self.end && self.text.tokens()[at].shape.glued()
    }

    #[inline]
    pub(super) fn class(&self, at: usize) -> Class {
        if at < self.end { self.marks.class(at) } else { Class::NONE }
    }

    pub(super) fn is_hyphen(&self, at: usize) -> bool {
        self.glued(at)
            && matches!(self.text.first_byte(at), b'-' | 0xe2)
            && self.glued(at + 1)
            && matches!(self.form(at), "-" | "\u{2010}" | "\u{2011}")
    }

    pub(super) fn is_enclitic(&self, at: usize) -> bool {
        // The first byte tells most others.
        self.is_word(at)
            && matches!(self.text.first_byte(at), b'\'' | b'`' | 0xca | 0xe2)
            && self.form(at).starts_with(['\'', '’', '`', 'ʼ'])
    }

    /// Reads on from a token; returns where to go on.
    pub(super) fn step(&mut self, at: usize, runs: &mut Vec<Run>) -> usize {
        if !self.is_word(at) && self.marks.hit(at).is_none() || self.is_enclitic(at) {
            return self.quoted(at, runs).unwrap_or(at + 1);
        }
        if let Some((end, head)) = self.described(at) {
            self.push(at..end, None, head, "<adjective> <head>", runs);
            return end;
        }
        let class = self.class(at);
        if class.any(STATES)
            && let Some(adjective) = self.governs(at)
        {
            return adjective;
        }
        if class.any(Class::ROLE | Class::GOVERNMENT) {
            self.use_portfolios(at);
        }
        if !self.capital(at) && !self.is_elided_name(at) {
            if let Some(hit) = self.marks.hit(at).filter(|hit| hit.tokens.end <= self.end) {
                let (tokens, what) = (hit.tokens.clone(), hit.what);
                return self.push_known(tokens, what, runs);
            }
            return self.small_head(at, runs).unwrap_or(at + 1);
        }
        let kept = self.hit_is_longer(at)
            || self.opens_body(at)
            || self.opens_quality(at)
            || self.is_hyphen(at + 1)
                && !(class & self.class(at + 1)).any(Class::ROLE)
                && self.after_hyphen(at + 1).is_some_and(|end| self.capital(end - 1))
            || self.opens_name(at);
        if class.any(STOPS) && !kept || self.is_post_nominal(at) {
            return at + 1;
        }
        if self.is_noun(at) && !self.class(at).any(Class::GOVERNMENT) && !self.opens_quality(at) {
            return at + 1;
        }
        self.capital_run(at, runs)
    }

    /// "Three Mile Island", "El Burgo de Ebro", "Jan De Nul": a small word that its capital makes part of a name, inside a sentence.
    fn opens_name(&self, at: usize) -> bool {
        let next = at + 1;
        let class = self.class(at);
        !self.marks.of(at).weak
            && self.capital(next)
            && !self.class(next).any(STOPS & !Class::FUNCTION | HEADS | Class::COMPANY | Class::NATIONS)
            && !self.text.tokens()[next].shape.all_capitals()
            && self.marks.hit(next).is_none()
            && (class.any(Class::TWO | Class::DEFINITE) && !class.any(Class::HE | Class::IT | Class::THEY)
                || class.any(Class::FIRST))
            && !class.any(Class::HONORIFIC | Class::ROLE | Class::ROLES)
    }

    /// "Gran Canaria", "First Abu Dhabi Bank", "Nuova Meccanica Jonica": a quality that its capital makes part of a name, inside a sentence.
    pub(super) fn opens_quality(&self, at: usize) -> bool {
        let placed =
            if self.tables.capital_nouns { at > self.start && self.is_word(at - 1) } else { !self.marks.of(at).weak };
        self.class(at).any(Class::OPENER)
            && placed
            && self.capital(at + 1)
            && !self
                .class(at + 1)
                .any(Class::HONORIFIC | Class::ROLE | Class::ROLES | Class::NATIONS | Class::COMPANIES)
    }

    /// «Біла корова», "Mission 300": what stands in quotation marks behind the word for a firm or a programme.
    pub(super) fn quoted(&mut self, open: usize, runs: &mut Vec<Run>) -> Option<usize> {
        if !matches!(self.form(open), "«" | "“" | "„" | "\"") || !self.capital(open + 1) {
            return None;
        }
        let before = if open == self.start { Class::NONE } else { self.class(open - 1) };
        // Where firms are written in quotation marks, what is said stands behind a colon or a verb.
        let said = open > self.start && self.form(open - 1) == ":" || before.any(Class::SAY);
        let habit = self.tables.quoted_names && !said && !self.class(open + 1).any(STOPS | Class::VERB);
        if !habit
            && !before.any(
                Class::COMPANY
                    | Class::BODY
                    | Class::LEGAL
                    | Class::ACCORD
                    | Class::TAIL
                    | Class::SITE
                    | Class::COMPANIES,
            )
        {
            return None;
        }
        let close =
            (open + 2..self.end.min(open + 8)).find(|at| matches!(self.form(*at), "»" | "”" | "“" | "\"" | "«"))?;
        if habit && (close > open + 5 || (open + 1..close).any(|at| self.class(at).any(Class::VERB | Class::HE))) {
            return None;
        }
        let plain = (open + 1..close).all(|at| {
            self.is_word(at) && !self.class(at).any(Class::SAY)
                || self.is_hyphen(at)
                || self.text.tokens()[at].kind == TokenKind::Number
        });
        if !plain || self.marks.hit(open + 1).is_some_and(|hit| hit.tokens.end == close) {
            return None;
        }
        let head = if before.any(Class::ACCORD) { Class::ACCORD } else { Class::NONE };
        self.push(open + 1..close, None, head, "<kind> <quoted>", runs);
        Some(close)
    }

    /// "Gobierno regional andaluz": where the region's adjective stands behind the word for who governs it.
    fn governs(&self, at: usize) -> Option<usize> {
        let adjective = (at + 1..self.end).find(|at| !self.class(*at).any(STATES) || self.capital(*at))?;
        let small = !self.capital(adjective) && matches!(self.marks.hit(adjective)?.what, What::Adjective(_));
        small.then_some(adjective)
    }

    /// A known name of several words outweighs what its first word is alone.
    pub(super) fn hit_is_longer(&self, at: usize) -> bool {
        self.marks.hit(at).is_some_and(|hit| hit.tokens.len() > 1 || !matches!(hit.what, What::Words(_)))
    }

    /// "Andrés Navarro llegó. Navarro destacó …": whether the adjective of a country or region is written like the surname of a person named before.
    fn is_surname_of(&self, hit: &Hit, runs: &[Run]) -> bool {
        let at = hit.tokens.start;
        matches!(hit.what, What::Adjective(_) | What::Country(_, How::Adjective))
            && self.tables.small_words
            && hit.tokens.len() == 1
            && !self.capital(at + 1)
            && runs.iter().any(|run| {
                run.core.len() > 1
                    && run.known.is_none()
                    && self.marks.class(run.core.start).any(Class::FIRST)
                    && self.marks.stem(run.core.end - 1) == self.marks.stem(at)
            })
    }

    pub(super) fn push_known(&mut self, mut tokens: Range<usize>, mut what: What, runs: &mut Vec<Run>) -> usize {
        if let What::Country(code, How::Name) = what
            && self.class(tokens.end).any(Class::GOVERNMENT)
        {
            // "the UK government"
            tokens.end += 1;
            what = What::Country(code, How::Seat);
        } else if let What::Country(code, How::Adjective) = what {
            // "le gouvernement français", "British government"
            let before =
                tokens.start.checked_sub(1).filter(|at| *at >= self.start && self.class(*at).any(Class::GOVERNMENT));
            if let Some(before) = before {
                tokens.start = before;
                what = What::Country(code, How::Seat);
            } else if self.class(tokens.end).any(Class::GOVERNMENT) {
                tokens.end += 1;
                what = What::Country(code, How::Seat);
            }
        } else if let What::Country(_, How::Seat) = what {
            // "Міноборони Данії", "die Bundesregierung Österreichs": another country's, told right behind it.
            let owner =
                self.marks.hit(tokens.end).filter(|hit| hit.tokens.start == tokens.end && hit.tokens.end <= self.end);
            if let Some((What::Country(code, How::Name), end)) = owner.map(|hit| (hit.what, hit.tokens.end)) {
                tokens.end = end;
                what = What::Country(code, How::Seat);
            }
        } else if let What::Adjective(number) = what {
            // "el Gobierno regional andaluz", "bayerische Staatsregierung": who governs a region stands for it.
            let (start, end) = (tokens.start, tokens.end);
            while tokens.start > self.start && self.class(tokens.start - 1).any(STATES) {
                tokens.start -= 1;
            }
            if tokens.start == start && self.class(end).any(STATES) {
                tokens.end += 1;
            }
            if tokens != (start..end) {
                what = What::Bearer(number);
            }
        }
        let Some(known) = Known::of(&what) else { return tokens.end };
        let end = tokens.end;
        self.push(tokens, Some(known), Class::NONE, "<known name>", runs);
        end
    }

    pub(super) fn push(
        &mut self,
        tokens: Range<usize>,
        known: Option<Known>,
        head: Class,
        rule: &'static str,
        runs: &mut Vec<Run>,
    ) {
        let mut core = tokens.clone();
        // Legal forms at the end, with their stops and commas, are no part of the name proper.
        while core.len() > 1 {
            let last = core.end - 1;
            let legal = self.class(last).any(Class::LEGAL)
                || !self.is_word(last) && self.text.tokens()[last].kind == TokenKind::Mark;
            if !legal {
                break;
            }
            core.end = last;
        }
        let known = known.or_else(|| self.government(&core));
        let (mut known, mut rule, mut placed) = (known, rule, false);
        if known.is_none() {
            if let Some(place) = self.governed(&core) {
                known =
                    self.marks.hit(place.start).filter(|hit| hit.tokens == place).and_then(|hit| Known::of(&hit.what));
                (core, rule, placed) = (place, "<authority> <link> <place>", true);
            } else if self.opens_dateline(&core) {
                (rule, placed) = (super::DATELINE, true);
            }
        }
        // "AI", "EVs", "R&D": what is written like a name and is none, alone.
        if known.is_none() && self.is_generic(&core) {
            return;
        }
        let quoted = tokens.start > self.start
            && matches!(self.form(tokens.start - 1), "«" | "“" | "„" | "\"" | "‚" | "‹" | "»")
            && matches!(self.form(tokens.end), "»" | "”" | "“" | "\"" | "‘" | "›" | "«");
        runs.push(Run { tokens, core, sentence: self.sentence, known, head, placed, quoted, rule });
    }

    /// Whether a run is one word that is written like a name and is none, or such letters with a mark between them.
    fn is_generic(&self, core: &Range<usize>) -> bool {
        core.clone().all(|at| self.class(at).any(Class::GENERIC))
            && (core.len() == 1 || core.clone().any(|at| !self.is_word(at)))
    }

    /// "Deutscher Wetterdienst", "Usbekische Staatsbahn": where nouns have a capital, the adjective of a country has one too in the name of a
    /// body, inside a sentence.
    fn national(&self, at: usize) -> Option<usize> {
        let noun = at + 1;
        let adjective = self
            .marks
            .hit(at)
            .is_some_and(|hit| hit.tokens.end == noun && matches!(hit.what, What::Country(_, How::Adjective)))
            && self.tables.adjective_endings.iter().any(|ending| self.form(at).ends_with(ending.as_str()));
        let inside = at > self.start && self.is_word(at - 1) && !self.marks.of(at).loud;
        (self.tables.capital_nouns
            && adjective
            && inside
            && self.capital(noun)
            && !self.capital(noun + 1)
            && self.marks.hit(noun).is_none()
            && self.is_noun(noun)
            && !self.class(noun).any(Class::GOVERNMENT | Class::ROLE | Class::ROLES | Class::PEOPLE | Class::FIRST))
        .then_some(noun + 1)
    }

    /// "State Bank of India" at the beginning of a sentence; where nouns have a capital: "Rote Kreuz"; "Energie Steiermark", a last word of firms' names before the place that the firm is of; "St.
    /// Pölten"; "Nordlicht Mobil GmbH".
    fn is_firm(&self, at: usize, end: usize) -> bool {
        let of_place = || {
            self.class(at).any(Class::TAIL)
                && self.marks.hit(at + 1).is_some_and(|hit| hit.tokens.end == end && self.is_somewhere(&hit.what))
        };
        let field = || {
            !self.tables.capital_nouns
                && self.class(at).any(Class::PORTFOLIO)
                && self.class(at + 1).any(Class::BODY)
                && self.capital(at + 1)
                && !self.marks.of(at).loud
        };
        let shortened = || self.class(at).any(Class::SHORTENED) && self.form(at + 1) == "." && end > at + 2;
        self.opens_quality(at)
            || field()
            || self.tables.capital_nouns
                && (of_place() || shortened() || self.opens_firm(at) && self.class(end - 1).any(Class::LEGAL))
    }

    /// "RICHMOND, Va. — ", "NEUQUÉN (Agencia Sur) – ": a run in capitals that opens a paragraph and is parted from it by a dash tells where it was
    /// written.
    fn opens_dateline(&self, core: &Range<usize>) -> bool {
        const TOKENS_MAX: usize = 8;
        const LONE_LETTERS_MIN: u32 = 5;
        let sentences = self.text.sentences();
        let opens = core.start == self.start
            && (self.sentence == 0 || sentences[self.sentence - 1].block != sentences[self.sentence].block);
        let capitals = |at: usize| !self.is_word(at) || self.text.tokens()[at].shape.all_capitals();
        if !opens || !core.clone().all(capitals) || core.clone().any(|at| self.is_rubric(at)) {
            return false;
        }
        let dash = |at: &usize| matches!(self.form(*at), "—" | "–" | "-") && !self.glued(*at + 1);
        let Some(dash) = (core.end..self.end.min(core.end + TOKENS_MAX)).find(dash) else { return false };
        let tokens = self.text.tokens();
        let bare = dash == core.end;
        let told = !bare && matches!(self.form(core.end), "(" | ",");
        let long = tokens[core.end - 1].end - tokens[core.start].start >= LONE_LETTERS_MIN;
        told || bare && long && !self.glued(dash)
    }

    /// "CONEGLIANO. Sei milioni …": where a text was written, in capitals before its first sentence.
    fn is_dateline(&self, at: usize, end: usize) -> bool {
        at == self.start
            && end + 1 == self.end
            && end < at + 4
            && self.form(end) == "."
            && !(at..end).any(|i| self.is_rubric(i))
    }

    /// Whether an ordinary word in capitals opens a sentence, alone or among others.
    fn is_loud_opening(&self, at: usize) -> bool {
        let capitals = |at: usize| !self.is_word(at) || self.text.tokens()[at].shape.all_capitals();
        self.form(at).chars().count() > 3
            && !self.tables.capital_nouns
            && self.text.tokens()[at].shape.all_capitals()
            && at < self.start + 5
            && (self.start..at).all(capitals)
            && !self.class(at).any(Class::LEGAL | Class::BODY)
            && self.is_rubric(at)
    }

    /// "F-18", "MiG-29", "A320": letters and a number that a hyphen joins, or one letter and three digits, are a model's or a road's.
    fn is_model(&self, at: usize, end: usize) -> bool {
        let (letters, shape) = (self.form(at).chars().count(), self.text.tokens()[at].shape);
        match designation(self.text, at, self.end) {
            Some(past) if past == at + 3 => {
                end == past && (letters == 1 || letters <= 3 && (shape.all_capitals() || shape.inner_capital()))
            }
            Some(past) => end >= past && self.is_designation(at),
            None => false,
        }
    }

    /// "A320": one letter and a number of three digits or more, written in one.
    pub(super) fn is_designation(&self, at: usize) -> bool {
        designation(self.text, at, self.end) == Some(at + 2)
            && self.form(at).chars().count() == 1
            && self.form(at + 1).len() >= 3
            && self.form(at + 1).bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether a word of a line in capitals is an ordinary one: "METRO MATTERS", "CLOSING BELL".
    fn is_rubric(&self, at: usize) -> bool {
        self.marks.is_small(at)
            || self.text.vocabulary().is_small(self.text.tokens()[at].known)
                && !self.class(at).any(Class::LINK | Class::PARTICLE | Class::DEFINITE | Class::SITE)
    }

    /// "Builder McGlinchey Homes": a word for a firm or a person that is no part of the name behind it.
    fn describes(&self, at: usize) -> bool {
        !self.tables.capital_nouns
            && self.class(at).any(Class::COMPANY | Class::PEOPLE)
            && !self.class(at).any(Class::TAIL | Class::FIRST)
            && !self.class(at + 1).any(Class::TAIL | Class::LEGAL | Class::COMPANY | HEADS)
            && self.is_word(at + 1)
    }

    /// A run that begins with a capital.
    pub(super) fn capital_run(&mut self, at: usize, runs: &mut Vec<Run>) -> usize {
        let mut from = at;
        let mark = self.marks.of(at);
        let hit = self.marks.hit(at).cloned().filter(|hit| hit.tokens.end <= self.end);
        if hit.is_none()
            && mark.class.any(Class::DEFINITE | Class::LINK | Class::AND | Class::PARTICLE | Class::ARTICLE | Class::IN)
        {
            // "La Rochelle", "De Gaulle" inside a sentence; at its beginning an article is one.
            if mark.weak || !self.capital(at + 1) {
                return at + 1;
            }
        }
        // "Gewerkschaft Verdi", "ONG Tierra Seca": what bears the name is no part of it.
        if mark.class.any(Class::KIND)
            && hit.is_none()
            && self.capital(at + 1)
            && !self.class(at + 1).any(Class::TAIL | Class::LEGAL | Class::COMMON)
        {
            return at + 1;
        }
        // "MEDICAL device maker", "EN CORTO |": ordinary words in capitals open a text.
        if hit.is_none() && self.is_loud_opening(at) {
            return at + 1;
        }
        if hit.as_ref().is_some_and(|hit| self.is_surname_of(hit, runs)) {
            self.push(at..at + 1, None, Class::NONE, "<capitals>", runs);
            return at + 1;
        }
        // "Grazer Firma Signaltec", "Bavarian government": the adjective of a place is no part of a name before what is no name itself.
        if let Some(hit) = hit.clone().filter(|hit| matches!(hit.what, What::Adjective(_))) {
            const NOUNS: Class = Class(
                Class::COMMON.0
                    | Class::COMPANY.0
                    | Class::COMPANIES.0
                    | Class::PEOPLE.0
                    | Class::ROLE.0
                    | Class::ROLES.0
                    | Class::SITE.0
                    | Class::PORTFOLIO.0,
            );
            let next = self.class(hit.tokens.end);
            let described = next.any(NOUNS) && !next.any(Class::BODY | Class::TAIL | Class::FIRM)
                || next.any(Class::COMPANY) && self.capital(hit.tokens.end + 1);
            if self.tables.capital_nouns && described || next.any(STATES) && !self.capital(hit.tokens.end) {
                return self.push_known(hit.tokens, hit.what, runs);
            }
        }
        if let Some(end) = self.national(at) {
            self.push(at..end, None, Class::BODY, "<adjective> <head>", runs);
            return end;
        }
        let head = Class(mark.class.0 & HEADS.0);
        let end = match self.headed(at, head).filter(|_| head.any(HEADS) && hit.is_none()) {
            // "presidente della Commissione per lo sviluppo He Lifeng": behind a small word another name begins.
            Some(end)
                if !self.capital(end - 1)
                    && self.capital(end)
                    && (self.behind_office(at) || self.tables.articleless && self.class(end).any(Class::FIRST)) =>
            {
                end
            }
            Some(end) => self.extend_from(end, at),
            None => self.extend(at),
        };
        let end = self.over_members(at, end);
        let end = end.max(hit.as_ref().map_or(0, |hit| hit.tokens.end));
        // "A Milano Italiana Costruzioni ha …": where a sentence opens with a place, its subject may follow without a comma.
        if let Some(place) = hit.clone().filter(|hit| hit.tokens.end < end && self.is_somewhere(&hit.what))
            && at == self.start + 1
            && self.class(self.start).any(Class::IN)
            && self.class(end).any(Class::VERB)
        {
            return self.push_known(place.tokens, place.what, runs);
        }
        // "Otherwise EU …": a known name behind a first word that nothing else supports.
        let follows = self.marks.hit(at + 1).is_some_and(|hit| hit.tokens.end == end);
        if mark.weak
            && hit.is_none()
            && follows
            && !self.marks.is_strong(at)
            && !mark.class.any(Class::FIRST)
            && !self.tables.capital_nouns
            && self.nameness(at).is_none_or(|likely| likely < SURE)
        {
            return at + 1;
        }
        // A line in capitals shows no names but those that the text has elsewhere.
        if mark.shouted
            && self.text.tokens()[at].shape.all_capitals()
            && !self.is_dateline(at, end)
            && !(at..end).filter(|i| self.capital(*i)).all(|i| self.marks.is_strong(i))
        {
            return match hit {
                Some(hit) => self.push_known(hit.tokens, hit.what, runs),
                None => at + 1,
            };
        }
        // The first word of a sentence belongs to the name unless it is an ordinary word, or tells what bears it.
        if mark.weak
            && hit.is_none()
            && head == Class::NONE
            && end > at + 1
            && (self.is_ordinary(at) && !self.is_firm(at, end) || self.describes(at))
            && !self.is_hyphen(at + 1)
            && self.form(at + 1) != "&"
        {
            from = at + 1;
            return from;
        }
        if self.tables.capital_nouns && hit.is_none() {
            if !self.is_firm(at, end) && !self.is_named(at, end) {
                return end;
            }
        } else if end == at + 1 && mark.weak && hit.is_none() && !self.is_supported(at, end) {
            return end;
        }
        if hit.is_none() && self.is_model(at, end) {
            return end;
        }
        // "822 MW", "6 MMDH": a unit.
        let number = at > self.start && self.text.tokens()[at - 1].kind == TokenKind::Number;
        if end == at + 1 && hit.is_none() && (number && self.form(at).len() <= 5 || self.form(at).chars().count() == 1)
        {
            return end;
        }
        self.split(from..end, head, runs);
        end
    }
}

/// Classes of the noun that explains a name after a comma: ", a Boston-based company", ", PDG de Nvidia".
pub fn appositive(text: &Text<'_>, marks: &Marks, comma: usize, end: usize) -> Class {
    let wanted = Class::ROLE | Class::COMPANY | Class::BODY | Class::SITE | Class::WHO | Class::PEOPLE;
    // "health business correspondent", "the company's managing director": the last noun before a link tells.
    let mut found = Class::NONE;
    for at in comma + 1..end.min(comma + 7) {
        let all = marks.class(at);
        let class = all & wanted;
        if class.any(Class::WHO) {
            return if found == Class::NONE { class } else { found };
        }
        let kind = text.tokens()[at].kind;
        let ends = kind != TokenKind::Word && text.form(at) != "-" || all.any(Class::VERB | Class::SAY | Class::AND);
        if ends
            || found != Class::NONE
                && (all.any(Class::LINK | Class::IN | Class::AT | Class::PREPOSITION)
                    || text.tokens()[at].shape.capital())
        {
            return found;
        }
        if class != Class::NONE {
            found = class;
        }
    }
    found
}
