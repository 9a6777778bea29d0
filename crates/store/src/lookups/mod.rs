//! Named access patterns: each is one `get`, one `query`, or a fixed number of them.

mod catalogue;
mod door;
mod orders;
mod people;
mod tickets;
mod work;

pub use catalogue::*;
pub use door::*;
pub use orders::*;
pub use people::*;
pub use tickets::*;
pub use work::*;

use std::ops::Bound;

use futures_util::future::try_join_all;

use crate::record::{Record, Stored, read};
use crate::row::{Key, Row};
use crate::table::{Cursor, Direction, Page, Query, StoreFault, Table, place};

/// One value.
pub async fn get<T: Record>(table: &dyn Table, key: &Key) -> Result<Option<Stored<T>>, StoreFault> {
    table.get(key).await?.as_ref().map(read).transpose()
}

/// Some values of one kind, in the order of their keys, none where there is no row.
pub async fn get_many<T: Record>(table: &dyn Table, keys: &[Key]) -> Result<Vec<Option<Stored<T>>>, StoreFault> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    table.get_many(keys).await?.iter().map(|row| row.as_ref().map(read).transpose()).collect()
}

/// Rows of a page after the first: who has more than one page has many.
const LATER_PAGE: usize = 1_000;

/// A page of values of one kind, and where the next begins.
pub async fn page<T: Record>(table: &dyn Table, query: &Query) -> Result<(Vec<Stored<T>>, Option<Cursor>), StoreFault> {
    let page = table.query(query).await?;
    Ok((page.rows.iter().map(read).collect::<Result<_, _>>()?, page.next))
}

/// A page of one list that is kept in several shards, each of which one of these queries reads: all in the same
/// direction, with the same limit. They are asked side by side and merged. Sort keys are unique in the list as a whole,
/// so that a cursor is a place in each of them.
async fn page_of_shards(
    table: &dyn Table,
    queries: impl Iterator<Item = Query>,
    after: Option<Cursor>,
) -> Result<Page, StoreFault> {
    let queries: Vec<Query> = queries.collect();
    let Some(first) = queries.first() else { return Ok(Page::default()) };
    if queries.len() == 1 {
        return table.query(&first.clone().after(after)).await;
    }
    let (index, direction, limit) = (first.index, first.direction, first.limit);
    let queries: Vec<Query> = queries.into_iter().map(|query| beyond(query, after.as_ref())).collect();
    let pages = try_join_all(queries.iter().map(|query| table.query(query))).await?;
    let is_more = pages.iter().any(|page| page.next.is_some());
    let mut rows: Vec<(Cursor, Row)> =
        pages.into_iter().flat_map(|page| page.rows).filter_map(|row| Some((place(&row, index)?, row))).collect();
    rows.sort_by(|(one, _), (other, _)| match direction {
        Direction::Forward => one.sort.cmp(&other.sort),
        Direction::Backward => other.sort.cmp(&one.sort),
    });
    let is_more = is_more || rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().map(|(place, _)| place.clone()).filter(|_| is_more);
    Ok(Page { rows: rows.into_iter().map(|(_, row)| row).collect(), next })
}

/// The same query, only beyond a place.
fn beyond(query: Query, after: Option<&Cursor>) -> Query {
    let Some(after) = after else { return query };
    let beyond = Bound::Excluded(after.sort.clone());
    match query.direction {
        Direction::Forward => Query { from: beyond, ..query },
        Direction::Backward => Query { to: beyond, ..query },
    }
}

/// All values of a query that answers few.
pub async fn all<T: Record>(table: &dyn Table, query: Query) -> Result<Vec<Stored<T>>, StoreFault> {
    all_rows(table, query).await?.iter().map(read).collect()
}

/// All rows of a query that answers few.
pub async fn all_rows(table: &dyn Table, mut query: Query) -> Result<Vec<crate::row::Row>, StoreFault> {
    let mut rows = Vec::new();
    loop {
        let page = table.query(&query).await?;
        rows.extend(page.rows);
        match page.next {
            Some(next) => query = Query { limit: LATER_PAGE, ..query.after(Some(next)) },
            None => return Ok(rows),
        }
    }
}
