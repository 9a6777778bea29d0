//! The connections that read, each on its own snapshot, beside the writer.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::open::Folder;
use crate::table::StoreFault;

/// Connections for what is answered at once.
const QUICK: usize = 4;

/// Connections for what takes milliseconds: large pages, scans. The quick ones never wait for them.
const SLOW: usize = 2;

#[derive(Debug)]
pub(super) struct Readers {
    quick: Pool,
    slow: Pool,
}

#[derive(Debug)]
struct Pool {
    connections: Vec<Mutex<Connection>>,
    next: AtomicUsize,
}

impl Readers {
    pub(super) fn open(folder: &Folder) -> rusqlite::Result<Self> {
        Ok(Self { quick: Pool::open(QUICK, || folder.reader())?, slow: Pool::open(SLOW, || folder.slow_reader())? })
    }

    /// A connection for a few rows.
    pub(super) fn quick(&self) -> rusqlite::Result<MutexGuard<'_, Connection>> {
        self.quick.take()
    }

    /// A connection for many rows, which are read on a thread that may block.
    pub(super) fn slow(&self) -> rusqlite::Result<MutexGuard<'_, Connection>> {
        self.slow.take()
    }
}

impl Pool {
    fn open(size: usize, connect: impl Fn() -> rusqlite::Result<Connection>) -> rusqlite::Result<Self> {
        let connections = (0..size).map(|_| connect().map(Mutex::new)).collect::<rusqlite::Result<_>>()?;
        Ok(Self { connections, next: AtomicUsize::new(0) })
    }

    /// One that is free, or, when all are at work, the next in turn once it is free.
    fn take(&self) -> rusqlite::Result<MutexGuard<'_, Connection>> {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let size = self.connections.len().max(1);
        let in_turn = || self.connections.iter().cycle().skip(first % size).take(size);
        let conn = match in_turn().find_map(|conn| conn.try_lock().ok()) {
            Some(conn) => conn,
            None => in_turn()
                .next()
                .map(|conn| conn.lock().unwrap_or_else(PoisonError::into_inner))
                .ok_or(rusqlite::Error::InvalidQuery)?,
        };
        Ok(conn)
    }
}

/// Everything that `read` reads is of one moment.
pub(super) fn in_snapshot<T>(
    conn: &Connection,
    read: impl FnOnce(&Connection) -> Result<T, StoreFault>,
) -> Result<T, StoreFault> {
    conn.prepare_cached("BEGIN")?.execute(())?;
    let answer = read(conn);
    let ended = conn.prepare_cached("COMMIT").and_then(|mut end| end.execute(()));
    if ended.is_err() && !conn.is_autocommit() {
        conn.execute_batch("ROLLBACK")?;
    }
    answer
}
