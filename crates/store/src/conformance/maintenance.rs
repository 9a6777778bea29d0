//! Scan and load: everything out, and everything in as it was.

use super::{Case, Suite, assert_same, put, run_cases};
use crate::row::{Key, Row};
use crate::table::{Expect, Index, Query};

pub(super) async fn run(suite: &Suite<'_>) {
    run_cases![suite;
        a_scan_gives_every_row_once_in_the_order_of_keys,
        what_is_loaded_is_as_it_was,
        a_load_replaces_what_is_there,
        a_loaded_row_goes_on_with_its_revision,
        a_thousand_rows_are_loaded_at_once,
    ];
}

/// The rows of this case, by scans of about `limit`.
async fn scan(case: &Case, limit: usize) -> Vec<Row> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = case.table.scan(after, limit).await.unwrap();
        rows.extend(page.into_iter().filter(|row| row.key.pk.starts_with(&case.partition(""))));
        match next {
            Some(_) => after = next,
            None => return rows,
        }
    }
}

fn keys(rows: &[Row]) -> Vec<Key> {
    rows.iter().map(|row| row.key.clone()).collect()
}

async fn a_scan_gives_every_row_once_in_the_order_of_keys(case: &Case) {
    let mut expected = Vec::new();
    for pk in ["A", "A#", "AA", "B", "a", "ü"] {
        for sk in ["1", "10", "2", "Z"] {
            let mut row = super::row(Key::new(case.partition(pk), sk));
            row.gsi1 = Some(Key::new(case.partition("list"), sk));
            case.create(&row).await;
            expected.push(row.key);
        }
    }
    expected.sort();
    for limit in [1, 5, 24, 1_000] {
        let mut found = keys(&scan(case, limit).await);
        // An engine without one order over its partitions gives each of them in order, at least.
        assert!(found.chunk_by(|a, b| a.pk == b.pk).all(|partition| partition.is_sorted() && partition.len() == 4));
        found.sort();
        assert_eq!(found, expected, "by {limit}");
    }
}

async fn what_is_loaded_is_as_it_was(case: &Case) {
    let mut row = case.row("A");
    row.revision = 41;
    row.gsi1 = Some(case.key("list"));
    row.gsi2 = Some(case.key("list"));
    row.ttl = Some(case.now() + 1_000);
    let bare = Row { document: "{}".to_owned(), ..case.row("B") };
    case.table.load(vec![row.clone(), bare.clone()]).await.unwrap();
    case.table.load(Vec::new()).await.unwrap();
    assert_same(case.get(&row.key).await.as_ref(), &row);
    assert_same(case.get(&bare.key).await.as_ref(), &bare);
    for index in [Index::Gsi1, Index::Gsi2] {
        assert_eq!(case.sorts(Query::all(index, case.partition("list"))).await, ["A"]);
    }
    let found = scan(case, 10).await;
    assert_same(found.iter().find(|found| found.key == row.key), &row);
}

async fn a_load_replaces_what_is_there(case: &Case) {
    let mut row = case.row("A");
    row.revision = 9;
    row.gsi1 = Some(case.key("list"));
    case.create(&row).await;
    let older = Row { revision: 3, gsi1: Some(case.key("other")), ..row.clone() };
    case.table.load(vec![older.clone()]).await.unwrap();
    assert_same(case.get(&row.key).await.as_ref(), &older);
    assert!(case.all(Query::all(Index::Gsi1, case.partition("list"))).await.is_empty());
    assert_eq!(case.sorts(Query::all(Index::Gsi1, case.partition("other"))).await, ["A"]);
}

async fn a_loaded_row_goes_on_with_its_revision(case: &Case) {
    let row = Row { revision: 7, ..case.row("A") };
    case.table.load(vec![row.clone()]).await.unwrap();
    let next = Row { revision: 8, ..row.clone() };
    assert!(case.transact(vec![put(&next, Expect::Revision(1))]).await.is_err());
    case.transact(vec![put(&next, Expect::Revision(7))]).await.unwrap();
    assert_eq!(case.revision(&row.key).await, Some(8));
}

async fn a_thousand_rows_are_loaded_at_once(case: &Case) {
    let rows: Vec<Row> = (0..1_000).map(|n| super::row(Key::new(case.partition("many"), format!("{n:04}")))).collect();
    case.table.load(rows).await.unwrap();
    assert_eq!(case.all(Query::all(Index::Table, case.partition("many")).limit(300)).await.len(), 1_000);
}
