//! Which claims of one block are of one promise (rules 1 to 3 and 8).
//!
//! Claims are taken in the order in which they were known (day, document, place in the text), and each joins the commitment that
//! it fits best, or founds one. The order is the claims' own, so arrival makes no difference; and what was known on a day is a
//! beginning of that order, so the commitments as of that day are what this gives for the claims known by then.
//!
//! Where a block was joined before, its claims bring the places that they had. A document then keeps its places unless one of its
//! claims stands in a commitment that has changed, or fits one: what comes out is what joining all of them anew gives, at the
//! price of looking at what changed.
//!
//! A claim that keeps its place is only glanced at, and its brief is read when something is first compared with its commitment: of the
//! thousands of claims of a busy pledger that is a part.

use crate::ClaimId;
use crate::brief::{Around, Brief, BriefBody, BriefThing, Entry};
use crate::money::{Comparison, Ruler};
use crate::record::claim_id;
use crate::rulings::Rulings;
use jiff::civil::Date;
use pledgebook_claims::{Action, AmountRole, Novelty, PledgeStage};
use pledgebook_mentions::Money;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::ops::{Deref, Range};

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
pub(crate) struct Growing<'a> {
    cluster: Cluster,
    /// The claim that founded it.
    id: u64,
    /// Where its members may be, all of them.
    around: Around,
    /// How many of its members have been read; what follows is what these tell.
    read: usize,
    /// Distinct sets of pledgers.
    who: SmallVec<[u64; 2]>,
    /// Distinct figures, each with its restatements.
    figures: SmallVec<[&'a [Money]; 2]>,
    spots: SmallVec<[&'a Spot<'a>; 4]>,
    domains: SmallVec<[&'a str; 4]>,
    first: Option<Date>,
    last: Option<Date>,
    /// The first and the last day as numbers.
    days: Option<[i32; 2]>,
    envelope: bool,
    /// Sums that were told as coming on top.
    increments: Vec<Money>,
    /// Whether a sum was told as the total.
    total: bool,
    /// Sums that were told otherwise: before the increment, or as the total.
    sums: Vec<Money>,
    actions: SmallVec<[Option<Action>; 4]>,
    until: SmallVec<[[u8; 4]; 2]>,
    things: Vec<BriefThing<'a>>,
    accord: accord::Told<'a>,
}

/// Joins the claims of one block. `entries` are in the order of knowing, each once, decisions applied; `places` are where claims
/// stood when the block was joined last. What a brief that cannot be read would tell is left out: whoever gives stored ones looks
/// whether any is broken.
pub(crate) fn join_block(
    entries: &[&Entry<'_>],
    places: &[Option<Place>],
    rulings: &Rulings,
    ruler: &Ruler<'_>,
) -> Vec<Cluster> {
    let joiner = Joiner {
        entries,
        places,
        rulings,
        ruler,
        growing: Vec::new(),
        at: std::array::from_fn(|_| Vec::new()),
        home: FxHashMap::default(),
        changed: Vec::new(),
        here: Vec::new(),
        turn: 0,
        placed: Vec::new(),
    };
    joiner.run()
}

struct Joiner<'a, 'b> {
    entries: &'a [&'a Entry<'b>],
    places: &'a [Option<Place>],
    rulings: &'a Rulings,
    ruler: &'a Ruler<'a>,
    growing: Vec<Growing<'a>>,
    /// The clusters that may be there, for each bit of [`Around`].
    at: [Vec<usize>; Around::BITS],
    /// The claim that founded a cluster to the cluster.
    home: FxHashMap<u64, usize>,
    /// Clusters that are other than claims' places say.
    changed: Vec<usize>,
    /// Clusters that hold claims of the present document.
    here: Vec<usize>,
    /// Claims of the present document that have been placed.
    turn: u32,
    /// Claims of a document that keeps its places, by turn; empty between documents.
    placed: Vec<(Place, usize)>,
}

impl<'a, 'b> Joiner<'a, 'b> {
    fn run(mut self) -> Vec<Cluster> {
        let mut start = 0;
        while let Some(first) = self.entries.get(start) {
            let beside = self.entries[start..].iter().take_while(|entry| entry.glance.is_beside(&first.glance));
            let document = start..start + beside.count();
            (self.turn, start) = (0, document.end);
            self.here.clear();
            if !self.keep(document.clone()) {
                self.take(document.clone());
                self.note_changes(document);
            }
        }
        self.growing.into_iter().map(|growing| growing.cluster).collect()
    }

    /// Puts the claims of a document where they stood; `false`, and nothing done, where they may belong elsewhere now.
    fn keep(&mut self, document: Range<usize>) -> bool {
        let founded_here = |thread: u64| self.entries[document.clone()].iter().any(|entry| entry.glance.id == thread);
        for place in &self.places[document.clone()] {
            let Some(place) = place else { return false };
            match self.home.get(&place.thread) {
                Some(cluster) if self.growing[*cluster].cluster.changed => return false,
                None if !founded_here(place.thread) => return false,
                _ => {}
            }
        }
        for index in document.clone() {
            for nth in 0..self.changed.len() {
                let to = self.changed[nth];
                if self.candidate_fit(index, to).is_some() {
                    return false;
                }
            }
        }
        let mut placed = std::mem::take(&mut self.placed);
        placed.extend(document.filter_map(|index| Some((self.places[index]?, index))));
        placed.sort_by_key(|(place, _)| place.turn);
        for (place, index) in placed.drain(..) {
            self.turn = place.turn;
            match self.home.get(&place.thread) {
                Some(cluster) => self.put(*cluster, index, Joined::Kept, place.firm),
                None => self.found(index, Joined::Kept),
            }
        }
        self.placed = placed;
        true
    }

    /// Marks the clusters that a document has changed: those that hold other claims of it, or in another order, than its places
    /// say.
    fn note_changes(&mut self, document: Range<usize>) {
        let mut touched = self.here.clone();
        touched.extend(document.clone().filter_map(|index| self.home.get(&self.places[index]?.thread)));
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
            let before = self.places[document.clone()].iter().flatten().filter(|place| place.thread == growing.id);
            if !all_stay || before.count() != now {
                self.growing[cluster].cluster.changed = true;
                self.changed.push(cluster);
            }
        }
    }

    /// Takes the claims of one document: those that fit an earlier commitment best come first, so that of two sums of one
    /// document each finds its own.
    fn take(&mut self, document: Range<usize>) {
        let before = self.growing.len();
        let mut fits: Vec<(Evidence, usize, usize)> = Vec::new();
        let mut left: Vec<usize> = Vec::new();
        for index in document.clone() {
            if let Some(cluster) = self.decided(index) {
                self.put(cluster, index, Joined::Decided { adds: false }, false);
                continue;
            }
            left.push(index);
            for cluster in self.candidates(index, before) {
                if let Some(evidence) = self.candidate_fit(index, cluster) {
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
            if self.here.contains(&cluster) && self.fit_beside(index, cluster, &document).is_none() {
                continue;
            }
            left.retain(|other| *other != index);
            self.put_fitting(cluster, index, evidence);
        }
        for index in left {
            let here = self.here.clone();
            let best = (here.into_iter())
                .filter_map(|cluster| Some((self.fit_beside(index, cluster, &document)?, cluster)))
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
        let same = self.rulings.same_as(&self.id(index));
        if same.is_empty() {
            return None;
        }
        self.growing
            .iter()
            .position(|growing| growing.cluster.members.iter().any(|member| same.contains(&self.id(member.index))))
    }

    fn forbidden(&self, index: usize, cluster: usize) -> bool {
        if self.rulings.is_empty() {
            return false;
        }
        let not_same = self.rulings.not_same_as(&self.id(index));
        !not_same.is_empty()
            && self.growing[cluster].cluster.members.iter().any(|member| not_same.contains(&self.id(member.index)))
    }

    fn id(&self, index: usize) -> ClaimId {
        claim_id(self.entries[index].glance.id)
    }

    /// Clusters of earlier documents that may be where a claim is.
    fn candidates(&self, index: usize, before: usize) -> Vec<usize> {
        let around = self.entries[index].glance.around;
        if around.is_anywhere() {
            return (0..before).collect();
        }
        let bits = around.with(Around::ANYWHERE).bits();
        let mut found: Vec<usize> =
            bits.flat_map(|bit| &self.at[bit]).copied().filter(|cluster| *cluster < before).collect();
        // A few lists in order, one behind the other, which a stable sort merges.
        found.sort();
        found.dedup();
        found
    }

    /// How a claim fits a cluster that is in one of its countries, or where either may be anywhere.
    fn candidate_fit(&mut self, index: usize, cluster: usize) -> Option<Evidence> {
        let (own, there) = (self.entries[index].glance.around, self.growing[cluster].around);
        if !own.may_meet(there) {
            return None;
        }
        let evidence = self.fit(index, cluster)?;
        if own.is_anywhere() || there.is_anywhere() {
            return Some(evidence);
        }
        // Two countries may look alike at a glance; few claims fit, so that only these are looked at again.
        let (brief, growing) = (self.entries[index].brief()?, &self.growing[cluster]);
        let shares =
            |spot: &Spot<'_>| spot.country.is_some() && growing.spots.iter().any(|at| at.country == spot.country);
        brief.spots.iter().any(shares).then_some(evidence)
    }

    fn fit(&mut self, index: usize, cluster: usize) -> Option<Evidence> {
        if self.forbidden(index, cluster) {
            return None;
        }
        self.read(cluster);
        let (brief, growing) = (self.entries[index].brief()?, &self.growing[cluster]);
        match &brief.body {
            BriefBody::Agreement(own) => accord::fit(brief, own, growing, self.ruler),
            BriefBody::Pledge(own) => promise::fit(brief, own, growing, self.ruler),
        }
    }

    /// How a claim fits a cluster that holds claims of its own document.
    fn fit_beside(&mut self, index: usize, cluster: usize, document: &Range<usize>) -> Option<Evidence> {
        let evidence = self.fit(index, cluster).filter(|evidence| !evidence.two_towns)?;
        let brief = self.entries[index].brief()?;
        let members = self.growing[cluster].cluster.members.iter().rev();
        let mut beside = members.take_while(|member| document.contains(&member.index));
        let adds_up = brief.pledge().is_some_and(|own| promise::is_total(brief, own, &self.growing[cluster]));
        let all_fit = beside.all(|member| {
            let Some(other) = self.entries[member.index].brief() else { return false };
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
        let id = self.entries[index].glance.id;
        self.home.insert(id, self.growing.len());
        self.growing.push(Growing {
            cluster: Cluster { members: Vec::new(), changed: false },
            id,
            around: Around::default(),
            read: 0,
            who: SmallVec::new(),
            figures: SmallVec::new(),
            spots: SmallVec::new(),
            domains: SmallVec::new(),
            first: None,
            last: None,
            days: None,
            envelope: false,
            increments: Vec::new(),
            total: false,
            sums: Vec::new(),
            actions: SmallVec::new(),
            until: SmallVec::new(),
            things: Vec::new(),
            accord: accord::Told::default(),
        });
        self.put(self.growing.len() - 1, index, by, false);
    }

    fn put(&mut self, cluster: usize, index: usize, by: Joined, firm: bool) {
        let around = self.entries[index].glance.around;
        let growing = &mut self.growing[cluster];
        let place = Place { thread: growing.id, turn: self.turn, firm };
        growing.cluster.members.push(Member { index, by, place });
        self.turn += 1;
        if !self.here.contains(&cluster) {
            self.here.push(cluster);
        }
        for bit in around.without(growing.around).bits() {
            self.at[bit].push(cluster);
        }
        growing.around = growing.around.with(around);
    }

    /// Reads those members of a cluster that nothing was compared with so far.
    fn read(&mut self, cluster: usize) {
        let growing = &mut self.growing[cluster];
        while let Some(member) = growing.cluster.members.get(growing.read) {
            let (entry, firm): (&'a Entry<'b>, bool) = (self.entries[member.index], member.place.firm);
            growing.read += 1;
            if let Some(brief) = entry.brief() {
                growing.take(brief, firm);
            }
        }
    }
}

impl<'a> Growing<'a> {
    /// Takes in what a member tells.
    fn take(&mut self, brief: &'a Brief<'_>, firm: bool) {
        if !brief.figures.is_empty() && !self.figures.contains(&brief.figures.as_slice()) {
            self.figures.push(&brief.figures);
        }
        push_new(&mut self.who, brief.who);
        brief.spots.iter().for_each(|spot| push_new(&mut self.spots, spot));
        match &brief.body {
            BriefBody::Pledge(pledge) => {
                self.envelope |= pledge.role == Some(AmountRole::Envelope);
                self.total |= pledge.role == Some(AmountRole::TotalToDate);
                if let Some(money) = brief.figures.first().filter(|_| pledge.is_sum) {
                    let adds = pledge.role == Some(AmountRole::Increment);
                    push_new(if adds { &mut self.increments } else { &mut self.sums }, *money);
                }
                push_new(&mut self.actions, pledge.action);
                pledge.until.iter().for_each(|until| push_new(&mut self.until, *until));
                pledge.things.iter().for_each(|thing| push_new(&mut self.things, *thing));
            }
            BriefBody::Agreement(agreement) => self.accord.take(agreement, brief.lang),
        }
        // What a promise is for is told by its first claims, and by the news of those weeks that its sum proves to be of it; others
        // must not lead it on from one purpose to the next.
        let age = self.days.zip(brief.day_number).map(|([first, _], day)| day - first);
        let fresh = age.is_some_and(|age| age <= NEWS_DAYS);
        let proves = if brief.pledge().is_some() { fresh && firm } else { fresh || firm };
        if self.domains.is_empty() || proves {
            brief.domains.iter().for_each(|domain| push_new(&mut self.domains, *domain));
        }
        if let Some(day) = brief.day {
            self.first = Some(self.first.map_or(day, |first| first.min(day)));
            self.last = Some(self.last.map_or(day, |last| last.max(day)));
        }
        if let Some(day) = brief.day_number {
            let [first, last] = self.days.unwrap_or([day; 2]);
            self.days = Some([first.min(day), last.max(day)]);
        }
    }
}

fn push_new<T: PartialEq>(list: &mut (impl Extend<T> + Deref<Target = [T]>), value: T) {
    if !list.contains(&value) {
        list.extend([value]);
    }
}

/// Joins clusters of different blocks, or founded before a decision could join them.
pub(crate) fn merge_decided(clusters: &mut Vec<Cluster>, ids: &[&ClaimId], rulings: &Rulings) {
    if rulings.is_empty() {
        return;
    }
    loop {
        let mut home: FxHashMap<&ClaimId, usize> = FxHashMap::default();
        for (at, cluster) in clusters.iter().enumerate() {
            for member in &cluster.members {
                home.insert(ids[member.index], at);
            }
        }
        let pair = clusters.iter().enumerate().find_map(|(at, cluster)| {
            cluster.members.iter().find_map(|member| {
                let same = rulings.same_as(ids[member.index]);
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
fn best_comparison(brief: &Brief<'_>, growing: &Growing<'_>, ruler: &Ruler<'_>) -> Option<Comparison> {
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
