//! What learnt weights make of a token that stands near a word or a name: the same for all who stand near it, so it is added up once.

use super::{
    bearers::SORTS,
    clues::{self, Beside},
    marks::Marks,
    tallies::{Counter, Tally},
};
use pledgebook_lexicon::{
    Data, Error,
    linear::{Column, Joint, Numbered, Sums},
};
use pledgebook_text::{Text, Token, TokenKind, Vocabulary};
use std::{
    cell::{Cell, RefCell},
    sync::OnceLock,
};

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
    words: Looks<SIDES>,
    /// Each sort of name.
    names: Looks<NAME_COLUMNS>,
    /// Made when the first text is read: not before is the vocabulary whole.
    forms: OnceLock<Forms>,
}

impl Views {
    /// Loads the weights of two models that begin with a side.
    pub fn load(data: &Data, naming: &str, sorting: &str) -> Result<Self, Error> {
        let first = |side: usize| Some(Side::ALL[side].key());
        let word = |side| Column { name: naming, class: 0, first: first(side) };
        let name = |column: usize| Column { name: sorting, class: column % CLASSES, first: first(column / CLASSES) };
        Ok(Self {
            words: Looks::new(Joint::of_columns(data, std::array::from_fn(word))?),
            names: Looks::new(Joint::of_columns(data, std::array::from_fn(name))?),
            forms: OnceLock::new(),
        })
    }
}

/// Weights of what a token is to those near it.
#[derive(Debug, Default)]
struct Looks<const N: usize> {
    weights: Joint<N>,
    few: Tally<Beside, N>,
}

impl<const N: usize> Looks<N> {
    fn new(weights: Joint<N>) -> Self {
        Self { few: Tally::new(&weights), weights }
    }

    fn counter(&self) -> Counter<'_, Beside, N> {
        Counter::new(&self.weights, &self.few)
    }

    /// What a token counts for, of which the form may be added up already.
    fn sums(&self, text: &Text<'_>, marks: &Marks, at: usize, form: Option<&Sums<N>>) -> Sums<N> {
        let mut counter = self.counter();
        match form {
            Some(form) => {
                clues::of_known(marks, at, &mut counter);
                counter.add_sums(form);
                clues::of_classes(text, marks, at, &mut counter);
            }
            None => clues::of_neighbour(text, marks, at, &mut counter),
        }
        counter.sums()
    }

    /// What a form of small letters, or a mark, counts for.
    fn form(&self, form: &str, kind: TokenKind) -> Sums<N> {
        let mut counter = self.counter();
        match kind {
            TokenKind::Word => clues::of_word_form(form, false, &mut counter),
            _ => clues::of_mark_form(form, &mut counter),
        }
        counter.sums()
    }
}

/// What the forms of small words and marks count for that have a weight of their own, as those do that stand near everything.
#[derive(Debug)]
struct Forms {
    /// By word of the vocabulary the place in `list`, counted from 1; 0 where there is none.
    places: Box<[u16]>,
    list: Vec<Form>,
}

/// What a form counts for.
#[derive(Debug)]
struct Form {
    kind: TokenKind,
    words: Sums<SIDES>,
    names: Sums<NAME_COLUMNS>,
}

impl Forms {
    fn new(Views { words, names, .. }: &Views, vocabulary: &Vocabulary) -> Self {
        let mut forms = Self { places: vec![0; vocabulary.len()].into_boxed_slice(), list: Vec::new() };
        for (form, id) in vocabulary.words() {
            // Its number is asked for in both.
            let feature = ("word", Numbered::new(form));
            let kind = if form.len() <= '€'.len_utf8() && !form.starts_with(char::is_alphanumeric) {
                TokenKind::Mark
            } else if words.weights.knows(feature) || names.weights.knows(feature) {
                TokenKind::Word
            } else {
                continue;
            };
            forms.list.push(Form { kind, words: words.form(form, kind), names: names.form(form, kind) });
            let Ok(place) = u16::try_from(forms.list.len()) else { break };
            forms.places[id.index()] = place;
        }
        forms
    }

    /// What a token's form counts for, where it is one of them.
    #[inline]
    fn of(&self, token: &Token) -> Option<&Form> {
        let place = usize::from(*self.places.get(token.known.word.index())?).checked_sub(1)?;
        self.list.get(place).filter(|form| form.kind == token.kind && !token.shape.capital())
    }
}

/// What the tokens of a text are as clues, each added up when it is asked for first.
#[derive(Debug)]
pub struct Around<'t> {
    views: &'t Views,
    forms: &'t Forms,
    words: Kept<SIDES>,
    names: Kept<NAME_COLUMNS>,
}

impl<'t> Around<'t> {
    pub fn new(text: &Text<'_>, views: &'t Views) -> Self {
        let forms = views.forms.get_or_init(|| Forms::new(views, text.vocabulary()));
        Self { views, forms, words: Kept::new(text), names: Kept::new(text) }
    }

    /// Forgets a token whose marks have changed.
    pub fn forget(&self, at: usize) {
        self.words.places[at].set(0);
        self.names.places[at].set(0);
    }

    /// What a token on a side says for a word being a name.
    pub fn of_word(&self, text: &Text<'_>, marks: &Marks, at: usize, side: Side) -> i32 {
        let form = || self.forms.of(&text.tokens()[at]).map(|form| &form.words);
        self.words.with(at, || self.views.words.sums(text, marks, at, form()), |sums| sums[side as usize])
    }

    /// What a token on a side says for each sort of name.
    pub fn of_name(&self, text: &Text<'_>, marks: &Marks, at: usize, side: Side) -> Sums<CLASSES> {
        let form = || self.forms.of(&text.tokens()[at]).map(|form| &form.names);
        let first = side as usize * CLASSES;
        let take = |sums: &Sums<NAME_COLUMNS>| {
            sums.get(first..).and_then(|sums| sums.first_chunk()).copied().unwrap_or_default()
        };
        self.names.with(at, || self.views.names.sums(text, marks, at, form()), take)
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
        Self {
            places: vec![Cell::new(0); text.tokens().len()],
            sums: RefCell::new(Vec::with_capacity(text.tokens().len() / 8)),
        }
    }

    #[inline]
    fn with<R>(&self, at: usize, find: impl FnOnce() -> Sums<N>, take: impl Fn(&Sums<N>) -> R) -> R {
        let place = &self.places[at];
        if place.get() == 0 {
            let found = find();
            let mut sums = self.sums.borrow_mut();
            sums.push(found);
            place.set(sums.len() as u32);
            return take(&found);
        }
        take(&self.sums.borrow()[place.get() as usize - 1])
    }
}
