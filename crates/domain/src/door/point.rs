//! Doors: named scanning points.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::EventRef;
use crate::values::{DoorId, ItemId, Title};

/// A named scanning point, with the items that it admits to, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Door {
    /// Identity.
    pub id: DoorId,
    /// Of which event.
    pub event: EventRef,
    /// "Main, Friday".
    pub name: Title,
    /// What it admits to, at least one.
    pub items: Vec<ItemId>,
    /// From when; a door without times never looks at the clock.
    #[serde(default)]
    pub opens_at: Option<Timestamp>,
    /// Until when.
    #[serde(default)]
    pub closes_at: Option<Timestamp>,
    /// How much earlier and later is still in time.
    #[serde(default)]
    pub tolerance_minutes: u32,
    /// Lets out and in again.
    #[serde(default)]
    pub reentry: bool,
    /// Deleted; scans that were made at it are still taken in.
    #[serde(default)]
    pub archived_at: Option<Timestamp>,
}
