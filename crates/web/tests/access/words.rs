//! What is sent to each route: a path with names of things that are there, and a body that can be done.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value as Json, json};

use super::table::Row;
use super::town::{Carrying, Organisation, Town, event};

/// What a place of a path stands for, from the part before it.
pub fn thing_at(path: &str, place: &str) -> &'static str {
    let before = path.split(place).next().unwrap().trim_end_matches('/').rsplit('/').next().unwrap();
    match (place, before) {
        ("{org}", _) => "org",
        ("{event}", _) => "event",
        ("{series}", _) => "series",
        ("{number}", _) if path.ends_with("/undo") => "used ticket",
        ("{number}", _) => "number",
        ("{place}", _) => "place",
        ("{token}", _) => "token",
        ("{secret}", _) => "secret",
        ("{id}", "staff") => "staff",
        ("{id}", "tokens") if path.starts_with("/api/v1/tokens") => "spare",
        ("{id}", "tokens") => "tokens",
        ("{id}", "items") => "items",
        ("{id}", "passes") => "passes",
        ("{id}", "doors") => "doors",
        ("{id}", "mailbox") => "letter",
        ("{id}", "orders") if path.ends_with("/payments") || path.ends_with("/cancel") => "held order",
        ("{id}", "orders") if path.ends_with("/who") || path.ends_with("/pay") => "hold",
        ("{id}", "orders") => "orders",
        _ => panic!("what is {place} after {before}?"),
    }
}

/// The places of a path.
pub fn places(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| part.starts_with('{')).collect()
}

/// The name of a thing of this organisation.
pub fn name_of(town: &Town, of: &Organisation, thing: &str) -> String {
    match thing {
        "org" => of.slug.clone(),
        "secret" => town.sign_in.clone(),
        "letter" => town.letter.clone(),
        "spare" => town.spare.clone(),
        thing => of.names[thing].clone(),
    }
}

/// A route's path with the names of an organisation's things.
pub fn path_of(town: &Town, row: &Row, of: &Organisation) -> String {
    let named = places(&row.path)
        .into_iter()
        .fold(row.path.clone(), |path, place| path.replace(place, &name_of(town, of, thing_at(&row.path, place))));
    format!("{named}{}", query(&row.path))
}

fn query(path: &str) -> &'static str {
    match path.rsplit('/').next() {
        Some("palette") => "?q=ana",
        Some("undo") => "?scan=scan-0000",
        _ => "",
    }
}

/// The request of a row at a path, with the things of an organisation in its body.
pub fn request_at(of: &Organisation, row: &Row, carrying: &Carrying, path: &str) -> Request<Body> {
    let request = carrying.request(&row.method, path);
    if row.path.starts_with("/api/") {
        let body = json_of(row, of).map_or_else(Body::empty, |body| Body::from(body.to_string()));
        return request.header(header::CONTENT_TYPE, "application/json").body(body).unwrap();
    }
    if row.method == "GET" {
        return request.body(Body::empty()).unwrap();
    }
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(form_of(row, of));
    request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form.finish())).unwrap()
}

/// What is sent to a route of the API.
fn json_of(row: &Row, of: &Organisation) -> Option<Json> {
    let name = |thing: &str| of.names[thing].clone();
    let what = row.path.trim_start_matches("/api/v1/organisations").trim_start_matches("/{org}");
    let what = what.trim_start_matches("/events/{event}");
    let body = match (row.method.as_str(), what) {
        ("GET" | "DELETE", _)
        | (_, "/orders/{id}/cancel" | "/tickets/{number}/reissue" | "/tickets/{number}/resend") => {
            return None;
        }
        ("POST", "") => json!({"slug": "west", "name": "West", "currency": "GBP", "time_zone": "Europe/London"}),
        ("PATCH", "") if row.path.ends_with("{org}") => json!({}),
        ("PATCH", "") => json!({"title": "Gala night"}),
        ("POST", "/api/v1/tokens") => json!({"name": "Other"}),
        ("POST", "/staff") => json!({"email": "new@north.example", "role": "door"}),

        ("PATCH", "/staff/{id}") | ("POST", "/tokens") => json!({"role": "door"}),
        ("POST", "/series") => json!({"slug": "fridays", "title": "Fridays"}),
        ("POST", "/series/{series}/events") => json!({"on": "2026-11-17"}),
        ("POST", "/events") => event("new-event", "2026-12-11T18:00:00Z", "2026-12-11T23:00:00Z"),
        ("POST", "/items") => json!({"name": "New", "type": "party", "prices": {"standard": 500}, "live": true}),
        ("PATCH", "/items/{id}" | "/passes/{id}" | "/doors/{id}") => json!({"name": "Renamed"}),
        ("POST", "/passes") => {
            let step = json!({"name": "All", "prices": {"standard": 500}});
            json!({"name": "New", "includes": [name("items")], "live": true, "pricing_schedule": [step]})
        }
        ("POST", "/quotes") => json!({"items": [name("items")], "rate": "standard"}),
        ("POST", "/orders") => json!({
            "buyer": {"email": "cy@north.example", "full_name": "Cy"},
            "tickets": [{"items": [name("items")], "full_name": "Di", "email": "di@north.example"}],
            "payment": {"method": "at_door"},
        }),
        ("PATCH", "/orders/{id}") => json!({"tickets": [{"full_name": "Ana María"}]}),
        ("POST", "/orders/{id}/payments") => {
            json!({"method": "bank_transfer", "amount": {"amount": 2000, "currency": "GBP"}})
        }
        ("PATCH", "/tickets/{number}") => json!({"full_name": "Bob"}),
        ("POST", "/tickets/{number}/void") => json!({"reason": "Ill"}),
        ("POST", "/doors") => json!({"name": "Side", "items": [name("items")], "reentry": false}),
        ("PUT", "/wristbands") | ("POST", "/wristbands/preview") => json!({"rules": []}),
        ("POST", "/doors/by-day") => json!({}),
        ("POST", "/scans") => json!({"scans": [{
            "id": "scan-0001", "ticket": name("number"), "door": name("doors"), "device": "Phone",
            "scanned_at": "2026-11-01T12:00:00Z", "mode": "online",
        }]}),
        ("POST", "/tickets/{number}/check-in") => json!({"door": name("doors")}),
        (method, what) => panic!("nothing is sent to {method} {what}: write it here"),
    };
    Some(body)
}

/// What is sent to a page.
fn form_of(row: &Row, of: &Organisation) -> Vec<(&'static str, String)> {
    let name = |thing: &str| of.names[thing].clone();
    let said = |fields: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        fields.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
    };
    let of_event = "/dashboard/{org}/events/{event}";
    let item = [("name", "New"), ("kind", "party"), ("live", "yes"), ("sold_alone", "on")];
    let price = ("pricing_schedule[0][prices][standard]", "5.00");
    let setting = [("title", "New"), ("starts_at", "2026-12-04T18:00"), ("ends_at", "2026-12-05T02:00")];
    let rate = [("time_zone", "Europe/London"), ("rates[0][id]", "standard"), ("rates[0][name]", "Standard")];
    let what = row.path.strip_prefix(of_event).or_else(|| row.path.strip_prefix("/dashboard/{org}"));
    match what.unwrap_or(&row.path) {
        "/sign-in" => said(&[("email", "ana@north.example")]),
        "/new-event" => said(&[setting.as_slice(), rate.as_slice(), &[("slug", "new-event")]].concat()),
        "/setup" => said(&[setting.as_slice(), rate.as_slice(), &[("status", "live")]].concat()),
        "/new-series" => said(&[("title", "Fridays"), ("slug", "fridays")]),
        "/series/{series}/next" => said(&[("on", "2026-11-17")]),
        "/staff" | "/platform/organisations/{org}/staff" => said(&[("email", "new@north.example"), ("role", "door")]),
        "/staff/{id}" => said(&[("role", "door")]),
        "/tokens" => said(&[("role", "door"), ("name", "New")]),
        "/settings" => said(&[("name", "North"), ("time_zone", "Europe/London")]),
        "/status" => said(&[("status", "cancelled")]),
        "/items/new" | "/items/{id}" => said(&[item.as_slice(), &[price]].concat()),
        "/passes/new" | "/passes/{id}" => {
            [said(&[item[0], item[2], price]), vec![("includes", name("items"))]].concat()
        }
        "/orders/new" | "/orders/new/total" => {
            let buyer = [("full_name", "Cy"), ("email", "cy@north.example"), ("quantity", "1"), ("method", "cash")];
            [said(&buyer), vec![("items", name("items"))]].concat()
        }
        "/orders/{id}/payments" => said(&[("method", "bank_transfer"), ("amount", "20")]),
        "/tickets/{number}/edit" => said(&[("full_name", "Bob")]),
        "/tickets/{number}/check-in" => vec![("door", name("doors")), ("reason", "Paid".to_owned())],
        "/tickets/{number}/undo" => said(&[("scan", "scan-0000")]),
        "/doors/new" | "/doors/{id}" => vec![("name", "Side".to_owned()), ("items", name("items"))],
        "/wristbands/{place}" => said(&[("name", "Crew"), ("colour", "#0000aa"), ("material", "fabric")]),
        "/wristbands/{place}/move" => said(&[("to", "down")]),
        "/scan" => vec![("ticket", name("number")), ("door", name("doors"))],
        "/platform/new-organisation" => {
            said(&[("name", "West"), ("currency", "GBP"), rate[0], ("owner", "wes@west.example")])
        }
        "/platform/organisations/{org}/terms" => said(&[("status", "active"), ("fee", "2.5")]),
        "/{org}/{event}/cover" => vec![("items", name("items")), ("rate", "standard".to_owned())],
        "/{org}/{event}/hold" => {
            vec![("by", "items".to_owned()), ("items", name("items")), ("rate", "standard".to_owned())]
        }
        "/{org}/{event}/orders/{id}/who" => said(&[("full_name", "Ana"), ("email", "ana@north.example")]),
        "/{org}/{event}/orders/{id}/pay" => said(&[("method", "at_door")]),
        _ => Vec::new(),
    }
}
