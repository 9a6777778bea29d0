//! Spreading what everybody writes at once over more partitions of the store, before or during a sale that begins with
//! a rush. Shards are made and never taken away.

use domain::Refusal;
use domain::catalogue::{Event, EventRef, Shards};
use domain::organisations::Organisation;
use domain::values::{Faults, Pointer, Wrong};
use store::lookups;
use store::record::Stored;

use super::edit::replaced;
use super::sellable::places_with_stock;
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::PlatformScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Raises the number of shards of an event's stock and lists, and of its organisation's list of customers to as many
    /// as the latter, and spreads what is left over them. What is asked for already changes nothing; fewer than there are,
    /// or more than [`Shards::MOST`], is refused.
    pub async fn set_shards(&self, _: &PlatformScope, event: &EventRef, to: Shards) -> Result<Stored<Event>, Stop> {
        for _ in 0..ATTEMPTS {
            let found = self.stored_event(event).await?;
            check(found.value.shards, to)?;
            let raised = Event { shards: to, ..found.value.clone() };
            let organisation = self.stored_organisation(&event.organisation).await?;
            let mut writes = Vec::new();
            if organisation.value.customer_shards < to.lists {
                let raised = Organisation { customer_shards: to.lists, ..organisation.value.clone() };
                writes.push(organisation.replace(&raised, self.now())?);
            }
            if raised == found.value && writes.is_empty() {
                self.spread_stock(&found.value).await?;
                return Ok(found);
            }
            writes.push(found.replace(&raised, self.now())?);
            if matches!(self.commit(writes).await?, Committed::Done) {
                self.spread_stock(&raised).await?;
                return Ok(replaced(&found, raised));
            }
        }
        Err(Fault::Contended.into())
    }

    /// Spreads what is left of an event's places over their shards.
    async fn spread_stock(&self, event: &Event) -> Result<(), Stop> {
        let (items, passes) = lookups::things_of(self.table(), &event.event).await?;
        let of_items = items.iter().flat_map(|item| places_with_stock(&item.value));
        let of_passes = passes.iter().flat_map(|pass| places_with_stock(&pass.value));
        let places: Vec<_> =
            event.stock().into_iter().chain(of_items).chain(of_passes).map(|(place, _)| place).collect();
        self.spread_places(event, &places).await
    }
}

fn check(from: Shards, to: Shards) -> Result<(), Refusal> {
    let mut faults = Faults::none();
    for (name, from, to) in [("stock_shards", from.stock, to.stock), ("list_shards", from.lists, to.lists)] {
        if !(from..=Shards::MOST).contains(&to) {
            faults.add(Pointer::to(name), Wrong::OutOfRange(i64::from(from), i64::from(Shards::MOST)));
        }
    }
    faults.or(()).map_err(Refusal::Invalid)
}

#[cfg(test)]
mod tests;
