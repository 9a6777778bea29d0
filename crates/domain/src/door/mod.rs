//! The door: where tickets are scanned, what a scan does, and what is handed out.

mod decide;
mod edit;
mod fold;
mod gate;
mod history;
mod point;
mod scan;
mod verdict;
mod wristbands;

#[cfg(test)]
pub(crate) mod testing;

pub use decide::{Asked, Decision, Kept, Overrides, decide_scan, refuse_code};
pub use edit::{DayDoor, DoorDraft, GREATEST_TOLERANCE_MINUTES, check_door, day_doors};
pub use fold::{Alert, Folded, Side, fold};
pub use gate::{Gate, GoodBarcode, Proof, Seen, festival_day, festival_day_hours};
pub use history::{HistoryLine, whole_history};
pub use point::Door;
pub use scan::{
    Action, Claim, Device, Mode, NotAScanId, Override, OverrideReason, Scan, ScanId, ScanRequest, ScanResult, Scanned,
    ScannedTicket,
};
pub use verdict::{Admitted, Held, OtherEvent, Verdict, VerdictWord};
pub use wristbands::{Holdings, MOST_RULES, Rest, Skip, When, Wristband, WristbandRule, bands_due, check_rules};
