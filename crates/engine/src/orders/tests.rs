//! Orders when something goes wrong in between: every step can be the last one of a server, every request comes twice.

use std::sync::Arc;

use domain::Refusal;
use domain::catalogue::{ItemDraft, Role};
use domain::orders::{OrderRequest, OrderState, PaymentRequest, TicketRequest};
use domain::payments::Method;
use domain::people::StaffRole;
use domain::tickets::StatusWord;
use domain::values::{Amount, ItemId, Money, Wrong};
use store::faulty::{Fate, Faulty};

use super::{BuyerDraft, Checkout, OrderScope, OrderView, PaymentDraft, PlaceOrder};
use crate::Engine;
use crate::catalogue::Removal;
use crate::catalogue::desk::{Desk, crowded_desk, desk, faults, places, refusal, slug};
use crate::once::{Answer, Once, Remember};
use crate::scope::ShopScope;
use crate::stop::Stop;
use crate::testing::house_on;

fn once(key: &str) -> Once {
    Once::new("till", "POST /orders", key, b"")
}

/// An answer that tells whatever can be told apart.
fn told(view: &OrderView) -> Answer {
    let barcodes: Vec<_> = view.tickets.iter().map(|ticket| &ticket.barcode).collect();
    let paid: Vec<_> = view.payments.iter().map(|payment| payment.id).collect();
    Answer { status: 201, body: format!("{:?} {:?} {barcodes:?} {paid:?}", view.order.id, view.order.state) }
}

/// The answer, whether it is the first time or not.
fn answer(outcome: Result<OrderView, Stop>) -> Answer {
    match outcome {
        Ok(view) => told(&view),
        Err(Stop::Replayed(answer)) => answer,
        Err(other) => panic!("{other:?}"),
    }
}

fn buyer() -> BuyerDraft {
    BuyerDraft { email: "ana@example.org".parse().unwrap(), full_name: "Ana".parse().unwrap() }
}

fn wanted(item: ItemId, count: usize, method: Option<Method>) -> PlaceOrder {
    PlaceOrder {
        event: slug("mersey"),
        buyer: method.map(|_| buyer()),
        request: OrderRequest {
            tickets: vec![TicketRequest { items: vec![item], ..TicketRequest::default() }; count],
            payment: method.map(|method| PaymentRequest { method, reference: None }),
            expected_total: None,
        },
    }
}

async fn place(desk: &Desk, engine: &Engine, wanted: &PlaceOrder, key: &str) -> Result<OrderView, Stop> {
    let shop = ShopScope::from(&desk.staff("northern-salsa", StaffRole::BoxOffice).await);
    engine.recall(Some(&once(key))).await?;
    engine.place_order(&shop, wanted, Remember::new(Some(once(key)), &told)).await
}

async fn sells_one_item(desk: &Desk, capacity: Option<u32>) -> ItemId {
    desk.event(None).await;
    desk.item(&ItemDraft { capacity, ..desk.item_draft("Party") }).await.value.id
}

async fn order_of(desk: &Desk, view: &OrderView) -> OrderScope {
    OrderScope::of_staff(&desk.owner().await, &slug("mersey"), view.order.id)
}

/// All of what is due.
fn cash(view: &OrderView) -> PaymentDraft {
    let amount = Money::new(view.order.due(), view.order.currency);
    PaymentDraft { method: Method::Cash, amount, reference: None }
}

/// A server on the desk's table that dies at a step.
fn dying(desk: &Desk, step: u64, fate: Fate) -> Arc<Engine> {
    let table = Faulty::crashing_at(desk.house.table.clone(), step, fate);
    house_on(Arc::new(table), desk.house.clock.clone(), 2).engine
}

#[tokio::test]
async fn an_order_too_large_for_one_transaction_is_answered_as_it_will_be_each_time() {
    for fate in [Fate::Failed, Fate::DoneButFailed] {
        for step in 0..16 {
            let desk = desk().await;
            let item = sells_one_item(&desk, None).await;
            let wanted = wanted(item, 30, Some(Method::Cash));
            let before = place(&desk, &dying(&desk, step, fate), &wanted, "school").await;
            let first = answer(place(&desk, &desk.house.engine, &wanted, "school").await);
            if let Ok(before) = before {
                assert_eq!((told(&before), before.order.state), (first.clone(), OrderState::Fulfilled));
            }
            while desk.house.engine.meet_deadlines().await.unwrap() > 0 {}
            assert_eq!(answer(place(&desk, &desk.house.engine, &wanted, "school").await), first);
            let orders = desk.house.engine.list_orders(&desk.owner().await, &slug("mersey"), 9, None).await.unwrap().0;
            let states: Vec<_> = orders.iter().map(|order| (order.value.state, order.value.issued)).collect();
            assert_eq!(states, [(OrderState::Fulfilled, 30)], "{fate:?} at {step}");
            desk.is_sound().await;
        }
    }
}

#[tokio::test]
async fn thirty_tickets_to_forty_items_with_a_limit_each_are_one_order() {
    let desk = desk().await;
    desk.event(Some(30)).await;
    let mut items = Vec::new();
    for n in 0..40 {
        let draft = ItemDraft { capacity: Some(30), ..desk.item_draft(&format!("Class {n}")) };
        items.push(desk.item(&draft).await.value.id);
    }
    let pass = desk.pass(&desk.pass_draft("Full", &items)).await.value.id;
    let mut wanted = wanted(items[0], 30, Some(Method::BankTransfer));
    wanted.request.tickets.fill(TicketRequest { passes: vec![pass], ..TicketRequest::default() });
    let held = place(&desk, &desk.house.engine, &wanted, "school").await.unwrap();
    desk.house.engine.pay_order(&order_of(&desk, &held).await, &cash(&held), Remember::nothing()).await.unwrap();
    desk.is_sound().await;
}

#[tokio::test]
async fn an_order_too_large_for_the_store_is_refused_with_how_many_tickets_fit() {
    let desk = desk().await;
    desk.event(None).await;
    let mut items = Vec::new();
    for n in 0..80 {
        items.push(desk.item(&desk.item_draft(&format!("Class {n}"))).await.value.id);
    }
    let pass = desk.pass(&desk.pass_draft("Full", &items)).await.value.id;
    let mut wanted = wanted(items[0], 30, Some(Method::BankTransfer));
    wanted.request.tickets.fill(TicketRequest { passes: vec![pass], ..TicketRequest::default() });
    let refused = faults(place(&desk, &desk.house.engine, &wanted, "school").await);
    let [(at, Wrong::TooLong(fit))] = refused.as_slice() else { panic!("{refused:?}") };
    assert!(at == "/tickets" && (15..30).contains(fit), "{refused:?}");
    wanted.request.tickets.truncate(*fit);
    let held = place(&desk, &desk.house.engine, &wanted, "school").await.unwrap();
    desk.house.engine.pay_order(&order_of(&desk, &held).await, &cash(&held), Remember::nothing()).await.unwrap();
    desk.is_sound().await;
}

#[tokio::test]
async fn of_equal_requests_for_the_last_place_both_are_told_that_they_have_it() {
    let desk = crowded_desk().await;
    let item = sells_one_item(&desk, Some(1)).await;
    let wanted = wanted(item, 1, Some(Method::AtDoor));
    let engine = &desk.house.engine;
    let (one, two) = tokio::join!(place(&desk, engine, &wanted, "twice"), place(&desk, engine, &wanted, "twice"));
    assert_eq!(answer(one), answer(two));
    desk.is_sound().await;
}

#[tokio::test]
async fn a_payment_is_recorded_once_and_its_tickets_with_it_at_whatever_step_a_server_dies() {
    for count in [1, 30] {
        for step in 0..14 {
            let desk = desk().await;
            let item = sells_one_item(&desk, None).await;
            let wanted = wanted(item, count, Some(Method::BankTransfer));
            let held = place(&desk, &desk.house.engine, &wanted, "held").await.unwrap();
            let scope = order_of(&desk, &held).await;
            let pay = async |engine: &Engine| {
                engine.recall(Some(&once("pay"))).await?;
                engine.pay_order(&scope, &cash(&held), Remember::new(Some(once("pay")), &told)).await
            };
            let before = pay(&dying(&desk, step, Fate::DoneButFailed)).await;
            let after = answer(pay(&desk.house.engine).await);
            if let Ok(before) = before {
                assert_eq!(told(&before), after);
            }
            assert_eq!(answer(pay(&desk.house.engine).await), after);
            while desk.house.engine.meet_deadlines().await.unwrap() > 0 {}
            let view = desk.house.engine.read_order(&scope).await.unwrap();
            assert_eq!((view.order.state, view.payments.len()), (OrderState::Fulfilled, 1), "at {step}");
            assert_eq!(told(&view), after, "as it was said to be");
            desk.is_sound().await;
        }
    }
}

#[tokio::test]
async fn a_checkout_that_comes_again_is_told_how_it_stands_and_another_one_that_it_is_late() {
    let desk = desk().await;
    let item = sells_one_item(&desk, None).await;
    let engine = &desk.house.engine;
    let held = place(&desk, engine, &wanted(item, 2, None), "held").await.unwrap();
    let scope = order_of(&desk, &held).await;
    let checkout = Checkout { buyer: buyer(), method: Method::AtDoor };
    let settle = async |checkout: &Checkout| engine.settle_order(&scope, checkout, Remember::nothing()).await;
    let first = settle(&checkout).await.unwrap();
    assert_eq!(first.order.state, OrderState::Fulfilled);
    assert_eq!(told(&settle(&checkout).await.unwrap()), told(&first));
    let other = BuyerDraft { full_name: "Ben".parse().unwrap(), ..buyer() };
    let late = settle(&Checkout { buyer: other, ..checkout }).await;
    assert!(matches!(late, Err(Stop::Refused(domain::Refusal::Changed(_)))), "{late:?}");
    desk.is_sound().await;
}

#[tokio::test]
async fn money_that_came_before_the_checkout_is_on_the_tickets_that_it_paid() {
    let desk = desk().await;
    let item = sells_one_item(&desk, None).await;
    let engine = &desk.house.engine;
    let held = place(&desk, engine, &wanted(item, 2, None), "held").await.unwrap();
    let scope = order_of(&desk, &held).await;
    let part = PaymentDraft { amount: Money::new(Amount::minor(3_000), held.order.currency), ..cash(&held) };
    engine.pay_order(&scope, &part, Remember::nothing()).await.unwrap();
    let checkout = Checkout { buyer: buyer(), method: Method::AtDoor };
    let view = engine.settle_order(&scope, &checkout, Remember::nothing()).await.unwrap();
    let paid: Vec<_> = view.tickets.iter().map(|ticket| ticket.ticket.paid.units()).collect();
    assert_eq!(paid, [2_500, 500]);
    desk.is_sound().await;
}

#[tokio::test]
async fn an_order_is_cancelled_with_all_its_tickets_or_not_at_all_at_whatever_step_a_server_dies() {
    for fate in [Fate::Failed, Fate::DoneButFailed] {
        for step in 0..12 {
            let desk = desk().await;
            let item = sells_one_item(&desk, Some(2)).await;
            let engine = &desk.house.engine;
            let placed = place(&desk, engine, &wanted(item, 2, Some(Method::AtDoor)), "two").await.unwrap();
            let scope = order_of(&desk, &placed).await;
            let _ = dying(&desk, step, fate).cancel_order(&scope, Remember::nothing()).await;
            desk.is_sound().await;
            while engine.meet_deadlines().await.unwrap() > 0 {}
            let view = engine.read_order(&scope).await.unwrap();
            let void = view.tickets.iter().filter(|view| view.ticket.status_word() == StatusWord::Void).count();
            let expected = if view.order.state == OrderState::Cancelled { 2 } else { 0 };
            assert_eq!(void, expected, "{fate:?} at {step}");
            desk.is_sound().await;
        }
    }
}

#[tokio::test]
async fn of_money_and_a_cancellation_at_the_same_moment_one_comes_first() {
    let desk = crowded_desk().await;
    let item = sells_one_item(&desk, None).await;
    let engine = &desk.house.engine;
    for n in 0..4 {
        let placed = place(&desk, engine, &wanted(item, 1 + n, Some(Method::AtDoor)), &n.to_string()).await.unwrap();
        let scope = order_of(&desk, &placed).await;
        let draft = cash(&placed);
        let (paid, cancelled) = tokio::join!(
            engine.pay_order(&scope, &draft, Remember::nothing()),
            engine.cancel_order(&scope, Remember::nothing()),
        );
        assert_ne!(paid.is_ok(), cancelled.is_ok(), "{n}");
        let view = engine.read_order(&scope).await.unwrap();
        let good = view.tickets.iter().filter(|view| view.ticket.status_word() == StatusWord::Active).count();
        assert_eq!(good, if paid.is_ok() { 1 + n } else { 0 });
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn whoever_takes_the_store_over_finishes_what_was_left_half_done() {
    let mut left_half_done = 0;
    for step in 0..16 {
        let desk = desk().await;
        let item = sells_one_item(&desk, None).await;
        let _ = place(&desk, &dying(&desk, step, Fate::Failed), &wanted(item, 30, Some(Method::Cash)), "school").await;
        let states = async || {
            let found = desk.house.engine.list_orders(&desk.owner().await, &slug("mersey"), 9, None).await.unwrap().0;
            found.into_iter().map(|order| order.value.state).collect::<Vec<_>>()
        };
        left_half_done += states().await.iter().filter(|state| **state == OrderState::Paid).count();
        desk.house.engine.take_over().await;
        assert!(!states().await.contains(&OrderState::Paid), "at {step}");
        desk.is_sound().await;
    }
    assert!(left_half_done > 0, "nothing was tried");
}

#[tokio::test]
async fn money_that_comes_after_the_hold_takes_places_that_are_counted_only_since_then() {
    for room in [1, 2] {
        let desk = desk().await;
        let item = sells_one_item(&desk, None).await;
        let engine = &desk.house.engine;
        let late = place(&desk, engine, &wanted(item, 1, Some(Method::BankTransfer)), "late").await.unwrap();
        let scope = order_of(&desk, &late).await;
        desk.house.clock.advance(8 * 24 * 3_600_000);
        while engine.meet_deadlines().await.unwrap() > 0 {}
        assert_eq!(engine.read_order(&scope).await.unwrap().order.state, OrderState::Expired);
        let limited = ItemDraft { capacity: Some(room), ..desk.item_draft("Party") };
        engine.update_item(&desk.owner().await, (&slug("mersey"), item), None, &|_| Ok(limited.clone())).await.unwrap();
        place(&desk, engine, &wanted(item, 1, Some(Method::Cash)), "quick").await.unwrap();
        let paid = engine.pay_order(&scope, &cash(&late), Remember::nothing()).await;
        assert_eq!(paid.is_ok(), room == 2, "{paid:?}");
        desk.is_sound().await;
    }
}

#[tokio::test]
async fn money_that_comes_too_late_for_what_is_gone_is_refused_and_for_what_is_limited_no_more_is_taken() {
    let desk = desk().await;
    desk.event(None).await;
    let (engine, owner, event) = (&desk.house.engine, desk.owner().await, slug("mersey"));
    let (mut items, mut held) = (Vec::new(), Vec::new());
    for name in ["Class", "Party"] {
        let roles = Some(places(5, 5));
        let item = desk.item(&ItemDraft { roles, ..desk.item_draft(name) }).await.value.id;
        let mut wanted = wanted(item, 1, Some(Method::BankTransfer));
        wanted.request.tickets[0].role = Some(Role::Leader);
        held.push(place(&desk, engine, &wanted, name).await.unwrap());
        items.push(item);
    }
    desk.house.clock.advance(8 * 24 * 3_600_000);
    while engine.meet_deadlines().await.unwrap() > 0 {}
    assert_eq!(engine.delete_item(&owner, &event, items[0]).await.unwrap(), Removal::Removed);
    engine.update_item(&owner, (&event, items[1]), None, &|_| Ok(desk.item_draft("Party"))).await.unwrap();
    let pay =
        async |view: &OrderView| engine.pay_order(&order_of(&desk, view).await, &cash(view), Remember::nothing()).await;
    assert!(matches!(refusal(pay(&held[0]).await), Refusal::SoldOut(_)));
    assert_eq!(pay(&held[1]).await.unwrap().order.state, OrderState::Fulfilled);
    desk.is_sound().await;
}
