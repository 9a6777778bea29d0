//! Tickets that come into other hands.

use std::sync::Arc;

use domain::orders::{OrderRequest, PaymentRequest, TicketRequest};
use domain::payments::Method;
use domain::values::Obstacle;
use store::faulty::{Fate, Faulty};

use super::*;
use crate::catalogue::desk::{Desk, desk, faults, slug};
use crate::once::Remember;
use crate::orders::PlaceOrder;
use crate::scope::{Caller, ShopScope};
use crate::testing::house_on;
use crate::tickets::{TicketScope, VoidTicket};

const BUYER: &str = "ana@example.org";

fn email(who: &str) -> Email {
    who.parse().unwrap()
}

/// An order of tickets that these people hold; the buyer holds those of nobody.
async fn bought(desk: &Desk, held_by: &[Option<&str>]) -> OrderView {
    desk.event(None).await;
    let item = desk.item(&desk.item_draft("Party")).await.value.id;
    let ticket = |who: Option<&str>| TicketRequest { items: vec![item], email: who.map(email), ..Default::default() };
    let wanted = PlaceOrder {
        event: slug("mersey"),
        buyer: Some(BuyerDraft { email: email(BUYER), full_name: "Ana".parse().unwrap() }),
        request: OrderRequest {
            tickets: held_by.iter().copied().map(ticket).collect(),
            payment: Some(PaymentRequest { method: Method::Cash, reference: None }),
            expected_total: None,
        },
    };
    let shop = ShopScope::from(&desk.owner().await);
    desk.house.engine.place_order(&shop, &wanted, Remember::nothing()).await.unwrap()
}

async fn scope(desk: &Desk, order: &OrderView, by_staff: bool) -> OrderScope {
    if by_staff {
        return OrderScope::of_staff(&desk.owner().await, &slug("mersey"), order.order.id);
    }
    let place = (&slug("northern-salsa"), &slug("mersey"), order.order.id);
    desk.house.engine.order_scope(&Caller::Public, place, Some(&order.key)).await.unwrap()
}

/// As it is, but for who holds the tickets.
fn to(order: &OrderView, held_by: &[Option<&str>]) -> OrderChanges {
    let holder = |(ticket, who): (&OrderTicket, Option<&str>)| HolderDraft {
        full_name: ticket.full_name.clone(),
        email: who.map(email),
        partner: None,
        answers: ticket.answers.clone(),
    };
    let holders = order.order.tickets.iter().zip(held_by.iter().copied()).map(holder).collect();
    OrderChanges { holders, ..OrderChanges::default() }
}

/// To whom letters with a single ticket wait to go.
async fn addressees(desk: &Desk) -> Vec<String> {
    let waiting = desk.house.engine.waiting_letters(None, 999).await.unwrap();
    let single = waiting.into_iter().filter(|letter| matches!(letter.letter, Letter::Ticket { .. }));
    let mut to: Vec<String> = single.map(|letter| letter.to.to_string()).collect();
    to.sort();
    to
}

#[tokio::test]
async fn who_is_given_a_ticket_gets_it_by_mail_and_the_barcode_that_others_saw_is_void() {
    let desk = desk().await;
    let before = bought(&desk, &[None, None]).await;
    let engine = &desk.house.engine;
    let by_buyer = scope(&desk, &before, false).await;
    let after = engine.update_order(&by_buyer, &to(&before, &[None, Some("bo@example.org")])).await.unwrap();
    let generations: Vec<u16> = after.tickets.iter().map(|ticket| ticket.ticket.generation).collect();
    assert_eq!(generations, [1, 2]);
    assert_eq!(after.tickets[0].barcode, before.tickets[0].barcode);
    assert_ne!(after.tickets[1].barcode, before.tickets[1].barcode);
    assert_eq!(addressees(&desk).await, ["bo@example.org"]);
    // The same again changes nothing.
    let again = engine.update_order(&by_buyer, &to(&before, &[Some(BUYER), Some("bo@example.org")])).await.unwrap();
    assert_eq!(again.tickets[1].ticket, after.tickets[1].ticket);
    let number = after.tickets[1].ticket.number;
    let detail =
        engine.read_ticket(&TicketScope::of_staff(&desk.owner().await, &slug("mersey"), number)).await.unwrap();
    let history: Vec<&str> = detail.history.iter().map(|entry| entry.what.word()).collect();
    assert_eq!((history.len(), history.contains(&"handed_on")), (2, true), "{history:?}");
    desk.is_sound().await;
}

#[tokio::test]
async fn what_somebody_else_holds_is_theirs_and_only_staff_can_change_its_address() {
    let desk = desk().await;
    let before = bought(&desk, &[Some("bo@example.org"), Some("cy@example.org"), None]).await;
    let engine = &desk.house.engine;
    let number = before.tickets[2].ticket.number;
    let ticket = TicketScope::of_staff(&desk.owner().await, &slug("mersey"), number);
    engine.void_ticket(&ticket, &VoidTicket { reason: None, release: false }, Remember::nothing()).await.unwrap();
    let away = [None, Some("eve@example.org"), Some("eve@example.org")];
    let by_buyer = scope(&desk, &before, false).await;
    let told = faults(engine.update_order(&by_buyer, &to(&before, &away)).await);
    let held = Wrong::State(Obstacle::HeldByAnother);
    let void = Wrong::State(Obstacle::TicketVoid);
    let place = |n: usize| format!("/tickets/{n}/email");
    assert_eq!(told, [(place(0), held.clone()), (place(1), held), (place(2), void.clone())]);
    let by_staff = scope(&desk, &before, true).await;
    assert_eq!(faults(engine.update_order(&by_staff, &to(&before, &away)).await), [(place(2), void)]);
    assert_eq!(addressees(&desk).await, ["bo@example.org", "cy@example.org"], "nothing was half done");
    let after = engine.update_order(&by_staff, &to(&before, &[None, Some("cyd@example.org"), None])).await.unwrap();
    let generations: Vec<u16> = after.tickets.iter().map(|ticket| ticket.ticket.generation).collect();
    assert_eq!(generations, [2, 2, 1]);
    let readable = async |to: &str, n: usize| {
        let letter = Letter::Ticket { event: after.order.event.clone(), ticket: after.tickets[n].ticket.number };
        engine.read_letter(&email(to), &letter).await.unwrap().is_some()
    };
    assert!(readable(BUYER, 0).await && readable("cyd@example.org", 1).await);
    assert!(!readable("bo@example.org", 0).await && !readable("cy@example.org", 1).await, "a letter on its way stops");
    desk.is_sound().await;
}

#[tokio::test]
async fn a_whole_class_is_given_its_tickets_once_at_whatever_step_a_server_dies() {
    let pupils: Vec<String> = (0..30).map(|n| format!("pupil-{n:02}@example.org")).collect();
    let given: Vec<Option<&str>> = pupils.iter().map(|who| Some(who.as_str())).collect();
    for fate in [Fate::Failed, Fate::DoneButFailed] {
        for step in (0..260).step_by(13) {
            let desk = desk().await;
            let order = bought(&desk, &[None; 30]).await;
            let scope = scope(&desk, &order, true).await;
            let changes = to(&order, &given);
            let table = Faulty::crashing_at(desk.house.table.clone(), step, fate);
            let dying = house_on(Arc::new(table), desk.house.clock.clone(), 2).engine;
            let _answer = dying.update_order(&scope, &changes).await;
            let after = desk.house.engine.update_order(&scope, &changes).await.unwrap();
            assert!(after.tickets.iter().all(|ticket| ticket.ticket.generation == 2), "{fate:?} {step}");
            assert_eq!(addressees(&desk).await, pupils, "{fate:?} {step}");
            desk.is_sound().await;
        }
    }
}

#[tokio::test]
async fn an_order_does_not_grow_larger_than_the_store_takes() {
    let desk = desk().await;
    let before = bought(&desk, &[None; 30]).await;
    let engine = &desk.house.engine;
    let scope = scope(&desk, &before, false).await;
    let with = |letters: usize| {
        let mut changes = to(&before, &[None; 30]);
        for holder in &mut changes.holders {
            holder.answers = Answers::from([("diet".to_owned(), serde_json::json!("x".repeat(letters)))]);
        }
        changes
    };
    assert_eq!(
        faults(engine.update_order(&scope, &with(9_000)).await),
        [("/tickets".to_owned(), Wrong::TooLarge(320))]
    );
    engine.update_order(&scope, &with(5_000)).await.unwrap();
    desk.is_sound().await;
}
