//! Commitments, agreements, conflicts and documents as tables for people and as comma-separated values.

use crate::{Amounts, PlainTable, one_line, shortened, spaced, thing, words};
use pledgebook_commitments::{
    Agreement, Bounds, ClaimId, Commitment, Compared, Conflict, MoneyRelation, Rates, Subject,
};
use pledgebook_ledger::DocumentRow;
use pledgebook_mentions::{Currency, Qualifier};
use std::io::{self, Write};

/// How many digits of an id people are shown; commands take any beginning that is one id's.
const ID_DIGITS: usize = 8;
/// Longest title in a table, in characters.
const TITLE_CHARS_MAX: usize = 70;

/// A sum laid out in another currency at the rate of a day; `None` where no rate is known: then nothing is guessed.
pub fn in_currency(money: &Bounds, day: &str, to: Currency, rates: &Rates) -> Option<Compared> {
    let rate = rates.rate(money.currency?, to, day.get(..10)?.parse().ok()?)?;
    let convert = |figure: Option<_>| match figure {
        Some(figure) => rate.convert(figure).map(Some),
        None => Some(None),
    };
    Some(Compared {
        currency: to,
        rate: rate.rate.normalize().to_string(),
        rate_day: rate.day.to_string(),
        rate_source: rate.source.clone(),
        low: convert(money.low)?,
        high: convert(money.high)?,
    })
}

/// The beginning of an id that tables show.
pub fn short_id(id: &str) -> &str {
    id.get(..ID_DIGITS).unwrap_or(id)
}

/// Who undertakes what, where: "BlackRock · GB · data centres".
pub fn commitment_label(commitment: &Commitment) -> String {
    let by = if commitment.by.is_empty() { "(nobody named)".to_owned() } else { commitment.by.join(", ") };
    let things = commitment.things.iter().map(thing).collect::<Vec<_>>().join(", ");
    joined([by, things, commitment.place.join(", "), words(&commitment.domains)])
}

/// Who agrees on what: "GB – US · Technology Prosperity Deal · ai, quantum".
pub fn agreement_label(agreement: &Agreement) -> String {
    joined([agreement.parties.join(" – "), agreement.name.clone().unwrap_or_default(), words(&agreement.domains)])
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The sum of a commitment, beside it in another currency where sources told it in two, or where the reader asks for one.
pub fn amount(money: Option<&Bounds>, beside: Option<&Compared>, amounts: &Amounts) -> String {
    let Some(money) = money else { return "not said".to_owned() };
    let beside = beside.filter(|beside| money.currency != Some(beside.currency)).map(|beside| {
        let bounds = Bounds { low: beside.low, high: beside.high, currency: Some(beside.currency) };
        format!(" ({})", amounts.bounds(&amounts.rounded(&bounds)))
    });
    format!("{}{}", amounts.bounds(money), beside.unwrap_or_default())
}

/// The sum of a commitment as its sources state it: "billions" stays "billions" where no source is more exact.
pub fn commitment_amount(commitment: &Commitment, beside: Option<&Compared>, amounts: &Amounts) -> String {
    let mut told = commitment.claims.iter().filter_map(|claim| claim.money.as_ref());
    match told.next() {
        Some(money) if money.qualifier == Qualifier::Vague && told.all(|other| other.qualifier == Qualifier::Vague) => {
            amounts.money(money)
        }
        _ => amount(commitment.money.as_ref(), beside, amounts),
    }
}

/// Commitments for people. `beside` gives the sum in the currency that was asked for.
pub fn commitment_table(
    commitments: &[Commitment],
    amounts: &Amounts,
    beside: impl Fn(&Commitment) -> Option<Compared>,
) -> String {
    let mut table = PlainTable::new(["ID", "COMMITMENT", "STAGE", "AMOUNT", "STATUS", "ORIGINS", "LAST"]);
    for commitment in commitments {
        let beside = beside(commitment).or_else(|| commitment.compared.clone());
        table.push([
            short_id(&commitment.id).to_owned(),
            commitment_label(commitment),
            commitment.stage.map_or("–".to_owned(), |stage| spaced(stage.word())),
            commitment_amount(commitment, beside.as_ref(), amounts),
            status(commitment.status.word(), commitment.stale, commitment.envelope),
            commitment.origins.len().to_string(),
            commitment.last_known.clone(),
        ]);
    }
    table.to_string()
}

/// Agreements for people.
pub fn agreement_table(
    agreements: &[Agreement],
    amounts: &Amounts,
    beside: impl Fn(&Agreement) -> Option<Compared>,
) -> String {
    let mut table = PlainTable::new(["ID", "AGREEMENT", "STAGES", "AMOUNT", "STATUS", "ORIGINS", "LAST"]);
    for agreement in agreements {
        let beside = beside(agreement).or_else(|| agreement.compared.clone());
        let money = agreement.money.as_ref();
        table.push([
            short_id(&agreement.id).to_owned(),
            agreement_label(agreement),
            history(agreement),
            money.map_or("–".to_owned(), |money| amount(Some(money), beside.as_ref(), amounts)),
            status(agreement.status.word(), agreement.stale, false),
            agreement.origins.len().to_string(),
            agreement.last_known.clone(),
        ]);
    }
    table.to_string()
}

fn status(word: &str, stale: bool, envelope: bool) -> String {
    let mut status = word.to_owned();
    if stale {
        status.push_str(", stale");
    }
    if envelope {
        status.push_str(", envelope");
    }
    status
}

/// The stages of an agreement, each with the first day that somebody stated it: "to be signed (2025-09-13) → signed (2025-09-18)".
pub fn history(agreement: &Agreement) -> String {
    let mut steps: Vec<(String, &str)> = Vec::new();
    for step in &agreement.stages {
        let stage = spaced(&step.stage.to_string());
        if steps.iter().all(|(known, _)| *known != stage) {
            steps.push((stage, &step.day));
        }
    }
    if steps.is_empty() {
        return agreement.stage.map_or("–".to_owned(), |stage| spaced(stage.word()));
    }
    steps.iter().map(|(stage, day)| format!("{stage} ({day})")).collect::<Vec<_>>().join(" → ")
}

/// Documents for people.
pub fn document_table(documents: &[DocumentRow]) -> String {
    let mut table = PlainTable::new(["DOCUMENT", "PUBLISHED", "LANGUAGE", "OUTLET", "CLAIMS", "TITLE"]);
    for document in documents {
        let given = |field: &Option<String>| field.clone().unwrap_or_else(|| "–".to_owned());
        let title = one_line(document.title.as_deref().unwrap_or("–"));
        table.push([
            document.id.clone(),
            given(&document.published),
            given(&document.lang),
            given(&document.publisher),
            document.claims.to_string(),
            shortened(&title, TITLE_CHARS_MAX),
        ]);
    }
    table.to_string()
}

/// One point on which sources differ, with what it is about.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Difference<'s> {
    /// The commitment or agreement.
    pub id: &'s ClaimId,
    /// "commitment" or "agreement".
    pub kind: &'static str,
    /// Pledgers or parties.
    pub by: &'s [String],
    /// How the figures stand to each other, and why.
    #[serde(flatten)]
    pub conflict: &'s Conflict,
    #[serde(skip)]
    label: String,
}

/// The points on which the sources of commitments and agreements differ, the gravest first.
pub fn differences<'s>(commitments: &'s [Commitment], agreements: &'s [Agreement]) -> Vec<Difference<'s>> {
    let of_commitments = commitments.iter().flat_map(|commitment| {
        commitment.conflicts.iter().map(|conflict| Difference {
            id: &commitment.id,
            kind: "commitment",
            by: &commitment.by,
            conflict,
            label: commitment_label(commitment),
        })
    });
    let of_agreements = agreements.iter().flat_map(|agreement| {
        agreement.conflicts.iter().map(|conflict| Difference {
            id: &agreement.id,
            kind: "agreement",
            by: &agreement.parties,
            conflict,
            label: agreement_label(agreement),
        })
    });
    let mut all: Vec<Difference<'s>> = of_commitments
        .chain(of_agreements)
        .filter(|difference| difference.conflict.relation != MoneyRelation::Equal)
        .collect();
    all.sort_by(|a, b| b.conflict.relation.cmp(&a.conflict.relation).then_with(|| a.id.cmp(b.id)));
    all
}

/// Differences for people: what it is about, then the sentence that explains it.
pub fn difference_list(differences: &[Difference<'_>]) -> String {
    let mut out = String::new();
    let mut before = "";
    for difference in differences {
        if difference.id != before {
            out.push_str(&format!("{}  {}\n", short_id(difference.id), difference.label));
            before = difference.id;
        }
        out.push_str(&format!("  {:13} {}\n", difference.conflict.relation.word(), difference.conflict.why));
    }
    out
}

/// Commitments as comma-separated values; several values of a slot are held apart by "; ".
///
/// # Errors
/// When `out` takes no more.
pub fn commitment_csv(
    out: impl Write,
    commitments: &[Commitment],
    beside: impl Fn(&Commitment) -> Option<Compared>,
) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "id",
        "by",
        "action",
        "place",
        "domains",
        "currency",
        "low",
        "high",
        "in_currency",
        "in_low",
        "in_high",
        "rate",
        "rate_day",
        "things",
        "until",
        "stage",
        "status",
        "envelope",
        "stale",
        "origins",
        "independent_origins",
        "first_known",
        "last_known",
        "claims",
        "part_of",
    ])?;
    for c in commitments {
        let [currency, low, high] = bounds_cells(c.money.as_ref());
        let [in_currency, in_low, in_high, rate, rate_day] = compared_cells(beside(c).or_else(|| c.compared.clone()));
        csv.write_record([
            c.id.clone(),
            c.by.join("; "),
            c.action.map_or(String::new(), |action| action.word().to_owned()),
            c.place.join("; "),
            c.domains.join("; "),
            currency,
            low,
            high,
            in_currency,
            in_low,
            in_high,
            rate,
            rate_day,
            c.things.iter().map(thing).collect::<Vec<_>>().join("; "),
            c.until.clone().unwrap_or_default(),
            c.stage.map_or(String::new(), |stage| stage.word().to_owned()),
            c.status.word().to_owned(),
            c.envelope.to_string(),
            c.stale.to_string(),
            chains(&c.origins),
            c.origins.len().to_string(),
            c.first_known.clone(),
            c.last_known.clone(),
            c.claims.len().to_string(),
            c.part_of.join("; "),
        ])?;
    }
    csv.flush()
}

/// Agreements as comma-separated values.
///
/// # Errors
/// When `out` takes no more.
pub fn agreement_csv(
    out: impl Write,
    agreements: &[Agreement],
    beside: impl Fn(&Agreement) -> Option<Compared>,
) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "id",
        "parties",
        "name",
        "domains",
        "stage",
        "date",
        "currency",
        "low",
        "high",
        "in_currency",
        "in_low",
        "in_high",
        "rate",
        "rate_day",
        "status",
        "stale",
        "origins",
        "independent_origins",
        "first_known",
        "last_known",
        "claims",
        "commitments",
    ])?;
    for a in agreements {
        let [currency, low, high] = bounds_cells(a.money.as_ref());
        let [in_currency, in_low, in_high, rate, rate_day] = compared_cells(beside(a).or_else(|| a.compared.clone()));
        csv.write_record([
            a.id.clone(),
            a.parties.join("; "),
            a.name.clone().unwrap_or_default(),
            a.domains.join("; "),
            a.stage.map_or(String::new(), |stage| stage.word().to_owned()),
            a.date.clone().unwrap_or_default(),
            currency,
            low,
            high,
            in_currency,
            in_low,
            in_high,
            rate,
            rate_day,
            a.status.word().to_owned(),
            a.stale.to_string(),
            chains(&a.origins),
            a.origins.len().to_string(),
            a.first_known.clone(),
            a.last_known.clone(),
            a.claims.len().to_string(),
            a.commitments.join("; "),
        ])?;
    }
    csv.flush()
}

/// Documents as comma-separated values.
///
/// # Errors
/// When `out` takes no more.
pub fn document_csv(out: impl Write, documents: &[DocumentRow]) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "id",
        "version",
        "published",
        "read",
        "lang",
        "publisher",
        "url",
        "title",
        "claims",
        "rules",
        "hash",
    ])?;
    for d in documents {
        csv.write_record([
            d.id.clone(),
            d.version.to_string(),
            d.published.clone().unwrap_or_default(),
            d.read.clone(),
            d.lang.clone().unwrap_or_default(),
            d.publisher.clone().unwrap_or_default(),
            d.url.clone().unwrap_or_default(),
            one_line(d.title.as_deref().unwrap_or_default()),
            d.claims.to_string(),
            d.rules.clone(),
            d.hash.clone(),
        ])?;
    }
    csv.flush()
}

/// Differences as comma-separated values.
///
/// # Errors
/// When `out` takes no more.
pub fn difference_csv(out: impl Write, differences: &[Difference<'_>]) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["id", "kind", "by", "relation", "why", "claim", "other"])?;
    for d in differences {
        let [claim, other] = &d.conflict.claims;
        csv.write_record([d.id, d.kind, &d.by.join("; "), d.conflict.relation.word(), &d.conflict.why, claim, other])?;
    }
    csv.flush()
}

fn bounds_cells(money: Option<&Bounds>) -> [String; 3] {
    let figure =
        |value: Option<rust_decimal::Decimal>| value.map_or(String::new(), |value| value.normalize().to_string());
    match money {
        None => Default::default(),
        Some(money) => [
            money.currency.map_or(String::new(), |currency| currency.code().to_owned()),
            figure(money.low),
            figure(money.high),
        ],
    }
}

fn compared_cells(compared: Option<Compared>) -> [String; 5] {
    let Some(compared) = compared else { return Default::default() };
    let bounds = Bounds { low: compared.low, high: compared.high, currency: Some(compared.currency) };
    let [currency, low, high] = bounds_cells(Some(&bounds));
    [currency, low, high, compared.rate, compared.rate_day]
}

fn chains(origins: &[Vec<String>]) -> String {
    origins.iter().map(|chain| chain.join(" ← ")).collect::<Vec<_>>().join("; ")
}

/// The id of a commitment or agreement.
pub fn subject_id(subject: &Subject) -> &str {
    match subject {
        Subject::Commitment(commitment) => &commitment.id,
        Subject::Agreement(agreement) => &agreement.id,
    }
}
