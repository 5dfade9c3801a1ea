//! What reads documents.

use clap::{Args, ValueEnum, ValueHint};
use rust_decimal::Decimal;

/// What reads documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ReaderKind {
    /// The rules: on this machine, in milliseconds, always the same
    #[default]
    Rules,
    /// A language model that --endpoint and --model name; what it says is kept only where the text bears it out
    Llm,
}

/// Which reader, and how a language model is asked.
#[derive(Debug, Args)]
pub struct Reader {
    /// What reads the documents
    #[arg(long, value_enum, default_value_t)]
    pub reader: ReaderKind,
    /// Base address of an OpenAI-compatible endpoint, such as https://host/v1; its key is taken from the environment variable
    /// PLEDGEBOOK_LLM_KEY and is neither shown nor stored
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, required_if_eq("reader", "llm"))]
    pub endpoint: Option<String>,
    /// The model, as the endpoint names it
    #[arg(long, value_name = "NAME", required_if_eq("reader", "llm"))]
    pub model: Option<String>,
    /// Price of a million tokens sent, to show what a run cost
    #[arg(long, value_name = "PRICE", value_parser = price)]
    pub price_in: Option<Decimal>,
    /// Price of a million tokens answered
    #[arg(long, value_name = "PRICE", value_parser = price)]
    pub price_out: Option<Decimal>,
    /// Temperature that the model is asked with; some know only 1
    #[arg(long, value_name = "NUMBER", default_value_t = 0.0, value_parser = temperature)]
    pub temperature: f64,
    /// Seconds to wait for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 120.0, value_parser = seconds)]
    pub timeout: f64,
    /// How often a request is repeated where waiting may help (429, 5xx, no answer)
    #[arg(long, value_name = "COUNT", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=10))]
    pub retries: u32,
    /// Documents that the endpoint is asked about at once
    #[arg(long, value_name = "COUNT", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub at_once: u16,
}

fn price(text: &str) -> Result<Decimal, String> {
    let price = text.parse::<Decimal>().ok().filter(|price| !price.is_sign_negative());
    price.ok_or_else(|| "a price is a number, as 0.15".to_owned())
}

fn temperature(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=2.0).contains(number));
    number.ok_or_else(|| "a temperature is a number from 0 to 2".to_owned())
}

fn seconds(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.1..=3_600.0).contains(number));
    number.ok_or_else(|| "a number of seconds from 0.1 to 3600".to_owned())
}
