//! Doors: making, changing, putting away and reading them.

use std::collections::BTreeSet;

use domain::Refusal;
use domain::catalogue::EventRef;
use domain::door::{Door, DoorDraft, check_door};
use domain::people::Permission;
use domain::values::{DoorId, ItemId, Slug};
use store::lookups;
use store::record::{Stored, create};

use crate::Engine;
use crate::catalogue::{Edit, expect_revision, made, needs, replaced};
use crate::commit::{ATTEMPTS, Committed};
use crate::once::Remember;
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// The doors of an event, in the order in which they were made, without those that were deleted.
    pub async fn list_doors(&self, scope: &StaffScope, event: &Slug) -> Result<Vec<Stored<Door>>, Stop> {
        needs(scope, Permission::Scan)?;
        let event = scope.event(event);
        lookups::event(self.table(), &event).await?.ok_or(Refusal::NotFound)?;
        let doors = lookups::doors(self.table(), &event).await?;
        Ok(doors.into_iter().filter(|door| door.value.archived_at.is_none()).collect())
    }

    /// A door.
    pub async fn read_door(&self, scope: &StaffScope, event: &Slug, id: DoorId) -> Result<Stored<Door>, Stop> {
        needs(scope, Permission::Scan)?;
        self.stored_door(&scope.event(event), id).await
    }

    /// Makes a door.
    pub async fn create_door(
        &self,
        scope: &StaffScope,
        event: &Slug,
        draft: &DoorDraft,
        remember: &Remember<'_, Stored<Door>>,
    ) -> Result<Stored<Door>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            self.recall(remember.once()).await?;
            let at = self.now();
            let found = lookups::event(self.table(), &event).await?.ok_or(Refusal::NotFound)?;
            check_door(draft, &self.items_known(&event).await?).or(()).map_err(Refusal::Invalid)?;
            let door = made(draft.clone().door(self.fresh(), event.clone(), None), at);
            let mut writes = vec![create(&door.value, at)?, found.unchanged()];
            writes.extend(remember.write(self, &door)?);
            if matches!(self.commit(writes).await?, Committed::Done) {
                self.forget_gate(&event);
                return Ok(door);
            }
        }
        Err(Fault::Contended.into())
    }

    /// Changes a door. It may go on naming items that are gone since.
    pub async fn update_door(
        &self,
        scope: &StaffScope,
        (event, id): (&Slug, DoorId),
        expected: Option<u64>,
        edit: Edit<'_, Door, DoorDraft>,
    ) -> Result<Stored<Door>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            let found_event = lookups::event(self.table(), &event).await?.ok_or(Refusal::NotFound)?;
            let found = self.stored_door(&event, id).await?;
            expect_revision(&found, expected)?;
            let draft = edit(&found.value)?;
            let mut known = self.items_known(&event).await?;
            known.extend(&found.value.items);
            check_door(&draft, &known).or(()).map_err(Refusal::Invalid)?;
            let next = draft.door(id, event.clone(), Some(&found.value));
            let writes = vec![found.replace(&next, self.now())?, found_event.unchanged()];
            if matches!(self.commit(writes).await?, Committed::Done) {
                self.forget_gate(&event);
                return Ok(replaced(&found, next));
            }
        }
        Err(Fault::Contended.into())
    }

    /// Deletes a door: it is shown no more, and scans that phones still hold for it are taken in. Deleting it again is
    /// refused as [`Refusal::NotFound`].
    pub async fn delete_door(&self, scope: &StaffScope, event: &Slug, id: DoorId) -> Result<(), Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            let found = self.stored_door(&event, id).await?;
            let next = Door { archived_at: Some(self.now()), ..found.value.clone() };
            if matches!(self.commit(vec![found.replace(&next, self.now())?]).await?, Committed::Done) {
                self.forget_gate(&event);
                return Ok(());
            }
        }
        Err(Fault::Contended.into())
    }

    async fn stored_door(&self, event: &EventRef, id: DoorId) -> Result<Stored<Door>, Stop> {
        let found = lookups::door(self.table(), event, id).await?;
        Ok(found.filter(|door| door.value.archived_at.is_none()).ok_or(Refusal::NotFound)?)
    }

    /// What a door can admit to: all items of the event; those that were put away, too, since tickets hold them.
    async fn items_known(&self, event: &EventRef) -> Result<BTreeSet<ItemId>, Stop> {
        let (items, _) = lookups::things_of(self.table(), event).await?;
        Ok(items.into_iter().map(|item| item.value.id).collect())
    }
}

#[cfg(test)]
mod tests;
