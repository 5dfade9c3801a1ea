//! What a chat-completions endpoint sends back.

use serde::Deserialize;
use serde_json::Value;
use std::fmt;

/// The most claims that one answer may hold: several to each sentence of what was sent.
const CLAIMS_MAX: usize = 500;

/// What came back for one request.
#[derive(Debug)]
pub struct Answer {
    /// What it cost, where the endpoint says so.
    pub tokens: Option<Tokens>,
    /// The claims that the model proposes, unread.
    pub claims: Result<Vec<Value>, Unusable>,
}

/// Tokens of a request and of its answer, as the endpoint counts them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct Tokens {
    /// Of the request.
    #[serde(rename = "prompt_tokens", default)]
    pub sent: u64,
    /// Of the answer.
    #[serde(rename = "completion_tokens", default)]
    pub answered: u64,
}

/// Why an answer as a whole is of no use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unusable {
    /// It is no answer of a chat-completions endpoint.
    NoCompletion,
    /// It is an error, in the endpoint's words.
    Error(String),
    /// The model refuses, in its words.
    Refused(String),
    /// It ends in the middle, because the model may not say more.
    Cut,
    /// What the model says is no JSON.
    NoJson,
    /// What the model says holds no list of claims.
    NoClaims,
    /// It holds more of them than a part of a text can make.
    TooMany,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCompletion => f.write_str("the answer is no chat completion"),
            Self::Error(words) => write!(f, "the endpoint answers with an error: {words}"),
            Self::Refused(words) => write!(f, "the model refuses: {words}"),
            Self::Cut => f.write_str("the answer was cut off at the model's limit of tokens"),
            Self::NoJson => f.write_str("the model's answer is no JSON"),
            Self::NoClaims => f.write_str("the model's answer holds no list of claims"),
            Self::TooMany => write!(f, "the model's answer holds more than {CLAIMS_MAX} claims"),
        }
    }
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

impl Answer {
    /// Reads the body of an answer.
    pub fn parse(body: &[u8]) -> Self {
        let Ok(body) = serde_json::from_slice::<Value>(body) else {
            return Self { tokens: None, claims: Err(Unusable::NoCompletion) };
        };
        Self { tokens: Tokens::deserialize(&body["usage"]).ok(), claims: claims(&body) }
    }
}

fn claims(body: &Value) -> Result<Vec<Value>, Unusable> {
    if let Some(words) = body["error"]["message"].as_str() {
        return Err(Unusable::Error(words.to_owned()));
    }
    let completion = Completion::deserialize(body).map_err(|_| Unusable::NoCompletion)?;
    let choice = completion.choices.into_iter().next().ok_or(Unusable::NoCompletion)?;
    if let Some(words) = choice.message.refusal {
        return Err(Unusable::Refused(words));
    }
    if choice.finish_reason.as_deref() == Some("length") {
        return Err(Unusable::Cut);
    }
    let content = choice.message.content.ok_or(Unusable::NoCompletion)?;
    match serde_json::from_str(unfenced(&content)).map_err(|_| Unusable::NoJson)? {
        Value::Object(mut answer) => match answer.remove("claims") {
            Some(Value::Array(claims)) if claims.len() > CLAIMS_MAX => Err(Unusable::TooMany),
            Some(Value::Array(claims)) => Ok(claims),
            _ => Err(Unusable::NoClaims),
        },
        _ => Err(Unusable::NoClaims),
    }
}

/// JSON out of the fence that models without schemas put around it.
fn unfenced(content: &str) -> &str {
    let content = content.trim();
    let inside = content.strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    inside.map_or(content, |rest| rest.strip_prefix("json").unwrap_or(rest).trim())
}
