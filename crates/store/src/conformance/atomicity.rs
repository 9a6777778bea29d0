//! All or nothing, what is malformed, and the same request twice.

use super::{Case, Suite, add, assert_refused, assert_same, put, run_cases};
use crate::row::Row;
use crate::size::MOST_BYTES;
use crate::table::{Expect, MAX_WRITES, StoreFault, TransactError, Why, Write};

pub(super) async fn run(suite: &Suite<'_>) {
    run_cases![suite;
        a_hundred_writes_are_all_done,
        one_that_does_not_hold_undoes_a_hundred,
        every_write_that_does_not_hold_is_named_in_order,
        nothing_and_more_than_a_hundred_and_one_key_twice_are_malformed,
        a_row_is_as_large_as_it_may_be_and_no_larger,
        the_same_request_twice_has_its_effect_once,
        a_thing_moves_from_key_to_key_at_once,
    ];
}

fn hundred(case: &Case) -> Vec<Row> {
    (0..MAX_WRITES).map(|n| case.row(&format!("{n:03}"))).collect()
}

async fn a_hundred_writes_are_all_done(case: &Case) {
    let rows = hundred(case);
    case.transact(rows.iter().map(|row| put(row, Expect::Absent)).collect()).await.unwrap();
    let keys: Vec<_> = rows.iter().map(|row| row.key.clone()).collect();
    let found = case.table.get_many(&keys).await.unwrap();
    for (found, row) in found.iter().zip(&rows) {
        assert_same(found.as_ref(), row);
    }
    let mixed = rows.iter().enumerate().map(|(n, row)| match n % 4 {
        0 => add(&row.key, -3),
        1 => Write::Delete { key: row.key.clone(), expect: Expect::Revision(1) },
        2 => Write::Check { key: row.key.clone(), expect: Expect::Revision(1) },
        _ => put(&Row { revision: 2, ..row.clone() }, Expect::Revision(1)),
    });
    case.transact(mixed.collect()).await.unwrap();
    for (n, found) in case.table.get_many(&keys).await.unwrap().into_iter().enumerate() {
        match (n % 4, found) {
            (0, Some(row)) => assert_eq!((row.revision, left(&row)), (1, 7)),
            (1, None) => {}
            (2, Some(row)) => assert_eq!(row.revision, 1),
            (3, Some(row)) => assert_eq!(row.revision, 2),
            (_, found) => panic!("{n}: {found:?}"),
        }
    }
}

fn left(row: &Row) -> i64 {
    row.to_flat().unwrap()["left"].as_i64().unwrap()
}

async fn one_that_does_not_hold_undoes_a_hundred(case: &Case) {
    let rows = hundred(case);
    case.create(&rows[99]).await;
    let writes: Vec<_> = rows.iter().map(|row| put(row, Expect::Absent)).collect();
    assert_refused(case.transact(writes).await, &[(99, Why::Present)]);
    for row in &rows[..99] {
        assert_eq!(case.get(&row.key).await, None);
    }
    assert_same(case.get(&rows[99].key).await.as_ref(), &rows[99]);
}

async fn every_write_that_does_not_hold_is_named_in_order(case: &Case) {
    let (there, old, counter) = (case.row("there"), case.row("old"), case.row("counter"));
    for row in [&there, &old, &counter] {
        case.create(row).await;
    }
    let check = |name: &str, expect| Write::Check { key: case.key(name), expect };
    let refused = case.transact(vec![
        check("there", Expect::Absent),
        put(&case.row("new"), Expect::Absent),
        Write::Delete { key: case.key("nothing"), expect: Expect::Revision(1) },
        put(&Row { revision: 9, ..old.clone() }, Expect::Revision(2)),
        add(&counter.key, -11),
        check("also nothing", Expect::Absent),
        add(&case.key("no counter"), 1),
    ]);
    let expected = [(0, Why::Present), (2, Why::Missing), (3, Why::Revision), (4, Why::BelowBound), (6, Why::Missing)];
    assert_refused(refused.await, &expected);
    assert_eq!(case.get(&case.key("new")).await, None);
    assert_same(case.get(&counter.key).await.as_ref(), &counter);
}

async fn nothing_and_more_than_a_hundred_and_one_key_twice_are_malformed(case: &Case) {
    let malformed = |answer| assert!(matches!(answer, Err(TransactError::Malformed(_))), "{answer:?}");
    malformed(case.transact(Vec::new()).await);
    let mut rows = hundred(case);
    rows.push(case.row("one more"));
    malformed(case.transact(rows.iter().map(|row| put(row, Expect::Absent)).collect()).await);
    let row = &rows[0];
    malformed(case.transact(vec![put(row, Expect::Absent), add(&row.key, 1)]).await);
    let check = Write::Check { key: row.key.clone(), expect: Expect::Absent };
    malformed(case.transact(vec![check.clone(), put(&rows[1], Expect::Absent), check]).await);
    for row in &rows {
        assert_eq!(case.get(&row.key).await, None);
    }
}

async fn a_row_is_as_large_as_it_may_be_and_no_larger(case: &Case) {
    let filled = |name: &str, bytes: usize| {
        let with =
            |filler: &str| Row { document: format!(r#"{{"n":[1,null],"filler":"{filler}"}}"#), ..case.row(name) };
        with(&"x".repeat(bytes - with("").bytes()))
    };
    let (largest, larger) = (filled("largest", MOST_BYTES), filled("larger", MOST_BYTES + 1));
    case.create(&largest).await;
    assert_same(case.get(&largest.key).await.as_ref(), &largest);
    case.table.load(vec![largest.clone()]).await.unwrap();
    let refused = case.transact(vec![put(&case.row("A"), Expect::Absent), put(&larger, Expect::Absent)]).await;
    assert!(matches!(refused, Err(TransactError::Malformed(_))), "{refused:?}");
    let refused = case.table.load(vec![case.row("A"), larger]).await;
    assert!(matches!(refused, Err(StoreFault::BadRow { .. })), "{refused:?}");
    assert_eq!(case.get(&case.key("A")).await, None);
}

async fn the_same_request_twice_has_its_effect_once(case: &Case) {
    let stock = case.row("stock");
    case.create(&stock).await;
    let request = || vec![put(&case.row("operation"), Expect::Absent), add(&stock.key, -4)];
    case.transact(request()).await.unwrap();
    assert_refused(case.transact(request()).await, &[(0, Why::Present)]);
    assert_refused(case.transact(request()).await, &[(0, Why::Present)]);
    assert_eq!(left(&case.get(&stock.key).await.unwrap()), 6);
}

async fn a_thing_moves_from_key_to_key_at_once(case: &Case) {
    let mut row = case.row("ticket");
    row.key.sk = "CUSTOMER#1".to_owned();
    row.gsi1 = Some(case.key("list"));
    case.create(&row).await;
    let mut moved = Row { revision: 2, ..row.clone() };
    moved.key.sk = "CUSTOMER#2".to_owned();
    let request =
        || vec![Write::Delete { key: row.key.clone(), expect: Expect::Revision(1) }, put(&moved, Expect::Absent)];
    case.transact(request()).await.unwrap();
    assert_eq!(case.get(&row.key).await, None);
    assert_same(case.get(&moved.key).await.as_ref(), &moved);
    assert_refused(case.transact(request()).await, &[(0, Why::Missing), (1, Why::Present)]);
}
