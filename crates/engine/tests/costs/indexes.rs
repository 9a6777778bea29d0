//! Which indexes are asked where something is decided.

use domain::orders::OrderState;
use domain::payments::Method;
use domain::people::Permission;
use domain::values::Money;
use engine::once::Remember;
use engine::orders::{OrderScope, OrderView, PaymentDraft};
use engine::tickets::{TicketScope, VoidTicket};

use crate::hall::{hall, northern_salsa};

/// What is decided about money, stock, authority and admission is decided from rows that were read by their keys, or in
/// one partition of the table: an index may lag.
#[tokio::test]
async fn no_decision_is_made_from_an_index() {
    let hall = hall().await;
    let engine = &hall.house.engine;
    hall.table.indexes_besides(&[]);
    let nothing =
        |what: &str, but: &[&str]| assert_eq!(hall.table.indexes_besides(but), Vec::<String>::new(), "{what}");

    let caller = engine.caller_of_token(&hall.box_office).await.unwrap().unwrap();
    let staff = engine.staff_scope(&caller, &northern_salsa(), Permission::HandleTickets).await.unwrap();
    nothing("who somebody is, and what they may", &[]);

    let free = hall.order("ana", "free").await;
    nothing("an order that is settled at once", &[]);
    let held = hall.order_by(Method::BankTransfer, "ben", "held").await;
    let abandoned = hall.order_by(Method::BankTransfer, "cleo", "abandoned").await;
    nothing("an order that is held", &[]);
    let pay = async |view: &OrderView| {
        let scope = OrderScope::of_staff(&staff, &hall.event, view.order.id);
        let amount = Money::new(view.order.total, view.order.currency);
        let draft = PaymentDraft { method: Method::Cash, amount, reference: None };
        engine.pay_order(&scope, &draft, Remember::nothing()).await.unwrap()
    };
    pay(&held).await;
    nothing("a payment", &[]);
    hall.house.clock.set("2027-01-01T12:00:00Z".parse().unwrap());
    assert!(engine.meet_deadlines().await.unwrap() > 0);
    nothing("a hold that ends", &[]);
    let late = pay(&abandoned).await;
    assert_eq!(late.order.state, OrderState::Fulfilled);
    nothing("a payment after the hold has ended", &[]);

    let barcode = free.tickets[0].barcode.clone().unwrap();
    hall.scan("scan-the-first", &barcode).await;
    hall.scan("scan-the-second", &barcode).await;
    // By its identifier an earlier scan of something else is found, and told; the event's list finds items, which are
    // then read by their keys.
    nothing("a scan", &["SCAN#", "EVENT#"]);

    let ticket = TicketScope::of_staff(&staff, &hall.event, late.tickets[0].ticket.number);
    engine.reissue_ticket(&ticket, Remember::nothing()).await.unwrap();
    let void = VoidTicket { reason: None, release: true };
    engine.void_ticket(&ticket, &void, Remember::nothing()).await.unwrap();
    // The answer shows what was bought for the ticket.
    nothing("a ticket that changes", &["EVENT#"]);
    let scope = OrderScope::of_staff(&staff, &hall.event, held.order.id);
    engine.cancel_order(&scope, Remember::nothing()).await.unwrap_err();
    nothing("an order that is given up", &[]);
}
