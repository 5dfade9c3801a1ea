//! Whom claims are from, and which of them are from one and the same (rules 10 and 11).

use crate::sighting::Sighting;

/// What identifies the origin of one claim: its last named source, else the outlet, else the document.
pub(crate) fn key(sighting: &Sighting) -> String {
    let context = &sighting.context;
    if !context.origin.is_empty() {
        return context.origin.clone();
    }
    match &sighting.origin.publisher {
        Some(publisher) => crate::entity::fold(publisher),
        None => format!("document/{}", sighting.origin.document),
    }
}

/// The chain as it is listed: the named sources, else who published it, else the document.
pub(crate) fn chain(sighting: &Sighting) -> Vec<String> {
    if !sighting.context.sources.is_empty() {
        return sighting.context.sources.clone();
    }
    vec![sighting.origin.publisher.clone().unwrap_or_else(|| sighting.origin.document.clone())]
}

/// The whole chain of one claim: outlet ← sources.
pub(crate) fn full_chain(sighting: &Sighting) -> Vec<String> {
    let mut chain: Vec<String> = sighting.origin.publisher.iter().cloned().collect();
    chain.extend(
        sighting.context.sources.iter().filter(|source| sighting.origin.publisher.as_ref() != Some(*source)).cloned(),
    );
    if chain.is_empty() {
        chain.push(sighting.origin.document.clone());
    }
    chain
}

/// Whether one document carries the other's text, in its own language or another.
pub(crate) fn is_copy(a: &Sighting, b: &Sighting) -> bool {
    let (a, b) = (&a.origin, &b.origin);
    let translated =
        || a.lang != b.lang && a.lang.is_some() && b.lang.is_some() && a.signature.is_translation(&b.signature);
    a.document != b.document && (a.signature.is_copy(&b.signature) || translated())
}

/// The name that sentences use for an origin: its last source that has a name, else its first words.
pub(crate) fn label(chain: &[String]) -> String {
    let named = chain.iter().rev().find(|source| source.chars().next().is_some_and(char::is_uppercase));
    named.or(chain.first()).cloned().unwrap_or_default()
}
