use super::opener;
use pledgebook_document::Role;
use std::{fs, path::Path};

/// Nothing that an annotator took for evidence may be set aside.
#[test]
fn no_evidence_of_annotated_documents_is_set_aside() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Some(gold) = [root.join("../shared/gold"), root.join("gold")].into_iter().find(|folder| folder.is_dir()) else {
        println!("skipped: no annotated documents here");
        return;
    };
    let opener = opener();
    let (mut lost, mut looked_at) = (Vec::new(), 0);
    for part in ["train", "dev"] {
        let Ok(entries) = fs::read_dir(gold.join(part)) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.extension().is_some()) {
            for line in fs::read_to_string(&path).expect("gold is UTF-8").lines() {
                let gold: serde_json::Value = serde_json::from_str(line).expect("gold is JSON");
                let id = gold["id"].as_str().unwrap_or_default();
                let number = id.rsplit('-').next().unwrap_or_default();
                let Ok(text) = fs::read_to_string(path.with_extension("").join(format!("{number}.txt"))) else {
                    continue;
                };
                let document = opener.text(id, text.as_str());
                for claim in gold["claims"].as_array().into_iter().flatten() {
                    let evidence = claim["evidence"].as_str().unwrap_or_default();
                    let Some(start) = text.find(evidence) else { continue };
                    looked_at += 1;
                    let aside = |block: &&pledgebook_document::Block| {
                        block.role == Role::Aside && block.span.start < start + evidence.len() && start < block.span.end
                    };
                    if document.blocks().iter().any(|block| aside(&block)) {
                        lost.push(format!("{id}: {evidence}"));
                    }
                }
            }
        }
    }
    assert!(looked_at > 0, "no gold document was found in {}", gold.display());
    assert!(lost.is_empty(), "{} of {looked_at} set aside:\n{}", lost.len(), lost.join("\n"));
}
