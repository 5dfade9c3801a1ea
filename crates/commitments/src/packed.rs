//! Values as bytes: numbers in as few as they need, words behind their length.

use jiff::civil::Date;
use pledgebook_mentions::{Currency, Money, Qualifier};
use rust_decimal::Decimal;

pub(crate) const QUALIFIERS: [Qualifier; 6] =
    [Qualifier::Exact, Qualifier::About, Qualifier::UpTo, Qualifier::AtLeast, Qualifier::Range, Qualifier::Vague];

/// Writes values behind what is there.
pub(crate) struct Writer<'o>(pub(crate) &'o mut Vec<u8>);

impl Writer<'_> {
    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub(crate) fn word(&mut self, word: &str) {
        self.number(word.len() as u64);
        self.0.extend(word.as_bytes());
    }

    /// A word that may be missing, which is not the same as empty.
    pub(crate) fn told(&mut self, word: Option<&str>) {
        self.number(word.map_or(0, |word| word.len() as u64 + 1));
        self.0.extend(word.unwrap_or_default().as_bytes());
    }

    pub(crate) fn one_of<T: PartialEq>(&mut self, all: &[T], value: Option<T>) {
        let at = value.and_then(|value| all.iter().position(|other| *other == value));
        self.0.push(at.map_or(0, |at| at as u8 + 1));
    }

    pub(crate) fn date(&mut self, date: Option<Date>) {
        match date {
            None => self.0.push(0),
            Some(date) => {
                self.0.push(date.month() as u8);
                self.0.push(date.day() as u8);
                self.0.extend(date.year().to_le_bytes());
            }
        }
    }

    pub(crate) fn figure(&mut self, value: Option<Decimal>) {
        match value {
            None => self.0.push(0xff),
            Some(value) => {
                self.0.push(value.scale() as u8 | u8::from(value.is_sign_negative()) << 6);
                let mantissa = value.mantissa().unsigned_abs();
                self.number(mantissa as u64);
                self.number((mantissa >> 64) as u64);
            }
        }
    }

    pub(crate) fn money(&mut self, money: &Money) {
        self.figure(money.min);
        self.figure(money.max);
        self.told(money.currency.as_ref().map(Currency::code));
        self.one_of(&QUALIFIERS, Some(money.qualifier));
        self.figure(money.precision);
    }

    pub(crate) fn thing(&mut self, min: Option<Decimal>, max: Option<Decimal>, qualifier: Qualifier, unit: &str) {
        self.figure(min);
        self.figure(max);
        self.one_of(&QUALIFIERS, Some(qualifier));
        self.word(unit);
    }

    /// Several values, each by what writes one.
    pub(crate) fn list<T>(&mut self, values: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(values.len() as u64);
        values.iter().for_each(|value| write(self, value));
    }
}

/// Reads values one behind the other; `None` where they are cut short or of another form.
pub(crate) struct Reader<'b>(pub(crate) &'b [u8]);

impl<'b> Reader<'b> {
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*array)
    }

    pub(crate) fn skip(&mut self, bytes: usize) -> Option<()> {
        self.0 = self.0.get(bytes..)?;
        Some(())
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(crate) fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// A word as bytes that nobody has looked at.
    pub(crate) fn letters(&mut self) -> Option<&'b [u8]> {
        let length = self.size()?;
        let (letters, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(letters)
    }

    pub(crate) fn text(&mut self, length: usize) -> Option<&'b str> {
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    pub(crate) fn word(&mut self) -> Option<&'b str> {
        let length = self.size()?;
        self.text(length)
    }

    pub(crate) fn told(&mut self) -> Option<Option<&'b str>> {
        match self.size()? {
            0 => Some(None),
            length => self.text(length - 1).map(Some),
        }
    }

    /// A value of a list, or none; the outer `None` is a value that the list does not hold.
    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<Option<T>> {
        match self.byte()? {
            0 => Some(None),
            at => all.get(usize::from(at) - 1).copied().map(Some),
        }
    }

    pub(crate) fn date(&mut self) -> Option<Option<Date>> {
        let month = self.byte()?;
        if month == 0 {
            return Some(None);
        }
        let day = self.byte()?;
        let year = i16::from_le_bytes(self.array()?);
        Date::new(year, month as i8, day as i8).ok().map(Some)
    }

    pub(crate) fn figure(&mut self) -> Option<Option<Decimal>> {
        let head = self.byte()?;
        if head == 0xff {
            return Some(None);
        }
        let (low, high) = (self.number()?, self.number()?);
        let mantissa = i128::from(low) | i128::from(high) << 64;
        let signed = if head & 0x40 != 0 { -mantissa } else { mantissa };
        Decimal::try_from_i128_with_scale(signed, u32::from(head & 0x3f)).ok().map(Some)
    }

    pub(crate) fn money(&mut self) -> Option<Money> {
        let (min, max) = (self.figure()?, self.figure()?);
        let currency = match self.told()? {
            None => None,
            Some(code) => Some(Currency::new(code)?),
        };
        Some(Money { min, max, currency, qualifier: self.one_of(&QUALIFIERS)??, precision: self.figure()? })
    }

    /// Several values, each by what reads one.
    pub(crate) fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.size()?).map(|_| read(self)).collect()
    }
}
