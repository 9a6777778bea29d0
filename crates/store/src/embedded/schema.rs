//! The shape of the file: its tables, its version, and every statement that names them.

use rusqlite::{Connection, OptionalExtension};

use super::open::OpenError;

/// The version of the file's shape, kept in `PRAGMA user_version`. A newer file is refused.
pub(super) const VERSION: i64 = 1;

const CREATE: &str = "
    CREATE TABLE rows (
        pk BLOB NOT NULL,
        sk BLOB NOT NULL,
        entity TEXT NOT NULL,
        revision INTEGER NOT NULL,
        ttl INTEGER,
        gsi1pk BLOB,
        gsi1sk BLOB,
        gsi2pk BLOB,
        gsi2sk BLOB,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (pk, sk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX rows_ttl ON rows (ttl) WHERE ttl IS NOT NULL;
    CREATE TABLE gsi1 (
        gsi1pk BLOB NOT NULL,
        gsi1sk BLOB NOT NULL,
        pk BLOB NOT NULL,
        sk BLOB NOT NULL,
        PRIMARY KEY (gsi1pk, gsi1sk, pk, sk)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE gsi2 (
        gsi2pk BLOB NOT NULL,
        gsi2sk BLOB NOT NULL,
        pk BLOB NOT NULL,
        sk BLOB NOT NULL,
        PRIMARY KEY (gsi2pk, gsi2sk, pk, sk)
    ) STRICT, WITHOUT ROWID;
";

/// What a condition, or the removal of index pointers, needs to know of a row; its document is not read.
pub(super) const HEAD: &str = "
    SELECT revision, ttl, gsi1pk, gsi1sk, gsi2pk, gsi2sk FROM rows WHERE pk = ?1 AND sk = ?2";

/// The document alone, for a counter.
pub(super) const DOCUMENT: &str = "SELECT document FROM rows WHERE pk = ?1 AND sk = ?2";

/// A new row.
pub(super) const INSERT: &str = "
    INSERT INTO rows (pk, sk, entity, revision, ttl, gsi1pk, gsi1sk, gsi2pk, gsi2sk, created_at, updated_at, document)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

/// A whole row anew, in its place.
pub(super) const REPLACE: &str = "
    UPDATE rows SET entity = ?3, revision = ?4, ttl = ?5, gsi1pk = ?6, gsi1sk = ?7, gsi2pk = ?8, gsi2sk = ?9,
        created_at = ?10, updated_at = ?11, document = ?12
    WHERE pk = ?1 AND sk = ?2";

/// The document alone, after a counter has moved.
pub(super) const SET_DOCUMENT: &str = "UPDATE rows SET document = ?3 WHERE pk = ?1 AND sk = ?2";

/// A row goes.
pub(super) const DELETE: &str = "DELETE FROM rows WHERE pk = ?1 AND sk = ?2";

/// Pointers of both indexes: partition and sort key there, then the key of the row.
pub(super) const POINT: [&str; 2] =
    ["INSERT INTO gsi1 VALUES (?1, ?2, ?3, ?4)", "INSERT INTO gsi2 VALUES (?1, ?2, ?3, ?4)"];

/// The reverse of [`POINT`].
pub(super) const UNPOINT: [&str; 2] = [
    "DELETE FROM gsi1 WHERE gsi1pk = ?1 AND gsi1sk = ?2 AND pk = ?3 AND sk = ?4",
    "DELETE FROM gsi2 WHERE gsi2pk = ?1 AND gsi2sk = ?2 AND pk = ?3 AND sk = ?4",
];

/// Keys of rows whose time is over at `?1`, the longest dead first, at most `?2`.
pub(super) const EXPIRED: &str = "
    SELECT pk, sk FROM rows WHERE ttl IS NOT NULL AND ttl <= ?1 ORDER BY ttl LIMIT ?2";

/// What is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing yet.
    Empty,
    /// A store of this version.
    Store,
}

/// Looks into a file without changing it; refuses one of another program or of a later version.
pub(super) fn inspect(conn: &Connection) -> Result<Content, OpenError> {
    let version = version(conn)?;
    if version > VERSION {
        return Err(OpenError::Newer { found: version, known: VERSION });
    }
    if version == VERSION {
        return Ok(Content::Store);
    }
    let foreign: Option<String> =
        conn.query_row("SELECT name FROM sqlite_schema LIMIT 1", (), |row| row.get(0)).optional()?;
    foreign.map_or(Ok(Content::Empty), |name| Err(OpenError::Foreign { name }))
}

/// Makes the tables, all or none.
pub(super) fn create(conn: &mut Connection) -> rusqlite::Result<()> {
    let transaction = conn.transaction()?;
    transaction.execute_batch(CREATE)?;
    touch(&transaction)?;
    transaction.commit()
}

/// Writes the version, which is a commit by itself if no transaction is open.
pub(super) fn touch(conn: &Connection) -> rusqlite::Result<()> {
    conn.pragma_update(None, "user_version", VERSION)
}

/// The version of the file's shape, 0 if it has none yet.
pub(super) fn version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.query_row("PRAGMA user_version", (), |row| row.get(0))
}
