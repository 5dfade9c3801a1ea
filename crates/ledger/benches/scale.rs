//! The ledger at 10^4 and 10^5 claims: `cargo bench -p pledgebook-ledger --bench scale`; at 10^6 as well with
//! `PLEDGEBOOK_MILLION=1`, or at any numbers of claims named behind `--`.
//!
//! Prints what loading and joining cost in time and memory, what one more document, one commitment, lists and sums cost after that, and
//! how well claims were joined.

use pledgebook_commitments::{AsOf, Knowledge, synthetic};
use pledgebook_document::Document;
use pledgebook_ledger::{Entry, Filter, Ledger, NewDocument, Sqlite, SumBy, SumFilter};
use pledgebook_lexicon::Data;
use pledgebook_mentions::Currency;
use std::sync::Arc;
use std::time::{Duration, Instant};

const BATCH: usize = 2_000;
const SEED: u64 = 20_250_914;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let mut sizes = if sizes.is_empty() { vec![10_000, 100_000] } else { sizes };
    if std::env::var_os("PLEDGEBOOK_MILLION").is_some() {
        sizes.push(1_000_000);
    }
    println!("seed {SEED}");
    println!(
        "{:>9} {:>9} {:>8} {:>8} {:>8} {:>9} {:>8} {:>8} | {:>9} {:>9} {:>9} {:>9} {:>9} | {:>8} {:>8}",
        "claims",
        "documents",
        "threads",
        "load s",
        "cpu s",
        "µs/claim",
        "peak MB",
        "file MB",
        "add p50",
        "add p99",
        "show p99",
        "list p99",
        "sums p99",
        "pair F1",
        "b3 F1"
    );
    let mut first = None;
    for claims in sizes {
        let (read, worked) = measure(claims)?;
        let cost = worked.as_secs_f64() / (read as f64 * (read as f64).ln());
        let first = *first.get_or_insert(cost);
        println!("{:>9} of what n log n makes of the first", format!("{:.2}", cost / first));
    }
    Ok(())
}

fn new(article: synthetic::Article) -> NewDocument {
    let mut document = Document::from_text(article.record.id.clone(), article.text);
    document.published = article.record.published;
    document.publisher = article.record.publisher;
    document.lang = article.record.lang;
    NewDocument::new(document, article.record.claims, "2026-01-15", "synthetic@1")
}

/// Measures one size, and gives how many claims were loaded and the work of it.
fn measure(claims: usize) -> Result<(usize, Duration), Box<dyn std::error::Error>> {
    let clock = Clock::new();
    let knowledge = Arc::new(Knowledge::load(&Data::embedded())?);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("scale.ledger");
    let mut ledger = Sqlite::create(&path, Arc::clone(&knowledge))?;
    let (mut loading, mut documents, mut read) = (Duration::ZERO, 0, 0);
    let mut worked = Duration::ZERO;
    let mut news = synthetic::news(claims + 3_000, SEED, knowledge.rates());
    while read < claims {
        let batch: Vec<NewDocument> = news.by_ref().take(BATCH).map(new).collect();
        if batch.is_empty() {
            break;
        }
        let (start, busy) = (Instant::now(), on_cpu());
        let entries: Vec<Entry> = batch.iter().map(|new| Entry::of(new, &knowledge)).collect::<Result<_, _>>()?;
        let appended = ledger.accept(&entries)?;
        loading += start.elapsed();
        worked += on_cpu().saturating_sub(busy);
        documents += appended.documents;
        read += appended.claims;
    }
    let (start, busy) = (Instant::now(), on_cpu());
    ledger.settle()?;
    loading += start.elapsed();
    worked += on_cpu().saturating_sub(busy);
    let peak = peak_mb();
    let file = std::fs::metadata(&path)?.len() / 1_000_000;
    let mut adds = Vec::new();
    for article in news.take(200) {
        let one = [new(article)];
        let start = clock.now();
        ledger.append(&one)?;
        adds.push(clock.now() - start);
    }
    drop(ledger);
    let ledger = Sqlite::open(&path, knowledge)?;
    let connection = rusqlite::Connection::open(&path)?;
    let ids: Vec<String> = connection
        .prepare("SELECT printf('%016x', id) FROM thread ORDER BY digest LIMIT 500")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut shows = Vec::new();
    for id in &ids {
        let start = clock.now();
        ledger.show(id, &AsOf::default())?;
        shows.push(clock.now() - start);
    }
    let (mut lists, mut sums) = (Vec::new(), Vec::new());
    for round in 0..40 {
        let known = (round % 2 == 0).then(|| format!("{}-06-30", 2016 + round / 4));
        let place = ["UA", "GB", "DE", "IT", "PL"][round % 5];
        let domain = ["energy", "ai", "health", "defence"][round % 4];
        let filter = Filter {
            place: vec![place.to_owned()],
            domain: vec![domain.to_owned()],
            as_of: AsOf { known, held: None },
            limit: Some(50),
            ..Filter::default()
        };
        let start = clock.now();
        ledger.commitments(&filter)?;
        lists.push(clock.now() - start);
        let filter =
            SumFilter { filter: Filter { limit: None, ..filter }, by: SumBy::Pledger, currency: Currency::new("EUR") };
        let start = clock.now();
        ledger.sums(&filter)?;
        sums.push(clock.now() - start);
    }
    let threads: i64 = connection.query_row("SELECT count(*) FROM thread", [], |row| row.get(0))?;
    let pairs: Vec<(u64, u64)> = connection
        .prepare("SELECT cast(substr(c.json ->> '$.rule', 11) AS INTEGER), j.thread FROM joined j JOIN claim c ON c.number = j.claim")?
        .query_map([], |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get::<_, i64>(1)?.cast_unsigned())))?
        .collect::<Result<_, _>>()?;
    let [pairwise, b_cubed] = synthetic::quality(&pairs);
    println!(
        "{read:>9} {documents:>9} {threads:>8} {:>8.1} {:>8.1} {:>9.1} {peak:>8} {file:>8} | {:>9} {:>9} {:>9} {:>9} {:>9} | {pairwise:>8.4} {b_cubed:>8.4}",
        loading.as_secs_f64(),
        worked.as_secs_f64(),
        worked.as_secs_f64() * 1e6 / read as f64,
        percentile(&mut adds, 50),
        percentile(&mut adds, 99),
        percentile(&mut shows, 99),
        percentile(&mut lists, 99),
        percentile(&mut sums, 99),
    );
    Ok((read, worked))
}

/// The clock that single answers are timed by: the wall's, or with `PLEDGEBOOK_CLOCK=cpu` this thread's own work, for machines that
/// others work on.
struct Clock {
    start: Instant,
    own: bool,
}

impl Clock {
    fn new() -> Self {
        Self { start: Instant::now(), own: std::env::var("PLEDGEBOOK_CLOCK").is_ok_and(|clock| clock == "cpu") }
    }

    fn now(&self) -> Duration {
        if self.own { scheduled("/proc/thread-self/schedstat") } else { self.start.elapsed() }
    }
}

/// How long this process has worked, ended threads included, as Linux tells it in hundredths of a second; 0 elsewhere.
fn on_cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = told.rsplit(')').next().unwrap_or_default().split(' ').skip(12).take(2);
    Duration::from_millis(fields.filter_map(|word| word.parse::<u64>().ok()).sum::<u64>() * 10)
}

fn scheduled(path: &str) -> Duration {
    let told = std::fs::read_to_string(path).unwrap_or_default();
    Duration::from_nanos(told.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or_default())
}

fn percentile(times: &mut [Duration], percent: usize) -> String {
    times.sort_unstable();
    let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(at).map_or_else(String::new, |time| format!("{:.1} ms", time.as_secs_f64() * 1e3))
}

/// The most memory that the process has held, as Linux tells it; 0 elsewhere.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1000
}
