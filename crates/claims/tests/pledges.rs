//! Plain sentences of each construction: who pledges how much, and what is no pledge.

use pledgebook_claims::{Body, Pledge, PledgeStage, Reader};
use pledgebook_document::Opener;
use pledgebook_lexicon::Data;

fn pledges(lang: &str, text: &str) -> Vec<Pledge> {
    let data = Data::embedded();
    let reader = Reader::new(&data, lang).expect("data of the language");
    let mut document = Opener::new(&data).expect("page words").text("t", text);
    document.published = Some("2026-01-15".to_owned());
    let claims = reader.read(&document).claims;
    claims
        .into_iter()
        .filter_map(|claim| {
            assert!(text.contains(&claim.evidence), "the evidence stands in the text");
            match claim.body {
                Body::Pledge(pledge) => Some(pledge),
                _ => None,
            }
        })
        .collect()
}

#[test]
fn every_language_compiles() {
    let data = Data::embedded();
    for lang in data.languages() {
        Reader::new(&data, lang).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn a_record_is_about_who_its_first_lines_name() {
    for (lang, text) in [
        (
            "en",
            "The cabinet on Thursday cleared two projects.\n\nPromoter: Ferrani Steel\nWhat: rolling mill\nRoof: green\nRoad: \
             tarred\nRails: laid\nOutlay: €400 million\n\nPromoter: Lusco Chemicals\nWhat: paint works\nRoof: flat\nRoad: \
             gravel\nRails: none\nOutlay: €90 million",
        ),
        (
            "de",
            "Das Kabinett hat am Donnerstag zwei Vorhaben gebilligt.\n\nTräger: Ferrani Stahl\nVorhaben: Walzwerk\nDach: \
             grün\nStraße: geteert\nGleise: verlegt\nKosten: 400 Millionen Euro\n\nTräger: Lusco Chemie\nVorhaben: \
             Lackwerk\nDach: flach\nStraße: geschottert\nGleise: keine\nKosten: 90 Millionen Euro",
        ),
    ] {
        let paid = pledges(lang, text).into_iter().filter(|pledge| pledge.money.is_some());
        let by: Vec<_> = paid.flat_map(|pledge| pledge.by).collect();
        assert_eq!(by.len(), 2, "{lang}: {by:?}");
        assert!(by[0].contains("Ferrani") && by[1].contains("Lusco"), "{lang}: {by:?}");
    }
}

#[test]
fn one_unsure_promise_makes_no_article_tell_any() {
    let lines = "Rovers hold on\n\nThe rain came at noon and stayed. Some 2 million euros went into the roof. Ilan Roth scored after ten \
                 minutes. The visitors had most of the ball. Nobody sang in the second half. The referee added five minutes.";
    assert_eq!(pledges("en", lines).len(), 1);
    let article = format!("{lines} Roth limped off at the end. The next match is on Sunday.");
    assert!(pledges("en", &article).is_empty());
}

#[test]
fn who_answers_in_a_dialogue_speaks_for_the_house() {
    let text = "A rocket in a paddock\n\nHinemoa Strath runs Kereru Orbital, the launch firm of Waikoa. She spoke to the Wakatipu \
                Mail in Adelaide.\n\nYou signed a customer on Friday. What have they bought?\n\nFourteen launches. It is Nordsky, the \
                Norwegian weather firm, with offices in Oslo and Bergen.\n\nAnd what happens to the cash?\n\nIt goes into a paddock. \
                People say a million and I have heard sillier guesses. Nothing is lost. We are putting $61 million into a second \
                pad.\n\nIs anybody helping?\n\nSome of it came from the town.";
    let found = pledges("en", text);
    let pad = found.iter().find(|pledge| pledge.money.as_ref().is_some_and(|money| money.min.is_some()));
    assert!(pad.is_some_and(|pledge| pledge.by == ["Kereru Orbital"]), "{found:?}");
}

#[test]
fn the_subject_of_an_active_verb_pledges() {
    for (lang, text) in [
        ("en", "Norvane plc will invest £40 million in a new battery plant in Leeds."),
        ("fr", "Le groupe Norvane va investir 40 millions d’euros dans une usine de batteries à Lens."),
    ] {
        let found = pledges(lang, text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].by, ["Norvane"], "{text}");
        assert_eq!(found[0].stage, Some(PledgeStage::Planned), "{text}");
        assert!(found[0].money.is_some_and(|money| money.max == Some(40_000_000.into())), "{text}");
    }
}

#[test]
fn a_person_may_stand_last_behind_one_with_a_firm() {
    let found = pledges("en", "Jensen Huang of Nvidia and Sam Altman will invest €90 million in the new plant.");
    assert!(found.iter().any(|pledge| pledge.by.contains(&"Nvidia".to_owned())), "{found:?}");
}

#[test]
fn counts_of_one_deed_are_one_promise_and_other_deeds_their_own() {
    let text = "Norvane développera un entrepôt de 90 000 m² à Lens, pour un investissement de 140 millions d’euros.";
    let found = pledges("fr", text);
    let counted: Vec<&Pledge> = found.iter().filter(|pledge| pledge.money.is_none()).collect();
    assert!(counted.len() <= 1, "{found:?}");
    let text =
        "Norvane plc will open a plant in Leeds next year, the company said, and will train the council's drivers.";
    let found = pledges("en", text);
    assert!(!found.is_empty() && found.len() <= 2, "{found:?}");
    assert!(found.iter().all(|pledge| pledge.by == ["Norvane"]), "{found:?}");
}

#[test]
fn the_agent_of_a_passive_pledges() {
    for (lang, text) in [
        ("en", "A £70 million grant was promised by the European Commission."),
        ("fr", "Une aide de 70 millions d’euros a été promise par la Commission européenne."),
    ] {
        let found = pledges(lang, text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].by, ["EU"], "{text}");
    }
}

#[test]
fn numbers_of_days_and_lots_are_no_sums_and_brackets_pledge_nothing() {
    for text in [
        "Norvane plc signed a contract worth £40 million on March 30 and will build a plant in Leeds.",
        "Norvane plc will invest £40 million in Leeds, where it has won Lot 5.",
        "Norvane (Poland) will invest £40 million in a new battery plant in Leeds.",
    ] {
        let found = pledges("en", text);
        let sums: Vec<_> = found.iter().filter_map(|pledge| pledge.money?.max).collect();
        assert_eq!(sums, [40_000_000.into()], "{text}");
        assert!(found.iter().all(|pledge| pledge.by == ["Norvane"]), "{found:?}");
    }
}

#[test]
fn where_something_is_said_pledges_nothing() {
    for (text, by) in [
        ("Міський голова Остап Кравченко повідомив у Telegram про 5 млн грн на школу.", "Ostap Kravchenko"),
        ("Про це у Facebook написала прем'єр-міністерка України Олена Гнатюк: «Ми виділимо 5 млн грн на школу».", "UA"),
    ] {
        let found = pledges("uk", text);
        assert!(!found.is_empty() && found.iter().all(|pledge| pledge.by == [by]), "{found:?}");
    }
}

#[test]
fn jobs_that_are_cut_are_no_promise() {
    for (lang, text) in [
        ("en", "Norvane plc will lay off 130 workers in Leeds."),
        ("fr", "Le groupe Norvane va licencier 130 salariés à Lens."),
        ("de", "Die Norvane AG entlässt 130 Mitarbeiter in Jena."),
        ("es", "La empresa Norvane despedirá a 130 trabajadores en Soria."),
        ("it", "La Norvane licenzierà 130 lavoratori a Bari."),
        ("uk", "Компанія «Норван» звільнить 130 працівників у Рівному."),
    ] {
        assert!(pledges(lang, text).is_empty(), "{text}: {:?}", pledges(lang, text));
    }
}

#[test]
fn a_figure_that_leaves_out_what_was_just_said_is_a_sum() {
    for (lang, text) in [
        ("es", "El BID prestará 40 millones de dólares y el Banco Mundial anunció otros 8 para el trienio."),
        ("it", "Intesa Sanpaolo investirà 40 milioni di euro a Bari e UniCredit ha promesso altri 8 per il porto."),
        ("en", "Norvane will invest £40 million in Leeds, and Barclays has promised a further 8 for the site."),
    ] {
        let sums: Vec<_> = pledges(lang, text).iter().filter_map(|pledge| pledge.money?.max).collect();
        assert_eq!(sums, [40_000_000.into(), 8_000_000.into()], "{text}");
    }
}

#[test]
fn results_and_fines_are_no_pledges() {
    for (lang, text) in [
        ("en", "Norvane posted a profit of £40 million in the first quarter, on revenue of £310 million."),
        ("en", "A court fined Norvane £2 million for bribery."),
        ("fr", "Norvane a publié un bénéfice de 40 millions d’euros au premier trimestre."),
        ("fr", "Le tribunal a condamné Norvane à une amende de 2 millions d’euros."),
    ] {
        assert!(pledges(lang, text).is_empty(), "{text}");
    }
}

#[test]
fn sums_that_leave_out_their_currency_or_their_scale_are_sums() {
    for (lang, text, pledger, sum) in [
        ("de", "Der Umbau kostet 200 Millionen Euro. Siemens wird sich mit 85 Millionen beteiligen.", "Siemens", 85),
        ("de", "Das Paket hat 900 Millionen Euro. Davon zahlt Siemens 300 Millionen Zuschüsse.", "Siemens", 300),
        ("uk", "Компанія Siemens вкладе 45 млн євро, «Укрзалізниця» – 30.", "Ukrzaliznytsia", 30),
    ] {
        let found = pledges(lang, text);
        let sum = rust_decimal::Decimal::from(sum * 1_000_000);
        let of_sum = found.iter().find(|pledge| pledge.money.is_some_and(|money| money.max == Some(sum)));
        assert!(of_sum.is_some_and(|pledge| pledge.by.iter().any(|by| by.contains(pledger))), "{text}: {found:?}");
    }
}
