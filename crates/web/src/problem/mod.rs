//! Why a request was not done, for whoever reads it: a status, a stable code, words, and every fault with its place.
//!
//! The API writes it as RFC 9457 `application/problem+json`; pages render the same value in their own way. Here is the
//! only place that knows which refusal has which status and which words (`words.rs` those of single fields).

mod answer;
mod words;

use axum::http::StatusCode;
use domain::Refusal;
use domain::values::{Fault, Faults, Money, Pointer, Wrong};
use engine::once::Answer;
use engine::stop::{self, Stop};

pub use answer::{PROBLEM_JSON, ProblemBody};
pub use words::words;

/// Why a request was not done.
#[derive(Debug)]
pub enum Problem {
    /// It was refused, or failed.
    Told(Box<Told>),
    /// It had been done before, by the same request: this was the answer.
    Replayed(Answer),
    /// Something of ours failed. Becomes what is told at the edge, where it is logged.
    Failed(stop::Fault),
}

/// What the sender is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The HTTP status.
    pub status: StatusCode,
    /// Stable, in snake_case; for programs.
    pub code: &'static str,
    /// One for each code.
    pub title: &'static str,
    /// What to make of this one; for people.
    pub detail: String,
    /// Every fault that was found.
    pub faults: Faults,
    /// In which part of the request the faults are.
    pub part: Part,
    /// What it costs now, where that changed.
    pub total: Option<Money>,
    /// When it is worth another try, in seconds.
    pub retry_after: Option<u32>,
}

/// A part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// Its body.
    #[default]
    Body,
    /// Its query string.
    Query,
    /// Its headers.
    Header,
}

/// Every code with its status and what it means, for the API's page.
pub const CODES: [(u16, &str, &str); 21] = [
    (400, "malformed", "The body is no JSON, or no readable text."),
    (401, "unauthenticated", "A token is needed, or the one that came is unknown or revoked."),
    (403, "forbidden", "The role does not allow it."),
    (403, "method_not_allowed", "The caller may not use this way of paying."),
    (403, "cross_site", "A page of another site sent it in the name of whoever is signed in."),
    (404, "not_found", "There is no such thing, or it belongs to somebody else."),
    (405, "wrong_method", "The address has other methods; the Allow header names them."),
    (408, "too_slow", "The body did not arrive in time."),
    (409, "sold_out", "Not all places are left; errors name the lines that did not fit."),
    (409, "price_changed", "The total is not the expected one; total says what it is."),
    (409, "sales_closed", "It is not on sale."),
    (409, "changed", "Somebody changed it meanwhile, or its state no longer allows it."),
    (409, "taken", "The slug is in use."),
    (413, "too_large", "The body is too long; detail says the limit."),
    (422, "invalid", "Fields are wrong, missing or unknown; errors has all of them."),
    (422, "idempotency_key_reused", "The key came before with another body."),
    (422, "cannot_be_covered", "The items cannot all be had."),
    (429, "too_many_requests", "Retry-After says when to try again."),
    (500, "internal", "Our fault; detail has the name it is logged under."),
    (503, "busy", "Too much is going on; nothing was changed."),
    (503, "outcome_unknown", "It may have taken effect: repeat it with the same Idempotency-Key."),
];

/// How long a client waits when too much is going on, in seconds.
const BUSY_SECONDS: u32 = 1;

impl Problem {
    fn new(status: StatusCode, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self::Told(Box::new(Told {
            status,
            code,
            title,
            detail: detail.into(),
            faults: Faults::none(),
            part: Part::Body,
            total: None,
            retry_after: None,
        }))
    }

    fn with(mut self, faults: Faults) -> Self {
        if let Self::Told(told) = &mut self {
            told.faults = faults;
        }
        self
    }

    fn worth_a_try_in(mut self, seconds: u32) -> Self {
        if let Self::Told(told) = &mut self {
            told.retry_after = Some(seconds);
        }
        self
    }

    /// The faults are in this part of the request.
    pub fn in_part(mut self, part: Part) -> Self {
        if let Self::Told(told) = &mut self {
            told.part = part;
        }
        self
    }

    /// There is no such thing, or not for this caller: always the same bytes.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "Not found", "There is no such thing here.")
    }

    /// A token is needed and there is none, or it is unknown or revoked.
    pub fn unauthenticated() -> Self {
        let detail = "This needs a valid token: send it as \"Authorization: Bearer TOKEN\".";
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "Not signed in", detail)
    }

    /// No JSON, broken text, a request that breaks off.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", "Not readable", detail)
    }

    /// The request is wrong; every fault that was found.
    pub fn invalid(faults: Faults) -> Self {
        let count = faults.list().len();
        let detail = match count {
            1 => "Something in this request is wrong; see errors.".to_owned(),
            _ => format!("{count} things in this request are wrong; see errors."),
        };
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Not valid", detail).with(faults)
    }

    /// One header or query parameter is wrong.
    pub fn invalid_part(part: Part, name: &str, wrong: Wrong) -> Self {
        Self::invalid(Faults::one(Pointer::to(name), wrong)).in_part(part)
    }

    /// The body is longer than this.
    pub fn too_large(limit: usize) -> Self {
        let limit = if limit >= 1 << 20 { format!("{} MiB", limit >> 20) } else { format!("{} KiB", limit >> 10) };
        let detail = format!("The body may have at most {limit}.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "Too large", detail)
    }

    /// The body did not arrive in time.
    pub fn too_slow() -> Self {
        let detail = "The request's body did not arrive in time.";
        Self::new(StatusCode::REQUEST_TIMEOUT, "too_slow", "Too slow", detail)
    }

    /// This address has no such method.
    pub fn wrong_method() -> Self {
        let detail = "This address does not have that method; see the Allow header.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", "No such method here", detail)
    }

    /// Too many requests from one address.
    pub fn too_many_requests(seconds: u32) -> Self {
        let detail = format!("There were too many requests from your address; try again in {seconds} s.");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "Too many requests", detail)
            .worth_a_try_in(seconds)
    }

    /// A browser was led here by another site.
    pub fn cross_site() -> Self {
        let detail = "A page of another site sent this request in your name; it was not done.";
        Self::new(StatusCode::FORBIDDEN, "cross_site", "From another site", detail)
    }

    /// Something of ours failed. It was logged under `request`.
    pub fn internal(request: &str) -> Self {
        let detail = format!("Something went wrong on our side; it is logged as {request}.");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Our fault", detail)
    }

    /// Nothing was done; it is worth another try.
    pub fn busy() -> Self {
        let detail = "Too much is going on at this moment; nothing was changed. Try again.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Busy", detail).worth_a_try_in(BUSY_SECONDS)
    }

    /// It may have been done.
    pub fn outcome_unknown() -> Self {
        let detail = "It is not known whether this took effect. Repeat it with the same Idempotency-Key.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "outcome_unknown", "Outcome unknown", detail)
            .worth_a_try_in(BUSY_SECONDS)
    }

    fn key_reused() -> Self {
        let detail = "This Idempotency-Key came before with another body; use a new key for a new request.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", "Key in use", detail)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let conflict =
            |code, title, detail: &str, faults| Self::new(StatusCode::CONFLICT, code, title, detail).with(faults);
        match refusal {
            Refusal::NotFound => Self::not_found(),
            Refusal::Forbidden => {
                let detail = "Your role in this organisation does not allow this.";
                Self::new(StatusCode::FORBIDDEN, "forbidden", "Not allowed", detail)
            }
            Refusal::MethodNotAllowed(faults) => {
                let detail = "This way of paying is not offered here, or not to you.";
                let title = "Payment method not allowed";
                Self::new(StatusCode::FORBIDDEN, "method_not_allowed", title, detail).with(faults)
            }
            Refusal::Invalid(faults) => Self::invalid(faults),
            Refusal::SoldOut(faults) => {
                conflict("sold_out", "Sold out", "Not all of this is left; see errors for what is not.", faults)
            }
            Refusal::PriceChanged(total) => {
                let problem =
                    conflict("price_changed", "Price changed", "The total is another by now.", Faults::none());
                problem.with_total(total)
            }
            Refusal::SalesClosed(faults) => {
                conflict("sales_closed", "Not on sale", "This is not on sale, or not any more.", faults)
            }
            Refusal::Changed(faults) => {
                let detail = "This has changed meanwhile, or its state does not allow it any more. Read it again.";
                conflict("changed", "Changed meanwhile", detail, faults)
            }
            Refusal::Taken(faults) => conflict("taken", "In use", "This name is in use already.", faults),
            Refusal::CannotBeCovered(faults) => {
                let detail = "Not all of these items can be had; see errors for which.";
                let title = "Cannot be had";
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "cannot_be_covered", title, detail).with(faults)
            }
        }
    }
}

impl Problem {
    fn with_total(mut self, total: Money) -> Self {
        if let Self::Told(told) = &mut self {
            told.total = Some(total);
        }
        self
    }

    /// A fault of ours becomes what is told of it, and is logged, once, under a fresh `request`.
    pub fn at_the_edge(self, request: impl FnOnce() -> String) -> Self {
        match self {
            Self::Told(_) | Self::Replayed(_) => self,
            Self::Failed(fault) if fault.is_passing() => {
                tracing::warn!(%fault, "a request was sent away");
                Self::busy()
            }
            Self::Failed(stop::Fault::OutcomeUnknown(fault)) => {
                tracing::warn!(%fault, "the outcome of a transaction is unknown");
                Self::outcome_unknown()
            }
            Self::Failed(fault) => {
                let request = request();
                tracing::error!(%fault, request, "a request failed");
                Self::internal(&request)
            }
        }
    }
}

impl From<Stop> for Problem {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(refusal) => refusal.into(),
            Stop::Replayed(answer) => Self::Replayed(answer),
            Stop::KeyReused => Self::key_reused(),
            Stop::Fault(fault) => Self::Failed(fault),
        }
    }
}

impl From<Faults> for Problem {
    fn from(faults: Faults) -> Self {
        Self::invalid(faults)
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::invalid(Faults::one(fault.at, fault.wrong))
    }
}

/// A refusal in sentences, one for each fault: for whoever reads a terminal.
pub fn sentences(refusal: &Refusal) -> Vec<String> {
    let Problem::Told(told) = Problem::from(refusal.clone()) else { return Vec::new() };
    if told.faults.is_empty() {
        return vec![told.detail.clone()];
    }
    let sentence = |fault: &Fault| format!("{}: {}", fault.at.as_str().trim_start_matches('/'), words(&fault.wrong).1);
    told.faults.list().iter().map(sentence).collect()
}

#[cfg(test)]
mod tests;
