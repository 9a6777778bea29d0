use super::*;
use domain::values::{Amount, Currency};
use http_body_util::BodyExt as _;
use rstest::rstest;
use serde_json::{Value as Json, json};

async fn sent(problem: Problem) -> (StatusCode, axum::http::HeaderMap, Json) {
    use axum::response::IntoResponse as _;
    let response = problem.into_response();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (parts.status, parts.headers, serde_json::from_slice(&body).unwrap())
}

fn at() -> Faults {
    Faults::one(Pointer::to("tickets").then(0).then("passes").then(1), Wrong::SoldOut(Some(2)))
}

fn total() -> Money {
    Money::new(Amount::minor(9_500), "GBP".parse::<Currency>().unwrap())
}

#[rstest]
#[case(Refusal::NotFound, 404, "not_found")]
#[case(Refusal::Forbidden, 403, "forbidden")]
#[case(Refusal::MethodNotAllowed(at()), 403, "method_not_allowed")]
#[case(Refusal::Invalid(at()), 422, "invalid")]
#[case(Refusal::SoldOut(at()), 409, "sold_out")]
#[case(Refusal::PriceChanged(total()), 409, "price_changed")]
#[case(Refusal::SalesClosed(at()), 409, "sales_closed")]
#[case(Refusal::Changed(at()), 409, "changed")]
#[case(Refusal::Taken(at()), 409, "taken")]
#[case(Refusal::CannotBeCovered(at()), 422, "cannot_be_covered")]
#[tokio::test]
async fn each_refusal_has_its_status_and_code(#[case] refusal: Refusal, #[case] status: u16, #[case] code: &str) {
    let has_pointers = !matches!(refusal, Refusal::NotFound | Refusal::Forbidden | Refusal::PriceChanged(_));
    let (sent_status, headers, body) = sent(refusal.into()).await;
    assert_eq!((sent_status.as_u16(), body["code"].as_str()), (status, Some(code)));
    assert_eq!(headers["content-type"], PROBLEM_JSON);
    assert_eq!(body["status"], json!(status));
    assert_eq!(body["errors"].as_array().map(Vec::len), Some(usize::from(has_pointers)));
    assert!(CODES.iter().any(|known| (known.0, known.1) == (status, code)));
}

#[tokio::test]
async fn a_fault_says_where_what_and_why() {
    let (_, _, body) = sent(Refusal::SoldOut(at()).into()).await;
    let told = json!({ "pointer": "/tickets/0/passes/1", "code": "sold_out", "detail": "Only 2 places are left." });
    assert_eq!(body["errors"], json!([told]));
}

#[tokio::test]
async fn a_changed_price_comes_with_the_new_total() {
    let (_, _, body) = sent(Refusal::PriceChanged(total()).into()).await;
    assert_eq!(body["total"], json!({ "amount": 9_500, "currency": "GBP" }));
}

#[tokio::test]
async fn faults_outside_the_body_say_where_they_are() {
    let (_, _, body) = sent(Problem::invalid_part(Part::Query, "limit", Wrong::OutOfRange(1, 200))).await;
    assert_eq!(body["errors"][0]["in"], json!("query"));
    assert_eq!(body["errors"][0]["pointer"], json!("/limit"));
}

#[tokio::test]
async fn whoever_must_wait_or_sign_in_is_told_in_headers() {
    let (status, headers, _) = sent(Problem::too_many_requests(7)).await;
    assert_eq!((status.as_u16(), &headers["retry-after"]), (429, &axum::http::HeaderValue::from_static("7")));
    let (status, headers, _) = sent(Problem::unauthenticated()).await;
    assert_eq!((status.as_u16(), &headers["www-authenticate"]), (401, &axum::http::HeaderValue::from_static("Bearer")));
}

#[tokio::test]
async fn faults_of_ours_are_told_without_their_cause() {
    let failed = Problem::from(Stop::Fault(stop::Fault::Impossible("a secret detail")));
    let (status, _, body) = sent(failed.at_the_edge(|| "2abc".to_owned())).await;
    assert_eq!((status.as_u16(), body["code"].as_str()), (500, Some("internal")));
    assert!(body["detail"].as_str().unwrap().contains("2abc") && !body.to_string().contains("secret"));
    let (status, headers, body) = sent(Stop::Fault(stop::Fault::Contended).into()).await;
    assert_eq!((status.as_u16(), body["code"].as_str()), (503, Some("busy")));
    assert!(headers.contains_key("retry-after"));
}

#[tokio::test]
async fn an_answer_that_was_given_before_is_given_again() {
    let answer = Answer { status: 201, body: "{\"id\":\"1\"}".to_owned() };
    let (status, headers, body) = sent(Stop::Replayed(answer).into()).await;
    assert_eq!(
        (status.as_u16(), &headers["content-type"]),
        (201, &axum::http::HeaderValue::from_static("application/json"))
    );
    assert_eq!(body, json!({ "id": "1" }));
    let (status, _, body) = sent(Stop::KeyReused.into()).await;
    assert_eq!((status.as_u16(), body["code"].as_str()), (422, Some("idempotency_key_reused")));
}
