//! Logistic and softmax regression over named features, by AdaGrad with a pull to zero.

use std::{collections::BTreeMap, collections::HashMap, fmt::Write as _};

/// Passes over the examples.
const ROUNDS: usize = 15;
const RATE: f64 = 0.08;
/// How strongly weights are pulled to zero; chosen by the figures on documents held out.
const PULL: f64 = 0.05;
/// Features seen in fewer examples say more about those examples than about the language.
const SEEN_MIN: usize = 5;

/// Options of which one or more are right.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The features of every option.
    pub options: Vec<Vec<String>>,
    /// Which of them are right.
    pub right: Vec<bool>,
}

/// Weights under way.
#[derive(Debug, Clone, Default)]
pub struct Learner {
    classes: Vec<String>,
    ids: HashMap<String, usize>,
    weights: Vec<f64>,
    squares: Vec<f64>,
    /// Probability from which a candidate is taken.
    pub threshold: f64,
}

impl Learner {
    fn new<'a>(classes: Vec<String>, features: impl Iterator<Item = &'a [String]>) -> Self {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for list in features {
            let mut list: Vec<&str> = list.iter().map(String::as_str).collect();
            list.sort_unstable();
            list.dedup();
            list.into_iter().for_each(|feature| *seen.entry(feature).or_default() += 1);
        }
        let kept = seen.into_iter().filter(|(_, count)| *count >= SEEN_MIN).map(|(feature, _)| feature.to_owned());
        let ids: HashMap<String, usize> = kept.zip(0..).collect();
        let size = ids.len() * classes.len();
        Self { classes, ids, weights: vec![0.0; size], squares: vec![1e-2; size], threshold: 0.5 }
    }

    fn known(&self, features: &[String]) -> Vec<usize> {
        features.iter().filter_map(|feature| self.ids.get(feature).copied()).collect()
    }

    fn sum(&self, features: &[usize], class: usize) -> f64 {
        features.iter().map(|id| self.weights[id * self.classes.len() + class]).sum()
    }

    fn step(&mut self, features: &[usize], class: usize, gradient: f64) {
        for id in features {
            let at = id * self.classes.len() + class;
            let g = gradient + PULL * self.weights[at];
            self.squares[at] += g * g;
            self.weights[at] -= RATE * g / self.squares[at].sqrt();
        }
    }

    /// Learns yes or no.
    pub fn binary(examples: Vec<(&[String], bool)>) -> Self {
        let mut learner = Self::new(vec!["weight".to_owned()], examples.iter().map(|(features, _)| *features));
        let rows: Vec<(Vec<usize>, bool)> = examples.iter().map(|(f, label)| (learner.known(f), *label)).collect();
        for round in 0..ROUNDS {
            for index in shuffled(rows.len(), round) {
                let (features, label) = &rows[index];
                let p = logistic(learner.sum(features, 0));
                learner.step(features, 0, p - f64::from(u8::from(*label)));
            }
        }
        learner
    }

    /// Learns to rank the right options above the others.
    pub fn ranker(choices: &[&Choice]) -> Self {
        let mut learner =
            Self::new(vec!["weight".to_owned()], choices.iter().flat_map(|c| &c.options).map(Vec::as_slice));
        let rows: Vec<Vec<Vec<usize>>> =
            choices.iter().map(|choice| choice.options.iter().map(|option| learner.known(option)).collect()).collect();
        for round in 0..ROUNDS {
            for index in shuffled(rows.len(), round) {
                let scores: Vec<f64> = rows[index].iter().map(|option| learner.sum(option, 0)).collect();
                let all = softmax(&scores, |_| true);
                let right = softmax(&scores, |option| choices[index].right[option]);
                for (option, features) in rows[index].iter().enumerate() {
                    let gradient = all[option] - right[option];
                    if gradient.abs() > 1e-4 {
                        learner.step(features, 0, gradient);
                    }
                }
            }
        }
        learner
    }

    /// Learns which class; several may be allowed.
    pub fn classes(classes: Vec<String>, examples: Vec<(&[String], &[String])>) -> Self {
        let mut learner = Self::new(classes, examples.iter().map(|(features, _)| *features));
        let rows: Vec<(Vec<usize>, Vec<bool>)> = examples
            .iter()
            .map(|(features, allowed)| {
                (learner.known(features), learner.classes.iter().map(|class| allowed.contains(class)).collect())
            })
            .collect();
        for round in 0..ROUNDS {
            for index in shuffled(rows.len(), round) {
                let (features, allowed) = &rows[index];
                let scores: Vec<f64> = (0..learner.classes.len()).map(|class| learner.sum(features, class)).collect();
                let all = softmax(&scores, |_| true);
                let right = softmax(&scores, |class| allowed[class]);
                for class in 0..scores.len() {
                    learner.step(features, class, all[class] - right[class]);
                }
            }
        }
        learner
    }

    /// The probability of yes.
    pub fn probability(&self, features: &[String]) -> f64 {
        logistic(self.sum(&self.known(features), 0))
    }

    /// The option that ranks first.
    pub fn best(&self, choice: &Choice) -> usize {
        let scores = choice.options.iter().map(|option| self.sum(&self.known(option), 0));
        scores.enumerate().fold((0, f64::NEG_INFINITY), |best, (i, s)| if s > best.1 { (i, s) } else { best }).0
    }

    /// The most probable class.
    pub fn class(&self, features: &[String]) -> String {
        let known = self.known(features);
        let best = (0..self.classes.len()).max_by(|a, b| self.sum(&known, *a).total_cmp(&self.sum(&known, *b)));
        best.map(|class| self.classes[class].clone()).unwrap_or_default()
    }

    /// The weights as a file of `knowledge/weights/`, by name; those that hardly count are left out.
    pub fn csv(&self, command: &str) -> String {
        let mut out =
            format!("# learnt by `cargo run --release -p xtask -- {command} gold/train`; not edited by hand\n");
        let _ = writeln!(out, "feature,{}", self.classes.join(","));
        let _ = writeln!(out, "threshold,{}", self.threshold);
        let names: BTreeMap<&String, &usize> = self.ids.iter().collect();
        for (name, id) in names {
            let row = &self.weights[id * self.classes.len()..(id + 1) * self.classes.len()];
            if row.iter().any(|weight| weight.abs() >= 0.02) {
                let cells: Vec<String> = row.iter().map(|weight| format!("{weight:.2}")).collect();
                let _ = writeln!(out, "{name},{}", cells.join(","));
            }
        }
        out
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

fn softmax(scores: &[f64], among: impl Fn(usize) -> bool) -> Vec<f64> {
    let top = scores.iter().enumerate().filter(|(i, _)| among(*i)).map(|(_, s)| *s).fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> =
        scores.iter().enumerate().map(|(i, s)| if among(i) { (s - top).exp() } else { 0.0 }).collect();
    let all: f64 = powers.iter().sum();
    powers.into_iter().map(|power| if all > 0.0 { power / all } else { 0.0 }).collect()
}

/// The numbers below `count` in an order that only the round decides.
fn shuffled(count: usize, round: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(round as u64 + 1);
    for index in (1..count).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(index, ((state >> 33) as usize) % (index + 1));
    }
    order
}
