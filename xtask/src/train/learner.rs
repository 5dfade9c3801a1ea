//! Logistic and softmax regression over named features, each weight pulled to zero.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    fmt::Write as _,
};

/// Steps towards the best weights, at most.
const ROUNDS: usize = 150;
/// Steps that the next one is chosen by.
const REMEMBERED: usize = 8;
/// What share of the cost a step must win for another one to be worth it.
const ENOUGH: f64 = 1e-6;
/// Features seen in fewer examples say more about those examples than about the language.
const SEEN_MIN: usize = 10;
/// Weights below this are left out: about four in ten of who and where, without which claims held out are told alike.
const WEIGHT_MIN: f64 = 0.04;

/// Options of which one or more are right.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// The features of every option.
    pub options: Vec<Vec<String>>,
    /// Which of them are right.
    pub right: Vec<bool>,
}

/// Options, each with its known features and the class that they speak for, and which of them are right.
struct Lesson {
    options: Vec<(Vec<usize>, usize)>,
    right: Vec<bool>,
}

/// Weights under way.
#[derive(Debug, Clone, Default)]
pub struct Learner {
    classes: Vec<String>,
    ids: HashMap<String, usize>,
    weights: Vec<f64>,
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
        Self { classes, ids, weights: vec![0.0; size], threshold: 0.5 }
    }

    /// The features that are learnt, as often as they are told: reading adds each of them up too.
    fn known(&self, features: &[String]) -> Vec<usize> {
        features.iter().filter_map(|feature| self.ids.get(feature).copied()).collect()
    }

    fn sum(&self, features: &[usize], class: usize) -> f64 {
        features.iter().map(|id| self.weights[id * self.classes.len() + class]).sum()
    }

    /// Learns yes or no.
    pub fn binary(examples: Vec<(&[String], bool)>, pull: f64) -> Self {
        let mut learner = Self::new(vec!["weight".to_owned()], examples.iter().map(|(features, _)| *features));
        let lessons = examples.iter().map(|(features, label)| Lesson {
            options: vec![(learner.known(features), 0), (Vec::new(), 0)],
            right: vec![*label, !*label],
        });
        let lessons: Vec<Lesson> = lessons.collect();
        learner.learn(&lessons, pull);
        learner
    }

    /// Learns to rank the right options above the others.
    pub fn ranker(choices: &[&Choice], pull: f64) -> Self {
        let mut learner =
            Self::new(vec!["weight".to_owned()], choices.iter().flat_map(|c| &c.options).map(Vec::as_slice));
        let lessons = choices.iter().map(|choice| Lesson {
            options: choice.options.iter().map(|option| (learner.known(option), 0)).collect(),
            right: choice.right.clone(),
        });
        let lessons: Vec<Lesson> = lessons.collect();
        learner.learn(&lessons, pull);
        learner
    }

    /// Learns which class; several may be allowed.
    pub fn classes(classes: Vec<String>, examples: Vec<(&[String], &[String])>, pull: f64) -> Self {
        let mut learner = Self::new(classes, examples.iter().map(|(features, _)| *features));
        let lessons = examples.iter().map(|(features, allowed)| {
            let known = learner.known(features);
            Lesson {
                options: (0..learner.classes.len()).map(|class| (known.clone(), class)).collect(),
                right: learner.classes.iter().map(|class| allowed.contains(class)).collect(),
            }
        });
        let lessons: Vec<Lesson> = lessons.collect();
        learner.learn(&lessons, pull);
        learner
    }

    /// Finds the weights that make the right options most probable, each pulled to zero; there is one best set of them where one
    /// option is right.
    fn learn(&mut self, lessons: &[Lesson], pull: f64) {
        let width = self.classes.len();
        let lessons: Vec<&Lesson> = lessons.iter().filter(|lesson| lesson.right.contains(&true)).collect();
        let cost = |weights: &[f64], slope: &mut [f64]| {
            let mut cost = 0.0;
            for (slope, weight) in slope.iter_mut().zip(weights) {
                *slope = pull * weight;
                cost += 0.5 * pull * weight * weight;
            }
            for lesson in &lessons {
                let scores: Vec<f64> = lesson
                    .options
                    .iter()
                    .map(|(ids, class)| ids.iter().map(|id| weights[id * width + class]).sum())
                    .collect();
                let (all, of_all) = softmax(&scores, |_| true);
                let (right, of_right) = softmax(&scores, |option| lesson.right[option]);
                cost += of_all - of_right;
                for (option, (ids, class)) in lesson.options.iter().enumerate() {
                    let gradient = all[option] - right[option];
                    ids.iter().for_each(|id| slope[id * width + class] += gradient);
                }
            }
            cost
        };
        self.weights = lowest(vec![0.0; self.weights.len()], cost);
    }

    /// The probability of yes.
    pub fn probability(&self, features: &[String]) -> f64 {
        logistic(self.odds(features))
    }

    /// The logarithm of the odds of yes.
    pub fn odds(&self, features: &[String]) -> f64 {
        self.sum(&self.known(features), 0)
    }

    /// What a feature counts for as a yes.
    pub fn weight(&self, feature: &str) -> f64 {
        self.ids.get(feature).map_or(0.0, |id| self.weights[*id])
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
            if row.iter().any(|weight| weight.abs() >= WEIGHT_MIN) {
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

/// The shares of the options among those that count, and the logarithm of what they share.
fn softmax(scores: &[f64], among: impl Fn(usize) -> bool) -> (Vec<f64>, f64) {
    let top = scores.iter().enumerate().filter(|(i, _)| among(*i)).map(|(_, s)| *s).fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> =
        scores.iter().enumerate().map(|(i, s)| if among(i) { (s - top).exp() } else { 0.0 }).collect();
    let all: f64 = powers.iter().sum();
    (powers.into_iter().map(|power| power / all).collect(), top + all.ln())
}

/// The point of the lowest cost near `from`, by L-BFGS: `cost` gives the cost of a point and writes its slope.
fn lowest(from: Vec<f64>, cost: impl Fn(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let mut at = from;
    let mut slope = vec![0.0; at.len()];
    let mut now = cost(&at, &mut slope);
    // The last steps with the changes of slope along them: what is known of the curve.
    let mut known: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    for _ in 0..ROUNDS {
        let mut way: Vec<f64> = slope.iter().map(|slope| -slope).collect();
        let mut shares = Vec::with_capacity(known.len());
        for (step, change, product) in known.iter().rev() {
            let share = dot(step, &way) / product;
            add(&mut way, -share, change);
            shares.push(share);
        }
        if let Some((_, change, product)) = known.back() {
            let scale = product / dot(change, change);
            way.iter_mut().for_each(|way| *way *= scale);
        }
        for ((step, change, product), share) in known.iter().zip(shares.iter().rev()) {
            let back = dot(change, &way) / product;
            add(&mut way, share - back, step);
        }
        let descent = dot(&slope, &way);
        let mut length = if known.is_empty() { 1.0 / dot(&slope, &slope).sqrt().max(1.0) } else { 1.0 };
        let mut next = at.clone();
        let mut next_slope = vec![0.0; at.len()];
        let reached = loop {
            next.copy_from_slice(&at);
            add(&mut next, length, &way);
            let reached = cost(&next, &mut next_slope);
            if reached <= now + 1e-4 * length * descent || length < 1e-10 {
                break reached;
            }
            length *= 0.5;
        };
        let step: Vec<f64> = next.iter().zip(&at).map(|(next, at)| next - at).collect();
        let change: Vec<f64> = next_slope.iter().zip(&slope).map(|(next, slope)| next - slope).collect();
        let product = dot(&step, &change);
        let won = now - reached;
        (at, slope, now) = (next, next_slope, reached);
        if product > 1e-12 {
            known.push_back((step, change, product));
            if known.len() > REMEMBERED {
                known.pop_front();
            }
        }
        if won < ENOUGH * now.abs() {
            break;
        }
    }
    at
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], times: f64, what: &[f64]) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += times * what);
}
