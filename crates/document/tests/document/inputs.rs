use super::opener;
use pledgebook_document::{Document, Error, Inputs};
use std::{fs, io, path::Path};

fn read(paths: &[&Path], stdin: &'static [u8]) -> Vec<Result<Document, Error>> {
    let opener = opener();
    Inputs::new(&opener, paths, stdin).map(|input| opener.open(input?)).collect()
}

fn shown(results: Vec<Result<Document, Error>>, folder: &Path) -> Vec<String> {
    let place = format!("{}/", folder.display());
    results
        .into_iter()
        .map(|result| match result {
            Ok(document) => document.id,
            Err(error) => error.to_string().replace(&place, ""),
        })
        .collect()
}

#[test]
fn folders_are_read_in_the_order_of_names_and_errors_stand_among_documents() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("fr"))?;
    fs::write(at("b.txt"), "Second.")?;
    fs::write(at("a.md"), "# First\n\nText.")?;
    fs::write(at("fr/01.txt"), "Bonjour.")?;
    fs::write(at("fr/02.txt"), "")?;
    fs::write(at("photo.jpg"), [0xff, 0xd8, 0xff])?;
    fs::write(at(".hidden.txt"), "No.")?;
    fs::write(
        at("z.jsonl"),
        "{\"id\": \"x\", \"text\": \"One.\", \"publisher\": \"P\"}\n\n{\"text\": \"Two.\"}\n{broken\n{\"html\": \"<p>a</p>\"}\n{\"id\": 7, \
         \"text\": \"Three.\"}\n{\"id\": \"y\", \"text\": \" \"}",
    )?;
    assert_eq!(
        shown(read(&[folder.path()], b""), folder.path()),
        [
            "a",
            "b",
            "fr/01",
            "fr/02.txt: is empty; there is nothing to read in it",
            "x",
            "z-3",
            "z.jsonl:4: is no JSON document: key must be a string at column 2; each line must hold one object",
            "z.jsonl:5: is HTML, which is not read yet; give its text instead",
            "7",
            "z.jsonl:7: holds no text: a document needs a \"text\" that is not blank",
        ]
    );
    Ok(())
}

#[test]
fn standard_input_is_told_apart() {
    let texts = read(&[Path::new("-")], b"A note.\n\nOf two paragraphs.");
    assert_eq!(texts.len(), 1);
    let lines = read(
        &[Path::new("-")],
        b"{\"id\": \"1\", \"text\": \"a\", \"reference_date\": \"2016-11-07T00:00:00\"}\n{\"text\": \"b\"}\n",
    );
    let days: Vec<Option<String>> =
        lines.into_iter().map(|line| line.ok().and_then(|document| document.published)).collect();
    assert_eq!(days, [Some("2016-11-07T00:00:00".to_owned()), None]);
}

#[test]
fn a_file_beyond_the_limit_is_refused_unread() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("big.txt");
    // A sparse file: 200 MB that take no room on the disk.
    fs::File::create(&path)?.set_len(200 << 20)?;
    assert_eq!(
        shown(read(&[&path, &folder.path().join("none.txt")], b""), folder.path()),
        [
            "big.txt: is too large for one document: 200 MB, the limit is 64 MB; split it, or give its articles as JSONL",
            "none.txt: no such file or folder; check the path",
        ]
    );
    Ok(())
}
