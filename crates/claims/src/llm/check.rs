//! What of a model's answer the text bears out.

use super::{doubt::Doubt, plain::Plain, slots::Slots};
use crate::{Agreement, Body, Claim, Participation, Pledge, Presence, Role, Statement};
use pledgebook_mentions::{Entity, Mention, Mentions};
use pledgebook_text::Text;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, ops::Range};

/// Evidence is a clause or a sentence: at least so many words and marks …
const EVIDENCE_TOKENS_MIN: usize = 3;
/// … and at most so many sentences, so that a figure of one promise bears out no other.
const EVIDENCE_SENTENCES_MAX: usize = 3;
/// The most values that one slot of a claim holds.
const VALUES_MAX: usize = 64;
/// Places of the same words in a text that are tried for one claim.
const PLACES_MAX: usize = 8;
/// What parts of a quotation that the speaker's name interrupts are joined by.
const INTERRUPTED: &str = " […] ";

/// What a model proposed in vain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Why.
    pub doubt: Doubt,
    /// The evidence that it gave, if it gave any.
    pub evidence: String,
}

/// What was made of an answer.
#[derive(Debug, Default)]
pub struct Checked {
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// What was not taken.
    pub dropped: Vec<Dropped>,
    /// Values of lesser slots that claims were kept without, counted by slot: places, sources, titles that the text does not name so,
    /// and single things that it does not count.
    pub left_out: BTreeMap<&'static str, usize>,
}

/// Holds what a model says against one document.
#[derive(Debug)]
pub struct Checker<'t> {
    pub(super) text: &'t Text<'t>,
    plain: Plain<'t>,
    mentions: &'t Mentions,
    domains: &'t [String],
    /// Entities by each of their names, the canonical ones before others.
    names: FxHashMap<&'t str, u32>,
}

impl<'t> Checker<'t> {
    /// A checker for a document, with what our own recogniser reads in it and the fields that there are.
    pub fn new(text: &'t Text<'t>, mentions: &'t Mentions, domains: &'t [String]) -> Self {
        let entities = &mentions.entities;
        let mut names: FxHashMap<&str, u32> = FxHashMap::default();
        for (number, entity) in entities.iter() {
            names.entry(&entity.canonical).or_insert(number);
        }
        for (number, entity) in entities.iter() {
            for form in &entity.forms {
                names.entry(form).or_insert(number);
            }
        }
        Self { text, plain: Plain::of(text.source()), mentions, domains, names }
    }

    /// The claims among the proposals of `reader`, which they are named after.
    pub fn read(&self, proposals: &[Value], reader: &str) -> Checked {
        let mut checked = Checked::default();
        for proposal in proposals {
            let claim = Claim::deserialize(proposal).map_err(|_| Doubt::Form);
            match claim.and_then(|claim| self.check(&claim, reader)) {
                Ok((claim, _)) if checked.claims.iter().any(|other| is_same(other, &claim)) => {
                    checked.dropped.push(Dropped { doubt: Doubt::Repeated, evidence: claim.evidence });
                }
                Ok((claim, left_out)) => {
                    checked.claims.push(claim);
                    left_out.into_iter().for_each(|slot| *checked.left_out.entry(slot).or_default() += 1);
                }
                Err(doubt) => {
                    let evidence = proposal["evidence"].as_str().unwrap_or_default().to_owned();
                    checked.dropped.push(Dropped { doubt, evidence });
                }
            }
        }
        checked.claims.sort_by_key(|claim| claim.span);
        checked
    }

    /// Whether the text bears a stored claim out just as it is.
    pub fn holds(&self, claim: &Claim) -> bool {
        self.check(claim, &claim.rule)
            .is_ok_and(|(checked, _)| is_same(&checked, claim) && checked.sources == claim.sources)
    }

    /// The claim as the text has it, and the slots that lost a value.
    fn check(&self, claim: &Claim, reader: &str) -> Result<(Claim, Vec<&'static str>), Doubt> {
        if values_max(claim) > VALUES_MAX {
            return Err(Doubt::Form);
        }
        let mut doubt = None;
        for bytes in self.places(&claim.evidence).filter(|bytes| !self.cuts(bytes)).take(PLACES_MAX) {
            match self.check_at(claim, bytes, reader) {
                Ok(checked) => return Ok(checked),
                Err(why) => doubt = doubt.or(Some(why)),
            }
        }
        Err(doubt.unwrap_or(Doubt::Evidence))
    }

    fn check_at(&self, claim: &Claim, bytes: Range<usize>, reader: &str) -> Result<(Claim, Vec<&'static str>), Doubt> {
        let tokens = self.tokens(&bytes);
        let sentences = self.text.sentence_of(tokens.start)..=self.text.sentence_of(tokens.end.saturating_sub(1));
        if tokens.len() < EVIDENCE_TOKENS_MIN || sentences.count() > EVIDENCE_SENTENCES_MAX {
            return Err(Doubt::Extent);
        }
        let mut slots = Slots::new(self, &bytes);
        let body = self.body(&claim.body, &mut slots)?;
        let source = self.text.source();
        let start = source[..bytes.start].chars().count();
        let evidence = source[bytes.clone()].to_owned();
        let span = [start, start + evidence.chars().count()];
        let sources = slots.known_names("sources", &claim.sources);
        let Slots { aliases, reasons, left_out, .. } = slots;
        let rule = reader.to_owned().into();
        // Zero: nobody has weighed how often this model is right.
        Ok((Claim { body, evidence, span, sources, aliases, rule, confidence: 0.0, reasons }, left_out))
    }

    fn body(&self, body: &Body, slots: &mut Slots<'_>) -> Result<Body, Doubt> {
        let body = match body {
            Body::Pledge(p) => Body::Pledge(Pledge {
                by: slots.names(&p.by)?,
                action: p.action,
                place: slots.known_names("place", &p.place),
                domains: self.fields(&p.domains)?,
                money: p.money.as_ref().map(|money| slots.money("money", money)).transpose()?,
                restated: p.restated.iter().map(|money| slots.money("restated", money)).collect::<Result<_, _>>()?,
                things: slots.things(&p.things)?,
                from: slots.day("from", p.from.as_deref())?,
                until: slots.day("until", p.until.as_deref())?,
                over: slots.length(p.over.as_deref())?,
                stage: p.stage,
                total: p.total,
                amount_role: p.amount_role,
                novelty: p.novelty,
                part_of: slots.words("part_of", p.part_of.as_deref()),
            }),
            Body::Agreement(a) => Body::Agreement(Agreement {
                parties: slots.names(&a.parties)?,
                name: slots.words("name", a.name.as_deref()),
                domains: self.fields(&a.domains)?,
                stage: a.stage,
                money: a.money.as_ref().map(|money| slots.money("money", money)).transpose()?,
                date: slots.day("date", a.date.as_deref())?,
            }),
            Body::Participation(p) => Body::Participation(Participation {
                who: slots.names(&p.who)?,
                event: slots.words("event", p.event.as_deref()),
                place: slots.known_names("place", &p.place),
            }),
            Body::Role(r) => Body::Role(Role {
                person: slots.name(&r.person).ok_or(Doubt::Name)?,
                title: slots.words("title", r.title.as_deref()),
                organisation: slots.known_names("organisation", r.organisation.as_slice()).pop(),
                former: r.former,
            }),
            Body::Presence(p) => Body::Presence(Presence {
                who: slots.names(&p.who)?,
                place: slots.known_names("place", &p.place),
                change: p.change,
            }),
            Body::Statement(s) => Body::Statement(Statement {
                speaker: slots.names(s.speaker.as_slice())?.pop(),
                quote: self.quotation(&s.quote)?,
            }),
        };
        if says_something(&body) { Ok(body) } else { Err(Doubt::Empty) }
    }

    fn fields(&self, given: &[String]) -> Result<Vec<String>, Doubt> {
        let known = given.iter().all(|domain| self.domains.contains(domain));
        if known { Ok(given.to_vec()) } else { Err(Doubt::Form) }
    }

    /// A quotation whose parts stand in the text, one after the other.
    fn quotation(&self, quote: &str) -> Result<String, Doubt> {
        let mut parts = Vec::new();
        let mut from = 0;
        for part in quote.split(INTERRUPTED) {
            let place = self.places(part).find(|bytes| bytes.start >= from).ok_or(Doubt::Quote)?;
            from = place.end;
            parts.push(&self.text.source()[place]);
        }
        Ok(parts.join(INTERRUPTED))
    }

    /// The words of the text that these are.
    pub(super) fn words(&self, words: &str) -> Option<&'t str> {
        self.places(words).next().map(|bytes| &self.text.source()[bytes])
    }

    /// Where words stand in the article, cutting no word and crossing no paragraph.
    fn places(&self, words: &str) -> impl Iterator<Item = Range<usize>> + use<'_, 't> {
        let source = self.text.source();
        let glued = move |end: usize| {
            let (before, after) = source.split_at(end);
            before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
        };
        let found = self.plain.places(words);
        found.filter(move |bytes| !glued(bytes.start) && !glued(bytes.end) && self.is_in_article(bytes))
    }

    fn is_in_article(&self, bytes: &Range<usize>) -> bool {
        let blocks = self.text.document().blocks();
        let block = blocks.get(blocks.partition_point(|block| block.span.end <= bytes.start));
        block
            .is_some_and(|block| block.role.is_read() && block.span.start <= bytes.start && bytes.end <= block.span.end)
    }

    /// The tokens that lie inside a run of bytes.
    fn tokens(&self, bytes: &Range<usize>) -> Range<usize> {
        let tokens = self.text.tokens();
        let start = tokens.partition_point(|token| (token.start as usize) < bytes.start);
        start..tokens.partition_point(|token| (token.end as usize) <= bytes.end).max(start)
    }

    /// Whether a run of bytes begins or ends inside a token: "£1" of "£1.5bn".
    fn cuts(&self, bytes: &Range<usize>) -> bool {
        let tokens = self.text.tokens();
        [bytes.start, bytes.end].into_iter().any(|edge| {
            let over = tokens.partition_point(|token| (token.end as usize) <= edge);
            tokens.get(over).is_some_and(|token| (token.start as usize) < edge)
        })
    }

    /// The bearer of a name that the text uses.
    pub(super) fn entity(&self, name: &str) -> Option<&'t Entity> {
        self.mentions.entities.get(*self.names.get(name)?)
    }

    /// What our own recogniser reads in a run of bytes.
    pub(super) fn mentions_in(&self, bytes: &Range<usize>) -> impl Iterator<Item = &'t Mention> + use<'t> {
        let (start, end) = (bytes.start, bytes.end);
        self.mentions.list.iter().filter(move |mention| mention.bytes.start >= start && mention.bytes.end <= end)
    }
}

/// Whether two claims say the same of the same words.
fn is_same(a: &Claim, b: &Claim) -> bool {
    a.span == b.span && a.body == b.body
}

/// How many values the longest list among a claim's slots has.
fn values_max(claim: &Claim) -> usize {
    let lists = match &claim.body {
        Body::Pledge(p) => [p.by.len(), p.place.len(), p.domains.len(), p.restated.len(), p.things.len()],
        Body::Agreement(a) => [a.parties.len(), a.domains.len(), 0, 0, 0],
        Body::Participation(p) => [p.who.len(), p.place.len(), 0, 0, 0],
        Body::Presence(p) => [p.who.len(), p.place.len(), 0, 0, 0],
        Body::Role(_) | Body::Statement(_) => [0; 5],
    };
    lists.into_iter().chain([claim.sources.len()]).max().unwrap_or_default()
}

/// Whether a claim has what its kind cannot do without.
fn says_something(body: &Body) -> bool {
    match body {
        Body::Pledge(p) => !p.by.is_empty() || p.money.is_some() || !p.things.is_empty(),
        Body::Agreement(a) => !a.parties.is_empty() || a.name.is_some(),
        Body::Participation(p) => !p.who.is_empty(),
        Body::Role(r) => r.title.is_some() || r.organisation.is_some(),
        Body::Presence(p) => !p.who.is_empty() && !p.place.is_empty(),
        Body::Statement(s) => !s.quote.is_empty(),
    }
}
