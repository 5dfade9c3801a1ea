//! Facts: what features hang on where there is one of few, with a number, so that what features over some facts come to can be kept
//! (`model::Sink::group`).

use crate::{
    analysis::Cue,
    candidate::Basis,
    model::{Part, Word},
};
use pledgebook_mentions::NameType;
use std::marker::PhantomData;

/// One of few.
pub trait Fact: Copy {
    /// How many there are.
    const COUNT: usize;
    /// A number of its own, below [`Fact::COUNT`].
    fn number(self) -> usize;
}

impl Fact for bool {
    const COUNT: usize = 2;

    #[inline(always)]
    fn number(self) -> usize {
        usize::from(self)
    }
}

impl Fact for Basis {
    const COUNT: usize = 4;

    #[inline(always)]
    fn number(self) -> usize {
        self as usize
    }
}

impl Fact for Cue {
    const COUNT: usize = Self::ALL.len();

    #[inline(always)]
    fn number(self) -> usize {
        self as usize
    }
}

impl<F: Fact> Fact for Option<F> {
    const COUNT: usize = F::COUNT + 1;

    #[inline(always)]
    fn number(self) -> usize {
        self.map_or(0, |fact| fact.number() + 1)
    }
}

macro_rules! together {
    ($($fact:ident $place:tt),+) => {
        impl<$($fact: Fact),+> Fact for ($($fact,)+) {
            const COUNT: usize = $($fact::COUNT *)+ 1;

            #[inline(always)]
            fn number(self) -> usize {
                let mut number = 0;
                $(number = number * $fact::COUNT + self.$place.number();)+
                number
            }
        }
    };
}

together!(A 0);
together!(A 0, B 1);
together!(A 0, B 1, C 2);
together!(A 0, B 1, C 2, D 3);
together!(A 0, B 1, C 2, D 3, E 4);
together!(A 0, B 1, C 2, D 3, E 4, F 5);

/// Facts with the words that name them in features.
macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$member_doc])* $member),+ }

        impl $name {
            /// As part of features.
            #[inline(always)]
            pub fn part(self) -> $crate::model::Part {
                const PARTS: &[$crate::model::Part] = &[$($crate::model::Part::new($word)),+];
                PARTS[self as usize]
            }
        }

        impl $crate::features::Fact for $name {
            const COUNT: usize = [$($word),+].len();

            #[inline(always)]
            fn number(self) -> usize {
                self as usize
            }
        }

        impl $crate::model::Word for $name {
            #[inline(always)]
            fn number(&self) -> u64 {
                self.part().number()
            }

            fn text(&self) -> &str {
                self.part().word()
            }
        }
    )+};
}
pub(crate) use facts;

facts! {
    /// The sort of a name.
    Sort {
        /// A human being.
        Person = "person",
        /// A company or body.
        Organisation = "organisation",
        /// A country.
        Country = "country",
        /// A town, region or site.
        Place = "place",
        /// An accord, plan or act.
        Instrument = "instrument",
    }

    /// A distance in tokens.
    Distance {
        /// None or one.
        One = "1",
        /// Up to three.
        Three = "3",
        /// Up to seven.
        Seven = "7",
        /// Up to fifteen.
        Fifteen = "15",
        /// More.
        Far = "far",
    }

    /// How many there are.
    Count {
        /// None.
        None = "0",
        /// One.
        One = "1",
        /// Two.
        Two = "2",
        /// Three or four.
        Four = "4",
        /// More.
        Many = "many",
    }
}

impl From<NameType> for Sort {
    #[inline]
    fn from(sort: NameType) -> Self {
        match sort {
            NameType::Person => Self::Person,
            NameType::Organisation => Self::Organisation,
            NameType::Country => Self::Country,
            NameType::Place => Self::Place,
            NameType::Instrument => Self::Instrument,
        }
    }
}

/// A distance in tokens.
#[inline]
pub fn near(distance: usize) -> Distance {
    match distance {
        0..=1 => Distance::One,
        2..=3 => Distance::Three,
        4..=7 => Distance::Seven,
        8..=15 => Distance::Fifteen,
        _ => Distance::Far,
    }
}

/// How many there are.
#[inline]
pub fn some(count: usize) -> Count {
    match count {
        0 => Count::None,
        1 => Count::One,
        2 => Count::Two,
        3..=4 => Count::Four,
        _ => Count::Many,
    }
}

/// A cue where there may be none, of the classes from the one numbered `FIRST` to that numbered `LAST`: 0 for none, else its place
/// among these, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Of<const FIRST: usize, const LAST: usize>(u8);

/// The small word before a name.
pub type Mark = Of<{ Cue::MarkAgent as usize }, { Cue::MarkRespectively as usize }>;
/// A verb of doing.
pub type Verb = Of<{ Cue::VerbInvest as usize }, { Cue::VerbApprove as usize }>;
/// What is done: any cue, as an accord is told by words that are no deeds.
pub type Deed = Of<0, { Cue::ALL.len() - 1 }>;

impl<const FIRST: usize, const LAST: usize> From<Option<Cue>> for Of<FIRST, LAST> {
    /// A cue of another class is none.
    #[inline(always)]
    fn from(cue: Option<Cue>) -> Self {
        let number = cue.map(|cue| cue as usize).filter(|number| (FIRST..=LAST).contains(number));
        Self(number.map_or(0, |number| (number - FIRST + 1) as u8))
    }
}

impl<const FIRST: usize, const LAST: usize> Of<FIRST, LAST> {
    /// Its class.
    pub fn cue(self) -> Option<Cue> {
        Cue::ALL.get(FIRST + usize::from(self.0.checked_sub(1)?)).copied()
    }

    /// As part of features.
    pub fn part(self) -> Part {
        self.cue().map_or(const { Part::new("none") }, Cue::part)
    }
}

impl Deed {
    /// The section of its class: "verb".
    pub fn section(self) -> Part {
        self.cue().map_or(const { Part::new("none") }, Cue::section)
    }
}

impl<const FIRST: usize, const LAST: usize> Fact for Of<FIRST, LAST> {
    const COUNT: usize = LAST - FIRST + 2;

    #[inline(always)]
    fn number(self) -> usize {
        usize::from(self.0)
    }
}

impl<const FIRST: usize, const LAST: usize> Word for Of<FIRST, LAST> {
    #[inline(always)]
    fn number(&self) -> u64 {
        self.part().number()
    }

    fn text(&self) -> &str {
        self.part().word()
    }
}

/// Features that hang on nothing but facts of these kinds, with places of their own among those of all groups of a model.
#[derive(Debug, Clone, Copy)]
pub struct Group<F> {
    first: usize,
    of: PhantomData<F>,
}

impl<F: Fact> Group<F> {
    /// With places from `first` on.
    pub const fn new(first: usize) -> Self {
        Self { first, of: PhantomData }
    }

    /// One past its last place.
    pub const fn end(&self) -> usize {
        self.first + F::COUNT
    }

    /// The place of these facts.
    #[inline(always)]
    pub fn at(&self, facts: F) -> usize {
        self.first + facts.number()
    }
}

/// The groups of features of a model, one behind the other, and how many places they have together; `AROUND => GATE` are those that
/// come behind others.
macro_rules! groups {
    ($others:ident => $places:ident: $($groups:tt)+) => {
        groups!(@behind $others, $places: $($groups)+);
    };
    ($places:ident: $($groups:tt)+) => {
        groups!(@behind 0, $places: $($groups)+);
    };
    (@behind $first:expr, $places:ident: $name:ident: $facts:ty, $($groups:tt)*) => {
        const $name: Group<$facts> = Group::new($first);
        groups!(@behind $name.end(), $places: $($groups)*);
    };
    (@behind $end:expr, $places:ident:) => {
        /// How many places the groups of these features have.
        pub const $places: usize = $end;
    };
}
pub(crate) use groups;

#[cfg(test)]
mod tests {
    use super::{Cue, Deed, Fact, Mark, Verb};

    #[test]
    fn facts_of_a_kind_have_numbers_of_their_own() {
        let mut numbers: Vec<usize> =
            Cue::ALL.iter().filter(|cue| cue.is_mark()).map(|cue| Mark::from(Some(*cue)).number()).collect();
        numbers.push(Mark::from(None).number());
        numbers.sort_unstable();
        assert!(numbers.iter().copied().eq(0..Mark::COUNT), "{numbers:?}");
        assert_eq!(Mark::from(Some(Cue::VerbInvest)), Mark::from(None));
        for cue in Cue::ALL {
            assert_eq!(Deed::from(Some(*cue)).cue(), Some(*cue));
            assert_eq!(Verb::from(Some(*cue)).cue().is_some(), cue.is_verb(), "{cue:?}");
        }
        type Both = (Option<bool>, Verb);
        let both = |flag, verb: Option<Cue>| (flag, Verb::from(verb)).number();
        assert_eq!((both(None, None), both(None, Some(Cue::VerbInvest))), (0, 1));
        assert_eq!(both(Some(true), Some(Cue::VerbApprove)), Both::COUNT - 1);
    }
}
