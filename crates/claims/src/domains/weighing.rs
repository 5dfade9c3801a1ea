//! Which of the fields named in a document a claim is about.

use crate::{
    analysis::{Analysis, Cue, Lexicon, cues_that},
    candidate::{Basis, Candidate, gap},
    features::{Deed, Distance, Fact, Group, facts, groups, near, part},
    model::{NOWHERE, Sink, probability},
};
use smallvec::SmallVec;

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

/// The fields that a candidate may be about.
#[derive(Debug)]
pub struct Fields {
    /// Those that the document names, each with its word nearest to the candidate, the nearest first; "other" is the last.
    pub list: SmallVec<[Field; 12]>,
    /// How many of them the candidate's sentence names, which stand first.
    own: usize,
    /// How often the document names any.
    all: usize,
    /// How often it names the one that it names most.
    most: usize,
}

/// Finds the fields that a candidate may be about.
pub fn fields(analysis: &Analysis<'_>, lexicon: &Lexicon, candidate: &Candidate) -> Fields {
    let list = nearest(analysis, lexicon, candidate);
    let own = list.iter().take_while(|field| field.sentence == Some(0)).count();
    let all = list.iter().map(|field| field.count).sum();
    let most = list.iter().map(|field| field.count).max().unwrap_or(0);
    Fields { list, own, all, most }
}

fn nearest(analysis: &Analysis<'_>, lexicon: &Lexicon, candidate: &Candidate) -> SmallVec<[Field; 12]> {
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
    if let Some(own) =
        analysis.sentences.get(candidate.sentence).filter(|own| own.set.meets(cues_that!(|cue| cue.is_accord())))
    {
        for (known, told) in fields.iter_mut().zip(&analysis.told) {
            let here = analysis.domains[own.domains.clone()].iter().filter(|at| at.domain == told.domain).count();
            known.accord = told.accords > here;
        }
    }
    fields.sort_by_key(nearness);
    if let Some(domain) = lexicon.domains.other.filter(|other| fields.iter().all(|f| f.domain != *other)) {
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

facts! {
    /// Where a field is named nearest to the claim.
    Place {
        /// In its clause.
        Clause = "clause",
        /// In its sentence.
        Sentence = "sentence",
        /// In the sentence before.
        Previous = "previous",
        /// A few sentences before.
        Earlier = "earlier",
        /// In the sentence behind.
        Next = "next",
        /// A few sentences behind.
        Later = "later",
        /// Nowhere in the document.
        Nowhere = "nowhere",
        /// Elsewhere in the document.
        Document = "document",
    }

    /// How many fields are nearer.
    Rank {
        /// None.
        Nearest = "nearest",
        /// One.
        Second = "second",
        /// Two or three.
        Some = "some",
        /// More.
        Many = "many",
    }

    /// How many fields the claim's sentence names.
    Own {
        /// None.
        None = "0",
        /// One.
        One = "1",
        /// Two.
        Two = "2",
        /// More.
        Many = "many",
    }

    /// The part of all that names fields in the document that names this one, in tenths.
    Share {
        /// Less than one.
        None = "0",
        /// Less than two.
        One = "1",
        /// Less than four.
        Three = "3",
        /// Less than seven.
        Six = "6",
        /// More.
        Ten = "10",
    }
}

/// A field of the list as a fact.
#[derive(Debug, Clone, Copy)]
struct Listed(u8);

impl Fact for Listed {
    /// What a longer list has more is gone through each time.
    const COUNT: usize = 48;

    fn number(self) -> usize {
        usize::from(self.0)
    }
}

groups! { GROUPS:
    NAME: (Listed, Deed, bool),
    PLACE: (Listed, Place, Rank, bool),
    WITH: (Listed, Listed),
    APART: (bool, Place, Own, bool, Distance, bool),
    SHARE: (Share, Place, Own, bool, (bool, bool, bool)),
}

/// Whether the field `index` of `fields` is what the candidate is about.
pub fn features<S: Sink>(
    analysis: &Analysis<'_>,
    lexicon: &Lexicon,
    candidate: &Candidate,
    fields: &Fields,
    index: usize,
    sink: &mut S,
) {
    let all = fields.list.as_slice();
    let field = &all[index];
    let part = || lexicon.domains.part(field.domain);
    let kept = |place: usize| if usize::from(field.domain) < Listed::COUNT { place } else { NOWHERE };
    let (listed, deed, is_accord) = (Listed(field.domain), candidate.class(), candidate.basis == Basis::Accord);
    let kind = if is_accord { part!("accord") } else { part!("promise") };
    sink.group(kept(NAME.at((listed, deed, is_accord))), |sink| {
        let name = part();
        sink.add(&[name]);
        sink.add((name, kind));
        sink.add((name, deed));
    });
    let place = match field.sentence {
        Some(0) if field.clause => Place::Clause,
        Some(0) => Place::Sentence,
        Some(-1) => Place::Previous,
        Some(..0) => Place::Earlier,
        Some(1) => Place::Next,
        Some(1..) => Place::Later,
        None if field.count == 0 => Place::Nowhere,
        None => Place::Document,
    };
    let rank = match index {
        0 => Rank::Nearest,
        1 => Rank::Second,
        2 | 3 => Rank::Some,
        _ => Rank::Many,
    };
    sink.group(kept(PLACE.at((listed, place, rank, is_accord))), |sink| {
        sink.add((kind, place, rank));
        sink.add((place, part()));
    });
    // What the sentence itself names leaves less for its neighbours to say.
    let own = match fields.own {
        0 => Own::None,
        1 => Own::One,
        2 => Own::Two,
        _ => Own::Many,
    };
    let (behind, distance) = (field.behind, near(field.distance));
    let apart = field.sentence.is_some_and(|apart| apart != 0);
    let beside = apart && all.iter().filter(|other| other.sentence == field.sentence).count() > 2;
    sink.group(APART.at((is_accord, place, own, behind, distance, beside)), |sink| {
        sink.add((kind, place, "own", own));
        if field.sentence == Some(0) {
            let side = if behind { part!("behind") } else { part!("before") };
            sink.add((place, side, distance));
            sink.add((kind, side, distance));
        } else if apart {
            sink.add((place, "own", own, "beside", if beside { part!("many") } else { part!("few") }));
        }
    });
    let share = match field.count * 10 / fields.all.max(1) {
        0 => Share::None,
        1 => Share::One,
        2..=3 => Share::Three,
        4..=6 => Share::Six,
        _ => Share::Ten,
    };
    let (accord, leads, most) = (field.accord, field.leads, field.count == fields.most);
    sink.group(SHARE.at((share, place, own, is_accord, (accord, leads, most))), |sink| {
        sink.add(("share", share));
        sink.add(("share", share, place));
        if accord {
            sink.add((kind, "accord", place));
            sink.add((kind, "accord", place, "own", own));
        }
        if leads {
            sink.add((kind, "leads", place, "own", own));
        }
        if most {
            sink.add(&["most"]);
            sink.add(("most", place));
        }
    });
    for other in all[..fields.own].iter().map(|other| other.domain).filter(|other| *other != field.domain) {
        let place = if usize::from(other) < Listed::COUNT { kept(WITH.at((listed, Listed(other)))) } else { NOWHERE };
        sink.group(place, |sink| sink.add((part(), "with", lexicon.domains.part(other))));
    }
    for thing in candidate.things.iter().filter_map(|mention| analysis.thing(*mention)).take(1) {
        sink.add((part(), "unit", thing.unit.as_str()));
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
    let mut likely: SmallVec<[(f32, u8); 12]> = (0..fields.list.len())
        .map(|index| {
            let mut scorer = lexicon.domains.weights.scorer();
            features(analysis, lexicon, candidate, &fields, index, &mut scorer);
            (probability(scorer.sums()[0]), fields.list[index].domain)
        })
        .collect();
    likely.sort_by(|a, b| b.0.total_cmp(&a.0));
    let least = likely.first().map_or(TAKEN, |(top, _)| top.clamp(LIKELIEST, TAKEN));
    let other = lexicon.domains.other;
    let taken = likely.iter().take_while(|(probability, _)| *probability >= least).map(|(_, domain)| *domain);
    // "Other" says that no field of the list fits: it stands alone or not at all.
    let mut taken: SmallVec<[u8; 8]> = taken.collect();
    if taken.len() > 1 {
        taken.retain(|domain| Some(*domain) != other);
    }
    taken.into_iter().map(|domain| lexicon.domains.name(domain).to_owned()).collect()
}
