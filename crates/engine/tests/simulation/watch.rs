//! A table that looks at every counter that moves: at no moment is there less than nothing left of anything.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
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
        let counters = writes.iter().filter(|write| matches!(write, Write::Add { .. }));
        let counters: Vec<Key> = counters.map(|write| write.key().clone()).collect();
        self.inner.transact(writes).await?;
        for row in self.inner.get_many(&counters).await.unwrap().iter().flatten() {
            let left = read::<StockRow>(row).unwrap().value.left;
            if left < 0 {
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
