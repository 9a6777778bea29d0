//! What a ticket says, in words: who holds it, what was bought, what it admits to, why it shows no barcode.

use domain::catalogue::{Day, Item};
use domain::orders::Order;
use domain::organisations::TimeZoneName;
use domain::tickets::{Ticket, TicketStatus};
use domain::values::OrderId;
use engine::orders::TicketView;

use super::when;
use crate::texts::Texts;

/// The items of a ticket that belong to one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOfItems {
    /// `Fri 4 Dec`, `Every day`, or what stands over things that have no day.
    pub day: String,
    /// Their names, in the organiser's order: `Dinner`, `2 × T-shirt`.
    pub items: Vec<String>,
}

/// What a ticket admits to, day by day; then what is on every day, then what has no day. `items` are those of its
/// event, archived ones included; an entitlement to none of them is left out.
pub fn admits(texts: Texts, items: &[Item], ticket: &Ticket) -> Vec<DayOfItems> {
    let entitled = |item: &Item| ticket.entitlement(item.id).map(|entitlement| entitlement.quantity);
    let mut held: Vec<(&Item, u32)> =
        items.iter().filter_map(|item| entitled(item).map(|quantity| (item, quantity))).collect();
    held.sort_by_key(|(item, _)| (item.day.is_none(), item.day, item.position));
    let mut days: Vec<(Option<Day>, DayOfItems)> = Vec::new();
    for (item, quantity) in held {
        let name = counted(item.name.as_str(), quantity);
        match days.last_mut() {
            Some((day, group)) if *day == item.day => group.items.push(name),
            _ => days.push((item.day, DayOfItems { day: heading(texts, item.day), items: vec![name] })),
        }
    }
    days.into_iter().map(|(_, group)| group).collect()
}

fn heading(texts: Texts, day: Option<Day>) -> String {
    day.map_or_else(|| texts.say("wording-no-day"), |day| when::item_day(texts, day))
}

fn counted(name: &str, quantity: u32) -> String {
    if quantity > 1 { format!("{quantity} × {name}") } else { name.to_owned() }
}

/// What was bought for a ticket, each thing once: `Full Pass`, `2 × Dinner`.
pub fn purchases(ticket: &Ticket) -> Vec<String> {
    let mut found: Vec<(_, &str, u32)> = Vec::new();
    for purchase in &ticket.purchases {
        match found.iter_mut().find(|(thing, _, _)| *thing == purchase.thing) {
            Some((_, _, quantity)) => *quantity += purchase.quantity,
            None => found.push((purchase.thing, purchase.name.as_str(), purchase.quantity)),
        }
    }
    found.into_iter().map(|(_, name, quantity)| counted(name, quantity)).collect()
}

/// The holder's name, or that it was not given yet.
pub fn holder(texts: Texts, ticket: &Ticket) -> String {
    ticket.full_name.as_ref().map_or_else(|| texts.say("wording-no-name"), ToString::to_string)
}

/// Whose ticket of an order it is: `Guest 2 of Ana` until it has a name. The only ticket of an order is its buyer's.
pub fn guest(texts: Texts, order: &Order, index: usize, ticket: &Ticket) -> String {
    match (&ticket.full_name, &order.buyer) {
        (None, Some(buyer)) if order.tickets.len() == 1 => buyer.full_name.to_string(),
        (None, Some(buyer)) => {
            let places = [("n", (index + 1).into()), ("buyer", buyer.full_name.as_str().into())];
            texts.say_with("wording-guest", &places)
        }
        (Some(_), _) | (None, None) => holder(texts, ticket),
    }
}

/// How and with whom they dance: `Leader, with Ana`; nothing where neither is known.
pub fn dance_partner(texts: Texts, ticket: &Ticket) -> Option<String> {
    let role = ticket.role.map(|role| super::role(texts, role));
    let partner = ticket.partner.as_ref().map(|name| texts.say_with("wording-with", &[("name", name.as_str().into())]));
    match (role, partner) {
        (Some(role), Some(partner)) => Some(format!("{role}, {partner}")),
        (role, partner) => role.or(partner),
    }
}

/// Why a ticket shows no barcode; nothing for one that has one.
pub fn no_barcode(texts: Texts, view: &TicketView, zone: &TimeZoneName) -> Option<String> {
    let since = |key: &str, at| texts.say_with(key, &[("at", when::date_time(texts, at, zone).into())]);
    match view.ticket.status {
        TicketStatus::Void { at, by_refund: false } => Some(since("wording-void-since", at)),
        TicketStatus::Void { at, by_refund: true } => Some(since("wording-refunded-since", at)),
        TicketStatus::Transferred { at } => Some(since("wording-transferred-since", at)),
        TicketStatus::Active if view.barcode.is_some() => None,
        TicketStatus::Active if view.issued => Some(texts.say("wording-barcode-is-the-holders")),
        TicketStatus::Active => Some(texts.say("wording-barcode-when-paid")),
    }
}

/// An order's short name for people: the last 8 letters and digits of its identifier, in capitals. It fits into the
/// reference of any bank transfer. Not unique: it helps to find an order and never decides anything.
pub fn order_reference(order: OrderId) -> String {
    let id = order.to_string();
    id.get(id.len().saturating_sub(8)..).unwrap_or(&id).to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::sample;

    const EN: Texts = Texts::of(crate::texts::Lang::En);

    #[test]
    fn what_a_ticket_admits_to_is_in_the_order_of_days_and_of_the_organiser() {
        let (mut about, view) = (sample::about(), sample::ticket());
        about.items.reverse();
        let said: Vec<(String, String)> = admits(EN, &about.items, &view.ticket)
            .into_iter()
            .map(|group| (group.day, group.items.join(", ")))
            .collect();
        let expected = [
            ("Fri 4 Dec", "Friday party"),
            ("Sat 5 Dec", "Saturday classes, Saturday party"),
            ("Sun 6 Dec", "Sunday classes, Sunday party"),
            ("Every day", "Practice floor"),
            ("Also yours", "2 × Festival T-shirt"),
        ];
        assert_eq!(said, expected.map(|(day, items)| (day.to_owned(), items.to_owned())));
    }

    #[test]
    fn an_entitlement_to_an_item_that_nobody_knows_is_left_out() {
        assert!(admits(EN, &[], &sample::ticket().ticket).is_empty());
    }

    #[test]
    fn one_thing_at_two_steps_of_its_price_is_one_purchase() {
        let mut ticket = sample::ticket().ticket;
        let mut later = ticket.purchases[0].clone();
        (later.step, later.quantity) = ("At the door".parse().unwrap(), 2);
        ticket.purchases.push(later);
        assert_eq!(purchases(&ticket), ["3 × Full Pass"]);
    }

    #[test]
    fn a_role_and_a_partner_are_said_as_far_as_they_are_known() {
        let mut ticket = sample::ticket().ticket;
        assert_eq!(dance_partner(EN, &ticket).as_deref(), Some("Leader, with Łukasz Őszi"));
        ticket.role = None;
        assert_eq!(dance_partner(EN, &ticket).as_deref(), Some("with Łukasz Őszi"));
        ticket.partner = None;
        assert_eq!(dance_partner(EN, &ticket), None);
    }

    #[test]
    fn only_a_good_ticket_with_a_barcode_has_no_reason_for_having_none() {
        let zone = sample::about().event.time_zone;
        let mut view = sample::ticket();
        assert_eq!(no_barcode(EN, &view, &zone), None);
        view.barcode = None;
        assert!(no_barcode(EN, &view, &zone).unwrap().contains("for its holder"));
        view.issued = false;
        assert!(no_barcode(EN, &view, &zone).unwrap().contains("as soon as the order is paid"));
        view = sample::ticket();
        view.ticket.status = TicketStatus::Void { at: sample::at("2026-11-02T10:00:00Z"), by_refund: false };
        assert!(no_barcode(EN, &view, &zone).unwrap().ends_with("since Mon 2 Nov 2026, 10:00."));
    }

    #[test]
    fn an_orders_short_name_is_the_end_of_its_identifier() {
        let order: OrderId = sample::id(9);
        let reference = order_reference(order);
        assert_eq!(reference.len(), 8);
        assert!(order.to_string().to_ascii_uppercase().ends_with(&reference));
    }
}
