//! The rules behind one mention, as a tree.

use crate::{Mention, Tables, Value, figures, time};
use pledgebook_text::Text;
use std::ops::Range;

/// What one rule read, and the rules that read its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The rule, or what the words were taken for: `<number> <currency>`, `up_to`, `times 1000000`.
    pub rule: String,
    /// The bytes it read; a qualifier's stand beside the mention's own.
    pub bytes: Range<usize>,
    /// What it was put together from, in the order of the text; empty for a word.
    pub steps: Vec<Step>,
}

impl Step {
    pub(crate) fn new(text: &Text<'_>, rule: impl Into<String>, tokens: Range<usize>, steps: Vec<Step>) -> Self {
        Self { rule: rule.into(), bytes: text.bytes(tokens), steps }
    }
}

/// How a mention of a text came about. The text is read again around it, so that reading itself need not keep account.
///
/// `mention` must be one that [`crate::read`] gave for this text and these tables.
pub fn explain(text: &Text<'_>, tables: &Tables, mention: &Mention) -> Step {
    let steps = match &mention.value {
        Value::Number(_) | Value::Money(_) | Value::Thing(_) => figures::explain(text, &tables.figures, mention),
        Value::Time(_) => time::explain(text, &tables.time, mention.tokens.clone()),
        Value::Name(_) | Value::Quote(_) => Vec::new(),
    };
    Step { rule: mention.rule.to_owned(), bytes: mention.bytes.clone(), steps }
}
