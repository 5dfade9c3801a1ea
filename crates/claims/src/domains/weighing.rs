//! Which of the fields named in a document a claim is about.

use crate::{
    analysis::{Analysis, Cue, Lexicon},
    candidate::{Basis, Candidate, gap},
    features::{near, part},
    model::{Part, Sink},
};
use smallvec::SmallVec;

/// The field of a claim whose words name none of the list.
const OTHER: &str = "other";
/// Sentences before and behind the claim's in which fields are told from the rest of the document.
const SENTENCES_AROUND: usize = 3;
/// Probability from which a field is taken beside a likelier one.
const TAKEN: f32 = 0.5;
/// Probability from which the likeliest field is taken where none reaches [`TAKEN`].
const LIKELIEST: f32 = 0.2;

/// A field that a claim may be about, and where it is named.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its number in the list of domains.
    pub domain: u8,
    /// The nearest sentence that names it, seen from the claim's: negative before, positive behind.
    sentence: Option<isize>,
    /// Tokens between the claim's figure or cue and the field's nearest word, within one sentence.
    distance: usize,
    /// Whether that word stands in the claim's clause.
    clause: bool,
    /// Whether it stands behind the figure or cue.
    behind: bool,
    /// How often the document names it.
    count: usize,
    /// Whether another sentence names it that speaks of an accord: "this partnership will cover …".
    accord: bool,
    /// Whether the headline or the first sentence names it.
    leads: bool,
}

/// The fields that a document names, each with its word nearest to the candidate, the nearest first; "other" is the last.
pub fn fields(analysis: &Analysis<'_>, lexicon: &Lexicon, candidate: &Candidate) -> SmallVec<[Field; 12]> {
    let mut fields: SmallVec<[Field; 12]> = analysis
        .told
        .iter()
        .map(|told| Field {
            domain: told.domain,
            sentence: None,
            distance: 0,
            clause: false,
            behind: told.first >= candidate.anchor.end,
            count: told.count,
            accord: told.accords > 0,
            leads: told.leads,
        })
        .collect();
    let from = candidate.sentence.saturating_sub(SENTENCES_AROUND);
    let to = analysis.sentences.len().min(candidate.sentence + SENTENCES_AROUND + 1);
    for sentence in from..to {
        let apart = sentence as isize - candidate.sentence as isize;
        for at in &analysis.domains[analysis.sentences[sentence].domains.clone()] {
            let Some(known) = fields.iter_mut().find(|known| known.domain == at.domain) else { continue };
            let (distance, clause) = if apart == 0 {
                (gap(&(at.start..at.start + 1), &candidate.anchor), candidate.clause.contains(&at.start))
            } else {
                (0, false)
            };
            let behind = at.start >= candidate.anchor.end;
            let field = Field { sentence: Some(apart), distance, clause, behind, ..*known };
            if nearness(&field) < nearness(known) {
                *known = field;
            }
        }
    }
    // What the candidate's own sentence says of accords is no more reason.
    if let Some(own) = analysis.sentences.get(candidate.sentence).filter(|own| own.set.iter().any(Cue::is_accord)) {
        for (known, told) in fields.iter_mut().zip(&analysis.told) {
            let here = analysis.domains[own.domains.clone()].iter().filter(|at| at.domain == told.domain).count();
            known.accord = told.accords > here;
        }
    }
    fields.sort_by_key(nearness);
    if let Some(domain) = lexicon.domains.number(OTHER).filter(|other| fields.iter().all(|f| f.domain != *other)) {
        fields.push(Field {
            domain,
            sentence: None,
            distance: 0,
            clause: false,
            behind: false,
            count: 0,
            accord: false,
            leads: false,
        });
    }
    fields
}

fn nearness(field: &Field) -> (usize, bool, usize, bool) {
    (field.sentence.map_or(usize::MAX, isize::unsigned_abs), !field.clause, field.distance, field.behind)
}

/// Whether the field `index` of `fields` is what the candidate is about.
pub fn features<S: Sink>(
    analysis: &Analysis<'_>,
    lexicon: &Lexicon,
    candidate: &Candidate,
    fields: &[Field],
    index: usize,
    sink: &mut S,
) {
    let field = &fields[index];
    let name = lexicon.domains.part(field.domain);
    let kind = if candidate.basis == Basis::Accord { part!("accord") } else { part!("promise") };
    sink.add(&[name]);
    sink.add((name, kind));
    sink.add((name, candidate.deed_part()));
    let place = match field.sentence {
        Some(0) if field.clause => part!("clause"),
        Some(0) => part!("sentence"),
        Some(-1) => part!("previous"),
        Some(..0) => part!("earlier"),
        Some(1) => part!("next"),
        Some(1..) => part!("later"),
        None if field.count == 0 => part!("nowhere"),
        None => part!("document"),
    };
    let rank = match index {
        0 => part!("nearest"),
        1 => part!("second"),
        2 | 3 => part!("some"),
        _ => part!("many"),
    };
    let side = if field.behind { part!("behind") } else { part!("before") };
    sink.add((kind, place, rank));
    sink.add((place, name));
    // What the sentence itself names leaves less for its neighbours to say.
    let own = fields.iter().filter(|other| other.sentence == Some(0)).count();
    let own = match own {
        0 => part!("0"),
        1 => part!("1"),
        2 => part!("2"),
        _ => part!("many"),
    };
    sink.add((kind, place, "own", own));
    if field.sentence == Some(0) {
        sink.add((place, side, near(field.distance)));
        sink.add((kind, side, near(field.distance)));
    } else if field.sentence.is_some() {
        let beside = fields.iter().filter(|other| other.sentence == field.sentence).count();
        sink.add((place, "own", own, "beside", if beside > 2 { part!("many") } else { part!("few") }));
    }
    let all: usize = fields.iter().map(|other| other.count).sum();
    let share = match field.count * 10 / all.max(1) {
        0 => part!("0"),
        1 => part!("1"),
        2..=3 => part!("3"),
        4..=6 => part!("6"),
        _ => part!("10"),
    };
    sink.add(("share", share));
    sink.add(("share", share, place));
    if field.accord {
        sink.add((kind, "accord", place));
        sink.add((kind, "accord", place, "own", own));
    }
    if field.leads {
        sink.add((kind, "leads", place, "own", own));
    }
    if fields.iter().all(|other| other.count <= field.count) {
        sink.add(&["most"]);
        sink.add(("most", place));
    }
    for other in fields.iter().filter(|other| other.sentence == Some(0) && other.domain != field.domain) {
        sink.add((name, "with", lexicon.domains.part(other.domain)));
    }
    for thing in candidate.things.iter().filter_map(|mention| analysis.thing(*mention)).take(1) {
        sink.add((name, "unit", thing.unit.as_str()));
    }
}

/// Sentences behind an accord's in which its fields may be listed.
const LIST_SENTENCES: usize = 3;
/// Fields from which an enumeration behind the accord's own sentence is the list of its fields.
const LIST_FIELDS_MIN: usize = 2;
/// Tokens between two members of one enumeration of fields.
const LIST_GAP_MAX: usize = 5;

/// The fields that an article lists for an accord: "in the fields of artificial intelligence, semiconductors and telecoms",
/// in the sentence that tells it or soon after.
fn listed(analysis: &Analysis<'_>, candidate: &Candidate) -> SmallVec<[u8; 8]> {
    let mut listed: SmallVec<[u8; 8]> = SmallVec::new();
    if candidate.basis != Basis::Accord {
        return listed;
    }
    for sentence in candidate.sentence..analysis.sentences.len().min(candidate.sentence + 1 + LIST_SENTENCES) {
        let own = sentence == candidate.sentence;
        for cue in analysis.cues_of(sentence).iter().filter(|cue| cue.cue == Cue::ScopeFields) {
            listed.clear();
            let named = &analysis.domains[analysis.sentences[sentence].domains.clone()];
            let mut end = cue.end;
            for at in named.iter().filter(|at| at.start >= cue.start) {
                // An enumeration goes on for as long as its members stand near one another, within one clause.
                let apart = at.start.saturating_sub(end);
                if apart > LIST_GAP_MAX
                    || analysis.clause_of(at.start) != analysis.clause_of(cue.end) && !listed.is_empty()
                {
                    break;
                }
                end = at.start;
                if !listed.contains(&at.domain) {
                    listed.push(at.domain);
                }
            }
            if listed.len() >= if own { 1 } else { LIST_FIELDS_MIN } {
                return listed;
            }
        }
    }
    listed.clear();
    listed
}

/// The fields that a candidate is about, the likeliest first.
pub fn choose(analysis: &Analysis<'_>, lexicon: &Lexicon, candidate: &Candidate) -> Vec<String> {
    let listed = listed(analysis, candidate);
    if !listed.is_empty() {
        return listed.into_iter().map(|domain| lexicon.domains.name(domain).to_owned()).collect();
    }
    let fields = fields(analysis, lexicon, candidate);
    let mut likely: SmallVec<[(f32, u8); 12]> = (0..fields.len())
        .map(|index| {
            let mut scorer = lexicon.domains.weights.scorer();
            features(analysis, lexicon, candidate, &fields, index, &mut scorer);
            (scorer.probability(), fields[index].domain)
        })
        .collect();
    likely.sort_by(|a, b| b.0.total_cmp(&a.0));
    let least = likely.first().map_or(TAKEN, |(top, _)| top.clamp(LIKELIEST, TAKEN));
    let other = lexicon.domains.number(OTHER);
    let taken = likely.iter().take_while(|(probability, _)| *probability >= least).map(|(_, domain)| *domain);
    // "Other" says that no field of the list fits: it stands alone or not at all.
    let mut taken: SmallVec<[u8; 8]> = taken.collect();
    if taken.len() > 1 {
        taken.retain(|domain| Some(*domain) != other);
    }
    taken.into_iter().map(|domain| lexicon.domains.name(domain).to_owned()).collect()
}
