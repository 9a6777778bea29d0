//! Reading rows: by key, by range, and in the order of the table.

use rusqlite::types::FromSqlError;
use rusqlite::{Connection, Params, Row as Found, params};

use super::range::{Place, Range, next};
use crate::row::{Key, Row};
use crate::table::{Cursor, Direction, Index, Page, Query, ScanCursor, StoreFault, key_in};

macro_rules! select {
    ($($rest:expr),+) => {
        concat!(
            "SELECT r.pk, r.sk, r.gsi1pk, r.gsi1sk, r.gsi2pk, r.gsi2sk, r.entity, r.revision, r.ttl, ",
            "r.created_at, r.updated_at, r.document FROM ",
            $($rest),+
        )
    };
}

const BY_KEY: &str = select!("rows r WHERE r.pk = ?1 AND r.sk = ?2");

const SCAN: &str =
    select!("rows r WHERE (r.pk, r.sk) >= (?1, ?2) AND (r.ttl IS NULL OR r.ttl > ?3) ORDER BY r.pk, r.sk LIMIT ?4");

/// `?1` partition, `?2` first sort key, `?3` the sort key that ends the range, `?4` now, `?5` how many.
macro_rules! of_table {
    ($order:literal) => {
        select!(
            "rows r WHERE r.pk = ?1 AND r.sk >= ?2 AND r.sk < ?3 AND (r.ttl IS NULL OR r.ttl > ?4) ORDER BY r.sk ",
            $order,
            " LIMIT ?5"
        )
    };
}

/// `?1` partition, `?2` to `?4` first place, `?5` the sort key that ends the range, `?6` now, `?7` how many.
macro_rules! forward {
    ($index:literal) => {
        select!(
            $index,
            " i CROSS JOIN rows r ON r.pk = i.pk AND r.sk = i.sk WHERE i.",
            $index,
            "pk = ?1 AND (i.",
            $index,
            "sk, i.pk, i.sk) >= (?2, ?3, ?4) AND i.",
            $index,
            "sk < ?5 AND (r.ttl IS NULL OR r.ttl > ?6) ORDER BY i.",
            $index,
            "sk, i.pk, i.sk LIMIT ?7"
        )
    };
}

/// `?1` partition, `?2` first sort key, `?3` to `?5` the place that ends the range, `?6` now, `?7` how many.
macro_rules! backward {
    ($index:literal) => {
        select!(
            $index,
            " i CROSS JOIN rows r ON r.pk = i.pk AND r.sk = i.sk WHERE i.",
            $index,
            "pk = ?1 AND i.",
            $index,
            "sk >= ?2 AND (i.",
            $index,
            "sk, i.pk, i.sk) < (?3, ?4, ?5) AND (r.ttl IS NULL OR r.ttl > ?6) ORDER BY i.",
            $index,
            "sk DESC, i.pk DESC, i.sk DESC LIMIT ?7"
        )
    };
}

/// The row under `key`, unless it is past its `ttl`.
pub(super) fn get(conn: &Connection, key: &Key, now: i64) -> Result<Option<Row>, StoreFault> {
    let mut statement = conn.prepare_cached(BY_KEY)?;
    let mut found = statement.query((key.pk.as_bytes(), key.sk.as_bytes()))?;
    match found.next()? {
        Some(found) => Ok(Some(row(found)?).filter(|row| !row.is_expired(now))),
        None => Ok(None),
    }
}

/// A page of one partition.
pub(super) fn query(conn: &Connection, query: &Query, now: i64) -> Result<Page, StoreFault> {
    let Range { from, to } = Range::of(query);
    let partition = query.partition.as_bytes();
    let limit = query.limit.max(1);
    let statement = match (query.index, query.direction) {
        (Index::Table, Direction::Forward) => of_table!(""),
        (Index::Table, Direction::Backward) => of_table!("DESC"),
        (Index::Gsi1, Direction::Forward) => forward!("gsi1"),
        (Index::Gsi1, Direction::Backward) => backward!("gsi1"),
        (Index::Gsi2, Direction::Forward) => forward!("gsi2"),
        (Index::Gsi2, Direction::Backward) => backward!("gsi2"),
    };
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let (rows, more) = match (query.index, query.direction) {
        (Index::Table, _) => read(conn, statement, params![partition, from.sort, to.sort, now, one_more], limit),
        (Index::Gsi1 | Index::Gsi2, Direction::Forward) => {
            let Place { sort, pk, sk } = from;
            read(conn, statement, params![partition, sort, pk, sk, to.sort, now, one_more], limit)
        }
        (Index::Gsi1 | Index::Gsi2, Direction::Backward) => {
            let Place { sort, pk, sk } = to;
            read(conn, statement, params![partition, from.sort, sort, pk, sk, now, one_more], limit)
        }
    }?;
    let next = rows.last().filter(|_| more).map(|row| cursor(row, query.index));
    Ok(Page { rows, next })
}

/// Rows in the order of their keys.
pub(super) fn scan(
    conn: &Connection,
    after: Option<&Key>,
    limit: usize,
    now: i64,
) -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault> {
    let limit = limit.max(1);
    let (pk, sk) = after.map_or((&[][..], Vec::new()), |key| (key.pk.as_bytes(), next(&key.sk)));
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let (rows, more) = read(conn, SCAN, params![pk, sk, now, one_more], limit)?;
    let next = rows.last().filter(|_| more).map(|row| ScanCursor(row.key.clone()));
    Ok((rows, next))
}

/// At most `limit` rows, and whether there was one more.
fn read(conn: &Connection, statement: &str, params: impl Params, limit: usize) -> Result<(Vec<Row>, bool), StoreFault> {
    let mut statement = conn.prepare_cached(statement)?;
    let mut found = statement.query(params)?;
    let mut rows = Vec::new();
    while let Some(one) = found.next()? {
        if rows.len() == limit {
            return Ok((rows, true));
        }
        rows.push(row(one)?);
    }
    Ok((rows, false))
}

fn cursor(row: &Row, index: Index) -> Cursor {
    Cursor { sort: key_in(row, index).unwrap_or(&row.key).sk.clone(), key: row.key.clone() }
}

/// A row of [`select!`].
fn row(found: &Found<'_>) -> Result<Row, StoreFault> {
    let key = pair(found, 0)?.unwrap_or_else(|| Key::own(""));
    let bad = |error: &rusqlite::Error| StoreFault::BadRow { key: key.clone(), why: error.to_string() };
    let rest = || -> rusqlite::Result<Row> {
        Ok(Row {
            key: key.clone(),
            gsi1: pair(found, 2)?,
            gsi2: pair(found, 4)?,
            entity: found.get(6)?,
            revision: natural(found, 7)?,
            ttl: found.get(8)?,
            created_at: found.get(9)?,
            updated_at: found.get(10)?,
            document: found.get(11)?,
        })
    };
    rest().map_err(|error| bad(&error))
}

fn natural(found: &Found<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = found.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

/// Two columns that are a key, or nothing.
fn pair(found: &Found<'_>, first: usize) -> rusqlite::Result<Option<Key>> {
    let (pk, sk) = (text(found, first)?, text(found, first + 1)?);
    Ok(pk.zip(sk).map(|(pk, sk)| Key { pk, sk }))
}

/// Bytes that are UTF-8.
fn text(found: &Found<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    let value = found.get_ref(column)?;
    let fail =
        |error: FromSqlError| rusqlite::Error::FromSqlConversionFailure(column, value.data_type(), Box::new(error));
    let Some(bytes) = value.as_blob_or_null().map_err(fail)? else { return Ok(None) };
    let text = std::str::from_utf8(bytes).map_err(|error| fail(FromSqlError::other(error)))?;
    Ok(Some(text.to_owned()))
}

/// All that a question may become.
#[cfg(test)]
pub(super) const STATEMENTS: [&str; 8] = [
    BY_KEY,
    SCAN,
    of_table!(""),
    of_table!("DESC"),
    forward!("gsi1"),
    backward!("gsi1"),
    forward!("gsi2"),
    backward!("gsi2"),
];
