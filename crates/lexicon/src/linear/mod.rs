//! Linear models over named, language-neutral features. The weights are data (`knowledge/weights/*.csv`), learnt by
//! `xtask train-claims` and `xtask train-names`; a weight can be read, and tells what it counts for.
//!
//! Weights are hundredths, as the files have them, and are added up as whole numbers: a sum does not depend on the order of its
//! features, so that the share of features which many candidates have in common can be added up once.

mod kept;
mod numbers;
mod sheet;

pub use numbers::number_of;
pub(crate) use sheet::Sheet;

use crate::{Data, Error};
use kept::Kept;
use numbers::{extended, number};
use smallvec::SmallVec;
use std::cell::RefCell;

/// Takes the features of a candidate, one at a time, as parts that together name it: `&["left", "verb.invest", "near"]`, or
/// `("left", deed, "near")` where some part is a [`Part`].
pub trait Sink {
    /// One feature.
    fn add(&mut self, feature: impl Feature);

    /// Features that hang on nothing but some facts. `place` is that of these facts among all for which a model keeps what features
    /// come to ([`Joint::keeping`]); where it is none of these ([`NOWHERE`]), and in any other sink, the features
    /// are gone through each time.
    #[inline(always)]
    fn group(&mut self, _place: usize, features: impl FnOnce(&mut Self))
    where
        Self: Sized,
    {
        features(self);
    }

    /// Features that several candidates of a text have in common: those of one place are the same each time. What they come to is kept in `shared`
    /// where they are added up.
    #[inline(always)]
    fn share(&mut self, _shared: &Shared, _place: usize, features: impl FnOnce(&mut Self))
    where
        Self: Sized,
    {
        features(self);
    }
}

/// What features come to that candidates of one text have in common, by their places.
#[derive(Debug, Default)]
pub struct Shared(RefCell<Vec<Come>>);

/// What features come to for one model.
#[derive(Debug, Clone, Copy, Default)]
struct Come {
    /// Where the model is in memory, 0 where nothing is kept.
    model: usize,
    sums: Sums<SHARED_COLUMNS>,
}

/// How many columns a model may have whose sums are shared.
const SHARED_COLUMNS: usize = 3;

impl Shared {
    fn get(&self, place: usize, model: usize) -> Option<Sums<SHARED_COLUMNS>> {
        let come = *self.0.borrow().get(place)?;
        (come.model == model).then_some(come.sums)
    }

    fn keep(&self, place: usize, come: Come) {
        let mut all = self.0.borrow_mut();
        if place >= all.len() {
            all.resize(place + 1, Come::default());
        }
        all[place] = come;
    }
}

/// No place among those for which a model keeps what features come to.
pub const NOWHERE: usize = usize::MAX;

/// What names a part of a feature: a word, a [`Part`], or whatever knows its number and is asked for its text only by learners.
pub trait Word: Copy {
    /// Its number, as [`number_of`] tells it.
    fn number(&self) -> u64;
    /// Its text.
    fn text(&self) -> &str;
}

impl Word for &str {
    #[inline(always)]
    fn number(&self) -> u64 {
        number_of(self)
    }

    fn text(&self) -> &str {
        self
    }
}

/// A word that is part of the names of many features, with its number: what it is made of is looked at only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered<'t> {
    text: &'t str,
    number: u64,
}

/// A word of the program with its number.
pub type Part = Numbered<'static>;

impl<'t> Numbered<'t> {
    /// The part that is this word.
    #[inline(always)]
    pub const fn new(text: &'t str) -> Self {
        Self { text, number: number_of(text) }
    }

    /// The same where its number is known already, as [`number_of`] tells it.
    pub const fn known(text: &'t str, number: u64) -> Self {
        Self { text, number }
    }

    /// The word.
    pub const fn word(self) -> &'t str {
        self.text
    }
}

impl Word for Numbered<'_> {
    #[inline(always)]
    fn number(&self) -> u64 {
        self.number
    }

    fn text(&self) -> &str {
        self.text
    }
}

/// The parts that name a feature: an array of words, or a tuple of up to six words and [`Part`]s.
pub trait Feature {
    /// Its number, never 0.
    fn number(&self) -> u64;
    /// Its name.
    fn name(&self) -> String;
}

impl<W: Word, const N: usize> Feature for &[W; N] {
    // Where features are named, most parts are literals: inlined there, their share of the number is known to the compiler.
    #[inline(always)]
    fn number(&self) -> u64 {
        let (mut number, mut at) = (0, 0);
        while at < N {
            number = extended(number, self[at].number());
            at += 1;
        }
        number.max(1)
    }

    fn name(&self) -> String {
        self.map(|word| word.text().to_owned()).join("|")
    }
}

macro_rules! features {
    ($($word:ident $place:tt),+) => {
        impl<$($word: Word),+> Feature for ($($word,)+) {
            #[inline(always)]
            fn number(&self) -> u64 {
                let mut number = 0;
                $(number = extended(number, self.$place.number());)+
                number.max(1)
            }

            fn name(&self) -> String {
                [$(self.$place.text()),+].join("|")
            }
        }
    };
}

features!(A 0);
features!(A 0, B 1);
features!(A 0, B 1, C 2);
features!(A 0, B 1, C 2, D 3);
features!(A 0, B 1, C 2, D 3, E 4);
features!(A 0, B 1, C 2, D 3, E 4, F 5);

/// The features as text, for learning and for explaining.
#[derive(Debug, Default, Clone)]
pub struct FeatureNames(pub Vec<String>);

impl Sink for FeatureNames {
    fn add(&mut self, feature: impl Feature) {
        self.0.push(feature.name());
    }
}

/// A sum of hundredths as the number that it is.
pub fn points(sum: i32) -> f32 {
    sum as f32 / 100.0
}

/// A sum of hundredths as a probability.
pub fn probability(sum: i32) -> f32 {
    1.0 / (1.0 + (-points(sum)).exp())
}

/// A column of weights.
#[derive(Debug, Clone, Copy)]
pub struct Column<'c> {
    /// The model, as its file is named.
    pub name: &'c str,
    /// Which class of it.
    pub class: usize,
    /// Only the features that begin with this part, told by the parts behind it.
    pub first: Option<&'c str>,
}

/// The rows of a sheet that begin with the same part, or all of them, and which of their classes make which columns.
struct View<'s> {
    name: &'s str,
    sheet: &'s Sheet,
    first: Option<&'s str>,
    classes: SmallVec<[(usize, usize); 4]>,
}

impl View<'_> {
    /// The numbers of the features, told by the parts behind the first where there is one, and their weights.
    fn rows(&self) -> impl Iterator<Item = (u64, &[i16])> {
        let first = self.first.map(|first| number([first]));
        let rows = self.sheet.rows.iter().zip(self.sheet.weights.chunks_exact(self.sheet.classes.len()));
        rows.filter(move |(row, _)| first.is_none_or(|first| first == row.first))
            .map(move |(row, weights)| (if first.is_none() { row.number } else { row.rest }, weights))
    }
}

/// A model of one class.
pub type Model = Joint<1>;

/// Several models of one class each, or the classes of one model, which look at the same features: one look-up tells what a feature
/// counts for in each.
#[derive(Debug, Clone)]
pub struct Joint<const N: usize> {
    table: Table<N>,
    kept: Kept<Sums<N>>,
    thresholds: [f32; N],
}

/// What features count for in each model of a [`Joint`], in hundredths.
pub type Sums<const N: usize> = [i32; N];

impl<const N: usize> Default for Joint<N> {
    fn default() -> Self {
        Self { table: Table::default(), kept: Kept::default(), thresholds: [f32::INFINITY; N] }
    }
}

impl<const N: usize> Joint<N> {
    /// Loads `knowledge/weights/<name>.csv` of every name, of each its first class: a header `feature,<class>…`, then a row for each
    /// feature. The row `threshold` is the probability from which a candidate is taken. A missing file is a model that takes nothing.
    ///
    /// # Errors
    /// When a row has not as many numbers as there are classes.
    pub fn load(data: &Data, names: [&str; N]) -> Result<Self, Error> {
        Self::of_columns(data, names.map(|name| Column { name, class: 0, first: None }))
    }

    /// Loads the classes of one model, in the order of its file.
    ///
    /// # Errors
    /// When a row has not as many numbers as there are classes.
    pub fn of_classes(data: &Data, name: &str) -> Result<Self, Error> {
        Self::of_columns(data, std::array::from_fn(|class| Column { name, class, first: None }))
    }

    /// Loads what columns of weights hold, which may be classes of one model.
    ///
    /// # Errors
    /// When a row has not as many numbers as there are classes.
    pub fn of_columns(data: &Data, columns: [Column<'_>; N]) -> Result<Self, Error> {
        let mut sheets: Vec<(&str, Sheet)> = Vec::new();
        for Column { name, .. } in &columns {
            if !sheets.iter().any(|(known, _)| known == name) {
                sheets.push((name, data.sheet(name)?));
            }
        }
        // Columns of the same rows are read together.
        let mut views: Vec<View<'_>> = Vec::new();
        let mut thresholds = [f32::INFINITY; N];
        for (at, column) in columns.iter().enumerate() {
            let Some((name, sheet)) = sheets.iter().find(|(name, _)| *name == column.name) else { continue };
            thresholds[at] = sheet.threshold;
            if column.class >= sheet.classes.len() {
                continue;
            }
            match views.iter_mut().find(|view| (view.name, view.first) == (*name, column.first)) {
                Some(view) => view.classes.push((at, column.class)),
                None => {
                    let classes = SmallVec::from_slice(&[(at, column.class)]);
                    views.push(View { name, sheet, first: column.first, classes });
                }
            }
        }
        let mut numbers: Vec<u64> = views.iter().flat_map(View::rows).map(|(number, _)| number).collect();
        // Those of a whole sheet are in order already, which this sort makes use of.
        numbers.sort();
        numbers.dedup();
        let mut table = Table::<N>::of(numbers.len());
        for view in &views {
            for (number, weights) in view.rows() {
                let entry = table.entry(number);
                view.classes.iter().for_each(|(at, class)| entry[*at] = weights[*class]);
            }
        }
        Ok(Self { table, kept: Kept::default(), thresholds })
    }

    /// The same, keeping what groups of features come to at so many places.
    #[must_use]
    pub fn keeping(mut self, places: usize) -> Self {
        self.kept = Kept::new(places);
        self
    }

    /// Whether it has no weights at all.
    pub fn is_empty(&self) -> bool {
        self.thresholds.iter().all(|threshold| threshold.is_infinite())
    }

    /// Whether a feature counts for anything.
    pub fn knows(&self, feature: impl Feature) -> bool {
        self.table.get(feature.number()).is_some()
    }

    /// From which probability on a model takes a candidate.
    pub fn threshold(&self, column: usize) -> f32 {
        self.thresholds[column]
    }

    /// A sink that adds up the weights of the features it is given, in all models.
    #[inline]
    pub fn scorer(&self) -> JointScorer<'_, N> {
        JointScorer { model: self, sums: [0; N], waiting: [0; TOGETHER], count: 0 }
    }
}

/// How many features are looked up together: their places lie far apart in memory, and are waited for at once.
const TOGETHER: usize = 8;

/// Adds up weights in several models.
#[derive(Debug, Clone)]
pub struct JointScorer<'m, const N: usize> {
    model: &'m Joint<N>,
    /// What was added up.
    sums: Sums<N>,
    /// The numbers of features that may count for something and are not looked up yet.
    waiting: [u64; TOGETHER],
    count: usize,
}

impl<const N: usize> JointScorer<'_, N> {
    fn add_row(&mut self, number: u64) {
        // Nobody can guess which features are known: a number that is not is written over by the next.
        self.waiting[self.count] = number;
        self.count += usize::from(self.model.table.may_hold(number));
        if self.count == TOGETHER {
            self.look_up();
        }
    }

    /// Looks up what is waiting. It stays a call, so that noting a feature is a few instructions wherever it is inlined.
    #[inline(never)]
    fn look_up(&mut self) {
        self.sums = self.sums();
        self.count = 0;
    }

    /// What was added up.
    pub fn sums(&self) -> Sums<N> {
        let mut sums = self.sums;
        for weights in self.waiting[..self.count].iter().filter_map(|number| self.model.table.find(*number)) {
            for (column, weight) in weights.iter().enumerate() {
                sums[column] += i32::from(*weight);
            }
        }
        sums
    }

    /// Adds what was added up elsewhere.
    #[inline(always)]
    pub fn add_sums(&mut self, sums: &Sums<N>) {
        for (column, more) in sums.iter().enumerate() {
            self.sums[column] += more;
        }
    }

    /// Adds what features come to, and keeps it.
    #[cold]
    fn keep(&mut self, place: usize, features: impl FnOnce(&mut Self)) {
        let mut own = self.model.scorer();
        features(&mut own);
        let sums = own.sums();
        self.add_sums(&sums);
        self.model.kept.keep(place, sums);
    }

    /// The column with the highest sum, the first of several.
    pub fn best(&self) -> usize {
        let (mut best, mut top) = (0, i32::MIN);
        for (column, sum) in self.sums().into_iter().enumerate() {
            if sum > top {
                (best, top) = (column, sum);
            }
        }
        best
    }
}

impl JointScorer<'_, 1> {
    /// What was added up, as a probability.
    pub fn probability(&self) -> f32 {
        probability(self.sums()[0])
    }
}

impl<const N: usize> Sink for JointScorer<'_, N> {
    #[inline(always)]
    fn add(&mut self, feature: impl Feature) {
        self.add_row(feature.number());
    }

    #[inline(always)]
    fn group(&mut self, place: usize, features: impl FnOnce(&mut Self)) {
        match self.model.kept.get(place) {
            Some(sums) => self.add_sums(sums),
            None => self.keep(place, features),
        }
    }

    #[inline(always)]
    fn share(&mut self, shared: &Shared, place: usize, features: impl FnOnce(&mut Self)) {
        const { assert!(N <= SHARED_COLUMNS, "more columns than are shared") };
        let model = std::ptr::from_ref(self.model).addr();
        let sums = shared.get(place, model).unwrap_or_else(|| {
            let mut own = self.model.scorer();
            features(&mut own);
            let mut sums = [0; SHARED_COLUMNS];
            sums[..N].copy_from_slice(&own.sums());
            shared.keep(place, Come { model, sums });
            sums
        });
        for (sum, more) in self.sums.iter_mut().zip(sums) {
            *sum += more;
        }
    }
}

/// What features count for, by their numbers: a table at most three quarters full, gone through from the place that a
/// number tells. A place holds the
/// number's other half together with what it counts for, so that a look-up touches one spot of the memory.
#[derive(Debug, Clone)]
struct Table<const N: usize> {
    /// A bit for every number that may be in the table, by its lowest bits: most that are looked up are not, and the bits lie closer
    /// together than the places do.
    known: Vec<u64>,
    /// A power of two, less one.
    mask: usize,
    /// 0 where nothing is.
    places: Vec<(u32, [i16; N])>,
}

/// How many bits a table has at least for each number.
const BITS_PER_ROW: usize = 8;

impl<const N: usize> Default for Table<N> {
    fn default() -> Self {
        Self::of(0)
    }
}

impl<const N: usize> Table<N> {
    /// A table for so many features.
    fn of(rows: usize) -> Self {
        let places = (rows * 4 / 3 + 1).next_power_of_two();
        let words = (rows * BITS_PER_ROW).div_ceil(64).next_power_of_two();
        Self { known: vec![0; words], mask: places - 1, places: vec![(0, [0; N]); places] }
    }

    /// The upper half of a number, never 0: the lower one tells the place.
    fn half(number: u64) -> u32 {
        ((number >> 32) as u32).max(1)
    }

    /// The word of the bits that holds a number's, and that bit.
    #[inline(always)]
    fn bit(&self, number: u64) -> (usize, u64) {
        ((number >> 6) as usize & (self.known.len() - 1), 1 << (number & 63))
    }

    /// What a number counts for, to be set.
    fn entry(&mut self, number: u64) -> &mut [i16; N] {
        let (word, bit) = self.bit(number);
        self.known[word] |= bit;
        let wanted = Self::half(number);
        let mut at = number as usize & self.mask;
        while self.places[at].0 != wanted && self.places[at].0 != 0 {
            at = (at + 1) & self.mask;
        }
        let (half, weight) = &mut self.places[at];
        *half = wanted;
        weight
    }

    /// Whether the table may have a number; sure where it has not.
    #[inline(always)]
    fn may_hold(&self, number: u64) -> bool {
        let (word, bit) = self.bit(number);
        self.known[word] & bit != 0
    }

    fn get(&self, number: u64) -> Option<&[i16; N]> {
        self.may_hold(number).then(|| self.find(number)).flatten()
    }

    /// What a number that it may have counts for.
    #[inline(always)]
    fn find(&self, number: u64) -> Option<&[i16; N]> {
        let half = Self::half(number);
        let mut at = number as usize & self.mask;
        loop {
            let (other, weights) = &self.places[at];
            if *other == half {
                return Some(weights);
            }
            if *other == 0 {
                return None;
            }
            at = (at + 1) & self.mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Feature, FeatureNames, Joint, Part, Shared, Sink, Table, number};

    #[test]
    fn a_name_and_its_parts_are_one_feature() {
        let whole = number("left|verb.invest|near".split('|'));
        assert_eq!((&["left", "verb.invest", "near"]).number(), whole);
        assert_eq!(("left", Part::new("verb.invest"), "near").number(), whole);
        assert_ne!((&["left", "verb.invest"]).number(), (&["leftverb.invest"]).number());
        assert_ne!((&["left", "verb.invest"]).number(), (&["verb.invest", "left"]).number());
        let mut names = FeatureNames::default();
        names.add(&["left", "verb.invest"]);
        names.add(("left", Part::new("verb.invest")));
        assert_eq!(names.0, ["left|verb.invest", "left|verb.invest"]);
    }

    #[test]
    fn what_is_shared_counts_for_each_model_what_it_counts_alone() {
        let model = |weight: i16| {
            let mut table = Table::<1>::of(2);
            *table.entry(number(["word"])) = [weight];
            *table.entry(number(["own"])) = [1];
            Joint { table, ..Joint::default() }
        };
        let (shared, models) = (Shared::default(), [model(20), model(-3)]);
        for _ in 0..2 {
            let sums = models.each_ref().map(|model| {
                let mut scorer = model.scorer();
                scorer.add(&["own"]);
                scorer.share(&shared, 4, |sink| sink.add(&["word"]));
                scorer.sums()[0]
            });
            assert_eq!(sums, [21, -2]);
        }
        let mut kept = models[1].scorer();
        kept.share(&shared, 4, |_| unreachable!("what it comes to is known"));
        assert_eq!(kept.sums(), [-3]);
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
            "nearest of own sum",
            "nearest of own sum with verb",
        ];
        let mut numbers: Vec<u64> = parts.iter().flat_map(|a| parts.iter().map(move |b| number([*a, *b]))).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), parts.len() * parts.len());
    }

    #[test]
    fn what_a_number_counts_for_is_found_by_it_and_no_other() {
        let name = |row: i16| number([row.to_string().as_str()]);
        let mut table = Table::<1>::of(1000);
        for row in 0..1000 {
            *table.entry(name(row)) = [row];
        }
        assert!((0..1000).all(|row| table.get(name(row)) == Some(&[row])));
        assert_eq!(table.get(name(1000)), None);
        assert_eq!(Table::<1>::default().get(1), None);
    }
}
