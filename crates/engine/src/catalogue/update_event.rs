//! Changing an event: what it is, when and where, its rates, its capacity, and its status.

use std::collections::BTreeSet;

use domain::Refusal;
use domain::catalogue::{Event, EventDraft, EventStatus, RateId, check_event};
use domain::orders::{Place, StockOf};
use domain::people::Permission;
use domain::pricing::PricingSchedule;
use domain::values::{Faults, Obstacle, Pointer, Slug, Wrong};
use store::lookups;
use store::record::Stored;

use super::edit::{Edit, expect_revision, needs, replaced};
use super::sellable::Sellable;
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Changes an event, and its stock and its places in lists with it. A moved event keeps its links, tickets and
    /// barcodes.
    ///
    /// Refused where the capacity would be below what is sold, where a rate would go that still has prices, and where
    /// an event would become a draft again of which something was sold.
    pub async fn update_event(
        &self,
        scope: &StaffScope,
        event: &Slug,
        mut expected: Option<u64>,
        edit: Edit<'_, Event, EventDraft>,
    ) -> Result<Stored<Event>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            let found = self.stored_event(&event).await?;
            expect_revision(&found, expected)?;
            let draft = edit(&found.value)?;
            self.check_event_edit(&found.value, &draft).await?;
            let next = draft.event(event.clone(), &scope.organisation().time_zone, Some(&found.value));
            match self.replace_event(found, &next).await? {
                Ok(done) => return Ok(done),
                Err(ours) => expected = expected.map(|_| ours),
            }
        }
        Err(Fault::Contended.into())
    }

    async fn check_event_edit(&self, before: &Event, draft: &EventDraft) -> Result<(), Stop> {
        let mut faults = check_event(draft);
        if draft.series != before.series {
            faults.extend(self.check_series(&before.event.organisation, draft).await?);
        }
        let kept: BTreeSet<&RateId> = draft.rates.iter().map(|rate| &rate.id).collect();
        let lost: Vec<&RateId> = before.rates.iter().map(|rate| &rate.id).filter(|id| !kept.contains(id)).collect();
        let unpublished = draft.status == EventStatus::Draft && before.status != EventStatus::Draft;
        if !lost.is_empty() || unpublished {
            let (items, passes) = lookups::things_of(self.table(), &before.event).await?;
            let items = items.iter().map(|item| &item.value);
            let passes = passes.iter().map(|pass| &pass.value);
            if items.clone().any(|item| prices_any(item, &lost)) || passes.clone().any(|pass| prices_any(pass, &lost)) {
                faults.add(Pointer::to("rates"), Wrong::State(Obstacle::RateHasPrices));
            }
            let things: Vec<_> = items.map(Sellable::thing).chain(passes.map(Sellable::thing)).collect();
            if unpublished && self.is_any_sold(&before.event, &things).await? {
                faults.add(Pointer::to("status"), Wrong::AlreadySold);
            }
        }
        faults.or(()).map_err(|faults: Faults| Refusal::Invalid(faults).into())
    }

    /// Replaces an event and brings its stock to its new capacity. If others were faster: the event's revision, as far as
    /// its changes are this edit's own.
    async fn replace_event(&self, before: Stored<Event>, after: &Event) -> Result<Result<Stored<Event>, u64>, Stop> {
        let places = [Place::all(StockOf::Event(after.event.clone()))];
        let (limits, rows) = match self.ready_to_limit(&before.value, (&before, after), &places, None).await? {
            Ok(ready) => ready,
            Err(ours) => return Ok(Err(ours)),
        };
        let at = self.now();
        let mut writes = vec![before.replace(after, at)?];
        writes.extend(limits.writes(&rows, at)?);
        let moves_stock = writes.len() > 1;
        match self.commit(writes).await? {
            Committed::Done => {
                if moves_stock {
                    self.spread_after_edit(&before.value, &places).await;
                }
                Ok(Ok(replaced(&before, after.clone())))
            }
            Committed::Refused(_) => Ok(Err(before.revision)),
        }
    }
}

/// Has a thing that can still be sold a price at one of these rates?
fn prices_any(thing: &impl Sellable, rates: &[&RateId]) -> bool {
    let steps = thing.schedule().into_iter().flat_map(|PricingSchedule { steps }| steps);
    thing.archived_at().is_none() && steps.flat_map(|step| step.prices.keys()).any(|rate| rates.contains(&rate))
}

#[cfg(test)]
mod tests {
    use domain::payments::Method;

    use super::*;
    use crate::catalogue::desk::{at, crowded_desk, desk, faults, refusal, slug};
    use crate::once::Remember;

    #[tokio::test]
    async fn a_capacity_is_moved_by_its_difference_and_never_below_what_is_sold() {
        let desk = desk().await;
        desk.event(Some(3)).await;
        let item = desk.item(&desk.item_draft("Party")).await.value.id;
        for _ in 0..3 {
            desk.buy(&[], &[item], Method::Cash).await.unwrap();
        }
        assert!(matches!(refusal(desk.buy(&[], &[item], Method::Cash).await), Refusal::SoldOut(_)));
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let to = |capacity| desk.event_draft(Some(capacity));
        let lowered = engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(to(2))).await;
        assert_eq!(faults(lowered), [("/capacity".to_owned(), Wrong::BelowSold(3))]);
        engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(to(4))).await.unwrap();
        desk.buy(&[], &[item], Method::Cash).await.unwrap();
        assert!(matches!(refusal(desk.buy(&[], &[item], Method::Cash).await), Refusal::SoldOut(_)));
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn a_capacity_that_comes_late_counts_what_is_held_and_sold_and_gets_it_back_when_that_is_given_up() {
        let desk = desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Party")).await.value.id;
        let sold = desk.buy(&[], &[item], Method::Cash).await.unwrap();
        let unpaid = desk.buy(&[], &[item], Method::AtDoor).await.unwrap();
        let held = desk.buy(&[], &[item], Method::Card).await.unwrap();
        desk.cancel(&desk.buy(&[], &[item], Method::Card).await.unwrap()).await;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let to = |capacity| desk.event_draft(Some(capacity));
        let below = engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(to(2))).await;
        assert_eq!(faults(below), [("/capacity".to_owned(), Wrong::BelowSold(3))]);
        engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(to(3))).await.unwrap();
        desk.is_sound().await;
        assert!(matches!(refusal(desk.buy(&[], &[item], Method::Card).await), Refusal::SoldOut(_)));
        desk.cancel(&held).await;
        desk.cancel(&unpaid).await;
        desk.is_sound().await;
        for _ in 0..2 {
            desk.buy(&[], &[item], Method::Cash).await.unwrap();
        }
        assert!(matches!(refusal(desk.buy(&[], &[item], Method::Cash).await), Refusal::SoldOut(_)));
        assert_eq!(sold.order.tickets.len(), 1);
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn a_capacity_can_go_and_come_again() {
        let desk = desk().await;
        desk.event(Some(1)).await;
        let item = desk.item(&desk.item_draft("Party")).await.value.id;
        let first = desk.buy(&[], &[item], Method::Card).await.unwrap();
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(desk.event_draft(None))).await.unwrap();
        desk.buy(&[], &[item], Method::Cash).await.unwrap();
        desk.is_sound().await;
        engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(desk.event_draft(Some(2)))).await.unwrap();
        desk.is_sound().await;
        assert!(matches!(refusal(desk.buy(&[], &[item], Method::Cash).await), Refusal::SoldOut(_)));
        desk.cancel(&first).await;
        desk.buy(&[], &[item], Method::Cash).await.unwrap();
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn a_late_capacity_counts_more_tickets_than_one_transaction_takes() {
        let desk = desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Party")).await.value.id;
        for _ in 0..130 {
            desk.buy(&[], &[item], Method::Cash).await.unwrap();
        }
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(desk.event_draft(Some(131)))).await.unwrap();
        desk.is_sound().await;
        desk.buy(&[], &[item], Method::Cash).await.unwrap();
        assert!(matches!(refusal(desk.buy(&[], &[item], Method::Cash).await), Refusal::SoldOut(_)));
    }

    #[tokio::test]
    async fn a_capacity_that_comes_in_the_middle_of_a_sale_counts_everybody() {
        let desk = crowded_desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Party")).await.value.id;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let name = slug("mersey");
        let edit = |_: &Event| Ok(desk.event_draft(Some(20)));
        let buy = async |count: usize| {
            for n in 0..count {
                desk.buy(&[], &[item], if n % 2 == 0 { Method::Card } else { Method::Cash }).await.unwrap();
            }
        };
        let limit = engine.update_event(&owner, &name, None, &edit);
        let (changed, ..) = tokio::join!(limit, buy(5), buy(5), buy(5));
        changed.unwrap();
        desk.is_sound().await;
        buy(5).await;
        assert!(matches!(refusal(desk.buy(&[], &[item], Method::Cash).await), Refusal::SoldOut(_)));
    }

    #[tokio::test]
    async fn two_edits_of_the_capacity_at_the_same_moment_both_count() {
        let desk = crowded_desk().await;
        desk.event(Some(5)).await;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let name = slug("mersey");
        let more = |event: &Event| Ok(desk.event_draft(event.capacity.map(|capacity| capacity + 10)));
        let raise = || engine.update_event(&owner, &name, None, &more);
        let (first, second) = tokio::join!(raise(), raise());
        let mut capacities = [first, second].map(|event| event.unwrap().value.capacity);
        capacities.sort();
        assert_eq!(capacities, [Some(15), Some(25)]);
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn a_rate_goes_only_when_nothing_has_a_price_for_it_any_more() {
        let desk = desk().await;
        desk.event(None).await;
        desk.item(&desk.item_draft("Party")).await;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let without = |index| {
            let mut draft = desk.event_draft(None);
            draft.rates.remove(index);
            draft
        };
        let lost = engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(without(0))).await;
        assert_eq!(faults(lost)[0].0, "/rates");
        let kept = engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(without(1))).await.unwrap();
        assert_eq!(kept.value.rates.len(), 1);
    }

    #[tokio::test]
    async fn a_moved_event_stands_elsewhere_in_lists_and_keeps_everything_else() {
        let desk = desk().await;
        let before = desk.event(Some(5)).await;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let mut later = desk.event_draft(Some(5));
        later.starts_at = at("2027-12-04T18:30:00Z");
        later.ends_at = at("2027-12-05T18:30:00Z");
        let mut other = desk.event_draft(None);
        other.starts_at = at("2027-06-01T18:30:00Z");
        other.ends_at = at("2027-06-02T18:30:00Z");
        engine.create_event(&owner, &slug("june"), &other, &Remember::nothing()).await.unwrap();
        let order = async || -> Vec<String> {
            let events = engine.list_events(&owner, 10, None).await.unwrap().0;
            events.into_iter().map(|event| event.value.event.event.to_string()).collect()
        };
        assert_eq!(order().await, ["june", "mersey"]);
        let moved = engine.update_event(&owner, &slug("mersey"), Some(1), &|_| Ok(later.clone())).await.unwrap();
        assert_eq!(order().await, ["mersey", "june"]);
        assert_eq!((moved.value.event, moved.created_at), (before.value.event, before.created_at));
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn an_event_of_which_something_is_held_is_no_draft_again() {
        let desk = desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Party")).await.value.id;
        let order = desk.buy(&[], &[item], Method::Card).await.unwrap();
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let draft = EventDraft { status: EventStatus::Draft, ..desk.event_draft(None) };
        let hidden = engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(draft.clone())).await;
        assert_eq!(faults(hidden), [("/status".to_owned(), Wrong::AlreadySold)]);
        desk.cancel(&order).await;
        engine.update_event(&owner, &slug("mersey"), None, &|_| Ok(draft.clone())).await.unwrap();
    }
}
