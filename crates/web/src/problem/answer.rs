//! A problem as RFC 9457 writes it.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::values::Money;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Part, Problem, Told, words};
use crate::answer::{MoneyShown, json_of};

/// The media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Most faults that are told one by one: who sends thousands of them does not want to read them.
const MOST_TOLD: usize = 500;

/// Why a request was not done (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemBody<'a> {
    /// Where this code is explained.
    #[serde(rename = "type")]
    kind: String,
    /// One for each code.
    title: &'a str,
    /// The HTTP status.
    status: u16,
    /// What to make of it.
    detail: &'a str,
    /// Stable; for programs.
    code: &'a str,
    /// Every fault that was found.
    errors: Vec<FaultBody>,
    /// What it costs now (`price_changed`).
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<MoneyShown>,
}

/// One fault of a request.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Fault")]
struct FaultBody {
    /// JSON Pointer into the body; of a query parameter or header its name.
    pointer: String,
    /// Stable; for programs.
    code: &'static str,
    /// In plain English.
    detail: String,
    /// Where, if not in the body: `query` or `header`.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    part: Option<&'static str>,
}

impl Told {
    /// As the API writes it.
    pub fn body(&self) -> ProblemBody<'_> {
        let part = match self.part {
            Part::Body => None,
            Part::Query => Some("query"),
            Part::Header => Some("header"),
        };
        let errors = self.faults.list().iter().take(MOST_TOLD).map(|fault| {
            let (code, detail) = words(&fault.wrong);
            FaultBody { pointer: fault.at.to_string(), code, detail, part }
        });
        ProblemBody {
            kind: format!("/api/docs#{}", self.code),
            title: self.title,
            status: self.status.as_u16(),
            detail: &self.detail,
            code: self.code,
            errors: errors.collect(),
            total: self.total.map(|Money { amount, currency }| MoneyShown::new(amount, currency)),
        }
    }

    /// The headers that go with it, whatever its body looks like.
    pub fn add_headers(&self, response: &mut Response) {
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == axum::http::StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self.at_the_edge(|| "a request without a name".to_owned()) {
            Self::Told(told) => {
                let mut response = Response::new(Body::from(json_of(&told.body())));
                *response.status_mut() = told.status;
                response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
                told.add_headers(&mut response);
                response
            }
            Self::Replayed(answer) => crate::answer::remembered(&answer),
            Self::Failed(_) => axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}
