//! How often an operation waits for the table.

use engine::testing::house_on;

use crate::counting::Counting;
use crate::hall::{Hall, hall};

/// How often an operation waits for the table: calls that it makes side by side are one round trip.
async fn round_trips(table: &Counting, operation: impl Future<Output = ()>) -> u64 {
    table.take(10);
    let begun = tokio::time::Instant::now();
    operation.await;
    table.take(0);
    u64::try_from(begun.elapsed().as_millis()).unwrap().div_ceil(10)
}

/// After the proof of scope (a token and an organisation, one after the other), two of each; keys, doors and what a pass
/// includes were read before.
#[tokio::test(start_paused = true)]
async fn an_order_and_a_scan_wait_for_the_table_twice() {
    let hall = hall().await;
    hall.order("warm", "warm").await;
    hall.scan("warm-up-scan", "no code").await;
    let scope = 2;
    let mut ordered = None;
    let trips = round_trips(&hall.table, async { ordered = Some(hall.order("ana", "one").await) }).await;
    assert_eq!(trips - scope, 2, "an order");
    let barcode = ordered.unwrap().tickets[0].barcode.clone().unwrap();
    for (id, what) in [("scan-the-first", "a scan that admits"), ("scan-the-second", "a scan that is refused")] {
        let trips = round_trips(&hall.table, async {
            hall.scan(id, &barcode).await;
        });
        assert_eq!(trips.await - scope, 2, "{what}");
    }
    // Cold, the items of a pass and the event's keys are read one after the other.
    let cold = house_on(hall.table.clone(), hall.house.clock.clone(), 2);
    let hall = Hall { house: cold, ..hall };
    let trips = round_trips(&hall.table, async { drop(hall.order("ben", "two").await) }).await;
    assert!(trips - scope <= 4, "{trips} for an order of a process that has just begun");
}
