//! A ticket's scans among what else happened to it.

use domain::door::{Alert, HistoryLine, Scan, fold, whole_history};
use store::record::read;

use crate::stop::Stop;
use crate::tickets::TicketDetail;

impl TicketDetail {
    /// Its scans, in the order of their identifiers.
    pub fn scans(&self) -> Result<Vec<Scan>, Stop> {
        let scans = self.scans.iter().map(|row| read::<Scan>(row).map(|scan| scan.value));
        Ok(scans.collect::<Result<_, _>>()?)
    }

    /// What happened to it and where it was scanned, the earliest first.
    pub fn whole_history(&self) -> Result<Vec<HistoryLine>, Stop> {
        Ok(whole_history(self.history.clone(), self.scans()?))
    }

    /// What staff must look at: who was let in twice on it, or against the server's word.
    pub fn alerts(&self) -> Result<Vec<Alert>, Stop> {
        Ok(fold(&self.scans()?).alerts)
    }
}
