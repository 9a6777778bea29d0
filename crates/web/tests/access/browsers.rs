//! What a browser sends by itself: cookies, and requests that a page of another site makes it send. And secrets that are
//! over.

use axum::body::Body;
use axum::http::header;
use engine::scope::PlatformScope;
use engine::testing::house_at;

use super::table::{Row, table};
use super::town::{Answered, Carrying, Town, router};
use super::words::{path_of, request_at};

async fn ask(town: &Town, row: &Row, carrying: &Carrying, more: &[(&'static str, &str)]) -> Answered {
    let mut request = request_at(&town.north, row, carrying, &path_of(town, row, &town.north));
    for (name, value) in more {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    town.send(request).await
}

#[tokio::test]
async fn what_a_page_of_another_site_sends_in_somebodys_name_is_refused_everywhere() {
    let (town, first) = Town::build().await;
    let owner = Carrying::Session(town.north.staff["owner"].1.clone());
    let admin = Carrying::Session(town.platform.1.clone());
    for row in table("Everybody").iter().filter(|row| row.method != "GET") {
        for more in [
            [("sec-fetch-site", "cross-site"), ("host", "127.0.0.1:8080")],
            [("sec-fetch-site", "same-site"), ("host", "127.0.0.1:8080")],
            [("origin", "https://evil.example"), ("host", "127.0.0.1:8080")],
            [("origin", "http://127.0.0.1:8081"), ("host", "127.0.0.1:8080")],
            [("origin", "null"), ("host", "127.0.0.1:8080")],
        ] {
            for carrying in [&owner, &admin, &Carrying::Nothing] {
                let answered = ask(&town, row, carrying, &more).await;
                assert_eq!(answered.status, 403, "{} {more:?}: {}", row.route(), answered.text());
                assert!(!town.is_changed(&first).await, "{} {more:?}", row.route());
            }
        }
    }
}

#[tokio::test]
async fn what_a_page_of_ours_sends_is_done() {
    let (mut town, first) = Town::build().await;
    let owner = Carrying::Session(town.north.staff["owner"].1.clone());
    for row in table("Everybody").iter().filter(|row| row.method != "GET" && row.cell("owner") == "ok") {
        for more in [
            [("sec-fetch-site", "same-origin"), ("host", "127.0.0.1:8080")],
            [("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")],
        ] {
            let answered = ask(&town, row, &owner, &more).await;
            assert_eq!(answered.outcome(), "ok", "{} {more:?}: {}", row.route(), answered.text());
            town.renew(&first).await;
        }
    }
}

#[tokio::test]
async fn a_token_that_was_revoked_opens_nothing_and_not_even_what_is_open_to_everybody() {
    let (town, _) = Town::build().await;
    let owner = Carrying::Token(town.north.staff["owner"].0.clone());
    let revoked = format!("/api/v1/organisations/north/tokens/{}", town.north.names["tokens"]);
    let gone = town.send(owner.request("DELETE", &revoked).body(Body::empty()).unwrap()).await;
    assert_eq!(gone.status, 204);
    let lines = table("Everybody");
    for token in [&town.north.staff["content"].0, "de_made_up", "", "a b"] {
        for row in &lines {
            let answered = ask(&town, row, &Carrying::Token((*token).to_owned()), &[]).await;
            let expected = if row.path.starts_with("/api/") { "401" } else { "sign-in" };
            assert_eq!(answered.outcome(), expected, "{}", row.route());
        }
    }
}

#[tokio::test]
async fn a_session_that_is_over_and_one_that_never_was_are_nobodys() {
    let (mut town, first) = Town::build().await;
    let lines = table("Everybody");
    let owner = &town.north.staff["owner"].1.clone();
    for (session, days) in [("made-up", 0), ("", 0), (&**owner, 30)] {
        for row in &lines {
            // The links and events of the town are over by then, too: what matters is who may.
            if days > 0 && row.cell("nobody") == "ok" {
                continue;
            }
            town.pass(days);
            let answered = ask(&town, row, &Carrying::Session(session.to_owned()), &[]).await;
            assert_eq!(answered.outcome(), row.cell("nobody"), "{session} {}", row.route());
            town.renew(&first).await;
        }
    }
}

#[tokio::test]
async fn a_session_ends_when_its_browser_signs_out_and_not_when_another_does() {
    let (town, _) = Town::build().await;
    let (owner, manager) = (&town.north.staff["owner"].1, &town.north.staff["manager"].1);
    let lines = table("Everybody");
    let row = |route: &str| lines.iter().find(|row| row.route() == route).unwrap();
    let out = ask(&town, row("POST /sign-out"), &Carrying::Session(owner.clone()), &[]).await;
    let cookie = out.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("session=;") && cookie.contains("Max-Age=0"), "{cookie}");
    let today = row("GET /dashboard/{org}");
    assert_eq!(ask(&town, today, &Carrying::Session(owner.clone()), &[]).await.outcome(), "sign-in");
    assert_eq!(ask(&town, today, &Carrying::Session(manager.clone()), &[]).await.outcome(), "ok");
}

#[tokio::test]
async fn a_browsers_cookie_is_bound_to_this_host_and_to_tls_and_hidden_from_scripts() {
    let house = house_at("https://tickets.example.org");
    let platform = PlatformScope::of_the_program();
    let invited = house.engine.invite_admin(&platform, &"admin@example.org".parse().unwrap()).await.unwrap();
    let router = router(&house);
    let send = async |request| Town::send_to(&router, request).await;
    let path = format!("/sign-in/{}", invited.secret.unwrap());
    let signed_in = send(Carrying::Nothing.request("POST", &path).body(Body::empty()).unwrap()).await;
    let cookie = signed_in.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    let parts: Vec<&str> = cookie.split("; ").collect();
    let (name, secret) = parts[0].split_once('=').unwrap();
    assert!(name == "__Host-session" && secret.len() >= 32, "{cookie}");
    for part in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure", "Max-Age=2592000"] {
        assert!(parts.contains(&part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert!(signed_in.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    for (name, opens) in [("__Host-session", "ok"), ("session", "sign-in")] {
        let request = Carrying::Nothing.request("GET", "/my").header(header::COOKIE, format!("{name}={secret}"));
        assert_eq!(send(request.body(Body::empty()).unwrap()).await.outcome(), opens, "{name}");
    }
    let mailbox = send(Carrying::Nothing.request("GET", "/dev/mailbox").body(Body::empty()).unwrap()).await;
    assert_eq!(mailbox.outcome(), "404");
}
