//! The whole storage interface of the product: one table, two sparse indexes, four kinds of write.
//!
//! Every engine (embedded, in memory, and those of other crates) implements [`Table`], and one
//! [conformance suite](crate::conformance) holds all of them to the same answers. What is not here
//! no operation may need: there is no conditional expression, no partial update except [`Write::Add`],
//! and no scan outside maintenance.

use std::fmt;
use std::ops::Bound;

use async_trait::async_trait;

use crate::row::{Key, Row};

/// Most writes that one transaction may hold (Amazon DynamoDB's own limit).
pub const MAX_WRITES: usize = 100;

/// Which of the three orders a query reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Index {
    /// `pk`, `sk`: identity.
    Table,
    /// `gsi1pk`, `gsi1sk`: lists.
    Gsi1,
    /// `gsi2pk`, `gsi2sk`: the other way round.
    Gsi2,
}

/// In which order of the sort key a query answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest sort key first.
    Forward,
    /// Greatest sort key first.
    Backward,
}

/// One partition of the table or of an index, in the order of its sort key (bytewise).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The order that is read.
    pub index: Index,
    /// The partition, whole.
    pub partition: String,
    /// The range of sort keys, lower end.
    pub from: Bound<String>,
    /// The range of sort keys, upper end.
    pub to: Bound<String>,
    /// Forward or backward.
    pub direction: Direction,
    /// At most so many rows in a page, 1 or more.
    pub limit: usize,
    /// Where the page before ended; made by the same query.
    pub after: Option<Cursor>,
}

impl Query {
    /// Rows of a page where nothing else is said: most partitions are smaller, and read in one go.
    pub const PAGE: usize = 100;

    /// All of a partition, forward, in pages of [`Query::PAGE`].
    pub fn all(index: Index, partition: impl Into<String>) -> Self {
        Self {
            index,
            partition: partition.into(),
            from: Bound::Unbounded,
            to: Bound::Unbounded,
            direction: Direction::Forward,
            limit: Self::PAGE,
            after: None,
        }
    }

    /// Only sort keys that begin with `prefix` (which is of ASCII).
    pub fn beginning_with(mut self, prefix: &str) -> Self {
        self.from = Bound::Included(prefix.to_owned());
        // '\u{10FFFF}' sorts after every character that a key can hold.
        self.to = Bound::Excluded(format!("{prefix}\u{10FFFF}"));
        self
    }

    /// Only sort keys in the range.
    pub fn between(mut self, from: Bound<String>, to: Bound<String>) -> Self {
        self.from = from;
        self.to = to;
        self
    }

    /// Greatest first.
    pub fn backward(mut self) -> Self {
        self.direction = Direction::Backward;
        self
    }

    /// At most `limit` rows a page.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit.max(1);
        self
    }

    /// Goes on where a page ended.
    pub fn after(mut self, cursor: Option<Cursor>) -> Self {
        self.after = cursor;
        self
    }
}

/// The place of a row in the order that a query reads: its sort key there, and its own key, since
/// sort keys of an index need not be unique.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Sort key in the order that was read.
    pub sort: String,
    /// The row's own key.
    pub key: Key,
}

/// The key under which a row is in an order; none if it is not in that index.
pub fn key_in(row: &Row, index: Index) -> Option<&Key> {
    match index {
        Index::Table => Some(&row.key),
        Index::Gsi1 => row.gsi1.as_ref(),
        Index::Gsi2 => row.gsi2.as_ref(),
    }
}

/// The place of a row in an order; none if it is not in that index.
pub fn place(row: &Row, index: Index) -> Option<Cursor> {
    key_in(row, index).map(|key| Cursor { sort: key.sk.clone(), key: row.key.clone() })
}

/// What a query answers: a full page, as long as there are enough rows that are not expired; only the last is shorter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The rows, whole, in the order asked for.
    pub rows: Vec<Row>,
    /// There is, or may be, more after this.
    pub next: Option<Cursor>,
}

/// What must be true of a row before a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// There is no such row (one past its `ttl` counts as absent).
    Absent,
    /// There is, with exactly this revision.
    Revision(u64),
}

/// One write of a transaction.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// Creates or replaces. The new revision must be greater than the one expected.
    Put {
        /// The whole new row.
        row: Row,
        /// What must be true before.
        expect: Expect,
    },
    /// Removes.
    Delete {
        /// Which row.
        key: Key,
        /// What must be true before.
        expect: Expect,
    },
    /// Changes nothing, but must hold.
    Check {
        /// Which row.
        key: Key,
        /// What must be true.
        expect: Expect,
    },
    /// Moves a counter (an integer attribute of the row) without reading it first; `revision` stays.
    /// An attribute that is missing, or no integer, counts as a fault of the row and is refused as [`Why::Missing`].
    Add {
        /// Which row.
        key: Key,
        /// The attribute's name.
        field: &'static str,
        /// By how much.
        delta: i64,
        /// The result must not be below this.
        at_least: i64,
    },
}

impl Write {
    /// The key that is written or checked.
    pub fn key(&self) -> &Key {
        match self {
            Self::Put { row, .. } => &row.key,
            Self::Delete { key, .. } | Self::Check { key, .. } | Self::Add { key, .. } => key,
        }
    }
}

/// Why one write of a transaction was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// `Absent` was expected and there is a row.
    Present,
    /// A revision was expected (or a counter moved) and there is no row.
    Missing,
    /// There is a row with another revision, or the new one is not greater.
    Revision,
    /// The counter would fall below its bound.
    BelowBound,
}

/// A write that did not hold, by its place in the transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Index into the writes of the transaction.
    pub write: usize,
    /// What did not hold.
    pub why: Why,
}

/// Why a transaction did not (certainly) take effect.
#[derive(Debug)]
pub enum TransactError {
    /// Nothing was written. Every write that did not hold is named, in order.
    Refused(Vec<Refused>),
    /// Nothing was written: more than 100 writes, none, or two for one key. A fault of the caller.
    Malformed(&'static str),
    /// Nothing was written: the store could not do it now.
    Unavailable(StoreFault),
    /// It is not known whether all of it was written or nothing.
    Unknown(StoreFault),
}

impl fmt::Display for TransactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => write!(f, "refused: {refused:?}"),
            Self::Malformed(why) => write!(f, "malformed transaction: {why}"),
            Self::Unavailable(fault) => write!(f, "nothing was written: {fault}"),
            Self::Unknown(fault) => write!(f, "outcome unknown: {fault}"),
        }
    }
}

impl std::error::Error for TransactError {}

/// The store itself failed: an I/O error, a row that cannot be read, too much waiting.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// More requests wait than the store takes in; try again later.
    #[error("too many requests are waiting")]
    Busy,
    /// Others write the same rows at this moment, and cancelled this; try again at once.
    #[error("others are writing the same rows")]
    Contended,
    /// It did not answer, or not in a way that says what it did; try again later.
    #[error("the store does not answer: {0}")]
    Unreachable(String),
    /// A row does not parse as what its key says.
    #[error("row {key}: {why}")]
    BadRow {
        /// The row's key.
        key: Key,
        /// What is wrong with it.
        why: String,
    },
    /// Anything else, with its cause.
    #[error("{0}")]
    Other(String),
}

impl StoreFault {
    /// It may well work the next time.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Busy | Self::Contended | Self::Unreachable(_) => true,
            Self::BadRow { .. } | Self::Other(_) => false,
        }
    }
}

/// Where a maintenance scan goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanCursor(pub Key);

/// A table. See the module's documentation for what all implementations agree on.
///
/// Reads are consistent: a `get` that begins after a `transact` was answered sees it.
/// A row past its `ttl` is absent for every reader and for every condition.
#[async_trait]
pub trait Table: fmt::Debug + Send + Sync + 'static {
    /// One row.
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreFault>;

    /// Some rows, in the order of their keys as given, from one snapshot where the engine has such.
    async fn get_many(&self, keys: &[Key]) -> Result<Vec<Option<Row>>, StoreFault>;

    /// A page of one partition.
    async fn query(&self, query: &Query) -> Result<Page, StoreFault>;

    /// All of the writes or nothing, on disk before it answers.
    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError>;

    /// For maintenance only: the rows in the order of their keys, expired ones left out, about `limit` a call.
    async fn scan(&self, after: Option<ScanCursor>, limit: usize)
    -> Result<(Vec<Row>, Option<ScanCursor>), StoreFault>;

    /// For maintenance only: writes rows as they are, revisions included, replacing what is there.
    async fn load(&self, rows: Vec<Row>) -> Result<(), StoreFault>;
}
