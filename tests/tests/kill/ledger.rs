//! What must be there, by what was answered: orders as they were last shown, what happened to their tickets, the
//! verdict of every scan, and the letters that follow.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Value as Json, json};
use tests::http::{Answer, Ask};

use crate::requests::{Act, Deed, Record, What};

/// An order of which its buyer was told.
#[derive(Debug)]
pub struct Kept {
    buyer: String,
    shown: Json,
    deeds: BTreeMap<(String, &'static str), usize>,
    scans: BTreeMap<String, BTreeSet<String>>,
    /// Something happened since it was last compared.
    pub is_dirty: bool,
}

/// What one clerk knows.
#[derive(Debug, Default)]
pub struct Ledger {
    orders: BTreeMap<String, Kept>,
    scans: BTreeMap<String, (Record, Json)>,
    letters: BTreeMap<String, usize>,
    answered: Vec<(Ask, Answer)>,
    sold_out: usize,
}

impl Kept {
    /// Its identifier.
    pub fn id(&self) -> &str {
        self.shown["id"].as_str().unwrap()
    }

    /// What must be shown of it.
    pub fn shown(&self) -> &Json {
        &self.shown
    }

    /// Its tickets, as they must be shown.
    pub fn tickets(&self) -> impl Iterator<Item = &Json> {
        self.shown["tickets"].as_array().unwrap().iter()
    }

    /// Its state is this.
    pub fn is(&self, state: &str) -> bool {
        self.shown["state"] == state
    }

    /// What is still to be paid, in minor units.
    pub fn due(&self) -> i64 {
        self.shown["due"].as_i64().unwrap()
    }

    /// Nothing was ever paid for it.
    pub fn is_unpaid(&self) -> bool {
        self.shown["payments"].as_array().unwrap().is_empty()
    }

    /// Compares it with the answer to its GET by staff.
    pub fn verify(&mut self, found: &Json) {
        let found = essence(found);
        for (ticket, found) in
            self.shown["tickets"].as_array_mut().unwrap().iter_mut().zip(found["tickets"].as_array().unwrap())
        {
            // A buyer was not shown the barcodes of those who have addresses of their own.
            if ticket["barcode"].is_null() && ticket["email"].is_string() && ticket["status"] == "active" {
                ticket["barcode"] = found["barcode"].clone();
            }
        }
        let mut differences = Vec::new();
        compare("", &found, &self.shown, &mut differences);
        assert!(differences.is_empty(), "order {}: {differences:#?}", self.id());
    }

    /// The numbers of tickets that something happened to.
    pub fn eventful_tickets(&self) -> BTreeSet<&str> {
        self.deeds.keys().map(|(ticket, _)| ticket.as_str()).chain(self.scans.keys().map(String::as_str)).collect()
    }

    /// Compares a ticket's history with what was done: each deed as often as it was answered, each scan once.
    pub fn verify_history(&self, ticket: &Json) {
        let number = ticket["number"].as_str().unwrap();
        let history = ticket["history"].as_array().unwrap();
        for deed in Deed::ALL {
            let found = history.iter().filter(|line| line["what"] == deed.happening()).count();
            let answered = self.deeds.get(&(number.to_owned(), deed.happening())).copied().unwrap_or_default();
            assert_eq!(found, answered, "how often {number} was {}: {history:#?}", deed.happening());
        }
        let found = history.iter().filter(|line| line["from"] == DEVICE).count();
        assert_eq!(found, self.scans.get(number).map_or(0, BTreeSet::len), "scans of {number}: {history:#?}");
    }

    fn deed(&mut self, ticket: &str, deed: Deed) {
        *self.deeds.entry((ticket.to_owned(), deed.happening())).or_default() += 1;
    }

    fn ticket_mut(&mut self, number: &str) -> &mut Json {
        let tickets = self.shown["tickets"].as_array_mut().unwrap();
        tickets.iter_mut().find(|ticket| ticket["number"] == number).unwrap()
    }
}

/// What scans of this test name as their device.
pub const DEVICE: &str = "clerk's phone";

impl Ledger {
    /// All orders.
    pub fn orders(&self) -> impl Iterator<Item = &Kept> {
        self.orders.values()
    }

    /// All orders, to be compared.
    pub fn orders_mut(&mut self) -> impl Iterator<Item = &mut Kept> {
        self.orders.values_mut()
    }

    /// All scans that were answered.
    pub fn scans(&self) -> impl ExactSizeIterator<Item = &Record> {
        self.scans.values().map(|(record, _)| record)
    }

    /// How many letters must have gone to whom.
    pub fn letters(&self) -> impl Iterator<Item = (&str, usize)> {
        self.letters.iter().map(|(to, count)| (to.as_str(), *count))
    }

    /// Everything that was sent and took effect, with its answer.
    pub fn answered(&self) -> &[(Ask, Answer)] {
        &self.answered
    }

    /// Takes note of an answer.
    pub fn learn(&mut self, act: Act, answer: Answer) {
        let status = answer.status.as_u16();
        match &act.what {
            What::Order { .. } if status == 409 => {
                // A refusal is not remembered, and leaves nothing.
                assert_eq!(answer.json()["code"], "sold_out", "{}", answer.text);
                self.sold_out += 1;
                return;
            }
            What::Order { buyer, holders } => self.placed(buyer, holders, &answer.expect(201)),
            What::Pay { order } => self.paid(order, &answer.expect(201)),
            What::Cancel { order } => self.cancelled(order, &answer.expect(200)),
            What::Change { order, ticket, deed } => self.changed(order, ticket, *deed, &answer.expect(200)),
            What::Scan { records } => self.scanned(records, &answer.expect(200)),
            What::Again { earlier } => {
                let (ask, first) = &self.answered[*earlier];
                let same = (answer.status, &answer.text) == (first.status, &first.text);
                assert!(same, "{ask:?}\nwas answered\n{}\nand now\n{}", first.text, answer.text);
                return;
            }
        }
        self.answered.push((act.ask, answer));
    }

    fn placed(&mut self, buyer: &str, holders: &[String], order: &Json) {
        let shown = essence(order);
        let id = shown["id"].as_str().unwrap().to_owned();
        match shown["state"].as_str().unwrap() {
            "fulfilled" => self.issued(buyer, holders.iter().map(String::as_str)),
            // How to pay.
            "held" => self.letter(buyer),
            state => panic!("a new order is {state}: {order}"),
        }
        let (deeds, scans) = (BTreeMap::new(), BTreeMap::new());
        self.orders.insert(id, Kept { buyer: buyer.to_owned(), shown, deeds, scans, is_dirty: true });
    }

    fn paid(&mut self, id: &str, order: &Json) {
        let was_held = self.orders[id].is("held");
        let kept = self.replace(id, order);
        assert!(kept.due() > 0 || kept.is("fulfilled"), "{order}");
        if was_held && kept.is("fulfilled") {
            let buyer = kept.buyer.clone();
            let holders: Vec<String> =
                kept.tickets().filter_map(|ticket| ticket["email"].as_str()).map(str::to_owned).collect();
            self.issued(&buyer, holders.iter().map(String::as_str));
        }
    }

    fn cancelled(&mut self, id: &str, order: &Json) {
        let kept = self.orders.get_mut(id).unwrap();
        let was_issued = kept.is("fulfilled");
        let good = kept.tickets().filter(|ticket| was_issued && ticket["status"] == "active");
        let good: Vec<String> = good.map(|ticket| ticket["number"].as_str().unwrap().to_owned()).collect();
        for ticket in good {
            kept.deed(&ticket, Deed::Void);
        }
        let kept = self.replace(id, order);
        assert!(kept.is("cancelled") && kept.tickets().all(|ticket| ticket["status"] == "void"), "{order}");
    }

    fn changed(&mut self, id: &str, number: &str, deed: Deed, ticket: &Json) {
        let kept = self.orders.get_mut(id).unwrap();
        kept.is_dirty = true;
        kept.deed(number, deed);
        let before = std::mem::replace(kept.ticket_mut(number), essence_of_ticket(ticket));
        // A buyer was not shown the barcodes of those who have addresses of their own.
        if before["barcode"].is_string() {
            let is_new = ticket["barcode"] != before["barcode"];
            assert_eq!(is_new, deed != Deed::Resend, "{deed:?}: {ticket}");
        }
        if deed != Deed::Void {
            let to = ticket["email"].as_str().map_or_else(|| kept.buyer.clone(), str::to_owned);
            self.letter(&to);
        }
    }

    fn scanned(&mut self, records: &[Record], answer: &Json) {
        let results = answer["results"].as_array().unwrap();
        assert_eq!(results.len(), records.len());
        for (record, result) in records.iter().zip(results) {
            if let Some((first, known)) = self.scans.get(record.id()) {
                assert_eq!((record, result), (first, known), "the same scan has another verdict");
                continue;
            }
            assert_ne!(result["verdict"], "invalid", "{record:?}: {result}");
            let kept = self.orders.get_mut(&record.order).unwrap();
            kept.is_dirty = true;
            kept.scans.entry(record.ticket.clone()).or_default().insert(record.id().to_owned());
            if result["verdict"] == "admitted" {
                let ticket = kept.ticket_mut(&record.ticket);
                for item in result["items"].as_array().unwrap() {
                    let used = &mut ticket["used"][item.as_str().unwrap()];
                    assert!(used.is_null(), "let in twice for {item}: {record:?}: {result}");
                    *used = result["at"].clone();
                }
            }
            self.scans.insert(record.id().to_owned(), (record.clone(), result.clone()));
        }
    }

    fn replace(&mut self, id: &str, order: &Json) -> &Kept {
        let kept = self.orders.get_mut(id).unwrap();
        kept.shown = essence(order);
        kept.is_dirty = true;
        kept
    }

    fn issued<'a>(&mut self, buyer: &str, holders: impl Iterator<Item = &'a str>) {
        self.letter(buyer);
        for holder in holders {
            self.letter(holder);
        }
    }

    fn letter(&mut self, to: &str) {
        *self.letters.entry(to.to_owned()).or_default() += 1;
    }
}

/// What matters of an order: all that would be missed.
fn essence(order: &Json) -> Json {
    let each = |list: &Json, f: fn(&Json) -> Json| list.as_array().unwrap().iter().map(f).collect::<Vec<_>>();
    json!({
        "id": order["id"], "state": order["state"], "total": order["total"]["amount"], "due": order["due"]["amount"],
        "buyer": order["buyer"], "expires_at": order["expires_at"], "manage_url": order["manage_url"],
        "payments": each(&order["payments"], Json::clone), "lines": order["lines"],
        "tickets": each(&order["tickets"], essence_of_ticket),
    })
}

fn essence_of_ticket(ticket: &Json) -> Json {
    let used = ticket["entitlements"].as_array().unwrap().iter();
    let used: serde_json::Map<String, Json> =
        used.map(|one| (one["item"].as_str().unwrap().to_owned(), one["admitted_at"].clone())).collect();
    json!({
        "number": ticket["number"], "status": ticket["status"], "money": ticket["money"], "due": ticket["due"],
        "price": ticket["price"], "full_name": ticket["full_name"], "email": ticket["email"],
        "passes": ticket["passes"], "barcode": ticket["barcode"], "used": used,
    })
}

/// Says where two values differ.
fn compare(at: &str, found: &Json, answered: &Json, differences: &mut Vec<String>) {
    match (found, answered) {
        (Json::Object(a), Json::Object(b)) if a.keys().eq(b.keys()) => {
            a.iter().for_each(|(name, found)| compare(&format!("{at}/{name}"), found, &b[name], differences));
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs
                .for_each(|(place, (found, answered))| compare(&format!("{at}/{place}"), found, answered, differences));
        }
        _ if found == answered => {}
        _ => differences.push(format!("{at} is {found}, and was answered as {answered}")),
    }
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tickets: usize = self.orders().map(|order| order.tickets().count()).sum();
        let payments: usize = self.orders().map(|order| order.shown["payments"].as_array().map_or(0, Vec::len)).sum();
        let admitted = self.scans.values().filter(|(_, result)| result["verdict"] == "admitted").count();
        write!(
            f,
            "{} orders ({tickets} tickets, {payments} payments), {} refused as sold out, {} scans ({admitted} admitted)",
            self.orders.len(),
            self.sold_out,
            self.scans.len()
        )
    }
}
