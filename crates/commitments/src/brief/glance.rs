//! A brief at a glance: what orders the claims of a block and keeps apart those that cannot meet, so that of most claims of a crowded
//! block nothing else is read.

use super::Brief;
use std::cell::OnceCell;

/// Countries share so many bits, one bit being kept for claims that may be of a promise anywhere.
const COUNTRY_BITS: u64 = 63;

/// Where the promise of a claim may be: a bit for each country that the claim tells, which countries may share, and one for anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Around(u64);

impl Around {
    /// How many bits there are.
    pub(crate) const BITS: usize = u64::BITS as usize;
    /// What may be anywhere.
    pub(crate) const ANYWHERE: Self = Self(1);

    /// Of the places of a claim: the country of each as far as known, and whether it is the one that the pledger is of. A claim that
    /// tells no place, one in no known country, or only the pledger's own may be of a promise anywhere.
    pub(super) fn of<'s>(spots: impl IntoIterator<Item = (Option<&'s [u8]>, bool)>) -> Self {
        let (mut bits, mut only_home, mut unknown) = (0, true, false);
        for (country, is_home) in spots {
            only_home &= is_home;
            match country {
                Some(country) => bits |= Self::country(country).0,
                None => unknown = true,
            }
        }
        Self(bits | u64::from(only_home || unknown))
    }

    fn country(country: &[u8]) -> Self {
        let sum = country.iter().fold(0u64, |sum, letter| sum.wrapping_mul(31).wrapping_add(u64::from(*letter)));
        Self(2 << (sum % COUNTRY_BITS))
    }

    pub(crate) fn is_anywhere(self) -> bool {
        self.0 & Self::ANYWHERE.0 != 0
    }

    /// The bits that are set, each by its number.
    pub(crate) fn bits(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = (left != 0).then(|| left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            next
        })
    }

    /// What is in either.
    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is here and not there.
    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a claim here may be of a promise there. Countries that share a bit are not told apart.
    pub(crate) fn may_meet(self, other: Self) -> bool {
        (self.0 | other.0) & Self::ANYWHERE.0 != 0 || self.0 & other.0 != 0
    }
}

/// What is seen of a brief before it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glance<'b> {
    pub(crate) id: u64,
    pub(super) known: &'b [u8],
    pub(super) document: &'b [u8],
    pub(super) span: [usize; 2],
    pub(crate) around: Around,
    pub(crate) is_agreement: bool,
}

impl<'b> Glance<'b> {
    pub(super) fn of(brief: &Brief<'b>) -> Self {
        let spots =
            brief.spots.iter().map(|spot| (spot.country.as_ref().map(|country| country.as_bytes()), spot.is_home));
        Self {
            id: brief.id,
            known: brief.known.as_bytes(),
            document: brief.document.as_bytes(),
            span: brief.span,
            around: Around::of(spots),
            is_agreement: brief.pledge().is_none(),
        }
    }

    /// The order in which claims were known: day, document, place in the text.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let documents = self.known.cmp(other.known).then_with(|| self.document.cmp(other.document));
        documents.then_with(|| self.span.cmp(&other.span)).then_with(|| self.id.cmp(&other.id))
    }

    /// Whether two claims are of one document.
    pub(crate) fn is_beside(&self, other: &Self) -> bool {
        self.known == other.known && self.document == other.document
    }

    /// The beginning of the day as a number: what comes before has a smaller one, or the same.
    fn day(&self) -> u128 {
        let mut bytes = [0; size_of::<u128>()];
        let length = self.known.len().min(bytes.len());
        bytes[..length].copy_from_slice(&self.known[..length]);
        u128::from_be_bytes(bytes)
    }
}

/// A claim of a block: a glance at it, and its brief as soon as something is compared with it.
pub(crate) struct Entry<'b> {
    pub(crate) glance: Glance<'b>,
    /// What [`Brief::write`] wrote, where the brief is not at hand.
    stored: &'b [u8],
    read: OnceCell<Option<Box<Brief<'b>>>>,
}

impl<'b> Entry<'b> {
    pub(crate) fn of(brief: Brief<'b>) -> Self {
        Self { glance: Glance::of(&brief), stored: &[], read: OnceCell::from(Some(Box::new(brief))) }
    }

    /// `None` where it is stored in another form.
    pub(crate) fn stored(bytes: &'b [u8]) -> Option<Self> {
        Some(Self { glance: Glance::of_bytes(bytes)?, stored: bytes, read: OnceCell::new() })
    }

    /// The brief; `None` where what is stored cannot be read.
    pub(crate) fn brief(&self) -> Option<&Brief<'b>> {
        self.read.get_or_init(|| Brief::from_bytes(self.stored).map(Box::new)).as_deref()
    }

    /// Whether what is stored was found to be unreadable.
    pub(crate) fn is_broken(&self) -> bool {
        matches!(self.read.get(), Some(None))
    }
}

/// The order in which claims were known, as indexes; of claims that are there twice one is left.
pub(crate) fn in_order(entries: &[Entry<'_>]) -> Vec<usize> {
    let mut order: Vec<(u128, usize)> =
        entries.iter().enumerate().map(|(at, entry)| (entry.glance.day(), at)).collect();
    // Most claims differ in their days, which are compared much faster than the rest.
    order.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| entries[a.1].glance.order(&entries[b.1].glance)));
    order.dedup_by(|a, b| entries[a.1].glance.id == entries[b.1].glance.id);
    order.into_iter().map(|(_, at)| at).collect()
}
