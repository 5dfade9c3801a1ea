//! What the user names (files, folders, `-`) to single documents' bytes, one at a time.

use crate::{Error, Format, Opener, error::Problem};
use std::{
    collections::VecDeque,
    fs::{self, File},
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

/// One document's bytes, or where they are.
#[derive(Debug)]
pub struct Input {
    /// The file's name without its ending; below a folder, with the folders between: `fr/01`.
    pub(crate) id: String,
    /// What messages name it.
    pub(crate) place: String,
    pub(crate) source: Source,
}

#[derive(Debug)]
pub(crate) enum Source {
    File(PathBuf, Format),
    Bytes(Vec<u8>, Format),
    Line(Vec<u8>),
}

impl Input {
    /// What messages name it.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// How many bytes it holds in memory: those of a file are read when it is opened.
    pub fn bytes_held(&self) -> usize {
        match &self.source {
            Source::File(..) => 0,
            Source::Bytes(bytes, _) | Source::Line(bytes) => bytes.len(),
        }
    }
}

/// The documents of all named paths in their order; files of a folder in the order of their names. Holds one line of JSONL at a
/// time and no other content, so any number of documents is read in bounded memory.
pub struct Inputs<'o> {
    opener: &'o Opener,
    waiting: VecDeque<Waiting>,
    lines: Option<Lines>,
    stdin: Option<Box<dyn Read + Send>>,
}

struct Waiting {
    path: PathBuf,
    /// Named by the user rather than found in a folder.
    named: bool,
    /// Folders between the one that the user named and this.
    prefix: String,
}

struct Lines {
    place: String,
    stem: String,
    reader: Box<dyn BufRead + Send>,
    line: usize,
}

impl<'o> Inputs<'o> {
    /// Inputs of the named paths; `-` is what `stdin` gives.
    pub fn new<P: AsRef<Path>>(
        opener: &'o Opener,
        paths: impl IntoIterator<Item = P>,
        stdin: impl Read + Send + 'static,
    ) -> Self {
        let waiting = paths
            .into_iter()
            .map(|path| Waiting { path: path.as_ref().to_owned(), named: true, prefix: String::new() })
            .collect();
        Self { opener, waiting, lines: None, stdin: Some(Box::new(stdin)) }
    }

    fn enter(&mut self, waiting: Waiting) -> Option<Result<Input, Error>> {
        let Waiting { path, named, prefix } = waiting;
        if named && path.as_os_str() == "-" {
            return self.standard_input();
        }
        let place = path.display().to_string();
        let unreadable = |error| Some(Err(Error::new(place.clone(), Problem::Unreadable(error))));
        // A link to a folder is followed where the user names it; inside folders it could lead in circles.
        let metadata = match if named { fs::metadata(&path) } else { fs::symlink_metadata(&path) } {
            Ok(metadata) => metadata,
            Err(error) => return unreadable(error),
        };
        if metadata.is_dir() {
            let below = if named { String::new() } else { format!("{prefix}{}/", name(&path)) };
            return match children(&path) {
                Ok(children) => {
                    for path in children.into_iter().rev() {
                        self.waiting.push_front(Waiting { path, named: false, prefix: below.clone() });
                    }
                    None
                }
                Err(error) => unreadable(error),
            };
        }
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        let stem = format!("{prefix}{}", path.file_stem().unwrap_or_default().to_string_lossy());
        let format = match ending.as_str() {
            "md" | "markdown" => Format::Markdown,
            "jsonl" | "ndjson" | "json" if named || ending != "json" => match File::open(&path) {
                Ok(file) => {
                    let reader = Box::new(BufReader::with_capacity(1 << 16, file));
                    self.lines = Some(Lines { place, stem, reader, line: 0 });
                    return None;
                }
                Err(error) => return unreadable(error),
            },
            "html" | "htm" | "xhtml" if named => return Some(Err(Error::new(place, Problem::Html))),
            _ if named || ending == "txt" || ending == "text" => Format::Text,
            _ => return None,
        };
        Some(Ok(Input { id: stem, place, source: Source::File(path, format) }))
    }

    /// Standard input: JSONL where its first line is an object, else one text.
    fn standard_input(&mut self) -> Option<Result<Input, Error>> {
        let place = "standard input";
        let mut reader: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(1 << 16, self.stdin.take()?));
        let first = match reader.fill_buf() {
            Ok(bytes) => {
                bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(byte)).copied()
            }
            Err(error) => return Some(Err(Error::new(place, Problem::Unreadable(error)))),
        };
        if first == Some(b'{') {
            self.lines = Some(Lines { place: place.to_owned(), stem: "stdin".to_owned(), reader, line: 0 });
            return None;
        }
        let bytes_max = self.opener.document_bytes_max();
        let mut bytes = Vec::new();
        if let Err(error) = reader.take(bytes_max + 1).read_to_end(&mut bytes) {
            return Some(Err(Error::new(place, Problem::Unreadable(error))));
        }
        if bytes.len() as u64 > bytes_max {
            return Some(Err(Error::new(place, Problem::TooLarge { bytes: None, bytes_max })));
        }
        let format =
            if bytes.starts_with(b"---\n") || bytes.starts_with(b"# ") { Format::Markdown } else { Format::Text };
        Some(Ok(Input { id: "stdin".to_owned(), place: place.to_owned(), source: Source::Bytes(bytes, format) }))
    }
}

impl Iterator for Inputs<'_> {
    type Item = Result<Input, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next(self.opener.document_bytes_max()) {
                    Some(item) => return Some(item),
                    None => self.lines = None,
                }
            }
            let waiting = self.waiting.pop_front()?;
            if let Some(item) = self.enter(waiting) {
                return Some(item);
            }
        }
    }
}

impl Lines {
    fn next(&mut self, bytes_max: u64) -> Option<Result<Input, Error>> {
        loop {
            let mut line = Vec::new();
            self.line += 1;
            let place = format!("{}:{}", self.place, self.line);
            match (&mut self.reader).take(bytes_max + 1).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.len() as u64 > bytes_max => {
                    let problem = match skip_line(&mut self.reader) {
                        Ok(()) => Problem::TooLarge { bytes: None, bytes_max },
                        Err(error) => Problem::Unreadable(error),
                    };
                    return Some(Err(Error::new(place, problem)));
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let id = format!("{}-{}", self.stem, self.line);
                    return Some(Ok(Input { id, place, source: Source::Line(line) }));
                }
                Err(error) => {
                    // Whatever follows cannot be read either.
                    self.reader = Box::new(io::empty());
                    return Some(Err(Error::new(place, Problem::Unreadable(error))));
                }
            }
        }
    }
}

fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        let Some(end) = buffer.iter().position(|byte| *byte == b'\n') else {
            let len = buffer.len();
            if len == 0 {
                return Ok(());
            }
            reader.consume(len);
            continue;
        };
        reader.consume(end + 1);
        return Ok(());
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What a folder holds, by name; hidden files are left out.
fn children(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !name(&path).starts_with('.') {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
