//! Where an office is held when its own phrase does not say so: the names around are weighed against one another.

use super::{Held, Sort};
use crate::{
    actors::{Actor, Actors},
    analysis::Analysis,
    features::part,
    model::{Model, Part, Sink},
};
use pledgebook_mentions::NameType;

/// Names before an office, and after it, that are weighed.
const BACK_MAX: usize = 14;
const AHEAD_MAX: usize = 5;
/// Sentences of a document that lead it.
const LEAD: usize = 2;

/// One who may be what an office is of.
#[derive(Debug, Clone)]
pub(crate) struct Holder {
    /// The first token of the nearest name; none where the office is of nobody named.
    pub of: Option<usize>,
    /// Whose name it is.
    pub entity: Option<u32>,
    /// A country that the document names only by what lies in it.
    pub country: Option<String>,
    /// Whether it is the words after the title, which name nobody.
    pub words: bool,
    /// How many names of its sort stand between it and the office.
    rank: usize,
}

/// What a document tells about who may hold offices.
#[derive(Debug)]
pub(crate) struct View<'a, 'm> {
    analysis: &'a Analysis<'a>,
    actors: &'a Actors<'m>,
    /// How often each bearer is named, by its number.
    counts: Vec<usize>,
    /// How often the bearer of each sort that is named most often is.
    most: [usize; 3],
    /// Of each sort the first name, no anaphor, whose bearer is named most often: what the document is about.
    about: [Option<&'a Actor<'m>>; 3],
    /// Offices whose phrase says what they are of.
    stated: Vec<Stated>,
    /// Countries by how many names are theirs, the first ones first.
    homes: Vec<(&'m str, usize)>,
}

/// Who, which title, of whom, what sort.
type Stated = (u32, u16, u32, Sort);

/// The sorts of names that an office may be of.
fn kind(actor: &Actor<'_>) -> Option<usize> {
    match actor.name.sort {
        NameType::Organisation => Some(0),
        NameType::Country => Some(1),
        NameType::Place => Some(2),
        NameType::Person | NameType::Instrument => None,
    }
}

fn small(number: usize) -> Part {
    match number {
        0 => part!("0"),
        1 => part!("1"),
        2 => part!("2"),
        3 => part!("3"),
        4 => part!("4"),
        _ => part!("many"),
    }
}

impl Holder {
    fn nobody() -> Self {
        Self { of: None, entity: None, country: None, words: false, rank: 0 }
    }
}

impl<'a, 'm> View<'a, 'm> {
    /// Counts the names of a document and the offices that it places.
    pub fn new(analysis: &'a Analysis<'a>, actors: &'a Actors<'m>, held: &[Held]) -> Self {
        let mut counts = vec![0; analysis.entities.len()];
        let mut most = [0; 3];
        for actor in actors.all() {
            let Some(count) = counts.get_mut(actor.name.entity as usize) else { continue };
            *count += 1;
            if let Some(kind) = kind(actor) {
                most[kind] = most[kind].max(*count);
            }
        }
        let count = |actor: &Actor<'_>| counts.get(actor.name.entity as usize).copied().unwrap_or(0);
        let mut about: [Option<&Actor<'m>>; 3] = [None; 3];
        for actor in actors.all().iter().filter(|actor| !actor.name.anaphor) {
            let Some(top) = kind(actor).map(|kind| &mut about[kind]) else { continue };
            if top.is_none_or(|top| count(top) < count(actor)) {
                *top = Some(actor);
            }
        }
        let stated = held
            .iter()
            .filter(|held| !held.guessed)
            .filter_map(|held| Some((held.entity, held.entry, actors.at(held.of?)?.name.entity, held.sort)))
            .collect();
        let mut homes: Vec<(&'m str, usize)> = Vec::new();
        for actor in actors.all() {
            let Some(entity) = actors.entity(actor.name.entity) else { continue };
            let country =
                if entity.sort == NameType::Country { entity.known.as_deref() } else { entity.country.as_deref() };
            let Some(country) = country else { continue };
            match homes.iter_mut().find(|(known, _)| *known == country) {
                Some((_, count)) => *count += 1,
                None => homes.push((country, 1)),
            }
        }
        homes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Self { analysis, actors, counts, most, about, stated, homes }
    }

    /// What an office is most likely of.
    pub fn choose(&self, held: &Held, model: &Model) -> Holder {
        let mut best: Option<(i32, Holder)> = None;
        for holder in self.options(held) {
            let mut scorer = model.scorer();
            self.features(held, &holder, &mut scorer);
            if best.as_ref().is_none_or(|(score, _)| scorer.sums[0] > *score) {
                best = Some((scorer.sums[0], holder));
            }
        }
        best.map_or_else(Holder::nobody, |(_, holder)| holder)
    }

    /// How many of a document's names lie in a country.
    fn home(&self, country: &str) -> Part {
        let Some(rank) = self.homes.iter().position(|(home, _)| *home == country) else { return part!("none") };
        let (count, next) = (self.homes[rank].1, self.homes.get(1).map_or(0, |(_, count)| *count));
        match rank {
            0 if count >= next * 2 => part!("clear"),
            0 => part!("first"),
            1 => part!("second"),
            _ => part!("low"),
        }
    }

    /// Those who may be what an office is of, each bearer once, nobody among them.
    pub fn options(&self, held: &Held) -> Vec<Holder> {
        let all = self.actors.all();
        let mut options: Vec<Holder> = Vec::with_capacity(BACK_MAX + AHEAD_MAX + 1);
        let mut ranks = [0; 3];
        let mut add = |actor: &Actor<'_>, ranks: &mut [usize; 3]| {
            let Some(kind) = kind(actor) else { return };
            if options.iter().any(|known| known.entity == Some(actor.name.entity)) {
                return;
            }
            let entity = Some(actor.name.entity);
            options.push(Holder { of: Some(actor.tokens.start), entity, rank: ranks[kind], ..Holder::nobody() });
            ranks[kind] += 1;
        };
        let before = all.partition_point(|actor| actor.tokens.end <= held.span.start);
        for actor in all[..before].iter().rev().take(BACK_MAX * 2) {
            add(actor, &mut ranks);
        }
        let after = all.partition_point(|actor| actor.tokens.start < held.span.end);
        ranks = [0; 3];
        for actor in all[after..].iter().take(AHEAD_MAX) {
            add(actor, &mut ranks);
        }
        for (_, _, of, _) in self.stated.iter().filter(|(person, ..)| *person == held.entity) {
            if let Some(actor) = self.actors.named(*of) {
                add(actor, &mut ranks);
            }
        }
        // The names that the document is about, wherever they stand.
        for actor in self.about.iter().flatten() {
            add(actor, &mut ranks);
        }
        if matches!(held.sort, Sort::Government | Sort::Counterpart | Sort::Region) {
            for (country, _) in self.homes.iter().take(2) {
                let named = options.iter().filter_map(|option| self.actors.entity(option.entity?));
                if !named.into_iter().any(|entity| entity.known.as_deref() == Some(*country)) {
                    options.push(Holder { country: Some((*country).to_owned()), ..Holder::nobody() });
                }
            }
        }
        if held.of_words.is_some() {
            options.push(Holder { words: true, ..Holder::nobody() });
        }
        options.push(Holder::nobody());
        options
    }

    /// What tells whether an office is of somebody.
    pub fn features(&self, held: &Held, holder: &Holder, sink: &mut impl Sink) {
        let sort = Part::new(held.sort.word());
        let definite = if held.its {
            part!("its")
        } else if held.definite {
            part!("definite")
        } else {
            part!("bare")
        };
        let home = self.analysis.sentence_of(held.span.start);
        if let Some(country) = &holder.country {
            sink.add(("untold", sort, self.home(country)));
            return;
        }
        if holder.words {
            let words = held.of_words.clone().unwrap_or_default();
            let capital = self
                .analysis
                .text
                .tokens()
                .get(words.clone())
                .is_some_and(|tokens| tokens.iter().any(|token| token.shape.capital()));
            let case = if capital { part!("name") } else { part!("noun") };
            let length = small(words.len().min(4));
            sink.add(("words", sort));
            sink.add(("words", sort, case));
            sink.add(("words", sort, case, length));
            sink.add(("words", case, definite));
            return;
        }
        let worded = if held.of_words.is_some() { part!("worded") } else { part!("open") };
        let Some(actor) = holder.of.and_then(|of| self.actors.at(of)) else {
            let sentence = self.analysis.text.sentences().get(home).map_or(0..0, |sentence| sentence.tokens.clone());
            let named = self.actors.within(sentence.start..held.span.start).iter().any(|actor| kind(actor) == Some(0));
            sink.add(("none", sort));
            sink.add(("none", sort, definite));
            sink.add(("none", sort, worded));
            sink.add(("none", sort, if named { part!("named") } else { part!("alone") }));
            return;
        };
        let entity = actor.name.entity;
        let known = self.actors.entity(entity);
        let class = match actor.name.sort {
            NameType::Country if actor.name.adjective => part!("adjective"),
            NameType::Country => part!("country"),
            NameType::Place if known.is_some_and(|known| known.region) => part!("region"),
            NameType::Place => part!("place"),
            _ if known.is_some_and(|known| known.outlet) => part!("outlet"),
            _ if known.is_some_and(|known| known.known.is_some()) => part!("known"),
            _ => part!("body"),
        };
        let at = self.analysis.sentence_of(actor.tokens.start);
        let where_ = match (at < home, at > home) {
            (true, _) => match home - at {
                1 => part!("back1"),
                2 | 3 => part!("back3"),
                _ => part!("back9"),
            },
            (_, true) => part!("ahead"),
            _ if actor.tokens.start < held.span.start => {
                let gap = held.span.start.saturating_sub(actor.tokens.end);
                if gap <= 2 {
                    part!("touches")
                } else if gap <= 8 {
                    part!("near")
                } else {
                    part!("same")
                }
            }
            _ => part!("after"),
        };
        let rank = small(holder.rank.min(4));
        let count = self.counts.get(entity as usize).copied().unwrap_or(0);
        let top = kind(actor).is_some_and(|kind| count > 1 && self.most[kind] == count);
        let often = if top { part!("top") } else { small(count.min(4)) };
        let side = if matches!(where_.word(), "ahead" | "after") { part!("right") } else { part!("left") };
        sink.add((sort, class));
        sink.add((sort, class, where_));
        sink.add((sort, class, "rank", side, rank));
        sink.add((sort, class, "often", often));
        sink.add((definite, sort, class, where_));
        sink.add((definite, class, "rank", side, rank));
        sink.add(("often", often));
        sink.add((worded, sort, class));
        if let Some(country) =
            known.filter(|known| known.sort == NameType::Country).and_then(|known| known.known.as_ref())
        {
            sink.add((sort, class, "home", self.home(country)));
        }
        if actor.name.anaphor {
            sink.add((sort, "anaphor", where_));
        }
        if actor.name.seat {
            sink.add((sort, "seat", where_));
        }
        let sentence = self.analysis.text.sentences().get(at).map_or(0, |sentence| sentence.tokens.start);
        if actor.tokens.start <= sentence + 1 {
            sink.add((sort, class, "subject", if at == home { part!("here") } else { part!("there") }));
        }
        if self.actors.named(entity).is_some_and(|first| self.analysis.sentence_of(first.tokens.start) < LEAD) {
            sink.add((sort, class, "lead"));
        }
        let others = |fits: &dyn Fn(&Stated) -> bool| self.stated.iter().any(|known| known.2 == entity && fits(known));
        if others(&|known| known.0 == held.entity) {
            sink.add(&["stated.person"]);
            sink.add(("stated.person", sort));
        }
        if others(&|known| known.0 != held.entity && known.1 == held.entry) {
            sink.add(("stated.title", sort));
        }
        if others(&|known| known.0 != held.entity && known.3 == held.sort) {
            sink.add(("stated.sort", sort, class));
        }
    }
}
