//! A table that looks at every counter that moves: at no moment is there less than nothing left of anything. Only an edit
//! may leave less of a step that should have ended long ago, and nobody takes from that.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::orders::StockOf;
use store::record::read;
use store::records::StockRow;
use store::row::{Key, Row};
use store::table::{Page, Query, ScanCursor, StoreFault, Table, TransactError, Write};

#[derive(Debug)]
pub struct Watch {
    inner: Arc<dyn Table>,
    seen: Mutex<Vec<String>>,
}

impl Watch {
    pub fn new(inner: Arc<dyn Table>) -> Self {
        Self { inner, seen: Mutex::default() }
    }

    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

/// Which counter a write moves, and its bound.
fn counter(write: &Write) -> Option<(Key, i64)> {
    match write {
        Write::Add { key, at_least, .. } => Some((key.clone(), *at_least)),
        Write::Put { .. } | Write::Delete { .. } | Write::Check { .. } => None,
    }
}

#[async_trait]
impl Table for Watch {
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
        let counters: Vec<(Key, i64)> = writes.iter().filter_map(counter).collect();
        let keys: Vec<Key> = counters.iter().map(|(key, _)| key.clone()).collect();
        self.inner.transact(writes).await?;
        let rows = self.inner.get_many(&keys).await.unwrap();
        for (row, (_, at_least)) in rows.iter().zip(counters) {
            let Some(row) = row else { continue };
            let StockRow { place, left, .. } = read(row).unwrap().value;
            let may_be_below = matches!(place.of, StockOf::Step(_)) && at_least < 0;
            if left < 0 && !may_be_below {
                self.seen.lock().unwrap().push(format!("oversold: {left} left of {}", row.key.pk));
            }
        }
        Ok(())
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
