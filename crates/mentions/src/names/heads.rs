//! Names that a word for a kind of body, office or accord begins: "Bank of …", "ministry of …".

use super::{
    lexicon::{Class, How, What},
    runs::{Cutter, HEADS, Known, Run, STOPS},
};
use std::ops::Range;

impl Cutter<'_, '_> {
    /// "General Motors", "General Authority": an office that is none before the last word of a firm's name.
    pub(super) fn opens_body(&self, at: usize) -> bool {
        self.class(at).any(Class::ROLE)
            && !self.class(at).any(Class::FUNCTION)
            && self.capital(at + 1)
            && self.class(at + 1).any(Class::TAIL | Class::BODY)
            && !self.class(at + 1).any(Class::ROLE | Class::PORTFOLIO)
    }

    /// The country of a run like "UK Government": a country's name with a word for its government.
    pub(super) fn government(&self, core: &Range<usize>) -> Option<Known> {
        let last =
            core.end.checked_sub(1).filter(|last| *last > core.start && self.class(*last).any(Class::GOVERNMENT))?;
        let hit = self.marks.hit(core.start).filter(|hit| hit.tokens.end == last)?;
        match hit.what {
            What::Country(code, _) => Some(Known::Country(code, How::Seat)),
            _ => None,
        }
    }

    /// The place in a run like "Ayuntamiento de Bermillar", "giunta regionale del Veneto", "City of Harrisfield": who governs it stands for it.
    pub(super) fn governed(&self, core: &Range<usize>) -> Option<Range<usize>> {
        let head = self.class(core.start);
        if !head.any(Class::AUTHORITY | Class::GOVERNMENT) {
            return None;
        }
        let linked = |at: usize| self.class(at).any(Class::LINK | Class::DEFINITE) && !self.capital(at);
        let link = (core.start + 1..core.end)
            .find(|at| !self.class(*at).any(Class::AUTHORITY | Class::QUALITY) || linked(*at))?;
        let place = (link..core.end).find(|at| !linked(*at))?;
        // "Regione autonoma Friuli Venezia Giulia"
        let beside = place == link && head.any(Class::TERRITORY) && !head.any(Class::GOVERNMENT);
        let somewhere = || {
            self.marks.hit(place).is_some_and(|hit| {
                hit.tokens.end == core.end && !matches!(hit.what, What::Country(..)) && self.is_somewhere(&hit.what)
            })
        };
        const OTHERS: Class = Class(
            STOPS.0
                | HEADS.0
                | Class::AUTHORITY.0
                | Class::PORTFOLIO.0
                | Class::COMPANY.0
                | Class::COMPANIES.0
                | Class::PEOPLE.0
                | Class::NATIONS.0
                | Class::GOVERNMENTS.0
                | Class::TAIL.0
                | Class::COMMON.0,
        );
        let country =
            self.marks.hit(place).is_some_and(|hit| matches!(hit.what, What::Country(_, How::Name | How::Adjective)));
        let named = (place > link && self.class(link).any(Class::LINK) || beside && somewhere())
            && self.capital(place)
            && if head.any(Class::AUTHORITY) {
                !country && (somewhere() || !(place..core.end).any(|at| self.class(at).any(OTHERS)))
            } else {
                somewhere()
            };
        named.then_some(place..core.end)
    }

    /// Marks "de la Science, de l'Innovation et des Technologies" after a minister or ministry as no names of their own.
    pub(super) fn use_portfolios(&mut self, role: usize) {
        let mut at = role;
        while at < self.end && self.class(at).any(Class::ROLE | Class::GOVERNMENT) {
            at += 1;
        }
        // A minister's field may be any word that is no name: "ministra de Vivienda", "assessore ai Lavori pubblici".
        let office = self.class(role).any(Class::MINISTER)
            && self.class(at).any(Class::LINK | Class::DEFINITE | Class::PREPOSITION);
        let (mut inside, mut joined) = (false, false);
        let mut last = at;
        while at < self.end && at < last + 6 {
            let class = self.class(at);
            // "de Industria, Comercio y Turismo, Reyes Luengo": the field behind "and" is the last one.
            if joined && last == at && self.form(at) == "," {
                break;
            }
            joined |= inside && class.any(Class::AND);
            if class.any(Class::PORTFOLIO)
                || office && !self.tables.capital_nouns && self.is_field(at, inside)
                || inside && self.capital(at) && self.marks.hit(at).is_none() && self.leads_on(at)
            {
                self.use_up(at);
                inside = true;
                at += 1;
                last = at;
            } else if self.form(at) == "," && inside
                || class.any(Class::LINK | Class::DEFINITE | Class::AND | Class::QUALITY)
                || office && !inside && class.any(Class::PREPOSITION | Class::IN) && !self.capital(at)
                || self
                    .marks
                    .hit(at)
                    .is_some_and(|hit| matches!(hit.what, What::Country(_, How::Adjective) | What::Adjective(_)))
            {
                at += 1;
            } else {
                break;
            }
        }
    }

    /// Whether a word behind a minister's office may be its field, or goes on telling it: an ordinary word that no list has as a name.
    fn is_field(&self, at: usize, inside: bool) -> bool {
        let token = &self.text.tokens()[at];
        let plain = self.text.vocabulary().is_small(token.known) || self.marks.is_small(at) || !inside;
        self.capital(at)
            && !token.shape.all_capitals()
            && !token.shape.inner_capital()
            && self.marks.hit(at).is_none()
            && !self
                .class(at)
                .any(Class::FIRST | Class::LEGAL | Class::HONORIFIC | Class::MUNICIPALITY | Class::TERRITORY)
            && plain
            && (inside || !self.capital(at + 1) || self.is_field(at + 1, true))
    }

    /// Whether a list of portfolios goes on behind a word: "Innovation et des Technologies".
    pub(super) fn leads_on(&self, at: usize) -> bool {
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

    /// "Дунайський інвестиційний банк", "Калинівська громада": an adjective with a capital, others without, and the head; with its end, whether
    /// the head is one of bodies or of places.
    pub(super) fn described(&self, at: usize) -> Option<(usize, Class)> {
        let adjective = |at: usize| {
            self.is_word(at)
                && self.tables.adjective_endings.iter().any(|ending| self.form(at).ends_with(ending.as_str()))
                && !self.class(at).any(Class::VERB | Class::SAY | Class::PREPOSITION | Class::FUNCTION)
        };
        // "Латвійське товариство хірургів": the adjective of a country begins a name where it has a capital of its own and the head says whose.
        let national = self.marks.hit(at).is_some_and(|hit| {
            hit.tokens.end == at + 1
                && matches!(hit.what, What::Country(_, How::Adjective))
                && !self.marks.of(at).weak
                && self.class(at + 1).any(Class::BODY | Class::COMPANY)
                && !self.class(at + 1).any(Class::GOVERNMENT)
                && self.over_genitives(at + 2) > at + 2
        });
        let first =
            self.tables.articleless && self.capital(at) && adjective(at) && (self.marks.hit(at).is_none() || national);
        if !first || self.class(at).any(STOPS | Class::COMMON | Class::FIRST | Class::SITE) {
            return None;
        }
        let mut noun = at + 1;
        while noun < at + 4 && !self.capital(noun) && adjective(noun) && !self.class(noun).any(Class::BODY) {
            noun += 1;
        }
        let class = self.class(noun);
        let head = if class.any(Class::BODY | Class::COMPANY) { Class::BODY } else { Class::SITE };
        let headed = head == Class::BODY || noun == at + 1 && class.any(Class::AUTHORITY | Class::SITE_TAIL);
        if !headed
            || self.capital(noun)
            || !self.is_word(noun)
            || self.marks.of(at).weak && self.nameness(at).is_none_or(|likely| likely < 0.3)
        {
            return None;
        }
        let end = self.over_genitives(noun + 1);
        let country = self.marks.hit(end).filter(|hit| matches!(hit.what, What::Country(_, How::Name)));
        Some((country.map_or(end, |hit| hit.tokens.end.min(self.end)), head))
    }

    /// Steps over small words that tell whose or for what a body is, where they follow its head without a link: "банк розвитку".
    fn over_genitives(&self, mut at: usize) -> usize {
        let whose = |at: usize| self.class(at).any(Class::WHOSE | Class::PORTFOLIO) && !self.capital(at);
        while self.tables.articleless && (whose(at) || self.class(at).any(Class::QUALITY) && whose(at + 1)) {
            at += 1;
        }
        at
    }

    /// "the Larkmoor residents' association": small words for a body of members close its name where an article stands before.
    pub(super) fn over_members(&self, start: usize, end: usize) -> usize {
        let mut close = end;
        if !self.tables.articleless && start > self.start && self.class(start - 1).any(Class::DEFINITE) {
            while self.class(close).any(Class::WHOSE) && !self.capital(close) {
                close += 1;
            }
        }
        close
    }

    /// "université de Lille", "canton de Fribourg": a head without a capital and the name that follows.
    pub(super) fn small_head(&mut self, at: usize, runs: &mut Vec<Run>) -> Option<usize> {
        let head = self.class(at);
        if !head.any(Class::BODY | Class::GOVERNMENT) || self.qualifies(at) {
            return None;
        }
        let end = self.headed(at, head)?;
        if !(at + 1..end).any(|at| self.capital(at)) {
            return None;
        }
        self.push(at..end, None, head, "<head> <link> <name>", runs);
        Some(end)
    }

    /// "director ejecutivo de", "consiglio di amministrazione di": a word for a body that tells of what kind an office or another body is.
    fn qualifies(&self, at: usize) -> bool {
        let noun = |at: usize| {
            self.class(at).any(Class::ROLE | Class::ROLES | Class::BODY | Class::OFFICE) && !self.capital(at)
        };
        let small =
            at > self.start + 1 && self.class(at - 1).any(Class::LINK) && !self.class(at - 1).any(Class::DEFINITE);
        !self.tables.articleless
            && at > self.start
            && (noun(at - 1) || small && noun(at - 2) && self.class(at - 2).any(Class::BODY | Class::OFFICE))
    }

    /// The end of what a head takes with it: qualities, links, portfolios, a name.
    pub(super) fn headed(&self, at: usize, head: Class) -> Option<usize> {
        let mut next = at + 1;
        loop {
            if self.class(next).any(Class::QUALITY)
                || self.marks.hit(next).is_some_and(|hit| match hit.what {
                    What::Country(_, How::Adjective) => !self.capital(next),
                    What::Adjective(_) => !self.capital(next) && head.any(Class::BODY),
                    _ => false,
                })
            {
                next += 1;
            } else if next > at + 1
                && (self.class(next).any(Class::AND) || self.form(next) == ",")
                && self.class(next + 1).any(Class::QUALITY)
                && (!self.capital(next + 1) || self.class(next).any(Class::AND))
            {
                // "Union commerciale, industrielle et artisanale"
                next += 2;
            } else {
                break;
            }
        }
        // At the beginning of a sentence "Group of experts" has a capital too.
        if self.capital(at) && !self.marks.of(at).weak && head.any(Class::BODY) {
            next = self.over_genitives(next);
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
            // "accordo di sviluppo" has no name of its own.
            let portfolio = self.class(links).any(Class::PORTFOLIO | Class::USED)
                && (head.any(Class::BODY | Class::GOVERNMENT) || self.capital(links));
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
                    // "Secretaría de Economía y el Consejo …": an article alone begins another name.
                    if self.class(next).any(Class::AND)
                        && (next + 1..probe).all(|at| self.class(at).any(Class::LINK))
                        && self.capital(probe)
                        && !self.class(probe).any(STOPS)
                        && self.marks.hit(probe).is_none()
                    {
                        return Some(self.extend(probe));
                    }
                }
                return end;
            }
            // "eine Gruppe von Banken": a group told by what it is made of, where nouns have a capital.
            let members = Class::COMPANIES | Class::ROLES | Class::PEOPLE | Class::NATIONS | Class::GOVERNMENTS;
            if self.tables.capital_nouns && self.class(links).any(members) && self.marks.hit(links).is_none() {
                return end;
            }
            // "Bund die Attergaubahn": an article alone begins another phrase.
            let linked = (next..links).any(|at| self.class(at).any(Class::LINK));
            if linked && !head.any(Class::GOVERNMENT) && self.opens_known_body(links) {
                return end;
            }
            if self.capital(links) && linked && (!self.class(links).any(STOPS) || self.opens_quality(links)) {
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
                && linked
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
}
