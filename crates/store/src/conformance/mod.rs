//! The suite that holds every engine to the same answers.
//!
//! An engine of another crate runs it in its own tests, with the feature `conformance`. It asks only what the
//! interface promises: nothing of speed, and nothing of what happens when a disk or a network fails.
//!
//! To add a case: a function of one [`Case`] in the file of its kind, named as a sentence, and a line in that
//! file's `run`.

// These are tests, although other crates see them as a library.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::assigning_clones)]

mod atomicity;
mod concurrency;
mod counters;
mod expiry;
mod indexes;
mod maintenance;
mod matrix;
mod order;
mod trouble;

use std::sync::Arc;

use crate::clock::SetClock;
use crate::row::{Key, Row};
use crate::table::{Expect, Query, Refused, Table, TransactError, Why, Write};

/// Runs all cases, one after another, and panics at the first that does not hold, with its name in the log.
///
/// Each case asks `make` for a table, and keeps to keys that begin with its own name, so that `make` may give the
/// same table again as long as no case has run on it before. The tables' clock must be `clock`, which is moved on.
pub async fn run(make: impl Fn() -> Arc<dyn Table>, clock: Arc<SetClock>) {
    let suite = Suite { make: &make, clock };
    matrix::run(&suite).await;
    atomicity::run(&suite).await;
    counters::run(&suite).await;
    order::run(&suite).await;
    indexes::run(&suite).await;
    expiry::run(&suite).await;
    concurrency::run(&suite).await;
    trouble::run(&suite).await;
    maintenance::run(&suite).await;
}

struct Suite<'a> {
    make: &'a dyn Fn() -> Arc<dyn Table>,
    clock: Arc<SetClock>,
}

impl Suite<'_> {
    fn case(&self, name: &'static str) -> Case {
        Case { name, table: (self.make)(), clock: Arc::clone(&self.clock) }
    }
}

/// Runs the named functions, each on a table of its own.
macro_rules! run_cases {
    ($suite:expr; $($case:ident),+ $(,)?) => {
        $($case(&$suite.case(stringify!($case))).await;)+
    };
}
use run_cases;

/// One case: its table, and its own part of all keys.
struct Case {
    name: &'static str,
    table: Arc<dyn Table>,
    clock: Arc<SetClock>,
}

impl Drop for Case {
    #[allow(clippy::print_stderr, reason = "a failing test says which one it was")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the case that does not hold: {}", self.name);
        }
    }
}

impl Case {
    /// A partition of this case, of the table or of an index.
    fn partition(&self, name: &str) -> String {
        format!("{}#{name}", self.name)
    }

    fn key(&self, name: &str) -> Key {
        Key::new(self.partition(name), name)
    }

    /// A new row, in no index, with a counter `left` of 10.
    fn row(&self, name: &str) -> Row {
        row(self.key(name))
    }

    /// Epoch seconds.
    fn now(&self) -> i64 {
        crate::clock::Clock::now(&*self.clock).as_second()
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        self.table.transact(writes).await
    }

    /// Puts a row that is not there.
    async fn create(&self, row: &Row) {
        self.transact(vec![put(row, Expect::Absent)]).await.unwrap();
    }

    async fn get(&self, key: &Key) -> Option<Row> {
        self.table.get(key).await.unwrap()
    }

    async fn revision(&self, key: &Key) -> Option<u64> {
        self.get(key).await.map(|row| row.revision)
    }

    /// All of what a query answers, page by page; no page but the last is short, and none is longer than asked for.
    async fn all(&self, query: Query) -> Vec<Row> {
        let (mut rows, mut query) = (Vec::new(), query);
        loop {
            let page = self.table.query(&query).await.unwrap();
            assert!(page.rows.len() <= query.limit, "{} rows in a page of {}", page.rows.len(), query.limit);
            assert!(page.next.is_none() || page.rows.len() == query.limit, "a short page that is not the last");
            rows.extend(page.rows);
            match page.next {
                Some(next) => query = query.after(Some(next)),
                None => return rows,
            }
        }
    }

    /// The sort keys (of the rows themselves) that a query answers.
    async fn sorts(&self, query: Query) -> Vec<String> {
        self.all(query).await.into_iter().map(|row| row.key.sk).collect()
    }
}

fn row(key: Key) -> Row {
    Row {
        key,
        gsi1: None,
        gsi2: None,
        entity: "THING".to_owned(),
        revision: 1,
        ttl: None,
        created_at: "2026-01-01T00:00:00Z".to_owned(),
        updated_at: "2026-01-01T00:00:00Z".to_owned(),
        document: r#"{"left":10,"name":"Zoë"}"#.to_owned(),
    }
}

fn put(row: &Row, expect: Expect) -> Write {
    Write::Put { row: row.clone(), expect }
}

fn add(key: &Key, delta: i64) -> Write {
    Write::Add { key: key.clone(), field: "left", delta, at_least: 0 }
}

/// The same attributes, however the document is written.
#[track_caller]
fn assert_same(found: Option<&Row>, expected: &Row) {
    assert_eq!(found.expect("a row").to_flat().unwrap(), expected.to_flat().unwrap());
}

#[track_caller]
fn assert_refused(answer: Result<(), TransactError>, expected: &[(usize, Why)]) {
    let expected: Vec<Refused> = expected.iter().map(|&(write, why)| Refused { write, why }).collect();
    match answer {
        Err(TransactError::Refused(refused)) => assert_eq!(refused, expected),
        other => panic!("expected {expected:?}, found {other:?}"),
    }
}

#[cfg(test)]
mod chance;
#[cfg(test)]
mod tests;
