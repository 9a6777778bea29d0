//! An installation moves from the embedded store to DynamoDB and back, to the letter, and sells on.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "all of this is a test, which says what it saw"
)]

use std::time::Instant;

use serde_json::{Value as Json, json};
use tests::emulator::Emulator;
use tests::http::{Ask, Client};
use tests::program::{Server, result_of, run};

/// Tickets of one order.
const AT_ONCE: usize = 30;

const EVENT: &str = "/api/v1/organisations/club/events/ball";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_that_moves_to_dynamodb_comes_back_as_the_same_file_and_sells_on() {
    let tickets = if std::env::var_os("PROVE").is_some() { 100_000 } else { 5_000 };
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    result_of(&["organisation", "create", "--slug", "club", "--name", "The Club"], &data);
    let token = result_of(&["token", "create", "--organisation", "club", "--role", "owner"], &data);
    let more = ["--public-url", "http://dance.test", "--rate-limit", "1000000", "--mail-worker", "false"];
    let server = Server::start(&data, &more, &log).await;
    let item = set_up(&mut server.client(), &token).await;
    sell(&server, &token, &item, tickets).await;
    server.tell_to_stop();
    assert!(server.ended().await.success());
    let begun = Instant::now();
    result_of(&["export", "--output", &file("embedded.jsonl")], &data);
    println!("exported after {:?}", begun.elapsed());

    let emulator = Emulator::start();
    let table = ["--dynamodb-table", "moved", "--dynamodb-endpoint", &emulator.endpoint];
    let on = |words: &[&str]| -> Vec<String> { words.iter().chain(&table).map(|word| (*word).to_owned()).collect() };
    let there = |words: &[&str]| result_of(&on(words).iter().map(String::as_str).collect::<Vec<_>>(), &data);
    there(&["table", "create"]);
    let begun = Instant::now();
    assert_eq!(there(&["import", "--input", &file("embedded.jsonl")]), "", "what arrived is whole");
    println!("imported after {:?}", begun.elapsed());
    there(&["export", "--output", &file("dynamodb.jsonl")]);
    let same = std::fs::read(file("embedded.jsonl")).unwrap() == std::fs::read(file("dynamodb.jsonl")).unwrap();
    assert!(same, "the two exports differ");
    let again = on(&["import", "--input", &file("embedded.jsonl")]);
    let again = run(&again.iter().map(String::as_str).collect::<Vec<_>>(), &data);
    assert!(String::from_utf8_lossy(&again.stderr).contains("not empty"), "a second import");

    // The same secret, the same tokens, the same tickets.
    let words: Vec<String> = on(&more);
    let server = Server::start(&data, &words.iter().map(String::as_str).collect::<Vec<_>>(), &log).await;
    let mut client = server.client();
    let order = client.send(&order(&token, &item, "late", 1)).await.expect(201);
    assert_eq!(order["state"], "fulfilled");
    let list: Json = client.send(&Ask::get(format!("{EVENT}/orders?limit=1")).by(&token)).await.expect(200);
    assert_eq!(list["data"][0]["id"], order["id"]);
    assert_eq!(there(&["check"]), "");
    server.tell_to_stop();
    assert!(server.ended().await.success());

    // And back, with what has happened meanwhile.
    let back = folder.path().join("back");
    there(&["export", "--output", &file("back.jsonl")]);
    assert_eq!(result_of(&["import", "--input", &file("back.jsonl")], &back), "");
    result_of(&["export", "--output", &file("again.jsonl")], &back);
    assert!(std::fs::read(file("back.jsonl")).unwrap() == std::fs::read(file("again.jsonl")).unwrap());
}

async fn set_up(client: &mut Client, token: &str) -> String {
    let event = json!({
        "slug": "ball", "title": "The Ball", "starts_at": "2090-05-05T18:00:00Z", "ends_at": "2090-05-07T18:00:00Z",
        "capacity": 200_000, "payment_methods": ["free"], "status": "live",
    });
    client.send(&Ask::post("/api/v1/organisations/club/events", &event).by(token)).await.expect(201);
    let item = json!({"name": "Party", "type": "party", "live": true, "prices": {"standard": 1_000}});
    let made = client.send(&Ask::post(format!("{EVENT}/items"), &item).by(token)).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}

fn order(token: &str, item: &str, buyer: &str, tickets: usize) -> Ask {
    let order = json!({
        "buyer": {"email": format!("{buyer}@dancers.example"), "full_name": format!("Zoë {buyer}")},
        "tickets": vec![json!({"items": [item]}); tickets],
        "payment": {"method": "complimentary"},
    });
    Ask::post(format!("{EVENT}/orders"), &order).by(token).once(format!("order-of-{buyer}"))
}

/// Sells so many tickets, by several at a time.
async fn sell(server: &Server, token: &str, item: &str, tickets: usize) {
    let orders = tickets.div_ceil(AT_ONCE);
    let sellers = (0..8).map(|seller| {
        let (mut client, token, item) = (server.client(), token.to_owned(), item.to_owned());
        tokio::spawn(async move {
            for n in (0..orders).skip(seller).step_by(8) {
                client.send(&order(&token, &item, &format!("dancer{n}"), AT_ONCE)).await.expect(201);
            }
        })
    });
    for seller in sellers.collect::<Vec<_>>() {
        seller.await.unwrap();
    }
}
