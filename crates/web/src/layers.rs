//! What lies around every route: security headers, the guard against other sites, the net under panics, compression.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn, map_request, map_response};
use axum::response::{IntoResponse as _, Response};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate as _, SizeAbove};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::app::App;
use crate::figures;
use crate::problem::Problem;

/// What a page of ours may load: only what comes from here, nothing inline, nothing evaluated.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What anything else may load, should a browser show it.
const OTHER_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// How long a request may take: 30 s for its body to come, and 10 s to be answered.
const DEADLINE: Duration = Duration::from_secs(40);

/// Smaller answers are sent as they are.
const WORTH_COMPRESSING: u64 = 1_400;

/// What every answer carries, unless it brings its own.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), geolocation=(), microphone=(), payment=()"),
];

/// Puts all of it around a router.
pub fn around(router: Router, app: &App) -> Router {
    let is_secure = app.is_secure();
    let compression = CompressionLayer::new()
        .gzip(true)
        .quality(CompressionLevel::Fastest)
        .compress_when(DefaultPredicate::new().and(SizeAbove::new(WORTH_COMPRESSING)));
    router
        .layer(from_fn(in_time))
        .layer(CatchPanicLayer::custom(net(app.clone())))
        .layer(guard(app))
        .layer(map_request(trust_what_carries_its_authority))
        .layer(compression)
        .layer(from_fn(figures::count))
        .layer(map_response(move |response: Response| std::future::ready(with_headers(response, is_secure))))
}

/// Refuses what a page of another site sends in the name of whoever is signed in.
fn guard(app: &App) -> CsrfLayer<impl FnMut(ProtectionError) -> Response + Clone + use<>> {
    let guard = CsrfLayer::new();
    // A public address that is no origin trusts nobody in addition.
    let guard = guard.clone().add_trusted_origin(app.public_url()).unwrap_or(guard);
    guard.with_rejection_response(|_| Problem::cross_site().into_response())
}

/// A request with a token cannot be forged by a page that does not have the token: browsers add cookies, never tokens.
async fn trust_what_carries_its_authority(mut request: Request) -> Request {
    let headers = request.headers_mut();
    if headers.contains_key(header::AUTHORIZATION) {
        headers.remove(header::ORIGIN);
        headers.remove("sec-fetch-site");
    }
    request
}

/// Nobody waits for longer than [`DEADLINE`]. What a request had begun by then is dropped where it stands, as if the
/// program had died there: what it wrote is whole, and workers do the rest.
async fn in_time(request: Request, next: Next) -> Response {
    let only_reads = request.method().is_safe();
    match tokio::time::timeout(DEADLINE, next.run(request)).await {
        Ok(response) => response,
        Err(_) if only_reads => Problem::busy().into_response(),
        Err(_) => Problem::outcome_unknown().into_response(),
    }
}

/// A panic is a fault of ours: logged once, and answered like any other.
fn net(app: App) -> impl Fn(Box<dyn Any + Send>) -> Response + Clone {
    move |panic| {
        let what = panic.downcast_ref::<String>().map(String::as_str);
        let what = what.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without words");
        let request = app.request_name();
        tracing::error!(what, request, "a handler panicked");
        Problem::internal(&request).into_response()
    }
}

fn with_headers(mut response: Response, is_secure: bool) -> Response {
    let headers = response.headers_mut();
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    for (name, value) in HEADERS {
        add(headers, name, value);
    }
    add(headers, header::CONTENT_SECURITY_POLICY, if is_page { PAGE_POLICY } else { OTHER_POLICY });
    add(headers, header::CACHE_CONTROL, "no-store");
    if is_secure {
        add(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=63072000");
    }
    response
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::routing::get;
    use engine::testing::house;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    #[tokio::test(start_paused = true)]
    async fn who_waits_for_too_long_is_told_what_is_known() {
        let app = App::new(house().engine, crate::WebSettings::default());
        let never = || std::future::pending::<&'static str>();
        let router = around(Router::new().route("/", get(never).post(never)), &app);
        for (method, code) in [("GET", "busy"), ("POST", "outcome_unknown")] {
            let request = Request::builder().method(method).uri("/").header("authorization", "Bearer x");
            let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(response.status().as_u16(), 503);
            assert!(response.headers().contains_key("retry-after"));
            let body = response.into_body().collect().await.unwrap().to_bytes();
            assert!(String::from_utf8_lossy(&body).contains(code), "{method}");
        }
    }

    #[tokio::test]
    async fn a_panic_is_answered_as_a_fault_of_ours_and_says_nothing_of_its_cause() {
        let app = App::new(house().engine, crate::WebSettings::default());
        let broken: fn() -> &'static str = || panic!("a secret detail");
        let router = around(Router::new().route("/", get(move || async move { broken() })), &app);
        let response = router.oneshot(Request::builder().uri("/").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status().as_u16(), 500);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert!(response.headers().contains_key("content-security-policy"));
        let body = String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
        assert!(body.contains("\"internal\"") && !body.contains("secret"), "{body}");
    }
}
