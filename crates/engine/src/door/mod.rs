//! The door: recording scans, checking in by hand, and what an organiser sets up for it.
//!
//! What a scan comes to is decided in `domain::door`; here it is made sure that the decision is taken on what is kept,
//! and that nobody else's comes in between.

mod check_in;
mod door_list;
mod edit_doors;
mod gates;
mod make_day_doors;
mod record_scans;
mod set_wristbands;
mod ticket_history;

#[cfg(test)]
mod desk;

pub use check_in::CheckIn;
pub use door_list::{DoorList, DoorTicket};
pub use gates::Gates;
pub use record_scans::{MOST_SCANS, ScanAnswer};
pub use set_wristbands::Combination;
