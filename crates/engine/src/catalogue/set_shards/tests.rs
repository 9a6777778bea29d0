//! Stock over several shards: spread, sold, edited, given back.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::catalogue::{Item, ItemDraft, PassDraft, Thing};
use domain::orders::{MOST_PLACES, Place, StockOf, TicketRequest};
use domain::payments::Method;
use domain::pricing::PriceStep;
use store::faulty::{Call, Fate, Faulty, Verb};
use store::keys;
use store::record::Record as _;
use store::records::{Stock, StockRow};
use store::table::Write;

use super::*;
use crate::catalogue::desk::{Desk, crowded_desk, desk, faults, places, refusal, slug};
use crate::once::Remember;
use crate::testing::house_on;

async fn raise(desk: &Desk, stock: u16) -> Result<Stored<Event>, Stop> {
    let event = EventRef::new(&slug("northern-salsa"), &slug("mersey"));
    let lists = 1;
    desk.house.engine.set_shards(&PlatformScope::of_the_program(), &event, Shards { stock, lists }).await
}

#[tokio::test]
async fn a_stock_over_several_shards_sells_exactly_what_there_is() {
    let desk = desk().await;
    desk.event(Some(13)).await;
    let mut draft = desk.item_draft("Party");
    draft.capacity = Some(30);
    let item = desk.item(&draft).await.value.id;
    raise(&desk, 4).await.unwrap();
    desk.is_sound().await;
    for _ in 0..13 {
        desk.buy(&[], &[item], Method::Cash).await.unwrap();
    }
    assert!(matches!(refusal(desk.buy(&[], &[item], Method::Cash).await), Refusal::SoldOut(_)));
    desk.is_sound().await;
}

#[tokio::test]
async fn what_is_given_up_is_sold_again_and_a_capacity_moves_over_all_shards() {
    let desk = desk().await;
    desk.event(Some(8)).await;
    let item = desk.item(&desk.item_draft("Party")).await.value.id;
    raise(&desk, 4).await.unwrap();
    let mut orders = Vec::new();
    for _ in 0..8 {
        orders.push(desk.buy(&[], &[item], Method::Card).await.unwrap());
    }
    for order in &orders[..5] {
        desk.cancel(order).await;
    }
    desk.is_sound().await;
    let (engine, owner) = (&desk.house.engine, desk.owner().await);
    let to = |capacity| desk.event_draft(Some(capacity));
    let below = engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(to(2))).await;
    assert_eq!(faults(below), [("/capacity".to_owned(), Wrong::BelowSold(3))]);
    let lowered = engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(to(4))).await.unwrap();
    assert_eq!(lowered.value.shards.stock, 4, "an edit leaves shards alone");
    desk.is_sound().await;
    desk.buy(&[], &[item], Method::Cash).await.unwrap();
    assert!(matches!(refusal(desk.buy(&[], &[item], Method::Cash).await), Refusal::SoldOut(_)));
}

#[tokio::test(start_paused = true)]
async fn units_that_are_moved_without_an_answer_may_be_moved_twice_and_none_is_lost() {
    for (shards, to_first, left) in [(2, 5, vec![10, 20]), (3, 14, vec![10, 10, 10])] {
        let desk = crowded_desk().await;
        let place = Place::all(StockOf::Event(desk.event(Some(30)).await.value.event));
        raise(&desk, shards).await.unwrap();
        let add =
            |shard, delta| Write::Add { key: keys::stock(&place, shard), field: StockRow::LEFT, delta, at_least: 0 };
        let from_each = to_first / i64::from(shards - 1);
        let uneven = (1..shards).map(|shard| add(shard, -from_each)).chain([add(0, to_first)]);
        desk.house.table.transact(uneven.collect()).await.unwrap();

        let mut is_first = true;
        let plan = move |call: Call| match call.verb {
            Verb::Transact if std::mem::take(&mut is_first) => Fate::DoneButFailed,
            _ => Fate::Done,
        };
        let troubled = Arc::new(Faulty::new(desk.house.table.clone(), plan));
        let house = house_on(troubled, desk.house.clock.clone(), 2);
        raise(&Desk { house }, shards).await.unwrap();
        assert_eq!(self::left(&desk, &place, shards).await, left);
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn roles_and_counted_steps_are_spread_as_well() {
    let desk = desk().await;
    desk.event(None).await;
    let mut draft = desk.item_draft("Class");
    draft.roles = Some(places(3, 5));
    draft.steps = Some(vec![desk.step(1_000, Some(2)), desk.step(2_000, None)]);
    raise(&desk, 3).await.unwrap();
    let item = desk.item(&draft).await.value.id;
    raise(&desk, 3).await.unwrap();
    let mut totals = Vec::new();
    for _ in 0..8 {
        totals.push(desk.buy_as_switch(item).await.unwrap().order.total.units());
    }
    assert_eq!(totals, [1_000, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000]);
    assert!(matches!(refusal(desk.buy_as_switch(item).await), Refusal::SoldOut(_)));
    desk.is_sound().await;
}

#[tokio::test]
async fn the_list_of_customers_has_as_many_shards_as_the_lists_of_any_event() {
    let desk = desk().await;
    desk.event(None).await;
    let item = desk.item(&desk.item_draft("Party")).await.value.id;
    let engine = &desk.house.engine;
    let event = EventRef::new(&slug("northern-salsa"), &slug("mersey"));
    for lists in [3, 3] {
        let shards = Shards { stock: 1, lists };
        engine.set_shards(&PlatformScope::of_the_program(), &event, shards).await.unwrap();
    }
    assert_eq!(engine.stored_organisation(&event.organisation).await.unwrap().value.customer_shards, 3);
    for n in 0..30 {
        let email = Some(format!("dancer{n}@example.org").parse().unwrap());
        let ticket = TicketRequest { items: vec![item], email, ..TicketRequest::default() };
        desk.buy_tickets(vec![ticket], Method::Cash).await.unwrap();
    }
    let (rows, _) = desk.house.table.scan(None, usize::MAX).await.unwrap();
    let lists: BTreeSet<String> =
        rows.iter().filter(|row| row.entity == "CUSTOMER").map(|row| row.gsi1.clone().unwrap().pk).collect();
    let named = ["00", "01", "02"].map(|shard| format!("CUSTOMERLIST#northern-salsa#{shard}"));
    assert_eq!(lists, BTreeSet::from(named));
    desk.is_sound().await;
}

#[tokio::test]
async fn shards_are_never_lowered() {
    let desk = desk().await;
    desk.event(Some(5)).await;
    raise(&desk, 4).await.unwrap();
    assert_eq!(faults(raise(&desk, 3).await), [("/stock_shards".to_owned(), Wrong::OutOfRange(4, 32))]);
    assert_eq!(faults(raise(&desk, 33).await), [("/stock_shards".to_owned(), Wrong::OutOfRange(4, 32))]);
    assert_eq!(raise(&desk, 4).await.unwrap().revision, 2);
}

/// What each shard of a place has.
async fn left(desk: &Desk, place: &Place, shards: u16) -> Vec<i64> {
    let found = lookups::stock(desk.house.engine.table(), std::slice::from_ref(place), shards).await.unwrap();
    found[0].as_ref().map(Stock::by_shard).unwrap_or_default()
}

/// Rows of stock that there are of anything.
async fn rows_of_stock(desk: &Desk) -> usize {
    let (rows, _) = desk.house.table.scan(None, usize::MAX).await.unwrap();
    rows.iter().filter(|row| row.entity == StockRow::ENTITY).count()
}

#[tokio::test]
async fn a_capacity_that_rises_is_spread_at_once() {
    let desk = desk().await;
    let event = desk.event(Some(8)).await.value.event;
    let place = Place::all(StockOf::Event(event));
    raise(&desk, 4).await.unwrap();
    assert_eq!(left(&desk, &place, 4).await, [2, 2, 2, 2]);
    let (engine, owner) = (&desk.house.engine, desk.owner().await);
    engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(desk.event_draft(Some(40)))).await.unwrap();
    assert_eq!(left(&desk, &place, 4).await, [10, 10, 10, 10]);
    desk.is_sound().await;
}

#[tokio::test]
async fn an_edit_that_touches_more_shards_than_a_transaction_writes_is_done() {
    let desk = desk().await;
    desk.event(Some(200)).await;
    let schedule = |sold: u32| -> Vec<PriceStep> {
        let counted = (1..20).map(|n| desk.step(i64::from(n) * 100, Some(sold + 40 * n)));
        counted.chain([desk.step(9_000, None)]).collect()
    };
    let mut draft = desk.item_draft("Party");
    (draft.capacity, draft.roles, draft.steps) = (Some(96), Some(places(64, 64)), Some(schedule(0)));
    let item = desk.item(&draft).await.value.id;
    raise(&desk, Shards::MOST).await.unwrap();
    desk.buy_as_switch(item).await.unwrap();
    let (engine, owner) = (&desk.house.engine, desk.owner().await);
    let edit = async |draft: ItemDraft| {
        let edit = |_: &Item| Ok(draft.clone());
        let edited = engine.update_item(&owner, (&slug("mersey"), item), None, &edit).await;
        edited.unwrap();
        desk.is_sound().await;
    };
    let lower = ItemDraft { capacity: Some(1), roles: Some(places(1, 0)), steps: Some(schedule(2)), ..draft.clone() };
    edit(lower).await;
    edit(ItemDraft { capacity: Some(50), roles: Some(places(50, 50)), steps: Some(schedule(5)), ..draft.clone() })
        .await;
    edit(ItemDraft { steps: Some(vec![desk.step(9_000, None)]), ..draft.clone() }).await;
    engine.meet_deadlines().await.unwrap();
    desk.is_sound().await;
    assert_eq!(rows_of_stock(&desk).await, usize::from(Shards::MOST) * 4, "of the event, the item, and two roles");
    desk.buy_as_switch(item).await.unwrap();
}

#[tokio::test]
async fn what_is_deleted_leaves_nothing_of_its_stock() {
    let desk = desk().await;
    desk.event(None).await;
    raise(&desk, 8).await.unwrap();
    let mut draft = desk.item_draft("Party");
    draft.capacity = Some(96);
    draft.steps = Some(vec![desk.step(1_000, Some(40)), desk.step(2_000, None)]);
    let item = desk.item(&draft).await.value.id;
    assert_eq!(rows_of_stock(&desk).await, 16);
    let (engine, owner) = (&desk.house.engine, desk.owner().await);
    engine.delete_item(&owner, &slug("mersey"), item).await.unwrap();
    desk.is_sound().await;
    engine.meet_deadlines().await.unwrap();
    assert_eq!(rows_of_stock(&desk).await, 0);
    desk.is_sound().await;
}

#[tokio::test]
async fn the_last_places_are_sold_together_however_they_are_scattered() {
    let desk = desk().await;
    let place = Place::all(StockOf::Event(desk.event(Some(80)).await.value.event));
    let mut items = Vec::new();
    for n in 0..12 {
        let draft = ItemDraft { capacity: Some(80), ..desk.item_draft(&format!("Class {n}")) };
        items.push(desk.item(&draft).await.value.id);
    }
    raise(&desk, Shards::MOST).await.unwrap();
    let ticket = TicketRequest { items, ..TicketRequest::default() };
    let order = desk.buy_tickets(vec![ticket.clone(); 30], Method::Card).await.unwrap();
    desk.is_sound().await;
    desk.cancel(&order).await;
    desk.is_sound().await;
    let order = desk.buy_tickets(vec![ticket.clone(); 30], Method::Cash).await.unwrap();
    assert_eq!(order.order.tickets.len(), 30);
    desk.is_sound().await;
    // They were gathered for this order, and are spread again for others after a while.
    let gathered: Vec<i64> = std::iter::once(50).chain([0; 31]).collect();
    assert_eq!(left(&desk, &place, Shards::MOST).await, gathered);
    desk.house.clock.advance(31_000);
    while desk.house.engine.meet_deadlines().await.unwrap() > 0 {}
    let spread: Vec<i64> = std::iter::once(19).chain([1; 31]).collect();
    assert_eq!(left(&desk, &place, Shards::MOST).await, spread);
    desk.is_sound().await;
    desk.buy_tickets(vec![ticket.clone(); 30], Method::Cash).await.unwrap();
    let too_many = desk.buy_tickets(vec![ticket; 21], Method::Cash).await;
    assert!(matches!(refusal(too_many), Refusal::SoldOut(_)));
}

#[tokio::test]
async fn a_hold_that_came_to_stand_on_more_shards_than_a_transaction_writes_is_given_back() {
    let desk = desk().await;
    desk.event(None).await;
    let mut items = Vec::new();
    for n in 0..27 {
        let capacity = (n < 3).then_some(u32::from(Shards::MOST));
        items.push(desk.item(&ItemDraft { capacity, ..desk.item_draft(&format!("Class {n}")) }).await.value.id);
    }
    raise(&desk, Shards::MOST).await.unwrap();
    let ticket = TicketRequest { items: items.clone(), ..TicketRequest::default() };
    let held = desk.buy_tickets(vec![ticket; 26], Method::Card).await.unwrap();
    assert_eq!(held.order.takes.len(), 3 * 26);
    let (engine, owner, event) = (&desk.house.engine, desk.owner().await, slug("mersey"));
    for item in &items[3..] {
        let limit = |_: &Item| Ok(ItemDraft { capacity: Some(40), ..desk.item_draft("Class") });
        engine.update_item(&owner, (&event, *item), None, &limit).await.unwrap();
    }
    desk.is_sound().await;
    desk.cancel(&held).await;
    desk.is_sound().await;
    let place = Place::all(StockOf::Thing(Thing::Item(items[0])));
    assert_eq!(left(&desk, &place, Shards::MOST).await.iter().sum::<i64>(), i64::from(Shards::MOST));
}

#[tokio::test]
async fn a_limit_with_which_somebody_could_not_give_back_all_their_places_at_once_is_refused() {
    let desk = desk().await;
    desk.event(None).await;
    let mut items = Vec::new();
    for n in 0..=MOST_PLACES {
        let capacity = (n + 1 < MOST_PLACES).then_some(40);
        items.push(desk.item(&ItemDraft { capacity, ..desk.item_draft(&format!("Class {n}")) }).await.value.id);
    }
    let mut passes = Vec::new();
    for half in items.chunks(41) {
        passes.push(desk.pass(&desk.pass_draft("Half", half)).await.value.id);
    }
    let (engine, owner, event) = (&desk.house.engine, desk.owner().await, slug("mersey"));
    let limit = async |item: usize| {
        let edit = |_: &Item| Ok(ItemDraft { capacity: Some(40), ..desk.item_draft("Class") });
        engine.update_item(&owner, (&event, items[item]), None, &edit).await
    };
    let tickets = items.chunks(27).map(|some| TicketRequest { items: some.to_vec(), ..TicketRequest::default() });
    let held = desk.buy_tickets(tickets.collect(), Method::Card).await.unwrap();
    limit(MOST_PLACES - 1).await.unwrap();
    let too_many = [("/capacity".to_owned(), Wrong::TooManyPlaces(MOST_PLACES))];
    assert_eq!(faults(limit(MOST_PLACES).await), too_many);
    desk.cancel(&held).await;
    let sold = desk.buy(&passes, &[], Method::AtDoor).await.unwrap();
    assert_eq!(faults(limit(MOST_PLACES).await), too_many);
    desk.cancel(&sold).await;
    limit(MOST_PLACES).await.unwrap();
    desk.is_sound().await;
}

#[tokio::test]
async fn a_pass_with_more_limited_items_than_an_order_can_take_is_refused_when_it_is_made() {
    let desk = desk().await;
    desk.event(Some(40)).await;
    let mut items = Vec::new();
    for n in 0..MOST_PLACES {
        let capacity = (n > 1).then_some(40);
        items.push(desk.item(&ItemDraft { capacity, ..desk.item_draft(&format!("Class {n}")) }).await.value.id);
    }
    let (engine, owner, event) = (&desk.house.engine, desk.owner().await, slug("mersey"));
    let draft = PassDraft { roles: Some(places(9, 9)), ..desk.pass_draft("Everything", &items) };
    let made = engine.create_pass(&owner, &event, &draft, &Remember::nothing()).await;
    let too_many = Wrong::TooManyPlaces(MOST_PLACES);
    assert_eq!(faults(made), [("/includes".to_owned(), too_many.clone())]);
    let pass = desk.pass(&desk.pass_draft("Everything", &items)).await.value.id;
    desk.buy(&[pass], &[], Method::Cash).await.unwrap();
    desk.is_sound().await;
    let limit = |_: &Item| Ok(ItemDraft { capacity: Some(40), ..desk.item_draft("Class") });
    engine.update_item(&owner, (&event, items[0]), None, &limit).await.unwrap();
    let limited = engine.update_item(&owner, (&event, items[1]), None, &limit).await;
    assert_eq!(faults(limited), [("/capacity".to_owned(), too_many.clone())]);
    let counted = [desk.step(1_000, Some(9)), desk.step(1_500, Some(9)), desk.step(2_000, None)];
    let counted = ItemDraft { steps: Some(counted.into()), ..desk.item_draft("Class 0") };
    engine.update_item(&owner, (&event, items[0]), None, &|_| Ok(counted.clone())).await.unwrap();
    let tickets = items.chunks(3).map(|three| TicketRequest { items: three.to_vec(), ..TicketRequest::default() });
    let all_at_once = desk.buy_tickets(tickets.collect(), Method::Cash).await;
    assert_eq!(faults(all_at_once), [("/tickets".to_owned(), too_many)]);
}
