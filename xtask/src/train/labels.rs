//! Which decisions about a document's candidates are right, by its gold claims.

use super::learner::Choice;
use pledgebook_claims::learning::{Basis, Candidates, PREVIOUS, Seen, SlotChoice, TAKEN};
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A decision whether a candidate is a claim; without label where gold leaves it open.
pub struct Gate {
    pub features: Vec<String>,
    pub label: Option<bool>,
}

/// A decision how far a claim has come.
pub struct Stage {
    pub features: Vec<String>,
    pub allowed: Vec<String>,
}

/// A document's decisions.
#[derive(Default)]
pub struct Labelled {
    pub fold: usize,
    pub money: Vec<Gate>,
    pub things: Vec<Gate>,
    pub cue: Vec<Gate>,
    pub by: Vec<Choice>,
    pub place: Vec<Choice>,
    pub stage: Vec<Stage>,
    pub agreement: Vec<Gate>,
    pub parties: Vec<(Vec<String>, bool)>,
    pub agreement_stage: Vec<Stage>,
}

/// A gold claim with its place in the text, in characters.
struct Gold<'g> {
    claim: &'g Value,
    span: [usize; 2],
    optional: bool,
}

impl Gold<'_> {
    fn overlaps(&self, span: [usize; 2]) -> bool {
        span[0] < self.span[1] && self.span[0] < span[1]
    }

    /// The value of a slot and its accepted alternatives.
    fn readings(&self, slot: &str) -> Vec<&Value> {
        let alternatives = self.claim["alt"].as_array().into_iter().flatten();
        std::iter::once(&self.claim[slot])
            .chain(alternatives.filter(|alt| alt["slot"] == slot).map(|alt| &alt["value"]))
            .collect()
    }

    /// The names of a slot in all readings, with the forms that the document uses.
    fn names(&self, slot: &str) -> Vec<String> {
        let mut names = Vec::new();
        for reading in self.readings(slot) {
            for name in reading.as_array().into_iter().flatten().filter_map(Value::as_str) {
                names.push(name.to_owned());
                let forms = self.claim["aliases"][name].as_array().into_iter().flatten();
                names.extend(forms.filter_map(Value::as_str).map(str::to_owned));
            }
        }
        names
    }

    fn may_be_empty(&self, slot: &str) -> bool {
        self.readings(slot).iter().any(|reading| reading.as_array().is_some_and(Vec::is_empty))
    }

    fn moneys(&self) -> Vec<&Value> {
        let restated = self.claim["restated"].as_array().into_iter().flatten();
        self.readings("money").into_iter().chain(restated).filter(|money| !money.is_null()).collect()
    }
}

/// Compares the candidates of a document with its gold claims.
pub fn label(gold: &Value, text: &str, seen: Candidates, fold: usize) -> Labelled {
    let golds: Vec<Gold<'_>> = gold["claims"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|claim| {
            let evidence = claim["evidence"].as_str()?;
            let start = text.find(evidence)?;
            let from = text[..start].chars().count();
            let optional = claim["alt"].as_array().into_iter().flatten().any(|alt| alt["slot"] == "optional");
            Some(Gold { claim, span: [from, from + evidence.chars().count()], optional })
        })
        .collect();
    let mut labelled = Labelled { fold, ..Labelled::default() };
    let pledges: Vec<&Gold<'_>> = golds.iter().filter(|gold| gold.claim["kind"] == "pledge").collect();
    let mut previous: Option<u32> = None;
    for mut candidate in seen.pledges {
        for option in candidate.by.iter_mut().filter(|option| previous.is_some() && option.entity == previous) {
            option.features.push(PREVIOUS.to_owned());
            option.features.push(format!("{PREVIOUS}|{}", option.side));
        }
        let (label, matched) = match candidate.basis {
            Basis::Money => money_label(&pledges, &candidate),
            _ => bare_label(&pledges, &candidate),
        };
        if let Some(gold) = matched {
            let by = choice(gold, "by", &candidate.by);
            let right = by.iter().flat_map(|by| candidate.by.iter().zip(&by.right)).find(|(_, right)| **right);
            previous = right.and_then(|(option, _)| option.entity);
            labelled.by.extend(by);
            labelled.place.extend(choice(gold, "place", &taken(gold, &candidate)));
            labelled.stage.extend(stage(gold, &candidate));
        }
        let gate = Gate { features: candidate.gate, label };
        match candidate.basis {
            Basis::Money => labelled.money.push(gate),
            Basis::Things => labelled.things.push(gate),
            _ => labelled.cue.push(gate),
        }
    }
    for candidate in seen.agreements {
        let near = || golds.iter().filter(|gold| gold.claim["kind"] == "agreement" && gold.overlaps(candidate.span));
        let matched = near().find(|gold| !gold.optional).or_else(|| near().next());
        if let Some(gold) = matched {
            let names = gold.names("parties");
            for option in candidate.by.iter().filter(|option| option.entity.is_some()) {
                labelled.parties.push((option.features.clone(), is_one_of(option, &names)));
            }
            labelled.agreement_stage.extend(stage(gold, &candidate));
        }
        let label = matched.map_or(Some(false), |gold| (!gold.optional).then_some(true));
        labelled.agreement.push(Gate { features: candidate.gate, label });
    }
    labelled
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
        None if here().next().is_some() => (None, None),
        None => (Some(false), None),
    }
}

fn choice(gold: &Gold<'_>, slot: &str, options: &[SlotChoice]) -> Option<Choice> {
    let names = gold.names(slot);
    let empty = gold.may_be_empty(slot);
    let right: Vec<bool> = options
        .iter()
        .map(|option| {
            if option.entity.is_none() {
                empty && (names.is_empty() || slot == "place")
            } else {
                is_one_of(option, &names)
            }
        })
        .collect();
    right
        .contains(&true)
        .then(|| Choice { options: options.iter().map(|option| option.features.clone()).collect(), right })
}

/// The choices of place, those marked that are the pledger.
fn taken(gold: &Gold<'_>, candidate: &Seen) -> Vec<SlotChoice> {
    let names = gold.names("by");
    let mut places = candidate.place.clone();
    for place in places.iter_mut().filter(|place| is_one_of(place, &names)) {
        place.features.push(TAKEN.to_owned());
    }
    places
}

fn stage(gold: &Gold<'_>, candidate: &Seen) -> Option<Stage> {
    let allowed: Vec<String> =
        gold.readings("stage").into_iter().filter_map(Value::as_str).map(str::to_owned).collect();
    (!allowed.is_empty()).then(|| Stage { features: candidate.stage.clone(), allowed })
}

fn is_one_of(option: &SlotChoice, names: &[String]) -> bool {
    option.names.iter().any(|form| names.iter().any(|name| same_name(form, name)))
}

/// The words of a name that tell it apart: no case, no accents, no legal forms or articles.
fn key(name: &str) -> Vec<String> {
    const LEGAL: [&str; 30] = [
        "inc",
        "corp",
        "corporation",
        "plc",
        "ltd",
        "limited",
        "llc",
        "sa",
        "ag",
        "se",
        "gmbh",
        "spa",
        "nv",
        "bv",
        "co",
        "company",
        "group",
        "groupe",
        "holding",
        "the",
        "le",
        "la",
        "les",
        "der",
        "die",
        "das",
        "il",
        "el",
        "los",
        "de",
    ];
    let folded: String = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let words: Vec<String> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let kept: Vec<String> = words
        .iter()
        .filter(|word| !LEGAL.contains(&word.as_str()) && *word != "du" && *word != "of")
        .cloned()
        .collect();
    if kept.is_empty() { words } else { kept }
}

pub(super) fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (key(a), key(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || short.concat().chars().count() > 2 && long.windows(short.len()).any(|part| part == short)
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
