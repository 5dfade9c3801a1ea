//! The bundled articles: our own writing about the technology agreement of September 2025 between the United Kingdom and the United
//! States. The deals are as reported publicly; outlets and bystanders are invented.

use crate::readers::{RULES, ReadDocument, Readers};
use anyhow::Result;
use pledgebook_document::Opener;
use pledgebook_ledger::{Ledger, NewDocument};

/// Their ids and texts, by day.
const ARTICLES: [(&str, &str); 6] = [
    ("1-londres-washington", include_str!("../demo/1-londres-washington.md")),
    ("2-technologies-visite", include_str!("../demo/2-technologies-visite.md")),
    ("3-chip-chiefs", include_str!("../demo/3-chip-chiefs.md")),
    ("4-milliards", include_str!("../demo/4-milliards.md")),
    ("5-signed-at-chequers", include_str!("../demo/5-signed-at-chequers.md")),
    ("6-apres-la-signature", include_str!("../demo/6-apres-la-signature.md")),
];

/// Reads the articles and enters them in a ledger.
pub fn enter(opener: &Opener, readers: &Readers, ledger: &mut dyn Ledger) -> Result<Vec<ReadDocument>> {
    let mut read = Vec::with_capacity(ARTICLES.len());
    let mut batch = Vec::with_capacity(ARTICLES.len());
    for (id, text) in ARTICLES {
        let article = readers.read(opener.markdown(id, text))?;
        // The day of reading is that of publication, so that the demo is the same on any day.
        let day = article.document.published.clone().unwrap_or_default();
        batch.push(NewDocument::new(article.document.clone(), article.claims.clone(), &day, RULES));
        read.push(article);
    }
    ledger.append(&batch)?;
    Ok(read)
}
