//! The same transactions and questions, by chance, to the embedded engine and to the table in memory.

use std::ops::Bound;
use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;

use crate::clock::SetClock;
use crate::embedded::Embedded;
use crate::memory::Memory;
use crate::row::{Key, Row};
use crate::table::{Direction, Expect, Index, Query, Table, Write};

#[derive(Debug, Clone)]
enum Step {
    Transact(Vec<Write>),
    Load(Vec<Row>),
    Get(Vec<Key>),
    /// All pages of it.
    Query(Query),
    Advance(i64),
    Sweep(usize),
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["A", "A#", "B", "ä", ""]).prop_map(str::to_owned)
}

fn key() -> impl Strategy<Value = Key> {
    (name(), name()).prop_map(|(pk, sk)| Key { pk, sk })
}

fn expect() -> impl Strategy<Value = Expect> {
    prop_oneof![2 => Just(Expect::Absent), 3 => (0..4_u64).prop_map(Expect::Revision)]
}

fn row() -> impl Strategy<Value = Row> {
    let ttl = prop_oneof![3 => Just(None), 1 => (995..1_010_i64).prop_map(Some)];
    let left = prop_oneof![4 => (0..5_i64).prop_map(|left| format!("{{\"left\":{left}}}")), 1 => Just("{}".to_owned())];
    (key(), prop::option::of(key()), prop::option::of(key()), 1..5_u64, ttl, left).prop_map(
        |(key, gsi1, gsi2, revision, ttl, document)| Row { gsi1, gsi2, revision, ttl, document, ..super::row(key) },
    )
}

fn write() -> impl Strategy<Value = Write> {
    prop_oneof![
        5 => (row(), expect()).prop_map(|(row, expect)| Write::Put { row, expect }),
        2 => (key(), expect()).prop_map(|(key, expect)| Write::Delete { key, expect }),
        1 => (key(), expect()).prop_map(|(key, expect)| Write::Check { key, expect }),
        2 => (key(), -3..4_i64, -2..2_i64)
            .prop_map(|(key, delta, at_least)| Write::Add { key, field: "left", delta, at_least }),
    ]
}

fn bound() -> impl Strategy<Value = Bound<String>> {
    prop_oneof![Just(Bound::Unbounded), name().prop_map(Bound::Included), name().prop_map(Bound::Excluded)]
}

fn query() -> impl Strategy<Value = Query> {
    let index = prop::sample::select(vec![Index::Table, Index::Gsi1, Index::Gsi2]);
    let direction = prop::sample::select(vec![Direction::Forward, Direction::Backward]);
    (index, name(), bound(), bound(), direction, 1..5_usize).prop_map(
        |(index, partition, from, to, direction, limit)| Query {
            index,
            partition,
            from,
            to,
            direction,
            limit,
            after: None,
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        10 => prop::collection::vec(write(), 1..4).prop_map(Step::Transact),
        1 => prop::collection::vec(row(), 0..4).prop_map(Step::Load),
        2 => prop::collection::vec(key(), 0..4).prop_map(Step::Get),
        6 => query().prop_map(Step::Query),
        1 => (0..3_000_i64).prop_map(Step::Advance),
        1 => (0..3_usize).prop_map(Step::Sweep),
    ]
}

/// What a table answers to a step, as text.
async fn answer(table: &dyn Table, step: Step) -> String {
    match step {
        Step::Transact(writes) => format!("{:?}", table.transact(writes).await),
        Step::Load(rows) => format!("{:?}", table.load(rows).await),
        Step::Get(keys) => format!("{:?}", table.get_many(&keys).await),
        Step::Query(mut query) => {
            let mut pages = String::new();
            loop {
                let page = table.query(&query).await.unwrap();
                pages = format!("{pages}{page:?}\n");
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => return pages,
                }
            }
        }
        Step::Advance(_) | Step::Sweep(_) => String::new(),
    }
}

async fn compare(steps: Vec<Step>) {
    let clock = Arc::new(SetClock::at(Timestamp::from_second(1_000).unwrap()));
    let embedded = Embedded::in_memory(clock.clone()).unwrap();
    let memory = Memory::new(clock.clone());
    for step in steps {
        match step {
            Step::Advance(milliseconds) => clock.advance(milliseconds),
            // Only one of them sweeps: nobody must see it.
            Step::Sweep(limit) => drop(embedded.sweep(limit).await.unwrap()),
            step => assert_eq!(answer(&embedded, step.clone()).await, answer(&memory, step.clone()).await, "{step:?}"),
        }
    }
    for index in [Index::Table, Index::Gsi1, Index::Gsi2] {
        for partition in ["A", "A#", "B", "ä", ""] {
            let all = Step::Query(Query::all(index, partition).limit(2));
            assert_eq!(answer(&embedded, all.clone()).await, answer(&memory, all).await, "{index:?} {partition}");
        }
    }
    assert_eq!(embedded.scan(None, 1_000).await.unwrap(), memory.scan(None, 1_000).await.unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_engines_answer_alike_whatever_is_asked(steps in prop::collection::vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(compare(steps));
    }
}
