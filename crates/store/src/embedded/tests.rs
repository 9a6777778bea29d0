//! What is special to this engine; what all engines promise is in the conformance suite.

mod batches;
mod copies;
mod files;

use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::clock::SetClock;
use crate::table::Expect;

fn clock() -> Arc<SetClock> {
    Arc::new(SetClock::at(Timestamp::from_second(1_000_000).unwrap()))
}

fn row(name: &str) -> Row {
    Row {
        key: Key::own(name),
        gsi1: Some(Key::new("LIST", name)),
        gsi2: None,
        entity: "THING".to_owned(),
        revision: 1,
        ttl: None,
        created_at: "2026-01-01T00:00:00Z".to_owned(),
        updated_at: "2026-01-01T00:00:00Z".to_owned(),
        document: r#"{"left":10}"#.to_owned(),
    }
}

fn create(name: &str) -> Vec<Write> {
    vec![Write::Put { row: row(name), expect: Expect::Absent }]
}

/// A connection past the engine, as of any SQLite tool.
fn stranger(table: &Embedded) -> rusqlite::Connection {
    rusqlite::Connection::open(table.folder().join(FILE)).unwrap()
}
