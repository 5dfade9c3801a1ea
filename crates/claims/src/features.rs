//! The language-neutral features by which candidates are weighed.

use crate::{
    analysis::{Analysis, Cue, WITHOUT_CURRENCY, WITHOUT_SCALE},
    candidate::{Basis, Candidate, gap},
    model::Sink,
};
use pledgebook_document::Role;
use pledgebook_mentions::NameType;
use pledgebook_text::TokenKind;
use rust_decimal::prelude::ToPrimitive;
use smallvec::SmallVec;
use std::ops::Range;

/// A distance in tokens as a word.
pub fn near(distance: usize) -> &'static str {
    match distance {
        0..=1 => "1",
        2..=3 => "3",
        4..=7 => "7",
        8..=15 => "15",
        _ => "far",
    }
}

fn some(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2 => "2",
        3..=4 => "4",
        _ => "many",
    }
}

fn block(role: Role) -> &'static str {
    match role {
        Role::Title => "title",
        Role::Heading => "heading",
        Role::Item => "item",
        _ => "body",
    }
}

fn basis(candidate: &Candidate) -> &'static str {
    match candidate.basis {
        Basis::Money => "money",
        Basis::Things => "things",
        Basis::Cue => "cue",
        Basis::Accord => "accord",
    }
}

/// The sort of a name as a word.
pub fn sort(sort: NameType) -> &'static str {
    match sort {
        NameType::Person => "person",
        NameType::Organisation => "organisation",
        NameType::Country => "country",
        NameType::Place => "place",
        NameType::Instrument => "instrument",
    }
}

/// The cues around a run of tokens, by side, distance and clause.
fn around<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, of: &str, sink: &mut S) {
    let anchor = &candidate.anchor;
    for cue in analysis.cues_of(candidate.sentence) {
        let side = if cue.end <= anchor.start {
            "left"
        } else if cue.start >= anchor.end {
            "right"
        } else {
            "inside"
        };
        let distance = gap(&(cue.start..cue.end), anchor);
        if cue.cue.is_mark() {
            if distance <= 1 {
                sink.add(&[of, "touch", side, cue.cue.word()]);
            }
            continue;
        }
        let place = if candidate.clause.contains(&cue.start) { near(distance) } else { "apart" };
        sink.add(&[of, "cue", side, cue.cue.word(), place]);
    }
    if let Some(sentence) = analysis.sentences.get(candidate.sentence) {
        for cue in sentence.set.iter().filter(|cue| !cue.is_mark()) {
            sink.add(&[of, "has", cue.word()]);
        }
    }
}

/// Whether a candidate is a promise.
pub fn gate<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, document: &DocumentView, sink: &mut S) {
    let basis = basis(candidate);
    sink.add(&["basis", basis]);
    around(analysis, candidate, basis, sink);
    let Some(sentence) = analysis.sentences.get(candidate.sentence) else { return };
    let deed = candidate.deed_word();
    sink.add(&[basis, "deed", deed]);
    for cue in analysis.cues_in(candidate.clause.clone()) {
        if is_modal(cue.cue) || cue.cue.is_not() {
            sink.add(&[basis, "deed", deed, cue.cue.word()]);
        }
    }
    let form = |token: usize| form(analysis, token);
    let anchor = &candidate.anchor;
    let back = |by: usize| anchor.start.checked_sub(by).filter(|at| sentence.tokens.contains(at)).map_or("", form);
    sink.add(&[basis, "w-1", back(1)]);
    sink.add(&[basis, "w-2", back(2)]);
    sink.add(&[basis, "w-2", back(2), back(1)]);
    sink.add(&[basis, "w+1", form(anchor.end)]);
    sink.add(&[basis, "w+2", form(anchor.end + 1)]);
    sink.add(&[basis, "w+2", form(anchor.end), form(anchor.end + 1)]);
    sink.add(&[basis, "opens", form(sentence.tokens.start)]);
    if let Some(deed) = candidate.deed {
        sink.add(&[basis, "deed form", form(deed.start)]);
        let order = if deed.start < anchor.start { "before" } else { "behind" };
        sink.add(&[basis, "deed at", order, near(gap(&(deed.start..deed.end), anchor)), deed.cue.word()]);
    }
    sink.add(&[basis, "block", block(sentence.role)]);
    sink.add(&[
        basis,
        "lead",
        if candidate.sentence == 0 {
            "first"
        } else if candidate.sentence <= 2 {
            "early"
        } else {
            "later"
        },
    ]);
    let names = analysis.names_of(candidate.sentence).filter(|(_, _, name)| name.sort != NameType::Place).count();
    sink.add(&[basis, "names", some(names)]);
    let inside = analysis.names_of(candidate.sentence).any(|(_, mention, name)| {
        name.sort == NameType::Organisation && candidate.clause.contains(&mention.tokens.start)
    });
    sink.add(&[basis, "organisation", if inside { "clause" } else { "none" }]);
    sink.add(&[basis, "promising", document.promising]);
    sink.add(&[basis, "telling", document.telling]);
    let length = sentence.tokens.len();
    sink.add(&[
        basis,
        "length",
        if length < 8 {
            "short"
        } else if length < 40 {
            "plain"
        } else {
            "long"
        },
    ]);
    if let Some(money) = candidate.money.and_then(|mention| analysis.money(mention)) {
        let figure = money.max.or(money.min).and_then(|figure| figure.to_f64()).unwrap_or(0.0);
        let size = match figure {
            f if f < 1e3 => "e3",
            f if f < 1e5 => "e5",
            f if f < 1e6 => "e6",
            f if f < 1e7 => "e7",
            f if f < 1e9 => "e9",
            _ => "big",
        };
        sink.add(&["money", "size", size]);
        if let Some(rule) = candidate.money.and_then(|mention| analysis.mentions.get(mention)).map(|m| m.rule)
            && matches!(rule, WITHOUT_CURRENCY | WITHOUT_SCALE)
        {
            sink.add(&[rule]);
            sink.add(&[rule, deed]);
            sink.add(&[rule, document.promising]);
            sink.add(&[rule, back(1)]);
            sink.add(&[rule, form(anchor.end)]);
        }
        sink.add(&["money", "size", size, document.promising]);
        sink.add(&["money", "qualifier", money.qualifier.word()]);
        sink.add(&["money", "currency", if money.currency.is_some() { "named" } else { "none" }]);
        let others = sentence.mentions.clone().filter(|mention| analysis.money(*mention).is_some()).count();
        sink.add(&["money", "others", some(others.saturating_sub(1))]);
        let before = candidate.anchor.start.checked_sub(1);
        if before.is_some_and(|token| analysis.is_mark(token, "(")) {
            sink.add(&["money", "bracket"]);
        }
    }
    for thing in candidate.things.iter().filter_map(|mention| analysis.thing(*mention)) {
        sink.add(&[basis, "unit", &thing.unit]);
        if thing.unit.contains(" per ") {
            sink.add(&[basis, "unit", "per"]);
        }
    }
}

fn is_modal(cue: Cue) -> bool {
    cue.word().starts_with("mode.") || cue.word().starts_with("stage.")
}

/// What the whole document says about how much promising goes on in it.
#[derive(Debug, Clone, Copy)]
pub struct DocumentView {
    promising: &'static str,
    telling: &'static str,
}

impl DocumentView {
    /// Counts the cues of promising and of telling past results.
    pub fn new(analysis: &Analysis<'_>) -> Self {
        let (mut promises, mut others) = (0usize, 0usize);
        for cue in &analysis.cues {
            match cue.cue {
                Cue::VerbInvest
                | Cue::VerbLend
                | Cue::VerbGrant
                | Cue::VerbBuild
                | Cue::VerbPromise
                | Cue::NounInvest
                | Cue::NounLend
                | Cue::NounGrant
                | Cue::NounGuarantee
                | Cue::NounProject
                | Cue::NounPromise
                | Cue::NounPackage
                | Cue::AccordDeal
                | Cue::AccordContract
                | Cue::AccordMemorandum => promises += 1,
                cue if cue.is_not() => others += 1,
                _ => {}
            }
        }
        let tokens = analysis.text.tokens().len().max(1);
        let share = |count: usize| match count * 1000 / tokens {
            0..=4 => "0",
            5..=9 => "5",
            10..=19 => "10",
            20..=39 => "20",
            _ => "40",
        };
        Self { promising: share(promises), telling: share(others) }
    }
}

/// How far a promise has come, and what is done.
pub fn stage<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, sink: &mut S) {
    sink.add(&["bias"]);
    let deed = candidate.deed_word();
    sink.add(&["deed", deed]);
    sink.add(&["basis", basis(candidate)]);
    around(analysis, candidate, "at", sink);
    for cue in analysis.cues_in(candidate.clause.clone()) {
        if is_modal(cue.cue) {
            sink.add(&["deed", deed, cue.cue.word()]);
        }
    }
    if let Some(cue) = candidate.deed {
        // What stands right before the deed: its auxiliaries.
        for before in analysis.cues_in(cue.start.saturating_sub(4).max(candidate.clause.start)..cue.start) {
            sink.add(&["before", before.cue.word()]);
            sink.add(&["before", before.cue.word(), if deed.starts_with("verb") { "verb" } else { "noun" }]);
        }
        for same in analysis.cues_in(cue.start..cue.end).iter().filter(|same| same.start == cue.start) {
            sink.add(&["same", same.cue.word()]);
        }
    }
    if let Some(sentence) = analysis.sentences.get(candidate.sentence) {
        sink.add(&["block", block(sentence.role)]);
        sink.add(&["lead", if candidate.sentence <= 2 { "early" } else { "later" }]);
    }
    for thing in candidate.things.iter().filter_map(|mention| analysis.thing(*mention)).take(1) {
        sink.add(&["unit", &thing.unit]);
    }
}

/// Somebody or somewhere that may fill a slot of a candidate.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The mention, into [`Analysis::mentions`]; none is "nobody".
    pub mention: Option<usize>,
    /// Sentences before the candidate's; none where it is known from the whole document only.
    pub back: Option<usize>,
}

/// How far back names are looked for.
const SENTENCES_BACK: usize = 3;
/// How many of the most named are always looked at.
const SALIENT: usize = 3;

/// Everybody who may fill a slot: the names of the sentence and of those before it, the most named of the document, and nobody.
pub fn choices(analysis: &Analysis<'_>, candidate: &Candidate, wanted: impl Fn(NameType) -> bool) -> Vec<Choice> {
    let mut choices = vec![Choice { mention: None, back: None }];
    for back in 0..=SENTENCES_BACK.min(candidate.sentence) {
        for (mention, at, name) in analysis.names_of(candidate.sentence - back) {
            // News agencies and papers tell of promises, and "AI" is a field: they are not taken for makers of promises.
            if wanted(name.sort) && !analysis.is_outlet(name.entity) && !analysis.is_field(&at.tokens) {
                choices.push(Choice { mention: Some(mention), back: Some(back) });
            }
        }
    }
    for entity in analysis.salient.iter().take(SALIENT) {
        let Some(mention) = analysis.namings.get(*entity as usize).and_then(|naming| naming.mention) else { continue };
        if !analysis.is_outlet(*entity)
            && !analysis.is_field(&analysis.mentions[mention].tokens)
            && analysis.name(mention).is_some_and(|name| wanted(name.sort))
        {
            choices.push(Choice { mention: Some(mention), back: None });
        }
    }
    choices
}

/// What is known of a candidate's surroundings when a slot of it is filled.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context {
    /// The entity that another slot of the candidate has.
    pub taken: Option<u32>,
    /// The entity that the candidate before was read with.
    pub previous: Option<u32>,
}

/// The feature of an entity that another slot has.
pub const TAKEN: &str = "taken";
/// The feature of the entity that the candidate before was read with.
pub const PREVIOUS: &str = "previous";

/// Where a choice stands, seen from the candidate.
pub fn side(analysis: &Analysis<'_>, candidate: &Candidate, choice: &Choice) -> &'static str {
    let before = choice
        .mention
        .and_then(|mention| analysis.mentions.get(mention))
        .is_some_and(|mention| mention.tokens.end <= candidate.anchor.start);
    match choice.back {
        Some(0) if before => "left",
        Some(0) => "right",
        Some(1) => "previous",
        Some(_) => "earlier",
        None => "document",
    }
}

/// Whether a choice fills a slot of a candidate.
pub fn choice<S: Sink>(
    analysis: &Analysis<'_>,
    candidate: &Candidate,
    choice: &Choice,
    context: Context,
    sink: &mut S,
) {
    let deed = candidate.deed_word();
    let set = analysis.sentences.get(candidate.sentence).map(|sentence| sentence.set).unwrap_or_default();
    let Some(index) = choice.mention else {
        sink.add(&["nobody"]);
        sink.add(&["nobody", deed]);
        sink.add(&["nobody", basis(candidate)]);
        sink.add(&["nobody", "names", some(analysis.names_of(candidate.sentence).count())]);
        for cue in [Cue::ModePassive, Cue::MarkPronoun, Cue::MarkAgent, Cue::AmountTotal] {
            if set.has(cue) {
                sink.add(&["nobody", cue.word()]);
            }
        }
        return;
    };
    let (Some(mention), Some(name)) = (analysis.mentions.get(index), analysis.name(index)) else { return };
    let tokens = &mention.tokens;
    let sort = sort(name.sort);
    let side = side(analysis, candidate, choice);
    let place = match choice.back {
        Some(0) if candidate.clause.contains(&tokens.start) => "clause",
        Some(0) => "sentence",
        _ => "else",
    };
    sink.add(&["is", sort]);
    sink.add(&["is", sort, side]);
    sink.add(&["is", sort, deed]);
    sink.add(&["at", side, place]);
    sink.add(&["at", side, deed]);
    if name.anaphor {
        sink.add(&["anaphor", side, sort]);
    }
    if name.sort == NameType::Country {
        sink.add(&[
            "seat",
            if name.seat {
                "seat"
            } else if name.adjective {
                "adjective"
            } else {
                "name"
            },
            side,
        ]);
    }
    if context.taken == Some(name.entity) {
        sink.add(&[TAKEN]);
    }
    if context.previous == Some(name.entity) {
        sink.add(&[PREVIOUS]);
        sink.add(&[PREVIOUS, side]);
    }
    standing(analysis, name.entity, side, sort, sink);
    if name.sort == NameType::Place {
        let region = analysis.entity(name.entity).is_some_and(|entity| entity.region);
        sink.add(&["place", if region { "region" } else { "town" }, if name.anaphor { "noun" } else { "name" }]);
    }
    if name.anaphor {
        sink.add(&["anaphor", mention.rule]);
    }
    let kind = deed.split('.').next().unwrap_or(deed);
    for part in roles(analysis, candidate, index, choice.back) {
        sink.add(&["role", part, kind]);
        sink.add(&["role", part, deed]);
        sink.add(&["role", part, sort]);
    }
    if let Some(back) = choice.back {
        let sentence = candidate.sentence - back;
        syntax(analysis, candidate, index, tokens, side, sentence, sink);
        way(analysis, candidate, tokens, side, choice.back == Some(0), sink);
        wording(analysis, candidate, tokens, side, sink);
    } else {
        sink.add(&["document", sort, deed]);
        if set.has(Cue::MarkPronoun) {
            sink.add(&["document", "pronoun"]);
        }
    }
}

/// The parts that a name may play for the deed of a candidate, by where it stands.
fn roles(
    analysis: &Analysis<'_>,
    candidate: &Candidate,
    index: usize,
    back: Option<usize>,
) -> SmallVec<[&'static str; 4]> {
    let mut roles = SmallVec::new();
    let (Some(back), Some(mention)) = (back, analysis.mentions.get(index)) else { return roles };
    let sentence = candidate.sentence - back;
    let first_bare = |within: Range<usize>| {
        analysis
            .names_of(sentence)
            .find(|(other, mention, _)| within.contains(&mention.tokens.start) && is_bare(analysis, *other))
            .is_some_and(|(other, ..)| other == index)
    };
    let whole = analysis.sentences.get(sentence).map(|sentence| sentence.tokens.clone()).unwrap_or_default();
    if back > 0 {
        if first_bare(whole) {
            roles.push(if back == 1 { "subject before" } else { "subject earlier" });
        }
        return roles;
    }
    let hinge = candidate.deed.map_or(candidate.anchor.start, |deed| deed.start);
    let clause = analysis.clauses.get(analysis.clause_of(hinge)).cloned().unwrap_or_default();
    let at = mention.tokens.start;
    if first_bare(whole.clone()) {
        roles.push(if at < hinge { "opening subject" } else { "late subject" });
    }
    if clause.contains(&at) && at < hinge && is_bare(analysis, index) {
        roles.push("subject");
        if first_bare(clause.clone()) {
            roles.push("first subject");
        }
        let nearest = analysis.names_of(sentence).rfind(|(other, mention, _)| {
            clause.contains(&mention.tokens.start) && mention.tokens.start < hinge && is_bare(analysis, *other)
        });
        if nearest.is_some_and(|(other, ..)| other == index) {
            roles.push("nearest subject");
        }
    }
    let anchor = &candidate.anchor;
    if at < anchor.start && is_bare(analysis, index) {
        // Sums told one after another have each their own subject: what stands behind the sum before belongs to this one.
        let sum = |token: usize| token != anchor.start && analysis.money_starts(token);
        let nearer = analysis.names_of(sentence).any(|(other, other_at, _)| {
            other > index && other_at.tokens.start < anchor.start && is_bare(analysis, other)
        });
        if (mention.tokens.end..anchor.start).any(sum) {
            let own = analysis.names_of(sentence).any(|(other, other_at, _)| {
                let start = other_at.tokens.start;
                start > at && start < anchor.start && is_bare(analysis, other) && !(start..anchor.start).any(sum)
            });
            roles.push(if own { "subject of another sum" } else { "subject of sums before" });
        } else {
            let verb =
                analysis.cues_in(mention.tokens.end..anchor.start).iter().any(|cue| cue.cue.word().starts_with("verb"));
            roles.push(match (nearer, verb) {
                (false, true) => "nearest of own sum with verb",
                (false, false) => "nearest of own sum",
                (true, true) => "of own sum with verb",
                (true, false) => "of own sum",
            });
        }
    }
    let relative = analysis.cues_in(clause.start..clause.start + 1).iter().any(|cue| cue.cue == Cue::MarkRelative);
    if relative && at < clause.start {
        let last = analysis.names_of(sentence).rfind(|(_, mention, _)| mention.tokens.start < clause.start);
        if last.is_some_and(|(other, ..)| other == index) {
            roles.push("antecedent");
        }
    }
    let end = candidate.anchor.end.max(candidate.deed.map_or(0, |deed| deed.end));
    match mark_at(analysis, at) {
        Some(Cue::MarkAgent | Cue::MarkFrom) if at > hinge => roles.push("agent"),
        Some(Cue::MarkOf) if at >= end && at <= end + 4 => roles.push("owner after"),
        _ => {}
    }
    let owns = analysis.cues_in(mention.tokens.end..mention.tokens.end + 1).iter().any(|cue| cue.cue == Cue::MarkOf);
    if owns && mention.tokens.end <= hinge && hinge - mention.tokens.end <= 6 {
        roles.push("owner before");
    }
    roles
}

/// The small word before a name, past its article.
fn mark_at(analysis: &Analysis<'_>, token: usize) -> Option<Cue> {
    match analysis.mark_before(token) {
        Some(Cue::MarkDeterminer) => analysis.mark_before(token - 1).or(Some(Cue::MarkDeterminer)),
        other => other,
    }
}

/// Whether no preposition stands before a name: it can be a subject.
fn is_bare(analysis: &Analysis<'_>, mention: usize) -> bool {
    let (Some(at), Some(name)) = (analysis.mentions.get(mention), analysis.name(mention)) else { return false };
    !name.adjective
        && matches!(
            mark_at(analysis, at.tokens.start),
            None | Some(
                Cue::MarkDeterminer
                    | Cue::MarkAnd
                    | Cue::MarkSubordinate
                    | Cue::MarkRelative
                    | Cue::MarkOr
                    | Cue::MarkPronoun
            )
        )
}

/// The sort of the name that a name introduces: "the Swedish group Northvolt", "die Schweden von Northvolt".
fn introduces(analysis: &Analysis<'_>, index: usize) -> Option<NameType> {
    let at = &analysis.mentions.get(index)?.tokens;
    let (next, _, name) = analysis
        .names_of(analysis.sentence_of(at.start))
        .find(|(other, mention, _)| *other > index && mention.tokens.start >= at.end)?;
    let between = at.end..analysis.mentions[next].tokens.start;
    let plain = between.len() <= 3
        && between.clone().all(|token| analysis.text.tokens()[token].kind == TokenKind::Word)
        && !analysis.cues_in(between).iter().any(|cue| {
            matches!(cue.cue, Cue::MarkAnd | Cue::MarkOr | Cue::MarkWith) || cue.cue.word().starts_with("verb")
        });
    plain.then_some(name.sort)
}

/// What stands between a name and the deed: how far, how many other names, and which cues in which order.
fn way<S: Sink>(
    analysis: &Analysis<'_>,
    candidate: &Candidate,
    tokens: &Range<usize>,
    side: &str,
    here: bool,
    sink: &mut S,
) {
    let Some(deed) = candidate.deed.filter(|_| here) else { return };
    let (order, between) = if tokens.end <= deed.start {
        ("before", tokens.end..deed.start)
    } else {
        ("behind", deed.end..tokens.start.max(deed.end))
    };
    let names = analysis
        .names_of(candidate.sentence)
        .filter(|(_, other, name)| {
            between.contains(&other.tokens.start) && !matches!(name.sort, NameType::Place | NameType::Person)
        })
        .count();
    let kind = if deed.cue.is_verb() { "verb" } else { "noun" };
    sink.add(&["deed", order, kind, near(between.len()), some(names)]);
    sink.add(&["deed", order, kind, side, some(names)]);
    let mut cues: SmallVec<[&'static str; 4]> = SmallVec::new();
    for cue in analysis.cues_in(between.clone()) {
        let word = cue.cue.word();
        if cue.cue != Cue::MarkDeterminer && cues.last() != Some(&word) && cues.len() < 4 {
            cues.push(word);
        }
    }
    let at = |index: usize| cues.get(index).copied().unwrap_or("");
    sink.add(&["way", order, at(0), at(1), at(2)]);
    sink.add(&["way", order, kind, at(0)]);
    if cues.is_empty() {
        sink.add(&["way", order, candidate.deed_word(), near(between.len())]);
    }
    if between.clone().any(|token| analysis.is_mark(token, ",")) {
        sink.add(&["comma", order, kind]);
    }
}

/// A token as part of a feature; marks that part features are spelt out.
fn form<'t>(analysis: &Analysis<'t>, token: usize) -> &'t str {
    match if token < analysis.text.tokens().len() { analysis.text.form(token) } else { "" } {
        "," => "comma",
        "|" => "bar",
        form if form.contains([',', '|', '\n']) => "",
        form => form,
    }
}

/// The words around a name and its own last one; the learner drops those that are rare.
fn wording<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, tokens: &Range<usize>, side: &str, sink: &mut S) {
    let form = |token: usize| form(analysis, token);
    let back = |by: usize| tokens.start.checked_sub(by).map_or("", form);
    sink.add(&["w-1", back(1)]);
    sink.add(&["w-1", back(1), side]);
    sink.add(&["w-2", back(2), back(1)]);
    sink.add(&["w+1", form(tokens.end)]);
    sink.add(&["w+1", form(tokens.end), side]);
    sink.add(&["w+2", form(tokens.end), form(tokens.end + 1)]);
    sink.add(&["last", form(tokens.end.saturating_sub(1))]);
    if let Some(deed) = candidate.deed {
        sink.add(&["deed", side, form(deed.start)]);
    }
}

/// How much of the document an entity fills.
fn standing<S: Sink>(analysis: &Analysis<'_>, entity: u32, side: &str, sort: &str, sink: &mut S) {
    let rank = analysis.salient.iter().position(|other| *other == entity).unwrap_or(usize::MAX);
    let rank = match rank {
        0 => "first",
        1 => "second",
        2..=4 => "some",
        _ => "low",
    };
    sink.add(&["rank", rank]);
    sink.add(&["rank", rank, side]);
    sink.add(&["rank", rank, sort]);
    if analysis.entity(entity).is_some_and(|entity| entity.known.is_some()) {
        sink.add(&["known"]);
        sink.add(&["known", sort]);
    }
    if let Some(naming) = analysis.namings.get(entity as usize) {
        sink.add(&["count", some(naming.count)]);
        sink.add(&["count", some(naming.count), side]);
        if naming.leads {
            sink.add(&["leads"]);
        }
    }
}

/// Where a name stands in its sentence, and what stands around it.
fn syntax<S: Sink>(
    analysis: &Analysis<'_>,
    candidate: &Candidate,
    index: usize,
    tokens: &Range<usize>,
    side: &str,
    sentence: usize,
    sink: &mut S,
) {
    let deed = candidate.deed_word();
    let anchor = &candidate.anchor;
    let start = tokens.start;
    let mark = mark_at(analysis, start).map_or("none", Cue::word);
    sink.add(&["mark", mark, side]);
    sink.add(&["mark", mark, side, deed]);
    sink.add(&["mark", mark, analysis.name(index).map_or("", |name| sort(name.sort))]);
    let first = analysis.names_of(sentence).next().is_some_and(|(first, ..)| first == index);
    if first {
        sink.add(&["first", side]);
        sink.add(&["first", mark]);
        if analysis.sentences.get(sentence).is_some_and(|sentence| sentence.tokens.start + 2 >= tokens.start) {
            sink.add(&["opens", side]);
            sink.add(&["opens", side, deed]);
        }
    }
    let text = analysis.text;
    let form = |token: usize| if token < text.tokens().len() { text.form(token) } else { "" };
    if matches!(form(tokens.end), ":" | "|" | "–" | "—") {
        sink.add(&["colon", side]);
    }
    if tokens.start > 0 && form(tokens.start - 1) == "(" {
        sink.add(&["bracket", side]);
    }
    if let Some(next) = introduces(analysis, index) {
        sink.add(&["modifier", side]);
        sink.add(&["modifier", analysis.name(index).map_or("", |name| sort(name.sort)), sort(next)]);
    }
    let after = analysis.cues_in(tokens.end..tokens.end + 4);
    for cue in after.iter().filter(|cue| cue.cue != Cue::MarkDeterminer).take(2) {
        sink.add(&["after", cue.cue.word()]);
        sink.add(&["after", cue.cue.word(), side]);
    }
    if after.iter().any(|cue| cue.start == tokens.end && cue.cue == Cue::MarkOf) {
        sink.add(&["owner", side, deed]);
    }
    let said = after.iter().any(|cue| cue.cue == Cue::ReportVerb)
        || analysis
            .cues_in(start.saturating_sub(2)..start)
            .iter()
            .any(|cue| matches!(cue.cue, Cue::ReportVerb | Cue::ReportSource));
    if said {
        sink.add(&["speaker", side]);
    }
    if side == "left" || side == "right" {
        let between = if tokens.end <= anchor.start { tokens.end..anchor.start } else { anchor.end..tokens.start };
        sink.add(&["distance", side, near(between.len())]);
        let names = analysis
            .names_of(sentence)
            .filter(|(other, mention, name)| {
                *other != index && name.sort != NameType::Place && between.contains(&mention.tokens.start)
            })
            .count();
        sink.add(&["between", side, some(names)]);
        let path = analysis.cues_in(between.clone());
        for cue in path.iter().filter(|cue| {
            cue.cue.is_deed()
                || matches!(cue.cue, Cue::MarkRelative | Cue::MarkSubordinate | Cue::MarkAgent | Cue::ReportVerb)
        }) {
            sink.add(&["path", side, cue.cue.word()]);
        }
        let verb = path.iter().find(|cue| cue.cue.word().starts_with("verb")).map_or("none", |cue| cue.cue.word());
        sink.add(&["verb", side, verb, mark]);
        if path.iter().any(|cue| cue.cue == Cue::ModePassive) {
            sink.add(&["passive", side, mark]);
        }
        let money = between.clone().any(|token| analysis.money_starts(token));
        if money {
            sink.add(&["figure", side]);
        }
    } else if let Some(sentence) = analysis.sentences.get(candidate.sentence) {
        if sentence.set.has(Cue::MarkPronoun) {
            sink.add(&["pronoun", side, mark]);
        }
        sink.add(&[
            "own",
            side,
            some(
                analysis
                    .names_of(candidate.sentence)
                    .filter(|(_, _, name)| name.sort == NameType::Organisation)
                    .count(),
            ),
        ]);
    }
}
