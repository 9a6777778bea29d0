//! Between a value and its row: what every kind of record has in common.

use domain::values::Slug;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::row::{Key, Row};
use crate::table::{Expect, StoreFault, Write};

/// A value that is kept in a row of its own. Its serialised form is the row's document.
pub trait Record: Serialize + DeserializeOwned {
    /// The kind, as in the table of entities.
    const ENTITY: &'static str;

    /// Where it is.
    fn key(&self) -> Key;

    /// Its place in the first index.
    fn gsi1(&self) -> Option<Key> {
        None
    }

    /// Its place in the second index.
    fn gsi2(&self) -> Option<Key> {
        None
    }

    /// When its loss is harmless.
    fn ttl(&self) -> Option<Timestamp> {
        None
    }
}

/// A value that was read, with what is needed to write its successor.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored<T> {
    /// The value.
    pub value: T,
    /// The revision that was read.
    pub revision: u64,
    /// When it was first written.
    pub created_at: String,
}

/// Reads a row as what it should be, and checks that it stands where its value says.
pub fn read<T: Record>(row: &Row) -> Result<Stored<T>, StoreFault> {
    let bad = |why: String| StoreFault::BadRow { key: row.key.clone(), why };
    if row.entity != T::ENTITY {
        return Err(bad(format!("is {:?} where {:?} was expected", row.entity, T::ENTITY)));
    }
    let value: T = serde_json::from_str(&row.document).map_err(|error| bad(error.to_string()))?;
    if value.key() != row.key {
        return Err(bad(format!("holds what belongs to {}", value.key())));
    }
    Ok(Stored { value, revision: row.revision, created_at: row.created_at.clone() })
}

/// The row of a value.
pub fn row<T: Record>(value: &T, revision: u64, created_at: String, at: Timestamp) -> Result<Row, StoreFault> {
    let document = serde_json::to_string(value).map_err(|error| StoreFault::Other(error.to_string()))?;
    Ok(Row {
        key: value.key(),
        gsi1: value.gsi1(),
        gsi2: value.gsi2(),
        entity: T::ENTITY.to_owned(),
        revision,
        ttl: value.ttl().map(Timestamp::as_second),
        created_at,
        updated_at: at.to_string(),
        document,
    })
}

/// The write that creates a value, if there is none in its place.
pub fn create<T: Record>(value: &T, at: Timestamp) -> Result<Write, StoreFault> {
    Ok(Write::Put { row: row(value, 1, at.to_string(), at)?, expect: Expect::Absent })
}

impl<T: Record> Stored<T> {
    /// The write that replaces this by its successor, if nobody was faster. The successor has the same key.
    pub fn replace(&self, by: &T, at: Timestamp) -> Result<Write, StoreFault> {
        let row = row(by, self.revision + 1, self.created_at.clone(), at)?;
        Ok(Write::Put { row, expect: Expect::Revision(self.revision) })
    }

    /// The write that removes it, if nobody changed it.
    pub fn delete(&self) -> Write {
        Write::Delete { key: self.value.key(), expect: Expect::Revision(self.revision) }
    }

    /// The condition that nobody has changed it.
    pub fn unchanged(&self) -> Write {
        Write::Check { key: self.value.key(), expect: Expect::Revision(self.revision) }
    }
}

/// A name that is in use within an organisation.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
pub struct SlugInUse {
    /// Of which organisation.
    pub organisation: Slug,
    /// The name.
    pub slug: Slug,
    /// "series" or "event".
    pub what: String,
}
