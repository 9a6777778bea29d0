//! Loading all that an event sells: the event, what it has, and what is left of that.

use domain::catalogue::EventRef;
use domain::orders::{Place, is_step};
use domain::pricing::Options;
use futures_util::future::join;
use store::lookups;

use super::sellable::{Sellable, places_with_stock};
use crate::Engine;
use crate::stop::Stop;

impl Engine {
    /// What an event sells, as it is now; none if there is no such event. Archived things are left out.
    ///
    /// For pages and quotes: two round trips, of which what is left is the second. Orders are decided from what they read
    /// themselves.
    pub(crate) async fn options_of(&self, event: &EventRef) -> Result<Option<Options>, Stop> {
        // Side by side: the key of the event is the name of its list.
        let (found, things) = join(lookups::event(self.views(), event), lookups::things_of(self.views(), event)).await;
        let Some(found) = found? else { return Ok(None) };
        let (items, passes) = things?;
        let mut options = Options {
            event: found.value,
            passes: on_offer(passes.into_iter().map(|pass| pass.value)),
            items: on_offer(items.into_iter().map(|item| item.value)),
            counters: domain::pricing::Counters::default(),
            left: std::collections::BTreeMap::new(),
        };
        let mut places: Vec<Place> = options.event.capacities().into_iter().map(|(place, _)| place).collect();
        let of_items = options.items.iter().flat_map(places_with_stock);
        let of_passes = options.passes.iter().flat_map(places_with_stock);
        places.extend(of_items.chain(of_passes).map(|(place, _)| place));
        let stock = lookups::stock(self.views(), &places, options.event.shards.stock).await?;
        for (place, row) in places.into_iter().zip(stock) {
            let Some(row) = row else { continue };
            match is_step(&place) {
                Some(step) => options.counters.set(step, row.left()),
                None => {
                    options.left.insert(place, row.left());
                }
            }
        }
        Ok(Some(options))
    }
}

fn on_offer<S: Sellable>(things: impl Iterator<Item = S>) -> Vec<S> {
    things.filter(|thing| thing.archived_at().is_none()).collect()
}
