//! Runs that hold more than one name.

use super::{
    lexicon::{Class, How, What},
    runs::{Cutter, HEADS, Known, Run},
};
use std::ops::{Range, RangeInclusive};

/// How many words a person's name has, where nothing but its place tells it.
const PERSON_WORDS: RangeInclusive<usize> = 2..=3;

impl Cutter<'_, '_> {
    /// Cuts a run where known names begin or end in it.
    pub(super) fn split(&mut self, tokens: Range<usize>, head: Class, runs: &mut Vec<Run>) {
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
        } else if let Some(person) = self.behind_compound(from, end) {
            // "NEOS-Mandatar Johannes Margreiter", "Vice-President Bharrat Jagdeo"
            if self.is_acronym(from) || self.marks.hit(from).is_some_and(|hit| hit.tokens.end + 2 == person) {
                self.split(from..person - 2, head, runs);
            }
            from = person;
        }
        let tokens = from..end;
        if let Some(person) = self.person_behind(from, end) {
            self.split(from..person, head, runs);
            match self.marks.hit(person).cloned().filter(|hit| hit.tokens.end == end) {
                Some(hit) => {
                    self.push_known(hit.tokens, hit.what, runs);
                }
                None => self.push(person..end, None, Class::NONE, "<capitals>", runs),
            }
            return;
        }
        if let Some(hit) = self.marks.hit(from).cloned().filter(|hit| hit.tokens.end <= end) {
            let rest = hit.tokens.end..end;
            let next = self.class(rest.start);
            let bearer = matches!(hit.what, What::Bearer(_));
            let only_legal = rest.clone().all(|at| self.class(at).any(Class::LEGAL) || !self.is_word(at));
            if rest.is_empty() || only_legal {
                let known = match hit.what {
                    What::Country(code, how) if rest.is_empty() => Some(Known::Country(code, how)),
                    What::Bearer(number) => Some(Known::Bearer(number)),
                    What::Adjective(number) if rest.is_empty() => Some(Known::Adjective(number)),
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
            let adjective = matches!(hit.what, What::Country(_, How::Adjective) | What::Adjective(_));
            // "U.S. Export-Import Bank": a body of that country, known without it.
            let own_bank = second.filter(|second| {
                matches!(hit.what, What::Country(_, How::Name | How::Adjective))
                    && second.tokens.end == end
                    && rest.len() > 1
                    && self.class(end - 1).any(Class::BODY)
            });
            if let Some(What::Bearer(number)) = own_bank.map(|second| second.what) {
                self.push(tokens, Some(Known::Bearer(number)), head, "<known name>", runs);
                return;
            }
            // "ambasciatrice del Canada Elissa Golberg"
            let whose = matches!(hit.what, What::Country(_, How::Name))
                && !own
                && !self.tables.articleless
                && (2..=3).contains(&rest.len())
                && rest
                    .clone()
                    .all(|at| self.capital(at) && !self.class(at).any(Class::TAIL | HEADS | Class::PORTFOLIO))
                && self.class(from - usize::from(from > self.start)).any(Class::LINK)
                && self.behind_office(from);
            // "Schweizer Bank UBS"
            let described = adjective
                && next.any(Class::COMPANY | Class::BODY)
                && self.marks.hit(rest.start + 1).is_some_and(|hit| hit.tokens.end == end && self.is_body(&hit.what));
            if described
                || whose
                || person && (bearer && self.is_body(&hit.what) || adjective)
                || country && second.is_some() && !own
                || rest.clone().all(|at| self.class(at).any(Class::PORTFOLIO)) && self.before_role(rest.start, end)
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
        if self.before_role(from, end) && (from..end).all(|at| self.class(at).any(Class::PORTFOLIO))
            || self.is_field_before(from, end)
        {
            return;
        }
        // "Région Pays de la Loire", "Група ДТЕК": the head is no part of a known name; but "Universität Wien" is one of a body.
        let kind = self.class(from).any(Class::COMPANY | Class::BODY) && !self.is_acronym(from);
        if self.marks.hit(from + 1).is_some_and(|hit| {
            hit.tokens.end == end
                && (head.any(Class::SITE) || kind && !(head.any(Class::BODY) && self.is_somewhere(&hit.what)))
        }) {
            self.split(from + 1..end, Class::NONE, runs);
            return;
        }
        self.push(tokens, None, head, "<capitals>", runs);
    }

    /// Where a person's name begins behind what the person is or leads: "Autorità portuale Demetrio Laganà", "МЗС Левенте Мадяр".
    fn person_behind(&self, from: usize, end: usize) -> Option<usize> {
        let shape = |at: usize| self.text.tokens()[at].shape;
        let foreign = |at: usize| {
            self.is_word(at)
                && shape(at).capital()
                && !shape(at).all_capitals()
                && !self.class(at).any(Class::TAIL | HEADS | Class::LEGAL | Class::ACCORD_TAIL | Class::SITE_TAIL)
        };
        let known = self.marks.hit(from).filter(|hit| hit.tokens.end < end).map(|hit| hit.tokens.end);
        let body_end = known.or_else(|| (shape(from).all_capitals() && !self.marks.of(from).loud).then_some(from + 1));
        // A genitive and a name in a row are two names where no article parts them.
        if self.tables.articleless
            && let Some(second) = body_end
            && end - second >= 2
            && (second..end).all(|at| foreign(at) || self.is_hyphen(at))
            && self.marks.hit(second).is_none()
        {
            return Some(second);
        }
        // "cofondateur de Sesterce Youssel El Manssouri": behind an office, a name that the text has alone is whose it is.
        if self.behind_office(from)
            && self.class(from - 1).any(Class::LINK)
            && self.marks.stands_alone(from)
            && !self.class(from).any(Class::FIRST | HEADS)
            && PERSON_WORDS.contains(&(end - from - 1))
            && (from + 1..end).all(|at| foreign(at) && self.marks.hit(at).is_none())
        {
            return Some(from + 1);
        }
        let at = (from + 1..end.saturating_sub(1)).find(|at| {
            self.class(*at).any(Class::FIRST)
                && foreign(*at)
                && foreign(*at + 1)
                && !self.is_hyphen(*at - 1)
                && self.is_word(*at - 1)
                && self.marks.hit(*at).is_none_or(|hit| hit.tokens.end == end)
        })?;
        let initial = |at: usize| self.form(at).chars().count() == 1;
        if (from..at).any(|i| self.class(i).any(Class::FIRST) || initial(i) || self.form(i) == "&")
            || self.class(at - 1).any(Class::LINK | Class::AND | Class::PARTICLE)
        {
            return None;
        }
        // "Fondazione Giorgio Cini" is one name, but not behind "presidente della".
        if self.class(at - 1).any(HEADS) && !self.behind_office(from) {
            return None;
        }
        // "Forecaster Tazio Melegari": a first word that nothing else shows to be a name.
        let stray = self.marks.of(from).weak && !self.marks.is_strong(from);
        let title = at > from + 1
            || stray
            || shape(from).all_capitals()
            || known.is_some()
            || self.behind_office(from)
            || self.class(from).any(HEADS | Class::COMMON | Class::COMPANY | Class::PEOPLE | Class::PORTFOLIO);
        title.then_some(at)
    }

    /// Whether an office stands before a run: "presidente della …".
    pub(super) fn behind_office(&self, from: usize) -> bool {
        let mut at = from;
        while at > self.start && at + 3 > from {
            at -= 1;
            let class = self.class(at);
            if class.any(Class::ROLE) {
                return true;
            }
            if !class.any(Class::LINK | Class::DEFINITE | Class::AT) {
                return self.tables.articleless && class.any(Class::ROLE);
            }
        }
        false
    }

    /// Where a person's first name begins behind a compound with a hyphen that ends in a word for people.
    fn behind_compound(&self, from: usize, end: usize) -> Option<usize> {
        (from + 3..end.saturating_sub(1)).find(|at| {
            self.is_hyphen(at - 2)
                && (self.class(*at).any(Class::FIRST) && self.marks.hit(*at).is_none_or(|hit| hit.tokens.end == end)
                    || self.class(at - 1).any(Class::ROLE | Class::PEOPLE))
                && self.capital(*at)
                && self.capital(at + 1)
                && !self.class(from).any(Class::FIRST)
                && (self.tables.capital_nouns || self.class(at - 1).any(Class::ROLE | Class::PEOPLE))
        })
    }

    fn is_acronym(&self, at: usize) -> bool {
        self.text.tokens()[at].shape.all_capitals() && !self.marks.of(at).loud
    }

    /// Whether a word with a capital follows a compound with a hyphen whose end is an office: "Stadler-Patron Peter".
    pub(super) fn is_office(&self, at: usize, from: usize) -> bool {
        at > from + 2 && self.is_hyphen(at - 2) && self.class(at - 1).any(Class::ROLE | Class::PEOPLE)
    }

    /// Whether a known name is one of a place, a country's capital among them.
    pub(super) fn is_somewhere(&self, what: &What) -> bool {
        match what {
            What::Country(_, How::Name | How::Capital) => true,
            What::Bearer(number) => self.tables.bearers[*number as usize].sort == crate::NameType::Place,
            _ => false,
        }
    }

    pub(super) fn is_body(&self, what: &What) -> bool {
        matches!(what, What::Bearer(number) if self.tables.bearers[*number as usize].sort == crate::NameType::Organisation)
    }

    /// "Urban Development Minister": ordinary words before the word for a minister are the field.
    fn is_field_before(&self, from: usize, end: usize) -> bool {
        self.class(end).any(Class::MINISTER)
            && (from..end).all(|at| {
                self.marks.hit(at).is_none()
                    && !self.class(at).any(Class::FIRST)
                    && (self.class(at).any(Class::PORTFOLIO)
                        || self.text.vocabulary().is_small(self.text.tokens()[at].known))
            })
    }

    /// Whether a run of portfolios ends at the word for an office: "Science Minister".
    pub(super) fn before_role(&self, from: usize, end: usize) -> bool {
        self.class(end).any(Class::ROLE) && self.class(from).any(Class::PORTFOLIO)
    }
}
