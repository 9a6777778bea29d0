//! Finding what is due: one query for each shard of a lane, side by side.

use std::ops::Bound;

use domain::work::{Lane, Work};
use futures_util::future::try_join_all;
use jiff::Timestamp;

use crate::keys;
use crate::record::{Stored, read};
use crate::table::{Index, Query, StoreFault, Table};

/// A lane, and over how many shards its work is spread.
pub type ShardedLane = (Lane, u16);

/// What is due in a lane at an instant, the longest due first.
pub async fn work_due(
    table: &dyn Table,
    lane: ShardedLane,
    at: Timestamp,
    limit: usize,
) -> Result<Vec<Stored<Work>>, StoreFault> {
    of_lane(table, lane, (Bound::Unbounded, Bound::Excluded(keys::work_due_until(at))), limit).await
}

/// What is due in a lane after one instant and at another, or before: the first due first.
pub async fn work_between(
    table: &dyn Table,
    lane: ShardedLane,
    (after, until): (Timestamp, Timestamp),
    limit: usize,
) -> Result<Vec<Stored<Work>>, StoreFault> {
    let (from, to) = (keys::work_due_until(after), keys::work_due_until(until));
    of_lane(table, lane, (Bound::Included(from), Bound::Excluded(to)), limit).await
}

/// All that waits in a lane, due or not, the first due first.
pub async fn work_waiting(table: &dyn Table, lane: ShardedLane, limit: usize) -> Result<Vec<Stored<Work>>, StoreFault> {
    of_lane(table, lane, (Bound::Unbounded, Bound::Unbounded), limit).await
}

async fn of_lane(
    table: &dyn Table,
    (lane, shards): ShardedLane,
    (from, to): (Bound<String>, Bound<String>),
    limit: usize,
) -> Result<Vec<Stored<Work>>, StoreFault> {
    let query = |shard| {
        let partition = keys::work_partition(lane, shard);
        Query::all(Index::Table, partition).between(from.clone(), to.clone()).limit(limit)
    };
    let queries: Vec<Query> = (0..shards.max(1)).map(query).collect();
    let pages = try_join_all(queries.iter().map(|query| table.query(query))).await?;
    let rows = pages.into_iter().flat_map(|page| page.rows);
    // One that cannot be read stops nobody else's: `check` lists it.
    let mut found: Vec<Stored<Work>> = rows
        .filter_map(|row| {
            read::<Work>(&row).inspect_err(|fault| tracing::error!(%fault, "work that cannot be read")).ok()
        })
        .collect();
    found.sort_by_key(|work| (work.value.due_at, work.value.id));
    found.truncate(limit);
    Ok(found)
}
