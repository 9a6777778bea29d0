//! Changing a pass.

use domain::Refusal;
use domain::catalogue::{Pass, PassDraft, Thing, check_pass};
use domain::people::Permission;
use domain::values::{Faults, PassId, Pointer, Slug, Wrong};
use store::record::Stored;

use super::edit::{Edit, expect_revision, needs, refused_state, replaced};
use super::sellable::check_steps_count;
use crate::Engine;
use crate::commit::ATTEMPTS;
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Changes a pass, and its stock with it.
    ///
    /// Refused where a limit would be below what is sold, for a pass that was archived, and, after somebody bought it,
    /// where it would lose an item or roles would begin or cease to be asked for.
    pub async fn update_pass(
        &self,
        scope: &StaffScope,
        (event, id): (&Slug, PassId),
        expected: Option<u64>,
        edit: Edit<'_, Pass, PassDraft>,
    ) -> Result<Stored<Pass>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            let found_event = self.stored_event(&event).await?;
            let found = self.stored_pass(&event, id).await?;
            expect_revision(&found, expected)?;
            if found.value.archived_at.is_some() {
                return Err(refused_state("it was archived").into());
            }
            let draft = edit(&found.value)?;
            let items = self.items_among(&event, &draft.includes).await?;
            let mut faults = check_pass(&draft, &found_event.value, &items);
            faults.extend(check_steps_count(draft.steps.len(), &Pointer::to("pricing_schedule")));
            let promised = what_sold_tickets_were_promised(&found.value, &draft);
            if !promised.is_empty() && self.is_any_sold(&event, &[Thing::Pass(id)]).await? {
                faults.extend(promised);
            }
            faults.or(()).map_err(Refusal::Invalid)?;
            let next = draft.pass(id, event.clone(), found.value.position, Some(&found.value));
            if self.replace_thing(&found_event, &found, &next).await? {
                return Ok(replaced(&found, next));
            }
        }
        Err(Fault::Contended.into())
    }
}

/// What of an edit a pass that was sold may not undergo.
fn what_sold_tickets_were_promised(before: &Pass, after: &PassDraft) -> Faults {
    let mut faults = Faults::none();
    if before.includes.iter().any(|item| !after.includes.contains(item)) {
        faults.add(Pointer::to("includes"), Wrong::AlreadySold);
    }
    if before.roles.is_some() != after.roles.is_some() {
        faults.add(Pointer::to("roles"), Wrong::AlreadySold);
    }
    faults
}
