//! Who may do what: every route, sent by everybody, answers what `table.md` says, and what it refuses changes nothing.
//!
//! The table is written by hand. A route that has no line, and a line that has no route, is a failure.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "whatever fails here is a failed test")]

mod browsers;
mod everybody;
mod hostile;
mod links;
mod names;
mod table;
mod town;
mod words;
