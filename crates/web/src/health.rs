//! For whoever runs the program: does it live, can it serve, what does it count.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::problem::Problem;

/// `/healthz`: the program answers.
pub async fn lives() -> &'static str {
    "ok\n"
}

/// `/readyz`: the store answers too.
pub async fn is_ready(app: App) -> Response {
    // Asks for something that there cannot be: the answer does not matter, only that there is one.
    match app.engine().caller_of_session("").await {
        Ok(_) => "ready\n".into_response(),
        Err(stop) => {
            tracing::warn!(?stop, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response()
        }
    }
}

/// `/metrics`: for Prometheus, if the program counts.
pub fn metrics(app: &App) -> Response {
    let Some(page) = &app.web().metrics else { return Problem::not_found().into_response() };
    let mut response = page().into_response();
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
