//! Synthetic news with known truth, for measuring: stories of several promises, told by several outlets in several wordings over
//! years, with reprints, rounding, other currencies, dropped bounds, vague and missing sums, revisions, contradictions, increments.
//!
//! The truth stands in each claim's `rule`: claims with one rule are of one promise. Reconciliation never looks at it.

use crate::{DocumentRecord, Rates, Signature};
use jiff::{ToSpan, civil::Date};
use pledgebook_claims::{Action, Agreement, AgreementStage, AmountRole, Body, Claim, Novelty, Pledge, PledgeStage};
use pledgebook_mentions::{Currency, Money, Qualifier};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::collections::BTreeMap;

/// A document with its text.
#[derive(Debug, Clone)]
pub struct Article {
    /// The document as reconciliation sees it.
    pub record: DocumentRecord,
    /// Its text.
    pub text: String,
}

/// A generator of pseudo-random numbers: the same seed gives the same news on any machine.
#[derive(Debug, Clone)]
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 to `below` - 1.
    fn pick(&mut self, below: usize) -> usize {
        (self.roll() % below.max(1) as u64) as usize
    }

    /// True so many times in a hundred.
    fn chance(&mut self, percent: u64) -> bool {
        self.roll() % 100 < percent
    }

    /// Small numbers often, large ones seldom: 0 to `below` - 1.
    fn skewed(&mut self, below: usize) -> usize {
        let part = (self.roll() >> 11) as f64 / (1u64 << 53) as f64;
        ((below as f64).powf(part) as usize).min(below.saturating_sub(1))
    }
}

/// The countries of the news, the most told of first; the more news there is, the more of them it is of.
const COUNTRIES: [(&str, &str); 90] = [
    ("US", "USD"),
    ("GB", "GBP"),
    ("FR", "EUR"),
    ("DE", "EUR"),
    ("IT", "EUR"),
    ("ES", "EUR"),
    ("UA", "EUR"),
    ("PL", "PLN"),
    ("JP", "JPY"),
    ("IN", "USD"),
    ("CN", "USD"),
    ("CA", "CAD"),
    ("AU", "AUD"),
    ("BR", "USD"),
    ("MX", "USD"),
    ("NL", "EUR"),
    ("BE", "EUR"),
    ("SE", "SEK"),
    ("NO", "NOK"),
    ("DK", "DKK"),
    ("FI", "EUR"),
    ("AT", "EUR"),
    ("CH", "CHF"),
    ("IE", "EUR"),
    ("PT", "EUR"),
    ("CZ", "CZK"),
    ("RO", "EUR"),
    ("GR", "EUR"),
    ("KR", "USD"),
    ("TR", "USD"),
    ("AR", "USD"),
    ("CL", "USD"),
    ("CO", "USD"),
    ("PE", "USD"),
    ("ZA", "USD"),
    ("NG", "USD"),
    ("KE", "USD"),
    ("EG", "USD"),
    ("MA", "USD"),
    ("GH", "USD"),
    ("ET", "USD"),
    ("TZ", "USD"),
    ("CI", "USD"),
    ("SN", "USD"),
    ("AO", "USD"),
    ("SA", "USD"),
    ("AE", "USD"),
    ("QA", "USD"),
    ("KW", "USD"),
    ("IL", "USD"),
    ("JO", "USD"),
    ("IQ", "USD"),
    ("KZ", "USD"),
    ("UZ", "USD"),
    ("GE", "USD"),
    ("AZ", "USD"),
    ("AM", "USD"),
    ("MD", "EUR"),
    ("RS", "EUR"),
    ("BA", "EUR"),
    ("AL", "EUR"),
    ("MK", "EUR"),
    ("ME", "EUR"),
    ("HR", "EUR"),
    ("SI", "EUR"),
    ("SK", "EUR"),
    ("HU", "USD"),
    ("BG", "USD"),
    ("LT", "EUR"),
    ("LV", "EUR"),
    ("EE", "EUR"),
    ("LU", "EUR"),
    ("MT", "EUR"),
    ("CY", "EUR"),
    ("IS", "USD"),
    ("NZ", "USD"),
    ("SG", "USD"),
    ("MY", "USD"),
    ("ID", "USD"),
    ("TH", "USD"),
    ("VN", "USD"),
    ("PH", "USD"),
    ("BD", "USD"),
    ("PK", "USD"),
    ("LK", "USD"),
    ("TW", "USD"),
    ("HK", "USD"),
    ("MN", "USD"),
    ("UY", "USD"),
    ("PA", "USD"),
];
/// How many countries the news of up to so many claims is of; beyond, they grow with the square root.
const FEW_COUNTRIES: (usize, usize) = (30, 100_000);
const DOMAINS: [&str; 18] = [
    "ai",
    "semiconductors",
    "telecoms",
    "quantum",
    "data_centres",
    "cloud",
    "energy",
    "nuclear",
    "defence",
    "health",
    "space",
    "research",
    "skills",
    "manufacturing",
    "infrastructure",
    "finance",
    "transport",
    "climate",
];
const LANGUAGES: [&str; 6] = ["en", "fr", "de", "es", "it", "uk"];
const OUTLETS: usize = 400;
const SYLLABLES: [&str; 24] = [
    "bra", "ken", "mor", "tal", "vis", "dor", "lan", "fer", "gos", "hal", "rin", "bel", "cas", "nor", "pel", "sum",
    "tri", "var", "wex", "yor", "zan", "qui", "elm", "osk",
];
const LEGAL: [&str; 5] = ["", "", "", " plc", " AG"];

fn name(number: usize) -> String {
    let mut word = String::new();
    let mut rest = number;
    for _ in 0..4 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A promise in the world.
struct Promise {
    number: usize,
    by: Vec<String>,
    country: usize,
    town: Option<String>,
    domains: Vec<String>,
    action: Action,
    /// In millions of the country's currency, three digits at most.
    millions: Option<i64>,
    bound: Qualifier,
    until: Option<String>,
    /// What it is revised to, and after how many days.
    revised: Option<(i64, i32)>,
    /// What it comes on top of.
    base: Option<i64>,
}

/// About so many claims of about a fifth as many promises. A pure function of its two numbers and of the rates, by which its
/// newspapers convert.
pub fn news(claims: usize, seed: u64, rates: &Rates) -> impl Iterator<Item = Article> {
    let rates = rates.clone();
    let promises = (claims / 5).max(1);
    // Firms grow with the news, so that each has a handful of promises; a few have thousands.
    let firms = (promises / 5).max(20);
    let countries = countries(claims);
    let mut dice = Dice(seed);
    let mut told = 0;
    let mut story = 0;
    let mut pending: Vec<Article> = Vec::new();
    let mut promise_number = 0;
    std::iter::from_fn(move || {
        while pending.is_empty() {
            if told >= claims {
                return None;
            }
            pending = tell(&mut dice, &rates, story, &mut promise_number, (firms, countries));
            pending.reverse();
            story += 1;
        }
        let article = pending.pop()?;
        told += article.record.claims.len();
        Some(article)
    })
}

/// How many countries the news of so many claims is of.
fn countries(claims: usize) -> usize {
    let (few, up_to) = FEW_COUNTRIES;
    // Ten times the news is not ten times as many deals of the same two governments.
    let grown = few as f64 * (claims as f64 / up_to as f64).max(1.0).sqrt();
    (grown as usize).min(COUNTRIES.len())
}

fn promise(dice: &mut Dice, number: usize, country: usize, (firms, countries): (usize, usize)) -> Promise {
    let by = if dice.chance(12) {
        vec![COUNTRIES[dice.skewed(countries)].0.to_owned()]
    } else {
        // Most firms are heard of now and then, a few all the time.
        let firm = |dice: &mut Dice| name(if dice.chance(15) { dice.skewed(firms) } else { dice.pick(firms) } * 7 + 11);
        let mut by = vec![firm(dice)];
        if dice.chance(6) {
            by.push(firm(dice));
        }
        by.dedup();
        by
    };
    let digits =
        [1, 2, 5, 10, 12, 15, 20, 22, 25, 30, 35, 40, 45, 50, 60, 75, 80, 90, 110, 125, 150, 175, 220, 340, 475, 640]
            [dice.pick(26)];
    let scale = [1, 1, 10, 10, 10, 100, 100][dice.pick(7)];
    let millions = (!dice.chance(12)).then_some(digits * scale);
    let mut domains = vec![DOMAINS[dice.pick(DOMAINS.len())].to_owned()];
    if dice.chance(30) {
        domains.push(DOMAINS[dice.pick(DOMAINS.len())].to_owned());
        domains.dedup();
    }
    let revised = match millions {
        Some(old) if dice.chance(6) => {
            Some((old * [13i64, 15, 7, 20][dice.pick(4)] / 10 + 1, 60 + dice.pick(300) as i32))
        }
        _ => None,
    };
    let base = match millions {
        Some(own) if revised.is_none() && dice.chance(2) => Some(own * 2 / 3 + 1),
        _ => None,
    };
    Promise {
        number,
        by,
        country,
        town: dice.chance(45).then(|| format!("{}stad", name(dice.pick(3000) * 13 + 5))),
        domains,
        action: [Action::Invest, Action::Invest, Action::Invest, Action::Build, Action::Lend, Action::Buy]
            [dice.pick(6)],
        millions,
        bound: [
            Qualifier::Exact,
            Qualifier::Exact,
            Qualifier::Exact,
            Qualifier::About,
            Qualifier::UpTo,
            Qualifier::AtLeast,
        ][dice.pick(6)],
        until: dice.chance(35).then(|| (2026 + dice.pick(9)).to_string()),
        revised,
        base,
    }
}

/// One story: promises made at one time and place, and everything that is told of them.
fn tell(
    dice: &mut Dice,
    rates: &Rates,
    story: usize,
    number: &mut usize,
    (firms, countries): (usize, usize),
) -> Vec<Article> {
    let country = dice.skewed(countries);
    let first = Date::constant(2015, 1, 5).saturating_add((dice.pick(3900) as i64).days());
    let count = 1 + dice.skewed(7);
    let promises: Vec<Promise> = (0..count)
        .map(|_| {
            *number += 1;
            promise(dice, *number, country, (firms, countries))
        })
        .collect();
    let other = (country + 1 + dice.pick(countries - 1)) % countries;
    let accord = dice.chance(25).then(|| {
        *number += 1;
        (*number, other, dice.chance(60).then(|| format!("{} Accord", name(dice.pick(100_000)))))
    });
    let reports = 2 + dice.skewed(11);
    let mut articles: Vec<Article> = Vec::new();
    for report in 0..reports {
        let later = report > 1 && dice.chance(20);
        let days = if report == 0 {
            0
        } else if later {
            30 + dice.pick(600) as i64
        } else {
            dice.pick(9) as i64
        };
        let day = first.saturating_add(days.days());
        let outlet = format!("{} Post", name(dice.skewed(OUTLETS) * 3 + 1));
        let agency = dice.chance(30).then(|| ["Reuters", "Bloomberg", "AFP", "dpa"][dice.pick(4)].to_owned());
        // A reprint carries the text of an earlier article of the story, on the same day or the next.
        let reprinted = if !articles.is_empty() && dice.chance(15) {
            Some(articles[dice.pick(articles.len())].clone())
        } else {
            None
        };
        if let Some(original) = reprinted {
            let mut record = original.record.clone();
            record.id = format!("s{story}r{report}");
            record.publisher = Some(outlet);
            articles.push(Article { record, text: original.text });
            continue;
        }
        let mut claims: Vec<Claim> = Vec::new();
        for promise in &promises {
            if report == 0 || dice.chance(if later { 35 } else { 70 }) {
                claims.extend(sighting(dice, rates, promise, days as i32, agency.as_deref(), day));
            }
        }
        if let Some((number, other, name)) = &accord
            && (report == 0 || dice.chance(60))
        {
            claims.push(accord_claim(dice, *number, [country, *other], name.as_deref(), days, &promises[0].domains));
        }
        if claims.is_empty() {
            continue;
        }
        let text = text(dice, &mut claims);
        let record = DocumentRecord {
            id: format!("s{story}r{report}"),
            published: (!dice.chance(2)).then(|| day.to_string()),
            read: "2026-01-15".to_owned(),
            publisher: Some(outlet),
            url: None,
            lang: Some(LANGUAGES[dice.pick(6)].to_owned()),
            title: None,
            signature: Signature::of(&text),
            claims,
        };
        articles.push(Article { record, text });
    }
    articles
}

fn money(value: i64, qualifier: Qualifier, currency: &str) -> Money {
    let figure = Some(Decimal::from(value) * Decimal::from(1_000_000));
    Money {
        min: if qualifier == Qualifier::UpTo { None } else { figure },
        max: if matches!(qualifier, Qualifier::AtLeast | Qualifier::Vague) { None } else { figure },
        currency: Currency::new(currency),
        qualifier,
        precision: None,
    }
}

/// A sum as a newspaper converts it: at the rate of its day, where one was published.
fn converted(rates: &Rates, value: i64, [from, to]: [&str; 2], day: Date) -> Option<f64> {
    let rate = rates.remembered(Currency::new(from)?, Currency::new(to)?, day)?;
    Some(value as f64 * rate.rate.to_f64()?)
}

fn rounded(value: f64, digits: i32) -> i64 {
    if value < 1.0 {
        return 1;
    }
    let place = 10f64.powi((value.log10().floor() as i32 - digits + 1).max(0));
    ((value / place).round() * place) as i64
}

/// What one article says of one promise.
fn sighting(
    dice: &mut Dice,
    rates: &Rates,
    promise: &Promise,
    days: i32,
    agency: Option<&str>,
    day: Date,
) -> Vec<Claim> {
    let (code, own_currency) = COUNTRIES[promise.country];
    let current = match promise.revised {
        Some((new, after)) if days >= after => Some(new),
        _ => promise.millions,
    };
    let is_revised = promise.revised.is_some_and(|(_, after)| days >= after);
    let mut stated = current.map(|value| {
        let mut value = value;
        if dice.chance(2) {
            // A wrong figure: another reporter's mistake.
            value = value * 6 / 5 + 1;
        }
        let mut bound = promise.bound;
        if dice.chance(25) {
            bound = Qualifier::Exact;
        }
        (value, bound, own_currency)
    });
    let mut restated = Vec::new();
    if let Some((value, bound, currency)) = stated {
        let other = if own_currency == "USD" { "EUR" } else { "USD" };
        let converted = converted(rates, value, [own_currency, other], day);
        if let (Some(converted), true) = (converted, dice.chance(15)) {
            stated = Some((rounded(converted, 2), bound, other));
        } else if let (Some(converted), true) = (converted, dice.chance(20)) {
            restated.push(money(rounded(converted, 3), Qualifier::About, other));
        } else if dice.chance(5) {
            stated = Some((rounded(value as f64, 1), bound, currency));
        }
    }
    let silent = dice.chance(12);
    let vague = !silent && dice.chance(3);
    let sum = match stated {
        _ if silent => None,
        Some((value, _, currency)) if vague && value > 1500 => Some(money(1000, Qualifier::Vague, currency)),
        Some((value, bound, currency)) => Some(money(value, bound, currency)),
        None => None,
    };
    if silent {
        restated.clear();
    }
    let mut place = vec![];
    match &promise.town {
        Some(town) if !dice.chance(15) => {
            // A foreign town that a government spends in is told with its country.
            let abroad = promise.by.iter().any(|by| by.len() == 2 && by != code);
            if dice.chance(50) || abroad {
                place.push(code.to_owned());
            }
            place.push(town.clone());
        }
        _ => place.push(code.to_owned()),
    }
    let mut domains = promise.domains.clone();
    if domains.len() > 1 && dice.chance(30) {
        domains.pop();
    } else if dice.chance(8) && sum.is_some() {
        domains.clear();
    }
    let by: Vec<String> = promise
        .by
        .iter()
        .map(|by| if by.len() == 2 { by.clone() } else { format!("{by}{}", LEGAL[dice.pick(LEGAL.len())]) })
        .collect();
    let stage = if days > 300 {
        [PledgeStage::UnderWay, PledgeStage::Delivered, PledgeStage::Announced][dice.pick(3)]
    } else {
        [PledgeStage::Considered, PledgeStage::Planned, PledgeStage::Announced, PledgeStage::Contracted][dice.pick(4)]
    };
    let novelty = if is_revised && dice.chance(70) {
        Some(Novelty::Extension)
    } else if days > 120 {
        Some(Novelty::Restated)
    } else {
        None
    };
    let rule = format!("synthetic/{}@1", promise.number);
    let claim = |money: Option<Money>, restated: Vec<Money>, role, novelty| Claim {
        body: Body::Pledge(Pledge {
            by: by.clone(),
            action: Some(promise.action),
            place: place.clone(),
            domains: domains.clone(),
            money,
            restated,
            until: promise.until.clone(),
            stage: Some(stage),
            amount_role: role,
            novelty,
            ..Pledge::default()
        }),
        evidence: String::new(),
        span: [0, 0],
        sources: agency.map(str::to_owned).into_iter().collect(),
        aliases: BTreeMap::new(),
        rule: rule.clone().into(),
        confidence: 0.8,
        reasons: Vec::new(),
    };
    match (promise.base, &sum) {
        (Some(base), Some(own)) if own.currency == Currency::new(own_currency) && own.qualifier == Qualifier::Exact => {
            let increment = promise.millions.unwrap_or_default();
            if dice.chance(50) {
                vec![claim(
                    Some(money(base + increment, Qualifier::Exact, own_currency)),
                    Vec::new(),
                    Some(AmountRole::TotalToDate),
                    None,
                )]
            } else {
                vec![
                    claim(Some(money(base, Qualifier::Exact, own_currency)), Vec::new(), None, Some(Novelty::Restated)),
                    claim(
                        Some(money(increment, Qualifier::Exact, own_currency)),
                        Vec::new(),
                        Some(AmountRole::Increment),
                        Some(Novelty::Extension),
                    ),
                ]
            }
        }
        _ => vec![claim(sum, restated, None, novelty)],
    }
}

fn accord_claim(
    dice: &mut Dice,
    number: usize,
    parties: [usize; 2],
    name: Option<&str>,
    days: i64,
    domains: &[String],
) -> Claim {
    let stage = if days == 0 {
        AgreementStage::ToBeSigned
    } else if days > 200 {
        [AgreementStage::InForce, AgreementStage::Paused, AgreementStage::Signed][dice.pick(3)]
    } else {
        AgreementStage::Signed
    };
    Claim {
        body: Body::Agreement(Agreement {
            parties: parties.iter().map(|at| COUNTRIES[*at].0.to_owned()).collect(),
            name: name.filter(|_| dice.chance(70)).map(str::to_owned),
            domains: domains.to_vec(),
            stage: Some(stage),
            money: None,
            date: None,
        }),
        evidence: String::new(),
        span: [0, 0],
        sources: Vec::new(),
        aliases: BTreeMap::new(),
        rule: format!("synthetic/{number}@1").into(),
        confidence: 0.8,
        reasons: Vec::new(),
    }
}

/// About three kilobytes of text in which every claim has its sentence.
fn text(dice: &mut Dice, claims: &mut [Claim]) -> String {
    let mut text = String::new();
    let mut length = 0;
    let mut sentence = |dice: &mut Dice, text: &mut String, words: usize| {
        let start = length;
        let before = text.len();
        for word in 0..words {
            if word > 0 {
                text.push(' ');
            }
            text.push_str(SYLLABLES[dice.pick(24)]);
            text.push_str(SYLLABLES[dice.skewed(24)]);
        }
        text.push('.');
        let span = [start, start + text.len() - before];
        text.push('\n');
        length = span[1] + 1;
        span
    };
    for claim in claims.iter_mut() {
        let span = sentence(dice, &mut text, 18);
        claim.evidence = text.get(span[0]..span[1]).unwrap_or_default().to_owned();
        claim.span = span;
        sentence(dice, &mut text, 14);
    }
    while text.len() < 3000 {
        sentence(dice, &mut text, 20);
    }
    text
}

/// How well a partition of claims matches the truth: pairwise and B-cubed F1. `pairs` are (truth, found) of every claim.
pub fn quality(pairs: &[(u64, u64)]) -> [f64; 2] {
    let mut truth: BTreeMap<u64, f64> = BTreeMap::new();
    let mut found: BTreeMap<u64, f64> = BTreeMap::new();
    let mut both: BTreeMap<(u64, u64), f64> = BTreeMap::new();
    for (a, b) in pairs {
        *truth.entry(*a).or_default() += 1.0;
        *found.entry(*b).or_default() += 1.0;
        *both.entry((*a, *b)).or_default() += 1.0;
    }
    let ties = |counts: &mut dyn Iterator<Item = f64>| counts.map(|count| count * (count - 1.0) / 2.0).sum::<f64>();
    let shared = ties(&mut both.values().copied());
    let f1 = |precision: f64, recall: f64| 2.0 * precision * recall / (precision + recall);
    let pairwise = f1(shared / ties(&mut found.values().copied()), shared / ties(&mut truth.values().copied()));
    let (mut precision, mut recall) = (0.0, 0.0);
    for ((a, b), count) in &both {
        precision += count * count / found[b];
        recall += count * count / truth[a];
    }
    let all = pairs.len() as f64;
    [pairwise, f1(precision / all, recall / all)]
}
