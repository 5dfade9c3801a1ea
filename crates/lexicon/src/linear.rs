//! Linear models over named, language-neutral features. The weights are data (`knowledge/weights/*.csv`), learnt by
//! `xtask train-claims` and `xtask train-names`; a weight can be read, and tells what it counts for.

use crate::{Data, Error};
use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;
use std::hash::Hasher;

/// Takes the features of a candidate, one at a time, as parts that together name it: `["left", "verb.invest", "near"]`.
pub trait Sink {
    /// One feature.
    fn add(&mut self, parts: &[&str]);
}

/// The features as text, for learning and for explaining.
#[derive(Debug, Default, Clone)]
pub struct FeatureNames(pub Vec<String>);

impl Sink for FeatureNames {
    fn add(&mut self, parts: &[&str]) {
        self.0.push(parts.join("|"));
    }
}

/// Weights: for every feature one number for each class.
#[derive(Debug, Clone, Default)]
pub struct Model {
    classes: Vec<String>,
    rows: FxHashMap<u64, u32>,
    weights: Vec<f32>,
    /// From which probability on a candidate is taken.
    pub threshold: f32,
}

impl Model {
    /// Loads `knowledge/weights/<name>.csv`: a header `feature,<class>…`, then a row for each feature. The row `threshold` is the
    /// probability from which a candidate is taken. A missing file is a model that takes nothing.
    ///
    /// # Errors
    /// When a row has not as many numbers as there are classes.
    pub fn load(data: &Data, name: &str) -> Result<Self, Error> {
        let Some(file) = data.knowledge_file(&format!("weights/{name}.csv")) else {
            return Ok(Self { threshold: f32::INFINITY, ..Self::default() });
        };
        let mut model = Self { threshold: 0.5, ..Self::default() };
        let mut lines = file.text().lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        if let Some((_, header)) = lines.next() {
            model.classes = header.split(',').skip(1).map(str::to_owned).collect();
        }
        for (number, line) in lines {
            let mut cells = line.split(',');
            let feature = cells.next().unwrap_or_default();
            let row: Vec<f32> = cells
                .map(|cell| cell.parse::<f32>())
                .collect::<Result<_, _>>()
                .map_err(|error| Error::data(file.path(), number + 1, &error.to_string()))?;
            if feature == "threshold" {
                model.threshold = row.first().copied().unwrap_or(0.5);
                continue;
            }
            if row.len() != model.classes.len() {
                return Err(Error::data(file.path(), number + 1, "a row needs one number for each class"));
            }
            model.rows.insert(hash(feature.split('|')), (model.weights.len() / model.classes.len()) as u32);
            model.weights.extend(row);
        }
        Ok(model)
    }

    /// The classes, in the order of scores.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// Whether there are no weights.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// A sink that adds up the weights of the features it is given.
    pub fn scorer(&self) -> Scorer<'_> {
        Scorer { model: self, sums: SmallVec::from_elem(0.0, self.classes.len().max(1)) }
    }
}

/// Adds up weights.
#[derive(Debug, Clone)]
pub struct Scorer<'m> {
    model: &'m Model,
    sums: SmallVec<[f32; 10]>,
}

impl Scorer<'_> {
    /// The sum of the first class.
    pub fn score(&self) -> f32 {
        self.sums[0]
    }

    /// The first class's sum as a probability.
    pub fn probability(&self) -> f32 {
        1.0 / (1.0 + (-self.sums[0]).exp())
    }

    /// The sums of all classes.
    pub fn sums(&self) -> &[f32] {
        &self.sums
    }

    /// The class with the highest sum and its probability among all.
    pub fn best(&self) -> (usize, f32) {
        let (mut best, mut top) = (0, f32::NEG_INFINITY);
        for (class, sum) in self.sums.iter().enumerate() {
            if *sum > top {
                (best, top) = (class, *sum);
            }
        }
        let all: f32 = self.sums.iter().map(|sum| (sum - top).exp()).sum();
        (best, 1.0 / all)
    }
}

impl Sink for Scorer<'_> {
    fn add(&mut self, parts: &[&str]) {
        if let Some(row) = self.model.rows.get(&hash(parts.iter().copied())) {
            let classes = self.sums.len();
            let start = *row as usize * classes;
            for (sum, weight) in self.sums.iter_mut().zip(&self.model.weights[start..start + classes]) {
                *sum += weight;
            }
        }
    }
}

/// The number of a feature: its parts are taken eight bytes at a time, each with its length, and nothing is joined.
fn hash<'p>(parts: impl IntoIterator<Item = &'p str>) -> u64 {
    let mut hasher = FxHasher::default();
    for part in parts {
        hasher.write(part.as_bytes());
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn a_name_and_its_parts_are_one_feature() {
        assert_eq!(hash(["left", "verb.invest", "near"]), hash("left|verb.invest|near".split('|')));
        assert_ne!(hash(["left", "verb.invest"]), hash(["leftverb.invest"]));
        assert_ne!(hash(["left", "verb.invest"]), hash(["verb.invest", "left"]));
    }
}
