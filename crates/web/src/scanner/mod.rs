//! The scanner: choosing a door, scanning, finding somebody by name, and the verdict. One page on a phone, online.

mod screen;
mod search;
mod verdict;
mod where_to;

use domain::people::Permission;

use crate::access::{Person, Staff};
use crate::route::{Route, Verb};

/// Only the scanner reads pictures, which takes compiled code of ours; nothing else is looser than elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; \
    manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The pages of the scanner.
pub fn routes() -> Vec<Route> {
    use Verb::{Get, Post};
    let scan = Staff(Permission::Scan);
    vec![
        Route::page(Get, "/scan", Person, where_to::show_events),
        Route::page(Get, "/dashboard/{org}/events/{event}/scan", scan, screen::show_scanner),
        Route::page(Post, "/dashboard/{org}/events/{event}/scan", scan, screen::record_scan),
        Route::page(Get, "/dashboard/{org}/events/{event}/scan/search", scan, search::find),
    ]
}
