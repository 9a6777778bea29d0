//! A ticket's whole history: what happened to it, and where it was scanned, by time.

use jiff::Timestamp;

use super::Scan;
use crate::people::By;
use crate::tickets::HistoryEntry;

/// One line of it.
#[derive(Debug, Clone, PartialEq)]
pub enum HistoryLine {
    /// Something that happened to the ticket.
    Entry(HistoryEntry),
    /// A scan of it.
    Scan(Box<Scan>),
}

/// Entries and scans, the earliest first; of the same instant, what happened to the ticket before its scans.
pub fn whole_history(entries: Vec<HistoryEntry>, scans: Vec<Scan>) -> Vec<HistoryLine> {
    let scans = scans.into_iter().map(|scan| HistoryLine::Scan(Box::new(scan)));
    let mut lines: Vec<HistoryLine> = entries.into_iter().map(HistoryLine::Entry).chain(scans).collect();
    lines.sort_by_key(HistoryLine::at);
    lines
}

impl HistoryLine {
    /// When: of a scan, by the device's corrected clock.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Entry(entry) => entry.at,
            Self::Scan(scan) => scan.scanned_at,
        }
    }

    /// The word for it, as in answers: what happened, or the scan's verdict.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Entry(entry) => entry.what.word(),
            Self::Scan(scan) => scan.result.verdict.word().word(),
        }
    }

    /// Who.
    pub fn by(&self) -> &By {
        match self {
            Self::Entry(entry) => &entry.by,
            Self::Scan(scan) => &scan.by,
        }
    }

    /// From where, where it is known: of a scan, the device.
    pub fn from(&self) -> Option<&str> {
        match self {
            Self::Entry(entry) => entry.from.as_deref(),
            Self::Scan(scan) => Some(scan.device.as_str()),
        }
    }
}
