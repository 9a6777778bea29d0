//! Giving up an order: a hold ends at once; tickets for which no money was taken become void.

use domain::Refusal;
use domain::catalogue::EventRef;
use domain::orders::{Order, OrderState};
use domain::people::By;
use domain::values::{Faults, Obstacle, OrderId, Pointer, Wrong};
use domain::work::{Lane, Task};
use store::lookups;
use store::record::{Stored, create};

use super::order_scope::OrderScope;
use super::view::OrderView;
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
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
                return Err(refused(Obstacle::OrderPaid));
            }
            let ended = match order.value.state {
                OrderState::Held => self.end_hold(&order, OrderState::Cancelled).await?.is_some(),
                OrderState::Paid => {
                    self.finish_issuing(scope.event(), scope.order()).await?;
                    false
                }
                OrderState::Fulfilled if scope.is_staff() => self.cancel_issued(scope, &order).await?,
                OrderState::Fulfilled => return Err(refused(Obstacle::OrderIssued)),
                OrderState::Expired | OrderState::Cancelled => true,
            };
            if ended {
                self.void_tickets_of(scope.event(), scope.order(), scope.by()).await?;
                let view = self.read_order(scope).await?;
                self.remember_late(&remember, &view).await?;
                return Ok(view);
            }
        }
        Err(Fault::Contended.into())
    }

    /// Ends an order whose tickets were issued, with work that makes them void. From then on no money is taken for it.
    /// False if others were faster.
    async fn cancel_issued(&self, scope: &OrderScope, order: &Stored<Order>) -> Result<bool, Stop> {
        let at = self.now();
        let ended = Order { state: OrderState::Cancelled, ended_at: Some(at), ..order.value.clone() };
        let (event, order_id, by) = (scope.event().clone(), scope.order(), scope.by().clone());
        let organisation = Some(event.organisation.clone());
        let work = self.new_work(Lane::Deadlines, organisation, Task::VoidTickets { event, order: order_id, by });
        let writes = vec![order.replace(&ended, at)?, create(&work, at)?];
        Ok(matches!(self.commit(writes).await?, Committed::Done))
    }

    /// Makes the tickets of an order void that was cancelled. Doing it twice does nothing.
    pub(crate) async fn void_tickets_of(&self, event: &EventRef, id: OrderId, by: &By) -> Result<(), Stop> {
        let Some(order) = lookups::order(self.table(), event, id).await? else { return Ok(()) };
        if order.value.state != OrderState::Cancelled {
            return Ok(());
        }
        for ticket in order.value.tickets.iter().take(order.value.issued) {
            let void = VoidTicket { reason: "order cancelled".parse().ok(), release: true };
            self.void_by(event, ticket.number, &void, by).await?;
        }
        Ok(())
    }
}

fn refused(why: Obstacle) -> Stop {
    Refusal::Changed(Faults::one(Pointer::root(), Wrong::State(why))).into()
}
