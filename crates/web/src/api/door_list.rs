//! The list that phones take along: all that a door needs to decide alone.

use data_encoding::{BASE64, HEXLOWER};
use domain::door::Door;
use domain::tickets::{Admission, Entitlement, KeyStatus, PublicKey};
use domain::values::Currency;
use engine::door::{DoorList, DoorTicket};
use schemars::JsonSchema;
use serde::Serialize;

use super::doors::RuleShown;
use crate::answer::{At, MoneyShown};

/// What a phone takes along.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DoorList")]
pub struct DoorListShown {
    event: EventAtDoor,
    /// The event's public keys.
    keys: Vec<KeyShown>,
    /// The rules for wristbands, first to last.
    rules: Vec<RuleShown>,
    doors: Vec<DoorAtDoor>,
    /// The event's items, those that are no longer sold too.
    items: Vec<ItemAtDoor>,
    /// Those that changed since the cursor that was sent, or all. The higher revision counts.
    tickets: Vec<TicketAtDoor>,
    /// Send it as `since`.
    cursor: String,
    /// The server's clock, to correct the phone's by.
    server_time: At,
}

#[derive(Debug, Serialize, JsonSchema)]
struct EventAtDoor {
    slug: String,
    title: String,
    time_zone: String,
    /// What barcodes have instead of its name, in hexadecimal.
    tag: String,
    rates: Vec<RateAtDoor>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RateAtDoor {
    id: String,
    name: String,
    proof_required: bool,
}

/// A key that signs barcodes.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SigningKey")]
struct KeyShown {
    /// Its number in barcodes.
    id: u8,
    /// Ed25519, 32 bytes in base64.
    public_key: String,
    /// `active`, `verify_only`, `revoked`.
    status: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DoorAtDoor {
    id: String,
    name: String,
    items: Vec<String>,
    opens_at: Option<At>,
    closes_at: Option<At>,
    tolerance_minutes: u32,
    reentry: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ItemAtDoor {
    id: String,
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    /// A date, `all`, or null.
    day: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct TicketAtDoor {
    number: String,
    /// Older barcodes are refused.
    generation: u16,
    /// `active`, `void`, `transferred`.
    status: &'static str,
    money: &'static str,
    due: MoneyShown,
    rate: String,
    role: Option<&'static str>,
    passes: Vec<String>,
    entitlements: Vec<EntitlementAtDoor>,
    /// Names of the bands that were handed out.
    wristbands: Vec<String>,
    revision: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct EntitlementAtDoor {
    item: String,
    quantity: u32,
    /// When it was first used.
    admitted_at: Option<At>,
    /// Every use: one, or one for each festival day.
    admissions: Vec<AdmissionAtDoor>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct AdmissionAtDoor {
    /// The festival day that it counts for.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    at: At,
    /// The name of the door.
    door: String,
}

impl DoorListShown {
    /// As phones get it.
    pub fn of(list: &DoorList, currency: Currency) -> Self {
        let gate = &list.gate;
        let due = |ticket: &DoorTicket| MoneyShown::new(ticket.due, currency);
        let items = gate.items.values().map(|item| ItemAtDoor {
            id: item.id.to_string(),
            name: item.name.to_string(),
            kind: item.kind.word(),
            day: item.day.map(|day| day.to_string()),
        });
        Self {
            event: EventAtDoor::of(list),
            keys: list.keys.iter().map(KeyShown::of).collect(),
            rules: gate.event.wristbands.iter().map(RuleShown::of).collect(),
            doors: gate.doors.values().filter(|door| door.archived_at.is_none()).map(DoorAtDoor::of).collect(),
            items: items.collect(),
            tickets: list.tickets.iter().map(|ticket| TicketAtDoor::of(ticket, due(ticket))).collect(),
            cursor: list.cursor.to_string(),
            server_time: At(list.server_time),
        }
    }
}

impl EventAtDoor {
    fn of(list: &DoorList) -> Self {
        let event = &list.gate.event;
        let rates = event.rates.iter().map(|rate| RateAtDoor {
            id: rate.id.to_string(),
            name: rate.name.to_string(),
            proof_required: rate.proof_required,
        });
        Self {
            slug: event.event.event.to_string(),
            title: event.title.to_string(),
            time_zone: event.time_zone.as_str().to_owned(),
            tag: HEXLOWER.encode(&list.tag.0),
            rates: rates.collect(),
        }
    }
}

impl KeyShown {
    fn of((id, key, status): &(u8, PublicKey, KeyStatus)) -> Self {
        Self { id: *id, public_key: BASE64.encode(key.bytes()), status: status.word() }
    }
}

impl DoorAtDoor {
    fn of(door: &Door) -> Self {
        Self {
            id: door.id.to_string(),
            name: door.name.to_string(),
            items: door.items.iter().map(ToString::to_string).collect(),
            opens_at: door.opens_at.map(At),
            closes_at: door.closes_at.map(At),
            tolerance_minutes: door.tolerance_minutes,
            reentry: door.reentry,
        }
    }
}

impl TicketAtDoor {
    fn of(ticket: &DoorTicket, due: MoneyShown) -> Self {
        Self {
            number: ticket.number.to_string(),
            generation: ticket.generation,
            status: ticket.status.word(),
            money: ticket.money.word(),
            due,
            rate: ticket.rate.to_string(),
            role: ticket.role.map(domain::catalogue::Role::word),
            passes: ticket.passes.iter().map(ToString::to_string).collect(),
            entitlements: ticket.entitlements.iter().map(EntitlementAtDoor::of).collect(),
            wristbands: ticket.wristbands.iter().map(ToString::to_string).collect(),
            revision: ticket.revision,
        }
    }
}

impl EntitlementAtDoor {
    fn of(entitlement: &Entitlement) -> Self {
        let used = |admission: &Admission| AdmissionAtDoor {
            day: admission.day.map(|day| day.to_string()),
            at: At(admission.at),
            door: admission.door_name.to_string(),
        };
        Self {
            item: entitlement.item.to_string(),
            quantity: entitlement.quantity,
            admitted_at: entitlement.admissions.iter().map(|admission| At(admission.at)).min(),
            admissions: entitlement.admissions.iter().map(used).collect(),
        }
    }
}
