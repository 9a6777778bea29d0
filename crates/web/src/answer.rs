//! What comes back when a request was done: a status, JSON, and what every answer of the API is made of: times, money,
//! lists.

use std::borrow::Cow;
use std::fmt;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::values::{Amount, Currency};
use engine::once::Answer;
use jiff::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// An answer: how it is sent, and how it is described.
pub trait Reply: Send + 'static {
    /// Its status.
    const STATUS: StatusCode;

    /// The media type and schema of its body; none if it has no body.
    fn describe(schemas: &mut SchemaGenerator) -> Option<(&'static str, Schema)>;

    /// As it is sent.
    fn send(self) -> Response;
}

/// 200 and a thing.
#[derive(Debug)]
pub struct Shown<T>(pub T);

/// 201 and the thing that was made.
#[derive(Debug)]
pub struct Made<T>(pub T);

/// 200 and a thing that can be changed: with its revision as `ETag`.
#[derive(Debug)]
pub struct Current<T>(pub T, pub u64);

/// 204: done, and nothing to say.
#[derive(Debug, Clone, Copy)]
pub struct Done;

/// 200 and a text of another media type.
#[derive(Debug)]
pub struct Media {
    /// The media type.
    pub media_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

impl<T: Serialize + JsonSchema + Send + 'static> Reply for Shown<T> {
    const STATUS: StatusCode = StatusCode::OK;

    fn describe(schemas: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some((JSON, schemas.subschema_for::<T>()))
    }

    fn send(self) -> Response {
        json_response(Self::STATUS, json_of(&self.0))
    }
}

impl<T: Serialize + JsonSchema + Send + 'static> Reply for Made<T> {
    const STATUS: StatusCode = StatusCode::CREATED;

    fn describe(schemas: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some((JSON, schemas.subschema_for::<T>()))
    }

    fn send(self) -> Response {
        json_response(Self::STATUS, json_of(&self.0))
    }
}

impl<T: Serialize + JsonSchema + Send + 'static> Reply for Current<T> {
    const STATUS: StatusCode = StatusCode::OK;

    fn describe(schemas: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        Some((JSON, schemas.subschema_for::<T>()))
    }

    fn send(self) -> Response {
        let mut response = json_response(Self::STATUS, json_of(&self.0));
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", self.1)) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

impl Reply for Done {
    const STATUS: StatusCode = StatusCode::NO_CONTENT;

    fn describe(_: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        None
    }

    fn send(self) -> Response {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = Self::STATUS;
        response
    }
}

impl Reply for Media {
    const STATUS: StatusCode = StatusCode::OK;

    fn describe(_: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        None
    }

    fn send(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        response
    }
}

/// The media type of the API's answers.
pub const JSON: &str = "application/json";

/// An answer's text. What we show can be written: there is no map with keys other than text in it.
pub fn json_of<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|fault| {
        tracing::error!(%fault, "an answer could not be written");
        "null".to_owned()
    })
}

/// The answer to be remembered for a thing that was made: what [`Made`] sends.
pub fn made<T: Serialize>(value: &T) -> Answer {
    Answer { status: StatusCode::CREATED.as_u16(), body: json_of(value) }
}

/// The answer to be remembered for what was done: what [`Shown`] sends.
pub fn shown<T: Serialize>(value: &T) -> Answer {
    Answer { status: StatusCode::OK.as_u16(), body: json_of(value) }
}

/// An answer that was given before.
pub fn remembered(answer: &Answer) -> Response {
    json_response(StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK), answer.body.clone())
}

fn json_response(status: StatusCode, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
    response
}

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}List")]
pub struct List<T> {
    /// What is on this page.
    pub data: Vec<T>,
    /// Where the next page begins (`?cursor=`); null on the last.
    pub next: Option<String>,
}

/// Money: minor units of a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Money")]
pub struct MoneyShown {
    /// Minor units: pence, cents.
    pub amount: i64,
    /// ISO 4217.
    pub currency: &'static str,
}

impl MoneyShown {
    /// So much of a currency.
    pub fn new(amount: Amount, currency: Currency) -> Self {
        Self { amount: amount.units(), currency: currency.code() }
    }
}

/// An instant in whole seconds of UTC, `2026-12-04T18:30:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At(pub Timestamp);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = Timestamp::from_second(self.0.as_second()).unwrap_or(self.0);
        fmt::Display::fmt(&whole, f)
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for At {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Instant".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time", "examples": ["2026-12-04T18:30:00Z"] })
    }
}
