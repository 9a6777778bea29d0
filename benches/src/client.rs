//! A client that costs little: prepared requests over connections that stay open, all on one thread.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A request as it is sent.
#[derive(Debug, Clone)]
pub struct Request(Vec<u8>);

impl Request {
    /// A page, as a browser of a visitor asks for it.
    pub fn page(path: &str) -> Self {
        Self(format!("GET {path} HTTP/1.1\r\nhost: bench\r\naccept-encoding: gzip\r\n\r\n").into_bytes())
    }

    /// A call of the API.
    pub fn call(method: &str, path: &str, token: &str, body: &str) -> Self {
        let length = body.len();
        Self(
            format!(
                "{method} /api/v1{path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\n\
                 content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
            )
            .into_bytes(),
        )
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON, if the status is the expected one.
    pub fn json(&self, status: u16) -> anyhow::Result<serde_json::Value> {
        ensure!(self.status == status, "{} {}", self.status, String::from_utf8_lossy(&self.body));
        Ok(serde_json::from_slice(&self.body)?)
    }
}

/// A connection that stays open.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    /// Opens one.
    pub async fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("connecting to {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a request and waits for its answer.
    pub async fn send(&mut self, request: &Request) -> anyhow::Result<Answer> {
        self.stream.write_all(&request.0).await?;
        self.read.clear();
        loop {
            if let Some((status, head, length)) = head(&self.read)? {
                while self.read.len() < head + length {
                    self.more().await?;
                }
                let body = self.read.get(head..head + length).unwrap_or_default().to_vec();
                return Ok(Answer { status, body });
            }
            self.more().await?;
        }
    }

    async fn more(&mut self) -> anyhow::Result<()> {
        ensure!(self.stream.read_buf(&mut self.read).await? > 0, "the connection was closed");
        Ok(())
    }
}

/// Status, length of the head and length of the body, once the head is there.
fn head(bytes: &[u8]) -> anyhow::Result<Option<(u16, usize, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(head) = response.parse(bytes)? else { return Ok(None) };
    let status = response.code.unwrap_or_default();
    let length = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case("content-length"));
    let Some(length) = length else { bail!("an answer of unknown length, status {status}") };
    Ok(Some((status, head, std::str::from_utf8(length.value)?.trim().parse()?)))
}

/// How a load went.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// How many requests were answered as expected.
    pub count: usize,
    /// From the first request to the last answer.
    pub elapsed: Duration,
    /// How long each took, in order.
    latencies: Vec<Duration>,
}

impl Course {
    /// Requests a second.
    pub fn rate(&self) -> f64 {
        approximate(self.count) / self.elapsed.as_secs_f64()
    }

    /// The time within which so many of a thousand were answered.
    pub fn within(&self, per_mille: usize) -> Duration {
        let index = (self.latencies.len() * per_mille / 1_000).min(self.latencies.len().saturating_sub(1));
        self.latencies.get(index).copied().unwrap_or_default()
    }
}

/// A count, as near as a figure needs it.
pub fn approximate(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Sends `total` requests over so many connections, each the next as soon as its last is answered. `check` looks at
/// each answer; the first that it does not like ends everything.
pub async fn load(
    address: &str,
    (connections, total): (usize, usize),
    make: impl Fn(usize) -> Request + 'static,
    check: impl FnMut(usize, &Answer) -> anyhow::Result<()> + 'static,
) -> anyhow::Result<Course> {
    let mut open = Vec::with_capacity(connections);
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let (next, make, check) = (Rc::new(Cell::new(0)), Rc::new(make), Rc::new(RefCell::new(check)));
    let begun = Instant::now();
    let senders: Vec<_> = open
        .into_iter()
        .map(|mut connection| {
            let (next, make, check) = (Rc::clone(&next), Rc::clone(&make), Rc::clone(&check));
            tokio::task::spawn_local(async move {
                let mut latencies = Vec::new();
                loop {
                    let n = next.replace(next.get() + 1);
                    if n >= total {
                        return anyhow::Ok(latencies);
                    }
                    let request = make(n);
                    let begun = Instant::now();
                    let answer = connection.send(&request).await?;
                    latencies.push(begun.elapsed());
                    (check.borrow_mut())(n, &answer)?;
                }
            })
        })
        .collect();
    let mut latencies = Vec::with_capacity(total);
    for sender in senders {
        latencies.extend(sender.await??);
    }
    let elapsed = begun.elapsed();
    latencies.sort_unstable();
    Ok(Course { count: total, elapsed, latencies })
}
