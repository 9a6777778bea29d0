//! A simulation of everything at once: buyers, box office, doors, organisers and workers at two servers on one table
//! that fails, is late, keeps silent and lags, and whose servers die between any two steps.
//!
//! Twice: near the store, and far from it as on DynamoDB (`world::Place`).
//!
//! A seed makes everything: what people do and when, what fails and how, and when servers die. The same seed is the same
//! run. Time is tokio's, paused, so that an hour of it costs nothing. In the end the table is healed, what is due is
//! done, and what everybody was told (`records`) is compared with what is kept (`verdict`); on the way every counter is
//! watched (`watch`) and all invariants are checked now and then (`house::auditor`).
//!
//! That this would notice is shown as well: `broken` has tables with one rule left out, each of which must be caught.
//!
//! `cargo test -p engine --test simulation` runs 500 seeds, with `PROVE=1` 10,000. A failure names its seed, and
//! `SEED=123 cargo test -p engine --test simulation nothing_is` runs that one alone.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "whatever fails here is a failed test")]
#![allow(missing_docs, reason = "nobody else uses this")]

mod broken;
mod buyers;
mod doors;
mod hall;
mod house;
mod occurred;
mod organiser;
mod places;
mod post;
mod records;
mod staff;
mod verdict;
mod watch;
mod world;

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;

use rstest::rstest;
use store::faulty::Random;
use tokio::task::LocalSet;

use crate::broken::Breakage;
use crate::doors::Phone;
use crate::occurred::Occurred;
use crate::world::{Actor, Place, World};

/// What a run came to.
#[derive(Debug, PartialEq)]
struct Run {
    violations: Vec<String>,
    occurred: Occurred,
    rows: String,
}

fn run(seed: u64, place: Place, breakage: Option<Breakage>) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    LocalSet::new().block_on(&runtime, live(seed, place, breakage))
}

async fn live(seed: u64, place: Place, breakage: Option<Breakage>) -> Run {
    let world = World::new(seed, place, breakage).await;
    let mut dice = Random::new(seed);
    let mut actor = |name: &str| Actor::new(&world, name, dice.number());
    let main = Phone { actor: actor("main"), door: world.hall.main.clone(), codes: Vec::new() };
    let side = Phone { actor: actor("side"), door: world.hall.side.clone(), codes: Vec::new() };
    let mut everybody: Vec<Pin<Box<dyn Future<Output = ()>>>> = vec![
        Box::pin(buyers::buyer(actor("ana"), 3)),
        Box::pin(buyers::buyer(actor("ben"), 3)),
        Box::pin(buyers::buyer(actor("cleo"), 3)),
        Box::pin(staff::staff(actor("dora"), 9)),
        Box::pin(staff::staff(actor("emil"), 9)),
        Box::pin(staff::school(actor("fay"))),
        Box::pin(doors::phone(main, 9)),
        Box::pin(doors::phone(side, 9)),
        Box::pin(organiser::organiser(actor("gus"), 5)),
        Box::pin(organiser::organiser(actor("ida"), 3)),
    ];
    if place == Place::Cloud {
        everybody.push(Box::pin(house::raiser(actor("hal"))));
    }
    let behind = [
        tokio::task::spawn_local(house::worker(world.clone(), Random::new(dice.number()))),
        tokio::task::spawn_local(house::worker(world.clone(), Random::new(dice.number()))),
        tokio::task::spawn_local(house::auditor(world.clone(), Random::new(dice.number()))),
    ];
    let everybody: Vec<_> = everybody.into_iter().map(tokio::task::spawn_local).collect();
    for somebody in everybody {
        if let Err(fault) = somebody.await {
            world.is_wrong(format!("somebody fell over: {fault}"));
        }
    }
    for task in behind {
        task.abort();
    }
    house::finish(&world).await;
    house::audit(&world).await;
    verdict::judge(&world).await;
    let rows = world.memory.scan(None, usize::MAX).await.unwrap().0;
    Run { violations: world.violations(), occurred: Occurred::count(&world).await, rows: format!("{rows:?}") }
}

/// The one seed that is asked for, or all.
fn seeds() -> Range<u64> {
    if let Ok(seed) = std::env::var("SEED") {
        let seed = seed.parse().unwrap();
        return seed..seed + 1;
    }
    0..if std::env::var_os("PROVE").is_some_and(|prove| prove == "1") { 10_000 } else { 500 }
}

/// Some of the seeds, each of which must come to no harm.
fn try_seeds(place: Place, seeds: impl Iterator<Item = u64>) -> Occurred {
    let mut occurred = Occurred::default();
    for seed in seeds {
        let run = run(seed, place, None);
        let violations = run.violations;
        assert!(violations.is_empty(), "seed {seed} in the {place:?} (SEED={seed} runs it alone): {violations:#?}");
        occurred.add(&run.occurred);
    }
    occurred
}

#[rstest]
#[case::near_the_store(Place::Cellar)]
#[case::far_from_it(Place::Cloud)]
fn nothing_is_oversold_lost_done_twice_or_stuck_whatever_fails(#[case] place: Place) {
    let seeds = seeds();
    let is_whole = seeds.end - seeds.start > 1;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut occurred = Occurred::default();
    std::thread::scope(|scope| {
        let share = |nth| seeds.clone().skip(nth).step_by(threads);
        let parts: Vec<_> = (0..threads).map(|nth| scope.spawn(move || try_seeds(place, share(nth)))).collect();
        for part in parts {
            occurred.add(&part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    // A world in which something never happens would prove nothing about it.
    assert!(!is_whole || occurred.never().is_empty(), "never: {:?} in {occurred:?}", occurred.never());
}

#[test]
fn the_same_seed_is_the_same_run() {
    for place in [Place::Cellar, Place::Cloud] {
        let first = run(7, place, None);
        assert_eq!(first, run(7, place, None));
        assert_ne!(first.rows, run(8, place, None).rows);
    }
}

#[test]
fn a_table_that_sells_more_than_there_is_is_caught_far_away_too() {
    let is_caught = |seed| !run(seed, Place::Cloud, Some(Breakage::NoBound)).violations.is_empty();
    assert!((0..500).any(is_caught), "it goes unnoticed");
}

#[rstest]
#[case::sells_more_than_there_is(Breakage::NoBound)]
#[case::acts_twice_on_one_request(Breakage::NotOnce)]
#[case::writes_a_transaction_in_part(Breakage::NotAtomic)]
#[case::lets_the_last_writer_win(Breakage::LastWriterWins)]
#[case::forgets_what_it_acknowledged(Breakage::Forgetful)]
fn a_table_is_caught_that(#[case] breakage: Breakage) {
    let caught = (0..500)
        .find_map(|seed| Some(run(seed, Place::Cellar, Some(breakage)).violations).filter(|found| !found.is_empty()));
    assert!(caught.is_some(), "{breakage:?} goes unnoticed");
}
