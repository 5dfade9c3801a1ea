//! The documented JSON of a document with its claims, one document a line.

use crate::claim::{Agreement, Body, Claim, Participation, Pledge, Presence, Role, Statement};
use crate::{Action, AgreementStage, AmountRole, Change, Novelty, PledgeStage};
use pledgebook_mentions::{Money, Thing};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use std::collections::BTreeMap;

/// One line of `read --format jsonl`: a document and the claims read in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentClaims {
    /// The document's id.
    pub id: String,
    /// Language code.
    pub lang: Option<String>,
    /// Day of publication.
    #[serde(default)]
    pub published: Option<String>,
    /// The outlet.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Where it was.
    #[serde(default)]
    pub url: Option<String>,
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
}

/// A claim as JSON has it: all slots of all kinds side by side.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Record {
    kind: String,
    evidence: String,
    span: [usize; 2],
    sources: Vec<String>,
    aliases: BTreeMap<String, Vec<String>>,
    rule: String,
    confidence: f32,
    by: Vec<String>,
    action: Option<Action>,
    place: Vec<String>,
    domains: Vec<String>,
    money: Option<Money>,
    restated: Vec<Money>,
    things: Vec<Thing>,
    from: Option<String>,
    until: Option<String>,
    over: Option<String>,
    stage: Option<String>,
    total: bool,
    amount_role: Option<AmountRole>,
    novelty: Option<Novelty>,
    part_of: Option<String>,
    parties: Vec<String>,
    name: Option<String>,
    date: Option<String>,
    who: Vec<String>,
    event: Option<String>,
    person: String,
    title: Option<String>,
    organisation: Option<String>,
    former: bool,
    change: Option<Change>,
    speaker: Option<String>,
    quote: String,
}

impl TryFrom<Record> for Claim {
    type Error = String;

    fn try_from(r: Record) -> Result<Self, String> {
        let wrong = |word: &str| format!("'{word}' is no stage of a claim of kind '{}'", r.kind);
        let body = match r.kind.as_str() {
            "pledge" => Body::Pledge(Pledge {
                stage: r.stage.map(|word| PledgeStage::from_word(&word).ok_or_else(|| wrong(&word))).transpose()?,
                by: r.by,
                action: r.action,
                place: r.place,
                domains: r.domains,
                money: r.money,
                restated: r.restated,
                things: r.things,
                from: r.from,
                until: r.until,
                over: r.over,
                total: r.total,
                amount_role: r.amount_role,
                novelty: r.novelty,
                part_of: r.part_of,
            }),
            "agreement" => Body::Agreement(Agreement {
                stage: r.stage.map(|word| AgreementStage::from_word(&word).ok_or_else(|| wrong(&word))).transpose()?,
                parties: r.parties,
                name: r.name,
                domains: r.domains,
                money: r.money,
                date: r.date,
            }),
            "participation" => Body::Participation(Participation { who: r.who, event: r.event, place: r.place }),
            "role" => {
                Body::Role(Role { person: r.person, title: r.title, organisation: r.organisation, former: r.former })
            }
            "presence" => Body::Presence(Presence { who: r.who, place: r.place, change: r.change }),
            "statement" => Body::Statement(Statement { speaker: r.speaker, quote: r.quote }),
            other => return Err(format!("'{other}' is no kind of claim")),
        };
        Ok(Self {
            body,
            evidence: r.evidence,
            span: r.span,
            sources: r.sources,
            aliases: r.aliases,
            rule: r.rule.into(),
            confidence: r.confidence,
            reasons: Vec::new(),
        })
    }
}

impl<'de> Deserialize<'de> for Claim {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Record::deserialize(deserializer)?.try_into().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Claim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.body.kind())?;
        match &self.body {
            Body::Pledge(p) => {
                map.serialize_entry("by", &p.by)?;
                if let Some(action) = &p.action {
                    map.serialize_entry("action", action)?;
                }
                map.serialize_entry("place", &p.place)?;
                map.serialize_entry("domains", &p.domains)?;
                map.serialize_entry("money", &p.money)?;
                map.serialize_entry("restated", &p.restated)?;
                map.serialize_entry("things", &p.things)?;
                if let Some(from) = &p.from {
                    map.serialize_entry("from", from)?;
                }
                map.serialize_entry("until", &p.until)?;
                if let Some(over) = &p.over {
                    map.serialize_entry("over", over)?;
                }
                map.serialize_entry("stage", &p.stage)?;
                if p.total {
                    map.serialize_entry("total", &true)?;
                }
                if let Some(role) = &p.amount_role {
                    map.serialize_entry("amount_role", role)?;
                }
                if let Some(novelty) = &p.novelty {
                    map.serialize_entry("novelty", novelty)?;
                }
                if let Some(part_of) = &p.part_of {
                    map.serialize_entry("part_of", part_of)?;
                }
            }
            Body::Agreement(a) => {
                map.serialize_entry("parties", &a.parties)?;
                map.serialize_entry("name", &a.name)?;
                map.serialize_entry("domains", &a.domains)?;
                map.serialize_entry("stage", &a.stage)?;
                map.serialize_entry("money", &a.money)?;
                map.serialize_entry("date", &a.date)?;
            }
            Body::Participation(p) => {
                map.serialize_entry("who", &p.who)?;
                map.serialize_entry("event", &p.event)?;
                map.serialize_entry("place", &p.place)?;
            }
            Body::Role(r) => {
                map.serialize_entry("person", &r.person)?;
                map.serialize_entry("title", &r.title)?;
                map.serialize_entry("organisation", &r.organisation)?;
                if r.former {
                    map.serialize_entry("former", &true)?;
                }
            }
            Body::Presence(p) => {
                map.serialize_entry("who", &p.who)?;
                map.serialize_entry("place", &p.place)?;
                map.serialize_entry("change", &p.change)?;
            }
            Body::Statement(s) => {
                map.serialize_entry("speaker", &s.speaker)?;
                map.serialize_entry("quote", &s.quote)?;
            }
        }
        map.serialize_entry("sources", &self.sources)?;
        map.serialize_entry("evidence", &self.evidence)?;
        map.serialize_entry("span", &self.span)?;
        if !self.aliases.is_empty() {
            map.serialize_entry("aliases", &self.aliases)?;
        }
        map.serialize_entry("rule", &self.rule)?;
        map.serialize_entry("confidence", &self.confidence)?;
        map.end()
    }
}
