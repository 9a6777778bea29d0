//! What an operation costs: table calls, rows read and rows written, round trips, and which indexes are asked. Whoever
//! adds a read changes a number here, and in the table of `docs/data-model.md`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "whatever fails here is a failed test")]

mod counting;
mod hall;
mod indexes;
mod round_trips;
mod rows;
