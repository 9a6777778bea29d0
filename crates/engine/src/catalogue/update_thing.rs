//! Writing an item or a pass with its stock.

use domain::catalogue::Event;
use domain::orders::Place;
use store::record::{Stored, create};

use super::edit::made;
use super::sellable::{Sellable, full_stock, places_with_stock};
use super::stock::{Limits, step_writes, steps_differ};
use super::survey::Adopt;
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
            Committed::Done => Ok(Attempt::Done(thing)),
            Committed::Refused(_) => {
                self.recall(remember.once()).await?;
                Ok(Attempt::Again)
            }
        }
    }

    /// Replaces a thing and brings its stock to its new limits, unless it or the event has changed. False if others were
    /// faster.
    ///
    /// Refused where a limit would be below what is sold.
    pub(super) async fn replace_thing<S: Sellable>(
        &self,
        event: &Stored<Event>,
        before: &Stored<S>,
        after: &S,
    ) -> Result<bool, Stop> {
        let at = self.now();
        let limits = Limits { before: before.value.limits(), after: after.limits() };
        let rows = self.stock_rows(&places_of_both(&before.value, after)).await?;
        let new_places = limits.new_places();
        let survey = self.survey(&event.value.event, &new_places, Adopt::WithStock).await?;
        let mut writes = vec![before.replace(after, at)?, event.unchanged()];
        writes.extend(limits.writes(&rows, &survey.taken, at)?);
        let (steps_before, steps_after) = (before.value.schedule(), after.schedule());
        if steps_differ(steps_before, steps_after) {
            let sold = self.units_in_all(&event.value.event, after.thing()).await?;
            writes.extend(step_writes(steps_before, steps_after, &rows, sold, at)?);
        }
        self.commit_surveyed(&event.value.event, &new_places, survey, writes).await
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
