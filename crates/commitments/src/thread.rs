//! One promise or agreement with its claims: what it looks like as of a day.

use crate::brief::{Brief, Entry, in_order};
use crate::join::{Cluster, Joined, Place, join_block, merge_decided};
use crate::money::Ruler;
use crate::rulings::Rulings;
use crate::sighting::{Context, Sighting, joins};
use crate::standing::{Standing, Told, figures};
use crate::{
    Agreement, AsOf, Bounds, ClaimId, ClaimView, Commitment, Compared, Conflict, Knowledge, Stage, StageStep, Status,
    origin, wording,
};
use jiff::{ToSpan, civil::Date};
use pledgebook_claims::{AgreementStage, Body, Pledge};
use pledgebook_mentions::Money;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Years without news after which a promise is stale (rule 14).
const STALE_YEARS: i32 = 2;

/// Joins claims: made once for a set of decisions, used for any number of blocks. Not shared between threads: each makes its
/// own, because it remembers the rates that it looked up.
pub struct Reconciler<'k> {
    knowledge: &'k Knowledge,
    rulings: &'k Rulings,
    ruler: Ruler<'k>,
}

/// A promise or an agreement with all its claims.
#[derive(Debug, Clone)]
pub struct Thread {
    told: Vec<Told>,
    /// Where joining put each claim; empty for a thread made of parts.
    places: Vec<Place>,
}

/// A claim of a thread that was joined anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Regrouped {
    /// Which of the claims.
    pub index: usize,
    /// Where it stands.
    pub place: Place,
    /// Why it was joined, and whether its sum adds to the others'; `None` where both are as before.
    pub why: Option<(String, bool)>,
}

/// What a thread is on a day, in short: what lists filter by and sums add.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Summary {
    /// The first day on which this holds.
    pub from: String,
    /// Keys of pledgers or parties.
    pub keys: Vec<String>,
    /// How they are written.
    pub by: Vec<String>,
    /// Places as listed.
    pub place: Vec<String>,
    /// Countries that the places lie in.
    pub countries: Vec<String>,
    /// Fields.
    pub domains: Vec<String>,
    /// The stage.
    pub stage: Option<Stage>,
    /// What sources add up to.
    pub status: Status,
    /// The sum.
    pub money: Option<Bounds>,
    /// The day whose rates it is converted at.
    pub rate_day: String,
    /// Whether it is a sum over others.
    pub envelope: bool,
    /// Whether sources differ.
    pub differs: bool,
    /// The first day on which it was known.
    pub first_known: String,
    /// The last day on which something was told of it.
    pub last_known: String,
    /// The surest of its claims, 0 to 1; 1 where a human accepted one.
    pub confidence: f32,
    /// How many claims it has.
    pub claims: usize,
}

impl<'k> Reconciler<'k> {
    /// A reconciler of this knowledge and these decisions.
    pub fn new(knowledge: &'k Knowledge, rulings: &'k Rulings) -> Self {
        Self { knowledge, rulings, ruler: Ruler::new(knowledge.rates()) }
    }

    /// Joins the claims of whole blocks. Order and repetition make no difference; the threads come ordered by id.
    pub fn threads(&self, sightings: Vec<Sighting>) -> Vec<Thread> {
        let decided = sightings.into_iter().filter_map(|sighting| self.rulings.apply(sighting, self.knowledge));
        let mut sightings: Vec<Sighting> = decided.filter(|sighting| joins(&sighting.claim)).collect();
        sightings.sort_by(|a, b| a.order(b));
        sightings.dedup_by(|a, b| a.id == b.id);
        let clusters = self.clusters(&sightings);
        let mut slots: Vec<Option<Sighting>> = sightings.into_iter().map(Some).collect();
        let mut threads: Vec<Thread> = clusters
            .into_iter()
            .map(|cluster| tell(cluster, &mut slots))
            .filter(|thread| !thread.told.is_empty())
            .collect();
        threads.sort_by(|a, b| a.id().cmp(b.id()));
        threads
    }

    /// Which claims belong together; they are in the order of knowing, each once.
    fn clusters(&self, sightings: &[Sighting]) -> Vec<Cluster> {
        let briefs = sightings.iter().filter_map(|sighting| Brief::of(sighting, self.knowledge));
        let entries: Vec<Entry<'_>> = briefs.map(Entry::of).collect();
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, sighting) in sightings.iter().enumerate() {
            if let Some(block) = sighting.block() {
                blocks.entry(block).or_default().push(index);
            }
        }
        let mut clusters: Vec<Cluster> = Vec::new();
        for block in blocks.values() {
            let of_block: Vec<&Entry<'_>> = block.iter().map(|index| &entries[*index]).collect();
            let joined = join_block(&of_block, &vec![None; block.len()], self.rulings, &self.ruler);
            clusters.extend(joined.into_iter().map(|mut cluster| {
                cluster.members.iter_mut().for_each(|member| member.index = block[member.index]);
                cluster
            }));
        }
        let ids: Vec<&ClaimId> = sightings.iter().map(|sighting| &sighting.id).collect();
        merge_decided(&mut clusters, &ids, self.rulings);
        clusters
    }

    /// Joins the claims of one block, each told by what [`Brief::write`] wrote of it. Those that were joined before bring their places. Gives the threads that are
    /// other than the places say; with the rest they are what joining all of the block gives. Not for blocks that a decision
    /// concerns, nor for those from which a claim was taken. `None` where a brief is stored in another form, or broken.
    pub fn rejoin(&self, claims: &[(&[u8], Option<Place>)]) -> Option<Vec<Vec<Regrouped>>> {
        let entries: Vec<Entry<'_>> = claims.iter().map(|(brief, _)| Entry::stored(brief)).collect::<Option<_>>()?;
        let order = in_order(&entries);
        let of_block: Vec<&Entry<'_>> = order.iter().map(|at| &entries[*at]).collect();
        let places: Vec<Option<Place>> = order.iter().map(|at| claims[*at].1).collect();
        let clusters = join_block(&of_block, &places, self.rulings, &self.ruler);
        if entries.iter().any(Entry::is_broken) {
            return None;
        }
        let changed = clusters.into_iter().filter(|cluster| cluster.changed);
        let regrouped = changed.map(|cluster| {
            let members = cluster.members.into_iter().map(|member| Regrouped {
                index: order[member.index],
                place: member.place,
                why: reason(&member.by, of_block[member.index].glance.is_agreement),
            });
            members.collect()
        });
        Some(regrouped.collect())
    }

    /// Whether a decision concerns a claim, or any name.
    pub fn concerns(&self, claim: u64) -> bool {
        !self.rulings.is_empty() && self.rulings.concern(&format!("{claim:016x}"))
    }

    /// A sighting as decisions leave it; `None` where it was rejected.
    pub fn decided(&self, sighting: Sighting) -> Option<Sighting> {
        self.rulings.apply(sighting, self.knowledge)
    }

    /// What was decided about claims of a thread, as text that changes when a decision does.
    pub fn decisions_about(&self, thread: &Thread) -> String {
        let about = thread.claims().flat_map(|claim| self.rulings.about(&claim.id));
        let names = thread.claims().next().map(|claim| claim.context.written.join("+"));
        format!("{:?}{}", names, about.map(|act| format!("{act:?}")).collect::<String>())
    }

    /// Every block that must be reconciled together with that of a claim: its own, and the one that a decision moves it to.
    pub fn blocks(&self, sighting: &Sighting) -> Vec<String> {
        let mut blocks: Vec<String> = sighting.block().into_iter().collect();
        blocks.extend(self.rulings.decided_block(sighting.clone(), self.knowledge));
        blocks.sort();
        blocks.dedup();
        blocks
    }

    /// The commitment of a thread as of a day; `None` for agreements, and where nothing was known by then. `now` is the day that
    /// staleness is counted to.
    pub fn commitment(&self, thread: &Thread, as_of: &AsOf, now: &str) -> Option<Commitment> {
        let told = thread.known_by(as_of);
        let first = told.first()?;
        let Body::Pledge(_) = first.sighting.claim.body else { return None };
        let standing = self.standing(told);
        let pledges = || told.iter().filter_map(|told| pledge(&told.sighting));
        let (first_known, last_known) = known_days(told);
        let stages = stages(told, as_of);
        let gathered = Gathered::of(told);
        Some(Commitment {
            id: thread.id().to_owned(),
            by: gathered.pledgers(&first.sighting.context).1,
            place: gathered.places.most_told(),
            domains: gathered.domains.most_told(),
            action: mode(pledges().filter_map(|pledge| pledge.action)),
            money: standing.bounds(told, &self.ruler),
            compared: self.compared(told, &standing),
            things: things(told),
            from: mode(pledges().filter_map(|pledge| pledge.from.clone())),
            until: mode(pledges().filter_map(|pledge| pledge.until.clone())),
            over: mode(pledges().filter_map(|pledge| pledge.over.clone())),
            stage: stage_of(&standing, &stages, as_of).and_then(|stage| match stage {
                Stage::Pledge(stage) => Some(stage),
                Stage::Agreement(_) => None,
            }),
            stages,
            status: standing.status(),
            envelope: standing.envelope,
            stale: is_stale(&last_known, as_of.known.as_deref().unwrap_or(now)),
            origins: standing.origins(told),
            part_of: thread.wholes(as_of),
            parts: Vec::new(),
            first_known,
            last_known,
            conflicts: conflicts(told, &standing),
            claims: self.claim_views(told, &standing),
        })
    }

    /// The agreement of a thread as of a day; `None` for commitments, and where nothing was known by then.
    pub fn agreement(&self, thread: &Thread, as_of: &AsOf, now: &str) -> Option<Agreement> {
        let told = thread.known_by(as_of);
        let first = told.first()?;
        let Body::Agreement(_) = first.sighting.claim.body else { return None };
        let standing = self.standing(told);
        let agreements = || {
            told.iter().filter_map(|told| match &told.sighting.claim.body {
                Body::Agreement(agreement) => Some(agreement),
                _ => None,
            })
        };
        let (first_known, last_known) = known_days(told);
        let stages = taken(stages(told, as_of));
        let gathered = Gathered::of(told);
        let mut delegation: Vec<String> = Vec::new();
        for who in told.iter().flat_map(|told| &told.sighting.context.delegation) {
            if !delegation.contains(who) {
                delegation.push(who.clone());
            }
        }
        Some(Agreement {
            id: thread.id().to_owned(),
            parties: gathered.parties.of_most().1,
            name: mode(agreements().filter_map(|agreement| agreement.name.clone())),
            domains: gathered.domains.most_told(),
            stage: stage_of(&standing, &stages, as_of).and_then(|stage| match stage {
                Stage::Agreement(stage) => Some(stage),
                Stage::Pledge(_) => None,
            }),
            stages,
            money: standing.bounds(told, &self.ruler),
            compared: self.compared(told, &standing),
            date: mode(agreements().filter_map(|agreement| agreement.date.clone())),
            status: standing.status(),
            stale: is_stale(&last_known, as_of.known.as_deref().unwrap_or(now)),
            origins: standing.origins(told),
            first_known,
            last_known,
            conflicts: conflicts(told, &standing),
            delegation,
            commitments: Vec::new(),
            claims: self.claim_views(told, &standing),
        })
    }

    /// What the thread was after each day on which something was told of it, by day; a day that changes nothing is left out.
    pub fn summaries(&self, thread: &Thread) -> Vec<Summary> {
        let mut summaries: Vec<Summary> = Vec::new();
        let (mut standing, mut gathered) = (Standing::default(), Gathered::default());
        let told = &thread.told;
        for (index, one) in told.iter().enumerate() {
            standing.take(told, &self.ruler);
            let decisions = self.rulings.about(&one.sighting.id);
            gathered.take(&one.sighting, decisions.iter().any(|act| matches!(act, crate::Act::Accept { .. })));
            if told.get(index + 1).is_some_and(|next| next.sighting.origin.known == one.sighting.origin.known) {
                continue;
            }
            let summary = self.summary(&told[..=index], &standing, &gathered, summaries.last());
            summaries.push(summary);
        }
        summaries
    }

    /// The summary of claims that were taken; `before` is the one of the day before.
    fn summary(
        &self,
        told: &[Told],
        standing: &Standing,
        gathered: &Gathered<'_>,
        before: Option<&Summary>,
    ) -> Summary {
        let (keys, by) = match &told[0].sighting.claim.body {
            Body::Agreement(_) => gathered.parties.of_most(),
            _ => gathered.pledgers(&told[0].sighting.context),
        };
        let known = |sighting: &Sighting| sighting.origin.known.clone();
        // Documents without a day of their own count only where there are no others.
        let [first_known, last_known] = gathered
            .days
            .map_or_else(|| [known(&told[0].sighting), known(&told[0].sighting)], |days| days.map(str::to_owned));
        let place = gathered.places.most_told();
        let countries = match before.filter(|before| before.place == place) {
            Some(before) => before.countries.clone(),
            None => {
                let mut countries: Vec<String> =
                    place.iter().filter_map(|place| self.knowledge.country(place)).collect();
                countries.sort();
                countries.dedup();
                countries
            }
        };
        Summary {
            from: known(&told[told.len() - 1].sighting),
            keys,
            by,
            place,
            countries,
            domains: gathered.domains.most_told(),
            stage: standing.stage,
            status: standing.status(),
            money: standing.bounds(told, &self.ruler),
            rate_day: standing.rate_day.map_or_else(|| first_known.clone(), |day| day.to_string()),
            envelope: standing.envelope,
            differs: standing.differs(),
            first_known,
            last_known,
            confidence: gathered.confidence,
            claims: told.len(),
        }
    }

    fn standing(&self, told: &[Told]) -> Standing {
        let mut standing = Standing::default();
        for _ in told {
            standing.take(told, &self.ruler);
        }
        standing
    }

    /// The standing figures side by side in the first other currency that a source states one in.
    fn compared(&self, told: &[Told], standing: &Standing) -> Option<Compared> {
        let own = standing.bounds(told, &self.ruler)?.currency?;
        let stated: Vec<Money> = standing
            .standing_figures(told)
            .into_iter()
            .filter_map(|index| figures(&told[index].sighting).first().copied())
            .collect();
        let currency = stated.iter().filter_map(|money| money.currency).find(|currency| *currency != own)?;
        let rate = self.ruler.rate(own, currency, standing.rate_day?)?;
        let (mut low, mut high) = (None::<Decimal>, None::<Decimal>);
        for money in &stated {
            let converted = if money.currency == Some(currency) {
                Some(*money)
            } else {
                self.ruler.convert(money, currency, standing.rate_day?).map(|(money, _)| money)
            };
            for value in converted.iter().flat_map(|money| [money.min, money.max]).flatten() {
                low = Some(low.map_or(value, |low| low.min(value)));
                high = Some(high.map_or(value, |high| high.max(value)));
            }
        }
        Some(Compared {
            currency,
            rate: rate.rate.normalize().to_string(),
            rate_day: rate.day.to_string(),
            rate_source: rate.source.clone(),
            low: low.map(|low| low.normalize()),
            high: high.map(|high| high.normalize()),
        })
    }

    fn claim_views(&self, told: &[Told], standing: &Standing) -> Vec<ClaimView> {
        told.iter()
            .zip(&standing.relations)
            .map(|(told, relation)| {
                let sighting = &told.sighting;
                let mut figures = figures(sighting);
                for figure in &mut figures {
                    figure.min = figure.min.map(|min| min.normalize());
                    figure.max = figure.max.map(|max| max.normalize());
                }
                ClaimView {
                    id: sighting.id.clone(),
                    document: sighting.origin.document.clone(),
                    day: sighting.origin.known.clone(),
                    kind: sighting.claim.body.kind().to_owned(),
                    money: figures.first().copied(),
                    restated: figures.iter().skip(1).copied().collect(),
                    stage: claim_stage(sighting),
                    evidence: sighting.claim.evidence.clone(),
                    span: sighting.claim.span,
                    origin: origin::full_chain(sighting),
                    relation: *relation,
                    why: told.why.clone(),
                    confidence: sighting.claim.confidence,
                    decisions: self.rulings.about(&sighting.id).to_vec(),
                }
            })
            .collect()
    }
}

impl Thread {
    /// A thread of claims that were joined before: each with why, and whether its sum adds to the others', in the order of
    /// knowing.
    pub fn of_parts(parts: Vec<(Box<Sighting>, String, bool)>) -> Self {
        let told = parts.into_iter().map(|(sighting, why, adds)| Told { sighting, why, adds }).collect();
        Self { told, places: Vec::new() }
    }

    /// Why each claim was joined, and whether its sum adds to the others', in the order of knowing.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, bool)> {
        self.told.iter().map(|told| (told.why.as_str(), told.adds))
    }

    /// [`Thread::reasons`], which the claims are let go for.
    pub fn into_reasons(self) -> Vec<(String, bool)> {
        self.told.into_iter().map(|told| (told.why, told.adds)).collect()
    }

    /// Where joining put each claim, in the order of knowing; nothing for a thread made of parts.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The id: that of its earliest-known claim.
    pub fn id(&self) -> &str {
        self.told.first().map_or("", |told| &told.sighting.id)
    }

    /// Whether it is an agreement.
    pub fn is_agreement(&self) -> bool {
        self.told.first().is_some_and(|told| matches!(told.sighting.claim.body, Body::Agreement(_)))
    }

    /// Its claims, in the order of knowing.
    pub fn claims(&self) -> impl Iterator<Item = &Sighting> {
        self.told.iter().map(|told| &*told.sighting)
    }

    /// Claims that its claims call their whole, as of a day.
    pub fn wholes(&self, as_of: &AsOf) -> Vec<ClaimId> {
        wholes(self.known_by(as_of))
    }

    /// Agreements that its claims are told under, as of a day: ids of claims.
    pub fn under(&self, as_of: &AsOf) -> Vec<ClaimId> {
        let mut under: Vec<ClaimId> =
            self.known_by(as_of).iter().flat_map(|told| told.sighting.context.under.clone()).collect();
        under.sort();
        under.dedup();
        under
    }

    fn known_by(&self, as_of: &AsOf) -> &[Told] {
        let known = as_of.known.as_deref().map_or(self.told.len(), |day| {
            self.told.partition_point(|told| told.sighting.origin.known.as_str() <= day)
        });
        &self.told[..known]
    }
}

fn wholes(told: &[Told]) -> Vec<ClaimId> {
    let mut wholes: Vec<ClaimId> = told.iter().flat_map(|told| told.sighting.context.wholes.clone()).collect();
    wholes.sort();
    wholes.dedup();
    wholes
}

/// Takes the claims of a cluster out of `slots`, with the sentence on why each is there.
fn tell(cluster: Cluster, slots: &mut [Option<Sighting>]) -> Thread {
    let mut thread = Thread { told: Vec::new(), places: Vec::new() };
    for (nth, member) in cluster.members.into_iter().enumerate() {
        let Some(sighting) = slots.get_mut(member.index).and_then(Option::take) else { continue };
        // Where a decision brought two threads together, the one known first founds them both.
        let by = if nth == 0 && !matches!(member.by, Joined::Decided { .. }) { Joined::Founds } else { member.by };
        let (why, adds) = reason(&by, matches!(sighting.claim.body, Body::Agreement(_))).unwrap_or_default();
        thread.told.push(Told { sighting: Box::new(sighting), why, adds });
        thread.places.push(member.place);
    }
    thread
}

/// Why a claim is in its thread, and whether its sum adds to the others'; `None` where both are as before.
fn reason(by: &Joined, is_agreement: bool) -> Option<(String, bool)> {
    let who = if is_agreement { "parties" } else { "pledger" };
    Some(match by {
        Joined::Decided { adds } => ("Joined by a decision".to_owned(), *adds),
        Joined::Founds => ("The first to tell of it".to_owned(), false),
        Joined::Fits(found) => {
            (wording::joined(found.place, found.purpose, found.money.as_ref(), found.adds, who), found.adds)
        }
        Joined::Kept => return None,
    })
}

fn pledge(sighting: &Sighting) -> Option<&Pledge> {
    match &sighting.claim.body {
        Body::Pledge(pledge) => Some(pledge),
        _ => None,
    }
}

fn claim_stage(sighting: &Sighting) -> Option<Stage> {
    match &sighting.claim.body {
        Body::Pledge(pledge) => pledge.stage.map(Stage::Pledge),
        Body::Agreement(agreement) => agreement.stage.map(Stage::Agreement),
        _ => None,
    }
}

/// What claims tell together, taken one by one.
#[derive(Default)]
struct Gathered<'t> {
    places: Counted<'t>,
    domains: Counted<'t>,
    parties: Parties<'t>,
    /// What identifies the pledgers of the first claim.
    keys: Option<&'t [String]>,
    /// First and last day of publication.
    days: Option<[&'t str; 2]>,
    /// The surest of the claims; 1 where one was accepted.
    confidence: f32,
}

impl<'t> Gathered<'t> {
    fn of(told: &'t [Told]) -> Self {
        let mut gathered = Self::default();
        told.iter().for_each(|told| gathered.take(&told.sighting, false));
        gathered
    }

    fn take(&mut self, sighting: &'t Sighting, accepted: bool) {
        match &sighting.claim.body {
            Body::Pledge(pledge) => {
                self.places.take(&pledge.place);
                self.domains.take(&pledge.domains);
                let keys = sighting.context.keys();
                // Decisions may bring promises of others here.
                if *self.keys.get_or_insert(keys) == keys {
                    self.parties.take(&sighting.context);
                }
            }
            Body::Agreement(agreement) => {
                self.domains.take(&agreement.domains);
                self.parties.take(&sighting.context);
            }
            _ => {}
        }
        if let Some(day) = sighting.origin.published.as_deref() {
            let [first, last] = self.days.unwrap_or([day, day]);
            self.days = Some([first.min(day), last.max(day)]);
        }
        self.confidence = self.confidence.max(if accepted { 1.0 } else { sighting.claim.confidence });
    }

    /// Who promises, as keys and as written: those that half of the claims name, where not all name the same.
    fn pledgers(&self, first: &Context) -> (Vec<String>, Vec<String>) {
        if self.parties.named.len() == first.by.len() || first.by.is_empty() {
            return (first.by.clone(), first.written.clone());
        }
        self.parties.of(|count| 2 * count >= self.parties.claims)
    }
}

/// The parties of an accord or a joint promise: key, how it is written first, how many claims name it.
#[derive(Default)]
struct Parties<'w> {
    named: Vec<(&'w String, &'w String, usize)>,
    claims: usize,
}

impl<'w> Parties<'w> {
    fn take(&mut self, context: &'w Context) {
        self.claims += usize::from(!context.by.is_empty());
        for (key, written) in context.by.iter().zip(&context.written) {
            match self.named.iter_mut().find(|(known, _, _)| *known == key) {
                Some((_, _, count)) => *count += 1,
                None => self.named.push((key, written, 1)),
            }
        }
    }

    /// Those that more than half of the claims name, as keys and as written: who is named beside the parties once is none.
    fn of_most(&self) -> (Vec<String>, Vec<String>) {
        self.of(|count| 2 * count > self.claims)
    }

    fn of(&self, enough: impl Fn(usize) -> bool) -> (Vec<String>, Vec<String>) {
        let mut most: Vec<_> = self.named.iter().filter(|(_, _, count)| enough(*count)).collect();
        if most.is_empty() {
            most = self.named.iter().collect();
        }
        most.sort();
        most.into_iter().map(|(key, written, _)| ((*key).clone(), (*written).clone())).unzip()
    }
}

/// Words and how often each was told, in the order in which they were told first.
#[derive(Default)]
struct Counted<'w>(Vec<(&'w String, usize)>);

impl<'w> Counted<'w> {
    fn take(&mut self, words: &'w [String]) {
        for word in words {
            match self.0.iter_mut().find(|(known, _)| *known == word) {
                Some((_, count)) => *count += 1,
                None => self.0.push((word, 1)),
            }
        }
    }

    /// The words, the most frequent first and the earliest among equals.
    fn most_told(&self) -> Vec<String> {
        let mut counts: Vec<&(&String, usize)> = self.0.iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts.into_iter().map(|(word, _)| (*word).clone()).collect()
    }
}

/// The most frequent value, the earliest among equals.
fn mode<T: PartialEq>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

fn things(told: &[Told]) -> Vec<pledgebook_mentions::Thing> {
    let mut things = Vec::new();
    for thing in told.iter().filter_map(|told| pledge(&told.sighting)).flat_map(|pledge| &pledge.things) {
        if !things.contains(thing) {
            things.push(thing.clone());
        }
    }
    things
}

/// First and last day on which something was told; documents without a day of their own count only where there are no others.
fn known_days(told: &[Told]) -> (String, String) {
    let dated = told.iter().filter_map(|told| told.sighting.origin.published.as_deref());
    let (first, last) = (dated.clone().min(), dated.max());
    let read = told.first().map_or("", |told| told.sighting.origin.known.as_str());
    (first.unwrap_or(read).to_owned(), last.unwrap_or(read).to_owned())
}

fn is_stale(last_known: &str, now: &str) -> bool {
    let (Ok(last), Ok(now)) = (last_known.parse::<Date>(), now.parse::<Date>()) else { return false };
    last.checked_add(STALE_YEARS.years()).is_ok_and(|stale| stale < now)
}

/// Every stage as first told on a day, by day, as far as the world's clock goes.
fn stages(told: &[Told], as_of: &AsOf) -> Vec<StageStep> {
    use AgreementStage::{Agreed, Ended, InForce, Paused, Signed};
    let mut steps: Vec<StageStep> = Vec::new();
    let concluded: Vec<&str> = told
        .iter()
        .filter(|told| matches!(claim_stage(&told.sighting), Some(Stage::Agreement(Agreed | Signed | InForce))))
        .map(|told| crate::standing::holds(&told.sighting).unwrap_or(&told.sighting.origin.known))
        .collect();
    for told in told {
        let Some(stage) = claim_stage(&told.sighting) else { continue };
        // "Has paused the deal signed in September" dates the deal, not its halt.
        let halts = matches!(stage, Stage::Agreement(Paused | Ended));
        let of_deal = |date: &&str| !(halts && concluded.iter().any(|day| day.starts_with(date)));
        let holds = crate::standing::holds(&told.sighting).filter(of_deal).map(str::to_owned);
        let day = told.sighting.origin.known.clone();
        let held = as_of.held.as_deref().is_none_or(|held| holds.as_deref().unwrap_or(&day) <= held);
        if !held {
            continue;
        }
        // "In September" is the eighteenth told again; a day before the news is what the news left open.
        let known = steps.iter_mut().filter(|step| step.stage == stage).find_map(|step| {
            let own = holds.as_deref().unwrap_or(&day);
            match step.holds.as_deref() {
                _ if holds.is_none() => Some((step, false)),
                None if step.day.starts_with(own) => Some((step, false)),
                None if *own < *step.day => Some((step, true)),
                Some(other) if other.starts_with(own) => Some((step, false)),
                Some(other) if own.starts_with(other) => Some((step, true)),
                _ => None,
            }
        });
        match known {
            Some((step, true)) => step.holds = holds,
            Some((_, false)) => {}
            None => steps.push(StageStep { stage, day, holds, claim: told.sighting.id.clone() }),
        }
    }
    // Of what one day tells, what held first comes first.
    steps.sort_by(|a, b| {
        let held = |step: &StageStep| step.holds.clone().unwrap_or_else(|| step.day.clone());
        a.day.cmp(&b.day).then_with(|| held(a).cmp(&held(b)))
    });
    steps
}

/// The steps of an accord that were steps when they were taken: that it was agreed is none after its signing, whenever it is told. A
/// month or a year counts by its end.
fn taken(steps: Vec<StageStep>) -> Vec<StageStep> {
    const AFTER_ANY_DAY: char = '~';
    let mut order: Vec<(String, Stage, usize)> = steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let mut held = step.holds.clone().unwrap_or_else(|| step.day.clone());
            if held.len() < step.day.len() {
                held.push(AFTER_ANY_DAY);
            }
            (held, step.stage, at)
        })
        .collect();
    order.sort();
    let mut stage = None;
    let mut moved = vec![false; steps.len()];
    for (_, told, at) in order {
        moved[at] = stage.is_none_or(|current| current == told || crate::standing::moves(current, told, true));
        if moved[at] {
            stage = Some(told);
        }
    }
    let mut moved = moved.into_iter();
    steps.into_iter().filter(|_| moved.next() == Some(true)).collect()
}

/// The stage as of a day of the world's clock: what stood then of what is known.
fn stage_of(standing: &Standing, steps: &[StageStep], as_of: &AsOf) -> Option<Stage> {
    if as_of.held.is_none() {
        return standing.stage;
    }
    let mut stage = None;
    for step in steps {
        if stage.is_none_or(|current| crate::standing::moves(current, step.stage, true)) {
            stage = Some(step.stage);
        }
    }
    stage
}

fn conflicts(told: &[Told], standing: &Standing) -> Vec<Conflict> {
    standing
        .differences
        .iter()
        .map(|difference| {
            let [first, second] = difference.between.map(|index| &told[index].sighting);
            let name = |sighting: &Sighting| origin::label(&origin::chain(sighting));
            let relation =
                if difference.revised.is_some() { crate::MoneyRelation::Revised } else { difference.found.relation };
            Conflict {
                relation,
                why: wording::difference(&difference.found, &name(first), &name(second), difference.revised),
                claims: [first.id.clone(), second.id.clone()],
            }
        })
        .collect()
}
