//! Choosing who or where fills a slot, by learnt weights.

use crate::{
    analysis::{Analysis, Cue},
    candidate::Candidate,
    features::{self, Choice, Context},
    model::Model,
};
use pledgebook_mentions::NameType;
use smallvec::SmallVec;

/// Who fills a slot, and how sure that is.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// The mentions, into [`Analysis::mentions`], in the order of the text; empty for nobody.
    pub mentions: SmallVec<[usize; 2]>,
    /// 0 to 1.
    pub probability: f32,
}

/// The most probable choice, with those that are named in one breath with it.
pub fn choose(
    analysis: &Analysis<'_>,
    model: &Model,
    candidate: &Candidate,
    context: Context,
    wanted: impl Fn(NameType) -> bool + Copy,
) -> Chosen {
    let choices = features::choices(analysis, candidate, wanted);
    let mut scores: SmallVec<[f32; 16]> = SmallVec::new();
    let (mut best, mut top) = (0, f32::NEG_INFINITY);
    for (index, choice) in choices.iter().enumerate() {
        let mut scorer = model.scorer();
        features::choice(analysis, candidate, choice, context, &mut scorer);
        scores.push(scorer.score());
        if scorer.score() > top {
            (best, top) = (index, scorer.score());
        }
    }
    let all: f32 = scores.iter().map(|score| (score - top).exp()).sum();
    let entity = |choice: &Choice| choice.mention.and_then(|m| analysis.name(m)).map(|name| name.entity);
    let who = entity(&choices[best]);
    let same: f32 =
        choices.iter().zip(&scores).filter(|(c, _)| entity(c) == who).map(|(_, score)| (score - top).exp()).sum();
    let mentions = match (choices[best].mention, choices[best].back) {
        (Some(mention), Some(_)) => coordinated(analysis, mention, wanted),
        (Some(mention), None) => SmallVec::from_slice(&[mention]),
        (None, _) => SmallVec::new(),
    };
    Chosen { mentions, probability: same / all }
}

/// The names that stand in one enumeration with a mention: "Nvidia and OpenAI", "A, B and C".
pub fn coordinated(analysis: &Analysis<'_>, mention: usize, wanted: impl Fn(NameType) -> bool) -> SmallVec<[usize; 2]> {
    let alone = SmallVec::from_slice(&[mention]);
    let Some(at) = analysis.mentions.get(mention) else { return alone };
    let names: Vec<usize> = analysis
        .names_of(analysis.sentence_of(at.tokens.start))
        .filter(|(_, _, name)| wanted(name.sort))
        .map(|(index, ..)| index)
        .collect();
    let Some(place) = names.iter().position(|name| *name == mention) else { return alone };
    let (mut first, mut last, mut and) = (place, place, false);
    while first > 0 && joined(analysis, names[first - 1], names[first], &mut and) {
        first -= 1;
    }
    while last + 1 < names.len() && joined(analysis, names[last], names[last + 1], &mut and) {
        last += 1;
    }
    if and { SmallVec::from_slice(&names[first..=last]) } else { alone }
}

/// Whether only a comma or "and", with articles, stands between two names; notes an "and".
fn joined(analysis: &Analysis<'_>, left: usize, right: usize, and: &mut bool) -> bool {
    let between = analysis.mentions[left].tokens.end..analysis.mentions[right].tokens.start;
    if between.is_empty() || between.len() > 5 {
        return false;
    }
    let mut links = false;
    for token in between {
        let class = analysis.cues_in(token..token + 1).iter().find(|cue| cue.cue.is_mark()).map(|cue| cue.cue);
        match class {
            Some(Cue::MarkAnd) => {
                links = true;
                *and = true;
            }
            Some(Cue::MarkDeterminer) => {}
            _ if analysis.is_mark(token, ",") => links = true,
            _ => return false,
        }
    }
    links
}
