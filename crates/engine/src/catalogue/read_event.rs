//! Reading events: for staff, and for whoever comes to the shop.

use domain::Refusal;
use domain::catalogue::{Event, EventRef};
use domain::people::{By, Permission};
use domain::values::Slug;
use store::lookups;
use store::record::Stored;
use store::table::Cursor;

use super::edit::needs;
use crate::Engine;
use crate::scope::{PlatformScope, ShopScope, StaffScope};
use crate::stop::Stop;

impl Engine {
    /// Over how many shards the lists of an event are spread.
    pub(crate) async fn list_shards(&self, event: &EventRef) -> Result<u16, Stop> {
        Ok(lookups::event(self.table(), event).await?.map_or(1, |event| event.value.shards.lists))
    }

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

    /// The same of any organisation, for the platform.
    pub async fn list_events_of(
        &self,
        _scope: &PlatformScope,
        slug: &Slug,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<(Vec<Stored<Event>>, Option<Cursor>), Stop> {
        Ok(lookups::events_of(self.table(), slug, limit, after).await?)
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

#[cfg(test)]
mod tests {
    use domain::catalogue::{EventDraft, EventStatus};
    use domain::people::StaffRole;

    use super::*;
    use crate::catalogue::desk::{desk, refusal, slug};
    use crate::once::Remember;
    use crate::scope::Caller;

    #[tokio::test]
    async fn the_public_sees_what_is_live_or_cancelled_and_staff_see_all() {
        let desk = desk().await;
        let (engine, owner, visitor) = (&desk.house.engine, desk.owner().await, desk.visitor().await);
        let box_office = desk.caller("northern-salsa", StaffRole::BoxOffice);
        let insider = engine.shop_scope(&box_office, &slug("northern-salsa")).await.unwrap();
        desk.event(None).await;
        for status in EventStatus::ALL {
            let draft = EventDraft { status, ..desk.event_draft(None) };
            engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(draft.clone())).await.unwrap();
            let shown = matches!(status, EventStatus::Live | EventStatus::Cancelled);
            assert_eq!(engine.read_shop_event(&visitor, &slug("mersey")).await.is_ok(), shown, "{status:?}");
            assert_eq!(engine.read_options(&visitor, &slug("mersey")).await.is_ok(), shown, "{status:?}");
            let listed = engine.list_shop_events(&visitor, 10, None).await.unwrap().0;
            assert_eq!(listed.len(), usize::from(shown), "{status:?}");
            engine.read_shop_event(&insider, &slug("mersey")).await.unwrap();
            engine.read_options(&insider, &slug("mersey")).await.unwrap();
        }
    }

    #[tokio::test]
    async fn a_draft_cannot_be_told_from_nothing() {
        let desk = desk().await;
        let draft = EventDraft { status: EventStatus::Draft, ..desk.event_draft(None) };
        let engine = &desk.house.engine;
        engine.create_event(&desk.owner().await, &slug("mersey"), &draft, &Remember::nothing()).await.unwrap();
        for event in ["mersey", "nothing"] {
            assert_eq!(refusal(engine.read_shop_event(&desk.visitor().await, &slug(event)).await), Refusal::NotFound);
        }
    }

    #[tokio::test]
    async fn another_organisations_staff_are_the_public() {
        let desk = desk().await;
        desk.organisation("southern-salsa").await;
        let draft = EventDraft { status: EventStatus::Draft, ..desk.event_draft(None) };
        let engine = &desk.house.engine;
        engine.create_event(&desk.owner().await, &slug("mersey"), &draft, &Remember::nothing()).await.unwrap();
        let stranger = desk.caller("southern-salsa", StaffRole::Owner);
        let shop = engine.shop_scope(&stranger, &slug("northern-salsa")).await.unwrap();
        assert_eq!(refusal(engine.read_shop_event(&shop, &slug("mersey")).await), Refusal::NotFound);
        let theirs = desk.staff("southern-salsa", StaffRole::Owner).await;
        assert_eq!(refusal(engine.read_event(&theirs, &slug("mersey")).await), Refusal::NotFound);
        assert!(engine.shop_scope(&Caller::Public, &slug("nobody")).await.is_err());
    }
}
