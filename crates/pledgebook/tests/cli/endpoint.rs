//! An endpoint on this machine that answers as it is told to, and remembers what it was asked.

use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// What the endpoint does with a request.
#[derive(Clone)]
pub enum Reply {
    /// Answers with a status, further header lines and a body.
    Says(&'static str, &'static str, String),
    /// Takes the request and never answers.
    Hangs,
    /// Says that more is to come than comes.
    BreaksOff,
}

/// A request as it came.
pub struct Request {
    pub head: String,
    pub body: Value,
}

/// A local endpoint. It answers one request after the other as the script says; the last line of the script goes on for ever.
pub struct Endpoint {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Endpoint {
    pub fn start(script: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            let mut hanging = Vec::new();
            let mut script = script.into_iter().peekable();
            while let Ok((mut stream, _)) = listener.accept() {
                let Some(request) = take(&stream) else { continue };
                seen.lock().expect("requests").push(request);
                let reply = match script.next() {
                    Some(last) if script.peek().is_none() => {
                        script = vec![last.clone()].into_iter().peekable();
                        last
                    }
                    Some(reply) => reply,
                    None => continue,
                };
                // A client that has gone away is the test's business, not the endpoint's.
                let _ = match reply {
                    Reply::Says(status, headers, body) => write!(
                        stream,
                        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
                        body.len()
                    ),
                    Reply::BreaksOff => {
                        write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 500\r\nconnection: close\r\n\r\n{{\"choi")
                    }
                    Reply::Hangs => {
                        hanging.push(stream);
                        Ok(())
                    }
                };
            }
        });
        Self { address, requests }
    }

    /// What `--endpoint` is given.
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.requests.lock().expect("requests"))
    }
}

fn take(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        (reader.read_line(&mut head).ok()? > 0).then_some(())?;
    }
    let length =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or_default()];
    reader.read_exact(&mut body).ok()?;
    Some(Request { head, body: serde_json::from_slice(&body).unwrap_or_default() })
}

/// A chat completion that says this.
pub fn completion(content: &str) -> Reply {
    let body = json!({
        "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1_000, "completion_tokens": 200, "total_tokens": 1_200},
    });
    Reply::Says("200 OK", "content-type: application/json\r\n", body.to_string())
}

/// A chat completion that proposes these claims.
pub fn proposes(claims: &[Value]) -> Reply {
    completion(&json!({"claims": claims}).to_string())
}
