//! A town of two organisations with one of everything each, and everybody who could send a request to them. Made through
//! the API and the engine's operations, as an organiser would; kept as rows, so that each request can have a fresh copy.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header};
use domain::people::StaffRole;
use domain::values::{Email, Ksuid};
use domain::work::Letter;
use engine::once::Remember;
use engine::people::SignInRequest;
use engine::scope::PlatformScope;
use engine::testing::{House, house};
use http_body_util::BodyExt as _;
use serde_json::{Value as Json, json};
use tower::ServiceExt as _;
use web::letters::Letters;
use web::links::Links;
use web::texts::Lang;
use web::{App, WebSettings};

/// What a request carries to say who sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carrying {
    Nothing,
    Token(String),
    Session(String),
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// An organisation: the names of its things, and the secrets of its staff.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    pub slug: String,
    /// By what they are: `event`, `item`, `order` …
    pub names: BTreeMap<&'static str, String>,
    /// By role: a token, a session.
    pub staff: BTreeMap<&'static str, (String, String)>,
    /// Secret words of links, by what they open.
    pub words: BTreeMap<&'static str, String>,
}

/// The town.
pub struct Town {
    house: House,
    router: Router,
    copies: u64,
    pub north: Organisation,
    pub south: Organisation,
    /// The platform: a token, and an administrator's session.
    pub platform: (String, String),
    /// Sessions of a stranger, of the buyer of an order, and of the holder of one of its tickets.
    pub people: BTreeMap<&'static str, String>,
    /// A link to sign in with, and the letter that it was sent in.
    pub sign_in: String,
    pub letter: String,
    /// A token of the platform that nobody uses.
    pub spare: String,
}

/// What the program serves of a house.
pub fn router(house: &House) -> Router {
    let rate_limit = NonZeroU32::new(1_000_000).unwrap();
    web::router(&App::new(Arc::clone(&house.engine), WebSettings { rate_limit, ..WebSettings::default() }))
}

fn email(text: &str) -> Email {
    text.parse().unwrap()
}

impl Town {
    /// The town, and the house in which nothing is done to it.
    pub async fn build() -> (Self, House) {
        let mut town = Self::founded().await;
        let first = town.house.clone();
        town.renew(&first).await;
        (town, first)
    }

    async fn founded() -> Self {
        let house = house();
        let platform = PlatformScope::of_the_program();
        let token = house
            .engine
            .create_platform_token(&platform, "Platform".parse().unwrap(), Remember::nothing())
            .await
            .unwrap()
            .secret;
        let spare =
            house.engine.create_platform_token(&platform, "Spare".parse().unwrap(), Remember::nothing()).await.unwrap();
        let invited = house.engine.invite_admin(&platform, &email("admin@example.org")).await.unwrap();
        let admin = house.engine.sign_in(&invited.secret.unwrap()).await.unwrap().secret;
        let mut town = Self {
            router: router(&house),
            house,
            copies: 1,
            north: Organisation::default(),
            south: Organisation::default(),
            platform: (token, admin),
            people: BTreeMap::new(),
            sign_in: String::new(),
            letter: String::new(),
            spare: spare.token.id.to_string(),
        };
        town.north = town.organisation("north").await;
        town.south = town.organisation("south").await;
        for (who, address) in
            [("person", "ana@south.example"), ("buyer", "ana@north.example"), ("holder", "bo@north.example")]
        {
            let link = town.link(address).await;
            let session = town.house.engine.sign_in(&link).await.unwrap().secret;
            town.people.insert(who, session);
        }
        town.sign_in = town.link("ana@north.example").await;
        town.letter = town.house.engine.waiting_letters(None, 1_000).await.unwrap().pop().unwrap().id.to_string();
        town
    }

    /// The town's house as it stands now.
    pub async fn copy(&self) -> House {
        self.house.copied(self.copies + 1_000).await.unwrap()
    }

    /// From now on letters are those that are mailed.
    pub fn writes_real_letters(&mut self) {
        let letters = Letters::new(Links::new("http://127.0.0.1:8080"), Lang::En);
        self.house = self.house.written_by(Arc::new(letters), self.copies + 2_000);
        self.router = router(&self.house);
    }

    /// Undoes whatever was done.
    pub async fn renew(&mut self, first: &House) {
        self.copies += 1;
        self.house = first.copied(self.copies).await.unwrap();
        self.router = router(&self.house);
    }

    /// Something is otherwise than it was in the beginning.
    pub async fn is_changed(&self, first: &House) -> bool {
        self.house.rows().await.unwrap() != first.rows().await.unwrap()
    }

    /// All that is kept.
    pub async fn rows(&self) -> Vec<impl PartialEq + use<>> {
        self.house.rows().await.unwrap()
    }

    /// A link to sign in with, as it is mailed.
    async fn link(&self, address: &str) -> String {
        let request = SignInRequest { email: email(address), organisation: None, to: None };
        self.house.engine.request_sign_in(&request).await.unwrap();
        self.link_of(address).await
    }

    /// A link that was mailed to an address and not used.
    pub async fn link_of(&self, address: &str) -> String {
        let letters = self.house.engine.waiting_letters(None, 1_000).await.unwrap();
        for waiting in letters {
            if let Letter::SignIn { link, .. } = waiting.letter {
                let secret = self.house.engine.sign_in_secret(link);
                let shown = self.house.engine.peek_sign_in_link(&secret).await;
                if shown.is_ok_and(|shown| shown.email.as_str() == address) {
                    return secret;
                }
            }
        }
        panic!("no link was sent to {address}")
    }

    /// So many days pass.
    pub fn pass(&self, days: i64) {
        self.house.clock.advance(days * 24 * 60 * 60 * 1_000);
    }

    pub async fn send(&self, request: Request<Body>) -> Answered {
        Self::send_to(&self.router, request).await
    }

    pub async fn send_to(router: &Router, mut request: Request<Body>) -> Answered {
        let here = SocketAddr::from(([127, 0, 0, 1], 9));
        request.extensions_mut().get_or_insert(ConnectInfo(here));
        let response = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Answered { status: parts.status.as_u16(), headers: parts.headers, bytes }
    }

    /// Makes something through the API, and answers with it.
    pub async fn make(&self, token: &str, path: &str, body: &Json) -> Json {
        let carrying = Carrying::Token(token.to_owned());
        let request = carrying.request("POST", &format!("/api/v1/organisations{path}"));
        let answered = self.send(request.body(Body::from(body.to_string())).unwrap()).await;
        assert!(matches!(answered.status, 200 | 201), "{path}: {}", answered.text());
        serde_json::from_slice(&answered.bytes).unwrap()
    }

    /// An organisation with one of everything.
    async fn organisation(&self, slug: &str) -> Organisation {
        let mut made = Organisation { slug: slug.to_owned(), ..Organisation::default() };
        let body = json!({"slug": slug, "name": slug, "currency": "GBP", "time_zone": "Europe/London"});
        self.make(&self.platform.0, "", &body).await;
        for role in StaffRole::ALL {
            let token = self.make(&self.platform.0, &format!("/{slug}/tokens"), &json!({"role": role.word()})).await;
            let address = email(&format!("{}@{slug}.example", role.word()));
            let scope = PlatformScope::of_the_program();
            let slug = slug.parse().unwrap();
            let invited = self.house.engine.invite_staff_of(&scope, &slug, &address, role).await.unwrap();
            let session = self.house.engine.sign_in(&invited.secret.unwrap()).await.unwrap().secret;
            made.staff.insert(role.word(), (text(&token["token"]), session));
            if role == StaffRole::Content {
                made.names.insert("tokens", text(&token["id"]));
                made.names.insert("staff", invited.staff.value.id.to_string());
            }
        }
        self.catalogue(&mut made).await;
        self.sales(&mut made).await;
        made
    }

    async fn catalogue(&self, made: &mut Organisation) {
        let (owner, org) = (made.staff["owner"].0.clone(), format!("/{}", made.slug));
        let owner = owner.as_str();
        self.make(owner, &format!("{org}/series"), &json!({"slug": "tuesdays", "title": "Tuesdays"})).await;
        let first = event("tuesdays-2026-11-10", "2026-11-10T19:00:00Z", "2026-11-10T23:00:00Z");
        self.make(owner, &format!("{org}/series/tuesdays/events"), &first).await;
        for slug in ["gala", "other"] {
            let body = event(slug, "2026-12-04T18:00:00Z", "2026-12-05T02:00:00Z");
            self.make(owner, &format!("{org}/events"), &body).await;
        }
        let gala = format!("{org}/events/gala");
        let item = |name: &str| json!({"name": name, "type": "party", "day": "2026-12-04", "live": true, "prices": {"standard": 1000}});
        let [dinner, class, party] = [item("Dinner"), item("Class"), item("Party")];
        let ball = self.make(owner, &format!("{org}/events/other/items"), &item("Ball")).await;
        let class = text(&self.make(owner, &format!("{gala}/items"), &class).await["id"]);
        let dinner = text(&self.make(owner, &format!("{gala}/items"), &dinner).await["id"]);
        let party = text(&self.make(owner, &format!("{gala}/items"), &party).await["id"]);
        let step = json!({"name": "All", "prices": {"standard": 1500}});
        let pass = json!({"name": "Both", "includes": [class, party], "live": true, "pricing_schedule": [step]});
        let pass = text(&self.make(owner, &format!("{gala}/passes"), &pass).await["id"]);
        let door = json!({"name": "Main", "items": [party], "reentry": false});
        let door = text(&self.make(owner, &format!("{gala}/doors"), &door).await["id"]);
        let band = json!({"name": "Guest", "colour": "#00aa00", "material": "paper"});
        let rules = json!({"rules": [{"hand_out": band}]});
        let request = Carrying::Token(owner.to_owned());
        let request = request.request("PUT", &format!("/api/v1/organisations{gala}/wristbands"));
        assert_eq!(self.send(request.body(Body::from(rules.to_string())).unwrap()).await.status, 200);
        made.names.extend([
            ("event", "gala".to_owned()),
            ("other event", "other".to_owned()),
            ("series", "tuesdays".to_owned()),
            ("items", dinner),
            ("sold item", party),
            ("other item", text(&ball["id"])),
            ("passes", pass),
            ("doors", door),
            ("place", "0".to_owned()),
        ]);
    }

    async fn sales(&self, made: &mut Organisation) {
        let (owner, gala) = (made.staff["owner"].0.clone(), format!("/{}/events/gala", made.slug));
        let (owner, party) = (owner.as_str(), made.names["sold item"].clone());
        let orders = format!("{gala}/orders");
        let buyer = json!({"email": format!("ana@{}.example", made.slug), "full_name": "Ana"});
        let tickets = json!([
            {"items": [party]},
            {"items": [party], "full_name": "Bo", "email": format!("bo@{}.example", made.slug)},
        ]);
        let order = |method: &str| json!({"buyer": buyer, "tickets": tickets, "payment": {"method": method}});
        let done = self.make(owner, &orders, &order("cash")).await;
        let transfer = self.make(owner, &orders, &order("bank_transfer")).await;
        let number = text(&done["tickets"][1]["number"]);
        let ticket = self.read(owner, &format!("{gala}/tickets/{number}")).await;
        let barcode = text(&ticket["barcode"]);
        made.names.extend([
            ("orders", text(&done["id"])),
            ("held order", text(&transfer["id"])),
            ("token", barcode.rsplit('/').next().unwrap().to_owned()),
        ]);
        let (hold, hold_key) = self.hold(made).await;
        made.names.insert("hold", hold);
        let engine = &self.house.engine;
        let word_of = |number: &str| engine.ticket_word(number.parse::<Ksuid>().unwrap().into(), 1);
        let first = text(&done["tickets"][0]["number"]);
        let scan = json!({
            "id": "scan-0000", "ticket": first, "door": made.names["doors"], "device": "Phone",
            "scanned_at": "2026-11-01T12:00:00Z", "mode": "by_hand",
        });
        self.make(owner, &format!("{gala}/scans"), &json!({"scans": [scan]})).await;
        made.words.extend([
            ("orders", key(&done["manage_url"])),
            ("held order", key(&transfer["manage_url"])),
            ("hold", hold_key),
            ("number", word_of(&number)),
            ("another ticket", word_of(&first)),
        ]);
        made.names.extend([("number", number), ("used ticket", first)]);
    }

    /// A hold that a visitor of the shop begins, and the word of its link.
    async fn hold(&self, of: &Organisation) -> (String, String) {
        let form = format!("by=items&items={}&rate=standard&quantity=1", of.names["sold item"]);
        let request = Carrying::Nothing.request("POST", &format!("/{}/gala/hold", of.slug));
        let held = self.send(request.body(Body::from(form)).unwrap()).await;
        assert_eq!(held.status, 303, "{}", held.text());
        let (path, word) = held.location().split_once("?key=").unwrap();
        (path.split('/').nth(4).unwrap().to_owned(), word.to_owned())
    }

    pub async fn read(&self, token: &str, path: &str) -> Json {
        let request = Carrying::Token(token.to_owned()).request("GET", &format!("/api/v1/organisations{path}"));
        let answered = self.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answered.status, 200, "{path}: {}", answered.text());
        serde_json::from_slice(&answered.bytes).unwrap()
    }
}

/// An event's draft.
pub fn event(slug: &str, starts_at: &str, ends_at: &str) -> Json {
    json!({
        "slug": slug, "title": slug, "starts_at": starts_at, "ends_at": ends_at, "status": "live",
        "payment_methods": ["free", "at_door", "bank_transfer", "card"],
    })
}

fn text(json: &Json) -> String {
    json.as_str().unwrap().to_owned()
}

/// The secret word in an address.
fn key(address: &Json) -> String {
    address.as_str().unwrap().split_once("key=").unwrap().1.to_owned()
}

impl Carrying {
    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path);
        match self {
            Self::Nothing => request,
            Self::Token(secret) => request.header(header::AUTHORIZATION, format!("Bearer {secret}")),
            Self::Session(secret) => request.header(header::COOKIE, format!("session={secret}")),
        }
    }
}

impl Answered {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
    }

    /// The word of the table for it.
    pub fn outcome(&self) -> String {
        match self.status {
            300..=399 if self.location().starts_with("/sign-in?to=") => "sign-in".to_owned(),
            200..=399 => "ok".to_owned(),
            other => other.to_string(),
        }
    }
}
