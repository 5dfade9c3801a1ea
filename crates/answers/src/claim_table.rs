//! Claims as rows of CSV.

use pledgebook_claims::{Body, DocumentClaims};
use std::io::{self, Write};

const HEAD: [&str; 25] = [
    "document",
    "published",
    "publisher",
    "lang",
    "kind",
    "who",
    "action",
    "place",
    "domains",
    "currency",
    "min",
    "max",
    "qualifier",
    "things",
    "until",
    "stage",
    "object",
    "title",
    "organisation",
    "sources",
    "evidence",
    "start",
    "end",
    "rule",
    "confidence",
];

/// Writes claims as comma-separated values, one a row; several values of a slot are held apart by "; ".
#[derive(Debug)]
pub struct ClaimTable<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> ClaimTable<W> {
    /// Writes the head line.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn new(out: W) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(HEAD)?;
        Ok(Self { out })
    }

    /// Writes the claims of a document.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn push(&mut self, document: &DocumentClaims) -> io::Result<()> {
        let given = |field: &Option<String>| field.clone().unwrap_or_default();
        for claim in &document.claims {
            let slots = slots(&claim.body);
            self.out.write_record([
                document.id.clone(),
                given(&document.published),
                given(&document.publisher),
                given(&document.lang),
                claim.body.kind().to_owned(),
                slots.who,
                slots.action,
                slots.place,
                slots.domains,
                slots.currency,
                slots.min,
                slots.max,
                slots.qualifier,
                slots.things,
                slots.until,
                slots.stage,
                slots.object,
                slots.title,
                slots.organisation,
                claim.sources.join("; "),
                claim.evidence.clone(),
                claim.span[0].to_string(),
                claim.span[1].to_string(),
                claim.rule.to_string(),
                format!("{:.2}", claim.confidence),
            ])?;
        }
        Ok(())
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The slots of any kind, side by side.
#[derive(Default)]
struct Slots {
    who: String,
    action: String,
    place: String,
    domains: String,
    currency: String,
    min: String,
    max: String,
    qualifier: String,
    things: String,
    until: String,
    stage: String,
    object: String,
    title: String,
    organisation: String,
}

fn slots(body: &Body) -> Slots {
    let list = |values: &[String]| values.join("; ");
    let mut slots = Slots::default();
    let money = match body {
        Body::Pledge(pledge) => pledge.money.as_ref(),
        Body::Agreement(agreement) => agreement.money.as_ref(),
        _ => None,
    };
    if let Some(money) = money {
        slots.currency = money.currency.map_or(String::new(), |currency| currency.code().to_owned());
        slots.min = money.min.map_or(String::new(), |min| min.normalize().to_string());
        slots.max = money.max.map_or(String::new(), |max| max.normalize().to_string());
        slots.qualifier = crate::word_of(&money.qualifier);
    }
    match body {
        Body::Pledge(pledge) => {
            slots.who = list(&pledge.by);
            slots.action = pledge.action.map_or(String::new(), |action| action.word().to_owned());
            slots.place = list(&pledge.place);
            slots.domains = list(&pledge.domains);
            slots.things = pledge.things.iter().map(crate::amount::thing).collect::<Vec<_>>().join("; ");
            slots.until = pledge.until.clone().unwrap_or_default();
            slots.stage = pledge.stage.map_or(String::new(), |stage| stage.word().to_owned());
        }
        Body::Agreement(agreement) => {
            slots.who = list(&agreement.parties);
            slots.domains = list(&agreement.domains);
            slots.until = agreement.date.clone().unwrap_or_default();
            slots.stage = agreement.stage.map_or(String::new(), |stage| stage.word().to_owned());
            slots.object = agreement.name.clone().unwrap_or_default();
        }
        Body::Participation(participation) => {
            slots.who = list(&participation.who);
            slots.place = list(&participation.place);
            slots.object = participation.event.clone().unwrap_or_default();
        }
        Body::Role(role) => {
            slots.who.clone_from(&role.person);
            slots.title = role.title.clone().unwrap_or_default();
            slots.organisation = role.organisation.clone().unwrap_or_default();
            slots.stage = if role.former { "former".to_owned() } else { String::new() };
        }
        Body::Presence(presence) => {
            slots.who = list(&presence.who);
            slots.place = list(&presence.place);
            slots.stage = presence.change.map_or(String::new(), |change| change.word().to_owned());
        }
        Body::Statement(statement) => {
            slots.who = statement.speaker.clone().unwrap_or_default();
            slots.object.clone_from(&statement.quote);
        }
    }
    slots
}
