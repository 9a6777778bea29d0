//! What DynamoDB says when it does not do what was asked: as it comes over the wire, which emulators never send.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "whatever fails here is a failed test"
)]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::json;
use store::clock::SetClock;
use store::patient::{Patience, Patient};
use store::row::{Key, Row};
use store::table::{Expect, StoreFault, Table, TransactError, Write};
use store_dynamodb::{Administered, Dynamo, Location, Unfit, connect, papers, verify};
use tests::between::{Between, Turn};
use tests::emulator::Emulator;
use tokio::time::Instant;

fn clock() -> Arc<SetClock> {
    Arc::new(SetClock::at("2026-06-01T12:00:00Z".parse().unwrap()))
}

fn location(table: &str, endpoint: &str) -> Location {
    Location { table: table.to_owned(), endpoint: Some(endpoint.to_owned()) }
}

/// A table of this name, asked through somebody who follows a plan.
async fn table(name: &str, plan: impl FnMut(&str, usize) -> Turn + Send + 'static) -> (Dynamo, Between) {
    let emulator = Emulator::of_all();
    let there = location(name, &emulator.endpoint);
    Administered::new(connect(&there).await, &there).create().await.unwrap();
    let between = Between::start(&emulator.endpoint, plan).await;
    let here = location(name, &between.endpoint);
    (Dynamo::new(connect(&here).await, name, clock()), between)
}

fn row(name: &str) -> Row {
    Row {
        key: Key::own(name),
        gsi1: None,
        gsi2: None,
        entity: "THING".to_owned(),
        revision: 1,
        ttl: None,
        created_at: "2026-01-01T00:00:00Z".to_owned(),
        updated_at: "2026-01-01T00:00:00Z".to_owned(),
        document: r#"{"left":10}"#.to_owned(),
    }
}

fn put(name: &str) -> Vec<Write> {
    vec![Write::Put { row: row(name), expect: Expect::Absent }]
}

#[tokio::test(flavor = "multi_thread")]
async fn throttling_is_told_apart_and_tried_again_in_front() {
    for code in ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"] {
        let plan = move |_: &str, before: usize| if before < 2 { Turn::Refused(code) } else { Turn::On };
        let (dynamo, between) = table("throttled", plan).await;
        assert!(matches!(dynamo.get(&Key::own("A")).await, Err(StoreFault::Busy)), "{code}");
        let refused = dynamo.transact(put(code)).await;
        assert!(matches!(refused, Err(TransactError::Unavailable(StoreFault::Busy))), "{code}: {refused:?}");
        let patient = Patient::new(Arc::new(dynamo), Patience::default(), 1);
        patient.transact(put(code)).await.unwrap();
        assert!(patient.get(&Key::own(code)).await.unwrap().is_some());
        assert_eq!((between.asked()["GetItem"], between.asked()["TransactWriteItems"]), (3, 3), "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_is_no_refusal_and_a_throttled_write_of_a_transaction_neither() {
    let codes = [vec!["None", "TransactionConflict"], vec!["ThrottlingError", "None"]];
    let plan = move |verb: &str, before: usize| match codes.get(before) {
        Some(codes) if verb == "TransactWriteItems" => Turn::Cancelled(codes.clone()),
        _ => Turn::On,
    };
    let (dynamo, _) = table("contended", plan).await;
    let two = || [put("A"), put("B")].concat();
    assert!(matches!(dynamo.transact(two()).await, Err(TransactError::Unavailable(StoreFault::Contended))));
    assert!(matches!(dynamo.transact(two()).await, Err(TransactError::Unavailable(StoreFault::Busy))));
    dynamo.transact(two()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_leaves_the_outcome_unknown() {
    let plan = |verb: &str, before: usize| {
        if verb == "TransactWriteItems" && before == 0 { Turn::Lost } else { Turn::On }
    };
    let (dynamo, _) = table("lost", plan).await;
    let outcome = dynamo.transact(put("A")).await;
    assert!(matches!(outcome, Err(TransactError::Unknown(StoreFault::Unreachable(_)))), "{outcome:?}");
    assert!(dynamo.get(&Key::own("A")).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_batch_leaves_is_asked_for_again() {
    let plan = |verb: &str, _| if verb.starts_with("Batch") { Turn::Part(7) } else { Turn::On };
    let (dynamo, between) = table("batches", plan).await;
    let rows: Vec<Row> = (0..40).map(|n| row(&format!("{n:02}"))).collect();
    dynamo.load(rows.clone()).await.unwrap();
    let keys: Vec<Key> = rows.iter().map(|row| row.key.clone()).collect();
    let found = dynamo.get_many(&keys).await.unwrap();
    assert!(found.iter().zip(&rows).all(|(found, row)| found.as_ref() == Some(row)));
    assert!(between.asked()["BatchGetItem"] >= 6 && between.asked()["BatchWriteItem"] >= 6, "{:?}", between.asked());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_of_which_nothing_is_done_is_throttled() {
    let plan = |verb: &str, _| if verb.starts_with("Batch") { Turn::Part(0) } else { Turn::On };
    let (dynamo, between) = table("nothing", plan).await;
    let read = dynamo.get_many(&[Key::own("A"), Key::own("B")]).await;
    assert!(matches!(read, Err(StoreFault::Busy)), "{read:?}");
    let written = dynamo.load(vec![row("A"), row("B")]).await;
    assert!(matches!(written, Err(StoreFault::Busy)), "{written:?}");
    assert_eq!((between.asked()["BatchGetItem"], between.asked()["BatchWriteItem"]), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_of_which_little_is_done_each_time_is_throttled_in_the_end() {
    let plan = |verb: &str, _| if verb.starts_with("Batch") { Turn::Part(1) } else { Turn::On };
    let (dynamo, between) = table("little", plan).await;
    let keys: Vec<Key> = (0..10).map(|n| Key::own(n.to_string())).collect();
    let read = dynamo.get_many(&keys).await;
    assert!(matches!(read, Err(StoreFault::Busy)), "{read:?}");
    assert_eq!(between.asked()["BatchGetItem"], 8);
}

/// A client of somebody who answers everything alone, by what is asked for and how often it was asked for before: all
/// of it in time that is paused, which runs on while another process is waited for.
async fn alone(table: &str, plan: impl FnMut(&str, usize) -> Turn + Send + 'static) -> (Client, Location, Between) {
    let between = Between::start("http://127.0.0.1:9", plan).await;
    let here = location(table, &between.endpoint);
    (connect(&here).await, here, between)
}

#[tokio::test(start_paused = true)]
async fn whoever_verifies_and_administers_waits_and_asks_again() {
    let missing = |time| Turn::Later(Duration::from_secs(time), Box::new(Turn::Refused("ResourceNotFoundException")));
    for first in [Turn::Refused("ThrottlingException"), missing(12)] {
        let plan = move |_: &str, before: usize| if before % 3 < 2 { first.clone() } else { missing(5) };
        let (client, here, between) = alone("patient", plan).await;
        let unfit = verify(&client, &here).await.unwrap_err();
        assert!(matches!(unfit, Unfit::Missing { .. }), "{unfit}");
        assert_eq!(between.asked()["DescribeTable"], 3);
        assert_eq!(Administered::new(client, &here).describe().await.unwrap(), None);
        assert_eq!(between.asked()["DescribeTable"], 6);
    }
}

#[tokio::test(start_paused = true)]
async fn a_deletion_whose_answer_was_lost_is_waited_for() {
    let is = |status: &str| Turn::Said(json!({"Table": {"TableName": "going", "TableStatus": status}}));
    let plan = move |verb: &str, before: usize| match (verb, before) {
        ("DeleteTable", 0) => Turn::Later(Duration::from_secs(12), Box::new(Turn::Said(json!({})))),
        ("DeleteTable", _) => Turn::Refused("ResourceInUseException"),
        (_, 0) => is("ACTIVE"),
        (_, 1..4) => is("DELETING"),
        _ => Turn::Refused("ResourceNotFoundException"),
    };
    let (client, here, between) = alone("going", plan).await;
    assert!(Administered::new(client, &here).delete().await.unwrap());
    assert_eq!((between.asked()["DeleteTable"], between.asked()["DescribeTable"]), (2, 5));
}

#[tokio::test(start_paused = true)]
async fn where_nobody_answers_this_is_told_within_ten_seconds() {
    let away = location("away", "http://127.0.0.1:9");
    let begun = Instant::now();
    let unfit = verify(&connect(&away).await, &away).await.unwrap_err();
    assert!(matches!(unfit, Unfit::Unreachable { .. }), "{unfit}");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[tokio::test(start_paused = true)]
async fn what_moves_many_rows_may_take_longer_than_what_somebody_waits_for() {
    let plan = |_: &str, _| Turn::Later(Duration::from_secs(20), Box::new(Turn::Said(json!({}))));
    let (client, _, _) = alone("slow", plan).await;
    let dynamo = Dynamo::new(client, "slow", clock());
    assert!(matches!(dynamo.get(&Key::own("A")).await, Err(StoreFault::Unreachable(_))));
    assert_eq!(dynamo.scan(None, 100).await.unwrap(), (vec![], None));
    dynamo.load(vec![row("A")]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_cannot_be_used_is_told_in_one_sentence() {
    let emulator = Emulator::of_all();
    let missing = location("nowhere", &emulator.endpoint);
    let unfit = verify(&connect(&missing).await, &missing).await.unwrap_err();
    assert!(matches!(unfit, Unfit::Missing { .. }) && unfit.to_string().contains("table create"), "{unfit}");

    let plan = |verb: &str, _| if verb == "DescribeTable" { Turn::Refused("AccessDeniedException") } else { Turn::On };
    let (_, between) = table("denied", plan).await;
    let denied = location("denied", &between.endpoint);
    let unfit = verify(&connect(&denied).await, &denied).await.unwrap_err();
    assert!(matches!(unfit, Unfit::Denied { .. }) && unfit.to_string().contains("table policy"), "{unfit}");

    let plan = |_: &str, _| Turn::Refused("UnrecognizedClientException");
    let between = Between::start(&emulator.endpoint, plan).await;
    let unknown = location("denied", &between.endpoint);
    let unfit = verify(&connect(&unknown).await, &unknown).await.unwrap_err();
    assert!(matches!(unfit, Unfit::Unknown(_)), "{unfit}");

    let away = location("denied", "http://127.0.0.1:9");
    let unfit = verify(&connect(&away).await, &away).await.unwrap_err();
    assert!(matches!(unfit, Unfit::Unreachable { .. }), "{unfit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_another_shape_or_version_is_not_used() {
    use aws_sdk_dynamodb::types::{
        AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType, Tag,
    };
    let emulator = Emulator::of_all();
    let other = location("other-shape", &emulator.endpoint);
    let client = connect(&other).await;
    let id = AttributeDefinition::builder().attribute_name("id").attribute_type(ScalarAttributeType::S);
    let key = KeySchemaElement::builder().attribute_name("id").key_type(KeyType::Hash);
    let request = client.create_table().table_name("other-shape").billing_mode(BillingMode::PayPerRequest);
    let request = request.attribute_definitions(id.build().unwrap()).key_schema(key.build().unwrap());
    request.send().await.unwrap();
    let unfit = verify(&client, &other).await.unwrap_err();
    assert!(matches!(&unfit, Unfit::Different { differences, .. } if differences.len() == 3), "{unfit}");
    assert!(Administered::new(client, &other).create().await.is_err());

    let later = location("later", &emulator.endpoint);
    let client = connect(&later).await;
    Administered::new(client.clone(), &later).create().await.unwrap();
    verify(&client, &later).await.unwrap();
    let found = client.describe_table().table_name("later").send().await.unwrap().table.unwrap();
    let tag = Tag::builder().key("dance-engine-version").value("2").build().unwrap();
    client.tag_resource().resource_arn(found.table_arn().unwrap()).tags(tag).send().await.unwrap();
    let unfit = verify(&client, &later).await.unwrap_err();
    assert!(matches!(&unfit, Unfit::Version { found, .. } if found == "2"), "{unfit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_cannot_be_read_fails_alone() {
    let (dynamo, _) = table("spoiled", |_: &str, _| Turn::On).await;
    dynamo.transact([put("A"), put("B")].concat()).await.unwrap();
    let here = location("spoiled", &Emulator::of_all().endpoint);
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let spoiled = connect(&here).await.put_item().table_name("spoiled").item("pk", text("C")).item("sk", text("C"));
    spoiled.item("entity", text("THING")).send().await.unwrap();
    let fault = dynamo.get(&Key::own("C")).await.unwrap_err();
    assert!(matches!(&fault, StoreFault::BadRow { key, .. } if *key == Key::own("C")), "{fault}");
    assert!(dynamo.get(&Key::own("A")).await.unwrap().is_some());
    let (rows, _) = dynamo.scan(None, 100).await.unwrap();
    let why: Vec<_> = rows.iter().filter_map(|row| Some((row.key.pk.clone(), row.why_unreadable()?))).collect();
    assert!(rows.len() == 3 && why.len() == 1 && why[0].0 == "C", "{why:?}");
}

/// The actions that are needed for what was asked, as Amazon's reference of actions has it: of a transaction those of
/// its writes.
fn needed(between: &Between) -> BTreeSet<String> {
    let (asked, written) = (between.asked(), between.written());
    let verbs = asked.into_keys().filter(|verb| verb != "TransactWriteItems");
    let verbs = verbs.chain(written.into_keys().map(|write| format!("{write}Item")));
    verbs.map(|verb| format!("dynamodb:{verb}")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_policy_has_what_is_asked_for_and_nothing_else() {
    let emulator = Emulator::of_all();
    let between = Between::start(&emulator.endpoint, |_: &str, _| Turn::On).await;
    let here = location("policy", &between.endpoint);
    let client = connect(&here).await;
    let set = |actions: &[&[&str]]| -> BTreeSet<String> {
        actions.iter().flat_map(|actions| actions.iter().map(|action| (*action).to_owned())).collect()
    };

    let administered = Administered::new(client.clone(), &here);
    administered.create().await.unwrap();
    administered.describe().await.unwrap().unwrap();
    verify(&client, &here).await.unwrap();
    let clock = clock();
    let table = Arc::new(Dynamo::new(client.clone(), "policy", clock.clone()));
    store::conformance::run(|| table.clone(), clock).await;
    administered.delete().await.unwrap();
    let all = set(&[papers::SERVING, papers::MAINTAINING, papers::ADMINISTERING]);
    // A table that is made with tags needs the action, and an emulator that keeps no backups is not asked to.
    let besides = set(&[&["dynamodb:TagResource", "dynamodb:UpdateContinuousBackups"]]);
    assert_eq!(&needed(&between) | &besides, all);

    // Serving alone: what is asked at start, and the four verbs of a table.
    let between = Between::start(&emulator.endpoint, |_: &str, _| Turn::On).await;
    let (here, there) = (location("serving", &between.endpoint), location("serving", &emulator.endpoint));
    Administered::new(connect(&there).await, &there).create().await.unwrap();
    let client = connect(&here).await;
    verify(&client, &here).await.unwrap();
    let table = Dynamo::new(client, "serving", self::clock());
    table.transact(put("A")).await.unwrap();
    let (expect, key) = (Expect::Revision(1), Key::own("A"));
    let moved = Write::Add { key: key.clone(), field: "left", delta: -1, at_least: 0 };
    let checked = Write::Check { key: Key::own("B"), expect: Expect::Absent };
    table.transact(vec![moved, checked]).await.unwrap();
    table.transact(vec![Write::Delete { key, expect }]).await.unwrap();
    table.get(&Key::own("A")).await.unwrap();
    table.get_many(&[Key::own("A"), Key::own("B")]).await.unwrap();
    table.query(&store::table::Query::all(store::table::Index::Gsi1, "A")).await.unwrap();
    assert_eq!(needed(&between), set(&[papers::SERVING]));
}
