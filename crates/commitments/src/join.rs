//! Which claims of one block are of one promise (rules 1 to 3 and 8).
//!
//! Claims are taken in the order in which they were known (day, document, place in the text), and each joins the commitment that
//! it fits best, or founds one. The order is the claims' own, so arrival makes no difference; and what was known on a day is a
//! beginning of that order, so the commitments as of that day are what this gives for the claims known by then.

use crate::Knowledge;
use crate::money::{Comparison, Ruler};
use crate::rulings::Rulings;
use crate::sighting::{Sighting, block};
use jiff::civil::Date;
use pledgebook_claims::{AmountRole, Body, Novelty, PledgeStage};
use pledgebook_mentions::Money;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

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
}

/// A claim in a cluster.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Index of the claim.
    pub(crate) index: usize,
    /// Why it was joined; `None` for the claim that founded the cluster, and for those that a decision joined.
    pub(crate) evidence: Option<Evidence>,
    /// Whether a decision joined it.
    pub(crate) decided: bool,
}

/// What is compared of a claim.
pub(crate) struct Entry<'s> {
    pub(crate) sighting: &'s Sighting,
    pub(crate) day: Option<Date>,
    pub(crate) spots: Vec<Spot>,
    pub(crate) figures: Vec<Money>,
}

/// A cluster while it grows.
pub(crate) struct Growing {
    cluster: Cluster,
    /// Distinct figures, each with its restatements.
    figures: Vec<Vec<Money>>,
    spots: Vec<Spot>,
    domains: Vec<String>,
    first: Option<Date>,
    last: Option<Date>,
    envelope: bool,
    /// Sums that were told as coming on top.
    increments: Vec<Money>,
    /// Sums that were told otherwise: before the increment, or as the total.
    sums: Vec<Money>,
}

/// The order in which claims were known.
pub(crate) fn order(a: &Sighting, b: &Sighting) -> std::cmp::Ordering {
    let origins = a.origin.known.cmp(&b.origin.known).then_with(|| a.origin.document.cmp(&b.origin.document));
    origins.then_with(|| a.claim.span.cmp(&b.claim.span)).then_with(|| a.id.cmp(&b.id))
}

/// Joins the claims of one or several blocks. `sightings` are in the order of [`order`], each once, decisions applied.
pub(crate) fn join(
    sightings: &[Sighting],
    rulings: &Rulings,
    knowledge: &Knowledge,
    ruler: &Ruler<'_>,
) -> Vec<Cluster> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, sighting) in sightings.iter().enumerate() {
        if let Some(block) = block(&sighting.claim, &sighting.context.by, &sighting.context.ground) {
            groups.entry(block).or_default().push(index);
        }
    }
    let mut clusters: Vec<Cluster> = Vec::new();
    for group in groups.values() {
        let entries: FxHashMap<usize, Entry<'_>> =
            group.iter().map(|index| (*index, Entry::new(&sightings[*index], knowledge))).collect();
        clusters.extend(
            Joiner { sightings, entries, rulings, ruler, growing: Vec::new(), at: FxHashMap::default() }.run(group),
        );
    }
    merge_decided(&mut clusters, sightings, rulings);
    clusters
}

impl<'s> Entry<'s> {
    fn new(sighting: &'s Sighting, knowledge: &Knowledge) -> Self {
        let day = sighting.origin.published.as_deref().and_then(|day| day.parse().ok());
        let (places, figures): (&[String], Vec<Money>) = match &sighting.claim.body {
            Body::Pledge(pledge) => (&pledge.place, pledge.money.iter().chain(&pledge.restated).copied().collect()),
            Body::Agreement(agreement) => (&[], agreement.money.into_iter().collect()),
            _ => (&[], Vec::new()),
        };
        let spots = places.iter().map(|place| Spot::new(place, knowledge)).collect();
        Self { sighting, day, spots, figures }
    }
}

struct Joiner<'a, 's> {
    sightings: &'s [Sighting],
    entries: FxHashMap<usize, Entry<'s>>,
    rulings: &'a Rulings,
    ruler: &'a Ruler<'a>,
    growing: Vec<Growing>,
    /// Country to the clusters in it; clusters without a known country are under "".
    at: FxHashMap<String, Vec<usize>>,
}

impl Joiner<'_, '_> {
    fn run(mut self, group: &[usize]) -> Vec<Cluster> {
        let mut rest = group;
        while let Some(first) = rest.first() {
            let document = &self.sightings[*first].origin.document;
            let known = &self.sightings[*first].origin.known;
            let same = |index: &&usize| {
                let origin = &self.sightings[**index].origin;
                origin.document == *document && origin.known == *known
            };
            let count = rest.iter().take_while(same).count();
            let (document, others) = rest.split_at(count);
            self.take(document);
            rest = others;
        }
        self.growing.into_iter().map(|growing| growing.cluster).collect()
    }

    /// Takes the claims of one document: those that fit an earlier commitment best come first, so that of two sums of one
    /// document each finds its own.
    fn take(&mut self, document: &[usize]) {
        let before = self.growing.len();
        let mut fits: Vec<(Evidence, usize, usize)> = Vec::new();
        let mut left: Vec<usize> = Vec::new();
        for &index in document {
            if let Some(cluster) = self.decided(index) {
                self.put(cluster, index, None, true);
                continue;
            }
            left.push(index);
            for cluster in self.candidates(index, before) {
                if let Some(evidence) = self.fit(index, cluster) {
                    fits.push((evidence, index, cluster));
                }
            }
        }
        fits.sort_by(|a, b| b.0.score.cmp(&a.0.score).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        for (evidence, index, cluster) in fits {
            if !left.contains(&index) {
                continue;
            }
            // What the document put there already may forbid it: two different sums of one article are two promises.
            let joined_here =
                self.growing[cluster].cluster.members.iter().any(|member| document.contains(&member.index));
            if joined_here && self.fit_beside(index, cluster, document).is_none() {
                continue;
            }
            left.retain(|other| *other != index);
            self.put(cluster, index, Some(evidence), false);
        }
        for index in left {
            let touched = (0..self.growing.len()).filter(|cluster| {
                self.growing[*cluster].cluster.members.iter().any(|member| document.contains(&member.index))
            });
            let best = touched
                .filter_map(|cluster| Some((self.fit_beside(index, cluster, document)?, cluster)))
                .max_by(|a, b| a.0.score.cmp(&b.0.score).then(b.1.cmp(&a.1)));
            match best {
                Some((evidence, cluster)) => self.put(cluster, index, Some(evidence), false),
                None => self.found(index),
            }
        }
    }

    /// The cluster that a decision puts a claim into.
    fn decided(&self, index: usize) -> Option<usize> {
        let same = self.rulings.same_as(&self.sightings[index].id);
        if same.is_empty() {
            return None;
        }
        self.growing.iter().position(|growing| {
            growing.cluster.members.iter().any(|member| same.contains(&self.sightings[member.index].id))
        })
    }

    fn forbidden(&self, index: usize, cluster: usize) -> bool {
        let not_same = self.rulings.not_same_as(&self.sightings[index].id);
        !not_same.is_empty()
            && self.growing[cluster]
                .cluster
                .members
                .iter()
                .any(|member| not_same.contains(&self.sightings[member.index].id))
    }

    /// Clusters of earlier documents in the countries of a claim, and those in no known country.
    fn candidates(&self, index: usize, before: usize) -> Vec<usize> {
        let Some(entry) = self.entries.get(&index) else { return Vec::new() };
        let countries: Vec<&str> = entry.spots.iter().filter_map(|spot| spot.country.as_deref()).collect();
        if countries.is_empty() || countries.len() < entry.spots.len() || before <= 8 {
            return (0..before).collect();
        }
        let mut found: Vec<usize> = countries
            .iter()
            .chain(&[""])
            .filter_map(|country| self.at.get(*country))
            .flatten()
            .copied()
            .filter(|cluster| *cluster < before)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn fit(&self, index: usize, cluster: usize) -> Option<Evidence> {
        if self.forbidden(index, cluster) {
            return None;
        }
        let (entry, growing) = (self.entries.get(&index)?, &self.growing[cluster]);
        match entry.sighting.claim.body {
            Body::Agreement(_) => accord::fit(entry, growing, self.sightings, self.ruler),
            _ => promise::fit(entry, growing, self.sightings, self.ruler),
        }
    }

    /// How a claim fits a cluster that holds claims of its own document.
    fn fit_beside(&self, index: usize, cluster: usize, document: &[usize]) -> Option<Evidence> {
        let evidence = self.fit(index, cluster)?;
        let entry = self.entries.get(&index)?;
        let beside = self.growing[cluster].cluster.members.iter().filter(|member| document.contains(&member.index));
        let all_fit = beside.into_iter().all(|member| {
            self.entries.get(&member.index).is_some_and(|other| match entry.sighting.claim.body {
                Body::Agreement(_) => accord::beside(entry, other),
                _ => promise::beside(entry, other, self.ruler),
            })
        });
        all_fit.then_some(evidence)
    }

    fn found(&mut self, index: usize) {
        self.growing.push(Growing {
            cluster: Cluster { members: Vec::new() },
            figures: Vec::new(),
            spots: Vec::new(),
            domains: Vec::new(),
            first: None,
            last: None,
            envelope: false,
            increments: Vec::new(),
            sums: Vec::new(),
        });
        self.put(self.growing.len() - 1, index, None, false);
    }

    fn put(&mut self, cluster: usize, index: usize, evidence: Option<Evidence>, decided: bool) {
        let Some(entry) = self.entries.get(&index) else { return };
        let growing = &mut self.growing[cluster];
        growing.cluster.members.push(Member { index, evidence, decided });
        if !entry.figures.is_empty() && !growing.figures.contains(&entry.figures) {
            growing.figures.push(entry.figures.clone());
        }
        let mut countries: Vec<&str> = entry.spots.iter().filter_map(|spot| spot.country.as_deref()).collect();
        if countries.len() < entry.spots.len() || entry.spots.is_empty() {
            countries.push("");
        }
        for country in countries {
            let there = self.at.entry(country.to_owned()).or_default();
            if there.last() != Some(&cluster) && !there.contains(&cluster) {
                there.push(cluster);
            }
        }
        for spot in &entry.spots {
            if !growing.spots.contains(spot) {
                growing.spots.push(spot.clone());
            }
        }
        let domains = match &entry.sighting.claim.body {
            Body::Pledge(pledge) => {
                growing.envelope |= pledge.amount_role == Some(AmountRole::Envelope);
                if let Some(money) = pledge.money {
                    let adds = pledge.amount_role == Some(AmountRole::Increment);
                    let list = if adds { &mut growing.increments } else { &mut growing.sums };
                    if !list.contains(&money) {
                        list.push(money);
                    }
                }
                &pledge.domains
            }
            Body::Agreement(agreement) => &agreement.domains,
            _ => return,
        };
        // What a promise is for is told by the news of it and by those that tell its sum; later bare mentions must not lead it
        // on from one purpose to the next.
        let news = growing.first.zip(entry.day).and_then(|(first, day)| first.until(day).ok());
        let founds = growing.domains.is_empty() || news.is_some_and(|span| span.get_days() <= NEWS_DAYS);
        let firm = growing
            .cluster
            .members
            .last()
            .and_then(|member| member.evidence.as_ref())
            .is_some_and(|evidence| evidence.named || evidence.money.as_ref().is_some_and(Comparison::agrees));
        for domain in domains.iter().filter(|_| founds || firm) {
            if !growing.domains.contains(domain) {
                growing.domains.push(domain.clone());
            }
        }
        if let Some(day) = entry.day {
            growing.first = Some(growing.first.map_or(day, |first| first.min(day)));
            growing.last = Some(growing.last.map_or(day, |last| last.max(day)));
        }
    }
}

/// Joins clusters of different blocks, or founded before a decision could join them.
fn merge_decided(clusters: &mut Vec<Cluster>, sightings: &[Sighting], rulings: &Rulings) {
    if rulings.is_empty() {
        return;
    }
    loop {
        let mut home: FxHashMap<&str, usize> = FxHashMap::default();
        for (at, cluster) in clusters.iter().enumerate() {
            for member in &cluster.members {
                home.insert(&sightings[member.index].id, at);
            }
        }
        let pair = clusters.iter().enumerate().find_map(|(at, cluster)| {
            cluster.members.iter().find_map(|member| {
                let same = rulings.same_as(&sightings[member.index].id);
                same.iter().filter_map(|id| home.get(id.as_str())).find(|other| **other != at).map(|other| (at, *other))
            })
        });
        let Some((a, b)) = pair else { return };
        let moved = clusters.swap_remove(a.max(b));
        let kept = &mut clusters[a.min(b)];
        kept.members.extend(moved.members.into_iter().map(|member| Member { decided: true, ..member }));
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
fn best_comparison(entry: &Entry<'_>, growing: &Growing, ruler: &Ruler<'_>) -> Option<Comparison> {
    let day = growing.first.into_iter().chain(entry.day).min();
    growing
        .figures
        .iter()
        .filter_map(|figures| ruler.compare(figures, &entry.figures, day))
        .min_by_key(Comparison::rank)
}
