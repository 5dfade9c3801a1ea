//! Names that no annotation speaks of, judged by a reader: `judged_names.csv` of the gold set.

use pledgebook_mentions::{NameType, names::learning::Judged};
use serde::Deserialize;
use std::collections::HashMap;

/// The name of the file, which stands beside the parts of the gold set.
pub const JUDGED_NAMES: &str = "judged_names.csv";

#[derive(Deserialize)]
struct Row {
    document: String,
    sort: NameType,
    name: String,
    verdict: String,
}

/// The judged names of each document.
///
/// # Errors
/// When a line is none of "document, sort, name, verdict".
pub fn judged_names(file: &str) -> Result<HashMap<String, Vec<Judged>>, csv::Error> {
    let mut all: HashMap<String, Vec<Judged>> = HashMap::new();
    for row in csv::Reader::from_reader(file.as_bytes()).deserialize() {
        let Row { document, sort, name, verdict } = row?;
        all.entry(document).or_default().push(Judged { sort, name, right: verdict == "right" });
    }
    Ok(all)
}
