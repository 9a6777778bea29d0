//! DynamoDB, as an emulator has it, keeps every promise of a table.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "whatever fails here is a failed test")]

use std::sync::Arc;

use jiff::Timestamp;
use store::clock::SetClock;
use store_dynamodb::{Administered, Dynamo, Location, connect};
use tests::emulator::Emulator;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dynamodb_keeps_every_promise() {
    let location = Location { table: "conformance".to_owned(), endpoint: Some(Emulator::of_all().endpoint.clone()) };
    let client = connect(&location).await;
    Administered::new(client.clone(), &location).create().await.unwrap();
    let clock = Arc::new(SetClock::at("2026-06-01T12:00:00Z".parse::<Timestamp>().unwrap()));
    let table = Arc::new(Dynamo::new(client, &location.table, clock.clone()));
    store::conformance::run(|| table.clone(), clock).await;
}
