//! The API as a client sees it: whole requests to the whole router, on a store in memory.

mod catalogue;
mod door;
mod idempotency;
mod orders;
mod people;
mod refusals;

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use engine::once::Remember;
use engine::scope::PlatformScope;
use engine::testing::{House, house};
use http_body_util::BodyExt as _;
use serde_json::{Value as Json, json};
use tower::ServiceExt as _;

use crate::app::{App, WebSettings};

/// A server, and the tokens of an organisation `northern-salsa` with an event `mersey`.
pub(super) struct Client {
    pub(super) house: House,
    router: Router,
    pub(super) platform: String,
    pub(super) owner: String,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

pub(super) const O: &str = "/api/v1/organisations/northern-salsa";
pub(super) const E: &str = "/api/v1/organisations/northern-salsa/events/mersey";

/// A server with nothing in it but a token of the platform.
async fn empty() -> Client {
    let house = house();
    let web = WebSettings { rate_limit: NonZeroU32::new(60).unwrap(), ..WebSettings::default() };
    let router = crate::router(&App::new(Arc::clone(&house.engine), web));
    let scope = PlatformScope::of_the_program();
    let made = house.engine.create_platform_token(&scope, "test".parse().unwrap(), Remember::nothing()).await.unwrap();
    Client { house, router, platform: made.secret, owner: String::new() }
}

/// A server with an organisation, its owner's token, and a live event with two rates.
pub(super) async fn client() -> Client {
    let mut client = empty().await;
    let organisation =
        json!({"slug": "northern-salsa", "name": "Northern Salsa", "currency": "GBP", "time_zone": "Europe/London"});
    client.post(&client.platform, "/api/v1/organisations", &organisation).await.expect(201);
    let token = client.post(&client.platform, &format!("{O}/tokens"), &json!({"role": "owner"})).await.expect(201);
    client.owner = token["token"].as_str().unwrap().to_owned();
    client.post(&client.owner, &format!("{O}/events"), &event("mersey")).await.expect(201);
    client
}

pub(super) fn event(slug: &str) -> Json {
    json!({
        "slug": slug, "title": "Mersey Salsa Weekend", "starts_at": "2026-12-04T18:00:00Z",
        "ends_at": "2026-12-06T23:00:00Z", "status": "live",
        "rates": [{"id": "standard", "name": "Standard"}, {"id": "student", "name": "Student", "proof_required": true}],
        "payment_methods": ["free", "card", "at_door", "bank_transfer"],
    })
}

impl Client {
    pub(super) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Reply { status: parts.status, headers: parts.headers, text }
    }

    /// A request without a body. An empty token is none.
    pub(super) async fn ask(&self, method: Method, token: &str, path: &str) -> Reply {
        self.send(request(method, token, path).body(Body::empty()).unwrap()).await
    }

    pub(super) async fn get(&self, token: &str, path: &str) -> Reply {
        self.ask(Method::GET, token, path).await
    }

    pub(super) async fn post(&self, token: &str, path: &str, body: &Json) -> Reply {
        self.send(request(Method::POST, token, path).body(Body::from(body.to_string())).unwrap()).await
    }

    pub(super) async fn patch(&self, token: &str, path: &str, body: &Json) -> Reply {
        self.send(request(Method::PATCH, token, path).body(Body::from(body.to_string())).unwrap()).await
    }

    /// A token of the organisation.
    pub(super) async fn token(&self, role: &str) -> String {
        let made = self.post(&self.owner, &format!("{O}/tokens"), &json!({"role": role})).await.expect(201);
        made["token"].as_str().unwrap().to_owned()
    }

    /// An item that costs so much at each rate.
    pub(super) async fn item(&self, name: &str, standard: i64, more: &Json) -> String {
        let mut body = json!({"name": name, "type": "party", "live": true, "prices": {"standard": standard, "student": standard / 2}});
        for (field, value) in more.as_object().into_iter().flatten() {
            body[field] = value.clone();
        }
        let made = self.post(&self.owner, &format!("{E}/items"), &body).await.expect(201);
        made["id"].as_str().unwrap().to_owned()
    }

    /// A pass of these items.
    pub(super) async fn pass(&self, name: &str, includes: &[&String], standard: i64) -> String {
        let step = json!({"name": "Early", "prices": {"standard": standard, "student": standard / 2}});
        let body = json!({"name": name, "includes": includes, "live": true, "pricing_schedule": [step]});
        let made = self.post(&self.owner, &format!("{E}/passes"), &body).await.expect(201);
        made["id"].as_str().unwrap().to_owned()
    }
}

pub(super) fn request(method: Method, token: &str, path: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    if token.is_empty() { request } else { request.header("authorization", format!("Bearer {token}")) }
}

/// An order of one ticket with these items.
pub(super) fn order(items: &[&String], method: &str) -> Json {
    json!({
        "buyer": {"email": "ana@example.org", "full_name": "Ana Pérez"},
        "tickets": [{"items": items}],
        "payment": {"method": method},
    })
}

impl Reply {
    pub(super) fn json(&self) -> Json {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{self:?}"))
    }

    /// The body, if it is of this status.
    #[track_caller]
    pub(super) fn expect(&self, status: u16) -> Json {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }

    /// The pointers of a problem with this status and code, each with its own code.
    #[track_caller]
    pub(super) fn faults(&self, status: u16, code: &str) -> Vec<String> {
        let body = self.expect(status);
        assert_eq!(body["code"], json!(code), "{}", self.text);
        let errors = body["errors"].as_array().unwrap();
        let told = errors
            .iter()
            .map(|error| format!("{} {}", error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap()));
        told.collect()
    }
}
