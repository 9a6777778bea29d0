//! Ending a hold that nobody paid in time: its places are free again.

use domain::catalogue::EventRef;
use domain::orders::{Order, OrderState};
use domain::values::OrderId;
use store::lookups;
use store::record::Stored;
use store::table::Write;

use super::issue_tickets::expiry;
use super::release::{forget_lifted, give_back, together};
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::stop::{Fault, Stop};

impl Engine {
    /// Ends the hold of an order, if its time has come and nobody has paid. Doing it twice does nothing.
    ///
    /// What an expired hold took is given back entirely, counted price steps included.
    pub(crate) async fn expire_order(&self, event: &EventRef, id: OrderId) -> Result<(), Stop> {
        for _ in 0..ATTEMPTS {
            let Some(order) = lookups::order(self.table(), event, id).await? else { return Ok(()) };
            if !order.value.is_due_to_expire(self.now()) {
                return Ok(());
            }
            if self.end_hold(&order, OrderState::Expired).await?.is_some() {
                return Ok(());
            }
        }
        Err(Fault::Contended.into())
    }

    /// Moves a held order to `state`, gives back what it took and removes the work that watched over it.
    /// None if others were faster.
    pub(crate) async fn end_hold(&self, order: &Stored<Order>, state: OrderState) -> Result<Option<Order>, Stop> {
        let at = self.now();
        let mut takes = together(&order.value.takes);
        let mut ended = order.value.clone();
        ended.state = state;
        ended.ended_at = Some(at);
        ended.expires_at = None;
        ended.takes = Vec::new();
        loop {
            let mut writes: Vec<Write> = vec![order.replace(&ended, at)?];
            if let Some(work) = expiry(&order.value) {
                writes.extend(self.done_with(&work).await?);
            }
            writes.extend(give_back(&takes));
            match self.commit(writes.clone()).await? {
                Committed::Done => return Ok(Some(ended)),
                Committed::Refused(refused) if forget_lifted(&mut takes, &writes, &refused) => {}
                Committed::Refused(_) => return Ok(None),
            }
        }
    }
}
