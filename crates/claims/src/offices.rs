//! Heads promise for what they head: a pledge by persons whose office the document tells is one of their organisations.

use crate::{Body, Claim, Reason};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// For each pledger of a pledge the claim that tells the office, if one does.
type Offices = SmallVec<[Option<usize>; 4]>;

/// An organisation with the other forms of its name.
type Named = (String, Vec<String>);

/// Puts the organisation in the place of every pledger who holds an office there, with the reason if that is to be told.
pub fn speak_for_bodies(claims: &mut [Claim], explains: bool) {
    for (pledge, offices) in pledges_of_heads(claims) {
        speak(claims, pledge, &offices, explains);
    }
}

/// The pledges with pledgers of whom the document tells an office.
fn pledges_of_heads(claims: &[Claim]) -> Vec<(usize, Offices)> {
    let mut offices: FxHashMap<&str, usize> = FxHashMap::default();
    for (number, claim) in claims.iter().enumerate() {
        if let Body::Role(role) = &claim.body
            && role.organisation.is_some()
            && !role.former
        {
            offices.entry(&role.person).or_insert(number);
        }
    }
    if offices.is_empty() {
        return Vec::new();
    }
    let of_heads = |(number, claim): (usize, &Claim)| {
        let Body::Pledge(pledge) = &claim.body else { return None };
        let offices: Offices = pledge.by.iter().map(|name| offices.get(name.as_str()).copied()).collect();
        offices.iter().any(Option::is_some).then_some((number, offices))
    };
    claims.iter().enumerate().filter_map(of_heads).collect()
}

fn speak(claims: &mut [Claim], pledge: usize, offices: &[Option<usize>], explains: bool) {
    let body = |office: &Option<usize>| {
        let claim = claims.get((*office)?)?;
        let Body::Role(role) = &claim.body else { return None };
        let organisation = role.organisation.clone()?;
        let forms = claim.aliases.get(&organisation).cloned().unwrap_or_default();
        Some((organisation, forms))
    };
    let bodies: SmallVec<[Option<Named>; 4]> = offices.iter().map(body).collect();
    let claim = &mut claims[pledge];
    let Body::Pledge(pledge) = &mut claim.body else { return };
    let mut by: Vec<String> = Vec::with_capacity(pledge.by.len());
    for (name, body) in std::mem::take(&mut pledge.by).into_iter().zip(bodies) {
        let body = match body {
            Some((organisation, forms)) => {
                claim.aliases.remove(&name);
                if !forms.is_empty() {
                    claim.aliases.entry(organisation.clone()).or_insert(forms);
                }
                if explains {
                    claim.reasons.push(Reason::new("by", "<office-holder> for <organisation>", &name));
                }
                organisation
            }
            None => name,
        };
        if !by.contains(&body) {
            by.push(body);
        }
    }
    pledge.by = by;
}
