//! Those who work there: they sell, record money, and put right what went wrong with tickets.

use std::sync::Arc;

use domain::orders::TicketRequest;
use domain::payments::Method;
use domain::values::{Amount, Money, OrderId, TicketNumber};
use engine::Engine;
use engine::once::{Answer, Once, Remember};
use engine::orders::{HolderDraft, OrderChanges, OrderScope, OrderView, PaymentDraft};
use engine::tickets::{TicketDetail, TicketScope, VoidTicket};

use crate::hall::organisation;
use crate::records::{Deed, Done, OrderAnswer, Paid, ticket_answer};
use crate::world::{Actor, Asked, Patience};

/// Works at the box office for a while.
pub async fn staff(mut actor: Actor, times: usize) {
    for _ in 0..times {
        actor.think().await;
        let orders = actor.world.records.borrow().orders();
        let order = actor.pick(&orders);
        let ticket = order.as_ref().and_then(|order| actor.pick(&order.tickets));
        match (actor.below(100), order, ticket) {
            (0..25, ..) | (_, None, _) | (_, _, None) => actor.sell().await,
            (25..30, Some(order), _) => actor.pay_and_cancel(order.order).await,
            (30..55, Some(order), _) => actor.pay(order.order).await,
            (55..63, Some(order), _) => actor.cancel(order.order).await,
            (63..68, Some(order), _) => actor.change_holders(order.order).await,
            (68..80, _, Some(ticket)) => actor.do_to(ticket, Deed::Void).await,
            (80..92, _, Some(ticket)) => actor.do_to(ticket, Deed::Reissue).await,
            (_, _, Some(ticket)) => actor.do_to(ticket, Deed::Resend).await,
        }
    }
}

/// Sells to a whole class of a school at once: more than one transaction holds.
pub async fn school(mut actor: Actor) {
    actor.think().await;
    let ticket = TicketRequest { items: vec![actor.world.hall.talk], ..TicketRequest::default() };
    let count = 25 + actor.below(4);
    let method = [Method::Complimentary, Method::Cash, Method::AtDoor, Method::BankTransfer][actor.below(4)];
    let caller = actor.world.hall.box_office.clone();
    let placed = actor.place(&caller, vec![ticket; count], Some(method)).await;
    if let Some(placed) = OrderAnswer::of(&placed) {
        actor.think().await;
        actor.pay(placed.order).await;
    }
}

impl Actor {
    async fn sell(&mut self) {
        let tickets = self.some_tickets();
        let method = [Method::Cash, Method::CardAtDoor, Method::Complimentary][self.below(3)];
        let caller = self.world.hall.box_office.clone();
        self.place(&caller, tickets, Some(method)).await;
    }

    /// Records what is due, or half of it.
    async fn pay(&mut self, order: OrderId) {
        let scope = self.order(order);
        let view = self.world.observer().read_order(&scope).await.unwrap();
        let due = (view.order.total - view.order.paid).units();
        let due = if self.now_and_then(25) { due / 2 } else { due };
        let reference = self.fresh_name("paid");
        let draft = PaymentDraft {
            method: [Method::Cash, Method::BankTransfer][self.below(2)],
            amount: Money::new(Amount::minor(due.max(1)), view.order.currency),
            reference: Some(reference.parse().unwrap()),
        };
        let key = Once::new(&self.name, &format!("POST {order}/payments"), &reference, b"");
        let once = Some(key.clone());
        let ask = move |engine: Arc<Engine>| -> Asked {
            let (scope, draft, once) = (scope.clone(), draft.clone(), once.clone());
            Box::pin(async move {
                engine.recall(once.as_ref()).await?;
                let answer = |view: &OrderView| Answer { status: 200, body: OrderAnswer::write(view) };
                let view = engine.pay_order(&scope, &draft, Remember::new(once, &answer)).await?;
                Ok(OrderAnswer::write(&view))
            })
        };
        let outcome = self.ask_twice(Patience::Keyed(&key), &ask).await;
        self.world.records.borrow_mut().paid.push(Paid { order, reference, outcome });
    }

    /// Two at the till at the same moment.
    async fn pay_and_cancel(&mut self, order: OrderId) {
        let mut other = self.second_hand();
        tokio::join!(self.pay(order), other.cancel(order));
    }

    async fn cancel(&mut self, order: OrderId) {
        let scope = self.order(order);
        let key = Once::new("staff", &format!("POST {order}/cancel"), &self.fresh_name("cancel"), b"");
        let once = Some(key.clone());
        let ask = move |engine: Arc<Engine>| -> Asked {
            let (scope, once) = (scope.clone(), once.clone());
            Box::pin(async move {
                engine.recall(once.as_ref()).await?;
                let answer = |view: &OrderView| Answer { status: 200, body: OrderAnswer::write(view) };
                let view = engine.cancel_order(&scope, Remember::new(once, &answer)).await?;
                Ok(OrderAnswer::write(&view))
            })
        };
        let outcome = self.ask_twice(Patience::Keyed(&key), &ask).await;
        self.world.records.borrow_mut().cancelled.push((order, outcome));
    }

    /// Gives an order's tickets other holders: their rows move.
    async fn change_holders(&mut self, order: OrderId) {
        let scope = self.order(order);
        let view = self.world.observer().read_order(&scope).await.unwrap();
        let mut holders = Vec::new();
        for ticket in view.order.tickets.iter().take(8) {
            let email = format!("friend{}@dancers.example", self.below(4));
            holders.push(HolderDraft {
                full_name: ticket.full_name.clone(),
                email: self.now_and_then(60).then(|| email.parse().unwrap()),
                partner: ticket.partner.clone(),
                answers: ticket.answers.clone(),
            });
        }
        let changes = OrderChanges { holders, ..OrderChanges::default() };
        let ask = move |engine: Arc<Engine>| -> Asked {
            let (scope, changes) = (scope.clone(), changes.clone());
            Box::pin(async move { engine.update_order(&scope, &changes).await.map(|_| String::new()) })
        };
        self.ask(Patience::None, &ask).await;
    }

    async fn do_to(&mut self, number: TicketNumber, deed: Deed) {
        let hall = &self.world.hall;
        let scope = TicketScope::of_staff(&hall.scope, hall.slug(), number);
        let void = VoidTicket { reason: None, release: self.now_and_then(70) };
        let path = format!("POST {}/{number}/{deed:?}", organisation());
        let key = Once::new("staff", &path, &self.fresh_name("deed"), b"");
        let once = Some(key.clone());
        let ask = move |engine: Arc<Engine>| -> Asked {
            let (scope, void, once) = (scope.clone(), void.clone(), once.clone());
            Box::pin(async move {
                engine.recall(once.as_ref()).await?;
                let answer = |detail: &TicketDetail| Answer { status: 200, body: ticket_answer(detail) };
                let remember = Remember::new(once, &answer);
                let detail = match deed {
                    Deed::Void => engine.void_ticket(&scope, &void, remember).await?,
                    Deed::Reissue => engine.reissue_ticket(&scope, remember).await?,
                    Deed::Resend => engine.resend_ticket(&scope, remember).await?,
                };
                Ok(ticket_answer(&detail))
            })
        };
        let outcome = self.ask_twice(Patience::Keyed(&key), &ask).await;
        self.world.records.borrow_mut().done.push(Done { ticket: number, deed, outcome });
    }

    fn order(&self, order: OrderId) -> OrderScope {
        OrderScope::of_staff(&self.world.hall.scope, self.world.hall.slug(), order)
    }
}
