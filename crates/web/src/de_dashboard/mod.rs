//! The DE Dashboard: the pages of the platform's owner. So far organisations: which there are, making one and inviting
//! its first owner, and the terms of each.
//!
//! Knows the engine's operations on organisations and the components of [`crate::ui`]. What happens inside of an
//! organisation is its own staff's business ([`crate::client_dashboard`]); the platform sees figures of it.
//!
//! One more page: a file here, its address in [`crate::links::platform`], a line in [`routes`].

mod frame;
mod new_organisation;
mod organisation;
mod organisations;
#[cfg(test)]
mod tests;

use crate::access::Platform;
use crate::route::{Route, Verb};
use Verb::{Get, Post};

/// The pages of the dashboard.
#[rustfmt::skip]
pub fn routes() -> Vec<Route> {
    vec![
        Route::page(Get,  "/platform", Platform, organisations::list),
        Route::page(Get,  "/platform/new-organisation", Platform, new_organisation::show_new),
        Route::page(Post, "/platform/new-organisation", Platform, new_organisation::create),
        Route::page(Get,  "/platform/organisations/{org}", Platform, organisation::show_organisation),
        Route::page(Post, "/platform/organisations/{org}/terms", Platform, organisation::change_terms),
        Route::page(Post, "/platform/organisations/{org}/staff", Platform, organisation::invite),
    ]
}
