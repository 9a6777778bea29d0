//! What is refused before any operation is asked: unknown callers, addresses, methods, bodies; too much of anything.

use super::*;
use crate::access::Needs;
use http_body::Frame;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

#[tokio::test]
async fn what_is_not_there_and_what_is_somebody_elses_are_the_same_bytes() {
    let client = client().await;
    let other = json!({"slug": "other", "name": "Other", "currency": "EUR", "time_zone": "Europe/Madrid"});
    client.post(&client.platform, "/api/v1/organisations", &other).await.expect(201);
    let made = client.post(&client.platform, "/api/v1/organisations/other/tokens", &json!({"role": "owner"})).await;
    let stranger = made.expect(201)["token"].as_str().unwrap().to_owned();

    let nowhere = client.get(&stranger, "/api/v1/nothing").await;
    assert_eq!(nowhere.faults(404, "not_found"), Vec::<String>::new());
    for path in [
        O.to_owned(),
        E.to_owned(),
        format!("{E}/items/aWgEPTl1tmebfsQzFP4bxwgy80V"),
        format!("{E}/items/not-an-id"),
        format!("{E}/tickets/0ujtsYcgvSTl8PAuAdqWYSMnLOv"),
        "/api/v1/organisations/nobody/events".to_owned(),
        "/api/v1/organisations/NOT_A_SLUG/events".to_owned(),
        "/api/v1/organisations/%FF/events".to_owned(),
        "/api/v2".to_owned(),
    ] {
        let reply = client.get(&stranger, &path).await;
        assert_eq!((reply.status, &reply.text), (nowhere.status, &nowhere.text), "{path}");
    }
    let own = client.get(&client.owner, &format!("{O}/events/nowhere")).await;
    assert_eq!(own.text, nowhere.text);
}

/// A route's path with names that nobody has.
fn filled(path: &str) -> String {
    let place = |part: &str| match part {
        "{org}" => "northern-salsa".to_owned(),
        "{event}" => "mersey".to_owned(),
        "{id}" | "{number}" => "0ujtsYcgvSTl8PAuAdqWYSMnLOv".to_owned(),
        other => other.trim_matches(['{', '}']).to_owned(),
    };
    path.split('/').map(place).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_route_is_closed_to_whoever_carries_nothing_and_to_strangers() {
    let client = client().await;
    let other = json!({"slug": "other", "name": "Other", "currency": "EUR", "time_zone": "Europe/Madrid"});
    client.post(&client.platform, "/api/v1/organisations", &other).await.expect(201);
    let made = client.post(&client.platform, "/api/v1/organisations/other/tokens", &json!({"role": "owner"})).await;
    let stranger = made.expect(201)["token"].as_str().unwrap().to_owned();
    for route in crate::routes::all().into_iter().filter(|route| route.needs != Needs::Nothing) {
        let (method, path) = (route.verb.name().parse::<Method>().unwrap(), filled(&route.path));
        client.house.clock.advance(1_000);
        let nobody = client.ask(method.clone(), "", &path).await;
        assert_eq!(nobody.status.as_u16(), 401, "{route:?}: {}", nobody.text);
        let theirs = client.ask(method, &stranger, &path).await;
        let expected = if route.needs == Needs::Person { 401 } else { 404 };
        assert_eq!(theirs.status.as_u16(), expected, "{route:?}: {}", theirs.text);
    }
}

#[tokio::test]
async fn a_token_is_needed_known_and_not_revoked() {
    let client = client().await;
    assert_eq!(client.get("", E).await.faults(401, "unauthenticated"), Vec::<String>::new());
    let unknown = client.get("made-up", &format!("{E}/options")).await;
    assert_eq!(unknown.status.as_u16(), 401);
    assert_eq!(unknown.headers["www-authenticate"], "Bearer");
    assert_eq!(unknown.headers["content-type"], "application/problem+json");
    assert_eq!(client.get("", &format!("{E}/options")).await.status.as_u16(), 200);
    let token = client.token("manager").await;
    let tokens = client.get(&client.owner, &format!("{O}/tokens")).await.expect(200);
    let id = tokens["data"].as_array().unwrap().iter().find(|one| one["role"] == "manager").unwrap()["id"].clone();
    client.get(&token, E).await.expect(200);
    let gone = client.ask(Method::DELETE, &client.owner, &format!("{O}/tokens/{}", id.as_str().unwrap())).await;
    assert_eq!(gone.status.as_u16(), 204);
    assert_eq!(client.get(&token, E).await.status.as_u16(), 401);
}

#[tokio::test]
async fn a_role_that_may_not_is_told_so_before_its_body_is_looked_at() {
    let client = client().await;
    let door = client.token("door").await;
    let broken = request(Method::POST, &door, &format!("{O}/events")).body(Body::from("{")).unwrap();
    assert_eq!(client.send(broken).await.faults(403, "forbidden"), Vec::<String>::new());
}

#[tokio::test]
async fn bodies_that_are_no_json_are_malformed_and_those_that_are_may_be_called_anything() {
    let client = client().await;
    let path = format!("{O}/events");
    let deep = "[".repeat(100_000 / 2);
    for body in [b"{".as_slice(), b"", b"\xFF\xFE", b"{\"slug\": \"\xC3\x28\"}", b"nonsense", deep.as_bytes(), b"{} {}"]
    {
        let broken = request(Method::POST, &client.owner, &path).body(Body::from(body.to_vec())).unwrap();
        client.send(broken).await.faults(400, "malformed");
    }
    let plain =
        Request::builder().method("POST").uri(&path).header("authorization", format!("Bearer {}", client.owner));
    let plain = plain.header("content-type", "text/plain").body(Body::from(event("other").to_string())).unwrap();
    client.send(plain).await.expect(201);
}

/// A body of so many KiB that says nothing of its length.
struct Endless(usize);

impl axum::body::HttpBody for Endless {
    type Data = axum::body::Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Infallible>>> {
        if self.0 == 0 {
            return Poll::Ready(None);
        }
        self.0 -= 1;
        Poll::Ready(Some(Ok(Frame::data(vec![b' '; 1 << 10].into()))))
    }
}

#[tokio::test]
async fn a_body_that_is_too_long_is_refused_with_its_limit_however_long_it_is() {
    let client = client().await;
    for kib in [65, 1 << 20] {
        let long = request(Method::POST, &client.owner, &format!("{O}/events")).body(Body::new(Endless(kib))).unwrap();
        let reply = client.send(long).await;
        assert_eq!(reply.faults(413, "too_large"), Vec::<String>::new());
        assert!(reply.text.contains("64 KiB"), "{}", reply.text);
    }
}

#[tokio::test]
async fn every_fault_of_a_body_is_told_at_once() {
    let client = client().await;
    let mut body = event("Not A Slug");
    body["ends_at"] = json!("2026-12-01T00:00:00Z");
    body["capacity"] = json!(-1);
    body["colour"] = json!("red");
    body["venue"] = json!({"address": 7});
    let faults = client.post(&client.owner, &format!("{O}/events"), &body).await.faults(422, "invalid");
    assert_eq!(
        faults,
        [
            "/slug malformed",
            "/ends_at not_after",
            "/venue/name required",
            "/venue/address wrong_type",
            "/capacity out_of_range",
            "/colour unknown_field",
        ]
    );
}

#[tokio::test]
async fn wrong_queries_and_headers_say_where_they_are() {
    let client = client().await;
    for (query, fault) in [
        ("limit=0", "/limit out_of_range"),
        ("limit=201", "/limit out_of_range"),
        ("cursor=x", "/cursor malformed"),
        ("colour=red", "/colour unknown_field"),
    ] {
        let reply = client.get(&client.owner, &format!("{O}/events?{query}")).await;
        assert_eq!(reply.faults(422, "invalid"), [fault]);
        assert_eq!(reply.json()["errors"][0]["in"], json!("query"));
    }
    let odd = request(Method::POST, &client.owner, &format!("{O}/events")).header("idempotency-key", "a b");
    let reply = client.send(odd.body(Body::from("{}")).unwrap()).await;
    assert_eq!(reply.faults(422, "invalid"), ["/Idempotency-Key malformed"]);
}

#[tokio::test]
async fn an_address_without_the_method_says_which_it_has() {
    let client = client().await;
    let reply = client.ask(Method::DELETE, &client.owner, &format!("{O}/events")).await;
    reply.faults(405, "wrong_method");
    let allowed = reply.headers["allow"].to_str().unwrap();
    assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
    let head = client.ask(Method::HEAD, &client.owner, E).await;
    assert_eq!((head.status.as_u16(), head.text.as_str()), (200, ""));
}

#[tokio::test]
async fn the_public_may_post_so_often_a_minute_and_a_token_as_often_as_it_likes() {
    let client = client().await;
    let path = format!("{E}/quotes");
    for _ in 0..60 {
        assert_eq!(client.post("", &path, &json!({})).await.status.as_u16(), 422);
    }
    let reply = client.post("", &path, &json!({})).await;
    reply.faults(429, "too_many_requests");
    assert!(reply.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() >= 1);
    assert_eq!(client.post(&client.owner, &path, &json!({})).await.status.as_u16(), 422);
    assert_eq!(client.get("", &format!("{E}/options")).await.status.as_u16(), 200);
}

#[tokio::test]
async fn a_page_of_another_site_cannot_post_in_somebodys_name() {
    let client = client().await;
    let post = |name: &'static str, value: &'static str, token: &str| {
        let request = request(Method::POST, token, &format!("{E}/quotes")).header("host", "127.0.0.1:8080");
        request.header(name, value).body(Body::from("{}")).unwrap()
    };
    let forged = client.send(post("sec-fetch-site", "cross-site", "")).await;
    assert_eq!(forged.faults(403, "cross_site"), Vec::<String>::new());
    let forged = client.send(post("origin", "https://evil.example", "")).await;
    assert_eq!(forged.status.as_u16(), 403);
    for own in [
        post("sec-fetch-site", "same-origin", ""),
        post("origin", "http://127.0.0.1:8080", ""),
        post("sec-fetch-site", "cross-site", &client.owner),
    ] {
        assert_eq!(client.send(own).await.status.as_u16(), 422);
    }
}

#[tokio::test]
async fn every_answer_carries_headers_that_keep_browsers_safe() {
    let client = client().await;
    for path in [E, "/nowhere", "/healthz", "/api/v1/openapi.json", "/api/docs"] {
        let headers = client.get("", path).await.headers;
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn a_longer_answer_is_compressed_for_whoever_accepts_it() {
    let client = client().await;
    let wanted = Request::builder().uri("/api/v1/openapi.json").header("accept-encoding", "gzip").body(Body::empty());
    let response = client.router.clone().oneshot(wanted.unwrap()).await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let plain = client.get("", "/api/v1/openapi.json").await;
    assert_eq!(plain.json()["openapi"], json!("3.1.0"));
}

#[tokio::test]
async fn the_program_says_how_it_is() {
    let client = client().await;
    assert_eq!(client.get("", "/healthz").await.status.as_u16(), 200);
    assert_eq!(client.get("", "/readyz").await.status.as_u16(), 200);
    assert_eq!(client.get("", "/metrics").await.status.as_u16(), 404);
}

#[tokio::test]
async fn what_an_event_does_not_have_is_told_together_with_what_cannot_be_read() {
    let client = client().await;
    let nobody = "aWgEPTl1tmebfsQzFP4bxwgy80V";
    let item = client.item("Gala", 2_500, &json!({"roles": {"leader": 1, "follower": 1}})).await;
    let order = json!({
        "buyer": {"email": "nobody"}, "payment": {"method": "card"}, "tip": 1,
        "tickets": [{"items": [item], "email": "x"}, {"passes": [nobody], "rate": "gold"}, {"items": [item], "role": 1}],
    });
    let told = client.post("", &format!("{E}/orders"), &order).await.faults(422, "invalid");
    assert_eq!(
        told,
        [
            "/buyer/email malformed",
            "/buyer/full_name required",
            "/tickets/0/email malformed",
            "/tickets/2/role wrong_type",
            "/tip unknown_field",
            "/tickets/0/role role_needed",
            "/tickets/1/rate unknown",
            "/tickets/1/passes/0 unknown",
        ]
    );
    let hollow = json!({
        "buyer": {"email": "a@example.org", "full_name": "A"}, "payment": {"method": "card"},
        "tickets": [{"items": ["x"]}, {"items": [item], "rate": 7, "role": "leader"}],
    });
    let told = client.post("", &format!("{E}/orders"), &hollow).await.faults(422, "invalid");
    assert_eq!(told, ["/tickets/0/items/0 malformed", "/tickets/1/rate wrong_type"], "and nothing that only follows");
    let quote = json!({"items": [item, nobody], "rate": "gold", "quantity": 0});
    let told = client.post("", &format!("{E}/quotes"), &quote).await.faults(422, "invalid");
    assert_eq!(told, ["/quantity out_of_range", "/items/1 unknown", "/rate unknown"]);
    let body = json!({"name": "", "type": "ball", "prices": {"gold": 1, "standard": -1}});
    let told = client.post(&client.owner, &format!("{E}/items"), &body).await.faults(422, "invalid");
    assert_eq!(told, ["/name empty", "/type not_one_of", "/prices/standard out_of_range", "/prices/gold unknown"]);
    let steps = json!([{"name": "Now", "prices": {"gold": 1}}]);
    let body = json!({"includes": [nobody], "pricing_schedule": steps, "colour": "red"});
    let told = client.post(&client.owner, &format!("{E}/passes"), &body).await.faults(422, "invalid");
    let at_gold = "/pricing_schedule/0/prices/gold unknown";
    assert_eq!(told, ["/name required", "/colour unknown_field", "/includes/0 unknown", at_gold]);
    let nowhere = client.post("", &format!("{O}/events/nowhere/orders"), &order).await;
    nowhere.faults(404, "not_found");
}
