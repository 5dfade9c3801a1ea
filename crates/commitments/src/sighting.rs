//! A claim with what its own document says about it: who the pledger is, whom it is from, what it is part of. A pure function
//! of one document, so that joining needs no other claim of the document at hand.

use crate::entity::is_code;
use crate::record::written;
use crate::{ClaimId, DocumentRecord, Knowledge, Signature};
use jiff::civil::Date;
use pledgebook_claims::{Action, AgreementStage, AmountRole, Body, Claim, Pledge};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// The code of the union whose members' accords are told as its own.
pub(crate) const UNION: &str = "EU";

/// What joining needs to know of a claim's document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The document's id.
    pub document: String,
    /// Day of publication, ISO 8601.
    pub published: Option<String>,
    /// The day on which it was known: published, else read.
    pub known: String,
    /// The outlet.
    pub publisher: Option<String>,
    /// Language code.
    pub lang: Option<String>,
    /// What near-duplicate texts share.
    pub signature: Signature,
}

impl Origin {
    /// The day of publication.
    pub(crate) fn day(&self) -> Option<Date> {
        let told = self.published.as_deref()?;
        // It is asked for with each claim, and nearly always of this form, which is read at once.
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = told.as_bytes() else { return told.parse().ok() };
        let digits = [y0, y1, y2, y3, m0, m1, d0, d1];
        if !digits.iter().all(|digit| digit.is_ascii_digit()) {
            return told.parse().ok();
        }
        let [y0, y1, y2, y3, m0, m1, d0, d1] = digits.map(|digit| digit - b'0');
        let [century, year] = [10 * y0 + y1, 10 * y2 + y3].map(i16::from);
        Date::new(100 * century + year, (10 * m0 + m1).cast_signed(), (10 * d0 + d1).cast_signed()).ok()
    }
}

/// What a claim's own document says about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Context {
    /// Keys of the pledgers or parties, sorted; empty where nobody is named.
    pub by: Vec<String>,
    /// How the text writes each of them, in the same order.
    pub written: Vec<String>,
    /// Those of the keys that every claim of the promise or accord is told with, where others may be left out: the pledger named first,
    /// or the firms without the state that is named with them. Empty where that is all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub core: Vec<String>,
    /// The country that a government's promise or a package is for: that of the first place known to lie in one, else a government's
    /// own, and for a package the one that most pledges of its document are for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ground: String,
    /// The chain of sources: the claim's own, else the one that the document's story is from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// The key of the last named source; empty where the outlet or the document is the origin.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// Claims of the document that this one is a part of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wholes: Vec<ClaimId>,
    /// Agreements of the document that this pledge is told under.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<ClaimId>,
    /// Who takes part in what the document tells together with this agreement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegation: Vec<String>,
}

/// A claim that can join others, with its document and its context.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// The claim's id.
    pub id: ClaimId,
    /// The claim.
    pub claim: Claim,
    /// What its own document says about it.
    pub context: Context,
    /// The document.
    pub origin: Arc<Origin>,
}

/// Kinds of claim that join; the others stand for themselves.
pub fn joins(claim: &Claim) -> bool {
    matches!(claim.body, Body::Pledge(_) | Body::Agreement(_))
}

/// A claim as its own document shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen<'c> {
    /// Its id.
    pub id: ClaimId,
    /// The claim.
    pub claim: &'c Claim,
    /// Where it stands in the JSON of the document's claims.
    pub json: Range<usize>,
    /// What the document says about it.
    pub context: Context,
}

impl Seen<'_> {
    /// The block that the claim falls into before any decision: claims of two blocks are never joined. `None` for kinds that do
    /// not join.
    pub fn block(&self) -> Option<String> {
        block(self.claim, &self.context)
    }
}

/// A document's claims as sightings, those that join and those that do not, in the order of the text.
pub fn sight(document: &DocumentRecord, knowledge: &Knowledge) -> Vec<Sighting> {
    let published = document.published.as_deref().map(|day| day.get(..10).unwrap_or(day).to_owned());
    let origin = Arc::new(Origin {
        document: document.id.clone(),
        published,
        known: document.known().to_owned(),
        publisher: document.publisher.clone(),
        lang: document.lang.clone(),
        signature: document.signature.clone(),
    });
    let sighting = |seen: Seen<'_>| Sighting {
        id: seen.id,
        claim: seen.claim.clone(),
        context: seen.context,
        origin: Arc::clone(&origin),
    };
    see(&document.id, document.known(), &document.claims, knowledge).1.into_iter().map(sighting).collect()
}

/// What a document says about each of its claims, in the order of the text, behind the bytes of the JSON of all of them. `known` is the day on
/// which it was known. Of claims that do not join nothing is said.
pub fn see<'c>(document: &str, known: &str, claims: &'c [Claim], knowledge: &Knowledge) -> (Vec<u8>, Vec<Seen<'c>>) {
    let persons = persons(claims);
    let (json, ids) = written(document, claims);
    let mut all: Vec<Seen<'c>> = claims
        .iter()
        .zip(ids)
        .map(|(claim, (id, json))| {
            if !joins(claim) {
                return Seen { id, claim, json, context: Context::default() };
            }
            let (by, written, first) = named(claim, &persons, known, knowledge);
            let core = core(claim, &by, first);
            Seen { id, claim, json, context: Context { by, written, core, ..Context::default() } }
        })
        .collect();
    complete_pledgers(&mut all);
    for seen in &mut all {
        seen.context.ground = ground(seen.claim, seen.context.keys(), knowledge);
    }
    complete_parties(&mut all);
    guess_parties(&mut all, claims, &persons, known, knowledge);
    guess_grounds(&mut all, knowledge);
    let story = story_sources(&all, claims, knowledge);
    let wholes: Vec<Vec<ClaimId>> = all.iter().map(|part| wholes(part, &all)).collect();
    let under: Vec<Vec<ClaimId>> = all.iter().map(|pledge| under(pledge, &all)).collect();
    let lead = all.iter().position(|seen| matches!(seen.claim.body, Body::Agreement(_)));
    for ((seen, wholes), under) in all.iter_mut().zip(wholes).zip(under).filter(|((seen, _), _)| joins(seen.claim)) {
        let own = &seen.claim.sources;
        let sources = if own.is_empty() { &story } else { own };
        seen.context.origin = origin_key(sources, knowledge);
        seen.context.sources = sources.clone();
        seen.context.wholes = wholes;
        seen.context.under = under;
    }
    if let Some(lead) = lead {
        all[lead].context.delegation = delegation(claims);
    }
    (json, all)
}

/// The organisation or country of every person whose office the document tells.
fn persons(claims: &[Claim]) -> FxHashMap<&str, &str> {
    let roles = claims.iter().filter_map(|claim| match &claim.body {
        Body::Role(role) if !role.former => Some((role.person.as_str(), role.organisation.as_deref()?)),
        _ => None,
    });
    // The office told first holds: collecting backwards lets it overwrite the others.
    roles.collect::<Vec<_>>().into_iter().rev().collect()
}

/// Keys of a claim's pledgers or parties, and how the text writes them; and the key of the one named first, where
/// several are. A group without a name ("US companies") is nobody.
fn named(
    claim: &Claim,
    persons: &FxHashMap<&str, &str>,
    day: &str,
    knowledge: &Knowledge,
) -> (Vec<String>, Vec<String>, String) {
    let none: &[String] = &[];
    let (names, official) = match &claim.body {
        Body::Pledge(pledge) => (pledge.by.as_slice(), false),
        Body::Agreement(agreement) => (agreement.parties.as_slice(), true),
        _ => (none, false),
    };
    // A capital stands for its country beside other countries and capitals; alone it may be a town like another.
    let among_states =
        official && names.iter().filter(|name| is_code(name) || knowledge.state(name).is_some()).nth(1).is_some();
    let mut named: Vec<(String, String)> = names
        .iter()
        .filter(|name| is_named(name) && knowledge.group(name).is_none())
        .map(|name| {
            // Whoever signs, signs for the house: "Starmer and Trump sign" is an accord of their countries, and so is one of
            // "London and Washington".
            let office = || {
                let held = persons.get(name.as_str()).copied().or_else(|| knowledge.office(name, day));
                held.or_else(|| knowledge.state(name).filter(|_| among_states))
            };
            let bearer = official.then(office).flatten().unwrap_or(name);
            let forms = claim.aliases.get(bearer).map_or(none, Vec::as_slice);
            let key = knowledge.names.resolve(bearer, forms);
            let written = knowledge.names.written(&key).unwrap_or(bearer).to_owned();
            (key, written)
        })
        .filter(|(key, _)| !key.is_empty())
        .collect();
    let first = named.first().filter(|_| named.len() > 1).map(|(key, _)| key.clone()).unwrap_or_default();
    named.sort();
    named.dedup_by(|a, b| a.0 == b.0);
    let (by, written) = named.into_iter().unzip();
    (by, written, first)
}

/// The keys that every claim of a promise or accord is told with, where others may be left out; nothing where all are needed.
pub(crate) fn core(claim: &Claim, by: &[String], first: String) -> Vec<String> {
    match &claim.body {
        Body::Pledge(_) if by.len() > 1 && !is_package(claim, by) => vec![first],
        Body::Agreement(_) if by.len() > 2 && by.iter().filter(|party| is_code(party)).count() == 1 => {
            by.iter().filter(|party| !is_code(party)).cloned().collect()
        }
        _ => Vec::new(),
    }
}

/// Gives a pledge that is told with some of the pledgers of a joint one of the same document, and with its sum, all of them.
fn complete_pledgers(all: &mut [Seen<'_>]) {
    let sum = |seen: &Seen<'_>| match &seen.claim.body {
        Body::Pledge(pledge) if !is_package(seen.claim, &seen.context.by) => {
            pledge.money.map(|money| (money.min, money.max, money.currency))
        }
        _ => None,
    };
    let joint: Vec<(usize, Context)> = all
        .iter()
        .enumerate()
        .filter(|(_, seen)| seen.context.by.len() > 1 && sum(seen).is_some())
        .map(|(at, seen)| (at, seen.context.clone()))
        .collect();
    for at in 0..all.len() {
        let own = &all[at].context.by;
        let Some(told) = sum(&all[at]) else { continue };
        let holds = |(other, whole): &&(usize, Context)| {
            let by = &whole.by;
            by.len() > own.len() && own.iter().all(|key| by.contains(key)) && sum(&all[*other]) == Some(told)
        };
        if let Some((_, whole)) =
            joint.iter().rfind(|other| other.0 < at && holds(other)).or_else(|| joint.iter().find(holds))
        {
            all[at].context = whole.clone();
        }
    }
}

/// Gives an accord that is told with one state, or with nobody's name ("the two countries"), the parties of the accord between states
/// of the same document that it repeats: the one told before it, else the one after it.
fn complete_parties(all: &mut [Seen<'_>]) {
    let full: Vec<(usize, Vec<String>, Vec<String>)> = all
        .iter()
        .enumerate()
        .filter(|(_, seen)| matches!(seen.claim.body, Body::Agreement(_)) && states(&seen.context.by).is_some())
        .map(|(at, seen)| (at, seen.context.by.clone(), seen.context.written.clone()))
        .collect();
    for (at, seen) in all.iter_mut().enumerate() {
        let Body::Agreement(agreement) = &seen.claim.body else { continue };
        let own = &seen.context.by;
        let holds = |(_, by, _): &&(usize, Vec<String>, Vec<String>)| own.iter().all(|party| by.contains(party));
        if agreement.parties.len() < 2
            && own.len() < 2
            && let Some((_, by, written)) =
                full.iter().rfind(|other| other.0 < at && holds(other)).or_else(|| full.iter().find(holds))
        {
            (seen.context.by, seen.context.written) = (by.clone(), written.clone());
        }
    }
}

/// Gives an accord that is told with one state, or with nobody's name, the states that the rest of the document is about, where these
/// are beyond doubt: those that its other claims name most, twice as often as the next.
fn guess_parties(
    all: &mut [Seen<'_>],
    claims: &[Claim],
    persons: &FxHashMap<&str, &str>,
    day: &str,
    knowledge: &Knowledge,
) {
    let lacks = |seen: &Seen<'_>| match &seen.claim.body {
        Body::Agreement(agreement) => {
            // A union of states may well agree with itself.
            let one_state = |by: &String| is_code(by) && by != UNION;
            agreement.parties.len() < 2 && seen.context.by.len() < 2 && seen.context.by.iter().all(one_state)
        }
        _ => false,
    };
    if !all.iter().any(lacks) {
        return;
    }
    let mut votes: Vec<(String, usize)> = Vec::new();
    for claim in claims {
        let mut told: Vec<String> = states_of(claim, persons, day, knowledge);
        told.sort();
        told.dedup();
        for code in told {
            match votes.iter_mut().find(|(known, _)| *known == code) {
                Some((_, count)) => *count += 1,
                None => votes.push((code, 1)),
            }
        }
    }
    votes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for seen in all.iter_mut().filter(|seen| lacks(seen)) {
        let own = seen.context.by.clone();
        let mut others = votes.iter().filter(|(code, _)| !own.contains(code));
        let wanted = 2 - own.len();
        let found: Vec<&(String, usize)> = others.by_ref().take(wanted).collect();
        let next = others.next().map_or(0, |(_, count)| *count);
        if found.len() < wanted || found.iter().any(|(_, count)| *count < 2 * next) {
            continue;
        }
        seen.context.by.extend(found.into_iter().map(|(code, _)| code.clone()));
        seen.context.by.sort();
        seen.context.written = seen.context.by.clone();
    }
}

/// Gives packages the country that they are for: their own place's, unless it is only that of the firms, else the one that most
/// pledges of the document are for.
fn guess_grounds(all: &mut [Seen<'_>], knowledge: &Knowledge) {
    if !all.iter().any(|seen| is_package(seen.claim, &seen.context.by)) {
        return;
    }
    let grounds: Vec<String> = all
        .iter()
        .filter_map(|seen| match &seen.claim.body {
            Body::Pledge(pledge) => pledge.place.iter().find_map(|place| knowledge.country(place)),
            _ => None,
        })
        .collect();
    let told = |code: &String| grounds.iter().filter(|other| *other == code).count();
    let most = grounds.iter().max_by(|a, b| told(a).cmp(&told(b)).then_with(|| b.cmp(a)));
    for seen in all.iter_mut().filter(|seen| is_package(seen.claim, &seen.context.by)) {
        let Body::Pledge(pledge) = &seen.claim.body else { continue };
        let homes: Vec<&str> = pledge.by.iter().filter_map(|by| knowledge.group(by)).collect();
        let own = pledge
            .place
            .iter()
            .filter_map(|place| knowledge.country(place))
            .find(|code| !homes.contains(&code.as_str()));
        seen.context.ground = own.or_else(|| most.cloned()).unwrap_or_default();
    }
}

/// Whether a pledge is nobody's, or of too many to be any one's.
pub(crate) fn is_package(claim: &Claim, by: &[String]) -> bool {
    let Body::Pledge(pledge) = &claim.body else { return false };
    by.is_empty() || pledge.amount_role == Some(AmountRole::Envelope) && by.len() > 2
}

/// The countries that a claim speaks of: as pledgers, places and parties, by offices, and by firms whose country is known.
fn states_of(claim: &Claim, persons: &FxHashMap<&str, &str>, day: &str, knowledge: &Knowledge) -> Vec<String> {
    let state = |name: &str| -> Option<String> {
        if is_code(name) {
            return Some(name.to_owned());
        }
        let office = persons.get(name).copied().or_else(|| knowledge.office(name, day)).filter(|held| is_code(held));
        let state = office.or_else(|| knowledge.state(name)).map(str::to_owned);
        state.or_else(|| knowledge.home(&knowledge.names.resolve(name, &[])).map(str::to_owned))
    };
    let names: Vec<&String> = match &claim.body {
        Body::Pledge(pledge) => pledge.by.iter().chain(&pledge.place).collect(),
        Body::Agreement(agreement) => agreement.parties.iter().collect(),
        Body::Participation(participation) => participation.who.iter().chain(&participation.place).collect(),
        Body::Role(role) => role.organisation.iter().collect(),
        Body::Presence(presence) => presence.who.iter().chain(&presence.place).collect(),
        Body::Statement(statement) => statement.speaker.iter().collect(),
    };
    names.into_iter().filter_map(|name| state(name)).collect()
}

/// The states among the parties of an accord, where there are several: whoever else signs or is named with them, it is theirs.
pub(crate) fn states(by: &[String]) -> Option<Vec<&String>> {
    let states: Vec<&String> = by.iter().filter(|party| is_code(party)).collect();
    (states.len() > 1).then_some(states)
}

/// Whether words are a name rather than a description: a name begins with a capital, a figure or a script without capitals,
/// and a country's code with common nouns behind it names nobody.
fn is_named(words: &str) -> bool {
    let Some(first) = words.chars().find(|c| c.is_alphanumeric()) else { return false };
    if first.is_lowercase() {
        return words.chars().skip_while(|c| !c.is_alphanumeric()).skip(1).take(2).any(char::is_uppercase);
    }
    let mut parts = words.split_whitespace();
    let head = parts.next().unwrap_or_default();
    let mut rest = parts.peekable();
    !(is_dotted_code(head) && rest.peek().is_some() && rest.all(|word| word.chars().all(|c| !c.is_uppercase())))
}

/// Whether a word is a country's code, dots left out: "U.S." is one.
fn is_dotted_code(word: &str) -> bool {
    let mut letters = word.bytes().filter(|byte| *byte != b'.');
    let mut capital = || letters.next().is_some_and(|byte| byte.is_ascii_uppercase());
    capital() && capital() && letters.next().is_none()
}

/// The key of the last named source of a chain (rule 10).
fn origin_key(sources: &[String], knowledge: &Knowledge) -> String {
    let last = sources.iter().rev().find(|source| is_named(source));
    last.map(|source| knowledge.names.resolve(source, &[])).unwrap_or_default()
}

/// The chain that a document's story is from: the one that its first agreement or pledge names, or that several of its claims
/// name, where it leads to an agency or outlet, or at least to nobody who is a party to the story.
fn story_sources(all: &[Seen<'_>], claims: &[Claim], knowledge: &Knowledge) -> Vec<String> {
    let mut counts: Vec<(&[String], usize)> = Vec::new();
    for claim in claims.iter().filter(|claim| !matches!(claim.body, Body::Statement(_))) {
        let sources = claim.sources.as_slice();
        let Some(outermost) = sources.first().filter(|source| is_named(source)) else { continue };
        if !tells_stories(outermost, claims, knowledge) {
            continue;
        }
        match counts.iter_mut().find(|(known, _)| *known == sources) {
            Some((_, count)) => *count += 1,
            None => counts.push((sources, 1)),
        }
    }
    let lead = all.iter().find(|seen| joins(seen.claim)).map(|lead| lead.claim.sources.as_slice());
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
        .first()
        .filter(|(sources, count)| *count > 1 || Some(*sources) == lead)
        .map(|(sources, _)| sources.to_vec())
        .unwrap_or_default()
}

/// Whether a source can be whom a whole story is from: an outlet, or at least neither a person nor a party of the story.
fn tells_stories(source: &str, claims: &[Claim], knowledge: &Knowledge) -> bool {
    if knowledge.is_outlet(source) {
        return true;
    }
    let involved = |claim: &Claim| match &claim.body {
        Body::Role(role) => role.person == source || role.organisation.as_deref() == Some(source),
        Body::Pledge(pledge) => pledge.by.iter().any(|by| by == source),
        Body::Agreement(agreement) => agreement.parties.iter().any(|party| party == source),
        Body::Participation(participation) => participation.who.iter().any(|who| who == source),
        Body::Statement(statement) => statement.speaker.as_deref() == Some(source),
        Body::Presence(presence) => presence.who.iter().any(|who| who == source),
    };
    !knowledge.names.is_known(source) && !claims.iter().any(involved)
}

/// The largest figure that a pledge tells.
fn size(pledge: &Pledge) -> Option<Decimal> {
    pledge.money.and_then(|money| money.max.or(money.min))
}

/// The claims of the document that a component is a part of: the pledger's own larger sum before it, else the envelope before
/// it, else the one after it.
fn wholes(part: &Seen<'_>, all: &[Seen<'_>]) -> Vec<ClaimId> {
    let Body::Pledge(pledge) = &part.claim.body else { return Vec::new() };
    let is_component = pledge.amount_role == Some(AmountRole::Component);
    if !is_component && pledge.part_of.is_none() {
        return Vec::new();
    }
    let currency = |pledge: &Pledge| pledge.money.and_then(|money| money.currency);
    let larger = |whole: &Pledge| match (size(whole), size(pledge)) {
        // Across currencies a larger number says little; only the same order of words does.
        (Some(whole_size), Some(part_size)) => currency(whole) != currency(pledge) || whole_size > part_size,
        (Some(_), None) => true,
        _ => false,
    };
    let candidates = || {
        all.iter().filter_map(|other| match &other.claim.body {
            Body::Pledge(whole)
                if other.id != part.id && whole.amount_role != Some(AmountRole::Component) && larger(whole) =>
            {
                Some((other, whole))
            }
            _ => None,
        })
    };
    let own = |(other, _): &(&Seen<'_>, &Pledge)| !part.context.by.is_empty() && other.context.by == part.context.by;
    let envelope = |(_, whole): &(&Seen<'_>, &Pledge)| whole.amount_role == Some(AmountRole::Envelope);
    let before = |(other, _): &(&Seen<'_>, &Pledge)| other.claim.span[0] <= part.claim.span[0];
    let found = candidates()
        .rfind(|found| own(found) && before(found))
        .or_else(|| candidates().rfind(|found| envelope(found) && before(found)))
        .or_else(|| candidates().find(|found| own(found) || envelope(found)));
    found.map(|(other, _)| vec![other.id.clone()]).unwrap_or_default()
}

/// The agreement of the document that a pledge is told under: the first whose parties hold the pledger or the place.
fn under(pledge: &Seen<'_>, all: &[Seen<'_>]) -> Vec<ClaimId> {
    let Body::Pledge(body) = &pledge.claim.body else { return Vec::new() };
    let alive = |stage: Option<AgreementStage>| !matches!(stage, Some(AgreementStage::Paused | AgreementStage::Ended));
    let found = all.iter().find(|other| match &other.claim.body {
        Body::Agreement(agreement) if alive(agreement.stage) => {
            let parties = &other.context.by;
            pledge.context.by.iter().any(|by| parties.contains(by)) || body.place.iter().any(|at| parties.contains(at))
        }
        _ => false,
    });
    found.map(|agreement| vec![agreement.id.clone()]).unwrap_or_default()
}

/// Everybody who takes part in something, in the order of the text.
fn delegation(claims: &[Claim]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for claim in claims {
        if let Body::Participation(participation) = &claim.body {
            all.extend(participation.who.iter().filter(|who| is_named(who) && !is_code(who)).cloned());
        }
    }
    let mut seen = rustc_hash::FxHashSet::default();
    all.retain(|who| seen.insert(who.clone()));
    all
}

/// The country that a pledge of a government is for; empty for other claims.
pub(crate) fn ground(claim: &Claim, by: &[String], knowledge: &Knowledge) -> String {
    match (&claim.body, by) {
        (Body::Pledge(pledge), [code]) if is_code(code) => {
            pledge.place.iter().find_map(|place| knowledge.country(place)).unwrap_or_else(|| code.clone())
        }
        _ => String::new(),
    }
}

impl Sighting {
    /// The block that the claim falls into before any decision: claims of two blocks are never joined. `None` for kinds that do
    /// not join.
    pub fn block(&self) -> Option<String> {
        block(&self.claim, &self.context)
    }

    /// The order in which claims were known: day, document, place in the text.
    pub(crate) fn order(&self, other: &Self) -> std::cmp::Ordering {
        let documents =
            self.origin.known.cmp(&other.origin.known).then_with(|| self.origin.document.cmp(&other.origin.document));
        documents.then_with(|| self.claim.span.cmp(&other.claim.span)).then_with(|| self.id.cmp(&other.id))
    }
}

impl Context {
    /// The keys that identify whose promise or accord it is.
    pub(crate) fn keys(&self) -> &[String] {
        if self.core.is_empty() { &self.by } else { &self.core }
    }
}

/// The block of a claim in its context.
fn block(claim: &Claim, context: &Context) -> Option<String> {
    let (by, ground) = (context.keys(), context.ground.as_str());
    match &claim.body {
        Body::Pledge(pledge) => {
            if is_package(claim, &context.by) {
                // Where nobody is named, the place stands in for the pledger.
                let place =
                    Some(ground).filter(|ground| !ground.is_empty()).or(pledge.place.first().map(String::as_str));
                return Some(format!("package/{}", place.map(crate::entity::fold).unwrap_or_default()));
            }
            // A government promises so much to so many that whom it is for belongs to whose promise it is.
            if let [code] = by
                && is_code(code)
            {
                return Some(format!("pledge/{code}>{ground}"));
            }
            let hiring = pledge.action == Some(Action::Hire) && pledge.money.is_none();
            Some(format!("{}/{}", if hiring { "jobs" } else { "pledge" }, by.join("+")))
        }
        Body::Agreement(agreement) => Some(match (by, &agreement.name, states(&context.by)) {
            (_, _, Some(states)) => {
                format!("agreement/{}", states.into_iter().map(String::as_str).collect::<Vec<_>>().join("+"))
            }
            ([] | [_], Some(name), None) => format!("agreement/{}", crate::entity::fold(name)),
            (by, _, None) => format!("agreement/{}", by.join("+")),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn a_day_of_the_usual_form_is_the_one_that_parsing_it_gives() {
        for told in [
            "2025-09-14",
            "2024-02-29",
            "2025-02-29",
            "0000-01-01",
            "2025-00-01",
            "2025-13-01",
            "2025-1-1",
            "+202-01-01",
        ] {
            let origin = Origin { published: Some(told.to_owned()), ..Origin::default() };
            assert_eq!(origin.day(), told.parse().ok(), "{told}");
        }
    }
}
