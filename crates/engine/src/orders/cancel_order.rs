//! Giving up an order: a hold ends at once; tickets for which no money was taken become void.

use domain::Refusal;
use domain::orders::{Order, OrderState};
use domain::values::{Faults, Pointer, Wrong};
use store::lookups;
use store::record::Stored;

use super::order_scope::OrderScope;
use super::view::OrderView;
use crate::Engine;
use crate::commit::ATTEMPTS;
use crate::once::Remember;
use crate::stop::{Fault, Stop};
use crate::tickets::VoidTicket;

impl Engine {
    /// Cancels an order. Cancelling it again changes nothing and answers the same.
    ///
    /// Refused as [`Refusal::Changed`] when money was taken for it and not given back: that must be refunded first.
    pub async fn cancel_order(&self, scope: &OrderScope, remember: Remember<'_, OrderView>) -> Result<OrderView, Stop> {
        for _ in 0..ATTEMPTS {
            let order = lookups::order(self.table(), scope.event(), scope.order()).await?.ok_or(Refusal::NotFound)?;
            if order.value.paid > order.value.refunded {
                return Err(refused("money was taken for it"));
            }
            let ended = match order.value.state {
                OrderState::Held => self.end_hold(&order, OrderState::Cancelled).await?.is_some(),
                OrderState::Paid => {
                    self.finish_issuing(scope.event(), scope.order()).await?;
                    false
                }
                OrderState::Fulfilled if scope.is_staff() => self.cancel_issued(scope, order).await?,
                OrderState::Fulfilled => return Err(refused("its tickets have been issued")),
                OrderState::Expired | OrderState::Cancelled => true,
            };
            if ended {
                let view = self.read_order(scope).await?;
                self.remember_late(&remember, &view).await?;
                return Ok(view);
            }
        }
        Err(Fault::Contended.into())
    }

    /// Makes all tickets of an order void, then the order cancelled. Each step is safe to repeat.
    async fn cancel_issued(&self, scope: &OrderScope, order: Stored<Order>) -> Result<bool, Stop> {
        for ticket in &order.value.tickets {
            let void = VoidTicket { reason: "order cancelled".parse().ok(), release: true };
            self.void_by(scope.event(), ticket.number, &void, scope.by()).await?;
        }
        let mut ended = order.value.clone();
        ended.state = OrderState::Cancelled;
        ended.ended_at = Some(self.now());
        let writes = vec![order.replace(&ended, self.now())?];
        Ok(matches!(self.commit(writes).await?, crate::commit::Committed::Done))
    }
}

fn refused(why: &'static str) -> Stop {
    Refusal::Changed(Faults::one(Pointer::root(), Wrong::State(why))).into()
}
