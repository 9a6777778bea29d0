//! Named access patterns: each is one `get`, one `query`, or a fixed number of them.

mod catalogue;
mod door;
mod orders;
mod people;
mod tickets;

pub use catalogue::*;
pub use door::*;
pub use orders::*;
pub use people::*;
pub use tickets::*;

use crate::record::{Record, Stored, read};
use crate::row::Key;
use crate::table::{Cursor, Query, StoreFault, Table};

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
