//! What asking a model took and cost, and what became of its answers.

use crate::output::counted;
use pledgebook_claims::llm::{Checked, Doubt, Tokens};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Sums of a run.
#[derive(Debug, Default)]
pub struct Tally {
    /// Prices of a million tokens, sent and answered.
    prices: [Option<Decimal>; 2],
    answers: usize,
    /// Answers that did not tell their tokens.
    uncounted: usize,
    tokens: Tokens,
    claims: usize,
    dropped: BTreeMap<Doubt, usize>,
    left_out: BTreeMap<&'static str, usize>,
    /// Documents whose reading the ledger had already.
    pub remembered: usize,
}

impl Tally {
    /// An empty tally.
    pub fn new(price_in: Option<Decimal>, price_out: Option<Decimal>) -> Self {
        Self { prices: [price_in, price_out], ..Self::default() }
    }

    /// Adds an answer that came back, whether it is of use or not.
    pub fn answered(&mut self, tokens: Option<Tokens>) {
        self.answers += 1;
        match tokens {
            Some(tokens) => {
                self.tokens.sent = self.tokens.sent.saturating_add(tokens.sent);
                self.tokens.answered = self.tokens.answered.saturating_add(tokens.answered);
            }
            None => self.uncounted += 1,
        }
    }

    /// Adds what was made of a document's answers.
    pub fn checked(&mut self, checked: &Checked) {
        self.claims += checked.claims.len();
        for dropped in &checked.dropped {
            *self.dropped.entry(dropped.doubt).or_default() += 1;
        }
        for (slot, count) in &checked.left_out {
            *self.left_out.entry(slot).or_default() += count;
        }
    }

    /// The tally in lines.
    pub fn report(&self, reader: &str, repeated: usize) -> Vec<String> {
        let Self { answers, uncounted, tokens, claims, .. } = self;
        let mut line = format!("{reader}: {}", counted(*answers, "answer"));
        if repeated > 0 {
            line.push_str(&format!(", {} repeated", counted(repeated, "request")));
        }
        line.push_str(&format!(", {} tokens sent, {} answered", tokens.sent, tokens.answered));
        if let Some(cost) = self.cost() {
            line.push_str(&format!(", cost {cost}"));
        }
        if *uncounted > 0 {
            line.push_str(&format!("; {} told no tokens", counted(*uncounted, "answer")));
        }
        if self.remembered > 0 {
            line.push_str(&format!("; {} known from before, not asked again", counted(self.remembered, "reading")));
        }
        let mut lines = vec![line];
        let dropped: usize = self.dropped.values().sum();
        if dropped > 0 {
            let reasons = listed(&self.dropped);
            lines.push(format!("{claims} of {} proposed claims kept; dropped: {reasons}.", *claims + dropped));
        }
        if !self.left_out.is_empty() {
            lines.push(format!("Kept without what the text does not say: {}.", listed(&self.left_out)));
        }
        lines
    }

    /// What the tokens cost, in whatever the prices are in. A price that is not given is none: only the other is counted.
    fn cost(&self) -> Option<Decimal> {
        let tokens = [self.tokens.sent, self.tokens.answered].map(Decimal::from);
        let costs: Vec<Decimal> =
            self.prices.iter().zip(tokens).filter_map(|(price, count)| (*price)?.checked_mul(count)).collect();
        let sum = costs.iter().try_fold(Decimal::ZERO, |sum, cost| sum.checked_add(*cost))?;
        (!costs.is_empty()).then(|| (sum / Decimal::from(1_000_000)).round_dp(6).normalize())
    }
}

fn listed<K: std::fmt::Display>(counts: &BTreeMap<K, usize>) -> String {
    counts.iter().map(|(what, count)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}
