//! Figures written in digits, in any local grouping.

use pledgebook_text::{Token, TokenKind};
use rust_decimal::Decimal;

/// Which marks part decimals and groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) decimal: char,
    pub(super) group: char,
    /// The language is written in both styles, and the document does not tell which.
    pub(super) mixed: bool,
}

/// A figure in digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Digits {
    pub(super) value: Decimal,
    /// The place of its last digit: 0.01 for "4.25".
    pub(super) place: Decimal,
    /// Tokens it covers.
    pub(super) tokens: usize,
    /// Whether it is written with a mark for groups or decimals.
    pub(super) parted: bool,
}

/// The shortest figure with a mark in it, "1.5", in bytes.
const PARTED_BYTES_MIN: u32 = 3;

/// What a figure does not exceed that is a time or a day.
const HOURS_OF_A_DAY: u8 = 24;
const MINUTES_OF_AN_HOUR: u8 = 60;
const DAYS_OF_A_MONTH: u8 = 31;
const MONTHS_OF_A_YEAR: u8 = 12;

/// How many digits fit a `u32` whatever they are.
const PLAIN_DIGITS_MAX: usize = 9;

impl Style {
    /// The style that a document writes in: the language's, unless every figure that tells the two apart is written the other
    /// way ("3,500 millones" in a Mexican paper).
    pub(super) fn of(source: &str, tokens: &[Token], language: Style) -> Style {
        let (mut own, mut other) = (0, 0);
        for token in tokens {
            if token.kind != TokenKind::Number || token.end - token.start < PARTED_BYTES_MIN {
                continue;
            }
            let form = token.of(source);
            match decimal_mark_of(form) {
                Some(mark) if mark == language.decimal => own += 1,
                Some(mark) if mark == language.group && !may_be_time(form) => other += 1,
                _ => {}
            }
        }
        if own == 0 && other > 0 {
            Style { decimal: language.group, group: language.decimal, mixed: false }
        } else {
            Style { mixed: language.mixed && own == 0, ..language }
        }
    }

    /// Reads a figure at token `at`, not past `end`; groups parted by spaces are several tokens.
    pub(super) fn read(self, source: &str, tokens: &[Token], at: usize, end: usize) -> Option<Digits> {
        let first = tokens.get(at)?.of(source);
        // Most figures are few digits with no space and further digits behind them.
        let spaced = tokens.get(at + 1).is_some_and(|next| at + 1 < end && next.kind == TokenKind::Number);
        if !spaced && first.len() <= PLAIN_DIGITS_MAX && is_digits(first) {
            let value = first.bytes().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'));
            return Some(Digits { value: value.into(), place: Decimal::ONE, tokens: 1, parted: false });
        }
        if let Some(value) = vulgar(first) {
            return Some(Digits { value, place: Decimal::new(1, 2), tokens: 1, parted: true });
        }
        let mut last = at;
        if is_digits(first) && first.len() <= 3 && !first.starts_with('0') {
            while last + 1 < end && tokens[last + 1].kind == TokenKind::Number && one_space(source, tokens, last) {
                let next = tokens[last + 1].of(source);
                if is_digits(next) && next.len() == 3 {
                    last += 1;
                } else {
                    let whole = next.find(['.', ',']).filter(|cut| *cut == 3);
                    let decimals = whole.is_some_and(|cut| is_digits(&next[cut + 1..]));
                    last += usize::from(decimals);
                    break;
                }
            }
        }
        if last == at {
            return self.parse(first);
        }
        let mut mantissa: i128 = 0;
        let mut scale = 0;
        for token in &tokens[at..=last] {
            let form = token.of(source);
            let (whole, decimals) = form.split_once(['.', ',']).unwrap_or((form, ""));
            mantissa = push_digits(mantissa, whole)?;
            mantissa = push_digits(mantissa, decimals)?;
            scale = decimals.len() as u32;
        }
        Some(Digits { tokens: last + 1 - at, ..made(mantissa, scale, true)? })
    }

    /// The figure as the other style groups it, where the language is written in both and nobody would write such decimals:
    /// "1,200", and "1,325" before a scale that does not tell the language's own marks.
    pub(super) fn regrouped(self, read: Digits, before_foreign_scale: bool) -> Digits {
        if !self.mixed {
            return read;
        }
        let thousand = read.value * Decimal::ONE_THOUSAND;
        let decimals = read.place == Decimal::new(1, 3) && read.tokens == 1 && read.value >= Decimal::ONE;
        let round = (thousand % Decimal::TEN).is_zero();
        if decimals && read.value < Decimal::ONE_THOUSAND && (round || before_foreign_scale) {
            return Digits { value: thousand.trunc(), place: Decimal::ONE, ..read };
        }
        read
    }

    /// Reads one token's figure.
    fn parse(self, form: &str) -> Option<Digits> {
        let Some(first) = form.find(is_separator) else {
            return made(push_digits(0, form)?, 0, false);
        };
        let last = form.rfind(is_separator)?;
        let mark = form[last..].chars().next()?;
        let decimals = &form[last + mark.len_utf8()..];
        let decimal = if first == last {
            match mark {
                '.' | ',' => {
                    let whole = &form[..first];
                    let grouped =
                        mark == self.group && decimals.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
                    !grouped
                }
                _ => false,
            }
        } else {
            // The last mark is for decimals when it differs from those before it.
            !form[..last].contains(mark)
        };
        let grouped = if decimal { &form[..last] } else { form };
        let mut parts = grouped.split(is_separator);
        let head = parts.next()?;
        let groups = grouped.matches(is_separator).count();
        let mut mantissa = push_digits(0, head)?;
        for (index, part) in parts.enumerate() {
            // Groups of three; in the Indian way all but the last are of two.
            let last_group = index + 1 == groups;
            if !(part.len() == 3 || part.len() == 2 && !last_group && head.len() <= 2) {
                return None;
            }
            mantissa = push_digits(mantissa, part)?;
        }
        if !decimal {
            return made(mantissa, 0, true);
        }
        made(push_digits(mantissa, decimals)?, decimals.len() as u32, true)
    }
}

/// The mark that surely parts decimals in a figure, where its writing tells.
fn decimal_mark_of(form: &str) -> Option<char> {
    let first = form.find(['.', ','])?;
    let last = form.rfind(['.', ','])?;
    let mark = form[last..].chars().next()?;
    let before = form[first..].chars().next()?;
    let after = form.len() - last - 1;
    if first == last {
        // Three digits after a single mark could be either.
        return (after != 3 && is_digits(&form[..first])).then_some(mark);
    }
    if mark != before {
        return Some(mark);
    }
    // "1.234.567" groups with its mark; a version or a day ("2.0.1", "14.09.2025") tells nothing.
    form.split(mark).skip(1).all(|part| part.len() == 3).then_some(if mark == '.' { ',' } else { '.' })
}

/// Whether a figure may be a time of the day or a day of the year, "22.40", "31.12", whose mark tells nothing of decimals.
fn may_be_time(form: &str) -> bool {
    let Some((first, second)) = form.split_once('.') else { return false };
    let number = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
    let (Some(first), Some(of)) = (number(first), number(second)) else { return false };
    second.len() == 2
        && (first <= HOURS_OF_A_DAY && of < MINUTES_OF_AN_HOUR || first <= DAYS_OF_A_MONTH && of <= MONTHS_OF_A_YEAR)
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '٬')
}

fn is_digits(form: &str) -> bool {
    !form.is_empty() && form.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether exactly one space parts a token from the next.
fn one_space(source: &str, tokens: &[Token], at: usize) -> bool {
    let gap = &source[tokens[at].end as usize..tokens[at + 1].start as usize];
    let mut chars = gap.chars();
    chars.next().is_some_and(|c| c.is_whitespace() && c != '\n' && c != '\r' && c != '\t') && chars.next().is_none()
}

fn push_digits(mantissa: i128, digits: &str) -> Option<i128> {
    digits.bytes().try_fold(mantissa, |sum, byte| {
        byte.is_ascii_digit().then(|| sum.checked_mul(10)?.checked_add(i128::from(byte - b'0'))).flatten()
    })
}

fn made(mantissa: i128, scale: u32, parted: bool) -> Option<Digits> {
    let value = Decimal::try_from_i128_with_scale(mantissa, scale).ok()?;
    Some(Digits { value, place: Decimal::new(1, scale), tokens: 1, parted })
}

/// "½" and its kin.
pub(super) fn vulgar(form: &str) -> Option<Decimal> {
    let (numerator, denominator) = match form {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        _ => return None,
    };
    Some(Decimal::from(numerator) / Decimal::from(denominator))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(style: Style, form: &str) -> Option<String> {
        let mut tokens = Vec::new();
        pledgebook_text::tokenize(
            form,
            0,
            form.len(),
            &pledgebook_text::Habits::default(),
            &pledgebook_text::Vocabulary::new(),
            &mut tokens,
        );
        let read = style.read(form, &tokens, 0, tokens.len())?;
        (read.tokens == tokens.len()).then(|| read.value.normalize().to_string())
    }

    #[test]
    fn a_time_tells_nothing_of_decimals() {
        let comma = Style { decimal: ',', group: '.', mixed: false };
        let decimal_of = |source: &str| {
            let mut tokens = Vec::new();
            let (habits, vocabulary) = (pledgebook_text::Habits::default(), pledgebook_text::Vocabulary::new());
            pledgebook_text::tokenize(source, 0, source.len(), &habits, &vocabulary, &mut tokens);
            Style::of(source, &tokens, comma).decimal
        };
        assert_eq!(decimal_of("um 22.40 Uhr für 540.000 Euro"), ',');
        assert_eq!(decimal_of("am 31.12 für 540.000 Euro"), ',');
        assert_eq!(decimal_of("por 2.6 millones, 1,300 en total"), '.');
        assert_eq!(decimal_of("a 61.08 por 1,300 en total"), '.');
    }

    #[test]
    fn every_grouping_is_read() {
        let comma = Style { decimal: ',', group: '.', mixed: false };
        let point = Style { decimal: '.', group: ',', mixed: false };
        for (style, form, wanted) in [
            (comma, "1.234,56", "1234.56"),
            (comma, "1 234,56", "1234.56"),
            (comma, "1\u{202f}234\u{a0}567", "1234567"),
            (comma, "1'234'567", "1234567"),
            (comma, "4.800", "4800"),
            (comma, "4,800", "4.8"),
            (comma, "0.683", "0.683"),
            (comma, "2.5", "2.5"),
            (point, "12,34,567.89", "1234567.89"),
            (point, "22,240,260,310", "22240260310"),
            (point, "94,000", "94000"),
            (point, "4.800", "4.8"),
        ] {
            assert_eq!(value(style, form).as_deref(), Some(wanted), "{form}");
        }
        assert_eq!(value(point, "192.168.1.2"), None);
        assert_eq!(value(point, "423 0000"), None);
    }

    #[test]
    fn a_document_may_write_in_another_style() {
        let comma = Style { decimal: ',', group: '.', mixed: false };
        let style = |text: &str| {
            let mut tokens = Vec::new();
            let (habits, vocabulary) = Default::default();
            pledgebook_text::tokenize(text, 0, text.len(), &habits, &vocabulary, &mut tokens);
            Style::of(text, &tokens, comma).decimal
        };
        assert_eq!(style("3,500 millones, 4.5 por ciento"), '.');
        assert_eq!(style("3,500 millones"), ',');
        assert_eq!(style("3.500 millones, 4,5 por ciento, versión 2.0"), ',');
    }
}
