//! The fixture festival, for the tests of documents and letters: Winter Salsa 2026 of Salsa Soul, and its guests.

use domain::catalogue::{Day, Event, EventRef, EventStatus, Item, Kind, Live, Rate, Role, Thing, Venue};
use domain::orders::{Buyer, Line, Order, OrderState, OrderTicket};
use domain::organisations::{Organisation, OrganisationStatus};
use domain::payments::Method;
use domain::people::By;
use domain::tickets::{Entitlement, Purchase, Source, Ticket, TicketStatus};
use domain::values::*;
use engine::orders::{OrderView, TicketView};
use engine::render::About;
use jiff::Timestamp;

/// An identifier of any kind, the same for the same number.
pub(crate) fn id<I: From<Ksuid>>(n: u8) -> I {
    let mut bytes = [n; 20];
    bytes[0] = 0x0d;
    Ksuid::from_bytes(bytes).into()
}

/// What a barcode holds.
pub(crate) fn barcode() -> String {
    format!("HTTPS://TICKETS.EXAMPLE.ORG/S/{}", "AEB4XQ2Z7K".repeat(16)[..154].to_owned())
}

/// An instant.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The festival, its organisation and its items.
pub(crate) fn about() -> About {
    let event_ref = EventRef::new(&"salsa-soul".parse().unwrap(), &"winter-2026".parse().unwrap());
    let rate = |id: &str, name: &str, proof_required| Rate {
        id: id.parse().unwrap(),
        name: name.parse().unwrap(),
        proof_required,
    };
    About {
        organisation: Organisation {
            slug: event_ref.organisation.clone(),
            name: "Salsa Soul".parse().unwrap(),
            currency: "GBP".parse().unwrap(),
            time_zone: "Europe/London".parse().unwrap(),
            status: OrganisationStatus::Active,
            fee: 250,
            description: Prose::default(),
            reply_to: Some("hello@salsasoul.example".parse().unwrap()),
            brand_colour: None,
            website: None,
            bank_details: "Salsa Soul Ltd\nSort code 20-00-00\nAccount 1234 5678".parse().unwrap(),
            customer_shards: 1,
        },
        event: Event {
            event: event_ref.clone(),
            title: "Winter Salsa 2026".parse().unwrap(),
            description: Prose::default(),
            starts_at: at("2026-12-04T18:30:00Z"),
            ends_at: at("2026-12-07T01:30:00Z"),
            time_zone: "Europe/London".parse().unwrap(),
            venue: Some(Venue {
                name: "Corn Exchange".parse().unwrap(),
                address: Some("Call Lane, Leeds LS1 7BR".parse().unwrap()),
            }),
            capacity: None,
            counted: false,
            rates: vec![rate("standard", "Standard", false), rate("student", "Student", true)],
            rooms: Vec::new(),
            payment_methods: vec![Method::Card, Method::BankTransfer, Method::AtDoor],
            hold_minutes: 30,
            status: EventStatus::Live,
            series: None,
            wristbands: Vec::new(),
            shards: domain::catalogue::Shards::default(),
        },
        items: items(&event_ref),
    }
}

fn items(event: &EventRef) -> Vec<Item> {
    let on = |day| Some(Day::On(jiff::civil::date(2026, 12, day)));
    let things = [
        ("Friday party", Kind::Party, on(4)),
        ("Saturday classes", Kind::Class, on(5)),
        ("Saturday party", Kind::Party, on(5)),
        ("Sunday classes", Kind::Class, on(6)),
        ("Sunday party", Kind::Party, on(6)),
        ("Practice floor", Kind::Party, Some(Day::All)),
        ("Festival T-shirt", Kind::Physical, None),
        ("Shine bootcamp", Kind::Class, on(5)),
    ];
    let item = |(position, (name, kind, day)): (u32, (&str, Kind, Option<Day>))| Item {
        id: id(u8::try_from(position).unwrap() + 100),
        event: event.clone(),
        name: name.parse().unwrap(),
        description: Prose::default(),
        kind,
        day,
        pricing: None,
        capacity: None,
        counted: false,
        roles: None,
        live: Live::Yes,
        sold_alone: true,
        position,
        archived_at: None,
    };
    (0..).zip(things).map(item).collect()
}

/// A ticket with all but the bootcamp, half of it still to be paid, held by whoever bought it.
pub(crate) fn ticket() -> TicketView {
    let items = items(&about().event.event);
    let full = PassId(id(50));
    let entitlement = |item: &Item| Entitlement {
        item: item.id,
        quantity: if item.kind == Kind::Physical { 2 } else { 1 },
        from: Source::Pass(full),
        admissions: Vec::new(),
    };
    let ticket = Ticket {
        number: id(1),
        event: about().event.event,
        order: id(9),
        customer: id(20),
        buyer: id(20),
        buyer_email: "zoe@dancers.example".parse().unwrap(),
        full_name: Some("Zoë Ñandú".parse().unwrap()),
        email: None,
        status: TicketStatus::Active,
        rate: "student".parse().unwrap(),
        role: Some(Role::Leader),
        partner: Some("Łukasz Őszi".parse().unwrap()),
        purchases: vec![Purchase {
            thing: Thing::Pass(full),
            name: "Full Pass".parse().unwrap(),
            step: "Early bird".parse().unwrap(),
            quantity: 1,
            price: Amount::minor(9_500),
            sale: None,
        }],
        entitlements: items.iter().take(7).map(entitlement).collect(),
        places: Vec::new(),
        currency: "GBP".parse().unwrap(),
        price: Amount::minor(9_500),
        paid: Amount::minor(6_000),
        refunded: Amount::ZERO,
        method: Method::AtDoor,
        answers: std::collections::BTreeMap::new(),
        notes: Prose::default(),
        generation: 1,
        key: 0,
        reissued_at: None,
        wristbands: Vec::new(),
        change: id(30),
        issued_at: at("2026-11-01T12:00:00Z"),
        list_shard: 0,
    };
    TicketView { ticket, issued: true, barcode: Some(barcode()) }
}

/// A ticket for the Friday party alone, held by somebody else than its buyer, all paid.
pub(crate) fn guests_ticket() -> TicketView {
    let mut view = ticket();
    let party = items(&view.ticket.event).remove(0);
    view.ticket.number = id(2);
    view.ticket.customer = id(21);
    view.ticket.full_name = Some("<b>\"Ana\" & co".parse().unwrap());
    view.ticket.email = Some("ana@dancers.example".parse().unwrap());
    view.ticket.rate = "standard".parse().unwrap();
    (view.ticket.role, view.ticket.partner) = (None, None);
    view.ticket.purchases[0].thing = Thing::Item(party.id);
    view.ticket.purchases[0].name = party.name;
    view.ticket.purchases[0].price = Amount::minor(1_250);
    view.ticket.entitlements.truncate(1);
    (view.ticket.price, view.ticket.paid) = (Amount::minor(1_250), Amount::minor(1_250));
    view
}

/// An order of both tickets, £72.50 of £107.50 paid.
pub(crate) fn order() -> OrderView {
    let tickets = vec![ticket(), guests_ticket()];
    let line = |(ticket, view): (usize, &TicketView)| Line {
        ticket,
        thing: view.ticket.purchases[0].thing,
        name: view.ticket.purchases[0].name.clone(),
        step: "Early bird".parse().unwrap(),
        quantity: 1,
        price: view.ticket.price,
    };
    let order = Order {
        id: id(9),
        event: about().event.event,
        buyer: Some(Buyer {
            customer: id(20),
            email: "zoe@dancers.example".parse().unwrap(),
            full_name: "Zoë Ñandú".parse().unwrap(),
        }),
        state: OrderState::Fulfilled,
        tickets: tickets.iter().map(|view| promised(&view.ticket)).collect(),
        lines: tickets.iter().enumerate().map(line).collect(),
        method: Some(Method::AtDoor),
        reference: None,
        currency: "GBP".parse().unwrap(),
        total: Amount::minor(10_750),
        paid: Amount::minor(7_250),
        refunded: Amount::ZERO,
        takes: Vec::new(),
        expires_at: None,
        issued: 2,
        placed_at: at("2026-11-01T12:00:00Z"),
        placed_by: By::Customer { id: id(20) },
        ended_at: None,
        list_shard: 0,
    };
    OrderView { order, revision: 3, tickets, payments: Vec::new(), key: "abcdefghijklmnopqrstuvwxyz".to_owned() }
}

fn promised(ticket: &Ticket) -> OrderTicket {
    OrderTicket {
        number: ticket.number,
        full_name: ticket.full_name.clone(),
        email: ticket.email.clone(),
        customer: Some(ticket.customer),
        rate: ticket.rate.clone(),
        role: ticket.role,
        partner: ticket.partner.clone(),
        entitlements: ticket.entitlements.clone(),
        places: Vec::new(),
        answers: ticket.answers.clone(),
    }
}

/// An order of both that is held for a bank transfer.
pub(crate) fn reserved() -> OrderView {
    let mut view = order();
    view.order.state = OrderState::Held;
    view.order.method = Some(Method::BankTransfer);
    view.order.expires_at = Some(at("2026-11-08T12:00:00Z"));
    (view.order.paid, view.order.issued) = (Amount::ZERO, 0);
    for view in &mut view.tickets {
        (view.issued, view.barcode, view.ticket.paid) = (false, None, Amount::ZERO);
    }
    view
}
