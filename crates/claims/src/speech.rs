//! What a document tells about its people: who holds what office, who says what, who takes part in what, who sits where.

use crate::{
    Claim,
    actors::Actors,
    analysis::Analysis,
    attribution::Attribution,
    kinds::{
        participation, presence,
        role::{self, Roles},
        statement,
    },
    learning::people::{People, Seat, Utterance},
    model::{Model, Part},
};
use pledgebook_lexicon::{Data, Error};
use pledgebook_mentions::Mentions;
use std::ops::Range;

/// Learnt weights for offices, utterances, events and seats.
#[derive(Debug)]
pub struct Models {
    holder: Model,
    participation: participation::Models,
    presence: presence::Models,
    statement: statement::Models,
}

impl Models {
    /// Loads the weights.
    ///
    /// # Errors
    /// When a file of weights is wrong, with file and line.
    pub fn load(data: &Data) -> Result<Self, Error> {
        Ok(Self {
            holder: Model::load(data, ["role_holder"])?.keeping(role::HOLDERS),
            participation: participation::Models::load(data)?,
            presence: presence::Models::load(data)?,
            statement: statement::Models::load(data)?,
        })
    }
}

/// The people of a document and what they say.
#[derive(Debug)]
pub struct Speech<'a> {
    /// The document as claim readers see it.
    pub analysis: &'a Analysis<'a>,
    /// Its names by token.
    pub actors: Actors<'a>,
    /// Who holds what office.
    pub roles: Roles,
    /// Who says what.
    pub attribution: Attribution,
}

/// Reads the claims about people in texts, one kind after the other in all of them.
pub fn read(speeches: &[Speech<'_>], models: &Models, all: &mut [Vec<Claim>]) {
    let mut each = |claims_of: &dyn Fn(&Speech<'_>) -> Vec<Claim>| {
        for (speech, claims) in speeches.iter().zip(all.iter_mut()) {
            claims.extend(claims_of(speech));
        }
    };
    each(&|speech| role::claims(speech));
    each(&|speech| participation::claims(speech, &models.participation));
    each(&|speech| presence::claims(speech, &models.presence));
    each(&|speech| statement::claims(speech, &models.statement));
}

impl<'a> Speech<'a> {
    /// Reads the offices and attributions of texts once, for all kinds of claim: step by step for all texts.
    pub fn of_each(
        texts: impl Iterator<Item = (&'a Analysis<'a>, &'a Mentions)> + Clone,
        models: &Models,
    ) -> Vec<Self> {
        let actors: Vec<Actors<'a>> =
            texts.clone().map(|(analysis, mentions)| Actors::new(analysis.text, mentions)).collect();
        let roles =
            texts.clone().zip(&actors).map(|((analysis, _), actors)| role::read(analysis, actors, &models.holder));
        let roles: Vec<Roles> = roles.collect();
        let told = texts.zip(actors).zip(roles).map(|(((analysis, mentions), actors), roles)| {
            let attribution = Attribution::read(analysis, &mentions.list, &actors, &roles);
            Self { analysis, actors, roles, attribution }
        });
        told.collect()
    }

    /// Who the text says it has a run of tokens from, outermost first; empty where it speaks for itself. `pledgers` are the
    /// entities that the passage is about: what they, their heads and their speakers say of themselves has no source.
    pub fn sources_at(&self, tokens: &Range<usize>, pledgers: &[u32]) -> Vec<String> {
        self.attribution.sources_at(self.analysis.text, &self.actors, &self.roles, tokens, pledgers)
    }

    /// Shows every candidate to a learner.
    pub(crate) fn see(&self) -> People {
        let mut people = People { holders: role::see(self), ..People::default() };
        participation::see(self, |seen| people.participations.push(seen));
        presence::see(self, |place, span, gate, who| {
            people.presences.push(Seat { place, span, gate, who });
        });
        statement::see(self, |quote, span, gate, speaker| {
            people.statements.push(Utterance { quote: quote.to_owned(), span, gate, speaker });
        });
        people
    }

    /// A passage letter for letter, and its place in characters.
    pub(crate) fn passage(&self, bytes: Range<usize>) -> (String, [usize; 2]) {
        let span = self.analysis.characters(&bytes);
        (self.analysis.text.source().get(bytes).unwrap_or_default().to_owned(), span)
    }
}

/// A rule that reads claims about people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rule {
    /// With the kind of claim and its version: `statement/quote@1`.
    pub name: &'static str,
    /// The word for it that learnt weights use: "quote".
    pub word: Part,
}

impl Rule {
    /// The rule of a name.
    pub const fn new(name: &'static str) -> Self {
        let mut behind = 0;
        while name.as_bytes()[behind] != b'/' {
            behind += 1;
        }
        let (_, word) = name.split_at(behind + 1);
        let (word, _) = word.split_at(word.len() - "@1".len());
        Self { name, word: Part::new(word) }
    }
}

/// The rule of a name, made when the program is built.
macro_rules! rule {
    ($name:literal) => {
        const { $crate::speech::Rule::new($name) }
    };
}
pub(crate) use rule;
