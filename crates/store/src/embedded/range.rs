//! What a query asks for, as two places in its order, in bytes.

use std::cmp::{max, min};
use std::ops::Bound;

use crate::table::{Cursor, Direction, Index, Query};

/// Greater than every sort key, since no UTF-8 text begins with this byte.
const BEYOND: u8 = 0xFF;

/// A place in the order of an index: sort key there, then the row's own key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) sort: Vec<u8>,
    pub(super) pk: Vec<u8>,
    pub(super) sk: Vec<u8>,
}

/// From the first of two places on, and before the second.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) from: Place,
    pub(super) to: Place,
}

impl Range {
    /// What is left to read: the range of the query, from where the page before ended.
    ///
    /// In the table itself a sort key is a place by itself, and only `sort` counts.
    pub(super) fn of(query: &Query) -> Self {
        let from = match &query.from {
            Bound::Included(from) => Place::before(from.as_bytes().to_vec()),
            Bound::Excluded(from) => Place::before(next(from)),
            Bound::Unbounded => Place::before(Vec::new()),
        };
        let to = match &query.to {
            Bound::Included(to) => Place::before(next(to)),
            Bound::Excluded(to) => Place::before(to.as_bytes().to_vec()),
            Bound::Unbounded => Place::before(vec![BEYOND]),
        };
        match (&query.after, query.direction) {
            (None, _) => Self { from, to },
            (Some(after), Direction::Forward) => Self { from: max(from, Place::behind(after, query)), to },
            (Some(after), Direction::Backward) => Self { from, to: min(to, Place::at(after)) },
        }
    }
}

impl Place {
    /// Before every row with this sort key.
    fn before(sort: Vec<u8>) -> Self {
        Self { sort, pk: Vec::new(), sk: Vec::new() }
    }

    fn at(cursor: &Cursor) -> Self {
        let Cursor { sort, key } = cursor;
        Self { sort: sort.as_bytes().to_vec(), pk: key.pk.as_bytes().to_vec(), sk: key.sk.as_bytes().to_vec() }
    }

    fn behind(cursor: &Cursor, query: &Query) -> Self {
        match query.index {
            Index::Table => Self::before(next(&cursor.sort)),
            Index::Gsi1 | Index::Gsi2 => Self { sk: next(&cursor.key.sk), ..Self::at(cursor) },
        }
    }
}

/// The least text that is greater.
pub(super) fn next(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + 1);
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(0);
    bytes
}
