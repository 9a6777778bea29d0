//! The last step in the shop: who buys, and how they will pay.

use domain::Refusal;
use domain::catalogue::Event;
use domain::orders::{Buyer, Order, OrderState, Seller, bank_transfer_until, check_method};
use domain::payments::{Method, Payment};
use domain::tickets::Ticket;
use domain::values::{Faults, Obstacle, Pointer, Wrong};
use domain::work::Letter;
use store::lookups;
use store::table::Write;

use super::issue_tickets::expiry;
use super::order_scope::OrderScope;
use super::place_order::BuyerDraft;
use super::view::OrderView;
use crate::Engine;
use crate::commit::{ATTEMPTS, Attempt, Committed};
use crate::once::Remember;
use crate::stop::{Fault, Stop};

/// Who buys a held order, and how they will pay.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkout {
    /// Who buys.
    pub buyer: BuyerDraft,
    /// How they will pay.
    pub method: Method,
}

impl Engine {
    /// Settles how a held order is paid. Where nothing is to be paid, or it is paid at the door, its tickets are issued
    /// at once; a bank transfer is given its days; a card leaves the hold as it is. Settling it again in the same way
    /// changes nothing and answers how it stands.
    pub async fn settle_order(
        &self,
        scope: &OrderScope,
        checkout: &Checkout,
        remember: Remember<'_, OrderView>,
    ) -> Result<OrderView, Stop> {
        let buyer = &checkout.buyer;
        let customer = self.identify_now(scope.organisation(), &buyer.email, Some(&buyer.full_name)).await?;
        let buyer = Buyer { customer, email: buyer.email.clone(), full_name: buyer.full_name.clone() };
        for _ in 0..ATTEMPTS {
            let settled = self.try_settle(scope, &buyer, checkout.method, &remember).await;
            match self.unless_done(remember.once(), settled).await? {
                Attempt::Done(view) => return Ok(view),
                Attempt::Again => {}
            }
        }
        Err(Fault::Contended.into())
    }

    async fn try_settle(
        &self,
        scope: &OrderScope,
        buyer: &Buyer,
        method: Method,
        remember: &Remember<'_, OrderView>,
    ) -> Result<Attempt<OrderView>, Stop> {
        let order = lookups::order(self.table(), scope.event(), scope.order()).await?.ok_or(Refusal::NotFound)?;
        let event = lookups::event(self.table(), scope.event()).await?.ok_or(Refusal::NotFound)?.value;
        let at = self.now();
        let method = if order.value.total.is_zero() { Method::Free } else { method };
        if order.value.state != OrderState::Held || order.value.is_due_to_expire(at) {
            let is_settled = matches!(order.value.state, OrderState::Paid | OrderState::Fulfilled);
            if is_settled && order.value.buyer.as_ref() == Some(buyer) && order.value.method == Some(method) {
                // By this very request, perhaps: then its answer is remembered by now.
                self.recall(remember.once()).await?;
                return self.view_stored(order).await.map(Attempt::Done);
            }
            let why = Wrong::State(Obstacle::HoldEnded);
            return Err(Refusal::Changed(Faults::one(Pointer::root(), why)).into());
        }
        check_method(&event, method, Seller::Public, at)?;
        if method == Method::Free && !order.value.total.is_zero() {
            let at = Pointer::to("payment").then("method");
            return Err(Refusal::invalid(at, Wrong::NotFree).into());
        }
        let mut next = Order { buyer: Some(buyer.clone()), method: Some(method), ..order.value.clone() };
        let payments = lookups::payments(self.table(), next.id).await?;
        let payments: Vec<Payment> = payments.into_iter().map(|row| row.value).collect();
        let (tickets, mut writes) = self.draft_settlement(&order.value, &mut next, (&event, &payments)).await?;
        writes.push(order.replace(&next, at)?);
        let view = self.view_order(next.when_issued(), order.revision + 1, tickets.clone(), payments).await?;
        writes.extend(remember.write(self, &view)?);
        match self.commit(writes).await? {
            Committed::Done => {
                self.wake_workers();
                if !tickets.is_empty() {
                    self.after_issuing(&next, &tickets).await;
                }
                Ok(Attempt::Done(view))
            }
            Committed::Refused(_) => {
                self.recall(remember.once()).await?;
                Ok(Attempt::Again)
            }
        }
    }

    /// The tickets that are issued, and what is written beside the order: its tickets, or its new end.
    async fn draft_settlement(
        &self,
        before: &Order,
        next: &mut Order,
        (event, payments): (&Event, &[Payment]),
    ) -> Result<(Vec<Ticket>, Vec<Write>), Stop> {
        let (mut tickets, mut writes) = (Vec::new(), Vec::new());
        if next.may_be_issued() {
            let by = next.placed_by.clone();
            tickets = self.issue_with(next, payments, &by, &mut writes).await?;
        } else if let (Some(Method::BankTransfer), Some(buyer)) = (next.method, &next.buyer) {
            let letter = Letter::Reserved { event: next.event.clone(), order: next.id };
            writes.push(self.letter_work(&next.event.organisation, buyer.email.clone(), letter)?);
            next.expires_at = bank_transfer_until(event, self.now());
        }
        if next.expires_at != before.expires_at {
            if let Some(work) = expiry(before) {
                writes.extend(self.done_with(&work).await?);
            }
            writes.extend(self.expiry_work(next)?);
        }
        Ok((tickets, writes))
    }
}
