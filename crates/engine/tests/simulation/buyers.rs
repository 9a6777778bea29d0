//! Those who buy in the shop: they hold places, say how they will pay, or walk away.

use std::sync::Arc;

use domain::catalogue::Role;
use domain::orders::{OrderRequest, PaymentRequest, TicketRequest};
use domain::payments::Method;
use domain::values::OrderId;
use engine::Engine;
use engine::once::{Answer, Once, Remember};
use engine::orders::{BuyerDraft, Checkout, OrderScope, OrderView, PlaceOrder};
use engine::scope::Caller;

use crate::hall::organisation;
use crate::records::{OrderAnswer, Outcome, Placed, Settled};
use crate::world::{Actor, Asked, Patience};

/// Buys some times, and is gone.
pub async fn buyer(mut actor: Actor, times: usize) {
    for _ in 0..times {
        actor.think().await;
        let tickets = actor.some_tickets();
        let method = match actor.below(10) {
            0..3 => Some(Method::Card),
            3..5 => Some(Method::BankTransfer),
            5..8 => Some(Method::AtDoor),
            _ => None,
        };
        let caller = Caller::Public;
        let Some(placed) = OrderAnswer::of(&actor.place(&caller, tickets, method).await) else { continue };
        if method.is_none() {
            actor.think().await;
            actor.settle(placed.order).await;
        }
    }
}

impl Actor {
    /// One to six tickets of everything that there is.
    pub fn some_tickets(&mut self) -> Vec<TicketRequest> {
        let count = 1 + [0, 0, 0, 1, 1, 2, 3, 5][self.below(8)];
        (0..count).map(|_| self.some_ticket()).collect()
    }

    fn some_ticket(&mut self) -> TicketRequest {
        let world = self.world.clone();
        let hall = &world.hall;
        let role = [Role::Leader, Role::Follower, Role::Switch][self.below(3)];
        let (passes, items) = match self.below(10) {
            0..2 => (vec![hall.full], Vec::new()),
            2 => (vec![hall.full, hall.night], vec![hall.shirt, hall.shirt]),
            3 => (vec![hall.night], Vec::new()),
            4 => (vec![hall.night], vec![hall.class]),
            5 => (Vec::new(), vec![hall.class, hall.party]),
            6 => (Vec::new(), vec![hall.party, hall.shirt]),
            // Few want it, so that it may still go.
            7 if self.now_and_then(30) => (Vec::new(), vec![hall.taster]),
            8 => (vec![hall.early], Vec::new()),
            _ => (Vec::new(), vec![hall.talk]),
        };
        let email = self.now_and_then(25).then(|| format!("friend{}@dancers.example", self.below(4)));
        TicketRequest {
            role: Some(role),
            email: email.map(|email| email.parse().unwrap()),
            passes,
            items,
            ..TicketRequest::default()
        }
    }

    /// Places an order, with a key or without.
    pub async fn place(&mut self, caller: &Caller, mut tickets: Vec<TicketRequest>, method: Option<Method>) -> Outcome {
        let tag = self.fresh_name("order");
        let count = tickets.len();
        if let Some(first) = tickets.first_mut() {
            first.partner = Some(tag.parse().unwrap());
        }
        let wanted = PlaceOrder {
            event: self.world.hall.slug().clone(),
            buyer: method.map(|_| self.draft()),
            request: OrderRequest {
                tickets,
                payment: method.map(|method| PaymentRequest { method, reference: None }),
                expected_total: None,
            },
        };
        let once = (!self.now_and_then(15)).then(|| Once::new(&self.name, "POST /orders", &tag, tag.as_bytes()));
        let (caller, key) = (caller.clone(), once.clone());
        let ask = move |engine: Arc<Engine>| -> Asked {
            let (caller, wanted, once) = (caller.clone(), wanted.clone(), once.clone());
            Box::pin(async move {
                engine.recall(once.as_ref()).await?;
                let scope = engine.shop_scope(&caller, &organisation()).await?;
                let answer = |view: &OrderView| Answer { status: 201, body: OrderAnswer::write(view) };
                let view = engine.place_order(&scope, &wanted, Remember::new(once, &answer)).await?;
                Ok(OrderAnswer::write(&view))
            })
        };
        let outcome = match &key {
            Some(key) => self.ask_twice(Patience::Keyed(key), &ask).await,
            None => self.ask(Patience::None, &ask).await,
        };
        let placed = Placed { tag, tickets: count, outcome: outcome.clone() };
        self.world.records.borrow_mut().placed.push(placed);
        outcome
    }

    /// Somebody with one of a few addresses, so that some of them are known already.
    fn draft(&mut self) -> BuyerDraft {
        BuyerDraft {
            email: format!("buyer{}@dancers.example", self.below(6)).parse().unwrap(),
            full_name: self.fresh_name("buyer").parse().unwrap(),
        }
    }

    /// Says who buys what was picked, and how it will be paid.
    async fn settle(&mut self, order: OrderId) {
        let hall = &self.world.hall;
        let staff = OrderScope::of_staff(&hall.scope, hall.slug(), order);
        let word = self.world.observer().read_order(&staff).await.unwrap().key;
        let event = hall.slug().clone();
        let method = [Method::AtDoor, Method::BankTransfer, Method::Card][self.below(3)];
        let checkout = Checkout { buyer: self.draft(), method };
        let name = checkout.buyer.full_name.to_string();
        let key = Once::new("buyer", &format!("POST {order}"), &name, b"");
        let once = Some(key.clone());
        let ask = move |engine: Arc<Engine>| -> Asked {
            let (checkout, once, event, word) = (checkout.clone(), once.clone(), event.clone(), word.clone());
            Box::pin(async move {
                engine.recall(once.as_ref()).await?;
                let place = (&organisation(), &event, order);
                let scope = engine.order_scope(&Caller::Public, place, Some(&word)).await?;
                let answer = |view: &OrderView| Answer { status: 200, body: OrderAnswer::write(view) };
                let view = engine.settle_order(&scope, &checkout, Remember::new(once, &answer)).await?;
                Ok(OrderAnswer::write(&view))
            })
        };
        let outcome = self.ask_twice(Patience::Keyed(&key), &ask).await;
        self.world.records.borrow_mut().settled.push(Settled { order, name, outcome });
    }
}
