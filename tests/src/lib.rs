//! Tests of the program as a whole: its form, and what it does as its users see it.
//!
//! Here is what such tests are made of: the program as a process, a connection to it, and the mail server that it
//! sends its letters to.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "whatever fails here is a failed test"
)]

pub mod between;
pub mod emulator;
pub mod function;
pub mod http;
pub mod mail_server;
pub mod program;
