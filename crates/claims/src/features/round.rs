//! All who may be parties of one accord, looked at once more, each among the others: whoever would be one alone is a bystander beside
//! two that are surer, and two states leave little room for a firm.

use super::{
    Side,
    facts::{Group, Mark, Sort, facts, groups},
    people::introduces,
};
use crate::{
    analysis::{Analysis, NameAt},
    model::Sink,
};
use smallvec::SmallVec;

facts! {
    /// How many of the others are surer.
    Rank {
        /// None.
        First = "0",
        /// One.
        Second = "1",
        /// Two.
        Third = "2",
        /// Three.
        Fourth = "3",
        /// Four.
        Fifth = "4",
        /// Five.
        Sixth = "5",
        /// More.
        Low = "6",
    }

    /// How sure a name is to be a party by itself: the logarithm of the odds, to the nearest whole.
    Odds {
        /// -5 and below.
        Least = "-5",
        /// -4
        Four = "-4",
        /// -3
        Three = "-3",
        /// -2
        Two = "-2",
        /// -1
        One = "-1",
        /// Even.
        Even = "0",
        /// 1
        ForOne = "1",
        /// 2
        ForTwo = "2",
        /// 3
        ForThree = "3",
        /// 4
        ForFour = "4",
        /// 5 and above.
        Most = "5",
    }
}

impl Rank {
    const ALL: [Self; 7] = [Self::First, Self::Second, Self::Third, Self::Fourth, Self::Fifth, Self::Sixth, Self::Low];
}

impl Odds {
    const ALL: [Self; 11] = [
        Self::Least,
        Self::Four,
        Self::Three,
        Self::Two,
        Self::One,
        Self::Even,
        Self::ForOne,
        Self::ForTwo,
        Self::ForThree,
        Self::ForFour,
        Self::Most,
    ];

    /// Of a sum of hundredths.
    fn of(sum: i32) -> Self {
        Self::ALL[((sum + 50).div_euclid(100).clamp(-5, 5) + 5) as usize]
    }
}

groups! { GROUPS:
    OWN: (Odds,),
    BEST: (Odds, Sort, Side),
    RANK: (Rank, Sort, Side),
    FIRST: (Sort, Sort, Odds, Odds),
    FIRST_SIDE: (Side, Side, Sort, Sort),
    MARKS: (Mark, Mark),
    SECOND: (Sort, Sort, Sort, Odds),
    ODDS: (Odds, Odds, Odds),
    SECOND_SIDE: (Side, Side, Sort, Sort),
    SECOND_MARKS: (Mark, Mark),
}

/// One who may be a party.
#[derive(Debug, Clone, Copy)]
pub struct Seat {
    /// Who it is.
    entity: u32,
    /// What its features count for, in hundredths.
    sum: i32,
    sort: Sort,
    side: Side,
    mark: Mark,
    /// Whether it introduces another name: "the Swedish group Northvolt".
    modifies: bool,
}

impl Seat {
    /// A name that stands on a side of an accord.
    pub fn new(analysis: &Analysis<'_>, name: &NameAt, side: Side, sum: i32) -> Self {
        let modifies = side.is_here() && introduces(analysis, name).is_some();
        Self { entity: name.entity, sum, sort: name.sort.into(), side, mark: name.mark.into(), modifies }
    }

    /// The same where its features count for `sum`.
    pub fn with_sum(self, sum: i32) -> Self {
        Self { sum, ..self }
    }
}

/// All of them.
#[derive(Debug)]
pub struct Round<'s> {
    seats: &'s [Seat],
    /// The surest seat of each bearer, the surest bearer first.
    order: SmallVec<[usize; 16]>,
}

impl<'s> Round<'s> {
    /// Puts them in order.
    pub fn new(seats: &'s [Seat]) -> Self {
        let mut order: SmallVec<[usize; 16]> = SmallVec::new();
        for (at, seat) in seats.iter().enumerate() {
            match order.iter_mut().find(|best| seats[**best].entity == seat.entity) {
                Some(best) if seat.sum > seats[*best].sum => *best = at,
                Some(_) => {}
                None => order.push(at),
            }
        }
        order.sort_by_key(|at| std::cmp::Reverse(seats[*at].sum));
        Self { seats, order }
    }

    /// Features of one of them.
    pub fn features<S: Sink>(&self, at: usize, sink: &mut S) {
        let seat = &self.seats[at];
        let is_own = |best: &usize| self.seats[*best].entity == seat.entity;
        let rank = self.order.iter().position(is_own).unwrap_or(self.order.len());
        let best = self.order.get(rank).map_or(seat.sum, |best| self.seats[*best].sum);
        let rank = Rank::ALL[rank.min(Rank::ALL.len() - 1)];
        let (own, best, Seat { sort, side, mark, .. }) = (Odds::of(seat.sum), Odds::of(best), *seat);
        sink.group(OWN.at((own,)), |sink| {
            sink.add(&["bias"]);
            sink.add(("odds", own));
        });
        sink.group(BEST.at((best, sort, side)), |sink| {
            sink.add(("best", best));
            sink.add(("best", best, sort));
            sink.add(("best", best, side));
        });
        sink.group(RANK.at((rank, sort, side)), |sink| {
            sink.add(("rank", rank));
            sink.add(("rank", rank, sort));
            sink.add(("rank", rank, side));
        });
        if seat.modifies {
            sink.add(("modifies", sort));
        }
        let mut others = self.order.iter().filter(|best| !is_own(best)).map(|best| &self.seats[*best]);
        let Some(first) = others.next() else { return };
        let of_first = Odds::of(first.sum);
        sink.group(FIRST.at((first.sort, sort, of_first, best)), |sink| {
            sink.add(("first", first.sort, sort));
            sink.add(("first odds", of_first));
            sink.add(("first odds", of_first, best));
            sink.add(("first odds", of_first, first.sort, sort));
        });
        sink.group(FIRST_SIDE.at((first.side, side, first.sort, sort)), |sink| {
            sink.add(("first side", first.side, side));
            sink.add(("first side", first.side, side, first.sort, sort));
        });
        sink.group(MARKS.at((first.mark, mark)), |sink| sink.add(("first mark", first.mark, mark)));
        let Some(second) = others.next() else { return };
        let of_second = Odds::of(second.sum);
        sink.group(SECOND.at((first.sort, second.sort, sort, of_second)), |sink| {
            sink.add(("second", second.sort, sort));
            sink.add(("second odds", of_second));
            sink.add(("second odds", of_second, first.sort, second.sort, sort));
        });
        sink.group(ODDS.at((of_first, of_second, best)), |sink| {
            sink.add(("second odds", of_second, best));
            sink.add(("both odds", of_first, of_second, best));
        });
        sink.group(SECOND_SIDE.at((second.side, side, second.sort, sort)), |sink| {
            sink.add(("second side", second.side, side, second.sort, sort));
        });
        sink.group(SECOND_MARKS.at((second.mark, mark)), |sink| sink.add(("second mark", second.mark, mark)));
    }
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, Odds, Round, Seat, Side, Sort};
    use crate::model::{FeatureNames, Joint};
    use pledgebook_lexicon::{Data, Error};

    fn seat(entity: u32, sum: i32, sort: Sort) -> Seat {
        Seat { entity, sum, sort, side: Side::Left, mark: None.into(), modifies: false }
    }

    fn features(seats: &[Seat], at: usize) -> Vec<String> {
        let mut sink = FeatureNames::default();
        Round::new(seats).features(at, &mut sink);
        sink.0
    }

    #[test]
    fn each_is_seen_beside_the_surest_others() {
        let seats = [
            seat(7, 80, Sort::Country),
            seat(3, -120, Sort::Organisation),
            seat(5, 210, Sort::Country),
            // The same country once more, less sure.
            seat(5, -300, Sort::Country),
        ];
        let firm = features(&seats, 1);
        for feature in ["rank|2", "odds|-1", "first odds|2", "second odds|1", "both odds|2|1|-1"] {
            assert!(firm.iter().any(|own| own == feature), "{feature}: {firm:?}");
        }
        let again = features(&seats, 3);
        for feature in ["rank|0", "odds|-3", "best|2", "first odds|1"] {
            assert!(again.iter().any(|own| own == feature), "{feature}: {again:?}");
        }
        assert!(features(&seats[..1], 0).iter().all(|feature| !feature.starts_with("first")));
    }

    /// Sums that are kept by the facts that features hang on are those of the features, gone through one by one.
    #[test]
    fn what_is_kept_is_what_features_come_to() -> Result<(), Error> {
        let each = Joint::<1>::load(&Data::embedded(), ["agreement_round"])?;
        let kept = each.clone().keeping(GROUPS);
        let sorts = [Sort::Person, Sort::Organisation, Sort::Country, Sort::Place, Sort::Instrument];
        let seats: Vec<Seat> =
            (0..25).map(|at| seat(at / 2, 640 - 53 * (at as i32 * 7 % 25), sorts[at as usize % 5])).collect();
        for number in 1..seats.len() {
            let round = Round::new(&seats[..number]);
            for at in 0..number {
                let sums = |weights: &Joint<1>| {
                    let mut scorer = weights.scorer();
                    round.features(at, &mut scorer);
                    scorer.sums()
                };
                assert_eq!(sums(&kept), sums(&each), "{at} of {number}");
            }
        }
        Ok(())
    }

    #[test]
    fn odds_are_to_the_nearest_whole() {
        assert_eq!((Odds::of(-9999), Odds::of(-140), Odds::of(0)), (Odds::Least, Odds::One, Odds::Even));
        assert_eq!((Odds::of(160), Odds::of(501)), (Odds::ForTwo, Odds::Most));
    }
}
