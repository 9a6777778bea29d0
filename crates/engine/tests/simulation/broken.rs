//! Tables with one rule left out: each is what a fault of the product, or of a storage engine, would come to. The
//! simulation must notice every one of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use store::row::{Key, Row};
use store::table::{Expect, Page, Query, ScanCursor, StoreFault, Table, TransactError, Write};

/// Which rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breakage {
    /// Counters have no bound: more is sold than there is.
    NoBound,
    /// A request's row may be put again: equal requests act twice.
    NotOnce,
    /// Now and then a transaction comes without its work: not all or nothing.
    NotAtomic,
    /// A ticket is replaced whatever has become of it: the last writer wins.
    LastWriterWins,
    /// Now and then a write is acknowledged and not done.
    Forgetful,
}

#[derive(Debug)]
pub struct Broken {
    inner: Arc<dyn Table>,
    breakage: Breakage,
    transactions: AtomicU64,
}

impl Broken {
    pub fn new(inner: Arc<dyn Table>, breakage: Breakage) -> Self {
        Self { inner, breakage, transactions: AtomicU64::new(0) }
    }

    /// The transaction as the broken rule takes it; what is left out of it may be all.
    async fn broken(&self, mut writes: Vec<Write>) -> Vec<Write> {
        let count = self.transactions.fetch_add(1, Ordering::SeqCst);
        match self.breakage {
            Breakage::NoBound => {
                for write in &mut writes {
                    if let Write::Add { at_least, .. } = write {
                        *at_least = i64::MIN;
                    }
                }
            }
            Breakage::NotOnce => self.take_any_revision(&mut writes, "OPERATION").await,
            Breakage::LastWriterWins => self.take_any_revision(&mut writes, "TICKET").await,
            Breakage::NotAtomic => {
                if count.is_multiple_of(5) && writes.len() > 1 {
                    writes.retain(|write| !matches!(write, Write::Put { row, .. } if row.entity == "WORK"));
                }
            }
            Breakage::Forgetful => {
                if count % 50 == 49 {
                    writes.clear();
                }
            }
        }
        writes
    }

    /// Rows of this kind are written over whatever is there.
    async fn take_any_revision(&self, writes: &mut [Write], entity: &str) {
        for write in writes {
            if let Write::Put { row, expect } = write
                && row.entity == entity
                && let Some(found) = self.inner.get(&row.key).await.unwrap()
            {
                *expect = Expect::Revision(found.revision);
                row.revision = row.revision.max(found.revision + 1);
            }
        }
    }
}

#[async_trait]
impl Table for Broken {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreFault> {
        self.inner.get(key).await
    }

    async fn get_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault> {
        self.inner.get_many(keys).await
    }

    async fn query(&self, query: &Query) -> Result<Page, StoreFault> {
        self.inner.query(query).await
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        let writes = self.broken(writes).await;
        if writes.is_empty() { Ok(()) } else { self.inner.transact(writes).await }
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
