//! Who is counted in, whatever the lists show of them.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use domain::payments::Method;
use domain::values::Money;
use store::faulty::{Call, Fate, Faulty};
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
    // As if none of them had been there when the capacity was made.
    let engine = &desk.house.engine;
    let limited = domain::catalogue::Event { capacity: Some(2), ..event.value.clone() };
    let place = Place::all(StockOf::Event(limited.event.clone()));
    let stock = StockRow { place: place.clone(), shard: 0, left: 2 };
    let writes = vec![event.replace(&limited, engine.now()).unwrap(), create(&stock, engine.now()).unwrap()];
    engine.commit(writes).await.unwrap();
    for _ in 0..2 {
        let taken = engine.survey(&limited.event, std::slice::from_ref(&place), true).await.unwrap();
        assert_eq!(taken[&place], 3);
        let rows = engine.stock_rows(std::slice::from_ref(&place), 1).await.unwrap();
        assert_eq!(rows[&place].left(), -1);
    }
}

#[tokio::test]
async fn whoever_lists_show_as_they_were_is_counted_in_as_they_are() {
    let since = Arc::new(OnceLock::new());
    let lists_stood_still = Arc::clone(&since);
    let plan = move |_: Call| match lists_stood_still.get() {
        None => Fate::Done,
        Some(since) => Fate::Behind { by: Instant::elapsed(since) },
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
    let (engine, owner) = (&desk.house.engine, desk.owner().await);
    let limited = domain::catalogue::Event { capacity: Some(9), ..event.value.clone() };
    let place = Place::all(StockOf::Event(limited.event.clone()));
    let stock = StockRow { place: place.clone(), shard: 0, left: 9 };
    let writes = vec![event.replace(&limited, engine.now()).unwrap(), create(&stock, engine.now()).unwrap()];
    engine.commit(writes).await.unwrap();

    since.set(Instant::now()).unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
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
        let taken = engine.survey(&limited.event, std::slice::from_ref(&place), true).await.unwrap();
        assert_eq!(taken[&place], 5, "as the lists show it");
        let rows = engine.stock_rows(std::slice::from_ref(&place), 1).await.unwrap();
        assert_eq!(rows[&place].left(), 9 - 3);
        desk.is_sound().await;
    }
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
