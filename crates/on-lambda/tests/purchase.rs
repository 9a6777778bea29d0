//! The function as AWS Lambda starts it: a process that asks the runtime's API for the next event, again and again. That
//! API is a small one of our own here.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "whatever fails here is a failed test")]
#![allow(clippy::unused_async, reason = "handlers are")]

use std::collections::HashMap;
use std::str::FromStr as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::routing::{get, post};
use serde_json::{Value as Json, json};
use tests::function::{Club, refuses_to_start, sells_a_ticket};
use tests::http::{Answer, Ask};
use tests::mail_server::MailServer;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{mpsc, oneshot};

const FUNCTION: &str = env!("CARGO_BIN_EXE_dance-engine-on-lambda");

/// What came back for an event: what the function answers, or what it says went wrong.
type Outcome = Result<Json, Json>;

/// The platform, with one function on it; killed when it is dropped.
struct Lambda {
    events: mpsc::UnboundedSender<(Json, oneshot::Sender<Outcome>)>,
    _running: Child,
}

/// The runtime's API.
struct Api {
    events: tokio::sync::Mutex<mpsc::UnboundedReceiver<(Json, oneshot::Sender<Outcome>)>>,
    waiting: Mutex<HashMap<String, oneshot::Sender<Outcome>>>,
}

impl Lambda {
    /// Starts a function.
    async fn start(mut function: std::process::Command) -> Self {
        let (events, next) = mpsc::unbounded_channel();
        let api = Arc::new(Api { events: next.into(), waiting: Mutex::default() });
        let routes = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(Api::next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(Api::answered))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(Api::failed))
            .with_state(api);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        function.env("AWS_LAMBDA_RUNTIME_API", listener.local_addr().unwrap().to_string());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        surround(&mut function);
        let running = Command::from(function).kill_on_drop(true).spawn().unwrap();
        Self { events, _running: running }
    }

    /// Sends an event, and waits for what comes of it.
    async fn call(&self, event: Json) -> Outcome {
        let (answer, outcome) = oneshot::channel();
        self.events.send((event, answer)).unwrap();
        tokio::time::timeout(Duration::from_secs(30), outcome).await.unwrap().unwrap()
    }

    /// Sends a request as a function URL does.
    async fn send(&self, ask: &Ask, visitor: &str) -> Answer {
        let answer = self.call(event_of(ask, visitor)).await.unwrap();
        assert_eq!(answer["isBase64Encoded"], false, "{answer}");
        let mut headers = HeaderMap::new();
        for (name, value) in answer["headers"].as_object().unwrap() {
            headers
                .insert(HeaderName::from_str(name).unwrap(), HeaderValue::from_str(value.as_str().unwrap()).unwrap());
        }
        let status = u16::try_from(answer["statusCode"].as_u64().unwrap()).unwrap();
        let text = answer["body"].as_str().unwrap_or_default().to_owned();
        Answer { status: StatusCode::from_u16(status).unwrap(), headers, text }
    }
}

impl Api {
    async fn next(State(api): State<Arc<Self>>) -> (HeaderMap, String) {
        let Some((event, answer)) = api.events.lock().await.recv().await else { std::future::pending().await };
        let mut waiting = api.waiting.lock().unwrap();
        let id = format!("request-{}", waiting.len());
        waiting.insert(id.clone(), answer);
        let mut headers = HeaderMap::new();
        headers.insert("lambda-runtime-aws-request-id", HeaderValue::from_str(&id).unwrap());
        headers.insert("lambda-runtime-deadline-ms", HeaderValue::from_static("4102444800000"));
        let function = "arn:aws:lambda:eu-west-2:123456789012:function:dance-engine";
        headers.insert("lambda-runtime-invoked-function-arn", HeaderValue::from_static(function));
        (headers, event.to_string())
    }

    async fn answered(State(api): State<Arc<Self>>, Path(id): Path<String>, body: String) -> StatusCode {
        api.settle(&id, Ok(serde_json::from_str(&body).unwrap()))
    }

    async fn failed(State(api): State<Arc<Self>>, Path(id): Path<String>, body: String) -> StatusCode {
        api.settle(&id, Err(serde_json::from_str(&body).unwrap()))
    }

    fn settle(&self, id: &str, outcome: Outcome) -> StatusCode {
        let _ = self.waiting.lock().unwrap().remove(id).unwrap().send(outcome);
        StatusCode::ACCEPTED
    }
}

/// What Lambda tells every function.
fn surround(function: &mut std::process::Command) {
    function.env("AWS_LAMBDA_FUNCTION_NAME", "dance-engine").env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    function.env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
}

/// A request as an event of version 2.0, with what AWS's documentation shows of one.
fn event_of(ask: &Ask, visitor: &str) -> Json {
    let (path, query) = ask.path.split_once('?').unwrap_or((&ask.path, ""));
    let mut headers: HashMap<&str, &str> = ask.headers.iter().map(|(name, value)| (*name, &**value)).collect();
    headers.extend([("host", "id.lambda-url.eu-west-2.on.aws"), ("x-forwarded-proto", "https")]);
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "accountId": "anonymous",
            "apiId": "id",
            "domainName": "id.lambda-url.eu-west-2.on.aws",
            "domainPrefix": "id",
            "http": {
                "method": ask.method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": visitor,
                "userAgent": "test",
            },
            "requestId": "id",
            "routeKey": "$default",
            "stage": "$default",
            "time": "12/Mar/2026:19:03:58 +0000",
            "timeEpoch": 1_773_342_238_390_u64,
        },
        "body": ask.body,
        "isBase64Encoded": false,
    })
}

/// An event of a rule of EventBridge that has a schedule.
fn scheduled() -> Json {
    json!({
        "version": "0",
        "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": "2026-10-08T16:53:06Z",
        "region": "eu-west-2",
        "resources": ["arn:aws:events:eu-west-2:123456789012:rule/every-minute"],
        "detail": {},
    })
}

#[tokio::test]
async fn a_ticket_is_bought_and_mailed_when_the_schedule_calls() {
    let club = Club::found("on-lambda");
    let mail = MailServer::default();
    let lambda = Lambda::start(club.function(FUNCTION, mail.open(0, Duration::ZERO).await)).await;
    sells_a_ticket(&club, async |ask| lambda.send(&ask, "192.0.2.7").await).await;

    assert!(mail.taken().is_empty(), "it works only when it is called");
    assert_eq!(lambda.call(scheduled()).await, Ok(json!({"deadlines": 0, "letters": 1})));
    assert_eq!(mail.taken().iter().map(|letter| &*letter.to).collect::<Vec<_>>(), ["ana@example.org"]);
    assert_eq!(lambda.call(json!({"source": "aws.scheduler"})).await, Ok(json!({"deadlines": 0, "letters": 0})));
    let rest = json!({
        "resource": "/{proxy+}", "path": "/club", "httpMethod": "GET", "headers": {"host": "example.org"},
        "requestContext": {"stage": "prod", "path": "/club", "httpMethod": "GET", "identity": {"sourceIp": "192.0.2.7"}},
        "body": null, "isBase64Encoded": false,
    });
    for other in [json!({"source": "aws.s3"}), rest, json!(null)] {
        let refused = lambda.call(other).await.unwrap_err();
        assert!(refused["errorMessage"].as_str().unwrap().contains("aws.scheduler"), "{refused}");
    }
    club.check();
}

#[tokio::test]
async fn each_visitor_has_a_limit_of_their_own_and_what_is_compressed_arrives_as_bytes() {
    let club = Club::found("on-lambda-limits");
    let mail = MailServer::default();
    let mut function = club.function(FUNCTION, mail.open(0, Duration::ZERO).await);
    function.env("DANCE_ENGINE_RATE_LIMIT", "1");
    let lambda = Lambda::start(function).await;
    let order = Ask::post("/api/v1/organisations/club/events/none/orders", &json!({}));
    let status_for = async |visitor| lambda.send(&order, visitor).await.status.as_u16();
    assert_eq!(status_for("192.0.2.7").await, 404);
    assert_eq!(status_for("192.0.2.7").await, 429);
    assert_eq!(status_for("192.0.2.8").await, 404);

    let page = event_of(&Ask::get("/api/docs").with("accept-encoding", "gzip"), "192.0.2.7");
    let answer = lambda.call(page).await.unwrap();
    assert_eq!((&answer["headers"]["content-encoding"], &answer["isBase64Encoded"]), (&json!("gzip"), &json!(true)));
    assert!(answer["body"].as_str().unwrap().starts_with("H4sI"), "{answer}");
}

#[test]
fn what_a_function_needs_is_said_in_a_sentence() {
    refuses_to_start(FUNCTION, |function| {
        surround(function);
        function.env("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9");
    });
}
