//! What all scans of a ticket amount to: which items are used, which bands are handed out, what staff must look at.
//!
//! A plain function of the *set* of scans. The order in which they came, copies of the same record, and which of them
//! came together cannot change it: every scan says what it *claims* whatever else was scanned, and only here are the
//! claims held against each other, by the corrected time of the scans. Nobody is let out again by a machine: two scans
//! that let in on one ticket are an alert, not a correction.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Action, Claim, Device, Scan, ScanId, Verdict, VerdictWord};
use crate::tickets::{Admission, Entitlement, Ticket};
use crate::values::{DoorId, ItemId, Text, Title};

/// What all scans of one ticket amount to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Folded {
    /// The first use of each, and the scan that it was.
    uses: BTreeMap<Claim, (ScanId, Admission)>,
    /// Names of the bands that were handed out, in the order of time.
    pub wristbands: Vec<Text<60>>,
    /// What staff must look at, in the order of time.
    pub alerts: Vec<Alert>,
}

/// Somebody was let in who should not have been; nothing is corrected by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alert {
    /// Two scans let in on the same ticket.
    LetInTwice {
        /// The earlier one.
        first: Side,
        /// The later one.
        second: Side,
    },
    /// A device let in on its own, and the server would have refused.
    LetInDespite {
        /// That scan.
        scan: Side,
        /// What the server says.
        verdict: VerdictWord,
    },
}

/// Who let somebody in: when, where, on which device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// Which scan.
    pub scan: ScanId,
    /// When, by the device's corrected clock.
    pub at: Timestamp,
    /// At which door.
    pub door: DoorId,
    /// Its name then.
    pub door_name: Title,
    /// On which device.
    pub device: Device,
    /// Who, as shown.
    pub by: String,
}

/// Folds all scans of one ticket.
pub fn fold<'a>(scans: impl IntoIterator<Item = &'a Scan>) -> Folded {
    // One of each, by time; equal times by identifier, so that the order is never that of arrival.
    let scans: BTreeMap<(Timestamp, &ScanId), &Scan> =
        scans.into_iter().map(|scan| ((scan.scanned_at, &scan.id), scan)).collect();
    let undone: BTreeSet<&ScanId> = scans.values().filter_map(|scan| scan.undoes()).collect();
    let standing = || scans.values().copied().filter(|scan| scan.undoes().is_none() && !undone.contains(&scan.id));
    let let_in = || standing().filter(|scan| scan.let_in);

    let used: BTreeSet<Claim> = let_in().flat_map(|scan| scan.claims.iter().copied()).collect();
    let mut folded = Folded { alerts: alerts(let_in()), ..Folded::default() };
    for scan in standing() {
        for claim in scan.claims.iter().filter(|claim| used.contains(claim)) {
            folded.uses.entry(*claim).or_insert_with(|| (scan.id.clone(), scan.admission(*claim)));
        }
    }
    for band in let_in().flat_map(|scan| &scan.bands) {
        if !folded.wristbands.contains(band) {
            folded.wristbands.push(band.clone());
        }
    }
    folded
}

/// What is wrong with those who were let in, given first to last.
fn alerts<'a>(let_in: impl Iterator<Item = &'a Scan>) -> Vec<Alert> {
    let mut alerts = Vec::new();
    let mut first_uses: BTreeMap<Claim, &Scan> = BTreeMap::new();
    for scan in let_in {
        match scan.result.verdict.word() {
            // Refused only because another record came earlier: that is judged here, by time.
            VerdictWord::Admitted | VerdictWord::AlreadyIn => {}
            verdict => alerts.push(Alert::LetInDespite { scan: scan.side(), verdict }),
        }
        let earlier: Vec<&Scan> = scan.claims.iter().filter_map(|claim| first_uses.get(claim).copied()).collect();
        let nothing_new = earlier.len() == scan.claims.len();
        if let Some(first) = earlier.into_iter().min_by_key(|first| (first.scanned_at, &first.id))
            && nothing_new
            && !scan.reentry
            && !scan.overrode_already_in()
        {
            alerts.push(Alert::LetInTwice { first: first.side(), second: scan.side() });
        }
        for claim in &scan.claims {
            first_uses.entry(*claim).or_insert(scan);
        }
    }
    alerts
}

impl Folded {
    /// The first use of exactly this.
    pub fn admission(&self, claim: Claim) -> Option<&Admission> {
        self.uses.get(&claim).map(|(_, admission)| admission)
    }

    /// Would a scan at this instant, with this identity, have been the first to use what another one used?
    pub fn is_used_after(&self, claim: Claim, scanned_at: Timestamp, id: &ScanId) -> bool {
        self.uses.get(&claim).is_some_and(|(first, admission)| (scanned_at, id) < (admission.at, first))
    }

    /// The uses of an item: at most one, or at most one for each festival day, in the order of days.
    pub fn admissions(&self, item: ItemId) -> impl Iterator<Item = &Admission> {
        let from = Claim { item, day: None };
        self.uses.range(from..).take_while(move |(claim, _)| claim.item == item).map(|(_, (_, admission))| admission)
    }
}

impl Ticket {
    /// The ticket with its scans folded anew.
    pub fn with_scans(&self, folded: &Folded) -> Self {
        let entitlements = self.entitlements.iter().map(|entitlement| Entitlement {
            admissions: folded.admissions(entitlement.item).cloned().collect(),
            ..entitlement.clone()
        });
        Self { entitlements: entitlements.collect(), wristbands: folded.wristbands.clone(), ..self.clone() }
    }
}

impl Scan {
    fn undoes(&self) -> Option<&ScanId> {
        match &self.action {
            Action::Undo { undoes } => Some(undoes),
            Action::Entry | Action::Reentry => None,
        }
    }

    fn overrode_already_in(&self) -> bool {
        matches!(&self.result.verdict, Verdict::Admitted(admitted) if admitted.despite.contains(&VerdictWord::AlreadyIn))
    }

    fn admission(&self, claim: Claim) -> Admission {
        Admission {
            day: claim.day,
            at: self.scanned_at,
            door: self.door,
            door_name: self.door_name.clone(),
            by: self.by.shown().to_owned(),
        }
    }

    /// This scan as one side of an alert.
    pub fn side(&self) -> Side {
        Side {
            scan: self.id.clone(),
            at: self.scanned_at,
            door: self.door,
            door_name: self.door_name.clone(),
            device: self.device.clone(),
            by: self.by.shown().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
