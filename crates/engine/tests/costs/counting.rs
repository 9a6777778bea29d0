//! A table that counts what is asked of it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use store::memory::Memory;
use store::row::{Key, Row};
use store::table::{Index, Page, Query, ScanCursor, StoreFault, Table, TransactError, Write};

/// What was asked of the table: calls, rows that were asked for by key or answered to a query, and writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub calls: usize,
    pub rows_read: usize,
    pub rows_written: usize,
}

/// A table that counts.
#[derive(Debug)]
pub struct Counting {
    inner: Memory,
    calls: AtomicUsize,
    rows_read: AtomicUsize,
    rows_written: AtomicUsize,
    /// The partitions of indexes that were queried.
    of_indexes: Mutex<Vec<String>>,
    /// How long each call takes, in milliseconds of tokio's time.
    takes: AtomicU64,
}

impl Counting {
    /// Counts what is asked of `inner`.
    pub fn new(inner: Memory) -> Self {
        let counter = AtomicUsize::default;
        Self {
            inner,
            calls: counter(),
            rows_read: counter(),
            rows_written: counter(),
            of_indexes: Mutex::default(),
            takes: AtomicU64::default(),
        }
    }

    /// From now on each call takes so long.
    pub fn take(&self, milliseconds: u64) {
        self.takes.store(milliseconds, Ordering::SeqCst);
    }

    /// The partitions of indexes that were queried since this was asked last, as far as they are none of these.
    pub fn indexes_besides(&self, expected: &[&str]) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.of_indexes.lock().unwrap());
        asked.retain(|partition| !expected.iter().any(|expected| partition.starts_with(expected)));
        asked
    }

    /// A call on its way: counted when it is made, and answered after a while.
    async fn count(&self, read: usize, written: usize) {
        self.calls.fetch_add(1, Ordering::SeqCst);
        self.rows_read.fetch_add(read, Ordering::SeqCst);
        self.rows_written.fetch_add(written, Ordering::SeqCst);
        let takes = self.takes.load(Ordering::SeqCst);
        if takes > 0 {
            tokio::time::sleep(Duration::from_millis(takes)).await;
        }
    }

    /// What it cost since this was asked last.
    pub fn since_then(&self) -> Cost {
        let take = |counter: &AtomicUsize| counter.swap(0, Ordering::SeqCst);
        Cost { calls: take(&self.calls), rows_read: take(&self.rows_read), rows_written: take(&self.rows_written) }
    }
}

#[async_trait]
impl Table for Counting {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreFault> {
        self.count(1, 0).await;
        self.inner.get(key).await
    }

    async fn get_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault> {
        self.count(keys.len(), 0).await;
        self.inner.get_many(keys).await
    }

    async fn query(&self, query: &Query) -> Result<Page, StoreFault> {
        if query.index != Index::Table {
            self.of_indexes.lock().unwrap().push(query.partition.clone());
        }
        let page = self.inner.query(query).await?;
        self.count(page.rows.len(), 0).await;
        Ok(page)
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        self.count(0, writes.len()).await;
        self.inner.transact(writes).await
    }

    async fn scan(
        &self,
        after: Option<ScanCursor>,
        limit: usize,
    ) -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault> {
        self.inner.scan(after, limit).await
    }

    async fn load(&self, rows: Vec<Row>) -> Result<(), StoreFault> {
        self.inner.load(rows).await
    }
}
