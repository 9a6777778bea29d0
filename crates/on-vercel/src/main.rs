//! The program as a function on Vercel: one binary, which answers every path.
//!
//! What is due is done by a cron job that asks for [`TICK`]. Vercel sends the secret with it that is in `CRON_SECRET`;
//! without such a secret there is no such path.

use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::map_request;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use dance_engine::function::{self, Function};
use sha2::{Digest as _, Sha256};
use tower::ServiceBuilder;
use vercel_runtime::axum::VercelLayer;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the cron job asks for. No organisation is called so.
const TICK: &str = "/_tick";

/// In which header Vercel says whose a request is. What a visitor writes there does not arrive.
const VISITOR: &str = "x-real-ip";

fn main() -> ExitCode {
    let secret = std::env::var("CRON_SECRET").ok().filter(|secret| !secret.is_empty());
    function::run(async |function| {
        let router = router(function, secret);
        vercel_runtime::run(ServiceBuilder::new().layer(VercelLayer::new()).service(router)).await
    })
}

/// All that the program serves, and the tick.
fn router(function: Function, secret: Option<String>) -> Router {
    let router = function.router().layer(map_request(with_visitor));
    let Some(secret) = secret else { return router };
    router.route(TICK, get(async move |headers: HeaderMap| tick(&function, &secret, &headers).await))
}

/// A request that knows its visitor.
async fn with_visitor(mut request: Request) -> Request {
    let address = request.headers().get(VISITOR).and_then(|address| address.to_str().ok()?.parse::<IpAddr>().ok());
    if let Some(address) = address {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    request
}

/// Does what is due, for whoever has the secret.
async fn tick(function: &Function, secret: &str, headers: &HeaderMap) -> Response {
    let given = headers.get(header::AUTHORIZATION).map_or(&[][..], |value| value.as_bytes());
    // Comparing hashes leaks nothing about the secret, however the comparison is made.
    if Sha256::digest(given) != Sha256::digest(format!("Bearer {secret}")) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let done = function.do_what_is_due().await;
    match done.and_then(|done| Ok(serde_json::to_string(&done)?)) {
        Ok(done) => ([(header::CONTENT_TYPE, "application/json")], done).into_response(),
        Err(error) => {
            tracing::error!(%error, "what is due was not done; it is tried again at the next tick");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
