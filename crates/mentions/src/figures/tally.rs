//! A number being put together from its parts.

use rust_decimal::Decimal;
use smallvec::SmallVec;

/// What stands between a number's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    No,
    And,
    Hyphen,
}

/// A number being put together: what was added, and how much more each part takes.
#[derive(Debug, Clone)]
pub(super) struct Build {
    items: SmallVec<[(Decimal, Decimal); 6]>,
    scale: Decimal,
    units_first: bool,
    marks: SmallVec<[(usize, usize); 4]>,
    pub(super) backed_off_to: usize,
}

impl Build {
    pub(super) fn new(units_first: bool) -> Self {
        Self { items: SmallVec::new(), scale: Decimal::ONE, units_first, marks: SmallVec::new(), backed_off_to: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn room(&self) -> Option<Decimal> {
        self.items.last().map(|(_, room)| *room)
    }

    pub(super) fn scale(&self) -> Decimal {
        self.scale
    }

    pub(super) fn total(&self) -> Option<Decimal> {
        if self.items.is_empty() {
            return None;
        }
        self.items.iter().try_fold(Decimal::ZERO, |sum, (value, _)| sum.checked_add(*value))
    }

    pub(super) fn set(&mut self, value: Decimal) {
        self.items.clear();
        self.items.push((value, Decimal::ZERO));
    }

    pub(super) fn replace_last(&mut self, value: Decimal) -> bool {
        match self.items.last_mut() {
            Some(last) => {
                last.0 = value;
                true
            }
            None => false,
        }
    }

    pub(super) fn add(&mut self, value: Decimal, room: Decimal) -> bool {
        if self.items.len() == 1 && self.items[0].0.is_zero() && value < Decimal::TEN {
            // "zero five" is a padded five.
            self.items[0] = (value, room);
            return true;
        }
        let fits = match self.items.last() {
            None => true,
            Some((_, left)) => *left > value && !value.is_zero(),
        };
        if fits {
            self.items.push((value, room));
        }
        fits
    }

    /// "five and" + "twenty"
    pub(super) fn add_units_first(&mut self, value: Decimal, room: Decimal) -> bool {
        if !self.units_first || room != Decimal::TEN {
            return false;
        }
        let before = self.items.len().checked_sub(2).map(|at| self.items[at].1);
        match self.items.last_mut() {
            Some(last)
                if last.0 < Decimal::TEN
                    && last.0 >= Decimal::ONE
                    && last.1.is_zero()
                    && before.is_none_or(|room| room > value) =>
            {
                *last = (last.0 + value, Decimal::ZERO);
                true
            }
            _ => false,
        }
    }

    /// Adds a part of one to the last figure.
    pub(super) fn add_part(&mut self, part: Decimal) -> bool {
        match self.items.last_mut() {
            Some(last) if part < Decimal::ONE => {
                *last = (last.0 + part, Decimal::ZERO);
                true
            }
            _ => false,
        }
    }

    /// Adds a part of the last scale, or of one.
    pub(super) fn add_fraction(&mut self, part: Decimal) -> bool {
        let of = if self.scale >= Decimal::ONE_THOUSAND { self.scale } else { Decimal::ONE };
        match (part < Decimal::ONE, part.checked_mul(of), self.items.last_mut()) {
            (true, Some(part), Some(last)) => {
                *last = (last.0 + part, Decimal::ZERO);
                true
            }
            _ => false,
        }
    }

    pub(super) fn divide(&mut self, by: Decimal) -> bool {
        match self.total().and_then(|total| total.checked_div(by)) {
            Some(value) => {
                self.set(value);
                true
            }
            None => false,
        }
    }

    pub(super) fn times(&mut self, by: Decimal) -> bool {
        let mut keep = self.items.iter().rposition(|(value, _)| *value >= by).map_or(0, |at| at + 1);
        // A figure in digits may exceed its scale: "322 hundred".
        if keep == 1 && self.items.len() == 1 && self.items[0].1.is_zero() {
            keep = 0;
        }
        let trailing = self.items[keep..].iter().map(|(value, _)| *value).sum::<Decimal>();
        let counted = if self.items.len() == keep { Decimal::ONE } else { trailing };
        let Some(product) = counted.checked_mul(by) else { return false };
        if keep > 0 && self.items[keep - 1].1 <= product {
            return false;
        }
        self.items.truncate(keep);
        self.items.push((product, by));
        if keep == 0 {
            // "mil millones" is one scale of two words.
            self.scale = if self.scale > Decimal::ONE { self.scale.checked_mul(by).unwrap_or(by) } else { by };
        }
        true
    }

    /// Whether a collective told of one is meant exactly: a dozen is twelve.
    pub(super) fn exact_collective(&self, value: Decimal) -> bool {
        value % Decimal::TEN != Decimal::ZERO
    }

    /// Remembers how far the number went, so that it can back off.
    pub(super) fn mark(&mut self, token: usize) {
        self.marks.push((self.items.len(), token));
    }

    /// Gives back the last addition.
    pub(super) fn back_off(&mut self) -> bool {
        let now = self.items.len();
        let Some(mark) = self.marks.iter().rev().find(|(items, _)| *items < now).copied() else { return false };
        self.items.truncate(mark.0);
        self.backed_off_to = mark.1;
        true
    }
}
