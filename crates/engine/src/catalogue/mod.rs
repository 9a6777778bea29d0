//! The catalogue: series and events, their items and passes, and what of them can be bought.
//!
//! Knows how an edit and the stock that it concerns are written together, and what a sold thing may no longer become.
//! Does not know how orders take stock: see [`crate::orders`].
//!
//! Edits of one event see each other: whatever relies on the event as it was read (its rates, the items of a pass)
//! checks in its transaction that the event's row has not changed, and whatever others rely on changes that row.

mod copy_event;
mod create_event;
mod create_item;
mod create_pass;
mod create_series;
mod delete_thing;
#[cfg(test)]
pub(crate) mod desk;
mod edit;
mod next_in_series;
mod options_loader;
mod quote;
mod read_event;
mod read_options;
mod read_series;
mod read_things;
mod sales;
mod sellable;
mod set_shards;
mod spread_stock;
mod stock;
mod survey;
mod update_event;
mod update_item;
mod update_pass;
mod update_thing;

pub use create_series::SeriesDraft;
pub use delete_thing::Removal;
pub use edit::{Edit, cursor_text, read_cursor};
pub(crate) use edit::{expect_revision, made, needs, replaced};
pub use next_in_series::{FirstEvent, Next};
pub use store::record::Stored;
pub use store::table::Cursor;
