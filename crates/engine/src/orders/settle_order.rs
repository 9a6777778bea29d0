//! The last step in the shop: who buys, and how they will pay.

use domain::Refusal;
use domain::orders::{Buyer, OrderState, Seller, bank_transfer_until, check_method};
use domain::payments::Method;
use domain::values::{Faults, Pointer, Wrong};
use domain::work::Letter;
use store::lookups;

use super::issue_tickets::expiry;
use super::order_scope::OrderScope;
use super::place_order::BuyerDraft;
use super::view::OrderView;
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
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
    /// at once; a bank transfer is given its days; a card leaves the hold as it is.
    pub async fn settle_order(
        &self,
        scope: &OrderScope,
        checkout: &Checkout,
        remember: Remember<'_, OrderView>,
    ) -> Result<OrderView, Stop> {
        let organisation = &scope.organisation().slug;
        let buyer = &checkout.buyer;
        let customer = self.identify_now(organisation, &buyer.email, Some(&buyer.full_name)).await?;
        for _ in 0..ATTEMPTS {
            let order = lookups::order(self.table(), scope.event(), scope.order()).await?.ok_or(Refusal::NotFound)?;
            let event = lookups::event(self.table(), scope.event()).await?.ok_or(Refusal::NotFound)?.value;
            let at = self.now();
            if order.value.state != OrderState::Held || order.value.is_due_to_expire(at) {
                let why = Wrong::State("the hold has ended");
                return Err(Refusal::Changed(Faults::one(Pointer::root(), why)).into());
            }
            let method = if order.value.total.is_zero() { Method::Free } else { checkout.method };
            check_method(&event, method, Seller::Public, at)?;
            if method == Method::Free && !order.value.total.is_zero() {
                let at = Pointer::to("payment").then("method");
                return Err(Refusal::invalid(at, Wrong::NotFree(order.value.total)).into());
            }
            let mut next = order.value.clone();
            next.buyer = Some(Buyer { customer, email: buyer.email.clone(), full_name: buyer.full_name.clone() });
            next.method = Some(method);
            let mut writes = Vec::new();
            if let Some(work) = expiry(&order.value) {
                writes.extend(self.done_with(&work).await?);
            }
            if next.may_be_issued() {
                next.state = OrderState::Paid;
                next.expires_at = None;
                writes.push(self.issuing_work(&next)?);
            } else {
                if method == Method::BankTransfer {
                    next.expires_at = bank_transfer_until(&event, at);
                    let letter = Letter::Reserved { event: next.event.clone(), order: next.id };
                    writes.push(self.letter_work(organisation, buyer.email.clone(), letter)?);
                }
                if next.expires_at == order.value.expires_at {
                    writes.clear();
                } else {
                    writes.extend(self.expiry_work(&next)?);
                }
            }
            writes.push(order.replace(&next, at)?);
            if matches!(self.commit(writes).await?, Committed::Done) {
                self.wake_workers();
                let view = match next.state {
                    OrderState::Paid => self.finish_issuing(scope.event(), scope.order()).await?,
                    _ => self.read_order(scope).await?,
                };
                self.remember_late(&remember, &view).await?;
                return Ok(view);
            }
        }
        Err(Fault::Contended.into())
    }
}
