//! What the engine has done since it was opened: counters, for tests that count rows per operation and for whoever
//! watches the program.

use std::sync::atomic::{AtomicU64, Ordering};

/// A moment's figures, all since the store was opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Calls of `get`, `get_many`, `query` and `scan`.
    pub reads: u64,
    /// Keys looked up by `get` and `get_many`, and rows answered by `query` and `scan`.
    pub rows_read: u64,
    /// Transactions that took effect.
    pub transactions: u64,
    /// Transactions that were refused by their conditions.
    pub refused: u64,
    /// Writes of transactions that took effect, mere checks included.
    pub writes: u64,
    /// Rows put, deleted or counted up or down by transactions; rows loaded; rows swept.
    pub rows_written: u64,
    /// Commits to the disk, each for all that was waiting.
    pub commits: u64,
    /// Times that the write-ahead log was brought into the file.
    pub checkpoints: u64,
}

impl Figures {
    /// What was done between `earlier` and this.
    pub fn since(self, earlier: Self) -> Self {
        Self {
            reads: self.reads.saturating_sub(earlier.reads),
            rows_read: self.rows_read.saturating_sub(earlier.rows_read),
            transactions: self.transactions.saturating_sub(earlier.transactions),
            refused: self.refused.saturating_sub(earlier.refused),
            writes: self.writes.saturating_sub(earlier.writes),
            rows_written: self.rows_written.saturating_sub(earlier.rows_written),
            commits: self.commits.saturating_sub(earlier.commits),
            checkpoints: self.checkpoints.saturating_sub(earlier.checkpoints),
        }
    }
}

/// The counters behind [`Figures`], shared by readers and the writer.
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) reads: Counter,
    pub(super) rows_read: Counter,
    pub(super) transactions: Counter,
    pub(super) refused: Counter,
    pub(super) writes: Counter,
    pub(super) rows_written: Counter,
    pub(super) commits: Counter,
    pub(super) checkpoints: Counter,
}

impl Counters {
    pub(super) fn read(&self, rows: usize) {
        self.reads.add(1);
        self.rows_read.add(rows);
    }

    pub(super) fn figures(&self) -> Figures {
        Figures {
            reads: self.reads.get(),
            rows_read: self.rows_read.get(),
            transactions: self.transactions.get(),
            refused: self.refused.get(),
            writes: self.writes.get(),
            rows_written: self.rows_written.get(),
            commits: self.commits.get(),
            checkpoints: self.checkpoints.get(),
        }
    }
}

/// One number that only grows.
#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn add(&self, n: usize) {
        self.0.fetch_add(u64::try_from(n).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
