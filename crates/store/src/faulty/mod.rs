//! A table that fails, delays and answers ambiguously, as a plan says: for tests of what stands on a table.
//!
//! It wraps a healthy table and hands calls on to it. The same plan and the same calls give the same troubles. A
//! test that crashes an operation between two of its steps gives it a table that is [`Faulty::crashing_at`] a step,
//! and goes on with the healthy one, as a process does that is started again.

mod plan;
mod stale;

use std::fmt;
use std::future::pending;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

pub use self::plan::{Odds, Random};

use self::stale::Past;
use crate::row::{Key, Row};
use crate::table::{Index, Page, Query, ScanCursor, StoreFault, Table, TransactError, Write};

/// Which of the table's functions is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// [`Table::get`]
    Get,
    /// [`Table::get_many`]
    GetMany,
    /// [`Table::query`]
    Query,
    /// [`Table::transact`]
    Transact,
    /// [`Table::scan`]
    Scan,
    /// [`Table::load`]
    Load,
}

/// A call, as the plan sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// How many calls were made before.
    pub step: u64,
    /// Of what kind it is.
    pub verb: Verb,
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is done and answered.
    Done,
    /// It is done and answered later, by so much of tokio's time.
    DoneAfter(Duration),
    /// It is done and answered after others have had so many turns.
    DoneAfterTurns(u32),
    /// A query of an index is answered as of so many transactions ago, if the table is one
    /// [`with_lagging_indexes`](Faulty::with_lagging_indexes); other calls are done.
    Stale {
        /// How many of this table's latest transactions the index has not seen. At most 1,024 are remembered.
        transactions: usize,
    },
    /// A query of an index is answered as it would have been so long before, under the same condition.
    Behind {
        /// How far.
        by: Duration,
    },
    /// What is read by several keys is read one by one, with turns of others between: not of one moment. Other calls are
    /// done.
    Torn,
    /// Too much was asked for at once: nothing is done, and a transaction is `Unavailable`.
    Throttled,
    /// Others write the same rows: a transaction is `Unavailable`, and nothing of it done. Other calls are done.
    Conflict,
    /// It fails before anything is done: a transaction is `Unavailable`.
    Failed,
    /// It fails after everything was done: a transaction is `Unknown`.
    DoneButFailed,
    /// It fails, and a transaction is `Unknown`, although nothing was done.
    FailedUnknown,
    /// It is done and never answered.
    DoneButSilent,
    /// It is never done and never answered.
    Silent,
}

/// Decides the fate of each call, in the order of the calls.
type Plan = Box<dyn FnMut(Call) -> Fate + Send>;

/// A table with troubles.
pub struct Faulty {
    inner: Arc<dyn Table>,
    course: Mutex<Course>,
    past: Option<tokio::sync::Mutex<Past>>,
}

struct Course {
    step: u64,
    plan: Plan,
    troubles: u64,
}

impl fmt::Debug for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faulty").field("inner", &self.inner).field("calls", &self.calls()).finish_non_exhaustive()
    }
}

impl Faulty {
    /// A table whose calls have the fates that `plan` gives them.
    pub fn new(inner: Arc<dyn Table>, plan: impl FnMut(Call) -> Fate + Send + 'static) -> Self {
        let course = Course { step: 0, plan: Box::new(plan), troubles: 0 };
        Self { inner, course: Mutex::new(course), past: None }
    }

    /// The same, where [`Fate::Stale`] has its effect. Each transaction then reads first what it is about to change,
    /// and transactions are done one by one.
    pub fn with_lagging_indexes(self) -> Self {
        Self { past: Some(tokio::sync::Mutex::default()), ..self }
    }

    /// A table without troubles, that counts its calls.
    pub fn healthy(inner: Arc<dyn Table>) -> Self {
        Self::new(inner, |_| Fate::Done)
    }

    /// A table with troubles by chance, the same for the same seed and the same calls.
    pub fn seeded(inner: Arc<dyn Table>, seed: u64, odds: Odds) -> Self {
        let mut random = Random::new(seed);
        let faulty = Self::new(inner, move |call| odds.fate(call, &mut random));
        if odds.stale > 0 || odds.behind > 0 { faulty.with_lagging_indexes() } else { faulty }
    }

    /// A table that is healthy before call `step` (the first is 0), gives that one `fate`, and fails at every call
    /// after it.
    ///
    /// With [`Fate::Failed`] the process was killed before the step was done, with [`Fate::DoneButFailed`] after.
    /// [`Faulty::calls`] tells how many steps an operation has.
    pub fn crashing_at(inner: Arc<dyn Table>, step: u64, fate: Fate) -> Self {
        Self::new(inner, move |call| match call.step.cmp(&step) {
            std::cmp::Ordering::Less => Fate::Done,
            std::cmp::Ordering::Equal => fate,
            std::cmp::Ordering::Greater => Fate::Failed,
        })
    }

    /// How many calls were made so far.
    pub fn calls(&self) -> u64 {
        self.course.lock().unwrap_or_else(PoisonError::into_inner).step
    }

    /// How many of them were not simply done.
    pub fn troubles(&self) -> u64 {
        self.course.lock().unwrap_or_else(PoisonError::into_inner).troubles
    }

    fn fate(&self, verb: Verb) -> Fate {
        let mut course = self.course.lock().unwrap_or_else(PoisonError::into_inner);
        let step = course.step;
        course.step += 1;
        let fate = (course.plan)(Call { step, verb });
        course.troubles += u64::from(fate != Fate::Done);
        fate
    }

    /// Does what is read or loaded, with its fate.
    async fn meet<T>(
        &self,
        fate: Fate,
        call: impl Future<Output = Result<T, StoreFault>> + Send,
    ) -> Result<T, StoreFault> {
        match fate {
            Fate::Done | Fate::Stale { .. } | Fate::Behind { .. } | Fate::Torn | Fate::Conflict => call.await,
            Fate::Throttled => Err(StoreFault::Busy),
            Fate::DoneAfter(_) | Fate::DoneAfterTurns(_) => {
                wait(fate).await;
                call.await
            }
            Fate::Failed | Fate::FailedUnknown => Err(simulated()),
            Fate::DoneButFailed => call.await.and(Err(simulated())),
            Fate::DoneButSilent => {
                let _ = call.await;
                pending().await
            }
            Fate::Silent => pending().await,
        }
    }

    async fn commit(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        match &self.past {
            Some(past) => past.lock().await.commit(&*self.inner, writes).await,
            None => self.inner.transact(writes).await,
        }
    }
}

async fn wait(fate: Fate) {
    match fate {
        Fate::DoneAfter(time) => tokio::time::sleep(time).await,
        Fate::DoneAfterTurns(turns) => {
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
        }
        Fate::Done
        | Fate::Stale { .. }
        | Fate::Behind { .. }
        | Fate::Torn
        | Fate::Throttled
        | Fate::Conflict
        | Fate::Failed
        | Fate::DoneButFailed
        | Fate::FailedUnknown
        | Fate::DoneButSilent
        | Fate::Silent => {}
    }
}

fn simulated() -> StoreFault {
    StoreFault::Other("a simulated fault".to_owned())
}

/// What is said where an answer was lost on its way.
fn lost() -> StoreFault {
    StoreFault::Unreachable("a simulated fault".to_owned())
}

#[async_trait]
impl Table for Faulty {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreFault> {
        self.meet(self.fate(Verb::Get), self.inner.get(key)).await
    }

    async fn get_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault> {
        match self.fate(Verb::GetMany) {
            Fate::Torn => {
                let mut found = Vec::with_capacity(keys.len());
                for key in keys {
                    found.push(self.inner.get(key).await?);
                    tokio::task::yield_now().await;
                }
                Ok(found)
            }
            fate => self.meet(fate, self.inner.get_many(keys)).await,
        }
    }

    async fn query(&self, query: &Query) -> Result<Page, StoreFault> {
        let fate = self.fate(Verb::Query);
        match (fate, query.index, &self.past) {
            (Fate::Stale { transactions }, Index::Gsi1 | Index::Gsi2, Some(past)) => {
                past.lock().await.query(&*self.inner, query, transactions).await
            }
            (Fate::Behind { by }, Index::Gsi1 | Index::Gsi2, Some(past)) => {
                let past = past.lock().await;
                past.query(&*self.inner, query, past.within(by)).await
            }
            (fate, _, _) => self.meet(fate, self.inner.query(query)).await,
        }
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        let fate = self.fate(Verb::Transact);
        match fate {
            Fate::Done | Fate::Stale { .. } | Fate::Behind { .. } | Fate::Torn => self.commit(writes).await,
            Fate::Throttled => Err(TransactError::Unavailable(StoreFault::Busy)),
            Fate::Conflict => Err(TransactError::Unavailable(StoreFault::Contended)),
            Fate::DoneAfter(_) | Fate::DoneAfterTurns(_) => {
                wait(fate).await;
                self.commit(writes).await
            }
            Fate::Failed => Err(TransactError::Unavailable(simulated())),
            Fate::FailedUnknown => Err(TransactError::Unknown(lost())),
            Fate::DoneButFailed => {
                // A refusal is lost on its way as well.
                let _ = self.commit(writes).await;
                Err(TransactError::Unknown(lost()))
            }
            Fate::DoneButSilent => {
                let _ = self.commit(writes).await;
                pending().await
            }
            Fate::Silent => pending().await,
        }
    }

    async fn scan(
        &self,
        after: Option<ScanCursor>,
        limit: usize,
    ) -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault> {
        self.meet(self.fate(Verb::Scan), self.inner.scan(after, limit)).await
    }

    async fn load(&self, rows: Vec<Row>) -> Result<(), StoreFault> {
        self.meet(self.fate(Verb::Load), self.inner.load(rows)).await
    }
}

#[cfg(test)]
mod tests;
