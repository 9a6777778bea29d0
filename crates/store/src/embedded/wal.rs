//! The write-ahead log: how long it is, and bringing it into the file before it grows too long.
//!
//! SQLite would do that by itself inside a commit, with everybody waiting. Here a thread of its own copies the log
//! while the writer goes on; what was written meanwhile, which is little, the writer then copies itself, between two
//! commits, so that the log is all in the file for a moment and begins anew.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::Shared;

/// From so many pages on the log is copied: 16 MiB.
const LONG: i32 = 2_048;

/// From so many pages on the writer copies all of it itself, after whoever is at it: it would else only grow.
const TOO_LONG: i32 = 2 * LONG;

/// The log, as its writer sees it.
#[derive(Debug)]
pub(super) struct WriteAheadLog {
    pages: Arc<AtomicI32>,
    copier: Copier,
}

/// The thread that copies. Dropping it waits for what it is about.
#[derive(Debug)]
struct Copier {
    requests: Option<SyncSender<()>>,
    is_asked: bool,
    copied: Receiver<()>,
    thread: Option<JoinHandle<()>>,
}

impl WriteAheadLog {
    /// Begins to watch the log of the connection that writes; another one copies it.
    pub(super) fn of(writer: &mut Connection, copier: Connection) -> rusqlite::Result<Self> {
        let pages = Arc::new(AtomicI32::new(0));
        let seen = Arc::clone(&pages);
        // In place of SQLite's own hook, which copies.
        writer.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages: i32| {
            seen.store(pages, Ordering::Relaxed);
            Ok(())
        }))?;
        Ok(Self { pages, copier: Copier::start(copier)? })
    }

    /// After a commit: has a long log copied.
    pub(super) fn tend(&mut self, writer: &Connection, shared: &Shared) {
        let pages = self.pages.load(Ordering::Relaxed);
        let is_too_long = pages >= TOO_LONG;
        if is_too_long {
            self.copier.wait();
        }
        if self.copier.has_copied() || is_too_long {
            copy(writer);
            // The next commit tells how long it is then.
            self.pages.store(0, Ordering::Relaxed);
            shared.counters.checkpoints.add(1);
        } else if pages >= LONG {
            self.copier.ask();
        }
    }

    /// Brings all of it into the file and empties it, when the store is closed.
    pub(super) fn close(self, writer: &Connection) {
        drop(self.copier);
        if let Err(error) = writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(())) {
            tracing::warn!(%error, "the write-ahead log stays until the store is opened again");
        }
    }
}

impl Copier {
    fn start(conn: Connection) -> rusqlite::Result<Self> {
        let (requests, asked) = sync_channel(1);
        let (done, copied) = sync_channel(1);
        let thread = std::thread::Builder::new()
            .name("store-log".to_owned())
            .spawn(move || serve(&conn, &asked, &done))
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(Self { requests: Some(requests), is_asked: false, copied, thread: Some(thread) })
    }

    fn ask(&mut self) {
        if !self.is_asked {
            self.is_asked = self.requests.as_ref().is_some_and(|requests| requests.try_send(()).is_ok());
        }
    }

    /// Once for each time that it was asked.
    fn has_copied(&mut self) -> bool {
        let has_copied = self.copied.try_recv().is_ok();
        self.is_asked &= !has_copied;
        has_copied
    }

    /// Until it has done what it was asked, if anything.
    fn wait(&mut self) {
        if self.is_asked {
            // An error means that the thread is no more: then there is nothing to wait for.
            let _ = self.copied.recv();
            self.is_asked = false;
        }
    }
}

impl Drop for Copier {
    fn drop(&mut self) {
        drop(self.requests.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the copier of the store's log has panicked");
        }
    }
}

fn serve(conn: &Connection, asked: &Receiver<()>, done: &SyncSender<()>) {
    while asked.recv().is_ok() {
        copy(conn);
        // Nobody listens any more when the store is closed.
        let _ = done.send(());
    }
}

/// Brings the log into the file, but for what a reader still needs there. Waits for nobody.
fn copy(conn: &Connection) {
    if let Err(error) = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |_| Ok(())) {
        tracing::warn!(%error, "the write-ahead log could not be brought into the file");
    }
}
