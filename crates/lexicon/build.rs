//! Embeds every file of `languages/` and `knowledge/`, so that a new language is a new folder and nothing else.
use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..").canonicalize()?;
    let mut files = Vec::new();
    for folder in ["languages", "knowledge"] {
        if root.join(folder).is_dir() {
            walk(&root.join(folder), &mut files)?;
        }
    }
    files.sort();
    let mut code = String::from("static EMBEDDED: &[(&str, &str)] = &[\n");
    for path in files {
        let name = path.strip_prefix(&format!("{}/", root.display())).unwrap_or(&path).to_owned();
        writeln!(code, "    ({name:?}, include_str!({path:?})),")?;
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), code)?;
    Ok(())
}

/// Collects the data files below `folder`; corpora are for tests and stay out of the binary.
fn walk(folder: &Path, files: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "corpus") {
                walk(&path, files)?;
            }
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "csv" || ending == "jsonl") {
            println!("cargo:rerun-if-changed={}", path.display());
            files.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}
