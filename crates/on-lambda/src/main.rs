//! The program as a function on AWS Lambda: one binary, to be called `bootstrap` in its archive.
//!
//! Requests come from a function URL or an HTTP API of API Gateway, as events of version 2.0. The only other event is that
//! of a schedule of EventBridge: then it does what is due. Who may send events is the platform's to say; visitors send
//! requests, and nothing in those makes another event of them.

use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Response, Uri, header};
use dance_engine::function::{self, Function};
use lambda_http::request::RequestContext;
use lambda_http::{Error, Request, RequestExt as _, service_fn};
use serde_json::Value as Json;
use tower::ServiceExt as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Where a schedule's events say that they come from: a scheduled rule's, and the scheduler's.
const SCHEDULES: [&str; 2] = ["aws.events", "aws.scheduler"];

fn main() -> ExitCode {
    function::run(async |function| lambda_http::run(service_fn(|event| answer(&function, event))).await)
}

/// Answers a request, or does what is due.
async fn answer(function: &Function, event: Request) -> Result<Response<Body>, Error> {
    match event.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => {
            let visitor = context.http.source_ip.as_deref().and_then(|address| address.parse().ok());
            let request = as_sent(event, visitor)?;
            Ok(function.router().oneshot(request).await?)
        }
        _ if is_schedule(event.body()) => {
            let done = function.do_what_is_due().await?;
            let response = Response::builder().header(header::CONTENT_TYPE, "application/json");
            Ok(response.body(serde_json::to_string(&done)?.into())?)
        }
        _ => Err(format!("a request in version 2.0 is needed, or an event from {}", SCHEDULES.join(" or ")).into()),
    }
}

/// A request as its visitor sent it: with a path where the event has a whole address.
fn as_sent(event: Request, visitor: Option<IpAddr>) -> Result<axum::extract::Request, Error> {
    let (mut parts, body) = event.into_parts();
    parts.uri = match parts.uri.path_and_query() {
        Some(path) => Uri::builder().path_and_query(path.clone()).build()?,
        None => Uri::default(),
    };
    if let Some(address) = visitor {
        parts.extensions.insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    Ok(axum::extract::Request::from_parts(parts, Body::new(body)))
}

fn is_schedule(event: &[u8]) -> bool {
    let event = serde_json::from_slice::<Json>(event).unwrap_or_default();
    event.get("source").and_then(Json::as_str).is_some_and(|source| SCHEDULES.contains(&source))
}
