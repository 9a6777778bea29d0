//! The shop: what everybody sees of an organisation and its events, and buying. Every page works without scripts.
//!
//! The way of a buyer: [`pick`] (by pass, or by what they want to do) → the hold begins ([`hold`]) → [`who`] is coming →
//! [`pay`] → [`order`], the page that they keep.

mod cover;
mod event;
pub(crate) mod frame;
mod hold;
mod order;
mod organisation;
mod pay;
mod pick;
#[cfg(test)]
mod tests;
mod who;

pub(crate) use order::contents;

use crate::access::{Anybody, OrderLink, Shop};
use crate::route::{Route, Verb};

/// The pages of the shop.
pub fn routes() -> Vec<Route> {
    use Verb::{Get, Post};
    vec![
        Route::page(Get, "/", Anybody, organisation::welcome),
        Route::page(Get, "/{org}", Shop, organisation::show_organisation).kept_for_visitors(),
        Route::page(Get, "/{org}/brand.css", Shop, organisation::stylesheet),
        Route::page(Get, "/{org}/{event}", Shop, event::show_event).kept_for_visitors(),
        Route::page(Get, "/{org}/{event}/pick", Shop, pick::show_pick),
        Route::page(Post, "/{org}/{event}/cover", Shop, cover::show_cover),
        Route::page(Post, "/{org}/{event}/hold", Shop, hold::begin_hold),
        Route::page(Get, "/{org}/{event}/orders/{id}", OrderLink, order::show_order),
        Route::page(Get, "/{org}/{event}/orders/{id}/tickets.pdf", OrderLink, order::pdf),
        Route::page(Post, "/{org}/{event}/orders/{id}/cancel", OrderLink, order::cancel),
        Route::page(Get, "/{org}/{event}/orders/{id}/who", OrderLink, who::show_who),
        Route::page(Post, "/{org}/{event}/orders/{id}/who", OrderLink, who::save_who),
        Route::page(Get, "/{org}/{event}/orders/{id}/pay", OrderLink, pay::show_pay),
        Route::page(Post, "/{org}/{event}/orders/{id}/pay", OrderLink, pay::choose_payment),
    ]
}
