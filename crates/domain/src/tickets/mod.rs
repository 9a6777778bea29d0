//! Tickets: one attendee's admission to one event; their barcodes and their history.

mod barcode;
mod history;
mod holder;
mod ticket;

pub use barcode::*;
pub use history::{Happening, HistoryEntry, Sale, SaleKind};
pub use holder::Holder;
pub use ticket::*;
