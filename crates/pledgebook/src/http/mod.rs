//! The only way to the network, taken where a command line names an address and nowhere else.

mod address;

pub use address::Address;

use crate::output::clean;
use jiff::{Timestamp, fmt::rfc2822};
use std::{
    fmt, io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};
use ureq::{
    Agent, Body, Error,
    http::{HeaderMap, Response, StatusCode, header},
    tls::{Certificate, RootCerts, TlsConfig},
};

/// The longest wait before asking again; who asks for more is not asked again.
const WAIT_MAX: Duration = Duration::from_secs(60);
/// The first wait where the other side asks for none; it doubles each time.
const WAIT_FIRST: Duration = Duration::from_millis(500);
const CONNECT_MAX: Duration = Duration::from_secs(10);
const USER_AGENT: &str = concat!("pledgebook/", env!("CARGO_PKG_VERSION"));

/// A key that is sent and never shown.
pub struct Key(String);

impl Key {
    /// Takes a key as a header can carry it.
    pub fn new(key: &str) -> Option<Self> {
        let key = key.trim();
        (!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic())).then(|| Self(key.to_owned()))
    }
}

/// Why nothing usable came back: a sentence without its subject, the address.
#[derive(Debug)]
pub struct Failure {
    /// What the other side said, where it said anything.
    pub status: Option<u16>,
    why: String,
    /// Whether it may go better the next time.
    passing: bool,
    /// How long the other side asks to wait.
    wait: Option<Duration>,
    tries: u32,
}

impl Failure {
    fn new(why: String, passing: bool) -> Self {
        Self { status: None, why, passing, wait: None, tries: 1 }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)?;
        if self.tries > 1 { write!(f, " (asked {} times)", self.tries) } else { Ok(()) }
    }
}

impl std::error::Error for Failure {}

/// Asks one address, again where that may help, and never without end.
pub struct Client {
    agent: Agent,
    address: Address,
    key: Option<Key>,
    timeout: Duration,
    tries_max: u32,
    bytes_max: u64,
    repeated: AtomicUsize,
}

impl Client {
    /// A client for an address. No answer takes longer than `timeout` nor is longer than `bytes_max`.
    pub fn new(address: Address, key: Option<Key>, timeout: Duration, retries: u32, bytes_max: u64) -> Self {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .timeout_global(Some(timeout))
            .timeout_connect(Some(CONNECT_MAX.min(timeout)));
        if address.is_encrypted() {
            config = config.tls_config(trust_of_this_machine());
        }
        if address.is_here() {
            // What stays on this machine goes through no proxy, whatever the environment says.
            config = config.proxy(None);
        }
        let (agent, tries_max) = (config.build().into(), retries.saturating_add(1));
        Self { agent, address, key, timeout, tries_max, bytes_max, repeated: AtomicUsize::new(0) }
    }

    /// How many requests were made again.
    pub fn repeated(&self) -> usize {
        self.repeated.load(Ordering::Relaxed)
    }

    /// What messages name.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Fetches what stands at the address.
    ///
    /// # Errors
    /// When it does not come.
    pub fn get(&self) -> Result<Vec<u8>, Failure> {
        self.patiently(|| self.agent.get(self.address.uri()).call())
    }

    /// Sends JSON and gives what comes back. A redirect is not followed: the key is for this address.
    ///
    /// # Errors
    /// When it does not come.
    pub fn post(&self, body: &[u8]) -> Result<Vec<u8>, Failure> {
        self.patiently(|| {
            let mut request = self.agent.post(self.address.uri()).header(header::CONTENT_TYPE, "application/json");
            if let Some(Key(key)) = &self.key {
                request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
            }
            request.config().max_redirects(0).max_redirects_will_error(false).build().send(body)
        })
    }

    fn patiently(&self, ask: impl Fn() -> Result<Response<Body>, Error>) -> Result<Vec<u8>, Failure> {
        let mut wait = WAIT_FIRST;
        let mut tries = 0;
        loop {
            tries += 1;
            let failure = match ask().map_err(|error| self.failed(&error)).and_then(|response| self.take(response)) {
                Ok(body) => return Ok(body),
                Err(failure) => Failure { tries, ..failure },
            };
            let pause = failure.wait.unwrap_or(wait);
            if !failure.passing || tries >= self.tries_max || pause > WAIT_MAX {
                return Err(failure);
            }
            thread::sleep(pause);
            self.repeated.fetch_add(1, Ordering::Relaxed);
            wait = (wait * 2).min(WAIT_MAX);
        }
    }

    fn take(&self, mut response: Response<Body>) -> Result<Vec<u8>, Failure> {
        let status = response.status();
        let (wait, location) = (wait_asked(response.headers()), response.headers().get(header::LOCATION).cloned());
        let body = response.body_mut().with_config().limit(self.bytes_max).read_to_vec();
        if status.is_success() {
            return body.map_err(|error| match error {
                Error::BodyExceedsLimit(_) => {
                    Failure::new(format!("answers with more than {} MB", self.bytes_max >> 20), false)
                }
                Error::Timeout(_) => self.failed(&error),
                error => Failure::new(format!("breaks off its answer: {}", told(&error)), true),
            });
        }
        let mut why = format!("answers {status}");
        let said = body.ok().and_then(|body| self.said(&body)).or_else(|| {
            location.filter(|_| status.is_redirection())?.to_str().ok().map(|to| format!("it has moved to {to}"))
        });
        if let Some(said) = said {
            why.push_str(": ");
            why.push_str(&said);
        }
        let passing = matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS)
            || status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED;
        if let Some(wait) = wait.filter(|wait| passing && *wait > WAIT_MAX) {
            why.push_str(&format!(", and asks to wait for {} s", wait.as_secs()));
        }
        Err(Failure { status: Some(status.as_u16()), wait, ..Failure::new(why, passing) })
    }

    fn failed(&self, error: &Error) -> Failure {
        match error {
            Error::Timeout(_) => Failure::new(format!("does not answer within {} s", self.timeout.as_secs_f32()), true),
            // Broken or unknown certificates do not mend themselves.
            Error::Io(io) if io.kind() == io::ErrorKind::InvalidData => {
                Failure::new(format!("cannot be trusted: {}", told(error)), false)
            }
            Error::Io(_) | Error::ConnectionFailed | Error::HostNotFound | Error::Protocol(_) => {
                Failure::new(format!("cannot be reached: {}", told(error)), true)
            }
            error => Failure::new(format!("cannot be asked: {}", told(error)), false),
        }
    }

    /// What the body of a refusal says, where it says it as endpoints do.
    fn said(&self, body: &[u8]) -> Option<String> {
        let body: serde_json::Value = serde_json::from_slice(body).ok()?;
        let error = &body["error"];
        let words = [&error["message"], error, &body["message"], &body["detail"]];
        let words = self.shown(words.into_iter().find_map(serde_json::Value::as_str)?);
        (!words.is_empty()).then_some(words)
    }

    /// Words of the other side as they may be shown: they may repeat the key.
    pub fn shown(&self, words: &str) -> String {
        match &self.key {
            Some(Key(key)) => clean(&words.replace(key, "…")),
            None => clean(words),
        }
    }
}

/// The certificates that this machine trusts, so that those of an organisation count; `SSL_CERT_FILE` names others.
fn trust_of_this_machine() -> TlsConfig {
    let trusted = rustls_native_certs::load_native_certs().certs;
    let trusted = trusted.iter().map(|certificate| Certificate::from_der(certificate).to_owned()).collect();
    TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(trusted)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}

/// How long the other side asks to wait: `Retry-After`, in seconds or as a date.
fn wait_asked(headers: &HeaderMap) -> Option<Duration> {
    let asked = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::parse(asked).ok()?.timestamp();
    Some(until.duration_since(Timestamp::now()).try_into().unwrap_or_default())
}

/// An error without the words that it begins with.
fn told(error: &Error) -> String {
    match error {
        Error::Io(io) => clean(&io.to_string()),
        error => clean(&error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, wait_asked};
    use std::time::Duration;
    use ureq::http::{HeaderMap, header};

    #[test]
    fn a_key_is_what_a_header_carries() {
        assert!(Key::new(" sk-1 \n").is_some_and(|Key(key)| key == "sk-1"));
        assert!(Key::new("sk 1").is_none() && Key::new("ключ").is_none() && Key::new(" ").is_none());
    }

    #[test]
    fn waits_are_seconds_or_dates() {
        let asked = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, value.parse().expect("a header"));
            wait_asked(&headers)
        };
        assert_eq!(asked("7"), Some(Duration::from_secs(7)));
        assert_eq!(asked("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        assert!(asked("Sat, 20 Nov 2286 17:46:40 GMT").is_some_and(|wait| wait > Duration::from_secs(1 << 30)));
        assert_eq!(asked("soon"), None);
    }
}
