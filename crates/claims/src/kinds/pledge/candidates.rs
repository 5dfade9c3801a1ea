//! What might be a promise: every sum, every count of things, and every strong cue without a figure.

use crate::{
    analysis::{Analysis, Cue, CueAt, cues_that},
    candidate::{Basis, Candidate, gap},
};
use pledgebook_mentions::{Kind, Money, Qualifier};
use rust_decimal::prelude::ToPrimitive;
use std::ops::Range;

/// Finds every candidate, in the order of the text.
pub fn candidates(analysis: &Analysis<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        let before = found.len();
        let mut previous: Option<usize> = None;
        for mention in sentence.mentions.clone() {
            let at = &analysis.mentions[mention];
            if at.value.kind() != Kind::Money {
                continue;
            }
            if let Some(first) = previous.filter(|first| restates(analysis, *first, mention))
                && let Some(candidate) =
                    found.last_mut().filter(|candidate: &&mut Candidate| candidate.money == Some(first))
            {
                candidate.restated.push(mention);
                continue;
            }
            previous = Some(mention);
            found.push(make(analysis, Basis::Money, index, at.tokens.clone(), Some(mention)));
        }
        let sums = found.len() - before;
        let mut lone: Option<usize> = None;
        for mention in sentence.mentions.clone() {
            let at = &analysis.mentions[mention];
            if at.value.kind() != Kind::Thing {
                continue;
            }
            // A count belongs to the nearest sum of its sentence, unless something else is done with it; without a sum, the
            // counts of a sentence stand together.
            let nearest = found[before..before + sums]
                .iter_mut()
                .min_by_key(|candidate| gap(&candidate.anchor, &at.tokens) + far(candidate, &at.tokens));
            if let Some(sum) = nearest {
                let mut own = make(analysis, Basis::Things, index, at.tokens.clone(), None);
                own.shares = own.deed.is_none() || own.deed.map(|deed| deed.start) == sum.deed.map(|deed| deed.start);
                if own.shares {
                    sum.things.push(mention);
                }
                own.things.push(mention);
                own.beside = sum.money;
                found.push(own);
            } else if let Some(candidate) = lone.and_then(|lone| found.get_mut(lone)) {
                candidate.things.push(mention);
            } else {
                lone = Some(found.len());
                let mut candidate = make(analysis, Basis::Things, index, at.tokens.clone(), None);
                candidate.things.push(mention);
                found.push(candidate);
            }
        }
        if found.len() == before {
            found.extend(
                strong_cue(analysis, index).map(|cue| make(analysis, Basis::Cue, index, cue.start..cue.end, None)),
            );
        }
        bare_deeds(analysis, index, before, &mut found);
    }
    found
}

fn far(candidate: &Candidate, tokens: &Range<usize>) -> usize {
    if candidate.clause.contains(&tokens.start) { 0 } else { 10 }
}

fn make(
    analysis: &Analysis<'_>,
    basis: Basis,
    sentence: usize,
    anchor: Range<usize>,
    money: Option<usize>,
) -> Candidate {
    let mut candidate = Candidate::new(analysis, basis, sentence, anchor, None);
    candidate.money = money;
    candidate.deed = deed(analysis, sentence, &candidate.anchor, &candidate.clause);
    candidate
}

/// The deed that a figure belongs to: near, in its clause, and rather one that says what is done than one of promising as such.
fn deed(analysis: &Analysis<'_>, sentence: usize, anchor: &Range<usize>, clause: &Range<usize>) -> Option<CueAt> {
    analysis
        .cues_of(sentence)
        .iter()
        .filter(|cue| {
            cue.cue.is_deed() && (cue.start == anchor.start || cue.end <= anchor.start || cue.start >= anchor.end)
        })
        .min_by_key(|cue| {
            let mut cost = gap(&(cue.start..cue.end), anchor) * 2;
            if !clause.contains(&cue.start) {
                cost += 24;
            }
            cost += match cue.cue {
                Cue::VerbPromise | Cue::NounPromise | Cue::NounPackage | Cue::VerbApprove => 10,
                Cue::NounProject | Cue::NounCost | Cue::NounShare | Cue::NounHire => 8,
                cue if cue.word().starts_with("noun") => 3,
                _ => 0,
            };
            cost
        })
        .copied()
}

/// Whether `second` tells the sum of `first` again: "£500 million ($678 million)", "or about".
fn restates(analysis: &Analysis<'_>, first: usize, second: usize) -> bool {
    let (Some(a), Some(b)) = (analysis.money(first), analysis.money(second)) else { return false };
    if a.currency == b.currency || a.currency.is_none() || b.currency.is_none() {
        return false;
    }
    let between = analysis.mentions[first].tokens.end..analysis.mentions[second].tokens.start;
    if between.len() > 5 || between.is_empty() {
        return false;
    }
    let any = |signs: &[&str]| between.clone().any(|token| signs.contains(&analysis.text.form(token)));
    let cues = analysis.cues_in(between.clone());
    let tells = |test: fn(Cue) -> bool| cues.iter().any(|cue| test(cue.cue));
    if any(&[")"]) || tells(|cue| cue == Cue::MarkAnd) || !comparable(a, b) {
        return false;
    }
    // "Norrbo gives 120 million zlotys, Ostra – 30 million euros", "and then brings in another 2 million dollars": each has its own.
    let does =
        |cue: Cue| matches!(cue, Cue::AmountIncrement | Cue::ModeNegation) || cue.is_verb() && cue != Cue::VerbCost;
    let parts = || !analysis.names_in(between.clone()).is_empty() || tells(does);
    any(&["(", "[", "/", "="]) || tells(|cue| cue == Cue::MarkOr) || any(&[",", "–", "—"]) && !parts()
}

/// Whether two sums can be one: no currency is worth a hundred-thousandth of another, so the ratio is bounded.
fn comparable(a: &Money, b: &Money) -> bool {
    let figure = |m: &Money| m.max.or(m.min).and_then(|f| f.to_f64()).unwrap_or(0.0);
    if (a.qualifier == Qualifier::Vague) != (b.qualifier == Qualifier::Vague) {
        return false;
    }
    let (a, b) = (figure(a), figure(b));
    a > 0.0 && b > 0.0 && (a / b).abs().log10().abs() <= 5.0
}

/// Deeds that no figure and no other candidate of the sentence has: "…, while a second plant will be built in Leeds and 80 people hired".
fn bare_deeds(analysis: &Analysis<'_>, sentence: usize, from: usize, found: &mut Vec<Candidate>) {
    if !analysis.sentences[sentence].set.meets(cues_that!(|cue| is_bare_deed(cue))) {
        return;
    }
    for cue in analysis.cues_of(sentence) {
        if !is_bare_deed(cue.cue) {
            continue;
        }
        let near = |run: Range<usize>| gap(&run, &(cue.start..cue.end)) < DEED_TOKENS_APART;
        let told = |candidate: &Candidate| {
            candidate.deed.is_some_and(|deed| near(deed.start..deed.end)) || near(candidate.anchor.clone())
        };
        if !found[from..].iter().any(told) {
            found.push(make(analysis, Basis::Cue, sentence, cue.start..cue.end, None));
        }
    }
}

/// Tokens that lie at least between two deeds.
const DEED_TOKENS_APART: usize = 4;

/// Verbs for what may be promised without a figure.
const fn is_bare_deed(cue: Cue) -> bool {
    matches!(
        cue,
        Cue::VerbInvest
            | Cue::VerbLend
            | Cue::VerbGrant
            | Cue::VerbGuarantee
            | Cue::VerbBuy
            | Cue::VerbAcquire
            | Cue::VerbBuild
            | Cue::VerbHire
            | Cue::VerbSupply
    )
}

/// The cue of a sentence without figures that may tell a promise: something is given up, put off, or to be built, paid or bought.
fn strong_cue(analysis: &Analysis<'_>, sentence: usize) -> Option<CueAt> {
    let set = analysis.sentences.get(sentence)?.set;
    if !set.meets(cues_that!(|cue| strength(cue, true) > 0)) {
        return None;
    }
    let works = set.has(Cue::NounProject)
        || set.has(Cue::NounInvest)
        || set.has(Cue::NounPackage)
        || set.has(Cue::NounBuild)
        || set.has(Cue::NounGrant)
        || set.has(Cue::NounLend)
        || set.has(Cue::NounBuy)
        || set.has(Cue::NounAcquire);
    let weight = |cue: &CueAt| strength(cue.cue, works);
    let cues = analysis.cues_of(sentence).iter().filter(|cue| weight(cue) > 0);
    cues.max_by_key(|cue| (weight(cue), std::cmp::Reverse(cue.start))).copied()
}

/// How much a cue tells of a promise without figure, where the sentence speaks of works or not.
const fn strength(cue: Cue, works: bool) -> usize {
    match cue {
        Cue::VagueSum => 9,
        Cue::StageWithdrawn | Cue::StagePaused if works => 8,
        Cue::VerbLend | Cue::VerbGrant | Cue::VerbGuarantee | Cue::VerbInvest | Cue::VerbAcquire => 6,
        Cue::VerbBuild | Cue::VerbBuy | Cue::VerbSupply | Cue::VerbHire => 5,
        Cue::NounLend | Cue::NounGrant | Cue::NounInvest | Cue::NounGuarantee | Cue::NounAcquire => 4,
        Cue::NounBuild | Cue::NounProject => 3,
        _ => 0,
    }
}
