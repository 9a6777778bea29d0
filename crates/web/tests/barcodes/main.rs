//! Barcodes as the program gives them, read by a verifier that was written from the page on the door alone; and what
//! becomes of everything that only looks like one.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "whatever fails here is a failed test")]

mod verifier;

use std::num::NonZeroU32;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use data_encoding::BASE64;
use domain::people::StaffRole;
use domain::tickets::{PublicKey, SignedPayload};
use domain::values::Ksuid;
use engine::demonstration::make_festival;
use engine::once::Remember;
use engine::people::TokenDraft;
use engine::scope::PlatformScope;
use engine::testing::house;
use http_body_util::BodyExt as _;
use serde_json::{Value as Json, json};
use tower::ServiceExt as _;
use web::{App, WebSettings};

use verifier::{Door, Verdict, bytes_of, letters_of, read, token_in};

/// A festival, and what a device at its door has.
struct Venue {
    router: Router,
    token: String,
    event: String,
    item: String,
    /// The door's identifier.
    main: String,
    door: Door,
}

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }
}

/// `PROVE=1` asks for the full size.
fn rounds(usual: usize, full: usize) -> usize {
    if std::env::var_os("PROVE").is_some_and(|prove| prove == "1") { full } else { usual }
}

impl Venue {
    async fn open() -> Self {
        let house = house();
        let festival = make_festival(&house.engine).await.unwrap();
        let organisation = festival.scope.organisation().slug.clone();
        let draft = TokenDraft { name: "Door".parse().unwrap(), role: StaffRole::Owner };
        let platform = PlatformScope::of_the_program();
        let token =
            house.engine.create_token_of(&platform, &organisation, draft, Remember::nothing()).await.unwrap().secret;
        let rate_limit = NonZeroU32::new(600).unwrap();
        let router = web::router(&App::new(house.engine, WebSettings { rate_limit, ..WebSettings::default() }));
        let event = festival.event.event.event.to_string();
        let item = festival.items["fri-party"].id.to_string();
        let door = Door { organisation: organisation.to_string(), event: event.clone(), keys: Vec::new() };
        let event = format!("/api/v1/organisations/{organisation}/events/{event}");
        let mut venue = Self { router, token, event, item: item.clone(), main: String::new(), door };
        let main = json!({"name": "Test", "items": [item], "reentry": false});
        venue.main = text(&venue.post("/doors", &main).await["id"]);
        let list = venue.ask(Method::GET, "/door-list", &Json::Null).await;
        for key in list["keys"].as_array().unwrap() {
            let public = BASE64.decode(key["public_key"].as_str().unwrap().as_bytes()).unwrap();
            let id = u8::try_from(key["id"].as_u64().unwrap()).unwrap();
            venue.door.keys.push((id, public.try_into().unwrap()));
        }
        venue
    }

    async fn ask(&self, method: Method, path: &str, body: &Json) -> Json {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.event));
        let request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        assert!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).unwrap()
    }

    async fn post(&self, path: &str, body: &Json) -> Json {
        self.ask(Method::POST, path, body).await
    }

    /// Tickets as an order shows them.
    async fn sell(&self, count: usize) -> Vec<Json> {
        let buyer = json!({"email": "ana@example.org", "full_name": "Ana"});
        let tickets: Vec<Json> = (0..count).map(|_| json!({"items": [self.item]})).collect();
        let order = json!({"buyer": buyer, "tickets": tickets, "payment": {"method": "complimentary"}});
        self.post("/orders", &order).await["tickets"].as_array().unwrap().clone()
    }

    /// What the program says to these texts at its door.
    async fn scan(&self, texts: &[String], named: &str) -> Vec<String> {
        let mut verdicts = Vec::new();
        for (batch, texts) in texts.chunks(100).enumerate() {
            let scan = |(place, text): (usize, &String)| {
                json!({
                    "id": format!("{named}-{batch:05}-{place:03}"), "barcode": text, "door": self.main,
                    "device": "Phone", "scanned_at": "2026-11-01T12:00:00Z", "mode": "online",
                })
            };
            let scans: Vec<Json> = texts.iter().enumerate().map(scan).collect();
            let answer = self.post("/scans", &json!({"scans": scans})).await;
            verdicts.extend(answer["results"].as_array().unwrap().iter().map(|result| text(&result["verdict"])));
        }
        assert_eq!(verdicts.len(), texts.len());
        verdicts
    }

    /// What the program's own rule says to a text.
    fn program_says(&self, text: &str) -> Verdict {
        let Ok(signed) = SignedPayload::read(text) else { return Verdict::Unreadable };
        if signed.payload.event.0 != self.door.tag() {
            return Verdict::WrongEvent;
        }
        let key = self.door.keys.iter().find(|(id, _)| *id == signed.payload.key);
        let organisation = self.door.organisation.parse().unwrap();
        let holds = key.is_some_and(|(_, bytes)| signed.verify(&PublicKey::from_bytes(bytes).unwrap(), &organisation));
        if holds { Verdict::Good } else { Verdict::Forged }
    }
}

fn text(json: &Json) -> String {
    json.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_verifier_that_knows_only_the_page_on_the_door_accepts_what_the_program_gives() {
    let venue = Venue::open().await;
    for ticket in venue.sell(3).await {
        let (number, barcode) = (text(&ticket["number"]), text(&ticket["barcode"]));
        assert_eq!(barcode, format!("HTTP://127.0.0.1:8080/S/{}", token_in(&barcode)));
        assert_eq!(venue.door.verdict(&barcode), Verdict::Good);
        let said = read(&barcode).unwrap();
        assert_eq!(said.number, *number.parse::<Ksuid>().unwrap().bytes());
        let anew = venue.post(&format!("/tickets/{number}/reissue"), &json!({})).await;
        let anew = text(&anew["barcode"]);
        assert_eq!(venue.door.verdict(&anew), Verdict::Good);
        let next = read(&anew).unwrap();
        assert_eq!((next.number, next.generation), (said.number, said.generation + 1));
        let verdicts = venue.scan(&[barcode, anew.clone(), anew], &number).await;
        assert_eq!(verdicts, ["reissued", "admitted", "already_in"]);
    }
}

#[tokio::test]
async fn no_random_change_of_a_barcodes_bytes_is_accepted_by_either_and_both_say_the_same() {
    let venue = Venue::open().await;
    let barcode = text(&venue.sell(1).await[0]["barcode"]);
    let (path, token) = barcode.split_at(barcode.len() - 154);
    let good = bytes_of(token).unwrap();
    assert_eq!(letters_of(&good), token);
    let mut numbers = Numbers(7);
    for _ in 0..rounds(10_000, 1_000_000) {
        let mut bytes = good;
        // Mostly the fields that are looked at before the signature would hide all that comes after them.
        let from = [0, 10, 32][numbers.below(3)];
        for _ in 0..=numbers.below(4) {
            bytes[from + numbers.below(96 - from)] ^= numbers.byte();
        }
        let changed = format!("{path}{}", letters_of(&bytes));
        let verdict = venue.door.verdict(&changed);
        assert_eq!(verdict == Verdict::Good, bytes == good, "{changed}");
        assert_eq!(venue.program_says(&changed), verdict, "{changed}");
    }
}

#[tokio::test]
async fn no_changed_barcode_is_let_in_at_a_door() {
    let venue = Venue::open().await;
    let barcode = text(&venue.sell(1).await[0]["barcode"]);
    let mut numbers = Numbers(8);
    let mut texts = Vec::new();
    while texts.len() < rounds(1_000, 10_000) {
        let mut bytes = bytes_of(token_in(&barcode)).unwrap();
        let from = [0, 10, 32][numbers.below(3)];
        bytes[from + numbers.below(96 - from)] ^= 1 << numbers.below(8);
        texts.push(format!("HTTP://127.0.0.1:8080/S/{}", letters_of(&bytes)));
    }
    let verdicts = venue.scan(&texts, "changed").await;
    for (text, verdict) in texts.iter().zip(&verdicts) {
        let expected = match venue.door.verdict(text) {
            Verdict::Unreadable => "unreadable",
            Verdict::WrongEvent => "wrong_event",
            Verdict::Forged => "forged",
            Verdict::Good => panic!("{text}"),
        };
        assert_eq!(verdict, expected, "{text}");
    }
    for expected in ["unreadable", "wrong_event", "forged"] {
        assert!(verdicts.iter().any(|verdict| verdict == expected), "{expected}");
    }
    assert_eq!(venue.scan(&[barcode], "good").await, ["admitted"]);
}

/// Everything that could be taken for a barcode and is spelled otherwise.
fn other_spellings(barcode: &str) -> Vec<String> {
    let token = token_in(barcode);
    let (path, (most, last)) = (barcode.trim_end_matches(token), token.split_at(153));
    let mut texts = vec![token.to_lowercase(), barcode.to_lowercase(), format!("{path}{}", token.to_lowercase())];
    // One letter of it small, another's look-alike, or of another alphabet.
    for (place, letter) in token.char_indices() {
        let odd = [letter.to_ascii_lowercase(), wide(letter), '0', '1', '8', '9', '=', ' ', '\0', 'О', '\u{200b}'];
        let odd = odd.into_iter().filter(|odd| *odd != letter);
        texts.extend(odd.map(|odd| format!("{path}{}{odd}{}", &token[..place], &token[place + 1..])));
    }
    // The spare bits: the last letter says three bits and two that must be 0.
    let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(last).unwrap();
    texts.extend((1..4).map(|spare| {
        let letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".as_bytes()[value | spare];
        format!("{path}{most}{}", char::from(letter))
    }));
    let around =
        ["=", "======", " ", "\n", "\r\n", "\t", "\u{a0}", "\u{feff}", "\u{200b}", "A", "AA", "?", "#", "/", "%20"];
    texts.extend(around.map(|after| format!("{barcode}{after}")));
    texts.extend(around.map(|before| format!("{path}{before}{token}")));
    texts.extend(around.map(|inside| format!("{path}{}{inside}{}", &token[..77], &token[77..])));
    texts.extend([path.to_owned(), format!("{path}{most}"), format!("{path}{}", &token[1..]), String::new()]);
    texts.push(format!("{barcode}/S/"));
    texts.push(format!("{path}{token}{token}"));
    texts.push(token.chars().rev().collect());
    texts.push(path.replace("/S/", "/S") + token);
    texts
}

/// The full-width letter that looks like it.
fn wide(letter: char) -> char {
    char::from_u32(u32::from(letter) + 0xfee0).unwrap()
}

#[tokio::test]
async fn every_other_spelling_of_a_barcode_is_unreadable() {
    let venue = Venue::open().await;
    let barcode = text(&venue.sell(1).await[0]["barcode"]);
    let texts = other_spellings(&barcode);
    assert!(texts.len() > 1_500, "{}", texts.len());
    for text in &texts {
        assert_eq!(venue.door.verdict(text), Verdict::Unreadable, "{text:?}");
        assert_eq!(venue.program_says(text), Verdict::Unreadable, "{text:?}");
    }
    for (text, verdict) in texts.iter().zip(venue.scan(&texts, "spelling").await) {
        assert_eq!(verdict, "unreadable", "{text:?}");
    }
    assert_eq!(venue.scan(&[barcode], "the-one").await, ["admitted"]);
}

#[tokio::test]
async fn a_barcode_opens_its_page_in_any_case_of_letters_and_tells_nobody_who_holds_it() {
    let venue = Venue::open().await;
    let barcode = text(&venue.sell(1).await[0]["barcode"]);
    let path = barcode.trim_start_matches("HTTP://127.0.0.1:8080").to_owned();
    let open = async |path: String| {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let response = venue.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    };
    for path in [path.clone(), path.to_lowercase(), path.replace("/S/", "/s/")] {
        let (status, page) = open(path).await;
        assert_eq!(status, 200);
        assert!(!page.contains("Ana") && !page.contains("ana@"), "{page}");
    }
    for path in [format!("{path}A"), path[..path.len() - 1].to_owned(), format!("{path}/")] {
        assert_eq!(open(path).await.0, 404);
    }
}
