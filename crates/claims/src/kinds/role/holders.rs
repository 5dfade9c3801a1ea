//! Where an office is held when its own phrase does not say so: the names around are weighed against one another.

use super::{Held, Sort};
use crate::{
    actors::{Actor, Actors},
    analysis::Analysis,
    features::{Group, Mark, facts, groups, part},
    model::{Model, Sink},
};
use pledgebook_document::Role as BlockRole;
use pledgebook_mentions::NameType;
use std::ops::Range;

/// Names before an office, and after it, that are weighed.
const BACK_MAX: usize = 14;
const AHEAD_MAX: usize = 5;
/// Words of no more bytes, and beginnings of no more letters, tell nothing of two names.
const SHORT_MAX: usize = 3;
/// Letters of an ending.
const ENDING_MAX: usize = 2;
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

facts! {
    /// What sort of name an office may be of.
    Class {
        /// A country by its adjective.
        Adjective = "adjective",
        /// A country.
        Country = "country",
        /// A part of a country.
        Region = "region",
        /// A town or site.
        Place = "place",
        /// A paper or agency.
        Outlet = "outlet",
        /// A body that the lexicon knows.
        Known = "known",
        /// Any other.
        Body = "body",
    }

    /// Where a name stands, seen from the office.
    Where {
        /// In the sentence before.
        BackOne = "back1",
        /// Up to three sentences before.
        BackThree = "back3",
        /// In one before these.
        BackNine = "back9",
        /// In a sentence behind.
        Ahead = "ahead",
        /// Right before it.
        Touches = "touches",
        /// A few tokens before it.
        Near = "near",
        /// Before it in its sentence.
        Same = "same",
        /// Behind it in its sentence.
        After = "after",
    }

    /// A small number.
    Few {
        /// None.
        None = "0",
        /// One.
        One = "1",
        /// Two.
        Two = "2",
        /// Three.
        Three = "3",
        /// Four and more.
        Four = "4",
    }

    /// Which paragraph a name stands in.
    Paragraph {
        /// The office's own.
        Own = "own",
        /// A headline.
        Headline = "headline",
        /// Another.
        Other = "other",
    }

    /// How many of a document's names lie in a country.
    Home {
        /// None.
        None = "none",
        /// By far the most.
        Clear = "clear",
        /// The most.
        First = "first",
        /// The most but for one country.
        Second = "second",
        /// Fewer.
        Low = "low",
    }

    /// What determines the title.
    Determiner {
        /// A possessive.
        Its = "its",
        /// An article.
        Article = "definite",
        /// Nothing.
        Bare = "bare",
    }
}

groups! { HOLDERS:
    STANDING: (Sort, Class, Where, Determiner, Option<bool>),
    RANK: (Sort, Class, bool, Few, Determiner),
    OFTEN: (Sort, Class, Option<Few>, bool, bool),
    LAND: (Sort, Class, Home),
    NAMED: (Sort, Where, bool, bool),
    STATED: (Sort, Class, bool, bool, bool),
    BESIDE: (Sort, Class, Paragraph, bool, Mark),
}

/// Whether words begin with the same letters, but for their case and endings.
fn begin_alike(word: &str, other: &str) -> bool {
    // Most words differ in their first letter.
    if let ([first, ..], [that, ..]) = (word.as_bytes(), other.as_bytes())
        && first.is_ascii()
        && that.is_ascii()
        && !first.eq_ignore_ascii_case(that)
    {
        return false;
    }
    let [word, other] = [word, other].map(|word| word.chars().flat_map(char::to_lowercase));
    let common = word.clone().zip(other.clone()).take_while(|(a, b)| a == b).count();
    common > SHORT_MAX && common + ENDING_MAX >= word.count().min(other.count())
}

fn few(number: usize) -> Few {
    match number {
        0 => Few::None,
        1 => Few::One,
        2 => Few::Two,
        3 => Few::Three,
        _ => Few::Four,
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
            let country = if entity.sort == NameType::Country { entity.known() } else { entity.country.as_deref() };
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
            let sum = scorer.sums()[0];
            if best.as_ref().is_none_or(|(score, _)| sum > *score) {
                best = Some((sum, holder));
            }
        }
        best.map_or_else(Holder::nobody, |(_, holder)| holder)
    }

    /// How many of a document's names lie in a country.
    fn home(&self, country: &str) -> Home {
        let Some(rank) = self.homes.iter().position(|(home, _)| *home == country) else { return Home::None };
        let (count, next) = (self.homes[rank].1, self.homes.get(1).map_or(0, |(_, count)| *count));
        match rank {
            0 if count >= next * 2 => Home::Clear,
            0 => Home::First,
            1 => Home::Second,
            _ => Home::Low,
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
                if !named.into_iter().any(|entity| entity.known() == Some(*country)) {
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
        let sort = held.sort.part();
        let definite = if held.its {
            Determiner::Its
        } else if held.definite {
            Determiner::Article
        } else {
            Determiner::Bare
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
            let length = few(words.len());
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
            NameType::Country if actor.name.adjective => Class::Adjective,
            NameType::Country => Class::Country,
            NameType::Place if known.is_some_and(|known| known.region) => Class::Region,
            NameType::Place => Class::Place,
            _ if known.is_some_and(|known| known.outlet) => Class::Outlet,
            _ if known.is_some_and(|known| known.listed) => Class::Known,
            _ => Class::Body,
        };
        let at = self.analysis.sentence_of(actor.tokens.start);
        let where_ = match (at < home, at > home) {
            (true, _) => match home - at {
                1 => Where::BackOne,
                2 | 3 => Where::BackThree,
                _ => Where::BackNine,
            },
            (_, true) => Where::Ahead,
            _ if actor.tokens.start < held.span.start => {
                let gap = held.span.start.saturating_sub(actor.tokens.end);
                if gap <= 2 {
                    Where::Touches
                } else if gap <= 8 {
                    Where::Near
                } else {
                    Where::Same
                }
            }
            _ => Where::After,
        };
        let rank = few(holder.rank);
        let count = self.counts.get(entity as usize).copied().unwrap_or(0);
        let top = kind(actor).is_some_and(|kind| count > 1 && self.most[kind] == count);
        let often = (!top).then(|| few(count));
        let start = self.analysis.text.sentences().get(at).map_or(0, |sentence| sentence.tokens.start);
        let subject = (actor.tokens.start <= start + 1).then_some(at == home);
        let lead = self.actors.named(entity).is_some_and(|first| self.analysis.sentence_of(first.tokens.start) < LEAD);
        sink.group(STANDING.at((held.sort, class, where_, definite, subject)), |sink| {
            sink.add((sort, class));
            sink.add((sort, class, where_));
            sink.add((definite, sort, class, where_));
            if let Some(here) = subject {
                sink.add((sort, class, "subject", if here { part!("here") } else { part!("there") }));
            }
        });
        let right = matches!(where_, Where::Ahead | Where::After);
        sink.group(RANK.at((held.sort, class, right, rank, definite)), |sink| {
            let side = if right { part!("right") } else { part!("left") };
            sink.add((sort, class, "rank", side, rank));
            sink.add((definite, class, "rank", side, rank));
        });
        sink.group(OFTEN.at((held.sort, class, often, held.of_words.is_some(), lead)), |sink| {
            let often = often.map_or(part!("top"), Few::part);
            sink.add((sort, class, "often", often));
            sink.add(("often", often));
            sink.add((worded, sort, class));
            if lead {
                sink.add((sort, class, "lead"));
            }
        });
        if let Some(country) = known.filter(|known| known.sort == NameType::Country).and_then(|known| known.known()) {
            let land = self.home(country);
            sink.group(LAND.at((held.sort, class, land)), |sink| sink.add((sort, class, "home", land)));
        }
        for token in held.title.clone() {
            let form = self.analysis.form(token);
            sink.add(("title", form, class));
            sink.add(("title", form, class, where_));
        }
        // Regions of some countries have ministers, those of others have none.
        if let Some(country) = known.filter(|known| known.region).and_then(|known| known.country.as_deref()) {
            sink.add((sort, "region of", country));
            sink.add((sort, "region of", country, where_));
        }
        let (anaphor, seat) = (actor.name.anaphor, actor.name.seat);
        if anaphor || seat {
            sink.group(NAMED.at((held.sort, where_, anaphor, seat)), |sink| {
                if anaphor {
                    sink.add((sort, "anaphor", where_));
                }
                if seat {
                    sink.add((sort, "seat", where_));
                }
            });
        }
        let sentences = self.analysis.text.sentences();
        let paragraph = match (sentences.get(at), sentences.get(home)) {
            (Some(its), Some(own)) if its.block == own.block => Paragraph::Own,
            (Some(its), _) if self.analysis.text.role_of(its) == BlockRole::Title => Paragraph::Headline,
            _ => Paragraph::Other,
        };
        let mark = Mark::from(self.analysis.mark_before(actor.tokens.start));
        sink.group(BESIDE.at((held.sort, class, paragraph, at < home, mark)), |sink| {
            sink.add((sort, class, "paragraph", paragraph));
            sink.add((sort, "paragraph", paragraph, if at < home { part!("before") } else { part!("here") }));
            sink.add((sort, class, "mark", mark));
            sink.add(("mark", mark, paragraph));
        });
        self.alike(held, actor, sink);
        self.stated(held, entity, class, sink);
    }

    /// What a name has in common with the person ("Rupert Wild", "Paul Wild GmbH") and with what is said of the title ("president of
    /// the bank").
    fn alike(&self, held: &Held, actor: &Actor<'_>, sink: &mut impl Sink) {
        let text = self.analysis.text;
        let words = |tokens: Range<usize>| tokens.map(|token| text.form(token)).filter(|form| form.len() > SHORT_MAX);
        let own = || words(actor.tokens.clone());
        let sort = held.sort.part();
        if let Some(person) = self.actors.at(held.person)
            && words(person.tokens.clone()).any(|name| own().any(|word| word == name))
        {
            sink.add(("namesake", sort));
        }
        let said =
            held.title.start.min(held.span.start)..held.of_words.as_ref().map_or(held.title.end, |words| words.end);
        if words(said).any(|word| own().any(|other| begin_alike(word, other))) {
            sink.add(("kin", sort));
        }
    }

    /// What other offices that are told to be somebody's tell of this one.
    fn stated(&self, held: &Held, entity: u32, class: Class, sink: &mut impl Sink) {
        let (mut own, mut title, mut alike) = (false, false, false);
        for (person, entry, _, known) in self.stated.iter().filter(|(_, _, of, _)| *of == entity) {
            let another = *person != held.entity;
            own |= !another;
            title |= another && *entry == held.entry;
            alike |= another && *known == held.sort;
        }
        if !(own || title || alike) {
            return;
        }
        sink.group(STATED.at((held.sort, class, own, title, alike)), |sink| {
            let sort = held.sort.part();
            if own {
                sink.add(&["stated.person"]);
                sink.add(("stated.person", sort));
            }
            if title {
                sink.add(("stated.title", sort));
            }
            if alike {
                sink.add(("stated.sort", sort, class));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{HOLDERS, View};
    use crate::{Reader, actors::Actors, kinds::role, model::Model};
    use pledgebook_document::Document;
    use pledgebook_lexicon::{Data, Error};
    use pledgebook_mentions::Kinds;

    /// Sums that are kept by the facts that features hang on are those of the features, gone through one by one.
    #[test]
    fn what_is_kept_is_what_features_come_to() -> Result<(), Error> {
        let data = Data::embedded();
        let reader = Reader::new(&data, "en")?;
        let each = Model::load(&data, ["role_holder"])?;
        let kept = each.clone().keeping(HOLDERS);
        let document = Document::from_text(
            "offices",
            "Siemens and the Swedish firm Northvolt will build a plant in Texas, near Austin. Peter Carlsson, the chief \
             executive, spoke to Reuters. Finance minister Magdalena Andersson praised the deal with France. Its \
             spokesman, Jan Holm, and the chief executive of Siemens, Roland Busch, said little. Mayor Kirk Watson agreed.",
        );
        let text = reader.text(&document);
        let mentions = reader.mentions(&text, Kinds::ALL);
        let actors = Actors::new(&text, &mentions);
        let looked_at = reader.with_analysis(&document, |analysis, _| {
            let held = role::read(analysis, &actors, &each).held;
            let view = View::new(analysis, &actors, &held);
            let options =
                || held.iter().flat_map(|held| view.options(held).into_iter().map(move |option| (held, option)));
            let sums = |model: &Model| -> Vec<i32> {
                let sum = |(held, option)| {
                    let mut scorer = model.scorer();
                    view.features(held, &option, &mut scorer);
                    scorer.sums()[0]
                };
                options().map(sum).collect()
            };
            let wanted = sums(&each);
            assert_eq!(sums(&kept), wanted, "found");
            assert_eq!(sums(&kept), wanted, "kept");
            wanted.len()
        });
        assert!(looked_at > 20, "{looked_at}");
        Ok(())
    }
}
