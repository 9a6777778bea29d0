//! The people of the demonstration, all invented, and what they bought.

use std::sync::Arc;

use domain::catalogue::{Event, Item, Role};
use domain::orders::{OrderRequest, PaymentRequest, TicketRequest};
use domain::payments::Method;
use domain::values::{ItemId, Money, PassId, Slug};
use jiff::{SignedDuration, Timestamp};
use store::clock::{Clock, SetClock};

use super::stage::FestivalMade;
use crate::Engine;
use crate::once::Remember;
use crate::orders::{BuyerDraft, OrderScope, OrderView, PaymentDraft, PlaceOrder};
use crate::scope::ShopScope;
use crate::stop::{Fault, Stop};
use crate::tickets::{TicketScope, VoidTicket};

const FIRST: [&str; 32] = [
    "Ana", "Ben", "Chloë", "Dimitri", "Elif", "Fergus", "Grace", "Hana", "Íñigo", "Jola", "Kofi", "Lucía", "Marek",
    "Nia", "Oskar", "Priya", "Quentin", "Rosa", "Søren", "Tess", "Ugo", "Vera", "Wanda", "Ximena", "Yusuf", "Zoë",
    "Aoife", "Bartek", "Carmen", "Dafydd", "Esther", "Farid",
];
const LAST: [&str; 29] = [
    "Abbott",
    "Baptiste",
    "Castellanos",
    "Dvořák",
    "Eriksen",
    "Fonseca",
    "Galloway",
    "Hughes",
    "Ibarra",
    "Jankowski",
    "Kaya",
    "Lindqvist",
    "Marlowe",
    "Núñez",
    "O'Keeffe",
    "Petrov",
    "Quigley",
    "Rossi",
    "Szabó",
    "Thackeray",
    "Umar",
    "Villanueva",
    "Whitfield",
    "Xavier",
    "Yilmaz",
    "Zieliński",
    "Ashworth",
    "Brännström",
    "Corrigan",
];

/// How the tickets of the festival were sold: which pass (or item), by whom, how paid.
const PASSES: [&str; 10] =
    ["full", "full", "full-gala", "party", "party", "saturday", "sunday", "class", "saturday-gala", "dine-and-dance"];
const ITEMS: [&str; 3] = ["fri-party", "sat-party", "sun-party"];

/// Orders of the festival, of the party, and of the class.
const ORDERS: [usize; 3] = [230, 60, 44];
/// Days since the first was placed.
const DAYS: usize = 63;
/// How dancers of the class dance.
const ROLES: [Role; 11] = {
    use Role::{Follower as F, Leader as L, Switch as S};
    [F, L, F, F, L, F, L, F, S, F, L]
};

/// Some 400 tickets of every kind, sold over the last nine weeks, ever more of them a day.
pub(super) async fn sell(
    engine: &Engine,
    festival: &FestivalMade,
    party: &(Event, Item),
    class: &(Event, Item),
) -> Result<(), Stop> {
    let clock = Arc::new(SetClock::at(engine.now()));
    let past = engine.by(Arc::clone(&clock) as Arc<dyn Clock>);
    let [of_festival, of_party, of_class] = ORDERS;
    for n in 0..of_festival {
        clock.set(placed_at(engine.now(), n, of_festival));
        sell_one(&past, festival, n).await?;
    }
    for n in 0..of_party {
        clock.set(placed_at(engine.now(), n, of_party));
        let tickets = tickets(n, 1 + n % 3 / 2, &[], &[party.1.id], "standard")?;
        place(&past, festival, &party.0.event.event, n + 500, (tickets, Method::AtDoor)).await?;
    }
    for n in 0..of_class {
        clock.set(placed_at(engine.now(), n, of_class));
        let mut tickets = tickets(n, 1, &[], &[class.1.id], "standard")?;
        for ticket in &mut tickets {
            ticket.role = ROLES.get(n % ROLES.len()).copied();
        }
        place(&past, festival, &class.0.event.event, n + 700, (tickets, Method::AtDoor)).await?;
    }
    Ok(())
}

/// When the `n`th of `all` orders was placed: few at first, most of late, and at all hours that people are awake.
fn placed_at(now: Timestamp, n: usize, all: usize) -> Timestamp {
    let still = all - 1 - n;
    let minutes = still * still * DAYS * 24 * 60 / (all * all) + n * 37 % 600;
    let ago = SignedDuration::from_mins(i64::try_from(minutes).unwrap_or_default());
    now.checked_sub(ago).unwrap_or(now)
}

async fn sell_one(engine: &Engine, festival: &FestivalMade, n: usize) -> Result<(), Stop> {
    let pass = PASSES.get(n % PASSES.len()).and_then(|key| festival.passes.get(*key)).map(|pass| pass.id);
    let item = ITEMS.get(n % ITEMS.len()).and_then(|key| festival.items.get(*key)).map(|item| item.id);
    let (passes, items): (Vec<PassId>, Vec<ItemId>) = match n % 9 {
        8 => (Vec::new(), item.into_iter().collect()),
        _ => (pass.into_iter().collect(), Vec::new()),
    };
    let rate = if n % 7 == 3 { "student" } else { "standard" };
    let method = match n % 23 {
        0..=2 => Method::Complimentary,
        3..=5 => Method::AtDoor,
        6..=9 => Method::BankTransfer,
        10 => Method::Card,
        11..=14 => Method::CardAtDoor,
        _ => Method::Cash,
    };
    let several = match n % 10 {
        0..=5 => 1,
        6..=8 => 2,
        _ => 4,
    };
    let tickets = tickets(n, several, &passes, &items, rate)?;
    let view = place(engine, festival, &festival.event.event.event, n, (tickets, method)).await?;
    afterwards(engine, festival, n, &view).await
}

/// What happened to some orders since.
async fn afterwards(engine: &Engine, festival: &FestivalMade, n: usize, view: &OrderView) -> Result<(), Stop> {
    let event = &festival.event.event.event;
    let order = OrderScope::of_staff(&festival.scope, event, view.order.id);
    let held = view.order.method == Some(Method::BankTransfer);
    if held && !n.is_multiple_of(3) {
        let amount = Money::new(view.order.total, view.order.currency);
        let payment = PaymentDraft { method: Method::BankTransfer, amount, reference: "statement 41".parse().ok() };
        engine.pay_order(&order, &payment, Remember::nothing()).await?;
    } else if held && n.is_multiple_of(5) {
        engine.cancel_order(&order, Remember::nothing()).await?;
    } else if n % 41 == 17 {
        if let Some(ticket) = view.tickets.first().filter(|ticket| ticket.issued) {
            let scope = TicketScope::of_staff(&festival.scope, event, ticket.ticket.number);
            let void = VoidTicket { reason: "Cannot come after all".parse().ok(), release: true };
            engine.void_ticket(&scope, &void, Remember::nothing()).await?;
        }
    } else if n % 37 == 11
        && let Some(ticket) = view.tickets.first().filter(|ticket| ticket.issued)
    {
        let scope = TicketScope::of_staff(&festival.scope, event, ticket.ticket.number);
        engine.reissue_ticket(&scope, Remember::nothing()).await?;
    }
    Ok(())
}

async fn place(
    engine: &Engine,
    festival: &FestivalMade,
    event: &Slug,
    n: usize,
    (tickets, method): (Vec<TicketRequest>, Method),
) -> Result<OrderView, Stop> {
    let (full_name, email) = person(n);
    let wanted = PlaceOrder {
        event: event.clone(),
        buyer: Some(BuyerDraft {
            email: email.parse().map_err(impossible)?,
            full_name: full_name.parse().map_err(impossible)?,
        }),
        request: OrderRequest {
            tickets,
            payment: Some(PaymentRequest { method, reference: None }),
            expected_total: None,
        },
    };
    engine.place_order(&ShopScope::from(&festival.scope), &wanted, Remember::nothing()).await
}

fn tickets(
    n: usize,
    several: usize,
    passes: &[PassId],
    items: &[ItemId],
    rate: &str,
) -> Result<Vec<TicketRequest>, Stop> {
    let ticket = |index: usize| -> Result<TicketRequest, Stop> {
        let (full_name, email) = person(if index == 0 { n } else { n * 31 + index * 7 + 1_000 });
        let own_address = index > 0 && index % 2 == 1;
        Ok(TicketRequest {
            full_name: Some(full_name.parse().map_err(impossible)?),
            email: if own_address { email.parse().ok() } else { None },
            rate: Some(rate.parse().map_err(impossible)?),
            passes: passes.to_vec(),
            items: items.to_vec(),
            ..TicketRequest::default()
        })
    };
    (0..several).map(ticket).collect()
}

/// The `n`th person: a name, and an address that nobody can have.
fn person(n: usize) -> (String, String) {
    let first = FIRST.get(n % FIRST.len()).copied().unwrap_or("Ana");
    let last = LAST.get(n * 7 % LAST.len()).copied().unwrap_or("Abbott");
    let plain: String = first.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    (format!("{first} {last}"), format!("{plain}.{n}@dancers.example"))
}

fn impossible<E: std::fmt::Debug>(error: E) -> Stop {
    tracing::error!(?error, "the demonstration");
    Fault::Impossible("a person of the demonstration").into()
}
