//! Every key of the table: the only place that writes or reads `#`.
//!
//! `docs/data-model.md` has the same as a table, and a test compares the two. `{E}` is an event's key,
//! `{T}` a ticket's partition, `{nn}` a shard of two digits or more. Identifiers are KSUIDs, names are slugs, and
//! instants are fixed in width, so that no part holds a `#` and text order is time order.

use domain::catalogue::EventRef;
use domain::orders::{Place, StockOf, StockRole};
use domain::values::{
    AdminId, ChangeId, CustomerId, DoorId, Email, ItemId, Ksuid, OrderId, PassId, PersonId, Slug, StaffId, TicketNumber,
};
use domain::work::Lane;
use jiff::Timestamp;

use crate::hex::Hex;
use crate::row::Key;

/// The partition of all organisations in `gsi1`.
pub const ORGANISATION_LIST: &str = "ORGANISATIONLIST";
/// The partition of the platform's administrators in `gsi1`.
pub const ADMIN_LIST: &str = "ADMINLIST";

/// The event's slug as keys write it: `salsa-sundays-2026-12-13` becomes `salsa-sundays#2026-12-13`.
fn event_part(slug: &Slug) -> String {
    let text = slug.as_str();
    match text.len().checked_sub(11).filter(|cut| *cut > 0).and_then(|cut| text.split_at_checked(cut)) {
        Some((name, date)) if is_date_suffix(date) => format!("{name}#{}", date.trim_start_matches('-')),
        _ => text.to_owned(),
    }
}

/// `-2026-12-13`, purely by its form.
fn is_date_suffix(text: &str) -> bool {
    text.bytes().zip(b"-0000-00-00").all(|(byte, form)| match form {
        b'-' => byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

/// An instant as text whose order is the order of time: whole seconds, `2026-12-04T18:30:00Z`.
fn second(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The same in milliseconds, `2026-12-04T18:30:00.123Z`.
fn millisecond(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// `{E}`: an event's own key, and the partition of its keys and doors.
pub fn event(event: &EventRef) -> String {
    format!("EVENT#{}#{}", event.organisation, event_part(&event.event))
}

/// `{T}`: the partition of a ticket, its sales, history and scans.
pub fn ticket(event: &EventRef, number: TicketNumber) -> String {
    format!("{}#TICKET#{number}", self::event(event))
}

/// An organisation.
pub fn organisation(slug: &Slug) -> Key {
    Key::own(format!("ORGANISATION#{slug}"))
}

/// An organisation's place in the list of all.
pub fn in_organisation_list(slug: &Slug) -> Key {
    Key::new(ORGANISATION_LIST, slug.as_str())
}

/// A name that is in use within an organisation, for a series or an event.
pub fn slug(organisation: &Slug, slug: &Slug) -> Key {
    Key::own(format!("SLUG#{organisation}#{slug}"))
}

/// A series.
pub fn series(organisation: &Slug, series: &Slug) -> Key {
    Key::own(format!("SERIES#{organisation}#{series}"))
}

/// The partition of `gsi1` that lists an organisation's series and events.
pub fn event_list(organisation: &Slug) -> String {
    format!("EVENTLIST#{organisation}")
}

/// A series' place in that list.
pub fn series_in_list(organisation: &Slug, series: &Slug) -> Key {
    Key::new(event_list(organisation), format!("SERIES#{series}"))
}

/// An event's place in that list: by when it starts.
pub fn event_in_list(event: &EventRef, starts_at: Timestamp) -> Key {
    let sk = format!("EVENT#{}#{}", second(starts_at), event_part(&event.event));
    Key::new(event_list(&event.organisation), sk)
}

/// The sort keys of events in that list begin with this.
pub const EVENTS_IN_LIST: &str = "EVENT#";
/// The sort keys of series in that list begin with this.
pub const SERIES_IN_LIST: &str = "SERIES#";

/// The partition of `gsi2` that lists a series' events.
pub fn series_event_list(organisation: &Slug, series: &Slug) -> String {
    format!("SERIESEVENTLIST#{organisation}#{series}")
}

/// An event's place in that list: by when it starts.
pub fn event_in_series(event: &EventRef, series: &Slug, starts_at: Timestamp) -> Key {
    let sk = format!("{}#{}", second(starts_at), event_part(&event.event));
    Key::new(series_event_list(&event.organisation, series), sk)
}

/// From a barcode's tag to its event.
pub fn event_tag(tag: Hex<8>) -> Key {
    Key::own(format!("EVENTTAG#{}", tag.digits()))
}

/// One of an event's signing keys.
pub fn signing_key(event: &EventRef, id: u8) -> Key {
    Key::new(self::event(event), format!("KEY#{id:03}"))
}

/// The sort keys of an event's signing keys begin with this.
pub const SIGNING_KEYS: &str = "KEY#";

/// A door of an event.
pub fn door(event: &EventRef, id: DoorId) -> Key {
    Key::new(self::event(event), format!("DOOR#{id}"))
}

/// The sort keys of an event's doors begin with this.
pub const DOORS: &str = "DOOR#";

/// A pass, as it is sold.
pub fn pass(event: &EventRef, id: PassId) -> Key {
    Key::new(format!("PASS#{id}"), self::event(event))
}

/// A pass's place in `gsi2` among what its event sells.
pub fn pass_in_event(event: &EventRef, position: u32, id: PassId) -> Key {
    Key::new(self::event(event), format!("PASS#{position:05}#{id}"))
}

/// An item, as it is sold.
pub fn item(event: &EventRef, id: ItemId) -> Key {
    Key::new(format!("ITEM#{id}"), self::event(event))
}

/// An item's place in `gsi2` among what its event sells.
pub fn item_in_event(event: &EventRef, position: u32, id: ItemId) -> Key {
    Key::new(self::event(event), format!("ITEM#{position:05}#{id}"))
}

/// The partition of a pass and its purchases.
pub fn pass_partition(id: PassId) -> String {
    format!("PASS#{id}")
}

/// The partition of an item and its purchases.
pub fn item_partition(id: ItemId) -> String {
    format!("ITEM#{id}")
}

/// The sort keys of purchases for one event's tickets begin with this, in the partition of a pass or an item.
pub fn purchases_of(event: &EventRef) -> String {
    format!("{}#TICKET#", self::event(event))
}

/// A pass or item as it was bought for a ticket.
pub fn purchase(thing: domain::catalogue::Thing, event: &EventRef, number: TicketNumber) -> Key {
    Key::new(thing_part(thing), ticket(event, number))
}

/// The same from the ticket's end, in `gsi2`.
pub fn purchase_of_ticket(thing: domain::catalogue::Thing, event: &EventRef, number: TicketNumber) -> Key {
    Key::new(ticket(event, number), thing_part(thing))
}

fn thing_part(thing: domain::catalogue::Thing) -> String {
    match thing {
        domain::catalogue::Thing::Pass(id) => pass_partition(id),
        domain::catalogue::Thing::Item(id) => item_partition(id),
    }
}

/// What is left of a place, in one of its shards.
pub fn stock(place: &Place, shard: u16) -> Key {
    let of = match &place.of {
        StockOf::Event(event) => self::event(event),
        StockOf::Thing(thing) => thing.ksuid().to_string(),
        StockOf::Step(step) => step.to_string(),
    };
    let role = match place.role {
        StockRole::All => "ALL",
        StockRole::Leader => "LEADER",
        StockRole::Follower => "FOLLOWER",
    };
    Key::own(format!("STOCK#{of}#{role}#{shard:02}"))
}

/// A person.
pub fn person(id: PersonId) -> Key {
    Key::own(person_partition(id))
}

/// The partition of a person, and of what they are to organisations.
pub fn person_partition(id: PersonId) -> String {
    format!("PERSON#{id}")
}

/// The partition of an address.
pub fn email_partition(email: &Email) -> String {
    format!("EMAIL#{email}")
}

/// Whose an address is.
pub fn email_person(email: &Email) -> Key {
    Key::new(email_partition(email), "PERSON")
}

/// Which customer of an organisation an address is.
pub fn email_customer(email: &Email, organisation: &Slug) -> Key {
    Key::new(email_partition(email), format!("CUSTOMER#{organisation}"))
}

/// A customer.
pub fn customer(person: PersonId, id: CustomerId) -> Key {
    Key::new(person_partition(person), customer_partition(id))
}

/// The partition of `gsi2` that holds a customer's tickets and orders, and leads to their person.
pub fn customer_partition(id: CustomerId) -> String {
    format!("CUSTOMER#{id}")
}

/// A customer's place in their organisation's list.
pub fn in_customer_list(organisation: &Slug, shard: u16, id: CustomerId) -> Key {
    Key::new(format!("CUSTOMERLIST#{organisation}#{shard:02}"), id.to_string())
}

/// From a customer to their person, in `gsi2`.
pub fn person_of_customer(id: CustomerId, person: PersonId) -> Key {
    Key::new(customer_partition(id), person_partition(person))
}

/// A member of staff.
pub fn staff(person: PersonId, organisation: &Slug, id: StaffId) -> Key {
    Key::new(person_partition(person), format!("STAFF#{organisation}#{id}"))
}

/// The sort keys of what a person is to organisations begin with this: their staff memberships …
pub const STAFF: &str = "STAFF#";
/// … their customers …
pub const CUSTOMERS: &str = "CUSTOMER#";
/// … and their administration of the platform.
pub const ADMINS: &str = "ADMIN#";

/// The partition of `gsi1` that lists an organisation's staff.
pub fn staff_list(organisation: &Slug) -> String {
    format!("STAFFLIST#{organisation}")
}

/// An administrator of the platform.
pub fn admin(person: PersonId, id: AdminId) -> Key {
    Key::new(person_partition(person), format!("ADMIN#{id}"))
}

/// An order.
pub fn order(event: &EventRef, id: OrderId) -> Key {
    Key::new(order_partition(id), self::event(event))
}

/// The partition of an order and its payments.
pub fn order_partition(id: OrderId) -> String {
    format!("ORDER#{id}")
}

/// The partition of `gsi1` that lists an event's orders.
pub fn order_list(event: &EventRef, shard: u16) -> String {
    format!("ORDERLIST#{}#{}#{shard:02}", event.organisation, event_part(&event.event))
}

/// A payment of an order.
pub fn payment(order: OrderId, id: domain::values::PaymentId) -> Key {
    Key::new(order_partition(order), format!("PAYMENT#{id}"))
}

/// The sort keys of an order's payments begin with this.
pub const PAYMENTS: &str = "PAYMENT#";

/// A ticket, under its owner.
pub fn ticket_of(event: &EventRef, number: TicketNumber, owner: CustomerId) -> Key {
    Key::new(ticket(event, number), customer_partition(owner))
}

/// The partition of `gsi1` that lists an event's tickets by their last change.
pub fn ticket_list(event: &EventRef, shard: u16) -> String {
    format!("TICKETLIST#{}#{}#{shard:02}", event.organisation, event_part(&event.event))
}

/// A ticket's place in that list.
pub fn in_ticket_list(event: &EventRef, shard: u16, change: ChangeId) -> Key {
    Key::new(ticket_list(event, shard), change.to_string())
}

/// The sort keys of a customer's tickets begin with this, in `gsi2`.
pub const TICKETS_OF_CUSTOMER: &str = "EVENT#";
/// The sort keys of a customer's orders begin with this, in `gsi2`.
pub const ORDERS_OF_CUSTOMER: &str = "ORDER#";

/// A movement of money for a ticket.
pub fn sale(event: &EventRef, number: TicketNumber, id: domain::values::SaleId) -> Key {
    Key::new(ticket(event, number), format!("SALE#{id}"))
}

/// An entry of a ticket's history.
pub fn history(event: &EventRef, number: TicketNumber, id: domain::values::HistoryId) -> Key {
    Key::new(ticket(event, number), format!("HISTORY#{id}"))
}

/// The sort keys of a ticket's movements of money begin with this.
pub const SALES: &str = "SALE#";
/// The sort keys of a ticket's history begin with this.
pub const HISTORY: &str = "HISTORY#";
/// The sort keys of scans begin with this.
pub const SCANS: &str = "SCAN#";

/// A scan of a ticket that is known. `id` is the device's: letters, digits, `_` and `-`.
pub fn scan(event: &EventRef, number: TicketNumber, id: &str) -> Key {
    Key::new(ticket(event, number), format!("SCAN#{id}"))
}

/// A scan of something that is none of the event's tickets.
pub fn scan_of_unknown(event: &EventRef, shard: u16, id: &str) -> Key {
    let pk = format!("SCANS#{}#{}#{shard:02}", event.organisation, event_part(&event.event));
    Key::new(pk, format!("SCAN#{id}"))
}

/// The partition of `gsi2` that leads from a scan's identifier, which is unique within its event, to the scan. One
/// for each: scans are many.
pub fn scan_of_id(event: &EventRef, id: &str) -> String {
    format!("SCAN#{}#{}#{id}", event.organisation, event_part(&event.event))
}

/// The partition in which workers look for what is due. Each lane has its own shards.
pub fn work_partition(lane: Lane, shard: u16) -> String {
    let first = match lane {
        Lane::Deadlines => 0,
        Lane::Deliveries => 50,
    };
    format!("WORK#{:02}", first + shard)
}

/// Something that is due.
pub fn work(work: &domain::work::Work) -> Key {
    Key::new(work_partition(work.lane, work.shard), format!("{}#{}", millisecond(work.due_at), work.id))
}

/// Sort keys of work that is due at an instant, or before, are below this.
pub fn work_due_until(at: Timestamp) -> String {
    format!("{}$", millisecond(at))
}

/// A request that took effect. Scope and key are hashes, so that what callers write never becomes part of a key.
pub fn operation(scope: Hex<16>, key: Hex<16>) -> Key {
    Key::own(format!("OPERATION#{}#{}", scope.digits(), key.digits()))
}

/// A link to sign in with, by its secret's hash.
pub fn link(secret_hash: Hex<32>) -> Key {
    Key::own(format!("LINK#{}", secret_hash.digits()))
}

/// A signed-in browser, by its secret's hash.
pub fn browser(secret_hash: Hex<32>) -> Key {
    Key::own(format!("BROWSER#{}", secret_hash.digits()))
}

/// An API token, by its secret's hash.
pub fn token(secret_hash: Hex<32>) -> Key {
    Key::own(format!("TOKEN#{}", secret_hash.digits()))
}

/// A token's place in `gsi2`, under its organisation or, without one, the platform.
pub fn token_of(organisation: Option<&Slug>, secret_hash: Hex<32>) -> Key {
    let pk = organisation.map_or_else(|| "PLATFORM".to_owned(), |slug| format!("ORGANISATION#{slug}"));
    Key::new(pk, token(secret_hash).sk)
}

/// The sort keys of tokens begin with this, in `gsi2`.
pub const TOKENS: &str = "TOKEN#";

/// The identifier that follows a known prefix, as in `CUSTOMER#{ksuid}`.
pub fn ksuid_after(prefix: &str, text: &str) -> Option<Ksuid> {
    text.strip_prefix(prefix)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event_named(slug: &str) -> EventRef {
        EventRef { organisation: "northern-salsa".parse().unwrap(), event: slug.parse().unwrap() }
    }

    #[test]
    fn an_event_whose_slug_ends_in_a_date_has_it_apart_in_its_key() {
        for (slug, key) in [
            ("mersey-latin-2026", "EVENT#northern-salsa#mersey-latin-2026"),
            ("salsa-sundays-2026-12-13", "EVENT#northern-salsa#salsa-sundays#2026-12-13"),
            ("2026-12-13", "EVENT#northern-salsa#2026-12-13"),
            ("x-9999-99-99", "EVENT#northern-salsa#x#9999-99-99"),
            ("x2026-12-13", "EVENT#northern-salsa#x2026-12-13"),
        ] {
            assert_eq!(event(&event_named(slug)), key);
        }
    }

    #[test]
    fn the_order_of_keys_is_the_order_of_time() {
        let at = |millisecond| Timestamp::from_millisecond(millisecond).unwrap();
        let instants = [0, 1, 999, 1_000, 1_001, 60_000, 1_796_000_000_000].map(|instant| millisecond(at(instant)));
        assert!(instants.is_sorted());
        assert_eq!(second(at(1_001)), "1970-01-01T00:00:01Z");
        assert!(format!("{}#x", instants[1]) < work_due_until(at(1)));
        assert!(format!("{}#x", instants[2]) > work_due_until(at(1)));
    }
}
