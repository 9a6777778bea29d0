//! Many rows at a time, without a transaction: reads by key, and the loading of rows as they are.
//!
//! DynamoDB does as much of a batch as it can, and says what it has left: that is asked for again, as long as it gets
//! less.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::{KeysAndAttributes, PutRequest, ReturnConsumedCapacity, WriteRequest};
use futures_util::future::try_join_all;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use store::conditions;
use store::row::{Key, Row};
use store::table::{StoreFault, Table as _};

use crate::{Dynamo, Item, attributes, faults};

/// Keys of one batch of reads.
const READS: usize = 100;

/// Rows of one batch of writes.
const WRITES: usize = 25;

/// Batches of writes that are under way at a time.
const SIDE_BY_SIDE: usize = 8;

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
            if left.len() >= asked {
                return Err(StoreFault::Busy);
            }
        }
        Ok(found)
    }

    /// Writes rows as they are, whatever is there.
    pub(crate) async fn load_all(&self, rows: Vec<Row>) -> Result<(), StoreFault> {
        if !rows.iter().all(|row| conditions::has_room_for(row.revision)) {
            return Err(StoreFault::Other(conditions::NO_ROOM.to_owned()));
        }
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
        while !left.is_empty() {
            let asked = left.len();
            let request = self.client.batch_write_item().request_items(&*self.table, left);
            let answer = request.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await;
            let answer = answer.map_err(|error| faults::of_read(&error))?;
            self.meter.wrote(answer.consumed_capacity());
            left = answer.unprocessed_items.into_iter().flatten().flat_map(|(_, writes)| writes).collect();
            if left.len() >= asked {
                return Err(StoreFault::Busy);
            }
        }
        Ok(())
    }
}
