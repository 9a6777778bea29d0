//! Addresses of an organiser's pages: those of the whole organisation, and those of one event.

use domain::catalogue::EventRef;
use domain::values::{DoorId, ItemId, OrderId, PassId, Slug, StaffId, TicketNumber, TokenId};

use super::Href;

/// What an organiser sees first.
pub fn today(organisation: &Slug) -> Href {
    Href::of(&["dashboard", organisation.as_str()])
}

/// Finds events, attendees, orders and actions for the command palette.
pub fn palette(organisation: &Slug) -> Href {
    today(organisation).then("palette")
}

/// All events.
pub fn events(organisation: &Slug) -> Href {
    today(organisation).then("events")
}

/// Where an event is made. Not below `events`, where every name may be an event's.
pub fn new_event(organisation: &Slug) -> Href {
    today(organisation).then("new-event")
}

/// Everybody who holds a ticket; for one event `.with("event", …)`.
pub fn attendees(organisation: &Slug) -> Href {
    today(organisation).then("attendees")
}

/// Who works here.
pub fn staff(organisation: &Slug) -> Href {
    today(organisation).then("staff")
}

/// Settings and branding.
pub fn settings(organisation: &Slug) -> Href {
    today(organisation).then("settings")
}

/// One event at a glance.
pub fn event(event: &EventRef) -> Href {
    events(&event.organisation).then(event.event.as_str())
}

/// What, when and where an event is, and how it is sold.
pub fn setup(event: &EventRef) -> Href {
    self::event(event).then("setup")
}

/// Who its prices are for.
pub fn rates(event: &EventRef) -> Href {
    self::event(event).then("rates")
}

/// Its items and passes.
pub fn items_and_passes(event: &EventRef) -> Href {
    self::event(event).then("items")
}

/// Where an item is made. A KSUID has 27 letters, so that no item is ever called like this.
pub fn new_item(event: &EventRef) -> Href {
    items_and_passes(event).then("new")
}

/// One item.
pub fn item(event: &EventRef, item: ItemId) -> Href {
    items_and_passes(event).then(&item.to_string())
}

/// Where a pass is made.
pub fn new_pass(event: &EventRef) -> Href {
    self::event(event).then("passes").then("new")
}

/// One pass.
pub fn pass(event: &EventRef, pass: PassId) -> Href {
    self::event(event).then("passes").then(&pass.to_string())
}

/// Its orders.
pub fn orders(event: &EventRef) -> Href {
    self::event(event).then("orders")
}

/// One order.
pub fn order(event: &EventRef, order: OrderId) -> Href {
    orders(event).then(&order.to_string())
}

/// One ticket with everything that happened to it.
pub fn ticket(event: &EventRef, number: TicketNumber) -> Href {
    self::event(event).then("tickets").then(&number.to_string())
}

/// Its doors.
pub fn doors(event: &EventRef) -> Href {
    self::event(event).then("doors")
}

/// One door.
pub fn door(event: &EventRef, door: DoorId) -> Href {
    doors(event).then(&door.to_string())
}

/// What its doors hand out.
pub fn wristbands(event: &EventRef) -> Href {
    self::event(event).then("wristbands")
}

/// Its scanner; at one door `.with("door", …)`.
pub fn scanner(event: &EventRef) -> Href {
    self::event(event).then("scan")
}

/// Where the scanner finds somebody by name.
pub fn scanner_search(event: &EventRef) -> Href {
    scanner(event).then("search")
}

/// A dashboard of whoever has only one.
pub fn home() -> Href {
    Href::of(&["dashboard"])
}

/// Where a series is made.
pub fn new_series(organisation: &Slug) -> Href {
    today(organisation).then("new-series")
}

/// Makes the next event of a series.
pub fn next_in_series(organisation: &Slug, series: &Slug) -> Href {
    today(organisation).then("series").then(series.as_str()).then("next")
}

/// One member of staff.
pub fn staff_member(organisation: &Slug, staff: StaffId) -> Href {
    self::staff(organisation).then(&staff.to_string())
}

/// Keys for programs.
pub fn tokens(organisation: &Slug) -> Href {
    today(organisation).then("tokens")
}

/// Revokes a key.
pub fn revoke_token(organisation: &Slug, token: TokenId) -> Href {
    tokens(organisation).then(&token.to_string()).then("revoke")
}

/// Publishes an event, or takes it back.
pub fn status(event: &EventRef) -> Href {
    self::event(event).then("status")
}

/// Where the box office sells.
pub fn new_order(event: &EventRef) -> Href {
    orders(event).then("new")
}

/// What a sale of the box office comes to.
pub fn new_order_total(event: &EventRef) -> Href {
    new_order(event).then("total")
}

/// Where a payment of an order is recorded.
pub fn order_payments(event: &EventRef, order: OrderId) -> Href {
    self::order(event, order).then("payments")
}

/// Gives an order up.
pub fn order_cancel(event: &EventRef, order: OrderId) -> Href {
    self::order(event, order).then("cancel")
}

/// One thing that staff do with a ticket: `resend`, `reissue`, `void`, `edit`, `check-in`.
pub fn ticket_action(event: &EventRef, number: TicketNumber, action: &str) -> Href {
    ticket(event, number).then(action)
}

/// Where a door is made.
pub fn new_door(event: &EventRef) -> Href {
    doors(event).then("new")
}

/// Makes a door for each day.
pub fn day_doors(event: &EventRef) -> Href {
    doors(event).then("by-day")
}

/// One rule for wristbands, by its place in the list, from 0; `new` for one more.
pub fn wristband(event: &EventRef, place: &str) -> Href {
    wristbands(event).then(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_events_pages_are_below_the_event() {
        let event_ref = EventRef::new(&"salsa".parse().unwrap(), &"winter".parse().unwrap());
        assert_eq!(event(&event_ref).as_str(), "/dashboard/salsa/events/winter");
        assert_eq!(scanner(&event_ref).as_str(), "/dashboard/salsa/events/winter/scan");
        let attendees = attendees(&event_ref.organisation).with("event", "winter");
        assert_eq!(attendees.as_str(), "/dashboard/salsa/attendees?event=winter");
    }
}
