//! The program as a function, whatever calls it: a table with an organisation, what the function is told, and a purchase.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value as Json, json};

use crate::emulator::Emulator;
use crate::http::{Answer, Ask};
use crate::program::{alone, command};

/// Under which address the function is reached.
const PUBLIC_URL: &str = "https://tickets.example.org";

/// The event's address in the API.
const EVENT: &str = "/api/v1/organisations/club/events/ball";

/// A table on the emulator, with an organisation.
#[derive(Debug)]
pub struct Club {
    /// The token of its owner.
    pub token: String,
    table: &'static str,
    secret: String,
}

impl Club {
    /// Makes it.
    pub fn found(table: &'static str) -> Self {
        let club = Self { token: String::new(), table, secret: "5e".repeat(32) };
        club.result_of(&["table", "create"]);
        club.result_of(&["organisation", "create", "--slug", "club", "--name", "Club"]);
        let token = club.result_of(&["token", "create", "--organisation", "club", "--role", "owner"]);
        Self { token, ..club }
    }

    /// What a function of this table is told, to be started; its mail goes to `mail_server`.
    pub fn function(&self, program: &str, mail_server: SocketAddr) -> Command {
        let mut function = self.told(alone(Path::new(program)));
        function.env("DANCE_ENGINE_SMTP", format!("smtp://{mail_server}"));
        function
    }

    /// The table, checked.
    pub fn check(&self) {
        assert_eq!(self.result_of(&["check"]), "");
    }

    fn told(&self, mut command: Command) -> Command {
        command.env("DANCE_ENGINE_DYNAMODB_TABLE", self.table);
        command.env("DANCE_ENGINE_DYNAMODB_ENDPOINT", &Emulator::of_all().endpoint);
        command.env("DANCE_ENGINE_PUBLIC_URL", PUBLIC_URL).env("DANCE_ENGINE_SECRET", &self.secret);
        command
    }

    #[track_caller]
    fn result_of(&self, words: &[&str]) -> String {
        let output = self.told(command(words)).output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }
}

/// Makes an event, reads its page, buys a ticket, and reads that; all of it through the function, which `send` reaches.
pub async fn sells_a_ticket(club: &Club, mut send: impl AsyncFnMut(Ask) -> Answer) {
    let mut make = async |path: &str, body: Json| send(Ask::post(path, &body).by(&club.token)).await.expect(201);
    let event = json!({
        "slug": "ball", "title": "The Ball", "starts_at": "2090-05-05T18:00:00Z", "ends_at": "2090-05-07T18:00:00Z",
        "capacity": 100, "payment_methods": ["free", "at_door"], "status": "live",
    });
    make("/api/v1/organisations/club/events", event).await;
    let item = json!({"type": "party", "name": "Party", "prices": {"standard": 500}, "live": true});
    let item = make(&format!("{EVENT}/items"), item).await;
    let order = json!({
        "buyer": {"email": "ana@example.org", "full_name": "Ana"}, "payment": {"method": "cash"},
        "tickets": [{"items": [item["id"]], "full_name": "Ana"}],
    });
    let placed = make(&format!("{EVENT}/orders"), order).await;
    assert_eq!(placed["state"], "fulfilled", "{placed}");
    let number = placed["tickets"][0]["number"].as_str().unwrap();

    let ticket = send(Ask::get(format!("{EVENT}/tickets/{number}")).by(&club.token)).await.expect(200);
    assert_eq!(ticket["full_name"], "Ana", "{ticket}");
    let stranger = send(Ask::get(format!("{EVENT}/orders?limit=1"))).await;
    assert_eq!(stranger.status, 401, "{}", stranger.text);
    let page = send(Ask::get("/club/ball?from=letter")).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/html") && page.text.contains("The Ball"));
}

/// A function that was told nothing, or too little, says so in one sentence and ends with 1.
pub fn refuses_to_start(program: &str, more: impl Fn(&mut Command)) {
    let ended = |told: &[(&str, &str)]| -> Output {
        let mut function = alone(Path::new(program));
        more(&mut function);
        function.envs(told.iter().copied()).output().unwrap()
    };
    let table = ("DANCE_ENGINE_DYNAMODB_TABLE", "tickets");
    let secret = ("DANCE_ENGINE_SECRET", &*"5e".repeat(32));
    for (told, needed) in [
        (&[("DANCE_ENGINE_DATA", "/tmp/store")][..], "DANCE_ENGINE_DYNAMODB_TABLE is needed"),
        (&[table], "DANCE_ENGINE_SECRET is needed"),
        (&[table, secret], "DANCE_ENGINE_PUBLIC_URL is needed"),
        (&[table, secret, ("DANCE_ENGINE_RATE_LIMIT", "0")], "--rate-limit"),
    ] {
        let output = ended(told);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(needed), "{told:?}: {said}");
    }
}
