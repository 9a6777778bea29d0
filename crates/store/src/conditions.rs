//! What a transaction demands, as plain functions: the rules that every engine of this crate shares.
//!
//! Knows nothing of where rows are kept; an engine tells what it found under a key.

use std::collections::{BTreeMap, HashSet};

use serde_json::value::RawValue;

use crate::row::Row;
use crate::size::MOST_BYTES;
use crate::table::{Expect, MAX_WRITES, StoreFault, Why, Write};

/// Refuses what no engine takes: no write, more than [`MAX_WRITES`], two for one key, or a row that none can keep.
///
/// The sentence is for [`TransactError::Malformed`](crate::table::TransactError::Malformed).
pub fn well_formed(writes: &[Write]) -> Result<(), &'static str> {
    if writes.is_empty() {
        return Err("a transaction needs at least one write");
    }
    if writes.len() > MAX_WRITES {
        return Err("a transaction holds at most 100 writes");
    }
    let mut keys = HashSet::with_capacity(writes.len());
    if !writes.iter().all(|write| keys.insert(write.key())) {
        return Err("a transaction writes a key at most once");
    }
    writes.iter().try_for_each(|write| match write {
        Write::Put { row, .. } => may_be_kept(row),
        Write::Delete { .. } | Write::Check { .. } | Write::Add { .. } => Ok(()),
    })
}

/// Refuses rows that are to be loaded if one of them cannot be kept.
pub fn may_be_loaded(rows: &[Row]) -> Result<(), StoreFault> {
    let bad = |row: &Row, why: &str| StoreFault::BadRow { key: row.key.clone(), why: why.to_owned() };
    rows.iter().try_for_each(|row| may_be_kept(row).map_err(|why| bad(row, why)))
}

/// Refuses what one of the engines cannot keep: then no engine does.
pub(crate) fn may_be_kept(row: &Row) -> Result<(), &'static str> {
    if i64::try_from(row.revision).is_err() {
        return Err("a revision is below 2^63");
    }
    if row.fits(MOST_BYTES) { Ok(()) } else { Err("a row has at most 400 KB") }
}

/// Whether `expect` holds, given the revision of the row that is there (`None`: absent, or past its `ttl`).
pub fn holds(expect: Expect, found: Option<u64>) -> Result<(), Why> {
    match (expect, found) {
        (Expect::Absent, None) => Ok(()),
        (Expect::Absent, Some(_)) => Err(Why::Present),
        (Expect::Revision(_), None) => Err(Why::Missing),
        (Expect::Revision(expected), Some(revision)) if expected == revision => Ok(()),
        (Expect::Revision(_), Some(_)) => Err(Why::Revision),
    }
}

/// Whether `row` may be put: `expect` holds, and a replacement has a greater revision than what it replaces.
pub fn may_put(row: &Row, expect: Expect, found: Option<u64>) -> Result<(), Why> {
    holds(expect, found)?;
    match expect {
        Expect::Revision(expected) if row.revision <= expected => Err(Why::Revision),
        Expect::Revision(_) | Expect::Absent => Ok(()),
    }
}

/// What a counter comes to that is moved by `delta`.
///
/// Refused as [`Why::Missing`] if there is none (or what is there is no integer), or if it would leave the range of `i64`
/// upwards, and as [`Why::BelowBound`] if the result is below `at_least`.
pub fn room(before: Option<i64>, delta: i64, at_least: i64) -> Result<i64, Why> {
    let after = i128::from(before.ok_or(Why::Missing)?) + i128::from(delta);
    if after < i128::from(at_least) {
        return Err(Why::BelowBound);
    }
    i64::try_from(after).map_err(|_| Why::Missing)
}

/// The document after `field` has been moved by `delta`, if there is [room] for it; its other attributes stay as they
/// are, in the order of their names.
pub fn moved(document: &str, field: &str, delta: i64, at_least: i64) -> Result<String, Why> {
    let mut attributes: BTreeMap<String, &RawValue> = serde_json::from_str(document).map_err(|_| Why::Missing)?;
    let attribute = attributes.get_mut(field).ok_or(Why::Missing)?;
    let after = room(serde_json::from_str(attribute.get()).ok(), delta, at_least)?;
    let after = RawValue::from_string(after.to_string()).map_err(|_| Why::Missing)?;
    *attribute = &after;
    serde_json::to_string(&attributes).map_err(|_| Why::Missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::Key;

    #[test]
    fn a_counter_moves_and_everything_beside_it_stays_to_the_letter() {
        let document = r#"{"left":7,"price":1.50,"of":{"b":1,"a":[2, 3]}}"#;
        let after = moved(document, "left", -3, 0).unwrap();
        assert_eq!(after, r#"{"left":4,"of":{"b":1,"a":[2, 3]},"price":1.50}"#);
    }

    #[test]
    fn a_counter_reaches_its_bound_but_never_passes_it() {
        assert_eq!(moved(r#"{"left":3}"#, "left", -3, 0).unwrap(), r#"{"left":0}"#);
        assert_eq!(moved(r#"{"left":3}"#, "left", -4, 0), Err(Why::BelowBound));
        assert_eq!(moved(r#"{"left":3}"#, "left", -5, -2).unwrap(), r#"{"left":-2}"#);
        // Raising one that is below its bound already does not hold either.
        assert_eq!(moved(r#"{"left":-9}"#, "left", 1, 0), Err(Why::BelowBound));
        assert_eq!(moved(r#"{"left":0}"#, "left", i64::MIN, i64::MIN).unwrap(), format!(r#"{{"left":{}}}"#, i64::MIN));
    }

    #[test]
    fn what_is_no_counter_does_not_move() {
        for document in [r#"{"right":1}"#, r#"{"left":"1"}"#, r#"{"left":1.0}"#, r#"{"left":null}"#, "[1]", "", "{"] {
            assert_eq!(moved(document, "left", 1, 0), Err(Why::Missing), "{document}");
        }
        assert_eq!(moved(&format!(r#"{{"left":{}}}"#, i64::MAX), "left", 1, 0), Err(Why::Missing));
        assert_eq!(moved(&format!(r#"{{"left":{}}}"#, i64::MIN), "left", -1, i64::MIN), Err(Why::BelowBound));
    }

    #[test]
    fn a_revision_that_no_engine_can_keep_is_malformed() {
        let row = |revision| Row {
            key: Key::own("A"),
            gsi1: None,
            gsi2: None,
            entity: "THING".to_owned(),
            revision,
            ttl: None,
            created_at: String::new(),
            updated_at: String::new(),
            document: "{}".to_owned(),
        };
        let put = |revision| [Write::Put { row: row(revision), expect: Expect::Absent }];
        assert!(well_formed(&put(i64::MAX as u64)).is_ok());
        assert!(well_formed(&put(i64::MAX as u64 + 1)).is_err());
    }
}
