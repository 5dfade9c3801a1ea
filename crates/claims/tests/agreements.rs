//! Plain sentences that tell accords: between whom.

use pledgebook_claims::{Body, Reader};
use pledgebook_document::Opener;
use pledgebook_lexicon::Data;

/// The parties of every agreement of a text, sorted.
fn parties(lang: &str, text: &str) -> Vec<Vec<String>> {
    let data = Data::embedded();
    let reader = Reader::new(&data, lang).expect("data of the language");
    let document = Opener::new(&data).expect("page words").text("t", text);
    let agreements = reader.read(&document).claims.into_iter().filter_map(|claim| match claim.body {
        Body::Agreement(agreement) => Some(agreement.parties),
        _ => None,
    });
    agreements
        .map(|mut parties| {
            parties.sort();
            parties
        })
        .collect()
}

#[test]
fn two_accords_of_one_firm_are_two() {
    for (lang, text) in [
        (
            "en",
            "Norvane signed a supply contract with Siemens on Monday. Norvane also signed a supply contract with Bosch.",
        ),
        (
            "de",
            "Norvane hat am Montag einen Liefervertrag mit Siemens unterzeichnet. Norvane hat auch einen Liefervertrag mit Bosch unterzeichnet.",
        ),
    ] {
        let found = parties(lang, text);
        assert_eq!(found.len(), 2, "{text}: {found:?}");
        assert!(found[0].iter().any(|party| party.contains("Siemens")), "{found:?}");
        assert!(found[1].iter().any(|party| party.contains("Bosch")), "{found:?}");
    }
}

#[test]
fn an_accord_told_again_is_one() {
    let text = "Norvane signed a supply contract with Siemens on Monday. The contract between Norvane and Siemens was signed in Leeds.";
    assert_eq!(parties("en", text).len(), 1, "{:?}", parties("en", text));
}
