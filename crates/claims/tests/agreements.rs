//! Plain sentences that tell accords: between whom.

use pledgebook_claims::{Agreement, Body, Reader};
use pledgebook_document::Opener;
use pledgebook_lexicon::Data;

/// The agreements of a text, each with its sources.
fn agreements(lang: &str, text: &str) -> Vec<(Agreement, Vec<String>)> {
    let data = Data::embedded();
    let reader = Reader::new(&data, lang).expect("data of the language");
    let document = Opener::new(&data).expect("page words").text("t", text);
    let agreements = reader.read(&document).claims.into_iter().filter_map(|claim| match claim.body {
        Body::Agreement(agreement) => Some((agreement, claim.sources)),
        _ => None,
    });
    agreements.collect()
}

/// The parties of every agreement of a text, sorted.
fn parties(lang: &str, text: &str) -> Vec<Vec<String>> {
    let sorted = |(mut agreement, _): (Agreement, Vec<String>)| {
        agreement.parties.sort();
        agreement.parties
    };
    agreements(lang, text).into_iter().map(sorted).collect()
}

#[test]
fn two_accords_of_one_firm_are_two() {
    let text = "Norvane will build a cell plant in Leeds, the company said on Monday. It signed a supply contract with Siemens last week.\n\n\
                The work begins in May. The site was a coal yard until 2009. Its cranes were sold years ago. The council likes the plan.\n\n\
                Norvane also signed a research agreement with the University of Leeds.";
    let found = parties("en", text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], ["Norvane", "Siemens"]);
    assert!(found[1].iter().any(|party| party == "University of Leeds"), "{found:?}");
}

#[test]
fn whom_the_head_of_an_article_names_is_a_party_further_down() {
    for (lang, text) in [
        (
            "en",
            "Norvane will build a cell plant in Leeds, the company said on Monday.\n\nThe work begins in May. The site was a coal yard until 2009. \
             Its cranes were sold years ago. The council likes the plan.\n\nA supply contract with Siemens was signed last week.",
        ),
        (
            "de",
            "Norvane baut in Kassel ein Zellwerk, teilte das Unternehmen am Montag mit.\n\nDie Arbeiten beginnen im Mai. Auf dem Gelände lag bis \
             2009 Kohle. Die Kräne wurden vor Jahren verkauft. Die Stadt begrüßt den Plan.\n\nEin Liefervertrag mit Siemens wurde in der \
             vergangenen Woche unterzeichnet.",
        ),
    ] {
        assert_eq!(parties(lang, text), [["Norvane", "Siemens"]], "{text}");
    }
}

#[test]
fn nobody_in_a_dateline_is_a_party() {
    for (lang, text) in [
        ("en", "DUBAI, UAE, March 13, 2024 /24-7Bulletin/ -- Norvane signed an accord with Siemens on Monday."),
        ("en", "LEEDS, England, Oct. 3 (Reuters) - Norvane signed an accord with Siemens on Monday."),
        ("de", "BERLIN (Dow Jones)--Norvane und Siemens haben am Montag ein Abkommen unterzeichnet."),
        ("es", "París, 4 may (EFE).- Norvane y Siemens firmaron el lunes un acuerdo."),
        ("en", "In Leeds on Monday Norvane – a maker of cells – signed an accord with Siemens."),
    ] {
        assert_eq!(parties(lang, text), [["Norvane", "Siemens"]], "{text}");
    }
}

#[test]
fn who_signs_for_a_country_or_a_body_is_no_party_beside_it() {
    let text =
        "Kenya's finance minister, John Mbala, and the EIB's president Thomas Ostrand signed an accord in Nairobi.";
    assert_eq!(parties("en", text), [["EIB", "KE"]]);
}

#[test]
fn what_a_firm_makes_is_no_party() {
    let text = "Norvane has signed a contract with Airbus for 40 A320 and twelve F-35 jets.";
    assert_eq!(parties("en", text), [["Airbus", "Norvane"]]);
}

#[test]
fn an_accord_told_again_is_one() {
    let text = "Norvane signed a supply contract with Siemens on Monday. The contract between Norvane and Siemens was signed in Leeds.";
    assert_eq!(parties("en", text).len(), 1, "{:?}", parties("en", text));
}

#[test]
fn a_sentence_without_a_party_speaks_of_the_accord_before() {
    let text = "Britain and Norway will sign a research agreement in Leeds on Friday, London said. Siemens and Norvane took part in the talks.\n\n\
                The agreement in preparation aims at a common laboratory.";
    assert_eq!(parties("en", text), [["GB", "NO"]], "{:?}", parties("en", text));
}

#[test]
fn the_outlet_that_a_later_sentence_about_the_only_accord_is_from_is_its_source() {
    for (lang, text) in [
        (
            "en",
            "Canada and Japan will sign an accord on Monday.\n\nThe halls are being swept. According to Bloomberg, the accord aims to \
             strengthen cooperation in quantum computing.",
        ),
        (
            "fr",
            "Le Canada et le Japon vont signer lundi un accord.\n\nLes salles sont prêtes. Selon Bloomberg et des sources officielles, cet \
             accord vise à renforcer la coopération dans le domaine quantique.",
        ),
        (
            "de",
            "Kanada und Japan unterzeichnen am Montag ein Abkommen.\n\nDie Säle sind gefegt. Laut Bloomberg soll das Abkommen die \
             Zusammenarbeit bei Halbleitern stärken.",
        ),
        (
            "es",
            "Canadá y Japón firmarán el lunes un acuerdo.\n\nLas salas están listas. Según Bloomberg, el acuerdo busca reforzar la \
             cooperación en computación cuántica.",
        ),
    ] {
        let found = agreements(lang, text);
        let [(_, sources)] = found.as_slice() else { panic!("{text}: {found:?}") };
        assert_eq!(sources, &["Bloomberg"], "{text}");
    }
    // Another accord, another outlet's story.
    let text =
        "Canada and Japan will sign an accord on Monday. According to Bloomberg, Norway seeks an accord with Chile.";
    let canada = agreements("en", text).into_iter().find(|(agreement, _)| agreement.parties.contains(&"CA".to_owned()));
    assert_eq!(canada.map(|(_, sources)| sources), Some(Vec::new()), "{text}");
}
