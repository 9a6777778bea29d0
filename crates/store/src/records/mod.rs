//! The rows of each kind of value: their keys and their places in the indexes.
//!
//! To keep a new kind of value: give it a key in [`crate::keys`], implement [`Record`](crate::record::Record) for it
//! here, and add its line to `docs/data-model.md`.

mod catalogue;
mod door;
mod orders;
mod people;
mod platform;
mod tickets;

pub use door::{EventTag, SealedKey};
pub use orders::{PurchaseRow, Stock, StockRow};
pub use people::{HashedLink, HashedSession, HashedToken};
pub use platform::Operation;
pub use tickets::OfEvent;
