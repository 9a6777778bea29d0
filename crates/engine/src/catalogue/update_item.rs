//! Changing an item.

use domain::Refusal;
use domain::catalogue::{EventRef, Item, ItemDraft, Thing, check_item};
use domain::people::Permission;
use domain::values::{ItemId, Pointer, Slug, Wrong};
use store::lookups;
use store::record::Stored;

use super::edit::{Edit, expect_revision, needs, refused_state, replaced};
use super::sellable::check_steps_count;
use crate::Engine;
use crate::commit::ATTEMPTS;
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Changes an item, and its stock with it.
    ///
    /// Refused where a limit would be below what is sold, where roles begin or cease to be asked for after somebody
    /// bought it, and for an item that was archived.
    pub async fn update_item(
        &self,
        scope: &StaffScope,
        (event, id): (&Slug, ItemId),
        expected: Option<u64>,
        edit: Edit<'_, Item, ItemDraft>,
    ) -> Result<Stored<Item>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            let found_event = self.stored_event(&event).await?;
            let found = self.stored_item(&event, id).await?;
            expect_revision(&found, expected)?;
            if found.value.archived_at.is_some() {
                return Err(refused_state("it was archived").into());
            }
            let draft = edit(&found.value)?;
            let mut faults = check_item(&draft, &found_event.value);
            faults.extend(check_steps_count(draft.steps.as_ref().map_or(0, Vec::len), &draft.steps_at));
            let roles_differ = found.value.roles.is_some() != draft.roles.is_some();
            if roles_differ && self.is_item_sold(&event, id).await? {
                faults.add(Pointer::to("roles"), Wrong::AlreadySold);
            }
            faults.or(()).map_err(Refusal::Invalid)?;
            let next = draft.item(id, event.clone(), found.value.position, Some(&found.value));
            if self.replace_thing(&found_event, &found, &next).await? {
                return Ok(replaced(&found, next));
            }
        }
        Err(Fault::Contended.into())
    }

    /// Has the item been sold, or is it held, alone or within a pass?
    pub(super) async fn is_item_sold(&self, event: &EventRef, id: ItemId) -> Result<bool, Stop> {
        let (_, passes) = lookups::things_of(self.table(), event).await?;
        let passes = passes.iter().filter(|pass| pass.value.includes.contains(&id));
        let mut things = vec![Thing::Item(id)];
        things.extend(passes.map(|pass| Thing::Pass(pass.value.id)));
        self.is_any_sold(event, &things).await
    }
}
