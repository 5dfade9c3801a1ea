//! The language-neutral features by which candidates are weighed.

mod choices;
mod people;

pub use choices::{Choice, Scene, Side, choices};
pub use people::{Traits, all, of_candidate, of_name, of_nobody, of_pair, of_side, of_surroundings, of_taken};

use crate::{
    analysis::{Analysis, Cue, CueAt, SHAPES},
    candidate::{Basis, Candidate, gap},
    model::{Part, Sink},
};
use pledgebook_document::Role;
use pledgebook_mentions::NameType;
use rust_decimal::prelude::ToPrimitive;
use std::ops::Range;

/// One of some parts that are made when the program is compiled.
macro_rules! part {
    ($word:literal) => {
        const { Part::new($word) }
    };
}
pub(crate) use part;

/// A distance in tokens as a word.
pub fn near(distance: usize) -> Part {
    match distance {
        0..=1 => part!("1"),
        2..=3 => part!("3"),
        4..=7 => part!("7"),
        8..=15 => part!("15"),
        _ => part!("far"),
    }
}

fn some(count: usize) -> Part {
    match count {
        0 => part!("0"),
        1 => part!("1"),
        2 => part!("2"),
        3..=4 => part!("4"),
        _ => part!("many"),
    }
}

fn block(role: Role) -> Part {
    match role {
        Role::Title => part!("title"),
        Role::Heading => part!("heading"),
        Role::Item => part!("item"),
        _ => part!("body"),
    }
}

fn basis(candidate: &Candidate) -> Part {
    match candidate.basis {
        Basis::Money => part!("money"),
        Basis::Things => part!("things"),
        Basis::Cue => part!("cue"),
        Basis::Accord => part!("accord"),
    }
}

/// The sort of a name as a word.
pub fn sort(sort: NameType) -> Part {
    match sort {
        NameType::Person => part!("person"),
        NameType::Organisation => part!("organisation"),
        NameType::Country => part!("country"),
        NameType::Place => part!("place"),
        NameType::Instrument => part!("instrument"),
    }
}

/// The cues around a run of tokens, by side, distance and clause.
fn around<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, of: Part, sink: &mut S) {
    let anchor = &candidate.anchor;
    for cue in analysis.cues_of(candidate.sentence) {
        let side = if cue.end <= anchor.start {
            part!("left")
        } else if cue.start >= anchor.end {
            part!("right")
        } else {
            part!("inside")
        };
        let distance = gap(&(cue.start..cue.end), anchor);
        if cue.cue.is_mark() {
            if distance <= 1 {
                sink.add((of, "touch", side, cue.cue.part()));
            }
            continue;
        }
        let place = if candidate.clause.contains(&cue.start) { near(distance) } else { part!("apart") };
        sink.add((of, "cue", side, cue.cue.part(), place));
    }
    if let Some(sentence) = analysis.sentences.get(candidate.sentence) {
        for cue in sentence.set.iter().filter(|cue| !cue.is_mark()) {
            sink.add((of, "has", cue.part()));
        }
    }
}

/// Where in the article a sentence stands. What a headline tells is told again below it; a first sentence that is none is not.
fn lead(analysis: &Analysis<'_>, sentence: usize) -> Part {
    match sentence {
        0 if analysis.is_headline(0) => part!("headline"),
        0 => part!("first"),
        1 | 2 => part!("early"),
        _ => part!("later"),
    }
}

/// Where in the document a sentence stands, and what other sums there are around it: one promise is often told in two sentences, its
/// works in one and its sum in the other.
fn neighbours<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, sink: &mut S) {
    let (basis, deed) = (basis(candidate), candidate.deed_part());
    let at = candidate.sentence;
    let sums = |tokens: Range<usize>| match analysis.sums_in(tokens) {
        0 => part!("0"),
        1 => part!("1"),
        _ => part!("more"),
    };
    let sums_of = |sentence: Option<usize>| {
        sentence
            .and_then(|sentence| analysis.sentences.get(sentence))
            .map_or(part!("none"), |sentence| sums(sentence.tokens.clone()))
    };
    let own = sums_of(Some(at));
    sink.add((basis, "sums", own));
    sink.add((basis, "sums", own, deed));
    sink.add((basis, "sums", "clause", sums(candidate.clause.clone())));
    if candidate.basis == Basis::Cue {
        return;
    }
    let (before, behind) = (sums_of(at.checked_sub(1)), sums_of(Some(at + 1)));
    sink.add((basis, "sums", "before", before));
    sink.add((basis, "sums", "before", before, deed));
    sink.add((basis, "sums", "behind", behind));
    sink.add((basis, "sums", "behind", behind, deed));
    sink.add((basis, "sentence", some(at)));
    let quarter = match at * 4 / analysis.sentences.len().max(1) {
        0 => part!("first"),
        1 => part!("second"),
        2 => part!("third"),
        _ => part!("last"),
    };
    sink.add((basis, "quarter", quarter));
}

/// Who stands on either side of a word for an accord, and in what form.
fn sides<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, sink: &mut S) {
    let (mut before, mut behind, mut bare, mut with) = (0, 0, 0, part!("none"));
    for name in analysis.named(candidate.sentence) {
        if !matches!(name.sort, NameType::Organisation | NameType::Country) || !candidate.clause.contains(&name.start) {
            continue;
        }
        if name.start < candidate.anchor.start {
            before += 1;
            bare += usize::from(name.bare);
        } else {
            if behind == 0 {
                with = name.mark.map_or(part!("bare"), Cue::part);
            }
            behind += 1;
        }
    }
    sink.add(("accord", "sides", some(before), some(behind)));
    sink.add(("accord", "bare", some(bare)));
    sink.add(("accord", "behind", with));
    if let Some(step) = step(analysis, candidate) {
        sink.add(("accord", "step", step.cue.part(), if bare > 0 { part!("bare") } else { part!("none") }));
        sink.add(("accord", "step", step.cue.part(), candidate.deed_part()));
    }
}

/// The nearest word that says how far an accord has come; one of the clause goes before the others of the sentence, and a halt before
/// the signing that it undoes ("has paused the deal signed in September").
pub fn step(analysis: &Analysis<'_>, candidate: &Candidate) -> Option<CueAt> {
    let halts = |cue: &CueAt| matches!(cue.cue, Cue::DealPaused | Cue::DealEnded);
    let distance = |cue: &&CueAt| {
        (!candidate.clause.contains(&cue.start), !halts(cue), gap(&(cue.start..cue.end), &candidate.anchor))
    };
    analysis.cues_of(candidate.sentence).iter().filter(|cue| cue.cue.is_step()).min_by_key(distance).copied()
}

/// How many tokens before a candidate a bracket that holds it may open.
const BRACKET_TOKENS_MAX: usize = 12;

/// Whether a bracket opens among the last of some tokens and does not close: "(27,3 Md€ de CA ; 100 000 salariés)".
fn in_brackets(analysis: &Analysis<'_>, before: &Range<usize>) -> bool {
    let mut last = before.clone().rev().take(BRACKET_TOKENS_MAX);
    let mark = |at: &usize| analysis.is_mark(*at, "(") || analysis.is_mark(*at, ")");
    last.find(mark).is_some_and(|at| analysis.is_mark(at, "("))
}

/// Whether a candidate is a promise.
pub fn gate<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, document: &DocumentView, sink: &mut S) {
    let basis = basis(candidate);
    sink.add(("basis", basis));
    around(analysis, candidate, basis, sink);
    let Some(sentence) = analysis.sentences.get(candidate.sentence) else { return };
    let deed = candidate.deed_part();
    sink.add((basis, "deed", deed));
    for cue in analysis.cues_in(candidate.clause.clone()) {
        if cue.cue.is_modal() || cue.cue.is_not() {
            sink.add((basis, "deed", deed, cue.cue.part()));
        }
    }
    if candidate.shares {
        sink.add((basis, "shares", deed));
    }
    let form = |token: usize| analysis.form(token);
    let nothing = analysis.form(usize::MAX);
    let anchor = &candidate.anchor;
    let back = |by: usize| anchor.start.checked_sub(by).filter(|at| sentence.tokens.contains(at)).map_or(nothing, form);
    sink.add((basis, "w-1", back(1)));
    sink.add((basis, "w-2", back(2)));
    sink.add((basis, "w-2", back(2), back(1)));
    // What ends the sentence is no word: short sentences are not told from long ones by it.
    let last = sentence.tokens.end.saturating_sub(1);
    sink.add((basis, "w+1", if anchor.end < last { form(anchor.end) } else { nothing }));
    if anchor.end + 1 < last {
        sink.add((basis, "w+2", form(anchor.end + 1)));
        sink.add((basis, "w+2", form(anchor.end), form(anchor.end + 1)));
    }
    sink.add((basis, "opens", form(sentence.tokens.start)));
    if let Some(deed) = candidate.deed {
        sink.add((basis, "deed form", form(deed.start)));
        let order = if deed.start < anchor.start { part!("before") } else { part!("behind") };
        sink.add((basis, "deed at", order, near(gap(&(deed.start..deed.end), anchor)), deed.cue.part()));
    }
    if in_brackets(analysis, &(sentence.tokens.start..anchor.start)) {
        sink.add((basis, "brackets"));
        sink.add((basis, "brackets", deed));
    }
    sink.add((basis, "block", block(sentence.role)));
    sink.add((basis, "lead", lead(analysis, candidate.sentence)));
    let names = analysis.named(candidate.sentence);
    sink.add((basis, "names", some(names.iter().filter(|name| name.sort != NameType::Place).count())));
    let inside = names.iter().any(|name| name.sort == NameType::Organisation && candidate.clause.contains(&name.start));
    sink.add((basis, "organisation", if inside { part!("clause") } else { part!("none") }));
    sink.add((basis, "promising", document.promising));
    sink.add((basis, "telling", document.telling));
    if candidate.basis == Basis::Accord {
        sides(analysis, candidate, sink);
    } else {
        neighbours(analysis, candidate, sink);
    }
    let length = sentence.tokens.len();
    sink.add((
        basis,
        "length",
        if length < 8 {
            part!("short")
        } else if length < 40 {
            part!("plain")
        } else {
            part!("long")
        },
    ));
    if let Some(money) = candidate.money.and_then(|mention| analysis.money(mention)) {
        let figure = money.max.or(money.min).and_then(|figure| figure.to_f64()).unwrap_or(0.0);
        let size = match figure {
            f if f < 1e3 => part!("e3"),
            f if f < 1e5 => part!("e5"),
            f if f < 1e6 => part!("e6"),
            f if f < 1e7 => part!("e7"),
            f if f < 1e9 => part!("e9"),
            _ => part!("big"),
        };
        sink.add(("money", "size", size));
        if let Some(rule) = candidate.money.and_then(|mention| analysis.mentions.get(mention)).map(|m| m.rule)
            && SHAPES.contains(&rule)
        {
            sink.add(&[rule]);
            sink.add((rule, deed));
            sink.add((rule, document.promising));
            sink.add((rule, back(1)));
            sink.add((rule, form(anchor.end)));
        }
        sink.add(("money", "size", size, document.promising));
        sink.add(("money", "qualifier", money.qualifier.word()));
        sink.add(("money", "currency", if money.currency.is_some() { part!("named") } else { part!("none") }));
        let others = sentence.mentions.clone().filter(|mention| analysis.money(*mention).is_some()).count();
        sink.add(("money", "others", some(others.saturating_sub(1))));
        let before = candidate.anchor.start.checked_sub(1);
        if before.is_some_and(|token| analysis.is_mark(token, "(")) {
            sink.add(&["money", "bracket"]);
        }
    }
    for thing in candidate.things.iter().filter_map(|mention| analysis.thing(*mention)) {
        sink.add((basis, "unit", thing.unit.as_str()));
        if thing.unit.contains(" per ") {
            sink.add((basis, "unit", "per"));
        }
    }
}

/// What the whole document says about how much promising goes on in it.
#[derive(Debug, Clone, Copy)]
pub struct DocumentView {
    promising: Part,
    telling: Part,
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
            0..=4 => part!("0"),
            5..=9 => part!("5"),
            10..=19 => part!("10"),
            20..=39 => part!("20"),
            _ => part!("40"),
        };
        Self { promising: share(promises), telling: share(others) }
    }
}

/// How far a promise has come, and what is done.
pub fn stage<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, sink: &mut S) {
    sink.add(&["bias"]);
    let deed = candidate.deed_part();
    sink.add(("deed", deed));
    sink.add(("basis", basis(candidate)));
    around(analysis, candidate, part!("at"), sink);
    for cue in analysis.cues_in(candidate.clause.clone()) {
        if cue.cue.is_modal() {
            sink.add(("deed", deed, cue.cue.part()));
        }
    }
    if let Some(cue) = candidate.deed {
        // What stands right before the deed: its auxiliaries.
        let auxiliaries = analysis.cues_in(cue.start.saturating_sub(4).max(candidate.clause.start)..cue.start);
        for (number, before) in auxiliaries.iter().enumerate() {
            for other in auxiliaries[number + 1..].iter().filter(|other| other.cue != before.cue) {
                sink.add(("before", before.cue.part(), other.cue.part()));
            }
            sink.add(("before", before.cue.part()));
            sink.add(("before", before.cue.part(), if cue.cue.is_verb() { part!("verb") } else { part!("noun") }));
        }
        for same in analysis.cues_in(cue.start..cue.end).iter().filter(|same| same.start == cue.start) {
            sink.add(("same", same.cue.part()));
        }
    }
    if let Some(step) = step(analysis, candidate) {
        let side = if step.start < candidate.anchor.start { part!("before") } else { part!("behind") };
        sink.add(("step", step.cue.part()));
        sink.add(("step", step.cue.part(), side));
        sink.add(("step", step.cue.part(), deed));
    }
    if let Some(sentence) = analysis.sentences.get(candidate.sentence) {
        sink.add(("block", block(sentence.role)));
        sink.add(("lead", if candidate.sentence <= 2 { part!("early") } else { part!("later") }));
    }
    for thing in candidate.things.iter().filter_map(|mention| analysis.thing(*mention)).take(1) {
        sink.add(("unit", thing.unit.as_str()));
    }
}
