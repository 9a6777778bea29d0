//! The function as Vercel's local runtime starts it: a process that listens where `VERCEL_DEV_PORT` says.

#![allow(clippy::unwrap_used, missing_docs, reason = "whatever fails here is a failed test")]

use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use serde_json::json;
use tests::function::{Club, refuses_to_start, sells_a_ticket};
use tests::http::{Ask, Client};
use tests::mail_server::MailServer;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

const FUNCTION: &str = env!("CARGO_BIN_EXE_dance-engine-on-vercel");

/// Starts the function, which listens on a free port; killed when it is dropped.
async fn start(mut function: std::process::Command) -> (Child, SocketAddr) {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    function.env("VERCEL_DEV_PORT", address.port().to_string());
    let child = Command::from(function).kill_on_drop(true).spawn().unwrap();
    let begun = Instant::now();
    while TcpStream::connect(address).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(20), "the function does not listen");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    (child, address)
}

#[tokio::test]
async fn a_ticket_is_bought_and_mailed_at_the_tick() {
    let club = Club::found("on-vercel");
    let mail = MailServer::default();
    let mut function = club.function(FUNCTION, mail.open(0, Duration::ZERO).await);
    function.env("CRON_SECRET", "sesame");
    let (_running, address) = start(function).await;
    let mut client = Client::of(address);
    assert_eq!(client.send(&Ask::get("/_vercel/ping")).await.status, 200);
    sells_a_ticket(&club, async |ask| client.send(&ask.with("x-real-ip", "192.0.2.7")).await).await;

    assert!(mail.taken().is_empty(), "it works only when it is called");
    for stranger in [Ask::get("/_tick"), Ask::get("/_tick").by("wrong"), Ask::get("/_tick").by(&club.token)] {
        assert_eq!(client.send(&stranger).await.status, 401, "{stranger:?}");
    }
    let done = client.send(&Ask::get("/_tick").by("sesame")).await.expect(200);
    assert_eq!(done, json!({"deadlines": 0, "letters": 1}));
    assert_eq!(mail.taken().iter().map(|letter| &*letter.to).collect::<Vec<_>>(), ["ana@example.org"]);
    let done = client.send(&Ask::get("/_tick").by("sesame")).await.expect(200);
    assert_eq!(done, json!({"deadlines": 0, "letters": 0}));
    club.check();
}

#[tokio::test]
async fn each_visitor_has_a_limit_of_their_own_and_without_a_secret_there_is_no_tick() {
    let club = Club::found("on-vercel-limits");
    let mail = MailServer::default();
    let mut function = club.function(FUNCTION, mail.open(0, Duration::ZERO).await);
    function.env("DANCE_ENGINE_RATE_LIMIT", "1").env("CRON_SECRET", "");
    let (_running, address) = start(function).await;
    let mut client = Client::of(address);
    for tick in [Ask::get("/_tick"), Ask::get("/_tick").by("")] {
        assert_ne!(client.send(&tick).await.status, 200, "{tick:?}");
    }
    let mut status_for = async |visitor: &str| {
        let order = Ask::post("/api/v1/organisations/club/events/none/orders", &json!({}));
        client.send(&order.with("x-real-ip", visitor)).await.status.as_u16()
    };
    assert_eq!(status_for("192.0.2.7").await, 404);
    assert_eq!(status_for("192.0.2.7").await, 429);
    assert_eq!(status_for("192.0.2.8").await, 404);
}

#[test]
fn what_a_function_needs_is_said_in_a_sentence() {
    refuses_to_start(FUNCTION, |_| ());
}
