//! A connection to the program, as any client has one: requests one after the other, and their answers.

use std::net::SocketAddr;

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{HeaderMap, HeaderName};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value as Json;
use tokio::net::TcpStream;

/// A connection that is kept alive, and opened again when it has ended.
#[derive(Debug)]
pub struct Client {
    address: SocketAddr,
    connection: Option<SendRequest<Full<Bytes>>>,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// How.
    pub method: Method,
    /// What for, with what follows a `?`.
    pub path: String,
    /// Its headers.
    pub headers: Vec<(&'static str, String)>,
    /// Its body.
    pub body: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub text: String,
}

impl Ask {
    /// Reads `path`.
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), headers: Vec::new(), body: String::new() }
    }

    /// Sends JSON to `path`.
    pub fn post(path: impl Into<String>, body: &Json) -> Self {
        let ask = Self { method: Method::POST, body: body.to_string(), ..Self::get(path) };
        ask.with("content-type", "application/json")
    }

    /// Sends a form to `path`.
    pub fn form(path: impl Into<String>, body: impl Into<String>) -> Self {
        let ask = Self { method: Method::POST, body: body.into(), ..Self::get(path) };
        ask.with("content-type", "application/x-www-form-urlencoded")
    }

    /// With a header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// As whoever has this token.
    pub fn by(self, token: &str) -> Self {
        self.with("authorization", format!("Bearer {token}"))
    }

    /// Under this `Idempotency-Key`.
    pub fn once(self, key: impl Into<String>) -> Self {
        self.with("idempotency-key", key)
    }
}

impl Answer {
    /// The body, which must be JSON.
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.text).unwrap_or_else(|fault| panic!("{fault}: {} {}", self.status, self.text))
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Json {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }
}

impl Client {
    /// A client of the program at this address.
    pub fn of(address: SocketAddr) -> Self {
        Self { address, connection: None }
    }

    /// Sends a request. None if no whole answer came back: then it is not known whether it was done.
    pub async fn try_send(&mut self, ask: &Ask) -> Option<Answer> {
        let answer = self.exchange(ask).await;
        if answer.is_none() {
            self.connection = None;
        }
        answer
    }

    /// Sends a request to a program that is not killed meanwhile.
    pub async fn send(&mut self, ask: &Ask) -> Answer {
        self.try_send(ask).await.unwrap_or_else(|| panic!("no answer to {ask:?}"))
    }

    async fn exchange(&mut self, ask: &Ask) -> Option<Answer> {
        let connection = self.connect().await?;
        let mut request = Request::builder().method(&ask.method).uri(&ask.path).header("host", "localhost");
        for (name, value) in &ask.headers {
            request = request.header(HeaderName::from_static(name), value);
        }
        let request = request.body(Full::new(Bytes::from(ask.body.clone()))).unwrap();
        let (parts, body) = connection.send_request(request).await.ok()?.into_parts();
        let bytes = body.collect().await.ok()?.to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Some(Answer { status: parts.status, headers: parts.headers, text })
    }

    async fn connect(&mut self) -> Option<&mut SendRequest<Full<Bytes>>> {
        let is_open = match &mut self.connection {
            Some(connection) => connection.ready().await.is_ok(),
            None => false,
        };
        if !is_open {
            let stream = TcpStream::connect(self.address).await.ok()?;
            let (sender, connection) = handshake(TokioIo::new(stream)).await.ok()?;
            // Ends with the connection; how it ends is told to whoever waits for an answer.
            tokio::spawn(connection);
            self.connection = Some(sender);
        }
        self.connection.as_mut()
    }
}
