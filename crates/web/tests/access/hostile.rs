//! Whatever a person can type is shown as a text: on every page, to everybody, in every letter and document.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::header;
use engine::testing::House;
use serde_json::{Value as Json, json};

use super::table::table;
use super::town::{Answered, Carrying, Town};
use super::words::{path_of, request_at};

/// What stands in every field that takes words.
const TYPED: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'&;,\\";

/// A town in which everything is called so.
async fn hostile_town() -> (Town, House) {
    let (mut town, _) = Town::build().await;
    let prose = format!("{TYPED}\r\nX-EVIL:1\r\n\r\n<b>{TYPED}</b>");
    let text = |name: &str| town.north.names[name].clone();
    let (item, sold, pass, door) = (text("items"), text("sold item"), text("passes"), text("doors"));
    let (order, held, number) = (text("orders"), text("held order"), text("number"));
    let rule = json!({"hand_out": {"name": TYPED, "colour": "#00aa00", "material": TYPED}});
    let scan = json!({
        "id": "hostile-1", "ticket": number, "door": door, "device": TYPED, "mode": "by_hand",
        "scanned_at": "2026-11-01T12:00:00Z", "override": TYPED,
    });
    let step = json!({"name": TYPED, "prices": {"standard": 1500}});
    let holder = json!({"full_name": TYPED, "partner": TYPED, "answers": {"meal": TYPED}});
    let event = json!({
        "title": TYPED, "description": prose, "venue": {"name": TYPED, "address": TYPED}, "rooms": [TYPED],
        "rates": [{"id": "standard", "name": TYPED}],
    });
    let transfer = json!({
        "buyer": {"email": "eve@north.example", "full_name": TYPED}, "tickets": [{"items": [sold], "full_name": TYPED}],
        "payment": {"method": "bank_transfer", "reference": TYPED},
    });
    let cash = json!({"method": "cash", "amount": {"amount": 2000, "currency": "GBP"}, "reference": TYPED});
    let made: Vec<(&str, String, Json)> = vec![
        ("PATCH", String::new(), json!({"name": TYPED, "description": prose, "bank_details": prose})),
        ("PATCH", "/events/gala".to_owned(), event),
        ("PATCH", format!("/events/gala/items/{item}"), json!({"name": TYPED, "description": prose})),
        ("PATCH", format!("/events/gala/items/{sold}"), json!({"name": TYPED, "description": prose})),
        ("PATCH", format!("/events/gala/passes/{pass}"), json!({"name": TYPED, "pricing_schedule": [step]})),
        ("PATCH", format!("/events/gala/doors/{door}"), json!({"name": TYPED})),
        ("PUT", "/events/gala/wristbands".to_owned(), json!({"rules": [rule]})),
        ("PATCH", format!("/events/gala/orders/{order}"), json!({"tickets": [holder, holder]})),
        ("PATCH", format!("/events/gala/tickets/{number}"), json!({"notes": prose})),
        ("POST", "/events/gala/orders".to_owned(), transfer),
        ("POST", format!("/events/gala/orders/{held}/payments"), cash),
        ("POST", "/tokens".to_owned(), json!({"name": TYPED, "role": "door"})),
        ("POST", "/series".to_owned(), json!({"slug": "mondays", "title": TYPED, "description": prose})),
        ("POST", "/events/gala/scans".to_owned(), json!({"scans": [scan]})),
        ("POST", format!("/events/gala/tickets/{number}/resend"), Json::Null),
    ];
    let owner = Carrying::Token(town.north.staff["owner"].0.clone());
    for (method, path, body) in made {
        let request = owner.request(method, &format!("/api/v1/organisations/north{path}"));
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let answered = town.send(request.body(body).unwrap()).await;
        assert!(answered.status < 300, "{method} {path}: {}", answered.text());
    }
    let first = town.copy().await;
    town.renew(&first).await;
    (town, first)
}

/// Nothing in this page was made of what somebody typed.
fn check_page(route: &str, page: &str, is_letter: bool) {
    for raw in ["<script>", "<img src=x", "onerror=alert(2)>", "<b>\"", "\">&lt;script"] {
        assert!(!page.contains(raw), "{route}: {raw} in {page}");
    }
    for address in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let holds = ["/", "#", "http://127.0.0.1:8080/", "mailto:", "?"].iter().any(|start| address.starts_with(start));
        assert!(holds && !address.starts_with("//"), "{route} leads to {address}");
    }
    if !is_letter {
        assert!(!page.contains(" style=\"") && !page.contains(" onclick="), "{route} has what its policy refuses");
    }
}

/// Every line of a calendar is one of its own, however long it is folded.
fn check_calendar(route: &str, file: &str) {
    let lines: Vec<&str> = file.split("\r\n").collect();
    for line in &lines {
        let known = line.is_empty()
            || line.starts_with(' ')
            || line.split([':', ';']).next().is_some_and(|name| {
                ["BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"]
                    .iter()
                    .chain(&["DESCRIPTION", "URL", "STATUS", "LOCATION"])
                    .any(|own| *own == name)
            });
        assert!(known && line.len() <= 75 && !line.contains(['\r', '\n']), "{route}: {line:?}");
    }
}

/// What every answer carries, whatever it is.
fn check_headers(route: &str, answered: &Answered) {
    let said = |name: &str| answered.headers.get(name).map_or("", |value| value.to_str().unwrap());
    let policy = said("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors"), "{route}: {policy}");
    // A letter has its styles in place, for mail readers; looked at in a browser it may do nothing else.
    let is_letter =
        route.ends_with("/html") && policy.contains("sandbox") && policy.contains("style-src 'unsafe-inline'");
    assert!(is_letter || !policy.contains("unsafe-inline"), "{route}: {policy}");
    assert!(!policy.contains("'unsafe-eval'") && !policy.contains("script-src 'unsafe"), "{route}: {policy}");
    assert_eq!(said("x-content-type-options"), "nosniff", "{route}");
    assert_eq!(said("referrer-policy"), "strict-origin-when-cross-origin", "{route}");
    // A colour is no secret.
    let cached = if route.ends_with("/brand.css") { "public, max-age=300" } else { "no-store" };
    assert_eq!(said("cache-control"), cached, "{route}");
    for value in answered.headers.values() {
        assert!(!value.as_bytes().iter().any(u8::is_ascii_control), "{route}: {value:?}");
    }
}

fn check(route: &str, answered: &Answered, seen: &mut BTreeSet<String>) {
    if answered.status != 404 {
        check_headers(route, answered);
    }
    assert!(answered.status < 500, "{route}: {}", answered.text());
    let kind = answered.headers.get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap()).to_owned();
    let text = answered.text();
    match kind.split(';').next().unwrap() {
        "text/html" => check_page(route, &text, route.ends_with("/html")),
        "image/svg+xml" | "text/css" => assert!(!text.contains("alert("), "{route}"),
        "text/calendar" => check_calendar(route, &text),
        _ => {}
    }
    if text.contains("alert(1)") {
        seen.insert(kind);
    }
}

#[tokio::test]
async fn what_somebody_typed_is_a_text_on_every_page_and_in_every_letter() {
    let (mut town, first) = hostile_town().await;
    let owner = Carrying::Session(town.north.staff["owner"].1.clone());
    let visitors = [owner, Carrying::Session(town.people["holder"].clone()), Carrying::Nothing];
    let mut seen = BTreeSet::new();
    for row in table("Everybody") {
        let path = path_of(&town, &row, &town.north);
        for who in &visitors {
            for partial in [false, true] {
                let mut request = request_at(&town.north, &row, who, &path);
                if partial {
                    request.headers_mut().insert("hx-request", "true".parse().unwrap());
                }
                let answered = town.send(request).await;
                check(&row.route(), &answered, &mut seen);
                if row.method != "GET" {
                    town.renew(&first).await;
                }
            }
        }
    }
    // What was typed came back as often as it was asked for: it is not that nothing was seen.
    for kind in ["text/html; charset=utf-8", "application/json"] {
        assert!(seen.contains(kind), "{seen:?}");
    }
}

#[tokio::test]
async fn every_letter_shows_what_was_typed_as_a_text() {
    let (mut town, _) = hostile_town().await;
    town.writes_real_letters();
    let letters = first_letters(&town).await;
    assert!(letters.len() >= 6, "{letters:?}");
    let mut seen = BTreeSet::new();
    for id in letters {
        for path in [format!("/dev/mailbox/{id}"), format!("/dev/mailbox/{id}/html")] {
            let answered = town.send(Carrying::Nothing.request("GET", &path).body(Body::empty()).unwrap()).await;
            assert_eq!(answered.status, 200, "{path}");
            check(&path, &answered, &mut seen);
        }
    }
    assert!(seen.contains("text/html; charset=utf-8"));
}

/// The identifiers of all letters that wait.
async fn first_letters(town: &Town) -> Vec<String> {
    let list = town.send(Carrying::Nothing.request("GET", "/dev/mailbox").body(Body::empty()).unwrap()).await.text();
    let ids = list.split("/dev/mailbox/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    ids.collect::<BTreeSet<_>>().into_iter().collect()
}
