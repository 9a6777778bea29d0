//! A table that is asked again: in front of an engine whose calls fail for a moment, as those over a network do.
//!
//! What is passing is tried again, after a wait ([`Backoff`]), within a deadline and a budget. The budget is what the last
//! successes have earned: while nearly everything fails, nearly nothing is tried again, and whoever asks is told at once
//! that the store is [`StoreFault::Busy`]. No more than so many calls are under way at a time; who comes then is told the
//! same. So a store that is slow makes nobody wait for long, and no crowd.
//!
//! A transaction whose outcome is not known is never tried again here: who made it knows which row tells.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep, timeout_at};

use crate::backoff::{Backoff, Jitter};
use crate::row::{Key, Row};
use crate::table::{Page, Query, ScanCursor, StoreFault, Table, TransactError, Write};

/// How much patience there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How long one call may take, with all its tries.
    pub within: Duration,
    /// How long one try may take.
    pub each_within: Duration,
    /// How long is waited between tries.
    pub waits: Backoff,
    /// Calls that are under way at a time.
    pub at_once: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            within: Duration::from_secs(4),
            each_within: Duration::from_millis(1_500),
            waits: Backoff::default(),
            at_once: 512,
        }
    }
}

/// How much longer a call of maintenance may take, which nobody waits for at a page: it moves many rows.
const MAINTENANCE: u32 = 40;

/// Less time than this is not worth a try.
const WORTH_TRYING: Duration = Duration::from_millis(300);

/// What tries cost, and what they are paid from.
mod cost {
    /// The budget at the start, and at most.
    pub(super) const MOST: u32 = 500;
    /// Of a try after others were faster: they got something done.
    pub(super) const CONTENDED: u32 = 1;
    /// Of a try after the store had too much to do.
    pub(super) const BUSY: u32 = 5;
    /// Of a try after there was no answer.
    pub(super) const UNREACHABLE: u32 = 10;
    /// What a success adds.
    pub(super) const EARNED: u32 = 2;
}

/// A table in front of one that fails for a moment now and then.
pub struct Patient {
    inner: Arc<dyn Table>,
    patience: Patience,
    turns: Semaphore,
    budget: Mutex<u32>,
    jitter: Jitter,
}

impl fmt::Debug for Patient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Patient").field("inner", &self.inner).field("patience", &self.patience).finish_non_exhaustive()
    }
}

/// The tries of one call.
struct Tries<'a> {
    of: &'a Patient,
    until: Instant,
    each_within: Duration,
    waits: Backoff,
    _turn: SemaphorePermit<'a>,
}

impl Patient {
    /// Patience with `inner`. `seed` makes the waits; each process should have its own.
    pub fn new(inner: Arc<dyn Table>, patience: Patience, seed: u64) -> Self {
        let (turns, budget) = (Semaphore::new(patience.at_once), Mutex::new(cost::MOST));
        Self { inner, patience, turns, budget, jitter: Jitter::new(seed) }
    }

    /// Begins a call that may take so many times as long as others.
    fn begin(&self, times: u32) -> Result<Tries<'_>, StoreFault> {
        let turn = self.turns.try_acquire().map_err(|_| StoreFault::Busy)?;
        let Patience { within, each_within, waits, .. } = self.patience;
        let until = Instant::now() + within * times;
        Ok(Tries { of: self, until, each_within: each_within * times, waits, _turn: turn })
    }

    fn earn(&self) {
        let mut budget = self.budget.lock().unwrap_or_else(PoisonError::into_inner);
        *budget = budget.saturating_add(cost::EARNED).min(cost::MOST);
    }

    /// Whether there is so much left for a try; then it is paid.
    fn pays(&self, price: u32) -> bool {
        let mut budget = self.budget.lock().unwrap_or_else(PoisonError::into_inner);
        let left = budget.checked_sub(price);
        *budget = left.unwrap_or(*budget);
        left.is_some()
    }

    async fn read<T, F>(&self, call: impl Fn() -> F + Send + Sync) -> Result<T, StoreFault>
    where
        F: Future<Output = Result<T, StoreFault>> + Send,
    {
        self.repeat(1, call).await
    }

    async fn repeat<T, F>(&self, times: u32, call: impl Fn() -> F + Send + Sync) -> Result<T, StoreFault>
    where
        F: Future<Output = Result<T, StoreFault>> + Send,
    {
        let mut tries = self.begin(times)?;
        loop {
            match timeout_at(tries.this_until(), call()).await.unwrap_or_else(|_| Err(silent())) {
                Ok(found) => {
                    self.earn();
                    return Ok(found);
                }
                Err(fault) if fault.is_passing() => tries.wait(fault).await?,
                Err(fault) => return Err(fault),
            }
        }
    }
}

impl Tries<'_> {
    /// Until when the try that begins now may take.
    fn this_until(&self) -> Instant {
        (Instant::now() + self.each_within).min(self.until)
    }

    /// Waits before the next try; or answers why there is none.
    async fn wait(&mut self, fault: StoreFault) -> Result<(), StoreFault> {
        let price = match &fault {
            StoreFault::Contended => cost::CONTENDED,
            StoreFault::Busy => cost::BUSY,
            StoreFault::Unreachable(_) | StoreFault::BadRow { .. } | StoreFault::Other(_) => cost::UNREACHABLE,
        };
        if !self.of.pays(price) {
            return Err(fault);
        }
        let wait = self.waits.next(&self.of.jitter);
        // A try that has no time is worse than none: of a transaction it would not be known what came of it.
        if Instant::now() + wait + WORTH_TRYING >= self.until {
            return Err(fault);
        }
        sleep(wait).await;
        Ok(())
    }
}

fn silent() -> StoreFault {
    StoreFault::Unreachable("no answer in time".to_owned())
}

#[async_trait]
impl Table for Patient {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreFault> {
        self.read(|| self.inner.get(key)).await
    }

    async fn get_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault> {
        self.read(|| self.inner.get_many(keys)).await
    }

    async fn query(&self, query: &Query) -> Result<Page, StoreFault> {
        self.read(|| self.inner.query(query)).await
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        let mut tries = self.begin(1).map_err(TransactError::Unavailable)?;
        loop {
            let outcome = timeout_at(tries.this_until(), self.inner.transact(writes.clone())).await;
            match outcome.unwrap_or_else(|_| Err(TransactError::Unknown(silent()))) {
                Err(TransactError::Unavailable(fault)) if fault.is_passing() => {
                    tries.wait(fault).await.map_err(TransactError::Unavailable)?;
                }
                known @ (Ok(()) | Err(TransactError::Refused(_))) => {
                    self.earn();
                    return known;
                }
                other => return other,
            }
        }
    }

    async fn scan(
        &self,
        after: Option<ScanCursor>,
        limit: usize,
    ) -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault> {
        self.repeat(MAINTENANCE, || self.inner.scan(after.clone(), limit)).await
    }

    async fn load(&self, rows: Vec<Row>) -> Result<(), StoreFault> {
        // Writing rows as they are may be done twice.
        self.repeat(MAINTENANCE, || self.inner.load(rows.clone())).await
    }
}

#[cfg(test)]
mod tests;
