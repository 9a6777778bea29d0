//! The one thread that writes: it takes what is waiting, commits it once, and only then answers everybody.
//!
//! Conditions are judged in the order of arrival, each request seeing what those before it in the batch have done.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

use rusqlite::{Connection, ErrorCode};
use tokio::sync::oneshot;

use super::apply;
use super::schema;
use super::wal::WriteAheadLog;
use super::{Shared, fault};
use crate::row::Row;
use crate::table::{StoreFault, TransactError, Write};

/// Most requests in one commit.
const BATCH: usize = 128;

/// No further request is taken into a commit that has so many rows already.
const BATCH_ROWS: usize = 4_096;

/// Most requests that wait; one more is answered [`StoreFault::Busy`].
const QUEUE: usize = 1_024;

/// What the writer is asked to do.
#[derive(Debug)]
pub(super) enum Task {
    Transact(Vec<Write>),
    Load(Vec<Row>),
    Sweep { limit: usize },
}

/// How many rows a request has written, or why not.
type Outcome = Result<usize, TransactError>;

#[derive(Debug)]
struct Request {
    task: Task,
    answer: oneshot::Sender<Outcome>,
}

/// The way to the thread. Dropping it finishes what was accepted and closes the file.
#[derive(Debug)]
pub(super) struct Writer {
    requests: Option<SyncSender<Request>>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread on its connection, whose log it tends.
    pub(super) fn start(conn: Connection, log: WriteAheadLog, shared: Arc<Shared>) -> Result<Self, rusqlite::Error> {
        let (requests, waiting) = sync_channel(QUEUE);
        let room = Room { conn, log, shared: Arc::clone(&shared) };
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || room.serve(&waiting))
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(Self { requests: Some(requests), shared, thread: Some(thread) })
    }

    /// Hands a task in and waits for its commit. The task is done even if nobody waits for the answer any more.
    pub(super) async fn ask(&self, task: Task) -> Outcome {
        let (answer, answered) = oneshot::channel();
        let stopped = || StoreFault::Other("the store's writer has stopped".to_owned());
        let Some(requests) = &self.requests else { return Err(TransactError::Unavailable(stopped())) };
        self.shared.waiting.fetch_add(1, Ordering::Relaxed);
        let refusal = match requests.try_send(Request { task, answer }) {
            Ok(()) => return answered.await.unwrap_or_else(|_| Err(TransactError::Unknown(stopped()))),
            Err(TrySendError::Full(_)) => StoreFault::Busy,
            Err(TrySendError::Disconnected(_)) => stopped(),
        };
        self.shared.waiting.fetch_sub(1, Ordering::Relaxed);
        Err(TransactError::Unavailable(refusal))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.requests.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store's writer has panicked");
        }
    }
}

/// What the thread has.
struct Room {
    conn: Connection,
    log: WriteAheadLog,
    shared: Arc<Shared>,
}

/// Why a batch did not go through.
enum Failure {
    /// Nothing of it was written.
    Nothing(rusqlite::Error),
    /// It may be on disk or not.
    Doubt(rusqlite::Error),
}

impl Room {
    fn serve(mut self, waiting: &Receiver<Request>) {
        while let Ok(first) = waiting.recv() {
            let mut rows = first.task.rows();
            let mut batch = vec![first];
            while batch.len() < BATCH && rows < BATCH_ROWS {
                let Ok(next) = waiting.try_recv() else { break };
                rows = rows.saturating_add(next.task.rows());
                batch.push(next);
            }
            let answered = batch.len();
            self.settle(batch);
            self.shared.waiting.fetch_sub(answered, Ordering::Relaxed);
            self.log.tend(&self.conn, &self.shared);
        }
        self.log.close(&self.conn);
    }

    /// Does all of a batch and answers it.
    fn settle(&self, batch: Vec<Request>) {
        if let Err(error) = self.clear_doubt() {
            return refuse(batch, &error);
        }
        let failure = match self.commit(&batch) {
            Ok(outcomes) => return answer(batch, outcomes),
            Err(failure) => failure,
        };
        let (error, is_certain) = match failure {
            Failure::Nothing(error) => (error, true),
            Failure::Doubt(error) => {
                self.shared.in_doubt.store(true, Ordering::SeqCst);
                (error, self.clear_doubt().is_ok())
            }
        };
        if !is_certain {
            tracing::error!(%error, "a commit has failed, and it is not known whether it is on disk");
            let unknown = batch.iter().map(|_| Err(TransactError::Unknown(fault(&error)))).collect();
            return answer(batch, unknown);
        }
        if batch.len() == 1 || is_of_the_file(&error) {
            return refuse(batch, &error);
        }
        // One of them may be what SQLite cannot take: the others must not suffer for it.
        for request in batch {
            self.settle(vec![request]);
        }
    }

    fn commit(&self, batch: &[Request]) -> Result<Vec<Outcome>, Failure> {
        let outcomes = self.perform(batch).map_err(|error| {
            self.roll_back();
            Failure::Nothing(error)
        })?;
        if let Err(error) = self.conn.prepare_cached("COMMIT").and_then(|mut commit| commit.execute(())) {
            self.roll_back();
            return Err(match error.sqlite_error_code() {
                // The file was full before the commit's last page, without which the log ignores the others; or
                // nothing was begun.
                Some(ErrorCode::DiskFull | ErrorCode::DatabaseBusy) => Failure::Nothing(error),
                Some(_) | None => Failure::Doubt(error),
            });
        }
        self.count(batch, &outcomes);
        Ok(outcomes)
    }

    fn perform(&self, batch: &[Request]) -> rusqlite::Result<Vec<Outcome>> {
        self.conn.prepare_cached("BEGIN IMMEDIATE")?.execute(())?;
        batch.iter().map(|request| self.perform_one(&request.task)).collect()
    }

    fn perform_one(&self, task: &Task) -> rusqlite::Result<Outcome> {
        let now = self.shared.now();
        Ok(match task {
            Task::Transact(writes) => apply::transact(&self.conn, writes, now)?
                .map(|()| writes.iter().filter(|write| !matches!(write, Write::Check { .. })).count())
                .map_err(TransactError::Refused),
            Task::Load(rows) => apply::load(&self.conn, rows).map(|()| Ok(rows.len()))?,
            Task::Sweep { limit } => Ok(apply::sweep(&self.conn, *limit, now)?),
        })
    }

    fn count(&self, batch: &[Request], outcomes: &[Outcome]) {
        let counters = &self.shared.counters;
        let mut changed = 0;
        for (request, outcome) in batch.iter().zip(outcomes) {
            match (outcome, &request.task) {
                (Ok(rows), Task::Transact(writes)) => {
                    counters.transactions.add(1);
                    counters.writes.add(writes.len());
                    changed += rows;
                }
                (Ok(rows), Task::Load(_) | Task::Sweep { .. }) => changed += rows,
                (Err(_), _) => counters.refused.add(1),
            }
        }
        counters.rows_written.add(changed);
        counters.commits.add(usize::from(changed > 0));
    }

    fn roll_back(&self) {
        if !self.conn.is_autocommit()
            && let Err(error) = self.conn.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be taken back");
        }
    }

    /// After a commit whose outcome is not known: commits nothing, in its place in the log, so that it can never
    /// come back. Until that has succeeded nothing is written, and nothing is read.
    fn clear_doubt(&self) -> rusqlite::Result<()> {
        if !self.shared.in_doubt.load(Ordering::SeqCst) {
            return Ok(());
        }
        schema::touch(&self.conn)?;
        self.shared.in_doubt.store(false, Ordering::SeqCst);
        Ok(())
    }
}

impl Task {
    fn rows(&self) -> usize {
        match self {
            Self::Transact(writes) => writes.len(),
            Self::Load(rows) => rows.len(),
            Self::Sweep { limit } => *limit,
        }
    }
}

/// It would meet every other request as well.
fn is_of_the_file(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::OutOfMemory
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
        )
    )
}

fn answer(batch: Vec<Request>, outcomes: Vec<Outcome>) {
    for (request, outcome) in batch.into_iter().zip(outcomes) {
        // Whoever has gone does not want to know.
        let _ = request.answer.send(outcome);
    }
}

/// Answers that nothing was written.
fn refuse(batch: Vec<Request>, error: &rusqlite::Error) {
    tracing::error!(%error, requests = batch.len(), "the store could not write");
    let refused = batch.iter().map(|_| Err(TransactError::Unavailable(fault(error)))).collect();
    answer(batch, refused);
}
