//! `rates` as a user sees it. The hryvnia's figures are made up.

use super::endpoint::{Endpoint, Reply};
use super::{folder, run};
use std::fs;

const NBU: &str = r#"[{"r030":840,"txt":"dollar","rate":40.0,"cc":"USD","exchangedate":"12.09.2025"}]"#;

#[test]
fn a_rate_is_shown_with_its_day_and_source() {
    let folder = folder();
    let shown = run(folder.path(), &["rates", "show", "GBP", "USD", "--on", "2025-09-14"]);
    assert_eq!((shown.code, shown.stdout.as_str()), (Some(0), "1 GBP = 1.35421 USD (2025-09-12, ECB)\n"));
    let none = run(folder.path(), &["rates", "show", "UAH", "USD", "--on", "2025-09-14"]);
    assert_eq!(none.code, Some(1));
    assert_eq!(none.errors(), ["no rate of UAH in USD is known for 2025-09-14 or the week before it"]);
    assert_eq!(run(folder.path(), &["rates", "check"]).code, Some(0));
}

#[test]
fn a_file_of_a_central_bank_is_merged_into_a_folder_of_knowledge() {
    let folder = folder();
    fs::write(folder.path().join("nbu.json"), NBU).expect("it can be written");
    let update = ["rates", "update", "nbu.json", "--knowledge", "mine"];
    let dry = run(folder.path(), &[&update[..], &["--dry-run"]].concat());
    assert_eq!((dry.code, dry.stdout.as_str()), (Some(0), "1 new, 0 known, 0 different\n"));
    assert!(!folder.path().join("mine/rates.csv").exists());

    assert_eq!(run(folder.path(), &update).code, Some(0));
    let shown = run(folder.path(), &["rates", "show", "USD", "UAH", "--on", "2025-09-12", "--knowledge", "mine"]);
    assert_eq!(shown.stdout, "1 USD = 40 UAH (2025-09-12, NBU)\n");

    // Another figure for the same day is no silent correction.
    fs::write(folder.path().join("nbu.json"), NBU.replace("40.0", "41.0")).expect("it can be written");
    let differs = run(folder.path(), &update);
    assert_eq!(differs.code, Some(1));
    assert!(differs.stdout.contains("2025-09-12 USD: 40 at hand, 41 in the file"), "{}", differs.stdout);
    let shown = run(folder.path(), &["rates", "show", "USD", "UAH", "--on", "2025-09-12", "--knowledge", "mine"]);
    assert_eq!(shown.stdout, "1 USD = 40 UAH (2025-09-12, NBU)\n");
    assert_eq!(run(folder.path(), &[&update[..], &["--replace"]].concat()).code, Some(0));
    let shown = run(folder.path(), &["rates", "show", "USD", "UAH", "--on", "2025-09-12", "--knowledge", "mine"]);
    assert_eq!(shown.stdout, "1 USD = 41 UAH (2025-09-12, NBU)\n");
}

#[test]
fn a_file_of_no_known_form_changes_nothing() {
    let folder = folder();
    let update = run(folder.path(), &["rates", "update", "good.txt", "--knowledge", "mine"]);
    assert_eq!(update.code, Some(1));
    assert!(!folder.path().join("mine/rates.csv").exists());
}

#[test]
fn rates_are_fetched_from_an_address() {
    let folder = folder();
    let busy = Reply::Says("503 Service Unavailable", "retry-after: 0\r\n", String::new());
    let endpoint = Endpoint::start(vec![busy, Reply::Says("200 OK", "", NBU.to_owned())]);
    let url = format!("{}/rates?key=sk-secret", endpoint.url());
    let update = run(folder.path(), &["rates", "update", &url, "--knowledge", "mine"]);
    assert_eq!((update.code, update.stdout.as_str()), (Some(0), "1 new, 0 known, 0 different\n"), "{}", update.stderr);
    let requests = endpoint.requests();
    assert!(requests[1].head.starts_with("GET /v1/rates?key=sk-secret "), "{}", requests[1].head);
    let shown = run(folder.path(), &["rates", "show", "USD", "UAH", "--on", "2025-09-12", "--knowledge", "mine"]);
    assert_eq!(shown.stdout, "1 USD = 40 UAH (2025-09-12, NBU)\n");

    let told = |reply: Reply| {
        let endpoint = Endpoint::start(vec![reply]);
        let url = format!("{}/rates?key=sk-secret", endpoint.url());
        let run = run(folder.path(), &["rates", "update", &url, "--knowledge", "other"]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(!folder.path().join("other/rates.csv").exists());
        run.stderr.replace(&endpoint.url(), "URL")
    };
    let told = [
        told(Reply::Says("404 Not Found", "", String::new())),
        told(Reply::Says("200 OK", "", "PK\u{3}\u{4}".to_owned())),
        told(Reply::Says("200 OK", "", "nothing of a bank's".to_owned())),
    ];
    insta::assert_snapshot!(told.concat(), @r"
    error: URL/rates answers 404 Not Found
    error: URL/rates is a ZIP archive; unpack it and name the file in it
    error: URL/rates: no rates in a form that is known: the European Central Bank's CSV, the National Bank of Ukraine's JSON or CSV
    ");
}
