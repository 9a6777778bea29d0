//! Changing a pass.

use domain::Refusal;
use domain::catalogue::{Pass, PassDraft, Thing, check_pass};
use domain::people::Permission;
use domain::values::{Faults, Obstacle, PassId, Pointer, Slug, Wrong};
use store::record::Stored;

use super::edit::{Edit, expect_revision, needs, refused_state};
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
        mut expected: Option<u64>,
        edit: Edit<'_, Pass, PassDraft>,
    ) -> Result<Stored<Pass>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            let found_event = self.stored_event(&event).await?;
            let found = self.stored_pass(&event, id).await?;
            expect_revision(&found, expected)?;
            if found.value.archived_at.is_some() {
                return Err(refused_state(Obstacle::Archived).into());
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
            match self.replace_thing(&found_event, found, &next).await? {
                Ok(done) => return Ok(done),
                Err(ours) => expected = expected.map(|_| ours),
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

#[cfg(test)]
mod tests {
    use domain::payments::Method;

    use super::*;
    use crate::catalogue::desk::{desk, faults, places, slug};

    #[tokio::test]
    async fn a_pass_that_somebody_has_may_gain_items_and_loses_none() {
        let desk = desk().await;
        desk.event(None).await;
        let mut items = Vec::new();
        for name in ["Friday", "Saturday", "Sunday"] {
            items.push(desk.item(&desk.item_draft(name)).await.value.id);
        }
        let pass = desk.pass(&desk.pass_draft("Full", &items[..2])).await.value.id;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let at = (&slug("mersey"), pass);
        let with = |includes: &[_]| desk.pass_draft("Full", includes);
        engine.update_pass(&owner, at, None, &|_| Ok(with(&items[1..2]))).await.unwrap();
        let order = desk.buy(&[pass], &[], Method::Card).await.unwrap();
        engine.update_pass(&owner, at, None, &|_| Ok(with(&items))).await.unwrap();
        let mut smaller = with(&items[..1]);
        smaller.roles = Some(places(1, 1));
        let lost = engine.update_pass(&owner, at, None, &|_| Ok(smaller.clone())).await;
        let already_sold = |at: &str| (at.to_owned(), Wrong::AlreadySold);
        assert_eq!(faults(lost), [already_sold("/includes"), already_sold("/roles")]);
        desk.cancel(&order).await;
        engine.update_pass(&owner, at, None, &|_| Ok(smaller.clone())).await.unwrap();
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn a_pass_includes_only_items_of_its_event_each_once() {
        let desk = desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Friday")).await.value.id;
        let pass = desk.pass(&desk.pass_draft("Full", &[item])).await.value.id;
        let stranger = desk.house.engine.fresh();
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let draft = desk.pass_draft("Full", &[item, stranger, item]);
        let answer = engine.update_pass(&owner, (&slug("mersey"), pass), None, &|_| Ok(draft.clone())).await;
        let expected = [("/includes/1", Wrong::Unknown("item")), ("/includes/2", Wrong::Repeated)];
        assert_eq!(faults(answer), expected.map(|(at, wrong)| (at.to_owned(), wrong)));
    }

    #[tokio::test]
    async fn a_passes_late_capacity_counts_what_is_sold() {
        let desk = desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Friday")).await.value.id;
        let pass = desk.pass(&desk.pass_draft("Full", &[item])).await.value.id;
        let held = desk.buy(&[pass], &[], Method::Card).await.unwrap();
        desk.buy(&[pass], &[], Method::Cash).await.unwrap();
        desk.buy(&[], &[item], Method::Cash).await.unwrap();
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let to = |capacity| PassDraft { capacity: Some(capacity), ..desk.pass_draft("Full", &[item]) };
        let at = (&slug("mersey"), pass);
        let below = engine.update_pass(&owner, at, None, &|_| Ok(to(1))).await;
        assert_eq!(faults(below), [("/capacity".to_owned(), Wrong::BelowSold(2))]);
        engine.update_pass(&owner, at, None, &|_| Ok(to(2))).await.unwrap();
        desk.cancel(&held).await;
        desk.is_sound().await;
    }
}
