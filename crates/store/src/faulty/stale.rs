//! An index that lags: what a query would have been answered some transactions ago.
//!
//! Only transactions through this table are known; what was loaded, or written past it, is seen at once.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::time::Duration;

use tokio::time::Instant;

use crate::row::{Key, Row};
use crate::table::{Cursor, Direction, Page, Query, StoreFault, Table, TransactError, Write, key_in, place};

/// So many transactions are remembered.
const REMEMBERED: usize = 1_024;

/// What the latest transactions found under the keys that they wrote, the latest last.
#[derive(Debug, Default)]
pub(super) struct Past {
    before: VecDeque<Transaction>,
}

/// What one of them found, and when it was done.
#[derive(Debug)]
struct Transaction {
    at: Instant,
    found: Vec<(Key, Option<Row>)>,
}

impl Past {
    /// Commits, and remembers what was there.
    pub(super) async fn commit(&mut self, table: &dyn Table, writes: Vec<Write>) -> Result<(), TransactError> {
        let is_written = |write: &&Write| !matches!(write, Write::Check { .. });
        let keys: Vec<Key> = writes.iter().filter(is_written).map(|write| write.key().clone()).collect();
        let before = table.get_many(&keys).await.map_err(TransactError::Unavailable)?;
        table.transact(writes).await?;
        self.before.push_back(Transaction { at: Instant::now(), found: keys.into_iter().zip(before).collect() });
        if self.before.len() > REMEMBERED {
            self.before.pop_front();
        }
        Ok(())
    }

    /// How many transactions were done within this time.
    pub(super) fn within(&self, time: Duration) -> usize {
        self.before.iter().rev().take_while(|transaction| transaction.at.elapsed() < time).count()
    }

    /// The page as of so many transactions ago.
    pub(super) async fn query(
        &self,
        table: &dyn Table,
        query: &Query,
        transactions: usize,
    ) -> Result<Page, StoreFault> {
        let mut then: BTreeMap<&Key, Option<&Row>> = BTreeMap::new();
        for (key, row) in self.before.iter().rev().take(transactions).flat_map(|transaction| &transaction.found) {
            then.insert(key, row.as_ref());
        }
        // Enough for a full page, even if all that has changed falls out of it.
        let more = Query { limit: query.limit.saturating_add(then.len()), ..query.clone() };
        let now = table.query(&more).await?;
        let mut rows: Vec<(Cursor, Row)> = now
            .rows
            .into_iter()
            .filter(|row| !then.contains_key(&row.key))
            .filter_map(|row| Some((place(&row, query.index)?, row)))
            .collect();
        let edge = now.next.map(order);
        for row in then.into_values().flatten() {
            if let Some(place) = place(row, query.index).filter(|_| belongs(row, query))
                && edge.as_ref().is_none_or(|edge| !is_before(query, edge, &order(place.clone())))
            {
                rows.push((place, row.clone()));
            }
        }
        rows.sort_by_key(|(place, _)| order(place.clone()));
        if query.direction == Direction::Backward {
            rows.reverse();
        }
        let is_more = edge.is_some() || rows.len() > query.limit;
        rows.truncate(query.limit);
        let next = rows.last().map(|(place, _)| place.clone()).filter(|_| is_more);
        Ok(Page { rows: rows.into_iter().map(|(_, row)| row).collect(), next })
    }
}

fn order(cursor: Cursor) -> (String, Key) {
    (cursor.sort, cursor.key)
}

/// `a` comes before `b` in the order of the query.
fn is_before(query: &Query, a: &(String, Key), b: &(String, Key)) -> bool {
    match query.direction {
        Direction::Forward => a < b,
        Direction::Backward => a > b,
    }
}

/// In the partition, in the range, and after the page before.
fn belongs(row: &Row, query: &Query) -> bool {
    let Some(key) = key_in(row, query.index).filter(|key| key.pk == query.partition) else { return false };
    let above = match &query.from {
        Bound::Included(from) => key.sk >= *from,
        Bound::Excluded(from) => key.sk > *from,
        Bound::Unbounded => true,
    };
    let below = match &query.to {
        Bound::Included(to) => key.sk <= *to,
        Bound::Excluded(to) => key.sk < *to,
        Bound::Unbounded => true,
    };
    let place = (key.sk.clone(), row.key.clone());
    above && below && query.after.as_ref().is_none_or(|after| is_before(query, &order(after.clone()), &place))
}
