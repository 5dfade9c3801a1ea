//! Folded forms of words and their numbers: a table that is asked once for every word of a text.

use crate::vocabulary::WordId;

/// A map from forms to word numbers. What tells most forms apart, their first eight bytes, stands in the table itself, in a quarter of a
/// cache line, so that a look-up touches one place of memory and compares no strings of fewer than eight bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Forms {
    /// A power of two of them, or none.
    slots: Vec<Slot>,
    used: usize,
    /// The forms, each with [`END`] behind it.
    text: String,
}

/// What stands behind each form and in none.
const END: char = '\0';

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    head: u64,
    /// Where the form begins in [`Forms::text`].
    at: u32,
    /// [`WordId::UNKNOWN`] where the slot is free.
    id: WordId,
}

/// A form as it is looked up.
#[derive(Clone, Copy)]
struct Key<'f> {
    bytes: &'f [u8],
    head: u64,
    hash: u64,
}

impl<'f> Key<'f> {
    #[inline]
    fn of(bytes: &'f [u8]) -> Self {
        let head = head(bytes);
        let mut hash = (head ^ bytes.len() as u64).wrapping_mul(SPREAD);
        let mut rest = bytes.get(8..).unwrap_or_default();
        while !rest.is_empty() {
            hash = (hash.rotate_left(23) ^ self::head(rest)).wrapping_mul(SPREAD);
            rest = rest.get(8..).unwrap_or_default();
        }
        Self { bytes, head, hash }
    }
}

const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The first eight bytes as a number, zeros where there are fewer.
#[inline]
fn head(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk() {
        return u64::from_le_bytes(*eight);
    }
    // Two loads that overlap cover what is too short for one.
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << ((bytes.len() - 4) * 8);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u16::from_le_bytes(*first)) | u64::from(u16::from_le_bytes(*last)) << ((bytes.len() - 2) * 8);
    }
    bytes.first().map_or(0, |byte| u64::from(*byte))
}

impl Forms {
    /// The number of a form.
    #[inline]
    pub fn get(&self, form: &[u8]) -> Option<WordId> {
        if self.slots.is_empty() {
            return None;
        }
        let slot = &self.slots[self.place(Key::of(form))];
        (slot.id != WordId::UNKNOWN).then_some(slot.id)
    }

    /// Makes room for so many forms and bytes of them.
    pub fn reserve(&mut self, forms: usize, bytes: usize) {
        let size = (2 * (self.used + forms) + 1).next_power_of_two();
        if size > self.slots.len() {
            self.resize(size);
        }
        self.text.reserve(bytes);
    }

    /// The number of a form, which is `next` where the form is new.
    pub fn get_or_insert(&mut self, form: &str, next: WordId) -> WordId {
        if self.used * 2 >= self.slots.len() {
            self.resize((self.slots.len() * 2).max(64));
        }
        let key = Key::of(form.as_bytes());
        let place = self.place(key);
        if self.slots[place].id == WordId::UNKNOWN {
            self.slots[place] = Slot { head: key.head, at: self.text.len() as u32, id: next };
            self.text.push_str(form);
            self.text.push(END);
            self.used += 1;
        }
        self.slots[place].id
    }

    /// All forms with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (&str, WordId)> {
        self.slots.iter().filter(|slot| slot.id != WordId::UNKNOWN).map(|slot| (self.form(slot), slot.id))
    }

    fn form(&self, slot: &Slot) -> &str {
        let from = slot.at as usize;
        let in_head = (u64::BITS - slot.head.leading_zeros()).div_ceil(8) as usize;
        let behind = self.text.as_bytes()[from + in_head..].iter().take_while(|byte| **byte != END as u8);
        &self.text[from..from + in_head + behind.count()]
    }

    /// Where a form stands, or would stand.
    #[inline]
    fn place(&self, key: Key<'_>) -> usize {
        let last = self.slots.len() - 1;
        let mut place = (key.hash >> 32) as usize & last;
        loop {
            let slot = &self.slots[place];
            if slot.id == WordId::UNKNOWN || self.holds(slot, key) {
                return place;
            }
            place = (place + 1) & last;
        }
    }

    #[inline]
    fn holds(&self, slot: &Slot, key: Key<'_>) -> bool {
        // A head that is not full holds the whole form.
        slot.head == key.head
            && key.bytes.get(8..).is_none_or(|rest| {
                let form = &self.text.as_bytes()[slot.at as usize + 8..];
                form.get(rest.len()) == Some(&(END as u8)) && form[..rest.len()] == *rest
            })
    }

    fn resize(&mut self, size: usize) {
        let full = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in full.into_iter().filter(|slot| slot.id != WordId::UNKNOWN) {
            let place = self.place(Key::of(self.form(&slot).as_bytes()));
            self.slots[place] = slot;
        }
    }
}

/// Beginnings or endings that words may have, and which of their lengths are worth a look-up for a word.
#[derive(Debug, Clone)]
pub(crate) struct Patterns {
    pub forms: Forms,
    /// By the four bytes at the open end's other side: the lengths of the patterns that have them, as bits.
    lengths: Box<[u64; 4096]>,
    /// By the byte there: the lengths of the patterns of fewer bytes.
    short: [u8; 256],
}

impl Default for Patterns {
    fn default() -> Self {
        Self { forms: Forms::default(), lengths: Box::new([0; 4096]), short: [0; 256] }
    }
}

/// Which bytes of a form tell its patterns: four of them, or one where it has no four.
#[derive(Clone, Copy)]
pub(crate) struct Side {
    four: fn(&[u8]) -> Option<&[u8; 4]>,
    one: fn(&[u8]) -> Option<&u8>,
}

pub(crate) const FIRST: Side = Side { four: |form| form.first_chunk(), one: |form| form.first() };
pub(crate) const LAST: Side = Side { four: |form| form.last_chunk(), one: |form| form.last() };

impl Patterns {
    /// Notes the lengths of all patterns; `side` is where they are told by.
    pub fn seal(&mut self, side: Side) {
        (*self.lengths, self.short) = ([0; 4096], [0; 256]);
        for (form, _) in self.forms.iter() {
            let form = form.as_bytes();
            match ((side.four)(form), (side.one)(form)) {
                (Some(four), _) => self.lengths[row(*four)] |= 1 << form.len().min(63),
                (None, Some(one)) => self.short[usize::from(*one)] |= 1 << form.len(),
                (None, None) => {}
            }
        }
    }

    /// The lengths of the patterns that a form may fit, the longest first; none is longer than `longest`.
    #[inline]
    pub fn lengths(&self, form: &[u8], side: Side, longest: usize) -> impl Iterator<Item = usize> {
        let short = (side.one)(form).map_or(0, |one| self.short[usize::from(*one)]);
        let mut bits = u64::from(short) | (side.four)(form).map_or(0, |four| self.lengths[row(*four)]);
        bits &= u64::MAX >> (63 - longest.min(63));
        std::iter::from_fn(move || {
            let top = 63usize.checked_sub(bits.leading_zeros() as usize)?;
            bits &= !(1 << top);
            Some(top)
        })
    }
}

#[inline]
fn row(four: [u8; 4]) -> usize {
    (u32::from_le_bytes(four).wrapping_mul(0x9e37_79b1) >> 20) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_found_and_no_other() {
        let mut forms = Forms::default();
        let form = |number: u32| format!("{}{number}", "long".repeat(number as usize % 7));
        let mut ids = Vec::new();
        let mut vocabulary = crate::Vocabulary::new();
        for number in 0..3_000 {
            ids.push(forms.get_or_insert(&form(number), vocabulary.add(&number.to_string())));
        }
        for number in 0..3_000 {
            assert_eq!(forms.get(form(number).as_bytes()), Some(ids[number as usize]));
            assert_eq!(forms.get(format!("{}x", form(number)).as_bytes()), None);
        }
        assert_eq!(forms.iter().count(), 3_000);
        assert_eq!(Forms::default().get(b"word"), None);
    }
}
