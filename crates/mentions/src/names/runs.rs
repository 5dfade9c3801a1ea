//! Runs of tokens that may be names, cut by capitals, links, particles and known names.

use super::{
    clues,
    lexicon::{Class, How, Tables, What},
    marks::Marks,
};
use pledgebook_text::{Text, TokenKind};
use std::ops::Range;

/// What knowledge says a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Country(u16, How),
    Bearer(u32),
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
    /// Whether it stands in quotation marks of its own.
    pub quoted: bool,
    pub rule: &'static str,
}

/// Cuts the runs of a text, in order.
pub fn cut(text: &Text<'_>, marks: &mut Marks, tables: &Tables) -> Vec<Run> {
    let mut runs = Vec::with_capacity(text.tokens().len() / 12);
    for (index, sentence) in text.sentences().iter().enumerate() {
        let mut cutter =
            Cutter { text, marks, tables, sentence: index, end: sentence.tokens.end, start: sentence.tokens.start };
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            at = cutter.step(at, &mut runs).max(at + 1);
        }
    }
    runs
}

/// Words that stop a name even with a capital.
const STOPS: Class = Class(
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
const SURE: f32 = 0.8;
const HEADS: Class = Class(Class::BODY.0 | Class::GOVERNMENT.0 | Class::SITE.0 | Class::ACCORD.0);

struct Cutter<'a, 't> {
    text: &'a Text<'t>,
    marks: &'a mut Marks,
    tables: &'a Tables,
    sentence: usize,
    start: usize,
    end: usize,
}

impl Cutter<'_, '_> {
    fn form(&self, at: usize) -> &str {
        if at < self.end { self.text.form(at) } else { "" }
    }

    fn is_word(&self, at: usize) -> bool {
        at < self.end && self.text.tokens()[at].kind == TokenKind::Word
    }

    fn capital(&self, at: usize) -> bool {
        self.is_word(at) && {
            let shape = self.text.tokens()[at].shape;
            (shape.capital() || shape.inner_capital()) && !self.is_elided(at)
        }
    }

    /// "L'", "d'"
    fn is_elided(&self, at: usize) -> bool {
        self.form(at).ends_with(['\'', '’'])
    }

    fn glued(&self, at: usize) -> bool {
        at < self.end && self.text.tokens()[at].shape.glued()
    }

    fn class(&self, at: usize) -> Class {
        if at < self.end { self.marks.class(at) } else { Class::NONE }
    }

    fn is_hyphen(&self, at: usize) -> bool {
        matches!(self.form(at), "-" | "\u{2010}" | "\u{2011}") && self.glued(at) && self.glued(at + 1)
    }

    fn is_enclitic(&self, at: usize) -> bool {
        self.is_word(at) && self.form(at).starts_with(['\'', '’', '`', 'ʼ'])
    }

    /// Reads on from a token; returns where to go on.
    fn step(&mut self, at: usize, runs: &mut Vec<Run>) -> usize {
        if !self.is_word(at) && self.marks.hit(at).is_none() || self.is_enclitic(at) {
            return self.quoted(at, runs).unwrap_or(at + 1);
        }
        let class = self.class(at);
        if class.any(Class::ROLE | Class::GOVERNMENT) {
            self.use_portfolios(at);
        }
        if !self.capital(at) {
            if let Some(hit) = self.marks.hit(at).filter(|hit| hit.tokens.end <= self.end) {
                let (tokens, what) = (hit.tokens.clone(), hit.what);
                return self.push_known(tokens, what, runs);
            }
            return self.small_head(at, runs).unwrap_or(at + 1);
        }
        let kept = self.hit_is_longer(at) || self.opens_body(at) || self.is_hyphen(at + 1) && self.capital(at + 2);
        if class.any(STOPS) && !kept {
            return at + 1;
        }
        if self.is_noun(at) && !self.class(at).any(Class::GOVERNMENT) {
            return at + 1;
        }
        self.capital_run(at, runs)
    }

    /// «Біла корова», "Mission 300": what stands in quotation marks behind the word for a firm or a programme.
    fn quoted(&mut self, open: usize, runs: &mut Vec<Run>) -> Option<usize> {
        if !matches!(self.form(open), "«" | "“" | "„" | "\"") || open == self.start || !self.capital(open + 1) {
            return None;
        }
        let before = self.class(open - 1);
        if !before.any(
            Class::COMPANY | Class::BODY | Class::LEGAL | Class::ACCORD | Class::TAIL | Class::SITE | Class::COMPANIES,
        ) {
            return None;
        }
        let close =
            (open + 2..self.end.min(open + 8)).find(|at| matches!(self.form(*at), "»" | "”" | "“" | "\"" | "«"))?;
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

    /// "General Motors", "General Authority": an office that is none before the last word of a firm's name.
    fn opens_body(&self, at: usize) -> bool {
        self.class(at).any(Class::ROLE)
            && !self.class(at).any(Class::FUNCTION)
            && self.capital(at + 1)
            && self.class(at + 1).any(Class::TAIL | Class::BODY)
            && !self.class(at + 1).any(Class::ROLE | Class::PORTFOLIO)
    }

    /// A known name of several words outweighs what its first word is alone.
    fn hit_is_longer(&self, at: usize) -> bool {
        self.marks.hit(at).is_some_and(|hit| hit.tokens.len() > 1 || !matches!(hit.what, What::Words(_)))
    }

    fn push_known(&mut self, mut tokens: Range<usize>, mut what: What, runs: &mut Vec<Run>) -> usize {
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
        }
        let known = match what {
            What::Country(code, how) => Known::Country(code, how),
            What::Bearer(number) => Known::Bearer(number),
            What::Words(_) => return tokens.end,
        };
        let end = tokens.end;
        self.push(tokens, Some(known), Class::NONE, "<known name>", runs);
        end
    }

    /// The country of a run like "UK Government": a country's name with a word for its government.
    fn government(&self, core: &Range<usize>) -> Option<Known> {
        let last =
            core.end.checked_sub(1).filter(|last| *last > core.start && self.class(*last).any(Class::GOVERNMENT))?;
        let hit = self.marks.hit(core.start).filter(|hit| hit.tokens.end == last)?;
        match hit.what {
            What::Country(code, _) => Some(Known::Country(code, How::Seat)),
            _ => None,
        }
    }

    fn push(
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
        let quoted = tokens.start > self.start
            && matches!(self.form(tokens.start - 1), "«" | "“" | "„" | "\"" | "‚" | "‹" | "»")
            && matches!(self.form(tokens.end), "»" | "”" | "“" | "\"" | "‘" | "›" | "«");
        runs.push(Run { tokens, core, sentence: self.sentence, known, head, quoted, rule });
    }

    /// Marks "de la Science, de l'Innovation et des Technologies" after a minister or ministry as no names of their own.
    fn use_portfolios(&mut self, role: usize) {
        let mut at = role;
        while at < self.end && self.class(at).any(Class::ROLE | Class::GOVERNMENT) {
            at += 1;
        }
        let mut inside = false;
        let mut last = at;
        while at < self.end && at < last + 6 {
            let class = self.class(at);
            if class.any(Class::PORTFOLIO)
                || inside && self.capital(at) && self.marks.hit(at).is_none() && self.leads_on(at)
            {
                self.marks.add(at, Class::USED);
                inside = true;
                at += 1;
                last = at;
            } else if self.form(at) == "," && inside
                || class.any(Class::LINK | Class::DEFINITE | Class::AND | Class::QUALITY)
                || self.marks.hit(at).is_some_and(|hit| matches!(hit.what, What::Country(_, How::Adjective)))
            {
                at += 1;
            } else {
                break;
            }
        }
    }

    /// Whether a list of portfolios goes on behind a word: "Innovation et des Technologies".
    fn leads_on(&self, at: usize) -> bool {
        let mut next = at + 1;
        while next < self.end.min(at + 5) {
            let class = self.class(next);
            if class.any(Class::PORTFOLIO) {
                return next > at + 1;
            }
            if !(class.any(Class::AND | Class::LINK | Class::DEFINITE) || self.form(next) == ",") {
                return false;
            }
            next += 1;
        }
        false
    }

    /// "université de Lille", "canton de Fribourg": a head without a capital and the name that follows.
    fn small_head(&mut self, at: usize, runs: &mut Vec<Run>) -> Option<usize> {
        let head = self.class(at);
        if !head.any(Class::BODY | Class::GOVERNMENT) {
            return None;
        }
        let end = self.headed(at, head)?;
        if !(at + 1..end).any(|at| self.capital(at)) {
            return None;
        }
        self.push(at..end, None, head, "<head> <link> <name>", runs);
        Some(end)
    }

    /// The end of what a head takes with it: qualities, links, portfolios, a name.
    fn headed(&self, at: usize, head: Class) -> Option<usize> {
        let mut next = at + 1;
        while self.class(next).any(Class::QUALITY)
            || self
                .marks
                .hit(next)
                .is_some_and(|hit| matches!(hit.what, What::Country(_, How::Adjective)) && !self.capital(next))
        {
            next += 1;
        }
        let qualified = (next > at + 1).then_some(next);
        let mut end = None;
        let mut nouns = 0;
        loop {
            let mut links = next;
            while links < self.end
                && links < next + 3
                && self.class(links).any(Class::LINK | Class::DEFINITE)
                && !self.capital(links)
            {
                links += 1;
            }
            let portfolio = self.class(links).any(Class::PORTFOLIO | Class::USED);
            if links == next && !(portfolio && self.tables.inflection.stem_min > 0) && end.is_none() {
                return if self.capital(at) { qualified } else { None };
            }
            if portfolio {
                let mut after = links + 1;
                // "Agriculture and Rural Development": words with a capital belong to the list.
                while self.capital(after)
                    && !self.class(after).any(STOPS & !Class::USED)
                    && self.class(after).any(Class::PORTFOLIO | Class::USED)
                {
                    after += 1;
                }
                end = Some(after);
                next = after;
                let glue = self.form(next) == "," || self.class(next).any(Class::AND);
                if glue && head.any(Class::GOVERNMENT | Class::BODY) {
                    let mut probe = next + 1;
                    while self.class(probe).any(Class::LINK | Class::DEFINITE) && probe < self.end {
                        probe += 1;
                    }
                    if self.class(probe).any(Class::PORTFOLIO | Class::USED) {
                        next += 1;
                        continue;
                    }
                    if self.class(next).any(Class::AND)
                        && self.capital(probe)
                        && !self.class(probe).any(STOPS)
                        && self.marks.hit(probe).is_none()
                    {
                        return Some(self.extend(probe));
                    }
                }
                return end;
            }
            if self.capital(links) && links > next && !self.class(links).any(STOPS) {
                if head.any(Class::GOVERNMENT) {
                    // A country after the head tells whose it is; the mention keeps to the head then.
                    let hit = self.marks.hit(links).map(|hit| hit.tokens.end);
                    return Some(hit.unwrap_or_else(|| self.extend(links)));
                }
                return Some(self.extend(links));
            }
            // "Caisse d'épargne d'Entre-Sambre", "Fédération des assureurs"
            let noun = self.tables.small_words
                && self.capital(at)
                && head.any(Class::BODY)
                && self.is_word(links)
                && links > next
                && nouns < 2;
            if noun && !self.class(links).any(STOPS | Class::VERB | Class::SAY | Class::AND) {
                nouns += 1;
                next = links + 1;
                while self.class(next).any(Class::QUALITY) {
                    next += 1;
                }
                end = Some(next);
                continue;
            }
            return end.or(if self.capital(at) { qualified } else { None });
        }
    }

    /// A run that begins with a capital.
    fn capital_run(&mut self, at: usize, runs: &mut Vec<Run>) -> usize {
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
        let head = Class(mark.class.0 & HEADS.0);
        let end = match self.headed(at, head).filter(|_| head.any(HEADS) && hit.is_none()) {
            Some(end) => self.extend_from(end, at),
            None => self.extend(at),
        };
        let end = end.max(hit.as_ref().map_or(0, |hit| hit.tokens.end));
        // "Otherwise EU …": a known name behind a first word that nothing else supports.
        let follows = self.marks.hit(at + 1).is_some_and(|hit| hit.tokens.end == end);
        if mark.weak
            && hit.is_none()
            && follows
            && !self.marks.is_strong(at)
            && !mark.class.any(Class::FIRST)
            && !self.tables.capital_nouns
        {
            return at + 1;
        }
        // A line in capitals shows no names but those that the text has elsewhere.
        if mark.loud
            && self.text.tokens()[at].shape.all_capitals()
            && !(at..end).filter(|i| self.capital(*i)).all(|i| self.marks.is_strong(i))
        {
            return match hit {
                Some(hit) => self.push_known(hit.tokens, hit.what, runs),
                None => at + 1,
            };
        }
        // The first word of a sentence belongs to the name unless it is an ordinary word.
        if mark.weak
            && hit.is_none()
            && head == Class::NONE
            && end > at + 1
            && self.is_ordinary(at)
            && !self.is_hyphen(at + 1)
        {
            from = at + 1;
            return from;
        }
        if self.tables.capital_nouns && hit.is_none() {
            if !self.is_named(at, end) {
                return end;
            }
        } else if end == at + 1 && mark.weak && hit.is_none() && !self.is_supported(at, end) {
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

    /// How likely a word with a weak capital belongs to a name, by learnt weights.
    fn nameness(&self, at: usize) -> Option<f32> {
        if self.tables.naming.is_empty() {
            return None;
        }
        let mut scorer = self.tables.naming.scorer();
        clues::of_word(self.text, self.marks, self.tables, at, &mut scorer);
        Some(scorer.probability())
    }

    /// Whether a word with a weak capital is more likely no name.
    fn is_ordinary(&self, at: usize) -> bool {
        let listed = self.class(at).any(Class::COMMON)
            && !self.class(at).any(Class::FIRST)
            && !self.tables.inflection.endings.is_empty();
        if !listed && (self.marks.is_strong(at) || self.class(at).any(Class::FIRST)) {
            return false;
        }
        if let Some(likely) = self.nameness(at) {
            return likely < 0.4;
        }
        self.marks.is_small(at)
            || self.class(at).any(
                Class::COMMON
                    | Class::FUNCTION
                    | Class::COMPANY
                    | Class::VERB
                    | Class::SAY
                    | Class::PREPOSITION
                    | Class::PEOPLE,
            )
    }

    /// Whether a run of words with capitals is a name in a language that gives them to all nouns.
    fn is_named(&self, at: usize, end: usize) -> bool {
        if end == at + 1 && self.class(at).any(Class::TAIL) && self.class(at).any(Class::COMMON) {
            return false;
        }
        if self.class(at).any(HEADS) && end > at + 1 || self.class(end - 1).any(Class::LEGAL | Class::TAIL) {
            return true;
        }
        if let Some(likely) = self.nameness(at) {
            return likely >= self.tables.naming.threshold;
        }
        let points = super::nouns::points(self.text, self.marks, self.tables, at, end);
        points >= 2 || self.marks.is_strong(at) && points > -2
    }

    /// Whether something beside its capital speaks for a single word with a weak one.
    fn is_supported(&self, at: usize, end: usize) -> bool {
        if self.marks.is_strong(at) {
            return true;
        }
        if let Some(likely) = self.nameness(at) {
            return likely >= self.tables.naming.threshold;
        }
        if self.is_ordinary(at) || self.class(at).any(HEADS | Class::TAIL | Class::PORTFOLIO) {
            return false;
        }
        let shape = self.text.tokens()[at].shape;
        if shape.inner_capital() && !self.marks.of(at).loud
            || shape.all_capitals() && !self.marks.of(at).loud && !self.in_capitals(at)
            || self.is_enclitic(end)
        {
            return true;
        }
        let quoted = usize::from(at > self.start && matches!(self.form(at - 1), "«" | "“" | "„" | "\""));
        let before =
            at.checked_sub(1 + quoted).filter(|before| *before >= self.start).map_or(Class::NONE, |b| self.class(b));
        before.any(Class::HONORIFIC | Class::ROLE | Class::COMPANY)
            || self.class(end).any(Class::VERB | Class::SAY)
            || self.form(end) == ","
                && self.appositive(end).any(Class::ROLE | Class::COMPANY | Class::SITE | Class::WHO)
    }

    fn in_capitals(&self, at: usize) -> bool {
        let other = if at + 1 < self.end && self.is_word(at + 1) { at + 1 } else { at.wrapping_sub(1) };
        other < self.end && other >= self.start && self.is_word(other) && self.text.tokens()[other].shape.all_capitals()
    }

    /// Classes of the noun that explains a name after a comma: ", a Boston-based company", ", PDG de Nvidia".
    pub fn appositive(&self, comma: usize) -> Class {
        appositive(self.text, self.marks, comma, self.end)
    }

    /// The end of a run of words with capitals and what joins them.
    fn extend(&self, at: usize) -> usize {
        let mut end = at + 1;
        if self.class(at).any(Class::DEFINITE | Class::PARTICLE | Class::LINK) && self.capital(at + 1) {
            end = at + 2;
        }
        self.extend_from(end, at)
    }

    fn extend_from(&self, mut end: usize, start: usize) -> usize {
        loop {
            let form = self.form(end);
            if self.is_hyphen(end) {
                match self.after_hyphen(end) {
                    Some(next) => end = next,
                    None => return end,
                }
            } else if self.is_enclitic(end) {
                // "People's Palace", "King's Cross"
                let common = end == start + 1
                    && self.class(start).any(Class::COMMON | Class::HONORIFIC | Class::PEOPLE)
                    && self.capital(end + 1)
                    && !self.class(end + 1).any(STOPS);
                if !common {
                    return end;
                }
                end += 2;
            } else if self.capital(end) {
                let class = self.class(end);
                // "Rolf Buch": behind a first name any noun is a surname.
                if self.is_noun(end) && !(end == start + 1 && self.class(start).any(Class::FIRST)) {
                    return end;
                }
                // "Fluence Хуліан Небреда": another script begins another name.
                if end > start
                    && script(self.form(end)) != script(self.form(end - 1))
                    && self.is_word(end - 1)
                    && !class.any(Class::LEGAL)
                {
                    return end;
                }
                if class.any(STOPS) && !self.class(end).any(Class::LEGAL)
                    || class.any(Class::DEFINITE | Class::LINK | Class::AND) && !self.capital(end + 1)
                {
                    return end;
                }
                // A new name begins where a person is known by first name behind a body: "Nvidia Jensen Huang".
                end += 1;
            } else if (form == "&" || form == "+" && self.glued(end) && self.glued(end + 1)) && self.capital(end + 1) {
                end += 2;
            } else if form == "." && self.glued(end) && self.takes_stop(end - 1) {
                if self.capital(end + 1) && !self.class(end + 1).any(STOPS) || self.class(end - 1).any(Class::LEGAL) {
                    end += 1;
                } else {
                    return end;
                }
            } else if form == "," && self.class(end + 1).any(Class::LEGAL) && self.capital(end + 1) {
                end += 2;
            } else if form == ","
                && self.capital(end + 1)
                && self.form(end + 2) == "&"
                && self.marks.hit(end + 1).is_none()
            {
                // "Clayton, Dubilier & Rice"
                end += 2;
            } else if self.text.tokens().get(end).is_some_and(|t| end < self.end && t.kind == TokenKind::Word) {
                match self.over_particles(end, start) {
                    Some(next) => end = next,
                    None if self.class(end).any(Class::LEGAL)
                        && !self.class(end).any(Class::LINK | Class::AND | Class::DEFINITE) =>
                    {
                        end += 1
                    }
                    None => return end,
                }
            } else {
                return end;
            }
        }
    }

    /// Whether a word is a common noun of a language that gives them capitals.
    fn is_noun(&self, at: usize) -> bool {
        const NOUNS: Class = Class(
            Class::COMMON.0
                | Class::COMPANY.0
                | Class::COMPANIES.0
                | Class::PEOPLE.0
                | Class::SITE.0
                | Class::ACCORD.0
                | Class::PORTFOLIO.0
                | Class::GOVERNMENTS.0
                | Class::LAND.0
                | Class::NATIONS.0,
        );
        self.tables.capital_nouns
            && self.class(at).any(NOUNS)
            && !self.class(at).any(Class::TAIL | Class::LEGAL | Class::BODY | Class::FIRST)
            && self.marks.hit(at).is_none()
            && !self.class(at + 1).any(Class::LEGAL)
            && !self.text.tokens()[at].shape.inner_capital()
            && self.nameness(at).is_none_or(|likely| likely < SURE)
    }

    fn takes_stop(&self, at: usize) -> bool {
        let form = self.form(at);
        form.chars().count() == 1 && self.capital(at)
            || self.class(at).any(Class::LEGAL)
            || self.class(at).any(Class::SHORTENED)
    }

    fn after_hyphen(&self, hyphen: usize) -> Option<usize> {
        let next = hyphen + 1;
        let token = self.text.tokens().get(next).filter(|_| next < self.end)?;
        if token.kind == TokenKind::Number {
            return Some(next + 1);
        }
        if self.capital(next) {
            let plain = Class::ROLE
                | Class::ROLES
                | Class::COMPANY
                | Class::COMPANIES
                | Class::COMMON
                | Class::FUNCTION
                | Class::BODY
                | Class::SITE
                | Class::ACCORD
                | Class::PEOPLE
                | Class::GOVERNMENT;
            let joined = self.tables.capital_nouns && self.class(next).any(plain) && self.marks.hit(next).is_none();
            return (!joined).then_some(next + 1);
        }
        // "Clermont-sur-Mer", "al-Naama"
        let mut far = next;
        while far < next + 3
            && self.is_word(far)
            && self.class(far).any(Class::PARTICLE | Class::LINK | Class::DEFINITE | Class::IN | Class::PREPOSITION)
            && self.is_hyphen(far + 1)
        {
            if self.capital(far + 2) {
                return Some(far + 3);
            }
            far += 2;
        }
        // "Won-ho", "Min-tak": the second half of a given name is written small.
        (self.is_word(next)
            && token.end - token.start <= 5
            && self.capital(hyphen - 1)
            && hyphen >= 2
            && self.capital(hyphen - 2)
            && self.class(next) == Class::NONE
            && !self.tables.capital_nouns)
            .then_some(next + 1)
    }

    /// Steps over "van der", "bin", and, behind a head or a first name, over "of the", "de la".
    fn over_particles(&self, at: usize, start: usize) -> Option<usize> {
        let head = self.class(start).any(HEADS) && (self.capital(start) || at > start + 1);
        let person = self.class(start).any(Class::FIRST) && at == start + 1;
        let mut next = at;
        let (mut particle, mut link) = (true, true);
        while next < at + 3 && self.is_word(next) && !self.capital(next) {
            let class = self.class(next);
            particle &= class.any(Class::PARTICLE);
            link &= class.any(Class::LINK | Class::DEFINITE | Class::PARTICLE);
            if !class.any(Class::LINK | Class::DEFINITE | Class::PARTICLE) {
                return None;
            }
            next += 1;
            // "al-Naama": the hyphen belongs to the particle.
            if self.is_hyphen(next) && self.capital(next + 1) && particle {
                return Some(next + 2);
            }
        }
        if next == at || !self.capital(next) || self.class(next).any(STOPS | Class::DEFINITE) {
            return None;
        }
        let pure = particle && !(at..next).any(|i| self.class(i).any(Class::LINK));
        (pure || link && head || particle && person && self.marks.hit(next).is_none()).then_some(next + 1)
    }

    /// Cuts a run where known names begin or end in it.
    fn split(&mut self, tokens: Range<usize>, head: Class, runs: &mut Vec<Run>) {
        let (mut from, end) = (tokens.start, tokens.end);
        if self.tables.capital_nouns
            && let Some(person) = (from + 1..end.saturating_sub(1)).find(|at| {
                self.class(*at).any(Class::FIRST) && !self.is_hyphen(at - 1) && !self.is_hyphen(at + 1)
                    || self.is_office(*at, from)
            })
            && (from..person).all(|at| {
                self.marks.hit(at).is_none()
                    && !self.class(at).any(Class::FIRST | HEADS)
                    && self.text.tokens()[at].shape.capital()
                    && !self.class(at).any(Class::LEGAL)
            })
        {
            // "Feuerwehrkommandant Reto Wüthrich": an office that no list has.
            from = person;
        }
        let tokens = from..end;
        if let Some(hit) = self.marks.hit(from).cloned().filter(|hit| hit.tokens.end <= end) {
            let rest = hit.tokens.end..end;
            let next = self.class(rest.start);
            let bearer = matches!(hit.what, What::Bearer(_));
            let only_legal = rest.clone().all(|at| self.class(at).any(Class::LEGAL) || !self.is_word(at));
            if rest.is_empty() || only_legal {
                let known = match hit.what {
                    What::Country(code, how) if rest.is_empty() => Some(Known::Country(code, how)),
                    What::Bearer(number) => Some(Known::Bearer(number)),
                    _ => None,
                };
                self.push(tokens, known, head, "<known name>", runs);
                return;
            }
            let second = self.marks.hit(rest.start + usize::from(self.is_hyphen(rest.start)));
            let country = matches!(hit.what, What::Country(..));
            if self.is_hyphen(rest.start)
                && second.is_some_and(|second| country || matches!(second.what, What::Bearer(_)))
            {
                self.push_known(hit.tokens, hit.what, runs);
                self.split(rest.start + 1..end, Class::NONE, runs);
                return;
            }
            let person = next.any(Class::FIRST) && rest.len() >= 2 && !self.is_hyphen(rest.start);
            let own = next.any(Class::TAIL | HEADS | Class::LEGAL | Class::ACCORD_TAIL | Class::SITE_TAIL);
            let adjective = matches!(hit.what, What::Country(_, How::Adjective));
            if person && (bearer && self.is_body(&hit.what) || adjective)
                || country && second.is_some() && !own
                || next.any(Class::PORTFOLIO) && self.before_role(rest.start, end)
            {
                self.push_known(hit.tokens, hit.what, runs);
                self.split(rest, Class::NONE, runs);
                return;
            }
        } else if let Some(cut) = (from + 1..end).find(|at| {
            // "ONCF-Alstom": two names that the text or knowledge also has alone.
            self.is_hyphen(at - 1)
                && !self.class(from).any(Class::FIRST)
                && (self.marks.hit(*at).is_some_and(|hit| hit.tokens.end == end && self.is_body(&hit.what))
                    || self.marks.stands_alone(*at)
                        && (self.marks.stands_alone(at - 2)
                            || self.text.tokens()[at - 2].shape.all_capitals()
                            || self.class(at - 2).any(HEADS | Class::PORTFOLIO)))
        }) {
            if !self.class(cut - 2).any(HEADS | Class::PORTFOLIO) {
                self.split(from..cut - 1, head, runs);
            }
            self.split(cut..end, Class::NONE, runs);
            return;
        }
        if self.before_role(from, end) && (from..end).all(|at| self.class(at).any(Class::PORTFOLIO)) {
            return;
        }
        // "Région Pays de la Loire", "Група ДТЕК": the head is no part of a known name.
        if (head.any(Class::SITE) || self.class(from).any(Class::COMPANY | Class::BODY))
            && self.marks.hit(from + 1).is_some_and(|hit| hit.tokens.end == end)
        {
            self.split(from + 1..end, Class::NONE, runs);
            return;
        }
        self.push(tokens, None, head, "<capitals>", runs);
    }

    /// Whether a word with a capital follows a compound with a hyphen whose end is an office: "Stadler-Patron Peter".
    fn is_office(&self, at: usize, from: usize) -> bool {
        at > from + 2 && self.is_hyphen(at - 2) && self.class(at - 1).any(Class::ROLE | Class::PEOPLE)
    }

    fn is_body(&self, what: &What) -> bool {
        matches!(what, What::Bearer(number) if self.tables.bearers[*number as usize].sort == crate::NameType::Organisation)
    }

    /// Whether a run of portfolios ends at the word for an office: "Science Minister".
    fn before_role(&self, from: usize, end: usize) -> bool {
        self.class(end).any(Class::ROLE) && self.class(from).any(Class::PORTFOLIO)
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

/// The script of a word's first letter: Latin, Cyrillic, another.
fn script(word: &str) -> u8 {
    match word.chars().next() {
        Some('\u{400}'..='\u{52f}') => 1,
        Some(c) if c < '\u{250}' => 0,
        _ => 2,
    }
}
