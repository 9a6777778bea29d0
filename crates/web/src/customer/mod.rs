//! What somebody who holds a ticket sees: signing in, their events, one ticket; and what a barcode opens.

mod mailbox;
mod mine;
mod scanned;
mod sign_in;
mod ticket;

use crate::access::{Anybody, Person, Shop, ThisMachine, TicketLink};
use crate::route::{Route, Verb};

/// The pages of customers. Those of development are there only where the program is not public, and only for whoever is
/// at its machine: letters have links to sign in with.
pub fn routes(development: bool) -> Vec<Route> {
    use Verb::{Get, Post};
    let mut routes = vec![
        Route::page(Get, "/sign-in", Anybody, sign_in::ask),
        Route::page(Post, "/sign-in", Anybody, sign_in::send_link),
        Route::page(Get, "/sign-in/{secret}", Anybody, sign_in::show_link),
        Route::page(Post, "/sign-in/{secret}", Anybody, sign_in::use_link),
        Route::page(Post, "/sign-out", Anybody, sign_in::sign_out),
        Route::page(Get, "/my", Person, mine::show_mine),
        Route::page(Get, "/{org}/{event}/event.ics", Shop, ticket::event_calendar),
        Route::page(Get, "/{org}/{event}/tickets/{number}", TicketLink, ticket::show_ticket),
        Route::page(Get, "/{org}/{event}/tickets/{number}/ticket.pdf", TicketLink, ticket::pdf),
        Route::page(Get, "/{org}/{event}/tickets/{number}/ticket.ics", TicketLink, ticket::calendar),
        Route::page(Get, "/{org}/{event}/tickets/{number}/qr.svg", TicketLink, ticket::barcode),
        Route::page(Get, "/s/{token}", Anybody, scanned::open),
        Route::page(Get, "/S/{token}", Anybody, scanned::open),
    ];
    if development {
        routes.push(Route::page(Get, "/dev/mailbox", ThisMachine, mailbox::list));
        routes.push(Route::page(Get, "/dev/mailbox/{id}", ThisMachine, mailbox::show_letter));
        routes.push(Route::page(Get, "/dev/mailbox/{id}/html", ThisMachine, mailbox::show_html));
    }
    routes
}
