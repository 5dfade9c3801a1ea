//! Documents from files, folders and streams, and what their blocks are.

mod gold;
mod inputs;
mod roles;

use pledgebook_document::Opener;
use pledgebook_lexicon::Data;

fn opener() -> Opener {
    Opener::new(&Data::embedded()).expect("the data in the tree is right")
}
