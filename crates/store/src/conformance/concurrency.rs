//! Readers beside writers, and writers beside writers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Case, Suite, assert_same, put, run_cases};
use crate::row::Row;
use crate::table::{Expect, Index, Query, TransactError};

pub(super) async fn run(suite: &Suite<'_>) {
    run_cases![suite;
        many_keys_come_back_in_the_order_they_were_asked_for,
        no_reader_sees_half_a_transaction,
        of_many_who_replace_one_revision_one_wins,
        of_many_who_create_one_row_one_wins,
        what_was_answered_is_read,
        a_large_document_is_one_as_any_other,
    ];
}

async fn many_keys_come_back_in_the_order_they_were_asked_for(case: &Case) {
    for name in ["A", "B", "C"] {
        case.create(&case.row(name)).await;
    }
    let asked = ["C", "none", "A", "C", "B"];
    let keys: Vec<_> = asked.iter().map(|name| case.key(name)).collect();
    let found = case.table.get_many(&keys).await.unwrap();
    let found: Vec<_> = found.iter().map(|row| row.as_ref().map(|row| row.key.sk.as_str())).collect();
    assert_eq!(found, [Some("C"), None, Some("A"), Some("C"), Some("B")]);
    assert!(case.table.get_many(&[]).await.unwrap().is_empty());
    let keys: Vec<_> = (0..250).map(|n| case.key(if n % 2 == 0 { "A" } else { "none" })).collect();
    let found = case.table.get_many(&keys).await.unwrap();
    assert!(found.len() == 250 && found.iter().enumerate().all(|(n, row)| row.is_some() == (n % 2 == 0)));
}

async fn no_reader_sees_half_a_transaction(case: &Case) {
    let rows: Vec<Row> = (0..5).map(|n| case.row(&format!("{n}"))).collect();
    case.transact(rows.iter().map(|row| put(row, Expect::Absent)).collect()).await.unwrap();
    let keys: Vec<_> = rows.iter().map(|row| row.key.clone()).collect();
    let done = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..4)
        .map(|_| {
            let (table, keys, done) = (case.table.clone(), keys.clone(), Arc::clone(&done));
            tokio::spawn(async move {
                let mut seen = 0;
                while !done.load(Ordering::SeqCst) {
                    let found = table.get_many(&keys).await.unwrap();
                    let revisions: Vec<u64> = found.iter().map(|row| row.as_ref().unwrap().revision).collect();
                    assert!(revisions.iter().all(|revision| *revision == revisions[0]), "half of one: {revisions:?}");
                    assert!(revisions[0] >= seen, "time runs backwards");
                    seen = revisions[0];
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    for revision in 1..150 {
        let writes =
            rows.iter().map(|row| put(&Row { revision: revision + 1, ..row.clone() }, Expect::Revision(revision)));
        case.transact(writes.collect()).await.unwrap();
        tokio::task::yield_now().await;
    }
    done.store(true, Ordering::SeqCst);
    for reader in readers {
        reader.await.unwrap();
    }
}

/// How many of these, all begun at once, have taken effect.
async fn winners(case: &Case, rows: Vec<Row>, expect: Expect) -> Vec<Row> {
    let rivals: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let table = case.table.clone();
            tokio::spawn(async move {
                match table.transact(vec![put(&row, expect)]).await {
                    Ok(()) => Some(row),
                    Err(TransactError::Refused(_) | TransactError::Unavailable(_)) => None,
                    Err(error) => panic!("{error}"),
                }
            })
        })
        .collect();
    let mut winners = Vec::new();
    for rival in rivals {
        winners.extend(rival.await.unwrap());
    }
    winners
}

fn rivals(case: &Case, revision: u64) -> Vec<Row> {
    (0..20).map(|n| Row { revision, document: format!("{{\"n\":{n}}}"), ..case.row("A") }).collect()
}

async fn of_many_who_replace_one_revision_one_wins(case: &Case) {
    case.create(&case.row("A")).await;
    let winners = winners(case, rivals(case, 2), Expect::Revision(1)).await;
    assert_eq!(winners.len(), 1);
    assert_same(case.get(&case.key("A")).await.as_ref(), &winners[0]);
}

async fn of_many_who_create_one_row_one_wins(case: &Case) {
    let winners = winners(case, rivals(case, 1), Expect::Absent).await;
    assert_eq!(winners.len(), 1);
    assert_same(case.get(&case.key("A")).await.as_ref(), &winners[0]);
}

async fn what_was_answered_is_read(case: &Case) {
    for n in 0..100 {
        let row = case.row(&format!("{n}"));
        case.create(&row).await;
        assert!(case.get(&row.key).await.is_some(), "read your writes");
        assert_eq!(case.all(Query::all(Index::Table, row.key.pk.as_str())).await.len(), 1);
    }
}

async fn a_large_document_is_one_as_any_other(case: &Case) {
    let mut row = case.row("A");
    row.document = format!("{{\"left\":1,\"text\":\"{}\"}}", "ö€".repeat(40_000));
    assert!(row.document.len() >= 200_000);
    row.gsi1 = Some(case.key("list"));
    case.create(&row).await;
    assert_same(case.get(&row.key).await.as_ref(), &row);
    case.transact(vec![super::add(&row.key, 1)]).await.unwrap();
    let found = case.all(Query::all(Index::Gsi1, case.partition("list"))).await;
    assert_eq!(found[0].document.len(), row.document.len());
    row.revision = 2;
    row.document = "{}".to_owned();
    case.transact(vec![put(&row, Expect::Revision(1))]).await.unwrap();
    assert_same(case.get(&row.key).await.as_ref(), &row);
}
