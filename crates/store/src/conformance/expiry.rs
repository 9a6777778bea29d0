//! A row past its `ttl` is absent, swept or not.

use super::{Case, Suite, add, assert_refused, assert_same, put, run_cases};
use crate::row::{Key, Row};
use crate::table::{Expect, Index, Query, ScanCursor, Why, Write};

pub(super) async fn run(suite: &Suite<'_>) {
    run_cases![suite;
        a_row_is_there_until_its_second_has_come,
        no_reader_sees_what_is_past_its_time,
        no_condition_sees_what_is_past_its_time,
        a_new_row_takes_the_place_of_an_expired_one_in_every_index,
        a_row_whose_time_is_put_off_stays,
        expired_rows_fill_no_page,
    ];
}

fn until(case: &Case, name: &str, ttl: i64) -> Row {
    Row {
        ttl: Some(ttl),
        gsi1: Some(Key::new(case.partition("list"), name)),
        gsi2: Some(Key::new(case.partition("list"), name)),
        ..case.row(name)
    }
}

async fn a_row_is_there_until_its_second_has_come(case: &Case) {
    let row = until(case, "A", case.now() + 2);
    case.create(&row).await;
    assert_same(case.get(&row.key).await.as_ref(), &row);
    case.clock.advance(1_000);
    assert_same(case.get(&row.key).await.as_ref(), &row);
    case.clock.advance(1_000);
    assert_eq!(case.get(&row.key).await, None);
}

async fn no_reader_sees_what_is_past_its_time(case: &Case) {
    let (gone, stays) = (until(case, "A", case.now() + 1), until(case, "B", case.now() + 1_000));
    case.create(&gone).await;
    case.create(&stays).await;
    case.clock.advance(1_000);
    assert_eq!(case.get(&gone.key).await, None);
    let many = case.table.get_many(&[gone.key.clone(), stays.key.clone()]).await.unwrap();
    assert!(many[0].is_none());
    assert_same(many[1].as_ref(), &stays);
    assert!(case.all(Query::all(Index::Table, gone.key.pk.as_str())).await.is_empty());
    for index in [Index::Gsi1, Index::Gsi2] {
        assert_eq!(case.sorts(Query::all(index, case.partition("list"))).await, ["B"]);
        assert_eq!(case.sorts(Query::all(index, case.partition("list")).backward()).await, ["B"]);
    }
    let mut after: Option<ScanCursor> = None;
    loop {
        let (rows, next) = case.table.scan(after, 10).await.unwrap();
        assert!(rows.iter().all(|row| row.key != gone.key));
        match next {
            Some(_) => after = next,
            None => break,
        }
    }
}

async fn no_condition_sees_what_is_past_its_time(case: &Case) {
    let row = until(case, "A", case.now() + 1);
    case.create(&row).await;
    case.clock.advance(1_000);
    let key = &row.key;
    let later = Row { revision: 2, ..row.clone() };
    assert_refused(case.transact(vec![put(&later, Expect::Revision(1))]).await, &[(0, Why::Missing)]);
    assert_refused(case.transact(vec![add(key, 1)]).await, &[(0, Why::Missing)]);
    let check = |expect| Write::Check { key: key.clone(), expect };
    let delete = |expect| Write::Delete { key: key.clone(), expect };
    assert_refused(case.transact(vec![check(Expect::Revision(1))]).await, &[(0, Why::Missing)]);
    assert_refused(case.transact(vec![delete(Expect::Revision(1))]).await, &[(0, Why::Missing)]);
    case.transact(vec![check(Expect::Absent)]).await.unwrap();
    case.transact(vec![delete(Expect::Absent)]).await.unwrap();
    assert_eq!(case.get(key).await, None);
    let new = Row { ttl: None, ..row.clone() };
    case.create(&new).await;
    assert_same(case.get(key).await.as_ref(), &new);
}

async fn a_new_row_takes_the_place_of_an_expired_one_in_every_index(case: &Case) {
    let old = until(case, "A", case.now() + 1);
    case.create(&old).await;
    case.clock.advance(5_000);
    // With a revision that is lower than that of the one it buries, and in other lists.
    let mut new = Row { ttl: None, gsi1: Some(Key::new(case.partition("new"), "A")), gsi2: None, ..old.clone() };
    new.document = r#"{"name":"new"}"#.to_owned();
    case.create(&new).await;
    assert_same(case.get(&new.key).await.as_ref(), &new);
    assert_eq!(case.sorts(Query::all(Index::Gsi1, case.partition("new"))).await, ["A"]);
    assert!(case.all(Query::all(Index::Gsi1, case.partition("list"))).await.is_empty());
    assert!(case.all(Query::all(Index::Gsi2, case.partition("list"))).await.is_empty());
}

async fn a_row_whose_time_is_put_off_stays(case: &Case) {
    let row = until(case, "A", case.now() + 1);
    case.create(&row).await;
    let later = Row { revision: 2, ttl: Some(case.now() + 100), ..row.clone() };
    case.transact(vec![put(&later, Expect::Revision(1))]).await.unwrap();
    case.clock.advance(50_000);
    assert_same(case.get(&row.key).await.as_ref(), &later);
    let forever = Row { revision: 3, ttl: None, ..row.clone() };
    case.transact(vec![put(&forever, Expect::Revision(2))]).await.unwrap();
    case.clock.advance(100_000);
    assert_same(case.get(&row.key).await.as_ref(), &forever);
}

async fn expired_rows_fill_no_page(case: &Case) {
    for n in 0..12 {
        let ttl = if n % 3 == 2 { case.now() + 1_000 } else { case.now() + 1 };
        case.create(&until(case, &format!("{n:02}"), ttl)).await;
    }
    case.clock.advance(1_000);
    let query = Query::all(Index::Gsi1, case.partition("list"));
    for limit in [1, 2, 3, 4, 5] {
        assert_eq!(case.sorts(query.clone().limit(limit)).await, ["02", "05", "08", "11"]);
        assert_eq!(case.sorts(query.clone().backward().limit(limit)).await, ["11", "08", "05", "02"]);
    }
}
