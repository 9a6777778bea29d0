//! Reading items and passes, for staff.

use std::collections::{BTreeMap, BTreeSet};

use domain::Refusal;
use domain::catalogue::{Event, EventRef, Item, Pass};
use domain::people::Permission;
use domain::values::{ItemId, PassId, Slug};
use store::record::Stored;
use store::{keys, lookups};

use super::edit::needs;
use crate::Engine;
use crate::scope::StaffScope;
use crate::stop::Stop;

impl Engine {
    /// What an event sells: its items and its passes, each in their order, those that were archived included.
    pub async fn read_things(
        &self,
        scope: &StaffScope,
        event: &Slug,
    ) -> Result<(Vec<Stored<Item>>, Vec<Stored<Pass>>), Stop> {
        needs(scope, Permission::SeeEvents)?;
        let event = scope.event(event);
        self.stored_event(&event).await?;
        Ok(lookups::things_of(self.table(), &event).await?)
    }

    /// An item.
    pub async fn read_item(&self, scope: &StaffScope, event: &Slug, id: ItemId) -> Result<Stored<Item>, Stop> {
        needs(scope, Permission::SeeEvents)?;
        self.stored_item(&scope.event(event), id).await
    }

    /// A pass.
    pub async fn read_pass(&self, scope: &StaffScope, event: &Slug, id: PassId) -> Result<Stored<Pass>, Stop> {
        needs(scope, Permission::SeeEvents)?;
        self.stored_pass(&scope.event(event), id).await
    }

    pub(super) async fn stored_event(&self, event: &EventRef) -> Result<Stored<Event>, Stop> {
        Ok(lookups::event(self.table(), event).await?.ok_or(Refusal::NotFound)?)
    }

    pub(super) async fn stored_item(&self, event: &EventRef, id: ItemId) -> Result<Stored<Item>, Stop> {
        Ok(lookups::get(self.table(), &keys::item(event, id)).await?.ok_or(Refusal::NotFound)?)
    }

    pub(super) async fn stored_pass(&self, event: &EventRef, id: PassId) -> Result<Stored<Pass>, Stop> {
        Ok(lookups::get(self.table(), &keys::pass(event, id)).await?.ok_or(Refusal::NotFound)?)
    }

    /// Those of these items that the event has and that are not archived; read by their keys.
    pub(super) async fn items_among(&self, event: &EventRef, ids: &[ItemId]) -> Result<BTreeMap<ItemId, Item>, Stop> {
        let ids: BTreeSet<ItemId> = ids.iter().copied().collect();
        let keys: Vec<_> = ids.iter().map(|id| keys::item(event, *id)).collect();
        let items = lookups::get_many::<Item>(self.table(), &keys).await?;
        let items = items.into_iter().flatten().filter(|item| item.value.archived_at.is_none());
        Ok(items.map(|item| (item.value.id, item.value)).collect())
    }
}
