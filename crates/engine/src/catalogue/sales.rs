//! What of an event has been sold or is held: asked before an edit that only an unsold thing may see.

use domain::catalogue::{EventRef, Thing};
use domain::orders::{Order, OrderState};
use store::lookups;
use store::record::Stored;

use crate::Engine;
use crate::stop::Stop;

/// Orders that are read at once.
const PAGE: usize = 500;

impl Engine {
    /// Has any of these been sold, or is any of them held now? What was sold once stays sold: a refund does not change
    /// that it was promised.
    pub(super) async fn is_any_sold(&self, event: &EventRef, things: &[Thing]) -> Result<bool, Stop> {
        for thing in things {
            if !lookups::purchases(self.table(), *thing, event, 1, None).await?.0.is_empty() {
                return Ok(true);
            }
        }
        let mut held = false;
        self.each_order(event, |order| {
            let open = matches!(order.value.state, OrderState::Held | OrderState::Paid);
            held |= open && things.iter().any(|thing| names(&order.value, *thing));
        })
        .await?;
        Ok(held)
    }

    /// How many units of a thing have been sold or are held, in all its price steps together. A refund gives none back.
    pub(super) async fn units_in_all(&self, event: &EventRef, thing: Thing) -> Result<u64, Stop> {
        let mut units = 0;
        self.each_order(event, |order| {
            let counts = match order.value.state {
                OrderState::Held | OrderState::Paid | OrderState::Fulfilled => true,
                OrderState::Expired | OrderState::Cancelled => order.value.issued > 0,
            };
            if counts {
                let lines = order.value.lines.iter().filter(|line| line.thing == thing);
                units += lines.map(|line| u64::from(line.quantity)).sum::<u64>();
            }
        })
        .await?;
        Ok(units)
    }

    /// Shows all orders of an event, the latest first.
    pub(super) async fn each_order(
        &self,
        event: &EventRef,
        mut see: impl FnMut(Stored<Order>) + Send,
    ) -> Result<(), Stop> {
        let (mut after, shards) = (None, self.list_shards(event).await?);
        loop {
            let (orders, next) = lookups::orders_of(self.table(), (event, shards), PAGE, after).await?;
            orders.into_iter().for_each(&mut see);
            match next {
                Some(_) => after = next,
                None => return Ok(()),
            }
        }
    }
}

/// Is this bought in the order, or does something bought in it include it?
fn names(order: &Order, thing: Thing) -> bool {
    let included = |item| order.tickets.iter().flat_map(|ticket| &ticket.entitlements).any(|given| given.item == item);
    order.lines.iter().any(|line| line.thing == thing) || matches!(thing, Thing::Item(item) if included(item))
}
