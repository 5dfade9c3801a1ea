//! A brief as bytes: numbers in as few bytes as they need, words behind their length. It is derived from the claim and can be
//! derived again, so a reader that does not know the form says so and the claim is parsed instead.

use super::glance::{Around, Glance};
use super::{AccordName, Brief, BriefAgreement, BriefBody, BriefPledge, BriefThing, day_number};
use crate::join::Spot;
use crate::packed::{QUALIFIERS, Reader, Writer};
use pledgebook_claims::{Action, AgreementStage, AmountRole, Novelty, PledgeStage};
use smallvec::SmallVec;
use std::borrow::Cow;

/// The form that is written; another number is another form.
const FORM: u8 = 3;
/// Where the byte with the number of parties and the kind stands.
const FLAGS_AT: usize = 1;
const IS_PLEDGE: u8 = 1 << 2;

impl<'b> Brief<'b> {
    /// Writes the brief behind what is there.
    pub fn write(&self, out: &mut Vec<u8>) {
        let mut out = Writer(out);
        out.0.push(FORM);
        out.0.push(self.parties | if self.pledge().is_some() { IS_PLEDGE } else { 0 });
        out.0.extend(self.id.to_le_bytes());
        out.0.extend(self.who.to_le_bytes());
        out.word(self.known);
        out.word(self.document);
        out.number(self.span[0] as u64);
        out.number(self.span[1] as u64);
        out.date(self.day);
        out.told(self.lang);
        out.list(&self.spots, |out, spot| {
            out.word(&spot.key);
            out.told(spot.country.as_deref());
            out.0.push(u8::from(spot.is_home));
        });
        out.list(&self.domains, |out, domain| out.word(domain));
        out.list(&self.figures, Writer::money);
        match &self.body {
            BriefBody::Pledge(pledge) => {
                out.one_of(Action::ALL, pledge.action);
                out.one_of(PledgeStage::ALL, pledge.stage);
                out.one_of(AmountRole::ALL, pledge.role);
                out.one_of(Novelty::ALL, pledge.novelty);
                out.0.extend(pledge.until.unwrap_or_default());
                out.0.push(u8::from(pledge.is_sum));
                out.list(&pledge.things, |out, thing| out.thing(thing.min, thing.max, thing.qualifier, thing.unit));
            }
            BriefBody::Agreement(agreement) => {
                out.one_of(AgreementStage::ALL, agreement.stage);
                out.told(agreement.name.as_ref().map(|name| name.written));
                out.told(agreement.name.as_ref().map(|name| &*name.folded));
                out.told(agreement.date);
            }
        }
    }

    /// The 64 bits of the id of the claim whose brief is stored so; `None` where it is of another form.
    pub fn id_in(bytes: &[u8]) -> Option<u64> {
        Reader(bytes).id()
    }

    /// The brief of bytes; `None` where they are cut short or of another form.
    pub(super) fn from_bytes(bytes: &'b [u8]) -> Option<Self> {
        let mut from = Reader(bytes);
        let id = from.id()?;
        let flags = bytes.get(FLAGS_AT).copied()?;
        let who = u64::from_le_bytes(from.array()?);
        let (known, document) = (from.word()?, from.word()?);
        let span = [from.size()?, from.size()?];
        let day = from.date()?;
        let lang = from.told()?;
        let mut spots = SmallVec::new();
        for _ in 0..from.size()? {
            spots.push(Spot::of_parts(from.word()?.into(), from.told()?.map(Cow::from), from.byte()? != 0));
        }
        let mut domains = SmallVec::new();
        for _ in 0..from.size()? {
            domains.push(from.word()?);
        }
        let mut figures = SmallVec::new();
        for _ in 0..from.size()? {
            figures.push(from.money()?);
        }
        let body = if flags & IS_PLEDGE != 0 {
            let (action, stage) = (from.one_of(Action::ALL)?, from.one_of(PledgeStage::ALL)?);
            let (role, novelty) = (from.one_of(AmountRole::ALL)?, from.one_of(Novelty::ALL)?);
            let until = Some(from.array()?).filter(|year| *year != [0; 4]);
            let is_sum = from.byte()? != 0;
            let mut things = Vec::new();
            for _ in 0..from.size()? {
                things.push(BriefThing {
                    min: from.figure()?,
                    max: from.figure()?,
                    qualifier: from.one_of(&QUALIFIERS)??,
                    unit: from.word()?,
                });
            }
            BriefBody::Pledge(BriefPledge { action, stage, role, novelty, until, is_sum, things })
        } else {
            let stage = from.one_of(AgreementStage::ALL)?;
            let (written, folded) = (from.told()?, from.told()?);
            let name = written.zip(folded).map(|(written, folded)| AccordName { written, folded: folded.into() });
            BriefBody::Agreement(BriefAgreement { stage, name, date: from.told()? })
        };
        let (day_number, parties) = (day.map(day_number), flags & 3);
        Some(Self { id, known, document, span, day, day_number, lang, who, parties, spots, domains, figures, body })
    }
}

impl<'b> Glance<'b> {
    /// What is seen of a stored brief; `None` where it is cut short or of another form.
    pub(super) fn of_bytes(bytes: &'b [u8]) -> Option<Self> {
        let mut from = Reader(bytes);
        let id = from.id()?;
        let is_agreement = bytes.get(FLAGS_AT)? & IS_PLEDGE == 0;
        from.skip(size_of::<u64>())?;
        let (known, document) = (from.letters()?, from.letters()?);
        let span = [from.size()?, from.size()?];
        from.date()?;
        let lang = from.size()?;
        from.skip(lang.saturating_sub(1))?;
        let mut broken = false;
        let spots = (0..from.size()?).map_while(|_| {
            let spot = from.spot();
            broken |= spot.is_none();
            spot
        });
        let around = Around::of(spots);
        (!broken).then_some(Self { id, known, document, span, around, is_agreement })
    }
}

impl<'b> Reader<'b> {
    /// The claim's id, behind the form and the flags that a brief begins with.
    fn id(&mut self) -> Option<u64> {
        let [form, _] = self.array()?;
        if form != FORM {
            return None;
        }
        self.array().map(u64::from_le_bytes)
    }

    /// Of a place, its country as far as known and whether it is only the one that the pledger is of.
    fn spot(&mut self) -> Option<(Option<&'b [u8]>, bool)> {
        self.letters()?;
        let country = match self.size()? {
            0 => None,
            length => {
                let (country, rest) = self.0.split_at_checked(length - 1)?;
                self.0 = rest;
                Some(country)
            }
        };
        Some((country, self.byte()? != 0))
    }
}

#[cfg(test)]
mod tests {
    use crate::brief::glance::Glance;
    use crate::{Brief, DocumentRecord, Knowledge, sight};
    use pledgebook_claims::Claim;
    use pledgebook_lexicon::Data;

    #[test]
    fn a_brief_survives_its_bytes_and_a_cut_one_is_none() {
        let knowledge = Knowledge::load(&Data::embedded()).unwrap();
        let claims = [
            r#"{"kind": "pledge", "by": ["Acme"], "place": ["GB", "Bolsover"], "domains": ["ai"], "action": "invest",
                "money": {"min": "0.5", "max": 79228162514264337593543950335, "currency": "GBP", "qualifier": "range"},
                "restated": [{"min": null, "max": -7, "currency": null, "qualifier": "up_to"}], "until": "2029-05",
                "things": [{"min": 100, "max": null, "qualifier": "at_least", "unit": "job"}], "stage": "planned",
                "evidence": "x", "span": [300, 70000]}"#,
            r#"{"kind": "agreement", "parties": ["GB", "US"], "name": "Accord d’Évian", "domains": [], "stage": "signed",
                "date": "2025-09", "evidence": "y", "span": [1, 2]}"#,
        ];
        let record = DocumentRecord {
            id: "d/1".into(),
            published: Some("2025-09-14".into()),
            read: "2026-01-15".into(),
            lang: Some("fr".into()),
            claims: claims.iter().map(|claim| serde_json::from_str::<Claim>(claim).unwrap()).collect(),
            ..DocumentRecord::default()
        };
        for sighting in sight(&record, &knowledge) {
            let mut bytes = Vec::new();
            let brief = Brief::of(&sighting, &knowledge).unwrap();
            brief.write(&mut bytes);
            assert_eq!(Brief::from_bytes(&bytes).as_ref(), Some(&brief));
            assert_eq!(Brief::id_in(&bytes), u64::from_str_radix(&sighting.id, 16).ok());
            assert_eq!(Glance::of_bytes(&bytes), Some(Glance::of(&brief)));
            for end in 0..bytes.len() {
                assert!(Brief::from_bytes(&bytes[..end]).is_none(), "{end}");
            }
        }
    }
}
