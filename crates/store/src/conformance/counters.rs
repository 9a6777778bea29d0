//! Counters: their bound, what they leave alone, and many at once.

use super::{Case, Suite, add, assert_refused, put, run_cases};
use crate::table::{Expect, TransactError, Why, Write};

pub(super) async fn run(suite: &Suite<'_>) {
    run_cases![suite;
        a_counter_moves_and_nothing_else_does,
        a_counter_reaches_its_bound_but_not_below,
        what_is_no_counter_is_refused,
        many_at_once_never_take_more_than_there_is,
        of_two_counters_either_both_move_or_none,
        a_row_with_a_moved_counter_still_has_its_revision,
    ];
}

async fn left(case: &Case, name: &str) -> i64 {
    case.get(&case.key(name)).await.unwrap().to_flat().unwrap()["left"].as_i64().unwrap()
}

async fn a_counter_moves_and_nothing_else_does(case: &Case) {
    let mut row = case.row("A");
    row.gsi1 = Some(case.key("list"));
    row.document = r#"{"by":{"deep":[1]},"left":10,"name":"Zoë"}"#.to_owned();
    case.create(&row).await;
    case.transact(vec![add(&row.key, -3)]).await.unwrap();
    let mut expected = row.to_flat().unwrap();
    expected.insert("left".to_owned(), 7.into());
    assert_eq!(case.get(&row.key).await.unwrap().to_flat().unwrap(), expected);
    let query = crate::table::Query::all(crate::table::Index::Gsi1, case.partition("list"));
    assert_eq!(case.all(query).await[0].to_flat().unwrap(), expected);
}

async fn a_counter_reaches_its_bound_but_not_below(case: &Case) {
    case.create(&case.row("A")).await;
    let key = case.key("A");
    case.transact(vec![add(&key, -10)]).await.unwrap();
    assert_refused(case.transact(vec![add(&key, -1)]).await, &[(0, Why::BelowBound)]);
    case.transact(vec![add(&key, 0)]).await.unwrap();
    let bounded = |delta, at_least| vec![Write::Add { key: key.clone(), field: "left", delta, at_least }];
    case.transact(bounded(-5, -5)).await.unwrap();
    assert_refused(case.transact(bounded(-1, -5)).await, &[(0, Why::BelowBound)]);
    // A bound holds for the result, whichever way it moved.
    assert_refused(case.transact(bounded(4, 0)).await, &[(0, Why::BelowBound)]);
    case.transact(bounded(1_000_000_000_000, 0)).await.unwrap();
    assert_eq!(left(case, "A").await, 999_999_999_995);
}

async fn what_is_no_counter_is_refused(case: &Case) {
    let mut row = case.row("A");
    row.document = r#"{"left":"10","name":"Zoë"}"#.to_owned();
    case.create(&row).await;
    assert_refused(case.transact(vec![add(&row.key, 1)]).await, &[(0, Why::Missing)]);
    let other = Write::Add { key: row.key.clone(), field: "missing", delta: 1, at_least: 0 };
    assert_refused(case.transact(vec![other]).await, &[(0, Why::Missing)]);
    assert_refused(case.transact(vec![add(&case.key("nothing"), 1)]).await, &[(0, Why::Missing)]);
    assert_eq!(case.get(&row.key).await.unwrap().to_flat().unwrap(), row.to_flat().unwrap());
}

async fn many_at_once_never_take_more_than_there_is(case: &Case) {
    let mut row = case.row("A");
    row.document = r#"{"left":100}"#.to_owned();
    case.create(&row).await;
    let buyers: Vec<_> = (1..=60)
        .map(|n| {
            let (table, key, taken) = (case.table.clone(), case.key("A"), n % 4 + 1);
            let sale = put(&case.row(&format!("sale {n}")), Expect::Absent);
            tokio::spawn(async move {
                // An engine that lets rivals cancel each other says so; whoever asks again is served in the end.
                for _ in 0..1_000 {
                    match table.transact(vec![add(&key, -taken), sale.clone()]).await {
                        Ok(()) => return Some(taken),
                        Err(TransactError::Refused(_)) => return None,
                        Err(TransactError::Unavailable(_)) => tokio::task::yield_now().await,
                        Err(error) => panic!("{error}"),
                    }
                }
                panic!("never served");
            })
        })
        .collect();
    let (mut taken, mut sales) = (0, 0);
    for buyer in buyers {
        if let Some(n) = buyer.await.unwrap() {
            taken += n;
            sales += 1;
        }
    }
    // 60 buyers want 150; whoever was refused wanted at most 4.
    assert_eq!(left(case, "A").await, 100 - taken);
    assert!((97..=100).contains(&taken), "{taken}");
    let mut found = 0;
    for n in 1..=60 {
        found += usize::from(case.get(&case.key(&format!("sale {n}"))).await.is_some());
    }
    assert_eq!(found, sales);
}

async fn of_two_counters_either_both_move_or_none(case: &Case) {
    let (many, few) = (case.row("many"), case.row("few"));
    case.create(&many).await;
    case.create(&few).await;
    case.transact(vec![add(&few.key, -9)]).await.unwrap();
    let both = |n: i64| vec![add(&many.key, -n), add(&few.key, -n)];
    assert_refused(case.transact(both(2)).await, &[(1, Why::BelowBound)]);
    assert_eq!((left(case, "many").await, left(case, "few").await), (10, 1));
    case.transact(both(1)).await.unwrap();
    assert_eq!((left(case, "many").await, left(case, "few").await), (9, 0));
}

async fn a_row_with_a_moved_counter_still_has_its_revision(case: &Case) {
    let mut row = case.row("A");
    case.create(&row).await;
    case.transact(vec![add(&row.key, -3)]).await.unwrap();
    row.revision = 2;
    case.transact(vec![put(&row, Expect::Revision(1))]).await.unwrap();
    assert_eq!(left(case, "A").await, 10);
}
