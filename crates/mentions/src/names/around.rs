//! What learnt weights make of a token that stands near a word or a name: the same for all who stand near it, so it is added up once.

use super::{bearers::SORTS, clues, marks::Marks};
use pledgebook_lexicon::{
    Data, Error,
    linear::{Column, Joint, Sums},
};
use pledgebook_text::Text;
use std::cell::{Cell, RefCell};

/// Where a token stands to the word or name that it is a clue to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Before,
    BeforeThat,
    Behind,
    BehindThat,
    /// Behind a word that opens its sentence.
    BehindFirst,
}

impl Side {
    const ALL: [Self; 5] = [Self::Before, Self::BeforeThat, Self::Behind, Self::BehindThat, Self::BehindFirst];
    /// The sides that a name is looked at from, the first of [`Side::ALL`].
    const OF_NAMES: usize = 4;

    /// The part that the names of its features begin with.
    pub fn key(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::BeforeThat => "before that",
            Self::Behind => "behind",
            Self::BehindThat => "behind that",
            Self::BehindFirst => "behind the first",
        }
    }
}

const SIDES: usize = Side::ALL.len();
const CLASSES: usize = SORTS.len();
const NAME_COLUMNS: usize = Side::OF_NAMES * CLASSES;

/// The weights of what stands around, for all sides at once.
#[derive(Debug, Default)]
pub struct Views {
    /// Whether a word is a name.
    words: Joint<SIDES>,
    /// Each sort of name.
    names: Joint<NAME_COLUMNS>,
}

impl Views {
    /// Loads the weights of two models that begin with a side.
    pub fn load(data: &Data, naming: &str, sorting: &str) -> Result<Self, Error> {
        let first = |side: usize| Some(Side::ALL[side].key());
        let word = |side| Column { name: naming, class: 0, first: first(side) };
        let name = |column: usize| Column { name: sorting, class: column % CLASSES, first: first(column / CLASSES) };
        Ok(Self {
            words: Joint::of_columns(data, std::array::from_fn(word))?,
            names: Joint::of_columns(data, std::array::from_fn(name))?,
        })
    }
}

/// What the tokens of a text are as clues, each added up when it is asked for first.
#[derive(Debug)]
pub struct Around<'t> {
    views: &'t Views,
    words: Kept<SIDES>,
    names: Kept<NAME_COLUMNS>,
}

impl<'t> Around<'t> {
    pub fn new(text: &Text<'_>, views: &'t Views) -> Self {
        Self { views, words: Kept::new(text), names: Kept::new(text) }
    }

    /// Forgets a token whose marks have changed.
    pub fn forget(&self, at: usize) {
        self.words.places[at].set(0);
        self.names.places[at].set(0);
    }

    /// What a token on a side says for a word being a name.
    pub fn of_word(&self, text: &Text<'_>, marks: &Marks, at: usize, side: Side) -> i32 {
        self.words.with(&self.views.words, text, marks, at, |sums| sums[side as usize])
    }

    /// What a token on a side says for each sort of name.
    pub fn of_name(&self, text: &Text<'_>, marks: &Marks, at: usize, side: Side) -> Sums<CLASSES> {
        let first = side as usize * CLASSES;
        let take = |sums: &Sums<NAME_COLUMNS>| {
            sums.get(first..).and_then(|sums| sums.first_chunk()).copied().unwrap_or_default()
        };
        self.names.with(&self.views.names, text, marks, at, take)
    }
}

/// Sums of tokens.
#[derive(Debug)]
struct Kept<const N: usize> {
    /// 1 + the place in `sums` for each token; 0 where nobody has asked yet.
    places: Vec<Cell<u32>>,
    sums: RefCell<Vec<Sums<N>>>,
}

impl<const N: usize> Kept<N> {
    fn new(text: &Text<'_>) -> Self {
        Self { places: vec![Cell::new(0); text.tokens().len()], sums: RefCell::default() }
    }

    #[inline]
    fn with<R>(
        &self,
        weights: &Joint<N>,
        text: &Text<'_>,
        marks: &Marks,
        at: usize,
        take: impl Fn(&Sums<N>) -> R,
    ) -> R {
        let place = &self.places[at];
        if place.get() == 0 {
            let mut scorer = weights.scorer();
            clues::of_neighbour(text, marks, at, &mut scorer);
            let mut sums = self.sums.borrow_mut();
            sums.push(scorer.sums);
            place.set(sums.len() as u32);
            return take(&scorer.sums);
        }
        take(&self.sums.borrow()[place.get() as usize - 1])
    }
}
