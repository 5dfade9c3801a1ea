//! What a model is told, and the request that tells it.

use super::schema;
use pledgebook_document::Document;
use pledgebook_lexicon::{Data, Error};
use serde::Deserialize;
use serde_json::{Value, json};

/// What a model is told: `knowledge/llm.toml`, and the form of the answer.
#[derive(Debug)]
pub struct Instructions {
    told: Told,
    domains: Vec<String>,
    schema: Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    instructions: String,
    context: String,
    undated: String,
}

#[derive(Debug, Default, Deserialize)]
struct Fields {
    domains: Vec<String>,
}

impl Instructions {
    /// Loads them.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn load(data: &Data) -> Result<Self, Error> {
        let fields: Fields = data.knowledge_table("domains.toml")?;
        let schema = schema::answer(&fields.domains);
        Ok(Self { told: data.knowledge_table("llm.toml")?, domains: fields.domains, schema })
    }

    /// The fields that a claim may be about.
    pub fn domains(&self) -> &[String] {
        &self.domains
    }

    /// The body of a chat-completions request for one part of a document. The text is a message of its own, so that no mark in it can
    /// end it; what stands beside it in the instructions is not the document's to choose.
    pub fn request(&self, model: &str, temperature: f64, document: &Document, part: &str) -> Value {
        json!({
            "model": model,
            "temperature": temperature,
            "messages": [
                {"role": "system", "content": format!("{}\n{}", self.told.instructions, self.context(document))},
                {"role": "user", "content": part},
            ],
            "response_format": {"type": "json_schema", "json_schema": {"name": "claims", "strict": true, "schema": self.schema}},
        })
    }

    fn context(&self, document: &Document) -> String {
        let language = document.lang.as_deref().unwrap_or_default();
        let day = document.published.as_deref().and_then(|day| day.get(..10)?.parse::<jiff::civil::Date>().ok());
        match day {
            Some(day) => self.told.context.replace("{published}", &day.to_string()),
            None => self.told.undated.clone(),
        }
        .replace("{language}", language)
    }
}
