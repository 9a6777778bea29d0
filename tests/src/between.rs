//! Somebody between a program and DynamoDB, who sees what is asked for and answers some of it in DynamoDB's stead: what
//! an emulator never says.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value as Json, json};
use tokio::net::{TcpListener, TcpStream};

/// What becomes of a request.
#[derive(Debug, Clone)]
pub enum Turn {
    /// It is handed on, and so is the answer.
    On,
    /// It is not handed on; this error comes back.
    Refused(&'static str),
    /// The same, for these reasons, one for each write.
    Cancelled(Vec<&'static str>),
    /// It is handed on, and the answer is lost on its way.
    Lost,
    /// Of a batch only so many of its keys or rows are handed on; the others come back as not done. Where there are none
    /// nobody else is asked: an emulator refuses an empty batch.
    Part(usize),
    /// It is not handed on; this answer comes back.
    Said(Json),
    /// Another one, so much later.
    Later(Duration, Box<Turn>),
}

/// Decides about each request, by what it asks for and how often that was asked for before.
type Plan = Box<dyn FnMut(&str, usize) -> Turn + Send>;

/// How often what was asked for.
type Counts = BTreeMap<String, usize>;

/// What was seen so far, and what becomes of what comes next.
struct Post {
    asked: Mutex<Counts>,
    written: Mutex<Counts>,
    plan: Mutex<Plan>,
}

/// Where to ask instead, and what was asked for.
pub struct Between {
    /// Where it listens: scheme, host and port.
    pub endpoint: String,
    post: Arc<Post>,
}

impl Between {
    /// Stands before the DynamoDB at `endpoint`.
    pub async fn start(endpoint: &str, plan: impl FnMut(&str, usize) -> Turn + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = format!("http://{}", listener.local_addr().unwrap());
        let there: SocketAddr = endpoint.trim_start_matches("http://").parse().unwrap();
        let (asked, written) = (Mutex::default(), Mutex::default());
        let post = Arc::new(Post { asked, written, plan: Mutex::new(Box::new(plan)) });
        let of_all = Arc::clone(&post);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let post = Arc::clone(&of_all);
                let service = service_fn(move |request| {
                    let post = Arc::clone(&post);
                    async move { Ok::<_, std::convert::Infallible>(answer(request, there, &post).await) }
                });
                let serving =
                    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
                tokio::spawn(async move { serving.await.ok() });
            }
        });
        Self { endpoint: here, post }
    }

    /// What was asked for: `GetItem`, `TransactWriteItems` …, and how often.
    pub fn asked(&self) -> Counts {
        self.post.asked.lock().unwrap().clone()
    }

    /// What transactions had in them: `Put`, `Update`, `Delete` or `ConditionCheck`, and how often.
    pub fn written(&self) -> Counts {
        self.post.written.lock().unwrap().clone()
    }
}

async fn answer(request: Request<Incoming>, there: SocketAddr, post: &Post) -> Response<Full<Bytes>> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let target = parts.headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let verb = target.rsplit('.').next().unwrap_or_default().to_owned();
    for write in writes_of(&body) {
        *post.written.lock().unwrap().entry(write).or_default() += 1;
    }
    let before = {
        let mut asked = post.asked.lock().unwrap();
        let count = asked.entry(verb.clone()).or_default();
        *count += 1;
        *count - 1
    };
    let mut turn = (post.plan.lock().unwrap())(&verb, before);
    while let Turn::Later(time, next) = turn {
        tokio::time::sleep(time).await;
        turn = *next;
    }
    match turn {
        Turn::On => hand_on(parts, body, there).await,
        Turn::Refused(code) => {
            refusal(&json!({"__type": format!("com.amazonaws.dynamodb.v20120810#{code}"), "message": "no"}))
        }
        Turn::Cancelled(codes) => {
            let reasons: Vec<Json> = codes.iter().map(|code| json!({"Code": code, "Message": "no"})).collect();
            refusal(&json!({
                "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "Message": "Transaction cancelled",
                "CancellationReasons": reasons,
            }))
        }
        Turn::Lost => {
            drop(hand_on(parts, body, there).await);
            let lost = json!({"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError", "message": "lost"});
            told(500, &lost)
        }
        Turn::Part(count) => part(parts, &body, there, count).await,
        Turn::Said(answer) => told(200, &answer),
        Turn::Later(..) => unreachable!("it was waited for"),
    }
}

/// The kinds of the writes of a transaction.
fn writes_of(body: &Bytes) -> Vec<String> {
    let asked: Json = serde_json::from_slice(body).unwrap_or_default();
    let writes = asked["TransactItems"].as_array().into_iter().flatten().filter_map(Json::as_object);
    writes.flat_map(|write| write.keys().cloned()).collect()
}

fn told(status: u16, body: &Json) -> Response<Full<Bytes>> {
    let response = Response::builder().status(status).header("content-type", "application/x-amz-json-1.0");
    response.body(Full::new(Bytes::from(body.to_string()))).unwrap()
}

fn refusal(body: &Json) -> Response<Full<Bytes>> {
    told(400, body)
}

async fn hand_on(parts: hyper::http::request::Parts, body: Bytes, there: SocketAddr) -> Response<Full<Bytes>> {
    let stream = TcpStream::connect(there).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let mut parts = parts;
    parts.headers.remove("content-length");
    let request = Request::from_parts(parts, Full::new(body));
    let (parts, body) = sender.send_request(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let mut response = Response::from_parts(parts, Full::new(body));
    response.headers_mut().remove("content-length");
    response
}

/// Hands on the first of a batch, and says of the others that they were not done.
async fn part(
    parts: hyper::http::request::Parts,
    body: &Bytes,
    there: SocketAddr,
    count: usize,
) -> Response<Full<Bytes>> {
    let mut asked: Json = serde_json::from_slice(body).unwrap();
    let tables = asked["RequestItems"].as_object_mut().unwrap();
    let (table, wanted) = tables.iter_mut().next().unwrap();
    let (table, is_read) = (table.clone(), wanted.is_object());
    let list = if is_read { wanted["Keys"].as_array_mut() } else { wanted.as_array_mut() }.unwrap();
    let left = list.split_off(count.min(list.len()));
    let (mut status, mut answer) = (200, json!({}));
    if !list.is_empty() {
        let (head, found) = hand_on(parts, Bytes::from(asked.to_string()), there).await.into_parts();
        status = head.status.as_u16();
        answer = serde_json::from_slice(&found.collect().await.unwrap().to_bytes()).unwrap();
    }
    if !left.is_empty() {
        let name = if is_read { "UnprocessedKeys" } else { "UnprocessedItems" };
        answer[name] = if is_read { json!({table: {"Keys": left}}) } else { json!({table: left}) };
    }
    told(status, &answer)
}
