//! Everyday news in which nobody promises anything: what is read there is invented.

use pledgebook_claims::{Body, Reader};
use pledgebook_document::Opener;
use pledgebook_lexicon::Data;
use std::{error::Error, fs, path::Path};

/// How many articles a pledge, or an agreement, may be invented in once.
const ARTICLES_PER_INVENTION: usize = 10;

#[test]
fn hardly_a_promise_is_invented_in_ordinary_news() -> Result<(), Box<dyn Error>> {
    let data = Data::embedded();
    let opener = Opener::new(&data)?;
    let (mut articles, mut pledges, mut agreements) = (0, Vec::new(), Vec::new());
    for code in data.languages() {
        let reader = Reader::new(&data, code)?;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gold/dev/ordinary").join(code);
        for entry in fs::read_dir(folder)? {
            let document = opener.text(code, fs::read_to_string(entry?.path())?);
            articles += 1;
            for claim in reader.read(&document).claims {
                match claim.body {
                    Body::Pledge(_) => pledges.push(claim.evidence),
                    Body::Agreement(_) => agreements.push(claim.evidence),
                    _ => {}
                }
            }
        }
    }
    assert!(articles >= 60, "only {articles} articles");
    let most = articles / ARTICLES_PER_INVENTION;
    assert!(pledges.len() <= most, "{} pledges: {}", pledges.len(), pledges.join("\n"));
    assert!(agreements.len() <= most, "{} agreements: {}", agreements.len(), agreements.join("\n"));
    Ok(())
}
