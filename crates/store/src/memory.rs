//! A table in memory: the smallest engine that keeps every promise of [`Table`], for simulations and tests.
//!
//! Deterministic: no threads, no randomness, and it answers at once. Nothing of it outlives the value.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use crate::clock::Clock;
use crate::conditions::{holds, may_be_loaded, may_put, moved, well_formed};
use crate::row::{Key, Row};
use crate::table::{
    Cursor, Direction, Index, Page, Query, Refused, ScanCursor, StoreFault, Table, TransactError, Why, Write,
};

/// A table on ordered maps, behind one lock.
#[derive(Debug)]
pub struct Memory {
    rows: Mutex<Rows>,
    clock: Arc<dyn Clock>,
}

/// Sort key in an index, then the row's own key: equal sort keys stand in the order of the rows.
type Place = (String, Key);

#[derive(Debug, Default)]
struct Rows {
    table: BTreeMap<Key, Row>,
    gsi1: BTreeMap<String, BTreeSet<Place>>,
    gsi2: BTreeMap<String, BTreeSet<Place>>,
}

impl Memory {
    /// An empty table.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { rows: Mutex::default(), clock }
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> i64 {
        self.clock.now().as_second()
    }
}

#[async_trait]
impl Table for Memory {
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreFault> {
        Ok(self.rows().live(key, self.now()).cloned())
    }

    async fn get_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault> {
        let (rows, now) = (self.rows(), self.now());
        Ok(keys.iter().map(|key| rows.live(key, now).cloned()).collect())
    }

    async fn query(&self, query: &Query) -> Result<Page, StoreFault> {
        Ok(self.rows().page(query, self.now()))
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        well_formed(&writes).map_err(TransactError::Malformed)?;
        self.rows().transact(writes, self.now()).map_err(TransactError::Refused)
    }

    async fn scan(
        &self,
        after: Option<ScanCursor>,
        limit: usize,
    ) -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault> {
        let (rows, now) = (self.rows(), self.now());
        let from = after.map_or(Bound::Unbounded, |cursor| Bound::Excluded(cursor.0));
        let mut live =
            rows.table.range((from, Bound::Unbounded)).map(|(_, row)| row).filter(|row| !row.is_expired(now));
        let page: Vec<Row> = live.by_ref().take(limit.max(1)).cloned().collect();
        let more = live.next().is_some();
        let next = page.last().filter(|_| more).map(|row| ScanCursor(row.key.clone()));
        Ok((page, next))
    }

    async fn load(&self, rows: Vec<Row>) -> Result<(), StoreFault> {
        may_be_loaded(&rows)?;
        let mut table = self.rows();
        for row in rows {
            table.put(row);
        }
        Ok(())
    }
}

impl Rows {
    fn live(&self, key: &Key, now: i64) -> Option<&Row> {
        self.table.get(key).filter(|row| !row.is_expired(now))
    }

    fn transact(&mut self, writes: Vec<Write>, now: i64) -> Result<(), Vec<Refused>> {
        let refused: Vec<Refused> = writes
            .iter()
            .enumerate()
            .filter_map(|(write, wanted)| self.verdict(wanted, now).err().map(|why| Refused { write, why }))
            .collect();
        if !refused.is_empty() {
            return Err(refused);
        }
        for write in writes {
            self.apply(write);
        }
        Ok(())
    }

    fn verdict(&self, write: &Write, now: i64) -> Result<(), Why> {
        let found = self.live(write.key(), now);
        let revision = found.map(|row| row.revision);
        match write {
            Write::Put { row, expect } => may_put(row, *expect, revision),
            Write::Delete { expect, .. } | Write::Check { expect, .. } => holds(*expect, revision),
            Write::Add { field, delta, at_least, .. } => {
                moved(&found.ok_or(Why::Missing)?.document, field, *delta, *at_least).map(drop)
            }
        }
    }

    fn apply(&mut self, write: Write) {
        match write {
            Write::Put { row, .. } => self.put(row),
            Write::Delete { key, .. } => {
                self.remove(&key);
            }
            Write::Check { .. } => {}
            Write::Add { key, field, delta, at_least } => {
                if let Some(row) = self.table.get_mut(&key)
                    && let Ok(document) = moved(&row.document, field, delta, at_least)
                {
                    row.document = document;
                }
            }
        }
    }

    fn put(&mut self, row: Row) {
        self.remove(&row.key);
        for (index, place) in [(&mut self.gsi1, &row.gsi1), (&mut self.gsi2, &row.gsi2)] {
            if let Some(Key { pk, sk }) = place {
                index.entry(pk.clone()).or_default().insert((sk.clone(), row.key.clone()));
            }
        }
        self.table.insert(row.key.clone(), row);
    }

    fn remove(&mut self, key: &Key) {
        let Some(row) = self.table.remove(key) else { return };
        for (index, place) in [(&mut self.gsi1, row.gsi1), (&mut self.gsi2, row.gsi2)] {
            if let Some(Key { pk, sk }) = place
                && let Some(places) = index.get_mut(&pk)
            {
                places.remove(&(sk, key.clone()));
            }
        }
    }

    fn page(&self, query: &Query, now: i64) -> Page {
        let mut places = self.places(query);
        if query.direction == Direction::Backward {
            places.reverse();
        }
        let mut live = places.into_iter().filter_map(|(sort, key)| Some((sort, self.live(&key, now)?)));
        let mut page = Page::default();
        let mut last = None;
        for (sort, row) in live.by_ref().take(query.limit.max(1)) {
            page.rows.push(row.clone());
            last = Some(Cursor { sort, key: row.key.clone() });
        }
        page.next = last.filter(|_| live.next().is_some());
        page
    }

    /// What the query asks for, smallest first.
    fn places(&self, query: &Query) -> Vec<Place> {
        let asked = |place: &Place| in_range(query, place) && goes_on(query, place);
        match query.index {
            Index::Table => {
                let from = Key::new(query.partition.as_str(), "");
                let partition = self.table.range(from..).take_while(|(key, _)| key.pk == query.partition);
                partition.map(|(key, _)| (key.sk.clone(), key.clone())).filter(asked).collect()
            }
            Index::Gsi1 => {
                self.gsi1.get(&query.partition).into_iter().flatten().filter(|p| asked(p)).cloned().collect()
            }
            Index::Gsi2 => {
                self.gsi2.get(&query.partition).into_iter().flatten().filter(|p| asked(p)).cloned().collect()
            }
        }
    }
}

fn in_range(query: &Query, (sort, _): &Place) -> bool {
    let above = match &query.from {
        Bound::Included(from) => sort >= from,
        Bound::Excluded(from) => sort > from,
        Bound::Unbounded => true,
    };
    let below = match &query.to {
        Bound::Included(to) => sort <= to,
        Bound::Excluded(to) => sort < to,
        Bound::Unbounded => true,
    };
    above && below
}

fn goes_on(query: &Query, (sort, key): &Place) -> bool {
    let Some(after) = &query.after else { return true };
    match query.direction {
        Direction::Forward => (sort, key) > (&after.sort, &after.key),
        Direction::Backward => (sort, key) < (&after.sort, &after.key),
    }
}
