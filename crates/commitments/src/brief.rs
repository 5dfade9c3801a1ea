//! What joining compares of a claim, and nothing else: small enough that a block of thousands is read in milliseconds.

use crate::Knowledge;
use crate::entity::fold;
use crate::join::Spot;
use crate::record::claim_bits;
use crate::sighting::{Context, Origin, Seen, Sighting, is_package};
use jiff::civil::Date;
use pledgebook_claims::{Action, AgreementStage, AmountRole, Body, Claim, Novelty, PledgeStage};
use pledgebook_mentions::{Money, Qualifier, Thing};
use rust_decimal::Decimal;
use smallvec::SmallVec;
use std::borrow::Cow;

mod bytes;
mod glance;

pub(crate) use glance::{Around, Entry, in_order};

/// The field that says of no purpose what it is.
const NO_FIELD: &str = "other";

/// A claim as joining sees it. Made of a [`Sighting`], or read from bytes, of which it borrows its words: old claims need not be parsed
/// to join a new one, and reading a brief asks for no memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief<'b> {
    /// The claim's id.
    pub(crate) id: u64,
    /// Day on which the document was known, its id, and the span of the claim: the order of knowing.
    pub(crate) known: &'b str,
    pub(crate) document: &'b str,
    pub(crate) span: [usize; 2],
    /// Day of publication.
    pub(crate) day: Option<Date>,
    /// The same as a number: how far two days are apart is asked of every pair of claims that may meet.
    pub(crate) day_number: Option<i32>,
    pub(crate) lang: Option<&'b str>,
    /// Which pledgers are named, in 64 bits; 0 where that is not compared.
    pub(crate) who: u64,
    /// How many pledgers or parties are named: none, one, or two and more.
    pub(crate) parties: u8,
    pub(crate) spots: SmallVec<[Spot<'b>; 2]>,
    pub(crate) domains: SmallVec<[&'b str; 2]>,
    /// What it tells first, then that in other currencies.
    pub(crate) figures: SmallVec<[Money; 1]>,
    pub(crate) body: BriefBody<'b>,
}

/// What joining compares of each kind of claim that joins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum BriefBody<'b> {
    Pledge(BriefPledge<'b>),
    Agreement(BriefAgreement<'b>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BriefPledge<'b> {
    pub(crate) action: Option<Action>,
    pub(crate) stage: Option<PledgeStage>,
    pub(crate) role: Option<AmountRole>,
    pub(crate) novelty: Option<Novelty>,
    /// The year that it is to be kept by.
    pub(crate) until: Option<[u8; 4]>,
    /// Whether the first figure is its sum, not only a restatement.
    pub(crate) is_sum: bool,
    pub(crate) things: Vec<BriefThing<'b>>,
}

/// A count of things promised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BriefThing<'b> {
    pub(crate) min: Option<Decimal>,
    pub(crate) max: Option<Decimal>,
    pub(crate) qualifier: Qualifier,
    pub(crate) unit: &'b str,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BriefAgreement<'b> {
    pub(crate) stage: Option<AgreementStage>,
    pub(crate) name: Option<AccordName<'b>>,
    pub(crate) date: Option<&'b str>,
}

/// The name of an agreement: as written, and folded, which is what two names are compared by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AccordName<'b> {
    pub(crate) written: &'b str,
    pub(crate) folded: Cow<'b, str>,
}

impl<'b> Brief<'b> {
    /// The brief of a claim; `None` for kinds that do not join.
    pub fn of(sighting: &'b Sighting, knowledge: &Knowledge) -> Option<Self> {
        Self::made(&sighting.id, &sighting.claim, &sighting.context, &sighting.origin, knowledge)
    }

    /// The brief of a claim of a document.
    pub fn of_seen(seen: &'b Seen<'_>, origin: &'b Origin, knowledge: &Knowledge) -> Option<Self> {
        Self::made(&seen.id, seen.claim, &seen.context, origin, knowledge)
    }

    fn made(id: &str, claim: &'b Claim, context: &Context, origin: &'b Origin, knowledge: &Knowledge) -> Option<Self> {
        let (body, places, domains, figures): (_, &'b [String], &'b [String], SmallVec<[Money; 1]>) = match &claim.body
        {
            Body::Pledge(pledge) => (
                BriefBody::Pledge(BriefPledge {
                    action: pledge.action,
                    stage: pledge.stage,
                    role: pledge.amount_role,
                    novelty: pledge.novelty,
                    until: pledge.until.as_deref().and_then(|until| until.as_bytes().first_chunk().copied()),
                    is_sum: pledge.money.is_some(),
                    things: pledge.things.iter().map(thing).collect(),
                }),
                &pledge.place,
                &pledge.domains,
                pledge.money.iter().chain(&pledge.restated).copied().collect(),
            ),
            Body::Agreement(agreement) => {
                let name = |name: &'b String| AccordName { written: name, folded: fold(name).into() };
                (
                    BriefBody::Agreement(BriefAgreement {
                        stage: agreement.stage,
                        name: agreement.name.as_ref().map(name),
                        date: agreement.date.as_deref(),
                    }),
                    &[],
                    &agreement.domains,
                    agreement.money.into_iter().collect(),
                )
            }
            _ => return None,
        };
        let homes = homes(claim, context, knowledge);
        let day = origin.day();
        Some(Self {
            id: claim_bits(id).unwrap_or_default(),
            known: &origin.known,
            document: &origin.document,
            span: claim.span,
            day,
            day_number: day.map(day_number),
            lang: origin.lang.as_deref(),
            who: who(claim, context),
            parties: context.by.len().min(2) as u8,
            spots: places.iter().map(|place| Spot::new(place, &homes, knowledge)).collect(),
            domains: domains.iter().filter(|domain| *domain != NO_FIELD).map(String::as_str).collect(),
            figures,
            body,
        })
    }

    pub(crate) fn pledge(&self) -> Option<&BriefPledge<'b>> {
        match &self.body {
            BriefBody::Pledge(pledge) => Some(pledge),
            BriefBody::Agreement(_) => None,
        }
    }
}

/// A day as a number, one more for each day.
fn day_number(day: Date) -> i32 {
    i32::try_from(Date::ZERO.duration_until(day).as_hours() / 24).unwrap_or(i32::MAX)
}

fn thing(thing: &Thing) -> BriefThing<'_> {
    BriefThing { min: thing.min, max: thing.max, qualifier: thing.qualifier, unit: &thing.unit }
}

/// Which pledgers a claim names (FNV-1a); 0 for accords, and for packages, which are anybody's.
fn who(claim: &Claim, context: &Context) -> u64 {
    let by = &context.by;
    if !matches!(claim.body, Body::Pledge(_)) || is_package(claim, by) {
        return 0;
    }
    let bytes = by.iter().flat_map(|key| key.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The countries that the pledgers of a claim are of, as far as known.
fn homes<'k>(claim: &Claim, context: &Context, knowledge: &'k Knowledge) -> Vec<&'k str> {
    let mut homes: Vec<&str> = context.by.iter().filter_map(|by| knowledge.home(by)).collect();
    if let Body::Pledge(pledge) = &claim.body
        && context.by.is_empty()
    {
        homes.extend(pledge.by.iter().filter_map(|by| knowledge.group(by)));
    }
    homes
}
