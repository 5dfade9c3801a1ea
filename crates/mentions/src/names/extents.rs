//! How far a run of words with capitals reaches.

use super::{
    lexicon::{Class, What},
    marks::is_apart,
    runs::{Cutter, HEADS, STOPS, SURE},
};
use pledgebook_text::TokenKind;

/// Up to which number the second, third … of its kind is called by it: "Nord Stream 2".
const EDITION_MAX: u8 = 5;
/// How many tokens before a name a figure may stand that another one follows in its turn.
const FIGURE_TOKENS_MAX: usize = 10;

/// Letters of the longest word that may stand between two hyphens of a name, whatever it means: "Chick-fil-A".
const LINK_LETTERS_MAX: usize = 3;

impl Cutter<'_, '_> {
    /// The end of a run of words with capitals and what joins them.
    pub(super) fn extend(&self, at: usize) -> usize {
        let mut end = at + 1;
        if self.class(at).any(Class::DEFINITE | Class::PARTICLE | Class::LINK) && self.capital(at + 1) {
            end = at + 2;
        }
        self.extend_from(end, at)
    }

    pub(super) fn extend_from(&self, mut end: usize, start: usize) -> usize {
        loop {
            if end >= self.end || self.is_apart(end) {
                return end;
            }
            let form = self.form(end);
            if self.is_hyphen(end) {
                match self.after_hyphen(end) {
                    Some(next) => end = next,
                    None => return end,
                }
            } else if self.is_glued_number(end) {
                // "C12", "F2i", "CH4"
                end += 1;
                if self.is_word(end) && self.glued(end) && !self.is_enclitic(end) {
                    end += 1;
                }
            } else if self.closes_with_number(end, start) {
                return end + 1;
            } else if self.is_elided_name(end) {
                end += 2;
            } else if self.is_enclitic(end) {
                // "People's Palace", "King's Cross", "Marrick's Bakery"
                let own = self.class(start).any(Class::COMMON | Class::HONORIFIC | Class::PEOPLE)
                    || self.class(end + 1).any(Class::TAIL)
                        && self.marks.hit(start).is_none()
                        && !self.capital(end + 2)
                        && !self.class(end + 2).any(Class::COMPANY | Class::ROLE | Class::OFFICE);
                let joined = end == start + 1 && own && self.capital(end + 1) && !self.class(end + 1).any(STOPS);
                if !joined {
                    return end;
                }
                end += 2;
            } else if self.is_post_nominal(end) {
                return end;
            } else if self.capital(end) {
                let class = self.class(end);
                // "Airbus A320": what it makes is no part of a firm's name.
                if self.is_loud_verb(end) && self.marks.hit(end).is_none() || self.is_designation(end) {
                    return end;
                }
                // "Rolf Buch": behind a first name any noun is a surname.
                if self.is_noun(end)
                    && !(end == start + 1 && (self.class(start).any(Class::FIRST) || self.opens_quality(start)))
                {
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
                // "Luigi Di Maio", "Bart De Wever"
                let particle = class.any(Class::PARTICLE)
                    && self.capital(end + 1)
                    && !self.marks.of(end).loud
                    && !self.class(end + 1).any(STOPS);
                // "Claudio Papa", "Lachlan Overall": behind a first name any word is a surname.
                let surname = end == start + 1
                    && self.class(start).any(Class::FIRST)
                    && self.marks.hit(start).is_none()
                    && !self.marks.of(end).loud
                    && (!class.any(Class::ROLE | Class::ROLES)
                        || self.is_hyphen(end + 1) && self.capital(end + 2)
                        || class.any(Class::HONORIFIC) && !self.capital(end + 1));
                // "Khalid Al-Falih", "State General Reserve Fund"
                let joined = class.any(Class::PARTICLE) && self.is_hyphen(end + 1) && self.capital(end + 2);
                let opens = !self.marks.of(end).loud
                    && (self.opens_body(end)
                        || self.opens_quality(end)
                        || self.is_second_surname(end, start)
                        || self.honours(end, start));
                if class.any(STOPS) && !class.any(Class::LEGAL) && !particle && !surname && !joined && !opens
                    || class.any(Class::DEFINITE | Class::LINK | Class::AND) && !self.capital(end + 1) && !joined
                {
                    return end;
                }
                // A known name is taken whole: "Landesbank Baden-Württemberg".
                let whole = self.marks.hit(end).filter(|hit| !matches!(hit.what, What::Words(_)));
                end = whole.map_or(end + 1, |hit| hit.tokens.end.clamp(end + 1, self.end));
            } else if (form == "&" || form == "+") && self.capital(end + 1) {
                end += 2;
            } else if form == "." && self.glued(end) && self.takes_stop(end - 1) {
                if self.capital(end + 1) && !self.class(end + 1).any(STOPS) || self.class(end - 1).any(Class::LEGAL) {
                    end += 1;
                } else {
                    return end;
                }
            } else if matches!(form, "'" | "’") && self.glued(end) && self.names_body(end + 1) {
                // "Supporters' Society"
                end += 2;
            } else if form == ","
                && self.class(end + 1).any(Class::LEGAL)
                && self.capital(end + 1)
                && !(self.class(end + 1).any(Class::SITE) && self.capital(end + 2))
            {
                end += 2;
            } else if form == ","
                && self.capital(end + 1)
                && self.form(end + 2) == "&"
                && self.marks.hit(end + 1).is_none()
            {
                // "Clayton, Dubilier & Rice"
                end += 2;
            } else if self.text.tokens().get(end).is_some_and(|t| end < self.end && t.kind == TokenKind::Word) {
                match self.over_particles(end, start).or_else(|| self.over_and(end, start)) {
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

    /// "Patrizia Molinelli Grandi": behind a first name and a surname a word that has no capital elsewhere; where days and months have none.
    fn is_second_surname(&self, at: usize, start: usize) -> bool {
        self.tables.small_words
            && at == start + 2
            && self.class(start).any(Class::FIRST)
            && self.marks.hit(start).is_none()
            && self.is_word(at - 1)
            && !self.capital(at + 1)
            && !self.class(at).any(Class::ROLE | Class::ROLES | Class::HONORIFIC | Class::DEFINITE | Class::LINK)
    }

    /// "Museo Reina Sofía", "Ospedale Papa Giovanni": whom a body is named after.
    fn honours(&self, at: usize, start: usize) -> bool {
        self.tables.small_words
            && at == start + 1
            && self.class(start).any(Class::BODY)
            && self.class(at).any(Class::HONORIFIC)
            && !self.class(at).any(Class::ROLE)
            && self.capital(at + 1)
    }

    /// Whether a gap of several blanks stands before a token, as between the columns of a line.
    fn is_apart(&self, at: usize) -> bool {
        is_apart(self.text, at)
    }

    /// "Orla Tennant KC": letters that a person bears behind the name; a club may have the same behind its town.
    pub(super) fn is_post_nominal(&self, at: usize) -> bool {
        const BODIES: Class = Class(HEADS.0 | Class::TAIL.0 | Class::SITE_TAIL.0 | Class::LEGAL.0 | Class::DEGREE.0);
        let name = |at: usize| self.capital(at) && !self.class(at).any(BODIES) && self.marks.hit(at).is_none();
        self.class(at).any(Class::DEGREE)
            && at > self.start + 1
            && name(at - 1)
            && name(at - 2)
            && !self.marks.of(at).loud
            && (!self.capital(at + 1) || self.class(at + 1).any(Class::DEGREE))
    }

    /// Whether a word with a capital is the head or the last word of a body's name.
    fn names_body(&self, at: usize) -> bool {
        self.capital(at) && self.class(at).any(Class::TAIL | Class::BODY)
    }

    /// A number written in one with the word before, that is no sum ("R41bn", "Sh7.9").
    fn is_glued_number(&self, at: usize) -> bool {
        let number = at < self.end && self.text.tokens()[at].kind == TokenKind::Number && self.glued(at);
        let unit = || self.is_word(at + 1) && self.glued(at + 1) && self.form(at + 1).chars().count() > 1;
        number
            && self.is_word(at - 1)
            && !unit()
            && self.form(at).len() <= 3
            && self.form(at).bytes().all(|byte| byte.is_ascii_digit())
            && !self.class(at - 1).any(Class::GENERIC | Class::FUNCTION)
    }

    /// Whether a figure stands before a name, with a comma or "and" between.
    fn follows_figure(&self, start: usize) -> bool {
        let tokens = self.text.tokens();
        let from = start.saturating_sub(FIGURE_TOKENS_MAX).max(self.start);
        let Some(figure) = (from..start).rev().find(|at| tokens[*at].kind == TokenKind::Number) else { return false };
        (figure..start).any(|at| matches!(self.form(at), "," | ";") || self.class(at).any(Class::AND))
    }

    /// "Nord Stream 2", "Leverbach 07": a short number that counts nothing, since no noun follows.
    fn closes_with_number(&self, at: usize, start: usize) -> bool {
        if at >= self.end || self.text.tokens()[at].kind != TokenKind::Number {
            return false;
        }
        let next = at + 1;
        let form = self.form(at);
        // "Leverbach 07": nothing is counted with a nought before.
        if form.len() == 2 && form.starts_with('0') && form.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.is_word(at - 1) && !self.class(at - 1).any(Class::FUNCTION);
        }
        // "Havkraft 3": behind a single word only where nothing else is known of it.
        if at < start + 2
            && (self.marks.of(start).weak
                || self.class(start) & !ENDINGS != Class::NONE
                || self.marks.hit(start).is_some())
        {
            return false;
        }
        // "L'État apporte 264 millions, la Région Liguria 57": what is told one after the other is no part of names.
        if form.parse::<u8>().is_ok_and(|number| number > EDITION_MAX) && self.follows_figure(start) {
            return false;
        }
        let counts_nothing = next >= self.end
            || matches!(self.form(next), "." | "," | ")" | "»" | "”" | "“" | ";" | "?" | "!")
            || self.is_word(next)
                && self.class(next).any(
                    Class::VERB
                        | Class::SAY
                        | Class::PREPOSITION
                        | Class::AND
                        | Class::IN
                        | Class::ARTICLE
                        | Class::DEFINITE,
                )
                && !self.class(next).any(Class::COMMON)
            || self.tables.capital_nouns && self.is_word(next) && self.counts_nothing(next);
        form.len() <= 2
            && form.bytes().all(|byte| byte.is_ascii_digit())
            && counts_nothing
            && !self.class(at - 1).any(Class::FUNCTION)
    }

    /// Whether a small word behind a number is no adjective before what is counted: "Nord Stream 2 zurückzieht".
    fn counts_nothing(&self, at: usize) -> bool {
        let adjective = self.tables.adjective_endings.iter().any(|ending| self.form(at).ends_with(ending.as_str()));
        !self.capital(at) && !adjective
    }

    /// Whether a word is a common noun of a language that gives them capitals.
    pub(super) fn is_noun(&self, at: usize) -> bool {
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
            && !self.opens_firm(at)
            && !self.text.tokens()[at].shape.inner_capital()
            && self.nameness(at).is_none_or(|likely| likely < SURE)
    }

    /// "Zimmerei Lüthi AG", "Nordlicht Mobil GmbH": a common noun that begins a firm's name, told by the legal form at its end. What
    /// says of what kind the firm is stands outside.
    pub(super) fn opens_firm(&self, at: usize) -> bool {
        let kind = Class::COMPANY | Class::COMPANIES | Class::PEOPLE | Class::PORTFOLIO | Class::LAND | Class::NATIONS;
        let plain = |at: usize| {
            self.capital(at)
                && !self.class(at).any(Class::LEGAL | STOPS)
                && self.text.tokens()[at].kind == TokenKind::Word
        };
        !self.class(at).any(kind)
            && plain(at + 1)
            && (self.class(at + 2).any(Class::LEGAL) || plain(at + 2) && self.class(at + 3).any(Class::LEGAL))
    }

    pub(super) fn takes_stop(&self, at: usize) -> bool {
        let form = self.form(at);
        form.chars().count() == 1 && self.capital(at)
            || self.class(at).any(Class::LEGAL)
            || self.class(at).any(Class::SHORTENED)
    }

    pub(super) fn after_hyphen(&self, hyphen: usize) -> Option<usize> {
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
            let country = self.marks.hit(hyphen - 1).is_some_and(|hit| matches!(hit.what, What::Country(..)));
            let body = self.class(next).any(Class::BODY)
                && !self.class(next).any(Class::COMPANY | Class::GOVERNMENT)
                && !country
                && !self.text.tokens()[hyphen - 1].shape.all_capitals();
            // "Annegret Kramp-Karrenbauer": behind a first name stands a surname, whatever its halves mean.
            let surname = hyphen >= 2
                && self.class(hyphen - 2).any(Class::FIRST)
                && !self.class(next).any(Class::BODY | Class::ACCORD | Class::TAIL);
            let joined = self.tables.capital_nouns
                && !body
                && !surname
                && self.class(next).any(plain)
                && (country || !self.class(next).any(Class::TAIL))
                && self.marks.hit(next).is_none();
            return (!joined).then_some(next + 1);
        }
        // "Clermont-sur-Mer", "al-Naama"
        let mut far = next;
        while far < next + 3
            && self.is_word(far)
            && (self.form(far).chars().count() <= LINK_LETTERS_MAX
                || self
                    .class(far)
                    .any(Class::PARTICLE | Class::LINK | Class::DEFINITE | Class::IN | Class::PREPOSITION))
            && self.is_hyphen(far + 1)
        {
            if self.capital(far + 2) {
                return Some(far + 3);
            }
            far += 2;
        }
        // "Won-ho", "Min-tak": the second half of a given name is written small.
        (self.is_word(next)
            && token.end - token.start <= if self.tables.capital_nouns { 4 } else { 5 }
            && self.capital(hyphen - 1)
            && hyphen >= 2
            && self.capital(hyphen - 2)
            && self.class(next) & !(ENDINGS | Class::FIRST) == Class::NONE)
            .then_some(next + 1)
    }

    /// "Ethics and Anti-Corruption Commission", "Authority for Land and Sea Ports": fields that "and" joins within the name of a body, where
    /// its head comes last, or first with a link behind it.
    fn over_and(&self, at: usize, start: usize) -> Option<usize> {
        if self.tables.small_words {
            return self.over_small_and(at, start);
        }
        let next = at + 1;
        if self.tables.capital_nouns || !self.class(at).any(Class::AND) || self.capital(at) || !self.capital(next) {
            return None;
        }
        let head = Class::BODY | Class::ACCORD_TAIL;
        let field = |at: usize| {
            self.is_word(at)
                && self.marks.hit(at).is_none()
                && !self.class(at).any(STOPS & !Class::USED | Class::FIRST | Class::NATIONS)
                && (self.class(at).any(Class::PORTFOLIO | Class::SITE_TAIL)
                    || self.text.vocabulary().is_small(self.text.tokens()[at].known))
        };
        // "the Ethics and …"
        let told = at == start + 1
            && start > self.start
            && self.class(start - 1).any(Class::DEFINITE)
            && self.marks.hit(start).is_none()
            && !self.class(start).any(STOPS | Class::FIRST)
            && !self.text.tokens()[start].shape.all_capitals();
        if !(field(at - 1) || told)
            || self.class(at - 1).any(Class::BODY | Class::GOVERNMENT | Class::LEGAL)
            || self.marks.of(at).loud
        {
            return None;
        }
        let mut end = next;
        while end < next + 6 && self.capital(end) {
            // "Anti-Corruption": what a compound ends in tells what it is.
            let compound = self.is_hyphen(end + 1) && self.capital(end + 2);
            let noun = if compound { end + 2 } else { end };
            if !field(noun) && !self.class(noun).any(head) {
                break;
            }
            end = noun + 1;
        }
        let last = end.checked_sub(1).filter(|last| *last >= next)?;
        let first = self.class(start).any(HEADS) && (start + 1..at).any(|i| self.class(i).any(Class::LINK));
        let closes = self.class(last).any(head | Class::TAIL) && !self.class(last).any(Class::PORTFOLIO) && last > next;
        ((first || closes) && !self.capital(end)).then_some(end)
    }

    /// "Cámara de Comercio e Industria", "Istituto per la Ricerca e l'Innovazione", "Università di Modena e Parma": where names of bodies hold
    /// small words, "and" joins two fields, or two places, behind the head.
    fn over_small_and(&self, at: usize, start: usize) -> Option<usize> {
        if self.tables.articleless
            || !self.class(at).any(Class::AND)
            || self.capital(at)
            || !self.class(start).any(Class::BODY | Class::GOVERNMENT | Class::ACCORD)
            || !self.capital(start)
            || self.marks.of(start).loud
            || at < start + 2
        {
            return None;
        }
        const APART: Class = Class(
            HEADS.0 | Class::COMPANY.0 | Class::COMPANIES.0 | Class::AUTHORITY.0 | Class::FIRST.0 | Class::NATIONS.0,
        );
        let mut next = at + 1;
        while next < at + 4 && self.class(next).any(Class::LINK | Class::DEFINITE) && !self.capital(next) {
            next += 1;
        }
        // An article alone begins another name.
        if next > at + 1 && !self.class(at + 1).any(Class::LINK) {
            return None;
        }
        let place = |at: usize| self.marks.hit(at).is_some_and(|hit| self.is_somewhere(&hit.what));
        let field = |at: usize| {
            self.is_word(at)
                && self.marks.hit(at).is_none()
                && !self.class(at).any(STOPS & !Class::USED | APART)
                && (self.class(at).any(Class::PORTFOLIO | Class::QUALITY | Class::USED)
                    || self.text.vocabulary().is_small(self.text.tokens()[at].known))
        };
        let told = field(at - 1) && field(next)
            || next == at + 1 && place(at - 1) && place(next) && self.class(at - 2).any(Class::LINK);
        (self.capital(next) && told).then(|| self.marks.hit(next).map_or(next + 1, |hit| hit.tokens.end))
    }

    /// "Groupe de la Banque mondiale": whether a known body of several words stands here, which keeps its own name behind a link.
    pub(super) fn opens_known_body(&self, at: usize) -> bool {
        self.marks.hit(at).is_some_and(|hit| hit.tokens.len() > 1 && self.is_body(&hit.what))
    }

    /// Steps over "van der", "bin", and, behind a head or a first name, over "of the", "de la".
    pub(super) fn over_particles(&self, at: usize, start: usize) -> Option<usize> {
        let field = |at: usize| {
            self.capital(at)
                && (self.class(at).any(Class::PORTFOLIO)
                    || self.text.vocabulary().is_small(self.text.tokens()[at].known))
        };
        // "State House of Assembly", "Larkmoor Chamber of Commerce"
        let inner = at > start + 1
            && !self.tables.small_words
            && self.class(at - 1).any(Class::BODY)
            && (self.class(start).any(Class::OPENER | Class::PORTFOLIO) || !self.tables.capital_nouns && field(at + 1));
        let head = inner || self.class(start).any(HEADS) && (self.capital(start) || at > start + 1);
        let person = self.class(start).any(Class::FIRST) && at == start + 1;
        let mut next = at;
        let (mut particle, mut link, mut purposeful) = (true, true, false);
        while next < at + 3 && self.is_word(next) && !self.capital(next) {
            let class = self.class(next);
            particle &= class.any(Class::PARTICLE);
            // "Comisión Delegada para Asuntos Económicos"
            let purpose = head && class.any(Class::PURPOSE);
            link &= purpose || class.any(Class::LINK | Class::DEFINITE | Class::PARTICLE);
            if !purpose && !class.any(Class::LINK | Class::DEFINITE | Class::PARTICLE) {
                return None;
            }
            purposeful |= purpose;
            next += 1;
            // "al-Naama": the hyphen belongs to the particle.
            if self.is_hyphen(next) && self.capital(next + 1) && particle {
                return Some(next + 2);
            }
        }
        // "el Consejo para Andalucía" is for a place, and no name.
        let whom = purposeful && (self.marks.hit(next).is_some() || self.class(next).any(Class::FIRST));
        if next == at || whom || !self.capital(next) || self.class(next).any(STOPS | Class::DEFINITE) {
            return None;
        }
        if self.opens_known_body(next) {
            return None;
        }
        // "Innus du Labrador", "Aguas del Turia": a word that is no known name, and the land it belongs to.
        let contracted = (at..next).any(|i| self.class(i).any(Class::CONTRACTED))
            || next == at + 2 && self.class(at).any(Class::LINK) && self.class(at + 1).any(Class::DEFINITE);
        // "en Villanueva de Gállego", and so behind another of a list: "Huesca y Villanueva de Gállego"
        let listed = || {
            (self.class(start - 1).any(Class::AND) || self.form(start - 1) == ",")
                && start > self.start + 1
                && self.capital(start - 2)
                && !self.class(start).any(Class::ROLE | Class::ROLES | HEADS | Class::COMPANY)
        };
        let town = start > self.start
            && (self.class(start - 1).any(Class::IN | Class::SITE) || listed())
            && next == at + 1
            && self.class(at).any(Class::LINK)
            && self.marks.hit(next).is_none();
        let likely = || {
            !self.marks.of(start).weak
                || contracted
                    && self.marks.hit(next).is_none()
                    && self.nameness(start).is_some_and(|likely| likely >= SURE)
        };
        // "Obreros Mineros del Oro"
        let second = contracted
            && at == start + 2
            && self.is_word(start + 1)
            && self.marks.hit(start + 1).is_none()
            && self.marks.hit(next).is_none()
            && !self.class(start + 1).any(Class::FIRST | Class::PORTFOLIO | Class::PEOPLE | STOPS)
            && !self.text.tokens()[start + 1].shape.all_capitals();
        let own = (at == start + 1 || second)
            && (contracted || town)
            && likely()
            && !self.marks.of(start).loud
            && self.marks.hit(start).is_none()
            && !self.text.tokens()[start].shape.all_capitals()
            && !self.text.tokens()[start].shape.inner_capital()
            && !self.class(start).any(Class::FIRST | Class::PORTFOLIO | Class::PEOPLE);
        if own && self.tables.small_words {
            return Some(next + 1);
        }
        // "l'impianto di Lipsia da Siemens": what also tells from where joins the names of people only.
        let pure = particle
            && !(at..next).any(|i| self.class(i).any(Class::LINK))
            && (person || second_name(self, at, start) || !(at..next).any(|i| self.class(i).any(Class::IN)));
        // "Ateneo la Fondazione", "il portavoce Wang Wenbin la Cina": an article alone begins another phrase.
        let articles = (at..next).all(|i| self.class(i).any(Class::DEFINITE) && !self.class(i).any(Class::LINK));
        if articles && (self.marks.hit(next).is_some() || self.class(next).any(HEADS) || head) {
            return None;
        }
        (pure || link && head || particle && person && self.marks.hit(next).is_none()).then_some(next + 1)
    }
}

/// Whether a first name and another word with a capital stand before a particle: "Maria João da Silva".
fn second_name(cutter: &Cutter<'_, '_>, at: usize, start: usize) -> bool {
    cutter.class(start).any(Class::FIRST) && at == start + 2
}

/// Classes that are told by how a word ends.
const ENDINGS: Class = Class(Class::SURNAME.0 | Class::TOWN.0 | Class::FIRM.0);

/// The script of a word's first letter: Latin, Cyrillic, another.
fn script(word: &str) -> u8 {
    match word.chars().next() {
        Some('\u{400}'..='\u{52f}') => 1,
        Some(c) if c < '\u{250}' => 0,
        _ => 2,
    }
}
