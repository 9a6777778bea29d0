//! The site of the tests: every route, over the engine of the tests and its fixture festival. Requests go the whole way
//! of the router; the clock stands still until it is set.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use engine::demonstration::{FestivalMade, make_festival};
use engine::testing::{House, house};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::{App, WebSettings};

/// A site with the festival, and a visitor of it.
pub(crate) struct Site {
    pub(crate) house: House,
    pub(crate) festival: FestivalMade,
    /// The token that the visitor carries; without one it is the public.
    pub(crate) token: Option<String>,
    router: Router,
}

/// An answer.
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    /// Where it leads, if it leads elsewhere.
    pub(crate) location: String,
    pub(crate) text: String,
}

impl Answered {
    /// What stands in the first hidden or typed field of this name.
    pub(crate) fn field(&self, name: &str) -> &str {
        let (_, rest) = self.text.split_once(&format!("name=\"{name}\" ")).expect("there is such a field");
        let (_, rest) = rest.split_once("value=\"").expect("something stands in it");
        rest.split('"').next().unwrap_or_default()
    }
}

/// A site whose visitor is the public.
pub(crate) async fn site() -> Site {
    site_in(house()).await
}

/// The same, over an engine of one's own.
pub(crate) async fn site_in(house: House) -> Site {
    let festival = make_festival(&house.engine).await.expect("the fixture festival is made");
    let app = App::new(Arc::clone(&house.engine), WebSettings::default());
    let router = crate::site_map(&app).into_iter().fold(Router::new(), |router, route| route.mount(&app, router));
    Site { house, festival, token: None, router }
}

impl Site {
    /// Looks at a page.
    pub(crate) async fn get(&self, path: &str) -> Answered {
        self.ask("GET", path, String::new()).await
    }

    /// Sends a form from a page of the site, without being signed in any more.
    pub(crate) async fn post_from(&self, page: &str, path: &str) -> Answered {
        let request = Request::builder().method("POST").uri(path).header(header::HOST, "tickets.example");
        let request = request.header(header::REFERER, format!("https://tickets.example{page}"));
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Sends a form.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.ask("POST", path, body).await
    }

    async fn ask(&self, method: &str, path: &str, body: String) -> Answered {
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = match &self.token {
            Some(token) => request.header(header::AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        };
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let location = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
        let (status, location) = (response.status(), location.to_owned());
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        Answered { status, location, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}
