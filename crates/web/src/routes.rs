//! The site map: every route with who may use it, what it takes and what does it. The router, the API's description and
//! the tests' table are made from this.
//!
//! One more route: a line here, and a handler whose scope and body are those of the line (else it does not compile).

use domain::people::Permission as May;

use crate::access::{Anybody, OrderLink, Person, Platform, Shop, Staff, StaffOrPlatform, TicketLink};
use crate::api::{
    docs, doors, events, items, me, openapi, options, orders, organisations, page, passes, portion, quotes, scans,
    series, staff, tickets, tokens,
};
use crate::route::Route;
use crate::route::Verb::{Delete, Get, Patch, Post, Put};
use crate::takes::{Nothing, json, json_so_far, patch, query};

/// An organisation.
const O: &str = "/api/v1/organisations/{org}";
/// An event.
const E: &str = "/api/v1/organisations/{org}/events/{event}";

/// All routes.
pub fn all() -> Vec<Route> {
    [platform(), organisation(), event(), sales(), door(), description()].into_iter().flatten().collect()
}

fn at(base: &str, rest: &str) -> String {
    format!("{base}{rest}")
}

#[rustfmt::skip]
fn platform() -> Vec<Route> {
    vec![
        Route::new(Post,   "/api/v1/organisations", Platform, json(organisations::new_organisation), organisations::create).says("create_organisation", "Makes an organisation."),
        Route::new(Get,    "/api/v1/organisations", Platform, query(page), organisations::list).says("list_organisations", "All organisations, by slug."),
        Route::new(Post,   "/api/v1/tokens", Platform, json(tokens::platform_token).or_empty(), tokens::create_platform).says("create_platform_token", "Makes a token of the platform; it is shown once."),
        Route::new(Get,    "/api/v1/tokens", Platform, query(portion), tokens::list_platform).says("list_platform_tokens", "The platform's own tokens."),
        Route::new(Delete, "/api/v1/tokens/{id}", Platform, Nothing, tokens::delete_platform).says("revoke_platform_token", "Revokes a token of the platform."),
        Route::new(Get,    "/api/v1/me", Person, Nothing, me::read).says("read_me", "Who is signed in, and what they are to whom."),
        Route::new(Get,    "/api/v1/me/tickets", Person, query(portion), me::tickets).says("list_my_tickets", "The tickets that the signed-in person holds or bought."),
    ]
}

#[rustfmt::skip]
fn organisation() -> Vec<Route> {
    vec![
        Route::new(Get,    O, StaffOrPlatform(May::SeeSettings), Nothing, organisations::read).says("read_organisation", "An organisation: its settings, branding and terms."),
        Route::new(Patch,  O, StaffOrPlatform(May::EditSettings), patch(organisations::change), organisations::update).says("update_organisation", "Changes settings (its owner) or status and fee (the platform)."),
        Route::new(Post,   &at(O, "/staff"), StaffOrPlatform(May::ManageStaff), json(staff::invitation), staff::create).says("invite_staff", "Invites a member of staff by mail."),
        Route::new(Get,    &at(O, "/staff"), Staff(May::ManageStaff), query(portion), staff::list).says("list_staff", "The organisation's staff."),
        Route::new(Get,    &at(O, "/staff/{id}"), Staff(May::ManageStaff), Nothing, staff::read).says("read_staff", "A member of staff."),
        Route::new(Patch,  &at(O, "/staff/{id}"), Staff(May::ManageStaff), json(staff::role), staff::update).says("change_staff_role", "Gives a member of staff another role."),
        Route::new(Delete, &at(O, "/staff/{id}"), Staff(May::ManageStaff), Nothing, staff::delete).says("remove_staff", "Removes a member of staff."),
        Route::new(Post,   &at(O, "/tokens"), StaffOrPlatform(May::ManageStaff), json(tokens::token), tokens::create).says("create_token", "Makes a token of the organisation; it is shown once."),
        Route::new(Get,    &at(O, "/tokens"), Staff(May::ManageStaff), query(portion), tokens::list).says("list_tokens", "The organisation's tokens."),
        Route::new(Delete, &at(O, "/tokens/{id}"), Staff(May::ManageStaff), Nothing, tokens::delete).says("revoke_token", "Revokes a token of the organisation."),
        Route::new(Post,   &at(O, "/series"), Staff(May::EditEvents), json(series::new_series), series::create).says("create_series", "Makes a series."),
        Route::new(Get,    &at(O, "/series"), Staff(May::SeeEvents), query(portion), series::list).says("list_series", "The organisation's series."),
        Route::new(Get,    &at(O, "/series/{series}"), Staff(May::SeeEvents), Nothing, series::read).says("read_series", "A series."),
        Route::new(Post,   &at(O, "/series/{series}/events"), Staff(May::EditEvents), json(series::next_event), series::create_event).says("create_next_event", "Makes the next event of a series: a copy of the last one, or its first."),
        Route::new(Post,   &at(O, "/events"), Staff(May::EditEvents), json(events::event), events::create).says("create_event", "Makes an event."),
        Route::new(Get,    &at(O, "/events"), Staff(May::SeeEvents), query(page), events::list).says("list_events", "The organisation's events, the one that starts last first."),
        Route::new(Get,    &at(O, "/tickets"), Staff(May::SeeTickets), query(tickets::wanted), tickets::list_all).says("list_all_tickets", "Tickets of all events, the latest first."),
    ]
}

#[rustfmt::skip]
fn event() -> Vec<Route> {
    vec![
        Route::new(Get,    E, Staff(May::SeeEvents), Nothing, events::read).says("read_event", "An event."),
        Route::new(Patch,  E, Staff(May::EditEvents), patch(events::event), events::update).says("update_event", "Changes an event."),
        Route::new(Post,   &at(E, "/items"), Staff(May::EditEvents), json_so_far(items::item), items::create).says("create_item", "Makes an item."),
        Route::new(Get,    &at(E, "/items"), Staff(May::SeeEvents), query(portion), items::list).says("list_items", "An event's items, in their order."),
        Route::new(Get,    &at(E, "/items/{id}"), Staff(May::SeeEvents), Nothing, items::read).says("read_item", "An item."),
        Route::new(Patch,  &at(E, "/items/{id}"), Staff(May::EditEvents), patch(items::item), items::update).says("update_item", "Changes an item."),
        Route::new(Delete, &at(E, "/items/{id}"), Staff(May::EditEvents), Nothing, items::delete).says("delete_item", "Deletes an item; one that was sold is archived."),
        Route::new(Post,   &at(E, "/passes"), Staff(May::EditEvents), json_so_far(passes::pass), passes::create).says("create_pass", "Makes a pass."),
        Route::new(Get,    &at(E, "/passes"), Staff(May::SeeEvents), query(portion), passes::list).says("list_passes", "An event's passes, in their order."),
        Route::new(Get,    &at(E, "/passes/{id}"), Staff(May::SeeEvents), Nothing, passes::read).says("read_pass", "A pass."),
        Route::new(Patch,  &at(E, "/passes/{id}"), Staff(May::EditEvents), patch(passes::pass), passes::update).says("update_pass", "Changes a pass."),
        Route::new(Delete, &at(E, "/passes/{id}"), Staff(May::EditEvents), Nothing, passes::delete).says("delete_pass", "Deletes a pass; one that was sold is archived."),
    ]
}

#[rustfmt::skip]
fn sales() -> Vec<Route> {
    vec![
        Route::new(Get,    &at(E, "/options"), Shop, Nothing, options::read).says("read_options", "What can be bought now, with prices, savings and what is left."),
        Route::new(Post,   &at(E, "/quotes"), Shop, json_so_far(quotes::quote), quotes::create).says("quote", "The cheapest way to have some items."),
        Route::new(Post,   &at(E, "/orders"), Shop, json_so_far(orders::order), orders::create).settling_repeats().says("place_order", "Places an order: all of its places are taken, or none."),
        Route::new(Get,    &at(E, "/orders"), Staff(May::SeeOrders), query(page), orders::list).says("list_orders", "An event's orders, the latest first."),
        Route::new(Get,    &at(E, "/orders/{id}"), OrderLink, Nothing, orders::read).says("read_order", "An order with its tickets, lines and payments."),
        Route::new(Patch,  &at(E, "/orders/{id}"), OrderLink, json(orders::changes), orders::update).says("update_order", "Names, addresses and answers that are given later."),
        Route::new(Post,   &at(E, "/orders/{id}/payments"), OrderLink, json(orders::payment), orders::pay).says("pay_order", "Records that money arrived (staff)."),
        Route::new(Post,   &at(E, "/orders/{id}/cancel"), OrderLink, Nothing, orders::cancel).says("cancel_order", "Gives an order up."),
        Route::new(Get,    &at(E, "/tickets"), Staff(May::SeeTickets), query(tickets::wanted), tickets::list).says("list_tickets", "An event's tickets, the latest first."),
        Route::new(Get,    &at(E, "/tickets/{number}"), TicketLink, Nothing, tickets::read).says("read_ticket", "A ticket with everything that belongs to it."),
        Route::new(Patch,  &at(E, "/tickets/{number}"), Staff(May::HandleTickets), patch(tickets::changes), tickets::update).says("update_ticket", "Corrects a ticket's name, answers or notes."),
        Route::new(Post,   &at(E, "/tickets/{number}/reissue"), Staff(May::HandleTickets), Nothing, tickets::reissue).says("reissue_ticket", "Makes a barcode anew; the old one is void at once."),
        Route::new(Post,   &at(E, "/tickets/{number}/resend"), Staff(May::HandleTickets), Nothing, tickets::resend).says("resend_ticket", "Sends a ticket's mail again."),
        Route::new(Post,   &at(E, "/tickets/{number}/void"), Staff(May::HandleTickets), json(tickets::void_body).or_empty(), tickets::void).says("void_ticket", "Makes a ticket void."),
    ]
}

#[rustfmt::skip]
fn door() -> Vec<Route> {
    vec![
        Route::new(Post,   &at(E, "/doors"), Staff(May::EditEvents), json(doors::door), doors::create).says("create_door", "Makes a door."),
        Route::new(Get,    &at(E, "/doors"), Staff(May::Scan), query(portion), doors::list).says("list_doors", "An event's doors."),
        Route::new(Get,    &at(E, "/doors/{id}"), Staff(May::Scan), Nothing, doors::read).says("read_door", "A door."),
        Route::new(Patch,  &at(E, "/doors/{id}"), Staff(May::EditEvents), patch(doors::door), doors::update).says("update_door", "Changes a door."),
        Route::new(Delete, &at(E, "/doors/{id}"), Staff(May::EditEvents), Nothing, doors::delete).says("delete_door", "Deletes a door."),
        Route::new(Get,    &at(E, "/wristbands"), Staff(May::SeeEvents), Nothing, doors::read_rules).says("read_wristbands", "The rules for wristbands."),
        Route::new(Put,    &at(E, "/wristbands"), Staff(May::EditEvents), json(doors::rules), doors::set_rules).says("set_wristbands", "Replaces the rules for wristbands."),
        Route::new(Post,   &at(E, "/doors/by-day"), Staff(May::EditEvents), json(doors::day_doors).or_empty(), doors::create_day_doors).says("create_day_doors", "Makes a door for each festival day that has none yet."),
        Route::new(Post,   &at(E, "/wristbands/preview"), Staff(May::EditEvents), json(doors::rules), doors::preview_rules).says("preview_wristbands", "What rules would hand out for every combination that was sold so far."),
        Route::new(Post,   &at(E, "/scans"), Staff(May::Scan), json(scans::scans).up_to(scans::LIMIT), scans::record).says("record_scans", "Records scans; each is answered for itself."),
        Route::new(Post,   &at(E, "/tickets/{number}/check-in"), Staff(May::Scan), json(scans::check_in), scans::record_by_hand).says("check_in", "Checks a ticket in by hand; it follows the same verdicts as a scan."),
        Route::new(Get,    &at(E, "/door-list"), Staff(May::Scan), query(doors::since), doors::door_list).says("read_door_list", "All that a phone needs to decide alone."),
    ]
}

#[rustfmt::skip]
fn description() -> Vec<Route> {
    vec![
        Route::new(Get,    openapi::PATH, Anybody, Nothing, openapi::read).says("read_openapi", "This description, as OpenAPI 3.1."),
        Route::new(Get,    docs::PATH, Anybody, Nothing, docs::read).says("read_docs", "This description, for people."),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_route_has_a_name_and_a_summary_of_its_own() {
        let routes = all();
        let names: BTreeSet<&str> = routes.iter().map(|route| route.name).collect();
        let places: BTreeSet<(&str, &str)> = routes.iter().map(|route| (route.verb.name(), &*route.path)).collect();
        assert_eq!(names.len(), routes.len());
        assert_eq!(places.len(), routes.len());
        for route in &routes {
            assert!(route.summary.ends_with('.') && !route.name.is_empty(), "{route:?}");
        }
    }

    #[test]
    fn whatever_changes_something_needs_somebody_or_is_the_shop() {
        let open = ["quote", "place_order"];
        for route in all() {
            let is_open = route.needs == crate::access::Needs::Nothing && route.verb != Get;
            assert_eq!(is_open, open.contains(&route.name), "{route:?}");
        }
    }
}
