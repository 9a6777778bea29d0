//! A row as every engine keeps it: keys, what the store itself must understand, and a document.

use std::fmt;

use serde_json::{Map, Value};

/// Two parts that identify a row in the table, or place it in an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Partition.
    pub pk: String,
    /// Sort key.
    pub sk: String,
}

impl Key {
    /// A key of two parts.
    pub fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    /// A key whose two parts are the same.
    pub fn own(both: impl Into<String>) -> Self {
        let pk = both.into();
        Self { sk: pk.clone(), pk }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.pk, self.sk)
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it is.
    pub key: Key,
    /// Its place in the first index, if it has one.
    pub gsi1: Option<Key>,
    /// Its place in the second index, if it has one.
    pub gsi2: Option<Key>,
    /// Its kind, as in the table of entities.
    pub entity: String,
    /// Goes up with every replacement; 1 for a new row.
    pub revision: u64,
    /// Epoch seconds after which the row counts as absent; only where that loss is harmless.
    pub ttl: Option<i64>,
    /// ISO 8601 instant of the first write.
    pub created_at: String,
    /// ISO 8601 instant of the last replacement.
    pub updated_at: String,
    /// Its own attributes: the text of one JSON object, whose names are none of the attributes above.
    pub document: String,
}

/// The names that the store itself uses; no document may use them.
pub const RESERVED: [&str; 11] =
    ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk", "entity", "revision", "ttl", "created_at", "updated_at"];

/// A flat row that is not one.
#[derive(Debug, thiserror::Error)]
#[error("not a row: {0}")]
pub struct NotARow(pub String);

/// The kind of what stands in the place of a row that cannot be read, in a scan alone.
const UNREADABLE: &str = "UNREADABLE";

impl Row {
    /// What a scan gives for a row that cannot be read, so that the others can be.
    pub fn unreadable(key: Key, why: &str) -> Self {
        Self {
            key,
            gsi1: None,
            gsi2: None,
            entity: UNREADABLE.to_owned(),
            revision: 0,
            ttl: None,
            created_at: String::new(),
            updated_at: String::new(),
            document: Value::from(why).to_string(),
        }
    }

    /// Why this row cannot be read, if it is one of those.
    pub fn why_unreadable(&self) -> Option<String> {
        (self.entity == UNREADABLE).then(|| serde_json::from_str(&self.document).unwrap_or_default())
    }

    /// Absent for every reader at `now` (epoch seconds).
    pub fn is_expired(&self, now: i64) -> bool {
        self.ttl.is_some_and(|ttl| ttl <= now)
    }

    /// Whether both documents have the same attributes, however they are written: an engine with native attributes gives
    /// them back in an order of its own.
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let read = |row: &Self| serde_json::from_str::<Value>(&row.document).ok();
        self.document == other.document || read(self).is_some_and(|own| read(other) == Some(own))
    }

    /// All attributes side by side, as in an export and on engines with native attributes.
    pub fn to_flat(&self) -> Result<Map<String, Value>, NotARow> {
        let mut flat = Map::new();
        let mut text = |name: &str, value: &str| flat.insert(name.to_owned(), Value::from(value));
        text("pk", &self.key.pk);
        text("sk", &self.key.sk);
        for (key, pk, sk) in [(&self.gsi1, "gsi1pk", "gsi1sk"), (&self.gsi2, "gsi2pk", "gsi2sk")] {
            if let Some(key) = key {
                text(pk, &key.pk);
                text(sk, &key.sk);
            }
        }
        text("entity", &self.entity);
        text("created_at", &self.created_at);
        text("updated_at", &self.updated_at);
        flat.insert("revision".to_owned(), Value::from(self.revision));
        if let Some(ttl) = self.ttl {
            flat.insert("ttl".to_owned(), Value::from(ttl));
        }
        let document: Map<String, Value> =
            serde_json::from_str(&self.document).map_err(|error| NotARow(format!("{}: {error}", self.key)))?;
        flat.extend(document);
        Ok(flat)
    }

    /// The inverse of [`Row::to_flat`].
    pub fn from_flat(mut flat: Map<String, Value>) -> Result<Self, NotARow> {
        let key = Key { pk: required(&mut flat, "pk")?, sk: required(&mut flat, "sk")? };
        let gsi1 = index_key(&mut flat, "gsi1pk", "gsi1sk")?;
        let gsi2 = index_key(&mut flat, "gsi2pk", "gsi2sk")?;
        let entity = required(&mut flat, "entity")?;
        let created_at = required(&mut flat, "created_at")?;
        let updated_at = required(&mut flat, "updated_at")?;
        let revision = flat
            .remove("revision")
            .and_then(|value| value.as_u64())
            .ok_or_else(|| NotARow(format!("{key}: revision is no natural number")))?;
        let ttl = match flat.remove("ttl") {
            None => None,
            Some(value) => Some(value.as_i64().ok_or_else(|| NotARow(format!("{key}: ttl is no integer")))?),
        };
        let document = Value::Object(flat).to_string();
        Ok(Self { key, gsi1, gsi2, entity, revision, ttl, created_at, updated_at, document })
    }
}

fn required(flat: &mut Map<String, Value>, name: &str) -> Result<String, NotARow> {
    match flat.remove(name) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(NotARow(format!("{name} is no text"))),
        None => Err(NotARow(format!("{name} is missing"))),
    }
}

fn index_key(flat: &mut Map<String, Value>, pk: &str, sk: &str) -> Result<Option<Key>, NotARow> {
    if !flat.contains_key(pk) && !flat.contains_key(sk) {
        return Ok(None);
    }
    Ok(Some(Key { pk: required(flat, pk)?, sk: required(flat, sk)? }))
}
