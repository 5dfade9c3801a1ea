//! The endpoint that a model answers at.

use crate::{
    arguments::Reader as Arguments,
    http::{Address, Client, Key},
    output::WrongUse,
};
use anyhow::Result;
use pledgebook_claims::llm::Answer;
use serde_json::Value;
use std::{env, time::Duration};

/// The variable of the environment that holds the key.
const KEY: &str = "PLEDGEBOOK_LLM_KEY";
/// The path that OpenAI-compatible endpoints answer at, below what they document as their base.
const PATH: &str = "/chat/completions";
/// The longest answer that is taken.
const ANSWER_BYTES_MAX: u64 = 8 << 20;

/// What came of a request.
pub enum Asked {
    Answered(Answer),
    /// Nothing came for this document; another may fare better.
    Failed(String),
}

/// An OpenAI-compatible endpoint for chat completions.
pub struct Endpoint {
    client: Client,
    has_key: bool,
}

impl Endpoint {
    /// The endpoint of a command line, with the key of the environment.
    pub fn new(arguments: &Arguments) -> Result<Self> {
        let address = Address::new(arguments.endpoint.as_deref().unwrap_or_default())?.below(PATH)?;
        let key = match env::var_os(KEY).filter(|key| !key.is_empty()) {
            Some(key) => {
                let key = key.to_str().and_then(Key::new);
                Some(key.ok_or_else(|| WrongUse(format!("what stands in {KEY} cannot be a key")))?)
            }
            None => None,
        };
        if key.is_some() && !address.is_private() {
            return Err(WrongUse(format!("{KEY} is not sent unencrypted to another machine; use https://")).into());
        }
        let timeout = Duration::from_secs_f64(arguments.timeout);
        let has_key = key.is_some();
        Ok(Self { client: Client::new(address, key, timeout, arguments.retries, ANSWER_BYTES_MAX), has_key })
    }

    /// What messages name.
    pub fn address(&self) -> &Address {
        self.client.address()
    }

    /// Words of the endpoint as they may be shown.
    pub fn shown(&self, words: &str) -> String {
        self.client.shown(words)
    }

    /// How many requests were made again.
    pub fn repeated(&self) -> usize {
        self.client.repeated()
    }

    /// Sends a request.
    ///
    /// # Errors
    /// When no document can fare better: the key is refused, or the address or the model is not there.
    pub fn ask(&self, request: &Value) -> Result<Asked> {
        let failure = match self.client.post(request.to_string().as_bytes()) {
            Ok(body) => return Ok(Asked::Answered(Answer::parse(&body))),
            Err(failure) => failure,
        };
        let address = self.address();
        match failure.status {
            Some(401) if self.has_key => Err(WrongUse(format!("{address} refuses the key in {KEY} (401)")).into()),
            Some(401) => Err(WrongUse(format!("{address} wants a key (401); put it into {KEY}")).into()),
            Some(404) => Err(WrongUse(format!("{address} {failure}; check --endpoint and --model")).into()),
            _ => Ok(Asked::Failed(format!("{address} {failure}"))),
        }
    }
}
