use super::*;
use crate::clock::SetClock;
use crate::faulty::{Fate, Faulty, Odds};
use crate::memory::Memory;
use crate::table::{Expect, Why};

fn memory() -> Arc<Memory> {
    Arc::new(Memory::new(Arc::new(SetClock::at(jiff::Timestamp::from_second(1_000).unwrap()))))
}

fn row(name: &str) -> Row {
    Row {
        key: Key::own(name),
        gsi1: None,
        gsi2: None,
        entity: "THING".to_owned(),
        revision: 1,
        ttl: None,
        created_at: String::new(),
        updated_at: String::new(),
        document: r#"{"left":10}"#.to_owned(),
    }
}

fn put(name: &str) -> Vec<Write> {
    vec![Write::Put { row: row(name), expect: Expect::Absent }]
}

/// A table in front of one whose first calls have these fates, and that works afterwards.
fn before(fates: &'static [Fate], patience: Patience) -> (Arc<Faulty>, Patient) {
    let plan =
        |call: crate::faulty::Call| fates.get(usize::try_from(call.step).unwrap()).copied().unwrap_or(Fate::Done);
    let faulty = Arc::new(Faulty::new(memory(), plan));
    (faulty.clone(), Patient::new(faulty, patience, 1))
}

#[tokio::test(start_paused = true)]
async fn what_is_passing_is_tried_again() {
    let (faulty, patient) = before(&[Fate::Throttled, Fate::Conflict, Fate::Throttled], Patience::default());
    patient.transact(put("A")).await.unwrap();
    assert_eq!(faulty.calls(), 4);
    let (faulty, patient) = before(&[Fate::Throttled, Fate::Silent, Fate::Done], Patience::default());
    assert_eq!(patient.get(&Key::own("A")).await.unwrap(), None);
    assert_eq!(faulty.calls(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_does_not_hold_is_not() {
    let (faulty, patient) = before(&[], Patience::default());
    patient.transact(put("A")).await.unwrap();
    let refused = patient.transact(put("A")).await.unwrap_err();
    assert!(matches!(&refused, TransactError::Refused(why) if why[0].why == Why::Present), "{refused}");
    assert_eq!(faulty.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_is_told_and_not_tried_again() {
    for fate in [&[Fate::DoneButFailed], &[Fate::FailedUnknown], &[Fate::Silent], &[Fate::DoneButSilent]] {
        let (faulty, patient) = before(fate, Patience::default());
        let outcome = patient.transact(put("A")).await;
        assert!(matches!(outcome, Err(TransactError::Unknown(_))), "{fate:?}: {outcome:?}");
        assert_eq!(faulty.calls(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn no_call_passes_its_deadline() {
    let patience = Patience::default();
    for odds in [
        Odds { throttled: 1_000, ..Odds::default() },
        Odds { silent: 1_000, ..Odds::default() },
        Odds { throttled: 500, silent: 400, late: 100, ..Odds::default() },
    ] {
        let patient = Patient::new(Arc::new(Faulty::seeded(memory(), 7, odds)), patience, 1);
        for n in 0..20 {
            let begun = Instant::now();
            let _ = patient.get(&Key::own("A")).await;
            assert!(begun.elapsed() <= patience.within, "{:?} for a read", begun.elapsed());
            let begun = Instant::now();
            let _ = patient.transact(put(&n.to_string())).await;
            assert!(begun.elapsed() <= patience.within, "{:?} for a transaction", begun.elapsed());
        }
    }
}

#[tokio::test(start_paused = true)]
async fn while_nearly_everything_fails_nearly_nothing_is_tried_again() {
    let odds = Odds { throttled: 1_000, ..Odds::default() };
    let faulty = Arc::new(Faulty::seeded(memory(), 7, odds));
    let patient = Patient::new(faulty.clone(), Patience::default(), 1);
    for _ in 0..400 {
        assert!(matches!(patient.get(&Key::own("A")).await, Err(StoreFault::Busy)));
    }
    // The budget is for a hundred tries at most; after that whoever asks is told at once.
    assert!(faulty.calls() <= 500, "{} calls", faulty.calls());
    let begun = Instant::now();
    patient.get(&Key::own("A")).await.unwrap_err();
    assert!(begun.elapsed() < Duration::from_millis(5));
}

#[tokio::test(start_paused = true)]
async fn who_comes_when_too_many_are_under_way_is_told_at_once() {
    let odds = Odds { late: 1_000, ..Odds::default() };
    let patience = Patience { at_once: 3, ..Patience::default() };
    let patient = Arc::new(Patient::new(Arc::new(Faulty::seeded(memory(), 7, odds)), patience, 1));
    let key = Key::own("A");
    let calls = futures_util::future::join_all((0..10).map(|_| patient.get(&key))).await;
    assert_eq!(calls.iter().filter(|call| matches!(call, Err(StoreFault::Busy))).count(), 7);
    assert!(patient.get(&key).await.is_ok());
}
