//! Embeds every file of `languages/` and `knowledge/`, so that a new language is a new folder and nothing else. What a start would
//! spend most of its time on is made ready here: weights are packed, and tables are kept as JSON too, which is parsed several times
//! as fast.
#[path = "src/linear/numbers.rs"]
mod numbers;
#[path = "src/linear/sheet.rs"]
mod sheet;

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../..").canonicalize()?;
    let out = env::var("OUT_DIR")?;
    let mut files = Vec::new();
    for folder in ["languages", "knowledge"] {
        if root.join(folder).is_dir() {
            walk(&root.join(folder), &mut files)?;
        }
    }
    files.sort();
    let (mut texts, mut weights) = (String::new(), String::new());
    for (number, path) in files.iter().enumerate() {
        let name = path.strip_prefix(&format!("{}/", root.display())).unwrap_or(path);
        let text = fs::read_to_string(path)?;
        if name.starts_with("knowledge/weights/") {
            let sheet = sheet::Sheet::parse(&text).map_err(|(line, reason)| format!("{name}:{line}: {reason}"))?;
            let packed = format!("{out}/{number}.weights");
            fs::write(&packed, sheet.pack())?;
            writeln!(weights, "    ({name:?}, include_bytes!({packed:?})),")?;
            continue;
        }
        let mut json = String::from("None");
        if name.ends_with(".toml") {
            let table: serde_json::Value = toml::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
            let parsed = format!("{out}/{number}.json");
            fs::write(&parsed, table.to_string())?;
            json = format!("Some(include_str!({parsed:?}))");
        }
        writeln!(texts, "    Embedded {{ path: {name:?}, text: include_str!({path:?}), json: {json} }},")?;
    }
    let code =
        format!("static EMBEDDED: &[Embedded] = &[\n{texts}];\n\nstatic WEIGHTS: &[(&str, &[u8])] = &[\n{weights}];\n");
    fs::write(Path::new(&out).join("embedded.rs"), code)?;
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/linear");
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
