//! Who is who inside a document: equal names, short forms, acronyms and known names come to one bearer.

use super::{
    Entities, Entity,
    around::Around,
    clues::{self, Clues, OfName, Told, Weighed},
    lands,
    lexicon::{Class, How, Tables, What},
    marks::Marks,
    runs::{Known, Run},
    sorts::{self, Points},
    spelling,
    tallies::Counter,
};
use crate::{Mention, Name, NameType, Value};
use pledgebook_lexicon::linear::{FeatureNames, points};
use pledgebook_text::{Text, TokenKind};
use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;
use std::{ops::Range, sync::Arc};

/// One way of naming somebody: the runs with the same words.
#[derive(Debug)]
struct Form {
    words: SmallVec<[u64; 4]>,
    points: Points,
    known: Option<Known>,
    first: usize,
    runs: u32,
    addressed: bool,
    /// The form that it is short for.
    long: Option<u32>,
    core: Range<usize>,
    head: Class,
    /// Whether a run is surely a place.
    placed: bool,
    /// The first runs, which are looked at to tell its sort.
    seen: SmallVec<[u32; 3]>,
    /// By learnt weights, for each of [`SORTS`]; all 0 where there are none.
    scores: [f32; SORTS.len()],
    sort: NameType,
}

/// The sorts that weights tell apart.
pub(super) const SORTS: [NameType; 4] =
    [NameType::Organisation, NameType::Person, NameType::Place, NameType::Instrument];

/// What the sort of a known name counts among scores.
const SCORE_OF_KNOWN: f32 = 3.0;

impl Form {
    fn describe(&self, text: &Text<'_>, marks: &Marks, tables: &Tables, runs: &[Run], sink: &mut impl Clues<OfName>) {
        let mut seen = self.seen.iter().map(|run| &runs[*run as usize]);
        if let Some(first) = seen.clone().next() {
            clues::of_name(text, marks, tables, first, &self.points, sink);
        }
        seen.by_ref().for_each(|run| clues::of_surroundings(text, run, sink));
    }

    /// What it tells of the sort of those that stand in a list with it; a country stands beside anybody.
    fn told(&self, tables: &Tables) -> Option<[f32; SORTS.len()]> {
        match self.known {
            Some(Known::Country(..)) => None,
            Some(Known::Bearer(number) | Known::Adjective(number)) => {
                let sort = tables.bearers[number as usize].sort;
                Some(SORTS.map(|of| if of == sort { SCORE_OF_KNOWN } else { 0.0 }))
            }
            None => Some(self.scores),
        }
    }

    /// The sort with the highest score, or with most points where nothing was learnt.
    fn decide(&mut self, text: &Text<'_>) {
        self.sort = if self.placed {
            NameType::Place
        } else if self.scores == [0.0; SORTS.len()] {
            self.points.best()
        } else {
            let best_of = |fits: fn(NameType) -> bool| {
                let fit = (0..SORTS.len()).filter(|at| fits(SORTS[*at]));
                fit.reduce(|best, at| if self.scores[at] > self.scores[best] { at } else { best }).unwrap_or(0)
            };
            let best = SORTS[best_of(|_| true)];
            // "Латвійське товариство лікарів": whose head is a word for a firm or body is no place.
            let body = self.head.any(Class::COMPANY | Class::BODY) && !self.head.any(Class::SITE | Class::AUTHORITY);
            match best {
                NameType::Place if body => NameType::Organisation,
                // "F-35", "GPT-5": a designation is no place either.
                NameType::Place if text.tokens()[self.core.end - 1].kind == TokenKind::Number => {
                    SORTS[best_of(|sort| sort != NameType::Place)]
                }
                _ => best,
            }
        };
    }
}

/// The ways of naming in a text, and which of them each run is.
fn gather(text: &Text<'_>, marks: &Marks, tables: &Tables, runs: &[Run]) -> (Vec<Form>, Vec<u32>) {
    let mut forms: Vec<Form> = Vec::with_capacity(runs.len());
    let mut by_words: FxHashMap<u64, u32> = FxHashMap::with_capacity_and_hasher(runs.len(), FxBuildHasher);
    let mut form_of: Vec<u32> = Vec::with_capacity(runs.len());
    for (index, run) in runs.iter().enumerate() {
        let words = words(text, marks, run);
        let around = if run.known.is_none() { sorts::of_surroundings(text, marks, run) } else { Points::default() };
        let addressed = around.addressed && words.len() == 1;
        let key = match run.known {
            Some(Known::Country(code, _)) => 1 << 40 | u64::from(code),
            Some(Known::Bearer(number) | Known::Adjective(number)) => 1 << 41 | u64::from(number),
            None => words.iter().fold(u64::from(addressed), |key, word| {
                (key.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
            }),
        };
        let number = *by_words.entry(key).or_insert_with(|| {
            let points =
                if run.known.is_none() { sorts::of_words(text, marks, tables, run) } else { Points::default() };
            forms.push(Form {
                words,
                points,
                known: match run.known {
                    Some(Known::Adjective(number)) => Some(Known::Bearer(number)),
                    known => known,
                },
                first: index,
                runs: 0,
                addressed,
                long: None,
                core: run.core.clone(),
                head: run.head,
                placed: false,
                seen: SmallVec::new(),
                scores: [0.0; SORTS.len()],
                sort: NameType::Organisation,
            });
            forms.len() as u32 - 1
        });
        let form = &mut forms[number as usize];
        // Of forms that differ by their case ending the shortest is nearest to the base form.
        if !tables.inflection.endings.is_empty()
            && text.slice(run.core.clone()).len() < text.slice(form.core.clone()).len()
        {
            form.core = run.core.clone();
        }
        form.points.add(around);
        form.runs += 1;
        form.placed |= run.placed;
        if form.seen.len() < 3 {
            form.seen.push(index as u32);
        }
        form_of.push(number);
    }
    (forms, form_of)
}

/// Makes mentions of runs and lists their bearers.
pub fn name(
    text: &Text<'_>,
    marks: &Marks,
    tables: &Tables,
    around: &Around<'_>,
    runs: &[Run],
    moneys: &[u16],
    mentions: &mut Vec<Mention>,
) -> Entities {
    let (mut forms, form_of) = gather(text, marks, tables, runs);
    for form in forms.iter_mut().filter(|form| form.known.is_none()) {
        if !tables.sorting.is_empty() {
            let counter = Counter::new(&tables.sorting, &tables.sorting_few);
            let mut weighed = Weighed { text, marks, around, counter };
            form.describe(text, marks, tables, runs, &mut weighed);
            form.scores = weighed.counter.sums().map(points);
        }
    }
    level(text, marks, tables, runs, &form_of, &mut forms);
    forms.iter_mut().filter(|form| form.known.is_none()).for_each(|form| form.decide(text));
    link(text, marks, tables, runs, &form_of, &mut forms);
    let first = mentions.len();
    let (mut entities, states) = list(text, marks, tables, runs, &form_of, &forms, mentions);
    add_home(text, marks, tables, moneys, &mut entities);
    let mut entities = Entities::new(entities);
    for (run, country) in states {
        state(text, tables, run, country, moneys, &mut entities, mentions);
    }
    mentions[first..].sort_by_key(|mention| mention.tokens.start);
    entities
}

/// Levels the scores of names that are told in one list: "A, B and C" are mostly of one sort.
fn level(text: &Text<'_>, marks: &Marks, tables: &Tables, runs: &[Run], form_of: &[u32], forms: &mut [Form]) {
    // By form: what the others of its lists score, and how many they are.
    let mut peers: Vec<([f32; SORTS.len()], f32)> = Vec::new();
    let mut start = 0;
    while start < runs.len() {
        let mut end = start + 1;
        let mut closed = false;
        while let Some(last) = runs.get(end).and_then(|next| joint(text, marks, &runs[end - 1], next)) {
            end += 1;
            closed = last;
            if last {
                break;
            }
        }
        if closed {
            peers.resize(forms.len(), Default::default());
            for (one, other) in (start..end).flat_map(|one| (start..end).map(move |other| (one, other))) {
                if form_of[one] == form_of[other] {
                    continue;
                }
                let Some(scores) = forms[form_of[other] as usize].told(tables) else { continue };
                let (sum, count) = &mut peers[form_of[one] as usize];
                sum.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
                *count += 1.0;
            }
        }
        start = end;
    }
    for (form, (sum, count)) in forms.iter_mut().zip(peers).filter(|(_, (_, count))| *count > 0.0) {
        form.scores.iter_mut().zip(sum).for_each(|(score, sum)| *score += sum / count);
    }
}

/// Whether two names follow one another in a list, and whether the list ends with the second: they stand apart by a comma, or by "and".
fn joint(text: &Text<'_>, marks: &Marks, one: &Run, other: &Run) -> Option<bool> {
    let between = one.tokens.end..other.tokens.start;
    let and = |at: usize| marks.class(at).any(Class::AND);
    let comma = |at: usize| text.form(at) == ",";
    if one.sentence != other.sentence || one.quoted || other.quoted {
        return None;
    }
    match between.len() {
        1 if and(between.start) => Some(true),
        2 if comma(between.start) && and(between.start + 1) => Some(true),
        1 if comma(between.start) => Some(false),
        _ => None,
    }
}

/// A name that teaches what tells sorts apart.
pub struct Example {
    /// As the text writes it.
    pub written: String,
    pub clues: Vec<String>,
    /// Its sort where knowledge tells it.
    pub known: Option<NameType>,
}

/// Clues to the sorts of the names of a text, for learning. Those that knowledge tells teach too how names of their sort stand in texts.
pub fn clues_to_sorts(text: &Text<'_>, marks: &Marks, tables: &Tables, runs: &[Run]) -> Vec<Example> {
    let told =
        runs.iter().filter(|run| !matches!(run.known, Some(Known::Country(..) | Known::Adjective(_)))).map(|run| {
            let sort = match run.known {
                Some(Known::Bearer(number)) => Some(tables.bearers[number as usize].sort),
                _ => None,
            };
            (Run { known: None, ..run.clone() }, sort)
        });
    let (hidden, known): (Vec<Run>, Vec<Option<NameType>>) = told.unzip();
    let (forms, _) = gather(text, marks, tables, &hidden);
    forms
        .iter()
        .map(|form| {
            let mut told = Told { text, marks, names: FeatureNames::default() };
            form.describe(text, marks, tables, &hidden, &mut told);
            Example {
                written: text.slice(form.core.clone()).to_owned(),
                clues: told.names.0,
                known: known.get(form.first).copied().flatten(),
            }
        })
        .collect()
}

/// The stems of a run's words that bear the name.
fn words(text: &Text<'_>, marks: &Marks, run: &Run) -> SmallVec<[u64; 4]> {
    let of = |range: Range<usize>| -> SmallVec<[u64; 4]> {
        range
            .filter(|at| text.tokens()[*at].kind != TokenKind::Mark)
            .map(|at| match marks.stem(at) {
                0 => super::marks::hash(text.form(at)),
                stem => stem,
            })
            .collect()
    };
    of(run.core.clone())
}

/// Finds what short forms are short for.
fn link(text: &Text<'_>, marks: &Marks, tables: &Tables, runs: &[Run], form_of: &[u32], forms: &mut [Form]) {
    // "Emirates Water and Electricity Company (EWEC)"
    for pair in 1..runs.len() {
        let (long, short) = (&runs[pair - 1], &runs[pair]);
        let (a, b) = (form_of[pair - 1], form_of[pair]);
        let gap = long.tokens.end..short.tokens.start;
        let bracket = gap.len() == 1 && text.form(gap.start) == "("
            || gap.len() == 2 && text.form(gap.start) == "(" && short.quoted;
        if a != b && bracket && forms[a as usize].long.is_none() && forms[b as usize].long.is_none() {
            let letters = text.slice(short.core.clone());
            if forms[b as usize].words.len() == 1
                && (is_short_for(letters, text, long.core.clone())
                    || is_foreign_short_form(letters, &forms[a as usize], &forms[b as usize], marks, text))
                && !matches!(forms[a as usize].known, Some(Known::Country(_, How::Adjective | How::Capital)))
            {
                if forms[b as usize].known.is_some() && forms[a as usize].known.is_none() {
                    forms[a as usize].long = Some(b);
                } else {
                    forms[b as usize].long = Some(a);
                }
            }
        }
    }
    let mut by_word: FxHashMap<u64, SmallVec<[u32; 4]>> =
        FxHashMap::with_capacity_and_hasher(forms.len(), FxBuildHasher);
    for (number, form) in forms.iter().enumerate().filter(|(_, form)| form.words.len() > 1) {
        let ends = [form.words.first(), form.words.last()];
        for word in ends.into_iter().flatten() {
            let list = by_word.entry(*word).or_default();
            // A word that hundreds of names share tells nothing; bounded, so that no text makes this slow.
            if list.len() < 64 && list.last() != Some(&(number as u32)) {
                list.push(number as u32);
            }
        }
    }
    for number in 0..forms.len() {
        let form = &forms[number];
        if form.long.is_some() || matches!(form.known, Some(Known::Country(..))) {
            continue;
        }
        let (Some(first), Some(last)) = (form.words.first(), form.words.last()) else { continue };
        let mut best: Option<(bool, usize, u32)> = None;
        for other in by_word.get(first).into_iter().chain(by_word.get(last)).flatten() {
            let long = &forms[*other as usize];
            if *other as usize == number
                || long.long.is_some()
                || long.words.len() <= form.words.len()
                || !is_short_form(tables, marks, text, form, long)
            {
                continue;
            }
            // The nearest full form before the short one, else the first after it.
            let before = long.first < form.first;
            let rank = (before, if before { long.first } else { usize::MAX - long.first }, *other);
            if best.is_none_or(|best| rank > best) {
                best = Some(rank);
            }
        }
        if let Some((_, _, long)) = best {
            let known = forms[number].known;
            forms[long as usize].known = forms[long as usize].known.or(known);
            forms[number].long = Some(long);
        }
    }
    // Points of short forms speak for the long ones.
    for number in 0..forms.len() {
        if let Some(long) = forms[number].long {
            let (points, scores) = (forms[number].points, forms[number].scores);
            let long = &mut forms[long as usize];
            long.points.person += points.person.min(8) / 2;
            long.points.organisation += points.organisation.min(8) / 2;
            long.points.place += points.place.min(8) / 2;
            long.scores.iter_mut().zip(scores).for_each(|(long, short)| *long += short / 2.0);
            long.decide(text);
        }
    }
}

fn is_short_form(tables: &Tables, marks: &Marks, text: &Text<'_>, short: &Form, long: &Form) -> bool {
    let suffix = long.words.ends_with(&short.words);
    let prefix = long.words.starts_with(&short.words);
    let sort = sort_of(long, tables);
    match sort {
        NameType::Person => {
            let own = short.points;
            let apart = short.known.is_some() || own.organisation > own.person + 6 || own.place > own.person + 4;
            suffix && !apart || prefix && short.words.len() > 1
        }
        NameType::Organisation | NameType::Instrument | NameType::Place => {
            if short.addressed || !prefix && short.words.len() < 2 || !prefix && !suffix {
                return false;
            }
            let own = short.points;
            if own.person > own.organisation + 5 || sort != NameType::Place && own.place > own.organisation + 3 {
                return false;
            }
            // "Bank" is no short form of "Bank of England"; "Siemens" not of "Siemens Mobility" where both are known.
            let class = marks.class(short.core.start);
            let generic = short.words.len() == 1
                && class.any(Class::BODY | Class::GOVERNMENT | Class::SITE | Class::ACCORD | Class::COMPANY);
            if generic || short.head != Class::NONE && short.words.len() < 3 {
                return false;
            }
            let rest = long.core.start + short.core.len()..long.core.end;
            let only = |class: Class| {
                rest.clone().all(|at| marks.class(at).any(class) || text.tokens()[at].kind == TokenKind::Mark)
            };
            let plain = only(Class::TAIL | Class::LEGAL | Class::COMPANY);
            match short.known {
                Some(Known::Bearer(number)) if tables.bearers[number as usize].sort == NameType::Place => {
                    sort == NameType::Place && plain
                }
                // "Iveco" is known, and "Iveco Defence" may be a daughter of its own; "Iveco Group" is Iveco.
                Some(_) => long.known.is_none() && only(Class::LEGAL | Class::COMPANY),
                None => long.known.is_none() || plain || sort != NameType::Place,
            }
        }
        NameType::Country => false,
    }
}

/// "Romanian National Railway Company (CFR)": capitals right behind the name of a body, in brackets, that are short for it in another language.
fn is_foreign_short_form(letters: &str, long: &Form, short: &Form, marks: &Marks, text: &Text<'_>) -> bool {
    const BODIES: Class = Class(Class::BODY.0 | Class::COMPANY.0 | Class::TAIL.0);
    let plain = |at: usize| text.tokens()[at].kind == TokenKind::Word;
    short.known.is_none()
        && long.known.is_none()
        && (long.head.any(BODIES) || marks.class(long.core.end - 1).any(BODIES))
        && long.core.clone().filter(|at| plain(*at)).count() > 2
        && (3..=6).contains(&letters.len())
        && letters.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Whether the letters of an acronym stand in order at beginnings inside a name.
fn is_short_for(letters: &str, text: &Text<'_>, long: Range<usize>) -> bool {
    if !letters.chars().any(char::is_uppercase) || letters.chars().count() > 10 {
        return false;
    }
    let name = text.slice(long.clone()).to_lowercase();
    let mut rest = name.chars();
    let all =
        letters.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).all(|c| rest.any(|n| n == c));
    let starts: String =
        long.clone().filter_map(|at| text.form(at).chars().next()).flat_map(char::to_lowercase).collect();
    let begins = letters.chars().next().is_some_and(|c| starts.contains(c.to_lowercase().next().unwrap_or(c)));
    all && begins && long.len() > 1
}

fn sort_of(form: &Form, tables: &Tables) -> NameType {
    match form.known {
        Some(Known::Country(..)) => NameType::Country,
        Some(Known::Bearer(number) | Known::Adjective(number)) => tables.bearers[number as usize].sort,
        None => form.sort,
    }
}

/// A run that names a government or ministry by what it is, and the country that it is of where the words tell it.
type StateBody<'r> = (&'r Run, Option<u16>);

/// Numbers the bearers in the order of their first mention and writes the mentions, but for those of governments, which come back.
fn list<'r>(
    text: &Text<'_>,
    marks: &Marks,
    tables: &Tables,
    runs: &'r [Run],
    form_of: &[u32],
    forms: &[Form],
    mentions: &mut Vec<Mention>,
) -> (Vec<Entity>, Vec<StateBody<'r>>) {
    let root = |mut number: u32| {
        // Links go from short to long, so that this ends after as many steps as a name has words.
        for _ in 0..8 {
            match forms[number as usize].long {
                Some(long) => number = long,
                None => break,
            }
        }
        number
    };
    let mut entities: Vec<Entity> = Vec::with_capacity(forms.len());
    let mut entity_of: FxHashMap<Key, u32> = FxHashMap::with_capacity_and_hasher(forms.len(), FxBuildHasher);
    let mut states: Vec<StateBody<'_>> = Vec::new();
    for (run, form) in runs.iter().zip(form_of) {
        let long = root(*form);
        let form = &forms[long as usize];
        // "the Commission", "the Bank" alone name nobody unless the text gave the whole name.
        let generic = Class::BODY
            | Class::GOVERNMENT
            | Class::SITE
            | Class::ACCORD
            | Class::COMPANY
            | Class::PORTFOLIO
            | Class::GOVERNMENTS
            | Class::LAND;
        // "the Province": an anaphor.
        let definite = run.core.start > 0 && marks.class(run.core.start - 1).any(Class::DEFINITE);
        let authority = if definite { Class::AUTHORITY } else { Class::NONE };
        let alone = form.words.len() == 1 && marks.class(run.core.start).any(generic | authority)
            || run.core.len() > 1
                && run.core.clone().all(|at| marks.class(at).any(Class::AUTHORITY))
                && !text.tokens()[run.core.end - 1].shape.capital();
        if run.known.is_none() && alone && !run.quoted && !run.placed {
            continue;
        }
        if run.known.is_none()
            && let Some(country) = state_body(text, marks, run)
        {
            states.push((run, country));
            continue;
        }
        let (known, seat, adjective, place) = match run.known {
            Some(Known::Country(code, How::Capital)) if run.placed || !acts(text, marks, run) => {
                (Some(Known::Country(code, How::Capital)), false, false, Some(Site::Capital))
            }
            Some(Known::Country(code, How::Seat)) if is_inside(text, marks, run) => {
                (Some(Known::Country(code, How::Seat)), false, false, Some(Site::Seat))
            }
            Some(Known::Country(code, How::Seat)) => {
                (Some(Known::Country(seated(code, tables, runs), How::Seat)), true, false, None)
            }
            // "Brussels" decides for the Union, where the text does not speak of Belgium.
            Some(Known::Country(code, How::Capital)) if union_of(code, tables, runs).is_some() => {
                (union_of(code, tables, runs), true, false, None)
            }
            Some(Known::Country(_, how)) => (run.known, how == How::Capital, how == How::Adjective, None),
            Some(Known::Adjective(_)) => (form.known, false, true, None),
            _ => (form.known, false, false, None),
        };
        let key = match known {
            Some(Known::Country(code, _)) if place == Some(Site::Capital) => Key::Capital(code),
            Some(Known::Country(code, _)) if place == Some(Site::Seat) => Key::Seat(code),
            Some(Known::Country(code, _)) => Key::Country(code),
            _ => Key::Form(long),
        };
        let number = *entity_of.entry(key).or_insert_with(|| {
            entities.push(entity(text, tables, form, run, known, place));
            entities.len() as u32 - 1
        });
        let entity = &mut entities[number as usize];
        entity.write(text.slice(run.tokens.clone()));
        mentions.push(Mention {
            tokens: run.tokens.clone(),
            bytes: text.bytes(run.tokens.clone()),
            value: Value::Name(Name { seat, adjective, ..Name::of(entity, number) }),
            rule: run.rule,
        });
    }
    (entities, states)
}

/// Whether a run names a government or ministry by what it is ("Federal Government", "Ministry of Agriculture and Rural
/// Development"), and the country that its words or those around it tell.
fn state_body(text: &Text<'_>, marks: &Marks, run: &Run) -> Option<Option<u16>> {
    const PARTS: Class = Class(
        Class::GOVERNMENT.0
            | Class::PORTFOLIO.0
            | Class::USED.0
            | Class::LINK.0
            | Class::DEFINITE.0
            | Class::AND.0
            | Class::QUALITY.0,
    );
    let country = |at: usize| match marks.hit(at)?.what {
        What::Country(code, How::Name | How::Adjective) => Some(code),
        // "governo di Atene"
        What::Country(code, How::Capital)
            if at > run.core.start
                && marks.class(run.core.start).any(Class::GOVERNMENT)
                && marks.class(at - 1).any(Class::LINK)
                && marks.hit(at)?.tokens.len() == 1 =>
        {
            Some(code)
        }
        _ => None,
    };
    let inside = run.core.clone().find_map(country);
    // "Gobierno de los Estados Unidos": a country's name may have several words.
    let mut whole = run.core.start;
    let parts = run.core.clone().all(|at| {
        if country(at).is_some() {
            whole = marks.hit(at).map_or(at, |hit| hit.tokens.end);
        }
        at < whole || marks.class(at).any(PARTS) && !marks.class(at).any(Class::TERRITORY) || text.form(at) == ","
    });
    if !parts || run.quoted || run.core.len() < 2 || !run.core.clone().any(|at| marks.class(at).any(Class::GOVERNMENT))
    {
        return None;
    }
    // "Autorità portuale" is a body of its own.
    let field = run.core.clone().any(|at| marks.class(at).any(Class::PORTFOLIO | Class::USED))
        || run.core.clone().all(|at| marks.class(at).any(Class::GOVERNMENT));
    if inside.is_none() && !field && run.core.clone().any(|at| marks.class(at).any(Class::BODY)) {
        return None;
    }
    let sentence = &text.sentences()[run.sentence].tokens;
    // "Britain's Ministry of Defence", "Міністерство оборони України"
    let before = (1..=2)
        .filter_map(|back| run.tokens.start.checked_sub(back))
        .filter(|at| *at >= sentence.start)
        .find_map(country);
    let behind = (run.tokens.end..sentence.end.min(run.tokens.end + 3))
        .take_while(|at| *at == run.tokens.end || marks.class(at - 1).any(Class::LINK | Class::DEFINITE))
        .find_map(country);
    Some(inside.or(before).or(behind))
}

/// Writes the mention of a government: of the country that was told, else of the one that most names of the text belong to.
fn state(
    text: &Text<'_>,
    tables: &Tables,
    run: &Run,
    country: Option<u16>,
    moneys: &[u16],
    entities: &mut Entities,
    mentions: &mut Vec<Mention>,
) {
    let told = country.map(|code| &tables.codes[code as usize]);
    let found = match told {
        Some(code) => entities.iter().find(|(_, entity)| entity.known() == Some(&**code)).map(|(number, _)| number),
        // One that nothing else of the text belongs to is no home.
        None => {
            lands::Lands::new(entities, tables, moneys).home().filter(|(_, there)| *there > 0).map(|(home, _)| home)
        }
    };
    let written = text.slice(run.tokens.clone());
    let tidy = spelling::tidy(written);
    let own = spelling::latin(&tidy, tables);
    let met = || entities.iter().find(|(_, other)| *other.canonical == *own).map(|(number, _)| number);
    let number = match (found.or_else(|| met().filter(|_| told.is_none())), told) {
        (Some(number), _) => number,
        (None, Some(code)) => entities.add(Entity::state(code)),
        // No country is told at all: the body stands for itself.
        (None, None) => entities.add(Entity::unlisted(NameType::Organisation, own)),
    };
    let Some(entity) = entities.write(number, written) else { return };
    mentions.push(Mention {
        tokens: run.tokens.clone(),
        bytes: text.bytes(run.tokens.clone()),
        value: Value::Name(Name { seat: entity.sort == NameType::Country, ..Name::of(entity, number) }),
        rule: "<government>",
    });
}

/// Adds the country that places and bodies belong to, or whose own money is told, where the text speaks of "the government" and nothing of it belongs to any country
/// that it names; where nothing tells one, the country that most news of the language come from.
fn add_home(text: &Text<'_>, marks: &Marks, tables: &Tables, moneys: &[u16], entities: &mut Vec<Entity>) {
    let paid = moneys.iter().filter_map(|code| tables.codes.get(usize::from(*code)));
    let mut counts: Vec<(usize, &str)> = paid.map(|code| (lands::OWN_MONEY, &**code)).collect();
    let is_country = |entity: &&Entity| entity.sort == NameType::Country;
    let others = entities.iter().filter(|entity| !is_country(entity));
    for code in others.filter_map(|entity| entity.country.as_deref()) {
        match counts.iter_mut().find(|(_, other)| *other == code) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, code)),
        }
    }
    let told = |code: &str| entities.iter().filter(is_country).any(|country| country.known() == Some(code));
    let most = counts.iter().rev().max_by_key(|(count, _)| *count).copied();
    let usual = (1, tables.usual_country.as_str());
    let found = match most {
        Some((count, code)) if count < 2 && entities.iter().any(|entity| is_country(&entity)) && code != usual.1 => {
            None
        }
        Some(most) => Some(most),
        None => Some(usual).filter(|(_, code)| !code.is_empty()),
    };
    let state = |class: Class| {
        class.any(Class::GOVERNMENT | Class::LAND) || class.any(Class::MINISTER) && !class.any(Class::LOCAL)
    };
    let spoken = || (0..text.tokens().len()).any(|at| state(marks.class(at)));
    // Where as much belongs to a country that the text names, that one is its home.
    let other = |least: usize| counts.iter().any(|(count, other)| *count >= least && told(other));
    let Some((_, code)) = found.filter(|(count, code)| !told(code) && !other(*count) && spoken()) else { return };
    let home = Entity::state(&code.into());
    entities.push(home);
}

/// Words that may stand between two commas behind the subject: "for its part".
const ASIDE_TOKENS_MAX: usize = 4;

/// A place that may stand for its country, and here does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Site {
    /// Its capital.
    Capital,
    /// The house of its government: "at the White House".
    Seat,
}

/// Whether a government's seat is told as a house that one is in.
fn is_inside(text: &Text<'_>, marks: &Marks, run: &Run) -> bool {
    let sentence = &text.sentences()[run.sentence].tokens;
    let before =
        |at: &usize| marks.class(*at).any(Class::DEFINITE | Class::ARTICLE) && !marks.class(*at).any(Class::IN);
    // "in the UK government" is told by a word for it, not by its house.
    let house = marks
        .hit(run.tokens.start)
        .is_some_and(|hit| hit.tokens == run.tokens && matches!(hit.what, What::Country(_, How::Seat)));
    let first = (sentence.start..run.tokens.start).rev().find(|at| !before(at));
    house && first.is_some_and(|at| marks.class(at).any(Class::IN | Class::AT))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Country(u16),
    Capital(u16),
    Seat(u16),
    Form(u32),
}

fn entity(
    text: &Text<'_>,
    tables: &Tables,
    form: &Form,
    run: &Run,
    known: Option<Known>,
    place: Option<Site>,
) -> Entity {
    match known {
        Some(Known::Country(code, _)) => {
            let (code, country) = (&tables.codes[code as usize], &tables.countries[code as usize]);
            let listed = match place {
                Some(Site::Capital) => Entity::listed(NameType::Place, &*country.capital),
                Some(Site::Seat) => Entity::listed(NameType::Place, base_form(text.slice(run.core.clone()), tables)),
                None => return Entity::state(code),
            };
            Entity { country: Some(Arc::clone(code)), ..listed }
        }
        Some(Known::Bearer(number) | Known::Adjective(number)) => {
            let bearer = &tables.bearers[number as usize];
            Entity {
                country: bearer.country.clone(),
                organisation: bearer.organisation.clone(),
                outlet: bearer.outlet,
                region: bearer.region,
                within: bearer.within.clone(),
                ..Entity::listed(bearer.sort, Arc::clone(&bearer.name))
            }
        }
        None => {
            let name = base_form(text.slice(form.core.clone()), tables);
            let quiet = if form.sort == NameType::Place { spelling::quiet(&name) } else { None };
            Entity::unlisted(form.sort, quiet.map_or(name, Into::into))
        }
    }
}

/// A name that no list has, in base form and Latin script.
fn base_form(written: &str, tables: &Tables) -> Arc<str> {
    let tidy = spelling::tidy(written);
    if tables.inflection.base.is_empty() {
        return spelling::latin(&tidy, tables).into();
    }
    let words: Vec<String> = tidy.split(' ').map(|word| spelling::base(word, tables)).collect();
    spelling::latin(&words.join(" "), tables).into()
}

/// Whose government a seat stands for that several countries call alike: of the one that the text names more often.
fn seated(code: u16, tables: &Tables, runs: &[Run]) -> u16 {
    let mut best = code;
    for (namesake, _) in tables.namesakes.iter().filter(|(_, other)| *other == code) {
        let told = |wanted: u16| {
            let of_it = |run: &&Run| match run.known {
                Some(Known::Country(other, How::Name | How::Adjective | How::Capital)) => other == wanted,
                Some(Known::Bearer(number)) => {
                    tables.bearers[number as usize].country.as_deref() == Some(&*tables.codes[wanted as usize])
                }
                _ => false,
            };
            runs.iter().filter(of_it).count()
        };
        if told(*namesake) > told(best) {
            best = *namesake;
        }
    }
    best
}

/// The union that has its seat in a country's capital, where the text names that country by no other name.
fn union_of(code: u16, tables: &Tables, runs: &[Run]) -> Option<Known> {
    let country = &tables.countries[code as usize];
    let union = tables.union_of(country)?;
    let own = |run: &Run| matches!(run.known, Some(Known::Country(other, How::Name | How::Adjective | How::Seat)) if other == code);
    (country.eu && !runs.iter().any(own)).then_some(Known::Country(union as u16, How::Capital))
}

/// Whether a capital stands for its government: as a subject, or as one of several parties; not behind "in" or "of".
fn acts(text: &Text<'_>, marks: &Marks, run: &Run) -> bool {
    let sentence = &text.sentences()[run.sentence].tokens;
    let before = run.tokens.start.checked_sub(1).filter(|at| *at >= sentence.start);
    let class = before.map_or(Class::NONE, |at| marks.class(at));
    if class.any(Class::BETWEEN) {
        return true;
    }
    // "die Regierung in Washington"
    if class.any(Class::IN)
        && before.is_some_and(|at| at > sentence.start && marks.class(at - 1).any(Class::GOVERNMENT))
    {
        return true;
    }
    if class.any(Class::IN | Class::LINK | Class::SITE | Class::PREPOSITION | Class::DEFINITE) {
        return false;
    }
    let next = run.tokens.end;
    // "Lissabon zahlt 35 Millionen, Athen – noch 20": a dash stands for the verb of a capital that acts before.
    if next < sentence.end && matches!(text.form(next), "–" | "—") && before.is_some() {
        let first = (sentence.start..run.tokens.start).find(|at| {
            marks
                .hit(*at)
                .is_some_and(|hit| hit.tokens.start == *at && matches!(hit.what, What::Country(_, How::Capital)))
        });
        return first.is_some_and(|at| acts(text, marks, &Run { tokens: at..at + 1, ..run.clone() }));
    }
    // "betont Berlin, man werde zahlen"; "Londra, ha detto il ministro, pagherà"
    let says = |at: usize| at < sentence.end && marks.class(at).any(Class::SAY);
    let paused = next < sentence.end && text.form(next) == ",";
    if paused && (class.any(Class::SAY) || before.is_none() && (says(next + 1) || says(next + 2))) {
        return true;
    }
    // "Brasília, for its part, wants to pay"
    if paused && before.is_none() {
        const NO_VERB: Class = Class(
            Class::IN.0
                | Class::LINK.0
                | Class::PREPOSITION.0
                | Class::AND.0
                | Class::DEFINITE.0
                | Class::ARTICLE.0
                | Class::HE.0
                | Class::IT.0,
        );
        let aside = next + 1..sentence.end.min(next + 2 + ASIDE_TOKENS_MAX);
        let closes = aside.take_while(|at| marks.hit(*at).is_none()).find(|at| text.form(*at) == ",");
        let verb = |at: usize| {
            let small = at < sentence.end && text.tokens()[at].kind == TokenKind::Word;
            small && !text.tokens()[at].shape.capital() && !marks.class(at).any(NO_VERB)
        };
        if closes.is_some_and(|at| at > next + 1 && verb(at + 1)) {
            return true;
        }
    }
    // "Prag, Budapest und Preßburg verzichten": what stands in a list of capitals acts where its first does.
    if let Some(first) = before
        .filter(|at| *at > sentence.start && (class.any(Class::AND) || text.form(*at) == ","))
        .filter(|at| marks.hit(at - 1).is_some_and(|hit| matches!(hit.what, What::Country(_, How::Capital))))
    {
        return acts(text, marks, &Run { tokens: first - 1..first, ..run.clone() });
    }
    if next >= sentence.end {
        return false;
    }
    let class = marks.class(next);
    if before.is_none() && paused && marks.hit(next + 1).is_some() {
        // "Prag, Budapest und Preßburg bürgen nicht": a list of capitals at the beginning.
        return true;
    }
    if class.any(Class::AND) {
        // "Londres et Washington vont signer"
        let hit = marks.hit(next + 1);
        let name = text.tokens().get(next + 1).is_some_and(|token| token.shape.capital());
        let listed = before.is_some_and(|at| text.form(at) == ",");
        // "signed on Monday, Washington and Canberra will each pay": no list goes on before them where a verb follows.
        let leads = || {
            hit.is_some_and(|hit| {
                matches!(hit.what, What::Country(_, How::Capital))
                    && hit.tokens.end < sentence.end
                    && marks.class(hit.tokens.end).any(Class::VERB)
            })
        };
        return (hit.is_some() || name) && (!listed || leads());
    }
    if before.is_some_and(|at| marks.class(at).any(Class::AND))
        && before.is_some_and(|at| at > sentence.start && marks.class(at - 1).any(Class::IN))
    {
        return false;
    }
    let token = &text.tokens()[next];
    token.kind == TokenKind::Word
        && !token.shape.capital()
        && !class.any(Class::IN | Class::LINK | Class::PREPOSITION | Class::LEGAL)
}
