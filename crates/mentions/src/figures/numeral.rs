//! Numerals: figures and number words put together into one value.

use super::{
    digits::{Style, vulgar},
    words::{Word, Words},
};
use pledgebook_text::{Text, TokenKind, fold::fold_into};
use rust_decimal::Decimal;
use smallvec::SmallVec;

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
    /// The figure before its scale: 2.5 of "2.5 billion".
    pub(super) fn figure(&self) -> Decimal {
        self.value.checked_div(self.scale).unwrap_or(self.value)
    }

    /// Four digits that are more likely a year than a count.
    pub(super) fn yearlike(&self) -> bool {
        self.digits && !self.parted && self.value >= Decimal::from(1900) && self.value < Decimal::from(2100)
    }
}

/// Reads numerals in a text.
pub(super) struct Reader<'t, 'd> {
    pub(super) text: &'t Text<'d>,
    pub(super) words: &'t Words,
    pub(super) style: Style,
    pub(super) folded: String,
}

type Parts = SmallVec<[Word; 12]>;

impl Reader<'_, '_> {
    /// The word of counting at a token, and how many tokens it covers.
    fn word(&self, at: usize, end: usize) -> Option<(Word, usize)> {
        let found = self.words.phrases.longest_in(self.text, at, end)?;
        Some((*found.values.first()?, found.len))
    }

    /// The atoms of the word at `at`: one, or the parts of a compound.
    fn parts(&mut self, at: usize, end: usize, parts: &mut Parts) -> Option<usize> {
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

    /// Whether the word at a token is a minus.
    pub(super) fn minus(&self, at: usize, end: usize) -> bool {
        matches!(self.word(at, end), Some((Word::Minus, _)))
    }

    /// How many tokens a pronoun made of a number word covers.
    pub(super) fn pronoun(&self, at: usize, end: usize) -> Option<usize> {
        match self.word(at, end)? {
            (Word::Pronoun, len) => Some(len),
            _ => None,
        }
    }

    fn is_hyphen(&self, at: usize, end: usize) -> bool {
        at < end && matches!(self.text.form(at), "-" | "‐" | "‑" | "\u{ad}")
    }

    fn glued(&self, at: usize) -> bool {
        self.text.tokens()[at].shape.glued()
    }

    /// The numeral that starts at token `at`, not past `end`.
    pub(super) fn read(&mut self, at: usize, end: usize) -> Option<Numeral> {
        let tokens = self.text.tokens();
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
                    Joined::And => {
                        (after_hundred || self.joins(&build) && self.scale_after(q + read.tokens, end)) && !read.parted
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
                // "5G" is a network, "7,9 G$" are billions.
                let network = !read.parted && read.value < Decimal::TEN;
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
            if let [numbers @ .., Word::Ordinal] = parts.as_slice() {
                // "tres doscientosavos": the compound is the denominator.
                let mut below = Build::new(self.words.counting.units_first);
                let numbers: Parts = numbers.into();
                if build.is_empty()
                    || !self.compound(&numbers, &mut below, &mut place)
                    || !below.total().is_some_and(|total| total > Decimal::ONE && build.divide(total))
                {
                    break;
                }
                (last, atoms, fraction) = (next, atoms + 1, true);
                break;
            }
            if parts.len() > 1 {
                if joined == Joined::And && !self.joins(&build) || !self.compound(&parts, &mut build, &mut place) {
                    break;
                }
                (last, atoms) = (next, atoms + 1);
                continue;
            }
            if joined == Joined::And
                && let Some(used) = self.joined_fraction(&mut build, joined, q, end)
            {
                (last, atoms, fraction) = (used, atoms + 1, true);
                place = (build.scale() / Decimal::TEN).max(Decimal::new(1, 1));
                continue;
            }
            let ok = match parts[0] {
                Word::Add { value, room } => {
                    let joins = match joined {
                        Joined::No => true,
                        Joined::Hyphen => digits == 0,
                        Joined::And => self.joins(&build),
                    };
                    let joins = joins && !(digits > 0 && build.scale() == Decimal::ONE);
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
                    let started = !build.is_empty() || article.is_some() || value <= Decimal::ONE_THOUSAND || last == p;
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
                        && let Some(used) = self.joined_fraction(&mut build, Joined::And, next, end) =>
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
                            && (used >= end || tokens[used].kind == TokenKind::Mark)
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
        Some(Numeral {
            start: at,
            end: last,
            value: if negative { -value } else { value },
            place,
            scale: build.scale(),
            vague: false,
            about,
            sum: false,
            article: false,
            digits: digits > 0 && atoms == 0,
            parted,
            fraction,
        })
    }

    /// Whether "and" may stand after what is built so far.
    fn joins(&self, build: &Build) -> bool {
        let Some(room) = build.room() else { return false };
        let counting = &self.words.counting;
        if room.is_zero() {
            return counting.units_first;
        }
        if room < Decimal::ONE_HUNDRED { counting.joins_tens } else { counting.joins_scales }
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
    fn compound(&self, parts: &Parts, build: &mut Build, place: &mut Decimal) -> bool {
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

    /// "and a half", "and three quarters", "et demi": from the token after the joiner.
    fn joined_fraction(&mut self, build: &mut Build, joined: Joined, at: usize, end: usize) -> Option<usize> {
        if joined != Joined::And
            || build.is_empty()
            || build.total()?.fract() != Decimal::ZERO && build.scale() == Decimal::ONE
        {
            return None;
        }
        let mut q = at;
        let mut count = Decimal::ONE;
        let units = self.words.counting.joins_units && build.room() == Some(Decimal::TEN);
        match self.word(q, end) {
            Some((Word::Article, len)) => q += len,
            Some((Word::Add { value, .. }, _)) if units && value < Decimal::TEN && value > Decimal::ZERO => {
                return None;
            }
            Some((Word::Add { value, .. }, len)) => {
                (count, q) = (value, q + len);
                // "fifty-four hundredths"
                if value >= Decimal::from(20)
                    && self.is_hyphen(q, end)
                    && let Some((Word::Add { value: units, .. }, len)) = self.word(q + 1, end)
                {
                    (count, q) = (value + units, q + 1 + len);
                }
            }
            Some((Word::Fraction { .. }, _)) => {}
            None if self.text.tokens()[q].kind == TokenKind::Number => {
                // "-1 e 4/5"
                let read = self.style.read(self.text.source(), self.text.tokens(), q, end)?;
                let (value, used) = self.slash(q, q + read.tokens, end)?;
                return build.add_fraction(value).then_some(used);
            }
            _ => return None,
        }
        if self.is_hyphen(q, end) {
            q += 1;
        }
        let Some((Word::Fraction { value }, len)) = self.word(q, end) else { return None };
        q += len;
        let value = value * count;
        // "one billion and a half million"
        if let Some((Word::Times { value: scale } | Word::Vague { value: scale, sum: false }, len)) = self.word(q, end)
            && build.scale() > scale
        {
            return build.add(value * scale, Decimal::ZERO).then_some(q + len);
        }
        build.add_fraction(value).then_some(q)
    }

    /// A fraction word: after a figure it multiplies ("three quarters"), alone it stands before a scale ("half a billion").
    fn fraction(
        &mut self,
        build: &mut Build,
        value: Decimal,
        joined: Joined,
        article: bool,
        used: &mut usize,
        end: usize,
    ) -> bool {
        let alone = build.is_empty();
        if joined == Joined::And {
            return false;
        }
        let whole =
            if alone { value } else { build.total().unwrap_or(Decimal::ONE).checked_mul(value).unwrap_or(value) };
        let mut q = *used;
        // "of a", "d'un", "-"
        let mut linked = false;
        while q < end {
            if self.is_hyphen(q, end) {
                q += 1;
                continue;
            }
            match self.word(q, end) {
                Some((Word::Link, len)) => (q, linked) = (q + len, true),
                Some((Word::Article, len)) => q += len,
                Some((Word::Add { value, .. }, len)) if linked && value == Decimal::ONE => q += len,
                _ => break,
            }
        }
        if let Some((
            Word::Times { value: scale } | Word::Collective { value: scale } | Word::Vague { value: scale, sum: false },
            len,
        )) = self.word(q, end)
        {
            build.set(whole);
            *used = q + len;
            return build.times(scale);
        }
        if alone && !article {
            return false;
        }
        build.set(whole);
        true
    }

    /// Decimals after a word for the mark: "zero three", "fifty", "77".
    fn decimals(&mut self, at: usize, end: usize) -> Option<(Decimal, usize)> {
        let mut q = at;
        let mut zeros = 0u32;
        while let Some((Word::Add { value, .. }, len)) = self.word(q, end)
            && value.is_zero()
        {
            zeros += 1;
            q += len;
        }
        let mut build = Build::new(self.words.counting.units_first);
        let mut parts = Parts::new();
        let mut place = Decimal::ONE;
        while q < end {
            if build.is_empty() && self.text.tokens()[q].kind == TokenKind::Number {
                let form = self.text.form(q);
                let digits: i64 = form.parse().ok()?;
                return Some((Decimal::try_new(digits, form.len() as u32 + zeros).ok()?, q + 1));
            }
            let Some(next) = self.parts(q, end, &mut parts) else { break };
            let hyphen = self.is_hyphen(next, end);
            let done = match parts.as_slice() {
                [Word::Add { value, room }] => build.add(*value, *room),
                [Word::Times { value }] if *value <= Decimal::ONE_THOUSAND => build.times(*value),
                [_] => false,
                _ => self.compound(&parts, &mut build, &mut place),
            };
            if !done {
                break;
            }
            q = next;
            if hyphen
                || matches!(self.word(q, end), Some((Word::Joiner, _)) if self.words.counting.joins_tens && build.room() == Some(Decimal::TEN))
            {
                q += 1;
            }
        }
        let value = build.total()?;
        let digits = value.trunc().to_string().len() as u32;
        let value = i64::try_from(value).ok()?;
        Some((Decimal::try_new(value, digits + zeros).ok()?, q))
    }

    fn scale_after(&self, at: usize, end: usize) -> bool {
        matches!(self.word(at, end), Some((Word::Times { .. } | Word::Vague { .. }, _)))
    }

    /// "e10" and "^23" written onto a figure.
    fn power(&self, base: Decimal, at: usize, end: usize) -> Option<(Decimal, usize)> {
        let form = |at: usize| (at < end && self.glued(at)).then(|| self.text.form(at));
        let ten = match form(at)? {
            "e" | "E" => true,
            "^" => false,
            _ => return None,
        };
        let mut q = at + 1;
        let mut negative = false;
        while let Some(sign @ ("+" | "-")) = form(q) {
            negative ^= sign == "-";
            q += 1;
        }
        let exponent: u32 = form(q)?.parse().ok().filter(|exponent| *exponent <= 64)?;
        let (base, factor) = if ten { (base, Decimal::TEN) } else { (Decimal::ONE, base) };
        let mut power = Decimal::ONE;
        for _ in 0..exponent {
            power = power.checked_mul(factor)?;
        }
        let value = if negative { base.checked_div(power)? } else { base.checked_mul(power)? };
        Some((value, q + 1))
    }

    fn denominator(&mut self, at: usize, end: usize) -> Option<(Decimal, usize)> {
        let numeral = (at < end).then(|| self.read(at, end)).flatten()?;
        Some((numeral.value, numeral.end))
    }

    /// "3/4" after its numerator's tokens `from..to`; the value replaces the numerator's.
    fn slash(&self, from: usize, to: usize, end: usize) -> Option<(Decimal, usize)> {
        let tokens = self.text.tokens();
        let plain = |at: usize| {
            let form = self.text.form(at);
            (form.len() <= 3 && form.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| form.parse::<u32>().ok())
                .flatten()
        };
        if to + 1 >= end || to != from + 1 || !self.glued(to) || !self.glued(to + 1) || self.text.form(to) != "/" {
            return None;
        }
        // A second stroke makes it a day.
        let another = |at: usize| at < tokens.len() && self.text.form(at) == "/" && self.glued(at);
        if another(to + 2) || from > 0 && another(from - 1) && self.glued(from) {
            return None;
        }
        let (numerator, denominator) = (plain(from)?, plain(to + 1)?);
        (numerator < denominator && denominator <= 100).then_some(())?;
        Some((Decimal::from(numerator) / Decimal::from(denominator), to + 2))
    }

    /// ".77" and ",08": decimals without a whole part.
    fn bare_decimals(&mut self, at: usize, end: usize) -> Option<Numeral> {
        let form = self.text.form(at + 1);
        let digits: i64 = form.parse().ok()?;
        let mut value = Decimal::try_new(digits, u32::try_from(form.len()).ok()?).ok()?;
        let mut place = Decimal::new(1, form.len() as u32);
        let (mut scale, mut last) = (Decimal::ONE, at + 2);
        if let Some((glued, used)) = self.glued_scale(last, end) {
            value = value.checked_mul(glued)?;
            place *= glued;
            (scale, last) = (glued, used);
        }
        Some(Numeral {
            start: at,
            end: last,
            value,
            place,
            scale,
            vague: false,
            about: false,
            sum: false,
            article: false,
            digits: true,
            parted: true,
            fraction: false,
        })
    }

    /// A scale letter written onto a figure: "5k", "1.2bn", "3 M€".
    fn glued_scale(&self, at: usize, end: usize) -> Option<(Decimal, usize)> {
        if at >= end {
            return None;
        }
        let found = self.words.glued.longest_in(self.text, at, end)?;
        let glued = self.glued(at)
            || at + found.len < end && self.glued(at + found.len) && {
                // "300 M€": the letter may stand off the figure when a sign is written onto it.
                self.text.tokens()[at + found.len].kind == TokenKind::Symbol
            };
        (glued).then(|| Some((*found.values.first()?, at + found.len)))?
    }

    /// Orders of magnitude: "hundreds of millions", "several billion", "a three-digit million sum".
    fn vague(&mut self, at: usize, end: usize) -> Option<Numeral> {
        let mut q = at;
        let mut value = Decimal::ONE;
        let mut sum = false;
        let (mut told, mut scaled) = (false, false);
        while q < end {
            let Some((word, len)) = self.word(q, end) else {
                if told && self.is_hyphen(q, end) {
                    q += 1;
                    continue;
                }
                break;
            };
            match word {
                Word::Few if !scaled => told = true,
                Word::Places { digits } if !scaled => {
                    told = true;
                    value = Decimal::from(10i64.checked_pow(digits.checked_sub(1)?)?);
                }
                Word::Vague { value: scale, sum: is_sum } => {
                    value = value.checked_mul(scale)?;
                    (told, scaled, sum) = (true, true, sum || is_sum);
                }
                Word::Times { value: scale } if told => {
                    value = value.checked_mul(scale)?;
                    scaled = true;
                }
                Word::Collective { value: scale } if told => {
                    value = value.checked_mul(scale)?;
                    scaled = true;
                }
                Word::Article if !told => {}
                Word::Link if told => {
                    // Only a link between two orders of magnitude belongs to the figure.
                    match self.word(q + len, end) {
                        Some((Word::Vague { .. } | Word::Times { .. } | Word::Collective { .. }, _)) => {}
                        _ => break,
                    }
                }
                _ => break,
            }
            q += len;
        }
        while q > at && (self.is_hyphen(q - 1, end)) {
            q -= 1;
        }
        (scaled && told).then_some(Numeral {
            start: at,
            end: q,
            value,
            place: value,
            scale: value,
            vague: true,
            about: false,
            sum,
            article: false,
            digits: false,
            parted: false,
            fraction: false,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joined {
    No,
    And,
    Hyphen,
}

/// A number being put together: what was added, and how much more each part takes.
#[derive(Debug, Clone)]
struct Build {
    items: SmallVec<[(Decimal, Decimal); 6]>,
    scale: Decimal,
    units_first: bool,
    marks: SmallVec<[(usize, usize); 4]>,
    backed_off_to: usize,
}

impl Build {
    fn new(units_first: bool) -> Self {
        Self { items: SmallVec::new(), scale: Decimal::ONE, units_first, marks: SmallVec::new(), backed_off_to: 0 }
    }

    fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn room(&self) -> Option<Decimal> {
        self.items.last().map(|(_, room)| *room)
    }

    fn scale(&self) -> Decimal {
        self.scale
    }

    fn total(&self) -> Option<Decimal> {
        if self.items.is_empty() {
            return None;
        }
        self.items.iter().try_fold(Decimal::ZERO, |sum, (value, _)| sum.checked_add(*value))
    }

    fn set(&mut self, value: Decimal) {
        self.items.clear();
        self.items.push((value, Decimal::ZERO));
    }

    fn replace_last(&mut self, value: Decimal) -> bool {
        match self.items.last_mut() {
            Some(last) => {
                last.0 = value;
                true
            }
            None => false,
        }
    }

    fn add(&mut self, value: Decimal, room: Decimal) -> bool {
        if self.items.len() == 1 && self.items[0].0.is_zero() && value < Decimal::TEN {
            // "zero five" is a padded five.
            self.items[0] = (value, room);
            return true;
        }
        let fits = match self.items.last() {
            None => true,
            Some((_, left)) => *left > value && !value.is_zero(),
        };
        if fits {
            self.items.push((value, room));
        }
        fits
    }

    /// "five and" + "twenty"
    fn add_units_first(&mut self, value: Decimal, room: Decimal) -> bool {
        if !self.units_first || room != Decimal::TEN {
            return false;
        }
        let before = self.items.len().checked_sub(2).map(|at| self.items[at].1);
        match self.items.last_mut() {
            Some(last)
                if last.0 < Decimal::TEN
                    && last.0 >= Decimal::ONE
                    && last.1.is_zero()
                    && before.is_none_or(|room| room > value) =>
            {
                *last = (last.0 + value, Decimal::ZERO);
                true
            }
            _ => false,
        }
    }

    /// Adds a part of one to the last figure.
    fn add_part(&mut self, part: Decimal) -> bool {
        match self.items.last_mut() {
            Some(last) if part < Decimal::ONE => {
                *last = (last.0 + part, Decimal::ZERO);
                true
            }
            _ => false,
        }
    }

    /// Adds a part of the last scale, or of one.
    fn add_fraction(&mut self, part: Decimal) -> bool {
        let of = if self.scale >= Decimal::ONE_THOUSAND { self.scale } else { Decimal::ONE };
        match (part < Decimal::ONE, part.checked_mul(of), self.items.last_mut()) {
            (true, Some(part), Some(last)) => {
                *last = (last.0 + part, Decimal::ZERO);
                true
            }
            _ => false,
        }
    }

    fn divide(&mut self, by: Decimal) -> bool {
        match self.total().and_then(|total| total.checked_div(by)) {
            Some(value) => {
                self.set(value);
                true
            }
            None => false,
        }
    }

    fn times(&mut self, by: Decimal) -> bool {
        let mut keep = self.items.iter().rposition(|(value, _)| *value >= by).map_or(0, |at| at + 1);
        // A figure in digits may exceed its scale: "322 hundred".
        if keep == 1 && self.items.len() == 1 && self.items[0].1.is_zero() {
            keep = 0;
        }
        let trailing = self.items[keep..].iter().map(|(value, _)| *value).sum::<Decimal>();
        let counted = if self.items.len() == keep { Decimal::ONE } else { trailing };
        let Some(product) = counted.checked_mul(by) else { return false };
        if keep > 0 && self.items[keep - 1].1 <= product {
            return false;
        }
        self.items.truncate(keep);
        self.items.push((product, by));
        if keep == 0 {
            // "mil millones" is one scale of two words.
            self.scale = if self.scale > Decimal::ONE { self.scale.checked_mul(by).unwrap_or(by) } else { by };
        }
        true
    }

    /// Whether a collective told of one is meant exactly: a dozen is twelve.
    fn exact_collective(&self, value: Decimal) -> bool {
        value % Decimal::TEN != Decimal::ZERO
    }

    /// Remembers how far the number went, so that it can back off.
    fn mark(&mut self, token: usize) {
        self.marks.push((self.items.len(), token));
    }

    /// Gives back the last addition.
    fn back_off(&mut self) -> bool {
        let now = self.items.len();
        let Some(mark) = self.marks.iter().rev().find(|(items, _)| *items < now).copied() else { return false };
        self.items.truncate(mark.0);
        self.backed_off_to = mark.1;
        true
    }
}
