//! What might be an accord: every sentence with a word for one, or for making one.

use crate::{
    analysis::{Analysis, Cue, cues_that},
    candidate::{Basis, Candidate},
};

/// One candidate for each sentence that has a cue, on the cue that weighs most.
pub fn candidates(analysis: &Analysis<'_>) -> Vec<Candidate> {
    (0..analysis.sentences.len())
        .filter_map(|sentence| {
            if !analysis.sentences[sentence].set.meets(cues_that!(|cue| weight(cue) > 0)) {
                return None;
            }
            let cues = analysis.cues_of(sentence).iter().filter(|cue| weight(cue.cue) > 0);
            let cue = cues.max_by_key(|cue| (weight(cue.cue), std::cmp::Reverse(cue.start)))?;
            Some(Candidate::new(analysis, Basis::Accord, sentence, cue.start..cue.end, Some(*cue)))
        })
        .collect()
}

const fn weight(cue: Cue) -> usize {
    match cue {
        Cue::AccordMemorandum | Cue::AccordTreaty => 9,
        Cue::AccordDeal | Cue::AccordContract | Cue::AccordPartnership => 8,
        Cue::DealToBeSigned | Cue::DealSigned => 7,
        Cue::AccordTalks | Cue::AccordMerger => 6,
        Cue::DealNegotiating | Cue::DealAgreed | Cue::DealEnded => 5,
        Cue::VerbBuy | Cue::VerbAcquire | Cue::VerbSell | Cue::NounAcquire | Cue::NounLend => 2,
        _ => 0,
    }
}
