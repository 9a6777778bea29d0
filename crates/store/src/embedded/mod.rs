//! The embedded engine: SQLite as an ordered store, in one folder that one process opens.
//!
//! One thread writes and commits in groups, see [`writer`]; readers have their own snapshots and wait for nobody.
//! A transaction is on disk before it is answered. Knows nothing of what the rows mean.
//!
//! To add an index: `schema.rs` (its table, the version), `apply.rs` (its pointers), `read.rs` (its order).

mod apply;
mod backup;
mod figures;
mod open;
mod range;
mod read;
mod readers;
mod schema;
mod wal;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use rusqlite::Connection;

pub use self::backup::{BackupError, restore};
pub use self::figures::Figures;
pub use self::open::{FILE, OpenError};

use self::figures::Counters;
use self::open::Folder;
use self::readers::{Readers, in_snapshot};
use self::wal::WriteAheadLog;
use self::writer::{Task, Writer};
use crate::clock::Clock;
use crate::conditions::{self, well_formed};
use crate::row::{Key, Row};
use crate::table::{Page, Query, ScanCursor, StoreFault, Table, TransactError, Write};

/// Up to so many rows are read at once, more of them on a thread that may block.
const QUICK_ROWS: usize = 200;

/// A store in a folder. Dropping it finishes what was accepted, which may take a moment.
#[derive(Debug)]
pub struct Embedded {
    // The readers go first, so that the writer, last at the file, can tidy it up; the lock goes last.
    readers: Arc<Readers>,
    writer: Writer,
    shared: Arc<Shared>,
    folder: Folder,
}

/// What readers and the writer both need.
#[derive(Debug)]
struct Shared {
    clock: Arc<dyn Clock>,
    counters: Counters,
    /// Requests handed in and not answered yet.
    waiting: AtomicUsize,
    /// The outcome of a commit is not known: see [`writer`].
    in_doubt: AtomicBool,
}

impl Embedded {
    /// Opens the store in a folder, and makes both if they are not there.
    ///
    /// At most one process has a store open. After a crash the log is read, which takes as long as the log is long
    /// (some milliseconds).
    pub fn open(dir: &Path, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        Self::open_in(Folder::lock(dir)?, clock)
    }

    /// A store in a temporary folder, which goes with it: for tests. As [`Embedded::open`] otherwise, but nothing is
    /// forced to the disk.
    pub fn in_memory(clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        Self::open_in(Folder::temporary()?, clock)
    }

    fn open_in(folder: Folder, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let shared = Arc::new(Shared {
            clock,
            counters: Counters::default(),
            waiting: AtomicUsize::new(0),
            in_doubt: AtomicBool::new(false),
        });
        let mut writing = folder.writer()?;
        let log = WriteAheadLog::of(&mut writing, folder.copier()?)?;
        let readers = Arc::new(Readers::open(&folder)?);
        let writer = Writer::start(writing, log, Arc::clone(&shared))?;
        Ok(Self { readers, writer, shared, folder })
    }

    /// What was done since the store was opened.
    pub fn figures(&self) -> Figures {
        self.shared.counters.figures()
    }

    /// How many requests have been handed in and are not answered yet.
    pub fn waiting(&self) -> usize {
        self.shared.waiting.load(Ordering::Relaxed)
    }

    /// The folder of the store.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Removes up to `limit` rows that are past their `ttl`, and says how many. For readers they were gone already.
    pub async fn sweep(&self, limit: usize) -> Result<usize, StoreFault> {
        self.writer.ask(Task::Sweep { limit }).await.map_err(into_fault)
    }

    /// Reads on a thread that may block.
    async fn slowly<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection, i64) -> Result<T, StoreFault> + Send + 'static,
    ) -> Result<T, StoreFault> {
        let (readers, now) = (Arc::clone(&self.readers), self.shared.now());
        let reading = tokio::task::spawn_blocking(move || read(&*readers.slow()?, now));
        reading.await.unwrap_or_else(|error| Err(StoreFault::Other(error.to_string())))
    }
}

#[async_trait]
impl Table for Embedded {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreFault> {
        self.shared.certain()?;
        self.shared.counters.read(1);
        let conn = self.readers.quick()?;
        read::get(&conn, key, self.shared.now())
    }

    async fn get_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault> {
        self.shared.certain()?;
        self.shared.counters.read(keys.len());
        let get_all = |conn: &Connection, keys: &[Key], now| {
            in_snapshot(conn, |conn| keys.iter().map(|key| read::get(conn, key, now)).collect())
        };
        if keys.len() <= QUICK_ROWS {
            return get_all(&*self.readers.quick()?, keys, self.shared.now());
        }
        let keys = keys.to_vec();
        self.slowly(move |conn, now| get_all(conn, &keys, now)).await
    }

    async fn query(&self, query: &Query) -> Result<Page, StoreFault> {
        self.shared.certain()?;
        let page = if query.limit <= QUICK_ROWS {
            let conn = self.readers.quick()?;
            read::query(&conn, query, self.shared.now())?
        } else {
            let query = query.clone();
            self.slowly(move |conn, now| read::query(conn, &query, now)).await?
        };
        self.shared.counters.read(page.rows.len());
        Ok(page)
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        well_formed(&writes).map_err(TransactError::Malformed)?;
        self.writer.ask(Task::Transact(writes)).await.map(drop)
    }

    async fn scan(
        &self,
        after: Option<ScanCursor>,
        limit: usize,
    ) -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault> {
        self.shared.certain()?;
        let after = after.map(|cursor| cursor.0);
        let (rows, next) = self.slowly(move |conn, now| read::scan(conn, after.as_ref(), limit, now)).await?;
        self.shared.counters.read(rows.len());
        Ok((rows, next))
    }

    async fn load(&self, rows: Vec<Row>) -> Result<(), StoreFault> {
        conditions::may_be_loaded(&rows)?;
        self.writer.ask(Task::Load(rows)).await.map(drop).map_err(into_fault)
    }
}

impl Shared {
    /// Epoch seconds.
    fn now(&self) -> i64 {
        self.clock.now().as_second()
    }

    /// Nothing is read while it is not known whether a commit is on disk: it might turn out otherwise.
    fn certain(&self) -> Result<(), StoreFault> {
        if self.in_doubt.load(Ordering::SeqCst) {
            return Err(StoreFault::Other(
                "the disk has failed in a write, and has not been written to since".to_owned(),
            ));
        }
        Ok(())
    }
}

impl From<rusqlite::Error> for StoreFault {
    fn from(error: rusqlite::Error) -> Self {
        fault(&error)
    }
}

fn fault(error: &rusqlite::Error) -> StoreFault {
    StoreFault::Other(format!("the embedded store: {error}"))
}

fn into_fault(error: TransactError) -> StoreFault {
    match error {
        TransactError::Unavailable(fault) | TransactError::Unknown(fault) => fault,
        TransactError::Refused(_) | TransactError::Malformed(_) => StoreFault::Other(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
