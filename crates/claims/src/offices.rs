//! Heads promise for what they head: a pledge by persons whose office the document tells is one of their organisations.

use crate::{Body, Claim, Reason};
use rustc_hash::FxHashMap;

/// Puts the organisation in the place of every pledger who holds an office there, with the reason.
pub fn speak_for_bodies(claims: &mut [Claim]) {
    let mut offices: FxHashMap<String, (String, Vec<String>)> = FxHashMap::default();
    for claim in claims.iter() {
        let Body::Role(role) = &claim.body else { continue };
        if let Some(organisation) = role.organisation.as_ref().filter(|_| !role.former) {
            let forms = claim.aliases.get(organisation).cloned().unwrap_or_default();
            offices.entry(role.person.clone()).or_insert_with(|| (organisation.clone(), forms));
        }
    }
    if offices.is_empty() {
        return;
    }
    for claim in claims {
        let Body::Pledge(pledge) = &mut claim.body else { continue };
        if !pledge.by.iter().any(|name| offices.contains_key(name)) {
            continue;
        }
        let mut by: Vec<String> = Vec::with_capacity(pledge.by.len());
        for name in std::mem::take(&mut pledge.by) {
            let body = match offices.get(&name) {
                Some((organisation, forms)) => {
                    claim.aliases.remove(&name);
                    if !forms.is_empty() {
                        claim.aliases.entry(organisation.clone()).or_insert_with(|| forms.clone());
                    }
                    claim.reasons.push(Reason {
                        slot: "by".into(),
                        rule: "<office-holder> for <organisation>".into(),
                        words: name,
                    });
                    organisation.clone()
                }
                None => name,
            };
            if !by.contains(&body) {
                by.push(body);
            }
        }
        pledge.by = by;
    }
}
