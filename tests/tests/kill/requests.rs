//! The requests that clerks send, each under a key of its own.

use serde_json::{Value as Json, json};
use tests::http::Ask;

use crate::hall::{EVENT, Hall};

/// A request, and what it is meant to do.
#[derive(Debug, Clone)]
pub struct Act {
    /// As it is sent.
    pub ask: Ask,
    /// What it does.
    pub what: What,
}

/// What a request does.
#[derive(Debug, Clone)]
pub enum What {
    /// Places an order: for this buyer, and for holders with these addresses of their own.
    Order { buyer: String, holders: Vec<String> },
    /// Records money.
    Pay { order: String },
    /// Gives an order up.
    Cancel { order: String },
    /// Does something with one ticket.
    Change { order: String, ticket: String, deed: Deed },
    /// Records scans: each with the ticket that it is of.
    Scan { records: Vec<Record> },
    /// Asks again for what was answered before.
    Again { earlier: usize },
}

/// What is done with one ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Reissue,
    Resend,
    Void,
}

/// A scan, as it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Of which order.
    pub order: String,
    /// Of which ticket.
    pub ticket: String,
    /// The record.
    pub json: Json,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Reissue, Self::Resend, Self::Void];

    /// The last part of its address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Reissue => "reissue",
            Self::Resend => "resend",
            Self::Void => "void",
        }
    }

    /// What a ticket's history calls it.
    pub fn happening(self) -> &'static str {
        match self {
            Self::Reissue => "reissued",
            Self::Resend => "resent",
            Self::Void => "voided",
        }
    }
}

impl Record {
    /// The identifier that the device gave it.
    pub fn id(&self) -> &str {
        self.json["id"].as_str().unwrap()
    }
}

/// Kinds of orders, by how they are paid. The last three are what the public may do by itself.
pub const METHODS: [&str; 5] = ["complimentary", "cash", "free", "at_door", "bank_transfer"];

/// An order of `count` tickets, some of whose holders have addresses of their own.
pub fn order(hall: &Hall, name: &str, dice: &mut fastrand::Rng) -> Act {
    let method = METHODS[dice.usize(..METHODS.len())];
    let count = if dice.u8(..20) == 0 { dice.usize(25..=30) } else { dice.usize(1..=6) };
    let buyer = format!("{name}@example.org");
    let mut holders = Vec::new();
    let tickets: Vec<Json> = (0..count)
        .map(|place| {
            let mut ticket = match (method, dice.u8(..4)) {
                ("free", _) => json!({"items": [hall.social]}),
                (_, 0) => json!({"items": hall.classes}),
                (_, 1) if count < 3 => json!({"items": [hall.party, hall.classes[0]]}),
                _ => json!({"passes": [hall.pass]}),
            };
            ticket["full_name"] = format!("Dancer {place} of {name}").into();
            if place > 0 && dice.u8(..8) == 0 {
                let holder = format!("{name}-{place}@example.org");
                ticket["email"] = holder.clone().into();
                holders.push(holder);
            }
            ticket
        })
        .collect();
    let body = json!({
        "buyer": {"email": buyer, "full_name": format!("Buyer {name}")}, "tickets": tickets, "payment": {"method": method},
    });
    let ask = Ask::post(format!("{EVENT}/orders"), &body).once(format!("order-{name}"));
    let is_staff = METHODS[..2].contains(&method);
    Act { ask: if is_staff { ask.by(&hall.token) } else { ask }, what: What::Order { buyer, holders } }
}

/// Money for an order.
pub fn pay(hall: &Hall, name: &str, order: &str, (method, amount): (&str, i64)) -> Act {
    let body = json!({"method": method, "amount": {"amount": amount, "currency": "GBP"}});
    let ask = Ask::post(format!("{EVENT}/orders/{order}/payments"), &body).by(&hall.token).once(format!("pay-{name}"));
    Act { ask, what: What::Pay { order: order.to_owned() } }
}

/// The end of an order.
pub fn cancel(hall: &Hall, name: &str, order: &str) -> Act {
    let ask = Ask::post(format!("{EVENT}/orders/{order}/cancel"), &json!({}));
    let ask = ask.by(&hall.token).once(format!("cancel-{name}"));
    Act { ask, what: What::Cancel { order: order.to_owned() } }
}

/// Something done with a ticket.
pub fn change(hall: &Hall, name: &str, (order, ticket): (&str, &str), deed: Deed) -> Act {
    let ask = Ask::post(format!("{EVENT}/tickets/{ticket}/{}", deed.path()), &json!({}));
    let ask = ask.by(&hall.token).once(format!("change-{name}"));
    Act { ask, what: What::Change { order: order.to_owned(), ticket: ticket.to_owned(), deed } }
}

/// Scans, in one request.
pub fn scan(hall: &Hall, name: &str, records: Vec<Record>) -> Act {
    let body = json!({"scans": records.iter().map(|record| &record.json).collect::<Vec<_>>()});
    let ask = Ask::post(format!("{EVENT}/scans"), &body).by(&hall.token).once(format!("scan-{name}"));
    Act { ask, what: What::Scan { records } }
}
