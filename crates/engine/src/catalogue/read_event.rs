//! Reading events: for staff, and for whoever comes to the shop.

use domain::Refusal;
use domain::catalogue::Event;
use domain::people::{By, Permission};
use domain::values::Slug;
use store::lookups;
use store::record::Stored;
use store::table::Cursor;

use super::edit::needs;
use crate::Engine;
use crate::scope::{ShopScope, StaffScope};
use crate::stop::Stop;

impl Engine {
    /// A page of the organisation's events, whatever their status, the one that starts last first.
    pub async fn list_events(
        &self,
        scope: &StaffScope,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<(Vec<Stored<Event>>, Option<Cursor>), Stop> {
        needs(scope, Permission::SeeEvents)?;
        Ok(lookups::events_of(self.table(), &scope.organisation().slug, limit, after).await?)
    }

    /// An event of the organisation.
    pub async fn read_event(&self, scope: &StaffScope, event: &Slug) -> Result<Stored<Event>, Stop> {
        needs(scope, Permission::SeeEvents)?;
        self.stored_event(&scope.event(event)).await
    }

    /// A page of the events that the caller may see in the shop, the one that starts last first: live and cancelled
    /// ones, for staff of the organisation all. A page may hold fewer than `limit`, though more follow.
    pub async fn list_shop_events(
        &self,
        scope: &ShopScope,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<(Vec<Event>, Option<Cursor>), Stop> {
        let (events, next) = lookups::events_of(self.table(), &scope.organisation().slug, limit, after).await?;
        let events = events.into_iter().map(|event| event.value);
        Ok((events.filter(|event| is_shown(event, scope)).collect(), next))
    }

    /// An event that the caller may see in the shop.
    pub async fn read_shop_event(&self, scope: &ShopScope, event: &Slug) -> Result<Stored<Event>, Stop> {
        let found = self.stored_event(&scope.event(event)).await?;
        if is_shown(&found.value, scope) { Ok(found) } else { Err(Refusal::NotFound.into()) }
    }
}

/// May the caller see it in the shop? Drafts, and what was put away, only staff of the organisation do.
pub(super) fn is_shown(event: &Event, scope: &ShopScope) -> bool {
    event.is_public() || *scope.by() != By::Public
}
