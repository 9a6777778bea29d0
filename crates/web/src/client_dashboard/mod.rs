//! The Client Dashboard: the pages of an organiser. Each page is a file; each works without scripts, says what is
//! missing where there is nothing yet, and gives a form back with what was typed and a sentence beside what is wrong.
//!
//! Knows the engine's operations and the components of [`crate::ui`]. Decides nothing itself: what a role may is proved
//! before a page runs ([`crate::access`]), and links to what it may not are left out.
//!
//! One more page: a file here, its address in [`crate::links::dashboard`], a line in [`routes`].

mod attendees;
mod doors;
mod events;
mod frame;
mod item;
mod items;
mod order;
mod orders;
mod overview;
mod palette;
mod pass;
mod sale;
mod settings;
mod setup;
mod setup_form;
mod staff;
#[cfg(test)]
mod tests;
mod thing_form;
mod ticket;
mod ticket_actions;
mod today;
mod tokens;
mod wristbands;

use domain::people::Permission as May;

use crate::access::{Person, Staff};
use crate::route::{Route, Verb};
use Verb::{Get, Post};

/// An organisation.
const O: &str = "/dashboard/{org}";
/// An event.
const E: &str = "/dashboard/{org}/events/{event}";

/// The pages of the dashboard.
pub fn routes() -> Vec<Route> {
    [organisation(), house(), event(), things(), orders(), tickets(), doors()].into_iter().flatten().collect()
}

fn at(base: &str, rest: &str) -> String {
    format!("{base}{rest}")
}

#[rustfmt::skip]
fn organisation() -> Vec<Route> {
    vec![
        Route::page(Get,  "/dashboard", Person, today::home),
        Route::page(Get,  O, Staff(May::SeeEvents), today::show_today),
        Route::page(Get,  &at(O, "/palette"), Staff(May::SeeEvents), palette::find),
        Route::page(Get,  &at(O, "/events"), Staff(May::SeeEvents), events::list),
        Route::page(Get,  &at(O, "/new-event"), Staff(May::EditEvents), setup::show_new),
        Route::page(Post, &at(O, "/new-event"), Staff(May::EditEvents), setup::create),
        Route::page(Get,  &at(O, "/new-series"), Staff(May::EditEvents), events::show_new_series),
        Route::page(Post, &at(O, "/new-series"), Staff(May::EditEvents), events::create_series),
        Route::page(Post, &at(O, "/series/{series}/next"), Staff(May::EditEvents), events::make_next),
        Route::page(Get,  &at(O, "/attendees"), Staff(May::SeeTickets), attendees::list),
    ]
}

#[rustfmt::skip]
fn house() -> Vec<Route> {
    vec![
        Route::page(Get,  &at(O, "/staff"), Staff(May::ManageStaff), staff::list),
        Route::page(Post, &at(O, "/staff"), Staff(May::ManageStaff), staff::invite),
        Route::page(Post, &at(O, "/staff/{id}"), Staff(May::ManageStaff), staff::change_role),
        Route::page(Post, &at(O, "/staff/{id}/remove"), Staff(May::ManageStaff), staff::remove),
        Route::page(Get,  &at(O, "/tokens"), Staff(May::ManageStaff), tokens::list),
        Route::page(Post, &at(O, "/tokens"), Staff(May::ManageStaff), tokens::create),
        Route::page(Post, &at(O, "/tokens/{id}/revoke"), Staff(May::ManageStaff), tokens::revoke),
        Route::page(Get,  &at(O, "/settings"), Staff(May::SeeSettings), settings::show_settings),
        Route::page(Post, &at(O, "/settings"), Staff(May::EditSettings), settings::save),
    ]
}

#[rustfmt::skip]
fn event() -> Vec<Route> {
    vec![
        Route::page(Get,  E, Staff(May::SeeEvents), overview::show_event),
        Route::page(Post, &at(E, "/status"), Staff(May::EditEvents), setup::set_status),
        Route::page(Get,  &at(E, "/setup"), Staff(May::EditEvents), setup::show_setup),
        Route::page(Post, &at(E, "/setup"), Staff(May::EditEvents), setup::save),
    ]
}

#[rustfmt::skip]
fn things() -> Vec<Route> {
    vec![
        Route::page(Get,  &at(E, "/items"), Staff(May::SeeEvents), items::show_items),
        Route::page(Get,  &at(E, "/items/new"), Staff(May::EditEvents), item::show_new),
        Route::page(Post, &at(E, "/items/new"), Staff(May::EditEvents), item::create),
        Route::page(Get,  &at(E, "/items/{id}"), Staff(May::EditEvents), item::show_item),
        Route::page(Post, &at(E, "/items/{id}"), Staff(May::EditEvents), item::save),
        Route::page(Post, &at(E, "/items/{id}/delete"), Staff(May::EditEvents), item::delete),
        Route::page(Get,  &at(E, "/passes/new"), Staff(May::EditEvents), pass::show_new),
        Route::page(Post, &at(E, "/passes/new"), Staff(May::EditEvents), pass::create),
        Route::page(Get,  &at(E, "/passes/{id}"), Staff(May::EditEvents), pass::show_pass),
        Route::page(Post, &at(E, "/passes/{id}"), Staff(May::EditEvents), pass::save),
        Route::page(Post, &at(E, "/passes/{id}/delete"), Staff(May::EditEvents), pass::delete),
    ]
}

#[rustfmt::skip]
fn orders() -> Vec<Route> {
    vec![
        Route::page(Get,  &at(E, "/orders"), Staff(May::SeeOrders), orders::list),
        Route::page(Get,  &at(E, "/orders/new"), Staff(May::Sell), sale::show_sale),
        Route::page(Post, &at(E, "/orders/new"), Staff(May::Sell), sale::sell),
        Route::page(Post, &at(E, "/orders/new/total"), Staff(May::Sell), sale::show_total),
        Route::page(Get,  &at(E, "/orders/{id}"), Staff(May::SeeOrders), order::show_order),
        Route::page(Get,  &at(E, "/orders/{id}/payments"), Staff(May::Sell), order::ask_payment),
        Route::page(Post, &at(E, "/orders/{id}/payments"), Staff(May::Sell), order::record_payment),
        Route::page(Get,  &at(E, "/orders/{id}/cancel"), Staff(May::Sell), order::ask_cancel),
        Route::page(Post, &at(E, "/orders/{id}/cancel"), Staff(May::Sell), order::cancel),
    ]
}

#[rustfmt::skip]
fn tickets() -> Vec<Route> {
    vec![
        Route::page(Get,  &at(E, "/tickets/{number}"), Staff(May::SeeTickets), ticket::show_ticket),
        Route::page(Get,  &at(E, "/tickets/{number}/resend"), Staff(May::HandleTickets), ticket_actions::ask_resend),
        Route::page(Post, &at(E, "/tickets/{number}/resend"), Staff(May::HandleTickets), ticket_actions::resend),
        Route::page(Get,  &at(E, "/tickets/{number}/reissue"), Staff(May::HandleTickets), ticket_actions::ask_reissue),
        Route::page(Post, &at(E, "/tickets/{number}/reissue"), Staff(May::HandleTickets), ticket_actions::reissue),
        Route::page(Get,  &at(E, "/tickets/{number}/void"), Staff(May::HandleTickets), ticket_actions::ask_void),
        Route::page(Post, &at(E, "/tickets/{number}/void"), Staff(May::HandleTickets), ticket_actions::void),
        Route::page(Get,  &at(E, "/tickets/{number}/edit"), Staff(May::HandleTickets), ticket_actions::ask_edit),
        Route::page(Post, &at(E, "/tickets/{number}/edit"), Staff(May::HandleTickets), ticket_actions::edit),
        Route::page(Get,  &at(E, "/tickets/{number}/check-in"), Staff(May::Scan), ticket_actions::ask_check_in),
        Route::page(Post, &at(E, "/tickets/{number}/check-in"), Staff(May::Scan), ticket_actions::check_in),
        Route::page(Get,  &at(E, "/tickets/{number}/undo"), Staff(May::Scan), ticket_actions::ask_undo),
        Route::page(Post, &at(E, "/tickets/{number}/undo"), Staff(May::Scan), ticket_actions::undo),
    ]
}

#[rustfmt::skip]
fn doors() -> Vec<Route> {
    vec![
        Route::page(Get,  &at(E, "/doors"), Staff(May::Scan), doors::list),
        Route::page(Post, &at(E, "/doors/by-day"), Staff(May::EditEvents), doors::make_by_day),
        Route::page(Get,  &at(E, "/doors/new"), Staff(May::EditEvents), doors::show_new),
        Route::page(Post, &at(E, "/doors/new"), Staff(May::EditEvents), doors::create),
        Route::page(Get,  &at(E, "/doors/{id}"), Staff(May::EditEvents), doors::show_door),
        Route::page(Post, &at(E, "/doors/{id}"), Staff(May::EditEvents), doors::save),
        Route::page(Post, &at(E, "/doors/{id}/delete"), Staff(May::EditEvents), doors::delete),
        Route::page(Get,  &at(E, "/wristbands"), Staff(May::EditEvents), wristbands::list),
        Route::page(Get,  &at(E, "/wristbands/{place}"), Staff(May::EditEvents), wristbands::show_rule),
        Route::page(Post, &at(E, "/wristbands/{place}"), Staff(May::EditEvents), wristbands::save),
        Route::page(Post, &at(E, "/wristbands/{place}/move"), Staff(May::EditEvents), wristbands::move_rule),
        Route::page(Post, &at(E, "/wristbands/{place}/remove"), Staff(May::EditEvents), wristbands::remove),
    ]
}
