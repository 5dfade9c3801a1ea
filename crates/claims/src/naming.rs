//! Names of slots, with the forms that the document uses for them and the reasons why they are there.

use crate::{
    Reason,
    analysis::{Analysis, bearers},
};
use std::{collections::BTreeMap, ops::Range};

/// Collects what a claim says about its names.
#[derive(Debug)]
pub struct Names<'a> {
    analysis: &'a Analysis<'a>,
    /// {name: other forms in the document}
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Why slots have their values, if that is to be told.
    pub reasons: Vec<Reason>,
}

impl<'a> Names<'a> {
    /// Of one claim.
    pub fn new(analysis: &'a Analysis<'a>) -> Self {
        Self { analysis, aliases: BTreeMap::new(), reasons: Vec::new() }
    }

    /// The names that mentions bear, each once, for a slot.
    pub fn of(&mut self, mentions: &[usize], slot: &'static str) -> Vec<String> {
        let analysis = self.analysis;
        let mut names: Vec<String> = Vec::with_capacity(mentions.len());
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
            self.because(slot, at.rule, &at.tokens);
        }
        names
    }

    /// Notes which rule and which words gave a slot its value.
    pub fn because(&mut self, slot: &'static str, rule: &'static str, tokens: &Range<usize>) {
        let Self { analysis, reasons, .. } = self;
        if analysis.explains {
            reasons.push(Reason::new(slot, rule, analysis.text.slice(tokens.clone())));
        }
    }
}
