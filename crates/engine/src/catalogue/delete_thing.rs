//! Deleting items and passes: what was sold, or is named elsewhere, is put away; what nobody has is removed.
//!
//! Both begin by putting it away, after which nobody can buy it any more. Only then is it looked who has it, so that
//! whoever bought it in between keeps it.

use domain::catalogue::{Event, EventRef, Item, Pass};
use domain::people::Permission;
use domain::values::{ItemId, Ksuid, Obstacle, PassId, Slug};
use jiff::{SignedDuration, Timestamp};
use store::lookups;
use store::record::Stored;
use store::table::{MAX_WRITES, Write};

use super::edit::{needs, refused_state, replaced};
use super::sellable::{Sellable, places_with_stock};
use super::stock::removal;
use super::survey::UNDERWAY;
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};
use crate::{Company, Engine};

/// What became of something that was deleted.
#[derive(Debug, Clone, PartialEq)]
pub enum Removal<T> {
    /// It is gone, and its stock with it.
    Removed,
    /// It is not sold any more, and stays for those who have it.
    Archived(Stored<T>),
}

impl Engine {
    /// Deletes an item. Deleting what was archived changes nothing and answers the same.
    ///
    /// Refused as [`domain::Refusal::Changed`] while a pass that is not archived includes it: take it out of the pass,
    /// or delete the pass, first.
    pub async fn delete_item(&self, scope: &StaffScope, event: &Slug, id: ItemId) -> Result<Removal<Item>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        let archived = self.archive_item(&event, id).await?;
        let is_settled = self.is_settled(archived.value.archived_at);
        if !is_settled || self.is_named(&event, id.0).await? || self.is_item_sold(&event, id).await? {
            return Ok(Removal::Archived(archived));
        }
        self.remove(&event, archived).await
    }

    /// Deletes a pass. Deleting what was archived changes nothing and answers the same.
    pub async fn delete_pass(&self, scope: &StaffScope, event: &Slug, id: PassId) -> Result<Removal<Pass>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        let archived = self.archive_pass(&event, id).await?;
        let is_settled = self.is_settled(archived.value.archived_at);
        let things = [archived.value.thing()];
        if !is_settled || self.is_named(&event, id.0).await? || self.is_any_sold(&event, &things).await? {
            return Ok(Removal::Archived(archived));
        }
        self.remove(&event, archived).await
    }

    async fn archive_item(&self, event: &EventRef, id: ItemId) -> Result<Stored<Item>, Stop> {
        for _ in 0..ATTEMPTS {
            let found_event = self.stored_event(event).await?;
            let found = self.stored_item(event, id).await?;
            let (_, passes) = lookups::things_of(self.table(), event).await?;
            let includes = |pass: &Pass| pass.archived_at.is_none() && pass.includes.contains(&id);
            if passes.iter().any(|pass| includes(&pass.value)) {
                return Err(refused_state(Obstacle::InPass).into());
            }
            // The event's row changes with it, so that nobody puts the item into a pass at the same moment.
            let touched = found_event.replace(&found_event.value, self.now())?;
            if let Some(archived) = self.archive(found, touched).await? {
                return Ok(archived);
            }
        }
        Err(Fault::Contended.into())
    }

    async fn archive_pass(&self, event: &EventRef, id: PassId) -> Result<Stored<Pass>, Stop> {
        for _ in 0..ATTEMPTS {
            let found_event = self.stored_event(event).await?;
            let found = self.stored_pass(event, id).await?;
            if let Some(archived) = self.archive(found, found_event.unchanged()).await? {
                return Ok(archived);
            }
        }
        Err(Fault::Contended.into())
    }

    async fn archive<S: Sellable>(&self, found: Stored<S>, event: Write) -> Result<Option<Stored<S>>, Stop> {
        if found.value.archived_at().is_some() {
            return Ok(Some(found));
        }
        let archived = found.value.archived(self.now());
        match self.commit(vec![found.replace(&archived, self.now())?, event]).await? {
            Committed::Done => {
                if self.settings().company == Company::Alone {
                    tokio::time::sleep(UNDERWAY).await;
                }
                Ok(Some(replaced(&found, archived)))
            }
            Committed::Refused(_) => Ok(None),
        }
    }

    /// Is every order that was placed before something was put away in the lists? Before, nothing is removed: it stays
    /// archived, and may be deleted once more. Who is alone with the store has [waited](UNDERWAY) for those that were on
    /// their way.
    fn is_settled(&self, archived_at: Option<Timestamp>) -> bool {
        let lag = SignedDuration::from_secs(self.settings().company.overlap_seconds());
        let is_old = |at: Timestamp| self.now().duration_since(at) >= lag;
        self.settings().company == Company::Alone || archived_at.is_some_and(is_old)
    }

    /// Does a door or a wristband speak of it?
    async fn is_named(&self, event: &EventRef, id: Ksuid) -> Result<bool, Stop> {
        let doors = lookups::doors(self.table(), event).await?;
        let at_a_door = doors.iter().any(|door| door.value.items.iter().any(|item| item.0 == id));
        let event: Event = self.stored_event(event).await?.value;
        let in_a_rule = event.wristbands.iter().any(|rule| rule.when.all.contains(&id) || rule.when.any.contains(&id));
        Ok(at_a_door || in_a_rule)
    }

    /// Removes something that is archived and that nobody has, with its stock.
    async fn remove<S: Sellable>(&self, event: &EventRef, archived: Stored<S>) -> Result<Removal<S>, Stop> {
        // What it is spread over is known as long as the event has not changed.
        let event = self.stored_event(event).await?;
        let places: Vec<_> = places_with_stock(&archived.value).into_iter().map(|(place, _)| place).collect();
        let rows = self.stock_rows(&places, event.value.shards.stock).await?;
        let mut writes = vec![archived.delete(), event.unchanged()];
        let all: Vec<Write> = rows.iter().flat_map(|(place, stock)| removal(place, stock)).collect();
        if writes.len() + all.len() <= MAX_WRITES {
            writes.extend(all);
        } else {
            writes.extend(rows.values().map(|stock| stock.first.delete()));
            writes.extend(self.later_removal(&event.value, places)?);
        }
        match self.commit(writes).await? {
            Committed::Done => Ok(Removal::Removed),
            Committed::Refused(_) => Ok(Removal::Archived(archived)),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Refusal;
    use domain::catalogue::ItemDraft;
    use domain::payments::Method;
    use domain::values::Wrong;

    use super::*;
    use crate::catalogue::desk::{crowded_desk, desk, faults, refusal, slug};
    use crate::once::Remember;

    #[tokio::test]
    async fn what_nobody_has_is_removed_with_its_stock() {
        let desk = desk().await;
        desk.event(None).await;
        let mut draft = desk.item_draft("Friday");
        draft.capacity = Some(20);
        draft.steps = Some(vec![desk.step(1_000, Some(5)), desk.step(2_000, None)]);
        let id = desk.item(&draft).await.value.id;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        assert_eq!(engine.delete_item(&owner, &slug("mersey"), id).await.unwrap(), Removal::Removed);
        assert_eq!(refusal(engine.read_item(&owner, &slug("mersey"), id).await), Refusal::NotFound);
        assert_eq!(refusal(engine.delete_item(&owner, &slug("mersey"), id).await), Refusal::NotFound);
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn what_somebody_has_is_put_away_and_not_sold_any_more() {
        let desk = desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Friday")).await.value.id;
        let pass = desk.pass(&desk.pass_draft("Full", &[item])).await.value.id;
        desk.buy(&[pass], &[], Method::Card).await.unwrap();
        let (engine, owner, at) = (&desk.house.engine, desk.owner().await, slug("mersey"));
        let archived = engine.delete_pass(&owner, &at, pass).await.unwrap();
        assert!(matches!(&archived, Removal::Archived(pass) if pass.value.archived_at.is_some()));
        assert_eq!(engine.delete_pass(&owner, &at, pass).await.unwrap(), archived);
        // Nobody bought the item alone, but the pass gave it to somebody.
        assert!(matches!(engine.delete_item(&owner, &at, item).await.unwrap(), Removal::Archived(_)));
        let options = engine.read_options(&desk.visitor().await, &at).await.unwrap();
        assert_eq!((options.items.len(), options.passes.len()), (0, 0));
        assert!(desk.buy(&[pass], &[], Method::Card).await.is_err());
        let late = engine.update_pass(&owner, (&at, pass), None, &|_| Ok(desk.pass_draft("Full", &[item]))).await;
        assert!(matches!(refusal(late), Refusal::Changed(_)));
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn an_item_does_not_go_into_a_pass_and_away_at_the_same_moment() {
        let desk = crowded_desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Friday")).await.value.id;
        let (engine, owner, at) = (&desk.house.engine, desk.owner().await, slug("mersey"));
        let (draft, nothing) = (desk.pass_draft("Full", &[item]), Remember::nothing());
        let (deleted, made) =
            tokio::join!(engine.delete_item(&owner, &at, item), engine.create_pass(&owner, &at, &draft, &nothing));
        assert_eq!(usize::from(deleted.is_ok()) + usize::from(made.is_ok()), 1);
    }

    #[tokio::test]
    async fn whoever_buys_it_at_the_same_moment_keeps_it() {
        for limit in [None, Some(5)] {
            let desk = crowded_desk().await;
            desk.event(None).await;
            let item = desk.item(&ItemDraft { capacity: limit, ..desk.item_draft("Friday") }).await.value.id;
            let (engine, owner, at) = (&desk.house.engine, desk.owner().await, slug("mersey"));
            let wanted = [item];
            let (deleted, bought) =
                tokio::join!(engine.delete_item(&owner, &at, item), desk.buy(&[], &wanted, Method::Cash));
            assert_eq!(matches!(deleted.unwrap(), Removal::Archived(_)), bought.is_ok());
            desk.is_sound().await;
        }
    }

    #[tokio::test]
    async fn an_item_that_a_pass_includes_stays() {
        let desk = desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Friday")).await.value.id;
        let pass = desk.pass(&desk.pass_draft("Full", &[item])).await.value.id;
        let (engine, owner, at) = (&desk.house.engine, desk.owner().await, slug("mersey"));
        let refused = engine.delete_item(&owner, &at, item).await;
        assert_eq!(faults(refused), [(String::new(), Wrong::State(Obstacle::InPass))]);
        assert_eq!(engine.delete_pass(&owner, &at, pass).await.unwrap(), Removal::Removed);
        assert_eq!(engine.delete_item(&owner, &at, item).await.unwrap(), Removal::Removed);
    }
}
