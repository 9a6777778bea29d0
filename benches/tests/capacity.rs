//! `docs/capacity.md` says what operations use on DynamoDB: within a tenth of that they do; and several engines on one
//! table do several times as much as one.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "whatever fails here is a failed test")]

use std::time::Duration;

use benches::{several, units};
use tests::emulator::Emulator;

/// What the page says of an operation: units of reading, units of writing, dollars for a million.
fn documented(what: &str) -> (f64, f64, f64) {
    let page = include_str!("../../docs/capacity.md");
    let line = page.lines().find(|line| line.starts_with(&format!("| {what} |")));
    let line = line.unwrap_or_else(|| panic!("docs/capacity.md does not speak of: {what}"));
    let numbers: Vec<f64> = line.split('|').filter_map(|cell| cell.trim().parse().ok()).collect();
    match numbers.as_slice() {
        [_, read, write, dollars] => (*read, *write, *dollars),
        other => panic!("{what}: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operations_use_what_the_page_of_capacity_says() {
    let near = |one: f64, other: f64| (one - other).abs() <= other * 0.1 + 0.01;
    for one in units::measure("capacity", &Emulator::of_all().endpoint).await.unwrap() {
        let (read, write, dollars) = documented(one.what);
        let is = (one.used.read_units, one.used.write_units, one.dollars_a_million());
        assert!(near(is.0, read) && near(is.1, write) && near(is.2, dollars), "{}: {is:?}, {:?}", one.what, one.used);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_engines_on_one_table_do_at_least_three_times_as_much_as_one() {
    let time = Duration::from_secs(2);
    let (one, four) = (several::orders(1, time).await.unwrap(), several::orders(4, time).await.unwrap());
    assert!((one.calls - four.calls).abs() < 0.1, "calls for each order: {} and {}", one.calls, four.calls);
    // How much faster is a figure of `make bench`; here only that nothing makes them wait for each other.
    assert!(four.rate > 1.5 * one.rate, "{one:?} {four:?}");
}
