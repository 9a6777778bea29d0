//! The order of what a query answers, its range, and its pages.

use std::ops::Bound;

use super::{Case, Suite, put, run_cases};
use crate::row::{Key, Row};
use crate::table::{Cursor, Expect, Index, Query};

pub(super) async fn run(suite: &Suite<'_>) {
    run_cases![suite;
        a_partition_is_in_the_order_of_its_sort_keys,
        sort_keys_are_ordered_by_their_bytes,
        a_partition_holds_nothing_of_its_neighbours,
        a_range_has_the_ends_that_were_asked_for,
        a_beginning_is_a_range,
        pages_of_any_size_give_every_row_once_in_both_directions,
        equal_sort_keys_lose_no_row_between_pages,
        a_page_goes_on_although_its_last_row_has_gone,
        a_partition_may_have_any_name,
        a_full_page_that_is_the_last_one_ends,
    ];
}

async fn fill(case: &Case, partition: &str, sorts: &[&str]) {
    // Written in an order that is not theirs.
    let mut scattered: Vec<_> = sorts.iter().enumerate().collect();
    scattered.sort_by_key(|(n, _)| n * 7 % 5);
    for (_, sort) in scattered {
        let mut row = super::row(Key::new(case.partition(partition), *sort));
        row.gsi1 = Some(Key::new(case.partition("list"), *sort));
        row.gsi2 = Some(Key::new(case.partition("other"), *sort));
        case.create(&row).await;
    }
}

fn orders(case: &Case, partition: &str) -> [Query; 3] {
    [
        Query::all(Index::Table, case.partition(partition)),
        Query::all(Index::Gsi1, case.partition("list")),
        Query::all(Index::Gsi2, case.partition("other")),
    ]
}

fn reversed(sorts: &[&str]) -> Vec<String> {
    sorts.iter().rev().map(|sort| (*sort).to_owned()).collect()
}

async fn a_partition_is_in_the_order_of_its_sort_keys(case: &Case) {
    let sorts = ["2026-01-01", "2026-01-02", "2026-01-10", "2026-02-01", "2027-01-01", "A", "B"];
    fill(case, "P", &sorts).await;
    for query in orders(case, "P") {
        assert_eq!(case.sorts(query.clone()).await, sorts);
        assert_eq!(case.sorts(query.backward()).await, reversed(&sorts));
    }
}

async fn sort_keys_are_ordered_by_their_bytes(case: &Case) {
    let sorts = ["!", "#", "1", "10", "2", "A", "AB", "B", "_", "a", "a#", "aa", "z", "ä", "é", "日", "💃"];
    fill(case, "P", &sorts).await;
    for query in orders(case, "P") {
        assert_eq!(case.sorts(query.clone()).await, sorts);
        assert_eq!(case.sorts(query.backward().limit(2)).await, reversed(&sorts));
    }
}

async fn a_partition_holds_nothing_of_its_neighbours(case: &Case) {
    for partition in ["P", "P#", "P#1", "O", "PP", "p", ""] {
        let mut row = super::row(Key::new(case.partition(partition), "same"));
        row.gsi1 = Some(Key::new(case.partition(partition), "same"));
        case.create(&row).await;
    }
    for index in [Index::Table, Index::Gsi1] {
        let found = case.all(Query::all(index, case.partition("P"))).await;
        assert_eq!(
            found.iter().map(|row| row.key.clone()).collect::<Vec<_>>(),
            [Key::new(case.partition("P"), "same")]
        );
        assert!(case.all(Query::all(index, case.partition("none"))).await.is_empty());
    }
    assert!(case.all(Query::all(Index::Gsi2, case.partition("P"))).await.is_empty());
}

async fn a_range_has_the_ends_that_were_asked_for(case: &Case) {
    use Bound::{Excluded, Included, Unbounded};
    let sorts = ["A", "B", "B#", "C", "D"];
    fill(case, "P", &sorts).await;
    let of = |text: &str| text.to_owned();
    for query in orders(case, "P") {
        for (from, to, expected) in [
            (Unbounded, Unbounded, &sorts[..]),
            (Included(of("B")), Unbounded, &sorts[1..]),
            (Excluded(of("B")), Unbounded, &sorts[2..]),
            (Unbounded, Included(of("B")), &sorts[..2]),
            (Unbounded, Excluded(of("B")), &sorts[..1]),
            (Included(of("B")), Included(of("C")), &sorts[1..4]),
            (Excluded(of("B")), Excluded(of("C")), &sorts[2..3]),
            (Included(of("B")), Included(of("B")), &sorts[1..2]),
            (Included(of("BB")), Excluded(of("BC")), &[]),
            (Included(of("E")), Unbounded, &[]),
            (Unbounded, Excluded(of("A")), &[]),
            (Included(of("")), Included(of("D")), &sorts[..]),
        ] {
            let asked = query.clone().between(from.clone(), to.clone());
            assert_eq!(case.sorts(asked.clone()).await, expected, "{from:?} {to:?}");
            assert_eq!(case.sorts(asked.clone().backward()).await, reversed(expected), "{from:?} {to:?} backward");
            assert_eq!(case.sorts(asked.clone().limit(1)).await, expected, "{from:?} {to:?} one by one");
            assert_eq!(case.sorts(asked.backward().limit(1)).await, reversed(expected), "{from:?} {to:?} one by one");
        }
    }
}

async fn a_beginning_is_a_range(case: &Case) {
    let sorts = ["PASS", "PASS#", "PASS#1", "PASS#~", "PASS#ü", "PASS#💃", "PASS$", "PAST"];
    fill(case, "P", &sorts).await;
    for query in orders(case, "P") {
        assert_eq!(case.sorts(query.clone().beginning_with("PASS#")).await, &sorts[1..6]);
        assert_eq!(case.sorts(query.clone().beginning_with("PASS#").backward().limit(2)).await, reversed(&sorts[1..6]));
        assert_eq!(case.sorts(query.clone().beginning_with("P")).await, sorts);
        assert_eq!(case.sorts(query.beginning_with("Q")).await, [""; 0]);
    }
}

async fn pages_of_any_size_give_every_row_once_in_both_directions(case: &Case) {
    let sorts: Vec<String> = (0..25).map(|n| format!("{n:02}")).collect();
    let sorts: Vec<&str> = sorts.iter().map(String::as_str).collect();
    fill(case, "P", &sorts).await;
    for query in orders(case, "P") {
        for limit in [1, 2, 5, 7, 24, 25, 26, 1_000] {
            assert_eq!(case.sorts(query.clone().limit(limit)).await, sorts, "pages of {limit}");
            assert_eq!(case.sorts(query.clone().backward().limit(limit)).await, reversed(&sorts), "pages of {limit}");
        }
    }
}

async fn equal_sort_keys_lose_no_row_between_pages(case: &Case) {
    // Two sort keys in the index for twelve rows of six partitions.
    let mut keys = Vec::new();
    for n in 0..6 {
        for sk in ["x", "y"] {
            let mut row = super::row(Key::new(case.partition(&format!("{n}")), sk));
            row.gsi1 = Some(Key::new(case.partition("list"), if n < 3 { "1" } else { "2" }));
            case.create(&row).await;
            keys.push(row.key);
        }
    }
    let query = Query::all(Index::Gsi1, case.partition("list"));
    for limit in [1, 2, 3, 5, 11, 12, 13] {
        let forward = case.all(query.clone().limit(limit)).await;
        let backward = case.all(query.clone().backward().limit(limit)).await;
        let (forward, mut backward) = (keys_of(&forward), keys_of(&backward));
        let mut found = forward.clone();
        found.sort();
        assert_eq!(found, keys, "pages of {limit}: each row once");
        assert!(forward[..6].iter().all(|key| keys[..6].contains(key)), "in the order of the sort key");
        backward.sort();
        assert_eq!(backward, keys, "pages of {limit} backward: each row once");
    }
    let ends = Query::all(Index::Gsi1, case.partition("list"));
    let only = |sort: &str| ends.clone().between(Bound::Included(sort.to_owned()), Bound::Included(sort.to_owned()));
    assert_eq!(case.all(only("1").limit(2)).await.len(), 6);
    assert_eq!(case.all(only("2").backward().limit(4)).await.len(), 6);
}

fn keys_of(rows: &[Row]) -> Vec<Key> {
    rows.iter().map(|row| row.key.clone()).collect()
}

async fn a_page_goes_on_although_its_last_row_has_gone(case: &Case) {
    fill(case, "P", &["1", "2", "3", "4"]).await;
    for (query, gone) in orders(case, "P").into_iter().zip(["1", "2", "3"]) {
        let page = case.table.query(&query.clone().limit(1)).await.unwrap();
        assert_eq!(page.rows[0].key.sk, gone);
        let key = page.rows[0].key.clone();
        case.transact(vec![crate::table::Write::Delete { key, expect: Expect::Revision(1) }]).await.unwrap();
        let rest = case.sorts(query.after(page.next)).await;
        assert_eq!(rest, ["2", "3", "4"].iter().filter(|sort| **sort > gone).copied().collect::<Vec<_>>());
    }
}

async fn a_partition_may_have_any_name(case: &Case) {
    for name in ["Zoë", "日本#💃", "with space", "'; DROP TABLE rows; --", "%_\"\\"] {
        let mut row = super::row(Key::new(case.partition(name), name));
        row.gsi2 = Some(Key::new(case.partition(name), name));
        case.transact(vec![put(&row, Expect::Absent)]).await.unwrap();
        for index in [Index::Table, Index::Gsi2] {
            assert_eq!(case.sorts(Query::all(index, case.partition(name))).await, [name]);
        }
    }
}

async fn a_full_page_that_is_the_last_one_ends(case: &Case) {
    fill(case, "P", &["1", "2"]).await;
    for query in orders(case, "P") {
        // An engine may not know yet that nothing follows; but then the next page is empty, and the last.
        let page = case.table.query(&query.clone().limit(2)).await.unwrap();
        let sorts: Vec<_> = page.rows.iter().map(|row| row.key.sk.as_str()).collect();
        assert_eq!(sorts, ["1", "2"]);
        if let Some(Cursor { sort, key }) = page.next {
            let rest = case.table.query(&query.after(Some(Cursor { sort, key }))).await.unwrap();
            assert_eq!((rest.rows.len(), rest.next), (0, None));
        }
    }
}
