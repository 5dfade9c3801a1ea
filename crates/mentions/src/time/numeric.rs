//! Dates in digits: "15.02.2025", "3/3/2015", "2025-09-14".

use super::{
    lattice::{Parsed, Window},
    numbers::century_of,
    resolve::{Base, Point},
    words::Word,
};
use pledgebook_text::TokenKind;

/// Whether digits with stops between may be a date, by the lengths of their fields: "15.02.2025", "02.2025", "15.2", and no
/// "38.000".
pub(super) fn may_be_date(form: &[u8]) -> bool {
    let mut lens = [0usize; 3];
    let mut count = 0;
    for field in form.split(|byte| *byte == b'.') {
        if count == 3 || !(1..=4).contains(&field.len()) {
            return false;
        }
        lens[count] = field.len();
        count += 1;
    }
    match lens {
        _ if count < 2 => false,
        [..=2, ..=2, 0 | 2 | 4] | [..=2, 4, 0] | [4, ..=2, 1 | 2] => true,
        _ => false,
    }
}

impl Window<'_> {
    /// "15.02.2025", "3/3/2015", "2025-09-14", "22/04".
    pub(super) fn numeric(&self, at: usize) -> Parsed<Point> {
        let at = self.skip(at, Word::The);
        let (shift, at) = self.shifts(at).map_or((None, at), |(shift, end)| (Some(shift), end));
        let mut fields = [(0u32, 0usize); 3];
        let mut count = 0;
        let mut end = at;
        let mut separator = None;
        let form = self.form(at);
        (self.token(at)?.kind == TokenKind::Number).then_some(())?;
        if form.contains('.') {
            for field in form.split('.') {
                *fields.get_mut(count)? = (field.parse().ok().filter(|_| field.len() <= 4)?, field.len());
                count += 1;
            }
            separator = Some(".");
            end = at + 1;
            if self.stop(end) > end && count == 2 && end + 1 < self.sentence_end {
                end += 1;
            }
        } else {
            loop {
                fields[count] = (self.digits(end, 8)?, self.form(end).len());
                count += 1;
                end += 1;
                if count == 3 {
                    break;
                }
                // "le 17 02 2014", where nothing else stands.
                if self.digits(end, 4).is_some() && matches!(separator, None | Some(" ")) && self.spaced_alone(at, end)
                {
                    separator = Some(" ");
                    continue;
                }
                if !self.token(end).is_some_and(|token| token.kind == TokenKind::Mark) {
                    break;
                }
                let mark = self.form(end);
                if !matches!(mark, "/" | "-") || separator.is_some_and(|first| first != mark) {
                    break;
                }
                let glued = self.glued(end) && self.glued(end + 1);
                if !glued && !self.alone(at, end + 2) || self.digits(end + 1, 4).is_none() {
                    break;
                }
                separator = Some(mark);
                end += 1;
            }
        }
        // A further digit or separator makes it a phone number, an address, a score sheet.
        if self.glued(end)
            && matches!(self.form(end), "-" | "/" | ":" | "%" | "°")
            && !(separator == Some("/") && self.form(end) == "-")
            && self.form(end + 1).starts_with(|c: char| c.is_ascii_digit())
            && count < 3
        {
            return None;
        }
        if at > self.start
            && self.glued(at)
            && matches!(self.text.form(at - 1), "-" | "/" | "+" | "#")
            && !(separator == Some("/") && self.text.form(at - 1) == "-")
            && self.text.form(at.saturating_sub(2)).starts_with(|c: char| c.is_ascii_digit())
            && count < 3
        {
            return None;
        }
        let day_and_month = |first: u32, second: u32| -> Option<Point> {
            let (day, month) = if self.words.day_first { (first, second) } else { (second, first) };
            let swapped = || Point::date(day as u8, month as u8).filter(|_| separator != Some(" "));
            Point::date(month as u8, day as u8).or_else(swapped)
        };
        let [(a, a_len), (b, b_len), (c, c_len)] = fields;
        let point = match count {
            1 if a_len == 8 => {
                let point =
                    Point { year: Some((a / 10000) as i16), ..Point::date((a / 100 % 100) as u8, (a % 100) as u8)? };
                (1900..2100).contains(&(a / 10000)).then_some(point)?
            }
            3 if a_len == 4 && b_len <= 2 && c_len <= 2 => {
                Point { year: Some(a as i16), ..Point::date(b as u8, c as u8)? }
            }
            3 if a_len <= 2 && b_len <= 2 && c_len == 4 => Point { year: Some(c as i16), ..day_and_month(a, b)? },
            3 if a_len <= 2 && b_len <= 2 && c_len == 2 => {
                Point { year: Some(century_of(c as i16)), sure: separator != Some("-"), ..day_and_month(a, b)? }
            }
            2 if a_len == 4 && b_len <= 2 && separator == Some("-") && (1..=12).contains(&b) => {
                Point { year: Some(a as i16), ..Point::new(Base::Month(b as u8), "<year>-<month>") }
            }
            2 if a_len <= 2 && b_len == 4 && (1..=12).contains(&a) => Point {
                year: Some(b as i16),
                sure: separator == Some("/"),
                ..Point::new(Base::Month(a as u8), "<month>/<year>")
            },
            2 if a_len <= 2 && b_len <= 2 => {
                // "2.6" is a number before anything it could count.
                if separator == Some(".") && !self.closes(end) && (!self.words.day_first || b_len < 2) {
                    return None;
                }
                Point { sure: false, ..day_and_month(a, b)? }
            }
            _ => return None,
        };
        if point.year.is_some_and(|year| !(1900..=2100).contains(&year)) {
            return None;
        }
        let sure = point.sure || shift.is_some();
        Some((Point { shift, sure, rule: "<numeric date>", ..point }, self.year_end(end)))
    }

    /// Whether from `at` on there are only numbers, of which the one at `last` is one of three, and nothing before.
    pub(super) fn spaced_alone(&self, at: usize, last: usize) -> bool {
        let numbers = (last..self.sentence_end.min(at + 4)).take_while(|at| self.digits(*at, 4).is_some()).count();
        self.words.day_first && self.alone(at, last + numbers) && self.closes(last + numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::may_be_date;

    #[test]
    fn lengths_of_fields_tell_a_date_from_a_figure() {
        for date in ["15.02.2025", "1.2.25", "2025.09.14", "02.2025", "15.2", "15.02"] {
            assert!(may_be_date(date.as_bytes()), "{date}");
        }
        for figure in ["38.000", "1.234.567", "2025", "1.2.3.4", "1.2.345", "12,5"] {
            assert!(!may_be_date(figure.as_bytes()), "{figure}");
        }
    }
}
