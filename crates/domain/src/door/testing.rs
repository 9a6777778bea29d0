//! A festival of three days for the door's tests: who has which ticket, and a door for each night.

use jiff::Timestamp;

use super::{
    Action, Asked, Claim, Decision, Device, Door, Gate, GoodBarcode, Kept, Mode, Override, Overrides, Proof, Scan,
    ScanRequest, Scanned, WristbandRule, decide_scan,
};
use crate::catalogue::{Day, Event, EventRef, EventStatus, Item, Kind, Live, Rate, Thing};
use crate::payments::Method;
use crate::people::By;
use crate::tickets::{Entitlement, Purchase, Source, Ticket, TicketStatus};
use crate::values::{Amount, CustomerId, DoorId, ItemId, Ksuid, PassId, Prose, StaffId, TicketNumber};

pub(super) const FRI_PARTY: u8 = 1;
pub(super) const SAT_CLASSES: u8 = 2;
pub(super) const SAT_DINNER: u8 = 3;
pub(super) const SAT_PARTY: u8 = 4;
pub(super) const SUN_CLASSES: u8 = 5;
pub(super) const SUN_PARTY: u8 = 6;
pub(super) const ACCESS: u8 = 7;
pub(super) const VIDEOS: u8 = 8;
pub(super) const BREAKFAST: u8 = 9;

pub(super) const FRIDAY: &str = "2026-12-04T21:00:00Z";
pub(super) const SATURDAY: &str = "2026-12-05T21:00:00Z";

pub(crate) fn ksuid(n: u8) -> Ksuid {
    Ksuid::from_bytes([n; 20])
}

pub(super) fn item_id(n: u8) -> ItemId {
    ItemId(ksuid(n))
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// So many minutes after Friday, 21:00.
pub(super) fn minute(n: i64) -> Timestamp {
    at(FRIDAY).checked_add(jiff::SignedDuration::from_mins(n)).unwrap()
}

pub(super) fn event_ref() -> EventRef {
    EventRef::new(&"northern-salsa".parse().unwrap(), &"mersey-latin-2026".parse().unwrap())
}

pub(super) fn item(n: u8, name: &str, kind: Kind, day: Option<&str>) -> Item {
    Item {
        id: item_id(n),
        event: event_ref(),
        name: name.parse().unwrap(),
        description: Prose::default(),
        kind,
        day: day.map(|day| day.parse::<Day>().unwrap()),
        pricing: None,
        capacity: None,
        counted: false,
        roles: None,
        live: Live::Yes,
        sold_alone: true,
        position: u32::from(n),
        archived_at: None,
    }
}

pub(super) fn items() -> Vec<Item> {
    vec![
        item(FRI_PARTY, "Friday Party", Kind::Party, Some("2026-12-04")),
        item(SAT_CLASSES, "Saturday Classes", Kind::Class, Some("2026-12-05")),
        item(SAT_DINNER, "Saturday Gala Dinner", Kind::Physical, Some("2026-12-05")),
        item(SAT_PARTY, "Saturday Party", Kind::Party, Some("2026-12-05")),
        item(SUN_CLASSES, "Sunday Classes", Kind::Class, Some("2026-12-06")),
        item(SUN_PARTY, "Sunday Party", Kind::Party, Some("2026-12-06")),
        item(ACCESS, "Everything", Kind::Access, None),
        item(VIDEOS, "Videos", Kind::Digital, None),
        item(BREAKFAST, "Breakfast", Kind::Physical, Some("all")),
    ]
}

pub(super) fn event() -> Event {
    let rate = |id: &str, proof_required| Rate { id: id.parse().unwrap(), name: id.parse().unwrap(), proof_required };
    Event {
        event: event_ref(),
        title: "Mersey Latin Weekend 2026".parse().unwrap(),
        description: Prose::default(),
        starts_at: at("2026-12-04T18:30:00Z"),
        ends_at: at("2026-12-07T01:30:00Z"),
        time_zone: "Europe/London".parse().unwrap(),
        venue: None,
        capacity: None,
        counted: false,
        rates: vec![rate("standard", false), rate("student", true)],
        rooms: Vec::new(),
        payment_methods: vec![Method::Card],
        hold_minutes: 30,
        status: EventStatus::Live,
        series: None,
        wristbands: Vec::new(),
        shards: crate::catalogue::Shards::default(),
    }
}

/// A door that admits to these items, at any time.
pub(crate) fn door(n: u8, items: &[u8]) -> Door {
    Door {
        id: DoorId(ksuid(100 + n)),
        event: event_ref(),
        name: format!("Door {n}").parse().unwrap(),
        items: items.iter().map(|n| item_id(*n)).collect(),
        opens_at: None,
        closes_at: None,
        tolerance_minutes: 0,
        reentry: false,
        archived_at: None,
    }
}

pub(super) fn gate(rules: Vec<WristbandRule>) -> Gate {
    Gate::new(Event { wristbands: rules, ..event() }, items(), [])
}

/// A paid ticket to these items, each bought alone.
pub(crate) fn ticket(items: &[u8]) -> Ticket {
    let entitlement = |n: &u8| Entitlement {
        item: item_id(*n),
        quantity: 1,
        from: Source::Item(item_id(*n)),
        admissions: Vec::new(),
    };
    let customer = CustomerId(ksuid(200));
    Ticket {
        number: TicketNumber(ksuid(201)),
        event: event_ref(),
        order: crate::values::OrderId(ksuid(202)),
        customer,
        buyer: customer,
        buyer_email: "ana@example.org".parse().unwrap(),
        full_name: Some("Ana Prieto".parse().unwrap()),
        email: None,
        status: TicketStatus::Active,
        rate: "standard".parse().unwrap(),
        role: None,
        partner: None,
        purchases: Vec::new(),
        entitlements: items.iter().map(entitlement).collect(),
        places: Vec::new(),
        currency: "GBP".parse().unwrap(),
        price: Amount::minor(2_500),
        paid: Amount::minor(2_500),
        refunded: Amount::ZERO,
        method: Method::Card,
        answers: crate::tickets::Answers::default(),
        notes: Prose::default(),
        generation: 1,
        key: 0,
        reissued_at: None,
        wristbands: Vec::new(),
        change: crate::values::ChangeId(ksuid(203)),
        issued_at: at("2026-10-01T10:00:00Z"),
        list_shard: 0,
    }
}

/// A purchase of a pass.
pub(super) fn purchase(pass: u8) -> Purchase {
    Purchase {
        thing: Thing::Pass(PassId(ksuid(pass))),
        name: "Pass".parse().unwrap(),
        step: "Regular".parse().unwrap(),
        quantity: 1,
        price: Amount::minor(2_500),
        sale: None,
    }
}

/// A scan online by barcode, on Friday evening.
pub(super) fn request(id: &str, door: &Door) -> ScanRequest {
    ScanRequest {
        id: format!("scan-{id:0>4}").parse().unwrap(),
        scanned: Scanned::Barcode(String::new()),
        door: door.id,
        device: "phone".parse::<Device>().unwrap(),
        action: Action::Entry,
        scanned_at: at(FRIDAY),
        mode: Mode::Online,
        shown: None,
        overriding: None,
    }
}

pub(super) fn because(reason: &str) -> Override {
    Override { reason: reason.parse().unwrap(), verdict: None }
}

pub(super) fn proof(ticket: &Ticket) -> Proof {
    let barcode = Some(GoodBarcode { generation: ticket.generation, revoked: false });
    Proof { number: ticket.number, barcode }
}

/// A ticket that is scanned again and again, as a server would keep it.
pub(super) struct Desk {
    pub(super) gate: Gate,
    pub(super) ticket: Ticket,
    pub(super) scans: Vec<Scan>,
    pub(super) overrides: Overrides,
}

impl Desk {
    pub(super) fn new(items: &[u8]) -> Self {
        Self { gate: gate(Vec::new()), ticket: ticket(items), scans: Vec::new(), overrides: Overrides::Allowed }
    }

    /// Scans its own barcode.
    pub(super) fn scan(&mut self, door: &Door, request: &ScanRequest) -> Decision {
        self.scan_as(door, request, proof(&self.ticket))
    }

    pub(super) fn scan_as(&mut self, door: &Door, request: &ScanRequest, proof: Proof) -> Decision {
        let by = By::Staff { id: StaffId(ksuid(210)), name: "Dora".to_owned() };
        let asked = Asked { request, door, by: &by, overrides: self.overrides, at: at(FRIDAY) };
        let kept = Kept { ticket: Some(&self.ticket), scans: &self.scans };
        let decision = decide_scan(&self.gate, asked, proof, kept);
        self.scans.push(decision.scan.clone());
        if let Some(ticket) = &decision.ticket {
            self.ticket = ticket.clone();
        }
        decision
    }

    /// How often each item was used, in the ticket's order.
    pub(super) fn uses(&self) -> Vec<usize> {
        self.ticket.entitlements.iter().map(|entitlement| entitlement.admissions.len()).collect()
    }
}

pub(super) fn claim(n: u8) -> Claim {
    Claim { item: item_id(n), day: None }
}
