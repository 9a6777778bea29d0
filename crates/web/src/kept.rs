//! Pages that are the same for every visitor: made at most once a second, and kept as the bytes that are sent.
//!
//! A visitor is whoever brings nothing that tells them from another: no session, no token, no question in the address.
//! Everybody else is shown the page as it is now. An organiser, who is signed in, sees their change at once; a visitor
//! after a second at most; `Age` says how many.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::BodyExt as _;
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::assets::accepts_gzip;
use crate::caller;
use crate::names::Names;
use crate::problem::Problem;
use crate::route::Endpoint;
use crate::texts::Lang;
use crate::visit::language;

/// How long a page is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_secs(1);

/// Most pages that are kept; when there are more, all are forgotten.
const MOST: usize = 1_000;

/// The pages of a route.
#[derive(Debug, Default)]
pub(crate) struct KeptPages(Mutex<HashMap<(String, Lang), Arc<Place>>>);

/// Where one page is kept. Held while it is made, so that it is made once, however many wait for it.
#[derive(Debug, Default)]
struct Place(tokio::sync::Mutex<Option<Kept>>);

/// A page as it is sent.
#[derive(Debug, Clone)]
struct Kept {
    made_at: Timestamp,
    plain: Bytes,
    /// None where it could not be made smaller.
    zipped: Option<Bytes>,
}

impl KeptPages {
    /// Answers a visitor with the page that is kept, or with one that `make` makes now; anybody else with the latter.
    pub(crate) async fn answer(&self, make: &Endpoint, app: App, names: Names, request: Request) -> Response {
        if !is_visitor(&app, &request) {
            return make(app, names, request).await;
        }
        let zips = accepts_gzip(request.headers());
        let place = self.place(request.uri().path(), language(request.headers()));
        let mut kept = place.0.lock().await;
        let now = app.engine().now();
        if let Some(kept) = kept.as_ref().filter(|kept| now.duration_since(kept.made_at).abs() < KEPT_FOR) {
            return kept.send(zips, now);
        }
        let response = make(app.clone(), names, request).await;
        if response.status() != StatusCode::OK {
            return response;
        }
        let Ok(body) = response.into_body().collect().await else {
            return Problem::internal(&app.request_name()).into_response();
        };
        kept.insert(Kept::of(body.to_bytes(), now)).send(zips, now)
    }

    fn place(&self, path: &str, language: Lang) -> Arc<Place> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (path.to_owned(), language);
        if places.len() >= MOST && !places.contains_key(&key) {
            places.clear();
        }
        Arc::clone(places.entry(key).or_default())
    }
}

impl Kept {
    fn of(plain: Bytes, made_at: Timestamp) -> Self {
        let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 4), Compression::default());
        let zipped = encoder.write_all(&plain).and_then(|()| encoder.finish()).ok();
        Self { made_at, zipped: zipped.filter(|zipped| zipped.len() < plain.len()).map(Bytes::from), plain }
    }

    fn send(&self, zips: bool, now: Timestamp) -> Response {
        let zipped = self.zipped.as_ref().filter(|_| zips);
        let mut response = Response::new(Body::from(zipped.unwrap_or(&self.plain).clone()));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        headers.insert(header::AGE, HeaderValue::from(now.duration_since(self.made_at).as_secs().unsigned_abs()));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, accept-language, cookie"));
        if zipped.is_some() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }
}

/// Nothing in this request asks for more than the page.
fn is_visitor(app: &App, request: &Request) -> bool {
    let headers = request.headers();
    matches!(*request.method(), Method::GET | Method::HEAD)
        && request.uri().query().is_none()
        && !headers.contains_key(header::AUTHORIZATION)
        && !headers.contains_key("hx-request")
        && caller::session_of(app, headers).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Answering;
    use engine::testing::{House, house};
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A page that says how often it was made.
    fn counting() -> (Endpoint, Arc<AtomicUsize>) {
        let made = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&made);
        let endpoint: Endpoint = Arc::new(move |_, _, _| -> Answering {
            let n = counter.fetch_add(1, Ordering::SeqCst) + 1;
            Box::pin(async move {
                tokio::task::yield_now().await;
                Response::new(Body::from(format!("made {n} {}", "and long ".repeat(100))))
            })
        });
        (endpoint, made)
    }

    fn request(path: &str, headers: &[(header::HeaderName, &str)]) -> Request {
        let request = Request::builder().uri(path);
        headers.iter().fold(request, |request, (name, value)| request.header(name, *value)).body(Body::empty()).unwrap()
    }

    async fn look(pages: &KeptPages, make: &Endpoint, app: &App, request: Request) -> String {
        let response = pages.answer(make, app.clone(), Names::default(), request).await;
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        String::from_utf8_lossy(&bytes).split(" and").next().unwrap_or_default().to_owned()
    }

    fn app() -> (House, App) {
        let house = house();
        let app = App::new(Arc::clone(&house.engine), crate::WebSettings::default());
        (house, app)
    }

    #[tokio::test]
    async fn a_page_is_made_once_a_second_however_many_look() {
        let ((house, app), (make, made), pages) = (app(), counting(), KeptPages::default());
        let looks = (0..20).map(|_| look(&pages, &make, &app, request("/a/b", &[])));
        for seen in futures_util::future::join_all(looks).await {
            assert_eq!(seen, "made 1");
        }
        house.clock.advance(1_000);
        assert_eq!(look(&pages, &make, &app, request("/a/b", &[])).await, "made 2");
        assert_eq!(made.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn whoever_brings_more_than_a_visitor_sees_the_page_as_it_is_now() {
        let ((_house, app), (make, made), pages) = (app(), counting(), KeptPages::default());
        look(&pages, &make, &app, request("/a/b", &[])).await;
        let others = [
            request("/a/b?q=1", &[]),
            request("/a/b", &[(header::AUTHORIZATION, "Bearer x")]),
            request("/a/b", &[(header::COOKIE, "session=abc")]),
            request("/a/c", &[]),
            request("/a/b", &[(header::ACCEPT_LANGUAGE, "es")]),
        ];
        for (n, other) in others.into_iter().enumerate() {
            assert_eq!(look(&pages, &make, &app, other).await, format!("made {}", n + 2));
        }
        assert_eq!(made.load(Ordering::SeqCst), 6);
    }

    #[tokio::test]
    async fn what_is_kept_is_sent_smaller_to_whoever_accepts_that() {
        let ((_house, app), (make, _), pages) = (app(), counting(), KeptPages::default());
        let zipping = request("/a/b", &[(header::ACCEPT_ENCODING, "gzip")]);
        let response = pages.answer(&make, app.clone(), Names::default(), zipping).await;
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        let mut plain = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut plain).unwrap();
        assert!(plain.starts_with("made 1") && plain.len() > bytes.len());
        assert_eq!(look(&pages, &make, &app, request("/a/b", &[])).await, "made 1");
    }
}
