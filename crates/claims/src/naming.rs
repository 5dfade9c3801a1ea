//! Names of slots, with the forms that the document uses for them and the reasons why they are there.

use crate::{
    Reason,
    analysis::{Analysis, bearers},
};
use std::collections::BTreeMap;

/// Collects what a claim says about its names.
#[derive(Debug, Default)]
pub struct Names {
    /// {name: other forms in the document}
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Why slots have their values.
    pub reasons: Vec<Reason>,
}

impl Names {
    /// The names that mentions bear, each once, for a slot.
    pub fn of(&mut self, analysis: &Analysis<'_>, mentions: &[usize], slot: &'static str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for mention in mentions {
            let Some(name) = analysis.name(*mention) else { continue };
            for entity in bearers(name).filter_map(|number| analysis.entity(number)) {
                if names.iter().any(|name| **name == *entity.canonical) {
                    continue;
                }
                let forms: Vec<String> = entity.aliases().map(str::to_owned).collect();
                if !forms.is_empty() {
                    self.aliases.insert(str::to_owned(&entity.canonical), forms);
                }
                names.push(str::to_owned(&entity.canonical));
            }
            let at = &analysis.mentions[*mention];
            self.because(slot, at.rule, analysis.text.slice(at.tokens.clone()));
        }
        names
    }

    /// Notes which rule and which words gave a slot its value.
    pub fn because(&mut self, slot: &'static str, rule: &'static str, words: &str) {
        self.reasons.push(Reason { slot: slot.into(), rule: rule.into(), words: words.to_owned() });
    }
}
