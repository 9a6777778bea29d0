//! Taking over a store from whoever had it before and died: what they were at is finished, or due again at once.

use domain::work::{Lane, Task, Work};
use store::lookups;

use super::lease::LETTER;
use crate::stop::Stop;
use crate::{Company, Engine};

/// Most rows of each kind that are looked at; what is beyond is left to the workers.
const MOST: usize = 1_000;

impl Engine {
    /// Finishes orders whose tickets are partly written or partly void, and makes letters that were on their way due
    /// again. Only for a store that nobody else works on, and before anybody is answered. What fails is left to the
    /// workers.
    pub async fn take_over(&self) {
        if let Err(stop) = self.finish_orders().await {
            tracing::error!(?stop, "orders that were left half done");
        }
        if let Err(stop) = self.take_back_letters().await {
            tracing::error!(?stop, "letters that were on their way");
        }
    }

    async fn finish_orders(&self) -> Result<(), Stop> {
        let due = self.due(Lane::Deadlines, MOST).await?;
        // Holds that have ended can wait for the worker: there may be many.
        for work in due.iter().filter(|work| !matches!(work.value.task, Task::ExpireHold { .. })) {
            self.meet_or_put_off(work).await?;
        }
        Ok(())
    }

    async fn take_back_letters(&self) -> Result<(), Stop> {
        let at = self.now();
        let leased = (at, at.checked_add(LETTER).unwrap_or(at));
        for work in lookups::work_between(self.table(), (Lane::Deliveries, Company::WORK_SHARDS), leased, MOST).await? {
            if work.value.leased_until.is_some() {
                self.move_work(&work, Work { due_at: at, leased_until: None, lease: None, ..work.value.clone() })
                    .await?;
            }
        }
        Ok(())
    }
}
