use super::*;
use pledgebook_lexicon::Data;
use std::time::Instant;

fn rates() -> Rates {
    Rates::embedded(&Data::embedded()).expect("embedded rates")
}

fn ask(rates: &Rates, from: &str, to: &str, day: &str) -> Option<String> {
    let code = |code| Currency::new(code).expect("code");
    let rate = rates.rate(code(from), code(to), day.parse().expect("day"))?;
    Some(format!("{} {} {}", rate.rate, rate.day, rate.source))
}

#[test]
fn rates_of_a_day() {
    let rates = rates();
    for (from, to, day, expected) in [
        ("EUR", "USD", "2025-09-12", "1.1718 2025-09-12 ECB"),
        ("GBP", "USD", "2025-09-12", "1.35421 2025-09-12 ECB"),
        // A Sunday has the Friday's rate.
        ("GBP", "USD", "2025-09-14", "1.35421 2025-09-12 ECB"),
        ("USD", "EUR", "2025-09-12", "0.853388 2025-09-12 ECB"),
        ("EUR", "IDR", "2015-01-02", "15073.02 2015-01-02 ECB"),
        ("USD", "SAR", "2025-09-14", "3.75 2025-09-14 3.75 SAR = 1 USD (Saudi Central Bank)"),
        (
            "SAR",
            "AED",
            "2025-09-14",
            "0.979333 2025-09-14 3.75 SAR = 1 USD (Saudi Central Bank); 3.6725 AED = 1 USD (Central Bank of the UAE)",
        ),
        ("AED", "EUR", "2025-09-12", "0.232372 2025-09-12 ECB; 3.6725 AED = 1 USD (Central Bank of the UAE)"),
        (
            "DEM",
            "EUR",
            "2020-03-02",
            "0.511292 2020-03-02 1.95583 DEM = 1 EUR (EU Council, Regulation (EC) No 2866/98)",
        ),
        ("BGN", "EUR", "2025-12-31", "0.5113 2025-12-31 ECB"),
        (
            "BGN",
            "EUR",
            "2026-02-03",
            "0.511292 2026-02-03 1.95583 BGN = 1 EUR (EU Council, conversion rate at the adoption of the euro)",
        ),
        ("RUB", "EUR", "2022-03-05", "0.00853235 2022-03-01 ECB"),
    ] {
        assert_eq!(ask(&rates, from, to, day).as_deref(), Some(expected), "{from} in {to} on {day}");
    }
}

#[test]
fn no_rate_is_none_and_never_a_guess() {
    let rates = rates();
    for (from, to, day) in [
        ("USD", "EUR", "2015-01-01"),
        ("USD", "EUR", "2027-01-15"),
        ("UAH", "USD", "2025-09-12"),
        ("RUB", "EUR", "2023-05-05"),
        ("ISK", "EUR", "2016-05-05"),
        ("ANG", "XXX", "2025-09-12"),
        ("XCG", "USD", "2024-09-12"),
    ] {
        assert_eq!(ask(&rates, from, to, day), None, "{from} in {to} on {day}");
    }
}

#[test]
fn a_currency_in_itself_is_one() {
    assert_eq!(ask(&rates(), "UAH", "UAH", "2025-09-12").as_deref(), Some("1 2025-09-12 "));
}

#[test]
fn the_embedded_rates_have_no_faults() {
    let doubts = rates().check();
    let faults: Vec<String> = doubts.iter().filter(|doubt| doubt.is_fault()).map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    // The franc left its floor on 15 January 2015: a true jump, listed.
    assert!(doubts.iter().any(|doubt| doubt.to_string().contains("CHF moved from 1.201 to 1.028")));
}

#[test]
fn every_embedded_day_is_found_by_halving() {
    let rates = rates();
    let series = &rates.series[0];
    let mut days = 0;
    for (_, line) in series.lines(rates.file.text()) {
        let day = &line[..10];
        let found = series.rows_back(rates.file.text(), day.parse().expect("day")).next().expect("row");
        assert_eq!(found.1, line);
        days += 1;
    }
    assert!(days > 3000);
}

#[test]
fn wrong_rates_are_told_by_line() {
    let text = "# source T: test\nper EUR,USD\n2025-01-02,1.1\n2025-01-02,1.1\n2025-01-20,-3\n2025-01-21,1.1,7\nx,1\n2025-01-22,1.3\n";
    let rates = Rates::new(DataFile::new("rates.csv", text), Pegs::default()).expect("headers are right");
    let told: Vec<String> = rates.check().iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "rates.csv:4: T: 2025-01-02 is not after the day before it",
            "rates.csv:5: T: no rates between 2025-01-02 and 2025-01-20",
            "rates.csv:5: T: '-3' is no rate of USD",
            "rates.csv:6: T: more cells than the header has",
            "rates.csv:7: T: the row does not begin with a day (YYYY-MM-DD)",
            "rates.csv:8: T: USD moved from 1.1 to 1.3",
        ]
    );
    for (text, message) in [
        ("2025-01-02,1.1\n", "rates.csv:1: a row of rates before any header ('per EUR,USD,…')"),
        ("# source T: t\nEUR,USD\n", "rates.csv:2: a header begins with 'per EUR' or 'in UAH'"),
        ("per EUR,USD\n", "rates.csv:1: a header without '# source NAME: …' before it"),
        ("# source T: t\nper EUR,dollar\n", "rates.csv:2: 'dollar' is no ISO 4217 code"),
    ] {
        let error = Rates::new(DataFile::new("rates.csv", text), Pegs::default()).expect_err("wrong");
        assert_eq!(error.to_string(), message);
    }
}

// The figures of the hryvnia in these tests are made up.
const NBU_DAY: &str = r#"[{"r030":840,"txt":"US dollar","rate":40.0,"cc":"USD","exchangedate":"12.09.2025"},
  {"r030":978,"txt":"euro","rate":47.5,"cc":"EUR","exchangedate":"12.09.2025"}]"#;
const NBU_RANGE: &str = r#"[{"exchangedate":"11.09.2025","r030":392,"cc":"JPY","txt":"yen","enname":"Yen","rate":27.5,"units":100,
  "rate_per_unit":0.275,"group":"1","calcdate":"10.09.2025"}]"#;
const NBU_CSV: &str = "Day;Time;Number;Code;Units;Name;Rate\n12.09.2025;00:00;985;PLN;1;Zloty;11,05\n";
const NBU_QUOTED: &str = "\"Day\",\"Code\",\"Units\",\"Rate, UAH\"\n\"12.09.2025\",\"CZK\",\"10\",\"19,50\"\n";

#[test]
fn files_of_the_national_bank_of_ukraine_are_merged() {
    let merged = rates().merge("day.json", NBU_DAY).expect("day").rates;
    let merged = merged.merge("range.json", NBU_RANGE).expect("range").rates;
    let merged = merged.merge("table.csv", NBU_CSV).expect("table").rates;
    let merged = merged.merge("quoted.csv", NBU_QUOTED).expect("quoted").rates;
    assert_eq!(ask(&merged, "CZK", "UAH", "2025-09-12").as_deref(), Some("1.95 2025-09-12 NBU"));
    assert_eq!(ask(&merged, "USD", "UAH", "2025-09-13").as_deref(), Some("40 2025-09-12 NBU"));
    assert_eq!(ask(&merged, "UAH", "USD", "2025-09-12").as_deref(), Some("0.025 2025-09-12 NBU"));
    assert_eq!(ask(&merged, "PLN", "UAH", "2025-09-12").as_deref(), Some("11.05 2025-09-12 NBU"));
    assert_eq!(ask(&merged, "JPY", "UAH", "2025-09-11").as_deref(), Some("0.275 2025-09-11 NBU"));
    // A currency that only the other series has meets the hryvnia in the euro: 47.5 / 0.8653.
    assert_eq!(ask(&merged, "GBP", "UAH", "2025-09-12").as_deref(), Some("54.8943 2025-09-12 ECB; NBU"));
    assert_eq!(
        ask(&merged, "SAR", "UAH", "2025-09-12").as_deref(),
        Some("10.6667 2025-09-12 NBU; 3.75 SAR = 1 USD (Saudi Central Bank)")
    );
    assert!(merged.check().iter().all(|doubt| !doubt.is_fault()));
    assert_eq!(merged.coverage().len(), 2);
}

#[test]
fn merging_tells_what_is_new_known_and_changed() {
    let file = "Date,USD,CYP,GBP,\n2026-11-02,1.12,N/A,0.84,\n2026-10-30,1.1172,N/A,0.9,\n";
    let before = rates();
    let merged = before.merge("eurofxref-hist.csv", file).expect("merged");
    assert_eq!((merged.added, merged.known), (2, 1));
    let changed: Vec<_> = merged
        .changed
        .iter()
        .map(|c| (c.known.currency.to_string(), c.known.figure.to_string(), c.told.to_string()))
        .collect();
    assert_eq!(changed, [("GBP".to_owned(), "0.8338".to_owned(), "0.9".to_owned())]);
    assert_eq!(ask(&merged.rates, "EUR", "GBP", "2026-11-03").as_deref(), Some("0.84 2026-11-02 ECB"));
    // Lines that the file does not touch stay letter for letter.
    let (old, new) = (before.file().text(), merged.rates.file().text());
    assert_eq!(old.lines().zip(new.lines()).filter(|(old, new)| old != new).count(), 1);
}

#[test]
fn files_of_no_known_form_are_refused_with_the_line() {
    for (text, message) in [
        (
            "",
            "f: no rates in a form that is known: the European Central Bank's CSV, the National Bank of Ukraine's JSON or CSV",
        ),
        ("Date,USD\nyesterday,1\n", "f:2: no day (YYYY-MM-DD) at its begin"),
        ("Date,USD\n2025-01-02,-1\n", "f:2: '-1' is no rate of USD"),
        ("[{\"cc\":\"USD\",\"rate\":0,\"exchangedate\":\"12.09.2025\"}]", "f: USD of 12.09.2025: no positive rate"),
        ("a;b\nc;d\n", "f:2: no day (DD.MM.YYYY) and currency code, as the National Bank of Ukraine's files have"),
    ] {
        assert_eq!(rates().merge("f", text).expect_err("wrong").to_string(), message);
    }
}

#[test]
fn a_look_up_parses_no_more_than_it_needs() {
    let start = Instant::now();
    let rates = rates();
    for _ in 0..100 {
        assert!(ask(&rates, "GBP", "USD", "2025-09-14").is_some());
    }
    // Wide of the mark on purpose: a parse of the whole file at each look-up would take seconds.
    assert!(start.elapsed().as_millis() < 500, "{:?}", start.elapsed());
}
