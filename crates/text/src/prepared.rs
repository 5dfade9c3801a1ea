//! Phrases of the embedded data files, expanded and cut into words when the program is built: a start that adds thousands of them to
//! its tables looks up what it would have to work out. A phrase that is not among them is cut as ever.

use crate::listed::{Listed, Sort};
use rustc_hash::FxHasher;
use std::{
    collections::{BTreeMap, HashMap},
    hash::Hasher,
};

/// The phrases of one language's files and of the knowledge, as its habits of writing cut them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Prepared {
    /// From the place on that the lower bits of a phrase's number tell: that number, and one past the place of its first step; 0 where nothing is.
    slots: &'static [[u8; SLOT_BYTES]],
    steps: &'static [[u8; 4]],
    /// Of every word where its text ends, whether it is written small, and its sort.
    words: &'static [[u8; 4]],
    text: &'static str,
}

/// A phrase's number and its place.
const SLOT_BYTES: usize = 12;

/// The number that stands for a phrase.
fn number_of(phrase: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(phrase.as_bytes());
    hasher.finish()
}

/// A word of a form of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    /// Its number among the words.
    pub word: usize,
    /// Whether the form ends with it.
    pub ends_form: bool,
}

const ENDS_FORM: u32 = 1;
const ENDS_PHRASE: u32 = 2;
const STEP_BITS: u32 = 2;

const SMALL: u32 = 4;
const SORT: u32 = 3;
const WORD_BITS: u32 = 3;

#[allow(dead_code, reason = "the build script packs, the program unpacks")]
impl Prepared {
    /// What [`Packed`] has packed; nothing where the bytes are not of its making.
    pub(crate) fn unpack(bytes: &'static [u8], text: &'static str) -> Self {
        Self::sections(bytes, text).unwrap_or_default()
    }

    fn sections(bytes: &'static [u8], text: &'static str) -> Option<Self> {
        let (counts, rest) = bytes.split_first_chunk::<12>()?;
        let [slots, steps, _] = counts.as_chunks::<4>().0 else { return None };
        let (slots, rest) = rest.split_at_checked(u32::from_le_bytes(*slots) as usize * SLOT_BYTES)?;
        let (steps, words) = rest.split_at_checked(u32::from_le_bytes(*steps) as usize * 4)?;
        Some(Self { slots: slots.as_chunks().0, steps: steps.as_chunks().0, words: words.as_chunks().0, text })
    }

    /// How many words there are.
    pub(crate) fn words(&self) -> usize {
        self.words.len()
    }

    /// How many bytes they have.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Whether this is the same table as another.
    pub(crate) fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.words, other.words)
    }

    /// The words of all forms of a phrase, one after another; `None` where it was not prepared.
    pub(crate) fn steps(&self, phrase: &str) -> Option<impl Iterator<Item = Step> + use<>> {
        let last = self.slots.len().checked_sub(1)?;
        let number = number_of(phrase);
        let mut at = number as usize & last;
        let first = loop {
            let (known, first) = self.slots[at].split_first_chunk()?;
            let first = u32::from_le_bytes(*first.first_chunk()?).checked_sub(1)?;
            if u64::from_le_bytes(*known) == number {
                break first as usize;
            }
            at = (at + 1) & last;
        };
        let mut ended = false;
        Some(self.steps[first..].iter().map_while(move |step| {
            let step = u32::from_le_bytes(*step);
            let was_ended = std::mem::replace(&mut ended, step & ENDS_PHRASE != 0);
            (!was_ended).then_some(Step { word: (step >> STEP_BITS) as usize, ends_form: step & ENDS_FORM != 0 })
        }))
    }

    /// A word by its number.
    pub(crate) fn word(&self, number: usize) -> Listed<'static> {
        let packed = |number: usize| u32::from_le_bytes(self.words[number]);
        let from = number.checked_sub(1).map_or(0, |before| packed(before) >> WORD_BITS);
        let word = packed(number);
        Listed {
            sort: Sort::ALL[(word & SORT) as usize],
            folded: self.text[from as usize..(word >> WORD_BITS) as usize].into(),
            small: word & SMALL != 0,
        }
    }
}

/// Phrases while they are packed.
#[allow(dead_code, reason = "the build script packs, the program unpacks")]
#[derive(Debug, Default)]
pub(crate) struct Packed {
    /// Phrases and their first steps, by their numbers.
    phrases: BTreeMap<u64, (String, u32)>,
    steps: Vec<u32>,
    words: Vec<u32>,
    numbers: HashMap<Listed<'static>, u32>,
    /// The words, one after another.
    pub text: String,
}

#[allow(dead_code, reason = "the build script packs, the program unpacks")]
impl Packed {
    /// Adds a phrase with the words of each of its forms; one without words is left out.
    ///
    /// # Panics
    /// Where two phrases have the same number, which 64 bits make all but impossible: the program would take one for the other.
    pub fn add(&mut self, phrase: &str, forms: &[Vec<String>]) {
        let number = number_of(phrase);
        if let Some((known, _)) = self.phrases.get(&number) {
            assert_eq!(known, phrase, "two phrases have the same number");
            return;
        }
        if forms.iter().all(Vec::is_empty) {
            return;
        }
        let first = self.steps.len() as u32;
        for form in forms {
            for (at, word) in form.iter().enumerate() {
                let ends_form = if at + 1 == form.len() { ENDS_FORM } else { 0 };
                let word = self.word(Listed::of(word));
                self.steps.push(word << STEP_BITS | ends_form);
            }
        }
        self.steps.last_mut().into_iter().for_each(|last| *last |= ENDS_PHRASE);
        self.phrases.insert(number, (phrase.to_owned(), first));
    }

    fn word(&mut self, listed: Listed<'_>) -> u32 {
        let listed = Listed { sort: listed.sort, folded: listed.folded.into_owned().into(), small: listed.small };
        if let Some(known) = self.numbers.get(&listed) {
            return *known;
        }
        let number = self.words.len() as u32;
        self.text.push_str(&listed.folded);
        self.words
            .push((self.text.len() as u32) << WORD_BITS | if listed.small { SMALL } else { 0 } | listed.sort as u32);
        self.numbers.insert(listed, number);
        number
    }

    /// The bytes that [`Prepared::unpack`] reads.
    pub fn pack(&self) -> Vec<u8> {
        let mut slots = vec![(0u64, 0u32); (self.phrases.len() * 3 / 2 + 1).next_power_of_two()];
        for (number, (_, first)) in &self.phrases {
            let mut at = *number as usize & (slots.len() - 1);
            while slots[at].1 != 0 {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = (*number, first + 1);
        }
        let counts = [slots.len(), self.steps.len(), self.words.len()].map(|count| count as u32);
        let slots = slots.iter().flat_map(|(number, first)| [(*number as u32), (number >> 32) as u32, *first]);
        let rows = counts.into_iter().chain(slots).chain(self.steps.iter().copied()).chain(self.words.iter().copied());
        rows.flat_map(u32::to_le_bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Habits, cutter::each_phrase_form};
    use pledgebook_lexicon::{Data, each_form};
    use std::collections::BTreeMap;

    type Forms = Vec<Vec<Listed<'static>>>;

    fn prepared(table: &Prepared, phrase: &str) -> Option<Forms> {
        let mut forms = vec![Vec::new()];
        for step in table.steps(phrase)? {
            forms.last_mut()?.push(table.word(step.word));
            forms.extend(step.ends_form.then(Vec::new));
        }
        forms.pop();
        Some(forms)
    }

    fn cut(phrase: &str, habits: &Habits) -> Forms {
        let mut forms = Vec::new();
        each_form(phrase, &mut |form| {
            let mut words = Vec::new();
            each_phrase_form(form, habits, |word| {
                let Listed { sort, folded, small } = Listed::of(word);
                words.push(Listed { sort, folded: folded.into_owned().into(), small });
            });
            forms.push(words);
        });
        forms
    }

    #[test]
    fn a_packed_phrase_is_found_and_no_other() {
        let mut packed = Packed::default();
        packed.add("Ab{,c} *d", &[vec!["Ab".to_owned(), "*d".to_owned()], vec!["Abc".to_owned(), "*d".to_owned()]]);
        packed.add("", &[Vec::new()]);
        let text = packed.text.clone().leak();
        let table = Prepared::unpack(packed.pack().leak(), text);
        assert_eq!(prepared(&table, "Ab{,c} *d"), Some(cut("Ab{,c} *d", &Habits::default())));
        assert_eq!((prepared(&table, "Ab"), prepared(&table, "")), (None, None));
        assert_eq!(prepared(&Prepared::default(), "Ab"), None);
    }

    #[test]
    fn what_was_prepared_is_what_cutting_gives() {
        let data = Data::embedded();
        for code in data.languages() {
            let habits = Habits::load(&data, code).expect("language.toml is right");
            let lists: BTreeMap<String, BTreeMap<String, Vec<String>>> =
                data.language_table(code, "pledge.toml").expect("pledge.toml is right");
            for phrase in lists.values().flat_map(BTreeMap::values).flatten().filter(|phrase| !phrase.contains(';')) {
                assert_eq!(prepared(&habits.prepared, phrase), Some(cut(phrase, &habits)), "{code}: {phrase}");
            }
        }
    }
}
