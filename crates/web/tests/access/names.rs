//! Names that the program needs itself, and addresses that only look like ours.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::header;
use serde_json::json;

use super::table::table;
use super::town::{Answered, Carrying, Town};

async fn get(town: &Town, path: &str) -> Answered {
    town.send(Carrying::Nothing.request("GET", path).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn no_organisation_can_be_named_as_an_address_of_ours_begins() {
    let (town, first) = Town::build().await;
    let lines = table("Everybody");
    let own = lines.iter().filter_map(|row| row.path.split('/').nth(1)).filter(|part| !part.starts_with('{'));
    let named = ["healthz", "readyz", "metrics", "assets", "admin", "api", "static", "public", "internal", "my"];
    let names: BTreeSet<&str> = own.chain(named).filter(|name| !name.is_empty()).collect();
    assert!(names.len() > 12, "{names:?}");
    for name in names {
        let body = json!({"slug": name, "name": "Ours", "currency": "GBP", "time_zone": "Europe/London"});
        let request = Carrying::Token(town.platform.0.clone()).request("POST", "/api/v1/organisations");
        let refused = town.send(request.body(Body::from(body.to_string())).unwrap()).await;
        assert_eq!(refused.status, 422, "{name}: {}", refused.text());
        assert!(!town.is_changed(&first).await, "{name}");
    }
}

#[tokio::test]
async fn addresses_that_are_none_of_ours_are_a_page_for_people_and_a_problem_for_programs() {
    let (town, _) = Town::build().await;
    let long = format!("/{}", "a".repeat(30_000));
    for path in [
        "//",
        "//north",
        "/north/",
        "/north//gala",
        "/NORTH",
        "/north/%00",
        "/%2e%2e/",
        "/north/..%2f..",
        "/north;x",
        "/north/gala%2fpick",
        "/%ff",
        "/s/",
        "/dashboard/north/",
        "/dashboard/%2e%2e/north",
        "/api%2fv1%2fme",
        &long,
    ] {
        let answered = get(&town, path).await;
        assert_eq!(answered.status, 404, "{path}");
        assert_eq!(answered.headers[header::CONTENT_TYPE], "text/html; charset=utf-8", "{path}");
    }
    for path in ["/api", "/api/", "/api/v1", "/api/v2/me", "/api/v1/organisations/%ff", "/api/v1/organisations/NORTH"] {
        let answered = get(&town, path).await;
        assert_eq!(answered.status, 404, "{path}");
        assert_eq!(answered.headers[header::CONTENT_TYPE], "application/problem+json", "{path}");
    }
    for (method, path, kind) in
        [("DELETE", "/north", "text/html; charset=utf-8"), ("DELETE", "/api/docs", "application/problem+json")]
    {
        let answered = town.send(Carrying::Nothing.request(method, path).body(Body::empty()).unwrap()).await;
        assert_eq!((answered.status, answered.headers[header::CONTENT_TYPE].to_str().unwrap()), (405, kind), "{path}");
        assert!(answered.headers[header::ALLOW].to_str().unwrap().contains("GET"), "{path}");
    }
}

#[tokio::test]
async fn letters_with_links_to_sign_in_are_shown_at_the_machine_itself_and_to_nobody_else_on_its_network() {
    let (town, _) = Town::build().await;
    for path in ["/dev/mailbox".to_owned(), format!("/dev/mailbox/{}", town.letter)] {
        for (peer, shown) in [("127.0.0.1:9", 200), ("[::1]:9", 200), ("192.168.1.7:9", 404), ("[fe80::1]:9", 404)] {
            let mut request = Carrying::Nothing.request("GET", &path).body(Body::empty()).unwrap();
            let peer: std::net::SocketAddr = peer.parse().unwrap();
            request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
            assert_eq!(town.send(request).await.status, shown, "{path} from {peer}");
        }
    }
}

#[tokio::test]
async fn whoever_sends_thousands_of_faults_is_told_some_hundreds() {
    let (town, _) = Town::build().await;
    let fields: Vec<String> = (0..5_000).map(|number| format!("\"k{number}\":1")).collect();
    let request = Carrying::Nothing.request("POST", "/api/v1/organisations/north/events/gala/quotes");
    let refused = town.send(request.body(Body::from(format!("{{{}}}", fields.join(",")))).unwrap()).await;
    assert_eq!(refused.status, 422);
    assert!(refused.bytes.len() < 100_000, "{}", refused.bytes.len());
}

#[tokio::test]
async fn asking_for_links_too_often_says_when_to_come_back() {
    let (town, _) = Town::build().await;
    let ask = async || {
        let request = Carrying::Nothing.request("POST", "/sign-in");
        town.send(request.body(Body::from("email=nobody%40north.example")).unwrap()).await
    };
    for _ in 0..5 {
        assert_eq!(ask().await.status, 200);
    }
    let refused = ask().await;
    assert_eq!((refused.status, refused.headers[header::RETRY_AFTER].to_str().unwrap()), (429, "3600"));
}

#[tokio::test]
async fn whoever_signs_in_is_led_to_a_page_of_ours_whatever_they_were_told_to_ask_for() {
    let (mut town, first) = Town::build().await;
    for (to, led) in [
        ("/dashboard/north", "/dashboard/north"),
        ("//evil.example", "/my"),
        ("/\\evil.example", "/my"),
        ("https://evil.example", "/my"),
        ("javascript:alert(1)", "/my"),
        ("/ /evil.example", "/my"),
        ("", "/my"),
    ] {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("email", "owner@north.example"), ("to", to)])
            .finish();
        let request = Carrying::Nothing.request("POST", "/sign-in").header(header::HOST, "evil.example");
        assert_eq!(town.send(request.body(Body::from(form)).unwrap()).await.status, 200, "{to:?}");
        let link = town.link_of("owner@north.example").await;
        let path = format!("/sign-in/{link}");
        for _ in 0..2 {
            assert_eq!(get(&town, &path).await.status, 200, "looking uses nothing up");
        }
        let used = town.send(Carrying::Nothing.request("POST", &path).body(Body::empty()).unwrap()).await;
        assert_eq!((used.status, used.location()), (303, led), "{to:?}");
        let again = town.send(Carrying::Nothing.request("POST", &path).body(Body::empty()).unwrap()).await;
        assert_eq!(again.status, 410);
        town.renew(&first).await;
    }
}
