//! What a caller can rely on when a call fails: nothing of half a transaction, whatever it was told.

use std::sync::Arc;

use super::{Case, Suite, add, assert_refused, put, run_cases};
use crate::faulty::{Fate, Faulty, Odds};
use crate::row::Row;
use crate::table::{Expect, Table, TransactError, Why, Write};

pub(super) async fn run(suite: &Suite<'_>) {
    run_cases![suite;
        an_unknown_outcome_is_settled_by_reading,
        a_transaction_that_was_unavailable_can_be_done_again,
        whoever_asks_until_answered_is_served_exactly_once,
        a_crash_between_any_two_steps_leaves_whole_transactions,
    ];
}

fn sale(case: &Case, name: &str) -> Vec<Write> {
    vec![put(&case.row(name), Expect::Absent), add(&case.key("stock"), -1)]
}

async fn left(case: &Case) -> i64 {
    case.get(&case.key("stock")).await.unwrap().to_flat().unwrap()["left"].as_i64().unwrap()
}

async fn an_unknown_outcome_is_settled_by_reading(case: &Case) {
    case.create(&case.row("stock")).await;
    for (name, fate, was_done) in [("A", Fate::DoneButFailed, true), ("B", Fate::FailedUnknown, false)] {
        let before = left(case).await;
        let faulty = Faulty::new(case.table.clone(), move |_| fate);
        let answer = faulty.transact(sale(case, name)).await;
        assert!(matches!(answer, Err(TransactError::Unknown(_))), "{answer:?}");
        assert_eq!(case.get(&case.key(name)).await.is_some(), was_done);
        assert_eq!(before - left(case).await, i64::from(was_done));
    }
}

async fn a_transaction_that_was_unavailable_can_be_done_again(case: &Case) {
    case.create(&case.row("stock")).await;
    let faulty = Faulty::new(case.table.clone(), |call| if call.step == 0 { Fate::Failed } else { Fate::Done });
    let answer = faulty.transact(sale(case, "A")).await;
    assert!(matches!(answer, Err(TransactError::Unavailable(_))), "{answer:?}");
    assert_eq!((case.get(&case.key("A")).await, left(case).await), (None, 10));
    faulty.transact(sale(case, "A")).await.unwrap();
    assert_refused(faulty.transact(sale(case, "A")).await, &[(0, Why::Present)]);
    assert_eq!(left(case).await, 9);
}

async fn whoever_asks_until_answered_is_served_exactly_once(case: &Case) {
    for seed in 0..20 {
        let stock = Row { document: r#"{"left":8}"#.to_owned(), ..case.row("stock") };
        case.table.load(vec![stock]).await.unwrap();
        let odds = Odds { failed: 200, done_but_failed: 200, failed_unknown: 200, turns: 200, ..Odds::default() };
        let faulty = Arc::new(Faulty::seeded(case.table.clone(), seed, odds));
        let buyers: Vec<_> = (0..12)
            .map(|n| {
                let (faulty, request) = (Arc::clone(&faulty), sale(case, &format!("{seed}.{n}")));
                tokio::spawn(async move { ask_until_answered(&faulty, request).await })
            })
            .collect();
        let mut served = 0;
        for buyer in buyers {
            served += i64::from(buyer.await.unwrap());
        }
        assert_eq!((served, left(case).await), (8, 0), "seed {seed}");
        assert!(faulty.troubles() > 0);
    }
}

/// Whether it was done, which the operation's own row tells.
async fn ask_until_answered(table: &Faulty, request: Vec<Write>) -> bool {
    loop {
        match table.transact(request.clone()).await {
            Ok(()) => return true,
            Err(TransactError::Refused(refused)) if refused[0].write == 0 => return true,
            Err(TransactError::Refused(_)) => return false,
            Err(TransactError::Unavailable(_) | TransactError::Unknown(_)) => {}
            Err(TransactError::Malformed(why)) => panic!("{why}"),
        }
    }
}

async fn a_crash_between_any_two_steps_leaves_whole_transactions(case: &Case) {
    for fate in [Fate::Failed, Fate::DoneButFailed, Fate::FailedUnknown] {
        for step in 0..6 {
            case.table.load(vec![case.row("stock")]).await.unwrap();
            let name = |n: u64| format!("{fate:?}.{step}.{n}");
            let faulty = Faulty::crashing_at(case.table.clone(), step, fate);
            let mut n = 0;
            while n < 6 && faulty.transact(sale(case, &name(n))).await.is_ok() {
                n += 1;
            }
            assert_eq!(n, step, "the first that failed is where it crashed");
            assert!(faulty.get(&case.key("stock")).await.is_err(), "and nothing works after it");
            let mut sales = 0;
            for n in 0..6 {
                sales += i64::from(case.get(&case.key(&name(n))).await.is_some());
            }
            assert_eq!(10 - left(case).await, sales);
            assert_eq!(sales.unsigned_abs(), if fate == Fate::DoneButFailed { step + 1 } else { step });
        }
    }
}
