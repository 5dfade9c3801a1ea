//! A table without lines: for people as wide as the terminal, for tools as comma-separated values.

use comfy_table::{ContentArrangement, Table};
use std::{
    fmt,
    io::{self, Write},
};

/// Rows of text under a head.
#[derive(Debug, Clone)]
pub struct PlainTable {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl PlainTable {
    /// A table without rows.
    pub fn new<const N: usize>(head: [&str; N]) -> Self {
        Self { head: head.map(str::to_owned).to_vec(), rows: Vec::new() }
    }

    /// Adds a row with as many cells as the head has.
    pub fn push<const N: usize>(&mut self, row: [String; N]) {
        debug_assert_eq!(N, self.head.len());
        self.rows.push(row.to_vec());
    }

    /// Writes comma-separated values, the head in small letters.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn write_csv(&self, out: impl Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(self.head.iter().map(|cell| cell.to_lowercase().replace(' ', "_")))?;
        for row in &self.rows {
            csv.write_record(row)?;
        }
        csv.flush()
    }
}

impl fmt::Display for PlainTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(&self.head);
        for row in &self.rows {
            table.add_row(row);
        }
        for line in table.lines() {
            let line = line.trim_end();
            writeln!(f, "{}", line.strip_prefix(' ').unwrap_or(line))?;
        }
        Ok(())
    }
}
