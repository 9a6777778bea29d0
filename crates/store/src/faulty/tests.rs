use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::*;
use crate::clock::SetClock;
use crate::memory::Memory;
use crate::table::Expect;

fn memory() -> Arc<Memory> {
    Arc::new(Memory::new(Arc::new(SetClock::at(Timestamp::UNIX_EPOCH))))
}

fn row(name: &str, revision: u64, sort: &str) -> Row {
    Row {
        key: Key::own(name),
        gsi1: Some(Key::new("LIST", sort)),
        gsi2: None,
        entity: "THING".to_owned(),
        revision,
        ttl: None,
        created_at: String::new(),
        updated_at: String::new(),
        document: "{}".to_owned(),
    }
}

fn put(name: &str, revision: u64, sort: &str) -> Vec<Write> {
    let expect = if revision == 1 { Expect::Absent } else { Expect::Revision(revision - 1) };
    vec![Write::Put { row: row(name, revision, sort), expect }]
}

/// What a table with troubles answers to the same calls.
async fn course(seed: u64) -> String {
    let table = Faulty::seeded(memory(), seed, Odds::SOME);
    let mut answers = Vec::new();
    for n in 0..200 {
        let name = format!("{}", n % 7);
        answers.push(format!("{:?}", table.transact(put(&name, 1, "1")).await));
        answers.push(format!("{:?}", table.get(&Key::own(name.as_str())).await));
        answers.push(format!("{:?}", table.query(&Query::all(Index::Gsi1, "LIST")).await));
    }
    answers.concat()
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_gives_the_same_troubles() {
    let first = course(7).await;
    assert_eq!(first, course(7).await);
    assert_ne!(first, course(8).await);
    for trouble in ["Unavailable", "Unknown", "Refused", "Ok(())"] {
        assert!(first.contains(trouble), "{trouble} never occurs");
    }
}

#[tokio::test]
async fn a_call_fails_before_or_after_it_is_done() {
    for (fate, is_done) in [(Fate::Failed, false), (Fate::FailedUnknown, false), (Fate::DoneButFailed, true)] {
        let memory = memory();
        let table = Faulty::new(memory.clone(), move |_| fate);
        let answer = table.transact(put("A", 1, "1")).await;
        let is_unknown = matches!(answer, Err(TransactError::Unknown(_)));
        assert_eq!(is_unknown, fate != Fate::Failed, "{answer:?}");
        assert_eq!(memory.get(&Key::own("A")).await.unwrap().is_some(), is_done);
        assert!(table.load(vec![row("B", 1, "1")]).await.is_err());
        assert_eq!(memory.get(&Key::own("B")).await.unwrap().is_some(), is_done);
        assert!(table.get(&Key::own("A")).await.is_err());
        assert!(table.get_many(&[Key::own("A")]).await.is_err());
        assert!(table.query(&Query::all(Index::Gsi1, "LIST")).await.is_err());
        assert!(table.scan(None, 1).await.is_err());
        assert_eq!((table.calls(), table.troubles()), (6, 6));
    }
}

#[tokio::test(start_paused = true)]
async fn a_late_answer_takes_its_time_and_a_silent_one_never_comes() {
    let begun = tokio::time::Instant::now();
    let memory = memory();
    let table = Faulty::new(memory.clone(), |_| Fate::DoneAfter(Duration::from_secs(3)));
    table.transact(put("A", 1, "1")).await.unwrap();
    table.get(&Key::own("A")).await.unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(6));
    for (fate, name, is_done) in [(Fate::Silent, "B", false), (Fate::DoneButSilent, "C", true)] {
        let table = Faulty::new(memory.clone(), move |_| fate);
        let patience = Duration::from_hours(1);
        assert!(tokio::time::timeout(patience, table.transact(put(name, 1, "1"))).await.is_err());
        assert!(tokio::time::timeout(patience, table.get(&Key::own(name))).await.is_err());
        assert_eq!(memory.get(&Key::own(name)).await.unwrap().is_some(), is_done);
    }
}

#[tokio::test]
async fn an_operation_crashes_at_any_step_and_goes_on_with_a_healthy_table() {
    // Three steps, each of which finds what is done already.
    async fn operation(table: &dyn Table) -> Result<(), ()> {
        for name in ["A", "B", "C"] {
            match table.transact(put(name, 1, "1")).await {
                Ok(()) | Err(TransactError::Refused(_)) => {}
                Err(_) => return Err(()),
            }
        }
        Ok(())
    }
    let healthy = Faulty::healthy(memory());
    operation(&healthy).await.unwrap();
    assert_eq!((healthy.calls(), healthy.troubles()), (3, 0));
    for step in 0..3 {
        for fate in [Fate::Failed, Fate::DoneButFailed] {
            let memory = memory();
            operation(&Faulty::crashing_at(memory.clone(), step, fate)).await.unwrap_err();
            let done = memory.scan(None, 10).await.unwrap().0.len() as u64;
            assert_eq!(done, step + u64::from(fate == Fate::DoneButFailed));
            operation(&*memory).await.unwrap();
            assert_eq!(memory.scan(None, 10).await.unwrap().0.len(), 3);
        }
    }
}

async fn list(table: &Faulty, query: Query) -> Vec<(String, u64)> {
    let mut all = Vec::new();
    let mut query = query;
    loop {
        let page = table.query(&query).await.unwrap();
        assert!(page.rows.len() <= query.limit);
        all.extend(page.rows.into_iter().map(|row| (row.key.pk, row.revision)));
        match page.next {
            Some(next) => query.after = Some(next),
            None => return all,
        }
    }
}

#[tokio::test]
async fn an_index_answers_as_of_some_transactions_ago_and_the_table_as_of_now() {
    for limit in [1, 2, 3, 100] {
        // As of so many transactions ago, what is listed under 1, 2 … in order.
        let history = [
            (put("A", 1, "1"), vec![("A", 1)]),
            (put("B", 1, "2"), vec![("A", 1), ("B", 1)]),
            (put("A", 2, "3"), vec![("B", 1), ("A", 2)]),
            (put("C", 1, "2"), vec![("B", 1), ("C", 1), ("A", 2)]),
            (vec![Write::Delete { key: Key::own("B"), expect: Expect::Revision(1) }], vec![("C", 1), ("A", 2)]),
            (put("C", 2, "9"), vec![("A", 2), ("C", 2)]),
        ];
        let memory = memory();
        let lag = Arc::new(Mutex::new(0));
        let seen = Arc::clone(&lag);
        let plan = move |_| Fate::Stale { transactions: *seen.lock().unwrap() };
        let table = Faulty::new(memory.clone(), plan).with_lagging_indexes();
        let mut expected: Vec<Vec<(&str, u64)>> = vec![Vec::new()];
        for (writes, after) in history {
            table.transact(writes).await.unwrap();
            expected.push(after);
            for (transactions, then) in expected.iter().rev().enumerate() {
                *lag.lock().unwrap() = transactions;
                let then: Vec<_> = then.iter().map(|(name, revision)| ((*name).to_owned(), *revision)).collect();
                let query = Query::all(Index::Gsi1, "LIST").limit(limit);
                assert_eq!(list(&table, query.clone()).await, then, "{transactions} ago, pages of {limit}");
                let backward: Vec<_> = then.iter().rev().cloned().collect();
                assert_eq!(list(&table, query.backward()).await, backward, "{transactions} ago, backward");
                let from_two = Query::all(Index::Gsi1, "LIST").beginning_with("2").limit(limit);
                assert!(list(&table, from_two).await.iter().all(|(name, _)| name == "B" || name == "C"));
                assert_eq!(table.get(&Key::own("A")).await.unwrap(), memory.get(&Key::own("A")).await.unwrap());
            }
        }
    }
}

#[test]
fn chance_is_spread_and_repeatable() {
    let mut random = Random::new(1);
    let mut counts = [0; 10];
    for _ in 0..10_000 {
        counts[usize::try_from(random.below(10)).unwrap()] += 1;
    }
    assert!(counts.iter().all(|count| (900..1_100).contains(count)), "{counts:?}");
    assert_eq!(random.below(0), 0);
    let numbers = |seed| {
        let mut random = Random::new(seed);
        [random.number(), random.number(), random.number()]
    };
    assert_eq!(numbers(5), numbers(5));
    assert_ne!(numbers(5), numbers(6));
}
