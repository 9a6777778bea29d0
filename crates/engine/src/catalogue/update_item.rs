//! Changing an item.

use domain::Refusal;
use domain::catalogue::{EventRef, Item, ItemDraft, Pass, Thing, check_item, is_too_limited};
use domain::orders::MOST_PLACES;
use domain::people::Permission;
use domain::values::{ItemId, Obstacle, Pointer, Slug, Wrong};
use store::lookups;
use store::record::Stored;

use super::edit::{Edit, expect_revision, needs, refused_state};
use super::sellable::check_steps_count;
use crate::Engine;
use crate::commit::ATTEMPTS;
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Changes an item, and its stock with it.
    ///
    /// Refused where a limit would be below what is sold or one too many for a pass that includes it, where roles begin or
    /// cease to be asked for after somebody bought it, and for an item that was archived.
    pub async fn update_item(
        &self,
        scope: &StaffScope,
        (event, id): (&Slug, ItemId),
        mut expected: Option<u64>,
        edit: Edit<'_, Item, ItemDraft>,
    ) -> Result<Stored<Item>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            let found_event = self.stored_event(&event).await?;
            let found = self.stored_item(&event, id).await?;
            expect_revision(&found, expected)?;
            if found.value.archived_at.is_some() {
                return Err(refused_state(Obstacle::Archived).into());
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
            self.check_limits_of_passes(&event, &found.value, &next).await?;
            match self.replace_thing(&found_event, found, &next).await? {
                Ok(done) => return Ok(done),
                Err(ours) => expected = expected.map(|_| ours),
            }
        }
        Err(Fault::Contended.into())
    }

    /// Refuses a limit with which a pass that includes the item could not be sold any more.
    async fn check_limits_of_passes(&self, event: &EventRef, before: &Item, after: &Item) -> Result<(), Stop> {
        let (old, new) = (before.stock(), after.stock());
        if new.len() <= old.len() {
            return Ok(());
        }
        let (items, passes) = lookups::things_of(self.table(), event).await?;
        let items: Vec<Item> = items.into_iter().map(|item| item.value).filter(|item| item.id != after.id).collect();
        let passes = passes.iter().map(|pass| &pass.value).filter(|pass| pass.archived_at.is_none());
        let is_too_limited = |pass: &Pass| {
            let included = items.iter().chain([after]).filter(|item| pass.includes.contains(&item.id));
            pass.includes.contains(&after.id) && is_too_limited(pass, included)
        };
        if passes.into_iter().any(is_too_limited) {
            let at = if before.roles.is_none() && after.roles.is_some() { "roles" } else { "capacity" };
            return Err(Refusal::invalid(Pointer::to(at), Wrong::TooManyPlaces(MOST_PLACES)).into());
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use domain::payments::Method;
    use domain::pricing::PriceStep;
    use domain::values::Amount;

    use super::*;
    use crate::catalogue::desk::{desk, faults, places, refusal, slug};

    #[tokio::test]
    async fn an_items_capacity_is_moved_by_its_difference_and_never_below_what_is_sold() {
        let desk = desk().await;
        desk.event(None).await;
        let mut draft = desk.item_draft("Friday");
        draft.capacity = Some(2);
        let id = desk.item(&draft).await.value.id;
        let pass = desk.pass(&desk.pass_draft("Full", &[id])).await.value.id;
        desk.buy(&[pass], &[], Method::Cash).await.unwrap();
        desk.buy(&[], &[id], Method::Cash).await.unwrap();
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let to = |capacity| ItemDraft { capacity, ..draft.clone() };
        let at = (&slug("mersey"), id);
        let lowered = engine.update_item(&owner, at, None, &|_| Ok(to(Some(1)))).await;
        assert_eq!(faults(lowered), [("/capacity".to_owned(), Wrong::BelowSold(2))]);
        engine.update_item(&owner, at, None, &|_| Ok(to(None))).await.unwrap();
        desk.buy(&[pass], &[], Method::Cash).await.unwrap();
        let lowered = engine.update_item(&owner, at, None, &|_| Ok(to(Some(2)))).await;
        assert_eq!(faults(lowered), [("/capacity".to_owned(), Wrong::BelowSold(3))]);
        engine.update_item(&owner, at, None, &|_| Ok(to(Some(4)))).await.unwrap();
        desk.buy(&[], &[id], Method::Cash).await.unwrap();
        assert!(matches!(refusal(desk.buy(&[pass], &[], Method::Cash).await), Refusal::SoldOut(_)));
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn roles_neither_come_nor_go_once_somebody_has_it_and_their_numbers_move_before_and_after() {
        let desk = desk().await;
        desk.event(None).await;
        let draft = desk.item_draft("Friday");
        let id = desk.item(&draft).await.value.id;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let at = (&slug("mersey"), id);
        let with = |roles| ItemDraft { roles, ..draft.clone() };
        engine.update_item(&owner, at, None, &|_| Ok(with(Some(places(3, 4))))).await.unwrap();
        engine.update_item(&owner, at, None, &|_| Ok(with(Some(places(5, 4))))).await.unwrap();
        desk.is_sound().await;
        engine.update_item(&owner, at, None, &|_| Ok(with(None))).await.unwrap();
        desk.is_sound().await;
        let pass = desk.pass(&desk.pass_draft("Full", &[id])).await.value.id;
        desk.buy(&[pass], &[], Method::Card).await.unwrap();
        let asked = engine.update_item(&owner, at, None, &|_| Ok(with(Some(places(3, 4))))).await;
        assert_eq!(faults(asked), [("/roles".to_owned(), Wrong::AlreadySold)]);
    }

    #[tokio::test]
    async fn a_step_that_begins_to_count_counts_what_was_sold_before() {
        let desk = desk().await;
        desk.event(None).await;
        let draft = desk.item_draft("Friday");
        let id = desk.item(&draft).await.value.id;
        for method in [Method::Cash, Method::Card] {
            desk.buy(&[], &[id], method).await.unwrap();
        }
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let at = (&slug("mersey"), id);
        let until = |until_sold| {
            let steps = vec![desk.step(2_500, until_sold), desk.step(3_000, None)];
            ItemDraft { steps: Some(steps), ..draft.clone() }
        };
        let total = async || desk.buy(&[], &[id], Method::Cash).await.unwrap().order.total;
        engine.update_item(&owner, at, None, &|_| Ok(until(Some(3)))).await.unwrap();
        assert_eq!((total().await, total().await), (Amount::minor(2_500), Amount::minor(3_000)));
        desk.is_sound().await;
        // Four are sold: a number below them ends the step, one above opens it for the rest.
        engine.update_item(&owner, at, None, &|_| Ok(until(Some(2)))).await.unwrap();
        assert_eq!(total().await, Amount::minor(3_000));
        desk.is_sound().await;
        engine.update_item(&owner, at, None, &|_| Ok(until(Some(6)))).await.unwrap();
        assert_eq!((total().await, total().await), (Amount::minor(2_500), Amount::minor(3_000)));
        desk.is_sound().await;
        engine.update_item(&owner, at, None, &|_| Ok(draft.clone())).await.unwrap();
        assert_eq!(total().await, Amount::minor(2_500));
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn a_step_that_counts_no_more_is_another_when_it_counts_again() {
        let desk = desk().await;
        desk.event(None).await;
        let draft = desk.item_draft("Friday");
        let until = |until_sold| {
            let until_at = Some("2026-11-20T00:00:00Z".parse().unwrap());
            let steps = vec![PriceStep { until_at, ..desk.step(2_500, until_sold) }, desk.step(3_000, None)];
            ItemDraft { steps: Some(steps), ..draft.clone() }
        };
        let id = desk.item(&until(Some(3))).await.value.id;
        let (engine, owner, event) = (&desk.house.engine, desk.owner().await, slug("mersey"));
        let mut ids = Vec::new();
        for until_sold in [Some(3), Some(5), None, Some(5), Some(3)] {
            let edit = |_: &Item| Ok(until(until_sold));
            let item = engine.update_item(&owner, (&event, id), None, &edit).await.unwrap().value;
            let steps = item.pricing.unwrap().steps;
            ids.push((steps[0].id, steps[1].id));
            desk.is_sound().await;
        }
        let first: Vec<_> = ids.iter().map(|(first, _)| first).collect();
        assert!(first[0] == first[1] && first[1] != first[2] && first[2] == first[3] && first[3] == first[4]);
        assert!(ids.iter().all(|(_, last)| *last == ids[0].1));
    }

    #[tokio::test]
    async fn an_edit_against_an_older_revision_is_refused() {
        let desk = desk().await;
        desk.event(None).await;
        let draft = desk.item_draft("Friday");
        let id = desk.item(&draft).await.value.id;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let at = (&slug("mersey"), id);
        let changed = engine.update_item(&owner, at, Some(1), &|_| Ok(desk.item_draft("Saturday"))).await.unwrap();
        assert_eq!(engine.read_item(&owner, &slug("mersey"), id).await.unwrap(), changed);
        let late = engine.update_item(&owner, at, Some(1), &|_| Ok(draft.clone())).await;
        assert!(matches!(refusal(late), Refusal::Changed(_)));
    }
}
