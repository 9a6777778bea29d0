//! What is measured on: an organisation with an event of three items, a pass over them and a door.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::client::{Connection, Course, Request, load};
use crate::program::Program;

/// Connections of the load.
pub const CONNECTIONS: usize = 64;

/// An organisation and its owner's token.
#[derive(Debug)]
pub struct Stage {
    token: String,
}

/// An event that sells.
#[derive(Debug)]
pub struct Event {
    /// Its owner's token.
    pub token: String,
    /// `/organisations/bench/events/congress`
    pub path: String,
    /// The door's identifier.
    pub door: String,
    pass: String,
    /// The barcodes of what was sold through here.
    pub barcodes: Rc<RefCell<Vec<String>>>,
    /// How many orders were made so far, for names of their own.
    serial: Rc<Cell<usize>>,
}

impl Stage {
    /// Makes the organisation with the program's own commands.
    pub fn set(program: &Path, data: &Path) -> anyhow::Result<Self> {
        let words = ["organisation", "create", "--slug", "bench", "--name", "Bench"];
        Program::command(program, data, &words)?;
        let words = ["token", "create", "--organisation", "bench", "--role", "owner"];
        Ok(Self { token: Program::command(program, data, &words)? })
    }

    /// Makes the event through the API.
    pub async fn event(&self, server: &Program) -> anyhow::Result<Event> {
        let mut connection = Connection::open(&server.address).await?;
        let mut make = async |path: &str, body: Value| -> anyhow::Result<Value> {
            let request = Request::call("POST", path, &self.token, &body.to_string());
            connection.send(&request).await?.json(201)
        };
        let id = |made: &Value| made["id"].as_str().map(str::to_owned).context("an identifier");
        let path = "/organisations/bench/events/congress".to_owned();
        let event = json!({
            "slug": "congress", "title": "Congress", "status": "live",
            "starts_at": "2036-12-05T18:00:00Z", "ends_at": "2036-12-08T01:00:00Z",
            "rates": [{"id": "standard", "name": "Standard"}, {"id": "student", "name": "Student"}],
        });
        make("/organisations/bench/events", event).await?;
        let mut items = Vec::new();
        for (name, kind) in [("Party", "party"), ("Classes on Saturday", "class"), ("Classes on Sunday", "class")] {
            let item = json!({
                "name": name, "type": kind, "day": "all", "live": true, "capacity": 1_000_000,
                "prices": {"standard": 2_500, "student": 2_000},
            });
            items.push(id(&make(&format!("{path}/items"), item).await?)?);
        }
        let pass = json!({
            "name": "Full Pass", "includes": items, "live": true,
            "pricing_schedule": [{"name": "Standard", "prices": {"standard": 6_000, "student": 5_000}}],
        });
        let pass = id(&make(&format!("{path}/passes"), pass).await?)?;
        let rules = json!({"rules": [{
            "when": {"any": [pass]}, "hand_out": {"name": "Full", "colour": "#808080", "material": "fabric"}, "skip": "rest",
        }]});
        let put = Request::call("PUT", &format!("{path}/wristbands"), &self.token, &rules.to_string());
        Connection::open(&server.address).await?.send(&put).await?.json(200)?;
        let door = json!({"name": "Main", "items": items, "reentry": false});
        let door = id(&make(&format!("{path}/doors"), door).await?)?;
        let barcodes = Rc::new(RefCell::new(Vec::new()));
        Ok(Event { token: self.token.clone(), path, door, pass, barcodes, serial: Rc::new(Cell::new(0)) })
    }
}

impl Event {
    /// How many tickets were sold through here.
    pub fn sold(&self) -> usize {
        self.serial.get()
    }

    /// Sells so many complimentary tickets, one an order, each to somebody else.
    pub async fn sell(&self, server: &Program, count: usize) -> anyhow::Result<Course> {
        let (path, token, pass) = (format!("{}/orders", self.path), self.token.clone(), self.pass.clone());
        let serial = self.serial.replace(self.serial.get() + count);
        let make = move |n: usize| {
            let n = serial + n;
            let body = format!(
                r#"{{"buyer":{{"email":"dancer.{n}@example.org","full_name":"Dancer Number {n}"}},"tickets":[{{"rate":"standard","passes":["{pass}"]}}],"payment":{{"method":"complimentary"}}}}"#
            );
            Request::call("POST", &path, &token, &body)
        };
        let barcodes = Rc::clone(&self.barcodes);
        load(&server.address, (CONNECTIONS, count), make, move |_, answer| {
            let order = answer.json(201)?;
            anyhow::ensure!(order["state"] == "fulfilled", "{order}");
            let barcode = order["tickets"][0]["barcode"].as_str().context("a barcode")?;
            barcodes.borrow_mut().push(barcode.to_owned());
            Ok(())
        })
        .await
    }

    /// The record of a scan.
    pub fn scan(&self, name: &str, barcode: &str) -> String {
        let door = &self.door;
        format!(
            r#"{{"id":"{name}","barcode":"{barcode}","door":"{door}","device":"Bench phone","scanned_at":"2036-12-05T20:00:00Z","mode":"online"}}"#
        )
    }
}
