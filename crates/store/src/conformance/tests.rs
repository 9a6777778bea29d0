//! The engines of this crate, held to the suite; and two of them held to each other, by chance.

use std::sync::Arc;

use jiff::Timestamp;

use crate::clock::SetClock;
use crate::embedded::Embedded;
use crate::faulty::Faulty;
use crate::memory::Memory;

fn clock() -> Arc<SetClock> {
    Arc::new(SetClock::at("2026-06-01T12:00:00Z".parse::<Timestamp>().unwrap()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_in_memory_keeps_every_promise() {
    let clock = clock();
    super::run(|| Arc::new(Memory::new(clock.clone())), clock.clone()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_embedded_engine_keeps_every_promise_on_disk() {
    let (clock, folder) = (clock(), tempfile::tempdir().unwrap());
    let n = std::cell::Cell::new(0);
    let make = || {
        n.set(n.get() + 1);
        let table = Embedded::open(&folder.path().join(n.get().to_string()), clock.clone());
        Arc::new(table.unwrap()) as Arc<dyn crate::table::Table>
    };
    super::run(make, clock.clone()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_embedded_engine_keeps_every_promise_in_one_file_for_all_cases() {
    let clock = clock();
    let table = Arc::new(Embedded::in_memory(clock.clone()).unwrap());
    super::run(|| table.clone(), clock.clone()).await;
}

#[tokio::test]
async fn the_embedded_engine_keeps_every_promise_on_a_single_thread() {
    let clock = clock();
    super::run(|| Arc::new(Embedded::in_memory(clock.clone()).unwrap()), clock.clone()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_faulty_table_without_faults_keeps_every_promise() {
    let clock = clock();
    let make = || Arc::new(Faulty::healthy(Arc::new(Memory::new(clock.clone())))) as Arc<dyn crate::table::Table>;
    super::run(make, clock.clone()).await;
}
