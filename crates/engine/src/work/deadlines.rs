//! The worker of deadlines: holds that end, and orders that a crash left half done.

use domain::work::{Lane, Task, Work};
use store::record::{Record as _, Stored, create};

use super::log;
use crate::Engine;
use crate::commit::Committed;
use crate::stop::Stop;

/// How many are taken at a time.
const BATCH: usize = 64;

impl Engine {
    /// Does what is due, again and again, until it is dropped.
    pub async fn work_on_deadlines(&self) {
        loop {
            match self.meet_deadlines().await {
                Ok(done) if done == BATCH => {}
                Ok(_) => self.rest(&self.wake.deadlines).await,
                Err(stop) => {
                    log(&stop, "deadlines were not looked at");
                    tokio::time::sleep(self.look_every()).await;
                }
            }
        }
    }

    async fn rest(&self, wake: &tokio::sync::Notify) {
        // Woken or not, it looks again.
        let _ = tokio::time::timeout(self.look_every(), wake.notified()).await;
    }

    /// Does what is due now, once, and says how much that was. One that fails does not hold up the others.
    pub async fn meet_deadlines(&self) -> Result<usize, Stop> {
        let due = self.due(Lane::Deadlines, BATCH).await?;
        let count = due.len();
        for work in due {
            if let Some(work) = self.lease(work).await? {
                self.meet_or_put_off(&work).await?;
            }
        }
        Ok(count)
    }

    pub(super) async fn meet_or_put_off(&self, work: &Stored<Work>) -> Result<(), Stop> {
        if let Err(stop) = self.meet(work).await {
            log(&stop, &format!("the deadline {} was not met; it will be tried again", work.value.id));
            self.put_off(work, &format!("{stop:?}")).await?;
        }
        Ok(())
    }

    async fn meet(&self, work: &Stored<Work>) -> Result<(), Stop> {
        match &work.value.task {
            Task::ExpireHold { event, order } => self.expire_order(event, *order).await?,
            Task::IssueTickets { event, order } => {
                self.finish_issuing(event, *order).await?;
            }
            Task::VoidTickets { event, order, by } => self.void_tickets_of(event, *order, by).await?,
            Task::RemoveStock { places } => self.remove_rest(places).await?,
            Task::SpreadStock { event, places } => self.spread_again(event, places).await?,
            // Letters have a lane of their own; one that strayed here would wait for ever.
            Task::Send { .. } => return self.move_to_deliveries(work).await,
        }
        // Settled by somebody else, or nothing was to be done: then the work is still there.
        self.commit(vec![work.delete()]).await?;
        Ok(())
    }

    async fn move_to_deliveries(&self, work: &Stored<Work>) -> Result<(), Stop> {
        let moved = Work { lane: Lane::Deliveries, ..work.value.clone() };
        self.move_work(work, moved).await?;
        Ok(())
    }

    /// Tries again later: after 1, 2, 4 … seconds, at most an hour.
    pub(super) async fn put_off(&self, work: &Stored<Work>, why: &str) -> Result<(), Stop> {
        let seconds = 1_i64.checked_shl(work.value.attempts.min(12)).unwrap_or(3_600).min(3_600);
        let at = self.now();
        let later = Work {
            due_at: at.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap_or(at),
            attempts: work.value.attempts + 1,
            last_error: Some(why.chars().take(500).collect()),
            leased_until: None,
            lease: None,
            ..work.value.clone()
        };
        self.move_work(work, later).await?;
        Ok(())
    }

    /// Puts work where its new due time belongs; none if others were faster.
    pub(super) async fn move_work(&self, work: &Stored<Work>, to: Work) -> Result<Option<Stored<Work>>, Stop> {
        let at = self.now();
        let stays = to.key() == work.value.key();
        let writes = if stays { vec![work.replace(&to, at)?] } else { vec![work.delete(), create(&to, at)?] };
        let revision = if stays { work.revision + 1 } else { 1 };
        Ok(match self.commit(writes).await? {
            Committed::Done => Some(Stored { value: to, revision, created_at: work.created_at.clone() }),
            Committed::Refused(_) => None,
        })
    }
}
