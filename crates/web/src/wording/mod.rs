//! How values read: money, instants, statuses, what a ticket admits to. Shared by pages, letters and documents, so that
//! one thing is called the same everywhere.
//!
//! Knows the two languages' habits, and the domain's values. Does not know HTML: everything here is plain text.
//! Words are in `locales/*/wording.ftl`.

mod fault;
mod money;
mod ticket;
mod when;
mod words;

pub use fault::{fault, named_fault};
pub use money::money;
pub use ticket::{DayOfItems, admits, dance_partner, guest, holder, no_barcode, order_reference, purchases};
pub use when::{
    ago, as_of, between, date, date_time, day, day_and_time, duration, first_day, item_day, left, long_date, time,
    when, zone,
};
pub use words::{event_status, kind, method, money_status, order_state, rate, role, staff_role, ticket_status};
