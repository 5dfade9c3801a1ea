//! Whether a word whose capital proves nothing is a name.

use super::{
    clues,
    lexicon::Class,
    runs::{Cutter, HEADS, appositive},
    tallies::Counter,
};
use pledgebook_lexicon::linear::probability;

/// Below which likelihood the first word of a sentence is no part of the name behind it.
const ORDINARY: f32 = 0.4;

impl Cutter<'_, '_> {
    /// How likely a word with a weak capital belongs to a name, by learnt weights.
    pub(super) fn nameness(&self, at: usize) -> Option<f32> {
        if self.tables.naming.is_empty() {
            return None;
        }
        let known = &self.likely[at];
        if known.get().is_nan() {
            let mut weighed = clues::Weighed {
                text: self.text,
                marks: self.marks,
                around: self.around,
                counter: Counter::new(&self.tables.naming, &self.tables.naming_few),
            };
            clues::of_word(self.text, self.marks, self.tables, &(self.start..self.end), at, &mut weighed);
            known.set(probability(weighed.counter.sums()[0]));
        }
        Some(known.get())
    }

    /// Whether a word with a weak capital is more likely no name.
    pub(super) fn is_ordinary(&self, at: usize) -> bool {
        let listed = self.class(at).any(Class::COMMON)
            && !self.class(at).any(Class::FIRST)
            && !self.tables.inflection.endings.is_empty();
        if !listed && (self.marks.is_strong(at) || self.class(at).any(Class::FIRST)) {
            return false;
        }
        if let Some(likely) = self.nameness(at) {
            return likely < ORDINARY;
        }
        self.marks.is_small(at)
            || self.class(at).any(
                Class::COMMON
                    | Class::FUNCTION
                    | Class::COMPANY
                    | Class::VERB
                    | Class::SAY
                    | Class::PREPOSITION
                    | Class::PEOPLE,
            )
    }

    /// Whether a run of words with capitals is a name in a language that gives them to all nouns.
    pub(super) fn is_named(&self, at: usize, end: usize) -> bool {
        if end == at + 1 && self.class(at).any(Class::TAIL) && self.class(at).any(Class::COMMON) {
            return false;
        }
        if self.class(at).any(HEADS) && end > at + 1 || self.class(end - 1).any(Class::LEGAL | Class::TAIL) {
            return true;
        }
        if let Some(likely) = self.nameness(at) {
            return likely >= self.tables.naming.threshold(0);
        }
        let points = super::nouns::points(self.text, self.marks, self.tables, &(self.start..self.end), at, end);
        points >= 2 || self.marks.is_strong(at) && points > -2
    }

    /// Whether something beside its capital speaks for a single word with a weak one.
    pub(super) fn is_supported(&self, at: usize, end: usize) -> bool {
        // "Larne-based"
        let based = self.is_hyphen(end) && self.class(end + 1).any(Class::BASED);
        if self.marks.is_strong(at) || based && !self.class(at).any(Class::COMMON | Class::FUNCTION) {
            return true;
        }
        if let Some(likely) = self.nameness(at) {
            return likely >= self.tables.naming.threshold(0);
        }
        if self.is_ordinary(at) || self.class(at).any(HEADS | Class::TAIL | Class::PORTFOLIO) {
            return false;
        }
        let shape = self.text.tokens()[at].shape;
        if shape.inner_capital() && !self.marks.of(at).loud
            || shape.all_capitals() && !self.marks.of(at).loud && !self.in_capitals(at)
            || self.is_enclitic(end)
        {
            return true;
        }
        let quoted = usize::from(at > self.start && matches!(self.form(at - 1), "«" | "“" | "„" | "\""));
        let before =
            at.checked_sub(1 + quoted).filter(|before| *before >= self.start).map_or(Class::NONE, |b| self.class(b));
        before.any(Class::HONORIFIC | Class::ROLE | Class::COMPANY)
            || self.class(end).any(Class::VERB | Class::SAY)
            || self.form(end) == ","
                && self.appositive(end).any(Class::ROLE | Class::COMPANY | Class::SITE | Class::WHO)
    }

    pub(super) fn in_capitals(&self, at: usize) -> bool {
        let other = if at + 1 < self.end && self.is_word(at + 1) { at + 1 } else { at.wrapping_sub(1) };
        other < self.end && other >= self.start && self.is_word(other) && self.text.tokens()[other].shape.all_capitals()
    }

    /// Classes of the noun that explains a name after a comma: ", a Boston-based company", ", PDG de Nvidia".
    pub(super) fn appositive(&self, comma: usize) -> Class {
        appositive(self.text, self.marks, comma, self.end)
    }
}
