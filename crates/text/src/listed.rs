//! Words as data files list them. The build script tells them with the same code.

use crate::fold::{fold, is_folded};
use std::borrow::Cow;

/// Which words a data file means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Sort {
    /// The word itself.
    Word,
    /// `beginning*`: all that begin so.
    Beginning,
    /// `*ending`: all that end so.
    Ending,
}

impl Sort {
    /// Every sort, by its number.
    pub const ALL: [Self; 3] = [Self::Word, Self::Beginning, Self::Ending];
}

/// A word of a data file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Listed<'w> {
    pub sort: Sort,
    /// Folded, and without its star.
    pub folded: Cow<'w, str>,
    /// Whether the file writes it small; no pattern is.
    pub small: bool,
}

impl<'w> Listed<'w> {
    /// What a file means by `form`, `beginning*` or `*ending`.
    pub fn of(form: &'w str) -> Self {
        let (sort, word) = match form.as_bytes() {
            [_, .., b'*'] => (Sort::Beginning, &form[..form.len() - 1]),
            [b'*', _, ..] => (Sort::Ending, &form[1..]),
            _ => (Sort::Word, form),
        };
        let folded = is_folded(word);
        let small = (folded || !form.chars().any(char::is_uppercase)) && !form.contains('*');
        Self { sort, folded: if folded { Cow::Borrowed(word) } else { Cow::Owned(fold(word)) }, small }
    }
}
