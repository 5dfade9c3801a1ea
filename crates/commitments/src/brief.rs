//! What joining compares of a claim, and nothing else: small enough that a block of thousands is read in milliseconds.

use crate::entity::fold;
use crate::join::Spot;
use crate::sighting::{Sighting, is_package};
use crate::{ClaimId, Knowledge};
use jiff::civil::Date;
use pledgebook_claims::{Action, AgreementStage, AmountRole, Body, Novelty, PledgeStage};
use pledgebook_mentions::{Money, Thing};

mod bytes;

/// The field that says of no purpose what it is.
const NO_FIELD: &str = "other";

/// A claim as joining sees it. Made of a [`Sighting`]; written and read as bytes, so that old claims need not be parsed to join a
/// new one.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief {
    /// The claim's id.
    pub(crate) id: u64,
    /// Day on which the document was known, its id, and the span of the claim: the order of knowing.
    pub(crate) known: Box<str>,
    pub(crate) document: Box<str>,
    pub(crate) span: [usize; 2],
    /// Day of publication.
    pub(crate) day: Option<Date>,
    pub(crate) lang: Option<Box<str>>,
    /// Which pledgers are named, in 64 bits; 0 where that is not compared.
    pub(crate) who: u64,
    /// How many pledgers or parties are named: none, one, or two and more.
    pub(crate) parties: u8,
    pub(crate) spots: Vec<Spot>,
    pub(crate) domains: Vec<Box<str>>,
    /// What it tells first, then that in other currencies.
    pub(crate) figures: Vec<Money>,
    pub(crate) body: BriefBody,
}

/// What joining compares of each kind of claim that joins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum BriefBody {
    Pledge(BriefPledge),
    Agreement(BriefAgreement),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BriefPledge {
    pub(crate) action: Option<Action>,
    pub(crate) stage: Option<PledgeStage>,
    pub(crate) role: Option<AmountRole>,
    pub(crate) novelty: Option<Novelty>,
    /// The year that it is to be kept by.
    pub(crate) until: Option<[u8; 4]>,
    /// Whether the first figure is its sum, not only a restatement.
    pub(crate) is_sum: bool,
    pub(crate) things: Vec<Thing>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BriefAgreement {
    pub(crate) stage: Option<AgreementStage>,
    pub(crate) name: Option<AccordName>,
    pub(crate) date: Option<Box<str>>,
}

/// The name of an agreement: as written, and folded, which is what two names are compared by.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct AccordName {
    pub(crate) written: Box<str>,
    pub(crate) folded: Box<str>,
}

impl Brief {
    /// The brief of a claim; `None` for kinds that do not join.
    pub fn of(sighting: &Sighting, knowledge: &Knowledge) -> Option<Self> {
        let (body, places, domains, figures): (_, &[String], _, Vec<Money>) = match &sighting.claim.body {
            Body::Pledge(pledge) => (
                BriefBody::Pledge(BriefPledge {
                    action: pledge.action,
                    stage: pledge.stage,
                    role: pledge.amount_role,
                    novelty: pledge.novelty,
                    until: pledge.until.as_deref().and_then(|until| until.as_bytes().first_chunk().copied()),
                    is_sum: pledge.money.is_some(),
                    things: pledge.things.clone(),
                }),
                &pledge.place,
                &pledge.domains,
                pledge.money.iter().chain(&pledge.restated).copied().collect(),
            ),
            Body::Agreement(agreement) => {
                let name = |name: &String| AccordName { written: name.as_str().into(), folded: fold(name).into() };
                (
                    BriefBody::Agreement(BriefAgreement {
                        stage: agreement.stage,
                        name: agreement.name.as_ref().map(name),
                        date: agreement.date.as_deref().map(Box::from),
                    }),
                    &[],
                    &agreement.domains,
                    agreement.money.into_iter().collect(),
                )
            }
            _ => return None,
        };
        let origin = &sighting.origin;
        let homes = homes(sighting, knowledge);
        Some(Self {
            id: u64::from_str_radix(&sighting.id, 16).unwrap_or_default(),
            known: origin.known.as_str().into(),
            document: origin.document.as_str().into(),
            span: sighting.claim.span,
            day: origin.published.as_deref().and_then(|day| day.parse().ok()),
            lang: origin.lang.as_deref().map(Box::from),
            who: who(sighting),
            parties: sighting.context.by.len().min(2) as u8,
            spots: places.iter().map(|place| Spot::new(place, &homes, knowledge)).collect(),
            domains: domains.iter().filter(|domain| *domain != NO_FIELD).map(|domain| domain.as_str().into()).collect(),
            figures,
            body,
        })
    }

    /// The claim's id.
    pub fn id(&self) -> ClaimId {
        format!("{:016x}", self.id)
    }

    /// The order in which claims were known: day, document, place in the text.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        let documents = self.known.cmp(&other.known).then_with(|| self.document.cmp(&other.document));
        documents.then_with(|| self.span.cmp(&other.span)).then_with(|| self.id.cmp(&other.id))
    }

    /// Whether two claims are of one document.
    pub(crate) fn is_beside(&self, other: &Self) -> bool {
        self.known == other.known && self.document == other.document
    }

    pub(crate) fn pledge(&self) -> Option<&BriefPledge> {
        match &self.body {
            BriefBody::Pledge(pledge) => Some(pledge),
            BriefBody::Agreement(_) => None,
        }
    }
}

/// Which pledgers a claim names (FNV-1a); 0 for accords, and for packages, which are anybody's.
fn who(sighting: &Sighting) -> u64 {
    let by = &sighting.context.by;
    if !matches!(sighting.claim.body, Body::Pledge(_)) || is_package(&sighting.claim, by) {
        return 0;
    }
    let bytes = by.iter().flat_map(|key| key.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The countries that the pledgers of a claim are of, as far as known.
fn homes<'k>(sighting: &Sighting, knowledge: &'k Knowledge) -> Vec<&'k str> {
    let mut homes: Vec<&str> = sighting.context.by.iter().filter_map(|by| knowledge.home(by)).collect();
    if let Body::Pledge(pledge) = &sighting.claim.body
        && sighting.context.by.is_empty()
    {
        homes.extend(pledge.by.iter().filter_map(|by| knowledge.group(by)));
    }
    homes
}
