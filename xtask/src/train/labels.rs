//! Which decisions about a document's candidates are right, by its gold claims.

use super::{
    gold_claim::{Gold, choice, is_one_of},
    learner::Choice,
};
use pledgebook_claims::learning::{Basis, Candidates, Seat, Seen, SlotChoice};
use serde_json::Value;

/// The features of a yes-or-no question about a claim, and the answer.
pub type Answer = (Vec<String>, bool);

/// A decision whether a candidate is a claim; without label where gold leaves it open.
#[derive(Clone)]
pub struct Gate {
    pub features: Vec<String>,
    pub label: Option<bool>,
}

/// A decision how far a claim has come.
#[derive(Clone)]
pub struct Stage {
    pub features: Vec<String>,
    pub allowed: Vec<String>,
}

/// All who may be parties of one accord; their features by themselves are the last of [`Labelled::parties`] from `first` on.
#[derive(Clone)]
pub struct Round {
    pub first: usize,
    pub seats: Vec<Seat>,
}

/// A document's decisions.
#[derive(Clone, Default)]
pub struct Labelled {
    /// Its group; none for lines of a corpus, which are always learnt from and never measured on.
    pub fold: Option<usize>,
    pub money: Vec<Gate>,
    pub things: Vec<Gate>,
    pub cue: Vec<Gate>,
    pub by: Vec<Choice>,
    pub place: Vec<Choice>,
    pub stage: Vec<Stage>,
    pub agreement: Vec<Gate>,
    pub parties: Vec<Answer>,
    pub rounds: Vec<Round>,
    pub agreement_stage: Vec<Stage>,
    pub domains: Vec<Answer>,
}

impl Labelled {
    /// Adds who makes an accord, how far it has come and what it is about.
    fn add_accord(&mut self, gold: &Gold<'_>, candidate: &Seen) {
        let names = gold.names("parties");
        let seats = candidate.by.iter().filter_map(|option| option.seat).collect();
        self.rounds.push(Round { first: self.parties.len(), seats });
        for option in candidate.by.iter().filter(|option| option.seat.is_some()) {
            let told = option.features.iter().filter(|feature| !is_of_grounds(feature)).cloned().collect();
            self.parties.push((told, is_one_of(&names, &option.names)));
        }
        self.agreement_stage.extend(stage(gold, candidate));
        if gold.claim["domains"].is_array() {
            self.domains.extend(domains(gold, candidate));
        }
    }
}

/// What a document uses a name for as a place. It tells where a promise is for; parties learnt with it are those of the documents learnt
/// from (agreements held out: F1 .651 with it, .667 without).
const OF_GROUNDS: [&str; 4] = ["placed|", "sited|", "peer|", "headline|"];

fn is_of_grounds(feature: &str) -> bool {
    OF_GROUNDS.iter().any(|start| feature.starts_with(start))
}

/// Compares the candidates of a document with its gold claims.
pub fn label(gold: &Value, text: &str, seen: Candidates, fold: usize) -> Labelled {
    let golds = Gold::all(gold, text);
    let mut labelled = Labelled { fold: Some(fold), ..Labelled::default() };
    let pledges: Vec<&Gold<'_>> = golds.iter().filter(|gold| gold.claim["kind"] == "pledge").collect();
    for candidate in seen.pledges {
        let (label, matched) = match candidate.basis {
            Basis::Money => money_label(&pledges, &candidate),
            _ => bare_label(&pledges, &candidate),
        };
        if let Some(gold) = matched {
            labelled.by.extend(filling(gold, "by", &candidate.by));
            labelled.place.extend(filling(gold, "place", &taken(gold, &candidate)));
            labelled.stage.extend(stage(gold, &candidate));
            labelled.domains.extend(domains(gold, &candidate));
        }
        let gate = Gate { features: candidate.gate, label };
        match candidate.basis {
            Basis::Money => labelled.money.push(gate),
            Basis::Things => labelled.things.push(gate),
            _ => labelled.cue.push(gate),
        }
    }
    for candidate in seen.agreements {
        let told = |span: [usize; 2]| {
            let near = || golds.iter().filter(|gold| gold.claim["kind"] == "agreement" && gold.overlaps(span));
            near().find(|gold| !gold.optional).or_else(|| near().next())
        };
        let matched = told(candidate.anchor).or_else(|| told(candidate.span));
        if let Some(gold) = matched {
            labelled.add_accord(gold, &candidate);
        }
        let label = matched.map_or(Some(false), |gold| (!gold.optional).then_some(true));
        labelled.agreement.push(Gate { features: candidate.gate, label });
    }
    labelled
}

/// What a line of a corpus of pledges teaches: that the candidate that it tells is a promise, how far it has come, whose and where it
/// is; or that none is one.
pub fn label_line(gold: &Value, text: &str, seen: &Candidates) -> Labelled {
    let mut labelled = Labelled::default();
    let golds = Gold::all(gold, text);
    let gold = golds.first();
    // Without a sum told, the first candidate; where the line says that there is none, the first without.
    let bare = gold.is_some_and(|gold| gold.claim["money"] == "");
    let lone = seen.pledges.iter().position(|candidate| !bare || candidate.basis != Basis::Money);
    for (number, candidate) in seen.pledges.iter().enumerate() {
        let of_line = |gold: &&Gold<'_>| {
            if told_exactly(gold.claim) { tells(gold.claim, candidate) } else { lone == Some(number) }
        };
        let claim = gold.filter(of_line);
        if let Some(gold) = claim {
            labelled.stage.extend(stage(gold, candidate));
            if gold.claim["by"].is_array() {
                labelled.by.extend(filling(gold, "by", &candidate.by));
            }
            if gold.claim["place"].is_array() {
                labelled.place.extend(filling(gold, "place", &taken(gold, candidate)));
            }
        } else if gold.is_some() {
            continue;
        }
        let gate = Gate { features: candidate.gate.clone(), label: Some(claim.is_some()) };
        match candidate.basis {
            Basis::Money => labelled.money.push(gate),
            Basis::Things => labelled.things.push(gate),
            _ => labelled.cue.push(gate),
        }
    }
    labelled
}

/// What a line of a corpus of accords teaches: that its first candidate is one, whose and how far it has come, or that none is.
pub fn label_accord_line(gold: &Value, text: &str, seen: &Candidates) -> Labelled {
    let mut labelled = Labelled::default();
    let golds = Gold::all(gold, text);
    let taught = if golds.is_empty() { seen.agreements.len() } else { 1 };
    for candidate in seen.agreements.iter().take(taught) {
        let gold = golds.first();
        if let Some(gold) = gold {
            labelled.add_accord(gold, candidate);
        }
        labelled.agreement.push(Gate { features: candidate.gate.clone(), label: Some(gold.is_some()) });
    }
    labelled
}

/// Whether a line of a corpus tells a sum with its figure.
fn told_exactly(line: &Value) -> bool {
    line["money"].as_str().is_some_and(|told| !matches!(told, "vague" | ""))
}

/// Whether a candidate has the sum of a line of a corpus: "exact 90000000 EUR".
fn tells(line: &Value, candidate: &Seen) -> bool {
    let written = |money: &pledgebook_mentions::Money| {
        let money = serde_json::to_value(money).ok()?;
        let figure = [&money["max"], &money["min"]].into_iter().find(|bound| !bound.is_null())?;
        Some(format!("{} {figure} {}", money["qualifier"].as_str()?, money["currency"].as_str()?))
    };
    line["money"].as_str().is_some_and(|told| candidate.money.iter().filter_map(written).any(|own| own == told))
}

fn money_label<'g, 'a>(golds: &[&'a Gold<'g>], candidate: &Seen) -> (Option<bool>, Option<&'a Gold<'g>>) {
    let same =
        |gold: &&&Gold<'_>| gold.moneys().iter().any(|money| candidate.money.iter().any(|own| same_money(money, own)));
    let here = || golds.iter().filter(|gold| gold.overlaps(candidate.span)).filter(same);
    match here().find(|gold| !gold.optional).or_else(|| here().next()) {
        Some(gold) => ((!gold.optional).then_some(true), Some(gold)),
        // The same sum told elsewhere, or a sum inside another claim's evidence that its figure differs from: gold leaves it open.
        None if golds.iter().any(|gold| same(&gold)) => (None, None),
        None => (Some(false), None),
    }
}

fn bare_label<'g, 'a>(golds: &[&'a Gold<'g>], candidate: &Seen) -> (Option<bool>, Option<&'a Gold<'g>>) {
    let here = || golds.iter().filter(|gold| gold.overlaps(candidate.anchor));
    let bare = || here().filter(|gold| gold.readings("money").iter().any(|money| money.is_null()));
    match bare().find(|gold| !gold.optional).or_else(|| bare().next()) {
        Some(gold) => ((!gold.optional).then_some(true), Some(gold)),
        // What a claim with a sum tells of is no claim of its own.
        None => (Some(false), None),
    }
}

/// Which of the options for a slot are right: nobody, where gold may leave the slot empty.
fn filling(gold: &Gold<'_>, slot: &str, options: &[SlotChoice]) -> Option<Choice> {
    let names = gold.names(slot);
    let nobody = gold.may_be_empty(slot) && (names.is_empty() || slot == "place");
    choice(&names, nobody, options)
}

/// The choices of place, each seen beside the pledger.
fn taken(gold: &Gold<'_>, candidate: &Seen) -> Vec<SlotChoice> {
    let names = gold.names("by");
    let mut places = candidate.place.clone();
    let pledger = candidate.by.iter().find(|choice| is_one_of(&names, &choice.names));
    for place in &mut places {
        if let Some(pledger) = pledger {
            let same = is_one_of(&names, &place.names);
            place.beside(pledger, same);
        }
    }
    places
}

fn stage(gold: &Gold<'_>, candidate: &Seen) -> Option<Stage> {
    let allowed: Vec<String> =
        gold.readings("stage").into_iter().filter_map(Value::as_str).map(str::to_owned).collect();
    (!allowed.is_empty()).then(|| Stage { features: candidate.stage.clone(), allowed })
}

/// Whether the claim is about each of the fields that it may be about.
fn domains(gold: &Gold<'_>, candidate: &Seen) -> Vec<Answer> {
    let readings = gold.readings("domains");
    let about = |name: &str| {
        readings.iter().any(|reading| reading.as_array().is_some_and(|list| list.iter().any(|domain| domain == name)))
    };
    candidate.domains.iter().map(|(name, features)| (features.clone(), about(name))).collect()
}

fn same_money(gold: &Value, own: &pledgebook_mentions::Money) -> bool {
    let Ok(own) = serde_json::to_value(own) else { return false };
    if gold["currency"] != own["currency"] || (gold["qualifier"] == "vague") != (own["qualifier"] == "vague") {
        return false;
    }
    let figures = |money: &Value| {
        let mut all: Vec<f64> = ["min", "max"].iter().filter_map(|bound| money[*bound].as_f64()).collect();
        all.sort_by(f64::total_cmp);
        all.first().copied().zip(all.last().copied())
    };
    let near = |a: f64, b: f64| (a - b).abs() <= 0.01 * a.abs().max(b.abs()).max(1e-9);
    matches!((figures(gold), figures(&own)), (Some(a), Some(b)) if near(a.0, b.0) && near(a.1, b.1))
}
