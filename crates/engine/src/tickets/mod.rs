//! Tickets: their barcodes, reading and finding them, and what staff and holders do with one.

mod change_ticket;
mod keyring;
mod list_tickets;
mod read_figures;
mod read_ticket;
mod reissue_ticket;
mod resend_ticket;
mod void_ticket;

pub use change_ticket::TicketChanges;
pub use keyring::{EventKeys, Keyring, fresh_key};
pub use list_tickets::{TicketFilter, TicketList};
pub use read_figures::{EventFigures, SoldOnDay, Used};
pub use read_ticket::{TicketDetail, TicketScope};
pub use void_ticket::VoidTicket;
