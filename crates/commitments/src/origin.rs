//! Whom claims are from, and which of them are from one and the same (rules 10 and 11).

use crate::Signature;
use crate::sighting::Sighting;
use crate::signature::Sketch;
use crate::standing::Told;
use rustc_hash::FxHashMap;

/// Texts up to which each new one is held against all; more are found by their runs.
const FEW: usize = 16;

/// What identifies the origin of one claim: its last named source, else the outlet, else the document.
pub(crate) fn key(sighting: &Sighting) -> String {
    let context = &sighting.context;
    if !context.origin.is_empty() {
        return context.origin.clone();
    }
    match &sighting.origin.publisher {
        Some(publisher) => crate::entity::fold(publisher),
        None => format!("document/{}", sighting.origin.document),
    }
}

/// The chain as it is listed: the named sources, else who published it, else the document.
pub(crate) fn chain(sighting: &Sighting) -> Vec<String> {
    if !sighting.context.sources.is_empty() {
        return sighting.context.sources.clone();
    }
    vec![sighting.origin.publisher.clone().unwrap_or_else(|| sighting.origin.document.clone())]
}

/// The whole chain of one claim: outlet ← sources.
pub(crate) fn full_chain(sighting: &Sighting) -> Vec<String> {
    let mut chain: Vec<String> = sighting.origin.publisher.iter().cloned().collect();
    chain.extend(
        sighting.context.sources.iter().filter(|source| sighting.origin.publisher.as_ref() != Some(*source)).cloned(),
    );
    if chain.is_empty() {
        chain.push(sighting.origin.document.clone());
    }
    chain
}

/// Whether one document carries the other's text, in its own language or another.
pub(crate) fn is_copy(a: &Sighting, b: &Sighting) -> bool {
    let (a, b) = (&a.origin, &b.origin);
    let translated =
        || a.lang != b.lang && a.lang.is_some() && b.lang.is_some() && a.signature.is_translation(&b.signature);
    a.document != b.document && (a.signature.is_copy(&b.signature) || translated())
}

/// The name that sentences use for an origin: its last source that has a name, else its first words.
pub(crate) fn label(chain: &[String]) -> String {
    let named = chain.iter().rev().find(|source| source.chars().next().is_some_and(char::is_uppercase));
    named.or(chain.first()).cloned().unwrap_or_default()
}

/// The origins of a promise's claims, which are taken in the order of knowing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origins {
    /// In the order in which they came up. One that was found to be an earlier one has no members any more. Empty while there is but one
    /// text, which is compared with nothing: that of most promises.
    homes: Vec<Home>,
    /// The origin that each was found to be; itself where it stands.
    of: Vec<usize>,
    by_key: FxHashMap<String, usize>,
    /// The origins that a run of a text was told by, ascending; kept once texts are many.
    by_run: FxHashMap<u32, Vec<usize>>,
    texts: usize,
    count: usize,
}

#[derive(Debug, Clone, Default)]
struct Home {
    /// The claims that its texts are compared by, one a document.
    members: Vec<(usize, Sketch)>,
    /// The fewest runs of words and of figures that a text of it has.
    fewest: [usize; 2],
    /// The runs of the present text that any of its texts has: no single one has more of them.
    shared: [usize; 2],
}

impl Origins {
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// The claims that stand for each, by index.
    pub(crate) fn members(&self) -> impl Iterator<Item = Vec<usize>> {
        let alone = (self.homes.is_empty() && self.count > 0).then(|| vec![0]);
        let standing = self.homes.iter().filter(|home| !home.members.is_empty());
        alone.into_iter().chain(standing.map(|home| home.members.iter().map(|(index, _)| *index).collect()))
    }

    /// Takes the claim of an index; those before it have been taken.
    pub(crate) fn take(&mut self, all: &[Told], index: usize) {
        let own = &all[index].sighting;
        let same = |last: &Told| {
            let last = &last.sighting;
            last.origin.document == own.origin.document && last.context.origin == own.context.origin
        };
        // What a document says again is of the origin that it was of.
        if index.checked_sub(1).is_some_and(|last| same(&all[last])) {
            return;
        }
        if index == 0 {
            self.count = 1;
            return;
        }
        if self.homes.is_empty() {
            self.count = 0;
            self.compare(all, 0);
        }
        self.compare(all, index);
    }

    /// Finds the origin of a claim that is the first of its document, or of another origin than the one before it.
    fn compare(&mut self, all: &[Told], index: usize) {
        let own = &all[index].sighting;
        let (key, sketch) = (key(own), own.origin.signature.sketch());
        let copies = |(other, glance): &(usize, Sketch)| {
            glance.may_be_copy(&sketch) && is_copy(&all[*other].sighting, &all[index].sighting)
        };
        let known = self.by_key.get(&key).map(|home| self.root(*home));
        let mut homes: Vec<usize> = self.alike(&own.origin.signature, &sketch);
        homes.retain(|home| Some(*home) != known && self.homes[*home].members.iter().any(copies));
        homes.extend(known);
        homes.sort_unstable();
        let home = *homes.first().unwrap_or(&self.homes.len());
        if homes.is_empty() {
            self.homes.push(Home { fewest: sketch.runs(), ..Home::default() });
            self.of.push(home);
            self.count += 1;
        }
        for other in homes.iter().skip(1).rev() {
            let other = (std::mem::replace(&mut self.of[*other], home), std::mem::take(&mut self.homes[*other])).1;
            self.homes[home].members.extend(other.members);
            self.homes[home].limit(other.fewest);
            self.count -= 1;
        }
        let members = &mut self.homes[home].members;
        // One claim of a document is enough to compare texts by.
        if members.last().is_none_or(|(last, _)| all[*last].sighting.origin.document != own.origin.document) {
            members.push((index, sketch));
            self.texts += 1;
        }
        if homes.len() > 1 {
            members.sort_unstable_by_key(|(index, _)| *index);
        }
        self.homes[home].limit(sketch.runs());
        self.by_key.insert(key, home);
        match self.texts {
            ..FEW => {}
            FEW if self.by_run.is_empty() => {
                for home in 0..self.homes.len() {
                    let members: Vec<usize> = self.homes[home].members.iter().map(|(index, _)| *index).collect();
                    members.iter().for_each(|member| self.note(home, &all[*member].sighting.origin.signature));
                }
            }
            _ => self.note(home, &own.origin.signature),
        }
    }

    /// The origins of which a text may carry that of a signature, or be carried by it.
    fn alike(&mut self, signature: &Signature, sketch: &Sketch) -> Vec<usize> {
        if self.by_run.is_empty() {
            return (0..self.homes.len()).filter(|home| self.of[*home] == *home).collect();
        }
        let mut met = Vec::new();
        for run in signature.runs() {
            let Some(homes) = self.by_run.get_mut(run) else { continue };
            if homes.iter().any(|home| self.of[*home] != *home) {
                homes.iter_mut().for_each(|home| *home = root(&self.of, *home));
                homes.sort_unstable();
                homes.dedup();
            }
            for home in homes {
                let shared = &mut self.homes[*home].shared;
                if *shared == [0, 0] {
                    met.push(*home);
                }
                shared[usize::from(Signature::is_of_figures(*run))] += 1;
            }
        }
        met.retain(|home| {
            let home = &mut self.homes[*home];
            Sketch::may_share(std::mem::take(&mut home.shared), least(home.fewest, sketch.runs()))
        });
        met
    }

    /// Notes the runs of a text of an origin.
    fn note(&mut self, home: usize, signature: &Signature) {
        for run in signature.runs() {
            let homes = self.by_run.entry(*run).or_default();
            if let Err(at) = homes.binary_search(&home) {
                homes.insert(at, home);
            }
        }
    }

    fn root(&self, home: usize) -> usize {
        root(&self.of, home)
    }
}

impl Home {
    fn limit(&mut self, runs: [usize; 2]) {
        self.fewest = least(self.fewest, runs);
    }
}

fn least(a: [usize; 2], b: [usize; 2]) -> [usize; 2] {
    [a[0].min(b[0]), a[1].min(b[1])]
}

/// The origin that one was found to be.
fn root(of: &[usize], mut home: usize) -> usize {
    while of[home] != home {
        home = of[home];
    }
    home
}

#[cfg(test)]
mod tests {
    use super::{Origins, is_copy, key};
    use crate::Signature;
    use crate::sighting::{Context, Origin, Sighting};
    use crate::standing::Told;
    use std::sync::Arc;

    /// Claims of documents most of which carry half of one of a few texts, and some no text that is known.
    fn told(seed: u64, documents: usize) -> Vec<Told> {
        let mut state = seed;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut all = Vec::new();
        for document in 0..documents {
            let (text, of_figures, count) = (next(12) as u32 * 1000, 1 << 31, [0, 6, 30][next(3) as usize]);
            let mut runs: Vec<u32> = (0..count).map(|_| text + next(40) as u32).collect();
            runs.extend((0..next(12)).map(|_| of_figures + text + next(9) as u32));
            runs.sort_unstable();
            runs.dedup();
            let bytes: Vec<u8> = runs.iter().flat_map(|run| run.to_le_bytes()).collect();
            let origin = Arc::new(Origin {
                document: format!("{document:03}"),
                lang: Some(["en", "fr"][next(2) as usize].to_owned()),
                publisher: (next(3) == 0).then(|| format!("outlet {}", next(20))),
                signature: Signature::from_bytes(&bytes),
                ..Origin::default()
            });
            for _ in 0..=next(3) {
                let agency = if next(6) == 0 { format!("agency {}", next(9)) } else { String::new() };
                let text = r#"{"kind": "statement", "speaker": null, "quote": "", "evidence": "", "span": [0, 0]}"#;
                let claim = serde_json::from_str(text).unwrap();
                let context = Context { origin: agency, ..Context::default() };
                let sighting = Sighting { id: String::new(), claim, context, origin: Arc::clone(&origin) };
                all.push(Told { sighting: Box::new(sighting), why: String::new(), adds: false });
            }
        }
        all
    }

    /// What comes of comparing every claim with every claim before it: the first claim of each origin.
    fn compared(all: &[Told]) -> Vec<usize> {
        let mut of: Vec<usize> = Vec::new();
        for (index, one) in all.iter().enumerate() {
            let same =
                |other: &Told| key(&other.sighting) == key(&one.sighting) || is_copy(&other.sighting, &one.sighting);
            let mut homes: Vec<usize> = (0..index).filter(|other| same(&all[*other])).map(|other| of[other]).collect();
            homes.push(index);
            let first = homes.iter().copied().min().unwrap_or(index);
            of.push(first);
            of.iter_mut().filter(|home| homes.contains(home)).for_each(|home| *home = first);
        }
        of.sort_unstable();
        of.dedup();
        of
    }

    #[test]
    fn rule_10_origins_found_by_runs_are_those_that_comparing_all_texts_finds() {
        for seed in 1..60 {
            let all = told(seed, 12 + 3 * seed as usize);
            let mut origins = Origins::default();
            (0..all.len()).for_each(|index| origins.take(&all, index));
            let firsts: Vec<usize> = origins.members().filter_map(|members| members.first().copied()).collect();
            assert_eq!(firsts, compared(&all), "seed {seed}");
            assert_eq!(origins.count(), firsts.len(), "seed {seed}");
        }
    }
}
