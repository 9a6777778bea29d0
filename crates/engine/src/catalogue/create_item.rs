//! Making an item.

use domain::Refusal;
use domain::catalogue::{Item, ItemDraft, MOST_ITEMS, check_item};
use domain::people::Permission;
use domain::values::{Pointer, Slug, Wrong};
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
    /// Makes an item of an event, at the end of its list.
    pub async fn create_item(
        &self,
        scope: &StaffScope,
        event: &Slug,
        draft: &ItemDraft,
        remember: &Remember<'_, Stored<Item>>,
    ) -> Result<Stored<Item>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            self.recall(remember.once()).await?;
            let found = self.stored_event(&event).await?;
            let mut faults = check_item(draft, &found.value);
            faults.extend(check_steps_count(draft.steps.as_ref().map_or(0, Vec::len), &draft.steps_at));
            let (items, _) = lookups::things_of(self.table(), &event).await?;
            if items.iter().filter(|item| item.value.archived_at.is_none()).count() >= MOST_ITEMS {
                faults.add(Pointer::root(), Wrong::TooLong(MOST_ITEMS));
            }
            faults.or(()).map_err(Refusal::Invalid)?;
            let position = items.iter().map(|item| item.value.position + 1).max().unwrap_or_default();
            let item = draft.clone().item(self.fresh(), event.clone(), position, None);
            if let Attempt::Done(item) = self.create_thing(&found, item, remember).await? {
                return Ok(item);
            }
        }
        Err(Fault::Contended.into())
    }
}
