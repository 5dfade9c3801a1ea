//! Printing: to a pipe or a terminal, with colours only there.

use crate::{SOME_FAILED, arguments::Format};
use anstyle::{AnsiColor, Style};
use anyhow::Result;
use pledgebook_answers::{one_line, shortened};
use serde::Serialize;
use std::{
    fmt,
    io::{self, BufWriter, IsTerminal, Write},
    process::ExitCode,
};

/// Headings.
pub const HEADING: Style = Style::new().bold();
/// The words that matter in a sentence.
pub const MARK: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
/// What is said beside.
pub const ASIDE: Style = Style::new().dimmed();
/// What a reader should look at.
pub const WARNING: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
const ERROR: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));

/// Standard output: buffered, and plain where it is no terminal.
pub fn stdout() -> impl Write + Send {
    BufWriter::with_capacity(1 << 16, anstream::stdout())
}

/// Prints an error in one sentence with its causes.
pub fn complain(error: &anyhow::Error) {
    // Nothing can be said where stderr is closed.
    let _ = writeln!(anstream::stderr(), "{ERROR}error:{ERROR:#} {error:#}");
}

/// Prints a line on stderr.
pub fn note(line: impl fmt::Display) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// "1 claim", "2 claims".
pub fn counted(count: usize, what: &str) -> String {
    match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "commitment or agreement") => format!("{count} commitments or agreements"),
        _ => format!("{count} {what}s"),
    }
}

/// Words from elsewhere as one line without marks that a terminal obeys.
pub fn clean(words: &str) -> String {
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    shortened(&one_line(&words), 200)
}

/// Whether stderr is a terminal that shows more than plain lines.
pub fn is_unicode_terminal() -> bool {
    io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// A command line that asks for something that makes no sense.
#[derive(Debug)]
pub struct WrongUse(pub String);

impl fmt::Display for WrongUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongUse {}

/// Inputs that failed, or were not read as they should have been; each is named on stderr when that comes out.
#[derive(Debug, Default)]
pub struct Failures {
    count: usize,
    fallbacks: usize,
}

impl Failures {
    /// An input that gave no document.
    pub fn input(&mut self, error: &pledgebook_document::Error) {
        self.count += 1;
        note(format_args!("{ERROR}error:{ERROR:#} {error}"));
    }

    /// A document that was kept but not read.
    pub fn not_read(&mut self, id: &str, why: &crate::NotRead) {
        self.count += 1;
        note(format_args!("{WARNING}not read:{WARNING:#} {id} {why}"));
    }

    /// A document that the rules read because a language model did not.
    pub fn fell_back(&mut self, id: &str, why: &str) {
        self.fallbacks += 1;
        note(format_args!("{WARNING}read by the rules:{WARNING:#} {id}: {why}"));
    }

    /// How many inputs failed.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many the rules read instead of a language model.
    pub fn fallbacks(&self) -> usize {
        self.fallbacks
    }

    /// What the process says to its caller.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(if self.count + self.fallbacks == 0 { 0 } else { SOME_FAILED })
    }
}

/// Prints values one by one as a JSON array, or one a line.
pub struct JsonWriter<W: Write> {
    out: W,
    lines: bool,
    any: bool,
}

impl<W: Write> JsonWriter<W> {
    /// A writer for `json` or `jsonl`.
    pub fn new(out: W, format: Format) -> Self {
        Self { out, lines: format == Format::Jsonl, any: false }
    }

    /// Prints one value.
    pub fn push(&mut self, value: &impl Serialize) -> Result<()> {
        if !self.lines {
            self.out.write_all(if self.any { b",\n" } else { b"[\n" })?;
        }
        serde_json::to_writer(&mut self.out, value)?;
        if self.lines {
            self.out.write_all(b"\n")?;
        }
        self.any = true;
        Ok(())
    }

    /// Ends the array.
    pub fn finish(mut self) -> Result<()> {
        match (self.lines, self.any) {
            (true, _) => {}
            (false, true) => self.out.write_all(b"\n]\n")?,
            (false, false) => self.out.write_all(b"[]\n")?,
        }
        self.out.flush()?;
        Ok(())
    }
}
