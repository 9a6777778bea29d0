//! Commits in groups: who is answered what, and what a failure leaves.

use super::*;
use crate::table::{Refused, Why};

#[tokio::test]
async fn what_waits_is_committed_at_once_and_answered_each() {
    let table = Arc::new(Embedded::in_memory(clock()).unwrap());
    let lock = stranger(&table);
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let requests: Vec<_> = (0..100)
        .map(|n| {
            let table = Arc::clone(&table);
            // Ten keys: of ten requests for each, the first wins.
            tokio::spawn(async move { table.transact(create(&format!("{}", n % 10))).await })
        })
        .collect();
    while table.waiting() < 100 {
        tokio::task::yield_now().await;
    }
    lock.execute_batch("ROLLBACK").unwrap();
    let mut done = 0;
    for request in requests {
        match request.await.unwrap() {
            Ok(()) => done += 1,
            Err(TransactError::Refused(refused)) => assert_eq!(refused, [Refused { write: 0, why: Why::Present }]),
            Err(error) => panic!("{error}"),
        }
    }
    let figures = table.figures();
    assert_eq!((done, figures.transactions, figures.refused, figures.rows_written), (10, 10, 90, 10));
    assert!(figures.commits <= 2, "{} commits", figures.commits);
}

#[tokio::test]
async fn one_more_than_can_wait_is_told_to_come_again() {
    let table = Arc::new(Embedded::in_memory(clock()).unwrap());
    let lock = stranger(&table);
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let requests: Vec<_> = (0..2_000)
        .map(|n| {
            let table = Arc::clone(&table);
            tokio::spawn(async move { (n, table.transact(create(&format!("{n}"))).await) })
        })
        .collect();
    while table.waiting() < 1_024 {
        tokio::task::yield_now().await;
    }
    // Everybody else comes too late, and is answered while the others wait.
    for _ in 0..2_000 {
        tokio::task::yield_now().await;
    }
    lock.execute_batch("ROLLBACK").unwrap();
    let mut busy = 0;
    for request in requests {
        let (n, answer) = request.await.unwrap();
        let found = table.get(&Key::own(format!("{n}"))).await.unwrap();
        match answer {
            Ok(()) => assert!(found.is_some()),
            Err(TransactError::Unavailable(StoreFault::Busy)) => {
                busy += 1;
                assert!(found.is_none());
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!((2_000 - 1_024 - 128..=2_000 - 1_024).contains(&busy), "{busy}");
}

#[tokio::test]
async fn what_was_accepted_is_finished_when_the_store_is_closed() {
    let (clock, folder) = (clock(), tempfile::tempdir().unwrap());
    let table = Embedded::open(folder.path(), clock.clone()).unwrap();
    for n in 0..50 {
        // Asked, and gone before the answer.
        let name = format!("{n}");
        let mut request = Box::pin(table.transact(create(&name)));
        let asked = std::future::poll_fn(|context| {
            let _ = request.as_mut().poll(context);
            std::task::Poll::Ready(())
        });
        asked.await;
    }
    drop(table);
    let table = Embedded::open(folder.path(), clock).unwrap();
    for n in 0..50 {
        assert!(table.get(&Key::own(format!("{n}"))).await.unwrap().is_some(), "{n}");
    }
}

/// Makes rows of the entity POISON fail: in their statement, or only at the commit.
fn poison(table: &Embedded, at_commit: bool) {
    let action = if at_commit { "INSERT INTO child VALUES (1)" } else { "SELECT RAISE(ABORT, 'poison')" };
    stranger(table)
        .execute_batch(&format!(
            "CREATE TABLE parent (id INTEGER PRIMARY KEY);
             CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
             CREATE TRIGGER poison BEFORE INSERT ON rows WHEN new.entity = 'POISON' BEGIN {action}; END"
        ))
        .unwrap();
}

#[tokio::test]
async fn one_that_the_file_does_not_take_spoils_nobody_elses() {
    for at_commit in [false, true] {
        let table = Arc::new(Embedded::in_memory(clock()).unwrap());
        poison(&table, at_commit);
        let lock = stranger(&table);
        lock.execute_batch("BEGIN IMMEDIATE").unwrap();
        let requests: Vec<_> = (0..9)
            .map(|n| {
                let (table, entity) = (Arc::clone(&table), if n == 4 { "POISON" } else { "THING" });
                let row = Row { entity: entity.to_owned(), ..row(&format!("{n}")) };
                let beside = row_beside(n);
                let writes = [beside, row].map(|row| Write::Put { row, expect: Expect::Absent });
                tokio::spawn(async move { table.transact(writes.into()).await })
            })
            .collect();
        while table.waiting() < 9 {
            tokio::task::yield_now().await;
        }
        lock.execute_batch("ROLLBACK").unwrap();
        let mut answers = Vec::new();
        for request in requests {
            answers.push(request.await.unwrap());
        }
        // Only now: while the one fails, nothing is read.
        for (n, answer) in answers.into_iter().enumerate() {
            let expected = n != 4;
            assert_eq!(answer.is_ok(), expected, "{n}: {answer:?}");
            assert!(expected || matches!(answer, Err(TransactError::Unavailable(_))));
            for key in [Key::own(format!("{n}")), row_beside(n).key] {
                assert_eq!(table.get(&key).await.unwrap().is_some(), expected, "{n}");
            }
        }
        assert_eq!(table.figures().transactions, 8);
    }
}

fn row_beside(n: usize) -> Row {
    row(&format!("{n} beside"))
}

#[tokio::test]
async fn nothing_is_read_while_a_commit_is_in_doubt_and_the_next_write_clears_it() {
    let table = Embedded::in_memory(clock()).unwrap();
    table.transact(create("A")).await.unwrap();
    table.shared.in_doubt.store(true, Ordering::SeqCst);
    assert!(table.get(&Key::own("A")).await.is_err());
    assert!(table.get_many(&[Key::own("A")]).await.is_err());
    assert!(table.query(&Query::all(crate::table::Index::Gsi1, "LIST")).await.is_err());
    assert!(table.scan(None, 1).await.is_err());
    table.transact(create("B")).await.unwrap();
    assert_eq!(table.get(&Key::own("A")).await.unwrap(), Some(row("A")));
}

#[tokio::test]
async fn a_sweep_removes_what_is_past_its_time_and_nothing_else() {
    let clock = clock();
    let table = Embedded::in_memory(clock.clone()).unwrap();
    for n in 0..10 {
        let ttl = (n < 7).then_some(1_000_000 + n);
        let row = Row { ttl, gsi2: Some(Key::own("OTHER")), ..row(&format!("{n}")) };
        table.transact(vec![Write::Put { row, expect: Expect::Absent }]).await.unwrap();
    }
    clock.advance(4_000);
    let count = |what: &str| -> i64 {
        stranger(&table).query_row(&format!("SELECT count(*) FROM {what}"), (), |row| row.get(0)).unwrap()
    };
    assert_eq!((count("rows"), count("gsi1"), count("gsi2")), (10, 10, 10));
    assert_eq!(table.sweep(3).await.unwrap(), 3);
    assert_eq!(table.sweep(3).await.unwrap(), 2, "0 to 4 are over");
    assert_eq!(table.sweep(3).await.unwrap(), 0);
    assert_eq!((count("rows"), count("gsi1"), count("gsi2")), (5, 5, 5));
    assert_eq!(table.scan(None, 10).await.unwrap().0.len(), 5);
    assert!(table.get(&Key::own("5")).await.unwrap().is_some());
}

#[tokio::test]
async fn an_index_has_one_pointer_for_each_place_however_often_a_row_moves() {
    let table = Embedded::in_memory(clock()).unwrap();
    table.transact(create("A")).await.unwrap();
    for revision in 2..40 {
        let place = (revision % 3 != 0).then(|| Key::new("LIST", format!("{}", revision % 5)));
        let row = Row { revision, gsi1: place.clone(), gsi2: place, ..row("A") };
        table.transact(vec![Write::Put { row, expect: Expect::Revision(revision - 1) }]).await.unwrap();
        let stray: i64 = stranger(&table)
            .query_row(
                "SELECT (SELECT count(*) FROM gsi1) + (SELECT count(*) FROM gsi2)
                    - 2 * (SELECT count(*) FROM rows WHERE gsi1pk IS NOT NULL)",
                (),
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(stray, 0, "at revision {revision}");
    }
}

#[tokio::test]
async fn figures_tell_what_an_operation_costs() {
    let table = Embedded::in_memory(clock()).unwrap();
    table.transact(create("A")).await.unwrap();
    let before = table.figures();
    table.get(&Key::own("A")).await.unwrap();
    table.get_many(&[Key::own("A"), Key::own("none")]).await.unwrap();
    table.query(&Query::all(crate::table::Index::Gsi1, "LIST")).await.unwrap();
    let check = Write::Check { key: Key::own("A"), expect: Expect::Revision(1) };
    table.transact(vec![check, create("B").remove(0)]).await.unwrap();
    assert!(table.transact(create("B")).await.is_err());
    let expected = Figures {
        reads: 3,
        rows_read: 4,
        transactions: 1,
        refused: 1,
        writes: 2,
        rows_written: 1,
        commits: 1,
        checkpoints: 0,
    };
    assert_eq!(table.figures().since(before), expected);
}

#[tokio::test]
async fn the_log_does_not_grow_without_bound() {
    let table = Embedded::in_memory(clock()).unwrap();
    let text = |n: u64| format!("{{\"text\":\"{}\"}}", format!("{n:03}").repeat(70_000));
    let big = |n: u64| Row { document: text(n), ..row(&format!("{}", n % 7)) };
    for n in 0..300 {
        table.load(vec![big(n)]).await.unwrap();
    }
    let log = std::fs::metadata(table.folder().join("table.sqlite-wal")).unwrap().len();
    assert!(table.figures().checkpoints >= 2);
    assert!(log < 40 * 1_024 * 1_024, "{log} bytes after 60 MB were written");
}
