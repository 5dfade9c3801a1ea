//! How well names are read: recall on the names in annotated slots, precision by a list of judged names.

use crate::readers::Readers;
use anyhow::{Context, Result};
use pledgebook_answers::eval::{Claims, JUDGED_NAMES, judged_names};
use pledgebook_commitments::Knowledge;
use pledgebook_document::Opener;
use pledgebook_mentions::names::{learning::Judged, measure::wanted};
use std::{
    collections::{BTreeMap, HashMap},
    fmt, fs,
    path::{Path, PathBuf},
};

/// Found, of how many.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    found: usize,
    of: usize,
}

impl Share {
    fn add(&mut self, found: usize, of: usize) {
        self.found += found;
        self.of += of;
    }

    fn value(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.found as f64 / self.of as f64 }
    }
}

/// Counts of one language.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    wanted: Share,
    /// Names that the knowledge has.
    known: Share,
    /// Names in no list, as most invented ones.
    unknown: Share,
    /// Bearers that the annotation has: with the right sort, of all.
    annotated: Share,
    /// Bearers that only the list judges: right, of those judged.
    judged: Share,
    unjudged: usize,
}

impl Counts {
    /// Share of all bearers that are names of the right sort; those that nobody judged count as the judged ones do.
    fn precision(self) -> Option<f64> {
        let others = self.judged.of + self.unjudged;
        let all = self.annotated.of + others;
        (self.judged.of > 0 && all > 0)
            .then(|| (self.annotated.found as f64 + self.judged.value() * others as f64) / all as f64)
    }
}

/// Figures by language.
#[derive(Debug, Default)]
pub struct Names {
    counts: BTreeMap<String, Counts>,
}

/// Measures the names of annotated documents whose texts are there.
pub fn measure(
    gold: &[Claims],
    texts: &[Option<PathBuf>],
    opener: &Opener,
    readers: &Readers,
    knowledge: &Knowledge,
) -> Result<Names> {
    let judged = match texts
        .iter()
        .flatten()
        .find_map(|text| text.ancestors().map(|up| up.join(JUDGED_NAMES)).find(|p| p.is_file()))
    {
        Some(path) => judged(&path)?,
        None => HashMap::new(),
    };
    let mut names = Names::default();
    for (gold, path) in gold.iter().zip(texts) {
        let (Some(path), Some(lang)) = (path, &gold.lang) else { continue };
        let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let mut document = opener.text(gold.id.as_str(), text);
        document.lang = Some(lang.clone());
        let mut asked = wanted(&serde_json::json!({ "claims": gold.claims }));
        let Ok(measured) = readers.measure_names(&mut document, &mut asked)? else { continue };
        let counts = names.counts.entry(lang.clone()).or_default();
        counts.wanted.add(measured.found, measured.wanted);
        for name in &asked {
            let found = usize::from(!measured.missed.iter().any(|missed| missed.name == name.name));
            let known = knowledge.usual_name(&name.name).is_some() || knowledge.is_place(&name.name);
            if known { counts.known.add(found, 1) } else { counts.unknown.add(found, 1) }
        }
        let annotated = measured.read - measured.unjudged.len();
        counts.annotated.add(annotated - measured.mistaken, annotated);
        for (sort, name) in &measured.unjudged {
            let verdicts = judged.get(&gold.id).map_or(&[][..], Vec::as_slice);
            match verdicts.iter().find(|other| other.sort == *sort && other.name == *name) {
                Some(verdict) => counts.judged.add(usize::from(verdict.right), 1),
                None => counts.unjudged += 1,
            }
        }
    }
    Ok(names)
}

/// The names judged in the file beside the parts of the gold set.
fn judged(path: &Path) -> Result<HashMap<String, Vec<Judged>>> {
    let file = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    judged_names(&file).with_context(|| path.display().to_string())
}

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "-- names")?;
        for (lang, counts) in &self.counts {
            let Counts { wanted, known, unknown, judged, unjudged, .. } = counts;
            let precision = counts.precision().map_or("–".to_owned(), |precision| format!("{precision:.3}"));
            writeln!(
                f,
                "   {lang}  recall {:.3} ({} of {})  known {:.3}  in no list {:.3}  precision {precision} ({} judged, {unjudged} not)",
                wanted.value(),
                wanted.found,
                wanted.of,
                known.value(),
                unknown.value(),
                judged.of,
            )?;
        }
        Ok(())
    }
}
