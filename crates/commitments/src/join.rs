//! Which claims of one block are of one promise (rules 1 to 3 and 8).
//!
//! Claims are taken in the order in which they were known (day, document, place in the text), and each joins the commitment that
//! it fits best, or founds one. The order is the claims' own, so arrival makes no difference; and what was known on a day is a
//! beginning of that order, so the commitments as of that day are what this gives for the claims known by then.
//!
//! Where a block was joined before, its claims bring the places that they had. A document then keeps its places unless one of its
//! claims stands in a commitment that has changed, or fits one: what comes out is what joining all of them anew gives, at the
//! price of looking at what changed.

use crate::brief::{Brief, BriefBody};
use crate::money::{Comparison, Ruler};
use crate::rulings::Rulings;
use jiff::civil::Date;
use pledgebook_claims::{Action, AmountRole, Novelty, PledgeStage};
use pledgebook_mentions::{Money, Thing};
use rustc_hash::FxHashMap;

mod accord;
mod evidence;
mod promise;

pub(crate) use evidence::{Evidence, Spot};

/// Days in which the news of a promise is told.
const NEWS_DAYS: i32 = 60;

/// A group of claims that are of one promise or one agreement.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    /// Claims by index, in the order of knowing; the first gives the id.
    pub(crate) members: Vec<Member>,
    /// Whether it is another than the places that the claims brought say.
    pub(crate) changed: bool,
}

/// A claim in a cluster.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Index of the claim.
    pub(crate) index: usize,
    /// How it came here.
    pub(crate) by: Joined,
    /// Where it stands.
    pub(crate) place: Place,
}

/// How a claim came to its cluster.
#[derive(Debug, Clone)]
pub(crate) enum Joined {
    /// It founded it.
    Founds,
    /// It fits.
    Fits(Box<Evidence>),
    /// A decision put it there, with what was found out before about whether its sum adds to the others'.
    Decided { adds: bool },
    /// It kept the place that it had.
    Kept,
}

/// Where a claim stands in a block that was joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The claim that gives its thread the id.
    pub thread: u64,
    /// Which of its document's claims it was to be placed: the first, the second …
    pub turn: u32,
    /// Whether its figure or name proves it to be of the thread.
    pub firm: bool,
}

/// A cluster while it grows: what its members tell, each thing once.
pub(crate) struct Growing {
    cluster: Cluster,
    /// The claim that founded it.
    id: u64,
    /// Distinct sets of pledgers.
    who: Vec<u64>,
    /// Distinct figures, each with its restatements.
    figures: Vec<Vec<Money>>,
    spots: Vec<Spot>,
    /// Whether a member tells no place, or one in no known country.
    anywhere: bool,
    domains: Vec<Box<str>>,
    first: Option<Date>,
    last: Option<Date>,
    envelope: bool,
    /// Sums that were told as coming on top.
    increments: Vec<Money>,
    /// Whether a sum was told as the total.
    total: bool,
    /// Sums that were told otherwise: before the increment, or as the total.
    sums: Vec<Money>,
    actions: Vec<Option<Action>>,
    until: Vec<[u8; 4]>,
    things: Vec<Thing>,
    accord: accord::Told,
}

/// Joins the claims of one block. `briefs` are in the order of knowing, each once, decisions applied; `places` are where claims
/// stood when the block was joined last.
pub(crate) fn join_block(
    briefs: &[&Brief],
    places: &[Option<Place>],
    rulings: &Rulings,
    ruler: &Ruler<'_>,
) -> Vec<Cluster> {
    let joiner = Joiner {
        briefs,
        places,
        rulings,
        ruler,
        growing: Vec::new(),
        at: FxHashMap::default(),
        home: FxHashMap::default(),
        changed: Vec::new(),
        here: Vec::new(),
        turn: 0,
    };
    joiner.run()
}

struct Joiner<'a> {
    briefs: &'a [&'a Brief],
    places: &'a [Option<Place>],
    rulings: &'a Rulings,
    ruler: &'a Ruler<'a>,
    growing: Vec<Growing>,
    /// Country to the clusters in it; clusters without a known country are under "".
    at: FxHashMap<Box<str>, Vec<usize>>,
    /// The claim that founded a cluster to the cluster.
    home: FxHashMap<u64, usize>,
    /// Clusters that are other than claims' places say.
    changed: Vec<usize>,
    /// Clusters that hold claims of the present document.
    here: Vec<usize>,
    /// Claims of the present document that have been placed.
    turn: u32,
}

impl Joiner<'_> {
    fn run(mut self) -> Vec<Cluster> {
        let mut start = 0;
        while let Some(first) = self.briefs.get(start) {
            let count = self.briefs[start..].iter().take_while(|brief| brief.is_beside(first)).count();
            let document: Vec<usize> = (start..start + count).collect();
            (self.turn, start) = (0, start + count);
            self.here.clear();
            if !self.keep(&document) {
                self.take(&document);
                self.note_changes(&document);
            }
        }
        self.growing.into_iter().map(|growing| growing.cluster).collect()
    }

    /// Puts the claims of a document where they stood; `false`, and nothing done, where they may belong elsewhere now.
    fn keep(&mut self, document: &[usize]) -> bool {
        let mut placed: Vec<(Place, usize)> = Vec::with_capacity(document.len());
        for &index in document {
            let Some(place) = self.places[index] else { return false };
            placed.push((place, index));
        }
        let founded_here = |thread: u64| document.iter().any(|index| self.briefs[*index].id == thread);
        for (place, _) in &placed {
            match self.home.get(&place.thread) {
                Some(cluster) if self.growing[*cluster].cluster.changed => return false,
                None if !founded_here(place.thread) => return false,
                _ => {}
            }
        }
        let fits_changed = |index: usize| {
            self.changed.iter().any(|to| self.is_candidate(index, *to) && self.fit(index, *to).is_some())
        };
        if document.iter().any(|index| fits_changed(*index)) {
            return false;
        }
        placed.sort_by_key(|(place, _)| place.turn);
        for (place, index) in placed {
            self.turn = place.turn;
            match self.home.get(&place.thread) {
                Some(cluster) => self.put(*cluster, index, Joined::Kept, place.firm),
                None => self.found(index, Joined::Kept),
            }
        }
        true
    }

    /// Marks the clusters that a document has changed: those that hold other claims of it, or in another order, than its places
    /// say.
    fn note_changes(&mut self, document: &[usize]) {
        let mut touched = self.here.clone();
        touched.extend(document.iter().filter_map(|index| self.home.get(&self.places[*index]?.thread)));
        touched.sort_unstable();
        touched.dedup();
        for cluster in touched {
            let growing = &self.growing[cluster];
            if growing.cluster.changed {
                continue;
            }
            let members = growing.cluster.members.iter().rev();
            let of_document = members.take_while(|member| document.contains(&member.index));
            let mut now = 0;
            let all_stay = of_document.into_iter().all(|member| {
                now += 1;
                self.places[member.index] == Some(member.place)
            });
            let before =
                document.iter().filter(|index| self.places[**index].is_some_and(|place| place.thread == growing.id));
            if !all_stay || before.count() != now {
                self.growing[cluster].cluster.changed = true;
                self.changed.push(cluster);
            }
        }
    }

    /// Takes the claims of one document: those that fit an earlier commitment best come first, so that of two sums of one
    /// document each finds its own.
    fn take(&mut self, document: &[usize]) {
        let before = self.growing.len();
        let mut fits: Vec<(Evidence, usize, usize)> = Vec::new();
        let mut left: Vec<usize> = Vec::new();
        for &index in document {
            if let Some(cluster) = self.decided(index) {
                self.put(cluster, index, Joined::Decided { adds: false }, false);
                continue;
            }
            left.push(index);
            for cluster in self.candidates(index, before) {
                if let Some(evidence) = self.fit(index, cluster) {
                    fits.push((evidence, index, cluster));
                }
            }
        }
        fits.sort_by(|a, b| {
            b.0.score.cmp(&a.0.score).then(a.0.apart.cmp(&b.0.apart)).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2))
        });
        for (evidence, index, cluster) in fits {
            if !left.contains(&index) {
                continue;
            }
            // What the document put there already may forbid it: two different sums of one article are two promises.
            if self.here.contains(&cluster) && self.fit_beside(index, cluster, document).is_none() {
                continue;
            }
            left.retain(|other| *other != index);
            self.put_fitting(cluster, index, evidence);
        }
        for index in left {
            let best = (self.here.iter())
                .filter_map(|cluster| Some((self.fit_beside(index, *cluster, document)?, *cluster)))
                .max_by(|a, b| a.0.score.cmp(&b.0.score).then(b.1.cmp(&a.1)));
            match best {
                Some((evidence, cluster)) => self.put_fitting(cluster, index, evidence),
                None => self.found(index, Joined::Founds),
            }
        }
    }

    fn put_fitting(&mut self, cluster: usize, index: usize, evidence: Evidence) {
        let firm = evidence.named || evidence.money.as_ref().is_some_and(Comparison::agrees);
        self.put(cluster, index, Joined::Fits(Box::new(evidence)), firm);
    }

    /// The cluster that a decision puts a claim into.
    fn decided(&self, index: usize) -> Option<usize> {
        if self.rulings.is_empty() {
            return None;
        }
        let same = self.rulings.same_as(&self.briefs[index].id());
        if same.is_empty() {
            return None;
        }
        self.growing.iter().position(|growing| {
            growing.cluster.members.iter().any(|member| same.contains(&self.briefs[member.index].id()))
        })
    }

    fn forbidden(&self, index: usize, cluster: usize) -> bool {
        if self.rulings.is_empty() {
            return false;
        }
        let not_same = self.rulings.not_same_as(&self.briefs[index].id());
        !not_same.is_empty()
            && self.growing[cluster]
                .cluster
                .members
                .iter()
                .any(|member| not_same.contains(&self.briefs[member.index].id()))
    }

    /// Clusters of earlier documents in the countries of a claim, and those in no known country.
    fn candidates(&self, index: usize, before: usize) -> Vec<usize> {
        let brief = self.briefs[index];
        if is_anywhere(brief) {
            return (0..before).collect();
        }
        let countries = brief.spots.iter().filter_map(|spot| spot.country.as_deref());
        let mut found: Vec<usize> = countries
            .chain([""])
            .filter_map(|country| self.at.get(country))
            .flatten()
            .copied()
            .filter(|cluster| *cluster < before)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a cluster is among the candidates of a claim.
    fn is_candidate(&self, index: usize, cluster: usize) -> bool {
        let (brief, growing) = (self.briefs[index], &self.growing[cluster]);
        let shares = |spot: &Spot| spot.country.is_some() && growing.spots.iter().any(|at| at.country == spot.country);
        growing.anywhere || is_anywhere(brief) || brief.spots.iter().any(shares)
    }

    fn fit(&self, index: usize, cluster: usize) -> Option<Evidence> {
        if self.forbidden(index, cluster) {
            return None;
        }
        let (brief, growing) = (self.briefs[index], &self.growing[cluster]);
        match &brief.body {
            BriefBody::Agreement(own) => accord::fit(brief, own, growing, self.ruler),
            BriefBody::Pledge(own) => promise::fit(brief, own, growing, self.ruler),
        }
    }

    /// How a claim fits a cluster that holds claims of its own document.
    fn fit_beside(&self, index: usize, cluster: usize, document: &[usize]) -> Option<Evidence> {
        let evidence = self.fit(index, cluster).filter(|evidence| !evidence.two_towns)?;
        let brief = self.briefs[index];
        let members = self.growing[cluster].cluster.members.iter().rev();
        let mut beside = members.take_while(|member| document.contains(&member.index));
        let adds_up = brief.pledge().is_some_and(|own| promise::is_total(brief, own, &self.growing[cluster]));
        let all_fit = beside.all(|member| {
            let other = self.briefs[member.index];
            match (&brief.body, &other.body) {
                (BriefBody::Agreement(own), BriefBody::Agreement(their)) => accord::beside(brief, own, other, their),
                (BriefBody::Pledge(own), BriefBody::Pledge(their)) => {
                    promise::beside((brief, own), (other, their), (adds_up, evidence.adds), self.ruler)
                }
                _ => false,
            }
        });
        all_fit.then_some(evidence)
    }

    fn found(&mut self, index: usize, by: Joined) {
        let id = self.briefs[index].id;
        self.home.insert(id, self.growing.len());
        self.growing.push(Growing {
            cluster: Cluster { members: Vec::new(), changed: false },
            id,
            who: Vec::new(),
            figures: Vec::new(),
            spots: Vec::new(),
            anywhere: false,
            domains: Vec::new(),
            first: None,
            last: None,
            envelope: false,
            increments: Vec::new(),
            total: false,
            sums: Vec::new(),
            actions: Vec::new(),
            until: Vec::new(),
            things: Vec::new(),
            accord: accord::Told::default(),
        });
        self.put(self.growing.len() - 1, index, by, false);
    }

    fn put(&mut self, cluster: usize, index: usize, by: Joined, firm: bool) {
        let brief = self.briefs[index];
        let growing = &mut self.growing[cluster];
        let place = Place { thread: growing.id, turn: self.turn, firm };
        growing.cluster.members.push(Member { index, by, place });
        self.turn += 1;
        if !self.here.contains(&cluster) {
            self.here.push(cluster);
        }
        if !brief.figures.is_empty() && !growing.figures.contains(&brief.figures) {
            growing.figures.push(brief.figures.clone());
        }
        push_new(&mut growing.who, &brief.who);
        if is_anywhere(brief) && !growing.anywhere {
            growing.anywhere = true;
            self.at.entry("".into()).or_default().push(cluster);
        }
        for spot in &brief.spots {
            if growing.spots.contains(spot) {
                continue;
            }
            if let Some(country) = &spot.country
                && growing.spots.iter().all(|known| known.country.as_ref() != Some(country))
            {
                self.at.entry(country.clone()).or_default().push(cluster);
            }
            growing.spots.push(spot.clone());
        }
        match &brief.body {
            BriefBody::Pledge(pledge) => {
                growing.envelope |= pledge.role == Some(AmountRole::Envelope);
                growing.total |= pledge.role == Some(AmountRole::TotalToDate);
                if let Some(money) = brief.figures.first().filter(|_| pledge.is_sum) {
                    let adds = pledge.role == Some(AmountRole::Increment);
                    push_new(if adds { &mut growing.increments } else { &mut growing.sums }, money);
                }
                push_new(&mut growing.actions, &pledge.action);
                pledge.until.iter().for_each(|until| push_new(&mut growing.until, until));
                pledge.things.iter().for_each(|thing| push_new(&mut growing.things, thing));
            }
            BriefBody::Agreement(agreement) => growing.accord.take(agreement, brief.lang.as_deref()),
        }
        // What a promise is for is told by its first claims, and by the news of those weeks that its sum proves to be of it; others
        // must not lead it on from one purpose to the next.
        let age = growing.first.zip(brief.day).and_then(|(first, day)| first.until(day).ok());
        let fresh = age.is_some_and(|span| span.get_days() <= NEWS_DAYS);
        let proves = if brief.pledge().is_some() { fresh && firm } else { fresh || firm };
        if growing.domains.is_empty() || proves {
            brief.domains.iter().for_each(|domain| push_new(&mut growing.domains, domain));
        }
        if let Some(day) = brief.day {
            growing.first = Some(growing.first.map_or(day, |first| first.min(day)));
            growing.last = Some(growing.last.map_or(day, |last| last.max(day)));
        }
    }
}

fn push_new<T: PartialEq + Clone>(list: &mut Vec<T>, value: &T) {
    if !list.contains(value) {
        list.push(value.clone());
    }
}

/// Whether a claim tells no place, one in no known country, or only that the pledger is of: it may be of a promise anywhere.
fn is_anywhere(brief: &Brief) -> bool {
    brief.spots.iter().all(|spot| spot.is_home) || brief.spots.iter().any(|spot| spot.country.is_none())
}

/// Joins clusters of different blocks, or founded before a decision could join them.
pub(crate) fn merge_decided(clusters: &mut Vec<Cluster>, briefs: &[Brief], rulings: &Rulings) {
    if rulings.is_empty() {
        return;
    }
    loop {
        let mut home: FxHashMap<String, usize> = FxHashMap::default();
        for (at, cluster) in clusters.iter().enumerate() {
            for member in &cluster.members {
                home.insert(briefs[member.index].id(), at);
            }
        }
        let pair = clusters.iter().enumerate().find_map(|(at, cluster)| {
            cluster.members.iter().find_map(|member| {
                let same = rulings.same_as(&briefs[member.index].id());
                same.iter().filter_map(|id| home.get(id)).find(|other| **other != at).map(|other| (at, *other))
            })
        });
        let Some((a, b)) = pair else { return };
        let moved = clusters.swap_remove(a.max(b));
        let kept = &mut clusters[a.min(b)];
        kept.members.extend(moved.members.into_iter().map(|member| {
            let adds = match &member.by {
                Joined::Fits(evidence) => evidence.adds,
                Joined::Decided { adds } => *adds,
                Joined::Founds | Joined::Kept => false,
            };
            Member { by: Joined::Decided { adds }, ..member }
        }));
        kept.members.sort_by_key(|member| member.index);
    }
}

/// Whether a pledge's own words say that it changes an earlier figure.
pub(crate) fn says_so(novelty: Option<Novelty>, role: Option<AmountRole>, stage: Option<PledgeStage>) -> bool {
    novelty == Some(Novelty::Extension)
        || matches!(role, Some(AmountRole::Increment | AmountRole::TotalToDate))
        || matches!(stage, Some(PledgeStage::Withdrawn | PledgeStage::Paused))
}

/// The best comparison of a claim's figures with any figure of a cluster.
fn best_comparison(brief: &Brief, growing: &Growing, ruler: &Ruler<'_>) -> Option<Comparison> {
    let day = growing.first.into_iter().chain(brief.day).min();
    let found = ruler.best(&growing.figures, &brief.figures, day);
    if found.as_ref().is_some_and(Comparison::agrees) || brief.day == day {
        return found;
    }
    // An outlet converts at the rate of its own day.
    let abroad = brief.figures.first().is_some_and(|own| {
        growing.figures.iter().filter_map(|sum| sum.first()).any(|sum| sum.currency != own.currency)
    });
    let of_its_day = abroad.then(|| ruler.best(&growing.figures, &brief.figures, brief.day)).flatten();
    of_its_day.filter(Comparison::agrees).or(found)
}
