//! The write-ahead log: how long it is, and bringing it into the file before it grows too long.
//!
//! SQLite would do that by itself inside a commit; here it is done after the commit was answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use rusqlite::Connection;

use super::Shared;

/// From so many pages on the log is brought into the file: 16 MiB.
const LONG: i32 = 4_096;

/// The log of one connection.
#[derive(Debug)]
pub(super) struct WriteAheadLog {
    pages: Arc<AtomicI32>,
}

impl WriteAheadLog {
    /// Begins to watch the log; SQLite itself no longer shortens it.
    pub(super) fn of(conn: &mut Connection) -> rusqlite::Result<Self> {
        let pages = Arc::new(AtomicI32::new(0));
        let seen = Arc::clone(&pages);
        conn.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages: i32| {
            seen.store(pages, Ordering::Relaxed);
            Ok(())
        }))?;
        Ok(Self { pages })
    }

    pub(super) fn is_long(&self) -> bool {
        self.pages.load(Ordering::Relaxed) >= LONG
    }

    /// Brings it into the file. Readers are not waited for; what they still need stays until the next time.
    pub(super) fn shorten(&self, conn: &Connection, shared: &Shared) {
        self.pages.store(0, Ordering::Relaxed);
        shared.counters.checkpoints.add(1);
        if let Err(error) = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |_| Ok(())) {
            tracing::warn!(%error, "the write-ahead log could not be brought into the file");
        }
    }
}

/// Brings all of the log into the file and empties it, when the store is closed.
pub(super) fn close(conn: &Connection) {
    if let Err(error) = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())) {
        tracing::warn!(%error, "the write-ahead log stays until the store is opened again");
    }
}
