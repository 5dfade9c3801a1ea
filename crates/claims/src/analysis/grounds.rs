//! Where what a document tells of takes place: how it uses each of its names as the ground of something.

use super::{Analysis, Cue};
use pledgebook_mentions::NameType;
use smallvec::SmallVec;

/// How many tokens before a name what stands on its ground may be told.
const SITED_TOKENS_MAX: usize = 7;

/// How a document uses one of its entities as a place, all of its names together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ground {
    /// How often a preposition of place stands before it.
    pub placed: u16,
    /// How often that follows a works, something built or bought, or a deed.
    pub sited: u16,
    /// How many others of its sort are named more often, or as often and earlier.
    pub rank: u16,
    /// Whether a headline names it.
    pub headline: bool,
}

impl Analysis<'_> {
    /// Looks at every name once, after what stands before it is known.
    pub(super) fn find_grounds(&mut self) {
        let mut grounds = vec![Ground::default(); self.entities.len()];
        for name in &self.names {
            let Some(ground) = grounds.get_mut(name.entity as usize) else { continue };
            ground.headline |= self.is_headline(name.sentence);
            if name.mark == Some(Cue::MarkPlace) {
                ground.placed += 1;
                let from = name.start.saturating_sub(SITED_TOKENS_MAX).max(self.sentences[name.sentence].tokens.start);
                let told = self.cues_in(from..name.start);
                ground.sited += u16::from(told.iter().any(|cue| cue.cue.is_deed()));
            }
        }
        let mut ranks = [0; NameType::Instrument as usize + 1];
        for entity in &self.salient {
            let sort = self.entities.get(*entity).map(|entity| entity.sort);
            if let (Some(ground), Some(sort)) = (grounds.get_mut(*entity as usize), sort) {
                ground.rank = ranks[sort as usize];
                ranks[sort as usize] += 1;
            }
        }
        self.grounds = grounds;
    }

    /// Finds the country of most that the document names; of countries named alike, the first.
    pub(super) fn find_home(&mut self) {
        let mut counts: SmallVec<[(&str, usize); 8]> = SmallVec::new();
        for (number, naming) in self.namings.iter().enumerate() {
            let Some(country) = self.entities.get(number as u32).and_then(|entity| entity.country.as_deref()) else {
                continue;
            };
            match counts.iter_mut().find(|(other, _)| *other == country) {
                Some((_, count)) => *count += naming.count,
                None => counts.push((country, naming.count)),
            }
        }
        self.home = counts.iter().rev().max_by_key(|(_, count)| *count).map(|(country, _)| *country);
    }
}
