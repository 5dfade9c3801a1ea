//! Numerals: figures and number words put together into one value.

use super::{
    digits::{Digits, Style, vulgar},
    tally::{Build, Joined},
    words::{Word, Words},
};
use pledgebook_text::{Text, TokenKind, fold::fold_into};
use rust_decimal::Decimal;
use smallvec::SmallVec;
use std::ops::Range;

/// Whether a token is a hyphen, however it is written.
pub(super) fn is_hyphen(text: &Text<'_>, at: usize) -> bool {
    matches!(text.form(at), "-" | "‐" | "‑" | "\u{ad}")
}

/// One figure of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numeral {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Decimal,
    /// The place of the last stated digit.
    pub(super) place: Decimal,
    /// The outermost scale word, 1 where there is none.
    pub(super) scale: Decimal,
    /// An order of magnitude only.
    pub(super) vague: bool,
    /// "une centaine de": a round count.
    pub(super) about: bool,
    /// The word names a sum of money by itself.
    pub(super) sum: bool,
    /// Nothing but an article: "un", "a".
    pub(super) article: bool,
    /// Nothing but digits; `parted` when they are grouped or have decimals.
    pub(super) digits: bool,
    pub(super) parted: bool,
    /// A part of one, told by an ordinal or a fraction word.
    pub(super) fraction: bool,
}

impl Numeral {
    /// A numeral of the tokens `tokens` with nothing particular about it.
    pub(super) fn mere(tokens: Range<usize>, value: Decimal, place: Decimal, scale: Decimal) -> Self {
        Self {
            start: tokens.start,
            end: tokens.end,
            value,
            place,
            scale,
            vague: false,
            about: false,
            sum: false,
            article: false,
            digits: false,
            parted: false,
            fraction: false,
        }
    }

    /// The figure before its scale: 2.5 of "2.5 billion".
    pub(super) fn figure(&self) -> Decimal {
        self.value.checked_div(self.scale).unwrap_or(self.value)
    }

    /// Four digits that are more likely a year than a count.
    pub(super) fn yearlike(&self) -> bool {
        self.digits && !self.parted && self.value >= Decimal::from(1900) && self.value < Decimal::from(2100)
    }
}

/// Whether a figure goes on with what follows it.
enum GoesOn {
    No,
    /// With a scale, and how many tokens it has.
    Scale(Decimal, usize),
    /// Only trying tells.
    Maybe,
}

/// Reads numerals in a text.
pub(super) struct Reader<'t, 'd> {
    pub(super) text: &'t Text<'d>,
    pub(super) words: &'t Words,
    pub(super) style: Style,
    pub(super) folded: String,
}

pub(super) type Parts = SmallVec<[Word; 12]>;

impl Reader<'_, '_> {
    /// The word of counting at a token, and how many tokens it covers.
    #[inline]
    pub(super) fn word(&self, at: usize, end: usize) -> Option<(Word, usize)> {
        let may_begin = at < end && self.text.tokens().get(at).is_some_and(|token| self.words.phrases.may_begin(token));
        if may_begin { self.longest_word(at, end) } else { None }
    }

    fn longest_word(&self, at: usize, end: usize) -> Option<(Word, usize)> {
        let found = self.words.phrases.longest_in(self.text, at, end)?;
        Some((*found.values.first()?, found.len))
    }

    /// The atoms of the word at `at`: one, or the parts of a compound.
    pub(super) fn parts(&mut self, at: usize, end: usize, parts: &mut Parts) -> Option<usize> {
        let (word, len) = self.word(at, end)?;
        parts.clear();
        if word != Word::Compound {
            parts.push(word);
            return Some(at + len);
        }
        self.folded.clear();
        let form = self.text.form(at);
        if form.len() > 120 {
            return None;
        }
        fold_into(form, &mut self.folded);
        self.words.cut(&self.folded, parts).then_some(at + 1)
    }

    pub(super) fn is_hyphen(&self, at: usize, end: usize) -> bool {
        at < end && is_hyphen(self.text, at)
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.text.tokens()[at].shape.glued()
    }

    /// An article as the figure one, for what cannot be read otherwise.
    pub(super) fn article(&self, at: usize, end: usize) -> Option<Numeral> {
        let Some((Word::Article, len)) = self.word(at, end) else { return None };
        Some(Numeral { article: true, ..Numeral::mere(at..at + len, Decimal::ONE, Decimal::ONE, Decimal::ONE) })
    }

    /// The numeral that starts at token `at`, not past `end`.
    pub(super) fn read(&mut self, at: usize, end: usize) -> Option<Numeral> {
        let tokens = self.text.tokens();
        let mere = match tokens[at].kind {
            TokenKind::Number => self.mere_digits(at, end),
            TokenKind::Word => self.mere_word(at, end),
            _ => None,
        };
        if mere.is_some() {
            return mere;
        }
        let mut parts = Parts::new();
        let mut p = at;
        let mut negative = false;
        if tokens[at].kind != TokenKind::Number {
            let start = if self.is_hyphen(at, end) || matches!(self.text.form(at), "−" | "–") {
                let next = tokens.get(at + 1)?;
                let alone = !self.glued(at) || at == 0 || tokens[at - 1].kind == TokenKind::Mark;
                if alone && next.shape.glued() && matches!(self.text.form(at + 1), "." | ",") {
                    let numeral = self.bare_decimals(at + 1, end)?;
                    return Some(Numeral { start: at, value: -numeral.value, ..numeral });
                }
                // A line that is nothing but a minus and its figure; a dash before more words is a list's.
                if tokens[at].shape.line_start() && next.kind == TokenKind::Number && !next.shape.glued() {
                    let numeral = self.read(at + 1, end)?;
                    return (numeral.end == end && !numeral.value.is_sign_negative()).then_some(Numeral {
                        start: at,
                        value: -numeral.value,
                        ..numeral
                    });
                }
                (alone && next.kind == TokenKind::Number && next.shape.glued()).then_some(at + 1)?
            } else if self.text.form(at) == "." || self.text.form(at) == "," {
                let next = tokens.get(at + 1)?;
                let alone = !self.glued(at) || at == 0;
                return (alone && next.kind == TokenKind::Number && next.shape.glued())
                    .then(|| self.bare_decimals(at, end))
                    .flatten();
            } else {
                match self.word(at, end)? {
                    (Word::Minus, len) => at + len,
                    (Word::Few | Word::Vague { .. } | Word::Places { .. } | Word::Article | Word::Link, _) => {
                        if let Some(vague) = self.vague(at, end) {
                            return Some(vague);
                        }
                        at
                    }
                    _ => at,
                }
            };
            negative = start != at;
            p = start;
        }
        if p >= end {
            return None;
        }
        let mut build = Build::new(self.words.counting.units_first);
        let mut last = p;
        let mut article = None;
        let mut digits = 0usize;
        let mut parted = false;
        let mut place = Decimal::ONE;
        let mut about = false;
        let mut fraction = false;
        let mut atoms = 0usize;
        loop {
            let mut q = last;
            let mut joined = Joined::No;
            if q > p && self.is_hyphen(q, end) {
                // A hyphen joins words, or a figure and its scale; between figures it is a range or nothing.
                joined = Joined::Hyphen;
                q += 1;
                if q < end
                    && let Some((Word::Joiner, len)) = self.word(q, end)
                    && self.is_hyphen(q + len, end)
                {
                    joined = Joined::And;
                    q += len + 1;
                }
            } else if q > p
                && q < end
                && tokens[q].kind == TokenKind::Word
                && let Some((Word::Joiner, len)) = self.word(q, end)
            {
                joined = Joined::And;
                q += len;
            }
            if q >= end {
                break;
            }
            if tokens[q].kind == TokenKind::Number {
                if let Some(value) = vulgar(self.text.form(q)) {
                    if joined != Joined::No || !build.add(value, Decimal::ZERO) {
                        break;
                    }
                    (last, digits, parted) = (q + 1, digits + 1, true);
                    place = Decimal::new(1, 2);
                    continue;
                }
                let Some(read) = self.style.read(self.text.source(), tokens, q, end) else { break };
                let before_scale = self.style.mixed && self.scale_after(q + read.tokens, end);
                let read = self.regrouped(read, q, end, before_scale);
                if !build.is_empty()
                    && joined != Joined::Hyphen
                    && digits > 0
                    && let Some((value, used)) = self.slash(q, q + read.tokens, end)
                    && build.add_part(value)
                {
                    (last, parted, place) = (used, true, Decimal::new(1, 2));
                    continue;
                }
                let after_hundred = build.room() == Some(Decimal::ONE_HUNDRED);
                let fits = match joined {
                    Joined::No => {
                        !build.is_empty() && !read.parted && read.value < Decimal::ONE_THOUSAND && !self.glued(q)
                    }
                    // "1,3 miliardi e 300 milioni" are two sums: what has decimals is not counted on.
                    Joined::And => {
                        (after_hundred || self.joins(&build) && self.scale_after(q + read.tokens, end))
                            && !read.parted
                            && !parted
                    }
                    Joined::Hyphen => false,
                };
                if !build.is_empty() && !fits {
                    break;
                }
                // "4 thousand 300" only if what follows does not make it another figure's.
                if !build.add(read.value, Decimal::ZERO) {
                    break;
                }
                last = q + read.tokens;
                digits += 1;
                parted |= read.parted;
                place = read.place;
                if let Some((value, used)) = self.slash(q, last, end) {
                    if atoms > 0 || digits > 1 {
                        if !build.replace_last(value) {
                            break;
                        }
                    } else {
                        build.replace_last(value);
                    }
                    (last, parted, place) = (used, true, Decimal::new(1, 2));
                    fraction = true;
                }
                if digits == 1
                    && atoms == 0
                    && let Some((value, used)) = self.power(read.value, last, end)
                {
                    build.replace_last(value);
                    (last, parted) = (used, true);
                    break;
                }
                // "5G" is a network; "7,9 G$", "7 G$" and "$4b" are billions.
                let priced = q > 0 && tokens[q - 1].kind == TokenKind::Symbol && self.glued(q)
                    || tokens.get(last + 1).is_some_and(|sign| sign.kind == TokenKind::Symbol && sign.shape.glued());
                let network = !read.parted && read.value < Decimal::TEN && !priced;
                if let Some((value, used)) = self.glued_scale(last, end).filter(|(value, used)| {
                    !(network
                        && *value == Decimal::from(1_000_000_000)
                        && self.text.form(*used - 1).chars().count() == 1)
                }) && build.times(value)
                {
                    place *= value;
                    last = used;
                    break;
                }
                // "180ml" is a measure, and its figure no number by itself.
                continue;
            }
            let Some(next) = self.parts(q, end, &mut parts) else { break };
            if joined == Joined::No
                && digits == 0
                && let Some((below, used)) = self.ordinal_denominator(&build, q, end)
                && build.divide(below)
            {
                (last, atoms, fraction) = (used, atoms + 1, true);
                break;
            }
            if joined == Joined::No
                && !build.is_empty()
                && let Some(below) = self.compound_denominator(&parts)
            {
                if build.divide(below) {
                    (last, atoms, fraction) = (next, atoms + 1, true);
                }
                break;
            }
            if parts.contains(&Word::Ordinal) {
                break;
            }
            if parts.len() > 1 {
                // "eine Viertelmillion" is a quarter, not one and a quarter.
                let part_of_scale = matches!(parts.as_slice(), [Word::Fraction { .. }, Word::Times { .. }]);
                if part_of_scale && build.total() == Some(Decimal::ONE) {
                    build = Build::new(self.words.counting.units_first);
                }
                let thousands =
                    parts.iter().any(|part| matches!(part, Word::Times { value } if *value >= Decimal::ONE_THOUSAND));
                let apart = !thousands && self.stands_apart(&build, digits, next, end);
                if joined == Joined::And && (apart || !self.joins(&build))
                    || !self.compound(&parts, &mut build, &mut place)
                {
                    break;
                }
                (last, atoms) = (next, atoms + 1);
                continue;
            }
            if joined == Joined::And
                && let Some(used) = self.joined_fraction(&mut build, joined, false, q, end)
            {
                (last, atoms, fraction) = (used, atoms + 1, true);
                place = (build.scale() / Decimal::TEN).max(Decimal::new(1, 1));
                continue;
            }
            let ok = match parts[0] {
                Word::Add { value, .. } if joined == Joined::And && self.counts_tenths(&build, value, next, end) => {
                    (last, atoms, parted) = (next, atoms + 1, true);
                    place = build.scale() / Decimal::TEN;
                    if build.add_fraction(value / Decimal::TEN) {
                        break;
                    }
                    false
                }
                Word::Add { value, room } => {
                    let joins = match joined {
                        Joined::No => true,
                        Joined::Hyphen => digits == 0,
                        Joined::And => self.joins(&build),
                    };
                    let joins = joins
                        && !(digits > 0 && build.scale() == Decimal::ONE)
                        && !((digits > 0 || joined == Joined::And) && self.stands_apart(&build, digits, next, end));
                    let added = joins
                        && (joined == Joined::And && build.add_units_first(value, room)
                            || self.implied_hundred(&mut build, value, joined)
                            || build.add(value, room));
                    if added {
                        place = Decimal::ONE;
                    }
                    added
                }
                Word::Times { value } => {
                    // "Md." without a figure abbreviates something else.
                    let abbreviated =
                        next == q + 1 && self.text.form(q).chars().count() <= 4 && value > Decimal::ONE_THOUSAND;
                    let started = !build.is_empty()
                        || article.is_some()
                        || value <= Decimal::ONE_THOUSAND
                        || last == p && !abbreviated;
                    let implied = build.is_empty() || joined == Joined::And;
                    let joins = joined != Joined::And || value <= Decimal::ONE_THOUSAND && self.joins(&build);
                    // "34 cents" is money where nobody writes "34 hundred".
                    let counts = value != Decimal::ONE_HUNDRED
                        || digits == 0
                        || self.words.counting.digits_hundred
                        || build.scale() > Decimal::ONE;
                    let done = started && joins && counts && build.times(value);
                    if done {
                        place = if implied { value } else { place * value };
                    }
                    done
                }
                Word::Collective { value } => {
                    let one = build.is_empty() || build.total() == Some(Decimal::ONE);
                    let done = joined != Joined::And && build.times(value);
                    about |= one && done && value >= Decimal::TEN && !build.exact_collective(value);
                    if done {
                        place = value;
                        // "une centaine de millions"
                        if let Some((scale, used)) = self.linked_scale(next, end)
                            && build.times(scale)
                        {
                            place *= scale;
                            last = used;
                            atoms += 1;
                            continue;
                        }
                    }
                    done
                }
                Word::Vague { value, sum: false } if !build.is_empty() => {
                    let done = joined != Joined::And && build.times(value);
                    if done {
                        place *= value;
                    }
                    done
                }
                // "A380" is no "a 380".
                Word::Article if next < end && tokens[next].kind == TokenKind::Number => false,
                Word::Article if build.is_empty() => {
                    article = Some(q);
                    last = next;
                    continue;
                }
                Word::Fraction { value } => {
                    let mut used = next;
                    // "34 centesimi" are a currency's; a figure takes no fraction word.
                    let done = (digits == 0 || build.scale() > Decimal::ONE)
                        && self.fraction(&mut build, value, joined, article.is_some(), &mut used, end);
                    if done {
                        fraction = true;
                        place = (build.scale() / Decimal::TEN).max(Decimal::new(1, 1));
                        last = used;
                        atoms += 1;
                        continue;
                    }
                    false
                }
                Word::Point
                    if !build.is_empty()
                        && joined == Joined::No
                        && next < end
                        && tokens[next].kind == TokenKind::Word
                        && let Some(used) = self.joined_fraction(&mut build, Joined::And, true, next, end) =>
                {
                    // "cien con tres cuartos"
                    (last, atoms, fraction) = (used, atoms + 1, true);
                    continue;
                }
                Word::Point if !build.is_empty() && joined == Joined::No => match self.decimals(next, end) {
                    Some((value, used)) if build.add_part(value) => {
                        place = Decimal::new(1, value.scale().min(28));
                        last = used;
                        parted = true;
                        atoms += 1;
                        continue;
                    }
                    _ => false,
                },
                Word::Over if !build.is_empty() && joined == Joined::No => match self.denominator(next, end) {
                    // "12 over 10 years" divides nothing.
                    Some((value, used))
                        if build.total().is_some_and(|total| total < value)
                            && (used >= end
                                || tokens[used].kind == TokenKind::Mark
                                || matches!(self.word(used, end), Some((Word::Percent, _))))
                            && build.divide(value) =>
                    {
                        (last, atoms, fraction) = (used, atoms + 1, true);
                        break;
                    }
                    _ => false,
                },
                _ => false,
            };
            if !ok {
                if joined == Joined::No && matches!(parts[0], Word::Times { .. }) && build.back_off() {
                    // "3 hundred and 2 hundred": the last figure begins the next number.
                    last = build.backed_off_to;
                }
                break;
            }
            (last, atoms) = (next, atoms + 1);
            build.mark(last);
        }
        let value = build.total()?;
        if last == p || build.is_empty() {
            return None;
        }
        let value = if negative { -value } else { value };
        Some(Numeral {
            about,
            digits: digits > 0 && atoms == 0,
            parted,
            fraction,
            ..Numeral::mere(at..last, value, place, build.scale())
        })
    }

    /// A figure in digits, alone or with one scale, that nothing goes on with, as most are: what [`Self::read`] would make of it,
    /// at once.
    fn mere_digits(&self, at: usize, end: usize) -> Option<Numeral> {
        let tokens = self.text.tokens();
        let read = self.style.read(self.text.source(), tokens, at, end)?;
        let last = at + read.tokens;
        let next = tokens.get(last).filter(|_| last < end);
        // "5k" and "1e9"
        if next.is_some_and(|next| {
            self.words.glued.may_begin(next) || next.shape.glued() && matches!(self.text.form(last), "e" | "E")
        }) {
            return None;
        }
        let (scale, scaled) = self.mere_scale(last, end)?;
        let read = self.regrouped(read, at, end, scale.is_some());
        let Some(by) = scale else {
            let numeral = Numeral::mere(at..scaled, read.value, read.place, Decimal::ONE);
            return Some(Numeral { digits: true, parted: read.parted, ..numeral });
        };
        Some(Numeral {
            parted: read.parted,
            ..Numeral::mere(at..scaled, read.value.checked_mul(by)?, read.place.checked_mul(by)?, by)
        })
    }

    /// The same of a single number word.
    fn mere_word(&self, at: usize, end: usize) -> Option<Numeral> {
        let Some((Word::Add { value, room }, len)) = self.word(at, end) else { return None };
        // "un 9 %": a word that takes nothing more stands by itself before digits.
        let full = room.is_zero() && !value.is_zero();
        let before_digits =
            || self.text.tokens().get(at + len).is_some_and(|next| at + len < end && next.kind == TokenKind::Number);
        if full && before_digits() {
            return Some(Numeral::mere(at..at + len, value, Decimal::ONE, Decimal::ONE));
        }
        let (scale, scaled) = self.mere_scale(at + len, end)?;
        let Some(by) = scale else { return Some(Numeral::mere(at..scaled, value, Decimal::ONE, Decimal::ONE)) };
        if value >= Decimal::ONE_THOUSAND {
            return None;
        }
        Some(Numeral::mere(at..scaled, value.checked_mul(by)?, by, by))
    }

    /// The scale behind a figure, where there is one, and the token after both, where nothing goes on with them.
    fn mere_scale(&self, at: usize, end: usize) -> Option<(Option<Decimal>, usize)> {
        match self.goes_on(at, end) {
            GoesOn::No => Some((None, at)),
            GoesOn::Scale(scale, len) => (scale >= Decimal::ONE_THOUSAND
                && matches!(self.goes_on(at + len, end), GoesOn::No))
            .then_some((Some(scale), at + len)),
            GoesOn::Maybe => None,
        }
    }

    /// Whether a figure goes on with the token at `at`.
    fn goes_on(&self, at: usize, end: usize) -> GoesOn {
        let Some(next) = self.text.tokens().get(at).filter(|_| at < end) else { return GoesOn::No };
        match next.kind {
            TokenKind::Number => return GoesOn::Maybe,
            TokenKind::Mark | TokenKind::Symbol
                if matches!(self.text.form(at), "-" | "‐" | "‑" | "\u{ad}" | "/" | "^") =>
            {
                return GoesOn::Maybe;
            }
            _ => {}
        }
        match self.word(at, end) {
            None | Some((Word::Percent | Word::Link | Word::Pronoun | Word::Few | Word::Places { .. }, _)) => {
                GoesOn::No
            }
            Some((Word::Times { value } | Word::Vague { value, sum: false }, len)) => GoesOn::Scale(value, len),
            // "and" joins numbers only.
            Some((Word::Joiner, len)) => match self.text.tokens().get(at + len).filter(|_| at + len < end) {
                Some(token) if token.kind == TokenKind::Number => GoesOn::Maybe,
                Some(_) if self.is_hyphen(at + len, end) || self.word(at + len, end).is_some() => GoesOn::Maybe,
                _ => GoesOn::No,
            },
            Some(_) => GoesOn::Maybe,
        }
    }

    /// Whether "and" may stand after what is built so far.
    pub(super) fn joins(&self, build: &Build) -> bool {
        let Some(room) = build.room() else { return false };
        let counting = &self.words.counting;
        if room.is_zero() {
            return counting.units_first;
        }
        if room < Decimal::ONE_HUNDRED { counting.joins_tens } else { counting.joins_scales }
    }

    /// Whether a number behind a scale counts something else, since it is no thousands: "64 million four months later", "sei miliardi e una
    /// torre".
    fn stands_apart(&self, build: &Build, digits: usize, behind: usize, end: usize) -> bool {
        let least = if digits > 0 { Decimal::ONE_THOUSAND } else { Decimal::from(1_000_000) };
        build.scale() >= least && !self.scale_after(behind, end)
    }

    /// Whether a digit behind "and" counts tenths of the scale before it, where the phrase ends with it: "due milioni e sei".
    fn counts_tenths(&self, build: &Build, value: Decimal, behind: usize, end: usize) -> bool {
        let ends = behind >= end || self.text.tokens()[behind].kind == TokenKind::Mark;
        self.words.counting.joined_tenths && ends && value < Decimal::TEN && build.scale() >= Decimal::from(1_000_000)
    }

    /// "one twenty two"
    fn implied_hundred(&self, build: &mut Build, value: Decimal, joined: Joined) -> bool {
        self.words.counting.implied_hundred
            && joined == Joined::No
            && value >= Decimal::from(20)
            && build.total() == Some(Decimal::ONE)
            && build.times(Decimal::ONE_HUNDRED)
            && build.add(value, Decimal::TEN)
    }

    /// The parts of a compound, which join without words between.
    pub(super) fn compound(&self, parts: &Parts, build: &mut Build, place: &mut Decimal) -> bool {
        let before = build.clone();
        let mut and = false;
        for word in parts {
            let done = match *word {
                Word::Add { value, room } => {
                    *place = Decimal::ONE;
                    and && build.add_units_first(value, room) || build.add(value, room) || {
                        // "twentyone" counts up without a joiner where units come first too.
                        false
                    }
                }
                Word::Times { value } | Word::Vague { value, sum: false } => {
                    *place = value;
                    build.times(value)
                }
                Word::Fraction { value } => {
                    build.add_part(value) || build.is_empty() && build.add(value, Decimal::ZERO)
                }
                Word::Joiner => {
                    and = true;
                    continue;
                }
                _ => false,
            };
            and = false;
            if !done {
                *build = before;
                return false;
            }
        }
        !and
    }

    /// A scale behind a link: "de millions".
    fn linked_scale(&self, at: usize, end: usize) -> Option<(Decimal, usize)> {
        let Some((Word::Link, link)) = self.word(at, end) else { return None };
        match self.word(at + link, end)? {
            (Word::Times { value } | Word::Vague { value, sum: false }, len) => Some((value, at + link + len)),
            _ => None,
        }
    }

    /// The figure at `at` as the document's style groups it, unless what follows tells that its marks are the language's own.
    fn regrouped(&self, read: Digits, at: usize, end: usize, before_scale: bool) -> Digits {
        let own = || self.words.own_style.longest_in(self.text, at + read.tokens, end).is_some();
        self.style.regrouped(read, self.style.mixed && before_scale && !own())
    }

    pub(super) fn scale_after(&self, at: usize, end: usize) -> bool {
        matches!(self.word(at, end), Some((Word::Times { .. } | Word::Vague { .. }, _)))
    }

    /// A scale letter written onto a figure: "5k", "1.2bn", "3 M€".
    pub(super) fn glued_scale(&self, at: usize, end: usize) -> Option<(Decimal, usize)> {
        if at >= end {
            return None;
        }
        let found = self.words.glued.longest_in(self.text, at, end)?;
        // "10 k": the sign of a thousand may stand off its figure where nothing else follows.
        let thousand =
            self.text.form(at) == "k" && (at + 1 >= end || self.text.tokens()[at + 1].kind == TokenKind::Mark);
        if thousand {
            return Some((*found.values.first()?, at + 1));
        }
        let glued = self.glued(at)
            || at + found.len < end && self.glued(at + found.len) && {
                // "300 M€": the letter may stand off the figure when a sign is written onto it.
                self.text.tokens()[at + found.len].kind == TokenKind::Symbol
            };
        (glued).then(|| Some((*found.values.first()?, at + found.len)))?
    }
}
