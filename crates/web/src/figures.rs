//! What is counted of requests, for whoever runs the program: how many, how they were answered, how long that took.
//!
//! By the route as the site map has it, never by the path that was asked for: no name, number or secret of anybody comes
//! into a figure, and there are no more series than routes.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use metrics::{Unit, counter, describe_counter, describe_histogram, histogram};

const REQUESTS: &str = "http_requests_total";
const DURATION: &str = "http_request_duration_seconds";

/// Upper bounds of the durations that are told apart, in seconds.
pub const DURATION_BUCKETS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 5.0];

/// The name of the figure that has [`DURATION_BUCKETS`].
pub const WITH_BUCKETS: &str = DURATION;

/// Says what each figure is.
pub fn describe() {
    describe_counter!(REQUESTS, "Requests that were answered, by route, method and status.");
    describe_histogram!(DURATION, Unit::Seconds, "From a request's arrival to the head of its answer, by route.");
}

/// Counts a request.
pub(crate) async fn count(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let begun = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("", MatchedPath::as_str).to_owned();
    histogram!(DURATION, "route" => route.clone()).record(begun.elapsed());
    let method = if method_is_ours(&method) { method.as_str().to_owned() } else { String::new() };
    counter!(REQUESTS, "route" => route, "method" => method, "status" => response.status().as_str().to_owned())
        .increment(1);
    response
}

/// Methods are chosen by who asks; those that nothing answers are one series.
fn method_is_ours(method: &axum::http::Method) -> bool {
    use axum::http::Method;
    [Method::GET, Method::HEAD, Method::POST, Method::PATCH, Method::PUT, Method::DELETE].contains(method)
}
