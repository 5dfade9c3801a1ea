//! The corpora of claims, `languages/<code>/corpus/<kind>.md`: each `-` line is a text of its own; the `=` line after a group tells the
//! slots of the one claim that each of them gives, `slot: value`, parted by `;`. Under "Not this" a text gives none.

/// A line of a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'c> {
    /// The text.
    pub text: &'c str,
    /// The slots of its claim as they are written; none where it must give no claim.
    pub slots: Option<Vec<(&'c str, &'c str)>>,
}

/// What a corpus holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus<'c> {
    /// Its lines, in order; those of a group stand where its slots do.
    pub lines: Vec<Line<'c>>,
    /// Texts that no slots follow, which a whole corpus has none of.
    pub open: Vec<&'c str>,
}

impl<'c> Corpus<'c> {
    /// Of the text of a file.
    pub fn of(file: &'c str) -> Self {
        let mut corpus = Self::default();
        let mut nothing = false;
        for line in file.lines().map(str::trim) {
            if let Some(heading) = line.strip_prefix("## ") {
                nothing = heading == "Not this";
            } else if let Some(text) = line.strip_prefix("- ") {
                if nothing {
                    corpus.lines.push(Line { text, slots: None });
                } else {
                    corpus.open.push(text);
                }
            } else if let Some(told) = line.strip_prefix("= ") {
                let slots = told.split(';').filter_map(|slot| slot.split_once(':'));
                let slots: Vec<_> = slots.map(|(slot, value)| (slot.trim(), value.trim())).collect();
                let group = corpus.open.drain(..);
                corpus.lines.extend(group.map(|text| Line { text, slots: Some(slots.clone()) }));
            }
        }
        corpus
    }
}
