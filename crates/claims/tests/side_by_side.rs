//! Documents that are read side by side.

use pledgebook_claims::Reader;
use pledgebook_document::{Document, Opener};
use pledgebook_lexicon::Data;
use std::{error::Error, fs, path::Path};

#[test]
fn documents_read_side_by_side_are_read_as_each_alone() -> Result<(), Box<dyn Error>> {
    let data = Data::embedded();
    let opener = Opener::new(&data)?;
    for code in data.languages() {
        let reader = Reader::new(&data, code)?;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../gold/dev").join(code);
        let texts = fs::read_dir(folder)?.map(|entry| fs::read_to_string(entry?.path()));
        let documents: Vec<Document> =
            texts.map(|text| Ok(opener.text(code, text?))).collect::<Result<_, std::io::Error>>()?;
        assert!(documents.len() > 10, "{code}: only {} documents", documents.len());
        let together = reader.read_each(&documents.iter().collect::<Vec<_>>());
        assert_eq!(together.len(), documents.len());
        for (document, reading) in documents.iter().zip(together) {
            let alone = reader.read(document);
            assert_eq!(
                (reading.claims, reading.published),
                (alone.claims, alone.published),
                "{code}: {}",
                document.text()
            );
        }
    }
    assert!(Reader::new(&data, "en")?.read_each(&[]).is_empty());
    Ok(())
}
