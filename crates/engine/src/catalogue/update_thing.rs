//! Writing an item or a pass with its stock.

use std::collections::BTreeMap;

use domain::catalogue::Event;
use domain::orders::Place;
use store::record::{Stored, create};

use super::edit::{made, replaced};
use super::sellable::{Sellable, full_stock, places_with_stock};
use super::stock::{Limits, step_writes, steps_differ};
use crate::Engine;
use crate::commit::{ATTEMPTS, Attempt, Committed};
use crate::once::Remember;
use crate::stop::{Fault, Stop};

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
            Committed::Done => Ok(Attempt::Done(thing)),
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
        let (of, seen) = (&event.value.event, before.revision);
        let places = places_of_both(&before.value, after);
        let limits = Limits { before: before.value.stock(), after: after.stock() };
        let new = limits.newly_limited();
        limits.check(&self.stock_rows(&places).await?, &self.survey(of, &new, false).await?.taken)?;
        let counted = self.count_in(of, before, &new, Some(event.unchanged())).await?;
        let Some(before) = counted else { return Ok(Err(seen)) };
        if before.revision != seen {
            // That took a while: whatever else was checked is checked again.
            return Ok(Err(before.revision));
        }
        let limits = Limits { before: before.value.stock(), after: after.stock() };
        for _ in 0..ATTEMPTS {
            let at = self.now();
            let rows = self.stock_rows(&places).await?;
            limits.check(&rows, &BTreeMap::new())?;
            let mut writes = vec![before.replace(after, at)?, event.unchanged()];
            let conditions = writes.len();
            writes.extend(limits.writes(&rows, at)?);
            let (steps_before, steps_after) = (before.value.schedule(), after.schedule());
            if steps_differ(steps_before, steps_after) {
                let sold = self.units_in_all(of, after.thing()).await?;
                writes.extend(step_writes(steps_before, steps_after, &rows, sold, at)?);
            }
            match self.commit(writes).await? {
                Committed::Done => return Ok(Ok(replaced(&before, after.clone()))),
                Committed::Refused(refused) if refused.iter().any(|refused| refused.write < conditions) => {
                    return Ok(Err(before.revision));
                }
                // Others bought, or gave back, at this moment.
                Committed::Refused(_) => {}
            }
        }
        Err(Fault::Contended.into())
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
