//! Linear models over named, language-neutral features. The weights are data (`knowledge/weights/*.csv`), learnt by
//! `xtask train-claims` and `xtask train-names`; a weight can be read, and tells what it counts for.

use crate::{Data, Error};
use smallvec::SmallVec;

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
    rows: Rows,
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
        let mut rows: Vec<(u64, u32)> = Vec::new();
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
            rows.push((hash(feature.split('|')), (model.weights.len() / model.classes.len()) as u32));
            model.weights.extend(row);
        }
        model.rows = Rows::new(&rows);
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

impl Scorer<'_> {
    /// Adds the weights of the feature with this number.
    fn add_row(&mut self, key: u64) {
        let Some(row) = self.model.rows.find(key) else { return };
        let row = row as usize;
        if let [sum] = self.sums.as_mut_slice() {
            *sum += self.model.weights[row];
            return;
        }
        let classes = self.sums.len();
        for (sum, weight) in self.sums.iter_mut().zip(&self.model.weights[row * classes..(row + 1) * classes]) {
            *sum += weight;
        }
    }
}

impl Sink for Scorer<'_> {
    // Where features are named, most parts are literals: inlined there, their share of the number is known to the compiler.
    #[inline(always)]
    fn add(&mut self, parts: &[&str]) {
        self.add_row(hash(parts.iter().copied()));
    }
}

/// Rows by the number of their feature: a table at most half full, gone through from the place that the number tells.
/// Most features asked for have no weight, and that a single look at `keys` shows.
#[derive(Debug, Clone, Default)]
struct Rows {
    /// 0 where nothing is.
    keys: Vec<u64>,
    rows: Vec<u32>,
}

impl Rows {
    /// Of pairs of a feature's number and its row; of equal numbers the last one counts.
    fn new(pairs: &[(u64, u32)]) -> Self {
        let places = (pairs.len() * 2).next_power_of_two();
        let mut rows = Self { keys: vec![0; places], rows: vec![0; places] };
        for (key, row) in pairs {
            let at = rows.place(*key);
            rows.keys[at] = *key;
            rows.rows[at] = *row;
        }
        rows
    }

    /// Where a number is, or would be put.
    fn place(&self, key: u64) -> usize {
        let mask = self.keys.len() - 1;
        let mut at = key as usize & mask;
        while self.keys[at] != 0 && self.keys[at] != key {
            at = (at + 1) & mask;
        }
        at
    }

    fn find(&self, key: u64) -> Option<u32> {
        if self.keys.is_empty() {
            return None;
        }
        let at = self.place(key);
        (self.keys[at] == key).then(|| self.rows[at])
    }
}

/// The number of a feature, never 0: its parts are taken eight bytes at a time, each with its length, and nothing is joined.
#[inline(always)]
fn hash<'p>(parts: impl IntoIterator<Item = &'p str>) -> u64 {
    let whole = parts.into_iter().fold(0u64, |whole, part| mixed(whole.rotate_left(23) ^ hash_of(part.as_bytes())));
    whole.max(1)
}

#[inline(always)]
fn hash_of(part: &[u8]) -> u64 {
    let length = part.len() as u64;
    if part.len() > 16 {
        return hash_of_long(part);
    }
    if let (Some(first), Some(last)) = (part.first_chunk(), part.last_chunk()) {
        return mixed(u64::from_le_bytes(*first) ^ length) ^ u64::from_le_bytes(*last);
    }
    if let (Some(first), Some(last)) = (part.first_chunk(), part.last_chunk()) {
        let four = u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
        return four ^ length.rotate_right(8);
    }
    match part {
        [first, .., last] => u64::from(*first) | u64::from(part[1]) << 8 | u64::from(*last) << 16 | length << 24,
        [only] => u64::from(*only) | length << 24,
        [] => 0,
    }
}

fn hash_of_long(part: &[u8]) -> u64 {
    let eights = part.chunks(8).chain(part.last_chunk::<8>().map(|last| &last[..]));
    eights
        .filter_map(|eight| eight.first_chunk())
        .fold(part.len() as u64, |sum, eight| mixed(sum ^ u64::from_le_bytes(*eight)))
}

/// Every bit of the result depends on every bit of `bits`.
#[inline(always)]
fn mixed(bits: u64) -> u64 {
    let product = u128::from(bits ^ 0x9e37_79b9_7f4a_7c15) * 0xd6e8_feb8_6659_fd93;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::{Rows, hash};

    #[test]
    fn a_name_and_its_parts_are_one_feature() {
        assert_eq!(hash(["left", "verb.invest", "near"]), hash("left|verb.invest|near".split('|')));
        assert_ne!(hash(["left", "verb.invest"]), hash(["leftverb.invest"]));
        assert_ne!(hash(["left", "verb.invest"]), hash(["verb.invest", "left"]));
    }

    #[test]
    fn features_that_differ_anywhere_have_numbers_of_their_own() {
        let parts = [
            "",
            "1",
            "3",
            "7",
            "15",
            "far",
            "left",
            "verb.buy",
            "verb.build",
            "own sum with verb",
            "own sum as a verb",
        ];
        let mut numbers: Vec<u64> = parts.iter().flat_map(|a| parts.iter().map(move |b| hash([*a, *b]))).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), parts.len() * parts.len());
    }

    #[test]
    fn a_row_is_found_by_its_number_and_no_other() {
        let pairs: Vec<(u64, u32)> = (0..1000).map(|row| (hash([row.to_string().as_str()]), row)).collect();
        let rows = Rows::new(&pairs);
        assert!(pairs.iter().all(|(key, row)| rows.find(*key) == Some(*row)));
        assert_eq!(rows.find(hash(["1000"])), None);
        assert_eq!(Rows::default().find(1), None);
    }
}
