//! One request inside the open transaction of a batch: first all of its conditions, then all of its writes.
//!
//! Since a request writes a key at most once, no write of it bears on another's condition, and a refused request
//! has written nothing that would have to be taken back.

use rusqlite::{Connection, OptionalExtension, params};

use super::schema::{DELETE, DOCUMENT, EXPIRED, HEAD, INSERT, POINT, REPLACE, SET_DOCUMENT, UNPOINT};
use crate::conditions::{holds, may_put, moved};
use crate::row::{Key, Row};
use crate::table::{Refused, Why, Write};

/// What was found where a write goes.
#[derive(Debug, Default)]
struct Before {
    /// There is a row, be it past its `ttl`.
    exists: bool,
    /// The revision of the row, unless it is past its `ttl`.
    revision: Option<u64>,
    /// The row's pointers in both indexes, compared with where the new row belongs.
    pointers: [Pointer; 2],
    /// The document after its counter has moved.
    moved: Option<String>,
}

#[derive(Debug, Default)]
enum Pointer {
    /// There is none.
    #[default]
    None,
    /// There is one, where the new row wants it.
    Kept,
    /// There is one elsewhere: partition and sort key.
    Stale(Vec<u8>, Vec<u8>),
}

/// All of `writes`, or nothing and every write that did not hold.
pub(super) fn transact(conn: &Connection, writes: &[Write], now: i64) -> rusqlite::Result<Result<(), Vec<Refused>>> {
    let mut found = Vec::with_capacity(writes.len());
    let mut refused = Vec::new();
    for (write, wanted) in writes.iter().enumerate() {
        match verdict(conn, wanted, now)? {
            Ok(before) => found.push(before),
            Err(why) => refused.push(Refused { write, why }),
        }
    }
    if !refused.is_empty() {
        return Ok(Err(refused));
    }
    for (write, before) in writes.iter().zip(&found) {
        apply(conn, write, before)?;
    }
    Ok(Ok(()))
}

/// Rows as they are, replacing what is there.
pub(super) fn load(conn: &Connection, rows: &[Row]) -> rusqlite::Result<()> {
    for row in rows {
        put(conn, row, &look(conn, &row.key, Some(row), i64::MIN)?)?;
    }
    Ok(())
}

/// Removes at most `limit` rows that are past their `ttl`, and says how many.
pub(super) fn sweep(conn: &Connection, limit: usize, now: i64) -> rusqlite::Result<usize> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(EXPIRED)?;
    let keys = statement
        .query_map(params![now, limit], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(Vec<u8>, Vec<u8>)>>>()?;
    for (pk, sk) in &keys {
        let before = look_at(conn, (pk, sk), None, now)?;
        delete(conn, (pk, sk), &before)?;
    }
    Ok(keys.len())
}

fn verdict(conn: &Connection, write: &Write, now: i64) -> rusqlite::Result<Result<Before, Why>> {
    Ok(match write {
        Write::Put { row, expect } => {
            let before = look(conn, &row.key, Some(row), now)?;
            may_put(row, *expect, before.revision).map(|()| before)
        }
        Write::Delete { key, expect } | Write::Check { key, expect } => {
            let before = look(conn, key, None, now)?;
            holds(*expect, before.revision).map(|()| before)
        }
        Write::Add { key, field, delta, at_least } => {
            let before = look(conn, key, None, now)?;
            let document = if before.revision.is_some() { document(conn, key)? } else { None };
            let moved = document.ok_or(Why::Missing).and_then(|text| moved(&text, field, *delta, *at_least));
            moved.map(|document| Before { moved: Some(document), ..before })
        }
    })
}

fn document(conn: &Connection, key: &Key) -> rusqlite::Result<Option<String>> {
    let mut statement = conn.prepare_cached(DOCUMENT)?;
    statement.query_row((key.pk.as_bytes(), key.sk.as_bytes()), |row| row.get(0)).optional()
}

fn look(conn: &Connection, key: &Key, new: Option<&Row>, now: i64) -> rusqlite::Result<Before> {
    look_at(conn, (key.pk.as_bytes(), key.sk.as_bytes()), new, now)
}

fn look_at(conn: &Connection, (pk, sk): (&[u8], &[u8]), new: Option<&Row>, now: i64) -> rusqlite::Result<Before> {
    let mut statement = conn.prepare_cached(HEAD)?;
    let mut rows = statement.query((pk, sk))?;
    let Some(row) = rows.next()? else { return Ok(Before::default()) };
    let revision: i64 = row.get(0)?;
    let ttl: Option<i64> = row.get(1)?;
    let is_expired = ttl.is_some_and(|ttl| ttl <= now);
    let pointer = |first: usize, wanted: Option<&Key>| -> rusqlite::Result<Pointer> {
        let (pk, sk) = (row.get_ref(first)?.as_blob_or_null()?, row.get_ref(first + 1)?.as_blob_or_null()?);
        Ok(match (pk, sk, wanted) {
            (Some(pk), Some(sk), Some(new)) if new.pk.as_bytes() == pk && new.sk.as_bytes() == sk => Pointer::Kept,
            (Some(pk), Some(sk), _) => Pointer::Stale(pk.to_vec(), sk.to_vec()),
            (None, _, _) | (_, None, _) => Pointer::None,
        })
    };
    let gsi1 = pointer(2, new.and_then(|row| row.gsi1.as_ref()))?;
    let gsi2 = pointer(4, new.and_then(|row| row.gsi2.as_ref()))?;
    let revision = u64::try_from(revision).ok().filter(|_| !is_expired);
    Ok(Before { exists: true, revision, pointers: [gsi1, gsi2], moved: None })
}

fn apply(conn: &Connection, write: &Write, before: &Before) -> rusqlite::Result<()> {
    match write {
        Write::Put { row, .. } => put(conn, row, before),
        Write::Delete { key, .. } => delete(conn, (key.pk.as_bytes(), key.sk.as_bytes()), before),
        Write::Check { .. } => Ok(()),
        Write::Add { key, .. } => conn
            .prepare_cached(SET_DOCUMENT)?
            .execute((key.pk.as_bytes(), key.sk.as_bytes(), before.moved.as_deref()))
            .map(drop),
    }
}

fn put(conn: &Connection, row: &Row, before: &Before) -> rusqlite::Result<()> {
    let (pk, sk) = (row.key.pk.as_bytes(), row.key.sk.as_bytes());
    let statement = if before.exists { REPLACE } else { INSERT };
    conn.prepare_cached(statement)?.execute(params![
        pk,
        sk,
        row.entity,
        row.revision.cast_signed(),
        row.ttl,
        row.gsi1.as_ref().map(|key| key.pk.as_bytes()),
        row.gsi1.as_ref().map(|key| key.sk.as_bytes()),
        row.gsi2.as_ref().map(|key| key.pk.as_bytes()),
        row.gsi2.as_ref().map(|key| key.sk.as_bytes()),
        row.created_at,
        row.updated_at,
        row.document,
    ])?;
    unpoint(conn, (pk, sk), before)?;
    for ((new, old), point) in [&row.gsi1, &row.gsi2].into_iter().zip(&before.pointers).zip(POINT) {
        if let (Some(new), Pointer::None | Pointer::Stale(..)) = (new, old) {
            conn.prepare_cached(point)?.execute((new.pk.as_bytes(), new.sk.as_bytes(), pk, sk))?;
        }
    }
    Ok(())
}

fn delete(conn: &Connection, (pk, sk): (&[u8], &[u8]), before: &Before) -> rusqlite::Result<()> {
    if before.exists {
        conn.prepare_cached(DELETE)?.execute((pk, sk))?;
    }
    unpoint(conn, (pk, sk), before)
}

fn unpoint(conn: &Connection, (pk, sk): (&[u8], &[u8]), before: &Before) -> rusqlite::Result<()> {
    for (old, unpoint) in before.pointers.iter().zip(UNPOINT) {
        if let Pointer::Stale(old_pk, old_sk) = old {
            conn.prepare_cached(unpoint)?.execute((old_pk, old_sk, pk, sk))?;
        }
    }
    Ok(())
}
