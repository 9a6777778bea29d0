//! Stopping and starting: what is in flight is finished, what was known stays known, one folder has one server, and a
//! log that breaks off is read as far as it goes.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "all of this is a test")]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use tests::http::Ask;
use tests::program::{Server, result_of, run};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const ORGANISATIONS: &str = "/api/v1/organisations";

fn organisation(slug: &str) -> serde_json::Value {
    json!({"slug": slug, "name": "Club", "currency": "GBP", "time_zone": "Europe/London"})
}

/// Reads until `end` has come.
async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut read = Vec::new();
    while !String::from_utf8_lossy(&read).contains(end) {
        let mut part = [0; 4_096];
        let count = stream.read(&mut part).await.unwrap();
        assert!(count > 0, "the connection ended after {:?}", String::from_utf8_lossy(&read));
        read.extend_from_slice(&part[..count]);
    }
    String::from_utf8(read).unwrap()
}

#[tokio::test]
async fn a_request_in_flight_is_finished_when_the_program_is_told_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let token = result_of(&["token", "create", "--platform"], &data);
    let server = Server::start(&data, &[], &log).await;
    let mut idle = server.client();
    idle.send(&Ask::get("/healthz")).await;

    let body = organisation("late").to_string();
    let (first, rest) = body.split_at(20);
    let head = format!(
        "POST {ORGANISATIONS} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\nexpect: 100-continue\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    // Now its body is being waited for.
    read_until(&mut stream, "100 Continue\r\n\r\n").await;
    stream.write_all(first.as_bytes()).await.unwrap();
    let told = Instant::now();
    server.tell_to_stop();
    while TcpStream::connect(server.address).await.is_ok() {
        assert!(told.elapsed() < Duration::from_secs(10), "it goes on listening");
    }
    stream.write_all(rest.as_bytes()).await.unwrap();
    let answer = read_until(&mut stream, "\"slug\":\"late\"").await;
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    assert!(server.ended().await.success());
    assert!(told.elapsed() < Duration::from_secs(10), "it took {:?}", told.elapsed());

    let server = Server::start(&data, &[], &log).await;
    server.client().send(&Ask::get(format!("{ORGANISATIONS}/late")).by(&token)).await.expect(200);
}

#[tokio::test]
async fn a_folder_has_one_server_and_the_second_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let _server = Server::start(&data, &[], &log).await;
    let second = run(&["serve", "--listen", "127.0.0.1:0"], &data);
    assert_eq!((second.status.code(), &*second.stdout), (Some(1), &b""[..]));
    let said = String::from_utf8(second.stderr).unwrap();
    let expected =
        format!("dance-engine: the store in {} is in use by another process; stop that one first\n", data.display());
    assert_eq!(said, expected);
    assert_eq!(result_of(&["check"], &data), "", "the first one still answers");
}

#[tokio::test]
async fn who_is_signed_in_stays_signed_in_when_the_program_starts_again() {
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    result_of(&["organisation", "create", "--slug", "club", "--name", "Club"], &data);
    let server = Server::start(&data, &[], &log).await;
    let invite = ["staff", "invite", "--organisation", "club", "--email", "ana@example.org", "--role", "owner"];
    let link = result_of(&invite, &data);
    let path = link.strip_prefix(&format!("http://{}", server.address)).unwrap();
    let signed_in = server.client().send(&Ask::form(path, "")).await;
    let cookie = signed_in.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let dashboard = Ask::get("/dashboard/club").with("cookie", cookie);
    assert_eq!(server.client().send(&dashboard).await.status, 200);
    server.kill().await;

    let server = Server::start(&data, &[], &log).await;
    assert_eq!(server.client().send(&dashboard).await.status, 200);
    assert_ne!(server.client().send(&Ask::get("/dashboard/club")).await.status, 200, "nobody else is");
}

/// The store in `from`, with a log of this content.
fn with_log(from: &Path, log: &[u8], to: &Path) {
    fs::create_dir(to).unwrap();
    for name in ["table.sqlite", "secret"] {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
    fs::write(to.join("table.sqlite-wal"), log).unwrap();
}

#[tokio::test]
async fn a_log_that_breaks_off_is_read_as_far_as_it_goes() {
    let folder = tempfile::tempdir().unwrap();
    let (data, said) = (folder.path().join("data"), folder.path().join("log"));
    let token = result_of(&["token", "create", "--platform"], &data);
    let server = Server::start(&data, &[], &said).await;
    let mut client = server.client();
    for number in 0..12 {
        client.send(&Ask::post(ORGANISATIONS, &organisation(&format!("club-{number}"))).by(&token)).await.expect(201);
    }
    server.kill().await;

    let log = fs::read(data.join("table.sqlite-wal")).unwrap();
    let torn = [vec![0x5a; 5_000], log[..9_000].to_vec()].map(|tail| [log.clone(), tail].concat());
    let cuts = (0..4).map(|quarter| log[..log.len() * quarter / 4 + 1_234].to_vec());
    let mut counts = Vec::new();
    for (number, log) in cuts.chain(torn).enumerate() {
        let copy = folder.path().join(format!("copy-{number}"));
        with_log(&data, &log, &copy);
        let server = Server::start(&copy, &[], &said).await;
        let found = server.client().send(&Ask::get(format!("{ORGANISATIONS}?limit=200")).by(&token)).await;
        // Where the log lost the token too, nothing after it can be there.
        let count = if found.status == 401 { 0 } else { found.expect(200)["data"].as_array().unwrap().len() };
        for number in 0..count {
            let path = format!("{ORGANISATIONS}/club-{number}");
            assert_eq!(server.client().send(&Ask::get(path).by(&token)).await.status, 200, "a hole in what is there");
        }
        assert_eq!(result_of(&["check"], &copy), "");
        counts.push(count);
    }
    assert!(counts.is_sorted() && counts[..4].iter().all(|count| *count < 12), "{counts:?}");
    assert_eq!(counts[4..], [12, 12], "what is written behind the end does no harm");
}
