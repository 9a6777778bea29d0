//! The JSON API under `/api/v1`: a file for each noun, with what its requests and answers look like and its handlers.
//!
//! Handlers parse nothing and decide nothing: a route has proved the scope and read the body, an operation of the engine
//! does the rest. The routes themselves are in [`crate::routes`].

pub mod docs;
mod door_list;
pub mod doors;
pub mod events;
pub mod items;
pub mod me;
pub mod openapi;
pub mod options;
pub mod orders;
pub mod organisations;
mod paging;
pub mod passes;
mod pricing;
pub mod quotes;
pub mod scans;
pub mod series;
pub mod staff;
pub mod tickets;
pub mod tokens;
mod words;

pub use paging::{Page, page, portion};

#[cfg(test)]
mod tests;
