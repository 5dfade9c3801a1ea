//! A claim that waits to be joined, in few bytes. Many wait at once, and each is asked for only when what it tells is summed up: kept as
//! words and lists of their own, they would be spread over all of the memory by then.

use crate::packed::{QUALIFIERS, Reader, Writer};
use crate::record::{claim_bits, claim_id};
use crate::{Context, Origin, Seen, Sighting};
use pledgebook_claims::{Action, Agreement, AgreementStage, AmountRole, Body, Claim, Novelty, Pledge, PledgeStage};
use pledgebook_mentions::{Money, Thing};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Seen<'_> {
    /// Writes the claim behind what is there, without what neither joining nor lists look at.
    pub fn pack(&self, out: &mut Vec<u8>) {
        pack(&self.id, self.claim, &self.context, out);
    }
}

impl Sighting {
    /// The claim of a document that was packed so; `None` where the bytes are cut short.
    pub fn unpack(bytes: &[u8], origin: &Arc<Origin>) -> Option<Self> {
        let mut from = Reader(bytes);
        let id = claim_id(u64::from_le_bytes(from.array()?));
        let span = [from.size()?, from.size()?];
        let confidence = f32::from_le_bytes(from.array()?);
        let context = Context {
            by: words(&mut from)?,
            written: words(&mut from)?,
            core: words(&mut from)?,
            ground: from.word()?.to_owned(),
            origin: from.word()?.to_owned(),
            wholes: words(&mut from)?,
            ..Context::default()
        };
        let claim = Claim {
            body: body(&mut from)?,
            evidence: String::new(),
            span,
            sources: Vec::new(),
            aliases: BTreeMap::new(),
            rule: "".into(),
            confidence,
            reasons: Vec::new(),
        };
        Some(Self { id, claim, context, origin: Arc::clone(origin) })
    }
}

fn pack(id: &str, claim: &Claim, context: &Context, out: &mut Vec<u8>) {
    let mut out = Writer(out);
    out.0.extend(claim_bits(id).unwrap_or_default().to_le_bytes());
    out.number(claim.span[0] as u64);
    out.number(claim.span[1] as u64);
    out.0.extend(claim.confidence.to_le_bytes());
    let word = |out: &mut Writer<'_>, word: &String| out.word(word);
    out.list(&context.by, word);
    out.list(&context.written, word);
    out.list(&context.core, word);
    out.word(&context.ground);
    out.word(&context.origin);
    out.list(&context.wholes, word);
    match &claim.body {
        Body::Pledge(pledge) => {
            out.0.push(PLEDGE);
            out.list(&pledge.by, word);
            out.one_of(Action::ALL, pledge.action);
            out.list(&pledge.place, word);
            out.list(&pledge.domains, word);
            out.list(pledge.money.as_slice(), Writer::money);
            out.list(&pledge.restated, Writer::money);
            out.list(&pledge.things, |out, thing| out.thing(thing.min, thing.max, thing.qualifier, &thing.unit));
            for told in [&pledge.from, &pledge.until, &pledge.over, &pledge.part_of] {
                out.told(told.as_deref());
            }
            out.one_of(PledgeStage::ALL, pledge.stage);
            out.0.push(u8::from(pledge.total));
            out.one_of(AmountRole::ALL, pledge.amount_role);
            out.one_of(Novelty::ALL, pledge.novelty);
        }
        Body::Agreement(agreement) => {
            out.0.push(AGREEMENT);
            out.list(&agreement.parties, word);
            out.told(agreement.name.as_deref());
            out.list(&agreement.domains, word);
            out.one_of(AgreementStage::ALL, agreement.stage);
            out.list(agreement.money.as_slice(), Writer::money);
            out.told(agreement.date.as_deref());
        }
        // The other kinds do not join.
        _ => {}
    }
}

const PLEDGE: u8 = 1;
const AGREEMENT: u8 = 2;

fn words(from: &mut Reader<'_>) -> Option<Vec<String>> {
    from.list(|from| from.word().map(str::to_owned))
}

fn told(from: &mut Reader<'_>) -> Option<Option<String>> {
    from.told().map(|word| word.map(str::to_owned))
}

fn money(from: &mut Reader<'_>) -> Option<Option<Money>> {
    from.list(Reader::money).map(|money| money.first().copied())
}

fn thing(from: &mut Reader<'_>) -> Option<Thing> {
    let (min, max) = (from.figure()?, from.figure()?);
    Some(Thing { min, max, qualifier: from.one_of(&QUALIFIERS)??, unit: from.word()?.to_owned() })
}

fn body(from: &mut Reader<'_>) -> Option<Body> {
    Some(match from.byte()? {
        PLEDGE => Body::Pledge(Pledge {
            by: words(from)?,
            action: from.one_of(Action::ALL)?,
            place: words(from)?,
            domains: words(from)?,
            money: money(from)?,
            restated: from.list(Reader::money)?,
            things: from.list(thing)?,
            from: told(from)?,
            until: told(from)?,
            over: told(from)?,
            part_of: told(from)?,
            stage: from.one_of(PledgeStage::ALL)?,
            total: from.byte()? != 0,
            amount_role: from.one_of(AmountRole::ALL)?,
            novelty: from.one_of(Novelty::ALL)?,
        }),
        AGREEMENT => Body::Agreement(Agreement {
            parties: words(from)?,
            name: told(from)?,
            domains: words(from)?,
            stage: from.one_of(AgreementStage::ALL)?,
            money: money(from)?,
            date: told(from)?,
        }),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::{DocumentRecord, Knowledge, Sighting, sight};
    use pledgebook_claims::Claim;
    use pledgebook_lexicon::Data;

    #[test]
    fn what_joining_and_lists_look_at_survives_its_bytes() {
        let knowledge = Knowledge::load(&Data::embedded()).unwrap();
        let claims = [
            r#"{"kind": "pledge", "by": ["Acme", "Bodan Bau"], "place": ["GB", "Bolsover"], "domains": ["ai"], "action": "invest",
                "money": {"min": "0.5", "max": 79228162514264337593543950335, "currency": "GBP", "qualifier": "range"},
                "restated": [{"min": null, "max": -7, "currency": null, "qualifier": "up_to"}], "until": "2029-05",
                "things": [{"min": 100, "max": null, "qualifier": "at_least", "unit": "job"}], "stage": "planned",
                "amount_role": "component", "total": true, "part_of": "Plan", "span": [300, 70000], "confidence": 0.25}"#,
            r#"{"kind": "agreement", "parties": ["GB", "US"], "name": "Accord d’Évian", "domains": [], "stage": "signed",
                "date": "2025-09", "span": [1, 2]}"#,
        ];
        let record = DocumentRecord {
            id: "d/1".into(),
            read: "2026-01-15".into(),
            claims: claims.iter().map(|claim| serde_json::from_str::<Claim>(claim).unwrap()).collect(),
            ..DocumentRecord::default()
        };
        for mut sighting in sight(&record, &knowledge) {
            let mut bytes = Vec::new();
            super::pack(&sighting.id, &sighting.claim, &sighting.context, &mut bytes);
            // These are not kept.
            sighting.context.sources.clear();
            sighting.context.under.clear();
            sighting.context.delegation.clear();
            assert_eq!(Sighting::unpack(&bytes, &sighting.origin).as_ref(), Some(&sighting));
            for end in 0..bytes.len() {
                assert!(Sighting::unpack(&bytes[..end], &sighting.origin).is_none(), "{end}");
            }
        }
    }
}
