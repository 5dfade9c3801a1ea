//! Prints the blocks of files with what they are: `cargo run -p pledgebook-document --example blocks FILE…`.
use pledgebook_document::{Inputs, Opener};
use pledgebook_lexicon::Data;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let opener = Opener::new(&Data::embedded())?;
    for input in Inputs::new(&opener, std::env::args_os().skip(1), std::io::stdin()) {
        let document = match input.and_then(|input| opener.open(input)) {
            Ok(document) => document,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        for block in document.blocks() {
            let text = document.text()[block.span.clone()].replace('\n', "⏎");
            println!("{}\t{:7}\t{text}", document.id, block.role.word());
        }
    }
    Ok(())
}
