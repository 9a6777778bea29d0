//! Recording that money arrived for an order, as staff say.

use domain::Refusal;
use domain::catalogue::EventRef;
use domain::orders::{Order, OrderState, Place, Take};
use domain::payments::{Method, Payment};
use domain::tickets::{Happening, Sale, SaleKind, Ticket};
use domain::values::{Amount, Faults, Money, Obstacle, Pointer, Text, Wrong};
use store::lookups;
use store::record::{Record as _, Stored, create};
use store::records::OfEvent;
use store::table::{Why, Write};

use super::issue_tickets::expiry;
use super::order_scope::OrderScope;
use super::release::{take, takes_of};
use super::view::OrderView;
use crate::Engine;
use crate::commit::{ATTEMPTS, Attempt, Committed, refused_at};
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

/// What a payment makes of an order.
struct PaidDraft {
    order: Order,
    /// Its tickets, if they are issued or will be right after.
    tickets: Vec<Ticket>,
    writes: Vec<Write>,
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
            let paid = self.try_pay(scope, draft, &remember).await;
            match self.unless_done(remember.once(), paid).await? {
                Attempt::Done(view) => return Ok(view),
                Attempt::Again => {}
            }
        }
        Err(stop::Fault::Contended.into())
    }

    async fn try_pay(
        &self,
        scope: &OrderScope,
        draft: &PaymentDraft,
        remember: &Remember<'_, OrderView>,
    ) -> Result<Attempt<OrderView>, Stop> {
        let order = lookups::order(self.table(), scope.event(), scope.order()).await?.ok_or(Refusal::NotFound)?;
        check_payment(scope, &order.value, draft)?;
        if order.value.state == OrderState::Paid {
            self.finish_issuing(scope.event(), scope.order()).await?;
            return Ok(Attempt::Again);
        }
        let payment = Payment {
            id: self.fresh(),
            order: order.value.id,
            method: draft.method,
            amount: draft.amount.amount,
            currency: draft.amount.currency,
            reference: draft.reference.clone(),
            at: self.now(),
            by: scope.by().clone(),
        };
        let earlier = lookups::payments(self.table(), order.value.id).await?;
        let payments: Vec<Payment> = earlier.into_iter().map(|row| row.value).chain([payment.clone()]).collect();
        let PaidDraft { order: paid, tickets, mut writes } = self.draft_payment(&order, &payment, &payments).await?;
        let view = self.view_order(paid.when_issued(), order.revision + 1, tickets.clone(), payments).await?;
        writes.extend(remember.write(self, &view)?);
        match self.commit(writes.clone()).await? {
            Committed::Done => {
                self.wake_workers();
                if !tickets.is_empty() {
                    self.after_issuing(&paid, &tickets).await;
                }
                Ok(Attempt::Done(view))
            }
            Committed::Refused(refused) => {
                self.recall(remember.once()).await?;
                let is_sold_out = refused.iter().any(|refused| refused.why == Why::BelowBound);
                // Who was slower than another payment of the same order looks again first.
                let is_first = !refused_at(&writes, &refused, &order.value.key());
                if is_sold_out && is_first && !self.has_several_shards(scope.event()).await? {
                    return Err(Refusal::SoldOut(Faults::one(Pointer::root(), Wrong::SoldOut(None))).into());
                }
                Ok(Attempt::Again)
            }
        }
    }

    /// What a payment, the last of these, makes of an order and its tickets, and all the writes of that.
    async fn draft_payment(
        &self,
        order: &Stored<Order>,
        payment: &Payment,
        payments: &[Payment],
    ) -> Result<PaidDraft, Stop> {
        let before = &order.value;
        let mut paid = before.clone();
        paid.paid = paid.paid + payment.amount;
        paid.expires_at = None;
        let mut writes = vec![create(payment, payment.at)?];
        if let Some(work) = expiry(before) {
            writes.extend(self.done_with(&work).await?);
        }
        let tickets = match before.state {
            OrderState::Held | OrderState::Expired => {
                self.pay_held(&mut paid, (payment, payments), &mut writes).await?
            }
            OrderState::Fulfilled => self.spread(before, &paid, payment, &mut writes).await?,
            OrderState::Paid => return Err(stop::Fault::Impossible("a payment while tickets are issued").into()),
            OrderState::Cancelled => {
                let why = Wrong::State(Obstacle::OrderCancelled);
                return Err(Refusal::Changed(Faults::one(Pointer::root(), why)).into());
            }
        };
        writes.push(order.replace(&paid, payment.at)?);
        Ok(PaidDraft { order: paid, tickets, writes })
    }

    /// An order that has no tickets yet: an expired one takes its places again, and one that owes nothing more is
    /// issued.
    async fn pay_held(
        &self,
        paid: &mut Order,
        (payment, payments): (&Payment, &[Payment]),
        writes: &mut Vec<Write>,
    ) -> Result<Vec<Ticket>, Stop> {
        if paid.state == OrderState::Expired {
            self.put_places_on_record(paid).await?;
            paid.takes = self.takes_again(paid).await?;
            paid.ended_at = None;
            writes.extend(take(&paid.takes));
        }
        paid.state = OrderState::Held;
        if paid.paid >= paid.total {
            paid.method = Some(payment.method);
        }
        if !paid.may_be_issued() {
            return Ok(Vec::new());
        }
        let by = paid.placed_by.clone();
        self.issue_with(paid, payments, &by, writes).await
    }

    /// Where an order whose hold has ended takes its places again; refused as sold out where several shards together
    /// have too few. Of one shard only taking tells.
    async fn takes_again(&self, order: &Order) -> Result<Vec<Take>, Stop> {
        let units = super::release::units_of(order.tickets.iter().flat_map(|ticket| &ticket.places));
        let event = lookups::event(self.table(), &order.event).await?.ok_or(Refusal::NotFound)?.value;
        if event.shards.stock <= 1 {
            return Ok(units);
        }
        let places: Vec<Place> = units.iter().map(|take| take.place.clone()).collect();
        for _ in 0..ATTEMPTS {
            let by_shard = self.look_again(&event, &places).await?;
            let units = units.iter().map(|take| (&take.place, take.units));
            let takes = takes_of(units, &by_shard, usize::from(self.fresh_byte()));
            let sold_out = |_| Refusal::SoldOut(Faults::one(Pointer::root(), Wrong::SoldOut(None)));
            if let Some(takes) = self.unless_scattered(&event, takes.map_err(sold_out)?).await? {
                return Ok(takes);
            }
        }
        Err(stop::Fault::Contended.into())
    }

    async fn has_several_shards(&self, event: &EventRef) -> Result<bool, Stop> {
        Ok(lookups::event(self.table(), event).await?.is_some_and(|event| event.value.shards.stock > 1))
    }

    /// Brings a payment to the tickets that it pays, and answers with all tickets of the order as they are then.
    async fn spread(
        &self,
        before: &Order,
        after: &Order,
        payment: &Payment,
        writes: &mut Vec<Write>,
    ) -> Result<Vec<Ticket>, Stop> {
        let mut tickets = Vec::with_capacity(before.tickets.len());
        let (old, new) = (before.paid_by_ticket(), after.paid_by_ticket());
        for ((ticket, old), new) in before.tickets.iter().zip(old).zip(new) {
            let Some(found) = lookups::ticket(self.table(), &before.event, ticket.number).await? else { continue };
            let amount = new - old;
            if amount.is_zero() {
                tickets.push(found.value);
                continue;
            }
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
            tickets.push(next);
        }
        Ok(tickets)
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
        faults.add(amount.then("amount"), Wrong::MoreThanDue(Money::new(due, currency)));
    }
    faults.or(()).map_err(|faults| Stop::Refused(Refusal::Invalid(faults)))
}
