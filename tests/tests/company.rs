//! Four processes on one table: they sell what there is, exactly, and send every letter, whichever of them is killed or
//! stands still for a minute in the middle of it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "all of this is a test, which says what it saw"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use tests::emulator::Emulator;
use tests::http::{Answer, Ask, Client};
use tests::mail_server::MailServer;
use tests::program::{Server, result_of};
use tokio::task::JoinSet;

/// Places for which everybody runs, who runs, and how many processes they run to.
const PLACES: usize = 50;
const BUYERS: usize = 500;
const PROCESSES: usize = 4;

/// How long one of them stands still.
const STILL: Duration = Duration::from_mins(1);

/// How long somebody waits for an answer before they ask another process.
const PATIENCE: Duration = Duration::from_secs(8);

/// The last letter must have arrived so long after the last order: whoever had taken it may have stood still.
const LETTERS_WITHIN: Duration = Duration::from_mins(3);

const EVENT: &str = "/api/v1/organisations/club/events/ball";

/// The table's options, after a command's own words.
fn on<'a>(words: &[&'a str], table: &[&'a str]) -> Vec<&'a str> {
    words.iter().chain(table).copied().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn four_processes_sell_every_place_once_and_send_every_letter() {
    let (emulator, folder) = (Emulator::start(), tempfile::tempdir().unwrap());
    let (data, log) = (folder.path().join("data"), folder.path().join("log"));
    let table = ["--dynamodb-table", "company", "--dynamodb-endpoint", &emulator.endpoint];
    result_of(&on(&["table", "create"], &table), &data);
    let make = ["organisation", "create", "--slug", "club", "--name", "The Club"];
    result_of(&on(&make, &table), &data);
    let token = result_of(&on(&["token", "create", "--organisation", "club", "--role", "owner"], &table), &data);
    let mail = MailServer::default();
    let mut servers = Vec::new();
    for life in 0..PROCESSES {
        let smtp = format!("smtp://{}", mail.open(life, Duration::from_millis(30)).await);
        let more = ["--public-url", "http://dance.test", "--rate-limit", "1000000", "--smtp", &smtp];
        servers.push(Server::start(&data, &on(&more, &table), &log).await);
    }
    let item = set_up(&mut servers[0].client(), &token).await;
    let shards = ["event", "shards", "--organisation", "club", "--event", "ball", "--stock", "8", "--lists", "4"];
    result_of(&on(&shards, &table), &data);

    let (killed, still) = (servers.remove(0), servers.pop().unwrap());
    let addresses: Vec<SocketAddr> = servers.iter().chain([&killed, &still]).map(|server| server.address).collect();
    let sale = Arc::new(Sale { addresses, token: token.clone(), item });
    let begun = Instant::now();
    let mut buyers: JoinSet<(usize, Answer)> = JoinSet::new();
    for buyer in 0..BUYERS {
        let sale = Arc::clone(&sale);
        buyers.spawn(async move { (buyer, sale.buy(buyer).await) });
    }
    let mut answers = BTreeMap::new();
    while answers.len() < BUYERS / 10 {
        let (buyer, answer) = buyers.join_next().await.unwrap().unwrap();
        answers.insert(buyer, answer);
    }
    still.stand_still();
    killed.kill().await;
    let stopped = Instant::now();
    while let Some(one) = buyers.join_next().await {
        let (buyer, answer) = one.unwrap();
        answers.insert(buyer, answer);
    }
    println!("{BUYERS} buyers were answered within {:?}", begun.elapsed());
    tokio::time::sleep(STILL.saturating_sub(stopped.elapsed())).await;
    still.go_on();

    let sold: BTreeSet<usize> =
        answers.iter().filter(|(_, answer)| answer.status == 201).map(|(buyer, _)| *buyer).collect();
    assert_eq!(sold.len(), PLACES);
    for answer in answers.values().filter(|answer| answer.status != 201) {
        assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (409, &json!("sold_out")), "{}", answer.text);
    }
    every_letter_arrived(&mail, &sold).await;
    // Whoever stood still has had time to do what it was at.
    tokio::time::sleep(Duration::from_secs(3)).await;
    every_letter_arrived(&mail, &sold).await;
    every_process_shows_the_same(&[&servers[0], &servers[1], &still], &sale, &sold).await;
    assert_eq!(result_of(&on(&["check"], &table), &data), "");
    nothing_was_a_fault(&log);
}

/// An event with an item of which there is little.
async fn set_up(client: &mut Client, token: &str) -> String {
    let event = json!({
        "slug": "ball", "title": "The Ball", "starts_at": "2090-05-05T18:00:00Z", "ends_at": "2090-05-07T18:00:00Z",
        "capacity": PLACES, "payment_methods": ["free"], "status": "live",
    });
    let events = Ask::post("/api/v1/organisations/club/events", &event);
    client.send(&events.by(token)).await.expect(201);
    let item = json!({
        "name": "Party", "type": "party", "live": true, "prices": {"standard": 0}, "capacity": PLACES,
    });
    let made = client.send(&Ask::post(format!("{EVENT}/items"), &item).by(token)).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}

/// What everybody runs for, and where they ask.
struct Sale {
    addresses: Vec<SocketAddr>,
    token: String,
    item: String,
}

impl Sale {
    fn order(&self, buyer: usize) -> Ask {
        let order = json!({
            "buyer": {"email": address(buyer), "full_name": format!("Buyer {buyer}")},
            "tickets": [{"items": [self.item]}],
            "payment": {"method": "complimentary"},
        });
        Ask::post(format!("{EVENT}/orders"), &order).by(&self.token).once(format!("buyer-{buyer}"))
    }

    /// Asks one process after the other, with the same key, until one says what has become of the order.
    async fn buy(&self, buyer: usize) -> Answer {
        for attempt in buyer.. {
            let mut client = Client::of(self.addresses[attempt % self.addresses.len()]);
            let answer = tokio::time::timeout(PATIENCE, client.try_send(&self.order(buyer))).await;
            match answer.ok().flatten() {
                Some(answer) if answer.status != 503 => return answer,
                _ => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
        unreachable!("somebody answers in the end")
    }
}

fn address(buyer: usize) -> String {
    format!("buyer{buyer}@dancers.example")
}

/// Everybody who bought has a letter, and nobody else; a second copy is the same letter.
async fn every_letter_arrived(mail: &MailServer, sold: &BTreeSet<usize>) {
    let expected: BTreeSet<String> = sold.iter().map(|buyer| address(*buyer)).collect();
    let begun = Instant::now();
    loop {
        let taken = mail.taken();
        let to: BTreeSet<String> = taken.iter().map(|letter| letter.to.clone()).collect();
        if to == expected {
            let letters: BTreeSet<(&str, &str)> =
                taken.iter().map(|letter| (letter.to.as_str(), letter.message_id.as_str())).collect();
            assert_eq!(letters.len(), expected.len(), "a second letter that is not a copy");
            println!("{} letters, {} second copies", letters.len(), taken.len() - letters.len());
            return;
        }
        assert!(begun.elapsed() < LETTERS_WITHIN, "letters are missing: {:?}", expected.difference(&to));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Whichever process is asked: the same orders, each once, and the same answer to a request that comes again.
async fn every_process_shows_the_same(servers: &[&Server], sale: &Sale, sold: &BTreeSet<usize>) {
    for server in servers {
        let mut client = server.client();
        let list = Ask::get(format!("{EVENT}/orders?limit=200")).by(&sale.token);
        let list: Json = client.send(&list).await.expect(200);
        let orders = list["data"].as_array().unwrap();
        let buyers: BTreeSet<&str> = orders.iter().map(|order| order["buyer"]["email"].as_str().unwrap()).collect();
        assert_eq!((orders.len(), buyers.len()), (sold.len(), sold.len()));
        assert!(orders.iter().all(|order| order["state"] == "fulfilled"), "{list}");
        for buyer in sold.iter().take(5) {
            client.send(&sale.order(*buyer)).await.expect(201);
        }
    }
}

fn nothing_was_a_fault(log: &Path) {
    let log = std::fs::read_to_string(log).unwrap();
    let faults: Vec<&str> = log.lines().filter(|line| line.contains("ERROR") || line.contains("panicked")).collect();
    assert!(faults.is_empty(), "a process complains: {faults:#?}");
}
