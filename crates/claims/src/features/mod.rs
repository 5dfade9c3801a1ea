//! The language-neutral features by which candidates are weighed.

mod choices;
mod facts;
mod people;
mod round;

pub use choices::{Choice, Order, Scene, Side, choices};
pub use facts::{Count, Deed, Distance, Fact, Group, Mark, near, some};
pub(crate) use facts::{facts, groups};
pub use people::{
    GROUPS as PEOPLE, Traits, all, of_candidate, of_elsewhere, of_name, of_nobody, of_pair, of_side, of_surroundings,
    of_taken,
};
pub use round::{GROUPS as ROUND, Round, Seat};

use crate::{
    analysis::{Analysis, Cue, CueAt, SHAPES, cues_that},
    candidate::{Basis, Candidate, gap},
    model::{Part, Sink},
};
use pledgebook_document::Role;
use pledgebook_mentions::NameType;
use pledgebook_text::TokenKind;
use rust_decimal::prelude::ToPrimitive;
use std::ops::Range;

/// One of some parts that are made when the program is compiled.
macro_rules! part {
    ($word:literal) => {
        const { $crate::model::Part::new($word) }
    };
}
pub(crate) use part;

/// Features of all words of a sentence, which its candidates have in common.
#[derive(Debug, Clone, Copy)]
pub enum Words {
    /// For what a candidate stands on.
    Of(Basis),
    /// For somebody outside the sentence.
    Elsewhere,
    /// For nobody.
    Nobody,
    /// For a seat.
    OfSeat,
    /// For an event.
    OfEvent,
}

impl Words {
    const COUNT: usize = 8;

    /// The place of what they come to in a sentence, among those of a text.
    pub fn at(self, sentence: usize) -> usize {
        let place = match self {
            Self::Of(basis) => basis as usize,
            Self::Elsewhere => 4,
            Self::Nobody => 5,
            Self::OfSeat => 6,
            Self::OfEvent => 7,
        };
        sentence * Self::COUNT + place
    }
}

fn basis(basis: Basis) -> Part {
    match basis {
        Basis::Money => part!("money"),
        Basis::Things => part!("things"),
        Basis::Cue => part!("cue"),
        Basis::Accord => part!("accord"),
    }
}

facts! {
    /// Where a cue stands, seen from a candidate.
    Beside {
        /// Before it.
        Left = "left",
        /// Behind it.
        Right = "right",
        /// In it.
        Inside = "inside",
    }

    /// What part of the article a sentence belongs to.
    Block {
        /// Its title.
        Title = "title",
        /// A heading in it.
        Heading = "heading",
        /// A list.
        Item = "item",
        /// Anything else.
        Body = "body",
    }

    /// Where in the article a sentence stands. What a headline tells is told again below it; a first sentence that is none is not.
    Lead {
        /// It is the headline.
        Headline = "headline",
        /// It is the first and no headline.
        First = "first",
        /// It is one of the next two.
        Early = "early",
        /// It comes later.
        Later = "later",
    }

    /// In which quarter of the article a sentence stands.
    Quarter {
        /// In the first.
        First = "first",
        /// In the second.
        Second = "second",
        /// In the third.
        Third = "third",
        /// In the last.
        Last = "last",
    }

    /// How many sums there are.
    Sums {
        /// None.
        None = "0",
        /// One.
        One = "1",
        /// More.
        More = "more",
    }

    /// How many tokens a sentence has.
    Length {
        /// Fewer than eight.
        Short = "short",
        /// Fewer than forty.
        Plain = "plain",
        /// More.
        Long = "long",
    }

    /// How large a sum is.
    Size {
        /// Below a thousand.
        Thousand = "e3",
        /// Below a hundred thousand.
        HundredThousand = "e5",
        /// Below a million.
        Million = "e6",
        /// Below ten million.
        TenMillion = "e7",
        /// Below a billion.
        Billion = "e9",
        /// More.
        Big = "big",
    }

    /// How many of a thousand tokens of a document are cues of some kind.
    Density {
        /// Fewer than five.
        Few = "0",
        /// Five at least.
        Five = "5",
        /// Ten at least.
        Ten = "10",
        /// Twenty at least.
        Twenty = "20",
        /// Forty at least.
        Forty = "40",
    }
}

groups! { AROUND:
    CUE: (Cue, Beside, Option<Distance>),
    TOUCH: (Cue, Beside),
    HAS: (Cue,),
}

// Every basis has weights of its own, so that no fact of a group needs to be the basis.
groups! { AROUND => GATE:
    BASIS: (Basis,),
    DEED: (Deed,),
    DEED_AT: (Deed, bool, Distance),
    PLACE: (Block, Lead, Count, bool),
    DOCUMENT: (Density, Density),
    SUMS: (Deed, Sums, Sums),
    SUMS_BEFORE: (Deed, Option<Sums>),
    SUMS_BEHIND: (Deed, Option<Sums>),
    SENTENCE: (Count, Quarter),
    SIDES: (Count, Count, Count, Option<Mark>),
    LENGTH: (Length,),
    SIZE: (Size,),
    SIZE_AMONG: (Size, Density),
    SUM: (bool, Count, bool),
}

groups! { AROUND => STAGE:
    DONE: (Deed, Basis),
    BEFORE: (Cue, bool),
    SAME: (Cue,),
    STEP: (Cue, bool),
    SENTENCE_OF: (Block, bool),
}

/// The cues around a run of tokens, by side, distance and clause.
fn around<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, of: Part, sink: &mut S) {
    let anchor = &candidate.anchor;
    for &CueAt { start, end, cue } in analysis.cues_of(candidate.sentence) {
        let distance = gap(&(start..end), anchor);
        if cue.is_mark() && distance > 1 {
            continue;
        }
        let side = if end <= anchor.start {
            Beside::Left
        } else if start >= anchor.end {
            Beside::Right
        } else {
            Beside::Inside
        };
        if cue.is_mark() {
            sink.group(TOUCH.at((cue, side)), |sink| sink.add((of, "touch", side, cue.part())));
            continue;
        }
        let place = candidate.clause.contains(&start).then(|| near(distance));
        sink.group(CUE.at((cue, side, place)), |sink| {
            sink.add((of, "cue", side, cue.part(), place.map_or(part!("apart"), Distance::part)));
        });
    }
    if let Some(sentence) = analysis.sentences.get(candidate.sentence) {
        for cue in sentence.set.among(cues_that!(|cue| !cue.is_mark())).iter() {
            sink.group(HAS.at((cue,)), |sink| sink.add((of, "has", cue.part())));
        }
    }
}

fn block(role: Role) -> Block {
    match role {
        Role::Title => Block::Title,
        Role::Heading => Block::Heading,
        Role::Item => Block::Item,
        _ => Block::Body,
    }
}

fn lead(analysis: &Analysis<'_>, sentence: usize) -> Lead {
    match sentence {
        0 if analysis.is_headline(0) => Lead::Headline,
        0 => Lead::First,
        1 | 2 => Lead::Early,
        _ => Lead::Later,
    }
}

/// Where in the document a sentence stands, and what other sums there are around it: one promise is often told in two sentences, its
/// works in one and its sum in the other.
fn neighbours<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, sink: &mut S) {
    let (basis, deed) = (basis(candidate.basis), candidate.class());
    let at = candidate.sentence;
    let sums = |tokens: Range<usize>| match analysis.sums_in(tokens) {
        0 => Sums::None,
        1 => Sums::One,
        _ => Sums::More,
    };
    let sums_of = |sentence: Option<usize>| {
        sentence.and_then(|sentence| analysis.sentences.get(sentence)).map(|sentence| sums(sentence.tokens.clone()))
    };
    let part = |sums: Option<Sums>| sums.map_or(part!("none"), Sums::part);
    let (own, clause) = (sums_of(Some(at)).unwrap_or(Sums::None), sums(candidate.clause.clone()));
    sink.group(SUMS.at((deed, own, clause)), |sink| {
        sink.add((basis, "sums", own));
        sink.add((basis, "sums", own, deed));
        sink.add((basis, "sums", "clause", clause));
    });
    if candidate.basis == Basis::Cue {
        return;
    }
    let (before, behind) = (sums_of(at.checked_sub(1)), sums_of(Some(at + 1)));
    sink.group(SUMS_BEFORE.at((deed, before)), |sink| {
        sink.add((basis, "sums", "before", part(before)));
        sink.add((basis, "sums", "before", part(before), deed));
    });
    sink.group(SUMS_BEHIND.at((deed, behind)), |sink| {
        sink.add((basis, "sums", "behind", part(behind)));
        sink.add((basis, "sums", "behind", part(behind), deed));
    });
    let quarter = match at * 4 / analysis.sentences.len().max(1) {
        0 => Quarter::First,
        1 => Quarter::Second,
        2 => Quarter::Third,
        _ => Quarter::Last,
    };
    let number = some(at);
    sink.group(SENTENCE.at((number, quarter)), |sink| {
        sink.add((basis, "sentence", number));
        sink.add((basis, "quarter", quarter));
    });
}

/// Who stands on either side of a word for an accord, and in what form.
fn sides<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, sink: &mut S) {
    let (mut before, mut behind, mut bare, mut with) = (0, 0, 0, None);
    for name in analysis.named(candidate.sentence) {
        if !matches!(name.sort, NameType::Organisation | NameType::Country) || !candidate.clause.contains(&name.start) {
            continue;
        }
        if name.start < candidate.anchor.start {
            before += 1;
            bare += usize::from(name.bare);
        } else {
            if behind == 0 {
                with = Some(Mark::from(name.mark));
            }
            behind += 1;
        }
    }
    let (before, behind, bares) = (some(before), some(behind), some(bare));
    sink.group(SIDES.at((before, behind, bares, with)), |sink| {
        sink.add(("accord", "sides", before, behind));
        sink.add(("accord", "bare", bares));
        let bare = |mark: Mark| mark.cue().map_or(part!("bare"), Cue::part);
        sink.add(("accord", "behind", with.map_or(part!("none"), bare)));
    });
    if let Some(step) = step(analysis, candidate) {
        sink.add(("accord", "step", step.cue.part(), if bare > 0 { part!("bare") } else { part!("none") }));
        sink.add(("accord", "step", step.cue.part(), candidate.class()));
    }
}

/// The nearest word that says how far an accord has come; one of the clause goes before the others of the sentence, and a halt before
/// the signing that it undoes ("has paused the deal signed in September").
pub fn step(analysis: &Analysis<'_>, candidate: &Candidate) -> Option<CueAt> {
    let sentence = analysis.sentences.get(candidate.sentence)?;
    if !sentence.set.meets(cues_that!(|cue| cue.is_step())) {
        return None;
    }
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
    let tokens = analysis.text.tokens();
    let marks = before.clone().rev().take(BRACKET_TOKENS_MAX).filter(|at| tokens[*at].kind != TokenKind::Word);
    marks.map(|at| analysis.text.form(at)).find(|mark| matches!(*mark, "(" | ")")) == Some("(")
}

/// Whether a candidate is a promise.
pub fn gate<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, document: &DocumentView, sink: &mut S) {
    let basis = basis(candidate.basis);
    sink.group(BASIS.at((candidate.basis,)), |sink| sink.add(("basis", basis)));
    around(analysis, candidate, basis, sink);
    let Some(sentence) = analysis.sentences.get(candidate.sentence) else { return };
    let deed = candidate.class();
    sink.group(DEED.at((deed,)), |sink| sink.add((basis, "deed", deed)));
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
    // Every word counts, whatever list knows it, by itself and by what it means: held out, words by themselves tell .83 of counts and .80 of accords
    // right by F1 (.82 and .79 without).
    sink.share(&analysis.shared, Words::Of(candidate.basis).at(candidate.sentence), |sink| {
        analysis.stems_and_concepts(sentence.tokens.clone(), |stem| sink.add((basis, "sentence", stem)));
    });
    analysis.stems_and_concepts(anchor.clone(), |stem| sink.add((basis, "anchor", stem)));
    if let Some(CueAt { start, end, .. }) = candidate.deed {
        sink.add((basis, "deed form", form(start)));
        let (before, distance) = (start < anchor.start, near(gap(&(start..end), anchor)));
        sink.group(DEED_AT.at((deed, before, distance)), |sink| {
            let order = if before { part!("before") } else { part!("behind") };
            sink.add((basis, "deed at", order, distance, deed));
        });
    }
    if in_brackets(analysis, &(sentence.tokens.start..anchor.start)) {
        sink.add((basis, "brackets"));
        sink.add((basis, "brackets", deed));
    }
    let (block, lead) = (block(sentence.role), lead(analysis, candidate.sentence));
    let names = analysis.named(candidate.sentence);
    let inside = names.iter().any(|name| name.sort == NameType::Organisation && candidate.clause.contains(&name.start));
    let names = some(names.iter().filter(|name| name.sort != NameType::Place).count());
    sink.group(PLACE.at((block, lead, names, inside)), |sink| {
        sink.add((basis, "block", block));
        sink.add((basis, "lead", lead));
        sink.add((basis, "names", names));
        sink.add((basis, "organisation", if inside { part!("clause") } else { part!("none") }));
    });
    sink.group(DOCUMENT.at((document.promising, document.telling)), |sink| {
        sink.add((basis, "promising", document.promising));
        sink.add((basis, "telling", document.telling));
    });
    if candidate.basis == Basis::Accord {
        sides(analysis, candidate, sink);
    } else {
        neighbours(analysis, candidate, sink);
    }
    let length = match sentence.tokens.len() {
        ..8 => Length::Short,
        8..40 => Length::Plain,
        _ => Length::Long,
    };
    sink.group(LENGTH.at((length,)), |sink| sink.add((basis, "length", length)));
    if let Some(money) = candidate.money.and_then(|mention| analysis.money(mention)) {
        let figure = money.max.or(money.min).and_then(|figure| figure.to_f64()).unwrap_or(0.0);
        let size = match figure {
            f if f < 1e3 => Size::Thousand,
            f if f < 1e5 => Size::HundredThousand,
            f if f < 1e6 => Size::Million,
            f if f < 1e7 => Size::TenMillion,
            f if f < 1e9 => Size::Billion,
            _ => Size::Big,
        };
        sink.group(SIZE.at((size,)), |sink| sink.add(("money", "size", size)));
        if let Some(rule) = candidate.money.and_then(|mention| analysis.mentions.get(mention)).map(|m| m.rule)
            && SHAPES.contains(&rule)
        {
            sink.add(&[rule]);
            sink.add((rule, deed));
            sink.add((rule, document.promising));
            sink.add((rule, back(1)));
            sink.add((rule, form(anchor.end)));
        }
        sink.group(SIZE_AMONG.at((size, document.promising)), |sink| {
            sink.add(("money", "size", size, document.promising));
        });
        sink.add(("money", "qualifier", money.qualifier.word()));
        let others = sentence.mentions.clone().filter(|mention| analysis.money(*mention).is_some()).count();
        let (named, others) = (money.currency.is_some(), some(others.saturating_sub(1)));
        let bracket = candidate.anchor.start.checked_sub(1).is_some_and(|token| analysis.is_mark(token, "("));
        sink.group(SUM.at((named, others, bracket)), |sink| {
            sink.add(("money", "currency", if named { part!("named") } else { part!("none") }));
            sink.add(("money", "others", others));
            if bracket {
                sink.add(&["money", "bracket"]);
            }
        });
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
    promising: Density,
    telling: Density,
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
            0..=4 => Density::Few,
            5..=9 => Density::Five,
            10..=19 => Density::Ten,
            20..=39 => Density::Twenty,
            _ => Density::Forty,
        };
        Self { promising: share(promises), telling: share(others) }
    }
}

/// How far a promise has come, and what is done.
pub fn stage<S: Sink>(analysis: &Analysis<'_>, candidate: &Candidate, sink: &mut S) {
    let deed = candidate.class();
    sink.group(DONE.at((deed, candidate.basis)), |sink| {
        sink.add(&["bias"]);
        sink.add(("deed", deed));
        sink.add(("basis", basis(candidate.basis)));
    });
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
            let (before, verb) = (before.cue, cue.cue.is_verb());
            sink.group(BEFORE.at((before, verb)), |sink| {
                sink.add(("before", before.part()));
                sink.add(("before", before.part(), if verb { part!("verb") } else { part!("noun") }));
            });
        }
        for same in analysis.cues_in(cue.start..cue.end).iter().filter(|same| same.start == cue.start) {
            sink.group(SAME.at((same.cue,)), |sink| sink.add(("same", same.cue.part())));
        }
    }
    if let Some(step) = step(analysis, candidate) {
        let (cue, before) = (step.cue, step.start < candidate.anchor.start);
        sink.group(STEP.at((cue, before)), |sink| {
            sink.add(("step", cue.part()));
            sink.add(("step", cue.part(), if before { part!("before") } else { part!("behind") }));
        });
        sink.add(("step", cue.part(), deed));
    }
    if let Some(sentence) = analysis.sentences.get(candidate.sentence) {
        let (block, early) = (block(sentence.role), candidate.sentence <= 2);
        sink.group(SENTENCE_OF.at((block, early)), |sink| {
            sink.add(("block", block));
            sink.add(("lead", if early { part!("early") } else { part!("later") }));
        });
    }
    for thing in candidate.things.iter().filter_map(|mention| analysis.thing(*mention)).take(1) {
        sink.add(("unit", thing.unit.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::{DocumentView, GATE, STAGE, gate, stage};
    use crate::{
        Reader,
        candidate::Basis,
        domains,
        kinds::{agreement, pledge},
        model::Joint,
    };
    use pledgebook_document::Document;
    use pledgebook_lexicon::{Data, Error};

    const TEXT: &str = "Northvolt will invest $5 billion (4.6 billion euros) in a battery plant in Texas, said its chief, Peter \
        Carlsson. The Swedish company signed a memorandum with Siemens on artificial intelligence, energy and cloud computing. It \
        had promised 3,000 jobs in Austin, but has now paused the project (which cost up to $70 million a year). France and Italy \
        may agree to build a railway line for €3 billion, and will hire 400 researchers. They also want to extend a partnership in \
        defence and space that was suspended in May. Turnover rose to $12,000 last year. BMW will buy chips.";

    /// Sums that are kept by the facts that features hang on are those of the features, gone through one by one.
    #[test]
    fn what_is_kept_is_what_features_come_to() -> Result<(), Error> {
        let data = Data::embedded();
        let reader = Reader::new(&data, "en")?;
        let load = |name: &str| {
            Ok::<_, Error>((Joint::<1>::load(&data, [name])?, Joint::<8>::of_classes(&data, "pledge_stage")?))
        };
        let names = ["pledge_money", "pledge_things", "pledge_cue", "agreement"];
        let each = names.iter().map(|name| load(name)).collect::<Result<Vec<_>, _>>()?;
        let kept: Vec<_> =
            each.iter().cloned().map(|(gates, stages)| (gates.keeping(GATE), stages.keeping(STAGE))).collect();
        let fields = Joint::<1>::load(&data, ["domains"])?;
        let looked_at = reader.with_analysis(&Document::from_text("kept", TEXT), |analysis, lexicon| {
            let view = DocumentView::new(analysis);
            let candidates = [pledge::candidates(analysis), agreement::candidates(analysis)].concat();
            for candidate in &candidates {
                let sums = |models: &[(Joint<1>, Joint<8>)]| {
                    let (gates, stages) = &models[candidate.basis as usize];
                    let (mut gated, mut staged) = (gates.scorer(), stages.scorer());
                    gate(analysis, candidate, &view, &mut gated);
                    stage(analysis, candidate, &mut staged);
                    (gated.sums(), staged.sums())
                };
                assert_eq!(sums(&kept), sums(&each), "found: {candidate:?}");
                assert_eq!(sums(&kept), sums(&each), "kept: {candidate:?}");
                let named = domains::fields(analysis, lexicon, candidate);
                for index in 0..named.list.len() {
                    let sums = |weights: &Joint<1>| {
                        let mut scorer = weights.scorer();
                        domains::features(analysis, lexicon, candidate, &named, index, &mut scorer);
                        scorer.sums()
                    };
                    assert_eq!(
                        sums(&lexicon.domains.weights),
                        sums(&fields),
                        "{:?} of {candidate:?}",
                        named.list[index]
                    );
                }
            }
            candidates.iter().map(|candidate| candidate.basis).collect::<Vec<_>>()
        });
        let all = [Basis::Money, Basis::Things, Basis::Cue, Basis::Accord];
        assert!(looked_at.len() > 8 && all.iter().all(|basis| looked_at.contains(basis)), "{looked_at:?}");
        Ok(())
    }
}
