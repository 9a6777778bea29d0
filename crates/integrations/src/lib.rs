//! Whom we talk to: one port for each kind of partner, and what speaks to the real one.

pub mod mail;
pub mod payments;
