//! What is wrong with what a buyer asks for, before anything is priced: every fault of it is told.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{MOST_THINGS, MOST_TICKETS, OrderRequest, Seller, Shelf, TicketRequest};
use crate::Refusal;
use crate::catalogue::{Event, Item, Kind, RateId};
use crate::payments::Method;
use crate::pricing::PricingSchedule;
use crate::values::{Faults, ItemId, Pointer, Wrong};

/// What is wrong with a request as it stands, whoever sends it and whenever.
pub fn faults_of_request(shelf: &Shelf, request: &OrderRequest) -> Faults {
    let mut faults = Faults::none();
    let at = Pointer::to("tickets");
    if request.tickets.is_empty() {
        faults.add(at.clone(), Wrong::TooFew(1));
    }
    if request.tickets.len() > MOST_TICKETS {
        faults.add(at.clone(), Wrong::TooLong(MOST_TICKETS));
    }
    for (index, ticket) in request.tickets.iter().enumerate() {
        check_ticket(shelf, ticket, &at.then(index), &mut faults);
    }
    faults
}

fn check_ticket(shelf: &Shelf, ticket: &TicketRequest, at: &Pointer, faults: &mut Faults) {
    if ticket.passes.is_empty() && ticket.items.is_empty() {
        faults.add(at.then("passes"), Wrong::TooFew(1));
    }
    let rate = match &ticket.rate {
        Some(rate) if shelf.event.rate(rate).is_none() => {
            faults.add(at.then("rate"), Wrong::Unknown("rate"));
            None
        }
        Some(rate) => Some(rate),
        None => shelf.event.rates.first().map(|rate| &rate.id),
    };
    let mut passes = BTreeSet::new();
    for (index, id) in ticket.passes.iter().enumerate() {
        let here = at.then("passes").then(index);
        match shelf.passes.get(id) {
            None => faults.add(here, Wrong::Unknown("pass")),
            Some(_) if !passes.insert(*id) => faults.add(here, Wrong::Repeated),
            Some(pass) => check_rate(&pass.pricing, rate, here, faults),
        }
    }
    // Something to hand out may come with a pass and be bought besides, up to as many as fit on a ticket.
    let included = ticket.passes.iter().filter_map(|id| shelf.passes.get(id)).flat_map(|pass| &pass.includes);
    let mut items: BTreeMap<ItemId, u32> = BTreeMap::new();
    for id in included {
        if shelf.items.get(id).is_some_and(|item| item.kind == Kind::Physical) {
            *items.entry(*id).or_default() += 1;
        }
    }
    for (index, id) in ticket.items.iter().enumerate() {
        let here = at.then("items").then(index);
        let Some(item) = shelf.items.get(id) else {
            faults.add(here, Wrong::Unknown("item"));
            continue;
        };
        let count = items.entry(*id).or_default();
        *count += 1;
        if *count > item.kind.most_on_a_ticket() {
            faults.add(here, Wrong::Repeated);
        } else if let Some(pricing) = &item.pricing {
            check_rate(pricing, rate, here, faults);
        }
    }
    if passes.len() + items.len() > MOST_THINGS {
        faults.add(at.then("items"), Wrong::TooLong(MOST_THINGS));
    }
    if ticket.role.is_none() && shelf.things_of(ticket).any(|thing| thing.needs_role) {
        faults.add(at.then("role"), Wrong::RoleNeeded);
    }
}

/// Sold at this rate at all? Whether the step of the moment has an amount for it is seen when it is priced.
fn check_rate(pricing: &PricingSchedule, rate: Option<&RateId>, at: Pointer, faults: &mut Faults) {
    let Some(rate) = rate else { return };
    if !pricing.steps.iter().any(|step| step.prices.contains_key(rate)) {
        faults.add(at, Wrong::NotSoldAtRate);
    }
}

/// May this seller use this way of paying, for this event, now?
pub fn check_method(event: &Event, method: Method, seller: Seller, at: Timestamp) -> Result<(), Refusal> {
    let offered = event.payment_methods.contains(&method);
    let in_time = method != Method::BankTransfer || bank_transfer_until(event, at).is_some();
    let allowed = in_time
        && match method {
            Method::Free => true,
            Method::Card | Method::BankTransfer | Method::AtDoor => offered,
            Method::Cash | Method::CardAtDoor | Method::Complimentary => seller == Seller::Staff,
        };
    let at = Pointer::to("payment").then("method");
    if allowed { Ok(()) } else { Err(Refusal::MethodNotAllowed(Faults::one(at, Wrong::MethodNotAllowed))) }
}

/// Until when a bank transfer that is promised now holds its places: 7 days, at most until 2 days before the event.
/// None if that has passed.
pub fn bank_transfer_until(event: &Event, at: Timestamp) -> Option<Timestamp> {
    let days = |n: i64| jiff::SignedDuration::from_hours(24 * n);
    let latest = event.starts_at.checked_sub(days(2)).ok()?;
    let until = at.checked_add(days(7)).ok()?.min(latest);
    (until > at).then_some(until)
}

/// What was asked for can be bought now, as far as dates say.
pub(super) fn check_on_sale(
    shelf: &Shelf,
    request: &OrderRequest,
    seller: Seller,
    at: Timestamp,
) -> Result<(), Refusal> {
    let event = &shelf.event;
    let open = match seller {
        Seller::Public => event.is_on_sale(at),
        Seller::Staff => event.status == crate::catalogue::EventStatus::Live,
    };
    if !open {
        return Err(Refusal::SalesClosed(Faults::one(Pointer::root(), Wrong::NotOnSale)));
    }
    let mut faults = Faults::none();
    for (index, ticket) in request.tickets.iter().enumerate() {
        let here = Pointer::to("tickets").then(index);
        for (n, id) in ticket.passes.iter().enumerate() {
            if !shelf.passes.get(id).is_some_and(|pass| pass.is_on_sale(at)) {
                faults.add(here.then("passes").then(n), Wrong::NotOnSale);
            }
        }
        for (n, id) in ticket.items.iter().enumerate() {
            let sold = |item: &Item| item.is_on_sale(at) && item.sold_alone && item.pricing.is_some();
            if !shelf.items.get(id).is_some_and(sold) {
                faults.add(here.then("items").then(n), Wrong::NotOnSale);
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Refusal::SalesClosed(faults)) }
}
