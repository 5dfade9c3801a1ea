//! JSONL: one document a line.

use crate::error::Problem;
use serde::Deserialize;

/// A line of JSONL input. Fields that are not known are left alone, so that exports of other tools can be read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Record {
    pub id: Option<serde_json::Value>,
    pub text: Option<String>,
    pub html: Option<String>,
    pub title: Option<String>,
    #[serde(alias = "reference_date")]
    pub published: Option<String>,
    pub modified: Option<String>,
    pub publisher: Option<String>,
    pub author: Option<String>,
    pub url: Option<String>,
    pub lang: Option<String>,
}

impl Record {
    /// Reads one line.
    pub fn parse(line: &[u8]) -> Result<Self, Problem> {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        let record: Self = serde_json::from_slice(line).map_err(|error| {
            // The line number inside the line is always 1; the place says the file's.
            let message = error.to_string();
            Problem::NoJson(message.split(" at line 1 ").collect::<Vec<_>>().join(" at "))
        })?;
        match (&record.text, &record.html) {
            (Some(text), _) if !text.trim().is_empty() => Ok(record),
            (_, Some(html)) if !html.trim().is_empty() => Err(Problem::Html),
            _ => Err(Problem::NoText),
        }
    }

    /// Its id, also where it is a number.
    pub fn id(&self) -> Option<String> {
        match self.id.as_ref()? {
            serde_json::Value::String(id) if !id.trim().is_empty() => Some(id.trim().to_owned()),
            serde_json::Value::Number(id) => Some(id.to_string()),
            _ => None,
        }
    }
}
