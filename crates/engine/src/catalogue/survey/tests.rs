//! Who is counted in, whatever the lists show of them.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use domain::payments::Method;
use domain::values::Money;
use rstest::rstest;
use store::faulty::{Call, Fate, Faulty, Verb};
use store::table::Table;
use tokio::time::Instant;

use super::*;
use crate::catalogue::desk::{Desk, desk, slug};
use crate::once::Remember;
use crate::orders::{OrderScope, PaymentDraft};
use crate::testing::{House, house_on};
use crate::tickets::{TicketScope, VoidTicket};

#[tokio::test]
async fn whoever_came_while_a_limit_was_made_takes_from_it_even_where_that_is_one_too_many() {
    let desk = desk().await;
    let event = desk.event(None).await;
    let item = desk.item(&desk.item_draft("Party")).await.value.id;
    for method in [Method::Cash, Method::Cash, Method::Card] {
        desk.buy(&[], &[item], method).await.unwrap();
    }
    let place = begin_to_count(&desk, &event, 2).await;
    let engine = &desk.house.engine;
    for _ in 0..2 {
        let taken = engine.survey(&event.value.event, std::slice::from_ref(&place), true).await.unwrap();
        assert_eq!(taken[&place], 3);
        let rows = engine.stock_rows(std::slice::from_ref(&place), 1).await.unwrap();
        assert_eq!(rows[&place].left(), -1);
    }
}

/// The list of orders is read before that of tickets.
#[rstest]
#[case::both_lists(0, 5)]
#[case::the_list_of_tickets(1, 4)]
#[tokio::test]
async fn whoever_a_list_shows_as_they_were_or_not_at_all_is_counted_in_as_they_are(
    #[case] current_lists: i64,
    #[case] by_lists: u64,
) {
    let (since, current) = (Arc::new(OnceLock::new()), Arc::new(AtomicI64::new(0)));
    let (stood_still, still_current) = (Arc::clone(&since), Arc::clone(&current));
    let plan = move |call: Call| match stood_still.get() {
        Some(since) if call.verb == Verb::Query && still_current.fetch_sub(1, Ordering::SeqCst) <= 0 => {
            Fate::Behind { by: Instant::elapsed(since) }
        }
        _ => Fate::Done,
    };
    let House { table, clock, .. } = desk().await.house;
    let lagging: Arc<dyn Table> = Arc::new(Faulty::new(table, plan).with_lagging_indexes());
    let desk = Desk { house: house_on(lagging, clock, 2) };
    let event = desk.event(None).await;
    let item = desk.item(&desk.item_draft("Party")).await.value.id;
    let mut orders = Vec::new();
    for method in [Method::Card, Method::Card, Method::Cash, Method::Cash, Method::AtDoor] {
        orders.push(desk.buy(&[], &[item], method).await.unwrap());
    }
    let place = begin_to_count(&desk, &event, 9).await;

    since.set(Instant::now()).unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    let (engine, owner) = (&desk.house.engine, desk.owner().await);
    let amount = Money::new(orders[0].order.due(), orders[0].order.currency);
    let cash = PaymentDraft { method: Method::Cash, amount, reference: None };
    let scope = OrderScope::of_staff(&owner, &slug("mersey"), orders[0].order.id);
    engine.pay_order(&scope, &cash, Remember::nothing()).await.unwrap();
    let ticket = |order: usize| TicketScope::of_staff(&owner, &slug("mersey"), orders[order].order.tickets[0].number);
    engine.reissue_ticket(&ticket(2), Remember::nothing()).await.unwrap();
    let void = VoidTicket { reason: None, release: true };
    engine.void_ticket(&ticket(3), &void, Remember::nothing()).await.unwrap();
    desk.cancel(&orders[4]).await;

    for _ in 0..2 {
        current.store(current_lists, Ordering::SeqCst);
        let taken = engine.survey(&event.value.event, std::slice::from_ref(&place), true).await.unwrap();
        assert_eq!(taken[&place], by_lists);
        let rows = engine.stock_rows(std::slice::from_ref(&place), 1).await.unwrap();
        assert_eq!(rows[&place].left(), 9 - 3);
        desk.is_sound().await;
    }
}

/// Begins to count an event's places, as if nobody had been there.
async fn begin_to_count(desk: &Desk, event: &Stored<Event>, capacity: u32) -> Place {
    let limited = Event { capacity: Some(capacity), ..event.value.clone() };
    let place = Place::all(StockOf::Event(limited.event.clone()));
    let stock = StockRow { place: place.clone(), shard: 0, left: i64::from(capacity) };
    let at = desk.house.engine.now();
    let writes = vec![event.replace(&limited, at).unwrap(), create(&stock, at).unwrap()];
    desk.house.engine.commit(writes).await.unwrap();
    place
}

#[tokio::test]
async fn a_ticket_that_was_given_up_stands_nowhere() {
    let desk = desk().await;
    let event = desk.event(None).await;
    let item = desk.item(&desk.item_draft("Party")).await.value.id;
    let order = desk.buy(&[], &[item], Method::AtDoor).await.unwrap();
    desk.cancel(&order).await;
    let places = [Place::all(StockOf::Event(event.value.event.clone())), Place::all(StockOf::Thing(Thing::Item(item)))];
    let taken = desk.house.engine.survey(&event.value.event, &places, false).await.unwrap();
    assert_eq!(taken.len(), 0);
}
