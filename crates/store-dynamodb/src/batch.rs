//! Many rows at a time, without a transaction: reads by key, and the loading of rows as they are.
//!
//! DynamoDB does as much of a batch as it can, and says what it has left: that is asked for again after a wait, as long as
//! it gets less, and a few times only.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::{KeysAndAttributes, PutRequest, ReturnConsumedCapacity, WriteRequest};
use futures_util::future::try_join_all;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use store::backoff::{Backoff, Jitter};
use store::conditions;
use store::row::{Key, Row};
use store::table::{StoreFault, Table as _};

use crate::{Dynamo, Item, attributes, connect, faults};

/// Keys of one batch of reads.
const READS: usize = 100;

/// Rows of one batch of writes.
const WRITES: usize = 25;

/// How often what is left of a batch is asked for: reads have visitors who wait; of writes all that were made before
/// would be made again.
const TRIES_OF_READS: u32 = 8;
const TRIES_OF_WRITES: u32 = 20;

/// Batches of writes that are under way at a time.
const SIDE_BY_SIDE: usize = 8;

/// The tries of one batch.
struct Tries<'a> {
    jitter: &'a Jitter,
    waits: Backoff,
    left: u32,
}

impl<'a> Tries<'a> {
    fn new(jitter: &'a Jitter, left: u32) -> Self {
        Self { jitter, waits: Backoff::default(), left }
    }

    /// Waits before what is `left` of what was `asked` for is asked for again, if it may be.
    async fn wait(&mut self, asked: usize, left: usize) -> Result<(), StoreFault> {
        self.left = self.left.saturating_sub(1);
        if left == 0 {
            return Ok(());
        }
        if left >= asked || self.left == 0 {
            return Err(StoreFault::Busy);
        }
        tokio::time::sleep(self.waits.next(self.jitter)).await;
        Ok(())
    }
}

impl Dynamo {
    /// The rows of some keys, in their order. Not of one moment: of a transaction at the same time some rows may be as
    /// they were, and others as they are.
    pub(crate) async fn read_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault> {
        let wanted: Vec<&Key> =
            keys.iter().filter(|key| attributes::can_be(key)).collect::<BTreeSet<_>>().into_iter().collect();
        let mut found: HashMap<Key, Row> = HashMap::with_capacity(wanted.len());
        if let [only] = wanted.as_slice() {
            found.extend(self.get(only).await?.map(|row| ((*only).clone(), row)));
        } else {
            let batches = wanted.chunks(READS).map(|keys| self.read_batch(keys));
            for item in try_join_all(batches).await?.into_iter().flatten() {
                let row = attributes::row(item)?;
                found.insert(row.key.clone(), row);
            }
        }
        let now = self.now();
        found.retain(|_, row| !row.is_expired(now));
        Ok(keys.iter().map(|key| found.get(key).cloned()).collect())
    }

    async fn read_batch(&self, keys: &[&Key]) -> Result<Vec<Item>, StoreFault> {
        let mut found = Vec::with_capacity(keys.len());
        let mut left: Vec<Item> = keys.iter().map(|key| attributes::key(key)).collect();
        let mut tries = Tries::new(&self.jitter, TRIES_OF_READS);
        while !left.is_empty() {
            let asked = left.len();
            let keys = KeysAndAttributes::builder().set_keys(Some(left)).consistent_read(self.is_consistent()).build();
            let keys = keys.map_err(|error| StoreFault::Other(error.to_string()))?;
            let request = self.client.batch_get_item().request_items(&*self.table, keys);
            let answer = request.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await;
            let answer = answer.map_err(|error| faults::of_read(&error))?;
            self.meter.read(answer.consumed_capacity());
            found.extend(answer.responses.into_iter().flatten().flat_map(|(_, items)| items));
            left = answer.unprocessed_keys.into_iter().flatten().flat_map(|(_, keys)| keys.keys).collect();
            tries.wait(asked, left.len()).await?;
        }
        Ok(found)
    }

    /// Writes rows as they are, whatever is there.
    pub(crate) async fn load_all(&self, rows: Vec<Row>) -> Result<(), StoreFault> {
        conditions::may_be_loaded(&rows)?;
        // Of two rows with one key the later counts, and a batch must not have both.
        let rows: HashMap<Key, Row> = rows.into_iter().map(|row| (row.key.clone(), row)).collect();
        let puts = rows.values().map(|row| {
            let put = PutRequest::builder().set_item(Some(attributes::item(row)?)).build();
            let put = put.map_err(|error| StoreFault::Other(error.to_string()))?;
            Ok(WriteRequest::builder().put_request(put).build())
        });
        let puts = puts.collect::<Result<Vec<_>, StoreFault>>()?;
        let batches: Vec<Vec<WriteRequest>> = puts.chunks(WRITES).map(<[_]>::to_vec).collect();
        let batches = batches.into_iter().map(|batch| self.write_batch(batch));
        stream::iter(batches).buffer_unordered(SIDE_BY_SIDE).try_collect().await
    }

    async fn write_batch(&self, mut left: Vec<WriteRequest>) -> Result<(), StoreFault> {
        let mut tries = Tries::new(&self.jitter, TRIES_OF_WRITES);
        while !left.is_empty() {
            let asked = left.len();
            let request = self.client.batch_write_item().request_items(&*self.table, left);
            let request = request.return_consumed_capacity(ReturnConsumedCapacity::Total);
            let answer = request.customize().config_override(connect::for_many_rows()).send().await;
            let answer = answer.map_err(|error| faults::of_read(&error))?;
            self.meter.wrote(answer.consumed_capacity());
            left = answer.unprocessed_items.into_iter().flatten().flat_map(|(_, writes)| writes).collect();
            tries.wait(asked, left.len()).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_is_left_is_waited_for_longer_and_longer_and_not_for_ever() {
        let jitter = Jitter::new(1);
        let mut longest = Duration::ZERO;
        for _ in 0..50 {
            let (mut tries, begun) = (Tries::new(&jitter, TRIES_OF_READS), Instant::now());
            for left in (18..25).rev() {
                tries.wait(left + 1, left).await.unwrap();
            }
            longest = longest.max(begun.elapsed());
            assert!(matches!(tries.wait(18, 17).await, Err(StoreFault::Busy)));
        }
        assert!((1_000..2_300).contains(&longest.as_millis()), "{longest:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_where_nothing_is_left_or_nothing_was_done() {
        let (jitter, begun) = (Jitter::new(1), Instant::now());
        Tries::new(&jitter, TRIES_OF_READS).wait(25, 0).await.unwrap();
        assert!(matches!(Tries::new(&jitter, TRIES_OF_READS).wait(25, 25).await, Err(StoreFault::Busy)));
        assert_eq!(begun.elapsed(), Duration::ZERO);
    }
}
