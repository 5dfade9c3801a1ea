//! `read --reader llm` against an endpoint on this machine, faults included.

use super::endpoint::{Endpoint, Reply, completion, proposes};
use super::{ARTICLE, Run, folder, output_of, pledgebook, run};
use serde_json::{Value, json};
use std::{fs, path::Path, time::Instant};

const EVIDENCE: &str =
    "Norway will buy at least five Type 26 frigates made by BAE Systems in Glasgow for 10 billion pounds";

fn pledge() -> Value {
    json!({
        "kind": "pledge", "evidence": EVIDENCE, "by": ["NO"], "action": "buy", "place": ["GB"], "domains": ["defence"],
        "money": {"min": 10_000_000_000_u64, "max": 10_000_000_000_u64, "currency": "GBP", "qualifier": "exact"}, "restated": [],
        "things": [], "from": null, "until": null, "over": null, "stage": "planned", "total": false, "amount_role": null,
        "novelty": null, "part_of": null, "sources": ["Ministry of Defence"],
    })
}

fn with(slot: &str, value: Value) -> Value {
    let mut proposal = pledge();
    proposal[slot] = value;
    proposal
}

/// Runs `read good.txt` with the model `test/model`, the key `sk-secret` and what else is asked for.
fn ask(folder: &Path, endpoint: &Endpoint, more: &[&str]) -> Run {
    ask_with_key(folder, endpoint, "sk-secret", more)
}

fn ask_with_key(folder: &Path, endpoint: &Endpoint, key: &str, more: &[&str]) -> Run {
    let url = endpoint.url();
    let mut command = pledgebook();
    command.current_dir(folder).env("PLEDGEBOOK_LLM_KEY", key);
    command.args(["read", "good.txt", "--reader", "llm", "--endpoint", &url, "--model", "test/model"]).args(more);
    let run = output_of(&mut command);
    assert!(!run.stderr.contains("sk-secret") && !run.stdout.contains("sk-secret"), "the key is never shown");
    let said = |text: &str| text.replace(&url, "URL");
    Run { code: run.code, stdout: said(&run.stdout), stderr: said(&run.stderr) }
}

/// The claims that `--format jsonl` printed, each checked to stand where it says.
fn claims(run: &Run) -> Vec<Value> {
    let line: Value = serde_json::from_str(run.stdout.lines().next().unwrap_or_default()).expect("a JSON line");
    let claims = line["claims"].as_array().expect("claims").clone();
    for claim in &claims {
        let at = |index: usize| claim["span"][index].as_u64().expect("a place") as usize;
        let quoted: String = ARTICLE.chars().skip(at(0)).take(at(1) - at(0)).collect();
        assert_eq!(claim["evidence"], quoted, "the span quotes the evidence letter for letter");
    }
    claims
}

/// What a run says when the endpoint fails for the article: the rules have read it.
fn fallen_back(script: Vec<Reply>, more: &[&str]) -> (String, usize) {
    let folder = folder();
    let endpoint = Endpoint::start(script);
    let run = ask(folder.path(), &endpoint, &[&["--format", "jsonl"], more].concat());
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let rules = super::run(folder.path(), &["read", "good.txt", "--format", "jsonl"]);
    assert_eq!(run.stdout, rules.stdout, "the rules read it");
    let told: Vec<&str> = run.stderr.lines().filter(|line| line.contains("good:")).collect();
    assert_eq!(told.len(), 1, "said aloud once: {}", run.stderr);
    (told[0].to_owned(), endpoint.requests().len())
}

#[test]
fn a_model_is_asked_and_its_claims_are_kept_where_the_text_bears_them_out() {
    let folder = folder();
    let endpoint = Endpoint::start(vec![proposes(&[
        with("sources", json!(["Ministry of Defence", "Reuters"])),
        pledge(),
        with("evidence", json!(EVIDENCE.replace("10 billion", "100 billion"))),
        with("money", json!({"min": 9, "max": 9, "currency": "GBP", "qualifier": "exact"})),
        with("by", json!(["Evil Corp"])),
        with("stage", json!("dreamt")),
    ])]);
    let prices = ["--price-in", "0.15", "--price-out", "0.60"];
    let run = ask(folder.path(), &endpoint, &[&["--format", "jsonl"], &prices[..]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let kept = claims(&run);
    assert_eq!(kept.len(), 1);
    let rule = format!("llm:test/model@{}", env!("CARGO_PKG_VERSION"));
    assert_eq!((&kept[0]["rule"], &kept[0]["confidence"]), (&json!(rule), &json!(0.0)));
    insta::assert_snapshot!(run.errors().join("\n").replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r"
        llm:test/model@VERSION: 1 answer, 1000 tokens sent, 200 answered, cost 0.00027
        1 of 6 proposed claims kept; dropped: 1 not of the form asked for, 1 evidence not in the text letter for letter, 1 figure not read in the evidence, 1 name not in the text, 1 said twice.
        Kept without what the text does not say: 1 sources.
        ");

    let requests = endpoint.requests();
    assert_eq!(requests.len(), 1);
    assert!(requests[0].head.starts_with("POST /v1/chat/completions "), "{}", requests[0].head);
    assert!(requests[0].head.to_ascii_lowercase().contains("authorization: bearer sk-secret\r\n"));
    assert_eq!(requests[0].body["model"], "test/model");
    assert_eq!(requests[0].body["response_format"]["type"], "json_schema");
    let shown = requests[0].body["messages"][1]["content"].as_str().expect("the text");
    assert!(shown.contains(EVIDENCE), "{shown}");
}

#[test]
fn what_was_dropped_is_explained() {
    let folder = folder();
    let endpoint = Endpoint::start(vec![proposes(&[pledge(), with("by", json!(["Evil\u{1b}[2J Corp"]))])]);
    let run = ask(folder.path(), &endpoint, &["--explain"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("confidence not measured"), "{}", run.stdout);
    assert!(run.stdout.contains("money        10 billion pounds"), "{}", run.stdout);
    assert!(run.stdout.contains(&format!("  dropped, name not in the text: “{EVIDENCE}”")), "{}", run.stdout);
}

#[test]
fn passing_faults_are_waited_out() {
    let busy = Reply::Says("429 Too Many Requests", "retry-after: 0\r\n", "{}".to_owned());
    let later = Reply::Says("503 Service Unavailable", "retry-after: Wed, 21 Oct 2015 07:28:00 GMT\r\n", String::new());
    for fault in [busy, later, Reply::BreaksOff, Reply::Says("500 Internal Server Error", "", String::new())] {
        let folder = folder();
        let endpoint = Endpoint::start(vec![fault, proposes(&[pledge()])]);
        let run = ask(folder.path(), &endpoint, &["--format", "jsonl"]);
        assert_eq!((run.code, claims(&run).len()), (Some(0), 1), "{}", run.stderr);
        assert_eq!(endpoint.requests().len(), 2);
        assert!(run.stderr.contains(": 1 answer, 1 request repeated, 1000 tokens sent"), "{}", run.stderr);
    }
}

#[test]
fn where_the_endpoint_fails_the_rules_read_and_it_is_said_once() {
    let error = |status: &'static str, message: &str| {
        Reply::Says(status, "", json!({"error": {"message": message, "type": "t"}}).to_string())
    };
    let once = ["--retries", "1", "--timeout", "0.5"];
    let cut = json!({"choices": [{"message": {"content": "{\"claims\": ["}, "finish_reason": "length"}]}).to_string();
    let refused = json!({"choices": [{"message": {"content": null, "refusal": "I\u{7} won't."}}]}).to_string();
    let cases = [
        (error("500 Internal Server Error", "overloaded"), 2),
        (Reply::Hangs, 2),
        (Reply::BreaksOff, 2),
        (Reply::Says("429 Too Many Requests", "retry-after: 3600\r\n", String::new()), 1),
        (error("400 Bad Request", "no schemas\nfor sk-secret"), 1),
        (error("403 Forbidden", ""), 1),
        (Reply::Says("301 Moved Permanently", "location: http://elsewhere.example/\r\n", String::new()), 1),
        (Reply::Says("200 OK", "", "<html>".to_owned()), 1),
        (error("200 OK", "upstream\u{1b}[2J refuses sk-secret"), 1),
        (Reply::Says("200 OK", "", cut), 1),
        (Reply::Says("200 OK", "", refused), 1),
        (completion("Here are the claims you asked for."), 1),
        (completion("{\"promises\": []}"), 1),
        (proposes(&[]), 1),
        (proposes(&[with("by", json!(["Evil Corp"]))]), 1),
    ];
    let told: Vec<String> = cases
        .into_iter()
        .map(|(reply, requests)| {
            let (told, asked) = fallen_back(vec![reply], &once);
            assert_eq!(asked, requests, "{told}");
            told.replace("URL/chat/completions", "URL")
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    read by the rules: good: URL answers 500 Internal Server Error: overloaded (asked 2 times)
    read by the rules: good: URL does not answer within 0.5 s (asked 2 times)
    read by the rules: good: URL breaks off its answer: Peer disconnected (asked 2 times)
    read by the rules: good: URL answers 429 Too Many Requests, and asks to wait for 3600 s
    read by the rules: good: URL answers 400 Bad Request: no schemas for …
    read by the rules: good: URL answers 403 Forbidden
    read by the rules: good: URL answers 301 Moved Permanently: it has moved to http://elsewhere.example/
    read by the rules: good: the answer is no chat completion
    read by the rules: good: the endpoint answers with an error: upstream [2J refuses …
    read by the rules: good: the answer was cut off at the model's limit of tokens
    read by the rules: good: the model refuses: I won't.
    read by the rules: good: the model's answer is no JSON
    read by the rules: good: the model's answer holds no list of claims
    read by the rules: good: the model found nothing that the text bears out
    read by the rules: good: the model found nothing that the text bears out
    ");
}

#[test]
fn an_endpoint_that_is_not_there_is_named() {
    let folder = folder();
    let port =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let url = format!("http://127.0.0.1:{port}/v1");
    let arguments = ["read", "good.txt", "--reader", "llm", "--endpoint", &url, "--model", "m", "--retries", "0"];
    let run = run(folder.path(), &arguments);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.errors()[0].contains("cannot be reached: Connection refused"), "{}", run.stderr);
    assert!(run.stdout.contains("good"), "the rules read it: {}", run.stdout);
}

#[test]
fn an_endpoint_that_fails_on_and_on_is_left_alone() {
    let folder = folder();
    let lines: String = (0..9).map(|n| format!("{{\"id\": \"d{n}\", \"text\": {ARTICLE:?}}}\n")).collect();
    fs::write(folder.path().join("many.jsonl"), lines).expect("written");
    let endpoint = Endpoint::start(vec![Reply::Says("500 Internal Server Error", "", String::new())]);
    let run = ask(folder.path(), &endpoint, &["many.jsonl", "--retries", "0", "--at-once", "1", "--quiet"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(endpoint.requests().len(), 5);
    assert_eq!(run.stderr.lines().filter(|line| line.starts_with("read by the rules: ")).count(), 10, "{}", run.stderr);
    assert_eq!(run.stderr.matches("failed for 5 documents in a row and is not asked any more").count(), 5);
}

#[test]
fn a_refused_key_or_an_unknown_model_ends_the_run_in_one_sentence() {
    let folder = folder();
    let says = |status: &'static str, message: &str| {
        Endpoint::start(vec![Reply::Says(status, "", json!({"error": {"message": message}}).to_string())])
    };
    let told = |endpoint: Endpoint, key: &str| {
        let run = ask_with_key(folder.path(), &endpoint, key, &["--format", "jsonl"]);
        assert_eq!((run.code, run.stdout.as_str(), endpoint.requests().len()), (Some(2), "", 1), "{}", run.stderr);
        run.stderr
    };
    let told = [
        told(says("401 Unauthorized", "Incorrect API key provided: sk-secret."), "sk-secret"),
        told(says("401 Unauthorized", "No key"), ""),
        told(says("404 Not Found", "The model `test/model` does not exist"), "sk-secret"),
    ];
    insta::assert_snapshot!(told.concat(), @r"
    error: URL/chat/completions refuses the key in PLEDGEBOOK_LLM_KEY (401)
    error: URL/chat/completions wants a key (401); put it into PLEDGEBOOK_LLM_KEY
    error: URL/chat/completions answers 404 Not Found: The model `test/model` does not exist; check --endpoint and --model
    ");
}

#[test]
fn a_reading_is_stored_under_its_model_verified_and_not_paid_for_twice() {
    let folder = folder();
    let ledger = ["--ledger", "l.db"];
    let rules = run(folder.path(), &["read", "good.txt", "--ledger", "l.db"]);
    assert_eq!(rules.code, Some(0), "{}", rules.stderr);
    let failing = Endpoint::start(vec![Reply::Says("400 Bad Request", "", String::new())]);
    let fallback = ask(folder.path(), &failing, &ledger);
    assert!(fallback.stderr.contains("1 known already"), "the rules had read it: {}", fallback.stderr);

    let endpoint = Endpoint::start(vec![proposes(&[pledge(), with("by", json!(["Evil Corp"]))])]);
    let dry = ask(folder.path(), &endpoint, &["--ledger", "l.db", "--dry-run", "--format", "jsonl"]);
    assert_eq!((dry.code, claims(&dry).len()), (Some(0), 1), "{}", dry.stderr);
    let documents = || run(folder.path(), &["documents", "--ledger", "l.db", "--format", "json"]).stdout;
    assert!(!documents().contains("llm:"), "a dry run leaves the ledger as it is");

    let first = ask(folder.path(), &endpoint, &["--ledger", "l.db", "--format", "jsonl"]);
    assert!(first.stderr.contains("l.db: 0 new documents, 1 new claim, 1 new reading"), "{}", first.stderr);
    assert!(documents().contains(&format!("llm:test/model@{}", env!("CARGO_PKG_VERSION"))), "{}", documents());
    assert_eq!(endpoint.requests().len(), 2);

    let again = ask(folder.path(), &endpoint, &["--ledger", "l.db", "--format", "jsonl"]);
    assert_eq!((again.code, again.stdout.as_str(), endpoint.requests().len()), (Some(0), first.stdout.as_str(), 0));
    assert!(again.stderr.contains("1 reading known from before, not asked again"), "{}", again.stderr);

    // The rules read it once more: the model's reading still counts.
    run(folder.path(), &["read", "good.txt", "--ledger", "l.db"]);
    let verified = run(folder.path(), &["verify", "--ledger", "l.db"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    assert!(verified.stderr.contains("0 documents read again, 1 claim compared"), "{}", verified.stderr);
    assert!(
        verified.stderr.contains("1 document read by a language model: that cannot be read again"),
        "{}",
        verified.stderr
    );
    let shown = run(folder.path(), &["commitments", "--ledger", "l.db", "--format", "json"]);
    assert!(shown.stdout.contains(EVIDENCE) || shown.stdout.contains("\"NO\""), "{}", shown.stdout);
}

#[test]
fn a_model_is_measured_as_the_rules_are() {
    let folder = folder();
    let gold = json!({"id": "good", "lang": "en", "published": "2025-08-31", "publisher": null, "url": null, "claims": [pledge()]});
    fs::write(folder.path().join("gold.jsonl"), gold.to_string()).expect("written");
    let eval = |endpoint: &Endpoint| {
        let arguments =
            ["eval", "gold.jsonl", "--reader", "llm", "--endpoint", &endpoint.url(), "--model", "m", "--retries", "0"];
        run(folder.path(), &arguments)
    };
    let right = eval(&Endpoint::start(vec![proposes(&[pledge()])]));
    assert_eq!(right.code, Some(0), "{}", right.stderr);
    assert!(right.stdout.contains("pledge         P 1.000  R 1.000  F1 1.000  (gold 1)"), "{}", right.stdout);
    assert!(right.stderr.contains(": 1 answer, 1000 tokens sent"), "{}", right.stderr);
    let failed = eval(&Endpoint::start(vec![Reply::Says("500 Internal Server Error", "", String::new())]));
    assert_eq!(failed.code, Some(1), "what the rules read is not taken for the model's: {}", failed.stderr);
    assert!(failed.stderr.starts_with("read by the rules: good: "), "{}", failed.stderr);
}

#[test]
fn wrong_use_is_told_before_anything_is_sent() {
    let folder = folder();
    let endpoint = Endpoint::start(vec![proposes(&[])]);
    let url = endpoint.url();
    let read = |more: &[&str], key: &str| {
        let mut command = pledgebook();
        command.current_dir(folder.path()).env("PLEDGEBOOK_LLM_KEY", key).args(["read", "good.txt"]).args(more);
        let run = output_of(&mut command);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        run.stderr
    };
    assert!(read(&["--reader", "llm", "--model", "m"], "").contains("--endpoint <URL>"));
    assert!(read(&["--reader", "llm", "--endpoint", &url], "").contains("--model <NAME>"));
    let llm = |url: &str, key: &str| read(&["--reader", "llm", "--endpoint", url, "--model", "m"], key);
    let told = [
        read(&["--endpoint", "http://127.0.0.1:9/v1"], ""),
        llm("127.0.0.1:9/v1", ""),
        llm("ftp://127.0.0.1/v1", ""),
        llm("http://me:word@127.0.0.1:9/v1", ""),
        llm("http://endpoint.example/v1", "sk-secret"),
        llm("http://127.0.0.1:9/v1", "sk\nsecret"),
        read(&["--reader", "llm", "--endpoint", "http://127.0.0.1:9/v1", "--model", "a b"], ""),
    ];
    insta::assert_snapshot!(told.concat(), @r"
    error: --endpoint and --model are for --reader llm
    error: an address begins with https:// or http://
    error: an address begins with https:// or http://
    error: an address with a name and password in it is not used: others would see it
    error: PLEDGEBOOK_LLM_KEY is not sent unencrypted to another machine; use https://
    error: what stands in PLEDGEBOOK_LLM_KEY cannot be a key
    error: the name of a model has no spaces and is not empty
    ");
    assert_eq!(endpoint.requests().len(), 0);
}

#[test]
fn no_network_unless_a_command_names_an_address() {
    let folder = folder();
    let proxy = Endpoint::start(vec![Reply::Hangs]);
    let url = proxy.url();
    let started = Instant::now();
    for arguments in [vec!["read", "good.txt", "--ledger", "l.db"], vec!["verify", "--ledger", "l.db"], vec!["demo"]] {
        let mut command = pledgebook();
        command.current_dir(folder.path()).env("PLEDGEBOOK_LLM_KEY", "sk-secret").args(&arguments);
        for variable in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env(variable, &url);
        }
        let run = output_of(&mut command);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
    assert_eq!(proxy.requests().len(), 0, "after {:?}", started.elapsed());
}
