//! Writing an item or a pass with its stock.

use domain::catalogue::Event;
use domain::orders::Place;
use store::record::{Stored, create};
use store::table::MAX_WRITES;

use super::edit::{made, replaced};
use super::sellable::{Sellable, full_stock, places_with_stock};
use super::stock::{removed_steps, step_writes, steps_differ};
use crate::Engine;
use crate::commit::{Attempt, Committed};
use crate::once::Remember;
use crate::stop::Stop;

impl Engine {
    /// Creates a thing of an event, with its stock, unless the event has changed.
    pub(super) async fn create_thing<S: Sellable>(
        &self,
        event: &Stored<Event>,
        thing: S,
        remember: &Remember<'_, Stored<S>>,
    ) -> Result<Attempt<Stored<S>>, Stop> {
        let at = self.now();
        let thing = made(thing, at);
        let mut writes = vec![create(&thing.value, at)?, event.unchanged()];
        for row in full_stock(places_with_stock(&thing.value)) {
            writes.push(create(&row, at)?);
        }
        writes.extend(remember.write(self, &thing)?);
        match self.commit(writes).await? {
            Committed::Done => {
                let places: Vec<_> = places_with_stock(&thing.value).into_iter().map(|(place, _)| place).collect();
                self.spread_after_edit(&event.value, &places).await;
                Ok(Attempt::Done(thing))
            }
            Committed::Refused(_) => {
                self.recall(remember.once()).await?;
                Ok(Attempt::Again)
            }
        }
    }

    /// Replaces a thing and brings its stock to its new limits, unless it or the event has changed. If others were
    /// faster: the thing's revision, as far as its changes are this edit's own.
    ///
    /// Refused where a limit would be below what is sold.
    pub(super) async fn replace_thing<S: Sellable>(
        &self,
        event: &Stored<Event>,
        before: Stored<S>,
        after: &S,
    ) -> Result<Result<Stored<S>, u64>, Stop> {
        let of = &event.value.event;
        let places = places_of_both(&before.value, after);
        let (steps_before, steps_after) = (before.value.schedule(), after.schedule());
        let steps_differ = steps_differ(steps_before, steps_after);
        // Before the counters are read: what is sold in between is on them, and is not to be counted twice.
        let sold = if steps_differ { self.units_in_all(of, after.thing()).await? } else { 0 };
        let (limits, rows) =
            match self.ready_to_limit(&event.value, (&before, after), &places, Some(event.unchanged())).await? {
                Ok(ready) => ready,
                Err(ours) => return Ok(Err(ours)),
            };
        let at = self.now();
        let mut writes = vec![before.replace(after, at)?, event.unchanged()];
        let besides = writes.len();
        writes.extend(limits.writes(&rows, at)?);
        if steps_differ {
            writes.extend(step_writes(steps_before, steps_after, &rows, sold, at)?);
            writes.extend(self.later_removal(&event.value, removed_steps(steps_before, steps_after))?);
        }
        if writes.len() > MAX_WRITES {
            self.gather_places(&event.value, &places).await?;
            return Ok(Err(before.revision));
        }
        let moves_stock = writes.len() > besides;
        match self.commit(writes).await? {
            Committed::Done => {
                if moves_stock {
                    self.spread_after_edit(&event.value, &places).await;
                }
                Ok(Ok(replaced(&before, after.clone())))
            }
            Committed::Refused(_) => Ok(Err(before.revision)),
        }
    }
}

/// The places with a stock, of a thing as it was and as it will be, each once.
fn places_of_both(before: &impl Sellable, after: &impl Sellable) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for (place, _) in places_with_stock(before).into_iter().chain(places_with_stock(after)) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
