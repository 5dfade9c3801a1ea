//! Gold claims as learning compares them with candidates.

use super::learner::Choice;
use pledgebook_answers::eval::same_name;
use pledgebook_claims::learning::SlotChoice;
use serde_json::Value;

/// A gold claim with its place in the text, in characters.
pub struct Gold<'g> {
    pub claim: &'g Value,
    pub span: [usize; 2],
    pub optional: bool,
}

impl<'g> Gold<'g> {
    /// The claims of a gold document that stand in its text.
    pub fn all(gold: &'g Value, text: &str) -> Vec<Self> {
        gold["claims"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|claim| {
                let evidence = claim["evidence"].as_str()?;
                let start = text.find(evidence)?;
                let from = text[..start].chars().count();
                let optional = claim["alt"].as_array().into_iter().flatten().any(|alt| alt["slot"] == "optional");
                Some(Self { claim, span: [from, from + evidence.chars().count()], optional })
            })
            .collect()
    }

    /// Whether it shares characters with a span.
    pub fn overlaps(&self, span: [usize; 2]) -> bool {
        span[0] < self.span[1] && self.span[0] < span[1]
    }

    /// The value of a slot and its accepted alternatives.
    pub fn readings(&self, slot: &str) -> Vec<&'g Value> {
        let alternatives = self.claim["alt"].as_array().into_iter().flatten();
        std::iter::once(&self.claim[slot])
            .chain(alternatives.filter(|alt| alt["slot"] == slot).map(|alt| &alt["value"]))
            .collect()
    }

    /// The names of a slot in all readings, with the forms that the document uses.
    pub fn names(&self, slot: &str) -> Vec<&'g str> {
        let mut names = Vec::new();
        for reading in self.readings(slot) {
            let listed = reading.as_array().map_or_else(|| std::slice::from_ref(reading), Vec::as_slice);
            for name in listed.iter().filter_map(Value::as_str) {
                names.push(name);
                names.extend(self.claim["aliases"][name].as_array().into_iter().flatten().filter_map(Value::as_str));
            }
        }
        names
    }

    /// Whether a reading leaves a slot empty.
    pub fn may_be_empty(&self, slot: &str) -> bool {
        self.readings(slot).iter().any(|reading| reading.as_array().is_some_and(Vec::is_empty))
    }

    /// The sums of all readings, restated ones included.
    pub fn moneys(&self) -> Vec<&'g Value> {
        let restated = self.claim["restated"].as_array().into_iter().flatten();
        self.readings("money").into_iter().chain(restated).filter(|money| !money.is_null()).collect()
    }
}

/// Whether one of the forms is one of the names.
pub fn is_one_of(names: &[&str], forms: &[String]) -> bool {
    forms.iter().any(|form| names.iter().any(|name| same_name(form, name)))
}

/// Which options are right; `nobody` says whether the one without names is. None where no option is.
pub fn choice(names: &[&str], nobody: bool, options: &[SlotChoice]) -> Option<Choice> {
    let right: Vec<bool> = options
        .iter()
        .map(|option| if option.names.is_empty() { nobody } else { is_one_of(names, &option.names) })
        .collect();
    right
        .contains(&true)
        .then(|| Choice { options: options.iter().map(|option| option.features.clone()).collect(), right })
}
