//! Making an item.

use domain::Refusal;
use domain::catalogue::{Item, ItemDraft, MOST_ITEMS, check_item};
use domain::people::Permission;
use domain::pricing::{PriceStep, check_steps};
use domain::values::{Faults, Pointer, Slug, Wrong};
use store::lookups;
use store::record::Stored;

use super::edit::needs;
use super::sellable::check_steps_count;
use crate::Engine;
use crate::commit::{ATTEMPTS, Attempt};
use crate::once::Remember;
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Makes an item of an event, at the end of its list.
    pub async fn create_item(
        &self,
        scope: &StaffScope,
        event: &Slug,
        draft: &ItemDraft,
        remember: &Remember<'_, Stored<Item>>,
    ) -> Result<Stored<Item>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            self.recall(remember.once()).await?;
            let found = self.stored_event(&event).await?;
            let mut faults = check_item(draft, &found.value);
            faults.extend(check_steps_count(draft.steps.as_ref().map_or(0, Vec::len), &draft.steps_at));
            let (items, _) = lookups::things_of(self.table(), &event).await?;
            if items.iter().filter(|item| item.value.archived_at.is_none()).count() >= MOST_ITEMS {
                faults.add(Pointer::root(), Wrong::TooLong(MOST_ITEMS));
            }
            faults.or(()).map_err(Refusal::Invalid)?;
            let position = items.iter().map(|item| item.value.position + 1).max().unwrap_or_default();
            let item = draft.clone().item(self.fresh(), event.clone(), position, None);
            if let Attempt::Done(item) = self.create_thing(&found, item, remember).await? {
                return Ok(item);
            }
        }
        Err(Fault::Contended.into())
    }

    /// What is wrong with the prices of an item that is to be, `at` being where they stand: for one that could not be
    /// read as a whole.
    pub async fn faults_of_prices(
        &self,
        scope: &StaffScope,
        event: &Slug,
        steps: &[PriceStep],
        at: &Pointer,
    ) -> Result<Faults, Stop> {
        let event = self.stored_event(&scope.event(event)).await?;
        Ok(check_steps(steps, &event.value.rates, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::desk::{desk, faults, places, refusal, slug};

    #[tokio::test]
    async fn items_stand_in_the_order_in_which_they_were_made() {
        let desk = desk().await;
        desk.event(None).await;
        for name in ["Friday", "Saturday", "Sunday"] {
            desk.item(&desk.item_draft(name)).await;
        }
        let (items, _) = desk.house.engine.read_things(&desk.owner().await, &slug("mersey")).await.unwrap();
        let found: Vec<_> = items.iter().map(|item| (item.value.name.as_str(), item.value.position)).collect();
        assert_eq!(found, [("Friday", 0), ("Saturday", 1), ("Sunday", 2)]);
    }

    #[tokio::test]
    async fn an_item_has_a_stock_for_each_of_its_limits_and_steps_that_count() {
        let desk = desk().await;
        desk.event(None).await;
        let mut draft = desk.item_draft("Friday");
        draft.capacity = Some(20);
        draft.roles = Some(places(12, 8));
        draft.steps = Some(vec![desk.step(1_000, Some(5)), desk.step(2_000, None)]);
        let item = desk.item(&draft).await.value;
        let options = desk.house.engine.read_options(&desk.visitor().await, &slug("mersey")).await.unwrap();
        let left: Vec<i64> = options.left.values().copied().collect();
        assert_eq!(left, [20, 12, 8]);
        assert_eq!(options.counters.left(item.pricing.unwrap().steps[0].id), Some(5));
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn a_price_for_a_rate_that_the_event_does_not_have_is_refused() {
        let desk = desk().await;
        desk.event(None).await;
        let mut draft = desk.item_draft("Friday");
        for step in draft.steps.iter_mut().flatten() {
            let price = step.prices.values().next().copied().unwrap();
            step.prices.insert("gold".parse().unwrap(), price);
        }
        let owner = desk.owner().await;
        let answer = desk.house.engine.create_item(&owner, &slug("mersey"), &draft, &Remember::nothing()).await;
        assert_eq!(faults(answer), [("/pricing_schedule/0/prices/gold".to_owned(), Wrong::Unknown("rate"))]);
        let nowhere = desk.house.engine.create_item(&owner, &slug("nothing"), &draft, &Remember::nothing()).await;
        assert_eq!(refusal(nowhere), Refusal::NotFound);
    }
}
