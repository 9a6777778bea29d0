//! Where it is kept, on Amazon DynamoDB: the same table as the embedded engine's, for any number of processes.
//!
//! Knows DynamoDB's requests, answers and limits, and nothing of what rows mean. One call of [`store::table::Table`]
//! is one attempt at one request (or as many as its pages and batches need): what fails for a moment is told apart
//! from what fails, and tried again by [`store::patient::Patient`], which stands in front.
//!
//! Attributes are native, one for each of [`Row::to_flat`](store::row::Row::to_flat): a row can be read in Amazon's
//! console.

mod administer;
mod attributes;
mod batch;
mod connect;
pub mod description;
mod expressions;
mod faults;
mod meter;
pub mod papers;
mod query;
mod transact;
mod verify;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use store::backoff::Jitter;
use store::clock::Clock;
use store::row::{Key, Row};
use store::table::{Page, Query, ScanCursor, StoreFault, Table, TransactError, Write};

pub use administer::{AdministerError, Administered, Description};
pub use connect::{Location, connect, region};
pub use meter::{Meter, Used};
pub use verify::{Unfit, verify};

/// A row as DynamoDB has it.
type Item = HashMap<String, AttributeValue>;

/// What reads of the table see. Those of indexes are always of the second kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// All that was acknowledged before.
    Consistent,
    /// Most of it; some of it a moment later. Costs half.
    Eventual,
}

/// A table on DynamoDB. Cheap to clone.
#[derive(Clone)]
pub struct Dynamo {
    client: Client,
    table: Arc<str>,
    clock: Arc<dyn Clock>,
    reading: Reading,
    meter: Arc<Meter>,
    jitter: Arc<Jitter>,
}

impl fmt::Debug for Dynamo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dynamo").field("table", &self.table).field("reading", &self.reading).finish_non_exhaustive()
    }
}

impl Dynamo {
    /// The table of this name, by this client, whose own retries should be off.
    pub fn new(client: Client, table: &str, clock: Arc<dyn Clock>) -> Self {
        // Of two processes that begin at the same microsecond the numbers differ, and of two machines the moments.
        let seed = clock.now().as_microsecond().cast_unsigned() ^ u64::from(std::process::id()).rotate_left(32);
        let (meter, jitter) = (Arc::default(), Arc::new(Jitter::new(seed)));
        Self { client, table: table.into(), clock, reading: Reading::Consistent, meter, jitter }
    }

    /// The same table for reads that decide nothing, at half the price: what was written in the last moments may not be
    /// there yet.
    #[must_use]
    pub fn for_views(&self) -> Self {
        Self { reading: Reading::Eventual, ..self.clone() }
    }

    /// What was used so far, by this and all its clones.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Epoch seconds.
    fn now(&self) -> i64 {
        self.clock.now().as_second()
    }

    fn is_consistent(&self) -> bool {
        self.reading == Reading::Consistent
    }
}

#[async_trait]
impl Table for Dynamo {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreFault> {
        if !attributes::can_be(key) {
            return Ok(None);
        }
        let request = self.client.get_item().table_name(&*self.table).set_key(Some(attributes::key(key)));
        let request = request.consistent_read(self.is_consistent());
        let answer = request.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await;
        let answer = answer.map_err(|error| faults::of_read(&error))?;
        self.meter.read(answer.consumed_capacity());
        let row = answer.item.map(attributes::row).transpose()?;
        Ok(row.filter(|row| !row.is_expired(self.now())))
    }

    async fn get_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault> {
        self.read_many(keys).await
    }

    async fn query(&self, query: &Query) -> Result<Page, StoreFault> {
        self.read_page(query).await
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        self.write_all(writes).await
    }

    async fn scan(
        &self,
        after: Option<ScanCursor>,
        limit: usize,
    ) -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault> {
        self.read_all(after, limit).await
    }

    async fn load(&self, rows: Vec<Row>) -> Result<(), StoreFault> {
        self.load_all(rows).await
    }
}
