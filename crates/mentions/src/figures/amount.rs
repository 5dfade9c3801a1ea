//! Amounts: numerals with the currency written before or behind them.

use super::{
    Finder,
    currency::{Letters, Sign, Unit},
    numeral::Numeral,
    thing::designation,
    words::Word,
};
use pledgebook_text::{Phrases, TokenKind};
use rust_decimal::Decimal;

/// One figure, or the two of a range, with its currency where it has one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) place: Decimal,
    pub(super) scale: Decimal,
    pub(super) unit: Option<Unit>,
    /// The currency stands before the figure.
    pub(super) before: bool,
    /// "75 million" or a range's last figure is followed by a percent sign; the token after it.
    pub(super) percent: Option<usize>,
    pub(super) vague: bool,
    pub(super) about: bool,
    pub(super) sum: bool,
    pub(super) range: bool,
    pub(super) fraction: bool,
    pub(super) first: Numeral,
    /// The second figure of a range.
    pub(super) last: Option<Numeral>,
}

impl Amount {
    pub(super) fn of(numeral: Numeral) -> Self {
        Self {
            start: numeral.start,
            end: numeral.end,
            low: numeral.value,
            high: numeral.value,
            place: numeral.place,
            scale: numeral.scale,
            unit: None,
            before: false,
            percent: None,
            vague: numeral.vague,
            about: numeral.about,
            sum: numeral.sum,
            range: false,
            fraction: numeral.fraction && numeral.value < Decimal::ONE,
            first: numeral,
            last: None,
        }
    }

    /// The rule that read it, by its shape.
    pub(super) fn rule(&self) -> &'static str {
        match (self.before, self.range, self.vague) {
            (_, _, true) => "<order of magnitude> <currency>",
            (true, true, _) => "<currency> <number> to <number>",
            (true, false, _) => "<currency> <number>",
            (false, true, _) => "<number> to <number> <currency>",
            (false, false, _) => "<number> <currency>",
        }
    }

    fn multiply(&mut self, by: Decimal) -> bool {
        let (Some(low), Some(high), Some(place)) =
            (self.low.checked_mul(by), self.high.checked_mul(by), self.place.checked_mul(by))
        else {
            return false;
        };
        (self.low, self.high, self.place) = (low, high, place);
        self.scale = self.scale.checked_mul(by).unwrap_or(by);
        true
    }
}

/// How many tokens a sign before a figure can have.
pub(super) const SIGN_TOKENS_MAX: usize = 5;

impl Finder<'_, '_> {
    /// The numeral with its currency; tokens before `taken` belong to other amounts.
    pub(super) fn amount(&mut self, numeral: Numeral, taken: usize, end: usize) -> Amount {
        let mut amount = Amount::of(numeral);
        let text = self.reader.text;
        if let Some((at, _)) = self.percent(numeral.end, end) {
            amount.percent = Some(at);
            amount.end = numeral.end;
            return amount;
        }
        let before = self.sign_before(&numeral, taken, end);
        if let Some((start, unit, scale)) = before {
            amount.start = start;
            amount.before = true;
            amount.unit = Some(unit);
            if scale > 1 {
                amount.multiply(Decimal::from(scale));
            }
        }
        let Some((after, unit, scale)) = self.sign_after(&numeral, end) else {
            self.minor_part(&mut amount, end);
            return amount;
        };
        match amount.unit {
            // "$5 Canadian" and "$10 hk" name the dollar; anything else behind belongs to the next figure.
            Some(own) if !self.tables.currencies.may_mean(own, unit) => return amount,
            Some(_) if text.tokens().get(after).is_some_and(|next| next.kind == TokenKind::Number) => return amount,
            _ => {}
        }
        amount.unit = Some(unit);
        amount.end = after;
        if scale > 1 {
            amount.multiply(Decimal::from(scale));
        }
        if let Unit::Minor(_) = unit {
            amount.multiply(Decimal::new(1, 2));
            amount.scale = Decimal::ONE;
            return amount;
        }
        // "75 USD million"
        if amount.scale == Decimal::ONE
            && let Some(found) = self.tables.words.phrases.longest_in(text, amount.end, end)
            && let Some(Word::Times { value } | Word::Vague { value, sum: false }) = found.values.first()
            && *value >= Decimal::ONE_THOUSAND
            && amount.multiply(*value)
        {
            amount.end += found.len;
        }
        self.minor_part(&mut amount, end);
        amount
    }

    fn percent(&self, at: usize, end: usize) -> Option<(usize, ())> {
        let text = self.reader.text;
        let at = at + usize::from(at < end && text.form(at) == "-");
        let found = (at < end).then(|| self.tables.words.phrases.longest_in(text, at, end)).flatten()?;
        found.values.contains(&Word::Percent).then_some((at + found.len, ()))
    }

    fn sign_before(&self, numeral: &Numeral, taken: usize, end: usize) -> Option<(usize, Unit, u32)> {
        let text = self.reader.text;
        let to = numeral.start;
        let mut found = None;
        for start in (taken.max(to.saturating_sub(SIGN_TOKENS_MAX))..to).rev() {
            let Some(sign) = whole(&self.tables.currencies.signs, text, start, to) else { continue };
            let Some(sign) = sign.iter().find(|sign| self.sign_fits(sign, start, to)) else { continue };
            found = Some((start, sign.unit, sign.scale, sign.letters == Letters::AllCapitals));
        }
        let (start, unit, scale, code) = found?;
        let name = text.tokens()[start..to].iter().all(|token| token.kind == TokenKind::Word);
        let short = code || to - start == 1 && text.form(start).chars().count() <= 3;
        if name && !short && !self.closes(numeral.end, end) {
            // "in euros 5" is a listing; in a sentence a name before a figure belongs to something else.
            return None;
        }
        if matches!(unit, Unit::Minor(_)) || self.tables.not_codes.longest_in(text, start, to).is_some() {
            return None;
        }
        // "R500m" is money; "N7" is a road.
        if name && text.form(start).len() == 1 && numeral.scale == Decimal::ONE && numeral.value < Decimal::ONE_THOUSAND
        {
            return None;
        }
        (!name || !numeral.yearlike() || short).then_some((start, unit, scale))
    }

    fn closes(&self, at: usize, end: usize) -> bool {
        at >= end || matches!(self.reader.text.tokens()[at].kind, TokenKind::Mark)
    }

    /// Whether a sign is written as it must be: codes in capitals, "A$" in one piece.
    fn sign_fits(&self, sign: &Sign, start: usize, end: usize) -> bool {
        let text = self.reader.text;
        // A sign of one letter is written onto its figure: "N1.14tn".
        let last = if end - start == 1 { end + 1 } else { end };
        let tokens = &text.tokens()[start + 1..last.min(text.tokens().len())];
        if sign.glued && !tokens.iter().all(|token| token.shape.glued()) {
            return false;
        }
        sign.letters.fit(&text.tokens()[start..end]) || self.small_letters() && end - start > 1
    }

    /// Whether a text is written without capitals, so that they can tell nothing.
    fn small_letters(&self) -> bool {
        self.reader.text.tokens().iter().take(200).all(|token| !token.shape.capital())
    }

    fn sign_after(&self, numeral: &Numeral, end: usize) -> Option<(usize, Unit, u32)> {
        let text = self.reader.text;
        let mut at = numeral.end;
        if at < end && matches!(text.form(at), "-" | "‐" | "‑") {
            at += 1;
        }
        let direct = at;
        for _ in 0..3 {
            if at >= end {
                return None;
            }
            if let Some((after, sign)) = self.longest_fitting_sign(at, end) {
                // "3 USD50 cards", "3 €50 cards", "3 K-9 howitzers": the sign is the next figure's.
                let tokens = text.tokens();
                let of_next =
                    tokens.get(after).is_some_and(|next| next.kind == TokenKind::Number && next.shape.glued());
                if !tokens[at].shape.glued() && (of_next || designation(text, at, end).is_some()) {
                    return None;
                }
                return Some((after, self.tables.currencies.behind(sign.unit), sign.scale));
            }
            // "10 milliards de dollars": a link only after a scale or where the unit follows at once.
            let link = self.tables.money_links.longest_in(text, at, end)?;
            if numeral.scale == Decimal::ONE && at == direct && !numeral.vague && !numeral.about && numeral.digits {
                return None;
            }
            at += link.len;
        }
        None
    }

    /// The longest sign at a token that is written as it asks for, and where it ends: "128 M$ au projet" has "$" and not "$ AU".
    fn longest_fitting_sign(&self, at: usize, end: usize) -> Option<(usize, &Sign)> {
        let mut to = end;
        loop {
            let found = self.tables.currencies.signs.longest_in(self.reader.text, at, to)?;
            let after = at + found.len;
            if let Some(sign) = found.values.iter().find(|sign| self.sign_fits(sign, at, after)) {
                return Some((after, sign));
            }
            to = after - 1;
        }
    }

    /// Hundredths behind the main unit: "3 dollars 50 cents", "15 euros et 20 centimes", "15 dollars 50".
    fn minor_part(&mut self, amount: &mut Amount, end: usize) {
        if amount.unit.is_none() || amount.before || amount.scale != Decimal::ONE || amount.vague {
            return;
        }
        let text = self.reader.text;
        let mut at = amount.end;
        let mut joined = false;
        if at < end
            && let Some(found) = self.tables.words.phrases.longest_in(text, at, end)
            && matches!(found.values.first(), Some(Word::Joiner | Word::Point))
        {
            at += found.len;
            joined = true;
        }
        if at >= end || !matches!(text.tokens()[at].kind, TokenKind::Number | TokenKind::Word) {
            return;
        }
        let Some(mut part) = self.reader.read(at, end) else { return };
        // "quarante-cinq cents": a word that is both a hundred and a hundredth is the latter here.
        let hundredth = whole(&self.tables.currencies.signs, text, part.end - 1, part.end)
            .is_some_and(|signs| signs.iter().any(|sign| matches!(sign.unit, Unit::Minor(_))));
        if hundredth && !part.digits && part.end - at > 1 {
            let value = match part.fraction {
                true => part.value * Decimal::ONE_HUNDRED,
                false if part.scale == Decimal::ONE_HUNDRED => part.value / Decimal::ONE_HUNDRED,
                false => part.value,
            };
            part = Numeral { value, scale: Decimal::ONE, end: part.end - 1, ..part };
        }
        if part.value >= Decimal::ONE_HUNDRED || part.value < Decimal::ONE || part.scale != Decimal::ONE || part.parted
        {
            return;
        }
        let mut after = part.end;
        let minor = self.tables.currencies.signs.longest_in(text, after, end);
        let named = minor
            .and_then(|found| found.values.iter().any(|sign| matches!(sign.unit, Unit::Minor(_))).then_some(found.len));
        let marked = self.tables.minor_marks.longest_in(text, after, end).map(|found| found.len);
        match named.or(marked) {
            Some(len) => after += len,
            None if !joined && minor.is_none() && part.value >= Decimal::TEN && self.closes_or_compares(after, end) => {
            }
            None if joined && part.value >= Decimal::TEN && self.closes(after, end) => {}
            None => return,
        }
        let value = part.value * Decimal::new(1, 2);
        amount.low += value;
        amount.high += value;
        amount.place = Decimal::new(1, 2);
        amount.end = after;
    }

    fn closes_or_compares(&self, at: usize, end: usize) -> bool {
        self.closes(at, end) && (at >= end || self.reader.text.form(at) != "-")
    }
}

/// The values of a phrase that covers exactly the tokens `start..end`.
#[inline]
pub(super) fn whole<'p, T>(
    phrases: &'p Phrases<T>,
    text: &pledgebook_text::Text<'_>,
    start: usize,
    end: usize,
) -> Option<&'p [T]> {
    if phrases.may_begin(&text.tokens()[start]) { covering(phrases, text, start, end) } else { None }
}

fn covering<'p, T>(
    phrases: &'p Phrases<T>,
    text: &pledgebook_text::Text<'_>,
    start: usize,
    end: usize,
) -> Option<&'p [T]> {
    let mut values = None;
    phrases.each_at(text.vocabulary(), &text.tokens()[..end], start, |found| {
        if start + found.len == end {
            values = Some(found.values);
        }
    });
    values
}
