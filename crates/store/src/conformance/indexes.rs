//! The two indexes: sparse, and always what the row says.

use super::{Case, Suite, put, run_cases};
use crate::row::{Key, Row};
use crate::table::{Expect, Index, Query, Write};

pub(super) async fn run(suite: &Suite<'_>) {
    run_cases![suite;
        a_row_stands_only_in_the_indexes_that_it_names,
        a_row_moves_in_its_indexes_with_its_replacement,
        a_row_that_stays_where_it_was_is_there_once,
        a_deleted_row_leaves_both_indexes,
        a_refused_write_moves_nothing_in_an_index,
        an_index_shows_the_whole_row_as_it_is,
    ];
}

async fn list(case: &Case, index: Index, partition: &str) -> Vec<String> {
    case.sorts(Query::all(index, case.partition(partition))).await
}

fn placed(case: &Case, name: &str, gsi1: Option<(&str, &str)>, gsi2: Option<(&str, &str)>) -> Row {
    let place = |place: Option<(&str, &str)>| place.map(|(pk, sk)| Key::new(case.partition(pk), sk));
    Row { gsi1: place(gsi1), gsi2: place(gsi2), ..case.row(name) }
}

async fn a_row_stands_only_in_the_indexes_that_it_names(case: &Case) {
    case.create(&placed(case, "neither", None, None)).await;
    case.create(&placed(case, "first", Some(("list", "1")), None)).await;
    case.create(&placed(case, "second", None, Some(("list", "1")))).await;
    case.create(&placed(case, "both", Some(("list", "2")), Some(("list", "2")))).await;
    assert_eq!(list(case, Index::Gsi1, "list").await, ["first", "both"]);
    assert_eq!(list(case, Index::Gsi2, "list").await, ["second", "both"]);
    assert!(list(case, Index::Table, "list").await.is_empty());
}

async fn a_row_moves_in_its_indexes_with_its_replacement(case: &Case) {
    case.create(&placed(case, "anchor", Some(("list", "5")), Some(("list", "5")))).await;
    let places = [
        (Some(("list", "1")), Some(("list", "9"))),
        (Some(("list", "9")), Some(("list", "9"))),   // within a list
        (Some(("other", "9")), Some(("other", "1"))), // to another list
        (None, Some(("list", "1"))),                  // out of one index
        (Some(("list", "1")), None),                  // and into it again
        (None, None),
        (Some(("list", "1")), Some(("list", "9"))),
    ];
    let mut revision = 0;
    for (gsi1, gsi2) in places {
        let row = Row { revision: revision + 1, ..placed(case, "A", gsi1, gsi2) };
        let expect = if revision == 0 { Expect::Absent } else { Expect::Revision(revision) };
        case.transact(vec![put(&row, expect)]).await.unwrap();
        revision += 1;
        for (index, place) in [(Index::Gsi1, gsi1), (Index::Gsi2, gsi2)] {
            let expected: &[&str] = match place {
                Some(("list", sort)) if sort < "5" => &["A", "anchor"],
                Some(("list", _)) => &["anchor", "A"],
                Some(_) | None => &["anchor"],
            };
            assert_eq!(list(case, index, "list").await, expected, "{index:?} at revision {revision}");
            let other = usize::from(matches!(place, Some(("other", _))));
            assert_eq!(list(case, index, "other").await.len(), other, "{index:?} at revision {revision}");
        }
    }
}

async fn a_row_that_stays_where_it_was_is_there_once(case: &Case) {
    let mut row = placed(case, "A", Some(("list", "1")), Some(("list", "1")));
    case.create(&row).await;
    for revision in 2..5 {
        row.revision = revision;
        case.transact(vec![put(&row, Expect::Revision(revision - 1))]).await.unwrap();
        for index in [Index::Gsi1, Index::Gsi2] {
            let found = case.all(Query::all(index, case.partition("list"))).await;
            assert_eq!(found.iter().map(|row| row.revision).collect::<Vec<_>>(), [revision]);
        }
    }
}

async fn a_deleted_row_leaves_both_indexes(case: &Case) {
    let row = placed(case, "A", Some(("list", "1")), Some(("list", "1")));
    case.create(&row).await;
    let delete = Write::Delete { key: row.key.clone(), expect: Expect::Revision(1) };
    case.transact(vec![delete]).await.unwrap();
    assert!(list(case, Index::Gsi1, "list").await.is_empty());
    assert!(list(case, Index::Gsi2, "list").await.is_empty());
    case.create(&placed(case, "A", Some(("list", "2")), None)).await;
    assert_eq!(list(case, Index::Gsi1, "list").await, ["A"]);
    assert!(list(case, Index::Gsi2, "list").await.is_empty());
}

async fn a_refused_write_moves_nothing_in_an_index(case: &Case) {
    case.create(&placed(case, "A", Some(("list", "1")), None)).await;
    let moved = Row { revision: 2, ..placed(case, "A", Some(("other", "1")), Some(("other", "1"))) };
    let never = Write::Check { key: case.key("nothing"), expect: Expect::Revision(1) };
    assert!(case.transact(vec![put(&moved, Expect::Revision(1)), never.clone()]).await.is_err());
    let delete = Write::Delete { key: case.key("A"), expect: Expect::Revision(1) };
    assert!(case.transact(vec![delete, never]).await.is_err());
    assert_eq!(list(case, Index::Gsi1, "list").await, ["A"]);
    assert!(list(case, Index::Gsi1, "other").await.is_empty());
    assert!(list(case, Index::Gsi2, "other").await.is_empty());
}

async fn an_index_shows_the_whole_row_as_it_is(case: &Case) {
    let mut row = placed(case, "A", Some(("list", "1")), Some(("list", "1")));
    case.create(&row).await;
    row.revision = 2;
    row.document = r#"{"name":"new"}"#.to_owned();
    case.transact(vec![put(&row, Expect::Revision(1))]).await.unwrap();
    for index in [Index::Gsi1, Index::Gsi2] {
        let found = case.all(Query::all(index, case.partition("list"))).await;
        super::assert_same(found.first(), &row);
    }
}
