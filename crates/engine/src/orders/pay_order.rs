//! Recording that money arrived for an order, as staff say.

use domain::Refusal;
use domain::orders::{Order, OrderState};
use domain::payments::{Method, Payment};
use domain::tickets::{Happening, Sale, SaleKind, Ticket};
use domain::values::{Amount, Faults, Money, Pointer, Text, Wrong};
use store::record::{Stored, create};
use store::records::OfEvent;
use store::table::Write;
use store::{keys, lookups};

use super::issue_tickets::{MOST_WRITES, expiry};
use super::order_scope::OrderScope;
use super::release::take;
use super::view::OrderView;
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::once::Remember;
use crate::stop::{self, Stop};

/// Money that arrived.
#[derive(Debug, Clone, PartialEq)]
pub struct PaymentDraft {
    /// How.
    pub method: Method,
    /// How much; more than nothing, at most what is due.
    pub amount: Money,
    /// A receipt's or transfer's number.
    pub reference: Option<Text<200>>,
}

impl Engine {
    /// Records a payment. When nothing is due any more a held order's tickets are issued; tickets that were issued
    /// unpaid become paid, from the first on.
    ///
    /// An order whose hold has ended takes its places again, at its old price, and is refused as sold out if it cannot.
    /// More than is due is refused. The caller must be staff.
    pub async fn pay_order(
        &self,
        scope: &OrderScope,
        draft: &PaymentDraft,
        remember: Remember<'_, OrderView>,
    ) -> Result<OrderView, Stop> {
        if !scope.is_staff() {
            return Err(Refusal::Forbidden.into());
        }
        for _ in 0..ATTEMPTS {
            let order = lookups::order(self.table(), scope.event(), scope.order()).await?.ok_or(Refusal::NotFound)?;
            if let Some(view) = self.try_pay(scope, order, draft, &remember).await? {
                return Ok(view);
            }
        }
        Err(stop::Fault::Contended.into())
    }

    async fn try_pay(
        &self,
        scope: &OrderScope,
        order: Stored<Order>,
        draft: &PaymentDraft,
        remember: &Remember<'_, OrderView>,
    ) -> Result<Option<OrderView>, Stop> {
        let at = self.now();
        // A repeated request comes to the same payment, which can be made once.
        let id = remember.once().map_or_else(|| self.fresh(), |once| once.ksuid(order.value.id.0).into());
        if self.table().get(&keys::payment(order.value.id, id)).await?.is_some() {
            return self.read_order(scope).await.map(Some);
        }
        check_payment(scope, &order.value, draft)?;
        let payment = Payment {
            id,
            order: order.value.id,
            method: draft.method,
            amount: draft.amount.amount,
            currency: draft.amount.currency,
            reference: draft.reference.clone(),
            at,
            by: scope.by().clone(),
        };
        let mut paid = order.value.clone();
        paid.paid = paid.paid + payment.amount;
        paid.expires_at = None;
        let mut writes = vec![create(&payment, at)?];
        if let Some(work) = expiry(&order.value) {
            writes.extend(self.done_with(&work).await?);
        }
        match order.value.state {
            OrderState::Held | OrderState::Expired => writes.extend(self.pay_held(&mut paid, &payment)?),
            OrderState::Fulfilled => {
                let mut spread = self.spread(&order.value, &paid, &payment).await?;
                if writes.len() + spread.len() + 2 > MOST_WRITES {
                    return Err(stop::Fault::Impossible("more unpaid tickets than one payment can reach").into());
                }
                writes.append(&mut spread);
            }
            OrderState::Paid => {
                self.finish_issuing(scope.event(), scope.order()).await?;
                return Ok(None);
            }
            OrderState::Cancelled => {
                let why = Wrong::State("the order was cancelled");
                return Err(Refusal::Changed(Faults::one(Pointer::root(), why)).into());
            }
        }
        writes.push(order.replace(&paid, at)?);
        match self.commit(writes.clone()).await? {
            Committed::Done => {
                self.wake_workers();
                let view = match paid.state {
                    OrderState::Paid => self.finish_issuing(scope.event(), scope.order()).await?,
                    _ => self.read_order(scope).await?,
                };
                self.refresh_roster(scope.event());
                self.remember_late(remember, &view).await?;
                Ok(Some(view))
            }
            Committed::Refused(refused) => {
                let sold_out = refused.iter().any(|refused| refused.why == store::table::Why::BelowBound);
                if sold_out {
                    return Err(Refusal::SoldOut(Faults::one(Pointer::root(), Wrong::SoldOut(None))).into());
                }
                Ok(None)
            }
        }
    }

    /// An order that has no tickets yet: an expired one takes its places again, and one that owes nothing more is next
    /// to be issued.
    fn pay_held(&self, paid: &mut Order, payment: &Payment) -> Result<Vec<Write>, Stop> {
        let mut writes = Vec::new();
        if paid.state == OrderState::Expired {
            paid.takes = super::release::units_of(paid.tickets.iter().flat_map(|ticket| &ticket.places));
            paid.ended_at = None;
            writes.extend(take(&paid.takes));
        }
        paid.state = OrderState::Held;
        if paid.paid >= paid.total {
            paid.method = Some(payment.method);
        }
        if paid.may_be_issued() {
            paid.state = OrderState::Paid;
            writes.push(self.issuing_work(paid)?);
        }
        Ok(writes)
    }

    /// The writes that bring a payment to the tickets that it pays.
    async fn spread(&self, before: &Order, after: &Order, payment: &Payment) -> Result<Vec<Write>, Stop> {
        let mut writes = Vec::new();
        let (old, new) = (before.paid_by_ticket(), after.paid_by_ticket());
        for ((ticket, old), new) in before.tickets.iter().zip(old).zip(new) {
            if old == new {
                continue;
            }
            let Some(found) = lookups::ticket(self.table(), &before.event, ticket.number).await? else { continue };
            let amount = new - old;
            let next = Ticket { paid: found.value.paid + amount, change: self.fresh(), ..found.value.clone() };
            let sale = Sale {
                id: self.fresh(),
                ticket: ticket.number,
                amount,
                method: payment.method,
                payment: payment.id,
                kind: SaleKind::Purchase,
                at: payment.at,
            };
            writes.push(found.replace(&next, payment.at)?);
            writes.push(create(&OfEvent { event: before.event.clone(), value: sale }, payment.at)?);
            writes.push(self.entry(&next, Happening::Paid { amount, method: payment.method }, &payment.by)?);
        }
        Ok(writes)
    }
}

/// May this much be paid this way?
fn check_payment(scope: &OrderScope, order: &Order, draft: &PaymentDraft) -> Result<(), Stop> {
    if !matches!(draft.method, Method::Cash | Method::CardAtDoor | Method::BankTransfer) {
        let at = Pointer::to("method");
        return Err(Refusal::MethodNotAllowed(Faults::one(at, Wrong::MethodNotAllowed)).into());
    }
    let amount = Pointer::to("amount");
    let currency = scope.organisation().currency;
    let mut faults = Faults::none();
    if draft.amount.currency != currency {
        faults.add(amount.then("currency"), Wrong::OtherCurrency(currency));
    }
    let due = match order.state {
        OrderState::Expired => order.total - order.paid,
        _ => order.due(),
    };
    if draft.amount.amount <= Amount::ZERO {
        faults.add(amount.then("amount"), Wrong::OutOfRange(1, due.units()));
    } else if draft.amount.amount > due {
        faults.add(amount.then("amount"), Wrong::MoreThanDue(due));
    }
    faults.or(()).map_err(|faults| Stop::Refused(Refusal::Invalid(faults)))
}
