//! Everything that is due, and the workers that do it.
//!
//! Work is written in the transaction of its cause and deleted in the one that settles it, so that nothing is lost when
//! the program dies in between. Deadlines settle themselves by conditional writes, so that two workers at one deadline
//! do no harm; a delivery is leased first, since a mail cannot be taken back.

mod deadlines;
mod deliveries;
mod lease;
mod take_over;

pub use deliveries::WaitingLetter;

use std::sync::atomic::{AtomicBool, Ordering};

use domain::values::Slug;
use domain::work::{Lane, Task, Work};
use tokio::sync::Notify;

use crate::Engine;
use crate::stop::Stop;

/// Wakes workers when there is something new for them.
#[derive(Debug, Default)]
pub struct Wake {
    deadlines: Notify,
    deliveries: Notify,
    stopping: AtomicBool,
}

impl Wake {
    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }
}

/// Logs what stopped a worker, which tries again: a store that is away for a moment is no fault of the house.
fn log(stop: &Stop, what: &str) {
    if stop.is_passing() {
        tracing::warn!(?stop, "{what}");
    } else {
        tracing::error!(?stop, "{what}");
    }
}

impl Engine {
    /// Work that is due at once.
    pub(crate) fn new_work(&self, lane: Lane, organisation: Option<Slug>, task: Task) -> Work {
        let id = self.fresh();
        Work {
            id,
            lane,
            shard: self.work_shard(id),
            due_at: self.now(),
            organisation,
            task,
            attempts: 0,
            last_error: None,
            leased_until: None,
            lease: None,
        }
    }

    /// There is somebody who sends mail; else letters wait.
    pub fn sends_mail(&self) -> bool {
        self.mailer.is_some()
    }

    /// Tells the worker of deliveries to finish the letters that are on their way, and to begin no others.
    pub fn stop_delivering(&self) {
        self.wake.stopping.store(true, Ordering::Release);
        self.wake.deliveries.notify_one();
    }

    /// There may be something to do.
    pub(crate) fn wake_workers(&self) {
        self.wake.deadlines.notify_one();
        self.wake.deliveries.notify_one();
    }
}
