//! Making a pass.

use domain::Refusal;
use domain::catalogue::{MOST_ITEMS, Pass, PassDraft, check_includes, check_pass};
use domain::people::Permission;
use domain::pricing::PriceStep;
use domain::values::{Faults, ItemId, Pointer, Slug, Wrong};
use store::lookups;
use store::record::Stored;

use super::edit::needs;
use super::sellable::check_steps_count;
use crate::Engine;
use crate::commit::{ATTEMPTS, Attempt};
use crate::once::Remember;
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Makes a pass of an event, at the end of its list.
    pub async fn create_pass(
        &self,
        scope: &StaffScope,
        event: &Slug,
        draft: &PassDraft,
        remember: &Remember<'_, Stored<Pass>>,
    ) -> Result<Stored<Pass>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            self.recall(remember.once()).await?;
            let found = self.stored_event(&event).await?;
            let items = self.items_among(&event, &draft.includes).await?;
            let mut faults = check_pass(draft, &found.value, &items);
            faults.extend(check_steps_count(draft.steps.len(), &Pointer::to("pricing_schedule")));
            let (_, passes) = lookups::things_of(self.table(), &event).await?;
            if passes.iter().filter(|pass| pass.value.archived_at.is_none()).count() >= MOST_ITEMS {
                faults.add(Pointer::root(), Wrong::TooLong(MOST_ITEMS));
            }
            faults.or(()).map_err(Refusal::Invalid)?;
            let position = passes.iter().map(|pass| pass.value.position + 1).max().unwrap_or_default();
            let pass = draft.clone().pass(self.fresh(), event.clone(), position, None);
            if let Attempt::Done(pass) = self.create_thing(&found, pass, remember).await? {
                return Ok(pass);
            }
        }
        Err(Fault::Contended.into())
    }

    /// What is wrong with what a pass that is to be includes, and with its prices: for one that could not be read as a
    /// whole.
    pub async fn faults_of_pass(
        &self,
        scope: &StaffScope,
        event: &Slug,
        includes: &[ItemId],
        steps: &[PriceStep],
    ) -> Result<Faults, Stop> {
        let items = self.items_among(&scope.event(event), includes).await?;
        let mut faults = check_includes(includes, &items);
        faults.extend(self.faults_of_prices(scope, event, steps, &Pointer::to("pricing_schedule")).await?);
        Ok(faults)
    }
}
