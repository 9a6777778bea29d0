//! Serves the gallery of components under the policy that every page lives under, for looking and for axe:
//! `cargo run -p web --example gallery`, then <http://127.0.0.1:8099/ui>.

use axum::{
    Router,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use std::{env, error::Error};
use tokio::net::TcpListener;
use web::{
    assets,
    texts::Texts,
    ui::{Verdict, VerdictPanel, brand, gallery},
};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";
const SCANNER_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; media-src 'self'";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8099".to_owned());
    let router = Router::new()
        .route("/ui", get(async || html(gallery::page().into_string(), POLICY)))
        .route("/ui/scans", post(scan))
        .route("/ui/brand.css", get(brand_of))
        .route("/ui/{name}", get(sample))
        .route("/assets/{*path}", get(assets::serve));
    axum::serve(TcpListener::bind(address).await?, router).await?;
    Ok(())
}

async fn sample(Path(name): Path<String>) -> Response {
    let policy = if name == "scanner" { SCANNER_POLICY } else { POLICY };
    gallery::sample(&name)
        .map_or_else(|| StatusCode::NOT_FOUND.into_response(), |page| html(page.into_string(), policy))
}

/// Every scan is a verdict of its own: the length of the body chooses, so that each can be heard.
async fn scan(body: String) -> Response {
    let at = body.len() % Verdict::ALL.len();
    let verdict = Verdict::ALL.get(at).copied().unwrap_or(Verdict::Unknown);
    html(maud::Render::render(&VerdictPanel::new(Texts::default(), verdict).fact("Sent", body)).into_string(), POLICY)
}

async fn brand_of() -> Response {
    let colour = brand::Colour::parse("#0f766e");
    ([(header::CONTENT_TYPE, "text/css")], colour.map(brand::stylesheet).unwrap_or_default()).into_response()
}

fn html(page: String, policy: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, policy)];
    (headers, page).into_response()
}
